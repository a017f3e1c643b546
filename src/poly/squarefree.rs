//! Square-free decomposition by Yun's algorithm.

use crate::number::Integer;

use super::dense::IntegerPolynomial;

/// A product of powers: `content * f1^e1 * f2^e2 * ...`, the factors primitive with positive leading coefficient.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Factorization {
    /// The constant factor, with the sign; 0 for the zero polynomial.
    pub content: Integer,
    /// The factors of positive degree and their exponents.
    pub factors: Vec<(IntegerPolynomial, usize)>,
}

impl Factorization {
    /// The product of all factors.
    pub fn expand(&self) -> IntegerPolynomial {
        let content = IntegerPolynomial::constant(self.content.clone());
        self.factors.iter().fold(content, |product, (factor, exponent)| &product * &factor.pow(*exponent))
    }
}

impl IntegerPolynomial {
    /// Is there no square of a polynomial of positive degree that divides it? Zero is not square-free.
    pub fn is_squarefree(&self) -> bool {
        !self.is_zero() && (self.is_constant() || self.is_coprime_to(&self.derivative()))
    }

    /// The product of the different irreducible factors of positive degree, primitive.
    pub fn squarefree_part(&self) -> IntegerPolynomial {
        let primitive = self.primitive_part();
        if primitive.is_constant() {
            return primitive;
        }
        let common = primitive.gcd(&primitive.derivative());
        primitive.div_exact(&common).unwrap_or(primitive)
    }

    /// The square-free decomposition: pairwise coprime square-free factors with increasing exponents (Yun 1976).
    pub fn squarefree_decomposition(&self) -> Factorization {
        let (content, primitive) = self.split_content();
        let mut factors = Vec::new();
        if !primitive.is_constant() {
            yun(&primitive, &mut factors);
        }
        Factorization { content, factors }
    }
}

fn yun(p: &IntegerPolynomial, factors: &mut Vec<(IntegerPolynomial, usize)>) {
    let exact = |a: &IntegerPolynomial, b: &IntegerPolynomial| a.div_exact(b).expect("a gcd divides");
    let derivative = p.derivative();
    let common = p.gcd(&derivative);
    if common.is_constant() {
        factors.push((p.clone(), 1));
        return;
    }
    let mut rest = exact(p, &common);
    let mut difference = &exact(&derivative, &common) - &rest.derivative();
    for exponent in 1.. {
        if rest.is_constant() {
            return;
        }
        let factor = rest.gcd(&difference);
        let cofactor = exact(&difference, &factor);
        rest = exact(&rest, &factor);
        difference = &cofactor - &rest.derivative();
        if !factor.is_constant() {
            factors.push((factor, exponent));
        }
    }
}
