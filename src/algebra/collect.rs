//! Reading an expression as a sum of powers of one part: coefficients, degrees, collecting.

use std::collections::HashMap;

use crate::algebra::expand;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, print_order};
use crate::number::sorting;

/// The coefficients of the powers of `part`, by ascending exponent; exponents may be any expressions.
///
/// # Errors
/// When the budget runs out while multiplying out.
pub fn coefficients(expr: &Expr, part: &Expr, budget: &Budget) -> Result<Vec<(Expr, Expr)>, Reason> {
    let expanded = expand(expr, budget)?;
    let mut found: Vec<(Expr, Vec<Expr>)> = Vec::new();
    let mut places: HashMap<u64, Vec<usize>> = HashMap::new();
    for term in terms(&expanded) {
        budget.check()?;
        let (coefficient, exponent) = split_term(&term, part);
        let alike = places.entry(exponent.stable_hash()).or_default();
        let known = alike.iter().copied().find(|place| found.get(*place).is_some_and(|(own, _)| *own == exponent));
        let place = known.unwrap_or_else(|| {
            alike.push(found.len());
            found.push((exponent, Vec::new()));
            found.len() - 1
        });
        if let Some((_, parts)) = found.get_mut(place) {
            parts.push(coefficient);
        }
    }
    let mut result: Vec<(Expr, Expr)> =
        found.into_iter().map(|(exponent, parts)| (Expr::sum(parts), exponent)).filter(|(c, _)| !c.is_zero()).collect();
    sorting::sort_by(&mut result, |(_, a), (_, b)| match (a.as_rational(), b.as_rational()) {
        (Some(p), Some(q)) => p.cmp(q),
        (Some(_), None) => std::cmp::Ordering::Less,
        (None, Some(_)) => std::cmp::Ordering::Greater,
        (None, None) => print_order(b, a),
    });
    Ok(result)
}

/// The coefficient of `part^exponent`.
///
/// # Errors
/// When the budget runs out while multiplying out.
pub fn coefficient(expr: &Expr, part: &Expr, exponent: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let all = coefficients(expr, part, budget)?;
    Ok(all.into_iter().find(|(_, own)| own == exponent).map_or_else(Expr::zero, |(coefficient, _)| coefficient))
}

/// The expression as a sum of powers of `part`, each with one coefficient.
///
/// # Errors
/// When the budget runs out while multiplying out.
pub fn collect(expr: &Expr, part: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if let Kind::Relation(relation, left, right) = expr.kind() {
        return Ok(Expr::relation(*relation, collect(left, part, budget)?, collect(right, part, budget)?));
    }
    let all = coefficients(expr, part, budget)?;
    Ok(Expr::sum(all.iter().map(|(coefficient, exponent)| coefficient * part.power(exponent))))
}

/// The terms of a sum, or the expression alone.
pub fn terms(expr: &Expr) -> Vec<Expr> {
    match expr.kind() {
        Kind::Sum(sum) => sum.parts().collect(),
        _ => vec![expr.clone()],
    }
}

/// The factors of a product, or the expression alone.
pub fn factors(expr: &Expr) -> Vec<Expr> {
    match expr.kind() {
        Kind::Product(product) => product.parts().collect(),
        _ => vec![expr.clone()],
    }
}

/// A term as coefficient and exponent of `part`; factors in which `part` is hidden count to the coefficient.
fn split_term(term: &Expr, part: &Expr) -> (Expr, Expr) {
    if term == part {
        return (Expr::one(), Expr::one());
    }
    let mut rest = Vec::new();
    let mut exponents = Vec::new();
    for factor in factors(term) {
        match exponent_of(&factor, part) {
            Some(exponent) => exponents.push(exponent),
            None => rest.push(factor),
        }
    }
    (Expr::product(rest), Expr::sum(exponents))
}

/// The exponent when the factor is a power of `part`; exponentials of one function count as powers of one another.
fn exponent_of(factor: &Expr, part: &Expr) -> Option<Expr> {
    if factor == part {
        return Some(Expr::one());
    }
    match factor.kind() {
        Kind::Power(base, exponent) if base == part => Some(exponent.clone()),
        _ => {
            let ratio = factor.exp_argument()? / part.exp_argument()?;
            ratio.as_rational().is_some_and(|q| q.is_integer()).then_some(ratio)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn coefficients_come_by_ascending_exponent() {
        let (x, y, n) = (Expr::variable("x"), Expr::variable("y"), Expr::integer);
        let budget = Budget::unlimited();
        let p = (&x + n(1)).powi(2) * &y + x.recip();
        let all = coefficients(&p, &x, &budget).unwrap();
        let exponents: Vec<i64> = all.iter().filter_map(|(_, e)| e.to_i64()).collect();
        assert_eq!(exponents, [-1, 0, 1, 2]);
        assert_eq!(coefficient(&p, &x, &n(1), &budget).unwrap(), n(2) * &y);
        assert_eq!(collect(&(&x * &y + &x), &x, &budget).unwrap(), &x * (&y + n(1)));
    }
}
