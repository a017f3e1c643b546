//! From a real to integers and rationals: floor and its kin, the exact fraction, the simplest fraction.

use dashu_base::{BitTest, DivRem, Sign, Signed};
use dashu_int::IBig;

use super::Real;
use crate::number::dyadic::Dyadic;
use crate::number::{Integer, Rational};

/// Integers of more bits than this are refused rather than made.
pub(super) const SIZE_LIMIT: i64 = 1 << 28;

impl Real {
    /// The exact value when it is finite and its size in bits is below the limit of 2^28.
    fn to_sized(&self) -> Option<Dyadic> {
        self.to_dyadic().filter(|exact| exact.exponent().abs() < SIZE_LIMIT)
    }

    /// The greatest integer not above the value; `None` when it is not finite (or beyond 2^28 bits).
    pub fn floor(&self) -> Option<Integer> {
        let exact = self.to_dyadic().filter(|exact| exact.exponent() < SIZE_LIMIT)?;
        Some(Integer::from(exact.floor()))
    }

    /// The least integer not below the value; `None` when it is not finite (or beyond 2^28 bits).
    pub fn ceil(&self) -> Option<Integer> {
        (-self).floor().map(|below| -below)
    }

    /// The integer part, towards zero; `None` when it is not finite (or beyond 2^28 bits).
    pub fn trunc(&self) -> Option<Integer> {
        if self.is_negative() { self.ceil() } else { self.floor() }
    }

    /// The nearest integer, halves away from zero as in Sage; `None` when it is not finite (or beyond 2^28 bits).
    pub fn round(&self) -> Option<Integer> {
        let exact = self.abs().to_dyadic().filter(|exact| exact.exponent() < SIZE_LIMIT)?;
        let nearest =
            if exact.top() < 0 { Integer::ZERO } else { Integer::from(exact.add(&Dyadic::power_of_two(-1)).floor()) };
        Some(if self.is_negative() { -nearest } else { nearest })
    }

    /// The exact value as a fraction; `None` when it is not finite (or beyond 2^28 bits).
    pub fn to_rational(&self) -> Option<Rational> {
        let exact = self.to_sized()?;
        let mantissa = Integer::from(exact.mantissa().clone());
        let power = Integer::from(IBig::ONE << exact.exponent().unsigned_abs() as usize);
        if exact.exponent() >= 0 {
            return Some(Rational::from(mantissa * power));
        }
        Rational::ratio(&mantissa, &power)
    }

    /// The fraction of least denominator (then least numerator) among those that round to this value: what Sage's
    /// `QQ(x)` gives. `None` when the value is not finite (or beyond 2^28 bits).
    pub fn simplest_rational(&self) -> Option<Rational> {
        let exact = self.abs().to_sized()?;
        if exact.is_zero() {
            return Some(Rational::ZERO);
        }
        let half_step = exact.top() - i64::from(self.prec()) - 1;
        // Below a power of two the neighbours lie twice as dense.
        let below = if exact.bits() == 1 { half_step - 1 } else { half_step };
        let low = fraction(&exact.sub(&Dyadic::power_of_two(below)));
        let high = fraction(&exact.add(&Dyadic::power_of_two(half_step)));
        // The ends round to this value when its last bit is even.
        let last_is_even = (exact.bits() as u32) < self.prec();
        let simplest = simplest_between(low, high, last_is_even);
        Some(if self.is_negative() { -simplest } else { simplest })
    }

    /// The integer nearest to `x/y`, ties to even; `None` when it is zero because `x` is far smaller.
    pub(super) fn nearest_even_quotient(x: &Dyadic, y: &Dyadic) -> Option<IBig> {
        if x.top() < y.top() - 1 {
            return None;
        }
        let shift = x.exponent() - y.exponent();
        let (mut numerator, mut denominator) = (x.mantissa().clone(), y.mantissa().clone());
        if shift >= 0 {
            numerator <<= shift as usize;
        } else {
            denominator <<= shift.unsigned_abs() as usize;
        }
        let negative = numerator.is_negative() != denominator.is_negative();
        let (numerator, denominator) = (numerator.into_parts().1, denominator.into_parts().1);
        let (quotient, remainder) = numerator.div_rem(&denominator);
        let twice = remainder << 1usize;
        let up = twice > denominator || (twice == denominator && quotient.bit(0));
        let sign = if negative { Sign::Negative } else { Sign::Positive };
        Some(IBig::from_parts(sign, quotient + usize::from(up)))
    }
}

fn fraction(value: &Dyadic) -> Rational {
    let mantissa = Integer::from(value.mantissa().clone());
    let power = Integer::from(IBig::ONE << value.exponent().unsigned_abs() as usize);
    if value.exponent() >= 0 {
        return Rational::from(mantissa * power);
    }
    Rational::ratio(&mantissa, &power).expect("a power of two is not zero")
}

/// The simplest fraction between two positive ones, by walking down their common continued fraction
/// (Graham, Knuth, Patashnik, Concrete Mathematics, section 4.5).
fn simplest_between(low: Rational, high: Rational, ends_count: bool) -> Rational {
    let (mut low, mut high) = (low, high);
    // Continuants of the common partial quotients: value = (p1*t + p0)/(q1*t + q0).
    let (mut p0, mut p1, mut q0, mut q1) = (Integer::ZERO, Integer::ONE, Integer::ONE, Integer::ZERO);
    let mut term;
    loop {
        term = low.floor();
        let inside = if low.is_integer() && ends_count { term.clone() } else { &term + Integer::ONE };
        let candidate = Rational::from(inside);
        if candidate < high || (ends_count && candidate == high) {
            term = candidate.floor();
            break;
        }
        let (next_low, next_high) = (&high - Rational::from(term.clone()), &low - Rational::from(term.clone()));
        (p0, p1) = (p1.clone(), &term * &p1 + p0);
        (q0, q1) = (q1.clone(), &term * &q1 + q0);
        (low, high) = match (next_low.recip(), next_high.recip()) {
            (Some(low), Some(high)) => (low, high),
            // The lower end is the integer `term` itself and does not count: go just above it.
            (Some(low), None) => {
                let above = low.floor() + Integer::ONE;
                term = above;
                break;
            }
            _ => break,
        };
    }
    Rational::ratio(&(&term * &p1 + p0), &(&term * &q1 + q0)).expect("continuants of a fraction are not zero")
}
