//! Adaptive integration of functions of machine numbers: QUADPACK's QAG and QAGS, and its map of infinite ranges.
//!
//! QAG halves the interval with the greatest error until the sum of errors is small enough. QAGS also extrapolates the
//! sequence of sums by Wynn's epsilon algorithm, which copes with singular ends. See `kronrod` for the source.

use super::epsilon::Extrapolation;
use super::kronrod::{Estimate, KRONROD_15, KRONROD_21, KRONROD_61, Rule};

/// A numerical integral: an estimate, not a proof.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Quadrature {
    /// The integral.
    pub value: f64,
    /// An estimate of the error.
    pub error: f64,
    /// How many values of the function were taken.
    pub evaluations: usize,
    /// What stood in the way of the wanted accuracy.
    pub trouble: Trouble,
}

impl Quadrature {
    /// The integral over no range at all.
    pub const NOTHING: Quadrature = Quadrature { value: 0.0, error: 0.0, evaluations: 0, trouble: Trouble::None };

    /// The integral over two ranges that meet.
    #[must_use]
    pub fn joined(self, next: Quadrature) -> Quadrature {
        Quadrature {
            value: self.value + next.value,
            error: self.error + next.error,
            evaluations: self.evaluations + next.evaluations,
            trouble: if self.trouble == Trouble::None { next.trouble } else { self.trouble },
        }
    }
}

/// Why an integral is less accurate than wanted, in the order of QUADPACK's codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Trouble {
    /// Nothing.
    None,
    /// Too many subdivisions.
    Subdivisions,
    /// Rounding errors.
    Rounding,
    /// The function behaves badly somewhere.
    BadPoint,
    /// The extrapolation does not converge.
    Convergence,
    /// The integral diverges, or converges slowly.
    Divergence,
}

/// What accuracy is wanted, and how many intervals may be made.
#[derive(Clone, Copy, Debug)]
pub struct Tolerance {
    /// Absolute.
    pub absolute: f64,
    /// Relative.
    pub relative: f64,
    /// The greatest number of intervals.
    pub intervals: usize,
}

impl Tolerance {
    /// What Sage's `numerical_integral` asks for.
    pub const DEFAULT: Tolerance = Tolerance { absolute: 1e-6, relative: 1e-6, intervals: 87 };
    /// What Sage's `nintegral` asks for.
    pub const FINE: Tolerance = Tolerance { absolute: 0.0, relative: 1e-8, intervals: 200 };

    fn bound(&self, value: f64) -> f64 {
        self.absolute.max(self.relative * value.abs())
    }
}

#[derive(Clone, Copy)]
struct Piece {
    low: f64,
    high: f64,
    value: f64,
    error: f64,
}

/// The integral over a finite interval by QAG with 61 points, over an infinite one by [`extrapolated`].
pub fn integrate(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64, tolerance: Tolerance) -> Quadrature {
    if low.is_finite() && high.is_finite() {
        return bisecting(f, low, high, tolerance, &KRONROD_61);
    }
    extrapolated(f, low, high, tolerance)
}

/// The integral by QAGS with 21 points; an infinite range is mapped to `0..1` and takes 15.
pub fn extrapolated(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64, tolerance: Tolerance) -> Quadrature {
    let negated = |q: Quadrature| Quadrature { value: -q.value, ..q };
    if low > high {
        return negated(extrapolated(f, high, low, tolerance));
    }
    let unit = |t: f64| (1.0 - t) / t;
    match (low == f64::NEG_INFINITY, high == f64::INFINITY) {
        (false, false) => Extrapolating::run(f, low, high, tolerance, &KRONROD_21),
        (false, true) => {
            let mut mapped = |t: f64| f(low + unit(t)) / t / t;
            Extrapolating::run(&mut mapped, 0.0, 1.0, tolerance, &KRONROD_15)
        }
        (true, false) => {
            let mut mapped = |t: f64| f(high - unit(t)) / t / t;
            Extrapolating::run(&mut mapped, 0.0, 1.0, tolerance, &KRONROD_15)
        }
        (true, true) => {
            let mut mapped = |t: f64| (f(unit(t)) + f(-unit(t))) / t / t;
            Extrapolating::run(&mut mapped, 0.0, 1.0, tolerance, &KRONROD_15)
        }
    }
}

/// QAG.
fn bisecting(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64, tolerance: Tolerance, rule: &Rule) -> Quadrature {
    let first = rule.apply(f, low, high);
    let mut evaluations = rule.points();
    if let Some(trouble) = settled(&first, tolerance) {
        return Quadrature { value: first.value, error: first.error, evaluations, trouble };
    }
    let mut pieces = vec![Piece { low, high, value: first.value, error: first.error }];
    let (mut area, mut errors) = (first.value, first.error);
    let (mut flat, mut growing) = (0, 0);
    let mut trouble = Trouble::Subdivisions;
    while pieces.len() < tolerance.intervals {
        let worst = (0..pieces.len()).max_by(|a, b| pieces[*a].error.total_cmp(&pieces[*b].error)).unwrap_or(0);
        let old = pieces[worst];
        let (left, right, spreads) = halved(f, &old, rule);
        evaluations += 2 * rule.points();
        let (value, error) = (left.value + right.value, left.error + right.error);
        area += value - old.value;
        errors += error - old.error;
        if spreads {
            flat += usize::from((old.value - value).abs() <= 1e-5 * value.abs() && error >= 0.99 * old.error);
            growing += usize::from(pieces.len() > 10 && error > old.error);
        }
        pieces[worst] = left;
        pieces.push(right);
        if errors <= tolerance.bound(area) {
            trouble = Trouble::None;
            break;
        }
        if flat >= 6 || growing >= 20 {
            trouble = Trouble::Rounding;
            break;
        }
        if is_tiny(&left, &right) {
            trouble = Trouble::BadPoint;
            break;
        }
    }
    Quadrature { value: pieces.iter().map(|p| p.value).sum(), error: errors, evaluations, trouble }
}

/// Is the first estimate good enough, or spoilt by rounding so that no more can be had?
fn settled(first: &Estimate, tolerance: Tolerance) -> Option<Trouble> {
    let bound = tolerance.bound(first.value);
    if first.error <= 50.0 * f64::EPSILON * first.absolute && first.error > bound {
        return Some(Trouble::Rounding);
    }
    let fine = (first.error <= bound && first.error != first.spread) || first.error == 0.0;
    fine.then_some(Trouble::None)
}

/// The two halves of a piece, and whether both have errors that say something.
fn halved(f: &mut dyn FnMut(f64) -> f64, piece: &Piece, rule: &Rule) -> (Piece, Piece, bool) {
    let middle = 0.5 * (piece.low + piece.high);
    let (a, b) = (rule.apply(f, piece.low, middle), rule.apply(f, middle, piece.high));
    let left = Piece { low: piece.low, high: middle, value: a.value, error: a.error };
    let right = Piece { low: middle, high: piece.high, value: b.value, error: b.error };
    (left, right, a.spread != a.error && b.spread != b.error)
}

/// Can the middle not be told from the ends?
fn is_tiny(left: &Piece, right: &Piece) -> bool {
    let limit = (1.0 + 100.0 * f64::EPSILON) * (left.high.abs() + 1000.0 * f64::MIN_POSITIVE);
    left.low.abs() <= limit && right.high.abs() <= limit
}

/// QAGS at work.
struct Extrapolating {
    /// The pieces, greatest error first.
    pieces: Vec<Piece>,
    /// Which piece is halved next.
    next: usize,
    area: f64,
    errors: f64,
    /// The sum of errors of the pieces larger than `small`.
    large_errors: f64,
    small: f64,
    /// The area is extrapolated when only small pieces have great errors left.
    extrapolating: bool,
    hopeless: bool,
    table: Extrapolation,
    result: f64,
    error: f64,
    correction: f64,
    wanted: f64,
    stalls: usize,
    flat: (usize, usize),
    growing: usize,
    rounding_seen: bool,
}

impl Extrapolating {
    fn run(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64, tolerance: Tolerance, rule: &Rule) -> Quadrature {
        let first = rule.apply(f, low, high);
        if let Some(trouble) = settled(&first, tolerance) {
            return Quadrature { value: first.value, error: first.error, evaluations: rule.points(), trouble };
        }
        let mut state = Extrapolating::new(&first, low, high, tolerance);
        let mut trouble = Trouble::Subdivisions;
        while state.pieces.len() < tolerance.intervals {
            match state.turn(f, tolerance, rule) {
                Turn::Go => {}
                Turn::Summed => {
                    return state.summed(Trouble::None, rule);
                }
                Turn::Stop(reason) => {
                    trouble = reason;
                    break;
                }
            }
        }
        state.verdict(trouble, &first, rule)
    }

    fn new(first: &Estimate, low: f64, high: f64, tolerance: Tolerance) -> Extrapolating {
        Extrapolating {
            pieces: vec![Piece { low, high, value: first.value, error: first.error }],
            next: 0,
            area: first.value,
            errors: first.error,
            large_errors: first.error,
            small: (high - low).abs() * 0.375,
            extrapolating: false,
            hopeless: false,
            table: Extrapolation::new(first.value),
            result: first.value,
            error: f64::MAX,
            correction: 0.0,
            wanted: tolerance.bound(first.value),
            stalls: 0,
            flat: (0, 0),
            growing: 0,
            rounding_seen: false,
        }
    }

    /// Halves a piece, and extrapolates when it is time.
    fn turn(&mut self, f: &mut dyn FnMut(f64) -> f64, tolerance: Tolerance, rule: &Rule) -> Turn {
        let old = self.pieces.remove(self.next);
        let (left, right, spreads) = halved(f, &old, rule);
        let (value, error) = (left.value + right.value, left.error + right.error);
        self.area += value - old.value;
        self.errors += error - old.error;
        self.count_rounding(&old, value, error, spreads);
        self.insert(left);
        self.insert(right);
        let bound = tolerance.bound(self.area);
        if self.errors <= bound {
            return Turn::Summed;
        }
        if self.flat.0 + self.flat.1 >= 10 || self.growing >= 20 {
            return Turn::Stop(Trouble::Rounding);
        }
        self.rounding_seen |= self.flat.1 >= 5;
        if is_tiny(&left, &right) {
            return Turn::Stop(Trouble::BadPoint);
        }
        if self.pieces.len() == 2 {
            (self.large_errors, self.wanted) = (self.errors, bound);
            self.table.push(self.area);
            self.next = 0;
            return Turn::Go;
        }
        if self.hopeless {
            self.next = 0;
            return Turn::Go;
        }
        self.large_errors -= old.error;
        if (left.high - left.low).abs() > self.small {
            self.large_errors += error;
        }
        self.extrapolate(tolerance)
    }

    /// Counts the signs that rounding errors take over.
    fn count_rounding(&mut self, old: &Piece, value: f64, error: f64, spreads: bool) {
        if !spreads {
            return;
        }
        if (old.value - value).abs() <= 1e-5 * value.abs() && error >= 0.99 * old.error {
            let counter = if self.extrapolating { &mut self.flat.1 } else { &mut self.flat.0 };
            *counter += 1;
        }
        self.growing += usize::from(self.pieces.len() > 10 && error > old.error);
    }

    fn insert(&mut self, piece: Piece) {
        let place = self.pieces.partition_point(|other| other.error >= piece.error);
        self.pieces.insert(place, piece);
    }

    fn is_large(&self, index: usize) -> bool {
        self.pieces.get(index).is_some_and(|p| (p.high - p.low).abs() > self.small)
    }

    fn extrapolate(&mut self, tolerance: Tolerance) -> Turn {
        if !self.extrapolating {
            self.next = 0;
            if self.is_large(0) {
                return Turn::Go;
            }
            self.extrapolating = true;
            self.next = 1;
        }
        if !self.rounding_seen && self.large_errors > self.wanted {
            // The large pieces first, as long as their errors are too great.
            while self.next < self.pieces.len() {
                if self.is_large(self.next) {
                    return Turn::Go;
                }
                self.next += 1;
            }
        }
        let (value, error) = self.table.extrapolate(self.area);
        self.stalls += 1;
        if self.stalls > 5 && self.error < 1e-3 * self.errors {
            return Turn::Stop(Trouble::Convergence);
        }
        if error < self.error {
            self.stalls = 0;
            (self.error, self.result, self.correction) = (error, value, self.large_errors);
            self.wanted = tolerance.bound(value);
            if self.error <= self.wanted {
                return Turn::Stop(Trouble::None);
            }
        }
        self.hopeless |= self.table.len() == 1;
        self.next = 0;
        self.extrapolating = false;
        self.small *= 0.5;
        self.large_errors = self.errors;
        Turn::Go
    }

    fn evaluations(&self, rule: &Rule) -> usize {
        rule.points() * (2 * self.pieces.len() - 1)
    }

    /// The sum over the pieces as the answer.
    fn summed(&self, trouble: Trouble, rule: &Rule) -> Quadrature {
        let value = self.pieces.iter().map(|p| p.value).sum();
        Quadrature { value, error: self.errors, evaluations: self.evaluations(rule), trouble }
    }

    /// Chooses between the extrapolated value and the sum.
    fn verdict(mut self, mut trouble: Trouble, first: &Estimate, rule: &Rule) -> Quadrature {
        if self.error == f64::MAX {
            return self.summed(trouble, rule);
        }
        if trouble != Trouble::None || self.rounding_seen {
            if self.rounding_seen {
                self.error += self.correction;
            }
            if trouble == Trouble::None {
                trouble = Trouble::BadPoint;
            }
            let worse = if self.result != 0.0 && self.area != 0.0 {
                self.error / self.result.abs() > self.errors / self.area.abs()
            } else {
                self.error > self.errors
            };
            if worse {
                return self.summed(trouble, rule);
            }
        }
        let one_sign = first.value.abs() >= (1.0 - 50.0 * f64::EPSILON) * first.absolute;
        let negligible = !one_sign && self.result.abs().max(self.area.abs()) <= 0.01 * first.absolute;
        let ratio = self.result / self.area;
        if self.area != 0.0 && !negligible && (!(0.01..=100.0).contains(&ratio) || self.errors > self.area.abs()) {
            trouble = Trouble::Divergence;
        }
        Quadrature { value: self.result, error: self.error, evaluations: self.evaluations(rule), trouble }
    }
}

enum Turn {
    Go,
    /// The sum is good enough.
    Summed,
    Stop(Trouble),
}
