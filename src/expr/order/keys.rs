//! The printed order of polynomials by keys: rows of machine words that compare as the monomials do.
//!
//! A comparison of two monomials walks through a dozen nodes that lie apart in memory. Of a long sum, each is walked
//! through once here.

use super::super::node::{Expr, Kind, Sum, Term};
use super::super::symbol::Symbol;
use super::sorted;
use crate::number::{Rational, sorting};

/// Shorter sums are sorted as quickly by their terms.
const SHORTEST: usize = 32;
/// Sums with more variables are left to the general comparison.
const MOST_SYMBOLS: usize = 64;
/// Exponents beyond this are left to it too; an exponent and this fit half a word, also with the other sign.
const LARGEST: i64 = 1 << 30;

/// The printed order of the terms of a polynomial, those with negative exponents included; `None` for other sums.
pub(super) fn monomial_order(sum: &Sum, step: fn()) -> Option<Box<[u32]>> {
    let terms = sum.terms();
    if terms.len() < SHORTEST {
        return None;
    }
    let mut symbols: Vec<Symbol> = Vec::new();
    let mut longest = 0;
    for term in terms {
        let mut length = 0;
        for_each_power(term, |symbol, _| {
            length += 1;
            let is_known = symbols.contains(&symbol);
            (is_known || symbols.len() < MOST_SYMBOLS).then(|| {
                if !is_known {
                    symbols.push(symbol)
                }
            })
        })?;
        longest = longest.max(length);
    }
    // The first in the alphabet has the highest rank.
    sorting::sort_by_key(&mut symbols, |symbol| std::cmp::Reverse(symbol.name()));
    let width = longest + 1;
    let mut keys = vec![0u64; terms.len() * width];
    for (term, key) in terms.iter().zip(keys.chunks_exact_mut(width)) {
        step();
        write_key(term, &symbols, key)?;
    }
    let key = |at: usize| keys.get(at * width..(at + 1) * width);
    Some(sorted(terms.len(), |a, b| key(b).cmp(&key(a))))
}

/// The total degree, then rank and exponent of each symbol, the last on paper first: there the greater exponent is the
/// less. A key that ends early is the less.
fn write_key(term: &Term, symbols: &[Symbol], key: &mut [u64]) -> Option<()> {
    let (degree, powers) = key.split_first_mut()?;
    let (mut total, mut length) = (0, 0);
    for_each_power(term, |symbol, exponent| {
        let rank = symbols.iter().position(|own| *own == symbol)? as u64 + 1;
        total += exponent;
        *powers.get_mut(length)? = rank << 32 | (LARGEST - exponent) as u64;
        length += 1;
        Some(())
    })?;
    *degree = (total + LARGEST * MOST_SYMBOLS as i64) as u64;
    powers.get_mut(..length)?.sort_unstable();
    Some(())
}

/// The factors of a term that is a product of integer powers of symbols; `None` when it is not, or `work` refuses one.
fn for_each_power(term: &Term, mut work: impl FnMut(Symbol, i64) -> Option<()>) -> Option<()> {
    let mut put = |base: &Expr, exponent: Option<i64>| {
        work(base.as_symbol()?, exponent.filter(|exponent| exponent.abs() < LARGEST)?)
    };
    match term.base.kind() {
        Kind::Symbol(_) => put(&term.base, Some(1)),
        Kind::Power(base, exponent) => put(base, exponent.as_rational().and_then(Rational::to_i64)),
        Kind::Product(product) => {
            product.factors().iter().try_for_each(|factor| put(&factor.base, factor.exponent.to_i64()))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::term_order;
    use super::*;

    /// Against the comparison of terms, of which the keys are a shorter way.
    #[test]
    fn keys_compare_as_the_terms_do() {
        let names = ["x", "y", "a", "x1", "b", "X"];
        let mut state: u64 = 11;
        let mut draw = |bound: u64| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 33) % bound
        };
        for lowest in [0, -2] {
            for _ in 0..20 {
                let terms: Vec<Expr> = (0..60)
                    .map(|place| {
                        let factors = (0..draw(4)).map(|_| {
                            let name = names[draw(names.len() as u64) as usize];
                            Expr::variable(name).powi(lowest + draw(5) as i64)
                        });
                        Expr::product(factors.collect::<Vec<_>>()) * Expr::integer(place + 1)
                    })
                    .collect();
                let expr = Expr::sum(terms);
                let Kind::Sum(sum) = expr.kind() else { panic!("{expr:?}") };
                let found = monomial_order(sum, || ());
                assert_eq!(found.is_some(), sum.terms().len() >= SHORTEST);
                assert!(found.is_none_or(|found| found == term_order(sum, || ())), "{expr:?}");
            }
        }
        let expr =
            Expr::sum((1..50).map(|k| Expr::variable("x").powi(k))) + Expr::variable("x").power(&Expr::variable("n"));
        let Kind::Sum(sum) = expr.kind() else { panic!("{expr:?}") };
        assert!(monomial_order(sum, || ()).is_none());
    }
}
