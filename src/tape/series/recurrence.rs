//! Quotients by short polynomials with small integer coefficients: linear recurrences on integers.
//!
//! The coefficients of `a/b` satisfy `b_0*c_k = a_k - b_1*c_(k-1) - ... - b_d*c_(k-d)`. With `c_k = n_k/b_0^(k+1)` the
//! numerators are integers, so no common divisor is sought before the end; they are machine integers as long as they fit.

use std::collections::VecDeque;

use crate::budget::Budget;
use crate::number::{Integer, Rational};

/// Divisors with more coefficients are left to the general quotient.
const LONGEST_DIVISOR: usize = 24;
/// Products of factors below this with words are summed in double words.
const SMALL: u64 = 1 << 61;
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
    if lead.abs() == 1 {
        // Both rows times the sign make the divisor begin with one.
        let mut row = unit_quotient(&a, &b[1..], length, lead, spent);
        if !factor.is_one() {
            row.iter_mut().for_each(|value| *value *= &factor);
        }
        return Some(row);
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
    // The least machine integer has no negative.
    let scaled = scaled.map(|c| c.filter(|c| *c != i64::MIN));
    Some((common.to_i64()?, scaled.collect::<Option<_>>()?))
}

/// The quotient of rows times `sign`, the divisor's first coefficient; `rest` are its others.
fn unit_quotient(a: &[i64], rest: &[i64], length: usize, sign: i64, spent: impl Fn() -> bool) -> Vec<Rational> {
    let rest: Vec<i64> = rest.iter().map(|c| c * sign).collect();
    let above = |k: usize| a.get(k).map_or(0, |c| c * sign);
    let mut small: Vec<i64> = Vec::with_capacity(length.min(128));
    while small.len() < length {
        let mut products = rest.iter().zip(small.iter().rev()).map(|(b, c)| i128::from(*b) * i128::from(*c));
        let sum = products.try_fold(i128::from(above(small.len())), i128::checked_sub);
        match sum.and_then(|sum| i64::try_from(sum).ok()) {
            Some(sum) => small.push(sum),
            None => break,
        }
    }
    if small.len() < length && rest.iter().all(|b| b.abs() <= 1) {
        return summed(&rest, above, small, length, spent);
    }
    let mut row = Vec::with_capacity(length);
    row.extend(small.iter().map(|value| Rational::from(*value)));
    if row.len() < length {
        let mut window = Window::new(&rest, &small);
        while row.len() < length && !(row.len().is_multiple_of(64) && spent()) {
            row.push(Rational::from(window.next(above(row.len()))));
        }
    }
    row
}

/// The quotient for a divisor with coefficients -1, 0 and 1: sums of values before, which need no products.
fn summed(
    rest: &[i64],
    above: impl Fn(usize) -> i64,
    small: Vec<i64>,
    length: usize,
    spent: impl Fn() -> bool,
) -> Vec<Rational> {
    let signs: Vec<(usize, i8)> = rest.iter().enumerate().map(|(k, b)| (k + 1, -b.signum() as i8)).collect();
    let signs: Vec<(usize, i8)> = signs.into_iter().filter(|(_, sign)| *sign != 0).collect();
    let mut row: Vec<Integer> = Vec::with_capacity(length);
    row.extend(small.into_iter().map(Integer::new));
    while row.len() < length && !(row.len().is_multiple_of(64) && spent()) {
        let start = Integer::new(above(row.len()));
        let before = signs.iter().filter_map(|(back, sign)| Some((*sign, row.get(row.len().checked_sub(*back)?)?)));
        row.push(Integer::signed_sum(std::iter::once((1, &start)).chain(before)));
    }
    row.into_iter().map(Rational::from).collect()
}

/// The last values of a recurrence in two's complement, all of one width, so that no step asks for memory.
struct Window<'b> {
    /// The divisor's coefficients behind the first, which is one.
    rest: &'b [i64],
    /// The values, the newest last.
    rows: VecDeque<Vec<u64>>,
    /// Room for the next value, and for a negative one's magnitude.
    spare: Vec<u64>,
    magnitude: Vec<u64>,
    width: usize,
    /// Above this, the top word of a value leaves no room for the next sum.
    room: i64,
}

impl Window<'_> {
    fn new<'b>(rest: &'b [i64], values: &[i64]) -> Window<'b> {
        const WIDTH: usize = 2;
        let sum: u128 = rest.iter().map(|b| u128::from(b.unsigned_abs())).sum::<u128>() + 1;
        let bits = 128 - sum.leading_zeros();
        let row = |value: i64| {
            let mut row = vec![if value < 0 { u64::MAX } else { 0 }; WIDTH];
            row[0] = value as u64;
            row
        };
        let missing = rest.len().saturating_sub(values.len());
        let last = values.iter().skip(values.len().saturating_sub(rest.len()));
        let rows = std::iter::repeat_n(0, missing).chain(last.copied()).map(row).collect();
        Window {
            rest,
            rows,
            spare: Vec::new(),
            magnitude: Vec::new(),
            width: WIDTH,
            room: 1 << 62u32.saturating_sub(bits),
        }
    }

    /// `above` less the products of the divisor with the last values.
    fn next(&mut self, above: i64) -> Integer {
        let tight = self.rows.back().and_then(|row| row.last()).is_some_and(|top| (*top as i64).abs() >= self.room);
        if tight || self.room < 2 {
            self.widen();
        }
        let mut sum = std::mem::take(&mut self.spare);
        let mut rows = self.rows.iter().rev();
        match (self.rest, rows.next(), rows.next()) {
            (&[p, q], Some(a), Some(b)) if p.unsigned_abs().max(q.unsigned_abs()) < SMALL => {
                subtract_products(&mut sum, above, (p, a), (q, b));
            }
            _ => {
                sum.clear();
                sum.resize(self.width, if above < 0 { u64::MAX } else { 0 });
                sum[0] = above as u64;
                for (b, row) in self.rest.iter().zip(self.rows.iter().rev()) {
                    subtract_product(&mut sum, *b, row);
                }
            }
        }
        let value = self.integer_of(&sum);
        self.rows.push_back(sum);
        self.spare = self.rows.pop_front().unwrap_or_default();
        value
    }

    /// A number in two's complement.
    fn integer_of(&mut self, row: &Vec<u64>) -> Integer {
        if row.last().is_none_or(|top| (*top as i64) >= 0) {
            return Integer::from_limb_row(false, row);
        }
        let mut carry = true;
        self.magnitude.clear();
        self.magnitude.extend(row.iter().map(|limb| {
            let (limb, over) = (!*limb).overflowing_add(u64::from(carry));
            carry = over;
            limb
        }));
        Integer::from_limb_row(true, &self.magnitude)
    }

    fn widen(&mut self) {
        const STEP: usize = 2;
        self.width += STEP;
        for row in &mut self.rows {
            let sign = if row.last().is_some_and(|top| (*top as i64) < 0) { u64::MAX } else { 0 };
            row.resize(self.width, sign);
        }
    }
}

/// `above - p*a - q*b` in one pass, modulo two to the width, for factors whose products leave room in a double word.
fn subtract_products(sum: &mut Vec<u64>, above: i64, (p, a): (i64, &[u64]), (q, b): (i64, &[u64])) {
    let mut carry = i128::from(above);
    sum.resize(a.len(), 0);
    for ((word, x), y) in sum.iter_mut().zip(a).zip(b) {
        let (x, y) = (i128::from(*x), i128::from(*y));
        let total = carry - i128::from(p) * x - i128::from(q) * y;
        (*word, carry) = (total as u64, total >> 64);
    }
}

/// `sum -= b * row`, modulo two to the width.
fn subtract_product(sum: &mut [u64], b: i64, row: &[u64]) {
    let factor = b.unsigned_abs();
    if b > 0 {
        let mut borrow = 0u64;
        for (word, digit) in sum.iter_mut().zip(row) {
            let product = u128::from(factor) * u128::from(*digit) + u128::from(borrow);
            let (difference, under) = word.overflowing_sub(product as u64);
            *word = difference;
            borrow = (product >> 64) as u64 + u64::from(under);
        }
    } else if b < 0 {
        let mut carry = 0u64;
        for (word, digit) in sum.iter_mut().zip(row) {
            let product = u128::from(factor) * u128::from(*digit) + u128::from(*word) + u128::from(carry);
            *word = product as u64;
            carry = (product >> 64) as u64;
        }
    }
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
        check(&[(-3, 1), (0, 1), (8, 1)], &[(1, 1), (-9_000_000_000, 1), (7, 1), (0, 1), (-1, 1)], 90);
        check(&[(1, 1)], &[(1, 1), (i64::MAX, 1), (i64::MAX, 1)], 60);
        assert!(quotient(&[Rational::ONE], &vec![Rational::ONE; 60], 90, None).is_none());
    }
}
