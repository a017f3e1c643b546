//! Binary fractions `mantissa * 2^exponent` of any size: the exact ground below `Real` and `Ball`.
//!
//! Invariant: the mantissa is odd, or the value is zero with exponent zero; so equality and hashing are structural.
//! Operations marked `_rounded` are correctly rounded, as in IEEE 754 and MPFR, with an unbounded exponent.

use std::cmp::Ordering;

use dashu_base::{Abs, BitTest, Sign};
use dashu_int::{IBig, UBig};

use super::large;
use crate::budget;

/// The direction in which a result that can't be stored is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Rounding {
    /// To the nearest value, ties to the even mantissa.
    Nearest,
    /// Towards minus infinity.
    Floor,
    /// Towards plus infinity.
    Ceil,
}

/// The number `mantissa * 2^exponent`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Dyadic {
    mantissa: IBig,
    exponent: i64,
}

impl Dyadic {
    /// Zero.
    pub(crate) const ZERO: Dyadic = Dyadic { mantissa: IBig::ZERO, exponent: 0 };

    /// `mantissa * 2^exponent`, brought to an odd mantissa.
    pub(crate) fn new(mantissa: IBig, exponent: i64) -> Dyadic {
        match mantissa.trailing_zeros() {
            None => Dyadic::ZERO,
            Some(0) => Dyadic { mantissa, exponent },
            Some(zeros) => Dyadic { mantissa: mantissa >> zeros, exponent: exponent.saturating_add(zeros as i64) },
        }
    }

    /// `2^exponent`.
    pub(crate) fn power_of_two(exponent: i64) -> Dyadic {
        Dyadic { mantissa: IBig::ONE, exponent }
    }

    /// The exact value of a finite `f64`; `None` for infinities and NaN.
    pub(crate) fn from_f64(value: f64) -> Option<Dyadic> {
        if !value.is_finite() {
            return None;
        }
        let bits = value.to_bits();
        let field = ((bits >> 52) & 0x7ff) as i64;
        let fraction = (bits & ((1 << 52) - 1)) as i64;
        let magnitude = if field == 0 { fraction } else { fraction | 1 << 52 };
        let mantissa = if value < 0.0 { -magnitude } else { magnitude };
        Some(Dyadic::new(IBig::from(mantissa), field.max(1) - 1075))
    }

    /// The odd mantissa, zero for zero.
    pub(crate) fn mantissa(&self) -> &IBig {
        &self.mantissa
    }

    /// The exponent that belongs to the odd mantissa.
    pub(crate) fn exponent(&self) -> i64 {
        self.exponent
    }

    /// The number of bits of the odd mantissa.
    pub(crate) fn bits(&self) -> usize {
        self.mantissa.bit_len()
    }

    /// The number `t` with `2^(t-1) <= |x| < 2^t`; the least machine integer for zero.
    pub(crate) fn top(&self) -> i64 {
        if self.is_zero() { i64::MIN } else { self.exponent.saturating_add(self.bits() as i64) }
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.mantissa.is_zero()
    }

    pub(crate) fn is_negative(&self) -> bool {
        !self.is_zero() && self.mantissa.sign() == Sign::Negative
    }

    /// -1, 0 or 1.
    pub(crate) fn signum(&self) -> i32 {
        match (self.is_zero(), self.mantissa.sign()) {
            (true, _) => 0,
            (false, Sign::Negative) => -1,
            (false, Sign::Positive) => 1,
        }
    }

    pub(crate) fn neg(&self) -> Dyadic {
        Dyadic { mantissa: -&self.mantissa, exponent: self.exponent }
    }

    pub(crate) fn abs(&self) -> Dyadic {
        Dyadic { mantissa: self.mantissa.clone().abs(), exponent: self.exponent }
    }

    /// `x * 2^shift`.
    pub(crate) fn scale(&self, shift: i64) -> Dyadic {
        if self.is_zero() {
            return Dyadic::ZERO;
        }
        Dyadic { mantissa: self.mantissa.clone(), exponent: self.exponent.saturating_add(shift) }
    }

    /// The exact sum. The caller knows that the exponents lie near each other.
    pub(crate) fn add(&self, other: &Dyadic) -> Dyadic {
        if self.is_zero() {
            return other.clone();
        }
        if other.is_zero() {
            return self.clone();
        }
        let (low, high) = if self.exponent <= other.exponent { (self, other) } else { (other, self) };
        let shift = (high.exponent - low.exponent) as usize;
        Dyadic::new(&low.mantissa + (&high.mantissa << shift), low.exponent)
    }

    /// The exact difference. The caller knows that the exponents lie near each other.
    pub(crate) fn sub(&self, other: &Dyadic) -> Dyadic {
        self.add(&other.neg())
    }

    /// The exact product.
    pub(crate) fn mul(&self, other: &Dyadic) -> Dyadic {
        let exponent = self.exponent.saturating_add(other.exponent);
        if self.is_zero() || other.is_zero() {
            return Dyadic::ZERO;
        }
        Dyadic { mantissa: large::product(&self.mantissa, &other.mantissa), exponent }
    }

    /// The value with at most `precision` bits, and whether it is still exact.
    pub(crate) fn round(self, precision: u32, rounding: Rounding) -> (Dyadic, bool) {
        let bits = self.bits();
        if bits <= precision as usize {
            return (self, true);
        }
        // Every series of long numbers rounds its terms.
        budget::pulse_between_rows(bits / 8);
        let shift = bits - precision as usize;
        let (sign, magnitude) = self.mantissa.into_parts();
        // The mantissa is odd, so bits are lost: it is a tie only when a single bit goes.
        let up = match rounding {
            Rounding::Nearest if magnitude.bit(shift - 1) => shift > 1 || magnitude.bit(shift),
            Rounding::Nearest => false,
            Rounding::Floor => sign == Sign::Negative,
            Rounding::Ceil => sign == Sign::Positive,
        };
        let mut kept = magnitude >> shift;
        if up {
            kept += UBig::ONE;
        }
        (Dyadic::new(IBig::from_parts(sign, kept), self.exponent + shift as i64), false)
    }

    /// The sum to `precision` bits, for operands of any exponents.
    pub(crate) fn add_rounded(&self, other: &Dyadic, precision: u32, rounding: Rounding) -> Dyadic {
        let (large, small) = if self.top() >= other.top() { (self, other) } else { (other, self) };
        let kept = (large.bits() as i64).max(i64::from(precision)) + 4;
        if !small.is_zero() && large.top() - kept > small.top() {
            // Only the side on which the small operand lies matters.
            let hint = Dyadic::new(IBig::from(small.signum()), large.top() - kept);
            return large.add(&hint).round(precision, rounding).0;
        }
        self.add(other).round(precision, rounding).0
    }

    /// The quotient to `precision` bits; the divisor is not zero.
    pub(crate) fn div_rounded(&self, divisor: &Dyadic, precision: u32, rounding: Rounding) -> Dyadic {
        if self.is_zero() {
            return Dyadic::ZERO;
        }
        let wanted = precision as usize + 2 + divisor.bits();
        let shift = wanted.saturating_sub(self.bits());
        let sign = self.mantissa.sign() * divisor.mantissa.sign();
        let numerator = self.mantissa.clone().into_parts().1 << shift;
        let (quotient, remainder) = large::divide(&numerator, &divisor.mantissa.clone().into_parts().1);
        let exponent = self.exponent - shift as i64 - divisor.exponent;
        Dyadic::with_sticky(sign, quotient, remainder.is_zero(), exponent).round(precision, rounding).0
    }

    /// The square root to `precision` bits; the value is not negative.
    pub(crate) fn sqrt_rounded(&self, precision: u32, rounding: Rounding) -> Dyadic {
        if self.is_zero() {
            return Dyadic::ZERO;
        }
        let wanted = 2 * (precision as usize + 2);
        let mut shift = wanted.saturating_sub(self.bits());
        if (self.exponent - shift as i64) % 2 != 0 {
            shift += 1;
        }
        let (root, remainder) = large::sqrt_rem(&(self.mantissa.clone().into_parts().1 << shift));
        let exponent = (self.exponent - shift as i64) / 2;
        Dyadic::with_sticky(Sign::Positive, root, remainder.is_zero(), exponent).round(precision, rounding).0
    }

    /// A truncated magnitude, with one more bit set below it when something was cut off.
    fn with_sticky(sign: Sign, magnitude: UBig, exact: bool, exponent: i64) -> Dyadic {
        if exact {
            return Dyadic::new(IBig::from_parts(sign, magnitude), exponent);
        }
        Dyadic { mantissa: IBig::from_parts(sign, (magnitude << 1usize) + UBig::ONE), exponent: exponent - 1 }
    }

    /// The greatest integer not above the value; the caller bounds its size.
    pub(crate) fn floor(&self) -> IBig {
        match usize::try_from(self.exponent) {
            Ok(shift) => &self.mantissa << shift,
            Err(_) if self.top() <= 0 => IBig::from(if self.is_negative() { -1 } else { 0 }),
            Err(_) => self.mantissa.clone() >> (self.exponent.unsigned_abs() as usize),
        }
    }

    /// Is the value an integer?
    pub(crate) fn is_integer(&self) -> bool {
        self.exponent >= 0
    }

    /// The `f64` on the side asked for, infinite beyond the range.
    pub(crate) fn to_f64(&self, rounding: Rounding) -> f64 {
        let top = self.top();
        if self.is_zero() {
            return 0.0;
        }
        if top > 1024 {
            return overflow(self.is_negative(), rounding);
        }
        let precision = (top + 1074).min(53);
        if precision < 1 {
            return self.tiny_to_f64(rounding);
        }
        let rounded = self.clone().round(precision as u32, rounding).0;
        if rounded.top() > 1024 {
            return overflow(self.is_negative(), rounding);
        }
        let mantissa = i64::try_from(&rounded.mantissa).expect("53 bits fit a machine word") as f64;
        let half = rounded.exponent / 2;
        mantissa * exp2(half) * exp2(rounded.exponent - half)
    }

    /// A value below the least positive `f64`.
    fn tiny_to_f64(&self, rounding: Rounding) -> f64 {
        let least = f64::from_bits(1);
        let above_half = self.top() == -1074 && self.bits() > 1;
        match (rounding, self.is_negative()) {
            (Rounding::Nearest, negative) if above_half => {
                if negative {
                    -least
                } else {
                    least
                }
            }
            (Rounding::Nearest, negative) => {
                if negative {
                    -0.0
                } else {
                    0.0
                }
            }
            (Rounding::Floor, true) => -least,
            (Rounding::Ceil, false) => least,
            (Rounding::Floor, false) => 0.0,
            (Rounding::Ceil, true) => -0.0,
        }
    }

    /// Numerical order.
    pub(crate) fn compare(&self, other: &Dyadic) -> Ordering {
        let by_sign = self.signum().cmp(&other.signum());
        if by_sign != Ordering::Equal || self.is_zero() {
            return by_sign;
        }
        let by_top = self.top().cmp(&other.top());
        let by_top = if self.is_negative() { by_top.reverse() } else { by_top };
        by_top.then_with(|| self.sub(other).signum().cmp(&0))
    }
}

/// `2^exponent` for an exponent in the normal range.
fn exp2(exponent: i64) -> f64 {
    f64::from_bits(((exponent + 1023) as u64) << 52)
}

/// What becomes of a value beyond the greatest `f64`.
fn overflow(negative: bool, rounding: Rounding) -> f64 {
    match (rounding, negative) {
        (Rounding::Floor, false) => f64::MAX,
        (Rounding::Ceil, true) => f64::MIN,
        (_, true) => f64::NEG_INFINITY,
        (_, false) => f64::INFINITY,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn d(value: f64) -> Dyadic {
        Dyadic::from_f64(value).unwrap()
    }

    #[test]
    fn doubles_survive_the_round_trip() {
        for value in [0.0, 1.0, -0.1, 5e-324, 2.2250738585072014e-308, f64::MAX, 1e22, -3.5e-310] {
            for rounding in [Rounding::Nearest, Rounding::Floor, Rounding::Ceil] {
                assert_eq!(d(value).to_f64(rounding), value);
            }
        }
    }

    #[test]
    fn rounded_operations_agree_with_the_machine() {
        let values = [1.0, 3.0, 0.1, 1e-200, -7.25, 1e17, 2.0f64.powi(-60)];
        for a in values {
            for b in values {
                assert_eq!(d(a).add_rounded(&d(b), 53, Rounding::Nearest).to_f64(Rounding::Nearest), a + b);
                assert_eq!(d(a).div_rounded(&d(b), 53, Rounding::Nearest).to_f64(Rounding::Nearest), a / b);
                assert_eq!(d(a).mul(&d(b)).to_f64(Rounding::Nearest), a * b);
                assert_eq!(d(a).compare(&d(b)), a.partial_cmp(&b).unwrap());
            }
            let root = d(a.abs()).sqrt_rounded(53, Rounding::Nearest).to_f64(Rounding::Nearest);
            assert_eq!(root, a.abs().sqrt());
        }
    }

    #[test]
    fn directed_rounding_encloses() {
        let third = |rounding| d(1.0).div_rounded(&d(3.0), 53, rounding).to_f64(Rounding::Nearest);
        assert!(third(Rounding::Floor) < third(Rounding::Ceil));
        assert_eq!(third(Rounding::Floor).next_up(), third(Rounding::Ceil));
        assert_eq!(Dyadic::power_of_two(-2000).to_f64(Rounding::Ceil), 5e-324);
        assert_eq!(Dyadic::power_of_two(2000).to_f64(Rounding::Floor), f64::MAX);
        assert_eq!(d(-2.5).floor(), IBig::from(-3));
    }
}
