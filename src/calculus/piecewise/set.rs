//! Sets of real numbers: unions of finitely many intervals whose ends are exact numbers or infinite.
//!
//! The intervals of a set are sorted, disjoint and as few as possible, so that equal sets are written equally.

use std::cmp::Ordering;

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, Truth};

/// An interval, possibly a single point.
#[derive(Clone, Debug, PartialEq)]
pub struct Interval {
    /// The lower end.
    pub low: Expr,
    /// Whether the lower end belongs to it.
    pub low_closed: bool,
    /// The upper end.
    pub high: Expr,
    /// Whether the upper end belongs to it.
    pub high_closed: bool,
}

/// A union of intervals.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IntervalSet {
    intervals: Vec<Interval>,
}

/// How two exact real numbers, or infinities, lie to each other.
///
/// # Errors
/// `Unknown` when that can't be told, `Budget` when stopped.
pub fn order(a: &Expr, b: &Expr, budget: &Budget) -> Result<Ordering, Reason> {
    if a == b {
        return Ok(Ordering::Equal);
    }
    if let (Some(p), Some(q)) = (a.as_rational(), b.as_rational()) {
        return Ok(p.cmp(q));
    }
    match (infinite(a), infinite(b)) {
        (None, None) => {}
        (p, q) => return Ok(p.unwrap_or(0).cmp(&q.unwrap_or(0))),
    }
    let less = Expr::relation(Relation::Less, a.clone(), b.clone());
    match algebra::decide(&less, budget)? {
        Truth::Yes => return Ok(Ordering::Less),
        Truth::Unknown => return Err(Reason::Unknown(less)),
        Truth::No => {}
    }
    let equal = Expr::relation(Relation::Equal, a.clone(), b.clone());
    match algebra::decide(&equal, budget)? {
        Truth::Yes => Ok(Ordering::Equal),
        Truth::No => Ok(Ordering::Greater),
        Truth::Unknown => Err(Reason::Unknown(equal)),
    }
}

/// The sign of an infinity.
fn infinite(end: &Expr) -> Option<i32> {
    match end.kind() {
        Kind::Infinity(Infinity::Negative) => Some(-1),
        Kind::Infinity(Infinity::Positive | Infinity::Unsigned) => Some(1),
        _ => None,
    }
}

impl Interval {
    /// An interval; ends in the wrong order are exchanged, infinite ends can't belong to it.
    ///
    /// # Errors
    /// Ends whose order is not known, infinite ends that are closed.
    pub fn new(low: (Expr, bool), high: (Expr, bool), budget: &Budget) -> Result<Interval, Reason> {
        let (low, high) = if order(&low.0, &high.0, budget)?.is_gt() { (high, low) } else { (low, high) };
        match (infinite(&low.0), infinite(&high.0)) {
            (Some(_), _) if low.1 => Err(Reason::Domain("interval cannot be closed at -oo")),
            (_, Some(_)) if high.1 => Err(Reason::Domain("interval cannot be closed at +oo")),
            _ => Ok(Interval { low: low.0, low_closed: low.1, high: high.0, high_closed: high.1 }),
        }
    }

    /// All real numbers.
    pub fn line() -> Interval {
        let end = |infinity| Expr::infinity(infinity);
        Interval { low: end(Infinity::Negative), low_closed: false, high: end(Infinity::Positive), high_closed: false }
    }

    /// Whether it is a single point.
    pub fn is_point(&self) -> bool {
        self.low_closed && self.high_closed && self.low == self.high
    }

    fn is_empty(&self) -> bool {
        self.low == self.high && !self.is_point()
    }

    fn contains(&self, point: &Expr, budget: &Budget) -> Result<bool, Reason> {
        let above = match order(point, &self.low, budget)? {
            Ordering::Less => false,
            Ordering::Equal => self.low_closed,
            Ordering::Greater => true,
        };
        Ok(above
            && match order(point, &self.high, budget)? {
                Ordering::Less => true,
                Ordering::Equal => self.high_closed,
                Ordering::Greater => false,
            })
    }

    fn intersection(&self, other: &Interval, budget: &Budget) -> Result<Option<Interval>, Reason> {
        let (low, low_closed) = match order(&self.low, &other.low, budget)? {
            Ordering::Less => (&other.low, other.low_closed),
            Ordering::Equal => (&self.low, self.low_closed && other.low_closed),
            Ordering::Greater => (&self.low, self.low_closed),
        };
        let (high, high_closed) = match order(&self.high, &other.high, budget)? {
            Ordering::Less => (&self.high, self.high_closed),
            Ordering::Equal => (&self.high, self.high_closed && other.high_closed),
            Ordering::Greater => (&other.high, other.high_closed),
        };
        let inside = match order(low, high, budget)? {
            Ordering::Less => true,
            Ordering::Equal => low_closed && high_closed,
            Ordering::Greater => false,
        };
        Ok(inside.then(|| Interval { low: low.clone(), low_closed, high: high.clone(), high_closed }))
    }

    /// The interval that two make together, the first beginning no later than the second.
    fn joined(&self, other: &Interval, budget: &Budget) -> Result<Option<Interval>, Reason> {
        let gap = order(&self.high, &other.low, budget)?;
        if gap.is_lt() || (gap.is_eq() && !self.high_closed && !other.low_closed) {
            return Ok(None);
        }
        let (high, high_closed) = match order(&self.high, &other.high, budget)? {
            Ordering::Less => (&other.high, other.high_closed),
            Ordering::Equal => (&self.high, self.high_closed || other.high_closed),
            Ordering::Greater => (&self.high, self.high_closed),
        };
        Ok(Some(Interval { low: self.low.clone(), low_closed: self.low_closed, high: high.clone(), high_closed }))
    }

    /// Which begins first; where both begin at the same number, the closed one.
    pub(super) fn begins(&self, other: &Interval, budget: &Budget) -> Result<Ordering, Reason> {
        Ok(order(&self.low, &other.low, budget)?.then(other.low_closed.cmp(&self.low_closed)))
    }
}

impl IntervalSet {
    /// The union of intervals that are sorted and don't touch each other.
    pub(in crate::calculus) fn of_sorted(intervals: Vec<Interval>) -> IntervalSet {
        IntervalSet { intervals }
    }

    /// The union of some intervals.
    ///
    /// # Errors
    /// Ends whose order is not known.
    pub fn new(intervals: impl IntoIterator<Item = Interval>, budget: &Budget) -> Result<IntervalSet, Reason> {
        let mut sorted: Vec<Interval> = Vec::new();
        for interval in intervals.into_iter().filter(|interval| !interval.is_empty()) {
            let mut place = 0;
            for own in &sorted {
                if interval.begins(own, budget)?.is_lt() {
                    break;
                }
                place += 1;
            }
            sorted.insert(place, interval);
        }
        let mut merged: Vec<Interval> = Vec::new();
        for interval in sorted {
            let joined = merged.last().map_or(Ok(None), |last| last.joined(&interval, budget))?;
            match (joined, merged.last_mut()) {
                (Some(joined), Some(last)) => *last = joined,
                _ => merged.push(interval),
            }
        }
        Ok(IntervalSet { intervals: merged })
    }

    /// The intervals, from left to right.
    pub fn intervals(&self) -> &[Interval] {
        &self.intervals
    }

    /// Whether nothing belongs to it.
    pub fn is_empty(&self) -> bool {
        self.intervals.is_empty()
    }

    /// Whether a number belongs to it.
    ///
    /// # Errors
    /// When that can't be told.
    pub fn contains(&self, point: &Expr, budget: &Budget) -> Result<bool, Reason> {
        for interval in &self.intervals {
            if interval.contains(point, budget)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// What belongs to one of two.
    ///
    /// # Errors
    /// Ends whose order is not known.
    pub fn union(&self, other: &IntervalSet, budget: &Budget) -> Result<IntervalSet, Reason> {
        IntervalSet::new(self.intervals.iter().chain(&other.intervals).cloned(), budget)
    }

    /// What belongs to both of two.
    ///
    /// # Errors
    /// Ends whose order is not known.
    pub fn intersection(&self, other: &IntervalSet, budget: &Budget) -> Result<IntervalSet, Reason> {
        let mut common = Vec::new();
        for a in &self.intervals {
            for b in &other.intervals {
                common.extend(a.intersection(b, budget)?);
            }
        }
        IntervalSet::new(common, budget)
    }

    /// What does not belong to it.
    pub fn complement(&self) -> IntervalSet {
        let line = Interval::line();
        let mut gaps = Vec::new();
        let (mut low, mut low_closed) = (line.low, false);
        for interval in &self.intervals {
            let gap = Interval { low, low_closed, high: interval.low.clone(), high_closed: !interval.low_closed };
            gaps.push(gap);
            (low, low_closed) = (interval.high.clone(), !interval.high_closed);
        }
        gaps.push(Interval { low, low_closed, high: line.high, high_closed: false });
        gaps.retain(|gap| gap.low != gap.high || (infinite(&gap.low).is_none() && gap.is_point()));
        IntervalSet { intervals: gaps }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(low: i64, low_closed: bool, high: i64, high_closed: bool) -> Interval {
        Interval { low: Expr::integer(low), low_closed, high: Expr::integer(high), high_closed }
    }

    #[test]
    fn touching_intervals_are_joined_when_an_end_is_closed() {
        let budget = Budget::unlimited();
        let joined = IntervalSet::new([interval(1, false, 2, true), interval(0, true, 1, true)], &budget);
        assert_eq!(joined.map(|set| set.intervals().to_vec()), Ok(vec![interval(0, true, 2, true)]));
        let apart = IntervalSet::new([interval(0, false, 1, false), interval(1, false, 2, false)], &budget);
        assert_eq!(apart.map(|set| set.intervals().len()), Ok(2));
    }

    #[test]
    fn complement_of_the_complement_is_the_set() {
        let budget = Budget::unlimited();
        let set =
            IntervalSet::new([interval(0, false, 1, false), interval(1, false, 2, true)], &budget).expect("ordered");
        let gaps = set.complement();
        assert!(gaps.intervals().iter().any(Interval::is_point), "the point 1 is outside");
        assert_eq!(gaps.complement(), set);
        assert!(IntervalSet::default().complement().complement().is_empty());
    }
}
