//! Sums and products over an integer variable.
//!
//! Finite sums with symbolic bounds go through a function `G` with `G(k+1) - G(k) = f(k)`: polynomials and polynomials
//! times powers by undetermined coefficients, hypergeometric terms by Gosper's algorithm (`gosper`). Infinite sums
//! (`infinite`) are answered only where convergence is shown, and called divergent only where that is.

mod gosper;
mod infinite;
mod term;

use crate::algebra;
use crate::budget::Budget;
use crate::calculus::domain;
use crate::expr::{Expr, Infinity, Kind, Reason, Symbol, function};
use crate::number::Rational;
use term::Shape;

pub(super) use term::linear;

/// Why a sum has no value.
pub const SUM_DIVERGENT: Reason = Reason::Domain("Sum is divergent.");

/// So many terms are added one by one.
const MOST_TERMS: i64 = 20_000;

/// A value, or nothing.
type Value = Result<Option<Expr>, Reason>;

/// The question: the term, its variable and the bounds.
pub(crate) struct Range<'a> {
    k: Symbol,
    low: &'a Expr,
    high: &'a Expr,
    budget: &'a Budget,
}

/// The sum of `f` for the variable from `low` to `high`; `None` when no method finds it.
///
/// # Errors
/// [`SUM_DIVERGENT`]; `Unknown` with the fact that is missing; `Budget` when stopped.
pub fn symbolic_sum(f: &Expr, k: Symbol, low: &Expr, high: &Expr, budget: &Budget) -> Value {
    let range = Range { k, low, high, budget };
    if f.is_zero() {
        return Ok(Some(Expr::zero()));
    }
    if let (Some(a), Some(b)) = (low.to_i64(), high.to_i64())
        && b.saturating_sub(a) <= MOST_TERMS
    {
        return added(f, k, (a, b), budget).map(Some);
    }
    match (low.kind(), high.kind()) {
        (Kind::Infinity(_), _) | (_, Kind::Infinity(Infinity::Negative | Infinity::Unsigned)) => Ok(None),
        (_, Kind::Infinity(_)) => infinite::infinite(f, &range),
        _ => match finite(f, &range)? {
            Some(value) if agrees(&value, f, &range)? => Ok(Some(value)),
            _ => Ok(None),
        },
    }
}

/// Is the closed form not refuted by adding a few terms?
fn agrees(value: &Expr, f: &Expr, range: &Range) -> Result<bool, Reason> {
    let (Some(n), Some(low)) = (range.high.as_symbol(), range.low.to_i64()) else { return Ok(true) };
    for high in [low + 1, low + 4] {
        let closed = value.substitute_symbol(n, &Expr::integer(high));
        let term = f.substitute_symbol(n, &Expr::integer(high));
        let terms = added(&term, range.k, (low, high), range.budget)?;
        let difference = closed - terms;
        if difference.is_undefined() || algebra::is_zero(&difference, range.budget)?.is_no() {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Term by term.
fn added(f: &Expr, k: Symbol, (low, high): (i64, i64), budget: &Budget) -> Result<Expr, Reason> {
    let mut sum = crate::expr::SumBuilder::new();
    for index in low..=high {
        budget.check()?;
        sum.add(&f.substitute_symbol(k, &Expr::integer(index)));
    }
    Ok(sum.finish())
}

/// A sum with a symbolic bound: the whole, else its terms one by one.
fn finite(f: &Expr, range: &Range) -> Value {
    if !f.has_symbol(range.k) {
        return algebra::expand(&(f * (range.high - range.low + Expr::one())), range.budget).map(Some);
    }
    let (constant, rest) = range.split_constant(f);
    if let Some(value) = whole(&rest, range)? {
        return Ok(Some(constant * value));
    }
    let open = algebra::expand(f, range.budget)?;
    let terms = algebra::terms(&open);
    if terms.len() < 2 {
        return Ok(None);
    }
    let mut sum = Vec::new();
    for term in terms {
        match finite(&term, range)? {
            Some(value) => sum.push(value),
            None => return Ok(None),
        }
    }
    Ok(Some(Expr::sum(sum)))
}

fn whole(f: &Expr, range: &Range) -> Value {
    if let Some(shape) = Shape::of(f, range.k, range.budget)? {
        if shape.factorials.is_empty() && shape.roots.is_empty() {
            return range.polynomial_times_power(&shape).map(Some);
        }
        if let Some(value) = range.binomial(f, &shape)? {
            return Ok(Some(value));
        }
    }
    if let Some(value) = range.harmonic(f) {
        return Ok(Some(value));
    }
    let Some(difference) = gosper::telescoping(f, range.k, range.budget)? else { return Ok(None) };
    let at = |point: &Expr| difference.substitute_symbol(range.k, point);
    let value = at(&(range.high + Expr::one())) - at(range.low);
    if value.is_undefined() {
        return Ok(None);
    }
    let simple = algebra::simplify_factorial(&value, range.budget)?;
    let simple = if f.shared_nodes().any(|node| node.as_call().is_some()) {
        simple
    } else {
        algebra::simplify_rational(&simple, range.budget)?
    };
    Ok(Some(simple))
}

impl Range<'_> {
    /// The factors without and with the summation variable.
    fn split_constant(&self, f: &Expr) -> (Expr, Expr) {
        let (free, bound): (Vec<Expr>, Vec<Expr>) =
            algebra::factors(f).into_iter().partition(|factor| !factor.has_symbol(self.k));
        (Expr::product(free), Expr::product(bound))
    }

    /// `p(k)*r^k`: `q(k)*r^k` telescopes where `r*q(k+1) - q(k) = p(k)`.
    fn polynomial_times_power(&self, shape: &Shape) -> Result<Expr, Reason> {
        let q = term::telescoping_factor(&shape.polynomial, &shape.ratio, self.budget)?;
        let k = Expr::symbol(self.k);
        let q = Expr::sum(q.iter().enumerate().map(|(power, c)| c * k.powi(i64::try_from(power).unwrap_or(0))));
        let at = |point: &Expr| algebra::expand(&q.substitute_symbol(self.k, point), self.budget);
        let next = self.high + Expr::one();
        if shape.ratio.is_one() {
            let value = at(&next)? - at(self.low)?;
            return algebra::expand(&(value * &shape.scale), self.budget);
        }
        let first = shape.ratio.power(self.low) * algebra::simplify_rational(&at(self.low)?, self.budget)?;
        if shape.polynomial.len() == 1 {
            let below = &shape.ratio - Expr::one();
            let top = shape.ratio.power(&next) - shape.ratio.power(self.low);
            let lead = shape.polynomial.first().cloned().unwrap_or_else(Expr::zero) * &shape.scale;
            return Ok(lead * top / below);
        }
        let (last, first) = (at(&next)?, first);
        let last = algebra::simplify_rational(&last, self.budget)?;
        let power = &shape.ratio * shape.ratio.power(self.high);
        Ok(&shape.scale * power * last - &shape.scale * first)
    }

    /// `1/(k + a)^m` from `k + a = 1` on.
    fn harmonic(&self, f: &Expr) -> Option<Expr> {
        let (base, exponent) = match f.kind() {
            Kind::Power(base, exponent) => (base, exponent.to_i64().filter(|n| *n < 0)?),
            _ => return None,
        };
        let shift = base - Expr::symbol(self.k);
        let first = base.substitute_symbol(self.k, self.low);
        if shift.has_symbol(self.k) || !first.is_one() {
            return None;
        }
        let last = base.substitute_symbol(self.k, self.high);
        let mut arguments = vec![last];
        if exponent < -1 {
            arguments.push(Expr::integer(-exponent));
        }
        function::apply("harmonic_number", &arguments)
    }

    /// `p(k)*r^k*binomial(n, k)` from 0 to `n`, by falling factorials: `(k)_j` counts `(n)_j*r^j*(1 + r)^(n-j)`.
    fn binomial(&self, f: &Expr, shape: &Shape) -> Value {
        let [(name, arguments, 1)] = shape.factorials.as_slice() else { return Ok(None) };
        let ("binomial", [n, k]) = (*name, arguments.as_slice()) else { return Ok(None) };
        let minus_one = shape.ratio.to_i64() == Some(-1);
        let plain = !n.has_symbol(self.k) && *k == Expr::symbol(self.k) && n == self.high && self.low.is_zero();
        if !plain || minus_one || !shape.roots.is_empty() || !f.has_symbol(self.k) {
            return Ok(None);
        }
        let mut sum = Vec::new();
        let mut falling = Expr::one();
        for (j, c) in term::falling_coefficients(&shape.polynomial, self.budget)?.iter().enumerate() {
            let j = i64::try_from(j).unwrap_or(0);
            let power = (Expr::one() + &shape.ratio).power(&(n - Expr::integer(j)));
            sum.push(c * &falling * shape.ratio.powi(j) * power);
            falling = falling * (n - Expr::integer(j));
        }
        Ok(Some(&shape.scale * Expr::sum(sum)))
    }
}

/// The product of `f` for the variable from `low` to `high`; `None` when no method finds it.
///
/// # Errors
/// `Budget` when stopped.
pub fn symbolic_product(f: &Expr, k: Symbol, low: &Expr, high: &Expr, budget: &Budget) -> Value {
    if let (Some(a), Some(b)) = (low.to_i64(), high.to_i64())
        && b.saturating_sub(a) <= MOST_TERMS
    {
        let mut product = crate::expr::ProductBuilder::new();
        for index in a..=b {
            budget.check()?;
            product.multiply(&f.substitute_symbol(k, &Expr::integer(index)));
        }
        return Ok(Some(product.finish()));
    }
    if domain::is_infinite(low) || domain::is_infinite(high) {
        return Ok(None);
    }
    if !f.has_symbol(k) {
        return Ok(Some(f.power(&(high - low + Expr::one()))));
    }
    let (content, factors) = algebra::factor_list(f, budget)?;
    let count = high - low + Expr::one();
    let mut product = Expr::number(content).power(&count);
    for (base, exponent) in factors {
        let Some(value) = product_of_factor(&base, k, low, high, &count)? else { return Ok(None) };
        product = product * value.powi(exponent);
    }
    algebra::simplify_factorial(&product, budget).map(Some)
}

/// The product of `k + a` as a quotient of factorials, or of what is free of `k` as a power.
fn product_of_factor(base: &Expr, k: Symbol, low: &Expr, high: &Expr, count: &Expr) -> Value {
    if !base.has_symbol(k) {
        return Ok(Some(base.power(count)));
    }
    let shift = base - Expr::symbol(k);
    let Some(a) = shift.as_rational().filter(|a| a.is_integer()) else { return Ok(None) };
    let before = low + Expr::number(a - &Rational::ONE);
    if before.to_i64().is_none_or(|n| n < 0) {
        return Ok(None);
    }
    let factorial = |n: &Expr| function::factorial(n);
    Ok(Some(factorial(&(high + Expr::number(a.clone()))) / factorial(&before)))
}

#[cfg(test)]
mod tests;
