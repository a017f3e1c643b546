//! What integrands look like to the methods: free of the variable, linear or polynomial in it, products of factors.

use super::Integrator;
use crate::algebra;
use crate::calculus::diff;
use crate::expr::{Expr, Function, Kind, Reason, Symbol};
use crate::number::Rational;

/// Polynomials of higher degree are not read from products.
const LARGEST_DEGREE: i64 = 200;

impl Integrator<'_> {
    /// Is the expression constant as far as the variable goes?
    pub(super) fn is_free(&self, expr: &Expr) -> bool {
        !expr.has_symbol(self.variable)
    }

    /// The factors without and with the variable.
    pub(super) fn split_constant(&self, f: &Expr) -> (Expr, Expr) {
        match f.kind() {
            Kind::Product(product) => {
                let (free, bound): (Vec<Expr>, Vec<Expr>) = product.parts().partition(|part| self.is_free(part));
                (Expr::product(free), Expr::product(bound))
            }
            Kind::Power(base, exponent) if self.is_free(base) && !self.is_free(exponent) => {
                self.split_exponent(base, exponent).unwrap_or_else(|| (Expr::one(), f.clone()))
            }
            _ => (Expr::one(), f.clone()),
        }
    }

    /// `b^(u + c)` as `b^c` times `b^u`.
    fn split_exponent(&self, base: &Expr, exponent: &Expr) -> Option<(Expr, Expr)> {
        let Kind::Sum(sum) = exponent.kind() else { return None };
        let (free, bound): (Vec<Expr>, Vec<Expr>) = sum.parts().partition(|part| self.is_free(part));
        if free.is_empty() || self.linear(exponent).is_some() {
            return None;
        }
        Some((base.power(&Expr::sum(free)), base.power(&Expr::sum(bound))))
    }

    /// The derivative by the variable.
    pub(super) fn slope(&self, expr: &Expr) -> Result<Expr, Reason> {
        diff(expr, self.variable, self.budget)
    }

    /// `(a, b)` when the expression is `a*x + b` with `a` not zero.
    pub(super) fn linear(&self, expr: &Expr) -> Option<(Expr, Expr)> {
        if *expr == self.x {
            return Some((Expr::one(), Expr::zero()));
        }
        if self.is_free(expr) || expr.shared_nodes().take(200).count() == 200 {
            return None;
        }
        let coefficients = self.polynomial(expr).ok()??;
        match coefficients.as_slice() {
            [b, a] => Some((a.clone(), b.clone())),
            _ => None,
        }
    }

    /// The coefficients of a polynomial in the variable, the constant first and the last not zero.
    pub(super) fn polynomial(&self, expr: &Expr) -> Result<Option<Vec<Expr>>, Reason> {
        polynomial_in(expr, self.variable, self.budget)
    }

    /// The expression with the variable replaced.
    pub(super) fn at(&self, expr: &Expr, value: &Expr) -> Expr {
        expr.substitute_symbol(self.variable, value)
    }

    /// Over a common denominator without common factors; itself where that can't be read.
    pub(super) fn simplified(&self, expr: &Expr) -> Result<Expr, Reason> {
        algebra::simplify_rational(expr, self.budget)
    }
}

/// The coefficients of a polynomial in a variable, the constant first and the last not zero; `None` for others and for
/// zero.
pub(super) fn polynomial_in(
    expr: &Expr,
    variable: Symbol,
    budget: &crate::budget::Budget,
) -> Result<Option<Vec<Expr>>, Reason> {
    if !looks_polynomial(expr, variable) {
        return Ok(None);
    }
    let mut coefficients: Vec<Expr> = Vec::new();
    for (coefficient, exponent) in algebra::coefficients(expr, &Expr::symbol(variable), budget)? {
        let Some(degree @ 0..=LARGEST_DEGREE) = exponent.to_i64() else { return Ok(None) };
        let degree = usize::try_from(degree).unwrap_or(0);
        if coefficient.has_symbol(variable) {
            return Ok(None);
        }
        coefficients.resize(coefficients.len().max(degree + 1), Expr::zero());
        if let Some(slot) = coefficients.get_mut(degree) {
            *slot = coefficient;
        }
    }
    Ok((!coefficients.is_empty()).then_some(coefficients))
}

/// Is the variable met by sums, products and natural powers alone?
fn looks_polynomial(expr: &Expr, variable: Symbol) -> bool {
    let looked: Result<bool, ()> = expr.try_fold(|node, children: &[bool]| {
        let free = !node.has_symbol(variable);
        Ok(free
            || match node.kind() {
                Kind::Symbol(_) => true,
                Kind::Sum(_) => children.iter().all(|child| *child),
                Kind::Product(product) => {
                    let natural =
                        |q: &Rational| q.is_integer() && !q.is_negative() && *q <= Rational::from(LARGEST_DEGREE);
                    children.iter().all(|child| *child)
                        && product
                            .factors()
                            .iter()
                            .all(|factor| !factor.base.has_symbol(variable) || natural(&factor.exponent))
                }
                Kind::Power(_, exponent) => {
                    children.first().copied().unwrap_or(false)
                        && exponent.to_i64().is_some_and(|n| (0..=LARGEST_DEGREE).contains(&n))
                }
                _ => false,
            })
    });
    looked.unwrap_or(false)
}

/// The polynomial in `x` with these coefficients.
pub(super) fn from_coefficients(coefficients: &[Expr], x: &Expr) -> Expr {
    Expr::sum(coefficients.iter().enumerate().map(|(power, c)| c * x.powi(i64::try_from(power).unwrap_or(i64::MAX))))
}

/// A factor of an integrand as base and exponent: `sin(x)^2` as `sin(x)` and 2.
pub(super) fn base_and_exponent(factor: &Expr) -> (Expr, Rational) {
    match factor.kind() {
        Kind::Power(base, exponent) if let Some(q) = exponent.as_rational() => (base.clone(), q.clone()),
        _ => (factor.clone(), Rational::ONE),
    }
}

/// The name and argument of a call of one argument.
pub(super) fn call_of(expr: &Expr) -> Option<(&'static str, &Expr)> {
    match expr.as_call() {
        Some((Function::Elementary(record), [argument])) => Some((record.name, argument)),
        _ => None,
    }
}

/// The elementary function of that name at an argument; the names are those of the table.
pub(super) fn apply(name: &str, argument: &Expr) -> Expr {
    crate::expr::function::apply(name, std::slice::from_ref(argument))
        .unwrap_or_else(|| Expr::undefined(crate::expr::Undefined::Pole))
}

/// The sign of a real expression, by the assumptions or, for a constant, by its value.
pub(super) fn sign(expr: &Expr) -> Option<std::cmp::Ordering> {
    let known = crate::expr::assume::sign(expr);
    if known.is_some() || !expr.is_constant() { known } else { crate::tape::sign_by_ball(expr) }
}
