//! Elliptic integrals on balls, by Carlson's symmetric forms and their duplication theorem (B. C. Carlson, "Numerical
//! computation of real or complex elliptic integrals", 1995; DLMF 19.25, 19.26, 19.36).
//!
//! The parameter is `m = k^2`. Each duplication brings the arguments four times closer to each other; then a Taylor
//! polynomial of degree five is left. Its remainder is bounded by the geometric series that the coefficients allow: with
//! all relative deviations below `q`, the terms of degree `n` are at most `q^n` for `R_F` and `(n + 1) q^n` for `R_D` and
//! `R_J`.

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
struct Duplication<T, const N: usize> {
    arguments: [T; N],
    /// The mean, weighted as the form weights its arguments, at first and now.
    first_mean: T,
    mean: T,
    /// The greatest distance from the mean at first.
    spread: Radius,
    steps: u32,
}

impl<T: Enclosure, const N: usize> Duplication<T, N> {
    /// The last argument has a weight, the others count once.
    fn new(arguments: [T; N], weight: i64, precision: u32) -> Duplication<T, N> {
        let total = arguments.iter().fold(T::from_i64(0), |total, argument| total.add(argument, precision));
        let total = total.add(&arguments[N - 1].times(weight - 1, precision), precision);
        let mean = total.over(N as i64 - 1 + weight, precision);
        let spread = arguments.iter().map(|a| mean.sub(a, precision).size()).fold(Radius::ZERO, Radius::max);
        Duplication { first_mean: mean.clone(), arguments, mean, spread, steps: 0 }
    }

    /// A bound of the relative distances from the mean.
    fn deviation(&self) -> f64 {
        let least = self.mean.least_size();
        least.map_or(f64::INFINITY, |least| self.spread.scale(-2 * i64::from(self.steps)).div(least).to_f64())
    }

    /// One duplication; the roots of the arguments, the arguments and `lambda` are given to whoever needs them.
    fn step(&mut self, precision: u32, seen: impl FnOnce(&[T; N], &[T; N], &T)) {
        let roots = self.arguments.each_ref().map(|a| root(a, precision));
        let [x, y, z] = [&roots[0], &roots[1], &roots[2]];
        let lambda = x.mul(y, precision).add(&x.mul(z, precision), precision).add(&y.mul(z, precision), precision);
        seen(&roots, &self.arguments, &lambda);
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
        state.step(working, |[.., root_of_z], [.., z], lambda| {
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
    by_symmetric([&second, &third, &fourth, &fifth], precision)
}

/// `R_J(x, y, z, p)`, three halves of the integral from 0 on of `1/(sqrt((t + x)(t + y)(t + z)) (t + p))`, for a positive
/// `p`.
fn third_form<T: Enclosure>(arguments: [T; 4], precision: u32) -> T {
    let working = precision + 16;
    let [x, y, z, p] = arguments.clone();
    let apart = |a: &T| p.sub(a, working);
    let delta = apart(&x).mul(&apart(&y), working).mul(&apart(&z), working);
    let mut state = Duplication::new(arguments, 2, working);
    let mut sum = T::from_i64(0);
    while !is_close(state.deviation(), precision) {
        if state.is_lost() {
            return T::unbounded();
        }
        let shift = -2 * i64::from(state.steps);
        state.step(working, |[x, y, z, p], _, _| {
            let joined = |a: &T| p.add(a, working);
            let divisor = joined(x).mul(&joined(y), working).mul(&joined(z), working);
            let excess = delta.scale(3 * shift).div(&divisor.squared(working), working);
            let beside = T::from_i64(1).add(&excess, working);
            let arc = first_form([T::from_i64(1), beside.clone(), beside], working);
            sum = sum.add(&arc.div(&divisor, working).scale(shift), working);
        });
    }
    let [x, y, z] = [x, y, z].map(|a| state.relative(&a, working));
    let polynomial = third_polynomial([&x, &y, &z], working).widened(remainder(state.deviation(), 16.0));
    let power = state.mean.mul(&root(&state.mean, working), working);
    let rest = polynomial.div(&power, working).scale(-2 * i64::from(state.steps));
    rest.add(&sum.times(6, working), precision)
}

/// The Taylor polynomial of `R_J` around equal arguments.
fn third_polynomial<T: Enclosure>([x, y, z]: [&T; 3], precision: u32) -> T {
    let p = x.add(y, precision).add(z, precision).over(-2, precision);
    let pairs = x.mul(y, precision).add(&x.add(y, precision).mul(z, precision), precision);
    let (product, square) = (x.mul(y, precision).mul(z, precision), p.squared(precision));
    let cube = square.mul(&p, precision);
    let second = pairs.sub(&square.times(3, precision), precision);
    let mixed = second.mul(&p, precision);
    let third = product.add(&mixed.times(2, precision), precision).add(&cube.times(4, precision), precision);
    let fourth = product.times(2, precision).add(&mixed, precision).add(&cube.times(3, precision), precision);
    by_symmetric([&second, &third, &fourth.mul(&p, precision), &product.mul(&square, precision)], precision)
}

/// The Taylor polynomial of `R_J` in the symmetric functions of degrees 2 to 5 of the relative deviations.
fn by_symmetric<T: Enclosure>([second, third, fourth, fifth]: [&T; 4], precision: u32) -> T {
    T::from_i64(1)
        .sub(&times(3, 14, second, precision), precision)
        .add(&third.over(6, precision), precision)
        .add(&times(9, 88, &second.squared(precision), precision), precision)
        .sub(&times(3, 22, fourth, precision), precision)
        .sub(&times(9, 52, &second.mul(third, precision), precision), precision)
        .add(&times(3, 26, fifth, precision), precision)
}

/// The three kinds of integrals; the third with its characteristic.
enum Sort<'n, T> {
    First,
    Second,
    Third(&'n T),
}

/// `K(m)`, `E(m)` or `Pi(n, m)`.
fn complete<T: Enclosure>(sort: &Sort<T>, m: &T, precision: u32) -> T {
    let working = precision + 16;
    within_quarters(sort, (&T::from_i64(1), &T::from_i64(0)), m, working).rounded(precision)
}

/// `F(phi, m)`, `E(phi, m)` or `Pi(n, phi, m)` for a real part of `phi` between `-pi/2` and `pi/2`.
fn within_quarters<T: Enclosure>(sort: &Sort<T>, (sine, cosine): (&T, &T), m: &T, precision: u32) -> T {
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
        Sort::Third(n) => {
            let factor = n.mul(&square, precision);
            let beside = T::from_i64(1).sub(&factor, precision);
            if beside.re().sign() != Some(1) {
                return T::unbounded();
            }
            let [x, y, z] = arguments();
            let third = third_form([x, y, z, beside], precision).mul(&factor, precision);
            first.add(&third.over(3, precision), precision)
        }
    };
    sine.mul(&whole, precision)
}

/// The half turns nearest to a real part, when one number of them serves the whole ball.
fn half_turns(phi: &Ball, precision: u32) -> Option<i64> {
    let turns = phi.div(&Ball::pi(precision), precision).add(&Ball::from_f64(0.5), precision);
    turns.floor()?.to_i64()
}

/// `F`, `E` or `Pi`, quasi-periodic in the real part: `F(phi + k*pi, m) = F(phi, m) + 2*k*K(m)`.
fn incomplete<T: Enclosure>(sort: &Sort<T>, phi: &T, m: &T, sin_cos: impl Fn(&T, u32) -> (T, T), precision: u32) -> T {
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

/// `F`, `E` or `Pi` around an odd multiple of `pi/2`: an odd multiple of the complete integral there, and the distance times
/// the slope, where the radicand stays to the right of the cut.
fn near_a_quarter<T: Enclosure>(sort: &Sort<T>, phi: &T, m: &T, sine: &T, precision: u32) -> T {
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
        Sort::Third(n) => {
            let beside = T::from_i64(1).sub(&n.mul(&sine.squared(precision), precision), precision);
            if beside.re().sign() != Some(1) {
                return T::unbounded();
            }
            beside.mul(&root(&radicand, precision), precision).inverse(precision)
        }
    };
    complete(sort, m, precision).times(quarters, precision).add(&distance.mul(&slope, precision), precision)
}

impl Ball {
    /// The complete elliptic integral of the first kind, real below 1.
    pub fn elliptic_k(&self, precision: u32) -> Ball {
        if Ball::one().sub(self, precision).sign() == Some(1) {
            complete(&Sort::First, self, precision)
        } else {
            Ball::UNBOUNDED
        }
    }

    /// The complete elliptic integral of the second kind, real up to 1.
    pub fn elliptic_e(&self, precision: u32) -> Ball {
        match Ball::one().sub(self, precision).sign() {
            Some(1) => complete(&Sort::Second, self, precision),
            Some(0) => Ball::one(),
            _ => Ball::UNBOUNDED,
        }
    }

    /// The elliptic integral of the first kind, of an angle and the parameter.
    pub fn incomplete_elliptic_f(phi: &Ball, m: &Ball, precision: u32) -> Ball {
        incomplete(&Sort::First, phi, m, Ball::sin_cos, precision)
    }

    /// The elliptic integral of the second kind, of an angle and the parameter.
    pub fn incomplete_elliptic_e(phi: &Ball, m: &Ball, precision: u32) -> Ball {
        incomplete(&Sort::Second, phi, m, Ball::sin_cos, precision)
    }

    /// The elliptic integral of the third kind, of the characteristic, an angle and the parameter; unbounded where the
    /// integrand has a pole on the way.
    pub fn elliptic_pi(n: &Ball, phi: &Ball, m: &Ball, precision: u32) -> Ball {
        incomplete(&Sort::Third(n), phi, m, Ball::sin_cos, precision)
    }
}

impl ComplexBall {
    /// The complete elliptic integral of the first kind, cut from 1 on.
    pub fn elliptic_k(&self, precision: u32) -> ComplexBall {
        if ComplexBall::one().sub(self, precision).contains_zero() {
            return ComplexBall::UNBOUNDED;
        }
        complete(&Sort::First, self, precision)
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
        complete(&Sort::Second, self, precision)
    }

    /// The elliptic integral of the first kind, of an angle and the parameter.
    pub fn incomplete_elliptic_f(phi: &ComplexBall, m: &ComplexBall, precision: u32) -> ComplexBall {
        incomplete(&Sort::First, phi, m, ComplexBall::sin_cos, precision)
    }

    /// The elliptic integral of the second kind, of an angle and the parameter.
    pub fn incomplete_elliptic_e(phi: &ComplexBall, m: &ComplexBall, precision: u32) -> ComplexBall {
        incomplete(&Sort::Second, phi, m, ComplexBall::sin_cos, precision)
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

    #[test]
    fn third_kinds_are_those_recorded() {
        let q = |n: i64, d: i64| Ball::from_rational(&Rational::fraction(n, d).expect("not zero"), 200);
        let cases = [
            (q(1, 2), q(1, 1), q(1, 3), "1.246779455277012534800439172584705985"),
            (q(-3, 1), q(5, 2), q(1, 4), "1.149063505490702040484142469232690342"),
            (q(1, 3), q(-7, 1), q(-2, 1), "-6.253780717068118560003572302714996601"),
            (q(1, 5), q(100, 1), q(9, 10), "189.5833718688716095449563745345078764"),
            (q(2, 1), q(1, 2), q(3, 2), "0.6646814108423164639737918533877411336"),
            (q(1, 2), Ball::pi(200).scale(-1), q(1, 2), "2.701287762095351005040349470677451683"),
        ];
        for (n, phi, m, recorded) in cases {
            let value = Ball::elliptic_pi(&n, &phi, &m, 160);
            let text = value.to_real(120).to_string();
            assert_eq!(text[..34], recorded[..34], "{value:?}");
            assert!(value.accuracy_bits() > 110, "{value:?}");
        }
        assert!(!Ball::elliptic_pi(&q(2, 1), &q(1, 1), &q(1, 2), 160).is_bounded());
    }
}
