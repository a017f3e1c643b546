//! Multiplying out.
//!
//! Products of sums and natural powers of sums are distributed everywhere in an expression, also inside arguments; a
//! sum in an exponent splits the power (`2^(x + y)` is `2^x*2^y`), but not that of an exponential.

use std::cmp::Ordering;

use crate::budget::Budget;
use crate::expr::assume;
use crate::expr::{
    Changed, Expr, Factor, Kind, Monomial, Product, ProductBuilder, ProductSum, Reason, Sum, SumBuilder,
};
use crate::number::sorting;
use crate::number::{Integer, Number, Rational};

use super::plain;

/// The largest number of terms that an expansion may grow to.
const MOST_TERMS: f64 = 2.0e7;

/// The expression with all products of sums multiplied out.
///
/// # Errors
/// When the budget runs out, or the result would have more than some ten million terms.
pub fn expand(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if let Some(expanded) = plain::short(expr) {
        return Ok(expanded);
    }
    if let Some(expanded) = polynomial_in_variables(expr, budget)? {
        return Ok(expanded);
    }
    expr.try_fold(|node, children: &[Expr]| {
        budget.check()?;
        expand_node(&rebuilt(node, children), budget)
    })
}

/// A power or product of polynomials in variables, multiplied out: nothing in it has to be looked for.
pub(super) fn polynomial_in_variables(expr: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let is_variable = |base: &Expr| matches!(base.kind(), Kind::Symbol(_));
    let is_monomial = |base: &Expr| match base.kind() {
        Kind::Power(base, exponent) => is_variable(base) && exponent.to_i64().is_some(),
        Kind::Product(product) => product.factors().iter().all(|f| is_variable(&f.base) && f.exponent.is_integer()),
        _ => is_variable(base),
    };
    let is_polynomial = |base: &Expr| match base.kind() {
        Kind::Sum(sum) => sum.terms().iter().all(|term| is_monomial(&term.base)),
        _ => is_variable(base),
    };
    match expr.kind() {
        Kind::Power(base, exponent) => match (base.kind(), exponent.as_rational()) {
            (Kind::Sum(sum), Some(q)) if q.is_integer() && is_polynomial(base) => {
                power_of_sum(sum, q, budget).map(Some)
            }
            _ => Ok(None),
        },
        Kind::Product(product)
            if product.factors().iter().all(|f| f.exponent.is_integer() && is_polynomial(&f.base)) =>
        {
            expand_product(product, budget).map(Some)
        }
        _ => Ok(None),
    }
}

/// The node over its expanded children.
fn rebuilt(node: &Expr, children: &[Expr]) -> Expr {
    let unchanged = node.stored_children().iter().zip(children).all(|(old, new)| old == new);
    if unchanged { node.clone() } else { node.with_stored_children(children.to_vec()) }
}

/// Expands a node whose children are expanded.
fn expand_node(node: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    match node.kind() {
        Kind::Product(product) => {
            let has_sums = product.factors().iter().any(|factor| matches!(factor.base.kind(), Kind::Sum(_)));
            if has_sums { expand_product(product, budget) } else { Ok(node.clone()) }
        }
        Kind::Power(base, exponent) => match (base.kind(), exponent.as_rational()) {
            (Kind::Sum(sum), Some(q)) if q.is_integer() => power_of_sum(sum, q, budget),
            (_, None) => Ok(split_exponent(base, exponent)),
            _ => Ok(node.clone()),
        },
        // Rebuilding may have multiplied a number into a sum of unexpanded products.
        Kind::Sum(sum) if sum.terms().iter().any(|term| is_open(&term.base)) => {
            let mut builder = SumBuilder::new();
            builder.add(&Expr::number(sum.constant().clone()));
            for term in sum.terms() {
                builder.add_scaled(&expand_node(&term.base, budget)?, &term.coefficient);
            }
            Ok(builder.finish())
        }
        _ => Ok(node.clone()),
    }
}

/// Is there something to multiply out at the top?
fn is_open(expr: &Expr) -> bool {
    let open = |base: &Expr, q: &Rational| matches!(base.kind(), Kind::Sum(_)) && q.is_integer();
    match expr.kind() {
        Kind::Product(product) => product.factors().iter().any(|f| open(&f.base, &f.exponent)),
        Kind::Power(base, exponent) => exponent.as_rational().is_some_and(|q| open(base, q)),
        _ => false,
    }
}

/// `b^(u + v)` as `b^u*b^v`, and positive factors of the base as powers of their own.
fn split_exponent(base: &Expr, exponent: &Expr) -> Expr {
    match (exponent.kind(), base.kind()) {
        (Kind::Sum(sum), _) => Expr::product(sum.parts().map(|part| split_exponent(base, &part))),
        (_, Kind::Product(product)) => positive_powers(product, exponent).unwrap_or_else(|| base.power(exponent)),
        _ => base.power(exponent),
    }
}

/// `(2*p*x)^z` as `2^z*p^z*x^z` for a positive `p`; negative factors count with their sign, which stays.
fn positive_powers(product: &Product, exponent: &Expr) -> Option<Expr> {
    let (mut outside, mut rest) = (Vec::new(), Vec::new());
    let mut is_negative = false;
    for part in product.parts() {
        match assume::sign(&part) {
            Some(Ordering::Greater) => outside.push(part),
            Some(Ordering::Less) => {
                is_negative = !is_negative;
                outside.push(-part);
            }
            _ => rest.push(part),
        }
    }
    if outside.is_empty() {
        return None;
    }
    if is_negative {
        // A bare sign goes with a number: `(-2)^z`.
        let number = outside.iter().position(|part| part.as_number().is_some()).filter(|_| rest.is_empty());
        rest.push(number.map_or_else(|| Expr::integer(-1), |place| -outside.remove(place)));
    }
    Some(Expr::product(outside.iter().map(|part| part.power(exponent))) * Expr::product(rest).power(exponent))
}

/// Distributes the sums among the factors over the others.
fn expand_product(product: &Product, budget: &Budget) -> Result<Expr, Reason> {
    if count_of_sums(product).is_some_and(|sums| sums > 1)
        && let Some(expanded) = plain::product(product.factors(), product.coefficient(), MOST_TERMS, budget)?
    {
        return Ok(expanded);
    }
    let mut outside = ProductBuilder::new();
    outside.multiply(&Expr::number(product.coefficient().clone()));
    let mut sums: Vec<Expr> = Vec::new();
    for factor in product.factors() {
        match expanded_factor(factor, budget)? {
            expanded if matches!(expanded.kind(), Kind::Sum(_)) => sums.push(expanded),
            expanded => outside.multiply(&expanded),
        }
    }
    let mut result = outside.finish();
    sorting::sort_by_key(&mut sums, term_count);
    for sum in &sums {
        result = distribute(&result, sum, budget)?;
    }
    Ok(result)
}

/// How many sums are multiplied; `None` unless all powers are natural.
fn count_of_sums(product: &Product) -> Option<usize> {
    let mut sums = 0_usize;
    for factor in product.factors() {
        let n = factor.exponent.to_i64().and_then(|n| usize::try_from(n).ok())?;
        if matches!(factor.base.kind(), Kind::Sum(_)) {
            sums = sums.saturating_add(n);
        }
    }
    Some(sums)
}

fn expanded_factor(factor: &Factor, budget: &Budget) -> Result<Expr, Reason> {
    match factor.base.kind() {
        Kind::Sum(sum) if factor.exponent.is_integer() => power_of_sum(sum, &factor.exponent, budget),
        _ => Ok(factor.to_expr()),
    }
}

fn term_count(expr: &Expr) -> usize {
    match expr.kind() {
        Kind::Sum(sum) => sum.len(),
        _ => 1,
    }
}

/// The product of two expanded expressions, term by term.
fn distribute(left: &Expr, right: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if term_count(left) as f64 * term_count(right) as f64 > MOST_TERMS {
        return Err(Reason::Unsupported("the expanded expression would be too large"));
    }
    if let (Some(left), Some(right)) = (closed_parts(left), closed_parts(right)) {
        return distribute_closed(&left, &right, budget);
    }
    let mut builder = SumBuilder::new();
    for a in parts(left) {
        budget.check()?;
        for b in parts(right) {
            let term = &a * &b;
            if is_open(&term) {
                builder.add(&expand_node(&term, budget)?);
            } else {
                builder.add(&term);
            }
        }
    }
    Ok(builder.finish())
}

/// The parts as monomials when no sum is among their factors, so that no product of them is to be expanded again.
fn closed_parts(expr: &Expr) -> Option<Vec<Monomial>> {
    let closed = |part: Expr| {
        let monomial = Monomial::of(&part)?;
        let open = monomial.factors().iter().any(|factor| matches!(factor.base.kind(), Kind::Sum(_)));
        (!open).then_some(monomial)
    };
    parts(expr).into_iter().map(closed).collect()
}

fn distribute_closed(left: &[Monomial], right: &[Monomial], budget: &Budget) -> Result<Expr, Reason> {
    let mut sum = ProductSum::new();
    for a in left {
        budget.check()?;
        for b in right {
            sum.add_product(a.coefficient(), Changed::nowhere(a.factors()), b);
        }
    }
    let expanded = sum.finish();
    // Powers of radicals may have become sums.
    if is_open_anywhere(&expanded) { expand(&expanded, budget) } else { Ok(expanded) }
}

fn parts(expr: &Expr) -> Vec<Expr> {
    match expr.kind() {
        Kind::Sum(sum) => sum.parts().collect(),
        _ => vec![expr.clone()],
    }
}

/// An integer power of an expanded sum; a negative one is one over the expanded power.
fn power_of_sum(sum: &Sum, exponent: &Rational, budget: &Budget) -> Result<Expr, Reason> {
    let Some(n) = exponent.numerator().abs().to_usize() else {
        return Err(Reason::Unsupported("the exponent is too large to expand"));
    };
    let power = match n {
        0 => Expr::one(),
        1 => Expr::sum(sum.parts()),
        _ => multinomial(sum, n, budget)?,
    };
    Ok(if exponent.is_negative() { power.recip() } else { power })
}

/// The natural power of a sum by the multinomial theorem: `t1 + rest` to the `n`, the powers of the terms kept.
fn multinomial(sum: &Sum, n: usize, budget: &Budget) -> Result<Expr, Reason> {
    if power_bound(sum, n) > MOST_TERMS {
        return Err(Reason::Unsupported("the expanded expression would be too large"));
    }
    if let Some(expanded) = plain::power(sum, n, budget)? {
        return Ok(expanded);
    }
    let terms: Vec<Expr> = sum.parts().collect();
    let powers: Vec<Vec<Expr>> = terms.iter().map(|term| powers_of(term, n)).collect();
    let mut builder = SumBuilder::new();
    let mut chosen = Vec::with_capacity(terms.len());
    compositions(&powers, n, &Integer::ONE, &mut chosen, &mut builder, budget)?;
    let expanded = builder.finish();
    // Powers of radicals among the terms may be sums again.
    if is_open_anywhere(&expanded) { expand(&expanded, budget) } else { Ok(expanded) }
}

fn is_open_anywhere(expr: &Expr) -> bool {
    is_open(expr) || matches!(expr.kind(), Kind::Sum(sum) if sum.terms().iter().any(|term| is_open(&term.base)))
}

/// `1, t, t^2, ..., t^n`.
fn powers_of(term: &Expr, n: usize) -> Vec<Expr> {
    (0..=n).map(|k| term.powi(k as i64)).collect()
}

/// Adds `coefficient * chosen * (sum of the remaining terms)^left` by recursion over the terms.
fn compositions(
    powers: &[Vec<Expr>],
    left: usize,
    coefficient: &Integer,
    chosen: &mut Vec<Expr>,
    builder: &mut SumBuilder,
    budget: &Budget,
) -> Result<(), Reason> {
    budget.check()?;
    let Some((first, rest)) = powers.split_first() else { return Ok(()) };
    if rest.is_empty() {
        let last = first.get(left).cloned().unwrap_or_else(Expr::zero);
        let product = Expr::product(chosen.iter().cloned().chain([last]));
        builder.add_scaled(&product, &Number::from(coefficient.clone()));
        return Ok(());
    }
    let mut binomial = Integer::ONE;
    for k in 0..=left {
        let Some(power) = first.get(k) else { break };
        chosen.push(power.clone());
        compositions(rest, left - k, &(coefficient * &binomial), chosen, builder, budget)?;
        chosen.pop();
        binomial = (binomial * Integer::from(left - k)).div_exact(&Integer::from(k + 1));
    }
    Ok(())
}

/// A bound for the terms of a power.
fn power_bound(sum: &Sum, n: usize) -> f64 {
    /// Beyond this a dense power would take long without looking at the budget.
    const MOST_DENSE: f64 = 1.0e6;
    let others = sum.len() - 1;
    let estimate = binomial_estimate(n.saturating_add(others), others);
    if estimate <= MOST_TERMS {
        return estimate;
    }
    plain::box_bound(sum, n).filter(|bound| *bound <= MOST_DENSE).unwrap_or(estimate)
}

/// Roughly the binomial coefficient, infinite when it is huge.
fn binomial_estimate(n: usize, k: usize) -> f64 {
    (0..k.min(n - k.min(n))).fold(1.0, |value, i| value * (n - i) as f64 / (i + 1) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn x() -> Expr {
        Expr::variable("x")
    }

    fn expanded(e: &Expr) -> Expr {
        expand(e, &Budget::unlimited()).unwrap()
    }

    #[test]
    fn products_and_powers_multiply_out() {
        let (x, y, n) = (x(), Expr::variable("y"), Expr::integer);
        assert_eq!(expanded(&((&x + n(1)) * (&x - n(1)))), x.powi(2) - n(1));
        assert_eq!(expanded(&(&x + &y).powi(3)), x.powi(3) + n(3) * x.powi(2) * &y + n(3) * &x * y.powi(2) + y.powi(3));
        assert_eq!(expanded(&(n(2).sqrt() + n(1)).powi(3)), n(5) * n(2).sqrt() + n(7));
        assert_eq!(expanded(&(x.sqrt() + n(1)).powi(2)), &x + n(2) * x.sqrt() + n(1));
        let nested = ((&x + n(1)).powi(2) + n(1)) * (&x + n(2));
        assert_eq!(expanded(&nested), x.powi(3) + n(4) * x.powi(2) + n(6) * &x + n(4));
        let dense = Expr::sum((0..=30).map(|k| x.powi(k)));
        assert_eq!(term_count(&expanded(&dense.powi(20))), 601);
    }

    #[test]
    fn denominators_are_kept_and_expanded() {
        let (x, n) = (x(), Expr::integer);
        let e = (&x + n(1)).powi(-2);
        assert_eq!(expanded(&e), (x.powi(2) + n(2) * &x + n(1)).recip());
        let quotient = ((&x + n(1)) * (&x + n(2))) / (&x + n(3));
        let d = (&x + n(3)).recip();
        assert_eq!(expanded(&quotient), x.powi(2) * &d + n(3) * &x * &d + n(2) * &d);
    }

    #[test]
    fn exponents_split_and_exponentials_join() {
        let (x, y, n) = (x(), Expr::variable("y"), Expr::integer);
        assert_eq!(expanded(&n(2).power(&(&x + &y))), n(2).power(&x) * n(2).power(&y));
        let e = (crate::expr::function::exp(&x) + crate::expr::function::exp(&-&x)).powi(2);
        assert_eq!(
            expanded(&e),
            crate::expr::function::exp(&(n(2) * &x)) + crate::expr::function::exp(&(n(-2) * &x)) + n(2)
        );
    }
}
