//! Operators on values of any kind: numbers first, then formulas, then Python's sequences and sets.

use super::number;
use super::symbolic;
use crate::budget::{self, Stopped};
use crate::diagnostic::Fault;
use crate::number::Integer;
use crate::runtime::fault::type_error;
use crate::runtime::truth;
use crate::runtime::value::{Nature, Set, Value, sign_of};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

/// `left op right`.
///
/// # Errors
/// Operands that don't go together, division by zero, results too large to begin.
#[inline]
pub fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    match (operator, left, right) {
        (BinaryOperator::Add, Value::Int(a), Value::Int(b)) => Ok(Value::Int(a + b)),
        (BinaryOperator::Add, Value::Int(a) | Value::Integer(a), Value::Int(b) | Value::Integer(b)) => {
            Ok(Value::Integer(a + b))
        }
        (BinaryOperator::Subtract, Value::Integer(a), Value::Int(b) | Value::Integer(b)) => Ok(Value::Integer(a - b)),
        (BinaryOperator::Multiply, Value::Integer(a), Value::Int(b) | Value::Integer(b)) if is_small(a, b) => {
            Ok(Value::Integer(a * b))
        }
        _ => general(operator, left, right),
    }
}

/// Whether both numbers are machine words, whose product needs no leave.
fn is_small(a: &Integer, b: &Integer) -> bool {
    a.to_i64().is_some() && b.to_i64().is_some()
}

fn general(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    if left.is_plain_number() && right.is_plain_number() {
        return number::binary(operator, left, right);
    }
    if let Value::Object(object) = left
        && let Some(result) = object.binary(operator, right, false)
    {
        return result;
    }
    if let Value::Object(object) = right
        && let Some(result) = object.binary(operator, left, true)
    {
        return result;
    }
    if let Some(result) = symbolic::binary(operator, left, right) {
        return result;
    }
    collections(operator, left, right)
}

/// Texts, lists, tuples, sets and dictionaries.
fn collections(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    match (operator, left, right) {
        (BinaryOperator::Add, Value::Str(a), Value::Str(b)) => {
            truth::reserve_text(a.len() + b.len())?;
            Ok(Value::str(format!("{a}{b}")))
        }
        (BinaryOperator::Add, Value::List(a), Value::List(b)) => {
            truth::reserve_values(a.borrow().len() + b.borrow().len())?;
            let mut items = a.borrow().clone();
            items.extend(b.borrow().iter().cloned());
            Ok(Value::list(items))
        }
        (BinaryOperator::Add, Value::Tuple(a), Value::Tuple(b)) => {
            truth::reserve_values(a.len() + b.len())?;
            Ok(Value::tuple(a.iter().chain(b.iter()).cloned().collect()))
        }
        (BinaryOperator::Multiply, Value::Str(_) | Value::List(_) | Value::Tuple(_), _) => repeat(left, right),
        (BinaryOperator::Multiply, _, Value::Str(_) | Value::List(_) | Value::Tuple(_)) => repeat(right, left),
        (BinaryOperator::Remainder, Value::Str(template), _) => super::percent::format(template, right).map(Value::str),
        (
            BinaryOperator::Add | BinaryOperator::Subtract | BinaryOperator::BitAnd | BinaryOperator::BitOr,
            Value::Dict(a),
            Value::Dict(b),
        ) if matches!(a.borrow().nature(), Nature::Counter) && matches!(b.borrow().nature(), Nature::Counter) => {
            crate::runtime::methods::combine_counters(operator, &a.borrow(), &b.borrow())
        }
        (BinaryOperator::BitOr, Value::Dict(a), Value::Dict(b)) => {
            let mut merged = a.borrow().clone();
            for (key, value) in b.borrow().iter() {
                merged.insert(crate::runtime::value::Key::new(key.clone())?, value.clone());
            }
            Ok(Value::dict(merged))
        }
        _ => sets(operator, left, right).unwrap_or_else(|| Err(unsupported(operator.symbol(), left, right))),
    }
}

/// A sequence so many times over.
fn repeat(sequence: &Value, times: &Value) -> Result<Value, Fault> {
    /// Longer lists are refused.
    const MAX_LENGTH: usize = 1 << 32;
    let Some(times) = times.to_integer().filter(|_| times.is_plain_number()) else {
        let class = times.class().name;
        return Err(type_error(format!("can't multiply sequence by non-int of type '{class}'")));
    };
    let length = match sequence {
        Value::Str(text) => text.len(),
        Value::List(items) => items.borrow().len(),
        Value::Tuple(items) => items.len(),
        _ => 0,
    };
    let times = if times.is_negative() { 0 } else { times.to_usize().unwrap_or(usize::MAX) };
    let total = length.saturating_mul(times);
    if let Value::Str(_) = sequence {
        truth::reserve_text(total)?;
    } else if total > MAX_LENGTH {
        return Err(Stopped::OutOfMemory.into());
    } else {
        truth::reserve_values(total)?;
    }
    let cycle = |items: &[Value]| budget::paced(items.iter().cycle().take(items.len() * times).cloned()).collect();
    Ok(match sequence {
        Value::Str(text) => Value::str(repeated(text, times)),
        Value::List(items) => Value::list(cycle(&items.borrow())),
        Value::Tuple(items) => Value::tuple(cycle(items)),
        _ => Value::None,
    })
}

/// The text so many times over, a piece at a time.
fn repeated(text: &str, times: usize) -> String {
    const PIECE: usize = 1 << 20;
    let at_once = (PIECE / text.len().max(1)).clamp(1, times.max(1));
    let piece = text.repeat(at_once.min(times));
    let mut whole = String::with_capacity(text.len() * times);
    for _ in 0..times / at_once {
        budget::pulse();
        whole.push_str(&piece);
    }
    whole.push_str(&text.repeat(times % at_once));
    whole
}

fn sets(operator: BinaryOperator, left: &Value, right: &Value) -> Option<Result<Value, Fault>> {
    let (a, b) = (as_set(left)?, as_set(right)?);
    let result = match operator {
        BinaryOperator::BitOr => a.union(&b),
        BinaryOperator::BitAnd => a.filtered(|key| b.contains(key)),
        BinaryOperator::Subtract => a.filtered(|key| !b.contains(key)),
        BinaryOperator::BitXor => a.filtered(|key| !b.contains(key)).union(&b.filtered(|key| !a.contains(key))),
        _ => return None,
    };
    Some(Ok(match left {
        Value::FrozenSet(_) => Value::FrozenSet(std::rc::Rc::new(result)),
        _ => Value::set(result),
    }))
}

/// Sets, and the views of dictionaries that behave like them.
fn as_set(value: &Value) -> Option<Set> {
    match value {
        Value::View(view) => Set::from_values(view.items()).ok(),
        _ => Set::of(value),
    }
}

/// `op operand`.
///
/// # Errors
/// An operand that the operator makes no sense for.
pub fn unary(operator: UnaryOperator, operand: &Value) -> Result<Value, Fault> {
    if operand.is_plain_number() {
        return number::unary(operator, operand);
    }
    if let Value::Object(object) = operand
        && let Some(result) = object.unary(operator)
    {
        return result;
    }
    symbolic::unary(operator, operand).unwrap_or_else(|| {
        let class = operand.class().name;
        Err(type_error(format!("bad operand type for unary {}: '{class}'", operator.symbol())))
    })
}

/// The fault of two operands that don't go together, in Sage's or Python's words.
pub fn unsupported(sign: &str, left: &Value, right: &Value) -> Fault {
    let (a, b) = (left.class().name, right.class().name);
    let is_symbolic = |value: &Value| matches!(value, Value::Expr(_) | Value::Callable(_));
    let is_ring_element = |value: &Value| crate::runtime::value::parent_of(value).is_some();
    let message = if is_symbolic(left) || is_symbolic(right) {
        let sign = if sign == "^" { "** or pow()" } else { sign };
        format!("unsupported operand type(s) for {sign}: '{a}' and '{b}'")
    } else if is_ring_element(left) || is_ring_element(right) {
        format!("unsupported operand parent(s) for {sign}: {} and {}", sign_of(left), sign_of(right))
    } else {
        match (sign, left) {
            ("+", Value::Str(_)) => format!("can only concatenate str (not \"{b}\") to str"),
            ("+", Value::List(_)) => format!("can only concatenate list (not \"{b}\") to list"),
            ("+", Value::Tuple(_)) => format!("can only concatenate tuple (not \"{b}\") to tuple"),
            _ => format!("unsupported operand type(s) for {sign}: '{a}' and '{b}'"),
        }
    };
    let fault = type_error(message);
    match (sign, left, right) {
        ("+", Value::Str(_), _) | ("+", _, Value::Str(_)) => fault.hint("`str(...)` makes a text of any value"),
        ("+", Value::List(_), item) | ("+", item, Value::List(_)) if item.is_number() || is_symbolic(item) => {
            fault.hint("to put an item in, `L + [item]` or `L.append(item)`; item by item, `[t + a for t in L]`")
        }
        ("*" | "-" | "/" | "^", Value::List(_), _) | ("*" | "-" | "/" | "^", _, Value::List(_)) => {
            fault.hint("item by item: `[a*t for t in L]`; `vector([...])` makes a vector")
        }
        (_, Value::Function(_), _)
        | (_, _, Value::Function(_))
        | (_, Value::Symbolic(_), _)
        | (_, _, Value::Symbolic(_)) => {
            fault.hint("a function must be applied, as in `f(x)`, before it can be computed with")
        }
        _ => fault,
    }
}
