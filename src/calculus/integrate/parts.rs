//! Integration by parts: the factor whose derivative is simpler than itself is derived, the rest is integrated.

use super::shape::{base_and_exponent, call_of};
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, function};
use crate::number::Rational;

/// Functions with algebraic or at least simpler derivatives, the first to be derived first.
static DERIVED: &[&str] = &[
    "log",
    "arctan",
    "arcsin",
    "arccos",
    "arccot",
    "arcsec",
    "arccsc",
    "arcsinh",
    "arccosh",
    "arctanh",
    "arccoth",
    "arcsech",
    "arccsch",
    "erf",
    "erfc",
    "exp_integral_ei",
    "sin_integral",
    "cos_integral",
    "log_integral",
];

/// `G*h` for a function `G` of the list, or a natural power of one.
pub(super) fn by_parts(integrator: &Integrator, f: &Expr) -> Answer {
    if let Some(found) = power_times_logarithm(integrator, f) {
        return Ok(Some(found));
    }
    let factors = algebra::factors(f);
    for name in DERIVED {
        let Some(at) = factors.iter().position(|factor| is_called(integrator, factor, name)) else { continue };
        let rest =
            Expr::product(factors.iter().enumerate().filter(|(k, _)| *k != at).map(|(_, factor)| factor.clone()));
        let Some(derived) = factors.get(at) else { continue };
        if let Some(found) = parts(integrator, derived, &rest)? {
            return Ok(Some(found));
        }
    }
    polynomial_derived(integrator, &factors)
}

fn is_called(integrator: &Integrator, factor: &Expr, name: &str) -> bool {
    let (base, exponent) = base_and_exponent(factor);
    !integrator.is_free(&base)
        && exponent.is_integer()
        && exponent.signum() > 0
        && call_of(&base).is_some_and(|(own, _)| own == name)
}

fn parts(integrator: &Integrator, derived: &Expr, rest: &Expr) -> Answer {
    let Some(integral) = integrator.integrate(rest)? else { return Ok(None) };
    let slope = integrator.slope(derived)?;
    let left = integrator.simplified(&(&integral * slope))?;
    let found = integrator.integrate(&left)?;
    Ok(found.map(|found| integrator.scaled(derived, &integral) - found))
}

/// `x^r*log(x)^n` by the closed formula.
fn power_times_logarithm(integrator: &Integrator, f: &Expr) -> Option<Expr> {
    let log = function::log(&integrator.x);
    let (mut exponent, mut times) = (Rational::ZERO, 0);
    for factor in algebra::factors(f) {
        let (base, power) = base_and_exponent(&factor);
        if base == log {
            times = power.to_i64().filter(|n| (1..=50).contains(n))?;
        } else if base == integrator.x {
            exponent = power;
        } else {
            return None;
        }
    }
    let raised = exponent + Rational::ONE;
    if times == 0 || raised.is_zero() {
        return None;
    }
    let step = raised.recip()?;
    let mut coefficient = step.clone();
    let mut sum = Vec::new();
    for k in (0..=times).rev() {
        sum.push(Expr::number(coefficient.clone()) * log.powi(k));
        coefficient = &(&coefficient * &Rational::from(-k)) * &step;
    }
    let power = integrator.x.power_rational(&raised);
    if times > 1 {
        return Some(Expr::sum(sum) * power);
    }
    Some(Expr::sum(sum.into_iter().map(|term| term * &power)))
}

/// A polynomial of low degree times something with a known integral: the polynomial is derived.
fn polynomial_derived(integrator: &Integrator, factors: &[Expr]) -> Answer {
    let mut polynomial = Vec::new();
    let mut rest = Vec::new();
    for factor in factors {
        let row = integrator.polynomial(factor)?;
        if row.is_some_and(|row| row.len() <= 4) { polynomial.push(factor.clone()) } else { rest.push(factor.clone()) }
    }
    let trigonometric = |factor: &Expr| {
        let (base, _) = base_and_exponent(factor);
        call_of(&base).is_some_and(|(name, argument)| {
            matches!(
                name,
                "tan" | "cot" | "sec" | "csc" | "sin" | "cos" | "tanh" | "coth" | "sech" | "csch" | "cosh" | "sinh"
            ) && integrator.linear(argument).is_some()
        })
    };
    if polynomial.is_empty() || rest.is_empty() || !rest.iter().all(trigonometric) {
        return Ok(None);
    }
    parts(integrator, &Expr::product(polynomial), &Expr::product(rest))
}
