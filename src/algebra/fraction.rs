//! Expressions as one fraction, and taken apart into partial fractions.

use crate::algebra::rational::RationalForm;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol};
use crate::number::{Integer, Number, Rational};
use crate::poly::{RationalFunction, RationalPolynomial, SparsePolynomial};

/// Numerator and denominator in lowest terms with integer coefficients; the expression over one where it has no
/// rational form.
///
/// # Errors
/// When the budget runs out.
pub fn numerator_denominator(expr: &Expr, budget: &Budget) -> Result<(Expr, Expr), Reason> {
    match RationalForm::of(expr, budget) {
        Ok(form) => {
            let generators = form.generators();
            Ok((generators.express(form.numerator()), generators.express(form.denominator())))
        }
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => Ok((expr.clone(), Expr::one())),
    }
}

/// Terms with equal denominators gathered, nothing else.
pub fn combine(expr: &Expr) -> Expr {
    let mut groups: Vec<(Expr, Vec<Expr>)> = Vec::new();
    for term in crate::algebra::terms(expr) {
        let (above, below) = split_fraction(&term);
        match groups.iter_mut().find(|(own, _)| *own == below) {
            Some((_, parts)) => parts.push(above),
            None => groups.push((below, vec![above])),
        }
    }
    Expr::sum(groups.into_iter().map(|(below, parts)| Expr::sum(parts) / below))
}

/// The factors with positive and those with negative exponents.
fn split_fraction(term: &Expr) -> (Expr, Expr) {
    let below = |factor: &Expr| match factor.kind() {
        Kind::Power(_, exponent) => exponent.as_rational().is_some_and(Rational::is_negative),
        _ => false,
    };
    let (below, above): (Vec<Expr>, Vec<Expr>) = crate::algebra::factors(term).into_iter().partition(below);
    (Expr::product(above), Expr::product(below).recip())
}

/// The partial fractions of a rational function of one variable with rational coefficients; itself for others.
///
/// # Errors
/// When the budget runs out.
pub fn partial_fractions(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    let Some(function) = rational_function(expr, variable, budget)? else { return Ok(expr.clone()) };
    let x = Expr::symbol(variable);
    let (whole, parts) = function.partial_fractions();
    let fractions = parts.iter().map(|part| {
        let below = polynomial_expr(&RationalPolynomial::from(part.factor.clone()), &x);
        polynomial_expr(&part.numerator, &x) / below.powi(i64::try_from(part.exponent).unwrap_or(1))
    });
    Ok(Expr::sum(std::iter::once(polynomial_expr(&whole, &x)).chain(fractions)))
}

/// The expression as a rational function with rational coefficients, if it is one.
///
/// # Errors
/// When the budget runs out.
pub fn rational_function(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<RationalFunction>, Reason> {
    let form = match RationalForm::of(expr, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let index = form.generators().index_of_atom(&Expr::symbol(variable));
    let side = |polynomial: &SparsePolynomial| match (polynomial.support().as_slice(), index) {
        ([], _) => polynomial.to_constant().map(|c| RationalPolynomial::constant(&Rational::from(c))),
        ([only], Some(index)) if *only == index => {
            polynomial.to_univariate(index).and_then(|p| RationalPolynomial::from_parts(p, Integer::ONE))
        }
        _ => None,
    };
    let (Some(top), Some(bottom)) = (side(form.numerator()), side(form.denominator())) else { return Ok(None) };
    Ok(RationalFunction::new(&top, &bottom))
}

/// A polynomial with rational coefficients as an expression.
pub fn polynomial_expr(polynomial: &RationalPolynomial, x: &Expr) -> Expr {
    Expr::sum(
        polynomial.coefficients().into_iter().enumerate().map(|(power, coefficient)| {
            x.powi(i64::try_from(power).unwrap_or(i64::MAX)).scale(&Number::from(coefficient))
        }),
    )
}
