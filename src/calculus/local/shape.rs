//! Where a function rises and falls, is convex and concave, and its points of inflection.

use std::cmp::Ordering;

use super::super::domain;
use super::RealFunction;
use super::chart::Chart;
use super::continuity::{Neighbourhood, derivative, is_finite, real_value_at, same, slopes};
use super::extrema::{is_continuous_at, value_expr};
use super::pieces::Mosaic;
use super::zeros::Place;
use crate::budget::Budget;
use crate::calculus::{Interval, IntervalSet};
use crate::expr::{Expr, Reason};

/// A point of inflection.
#[derive(Clone, Debug, PartialEq)]
pub struct Bend {
    /// Where.
    pub place: Place,
    /// The value there: exact at an exact place, else a number of 53 bits.
    pub value: Expr,
}

/// The greatest intervals on which the derivative of an order keeps a sign in between isolated points: with order one
/// those on which the function is strictly monotone, with order two those on which it is strictly convex or concave.
/// Ends at which the function is continuous belong to them.
///
/// # Errors
/// `Unsupported` and `Unknown` when they can't all be told.
pub fn monotone(
    function: &RealFunction,
    order: usize,
    wanted: Ordering,
    budget: &Budget,
) -> Result<IntervalSet, Reason> {
    let mosaic = Mosaic::new(function, budget)?;
    let chart = chart_of_derivative(&mosaic, order, budget)?;
    let joined = cuts_inside(&mosaic, &chart, (order, wanted), budget)?;
    let mut intervals = Vec::new();
    let mut index = 0;
    while index < chart.signs.len() {
        if chart.signs[index] != Some(wanted) {
            index += 1;
            continue;
        }
        let first = index;
        while index + 1 < chart.signs.len() && chart.signs[index + 1] == Some(wanted) && joined[index] {
            index += 1;
        }
        let (low, high) = (chart.end(first), chart.end(index + 1));
        let end = |place: &Place, real| -> Result<(Expr, bool), Reason> {
            Ok((place.to_expr(), closes(&mosaic, place, real, budget)?))
        };
        let (low, high) = (end(&low, (false, true))?, end(&high, (true, false))?);
        intervals.push(Interval { low: low.0, low_closed: low.1, high: high.0, high_closed: high.1 });
        index += 1;
    }
    Ok(IntervalSet::of_sorted(intervals))
}

/// The chart of the derivative of an order of each piece.
pub(super) fn chart_of_derivative(mosaic: &Mosaic, order: usize, budget: &Budget) -> Result<Chart, Reason> {
    mosaic.chart(|piece| {
        let mut derived = piece.clone();
        for _ in 0..order {
            derived = derivative(&derived, budget)?;
        }
        let domain = Chart::of_domain(&piece.expr, &piece.span, &[], budget)?;
        if derived.expr.is_zero() {
            return Ok(domain.with_sign(Ordering::Equal));
        }
        let chart = Chart::new(&derived.expr, &piece.span, &domain.cuts, budget)?;
        // A derivative may be real where the function is not, as 1/x for log(x).
        chart.restricted(&piece.expr)
    })
}

/// For each cut: does the property go on across it? The function is continuous there, and for order two its slope does not
/// jump the other way.
fn cuts_inside(
    mosaic: &Mosaic,
    chart: &Chart,
    (order, wanted): (usize, Ordering),
    budget: &Budget,
) -> Result<Vec<bool>, Reason> {
    let mut joined = Vec::new();
    for (index, place) in chart.cuts.iter().enumerate() {
        let same_sign = chart.signs[index].is_some() && chart.signs[index] == chart.signs[index + 1];
        joined.push(
            same_sign && is_continuous_at(mosaic, place, budget)? && {
                match place {
                    Place::Exact(point) if order == 2 => {
                        let (left, right) = slopes(mosaic, point, budget)?;
                        let turn = domain::order(&right, &left, budget)?;
                        is_finite(&left) && is_finite(&right) && (turn == Some(wanted) || same(&left, &right, budget)?)
                    }
                    _ => true,
                }
            },
        );
    }
    Ok(joined)
}

/// Does an end belong to the interval: is it a number at which the function is continuous from inside?
fn closes(mosaic: &Mosaic, place: &Place, real: (bool, bool), budget: &Budget) -> Result<bool, Reason> {
    match place {
        Place::Exact(point) if domain::is_infinite(point) => Ok(false),
        Place::Exact(point) if real_value_at(&mosaic.function.expr, mosaic.function.variable(), point).is_none() => {
            Ok(false)
        }
        Place::Exact(point) => Neighbourhood::new(mosaic, point, real, budget)?.is_continuous(budget),
        Place::Between(_) => is_continuous_at(mosaic, place, budget),
    }
}

/// The points at which the function changes from convex to concave or back, and has a tangent.
///
/// # Errors
/// `Unsupported` and `Unknown` when they can't all be told.
pub fn inflection_points(function: &RealFunction, budget: &Budget) -> Result<Vec<Bend>, Reason> {
    let mosaic = Mosaic::new(function, budget)?;
    let chart = chart_of_derivative(&mosaic, 2, budget)?;
    let mut found = Vec::new();
    for (index, place) in chart.cuts.iter().enumerate() {
        let turns = matches!(
            (chart.signs[index], chart.signs[index + 1]),
            (Some(Ordering::Less), Some(Ordering::Greater)) | (Some(Ordering::Greater), Some(Ordering::Less))
        );
        if !turns {
            continue;
        }
        if let Place::Exact(point) = place {
            if real_value_at(&function.expr, function.variable(), point).is_none()
                || !is_continuous_at(&mosaic, place, budget)?
            {
                continue;
            }
            let (left, right) = slopes(&mosaic, point, budget)?;
            // A vertical tangent is one too.
            let tangent = left == right || (is_finite(&left) && is_finite(&right) && same(&left, &right, budget)?);
            if !tangent {
                continue;
            }
        }
        let value = value_expr(&mosaic, place, budget)?;
        found.push(Bend { place: place.clone(), value });
    }
    Ok(found)
}
