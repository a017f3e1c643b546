//! Expansions at points whose two sides differ, and those with powers that are no rational numbers.
//!
//! A polynomial of degree `n` is one for both sides as soon as the expansions from the right and from the left agree up
//! to that degree: `abs(x)^3` has one of degree 2 at 0, none of degree 3. Where fractional powers or logarithms occur, the
//! expansion from the right is meant, which shows in its terms. At corners and jumps there is none.

use super::{Polynomial, series, taylor};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol, Truth, assume};
use crate::number::{Number, Rational};
use crate::tape::series::{Approach, Series, Side};

/// A series, and for which side it holds.
#[derive(Clone, Debug, PartialEq)]
pub struct Expansion {
    /// The series.
    pub series: Series,
    /// The side for which it was made; the small variable is `a - x` on the left.
    pub side: Side,
    /// Is it an expansion from the right alone, with fractional powers or logarithms?
    pub right_only: bool,
}

/// The expansion at a point with the terms of an exponent below `order`, for both sides where they agree so far.
///
/// # Errors
/// `Unsupported` when the sides differ; those of `tape::series::series_of`.
pub fn expansion(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    order: usize,
    budget: &Budget,
) -> Result<Expansion, Reason> {
    match series(expr, variable, approach, order, budget) {
        Ok(series) => Ok(Expansion { series, side: approach.side, right_only: false }),
        Err(Reason::Unsupported(_)) if !approach.is_one_sided() => {
            let from = |side| series(expr, variable, &Approach::one_sided(&approach.point, side), order, budget);
            if let Some(side) = assumed_side(variable, &approach.point) {
                return Ok(Expansion { series: from(side)?, side, right_only: false });
            }
            let right = from(Side::Right)?;
            if right.has_logarithms() || !right.has_integer_exponents() {
                return Ok(Expansion { series: right, side: Side::Right, right_only: true });
            }
            let left = from(Side::Left)?;
            if !agree(&right, &left, order, budget)? {
                return Err(Reason::Unsupported("the two sides of the point differ; dir='+' or dir='-' picks one"));
            }
            let series = right.truncated(&Rational::from(order as i64 - 1)).inexact();
            Ok(Expansion { series, side: Side::Both, right_only: false })
        }
        Err(reason) => Err(reason),
    }
}

/// The side on which the variable is assumed to lie.
fn assumed_side(variable: Symbol, point: &Expr) -> Option<Side> {
    let holds = |relation| assume::decide(relation, &Expr::symbol(variable), point).is_yes();
    match (holds(Relation::Greater), holds(Relation::Less)) {
        (true, _) => Some(Side::Right),
        (_, true) => Some(Side::Left),
        _ => None,
    }
}

/// Are the terms below an order the same from both sides?
fn agree(right: &Series, left: &Series, order: usize, budget: &Budget) -> Result<bool, Reason> {
    let limit = Rational::from(order as i64);
    let exponents = || right.terms().chain(left.terms()).map(|(exponent, _)| exponent).filter(|e| *e < limit);
    for exponent in exponents() {
        let (Some(right), Some(left)) = (right.coefficient(&exponent), left.coefficient(&exponent)) else {
            return Ok(false);
        };
        let mirrored = if exponent.numerator().is_odd() { -left } else { left };
        let difference = &right - &mirrored;
        match algebra::is_zero(&difference, budget)? {
            Truth::Yes => {}
            Truth::No => return Ok(false),
            Truth::Unknown => return Err(Reason::Unknown(Expr::relation(Relation::Equal, right, mirrored))),
        }
    }
    Ok(true)
}

/// The expansion of a sum of products in which powers of the small variable with symbolic exponents occur: each is taken
/// out, and what is left expanded. `None` when there is no such power.
///
/// # Errors
/// As `taylor`.
pub(super) fn with_symbolic_powers(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    degree: usize,
    budget: &Budget,
) -> Result<Option<Polynomial>, Reason> {
    let small = approach.small(&Expr::symbol(variable));
    let terms: Vec<Expr> = match expr.kind() {
        Kind::Sum(sum) => sum.parts().collect(),
        _ => vec![expr.clone()],
    };
    let split = Split { variable, approach, small: &small, budget };
    let parts = terms.iter().map(|term| split.term(term)).collect::<Result<Vec<_>, _>>()?;
    if parts.iter().all(|(power, _)| power.is_one()) {
        return Ok(None);
    }
    let mut sum = Vec::new();
    for (power, rest) in parts {
        let polynomial = taylor(&rest, variable, approach, degree, budget)?;
        sum.push(algebra::expand(&(power * polynomial.value), budget)?);
    }
    Ok(Some(Polynomial { value: Expr::sum(sum), right_only: true }))
}

/// Takes powers of the small variable out of products.
struct Split<'a> {
    variable: Symbol,
    approach: &'a Approach,
    small: &'a Expr,
    budget: &'a Budget,
}

impl Split<'_> {
    /// The power of the small variable with symbolic exponent in a product, and the rest of it.
    fn term(&self, term: &Expr) -> Result<(Expr, Expr), Reason> {
        let factors: Vec<Expr> = match term.kind() {
            Kind::Product(product) => product.parts().collect(),
            _ => vec![term.clone()],
        };
        let (mut power, mut rest) = (Expr::one(), Expr::one());
        for factor in factors {
            let (own, left) = self.factor(&factor)?;
            (power, rest) = (power * own, rest * left);
        }
        Ok((power, rest))
    }

    fn factor(&self, factor: &Expr) -> Result<(Expr, Expr), Reason> {
        match factor.kind() {
            Kind::Power(base, exponent) if exponent.as_rational().is_none() && self.varies_in(base, exponent) => {
                self.power(base, exponent)
            }
            // A power to a power, as 1/x^a.
            Kind::Power(inner, outer) if let Some(q) = outer.as_rational() => match inner.kind() {
                Kind::Power(base, exponent) if exponent.as_rational().is_none() && self.varies_in(base, exponent) => {
                    self.power(base, &exponent.scale(&Number::from(q.clone())))
                }
                _ => Ok((Expr::one(), factor.clone())),
            },
            Kind::Call(..) => match factor.exp_argument() {
                Some(argument) => self.exponential(argument),
                None => Ok((Expr::one(), factor.clone())),
            },
            _ => Ok((Expr::one(), factor.clone())),
        }
    }

    fn varies_in(&self, base: &Expr, exponent: &Expr) -> bool {
        base.has_symbol(self.variable) && !exponent.has_symbol(self.variable)
    }

    /// `base^exponent` with the leading power of the base taken out; that holds for a small positive variable.
    fn power(&self, base: &Expr, exponent: &Expr) -> Result<(Expr, Expr), Reason> {
        let side = if self.approach.side == Side::Left { Side::Left } else { Side::Right };
        let approach = Approach::one_sided(&self.approach.point, side);
        let series = series(base, self.variable, &approach, 1, self.budget);
        let order = match &series {
            Ok(series) if !series.has_logarithms() => series.leading().map(|(order, _)| order),
            Err(reason) if reason.is_stopped() => return Err(reason.clone()),
            _ => None,
        };
        let Some(order) = order.filter(|order| !order.is_zero()) else {
            return Ok((Expr::one(), base.power(exponent)));
        };
        let taken = self.small.power(&exponent.scale(&Number::from(order.clone())));
        let left = algebra::expand(&(base * self.small.power_rational(&-order)), self.budget)?;
        Ok((taken, left.power(exponent)))
    }

    /// `exp(c*log(v) + ...)` as `v^c` times the rest.
    fn exponential(&self, argument: &Expr) -> Result<(Expr, Expr), Reason> {
        let parts: Vec<Expr> = match argument.kind() {
            Kind::Sum(sum) => sum.parts().collect(),
            _ => vec![argument.clone()],
        };
        let (mut power, mut factor, mut rest) = (Expr::one(), Expr::one(), Expr::zero());
        for part in parts {
            match self.logarithm(&part) {
                Some((scale, inside)) => {
                    let (own, left) = self.power(&inside, &scale)?;
                    (power, factor) = (power * own, factor * left);
                }
                None => rest = rest + part,
            }
        }
        Ok((power, factor * crate::expr::function::exp(&rest)))
    }

    /// `c` and `v` for `c*log(v)` with a constant `c`.
    fn logarithm(&self, part: &Expr) -> Option<(Expr, Expr)> {
        let parts: Vec<Expr> = match part.kind() {
            Kind::Product(product) => product.parts().collect(),
            _ => vec![part.clone()],
        };
        let is_logarithm = |e: &Expr| {
            matches!(e.as_call(), Some((Function::Elementary(record), [inside]))
            if record.name == "log" && inside.has_symbol(self.variable))
        };
        let (logs, others): (Vec<Expr>, Vec<Expr>) = parts.into_iter().partition(is_logarithm);
        let [only] = logs.as_slice() else { return None };
        let scale = Expr::product(others);
        let (_, arguments) = only.as_call()?;
        (!scale.has_symbol(self.variable)).then(|| (scale, arguments[0].clone()))
    }
}
