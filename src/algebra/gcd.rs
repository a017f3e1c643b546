//! Common divisors and multiples of expressions, read as polynomials over their generators.

use crate::algebra::plain;
use crate::algebra::rational::Generators;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol};
use crate::number::{Integer, Number, Rational};
use crate::poly::Unfinished;

/// The greatest common divisor of two expressions that are polynomials over their generators, with a positive leading
/// coefficient.
///
/// # Errors
/// Fractions and roots, over which divisors are not unique; when the budget runs out.
pub fn gcd(a: &Expr, b: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if let (Kind::Sum(p), Kind::Sum(q)) = (a.kind(), b.kind())
        && let Some(common) = plain::univariate_gcd(p, q)
    {
        return Ok(common);
    }
    let generators = Generators::survey(&[a, b])?;
    if generators.list().iter().any(|generator| generator.is_algebraic()) {
        return Err(Reason::Unsupported("common divisors of expressions with roots"));
    }
    let (p, q) = (generators.read(a, budget)?.into_cancelled(), generators.read(b, budget)?.into_cancelled());
    let (Some(p_scale), Some(q_scale)) = (p.denominator.to_constant(), q.denominator.to_constant()) else {
        return Err(Reason::Unsupported("common divisors of fractions"));
    };
    let (p_content, p_part) = p.numerator.split_content();
    let (q_content, q_part) = q.numerator.split_content();
    let common = p_part.gcd_within(&q_part, budget).map_err(|unfinished| match unfinished {
        Unfinished::Stopped(stopped) => Reason::Budget(stopped),
        _ => Reason::Unsupported("the common divisor is too laborious"),
    })?;
    let content = common_content(&(p_content, p_scale), &(q_content, q_scale));
    let found = generators.express(&common);
    let negative = common.leading().is_some_and(|(_, coefficient)| coefficient.signum() < 0);
    Ok(found.scale(&Number::from(if negative { -content } else { content })))
}

/// The resultant of two polynomials in a variable, whose coefficients may hold others; `None` when one is no polynomial.
///
/// # Errors
/// When the budget runs out, or the two are too large.
pub fn resultant(a: &Expr, b: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let generators = Generators::survey(&[a, b])?;
    let (p, q) = (generators.read(a, budget)?.into_cancelled(), generators.read(b, budget)?.into_cancelled());
    let Some(index) = generators.index_of_atom(&Expr::symbol(variable)) else { return Ok(None) };
    let (Some(p_scale), Some(q_scale)) = (p.denominator.to_constant(), q.denominator.to_constant()) else {
        return Ok(None);
    };
    let found = p.numerator.resultant(&q.numerator, index, budget).map_err(|unfinished| match unfinished {
        Unfinished::Stopped(stopped) => Reason::Budget(stopped),
        _ => Reason::Unsupported("the resultant is too laborious"),
    })?;
    let power = |scale: Integer, degree: u64| Expr::number(scale).power(&Expr::number(Integer::from(degree)));
    let below = power(p_scale, q.numerator.degree(index)) * power(q_scale, p.numerator.degree(index));
    Ok(Some(generators.express(&found) / below))
}

/// The greatest common divisor of two fractions.
fn common_content((a, b): &(Integer, Integer), (c, d): &(Integer, Integer)) -> Rational {
    let below = b.lcm(d);
    let above = (a * below.div_exact(b)).gcd(&(c * below.div_exact(d)));
    Rational::ratio(&above, &below).unwrap_or(Rational::ONE)
}

/// The least common multiple of two expressions: their product over the greatest common divisor.
///
/// # Errors
/// As [`gcd`].
pub fn lcm(a: &Expr, b: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let common = gcd(a, b, budget)?;
    Ok(if common.is_zero() { Expr::zero() } else { a * b / common })
}
