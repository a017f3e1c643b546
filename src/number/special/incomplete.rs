//! The upper incomplete gamma function `gamma(a, z) = integral from z on of t^(a-1) e^-t` on balls.
//!
//! `gamma(a) - z^a e^-z sum z^k / (a (a+1) ... (a+k))` (DLMF 8.7.1); for whole `a <= 0` by recurrence from `E1`; far out
//! on the positive axis `z^(a-1) e^-z (1 + (a-1)/z + (a-1)(a-2)/z^2 + ...)`, whose remainder from term `n > a - 1` on is
//! at most the first term left out (DLMF 8.11(i)).

use super::series::{cancelled_bits, sum};
use super::{Ball, ComplexBall, Enclosure, gamma};

/// Arguments beyond this need too many terms.
const LARGEST: f64 = 2e4;

/// `z^a`.
fn power<T: Enclosure>(z: &T, a: &T, precision: u32) -> T {
    match a.exact_integer() {
        Some(whole) => z.integer_power(whole, precision),
        None => z.power(a, precision),
    }
}

/// By the series of the lower function; `a` is no whole number below 1.
fn by_series<T: Enclosure>(a: &T, z: &T, precision: u32) -> T {
    let size = z.size().to_f64() * 1.000_001;
    let order = a.size().to_f64() * 1.000_001;
    if size.is_nan() || size > LARGEST || order.is_nan() || order > LARGEST {
        return T::unbounded();
    }
    let working = precision + 2 * cancelled_bits(z.size()) + 32;
    let next = |k: u64, term: &T| term.mul(z, working).div(&a.plus(k as i64 + 1, working + 64), working);
    let ratio = |k: u64| {
        let rest = k as f64 + 1.0 - order;
        if rest <= 0.5 { f64::INFINITY } else { size / rest }
    };
    let total = sum(a.inverse(working), working, next, ratio);
    let lower = power(z, a, working).mul(&z.neg(working).exp(working), working).mul(&total, working);
    gamma::gamma(a, working).sub(&lower, precision)
}

/// `gamma(-n, z) = (z^-n e^-z - gamma(1 - n, z)) / n`, from `gamma(0, z)` on.
fn by_recurrence<T: Enclosure>(n: u64, z: &T, start: T, precision: u32) -> T {
    let decay = z.neg(precision).exp(precision);
    let mut value = start;
    for k in 1..=n as i64 {
        let leading = z.integer_power(-k, precision).mul(&decay, precision);
        value = leading.sub(&value, precision).over(k, precision);
    }
    value
}

/// The asymptotic series for real `a` and large positive `x`, if it reaches the precision.
fn far(a: &Ball, x: &Ball, precision: u32) -> Option<Ball> {
    let least = x.least_magnitude()?.to_f64();
    let order = a.greatest_magnitude().to_f64();
    if x.sign() != Some(1) || least < 0.7 * f64::from(precision) + 2.0 * order + 8.0 {
        return None;
    }
    let working = precision + 16;
    let inverse = x.recip(working);
    let (mut term, mut total) = (Ball::one(), Ball::ZERO);
    for k in 1..4 * i64::from(precision) + 100 {
        if term.greatest_magnitude().top() < -i64::from(working) && k as f64 > order + 2.0 {
            let scale = power(x, &a.sub(&Ball::one(), working + 64), working).mul(&x.neg().exp(working), working);
            return Some(total.widened(term.greatest_magnitude()).mul(&scale, precision));
        }
        total = total.add(&term, working);
        term = term.mul(&inverse, working).mul(&a.sub(&Ball::from(k), working + 64), working);
    }
    None
}

/// How many bits the recurrence from `E1` may lose.
fn recurrence_guard<T: Enclosure>(n: u64, z: &T) -> u32 {
    let size = z.size().top().clamp(0, 64) as u32;
    8 * size + 2 * n.min(1 << 16) as u32 + 32
}

impl Ball {
    /// The upper incomplete gamma function, for positive `x`, or any `x` when the order is a positive integer.
    pub fn incomplete_gamma(order: &Ball, x: &Ball, precision: u32) -> Ball {
        let whole = order.exact_integer();
        if x.is_zero() {
            return if order.sign() == Some(1) { order.gamma(precision) } else { Ball::UNBOUNDED };
        }
        if x.sign() != Some(1) && whole.is_none_or(|n| n <= 0) {
            return Ball::UNBOUNDED;
        }
        if let Some(value) = far(order, x, precision) {
            return value;
        }
        match whole {
            Some(n) if n <= 0 && n > -10_000 => {
                let working = precision + recurrence_guard(n.unsigned_abs(), x);
                by_recurrence(n.unsigned_abs(), x, x.exp_integral_e1(working), working).rounded(precision)
            }
            _ => by_series(order, x, precision),
        }
    }
}

impl ComplexBall {
    /// The upper incomplete gamma function, with its cut on the negative axis, continuous from above.
    pub fn incomplete_gamma(order: &ComplexBall, z: &ComplexBall, precision: u32) -> ComplexBall {
        if order.is_real() && z.is_real() {
            let value = Ball::incomplete_gamma(order.re(), z.re(), precision);
            if value.is_bounded() {
                return ComplexBall::from(value);
            }
        }
        match order.exact_integer() {
            Some(n) if n <= 0 && n > -10_000 => {
                let working = precision + recurrence_guard(n.unsigned_abs(), z);
                by_recurrence(n.unsigned_abs(), z, z.exp_integral_e1(working), working).rounded(precision)
            }
            _ => by_series(order, z, precision),
        }
    }
}
