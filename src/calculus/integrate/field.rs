//! Polynomials whose coefficients are expressions free of the variable: parameters, square roots of numbers.
//!
//! Coefficients are brought to their rational normal form after every step, so that zero is seen as zero wherever the
//! normal form proves it; what it cannot prove costs an answer, never its truth, since answers are checked.

use super::shape::from_coefficients;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason};

/// A polynomial: the coefficients, the constant first, the last not zero.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Row(pub(super) Vec<Expr>);

/// Arithmetic of such polynomials.
#[derive(Clone, Copy)]
pub(super) struct Rows<'b> {
    pub(super) budget: &'b Budget,
}

impl Row {
    pub(super) fn degree(&self) -> usize {
        self.0.len().saturating_sub(1)
    }

    pub(super) fn is_zero(&self) -> bool {
        self.0.is_empty()
    }

    pub(super) fn coefficient(&self, power: usize) -> Expr {
        self.0.get(power).cloned().unwrap_or_else(Expr::zero)
    }

    pub(super) fn leading(&self) -> Expr {
        self.0.last().cloned().unwrap_or_else(Expr::zero)
    }

    pub(super) fn to_expr(&self, x: &Expr) -> Expr {
        from_coefficients(&self.0, x)
    }

    fn trimmed(mut coefficients: Vec<Expr>) -> Row {
        while coefficients.last().is_some_and(Expr::is_zero) {
            coefficients.pop();
        }
        Row(coefficients)
    }
}

impl Rows<'_> {
    pub(super) fn normal(&self, c: &Expr) -> Result<Expr, Reason> {
        if c.as_number().is_some() {
            return Ok(c.clone());
        }
        algebra::simplify_rational(c, self.budget)
    }

    pub(super) fn row(&self, coefficients: &[Expr]) -> Result<Row, Reason> {
        let normal: Result<Vec<Expr>, Reason> = coefficients.iter().map(|c| self.normal(c)).collect();
        Ok(Row::trimmed(normal?))
    }

    pub(super) fn subtract(&self, a: &Row, b: &Row) -> Result<Row, Reason> {
        let length = a.0.len().max(b.0.len());
        let parts: Vec<Expr> = (0..length).map(|k| a.coefficient(k) - b.coefficient(k)).collect();
        self.row(&parts)
    }

    pub(super) fn multiply(&self, a: &Row, b: &Row) -> Result<Row, Reason> {
        if a.is_zero() || b.is_zero() {
            return Ok(Row(Vec::new()));
        }
        let mut parts = vec![Vec::new(); a.0.len() + b.0.len() - 1];
        for (i, p) in a.0.iter().enumerate() {
            for (j, q) in b.0.iter().enumerate() {
                if let Some(part) = parts.get_mut(i + j) {
                    part.push(p * q);
                }
            }
        }
        let sums: Vec<Expr> = parts.into_iter().map(Expr::sum).collect();
        self.row(&sums)
    }

    pub(super) fn power(&self, a: &Row, exponent: usize) -> Result<Row, Reason> {
        (0..exponent).try_fold(Row(vec![Expr::one()]), |product, _| self.multiply(&product, a))
    }

    pub(super) fn scale(&self, a: &Row, factor: &Expr) -> Result<Row, Reason> {
        let parts: Vec<Expr> = a.0.iter().map(|c| c * factor).collect();
        self.row(&parts)
    }

    /// Quotient and remainder; `None` for division by zero.
    pub(super) fn div_rem(&self, a: &Row, b: &Row) -> Result<Option<(Row, Row)>, Reason> {
        if b.is_zero() {
            return Ok(None);
        }
        let inverse = self.normal(&b.leading().recip())?;
        let mut rest = a.clone();
        let mut quotient = vec![Expr::zero(); (a.0.len() + 1).saturating_sub(b.0.len())];
        while rest.0.len() >= b.0.len() {
            self.budget.check()?;
            let shift = rest.0.len() - b.0.len();
            let factor = self.normal(&(rest.leading() * &inverse))?;
            let mut parts = rest.0.clone();
            parts.pop();
            for (k, c) in b.0.iter().take(b.0.len() - 1).enumerate() {
                if let Some(slot) = parts.get_mut(k + shift) {
                    *slot = self.normal(&(&*slot - &factor * c))?;
                }
            }
            if let Some(slot) = quotient.get_mut(shift) {
                *slot = factor;
            }
            rest = Row::trimmed(parts);
        }
        Ok(Some((Row::trimmed(quotient), rest)))
    }

    /// The inverse of `a` modulo `m`; `None` when they have a factor in common.
    pub(super) fn inverse(&self, a: &Row, m: &Row) -> Result<Option<Row>, Reason> {
        let (mut r0, mut r1) = (m.clone(), a.clone());
        let (mut s0, mut s1) = (Row(Vec::new()), Row(vec![Expr::one()]));
        while r1.degree() > 0 || r1.is_zero() {
            let Some((quotient, rest)) = self.div_rem(&r0, &r1)? else { return Ok(None) };
            let next = self.subtract(&s0, &self.multiply(&quotient, &s1)?)?;
            (r0, r1, s0, s1) = (r1, rest, s1, next);
        }
        Ok(Some(self.scale(&s1, &r1.leading().recip())?))
    }

    /// `numerator / product of factor^exponent` as terms `(digit, factor, exponent)` with `deg digit < deg factor`; the
    /// numerator's degree is below that of the denominator, the factors are coprime in pairs.
    pub(super) fn partial_fractions(
        &self,
        numerator: &Row,
        factors: &[(Row, usize)],
    ) -> Result<Option<Vec<(Row, Row, usize)>>, Reason> {
        let mut terms = Vec::new();
        for (index, (factor, exponent)) in factors.iter().enumerate() {
            let modulus = self.power(factor, *exponent)?;
            let mut cofactor = Row(vec![Expr::one()]);
            for (other, (row, times)) in factors.iter().enumerate() {
                if other != index {
                    cofactor = self.multiply(&cofactor, &self.power(row, *times)?)?;
                }
            }
            let Some((_, cofactor)) = self.div_rem(&cofactor, &modulus)? else { return Ok(None) };
            let Some(inverse) = self.inverse(&cofactor, &modulus)? else { return Ok(None) };
            let Some((_, mut digits)) = self.div_rem(&self.multiply(numerator, &inverse)?, &modulus)? else {
                return Ok(None);
            };
            for power in (1..=*exponent).rev() {
                let Some((higher, digit)) = self.div_rem(&digits, factor)? else { return Ok(None) };
                if !digit.is_zero() {
                    terms.push((digit, factor.clone(), power));
                }
                digits = higher;
            }
        }
        Ok(Some(terms))
    }
}
