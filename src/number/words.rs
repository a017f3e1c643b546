//! The words of integers, for kernels that pack many coefficients into one integer (Kronecker substitution), reduce
//! modulo word primes, or build results limb by limb.
//!
//! Limbs are 64 bits wide whatever the word of the big-integer library is.
#![allow(clippy::indexing_slicing, reason = "indices of limbs are computed from lengths")]

use std::any::Any;

use dashu_base::Sign;
use dashu_int::{IBig, UBig, Word};

use super::integer::Integer;

const LIMBS_PER_CHUNK: usize = 64 / Word::BITS as usize;

/// Joins the library's words to one limb.
fn join(words: &[Word]) -> u64 {
    words.iter().rev().fold(0, |limb, &word| if LIMBS_PER_CHUNK == 1 { word } else { limb << 32 | word })
}

/// Cuts limbs into the library's words.
fn split(limbs: Vec<u64>) -> Vec<Word> {
    if LIMBS_PER_CHUNK == 1 {
        return limbs.into_iter().map(|limb| limb as Word).collect();
    }
    limbs.into_iter().flat_map(|limb| [limb as u32 as Word, (limb >> 32) as Word]).collect()
}

/// The limbs of the library's words, least significant first.
pub(super) fn join_words(words: &[Word]) -> impl ExactSizeIterator<Item = u64> + DoubleEndedIterator {
    words.chunks(LIMBS_PER_CHUNK).map(join)
}

/// The library's words of limbs, least significant first.
pub(super) fn split_words(limbs: Vec<u64>) -> Vec<Word> {
    split(limbs)
}

impl Integer {
    /// Folds the limbs of the absolute value, most significant first.
    #[inline]
    pub(crate) fn fold_limbs<T>(&self, start: T, mut step: impl FnMut(T, u64) -> T) -> T {
        match self.to_i64() {
            Some(value) => step(start, value.unsigned_abs()),
            None => self.with_big(|big| {
                let (_, words) = big.as_sign_words();
                words.chunks(LIMBS_PER_CHUNK).rev().fold(start, |state, chunk| step(state, join(chunk)))
            }),
        }
    }

    /// The limbs of the absolute value, least significant first.
    pub(crate) fn limbs(&self) -> Vec<u64> {
        match self.to_i64() {
            Some(value) => vec![value.unsigned_abs()],
            None => self.with_big(|big| big.as_sign_words().1.chunks(LIMBS_PER_CHUNK).map(join).collect()),
        }
    }

    /// The integer with the given limbs, least significant first, and sign.
    pub(crate) fn from_limbs(negative: bool, limbs: Vec<u64>) -> Integer {
        let sign = if negative { Sign::Negative } else { Sign::Positive };
        Integer::from(IBig::from_sign_words(sign, &split(limbs)))
    }

    /// As [`Integer::from_limbs`], the row left to its owner.
    #[allow(clippy::ptr_arg, reason = "where words are limbs, it is seen by the type of the row")]
    pub(crate) fn from_limb_row(negative: bool, limbs: &Vec<u64>) -> Integer {
        let sign = if negative { Sign::Negative } else { Sign::Positive };
        let length = limbs.iter().rposition(|limb| *limb != 0).map_or(0, |last| last + 1);
        if length <= 2 {
            // The library holds such without asking for memory.
            let limb = |place: usize| u128::from(limbs.get(place).copied().unwrap_or(0));
            return Integer::from(IBig::from_parts(sign, UBig::from(limb(1) << 64 | limb(0))));
        }
        match (limbs as &dyn Any).downcast_ref::<Vec<Word>>() {
            Some(words) => Integer::from(IBig::from_sign_words(sign, &words[..length])),
            None => Integer::from_limbs(negative, limbs[..length].to_vec()),
        }
    }

    /// `sum c[i] * 2^(bits*i)`. Every `|c[i]|` must be below `2^(bits-1)`.
    pub(crate) fn pack(coefficients: &[Integer], bits: usize) -> Integer {
        let negate = coefficients.last().is_some_and(Integer::is_negative);
        let mut writer = Writer::with_capacity(coefficients.len() * bits / 64 + 2);
        let mut borrow = false;
        for coefficient in coefficients {
            borrow = match coefficient.to_i64() {
                Some(value) => writer.put_small(i128::from(value), negate, borrow, bits),
                None => writer.put_big(coefficient, negate, borrow, bits),
            };
        }
        Integer::from_limbs(negate, writer.limbs)
    }

    /// Undoes [`Integer::pack`]: the `count` signed digits of the integer in base `2^bits`.
    pub(crate) fn unpack(&self, bits: usize, count: usize) -> Vec<Integer> {
        let limbs = self.limbs();
        let (negate, mut carry) = (self.is_negative(), false);
        let digits = 0..count;
        if bits <= 126 {
            return digits.map(|i| small_digit(&limbs, i * bits, bits, negate, &mut carry)).collect();
        }
        digits.map(|i| big_digit(&limbs, i * bits, bits, negate, &mut carry)).collect()
    }
}

/// Appends fields of bits to a growing row of limbs.
pub(super) struct Writer {
    limbs: Vec<u64>,
    length: usize,
}

impl Writer {
    /// A writer with room for so many limbs.
    pub(super) fn with_capacity(limbs: usize) -> Writer {
        Writer { limbs: Vec::with_capacity(limbs), length: 0 }
    }

    /// What was written.
    pub(super) fn into_limbs(self) -> Vec<u64> {
        self.limbs
    }

    /// Appends the low `width <= 64` bits, the rest of `value` being zero.
    #[inline]
    pub(super) fn put(&mut self, value: u64, width: usize) {
        let offset = self.length % 64;
        match self.limbs.last_mut() {
            Some(last) if offset != 0 => {
                *last |= value << offset;
                if offset + width > 64 {
                    self.limbs.push(value >> (64 - offset));
                }
            }
            _ => self.limbs.push(value),
        }
        self.length += width;
    }

    /// Appends a machine integer as a two's complement field; tells whether the next field owes a borrow.
    #[inline]
    fn put_small(&mut self, value: i128, negate: bool, borrow: bool, bits: usize) -> bool {
        let value = if negate { -value } else { value } - i128::from(borrow);
        let mut left = bits;
        let mut rest = value;
        while left > 64 {
            self.put(rest as u64, 64);
            rest >>= 64;
            left -= 64;
        }
        let mask = if left == 64 { u64::MAX } else { (1 << left) - 1 };
        self.put(rest as u64 & mask, left);
        value < 0
    }

    /// As [`Writer::put_small`] for an integer beyond a machine word.
    fn put_big(&mut self, value: &Integer, negate: bool, borrow: bool, bits: usize) -> bool {
        let negative = value.is_negative() != negate;
        let mut limbs = value.limbs();
        limbs.resize(bits.div_ceil(64), 0);
        if negative != borrow {
            // -v = !(v - 1) and -v - 1 = !v; for a positive value the borrow is a plain decrement.
            decrement(&mut limbs);
        }
        if negative {
            limbs.iter_mut().for_each(|limb| *limb = !*limb);
        }
        let mut left = bits;
        for limb in limbs {
            let width = left.min(64);
            let mask = if width == 64 { u64::MAX } else { (1 << width) - 1 };
            self.put(limb & mask, width);
            left -= width;
        }
        negative
    }
}

fn decrement(limbs: &mut [u64]) {
    for limb in limbs {
        let (value, underflow) = limb.overflowing_sub(1);
        *limb = value;
        if !underflow {
            return;
        }
    }
}

fn increment(limbs: &mut [u64]) {
    for limb in limbs {
        let (value, overflow) = limb.overflowing_add(1);
        *limb = value;
        if !overflow {
            return;
        }
    }
}

/// The limb that starts at a bit; beyond the end there are zeros.
#[inline]
pub(super) fn limb_at(limbs: &[u64], bit: usize) -> u64 {
    let (index, offset) = (bit / 64, bit % 64);
    let low = limbs.get(index).map_or(0, |limb| limb >> offset);
    if offset == 0 { low } else { low | limbs.get(index + 1).map_or(0, |limb| limb << (64 - offset)) }
}

/// A signed digit of at most 126 bits.
#[inline]
fn small_digit(limbs: &[u64], bit: usize, bits: usize, negate: bool, carry: &mut bool) -> Integer {
    let mut digit = u128::from(limb_at(limbs, bit));
    if bits > 64 {
        digit |= u128::from(limb_at(limbs, bit + 64)) << 64;
    }
    digit = (digit & ((1 << bits) - 1)) + u128::from(*carry);
    let mut value = digit as i128;
    *carry = digit >> (bits - 1) != 0;
    if *carry {
        value -= 1 << bits;
    }
    Integer::from(if negate { -value } else { value })
}

/// A signed digit of any size.
fn big_digit(limbs: &[u64], bit: usize, bits: usize, negate: bool, carry: &mut bool) -> Integer {
    let last = bits / 64;
    let mask = (1u64 << (bits % 64)) - 1;
    let mut digit: Vec<u64> = (0..=last).map(|i| limb_at(limbs, bit + 64 * i)).collect();
    digit[last] &= mask;
    if *carry {
        increment(&mut digit);
    }
    *carry = digit[last] > mask || digit[(bits - 1) / 64] >> ((bits - 1) % 64) != 0;
    if *carry {
        // 2^bits - digit, which is 0 when the incoming carry ran over.
        digit.iter_mut().for_each(|limb| *limb = !*limb);
        increment(&mut digit);
        digit[last] &= mask;
    }
    Integer::from_limbs(*carry != negate, digit)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packing_and_unpacking_are_inverse_at_every_width() {
        let big = Integer::new(3).pow(100);
        let values = [
            Integer::new(5),
            -&big,
            Integer::new(-1),
            Integer::ZERO,
            big.clone(),
            Integer::new(-7),
            Integer::new(-1),
            Integer::new(-1),
            Integer::ZERO,
            -&big,
            -&big,
            big.clone(),
            Integer::new(1),
            Integer::new(i64::MIN),
        ];
        for bits in 160..330 {
            for end in 1..=values.len() {
                let packed = Integer::pack(&values[..end], bits);
                assert_eq!(packed.unpack(bits, end), &values[..end], "{bits} bits");
            }
        }
        let small = [3, -4, 3, -1, -1, 0, 0, -4, 2, -1, 3].map(Integer::new);
        for bits in 4..200 {
            for end in 1..=small.len() {
                assert_eq!(Integer::pack(&small[..end], bits).unpack(bits, end), &small[..end], "{bits} bits");
            }
        }
    }

    #[test]
    fn packed_products_are_products_of_polynomials() {
        let (a, b) = ([1, -2, 3].map(Integer::new), [-4, 0, 5, -6].map(Integer::new));
        let product = Integer::pack(&a, 9) * Integer::pack(&b, 9);
        assert_eq!(product.unpack(9, 6), [-4, 8, -7, -16, 27, -18].map(Integer::new));
    }
}
