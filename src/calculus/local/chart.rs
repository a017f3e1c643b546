//! The signs of a function between its zeros and breaks.

use std::cmp::Ordering;

use super::super::domain::{self, Span};
use super::put;
use super::zeros::{Place, sorted, zeros};
use crate::algebra;
use crate::budget::{self, Budget};
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth};
use crate::number::{Integer, Rational};
use crate::tape;

/// A line cut into open pieces on each of which a function is real and of one sign, or has no real value.
#[derive(Clone, Debug)]
pub(super) struct Chart {
    /// The cuts, ascending.
    pub cuts: Vec<Place>,
    /// The signs on the pieces: one more than there are cuts. `None` where the function is not real.
    pub signs: Vec<Option<Ordering>>,
    span: Span,
}

/// Signs of longer expressions in parameters are not sought by expanding and factoring.
const LONGEST: usize = 200;

/// No chart could be made.
pub(super) const NOT_TOLD: &str =
    "the zeros or breaks can't all be told: there may be infinitely many; an interval such as (0, 2*pi) helps";

/// The points at which an expression may fail to be analytic; `None` for functions of which nothing is known.
///
/// # Errors
/// As [`zeros`].
pub(super) fn breaks(expr: &Expr, span: &Span, budget: &Budget) -> Result<Vec<Place>, Reason> {
    let Some(parts) = domain::critical_parts(expr, span.variable) else { return Err(Reason::Unsupported(NOT_TOLD)) };
    let mut all = Vec::new();
    for part in parts {
        all.extend(zeros(&part, span, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?);
    }
    sorted(all, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))
}

impl Chart {
    /// The chart of a function, cut at its own zeros and breaks and at further places.
    ///
    /// # Errors
    /// `Unsupported` when the cuts are not all found, `Unknown` when a parameter decides.
    pub(super) fn new(expr: &Expr, span: &Span, further: &[Place], budget: &Budget) -> Result<Chart, Reason> {
        let mut cuts = breaks(expr, span, budget)?;
        if expr.has_symbol(span.variable) {
            cuts.extend(zeros(expr, span, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?);
        }
        cuts.extend(further.iter().cloned());
        Chart::of_cuts(span, cuts, budget, |samples| {
            let signs = samples.iter().map(|sample| sign_at(expr, span, sample));
            let signs = signs.collect::<Result<Vec<Option<Ordering>>, Reason>>()?;
            Ok(signs.iter().all(Option::is_some).then(|| signs.first().copied().flatten()).flatten())
        })
    }

    /// The chart of where a function is real; the signs say that it is, no more. It is cut at its breaks and at further
    /// places.
    ///
    /// # Errors
    /// As [`Chart::new`].
    pub(super) fn of_domain(expr: &Expr, span: &Span, further: &[Place], budget: &Budget) -> Result<Chart, Reason> {
        let mut cuts = breaks(expr, span, budget)?;
        cuts.extend(further.iter().cloned());
        Chart::of_cuts(span, cuts, budget, |samples| {
            Ok(is_real_at_all(expr, span.variable, samples)?.then_some(Ordering::Greater))
        })
    }

    fn of_cuts(
        span: &Span,
        cuts: Vec<Place>,
        budget: &Budget,
        sign: impl Fn(&[Expr]) -> Result<Option<Ordering>, Reason>,
    ) -> Result<Chart, Reason> {
        let cuts = sorted(cuts, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?;
        let mut chart = Chart { cuts, signs: Vec::new(), span: span.clone() };
        for index in 0..=chart.cuts.len() {
            let samples = chart.samples(index).ok_or(Reason::Unsupported(NOT_TOLD))?;
            chart.signs.push(sign(&samples)?);
        }
        Ok(chart)
    }

    /// This chart and the one of the range next to it.
    pub(super) fn joined(mut self, right: Chart) -> Chart {
        self.cuts.push(Place::Exact(right.span.low));
        self.cuts.extend(right.cuts);
        self.signs.extend(right.signs);
        self.span.high = right.span.high;
        self
    }

    /// The same cuts with one sign wherever the function is real.
    pub(super) fn with_sign(mut self, sign: Ordering) -> Chart {
        self.signs.iter_mut().for_each(|own| *own = own.map(|_| sign));
        self
    }

    /// The chart without the pieces on which another function, that may break at the cuts alone, is not real.
    ///
    /// # Errors
    /// `Unsupported` when that can't be told.
    pub(super) fn restricted(mut self, to: &Expr) -> Result<Chart, Reason> {
        for index in 0..self.signs.len() {
            let samples = self.samples(index).ok_or(Reason::Unsupported(NOT_TOLD))?;
            if !is_real_at_all(to, self.span.variable, &samples)? {
                self.signs[index] = None;
            }
        }
        Ok(self)
    }

    /// The end of a piece as a place, an infinity included.
    pub(super) fn end(&self, index: usize) -> Place {
        match index {
            0 => Place::Exact(self.span.low.clone()),
            _ => self.cuts.get(index - 1).cloned().unwrap_or_else(|| Place::Exact(self.span.high.clone())),
        }
    }

    /// Points strictly inside a piece: what is not real there may be so by chance at one of them, as `log(x)^2` at -1.
    fn samples(&self, index: usize) -> Option<[Expr; 3]> {
        let (low, high) = (self.end(index), self.end(index + 1));
        let first = inside(&low, &high)?;
        let own = Place::Exact(first.clone());
        Some([inside(&low, &own)?, inside(&own, &high)?, first])
    }
}

/// A point strictly between two places: a number of few digits, or one made of parameters.
pub(super) fn inside(low: &Place, high: &Place) -> Option<Expr> {
    if let Some(number) = between(low, high) {
        return Some(Expr::number(number));
    }
    let (Place::Exact(low), Place::Exact(high)) = (low, high) else { return None };
    if low.is_constant() && high.is_constant() {
        return None;
    }
    Some(match (domain::is_infinite(low), domain::is_infinite(high)) {
        (true, _) => high - Expr::one(),
        (_, true) => low + Expr::one(),
        _ => (low + high) * Expr::fraction(1, 2),
    })
}

/// Work in which all parameters are real.
fn with_real_parameters<T>(value: &Expr, work: impl FnOnce() -> T) -> T {
    let facts: Vec<Fact> = value.free_variables().into_iter().map(|own| Fact::In(own, Domain::Real)).collect();
    assume::with_facts(facts, work)
}

fn is_real_at_all(expr: &Expr, variable: Symbol, points: &[Expr]) -> Result<bool, Reason> {
    for point in points {
        if !is_real_at(expr, variable, point)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Is the value at a point a real number, and those nearby?
pub(super) fn is_real_at(expr: &Expr, variable: Symbol, point: &Expr) -> Result<bool, Reason> {
    if has_negative_base(expr, variable, point) {
        return Ok(false);
    }
    let value = put(expr, variable, point);
    match is_real(&value) {
        _ if value.is_undefined() => Ok(false),
        Truth::Yes => Ok(true),
        Truth::No => Ok(false),
        Truth::Unknown => Err(Reason::Unsupported("it can't be told whether a value is real")),
    }
}

fn is_real(value: &Expr) -> Truth {
    if value.is_constant() {
        return tape::is_real_by_ball(value);
    }
    // Where all that the parameters enter is real, the constants decide: `log(-1) + a`.
    let (constants, others): (Vec<Expr>, Vec<Expr>) = algebra::terms(value).into_iter().partition(Expr::is_constant);
    match with_real_parameters(value, || assume::is_real(&Expr::sum(others))) {
        Truth::Yes if !constants.is_empty() => tape::is_real_by_ball(&Expr::sum(constants)),
        told => told,
    }
}

/// The sign of a constant, or of an expression in parameters as far as what is assumed of them tells it.
fn sign_of(value: &Expr) -> Option<Ordering> {
    if value.is_constant() {
        return tape::sign_by_ball(value);
    }
    with_real_parameters(value, || {
        let told = |form: Result<Expr, Reason>| form.ok().and_then(|form| assume::sign(&form));
        let budget = budget::spent();
        if value.shared_nodes().count() > LONGEST {
            return assume::sign(value);
        }
        assume::sign(value)
            .or_else(|| told(algebra::expand(value, &budget)))
            .or_else(|| told(algebra::factor(value, &budget)))
    })
}

/// Does a power with a varying exponent have a base that is not positive at the point? It is real at some points near by
/// then, as `x^x` at -1, but not at all of them.
fn has_negative_base(expr: &Expr, variable: Symbol, point: &Expr) -> bool {
    expr.shared_nodes().any(|node| match node.kind() {
        Kind::Power(base, exponent) if exponent.has_symbol(variable) => {
            sign_of(&put(base, variable, point)) != Some(Ordering::Greater)
        }
        _ => false,
    })
}

/// The sign at a point, `None` when the function has no real value there.
fn sign_at(expr: &Expr, span: &Span, point: &Expr) -> Result<Option<Ordering>, Reason> {
    let value = put(expr, span.variable, point);
    if value.is_undefined() || has_negative_base(expr, span.variable, point) {
        return Ok(None);
    }
    if let Some(sign) = value.as_rational().map(|q| q.cmp(&Rational::ZERO)).or_else(|| sign_of(&value)) {
        return Ok(Some(sign));
    }
    match is_real(&value).is_no() {
        true => Ok(None),
        false if !value.is_constant() => Err(Reason::Unknown(Expr::relation(Relation::Greater, value, Expr::zero()))),
        false => Err(Reason::Unsupported("the sign of a value can't be told")),
    }
}

/// A rational number of few digits strictly between two places.
pub(super) fn between(low: &Place, high: &Place) -> Option<Rational> {
    let upper = |place: &Place| match place {
        Place::Exact(end) => match end.as_rational() {
            Some(q) => Some(q.clone()),
            None => Rational::from_f64(domain::real_value(end, &[])?.to_interval().high()),
        },
        Place::Between(range) => Some(range.high.clone()),
    };
    let lower = |place: &Place| match place {
        Place::Exact(end) => match end.as_rational() {
            Some(q) => Some(q.clone()),
            None => Rational::from_f64(domain::real_value(end, &[])?.to_interval().low()),
        },
        Place::Between(range) => Some(range.low.clone()),
    };
    let infinite = |place: &Place| matches!(place, Place::Exact(end) if domain::is_infinite(end));
    let whole = |value: Integer| Rational::from(value);
    match (infinite(low), infinite(high)) {
        (true, true) => Some(Rational::ZERO),
        (true, false) => Some(whole(lower(high)?.floor() - Integer::ONE)),
        (false, true) => Some(whole(upper(low)?.floor() + Integer::from(2))),
        (false, false) => simplest(&upper(low)?, &lower(high)?),
    }
}

/// A number of few digits strictly between two numbers.
fn simplest(low: &Rational, high: &Rational) -> Option<Rational> {
    if low >= high {
        return None;
    }
    let mut scale = Rational::ONE;
    for _ in 0..400 {
        let middle = (low + high) * Rational::HALF;
        let rounded = Rational::from((&middle * &scale).floor()).checked_div(&scale)?;
        if rounded > *low && rounded < *high {
            return Some(rounded);
        }
        scale = &scale * &Rational::from(2);
    }
    Some((low + high) * Rational::HALF)
}
