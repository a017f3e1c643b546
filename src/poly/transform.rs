//! Convolution by number-theoretic transforms modulo up to three primes of the form `c * 2^30 + 1`, joined by the Chinese
//! remainder theorem: products of long rows of moderate coefficients, and of huge integers cut into limbs.
//!
//! Butterflies keep residues below twice the prime (Harvey, "Faster arithmetic for number-theoretic transforms", 2014).
#![allow(
    clippy::indexing_slicing,
    reason = "indices run over lengths computed here; checks would dominate the inner loops"
)]

use crate::number::Integer;

use super::modular::Modulus;

/// The primes `c * 2^30 + 1` next below `2^62`, with an element that is no square.
const PRIMES: [(u64, u64); 3] =
    [(4_611_685_944_339_202_049, 3), (4_611_685_941_117_976_577, 3), (4_611_685_917_495_656_449, 11)];
/// The longest transform that the primes allow, as its binary logarithm.
const LARGEST_LOG: u32 = 30;

/// A factor and its companion for fast products.
type Twiddle = (u64, u64);

/// The transforms of one length modulo one prime.
struct Transform {
    field: Modulus,
    /// For each half-length `h = 1, 2, 4, ...` the powers of a root of unity of order `2h`, at `h..2h`.
    roots: Vec<Twiddle>,
    inverse_roots: Vec<Twiddle>,
    size: usize,
}

impl Transform {
    fn new((prime, generator): (u64, u64), log: u32) -> Transform {
        let field = Modulus::new(prime);
        let size = 1usize << log;
        let root = field.pow(generator, (prime - 1) >> log);
        let (roots, inverse_roots) = (powers(&field, root, size), powers(&field, field.inverse(root), size));
        Transform { field, roots, inverse_roots, size }
    }

    /// Decimation in frequency: natural order in, bit-reversed order out, values below twice the prime.
    fn forward(&self, row: &mut [u64]) {
        let double = 2 * self.field.prime();
        let mut half = self.size / 2;
        while half > 0 {
            let roots = &self.roots[half..2 * half];
            for block in row.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for ((a, b), root) in low.iter_mut().zip(high).zip(roots) {
                    let (sum, difference) = (*a + *b, *a + double - *b);
                    *a = if sum >= double { sum - double } else { sum };
                    *b = self.field.mul_lazy(difference, *root);
                }
            }
            half /= 2;
        }
    }

    /// Undoes [`Transform::forward`], up to the factor `size`.
    fn backward(&self, row: &mut [u64]) {
        let double = 2 * self.field.prime();
        let mut half = 1;
        while half < self.size {
            let roots = &self.inverse_roots[half..2 * half];
            for block in row.chunks_exact_mut(2 * half) {
                let (low, high) = block.split_at_mut(half);
                for ((a, b), root) in low.iter_mut().zip(high).zip(roots) {
                    let moved = self.field.mul_lazy(*b, *root);
                    let (sum, difference) = (*a + moved, *a + double - moved);
                    *a = if sum >= double { sum - double } else { sum };
                    *b = if difference >= double { difference - double } else { difference };
                }
            }
            half *= 2;
        }
    }

    /// The first `length` entries of the convolution of rows of residues.
    fn convolve(&self, a: Vec<u64>, b: Option<Vec<u64>>, length: usize) -> Vec<u64> {
        let prime = self.field.prime();
        let spectrum = |mut row: Vec<u64>| {
            row.resize(self.size, 0);
            self.forward(&mut row);
            row.iter_mut().for_each(|x| *x -= if *x >= prime { prime } else { 0 });
            row
        };
        let mut row = spectrum(a);
        match b.map(spectrum) {
            Some(other) => row.iter_mut().zip(other).for_each(|(x, y)| *x = self.field.mul(*x, y)),
            None => row.iter_mut().for_each(|x| *x = self.field.mul(*x, *x)),
        }
        self.backward(&mut row);
        row.truncate(length);
        let scale = self.field.inverse(self.size as u64);
        let scale = (scale, self.field.companion(scale));
        for x in &mut row {
            let value = self.field.mul_lazy(*x, scale);
            *x = if value >= prime { value - prime } else { value };
        }
        row
    }
}

/// The powers of roots of unity for all half-lengths; the given root has order `size`.
fn powers(field: &Modulus, root: u64, size: usize) -> Vec<Twiddle> {
    let mut table = vec![(1, field.companion(1)); size];
    let step = (root, field.companion(root));
    let half = size / 2;
    for i in half + 1..size {
        let value = field.mul_companion(table[i - 1].0, step.0, step.1);
        table[i] = (value, field.companion(value));
    }
    for i in (1..half).rev() {
        table[i] = table[2 * i];
    }
    table
}

/// The product of two rows of integers whose coefficients have at most `bits` bits, sign apart; `None` if that is too
/// much for three primes or the rows are too long.
pub(super) fn product(a: &[Integer], b: &[Integer], bits: usize) -> Option<Vec<Integer>> {
    let length = a.len() + b.len() - 1;
    let log = length.next_power_of_two().trailing_zeros();
    let count = (bits + 1).div_ceil(61);
    if count > PRIMES.len() || log > LARGEST_LOG {
        return None;
    }
    let same = std::ptr::eq(a, b);
    let mut images = PRIMES.iter().take(count).map(|&prime| {
        let transform = Transform::new(prime, log);
        let image = |row: &[Integer]| row.iter().map(|c| transform.field.reduce_integer(c)).collect::<Vec<u64>>();
        let row = transform.convolve(image(a), (!same).then(|| image(b)), length);
        (transform.field, row)
    });
    let (field, row) = images.next()?;
    let second = images.next();
    let third = images.next();
    Some(match (second, third) {
        (Some((_, second)), Some((_, third))) => {
            let join = Join::new();
            (0..length).map(|i| join.signed(row[i], second[i], third[i])).collect()
        }
        (Some((_, second)), None) => {
            let join = Join::new();
            (0..length).map(|i| join.signed_pair(row[i], second[i])).collect()
        }
        _ => row.iter().map(|&c| Integer::new(field.symmetric(c))).collect(),
    })
}

/// The product of two natural numbers given by limbs, least significant first; `None` if they are too long.
pub(super) fn product_of_limbs(a: &[u64], b: &[u64]) -> Option<Vec<u64>> {
    let length = a.len() + b.len() - 1;
    let log = length.next_power_of_two().trailing_zeros();
    if log > LARGEST_LOG {
        return None;
    }
    let same = std::ptr::eq(a, b);
    let [first, second, third] = PRIMES.map(|prime| {
        let transform = Transform::new(prime, log);
        let image = |row: &[u64]| row.iter().map(|&c| transform.field.reduce(c)).collect::<Vec<u64>>();
        transform.convolve(image(a), (!same).then(|| image(b)), length)
    });
    let join = Join::new();
    let mut limbs = Vec::with_capacity(length + 2);
    let (mut low, mut high) = (0u128, 0u64);
    for i in 0..length {
        // The carry is below 2^128, the sum of products below 2^(128 + log).
        let (value, top) = join.natural(first[i], second[i], third[i]);
        let (sum, over) = low.overflowing_add(value);
        high += top + u64::from(over);
        limbs.push(sum as u64);
        low = sum >> 64 | u128::from(high) << 64;
        high = 0;
    }
    limbs.extend([low as u64, (low >> 64) as u64]);
    Some(limbs)
}

/// Garner's constants for the three primes.
struct Join {
    fields: [Modulus; 3],
    /// One over the first prime modulo the second.
    first_in_second: u64,
    first_in_third: u64,
    second_in_third: u64,
    first_two: u128,
}

impl Join {
    fn new() -> Join {
        let fields = PRIMES.map(|(prime, _)| Modulus::new(prime));
        let [first, second, third] = fields;
        Join {
            fields,
            first_in_second: second.inverse(second.reduce(first.prime())),
            first_in_third: third.inverse(third.reduce(first.prime())),
            second_in_third: third.inverse(third.reduce(second.prime())),
            first_two: u128::from(first.prime()) * u128::from(second.prime()),
        }
    }

    /// The digits in mixed radix: the value is `r1 + p1*(d2 + p2*d3)`.
    fn digits(&self, r1: u64, r2: u64, r3: u64) -> (u64, u64) {
        let [_, second, third] = &self.fields;
        let d2 = second.mul(second.sub(r2, second.reduce(r1)), self.first_in_second);
        let rest = third.mul(third.sub(r3, third.reduce(r1)), self.first_in_third);
        let d3 = third.mul(third.sub(rest, third.reduce(d2)), self.second_in_third);
        (d2, d3)
    }

    /// The value below the product of the primes, as its low 128 bits and the rest.
    fn natural(&self, r1: u64, r2: u64, r3: u64) -> (u128, u64) {
        let (d2, d3) = self.digits(r1, r2, r3);
        let pair = u128::from(r1) + u128::from(self.fields[0].prime()) * u128::from(d2);
        let (low_part, high_part) = (self.first_two & u128::from(u64::MAX), self.first_two >> 64);
        let low = low_part * u128::from(d3);
        let high = high_part * u128::from(d3);
        let (sum, over) = low.overflowing_add(high << 64);
        let (sum, again) = sum.overflowing_add(pair);
        (sum, (high >> 64) as u64 + u64::from(over) + u64::from(again))
    }

    /// The value of least absolute value modulo the three primes.
    fn signed(&self, r1: u64, r2: u64, r3: u64) -> Integer {
        let [first, second, third] = &self.fields;
        let (low, high) = self.natural(r1, r2, r3);
        // The product of the primes has 186 bits: the upper half of its residues is negative.
        if high >> 56 != 0 {
            let (low, high) = self.natural(first.neg(r1), second.neg(r2), third.neg(r3));
            return Integer::from_limbs(true, vec![low as u64, (low >> 64) as u64, high]);
        }
        match (high, i128::try_from(low)) {
            (0, Ok(small)) => Integer::from(small),
            _ => Integer::from_limbs(false, vec![low as u64, (low >> 64) as u64, high]),
        }
    }

    /// The value of least absolute value modulo the first two primes.
    fn signed_pair(&self, r1: u64, r2: u64) -> Integer {
        let [first, second, _] = &self.fields;
        let d2 = second.mul(second.sub(r2, second.reduce(r1)), self.first_in_second);
        let value = (u128::from(r1) + u128::from(first.prime()) * u128::from(d2)) as i128;
        let modulus = self.first_two as i128;
        Integer::from(if value > modulus / 2 { value - modulus } else { value })
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::Random;
    use super::*;

    #[test]
    fn products_agree_with_the_definition() {
        let mut random = Random::new(81);
        for (m, n, bits) in [(1, 1, 10), (5, 9, 20), (40, 33, 25), (33, 64, 55), (20, 20, 85), (64, 64, 87)] {
            let a: Vec<Integer> = (0..m).map(|_| random.integer(bits)).collect();
            let b: Vec<Integer> = (0..n).map(|_| random.integer(bits)).collect();
            let answer = product(&a, &b, 2 * bits + 7).unwrap();
            for (k, c) in answer.iter().enumerate() {
                let pairs = (0..m).filter(|i| k >= *i && k - i < n);
                assert_eq!(*c, pairs.fold(Integer::ZERO, |sum, i| sum + &a[i] * &b[k - i]), "{k}");
            }
        }
        assert!(product(&[Integer::ONE], &[Integer::ONE], 200).is_none());
    }

    #[test]
    fn limbs_multiply_like_integers() {
        let mut random = Random::new(82);
        for (m, n) in [(64, 64), (640, 1000), (64 * 40, 64 * 25)] {
            let all_ones = (&Integer::ONE << m) - Integer::ONE;
            for (a, b) in [(random.integer(m), random.integer(n)), (all_ones.clone(), all_ones)] {
                let limbs = product_of_limbs(&a.limbs(), &b.limbs()).unwrap();
                assert_eq!(Integer::from_limbs(false, limbs), a.abs() * b.abs());
            }
        }
    }
}
