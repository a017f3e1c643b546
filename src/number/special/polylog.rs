//! Polylogarithms of whole order on balls.
//!
//! `Li(n, z) = sum z^k / k^n` inside the circle of radius 9/10; outside of it by inversion (DLMF 25.12, Jonquiere);
//! between, `Li(n, e^m) = m^(n-1)/(n-1)! (H(n-1) - log(-m)) + sum of zeta(n-k) m^k / k!` over `k != n - 1`, for
//! `|m| < 2 pi`. Orders below 1 are rational functions with Eulerian numbers. On the cut `z > 1` the value is continued
//! from below, as `-log(1 - z)` is for order 1.

use super::Enclosure;
use super::series::sum;
use crate::number::ball::Radius;
use crate::number::{Ball, ComplexBall, Integer, combinatorial};

/// Orders beyond this are given up.
const LARGEST_ORDER: i64 = 1000;

/// The polylogarithm of whole order.
fn polylog(n: i64, z: &ComplexBall, precision: u32) -> ComplexBall {
    if !z.is_bounded() || n.abs() > LARGEST_ORDER {
        return ComplexBall::UNBOUNDED;
    }
    if z.is_zero() {
        return ComplexBall::ZERO;
    }
    let working = precision + 24;
    let size = z.greatest_magnitude().to_f64();
    let least = z.least_size().map_or(0.0, |least| least.to_f64());
    let value = match n {
        _ if n <= 0 => rational(n.unsigned_abs(), z, working + 4 * n.unsigned_abs() as u32),
        1 => ComplexBall::one().sub(z, working + 64).log(working).neg(),
        _ if size < 0.9 => inside(n, z, working),
        _ if least > 1.11 => inverted(n, z, working),
        _ => near_circle(n, z, working),
    };
    // Below the branch point a real argument has a real value.
    let below = z.re().compare(&Ball::one()).is_some_and(|order| order.is_lt());
    let value = if z.is_real() && below { ComplexBall::from(value.re().clone()) } else { value };
    value.rounded(precision)
}

fn inside(n: i64, z: &ComplexBall, precision: u32) -> ComplexBall {
    let size = z.greatest_magnitude().to_f64() * 1.000_001;
    // A geometric tail of ratio q <= 9/10 instead of 1/2: eight terms at a time are one step of the sum.
    let steps = (-std::f64::consts::LN_2 / pxfm::f_log(size.max(1e-9))).ceil().max(1.0) as u64;
    let block = |first: u64, power: &ComplexBall| {
        let (mut total, mut power) = (ComplexBall::ZERO, power.clone());
        for k in first..first + steps {
            let weight = Ball::from(k as i64).powi(-n, precision);
            total = total.add(&power.mul_real(&weight, precision), precision);
            power = power.mul(z, precision);
        }
        total
    };
    let stride = z.powi(steps as i64, precision);
    let mut total = ComplexBall::ZERO;
    let mut power = z.clone();
    for index in 0..1_000_000_u64 {
        if power.greatest_magnitude().top() < -i64::from(precision) - 4 {
            // |z|^k/(1 - |z|) with 1 - |z| >= 1/10
            return total.widened(power.greatest_magnitude().scale(4));
        }
        total = total.add(&block(index * steps + 1, &power), precision);
        power = power.mul(&stride, precision);
    }
    ComplexBall::UNBOUNDED
}

/// `Li(n, z) = (-1)^(n+1) Li(n, 1/z) - (2 pi i)^n/n! B(n, 1/2 + log(-z)/(2 pi i))`.
fn inverted(n: i64, z: &ComplexBall, precision: u32) -> ComplexBall {
    let working = precision + 8 * n as u32 + 16;
    let other = inside(n, &z.recip(working), working);
    let other = if n % 2 == 0 { other.neg() } else { other };
    let turn = ComplexBall::from(Ball::pi(working).scale(1)).mul_i();
    let half = ComplexBall::one().scale(-1);
    let at = half.add(&z.neg().log(working).div(&turn, working), working);
    let mut polynomial = ComplexBall::ZERO;
    for k in 0..=n as u64 {
        let coefficient = combinatorial::bernoulli(k as usize);
        let binomial = Ball::from_integer(&combinatorial::binomial(&Integer::new(n), k));
        let weight = Ball::from_rational(&coefficient, working).mul(&binomial, working);
        polynomial = polynomial.add(&at.powi(n - k as i64, working).mul_real(&weight, working), working);
    }
    let factorial = Ball::from_integer(&combinatorial::factorial(n as u64));
    let scale = turn.powi(n, working).div_real(&factorial, working);
    other.sub(&scale.mul(&polynomial, working), precision)
}

/// The expansion in the logarithm of the argument.
fn near_circle(n: i64, z: &ComplexBall, precision: u32) -> ComplexBall {
    let one = ComplexBall::one();
    if z.sub(&one, precision).is_zero() {
        return ComplexBall::from(Ball::from(n).zeta(precision));
    }
    let m = z.log(precision);
    // |zeta(-j)| <= 4 j!/(2 pi)^(j+1), so the terms from k on sum to at most 4 (2 pi)^(n-1) q^k/(1 - q).
    let q = m.greatest_magnitude().div(Ball::pi(40).scale(1).least_magnitude().unwrap_or(Radius::ZERO)).to_f64();
    if q.is_nan() || q > 0.9 {
        return ComplexBall::UNBOUNDED;
    }
    let scale = Radius::from_f64(4.0 / (1.0 - q)).mul(Ball::pi(40).scale(1).powi(n - 1, 40).greatest_magnitude());
    let (mut total, mut power, mut tail) = (ComplexBall::ZERO, one, scale);
    let step = Radius::from_f64(q);
    for k in 0..100_000_i64 {
        if k > n && tail.top() < -i64::from(precision) {
            return total.widened(tail);
        }
        if k == n - 1 {
            let mut harmonic = Ball::ZERO;
            for j in 1..n {
                harmonic = harmonic.add(&Ball::one().div_small(j, precision), precision);
            }
            let bracket = ComplexBall::from(harmonic).sub(&m.neg().log(precision), precision);
            total = total.add(&power.mul(&bracket, precision), precision);
        } else {
            total = total.add(&power.mul_real(&Ball::from(n - k).zeta(precision), precision), precision);
        }
        power = power.mul(&m, precision).div_real(&Ball::from(k + 1), precision);
        tail = tail.mul(step);
    }
    ComplexBall::UNBOUNDED
}

/// `Li(-m, z) = z A(m, z) / (1 - z)^(m+1)` with the Eulerian polynomial `A`.
fn rational(m: u64, z: &ComplexBall, precision: u32) -> ComplexBall {
    let mut row = vec![Integer::ONE];
    for degree in 2..=m {
        let mut next = Vec::with_capacity(row.len() + 1);
        for k in 0..degree {
            let keep = row.get(k as usize).map_or(Integer::ZERO, |a| a * Integer::from(k + 1));
            let shift = k.checked_sub(1).and_then(|k| row.get(k as usize));
            let shift = shift.map_or(Integer::ZERO, |a| a * Integer::from(degree - k));
            next.push(keep + shift);
        }
        row = next;
    }
    let mut polynomial = ComplexBall::ZERO;
    for coefficient in row.iter().rev() {
        let coefficient = ComplexBall::from(Ball::from_integer(coefficient));
        polynomial = polynomial.mul(z, precision).add(&coefficient, precision);
    }
    let pole = ComplexBall::one().sub(z, precision + 64).powi(m as i64 + 1, precision);
    polynomial.mul(z, precision).div(&pole, precision)
}

impl Ball {
    /// The polylogarithm of whole order where it is real: for arguments below 1 (and at 1 from order 2 on).
    pub fn polylog(order: &Ball, x: &Ball, precision: u32) -> Ball {
        let Some(n) = order.exact_integer() else { return real_order(order, x, precision) };
        let value = polylog(n, &ComplexBall::from(x.clone()), precision);
        if value.is_real() { value.re().clone() } else { Ball::UNBOUNDED }
    }

    /// The dilogarithm where it is real.
    pub fn dilog(&self, precision: u32) -> Ball {
        Ball::polylog(&Ball::from(2), self, precision)
    }
}

impl ComplexBall {
    /// The polylogarithm of whole order, with its cut from 1 to infinity, continued there from below.
    pub fn polylog(order: &ComplexBall, z: &ComplexBall, precision: u32) -> ComplexBall {
        match order.exact_integer() {
            Some(n) => polylog(n, z, precision),
            None if order.is_real() && z.is_real() => ComplexBall::from(real_order(order.re(), z.re(), precision)),
            None => ComplexBall::UNBOUNDED,
        }
    }

    /// The dilogarithm.
    pub fn dilog(&self, precision: u32) -> ComplexBall {
        polylog(2, self, precision)
    }
}

/// Real orders that are not whole, inside the unit circle: the series alone.
fn real_order(order: &Ball, x: &Ball, precision: u32) -> Ball {
    let size = x.greatest_magnitude().to_f64() * 1.000_001;
    if size.is_nan() || size > 0.45 || order.greatest_magnitude().to_f64() > 100.0 {
        return Ball::UNBOUNDED;
    }
    let working = precision + 24;
    let least = order.to_interval().low().min(0.0);
    let next = |k: u64, term: &Ball| {
        let index = k as i64 + 1;
        let quotient = Ball::from(index).div_small(index + 1, working).pow(order, working);
        term.mul(x, working).mul(&quotient, working)
    };
    // ((k+1)/k)^-order <= e^(-order/k)
    let ratio = |k: u64| size * pxfm::f_exp(-least / (k as f64 + 1.0)) * 1.000_001;
    sum(x.clone(), working, next, ratio).rounded(precision)
}
