//! Constants in forms that the tests for zero know.

use std::cmp::Ordering;

use crate::algebra::trig_expand;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, function};
use crate::tape;

/// The expression with moduli, signs, steps, and greatest and least values of constants written by the formula that holds
/// there: `abs(sin(4))` as `-sin(4)`.
pub fn told_by_signs(expr: &Expr) -> Expr {
    let told = |node: &Expr| {
        let (Function::Elementary(record), arguments) = node.as_call()? else { return None };
        let pieces = record.pieces?;
        node.is_constant().then(|| (pieces.formula)(arguments, arguments)).flatten()
    };
    expr.rewrite_stored(|_| None, |node| told(&node).unwrap_or(node))
}

/// A constant in a form of which more is known, if it has one: functions of sums and multiples of arcus functions
/// expanded, powers of positive bases as exponentials, moduli by their signs.
///
/// # Errors
/// When the budget runs out.
pub(super) fn known_form(expr: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    if !expr.is_constant() {
        return Ok(None);
    }
    let exponential = |node: &Expr| match node.kind() {
        Kind::Power(base, exponent) if exponent.as_rational().is_none() => {
            let positive = tape::sign_by_ball(base) == Some(Ordering::Greater);
            positive.then(|| function::exp(&(exponent * function::log(base))))
        }
        _ => None,
    };
    let told = told_by_signs(expr).rewrite_stored(|_| None, |node| exponential(&node).unwrap_or(node));
    let expanded = match trig_expand(&told, budget) {
        Err(reason) if reason.is_stopped() => return Err(reason),
        expanded => expanded.unwrap_or(told),
    };
    Ok((expanded != *expr).then_some(expanded))
}
