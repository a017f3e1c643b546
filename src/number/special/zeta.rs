//! The Hurwitz and Riemann zeta functions on balls, by Euler-Maclaurin summation.
//!
//! `zeta(s, a) = sum over k < n of (a+k)^-s + A^(1-s)/(s-1) + A^-s (1/2 + sum over k <= m of
//! B(2k)/(2k)! (s)_(2k-1) / A^(2k-1)) + R` with `A = a + n`, where
//! `|R| <= 4 |(s)_2m| / (2 pi)^2m * integral over t >= 0 of |A + t|^-(Re s + 2m) e^(|Im s| |arg|)`
//! (Johansson, "Rigorous high-precision computation of the Hurwitz zeta function and its derivatives", 2015).

use dashu_int::IBig;

use super::Enclosure;
use super::gamma;
use crate::budget;
use crate::number::ball::Radius;
use crate::number::dyadic::Dyadic;
use crate::number::{Ball, ComplexBall, Integer, combinatorial};

/// Sums of more terms than this are given up.
const MOST_TERMS: u64 = 200_000;

/// `zeta(s, a)` for `Re a > 0` after a shift; unbounded near the pole `s = 1` and where `a + k` may be zero.
pub(super) fn hurwitz<T: Enclosure>(s: &T, a: &T, precision: u32) -> T {
    if !s.is_bounded() || !a.is_bounded() || a.exact_integer().is_some_and(|n| n <= 0) {
        return T::unbounded();
    }
    let lift = (-a.re().to_f64()).max(0.0).ceil();
    let size = s.size().to_f64();
    let n = lift + 0.25 * f64::from(precision) + 0.5 * size + 4.0;
    if n > MOST_TERMS as f64 {
        return T::unbounded();
    }
    let working = precision + 24 + (pxfm::f_log2(size).max(0.0) as u32) * 4;
    if a.exact_integer() == Some(1) {
        let head = dirichlet_sum(s, n as usize, working);
        return head.add(&euler_maclaurin_tail(s, &T::from_i64(n as i64 + 1), working), precision);
    }
    let mut total = T::from_i64(0);
    for k in 0..n as u64 {
        let base = a.plus(k as i64, working + 64);
        total = total.add(&negative_power(&base, s, working), working);
    }
    let base = a.plus(n as i64, working + 64);
    total.add(&euler_maclaurin_tail(s, &base, working), precision)
}

/// `sum over k <= n of k^-s`: powers at primes, products elsewhere.
fn dirichlet_sum<T: Enclosure>(s: &T, n: usize, precision: u32) -> T {
    let mut least_factor = vec![0_usize; n + 1];
    let mut powers: Vec<T> = vec![T::from_i64(1); n + 1];
    let mut total = T::from_i64(i64::from(n > 0));
    for k in 2..=n {
        if least_factor[k] == 0 {
            for multiple in (k..=n).step_by(k) {
                if least_factor[multiple] == 0 {
                    least_factor[multiple] = k;
                }
            }
            powers[k] = negative_power(&T::from_i64(k as i64), s, precision + 32);
        } else {
            let factor = least_factor[k];
            powers[k] = powers[factor].mul(&powers[k / factor], precision + 32);
        }
        total = total.add(&powers[k], precision);
    }
    total
}

/// `base^-s`.
fn negative_power<T: Enclosure>(base: &T, s: &T, precision: u32) -> T {
    match s.exact_integer() {
        Some(whole) => base.integer_power(-whole, precision),
        None => base.power(&s.neg(precision), precision),
    }
}

fn euler_maclaurin_tail<T: Enclosure>(s: &T, base: &T, precision: u32) -> T {
    let power = negative_power(base, s, precision);
    let integral = power.mul(base, precision).div(&s.plus(-1, precision), precision);
    let inverse = base.inverse(precision);
    let mut total = T::from_i64(1).scale(-1);
    // (s)_(2k-1) / A^(2k-1) and (2k)!
    let mut term = s.mul(&inverse, precision);
    let mut factorial = Integer::ONE;
    let goal = power.size().top().min(0) - i64::from(precision);
    let mut last = Radius::INFINITE;
    for k in 1..20_000_i64 {
        factorial *= Integer::new((2 * k - 1) * 2 * k);
        let coefficient = combinatorial::bernoulli_ball(k as usize, precision);
        let scale = coefficient.div(&Ball::from_integer(&factorial), precision);
        total = total.add(&term.mul(&T::from_ball(scale), precision), precision);
        // (s)_2k / A^2k for the remainder after k terms.
        let next = term.mul(&s.plus(2 * k - 1, precision), precision).mul(&inverse, precision);
        let bound = remainder(s, base, &power, &next, k);
        if bound.top() < goal || (k > 4 && !bound.is_infinite() && !bound.is_at_most(last)) {
            return integral.add(&power.mul(&total, precision), precision).widened(bound);
        }
        last = bound;
        term = next.mul(&s.plus(2 * k, precision), precision).mul(&inverse, precision);
        if !term.is_bounded() {
            break;
        }
    }
    T::unbounded()
}

/// The bound after `m` terms: `4/(2 pi)^2m |(s)_2m| |A|^(-Re s - 2m + 1) c / (Re s + 2m - 1)`. For a complex `A` the
/// factor `c` covers `|A + t| >= cos(arg A) (|A| + t)` and the angle.
fn remainder<T: Enclosure>(s: &T, base: &T, power: &T, ratio: &T, m: i64) -> Radius {
    // A hair less than Re s + 2m - 1 at its least.
    let exponent = (s.re().to_interval().low() + 2.0 * m as f64 - 1.0) * (1.0 - 1e-9);
    if exponent.is_nan() || exponent <= 0.5 || base.re().sign() != Some(1) {
        return Radius::INFINITE;
    }
    let turns = Ball::pi(40).scale(1).powi(-2 * m, 40).greatest_magnitude();
    let scale = Radius::from_f64(exponent.recip()).scale(2);
    let plain = ratio.size().mul(power.size()).mul(base.size()).mul(turns).mul(scale);
    if base.is_real() {
        return plain;
    }
    // |A + t|^-p <= (sqrt(2) / (|A| + t))^p for |arg A| <= pi/4 costs 2^(p/2); Re A carries the rest.
    let size = ComplexBall::new(base.re().clone(), base.im()).abs(40);
    let Some(width) = base.re().least_magnitude() else { return Radius::INFINITE };
    let stretch = size.greatest_magnitude().div(width);
    let order = (s.re().to_interval().high() + 2.0 * m as f64).ceil().min(1e6) as i64 + 1;
    let stretched = Ball::exact(stretch.to_dyadic()).powi(order, 40).greatest_magnitude();
    let angle =
        Ball::from_f64(s.im().greatest_magnitude().to_f64()).mul(&Ball::pi(40), 40).exp(40).greatest_magnitude();
    plain.mul(stretched).mul(angle)
}

/// The Riemann zeta function.
fn riemann<T: Enclosure>(s: &T, precision: u32) -> T {
    if let Some(n) = s.exact_integer() {
        if n <= 0 {
            return at_negative_integer(n, precision);
        }
        if n > i64::from(precision) + 1 {
            // zeta(n) - 1 < 2^(1-n)
            return T::from_i64(1).widened(Radius::power_of_two(1 - n)).rounded(precision);
        }
        return if n == 1 { T::unbounded() } else { T::from_ball(at_positive_integer(n, precision)) };
    }
    let exponent = s.re().to_interval().low();
    if exponent > f64::from(precision) + 4.0 {
        // |zeta(s) - 1| < 2^(2 - Re s)
        return T::from_i64(1).widened(Radius::power_of_two(3 - exponent.min(1e15) as i64)).rounded(precision);
    }
    if s.re().to_f64() < 0.0 {
        return reflected(s, precision);
    }
    hurwitz(s, &T::from_i64(1), precision)
}

/// Borwein's second algorithm ("An efficient algorithm for the Riemann zeta function", 2000): with
/// `d(k) = n sum over i <= k of (n+i-1)! 4^i / ((n-i)! (2i)!)` it is
/// `sum over k < n of (-1)^k (d(n) - d(k))/(k+1)^s / (d(n) (1 - 2^(1-s)))` up to `6/(3 + sqrt(8))^n`, for `s >= 2`.
fn at_positive_integer(s: i64, precision: u32) -> Ball {
    const RATE: f64 = 2.543; // log2(3 + sqrt(8)), rounded down
    let working = precision + 32;
    let n = (f64::from(working) / RATE) as u64 + 4;
    let mut term = IBig::ONE;
    let mut partial = Vec::with_capacity(n as usize + 1);
    let mut total = IBig::ZERO;
    for i in 0..=n {
        budget::pulse();
        total += &term;
        partial.push(total.clone());
        term = term * (4 * (n + i)) * (n - i) / ((2 * i + 1) * (2 * i + 2));
    }
    let mut sum = IBig::ZERO;
    for (k, part) in (0..n).zip(&partial) {
        budget::pulse();
        let quotient = (&total - part) / IBig::from(k + 1).pow(s as usize);
        if k % 2 == 0 { sum += quotient } else { sum -= quotient }
    }
    let sum = Ball::exact(Dyadic::new(sum, 0)).widened(Radius::new(n, 0));
    let scale = Ball::one().sub(&Ball::exact(Dyadic::power_of_two(1 - s)), working + s.unsigned_abs() as u32);
    let quotient = sum.div(&Ball::exact(Dyadic::new(total, 0)).mul(&scale, working), working);
    quotient.widened(Radius::power_of_two(3 - (RATE * n as f64) as i64)).rounded(precision)
}

/// `zeta(-n) = -B(n+1)/(n+1)`, and `zeta(0) = -1/2`.
fn at_negative_integer<T: Enclosure>(n: i64, precision: u32) -> T {
    let order = n.unsigned_abs() as usize + 1;
    if n == 0 {
        return T::from_i64(-1).scale(-1);
    }
    if order % 2 == 1 {
        return T::from_i64(0);
    }
    if order > 20_000 {
        return T::unbounded();
    }
    let ball = Ball::from_rational(&combinatorial::bernoulli(order), precision + 4);
    T::from_ball(ball.div_small(-(order as i64), precision))
}

/// `zeta(s) = 2^s pi^(s-1) sin(pi s/2) gamma(1-s) zeta(1-s)`.
fn reflected<T: Enclosure>(s: &T, precision: u32) -> T {
    let working = precision + 32 + 2 * s.size().top().clamp(0, 64) as u32;
    let bits = working + s.re().middle().bits() as u32 + s.im().middle().bits() as u32;
    let mirrored = T::from_i64(1).sub(s, bits);
    let (sine, _) = s.scale(-1).sin_cos_pi(working);
    let pi = T::from_ball(Ball::pi(working));
    let powers = T::from_i64(2).power(s, working).mul(&pi.power(&mirrored.neg(bits), working), working);
    let factor = powers.mul(&sine, working).mul(&gamma::gamma(&mirrored, working), working);
    factor.mul(&hurwitz(&mirrored, &T::from_i64(1), working), precision)
}

impl Ball {
    /// The Riemann zeta function; unbounded when the pole at 1 may be in the ball.
    pub fn zeta(&self, precision: u32) -> Ball {
        riemann(self, precision)
    }

    /// The Hurwitz zeta function `sum of (a + k)^-s` of this exponent.
    pub fn hurwitz_zeta(&self, a: &Ball, precision: u32) -> Ball {
        if a.sign() != Some(1) && self.exact_integer().is_none() {
            return Ball::UNBOUNDED;
        }
        hurwitz(self, a, precision)
    }
}

impl ComplexBall {
    /// The Riemann zeta function; unbounded when the pole at 1 may be in the ball.
    pub fn zeta(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().zeta(precision));
        }
        riemann(self, precision)
    }

    /// The Hurwitz zeta function `sum of (a + k)^-s` of this exponent.
    pub fn hurwitz_zeta(&self, a: &ComplexBall, precision: u32) -> ComplexBall {
        if self.is_real() && a.is_real() && a.re().sign() == Some(1) {
            return ComplexBall::from(self.re().hurwitz_zeta(a.re(), precision));
        }
        hurwitz(self, a, precision)
    }
}
