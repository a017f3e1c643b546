//! Taylor polynomials and series expansions, on the series arithmetic of `tape`.

mod certified;
mod convergence;
mod formula;
mod powers;
mod several;
mod sided;
mod singular;

use crate::algebra::{self, expand};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Kind, Reason, Symbol, Truth};
use crate::number::{Number, Rational};
use crate::tape::series::{self, Approach, Hooks, Series, Side};

pub use certified::{TaylorError, is_monotone_above_zero, taylor_bound, taylor_degree, taylor_error};
pub use convergence::{interval_of_function, interval_of_terms, radius_of_terms};
pub use formula::{CoefficientFormula, coefficient_formula};
pub use powers::{Family, families};
pub use several::taylor_many;
pub use sided::{Expansion, expansion};
pub use singular::radius_of_function;

/// What an expansion asks about coefficients, answered by the algebra room.
pub(super) fn with_hooks<T>(budget: &Budget, work: impl FnOnce(&Hooks) -> T) -> T {
    let is_zero = |expr: &Expr| algebra::is_zero(expr, budget).unwrap_or(Truth::Unknown);
    let tidy = |expr: Expr| expand(&expr, budget).unwrap_or(expr);
    let hooks = Hooks { is_zero: &is_zero, sign: &series::plain_sign, tidy: &tidy, budget };
    work(&hooks)
}

/// The expansion at a point with the terms of an exponent below `order`.
///
/// # Errors
/// As `tape::series::series_of`.
pub fn series(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    order: usize,
    budget: &Budget,
) -> Result<Series, Reason> {
    with_hooks(budget, |hooks| series::series_of(expr, variable, approach, order, hooks))
}

/// A Taylor polynomial, and whether it holds to the right of the point only.
#[derive(Clone, Debug, PartialEq)]
pub struct Polynomial {
    /// The polynomial; fractional powers and logarithms stand in it where the expansion has such terms.
    pub value: Expr,
    /// Is it an expansion from the right alone, with fractional powers or logarithms?
    pub right_only: bool,
}

/// The Taylor polynomial at a point up to the given degree; at a pole its Laurent polynomial, as Sage's `taylor`.
///
/// Its terms are powers of `x - a`, which a number times `x - a` does not show, as in Sage. Where the two sides of the point
/// differ, see [`expansion`].
///
/// # Errors
/// As `tape::series::series_of`.
pub fn taylor(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    degree: usize,
    budget: &Budget,
) -> Result<Polynomial, Reason> {
    if let Kind::Relation(relation, left, right) = expr.kind() {
        let (left, right) =
            (taylor(left, variable, approach, degree, budget)?, taylor(right, variable, approach, degree, budget)?);
        let value = Expr::relation(*relation, left.value, right.value);
        return Ok(Polynomial { value, right_only: left.right_only || right.right_only });
    }
    if approach.point.is_zero()
        && !approach.is_one_sided()
        && let Some(value) = rational_polynomial(expr, variable, degree, budget)?
    {
        return Ok(Polynomial { value, right_only: false });
    }
    match expansion(expr, variable, approach, degree + 1, budget) {
        Ok(Expansion { series, side, right_only }) => {
            let approach = Approach::one_sided(&approach.point, side);
            let value = polynomial(&series, variable, &approach, degree);
            Ok(Polynomial { value, right_only })
        }
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(reason) => {
            let families = families(expr, variable, approach, degree + 1, budget)?.ok_or(reason)?;
            let terms = families.iter().flat_map(|family| {
                let approach = Approach::one_sided(&approach.point, family.expansion.side);
                let power = family.power(variable, &approach);
                terms(&family.expansion.series, variable, &approach, degree).into_iter().map(move |term| term * &power)
            });
            let right_only = families.iter().any(|family| family.expansion.right_only);
            Ok(Polynomial { value: Expr::sum(terms), right_only })
        }
    }
}

/// The polynomial about zero when all its coefficients are rational numbers.
fn rational_polynomial(expr: &Expr, variable: Symbol, degree: usize, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let row = with_hooks(budget, |hooks| series::rational_row(expr, variable, &Expr::zero(), degree + 1, hooks))?;
    Ok(row.map(|(start, row)| {
        let terms = (start..=degree as i64).zip(row.into_iter().map(Number::from));
        Expr::in_powers(variable, terms)
    }))
}

/// The sum of the terms of an expansion up to a degree, in the variable.
fn polynomial(series: &Series, variable: Symbol, approach: &Approach, degree: usize) -> Expr {
    Expr::sum(terms(series, variable, approach, degree))
}

fn terms(series: &Series, variable: Symbol, approach: &Approach, degree: usize) -> Vec<Expr> {
    let x = Expr::symbol(variable);
    let small = approach.small(&x);
    let last = Rational::from(degree as i64);
    let left = approach.side == Side::Left && !matches!(approach.point.kind(), Kind::Infinity(_));
    let mut all = Vec::new();
    for (exponent, coefficient) in series.terms().filter(|(exponent, _)| *exponent <= last) {
        let coefficient = series::with_small(coefficient, &small);
        // From the left, whole powers are still written in x - a.
        all.push(match exponent.to_i64() {
            Some(whole) if left => {
                let sign = if whole % 2 == 0 { Number::ONE } else { Number::from(-1) };
                (coefficient * (&x - &approach.point).powi(whole)).scale(&sign)
            }
            _ => coefficient * small.power_rational(&exponent),
        });
    }
    all
}

/// Lagrange's form of the error of the Taylor polynomial: the next derivative at `c`, over the factorial, times the
/// power.
///
/// # Errors
/// When the budget runs out.
pub fn lagrange_remainder(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    degree: usize,
    between: &Expr,
    budget: &Budget,
) -> Result<Expr, Reason> {
    let derivative = diff::diff_times(expr, variable, degree + 1, budget)?;
    let at =
        derivative.rewrite_stored(|node| (node.as_symbol() == Some(variable)).then(|| between.clone()), |node| node);
    let factorial = (1..=degree as i64 + 1).map(Expr::integer);
    let power = (Expr::symbol(variable) - point).powi(degree as i64 + 1);
    Ok(at / Expr::product(factorial) * power)
}

#[cfg(test)]
mod tests;
