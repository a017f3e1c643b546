//! Polynomial systems with finitely many solutions, by a lexicographic Groebner basis.
//!
//! The basis holds a polynomial in the last unknown alone; each of its roots leaves polynomials in the unknown before,
//! and so on. Every solution of the system is met that way (Cox, Little and O'Shea, "Ideals, Varieties, and Algorithms",
//! chapter 3); what the chosen polynomial brings in besides is put back into the system by the caller. Where a root has
//! no radicals and the basis gives the other unknowns by the last one (the shape lemma, chapter 3 of "Using Algebraic
//! Geometry" by the same), the solutions are decimals: they are then those of the basis, none more and none less.

use super::equation::put;
use super::numeric::numeric_roots;
use super::polynomial::polynomial_roots;
use crate::algebra::rational::Generators;
use crate::algebra::{self, ENCLOSURE_BITS, around, expand};
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{ComplexBall, Number};
use crate::poly::{MonomialOrder, SparsePolynomial, Unfinished, groebner_basis};
use crate::tape::{Evaluator, Numbers, Program};

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
    match descend(&polynomials, unknowns, budget)? {
        None => by_shape(equations, &polynomials, unknowns, budget),
        found => Ok(found),
    }
}

/// The solutions of a basis in which each unknown is a polynomial in the last one: exact where that has a root by
/// radicals, else decimals that are correctly rounded, of points at which no equation has a pole.
fn by_shape(
    equations: &[Expr],
    basis: &[Expr],
    unknowns: &[Symbol],
    budget: &Budget,
) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    let Some((last, others)) = unknowns.split_last() else { return Ok(None) };
    let is_in = |p: &&Expr, own: Symbol| {
        p.has_symbol(own) && unknowns.iter().all(|other| *other == own || *other == *last || !p.has_symbol(*other))
    };
    let mut values = Vec::new();
    for own in others {
        let mut value = None;
        for polynomial in basis.iter().filter(|p| is_in(p, *own)) {
            match algebra::coefficients(polynomial, &Expr::symbol(*own), budget)?.as_slice() {
                [(rest, power), (leading, one)] if power.is_zero() && one.is_one() && leading.is_constant() => {
                    value = Some(-(rest / leading));
                }
                [(leading, one)] if one.is_one() && leading.is_constant() => value = Some(Expr::zero()),
                _ => {}
            }
        }
        let Some(value) = value else { return Ok(None) };
        values.push(value);
    }
    let Some(eliminant) = basis.iter().find(|p| others.iter().all(|other| !p.has_symbol(*other))) else {
        return Ok(None);
    };
    let Some(coefficients) = coefficients_in(eliminant, *last, budget)? else { return Ok(None) };
    let roots = polynomial_roots(&coefficients, budget)?;
    values.push(Expr::symbol(*last));
    let mut denominators = Vec::new();
    for equation in equations {
        let (_, below) = algebra::numerator_denominator(equation, budget)?;
        denominators.push(unknowns.iter().zip(&values).fold(below, |below, (own, value)| put(&below, *own, value)));
    }
    let mut found = Vec::new();
    for (root, _) in &roots.roots {
        let at = values.iter().map(|value| expand(&put(value, *last, root), budget));
        found.push(at.collect::<Result<Vec<Expr>, Reason>>()?);
    }
    for (open, _) in &roots.open {
        let powers = open.iter().zip(0..).map(|(c, power)| c * Expr::symbol(*last).powi(power));
        let Some(decimals) = numeric_roots(&Expr::sum(powers), *last, ENCLOSURE_BITS, budget)? else {
            return Ok(None);
        };
        for (root, _) in decimals {
            match decimals_at(&values, &denominators, *last, &root) {
                Some(solution) => found.push(solution),
                None => return Ok(None),
            }
        }
    }
    Ok(Some(found))
}

/// Polynomials in a variable at the root that a number of high precision stands for, rounded; `None` where a part can't
/// be, and where a denominator may vanish.
fn decimals_at(values: &[Expr], denominators: &[Expr], variable: Symbol, root: &Number) -> Option<Vec<Expr>> {
    const SHOWN: u32 = 53;
    let input = around(root)?;
    let at = |expr: &Expr| -> Option<ComplexBall> {
        let program = Program::new(expr, &[variable]).ok()?;
        Some(Evaluator::new(program, Numbers(ENCLOSURE_BITS)).value(std::slice::from_ref(&input)))
    };
    let rounded = |value: &Expr| {
        let ball = at(value)?;
        Some(match ball.is_real() {
            true => Expr::number(ball.re().round_to(SHOWN)?),
            false => Expr::number(Number::Complex(Box::new(ball.round_to(SHOWN)?))),
        })
    };
    let has_no_pole = denominators.iter().all(|below| at(below).is_some_and(|value| !value.contains_zero()));
    if has_no_pole { values.iter().map(rounded).collect() } else { None }
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
