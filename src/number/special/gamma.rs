//! The gamma function, its logarithm, digamma and polygamma functions, beta, on balls.
//!
//! Stirling's series after a shift to the right, with the remainder bound of DLMF 5.11(ii): with `N` terms the rest of
//! `log_gamma(z)` is at most the first term left out times `sec(arg(z)/2)^(2N)`, that of `psi(z)` the same with the
//! exponent `2N + 1` (Johansson, "Arbitrary-precision computation of the gamma function", 2021, section 3).

use super::Enclosure;
use super::zeta;
use crate::number::ball::Radius;
use crate::number::{Ball, ComplexBall, combinatorial};

/// Exact factorials are computed up to this argument.
const EXACT_FACTORIAL: i64 = 1 << 14;

/// How far to the right the argument is moved, for a precision.
fn reach(precision: u32) -> i64 {
    (0.3 * f64::from(precision)) as i64 + 4
}

/// The number of steps that bring `z` to a real part (or an absolute value) where Stirling's series is good.
fn steps<T: Enclosure>(z: &T, precision: u32) -> u64 {
    let (x, y) = (z.re().to_f64(), z.im().to_f64());
    let reach = reach(precision) as f64;
    if x > 0.0 && pxfm::f_hypot(x, y) > reach {
        return 0;
    }
    (reach - x).ceil().max(0.0) as u64
}

/// The secant of half the angle of `z`, squared, for `Re z > 0`: `2|z|/(|z| + Re z) <= 2`.
fn secant_squared<T: Enclosure>(z: &T) -> Radius {
    if z.is_real() {
        return if z.re().sign() == Some(1) { Radius::power_of_two(0) } else { Radius::INFINITE };
    }
    let size = ComplexBall::new(z.re().clone(), z.im()).abs(40);
    let sum = size.add(z.re(), 40);
    sum.least_magnitude().map_or(Radius::INFINITE, |least| size.greatest_magnitude().scale(1).div(least))
}

/// `sum over k of B(2k) / (2k (2k-1) z^(2k-1))`, for `Re z > 0`.
fn stirling_sum<T: Enclosure>(z: &T, precision: u32) -> T {
    let inverse = z.inverse(precision);
    let square = inverse.squared(precision);
    let secant = secant_squared(z);
    if secant.is_infinite() {
        return T::unbounded();
    }
    let (mut power, mut bound_factor, mut total) = (inverse, secant, T::from_i64(0));
    let mut last = Radius::INFINITE;
    for k in 1..100_000_i64 {
        let coefficient = combinatorial::bernoulli_ball(k as usize, precision);
        let scale = coefficient.div_small(2 * k * (2 * k - 1), precision);
        let term = power.mul(&T::from_ball(scale), precision);
        let bound = term.size().mul(bound_factor);
        if bound.top() < -i64::from(precision) || !bound.is_at_most(last) {
            // Small enough, or the asymptotic series has begun to grow: stop before this term.
            return total.widened(bound);
        }
        last = bound;
        total = total.add(&term, precision);
        power = power.mul(&square, precision);
        bound_factor = bound_factor.mul(secant);
    }
    T::unbounded()
}

/// `log_gamma(z)` for a `z` far to the right.
fn stirling<T: Enclosure>(z: &T, precision: u32) -> T {
    let logarithm = z.log(precision);
    let half = T::from_i64(1).scale(-1);
    let leading = z.sub(&half, precision).mul(&logarithm, precision).sub(z, precision);
    let constant = Ball::pi(precision).scale(1).log(precision).scale(-1);
    leading.add(&T::from_ball(constant), precision).add(&stirling_sum(z, precision), precision)
}

/// `z (z+1) ... (z+n-1)`.
pub(super) fn rising<T: Enclosure>(z: &T, n: u64, precision: u32) -> T {
    let mut product = T::from_i64(1);
    for k in 0..n {
        product = product.mul(&z.plus(k as i64, precision), precision);
    }
    product
}

/// Does the real part lie left of 1/2 (by its midpoint)? Then the reflection formula serves better.
fn is_left<T: Enclosure>(z: &T) -> bool {
    z.re().to_f64() < 0.5
}

/// Arguments with real parts beyond this, or so far below zero, are given up.
fn is_out_of_reach<T: Enclosure>(z: &T) -> bool {
    !z.is_bounded() || z.size().top() > 200
}

/// The gamma function: unbounded when a pole may be in the ball.
pub(super) fn gamma<T: Enclosure>(z: &T, precision: u32) -> T {
    if let Some(n) = z.exact_integer()
        && n < EXACT_FACTORIAL
    {
        return if n <= 0 {
            T::unbounded()
        } else {
            T::from_integer(&combinatorial::factorial(n as u64 - 1)).rounded(precision)
        };
    }
    if is_out_of_reach(z) {
        return T::unbounded();
    }
    let working = precision + guard(z) + 16;
    if is_left(z) {
        // Gamma(z) = pi / (sin(pi z) Gamma(1 - z))
        let reflected = T::from_i64(1).sub(z, exactly(z, working));
        let (sine, _) = z.sin_cos_pi(working);
        return T::from_ball(Ball::pi(working)).div(&sine.mul(&gamma_right(&reflected, working), working), precision);
    }
    gamma_right(z, working).rounded(precision)
}

/// Enough bits for `1 - z` to be exact when `z` is.
fn exactly<T: Enclosure>(z: &T, precision: u32) -> u32 {
    let bits = |ball: &Ball| ball.middle().bits() as u32 + ball.middle().top().unsigned_abs().min(1 << 16) as u32;
    precision + bits(z.re()).max(bits(&z.im()))
}

/// The exponential of the logarithm loses as many bits as the logarithm has before the point.
fn guard<T: Enclosure>(z: &T) -> u32 {
    2 * z.size().top().clamp(0, 200) as u32
}

fn gamma_right<T: Enclosure>(z: &T, precision: u32) -> T {
    let n = steps(z, precision);
    let shifted = z.plus(n as i64, exactly(z, precision));
    let grown = stirling(&shifted, precision + 8).exp(precision);
    if n == 0 { grown } else { grown.div(&rising(z, n, precision), precision) }
}

/// One over the gamma function, zero at the poles.
pub(super) fn reciprocal_gamma<T: Enclosure>(z: &T, precision: u32) -> T {
    if z.exact_integer().is_some_and(|n| n <= 0) {
        return T::from_i64(0);
    }
    if is_out_of_reach(z) {
        return T::unbounded();
    }
    if !is_left(z) {
        return gamma(z, precision + 4).inverse(precision);
    }
    let working = precision + guard(z) + 16;
    let reflected = T::from_i64(1).sub(z, exactly(z, working));
    let (sine, _) = z.sin_cos_pi(working);
    sine.mul(&gamma_right(&reflected, working), working).div(&T::from_ball(Ball::pi(working)), precision)
}

impl Ball {
    /// The gamma function; unbounded when a pole may be in the ball.
    pub fn gamma(&self, precision: u32) -> Ball {
        gamma(self, precision)
    }

    /// `x! = gamma(x + 1)`.
    pub fn factorial(&self, precision: u32) -> Ball {
        gamma(&self.plus(1, exactly(self, precision)), precision)
    }

    /// The logarithm of the gamma function for a positive argument; unbounded elsewhere, where it is not real.
    pub fn log_gamma(&self, precision: u32) -> Ball {
        if self.sign() != Some(1) || is_out_of_reach(self) {
            return Ball::UNBOUNDED;
        }
        if let Some(1 | 2) = self.exact_integer() {
            return Ball::ZERO;
        }
        // Near 1 and 2 the parts cancel.
        let near = |n: i64| self.sub(&Ball::from(n), 32).size().top();
        let lost = near(1).min(near(2)).clamp(-2 * i64::from(precision), 0).unsigned_abs() as u32;
        let working = precision + lost + guard(self) + 16;
        let n = steps(self, working);
        let shifted = stirling(&self.plus(n as i64, exactly(self, working)), working);
        if n == 0 {
            return shifted.rounded(precision);
        }
        shifted.sub(&rising(self, n, working).log(working), precision)
    }

    /// The digamma function, the logarithmic derivative of gamma; unbounded when a pole may be in the ball.
    pub fn digamma(&self, precision: u32) -> Ball {
        digamma(self, precision)
    }

    /// The `order`-th derivative of digamma.
    pub fn polygamma(&self, order: u32, precision: u32) -> Ball {
        polygamma(self, order, precision)
    }

    /// The beta function `gamma(x) gamma(y) / gamma(x + y)`.
    pub fn beta(&self, other: &Ball, precision: u32) -> Ball {
        beta(self, other, precision)
    }

    /// The binomial coefficient `gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))`.
    pub fn binomial(&self, k: &Ball, precision: u32) -> Ball {
        binomial(self, k, precision)
    }

    /// The harmonic number `psi(x + 1) + euler_gamma`.
    pub fn harmonic_number(&self, precision: u32) -> Ball {
        harmonic_number(self, precision)
    }
}

impl ComplexBall {
    /// The gamma function; unbounded when a pole may be in the ball.
    pub fn gamma(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().gamma(precision));
        }
        gamma(self, precision)
    }

    /// `z! = gamma(z + 1)`.
    pub fn factorial(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().factorial(precision));
        }
        gamma(&self.plus(1, exactly(self, precision)), precision)
    }

    /// The principal logarithm of gamma, with its cut on the negative real axis, continuous from above.
    pub fn log_gamma(&self, precision: u32) -> ComplexBall {
        if self.is_real() && self.re().sign() == Some(1) {
            return ComplexBall::from(self.re().log_gamma(precision));
        }
        if is_out_of_reach(self) {
            return ComplexBall::UNBOUNDED;
        }
        let working = precision + guard(self) + 16;
        if !is_left(self) {
            return log_gamma_right(self, working).rounded(precision);
        }
        let value = match self.im().sign() {
            Some(-1) => log_gamma_above(&self.conjugate(), working).conjugate(),
            Some(_) => log_gamma_above(self, working),
            None => log_gamma_above(self, working)
                .union(&log_gamma_above(&self.conjugate(), working).conjugate(), precision),
        };
        value.rounded(precision)
    }

    /// The digamma function, the logarithmic derivative of gamma; unbounded when a pole may be in the ball.
    pub fn digamma(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().digamma(precision));
        }
        digamma(self, precision)
    }

    /// The `order`-th derivative of digamma.
    pub fn polygamma(&self, order: u32, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().polygamma(order, precision));
        }
        polygamma(self, order, precision)
    }

    /// The beta function `gamma(z) gamma(w) / gamma(z + w)`.
    pub fn beta(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        if self.is_real() && other.is_real() {
            return ComplexBall::from(self.re().beta(other.re(), precision));
        }
        beta(self, other, precision)
    }

    /// The binomial coefficient `gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))`.
    pub fn binomial(&self, k: &ComplexBall, precision: u32) -> ComplexBall {
        if self.is_real() && k.is_real() {
            return ComplexBall::from(self.re().binomial(k.re(), precision));
        }
        binomial(self, k, precision)
    }

    /// The harmonic number `psi(z + 1) + euler_gamma`.
    pub fn harmonic_number(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().harmonic_number(precision));
        }
        harmonic_number(self, precision)
    }
}

/// `log_gamma(z + n) - sum of log(z + k)`: the product of the factors fixes the sum up to a multiple of `2 pi i`, which
/// the sum of the angles in few bits decides.
fn log_gamma_right(z: &ComplexBall, precision: u32) -> ComplexBall {
    let n = steps(z, precision);
    let shifted = stirling(&z.plus(n as i64, exactly(z, precision)), precision);
    if n == 0 {
        return shifted;
    }
    let product = rising(z, n, precision).log(precision);
    let mut angle = Ball::ZERO;
    for k in 0..n {
        angle = angle.add(&z.plus(k as i64, 64).arg(64), 64);
    }
    let turn = Ball::pi(precision + 64).scale(1);
    let turns = angle.sub(product.im(), 64).div(&turn, 64).unique_integer();
    let Some(turns) = turns else { return ComplexBall::UNBOUNDED };
    let height = product.im().add(&turn.mul(&Ball::from_integer(&turns), precision), precision);
    shifted.sub(&ComplexBall::new(product.re().clone(), height), precision)
}

/// In the upper half plane and on the real axis: `log(pi) - log(sin(pi z)) - log_gamma(1 - z)` with
/// `log(sin(pi z)) = log(1 - e^(2 pi i z)) - log(2) + i pi (1/2 - z)`, whose logarithm has a positive real part inside.
fn log_gamma_above(z: &ComplexBall, precision: u32) -> ComplexBall {
    let reflected = ComplexBall::one().sub(z, exactly(z, precision));
    let (sine, cosine) = z.re().scale(1).sin_cos_pi(precision);
    let shrink = Ball::pi(precision).scale(1).mul(z.im(), precision).neg().exp(precision);
    let turned = ComplexBall::new(cosine, sine).mul_real(&shrink, precision);
    let inside = ComplexBall::one().sub(&turned, precision);
    let pi = Ball::pi(precision);
    let half = ComplexBall::one().scale(-1);
    let linear = half.sub(z, precision).mul_i().mul_real(&pi, precision);
    let sine_log =
        inside.log(precision).add(&linear, precision).sub(&ComplexBall::from(Ball::ln2(precision)), precision);
    let right = if reflected.is_real() {
        ComplexBall::from(reflected.re().log_gamma(precision))
    } else {
        log_gamma_right(&reflected, precision)
    };
    ComplexBall::from(pi.log(precision)).sub(&sine_log, precision).sub(&right, precision)
}

fn digamma<T: Enclosure>(z: &T, precision: u32) -> T {
    if is_out_of_reach(z) || z.exact_integer().is_some_and(|n| n <= 0) {
        return T::unbounded();
    }
    let working = precision + 24;
    if is_left(z) {
        // psi(z) = psi(1 - z) - pi cot(pi z)
        let reflected = T::from_i64(1).sub(z, exactly(z, working));
        let (sine, cosine) = z.sin_cos_pi(working);
        let cotangent = cosine.div(&sine, working).mul(&T::from_ball(Ball::pi(working)), working);
        return digamma_right(&reflected, working).sub(&cotangent, precision);
    }
    digamma_right(z, working).rounded(precision)
}

/// `psi(z + n) - sum of 1/(z + k)`, the former by `log z - 1/(2z) - sum of B(2k)/(2k z^2k)`.
fn digamma_right<T: Enclosure>(z: &T, precision: u32) -> T {
    let n = steps(z, precision);
    let shifted = z.plus(n as i64, exactly(z, precision));
    let inverse = shifted.inverse(precision);
    let square = inverse.squared(precision);
    let secant = secant_squared(&shifted);
    if secant.is_infinite() {
        return T::unbounded();
    }
    let mut total = shifted.log(precision).sub(&inverse.scale(-1), precision);
    let (mut power, mut bound_factor) = (square.clone(), secant.mul(secant.sqrt()));
    let mut last = Radius::INFINITE;
    for k in 1..100_000_i64 {
        let coefficient = combinatorial::bernoulli_ball(k as usize, precision);
        let scale = coefficient.div_small(2 * k, precision);
        let term = power.mul(&T::from_ball(scale), precision);
        let bound = term.size().mul(bound_factor);
        if bound.top() < -i64::from(precision) || !bound.is_at_most(last) {
            total = total.widened(bound);
            break;
        }
        last = bound;
        total = total.sub(&term, precision);
        power = power.mul(&square, precision);
        bound_factor = bound_factor.mul(secant);
    }
    for k in 0..n {
        total = total.sub(&z.plus(k as i64, precision).inverse(precision), precision);
    }
    total
}

/// `(-1)^(m+1) m! zeta(m + 1, z)`.
fn polygamma<T: Enclosure>(z: &T, order: u32, precision: u32) -> T {
    if order == 0 {
        return digamma(z, precision);
    }
    if order > 10_000 {
        return T::unbounded();
    }
    let factorial = T::from_integer(&combinatorial::factorial(u64::from(order)));
    let value = zeta::hurwitz(&T::from_i64(i64::from(order) + 1), z, precision + 8).mul(&factorial, precision);
    if order.is_multiple_of(2) { value.neg(precision) } else { value }
}

fn beta<T: Enclosure>(z: &T, w: &T, precision: u32) -> T {
    let working = precision + 16;
    let sum = z.add(w, exactly(z, exactly(w, working)));
    let product = gamma(z, working).mul(&gamma(w, working), working);
    product.mul(&reciprocal_gamma(&sum, working), precision)
}

/// Lower arguments up to this are taken factor by factor.
const MOST_FACTORS: i64 = 64;

fn binomial<T: Enclosure>(n: &T, k: &T, precision: u32) -> T {
    let working = precision + 16;
    let bits = exactly(n, exactly(k, working));
    let above = n.sub(k, bits).plus(1, bits);
    if let Some(count) = k.exact_integer().filter(|count| *count <= MOST_FACTORS) {
        if count < 0 {
            return if n.is_bounded() { T::from_i64(0) } else { T::unbounded() };
        }
        let factorial = T::from_integer(&combinatorial::factorial(count as u64));
        return rising(&above, count as u64, working).div(&factorial, precision);
    }
    let below = reciprocal_gamma(&k.plus(1, bits), working).mul(&reciprocal_gamma(&above, working), working);
    gamma(&n.plus(1, bits), working).mul(&below, precision)
}

fn harmonic_number<T: Enclosure>(z: &T, precision: u32) -> T {
    let working = precision + 8;
    let psi = digamma(&z.plus(1, exactly(z, working)), working);
    psi.add(&T::from_ball(Ball::euler_gamma(working)), precision)
}
