//! Airy's functions and their derivatives on balls, by their power series (DLMF 9.4), with as many bits more as the
//! terms cancel, and for large real arguments by their asymptotic expansions (DLMF 9.7).

use super::series::sum;
use super::{Ball, ComplexBall, Enclosure};
use crate::number::Rational;
use crate::number::ball::Radius;

/// Beyond this the power series needs too many terms.
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

/// Does the expansion for large arguments reach the precision? Its terms fall to about `e^(-2*zeta)`, `zeta` being two thirds of
/// `|x|^(3/2)`.
fn reaches(x: &Ball, precision: u32) -> bool {
    let Some(least) = x.least_size().map(|size| size.to_f64()) else { return false };
    4.0 / 3.0 * least * least.sqrt() * std::f64::consts::LOG2_E > f64::from(precision) + 80.0
}

/// `c1*f - c2*g` and `sqrt(3)*(c1*f + c2*g)` with the even and the odd series `f`, `g`.
fn value<T: Enclosure>(sort: Airy, z: &T, precision: u32) -> T {
    let size = z.size().to_f64();
    if size.is_nan() || size > LARGEST || z.is_real() && reaches(z.re(), precision) {
        return match z.is_real() {
            true => T::from_ball(at_large_argument(sort, z.re(), precision)),
            false => T::unbounded(),
        };
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

/// The terms `u_k/zeta^k`, or `v_k/zeta^k` for derivatives, up to the least or below the precision; the last is the first
/// that is neglected.
fn expansion(derivative: bool, zeta: &Ball, precision: u32) -> Vec<Ball> {
    let mut terms = vec![Ball::one()];
    let mut term = Ball::one();
    for k in 1.. {
        let upper = (6 * k - 5) * (6 * k - 3) * (6 * k - 1);
        let next = term.mul_small(upper, precision).div(&zeta.mul_small(216 * k * (2 * k - 1), precision), precision);
        let before = term.size().to_f64();
        term = next;
        let own = if derivative {
            term.mul_small(6 * k + 1, precision).div_small(1 - 6 * k, precision)
        } else {
            term.clone()
        };
        terms.push(own);
        if k > 1000 || term.size().top() < -i64::from(precision) || term.size().to_f64() >= before {
            break;
        }
    }
    terms
}

/// The functions of a large real argument. On the negative axis and for `Ai` an expansion errs by less than the first
/// neglected term, for `Bi` by less than its multiple `2*chi(n)*exp(7*pi/(72*zeta))` (DLMF 9.7.iii).
fn at_large_argument(sort: Airy, x: &Ball, precision: u32) -> Ball {
    let working = precision + 64;
    let (size, negative) = (x.abs(), x.sign() == Some(-1));
    let root = size.sqrt(working);
    let zeta = size.mul(&root, working).scale(1).div_small(3, working);
    let derivative = matches!(sort, Airy::AiPrime | Airy::BiPrime);
    let terms = expansion(derivative, &zeta, working);
    let count = terms.len() - 1;
    let grows = !negative && matches!(sort, Airy::Bi | Airy::BiPrime);
    let safety = if grows { Radius::from_f64(5.0 * (count as f64 + 2.0)) } else { Radius::from_f64(1.0) };
    let error = terms.iter().skip(count - 1).fold(Radius::ZERO, |error, term| error.max(term.size())).mul(safety);
    // The terms whose index leaves this remainder, with signs that alternate in steps.
    let part = |step: usize, from: usize, alternating: bool| {
        let chosen = terms.iter().take(count).enumerate().filter(|(k, _)| k % step == from);
        chosen.fold(Ball::ZERO, |total, (k, term)| match alternating && (k / step) % 2 == 1 {
            true => total.sub(term, working),
            false => total.add(term, working),
        })
    };
    let power = root.sqrt(working);
    let scale = if derivative { power } else { power.inverse(working) }.div(&Ball::pi(working).sqrt(working), working);
    let value = if negative {
        let (sine, cosine) = zeta.sub(&Ball::pi(working).scale(-2), working).sin_cos(working);
        let even = part(2, 0, true).widened(error);
        let odd = part(2, 1, true).widened(error);
        let join = |a: &Ball, b: &Ball| a.mul(&even, working).add(&b.mul(&odd, working), working);
        match sort {
            Airy::Ai => join(&cosine, &sine),
            Airy::Bi => join(&sine.neg(), &cosine),
            Airy::AiPrime => join(&sine, &cosine.neg()),
            Airy::BiPrime => join(&cosine, &sine),
        }
    } else if grows {
        zeta.exp(working).mul(&part(1, 0, false).widened(error), working)
    } else {
        let falling = zeta.neg().exp(working).mul(&part(1, 0, true).widened(error), working).scale(-1);
        if derivative { falling.neg() } else { falling }
    };
    value.mul(&scale, precision)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn expansion_and_series_meet() {
        for sort in [Airy::Ai, Airy::Bi, Airy::AiPrime, Airy::BiPrime] {
            for x in [40, -40, 77, -123] {
                let x = Ball::from(x);
                let (series, expansion) = (value(sort, &x, 128), at_large_argument(sort, &x, 128));
                let difference = series.sub(&expansion, 128);
                assert!(difference.contains_zero() && difference.div(&series, 128).size().to_f64() < 1e-30);
            }
        }
    }

    #[test]
    fn a_large_argument_has_a_value() {
        let value = Ball::from(500).airy_ai(64);
        assert!(value.is_bounded() && !value.contains_zero());
    }
}
