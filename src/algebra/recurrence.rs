//! Gamma and polygamma functions of shifted and multiplied arguments, by their recurrences.
//!
//! `gamma(u + 1) = u*gamma(u)`, `psi(m, u + 1) = psi(m, u) + (-1)^m*m!/u^(m + 1)`, and the multiplication theorem
//! `psi(m, k*u) = k^(-m - 1)*(psi(m, u) + psi(m, u + 1/k) + ...)`, with `log(k)` for `m = 0` (DLMF 5.5, 5.15).

use super::expand::polynomial_in_variables;
use crate::budget::Budget;
use crate::expr::function::{self, log};
use crate::expr::{Expr, Kind, Reason};
use crate::number::{Number, Rational, factorial};

/// Longer ways are not gone.
const MOST_STEPS: i64 = 24;
/// Higher orders and larger multiples are left.
const MOST_PARTS: i64 = 8;

/// The expression multiplied out, then gamma and polygamma functions brought to the least arguments.
///
/// # Errors
/// When the budget runs out.
pub fn expand_with_recurrences(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if let Some(open) = polynomial_in_variables(expr, budget)? {
        return Ok(open);
    }
    let open = super::expand(expr, budget)?;
    // Multiplying out makes none, and walks over long results cost as much as these.
    if !expr.shared_nodes().any(|node| has_recurrence(&node)) {
        return Ok(open);
    }
    Ok(open.rewrite(|_| None, |node| lowered(&node).unwrap_or(node)))
}

fn has_recurrence(node: &Expr) -> bool {
    node.as_call().is_some_and(|(called, _)| called.is(&function::GAMMA) || called.is(&function::PSI))
}

fn lowered(node: &Expr) -> Option<Expr> {
    match node.as_call()? {
        (called, [u]) if called.is(&function::GAMMA) => lowered_gamma(u),
        (called, [u]) if called.is(&function::PSI) => lowered_psi(0, u),
        (called, [m, u]) if called.is(&function::PSI) => {
            lowered_psi(m.to_i64().filter(|m| (0..=MOST_PARTS).contains(m))?, u)
        }
        _ => None,
    }
}

/// The argument as `u + n` with `u` in `0 < u <= 1` for numbers, with a constant term from 0 up to below 1 else.
fn shift(argument: &Expr) -> Option<(Expr, i64)> {
    let constant = match argument.kind() {
        Kind::Number(Number::Rational(q)) if !q.is_integer() => q.clone(),
        Kind::Sum(sum) => sum.constant().as_rational()?.clone(),
        _ => return None,
    };
    let steps = constant.floor().to_i64().filter(|n| *n != 0 && n.abs() <= MOST_STEPS)?;
    Some((argument - Expr::integer(steps), steps))
}

/// What stands between `u` and `u + n`: `u, u + 1, ..., u + n - 1`, or below `u` for a negative `n`.
fn between(u: &Expr, steps: i64) -> impl Iterator<Item = Expr> {
    let range = if steps > 0 { 0..steps } else { steps..0 };
    let u = u.clone();
    range.map(move |k| &u + Expr::integer(k))
}

fn lowered_gamma(argument: &Expr) -> Option<Expr> {
    let (u, steps) = shift(argument)?;
    let product = Expr::product(between(&u, steps));
    let rest = Expr::apply(&function::GAMMA, &u);
    Some(if steps > 0 { product * rest } else { rest / product })
}

fn polygamma(order: i64, u: &Expr) -> Expr {
    if order == 0 { Expr::apply(&function::PSI, u) } else { Expr::apply2(&function::PSI, &Expr::integer(order), u) }
}

fn lowered_psi(order: i64, argument: &Expr) -> Option<Expr> {
    let Some((u, steps)) = shift(argument) else { return divided_psi(order, argument) };
    let factor = Rational::from(factorial(order as u64));
    let sign = Rational::from(if (order % 2 == 0) == (steps > 0) { 1 } else { -1 });
    let scale = Number::from(factor * sign);
    let terms = between(&u, steps).map(|part| part.powi(-order - 1).scale(&scale));
    Some(Expr::sum(terms.chain([polygamma(order, &u)])))
}

/// By the multiplication theorem, for an argument `k*u` with a small natural number `k`.
fn divided_psi(order: i64, argument: &Expr) -> Option<Expr> {
    let Kind::Product(product) = argument.kind() else { return None };
    let k = product.coefficient().to_integer()?.to_i64().filter(|k| (2..=MOST_PARTS).contains(k))?;
    let u = product.without_coefficient();
    let parts = (0..k).map(|j| polygamma(order, &(&u + Expr::fraction(j, k))));
    let mean = Expr::sum(parts.map(|part| part * Expr::integer(k).powi(-order - 1)));
    Some(if order == 0 { mean + log(&Expr::integer(k)) } else { mean })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::read;

    #[track_caller]
    fn check(input: &str, expected: &str) {
        let budget = Budget::unlimited();
        let found = expand_with_recurrences(&read(input).unwrap(), &budget).unwrap();
        assert_eq!(found, read(expected).unwrap(), "{input}");
    }

    #[test]
    fn arguments_are_lowered() {
        check("gamma(x + 2)", "x*(x + 1)*gamma(x)");
        check("gamma(x - 1)", "gamma(x)/(x - 1)");
        check("gamma(19/8)", "33/64*gamma(3/8)");
        check("gamma(-10/3)", "81/280*gamma(2/3)");
        check("psi(x + 2)", "psi(x) + 1/x + 1/(x + 1)");
        check("psi(1, x - 1)", "psi(1, x) + 1/(x - 1)^2");
        check("psi(2*x)", "1/2*psi(x) + 1/2*psi(x + 1/2) + log(2)");
    }
}
