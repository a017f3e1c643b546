//! Sums and products of growing length.
//!
//! Of rational terms they are differences of digamma functions and quotients of gamma functions. Else, in this order: by
//! an integral (`riemann`), by the theorem of Stolz and Cesaro, by the infinite sum, and by the mean of their terms, which
//! is enclosed by any of them.

use std::cmp::Ordering;

use super::ascent::Ascent;
use super::gruntz::{has_imaginary_numbers, is_infinite};
use super::riemann;
use crate::algebra;
use crate::calculus::sum::{linear, symbolic_sum};
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, function};
use crate::number::Rational;

/// A sum or product: the term, its index and the bounds.
struct Repeated<'a> {
    term: &'a Expr,
    index: Symbol,
    low: &'a Expr,
    high: &'a Expr,
    is_sum: bool,
}

impl Repeated<'_> {
    /// The sum or product that an expression is, where a bound has the variable.
    fn of(expr: &Expr, x: Symbol) -> Option<Repeated<'_>> {
        let (called, [term, index, low, high]) = expr.as_call()? else { return None };
        let is_sum = called.is(&function::SUM);
        let grows = low.has_symbol(x) || high.has_symbol(x);
        let known = grows && (is_sum || called.is(&function::PRODUCT));
        known.then_some(Repeated { term, index: index.as_symbol()?, low, high, is_sum })
    }

    fn count(&self) -> Expr {
        self.high - self.low + Expr::one()
    }

    fn term_at(&self, place: &Expr) -> Expr {
        self.term.substitute_symbol(self.index, place)
    }
}

/// The numbers `first`, `first + 1`, ... before `after`, times the size of a slope: the values of a linear term.
struct Values {
    slope: Expr,
    first: Expr,
    after: Expr,
}

impl Ascent<'_> {
    /// A sum of powers of linear terms by digamma functions, a product by gamma functions; `None` for others.
    pub(super) fn by_gammas(&self, node: &Expr) -> Result<Option<Expr>, Reason> {
        let Some(own) = Repeated::of(node, self.x) else { return Ok(None) };
        let closed = if own.is_sum { self.sum_by_psi(&own)? } else { self.product_by_gammas(&own)? };
        closed.map(|closed| self.prepare(&closed)).transpose()
    }

    fn product_by_gammas(&self, own: &Repeated) -> Result<Option<Expr>, Reason> {
        let (content, factors) = algebra::factor_list(own.term, self.budget)?;
        let mut product = Expr::number(content).power(&own.count());
        for (base, exponent) in factors {
            let value = match base.has_symbol(own.index) {
                false => base.power(&own.count()),
                true => {
                    let Some(values) = self.values_of_linear(&base, own)? else { return Ok(None) };
                    values.slope.power(&own.count()) * gamma(&values.after) / gamma(&values.first)
                }
            };
            product = product * value.powi(exponent);
        }
        Ok(Some(product))
    }

    fn sum_by_psi(&self, own: &Repeated) -> Result<Option<Expr>, Reason> {
        let mut sum = Vec::new();
        for part in algebra::terms(&algebra::expand(own.term, self.budget)?) {
            let (bound, free): (Vec<Expr>, Vec<Expr>) =
                algebra::factors(&part).into_iter().partition(|factor| factor.has_symbol(own.index));
            let power = match bound.as_slice() {
                [] => {
                    sum.push(own.count() * part);
                    continue;
                }
                [only] => reciprocal_power(only),
                _ => None,
            };
            let Some((base, order)) = power else { return Ok(None) };
            let Some(values) = self.values_of_linear(base, own)? else { return Ok(None) };
            let (after, first) = (self.tail(&order, &values.after), self.tail(&order, &values.first));
            let (Some(after), Some(first)) = (after, first) else { return Ok(None) };
            sum.push(Expr::product(free) * (first - after) * values.slope.power_rational(&-order));
        }
        Ok(Some(Expr::sum(sum)))
    }

    /// The sum of `1/j^order` from `j = first` on, or what differs from it by a constant where that has no value.
    fn tail(&self, order: &Rational, first: &Expr) -> Option<Expr> {
        if order.is_one() {
            return function::apply("psi", std::slice::from_ref(first)).map(|psi| -psi);
        }
        let exponent = Expr::number(order.clone());
        if !first.has_symbol(self.x) {
            return function::apply("zeta", &[exponent, first.clone()]);
        }
        // The formula of Euler and Maclaurin; what follows the last term is of its size at most and of the other sign.
        let last = self.unknown(Rational::ZERO, Rational::ONE, None) * &exponent * Expr::fraction(1, 12) / first;
        let whole = first / (&exponent - Expr::one()) + Expr::fraction(1, 2) + last;
        (*order > -Rational::ONE).then(|| whole * first.power_rational(&-order))
    }

    /// The values of a linear term between the bounds; `None` where one of them may vanish.
    fn values_of_linear(&self, base: &Expr, own: &Repeated) -> Result<Option<Values>, Reason> {
        let Some((slope, constant)) = linear(base, own.index, self.budget)? else { return Ok(None) };
        if slope.as_rational().is_none() {
            return Ok(None);
        }
        // The index plus a shift is positive for all terms, or negative for all.
        for sign in [1, -1].map(Expr::integer) {
            let (shift, slope) = (&constant / &slope * &sign, &slope * &sign);
            let (least, greatest) = if sign.is_one() { (own.low, own.high) } else { (own.high, own.low) };
            let first = &shift + &sign * least;
            let after = shift + sign * greatest + Expr::one();
            let apart = first.as_rational().is_some_and(|first| !first.is_integer());
            if apart || self.sign_at_infinity(&first)? == Some(Ordering::Greater) {
                return Ok(Some(Values { slope, first, after }));
            }
        }
        Ok(None)
    }

    /// The limit of an expression with sums or products whose number of terms grows; `None` where none is proved.
    pub(super) fn by_sums(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        if !expr.shared_nodes().any(|node| Repeated::of(&node, self.x).is_some()) {
            return Ok(None);
        }
        match riemann::limit(self, expr) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Ok(Some(value)) => return Ok(Some(value)),
            _ => {}
        }
        let (sums, others): (Vec<Expr>, Vec<Expr>) =
            algebra::factors(expr).into_iter().partition(|factor| Repeated::of(factor, self.x).is_some());
        if let [only] = sums.as_slice()
            && let Some(own) = Repeated::of(only, self.x).filter(|own| own.is_sum)
            && let Some(value) = self.of_partial_sums(&own, &Expr::product(others))?
        {
            return Ok(Some(value));
        }
        self.by_mean(expr)
    }

    /// The limit of the partial sums of a series times something.
    fn of_partial_sums(&self, own: &Repeated, factor: &Expr) -> Result<Option<Expr>, Reason> {
        let x = Expr::symbol(self.x);
        let is_series = ![own.term, own.low].iter().any(|e| e.has_symbol(self.x))
            && (own.high - &x).as_rational().is_some_and(Rational::is_integer);
        if !is_series || has_imaginary_numbers(own.term) || self.has_unknowns(factor) {
            return Ok(None);
        }
        if !factor.has_symbol(self.x) {
            let whole = symbolic_sum(own.term, own.index, own.low, &Expr::infinity(Infinity::Positive), self.budget);
            return match whole {
                Err(reason) if reason.is_stopped() => Err(reason),
                whole => Ok(whole.ok().flatten().filter(super::is_finite).map(|whole| whole * factor)),
            };
        }
        // Stolz and Cesaro: beside something unbounded and monotone the quotient of the differences decides.
        let below = factor.recip();
        let step = below.substitute_symbol(self.x, &(&x + Expr::one())) - &below;
        if !is_infinite(&self.limit(&below)?) || !self.keeps_sign(&step)? {
            return Ok(None);
        }
        let next = self.prepare(&own.term_at(&(own.high + Expr::one())))?;
        Ok(Some(self.limit(&(next / step))?).filter(|value| !self.has_unknowns(value)))
    }

    /// Is something of one sign in the end?
    fn keeps_sign(&self, step: &Expr) -> Result<bool, Reason> {
        match self.sign_at_infinity(step) {
            Err(reason) if reason.is_stopped() => Err(reason),
            Ok(Some(sign)) => Ok(sign.is_ne()),
            _ => {
                let value = self.limit(step)?;
                Ok(is_infinite(&value) || self.sign(&value)?.is_some_and(Ordering::is_ne))
            }
        }
    }

    /// The limit with the mean of the terms, which is one between the first and the last.
    fn by_mean(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        let mut fails = false;
        let mean = expr.rewrite(
            |node| {
                let own = Repeated::of(node, self.x)?;
                let share = self.unknown(Rational::ZERO, Rational::ONE, None);
                let term = own.term_at(&(own.low + share * (own.high - own.low)));
                let sign = |e: &Expr| self.prepare(e).and_then(|e| self.sign_at_infinity(&e)).ok().flatten();
                // A product has a geometric mean where all its terms are positive.
                let positive = own.is_sum || sign(&term) == Some(Ordering::Greater);
                fails |= !positive || sign(&own.count()) != Some(Ordering::Greater);
                Some(if own.is_sum { own.count() * term } else { term.power(&own.count()) })
            },
            |node| node,
        );
        if fails || has_imaginary_numbers(&mean) {
            return Ok(None);
        }
        let value = self.limit(&self.prepare(&mean)?)?;
        Ok(Some(value).filter(|value| !self.has_unknowns(value)))
    }
}

/// `base` and `q` of `base^(-q)`.
fn reciprocal_power(factor: &Expr) -> Option<(&Expr, Rational)> {
    match factor.kind() {
        Kind::Power(base, exponent) => Some((base, -exponent.as_rational()?.clone())),
        _ => None,
    }
}

fn gamma(u: &Expr) -> Expr {
    Expr::held(Function::Elementary(&function::GAMMA), vec![u.clone()])
}
