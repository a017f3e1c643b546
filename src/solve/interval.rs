//! All roots of an equation on an interval, exactly: what `solve` finds with its periodic families, counted out.

use std::cmp::Ordering;

use super::equation::{put, solve_with_families};
use super::inequality::{insert, order};
use super::{Families, Solutions};
use crate::algebra::expand;
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Reason, Relation, Symbol, Truth};
use crate::number::Rational;
use crate::tape;

/// Families with more members than this on the interval are not counted out.
const MOST_ROOTS: i64 = 10_000;

/// The real roots between two bounds, ascending and each once; `None` where it is not shown that these are all.
///
/// # Errors
/// When the budget runs out.
pub fn roots_between(
    expr: &Expr,
    variable: Symbol,
    low: &Rational,
    high: &Rational,
    budget: &Budget,
) -> Result<Option<Vec<Expr>>, Reason> {
    let equation = Expr::relation(Relation::Equal, expr.clone(), Expr::zero());
    let solutions = solve_with_families(&equation, &Expr::symbol(variable), Families::All, budget)?;
    if !is_complete(&solutions) {
        return Ok(None);
    }
    let known = expr.variables();
    let mut found = Vec::new();
    for root in solutions.roots {
        let Some(members) = members(&root.value, &known, low, high, budget)? else { return Ok(None) };
        for member in members {
            match (tape::is_real_by_ball(&member), is_between(&member, low, high, budget)?) {
                (Truth::No, _) | (Truth::Yes, Some(false)) => {}
                (Truth::Yes, Some(true)) => {
                    if !insert(&mut found, member, budget)? {
                        return Ok(None);
                    }
                }
                _ => return Ok(None),
            }
        }
    }
    Ok(Some(found))
}

/// Does it name every solution?
fn is_complete(solutions: &Solutions) -> bool {
    let doubts = [solutions.everything, solutions.principal_only, solutions.conditional, solutions.partial];
    solutions.unsolved.is_empty() && doubts.iter().all(|doubt| !doubt)
}

/// Is a real constant between the bounds or at one of them? `None` when that can't be told.
fn is_between(value: &Expr, low: &Rational, high: &Rational, budget: &Budget) -> Result<Option<bool>, Reason> {
    let (low, high) = (Expr::number(low.clone()), Expr::number(high.clone()));
    Ok(match (order(value, &low, budget)?, order(value, &high, budget)?) {
        (Some(Ordering::Less), _) | (_, Some(Ordering::Greater)) => Some(false),
        (Some(_), Some(_)) => Some(true),
        _ => None,
    })
}

/// The value, or those members of a family `a + b*z` with an integer `z` that may lie between the bounds.
fn members(
    value: &Expr,
    known: &[Symbol],
    low: &Rational,
    high: &Rational,
    budget: &Budget,
) -> Result<Option<Vec<Expr>>, Reason> {
    let parameters: Vec<Symbol> = value.variables().into_iter().filter(|symbol| !known.contains(symbol)).collect();
    let parameter = match parameters.as_slice() {
        [] => return Ok(value.is_constant().then(|| vec![value.clone()])),
        [only] => *only,
        _ => return Ok(None),
    };
    let (start, step) = (put(value, parameter, &Expr::zero()), diff(value, parameter, budget)?);
    let is_linear = expand(&(value - &start - &step * Expr::symbol(parameter)), budget)?.is_zero();
    if !is_linear || !start.is_constant() || !step.is_constant() {
        return Ok(None);
    }
    if tape::is_real_by_ball(&start).is_yes() && tape::is_real_by_ball(&(Expr::i() * &step)).is_yes() {
        return Ok(Some(vec![start]));
    }
    if !tape::is_real_by_ball(&step).is_yes() {
        return Ok(None);
    }
    let place = |bound: &Rational| approximate(&((Expr::number(bound.clone()) - &start) / &step));
    let (Some(a), Some(b)) = (place(low), place(high)) else { return Ok(None) };
    let (first, last) = (a.min(b).floor() - 1.0, a.max(b).ceil() + 1.0);
    if last - first > MOST_ROOTS as f64 {
        return Ok(None);
    }
    Ok(Some((first as i64..=last as i64).map(|z| put(value, parameter, &Expr::integer(z))).collect()))
}

/// A machine number near the real part of a constant; the range of a family is widened by one on both sides.
fn approximate(value: &Expr) -> Option<f64> {
    let budget = Budget::unlimited();
    let questions = tape::Questions { is_zero: &|_| Truth::Unknown, budget: &budget };
    let found = tape::evaluate(value, 53, &questions).ok()?;
    Some(found.value.to_f64_parts().0).filter(|x| x.is_finite())
}
