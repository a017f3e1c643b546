//! Products of sparse polynomials.
//!
//! Where the box of possible exponents is not much larger than the work, sums are kept in an array over the box
//! (a dense Kronecker product that skips absent terms); elsewhere in a hash table over packed monomials.

use std::collections::HashMap;
use std::ops::Mul;

use crate::budget;
use crate::number::Integer;

use super::super::multiply::machine_words;
use super::SparsePolynomial;
use super::key::{Key, Layout, QuickHash};

/// The largest array of sums.
const LARGEST_BOX: u64 = 1 << 22;

impl Mul for &SparsePolynomial {
    type Output = SparsePolynomial;

    fn mul(self, other: &SparsePolynomial) -> SparsePolynomial {
        let variables = self.variables.max(other.variables);
        if self.variables != other.variables {
            return &self.with_variables(variables) * &other.with_variables(variables);
        }
        let (long, short) = if self.len() >= other.len() { (self, other) } else { (other, self) };
        match (short.leading(), short.len()) {
            (None, _) => SparsePolynomial::zero(variables),
            (Some(_), 1) if short.is_one() => long.clone(),
            (Some((exponents, c)), 1) => long.multiply_by_monomial(exponents).scale(c),
            _ => product(long, short),
        }
    }
}

/// The size of the box of exponents up to the given ones, if it is at most `limit`.
pub(super) fn box_size(degrees: &[u64], limit: u64) -> Option<u64> {
    degrees.iter().try_fold(1u64, |size, degree| size.checked_mul(degree.checked_add(1)?).filter(|size| *size <= limit))
}

fn product(a: &SparsePolynomial, b: &SparsePolynomial) -> SparsePolynomial {
    let degrees: Vec<u64> = a.degrees().iter().zip(b.degrees()).map(|(x, y)| x + y).collect();
    let terms = (a.len() as u64).saturating_mul(b.len() as u64);
    if let Some(size) = box_size(&degrees, LARGEST_BOX.min(4 * terms + 64)) {
        return boxed_product(a, b, &degrees, size as usize);
    }
    let layout = Layout::for_degrees(&degrees);
    match layout.bits() {
        0..=64 => hashed_product::<u64>(a, b, &layout),
        65..=128 => hashed_product::<u128>(a, b, &layout),
        _ => hashed_product::<Vec<u64>>(a, b, &layout),
    }
}

/// Bits of a bound for the coefficients of the product.
fn product_bits(a: &SparsePolynomial, b: &SparsePolynomial) -> usize {
    a.height_bits() + b.height_bits() + (usize::BITS - b.len().leading_zeros()) as usize
}

/// The places of the terms in the box, in mixed radix with variable 0 highest.
pub(super) fn places(p: &SparsePolynomial, degrees: &[u64]) -> Vec<usize> {
    let place = |exponents: &[u64]| {
        exponents.iter().zip(degrees).fold(0, |place, (&e, &degree)| place * (degree as usize + 1) + e as usize)
    };
    p.terms().map(|(exponents, _)| place(exponents)).collect()
}

/// Reads the polynomial off the coefficients at the places of a box, last place first.
pub(super) fn from_box(degrees: &[u64], row: impl DoubleEndedIterator<Item = (usize, Integer)>) -> SparsePolynomial {
    let mut result = SparsePolynomial::zero(degrees.len());
    let mut exponents = vec![0; degrees.len()];
    for (place, c) in budget::paced(row.rev()) {
        let mut rest = place as u64;
        for (slot, degree) in exponents.iter_mut().zip(degrees).rev() {
            *slot = rest % (degree + 1);
            rest /= degree + 1;
        }
        result.push(&exponents, c);
    }
    result
}

fn boxed_product(a: &SparsePolynomial, b: &SparsePolynomial, degrees: &[u64], size: usize) -> SparsePolynomial {
    let (at_a, at_b) = (places(a, degrees), places(b, degrees));
    let bits = product_bits(a, b);
    if bits <= 126
        && let (Some(words_a), Some(words_b)) = (machine_words(&a.coefficients), machine_words(&b.coefficients))
    {
        if bits <= 63 {
            let sums = sums_in_box(size, (&at_a, &words_a), (&at_b, &words_b), |sum: &mut i64, x, y| {
                *sum = sum.wrapping_add(x.wrapping_mul(*y));
            });
            let kept = sums.into_iter().enumerate().filter(|(_, sum)| *sum != 0);
            return from_box(degrees, kept.map(|(place, sum)| (place, Integer::new(sum))));
        }
        let sums = sums_in_box(size, (&at_a, &words_a), (&at_b, &words_b), |sum: &mut i128, x, y| {
            *sum += i128::from(*x) * i128::from(*y);
        });
        let kept = sums.into_iter().enumerate().filter(|(_, sum)| *sum != 0);
        return from_box(degrees, kept.map(|(place, sum)| (place, Integer::from(sum))));
    }
    let sums = sums_in_box(size, (&at_a, &a.coefficients), (&at_b, &b.coefficients), |sum: &mut Integer, x, y| {
        *sum += x * y;
    });
    from_box(degrees, sums.into_iter().enumerate())
}

/// Adds every product to the place that is the sum of the places of its factors.
fn sums_in_box<C, S: Clone + Default>(
    size: usize,
    (at_a, a): (&[usize], &[C]),
    (at_b, b): (&[usize], &[C]),
    add: impl Fn(&mut S, &C, &C),
) -> Vec<S> {
    let mut sums = vec![S::default(); size];
    for (y, start) in b.iter().zip(at_b) {
        budget::pulse_between_rows(a.len());
        let Some(window) = sums.get_mut(*start..) else { continue };
        for (x, place) in a.iter().zip(at_a) {
            if let Some(sum) = window.get_mut(*place) {
                add(sum, x, y);
            }
        }
    }
    sums
}

/// The packed monomials of the terms.
pub(super) fn keys<K: Key>(p: &SparsePolynomial, layout: &Layout) -> Vec<K> {
    p.terms().map(|(exponents, _)| K::pack(exponents, layout)).collect()
}

/// The polynomial with the given terms in any order, no monomial twice.
pub(super) fn from_keys<K: Key>(variables: usize, layout: &Layout, mut rows: Vec<(K, Integer)>) -> SparsePolynomial {
    rows.sort_unstable_by(|a, b| b.0.cmp(&a.0));
    let mut result = SparsePolynomial::zero(variables);
    for (key, c) in rows {
        if !c.is_zero() {
            key.unpack(layout, &mut result.exponents);
            result.coefficients.push(c);
        }
    }
    result
}

fn hashed_product<K: Key>(a: &SparsePolynomial, b: &SparsePolynomial, layout: &Layout) -> SparsePolynomial {
    let (keys_a, keys_b) = (keys::<K>(a, layout), keys::<K>(b, layout));
    if product_bits(a, b) <= 126
        && let (Some(words_a), Some(words_b)) = (machine_words(&a.coefficients), machine_words(&b.coefficients))
    {
        let sums = sums_by_key((&keys_a, &words_a), (&keys_b, &words_b), |sum: &mut i128, x, y| {
            *sum += i128::from(*x) * i128::from(*y);
        });
        let rows = sums.into_iter().map(|(key, sum)| (key, Integer::from(sum))).collect();
        return from_keys(a.variables, layout, rows);
    }
    let sums = sums_by_key((&keys_a, &a.coefficients), (&keys_b, &b.coefficients), |sum: &mut Integer, x, y| {
        *sum += x * y;
    });
    from_keys(a.variables, layout, sums.into_iter().collect())
}

fn sums_by_key<K: Key, C, S: Default>(
    (keys_a, a): (&[K], &[C]),
    (keys_b, b): (&[K], &[C]),
    add: impl Fn(&mut S, &C, &C),
) -> HashMap<K, S, QuickHash> {
    let mut sums: HashMap<K, S, QuickHash> = HashMap::default();
    sums.reserve(2 * (a.len() + b.len()));
    for (y, key_b) in b.iter().zip(keys_b) {
        budget::pulse_between_rows(a.len());
        for (x, key_a) in a.iter().zip(keys_a) {
            add(sums.entry(key_a.times(key_b)).or_default(), x, y);
        }
    }
    sums
}
