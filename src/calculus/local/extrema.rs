//! Critical points, local extrema, and the greatest and least value on a closed interval.

use std::cmp::Ordering;

use super::super::domain;
use super::chart::{Chart, NOT_TOLD, breaks, corners, pieces};
use super::continuity::{Neighbourhood, derivative, is_finite, real_value_at, same, slopes};
use super::zeros::{Place, sorted, zeros};
use super::{Enclosure, RealFunction};
use crate::budget::Budget;
use crate::expr::{Expr, Reason};
use crate::number::{Ball, Number};

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
    let mut found = Vec::new();
    let pieces = pieces(function, budget)?;
    for piece in &pieces {
        match stationary_in(piece, budget)? {
            Some(places) => found.extend(places),
            None => {
                return Err(Reason::Unsupported(
                    "every point of an interval is stationary: the function is constant there",
                ));
            }
        }
    }
    // Between two pieces lies a corner, at which the whole function may be smooth.
    for piece in pieces.iter().skip(1) {
        if is_smooth_and_flat(function, &piece.span.low, budget)? {
            found.push(Place::Exact(piece.span.low.clone()));
        }
    }
    sorted(found, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))
}

fn is_smooth_and_flat(function: &RealFunction, point: &Expr, budget: &Budget) -> Result<bool, Reason> {
    if real_value_at(&function.expr, function.variable(), point).is_none() {
        return Ok(false);
    }
    let (left, right) = slopes(function, point, budget)?;
    Ok(is_finite(&left) && is_finite(&right) && left.is_zero() && right.is_zero())
}

/// The stationary points inside the range of a function without corners; `None` where it is constant.
fn stationary_in(function: &RealFunction, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    let slope = derivative(function, budget)?;
    if slope.expr.is_zero() {
        return Ok(None);
    }
    let mut found = Vec::new();
    for place in zeros(&slope.expr, &slope.span, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))? {
        let holds = match &place {
            Place::Exact(point) => {
                let slope = real_value_at(&slope.expr, slope.variable(), point);
                let value = real_value_at(&function.expr, function.variable(), point);
                match (slope, value) {
                    (Some(slope), Some(_)) => same(&slope, &Expr::zero(), budget)?,
                    _ => false,
                }
            }
            Place::Between(_) => value_at(function, &place).is_some(),
        };
        if holds {
            found.push(place);
        }
    }
    Ok(Some(found))
}

/// The points inside the domain at which the derivative is zero or does not exist.
///
/// # Errors
/// As [`stationary_points`].
pub fn critical_points(function: &RealFunction, budget: &Budget) -> Result<Vec<Place>, Reason> {
    let stationary = stationary_points(function, budget)?;
    with_corners(function, stationary, budget)
}

/// These points, and those inside the domain without derivative.
fn with_corners(function: &RealFunction, mut found: Vec<Place>, budget: &Budget) -> Result<Vec<Place>, Reason> {
    let corners = corners(&function.expr, &function.span, budget)?;
    let chart = Chart::of_domain(&function.expr, &function.span, &corners, budget)?;
    for (index, place) in chart.cuts.iter().enumerate() {
        let inner = chart.signs[index].is_some() && chart.signs[index + 1].is_some();
        let Place::Exact(point) = place else {
            if inner && value_at(function, place).is_some() {
                return Err(Reason::Unsupported(NOT_TOLD));
            }
            continue;
        };
        if !inner || real_value_at(&function.expr, function.variable(), point).is_none() {
            continue;
        }
        let (left, right) = slopes(function, point, budget)?;
        if !is_finite(&left) || !is_finite(&right) || !same(&left, &right, budget)? {
            found.push(place.clone());
        }
    }
    sorted(found, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))
}

/// An enclosure of the value at a place that is not known exactly.
pub(super) fn value_at(function: &RealFunction, place: &Place) -> Option<Ball> {
    let mut enclosure = Enclosure::new(&function.expr, function.variable(), 0, BITS).ok()?;
    enclosure.at_ball(place.ball()?).first().filter(|value| value.is_bounded()).cloned()
}

/// The value at a place: exact at an exact one, else the nearest number of 53 bits.
pub(super) fn value_expr(function: &RealFunction, place: &Place) -> Option<Expr> {
    match place {
        Place::Exact(point) => real_value_at(&function.expr, function.variable(), point),
        Place::Between(_) => {
            let value = value_at(function, place)?;
            Some(Expr::number(Number::Real(Box::new(value.to_real(53)))))
        }
    }
}

/// All local extreme values inside the range.
///
/// # Errors
/// As [`critical_points`].
pub fn local_extrema(function: &RealFunction, budget: &Budget) -> Result<Vec<Local>, Reason> {
    let critical = critical_points(function, budget)?;
    let slope = derivative(function, budget)?;
    let chart = Chart::new(&slope.expr, &slope.span, &critical, budget)?;
    let mut found = Vec::new();
    for (index, place) in chart.cuts.iter().enumerate() {
        if !critical.contains(place) || !is_continuous_at(function, place, budget)? {
            continue;
        }
        let kind = match (chart.signs[index], chart.signs[index + 1]) {
            (Some(Ordering::Greater), Some(Ordering::Less)) => LocalKind::Maximum,
            (Some(Ordering::Less), Some(Ordering::Greater)) => LocalKind::Minimum,
            _ => continue,
        };
        let value = value_expr(function, place).ok_or(Reason::Unsupported("a value can't be told"))?;
        found.push(Local { place: place.clone(), value, kind });
    }
    Ok(found)
}

/// Is the function continuous at a place inside its domain?
pub(super) fn is_continuous_at(function: &RealFunction, place: &Place, budget: &Budget) -> Result<bool, Reason> {
    match place {
        Place::Exact(point) => Neighbourhood::new(function, point, (true, true), budget)?.is_continuous(budget),
        // Not a break, or it would be exact: the expression is analytic there.
        Place::Between(_) => Ok(value_at(function, place).is_some()),
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
    check_continuous(function, budget)?;
    let mut places = vec![Place::Exact(span.low.clone())];
    let mut inner = Vec::new();
    for piece in pieces(function, budget)? {
        // Where it is constant, its ends have the value too.
        inner.extend(stationary_in(&piece, budget)?.unwrap_or_default());
    }
    inner.extend(corners(&function.expr, span, budget)?);
    places.extend(with_corners(function, sorted(inner, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?, budget)?);
    places.push(Place::Exact(span.high.clone()));
    let mut values = Vec::new();
    for place in places {
        let ball = match &place {
            Place::Exact(point) => {
                let value = real_value_at(&function.expr, function.variable(), point);
                value.ok_or(Reason::Domain("the function is not defined on all of the interval"))?
            }
            Place::Between(_) => value_expr(function, &place).ok_or(Reason::Unsupported("a value can't be told"))?,
        };
        values.push((place, ball));
    }
    let least = extreme(function, &values, Ordering::Less, budget)?;
    let greatest = extreme(function, &values, Ordering::Greater, budget)?;
    Ok((least, greatest))
}

/// Refuses a function that breaks on the closed range.
fn check_continuous(function: &RealFunction, budget: &Budget) -> Result<(), Reason> {
    const BROKEN: Reason =
        Reason::Domain("the function is not continuous on the interval, so it need not have extreme values");
    let span = &function.span;
    let chart = Chart::of_domain(&function.expr, span, &[], budget)?;
    if chart.signs.iter().any(Option::is_none) {
        return Err(BROKEN);
    }
    for (end, real) in [(&span.low, (false, true)), (&span.high, (true, false))] {
        if !Neighbourhood::new(function, end, real, budget)?.is_continuous(budget)? {
            return Err(BROKEN);
        }
    }
    for place in breaks(&function.expr, span, budget)? {
        if !is_continuous_at(function, &place, budget)? {
            return Err(BROKEN);
        }
    }
    Ok(())
}

/// The extreme one among values, with all places that have it.
fn extreme(
    function: &RealFunction,
    values: &[(Place, Expr)],
    wanted: Ordering,
    budget: &Budget,
) -> Result<Extremes, Reason> {
    let Some((first, rest)) = values.split_first() else { return Err(Reason::Unsupported(NOT_TOLD)) };
    let mut best = Extremes { value: first.1.clone(), places: vec![first.0.clone()] };
    for (place, value) in rest {
        let order = match (place.is_exact(), best.places[0].is_exact()) {
            (true, true) => domain::order(value, &best.value, budget)?,
            _ => {
                let ball = |place: &Place| match place {
                    Place::Exact(point) => domain::real_value(&function.at(point), &[]),
                    Place::Between(_) => value_at(function, place),
                };
                match (ball(place), ball(&best.places[0])) {
                    (Some(a), Some(b)) => a.compare(&b),
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
