//! Sums of logarithms.

use super::super::Solutions;
use super::super::confirm::{confirmed, near_zero};
use super::super::equation::{Way, solve_zero};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol, function};
use crate::number::{Integer, Rational};

/// A sum of logarithms with rational ratios of coefficients: the product of the powers of their arguments.
///
/// The logarithm of the product differs from the sum by a multiple of `2*pi*I`, which candidates are checked for.
pub(super) fn by_logarithms(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Some((logarithms, rest)) = split(part, variable) else { return Ok(None) };
    let Some((_, first)) = logarithms.first() else { return Ok(None) };
    let ratios: Option<Vec<Rational>> =
        logarithms.iter().map(|(_, coefficient)| (coefficient / first).as_rational().cloned()).collect();
    let Some(ratios) = ratios else { return Ok(None) };
    let common = ratios.iter().fold(Integer::ONE, |lcm, q| lcm.lcm(&q.denominator()));
    let scale = Expr::number(common.clone());
    let constant = &rest * &scale / first;
    let powers = logarithms.iter().zip(&ratios).map(|((argument, _), q)| {
        let exponent = q * &Rational::from(common.clone());
        argument.power_rational(&exponent)
    });
    let equation = Expr::product(powers) - function::exp(&-&constant);
    let candidates = solve_zero(&equation, variable, way.deeper(), budget)?;
    let scaled = part * scale / first;
    if first.is_constant() && rest.is_constant() {
        return Ok(Some(near_zero(candidates, &scaled, variable, budget)?));
    }
    Ok(Some(confirmed(candidates, part, variable, budget)?))
}

/// The arguments of the logarithms with their coefficients, and what does not depend on the variable.
fn split(part: &Expr, variable: Symbol) -> Option<(Vec<(Expr, Expr)>, Expr)> {
    let (mut logarithms, mut rest): (Vec<(Expr, Expr)>, Vec<Expr>) = (Vec::new(), Vec::new());
    for term in algebra::terms(part) {
        if !term.has_symbol(variable) {
            rest.push(term);
            continue;
        }
        let (mut own, mut coefficient) = (None, Vec::new());
        for factor in algebra::factors(&term) {
            match factor.as_call() {
                Some((called, [argument])) if called.is(&function::LOG) && argument.has_symbol(variable) => {
                    if own.replace(argument.clone()).is_some() {
                        return None;
                    }
                }
                _ if factor.has_symbol(variable) => return None,
                _ => coefficient.push(factor),
            }
        }
        logarithms.push((own?, Expr::product(coefficient)));
    }
    Some((logarithms, Expr::sum(rest)))
}
