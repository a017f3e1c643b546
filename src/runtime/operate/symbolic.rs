//! Arithmetic of formulas, and putting values into them.

use std::rc::Rc;

use crate::diagnostic::{Fault, Span, Spanned};
use crate::expr::assume;
use crate::expr::function::as_written;
use crate::expr::{Expr, Kind, Symbol, Truth, Undefined};
use crate::number::Number;
use crate::runtime::fault::{BAD_STATE, SIGN_ERROR, too_large, type_error, value_error, zero_division};
use crate::runtime::truth;
use crate::runtime::value::{CallableExpr, Parent, Value, as_expr, demote};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

/// `left op right` where at least one is a formula; `None` when they don't go together.
pub(super) fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Option<Result<Value, Fault>> {
    let is_formula = |value: &Value| matches!(value, Value::Expr(_) | Value::Callable(_) | Value::Object(_));
    if !is_formula(left) && !is_formula(right) {
        return None;
    }
    let (a, b) = (as_expr(left)?, as_expr(right)?);
    if let Err(stopped) = truth::budget().check() {
        return Some(Err(stopped.into()));
    }
    let plain = is_outside_formulas(left) && is_outside_formulas(right);
    if plain && let (Some(x), Some(y)) = (a.as_number(), b.as_number()) {
        match operator {
            BinaryOperator::Add => return Some(Ok(demote(&Expr::number(x + y)))),
            BinaryOperator::Subtract => return Some(Ok(demote(&Expr::number(x - y)))),
            BinaryOperator::Multiply => return Some(Ok(demote(&Expr::number(x * y)))),
            _ => {}
        }
    }
    let result = match operator {
        BinaryOperator::Add => &a + &b,
        BinaryOperator::Subtract => &a - &b,
        BinaryOperator::Multiply => &a * &b,
        BinaryOperator::Divide => &a / &b,
        BinaryOperator::Power => a.power(&b),
        BinaryOperator::FloorDivide
        | BinaryOperator::Remainder
        | BinaryOperator::ShiftLeft
        | BinaryOperator::ShiftRight
        | BinaryOperator::BitAnd
        | BinaryOperator::BitOr
        | BinaryOperator::BitXor => return Some(Err(not_symbolic(operator))),
    };
    if plain {
        return Some(checked(result, operator).map(|result| demote(&result)));
    }
    let bare = |part: &Expr| matches!(part.kind(), Kind::Infinity(_) | Kind::Number(_));
    if bare(&a)
        && bare(&b)
        && let Kind::Undefined(reason) = result.kind()
        && let Some(message) = sign_error(*reason)
    {
        return Some(Err(Fault::new(&SIGN_ERROR, Span::default(), message)));
    }
    if let Some(fault) = indeterminate(operator, &a, &b, &result) {
        return Some(Err(fault));
    }
    Some(checked(result, operator).map(|result| match common_arguments(left, right) {
        Some(arguments) => Value::Callable(Rc::new(CallableExpr { arguments, body: result })),
        None => Value::Expr(result),
    }))
}

/// What the ring of infinities says of an operation without a value.
fn sign_error(reason: Undefined) -> Option<&'static str> {
    match reason {
        Undefined::InfinityMinusInfinity => Some("cannot add infinity to minus infinity"),
        Undefined::ZeroTimesInfinity => Some("cannot multiply infinity by zero"),
        _ => None,
    }
}

/// The fault of an infinity written beside a formula that is not known to be finite, or whose sign is not known.
///
/// Sage lets an infinity swallow such a term, so that there `limit(x - oo, x=oo)` is -Infinity.
fn indeterminate(operator: BinaryOperator, left: &Expr, right: &Expr, result: &Expr) -> Option<Fault> {
    let is_infinite = |part: &Expr| matches!(part.kind(), Kind::Infinity(_));
    let other = match (is_infinite(left), is_infinite(right)) {
        (true, false) => right,
        (false, true) => left,
        _ => return None,
    };
    let state = |message| Fault::new(&BAD_STATE, Span::default(), message);
    let is_open = !other.is_constant() && assume::is_real(other) != Truth::Yes;
    match operator {
        BinaryOperator::Add | BinaryOperator::Subtract if is_open => {
            let fault = state("indeterminate expression: infinity + f(x) encountered.");
            Some(fault.hint("assume that the variables are real, and so finite, or ask for a limit"))
        }
        BinaryOperator::Multiply | BinaryOperator::Divide
            if !other.is_constant() && matches!(result.kind(), Kind::Undefined(Undefined::AtInfinity)) =>
        {
            let fault = state("indeterminate expression: infinity * f(x) encountered.");
            Some(fault.hint("assume the sign of the other factor, or ask for a limit"))
        }
        BinaryOperator::Power if !other.is_constant() && is_infinite(right) && !left.is_e() => {
            Some(value_error("power::eval(): pow(f(x), infinity) is not defined.").hint("ask for a limit"))
        }
        BinaryOperator::Power if !other.is_constant() && is_infinite(left) => {
            Some(value_error("power::eval(): pow(Infinity, f(x)) is not defined.").hint("ask for a limit"))
        }
        _ => None,
    }
}

/// Whether a value is a number outside of formulas: of a plain kind, or complex with rational parts.
pub(super) fn is_outside_formulas(value: &Value) -> bool {
    match value {
        Value::Expr(expr) => matches!(expr.kind(), Kind::Number(Number::Gaussian(_))),
        _ => value.is_plain_number(),
    }
}

/// The fault of an operation that formulas don't have, also when they are numbers, as in Sage.
fn not_symbolic(operator: BinaryOperator) -> Fault {
    let ring = Parent::Symbolic;
    type_error(format!("unsupported operand parent(s) for {}: '{ring}' and '{ring}'", operator.symbol()))
        .hint("make a number of the expression first: `ZZ(...)`, `QQ(...)` or `int(...)`")
}

/// The arguments of a combination of callables: those of both, in order.
fn common_arguments(left: &Value, right: &Value) -> Option<Rc<[Symbol]>> {
    match (left, right) {
        (Value::Callable(a), Value::Callable(b)) if a.arguments != b.arguments => {
            let mut all = a.arguments.to_vec();
            all.extend(b.arguments.iter().filter(|symbol| !a.arguments.contains(symbol)));
            Some(all.into())
        }
        (Value::Callable(callable), _) | (_, Value::Callable(callable)) => Some(Rc::clone(&callable.arguments)),
        _ => None,
    }
}

/// `op operand` for a formula.
pub(super) fn unary(operator: UnaryOperator, operand: &Value) -> Option<Result<Value, Fault>> {
    let expr = as_expr(operand)?;
    let result = match operator {
        UnaryOperator::Plus => expr,
        UnaryOperator::Minus => -&expr,
        UnaryOperator::Invert => expr.recip(),
    };
    Some(checked(result, BinaryOperator::Divide).map(|result| match operand {
        Value::Callable(callable) => callable.with_body(result),
        _ => Value::Expr(result),
    }))
}

/// The expression, unless it has no value: then the error that Sage raises where an operator made it.
///
/// # Errors
/// An expression without a value.
pub fn checked(expr: Expr, operator: BinaryOperator) -> Result<Expr, Fault> {
    match expr.kind() {
        Kind::Undefined(reason) => Err(undefined(*reason, operator == BinaryOperator::Divide)),
        _ => Ok(expr),
    }
}

/// The error of an expression without a value.
fn undefined(reason: Undefined, division: bool) -> Fault {
    match reason {
        Undefined::DivisionByZero if division => zero_division("symbolic division by zero"),
        Undefined::DivisionByZero => value_error("power::eval(): division by zero"),
        Undefined::InfinityMinusInfinity => {
            Fault::new(&BAD_STATE, Span::default(), "indeterminate expression: infinity - infinity encountered.")
        }
        Undefined::ZeroTimesInfinity => {
            Fault::new(&BAD_STATE, Span::default(), "indeterminate expression: 0 * infinity encountered.")
        }
        Undefined::TooLarge => too_large("the number"),
        Undefined::AtInfinity => {
            Fault::new(&BAD_STATE, Span::default(), "the function has no value at infinity").hint("ask for a limit")
        }
        Undefined::UnknownSign => value_error("the sign of a factor is not known"),
        Undefined::MixedRelations => type_error("incompatible relations"),
        Undefined::NoAntiderivative => value_error("an integral without bounds has no value at a point"),
        Undefined::Pole => value_error("the function has a pole there").hint("ask for a limit"),
    }
}

/// Replaces parts of an expression, all at once.
///
/// # Errors
/// A result without a value, such as a division by zero.
pub fn substitute(expr: &Expr, pairs: &[(Expr, Expr)]) -> Result<Expr, Fault> {
    let wild = pairs.iter().any(|(from, _)| from.has_wild());
    let put = || if wild { expr.substitute_matching(pairs) } else { expr.substitute_parts_first(pairs) };
    checked(as_written(put), BinaryOperator::Power)
}

/// `e(x=2, y=3)`.
///
/// # Errors
/// A value that is no expression, and a result without a value.
pub fn substitute_named(expr: &Expr, keywords: &[(Rc<str>, Spanned<Value>)], span: Span) -> Result<Value, Fault> {
    let pairs = named_pairs(keywords)?;
    substitute(expr, &pairs).map(Value::Expr).map_err(|fault| fault.or_at(span))
}

fn named_pairs(keywords: &[(Rc<str>, Spanned<Value>)]) -> Result<Vec<(Expr, Expr)>, Fault> {
    keywords
        .iter()
        .map(|(name, value)| match as_expr(&value.value) {
            Some(to) => Ok((Expr::variable(name), to)),
            None => Err(no_expression(&value.value).or_at(value.span)),
        })
        .collect()
}

/// `e({x: 2})`, with keywords besides.
///
/// # Errors
/// Keys or values that are no expressions, and a result without a value.
pub fn substitute_dict(
    expr: &Expr,
    dict: &Value,
    keywords: &[(Rc<str>, Spanned<Value>)],
    span: Span,
) -> Result<Value, Fault> {
    let mut pairs = named_pairs(keywords)?;
    if let Value::Dict(dict) = dict {
        for (key, value) in dict.borrow().iter() {
            let from = as_expr(key).ok_or_else(|| no_expression(key))?;
            let to = as_expr(value).ok_or_else(|| no_expression(value))?;
            pairs.push((from, to));
        }
    }
    substitute(expr, &pairs).map(Value::Expr).map_err(|fault| fault.or_at(span))
}

/// The fault of something that can't be put into a formula.
pub(super) fn no_expression(value: &Value) -> Fault {
    let text = crate::runtime::value::repr(value);
    let shown: String = text.chars().take(60).collect();
    type_error(format!("unable to convert {shown} to a symbolic expression"))
}
