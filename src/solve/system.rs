//! Systems of equations: linear ones by elimination, others by solving one equation and substituting.

use super::elimination;
use super::equation::{exact_numbers, put, solve_equation};
use crate::algebra::{self, expand, is_zero, simplify_rational};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Kind, Reason, Symbol, Truth};

/// The solutions of a system.
#[derive(Clone, Debug, Default)]
pub struct SystemSolutions {
    /// Each the values of the unknowns in order.
    pub values: Vec<Vec<Expr>>,
    /// Was a periodic function inverted, so that there are further ones?
    pub principal_only: bool,
}

/// The solutions of a system; `None` where one stays open.
///
/// Unknowns that stay free are named `r1`, `r2`, ... as Sage does.
///
/// # Errors
/// When the budget runs out.
pub fn solve_system(system: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<SystemSolutions>, Reason> {
    let mut equations = Vec::new();
    for equation in system {
        match equation.kind() {
            Kind::Relation(crate::expr::Relation::Equal, left, right) => equations.push(exact_numbers(&(left - right))),
            Kind::Relation(..) => return Ok(None),
            _ => equations.push(exact_numbers(equation)),
        }
    }
    match linear_rows(&equations, unknowns, budget)? {
        Some(rows) => {
            Ok(Some(SystemSolutions { values: solve_linear(rows, unknowns.len(), budget)?, principal_only: false }))
        }
        None => Ok(solve_nonlinear(&equations, unknowns, budget)?
            .map(|found| SystemSolutions { values: renamed_free(found.values, unknowns), ..found })),
    }
}

/// Solutions in which unknowns stayed free, those named `r1`, `r2`, ...
fn renamed_free(found: Vec<Vec<Expr>>, unknowns: &[Symbol]) -> Vec<Vec<Expr>> {
    let occurs = |symbol: Symbol| found.iter().flatten().any(|value| value.has_symbol(symbol));
    let free = unknowns.iter().filter(|symbol| occurs(**symbol)).enumerate();
    let names: Vec<(Symbol, Expr)> =
        free.map(|(place, symbol)| (*symbol, Expr::variable(&format!("r{}", place + 1)))).collect();
    let rename = |node: &Expr| {
        let symbol = node.as_symbol()?;
        names.iter().find(|(known, _)| *known == symbol).map(|(_, name)| name.clone())
    };
    found.iter().map(|values| values.iter().map(|value| value.rewrite_stored(rename, |node| node)).collect()).collect()
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
            Truth::Yes => {}
            Truth::No => return Ok(Vec::new()),
            Truth::Unknown => return Err(Reason::Unknown(constant)),
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

/// Polynomial systems by a Groebner basis; others by solving the equation that is easiest for one unknown, and the others
/// after substitution.
fn solve_nonlinear(
    equations: &[Expr],
    unknowns: &[Symbol],
    budget: &Budget,
) -> Result<Option<SystemSolutions>, Reason> {
    let mut principal_only = false;
    let found = match elimination::solve_polynomial(equations, unknowns, budget)? {
        Some(found) => found,
        None => {
            let partial: Vec<Option<Expr>> = vec![None; unknowns.len()];
            let mut search = Search { unknowns, found: Vec::new(), principal_only: false, budget };
            if !search.run(equations, partial, 0)? {
                return Ok(None);
            }
            principal_only = search.principal_only;
            search.found
        }
    };
    let mut kept: Vec<Vec<Expr>> = Vec::new();
    for values in found {
        if kept.contains(&values) {
            continue;
        }
        // Decimals are those of a basis, which has the same solutions.
        if values.iter().any(Expr::has_floats) {
            kept.push(values);
            continue;
        }
        match holds(equations, unknowns, &values, budget)? {
            Truth::Yes => kept.push(values),
            Truth::No => {}
            Truth::Unknown => return Ok(None),
        }
    }
    Ok(Some(SystemSolutions { values: kept, principal_only }))
}

/// Do the values satisfy all equations?
fn holds(equations: &[Expr], unknowns: &[Symbol], values: &[Expr], budget: &Budget) -> Result<Truth, Reason> {
    let mut truth = Truth::Yes;
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
            return Ok(Truth::No);
        }
        truth = truth.and(is_zero(&at, budget)?);
    }
    Ok(truth)
}

/// A depth-first search over factors and cases.
struct Search<'a> {
    unknowns: &'a [Symbol],
    found: Vec<Vec<Expr>>,
    principal_only: bool,
    budget: &'a Budget,
}

/// Deeper cases are not followed.
const DEEPEST: usize = 24;

impl Search<'_> {
    /// Adds the solutions of the equations; false when something stays open.
    fn run(&mut self, equations: &[Expr], partial: Vec<Option<Expr>>, depth: usize) -> Result<bool, Reason> {
        self.budget.check()?;
        if depth > DEEPEST {
            return Ok(false);
        }
        let mut left = Vec::new();
        for equation in equations {
            if self.unknowns.iter().any(|unknown| equation.has_symbol(*unknown)) {
                left.push(equation.clone());
            } else if is_zero(equation, self.budget)?.is_no() {
                return Ok(true);
            }
        }
        let Some((place, unknown)) = easiest(&left, self.unknowns, self.budget)? else {
            let complete: Vec<Expr> =
                partial.iter().enumerate().map(|(k, own)| own.clone().unwrap_or_else(|| self.free(k))).collect();
            self.found.push(complete);
            return Ok(left.is_empty());
        };
        let equation = left.swap_remove(place);
        let Some(symbol) = self.unknowns.get(unknown).copied() else { return Ok(false) };
        for (factor, _) in algebra::factor_list(&equation, self.budget)?.1.into_iter().filter(|(_, times)| *times > 0) {
            let involved = self.unknowns.iter().any(|own| factor.has_symbol(*own));
            let done = match () {
                () if factor.has_symbol(symbol) => {
                    self.by_factor(&factor, &left, (unknown, symbol), &partial, depth)?
                }
                () if involved => {
                    let all: Vec<Expr> = std::iter::once(factor).chain(left.iter().cloned()).collect();
                    self.run(&all, partial.clone(), depth + 1)?
                }
                () => true,
            };
            if !done {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// The parameter for an unknown that stays free: the unknown itself, renamed at the end.
    fn free(&self, place: usize) -> Expr {
        self.unknowns.get(place).map_or_else(Expr::zero, |symbol| Expr::symbol(*symbol))
    }

    /// Solves a factor for an unknown where its leading coefficient does not vanish, and follows the case that it does.
    fn by_factor(
        &mut self,
        factor: &Expr,
        others: &[Expr],
        (place, symbol): (usize, Symbol),
        partial: &[Option<Expr>],
        depth: usize,
    ) -> Result<bool, Reason> {
        let rows = algebra::coefficients(factor, &Expr::symbol(symbol), self.budget)?;
        if let Some((leading, exponent)) = rows.last()
            && self.unknowns.iter().any(|own| leading.has_symbol(*own))
            && !leading.has_symbol(symbol)
        {
            let rest = expand(&(factor - leading * Expr::symbol(symbol).power(exponent)), self.budget)?;
            let case: Vec<Expr> = [leading.clone(), rest].into_iter().chain(others.iter().cloned()).collect();
            if !self.run(&case, partial.to_vec(), depth + 1)? {
                return Ok(false);
            }
        }
        let solutions = solve_equation(factor, symbol, self.budget)?;
        if !solutions.unsolved.is_empty() || solutions.everything || !solutions.pieces.is_empty() {
            return Ok(false);
        }
        self.principal_only |= solutions.principal_only;
        for root in solutions.roots {
            let rest: Vec<Expr> = others
                .iter()
                .map(|other| simplify_rational(&put(other, symbol, &root.value), self.budget))
                .collect::<Result<_, _>>()?;
            if rest.iter().any(Expr::is_undefined) {
                continue;
            }
            let mut next = partial.to_vec();
            if let Some(slot) = next.get_mut(place) {
                *slot = Some(root.value.clone());
            }
            let before = self.found.len();
            if !self.run(&rest, next, depth + 1)? {
                return Ok(false);
            }
            let new: Vec<Vec<Expr>> = self.found.split_off(before);
            self.found.extend(new.into_iter().map(|values| settled(values, self.unknowns)));
        }
        Ok(true)
    }
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

/// The equation and unknown of the lowest degree, one without other unknowns before those with, and numbers as leading
/// coefficients before expressions.
fn easiest(equations: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<(usize, usize)>, Reason> {
    let mut best: Option<((bool, usize, bool), (usize, usize))> = None;
    for (place, equation) in equations.iter().enumerate() {
        let (numerator, _) = algebra::numerator_denominator(equation, budget)?;
        let involved = unknowns.iter().filter(|unknown| equation.has_symbol(**unknown)).count();
        for (index, unknown) in unknowns.iter().enumerate() {
            if !equation.has_symbol(*unknown) {
                continue;
            }
            let (degree, is_simple) = degree_in(&numerator, *unknown, budget)?;
            let cost = (involved > 1, degree, !is_simple);
            if best.is_none_or(|(least, _)| cost < least) {
                best = Some((cost, (place, index)));
            }
        }
    }
    Ok(best.map(|(_, choice)| choice))
}

/// The degree in an unknown, large when it is no polynomial; and whether the leading coefficient is a number.
fn degree_in(numerator: &Expr, unknown: Symbol, budget: &Budget) -> Result<(usize, bool), Reason> {
    const NO_POLYNOMIAL: usize = 1000;
    let all = algebra::coefficients(numerator, &Expr::symbol(unknown), budget)?;
    let polynomial = all.iter().all(|(c, e)| !c.has_symbol(unknown) && e.to_i64().is_some_and(|n| n >= 0));
    Ok(match all.last().and_then(|(leading, exponent)| Some((exponent.to_i64()?, leading))) {
        Some((degree, leading)) if polynomial => (degree as usize, leading.is_constant()),
        _ => (NO_POLYNOMIAL, false),
    })
}
