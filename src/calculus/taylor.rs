//! Taylor polynomials and series expansions, on the series arithmetic of `tape`.

use crate::algebra::{self, expand};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Kind, Reason, Symbol, Truth};
use crate::number::Rational;
use crate::tape::series::{self, Approach, Hooks, Series};

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

/// The Taylor polynomial at a point up to the given degree; at a pole its Laurent polynomial, as Sage's `taylor`.
///
/// The terms of degree two and more are powers of `x - a`; those below are multiplied out, as Sage prints them.
///
/// # Errors
/// As `tape::series::series_of`.
pub fn taylor(expr: &Expr, variable: Symbol, point: &Expr, degree: usize, budget: &Budget) -> Result<Expr, Reason> {
    if let Kind::Relation(relation, left, right) = expr.kind() {
        let side = |side: &Expr| taylor(side, variable, point, degree, budget);
        return Ok(Expr::relation(*relation, side(left)?, side(right)?));
    }
    let x = Expr::symbol(variable);
    let approach = Approach::both(point);
    let expansion = series(expr, variable, &approach, degree + 1, budget)?;
    let last = Rational::from(degree as i64);
    let small = approach.small(&x);
    let (mut low, mut high) = (Vec::new(), Vec::new());
    for (exponent, coefficient) in expansion.terms().filter(|(exponent, _)| *exponent <= last) {
        if coefficient.has_symbol(series::small_symbol()) {
            return Err(Reason::Unsupported("there is no power series: a logarithm occurs"));
        }
        let term = coefficient * small.power_rational(&exponent);
        if exponent.is_zero() || exponent.is_one() { low.push(term) } else { high.push(term) }
    }
    let low = if small == x { Expr::sum(low) } else { expand(&Expr::sum(low), budget)? };
    Ok(Expr::sum(high) + low)
}

/// The Taylor polynomial in several variables of a total degree, each at its own point.
///
/// The expression is scaled to the line `a + t*(x - a)`, whose expansion in `t` collects by total degree.
///
/// # Errors
/// As `tape::series::series_of`.
pub fn taylor_many(expr: &Expr, at: &[(Symbol, Expr)], degree: usize, budget: &Budget) -> Result<Expr, Reason> {
    let line = Symbol::new("the line");
    let t = Expr::symbol(line);
    let scaled = expr.rewrite_stored(
        |node| {
            let symbol = node.as_symbol()?;
            let (_, point) = at.iter().find(|(own, _)| *own == symbol)?;
            Some(point + &t * (node - point))
        },
        |node| node,
    );
    let expansion = series(&scaled, line, &Approach::both(&Expr::zero()), degree + 1, budget)?;
    let last = Rational::from(degree as i64);
    let origin = at.iter().all(|(_, point)| point.is_zero());
    let mut parts = Vec::new();
    for (exponent, coefficient) in expansion.terms().filter(|(exponent, _)| *exponent <= last) {
        if exponent.is_negative() || !exponent.is_integer() || coefficient.has_symbol(series::small_symbol()) {
            return Err(Reason::Unsupported("the function is not smooth at this point"));
        }
        parts.push(if origin || exponent.is_one() { expand(coefficient, budget)? } else { coefficient.clone() });
    }
    Ok(Expr::sum(parts))
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
