//! Logarithms gathered and taken apart, by the rules for positive arguments.
//!
//! These rules hold for positive arguments only; they are applied because the user asks for them by name, as Sage's
//! `simplify_log` and `expand_log` do.

use crate::algebra::{expand, terms};
use crate::budget::Budget;
use crate::expr::function::{self, log};
use crate::expr::{Expr, Kind, Reason};
use crate::number::Number;

/// Sums of logarithms with integer coefficients as the logarithm of a product.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_log(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    Ok(expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Sum(_) | Kind::Product(_) => gathered(&node),
            _ => node,
        },
    ))
}

fn gathered(sum: &Expr) -> Expr {
    let (mut product, mut rest) = (Vec::new(), Vec::new());
    for term in terms(sum) {
        let (base, coefficient) = term.split_coefficient();
        match (logarithm_argument(&base), coefficient.to_integer()) {
            (Some(argument), Some(times)) => product.push(argument.power(&Expr::number(times))),
            _ => rest.push(term),
        }
    }
    if product.is_empty() {
        return sum.clone();
    }
    Expr::sum(rest) + log(&Expr::product(product))
}

fn logarithm_argument(expr: &Expr) -> Option<Expr> {
    match expr.as_call()? {
        (called, [argument]) if called.is(&function::LOG) => Some(argument.clone()),
        _ => None,
    }
}

/// Logarithms of products, quotients and powers as sums and multiples of logarithms.
///
/// # Errors
/// When the budget runs out.
pub fn expand_log(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    let open = expr.rewrite(
        |_| None,
        |node| match logarithm_argument(&node) {
            Some(argument) => taken_apart(&argument),
            None => node,
        },
    );
    match expand(&open, budget) {
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => Ok(open),
        Ok(expanded) => Ok(expanded),
    }
}

/// `log(argument)` by the logarithms of its factors.
fn taken_apart(argument: &Expr) -> Expr {
    match argument.kind() {
        Kind::Product(product) => {
            let number = match product.coefficient() {
                one if one.is_one() => Expr::zero(),
                coefficient => log(&Expr::number(coefficient.clone())),
            };
            let factors = product
                .factors()
                .iter()
                .map(|factor| taken_apart(&factor.base).scale(&Number::from(factor.exponent.clone())));
            Expr::sum(factors.chain([number]))
        }
        Kind::Power(base, exponent) => exponent * taken_apart(base),
        _ => match argument.exp_argument() {
            Some(inner) if !inner.is_one() => inner.clone(),
            _ => log(argument),
        },
    }
}
