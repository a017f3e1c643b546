//! Small polynomials in one variable over machine numbers: products of short factors, where making big integers would
//! take longer than the products.

use super::IntegerPolynomial;
use crate::number::Integer;

/// The largest degree.
const MOST_DEGREE: usize = 64;
/// The magnitudes of all coefficients together stay below this, so that no sum of products overflows.
const MOST_SIZE: f64 = 4.0e37;
/// Below this every coefficient fits a machine word.
const WORD: f64 = 9.0e18;

/// A polynomial of small degree with small coefficients.
#[derive(Clone, Debug)]
pub struct ShortPolynomial {
    /// The coefficients, constant term first.
    row: Vec<i128>,
    /// At least the sum of their magnitudes.
    size: f64,
}

impl ShortPolynomial {
    /// `coefficient * x^exponent`, if that is small.
    pub fn monomial(coefficient: i64, exponent: usize) -> Option<ShortPolynomial> {
        let mut monomial = ShortPolynomial { row: Vec::with_capacity(exponent.min(MOST_DEGREE) + 1), size: 0.0 };
        monomial.add_monomial(coefficient, exponent)?;
        Some(monomial)
    }

    /// Adds `coefficient * x^exponent`, if the sum is small.
    pub fn add_monomial(&mut self, coefficient: i64, exponent: usize) -> Option<()> {
        self.size += coefficient.unsigned_abs() as f64;
        if exponent > MOST_DEGREE || self.size > MOST_SIZE {
            return None;
        }
        if self.row.len() <= exponent {
            self.row.resize(exponent + 1, 0);
        }
        self.row[exponent] += i128::from(coefficient);
        Some(())
    }

    /// The coefficients, constant term first.
    pub fn coefficients(&self) -> &[i128] {
        &self.row
    }

    /// Adds a number times another one, if the sum is small.
    pub fn add_scaled(&mut self, other: &ShortPolynomial, factor: i64) -> Option<()> {
        self.size += other.size * factor.unsigned_abs() as f64;
        if self.size > MOST_SIZE {
            return None;
        }
        if self.row.len() < other.row.len() {
            self.row.resize(other.row.len(), 0);
        }
        for (sum, c) in self.row.iter_mut().zip(&other.row) {
            *sum += c * i128::from(factor);
        }
        Some(())
    }

    /// The product, if it is small.
    pub fn times(&self, other: &ShortPolynomial) -> Option<ShortPolynomial> {
        let size = self.size * other.size;
        let length = self.row.len() + other.row.len() - 1;
        if length > MOST_DEGREE + 1 || size > MOST_SIZE {
            return None;
        }
        let are_words = self.size < WORD && other.size < WORD;
        let mut row = vec![0; length];
        for (i, b) in other.row.iter().enumerate().filter(|(_, b)| **b != 0) {
            let places = row[i..].iter_mut().zip(&self.row);
            if are_words {
                places.for_each(|(sum, a)| *sum += i128::from(*a as i64) * i128::from(*b as i64));
            } else {
                places.for_each(|(sum, a)| *sum += a * b);
            }
        }
        Some(ShortPolynomial { row, size })
    }

    /// The power, if it is small.
    pub fn power(&self, exponent: usize) -> Option<ShortPolynomial> {
        // Constants could be raised for ever.
        if exponent > MOST_DEGREE {
            return None;
        }
        (1..exponent).try_fold(self.clone(), |power, _| power.times(self)).filter(|_| exponent > 0)
    }
}

impl From<ShortPolynomial> for IntegerPolynomial {
    fn from(short: ShortPolynomial) -> IntegerPolynomial {
        IntegerPolynomial::new(short.row.into_iter().map(Integer::from).collect())
    }
}
