//! Powers of short polynomials with small coefficients by their differential equation.
//!
//! `f = p^n` satisfies `p*f' = n*p'*f`, hence `k*p_0*f_k = sum over i of (i*n - k + i)*p_i*f_(k-i)`: one small multiple of
//! an earlier coefficient for each term of `p`, and an exact division by a word. The coefficients stand in two's
//! complement, all of one width, so that no step asks for memory.
#![allow(
    clippy::indexing_slicing,
    reason = "rows have the width that is computed first; checks would dominate the inner loops"
)]

use crate::budget;
use crate::number::{Integer, inverse_of_odd};

/// More terms than this are multiplied out.
const MOST_TERMS: usize = 8;
/// Smaller powers are multiplied out.
const LEAST_EXPONENT: usize = 4;
/// No more limbs than this are held.
const MOST_LIMBS: usize = 1 << 22;

/// The coefficients of `p^exponent`; `None` where this does not apply. The constant term of `p` must not be zero.
pub(super) fn short_power(p: &[Integer], exponent: usize) -> Option<Vec<Integer>> {
    let degree = p.len() - 1;
    let terms: Vec<(usize, i64)> = p
        .iter()
        .enumerate()
        .filter(|(_, c)| !c.is_zero())
        .map(|(place, c)| c.to_i64().map(|c| (place, c)))
        .collect::<Option<_>>()?;
    let (&(0, constant), rest) = terms.split_first()? else { return None };
    if terms.len() > MOST_TERMS || exponent < LEAST_EXPONENT {
        return None;
    }
    let size = terms.iter().try_fold(0_u64, |sum, (_, c)| sum.checked_add(c.unsigned_abs()))?;
    // All multipliers and divisors are below this.
    let last = degree.checked_mul(exponent)?;
    u64::try_from(last + degree).ok()?.checked_mul(size).filter(|most| *most < 1 << 62)?;
    // No coefficient is larger than the sum of all, and the sums of products are larger by a word.
    let bits = exponent.checked_mul(64 - size.leading_zeros() as usize)?;
    let width = bits / 64 + 2;
    if width.checked_mul(last + 1)? > MOST_LIMBS {
        return None;
    }
    let mut table = Table { width, limbs: Vec::with_capacity(width * (last + 1)), sum: vec![0; width] };
    table.push_first(&p[0].pow(exponent));
    for k in 1..=last {
        if k % 256 == 0 {
            budget::pulse();
        }
        table.sum.fill(0);
        for (place, c) in rest.iter().take_while(|(place, _)| *place <= k) {
            let factor = (place * exponent) as i64 - (k - place) as i64;
            table.add_multiple(k - place, factor * c);
        }
        table.push_quotient(k as i64 * constant);
    }
    Some((0..=last).map(|k| table.integer(k)).collect())
}

/// Coefficients in two's complement, one after the other.
struct Table {
    width: usize,
    limbs: Vec<u64>,
    sum: Vec<u64>,
}

impl Table {
    fn push_first(&mut self, value: &Integer) {
        let mut row = value.limbs();
        row.resize(self.width, 0);
        if value.is_negative() {
            negate(&mut row);
        }
        self.limbs.extend(row);
    }

    /// Adds a multiple of a coefficient to the sum.
    fn add_multiple(&mut self, index: usize, factor: i64) {
        let row = &self.limbs[index * self.width..(index + 1) * self.width];
        let size = u128::from(factor.unsigned_abs());
        let mut carry = 0_u64;
        if factor >= 0 {
            for (word, digit) in self.sum.iter_mut().zip(row) {
                let product = size * u128::from(*digit) + u128::from(*word) + u128::from(carry);
                (*word, carry) = (product as u64, (product >> 64) as u64);
            }
        } else {
            for (word, digit) in self.sum.iter_mut().zip(row) {
                let product = size * u128::from(*digit) + u128::from(carry);
                let (difference, under) = word.overflowing_sub(product as u64);
                (*word, carry) = (difference, (product >> 64) as u64 + u64::from(under));
            }
        }
    }

    /// Appends the sum divided by what divides it: by the inverse of the odd part modulo a limb from the lowest limb up,
    /// which is right in two's complement too.
    fn push_quotient(&mut self, divisor: i64) {
        let size = divisor.unsigned_abs();
        let twos = size.trailing_zeros();
        let odd = size >> twos;
        let inverse = inverse_of_odd(odd);
        let mut borrow = 0_u64;
        for limb in &mut self.sum {
            let (rest, under) = limb.overflowing_sub(borrow);
            *limb = rest.wrapping_mul(inverse);
            borrow = ((u128::from(*limb) * u128::from(odd)) >> 64) as u64 + u64::from(under);
        }
        if twos > 0 {
            let mut above = if (self.sum[self.width - 1] as i64) < 0 { u64::MAX << (64 - twos) } else { 0 };
            for limb in self.sum.iter_mut().rev() {
                (*limb, above) = (*limb >> twos | above, *limb << (64 - twos));
            }
        }
        if divisor < 0 {
            negate(&mut self.sum);
        }
        self.limbs.extend_from_slice(&self.sum);
    }

    fn integer(&self, index: usize) -> Integer {
        let mut row = self.limbs[index * self.width..(index + 1) * self.width].to_vec();
        let negative = (row[self.width - 1] as i64) < 0;
        if negative {
            negate(&mut row);
        }
        while row.len() > 1 && row.last() == Some(&0) {
            row.pop();
        }
        Integer::from_limb_row(negative, &row)
    }
}

/// The opposite in two's complement.
fn negate(row: &mut [u64]) {
    let mut carry = true;
    for limb in row {
        (*limb, carry) = (!*limb).overflowing_add(u64::from(carry));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::poly::IntegerPolynomial;

    #[test]
    fn powers_are_repeated_products() {
        let rows: [&[i64]; 6] =
            [&[1, 1, 1], &[-3, 0, 2, 5], &[7, -1], &[2, 0, 0, 0, -9], &[-1, -1, -1, -1, 4], &[1 << 40, 3, -(1 << 30)]];
        for row in rows {
            let p = IntegerPolynomial::from_i64(row);
            let mut product = IntegerPolynomial::one();
            for n in 1..40 {
                product = &product * &p;
                if n >= LEAST_EXPONENT {
                    let power = short_power(p.coefficients(), n).unwrap();
                    assert_eq!(IntegerPolynomial::new(power), product, "{row:?}^{n}");
                }
            }
        }
        let wide = IntegerPolynomial::from_i64(&[1, i64::MAX, 2]);
        assert!(short_power(wide.coefficients(), 9).is_none());
    }
}
