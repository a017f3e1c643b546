//! Simple algebraic extensions of the rationals, polynomials over them, and their factorisation by norms
//! (Trager 1976).
//!
//! An element is a polynomial in the generator of lower degree than its minimal polynomial.

use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::gcd::{Residues, bezout};
use super::modular::{Modulus, large_primes, trimmed};
use super::rational::RationalPolynomial;

/// The field of the rationals with a root of an irreducible polynomial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NumberField {
    minimal: IntegerPolynomial,
    modulo: RationalPolynomial,
}

/// A polynomial over a number field: its coefficients are polynomials in the generator, constant term first, the last
/// not zero.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct AlgebraicPolynomial {
    coefficients: Vec<RationalPolynomial>,
}

impl AlgebraicPolynomial {
    /// The polynomial with the given coefficients, constant term first.
    fn new(mut coefficients: Vec<RationalPolynomial>) -> AlgebraicPolynomial {
        while coefficients.last().is_some_and(RationalPolynomial::is_zero) {
            coefficients.pop();
        }
        AlgebraicPolynomial { coefficients }
    }

    /// The coefficients as polynomials in the generator, constant term first.
    pub fn coefficients(&self) -> &[RationalPolynomial] {
        &self.coefficients
    }

    /// The degree; zero has none.
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    fn len(&self) -> usize {
        self.coefficients.len()
    }
}

impl From<&RationalPolynomial> for AlgebraicPolynomial {
    fn from(p: &RationalPolynomial) -> AlgebraicPolynomial {
        AlgebraicPolynomial::new(p.coefficients().iter().map(RationalPolynomial::constant).collect())
    }
}

impl NumberField {
    /// The field of a root of an irreducible polynomial; `None` if it is reducible.
    pub fn new(minimal: &IntegerPolynomial) -> Option<NumberField> {
        minimal.is_irreducible().then(|| NumberField::of_irreducible(minimal))
    }

    /// The same where irreducibility is known.
    pub(super) fn of_irreducible(minimal: &IntegerPolynomial) -> NumberField {
        let minimal = minimal.primitive_part();
        NumberField { modulo: RationalPolynomial::from(minimal.clone()), minimal }
    }

    /// The minimal polynomial of the generator: primitive, leading coefficient positive.
    pub fn minimal_polynomial(&self) -> &IntegerPolynomial {
        &self.minimal
    }

    /// The degree over the rationals.
    pub fn degree(&self) -> usize {
        self.minimal.len() - 1
    }

    /// The element that a polynomial in the generator stands for.
    pub fn reduce(&self, a: &RationalPolynomial) -> RationalPolynomial {
        if a.numerator().len() < self.minimal.len() {
            return a.clone();
        }
        a.div_rem(&self.modulo).map_or_else(RationalPolynomial::zero, |(_, rest)| rest)
    }

    /// The product of two elements.
    pub fn product(&self, a: &RationalPolynomial, b: &RationalPolynomial) -> RationalPolynomial {
        self.reduce(&(a * b))
    }

    /// One over an element; `None` for zero.
    pub fn inverse(&self, a: &RationalPolynomial) -> Option<RationalPolynomial> {
        let (content, primitive) = a.split_content();
        let scale = content.recip()?;
        match bezout(&primitive, &self.minimal) {
            Some(found) => Some(RationalPolynomial::from_parts(found.s, found.value)?.scale(&scale)),
            None => Some(RationalPolynomial::constant(&scale)),
        }
    }

    /// The polynomial with the given coefficients, polynomials in the generator, constant term first.
    pub fn polynomial(&self, coefficients: &[RationalPolynomial]) -> AlgebraicPolynomial {
        AlgebraicPolynomial::new(coefficients.iter().map(|c| self.reduce(c)).collect())
    }

    /// `a + b`.
    pub fn sum(&self, a: &AlgebraicPolynomial, b: &AlgebraicPolynomial) -> AlgebraicPolynomial {
        zip(a, b, |x, y| x + y)
    }

    /// `a - b`.
    pub fn difference(&self, a: &AlgebraicPolynomial, b: &AlgebraicPolynomial) -> AlgebraicPolynomial {
        zip(a, b, |x, y| x - y)
    }

    /// `a * b`.
    pub fn polynomial_product(&self, a: &AlgebraicPolynomial, b: &AlgebraicPolynomial) -> AlgebraicPolynomial {
        let mut row = vec![RationalPolynomial::zero(); a.len() + b.len()];
        for (i, x) in a.coefficients.iter().enumerate() {
            for (slot, y) in row.iter_mut().skip(i).zip(&b.coefficients) {
                *slot = &*slot + &(x * y);
            }
        }
        self.polynomial(&row)
    }

    fn scaled(&self, a: &AlgebraicPolynomial, factor: &RationalPolynomial) -> AlgebraicPolynomial {
        AlgebraicPolynomial::new(a.coefficients.iter().map(|c| self.product(c, factor)).collect())
    }

    /// The polynomial with leading coefficient one; zero stays.
    pub fn monic(&self, a: &AlgebraicPolynomial) -> AlgebraicPolynomial {
        match a.coefficients.last().and_then(|lead| self.inverse(lead)) {
            Some(inverse) if !inverse.is_one() => self.scaled(a, &inverse),
            _ => a.clone(),
        }
    }

    /// Quotient and remainder; `None` for divisor 0.
    pub fn div_rem(
        &self,
        a: &AlgebraicPolynomial,
        divisor: &AlgebraicPolynomial,
    ) -> Option<(AlgebraicPolynomial, AlgebraicPolynomial)> {
        let (lead, low) = divisor.coefficients.split_last()?;
        let inverse = self.inverse(lead)?;
        let mut rest = a.coefficients.clone();
        let mut quotient = Vec::new();
        while rest.len() >= divisor.len() {
            let Some(top) = rest.pop() else { break };
            let factor = self.product(&top, &inverse);
            let start = rest.len() - low.len();
            if !factor.is_zero() {
                for (value, other) in rest.iter_mut().skip(start).zip(low) {
                    *value = &*value - &self.product(&factor, other);
                }
            }
            quotient.push(factor);
        }
        quotient.reverse();
        Some((AlgebraicPolynomial::new(quotient), AlgebraicPolynomial::new(rest)))
    }

    /// The monic greatest common divisor, by Euclid's algorithm with monic remainders; zero for two zeros.
    pub fn gcd(&self, a: &AlgebraicPolynomial, b: &AlgebraicPolynomial) -> AlgebraicPolynomial {
        let (mut a, mut b) = (self.monic(a), self.monic(b));
        while let Some((_, rest)) = self.div_rem(&a, &b) {
            (a, b) = (b, self.monic(&rest));
        }
        a
    }

    /// The derivative.
    pub fn derivative(&self, a: &AlgebraicPolynomial) -> AlgebraicPolynomial {
        let terms = a.coefficients.iter().enumerate().skip(1);
        AlgebraicPolynomial::new(terms.map(|(i, c)| c.scale(&Rational::from(Integer::from(i)))).collect())
    }

    /// The polynomial with `x + shift` put for `x`.
    fn shifted(&self, a: &AlgebraicPolynomial, shift: &RationalPolynomial) -> AlgebraicPolynomial {
        let linear = AlgebraicPolynomial::new(vec![shift.clone(), RationalPolynomial::one()]);
        a.coefficients.iter().rev().fold(AlgebraicPolynomial::default(), |sum, c| {
            self.sum(&self.polynomial_product(&sum, &linear), &AlgebraicPolynomial::new(vec![c.clone()]))
        })
    }

    /// The product of all conjugates, up to a rational factor, as a primitive integer polynomial; zero for zero.
    pub fn norm(&self, a: &AlgebraicPolynomial) -> IntegerPolynomial {
        let common = a.coefficients.iter().fold(Integer::ONE, |common, c| common.lcm(c.denominator()));
        let cleared = |c: &RationalPolynomial| c.numerator().scale(&common.div_exact(c.denominator()));
        let rows: Vec<IntegerPolynomial> = a.coefficients.iter().map(cleared).collect();
        resultant_in_parameter(&self.minimal, &rows).primitive_part()
    }

    /// The monic irreducible factors and their exponents, of a polynomial of positive degree; the leading coefficient
    /// is left out.
    pub fn factor(&self, a: &AlgebraicPolynomial) -> Vec<(AlgebraicPolynomial, usize)> {
        let mut factors = Vec::new();
        let mut rest = self.monic(a);
        if rest.len() < 2 {
            return factors;
        }
        // The square-free part holds every factor once; how often each occurs is counted by division.
        let repeated = self.gcd(&rest, &self.derivative(&rest));
        let Some((square_free, _)) = self.div_rem(&rest, &repeated) else { return factors };
        for factor in self.factor_squarefree(&square_free) {
            let mut exponent = 0;
            while let Some((quotient, _)) = self.div_rem(&rest, &factor).filter(|(_, rest)| rest.is_zero()) {
                rest = quotient;
                exponent += 1;
            }
            factors.push((factor, exponent));
        }
        factors
    }

    /// Trager's algorithm: for a shift that makes the norm square-free, its factors give those of the polynomial.
    fn factor_squarefree(&self, a: &AlgebraicPolynomial) -> Vec<AlgebraicPolynomial> {
        for shift in 0i64.. {
            let step = RationalPolynomial::x().scale(&Rational::from(shift));
            let norm = self.norm(&self.shifted(a, &-&step));
            if !norm.is_squarefree() {
                continue;
            }
            let parts = norm.factor().factors;
            if parts.len() == 1 {
                break;
            }
            let factor = |p: IntegerPolynomial| {
                let image = AlgebraicPolynomial::from(&RationalPolynomial::from(p));
                self.gcd(a, &self.shifted(&image, &step))
            };
            return parts.into_iter().map(|(part, _)| factor(part)).collect();
        }
        vec![a.clone()]
    }
}

fn zip(
    a: &AlgebraicPolynomial,
    b: &AlgebraicPolynomial,
    work: impl Fn(&RationalPolynomial, &RationalPolynomial) -> RationalPolynomial,
) -> AlgebraicPolynomial {
    let zero = RationalPolynomial::zero();
    let at = |p: &AlgebraicPolynomial, i: usize| p.coefficients.get(i).unwrap_or(&zero).clone();
    AlgebraicPolynomial::new((0..a.len().max(b.len())).map(|i| work(&at(a, i), &at(b, i))).collect())
}

/// The resultant by `y` of `p(y)` and `sum rows[i](y) * x^i`, a polynomial in `x`.
///
/// It is interpolated from values modulo word primes. The sum of the absolute values of its coefficients is at most the
/// product of those of the rows of Sylvester's matrix, which tells how many primes are enough.
pub(super) fn resultant_in_parameter(p: &IntegerPolynomial, rows: &[IntegerPolynomial]) -> IntegerPolynomial {
    let (Some(degree), Some(inner)) = (p.degree(), rows.iter().filter_map(IntegerPolynomial::degree).max()) else {
        return IntegerPolynomial::zero();
    };
    let points = degree * (rows.len() - 1) + 1;
    let size = |p: &IntegerPolynomial| p.coefficients().iter().fold(Integer::ZERO, |sum, c| sum + c.abs());
    let total = rows.iter().fold(Integer::ZERO, |sum, row| sum + size(row));
    let bound = inner * size(p).bit_length() + degree * total.bit_length() + 2;
    let mut joined = Residues::default();
    for field in large_primes() {
        let image = field.image(p);
        if image.len() != p.len() {
            continue;
        }
        let rows: Vec<Vec<u64>> = rows.iter().map(|row| field.image(row)).collect();
        let values: Vec<u64> = (0..points as u64).map(|at| resultant_at(&field, &image, &rows, inner, at)).collect();
        joined.join(&field, &interpolate(&field, &values));
        if joined.modulus_bits() > bound {
            break;
        }
    }
    IntegerPolynomial::new(joined.row().to_vec())
}

/// One value of the resultant modulo a prime; `inner` is the degree that the second operand has in general.
fn resultant_at(field: &Modulus, p: &[u64], rows: &[Vec<u64>], inner: usize, at: u64) -> u64 {
    let mut sum = Vec::new();
    for row in rows.iter().rev() {
        sum = field.sum(&field.scaled(&sum, at), row);
    }
    let (Some(&lead), Some(missing)) = (p.last(), (inner + 1).checked_sub(sum.len())) else { return 0 };
    match sum.len() {
        0 => u64::from(p.len() == 1 && inner == 0),
        _ => field.mul(field.resultant(p, &sum), field.pow(lead, missing as u64)),
    }
}

/// The polynomial with the given values at 0, 1, 2, ..., by Newton's divided differences.
fn interpolate(field: &Modulus, values: &[u64]) -> Vec<u64> {
    let mut differences = values.to_vec();
    for step in 1..values.len() {
        let inverse = field.inverse(field.reduce(step as u64));
        for i in (step..values.len()).rev() {
            if let Some([low, high]) = differences.get(i - 1..=i) {
                let slope = field.mul(field.sub(*high, *low), inverse);
                differences.splice(i..=i, [slope]);
            }
        }
    }
    let mut sum: Vec<u64> = Vec::new();
    for (at, &difference) in differences.iter().enumerate().rev() {
        // sum * (x - at) + difference
        let mut shifted = vec![0];
        shifted.extend_from_slice(&sum);
        let step = field.scaled(&sum, field.reduce(at as u64));
        sum = field.sum(&field.difference(&trimmed(shifted), &step), &trimmed(vec![difference]));
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    #[test]
    fn elements_form_a_field() {
        let mut random = Random::new(51);
        for minimal in [&[-2, 0, 1][..], &[1, 1, 1], &[-1, -1, 0, 0, 3]] {
            let field = NumberField::new(&IntegerPolynomial::from_i64(minimal)).unwrap();
            for _ in 0..5 {
                let a = field.reduce(&random.rational_polynomial(5, 6));
                let inverse = field.inverse(&a).unwrap();
                assert!(field.product(&a, &inverse).is_one());
            }
            assert!(field.inverse(&RationalPolynomial::zero()).is_none());
        }
        assert!(NumberField::new(&IntegerPolynomial::from_i64(&[-4, 0, 1])).is_none());
    }

    #[test]
    fn factors_multiply_to_the_polynomial() {
        let mut random = Random::new(52);
        for minimal in [&[-2, 0, 1][..], &[1, 0, 1], &[-2, 0, 0, 1]] {
            let field = NumberField::new(&IntegerPolynomial::from_i64(minimal)).unwrap();
            let mut part = |degree: usize| {
                let mut row: Vec<_> = (0..degree).map(|_| random.rational_polynomial(1, 2)).collect();
                row.push(RationalPolynomial::one());
                field.monic(&field.polynomial(&row))
            };
            let (a, b) = (part(1), part(2));
            let product = field.polynomial_product(&field.polynomial_product(&a, &a), &b);
            let factors = field.factor(&product);
            let mut again = field.polynomial(&[RationalPolynomial::one()]);
            for (factor, exponent) in &factors {
                for _ in 0..*exponent {
                    again = field.polynomial_product(&again, factor);
                }
            }
            assert_eq!(again, product);
            assert!(factors.iter().any(|(factor, exponent)| *factor == a && *exponent >= 2));
        }
    }

    #[test]
    fn known_splittings() {
        let count = |minimal: &[i64], p: &[i64]| {
            let field = NumberField::new(&IntegerPolynomial::from_i64(minimal)).unwrap();
            let p = RationalPolynomial::from(IntegerPolynomial::from_i64(p));
            field.factor(&AlgebraicPolynomial::from(&p)).len()
        };
        assert_eq!(count(&[-2, 0, 1], &[1, 0, 0, 0, 1]), 2);
        assert_eq!(count(&[1, 0, 1], &[-1, 0, 0, 0, 1]), 4);
        assert_eq!(count(&[-2, 0, 0, 1], &[-2, 0, 0, 1]), 2);
        assert_eq!(count(&[1, 0, -10, 0, 1], &[6, 0, -5, 0, 1]), 4);
    }
}
