//! Arithmetic of very large integers that can be stopped: products, quotients, roots, common divisors and digits.
//!
//! Below the sizes given here the work is the big-integer library's, which is done in a blink. Above, it is divided here
//! until the parts are of such a size, and the budget of the program is asked between the parts ([`budget::pulse`]).
//! Everything rests on the product, which is a transform ([`transform`]) for very large factors.

mod common;
mod radix;
mod root;
mod transform;

use dashu_base::{DivRem, Sign};
use dashu_int::{IBig, UBig, Word};

use super::words::{join_words, split_words};
use crate::budget;

pub(crate) use common::gcd;
pub(crate) use radix::{parse, to_text};
pub(crate) use root::{nth_root, sqrt_rem};

/// Factors shorter than so many bits are multiplied by the library.
const SHORT_FACTOR: usize = 200_000;

/// Divisors shorter than so many bits are left to the library, a piece of the dividend at a time.
const SHORT_DIVISOR: usize = 200_000;

/// Operands of more words than this ask the budget first: loops over them are not to wait for a check of their own.
const LONG: usize = 1000;

fn limbs(value: &UBig) -> Vec<u64> {
    join_words(value.as_words()).collect()
}

fn from_limbs(limbs: Vec<u64>) -> UBig {
    UBig::from_words(&split_words(limbs))
}

/// The number of bits.
pub(super) fn bits(value: &UBig) -> usize {
    let words = value.as_words();
    words.last().map_or(0, |top| words.len() * Word::BITS as usize - top.leading_zeros() as usize)
}

/// The value below `2^count`.
pub(super) fn low_bits(value: &UBig, count: usize) -> UBig {
    let words = value.as_words();
    let whole = count / Word::BITS as usize;
    let Some(kept) = words.get(..whole + 1) else { return value.clone() };
    let mut kept = kept.to_vec();
    if let Some(top) = kept.last_mut() {
        *top &= ((1 as Word) << (count % Word::BITS as usize)) - 1;
    }
    UBig::from_words(&kept)
}

/// The product of two natural numbers.
pub(crate) fn multiply(a: &UBig, b: &UBig) -> UBig {
    let (short, long) = if bits(a) <= bits(b) { (a, b) } else { (b, a) };
    let size = bits(short);
    if size < SHORT_FACTOR {
        if bits(long) < 8 * SHORT_FACTOR {
            return a * b;
        }
        return piecewise(short, long, 4 * SHORT_FACTOR);
    }
    if bits(long) > 3 * size {
        return piecewise(short, long, size);
    }
    from_limbs(transform::product(&limbs(a), Some(&limbs(b))))
}

/// The product with a much longer factor, which is cut into pieces of `size` bits.
fn piecewise(short: &UBig, long: &UBig, size: usize) -> UBig {
    let size = size.next_multiple_of(Word::BITS as usize);
    let mut result = UBig::ZERO;
    for piece in long.as_words().chunks(size / Word::BITS as usize).rev() {
        budget::pulse();
        result = (result << size) + multiply(short, &UBig::from_words(piece));
    }
    result
}

/// The square of a natural number.
pub(crate) fn square(a: &UBig) -> UBig {
    if bits(a) < SHORT_FACTOR { a.sqr() } else { from_limbs(transform::product(&limbs(a), None)) }
}

/// The product of two integers.
pub(crate) fn product(a: &IBig, b: &IBig) -> IBig {
    let ((sign_a, words_a), (sign_b, words_b)) = (a.as_sign_words(), b.as_sign_words());
    let short = SHORT_FACTOR / Word::BITS as usize;
    let words = words_a.len().max(words_b.len());
    if words > LONG {
        budget::pulse();
    }
    if words < short {
        return a * b;
    }
    let product = multiply(&UBig::from_words(words_a), &UBig::from_words(words_b));
    IBig::from_parts(sign_a * sign_b, product)
}

/// The power of a natural number, by squaring from the top.
pub(crate) fn power(base: &UBig, exponent: usize) -> UBig {
    if bits(base).saturating_mul(exponent) < SHORT_FACTOR {
        return base.pow(exponent);
    }
    // The power of two in the base is put back by a shift.
    let twos = base.trailing_zeros().unwrap_or(0);
    let odd = base >> twos;
    let mut result = UBig::ONE;
    for index in (0..usize::BITS - exponent.leading_zeros()).rev() {
        budget::pulse();
        result = square(&result);
        if exponent >> index & 1 == 1 {
            result = multiply(&result, &odd);
        }
    }
    result << (twos * exponent)
}

/// Quotient and remainder of natural numbers; the divisor is not zero.
pub(crate) fn divide(a: &UBig, b: &UBig) -> (UBig, UBig) {
    let size = bits(b);
    if bits(a) < 4 * SHORT_DIVISOR && (size < SHORT_DIVISOR || bits(a) < size + SHORT_DIVISOR / 4) {
        return a.div_rem(b);
    }
    if size < SHORT_DIVISOR {
        return long_division(a, b, 2 * SHORT_DIVISOR, |part| part.div_rem(b));
    }
    // A quotient much shorter than the divisor needs the leading bits of both only.
    let excess = bits(a).saturating_sub(size);
    if excess + 64 < size / 2 {
        let cut = size - excess - 64;
        let (quotient, _) = divide(&(a >> cut), &(b >> cut));
        return corrected(a, b, quotient);
    }
    let size = size.next_multiple_of(Word::BITS as usize);
    let shift = size - bits(b);
    let divisor = b << shift;
    let (quotient, remainder) = long_division(&(a << shift), &divisor, size, |part| recursive(part, &divisor, size));
    (quotient, remainder >> shift)
}

/// A quotient that is wrong by a few units, put right, and the remainder.
fn corrected(a: &UBig, b: &UBig, quotient: UBig) -> (UBig, UBig) {
    let mut quotient = IBig::from(quotient);
    let mut remainder = IBig::from(a.clone()) - IBig::from(multiply(&quotient.clone().into_parts().1, b));
    let divisor = IBig::from(b.clone());
    while remainder.sign() == Sign::Negative {
        remainder += &divisor;
        quotient -= 1;
    }
    while remainder >= divisor {
        remainder -= &divisor;
        quotient += 1;
    }
    (quotient.into_parts().1, remainder.into_parts().1)
}

/// School division with digits of `size` bits: `step` divides what is below the divisor times such a digit.
fn long_division(a: &UBig, b: &UBig, size: usize, step: impl Fn(&UBig) -> (UBig, UBig)) -> (UBig, UBig) {
    let digit_words = size.div_ceil(Word::BITS as usize);
    let size = digit_words * Word::BITS as usize;
    let (mut quotient, mut rest) = (UBig::ZERO, UBig::ZERO);
    for digit in a.as_words().chunks(digit_words).rev() {
        budget::pulse();
        let part = (rest << size) + UBig::from_words(digit);
        let (digit, remainder) = if &part < b { (UBig::ZERO, part) } else { step(&part) };
        quotient = (quotient << size) + digit;
        rest = remainder;
    }
    (quotient, rest)
}

/// Two digits of `size` bits by one, of which the top bit is set (Burnikel and Ziegler, "Fast recursive division",
/// 1998): the quotient fits one.
fn recursive(a: &UBig, b: &UBig, size: usize) -> (UBig, UBig) {
    if size < SHORT_DIVISOR || !size.is_multiple_of(2) {
        budget::pulse();
        return a.div_rem(b);
    }
    let half = size / 2;
    let (b_high, b_low) = (b >> half, low_bits(b, half));
    let (high, rest) = three_by_two(&(a >> half), &b_high, &b_low, b, half);
    let (low, rest) = three_by_two(&((rest << half) + low_bits(a, half)), &b_high, &b_low, b, half);
    ((high << half) + low, rest)
}

/// Three digits of `size` bits by the two of `b`: the quotient fits one.
fn three_by_two(a: &UBig, b_high: &UBig, b_low: &UBig, b: &UBig, size: usize) -> (UBig, UBig) {
    let top = a >> size;
    let (mut quotient, rest) = if &top >> size < *b_high {
        recursive(&top, b_high, size)
    } else {
        let quotient = (UBig::ONE << size) - UBig::ONE;
        let rest = &top + b_high - (b_high << size);
        (quotient, rest)
    };
    let mut remainder = IBig::from((rest << size) + low_bits(a, size)) - IBig::from(multiply(&quotient, b_low));
    while remainder.sign() == Sign::Negative {
        remainder += IBig::from(b.clone());
        quotient -= UBig::ONE;
    }
    (quotient, remainder.into_parts().1)
}

/// Quotient rounded towards zero and remainder of integers; the divisor is not zero.
pub(crate) fn quotient_rem(a: &IBig, b: &IBig) -> (IBig, IBig) {
    let ((sign_a, words_a), (sign_b, words_b)) = (a.as_sign_words(), b.as_sign_words());
    if words_a.len() > LONG {
        budget::pulse();
    }
    if words_a.len() < SHORT_DIVISOR / Word::BITS as usize {
        return a.div_rem(b);
    }
    let (quotient, remainder) = divide(&UBig::from_words(words_a), &UBig::from_words(words_b));
    (IBig::from_parts(sign_a * sign_b, quotient), IBig::from_parts(sign_a, remainder))
}

#[cfg(test)]
mod tests;
