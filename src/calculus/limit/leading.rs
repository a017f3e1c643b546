//! The limit from a leading term.

use std::cmp::Ordering;

use super::Answer;
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::taylor;
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, Symbol, assume, function};
use crate::number::Rational;
use crate::tape::series::{self, Approach, small_symbol};

/// The limit where one expansion holds on both sides of a finite point; `None` where there is none.
///
/// # Errors
/// When the budget runs out.
pub(super) fn both_sides(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    budget: &Budget,
) -> Result<Option<Answer>, Reason> {
    // Up to the constant term: then the expansion says itself whether it holds on both sides.
    let expansion = match taylor::series(expr, variable, &Approach::both(point), 1, budget) {
        Ok(expansion) => expansion,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let (exponent, coefficient) = match expansion.leading() {
        None => return Ok(Some(Answer::of(Expr::zero()))),
        Some((exponent, coefficient)) => (exponent, coefficient.clone()),
    };
    if expansion.has_logarithms() {
        return Ok(None);
    }
    match exponent.signum() {
        1 => Ok(Some(Answer::of(Expr::zero()))),
        0 => Ok(Some(Answer::of(tidy(&coefficient, budget)?))),
        _ if exponent.is_integer() => {
            let value = pole(&exponent, &coefficient, budget)?;
            let ways = match (value.kind(), sign(&coefficient, budget)?) {
                (Kind::Infinity(Infinity::Unsigned), Some(sign)) => {
                    let (low, high) = (Expr::infinity(Infinity::Negative), Expr::infinity(Infinity::Positive));
                    let (left, right) = if sign.is_gt() { (low, high) } else { (high, low) };
                    let way = |relation| Expr::relation(relation, Expr::symbol(variable), point.clone());
                    vec![(way(Relation::Less), left), (way(Relation::Greater), right)]
                }
                _ => Vec::new(),
            };
            Ok(Some(Answer { value, ways }))
        }
        _ => Ok(None),
    }
}

/// A pole of integer order: signed when even, unsigned when odd.
fn pole(exponent: &Rational, coefficient: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let odd = exponent.numerator().is_odd();
    match sign(coefficient, budget)? {
        Some(_) if odd => Ok(Expr::infinity(Infinity::Unsigned)),
        Some(Ordering::Greater) => Ok(Expr::infinity(Infinity::Positive)),
        Some(Ordering::Less) => Ok(Expr::infinity(Infinity::Negative)),
        Some(Ordering::Equal) | None => Err(missing_sign(coefficient)),
    }
}

/// The fact that would decide.
pub(super) fn missing_sign(coefficient: &Expr) -> Reason {
    let (rest, number) = coefficient.split_coefficient();
    let (relation, subject) = match number.real_sign() {
        Some(-1) if !rest.is_one() => (Relation::Less, -coefficient),
        _ => (Relation::Greater, coefficient.clone()),
    };
    // Of a logarithm it is asked whether its argument is above one.
    let (subject, bound) = match subject.argument_of(&function::LOG) {
        Some(argument) => (argument.clone(), Expr::one()),
        None => (subject, Expr::zero()),
    };
    Reason::Unknown(Expr::relation(relation, subject, bound))
}

/// The sign of a real constant or of an expression in parameters.
///
/// # Errors
/// When the budget runs out.
pub(super) fn sign(expr: &Expr, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    if let Some(sign) = series::plain_sign(expr) {
        return Ok(Some(sign));
    }
    let expanded = algebra::expand(expr, budget)?;
    Ok(series::plain_sign(&expanded))
}

/// A limit in the form in which it is answered.
///
/// # Errors
/// When the budget runs out.
pub(super) fn tidy(value: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if value.as_number().is_some() || value.as_symbol().is_some() {
        return Ok(value.clone());
    }
    let expanded = match algebra::expand(value, budget) {
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => value.clone(),
        Ok(expanded) => expanded,
    };
    let rational = algebra::simplify_rational(&expanded, budget)?;
    let size = |e: &Expr| crate::print::text(e).len();
    Ok([value.clone(), expanded, rational].into_iter().min_by_key(size).unwrap_or_else(|| value.clone()))
}

/// The limit from one side of a sum of powers with symbolic exponents times functions, by their leading terms; `None` when
/// it is no such sum or a sign is not known.
///
/// # Errors
/// When the budget runs out.
pub(super) fn by_powers(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    budget: &Budget,
) -> Result<Option<Expr>, Reason> {
    let families = match taylor::families(expr, variable, approach, 1, budget) {
        Ok(Some(families)) => families,
        Err(reason) if reason.is_stopped() => return Err(reason),
        _ => return Ok(None),
    };
    let (mut finite, mut infinite) = (Expr::zero(), None);
    for family in &families {
        let series = &family.expansion.series;
        let (lead, c) = match (series.leading(), series.precision()) {
            (Some((lead, c)), _) if !c.has_symbol(small_symbol()) => (lead, c.clone()),
            (None, Some(beyond)) => (beyond, Expr::zero()),
            (None, None) => continue,
            _ => return Ok(None),
        };
        let Some(sign) = assume::sign(&(&family.exponent + Expr::number(lead))) else { return Ok(None) };
        match (sign, assume::sign(&c)) {
            (Ordering::Greater, _) => {}
            (Ordering::Equal, _) if !c.is_zero() => finite = finite + c,
            (Ordering::Less, Some(sign)) if sign.is_ne() && infinite.is_none_or(|own| own == sign) => {
                infinite = Some(sign);
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(match infinite {
        Some(Ordering::Less) => Expr::infinity(Infinity::Negative),
        Some(_) => Expr::infinity(Infinity::Positive),
        None => finite,
    }))
}
