//! Special functions on real and complex balls, each with a proved remainder.
//!
//! They are written once over [`Enclosure`], which balls and complex balls implement: sums run in ball arithmetic, so
//! rounding takes care of itself, and what is cut off is added to the radius.

mod airy;
mod bessel;
mod elliptic;
mod error;
mod gamma;
mod hankel;
mod incomplete;
mod integral;
mod inverse_error;
mod lambert;
mod polylog;
mod series;
mod sinc;
mod zeta;

use std::fmt::Debug;

use super::ball::Radius;
use super::{Arithmetic, Ball, ComplexBall, Integer};

/// What the special functions need of a ball, real or complex.
pub(crate) trait Enclosure: Arithmetic<Context = u32> + Debug {
    fn unbounded() -> Self;
    fn from_ball(ball: Ball) -> Self;
    fn is_bounded(&self) -> bool;
    fn is_exact_zero(&self) -> bool;
    /// The real part.
    fn re(&self) -> &Ball;
    /// The imaginary part.
    fn im(&self) -> Ball;
    /// Is the imaginary part exactly zero?
    fn is_real(&self) -> bool;
    /// An upper bound of the absolute value.
    fn size(&self) -> Radius;
    /// A positive lower bound of the absolute value.
    fn least_size(&self) -> Option<Radius>;
    fn widened(&self, error: Radius) -> Self;
    fn rounded(&self, precision: u32) -> Self;
    fn scale(&self, shift: i64) -> Self;
    fn exp(&self, precision: u32) -> Self;
    fn log(&self, precision: u32) -> Self;
    /// `sin(pi*z)` and `cos(pi*z)`.
    fn sin_cos_pi(&self, precision: u32) -> (Self, Self);

    fn from_i64(value: i64) -> Self {
        Self::from_ball(Ball::from(value))
    }
    fn from_integer(value: &Integer) -> Self {
        Self::from_ball(Ball::from_integer(value))
    }
    fn plus(&self, value: i64, precision: u32) -> Self {
        self.add(&Self::from_i64(value), precision)
    }
    fn times(&self, factor: i64, precision: u32) -> Self {
        self.mul(&Self::from_i64(factor), precision)
    }
    fn over(&self, divisor: i64, precision: u32) -> Self {
        self.div(&Self::from_i64(divisor), precision)
    }
    fn inverse(&self, precision: u32) -> Self {
        Self::from_i64(1).div(self, precision)
    }
    fn squared(&self, precision: u32) -> Self {
        self.mul(self, precision)
    }
    /// The integer that the argument is known to be exactly.
    fn exact_integer(&self) -> Option<i64> {
        if !self.is_real() || !self.re().is_exact() {
            return None;
        }
        self.re().unique_integer().and_then(|whole| whole.to_i64())
    }
}

impl Enclosure for Ball {
    fn unbounded() -> Ball {
        Ball::UNBOUNDED
    }
    fn from_ball(ball: Ball) -> Ball {
        ball
    }
    fn is_bounded(&self) -> bool {
        Ball::is_bounded(self)
    }
    fn is_exact_zero(&self) -> bool {
        self.is_zero()
    }
    fn re(&self) -> &Ball {
        self
    }
    fn im(&self) -> Ball {
        Ball::ZERO
    }
    fn is_real(&self) -> bool {
        true
    }
    fn size(&self) -> Radius {
        self.greatest_magnitude()
    }
    fn least_size(&self) -> Option<Radius> {
        self.least_magnitude()
    }
    fn widened(&self, error: Radius) -> Ball {
        Ball::widened(self, error)
    }
    fn rounded(&self, precision: u32) -> Ball {
        Ball::rounded(self, precision)
    }
    fn scale(&self, shift: i64) -> Ball {
        Ball::scale(self, shift)
    }
    fn exp(&self, precision: u32) -> Ball {
        Ball::exp(self, precision)
    }
    fn log(&self, precision: u32) -> Ball {
        Ball::log(self, precision)
    }
    fn sin_cos_pi(&self, precision: u32) -> (Ball, Ball) {
        Ball::sin_cos_pi(self, precision)
    }
}

impl Enclosure for ComplexBall {
    fn unbounded() -> ComplexBall {
        ComplexBall::UNBOUNDED
    }
    fn from_ball(ball: Ball) -> ComplexBall {
        ComplexBall::from(ball)
    }
    fn is_bounded(&self) -> bool {
        ComplexBall::is_bounded(self)
    }
    fn is_exact_zero(&self) -> bool {
        self.is_zero()
    }
    fn re(&self) -> &Ball {
        ComplexBall::re(self)
    }
    fn im(&self) -> Ball {
        ComplexBall::im(self).clone()
    }
    fn is_real(&self) -> bool {
        ComplexBall::is_real(self)
    }
    fn size(&self) -> Radius {
        self.greatest_magnitude()
    }
    fn least_size(&self) -> Option<Radius> {
        if self.is_real() {
            return ComplexBall::re(self).least_magnitude();
        }
        self.norm(64).sqrt(64).least_magnitude().or_else(|| self.abs(64).least_magnitude())
    }
    fn widened(&self, error: Radius) -> ComplexBall {
        if error.is_zero() { self.clone() } else { ComplexBall::widened(self, error) }
    }
    fn rounded(&self, precision: u32) -> ComplexBall {
        ComplexBall::rounded(self, precision)
    }
    fn scale(&self, shift: i64) -> ComplexBall {
        ComplexBall::scale(self, shift)
    }
    fn exp(&self, precision: u32) -> ComplexBall {
        ComplexBall::exp(self, precision)
    }
    fn log(&self, precision: u32) -> ComplexBall {
        ComplexBall::log(self, precision)
    }
    fn sin_cos_pi(&self, precision: u32) -> (ComplexBall, ComplexBall) {
        let working = precision + 8;
        let (sine, cosine) = ComplexBall::re(self).sin_cos_pi(working);
        if self.is_real() {
            return (ComplexBall::from(sine), ComplexBall::from(cosine));
        }
        let height = Ball::pi(working).mul(ComplexBall::im(self), working);
        let (grow, shrink) = (height.cosh(working), height.sinh(working));
        let first = ComplexBall::new(sine.mul(&grow, precision), cosine.mul(&shrink, precision));
        let second = ComplexBall::new(cosine.mul(&grow, precision), sine.mul(&shrink, precision).neg());
        (first, second)
    }
}

#[cfg(test)]
mod tests;
