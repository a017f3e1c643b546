//! Critical points, local extrema, and the greatest and least value on a closed interval.

use std::cmp::Ordering;

use super::super::domain;
use super::chart::{Chart, NOT_TOLD};
use super::continuity::{Neighbourhood, derivative, is_finite, real_value_at, same, slopes};
use super::pieces::{Mosaic, is_nowhere_real};
use super::shape::chart_of_derivative;
use super::zeros::{Place, sorted, zeros};
use super::{Enclosure, RealFunction};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason};
use crate::number::{Ball, Number};
use crate::tape;

const BITS: u32 = 160;

/// Is a local extreme value the greatest or the least nearby?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LocalKind {
    /// Nearby values are not greater.
    Maximum,
    /// Nearby values are not less.
    Minimum,
}

/// A local extreme value.
#[derive(Clone, Debug, PartialEq)]
pub struct Local {
    /// Where.
    pub place: Place,
    /// The value: exact at an exact place, else a number of 53 bits.
    pub value: Expr,
    /// Greatest or least.
    pub kind: LocalKind,
}

/// An extreme value on an interval, with all places where it is taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Extremes {
    /// The value.
    pub value: Expr,
    /// Where it is taken.
    pub places: Vec<Place>,
}

/// The points inside the range at which the derivative is zero.
///
/// # Errors
/// `Unsupported` when they can't all be told, `Unknown` when a parameter decides.
pub fn stationary_points(function: &RealFunction, budget: &Budget) -> Result<Vec<Place>, Reason> {
    stationary(&Mosaic::new(function, budget)?, budget)
}

fn stationary(mosaic: &Mosaic, budget: &Budget) -> Result<Vec<Place>, Reason> {
    const CONSTANT: Reason =
        Reason::Unsupported("every point of an interval is stationary: the function is constant there");
    let mut found = Vec::new();
    for piece in mosaic.pieces.iter().filter(|piece| !is_nowhere_real(piece)) {
        found.extend(stationary_in(piece, budget)?.ok_or(CONSTANT)?);
    }
    // At a seam the whole function may be smooth.
    for seam in mosaic.seams() {
        if let Place::Exact(point) = &seam
            && is_smooth_and_flat(mosaic, point, budget)?
        {
            found.push(seam);
        }
    }
    sorted(found, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))
}

fn is_smooth_and_flat(mosaic: &Mosaic, point: &Expr, budget: &Budget) -> Result<bool, Reason> {
    if real_value_at(&mosaic.function.expr, mosaic.function.variable(), point).is_none() {
        return Ok(false);
    }
    let (left, right) = slopes(mosaic, point, budget)?;
    Ok(is_finite(&left) && is_finite(&right) && left.is_zero() && right.is_zero())
}

/// The stationary points inside the range of one formula; `None` where it is constant.
fn stationary_in(function: &RealFunction, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    let slope = derivative(function, budget)?;
    if slope.expr.is_zero() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for place in zeros(&slope.expr, &slope.span, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))? {
        let holds = match &place {
            // The numerator of the slope vanishes there; so the slope does if it has a value.
            Place::Exact(point) => {
                real_value_at(&slope.expr, slope.variable(), point).is_some_and(|slope| may_vanish(&slope))
                    && real_value_at(&function.expr, function.variable(), point).is_some()
            }
            Place::Between(_) => value_at(function, &place).is_some(),
        };
        if holds {
            found.push(place);
        }
    }
    Ok(Some(found))
}

/// Is a constant not shown to differ from zero?
fn may_vanish(constant: &Expr) -> bool {
    !constant.is_constant() || tape::sign_by_ball(constant).is_none_or(Ordering::is_eq)
}

/// The points inside the domain at which the derivative is zero or does not exist.
///
/// # Errors
/// As [`stationary_points`].
pub fn critical_points(function: &RealFunction, budget: &Budget) -> Result<Vec<Place>, Reason> {
    critical(&Mosaic::new(function, budget)?, budget)
}

/// The stationary points, and those inside the domain without derivative.
fn critical(mosaic: &Mosaic, budget: &Budget) -> Result<Vec<Place>, Reason> {
    let mut found = stationary(mosaic, budget)?;
    let function = &mosaic.function;
    let chart = domain_of(mosaic, budget)?;
    for (index, place) in chart.cuts.iter().enumerate() {
        let inner = chart.signs[index].is_some() && chart.signs[index + 1].is_some();
        let Place::Exact(point) = place else {
            if inner && value_at(mosaic.beside(place, budget)?.0, place).is_some() {
                return Err(Reason::Unsupported(NOT_TOLD));
            }
            continue;
        };
        if !inner || real_value_at(&function.expr, function.variable(), point).is_none() {
            continue;
        }
        let (left, right) = slopes(mosaic, point, budget)?;
        if !is_finite(&left) || !is_finite(&right) || !same(&left, &right, budget)? {
            found.push(place.clone());
        }
    }
    sorted(found, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))
}

/// The chart of where the function is real.
fn domain_of(mosaic: &Mosaic, budget: &Budget) -> Result<Chart, Reason> {
    mosaic.chart(|piece| Chart::of_domain(&piece.expr, &piece.span, &[], budget))
}

/// An enclosure of the value at a place that is not known exactly.
pub(super) fn value_at(function: &RealFunction, place: &Place) -> Option<Ball> {
    let mut enclosure = Enclosure::new(&function.expr, function.variable(), 0, BITS).ok()?;
    enclosure.at_ball(place.ball()?).first().filter(|value| value.is_bounded()).cloned()
}

/// The value at a place: exact at an exact one, else the nearest number of 53 bits.
///
/// # Errors
/// `Unsupported` when there is none, or it can't be told.
pub(super) fn value_expr(mosaic: &Mosaic, place: &Place, budget: &Budget) -> Result<Expr, Reason> {
    let value = match place {
        Place::Exact(point) => real_value_at(&mosaic.function.expr, mosaic.function.variable(), point),
        Place::Between(_) => value_at(mosaic.beside(place, budget)?.0, place)
            .map(|value| Expr::number(Number::Real(Box::new(value.to_real(53))))),
    };
    value.ok_or(Reason::Unsupported("a value can't be told"))
}

/// All local extreme values inside the range.
///
/// # Errors
/// As [`critical_points`].
pub fn local_extrema(function: &RealFunction, budget: &Budget) -> Result<Vec<Local>, Reason> {
    let mosaic = Mosaic::new(function, budget)?;
    let critical = critical(&mosaic, budget)?;
    let chart = chart_of_derivative(&mosaic, 1, budget)?;
    let mut found = Vec::new();
    for (index, place) in chart.cuts.iter().enumerate() {
        let kind = match (chart.signs[index], chart.signs[index + 1]) {
            (Some(Ordering::Greater), Some(Ordering::Less)) => LocalKind::Maximum,
            (Some(Ordering::Less), Some(Ordering::Greater)) => LocalKind::Minimum,
            _ => continue,
        };
        if !critical.contains(place) || !is_continuous_at(&mosaic, place, budget)? {
            continue;
        }
        let value = value_expr(&mosaic, place, budget)?;
        found.push(Local { place: place.clone(), value, kind });
    }
    Ok(found)
}

/// Is the function continuous at a place inside its domain?
pub(super) fn is_continuous_at(mosaic: &Mosaic, place: &Place, budget: &Budget) -> Result<bool, Reason> {
    match place {
        Place::Exact(point) => Neighbourhood::new(mosaic, point, (true, true), budget)?.is_continuous(budget),
        // Not a break, or it would be exact: the formula is analytic there.
        Place::Between(_) => Ok(value_at(mosaic.beside(place, budget)?.0, place).is_some()),
    }
}

/// The least and the greatest value on the closed range, on which the function must be continuous.
///
/// # Errors
/// `Domain` when it is not continuous there; as [`critical_points`].
pub fn extremes(function: &RealFunction, budget: &Budget) -> Result<(Extremes, Extremes), Reason> {
    let span = &function.span;
    if domain::is_infinite(&span.low) || domain::is_infinite(&span.high) {
        return Err(Reason::Domain("extreme values are sought on a closed interval: give its ends"));
    }
    let mosaic = Mosaic::new(function, budget)?;
    let chart = domain_of(&mosaic, budget)?;
    check_continuous(&mosaic, &chart, budget)?;
    let mut inner = chart.cuts;
    for piece in &mosaic.pieces {
        // Where it is constant, its ends have the value too.
        inner.extend(stationary_in(piece, budget)?.unwrap_or_default());
    }
    let mut places = vec![Place::Exact(span.low.clone())];
    places.extend(sorted(inner, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?);
    places.push(Place::Exact(span.high.clone()));
    let valued = |place: Place| value_expr(&mosaic, &place, budget).map(|value| (place, value));
    let values = places.into_iter().map(valued).collect::<Result<Vec<_>, _>>()?;
    let least = extreme(&mosaic, &values, Ordering::Less, budget)?;
    let greatest = extreme(&mosaic, &values, Ordering::Greater, budget)?;
    Ok((least, greatest))
}

/// Refuses a function that breaks on the closed range.
fn check_continuous(mosaic: &Mosaic, chart: &Chart, budget: &Budget) -> Result<(), Reason> {
    const BROKEN: Reason =
        Reason::Domain("the function is not continuous on the interval, so it need not have extreme values");
    let span = &mosaic.function.span;
    if chart.signs.iter().any(Option::is_none) {
        return Err(BROKEN);
    }
    for (end, real) in [(&span.low, (false, true)), (&span.high, (true, false))] {
        if !Neighbourhood::new(mosaic, end, real, budget)?.is_continuous(budget)? {
            return Err(BROKEN);
        }
    }
    for place in &chart.cuts {
        if !is_continuous_at(mosaic, place, budget)? {
            return Err(BROKEN);
        }
    }
    Ok(())
}

/// The extreme one among values, with all places that have it.
fn extreme(mosaic: &Mosaic, values: &[(Place, Expr)], wanted: Ordering, budget: &Budget) -> Result<Extremes, Reason> {
    let Some((first, rest)) = values.split_first() else { return Err(Reason::Unsupported(NOT_TOLD)) };
    let mut best = Extremes { value: first.1.clone(), places: vec![first.0.clone()] };
    for (place, value) in rest {
        let order = match (place.is_exact(), best.places[0].is_exact()) {
            (true, true) => domain::order(value, &best.value, budget)?,
            _ => {
                let ball = |place: &Place| match place {
                    Place::Exact(point) => domain::real_value(&mosaic.function.at(point), &[]),
                    Place::Between(_) => value_at(mosaic.beside(place, budget).ok()?.0, place),
                };
                match (ball(place), ball(&best.places[0])) {
                    (Some(a), Some(b)) => match a.compare(&b) {
                        None if are_mirrored(mosaic, place, &best.places[0], budget)? => Some(Ordering::Equal),
                        order => order,
                    },
                    _ => None,
                }
            }
        };
        match order {
            Some(order) if order == wanted => best = Extremes { value: value.clone(), places: vec![place.clone()] },
            Some(Ordering::Equal) => best.places.push(place.clone()),
            Some(_) => {}
            None => return Err(Reason::Unsupported("two values are too close to each other to be told apart")),
        }
    }
    Ok(best)
}

/// Are two places each other's mirror images, and is the function even?
fn are_mirrored(mosaic: &Mosaic, a: &Place, b: &Place, budget: &Budget) -> Result<bool, Reason> {
    let (Place::Between(a), Place::Between(b)) = (a, b) else { return Ok(false) };
    let function = &mosaic.function;
    let overlap = -&a.high <= b.high && b.low <= -&a.low;
    let mirrored = function.at(&-Expr::symbol(function.variable()));
    Ok(overlap && algebra::is_zero(&(mirrored - &function.expr), budget)?.is_yes())
}
