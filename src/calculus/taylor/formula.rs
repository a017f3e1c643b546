//! Closed formulas for all coefficients of the power series of textbook functions.
//!
//! The function is moved to the origin and cut into terms `c*x^m*h(x)`, rational parts by partial fractions; for each `h`
//! in the table the coefficient of `x^n` is known (DLMF 4.2 to 4.38, 4.6.7).

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, Symbol, assume, function};
use crate::number::Rational;
use std::cmp::Ordering;

/// A formula for the coefficient of index `n`, and the least index for which it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct CoefficientFormula {
    /// The least index.
    pub start: i64,
    /// The formula.
    pub value: Expr,
}

/// A formula for the coefficient of `(x - point)^n` in the power series; `None` where no formula is known.
///
/// # Errors
/// When the budget runs out.
pub fn coefficient_formula(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    n: Symbol,
    budget: &Budget,
) -> Result<Option<CoefficientFormula>, Reason> {
    let x = Expr::symbol(variable);
    let shifted = expr.substitute(&[(x.clone(), &x + point)]);
    let known = Known { x, variable, n: Expr::symbol(n) };
    let mut start = 0;
    let mut sum = Vec::new();
    for term in algebra::terms(&shifted) {
        let Some(own) = known.whole(&term, budget)? else { return Ok(None) };
        start = start.max(own.start);
        sum.push(own.value);
    }
    Ok(Some(CoefficientFormula { start, value: Expr::sum(sum) }))
}

/// The table, for a variable and an index.
struct Known {
    x: Expr,
    variable: Symbol,
    n: Expr,
}

impl Known {
    /// The coefficient of a term as it stands, or cut into further ones.
    fn whole(&self, term: &Expr, budget: &Budget) -> Result<Option<CoefficientFormula>, Reason> {
        if let Some(own) = self.term(term) {
            return Ok(Some(own));
        }
        let cut = match algebra::rational_function(term, self.variable, budget)? {
            Some(_) => algebra::partial_fractions(term, self.variable, budget)?,
            None => algebra::expand(term, budget)?,
        };
        if cut == *term {
            return Ok(None);
        }
        let parts: Option<Vec<CoefficientFormula>> = algebra::terms(&cut).iter().map(|part| self.term(part)).collect();
        Ok(parts.map(|parts| CoefficientFormula {
            start: parts.iter().map(|part| part.start).max().unwrap_or(0),
            value: Expr::sum(parts.into_iter().map(|part| part.value)),
        }))
    }

    /// The coefficient of a term.
    fn term(&self, term: &Expr) -> Option<CoefficientFormula> {
        let (mut constant, mut shift, mut rest) = (Expr::one(), 0, None);
        for factor in algebra::factors(term) {
            if !factor.has_symbol(self.variable) {
                constant = constant * factor;
            } else if let Some(power) = self.power_of_variable(&factor) {
                shift += power;
            } else if rest.replace(factor).is_some() {
                return None;
            }
        }
        let Some(rest) = rest else {
            // A single power: the formula, zero, holds beyond it.
            return Some(CoefficientFormula { start: shift + 1, value: Expr::zero() });
        };
        let index = &self.n - Expr::integer(shift);
        let own = self.function(&rest, &index)?;
        // Below the shift the coefficient is zero, whatever the formula says.
        let start = if shift > 0 || own.start > 0 { own.start + shift } else { 0 };
        Some(CoefficientFormula { start: start.max(0), value: constant * own.value })
    }

    fn power_of_variable(&self, factor: &Expr) -> Option<i64> {
        match factor.kind() {
            _ if *factor == self.x => Some(1),
            Kind::Power(base, exponent) if *base == self.x => exponent.to_i64(),
            _ => None,
        }
    }

    /// `(p, q)` for `p*x^k + q` with `k` one or two.
    fn linear(&self, u: &Expr, k: i64) -> Option<(Expr, Expr)> {
        let slope = |u: &Expr| Some(u - self.value_at_zero(u));
        let moved = slope(u)?;
        let p = moved / self.x.powi(k);
        let p = algebra::expand(&p, &Budget::unlimited()).ok()?;
        (!p.has_symbol(self.variable) && !p.is_zero()).then(|| (p, self.value_at_zero(u)))
    }

    fn value_at_zero(&self, u: &Expr) -> Expr {
        u.substitute(&[(self.x.clone(), Expr::zero())])
    }

    /// The coefficient of index `n` of a function in the table.
    fn function(&self, h: &Expr, n: &Expr) -> Option<CoefficientFormula> {
        let from = |start: i64, value: Expr| Some(CoefficientFormula { start, value });
        if let Kind::Power(base, exponent) = h.kind() {
            return match (self.linear(base, 1), self.linear(base, 2)) {
                (Some((p, q)), _) => from(0, binomial_series(&p, &q, exponent, n)?),
                (_, Some((p, q))) if exponent.to_i64() == Some(-1) => {
                    let even = even_power(&-(p / &q), n)?;
                    from(0, even / q)
                }
                _ => None,
            };
        }
        let Some((Function::Elementary(record), [u])) = h.as_call() else { return None };
        let Some((p, q)) = self.linear(u, 1) else {
            return match (record.name, self.linear(u, 2)) {
                ("exp", Some((p, q))) => {
                    let half = n * Expr::fraction(1, 2);
                    from(0, function::exp(&q) * even_power(&p, n)? / factorial(&half)?)
                }
                _ => None,
            };
        };
        let power = p.power(n);
        let over = &power / factorial(n)?;
        let quarter_turns = Expr::pi() * n * Expr::fraction(1, 2);
        let sign = Expr::integer(-1).power(n);
        let half = Expr::fraction(1, 2);
        match record.name {
            "exp" => from(0, function::exp(&q) * &over),
            "sin" => from(0, &over * function::sin(&(q + quarter_turns))),
            "cos" => from(0, &over * function::cos(&(q + quarter_turns))),
            "sinh" if q.is_zero() => from(0, &over * (Expr::one() - sign) * half),
            "cosh" if q.is_zero() => from(0, &over * (Expr::one() + sign) * half),
            "log" if !q.is_zero() => from(1, -((-(p / q)).power(n) / n)),
            "arctan" if q.is_zero() => from(1, power * function::sin(&quarter_turns) / n),
            "arctanh" if q.is_zero() => from(1, power * (Expr::one() - sign) * half / n),
            _ => None,
        }
    }
}

fn factorial(n: &Expr) -> Option<Expr> {
    function::apply("factorial", std::slice::from_ref(n))
}

/// The coefficient of `x^n` in `(q + p*x)^s`.
fn binomial_series(p: &Expr, q: &Expr, s: &Expr, n: &Expr) -> Option<Expr> {
    if q.is_zero() {
        return None;
    }
    let ratio = p / q;
    let factor = q.power(s);
    match s.to_i64() {
        // 1/(1 - t)^m has the coefficients (n + 1)*...*(n + m - 1)/(m - 1)!
        Some(m) if m < 0 => {
            let rising = Expr::product((1..-m).map(|k| n + Expr::integer(k)));
            let below = Expr::product((1..-m).map(Expr::integer));
            Some(factor * (-ratio).power(n) * rising / below)
        }
        Some(_) => None,
        None => Some(factor * function::apply("binomial", &[s.clone(), n.clone()])? * ratio.power(n)),
    }
}

/// `b^(n/2)` for even `n`, zero for odd ones; `None` when the sign of `b` is not known.
fn even_power(b: &Expr, n: &Expr) -> Option<Expr> {
    let half = n * Expr::fraction(1, 2);
    match assume::sign(b)? {
        Ordering::Less => Some((-b).power(&half) * function::cos(&(Expr::pi() * &half))),
        Ordering::Greater => {
            let parity = (Expr::one() + Expr::integer(-1).power(n)) * Expr::number(Rational::HALF);
            Some(b.power(&half) * parity)
        }
        Ordering::Equal => None,
    }
}
