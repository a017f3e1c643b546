//! Sums of powers of one variable, made in one go: long polynomials cost little more than their nodes.

use super::{finish_sum, spread};
use crate::expr::node::{Expr, Term};
use crate::expr::symbol::Symbol;
use crate::number::{Number, Rational};

impl Expr {
    /// The sum of numbers times powers of a variable, the exponents all different.
    pub fn in_powers(variable: Symbol, terms: impl IntoIterator<Item = (i64, Number)>) -> Expr {
        let base = Expr::symbol(variable);
        let mut constant = Number::ZERO;
        let terms = terms.into_iter();
        let mut list: Vec<Term> = Vec::with_capacity(terms.size_hint().0);
        for (exponent, coefficient) in terms.filter(|(_, c)| !(c.is_zero() && c.is_exact())) {
            match exponent {
                0 => constant = coefficient,
                _ => list.push(Term { base: Expr::raw_power(&base, &Rational::from(exponent)), coefficient }),
            }
        }
        spread::sort_terms(&mut list);
        finish_sum(constant, list)
    }
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
