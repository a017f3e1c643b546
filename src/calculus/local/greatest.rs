//! The greatest modulus of a function on an interval, enclosed.
//!
//! Branch and bound (Moore, Kearfott and Cloud, "Introduction to Interval Analysis", chapter 10): cells whose enclosure
//! stays below a value already met are thrown away; where the derivative keeps its sign the ends decide, where the second
//! one does, the only stationary point is found by bisection. All enclosures are balls.

use std::cmp::Ordering;

use super::super::domain;
use super::enclosure::{Enclosure, Range};
use super::zeros::Place;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{Ball, Integer, Rational};

/// A function with its first and second derivative, enclosed on balls.
pub trait Source {
    /// The value and the two derivatives on a ball.
    fn on(&mut self, ball: &Ball) -> [Ball; 3];
    /// The bits of precision.
    fn bits(&self) -> u32;
}

/// The greatest modulus, with the places that may have it.
#[derive(Clone, Debug)]
pub struct Greatest {
    /// A ball around it.
    pub size: Ball,
    /// One of these has it, and no other.
    pub places: Vec<Place>,
}

/// No more cells are looked at.
const MOST_CELLS: usize = 4000;

/// A value as sharp as this is not made sharper.
const SHARP_BITS: i64 = 72;

/// A place with the modulus there.
struct Candidate {
    place: Place,
    size: Ball,
}

struct Search<'s, S: Source> {
    source: &'s mut S,
    candidates: Vec<Candidate>,
    /// The greatest modulus met.
    best: Option<Ball>,
}

/// The greatest modulus between two finite real numbers.
///
/// # Errors
/// `Domain` when an end is not finite or the function has no bounded value; `Unsupported` when it is not found within
/// reasonable effort; `Budget` when stopped.
pub fn greatest<S: Source>(source: &mut S, low: &Expr, high: &Expr, budget: &Budget) -> Result<Greatest, Reason> {
    const UNBOUNDED: Reason = Reason::Domain("the ends of the interval must be finite real numbers");
    let bits = source.bits();
    let (Some(left), Some(right)) = (inner(low, 2, bits), inner(high, -1, bits)) else { return Err(UNBOUNDED) };
    let mut search = Search { source, candidates: Vec::new(), best: None };
    search.end(low, &left)?;
    search.end(high, &right)?;
    if left < right {
        search.cells(Range { low: left, high: right }, budget)?;
    }
    search.answer()
}

/// An end as a rational number: itself, or one just inside.
fn inner(end: &Expr, steps: i64, bits: u32) -> Option<Rational> {
    if let Some(q) = end.as_rational() {
        return Some(q.clone());
    }
    let shift = i64::from(bits) - 32;
    let whole = precise(end, bits)?.scale(shift).floor()?;
    Rational::ratio(&(whole + Integer::from(steps)), &(&Integer::ONE << shift as usize))
}

/// A ball around a real constant with so many bits; `None` when it is no finite real number.
pub fn precise(constant: &Expr, bits: u32) -> Option<Ball> {
    if domain::is_infinite(constant) {
        return None;
    }
    let mut value = Enclosure::new(constant, Symbol::new("no variable"), 0, bits).ok()?;
    value.at_ball(Ball::ZERO).first().filter(|ball| ball.is_bounded()).cloned()
}

impl<S: Source> Search<'_, S> {
    /// An end, with the sliver between it and the rational number next to it.
    fn end(&mut self, end: &Expr, near: &Rational) -> Result<(), Reason> {
        let bits = self.source.bits();
        let ball = match end.as_rational() {
            Some(q) => Ball::from_rational(q, bits),
            None => {
                let value = precise(end, bits).ok_or(Reason::Domain("an end is no real number"))?;
                value.union(&Ball::from_rational(near, bits), bits)
            }
        };
        self.look_at(Place::Exact(end.clone()), &ball)
    }

    fn point(&mut self, point: &Rational) -> Result<(), Reason> {
        let ball = Ball::from_rational(point, self.source.bits());
        self.look_at(Place::Exact(Expr::number(point.clone())), &ball)
    }

    fn look_at(&mut self, place: Place, ball: &Ball) -> Result<(), Reason> {
        if self.candidates.iter().any(|candidate| candidate.place == place) {
            return Ok(());
        }
        let [value, ..] = self.source.on(ball);
        if !value.is_bounded() {
            return Err(Reason::Unsupported("the function has no bounded value at a point of the interval"));
        }
        let size = value.abs();
        let bits = self.source.bits();
        self.best = Some(self.best.take().map_or_else(|| size.clone(), |best| best.max(&size, bits)));
        self.candidates.push(Candidate { place, size });
        Ok(())
    }

    fn cells(&mut self, range: Range, budget: &Budget) -> Result<(), Reason> {
        let mut pending = vec![range];
        let mut looked = 0;
        while let Some(cell) = pending.pop() {
            budget.check()?;
            looked += 1;
            if looked > MOST_CELLS {
                return Err(Reason::Unsupported("the greatest value is not found within reasonable effort"));
            }
            if self.is_settled(&cell, budget)? {
                continue;
            }
            let middle = cell.middle();
            self.point(&middle)?;
            pending.push(Range { low: cell.low, high: middle.clone() });
            pending.push(Range { low: middle, high: cell.high });
        }
        Ok(())
    }

    /// Is nothing left to find in the cell?
    fn is_settled(&mut self, cell: &Range, budget: &Budget) -> Result<bool, Reason> {
        let bits = self.source.bits();
        let ball = cell.ball(bits);
        let [value, slope, bend] = self.source.on(&ball);
        let beaten = |value: &Ball, best: &Option<Ball>| {
            let order = best.as_ref().map(|best| value.abs().compare(best));
            value.is_bounded() && order == Some(Some(Ordering::Less))
        };
        if value.is_zero() || beaten(&value, &self.best) {
            return Ok(true);
        }
        if slope.is_zero() {
            self.point(&cell.low)?;
            return Ok(true);
        }
        // Where the greatest value is flat, or at a branch point: narrow enough.
        if value.is_bounded() && value.accuracy_bits() >= SHARP_BITS {
            self.look_at(Place::Between(cell.clone()), &ball)?;
            return Ok(true);
        }
        if !slope.is_bounded() {
            return Ok(false);
        }
        let middle = Ball::from_rational(&cell.middle(), bits);
        let [centre, ..] = self.source.on(&middle);
        let linear = centre.add(&slope.mul(&ball.sub(&middle, bits), bits), bits);
        if beaten(&linear, &self.best) {
            return Ok(true);
        }
        if !slope.contains_zero() {
            self.point(&cell.low)?;
            self.point(&cell.high)?;
            return Ok(true);
        }
        if !bend.is_bounded() || bend.contains_zero() {
            return Ok(false);
        }
        self.point(&cell.low)?;
        self.point(&cell.high)?;
        let stationary = self.stationary(cell, bend.sign().unwrap_or(0), budget)?;
        if let Some(range) = stationary {
            let ball = range.ball(bits);
            self.look_at(Place::Between(range), &ball)?;
        }
        Ok(true)
    }

    /// The narrow range of the only zero of the slope in a cell on which the slope grows (`rises` is 1) or falls (-1);
    /// `None` without a change of sign. At an end the sign may be open: the slope may vanish just there.
    fn stationary(&mut self, cell: &Range, rises: i32, budget: &Budget) -> Result<Option<Range>, Reason> {
        let mut slope = |point: &Rational| {
            let bits = self.source.bits();
            let [_, slope, _] = self.source.on(&Ball::from_rational(point, bits));
            slope.sign().map(|sign| sign * rises)
        };
        if slope(&cell.low).is_some_and(|sign| sign > 0) || slope(&cell.high).is_some_and(|sign| sign < 0) {
            return Ok(None);
        }
        let mut range = cell.clone();
        let narrow = cell.width() * Rational::ratio(&Integer::ONE, &(&Integer::ONE << 100)).unwrap_or(Rational::ZERO);
        while range.width() > narrow {
            budget.check()?;
            let middle = range.middle();
            match slope(&middle) {
                Some(0) => return Ok(Some(Range { low: middle.clone(), high: middle })),
                Some(sign) if sign < 0 => range.low = middle,
                Some(_) => range.high = middle,
                None => {
                    // The zero is close to the middle: come near from both sides.
                    let (left, right) =
                        ((&range.low + &middle) * Rational::HALF, (&middle + &range.high) * Rational::HALF);
                    let (below, above) = (slope(&left), slope(&right));
                    if below.is_some_and(|sign| sign < 0) {
                        range.low = left;
                    }
                    if above.is_some_and(|sign| sign > 0) {
                        range.high = right;
                    }
                    if below.is_none() && above.is_none() {
                        break;
                    }
                }
            }
        }
        Ok(Some(range))
    }

    fn answer(self) -> Result<Greatest, Reason> {
        let Some(size) = self.best else { return Err(Reason::Unsupported("the interval is empty")) };
        let may_have_it = |candidate: &Candidate| candidate.size.compare(&size) != Some(Ordering::Less);
        let places = self.candidates.into_iter().filter(may_have_it).map(|candidate| candidate.place).collect();
        Ok(Greatest { size, places })
    }
}
