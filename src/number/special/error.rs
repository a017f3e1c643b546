//! The error function and its kin, among them Fresnel's integrals, on balls.
//!
//! Series: `erf(z) = 2z/sqrt(pi) e^(-z^2) sum (2 z^2)^k / (3*5*...*(2k+1))` (DLMF 7.6.2), without cancellation for real
//! arguments. Far out, for `|arg z| <= pi/4`, `erfc(z) = e^(-z^2)/(z sqrt(pi)) (1 - 1/(2z^2) + ...)`, whose remainder is
//! at most the first term left out (DLMF 7.12(i)).

use super::series::{cancelled_bits, sum};
use super::{Ball, ComplexBall, Enclosure, Radius};

/// Squares beyond this need too many terms of the series.
const LARGEST_SQUARE: f64 = 2e5;

/// `z sum (2 z^2)^k / (3*5*...*(2k+1)) = e^(z^2) sqrt(pi)/2 erf(z)`.
fn positive_series<T: Enclosure>(z: &T, precision: u32) -> T {
    let doubled = z.squared(precision + 8).scale(1);
    let size = doubled.size().to_f64() * 1.000_001;
    sum(
        z.clone(),
        precision,
        |k, term| term.mul(&doubled, precision + 8).over(2 * k as i64 + 3, precision + 8),
        |k| size / (2.0 * k as f64 + 3.0),
    )
}

/// `2/sqrt(pi)`.
fn factor(precision: u32) -> Ball {
    Ball::from(2).div(&Ball::pi(precision + 4).sqrt(precision + 4), precision)
}

fn erf_by_series<T: Enclosure>(z: &T, precision: u32) -> T {
    let square = z.squared(precision + 64);
    // In a complex direction the terms are larger than their sum.
    let lost = if z.is_real() { 0 } else { cancelled_bits(square.size()) };
    let working = precision + lost + 16;
    if square.size().to_f64() > LARGEST_SQUARE {
        return T::unbounded();
    }
    let series = positive_series(z, working).mul(&z.squared(working).neg(working).exp(working), working);
    series.mul(&T::from_ball(factor(working)), precision)
}

/// `erfc(z)` for large `z` in the sector `|arg z| <= pi/4`, if the series reaches the precision.
fn erfc_far<T: Enclosure>(z: &T, precision: u32) -> Option<T> {
    let square = z.squared(precision + 16);
    let sector = square.re().sign() == Some(1) && z.re().sign() == Some(1);
    if !sector || square.least_size()?.to_f64() < 0.7 * f64::from(precision) + 8.0 {
        return None;
    }
    let working = precision + 16;
    let inverse = square.inverse(working).scale(-1);
    let (mut term, mut total) = (T::from_i64(1), T::from_i64(0));
    for k in 0..10 * i64::from(precision) + 100 {
        if term.size().top() < -i64::from(working) {
            let scale = square
                .neg(working)
                .exp(working)
                .div(&z.mul(&T::from_ball(Ball::pi(working).sqrt(working)), working), working);
            return Some(total.widened(term.size()).mul(&scale, precision));
        }
        total = total.add(&term, working);
        term = term.mul(&inverse, working).times(-(2 * k + 1), working);
    }
    None
}

fn erf<T: Enclosure>(z: &T, precision: u32) -> T {
    if !z.is_bounded() {
        return T::unbounded();
    }
    if z.is_exact_zero() {
        return T::from_i64(0);
    }
    if z.re().sign() == Some(-1) {
        return erf(&z.neg(precision), precision).neg(precision);
    }
    if let Some(rest) = erfc_far(z, 32) {
        // Only the bits of erfc that matter beside one are needed.
        let needed = (i64::from(precision) + rest.size().top()).clamp(8, i64::from(precision)) as u32;
        if let Some(rest) = erfc_far(z, needed) {
            return T::from_i64(1).sub(&rest, precision);
        }
    }
    erf_by_series(z, precision)
}

fn erfc<T: Enclosure>(z: &T, precision: u32) -> T {
    if z.re().sign() == Some(1) {
        if let Some(value) = erfc_far(z, precision) {
            return value;
        }
        let lost = cancelled_bits(z.squared(64).size());
        return T::from_i64(1).sub(&erf(z, precision + lost), precision);
    }
    T::from_i64(1).sub(&erf(z, precision + 4), precision)
}

/// Fresnel's integrals of sine and cosine, from the error function on both diagonals (DLMF 7.5.8): with
/// `e = erf(sqrt(pi)/2 (1 + i) z)` and `f = erf(sqrt(pi)/2 (1 - i) z)` they are `(1 + i)/4 (e - i f)` and
/// `(1 - i)/4 (e + i f)`.
fn fresnel(z: &ComplexBall, precision: u32) -> (ComplexBall, ComplexBall) {
    let working = precision + 16;
    let half_root = Ball::pi(working).sqrt(working).scale(-1);
    let diagonal = |sign: i64| ComplexBall::new(Ball::from(1), Ball::from(sign));
    let value = |sign: i64| erf(&z.mul(&diagonal(sign), working).mul_real(&half_root, working), working);
    let e = value(1);
    let f = if z.is_real() { e.conjugate() } else { value(-1) }.mul_i();
    let sine = e.sub(&f, working).mul(&diagonal(1), precision).scale(-2);
    let cosine = e.add(&f, working).mul(&diagonal(-1), precision).scale(-2);
    (sine, cosine)
}

/// Fresnel's integrals far out on the positive axis (DLMF 7.5.3, 7.5.4 with 7.12.2, 7.12.3): what is left out of both
/// auxiliary functions is there less than the first term left out. `None` where the terms don't get small enough.
fn fresnel_far(x: &Ball, precision: u32) -> Option<(Ball, Ball)> {
    let least = x.least_magnitude()?.top();
    if least > i64::from(precision) + 8 && x.sign() == Some(1) {
        // They differ from 1/2 by less than 1/x.
        let half = Ball::one().scale(-1).widened(Radius::power_of_two(1 - least));
        return Some((half.clone(), half));
    }
    let working = precision + 32 + 2 * x.greatest_magnitude().top().clamp(0, 1 << 20) as u32;
    let square = x.square(working).scale(-1);
    let angle = square.mul(&Ball::pi(working), working);
    if x.sign() != Some(1) || angle.to_f64() < 0.7 * f64::from(precision) + 8.0 {
        return None;
    }
    // 1, 1/2, 1/2*3/2, ... over powers of the angle, in turn to either function, with signs that alternate in each.
    let mut sums = [Ball::ZERO, Ball::ZERO];
    let mut term = Ball::one();
    for k in 0..10 * i64::from(precision) + 100 {
        if term.greatest_magnitude().top() < -i64::from(precision) - 8 {
            let scale = x.mul(&Ball::pi(working), working).recip(working);
            let (sine, cosine) = square.sin_cos_pi(working);
            let [f, g] = sums.map(|sum| sum.widened(term.greatest_magnitude()).mul(&scale, working));
            let half = Ball::one().scale(-1);
            let by = |a: &Ball, b: &Ball| a.mul(b, working);
            let s = half.sub(&by(&f, &cosine), working).sub(&by(&g, &sine), precision);
            let c = half.add(&by(&f, &sine), working).sub(&by(&g, &cosine), precision);
            return Some((s, c));
        }
        let own = &mut sums[(k % 2) as usize];
        *own = if k % 4 < 2 { own.add(&term, working) } else { own.sub(&term, working) };
        term = term.mul_small(2 * k + 1, working).div(&angle.scale(1), working);
    }
    None
}

impl Ball {
    /// The error function.
    pub fn erf(&self, precision: u32) -> Ball {
        if !self.is_bounded() || self.is_exact() {
            return erf(self, precision);
        }
        // The slope is at most 2/sqrt(pi) < 1.13.
        let spread = self.radius().add(self.radius().scale(-2));
        erf(&self.center(), precision).widened(spread)
    }

    /// The complementary error function `1 - erf(x)`, with relative accuracy.
    pub fn erfc(&self, precision: u32) -> Ball {
        erfc(self, precision)
    }

    /// Fresnel's sine integral, of `sin(pi*t^2/2)` from 0.
    pub fn fresnel_sin(&self, precision: u32) -> Ball {
        self.fresnel(precision, |(sine, _)| sine)
    }

    /// Fresnel's cosine integral, of `cos(pi*t^2/2)` from 0.
    pub fn fresnel_cos(&self, precision: u32) -> Ball {
        self.fresnel(precision, |(_, cosine)| cosine)
    }

    /// One of Fresnel's integrals, which are odd and whose slopes are at most 1.
    fn fresnel(&self, precision: u32, chosen: fn((Ball, Ball)) -> Ball) -> Ball {
        let at = |x: &Ball| {
            if let Some(pair) = fresnel_far(&x.abs(), precision) {
                return if x.sign() == Some(-1) { chosen(pair).neg() } else { chosen(pair) };
            }
            let (sine, cosine) = fresnel(&ComplexBall::from(x.clone()), precision);
            chosen((sine.re().clone(), cosine.re().clone()))
        };
        if !self.is_bounded() || self.is_exact() { at(self) } else { at(&self.center()).widened(self.radius()) }
    }

    /// The imaginary error function `-i*erf(i*x)`.
    pub fn erfi(&self, precision: u32) -> Ball {
        let value = self.square(64).greatest_magnitude().to_f64();
        if value.is_nan() || value > LARGEST_SQUARE {
            return Ball::UNBOUNDED;
        }
        // 2/sqrt(pi) sum x^(2k+1) / (k! (2k+1)) has terms of one sign.
        let working = precision + 16;
        let square = self.square(working);
        let size = square.greatest_magnitude().to_f64() * 1.000_001;
        let next = |k: u64, term: &Ball| {
            let k = k as i64;
            term.mul(&square, working).mul_small(2 * k + 1, working).div_small((k + 1) * (2 * k + 3), working)
        };
        sum(self.clone(), working, next, |k| size / (k as f64 + 1.0)).mul(&factor(working), precision)
    }
}

impl ComplexBall {
    /// The error function.
    pub fn erf(&self, precision: u32) -> ComplexBall {
        if self.is_real() { ComplexBall::from(self.re().erf(precision)) } else { erf(self, precision) }
    }

    /// The complementary error function `1 - erf(z)`.
    pub fn erfc(&self, precision: u32) -> ComplexBall {
        if self.is_real() { ComplexBall::from(self.re().erfc(precision)) } else { erfc(self, precision) }
    }

    /// Fresnel's sine integral.
    pub fn fresnel_sin(&self, precision: u32) -> ComplexBall {
        fresnel(self, precision).0
    }

    /// Fresnel's cosine integral.
    pub fn fresnel_cos(&self, precision: u32) -> ComplexBall {
        fresnel(self, precision).1
    }

    /// The imaginary error function `-i*erf(i*z)`.
    pub fn erfi(&self, precision: u32) -> ComplexBall {
        if self.is_real() {
            return ComplexBall::from(self.re().erfi(precision));
        }
        self.mul_i().erf(precision).div_i()
    }
}
