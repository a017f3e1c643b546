//! Partial fractions of rational functions whose coefficients hold parameters.

use super::field::{Row, Rows};
use crate::algebra::{self, factor_list, numerator_denominator};
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};

/// The partial fractions of a rational function of the variable, other variables taken as parameters; itself for others.
///
/// # Errors
/// When the budget runs out.
pub fn partial_fractions(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    if expr.variables().iter().all(|own| *own == variable) {
        return algebra::partial_fractions(expr, variable, budget);
    }
    Ok(with_parameters(expr, variable, budget)?.unwrap_or_else(|| expr.clone()))
}

fn with_parameters(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let (x, rows) = (Expr::symbol(variable), Rows { budget });
    let (top, bottom) = numerator_denominator(expr, budget)?;
    if !bottom.has_symbol(variable) {
        return Ok(None);
    }
    let (content, parts) = factor_list(&bottom, budget)?;
    let mut scale = Expr::number(content);
    let mut factors: Vec<(Row, usize)> = Vec::new();
    for (factor, times) in parts {
        let Ok(exponent) = usize::try_from(times) else { return Ok(None) };
        if !factor.has_symbol(variable) {
            scale = scale * factor.powi(times);
            continue;
        }
        let Some(row) = row_of(&factor, &x, &rows)? else { return Ok(None) };
        factors.push((row, exponent));
    }
    let Some(top) = row_of(&top, &x, &rows)? else { return Ok(None) };
    let top = rows.scale(&top, &scale.recip())?;
    let product = factors
        .iter()
        .try_fold(Row(vec![Expr::one()]), |product, (row, times)| rows.multiply(&product, &rows.power(row, *times)?))?;
    let Some((whole, proper)) = rows.div_rem(&top, &product)? else { return Ok(None) };
    let Some(terms) = rows.partial_fractions(&proper, &factors)? else { return Ok(None) };
    let mut sum = vec![whole.to_expr(&x)];
    for (digit, factor, exponent) in &terms {
        let (top, bottom) = numerator_denominator(&digit.to_expr(&x), budget)?;
        sum.push(top / bottom / factor.to_expr(&x).powi(i64::try_from(*exponent).unwrap_or(1)));
    }
    Ok(Some(Expr::sum(sum)))
}

/// The coefficients of a polynomial in the variable; `None` for anything else.
fn row_of(expr: &Expr, x: &Expr, rows: &Rows<'_>) -> Result<Option<Row>, Reason> {
    let found = algebra::coefficients(expr, x, rows.budget)?;
    let symbol = x.as_symbol();
    let mut all: Vec<Expr> = Vec::new();
    for (coefficient, exponent) in found {
        let place = exponent.to_i64().and_then(|n| usize::try_from(n).ok()).filter(|n| *n < 1000);
        let (Some(place), false) = (place, symbol.is_some_and(|own| coefficient.has_symbol(own))) else {
            return Ok(None);
        };
        all.resize(all.len().max(place + 1), Expr::zero());
        if let Some(slot) = all.get_mut(place) {
            *slot = coefficient;
        }
    }
    rows.row(&all).map(Some)
}
