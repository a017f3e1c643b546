//! Zeros of a function by where it turns: between two neighbouring zeros of its derivative it has at most one (Rolle).
//!
//! That reaches where enclosures do not: to infinity, and up to ends at which the function is singular. Signs come from
//! values and one-sided limits; what is found is enclosed by bisection.

use std::cmp::Ordering;

use super::super::domain::{self, Span};
use super::super::limit;
use super::chart::{between, breaks, is_real_at};
use super::continuity::derivative;
use super::enclosure::{Enclosure, Range};
use super::zeros::{BITS, Place, narrow, sorted, zeros_within};
use super::{RealFunction, put};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Infinity, Kind, Reason, Truth};
use crate::number::{Integer, Rational};
use crate::tape;
use crate::tape::series::Side;

/// Longer derivatives are not asked.
const LONGEST: usize = 400;
/// Steps from inside a piece towards its end.
const MOST_STEPS: usize = 80;

/// All zeros strictly inside the span, by the zeros of the derivative; `None` where these or the signs are not known.
///
/// # Errors
/// `Unknown` when a parameter decides; `Budget` when stopped.
pub(super) fn zeros_between_turns(
    expr: &Expr,
    span: &Span,
    deeper: usize,
    budget: &Budget,
) -> Result<Option<Vec<Place>>, Reason> {
    let Some(deeper) = deeper.checked_sub(1) else { return Ok(None) };
    if expr.free_variables().len() != 1 || !span.low.is_constant() || !span.high.is_constant() {
        return Ok(None);
    }
    let function = RealFunction { expr: expr.clone(), span: span.clone() };
    let slope = derivative(&function, budget)?;
    if slope.expr.shared_nodes().count() > LONGEST {
        return Ok(None);
    }
    let open = |found: Result<Vec<Place>, Reason>| match found {
        Err(Reason::Unsupported(_)) => Ok(None),
        other => other.map(Some),
    };
    let Some(broken) = open(breaks(expr, span, budget))? else { return Ok(None) };
    let Some(turns) = zeros_within(&slope.expr, span, deeper, budget)? else { return Ok(None) };
    let Some(own) = open(breaks(&slope.expr, span, budget))? else { return Ok(None) };
    let all = broken.iter().chain(&turns).chain(&own).cloned().collect();
    let Some(cuts) = sorted(all, budget)? else { return Ok(None) };
    let Ok(enclosure) = Enclosure::new(expr, span.variable, 1, BITS) else { return Ok(None) };
    Pieces { function: &function, broken: &broken, enclosure, budget }.zeros(&cuts)
}

struct Pieces<'a> {
    function: &'a RealFunction,
    /// Where the function itself may not be continuous.
    broken: &'a [Place],
    enclosure: Enclosure,
    budget: &'a Budget,
}

impl Pieces<'_> {
    fn zeros(&mut self, cuts: &[Place]) -> Result<Option<Vec<Place>>, Reason> {
        let span = &self.function.span;
        let mut ends = vec![Place::Exact(span.low.clone())];
        ends.extend(cuts.iter().cloned());
        ends.push(Place::Exact(span.high.clone()));
        let mut found = Vec::new();
        for cut in cuts {
            match self.vanishes_at(cut)? {
                Some(true) => found.push(cut.clone()),
                Some(false) => {}
                None => return Ok(None),
            }
        }
        for pair in ends.windows(2) {
            let Some(middle) = between(&pair[0], &pair[1]) else { return Ok(None) };
            match is_real_at(&self.function.expr, self.function.variable(), &Expr::number(middle.clone())) {
                Ok(true) => {}
                Ok(false) => continue,
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => return Ok(None),
            }
            let (Some(below), Some(above)) = (self.sign_next_to(&pair[0], false)?, self.sign_next_to(&pair[1], true)?)
            else {
                return Ok(None);
            };
            // Where an end is zero the sign stays that of the other side: the function is monotone.
            if below * above >= 0 {
                continue;
            }
            match self.only_zero(pair, &middle, below)? {
                Some(place) => found.push(place),
                None => return Ok(None),
            }
        }
        sorted(found, self.budget)
    }

    fn breaks_at(&self, place: &Place) -> bool {
        self.broken.contains(place)
    }

    /// Is a cut itself a zero?
    fn vanishes_at(&mut self, cut: &Place) -> Result<Option<bool>, Reason> {
        let Place::Exact(point) = cut else {
            let sign = self.sign_of(cut);
            return Ok(sign.filter(|sign| *sign != 0).map(|_| false));
        };
        vanishes(&put(&self.function.expr, self.function.variable(), point), self.budget)
    }

    fn sign_of(&mut self, place: &Place) -> Option<i32> {
        let value = self.enclosure.at_ball(place.ball()?);
        value.first().filter(|value| value.is_bounded())?.sign()
    }

    /// The sign at an end of a piece, or of the limit there, zero included.
    fn sign_next_to(&mut self, place: &Place, from_left: bool) -> Result<Option<i32>, Reason> {
        let Place::Exact(point) = place else { return Ok(self.sign_of(place)) };
        let variable = self.function.variable();
        let value = match self.breaks_at(place) || domain::is_infinite(point) {
            false => Some(put(&self.function.expr, variable, point)),
            true => None,
        };
        let value = match value.filter(|v| !v.is_undefined() && !matches!(v.kind(), Kind::Infinity(_))) {
            Some(value) => value,
            None => {
                let side = if from_left { Side::Left } else { Side::Right };
                match limit(&self.function.expr, variable, point, side, self.budget) {
                    Err(reason) if reason.is_stopped() => return Err(reason),
                    Err(_) => return Ok(None),
                    Ok(value) => value,
                }
            }
        };
        Ok(match value.kind() {
            Kind::Infinity(Infinity::Positive) => Some(1),
            Kind::Infinity(Infinity::Negative) => Some(-1),
            _ if !value.is_constant() => None,
            _ => match tape::sign_by_ball(&value) {
                Some(sign) => Some(sign as i32),
                None => algebra::is_zero(&value, self.budget)?.is_yes().then_some(0),
            },
        })
    }

    /// The only zero of a piece on which the function changes its sign.
    fn only_zero(&mut self, ends: &[Place], middle: &Rational, below: i32) -> Result<Option<Place>, Reason> {
        let (Some(low), Some(high)) = (self.towards(&ends[0], middle, below), self.towards(&ends[1], middle, -below))
        else {
            return Ok(None);
        };
        let simple = [(0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1), (3, 1), (-3, 1)];
        let inside = simple.iter().filter_map(|(n, d)| Rational::fraction(*n, *d)).filter(|q| low <= *q && *q <= high);
        for q in inside {
            let point = Expr::number(q);
            let value = put(&self.function.expr, self.function.variable(), &point);
            if !value.is_undefined() && algebra::is_zero(&value, self.budget)?.is_yes() {
                return Ok(Some(Place::Exact(point)));
            }
        }
        let range = self.enclosure.refine(&Range { low, high }, &narrow(), self.budget)?;
        Ok((range.width() <= narrow()).then(|| match range.low == range.high {
            true => Place::Exact(Expr::number(range.low)),
            false => Place::Between(range),
        }))
    }

    /// A point between the middle and an end at which the function has the sign that it has next to the end.
    fn towards(&mut self, end: &Place, middle: &Rational, wanted: i32) -> Option<Rational> {
        let own = Place::Exact(Expr::number(middle.clone()));
        let is_low = end.order(&own, self.budget).ok()?? == Ordering::Less;
        let infinite = matches!(end, Place::Exact(expr) if domain::is_infinite(expr));
        let mut at = middle.clone();
        let mut step = Rational::ONE;
        for _ in 0..MOST_STEPS {
            if self.enclosure.sign(&at) == Some(wanted) {
                return Some(at);
            }
            let here = Place::Exact(Expr::number(at.clone()));
            at = match (infinite, is_low) {
                (true, true) => middle - &step,
                (true, false) => middle + &step,
                (false, true) => between(end, &here)?,
                (false, false) => between(&here, end)?,
            };
            step = &step * &Rational::from(Integer::from(2));
        }
        None
    }
}

/// Is a value, should there be one, zero?
pub(super) fn vanishes(value: &Expr, budget: &Budget) -> Result<Option<bool>, Reason> {
    if value.is_undefined() || matches!(value.kind(), Kind::Infinity(_)) {
        return Ok(Some(false));
    }
    Ok(match algebra::is_zero(value, budget)? {
        Truth::Yes => Some(true),
        Truth::No => Some(false),
        Truth::Unknown => None,
    })
}
