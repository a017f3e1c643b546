//! Rational functions in one variable over the rationals, in lowest terms, and their partial fractions.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::gcd::bezout;
use super::rational::RationalPolynomial;

/// A quotient of polynomials in lowest terms; the denominator is primitive with positive leading coefficient.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RationalFunction {
    numerator: RationalPolynomial,
    denominator: IntegerPolynomial,
}

/// One term `numerator / factor^exponent` of a partial fraction decomposition.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartialFraction {
    /// Of lower degree than the factor, not zero.
    pub numerator: RationalPolynomial,
    /// Irreducible over the rationals, primitive, leading coefficient positive.
    pub factor: IntegerPolynomial,
    /// At least 1.
    pub exponent: usize,
}

impl RationalFunction {
    /// The quotient of two polynomials; `None` for denominator 0.
    pub fn new(numerator: &RationalPolynomial, denominator: &RationalPolynomial) -> Option<RationalFunction> {
        let (scale, denominator) = denominator.split_content();
        let (content, primitive) = numerator.split_content();
        let content = content.checked_div(&scale)?;
        let common = primitive.gcd(&denominator);
        let reduced = RationalPolynomial::from(primitive.div_exact(&common)?).scale(&content);
        Some(RationalFunction { numerator: reduced, denominator: denominator.div_exact(&common)? })
    }

    /// The quotient of polynomials known to be coprime, the denominator not zero.
    fn coprime(numerator: &RationalPolynomial, denominator: &IntegerPolynomial) -> RationalFunction {
        let (content, denominator) = denominator.split_content();
        let scale = Rational::from(content).recip().unwrap_or(Rational::ZERO);
        RationalFunction { numerator: numerator.scale(&scale), denominator }
    }

    /// The numerator.
    pub fn numerator(&self) -> &RationalPolynomial {
        &self.numerator
    }

    /// The denominator: primitive, leading coefficient positive.
    pub fn denominator(&self) -> &IntegerPolynomial {
        &self.denominator
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// Is it a polynomial?
    pub fn is_polynomial(&self) -> bool {
        self.denominator.is_one()
    }

    /// One over the function; `None` for zero.
    pub fn recip(&self) -> Option<RationalFunction> {
        RationalFunction::new(&RationalPolynomial::from(self.denominator.clone()), &self.numerator)
    }

    /// The quotient; `None` when dividing by zero.
    pub fn checked_div(&self, other: &RationalFunction) -> Option<RationalFunction> {
        other.recip().map(|inverse| self * &inverse)
    }

    /// The value at a rational; `None` at a pole.
    pub fn evaluate(&self, at: &Rational) -> Option<Rational> {
        self.numerator.evaluate(at).checked_div(&self.denominator.evaluate_rational(at))
    }

    /// The derivative.
    pub fn derivative(&self) -> RationalFunction {
        let denominator = RationalPolynomial::from(self.denominator.clone());
        let left = &self.numerator.derivative() * &denominator;
        let right = &self.numerator * &denominator.derivative();
        RationalFunction::new(&(&left - &right), &denominator.pow(2)).expect("a denominator is not zero")
    }

    /// The polynomial part and the proper rest.
    pub fn split_polynomial(&self) -> (RationalPolynomial, RationalFunction) {
        let denominator = RationalPolynomial::from(self.denominator.clone());
        let (quotient, rest) = self.numerator.div_rem(&denominator).expect("a denominator is not zero");
        (quotient, RationalFunction { numerator: rest, denominator: self.denominator.clone() })
    }

    /// The decomposition into a polynomial and fractions whose denominators are powers of irreducible polynomials,
    /// in the order of the factorisation of the denominator, exponents ascending.
    pub fn partial_fractions(&self) -> (RationalPolynomial, Vec<PartialFraction>) {
        let (polynomial, proper) = self.split_polynomial();
        let mut terms = Vec::new();
        if proper.is_zero() {
            return (polynomial, terms);
        }
        let derivative = self.denominator.derivative();
        for (factor, exponent) in self.denominator.factor().factors {
            if factor.len() == 2 && exponent == 1 {
                terms.extend(proper.simple_pole(&derivative, factor));
            } else {
                proper.principal_part(&factor, exponent, &mut terms);
            }
        }
        (polynomial, terms)
    }

    /// The term of a simple rational pole `r` of `N/D`, where `D = factor * C`: the numerator is `N(r) / C(r)`, and
    /// `C(r)` is `D'(r)` over the leading coefficient of the factor.
    fn simple_pole(&self, derivative: &IntegerPolynomial, factor: IntegerPolynomial) -> Option<PartialFraction> {
        let pole = Rational::ratio(&-factor.coefficient(0), factor.leading())?;
        let slope = derivative.evaluate_rational(&pole).checked_div(&Rational::from(factor.leading().clone()))?;
        let value = self.numerator.evaluate(&pole).checked_div(&slope)?;
        Some(PartialFraction { numerator: RationalPolynomial::constant(&value), factor, exponent: 1 })
    }

    /// The terms of one factor `f` of multiplicity `e`: `N / C` modulo `f^e`, written in powers of `f`.
    fn principal_part(&self, factor: &IntegerPolynomial, exponent: usize, terms: &mut Vec<PartialFraction>) {
        let power = factor.pow(exponent);
        let cofactor = self.denominator.div_exact(&power).expect("a factor divides");
        let base = RationalPolynomial::from(factor.clone());
        let modulo = RationalPolynomial::from(power);
        let mut rest = quotient_modulo(&self.numerator, &RationalPolynomial::from(cofactor), &modulo);
        let mut digits = Vec::with_capacity(exponent);
        for _ in 0..exponent {
            let (quotient, digit) = rest.div_rem(&base).expect("a factor is not zero");
            digits.push(digit);
            rest = quotient;
        }
        for (exponent, numerator) in (1..).zip(digits.into_iter().rev()) {
            if !numerator.is_zero() {
                terms.push(PartialFraction { numerator, factor: factor.clone(), exponent });
            }
        }
    }
}

/// `a / b` modulo a polynomial coprime to `b`, of lower degree than it.
fn quotient_modulo(a: &RationalPolynomial, b: &RationalPolynomial, modulo: &RationalPolynomial) -> RationalPolynomial {
    let rest = |p: &RationalPolynomial| p.div_rem(modulo).expect("the modulus is not zero").1;
    let (content, primitive) = rest(b).split_content();
    let scale = content.recip().unwrap_or(Rational::ZERO);
    match bezout(&primitive, modulo.numerator()) {
        Some(found) => {
            let inverse = RationalPolynomial::from_parts(found.s, found.value).expect("the value is not zero");
            rest(&(&rest(a) * &inverse)).scale(&scale)
        }
        // Then b is a constant modulo the other.
        None => rest(a).scale(&scale),
    }
}

/// Brings the result of an operation on numerators and denominators to lowest terms.
fn quotient(numerator: &RationalPolynomial, denominator: IntegerPolynomial) -> RationalFunction {
    RationalFunction::new(numerator, &RationalPolynomial::from(denominator))
        .expect("products of denominators are not zero")
}

fn combine(
    a: &RationalFunction,
    b: &RationalFunction,
    work: impl Fn(&RationalPolynomial, &RationalPolynomial) -> RationalPolynomial,
) -> RationalFunction {
    if a.denominator == b.denominator {
        return quotient(&work(&a.numerator, &b.numerator), a.denominator.clone());
    }
    let common = a.denominator.gcd(&b.denominator);
    let cofactor = |p: &IntegerPolynomial| p.div_exact(&common).expect("the gcd divides");
    let (left, right) = (cofactor(&b.denominator), cofactor(&a.denominator));
    let scaled = |p: &RationalPolynomial, by: &IntegerPolynomial| p * &RationalPolynomial::from(by.clone());
    quotient(&work(&scaled(&a.numerator, &left), &scaled(&b.numerator, &right)), &a.denominator * &left)
}

impl Add for &RationalFunction {
    type Output = RationalFunction;

    fn add(self, other: &RationalFunction) -> RationalFunction {
        combine(self, other, |a, b| a + b)
    }
}

impl Sub for &RationalFunction {
    type Output = RationalFunction;

    fn sub(self, other: &RationalFunction) -> RationalFunction {
        combine(self, other, |a, b| a - b)
    }
}

impl Mul for &RationalFunction {
    type Output = RationalFunction;

    fn mul(self, other: &RationalFunction) -> RationalFunction {
        let reduced =
            |numerator: &RationalPolynomial, denominator: &IntegerPolynomial| quotient(numerator, denominator.clone());
        let left = reduced(&self.numerator, &other.denominator);
        let right = reduced(&other.numerator, &self.denominator);
        RationalFunction::coprime(&(&left.numerator * &right.numerator), &(&left.denominator * &right.denominator))
    }
}

impl Neg for &RationalFunction {
    type Output = RationalFunction;

    fn neg(self) -> RationalFunction {
        RationalFunction { numerator: -&self.numerator, denominator: self.denominator.clone() }
    }
}

impl From<RationalPolynomial> for RationalFunction {
    fn from(numerator: RationalPolynomial) -> RationalFunction {
        RationalFunction { numerator, denominator: IntegerPolynomial::constant(Integer::ONE) }
    }
}

impl fmt::Display for RationalFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "({})/({})", self.numerator, self.denominator)
    }
}

impl fmt::Debug for RationalFunction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    /// The sum of a decomposition.
    fn total(polynomial: RationalPolynomial, terms: &[PartialFraction]) -> RationalFunction {
        terms.iter().fold(RationalFunction::from(polynomial), |sum, term| {
            let denominator = RationalPolynomial::from(term.factor.pow(term.exponent));
            &sum + &RationalFunction::new(&term.numerator, &denominator).unwrap()
        })
    }

    #[test]
    fn partial_fractions_add_up() {
        let mut random = Random::new(41);
        for (degree, powers) in
            [(3, vec![(1, 1), (1, 1)]), (0, vec![(1, 3), (2, 2)]), (9, vec![(3, 1), (1, 2), (2, 1)])]
        {
            let denominator = powers.iter().fold(RationalPolynomial::one(), |product, &(degree, exponent)| {
                &product * &random.rational_polynomial(degree, 4).pow(exponent)
            });
            let f = RationalFunction::new(&random.rational_polynomial(degree, 5), &denominator).unwrap();
            let (polynomial, terms) = f.partial_fractions();
            assert!(terms.iter().all(|term| term.numerator.degree() < term.factor.degree()));
            assert!(terms.iter().all(|term| term.factor.is_irreducible()));
            assert_eq!(total(polynomial, &terms), f);
        }
    }

    #[test]
    fn every_pole_of_one_over_a_product_of_linear_factors_gets_its_term() {
        let denominator = (1..=10).fold(IntegerPolynomial::one(), |p, i| &p * &IntegerPolynomial::from_i64(&[-i, 1]));
        let f = RationalFunction::from(RationalPolynomial::from(denominator)).recip().unwrap();
        let (polynomial, terms) = f.partial_fractions();
        assert!(polynomial.is_zero() && terms.len() == 10);
        assert_eq!(total(polynomial, &terms), f);
    }

    #[test]
    fn functions_form_a_field() {
        let mut random = Random::new(42);
        let mut function = || {
            let (n, d) = (random.rational_polynomial(3, 5), random.rational_polynomial(2, 5));
            RationalFunction::new(&n, &d).unwrap()
        };
        let (a, b, c) = (function(), function(), function());
        assert_eq!(&(&a + &b) * &c, &(&a * &c) + &(&b * &c));
        assert_eq!((&a * &b).checked_div(&b), Some(a.clone()));
        assert_eq!(&(&a - &b) + &b, a);
        assert_eq!((&a * &b).derivative(), &(&a.derivative() * &b) + &(&a * &b.derivative()));
        assert!((&a - &a).is_zero() && (&a - &a).is_polynomial());
        assert!((&a - &a).recip().is_none());
    }
}
