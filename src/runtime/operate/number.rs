//! Arithmetic of plain numbers: which kind the result has, as Sage's coercion and Python's rules say.

use std::rc::Rc;

use super::arithmetic::unsupported;
use crate::budget;
use crate::diagnostic::Fault;
use crate::expr::Expr;
use crate::number::{Complex, Integer, Number, Rational, Real, modular};
use crate::runtime::fault::{too_large, type_error, zero_division};
use crate::runtime::value::{Value, as_expr, demote};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

/// Powers with more bits than this are not begun: a hundred million decimal digits.
const MAX_POWER_BITS: f64 = 340_000_000.0;

/// Fractions with more bits than this, both operands together, take too long to bring to lowest terms.
const MAX_FRACTION_BITS: usize = 100_000_000;

/// What kind of number two operands meet in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Kind {
    Int,
    Integer,
    Rational,
    Float,
    Double,
    Real,
    Complex,
}

fn kind(value: &Value) -> Kind {
    match value {
        Value::Bool(_) | Value::Int(_) => Kind::Int,
        Value::Integer(_) => Kind::Integer,
        Value::Rational(_) => Kind::Rational,
        Value::Float(_) => Kind::Float,
        Value::Double(_) => Kind::Double,
        Value::Real(_) => Kind::Real,
        _ => Kind::Complex,
    }
}

/// `left op right` for two plain numbers.
pub(super) fn binary(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    match kind(left).max(kind(right)) {
        common @ (Kind::Int | Kind::Integer) => {
            let (a, b) = (integer(left), integer(right));
            let wrap = if common == Kind::Int { Value::Int } else { Value::Integer };
            match (common, operator) {
                (Kind::Int, BinaryOperator::Divide) => float_binary(operator, a.to_f64(), b.to_f64(), Value::Float),
                (Kind::Int, BinaryOperator::Power) if b.is_negative() => {
                    float_binary(operator, a.to_f64(), b.to_f64(), Value::Float)
                }
                _ => integer_binary(operator, &a, &b, wrap, left, right),
            }
        }
        Kind::Rational => rational_binary(operator, &rational(left), &rational(right), left, right),
        Kind::Float => float_binary(operator, float(left), float(right), Value::Float),
        Kind::Double => double_binary(operator, float(left), float(right)),
        Kind::Real => real_binary(operator, left, right),
        Kind::Complex => complex_binary(operator, left, right),
    }
}

fn integer(value: &Value) -> Integer {
    value.to_integer().unwrap_or_default()
}

fn rational(value: &Value) -> Rational {
    match value {
        Value::Rational(value) => (**value).clone(),
        _ => Rational::from(integer(value)),
    }
}

fn float(value: &Value) -> f64 {
    match value {
        Value::Float(value) | Value::Double(value) => *value,
        Value::Rational(value) => value.to_f64(),
        Value::Real(value) => value.to_f64(),
        _ => integer(value).to_f64(),
    }
}

fn integer_binary(
    operator: BinaryOperator,
    a: &Integer,
    b: &Integer,
    wrap: fn(Integer) -> Value,
    left: &Value,
    right: &Value,
) -> Result<Value, Fault> {
    let by_zero = |message| zero_division(message);
    Ok(match operator {
        BinaryOperator::Add => wrap(a + b),
        BinaryOperator::Subtract => wrap(a - b),
        BinaryOperator::Multiply => {
            bounded((a.bit_length() + b.bit_length()) as f64, "the product")?;
            wrap(stoppable(a, || a * b)?)
        }
        BinaryOperator::Divide => match stoppable(a, || Rational::ratio(a, b))? {
            Some(quotient) => Value::rational(quotient),
            None => return Err(by_zero("rational division by zero")),
        },
        BinaryOperator::FloorDivide => {
            let divided = stoppable(a, || a.div_rem_floor(b))?;
            wrap(divided.ok_or_else(|| by_zero("Integer division by zero"))?.0)
        }
        BinaryOperator::Remainder => {
            let divided = stoppable(a, || a.div_rem_floor(b))?;
            wrap(divided.ok_or_else(|| by_zero("Integer modulo by zero"))?.1)
        }
        BinaryOperator::Power => return integer_power(a, b, wrap),
        BinaryOperator::ShiftLeft | BinaryOperator::ShiftRight => wrap(shift(operator, a, b)?),
        BinaryOperator::BitAnd | BinaryOperator::BitOr | BinaryOperator::BitXor => match bits(operator, a, b) {
            Some(result) => match (left, right) {
                (Value::Bool(_), Value::Bool(_)) => Value::Bool(!result.is_zero()),
                _ => wrap(result),
            },
            None => return Err(unsupported(operator.symbol(), left, right)),
        },
    })
}

/// Integers with more bits than this are worked on so that a stop reaches the statement that handles it.
const LONG_WORK: f64 = 100_000.0;

/// Does work on an integer that may be long.
fn stoppable<T>(size: &Integer, work: impl FnOnce() -> T) -> Result<T, Fault> {
    if size.to_i64().is_some() || (size.bit_length() as f64) < LONG_WORK {
        return Ok(work());
    }
    Ok(budget::catch(work)?)
}

fn integer_power(base: &Integer, exponent: &Integer, wrap: fn(Integer) -> Value) -> Result<Value, Fault> {
    if exponent.is_negative() {
        let inverse = Rational::from(base.clone()).recip();
        let inverse = inverse.ok_or_else(|| zero_division("rational division by zero"))?;
        return rational_power(&inverse, &-exponent).map(Value::rational);
    }
    let bits = power_bits(base, exponent);
    bounded(bits, "the power")?;
    Ok(match exponent.to_usize() {
        Some(exponent) if bits < LONG_WORK => wrap(base.pow(exponent)),
        Some(exponent) => wrap(budget::catch(|| base.pow(exponent))?),
        // Only 0, 1 and -1 have powers of moderate size with such an exponent.
        None if exponent.is_odd() => wrap(base.clone()),
        None => wrap(base * base),
    })
}

fn rational_power(base: &Rational, exponent: &Integer) -> Result<Rational, Fault> {
    let numerator = integer_power(&base.numerator(), exponent, Value::Integer)?;
    let denominator = integer_power(&base.denominator(), exponent, Value::Integer)?;
    Rational::ratio(&integer(&numerator), &integer(&denominator))
        .ok_or_else(|| zero_division("rational division by zero"))
}

/// About how many bits a power has.
pub fn power_bits(base: &Integer, exponent: &Integer) -> f64 {
    if base.bit_length() <= 1 { 1.0 } else { base.log2_estimate().abs() * exponent.to_f64() }
}

fn bounded(bits: f64, what: &str) -> Result<(), Fault> {
    if bits > MAX_POWER_BITS { Err(too_large(what)) } else { Ok(()) }
}

fn shift(operator: BinaryOperator, a: &Integer, b: &Integer) -> Result<Integer, Fault> {
    let left = (operator == BinaryOperator::ShiftLeft) != b.is_negative();
    let distance = b.abs().to_usize();
    if left {
        bounded(a.bit_length() as f64 + b.abs().to_f64(), "the shifted number")?;
        return Ok(distance.map_or(Integer::ZERO, |distance| a << distance));
    }
    Ok(distance.map_or(Integer::new(if a.is_negative() { -1 } else { 0 }), |distance| a >> distance))
}

/// Bitwise operations in two's complement, digit by digit in base 2^32.
fn bits(operator: BinaryOperator, a: &Integer, b: &Integer) -> Option<Integer> {
    let combine = |x: i64, y: i64| match operator {
        BinaryOperator::BitAnd => Some(x & y),
        BinaryOperator::BitOr => Some(x | y),
        BinaryOperator::BitXor => Some(x ^ y),
        _ => None,
    };
    if let (Some(x), Some(y)) = (a.to_i64(), b.to_i64()) {
        return combine(x, y).map(Integer::new);
    }
    let base = Integer::new(1 << 32);
    let digits = a.bit_length().max(b.bit_length()) / 32 + 1;
    let (mut x, mut y, mut result) = (a.clone(), b.clone(), Integer::ZERO);
    for digit in 0..digits {
        let (low_x, low_y) = (x.div_rem_floor(&base)?.1.to_i64()?, y.div_rem_floor(&base)?.1.to_i64()?);
        result += &Integer::new(combine(low_x, low_y)?) << (32 * digit);
        (x, y) = (&x >> 32, &y >> 32);
    }
    // What is left of both are their signs: 0 or -1.
    let sign = combine(x.to_i64()?, y.to_i64()?)?;
    Some(result + (&Integer::new(sign) << (32 * digits)))
}

fn rational_binary(
    operator: BinaryOperator,
    a: &Rational,
    b: &Rational,
    left: &Value,
    right: &Value,
) -> Result<Value, Fault> {
    let bits = |value: &Rational| value.numerator().bit_length() + value.denominator().bit_length();
    let small = a.is_small() && b.is_small();
    if !small && operator != BinaryOperator::Power && bits(a) + bits(b) > MAX_FRACTION_BITS {
        return Err(too_large("the fraction"));
    }
    let quotient = |message| a.checked_div(b).ok_or_else(|| zero_division(message));
    Ok(match operator {
        BinaryOperator::Add => Value::rational(a + b),
        BinaryOperator::Subtract => Value::rational(a - b),
        BinaryOperator::Multiply => Value::rational(a * b),
        BinaryOperator::Divide => Value::rational(quotient("rational division by zero")?),
        // In a field, as Sage sees the rationals, division leaves nothing to round down.
        BinaryOperator::FloorDivide => Value::rational(quotient("rational division by zero")?),
        BinaryOperator::Remainder => Value::Integer(rational_remainder(a, b)?),
        BinaryOperator::Power => match b.to_integer() {
            Some(exponent) if !exponent.is_negative() => Value::rational(rational_power(a, &exponent)?),
            Some(exponent) => {
                let inverse = a.recip().ok_or_else(|| zero_division("rational division by zero"))?;
                Value::rational(rational_power(&inverse, &-exponent)?)
            }
            None => return root(a, b),
        },
        BinaryOperator::ShiftLeft
        | BinaryOperator::ShiftRight
        | BinaryOperator::BitAnd
        | BinaryOperator::BitOr
        | BinaryOperator::BitXor => return Err(unsupported(operator.symbol(), left, right)),
    })
}

/// The residue of a fraction modulo an integer, as in Sage: numerator times inverse of the denominator.
fn rational_remainder(a: &Rational, b: &Rational) -> Result<Integer, Fault> {
    let modulus = b.to_integer().ok_or_else(|| type_error("no conversion of this rational to integer"))?;
    let residue = |value: &Integer| value.div_rem_floor(&modulus).map(|(_, residue)| residue);
    let (Some(above), Some(below)) = (residue(&a.numerator()), residue(&a.denominator())) else {
        return Err(zero_division("Rational modulo by zero"));
    };
    if modulus.abs().is_one() {
        return Ok(Integer::ZERO);
    }
    let inverse = modular::inverse(&below, &modulus.abs());
    let inverse = inverse.ok_or_else(|| zero_division(format!("inverse of Mod({below}, {modulus}) does not exist")))?;
    Ok(residue(&(above * inverse)).unwrap_or_default())
}

/// A power with a fractional exponent: exact where it is rational, else symbolic.
fn root(base: &Rational, exponent: &Rational) -> Result<Value, Fault> {
    let power = Expr::number(base.clone()).power(&Expr::number(exponent.clone()));
    super::symbolic::checked(power, BinaryOperator::Power).map(|power| match power.as_rational() {
        Some(exact) => Value::rational(exact.clone()),
        None => Value::Expr(power),
    })
}

/// Python's floats.
fn float_binary(operator: BinaryOperator, a: f64, b: f64, wrap: fn(f64) -> Value) -> Result<Value, Fault> {
    let divided = |what: &str| if b == 0.0 { Err(zero_division(what)) } else { Ok(()) };
    Ok(match operator {
        BinaryOperator::Add => wrap(a + b),
        BinaryOperator::Subtract => wrap(a - b),
        BinaryOperator::Multiply => wrap(a * b),
        BinaryOperator::Divide => {
            divided("float division by zero")?;
            wrap(a / b)
        }
        BinaryOperator::FloorDivide => {
            divided("float divmod()")?;
            wrap(((a - floored_remainder(a, b)) / b).round())
        }
        BinaryOperator::Remainder => {
            divided("float modulo")?;
            wrap(floored_remainder(a, b))
        }
        BinaryOperator::Power => {
            if a == 0.0 && b < 0.0 {
                return Err(zero_division("0.0 cannot be raised to a negative power"));
            }
            if a < 0.0 && b.fract() != 0.0 {
                let power = Expr::number(Real::from_f64(a)).power(&Expr::number(Real::from_f64(b)));
                return Ok(demote(&power));
            }
            wrap(pxfm::f_pow(a, b))
        }
        _ => return Err(unsupported(operator.symbol(), &wrap(a), &wrap(b))),
    })
}

/// The remainder with the sign of the divisor.
fn floored_remainder(a: f64, b: f64) -> f64 {
    let remainder = a % b;
    if remainder != 0.0 && (remainder < 0.0) != (b < 0.0) { remainder + b } else { remainder }
}

/// Elements of `RDF`, which divide by zero as the machine does.
fn double_binary(operator: BinaryOperator, a: f64, b: f64) -> Result<Value, Fault> {
    match operator {
        BinaryOperator::Divide => Ok(Value::Double(a / b)),
        BinaryOperator::FloorDivide => Ok(Value::Double(a / b)),
        BinaryOperator::Remainder => Err(unsupported(operator.symbol(), &Value::Double(a), &Value::Double(b))),
        BinaryOperator::Power if a == 0.0 && b < 0.0 => Ok(Value::Double(f64::INFINITY)),
        _ => float_binary(operator, a, b, Value::Double),
    }
}

fn number(value: &Value) -> Number {
    as_expr(value).and_then(|expr| expr.as_number().cloned()).unwrap_or(Number::ZERO)
}

/// The precision of the result: the lowest of the floating operands.
fn precision(left: &Value, right: &Value) -> u32 {
    number(left).precision().into_iter().chain(number(right).precision()).min().unwrap_or(53)
}

fn real(value: &Value, precision: u32) -> Real {
    match value {
        Value::Real(value) => value.with_prec(precision),
        _ => number(value).to_real(precision).unwrap_or_else(|| Real::nan(precision)),
    }
}

fn real_binary(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    let precision = precision(left, right);
    let (a, b) = (real(left, precision), real(right, precision));
    Ok(match operator {
        BinaryOperator::Add => Value::real(&a + &b),
        BinaryOperator::Subtract => Value::real(&a - &b),
        BinaryOperator::Multiply => Value::real(&a * &b),
        BinaryOperator::Divide => Value::real(&a / &b),
        BinaryOperator::Remainder => Value::real(a.remainder(&b)),
        BinaryOperator::Power => return float_power(left, right, &a, &b),
        _ => {
            let field = |value: &Real| Value::real(value.clone());
            return Err(unsupported(operator.symbol(), &field(&a), &field(&b)));
        }
    })
}

/// Zero to a negative power is infinite, as for Sage's reals; the rest is the engine's.
fn float_power(left: &Value, right: &Value, a: &Real, b: &Real) -> Result<Value, Fault> {
    if a.is_zero() && b.is_negative() && !b.is_zero() {
        return Ok(Value::real(Real::infinity(false, a.prec())));
    }
    if b.is_zero() {
        return Ok(Value::real(Real::from_integer(&Integer::ONE, a.prec())));
    }
    if a.is_zero() {
        return Ok(Value::real(a.clone()));
    }
    let (Some(base), Some(exponent)) = (as_expr(left), as_expr(right)) else {
        return Err(unsupported("^", left, right));
    };
    Ok(demote(&base.power(&exponent)))
}

fn complex_binary(operator: BinaryOperator, left: &Value, right: &Value) -> Result<Value, Fault> {
    let precision = precision(left, right);
    let (a, b): (Complex, Complex) = (number(left).to_complex(precision), number(right).to_complex(precision));
    Ok(match operator {
        BinaryOperator::Add => Value::complex(&a + &b),
        BinaryOperator::Subtract => Value::complex(&a - &b),
        BinaryOperator::Multiply => Value::complex(&a * &b),
        BinaryOperator::Divide if b.is_zero() => return Err(zero_division("complex division by zero")),
        BinaryOperator::Divide => Value::complex(&a / &b),
        BinaryOperator::Power => match (as_expr(left), as_expr(right)) {
            (Some(base), Some(exponent)) => demote(&super::symbolic::checked(base.power(&exponent), operator)?),
            _ => return Err(unsupported(operator.symbol(), left, right)),
        },
        _ => return Err(unsupported(operator.symbol(), left, right)),
    })
}

/// `op operand` for a plain number.
pub(super) fn unary(operator: UnaryOperator, operand: &Value) -> Result<Value, Fault> {
    Ok(match (operator, operand) {
        (UnaryOperator::Plus, Value::Bool(value)) => Value::int(i64::from(*value)),
        (UnaryOperator::Plus, _) => operand.clone(),
        (UnaryOperator::Minus, Value::Bool(value)) => Value::int(-i64::from(*value)),
        (UnaryOperator::Minus, Value::Int(value)) => Value::Int(-value),
        (UnaryOperator::Minus, Value::Integer(value)) => Value::Integer(-value),
        (UnaryOperator::Minus, Value::Rational(value)) => Value::rational(-&**value),
        (UnaryOperator::Minus, Value::Real(value)) => Value::Real(Rc::new(-&**value)),
        (UnaryOperator::Minus, Value::Float(value)) => Value::Float(-value),
        (UnaryOperator::Minus, Value::Double(value)) => Value::Double(-value),
        (UnaryOperator::Minus, Value::Complex(value)) => Value::complex(-&**value),
        (UnaryOperator::Invert, Value::Bool(_) | Value::Int(_)) => Value::Int(-integer(operand) - Integer::ONE),
        // Sage's `~` is the reciprocal.
        (UnaryOperator::Invert, Value::Integer(value)) => {
            let inverse = Rational::from(value.clone()).recip();
            Value::rational(inverse.ok_or_else(|| zero_division("rational division by zero"))?)
        }
        (UnaryOperator::Invert, Value::Rational(value)) => {
            Value::rational(value.recip().ok_or_else(|| zero_division("rational division by zero"))?)
        }
        (UnaryOperator::Invert, Value::Real(_) | Value::Complex(_) | Value::Double(_)) => {
            return binary(BinaryOperator::Divide, &Value::integer(1), operand);
        }
        _ => {
            let class = operand.class().name;
            return Err(type_error(format!("bad operand type for unary {}: '{class}'", operator.symbol())));
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::runtime::value::repr;

    fn check(operator: BinaryOperator, a: Value, b: Value, expected: &str) {
        let text = match binary(operator, &a, &b) {
            Ok(value) => repr(&value),
            Err(fault) => fault.to_string(),
        };
        assert_eq!(text, expected);
    }

    #[test]
    fn numbers_meet_in_the_kind_that_sage_chooses() {
        use BinaryOperator::{Add, Divide, FloorDivide, Power, Remainder};
        check(Divide, Value::int(1), Value::int(2), "0.5");
        check(Divide, Value::integer(1), Value::int(2), "1/2");
        check(Divide, Value::integer(1), Value::integer(0), "ZeroDivisionError: rational division by zero");
        check(Add, Value::Float(1.0), Value::integer(1), "2.0");
        check(Add, Value::real(Real::from_f64(1.5)), Value::Float(1.0), "2.50000000000000");
        check(Power, Value::integer(2), Value::integer(-1), "1/2");
        check(Power, Value::int(2), Value::int(-1), "0.5");
        check(FloorDivide, Value::integer(-7), Value::integer(2), "-4");
        check(Remainder, Value::real(Real::from_f64(7.5)), Value::integer(2), "-0.500000000000000");
        check(Power, Value::integer(10), Value::integer(1_000_000_000), "OverflowError: the power would be too large");
    }

    #[test]
    fn bits_of_large_negative_numbers_are_those_of_twos_complement() {
        let big = -(&Integer::ONE << 70);
        let expected = -(&Integer::ONE << 70) + Integer::new(5);
        assert_eq!(bits(BinaryOperator::BitOr, &big, &Integer::new(5)), Some(expected));
        assert_eq!(bits(BinaryOperator::BitAnd, &big, &Integer::new(-1)), Some(big));
    }
}
