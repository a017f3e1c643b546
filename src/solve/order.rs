//! The order in which the factors of a rational polynomial give their roots.
//!
//! Programs pick roots by their index, so the order is that of Maxima, and so of Sage: the one in which the classical
//! algorithm meets the factors. It chooses among the first primes the one with the fewest factors, splits there (factors
//! of higher degree first, linear ones by their residues), and lifts in halves (Wang and Rothschild 1975). Only the order
//! is reproduced; the factors themselves come from the exact factorisation.

use std::cmp::Ordering;

use crate::number::Integer;
use crate::number::sorting;
use crate::poly::{IntegerPolynomial, Modulus};

/// Above this degree the order is left as it is.
const LARGEST_DEGREE: usize = 64;

/// The primes that are tried; more are needed only when all of these divide a discriminant.
const PRIMES: [u64; 24] = [3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];

/// What one factor modulo a prime comes from.
#[derive(Clone, Copy, Debug)]
enum Leaf {
    /// A true factor, irreducible there.
    Whole(usize),
    /// A part of a true factor.
    Part,
}

/// Orders distinct irreducible factors, of which none is a multiple of the unknown.
pub(super) fn in_classical_order(factors: Vec<IntegerPolynomial>) -> Vec<IntegerPolynomial> {
    let degree: usize = factors.iter().filter_map(IntegerPolynomial::degree).sum();
    if factors.len() < 2 || degree > LARGEST_DEGREE {
        return factors;
    }
    let Some(leaves) = leaves_of_best_prime(&factors, degree) else { return factors };
    let mut lifted = Vec::new();
    lift_in_halves(&leaves, &mut lifted);
    let whole = lifted.iter().filter_map(|leaf| match leaf {
        Leaf::Whole(index) => Some(*index),
        Leaf::Part => None,
    });
    let mut places: Vec<usize> = whole.collect();
    // Factors that split further are what is left over at the end, which comes first.
    let split: Vec<usize> = (0..factors.len()).filter(|index| !places.contains(index)).collect();
    places.splice(0..0, split);
    places.into_iter().filter_map(|index| factors.get(index).cloned()).collect()
}

/// The factors modulo the prime with the fewest: the search ends early when there are few, or no prime does better.
fn leaves_of_best_prime(factors: &[IntegerPolynomial], degree: usize) -> Option<Vec<Leaf>> {
    let few = (usize::BITS - degree.leading_zeros()) as usize;
    let mut best: Option<Vec<Leaf>> = None;
    let (mut tried, mut equal) = (1, 0);
    for prime in PRIMES {
        let Some(leaves) = leaves_modulo(factors, prime) else { continue };
        tried += 1;
        let count = leaves.len();
        match &best {
            Some(known) if known.len() < count => {}
            Some(known) if known.len() == count => equal += 1,
            _ => {
                best = Some(leaves);
                equal = 1;
            }
        }
        if tried > few || count <= few || equal == 3 {
            break;
        }
    }
    best
}

/// The factors modulo a prime, linear ones last; `None` when the prime divides the leading coefficient or makes two
/// factors meet.
fn leaves_modulo(factors: &[IntegerPolynomial], prime: u64) -> Option<Vec<Leaf>> {
    let field = Modulus::new(prime);
    let mut leaves = Vec::new();
    let mut linear: Vec<(u64, Leaf)> = Vec::new();
    let mut product = vec![1];
    for (index, factor) in factors.iter().enumerate() {
        let image = field.image(factor);
        if image.len() != factor.len() {
            return None;
        }
        product = field.product(&product, &image);
        let residues: Vec<u64> = (0..prime).filter(|&at| field.evaluate(&image, at) == 0).collect();
        let others = irreducible_count(&field, &image)?.checked_sub(residues.len())?;
        let leaf = if residues.len() + others == 1 { Leaf::Whole(index) } else { Leaf::Part };
        linear.extend(residues.into_iter().map(|residue| (residue, leaf)));
        leaves.extend(std::iter::repeat_n(leaf, others));
    }
    if field.gcd(&product, &field.derivative(&product)).len() != 1 {
        return None;
    }
    sorting::sort_by_key(&mut linear, |(residue, _)| *residue);
    leaves.extend(linear.into_iter().map(|(_, leaf)| leaf));
    Some(leaves)
}

/// The number of irreducible factors of a square-free polynomial, by distinct degrees.
fn irreducible_count(field: &Modulus, image: &[u64]) -> Option<usize> {
    let mut rest = field.monic(image);
    let mut power = vec![0, 1];
    let mut count = 0;
    for degree in 1.. {
        let left = rest.len().checked_sub(1)?;
        if left < 2 * degree {
            return Some(count + usize::from(left > 0));
        }
        power = field.power_modulo(&field.remainder(power, &rest), field.prime(), &rest);
        let class = field.gcd(&field.difference(&power, &[0, 1]), &rest);
        if class.len() > 1 {
            count += (class.len() - 1) / degree;
            rest = field.div_rem(&rest, &class).0;
        }
    }
    None
}

/// Lifting by halves puts every pair and every single factor before those lifted earlier.
fn lift_in_halves(leaves: &[Leaf], lifted: &mut Vec<Leaf>) {
    if leaves.len() <= 2 {
        lifted.splice(0..0, leaves.iter().copied());
        return;
    }
    let (first, second) = leaves.split_at(leaves.len() / 2);
    lift_in_halves(first, lifted);
    lift_in_halves(second, lifted);
}

/// The order of the factors of a product as it is written: by descending coefficients, a missing term below any term.
pub(super) fn written_order(a: &IntegerPolynomial, b: &IntegerPolynomial) -> Ordering {
    let degree = a.degree().max(b.degree()).unwrap_or(0);
    (0..=degree)
        .rev()
        .map(|power| in_written_order(a.coefficient(power), b.coefficient(power), power))
        .fold(Ordering::Equal, |order, next| order.then(next))
}

fn in_written_order(a: &Integer, b: &Integer, power: usize) -> Ordering {
    match (a.is_zero(), b.is_zero()) {
        (true, false) if power > 0 => Ordering::Less,
        (false, true) if power > 0 => Ordering::Greater,
        _ => a.cmp(b),
    }
}
