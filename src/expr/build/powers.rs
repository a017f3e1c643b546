//! Sums of powers of one variable, made in one go: long polynomials cost little more than their nodes.

use super::finish_sum;
use crate::expr::node::{Expr, Term};
use crate::expr::symbol::Symbol;
use crate::number::{Number, Rational};

impl Expr {
    /// The sum of numbers times powers of a variable, the exponents all different.
    pub fn in_powers(variable: Symbol, terms: impl IntoIterator<Item = (i64, Number)>) -> Expr {
        let base = Expr::symbol(variable);
        let mut constant = Number::ZERO;
        let mut list: Vec<Term> = Vec::new();
        for (exponent, coefficient) in terms.into_iter().filter(|(_, c)| !(c.is_zero() && c.is_exact())) {
            match exponent {
                0 => constant = coefficient,
                _ => list.push(Term { base: Expr::raw_power(&base, &Rational::from(exponent)), coefficient }),
            }
        }
        finish_sum(constant, in_canonical_order(list))
    }
}

/// Terms with different bases sorted; the keys apart, so that little is moved.
fn in_canonical_order(list: Vec<Term>) -> Vec<Term> {
    let mut keys: Vec<(u64, u32)> =
        list.iter().zip(0..).map(|(term, place)| (term.base.stable_hash(), place)).collect();
    keys.sort_unstable();
    let collide = keys.windows(2).any(|pair| pair[0].0 == pair[1].0);
    let mut places: Vec<Option<Term>> = list.into_iter().map(Some).collect();
    let mut sorted: Vec<Term> =
        keys.iter().filter_map(|(_, place)| places.get_mut(*place as usize).and_then(Option::take)).collect();
    if collide {
        sorted.sort_by(|a, b| a.base.canonical_cmp(&b.base));
    }
    sorted
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_the_one_of_its_terms() {
        let x = Symbol::new("x");
        let rows: [&[(i64, i64)]; 5] =
            [&[], &[(0, 3)], &[(2, 5)], &[(1, 1), (0, 0)], &[(3, -1), (-2, 4), (1, 7), (0, 2)]];
        for row in rows {
            let terms = row.iter().map(|(e, c)| Expr::integer(*c) * Expr::symbol(x).powi(*e));
            assert_eq!(
                Expr::in_powers(x, row.iter().map(|(e, c)| (*e, Number::from(*c)))),
                Expr::sum(terms),
                "{row:?}"
            );
        }
    }
}
