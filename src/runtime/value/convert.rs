//! Between values and symbolic expressions.

use std::rc::Rc;

use super::Value;
use crate::expr::{Expr, Kind};
use crate::number::{Number, Real};

/// The expression that a value stands for in formulas: numbers, expressions, the bodies of callables.
pub fn as_expr(value: &Value) -> Option<Expr> {
    Some(match value {
        Value::Expr(expr) => expr.clone(),
        Value::Callable(callable) => callable.body.clone(),
        Value::Object(object) => return object.expression(),
        _ => Expr::number(as_number(value)?),
    })
}

/// The number of a value of a numeric kind.
fn as_number(value: &Value) -> Option<Number> {
    Some(match value {
        Value::Bool(value) => Number::from(i64::from(*value)),
        Value::Int(value) | Value::Integer(value) => Number::from(value.clone()),
        Value::Rational(value) => Number::from((**value).clone()),
        Value::Real(value) => Number::from((**value).clone()),
        Value::Float(value) | Value::Double(value) => Number::from(Real::from_f64(*value).into_machine()),
        Value::Complex(value) => Number::Complex(Box::new((**value).clone())),
        _ => return None,
    })
}

/// The plain number that an expression is, if it is one, else the expression: what a function of plain numbers answers.
/// Gaussian numbers stay expressions.
pub fn demote(expr: &Expr) -> Value {
    match expr.kind() {
        Kind::Number(number) => demote_number(number).unwrap_or_else(|| Value::Expr(expr.clone())),
        _ => Value::Expr(expr.clone()),
    }
}

fn demote_number(number: &Number) -> Option<Value> {
    Some(match number {
        Number::Rational(value) => match value.to_integer() {
            Some(whole) => Value::Integer(whole),
            None => Value::rational(value.clone()),
        },
        Number::Real(value) => Value::Real(Rc::new((**value).clone())),
        Number::Complex(value) => Value::Complex(Rc::new((**value).clone())),
        Number::Gaussian(_) => return None,
    })
}
