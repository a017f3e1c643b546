//! Exponential, logarithmic, sine and cosine integrals on balls.
//!
//! Near zero by power series (DLMF 6.6); far out by `E1(z) = e^-z/z (1 - 1!/z + 2!/z^2 - ...)`, whose remainder for
//! `Re z >= 0` is at most the first term left out (DLMF 6.12(i)). For a large positive argument Ei has the same expansion without
//! the signs.

use super::series::{cancelled_bits, sum};
use super::{Ball, ComplexBall, Enclosure, Radius};

/// Arguments beyond this need too many terms of the power series.
const LARGEST: f64 = 1e5;

/// The same where the terms cancel.
const LARGEST_CANCELLING: f64 = 2e4;

/// The bits to work with when the terms are as large as `e^size` and all of one sign or not.
fn working_precision(size: f64, one_sign: bool, precision: u32) -> Option<u32> {
    if one_sign {
        return (size <= LARGEST).then_some(precision + 24);
    }
    (size <= LARGEST_CANCELLING).then(|| precision + cancelled_bits(Radius::from_f64(size)) + 16)
}

/// `sum over k >= 1 of z^k / (k k!)`.
fn entire_part<T: Enclosure>(z: &T, precision: u32) -> T {
    let size = z.size().to_f64() * 1.000_001;
    let one_sign = z.is_real() && z.re().sign() == Some(1);
    let Some(working) = working_precision(size, one_sign, precision) else { return T::unbounded() };
    let next = |k: u64, term: &T| {
        // z^k/(k k!) to the next: times z k / (k+1)^2, counted from k = 1
        let n = k as i64 + 1;
        term.mul(z, working).times(n, working).over((n + 1) * (n + 1), working)
    };
    sum(z.clone(), working, next, |k| size / (k as f64 + 2.0)).rounded(precision)
}

/// `sum over k >= first, in steps of two, of sign^.. z^k / (k k!)`: `first` is 1 for Si and Shi, 2 for Ci and Chi.
fn half_series<T: Enclosure>(z: &T, first: i64, alternating: bool, precision: u32) -> T {
    let size = z.size().to_f64() * 1.000_001;
    let one_sign = z.is_real() && !alternating;
    let Some(working) = working_precision(size, one_sign, precision) else { return T::unbounded() };
    let square = if alternating { z.squared(working).neg(working) } else { z.squared(working) };
    let start = if first == 1 { z.clone() } else { square.over(4, working) };
    let next = |k: u64, term: &T| {
        let n = first + 2 * k as i64;
        term.mul(&square, working).times(n, working).over((n + 1) * (n + 2) * (n + 2), working)
    };
    sum(start, working, next, |k| (size / (2.0 * k as f64 + 2.0)).powi(2)).rounded(precision)
}

/// `E1(z)` for large `z` with `Re z >= 0`, if the series reaches the precision.
fn e1_far<T: Enclosure>(z: &T, precision: u32) -> Option<T> {
    let least = z.least_size()?.to_f64();
    if z.re().sign().is_none_or(|sign| sign < 0) || least < 0.7 * f64::from(precision) + 8.0 {
        return None;
    }
    let working = precision + 16;
    let inverse = z.inverse(working);
    let (mut term, mut total) = (T::from_i64(1), T::from_i64(0));
    for k in 0..4 * i64::from(precision) + 100 {
        if term.size().top() < -i64::from(working) {
            let scale = z.neg(working).exp(working).mul(&inverse, working);
            return Some(total.widened(term.size()).mul(&scale, precision));
        }
        total = total.add(&term, working);
        term = term.mul(&inverse, working).times(-(k + 1), working);
    }
    None
}

/// `Ei(x) = e^x/x (1 + 1!/x + 2!/x^2 + ...)` for large positive `x`, if the series reaches the precision.
///
/// Parts integrated `n` times from `a = 2n + 2` on leave `n!` times the integral of `e^t/t^(n+1)`. That integrand grows at
/// least as `e^(t/2)` there, so the integral is at most twice its value at the end: twice the first term left out. What belongs
/// to `a` is below `e^a`, which is nothing beside `e^x` as long as `a <= x/2`.
fn ei_far(x: &Ball, precision: u32) -> Option<Ball> {
    let working = precision + 16;
    if x.sign() != Some(1) || x.least_size()?.to_f64() < 2.0 * f64::from(working) + 8.0 {
        return None;
    }
    let inverse = x.inverse(working);
    let (mut term, mut total) = (Ball::one(), Ball::ZERO);
    // The terms have fallen below the precision by then, with `a <= x/2`.
    for k in 0..=i64::from(working) / 2 + 1 {
        if term.size().top() < -i64::from(working) {
            let error = Ball::one().scale(2 - i64::from(working)).size();
            return Some(total.widened(error).mul(&x.exp(working).mul(&inverse, working), precision));
        }
        total = total.add(&term, working);
        term = term.mul(&inverse, working).mul_small(k + 1, working);
    }
    None
}

/// `E1(z)` in the right half plane, with relative accuracy far out.
fn e1<T: Enclosure>(z: &T, precision: u32) -> T {
    if let Some(value) = e1_far(z, precision) {
        return value;
    }
    // -gamma - log z - sum (-z)^k/(k k!), which cancels to about e^-z.
    let working = precision + 2 * cancelled_bits(z.size()).min(1 << 20) + 8;
    let constant = T::from_ball(Ball::euler_gamma(working));
    let sum = entire_part(&z.neg(working), working);
    constant.add(&z.log(working), working).add(&sum, working).neg(working).rounded(precision)
}

impl Ball {
    /// The exponential integral Ei, the principal value for a positive argument; unbounded at zero.
    pub fn exp_integral_ei(&self, precision: u32) -> Ball {
        match self.sign() {
            Some(-1) => e1(&self.neg(), precision).neg(),
            Some(1) => {
                if let Some(value) = ei_far(self, precision) {
                    return value;
                }
                let working = precision + 16;
                // Near the root 0.3725... the parts cancel, which more bits mend.
                let parts = Ball::euler_gamma(working).add(&self.log(working), working);
                parts.add(&entire_part(self, working), precision)
            }
            _ => Ball::UNBOUNDED,
        }
    }

    /// The exponential integral `E1(x)` of a positive argument.
    pub fn exp_integral_e1(&self, precision: u32) -> Ball {
        if self.sign() == Some(1) { e1(self, precision) } else { Ball::UNBOUNDED }
    }

    /// The logarithmic integral `li(x) = Ei(log(x))`, for positive `x` other than 1.
    pub fn log_integral(&self, precision: u32) -> Ball {
        if self.is_zero() {
            return Ball::ZERO;
        }
        self.log(precision + 16).exp_integral_ei(precision)
    }

    /// The sine integral.
    pub fn sin_integral(&self, precision: u32) -> Ball {
        if self.sign() == Some(-1) {
            return self.neg().sin_integral(precision).neg();
        }
        let working = precision + 8;
        match e1_far(&ComplexBall::new(Ball::ZERO, self.clone()), working) {
            // E1(ix) = -Ci(x) + i (Si(x) - pi/2)
            Some(value) => Ball::pi(working).scale(-1).add(value.im(), precision),
            None => half_series(self, 1, true, precision),
        }
    }

    /// The cosine integral of a positive argument; unbounded elsewhere, where it is not real.
    pub fn cos_integral(&self, precision: u32) -> Ball {
        if self.sign() != Some(1) {
            return Ball::UNBOUNDED;
        }
        if let Some(value) = e1_far(&ComplexBall::new(Ball::ZERO, self.clone()), precision + 8) {
            return value.re().neg().rounded(precision);
        }
        logarithmic(self, true, precision)
    }

    /// The hyperbolic sine integral.
    pub fn sinh_integral(&self, precision: u32) -> Ball {
        if self.sign() == Some(-1) {
            return self.neg().sinh_integral(precision).neg();
        }
        match ei_far(self, precision + 4) {
            Some(value) => value.add(&e1(self, precision + 4), precision).scale(-1),
            None => half_series(self, 1, false, precision),
        }
    }

    /// The hyperbolic cosine integral of a positive argument; unbounded elsewhere, where it is not real.
    pub fn cosh_integral(&self, precision: u32) -> Ball {
        if self.sign() != Some(1) {
            return Ball::UNBOUNDED;
        }
        match ei_far(self, precision + 4) {
            Some(value) => value.sub(&e1(self, precision + 4), precision).scale(-1),
            None => logarithmic(self, false, precision),
        }
    }
}

/// `gamma + log z + sum over even k of (+-1)^(k/2) z^k/(k k!)`: Ci and Chi.
fn logarithmic<T: Enclosure>(z: &T, alternating: bool, precision: u32) -> T {
    let working = precision + 16;
    let constant = T::from_ball(Ball::euler_gamma(working));
    constant.add(&z.log(working), working).add(&half_series(z, 2, alternating, working), precision)
}

impl ComplexBall {
    /// The exponential integral Ei: real on the real axis, elsewhere continued from `gamma + log z + ...`.
    pub fn exp_integral_ei(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().exp_integral_ei(precision));
        }
        if self.contains_zero() || !self.is_bounded() {
            return ComplexBall::UNBOUNDED;
        }
        let working = precision + 16;
        if let Some(value) = e1_far(&self.neg(), working) {
            // Ei(z) = -E1(-z) + i pi sign(Im z) off the real axis
            let pi = Ball::pi(working);
            let height = match self.im().sign() {
                Some(1) => pi,
                Some(-1) => pi.neg(),
                _ => pi.union(&pi.neg(), working),
            };
            return ComplexBall::new(Ball::ZERO, height).sub(&value, precision);
        }
        let constant = ComplexBall::from(Ball::euler_gamma(working));
        constant.add(&self.log(working), working).add(&entire_part(self, working), precision)
    }

    /// The exponential integral `E1(z)`, with its cut on the negative axis, continuous from above there.
    pub fn exp_integral_e1(&self, precision: u32) -> ComplexBall {
        if self.is_real() && self.re().sign() == Some(1) {
            return ComplexBall::from(self.re().exp_integral_e1(precision));
        }
        match self.re().sign() {
            Some(-1) if self.is_real() => {
                // E1(-x + 0i) = -Ei(x) - i pi
                let value = self.re().neg().exp_integral_ei(precision);
                ComplexBall::new(value.neg(), Ball::pi(precision).neg())
            }
            _ if self.contains_zero() => ComplexBall::UNBOUNDED,
            _ => e1(self, precision),
        }
    }

    /// The logarithmic integral `li(z) = Ei(log(z))`.
    pub fn log_integral(&self, precision: u32) -> ComplexBall {
        if self.is_zero() {
            return ComplexBall::ZERO;
        }
        self.log(precision + 16).exp_integral_ei(precision)
    }

    /// The sine integral.
    pub fn sin_integral(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().sin_integral(precision));
        }
        half_series(self, 1, true, precision)
    }

    /// The cosine integral, with its cut on the negative axis, continuous from above.
    pub fn cos_integral(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return on_the_axis(self.re(), Ball::cos_integral, precision);
        }
        logarithmic(self, true, precision)
    }

    /// The hyperbolic sine integral.
    pub fn sinh_integral(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().sinh_integral(precision));
        }
        half_series(self, 1, false, precision)
    }

    /// The hyperbolic cosine integral, with its cut on the negative axis, continuous from above.
    pub fn cosh_integral(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return on_the_axis(self.re(), Ball::cosh_integral, precision);
        }
        logarithmic(self, false, precision)
    }
}

/// `f(-x) = f(x) + i pi` for Ci and Chi, from above.
fn on_the_axis(x: &Ball, function: fn(&Ball, u32) -> Ball, precision: u32) -> ComplexBall {
    match x.sign() {
        Some(1) => ComplexBall::from(function(x, precision)),
        Some(-1) => ComplexBall::new(function(&x.neg(), precision), Ball::pi(precision)),
        _ => ComplexBall::UNBOUNDED,
    }
}
