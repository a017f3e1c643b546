//! Exponential equations: common bases, two terms, hyperbolic functions by exponentials.

use super::super::Solutions;
use super::super::confirm::confirmed;
use super::super::equation::{Way, solve_zero};
use super::super::inverse;
use super::super::method::lambert;
use crate::algebra::{self, expand};
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol, function};
use crate::number::{Integer, Rational};

/// Powers of positive numbers with the variable above: their bases, each once.
fn bases(expr: &Expr, variable: Symbol) -> Vec<Rational> {
    let mut found: Vec<Rational> = Vec::new();
    for node in expr.shared_nodes() {
        if let Kind::Power(base, exponent) = node.kind()
            && exponent.has_symbol(variable)
            && let Some(q) = base.as_rational().filter(|q| q.signum() > 0)
            && !found.contains(q)
        {
            found.push(q.clone());
        }
    }
    found
}

/// Do powers of different numbers with a common prime occur, as in `4^x - 2^x`?
pub(in crate::solve) fn common_bases(expr: &Expr, variable: Symbol) -> bool {
    let bases = bases(expr, variable);
    let size = |q: &Rational| q.numerator() * q.denominator();
    bases.iter().enumerate().any(|(place, a)| bases.iter().skip(place + 1).any(|b| !size(a).gcd(&size(b)).is_one()))
}

/// `a*b^u + c` with a rational base, solved for `u` by its real logarithm.
pub(in crate::solve) fn by_single_power(
    expr: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let (free, bound): (Vec<Expr>, Vec<Expr>) =
        algebra::terms(expr).into_iter().partition(|term| !term.has_symbol(variable));
    let [term] = bound.as_slice() else { return Ok(None) };
    let (powers, others): (Vec<Expr>, Vec<Expr>) =
        algebra::factors(term).into_iter().partition(|factor| factor.has_symbol(variable));
    let [power] = powers.as_slice() else { return Ok(None) };
    let Kind::Power(base, exponent) = power.kind() else { return Ok(None) };
    let value = -Expr::sum(free) / Expr::product(others);
    let (Some(base), Some(value)) = (base.as_rational(), value.as_rational()) else { return Ok(None) };
    if base.is_zero() && value.is_one() {
        return Ok(Some(solve_zero(exponent, variable, way.deeper(), budget)?));
    }
    if base.signum() <= 0 || value.signum() <= 0 || way.families() {
        return Ok(None);
    }
    let logarithm = inverse::logarithm_of_rational(value) / inverse::logarithm_of_rational(base);
    let logarithm = algebra::simplify_rational(&logarithm, budget)?;
    Ok(Some(solve_zero(&(exponent - logarithm), variable, way.deeper(), budget)?))
}

/// Powers of positive numbers as products of powers of primes.
pub(in crate::solve) fn prime_bases(expr: &Expr, variable: Symbol) -> Expr {
    expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if exponent.has_symbol(variable) => match base.as_rational() {
                Some(q) if q.signum() > 0 => power_by_primes(q, exponent),
                _ => node,
            },
            _ => node,
        },
    )
}

fn power_by_primes(base: &Rational, exponent: &Expr) -> Expr {
    let side = |n: &Integer, sign: i64| {
        let powers = algebra::small_factors(n).into_iter();
        powers.map(move |(prime, times)| {
            let scaled = algebra::terms(exponent).into_iter().map(|term| term * Expr::integer(sign * times));
            Expr::number(prime).power(&Expr::sum(scaled))
        })
    };
    Expr::product(side(&base.numerator(), 1).chain(side(&base.denominator(), -1)))
}

/// `A*e^u = B*e^v` and the like, also with powers of linear parts: logarithms on both sides, or Lambert's function.
pub(super) fn by_two_terms(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let terms = algebra::terms(part);
    let [first, second] = terms.as_slice() else { return Ok(None) };
    let quotient = -(first / second);
    let (mut exponent, mut outside, mut powers) = (Vec::new(), Vec::new(), Vec::new());
    for factor in algebra::factors(&quotient) {
        match factor.kind() {
            _ if !factor.has_symbol(variable) => outside.push(factor),
            Kind::Power(base, power) if !base.has_symbol(variable) => exponent.push(power * function::log(base)),
            _ => match factor.exp_argument() {
                Some(argument) => exponent.push(argument.clone()),
                None => powers.push(factor),
            },
        }
    }
    let constant = Expr::product(outside);
    if exponent.is_empty()
        && constant.is_one()
        && let Some(base) = one_base(&powers, variable)
    {
        // b^k = 1 holds at b = 1, whatever k is; both sides may vanish with b.
        let mut found = solve_zero(&(&base - Expr::one()), variable, way.deeper(), budget)?;
        let zeros = solve_zero(&base, variable, way.deeper(), budget)?;
        let at_zero = confirmed(Solutions { unsolved: Vec::new(), ..zeros }, part, variable, budget)?;
        found.extend(Solutions { unsolved: Vec::new(), ..at_zero }, 1);
        return Ok(Some(Solutions { principal_only: true, ..found }));
    }
    if !powers.is_empty() {
        if let Some(found) = lambert::by_power_exponential(part, &quotient, variable, budget)? {
            return Ok(Some(found));
        }
        if let Some(equation) = logarithm_of_general(&powers, variable) {
            // Candidates for principal logarithms.
            let whole = equation + Expr::sum(exponent) + inverse::logarithm(&constant);
            let found = solve_zero(&whole, variable, way.deeper(), budget)?;
            let kept = confirmed(found, part, variable, budget)?;
            return Ok(kept.unsolved.is_empty().then_some(Solutions { principal_only: true, ..kept }));
        }
        let logarithms = lambert::logarithm_of_powers(&powers, variable);
        let equation = logarithms.map(|sum| sum + Expr::sum(exponent) + function::log(&constant));
        return match equation {
            Some(equation) => lambert::by_linear_logarithm(&expand(&equation, budget)?, variable, way, budget),
            None => Ok(None),
        };
    }
    if exponent.is_empty() {
        return Ok(None);
    }
    let exponent = Expr::sum(exponent);
    let equation =
        logarithm_by_primes(&constant, &exponent).unwrap_or_else(|| inverse::logarithm(&constant)) + exponent;
    Ok(Some(solve_zero(&expand(&equation, budget)?, variable, way.deeper(), budget)?))
}

/// The logarithm of a positive number by those of its primes, where these occur already: `log(36)` beside `x*log(2)` and
/// `x*log(3)`.
fn logarithm_by_primes(constant: &Expr, beside: &Expr) -> Option<Expr> {
    let number = constant.as_rational().filter(|q| q.signum() > 0)?;
    let side = |n: &Integer, sign: i64| {
        algebra::small_factors(n).into_iter().map(move |(prime, times)| (Expr::number(prime), sign * times))
    };
    let parts = side(&number.numerator(), 1).chain(side(&number.denominator(), -1));
    let logarithm = |(prime, times): (Expr, i64)| {
        let logarithm = function::log(&prime);
        beside.any_stored(|node| *node == logarithm).then(|| logarithm * Expr::integer(times))
    };
    Some(Expr::sum(parts.map(logarithm).collect::<Option<Vec<Expr>>>()?))
}

/// The logarithm of powers of the unknown itself with exponents one of which is no power's linear one: `x^log(x)/x^2`.
fn logarithm_of_general(powers: &[Expr], variable: Symbol) -> Option<Expr> {
    let unknown = Expr::symbol(variable);
    let exponent = |power: &Expr| match power.kind() {
        Kind::Power(base, exponent) if *base == unknown => Some(exponent.clone()),
        _ => (*power == unknown).then(Expr::one),
    };
    let total = Expr::sum(powers.iter().map(exponent).collect::<Option<Vec<Expr>>>()?);
    let logarithm = function::log(&unknown);
    // Polynomials in the logarithm alone.
    let mark = Symbol::new("_log");
    let marked = total.substitute(&[(logarithm.clone(), Expr::symbol(mark))]);
    (total.has_symbol(variable) && !marked.has_symbol(variable)).then(|| total * logarithm)
}

/// The part of which all are powers, with exponents that don't depend on the unknown, one of them at least symbolic.
fn one_base(powers: &[Expr], variable: Symbol) -> Option<Expr> {
    let parts = |power: &Expr| match power.kind() {
        Kind::Power(base, exponent) if !exponent.has_symbol(variable) => Some((base.clone(), exponent.clone())),
        Kind::Power(..) => None,
        _ => Some((power.clone(), Expr::one())),
    };
    let all: Vec<(Expr, Expr)> = powers.iter().map(parts).collect::<Option<_>>()?;
    let (base, _) = all.first()?;
    let symbolic = all.iter().any(|(_, exponent)| exponent.as_number().is_none());
    (symbolic && all.iter().all(|(own, _)| own == base)).then(|| base.clone())
}

/// Hyperbolic functions by exponentials.
pub(super) fn by_exponentials(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let written = algebra::hyperbolic_by_exponentials(part);
    if written == *part {
        return Ok(None);
    }
    let found = solve_zero(&written, variable, way.deeper(), budget)?;
    Ok(found.unsolved.is_empty().then_some(found))
}
