//! Quotients by short polynomials with small integer coefficients: linear recurrences on integers.
//!
//! The coefficients of `a/b` satisfy `b_0*c_k = a_k - b_1*c_(k-1) - ... - b_d*c_(k-d)`. With `c_k = n_k/b_0^(k+1)` the
//! numerators are integers, so no common divisor is sought before the end; they are machine integers as long as they fit.

use crate::budget::Budget;
use crate::number::{Integer, Rational};

/// Divisors with more coefficients are left to the general quotient.
const LONGEST_DIVISOR: usize = 24;
/// Shorter quotients are left to it too.
const SHORTEST: usize = 8;

/// The first `length` coefficients of `a/b`; `None` where this does not apply. A spent budget ends it with a short row.
pub(super) fn quotient(
    a: &[Rational],
    b: &[Rational],
    length: usize,
    budget: Option<&Budget>,
) -> Option<Vec<Rational>> {
    let last = b.iter().rposition(|c| !c.is_zero())?;
    if last >= LONGEST_DIVISOR || length < SHORTEST {
        return None;
    }
    let (below, b) = integers(&b[..=last])?;
    let (above, a) = integers(a)?;
    let factor = Rational::fraction(below, above)?;
    let lead = b[0];
    let spent = || budget.is_some_and(|budget| budget.check().is_err());
    let scaled = |numerator: Integer| match factor.is_one() {
        true => Rational::from(numerator),
        false => &Rational::from(numerator) * &factor,
    };
    if lead.abs() == 1 {
        // Both rows times the sign make the divisor begin with one.
        let row = unit_quotient(&a, &b[1..], length, lead, spent);
        return Some(row.into_iter().map(scaled).collect());
    }
    let mut power = Integer::ONE;
    let lead = Integer::new(lead);
    let quotients = numerators(&a, &b, length, spent).into_iter().map(|numerator| {
        power = &power * &lead;
        let quotient = Rational::ratio(&numerator, &power).unwrap_or(Rational::ZERO);
        if factor.is_one() { quotient } else { &quotient * &factor }
    });
    Some(quotients.collect())
}

/// A row over a common denominator, both in machine integers.
fn integers(row: &[Rational]) -> Option<(i64, Vec<i64>)> {
    let mut common = Integer::ONE;
    for c in row.iter().filter(|c| !c.is_integer()) {
        common = common.lcm(&c.denominator());
        common.to_i64()?;
    }
    let denominator = Rational::from(common.clone());
    let scaled = row.iter().map(|c| match common.is_one() {
        true => c.to_i64(),
        false => (c * &denominator).to_i64(),
    });
    Some((common.to_i64()?, scaled.collect::<Option<_>>()?))
}

/// The quotient of rows times `sign`, the divisor's first coefficient; `rest` are its others.
fn unit_quotient(a: &[i64], rest: &[i64], length: usize, sign: i64, spent: impl Fn() -> bool) -> Vec<Integer> {
    let rest: Vec<i64> = rest.iter().map(|c| c * sign).collect();
    let above = |k: usize| a.get(k).map_or(0, |c| c * sign);
    let mut small: Vec<i128> = Vec::new();
    for k in 0..length {
        let products = rest.iter().zip(small.iter().rev());
        let sum = products
            .into_iter()
            .try_fold(i128::from(above(k)), |sum, (b, c)| sum.checked_sub(i128::from(*b).checked_mul(*c)?));
        match sum {
            Some(sum) => small.push(sum),
            None => break,
        }
    }
    let mut row: Vec<Integer> = small.into_iter().map(Integer::from).collect();
    while row.len() < length && !spent() {
        let mut sum = Integer::new(above(row.len()));
        for (b, c) in rest.iter().zip(row.iter().rev()).filter(|(b, _)| **b != 0) {
            match *b {
                1 => sum -= c,
                -1 => sum += c,
                b => sum -= &(&Integer::new(b) * c),
            }
        }
        row.push(sum);
    }
    row
}

/// The numerators over the powers of the divisor's first coefficient.
fn numerators(a: &[i64], b: &[i64], length: usize, spent: impl Fn() -> bool) -> Vec<Integer> {
    let lead = Integer::new(b[0]);
    let mut power = Integer::ONE;
    let mut weights = Vec::with_capacity(b.len());
    for c in &b[1..] {
        weights.push(&power * &Integer::new(*c));
        power = &power * &lead;
    }
    let mut power = Integer::ONE;
    let mut row: Vec<Integer> = Vec::with_capacity(length);
    while row.len() < length && !spent() {
        let mut sum = match a.get(row.len()) {
            Some(c) if *c != 0 => &power * &Integer::new(*c),
            _ => Integer::ZERO,
        };
        for (weight, c) in weights.iter().zip(row.iter().rev()).filter(|(weight, _)| !weight.is_zero()) {
            sum -= &(weight * c);
        }
        row.push(sum);
        if row.len() < a.len() {
            power = &power * &lead;
        }
    }
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition: the product of quotient and divisor is the dividend.
    fn check(a: &[(i64, i64)], b: &[(i64, i64)], length: usize) {
        let row = |pairs: &[(i64, i64)]| -> Vec<Rational> {
            pairs.iter().map(|(n, d)| Rational::fraction(*n, *d).unwrap()).collect()
        };
        let (a, b) = (row(a), row(b));
        let found = quotient(&a, &b, length, None).unwrap();
        assert_eq!(found.len(), length);
        for k in 0..length {
            let sum = (0..=k.min(b.len() - 1)).fold(Rational::ZERO, |sum, j| sum + &b[j] * &found[k - j]);
            assert_eq!(sum, a.get(k).cloned().unwrap_or(Rational::ZERO), "{k}");
        }
    }

    #[test]
    fn quotients_times_divisors_are_dividends() {
        check(&[(1, 1)], &[(1, 1), (-1, 1), (-1, 1)], 400);
        check(&[(1, 2), (0, 1), (3, 1)], &[(-1, 1), (5, 3), (0, 1), (7, 2)], 120);
        check(&[(1, 1), (1, 3)], &[(2, 1), (-3, 1), (1, 7)], 90);
        check(&[(2, 1)], &[(-4, 5), (1, 1)], 70);
        assert!(quotient(&[Rational::ONE], &vec![Rational::ONE; 60], 90, None).is_none());
    }
}
