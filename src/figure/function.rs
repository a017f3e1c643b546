//! What a figure must know of a function: values, enclosures over boxes, and the places that symbolic work found.
//!
//! Sampling never looks inside a formula. Whoever has one (a compiled tape, a recorded table) answers these traits;
//! the enclosures are what proves that a stroke may be drawn, so they must never be too narrow.

use std::rc::Rc;

use crate::budget::Budget;
use crate::number::Interval;

/// A closed range of reals; empty when `lo > hi`, unbounded when an end is infinite.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Range {
    /// The lower end.
    pub lo: f64,
    /// The upper end.
    pub hi: f64,
}

impl Range {
    /// The range that holds nothing.
    pub const EMPTY: Range = Range { lo: f64::INFINITY, hi: f64::NEG_INFINITY };
    /// All reals.
    pub const ALL: Range = Range { lo: f64::NEG_INFINITY, hi: f64::INFINITY };

    /// The range between two ends, in this order.
    pub fn new(lo: f64, hi: f64) -> Self {
        Range { lo, hi }
    }

    /// The range that holds one number.
    pub fn point(x: f64) -> Self {
        Range { lo: x, hi: x }
    }

    /// The ends of an interval.
    pub fn of(interval: Interval) -> Self {
        Range { lo: interval.low(), hi: interval.high() }
    }

    /// The same ends as an interval.
    pub fn interval(&self) -> Interval {
        Interval::new(self.lo, self.hi)
    }

    /// Whether nothing lies inside.
    pub fn is_empty(&self) -> bool {
        self.lo.is_nan() || self.hi.is_nan() || self.lo > self.hi
    }

    /// Whether both ends are finite and something lies inside.
    pub fn is_bounded(&self) -> bool {
        self.lo.is_finite() && self.hi.is_finite() && self.lo <= self.hi
    }

    /// Whether `x` lies inside.
    pub fn contains(&self, x: f64) -> bool {
        self.lo <= x && x <= self.hi
    }

    /// The length, infinite for an unbounded range.
    pub fn width(&self) -> f64 {
        self.hi - self.lo
    }

    /// The middle of a bounded range.
    pub fn middle(&self) -> f64 {
        self.lo + (self.hi - self.lo) * 0.5
    }

    /// The smallest range that holds both.
    pub fn join(&self, other: Range) -> Range {
        Range { lo: self.lo.min(other.lo), hi: self.hi.max(other.hi) }
    }
}

/// How a function behaves on one side of a landmark.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Approach {
    /// It tends to this number.
    Finite(f64),
    /// It grows without bound; true upwards.
    Infinite(bool),
    /// It is undefined next to the landmark on this side.
    Absent,
    /// Bounded oscillation, or not decided.
    Unknown,
}

/// A point where the function is not continuous, found exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Landmark {
    /// Where.
    pub x: f64,
    /// The limit from the left.
    pub left: Approach,
    /// The limit from the right.
    pub right: Approach,
    /// The value there, if there is one.
    pub value: Option<f64>,
}

/// A break found exactly.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Break {
    /// Where, rounded.
    pub x: f64,
    /// The value there, NaN where there is none; nothing when it is not known.
    pub value: Option<f64>,
}

/// What of a function costs so much that little of it should be asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Cost {
    /// Nothing.
    Plain,
    /// Values of more precision than machine numbers have.
    Precision,
    /// Enclosures too, which may be vague besides.
    Enclosures,
}

/// A real function of one variable as figures need it.
pub trait RealFunction {
    /// The value, NaN where there is none (a complex value is none).
    fn value(&self, x: f64) -> f64;

    /// All values over a range; the flags say whether the function is proved to be defined and continuous on it.
    ///
    /// "Continuous" is meant of the restriction to the closed range, so `floor` is continuous on [1, 1.5].
    fn enclose(&self, x: Interval) -> Interval;

    /// All values of the derivative over a range, when derivatives are at hand.
    fn slope_enclosure(&self, _x: Interval) -> Option<Interval> {
        None
    }

    /// All values over a range by a Taylor polynomial with its remainder, much tighter than `enclose` where terms cancel.
    fn taylor_enclosure(&self, _x: Interval) -> Option<Interval> {
        None
    }

    /// What is dear to compute.
    fn cost(&self) -> Cost {
        Cost::Plain
    }

    /// Drops what was found for values asked for later: the curve is sampled.
    fn forget(&self) {}

    /// The value computed with more precision, asked for where binary64 cancels.
    fn precise(&self, x: f64) -> f64 {
        self.value(x)
    }

    /// The one break inside a very short range with the value there, found symbolically; `None` when it is not known.
    ///
    /// Asked where the enclosures show a break at no simple number, such as the square root of 2.
    fn exact_break(&self, _within: Range, _budget: &Budget) -> Option<Break> {
        None
    }

    /// The value at a machine number taken as exact, NaN where there is none; `None` when it is not known.
    ///
    /// Asked where the enclosure of that single number is wide: `sgn(cos(pi*x))` at 1/2.
    fn exact_value(&self, x: f64, _budget: &Budget) -> Option<f64> {
        Some(self.value(x))
    }

    /// How the function approaches, from one side, the number in a range of one or the one break inside a very short range.
    ///
    /// Asked where values settle too slowly to show it, as those of `1/log(x)` and `log(x)` do at 0.
    fn approach(&self, _within: Range, _from_right: bool, _budget: &Budget) -> Approach {
        Approach::Unknown
    }

    /// Whether it is cut into pieces, so that its ends are of interest even where nothing follows them.
    fn has_steps(&self) -> bool {
        false
    }

    /// The discontinuities inside a range, sorted, when they are all known exactly; `None` when they are not.
    ///
    /// Sampling then marks ends as this says. Without it the enclosures still find the breaks.
    fn landmarks(&self, _within: Range) -> Option<Vec<Landmark>> {
        None
    }
}

/// A real function of two variables as figures need it.
pub trait PlaneFunction {
    /// The value, NaN where there is none.
    fn value(&self, x: f64, y: f64) -> f64;

    /// All values over a box, with the same flags.
    fn enclose(&self, x: Interval, y: Interval) -> Interval;

    /// The gradient at a point, when derivatives are at hand.
    fn gradient(&self, _x: f64, _y: f64) -> Option<[f64; 2]> {
        None
    }

    /// Enclosures of both partial derivatives over a box, when derivatives are at hand.
    fn gradient_enclosure(&self, _x: Interval, _y: Interval) -> Option<[Interval; 2]> {
        None
    }
}

/// A shared function of one variable.
pub type Real = Rc<dyn RealFunction>;
/// A shared function of two variables.
pub type Plane = Rc<dyn PlaneFunction>;

/// A function known by recorded values, for callables that run in the interpreter and can't be enclosed.
///
/// Between neighbours it is a chord, except across a jump; nothing is proved beyond the records.
#[derive(Clone, Debug)]
pub struct Table {
    points: Vec<(f64, f64)>,
    /// Records after which the function jumps, by their place.
    jumps: Vec<usize>,
}

impl Table {
    /// Records `f` over `[a, b]`: evenly at first, then halved up to six times where the records bend or jump.
    ///
    /// # Errors
    /// The first error of `f` ends the recording.
    pub fn record<E>(a: f64, b: f64, count: usize, mut f: impl FnMut(f64) -> Result<f64, E>) -> Result<Table, E> {
        let count = count.max(2);
        let mut points = Vec::with_capacity(count * 2);
        for i in 0..=count {
            let x = a + (b - a) * (i as f64 / count as f64);
            points.push((x, f(x)?));
        }
        for _ in 0..6 {
            let scale = spread(&points).max(f64::MIN_POSITIVE);
            if !refine_once(&mut points, scale, &mut f)? {
                break;
            }
        }
        let jumps = find_jumps(&mut points, &mut f)?;
        Ok(Table { points, jumps })
    }

    /// From the first record to the last.
    pub fn range(&self) -> Range {
        match (self.points.first(), self.points.last()) {
            (Some(first), Some(last)) => Range::new(first.0, last.0),
            _ => Range::EMPTY,
        }
    }

    /// The records, in order.
    pub fn points(&self) -> &[(f64, f64)] {
        &self.points
    }
}

/// Looks closely at every leap between neighbouring records: one that does not shrink with the distance is a jump (or a pole), and the
/// records are completed on both sides of it. Answers after which records the jumps are.
fn find_jumps<E>(points: &mut Vec<(f64, f64)>, f: &mut impl FnMut(f64) -> Result<f64, E>) -> Result<Vec<usize>, E> {
    const MOST: usize = 200;
    const HALVINGS: usize = 44;
    let threshold = spread(points) * 2e-3;
    let mut out: Vec<(f64, f64)> = Vec::with_capacity(points.len() + 64);
    let mut jumps = Vec::new();
    for (k, &right) in points.iter().enumerate() {
        let left = match k.checked_sub(1).map(|before| points[before]) {
            Some(left) if (right.1 - left.1).abs() > threshold && jumps.len() < MOST => left,
            _ => {
                out.push(right);
                continue;
            }
        };
        let (mut a, mut b) = (left, right);
        let mut beside: (Vec<(f64, f64)>, Vec<(f64, f64)>) = (Vec::new(), Vec::new());
        for _ in 0..HALVINGS {
            let x = a.0 + (b.0 - a.0) * 0.5;
            if x <= a.0 || x >= b.0 {
                break;
            }
            let middle = (x, f(x)?);
            // The steeper half, or the one where the values end, is looked at further.
            if (middle.1 - a.1).abs() > (b.1 - middle.1).abs() {
                beside.1.push(b);
                b = middle;
            } else {
                beside.0.push(a);
                a = middle;
            }
        }
        beside.0.push(a);
        beside.1.push(b);
        out.extend(beside.0.into_iter().filter(|p| p.0 > left.0));
        if (b.1 - a.1).abs() > 0.2 * (right.1 - left.1).abs() {
            jumps.push(out.len() - 1);
        }
        out.extend(beside.1.into_iter().rev());
    }
    *points = out;
    Ok(jumps)
}

/// The height of the finite records.
fn spread(points: &[(f64, f64)]) -> f64 {
    let finite = points.iter().map(|p| p.1).filter(|y| y.is_finite());
    let range = finite.fold(Range::EMPTY, |r, y| r.join(Range::point(y)));
    if range.is_empty() { 0.0 } else { range.width() }
}

/// Halves the intervals beside every record that lies off its neighbours' chord; answers whether any was.
fn refine_once<E>(
    points: &mut Vec<(f64, f64)>,
    scale: f64,
    f: &mut impl FnMut(f64) -> Result<f64, E>,
) -> Result<bool, E> {
    const MOST: usize = 4000;
    let mut split = vec![false; points.len()];
    for i in 1..points.len().saturating_sub(1) {
        let ((x0, y0), (x1, y1), (x2, y2)) = (points[i - 1], points[i], points[i + 1]);
        let chord = y0 + (y2 - y0) * ((x1 - x0) / (x2 - x0));
        let bent = (y1 - chord).abs() > scale * 5e-4;
        if bent || y1.is_finite() != y0.is_finite() || y1.is_finite() != y2.is_finite() {
            split[i - 1] = true;
            split[i] = true;
        }
    }
    if points.len() > MOST || !split.contains(&true) {
        return Ok(false);
    }
    let mut finer = Vec::with_capacity(points.len() * 2);
    for (i, point) in points.iter().enumerate() {
        finer.push(*point);
        if let (true, Some(next)) = (split[i], points.get(i + 1)) {
            let x = point.0 + (next.0 - point.0) * 0.5;
            finer.push((x, f(x)?));
        }
    }
    *points = finer;
    Ok(true)
}

impl RealFunction for Table {
    fn value(&self, x: f64) -> f64 {
        let after = self.points.partition_point(|p| p.0 < x);
        match (after.checked_sub(1).and_then(|i| self.points.get(i)), self.points.get(after)) {
            (_, Some(&(at, y))) if at == x => y,
            (Some(_), _) if self.jumps.contains(&(after - 1)) => f64::NAN,
            (Some(&(x0, y0)), Some(&(x1, y1))) => y0 + (y1 - y0) * ((x - x0) / (x1 - x0)),
            _ => f64::NAN,
        }
    }

    fn enclose(&self, x: Interval) -> Interval {
        let (a, b) = (self.value(x.low()), self.value(x.high()));
        let first = self.points.partition_point(|p| p.0 <= x.low());
        let last = self.points.partition_point(|p| p.0 < x.high());
        let inside = self.points.get(first..last.max(first)).unwrap_or(&[]).iter().map(|p| p.1);
        let mut hull: Option<Interval> = None;
        for y in inside.chain([a, b]) {
            // A missing value is an empty interval, which adds nothing but clears the flags.
            let point = Interval::point(y);
            hull = Some(hull.map_or(point, |hull| hull.hull(point)));
        }
        let hull = hull.unwrap_or(Interval::EMPTY);
        let jumps = self.jumps.iter().filter_map(|k| Some((self.points.get(*k)?.0, self.points.get(k + 1)?.0)));
        let leaps = jumps.into_iter().any(|(left, right)| left < x.high() && x.low() < right);
        // An empty interval adds no values and clears the flags.
        if leaps { hull.hull(Interval::EMPTY) } else { hull }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_tells_a_jump_from_a_steep_rise() {
        let step = |x: f64| Ok::<f64, ()>(if x > 0.3 { 1.0 } else { 0.0 });
        let table = Table::record(-1.0, 1.0, 20, step).expect("no error");
        assert_eq!((table.value(0.299_999), table.value(0.300_001)), (0.0, 1.0));
        assert!(!table.enclose(Interval::new(0.29, 0.31)).is_continuous());
        let steep = Table::record(-1.0, 1.0, 20, |x| Ok::<f64, ()>((x * 1e4).clamp(0.0, 1.0))).expect("no error");
        assert!(steep.enclose(Interval::new(-0.01, 0.01)).is_continuous());
    }

    #[test]
    fn a_table_refines_where_the_function_bends() {
        let table = Table::record(-1.0, 1.0, 20, |x| Ok::<f64, ()>((x * 8.0).abs().min(1.0))).expect("no error");
        assert!(table.points().len() > 21);
        assert!((table.value(0.5) - 1.0).abs() < 1e-12);
        assert!(table.value(2.0).is_nan());
        assert!(table.enclose(Interval::new(-0.5, 0.5)).contains(0.0));
    }
}
