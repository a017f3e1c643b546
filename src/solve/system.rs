//! Systems of equations: linear ones by elimination, others by solving one equation and substituting.

use super::equation::{put, solve_equation};
use crate::algebra::{self, is_zero, simplify_rational};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Kind, Reason, Symbol};

/// The solutions of a system, each the values of the unknowns in order; `None` where one stays open.
///
/// Unknowns that stay free are named `r1`, `r2`, ... as Sage does.
///
/// # Errors
/// When the budget runs out.
pub fn solve_system(system: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    let mut equations = Vec::new();
    for equation in system {
        match equation.kind() {
            Kind::Relation(crate::expr::Relation::Equal, left, right) => equations.push(left - right),
            Kind::Relation(..) => return Ok(None),
            _ => equations.push(equation.clone()),
        }
    }
    match linear_rows(&equations, unknowns, budget)? {
        Some(rows) => solve_linear(rows, unknowns.len(), budget).map(Some),
        None => solve_nonlinear(&equations, unknowns, budget),
    }
}

/// A row of a linear system: the coefficients of the unknowns and the constant, which add up to zero.
type Row = Vec<Expr>;

/// The equations as rows, if all are linear in the unknowns.
fn linear_rows(equations: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<Vec<Row>>, Reason> {
    let mut rows = Vec::new();
    for equation in equations {
        let expanded = match algebra::expand(equation, budget) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => return Ok(None),
            Ok(expanded) => expanded,
        };
        let mut row = Row::new();
        let mut constant = expanded.clone();
        for unknown in unknowns {
            let coefficient = diff(&expanded, *unknown, budget)?;
            if unknowns.iter().any(|other| coefficient.has_symbol(*other)) {
                return Ok(None);
            }
            constant = put(&constant, *unknown, &Expr::zero());
            row.push(coefficient);
        }
        row.push(constant);
        rows.push(row);
    }
    Ok(Some(rows))
}

/// Gauss-Jordan elimination over rational expressions; pivots are proved not to be zero.
fn solve_linear(mut rows: Vec<Row>, unknowns: usize, budget: &Budget) -> Result<Vec<Vec<Expr>>, Reason> {
    let mut pivots: Vec<(usize, Row)> = Vec::new();
    for column in 0..unknowns {
        let Some(place) = pivot_row(&rows, column, budget)? else { continue };
        let row = rows.swap_remove(place);
        let Some(pivot) = row.get(column).cloned() else { continue };
        let scaled: Row =
            row.iter().map(|entry| simplify_rational(&(entry / &pivot), budget)).collect::<Result<_, _>>()?;
        let others = rows.iter_mut().chain(pivots.iter_mut().map(|(_, row)| row));
        for other in others {
            eliminate(other, &scaled, column, budget)?;
        }
        pivots.push((column, scaled));
    }
    for row in &rows {
        let constant = row.last().cloned().unwrap_or_else(Expr::zero);
        match is_zero(&constant, budget)? {
            crate::expr::Truth::Yes => {}
            crate::expr::Truth::No => return Ok(Vec::new()),
            crate::expr::Truth::Unknown => return Err(Reason::Unknown(constant)),
        }
    }
    Ok(vec![values(&pivots, unknowns)])
}

/// A row whose entry in a column is proved not to be zero, numbers first.
fn pivot_row(rows: &[Row], column: usize, budget: &Budget) -> Result<Option<usize>, Reason> {
    let mut found = None;
    for (place, row) in rows.iter().enumerate() {
        budget.check()?;
        let Some(entry) = row.get(column) else { continue };
        if entry.as_number().is_some_and(|number| !number.is_zero()) {
            return Ok(Some(place));
        }
        if found.is_none() && is_zero(entry, budget)?.is_no() {
            found = Some(place);
        }
    }
    Ok(found)
}

fn eliminate(row: &mut Row, pivot: &Row, column: usize, budget: &Budget) -> Result<(), Reason> {
    let Some(factor) = row.get(column).cloned() else { return Ok(()) };
    if factor.is_zero() {
        return Ok(());
    }
    for (entry, own) in row.iter_mut().zip(pivot) {
        *entry = simplify_rational(&(&*entry - &factor * own), budget)?;
    }
    Ok(())
}

/// The values of the unknowns from rows in which each pivot stands alone; the others are free.
fn values(pivots: &[(usize, Row)], unknowns: usize) -> Vec<Expr> {
    let free: Vec<usize> = (0..unknowns).filter(|column| pivots.iter().all(|(own, _)| own != column)).collect();
    let parameter = |column: usize| {
        let number = free.iter().position(|own| *own == column).unwrap_or(0) + 1;
        Expr::variable(&format!("r{number}"))
    };
    (0..unknowns)
        .map(|column| match pivots.iter().find(|(own, _)| *own == column) {
            None => parameter(column),
            Some((_, row)) => {
                let constant = row.last().cloned().unwrap_or_else(Expr::zero);
                let rest = free.iter().filter_map(|other| Some(row.get(*other)? * parameter(*other)));
                -(constant + Expr::sum(rest))
            }
        })
        .collect()
}

/// Solves the equation that is easiest for one unknown, and the others after substitution.
fn solve_nonlinear(equations: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    let partial: Vec<Option<Expr>> = vec![None; unknowns.len()];
    let mut found = Vec::new();
    if !search(equations, unknowns, partial, &mut found, budget)? {
        return Ok(None);
    }
    let mut kept: Vec<Vec<Expr>> = Vec::new();
    for values in found {
        if kept.contains(&values) {
            continue;
        }
        match holds(equations, unknowns, &values, budget)? {
            crate::expr::Truth::Yes => kept.push(values),
            crate::expr::Truth::No => {}
            crate::expr::Truth::Unknown => return Ok(None),
        }
    }
    Ok(Some(kept))
}

/// Do the values satisfy all equations?
fn holds(
    equations: &[Expr],
    unknowns: &[Symbol],
    values: &[Expr],
    budget: &Budget,
) -> Result<crate::expr::Truth, Reason> {
    let mut truth = crate::expr::Truth::Yes;
    for equation in equations {
        let at = equation.rewrite_stored(
            |node| {
                let symbol = node.as_symbol()?;
                let place = unknowns.iter().position(|unknown| *unknown == symbol)?;
                values.get(place).cloned()
            },
            |node| node,
        );
        if at.is_undefined() {
            return Ok(crate::expr::Truth::No);
        }
        truth = truth.and(is_zero(&at, budget)?);
    }
    Ok(truth)
}

/// Depth-first search; false when an equation stays open.
fn search(
    equations: &[Expr],
    unknowns: &[Symbol],
    partial: Vec<Option<Expr>>,
    found: &mut Vec<Vec<Expr>>,
    budget: &Budget,
) -> Result<bool, Reason> {
    budget.check()?;
    let mut left = Vec::new();
    for equation in equations {
        let involved = unknowns.iter().any(|unknown| equation.has_symbol(*unknown));
        if involved {
            left.push(equation.clone());
        } else if is_zero(equation, budget)?.is_no() {
            return Ok(true);
        }
    }
    let Some((place, unknown)) = easiest(&left, unknowns, budget)? else {
        let complete: Option<Vec<Expr>> = partial.iter().cloned().collect();
        found.extend(complete);
        return Ok(left.is_empty());
    };
    let Some(equation) = left.get(place) else { return Ok(false) };
    let Some(symbol) = unknowns.get(unknown) else { return Ok(false) };
    let solutions = solve_equation(equation, *symbol, budget)?;
    if !solutions.unsolved.is_empty() {
        return Ok(false);
    }
    for root in solutions.roots {
        let others: Vec<Expr> = left
            .iter()
            .enumerate()
            .filter(|(own, _)| *own != place)
            .map(|(_, other)| simplify_rational(&put(other, *symbol, &root.value), budget))
            .collect::<Result<_, _>>()?;
        if others.iter().any(Expr::is_undefined) {
            continue;
        }
        let mut own_values = Vec::new();
        let mut next = partial.clone();
        if let Some(slot) = next.get_mut(unknown) {
            *slot = Some(root.value.clone());
        }
        if !search(&others, unknowns, next, &mut own_values, budget)? {
            return Ok(false);
        }
        found.extend(own_values.into_iter().map(|values| settled(values, unknowns)));
    }
    Ok(true)
}

/// Values in which unknowns still occur, with the values of those put in.
fn settled(values: Vec<Expr>, unknowns: &[Symbol]) -> Vec<Expr> {
    let mut current = values;
    for _ in 0..unknowns.len() {
        let next: Vec<Expr> = current
            .iter()
            .map(|value| {
                value.rewrite_stored(
                    |node| {
                        let symbol = node.as_symbol()?;
                        let place = unknowns.iter().position(|unknown| *unknown == symbol)?;
                        current.get(place).filter(|own| own.as_symbol() != Some(symbol)).cloned()
                    },
                    |node| node,
                )
            })
            .collect();
        if next == current {
            break;
        }
        current = next;
    }
    current
}

/// The equation and unknown of the lowest degree.
fn easiest(equations: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<(usize, usize)>, Reason> {
    let mut best: Option<(usize, (usize, usize))> = None;
    for (place, equation) in equations.iter().enumerate() {
        let (numerator, _) = algebra::numerator_denominator(equation, budget)?;
        for (index, unknown) in unknowns.iter().enumerate() {
            if !equation.has_symbol(*unknown) {
                continue;
            }
            let cost = degree_in(&numerator, *unknown, budget)?;
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, (place, index)));
            }
        }
    }
    Ok(best.map(|(_, choice)| choice))
}

/// The degree in an unknown, large when it is no polynomial.
fn degree_in(numerator: &Expr, unknown: Symbol, budget: &Budget) -> Result<usize, Reason> {
    const NO_POLYNOMIAL: usize = 1000;
    let all = algebra::coefficients(numerator, &Expr::symbol(unknown), budget)?;
    let polynomial = all.iter().all(|(c, e)| !c.has_symbol(unknown) && e.to_i64().is_some_and(|n| n >= 0));
    Ok(match all.last().and_then(|(_, exponent)| exponent.to_i64()) {
        Some(degree) if polynomial => degree as usize,
        _ => NO_POLYNOMIAL,
    })
}
