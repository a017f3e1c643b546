//! Powers of sparse polynomials: the multinomial theorem where it makes few terms meet, repeated squaring elsewhere.

use std::collections::HashMap;

use crate::number::Integer;

use super::super::dense::IntegerPolynomial;
use super::SparsePolynomial;
use super::key::{Key, Layout, QuickHash};
use super::multiply::{box_size, from_keys, keys};

/// The multinomial theorem is used for up to this many terms.
const MULTINOMIAL_TERMS: usize = 12;

impl SparsePolynomial {
    /// The polynomial to a machine power. The caller bounds the size of the result first.
    pub fn pow(&self, exponent: usize) -> SparsePolynomial {
        match (exponent, self.leading()) {
            (0, _) => return SparsePolynomial::one(self.variables),
            (1, _) | (_, None) => return self.clone(),
            _ => {}
        }
        let degrees: Vec<u64> = self.degrees().iter().map(|degree| degree * exponent as u64).collect();
        let terms = compositions(exponent, self.len()).unwrap_or(u64::MAX);
        let room = box_size(&degrees, u64::MAX).unwrap_or(u64::MAX);
        if self.len() <= MULTINOMIAL_TERMS && terms <= room {
            let layout = Layout::for_degrees(&degrees);
            return match layout.bits() {
                0..=64 => multinomial::<u64>(self, exponent, &layout),
                65..=128 => multinomial::<u128>(self, exponent, &layout),
                _ => multinomial::<Vec<u64>>(self, exponent, &layout),
            };
        }
        if let [variable] = self.support()[..]
            && let Some(dense) = self.to_univariate(variable)
        {
            return SparsePolynomial::from_univariate(self.variables, variable, &dense.pow(exponent));
        }
        self.pow_by_squaring(exponent)
    }

    fn pow_by_squaring(&self, exponent: usize) -> SparsePolynomial {
        let mut power = self.clone();
        for bit in (0..usize::BITS - exponent.leading_zeros() - 1).rev() {
            power = &power * &power;
            if exponent >> bit & 1 == 1 {
                power = &power * self;
            }
        }
        power
    }
}

/// The number of ways to write `total` as an ordered sum of `parts` numbers, `binomial(total + parts - 1, parts - 1)`.
fn compositions(total: usize, parts: usize) -> Option<u64> {
    let mut ways = 1u64;
    for i in 1..parts as u64 {
        ways = ways.checked_mul((total as u64).checked_add(i)?)? / i;
    }
    Some(ways)
}

/// What the recursion of the multinomial theorem needs: powers of the terms and binomial coefficients.
struct Multinomial<'a, K> {
    key_powers: Vec<Vec<K>>,
    coefficient_powers: Vec<Vec<Integer>>,
    binomials: Vec<IntegerPolynomial>,
    sums: &'a mut HashMap<K, Integer, QuickHash>,
}

fn multinomial<K: Key>(p: &SparsePolynomial, exponent: usize, layout: &Layout) -> SparsePolynomial {
    let one = K::pack(&vec![0; p.variables], layout);
    let key_powers = |key: &K| {
        let mut row = vec![one.clone()];
        for _ in 0..exponent {
            row.extend(row.last().map(|last| last.times(key)));
        }
        row
    };
    let coefficient_powers = |c: &Integer| {
        let mut row = vec![Integer::ONE];
        for _ in 0..exponent {
            row.extend(row.last().map(|last| last * c));
        }
        row
    };
    let mut sums = HashMap::default();
    let plus_one = IntegerPolynomial::from_i64(&[1, 1]);
    // Two terms need one row of binomial coefficients, more of them all rows below it too.
    let rows = if p.len() > 2 { 0..=exponent } else { exponent..=exponent };
    let mut table = Multinomial {
        key_powers: keys::<K>(p, layout).iter().map(key_powers).collect(),
        coefficient_powers: p.coefficients.iter().map(coefficient_powers).collect(),
        binomials: (0..*rows.start()).map(|_| IntegerPolynomial::zero()).chain(rows.map(|n| plus_one.pow(n))).collect(),
        sums: &mut sums,
    };
    table.distribute(0, exponent, &one, &Integer::ONE);
    from_keys(p.variables, layout, sums.into_iter().collect())
}

impl<K: Key> Multinomial<'_, K> {
    /// Gives `left` factors to the terms from `term` on; depth is the number of terms, which is small.
    fn distribute(&mut self, term: usize, left: usize, key: &K, coefficient: &Integer) {
        let last = term + 1 == self.key_powers.len();
        for count in if last { left } else { 0 }..=left {
            let (Some(step), Some(power), Some(binomials)) = (
                self.key_powers.get(term).and_then(|row| row.get(count)),
                self.coefficient_powers.get(term).and_then(|row| row.get(count)),
                self.binomials.get(left),
            ) else {
                return;
            };
            let key = key.times(step);
            let mut value = if power.is_one() { coefficient.clone() } else { coefficient * power };
            if last {
                *self.sums.entry(key).or_default() += value;
                continue;
            }
            value *= binomials.coefficient(count);
            self.distribute(term + 1, left - count, &key, &value);
        }
    }
}
