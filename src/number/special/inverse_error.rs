//! The inverse of the error function on balls.
//!
//! Newton's iteration on `erf(y) = x` from a machine number (Winitzki's approximation, 2008); then the mean value
//! theorem proves how far the found point is from the root: the slope `2/sqrt(pi) e^(-y^2)` falls with `|y|`.

use super::{Ball, ComplexBall};
use crate::number::ball::Radius;

/// Beyond this value the argument is too close to 1 to be told from it by a machine's exponent.
const LARGEST: f64 = 4000.0;

impl Ball {
    /// The inverse of the error function; unbounded unless the ball lies within -1 ..= 1.
    pub fn erfinv(&self, precision: u32) -> Ball {
        if !self.is_bounded() {
            return Ball::UNBOUNDED;
        }
        if !self.is_exact() {
            let end = |point| Ball::exact(point);
            let bits = precision + 8;
            let (low, high) = (end(self.lower(bits)), end(self.upper(bits)));
            return low.erfinv(precision).union(&high.erfinv(precision), precision);
        }
        match self.sign() {
            Some(0) => Ball::ZERO,
            Some(-1) => self.neg().erfinv(precision).neg(),
            _ => positive_point(self, precision).unwrap_or(Ball::UNBOUNDED),
        }
    }
}

/// The value at an exact point above zero; `None` from 1 on.
fn positive_point(x: &Ball, precision: u32) -> Option<Ball> {
    if x.middle().top() < -i64::from(precision) - 8 {
        // erfinv(x) = sqrt(pi)/2 (x + pi/12 x^3 + ...), and the terms left out are below x^2 together.
        let slope = Ball::pi(precision + 8).sqrt(precision + 8).scale(-1);
        let size = x.greatest_magnitude();
        return Some(x.mul(&slope, precision).widened(size.mul(size)));
    }
    // Exact, since the point is: `1 - x` has no more bits than `x` and its distance from 1 ask for.
    let bits = x.middle().bits() as u32 + x.middle().exponent().unsigned_abs().min(1 << 30) as u32 + 64;
    let rest = Ball::one().sub(x, bits);
    if rest.sign() != Some(1) {
        return None;
    }
    let mut y = start(x, &rest)?;
    let mut known = 8;
    let wanted = precision + 8;
    while known < wanted {
        known = (2 * known - 2).min(wanted);
        let working = known + 24;
        y = y.sub(&step(&y, x, &rest, working), working).center();
    }
    let working = wanted + 24;
    proved(&y, &step(&y, x, &rest, working)).map(|ball| ball.rounded(precision))
}

/// A machine number near the value, exact as a ball.
fn start(x: &Ball, rest: &Ball) -> Option<Ball> {
    const A: f64 = 0.147;
    // log(1 - x^2) = log(1 - x) + log(1 + x)
    let log = rest.mul(&Ball::one().add(x, 64), 64).log(64).to_f64();
    let half = 2.0 / (std::f64::consts::PI * A) + log / 2.0;
    let value = ((half * half - log / A).sqrt() - half).sqrt();
    // Near zero the root cancels, and the value is the argument times sqrt(pi)/2.
    let value = if value > 1e-3 { value } else { x.to_f64() * 0.886_226_925_452_758 };
    (value > 0.0 && value < LARGEST).then(|| Ball::from_f64(value))
}

/// Newton's step at an exact point: `(erf(y) - x) sqrt(pi)/2 e^(y^2)`.
fn step(y: &Ball, x: &Ball, rest: &Ball, working: u32) -> Ball {
    // Beyond 1/2 the complements are small numbers of full relative accuracy.
    let difference = match y.to_f64() > 0.5 {
        true => rest.sub(&y.erfc(working), working),
        false => y.erf(working).sub(x, working),
    };
    let slope = y.square(working).exp(working).mul(&Ball::pi(working).sqrt(working), working).scale(-1);
    difference.mul(&slope, working)
}

/// The point widened until it holds the root: within `d` the slope is at least that at `y` times `e^(-2yd - d^2)`.
fn proved(y: &Ball, step: &Ball) -> Option<Ball> {
    let distance = step.greatest_magnitude().scale(1);
    let loss = distance.mul(y.greatest_magnitude().scale(1).add(distance));
    // e^(-loss) >= 1/2 makes twice the step enough.
    loss.is_at_most(Radius::power_of_two(-1)).then(|| y.widened(distance))
}

impl ComplexBall {
    /// The inverse of the error function, on reals alone.
    pub fn erfinv(&self, precision: u32) -> ComplexBall {
        let real = if self.is_real() { self.re().erfinv(precision) } else { Ball::UNBOUNDED };
        ComplexBall::from(real)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_error_function_brings_it_back() {
        for x in [1e-30, 0.001, 0.1, 0.5, 0.75, 0.99, 1.0 - 1e-12, 1.0 - 2f64.powi(-53)] {
            for precision in [53, 120, 400] {
                let value = Ball::from_f64(x).erfinv(precision);
                assert!(value.accuracy_bits() >= i64::from(precision) - 4, "{x}: {value:?}");
                let back = value.erf(precision + 64);
                assert!(back.contains(&Ball::from_f64(x)), "{x}: {back:?}");
            }
        }
        assert!(!Ball::one().erfinv(60).is_bounded());
    }
}
