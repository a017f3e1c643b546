//! Brown's modular gcd (1971): images modulo word primes, found by evaluating one variable after the other and
//! interpolating, joined by the Chinese remainder theorem.
//!
//! Images from unlucky primes or points have too high a leading monomial and are dropped when a lower one comes; a wrong
//! image that slips through is caught by the final division.

use std::collections::HashMap;

use crate::budget::Budget;
use crate::number::Integer;

use super::super::gcd::Residues;
use super::super::modular::{Modulus, large_primes, trim, trimmed};
use super::super::unfinished::Unfinished;
use super::SparsePolynomial;
use crate::number::sorting;

/// A polynomial modulo a prime: rows of exponents in descending lexicographic order.
type Terms = Vec<(Vec<u64>, u64)>;
/// The same with the last variable in the coefficients.
type Rows = Vec<(Vec<u64>, Vec<u64>)>;

/// Primes that are tried before giving up.
const PRIMES: usize = 4000;
/// A reconstruction is tried once this many bits of the modulus are unused.
const SPARE_BITS: usize = 16;

/// The gcd of primitive polynomials in the variables `support`.
pub(super) fn modular_gcd(
    a: &SparsePolynomial,
    b: &SparsePolynomial,
    support: &[usize],
    budget: &Budget,
) -> Result<SparsePolynomial, Unfinished> {
    let (Some((_, lead_a)), Some((_, lead_b))) = (a.leading(), b.leading()) else { return Err(Unfinished::TooLarge) };
    let lead = lead_a.gcd(lead_b);
    let mut joined = Joined::default();
    for field in large_primes().take(PRIMES) {
        let scale = field.reduce_integer(&lead);
        if scale == 0 {
            continue;
        }
        let (image_a, image_b) = (terms(&field, a, support), terms(&field, b, support));
        let Some(mut image) = gcd_of_terms(&field, &image_a, &image_b, budget)? else { continue };
        let Some((top, c)) = image.first().cloned() else { continue };
        if top.iter().all(|&e| e == 0) {
            return Ok(SparsePolynomial::one(a.variables));
        }
        if joined.places.is_empty() || top < joined.top {
            joined = Joined { top, ..Joined::default() };
        } else if top > joined.top {
            continue;
        }
        let factor = field.mul(scale, field.inverse(c));
        image.iter_mut().for_each(|(_, c)| *c = field.mul(*c, factor));
        joined.join(&field, &image);
        if joined.residues.height_bits() + SPARE_BITS <= joined.residues.modulus_bits() {
            let candidate = joined.polynomial(a.variables, support).split_content().1;
            if a.is_divisible_by(&candidate) && b.is_divisible_by(&candidate) {
                return Ok(candidate);
            }
        }
    }
    Err(Unfinished::TooLarge)
}

/// Images joined so far, all with the same leading monomial.
#[derive(Default)]
struct Joined {
    top: Vec<u64>,
    places: HashMap<Vec<u64>, usize>,
    residues: Residues,
}

impl Joined {
    fn join(&mut self, field: &Modulus, image: &Terms) {
        let mut row = vec![0; self.places.len()];
        for (exponents, c) in image {
            let next = self.places.len();
            let place = *self.places.entry(exponents.clone()).or_insert(next);
            row.resize(row.len().max(place + 1), 0);
            if let Some(slot) = row.get_mut(place) {
                *slot = *c;
            }
        }
        self.residues.join(field, &row);
    }

    fn polynomial(&self, variables: usize, support: &[usize]) -> SparsePolynomial {
        let terms = self.places.iter().filter_map(|(exponents, &place)| {
            let mut row = vec![0; variables];
            for (&variable, &e) in support.iter().zip(exponents) {
                row.iter_mut().skip(variable).take(1).for_each(|slot| *slot = e);
            }
            Some((row, self.residues.row().get(place)?.clone()))
        });
        SparsePolynomial::from_terms(variables, terms)
    }
}

/// The image modulo the prime, in the variables of the support only.
fn terms(field: &Modulus, p: &SparsePolynomial, support: &[usize]) -> Terms {
    let row = |exponents: &[u64]| support.iter().filter_map(|&v| exponents.get(v).copied()).collect();
    let image = p.terms().map(|(exponents, c): (&[u64], &Integer)| (row(exponents), field.reduce_integer(c)));
    image.filter(|(_, c)| *c != 0).collect()
}

/// The gcd modulo the prime, up to a constant; `None` if the field has too few points.
fn gcd_of_terms(field: &Modulus, a: &Terms, b: &Terms, budget: &Budget) -> Result<Option<Terms>, Unfinished> {
    budget.check()?;
    match a.first().map(|(exponents, _)| exponents.len()) {
        None => Ok(Some(b.clone())),
        Some(_) if b.is_empty() => Ok(Some(a.clone())),
        Some(0 | 1) => {
            let common = field.gcd(&dense(a), &dense(b));
            let kept = common.into_iter().enumerate().rev().filter(|(_, c)| *c != 0);
            let exponents =
                |power: usize| if a.first().is_some_and(|(e, _)| e.is_empty()) { vec![] } else { vec![power as u64] };
            Ok(Some(kept.map(|(power, c)| (exponents(power), c)).collect()))
        }
        Some(_) => gcd_of_rows(field, group(a), group(b), budget),
    }
}

/// The dense row of terms in one variable.
fn dense(terms: &Terms) -> Vec<u64> {
    let power = |exponents: &[u64]| exponents.first().map_or(0, |&e| e as usize);
    let mut row = vec![0; terms.first().map_or(0, |(exponents, _)| power(exponents) + 1)];
    for (exponents, c) in terms {
        if let Some(slot) = row.get_mut(power(exponents)) {
            *slot = *c;
        }
    }
    row
}

/// Moves the last variable into the coefficients.
fn group(terms: &Terms) -> Rows {
    let mut rows: Rows = Vec::new();
    for (exponents, c) in terms {
        let Some((&power, others)) = exponents.split_last() else { continue };
        if rows.last().is_none_or(|(last, _)| last != others) {
            rows.push((others.to_vec(), vec![0; power as usize + 1]));
        }
        if let Some(slot) = rows.last_mut().and_then(|(_, row)| row.get_mut(power as usize)) {
            *slot = *c;
        }
    }
    rows
}

/// Undoes [`group`].
fn flatten(rows: &Rows) -> Terms {
    let one = |(exponents, row): &(Vec<u64>, Vec<u64>)| {
        let kept = row.iter().enumerate().rev().filter(|(_, c)| **c != 0);
        let terms = kept.map(|(power, &c)| ([&exponents[..], &[power as u64]].concat(), c));
        terms.collect::<Vec<_>>()
    };
    rows.iter().flat_map(one).collect()
}

/// Divides the coefficients by their gcd, which is given too.
fn split_content(field: &Modulus, rows: Rows) -> (Vec<u64>, Rows) {
    let content = rows.iter().fold(Vec::new(), |content: Vec<u64>, (_, row)| match content.len() {
        1 => content,
        _ => field.gcd(&content, row),
    });
    if content.len() <= 1 {
        return (content, rows);
    }
    let divided = rows.into_iter().map(|(exponents, row)| (exponents, field.div_rem(&row, &content).0)).collect();
    (content, divided)
}

fn degree(rows: &Rows) -> usize {
    rows.iter().map(|(_, row)| row.len()).max().unwrap_or(0).saturating_sub(1)
}

/// The values of the coefficients at a point of the last variable.
fn evaluate(field: &Modulus, rows: &Rows, at: u64) -> Terms {
    let values = rows.iter().map(|(exponents, row)| (exponents.clone(), field.evaluate(row, at)));
    values.filter(|(_, value)| *value != 0).collect()
}

/// One level of the recursion: gcds of values, interpolated.
fn gcd_of_rows(field: &Modulus, a: Rows, b: Rows, budget: &Budget) -> Result<Option<Terms>, Unfinished> {
    let ((content_a, a), (content_b, b)) = (split_content(field, a), split_content(field, b));
    let content = field.gcd(&content_a, &content_b);
    let (Some((_, lead_a)), Some((_, lead_b))) = (a.first(), b.first()) else { return Ok(None) };
    let lead = field.gcd(lead_a, lead_b);
    let enough = degree(&a).min(degree(&b)) + lead.len();
    let mut sum = Interpolation::default();
    let level = a.first().map_or(0, |(exponents, _)| exponents.len() as u64);
    for index in 1..field.prime() {
        let at = scattered(field, index, level);
        let scale = field.evaluate(&lead, at);
        if scale == 0 {
            continue;
        }
        let (value_a, value_b) = (evaluate(field, &a, at), evaluate(field, &b, at));
        let Some(mut value) = gcd_of_terms(field, &value_a, &value_b, budget)? else { return Ok(None) };
        let Some((top, c)) = value.first().cloned() else { return Ok(None) };
        if top.iter().all(|&e| e == 0) {
            return Ok(Some(flatten(&vec![(top, content)])));
        }
        if sum.rows.is_empty() || top < sum.top {
            sum = Interpolation { top, basis: vec![1], ..Interpolation::default() };
        } else if top > sum.top {
            continue;
        }
        let factor = field.mul(scale, field.inverse(c));
        value.iter_mut().for_each(|(_, c)| *c = field.mul(*c, factor));
        let changed = sum.add(field, at, &value);
        if sum.points >= enough || !changed && sum.points > 2 {
            let (_, primitive) = split_content(field, sum.sorted());
            let scaled = primitive.into_iter().map(|(exponents, row)| (exponents, field.product(&row, &content)));
            return Ok(Some(flatten(&scaled.collect())));
        }
    }
    Ok(None)
}

/// A point without pattern (Steele's SplitMix64): at related points, or at the same for all primes or variables, a
/// coefficient of Newton's formula may vanish by the structure of the polynomials, and the interpolation stop too early.
fn scattered(field: &Modulus, index: u64, level: u64) -> u64 {
    let mut word = index.wrapping_add(level << 32).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    word = (word ^ word >> 30).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    word = (word ^ word >> 27).wrapping_mul(0x94D0_49BB_1331_11EB);
    field.reduce(word ^ word >> 31)
}

/// Newton's interpolation of many polynomials at common points.
#[derive(Default)]
struct Interpolation {
    top: Vec<u64>,
    points: usize,
    /// The product of `y - at` over the points so far.
    basis: Vec<u64>,
    rows: HashMap<Vec<u64>, Vec<u64>>,
}

impl Interpolation {
    /// Takes the values at one more point; tells whether any polynomial changed.
    fn add(&mut self, field: &Modulus, at: u64, values: &Terms) -> bool {
        let inverse = field.inverse(field.evaluate(&self.basis, at));
        let mut changed = false;
        let mut wanted: HashMap<&[u64], u64> = values.iter().map(|(exponents, c)| (&exponents[..], *c)).collect();
        for (exponents, row) in &mut self.rows {
            let value = wanted.remove(&exponents[..]).unwrap_or(0);
            let step = field.mul(field.sub(value, field.evaluate(row, at)), inverse);
            if step != 0 {
                *row = field.sum(row, &field.scaled(&self.basis, step));
                changed = true;
            }
        }
        for (exponents, value) in wanted {
            self.rows.insert(exponents.to_vec(), field.scaled(&self.basis, field.mul(value, inverse)));
            changed = true;
        }
        let mut shifted = vec![0];
        shifted.extend_from_slice(&self.basis);
        trim(&mut shifted);
        self.basis = field.difference(&shifted, &trimmed(field.scaled(&self.basis, at)));
        self.points += 1;
        changed
    }

    fn sorted(&self) -> Rows {
        let kept = self.rows.iter().filter(|(_, row)| !row.is_empty());
        let mut rows: Rows = kept.map(|(exponents, row)| (exponents.clone(), row.clone())).collect();
        sorting::sort_by(&mut rows, |x, y| y.0.cmp(&x.0));
        rows
    }
}
