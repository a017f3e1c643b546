//! Interpolants in Chebyshev's points, for functions that are analytic around a stretch.
//!
//! With the function at most `M` on the ellipse of Bernstein whose axes add up to `RHO` times half the stretch, `n` points
//! leave less than `4*M*RHO^(1-n)/(RHO-1)` (Trefethen, Approximation Theory and Approximation Practice, theorem 8.2). `M`
//! comes from a complex ball around the ellipse.

use std::f64::consts::PI;

use super::{ENOUGH, Special};
use crate::number::Interval;

/// Points of interpolation on a stretch.
const POINTS: usize = 36;
/// The parameter of the ellipse, and its half axes in halves of the stretch, rounded up.
const RHO: f64 = 3.0;
const AXES: (f64, f64) = (1.67, 1.34);
/// Beside a cut the real values differ from the complex ones by no more than a turn.
const TURN: f64 = 7.0;

/// A polynomial for a function on a stretch.
pub(super) struct Interpolant {
    centre: f64,
    half: f64,
    /// By Chebyshev's polynomials of the distance from the centre in halves of the stretch.
    coefficients: Vec<f64>,
    /// Those of the derivative.
    slopes: Vec<f64>,
    /// The greatest difference from the function.
    error: f64,
    /// A bound of the second derivative.
    bend: f64,
}

/// The function in Chebyshev's points, and the greatest uncertainty of these values.
fn values_of(function: Special, centre: f64, half: f64) -> Option<([f64; POINTS], f64)> {
    let mut values = [0.0_f64; POINTS];
    let mut uncertain = 0.0_f64;
    for (j, value) in values.iter_mut().enumerate() {
        let x = centre + half * pxfm::f_cos(PI * (j as f64 + 0.5) / POINTS as f64);
        let (middle, radius) = match function.direct(Interval::point(x)) {
            Some(near) => (near.midpoint(), near.width()),
            None => {
                let ball = function.ball(x);
                (ball.to_f64(), ball.radius_f64())
            }
        };
        if !middle.is_finite() || !radius.is_finite() {
            return None;
        }
        *value = middle;
        uncertain = uncertain.max(radius);
    }
    Some((values, uncertain))
}

impl Interpolant {
    /// The polynomial, if its error is small.
    pub(super) fn new(function: Special, start: f64, end: f64) -> Option<Interpolant> {
        let (centre, half) = (0.5 * (start + end), 0.5 * (end - start));
        let (re, im) = (AXES.0 * half, AXES.1 * half);
        let bound = function.bound(Interval::new(centre - re, centre + re), Interval::new(-im, im)) + TURN;
        if !bound.is_finite() {
            return None;
        }
        let (values, uncertain) = values_of(function, centre, half)?;
        let greatest = values.iter().fold(0.0_f64, |all, value| all.max(value.abs()));
        let mut coefficients = transform(&values).to_vec();
        // What is not analytic shows in slowly shrinking coefficients.
        let tail = coefficients[POINTS - 1].abs() + coefficients[POINTS - 2].abs();
        let mut dropped = 0.0;
        while coefficients.len() > 2 && coefficients.last().is_some_and(|last| last.abs() <= f64::EPSILON * greatest) {
            dropped += coefficients.pop().unwrap_or(0.0).abs();
        }
        let truncated = 4.0 * bound * RHO.powi(1 - POINTS as i32) / (RHO - 1.0);
        let weighted = |weight: fn(f64) -> f64| -> f64 {
            coefficients.iter().enumerate().map(|(k, a)| weight(k as f64) * a.abs()).sum()
        };
        // The greatest slope and bend of the k-th polynomial (V. A. Markov).
        let (steep, bend) = (weighted(|k| k * k), weighted(|k| k * k * (k * k - 1.0) / 3.0));
        // Rounding of the transform, of the evaluation, of the place; Lebesgue's constant is below 3.4 for so many points.
        let misplaced = 4.0 + centre.abs() / half;
        let rounded = f64::EPSILON * (POINTS as f64 * (POINTS as f64 + 4.0) * greatest + misplaced * steep);
        let error = 1.01 * (truncated + dropped + 3.4 * uncertain + rounded);
        let sound = error <= ENOUGH * greatest && tail <= 0.1 * ENOUGH * greatest;
        let slopes = derivative(&coefficients);
        sound.then_some(Interpolant { centre, half, coefficients, slopes, error, bend })
    }

    pub(super) fn value(&self, x: f64) -> f64 {
        clenshaw(&self.coefficients, (x - self.centre) / self.half)
    }

    /// All values between two places: the value and the slope in the middle, and a bound of what bends away from them.
    pub(super) fn enclose(&self, from: f64, to: f64) -> Interval {
        let (a, b) = ((from - self.centre) / self.half, (to - self.centre) / self.half);
        let (t, reach) = (0.5 * (a + b), 0.5 * (b - a) * (1.0 + 4.0 * f64::EPSILON));
        let (value, slope) = (clenshaw(&self.coefficients, t), clenshaw(&self.slopes, t));
        let away = (slope.abs() * reach + 0.5 * self.bend * reach * reach + self.error) * (1.0 + 4.0 * f64::EPSILON);
        Interval::new((value - away).next_down(), (value + away).next_up())
    }
}

/// The coefficients of Chebyshev's polynomials for values in their zeros.
fn transform(values: &[f64; POINTS]) -> [f64; POINTS] {
    const TURN: usize = 4 * POINTS;
    let count = POINTS as f64;
    let cosines: [f64; TURN] = std::array::from_fn(|m| pxfm::f_cos(PI * m as f64 / (2.0 * count)));
    std::array::from_fn(|k| {
        let term = |(j, value): (usize, &f64)| value * cosines[k * (2 * j + 1) % TURN];
        let sum: f64 = values.iter().enumerate().map(term).sum();
        sum * if k == 0 { 1.0 } else { 2.0 } / count
    })
}

/// The coefficients of the derivative.
fn derivative(coefficients: &[f64]) -> Vec<f64> {
    let count = coefficients.len().saturating_sub(1);
    let mut out = vec![0.0; count + 2];
    for k in (0..count).rev() {
        out[k] = out[k + 2] + 2.0 * (k as f64 + 1.0) * coefficients[k + 1];
    }
    out[0] *= 0.5;
    out.truncate(count);
    out
}

/// The value of a sum of Chebyshev's polynomials.
fn clenshaw(coefficients: &[f64], t: f64) -> f64 {
    let (mut next, mut after) = (0.0_f64, 0.0_f64);
    for a in coefficients.iter().skip(1).rev() {
        (next, after) = (2.0 * t * next - after + a, next);
    }
    t * next - after + coefficients.first().copied().unwrap_or(0.0)
}
