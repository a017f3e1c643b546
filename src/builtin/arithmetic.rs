//! Arithmetic of plain numbers: size, rounding, division with remainder, powers, digits.

use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned};
use std::rc::Rc;

use crate::expr::{Function, function};
use crate::number::{Integer, Rational, Real, modular};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Arguments;
use crate::runtime::fault::{type_error, value_error, zero_division};
use crate::runtime::operate;
use crate::runtime::parameter::Text;
use crate::runtime::value::{Value, as_expr, repr};
use crate::syntax::ast::BinaryOperator;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &abs::RECORD,
    &round::RECORD,
    &divmod::RECORD,
    &pow::RECORD,
    &chr::RECORD,
    &ord::RECORD,
    &bin::RECORD,
    &oct::RECORD,
    &hex::RECORD,
];

builtin! {
    /// The absolute value.
    ///
    /// ```calc
    /// abs(-7/3)       # => 7/3
    /// abs(x)          # => abs(x)
    /// abs(3 + 4*I)    # => 5
    /// ```
    fn abs(call, value: Spanned<Value>) -> Value {
        if let Value::Object(object) = &value.value
            && object.expression().is_none()
            && call.machine().methods_of(&value.value).contains(&"norm")
        {
            let span = call.span();
            return call.machine().call_method(&value.value, &Rc::from("norm"), Arguments::default(), span);
        }
        absolute(&value.value, call.span()).map_err(|fault| fault.or_at(value.span))
    }
}

fn absolute(value: &Value, span: Span) -> Result<Value, Fault> {
    Ok(match value {
        Value::Bool(value) => Value::int(i64::from(*value)),
        Value::Int(value) => Value::Int(value.abs()),
        Value::Integer(value) => Value::Integer(value.abs()),
        Value::Rational(value) => Value::rational(value.abs()),
        Value::Real(value) => Value::real(value.abs()),
        Value::Float(value) => Value::Float(value.abs()),
        Value::Double(value) => Value::Double(value.abs()),
        Value::Complex(value) => Value::real(value.abs()),
        Value::Object(object) => match object.expression() {
            Some(expr) => return absolute(&Value::Expr(expr), span),
            None => return Err(no_absolute(value)),
        },
        Value::Expr(_) | Value::Callable(_) => match function::find("abs") {
            Some(record) => {
                return operate::apply(&Function::Elementary(record), &Arguments::plain([value.clone()], span), span);
            }
            None => return Err(no_absolute(value)),
        },
        _ => return Err(no_absolute(value)),
    })
}

fn no_absolute(value: &Value) -> Fault {
    type_error(format!("bad operand type for abs(): '{}'", value.class().name))
}

builtin! {
    /// The nearest integer, halves away from zero; with `ndigits` the nearest float of so many decimals.
    ///
    /// ```calc
    /// round(7/2)          # => 4
    /// round(2/3, 2)       # => 0.67
    /// round(1234.5, -2)   # => 1200.0
    /// ```
    ///
    /// See also: `floor`, `ceil`, `n`.
    fn round(call, value: Spanned<Value>, ndigits: Option<Integer>) -> Value {
        rounded(&value.value, ndigits).map_err(|fault| fault.or_at(value.span))
    }
}

fn rounded(value: &Value, digits: Option<Integer>) -> Result<Value, Fault> {
    if as_expr(value).is_none() {
        return Err(type_error(format!("type {} doesn't define __round__ method", value.class().name)));
    }
    if let Some(digits) = digits.filter(|digits| !digits.is_zero()) {
        return Ok(Value::Double(round_decimal(machine_number(value)?, &digits)));
    }
    Ok(match value {
        Value::Bool(_) | Value::Int(_) | Value::Integer(_) => Value::Integer(value.to_integer().unwrap_or_default()),
        Value::Rational(value) => Value::Integer(round_rational(value)),
        Value::Real(real) => {
            Value::Integer(real.round().ok_or_else(|| value_error("cannot convert NaN or infinity to an integer"))?)
        }
        Value::Float(float) => Value::Double(float.round_ties_even()),
        Value::Double(double) => Value::Integer(whole(&Real::from_f64(double.round_ties_even()))?),
        _ => match as_expr(value).and_then(|expr| expr.as_rational().cloned()) {
            Some(exact) => Value::Integer(round_rational(&exact)),
            None => Value::Integer(whole(&Real::from_f64(machine_number(value)?))?),
        },
    })
}

fn whole(real: &Real) -> Result<Integer, Fault> {
    real.round().ok_or_else(|| value_error("cannot convert NaN or infinity to an integer"))
}

fn machine_number(value: &Value) -> Result<f64, Fault> {
    operate::to_f64(value).map_err(|_| value_error(format!("could not convert {} to a real number", repr(value))))
}

/// The nearest integer, halves away from zero.
fn round_rational(value: &Rational) -> Integer {
    let half = Rational::fraction(1, 2).unwrap_or(Rational::ZERO);
    let size = (value.abs() + half).floor();
    if value.is_negative() { -size } else { size }
}

/// The nearest machine number to the decimal of so many digits that is nearest to the exact value, ties to even.
fn round_decimal(value: f64, digits: &Integer) -> f64 {
    let Some(places) = digits.to_i64().filter(|places| (-400..=400).contains(places)) else {
        return if digits.is_negative() { 0.0 } else { value };
    };
    let Some(exact) = Rational::from_f64(value) else { return value };
    let Some(scale) = Rational::from(Integer::new(10)).pow(places) else { return value };
    let scaled = &exact * &scale;
    let floor = scaled.floor();
    let twice = (&scaled - Rational::from(floor.clone())) * Rational::from(2);
    let up = twice > Rational::ONE || (twice == Rational::ONE && floor.is_odd());
    let nearest = if up { floor + Integer::ONE } else { floor };
    let result = Rational::from(nearest).checked_div(&scale).map_or(value, |result| result.to_f64());
    if result == 0.0 && value.is_sign_negative() { -0.0 } else { result }
}

builtin! {
    /// Quotient rounded down and remainder.
    ///
    /// ```calc
    /// divmod(-7, 2)       # => (-4, 1)
    /// divmod(1, 0)        # error: division-by-zero
    /// ```
    only function;
    fn divmod(call, a: Value, b: Value) -> Value {
        if [&a, &b].iter().any(|value| matches!(value, Value::Real(_) | Value::Rational(_))) {
            return divmod_in_field(&a, &b);
        }
        if matches!(a, Value::Expr(_) | Value::Callable(_)) && !matches!(b, Value::Object(_)) {
            return Err(type_error("formulas have no quotient and remainder").class_is("AttributeError"));
        }
        let quotient = operate::binary(BinaryOperator::FloorDivide, &a, &b)?;
        let remainder = operate::binary(BinaryOperator::Remainder, &a, &b)?;
        Ok(Value::tuple(vec![quotient, remainder]))
    }
}

/// In a field division leaves no remainder, as Sage sees it.
fn divmod_in_field(a: &Value, b: &Value) -> Result<Value, Fault> {
    let unsupported = || {
        let (left, right) = (a.class().name, b.class().name);
        type_error(format!("unsupported operand type(s) for divmod(): '{left}' and '{right}'"))
    };
    if !a.is_plain_number() || !b.is_plain_number() || a.class() == b.class() {
        return Err(unsupported());
    }
    if as_expr(b).is_some_and(|divisor| divisor.as_number().is_some_and(|number| number.is_zero())) {
        return Err(zero_division(""));
    }
    let quotient = operate::binary(BinaryOperator::Divide, a, b)?;
    let remainder = operate::binary(BinaryOperator::Subtract, &quotient, &quotient)?;
    Ok(Value::tuple(vec![quotient, remainder]))
}

builtin! {
    /// A power; with a third argument its remainder, without making the power itself.
    ///
    /// ```calc
    /// pow(2, 10)              # => 1024
    /// pow(3, 1000000, 7)      # => 4
    /// ```
    only function;
    fn pow(call, base: Spanned<Value>, exponent: Spanned<Value>, modulus: Option<Spanned<Value>>) -> Value {
        let Some(modulus) = modulus else {
            return operate::binary(BinaryOperator::Power, &base.value, &exponent.value);
        };
        let integer = |value: &Spanned<Value>| {
            value.value.to_integer().ok_or_else(|| {
                type_error("pow() 3rd argument not allowed unless all arguments are integers").or_at(value.span)
            })
        };
        power_modulo(integer(&base)?, integer(&exponent)?, &integer(&modulus)?).map(Value::Integer)
    }
}

fn power_modulo(base: Integer, exponent: Integer, modulus: &Integer) -> Result<Integer, Fault> {
    if modulus.is_zero() {
        return Err(value_error("pow() 3rd argument cannot be 0"));
    }
    if !exponent.is_negative() {
        return Ok(modular::power(&base, &exponent, modulus));
    }
    let inverse = modular::inverse(&base, modulus)
        .ok_or_else(|| zero_division(format!("inverse of Mod({base}, {modulus}) does not exist")))?;
    Ok(modular::power(&inverse, &-exponent, modulus))
}

builtin! {
    /// The character with a code.
    ///
    /// ```calc
    /// chr(960)        # => 'π'
    /// ```
    only function;
    fn chr(call, code: Integer) -> String {
        operate::character(&code)
    }
}

builtin! {
    /// The code of a character.
    ///
    /// ```calc
    /// ord('a')        # => 97
    /// ```
    only function;
    fn ord(call, character: Text) -> Value {
        let mut characters = character.0.chars();
        match (characters.next(), characters.next()) {
            (Some(only), None) => Ok(Value::int(u32::from(only))),
            _ => {
                let length = character.0.chars().count();
                Err(type_error(format!("ord() expected a character, but string of length {length} found")))
            }
        }
    }
}

/// An integer's digits behind a prefix that names their base.
fn digits(value: &Integer, radix: u32, prefix: &str) -> String {
    let sign = if value.is_negative() { "-" } else { "" };
    format!("{sign}{prefix}{}", value.abs().to_text(radix))
}

builtin! {
    /// An integer's binary digits.
    ///
    /// ```calc
    /// bin(5)          # => '0b101'
    /// ```
    only function;
    fn bin(call, number: Integer) -> String {
        Ok(digits(&number, 2, "0b"))
    }
}

builtin! {
    /// An integer's octal digits.
    ///
    /// ```calc
    /// oct(8)          # => '0o10'
    /// ```
    only function;
    fn oct(call, number: Integer) -> String {
        Ok(digits(&number, 8, "0o"))
    }
}

builtin! {
    /// An integer's hexadecimal digits.
    ///
    /// ```calc
    /// hex(255)        # => '0xff'
    /// ```
    only function;
    fn hex(call, number: Integer) -> String {
        Ok(digits(&number, 16, "0x"))
    }
}
