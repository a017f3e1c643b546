//! Enclosures of constants, and their order.

use std::cmp::Ordering;

use crate::algebra::constant::conjugate;
use crate::algebra::zero::is_zero;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Truth, assume};
use crate::number::{Ball, ComplexBall, Number};
use crate::tape::{self, Evaluator, Numbers, Program};

/// The precision of enclosures.
pub const BITS: u32 = 256;

/// The order of two real constants, proved; `None` where it is not, or where one is not shown to be real.
///
/// # Errors
/// When the budget runs out.
pub fn order(a: &Expr, b: &Expr, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    let difference = a - b;
    if let Some(sign) = assume::sign(&difference).or_else(|| tape::sign_by_ball(&difference)) {
        return Ok(Some(sign));
    }
    if is_zero(&difference, budget)?.is_yes() {
        return Ok(Some(Ordering::Equal));
    }
    // Real numbers put together from complex ones.
    let (Some(left), Some(right)) = (enclosure(a), enclosure(b)) else { return Ok(None) };
    let apart = left.re().compare(right.re()).filter(|order| order.is_ne());
    Ok(if apart.is_some() && is_real(a, budget)? && is_real(b, budget)? { apart } else { None })
}

/// Is the constant shown to be real?
fn is_real(value: &Expr, budget: &Budget) -> Result<bool, Reason> {
    Ok(match tape::is_real_by_ball(value) {
        Truth::Unknown => is_zero(&(value - conjugate(value)), budget)?.is_yes(),
        known => known.is_yes(),
    })
}

/// A sharp enclosure of a constant's value.
pub fn enclosure(expr: &Expr) -> Option<ComplexBall> {
    let program = Program::new(expr, &[]).ok()?;
    let value: ComplexBall = Evaluator::new(program, Numbers(BITS)).value(&[]);
    let is_sharp = |part: &Ball| part.radius_f64() < 1e-9 * (1.0 + part.to_f64().abs());
    if value.is_bounded() && is_sharp(value.re()) && is_sharp(value.im()) {
        return Some(value);
    }
    evaluated(expr)
}

/// The value where zeros inside must be known before branches can be chosen.
fn evaluated(expr: &Expr) -> Option<ComplexBall> {
    let budget = Budget::unlimited();
    let is_zero = |part: &Expr| is_zero(part, &budget).unwrap_or(Truth::Unknown);
    let found = tape::evaluate(expr, BITS, &tape::Questions { is_zero: &is_zero, budget: &budget }).ok()?;
    if !found.proved {
        return None;
    }
    around(&found.value)
}

/// The complex numbers that a number of the precision of enclosures may be the rounding of; `None` without parts.
pub fn around(number: &Number) -> Option<ComplexBall> {
    let part = |number: &Number| {
        let real = match number {
            Number::Real(real) => Ball::from_real(real),
            Number::Rational(q) => Ball::from_rational(q, BITS),
            Number::Gaussian(_) | Number::Complex(_) => return None,
        };
        let error = real.abs().scale(8 - i64::from(BITS));
        Some(real.sub(&error, BITS).union(&real.add(&error, BITS), BITS))
    };
    let (re, im) = number.parts();
    Some(ComplexBall::new(part(&re)?, part(&im)?))
}
