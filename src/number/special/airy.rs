//! Airy's functions and their derivatives on balls, by their power series (DLMF 9.4), with as many bits more as the
//! terms cancel.

use super::series::sum;
use super::{Ball, ComplexBall, Enclosure};
use crate::number::Rational;

/// Arguments beyond this need too many terms.
const LARGEST: f64 = 400.0;

/// The function that falls on the positive axis, the one that grows, and the derivatives of both.
#[derive(Clone, Copy, PartialEq)]
enum Airy {
    Ai,
    Bi,
    AiPrime,
    BiPrime,
}

/// One of the two series whose terms stand in the ratio `z^3/((3k + a)(3k + b))`.
fn series<T: Enclosure>(first: T, cube: &T, (a, b): (i64, i64), precision: u32) -> T {
    let size = cube.size().to_f64() * 1.000_001;
    let next = |k: u64, term: &T| {
        let index = 3 * k as i64;
        term.mul(cube, precision).over((index + a) * (index + b), precision)
    };
    sum(first, precision, next, |k| size / ((3.0 * k as f64 + a as f64) * (3.0 * k as f64 + b as f64)))
}

/// `3^exponent/gamma(at)`.
fn factor(exponent: Rational, at: Rational, precision: u32) -> Ball {
    let power = Ball::from(3).pow_rational(&exponent, precision);
    power.div(&Ball::from_rational(&at, precision).gamma(precision), precision)
}

fn fraction(numerator: i64, denominator: i64) -> Rational {
    Rational::fraction(numerator, denominator).unwrap_or(Rational::ZERO)
}

/// `c1*f - c2*g` and `sqrt(3)*(c1*f + c2*g)` with the even and the odd series `f`, `g`.
fn value<T: Enclosure>(sort: Airy, z: &T, precision: u32) -> T {
    let size = z.size().to_f64();
    if size.is_nan() || size > LARGEST {
        return T::unbounded();
    }
    // The terms grow to e^(2/3 |z|^(3/2)), and Ai falls as fast.
    let cancelled = (2.0 * 2.0 / 3.0 * size * size.sqrt() * std::f64::consts::LOG2_E).ceil() as u32;
    let working = precision + cancelled + 32;
    let cube = z.squared(working).mul(z, working);
    let (first, second) = match sort {
        Airy::Ai | Airy::Bi => {
            (series(T::from_i64(1), &cube, (2, 3), working), series(z.clone(), &cube, (3, 4), working))
        }
        Airy::AiPrime | Airy::BiPrime => (
            series(z.squared(working).scale(-1), &cube, (3, 5), working),
            series(T::from_i64(1), &cube, (1, 3), working),
        ),
    };
    let lower = T::from_ball(factor(fraction(-2, 3), fraction(2, 3), working)).mul(&first, working);
    let upper = T::from_ball(factor(fraction(-1, 3), fraction(1, 3), working)).mul(&second, working);
    match sort {
        Airy::Ai | Airy::AiPrime => lower.sub(&upper, precision),
        Airy::Bi | Airy::BiPrime => {
            let scale = T::from_ball(Ball::from(3).sqrt(working));
            lower.add(&upper, working).mul(&scale, precision)
        }
    }
}

/// The functions on balls and complex balls.
macro_rules! airy {
    ($($(#[$doc:meta])* $name:ident => $sort:ident;)*) => {
        impl Ball {
            $($(#[$doc])*
            pub fn $name(&self, precision: u32) -> Ball {
                value(Airy::$sort, self, precision)
            })*
        }
        impl ComplexBall {
            $($(#[$doc])*
            pub fn $name(&self, precision: u32) -> ComplexBall {
                value(Airy::$sort, self, precision)
            })*
        }
    };
}

airy! {
    /// Airy's function `Ai`.
    airy_ai => Ai;
    /// Airy's function `Bi`.
    airy_bi => Bi;
    /// The derivative of `Ai`.
    airy_ai_prime => AiPrime;
    /// The derivative of `Bi`.
    airy_bi_prime => BiPrime;
}
