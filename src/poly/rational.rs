//! Dense polynomials in one variable over the rationals: an integer polynomial over one common denominator.
//!
//! Invariant: the denominator is positive and coprime to the content of the numerator; zero has denominator 1. So equal
//! polynomials have equal parts, and products cost one product of integer polynomials.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::multiply::common_denominator;

/// A polynomial in one variable with rational coefficients.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct RationalPolynomial {
    numerator: IntegerPolynomial,
    denominator: Integer,
}

impl RationalPolynomial {
    /// The polynomial with the given coefficients, constant term first.
    pub fn new(coefficients: &[Rational]) -> RationalPolynomial {
        let (numerators, denominator) = common_denominator(coefficients);
        RationalPolynomial { numerator: IntegerPolynomial::new(numerators), denominator }
    }

    /// `numerator / denominator`; `None` for denominator 0.
    pub fn from_parts(numerator: IntegerPolynomial, denominator: Integer) -> Option<RationalPolynomial> {
        if denominator.is_zero() {
            return None;
        }
        if numerator.is_zero() {
            return Some(RationalPolynomial { numerator, denominator: Integer::ONE });
        }
        if denominator.is_one() {
            return Some(RationalPolynomial { numerator, denominator });
        }
        let mut common = numerator.coefficients().iter().fold(denominator.abs(), |common, c| match common.is_one() {
            true => common,
            false => common.gcd(c),
        });
        if denominator.is_negative() {
            common = -common;
        }
        Some(RationalPolynomial {
            numerator: numerator.scale_down(&common),
            denominator: denominator.div_exact(&common),
        })
    }

    /// Zero.
    pub fn zero() -> RationalPolynomial {
        RationalPolynomial::from(IntegerPolynomial::zero())
    }

    /// One.
    pub fn one() -> RationalPolynomial {
        RationalPolynomial::from(IntegerPolynomial::one())
    }

    /// The variable.
    pub fn x() -> RationalPolynomial {
        RationalPolynomial::from(IntegerPolynomial::x())
    }

    /// A constant.
    pub fn constant(value: &Rational) -> RationalPolynomial {
        RationalPolynomial {
            numerator: IntegerPolynomial::constant(value.numerator()),
            denominator: value.denominator(),
        }
    }

    /// The integer polynomial above the common denominator.
    pub fn numerator(&self) -> &IntegerPolynomial {
        &self.numerator
    }

    /// The common denominator, positive.
    pub fn denominator(&self) -> &Integer {
        &self.denominator
    }

    /// The degree; zero has none.
    pub fn degree(&self) -> Option<usize> {
        self.numerator.degree()
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        self.numerator.is_zero()
    }

    /// Is it one?
    pub fn is_one(&self) -> bool {
        self.denominator.is_one() && self.numerator.is_one()
    }

    /// Is its degree 0, or is it zero?
    pub fn is_constant(&self) -> bool {
        self.numerator.is_constant()
    }

    /// The coefficient of `x^exponent`.
    pub fn coefficient(&self, exponent: usize) -> Rational {
        self.over(self.numerator.coefficient(exponent))
    }

    /// The coefficients, constant term first, none for zero.
    pub fn coefficients(&self) -> Vec<Rational> {
        self.numerator.coefficients().iter().map(|c| self.over(c)).collect()
    }

    /// The leading coefficient; 0 for zero.
    pub fn leading(&self) -> Rational {
        self.over(self.numerator.leading())
    }

    fn over(&self, numerator: &Integer) -> Rational {
        Rational::ratio(numerator, &self.denominator).unwrap_or(Rational::ZERO)
    }

    /// `numerator / denominator` brought to lowest terms, where the denominator is known not to be zero.
    fn reduced(numerator: IntegerPolynomial, denominator: Integer) -> RationalPolynomial {
        RationalPolynomial::from_parts(numerator, denominator).expect("products of denominators are not zero")
    }

    /// The product with a constant.
    pub fn scale(&self, factor: &Rational) -> RationalPolynomial {
        let numerator = self.numerator.scale(&factor.numerator());
        RationalPolynomial::reduced(numerator, &self.denominator * factor.denominator())
    }

    /// The polynomial divided by its leading coefficient; zero stays.
    pub fn monic(&self) -> RationalPolynomial {
        if self.is_zero() {
            return self.clone();
        }
        RationalPolynomial::reduced(self.numerator.clone(), self.numerator.leading().clone())
    }

    /// The leading content and the primitive integer polynomial with positive leading coefficient whose product it is.
    pub fn split_content(&self) -> (Rational, IntegerPolynomial) {
        let (content, primitive) = self.numerator.split_content();
        (self.over(&content), primitive)
    }

    /// The derivative.
    pub fn derivative(&self) -> RationalPolynomial {
        RationalPolynomial::reduced(self.numerator.derivative(), self.denominator.clone())
    }

    /// The integral without constant term.
    pub fn integral(&self) -> RationalPolynomial {
        let terms = self.numerator.coefficients().iter().enumerate();
        let mut row = vec![Rational::ZERO];
        row.extend(
            terms.map(|(i, c)| {
                Rational::ratio(c, &(&self.denominator * Integer::from(i + 1))).unwrap_or(Rational::ZERO)
            }),
        );
        RationalPolynomial::new(&row)
    }

    /// The value at a rational.
    pub fn evaluate(&self, at: &Rational) -> Rational {
        self.numerator
            .evaluate_rational(at)
            .checked_div(&Rational::from(self.denominator.clone()))
            .unwrap_or(Rational::ZERO)
    }

    /// `p(q(x))`, by Horner's scheme.
    pub fn compose(&self, inner: &RationalPolynomial) -> RationalPolynomial {
        let mut sum = RationalPolynomial::zero();
        for coefficient in self.coefficients().iter().rev() {
            sum = &(&sum * inner) + &RationalPolynomial::constant(coefficient);
        }
        sum
    }

    /// `p(x + shift)`.
    pub fn taylor_shift(&self, shift: &Rational) -> RationalPolynomial {
        let Some(degree) = self.degree() else { return self.clone() };
        // p(x + n/d) = q(d*x + n) with q(y) = p(y/d).
        let (n, d) = (shift.numerator(), shift.denominator());
        let cleared = self.numerator.reverse_scaled(&d, degree).taylor_shift(&n).scale_argument(&d);
        RationalPolynomial::reduced(cleared, &self.denominator * d.pow(degree))
    }

    /// The polynomial to a machine power.
    pub fn pow(&self, exponent: usize) -> RationalPolynomial {
        RationalPolynomial { numerator: self.numerator.pow(exponent), denominator: self.denominator.pow(exponent) }
    }

    /// Quotient and remainder; `None` for divisor 0.
    pub fn div_rem(&self, divisor: &RationalPolynomial) -> Option<(RationalPolynomial, RationalPolynomial)> {
        let (content, primitive) = divisor.split_content();
        let degree = primitive.degree()?;
        let steps = self.numerator.len().saturating_sub(degree);
        let (quotient, remainder) = self.numerator.pseudo_div_rem(&primitive)?;
        let scale = &self.denominator * primitive.leading().pow(steps);
        let quotient = RationalPolynomial::reduced(quotient, scale.clone()).scale(&content.recip()?);
        Some((quotient, RationalPolynomial::reduced(remainder, scale)))
    }

    /// The quotient if the division leaves no remainder; `None` otherwise and for divisor 0.
    pub fn div_exact(&self, divisor: &RationalPolynomial) -> Option<RationalPolynomial> {
        let (content, primitive) = self.split_content();
        let (divisor_content, divisor) = divisor.split_content();
        let quotient = primitive.div_exact(&divisor)?;
        Some(RationalPolynomial::from(quotient).scale(&content.checked_div(&divisor_content)?))
    }

    /// The monic greatest common divisor; zero for two zeros.
    pub fn gcd(&self, other: &RationalPolynomial) -> RationalPolynomial {
        RationalPolynomial::from(self.numerator.gcd(&other.numerator)).monic()
    }
}

impl IntegerPolynomial {
    /// `d^degree * p(x/d)`.
    pub(crate) fn reverse_scaled(&self, d: &Integer, degree: usize) -> IntegerPolynomial {
        if d.is_one() {
            return self.clone();
        }
        let mut power = d.pow((degree + 1).saturating_sub(self.len()));
        let mut row: Vec<Integer> = Vec::with_capacity(self.len());
        for coefficient in self.coefficients().iter().rev() {
            row.push(coefficient * &power);
            power *= d;
        }
        row.reverse();
        IntegerPolynomial::new(row)
    }
}

impl From<IntegerPolynomial> for RationalPolynomial {
    fn from(numerator: IntegerPolynomial) -> RationalPolynomial {
        RationalPolynomial { numerator, denominator: Integer::ONE }
    }
}

/// `a op b` over the least common denominator.
fn combine(
    a: &RationalPolynomial,
    b: &RationalPolynomial,
    work: impl Fn(&IntegerPolynomial, &IntegerPolynomial) -> IntegerPolynomial,
) -> RationalPolynomial {
    if a.denominator == b.denominator {
        return RationalPolynomial::reduced(work(&a.numerator, &b.numerator), a.denominator.clone());
    }
    let common = a.denominator.lcm(&b.denominator);
    let left = a.numerator.scale(&common.div_exact(&a.denominator));
    let right = b.numerator.scale(&common.div_exact(&b.denominator));
    RationalPolynomial::reduced(work(&left, &right), common)
}

impl Add for &RationalPolynomial {
    type Output = RationalPolynomial;

    fn add(self, other: &RationalPolynomial) -> RationalPolynomial {
        combine(self, other, |a, b| a + b)
    }
}

impl Sub for &RationalPolynomial {
    type Output = RationalPolynomial;

    fn sub(self, other: &RationalPolynomial) -> RationalPolynomial {
        combine(self, other, |a, b| a - b)
    }
}

impl Mul for &RationalPolynomial {
    type Output = RationalPolynomial;

    fn mul(self, other: &RationalPolynomial) -> RationalPolynomial {
        let numerator = &self.numerator * &other.numerator;
        RationalPolynomial::reduced(numerator, &self.denominator * &other.denominator)
    }
}

impl Neg for &RationalPolynomial {
    type Output = RationalPolynomial;

    fn neg(self) -> RationalPolynomial {
        RationalPolynomial { numerator: -&self.numerator, denominator: self.denominator.clone() }
    }
}

impl fmt::Display for RationalPolynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.denominator.is_one() {
            true => write!(f, "{}", self.numerator),
            false => write!(f, "({})/{}", self.numerator, self.denominator),
        }
    }
}

impl fmt::Debug for RationalPolynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
