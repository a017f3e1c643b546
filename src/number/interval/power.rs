//! Powers of intervals with integer, rational and general exponents.
//!
//! A real power with an exponent that is not an integer is defined for a base above zero, and for a base of zero when
//! the exponent is positive: on the real line `x^(1/3)` ends at 0, as Sage's principal branch has it.

use super::Interval;
use super::round::{above, below, mul_down, mul_up};
use crate::number::Rational;

impl Interval {
    /// The power with an integer exponent.
    pub fn powi(self, exponent: i64) -> Interval {
        if self.is_empty() {
            return self;
        }
        match exponent {
            0 => self.image(1.0, 1.0),
            1 => self,
            2 => self.square(),
            negative if negative < 0 => self.powi_positive(negative.unsigned_abs()).recip(),
            positive => self.powi_positive(positive.unsigned_abs()),
        }
    }

    fn powi_positive(self, exponent: u64) -> Interval {
        if exponent.is_multiple_of(2) {
            let size = self.abs();
            return size.image(power_down(size.low, exponent), power_up(size.high, exponent));
        }
        let low = if self.low < 0.0 { -power_up(-self.low, exponent) } else { power_down(self.low, exponent) };
        let high = if self.high < 0.0 { -power_down(-self.high, exponent) } else { power_up(self.high, exponent) };
        self.image(low, high)
    }

    /// The power with a rational exponent.
    pub fn pow_rational(self, exponent: &Rational) -> Interval {
        if let Some(whole) = exponent.to_i64() {
            return self.powi(whole);
        }
        if *exponent == Rational::HALF {
            return self.sqrt();
        }
        self.pow(Interval::from_rational(exponent))
    }

    /// The power with any exponent.
    pub fn pow(self, exponent: Interval) -> Interval {
        if self.is_empty() || exponent.is_empty() {
            return Interval::EMPTY;
        }
        if exponent.is_point() && exponent.low.fract() == 0.0 && exponent.low.abs() < 9e15 {
            return self.powi(exponent.low as i64).with_flags_of(exponent);
        }
        let flagged = self.with_flags_of(exponent);
        if self.high < 0.0 || (self.high == 0.0 && exponent.high <= 0.0) {
            // An exponent that may be an integer could still give a value.
            let may_be_whole = exponent.low.ceil() <= exponent.high;
            let everything = flagged.image(f64::NEG_INFINITY, f64::INFINITY).partial();
            return if may_be_whole && self.high < 0.0 { everything } else { Interval::EMPTY };
        }
        if self.low < 0.0 && !exponent.is_point() && exponent.low.ceil() <= exponent.high {
            return flagged.image(f64::NEG_INFINITY, f64::INFINITY).partial();
        }
        let base = self.restrict(0.0, f64::INFINITY).with_flags_of(exponent);
        let image = base.positive_power(exponent);
        // At base 0 the power is defined and continuous only for positive exponents.
        if base.low == 0.0 && exponent.low <= 0.0 { image.partial() } else { image }
    }

    /// `y*log(x)` is bilinear in `y` and `log(x)`, so the bounds are taken at corners.
    fn positive_power(self, exponent: Interval) -> Interval {
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for base in [self.low, self.high] {
            for power in [exponent.low, exponent.high] {
                let (down, up) = corner(base, power);
                low = low.min(down);
                high = high.max(up);
            }
        }
        self.image(low.max(0.0), high)
    }
}

/// Bounds of `base^power` at a corner, limits included.
fn corner(base: f64, power: f64) -> (f64, f64) {
    if power == 0.0 || base == 1.0 {
        let unbounded = (power == 0.0 && (base == 0.0 || base.is_infinite())) || power.is_infinite();
        return if unbounded { (0.0, f64::INFINITY) } else { (1.0, 1.0) };
    }
    let value = pxfm::f_pow(base, power);
    if base == 0.0 || base.is_infinite() || power.is_infinite() {
        return (value, value);
    }
    (below(value, 2).max(0.0), above(value, 2))
}

/// The power of a number that is not negative, rounded down.
fn power_down(base: f64, exponent: u64) -> f64 {
    power_by_squaring(base, exponent, mul_down).max(0.0)
}

/// The power of a number that is not negative, rounded up.
fn power_up(base: f64, exponent: u64) -> f64 {
    power_by_squaring(base, exponent, mul_up)
}

fn power_by_squaring(base: f64, exponent: u64, multiply: fn(f64, f64) -> f64) -> f64 {
    let mut result = 1.0;
    for index in (0..64 - exponent.leading_zeros()).rev() {
        result = multiply(result, result);
        if exponent >> index & 1 == 1 {
            result = multiply(result, base);
        }
    }
    result
}
