//! Typed parameters of built-ins: each type knows how to take its arguments from a call and what to say when it can't.

mod kinds;

use std::rc::Rc;

use super::builtin::{Builtin, Slot};
use super::call::{Arguments, Call};
use super::fault::{BAD_ARGUMENTS, WRONG_TYPE};
use super::value::Value;
use crate::diagnostic::{Fault, Span, Spanned, fault, nearest};

pub use kinds::{Answer, Approach, Formula, Keywords, Optional, Rest, Text, Variable};

/// A type that a parameter of a built-in may have.
///
/// Most types only say what they are called and convert one value ([`Parameter::take`]). Those that take several arguments
/// in a row, or a keyword of any name, override [`Parameter::bind`].
pub trait Parameter: Sized {
    /// What it takes, in a person's words: "an expression".
    const SHOWS: &'static str;

    /// How it takes its arguments.
    const SLOT: Slot = Slot::One;

    /// Whether it may be left out.
    const OPTIONAL: bool = false;

    /// Converts one value.
    ///
    /// # Errors
    /// A value of another kind; [`expected`] makes the fault.
    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Self, Fault>;

    /// Whether a value may stand before the point when this is the first parameter. No value may, unless the type says so.
    fn accepts(_value: &Value) -> bool {
        false
    }

    /// Whether the call still has something for a parameter of this type and name.
    fn is_given(supply: &Supply<'_, '_>, name: &'static str) -> bool {
        supply.has(name)
    }

    /// Takes what belongs to the parameter out of the arguments.
    ///
    /// # Errors
    /// A missing argument, or one of another kind.
    fn bind(supply: &mut Supply<'_, '_>, name: &'static str) -> Result<Self, Fault> {
        match supply.next(name) {
            Some(value) => Self::take(&value, supply.call()),
            None => Err(supply.missing(name, Self::SHOWS)),
        }
    }
}

/// The fault of an argument that is not what a parameter takes: "expected an expression, found a list".
pub fn expected(shows: &str, found: &Spanned<Value>) -> Fault {
    let fault = fault!(WRONG_TYPE, found.span, "expected {shows}, found {}", describe(&found.value))
        .label(format!("this is {}", describe(&found.value)));
    match &found.value {
        Value::Str(_) if shows.contains("a variable") => fault.hint("a variable is written without quotes"),
        _ if !shows.contains("expression") => fault,
        Value::List(_) | Value::Tuple(_) if shows == "an expression" => fault.hint("item by item: `[... for t in L]`"),
        Value::Str(_) => fault.hint("a formula is written without quotes"),
        Value::Builtin(Builtin { name, .. }) => fault.hint(format!("as an expression it is `{name}(x)`")),
        Value::Symbolic(function) => fault.hint(format!("as an expression it is `{}(x)`", function.name())),
        Value::Function(_) => fault.hint("as an expression it is its value at a variable: `f(x)`"),
        _ => fault,
    }
}

/// What kind of value it is, in a person's words.
pub fn describe(value: &Value) -> &'static str {
    match value {
        Value::None => "None",
        Value::Bool(_) => "a truth value",
        Value::Int(_) | Value::Integer(_) => "an integer",
        Value::Rational(_) => "a rational number",
        Value::Real(_) | Value::Float(_) | Value::Double(_) => "a real number",
        Value::Complex(_) => "a complex number",
        Value::Str(_) => "a text",
        Value::List(_) => "a list",
        Value::Tuple(_) => "a tuple",
        Value::Dict(_) => "a dictionary",
        Value::Set(_) | Value::FrozenSet(_) => "a set",
        Value::Range(_) => "a range",
        Value::View(_) => "a view of a dictionary",
        Value::Iterator(_) => "an iterator",
        Value::Function(_) | Value::Builtin(_) | Value::Symbolic(_) => "a function",
        Value::Method(_) => "a method",
        Value::Expr(expr) if matches!(expr.kind(), crate::expr::Kind::Relation(..)) => "an equation or inequality",
        Value::Expr(_) => "an expression",
        Value::Callable(_) => "a callable expression",
        Value::Class(_) => "a class",
        Value::Parent(_) => "a ring",
        Value::Module(_) => "a module",
        Value::Exception(_) => "an exception",
        Value::Slice(_) => "a slice",
        Value::Ellipsis => "...",
        Value::Object(object) => object.class().short_name(),
    }
}

/// The arguments of a call, handed out to the parameters one after another.
#[derive(Debug)]
pub struct Supply<'c, 'm> {
    call: &'c mut Call<'m>,
    record: &'static Builtin,
    positional: std::collections::VecDeque<Spanned<Value>>,
    keywords: Vec<(Rc<str>, Spanned<Value>)>,
    given: usize,
}

impl<'c, 'm> Supply<'c, 'm> {
    /// All arguments, nothing handed out yet.
    pub fn new(call: &'c mut Call<'m>, record: &'static Builtin, arguments: Arguments) -> Supply<'c, 'm> {
        let given = arguments.positional.len();
        Supply { call, record, positional: arguments.positional.into(), keywords: arguments.keywords, given }
    }

    /// The call.
    pub fn call(&mut self) -> &mut Call<'m> {
        self.call
    }

    /// Whether there is an argument for the parameter of that name: its keyword, or a positional one.
    pub fn has(&self, name: &str) -> bool {
        self.has_keyword(name) || !self.positional.is_empty()
    }

    /// Whether that keyword was given and is not taken yet.
    pub fn has_keyword(&self, name: &str) -> bool {
        self.keywords.iter().any(|(own, _)| **own == *name)
    }

    /// The argument for the parameter of that name: its keyword, or the next positional one.
    pub fn next(&mut self, name: &str) -> Option<Spanned<Value>> {
        self.keyword(name).or_else(|| self.positional.pop_front())
    }

    /// Takes a keyword.
    pub fn keyword(&mut self, name: &str) -> Option<Spanned<Value>> {
        let at = self.keywords.iter().position(|(own, _)| **own == *name)?;
        Some(self.keywords.remove(at).1)
    }

    /// Takes the next positional argument.
    pub fn positional(&mut self) -> Option<Spanned<Value>> {
        self.positional.pop_front()
    }

    /// The positional arguments left, without taking them.
    pub fn peek(&self) -> impl Iterator<Item = &Spanned<Value>> {
        self.positional.iter()
    }

    /// Whether a keyword is left that is no parameter's own name.
    pub fn has_free_keyword(&self) -> bool {
        self.keywords.iter().any(|(name, _)| self.is_free(name))
    }

    /// Takes a keyword that is no parameter's own name.
    pub fn free_keyword(&mut self) -> Option<(Rc<str>, Spanned<Value>)> {
        let at = self.keywords.iter().position(|(name, _)| self.is_free(name))?;
        Some(self.keywords.remove(at))
    }

    fn is_free(&self, name: &str) -> bool {
        self.record.parameters.iter().all(|parameter| parameter.name != name)
    }

    /// The fault of an argument that was left out.
    pub fn missing(&self, name: &str, shows: &str) -> Fault {
        let function = self.record.name;
        let required = self.record.parameters.iter().filter(|parameter| !parameter.optional);
        let lacking = required.map(|parameter| parameter.name).skip_while(|own| *own != name);
        let lacking: Vec<String> = lacking.filter(|own| !self.has_keyword(own)).map(|own| format!("'{own}'")).collect();
        let message = match lacking.split_last() {
            None | Some((_, [])) => format!("{function}() missing 1 required positional argument: '{name}'"),
            Some((last, first)) => {
                let (count, first) = (lacking.len(), first.join(", "));
                let comma = if count > 2 { "," } else { "" };
                format!("{function}() missing {count} required positional arguments: {first}{comma} and {last}")
            }
        };
        Fault::new(&BAD_ARGUMENTS, self.call.span(), message)
            .label(format!("{shows} is missing here"))
            .hint(self.record.usage())
    }

    /// Checks that nothing is left over.
    ///
    /// # Errors
    /// Too many arguments, or a keyword that the function does not know.
    pub fn finish(&mut self) -> Result<(), Fault> {
        let function = self.record.name;
        if let Some((name, value)) = self.keywords.first() {
            let taken = self.record.parameters.iter().any(|parameter| parameter.name == &**name);
            let message = if taken {
                format!("{function}() got multiple values for argument '{name}'")
            } else {
                format!("{function}() got an unexpected keyword argument '{name}'")
            };
            return Err(self.with_nearest(Fault::new(&BAD_ARGUMENTS, value.span, message), name));
        }
        match self.positional.front() {
            None => Ok(()),
            Some(extra) => Err(self.too_many(extra.span)),
        }
    }

    fn with_nearest(&self, fault: Fault, name: &str) -> Fault {
        let known = self.record.parameters.iter().map(|parameter| parameter.name);
        match nearest(name, known) {
            Some(near) => fault.hint(format!("did you mean `{near}=`?")),
            None => fault.hint(self.record.usage()),
        }
    }

    fn too_many(&self, span: Span) -> Fault {
        let most = self.record.parameters.iter().filter(|parameter| parameter.slot != Slot::Keywords).count();
        let words = if most == 1 { "argument" } else { "arguments" };
        let function = self.record.name;
        fault!(BAD_ARGUMENTS, span, "{function}() takes {most} positional {words} but {} were given", self.given)
            .label("nothing takes this argument")
            .hint(self.record.usage())
    }
}
