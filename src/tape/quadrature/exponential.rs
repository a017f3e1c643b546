//! Double exponential integration to any precision.
//!
//! The trapezoidal rule after a substitution that makes the integrand die out doubly exponentially (Takahasi and Mori,
//! 1974; Bailey, Jeyabalan and Li, 2005, for the practice): `x = tanh(pi/2*sinh t)` on a finite range,
//! `exp(pi/2*sinh t)` from a point to infinity, `sinh(pi/2*sinh t)` on the whole line. Values are balls, so rounding is
//! under control; the error of the rule is estimated from two step widths, not proved.

use crate::budget::Budget;
use crate::expr::Reason;
use crate::number::Ball;

/// A range of integration.
#[derive(Clone, Debug)]
pub enum DoubleExponential {
    /// From one point to another.
    Finite(Ball, Ball),
    /// From a point to plus infinity (`true`), or from minus infinity to a point.
    Half(Ball, bool),
    /// The whole line.
    Line,
}

/// Step widths from 1/2 down to `2^-LEVELS` are tried.
const LEVELS: i64 = 10;

/// The integral with the error estimate as radius.
///
/// # Errors
/// `Unsupported` when the sums don't settle, or the function has no value at a point inside; `Budget` when stopped.
pub fn integrate_to(
    f: &mut dyn FnMut(&Ball, u32) -> Ball,
    range: &DoubleExponential,
    bits: u32,
    budget: &Budget,
) -> Result<Ball, Reason> {
    let working = 2 * bits + 32;
    let reach = pxfm::f_asinh(f64::from(working) * std::f64::consts::LN_2);
    let mut rule = Trapezoid { f, range, bits, working, reach, budget };
    let mut previous: Option<Ball> = None;
    let mut sum = rule.sum(1, true)?;
    for level in 1..=LEVELS {
        sum = sum.add(&rule.sum(level, false)?, working);
        let value = sum.scale(-level);
        if let Some(previous) = previous.replace(value.clone()) {
            let change = value.sub(&previous, working).abs();
            let small = value.abs().scale(-(i64::from(bits) + 4));
            let settled = change.sub(&small, working).sign().is_some_and(|sign| sign <= 0);
            if settled || (value.contains_zero() && level > 5) {
                return Ok(value.add(&change.union(&change.neg(), working), working));
            }
        }
    }
    Err(Reason::Unsupported("a numerical integral that does not settle"))
}

struct Trapezoid<'a> {
    f: &'a mut dyn FnMut(&Ball, u32) -> Ball,
    range: &'a DoubleExponential,
    bits: u32,
    working: u32,
    reach: f64,
    budget: &'a Budget,
}

impl Trapezoid<'_> {
    /// The sum over the points that are new at this level, of width `2^-level`; with `coarse`, over those of width 1.
    fn sum(&mut self, level: i64, coarse: bool) -> Result<Ball, Reason> {
        let mut total = if coarse { self.term(&Ball::ZERO)?.unwrap_or(Ball::ZERO) } else { Ball::ZERO };
        for sign in [1, -1] {
            let mut quiet = 0;
            let mut k = 1;
            while quiet < 4 {
                let t = if coarse { Ball::from(sign * k) } else { Ball::from(sign * k).scale(-level) };
                if t.to_f64().abs() > self.reach {
                    break;
                }
                match self.term(&t)? {
                    Some(term) => {
                        total = total.add(&term, self.working);
                        quiet = if self.is_negligible(&term, &total) { quiet + 1 } else { 0 };
                    }
                    // At the ends the function may be singular, and the weight makes up for that.
                    None if t.to_f64().abs() > 2.5 => break,
                    None => return Err(Reason::Unsupported("an integrand without value inside the range")),
                }
                k += if coarse { 1 } else { 2 };
            }
        }
        Ok(total)
    }

    fn is_negligible(&self, term: &Ball, total: &Ball) -> bool {
        let bound = total.abs().scale(-(i64::from(self.bits) + 24));
        term.abs().sub(&bound, 64).sign().is_some_and(|sign| sign < 0) || term.is_zero()
    }

    /// The weighted value at a point of the transformed line.
    fn term(&mut self, t: &Ball) -> Result<Option<Ball>, Reason> {
        self.budget.check()?;
        let p = self.working;
        let half_pi = Ball::pi(p).scale(-1);
        let inner = half_pi.mul(&t.sinh(p), p);
        let slope = half_pi.mul(&t.cosh(p), p);
        let (x, weight) = match self.range {
            DoubleExponential::Finite(low, high) => {
                let half = high.sub(low, p).scale(-1);
                let secant = inner.cosh(p).recip(p);
                let weight = half.mul(&slope, p).mul(&secant.square(p), p);
                // The distance from the nearer end, exact even where the point can hardly be told from it.
                let decay = inner.abs().scale(1).neg().exp(p);
                let gap = half.scale(1).mul(&decay, p).div(&decay.add(&Ball::one(), p), p);
                let x = if t.sign() == Some(1) { high.sub(&gap, p) } else { low.add(&gap, p) };
                (x, weight)
            }
            DoubleExponential::Half(from, upwards) => {
                let distance = inner.exp(p);
                let weight = slope.mul(&distance, p);
                (if *upwards { from.add(&distance, p) } else { from.sub(&distance, p) }, weight)
            }
            DoubleExponential::Line => (inner.sinh(p), slope.mul(&inner.cosh(p), p)),
        };
        let value = (self.f)(&x, p).mul(&weight, p);
        Ok(value.is_bounded().then_some(value))
    }
}
