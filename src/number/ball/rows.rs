//! Products of rows of words of which only the upper halves are wanted, as in fixed point.
//!
//! A row of `n` words is an integer, least significant word first; as a number in fixed point its top word stands before
//! the point. The product in fixed point is the row of the columns `n - 1 .. 2n - 1` of the whole product. Of the columns
//! below only one and a few more are computed, so that the result is too small by fewer than `n` units of its last
//! place. Rows are taken four at a time: a word of the result is loaded and stored once for four products.
#![allow(clippy::indexing_slicing, reason = "indices of words are computed from lengths")]

/// The columns from here on are computed: their sum is too small by less than `n` in the next one.
fn first_column(n: usize) -> usize {
    n.saturating_sub(2)
}

/// `out += row * words`, the carries put into the four words at the end of `out`, which are zero before.
fn add_four(out: &mut [u64], words: [u64; 4], row: &[u64]) {
    let (body, ends) = out.split_at_mut(row.len());
    let [m0, m1, m2, m3] = words;
    let (mut c0, mut c1, mut c2, mut c3) = (0_u64, 0_u64, 0_u64, 0_u64);
    for (place, word) in body.iter_mut().zip(row) {
        let step = |factor: u64, below: u64, carry: u64| {
            let sum = u128::from(*word) * u128::from(factor) + u128::from(below) + u128::from(carry);
            (sum as u64, (sum >> 64) as u64)
        };
        let above;
        (*place, above) = step(m0, *place, c0);
        let above_1;
        (c0, above_1) = step(m1, above, c1);
        let above_2;
        (c1, above_2) = step(m2, above_1, c2);
        (c2, c3) = step(m3, above_2, c3);
    }
    for (place, carry) in ends.iter_mut().zip([c0, c1, c2, c3]) {
        *place = carry;
    }
}

/// `out += row * word`, the carry returned; `out` is as long as the row.
pub(super) fn add_product(out: &mut [u64], word: u64, row: &[u64]) -> u64 {
    let mut carry = 0_u64;
    for (place, digit) in out.iter_mut().zip(row) {
        let sum = u128::from(*digit) * u128::from(word) + u128::from(*place) + u128::from(carry);
        *place = sum as u64;
        carry = (sum >> 64) as u64;
    }
    carry
}

/// `out = row * word - out`; zero where that is negative.
pub(super) fn subtract_from_product(out: &mut [u64], word: u64, row: &[u64]) {
    let (mut carry, mut borrow) = (0_u64, 0_u64);
    for (place, digit) in out.iter_mut().zip(row) {
        let product = u128::from(*digit) * u128::from(word) + u128::from(carry);
        let (difference, first) = (product as u64).overflowing_sub(*place);
        let (difference, second) = difference.overflowing_sub(borrow);
        *place = difference;
        carry = (product >> 64) as u64;
        borrow = u64::from(first | second);
    }
    if carry < borrow {
        out.fill(0);
    }
}

/// The product in fixed point of rows of equal length; `wide` is twice as long.
pub(super) fn multiply<'w>(wide: &'w mut [u64], a: &[u64], b: &[u64]) -> &'w [u64] {
    let n = a.len();
    let first = first_column(n);
    wide[first.saturating_sub(3)..].fill(0);
    let groups = a.chunks_exact(4);
    let rest = groups.remainder();
    for (place, words) in groups.enumerate() {
        let i = 4 * place;
        let j = first.saturating_sub(i + 3);
        add_four(&mut wide[i + j..i + n + 4], [words[0], words[1], words[2], words[3]], &b[j..]);
    }
    for (i, word) in (n - rest.len()..).zip(rest) {
        let j = first.saturating_sub(i);
        wide[i + n] = add_product(&mut wide[i + j..i + n], *word, &b[j..]);
    }
    &wide[n - 1..2 * n - 1]
}

/// The square in fixed point; `wide` is twice as long as the row.
pub(super) fn square<'w>(wide: &'w mut [u64], a: &[u64]) -> &'w [u64] {
    let n = a.len();
    let first = first_column(n);
    // Columns begin at an even one, below all that are touched.
    let base = first.saturating_sub(4) / 2;
    wide[2 * base..].fill(0);
    for (place, words) in a.chunks_exact(4).enumerate() {
        let i = 4 * place;
        let j = (i + 4).max(first.saturating_sub(i + 3));
        if j < n {
            add_four(&mut wide[i + j..i + n + 4], [words[0], words[1], words[2], words[3]], &a[j..]);
        }
    }
    for (place, words) in a.chunks(4).enumerate() {
        let i = 4 * place;
        if 2 * i + 5 >= first {
            add_inner_products(&mut wide[2 * i..], words);
        }
    }
    double_and_add_squares(&mut wide[2 * base..], &a[base..]);
    &wide[n - 1..2 * n - 1]
}

/// Adds the products of different words of a group.
fn add_inner_products(wide: &mut [u64], words: &[u64]) {
    for (p, first) in words.iter().enumerate() {
        for (q, second) in words.iter().enumerate().skip(p + 1) {
            let product = u128::from(*first) * u128::from(*second);
            let mut carry = product;
            for place in &mut wide[p + q..] {
                carry += u128::from(*place);
                *place = carry as u64;
                carry >>= 64;
                if carry == 0 {
                    break;
                }
            }
        }
    }
}

/// Twice the row of columns, and the squares of the words added two columns each.
fn double_and_add_squares(wide: &mut [u64], words: &[u64]) {
    let (mut shifted, mut carry) = (0, 0);
    for (columns, word) in wide.chunks_exact_mut(2).zip(words) {
        let pair = u128::from(columns[1]) << 64 | u128::from(columns[0]);
        let (sum, over) = (pair << 1 | shifted).overflowing_add(u128::from(*word) * u128::from(*word));
        let (sum, again) = sum.overflowing_add(carry);
        shifted = pair >> 127;
        carry = u128::from(over) + u128::from(again);
        columns[0] = sum as u64;
        columns[1] = (sum >> 64) as u64;
    }
}

/// Divides a row by a word that is not zero, rounded down, by products with the divisor's inverse (Möller and Granlund,
/// "Improved division by invariant integers", IEEE Transactions on Computers 60, 2011).
pub(super) fn divide(row: &mut [u64], word: u64) {
    let shift = word.leading_zeros();
    let divisor = word << shift;
    let inverse = (u128::MAX / u128::from(divisor)) as u64;
    let above = |low: u64| if shift == 0 { 0 } else { low >> (64 - shift) };
    let mut rest = row.last().map_or(0, |top| above(*top));
    for place in (0..row.len()).rev() {
        let low = row[place] << shift | if place > 0 { above(row[place - 1]) } else { 0 };
        let guess = u128::from(inverse) * u128::from(rest) + (u128::from(rest) << 64 | u128::from(low));
        let mut quotient = ((guess >> 64) as u64).wrapping_add(1);
        rest = low.wrapping_sub(quotient.wrapping_mul(divisor));
        if rest > guess as u64 {
            quotient = quotient.wrapping_sub(1);
            rest = rest.wrapping_add(divisor);
        }
        if rest >= divisor {
            quotient = quotient.wrapping_add(1);
            rest -= divisor;
        }
        row[place] = quotient;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::words::split_words;
    use dashu_int::UBig;

    fn natural(row: &[u64]) -> UBig {
        UBig::from_words(&split_words(row.to_vec()))
    }

    /// Rows with long runs of ones and zeros, where carries go far, and others.
    fn rows(n: usize, seed: &mut u64) -> Vec<u64> {
        let mut next = || {
            *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *seed ^ *seed >> 29
        };
        let kind = next() % 4;
        (0..n)
            .map(|_| match (kind, next() % 3) {
                (0, _) | (1, 0) => u64::MAX,
                (1 | 2, 1) => 0,
                _ => next(),
            })
            .collect()
    }

    #[test]
    fn upper_halves_are_those_of_whole_products() {
        let mut seed = 7;
        for n in (2..40).chain([63, 64, 65, 130]) {
            for _ in 0..20 {
                let (mut a, mut b) = (rows(n, &mut seed), rows(n, &mut seed));
                // Numbers below 2^32, so that the product's top word stays free.
                a[n - 1] >>= 32;
                b[n - 1] >>= 32;
                let mut wide = vec![u64::MAX; 2 * n];
                let check = |found: UBig, whole: UBig| {
                    let whole = whole >> (64 * (n - 1));
                    assert!(found <= whole && whole < found.clone() + UBig::from(n), "{n}");
                };
                let (p, q) = (natural(&a), natural(&b));
                check(natural(multiply(&mut wide, &a, &b)), &p * &q);
                wide.fill(u64::MAX);
                check(natural(square(&mut wide, &a)), &p * &p);
            }
        }
    }

    #[test]
    fn quotients_by_words_are_rounded_down() {
        let mut seed = 3;
        for n in [1, 2, 5, 9] {
            for divisor in [1, 2, 3, 10, 1 << 32, (1 << 61) + 5, u64::MAX, 1 << 63] {
                let row = rows(n, &mut seed);
                let mut quotient = row.clone();
                divide(&mut quotient, divisor);
                assert_eq!(natural(&quotient), natural(&row) / UBig::from(divisor), "{n} {divisor}");
                let mut rest = row.clone();
                subtract_from_product(&mut rest, 1, &row);
                assert!(rest.iter().all(|word| *word == 0));
            }
        }
    }
}
