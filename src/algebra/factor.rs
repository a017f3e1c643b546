//! Factoring expressions: over the rationals, in all generators together.

use super::plain;
use crate::algebra::rational::RationalForm;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason};
use crate::number::{Number, Rational};
use crate::poly::{SparsePolynomial, Unfinished};

/// The expression as a product of irreducible factors; itself where it has no rational form.
///
/// # Errors
/// When the budget runs out.
pub fn factor(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if matches!(expr.kind(), Kind::Relation(..)) {
        return Ok(expr.clone());
    }
    Ok(multiplied(factor_list(expr, budget)?))
}

fn multiplied((content, factors): (Number, Vec<(Expr, i64)>)) -> Expr {
    Expr::product(factors.iter().map(|(base, times)| base.powi(*times))).scale(&content)
}

/// The factored polynomial in one variable with integer coefficients; `None` for all else.
///
/// # Errors
/// When the budget runs out.
pub(super) fn factor_univariate(expr: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    match expr.kind() {
        Kind::Sum(sum) => Ok(plain::univariate_factors(sum, budget)?.map(multiplied)),
        _ => Ok(None),
    }
}

/// The number in front and the irreducible factors with their exponents, negative ones below.
///
/// # Errors
/// When the budget runs out.
pub fn factor_list(expr: &Expr, budget: &Budget) -> Result<(Number, Vec<(Expr, i64)>), Reason> {
    if let Kind::Sum(sum) = expr.kind()
        && let Some(found) = plain::univariate_factors(sum, budget)?
    {
        return Ok(found);
    }
    let whole = || Ok((Number::ONE, vec![(expr.clone(), 1)]));
    let form = match RationalForm::of(expr, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return whole(),
    };
    if form.is_zero() {
        return Ok((Number::ZERO, Vec::new()));
    }
    let (top, bottom) = (form.numerator().split_content(), form.denominator().split_content());
    let Some(content) = Rational::ratio(&top.0, &bottom.0) else { return whole() };
    let mut factors = Vec::new();
    for (polynomial, sign) in [(top.1, 1), (bottom.1, -1)] {
        for (factor, times) in irreducible_factors(&polynomial, budget)? {
            factors.push((form.express(&factor), sign * times as i64));
        }
    }
    Ok((Number::from(content), factors))
}

/// The irreducible factors of a primitive polynomial; the polynomial itself where factoring is beyond the method.
///
/// # Errors
/// When the budget runs out.
pub(crate) fn irreducible_factors(
    polynomial: &SparsePolynomial,
    budget: &Budget,
) -> Result<Vec<(SparsePolynomial, usize)>, Reason> {
    if polynomial.is_constant() {
        return Ok(Vec::new());
    }
    match polynomial.factor(budget) {
        Ok(found) => Ok(found.factors.into_iter().map(|(factor, times)| (factor, times as usize)).collect()),
        Err(Unfinished::Stopped(stopped)) => Err(stopped.into()),
        Err(_) => Ok(vec![(polynomial.clone(), 1)]),
    }
}
