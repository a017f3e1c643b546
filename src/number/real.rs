//! Binary floating-point numbers with a precision in bits, correctly rounded to nearest even, as Sage's `RealField`.
//!
//! Values of 53 bits inside the normal range of `f64` are machine numbers; other precisions, and values beyond that
//! range, carry a big mantissa. Zero, the infinities and NaN are machine numbers at every precision.
//! Invariant: `Value::Big` never holds what `Value::Double` can hold, so structural equality is sound.

mod format;
mod round;
mod text;

use std::cmp::Ordering;
use std::hash::{Hash, Hasher};
use std::ops::{Add, Div, Mul, Neg, Sub};

use dashu_int::IBig;

use super::dyadic::{Dyadic, Rounding};
use super::{Integer, Rational};

pub use format::{format_float, python_repr};

/// Exponents beyond this bound overflow to infinity or underflow to zero.
const EXPONENT_LIMIT: i64 = 1 << 60;

/// The precision of a machine number.
pub(crate) const DOUBLE: u32 = 53;

/// A floating-point number that knows its precision in bits.
#[derive(Clone)]
pub struct Real {
    precision: u32,
    /// Whether it stands as it was written in decimal digits, so that more of them can be had.
    literal: bool,
    /// Whether it is one of Python's floats within a formula, shown by the shortest digits that mean it.
    machine: bool,
    value: Value,
}

#[derive(Clone)]
enum Value {
    Double(f64),
    Big(Box<Dyadic>),
}

impl Real {
    /// A machine number, with a precision of 53 bits.
    pub fn from_f64(value: f64) -> Real {
        match Dyadic::from_f64(value) {
            Some(exact) if value.is_subnormal() => Real::from_dyadic(exact, DOUBLE),
            _ => Real { precision: DOUBLE, literal: false, machine: false, value: Value::Double(value) },
        }
    }

    /// The nearest number to an integer.
    pub fn from_integer(value: &Integer, precision: u32) -> Real {
        Real::from_dyadic(Dyadic::new(value.to_big(), 0), precision)
    }

    /// The nearest number to a rational.
    pub fn from_rational(value: &Rational, precision: u32) -> Real {
        let numerator = Dyadic::new(value.numerator().to_big(), 0);
        let denominator = Dyadic::new(value.denominator().to_big(), 0);
        Real::from_dyadic(numerator.div_rounded(&denominator, precision, Rounding::Nearest), precision)
    }

    /// The nearest number to `mantissa * 2^exponent`.
    pub fn from_parts(mantissa: &Integer, exponent: i64, precision: u32) -> Real {
        Real::from_dyadic(Dyadic::new(mantissa.to_big(), exponent), precision)
    }

    /// Zero.
    pub fn zero(precision: u32) -> Real {
        Real::special(0.0, precision)
    }

    /// Plus infinity, or minus infinity.
    pub fn infinity(negative: bool, precision: u32) -> Real {
        Real::special(if negative { f64::NEG_INFINITY } else { f64::INFINITY }, precision)
    }

    /// Not a number.
    pub fn nan(precision: u32) -> Real {
        Real::special(f64::NAN, precision)
    }

    fn special(value: f64, precision: u32) -> Real {
        Real { precision, literal: false, machine: false, value: Value::Double(value) }
    }

    /// Rounds an exact value, and moves it to the machine where it fits.
    pub(crate) fn from_dyadic(exact: Dyadic, precision: u32) -> Real {
        let precision = precision.max(2);
        let (rounded, _) = exact.round(precision, Rounding::Nearest);
        let (top, negative) = (rounded.top(), rounded.is_negative());
        if rounded.is_zero() {
            return Real::zero(precision);
        }
        if top > EXPONENT_LIMIT {
            return Real::infinity(negative, precision);
        }
        if top < -EXPONENT_LIMIT {
            return Real::special(if negative { -0.0 } else { 0.0 }, precision);
        }
        if precision == DOUBLE && (-1021..=1024).contains(&top) {
            return Real {
                precision,
                literal: false,
                machine: false,
                value: Value::Double(rounded.to_f64(Rounding::Nearest)),
            };
        }
        Real { precision, literal: false, machine: false, value: Value::Big(Box::new(rounded)) }
    }

    /// The exact value when it is finite.
    pub(crate) fn to_dyadic(&self) -> Option<Dyadic> {
        match &self.value {
            Value::Double(value) => Dyadic::from_f64(*value),
            Value::Big(exact) => Some((**exact).clone()),
        }
    }

    /// The precision in bits.
    pub fn prec(&self) -> u32 {
        self.precision
    }

    /// The same number, known to be written in decimal digits.
    pub(crate) fn into_literal(self) -> Real {
        Real { literal: true, ..self }
    }

    /// The same number as one of Python's floats, if it has their precision.
    pub fn into_machine(self) -> Real {
        let machine = self.precision == DOUBLE && self.is_finite();
        Real { machine, literal: false, ..self }
    }

    /// Is it one of Python's floats within a formula?
    pub fn is_machine(&self) -> bool {
        self.machine
    }

    /// Is it a number as a program wrote it, with or without a sign, and not a result?
    pub fn is_literal(&self) -> bool {
        self.literal
    }

    /// The same value rounded to another precision; of a literal the decimal digits count, as in Sage.
    pub fn converted(&self, precision: u32) -> Real {
        if self.literal && precision > self.precision && self.is_finite() {
            let digits = self.shortest_text();
            let magnitude = Real::parse_with(digits.trim_start_matches('-'), precision);
            if let Some(real) = magnitude {
                return if self.is_negative() { -&real } else { real };
            }
        }
        let result = self.with_prec(precision);
        Real { literal: self.literal && precision == self.precision, ..result }
    }

    /// The same value rounded to another precision.
    pub fn with_prec(&self, precision: u32) -> Real {
        match &self.value {
            Value::Double(_) if precision == self.precision => Real { literal: false, ..self.clone() },
            Value::Double(value) if !value.is_finite() || *value == 0.0 => Real::special(*value, precision),
            Value::Big(_) if precision == self.precision => self.clone(),
            _ => Real::from_dyadic(self.to_dyadic().expect("a finite value"), precision),
        }
    }

    /// The precision that Sage's `n(digits=d)` works with: that many digits print right.
    pub fn bits_of_digits(digits: u32) -> u32 {
        ((f64::from(digits) + 1.0) * std::f64::consts::LOG2_10 + 1.0) as u32
    }

    /// The nearest machine number, infinite beyond its range.
    pub fn to_f64(&self) -> f64 {
        match &self.value {
            Value::Double(value) => *value,
            Value::Big(exact) => exact.to_f64(Rounding::Nearest),
        }
    }

    /// Is it not a number?
    pub fn is_nan(&self) -> bool {
        matches!(self.value, Value::Double(value) if value.is_nan())
    }

    /// Is it neither infinite nor NaN?
    pub fn is_finite(&self) -> bool {
        !matches!(self.value, Value::Double(value) if !value.is_finite())
    }

    /// Is it one of the infinities?
    pub fn is_infinite(&self) -> bool {
        matches!(self.value, Value::Double(value) if value.is_infinite())
    }

    /// Is it zero of either sign?
    pub fn is_zero(&self) -> bool {
        matches!(self.value, Value::Double(value) if value == 0.0)
    }

    /// Is it a finite integer?
    pub fn is_integer(&self) -> bool {
        self.to_dyadic().is_some_and(|exact| exact.is_integer())
    }

    /// Does it carry a minus sign? So does `-0.0`.
    pub fn is_negative(&self) -> bool {
        match &self.value {
            Value::Double(value) => value.is_sign_negative() && !value.is_nan(),
            Value::Big(exact) => exact.is_negative(),
        }
    }

    /// -1, 0 or 1; 0 for NaN.
    pub fn signum(&self) -> i32 {
        match &self.value {
            Value::Double(value) if *value == 0.0 || value.is_nan() => 0,
            _ if self.is_negative() => -1,
            _ => 1,
        }
    }

    /// The distance from zero.
    pub fn abs(&self) -> Real {
        let size = if self.is_negative() { -self } else { self.clone() };
        Real { literal: false, ..size }
    }

    /// Numerical order, whatever the precisions; `None` with NaN.
    pub fn compare(&self, other: &Real) -> Option<Ordering> {
        match (&self.value, &other.value) {
            (Value::Double(a), Value::Double(b)) => a.partial_cmp(b),
            (Value::Double(a), _) if !a.is_finite() => a.partial_cmp(&0.0),
            (_, Value::Double(b)) if !b.is_finite() => 0.0.partial_cmp(b),
            _ => Some(self.to_dyadic()?.compare(&other.to_dyadic()?)),
        }
    }

    /// The result of an operation on the machine when it is as good as the exact one rounded, and else that one.
    fn machine_or(machine: f64, exact_zero: bool, slow: impl FnOnce() -> Real) -> Real {
        const SAFE: f64 = 4.0 * f64::MIN_POSITIVE;
        if (machine.is_finite() && machine.abs() > SAFE) || (machine == 0.0 && exact_zero) || machine.is_nan() {
            return Real::special(machine, DOUBLE);
        }
        slow()
    }

    /// The machine numbers of two operands that are both stored as such, at 53 bits.
    fn doubles(&self, other: &Real) -> Option<(f64, f64)> {
        match (&self.value, &other.value) {
            (Value::Double(a), Value::Double(b)) if self.precision == DOUBLE && other.precision == DOUBLE => {
                Some((*a, *b))
            }
            _ => None,
        }
    }

    /// A stand-in with the same sign and kind (zero, finite, infinite, NaN), for the rules of IEEE 754.
    fn kind(&self) -> f64 {
        match &self.value {
            Value::Double(value) => *value,
            Value::Big(exact) if exact.is_negative() => -1.0,
            Value::Big(_) => 1.0,
        }
    }

    /// An operation on values that may be zero, infinite or NaN: the machine knows the rule, else `exact` answers.
    fn combine(&self, other: &Real, machine: fn(f64, f64) -> f64, exact: fn(&Dyadic, &Dyadic, u32) -> Dyadic) -> Real {
        let result = self.combined(other, machine, exact);
        if self.machine && other.machine { result.into_machine() } else { result }
    }

    fn combined(&self, other: &Real, machine: fn(f64, f64) -> f64, exact: fn(&Dyadic, &Dyadic, u32) -> Dyadic) -> Real {
        if let Some((a, b)) = self.doubles(other) {
            let result = machine(a, b);
            let exact_zero = a == 0.0 || b == 0.0;
            let special = !a.is_finite() || !b.is_finite() || (a == 0.0 || b == 0.0) && !result.is_finite();
            if special {
                return Real::special(result, DOUBLE);
            }
            return Real::machine_or(result, exact_zero, || self.combine_exactly(other, machine, exact));
        }
        self.combine_exactly(other, machine, exact)
    }

    fn combine_exactly(
        &self,
        other: &Real,
        machine: fn(f64, f64) -> f64,
        exact: fn(&Dyadic, &Dyadic, u32) -> Dyadic,
    ) -> Real {
        let precision = self.precision.min(other.precision);
        let by_rule = machine(self.kind(), other.kind());
        let special = !self.is_finite() || !other.is_finite() || !by_rule.is_finite();
        let (Some(a), Some(b)) = (self.to_dyadic(), other.to_dyadic()) else {
            return Real::special(by_rule, precision);
        };
        if special && (self.is_zero() || other.is_zero()) {
            return Real::special(by_rule, precision);
        }
        let result = exact(&a, &b, precision);
        if result.is_zero() && by_rule == 0.0 {
            return Real::special(by_rule, precision);
        }
        Real::from_dyadic(result, precision)
    }

    /// The square root, NaN below zero.
    pub fn sqrt(&self) -> Real {
        match &self.value {
            Value::Double(value) if self.precision == DOUBLE || !value.is_finite() || *value <= 0.0 => {
                Real::special(value.sqrt(), self.precision)
            }
            _ if self.is_negative() => Real::nan(self.precision),
            _ => {
                let exact = self.to_dyadic().expect("a finite value");
                Real::from_dyadic(exact.sqrt_rounded(self.precision, Rounding::Nearest), self.precision)
            }
        }
    }

    /// `x - q*y` where `q` is the integer nearest to `x/y`, ties to even: Sage's `%` on reals.
    pub fn remainder(&self, other: &Real) -> Real {
        let precision = self.precision.min(other.precision);
        let (Some(x), Some(y)) = (self.to_dyadic(), other.to_dyadic()) else {
            return if self.is_finite() && other.is_infinite() {
                self.with_prec(precision)
            } else {
                Real::nan(precision)
            };
        };
        if y.is_zero() || x.top().saturating_sub(y.top()) > round::SIZE_LIMIT {
            return Real::nan(precision);
        }
        let Some(quotient) = Real::nearest_even_quotient(&x, &y) else { return self.with_prec(precision) };
        Real::from_dyadic(x.sub(&y.mul(&Dyadic::new(quotient, 0))), precision)
    }

    /// A power with an integer exponent, correctly rounded while the exact power is of moderate size, else `None`.
    pub(crate) fn exact_power(&self, exponent: u64) -> Option<Real> {
        let exact = self.to_dyadic()?;
        let bits = (exact.bits() as u64).checked_mul(exponent)?;
        if bits > 64 * u64::from(self.precision.max(64)) {
            return None;
        }
        let mantissa = exact.mantissa().pow(usize::try_from(exponent).ok()?);
        let scale = exact.exponent().checked_mul(i64::try_from(exponent).ok()?)?;
        Some(Real::from_dyadic(Dyadic::new(mantissa, scale), self.precision))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $op:tt, $exact:expr) => {
        impl $trait<&Real> for &Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                self.combine(other, |a, b| a $op b, $exact)
            }
        }
        impl $trait<Real> for Real {
            type Output = Real;
            fn $method(self, other: Real) -> Real {
                (&self).$method(&other)
            }
        }
        impl $trait<&Real> for Real {
            type Output = Real;
            fn $method(self, other: &Real) -> Real {
                (&self).$method(other)
            }
        }
    };
}
operator!(Add, add, +, |a, b, precision| a.add_rounded(b, precision, Rounding::Nearest));
operator!(Sub, sub, -, |a, b, precision| a.add_rounded(&b.neg(), precision, Rounding::Nearest));
operator!(Mul, mul, *, |a, b, _| a.mul(b));
operator!(Div, div, /, |a, b, precision| if b.is_zero() { Dyadic::ZERO } else { a.div_rounded(b, precision, Rounding::Nearest) });

impl Neg for &Real {
    type Output = Real;

    fn neg(self) -> Real {
        let value = match &self.value {
            Value::Double(value) => Value::Double(-value),
            Value::Big(exact) => Value::Big(Box::new(exact.neg())),
        };
        Real { precision: self.precision, literal: self.literal, machine: self.machine, value }
    }
}

impl Neg for Real {
    type Output = Real;

    fn neg(self) -> Real {
        -&self
    }
}

/// Structural: the same precision and the same value, where NaN equals NaN and `-0.0` differs from `0.0`.
/// For the mathematical question see [`Real::compare`].
impl PartialEq for Real {
    fn eq(&self, other: &Real) -> bool {
        self.precision == other.precision
            && match (&self.value, &other.value) {
                (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan()),
                (Value::Big(a), Value::Big(b)) => a == b,
                _ => false,
            }
    }
}

impl Eq for Real {}

impl Hash for Real {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.precision.hash(state);
        match &self.value {
            Value::Double(value) if value.is_nan() => f64::NAN.to_bits().hash(state),
            Value::Double(value) => value.to_bits().hash(state),
            Value::Big(exact) => exact.hash(state),
        }
    }
}

impl From<IBig> for Dyadic {
    fn from(value: IBig) -> Dyadic {
        Dyadic::new(value, 0)
    }
}

#[cfg(test)]
mod tests;
