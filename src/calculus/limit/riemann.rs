//! Sums of growing length that are Riemann sums: `sum(n/(n^2 + k^2), k, 1, n)` tends to the integral of `1/(1 + t^2)`.
//!
//! With `k = t*n` the term times `n` must be a function of `t` alone, or tend to one evenly for all `t`. Where that is
//! continuous on the closed range, or monotone next to an end with a convergent integral, the sums tend to the integral.

use super::ascent::Ascent;
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::definite_integral;
use crate::calculus::taylor::is_monotone_above_zero;
use crate::expr::assume::{self, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, function};
use crate::number::{Interval, Rational};
use crate::tape::IntervalFunction;

/// The range is looked at in so many cells.
const CELLS: i64 = 64;

/// The limit of a sum with bounds that are linear in the large variable; `None` where this is no
/// Riemann sum.
///
/// # Errors
/// When the budget runs out.
pub(super) fn limit(ascent: &Ascent, expr: &Expr) -> Result<Option<Expr>, Reason> {
    let (variable, budget) = (ascent.x, ascent.budget);
    let factors = algebra::factors(expr);
    let (sums, others): (Vec<&Expr>, Vec<&Expr>) = factors.iter().partition(|factor| is_sum(factor));
    let [only] = sums.as_slice() else { return Ok(None) };
    let Some((_, [term, index, low, high])) = only.as_call() else { return Ok(None) };
    let Some(index) = index.as_symbol() else { return Ok(None) };
    let (Some(low), Some(high)) = (Bound::of(low, variable), Bound::of(high, variable)) else { return Ok(None) };
    // No point k/n lies outside the range of integration.
    if low.slope.is_negative() || low.slope >= high.slope || low.offset.is_negative() || high.offset.signum() > 0 {
        return Ok(None);
    }
    if others.iter().any(|factor| factor.has_symbol(index)) {
        return Ok(None);
    }
    let term = Expr::product(others.into_iter().cloned()) * term;
    let t = Symbol::new("the share of the length");
    let Some(density) = density(ascent, &term, (index, t), [&low.slope, &high.slope])? else { return Ok(None) };
    if !is_summable(&density, t, &low, &high, budget)? {
        return Ok(None);
    }
    let [from, to] = [&low.slope, &high.slope].map(|q| Expr::number(q.clone()));
    match definite_integral(&density, t, &from, &to, budget) {
        Err(reason) if reason.is_stopped() => Err(reason),
        Ok(Some(value)) if value.is_constant() && super::is_finite(&value) => Ok(Some(value)),
        _ => Ok(None),
    }
}

fn is_sum(factor: &Expr) -> bool {
    factor.as_call().is_some_and(|(called, _)| called.is(&function::SUM))
}

/// A bound `slope*n + offset`.
struct Bound {
    slope: Rational,
    offset: Rational,
}

impl Bound {
    fn of(bound: &Expr, variable: Symbol) -> Option<Bound> {
        let at = |value: i64| bound.substitute_symbol(variable, &Expr::integer(value)).as_rational().cloned();
        let (offset, one) = (at(0)?, at(1)?);
        let slope = &one - &offset;
        let line = Expr::symbol(variable).scale(&slope.clone().into()) + Expr::number(offset.clone());
        (line == *bound).then_some(Bound { slope, offset })
    }
}

/// `n` times the term at `k = t*n`, if that holds `t` alone or tends to what does.
fn density(
    ascent: &Ascent,
    term: &Expr,
    (index, t): (Symbol, Symbol),
    range: [&Rational; 2],
) -> Result<Option<Expr>, Reason> {
    let positive = Fact::Holds(Expr::relation(Relation::Greater, Expr::symbol(t), Expr::zero()));
    assume::with_facts(vec![positive], || {
        let n = Expr::symbol(ascent.x);
        let whole = &n * term.substitute_symbol(index, &(Expr::symbol(t) * &n));
        // If it is the same for all n, it is what it is for one.
        let density = whole.substitute_symbol(ascent.x, &Expr::one());
        let is_free = |density: &Expr| density.variables().iter().all(|symbol| *symbol == t) && !density.is_undefined();
        if is_free(&density) && is_same(&whole, &density, ascent.budget)? {
            return Ok(Some(density));
        }
        let density = ascent.limit(&ascent.prepare(&whole)?)?;
        let share = ascent.unknown(range[0].clone(), range[1].clone(), None);
        let difference = (whole - &density).substitute_symbol(t, &share);
        let is_even = is_free(&density) && ascent.limit(&ascent.prepare(&difference)?)?.is_zero();
        Ok(is_even.then_some(density))
    })
}

/// Are both the same for all lengths, as they are for the length one? With roots their squares may tell it: they differ by
/// a sign then, which can't change where real roots alone vary.
fn is_same(whole: &Expr, density: &Expr, budget: &Budget) -> Result<bool, Reason> {
    let is_root = |node: Expr| !matches!(node.kind(), Kind::Call(..));
    Ok(algebra::is_zero(&(whole - density), budget)?.is_yes()
        || (whole.shared_nodes().all(is_root)
            && algebra::is_zero(&(whole.powi(2) - density.powi(2)), budget)?.is_yes()))
}

/// Do the sums tend to the integral, if that has a value?
fn is_summable(density: &Expr, t: Symbol, low: &Bound, high: &Bound, budget: &Budget) -> Result<bool, Reason> {
    let Ok(mut values) = IntervalFunction::new(density, &[t]) else { return Ok(false) };
    let width = (&high.slope - &low.slope) * Rational::fraction(1, CELLS).unwrap_or(Rational::ONE);
    for cell in 0..CELLS {
        let end = |k: i64| &low.slope + &(&width * &Rational::from(k));
        let box_of = |q: Rational| Interval::from_rational(&q);
        let found = values.on(&[box_of(end(cell)).hull(box_of(end(cell + 1)))]);
        if found.is_bounded() && found.is_continuous() && found.is_defined() {
            continue;
        }
        // Next to an end the distance from it takes the place of the variable.
        let u = Symbol::new("the distance from the end");
        let moved = match cell {
            0 => Expr::number(low.slope.clone()) + Expr::symbol(u),
            _ if cell + 1 == CELLS => Expr::number(high.slope.clone()) - Expr::symbol(u),
            _ => return Ok(false),
        };
        let near = density.substitute_symbol(t, &moved);
        // The point of the end itself must not be met where there is no value.
        let offset = if cell == 0 { &low.offset } else { &high.offset };
        let at_end = near.substitute_symbol(u, &Expr::zero());
        let has_value = !at_end.is_undefined() && !matches!(at_end.kind(), Kind::Infinity(_));
        if (!has_value && offset.is_zero()) || !is_monotone_above_zero(&near, u, &width, budget)? {
            return Ok(false);
        }
    }
    Ok(true)
}
