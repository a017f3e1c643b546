//! Intervals of machine numbers with outward rounding, decorated with what is known of the function behind them.
//!
//! An interval holds all values that an expression takes on a box of arguments where it is defined, and two flags:
//! is it defined everywhere on that box, and is it continuous there. The flags start true and every operation can
//! only clear them. Sums, products, quotients and roots round outward by their exact error; functions widen the
//! result of `pxfm` by a unit in the last place, which is measured, not proved (`docs/dependencies.md`): such
//! intervals decide where to look, what is certified rests on balls.

mod elementary;
mod power;
mod round;
mod trigonometric;

use std::fmt;
use std::ops::{Add, Div, Mul, Neg, Sub};

use super::dyadic::{Dyadic, Rounding};
use super::{Ball, Integer, Rational};
use round::{add_down, add_up, div_down, div_up, mul_down, mul_up};

/// A closed interval, maybe empty or unbounded.
#[derive(Clone, Copy, PartialEq)]
pub struct Interval {
    low: f64,
    high: f64,
    defined: bool,
    continuous: bool,
}

impl Interval {
    /// All numbers; defined and continuous (the flags of an argument that may be anything).
    pub const ENTIRE: Interval =
        Interval { low: f64::NEG_INFINITY, high: f64::INFINITY, defined: true, continuous: true };
    /// No number: the expression is defined nowhere on the box.
    pub const EMPTY: Interval =
        Interval { low: f64::INFINITY, high: f64::NEG_INFINITY, defined: false, continuous: false };

    /// From `low` to `high`; empty when they are in the wrong order or NaN.
    pub fn new(low: f64, high: f64) -> Interval {
        if low <= high && low < f64::INFINITY && high > f64::NEG_INFINITY {
            Interval { low, high, defined: true, continuous: true }
        } else {
            Interval::EMPTY
        }
    }

    /// A single finite number; empty for NaN and the infinities.
    pub fn point(value: f64) -> Interval {
        Interval::new(value, value)
    }

    /// The narrowest interval around a rational.
    pub fn from_rational(value: &Rational) -> Interval {
        const EXACT: u64 = 1 << 53;
        let whole = |part: Integer| part.to_i64().filter(|n| n.unsigned_abs() <= EXACT).map(|n| n as f64);
        if let (Some(numerator), Some(denominator)) = (whole(value.numerator()), whole(value.denominator())) {
            return Interval::point(numerator) / Interval::point(denominator);
        }
        let numerator = Dyadic::new(value.numerator().to_big(), 0);
        let denominator = Dyadic::new(value.denominator().to_big(), 0);
        let side = |rounding| numerator.div_rounded(&denominator, 80, rounding).to_f64(rounding);
        Interval::new(side(Rounding::Floor), side(Rounding::Ceil))
    }

    /// The narrowest interval around an integer.
    pub fn from_integer(value: &Integer) -> Interval {
        let exact = Dyadic::new(value.to_big(), 0);
        Interval::new(exact.to_f64(Rounding::Floor), exact.to_f64(Rounding::Ceil))
    }

    /// The lower end.
    pub fn low(self) -> f64 {
        self.low
    }

    /// The upper end.
    pub fn high(self) -> f64 {
        self.high
    }

    /// Is there no number in it?
    pub fn is_empty(self) -> bool {
        self.low > self.high
    }

    /// Is the expression known to be defined everywhere on the box?
    pub fn is_defined(self) -> bool {
        self.defined
    }

    /// Is the expression known to be defined and continuous everywhere on the box?
    pub fn is_continuous(self) -> bool {
        self.defined && self.continuous
    }

    /// Is it a single number?
    pub fn is_point(self) -> bool {
        self.low == self.high
    }

    /// Are both ends finite?
    pub fn is_bounded(self) -> bool {
        self.low.is_finite() && self.high.is_finite()
    }

    /// Does it hold the number?
    pub fn contains(self, value: f64) -> bool {
        self.low <= value && value <= self.high
    }

    /// Does it hold all of another interval?
    pub fn encloses(self, other: Interval) -> bool {
        other.is_empty() || (self.low <= other.low && other.high <= self.high)
    }

    /// Are all its numbers positive?
    pub fn is_positive(self) -> bool {
        !self.is_empty() && self.low > 0.0
    }

    /// Are all its numbers negative?
    pub fn is_negative(self) -> bool {
        !self.is_empty() && self.high < 0.0
    }

    /// The distance between the ends, rounded up; 0 when empty.
    pub fn width(self) -> f64 {
        if self.is_empty() { 0.0 } else { add_up(self.high, -self.low) }
    }

    /// A number in the middle, finite; 0 when empty.
    pub fn midpoint(self) -> f64 {
        match (self.low, self.high) {
            _ if self.is_empty() || (self.low, self.high) == (f64::NEG_INFINITY, f64::INFINITY) => 0.0,
            (f64::NEG_INFINITY, _) => f64::MIN,
            (_, f64::INFINITY) => f64::MAX,
            (low, high) => (0.5 * low + 0.5 * high).clamp(low, high),
        }
    }

    /// The greatest absolute value, 0 when empty.
    pub fn magnitude(self) -> f64 {
        if self.is_empty() { 0.0 } else { self.low.abs().max(self.high.abs()) }
    }

    /// The least absolute value, 0 when empty.
    pub fn mignitude(self) -> f64 {
        if self.is_empty() || self.contains(0.0) { 0.0 } else { self.low.abs().min(self.high.abs()) }
    }

    /// The numbers in both; the flags are this interval's.
    pub fn intersect(self, other: Interval) -> Interval {
        let (low, high) = (self.low.max(other.low), self.high.min(other.high));
        if low > high { Interval::EMPTY } else { Interval { low, high, ..self } }
    }

    /// The least interval around both; a flag stays when both have it. An empty one adds nothing.
    pub fn hull(self, other: Interval) -> Interval {
        Interval { low: self.low.min(other.low), high: self.high.max(other.high), ..self }.with_flags_of(other)
    }

    /// The two halves.
    pub fn split(self) -> (Interval, Interval) {
        let middle = self.midpoint();
        (Interval { high: middle, ..self }, Interval { low: middle, ..self })
    }

    /// Clears the flags that `other` lacks.
    fn with_flags_of(self, other: Interval) -> Interval {
        Interval { defined: self.defined && other.defined, continuous: self.continuous && other.continuous, ..self }
    }

    /// The same numbers, no longer known to be defined and continuous.
    fn partial(self) -> Interval {
        Interval { defined: false, continuous: false, ..self }
    }

    /// The same numbers, no longer known to be continuous.
    fn broken(self) -> Interval {
        Interval { continuous: false, ..self }
    }

    /// The result `low ..= high` of an operation on this argument, whose flags it inherits.
    fn image(self, low: f64, high: f64) -> Interval {
        if low <= high { Interval { low, high, ..self } } else { Interval::EMPTY }
    }

    /// The part of the argument inside a function's domain; the flags go when something is cut off.
    pub(super) fn restrict(self, low: f64, high: f64) -> Interval {
        let inside = self.intersect(Interval::new(low, high));
        if self.low < low || self.high > high { inside.partial() } else { inside }
    }

    /// The image under a function that balls know: where its ball is bounded, it is defined and continuous.
    pub fn through_ball(self, function: impl Fn(&Ball) -> Ball) -> Interval {
        if self.is_empty() {
            return self;
        }
        self.image_of_ball(&if self.is_bounded() { function(&Ball::from_interval(self)) } else { Ball::UNBOUNDED })
    }

    /// As `through_ball`, for a function of two variables.
    pub fn through_two_balls(x: Interval, y: Interval, function: impl Fn(&Ball, &Ball) -> Ball) -> Interval {
        if x.is_empty() || y.is_empty() {
            return Interval::EMPTY;
        }
        let bounded = x.is_bounded() && y.is_bounded();
        let image = || function(&Ball::from_interval(x), &Ball::from_interval(y));
        x.with_flags_of(y).image_of_ball(&if bounded { image() } else { Ball::UNBOUNDED })
    }

    fn image_of_ball(self, ball: &Ball) -> Interval {
        let image = ball.to_interval();
        let image = self.image(image.low, image.high);
        if ball.is_bounded() { image } else { image.partial() }
    }

    /// The bounds of `other` with this interval's flags, fewer where `other` lacks them.
    pub(super) fn with_bounds_of(self, other: Interval) -> Interval {
        self.with_flags_of(other).image(other.low, other.high)
    }

    /// The multiplicative inverse.
    pub fn recip(self) -> Interval {
        Interval::point(1.0) / self
    }
}

impl Neg for Interval {
    type Output = Interval;

    fn neg(self) -> Interval {
        Interval { low: -self.high, high: -self.low, ..self }
    }
}

impl Add for Interval {
    type Output = Interval;

    #[inline]
    fn add(self, other: Interval) -> Interval {
        if self.is_empty() || other.is_empty() {
            return Interval::EMPTY;
        }
        self.with_flags_of(other).image(add_down(self.low, other.low), add_up(self.high, other.high))
    }
}

impl Sub for Interval {
    type Output = Interval;

    #[inline]
    fn sub(self, other: Interval) -> Interval {
        self + -other
    }
}

impl Mul for Interval {
    type Output = Interval;

    fn mul(self, other: Interval) -> Interval {
        let (a, b) = (self, other);
        if a.is_empty() || b.is_empty() {
            return Interval::EMPTY;
        }
        let flagged = a.with_flags_of(b);
        let (low, high) = if a.low >= 0.0 && b.low >= 0.0 {
            (mul_down(a.low, b.low), mul_up(a.high, b.high))
        } else {
            let down = mul_down(a.low, b.high).min(mul_down(a.high, b.low));
            let up = mul_up(a.low, b.low).max(mul_up(a.high, b.high));
            let down = down.min(mul_down(a.low, b.low)).min(mul_down(a.high, b.high));
            (down, up.max(mul_up(a.low, b.high)).max(mul_up(a.high, b.low)))
        };
        flagged.image(low, high)
    }
}

impl Div for Interval {
    type Output = Interval;

    fn div(self, other: Interval) -> Interval {
        let (a, b) = (self, other);
        if a.is_empty() || b.is_empty() || (b.low == 0.0 && b.high == 0.0) {
            return Interval::EMPTY;
        }
        let flagged = a.with_flags_of(b);
        if !b.contains(0.0) {
            if b.high < 0.0 {
                return (-a) / (-b);
            }
            let low = if a.low >= 0.0 { div_down(a.low, b.high) } else { div_down(a.low, b.low) };
            let high = if a.high >= 0.0 { div_up(a.high, b.low) } else { div_up(a.high, b.high) };
            return flagged.image(low, high);
        }
        flagged.partial().divided_around_zero(a, b)
    }
}

impl Interval {
    /// The hull of `a/b` when `b` holds zero and something else; `self` carries the flags.
    fn divided_around_zero(self, a: Interval, b: Interval) -> Interval {
        let everything = self.image(f64::NEG_INFINITY, f64::INFINITY);
        if a.low == 0.0 && a.high == 0.0 {
            return self.image(0.0, 0.0);
        }
        if b.low < 0.0 && b.high > 0.0 || a.low < 0.0 && a.high > 0.0 {
            return everything;
        }
        match (a.low >= 0.0, b.low >= 0.0) {
            (true, true) => self.image(div_down(a.low, b.high), f64::INFINITY),
            (true, false) => self.image(f64::NEG_INFINITY, div_up(a.low, b.low)),
            (false, true) => self.image(f64::NEG_INFINITY, div_up(a.high, b.high)),
            (false, false) => self.image(div_down(a.high, b.low), f64::INFINITY),
        }
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let flags = match (self.defined, self.continuous) {
            (true, true) => "",
            (true, false) => " with jumps",
            _ => " partial",
        };
        write!(f, "[{}, {}]{flags}", self.low, self.high)
    }
}

#[cfg(test)]
mod tests;
