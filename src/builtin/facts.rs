//! Assumptions as values: those about a domain, such as `n is integer`, and those that hold inside a `with` alone.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use super::equations::{INCONSISTENT, facts};
use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::expr::assume::{self, Assumed, Fact};
use crate::runtime::builtin::Builtin;
use crate::runtime::machine::Machine;
use crate::runtime::parameter::Rest;
use crate::runtime::value::{Class, Object, Value};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&assuming::RECORD];

static CLASS: Class = Class { name: "sage.symbolic.assumptions.GenericDeclaration", known_as: None, base: None };
static CONTEXT: Class = Class { name: "assuming", known_as: None, base: None };

/// An assumption as `assumptions()` shows it.
#[derive(Debug)]
pub struct Membership {
    /// What is printed.
    pub text: String,
}

impl Object for Membership {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        self.text.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

/// Facts that hold inside a `with`.
#[derive(Debug)]
struct Assuming {
    /// As they were given; they are read when the block is entered.
    given: Vec<Spanned<Value>>,
    /// Whether they take the place of all others.
    replace: bool,
    /// What undoes the entries that are open, the innermost last.
    open: RefCell<Vec<Undo>>,
}

/// How a block under assumptions is left.
#[derive(Debug)]
enum Undo {
    /// These were added.
    Forget(Vec<Fact>),
    /// These held before.
    Restore(Vec<Fact>),
}

impl Assuming {
    fn begin(&self) -> Result<Value, Fault> {
        let facts = facts(&self.given)?;
        let before = if self.replace { assume::replace(Vec::new()) } else { assume::assumptions() };
        let mut added = Vec::new();
        for fact in facts {
            match assume::assume(fact.clone()) {
                Assumed::Added => added.push(fact),
                Assumed::Redundant => {}
                Assumed::Inconsistent => {
                    assume::replace(before);
                    return Err(fault!(INCONSISTENT, Span::default(), "Assumption is inconsistent"));
                }
            }
        }
        self.open.borrow_mut().push(if self.replace { Undo::Restore(before) } else { Undo::Forget(added) });
        Ok(Value::None)
    }
}

impl Object for Assuming {
    fn class(&self) -> &'static Class {
        &CONTEXT
    }

    fn text(&self) -> String {
        "<assuming>".to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn enter(&self, _machine: &mut Machine) -> Option<Result<Value, Fault>> {
        Some(self.begin())
    }

    fn exit(&self, _machine: &mut Machine) {
        match self.open.borrow_mut().pop() {
            Some(Undo::Forget(added)) => added.iter().for_each(|fact| {
                assume::forget(fact);
            }),
            Some(Undo::Restore(before)) => drop(assume::replace(before)),
            None => {}
        }
    }
}

builtin! {
    /// Facts that hold inside the block of a `with`, and not behind it.
    ///
    /// They are given as `assume` takes them. With `replace=True` nothing else is assumed inside the block.
    ///
    /// ```calc
    /// with assuming(x > 0): print(sqrt(x^2).simplify())     # prints x
    /// assumptions()                               # => []
    /// assume(x < 0)
    /// with assuming(x > 0, replace=True): print(assumptions())     # prints [x > 0]
    /// with assuming(x > 0): print(assumptions())                   # error: inconsistent-assumption
    /// with assuming(x): pass                                       # error: no-fact
    /// ```
    ///
    /// See also: `assume`, `forget`, `assumptions`.
    faults "inconsistent-assumption", "no-fact";
    only function;
    fn assuming(call, what: Rest<Spanned<Value>>, replace: Option<bool>) -> Value {
        let open = RefCell::default();
        Ok(Value::Object(Rc::new(Assuming { given: what.0, replace: replace.unwrap_or(false), open })))
    }
}
