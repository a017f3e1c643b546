//! Moving the argument of a polynomial: `p(x + c)`.
//!
//! Horner's scheme (Shaw and Traub) only adds when `c = 1`; then all coefficients are kept in two's complement with one
//! common number of limbs, so that nothing is allocated on the way. Other shifts are scaled to that one.
#![allow(
    clippy::indexing_slicing,
    reason = "indices run over lengths computed here; checks would dominate the inner loops"
)]

use crate::number::Integer;

use super::dense::IntegerPolynomial;

/// Below this length other shifts than 1 multiply at every step.
const SHORT: usize = 12;

impl IntegerPolynomial {
    /// `p(x + shift)`.
    pub fn taylor_shift(&self, shift: &Integer) -> IntegerPolynomial {
        if shift.is_zero() || self.len() < 2 {
            return self.clone();
        }
        if shift.is_one() {
            return IntegerPolynomial::new(shifted_by_one(self.coefficients()));
        }
        if self.len() < SHORT {
            return IntegerPolynomial::new(shifted(self.coefficients(), shift));
        }
        // With q(y) = p(shift*y) the result is q(x/shift + 1).
        let moved = shifted_by_one(self.scale_argument(shift).coefficients());
        let mut power = Integer::ONE;
        let unscaled = moved.iter().map(|c| {
            let coefficient = c.div_exact(&power);
            power *= shift;
            coefficient
        });
        IntegerPolynomial::new(unscaled.collect())
    }
}

fn shifted(row: &[Integer], shift: &Integer) -> Vec<Integer> {
    let mut row = row.to_vec();
    let last = row.len() - 1;
    for start in 0..last {
        for i in (start..last).rev() {
            let step = &row[i + 1] * shift;
            row[i] += step;
        }
    }
    row
}

fn shifted_by_one(row: &[Integer]) -> Vec<Integer> {
    // The coefficients of p(x + 1) are at most 2^degree times the largest of p.
    let bits = row.iter().map(Integer::bit_length).max().unwrap_or(0) + row.len() + 1;
    if bits <= 63 {
        let mut words: Vec<i64> = row.iter().filter_map(Integer::to_i64).collect();
        accumulate(&mut words, |here, above| *here += above);
        return words.into_iter().map(Integer::new).collect();
    }
    if bits <= 127
        && let Some(mut words) = row.iter().map(|c| c.to_i64().map(i128::from)).collect::<Option<Vec<_>>>()
    {
        accumulate(&mut words, |here, above| *here += above);
        return words.into_iter().map(Integer::from).collect();
    }
    shifted_in_limbs(row, bits / 64 + 1)
}

/// Adds every entry to the one before, from the end; then again without the first, and so on.
fn accumulate<T: Copy>(row: &mut [T], add: impl Fn(&mut T, T)) {
    let last = row.len() - 1;
    for start in 0..last {
        for i in (start..last).rev() {
            let above = row[i + 1];
            add(&mut row[i], above);
        }
    }
}

fn shifted_in_limbs(row: &[Integer], width: usize) -> Vec<Integer> {
    let mut limbs = vec![0u64; row.len() * width];
    for (slot, c) in limbs.chunks_mut(width).zip(row) {
        for (place, limb) in slot.iter_mut().zip(c.limbs()) {
            *place = limb;
        }
        if c.is_negative() {
            negate(slot);
        }
    }
    let last = row.len() - 1;
    for start in 0..last {
        for i in (start..last).rev() {
            let (low, high) = limbs.split_at_mut((i + 1) * width);
            add_limbs(&mut low[i * width..], &high[..width]);
        }
    }
    let value = |slot: &mut [u64]| {
        let negative = slot[width - 1] >> 63 == 1;
        if negative {
            negate(slot);
        }
        Integer::from_limbs(negative, slot.to_vec())
    };
    limbs.chunks_mut(width).map(value).collect()
}

/// `a += b` in two's complement.
#[inline]
fn add_limbs(a: &mut [u64], b: &[u64]) {
    let mut carry = false;
    for (x, &y) in a.iter_mut().zip(b) {
        let (sum, first) = x.overflowing_add(y);
        let (sum, second) = sum.overflowing_add(u64::from(carry));
        *x = sum;
        carry = first | second;
    }
}

/// `-a` in two's complement.
fn negate(a: &mut [u64]) {
    let mut carry = true;
    for limb in a {
        let (value, overflow) = (!*limb).overflowing_add(u64::from(carry));
        *limb = value;
        carry = overflow;
    }
}
