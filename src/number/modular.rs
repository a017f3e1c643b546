//! Powers and inverses modulo a number.

use super::Integer;
use crate::budget;

/// `base^exponent` modulo a positive number, for an exponent that is not negative.
pub fn power(base: &Integer, exponent: &Integer, modulus: &Integer) -> Integer {
    let mut square = reduce(base, modulus);
    let mut exponent = exponent.clone();
    let mut result = reduce(&Integer::ONE, modulus);
    while !exponent.is_zero() {
        budget::pulse();
        if exponent.is_odd() {
            result = reduce(&(&result * &square), modulus);
        }
        exponent = &exponent >> 1;
        if !exponent.is_zero() {
            square = reduce(&(&square * &square), modulus);
        }
    }
    result
}

/// The remainder by a number that is not zero, with that number's sign.
fn reduce(value: &Integer, modulus: &Integer) -> Integer {
    value.div_rem_floor(modulus).map_or(Integer::ZERO, |(_, remainder)| remainder)
}

/// The inverse of a number modulo another, if it has one, by Euclid's algorithm.
pub fn inverse(value: &Integer, modulus: &Integer) -> Option<Integer> {
    let (mut r0, mut r1) = (modulus.clone(), value.clone());
    let (mut t0, mut t1) = (Integer::ZERO, Integer::ONE);
    while !r1.is_zero() {
        budget::pulse();
        let (quotient, remainder) = r0.div_rem_floor(&r1)?;
        (r0, r1) = (r1, remainder);
        let next = &t0 - &quotient * &t1;
        (t0, t1) = (t1, next);
    }
    let result = if r0.is_negative() { -t0 } else { t0 };
    r0.abs().is_one().then(|| reduce(&result, modulus))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn inverses_undo_products() {
        assert_eq!(inverse(&Integer::new(3), &Integer::new(7)), Some(Integer::new(5)));
        assert_eq!(inverse(&Integer::new(2), &Integer::new(4)), None);
        assert_eq!(power(&Integer::new(2), &Integer::new(10), &Integer::new(7)), Integer::new(2));
    }
}
