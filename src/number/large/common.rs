//! The greatest common divisor of very large natural numbers, by halves.
//!
//! The leading halves of two numbers give the first half of Euclid's quotients; their matrix, applied to the whole
//! numbers, takes off that much at once (Möller, "On Schönhage's algorithm and subquadratic integer GCD computation",
//! 2008). Every matrix has determinant 1, so the divisor stays the same whatever the quotients are: they decide only how
//! fast the numbers shrink, and where they do not, a division does.

use dashu_base::{Gcd, Sign};
use dashu_int::{IBig, UBig};

use super::{bits, divide, multiply};
use crate::budget;

/// Numbers shorter than so many bits are left to the library.
const SHORT_NUMBER: usize = 80_000;

/// Below so many bits Euclid's steps are done one by one.
const SHORT_HALF: usize = 1_200;

/// A matrix of natural numbers with determinant 1.
struct Matrix([UBig; 4]);

impl Matrix {
    fn identity() -> Matrix {
        Matrix([UBig::ONE, UBig::ZERO, UBig::ZERO, UBig::ONE])
    }

    /// The product with `(1, q; 0, 1)`, or with `(1, 0; q, 1)`.
    fn step(&mut self, quotient: &UBig, upper: bool) {
        let Matrix([a, b, c, d]) = self;
        if upper {
            *b += multiply(a, quotient);
            *d += multiply(c, quotient);
        } else {
            *a += multiply(b, quotient);
            *c += multiply(d, quotient);
        }
    }

    fn times(&self, other: &Matrix) -> Matrix {
        let (Matrix([a, b, c, d]), Matrix([e, f, g, h])) = (self, other);
        Matrix([
            multiply(a, e) + multiply(b, g),
            multiply(a, f) + multiply(b, h),
            multiply(c, e) + multiply(d, g),
            multiply(c, f) + multiply(d, h),
        ])
    }

    /// The inverse applied to a pair, if nothing turns negative.
    fn reduce(&self, x: &UBig, y: &UBig) -> Option<(UBig, UBig)> {
        let Matrix([a, b, c, d]) = self;
        let difference = |positive: UBig, negative: UBig| {
            let (sign, value) = (IBig::from(positive) - IBig::from(negative)).into_parts();
            (sign == Sign::Positive).then_some(value)
        };
        Some((difference(multiply(d, x), multiply(b, y))?, difference(multiply(a, y), multiply(c, x))?))
    }
}

/// The greatest common divisor.
pub(crate) fn gcd(a: &UBig, b: &UBig) -> UBig {
    let (mut a, mut b) = if a >= b { (a.clone(), b.clone()) } else { (b.clone(), a.clone()) };
    while bits(&b) >= SHORT_NUMBER {
        budget::pulse();
        let size = bits(&a);
        if bits(&b) > size - size / 4 {
            let cut = size / 3;
            let matrix = half(&(&a >> cut), &(&b >> cut));
            if let Some((x, y)) = matrix.reduce(&a, &b) {
                (a, b) = if x >= y { (x, y) } else { (y, x) };
            }
        }
        let remainder = divide(&a, &b).1;
        (a, b) = (b, remainder);
    }
    if b == UBig::ZERO {
        return a;
    }
    let rest = divide(&a, &b).1;
    if rest == UBig::ZERO { b } else { b.gcd(rest) }
}

/// One step of Euclid that leaves both numbers above `2^floor`; `false` when there is none.
fn euclid(a: &mut UBig, b: &mut UBig, floor: usize, matrix: &mut Matrix) -> bool {
    let upper = *a >= *b;
    let (large, small) = if upper { (a, b) } else { (b, a) };
    let least = UBig::ONE << floor;
    if *small <= least || *large <= &least + &*small {
        return false;
    }
    let (quotient, _) = divide(&(&*large - &least - UBig::ONE), small);
    if quotient == UBig::ZERO {
        return false;
    }
    *large -= multiply(&quotient, small);
    matrix.step(&quotient, upper);
    true
}

/// The matrix of the first half of Euclid's steps on two numbers.
fn half(a: &UBig, b: &UBig) -> Matrix {
    let (mut a, mut b) = (a.clone(), b.clone());
    let size = bits(&a).max(bits(&b));
    let floor = size / 2 + 1;
    let mut matrix = Matrix::identity();
    if size > SHORT_HALF && bits(&a).min(bits(&b)) > size - size / 4 + 2 {
        budget::pulse();
        let cut = size / 2;
        let first = half(&(&a >> cut), &(&b >> cut));
        if let Some(pair) = first.reduce(&a, &b) {
            ((a, b), matrix) = (pair, first);
        }
        while bits(&a).max(bits(&b)) > size - size / 4 + 1 && euclid(&mut a, &mut b, floor, &mut matrix) {}
        let rest = bits(&a).max(bits(&b));
        if bits(&a).min(bits(&b)) > floor + 2 && rest < size - size / 8 {
            let cut = 2 * floor + 1 - rest;
            let second = half(&(&a >> cut), &(&b >> cut));
            if let Some(pair) = second.reduce(&a, &b) {
                (a, b) = pair;
                matrix = matrix.times(&second);
            }
        }
    }
    while euclid(&mut a, &mut b, floor, &mut matrix) {}
    matrix
}
