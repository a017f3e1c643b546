//! Roots, exponentials, logarithms, hyperbolic functions and their inverses, and functions with steps, on intervals.

use super::Interval;
use super::round::{above, below, sqrt_down, sqrt_up};

/// A monotone function and what its machine version is known to do.
struct Monotone {
    function: fn(f64) -> f64,
    /// How far off the machine version may be, in units in the last place.
    steps: u32,
    /// The one argument at which the machine version is exact.
    exact_at: f64,
    /// The function's range.
    range: (f64, f64),
}

impl Monotone {
    const fn new(function: fn(f64) -> f64) -> Monotone {
        Monotone { function, steps: 1, exact_at: 0.0, range: (f64::NEG_INFINITY, f64::INFINITY) }
    }

    const fn ranging(function: fn(f64) -> f64, low: f64, high: f64) -> Monotone {
        Monotone { function, steps: 1, exact_at: 0.0, range: (low, high) }
    }

    const fn exact_at(self, exact_at: f64) -> Monotone {
        Monotone { exact_at, ..self }
    }

    const fn steps(self, steps: u32) -> Monotone {
        Monotone { steps, ..self }
    }

    fn lower(&self, at: f64) -> f64 {
        let value = (self.function)(at);
        if at == self.exact_at { value } else { below(value, self.steps).max(self.range.0) }
    }

    fn upper(&self, at: f64) -> f64 {
        let value = (self.function)(at);
        if at == self.exact_at { value } else { above(value, self.steps).min(self.range.1) }
    }

    fn increasing(&self, x: Interval) -> Interval {
        if x.is_empty() { Interval::EMPTY } else { x.image(self.lower(x.low), self.upper(x.high)) }
    }

    fn decreasing(&self, x: Interval) -> Interval {
        if x.is_empty() { Interval::EMPTY } else { x.image(self.lower(x.high), self.upper(x.low)) }
    }
}

const INFINITE: f64 = f64::INFINITY;
/// Just above pi/2 and pi, and just below pi/2.
pub(super) const HALF_PI_UP: f64 = 1.570_796_326_794_896_8;
const HALF_PI_DOWN: f64 = std::f64::consts::FRAC_PI_2;
const PI_UP: f64 = 3.141_592_653_589_793_6;

impl Interval {
    /// The distance from zero.
    pub fn abs(self) -> Interval {
        if self.is_empty() {
            return Interval::EMPTY;
        }
        self.image(self.mignitude(), self.magnitude())
    }

    /// The square, never below zero.
    pub fn square(self) -> Interval {
        let size = self.abs();
        size * size
    }

    /// The square root where the argument is not negative.
    pub fn sqrt(self) -> Interval {
        let x = self.restrict(0.0, INFINITE);
        if x.is_empty() { x } else { x.image(sqrt_down(x.low), sqrt_up(x.high)) }
    }

    /// The real cube root, defined everywhere.
    pub fn cbrt(self) -> Interval {
        Monotone::new(pxfm::f_cbrt).increasing(self)
    }

    /// The exponential function.
    pub fn exp(self) -> Interval {
        Monotone::ranging(pxfm::f_exp, 0.0, INFINITE).increasing(self)
    }

    /// `exp(x) - 1`.
    pub fn expm1(self) -> Interval {
        Monotone::ranging(pxfm::f_expm1, -1.0, INFINITE).increasing(self)
    }

    /// The natural logarithm where the argument is positive.
    pub fn log(self) -> Interval {
        self.logarithm(&Monotone::new(pxfm::f_log).exact_at(1.0))
    }

    /// The logarithm to base 2 where the argument is positive.
    pub fn log2(self) -> Interval {
        self.logarithm(&Monotone::new(pxfm::f_log2).exact_at(1.0))
    }

    /// The logarithm to base 10 where the argument is positive.
    pub fn log10(self) -> Interval {
        self.logarithm(&Monotone::new(pxfm::f_log10).exact_at(1.0))
    }

    fn logarithm(self, rule: &Monotone) -> Interval {
        if self.high <= 0.0 {
            return Interval::EMPTY;
        }
        let x = if self.low <= 0.0 { self.restrict(0.0, INFINITE).partial() } else { self };
        rule.increasing(x)
    }

    /// `log(1 + x)` where `x > -1`.
    pub fn log1p(self) -> Interval {
        if self.high <= -1.0 {
            return Interval::EMPTY;
        }
        let x = if self.low <= -1.0 { self.restrict(-1.0, INFINITE).partial() } else { self };
        Monotone::new(pxfm::f_log1p).increasing(x)
    }

    /// The hyperbolic sine.
    pub fn sinh(self) -> Interval {
        Monotone::new(pxfm::f_sinh).increasing(self)
    }

    /// The hyperbolic cosine.
    pub fn cosh(self) -> Interval {
        Monotone::ranging(pxfm::f_cosh, 1.0, INFINITE).increasing(self.abs())
    }

    /// The hyperbolic tangent.
    pub fn tanh(self) -> Interval {
        Monotone::ranging(pxfm::f_tanh, -1.0, 1.0).increasing(self)
    }

    /// The hyperbolic cotangent.
    pub fn coth(self) -> Interval {
        self.tanh().recip().outside_unit()
    }

    /// The hyperbolic secant.
    pub fn sech(self) -> Interval {
        self.cosh().recip()
    }

    /// The hyperbolic cosecant.
    pub fn csch(self) -> Interval {
        self.sinh().recip()
    }

    /// Cuts what lies strictly between -1 and 1 off an end.
    pub(super) fn outside_unit(self) -> Interval {
        let low = if self.low > -1.0 && self.low < 1.0 { 1.0 } else { self.low };
        let high = if self.high > -1.0 && self.high < 1.0 { -1.0 } else { self.high };
        if self.is_empty() { self } else { Interval { low, high, ..self } }
    }

    /// The inverse sine where `-1 <= x <= 1`.
    pub fn arcsin(self) -> Interval {
        Monotone::ranging(pxfm::f_asin, -HALF_PI_UP, HALF_PI_UP).increasing(self.restrict(-1.0, 1.0))
    }

    /// The inverse cosine where `-1 <= x <= 1`.
    pub fn arccos(self) -> Interval {
        Monotone::ranging(pxfm::f_acos, 0.0, PI_UP).exact_at(1.0).decreasing(self.restrict(-1.0, 1.0))
    }

    /// The inverse tangent.
    pub fn arctan(self) -> Interval {
        Monotone::ranging(pxfm::f_atan, -HALF_PI_UP, HALF_PI_UP).increasing(self)
    }

    /// The inverse cotangent `arctan(1/x)`, which jumps at 0, where it is pi/2.
    pub fn arccot(self) -> Interval {
        match self {
            x if x.is_empty() => x,
            x if x.low == 0.0 && x.high == 0.0 => x.image(HALF_PI_DOWN, HALF_PI_UP),
            x if x.low < 0.0 && x.high >= 0.0 => x.image(-HALF_PI_UP, HALF_PI_UP).broken(),
            x if x.low == 0.0 => x.image(Interval::point(x.high).recip().arctan().low.max(0.0), HALF_PI_UP),
            x => x.recip().arctan(),
        }
    }

    /// The inverse secant where `|x| >= 1`.
    pub fn arcsec(self) -> Interval {
        self.outer_branch(Interval::arccos)
    }

    /// The inverse cosecant where `|x| >= 1`.
    pub fn arccsc(self) -> Interval {
        self.outer_branch(Interval::arcsin)
    }

    /// The inverse hyperbolic cotangent where `|x| > 1`.
    pub fn arccoth(self) -> Interval {
        self.outer_branch(Interval::arctanh)
    }

    /// `inverse(1/x)` on the parts of the argument with `|x| >= 1`.
    fn outer_branch(self, inverse: fn(Interval) -> Interval) -> Interval {
        let apply = |x: Interval| if x.is_empty() { x } else { inverse(x.recip().restrict(-1.0, 1.0)) };
        if self.low >= 1.0 || self.high <= -1.0 {
            // The quotient may exceed 1 by rounding only.
            let inside = self.recip();
            return inverse(Interval { low: inside.low.max(-1.0), high: inside.high.min(1.0), ..inside });
        }
        apply(self.restrict(1.0, INFINITE)).hull(apply(self.restrict(f64::NEG_INFINITY, -1.0))).partial()
    }

    /// The inverse hyperbolic sine.
    pub fn arcsinh(self) -> Interval {
        Monotone::new(pxfm::f_asinh).increasing(self)
    }

    /// The inverse hyperbolic cosine where `x >= 1`.
    pub fn arccosh(self) -> Interval {
        Monotone::ranging(pxfm::f_acosh, 0.0, INFINITE).exact_at(1.0).increasing(self.restrict(1.0, INFINITE))
    }

    /// The inverse hyperbolic tangent where `-1 < x < 1`.
    pub fn arctanh(self) -> Interval {
        let x = self.restrict(-1.0, 1.0);
        if x.is_empty() || x.low >= 1.0 || x.high <= -1.0 {
            return Interval::EMPTY;
        }
        let x = if x.low == -1.0 || x.high == 1.0 { x.partial() } else { x };
        Monotone::new(pxfm::f_atanh).steps(2).increasing(x)
    }

    /// The inverse hyperbolic secant where `0 < x <= 1`.
    pub fn arcsech(self) -> Interval {
        if self.high <= 0.0 {
            return Interval::EMPTY;
        }
        let x = self.restrict(0.0, 1.0);
        let inverse = x.recip();
        Interval { low: inverse.low.max(1.0), ..inverse }.arccosh()
    }

    /// The inverse hyperbolic cosecant, not defined at 0.
    pub fn arccsch(self) -> Interval {
        self.recip().arcsinh()
    }

    /// The angle of the point `(x, y)`, from -pi to pi; jumps across the negative x axis, not defined at the origin.
    pub fn arctan2(y: Interval, x: Interval) -> Interval {
        if y.is_empty() || x.is_empty() {
            return Interval::EMPTY;
        }
        let flagged = y.with_flags_of(x);
        if y.contains(0.0) && x.low <= 0.0 {
            if x.contains(0.0) {
                return flagged.partial().image(-PI_UP, PI_UP);
            }
            if y.low < 0.0 {
                return flagged.broken().image(-PI_UP, PI_UP);
            }
        }
        // Away from the cut the angle takes its bounds at corners.
        let corners = [(y.low, x.low), (y.low, x.high), (y.high, x.low), (y.high, x.high)];
        let angles = corners.map(|(y, x)| pxfm::f_atan2(y + 0.0, x));
        let low = angles.iter().fold(INFINITE, |least, angle| least.min(*angle));
        let high = angles.iter().fold(-INFINITE, |greatest, angle| greatest.max(*angle));
        flagged.image(below(low, 1), above(high, 1))
    }

    /// The error function.
    pub fn erf(self) -> Interval {
        Monotone::ranging(pxfm::f_erf, -1.0, 1.0).increasing(self)
    }

    /// The complementary error function.
    pub fn erfc(self) -> Interval {
        Monotone::ranging(pxfm::f_erfc, 0.0, 2.0).decreasing(self)
    }

    /// The greatest integer not above.
    pub fn floor(self) -> Interval {
        self.step(f64::floor)
    }

    /// The least integer not below.
    pub fn ceil(self) -> Interval {
        self.step(f64::ceil)
    }

    /// The integer part, towards zero.
    pub fn trunc(self) -> Interval {
        self.step(f64::trunc)
    }

    /// The nearest integer, halves away from zero.
    pub fn round(self) -> Interval {
        self.step(f64::round)
    }

    /// The sign: -1, 0 or 1.
    pub fn sign(self) -> Interval {
        self.step(|value| if value == 0.0 { 0.0 } else { value.signum() })
    }

    /// 0 below zero, 1 from zero on.
    pub fn unit_step(self) -> Interval {
        self.step(|value| f64::from(value >= 0.0))
    }

    /// 0 below zero, 1 above, not defined at zero.
    pub fn heaviside(self) -> Interval {
        match self {
            x if x.is_empty() || (x.low == 0.0 && x.high == 0.0) => Interval::EMPTY,
            x if x.low > 0.0 => x.image(1.0, 1.0),
            x if x.high < 0.0 => x.image(0.0, 0.0),
            x => x.image(f64::from(x.low >= 0.0), f64::from(x.high > 0.0)).partial(),
        }
    }

    /// An increasing step function, continuous where it is constant.
    fn step(self, function: fn(f64) -> f64) -> Interval {
        if self.is_empty() {
            return self;
        }
        let (low, high) = (function(self.low), function(self.high));
        let image = Interval { low, high, ..self };
        if low == high { image } else { image.broken() }
    }

    /// The fractional part, with the sign of the argument.
    pub fn frac(self) -> Interval {
        let whole = self.trunc();
        if whole.is_point() {
            return self - whole;
        }
        let low = if self.low < 0.0 { -1.0 } else { 0.0 };
        let high = if self.high > 0.0 { 1.0 } else { 0.0 };
        if self.is_empty() { self } else { Interval { low, high, ..self }.broken() }
    }

    /// The greater of two.
    pub fn max(self, other: Interval) -> Interval {
        if self.is_empty() || other.is_empty() {
            return Interval::EMPTY;
        }
        self.with_flags_of(other).image(self.low.max(other.low), self.high.max(other.high))
    }

    /// The lesser of two.
    pub fn min(self, other: Interval) -> Interval {
        -(-self).max(-other)
    }
}
