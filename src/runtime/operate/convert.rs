//! Conversions into the rings: `ZZ(...)`, `QQ(...)`, `RR(...)` and their kin.

use crate::diagnostic::Fault;
use crate::expr::{Expr, Reason};
use crate::number::{Complex, Integer, Number, Rational, Real};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::truth;
use crate::runtime::value::{Parent, Value, as_expr, repr};

/// The value as an element of the ring.
///
/// # Errors
/// A value that the ring does not hold.
pub fn convert(parent: Parent, value: &Value) -> Result<Value, Fault> {
    match parent {
        Parent::Integers => to_integer(value).map(Value::Integer),
        Parent::Rationals => to_rational(value).map(Value::rational),
        Parent::Reals(precision) => ring_real(value, precision).map(Value::real),
        Parent::Doubles => ring_real(value, 53).map(|real| Value::Double(real.to_f64())),
        Parent::Complexes(precision) => to_complex(value, precision).map(Value::complex),
        Parent::ComplexDoubles => to_complex(value, 53).map(Value::complex),
        Parent::Symbolic => to_symbolic(value).map(Value::Expr),
    }
}

/// `CC(1, 2)`: a complex number from its parts.
///
/// # Errors
/// Parts that are no real numbers, and rings without complex numbers.
pub fn convert_pair(parent: Parent, re: &Value, im: &Value) -> Result<Value, Fault> {
    match parent {
        Parent::Complexes(_) | Parent::ComplexDoubles => {
            let precision = if let Parent::Complexes(precision) = parent { precision } else { 53 };
            Ok(Value::complex(Complex::new(to_real(re, precision)?, to_real(im, precision)?)))
        }
        // A base for digits, as in `ZZ('ff', 16)`.
        Parent::Integers => match (re.as_str(), im.to_integer().and_then(|base| base.to_u32())) {
            (Some(text), Some(base @ 2..=36)) => Integer::parse(text, base)
                .map(Value::Integer)
                .ok_or_else(|| type_error(format!("unable to convert {} to an integer", repr(re)))),
            _ => Err(type_error(format!("unable to convert {} to an integer", repr(re)))),
        },
        _ => Err(type_error(format!("{parent} takes one argument"))),
    }
}

fn to_integer(value: &Value) -> Result<Integer, Fault> {
    if let Some(integer) = value.to_integer() {
        return Ok(integer);
    }
    match value {
        Value::Rational(_) => Err(type_error("no conversion of this rational to integer")),
        Value::Real(real) if real.is_integer() => real.trunc().ok_or_else(|| not_integral("RealNumber")),
        Value::Real(_) => Err(not_integral("RealNumber")),
        Value::Float(float) | Value::Double(float) => {
            let real = Real::from_f64(*float);
            if real.is_integer() {
                real.trunc().ok_or_else(|| not_integral("float"))
            } else {
                Err(not_integral("float"))
            }
        }
        Value::Str(text) => {
            integer_literal(text.trim()).ok_or_else(|| type_error(format!("unable to convert '{text}' to an integer")))
        }
        _ => Err(type_error(format!("unable to convert {} to an integer", repr(value)))),
    }
}

/// An integer as it is written in a program: decimal, or with a prefix that names its base.
fn integer_literal(text: &str) -> Option<Integer> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let lower = digits.to_ascii_lowercase();
    let based = [("0x", 16), ("0o", 8), ("0b", 2)];
    let based = based.iter().find_map(|(prefix, base)| Some((lower.strip_prefix(prefix)?, *base)));
    let (digits, base) = based.unwrap_or((&lower, 10));
    let size = Integer::parse(digits, base).filter(|_| digits.starts_with(|c: char| c.is_ascii_alphanumeric()))?;
    Some(if negative { -size } else { size })
}

fn not_integral(kind: &str) -> Fault {
    type_error(format!("Attempt to coerce non-integral {kind} to Integer"))
}

fn to_rational(value: &Value) -> Result<Rational, Fault> {
    let failed = || type_error(format!("unable to convert {} to a rational", repr(value)));
    match value {
        Value::Real(real) => real.simplest_rational().ok_or_else(failed),
        Value::Float(float) | Value::Double(float) => Real::from_f64(*float).simplest_rational().ok_or_else(failed),
        Value::Str(text) => {
            let (numerator, denominator) = text.split_once('/').unwrap_or((text, "1"));
            let parse = |part: &str| Integer::parse(part.trim(), 10);
            let parts = parse(numerator).zip(parse(denominator));
            match parts {
                Some((numerator, denominator)) => Rational::ratio(&numerator, &denominator).ok_or_else(failed),
                None => Real::parse(text.trim()).and_then(|real| real.simplest_rational()).ok_or_else(failed),
            }
        }
        Value::Tuple(items) => match items.as_ref() {
            [numerator, denominator] => {
                to_rational(numerator)?.checked_div(&to_rational(denominator)?).ok_or_else(failed)
            }
            _ => Err(failed()),
        },
        _ => as_expr(value).and_then(|expr| expr.as_rational().cloned()).ok_or_else(failed),
    }
}

/// The nearest real of a precision.
///
/// # Errors
/// A value that is no real number, or whose value can't be computed.
pub fn to_real(value: &Value, precision: u32) -> Result<Real, Fault> {
    match value {
        Value::Str(text) => return parse_real(text, precision),
        Value::Real(real) => return Ok(real.converted(precision)),
        _ => {}
    }
    let expr =
        as_expr(value).ok_or_else(|| type_error(format!("unable to convert {} to a real number", repr(value))))?;
    match approximate(&expr, precision)? {
        Some(number) => match number.to_real(precision) {
            Some(real) => Ok(real),
            None if number.to_complex(precision).is_real() => Ok(number.to_complex(precision).re().clone()),
            None => Err(type_error(format!("unable to convert {} to a real number", repr(value)))),
        },
        None => Err(type_error("Cannot evaluate symbolic expression to a numeric value.")
            .hint("give the variables values first: .subs(x=1)")),
    }
}

/// A real as the ring itself converts it: a text that is none is of the wrong type.
fn ring_real(value: &Value, precision: u32) -> Result<Real, Fault> {
    to_real(value, precision).map_err(|fault| match value {
        Value::Str(_) => type_error(format!("unable to convert {} to a real number", repr(value))),
        _ => fault,
    })
}

fn parse_real(text: &str, precision: u32) -> Result<Real, Fault> {
    let trimmed = text.trim();
    let (negative, digits) = match trimmed.strip_prefix('-') {
        Some(digits) => (true, digits),
        None => (false, trimmed.strip_prefix('+').unwrap_or(trimmed)),
    };
    let real = match digits.to_ascii_lowercase().as_str() {
        "inf" | "infinity" => Some(Real::infinity(false, precision)),
        "nan" => Some(Real::nan(precision)),
        _ => Real::parse_with(digits, precision),
    };
    let real = real.ok_or_else(|| value_error(format!("could not convert string to float: '{text}'")))?;
    Ok(if negative { -&real } else { real })
}

/// The nearest machine number.
///
/// # Errors
/// A value that is no real number, or whose value can't be computed.
pub fn to_f64(value: &Value) -> Result<f64, Fault> {
    to_real(value, 53).map(|real| real.to_f64())
}

fn to_complex(value: &Value, precision: u32) -> Result<Complex, Fault> {
    if let Value::Str(_) | Value::Real(_) = value {
        return to_real(value, precision).map(Complex::from);
    }
    let expr =
        as_expr(value).ok_or_else(|| type_error(format!("unable to convert {} to a complex number", repr(value))))?;
    match approximate(&expr, precision)? {
        Some(number) => Ok(number.to_complex(precision)),
        None => Err(type_error("unable to evaluate the expression to a complex number")),
    }
}

fn to_symbolic(value: &Value) -> Result<Expr, Fault> {
    match value {
        Value::Str(text) => crate::expr::read(text)
            .map_err(|_| type_error(format!("unable to convert '{text}' to a symbolic expression"))),
        _ => as_expr(value).ok_or_else(|| super::symbolic::no_expression(value)),
    }
}

/// The number that a constant expression is, to a precision; `None` when it is none.
fn approximate(expr: &Expr, precision: u32) -> Result<Option<Number>, Fault> {
    match truth::evaluate(expr, precision) {
        Ok(number) => Ok(Some(number)),
        Err(Reason::Budget(stopped)) => Err(stopped.into()),
        Err(_) => Ok(None),
    }
}
