//! The exponential, sine and cosine of `fixed` from some hundred to some ten thousand bits, on rows of words.
//!
//! The methods are those of `fixed`; but the rows are used again, products are computed to the words that count
//! ([`rows`]), and no number is shifted. A row of `n` words has `64*(n - 1)` bits after the point.
#![allow(clippy::indexing_slicing, reason = "indices of words are computed from lengths")]

use dashu_base::BitTest;
use dashu_int::{IBig, UBig};

use super::fixed::term_count;
use super::rows;
use crate::budget;
use crate::number::large;
use crate::number::words::{join_words, split_words};

/// Numbers of more bits are left to the general arithmetic, whose products are asymptotically fast.
const MOST_BITS: usize = 40_000;

/// Products of more words ask the budget first.
const LONG: usize = 150;

/// The least number of words for numbers of so many bits after the point.
fn words_for(bits: usize) -> usize {
    bits.div_ceil(64) + 1
}

/// The bits that a sum of products in rows loses: each product is off by fewer units than there are words.
fn lost_bits(bits: usize) -> usize {
    words_for(bits).ilog2() as usize + 6
}

/// The absolute value of a number at `bits` as a row of `n` words, divided by `2^k`.
fn read(x: &IBig, bits: usize, k: usize, n: usize) -> Vec<u64> {
    let shifted = x << (64 * (n - 1) - bits - k);
    let mut row: Vec<u64> = join_words(shifted.as_sign_words().1).collect();
    row.resize(n, 0);
    row
}

/// A row as a number at `bits`, rounded down.
fn write(row: Vec<u64>, bits: usize) -> IBig {
    let whole = 64 * (row.len() - 1);
    IBig::from(UBig::from_words(&split_words(row)) >> (whole - bits))
}

/// Rows of one length, and room for products.
struct Rows {
    n: usize,
    wide: Vec<u64>,
}

impl Rows {
    fn new(n: usize) -> Rows {
        Rows { n, wide: vec![0; 2 * n] }
    }

    /// Work on long rows asks the budget now and then.
    fn pulse(&self) {
        if self.n > LONG {
            budget::pulse();
        }
    }

    fn product(&mut self, a: &[u64], b: &[u64]) -> Vec<u64> {
        rows::multiply(&mut self.wide, a, b).to_vec()
    }

    fn square(&mut self, a: &[u64]) -> &[u64] {
        rows::square(&mut self.wide, a)
    }

    /// `x^0 ..= x^m`.
    fn powers(&mut self, x: &[u64], m: usize) -> Vec<Vec<u64>> {
        let mut one = vec![0; self.n];
        one[self.n - 1] = 1;
        let mut powers = vec![one, x.to_vec()];
        for index in 2..=m {
            let next = match index % 2 {
                0 => self.square(&powers[index / 2]).to_vec(),
                _ => self.product(&powers[index - 1], x),
            };
            powers.push(next);
        }
        powers
    }

    /// `exp(x)` or `exp(-x)` as `sqrt(1 + s^2) + s` or `- s` with `s = sinh(x)`, a series of half as many terms.
    fn exp_by_sinh(&mut self, x: &[u64], negative: bool) -> Vec<u64> {
        let z = self.square(x).to_vec();
        let rate = leading_zeros(&z);
        let whole = 64 * (self.n - 1);
        let count = term_count(whole, rate.max(1), 2);
        let series = self.factorial_series(&z, rate, count, false, |i| 2 * i * (2 * i + 1));
        let sinh = self.product(x, &series);
        let mut square = self.square(&sinh).to_vec();
        square[self.n - 1] += 1;
        let root = large::sqrt_rem(&(UBig::from_words(&split_words(square)) << whole)).0;
        let mut value: Vec<u64> = join_words(root.as_words()).collect();
        value.resize(self.n, 0);
        combine(&mut value, &sinh, 1, if negative { -1 } else { 1 });
        value
    }

    /// The sum over `i < count` of `x^i / (d(1) d(2) ... d(i))`, with `sign^i`, for `x < 2^-rate`, by rectangular
    /// splitting as in `fixed`. What stands at a power of `x` is computed to the words that count there.
    fn factorial_series(
        &mut self,
        x: &[u64],
        rate: usize,
        count: usize,
        alternating: bool,
        divisor: impl Fn(u64) -> u64,
    ) -> Vec<u64> {
        /// The divisors that are gathered stay below this, so that sums fit the word before the point.
        const LARGEST_DIVISOR: u64 = 1 << 62;
        let n = self.n;
        // A power costs more than a block's product, which is shorter.
        let block = ((count as f64).sqrt() * 0.7).ceil() as usize;
        let powers = self.powers(x, block);
        let mut gathered = vec![0; n];
        let mut pending = 1_u64;
        let mut idle = 0;
        for index in (0..count).rev() {
            let place = index % block;
            if place == block - 1 || index == count - 1 {
                idle = (rate * (index - place) / 64).saturating_sub(1).min(n - 2);
                self.pulse();
                if index + 1 < count {
                    let length = n - idle;
                    let product =
                        rows::multiply(&mut self.wide[..2 * length], &gathered[idle..], &powers[block][idle..]);
                    gathered[idle..].copy_from_slice(product);
                }
            }
            let next = divisor(index as u64 + 1);
            pending = match pending.checked_mul(next).filter(|product| *product < LARGEST_DIVISOR) {
                Some(product) => product,
                None => {
                    rows::divide(&mut gathered[idle..], pending);
                    next
                }
            };
            match alternating {
                true => rows::subtract_from_product(&mut gathered[idle..], pending, &powers[place][idle..]),
                false => {
                    rows::add_product(&mut gathered[idle..], pending, &powers[place][idle..]);
                }
            }
        }
        rows::divide(&mut gathered, pending);
        gathered
    }
}

/// How often an argument is halved.
fn halvings(bits: usize) -> usize {
    (1.1 * pxfm::f_cbrt(bits as f64)) as usize
}

/// The number of leading zero bits after the point.
fn leading_zeros(row: &[u64]) -> usize {
    let zeros = row.iter().rev().skip(1).take_while(|word| **word == 0).count();
    64 * zeros + row.iter().rev().nth(1 + zeros).map_or(0, |word| word.leading_zeros() as usize)
}

/// `exp(x)` for `|x| < 1`; `None` for numbers that are too long.
///
/// The series is off by fewer than `2^lost_bits` units, and each of the `k` squarings doubles that.
pub(super) fn exp(x: &IBig, bits: usize) -> Option<IBig> {
    if bits > MOST_BITS {
        return None;
    }
    let k = halvings(bits).saturating_sub(bits - x.bit_len().min(bits));
    let working = bits + k + lost_bits(bits) + 4;
    let mut rows = Rows::new(words_for(working));
    let reduced = read(x, bits, k, rows.n);
    let mut value = if rows.n > LONG {
        rows.exp_by_sinh(&reduced, *x < IBig::ZERO)
    } else {
        let rate = leading_zeros(&reduced);
        let count = term_count(working, rate.max(1), 1);
        rows.factorial_series(&reduced, rate, count, *x < IBig::ZERO, |i| i)
    };
    for _ in 0..k {
        rows.pulse();
        let square = rows.square(&value);
        value.copy_from_slice(square);
    }
    Some(write(value, bits))
}

/// Sine and cosine for `0 <= x < 1`; `None` for numbers that are too long.
///
/// With `v = 1 - cos`, doubling is `v -> 2v(2 - v)`, which multiplies the error by four at most; the sine
/// `sqrt(v(2 - v))` divides it by the sine.
pub(super) fn sin_cos(x: &IBig, bits: usize) -> Option<(IBig, IBig)> {
    let small = bits - x.bit_len().min(bits);
    if bits + small > MOST_BITS || small >= bits {
        return None;
    }
    let k = halvings(bits).saturating_sub(small);
    let working = bits + 2 * k + 2 * small + lost_bits(bits) + 6;
    let mut rows = Rows::new(words_for(working));
    let reduced = read(x, bits, k, rows.n);
    let z = rows.square(&reduced).to_vec();
    let rate = leading_zeros(&z);
    let count = term_count(working, rate.max(1), 2);
    let series = rows.factorial_series(&z, rate, count, true, |i| (2 * i + 1) * (2 * i + 2));
    let mut v = rows.product(&z, &series);
    rows::divide(&mut v, 2);
    for _ in 0..k {
        rows.pulse();
        let square = rows.square(&v);
        combine(&mut v, square, 4, -2);
    }
    let mut squared_sine = v.clone();
    combine(&mut squared_sine, rows.square(&v), 2, -1);
    let whole = 64 * (rows.n - 1);
    let sine = large::sqrt_rem(&(UBig::from_words(&split_words(squared_sine)) << whole)).0;
    let mut one = vec![0; rows.n];
    one[rows.n - 1] = 1;
    rows::subtract_from_product(&mut v, 1, &one);
    Some((IBig::from(sine) >> (whole - bits), write(v, bits)))
}

/// `row = p*row + q*other`.
fn combine(row: &mut [u64], other: &[u64], p: i64, q: i64) {
    let mut carry = 0_i128;
    for (place, digit) in row.iter_mut().zip(other) {
        let sum = i128::from(*place) * i128::from(p) + i128::from(*digit) * i128::from(q) + carry;
        *place = sum as u64;
        carry = sum >> 64;
    }
}
