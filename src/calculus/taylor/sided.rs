//! Expansions at points whose two sides differ.
//!
//! A polynomial of degree `n` is one for both sides as soon as the expansions from the right and from the left agree up
//! to that degree: `abs(x)^3` has one of degree 2 at 0, none of degree 3. Where fractional powers or logarithms occur, the
//! expansion from the right is meant, which shows in its terms. At corners and jumps there is none.

use super::series;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Relation, Symbol, Truth, assume};
use crate::number::Rational;
use crate::tape::series::{Approach, Series, Side};

/// A series, and for which side it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// The series.
    pub series: Series,
    /// The side for which it was made; the small variable is `a - x` on the left.
    pub side: Side,
    /// Is it an expansion from the right alone, with fractional powers or logarithms?
    pub right_only: bool,
}

/// The expansion at a point with the terms of an exponent below `order`, for both sides where they agree so far.
///
/// # Errors
/// `Unsupported` when the sides differ; those of `tape::series::series_of`.
pub fn expansion(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    order: usize,
    budget: &Budget,
) -> Result<Expansion, Reason> {
    match series(expr, variable, approach, order, budget) {
        Ok(series) => Ok(Expansion { series, side: approach.side, right_only: false }),
        Err(Reason::Unsupported(_)) if !approach.is_one_sided() => {
            let from = |side| series(expr, variable, &Approach::one_sided(&approach.point, side), order, budget);
            if let Some(side) = assumed_side(variable, &approach.point) {
                return Ok(Expansion { series: from(side)?, side, right_only: false });
            }
            let right = from(Side::Right)?;
            if right.has_logarithms() || !right.has_integer_exponents() {
                return Ok(Expansion { series: right, side: Side::Right, right_only: true });
            }
            let left = from(Side::Left)?;
            if !agree(&right, &left, order, budget)? {
                return Err(Reason::Unsupported("the two sides of the point differ; dir='+' or dir='-' picks one"));
            }
            let series = right.truncated(&Rational::from(order as i64 - 1)).inexact();
            Ok(Expansion { series, side: Side::Both, right_only: false })
        }
        Err(reason) => Err(reason),
    }
}

/// The side on which the variable is assumed to lie.
pub(super) fn assumed_side(variable: Symbol, point: &Expr) -> Option<Side> {
    let holds = |relation| assume::decide(relation, &Expr::symbol(variable), point).is_yes();
    match (holds(Relation::Greater), holds(Relation::Less)) {
        (true, _) => Some(Side::Right),
        (_, true) => Some(Side::Left),
        _ => None,
    }
}

/// Are the terms below an order the same from both sides?
fn agree(right: &Series, left: &Series, order: usize, budget: &Budget) -> Result<bool, Reason> {
    let limit = Rational::from(order as i64);
    let exponents = || right.terms().chain(left.terms()).map(|(exponent, _)| exponent).filter(|e| *e < limit);
    for exponent in exponents() {
        let (Some(right), Some(left)) = (right.coefficient(&exponent), left.coefficient(&exponent)) else {
            return Ok(false);
        };
        let mirrored = if exponent.numerator().is_odd() { -left } else { left };
        let difference = &right - &mirrored;
        match algebra::is_zero(&difference, budget)? {
            Truth::Yes => {}
            Truth::No => return Ok(false),
            Truth::Unknown => return Err(Reason::Unknown(Expr::relation(Relation::Equal, right, mirrored))),
        }
    }
    Ok(true)
}
