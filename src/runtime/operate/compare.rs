//! Comparison: numbers decide at once, formulas give relations, the rest compares as in Python.

use std::cmp::Ordering;

use super::arithmetic::unsupported;
use super::symbolic::is_outside_formulas;
use crate::diagnostic::{Fault, Span};
use crate::expr::{Expr, Infinity, Kind, Relation, Truth, print_order};
use crate::runtime::fault::type_error;
use crate::runtime::truth;
use crate::runtime::value::{Set, Value, as_expr, exact_order, parent_of, real_order, same};
use crate::syntax::ast::ComparisonOperator;
use crate::tape;

/// `left op right`, `in` and `not in` apart.
///
/// # Errors
/// Values that have no order.
pub fn compare(operator: ComparisonOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    let relation = match operator {
        ComparisonOperator::Is => return Ok(Value::Bool(left.is(right))),
        ComparisonOperator::IsNot => return Ok(Value::Bool(!left.is(right))),
        ComparisonOperator::Equal => Relation::Equal,
        ComparisonOperator::NotEqual => Relation::NotEqual,
        ComparisonOperator::Less => Relation::Less,
        ComparisonOperator::LessEqual => Relation::LessEqual,
        ComparisonOperator::Greater => Relation::Greater,
        ComparisonOperator::GreaterEqual => Relation::GreaterEqual,
        // The machine asks for membership itself: it may have to run a generator.
        ComparisonOperator::In | ComparisonOperator::NotIn => return Ok(Value::Bool(false)),
    };
    if let Some(order) = real_order(left, right) {
        return Ok(Value::Bool(relation.holds(order)));
    }
    if let Value::Object(object) = left
        && let Some(result) = object.compare(operator, right, false)
    {
        return result;
    }
    if let Value::Object(object) = right
        && let Some(result) = object.compare(operator, left, true)
    {
        return result;
    }
    let is_equality = matches!(relation, Relation::Equal | Relation::NotEqual);
    if is_equality && is_outside_formulas(left) && is_outside_formulas(right) {
        return Ok(Value::Bool(same(left, right) == (relation == Relation::Equal)));
    }
    if let Some(result) = formulas(relation, left, right) {
        return Ok(result);
    }
    match relation {
        Relation::Equal => Ok(Value::Bool(same(left, right))),
        Relation::NotEqual => Ok(Value::Bool(!same(left, right))),
        _ => ordered(relation, left, right).map(Value::Bool),
    }
}

/// A relation between formulas. Infinities are compared with plain numbers at once.
fn formulas(relation: Relation, left: &Value, right: &Value) -> Option<Value> {
    let is_formula = |value: &Value| matches!(value, Value::Expr(_) | Value::Callable(_));
    if !is_formula(left) && !is_formula(right) {
        return None;
    }
    let (a, b) = (as_expr(left)?, as_expr(right)?);
    let is_infinite = |expr: &Expr| matches!(expr.kind(), Kind::Infinity(Infinity::Positive | Infinity::Negative));
    let decides = |value: &Value, expr: &Expr| is_infinite(expr) || value.is_plain_number();
    if (is_infinite(&a) || is_infinite(&b))
        && decides(left, &a)
        && decides(right, &b)
        && let Some(order) = exact_order(&a, &b)
    {
        return Some(Value::Bool(relation.holds(order)));
    }
    // An equation among the two: they are compared by their form, as in Sage.
    if matches!(a.kind(), Kind::Relation(..)) || matches!(b.kind(), Kind::Relation(..)) {
        let order = if a == b { Ordering::Equal } else { print_order(&a, &b) };
        return Some(Value::Bool(relation.holds(order)));
    }
    let result = Expr::relation(relation, a, b);
    Some(match (left, right) {
        (Value::Callable(callable), _) | (_, Value::Callable(callable)) => callable.with_body(result),
        _ => Value::Expr(result),
    })
}

fn ordered(relation: Relation, left: &Value, right: &Value) -> Result<bool, Fault> {
    // NaN and complex numbers.
    if left.is_plain_number() && right.is_plain_number() {
        let complex = |value: &Value| matches!(value, Value::Complex(_));
        return if complex(left) || complex(right) { Err(no_order(relation, left, right)) } else { Ok(false) };
    }
    match (left, right) {
        (Value::Str(a), Value::Str(b)) => Ok(relation.holds(a.as_ref().cmp(b.as_ref()))),
        (Value::List(a), Value::List(b)) => {
            let (a, b) = (a.borrow().clone(), b.borrow().clone());
            sequences(relation, &a, &b)
        }
        (Value::Tuple(a), Value::Tuple(b)) => sequences(relation, a, b),
        (Value::Set(_) | Value::FrozenSet(_), Value::Set(_) | Value::FrozenSet(_)) => {
            match (Set::of(left), Set::of(right)) {
                (Some(a), Some(b)) => Ok(match relation {
                    Relation::Less => a.len() < b.len() && a.is_subset(&b),
                    Relation::LessEqual => a.is_subset(&b),
                    Relation::Greater => b.len() < a.len() && b.is_subset(&a),
                    _ => b.is_subset(&a),
                }),
                _ => Ok(false),
            }
        }
        _ => Err(no_order(relation, left, right)),
    }
}

/// The first items that differ decide, else the lengths.
fn sequences(relation: Relation, left: &[Value], right: &[Value]) -> Result<bool, Fault> {
    truth::budget().check()?;
    match left.iter().zip(right).find(|(a, b)| !same(a, b)) {
        Some((a, b)) => Ok(relation.holds(order(a, b)?)),
        None => Ok(relation.holds(left.len().cmp(&right.len()))),
    }
}

fn no_order(relation: Relation, left: &Value, right: &Value) -> Fault {
    let sign = relation.sign();
    if parent_of(left).is_some() || parent_of(right).is_some() {
        return unsupported(sign, left, right);
    }
    let (a, b) = (left.class().name, right.class().name);
    type_error(format!("'{sign}' not supported between instances of '{a}' and '{b}'"))
}

/// The order in which sorting puts two values: by size where that is known, formulas else as they are printed.
///
/// # Errors
/// Values that have no order.
pub fn order(left: &Value, right: &Value) -> Result<Ordering, Fault> {
    if let Some(order) = real_order(left, right) {
        return Ok(order);
    }
    if same(left, right) {
        return Ok(Ordering::Equal);
    }
    let is_formula = |value: &Value| matches!(value, Value::Expr(_) | Value::Callable(_));
    if (is_formula(left) || is_formula(right))
        && let (Some(a), Some(b)) = (as_expr(left), as_expr(right))
    {
        return formula_order(&a, &b);
    }
    let less = compare(ComparisonOperator::Less, left, right)?;
    Ok(if truth::holds(&less).map_err(|fault| fault.or_at(Span::default()))? {
        Ordering::Less
    } else {
        Ordering::Greater
    })
}

/// Constants by size where they are real, other formulas as they are printed.
fn formula_order(a: &Expr, b: &Expr) -> Result<Ordering, Fault> {
    if !a.is_constant() || !b.is_constant() {
        return Ok(print_order(a, b));
    }
    let ask = |relation| truth::decide(&Expr::relation(relation, a.clone(), b.clone()));
    let (less, greater) = (ask(Relation::Less)?, ask(Relation::Greater)?);
    match (less, greater) {
        (Truth::Yes, _) => Ok(Ordering::Less),
        (_, Truth::Yes) => Ok(Ordering::Greater),
        (Truth::No, Truth::No) => Ok(Ordering::Equal),
        _ if [a, b].into_iter().any(|side| tape::is_real_by_ball(side).is_no()) => Ok(print_order(a, b)),
        _ => Err(truth::undecided(&Expr::relation(Relation::Less, a.clone(), b.clone()))),
    }
}
