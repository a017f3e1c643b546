//! Lambert's W, the solutions of `w e^w = z`, on balls.
//!
//! A machine solution is refined by Newton's method on midpoints; what is returned is proved: on the real axis by
//! the signs of `w e^w - z` at both ends (the function is monotone on either side of -1), in the plane by an interval
//! Newton step for `w + log(w) = log(z) + 2 pi i k`, which only the branch `k` satisfies (Corless et al., "On the Lambert
//! W function", 1996, section 4; the segment from -1/e to 0, where two branches do, is left to the real axis).

use super::Enclosure;
use crate::number::ball::Radius;
use crate::number::dyadic::Dyadic;
use crate::number::{Ball, Complex64, ComplexBall};

/// `w e^w`.
fn product(w: &Ball, precision: u32) -> Ball {
    w.mul(&w.exp(precision), precision)
}

/// A machine solution by Halley's method, from the asymptotic start of the branch.
fn start(branch: i64, z: Complex64) -> Complex64 {
    let mut w = first_guess(branch, z);
    let one = Complex64::from(1.0);
    for _ in 0..40 {
        let grown = w.exp();
        let residue = w * grown - z;
        let slope = grown * (w + one) - (w + Complex64::from(2.0)) * residue / (Complex64::from(2.0) * (w + one));
        let step = residue / slope;
        if !step.is_finite() {
            break;
        }
        w = w - step;
        if step.abs() <= 1e-15 * w.abs() {
            break;
        }
    }
    w
}

fn first_guess(branch: i64, z: Complex64) -> Complex64 {
    let one = Complex64::from(1.0);
    let offset = z * Complex64::from(std::f64::consts::E) + one;
    let upper = z.im >= 0.0;
    let close = if branch == 0 && z.re < 0.0 { 4.0 } else { 0.7 };
    if offset.abs() < close && (branch == 0 || (branch == -1 && upper) || (branch == 1 && !upper)) {
        // The square-root branch point at -1/e.
        let root = (offset + offset).sqrt();
        let root = if branch == 0 { root } else { -root };
        return root - one - root * root / Complex64::from(3.0);
    }
    if branch == 0 && z.abs() < 3.0 {
        return (z + one).log() * Complex64::from(0.7);
    }
    let logarithm = if branch == -1 && z.im == 0.0 && z.re < 0.0 && z.re > -0.37 {
        Complex64::from(pxfm::f_log(-z.re))
    } else {
        z.log() + Complex64::new(0.0, 2.0 * std::f64::consts::PI * branch as f64)
    };
    if branch == -1 && logarithm.im == 0.0 {
        return logarithm - Complex64::from(pxfm::f_log(-logarithm.re));
    }
    logarithm - logarithm.log()
}

/// The precisions of Newton's steps, each about doubling the one before, up to the wanted.
fn ladder(precision: u32) -> Vec<u32> {
    let mut steps = vec![precision];
    let mut current = precision;
    while current > 40 {
        current = current / 2 + 8;
        steps.push(current);
        if current <= 40 || steps.len() > 40 {
            break;
        }
    }
    steps.reverse();
    steps
}

/// The real solution at a point, on branch 0 (`w >= -1`) or -1 (`w <= -1`), as a proved ball.
fn at_point(branch: i64, z: &Dyadic, precision: u32) -> Ball {
    if z.is_zero() {
        return if branch == 0 { Ball::from(0) } else { Ball::UNBOUNDED };
    }
    let z = Ball::exact(z.clone());
    let machine = start(branch, Complex64::from(z.to_f64()));
    if !machine.is_finite() || machine.im.abs() > 1e-6 {
        return Ball::UNBOUNDED;
    }
    let mut w = Ball::from_f64(machine.re);
    for working in ladder(precision + 16) {
        let grown = w.exp(working + 16);
        let residue = w.mul(&grown, working + 16).sub(&z, working + 16);
        let slope = grown.mul(&w.add(&Ball::one(), working + 16), working + 16);
        w = w.sub(&residue.div(&slope, working), working).center();
    }
    // Both ends on the branch's side of -1, and the value of z between theirs.
    let working = 2 * precision + 64;
    for loss in [8, 24, precision / 2] {
        let reach = Radius::power_of_two(w.middle().top() - i64::from(precision) + i64::from(loss));
        let end = |sign: i64| w.add(&Ball::exact(reach.to_dyadic()).mul_small(sign, 64), working);
        let (low, high) = (end(-1), end(1));
        let side = |ball: &Ball| ball.compare(&Ball::from(-1));
        let on_branch = if branch == 0 {
            side(&low).is_some_and(|order| order.is_ge())
        } else {
            side(&high).is_some_and(|order| order.is_le())
        };
        let (below, above) = (product(&low, working).compare(&z), product(&high, working).compare(&z));
        let between = below.zip(above).is_some_and(|(below, above)| below != above);
        if on_branch && between {
            return w.widened(reach).rounded(precision);
        }
    }
    Ball::UNBOUNDED
}

impl Ball {
    /// Lambert's W where it is real: branch 0 from -1/e on, branch -1 from -1/e to 0.
    pub fn lambert_w(&self, branch: i64, precision: u32) -> Ball {
        if !self.is_bounded() || !matches!(branch, 0 | -1) || (branch == -1 && self.sign() != Some(-1)) {
            return Ball::UNBOUNDED;
        }
        if self.is_zero() {
            return Ball::ZERO;
        }
        if branch == 0
            && let Some(value) = near_zero(self.greatest_magnitude()).filter(|_| self.contains_zero())
        {
            return Ball::ZERO.widened(value);
        }
        if self.is_exact() {
            return at_point(branch, self.middle(), precision);
        }
        // The function is monotone, so the ends enclose.
        let digits = precision + 32;
        let (low, high) = (self.lower(digits), self.upper(digits));
        at_point(branch, &low, precision).union(&at_point(branch, &high, precision), precision)
    }
}

/// `|W(z)| <= 2|z|` on branch 0 for `|z| <= 1/4`.
fn near_zero(size: Radius) -> Option<Radius> {
    size.is_at_most(Radius::power_of_two(-2)).then(|| size.scale(1))
}

impl ComplexBall {
    /// Lambert's W on any branch; unbounded where the branch can't be told (on a cut that the ball crosses).
    pub fn lambert_w(&self, branch: i64, precision: u32) -> ComplexBall {
        if self.is_real() {
            let value = self.re().lambert_w(branch, precision);
            if value.is_bounded() {
                return ComplexBall::from(value);
            }
        }
        if self.contains_zero() {
            return match near_zero(Enclosure::size(self)) {
                Some(size) if branch == 0 => ComplexBall::ZERO.widened(size),
                _ => ComplexBall::UNBOUNDED,
            };
        }
        on_branch(branch, self, precision)
    }
}

fn on_branch(branch: i64, z: &ComplexBall, precision: u32) -> ComplexBall {
    let middle = Complex64::new(z.re().to_f64(), z.im().to_f64());
    let machine = start(branch, middle);
    if !machine.is_finite() {
        return ComplexBall::UNBOUNDED;
    }
    let finest = precision + 32;
    let turns = ComplexBall::new(Ball::ZERO, Ball::pi(finest).scale(1).mul_small(branch, finest));
    let goal = z.log(finest).add(&turns, finest);
    let one = ComplexBall::one();
    let center = |ball: &ComplexBall| ComplexBall::new(ball.re().center(), ball.im().center());
    let aim = center(&goal);
    let mut w = machine.to_ball();
    for working in ladder(finest) {
        let residue = w.add(&w.log(working), working).sub(&aim, working);
        let slope = one.add(&w.recip(working), working);
        w = center(&w.sub(&residue.div(&slope, working), working));
    }
    let residue = w.add(&w.log(finest), finest).sub(&goal, finest);
    let slope = one.add(&w.recip(finest), finest);
    let mut reach = residue.div(&slope, finest).greatest_magnitude().scale(1);
    for _ in 0..4 {
        let around = w.widened(reach);
        // The logarithm must be continuous on the box.
        let clear = around.re().sign() == Some(1) || matches!(around.im().sign(), Some(1 | -1));
        let slopes = one.add(&around.recip(finest), finest);
        let image = w.sub(&residue.div(&slopes, finest), finest);
        if clear && around.contains(&image) {
            return image.rounded(precision);
        }
        reach = reach.scale(2);
    }
    ComplexBall::UNBOUNDED
}
