//! A number that is multiplied and divided by words in place, as in rows of binomial coefficients.

use crate::budget;

use super::{Integer, Rational};

/// A rational number, kept in a form in which the next step is cheap.
#[derive(Clone, Debug)]
pub struct Running {
    state: State,
    /// Room for the next row of limbs.
    spare: Vec<u64>,
}

#[derive(Clone, Debug)]
enum State {
    Small(i64),
    /// The limbs of an integer, least significant first, and whether it is negative.
    Long(Vec<u64>, bool),
    Fraction(Rational),
}

impl From<&Rational> for Running {
    fn from(value: &Rational) -> Running {
        let state = match (value.to_i64(), value.to_integer()) {
            (Some(small), _) => State::Small(small),
            (None, Some(big)) => State::Long(big.limbs(), big.is_negative()),
            (None, None) => State::Fraction(value.clone()),
        };
        Running { state, spare: Vec::new() }
    }
}

impl Running {
    /// The number.
    pub fn value(&self) -> Rational {
        match &self.state {
            State::Small(small) => Rational::from(*small),
            State::Long(limbs, negative) => Rational::from(Integer::from_limb_row(*negative, limbs)),
            State::Fraction(value) => value.clone(),
        }
    }

    /// Multiplies by `above / below`, which is not a fraction of zero, and by another factor.
    pub fn times_ratio(&mut self, above: u64, below: u64, factor: &Rational) {
        if let Some((above, below, negate)) = joined(above, below, factor) {
            match &mut self.state {
                State::Small(small) => {
                    if let Some(long) = small_step(*small, above, below, negate) {
                        self.state = long;
                        return;
                    }
                }
                State::Long(limbs, negative) => {
                    budget::pulse();
                    if times_exactly(limbs, &mut self.spare, above, below) {
                        *negative ^= negate;
                        return;
                    }
                }
                State::Fraction(_) => {}
            }
        }
        let ratio = Rational::ratio(&Integer::from(above), &Integer::from(below));
        let value = self.value() * ratio.expect("the denominator is not zero") * factor;
        *self = Running::from(&value);
    }
}

/// The whole ratio in words, and whether it is negative; `None` where it does not fit, or is zero.
fn joined(above: u64, below: u64, factor: &Rational) -> Option<(u64, u64, bool)> {
    if factor.is_one() {
        return Some((above, below, false));
    }
    let (n, d) = (factor.numerator().to_i64()?, factor.denominator().to_i64()?);
    let above = above.checked_mul(n.unsigned_abs()).filter(|above| *above > 0)?;
    Some((above, below.checked_mul(d.unsigned_abs())?, n < 0))
}

/// A machine integer times a ratio, where that is an integer.
fn small_step(small: i64, above: u64, below: u64, negate: bool) -> Option<State> {
    let product = u128::from(small.unsigned_abs()) * u128::from(above);
    let (quotient, rest) = match u64::try_from(product) {
        Ok(product) => (u128::from(product / below), product % below),
        Err(_) => (product / u128::from(below), (product % u128::from(below)) as u64),
    };
    if rest != 0 {
        return None;
    }
    let negative = (small < 0) != negate;
    Some(match i64::try_from(quotient) {
        Ok(size) => State::Small(if negative { -size } else { size }),
        Err(_) => State::Long(vec![quotient as u64, (quotient >> 64) as u64], negative),
    })
}

/// Multiplies by `above / below` if that leaves an integer, else leaves the limbs as they are.
///
/// One pass multiplies and divides from the lowest limb up by the inverse of the odd part of `below` modulo the limb (Jebelean,
/// "An algorithm for exact division", Journal of Symbolic Computation 15, 1993); a borrow at the end shows a remainder.
fn times_exactly(limbs: &mut Vec<u64>, row: &mut Vec<u64>, above: u64, below: u64) -> bool {
    let twos = below.trailing_zeros();
    let odd = below >> twos;
    let inverse = inverse_of_odd(odd);
    let (mut carry, mut borrow) = (0_u64, 0_u64);
    let mut step = |limb: u64| {
        let product = u128::from(limb) * u128::from(above) + u128::from(carry);
        carry = (product >> 64) as u64;
        let (rest, under) = (product as u64).overflowing_sub(borrow);
        let quotient = rest.wrapping_mul(inverse);
        borrow = ((u128::from(quotient) * u128::from(odd)) >> 64) as u64 + u64::from(under);
        quotient
    };
    row.clear();
    row.extend(limbs.iter().map(|limb| step(*limb)));
    row.push(step(0));
    let low = row.first().copied().unwrap_or(0);
    if borrow != 0 || (twos > 0 && low & ((1 << twos) - 1) != 0) {
        return false;
    }
    if twos > 0 {
        let mut above = 0;
        for limb in row.iter_mut().rev() {
            (*limb, above) = (*limb >> twos | above, *limb << (64 - twos));
        }
    }
    while row.len() > 1 && row.last() == Some(&0) {
        row.pop();
    }
    std::mem::swap(limbs, row);
    true
}

/// The inverse of an odd number modulo `2^64`, by Newton's iteration: three bits are right at the start.
pub(crate) fn inverse_of_odd(odd: u64) -> u64 {
    (0..5).fold(odd, |inverse: u64, _| inverse.wrapping_mul(2_u64.wrapping_sub(odd.wrapping_mul(inverse))))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Steps in place against the definition.
    fn follow(start: Rational, steps: impl Iterator<Item = (u64, u64)>, factor: &Rational) {
        let mut running = Running::from(&start);
        let mut value = start;
        for (above, below) in steps {
            running.times_ratio(above, below, factor);
            value = value * Rational::ratio(&Integer::from(above), &Integer::from(below)).unwrap() * factor;
            assert_eq!(running.value(), value, "{above}/{below}");
        }
    }

    #[test]
    fn steps_in_place_are_products() {
        let binomial = |n: u64| (0..n).map(move |k| (n - k, k + 1));
        let q = |n: i64, d: i64| Rational::fraction(n, d).unwrap();
        for n in [5, 63, 64, 200] {
            follow(Rational::ONE, binomial(n), &Rational::ONE);
            follow(q(-3, 1), binomial(n), &q(-7, 1));
            follow(q(3, 1).pow(n as i64).unwrap(), binomial(n), &q(-2, 3));
            follow(q(2, 7), binomial(n), &q(5, 6));
        }
        follow(q(i64::MIN, 1), [(u64::MAX, 3), (1 << 63, 1 << 62), (5, 7)].into_iter(), &q(-1, 1));
        follow(Rational::ONE, [(u64::MAX, 1); 9].into_iter(), &q(i64::MAX, 1));
        follow(Rational::ONE, [(3, 1), (1, 3)].into_iter(), &q(i64::MIN, 1));
    }
}
