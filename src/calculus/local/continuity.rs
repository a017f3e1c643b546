//! Continuity, kinds of discontinuity, and differentiability at a point.

use std::cmp::Ordering;

use super::super::domain::Span;
use super::super::{diff, limit};
use super::chart::{Chart, NOT_TOLD};
use super::pieces::Mosaic;
use super::zeros::Place;
use super::{Enclosure, RealFunction, put};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Constant, Expr, Infinity, Kind, Reason, Relation, Symbol, Truth};
use crate::number::Ball;
use crate::tape;
use crate::tape::series::Side;

/// The precision of enclosures in bits.
const ENCLOSURE_BITS: u32 = 160;

/// How a function breaks at a point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BreakKind {
    /// Both one-sided limits are one number, but the value is missing or another.
    Removable,
    /// The one-sided limits are two different numbers.
    Jump,
    /// A one-sided limit is infinite.
    Infinite,
    /// A one-sided limit does not exist, not even as an infinity.
    Essential,
}

impl BreakKind {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            BreakKind::Removable => "removable",
            BreakKind::Jump => "jump",
            BreakKind::Infinite => "infinite",
            BreakKind::Essential => "essential",
        }
    }
}

/// A point of discontinuity.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Where.
    pub place: Place,
    /// How.
    pub kind: BreakKind,
    /// The limit from the left.
    pub left: Expr,
    /// The limit from the right.
    pub right: Expr,
}

/// What is known next to a point.
pub(super) struct Neighbourhood {
    /// The limit from the left, `None` where the function is not real there.
    pub(super) left: Option<Expr>,
    /// The limit from the right.
    pub(super) right: Option<Expr>,
    /// The value, if it is a real number.
    pub(super) value: Option<Expr>,
}

pub(super) fn is_finite(value: &Expr) -> bool {
    !matches!(
        value.kind(),
        Kind::Infinity(_) | Kind::Undefined(_) | Kind::Constant(Constant::NoLimit | Constant::Oscillating)
    )
}

/// The limit from a side as a value: an answer that stays open is an error.
pub(super) fn one_sided(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    side: Side,
    budget: &Budget,
) -> Result<Expr, Reason> {
    match limit(expr, variable, point, side, budget) {
        Err(Reason::Unsupported(_)) => Err(Reason::Unsupported("a one-sided limit can't be decided")),
        other => other,
    }
}

/// The value at a point when it is a real number.
pub(super) fn real_value_at(expr: &Expr, variable: Symbol, point: &Expr) -> Option<Expr> {
    // `1/log(x)` has no value at 0, though one divided by an infinity is zero.
    let is_infinite_at_point = |node: &Expr| {
        node.as_call().is_some() && matches!(put(node, variable, point).kind(), Kind::Infinity(_) | Kind::Undefined(_))
    };
    if expr.shared_nodes().any(|node| is_infinite_at_point(&node)) {
        return None;
    }
    let value = algebra::told_by_signs(&put(expr, variable, point));
    let missing = !is_finite(&value) || (value.is_constant() && !tape::is_real_by_ball(&value).is_yes());
    (!missing).then_some(value)
}

impl Neighbourhood {
    /// Around an exact point; the sides on which the function is real are told by samples next to it.
    pub(super) fn new(
        mosaic: &Mosaic,
        point: &Expr,
        real: (bool, bool),
        budget: &Budget,
    ) -> Result<Neighbourhood, Reason> {
        let variable = mosaic.function.variable();
        let (left, right) = mosaic.beside(&Place::Exact(point.clone()), budget)?;
        let side = |is_real: bool, piece: &RealFunction, side| match is_real {
            true => one_sided(&piece.expr, variable, point, side, budget).map(Some),
            false => Ok(None),
        };
        Ok(Neighbourhood {
            left: side(real.0, left, Side::Left)?,
            right: side(real.1, right, Side::Right)?,
            value: real_value_at(&mosaic.function.expr, variable, point),
        })
    }

    /// Is the value the limit from every side on which there is one?
    pub(super) fn is_continuous(&self, budget: &Budget) -> Result<bool, Reason> {
        let Some(value) = &self.value else { return Ok(false) };
        for side in [&self.left, &self.right].into_iter().flatten() {
            if !is_finite(side) || !same(side, value, budget)? {
                return Ok(false);
            }
        }
        Ok(true)
    }
}

/// Are two finite values the same?
pub(super) fn same(a: &Expr, b: &Expr, budget: &Budget) -> Result<bool, Reason> {
    match algebra::is_zero(&(a - b), budget)? {
        Truth::Yes => Ok(true),
        Truth::No => Ok(false),
        Truth::Unknown => Err(Reason::Unknown(Expr::relation(Relation::Equal, a.clone(), b.clone()))),
    }
}

/// The function around a point taken apart, and on which sides of it it is real, by the chart of its domain there.
fn around(function: &RealFunction, point: &Expr, budget: &Budget) -> Result<(Mosaic, (bool, bool)), Reason> {
    let variable = function.variable();
    if !point.is_constant() || function.expr.free_variables().len() > 1 {
        let whole = Mosaic { function: function.clone(), pieces: vec![function.clone()] };
        return Ok((whole, (true, true)));
    }
    let place = Place::Exact(point.clone());
    let span = |width: Expr| Span { variable, low: point - &width, high: point + width };
    let mosaic = |width| Mosaic::new(&RealFunction { expr: function.expr.clone(), span: span(width) }, budget);
    let mosaic = match mosaic(Expr::one()) {
        Err(Reason::Unsupported(_)) => mosaic(Expr::fraction(1, 1000))?,
        found => found?,
    };
    let chart = mosaic.chart(|piece| {
        let inside = piece.span.low != *point && piece.span.high != *point;
        let further = if inside && piece_holds(piece, &place, budget)? { vec![place.clone()] } else { Vec::new() };
        Chart::of_domain(&piece.expr, &piece.span, &further, budget)
    })?;
    let mut index = None;
    for (own, cut) in chart.cuts.iter().enumerate() {
        if cut.order(&place, budget)? == Some(Ordering::Equal) {
            index = Some(own);
        }
    }
    let index = index.ok_or(Reason::Unsupported(NOT_TOLD))?;
    let real = (chart.signs[index].is_some(), chart.signs[index + 1].is_some());
    Ok((mosaic, real))
}

/// Is a place strictly inside the range of a piece?
fn piece_holds(piece: &RealFunction, place: &Place, budget: &Budget) -> Result<bool, Reason> {
    let end = |end: &Expr| Place::Exact(end.clone()).order(place, budget);
    Ok(end(&piece.span.low)? == Some(Ordering::Less) && end(&piece.span.high)? == Some(Ordering::Greater))
}

/// Is the function continuous at the point? At an end of its domain the inner side alone counts.
///
/// # Errors
/// `Unsupported` and `Unknown` when it can't be decided.
pub fn is_continuous(function: &RealFunction, point: &Expr, budget: &Budget) -> Result<bool, Reason> {
    let (mosaic, real) = around(function, point, budget)?;
    Neighbourhood::new(&mosaic, point, real, budget)?.is_continuous(budget)
}

/// Has the function a derivative, a number, at the point? Both sides must be in its domain.
///
/// # Errors
/// `Unsupported` and `Unknown` when it can't be decided.
pub fn is_differentiable(function: &RealFunction, point: &Expr, budget: &Budget) -> Result<bool, Reason> {
    let (mosaic, real) = around(function, point, budget)?;
    if real != (true, true) || !Neighbourhood::new(&mosaic, point, real, budget)?.is_continuous(budget)? {
        return Ok(false);
    }
    let slopes = slopes(&mosaic, point, budget)?;
    Ok(is_finite(&slopes.0) && is_finite(&slopes.1) && same(&slopes.0, &slopes.1, budget)?)
}

/// The one-sided derivatives, as limits of difference quotients.
pub(super) fn slopes(mosaic: &Mosaic, point: &Expr, budget: &Budget) -> Result<(Expr, Expr), Reason> {
    let step = Symbol::new("the step");
    let h = Expr::symbol(step);
    let value = algebra::told_by_signs(&mosaic.function.at(point));
    let (left, right) = mosaic.beside(&Place::Exact(point.clone()), budget)?;
    let side = |piece: &RealFunction, side| {
        let quotient = (piece.at(&(point + &h)) - &value) / &h;
        one_sided(&quotient, step, &Expr::zero(), side, budget)
    };
    Ok((side(left, Side::Left)?, side(right, Side::Right)?))
}

/// All points at which the function, real on both sides or defined there, is not continuous.
///
/// # Errors
/// `Unsupported` and `Unknown` when they can't all be told.
pub fn discontinuities(function: &RealFunction, budget: &Budget) -> Result<Vec<Break>, Reason> {
    let mosaic = Mosaic::new(function, budget)?;
    let chart = mosaic.chart(|piece| Chart::of_domain(&piece.expr, &piece.span, &[], budget))?;
    let mut found = Vec::new();
    for (index, place) in chart.cuts.iter().enumerate() {
        let real = (chart.signs[index].is_some(), chart.signs[index + 1].is_some());
        let point = match place {
            Place::Exact(point) => point.clone(),
            Place::Between(_) if real == (false, false) => continue,
            Place::Between(_) => {
                found.push(inexact_break(mosaic.beside(place, budget)?.0, place, budget)?);
                continue;
            }
        };
        if real != (true, true) {
            continue;
        }
        let around = Neighbourhood::new(&mosaic, &point, real, budget)?;
        if !around.is_continuous(budget)? {
            let (left, right) = (around.left.unwrap_or_else(Expr::zero), around.right.unwrap_or_else(Expr::zero));
            let kind = kind(&left, &right, budget)?;
            found.push(Break { place: place.clone(), kind, left, right });
        }
    }
    Ok(found)
}

fn kind(left: &Expr, right: &Expr, budget: &Budget) -> Result<BreakKind, Reason> {
    let unlimited = |e: &Expr| !is_finite(e) && !matches!(e.kind(), Kind::Infinity(_));
    if unlimited(left) || unlimited(right) {
        return Ok(BreakKind::Essential);
    }
    if !is_finite(left) || !is_finite(right) {
        return Ok(BreakKind::Infinite);
    }
    Ok(if same(left, right, budget)? { BreakKind::Removable } else { BreakKind::Jump })
}

/// Is a place that is not known exactly a simple pole: does the denominator alone vanish there?
///
/// # Errors
/// `Unsupported` when that can't be decided.
pub(super) fn is_inexact_pole(function: &RealFunction, place: &Place, budget: &Budget) -> Result<bool, Reason> {
    pole_signs(function, place, budget).map(|_| true)
}

/// The signs of numerator and of the denominator's slope at a simple pole that is not known exactly.
fn pole_signs(function: &RealFunction, place: &Place, budget: &Budget) -> Result<i32, Reason> {
    let (above, below) = algebra::numerator_denominator(&function.expr, budget)?;
    let undecided = Reason::Unsupported("the kind of a break at an irrational place can't be decided");
    let Some(ball) = place.ball() else { return Err(undecided) };
    let coefficient = |e: &Expr, order: usize| -> Option<Ball> {
        let mut enclosure = Enclosure::new(e, function.variable(), order, ENCLOSURE_BITS).ok()?;
        enclosure.at_ball(ball.clone()).get(order).filter(|value| value.is_bounded()).cloned()
    };
    let signs = || {
        let (top, slope) = (coefficient(&above, 0)?.sign()?, coefficient(&below, 1)?.sign()?);
        (top * slope != 0 && coefficient(&below, 0)?.contains_zero()).then_some(top * slope)
    };
    signs().ok_or(undecided)
}

/// A break at a place that is not known exactly.
fn inexact_break(function: &RealFunction, place: &Place, budget: &Budget) -> Result<Break, Reason> {
    let rises = pole_signs(function, place, budget)? > 0;
    let (left, right) = match rises {
        true => (Infinity::Negative, Infinity::Positive),
        false => (Infinity::Positive, Infinity::Negative),
    };
    let (left, right) = (Expr::infinity(left), Expr::infinity(right));
    Ok(Break { place: place.clone(), kind: BreakKind::Infinite, left, right })
}

/// The derivative of a function as one on the same range.
///
/// # Errors
/// When the budget runs out.
pub(super) fn derivative(function: &RealFunction, budget: &Budget) -> Result<RealFunction, Reason> {
    let variable = function.variable();
    // For a real variable the derivative of a modulus needs no conjugates.
    let derived = assume::with_facts([Fact::In(variable, Domain::Real)], || diff(&function.expr, variable, budget))?;
    let tidy = algebra::simplify_rational(&derived, budget)?;
    Ok(RealFunction { expr: tidy, span: function.span.clone() })
}
