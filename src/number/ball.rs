//! Balls: real numbers known to lie within a radius of a midpoint, at any precision.
//!
//! Every operation takes the working precision in bits and returns a ball that holds the exact result for all
//! numbers in its arguments (Johansson, "Arb: efficient arbitrary-precision midpoint-radius interval arithmetic",
//! 2017). Where nothing is known, or a value is not real, the radius is infinite.

mod arithmetic;
pub(crate) mod constant;
mod exponential;
mod fixed;
mod hyperbolic;
mod long;
mod radius;
mod root;
mod rows;
mod short;
mod trigonometric;

use std::cmp::Ordering;
use std::fmt;

use dashu_int::IBig;

use super::dyadic::{Dyadic, Rounding};
use super::{Integer, Interval, Rational, Real};
pub(crate) use radius::Radius;

/// Magnitudes beyond `2^LIMIT` are unbounded, below `2^-LIMIT` they are absorbed by the radius.
const LIMIT: i64 = 1 << 60;

/// A midpoint and a radius.
#[derive(Clone)]
pub struct Ball {
    middle: Dyadic,
    radius: Radius,
}

impl Ball {
    /// Exactly zero.
    pub const ZERO: Ball = Ball { middle: Dyadic::ZERO, radius: Radius::ZERO };
    /// All real numbers, or nothing known at all.
    pub const UNBOUNDED: Ball = Ball { middle: Dyadic::ZERO, radius: Radius::INFINITE };

    /// Exactly one.
    pub fn one() -> Ball {
        Ball::from(1)
    }

    /// An exact binary fraction.
    pub(crate) fn exact(middle: Dyadic) -> Ball {
        Ball { middle, radius: Radius::ZERO }
    }

    /// A midpoint and an error, the midpoint rounded to the precision that makes sense.
    pub(crate) fn build(middle: Dyadic, radius: Radius, precision: u32) -> Ball {
        let top = middle.top();
        if radius.is_infinite() || top > LIMIT {
            return Ball::UNBOUNDED;
        }
        if middle.is_zero() {
            return Ball { middle, radius };
        }
        // Bits far below the radius say nothing.
        let useful = if radius.is_zero() { i64::MAX } else { top.saturating_sub(radius.top()) + 32 };
        let kept = useful.min(i64::from(precision));
        if kept < 1 || top < -LIMIT {
            let radius = radius.add(Radius::above(&middle));
            return Ball { middle: Dyadic::ZERO, radius };
        }
        let (rounded, exact) = middle.round(kept as u32, Rounding::Nearest);
        let error = if exact { Radius::ZERO } else { Radius::power_of_two(top - kept - 1) };
        Ball { middle: rounded, radius: radius.add(error) }
    }

    /// The integer `fixed` divided by `2^bits`, known to be off by at most `units / 2^bits`.
    pub(crate) fn from_fixed(fixed: IBig, bits: usize, units: u64, precision: u32) -> Ball {
        Ball::build(Dyadic::new(fixed, -(bits as i64)), Radius::new(units, -(bits as i64)), precision)
    }

    /// An exact integer.
    pub fn from_integer(value: &Integer) -> Ball {
        Ball::exact(Dyadic::new(value.to_big(), 0))
    }

    /// A rational, to the given precision.
    pub fn from_rational(value: &Rational, precision: u32) -> Ball {
        let numerator = Ball::from_integer(&value.numerator());
        if value.is_integer() {
            return numerator.rounded(precision);
        }
        numerator.div(&Ball::from_integer(&value.denominator()), precision)
    }

    /// An exact machine number; unbounded for infinities and NaN.
    pub fn from_f64(value: f64) -> Ball {
        Dyadic::from_f64(value).map_or(Ball::UNBOUNDED, Ball::exact)
    }

    /// A real as the exact number that it stores; unbounded for infinities and NaN.
    pub fn from_real(value: &Real) -> Ball {
        value.to_dyadic().map_or(Ball::UNBOUNDED, Ball::exact)
    }

    /// A ball around an interval; unbounded when the interval is unbounded or empty.
    pub fn from_interval(value: Interval) -> Ball {
        match (Dyadic::from_f64(value.low()), Dyadic::from_f64(value.high())) {
            (Some(low), Some(high)) if !value.is_empty() => Ball::between(&low, &high, 64),
            _ => Ball::UNBOUNDED,
        }
    }

    /// A ball that holds all numbers between two.
    pub(crate) fn between(low: &Dyadic, high: &Dyadic, precision: u32) -> Ball {
        let middle = low.add_rounded(high, precision.max(32), Rounding::Nearest).scale(-1);
        let reach = |end: &Dyadic| Radius::above(&end.add_rounded(&middle.neg(), 32, away(end, &middle)));
        let radius = reach(low).max(reach(high));
        Ball::build(middle, radius, precision)
    }

    /// The least ball found that holds both.
    pub fn union(&self, other: &Ball, precision: u32) -> Ball {
        if !self.is_bounded() || !other.is_bounded() {
            return Ball::UNBOUNDED;
        }
        let lower = |ball: &Ball| ball.lower(precision.max(64));
        let upper = |ball: &Ball| ball.upper(precision.max(64));
        let (a, b) = (lower(self), lower(other));
        let low = if a.compare(&b) == Ordering::Less { a } else { b };
        let (a, b) = (upper(self), upper(other));
        let high = if a.compare(&b) == Ordering::Greater { a } else { b };
        Ball::between(&low, &high, precision)
    }

    /// The same ball with an error added.
    pub(crate) fn widened(&self, error: Radius) -> Ball {
        let radius = self.radius.add(error);
        if radius.is_infinite() { Ball::UNBOUNDED } else { Ball { middle: self.middle.clone(), radius } }
    }

    /// The same ball with its midpoint rounded to a precision.
    pub fn rounded(&self, precision: u32) -> Ball {
        Ball::build(self.middle.clone(), self.radius, precision)
    }

    /// The midpoint without its error.
    pub(crate) fn middle(&self) -> &Dyadic {
        &self.middle
    }

    /// The radius.
    pub(crate) fn radius(&self) -> Radius {
        self.radius
    }

    /// The midpoint as an exact ball.
    pub fn center(&self) -> Ball {
        Ball::exact(self.middle.clone())
    }

    /// Is the radius finite?
    pub fn is_bounded(&self) -> bool {
        !self.radius.is_infinite()
    }

    /// Is the radius zero?
    pub fn is_exact(&self) -> bool {
        self.radius.is_zero()
    }

    /// Is it exactly zero?
    pub fn is_zero(&self) -> bool {
        self.radius.is_zero() && self.middle.is_zero()
    }

    /// Could it be zero?
    pub fn contains_zero(&self) -> bool {
        self.sign() != Some(1) && self.sign() != Some(-1)
    }

    /// -1, 0 or 1 when it is known.
    pub fn sign(&self) -> Option<i32> {
        if self.is_zero() {
            return Some(0);
        }
        let known = self.is_bounded() && !self.middle.is_zero() && self.least_magnitude().is_some();
        known.then(|| self.middle.signum())
    }

    /// A positive lower bound of the absolute value, if there is one.
    pub(crate) fn least_magnitude(&self) -> Option<Radius> {
        if self.middle.top() > self.radius.top().saturating_add(1) {
            // |m| >= 2^(top-1) and r < 2^(top-2) would do, but a sharper bound is cheap.
            let low = self.middle.abs().add_rounded(&self.radius.to_dyadic().neg(), 30, Rounding::Floor);
            return Some(Radius::below(&low));
        }
        if self.radius.is_infinite() {
            return None;
        }
        let low = self.middle.abs().add_rounded(&self.radius.to_dyadic().neg(), 64, Rounding::Floor);
        (low.signum() > 0).then(|| Radius::below(&low))
    }

    /// An upper bound of the absolute value.
    pub(crate) fn greatest_magnitude(&self) -> Radius {
        Radius::above(&self.middle).add(self.radius)
    }

    /// Order when it is known: `None` when the balls overlap, unless both are exact.
    pub fn compare(&self, other: &Ball) -> Option<Ordering> {
        if self.is_exact() && other.is_exact() {
            return Some(self.middle.compare(&other.middle));
        }
        self.sub(other, 64).sign().map(|sign| sign.cmp(&0))
    }

    /// Is every number of `other` surely in this ball?
    pub fn contains(&self, other: &Ball) -> bool {
        if !self.is_bounded() {
            return true;
        }
        let distance = self.middle.add_rounded(&other.middle.neg(), 32, away(&self.middle, &other.middle));
        other.is_bounded() && Radius::above(&distance).add(other.radius).is_at_most(self.radius)
    }

    /// Does the ball surely hold the rational?
    pub fn contains_rational(&self, value: &Rational) -> bool {
        let precision = (self.middle.bits() + 64) as u32;
        let exact = Ball::from_rational(value, precision.max(128));
        self.contains(&exact) || (self.is_exact() && exact.is_exact() && self.middle == exact.middle)
    }

    /// May the two hold a common number?
    pub fn overlaps(&self, other: &Ball) -> bool {
        self.compare(other).is_none_or(|order| order == Ordering::Equal)
    }

    /// A number not above the ball, which is bounded.
    pub(crate) fn lower(&self, precision: u32) -> Dyadic {
        self.middle.add_rounded(&self.radius.to_dyadic().neg(), precision, Rounding::Floor)
    }

    /// A number not below the ball, which is bounded.
    pub(crate) fn upper(&self, precision: u32) -> Dyadic {
        self.middle.add_rounded(&self.radius.to_dyadic(), precision, Rounding::Ceil)
    }

    /// The ends, rounded outwards to a precision; infinite when unbounded.
    pub fn ends(&self, precision: u32) -> (Real, Real) {
        if !self.is_bounded() {
            return (Real::infinity(true, precision), Real::infinity(false, precision));
        }
        let end = |dyadic: Dyadic| Real::from_dyadic(dyadic, precision);
        (end(self.lower(precision)), end(self.upper(precision)))
    }

    /// The nearest machine number to the midpoint, NaN when unbounded.
    pub fn to_f64(&self) -> f64 {
        if self.is_bounded() { self.middle.to_f64(Rounding::Nearest) } else { f64::NAN }
    }

    /// The radius as a machine number, rounded up.
    pub fn radius_f64(&self) -> f64 {
        self.radius.to_f64()
    }

    /// The machine interval around the ball.
    pub fn to_interval(&self) -> Interval {
        if !self.is_bounded() {
            return Interval::ENTIRE;
        }
        Interval::new(self.lower(64).to_f64(Rounding::Floor), self.upper(64).to_f64(Rounding::Ceil))
    }

    /// How many leading bits are right: negative when not even the magnitude is known, the greatest integer when exact.
    pub fn accuracy_bits(&self) -> i64 {
        if self.is_exact() {
            return i64::MAX;
        }
        if self.radius.is_infinite() || self.middle.is_zero() {
            return i64::MIN;
        }
        self.middle.top().saturating_sub(self.radius.top())
    }

    /// The real of that precision to which every number of the ball rounds, if there is just one.
    pub fn round_to(&self, precision: u32) -> Option<Real> {
        if self.is_exact() {
            return Some(Real::from_dyadic(self.middle.clone(), precision));
        }
        if !self.is_bounded() || self.contains_zero() {
            return None;
        }
        let low = Real::from_dyadic(self.lower(precision + 16), precision);
        (low == Real::from_dyadic(self.upper(precision + 16), precision)).then_some(low)
    }

    /// The midpoint as a real of the given precision; NaN when unbounded. Only `round_to` proves its digits.
    pub fn to_real(&self, precision: u32) -> Real {
        if self.is_bounded() { Real::from_dyadic(self.middle.clone(), precision) } else { Real::nan(precision) }
    }

    /// As many bits as tell an end of the ball from the integer that its middle nearly is.
    fn bits_of_ends(&self) -> u32 {
        (self.middle.top().max(self.middle.bits() as i64).max(0) + 64) as u32
    }

    /// The only integer in the ball, if there is exactly one (and it has fewer than 2^26 bits).
    pub fn unique_integer(&self) -> Option<Integer> {
        if !self.is_bounded() || self.middle.top() > 1 << 26 {
            return None;
        }
        let size = self.bits_of_ends();
        let (low, high) = (self.lower(size), self.upper(size));
        let (low, high) = (-low.neg().floor(), high.floor());
        (low == high).then(|| Integer::from(low))
    }

    /// The greatest integer not above, when it is the same for all numbers of the ball.
    pub fn floor(&self) -> Option<Integer> {
        if !self.is_bounded() || self.middle.top() > 1 << 26 {
            return None;
        }
        if self.is_exact() {
            return Some(Integer::from(self.middle.floor()));
        }
        let size = self.bits_of_ends();
        let (low, high) = (self.lower(size).floor(), self.upper(size).floor());
        (low == high).then(|| Integer::from(low))
    }
}

/// The direction in which `a - b` grows in absolute value.
fn away(a: &Dyadic, b: &Dyadic) -> Rounding {
    if a.compare(b) == Ordering::Less { Rounding::Floor } else { Rounding::Ceil }
}

impl From<i64> for Ball {
    fn from(value: i64) -> Ball {
        Ball::exact(Dyadic::new(IBig::from(value), 0))
    }
}

impl From<i32> for Ball {
    fn from(value: i32) -> Ball {
        Ball::from(i64::from(value))
    }
}

impl fmt::Debug for Ball {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.is_bounded() {
            return f.write_str("[unbounded]");
        }
        let digits = (self.middle.bits() as f64 * std::f64::consts::LOG10_2) as usize + 1;
        write!(f, "[{} +/- {:.2e}]", self.to_real(self.middle.bits() as u32).to_text(digits), self.radius_f64())
    }
}

#[cfg(test)]
pub(crate) mod tests;
