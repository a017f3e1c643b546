//! Constants that are a rational number or the square root of one: seen by an enclosure, then proved.

use crate::algebra::is_zero;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Truth};
use crate::number::Rational;
use crate::tape;

/// Numerators and denominators that are tried have no more digits than this stands for.
const HIGHEST: i64 = 5000;
/// The precision of the look at the value.
const BITS: u32 = 96;

/// The constant as a rational number or the square root of one, if that is proved.
pub(super) fn recognised(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if !expr.is_constant() || super::size(expr) < 4 {
        return Ok(expr.clone());
    }
    let square = expr * expr;
    for (value, is_square) in [(expr, false), (&square, true)] {
        let Some(near) = real_value(value, budget).and_then(simple_near) else { continue };
        let size = Expr::number(near);
        let candidates = if is_square { vec![size.sqrt(), -size.sqrt()] } else { vec![size] };
        for candidate in candidates {
            if is_zero(&(expr - &candidate), budget)?.is_yes() {
                return Ok(candidate);
            }
        }
    }
    Ok(expr.clone())
}

/// The value of a real constant.
fn real_value(expr: &Expr, budget: &Budget) -> Option<f64> {
    let questions = tape::Questions { is_zero: &|_| Truth::Unknown, budget };
    let (re, im) = tape::evaluate(expr, BITS, &questions).ok()?.value.to_f64_parts();
    (re.is_finite() && im.abs() < 1e-20).then_some(re)
}

/// The simplest fraction at a value, if it is simple.
fn simple_near(value: f64) -> Option<Rational> {
    let (mut rest, mut above, mut below) = (value, (1_i64, 0_i64), (0_i64, 1_i64));
    for _ in 0..24 {
        let whole = rest.floor();
        if whole.abs() > HIGHEST as f64 {
            return None;
        }
        let step = |pair: (i64, i64)| (whole as i64 * pair.0 + pair.1, pair.0);
        (above, below) = (step(above), step(below));
        if above.0.abs() > HIGHEST || below.0 > HIGHEST {
            return None;
        }
        if (above.0 as f64 / below.0 as f64 - value).abs() <= 1e-13 * value.abs() {
            return Rational::fraction(above.0, below.0);
        }
        rest = (rest - whole).recip();
    }
    None
}
