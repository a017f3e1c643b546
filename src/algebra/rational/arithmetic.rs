//! Quotients of sparse polynomials.

use crate::budget::Budget;
use crate::expr::Reason;
use crate::number::{Integer, Rational};
use crate::poly::SparsePolynomial;

/// A quotient of polynomials over the integers; the denominator is not zero.
#[derive(Clone, Debug)]
pub struct Fraction {
    /// What is above.
    pub numerator: SparsePolynomial,
    /// What is below.
    pub denominator: SparsePolynomial,
}

impl Fraction {
    /// A polynomial over one.
    pub fn whole(numerator: SparsePolynomial) -> Fraction {
        let denominator = SparsePolynomial::one(numerator.variables());
        Fraction { numerator, denominator }
    }

    /// A rational number.
    pub fn constant(variables: usize, value: &Rational) -> Fraction {
        Fraction {
            numerator: SparsePolynomial::constant(variables, value.numerator()),
            denominator: SparsePolynomial::constant(variables, value.denominator()),
        }
    }

    /// A product of powers of generators.
    pub fn monomial(exponents: &[i64]) -> Fraction {
        let side = |sign: i64| {
            let row = exponents.iter().map(|e| (e * sign).max(0).unsigned_abs()).collect();
            SparsePolynomial::monomial(row, Integer::ONE)
        };
        Fraction { numerator: side(1), denominator: side(-1) }
    }

    /// The sum; a common denominator is found by the greatest common divisor.
    pub fn add(&self, other: &Fraction) -> Fraction {
        if self.numerator.is_zero() {
            return other.clone();
        }
        if other.numerator.is_zero() {
            return self.clone();
        }
        if self.denominator == other.denominator {
            return Fraction { numerator: &self.numerator + &other.numerator, denominator: self.denominator.clone() };
        }
        let common = self.denominator.gcd(&other.denominator);
        let (left, right) = match &common {
            Some(g) => (self.denominator.div_exact(g), other.denominator.div_exact(g)),
            None => (None, None),
        };
        let left = left.unwrap_or_else(|| self.denominator.clone());
        let right = right.unwrap_or_else(|| other.denominator.clone());
        Fraction {
            numerator: &(&self.numerator * &right) + &(&other.numerator * &left),
            denominator: &self.denominator * &right,
        }
    }

    /// The product.
    pub fn multiply(&self, other: &Fraction) -> Fraction {
        Fraction { numerator: &self.numerator * &other.numerator, denominator: &self.denominator * &other.denominator }
    }

    /// An integer power; `None` for a negative power of zero.
    pub fn power(&self, exponent: i64) -> Option<Fraction> {
        let n = usize::try_from(exponent.unsigned_abs()).ok()?;
        let (top, bottom) = (self.numerator.pow(n), self.denominator.pow(n));
        if exponent >= 0 {
            return Some(Fraction { numerator: top, denominator: bottom });
        }
        (!top.is_zero()).then_some(Fraction { numerator: bottom, denominator: top })
    }

    /// Without common factors, the denominator's leading coefficient positive.
    pub fn into_cancelled(self) -> Fraction {
        if self.denominator.is_one() {
            return self;
        }
        let variables = self.numerator.variables();
        if self.numerator.is_zero() {
            return Fraction::whole(SparsePolynomial::zero(variables));
        }
        let reduced = self.numerator.gcd(&self.denominator).and_then(|g| {
            Some(Fraction { numerator: self.numerator.div_exact(&g)?, denominator: self.denominator.div_exact(&g)? })
        });
        let fraction = reduced.unwrap_or(self);
        match fraction.denominator.leading() {
            Some((_, leading)) if leading.is_negative() => {
                Fraction { numerator: -&fraction.numerator, denominator: -&fraction.denominator }
            }
            _ => fraction,
        }
    }

    /// The sum of many, halves first, so that sizes stay balanced.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn sum(variables: usize, parts: &[Fraction], budget: &Budget) -> Result<Fraction, Reason> {
        budget.check()?;
        match parts {
            [] => Ok(Fraction::whole(SparsePolynomial::zero(variables))),
            [only] => Ok(only.clone()),
            _ => {
                let (left, right) = parts.split_at(parts.len() / 2);
                Ok(Fraction::sum(variables, left, budget)?.add(&Fraction::sum(variables, right, budget)?))
            }
        }
    }
}
