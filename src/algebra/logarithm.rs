//! Logarithms gathered and taken apart, by the rules for positive arguments.
//!
//! These rules hold for positive arguments only; they are applied because the user asks for them by name, as Sage's
//! `simplify_log` and `expand_log` do. Where the assumptions show that an argument is negative, the signs are put right:
//! `log(x^2)` is `2*log(-x)` there, and `n*log(x)` stays.

use crate::algebra::expand;
use crate::algebra::radical::is_negative;
use crate::algebra::shorten::gathered_logarithms;
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact, Signs, with_facts};
use crate::expr::function::{self, log};
use crate::expr::{Expr, Factor, Kind, Product, Reason};
use crate::number::{Integer, Number, Rational};

/// Sums of logarithms with coefficients in a rational ratio as the logarithm of a product.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_log(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    Ok(gathered_logarithms(&expr.rewrite(|_| None, multiple_inside), true, is_plain))
}

/// `n*log(a)` as `log(a^n)` for a natural `n`, and `-n*log(a)` as `-log(a^n)`.
fn multiple_inside(node: Expr) -> Expr {
    let (base, coefficient) = node.split_coefficient();
    match (logarithm_argument(&base), coefficient.to_integer()) {
        (Some(argument), Some(times)) if !times.abs().is_one() && is_plain(&argument) => {
            let gathered = log(&argument.power(&Expr::number(times.abs())));
            if times.is_negative() { -gathered } else { gathered }
        }
        _ => node,
    }
}

/// Is it neither known to be negative nor a radical of what is?
fn is_plain(argument: &Expr) -> bool {
    let is_radical = |factor: &Expr| match factor.kind() {
        Kind::Power(base, exponent) => exponent.to_i64().is_none() && is_negative(base),
        _ => false,
    };
    let mut factors = crate::algebra::factors(argument).into_iter();
    !is_negative(argument) && !factors.any(|factor| is_radical(&factor))
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
    opened(expr, false, budget)
}

/// As `expand_log`, multiplied out, but a minus sign stays in the logarithm of a factor, where there is one for it:
/// `log(-2*x)` is `log(2) + log(-x)`.
pub(in crate::algebra) fn expand_log_with_signs(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    opened(expr, true, budget)
}

fn opened(expr: &Expr, keep_sign: bool, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    let open = expr.rewrite(
        |_| None,
        |node| match logarithm_argument(&node) {
            Some(argument) => taken_apart(&argument, keep_sign),
            None => node,
        },
    );
    if !keep_sign {
        return Ok(open);
    }
    match expand(&open, budget) {
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => Ok(open),
        Ok(expanded) => Ok(expanded),
    }
}

/// `log(2/3)` as `log(2) - log(3)`.
fn logarithm_of_number(number: &Number) -> Expr {
    let whole = |n: Integer| log(&Expr::number(n));
    match number.as_rational() {
        Some(q) if !q.is_integer() && !q.is_negative() => whole(q.numerator()) - whole(q.denominator()),
        _ => log(&Expr::number(number.clone())),
    }
}

/// Logarithms of powers whose exponent comes out for real values of the variables: `log(e^x)` is `x`, `log(sqrt(x))` is
/// `1/2*log(x)`, `log(2^x)` is `x*log(2)`, and `log(x^a)` is `a*log(x)` where `x` is assumed positive.
///
/// # Errors
/// When the budget runs out.
pub fn plain_logarithms(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    if !expr.shared_nodes().any(|node| logarithm_argument(&node).is_some()) {
        return Ok(expr.clone());
    }
    let real: Vec<Fact> = expr.variables().into_iter().map(|symbol| Fact::In(symbol, Domain::Real)).collect();
    Ok(expr.rewrite(
        |_| None,
        |node| match logarithm_argument(&node) {
            Some(argument) => with_facts(real.iter().cloned(), || exponent_out(&argument)).unwrap_or(node),
            None => node,
        },
    ))
}

/// `log(argument)` with the exponent in front, where that is allowed.
fn exponent_out(argument: &Expr) -> Option<Expr> {
    if let Some(inner) = argument.exp_argument() {
        return (!inner.is_one() && assume::is_real(inner).is_yes()).then(|| inner.clone());
    }
    let (base, exponent) = match argument.kind() {
        Kind::Power(base, exponent) => (base.clone(), exponent.clone()),
        Kind::Product(product) if product.coefficient().is_one() => match product.factors() {
            [only] => (only.base.clone(), Expr::number(only.exponent.clone())),
            _ => return None,
        },
        _ => return None,
    };
    let small = exponent.as_rational().is_some_and(|q| *q > Rational::from(-1) && *q <= Rational::ONE && !q.is_one());
    let positive = Signs::of(&base).only(Signs::POSITIVE) && assume::is_real(&exponent).is_yes();
    (small || positive).then(|| exponent * log(&base))
}

/// `log(argument)` by the logarithms of its factors. Factors known to be negative give up their signs first.
fn taken_apart(argument: &Expr, keep_sign: bool) -> Expr {
    match argument.kind() {
        Kind::Product(product) => {
            let mut coefficient = product.coefficient().clone();
            let mut parts = Vec::new();
            let carrier = sign_carrier(product).filter(|_| keep_sign);
            for (place, factor) in product.factors().iter().enumerate() {
                let whole = factor.exponent.to_integer();
                if carrier == Some(place) {
                    coefficient = -&coefficient;
                    parts.push(log(&-&factor.base).scale(&Number::from(factor.exponent.clone())));
                    continue;
                }
                let part = match whole.filter(|_| is_negative(&factor.base)) {
                    Some(times) => {
                        if times.is_odd() {
                            coefficient = -&coefficient;
                        }
                        log(&-&factor.base)
                    }
                    None => taken_apart(&factor.base, keep_sign),
                };
                parts.push(part.scale(&Number::from(factor.exponent.clone())));
            }
            let number = if coefficient.is_one() { Expr::zero() } else { logarithm_of_number(&coefficient) };
            Expr::sum(parts.into_iter().chain([number]))
        }
        Kind::Power(base, exponent) if is_negative(base) => {
            let even = assume::is_even(exponent).is_yes();
            if even { exponent * log(&-base) } else { log(argument) }
        }
        Kind::Power(base, exponent) => exponent * taken_apart(base, keep_sign),
        _ => match argument.exp_argument() {
            Some(inner) if !inner.is_one() => inner.clone(),
            _ => log(argument),
        },
    }
}

/// The last factor to which a minus sign of the product may go: one to an odd power above the fraction bar of which the
/// sign is not known.
fn sign_carrier(product: &Product) -> Option<usize> {
    let negative = product.coefficient().as_rational().is_some_and(Rational::is_negative);
    let fits = |factor: &Factor| {
        let odd = factor.exponent.to_integer().is_some_and(|n| n.is_odd() && !n.is_negative());
        odd && factor.base.exp_argument().is_none() && assume::sign(&factor.base).is_none()
    };
    product.factors().iter().rposition(fits).filter(|_| negative)
}
