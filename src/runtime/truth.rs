//! The truth of values, as `if`, `while`, `and`, `or`, `not`, `assert` and `bool` ask it.
//!
//! A relation holds when it is proved for all admissible values of its variables, and does not hold when it is refuted at
//! one of them; otherwise an error names what was missing.

use std::rc::Rc;

use crate::algebra;
use crate::budget::{self, Budget, Stopped};
use crate::diagnostic::{Fault, Span, fault};
use crate::expr::{Expr, Kind, Reason, Relation, Truth};
use crate::number::Number;
use crate::print;
use crate::runtime::fault::UNDECIDED;
use crate::runtime::value::Value;
use crate::tape::{self, Approximation, Questions};

/// The budget that questions on this thread spend: values are asked for their truth in places that no machine reaches,
/// such as the order of sorting.
pub fn budget() -> Rc<Budget> {
    budget::spent()
}

/// Whether a value counts as true.
///
/// # Errors
/// A relation that can be neither proved nor refuted.
#[inline]
pub fn holds(value: &Value) -> Result<bool, Fault> {
    Ok(match value {
        Value::Bool(value) => *value,
        Value::None => false,
        Value::Int(value) | Value::Integer(value) => !value.is_zero(),
        Value::Expr(expr) => return expr_holds(expr),
        Value::Callable(callable) => return expr_holds(&callable.body),
        _ => return other_holds(value),
    })
}

fn other_holds(value: &Value) -> Result<bool, Fault> {
    Ok(match value {
        Value::Rational(value) => !value.is_zero(),
        Value::Real(value) => !value.is_zero(),
        Value::Float(value) | Value::Double(value) => *value != 0.0,
        Value::Complex(value) => !value.is_zero(),
        Value::Str(text) => !text.is_empty(),
        Value::List(items) => !items.borrow().is_empty(),
        Value::Tuple(items) => !items.is_empty(),
        Value::Dict(dict) => !dict.borrow().is_empty(),
        Value::Set(set) => !set.borrow().is_empty(),
        Value::FrozenSet(set) => !set.is_empty(),
        Value::Range(range) => !range.length().is_zero(),
        Value::View(view) => !view.dict.borrow().is_empty(),
        Value::Object(object) => return object.truth(),
        _ => true,
    })
}

/// An expression that is no relation counts as true unless it is zero; one with variables is zero only when that is plain.
fn expr_holds(expr: &Expr) -> Result<bool, Fault> {
    let relation = match expr.kind() {
        Kind::Relation(..) => expr.clone(),
        Kind::Number(number) => return Ok(!number.is_zero()),
        _ => Expr::relation(Relation::NotEqual, expr.clone(), Expr::zero()),
    };
    match decide(&relation)? {
        Truth::Yes => Ok(true),
        Truth::No => Ok(false),
        Truth::Unknown if relation != *expr && !expr.is_constant() => Ok(true),
        Truth::Unknown => Err(undecided(&relation)),
    }
}

/// Asks the budget of this thread for room for so many values in one piece.
///
/// # Errors
/// When the memory limit does not leave so much.
pub fn reserve_values(count: usize) -> Result<(), Fault> {
    Ok(budget().reserve(count.saturating_mul(size_of::<Value>()))?)
}

/// Asks for leave to make a text of so many bytes.
///
/// # Errors
/// A text too long for anybody, and one for which the memory limit leaves no room.
pub fn reserve_text(bytes: usize) -> Result<(), Fault> {
    const MAX_TEXT: usize = 1 << 28;
    if bytes > MAX_TEXT {
        return Err(Stopped::OutOfMemory.into());
    }
    Ok(budget().reserve(bytes)?)
}

/// Whether a relation holds, as far as it can be told.
///
/// # Errors
/// When the computation was stopped.
pub fn decide(relation: &Expr) -> Result<Truth, Reason> {
    algebra::decide(relation, &budget())
}

/// The number that a constant expression is, correctly rounded to a precision in bits.
///
/// # Errors
/// Variables, functions without numerical meaning, points without a value, and a computation that was stopped.
pub fn evaluate(expr: &Expr, precision: u32) -> Result<Number, Reason> {
    let budget = budget();
    let is_zero = |expr: &Expr| algebra::is_zero(expr, &budget).unwrap_or(Truth::Unknown);
    let questions = Questions { is_zero: &is_zero, budget: &budget };
    tape::evaluate(expr, precision, &questions).map(|Approximation { value, .. }| value)
}

/// The fault of a relation that is neither proved nor refuted.
pub fn undecided(relation: &Expr) -> Fault {
    let text = print::text(relation);
    let fault = fault!(UNDECIDED, Span::default(), "cannot decide whether {text}");
    let variables = relation.variables();
    match variables.as_slice() {
        [] => fault,
        _ => fault.hint(format!("a fact about {} may decide it, for example `assume({text})`", listed(&variables))),
    }
}

fn listed(variables: &[crate::expr::Symbol]) -> String {
    let names: Vec<&str> = variables.iter().map(|symbol| symbol.name()).collect();
    names.join(", ")
}
