//! Roots and general powers of balls.

use dashu_int::IBig;

use super::{Ball, Radius};
use crate::number::dyadic::{Dyadic, Rounding};
use crate::number::{Rational, large};

/// Higher roots go through the logarithm.
const DIRECT_ROOTS: u32 = 16;

impl Ball {
    /// The square root; unbounded when the ball reaches below zero.
    pub fn sqrt(&self, precision: u32) -> Ball {
        self.root_by(2, precision, |middle| {
            let root = middle.sqrt_rounded(precision + 2, Rounding::Nearest);
            let exact = 2 * root.bits() <= middle.bits() + 1 && root.mul(&root) == *middle;
            (root, exact)
        })
    }

    /// The positive `n`-th root; unbounded when the ball reaches below zero. A zero `n` gives no answer.
    pub fn root(&self, n: u32, precision: u32) -> Ball {
        match n {
            0 => Ball::UNBOUNDED,
            1 => self.rounded(precision),
            2 => self.sqrt(precision),
            _ if n > DIRECT_ROOTS && !self.is_zero() => {
                self.log(precision + 16).div_small(i64::from(n), precision + 16).exp(precision)
            }
            _ => self.root_by(n, precision, |middle| direct_root(middle, n, precision + 2)),
        }
    }

    /// A root by a function that gives the root of a positive midpoint to `precision + 2` bits and whether it is exact.
    fn root_by(&self, n: u32, precision: u32, root: impl Fn(&Dyadic) -> (Dyadic, bool)) -> Ball {
        if self.is_zero() {
            return Ball::ZERO;
        }
        let Some(least) = self.least_magnitude().filter(|_| !self.middle.is_negative()) else {
            return Ball::UNBOUNDED;
        };
        let (root, exact) = root(&self.middle);
        let mut radius = Radius::ZERO;
        if !exact {
            radius = Radius::power_of_two(root.top() - i64::from(precision) - 1);
        }
        // The root grows by less than r * m^(1/n) / (n*(m - r)).
        if !self.is_exact() {
            let upper = Radius::above(&root).add(radius);
            radius = radius.add(upper.mul(self.radius).div(least).div(Radius::new(u64::from(n), 0)));
        }
        Ball::build(root, radius, precision)
    }

    /// The power with a rational exponent, for a positive base, or any base when the exponent is an integer.
    pub fn pow_rational(&self, exponent: &Rational, precision: u32) -> Ball {
        if let Some(whole) = exponent.to_integer() {
            return self.pow_integer(&whole, precision);
        }
        let (numerator, denominator) = (exponent.numerator(), exponent.denominator());
        if let (Some(power), Some(index)) = (numerator.to_i64(), denominator.to_u32())
            && index <= DIRECT_ROOTS
            && power.unsigned_abs() < 1 << 16
        {
            return self.root(index, precision + 24).powi(power, precision);
        }
        if self.is_zero() && !exponent.is_negative() {
            return Ball::ZERO;
        }
        let size =
            (exponent.numerator().bit_length() as i64 - exponent.denominator().bit_length() as i64).max(0) as u32;
        self.pow(&Ball::from_rational(exponent, precision + size + 80), precision)
    }

    /// The power with any exponent: `exp(y*log(x))` for positive `x`; exact integers and halves also by products.
    pub fn pow(&self, exponent: &Ball, precision: u32) -> Ball {
        if exponent.is_exact() && exponent.middle.top() <= 62 {
            if let Ok(small) = i64::try_from(exponent.middle.floor())
                && exponent.middle.is_integer()
            {
                return self.powi(small, precision);
            }
            if exponent.middle.exponent() == -1
                && let Ok(small) = i64::try_from(exponent.middle.mantissa())
            {
                return self.sqrt(precision + 66).powi(small, precision);
            }
        }
        if self.is_zero() && exponent.sign() == Some(1) {
            return Ball::ZERO;
        }
        // The product may be large: its integer part takes bits that the exponential then lacks.
        let rough = self.log(64).mul(exponent, 64);
        let size = rough.greatest_magnitude().top().clamp(0, 70) as u32;
        let working = precision + size + 8;
        self.log(working).mul(exponent, working).exp(precision)
    }
}

/// The floor of the root to `bits` bits.
fn direct_root(middle: &Dyadic, n: u32, bits: u32) -> (Dyadic, bool) {
    let wanted = n as usize * bits as usize;
    let mut shift = wanted.saturating_sub(middle.bits()) as i64;
    shift += (middle.exponent() - shift).rem_euclid(i64::from(n));
    let magnitude = middle.mantissa().clone().into_parts().1 << shift as usize;
    let root = large::nth_root(&magnitude, n as usize);
    let exact = large::power(&root, n as usize) == magnitude;
    (Dyadic::new(IBig::from(root), (middle.exponent() - shift) / i64::from(n)), exact)
}
