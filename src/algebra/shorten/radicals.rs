//! Denominators freed of radicals, and products of radicals of positive constants gathered.

use std::cmp::Ordering;

use crate::algebra::factor::factor_univariate;
use crate::algebra::rational::RationalForm;
use crate::algebra::{expand, factor, factors, simplify_rational};
use crate::budget::Budget;
use crate::expr::assume;
use crate::expr::{Expr, Kind, Reason};
use crate::number::Rational;
use crate::poly::SparsePolynomial;

/// One fraction whose denominator is free of radicals and roots of unity, in lowest terms.
pub(super) fn rationalised(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let form = RationalForm::of(expr, budget)?;
    let Some(free) = form.without_roots_below(budget)? else { return Ok(expr.clone()) };
    let (above, below) = free.to_fraction();
    let collected = merged(&(&above / &below), budget)?;
    let spread = merged(&expand(&(above / below), budget)?, budget)?;
    Ok(if super::size(&spread) < super::size(&collected) { spread } else { collected })
}

/// A sum of fractions in lowest terms, one for every monomial in the parts that stand above the line alone.
pub(super) fn apart(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    const MOST_PARTS: usize = 40;
    let form = RationalForm::of(expr, budget)?;
    let below = form.express(form.denominator());
    let free: Vec<usize> =
        form.numerator().support().into_iter().filter(|g| form.denominator().degree(*g) == 0).collect();
    if below.is_constant() || free.is_empty() || form.numerator().len() > MOST_PARTS {
        return Ok(expr.clone());
    }
    let mut parts = vec![(Expr::one(), form.numerator().clone())];
    for index in free {
        let Some(generator) = form.generators().list().get(index) else { continue };
        let rows = |(monomial, polynomial): &(Expr, SparsePolynomial)| -> Vec<(Expr, SparsePolynomial)> {
            let rows = polynomial.coefficients_in(index).into_iter();
            rows.map(|(power, row)| (monomial * generator.power(power), row)).collect()
        };
        parts = parts.iter().flat_map(rows).collect();
    }
    let mut sum = Vec::with_capacity(parts.len());
    for (monomial, polynomial) in parts {
        sum.push(monomial * simplify_rational(&(form.express(&polynomial) / &below), budget)?);
    }
    Ok(Expr::sum(sum))
}

/// Factored, radicands as well where they get shorter.
///
/// # Errors
/// When the budget runs out.
pub fn factor_with_radicands(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if let Some(factored) = factor_univariate(expr, budget)? {
        return Ok(factored);
    }
    let mut trouble = None;
    let inner = expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if exponent.to_i64().is_none() => match factor(base, budget) {
                Ok(found) if super::size(&found) < super::size(base) => found.power(exponent),
                Ok(_) => node,
                Err(reason) => {
                    trouble.get_or_insert(reason);
                    node.clone()
                }
            },
            _ => node,
        },
    );
    trouble.map_or(Ok(()), Err)?;
    factor(&inner, budget)
}

/// `sqrt(2)*sqrt(3)` as `sqrt(6)`: radicals with the same exponent of constants that are not negative.
pub(super) fn merged(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut trouble = None;
    let result = expr.rewrite(
        |_| None,
        |node| match (node.kind(), &trouble) {
            (Kind::Product(_), None) => match joined(&node, budget) {
                Ok(found) => found.unwrap_or(node),
                Err(reason) => {
                    trouble = Some(reason);
                    node
                }
            },
            _ => node,
        },
    );
    trouble.map_or(Ok(result), Err)
}

fn joined(product: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let mut groups: Vec<(Rational, Vec<Expr>)> = Vec::new();
    let mut others = Vec::new();
    for factor in factors(product) {
        let Some((base, exponent)) = constant_radical(&factor) else {
            others.push(factor);
            continue;
        };
        match groups.iter_mut().find(|(own, _)| *own == exponent) {
            Some((_, bases)) => bases.push(base),
            None => groups.push((exponent, vec![base])),
        }
    }
    if groups.iter().all(|(_, bases)| bases.len() < 2) {
        return Ok(None);
    }
    for (exponent, bases) in groups {
        let apart = Expr::product(bases.iter().map(|base| base.power_rational(&exponent)));
        let inside = expand(&Expr::product(bases), budget)?;
        // sqrt(1/8) as 1/4*sqrt(2)
        let one = match inside.as_rational() {
            Some(q) if exponent == Rational::HALF => {
                let below = Expr::number(q.denominator());
                (Expr::number(q.numerator()) * &below).sqrt() / below
            }
            _ => inside.power_rational(&exponent),
        };
        others.push(if super::size(&one) < super::size(&apart) { one } else { apart });
    }
    Ok(Some(Expr::product(others)))
}

/// A radical of a constant that is positive.
fn constant_radical(factor: &Expr) -> Option<(Expr, Rational)> {
    let Kind::Power(base, exponent) = factor.kind() else { return None };
    let exponent = exponent.as_rational().filter(|q| !q.is_integer())?;
    let is_number = base.as_rational().is_some_and(|q| !q.is_negative());
    let positive = is_number
        || (base.is_constant()
            && assume::sign(base).or_else(|| crate::tape::sign_by_ball(base)) == Some(Ordering::Greater));
    positive.then(|| (base.clone(), exponent.clone()))
}
