//! Elliptic integrals on balls, by Carlson's symmetric forms and their duplication theorem (B. C. Carlson, "Numerical
//! computation of real or complex elliptic integrals", 1995; DLMF 19.25, 19.26, 19.36).
//!
//! The parameter is `m = k^2`. Each duplication brings the arguments four times closer to each other; then a Taylor
//! polynomial of degree five is left. Its remainder is bounded by the geometric series that the coefficients allow: with
//! all relative deviations below `q`, the terms of degree `n` are at most `q^n` for `R_F` and `(n + 1) q^n` for `R_D`.

use super::{Ball, ComplexBall, Enclosure};
use crate::number::Rational;
use crate::number::ball::Radius;

/// Duplications that are tried; every one is worth twelve bits once the arguments are near each other.
const MOST_STEPS: u32 = 4000;

/// The square root, principal.
fn root<T: Enclosure>(x: &T, precision: u32) -> T {
    x.rational_power(&Rational::HALF, precision)
}

/// A fraction times a ball.
fn times<T: Enclosure>(numerator: i64, denominator: i64, x: &T, precision: u32) -> T {
    x.times(numerator, precision).over(denominator, precision)
}

/// The arguments after some duplications.
struct Duplication<T> {
    arguments: [T; 3],
    /// The mean, weighted as the form weights its arguments, at first and now.
    first_mean: T,
    mean: T,
    /// The greatest distance from the mean at first.
    spread: Radius,
    steps: u32,
}

impl<T: Enclosure> Duplication<T> {
    fn new(arguments: [T; 3], weight: i64, precision: u32) -> Duplication<T> {
        let [x, y, z] = &arguments;
        let total = x.add(y, precision).add(&z.times(weight, precision), precision);
        let mean = total.over(2 + weight, precision);
        let spread = arguments.iter().map(|a| mean.sub(a, precision).size()).fold(Radius::ZERO, Radius::max);
        Duplication { first_mean: mean.clone(), arguments, mean, spread, steps: 0 }
    }

    /// A bound of the relative distances from the mean.
    fn deviation(&self) -> f64 {
        let least = self.mean.least_size();
        least.map_or(f64::INFINITY, |least| self.spread.scale(-2 * i64::from(self.steps)).div(least).to_f64())
    }

    /// One duplication; the roots of the arguments and `lambda` are given to whoever needs them.
    fn step(&mut self, precision: u32, seen: impl FnOnce(&T, &T, &T)) {
        let [x, y, z] = self.arguments.each_ref().map(|a| root(a, precision));
        let lambda = x.mul(&y, precision).add(&x.mul(&z, precision), precision).add(&y.mul(&z, precision), precision);
        seen(&z, &self.arguments[2], &lambda);
        let next = |a: &T| a.add(&lambda, precision).scale(-2);
        self.arguments = self.arguments.each_ref().map(next);
        self.mean = next(&self.mean);
        self.steps += 1;
    }

    /// The relative distance of an argument as it was at first.
    fn relative(&self, argument: &T, precision: u32) -> T {
        self.first_mean.sub(argument, precision).scale(-2 * i64::from(self.steps)).div(&self.mean, precision)
    }

    fn is_lost(&self) -> bool {
        self.steps > MOST_STEPS || !self.mean.is_bounded()
    }
}

/// Is the remainder from degree six on below the precision?
fn is_close(deviation: f64, precision: u32) -> bool {
    deviation <= 0.25 && deviation <= pxfm::f_exp2(-(f64::from(precision) + 8.0) / 6.0)
}

/// A bound of `factor * deviation^6`.
fn remainder(deviation: f64, factor: f64) -> Radius {
    let cube = Radius::from_f64(deviation * 1.000_001).mul(Radius::from_f64(deviation * 1.000_001));
    cube.mul(cube).mul(cube).mul(Radius::from_f64(factor))
}

/// `R_F(x, y, z)`, half the integral from 0 on of `1/sqrt((t + x)(t + y)(t + z))`.
fn first_form<T: Enclosure>(arguments: [T; 3], precision: u32) -> T {
    let working = precision + 16;
    let [x, y, _] = arguments.clone();
    let mut state = Duplication::new(arguments, 1, working);
    while !is_close(state.deviation(), precision) {
        if state.is_lost() {
            return T::unbounded();
        }
        state.step(working, |_, _, _| ());
    }
    let (x, y) = (state.relative(&x, working), state.relative(&y, working));
    let z = x.add(&y, working).neg(working);
    let second = x.mul(&y, working).sub(&z.squared(working), working);
    let third = x.mul(&y, working).mul(&z, working);
    let polynomial = T::from_i64(1)
        .sub(&second.over(10, working), working)
        .add(&third.over(14, working), working)
        .add(&second.squared(working).over(24, working), working)
        .sub(&times(3, 44, &second.mul(&third, working), working), working)
        .widened(remainder(state.deviation(), 2.0));
    polynomial.div(&root(&state.mean, working), precision)
}

/// `R_D(x, y, z)`, three halves of the integral from 0 on of `1/(sqrt((t + x)(t + y)) (t + z)^(3/2))`.
fn second_form<T: Enclosure>(arguments: [T; 3], precision: u32) -> T {
    let working = precision + 16;
    let [x, y, _] = arguments.clone();
    let mut state = Duplication::new(arguments, 3, working);
    let mut sum = T::from_i64(0);
    while !is_close(state.deviation(), precision) {
        if state.is_lost() {
            return T::unbounded();
        }
        let shift = -2 * i64::from(state.steps);
        state.step(working, |root_of_z, z, lambda| {
            let divisor = root_of_z.mul(&z.add(lambda, working), working);
            sum = sum.add(&divisor.inverse(working).scale(shift), working);
        });
    }
    let (x, y) = (state.relative(&x, working), state.relative(&y, working));
    let polynomial = second_polynomial(&x, &y, working).widened(remainder(state.deviation(), 16.0));
    let power = state.mean.mul(&root(&state.mean, working), working);
    let rest = polynomial.div(&power, working).scale(-2 * i64::from(state.steps));
    rest.add(&sum.times(3, working), precision)
}

/// The Taylor polynomial of `R_D` around equal arguments.
fn second_polynomial<T: Enclosure>(x: &T, y: &T, precision: u32) -> T {
    let z = x.add(y, precision).over(-3, precision);
    let (product, square) = (x.mul(y, precision), z.squared(precision));
    let second = product.sub(&square.times(6, precision), precision);
    let third = product.times(3, precision).sub(&square.times(8, precision), precision).mul(&z, precision);
    let fourth = product.sub(&square, precision).mul(&square, precision).times(3, precision);
    let fifth = product.mul(&square, precision).mul(&z, precision);
    T::from_i64(1)
        .sub(&times(3, 14, &second, precision), precision)
        .add(&third.over(6, precision), precision)
        .add(&times(9, 88, &second.squared(precision), precision), precision)
        .sub(&times(3, 22, &fourth, precision), precision)
        .sub(&times(9, 52, &second.mul(&third, precision), precision), precision)
        .add(&times(3, 26, &fifth, precision), precision)
}

/// The two kinds of integrals.
#[derive(Clone, Copy)]
enum Sort {
    First,
    Second,
}

/// `K(m)` or `E(m)`.
fn complete<T: Enclosure>(sort: Sort, m: &T, precision: u32) -> T {
    let working = precision + 16;
    let rest = T::from_i64(1).sub(m, working);
    let arguments = || [T::from_i64(0), rest.clone(), T::from_i64(1)];
    let first = first_form(arguments(), working);
    match sort {
        Sort::First => first.rounded(precision),
        Sort::Second => first.sub(&m.mul(&second_form(arguments(), working), working).over(3, working), precision),
    }
}

/// `F(phi, m)` or `E(phi, m)` for a real part of `phi` between `-pi/2` and `pi/2`.
fn within_quarters<T: Enclosure>(sort: Sort, (sine, cosine): (&T, &T), m: &T, precision: u32) -> T {
    let square = sine.squared(precision);
    let rest = T::from_i64(1).sub(&m.mul(&square, precision), precision);
    let arguments = || [cosine.squared(precision), rest.clone(), T::from_i64(1)];
    let first = first_form(arguments(), precision);
    let whole = match sort {
        Sort::First => first,
        Sort::Second => {
            let second = second_form(arguments(), precision).mul(&square, precision).mul(m, precision);
            first.sub(&second.over(3, precision), precision)
        }
    };
    sine.mul(&whole, precision)
}

/// The half turns nearest to a real part, when one number of them serves the whole ball.
fn half_turns(phi: &Ball, precision: u32) -> Option<i64> {
    let turns = phi.div(&Ball::pi(precision), precision).add(&Ball::from_f64(0.5), precision);
    turns.floor()?.to_i64()
}

/// `F` or `E`, quasi-periodic in the real part: `F(phi + k*pi, m) = F(phi, m) + 2*k*K(m)`.
fn incomplete<T: Enclosure>(sort: Sort, phi: &T, m: &T, sin_cos: impl Fn(&T, u32) -> (T, T), precision: u32) -> T {
    let growth = u32::try_from(phi.size().top().clamp(0, 4000)).unwrap_or(4000);
    let working = precision + growth + 32;
    let (sine, cosine) = sin_cos(phi, working);
    let Some(turns) = half_turns(phi.re(), working) else {
        return near_a_quarter(sort, phi, m, &sine, working).rounded(precision);
    };
    let (sine, cosine) = if turns % 2 == 0 { (sine, cosine) } else { (sine.neg(working), cosine.neg(working)) };
    let value = within_quarters(sort, (&sine, &cosine), m, working);
    if turns == 0 {
        return value.rounded(precision);
    }
    value.add(&complete(sort, m, working).times(2 * turns, working), precision)
}

/// `F` or `E` around an odd multiple of `pi/2`: an odd multiple of the complete integral there, and the distance times
/// the slope, where the radicand stays to the right of the cut.
fn near_a_quarter<T: Enclosure>(sort: Sort, phi: &T, m: &T, sine: &T, precision: u32) -> T {
    let half_turn = Ball::pi(precision);
    let turns = phi.re().div(&half_turn, precision).add(&Ball::from_f64(0.5), precision).unique_integer();
    let radicand = T::from_i64(1).sub(&m.mul(&sine.squared(precision), precision), precision);
    let (Some(turns), Some(1)) = (turns.and_then(|turns| turns.to_i64()), radicand.re().sign()) else {
        return T::unbounded();
    };
    let quarters = 2 * turns - 1;
    let distance = phi.sub(&T::from_ball(half_turn.scale(-1)).times(quarters, precision), precision);
    let slope = match sort {
        Sort::First => root(&radicand, precision).inverse(precision),
        Sort::Second => root(&radicand, precision),
    };
    complete(sort, m, precision).times(quarters, precision).add(&distance.mul(&slope, precision), precision)
}

impl Ball {
    /// The complete elliptic integral of the first kind, real below 1.
    pub fn elliptic_k(&self, precision: u32) -> Ball {
        if Ball::one().sub(self, precision).sign() == Some(1) {
            complete(Sort::First, self, precision)
        } else {
            Ball::UNBOUNDED
        }
    }

    /// The complete elliptic integral of the second kind, real up to 1.
    pub fn elliptic_e(&self, precision: u32) -> Ball {
        match Ball::one().sub(self, precision).sign() {
            Some(1) => complete(Sort::Second, self, precision),
            Some(0) => Ball::one(),
            _ => Ball::UNBOUNDED,
        }
    }

    /// The elliptic integral of the first kind, of an angle and the parameter.
    pub fn incomplete_elliptic_f(phi: &Ball, m: &Ball, precision: u32) -> Ball {
        incomplete(Sort::First, phi, m, Ball::sin_cos, precision)
    }

    /// The elliptic integral of the second kind, of an angle and the parameter.
    pub fn incomplete_elliptic_e(phi: &Ball, m: &Ball, precision: u32) -> Ball {
        incomplete(Sort::Second, phi, m, Ball::sin_cos, precision)
    }
}

impl ComplexBall {
    /// The complete elliptic integral of the first kind, cut from 1 on.
    pub fn elliptic_k(&self, precision: u32) -> ComplexBall {
        if ComplexBall::one().sub(self, precision).contains_zero() {
            return ComplexBall::UNBOUNDED;
        }
        complete(Sort::First, self, precision)
    }

    /// The complete elliptic integral of the second kind, cut from 1 on.
    pub fn elliptic_e(&self, precision: u32) -> ComplexBall {
        let rest = ComplexBall::one().sub(self, precision);
        if rest.is_zero() {
            return ComplexBall::one();
        }
        if rest.contains_zero() {
            return ComplexBall::UNBOUNDED;
        }
        complete(Sort::Second, self, precision)
    }

    /// The elliptic integral of the first kind, of an angle and the parameter.
    pub fn incomplete_elliptic_f(phi: &ComplexBall, m: &ComplexBall, precision: u32) -> ComplexBall {
        incomplete(Sort::First, phi, m, ComplexBall::sin_cos, precision)
    }

    /// The elliptic integral of the second kind, of an angle and the parameter.
    pub fn incomplete_elliptic_e(phi: &ComplexBall, m: &ComplexBall, precision: u32) -> ComplexBall {
        incomplete(Sort::Second, phi, m, ComplexBall::sin_cos, precision)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odd_quarters_are_odd_multiples_of_the_complete_integrals() {
        let m = Ball::from_f64(0.5);
        for quarters in [1, -1, 3, 7] {
            let phi = Ball::pi(200).scale(-1).mul_small(quarters, 200);
            for (value, whole) in [
                (Ball::incomplete_elliptic_f(&phi, &m, 128), m.elliptic_k(128)),
                (Ball::incomplete_elliptic_e(&phi, &m, 128), m.elliptic_e(128)),
            ] {
                let difference = value.sub(&whole.mul_small(quarters, 128), 128);
                assert!(difference.contains_zero() && difference.size().to_f64() < 1e-30);
            }
        }
    }
}
