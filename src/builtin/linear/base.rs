//! What the entries of a vector or matrix are: numbers of one kind, or expressions.
//!
//! As Sage has it, a matrix of integers hands out integers and one of expressions expressions; a single decimal makes
//! all entries decimals. The order of the kinds is that of what contains what.

use crate::diagnostic::Fault;
use crate::expr::Expr;
use crate::number::Number;
use crate::runtime::fault::type_error;
use crate::runtime::operate;
use crate::runtime::value::{Parent, Value, as_expr, demote};

/// The parent that holds two.
pub fn join(a: Parent, b: Parent) -> Parent {
    match (a, b) {
        (Parent::Reals(a), Parent::Reals(b)) => Parent::Reals(a.min(b)),
        _ => {
            if rank(a) < rank(b) {
                b
            } else {
                a
            }
        }
    }
}

fn rank(parent: Parent) -> u8 {
    match parent {
        Parent::Integers => 0,
        Parent::Rationals => 1,
        Parent::Doubles => 2,
        Parent::Reals(_) => 3,
        Parent::ComplexDoubles => 4,
        Parent::Complexes(_) => 5,
        Parent::Symbolic => 6,
    }
}

/// The least parent of all the values.
pub fn base_of(values: &[Value]) -> Parent {
    values.iter().fold(Parent::Integers, |base, value| {
        let own = match value {
            Value::Bool(_) | Value::Int(_) | Value::Integer(_) => Parent::Integers,
            Value::Rational(_) => Parent::Rationals,
            Value::Real(real) => Parent::Reals(real.prec()),
            Value::Float(_) | Value::Double(_) => Parent::Doubles,
            Value::Complex(_) => Parent::Complexes(53),
            _ => Parent::Symbolic,
        };
        join(base, own)
    })
}

/// The least parent of what was computed from numbers.
pub fn base_of_numbers(entries: &[Expr]) -> Parent {
    base_of(&entries.iter().map(demote).collect::<Vec<Value>>())
}

/// An entry as an element of a parent.
///
/// # Errors
/// A value that is none.
pub fn converted(entry: &Expr, base: Parent) -> Result<Expr, Fault> {
    let exact = entry.as_rational();
    match base {
        Parent::Integers if exact.is_some_and(|q| !q.is_integer()) => {
            Err(type_error("no conversion of this rational to integer"))
        }
        Parent::Integers | Parent::Rationals if exact.is_none() => {
            Err(type_error(format!("unable to convert {} to a rational", crate::print::text(entry))))
        }
        Parent::Reals(precision) => {
            operate::to_real(&Value::Expr(entry.clone()), precision).map(|real| Expr::number(Number::from(real)))
        }
        Parent::Doubles => {
            let machine = operate::to_f64(&Value::Expr(entry.clone()))?;
            Ok(as_expr(&Value::Double(machine)).unwrap_or_else(|| entry.clone()))
        }
        _ => Ok(entry.clone()),
    }
}

/// An entry as it is handed out.
pub fn element(entry: &Expr, base: Parent) -> Value {
    if base == Parent::Symbolic { Value::Expr(entry.clone()) } else { demote(entry) }
}
