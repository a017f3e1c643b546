//! Taylor polynomials in several variables.

use super::series;
use crate::algebra::expand;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::Rational;
use crate::tape::series::{Approach, small_symbol};

/// The Taylor polynomial in several variables of a total degree, each at its own point.
///
/// The expression is scaled to the line `a + t*(x - a)`, whose expansion in `t` collects by total degree.
///
/// # Errors
/// As `tape::series::series_of`.
pub fn taylor_many(expr: &Expr, at: &[(Symbol, Expr)], degree: usize, budget: &Budget) -> Result<Expr, Reason> {
    let line = Symbol::new("the line");
    let t = Expr::symbol(line);
    let offset = |place: usize| Expr::variable(&format!("the offset {place}"));
    let scaled = expr.rewrite_stored(
        |node| {
            let symbol = node.as_symbol()?;
            let place = at.iter().position(|(own, _)| *own == symbol)?;
            Some(&at[place].1 + &t * offset(place))
        },
        |node| node,
    );
    let expansion = series(&scaled, line, &Approach::both(&Expr::zero()), degree + 1, budget)?;
    let last = Rational::from(degree as i64);
    let mut parts = Vec::new();
    for (exponent, coefficient) in expansion.terms().filter(|(exponent, _)| *exponent <= last) {
        if exponent.is_negative() || !exponent.is_integer() || coefficient.has_symbol(small_symbol()) {
            return Err(Reason::Unsupported("the function is not smooth at this point"));
        }
        parts.push(expand(coefficient, budget)?);
    }
    let back: Vec<(Expr, Expr)> =
        at.iter().enumerate().map(|(place, (symbol, point))| (offset(place), Expr::symbol(*symbol) - point)).collect();
    Ok(Expr::sum(parts).substitute(&back))
}
