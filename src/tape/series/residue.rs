//! Residues modulo a word-sized prime as coefficients.

use std::cell::Cell;

use super::power::Coefficients;
use super::replay::Image;
use crate::number::Rational;
use crate::poly::Modulus;

/// The field with so many elements.
pub(super) struct Residues {
    pub(super) modulus: Modulus,
    /// The inverses of the small integers.
    inverses: Vec<u64>,
    /// The last element that was divided by, and its inverse.
    last: Cell<(u64, u64)>,
}

impl Residues {
    /// The field, ready to divide by integers up to a bound.
    pub(super) fn new(modulus: Modulus, bound: usize) -> Residues {
        let prime = modulus.prime();
        let mut inverses = vec![0, 1];
        for n in 2..=bound as u64 {
            // prime = q*n + r gives 1/n = -q * 1/r.
            let (q, r) = (prime / n, prime % n);
            inverses.push(modulus.mul(modulus.neg(q), inverses[r as usize]));
        }
        Residues { modulus, inverses, last: Cell::new((1, 1)) }
    }

    fn inverse(&self, a: u64) -> u64 {
        let (last, inverse) = self.last.get();
        if last == a {
            return inverse;
        }
        let inverse = self.modulus.inverse(a);
        self.last.set((a, inverse));
        inverse
    }
}

impl Coefficients for Residues {
    type Element = u64;

    fn integer(&self, value: i64) -> u64 {
        self.modulus.reduce_signed(value)
    }

    fn add(&self, a: &u64, b: &u64) -> u64 {
        self.modulus.add(*a, *b)
    }

    fn negate(&self, a: &u64) -> u64 {
        self.modulus.neg(*a)
    }

    fn multiply(&self, a: &u64, b: &u64) -> u64 {
        self.modulus.mul(*a, *b)
    }

    fn divide(&self, a: &u64, b: &u64) -> u64 {
        self.modulus.mul(*a, self.inverse(*b))
    }

    fn scale(&self, a: &u64, factor: i64) -> u64 {
        match factor {
            1 => *a,
            _ => self.modulus.mul(*a, self.integer(factor)),
        }
    }

    fn divide_small(&self, a: &u64, divisor: i64) -> u64 {
        let inverse = match self.inverses.get(divisor.unsigned_abs() as usize) {
            Some(inverse) => *inverse,
            None => self.modulus.inverse(self.modulus.reduce(divisor.unsigned_abs())),
        };
        let quotient = self.modulus.mul(*a, inverse);
        if divisor < 0 { self.modulus.neg(quotient) } else { quotient }
    }

    fn is_absent(&self, a: &u64) -> bool {
        *a == 0
    }

    /// Products are added up in two words and reduced once in a while: four of them fit beside a reduced sum.
    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e u64, &'e u64)>) -> u64 {
        let limit = u128::from(self.modulus.prime()) << 64;
        let mut total: u128 = 0;
        let mut waiting = 0;
        for (a, b) in pairs {
            total += u128::from(*a) * u128::from(*b);
            waiting += 1;
            if waiting == 4 {
                waiting = 0;
                if total >= limit {
                    total -= limit;
                }
            }
        }
        if total >= limit {
            total -= limit;
        }
        self.modulus.reduce_wide(total)
    }

    fn dot_reversed(&self, a: &[u64], b: &[u64]) -> u64 {
        let limit = u128::from(self.modulus.prime()) << 64;
        let wide = |a: u64, b: u64| u128::from(a) * u128::from(b);
        let (pairs, others) = (a.chunks_exact(4), b.rchunks_exact(4));
        let mut total: u128 = 0;
        for (a, b) in pairs.remainder().iter().zip(others.remainder().iter().rev()) {
            total += wide(*a, *b);
        }
        for (a, b) in pairs.zip(others) {
            if let ([a0, a1, a2, a3], [b0, b1, b2, b3]) = (a, b) {
                if total >= limit {
                    total -= limit;
                }
                total += (wide(*a0, *b3) + wide(*a1, *b2)) + (wide(*a2, *b1) + wide(*a3, *b0));
            }
        }
        self.modulus.reduce_wide(if total >= limit { total - limit } else { total })
    }

    fn lower_sum<'e>(
        &self,
        terms: impl Iterator<Item = (usize, &'e u64, &'e u64)> + Clone,
        y: &'e [u64],
        k: usize,
        (n, d): (i64, i64),
    ) -> u64 {
        // n*j - d*(k - j) = (n + d)*j - d*k, and j*f_j is at hand.
        let moved = self.dot(terms.clone().map(|(j, _, moved)| (moved, &y[k - j])));
        let plain = self.dot(terms.map(|(j, value, _)| (value, &y[k - j])));
        let first = self.modulus.mul(self.integer(n + d), moved);
        self.modulus.sub(first, self.modulus.mul(self.integer(d * k as i64), plain))
    }
}

impl Image for Residues {
    fn image(&self, value: &Rational) -> Option<u64> {
        let denominator = self.modulus.reduce_integer(&value.denominator());
        if denominator == 0 {
            return None;
        }
        Some(self.divide(&self.modulus.reduce_integer(&value.numerator()), &denominator))
    }

    fn lead(&self, value: &Rational) -> Option<u64> {
        self.image(value).filter(|image| *image != 0)
    }
}
