//! Random polynomials with fixed seeds, for the tests of this room.

use crate::number::{Integer, Rational};

use super::{IntegerPolynomial, RationalPolynomial};

/// A small generator (xorshift64*), so that tests see the same numbers everywhere.
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub(crate) fn word(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D)
    }

    pub(crate) fn below(&mut self, bound: u64) -> u64 {
        (self.word() >> 11) % bound
    }

    /// A signed integer of at most `bits` bits.
    pub(crate) fn integer(&mut self, bits: usize) -> Integer {
        let mut value = Integer::ZERO;
        for _ in 0..bits.div_ceil(32) {
            value = (&value << 32) + Integer::from(self.word() >> 32);
        }
        let size = &value >> (bits.div_ceil(32) * 32 - bits);
        if self.below(2) == 0 { size } else { -size }
    }

    /// A polynomial of exactly this degree.
    pub(crate) fn polynomial(&mut self, degree: usize, bits: usize) -> IntegerPolynomial {
        let mut row: Vec<Integer> = (0..=degree).map(|_| self.integer(bits)).collect();
        if row[degree].is_zero() {
            row[degree] = Integer::ONE;
        }
        IntegerPolynomial::new(row)
    }

    pub(crate) fn rational(&mut self, bits: usize) -> Rational {
        let denominator = self.integer(bits).abs() + Integer::ONE;
        Rational::ratio(&self.integer(bits), &denominator).unwrap()
    }

    pub(crate) fn rational_polynomial(&mut self, degree: usize, bits: usize) -> RationalPolynomial {
        let row: Vec<Rational> = (0..=degree).map(|_| self.rational(bits)).collect();
        RationalPolynomial::new(&row)
    }
}
