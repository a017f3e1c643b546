//! Integrands whose antiderivatives need the error function or exponential integrals.

use super::field::{Row, Rows};
use super::shape::{apply, base_and_exponent, call_of, sign};
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, Reason, function};
use crate::number::Rational;

/// The methods of this file.
pub(super) fn by_special_functions(integrator: &Integrator, f: &Expr) -> Answer {
    for method in [gaussian, wave_of_square, over_linear, apart] {
        if let Some(found) = method(integrator, f)? {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// A polynomial times `exp` of a quadratic.
fn gaussian(integrator: &Integrator, f: &Expr) -> Answer {
    let mut argument = None;
    let mut polynomial = Vec::new();
    for factor in algebra::factors(f) {
        match factor.exp_argument() {
            Some(inner) => argument = Some(inner.clone()),
            None => polynomial.push(factor),
        }
    }
    let Some(argument) = argument else { return Ok(None) };
    let Some(q) = integrator.polynomial(&argument)?.filter(|q| q.len() == 3) else { return Ok(None) };
    let Some(p) = integrator.polynomial(&Expr::product(polynomial))? else { return Ok(None) };
    let rows = Rows { budget: integrator.budget };
    let (outer, rest) = reduced(&rows, &rows.row(&p)?, &rows.row(&q)?)?;
    let first = outer.to_expr(&integrator.x) * function::exp(&argument);
    Ok(Some(first + rest * error_function(integrator, &q)))
}

/// `(q, k)` with `p = q' + q*Q' + k`.
fn reduced(rows: &Rows, p: &Row, quadratic: &Row) -> Result<(Row, Expr), Reason> {
    let (two_a, b) = (Expr::integer(2) * quadratic.coefficient(2), quadratic.coefficient(1));
    let mut rest = p.0.clone();
    let mut outer = vec![Expr::zero(); p.0.len()];
    for power in (1..rest.len()).rev() {
        let c = rows.normal(&(rest.get(power).cloned().unwrap_or_else(Expr::zero) / &two_a))?;
        let lowered = power - 1;
        if let Some(slot) = rest.get_mut(lowered) {
            *slot = rows.normal(&(&*slot - &c * &b))?;
        }
        if lowered >= 1
            && let Some(slot) = rest.get_mut(lowered - 1)
        {
            *slot = rows.normal(&(&*slot - &c * Expr::integer(i64::try_from(lowered).unwrap_or(0))))?;
        }
        if let Some(slot) = outer.get_mut(lowered) {
            *slot = c;
        }
    }
    Ok((rows.row(&outer)?, rest.first().cloned().unwrap_or_else(Expr::zero)))
}

/// The integral of `exp(a*x^2 + b*x + c)`.
fn error_function(integrator: &Integrator, q: &[Expr]) -> Expr {
    let coefficient = |power: usize| q.get(power).cloned().unwrap_or_else(Expr::zero);
    let (a, b, c) = (coefficient(2), coefficient(1), coefficient(0));
    if integrator.real && sign(&a) == Some(std::cmp::Ordering::Greater) {
        let root = a.sqrt();
        let inner = &root * &integrator.x + &b / (Expr::integer(2) * &root);
        let outer = Expr::pi().sqrt() / (Expr::integer(2) * &root);
        return outer * apply("erfi", &inner) * function::exp(&(c - b.powi(2) / (Expr::integer(4) * &a)));
    }
    let root = plain_root(&-&a);
    let inner = &root * &integrator.x - &b / (Expr::integer(2) * &root);
    let outer = Expr::pi().sqrt() / (Expr::integer(2) * &root);
    outer * apply("erf", &inner) * function::exp(&(c - b.powi(2) / (Expr::integer(4) * &a)))
}

/// The square root, that of a fraction over its denominator.
fn plain_root(a: &Expr) -> Expr {
    match a.as_rational() {
        Some(q) => {
            let below = q.denominator();
            Expr::number(q.numerator() * &below).sqrt() / Expr::number(below)
        }
        None => a.sqrt(),
    }
}

/// Sine and cosine of a quadratic, by complex exponentials.
fn wave_of_square(integrator: &Integrator, f: &Expr) -> Answer {
    let Some((name @ ("sin" | "cos"), argument)) = call_of(f) else { return Ok(None) };
    if integrator.polynomial(argument)?.is_none_or(|q| q.len() != 3) {
        return Ok(None);
    }
    let side = |sign: i64| -> Result<Expr, Reason> {
        let exponent = algebra::expand(&(argument * Expr::i() * Expr::integer(sign)), integrator.budget)?;
        let q = integrator.polynomial(&exponent)?.unwrap_or_default();
        Ok(error_function(integrator, &q))
    };
    let (up, down) = (side(1)?, side(-1)?);
    let half = Expr::fraction(1, 2);
    Ok(Some(if name == "cos" { half * (up + down) } else { half / Expr::i() * (up - down) }))
}

/// An exponential, sine or cosine of a linear argument over a power of a linear one.
fn over_linear(integrator: &Integrator, f: &Expr) -> Answer {
    let mut numerator = None;
    let mut below = None;
    for factor in algebra::factors(f) {
        let (base, exponent) = base_and_exponent(&factor);
        match (exponent.to_i64(), integrator.linear(&base)) {
            (Some(n @ -20..=-1), Some(line)) if below.is_none() => below = Some((base, line, -n)),
            (Some(1), None) if numerator.is_none() => numerator = Some(factor),
            _ => return Ok(None),
        }
    }
    let (Some(numerator), Some((base, (c, d), n))) = (numerator, below) else { return Ok(None) };
    let Some((name @ ("exp" | "sin" | "cos"), argument)) = call_of(&numerator) else { return Ok(None) };
    let Some((a, b)) = integrator.linear(argument) else { return Ok(None) };
    if n > 1 {
        let k = Expr::integer(n - 1);
        let slope = integrator.slope(&numerator)?;
        let Some(rest) = integrator.integrate(&(slope * base.powi(1 - n)))? else { return Ok(None) };
        let scale = (k * c).recip();
        return Ok(Some(-(numerator * base.powi(1 - n) * &scale) + rest * scale));
    }
    // a*x + b = rate*(c*x + d) + shift
    let rate = &a / &c;
    let shift = integrator.simplified(&(b - &rate * &d))?;
    let inner = algebra::expand(&(&rate * &base), integrator.budget)?;
    Ok(Some(exponential_integral(integrator, name, &inner, &shift) / c))
}

/// The integral by `ln` of the argument: `exp(u + s)/u`, `sin(u + s)/u` or `cos(u + s)/u`.
fn exponential_integral(integrator: &Integrator, name: &str, u: &Expr, shift: &Expr) -> Expr {
    let ei = |sign: i64| apply("exp_integral_ei", &(u * Expr::i() * Expr::integer(sign)));
    if name == "exp" {
        return apply("exp_integral_ei", u) * function::exp(shift);
    }
    let (sine, cosine) = if integrator.real {
        (apply("sin_integral", u), apply("cos_integral", u))
    } else {
        let half = Expr::fraction(1, 2);
        (&half / Expr::i() * (ei(1) - ei(-1)), half * (ei(1) + ei(-1)))
    };
    let (s, c) = (apply("sin", shift), apply("cos", shift));
    if name == "sin" { sine * c + cosine * s } else { cosine * c - sine * s }
}

/// An exponential or wave times a rational function: the latter in partial fractions.
fn apart(integrator: &Integrator, f: &Expr) -> Answer {
    let (mut waves, mut fractions) = (Vec::new(), Vec::new());
    for factor in algebra::factors(f) {
        let (base, exponent) = base_and_exponent(&factor);
        match call_of(&base) {
            Some(("exp" | "sin" | "cos", argument))
                if exponent == Rational::ONE && integrator.linear(argument).is_some() =>
            {
                waves.push(factor);
            }
            _ => fractions.push(factor),
        }
    }
    if waves.len() != 1 || fractions.is_empty() {
        return Ok(None);
    }
    let quotient = Expr::product(fractions);
    if algebra::rational_function(&quotient, integrator.variable, integrator.budget)?.is_none() {
        return Ok(None);
    }
    let terms = algebra::partial_fractions(&quotient, integrator.variable, integrator.budget)?;
    if terms == quotient {
        return Ok(None);
    }
    let wave = Expr::product(waves);
    let mut sum = Vec::new();
    for term in algebra::terms(&terms) {
        match integrator.integrate(&(term * &wave))? {
            Some(found) => sum.push(found),
            None => return Ok(None),
        }
    }
    Ok(Some(Expr::sum(sum)))
}
