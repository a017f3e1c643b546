//! Arithmetic modulo a word-sized prime, and polynomials over that field as rows of residues, constant term first.
//!
//! Division by the modulus is by its reciprocal (Moeller and Granlund, "Improved division by invariant integers"),
//! repeated products with one factor by Shoup's trick. Rows never end in zero.
#![allow(
    clippy::indexing_slicing,
    reason = "indices run over lengths computed here; checks would dominate the inner loops"
)]

use crate::budget;
use crate::number::Integer;

use super::dense::IntegerPolynomial;

/// An odd prime below `2^62` with what fast reduction needs.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Modulus {
    prime: u64,
    shift: u32,
    normal: u64,
    reciprocal: u64,
    /// `2^64` over the prime, rounded down.
    inverse_word: u64,
}

/// The largest primes below `2^62`, as distances from it.
const LARGE_PRIMES: [u64; 24] = [
    57, 87, 117, 143, 153, 167, 171, 195, 203, 273, 287, 317, 443, 483, 495, 575, 581, 603, 633, 663, 765, 773, 777,
    791,
];

/// Primes from just below `2^62` downwards.
pub(crate) fn large_primes() -> impl Iterator<Item = Modulus> {
    let start = 1u64 << 62;
    let table = LARGE_PRIMES.iter().map(move |distance| start - distance);
    let rest = (1..start / 2 - LARGE_PRIMES[23]).map(move |i| start - LARGE_PRIMES[23] - 2 * i);
    table.chain(rest.filter(|&candidate| is_prime(candidate))).map(Modulus::new)
}

/// Is an odd number above 40 prime? Miller and Rabin's test, proved for words with these bases (Sorenson and Webster).
fn is_prime(n: u64) -> bool {
    let field = Modulus::new(n);
    let twos = (n - 1).trailing_zeros();
    [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37].iter().all(|&base| {
        let mut power = field.pow(base, (n - 1) >> twos);
        power == 1
            || (0..twos).any(|_| {
                let found = power == n - 1;
                power = field.mul(power, power);
                found
            })
    })
}

/// Odd primes from 3 upwards.
pub(crate) fn small_primes() -> impl Iterator<Item = u64> {
    (3u64..).step_by(2).filter(|&n| (3..).step_by(2).take_while(|d| d * d <= n).all(|d| n % d != 0))
}

impl Modulus {
    /// The field of residues modulo an odd prime below `2^62`.
    pub(crate) fn new(prime: u64) -> Modulus {
        let shift = prime.leading_zeros();
        let normal = prime << shift;
        let reciprocal = (u128::MAX / u128::from(normal)) as u64;
        Modulus { prime, shift, normal, reciprocal, inverse_word: u64::MAX / prime }
    }

    /// The prime.
    pub(crate) fn prime(&self) -> u64 {
        self.prime
    }

    /// Quotient and remainder of `high * 2^64 + low` by the prime, `high < prime`.
    #[inline]
    fn divide_pair(&self, high: u64, low: u64) -> (u64, u64) {
        let wide = (u128::from(high) << 64 | u128::from(low)) << self.shift;
        let (high, low) = ((wide >> 64) as u64, wide as u64);
        let estimate = u128::from(self.reciprocal) * u128::from(high) + wide;
        let mut quotient = ((estimate >> 64) as u64).wrapping_add(1);
        let mut rest = low.wrapping_sub(quotient.wrapping_mul(self.normal));
        if rest > estimate as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(self.normal);
        }
        if rest >= self.normal {
            quotient = quotient.wrapping_add(1);
            rest -= self.normal;
        }
        (quotient, rest >> self.shift)
    }

    /// `high * 2^64 + low` modulo the prime, `high < prime`.
    #[inline]
    fn reduce_pair(&self, high: u64, low: u64) -> u64 {
        self.divide_pair(high, low).1
    }

    /// Two words modulo the prime; the value is below the prime times `2^64`.
    #[inline]
    pub(crate) fn reduce_wide(&self, value: u128) -> u64 {
        self.reduce_pair((value >> 64) as u64, value as u64)
    }

    /// A word modulo the prime (Barrett): the quotient's estimate is too small by one at most.
    #[inline]
    pub(crate) fn reduce(&self, value: u64) -> u64 {
        let quotient = ((u128::from(value) * u128::from(self.inverse_word)) >> 64) as u64;
        let rest = value - quotient * self.prime;
        if rest >= self.prime { rest - self.prime } else { rest }
    }

    /// A machine integer modulo the prime.
    pub(crate) fn reduce_signed(&self, value: i64) -> u64 {
        let size = self.reduce(value.unsigned_abs());
        if value < 0 { self.neg(size) } else { size }
    }

    /// An integer modulo the prime.
    #[inline]
    pub(crate) fn reduce_integer(&self, value: &Integer) -> u64 {
        if let Some(small) = value.to_i64() {
            return self.reduce_signed(small);
        }
        let size = value.fold_limbs(0, |rest, limb| self.reduce_pair(rest, limb));
        if value.is_negative() { self.neg(size) } else { size }
    }

    /// The representative of least absolute value.
    pub(crate) fn symmetric(&self, value: u64) -> i64 {
        if value > self.prime / 2 { value as i64 - self.prime as i64 } else { value as i64 }
    }

    #[inline]
    pub(crate) fn add(&self, a: u64, b: u64) -> u64 {
        let sum = a + b;
        if sum >= self.prime { sum - self.prime } else { sum }
    }

    #[inline]
    pub(crate) fn sub(&self, a: u64, b: u64) -> u64 {
        if a >= b { a - b } else { a + self.prime - b }
    }

    #[inline]
    pub(crate) fn neg(&self, a: u64) -> u64 {
        if a == 0 { 0 } else { self.prime - a }
    }

    #[inline]
    pub(crate) fn mul(&self, a: u64, b: u64) -> u64 {
        if self.prime < 1 << 32 {
            return self.reduce(a * b);
        }
        let wide = u128::from(a) * u128::from(b);
        self.reduce_pair((wide >> 64) as u64, wide as u64)
    }

    /// `a` to a power.
    pub(crate) fn pow(&self, a: u64, mut exponent: u64) -> u64 {
        let (mut base, mut power) = (self.reduce(a), self.reduce(1));
        while exponent > 0 {
            if exponent & 1 == 1 {
                power = self.mul(power, base);
            }
            base = self.mul(base, base);
            exponent >>= 1;
        }
        power
    }

    /// The inverse of a non-zero residue, by Euclid's algorithm.
    pub(crate) fn inverse(&self, a: u64) -> u64 {
        let (mut r0, mut r1) = (self.prime, a);
        let (mut s0, mut s1) = (0i64, 1i64);
        while r1 != 0 {
            let quotient = r0 / r1;
            (r0, r1) = (r1, r0 - quotient * r1);
            (s0, s1) = (s1, s0.wrapping_sub((quotient as i64).wrapping_mul(s1)));
        }
        if s0 < 0 { (s0 + self.prime as i64) as u64 } else { s0 as u64 }
    }

    /// What makes products with `factor` fast: `floor(factor * 2^64 / prime)`.
    #[inline]
    pub(crate) fn companion(&self, factor: u64) -> u64 {
        self.divide_pair(factor, 0).0
    }

    /// `a * factor` for any word `a`, up to one multiple of the prime: below twice the prime.
    #[inline]
    pub(crate) fn mul_lazy(&self, a: u64, (factor, companion): (u64, u64)) -> u64 {
        let quotient = ((u128::from(a) * u128::from(companion)) >> 64) as u64;
        a.wrapping_mul(factor).wrapping_sub(quotient.wrapping_mul(self.prime))
    }

    /// `a * factor`, given the companion of `factor`.
    #[inline]
    pub(crate) fn mul_companion(&self, a: u64, factor: u64, companion: u64) -> u64 {
        let rest = self.mul_lazy(a, (factor, companion));
        if rest >= self.prime { rest - self.prime } else { rest }
    }

    /// The image of an integer polynomial.
    pub(crate) fn image(&self, p: &IntegerPolynomial) -> Vec<u64> {
        self.image_row(p.coefficients())
    }

    /// The image of a row of integers.
    pub(crate) fn image_row(&self, row: &[Integer]) -> Vec<u64> {
        trimmed(row.iter().map(|c| self.reduce_integer(c)).collect())
    }

    /// The integer polynomial with coefficients of least absolute value.
    pub(crate) fn lift(&self, row: &[u64]) -> IntegerPolynomial {
        IntegerPolynomial::new(row.iter().map(|&c| Integer::new(self.symmetric(c))).collect())
    }

    /// `a + b`.
    pub(crate) fn sum(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let (long, short) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        let mut row = long.to_vec();
        for (x, &y) in row.iter_mut().zip(short) {
            *x = self.add(*x, y);
        }
        trimmed(row)
    }

    /// `a - b`.
    pub(crate) fn difference(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut row = a.to_vec();
        row.resize(a.len().max(b.len()), 0);
        for (x, &y) in row.iter_mut().zip(b) {
            *x = self.sub(*x, y);
        }
        trimmed(row)
    }

    /// `factor * a`.
    pub(crate) fn scaled(&self, a: &[u64], factor: u64) -> Vec<u64> {
        let companion = self.companion(factor);
        trimmed(a.iter().map(|&x| self.mul_companion(x, factor, companion)).collect())
    }

    /// `a` with leading coefficient one; zero stays.
    pub(crate) fn monic(&self, a: &[u64]) -> Vec<u64> {
        match a.last() {
            None | Some(1) => a.to_vec(),
            Some(&lead) => self.scaled(a, self.inverse(lead)),
        }
    }

    /// `a * b`.
    pub(crate) fn product(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let (a, b) = if a.len() >= b.len() { (a, b) } else { (b, a) };
        if b.is_empty() {
            return Vec::new();
        }
        if self.sums_fit(b.len()) {
            return self.product_words(a, b);
        }
        let length = a.len() + b.len() - 1;
        let mut row = Vec::with_capacity(length);
        for place in 0..length {
            budget::pulse_between_rows(b.len());
            let first = place.saturating_sub(b.len() - 1);
            let last = place.min(a.len() - 1);
            let mut sum = 0u128;
            let fold = u128::from(self.prime) << 64;
            for (x, y) in a[first..=last].iter().zip(b[place - last..=place - first].iter().rev()) {
                sum += u128::from(*x) * u128::from(*y);
                if sum >= fold {
                    sum -= fold;
                }
            }
            row.push(self.reduce_pair((sum >> 64) as u64, sum as u64));
        }
        trimmed(row)
    }

    /// The product where no sum of products leaves a word.
    fn product_words(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let mut row = vec![0u64; a.len() + b.len() - 1];
        for (i, &y) in b.iter().enumerate().filter(|(_, y)| **y != 0) {
            budget::pulse_between_rows(a.len());
            for (sum, &x) in row[i..].iter_mut().zip(a) {
                *sum += half_word_product(x, y);
            }
        }
        row.iter_mut().for_each(|sum| *sum = self.reduce(*sum));
        trimmed(row)
    }

    /// Leaves the remainder by a non-zero `divisor` in `a`; hands the quotient's coefficients to `keep`, highest first.
    fn divide(&self, a: &mut Vec<u64>, divisor: &[u64], mut keep: impl FnMut(usize, u64)) {
        let degree = divisor.len() - 1;
        let lead = divisor[degree];
        let inverse = if lead == 1 { 1 } else { self.inverse(lead) };
        let steps = a.len().saturating_sub(degree);
        let lazy = self.sums_fit(steps + 1);
        if !lazy && steps == 2 && degree > 1 {
            self.divide_twice(a, divisor, inverse, keep);
            return;
        }
        for place in (0..steps).rev() {
            budget::pulse_between_rows(degree);
            let top = if lazy { self.reduce(a[place + degree]) } else { a[place + degree] };
            let factor = if inverse == 1 { top } else { self.mul(top, inverse) };
            keep(place, factor);
            if factor == 0 {
                continue;
            }
            let row = a[place..place + degree].iter_mut().zip(divisor);
            let negative = self.prime - factor;
            if lazy {
                row.for_each(|(x, &y)| *x += half_word_product(negative, y));
                continue;
            }
            let companion = self.companion(negative);
            row.for_each(|(x, &y)| *x = self.add(*x, self.mul_companion(y, negative, companion)));
        }
        a.truncate(degree);
        if lazy {
            a.iter_mut().for_each(|x| *x = self.reduce(*x));
        }
        trim(a);
    }

    /// As `divide` for a quotient of two terms, as they come in Euclid's algorithm: both multiples go off in one pass.
    fn divide_twice(&self, a: &mut Vec<u64>, divisor: &[u64], inverse: u64, mut keep: impl FnMut(usize, u64)) {
        let degree = divisor.len() - 1;
        let first = self.mul(a[degree + 1], inverse);
        let next = self.sub(a[degree], self.mul(first, divisor[degree - 1]));
        let second = self.mul(next, inverse);
        keep(1, first);
        keep(0, second);
        let pair = |factor: u64| {
            let negative = self.neg(factor);
            (negative, self.companion(negative))
        };
        let (high, low) = (pair(first), pair(second));
        let mut before = 0;
        for (x, &y) in a[..degree].iter_mut().zip(divisor) {
            // Below four times the prime, which is below 2^62.
            let high_part = self.mul_companion(before, high.0, high.1);
            let sum = *x + high_part + self.mul_lazy(y, low);
            let sum = if sum >= 2 * self.prime { sum - 2 * self.prime } else { sum };
            *x = if sum >= self.prime { sum - self.prime } else { sum };
            before = y;
        }
        a.truncate(degree);
        trim(a);
    }

    /// Do sums of this many products of residues, and one residue more, fit a word?
    fn sums_fit(&self, count: usize) -> bool {
        if self.prime >= 1 << 32 {
            return false;
        }
        let largest = (self.prime - 1) * (self.prime - 1);
        largest.checked_mul(count as u64 + 1).is_some()
    }

    /// The remainder of `a` by a non-zero divisor.
    pub(crate) fn remainder(&self, mut a: Vec<u64>, divisor: &[u64]) -> Vec<u64> {
        self.divide(&mut a, divisor, |_, _| {});
        a
    }

    /// Quotient and remainder by a non-zero divisor.
    pub(crate) fn div_rem(&self, a: &[u64], divisor: &[u64]) -> (Vec<u64>, Vec<u64>) {
        let mut rest = a.to_vec();
        let mut quotient = vec![0; (a.len() + 1).saturating_sub(divisor.len())];
        self.divide(&mut rest, divisor, |place, factor| quotient[place] = factor);
        (trimmed(quotient), rest)
    }

    /// The monic greatest common divisor; zero for two zeros.
    pub(crate) fn gcd(&self, a: &[u64], b: &[u64]) -> Vec<u64> {
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        while !b.is_empty() {
            if b.len() == 1 {
                return vec![1];
            }
            budget::pulse_between_rows(b.len());
            self.divide(&mut a, &b, |_, _| {});
            std::mem::swap(&mut a, &mut b);
        }
        self.monic(&a)
    }

    /// `(g, s, t)` with `s*a + t*b = g`, the monic greatest common divisor of non-zero polynomials.
    pub(crate) fn extended_gcd(&self, a: &[u64], b: &[u64]) -> (Vec<u64>, Vec<u64>, Vec<u64>) {
        let (mut r0, mut r1) = (a.to_vec(), b.to_vec());
        let (mut s0, mut s1) = (vec![1], Vec::new());
        while !r1.is_empty() {
            let (quotient, rest) = self.div_rem(&r0, &r1);
            let s2 = self.difference(&s0, &self.product(&quotient, &s1));
            (r0, r1, s0, s1) = (r1, rest, s1, s2);
        }
        let inverse = self.inverse(r0.last().copied().unwrap_or(1));
        let (g, s) = (self.scaled(&r0, inverse), self.scaled(&s0, inverse));
        let t = self.div_rem(&self.difference(&g, &self.product(&s, a)), b).0;
        (g, s, t)
    }

    /// The derivative.
    pub(crate) fn derivative(&self, a: &[u64]) -> Vec<u64> {
        let terms = a.iter().enumerate().skip(1);
        trimmed(terms.map(|(i, &c)| self.mul(c, self.reduce(i as u64))).collect())
    }

    /// The value at a residue.
    pub(crate) fn evaluate(&self, a: &[u64], at: u64) -> u64 {
        a.iter().rev().fold(0, |sum, &c| self.add(self.mul(sum, at), c))
    }

    /// `base^exponent` modulo a polynomial of positive degree.
    pub(crate) fn power_modulo(&self, base: &[u64], exponent: u64, modulo: &[u64]) -> Vec<u64> {
        let mut power = vec![1];
        for bit in (0..64 - exponent.leading_zeros()).rev() {
            power = self.remainder(self.product(&power, &power), modulo);
            if exponent >> bit & 1 == 1 {
                power = self.remainder(self.product(&power, base), modulo);
            }
        }
        power
    }

    /// The resultant of two non-zero polynomials, by Euclid's algorithm.
    pub(crate) fn resultant(&self, a: &[u64], b: &[u64]) -> u64 {
        let (mut a, mut b) = (a.to_vec(), b.to_vec());
        let mut result = 1;
        loop {
            let (m, n) = (a.len() - 1, b.len() - 1);
            if n == 0 {
                return self.mul(result, self.pow(b[0], m as u64));
            }
            // res(a, b) = (-1)^(mn) lead(b)^(m - deg r) res(b, r), r = a mod b.
            let lead = b[n];
            self.divide(&mut a, &b, |_, _| {});
            if a.is_empty() {
                return 0;
            }
            if m % 2 == 1 && n % 2 == 1 {
                result = self.neg(result);
            }
            if m + 1 >= a.len() {
                result = self.mul(result, self.pow(lead, (m + 1 - a.len()) as u64));
            }
            std::mem::swap(&mut a, &mut b);
        }
    }
}

/// The product of two numbers below `2^32`, which vector units have an instruction for.
#[inline]
fn half_word_product(a: u64, b: u64) -> u64 {
    u64::from(a as u32) * u64::from(b as u32)
}

/// Drops the zeros at the end of a row.
pub(crate) fn trim(row: &mut Vec<u64>) {
    while row.last() == Some(&0) {
        row.pop();
    }
}

/// The row without the zeros at its end.
pub(crate) fn trimmed(mut row: Vec<u64>) -> Vec<u64> {
    trim(&mut row);
    row
}
