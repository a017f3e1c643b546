//! Sine, cosine, tangent and their reciprocals on intervals of any size.
//!
//! Extrema and poles are counted in half turns; where the machine can't tell on which side of an end one lies, it
//! counts as inside.

use super::Interval;
use super::round::{above, below};

/// Beyond this the position within a turn is not known from the machine quotient.
const FAR: f64 = 1e14;

/// Is there an integer `k` with `(k + offset) * pi` in the interval? Yes when in doubt.
fn meets(x: Interval, offset: f64) -> bool {
    if x.magnitude() > FAR {
        return true;
    }
    if offset == 0.0 && x.magnitude() < 3.0 {
        return x.contains(0.0);
    }
    let position = |value: f64| value * std::f64::consts::FRAC_1_PI - offset;
    let (low, high) = (position(x.low), position(x.high));
    // The product and the constant are off by a unit each; the difference by another half.
    let slack = (low.abs().max(high.abs()) + 1.0) * 4.0 * f64::EPSILON;
    (high + slack).floor() >= (low - slack).ceil()
}

/// As `meets`, for every second integer.
fn meets_even(x: Interval, offset: f64) -> bool {
    if x.magnitude() > FAR {
        return true;
    }
    let position = |value: f64| 0.5 * (value * std::f64::consts::FRAC_1_PI - offset);
    let (low, high) = (position(x.low), position(x.high));
    let slack = (low.abs().max(high.abs()) + 1.0) * 4.0 * f64::EPSILON;
    (high + slack).floor() >= (low - slack).ceil()
}

/// A function with values in -1 ..= 1 whose maxima lie at `(2k + maximum)*pi`, the minima half a turn further.
fn wave(x: Interval, function: fn(f64) -> f64, maximum: f64, exact_at_zero: bool) -> Interval {
    if x.is_empty() {
        return Interval::EMPTY;
    }
    if x.is_point() {
        let value = function(x.low);
        let steps = u32::from(!(x.low == 0.0 && exact_at_zero));
        return x.image(below(value, steps).max(-1.0), above(value, steps).min(1.0));
    }
    if !x.is_bounded() || x.width() >= 6.3 {
        return x.image(-1.0, 1.0);
    }
    let (left, right) = (function(x.low), function(x.high));
    let high = if meets_even(x, maximum) { 1.0 } else { above(left.max(right), 1).min(1.0) };
    let low = if meets_even(x, maximum + 1.0) { -1.0 } else { below(left.min(right), 1).max(-1.0) };
    x.image(low, high)
}

/// A function with poles at `(k + pole)*pi`, monotone between them.
fn between_poles(x: Interval, function: fn(f64) -> f64, pole: f64) -> Interval {
    if x.is_empty() {
        return Interval::EMPTY;
    }
    if x.is_point() && x.low != 0.0 {
        // No machine number but 0 is a multiple of pi/2.
        let value = function(x.low);
        return x.image(below(value, 1), above(value, 1));
    }
    if !x.is_bounded() || meets(x, pole) {
        return x.image(f64::NEG_INFINITY, f64::INFINITY).partial();
    }
    let (left, right) = (function(x.low), function(x.high));
    let bound = |value: f64, at: f64, moved: f64| if at == 0.0 { value } else { moved };
    if pole == 0.0 {
        return x.image(below(right, 1), above(left, 1));
    }
    x.image(bound(left, x.low, below(left, 1)), bound(right, x.high, above(right, 1)))
}

impl Interval {
    /// The sine.
    pub fn sin(self) -> Interval {
        wave(self, pxfm::f_sin, 0.5, true)
    }

    /// The cosine.
    pub fn cos(self) -> Interval {
        wave(self, pxfm::f_cos, 0.0, true)
    }

    /// The tangent.
    pub fn tan(self) -> Interval {
        between_poles(self, pxfm::f_tan, 0.5)
    }

    /// The cotangent.
    pub fn cot(self) -> Interval {
        if self.low == 0.0 && self.high == 0.0 {
            return Interval::EMPTY;
        }
        between_poles(self, pxfm::f_cot, 0.0)
    }

    /// The secant.
    pub fn sec(self) -> Interval {
        self.reciprocal_wave(Interval::cos, 0.5)
    }

    /// The cosecant.
    pub fn csc(self) -> Interval {
        self.reciprocal_wave(Interval::sin, 0.0)
    }

    fn reciprocal_wave(self, wave: fn(Interval) -> Interval, pole: f64) -> Interval {
        let value = wave(self).recip().outside_unit();
        let crosses = self.is_bounded() && !self.is_point() && meets(self, pole);
        if crosses { value.partial() } else { value }
    }
}
