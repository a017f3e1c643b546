//! Functions with steps in every arithmetic: sign, floor and its kin, the unit steps.

use crate::number::dyadic::Dyadic;
use crate::number::{Ball, Complex64, ComplexBall, Interval, Unary};

/// A record from the functions of machine numbers, intervals and balls; complex arguments must be real.
macro_rules! step {
    ($(#[$doc:meta])* $name:ident, $float:expr, $interval:expr, $ball:expr) => {
        $(#[$doc])*
        pub static $name: Unary = Unary {
            float: $float,
            complex: |z| if z.im == 0.0 { Complex64::from(($float as fn(f64) -> f64)(z.re)) } else { Complex64::NAN },
            interval: $interval,
            ball: |x, precision| ($ball as fn(&Ball) -> Ball)(x).rounded(precision),
            complex_ball: |z, precision| {
                if z.is_real() {
                    ComplexBall::from(($ball as fn(&Ball) -> Ball)(z.re()).rounded(precision))
                } else {
                    ComplexBall::UNBOUNDED
                }
            },
        };
    };
}

step! { /// The sign: -1, 0 or 1.
SIGN, machine_sign, Interval::sign, sign }
step! { /// The greatest integer not above.
FLOOR, f64::floor, Interval::floor, floor }
step! { /// The least integer not below.
CEIL, f64::ceil, Interval::ceil, |x| floor(&x.neg()).neg() }
step! { /// The integer part.
TRUNC, f64::trunc, Interval::trunc, trunc }
step! { /// The nearest integer, halves away from zero.
ROUND, f64::round, Interval::round, round }
step! { /// The fractional part, with the sign of the argument.
FRAC, f64::fract, Interval::frac, frac }
step! { /// 0 below zero, 1 above, not defined at zero.
HEAVISIDE, machine_heaviside, Interval::heaviside, heaviside }
step! { /// 0 below zero, 1 from zero on.
UNIT_STEP, |x| if x.is_nan() { x } else { f64::from(x >= 0.0) }, Interval::unit_step, unit_step }

fn machine_sign(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() { x } else { x.signum() }
}

fn machine_heaviside(x: f64) -> f64 {
    if x == 0.0 || x.is_nan() { f64::NAN } else { f64::from(x > 0.0) }
}

fn between(low: i64, high: i64) -> Ball {
    Ball::from(low).union(&Ball::from(high), 32)
}

fn sign(x: &Ball) -> Ball {
    match x.sign() {
        Some(sign) => Ball::from(sign),
        None if x.is_bounded() => between(-1, 1),
        None => Ball::UNBOUNDED,
    }
}

fn heaviside(x: &Ball) -> Ball {
    match x.sign() {
        Some(1) => Ball::one(),
        Some(-1) => Ball::ZERO,
        _ => Ball::UNBOUNDED,
    }
}

fn unit_step(x: &Ball) -> Ball {
    match x.sign() {
        Some(sign) => Ball::from(i64::from(sign >= 0)),
        None if x.is_bounded() => between(0, 1),
        None => Ball::UNBOUNDED,
    }
}

fn floor(x: &Ball) -> Ball {
    if let Some(whole) = x.floor() {
        return Ball::from_integer(&whole);
    }
    if !x.is_bounded() {
        return Ball::UNBOUNDED;
    }
    // floor(x) lies in x - 1 ..= x.
    let precision = (x.middle().top().max(0) + 64).min(1 << 20) as u32;
    x.sub(&Ball::one(), precision).union(x, precision)
}

fn trunc(x: &Ball) -> Ball {
    match x.sign() {
        Some(sign) if sign >= 0 => floor(x),
        Some(_) => floor(&x.neg()).neg(),
        None => floor(x).union(&floor(&x.neg()).neg(), 64),
    }
}

fn round(x: &Ball) -> Ball {
    let half = Ball::exact(Dyadic::power_of_two(-1));
    let precision = (x.middle().bits() as u32 + 64).max(x.middle().top().clamp(0, 1 << 20) as u32 + 64);
    let nearest = |x: &Ball| floor(&x.add(&half, precision));
    match x.sign() {
        Some(sign) if sign >= 0 => nearest(x),
        Some(_) => nearest(&x.neg()).neg(),
        None if x.is_bounded() => nearest(x).union(&nearest(&x.neg()).neg(), 64),
        None => Ball::UNBOUNDED,
    }
}

fn frac(x: &Ball) -> Ball {
    let whole = trunc(x);
    if whole.is_exact() {
        return x.sub(&whole, x.middle().bits() as u32 + 64);
    }
    match x.is_bounded() {
        true => between(-1, 1),
        false => Ball::UNBOUNDED,
    }
}
