//! The methods of rings: `RR.prec()`, `ZZ.zero()`.

use std::rc::Rc;

use super::Given;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Function, Symbol};
use crate::runtime::call::Call;
use crate::runtime::operate;
use crate::runtime::value::{Parent, Value};

/// The names of the methods of a ring.
pub(super) fn names(parent: Parent) -> &'static [&'static str] {
    match parent {
        Parent::Symbolic => &["zero", "one", "pi", "function"],
        Parent::Reals(_) | Parent::Doubles => &["prec", "precision", "zero", "one", "pi"],
        Parent::Complexes(_) | Parent::ComplexDoubles => &["prec", "precision", "zero", "one", "pi"],
        Parent::Integers | Parent::Rationals => &["zero", "one"],
    }
}

/// Calls the method of a ring.
pub(super) fn call(parent: Parent, given: &Given) -> Result<Value, Fault> {
    match &*given.name {
        "zero" => operate::convert(parent, &Value::integer(0)),
        "one" => operate::convert(parent, &Value::integer(1)),
        // A function of which only the name is known; the name itself is not bound.
        "function" => Ok(Value::Symbolic(Function::Formal(Symbol::new(&given.required_text(0, "name")?)))),
        "pi" => operate::convert(parent, &Value::Expr(Expr::pi())),
        _ => Ok(Value::int(match parent {
            Parent::Reals(bits) | Parent::Complexes(bits) => bits,
            _ => 53,
        })),
    }
}

/// The methods of classes: none but the maker of dictionaries from keys.
pub(super) const CLASS_NAMES: &[&str] = &["fromkeys"];

/// `dict.fromkeys(keys, value)`.
pub(super) fn from_keys(call: &mut Call<'_>, given: &Given) -> Result<Value, Fault> {
    let keys = call.items(given.required(0, "iterable")?)?;
    let value = given.optional(1, "value").cloned().unwrap_or(Value::None);
    let mut dict = crate::runtime::value::Dict::new();
    for key in keys {
        dict.insert(crate::runtime::value::Key::new(key)?, value.clone());
    }
    Ok(Value::Dict(Rc::new(std::cell::RefCell::new(dict))))
}
