//! Products of very large integers by a number-theoretic transform.
//!
//! The prime is `p = 2^64 - 2^32 + 1`: residues fit a word, reduction takes no division, and there are roots of unity of
//! every order `2^k <= 2^32` (Pollard, "The fast Fourier transform in a finite field", 1971). Integers are cut into
//! digits short enough that no coefficient of the product reaches `p`. The forward transform leaves its values in
//! bit-reversed order, which the backward one takes; both halve their problem recursively, so that small parts stay in
//! the cache. The budget is asked between parts.
#![allow(clippy::indexing_slicing, reason = "indices of digits are computed from lengths")]

use crate::budget;
use crate::number::words::{Writer, limb_at};

const PRIME: u64 = 0xffff_ffff_0000_0001;
/// `2^64 mod p`.
const WRAP: u64 = 0xffff_ffff;
/// A generator of the multiplicative group.
const GENERATOR: u64 = 7;
/// Parts of this length are transformed without asking the budget.
const QUIET: usize = 1 << 14;

fn add(a: u64, b: u64) -> u64 {
    let (sum, over) = a.overflowing_add(b);
    let sum = if over { sum.wrapping_add(WRAP) } else { sum };
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn sub(a: u64, b: u64) -> u64 {
    let (difference, under) = a.overflowing_sub(b);
    if under { difference.wrapping_sub(WRAP) } else { difference }
}

/// With `x = low + 2^64 (middle + 2^32 high)`: `2^64 = 2^32 - 1` and `2^96 = -1` modulo `p`.
fn mul(a: u64, b: u64) -> u64 {
    let product = u128::from(a) * u128::from(b);
    let (low, top) = (product as u64, (product >> 64) as u64);
    let (difference, under) = low.overflowing_sub(top >> 32);
    let difference = if under { difference.wrapping_sub(WRAP) } else { difference };
    let (sum, over) = difference.overflowing_add((top & WRAP) * WRAP);
    let sum = if over { sum.wrapping_add(WRAP) } else { sum };
    if sum >= PRIME { sum - PRIME } else { sum }
}

fn power(base: u64, mut exponent: u64) -> u64 {
    let (mut result, mut square) = (1, base);
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = mul(result, square);
        }
        square = mul(square, square);
        exponent >>= 1;
    }
    result
}

/// For every power of two `h < length`, the powers `0 .. h` of a root of unity of order `2h`, at `h ..`.
fn roots(length: usize) -> Vec<u64> {
    let mut table = vec![1; length.max(2)];
    let mut half = 1;
    while half < length {
        let root = power(GENERATOR, (PRIME - 1) / (2 * half as u64));
        let mut value = 1;
        for entry in &mut table[half..2 * half] {
            *entry = value;
            value = mul(value, root);
        }
        half *= 2;
    }
    table
}

fn forward(values: &mut [u64], roots: &[u64]) {
    let half = values.len() / 2;
    if half == 0 {
        return;
    }
    if half >= QUIET {
        budget::pulse();
    }
    let (low, high) = values.split_at_mut(half);
    for ((a, b), root) in low.iter_mut().zip(high.iter_mut()).zip(&roots[half..]) {
        (*a, *b) = (add(*a, *b), mul(sub(*a, *b), *root));
    }
    forward(low, roots);
    forward(high, roots);
}

/// The inverse of [`forward`] but for a factor and the order of the values: with the roots of the forward transform the
/// result comes out as `y[-i]`.
fn backward(values: &mut [u64], roots: &[u64]) {
    let half = values.len() / 2;
    if half == 0 {
        return;
    }
    if half >= QUIET {
        budget::pulse();
    }
    let (low, high) = values.split_at_mut(half);
    backward(low, roots);
    backward(high, roots);
    for ((a, b), root) in low.iter_mut().zip(high.iter_mut()).zip(&roots[half..]) {
        let turned = mul(*b, *root);
        (*a, *b) = (add(*a, turned), sub(*a, turned));
    }
}

/// The digits of `width` bits of an integer given by its limbs.
fn digits(limbs: &[u64], width: usize, length: usize) -> Vec<u64> {
    let mask = (1 << width) - 1;
    let count = (64 * limbs.len()).div_ceil(width);
    let mut digits = Vec::with_capacity(length);
    digits.extend((0..count.min(length)).map(|index| limb_at(limbs, index * width) & mask));
    digits.resize(length, 0);
    digits
}

/// The limbs of the product of two integers given by theirs; without a second one, the square.
pub(super) fn product(a: &[u64], b: Option<&[u64]>) -> Vec<u64> {
    let bits = 64 * (a.len() + b.map_or(a.len(), <[u64]>::len));
    let (width, length) = (1..=24)
        .rev()
        .map(|width| (width, (bits.div_ceil(width) + 2).next_power_of_two()))
        .find(|(width, length)| 2 * width + length.trailing_zeros() as usize <= 63)
        .unwrap_or((1, bits.next_power_of_two()));
    let roots = roots(length);
    let mut values = digits(a, width, length);
    forward(&mut values, &roots);
    match b {
        None => values.iter_mut().for_each(|value| *value = mul(*value, *value)),
        Some(b) => {
            let mut other = digits(b, width, length);
            forward(&mut other, &roots);
            values.iter_mut().zip(&other).for_each(|(value, other)| *value = mul(*value, *other));
        }
    }
    backward(&mut values, &roots);
    collect(&values, width, bits)
}

/// Carries the coefficients of a product, which stand at `0, -1, -2, ...`, into an integer of `bits` bits.
fn collect(values: &[u64], width: usize, bits: usize) -> Vec<u64> {
    let scale = power(values.len() as u64, PRIME - 2);
    let mut writer = Writer::with_capacity(bits / 64 + 2);
    let (mut carry, mask) = (0_u128, (1 << width) - 1);
    let in_order = values.first().into_iter().chain(values.iter().skip(1).rev());
    for (index, value) in in_order.enumerate() {
        if index * width >= bits {
            break;
        }
        carry += u128::from(mul(*value, scale));
        writer.put(carry as u64 & mask, width);
        carry >>= width;
    }
    writer.into_limbs()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn residues_obey_the_laws_at_the_edges() {
        for a in [0, 1, 2, PRIME - 1, PRIME - 2, WRAP, WRAP + 1, 1 << 63] {
            for b in [0, 1, PRIME - 1, WRAP, WRAP + 2, 1 << 32] {
                let wide = |value: u128| (value % u128::from(PRIME)) as u64;
                assert_eq!(add(a, b), wide(u128::from(a) + u128::from(b)));
                assert_eq!(mul(a, b), wide(u128::from(a) * u128::from(b)));
                assert_eq!(add(sub(a, b), b), a);
            }
        }
        assert_eq!(power(GENERATOR, (PRIME - 1) / 2), PRIME - 1);
    }
}
