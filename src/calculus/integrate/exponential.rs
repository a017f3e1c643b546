//! Polynomials times exponentials and waves of linear arguments, and functions of one exponential.

use super::field::{Row, Rows};
use super::shape::{apply, base_and_exponent, call_of};
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, Kind, Reason, function};
use crate::number::{Number, Rational};

/// `p(x)*exp(a*x + c)*wave(b*x + d)`, taken apart.
#[derive(Default)]
struct Parts {
    polynomial: Vec<Expr>,
    /// The product of the exponentials, and the rate `a` at which it grows.
    exponentials: Vec<Expr>,
    growth: Vec<Expr>,
    wave: Option<(&'static str, Expr)>,
}

/// A polynomial times exponentials of linear arguments and at most one sine, cosine or hyperbolic one.
///
/// With `L = a + i*b` the integral of `p*exp(L*x)` is `q*exp(L*x)` where `q_k = (p_k - (k+1)*q_(k+1))/L`; real and
/// imaginary part are what is asked for.
pub(super) fn polynomial_times_waves(integrator: &Integrator, f: &Expr) -> Answer {
    let Some(parts) = take_apart(integrator, f)? else { return Ok(None) };
    let p = Expr::product(parts.polynomial.iter().cloned());
    let Some(p) = integrator.polynomial(&p)? else { return Ok(None) };
    let rows = Rows { budget: integrator.budget };
    let p = rows.row(&p)?;
    let growth = Expr::sum(parts.growth.iter().cloned());
    let exponential = Expr::product(parts.exponentials.iter().cloned());
    match &parts.wave {
        None if parts.exponentials.is_empty() => Ok(None),
        None => {
            let (re, _, below) = solve(&rows, &p, Rate::Real(growth))?;
            Ok(Some(over(&re.to_expr(&integrator.x), &below) * exponential))
        }
        Some((name @ ("sin" | "cos"), argument)) => {
            let Some((b, _)) = integrator.linear(argument) else { return Ok(None) };
            let rate = if growth.is_zero() { Rate::Imaginary(b) } else { Rate::Complex(growth, b) };
            let (re, im, below) = solve(&rows, &p, rate)?;
            let (re, im) = (re.to_expr(&integrator.x), im.to_expr(&integrator.x));
            let (sine, cosine) = (apply("sin", argument), apply("cos", argument));
            let terms = if *name == "cos" { [(re, cosine), (-im, sine)] } else { [(re, sine), (im, cosine)] };
            Ok(Some(joined(terms, &exponential, &below, p.degree())))
        }
        Some((name, argument)) if parts.exponentials.is_empty() => hyperbolic(integrator, &p, name, argument),
        Some(_) => Ok(None),
    }
}

/// The two terms over the common divisor, in front of the exponential when there is no polynomial.
fn joined(terms: [(Expr, Expr); 2], exponential: &Expr, below: &Expr, degree: usize) -> Expr {
    if !exponential.is_one() && degree == 0 {
        let sum = Expr::sum(terms.map(|(c, wave)| c * wave));
        return over(&sum, below) * exponential;
    }
    Expr::sum(terms.map(|(c, wave)| over(&c, below) * wave * exponential))
}

/// The quotient; a number is divided into the sum.
fn over(above: &Expr, below: &Expr) -> Expr {
    match below.as_number().and_then(Number::recip) {
        Some(scale) => above.scale(&scale),
        None => above / below,
    }
}

/// The rate of growth `L`.
enum Rate {
    Real(Expr),
    Imaginary(Expr),
    Complex(Expr, Expr),
}

/// Real and imaginary part of `q`, times the third, by `1/L = conjugate/divisor`.
fn solve(rows: &Rows, p: &Row, rate: Rate) -> Result<(Row, Row, Expr), Reason> {
    let (re, im, divisor) = match rate {
        Rate::Real(a) => (Expr::one(), Expr::zero(), a),
        Rate::Imaginary(b) => (Expr::zero(), Expr::integer(-1), b),
        Rate::Complex(a, b) => (a.clone(), -&b, a.powi(2) + b.powi(2)),
    };
    let n = p.degree();
    let (mut q_re, mut q_im) = (vec![Expr::zero(); n + 1], vec![Expr::zero(); n + 1]);
    let (mut last_re, mut last_im) = (Expr::zero(), Expr::zero());
    for k in (0..=n).rev() {
        rows.budget.check()?;
        let steps = Expr::integer(i64::try_from(k).unwrap_or(0) + 1);
        let power = i64::try_from(n - k).unwrap_or(0);
        let r = p.coefficient(k) * divisor.powi(power) - &steps * &last_re;
        let i = -(&steps * &last_im);
        let next_re = rows.normal(&(&r * &re - &i * &im))?;
        let next_im = rows.normal(&(&r * &im + &i * &re))?;
        (last_re, last_im) = (next_re, next_im);
        let lift = divisor.powi(i64::try_from(k).unwrap_or(0));
        if let (Some(a), Some(b)) = (q_re.get_mut(k), q_im.get_mut(k)) {
            *a = &last_re * &lift;
            *b = &last_im * &lift;
        }
    }
    Ok((rows.row(&q_re)?, rows.row(&q_im)?, divisor.powi(i64::try_from(n).unwrap_or(0) + 1)))
}

/// A polynomial times a hyperbolic sine or cosine: the derivatives of the polynomial over powers of the rate.
fn hyperbolic(integrator: &Integrator, p: &Row, name: &str, argument: &Expr) -> Answer {
    let Some((b, _)) = integrator.linear(argument) else { return Ok(None) };
    let other = if name == "sinh" { "cosh" } else { "sinh" };
    let (mut same, mut first) = (Vec::new(), Vec::new());
    let mut derivative = p.to_expr(&integrator.x);
    let mut divisor = b.clone();
    let mut even = true;
    while !derivative.is_zero() {
        integrator.budget.check()?;
        let term = &derivative / &divisor;
        if even {
            first.push(term)
        } else {
            same.push(-term)
        }
        even = !even;
        divisor = &divisor * &b;
        derivative = algebra::expand(&integrator.slope(&derivative)?, integrator.budget)?;
    }
    let sum = |parts: Vec<Expr>| Expr::sum(parts);
    Ok(Some(sum(first) * apply(other, argument) + sum(same) * apply(name, argument)))
}

fn take_apart(integrator: &Integrator, f: &Expr) -> Result<Option<Parts>, Reason> {
    let mut parts = Parts::default();
    for factor in algebra::factors(f) {
        if let Some((name @ ("sin" | "cos" | "sinh" | "cosh"), argument)) = call_of(&factor) {
            if parts.wave.is_some() || integrator.linear(argument).is_none() {
                return Ok(None);
            }
            parts.wave = Some((name, argument.clone()));
        } else if let Some((base, exponent)) = exponential_parts(&factor)
            && !integrator.is_free(&factor)
        {
            let Some((a, _)) = integrator.linear(&exponent).filter(|_| integrator.is_free(&base)) else {
                return Ok(None);
            };
            let rate = if base.is_e() { a } else { a * function::log(&base) };
            parts.growth.push(rate);
            parts.exponentials.push(factor);
        } else if integrator.polynomial(&factor)?.is_some() {
            parts.polynomial.push(factor);
        } else {
            return Ok(None);
        }
    }
    Ok(Some(parts))
}

/// Base and exponent of `exp(u)` and of `c^u` with an exponent that is no number.
fn exponential_parts(factor: &Expr) -> Option<(Expr, Expr)> {
    if let Some(argument) = factor.exp_argument() {
        return Some((Expr::e(), argument.clone()));
    }
    match factor.kind() {
        Kind::Power(base, exponent) if exponent.as_number().is_none() => Some((base.clone(), exponent.clone())),
        _ => None,
    }
}

/// Where `x` is met only inside exponentials of commensurable linear arguments: `t = exp(a*x)`, `dx = dt/(a*t)`.
pub(super) fn rational_in_exponential(integrator: &Integrator, f: &Expr) -> Answer {
    let Some(rate) = common_rate(integrator, f) else { return Ok(None) };
    let t = integrator.fresh();
    let new = Expr::symbol(t);
    let moved = f.rewrite(
        |node| {
            let (a, b) = integrator.linear(node.exp_argument()?)?;
            let power = (a / &rate).to_i64()?;
            Some(function::exp(&b) * new.powi(power))
        },
        |node| node,
    );
    if !integrator.is_free(&moved) || *f == function::exp(&(&rate * &integrator.x)) {
        return Ok(None);
    }
    let exponent = &rate * &integrator.x;
    let inner = integrator.in_variable(t);
    let Some(found) = inner.integrate(&integrator.simplified(&(moved / (&rate * &new)))?)? else { return Ok(None) };
    let found = found.substitute(&[(function::log(&new), exponent.clone())]);
    Ok(Some(found.substitute_symbol(t, &function::exp(&exponent))))
}

/// The greatest rate of which the rates of all exponentials are multiples.
fn common_rate(integrator: &Integrator, f: &Expr) -> Option<Expr> {
    let rates: Option<Vec<Expr>> = f
        .shared_nodes()
        .filter(|node| node.exp_argument().is_some() && !integrator.is_free(node))
        .map(|node| node.exp_argument().and_then(|argument| integrator.linear(argument)).map(|(a, _)| a))
        .collect();
    let rates = rates?;
    let first = rates.first()?;
    let mut common = Rational::ONE;
    for rate in &rates {
        let ratio = (rate / first).as_rational()?.abs();
        let top = (common.numerator() * ratio.denominator()).gcd(&(ratio.numerator() * common.denominator()));
        common = Rational::ratio(&top, &(common.denominator() * ratio.denominator()))?;
    }
    Some(first.scale(&Number::from(common)))
}

/// Hyperbolic functions by exponentials, multiplied out.
pub(super) fn hyperbolic_by_exponentials(integrator: &Integrator, f: &Expr) -> Answer {
    let rewritten = algebra::hyperbolic_by_exponentials(f);
    if rewritten == *f {
        return Ok(None);
    }
    let open = algebra::expand(&rewritten, integrator.budget)?;
    if let Some(found) = integrator.integrate(&open)? {
        return Ok(Some(found));
    }
    integrator.integrate(&integrator.simplified(&rewritten)?)
}

/// The factors of a product as names of functions with one linear argument and integer exponents.
pub(super) fn called_factors(f: &Expr) -> Option<Vec<(&'static str, Expr, i64)>> {
    algebra::factors(f)
        .iter()
        .map(|factor| {
            let (base, exponent) = base_and_exponent(factor);
            let (name, argument) = call_of(&base)?;
            Some((name, argument.clone(), exponent.to_i64()?))
        })
        .collect()
}
