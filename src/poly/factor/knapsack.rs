//! Which lifted factors belong together, by lattice reduction (van Hoeij 2002), on the coefficients of `f * g'/g`
//! (Belabas, van Hoeij, Klueners and Steel, "Factoring polynomials over global fields", 2009).
//!
//! For a factor `g` over the integers these coefficients are bounded integers, and they add up over the lifted factors of
//! `g`. So the 0-1 vectors of true factors are short in a lattice; whatever reduction shows to be orthogonal to all short
//! vectors is cut off. When the columns of the rest fall into as many classes as it has rows, the classes are the factors.
#![allow(clippy::indexing_slicing, reason = "indices run over the dimensions of arrays made here")]

use crate::budget::{Budget, Stopped};
use crate::number::Integer;
use crate::number::sorting;

use super::super::dense::IntegerPolynomial;
use super::super::lattice::reduce;
use super::super::modular::large_primes;
use super::exponent_beyond;
use super::lift::{remove_factor, symmetric};

/// The bits of a column that are used.
const COLUMN_BITS: usize = 45;
/// Bits by which a column must exceed the bound to be of use.
const LEAST_BITS: usize = 14;
/// Cut vectors must be longer than the bound by this factor (squared), which covers the rounding of the norms.
const MARGIN: f64 = 2.0;

/// One linear condition: `sum v[i] * values[i]` is near a multiple of `modulus` for the vector of a true factor.
struct Column {
    values: Vec<i128>,
    modulus: i128,
    bits: usize,
}

/// Proposes classes of lifted factors that make a true factor each, until `accept` finds that they do (by division); tells
/// whether it ever did, which it need not if the precision does not suffice. Accepted classes make irreducible factors.
pub(super) fn partition(
    f: &IntegerPolynomial,
    lifted: &[IntegerPolynomial],
    (prime, exponent): (&Integer, usize),
    budget: &Budget,
    mut accept: impl FnMut(Vec<Vec<usize>>) -> bool,
) -> Result<bool, Stopped> {
    let count = lifted.len();
    let mut columns = columns(f, lifted, prime, exponent, budget)?.into_iter();
    let mut rows: Vec<Vec<i64>> = (0..count).map(|i| (0..count).map(|j| i64::from(i == j)).collect()).collect();
    loop {
        let Some(batch) = next_batch(&mut columns, rows.len(), count) else { return Ok(false) };
        let Some(kept) = cut(&rows, &batch, budget)? else { return Ok(false) };
        if kept.is_empty() || rank(&kept) < kept.len() {
            return Ok(false);
        }
        rows = kept;
        let found = equal_columns(&rows, count);
        if found.len() == rows.len() && accept(found) {
            return Ok(true);
        }
    }
}

/// How far from a multiple of its modulus a column's sum can be for a true factor: the coefficient itself, which is
/// scaled below 1, and the roundings of the values and of the modulus.
fn tolerance(count: usize) -> f64 {
    0.75 * count as f64 + 3.0
}

/// Enough columns to lengthen what is not short beyond the bound.
fn next_batch(columns: &mut impl Iterator<Item = Column>, rows: usize, count: usize) -> Option<Vec<Column>> {
    let mut batch: Vec<Column> = Vec::new();
    loop {
        let size = batch.len() as f64;
        let bound = pxfm::f_log2(count as f64 + size * tolerance(count).powi(2)) / 2.0;
        let total: usize = batch.iter().map(|column| column.bits).sum();
        if !batch.is_empty() && total as f64 > (bound + 2.0) * (rows as f64 + size) {
            return Some(batch);
        }
        batch.push(columns.next()?);
    }
}

/// Reduces the lattice with some more columns and drops what is orthogonal to all vectors within the bound.
fn cut(rows: &[Vec<i64>], batch: &[Column], budget: &Budget) -> Result<Option<Vec<Vec<i64>>>, Stopped> {
    let count = rows.first().map_or(0, Vec::len);
    let mut basis: Vec<Vec<i64>> = Vec::with_capacity(rows.len() + batch.len());
    for (place, column) in batch.iter().enumerate() {
        let mut row = vec![0; count + batch.len()];
        row[count + place] = column.modulus as i64;
        basis.push(row);
    }
    for row in rows {
        let mut longer = row.clone();
        for column in batch {
            let sum: i128 = row.iter().zip(&column.values).map(|(&v, value)| i128::from(v) * value).sum();
            let rest = sum.rem_euclid(column.modulus);
            longer.push((if 2 * rest > column.modulus { rest - column.modulus } else { rest }) as i64);
        }
        basis.push(longer);
    }
    let Some((mut basis, norms)) = reduce(basis, budget)? else { return Ok(None) };
    let bound = MARGIN * (count as f64 + batch.len() as f64 * tolerance(count).powi(2));
    let keep = norms.iter().rposition(|&norm| norm <= bound).map_or(0, |last| last + 1);
    basis.truncate(keep);
    basis.iter_mut().for_each(|row| row.truncate(count));
    Ok(Some(basis))
}

/// The rank modulo a large prime, which is at most the true one.
fn rank(rows: &[Vec<i64>]) -> usize {
    let Some(field) = large_primes().next() else { return 0 };
    let mut rows: Vec<Vec<u64>> =
        rows.iter().map(|row| row.iter().map(|&x| field.reduce_signed(x)).collect()).collect();
    let mut rank = 0;
    for column in 0..rows.first().map_or(0, Vec::len) {
        let Some(pivot) = (rank..rows.len()).find(|&i| rows[i][column] != 0) else { continue };
        rows.swap(rank, pivot);
        let inverse = field.inverse(rows[rank][column]);
        for i in rank + 1..rows.len() {
            let factor = field.mul(rows[i][column], inverse);
            for j in column..rows[i].len() {
                rows[i][j] = field.sub(rows[i][j], field.mul(factor, rows[rank][j]));
            }
        }
        rank += 1;
    }
    rank
}

/// The places of equal columns.
fn equal_columns(rows: &[Vec<i64>], count: usize) -> Vec<Vec<usize>> {
    let mut found: Vec<Vec<usize>> = Vec::new();
    for i in 0..count {
        match found.iter_mut().find(|class| rows.iter().all(|row| row[class[0]] == row[i])) {
            Some(class) => class.push(i),
            None => found.push(vec![i]),
        }
    }
    found
}

/// The columns of all coefficients that are known precisely enough, the most useful first.
fn columns(
    f: &IntegerPolynomial,
    lifted: &[IntegerPolynomial],
    prime: &Integer,
    exponent: usize,
    budget: &Budget,
) -> Result<Vec<Column>, Stopped> {
    let modulus = prime.pow(exponent);
    let mut parts = Vec::with_capacity(lifted.len());
    for factor in lifted {
        budget.check()?;
        let quotient = remove_factor(f, factor, &modulus);
        parts.push(&quotient * &factor.derivative());
    }
    let bounds = coefficient_bounds(f);
    // The highest coefficient is the degree of the factor: it says nothing.
    let mut useful: Vec<(usize, usize)> = (0..f.len().saturating_sub(2))
        .filter_map(|j| Some((j, modulus.bit_length().checked_sub(bounds[j] + LEAST_BITS)?)))
        .collect();
    sorting::sort_by_key(&mut useful, |&(_, spare)| std::cmp::Reverse(spare));
    Ok(useful.into_iter().map(|(j, spare)| column(&parts, j, (bounds[j], spare), prime, exponent)).collect())
}

/// Scales a coefficient so that it is below 1 for a true factor, by as low a power of the prime as will do.
fn column(
    parts: &[IntegerPolynomial],
    j: usize,
    (bound, spare): (usize, usize),
    prime: &Integer,
    exponent: usize,
) -> Column {
    let wanted = bound + (spare + LEAST_BITS).min(COLUMN_BITS);
    let modulus = prime.pow(exponent_beyond(prime, wanted).min(exponent));
    let rounded = |value: &Integer| {
        let half = &(&Integer::ONE << bound) >> 1;
        i128::from((&(value + half) >> bound).to_i64().unwrap_or(0))
    };
    let values = parts.iter().map(|part| rounded(&symmetric(part.coefficient(j), &modulus))).collect();
    let scaled = rounded(&modulus);
    Column { values, modulus: scaled, bits: 127 - scaled.max(1).leading_zeros() as usize }
}

/// For each `j` the bits of a bound for the coefficient of `x^j` in `f * g'/g`, `g` any factor.
///
/// The polynomial is the sum of `f/(x - a)` over the roots `a` of `g`, and the coefficient of that is both the sum of
/// `f[k] a^(k-j-1)` over `k > j` and minus the same sum over `k <= j`. One is good for `|a| <= 2^e`, the other for
/// `|a| >= 2^e`; the best `e` is taken.
fn coefficient_bounds(f: &IntegerPolynomial) -> Vec<usize> {
    let degree = f.len() - 1;
    let logs: Vec<f64> = f.coefficients().iter().map(|c| c.bit_length() as f64).collect();
    let known = |k: usize| !f.coefficient(k).is_zero();
    let sum = |terms: &mut dyn Iterator<Item = f64>| {
        let terms: Vec<f64> = terms.collect();
        let largest = terms.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        largest + log2_above(terms.len())
    };
    let limit = f.root_bound_log2().unwrap_or(1).max(1) as f64;
    let bound = |j: usize, e: f64| {
        let power = |k: usize| logs[k] + e * (k as f64 - j as f64 - 1.0);
        let above = sum(&mut (j + 1..=degree).filter(|&k| known(k)).map(power));
        let below = sum(&mut (0..=j).filter(|&k| known(k)).map(power));
        above.max(below)
    };
    let best = |j: usize| {
        let steps = (-32..=32).map(|step| bound(j, f64::from(step) * limit / 32.0));
        let least = steps.fold(f64::INFINITY, f64::min);
        (least + log2_above(degree)).max(0.0).ceil() as usize + 1
    };
    (0..=degree).map(best).collect()
}

/// An upper bound for the binary logarithm of a count.
fn log2_above(count: usize) -> f64 {
    f64::from(usize::BITS - count.leading_zeros())
}
