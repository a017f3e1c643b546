//! Square-free decomposition, resultants and discriminants of sparse polynomials.

use crate::budget::Budget;
use crate::number::Integer;

use super::super::unfinished::Unfinished;
use super::SparsePolynomial;

/// A product of powers of sparse polynomials: `content * f1^e1 * f2^e2 * ...`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SparseFactorization {
    /// The constant factor, with the sign; 0 for the zero polynomial.
    pub content: Integer,
    /// The factors, not constant, with positive leading coefficients and coprime coefficients, and their exponents.
    pub factors: Vec<(SparsePolynomial, u64)>,
}

impl SparseFactorization {
    /// The product of all factors.
    pub fn expand(&self, variables: usize) -> SparsePolynomial {
        let content = SparsePolynomial::constant(variables, self.content.clone());
        self.factors.iter().fold(content, |product, (factor, exponent)| &product * &factor.pow(*exponent as usize))
    }
}

impl SparsePolynomial {
    /// The square-free decomposition: pairwise coprime square-free factors; variables that divide everything stand by
    /// themselves, and factors with the same exponent may too.
    ///
    /// # Errors
    /// If the budget is spent or the degrees are too high.
    pub fn squarefree_decomposition(&self, budget: &Budget) -> Result<SparseFactorization, Unfinished> {
        let (content, primitive) = self.split_content();
        let mut factors = Vec::new();
        let low = primitive.monomial_content();
        for (variable, &exponent) in low.iter().enumerate().filter(|(_, e)| **e > 0) {
            factors.push((SparsePolynomial::variable(self.variables, variable), exponent));
        }
        decompose(primitive.divide_by_monomial(&low), budget, &mut factors)?;
        Ok(SparseFactorization { content, factors })
    }

    /// The resultant in one variable, by the subresultant chain (Collins; Cohen, "A Course in Computational Algebraic
    /// Number Theory", 3.3.7); zero if one of the two is zero.
    ///
    /// # Errors
    /// If the budget is spent.
    pub fn resultant(
        &self,
        other: &SparsePolynomial,
        variable: usize,
        budget: &Budget,
    ) -> Result<SparsePolynomial, Unfinished> {
        let variables = self.variables.max(other.variables);
        if self.is_zero() || other.is_zero() {
            return Ok(SparsePolynomial::zero(variables));
        }
        let (mut a, mut b) = (self.with_variables(variables), other.with_variables(variables));
        let mut negative = false;
        if a.degree(variable) < b.degree(variable) {
            negative = a.degree(variable) % 2 == 1 && b.degree(variable) % 2 == 1;
            (a, b) = (b, a);
        }
        let (mut g, mut h) = (SparsePolynomial::one(variables), SparsePolynomial::one(variables));
        while b.degree(variable) > 0 {
            budget.check()?;
            let step = a.degree(variable) - b.degree(variable);
            negative ^= a.degree(variable) % 2 == 1 && b.degree(variable) % 2 == 1;
            let rest = full_pseudo_remainder(&a, &b, variable);
            if rest.is_zero() {
                return Ok(rest);
            }
            let divisor = &g * &h.pow(step as usize);
            a = b;
            b = rest.div_exact(&divisor).ok_or(Unfinished::TooLarge)?;
            g = a.leading_in(variable);
            h = power_quotient(&g, &h, step).ok_or(Unfinished::TooLarge)?;
        }
        let value = power_quotient(&b, &h, a.degree(variable)).ok_or(Unfinished::TooLarge)?;
        Ok(if negative { -&value } else { value })
    }

    /// The discriminant in one variable; zero if the variable does not occur.
    ///
    /// # Errors
    /// If the budget is spent.
    pub fn discriminant(&self, variable: usize, budget: &Budget) -> Result<SparsePolynomial, Unfinished> {
        let n = self.degree(variable);
        if n == 0 {
            return Ok(SparsePolynomial::zero(self.variables));
        }
        let resultant = self.resultant(&self.derivative(variable), variable, budget)?;
        let value = resultant.div_exact(&self.leading_in(variable)).ok_or(Unfinished::TooLarge)?;
        Ok(if n * (n - 1) / 2 % 2 == 1 { -&value } else { value })
    }
}

/// The remainder of `lead(b)^(deg a - deg b + 1) * a` by `b`.
fn full_pseudo_remainder(a: &SparsePolynomial, b: &SparsePolynomial, variable: usize) -> SparsePolynomial {
    let wanted = (a.degree(variable) + 1 - b.degree(variable)) as usize;
    match a.pseudo_div_rem(b, variable) {
        Some((_, rest, steps)) => &rest * &b.leading_in(variable).pow(wanted.saturating_sub(steps)),
        None => SparsePolynomial::zero(a.variables()),
    }
}

/// `g^n / h^(n-1)`, and `h` for `n = 0`; the division is exact in the chain.
fn power_quotient(g: &SparsePolynomial, h: &SparsePolynomial, n: u64) -> Option<SparsePolynomial> {
    match n {
        0 => Some(h.clone()),
        1 => Some(g.clone()),
        _ => g.pow(n as usize).div_exact(&h.pow(n as usize - 1)),
    }
}

/// Splits a polynomial without integer or monomial content: the content in one variable, then Yun's algorithm in it.
fn decompose(
    p: SparsePolynomial,
    budget: &Budget,
    factors: &mut Vec<(SparsePolynomial, u64)>,
) -> Result<(), Unfinished> {
    let mut open = vec![p];
    while let Some(p) = open.pop() {
        let support = p.support();
        let Some(&variable) = support.iter().min_by_key(|&&v| p.degree(v)) else { continue };
        let content = p.content_in_within(variable, budget)?;
        let primitive = p.div_exact(&content).ok_or(Unfinished::TooLarge)?;
        yun(&primitive.split_content().1, variable, budget, factors)?;
        open.push(content);
    }
    Ok(())
}

fn yun(
    p: &SparsePolynomial,
    variable: usize,
    budget: &Budget,
    factors: &mut Vec<(SparsePolynomial, u64)>,
) -> Result<(), Unfinished> {
    let exact = |a: &SparsePolynomial, b: &SparsePolynomial| a.div_exact(b).ok_or(Unfinished::TooLarge);
    let derivative = p.derivative(variable);
    let common = p.gcd_within(&derivative, budget)?;
    let mut rest = exact(p, &common)?;
    let mut difference = &exact(&derivative, &common)? - &rest.derivative(variable);
    let mut exponent = 1;
    while !rest.is_constant() {
        budget.check()?;
        let factor = rest.gcd_within(&difference, budget)?;
        let cofactor = exact(&difference, &factor)?;
        rest = exact(&rest, &factor)?;
        difference = &cofactor - &rest.derivative(variable);
        if !factor.is_constant() {
            factors.push((factor, exponent));
        }
        exponent += 1;
    }
    Ok(())
}
