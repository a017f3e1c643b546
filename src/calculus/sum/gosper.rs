//! Gosper's algorithm: indefinite summation of hypergeometric terms.
//!
//! Source: Petkovsek, Wilf, Zeilberger, "A = B", chapter 5. The quotient of neighbouring terms must be a rational function
//! with rational coefficients; the answer is checked by putting it back.

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::sorting;
use crate::number::{Integer, Number, Rational};
use crate::poly::{RationalFunction, RationalPolynomial};

/// Shifts and degrees beyond this are not looked at.
const FARTHEST: i64 = 200;

/// `G` with `G(k+1) - G(k) = f(k)`, if the term is hypergeometric and such a hypergeometric `G` exists.
pub(super) fn telescoping(f: &Expr, k: Symbol, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let shifted = f.substitute_symbol(k, &(Expr::symbol(k) + Expr::one()));
    let quotient = algebra::simplify_factorial(&(&shifted / f), budget)?;
    let quotient = algebra::simplify_rational(&quotient, budget)?;
    let Some(quotient) = algebra::rational_function(&quotient, k, budget)? else { return Ok(None) };
    let Some((p, q, r)) = split(&quotient, budget)? else { return Ok(None) };
    // q(k)*s(k+1) - r(k)*s(k) = p(k), with r shifted back; the answer is r(k)*s(k)/p(k)*f(k).
    let Some(s) = solve(&p, &q, &r) else { return Ok(None) };
    let x = Expr::symbol(k);
    let expression = |row: &RationalPolynomial| algebra::polynomial_expr(row, &x);
    let factor = expression(&r) * expression(&s) / expression(&p);
    let found = algebra::simplify_rational(&factor, budget)? * f;
    let next = found.substitute_symbol(k, &(&x + Expr::one()));
    let difference = algebra::simplify_factorial(&((next - &found) / f - Expr::one()), budget)?;
    Ok(algebra::is_zero(&difference, budget)?.is_yes().then_some(found))
}

type Polynomials = (RationalPolynomial, RationalPolynomial, RationalPolynomial);

/// `p(k+1)/p(k) * q(k)/r(k+1)` for the quotient, where `q(k)` and `r(k+h)` are coprime for `h >= 1`.
fn split(quotient: &RationalFunction, budget: &Budget) -> Result<Option<Polynomials>, Reason> {
    let mut q = quotient.numerator().clone();
    let mut r = RationalPolynomial::from(quotient.denominator().clone());
    let mut p = RationalPolynomial::one();
    let mut shifts = dispersion(&q, &r, budget)?;
    sorting::sort(&mut shifts);
    shifts.dedup();
    for h in shifts {
        let back = r.taylor_shift(&Rational::from(h));
        let common = q.gcd(&back);
        if common.is_constant() {
            continue;
        }
        let (Some(next_q), Some(next_r)) =
            (q.div_exact(&common), r.div_exact(&common.taylor_shift(&Rational::from(-h))))
        else {
            return Ok(None);
        };
        (q, r) = (next_q, next_r);
        for j in 1..=h {
            p = &p * &common.taylor_shift(&Rational::from(-j));
        }
    }
    Ok(Some((p, q, r.taylor_shift(&Rational::from(-1)))))
}

/// The shifts `h >= 0` for which `q(k)` and `r(k+h)` have a factor in common.
fn dispersion(q: &RationalPolynomial, r: &RationalPolynomial, budget: &Budget) -> Result<Vec<i64>, Reason> {
    let factors = |p: &RationalPolynomial| -> Result<Vec<RationalPolynomial>, Reason> {
        let list = p.numerator().factor_within(budget)?.factors;
        Ok(list.into_iter().map(|(factor, _)| RationalPolynomial::from(factor).monic()).collect())
    };
    let mut shifts = Vec::new();
    for a in factors(q)? {
        for b in factors(r)? {
            let Some(degree) = a.degree().filter(|degree| Some(*degree) == b.degree() && *degree > 0) else { continue };
            let size = Rational::from(i64::try_from(degree).unwrap_or(1));
            let gap = a.coefficient(degree - 1) - b.coefficient(degree - 1);
            let h = gap.checked_div(&size).and_then(|h| h.to_integer()).and_then(|h: Integer| h.to_i64());
            if let Some(h @ 0..=FARTHEST) = h
                && b.taylor_shift(&Rational::from(h)) == a
            {
                shifts.push(h);
            }
        }
    }
    Ok(shifts)
}

/// A polynomial `s` with `q(k)*s(k+1) - r(k)*s(k) = p(k)`.
fn solve(p: &RationalPolynomial, q: &RationalPolynomial, r: &RationalPolynomial) -> Option<RationalPolynomial> {
    let degree = |p: &RationalPolynomial| p.degree().and_then(|d| i64::try_from(d).ok()).unwrap_or(-1);
    let (sum, difference) = (q + r, q - r);
    let largest = if degree(&sum) <= degree(&difference) {
        degree(p) - degree(&difference)
    } else {
        let top = usize::try_from(degree(&sum)).ok()?;
        let first = degree(p) - degree(&sum) + 1;
        let lead = sum.leading();
        let below = if top == 0 { Rational::ZERO } else { difference.coefficient(top - 1) };
        let special = (-below).checked_div(&lead)? * Rational::from(2);
        special.to_i64().filter(|n| *n >= 0).map_or(first, |n| n.max(first))
    };
    if !(0..=FARTHEST).contains(&largest) {
        return None;
    }
    let unknowns = usize::try_from(largest).ok()? + 1;
    let columns: Vec<RationalPolynomial> = (0..unknowns)
        .map(|power| {
            let monomial = RationalPolynomial::x().pow(power);
            &(q * &monomial.taylor_shift(&Rational::ONE)) - &(r * &monomial)
        })
        .collect();
    linear_solution(&columns, p)
}

/// Coefficients with which the columns add up to `wanted`, by elimination on the leading terms.
fn linear_solution(columns: &[RationalPolynomial], wanted: &RationalPolynomial) -> Option<RationalPolynomial> {
    // Each pivot: a polynomial and the combination of columns that makes it.
    let mut pivots: Vec<(RationalPolynomial, RationalPolynomial)> = Vec::new();
    let reduce = |pivots: &[(RationalPolynomial, RationalPolynomial)],
                  mut row: (RationalPolynomial, RationalPolynomial)| {
        loop {
            let found = pivots.iter().find_map(|(pivot, made)| {
                let degree = pivot.degree()?;
                let c = row.0.coefficient(degree);
                (!c.is_zero()).then_some((pivot, made, c.checked_div(&pivot.leading())?))
            });
            let Some((pivot, made, c)) = found else { return row };
            row = (&row.0 - &pivot.scale(&c), &row.1 - &made.scale(&c));
        }
    };
    for (power, column) in columns.iter().enumerate() {
        let reduced = reduce(&pivots, (column.clone(), RationalPolynomial::x().pow(power)));
        if !reduced.0.is_zero() {
            pivots.push(reduced);
            // Highest degrees first, so that elimination never brings a higher term back.
            sorting::sort_by_key(&mut pivots, |(pivot, _)| std::cmp::Reverse(pivot.degree()));
        }
    }
    let (rest, made) = reduce(&pivots, (wanted.clone(), RationalPolynomial::zero()));
    rest.is_zero().then(|| made.scale(&Rational::from(-1)))
}

/// A rational number as an expression.
pub(super) fn number(q: Rational) -> Expr {
    Expr::number(Number::from(q))
}
