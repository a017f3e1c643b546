//! Rational functions.
//!
//! Over the rationals Hermite's reduction leaves a square-free denominator, whose irreducible factors are taken apart:
//! linear and quadratic ones directly, those of higher degree where they split over square roots (biquadratic and
//! palindromic quartics) or a real root (pure cubics). With parameters the denominator is factored over the rationals and
//! taken apart over the field of the parameters. Sources: Bronstein, "Symbolic Integration I", chapter 2.

use super::field::{Row, Rows};
use super::shape::sign;
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, Kind, Symbol, function};
use crate::number::{Number, Rational};
use crate::poly::{IntegerPolynomial, LogTerm, RationalFunction, RationalPolynomial, hermite_reduction, log_part};

/// Denominators of higher degree are not factored.
const LARGEST_DEGREE: usize = 60;

/// An antiderivative of a rational function of the variable.
pub(super) fn rational(integrator: &Integrator, f: &Expr) -> Answer {
    if !is_rational_in(f, integrator.variable) {
        return Ok(None);
    }
    if let Some(coefficients) = integrator.polynomial(f)? {
        return Ok(Some(polynomial(integrator, &coefficients)));
    }
    match algebra::rational_function(f, integrator.variable, integrator.budget)? {
        Some(function) if function.denominator().len() <= LARGEST_DEGREE => over_rationals(integrator, &function),
        Some(_) => Ok(None),
        None => over_parameters(integrator, f),
    }
}

/// Is the variable met by field operations alone?
fn is_rational_in(f: &Expr, variable: Symbol) -> bool {
    let looked: Result<bool, ()> = f.try_fold(|node, children: &[bool]| {
        Ok(!node.has_symbol(variable)
            || match node.kind() {
                Kind::Symbol(_) => true,
                Kind::Sum(_) => children.iter().all(|c| *c),
                Kind::Product(product) => {
                    children.iter().all(|c| *c)
                        && product.factors().iter().all(|f| f.exponent.is_integer() || !f.base.has_symbol(variable))
                }
                Kind::Power(base, exponent) => {
                    exponent.as_rational().is_some_and(Rational::is_integer)
                        && children.first().is_some_and(|c| *c)
                        && !exponent.has_symbol(variable)
                        && base.has_symbol(variable)
                }
                _ => false,
            })
    });
    looked.unwrap_or(false)
}

fn polynomial(integrator: &Integrator, coefficients: &[Expr]) -> Expr {
    Expr::sum(coefficients.iter().enumerate().map(|(power, c)| {
        let raised = i64::try_from(power).unwrap_or(i64::MAX - 1) + 1;
        c / Expr::integer(raised) * integrator.x.powi(raised)
    }))
}

fn expression(p: &RationalPolynomial, x: &Expr) -> Expr {
    algebra::polynomial_expr(p, x)
}

fn over_rationals(integrator: &Integrator, f: &RationalFunction) -> Answer {
    let x = &integrator.x;
    if let Some(found) = in_a_power(integrator, f)? {
        return Ok(Some(found));
    }
    let parts = hermite_reduction(f);
    let below = expression(&RationalPolynomial::from(parts.rational.denominator().clone()), x);
    let fraction = expression(parts.rational.numerator(), x) / below;
    let Some(logarithms) = logarithmic(integrator, &parts.rest)? else { return Ok(None) };
    Ok(Some(expression(&parts.polynomial, x) + fraction + logarithms))
}

/// `x^(k-1) * g(x^k)` by the substitution of `x^k`.
fn in_a_power(integrator: &Integrator, f: &RationalFunction) -> Answer {
    let step = (2..=f.denominator().len()).rev().find(|k| is_in_power(f, *k));
    let Some(step) = step else { return Ok(None) };
    let shifted: Vec<Rational> = f.numerator().coefficients().into_iter().skip(step - 1).step_by(step).collect();
    let below = f.denominator().deflate(step);
    let size = Rational::from(i64::try_from(step).unwrap_or(1));
    let scale = size.recip().unwrap_or(Rational::ONE);
    let top = RationalPolynomial::new(&shifted).scale(&scale);
    let Some(g) = RationalFunction::new(&top, &RationalPolynomial::from(below)) else { return Ok(None) };
    let Some(found) = over_rationals(integrator, &g)? else { return Ok(None) };
    Ok(Some(integrator.at(&found, &integrator.x.powi(i64::try_from(step).unwrap_or(1)))))
}

fn is_in_power(f: &RationalFunction, step: usize) -> bool {
    let top = f.numerator().coefficients();
    !f.is_polynomial()
        && f.denominator().deflation().is_multiple_of(step)
        && top.iter().enumerate().all(|(power, c)| c.is_zero() || power % step == step - 1)
}

/// A proper function with square-free denominator.
fn logarithmic(integrator: &Integrator, f: &RationalFunction) -> Answer {
    let x = &integrator.x;
    if f.is_zero() {
        return Ok(Some(Expr::zero()));
    }
    let whole = RationalPolynomial::from(f.denominator().clone());
    if let Some(ratio) = constant_ratio(f.numerator(), &whole.derivative()) {
        return Ok(Some(function::log(&expression(&whole, x)).scale(&Number::from(ratio))));
    }
    let mut sum = Vec::new();
    for part in f.partial_fractions().1 {
        let found = match part.factor.len() {
            2 | 3 => integrator.simple_fraction(&row(&part.numerator), &integer_row(&part.factor), 1)?,
            _ => higher(integrator, &part.numerator, &part.factor)?,
        };
        match found {
            Some(found) => sum.push(found),
            None => return Ok(None),
        }
    }
    Ok(Some(Expr::sum(sum)))
}

/// `c` with `a = c*b`.
fn constant_ratio(a: &RationalPolynomial, b: &RationalPolynomial) -> Option<Rational> {
    let ratio = a.leading().checked_div(&b.leading())?;
    (b.scale(&ratio) == *a).then_some(ratio)
}

fn row(p: &RationalPolynomial) -> Row {
    Row(p.coefficients().into_iter().map(Expr::number).collect())
}

fn integer_row(p: &IntegerPolynomial) -> Row {
    Row(p.coefficients().iter().map(|c| Expr::number(c.clone())).collect())
}

/// A fraction over an irreducible polynomial of degree three or more.
fn higher(integrator: &Integrator, numerator: &RationalPolynomial, factor: &IntegerPolynomial) -> Answer {
    let Some(f) = RationalFunction::new(numerator, &RationalPolynomial::from(factor.clone())) else { return Ok(None) };
    if let Some(terms) = log_part(&f, 2)
        && let Some(found) = rational_logarithms(integrator, &terms)
    {
        return Ok(Some(found));
    }
    let Some(factors) = real_factors(factor) else { return Ok(None) };
    let rows = Rows { budget: integrator.budget };
    let lead = Expr::number(factor.leading().clone());
    let top = rows.scale(&row(numerator), &lead.recip())?;
    let Some(terms) = rows.partial_fractions(&top, &factors)? else { return Ok(None) };
    fractions(integrator, &terms)
}

/// The sum of logarithms when all residues are rational.
fn rational_logarithms(integrator: &Integrator, terms: &[LogTerm]) -> Option<Expr> {
    let parts: Option<Vec<Expr>> = terms
        .iter()
        .map(|term| {
            let residue = term.rational_residue()?;
            let argument: Vec<Rational> = term.argument.iter().map(|c| c.coefficient(0)).collect();
            let (_, primitive) = RationalPolynomial::new(&argument).split_content();
            let argument = expression(&RationalPolynomial::from(primitive), &integrator.x);
            Some(function::log(&argument).scale(&Number::from(residue)))
        })
        .collect();
    parts.map(Expr::sum)
}

fn fractions(integrator: &Integrator, terms: &[(Row, Row, usize)]) -> Answer {
    let mut sum = Vec::new();
    for (digit, factor, exponent) in terms {
        match integrator.simple_fraction(digit, factor, *exponent)? {
            Some(found) => sum.push(found),
            None => return Ok(None),
        }
    }
    Ok(Some(Expr::sum(sum)))
}

/// Monic linear and quadratic factors over square roots and cube roots of an irreducible polynomial, once each.
fn real_factors(p: &IntegerPolynomial) -> Option<Vec<(Row, usize)>> {
    let lead = Rational::from(p.leading().clone());
    let monic: Option<Vec<Rational>> =
        p.coefficients().iter().map(|c| Rational::from(c.clone()).checked_div(&lead)).collect();
    let factors = match monic?.as_slice() {
        [c, a, b, _] if a.is_zero() && b.is_zero() => pure_cubic(c),
        [c, a, b, d, _] if a.is_zero() && d.is_zero() => biquadratic(b, c)?,
        [c, a, b, d, _] if c.is_one() && a == d => palindromic(a, b)?,
        _ => return None,
    };
    Some(factors.into_iter().map(|factor| (factor, 1)).collect())
}

fn quadratic(p: Expr, q: Expr) -> Row {
    Row(vec![q, p, Expr::one()])
}

/// `x^3 + c = (x + r)*(x^2 - r*x + r^2)` with the real root `-r`.
fn pure_cubic(c: &Rational) -> Vec<Row> {
    let third = Rational::fraction(1, 3).unwrap_or(Rational::ONE);
    let size = Expr::number(c.abs()).power_rational(&third);
    let r = if c.is_negative() { -size } else { size };
    vec![Row(vec![r.clone(), Expr::one()]), quadratic(-&r, r.powi(2))]
}

/// `x^4 + b*x^2 + c`, by `(x^2 + s)^2 - (2s - b)*x^2` with `s^2 = c`, or by the roots for `x^2`.
fn biquadratic(b: &Rational, c: &Rational) -> Option<Vec<Row>> {
    let (b, c) = (Expr::number(b.clone()), Expr::number(c.clone()));
    let root = c.sqrt();
    if positive(&c) {
        for s in [root.clone(), -&root] {
            let square = Expr::integer(2) * &s - &b;
            if positive(&square) {
                let p = square.sqrt();
                return Some(vec![quadratic(p.clone(), s.clone()), quadratic(-p, s)]);
            }
        }
    }
    let discriminant = b.powi(2) - Expr::integer(4) * c;
    if !positive(&discriminant) {
        return None;
    }
    let half = Expr::fraction(1, 2);
    let roots = [discriminant.sqrt(), -discriminant.sqrt()].map(|d| (&d - &b) * &half);
    Some(roots.into_iter().map(|root| quadratic(Expr::zero(), -root)).collect())
}

/// `x^4 + a*x^3 + b*x^2 + a*x + 1` by the roots of `y^2 + a*y + b - 2` for `y = x + 1/x`.
fn palindromic(a: &Rational, b: &Rational) -> Option<Vec<Row>> {
    let (a, b) = (Expr::number(a.clone()), Expr::number(b.clone()));
    let discriminant = a.powi(2) - Expr::integer(4) * (b - Expr::integer(2));
    if !positive(&discriminant) {
        return None;
    }
    let half = Expr::fraction(1, 2);
    let sums = [discriminant.sqrt(), -discriminant.sqrt()].map(|d| (d - &a) * &half);
    Some(sums.into_iter().map(|y| quadratic(-y, Expr::one())).collect())
}

fn positive(expr: &Expr) -> bool {
    sign(expr).is_some_and(std::cmp::Ordering::is_gt)
}

/// With parameters: factored over the rationals, taken apart over the field of the parameters.
fn over_parameters(integrator: &Integrator, f: &Expr) -> Answer {
    let (top, bottom) = algebra::numerator_denominator(f, integrator.budget)?;
    let rows = Rows { budget: integrator.budget };
    let (content, list) = algebra::factor_list(&bottom, integrator.budget)?;
    let mut constant = Expr::number(content);
    let mut factors = Vec::new();
    for (base, exponent) in list {
        if integrator.is_free(&base) {
            constant = constant * base.powi(exponent);
            continue;
        }
        let (Some(coefficients), Ok(times)) = (integrator.polynomial(&base)?, usize::try_from(exponent)) else {
            return Ok(None);
        };
        if coefficients.len() > 3 {
            return Ok(None);
        }
        factors.push((rows.row(&coefficients)?, times));
    }
    let Some(numerator) = integrator.polynomial(&top)? else { return Ok(None) };
    let numerator = rows.scale(&rows.row(&numerator)?, &constant.recip())?;
    let mut denominator = Row(vec![Expr::one()]);
    for (factor, times) in &factors {
        denominator = rows.multiply(&denominator, &rows.power(factor, *times)?)?;
    }
    let Some((whole, proper)) = rows.div_rem(&numerator, &denominator)? else { return Ok(None) };
    let Some(terms) = rows.partial_fractions(&proper, &factors)? else { return Ok(None) };
    let rest = fractions(integrator, &terms)?;
    Ok(rest.map(|rest| polynomial(integrator, &whole.0) + rest))
}
