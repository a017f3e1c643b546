//! Bessel functions of real order on balls, by their power series (DLMF 10.2.2, 10.25.2; 10.8.1 and 10.31.1 for whole
//! orders of the second kind), with as many bits more as the terms cancel; far from zero by `hankel`.

use super::series::{cancelled_bits, sum};
use super::{Enclosure, gamma, hankel};
use crate::number::ball::Radius;
use crate::number::{Ball, ComplexBall, combinatorial};

/// Arguments beyond this need too many terms.
const LARGEST: f64 = 2e4;

/// Orders beyond this are given up.
const LARGEST_ORDER: f64 = 2e4;

/// The four functions come in two kinds: `J`, `Y` with alternating terms, `I`, `K` without.
#[derive(Clone, Copy, PartialEq)]
enum Family {
    Circular,
    Modified,
}

impl Family {
    /// `-z^2/4` or `z^2/4`.
    fn square<T: Enclosure>(self, z: &T, precision: u32) -> T {
        let square = z.squared(precision).scale(-2);
        if self == Family::Circular { square.neg(precision) } else { square }
    }
}

fn is_out_of_reach<T: Enclosure>(order: &Ball, z: &T) -> bool {
    let reach = |size: Radius, most: f64| size.to_f64() <= most;
    !order.is_bounded()
        || !z.is_bounded()
        || !reach(z.size(), LARGEST)
        || !reach(order.greatest_magnitude(), LARGEST_ORDER)
}

/// `J` or `I` of any real order.
fn first_kind<T: Enclosure>(family: Family, order: &Ball, z: &T, precision: u32) -> T {
    if is_out_of_reach(order, z) {
        return T::unbounded();
    }
    if let Some(n) = order.exact_integer()
        && n < 0
    {
        let value = first_kind(family, &order.neg(), z, precision);
        return if family == Family::Circular && n % 2 != 0 { value.neg(precision) } else { value };
    }
    let working = precision + cancelled_bits(z.size()) + 32;
    let square = family.square(z, working);
    let size = square.size().to_f64() * 1.000_001;
    let lowest = order.to_interval().low();
    let next = |k: u64, term: &T| {
        let index = k as i64 + 1;
        let divisor = order.add(&Ball::from(index), working).mul_small(index, working);
        term.mul(&square, working).div(&T::from_ball(divisor), working)
    };
    let ratio = |k: u64| {
        let rest = lowest + k as f64 + 1.0;
        if rest <= 0.5 { f64::INFINITY } else { size / (rest * (k as f64 + 1.0)) }
    };
    let total = sum(T::from_i64(1), working, next, ratio);
    let scale = gamma::reciprocal_gamma(&order.add(&Ball::one(), working + 64), working);
    half_power(z, order, working).mul(&T::from_ball(scale), working).mul(&total, precision)
}

/// `(z/2)^order`.
fn half_power<T: Enclosure>(z: &T, order: &Ball, precision: u32) -> T {
    match order.exact_integer() {
        Some(n) => z.scale(-1).integer_power(n, precision),
        None => z.scale(-1).power(&T::from_ball(order.clone()), precision),
    }
}

/// `Y` or `K` of any real order.
fn second_kind<T: Enclosure>(family: Family, order: &Ball, z: &T, precision: u32) -> T {
    if is_out_of_reach(order, z) || z.least_size().is_none() {
        return T::unbounded();
    }
    let working = precision + 2 * cancelled_bits(z.size()) + 32;
    if let Some(n) = order.exact_integer() {
        let value = whole_order(family, n.unsigned_abs(), z, working).rounded(precision);
        return if family == Family::Circular && n < 0 && n % 2 != 0 { value.neg(precision) } else { value };
    }
    let (sine, cosine) = order.sin_cos_pi(working);
    let (plus, minus) = (first_kind(family, order, z, working), first_kind(family, &order.neg(), z, working));
    match family {
        Family::Circular => {
            plus.mul(&T::from_ball(cosine), working).sub(&minus, working).div(&T::from_ball(sine), precision)
        }
        Family::Modified => {
            let scale = Ball::pi(working).scale(-1).div(&sine, working);
            minus.sub(&plus, working).mul(&T::from_ball(scale), precision)
        }
    }
}

/// With `t(k) = (-+z^2/4)^k (z/2)^n / (k! (n+k)!)`, `h(k) = H(k) + H(n+k) - 2 gamma` and
/// `S = sum over k < n of +-(n-k-1)!/k! (z/2)^(2k-n)`:
/// `pi Y(n) = 2 log(z/2) J(n) - S - sum t(k) h(k)`, `2 K(n) = S + (-1)^n (sum t(k) h(k) - 2 log(z/2) I(n))`.
fn whole_order<T: Enclosure>(family: Family, n: u64, z: &T, precision: u32) -> T {
    let square = family.square(z, precision);
    let half = z.scale(-1);
    let finite = finite_sum(family, n, &half, precision);
    let factorial = T::from_integer(&combinatorial::factorial(n));
    let mut term = half.integer_power(n as i64, precision).div(&factorial, precision);
    let mut harmonic = harmonic_number(n, precision).sub(&Ball::euler_gamma(precision).scale(1), precision);
    let size = square.size().to_f64() * 1.000_001;
    let (mut first, mut second) = (T::from_i64(0), T::from_i64(0));
    let mut largest = term.size();
    for k in 0..1_000_000_u64 {
        let weighted = term.mul(&T::from_ball(harmonic.clone()), precision);
        first = first.add(&term, precision);
        second = second.add(&weighted, precision);
        let (a, b) = (k as f64 + 1.0, (n + k) as f64 + 1.0);
        let bound = term.size().add(weighted.size());
        largest = largest.max(bound);
        if size / (a * b) <= 0.2 && bound.top() < largest.top().saturating_sub(i64::from(precision)) {
            // h grows by at most 2 a step and is multiplied by a factor of at most 1/5: the tail is below 2 bounds.
            (first, second) = (first.widened(bound.scale(1)), second.widened(bound.scale(2)));
            break;
        }
        let (index, other) = (k as i64 + 1, (n + k) as i64 + 1);
        term = term.mul(&square, precision).over(index, precision).over(other, precision);
        let step = Ball::one().div_small(index, precision).add(&Ball::one().div_small(other, precision), precision);
        harmonic = harmonic.add(&step, precision);
    }
    let logarithm = half.log(precision).scale(1).mul(&first, precision);
    match family {
        Family::Circular => {
            let value = logarithm.sub(&finite, precision).sub(&second, precision);
            value.div(&T::from_ball(Ball::pi(precision)), precision)
        }
        Family::Modified => {
            let rest = second.sub(&logarithm, precision);
            let rest = if n % 2 == 1 { rest.neg(precision) } else { rest };
            finite.add(&rest, precision).scale(-1)
        }
    }
}

/// `sum over k < n of (+-1)^k (n-k-1)!/k! (z/2)^(2k-n)`.
fn finite_sum<T: Enclosure>(family: Family, n: u64, half: &T, precision: u32) -> T {
    if n == 0 {
        return T::from_i64(0);
    }
    let square = half.squared(precision);
    let square = if family == Family::Modified { square.neg(precision) } else { square };
    let factorial = T::from_integer(&combinatorial::factorial(n - 1));
    let mut term = half.integer_power(-(n as i64), precision).mul(&factorial, precision);
    let mut total = term.clone();
    for k in 1..n {
        term = term.mul(&square, precision).over(k as i64, precision).over((n - k) as i64, precision);
        total = total.add(&term, precision);
    }
    total
}

fn harmonic_number(n: u64, precision: u32) -> Ball {
    (1..=n as i64).fold(Ball::ZERO, |sum, k| sum.add(&Ball::one().div_small(k, precision), precision))
}

impl Ball {
    /// The Bessel function of the first kind; real for whole orders or arguments that are not negative.
    pub fn bessel_j(order: &Ball, x: &Ball, precision: u32) -> Ball {
        if x.sign() == Some(-1)
            && let Some(n) = order.exact_integer()
        {
            let value = Ball::bessel_j(order, &x.neg(), precision);
            return if n % 2 == 0 { value } else { value.neg() };
        }
        match hankel::circular(order, x, precision) {
            Some((value, _)) => value,
            None => first_kind(Family::Circular, order, x, precision),
        }
    }

    /// The Bessel function of the second kind, for positive arguments.
    pub fn bessel_y(order: &Ball, x: &Ball, precision: u32) -> Ball {
        if x.sign() != Some(1) {
            return Ball::UNBOUNDED;
        }
        match hankel::circular(order, x, precision) {
            Some((_, value)) => value,
            None => second_kind(Family::Circular, order, x, precision),
        }
    }

    /// The modified Bessel function of the first kind.
    pub fn bessel_i(order: &Ball, x: &Ball, precision: u32) -> Ball {
        let far = hankel::first_modified(order, x, precision);
        far.unwrap_or_else(|| first_kind(Family::Modified, order, x, precision))
    }

    /// The modified Bessel function of the second kind, for positive arguments.
    pub fn bessel_k(order: &Ball, x: &Ball, precision: u32) -> Ball {
        if x.sign() != Some(1) {
            return Ball::UNBOUNDED;
        }
        let far = hankel::second_modified(order, x, precision);
        far.unwrap_or_else(|| second_kind(Family::Modified, order, x, precision))
    }
}

impl ComplexBall {
    /// The Bessel function of the first kind, for real orders.
    pub fn bessel_j(order: &ComplexBall, z: &ComplexBall, precision: u32) -> ComplexBall {
        real_or(order, z, Ball::bessel_j, |n| first_kind(Family::Circular, n, z, precision), precision)
    }

    /// The Bessel function of the second kind, for real orders.
    pub fn bessel_y(order: &ComplexBall, z: &ComplexBall, precision: u32) -> ComplexBall {
        real_or(order, z, Ball::bessel_y, |n| second_kind(Family::Circular, n, z, precision), precision)
    }

    /// The modified Bessel function of the first kind, for real orders.
    pub fn bessel_i(order: &ComplexBall, z: &ComplexBall, precision: u32) -> ComplexBall {
        real_or(order, z, Ball::bessel_i, |n| first_kind(Family::Modified, n, z, precision), precision)
    }

    /// The modified Bessel function of the second kind, for real orders.
    pub fn bessel_k(order: &ComplexBall, z: &ComplexBall, precision: u32) -> ComplexBall {
        real_or(order, z, Ball::bessel_k, |n| second_kind(Family::Modified, n, z, precision), precision)
    }
}

/// The real function where it has a value, else the complex one.
fn real_or(
    order: &ComplexBall,
    z: &ComplexBall,
    real: fn(&Ball, &Ball, u32) -> Ball,
    complex: impl Fn(&Ball) -> ComplexBall,
    precision: u32,
) -> ComplexBall {
    if !order.is_real() {
        return ComplexBall::UNBOUNDED;
    }
    if z.is_real() {
        let value = real(order.re(), z.re(), precision);
        if value.is_bounded() {
            return ComplexBall::from(value);
        }
    }
    complex(order.re())
}
