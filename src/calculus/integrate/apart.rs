//! Partial fractions of rational functions whose coefficients hold parameters.

use super::field::{Row, Rows};
use super::shape::polynomial_in;
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
        let Some(row) = polynomial_in(&factor, variable, budget)? else { return Ok(None) };
        factors.push((rows.row(&row)?, exponent));
    }
    let Some(top) = polynomial_in(&top, variable, budget)? else { return Ok(None) };
    let top = rows.scale(&rows.row(&top)?, &scale.recip())?;
    let product = factors
        .iter()
        .try_fold(Row(vec![Expr::one()]), |product, (row, times)| rows.multiply(&product, &rows.power(row, *times)?))?;
    let Some((whole, proper)) = rows.div_rem(&top, &product)? else { return Ok(None) };
    let Some(terms) = rows.partial_fractions(&proper, &factors)? else { return Ok(None) };
    let mut sum = vec![whole.to_expr(&x)];
    for (digit, factor, exponent) in &terms {
        let Ok(exponent) = i64::try_from(*exponent) else { return Ok(None) };
        let (top, bottom) = numerator_denominator(&digit.to_expr(&x), budget)?;
        sum.push(top / bottom / factor.to_expr(&x).powi(exponent));
    }
    Ok(Some(Expr::sum(sum)))
}
