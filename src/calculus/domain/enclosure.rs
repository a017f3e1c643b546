//! Facts on an interval, proved by enclosures: range, sign, continuity, monotonicity, and all roots.
//!
//! Cells are halved until interval arithmetic decides them (Moore, "Interval Analysis", 1966); where the derivative has
//! one sign on a cell, its ends tell its range and whether it holds a root, which is then the only one. What is not
//! proved within a number of cells is unknown.

use std::cmp::Ordering;

use super::real_value;
use crate::algebra::{self, factor_list};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Reason, Symbol, Truth};
use crate::number::{Interval, Rational};
use crate::tape::{self, IntervalFunction};

/// More cells are not looked at for one question.
const MOST_CELLS: usize = 20_000;
/// Cells for a range, whose enclosure gets sharper with each.
const RANGE_CELLS: usize = 400;

/// A function of one variable and its derivative, where there is one, over intervals.
struct Function {
    value: IntervalFunction,
    slope: Option<IntervalFunction>,
}

impl Function {
    fn new(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Function>, Reason> {
        let Ok(value) = IntervalFunction::new(expr, &[variable]) else { return Ok(None) };
        let slope = match diff(expr, variable, budget) {
            Ok(derivative) => IntervalFunction::new(&derivative, &[variable]).ok(),
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => None,
        };
        Ok(Some(Function { value, slope }))
    }

    /// The direction in which the function strictly goes on a cell, when that is proved there.
    fn direction(&mut self, cell: Interval) -> Option<Ordering> {
        let slope = self.slope.as_mut()?.on(&[cell]);
        let proved = slope.is_defined() && slope.is_continuous() && !slope.is_empty();
        match () {
            () if proved && slope.is_positive() => Some(Ordering::Greater),
            () if proved && slope.is_negative() => Some(Ordering::Less),
            () => None,
        }
    }

    /// The values on a cell, by the ends where the function goes one way.
    fn range(&mut self, cell: Interval) -> Interval {
        let whole = self.value.on(&[cell]);
        if self.direction(cell).is_none() {
            return whole;
        }
        let at = |value: &mut IntervalFunction, x: f64| value.on(&[Interval::point(x)]);
        let ends = at(&mut self.value, cell.low()).hull(at(&mut self.value, cell.high()));
        let sharper = whole.intersect(ends);
        if sharper.is_empty() { whole } else { sharper }
    }
}

/// An interval that holds all values of an expression on an interval; `None` unless it is shown to be defined on all of
/// it.
///
/// # Errors
/// When the budget runs out.
pub fn range_on(expr: &Expr, variable: Symbol, over: Interval, budget: &Budget) -> Result<Option<Interval>, Reason> {
    let Some(mut function) = Function::new(expr, variable, budget)? else { return Ok(None) };
    // The cells with the widest values are halved first.
    let mut cells = vec![(over, function.range(over))];
    while cells.len() < RANGE_CELLS {
        budget.check()?;
        let hull = hull_of(&cells);
        let worst = cells
            .iter()
            .enumerate()
            .filter(|(_, (cell, _))| cell.width() > 1e-12 * (1.0 + cell.magnitude()))
            .filter(|(_, (_, values))| {
                !values.is_defined() || values.low() == hull.low() || values.high() == hull.high()
            })
            .max_by(|(_, a), (_, b)| spread(a.1).total_cmp(&spread(b.1)));
        let Some((place, _)) = worst else { break };
        if spread(hull) == 0.0 {
            break;
        }
        let (cell, _) = cells.swap_remove(place);
        let (left, right) = cell.split();
        cells.extend([left, right].map(|half| (half, function.range(half))));
    }
    let defined = cells.iter().all(|(_, values)| values.is_defined() && !values.is_empty());
    Ok(defined.then(|| hull_of(&cells)))
}

fn spread(values: Interval) -> f64 {
    if values.is_defined() { values.width() } else { f64::INFINITY }
}

fn hull_of(cells: &[(Interval, Interval)]) -> Interval {
    let mut all = cells.iter().map(|(_, values)| *values);
    let first = all.next().unwrap_or(Interval::ENTIRE);
    all.fold(first, Interval::hull)
}

/// The sign that an expression has at all points of an interval; `None` when that is not proved.
///
/// # Errors
/// When the budget runs out.
pub fn sign_on(expr: &Expr, variable: Symbol, over: Interval, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    let Some(mut function) = Function::new(expr, variable, budget)? else { return Ok(None) };
    let mut sign = None;
    let all = decided(over, budget, |cell| {
        let values = function.range(cell);
        if !values.is_defined() || values.is_empty() {
            return None;
        }
        let own = match () {
            () if values.is_positive() => Ordering::Greater,
            () if values.is_negative() => Ordering::Less,
            () if values.low() == 0.0 && values.high() == 0.0 => Ordering::Equal,
            () => return None,
        };
        Some(*sign.get_or_insert(own) == own)
    })?;
    Ok(sign.filter(|_| all == Some(true)))
}

/// Is the expression defined and continuous at all points of an interval? `Yes` when proved, else `Unknown`.
///
/// # Errors
/// When the budget runs out.
pub fn is_continuous_on(expr: &Expr, variable: Symbol, over: Interval, budget: &Budget) -> Result<Truth, Reason> {
    let Ok(mut function) = IntervalFunction::new(expr, &[variable]) else { return Ok(Truth::Unknown) };
    let all = decided(over, budget, |cell| {
        let values = function.on(&[cell]);
        (values.is_defined() && values.is_continuous() && !values.is_empty()).then_some(true)
    })?;
    Ok(Truth::if_shown(all == Some(true)))
}

/// Does the expression strictly rise (`Greater`) or fall (`Less`) on an interval? `None` when that is not proved.
///
/// The derivative may touch zero at single points: factors to even powers don't count.
///
/// # Errors
/// When the budget runs out.
pub fn monotonicity(
    expr: &Expr,
    variable: Symbol,
    over: Interval,
    budget: &Budget,
) -> Result<Option<Ordering>, Reason> {
    if !is_continuous_on(expr, variable, over, budget)?.is_yes() {
        return Ok(None);
    }
    let derivative = match diff(expr, variable, budget) {
        Ok(derivative) => derivative,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let (content, factors) = factor_list(&derivative, budget)?;
    let mut sign = match Expr::number(content).as_rational().map(|q| q.signum()) {
        Some(sign) if sign != 0 => sign,
        _ => return Ok(None),
    };
    for (factor, times) in factors {
        let even = times % 2 == 0 && times > 0;
        match sign_on(&factor, variable, over, budget)? {
            Some(Ordering::Less) if times % 2 != 0 => sign = -sign,
            Some(Ordering::Greater | Ordering::Less) => {}
            None if even && is_polynomial(&factor, variable, budget)? => {}
            Some(Ordering::Equal) | None => return Ok(None),
        }
    }
    Ok(Some(sign.cmp(&0)))
}

/// Is it a polynomial, which vanishes at single points only?
fn is_polynomial(factor: &Expr, variable: Symbol, budget: &Budget) -> Result<bool, Reason> {
    let quotient = algebra::rational_function(factor, variable, budget)?;
    Ok(quotient.is_some_and(|quotient| quotient.denominator().is_constant() && !quotient.is_zero()))
}

/// Asks a question of cells, halving those it leaves open: whether all answers are yes, `None` when one stays open.
fn decided(
    over: Interval,
    budget: &Budget,
    mut question: impl FnMut(Interval) -> Option<bool>,
) -> Result<Option<bool>, Reason> {
    let mut pending = vec![over];
    let mut looked = 0;
    while let Some(cell) = pending.pop() {
        budget.check()?;
        looked += 1;
        match question(cell) {
            Some(true) => {}
            Some(false) => return Ok(Some(false)),
            None if looked > MOST_CELLS || cell.width() <= 1e-13 * (1.0 + cell.magnitude()) => return Ok(None),
            None => {
                let (left, right) = cell.split();
                pending.extend([right, left]);
            }
        }
    }
    Ok(Some(true))
}

/// All real roots between two bounds, those included: the machine numbers nearest to them, ascending; `None` when it can't
/// be shown that each is found.
///
/// # Errors
/// When the budget runs out.
pub fn all_roots(
    expr: &Expr,
    variable: Symbol,
    low: f64,
    high: f64,
    budget: &Budget,
) -> Result<Option<Vec<f64>>, Reason> {
    let (content, factors) = factor_list(expr, budget)?;
    if content.is_zero() {
        return Ok(None);
    }
    let mut roots: Vec<f64> = Vec::new();
    for (factor, times) in &factors {
        if *times < 0 || !factor.has_symbol(variable) || factor.exp_argument().is_some() {
            continue;
        }
        let Some(own) = roots_of_factor(factor, variable, (low, high), budget)? else { return Ok(None) };
        for root in own {
            match is_defined_near(expr, variable, root, budget)? {
                Truth::Yes => roots.push(root),
                Truth::No => {}
                Truth::Unknown => return Ok(None),
            }
        }
    }
    roots.sort_by(f64::total_cmp);
    roots.dedup();
    Ok(Some(roots))
}

/// Is the whole expression defined around a root of one of its factors?
fn is_defined_near(expr: &Expr, variable: Symbol, root: f64, budget: &Budget) -> Result<Truth, Reason> {
    let Ok(mut function) = IntervalFunction::new(expr, &[variable]) else { return Ok(Truth::Unknown) };
    let around = Interval::new(root.next_down().next_down(), root.next_up().next_up());
    if function.on(&[around]).is_defined() {
        return Ok(Truth::Yes);
    }
    let Some(exact) = Rational::from_f64(root) else { return Ok(Truth::Unknown) };
    let there = expr.substitute_symbol(variable, &Expr::number(exact));
    Ok(match algebra::is_zero(&there, budget)? {
        Truth::Yes => Truth::Yes,
        _ if there.is_undefined() => Truth::No,
        _ => Truth::Unknown,
    })
}

fn roots_of_factor(
    factor: &Expr,
    variable: Symbol,
    (low, high): (f64, f64),
    budget: &Budget,
) -> Result<Option<Vec<f64>>, Reason> {
    let Some(mut function) = Function::new(factor, variable, budget)? else { return Ok(None) };
    let mut roots = Vec::new();
    let mut pending = vec![Interval::new(low, high)];
    let mut looked = 0;
    while let Some(cell) = pending.pop() {
        budget.check()?;
        looked += 1;
        let values = function.value.on(&[cell]);
        if values.is_empty() || (values.is_defined() && !values.contains(0.0)) {
            continue;
        }
        if values.is_defined() && values.is_continuous() && function.direction(cell).is_some() {
            match root_between(factor, variable, cell, budget)? {
                Some(found) => roots.extend(found),
                None => return Ok(None),
            }
            continue;
        }
        if looked > MOST_CELLS || cell.width() <= 1e-12 * (1.0 + cell.magnitude()) {
            return Ok(None);
        }
        // Not in the middle, where roots like to be.
        let cut = cell.low() + cell.width() * 0.483_271;
        pending.extend([Interval::new(cut, cell.high()), Interval::new(cell.low(), cut)]);
    }
    Ok(Some(roots))
}

/// The root on a cell on which the function goes one way, if there is one; the outer `None` when a sign is not decided.
fn root_between(
    factor: &Expr,
    variable: Symbol,
    cell: Interval,
    budget: &Budget,
) -> Result<Option<Option<f64>>, Reason> {
    let mut signs = Vec::new();
    for end in [cell.low(), cell.high()] {
        match sign_at(factor, variable, end, budget)? {
            Some(Ordering::Equal) => return Ok(Some(Some(end))),
            Some(sign) => signs.push(sign),
            None => return Ok(None),
        }
    }
    if signs.first() == signs.last() {
        return Ok(Some(None));
    }
    match tape::find_root(factor, variable, cell.low(), cell.high(), budget) {
        Ok(root) => Ok(Some(Some(root))),
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => Ok(None),
    }
}

/// The sign at a machine number, proved.
fn sign_at(expr: &Expr, variable: Symbol, at: f64, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    let Some(exact) = Rational::from_f64(at) else { return Ok(None) };
    let ball = real_value(expr, &[(variable, exact.clone())]);
    if let Some(sign) = ball.and_then(|value| value.sign()) {
        return Ok(Some(sign.cmp(&0)));
    }
    let there = expr.substitute_symbol(variable, &Expr::number(exact));
    if let Some(sign) = tape::sign_by_ball(&there) {
        return Ok(Some(sign));
    }
    Ok(algebra::is_zero(&there, budget)?.is_yes().then_some(Ordering::Equal))
}

#[cfg(test)]
mod tests;
