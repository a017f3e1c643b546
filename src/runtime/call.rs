//! What a built-in is told when it is called, and what it may ask of the machine.

use std::rc::Rc;

use super::machine::Machine;
use super::value::Value;
use crate::budget::Budget;
use crate::diagnostic::{Fault, FaultKind, Span, Spanned};

/// The arguments of a call, with their places.
#[derive(Clone, Debug, Default)]
pub struct Arguments {
    /// Those given by position.
    pub positional: Vec<Spanned<Value>>,
    /// Those given by keyword.
    pub keywords: Vec<(Rc<str>, Spanned<Value>)>,
}

impl Arguments {
    /// Positional arguments, all at one place.
    pub fn plain(values: impl IntoIterator<Item = Value>, span: Span) -> Arguments {
        let positional = values.into_iter().map(|value| Spanned::new(value, span)).collect();
        Arguments { positional, keywords: Vec::new() }
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.positional.is_empty() && self.keywords.is_empty()
    }
}

/// A call of a built-in under way.
#[derive(Debug)]
pub struct Call<'m> {
    machine: &'m mut Machine,
    span: Span,
    name: Rc<str>,
    as_method: bool,
}

impl<'m> Call<'m> {
    /// A call at `span` under the name that was typed.
    pub fn new(machine: &'m mut Machine, span: Span, name: impl Into<Rc<str>>, as_method: bool) -> Call<'m> {
        Call { machine, span, name: name.into(), as_method }
    }

    /// The whole call's place.
    pub fn span(&self) -> Span {
        self.span
    }

    /// The name it was called by.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Whether it was called as a method.
    pub fn is_method(&self) -> bool {
        self.as_method
    }

    /// What the computation may still spend.
    pub fn budget(&self) -> &Budget {
        self.machine.budget()
    }

    /// The machine that runs the program.
    pub fn machine(&mut self) -> &mut Machine {
        self.machine
    }

    /// A fault of a kind, at the call.
    pub fn fault(&self, kind: &'static FaultKind, message: impl Into<String>) -> Fault {
        Fault::new(kind, self.span, message)
    }

    /// Calls a function value with positional arguments.
    ///
    /// # Errors
    /// Whatever the function raises.
    pub fn invoke(&mut self, function: &Value, arguments: &[Value]) -> Result<Value, Fault> {
        let arguments = Arguments::plain(arguments.iter().cloned(), self.span);
        self.machine.call_value(function, arguments, self.span)
    }

    /// The items that a loop over the value would run through.
    ///
    /// # Errors
    /// What is not iterable, and whatever a generator raises.
    pub fn items(&mut self, value: &Value) -> Result<Vec<Value>, Fault> {
        self.machine.collect(value)
    }

    /// The truth of a value, as `if` asks it.
    ///
    /// # Errors
    /// An undecided relation.
    pub fn truth(&mut self, value: &Value) -> Result<bool, Fault> {
        super::truth::holds(value)
    }

    /// Prints on the program's output.
    pub fn print(&mut self, text: &str) {
        self.machine.print(text);
    }

    /// Says something about the answer that its value does not tell: `kind` is a short word such as `numerical`.
    pub fn note(&mut self, kind: &'static str, text: impl Into<String>) {
        self.machine.note(kind, text.into());
    }
}
