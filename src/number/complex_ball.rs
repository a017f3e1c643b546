//! Rectangular complex balls: real and imaginary part are balls of their own.
//!
//! Branch cuts are the principal ones of Sage; a ball that crosses a cut gets an enclosure of the values on both
//! sides, and a part that is exactly zero stays exactly zero wherever the function allows it, so that a number on a cut
//! is known to be on it.

mod elementary;
mod inverse;

use std::fmt;

use super::{Ball, Complex, Rational};

/// A real and an imaginary part, each with its radius.
#[derive(Clone)]
pub struct ComplexBall {
    re: Ball,
    im: Ball,
}

impl ComplexBall {
    /// Exactly zero.
    pub const ZERO: ComplexBall = ComplexBall { re: Ball::ZERO, im: Ball::ZERO };
    /// All complex numbers, or nothing known at all.
    pub const UNBOUNDED: ComplexBall = ComplexBall { re: Ball::UNBOUNDED, im: Ball::UNBOUNDED };

    /// From its parts; a part that is unbounded makes all unbounded.
    pub fn new(re: Ball, im: Ball) -> ComplexBall {
        if re.is_bounded() && im.is_bounded() { ComplexBall { re, im } } else { ComplexBall::UNBOUNDED }
    }

    /// Exactly one.
    pub fn one() -> ComplexBall {
        ComplexBall::from(Ball::one())
    }

    /// The imaginary unit.
    pub fn i() -> ComplexBall {
        ComplexBall { re: Ball::ZERO, im: Ball::one() }
    }

    /// A rational, to the given precision.
    pub fn from_rational(value: &Rational, precision: u32) -> ComplexBall {
        ComplexBall::from(Ball::from_rational(value, precision))
    }

    /// A complex number as the exact value that it stores.
    pub fn from_complex(value: &Complex) -> ComplexBall {
        ComplexBall::new(Ball::from_real(value.re()), Ball::from_real(value.im()))
    }

    /// The real part.
    pub fn re(&self) -> &Ball {
        &self.re
    }

    /// The imaginary part.
    pub fn im(&self) -> &Ball {
        &self.im
    }

    /// Are both radii finite?
    pub fn is_bounded(&self) -> bool {
        self.re.is_bounded() && self.im.is_bounded()
    }

    /// Is it exactly zero?
    pub fn is_zero(&self) -> bool {
        self.re.is_zero() && self.im.is_zero()
    }

    /// Is the imaginary part exactly zero?
    pub fn is_real(&self) -> bool {
        self.im.is_zero()
    }

    /// Is the real part exactly zero?
    pub fn is_imaginary(&self) -> bool {
        self.re.is_zero()
    }

    /// Could it be zero?
    pub fn contains_zero(&self) -> bool {
        self.re.contains_zero() && self.im.contains_zero()
    }

    /// May the two hold a common number?
    pub fn overlaps(&self, other: &ComplexBall) -> bool {
        self.re.overlaps(&other.re) && self.im.overlaps(&other.im)
    }

    /// Is every number of `other` surely in this ball?
    pub fn contains(&self, other: &ComplexBall) -> bool {
        self.re.contains(&other.re) && self.im.contains(&other.im)
    }

    /// How many leading bits of the larger part are right in both parts.
    pub fn accuracy_bits(&self) -> i64 {
        if self.re.is_exact() && self.im.is_exact() {
            return i64::MAX;
        }
        let top = self.re.middle().top().max(self.im.middle().top());
        let error = self.re.radius().max(self.im.radius());
        if error.is_infinite() || top == i64::MIN { i64::MIN } else { top.saturating_sub(error.top()) }
    }

    /// The parts rounded, when each rounding is unambiguous.
    pub fn round_to(&self, precision: u32) -> Option<Complex> {
        Some(Complex::new(self.re.round_to(precision)?, self.im.round_to(precision)?))
    }

    /// The midpoints; NaN when unbounded. Only `round_to` proves digits.
    pub fn to_complex(&self, precision: u32) -> Complex {
        Complex::new(self.re.to_real(precision), self.im.to_real(precision))
    }

    /// The same ball with the midpoints rounded.
    pub fn rounded(&self, precision: u32) -> ComplexBall {
        ComplexBall::new(self.re.rounded(precision), self.im.rounded(precision))
    }

    /// The least ball found that holds both.
    pub fn union(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::new(self.re.union(&other.re, precision), self.im.union(&other.im, precision))
    }

    /// The value with the opposite imaginary part.
    pub fn conjugate(&self) -> ComplexBall {
        ComplexBall { re: self.re.clone(), im: self.im.neg() }
    }

    /// The product with the imaginary unit.
    pub fn mul_i(&self) -> ComplexBall {
        ComplexBall { re: self.im.neg(), im: self.re.clone() }
    }

    /// The quotient by the imaginary unit.
    pub fn div_i(&self) -> ComplexBall {
        ComplexBall { re: self.im.clone(), im: self.re.neg() }
    }

    /// The sum.
    pub fn add(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::new(self.re.add(&other.re, precision), self.im.add(&other.im, precision))
    }

    /// The difference.
    pub fn sub(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::new(self.re.sub(&other.re, precision), self.im.sub(&other.im, precision))
    }

    /// The opposite.
    pub fn neg(&self) -> ComplexBall {
        ComplexBall { re: self.re.neg(), im: self.im.neg() }
    }

    /// The product with a power of two.
    pub fn scale(&self, shift: i64) -> ComplexBall {
        ComplexBall::new(self.re.scale(shift), self.im.scale(shift))
    }

    /// The product.
    pub fn mul(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        if self.is_real() {
            return other.mul_real(&self.re, precision);
        }
        if other.is_real() {
            return self.mul_real(&other.re, precision);
        }
        let working = precision + 2;
        let re = self.re.mul(&other.re, working).sub(&self.im.mul(&other.im, working), precision);
        let im = self.re.mul(&other.im, working).add(&self.im.mul(&other.re, working), precision);
        ComplexBall::new(re, im)
    }

    /// The product with a real ball.
    pub fn mul_real(&self, factor: &Ball, precision: u32) -> ComplexBall {
        ComplexBall::new(self.re.mul(factor, precision), self.im.mul(factor, precision))
    }

    /// The quotient by a real ball; unbounded when that may be zero.
    pub fn div_real(&self, divisor: &Ball, precision: u32) -> ComplexBall {
        ComplexBall::new(self.re.div(divisor, precision), self.im.div(divisor, precision))
    }

    /// The square.
    pub fn square(&self, precision: u32) -> ComplexBall {
        if self.is_real() || self.is_imaginary() {
            return self.mul(self, precision);
        }
        // (x - y)(x + y), 2xy: sharper than the product
        let working = precision + 2;
        let re = self.re.sub(&self.im, working).mul(&self.re.add(&self.im, working), precision);
        ComplexBall::new(re, self.re.mul(&self.im, precision).scale(1))
    }

    /// The square of the distance from zero.
    pub fn norm(&self, precision: u32) -> Ball {
        self.re.square(precision + 2).add(&self.im.square(precision + 2), precision)
    }

    /// The distance from zero.
    pub fn abs(&self, precision: u32) -> Ball {
        match () {
            () if self.is_real() => self.re.abs(),
            () if self.is_imaginary() => self.im.abs(),
            () if self.contains_zero() && self.is_bounded() => {
                let size = self.re.greatest_magnitude().add(self.im.greatest_magnitude());
                Ball::ZERO.widened(size).abs()
            }
            () => self.norm(precision + 4).sqrt(precision),
        }
    }

    /// The angle, in `-pi < angle <= pi`; all angles when the ball crosses the negative real axis.
    pub fn arg(&self, precision: u32) -> Ball {
        Ball::arctan2(&self.im, &self.re, precision)
    }

    /// One over the ball; unbounded when it may be zero.
    pub fn recip(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.recip(precision), Ball::ZERO);
        }
        if self.is_imaginary() {
            return ComplexBall::new(Ball::ZERO, self.im.recip(precision).neg());
        }
        self.conjugate().div_real(&self.norm(precision + 4), precision)
    }

    /// The quotient; unbounded when the divisor may be zero.
    pub fn div(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        if other.is_real() {
            return self.div_real(&other.re, precision);
        }
        if other.is_imaginary() {
            return self.div_i().div_real(&other.im, precision);
        }
        self.mul(&other.conjugate(), precision + 4).div_real(&other.norm(precision + 4), precision)
    }

    /// The power with a machine integer.
    pub fn powi(&self, exponent: i64, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::new(self.re.powi(exponent, precision), Ball::ZERO);
        }
        let magnitude = exponent.unsigned_abs();
        let working = precision + 2 * (64 - magnitude.leading_zeros()) + 4;
        let mut result = ComplexBall::one();
        for index in (0..64 - magnitude.leading_zeros()).rev() {
            result = result.square(working);
            if magnitude >> index & 1 == 1 {
                result = result.mul(self, working);
            }
        }
        if exponent < 0 { result.recip(precision) } else { result.rounded(precision) }
    }
}

impl From<Ball> for ComplexBall {
    fn from(re: Ball) -> ComplexBall {
        ComplexBall::new(re, Ball::ZERO)
    }
}

impl fmt::Debug for ComplexBall {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} + {:?}*I", self.re, self.im)
    }
}

#[cfg(test)]
mod tests;
