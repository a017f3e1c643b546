//! Asymptotes: vertical, horizontal and slant.

use super::RealFunction;
use super::chart::Chart;
use super::continuity::{is_finite, is_inexact_pole, one_sided};
use super::pieces::Mosaic;
use super::zeros::Place;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Infinity, Kind, Reason, Symbol};
use crate::tape;
use crate::tape::series::Side;

/// The asymptotes of a graph.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Asymptotes {
    /// The places of the vertical ones.
    pub vertical: Vec<Place>,
    /// The right-hand sides of the others, `m*x + b`, the one towards minus infinity first; equal ones once.
    pub lines: Vec<Expr>,
}

/// All asymptotes of the graph of a function.
///
/// # Errors
/// `Unsupported` and `Unknown` when they can't all be told.
pub fn asymptotes(function: &RealFunction, budget: &Budget) -> Result<Asymptotes, Reason> {
    let mosaic = Mosaic::new(function, budget)?;
    let chart = mosaic.chart(|piece| Chart::of_domain(&piece.expr, &piece.span, &[], budget))?;
    let mut found = Asymptotes::default();
    for (index, place) in chart.cuts.iter().enumerate() {
        if is_vertical(&mosaic, place, (chart.signs[index].is_some(), chart.signs[index + 1].is_some()), budget)? {
            found.vertical.push(place.clone());
        }
    }
    let ends = [
        (mosaic.pieces.first(), Infinity::Negative, chart.signs.first()),
        (mosaic.pieces.last(), Infinity::Positive, chart.signs.last()),
    ];
    for (piece, infinity, sign) in ends {
        let Some(piece) = piece else { continue };
        let end = if infinity == Infinity::Negative { &piece.span.low } else { &piece.span.high };
        if matches!(end.kind(), Kind::Infinity(_))
            && sign.is_some_and(Option::is_some)
            && let Some(line) = line(piece, infinity, budget)?
            && !found.lines.contains(&line)
        {
            found.lines.push(line);
        }
    }
    Ok(found)
}

fn is_vertical(mosaic: &Mosaic, place: &Place, real: (bool, bool), budget: &Budget) -> Result<bool, Reason> {
    let (left, right) = mosaic.beside(place, budget)?;
    let Place::Exact(point) = place else {
        if real == (false, false) {
            return Ok(false);
        }
        return is_inexact_pole(left, place, budget);
    };
    for (is_real, piece, side) in [(real.0, left, Side::Left), (real.1, right, Side::Right)] {
        if is_real {
            let limit = one_sided(&piece.expr, piece.variable(), point, side, budget)?;
            if matches!(limit.kind(), Kind::Infinity(_)) {
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The line that the graph comes close to at an infinity, if there is one.
fn line(function: &RealFunction, infinity: Infinity, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let variable = function.variable();
    let x = Expr::symbol(variable);
    let end = Expr::infinity(infinity);
    let slope = at_end(&(&function.expr / &x), variable, &end, budget)?;
    let Some(slope) = slope else { return Ok(None) };
    let rest = algebra::simplify_rational(&(&function.expr - &slope * &x), budget)?;
    let Some(height) = at_end(&rest, variable, &end, budget)? else { return Ok(None) };
    Ok(Some(slope * x + height))
}

/// A finite real limit at an infinity; `None` when there is none.
fn at_end(expr: &Expr, variable: Symbol, end: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let limit = one_sided(expr, variable, end, Side::Both, budget)?;
    let real = !limit.is_constant() || tape::is_real_by_ball(&limit).is_yes();
    Ok((is_finite(&limit) && real).then_some(limit))
}
