//! Dense polynomials in one variable over the integers.
//!
//! Invariant: the last coefficient is not zero, so equal polynomials have equal coefficient rows and zero has none.

use std::fmt;
use std::ops::{Add, Mul, Neg, Sub};

use crate::number::{Integer, Rational};

use super::{multiply, power};

/// A polynomial in one variable with integer coefficients.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct IntegerPolynomial {
    coefficients: Vec<Integer>,
}

static ZERO: Integer = Integer::ZERO;

impl IntegerPolynomial {
    /// The polynomial with the given coefficients, constant term first.
    pub fn new(mut coefficients: Vec<Integer>) -> IntegerPolynomial {
        while coefficients.last().is_some_and(Integer::is_zero) {
            coefficients.pop();
        }
        IntegerPolynomial { coefficients }
    }

    /// The polynomial with the given machine coefficients, constant term first.
    pub fn from_i64(coefficients: &[i64]) -> IntegerPolynomial {
        IntegerPolynomial::new(coefficients.iter().map(|&value| Integer::new(value)).collect())
    }

    /// Zero.
    pub fn zero() -> IntegerPolynomial {
        IntegerPolynomial::default()
    }

    /// One.
    pub fn one() -> IntegerPolynomial {
        IntegerPolynomial::constant(Integer::ONE)
    }

    /// The variable.
    pub fn x() -> IntegerPolynomial {
        IntegerPolynomial::monomial(Integer::ONE, 1)
    }

    /// A constant.
    pub fn constant(value: Integer) -> IntegerPolynomial {
        IntegerPolynomial::new(vec![value])
    }

    /// `coefficient * x^exponent`.
    pub fn monomial(coefficient: Integer, exponent: usize) -> IntegerPolynomial {
        let mut coefficients = vec![Integer::ZERO; exponent];
        coefficients.push(coefficient);
        IntegerPolynomial::new(coefficients)
    }

    /// The degree; zero has none.
    pub fn degree(&self) -> Option<usize> {
        self.coefficients.len().checked_sub(1)
    }

    /// The number of coefficients: one more than the degree, 0 for zero.
    pub fn len(&self) -> usize {
        self.coefficients.len()
    }

    /// Has it no coefficients, as zero has?
    pub fn is_empty(&self) -> bool {
        self.is_zero()
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        self.coefficients.is_empty()
    }

    /// Is it one?
    pub fn is_one(&self) -> bool {
        matches!(&self.coefficients[..], [constant] if constant.is_one())
    }

    /// Is its degree 0, or is it zero?
    pub fn is_constant(&self) -> bool {
        self.coefficients.len() <= 1
    }

    /// The coefficients, constant term first, none for zero.
    pub fn coefficients(&self) -> &[Integer] {
        &self.coefficients
    }

    /// The coefficients, constant term first, none for zero.
    pub fn into_coefficients(self) -> Vec<Integer> {
        self.coefficients
    }

    /// The coefficient of `x^exponent`.
    pub fn coefficient(&self, exponent: usize) -> &Integer {
        self.coefficients.get(exponent).unwrap_or(&ZERO)
    }

    /// The leading coefficient; 0 for zero.
    pub fn leading(&self) -> &Integer {
        self.coefficients.last().unwrap_or(&ZERO)
    }

    /// The number of bits of the largest coefficient.
    pub fn height_bits(&self) -> usize {
        self.coefficients.iter().map(Integer::bit_length).max().unwrap_or(0)
    }

    /// The polynomial with each coefficient replaced.
    pub(crate) fn map(&self, replace: impl Fn(&Integer) -> Integer) -> IntegerPolynomial {
        IntegerPolynomial::new(self.coefficients.iter().map(replace).collect())
    }

    /// The sum of the squares of the coefficients.
    pub fn norm_squared(&self) -> Integer {
        self.coefficients.iter().fold(Integer::ZERO, |sum, c| sum + c * c)
    }

    /// The product with a constant.
    pub fn scale(&self, factor: &Integer) -> IntegerPolynomial {
        IntegerPolynomial::new(self.coefficients.iter().map(|c| c * factor).collect())
    }

    /// The quotient by a constant that divides every coefficient.
    pub fn scale_down(&self, divisor: &Integer) -> IntegerPolynomial {
        if divisor.is_one() {
            return self.clone();
        }
        IntegerPolynomial { coefficients: self.coefficients.iter().map(|c| c.div_exact(divisor)).collect() }
    }

    /// The product with `x^exponent`.
    pub fn shift_up(&self, exponent: usize) -> IntegerPolynomial {
        if self.is_zero() {
            return self.clone();
        }
        let mut coefficients = vec![Integer::ZERO; exponent];
        coefficients.extend_from_slice(&self.coefficients);
        IntegerPolynomial { coefficients }
    }

    /// The quotient by `x^exponent`, lower terms dropped.
    pub fn shift_down(&self, exponent: usize) -> IntegerPolynomial {
        IntegerPolynomial { coefficients: self.coefficients.get(exponent..).unwrap_or(&[]).to_vec() }
    }

    /// The terms below `x^length`.
    pub fn truncate(&self, length: usize) -> IntegerPolynomial {
        IntegerPolynomial::new(self.coefficients.iter().take(length).cloned().collect())
    }

    /// How often `x` divides the polynomial; 0 for zero.
    pub fn valuation(&self) -> usize {
        self.coefficients.iter().position(|c| !c.is_zero()).unwrap_or(0)
    }

    /// The polynomial with its coefficients in reverse, `x^n * p(1/x)`.
    pub fn reverse(&self) -> IntegerPolynomial {
        IntegerPolynomial::new(self.coefficients.iter().rev().cloned().collect())
    }

    /// The gcd of the coefficients with the sign of the leading one; 0 for zero.
    pub fn content(&self) -> Integer {
        let mut content = Integer::ZERO;
        for coefficient in self.coefficients.iter().rev() {
            content = content.gcd(coefficient);
            if content.is_one() {
                break;
            }
        }
        if self.leading().is_negative() { -content } else { content }
    }

    /// The polynomial divided by its content: coprime coefficients, the leading one positive.
    pub fn primitive_part(&self) -> IntegerPolynomial {
        self.split_content().1
    }

    /// Content and primitive part, whose product is the polynomial.
    pub fn split_content(&self) -> (Integer, IntegerPolynomial) {
        let content = self.content();
        let primitive = if self.is_zero() { self.clone() } else { self.scale_down(&content) };
        (content, primitive)
    }

    /// The derivative.
    pub fn derivative(&self) -> IntegerPolynomial {
        let terms = self.coefficients.iter().enumerate().skip(1);
        IntegerPolynomial { coefficients: terms.map(|(i, c)| c * Integer::from(i)).collect() }
    }

    /// The value at an integer.
    pub fn evaluate(&self, at: &Integer) -> Integer {
        self.coefficients.iter().rev().fold(Integer::ZERO, |sum, c| sum * at + c)
    }

    /// The value at a rational.
    pub fn evaluate_rational(&self, at: &Rational) -> Rational {
        let Some(degree) = self.degree() else { return Rational::ZERO };
        let value = self.evaluate_homogeneous(&at.numerator(), &at.denominator());
        Rational::ratio(&value, &at.denominator().pow(degree)).unwrap_or(Rational::ZERO)
    }

    /// `d^degree * p(n/d)`.
    pub fn evaluate_homogeneous(&self, n: &Integer, d: &Integer) -> Integer {
        if d.is_one() {
            return self.evaluate(n);
        }
        let (mut sum, mut power) = (Integer::ZERO, Integer::ONE);
        for coefficient in self.coefficients.iter().rev() {
            sum = sum * n + coefficient * &power;
            power *= d;
        }
        sum
    }

    /// The sign of the value at a rational: -1, 0 or 1.
    pub fn sign_at(&self, at: &Rational) -> i32 {
        self.evaluate_homogeneous(&at.numerator(), &at.denominator()).signum()
    }

    /// `p(-x)`.
    pub fn negate_argument(&self) -> IntegerPolynomial {
        let terms = self.coefficients.iter().enumerate();
        IntegerPolynomial { coefficients: terms.map(|(i, c)| if i % 2 == 1 { -c } else { c.clone() }).collect() }
    }

    /// `p(factor * x)`.
    pub fn scale_argument(&self, factor: &Integer) -> IntegerPolynomial {
        let mut power = Integer::ONE;
        let scaled = self.coefficients.iter().map(|c| {
            let term = c * &power;
            power *= factor;
            term
        });
        IntegerPolynomial::new(scaled.collect())
    }

    /// `p(x^exponent)`, `exponent >= 1`.
    pub fn inflate(&self, exponent: usize) -> IntegerPolynomial {
        let Some(degree) = self.degree() else { return self.clone() };
        let mut coefficients = vec![Integer::ZERO; degree * exponent + 1];
        for (slot, coefficient) in coefficients.iter_mut().step_by(exponent).zip(&self.coefficients) {
            *slot = coefficient.clone();
        }
        IntegerPolynomial { coefficients }
    }

    /// The greatest `k` for which the polynomial is a polynomial in `x^k`; 0 for constants.
    pub fn deflation(&self) -> usize {
        let exponents = self.coefficients.iter().enumerate().filter(|(_, c)| !c.is_zero());
        exponents.fold(0, |k, (i, _)| gcd(k, i))
    }

    /// The `q` with `q(x^exponent)` equal to the polynomial, where [`Self::deflation`] allows `exponent >= 1`.
    pub fn deflate(&self, exponent: usize) -> IntegerPolynomial {
        IntegerPolynomial { coefficients: self.coefficients.iter().step_by(exponent).cloned().collect() }
    }

    /// `p(q(x))`, by Horner's scheme.
    pub fn compose(&self, inner: &IntegerPolynomial) -> IntegerPolynomial {
        self.coefficients
            .iter()
            .rev()
            .fold(IntegerPolynomial::zero(), |sum, c| &(&sum * inner) + &IntegerPolynomial::constant(c.clone()))
    }

    /// The polynomial to a machine power, by a recurrence where it is short, else by repeated squaring.
    pub fn pow(&self, exponent: usize) -> IntegerPolynomial {
        if let [low, high] = &self.coefficients[..] {
            return multiply::binomial_power(low, high, exponent);
        }
        if self.is_constant() {
            return IntegerPolynomial::constant(self.coefficient(0).pow(exponent));
        }
        let zeros = self.coefficients.iter().take_while(|c| c.is_zero()).count();
        if let Some(row) = power::short_power(&self.coefficients[zeros..], exponent) {
            let mut shifted = vec![Integer::ZERO; zeros * exponent];
            shifted.extend(row);
            return IntegerPolynomial::new(shifted);
        }
        let mut power = IntegerPolynomial::one();
        for bit in (0..usize::BITS - exponent.leading_zeros()).rev() {
            power = &power * &power;
            if exponent >> bit & 1 == 1 {
                power = &power * self;
            }
        }
        power
    }

    /// The terms of a product below `x^length`.
    pub fn mul_low(&self, other: &IntegerPolynomial, length: usize) -> IntegerPolynomial {
        let (a, b) = (self.truncate(length), other.truncate(length));
        (&a * &b).truncate(length)
    }
}

/// Greatest common divisor of machine numbers; 0 is the neutral element.
pub(crate) fn gcd(a: usize, b: usize) -> usize {
    if b == 0 { a } else { gcd(b, a % b) }
}

impl Mul for &IntegerPolynomial {
    type Output = IntegerPolynomial;

    fn mul(self, other: &IntegerPolynomial) -> IntegerPolynomial {
        IntegerPolynomial { coefficients: multiply::product(&self.coefficients, &other.coefficients) }
    }
}

/// Applies an operation place by place, missing places being zero.
fn zip_with(a: &[Integer], b: &[Integer], work: impl Fn(&Integer, &Integer) -> Integer) -> IntegerPolynomial {
    let common = a.len().min(b.len());
    let mut row: Vec<Integer> = a.iter().zip(b).map(|(x, y)| work(x, y)).collect();
    row.extend(a.iter().skip(common).cloned());
    row.extend(b.iter().skip(common).map(|y| work(&ZERO, y)));
    IntegerPolynomial::new(row)
}

impl Add for &IntegerPolynomial {
    type Output = IntegerPolynomial;

    fn add(self, other: &IntegerPolynomial) -> IntegerPolynomial {
        zip_with(&self.coefficients, &other.coefficients, |x, y| x + y)
    }
}

impl Sub for &IntegerPolynomial {
    type Output = IntegerPolynomial;

    fn sub(self, other: &IntegerPolynomial) -> IntegerPolynomial {
        zip_with(&self.coefficients, &other.coefficients, |x, y| x - y)
    }
}

impl Neg for &IntegerPolynomial {
    type Output = IntegerPolynomial;

    fn neg(self) -> IntegerPolynomial {
        IntegerPolynomial { coefficients: self.coefficients.iter().map(|c| -c).collect() }
    }
}

impl fmt::Display for IntegerPolynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_zero() {
            return write!(f, "0");
        }
        let terms = self.coefficients.iter().enumerate().rev().filter(|(_, c)| !c.is_zero());
        for (place, (exponent, coefficient)) in terms.enumerate() {
            match (place, coefficient.is_negative()) {
                (0, false) => {}
                (0, true) => write!(f, "-")?,
                (_, true) => write!(f, " - ")?,
                (_, false) => write!(f, " + ")?,
            }
            let size = coefficient.abs();
            match (exponent, size.is_one()) {
                (0, _) => write!(f, "{size}")?,
                (_, true) => {}
                (_, false) => write!(f, "{size}*")?,
            }
            match exponent {
                0 => {}
                1 => write!(f, "x")?,
                _ => write!(f, "x^{exponent}")?,
            }
        }
        Ok(())
    }
}

impl fmt::Debug for IntegerPolynomial {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}
