//! Functions given by pieces: each piece a curve of its own, the joints known exactly.

use std::rc::Rc;

use super::formula;
use super::function::{Approach, Break, Range, Real, RealFunction};
use crate::budget::Budget;
use crate::calculus::Piecewise;
use crate::expr::{Expr, Infinity, Kind, Reason};
use crate::number::Interval;

/// A function of one variable from its pieces.
///
/// # Errors
/// When a piece can't be computed, or an end can't be told.
pub fn real(function: &Piecewise, budget: &Budget) -> Result<Real, Reason> {
    let mut parts = Vec::new();
    for piece in function.pieces() {
        let curve = formula::real(&piece.expression, function.variable(), budget)?;
        for interval in piece.domain.intervals() {
            let range = Range::new(end(&interval.low, budget), end(&interval.high, budget));
            if range.lo.is_nan() || range.hi.is_nan() {
                return Err(Reason::Unsupported("the end of a piece is no real number"));
            }
            parts.push(Part { range, closed: [interval.low_closed, interval.high_closed], function: curve.clone() });
        }
    }
    let mut joints = Vec::new();
    for joint in function.joints(budget)? {
        let value = match function.expression_at(&joint, budget)? {
            Some(expr) => formula::value_if_known(&expr.substitute_symbol(function.variable(), &joint), budget),
            None => Some(f64::NAN),
        };
        joints.push(Break { x: end(&joint, budget), value });
    }
    Ok(Rc::new(Pieces { parts, joints }))
}

/// An end of an interval as a machine number, possibly infinite.
fn end(expr: &Expr, budget: &Budget) -> f64 {
    match expr.kind() {
        Kind::Infinity(Infinity::Negative) => f64::NEG_INFINITY,
        Kind::Infinity(_) => f64::INFINITY,
        _ => formula::constant(expr, budget),
    }
}

/// One piece.
struct Part {
    range: Range,
    closed: [bool; 2],
    function: Real,
}

impl Part {
    fn contains(&self, x: f64) -> bool {
        let above = self.range.lo < x || (self.closed[0] && self.range.lo == x);
        above && (x < self.range.hi || (self.closed[1] && self.range.hi == x))
    }
}

/// The pieces, the earlier one before the later where they overlap.
struct Pieces {
    parts: Vec<Part>,
    joints: Vec<Break>,
}

impl Pieces {
    fn part_at(&self, x: f64) -> Option<&Part> {
        self.parts.iter().find(|part| part.contains(x))
    }

    /// The piece that holds a whole range.
    fn part_over(&self, low: f64, high: f64) -> Option<&Part> {
        let part = self.part_at(low).filter(|part| part.contains(high))?;
        // A joint inside would let an earlier piece take over.
        let joint = self.joints.iter().any(|joint| low < joint.x && joint.x < high);
        (!joint).then_some(part)
    }
}

impl RealFunction for Pieces {
    fn value(&self, x: f64) -> f64 {
        self.part_at(x).map_or(f64::NAN, |part| part.function.value(x))
    }

    fn precise(&self, x: f64) -> f64 {
        self.part_at(x).map_or(f64::NAN, |part| part.function.precise(x))
    }

    fn enclose(&self, x: Interval) -> Interval {
        if let Some(part) = self.part_over(x.low(), x.high()) {
            return part.function.enclose(x);
        }
        let mut hull: Option<Interval> = None;
        for part in &self.parts {
            let (low, high) = (x.low().max(part.range.lo), x.high().min(part.range.hi));
            let touches = low < high || (low == high && part.contains(low));
            if touches {
                let values = part.function.enclose(Interval::new(low, high));
                hull = Some(hull.map_or(values, |hull| hull.hull(values)));
            }
        }
        // An empty interval adds no values and clears the flags.
        hull.map_or(Interval::EMPTY, |hull| hull.hull(Interval::EMPTY))
    }

    fn slope_enclosure(&self, x: Interval) -> Option<Interval> {
        self.part_over(x.low(), x.high())?.function.slope_enclosure(x)
    }

    fn taylor_enclosure(&self, x: Interval) -> Option<Interval> {
        self.part_over(x.low(), x.high())?.function.taylor_enclosure(x)
    }

    fn exact_value(&self, x: f64, budget: &Budget) -> Option<f64> {
        match self.joints.iter().find(|joint| joint.x == x) {
            Some(joint) => joint.value,
            None => self.part_at(x).map_or(Some(f64::NAN), |part| part.function.exact_value(x, budget)),
        }
    }

    fn approach(&self, within: Range, from_right: bool, budget: &Budget) -> Approach {
        let beside = |part: &&Part| {
            let (start, end) = (part.range.lo, part.range.hi);
            if from_right { start <= within.lo && within.hi < end } else { start < within.lo && within.hi <= end }
        };
        self.parts.iter().find(beside).map_or(Approach::Absent, |p| p.function.approach(within, from_right, budget))
    }

    fn has_steps(&self) -> bool {
        true
    }

    fn exact_break(&self, within: Range, budget: &Budget) -> Option<Break> {
        match self.joints.iter().find(|joint| within.contains(joint.x)) {
            Some(joint) => Some(*joint),
            None => self.part_at(within.middle())?.function.exact_break(within, budget),
        }
    }
}
