//! Functions of one variable given by an expression on each of several sets.
//!
//! The sets are disjoint; outside of them the function has no value. Derivatives are taken piece by piece, limits at a
//! joint by the piece on each side, and an antiderivative is made continuous over joints that touch.

mod set;

pub use set::{Interval, IntervalSet, order};

use std::cmp::Ordering;

use super::{antiderivative, definite_integral, diff_times, limit};
use crate::budget::Budget;
use crate::expr::{Constant, Expr, Kind, Reason, Symbol};
use crate::number::sorting;
use crate::tape::series::Side;

/// A function given by pieces.
#[derive(Clone, Debug, PartialEq)]
pub struct Piecewise {
    variable: Symbol,
    pieces: Vec<Piece>,
}

/// What the function is on one set.
#[derive(Clone, Debug, PartialEq)]
pub struct Piece {
    /// Where it holds.
    pub domain: IntervalSet,
    /// What it is there.
    pub expression: Expr,
}

impl Piecewise {
    /// A function by its pieces, in the order in which they are written.
    ///
    /// # Errors
    /// Sets that overlap, and ends whose order is not known.
    pub fn new(variable: Symbol, pieces: Vec<Piece>, budget: &Budget) -> Result<Piecewise, Reason> {
        for (index, piece) in pieces.iter().enumerate() {
            for later in pieces.iter().skip(index + 1) {
                if !piece.domain.intersection(&later.domain, budget)?.is_empty() {
                    return Err(Reason::Domain("domains must be pairwise disjoint"));
                }
            }
        }
        Ok(Piecewise { variable, pieces })
    }

    /// Its variable.
    pub fn variable(&self) -> Symbol {
        self.variable
    }

    /// Its pieces, as given.
    pub fn pieces(&self) -> &[Piece] {
        &self.pieces
    }

    /// Each piece as a function of its own.
    pub fn parts(&self) -> impl Iterator<Item = Piecewise> + '_ {
        self.pieces.iter().map(|piece| Piecewise { variable: self.variable, pieces: vec![piece.clone()] })
    }

    /// Where it is defined.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn domain(&self, budget: &Budget) -> Result<IntervalSet, Reason> {
        let all = self.pieces.iter().flat_map(|piece| piece.domain.intervals()).cloned();
        IntervalSet::new(all, budget)
    }

    /// The expression that holds at a number, if it is defined there.
    ///
    /// # Errors
    /// When it can't be told on which side of a joint the number lies.
    pub fn expression_at(&self, point: &Expr, budget: &Budget) -> Result<Option<&Expr>, Reason> {
        for piece in &self.pieces {
            if piece.domain.contains(point, budget)? {
                return Ok(Some(&piece.expression));
            }
        }
        Ok(None)
    }

    /// The function with each expression replaced.
    ///
    /// # Errors
    /// Those of the replacement.
    pub fn map<E>(&self, mut replace: impl FnMut(&Expr) -> Result<Expr, E>) -> Result<Piecewise, E> {
        let piece = |piece: &Piece| Ok(Piece { domain: piece.domain.clone(), expression: replace(&piece.expression)? });
        Ok(Piecewise { variable: self.variable, pieces: self.pieces.iter().map(piece).collect::<Result<_, E>>()? })
    }

    /// The pieces that a test keeps.
    pub fn filtered(&self, keep: impl Fn(&Piece) -> bool) -> Piecewise {
        let pieces = self.pieces.iter().filter(|piece| keep(piece)).cloned().collect();
        Piecewise { variable: self.variable, pieces }
    }

    /// Two functions combined where both are defined.
    ///
    /// # Errors
    /// When the order of their joints is not known, and those of the combination.
    pub fn combine<E: From<Reason>>(
        &self,
        other: &Piecewise,
        budget: &Budget,
        combined: impl Fn(&Expr, &Expr) -> Result<Expr, E>,
    ) -> Result<Piecewise, E> {
        let own = Expr::symbol(self.variable);
        let mut pieces = Vec::new();
        for left in &self.pieces {
            for right in &other.pieces {
                let domain = left.domain.intersection(&right.domain, budget)?;
                if !domain.is_empty() {
                    let right = right.expression.substitute_symbol(other.variable, &own);
                    pieces.push(Piece { domain, expression: combined(&left.expression, &right)? });
                }
            }
        }
        Ok(Piecewise { variable: self.variable, pieces })
    }

    /// The part of the function on a set.
    ///
    /// # Errors
    /// When the order of joints is not known.
    pub fn restrict(&self, set: &IntervalSet, budget: &Budget) -> Result<Piecewise, Reason> {
        let mut pieces = Vec::new();
        for piece in &self.pieces {
            let domain = piece.domain.intersection(set, budget)?;
            if !domain.is_empty() {
                pieces.push(Piece { domain, expression: piece.expression.clone() });
            }
        }
        Ok(Piecewise { variable: self.variable, pieces })
    }

    /// The function continued by an expression wherever it was not defined.
    ///
    /// # Errors
    /// When the order of joints is not known.
    pub fn extend(&self, expression: &Expr, budget: &Budget) -> Result<Piecewise, Reason> {
        let mut pieces = self.pieces.clone();
        let domain = self.domain(budget)?.complement();
        if !domain.is_empty() {
            pieces.push(Piece { domain, expression: expression.clone() });
        }
        Ok(Piecewise { variable: self.variable, pieces })
    }

    /// The finite ends of its intervals, in order.
    ///
    /// # Errors
    /// When their order is not known.
    pub fn joints(&self, budget: &Budget) -> Result<Vec<Expr>, Reason> {
        let mut joints: Vec<Expr> = Vec::new();
        for interval in self.pieces.iter().flat_map(|piece| piece.domain.intervals()) {
            for end in [&interval.low, &interval.high] {
                if !matches!(end.kind(), Kind::Infinity(_)) {
                    insert(&mut joints, end, budget)?;
                }
            }
        }
        Ok(joints)
    }

    /// The derivative of an order by a variable.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn derivative(&self, variable: Symbol, times: usize, budget: &Budget) -> Result<Piecewise, Reason> {
        self.map(|expression| diff_times(expression, variable, times, budget))
    }

    /// The integral over all its sets; `None` when a piece is not integrated.
    ///
    /// # Errors
    /// As [`definite_integral`].
    pub fn integral(&self, budget: &Budget) -> Result<Option<Expr>, Reason> {
        let mut sum = Vec::new();
        for piece in &self.pieces {
            for interval in piece.domain.intervals() {
                match self.integral_over(&piece.expression, interval, budget)? {
                    Some(value) => sum.push(value),
                    None => return Ok(None),
                }
            }
        }
        Ok(Some(Expr::sum(sum)))
    }

    fn integral_over(&self, expression: &Expr, interval: &Interval, budget: &Budget) -> Result<Option<Expr>, Reason> {
        if interval.low == interval.high {
            return Ok(Some(Expr::zero()));
        }
        definite_integral(expression, self.variable, &interval.low, &interval.high, budget)
    }

    /// The antiderivative that is continuous over joints and zero at the left end, if its pieces are integrated: where
    /// there is no left end, it is zero at the first joint.
    ///
    /// # Errors
    /// As [`antiderivative`] and [`definite_integral`]; `Unsupported` for domains with gaps, and where the antiderivative
    /// of a piece jumps.
    pub fn antiderivative(&self, budget: &Budget) -> Result<Option<Piecewise>, Reason> {
        let mut intervals: Vec<(usize, &Interval, &Expr)> = Vec::new();
        for (index, piece) in self.pieces.iter().enumerate() {
            for interval in piece.domain.intervals() {
                let mut place = 0;
                while let Some((_, before, _)) = intervals.get(place)
                    && !interval.begins(before, budget)?.is_lt()
                {
                    place += 1;
                }
                intervals.insert(place, (index, interval, &piece.expression));
            }
        }
        let mut area = Expr::zero();
        let mut last: Option<&Expr> = None;
        let mut found = Vec::new();
        for (index, interval, expression) in intervals {
            if last.is_some_and(|end| *end != interval.low) {
                return Err(Reason::Unsupported("the domain has gaps, over which no antiderivative is continuous"));
            }
            let Some((primitive, growth)) = self.primitive(expression, interval, budget)? else { return Ok(None) };
            let domain = IntervalSet::new([interval.clone()], budget)?;
            found.push((index, Piece { domain, expression: &area + primitive }));
            area = area + growth;
            last = Some(&interval.high);
        }
        sorting::sort_by_key(&mut found, |(index, _)| *index);
        let pieces = found.into_iter().map(|(_, piece)| piece).collect();
        Ok(Some(Piecewise { variable: self.variable, pieces }))
    }

    /// The antiderivative on an interval that is zero at its first finite end, and its value at the upper end.
    fn primitive(
        &self,
        expression: &Expr,
        interval: &Interval,
        budget: &Budget,
    ) -> Result<Option<(Expr, Expr)>, Reason> {
        let infinite = |end: &Expr| matches!(end.kind(), Kind::Infinity(_));
        let Some(primitive) = antiderivative(expression, self.variable, budget)? else { return Ok(None) };
        let at = |end: &Expr, side| limit(&primitive, self.variable, end, side, budget);
        match (infinite(&interval.low), infinite(&interval.high)) {
            (true, true) => Ok(Some((primitive, Expr::zero()))),
            (true, false) => {
                let from = at(&interval.high, Side::Left)?;
                Ok(Some((primitive - from, Expr::zero())))
            }
            (false, true) => {
                let from = at(&interval.low, Side::Right)?;
                Ok(Some((primitive - from, Expr::zero())))
            }
            (false, false) => {
                let from = at(&interval.low, Side::Right)?;
                let Some(growth) = self.integral_over(expression, interval, budget)? else { return Ok(None) };
                if interval.low != interval.high {
                    let jump = at(&interval.high, Side::Left)? - &from - &growth;
                    if !crate::algebra::is_zero(&jump, budget)?.is_yes() {
                        return Err(Reason::Unsupported("the antiderivative of a piece jumps"));
                    }
                }
                Ok(Some((primitive - from, growth)))
            }
        }
    }

    /// The limit at a point from one side or both; `Constant::NoLimit` when the sides differ.
    ///
    /// # Errors
    /// Where the function is not defined beside the point, and as [`limit`].
    pub fn limit(&self, point: &Expr, side: Side, budget: &Budget) -> Result<Expr, Reason> {
        let from = |side: Side| match self.beside(point, side, budget)? {
            Some(expression) => limit(expression, self.variable, point, side, budget),
            None => Err(Reason::Domain("the function is not defined beside the point")),
        };
        if side != Side::Both || matches!(point.kind(), Kind::Infinity(_)) {
            let side = if matches!(point.kind(), Kind::Infinity(_)) { Side::Left } else { side };
            return from(side);
        }
        let (left, right) = (from(Side::Left)?, from(Side::Right)?);
        let agree = left == right
            || (!matches!(left.kind(), Kind::Infinity(_))
                && !matches!(right.kind(), Kind::Infinity(_))
                && order(&left, &right, budget)?.is_eq());
        Ok(if agree { right } else { Expr::constant(Constant::NoLimit) })
    }

    /// The expression that holds just beside a point.
    fn beside(&self, point: &Expr, side: Side, budget: &Budget) -> Result<Option<&Expr>, Reason> {
        for piece in &self.pieces {
            for interval in piece.domain.intervals() {
                let low = order(&interval.low, point, budget)?;
                let high = order(&interval.high, point, budget)?;
                let touches = match (side, point.kind()) {
                    (_, Kind::Infinity(_)) => (low.is_eq() || high.is_eq()) && low != high,
                    (Side::Left, _) => low.is_lt() && high != Ordering::Less,
                    _ => high.is_gt() && low != Ordering::Greater,
                };
                if touches {
                    return Ok(Some(&piece.expression));
                }
            }
        }
        Ok(None)
    }
}

/// Puts a number in its place among others.
fn insert(sorted: &mut Vec<Expr>, new: &Expr, budget: &Budget) -> Result<(), Reason> {
    let mut place = sorted.len();
    for (index, old) in sorted.iter().enumerate() {
        match order(new, old, budget)? {
            Ordering::Equal => return Ok(()),
            Ordering::Less => {
                place = index;
                break;
            }
            Ordering::Greater => {}
        }
    }
    sorted.insert(place, new.clone());
    Ok(())
}
