//! Fractions over powers of linear and quadratic polynomials with any constant coefficients.

use std::cmp::Ordering;

use super::field::{Row, Rows};
use super::shape::sign;
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, Reason, Relation, function};
use crate::number::Number;

impl Integrator<'_> {
    /// The integral of `digit / factor^exponent` for a linear or quadratic factor.
    pub(super) fn simple_fraction(&self, digit: &Row, factor: &Row, exponent: usize) -> Answer {
        match factor.degree() {
            1 => self.over_linear(&digit.coefficient(0), factor, exponent).map(Some),
            2 => self.over_quadratic(digit, factor, exponent),
            _ => Ok(None),
        }
    }

    fn over_linear(&self, numerator: &Expr, factor: &Row, exponent: usize) -> Result<Expr, Reason> {
        let rows = Rows { budget: self.budget };
        let base = factor.to_expr(&self.x);
        let scaled = rows.normal(&(numerator / factor.leading()))?;
        if exponent == 1 {
            return Ok(scaled * function::log(&base));
        }
        let below = i64::try_from(exponent - 1).unwrap_or(i64::MAX);
        Ok(-scaled / Expr::integer(below) * base.powi(-below))
    }

    /// By the reduction formula of the exponent, which the derivative of `(2a*x + b)/Q^(n-1)` gives.
    fn over_quadratic(&self, digit: &Row, factor: &Row, exponent: usize) -> Answer {
        let rows = Rows { budget: self.budget };
        let (a, b, c) = (factor.coefficient(2), factor.coefficient(1), factor.coefficient(0));
        let (m, n) = (digit.coefficient(1), digit.coefficient(0));
        let quadratic = factor.to_expr(&self.x);
        let two = Expr::integer(2);
        // m*x + n = m/(2a) * Q' + rest
        let log_factor = rows.normal(&(&m / (&two * &a)))?;
        let rest = rows.normal(&(&n - &m * &b / (&two * &a)))?;
        let negated = rows.normal(&(Expr::integer(4) * &a * &c - &b * &b))?;
        if exponent == 1 {
            let logarithm = log_factor * function::log(&quadratic);
            return Ok(Some(logarithm + self.constant_over_quadratic(&rest, factor, &negated)?));
        }
        let k = i64::try_from(exponent - 1).unwrap_or(i64::MAX);
        let steps = Expr::integer(k);
        let inner = factor_times(&two, &a, &self.x, &b);
        let tail = rows.normal(&(&rest * Expr::integer(2 * (2 * k - 1)) * &a / (&steps * &negated)))?;
        let slope = rows.normal(&(&rest / (&steps * &negated)))?;
        let Some(lower) = self.over_quadratic(&rows.row(&[tail])?, factor, exponent - 1)? else { return Ok(None) };
        // One fraction over Q^k: the parts with m and with the rest.
        let top = rows.normal(&(slope * inner - log_factor / &steps))?;
        let fraction = self.simplified(&(top * quadratic.powi(-k)))?;
        Ok(Some(fraction + lower))
    }

    /// The integral of `k/Q`; `negated` is `4ac - b^2`, whose sign decides between arctangent and logarithm.
    fn constant_over_quadratic(&self, k: &Expr, factor: &Row, negated: &Expr) -> Result<Expr, Reason> {
        if k.is_zero() {
            return Ok(Expr::zero());
        }
        let rows = Rows { budget: self.budget };
        let (a, b) = (factor.coefficient(2), factor.coefficient(1));
        let two = Expr::integer(2);
        let inner = factor_times(&two, &a, &self.x, &b);
        if let Some(root) = square_root(negated, self)? {
            let angle = self.tidy_quotient(&inner, &root)?;
            return Ok(rows.normal(&(&two * k / &root))? * function::arctan(&angle));
        }
        match sign(negated) {
            Some(Ordering::Greater) => {
                let root = negated.sqrt();
                Ok(&two * k / &root * function::arctan(&self.tidy_quotient(&inner, &root)?))
            }
            Some(Ordering::Less) => {
                let root = (-negated).sqrt();
                let (top, bottom) = (&inner - &root, &inner + &root);
                let content = common_content(&[&(&two * &a), &b, &root]);
                let shrink = Expr::number(content.recip().unwrap_or(Number::ONE));
                Ok(k / &root * function::log(&((top * &shrink) / (bottom * &shrink))))
            }
            Some(Ordering::Equal) => Ok(-(&two * k) / inner),
            None => Err(Reason::Unknown(Expr::relation(Relation::Greater, negated.clone(), Expr::zero()))),
        }
    }

    /// The quotient, with a rational divisor multiplied in and else written as a product.
    fn tidy_quotient(&self, above: &Expr, below: &Expr) -> Result<Expr, Reason> {
        if below.as_rational().is_some() {
            return Ok(above / below);
        }
        if below.is_constant() {
            let (primitive, content) = primitive_part(above);
            return Ok(primitive * (Expr::number(content) / below));
        }
        self.simplified(&(above / below))
    }
}

/// `f*a*x + b`
fn factor_times(f: &Expr, a: &Expr, x: &Expr, b: &Expr) -> Expr {
    f * a * x + b
}

/// A root of a perfect square of an expression with parameters, or of a rational number that is one.
fn square_root(expr: &Expr, integrator: &Integrator) -> Result<Option<Expr>, Reason> {
    if let Some(q) = expr.as_rational() {
        let root = expr.sqrt();
        return Ok((q.signum() > 0 && root.as_rational().is_some()).then_some(root));
    }
    if expr.is_constant() {
        return Ok(None);
    }
    let (content, factors) = algebra::factor_list(expr, integrator.budget)?;
    let root = Expr::number(content).sqrt();
    if !root.as_number().is_some_and(Number::is_real) || factors.iter().any(|(_, exponent)| exponent % 2 != 0) {
        return Ok(None);
    }
    Ok(Some(factors.iter().fold(root, |product, (base, exponent)| product * base.powi(exponent / 2))))
}

/// A linear expression with rational coefficients without their common divisor, and that divisor.
fn primitive_part(expr: &Expr) -> (Expr, Number) {
    let crate::expr::Kind::Sum(sum) = expr.kind() else { return expr.split_coefficient() };
    let parts: Vec<Expr> = sum.parts().collect();
    let content = common_content(&parts.iter().collect::<Vec<_>>());
    let shrink = content.recip().unwrap_or(Number::ONE);
    (expr.scale(&shrink), content)
}

/// The greatest common divisor of the coefficients; one when they are not all rational.
fn common_content(parts: &[&Expr]) -> Number {
    let mut content: Option<crate::number::Rational> = None;
    for part in parts.iter().filter(|part| !part.is_zero()) {
        let (_, coefficient) = part.split_coefficient();
        let Some(q) = coefficient.as_rational().map(crate::number::Rational::abs) else { return Number::ONE };
        content = Some(match content {
            None => q,
            Some(known) => {
                let top = (known.numerator() * q.denominator()).gcd(&(q.numerator() * known.denominator()));
                crate::number::Rational::ratio(&top, &(known.denominator() * q.denominator())).unwrap_or(q)
            }
        });
    }
    Number::from(content.unwrap_or(crate::number::Rational::ONE))
}
