//! Sums, products, quotients and integer powers of balls.

use std::cmp::Ordering;

use super::{Ball, Radius};
use crate::number::Integer;
use crate::number::dyadic::{Dyadic, Rounding};

impl Ball {
    /// The sum.
    pub fn add(&self, other: &Ball, precision: u32) -> Ball {
        let radius = self.radius.add(other.radius);
        if radius.is_infinite() {
            return Ball::UNBOUNDED;
        }
        let (a, b) = (&self.middle, &other.middle);
        let (large, small) = if a.top() >= b.top() { (a, b) } else { (b, a) };
        let reach = large.top().saturating_sub(small.top());
        if !small.is_zero() && reach > 2 * i64::from(precision) + 64 + large.bits() as i64 {
            return Ball::build(large.clone(), radius.add(Radius::above(small)), precision);
        }
        Ball::build(a.add(b), radius, precision)
    }

    /// The difference.
    pub fn sub(&self, other: &Ball, precision: u32) -> Ball {
        self.add(&other.neg(), precision)
    }

    /// The opposite.
    pub fn neg(&self) -> Ball {
        Ball { middle: self.middle.neg(), radius: self.radius }
    }

    /// The distance from zero.
    pub fn abs(&self) -> Ball {
        match self.sign() {
            Some(-1) => self.neg(),
            Some(_) => self.clone(),
            None if !self.is_bounded() => Ball::UNBOUNDED,
            None => {
                let reach = self.greatest_magnitude().to_dyadic();
                Ball::between(&Dyadic::ZERO, &reach, 64)
            }
        }
    }

    /// The product. Exactly zero times anything bounded is zero.
    pub fn mul(&self, other: &Ball, precision: u32) -> Ball {
        if !self.is_bounded() || !other.is_bounded() {
            return Ball::UNBOUNDED;
        }
        Ball::build(self.middle.mul(&other.middle), self.product_radius(other), precision)
    }

    fn product_radius(&self, other: &Ball) -> Radius {
        if self.is_exact() && other.is_exact() {
            return Radius::ZERO;
        }
        let left = Radius::above(&self.middle).mul(other.radius);
        let right = Radius::above(&other.middle).add(other.radius).mul(self.radius);
        left.add(right)
    }

    /// The square.
    pub fn square(&self, precision: u32) -> Ball {
        self.mul(self, precision)
    }

    /// The product with a machine integer.
    pub fn mul_small(&self, factor: i64, precision: u32) -> Ball {
        self.mul(&Ball::from(factor), precision)
    }

    /// The quotient by a machine integer.
    pub fn div_small(&self, divisor: i64, precision: u32) -> Ball {
        self.div(&Ball::from(divisor), precision)
    }

    /// The product with a power of two, exact.
    pub fn scale(&self, shift: i64) -> Ball {
        Ball::build(self.middle.scale(shift), self.radius.scale(shift), u32::MAX)
    }

    /// The quotient; unbounded when the divisor may be zero.
    pub fn div(&self, other: &Ball, precision: u32) -> Ball {
        let Some(least) = other.least_magnitude() else { return Ball::UNBOUNDED };
        if !self.is_bounded() {
            return Ball::UNBOUNDED;
        }
        let (a, b) = (&self.middle, &other.middle);
        let quotient = a.div_rounded(b, precision.saturating_add(2), Rounding::Nearest);
        let mut radius = Radius::ZERO;
        if !is_exact_quotient(a, b, &quotient) {
            radius = Radius::power_of_two(quotient.top() - i64::from(precision) - 2);
        }
        // |a/b - x/y| <= (r_a + |a/b| r_b) / |y|
        if !(self.is_exact() && other.is_exact()) {
            let spread = self.radius.add(Radius::above(&quotient).add(radius).mul(other.radius));
            radius = radius.add(spread.div(least));
        }
        Ball::build(quotient, radius, precision)
    }

    /// One over the ball; unbounded when it may be zero.
    pub fn recip(&self, precision: u32) -> Ball {
        Ball::one().div(self, precision)
    }

    /// The power with a machine integer.
    pub fn powi(&self, exponent: i64, precision: u32) -> Ball {
        let magnitude = exponent.unsigned_abs();
        let guard = 2 * (64 - magnitude.leading_zeros()) + 4;
        let power = self.power(magnitude, precision.saturating_add(guard));
        if exponent < 0 { power.recip(precision) } else { power.rounded(precision) }
    }

    fn power(&self, exponent: u64, precision: u32) -> Ball {
        let mut result = Ball::one();
        for index in (0..64 - exponent.leading_zeros()).rev() {
            result = result.square(precision);
            if exponent >> index & 1 == 1 {
                result = result.mul(self, precision);
            }
        }
        result
    }

    /// The power with an integer; unbounded when it does not fit a machine word.
    pub fn pow_integer(&self, exponent: &Integer, precision: u32) -> Ball {
        match exponent.to_i64() {
            Some(small) => self.powi(small, precision),
            None => self.pow(&Ball::from_integer(exponent), precision),
        }
    }

    /// The greater of two.
    pub fn max(&self, other: &Ball, precision: u32) -> Ball {
        match self.compare(other) {
            Some(Ordering::Less) => other.clone(),
            Some(_) => self.clone(),
            None => self.union(other, precision),
        }
    }

    /// The lesser of two.
    pub fn min(&self, other: &Ball, precision: u32) -> Ball {
        self.neg().max(&other.neg(), precision).neg()
    }
}

/// Is the quotient exact? Asked only when its size allows it.
fn is_exact_quotient(a: &Dyadic, b: &Dyadic, quotient: &Dyadic) -> bool {
    a.is_zero() || (quotient.bits() + b.bits() <= a.bits() + 1 && quotient.mul(b) == *a)
}
