//! The sine over its argument, `sin(z)/z` continued by 1 to zero, on balls.

use super::{Ball, ComplexBall, Enclosure};
use crate::number::ball::Radius;

/// `1 - z^2/6 + z^4/120` near zero: for `|z| <= 1` the rest is at most `|z|^6/5000`.
fn near_zero<T: Enclosure>(z: &T, precision: u32) -> T {
    let square = z.squared(precision);
    let size = z.size().mul(z.size());
    T::from_i64(1)
        .sub(&square.over(6, precision), precision)
        .add(&square.squared(precision).over(120, precision), precision)
        .widened(size.mul(size).mul(size).mul(Radius::from_f64(2e-4)))
}

impl Ball {
    /// The sine over its argument; never above 1 in absolute value.
    pub fn sinc(&self, precision: u32) -> Ball {
        if self.is_zero() {
            return Ball::one();
        }
        if !self.contains_zero() {
            return self.sin(precision + 8).div(self, precision);
        }
        if self.greatest_magnitude().to_f64() <= 1.0 {
            return near_zero(self, precision);
        }
        if self.is_bounded() { Ball::one().union(&Ball::one().neg(), precision) } else { Ball::UNBOUNDED }
    }
}

impl ComplexBall {
    /// The sine over its argument.
    pub fn sinc(&self, precision: u32) -> ComplexBall {
        if self.is_zero() {
            return ComplexBall::one();
        }
        if !self.contains_zero() {
            return self.sin(precision + 8).div(self, precision);
        }
        if self.greatest_magnitude().to_f64() <= 1.0 { near_zero(self, precision) } else { ComplexBall::UNBOUNDED }
    }
}
