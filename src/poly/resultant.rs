//! Resultants and discriminants, by images modulo word primes up to Hadamard's bound.

use crate::number::{Integer, Rational};

use super::dense::IntegerPolynomial;
use super::gcd::Residues;
use super::modular::large_primes;
use super::rational::RationalPolynomial;

impl IntegerPolynomial {
    /// The resultant; 0 exactly if there is a common root (or one of the two is zero).
    pub fn resultant(&self, other: &IntegerPolynomial) -> Integer {
        let (Some(m), Some(n)) = (self.degree(), other.degree()) else { return Integer::ZERO };
        if n == 0 {
            return other.leading().pow(m);
        }
        if m == 0 {
            return self.leading().pow(n);
        }
        let ((content_a, a), (content_b, b)) = (self.split_content(), other.split_content());
        let scale = content_a.pow(n) * content_b.pow(m);
        scale * primitive_resultant(&a, &b)
    }

    /// The discriminant; 0 exactly if there is a multiple root (or for constants).
    pub fn discriminant(&self) -> Integer {
        let Some(n) = self.degree().filter(|&n| n > 0) else { return Integer::ZERO };
        let value = self.resultant(&self.derivative()).div_exact(self.leading());
        if n * (n - 1) / 2 % 2 == 1 { -value } else { value }
    }
}

/// The resultant of polynomials of positive degree. Its absolute value is at most `|a|^n |b|^m` in the 2-norm, so
/// images modulo enough primes determine it.
fn primitive_resultant(a: &IntegerPolynomial, b: &IntegerPolynomial) -> Integer {
    let (m, n) = (a.len() - 1, b.len() - 1);
    let bound = (n * a.norm_squared().bit_length() + m * b.norm_squared().bit_length()) / 2 + 3;
    let mut joined = Residues::default();
    for field in large_primes() {
        let (image_a, image_b) = (field.image(a), field.image(b));
        if image_a.len() != a.len() || image_b.len() != b.len() {
            continue;
        }
        joined.join(&field, &[field.resultant(&image_a, &image_b)]);
        if joined.modulus_bits() > bound {
            break;
        }
    }
    joined.row().first().cloned().unwrap_or(Integer::ZERO)
}

impl RationalPolynomial {
    /// The resultant; 0 exactly if there is a common root (or one of the two is zero).
    pub fn resultant(&self, other: &RationalPolynomial) -> Rational {
        let (Some(m), Some(n)) = (self.degree(), other.degree()) else { return Rational::ZERO };
        let denominator = self.denominator().pow(n) * other.denominator().pow(m);
        Rational::ratio(&self.numerator().resultant(other.numerator()), &denominator).unwrap_or(Rational::ZERO)
    }

    /// The discriminant; 0 exactly if there is a multiple root (or for constants).
    pub fn discriminant(&self) -> Rational {
        let Some(n) = self.degree().filter(|&n| n > 0) else { return Rational::ZERO };
        let denominator = self.denominator().pow(2 * n - 2);
        Rational::ratio(&self.numerator().discriminant(), &denominator).unwrap_or(Rational::ZERO)
    }
}
