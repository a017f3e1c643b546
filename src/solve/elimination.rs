//! Polynomial systems with finitely many solutions, by a lexicographic Groebner basis.
//!
//! The basis holds a polynomial in the last unknown alone; each of its roots leaves polynomials in the unknown before,
//! and so on. Every solution of the system is met that way (Cox, Little and O'Shea, "Ideals, Varieties, and Algorithms",
//! chapter 3); what the chosen polynomial brings in besides is put back into the system by the caller.

use super::equation::put;
use super::polynomial::polynomial_roots;
use crate::algebra::rational::Generators;
use crate::algebra::{self, expand};
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::poly::{MonomialOrder, SparsePolynomial, Unfinished, groebner_basis};

/// Reduction steps before the basis is given up.
const MOST_WORK: usize = 20_000;

/// Candidates that hold all solutions; `None` when the system is not polynomial over the rational numbers, has
/// infinitely many solutions, or is too large.
///
/// # Errors
/// When the budget runs out.
pub(super) fn solve_polynomial(
    equations: &[Expr],
    unknowns: &[Symbol],
    budget: &Budget,
) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    let Some(system) = read(equations, unknowns, budget)? else { return Ok(None) };
    let basis = match groebner_basis(&system, MonomialOrder::Lexicographic, MOST_WORK, budget) {
        Ok(basis) => basis,
        Err(Unfinished::Stopped(stopped)) => return Err(stopped.into()),
        Err(_) => return Ok(None),
    };
    let is_pure = |index: usize| {
        basis
            .iter()
            .any(|p| p.leading().is_some_and(|(e, _)| e.iter().enumerate().all(|(k, n)| (k == index) == (*n > 0))))
    };
    if basis.iter().any(SparsePolynomial::is_constant) {
        return Ok(Some(Vec::new()));
    }
    if !(0..unknowns.len()).all(is_pure) {
        return Ok(None);
    }
    let polynomials: Vec<Expr> = basis.iter().map(|p| written(p, unknowns)).collect();
    descend(&polynomials, unknowns, budget)
}

/// The equations as polynomials in the unknowns, in their order.
fn read(equations: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<Vec<SparsePolynomial>>, Reason> {
    let mut system = Vec::new();
    for equation in equations {
        let (numerator, _) = algebra::numerator_denominator(equation, budget)?;
        let Ok(generators) = Generators::survey(&[&numerator]) else { return Ok(None) };
        let places: Option<Vec<usize>> = generators
            .list()
            .iter()
            .map(|generator| unknowns.iter().position(|unknown| generator.power(1).as_symbol() == Some(*unknown)))
            .collect();
        let Some(places) = places else { return Ok(None) };
        let form = generators.read(&numerator, budget)?;
        let terms = form.numerator.terms().map(|(exponents, coefficient)| {
            let mut own = vec![0; unknowns.len()];
            for (place, exponent) in places.iter().zip(exponents) {
                if let Some(slot) = own.get_mut(*place) {
                    *slot = *exponent;
                }
            }
            (own, coefficient.clone())
        });
        system.push(SparsePolynomial::from_terms(unknowns.len(), terms));
    }
    Ok(Some(system))
}

fn written(p: &SparsePolynomial, unknowns: &[Symbol]) -> Expr {
    Expr::sum(p.terms().map(|(exponents, coefficient)| {
        let powers = exponents
            .iter()
            .zip(unknowns)
            .map(|(n, symbol)| Expr::symbol(*symbol).powi(i64::try_from(*n).unwrap_or(0)));
        Expr::product(powers) * Expr::number(coefficient.clone())
    }))
}

/// Solves for the unknowns from the last to the first.
fn descend(polynomials: &[Expr], unknowns: &[Symbol], budget: &Budget) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    const MOST_SOLUTIONS: usize = 500;
    let mut partial: Vec<Vec<Expr>> = vec![Vec::new()];
    for place in (0..unknowns.len()).rev() {
        let Some(own) = unknowns.get(place) else { return Ok(None) };
        let mut next = Vec::new();
        for known in &partial {
            let later = unknowns.iter().skip(place + 1);
            let pairs: Vec<(&Symbol, &Expr)> = later.zip(known.iter()).collect();
            let Some(values) = values_of(polynomials, *own, unknowns.get(..place).unwrap_or(&[]), &pairs, budget)?
            else {
                return Ok(None);
            };
            next.extend(values.into_iter().map(|value| std::iter::once(value).chain(known.iter().cloned()).collect()));
        }
        if next.len() > MOST_SOLUTIONS {
            return Ok(None);
        }
        partial = next;
    }
    Ok(Some(partial))
}

/// The roots of the polynomial of least degree in an unknown, once the later ones have values.
fn values_of(
    polynomials: &[Expr],
    own: Symbol,
    earlier: &[Symbol],
    known: &[(&Symbol, &Expr)],
    budget: &Budget,
) -> Result<Option<Vec<Expr>>, Reason> {
    let mut best: Option<Vec<Expr>> = None;
    for polynomial in polynomials {
        if earlier.iter().any(|symbol| polynomial.has_symbol(*symbol)) || !polynomial.has_symbol(own) {
            continue;
        }
        let there = known.iter().fold(polynomial.clone(), |sum, (symbol, value)| put(&sum, **symbol, value));
        let Some(coefficients) = coefficients_in(&there, own, budget)? else { return Ok(None) };
        let shorter = best.as_ref().is_none_or(|best| coefficients.len() < best.len());
        if coefficients.len() > 1 && shorter {
            best = Some(coefficients);
        }
    }
    let Some(best) = best else { return Ok(None) };
    let roots = polynomial_roots(&best, budget)?;
    Ok(roots.open.is_empty().then(|| roots.roots.into_iter().map(|(root, _)| root).collect()))
}

/// Ascending coefficients with a leading one that is proved not to be zero; `None` when that is not decided.
fn coefficients_in(expr: &Expr, own: Symbol, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let rows = algebra::coefficients(expr, &Expr::symbol(own), budget)?;
    let degree = rows.iter().filter_map(|(_, e)| e.to_i64()).max().unwrap_or(0);
    let mut all = vec![Expr::zero(); usize::try_from(degree).unwrap_or(0) + 1];
    for (coefficient, exponent) in rows {
        let place = exponent.to_i64().and_then(|n| usize::try_from(n).ok());
        if let Some(slot) = place.and_then(|n| all.get_mut(n)) {
            *slot = expand(&coefficient, budget)?;
        }
    }
    while let Some(last) = all.last() {
        match algebra::is_zero(last, budget)? {
            crate::expr::Truth::Yes => drop(all.pop()),
            crate::expr::Truth::No => break,
            crate::expr::Truth::Unknown => return Ok(None),
        }
    }
    Ok(Some(all))
}
