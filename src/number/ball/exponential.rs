//! Exponential function, logarithms and the constants that belong to them, on balls.

use super::constant;
use super::fixed;
use super::{Ball, Radius};
use crate::number::dyadic::{Dyadic, Rounding};

/// Beyond `2^58` the exponential leaves the exponents that a ball can have.
const LARGEST_TOP: i64 = 58;

impl Ball {
    /// The number pi.
    pub fn pi(precision: u32) -> Ball {
        constant_ball(constant::pi, precision)
    }

    /// The number e.
    pub fn e(precision: u32) -> Ball {
        constant_ball(constant::e, precision)
    }

    /// The natural logarithm of 2.
    pub fn ln2(precision: u32) -> Ball {
        constant_ball(constant::ln2, precision)
    }

    /// Euler's constant, 0.5772...
    pub fn euler_gamma(precision: u32) -> Ball {
        constant_ball(constant::euler, precision)
    }

    /// Catalan's constant, 0.9159...
    pub fn catalan(precision: u32) -> Ball {
        constant_ball(constant::catalan, precision)
    }

    /// The golden ratio, 1.618...
    pub fn golden_ratio(precision: u32) -> Ball {
        Ball::one().add(&Ball::from(5).sqrt(precision + 4), precision + 4).scale(-1).rounded(precision)
    }

    /// The exponential function.
    pub fn exp(&self, precision: u32) -> Ball {
        if !self.is_bounded() {
            return Ball::UNBOUNDED;
        }
        if self.radius().top() > 2 {
            return wide_exp(self, precision);
        }
        let precision = useful_precision(self, precision);
        let value = exp_point(self.middle(), precision);
        if self.is_exact() {
            return value;
        }
        // e^(m+r) - e^m = e^m (e^r - 1)
        let radius = self.radius();
        let growth = if radius.top() <= 0 {
            radius.add(radius.mul(radius)) // e^r - 1 <= r + r^2 for r <= 1
        } else {
            Radius::from_f64(pxfm::f_expm1(radius.to_f64()) * (1.0 + 1e-12))
        };
        value.widened(value.greatest_magnitude().mul(growth))
    }

    /// `exp(x) - 1` without cancellation near zero.
    pub fn expm1(&self, precision: u32) -> Ball {
        let top = self.greatest_magnitude().top();
        if top < -i64::from(precision) - 2 {
            // |e^x - 1 - x| <= x^2 for |x| < 1
            let square = self.greatest_magnitude().mul(self.greatest_magnitude());
            return self.widened(square).rounded(precision);
        }
        let extra = top.clamp(-i64::from(precision) - 2, 0).unsigned_abs() as u32;
        self.exp(precision + extra + 4).sub(&Ball::one(), precision)
    }

    /// The natural logarithm; unbounded when the ball reaches to zero or below.
    pub fn log(&self, precision: u32) -> Ball {
        let Some(least) = self.least_magnitude().filter(|_| !self.middle().is_negative()) else {
            return Ball::UNBOUNDED;
        };
        if self.radius().scale(2).is_at_most(least) {
            let value = log_point(self.middle(), useful_precision(self, precision));
            return value.widened(self.radius().div(least));
        }
        // A wide ball: between the logarithms of its ends.
        let low = log_point(&self.lower(64), 64);
        let high = log_point(&self.upper(64), 64);
        low.union(&high, precision)
    }

    /// `log(1 + x)` without cancellation near zero.
    pub fn log1p(&self, precision: u32) -> Ball {
        let size = self.greatest_magnitude();
        if size.top() < -i64::from(precision) - 2 {
            // |log(1+x) - x| <= x^2 for |x| < 1/2
            return self.widened(size.mul(size)).rounded(precision);
        }
        let extra = size.top().clamp(-i64::from(precision) - 2, 0).unsigned_abs() as u32;
        // The sum is exact for a point, so the logarithm sees all its bits.
        let bits = self.middle().bits() as u32;
        Ball::one().add(self, precision.max(bits) + extra + 66).log(precision)
    }

    /// The logarithm to another base.
    pub fn log_base(&self, base: &Ball, precision: u32) -> Ball {
        self.log(precision + 4).div(&base.log(precision + 4), precision)
    }
}

fn constant_ball(constant: fn(usize) -> dashu_int::IBig, precision: u32) -> Ball {
    let bits = precision as usize + 4;
    Ball::from_fixed(constant(bits), bits, 3, precision)
}

/// More bits than the argument's absolute accuracy warrants are not worth computing.
pub(super) fn useful_precision(x: &Ball, precision: u32) -> u32 {
    if x.is_exact() {
        return precision;
    }
    let bits = x.middle().top().max(0).saturating_sub(x.radius().top()).clamp(0, i64::from(u32::MAX) - 64) as u32;
    precision.min(bits + 32)
}

/// The exponential of a ball with a large radius.
fn wide_exp(x: &Ball, precision: u32) -> Ball {
    let high = exp_point(&x.upper(64), 64);
    if !high.is_bounded() {
        return Ball::UNBOUNDED;
    }
    Ball::between(&Dyadic::ZERO, &high.upper(64), precision)
}

/// The exponential of a point: relative error below `2^-precision`.
fn exp_point(x: &Dyadic, precision: u32) -> Ball {
    let top = x.top();
    if x.is_zero() {
        return Ball::one();
    }
    if top > LARGEST_TOP {
        let tiny = Radius::power_of_two(-(1 << LARGEST_TOP));
        return if x.is_negative() { Ball::ZERO.widened(tiny) } else { Ball::UNBOUNDED };
    }
    if top < -i64::from(precision) - 2 {
        // |e^x - 1| <= 2|x| for |x| < 1
        return Ball::one().widened(Radius::above(x).scale(1));
    }
    let bits = precision as usize + 12;
    let turns = nearest_turns(x);
    let extra = top.max(0) as usize + 4;
    // x - n*log(2) with an error below two units: |n| < 2^(top+1) multiplies that of log(2).
    let fine = x.scale((bits + extra) as i64).floor() - constant::ln2(bits + extra) * turns;
    let value = fixed::exp(&(fine >> extra), bits);
    // Two units from the argument (times at most 1.5), two from the function.
    Ball::build(Dyadic::new(value, turns - bits as i64), Radius::new(8, turns - bits as i64), precision)
}

/// An integer near `x / log(2)`, off by little more than one at most.
fn nearest_turns(x: &Dyadic) -> i64 {
    if x.top() <= 40 {
        return (x.to_f64(Rounding::Nearest) * std::f64::consts::LOG2_E).round() as i64;
    }
    let quotient = x.div_rounded(&Dyadic::new(constant::ln2(128), -128), 80, Rounding::Nearest);
    i64::try_from(quotient.floor()).unwrap_or(0)
}

/// The logarithm of a positive point: relative error below `2^-precision`.
pub(super) fn log_point(x: &Dyadic, precision: u32) -> Ball {
    let top = x.top();
    // 3/4 <= m < 3/2 with x = m * 2^shift
    let three_quarters = Dyadic::new(3.into(), -2);
    let shift = if x.scale(-top).compare(&three_quarters).is_lt() { top - 1 } else { top };
    let mantissa = x.scale(-shift);
    let difference = mantissa.sub(&Dyadic::power_of_two(0));
    if shift == 0 && difference.is_zero() {
        return Ball::ZERO;
    }
    if shift == 0 && difference.top() < -i64::from(precision) - 4 {
        // |log(1+d) - d| <= d^2 for |d| < 1/2
        let size = Radius::above(&difference);
        return Ball::build(difference, size.mul(size), precision);
    }
    let lost = if shift == 0 { difference.top().min(0).unsigned_abs() as usize } else { 0 };
    let bits = precision as usize + lost + 12;
    let mut value = fixed::log(&mantissa.scale(bits as i64).floor(), bits);
    if shift != 0 {
        let extra = 64 - shift.unsigned_abs().leading_zeros() as usize;
        value += (constant::ln2(bits + extra) * shift) >> extra;
    }
    // A unit from the argument (times at most 4/3), two from the function, three from log(2).
    Ball::from_fixed(value, bits, 8, precision)
}
