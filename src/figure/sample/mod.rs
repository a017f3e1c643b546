//! Sampling of explicit curves: every stroke is proved by an enclosure before it is drawn.
//!
//! The range is cut into pieces of four pixels. A piece is accepted when the function is proved continuous on it, the
//! chord follows it, and the enclosure is hardly taller than the chord rises, so that no spike hides inside. A piece
//! proved to lie off the window ends the run, which alone makes poles cheap. Everything else is halved; what stays
//! unproved down to neighbouring floats is a break (`ends.rs` decides what it is).

mod column;
mod ends;
mod float;
mod path;
mod range;

pub use float::simplest_between;
pub use path::sample_path;
pub use range::find_range;

use std::cell::Cell;

use super::function::{Cost, Landmark, Range, RealFunction, Table};
use super::geometry::{Point, Run, length};
use super::painter::{EndMark, Strokes};
use super::scale::Window;
use crate::budget::Budget;
use crate::number::Interval;

/// The first pieces, in pixels.
const PIECE: f64 = 4.0;
/// Chord error accepted, in pixels.
const CHORD: f64 = 0.08;
/// How much taller than its chord a piece may be, in pixels.
const HIDDEN: f64 = 0.8;
/// Pieces narrower than this are drawn as the vertical extent of what happens inside.
const COLUMN: f64 = 1.0 / 16.0;
/// An enclosure of a single point taller than this is cancellation noise.
const NOISE: f64 = 0.02;
/// A break is located to this part of the domain, at least.
const LEAST: f64 = 1.0 / (1_u64 << 56) as f64;
/// Evaluations after which a curve is given up with a note.
const MOST_WORK: usize = 150_000;

/// The same where an evaluation costs much.
const MOST_COSTLY: usize = 40_000;
/// One piece may cost this part of what is left of them, so that a wild place leaves enough for the rest.
const SHARE: usize = 2;
/// Evaluations after which a column of a sixteenth of a pixel is given up.
const COLUMN_WORK: usize = 4_000;

/// The same beside a long stretch of such columns.
const LEAST_COLUMN_WORK: usize = 30;

/// Pieces of at most so many floats are looked at float by float.
const FEW: u64 = 64;

/// Breaks of one curve that are looked for symbolically.
const MOST_QUESTIONS: usize = 64;
/// Narrowest pieces that are looked at for isolated points.
const MOST_DOTS: usize = 256;
/// Precise values that are computed one by one in the narrowest pieces.
const MOST_PRECISE: usize = 4000;
/// How many of them a place without a precise value counts for: all precisions have been tried there.
const COST_OF_NOTHING: usize = 20;
/// Limits of one curve that are looked for symbolically.
const MOST_LIMITS: usize = 12;

/// A sampled curve, in pixels.
#[derive(Clone, Debug, Default)]
pub struct Sampled {
    /// Connected runs, not yet clipped.
    pub runs: Vec<Run>,
    /// Ends to be marked.
    pub ends: Vec<EndMark>,
    /// Where the curve leaves for infinity, in data.
    pub poles: Vec<f64>,
    /// Points of the graph with nothing beside them.
    pub isolated: Vec<Point>,
    /// What was decided.
    pub notes: Vec<String>,
    /// Whether the curve was too wild to be followed everywhere.
    pub unfinished: bool,
}

impl Sampled {
    /// How much of the width is drawn, in pixels.
    fn width(&self) -> f64 {
        self.runs.iter().filter_map(|run| Some((run.last()?.x - run.first()?.x).abs())).sum()
    }

    /// What is drawn, with the marks of the ends where they are wanted.
    pub fn strokes(self, endpoints: bool) -> Strokes {
        Strokes { runs: self.runs, ends: if endpoints { self.ends } else { Vec::new() }, isolated: self.isolated }
    }
}

/// Samples `f` over `domain` for a window; nothing is joined across `excluded` points.
///
/// A special function whose enclosures are too wide to be followed is drawn through its values, with a note.
pub fn sample(f: &dyn RealFunction, domain: Range, window: &Window, excluded: &[f64], budget: &Budget) -> Sampled {
    const VALUES: usize = 600;
    /// With so much of a curve proved, the rest is wild rather than vague.
    const MOSTLY: f64 = 0.3;
    let proved = sample_proved(f, domain, window, excluded, budget);
    f.forget();
    let whole = (window.x.pixel(domain.hi) - window.x.pixel(domain.lo)).abs();
    if !proved.unfinished || f.cost() != Cost::Enclosures || proved.width() >= MOSTLY * whole {
        return proved;
    }
    let values = Table::record(domain.lo, domain.hi, VALUES, |x| budget.check().map(|()| f.value(x)));
    let Ok(values) = values else { return proved };
    let mut drawn = sample_proved(&values, domain, window, excluded, budget);
    drawn
        .notes
        .insert(0, "the curve is drawn through its values: its enclosures are too wide to prove more".to_string());
    drawn
}

/// The same with every stroke proved.
fn sample_proved(f: &dyn RealFunction, domain: Range, window: &Window, excluded: &[f64], budget: &Budget) -> Sampled {
    let mut sampler = Sampler::new(f, window, budget);
    sampler.least = domain.width() * LEAST;
    let landmarks = f.landmarks(domain);
    let known = landmarks.as_deref().unwrap_or(&[]);
    let mut cuts: Vec<f64> = known.iter().map(|mark| mark.x).chain(excluded.iter().copied()).collect();
    cuts.retain(|x| domain.contains(*x));
    cuts.sort_by(f64::total_cmp);
    cuts.dedup();
    let mut from = domain.lo;
    for &cut in &cuts {
        if from < cut {
            sampler.stretch(from, cut.next_down());
        }
        sampler.end_run();
        from = cut.next_up();
    }
    if from < domain.hi || cuts.is_empty() {
        sampler.stretch(from, domain.hi);
    }
    sampler.end_run();
    sampler.finish(domain, landmarks.as_deref(), excluded)
}

/// A sample: where, and the pixel height (NaN where undefined).
#[derive(Clone, Copy, Debug)]
struct Sample {
    x: f64,
    y: f64,
}

/// A connected run with the data at both of its ends.
struct Stretch {
    points: Run,
    first: f64,
    last: f64,
}

struct Sampler<'a> {
    f: &'a dyn RealFunction,
    window: &'a Window,
    budget: &'a Budget,
    top: f64,
    bottom: f64,
    done: Vec<Stretch>,
    current: Option<Stretch>,
    work: usize,
    /// The work that all pieces together may cost.
    most: usize,
    /// The work after which the piece under way is given up.
    limit: usize,
    /// Whether a piece was given up.
    unfinished: bool,
    noisy: bool,
    /// Whether the piece under way is so narrow that its values are checked one by one.
    near: bool,
    /// What precise values may still cost in such pieces.
    precise_left: usize,
    /// How many precise values may still be asked for at the ends of runs.
    precise_ends: Cell<usize>,
    /// Simple numbers that the search has split at, where the function has a value.
    lone: Vec<f64>,
    /// The narrowest pieces, of which nothing could be proved.
    dots: Vec<(f64, f64)>,
    /// The work after which the column under way is given up.
    patience: usize,
    /// The columns that were given up.
    given_up: Vec<(f64, f64)>,
    /// How often breaks may still be asked for symbolically.
    questions: Cell<usize>,
    /// How often limits may still be asked for symbolically.
    limits: Cell<usize>,
    /// Unproved pieces shorter than this are given up.
    least: f64,
}

impl<'a> Sampler<'a> {
    fn new(f: &'a dyn RealFunction, window: &'a Window, budget: &'a Budget) -> Self {
        let rect = window.rect();
        let (top, bottom) = (rect.top - 1.0, rect.bottom + 1.0);
        Sampler {
            f,
            window,
            budget,
            top,
            bottom,
            done: Vec::new(),
            current: None,
            work: 0,
            most: if f.cost() == Cost::Enclosures { MOST_COSTLY } else { MOST_WORK },
            limit: usize::MAX,
            unfinished: false,
            noisy: false,
            near: false,
            precise_left: if f.cost() == Cost::Plain { MOST_PRECISE } else { MOST_PRECISE / 20 },
            precise_ends: Cell::new(if f.cost() == Cost::Plain { usize::MAX } else { MOST_PRECISE / 20 }),
            lone: Vec::new(),
            dots: Vec::new(),
            patience: usize::MAX,
            given_up: Vec::new(),
            questions: Cell::new(MOST_QUESTIONS),
            limits: Cell::new(MOST_LIMITS),
            least: 0.0,
        }
    }

    /// Samples a stretch without known breaks.
    fn stretch(&mut self, from: f64, to: f64) {
        let (start, end) = (self.window.x.pixel(from), self.window.x.pixel(to));
        if !start.is_finite() || !end.is_finite() {
            return;
        }
        let count = ((end - start).abs() / PIECE).ceil().clamp(1.0, 4000.0);
        let mut left = self.sample_at(from);
        for i in 1..=count as usize {
            let x = if i as f64 == count { to } else { self.window.x.value(start + (end - start) * i as f64 / count) };
            let x = x.clamp(from, to);
            let right = self.sample_at(x);
            if right.x > left.x {
                self.limit = self.work + self.most.saturating_sub(self.work) / SHARE;
                self.piece(left, right, 0);
                self.unfinished |= self.work > self.limit;
            }
            left = right;
        }
    }

    /// The pixel height of a datum, kept within bounds that arithmetic on pixels can bear.
    fn height(&self, y: f64) -> f64 {
        const FAR: f64 = 1e7;
        self.window.y.pixel(y).clamp(-FAR, FAR)
    }

    fn sample_at(&mut self, x: f64) -> Sample {
        self.work += 1;
        let doubtful = self.noisy || (self.near && self.precise_left > 0 && self.is_noise(x));
        let y = if doubtful { self.f.precise(x) } else { self.f.value(x) };
        if doubtful && !self.noisy {
            let cost = if y.is_nan() { COST_OF_NOTHING } else { 1 };
            self.precise_left = self.precise_left.saturating_sub(cost);
        }
        Sample { x, y: self.height(y) }
    }

    /// A sample of a wider piece, computed again if it is noise.
    fn checked(&mut self, sample: Sample) -> Sample {
        if self.precise_left > 0 && self.is_noise(sample.x) { self.sample_at(sample.x) } else { sample }
    }

    /// Whether even a single point can't be enclosed well: binary64 cancels there.
    fn is_noise(&self, x: f64) -> bool {
        let enclosure = self.f.enclose(Interval::point(x));
        !enclosure.is_empty() && self.visible(self.span(enclosure)) > NOISE
    }

    /// The pixel heights an enclosure spans: upper, lower.
    fn span(&self, range: Interval) -> (f64, f64) {
        let (a, b) = (self.level(range.high()), self.level(range.low()));
        (a.min(b), a.max(b))
    }

    /// As `height`, but a value that a logarithmic scale can't show lies below everything.
    fn level(&self, y: f64) -> f64 {
        let pixel = self.height(y);
        if pixel.is_nan() { self.height(f64::MIN_POSITIVE) } else { pixel }
    }

    fn is_off_window(&self, span: (f64, f64)) -> bool {
        span.1 < self.top || span.0 > self.bottom
    }

    /// The height of a span inside the window.
    fn visible(&self, span: (f64, f64)) -> f64 {
        span.1.clamp(self.top, self.bottom) - span.0.clamp(self.top, self.bottom)
    }

    fn piece(&mut self, a: Sample, b: Sample, depth: u32) {
        self.work += 1;
        if self.work > self.limit.min(self.patience) || self.budget.check().is_err() {
            self.end_run();
            return;
        }
        let enclosure = self.f.enclose(Interval::new(a.x, b.x));
        if enclosure.is_empty() {
            self.end_run();
            return;
        }
        let span = self.span(enclosure);
        if self.is_off_window(span) {
            self.end_run();
            return;
        }
        let width = (self.window.x.pixel(b.x) - self.window.x.pixel(a.x)).abs();
        self.near = width <= COLUMN;
        let (a, b) = if self.near { (self.checked(a), self.checked(b)) } else { (a, b) };
        if enclosure.is_continuous() && a.y.is_finite() && b.y.is_finite() {
            let straight = self.is_straight(a, b, width);
            if straight && (self.is_tame(a, b, enclosure) || self.is_tame_by_taylor(a, b)) {
                self.line(a, b);
            } else if !self.noisy && self.is_noise(a.x + (b.x - a.x) * 0.5) {
                self.noisy = true;
                let (from, to) = (self.sample_at(a.x), self.sample_at(b.x));
                self.piece(from, to, depth);
                self.noisy = false;
            } else if self.noisy && (straight || width <= COLUMN) {
                self.line(a, b);
            } else if width <= COLUMN {
                self.column(a, b);
            } else {
                self.halve(a, b, depth);
            }
        } else if width > COLUMN {
            self.halve(a, b, depth);
        } else if self.patience == usize::MAX {
            self.narrow_within_limit(a, b, depth);
        } else {
            self.narrow(a, b, depth);
        }
    }

    /// Whether the curve is proved not to rise much above its chord: by the enclosure, or by the mean value form.
    fn is_tame(&mut self, a: Sample, b: Sample, enclosure: Interval) -> bool {
        let allowed = self.rise(a, b) + HIDDEN;
        self.visible(self.span(enclosure)) <= allowed || {
            let tighter = self.tightened(a.x, b.x, enclosure);
            self.visible(self.span(tighter)) <= allowed
        }
    }

    /// The same by a Taylor polynomial, for formulas whose terms cancel.
    fn is_tame_by_taylor(&mut self, a: Sample, b: Sample) -> bool {
        let allowed = self.rise(a, b) + HIDDEN;
        self.by_taylor(a.x, b.x).is_some_and(|values| self.visible(self.span(values)) <= allowed)
    }

    /// An enclosure by a Taylor polynomial, where there is one.
    fn by_taylor(&mut self, a: f64, b: f64) -> Option<Interval> {
        let values = self.f.taylor_enclosure(Interval::new(a, b))?;
        self.work += 10;
        Some(values)
    }

    /// An enclosure met with the mean value form `f(c) + f'(X)(X - c)`, when the derivative is bounded.
    fn tightened(&mut self, a: f64, b: f64, enclosure: Interval) -> Interval {
        let x = Interval::new(a, b);
        let Some(slope) = self.f.slope_enclosure(x).filter(|s| s.is_bounded() && s.is_continuous()) else {
            return enclosure;
        };
        self.work += 2;
        let centre = Interval::point(x.midpoint());
        let linear = self.f.enclose(centre) + slope * (x - centre);
        let met = enclosure.intersect(linear);
        if met.is_empty() { enclosure } else { met }
    }

    /// The visible height of a chord.
    fn rise(&self, a: Sample, b: Sample) -> f64 {
        (a.y.clamp(self.top, self.bottom) - b.y.clamp(self.top, self.bottom)).abs()
    }

    /// Whether three points inside lie on the chord. Unequal fractions, so that no symmetry hides a bend.
    fn is_straight(&mut self, a: Sample, b: Sample, width: f64) -> bool {
        let steep = length(1.0, (b.y - a.y) / width.max(1e-9));
        [0.5, 0.3, 0.82].iter().all(|t| {
            let inner = self.sample_at(a.x + (b.x - a.x) * t);
            let chord = a.y + (b.y - a.y) * ((inner.x - a.x) / (b.x - a.x));
            (inner.y - chord).abs() < CHORD * steep
        })
    }

    fn halve(&mut self, a: Sample, b: Sample, depth: u32) {
        let middle = self.sample_at(a.x + (b.x - a.x) * 0.5);
        if middle.x > a.x && middle.x < b.x {
            self.piece(a, middle, depth + 1);
            self.piece(middle, b, depth + 1);
        } else {
            self.end_run();
        }
    }

    /// Splits a narrow unproved piece, giving it up when that takes too long: a function may touch a break of another, as
    /// `floor(2*sin(x))` does, and then no cell nearby can be proved. The longer the stretch already given up, the sooner.
    fn narrow_within_limit(&mut self, a: Sample, b: Sample, depth: u32) {
        let beside = self.given_up.last().filter(|gap| gap.1 == a.x);
        let columns = beside.map_or(1.0, |gap| 1.0 + (gap.1 - gap.0) / (b.x - a.x));
        let most = if self.f.cost() == Cost::Plain { COLUMN_WORK } else { COLUMN_WORK / 4 };
        self.patience = self.work + ((most as f64 / (columns * columns)) as usize).max(LEAST_COLUMN_WORK);
        let dots = self.dots.len();
        self.narrow(a, b, depth);
        if self.work > self.patience {
            self.dots.truncate(dots);
            match self.given_up.last_mut() {
                Some(last) if last.1 == a.x => last.1 = b.x,
                _ => self.given_up.push((a.x, b.x)),
            }
        }
        self.patience = usize::MAX;
    }

    /// Splits a narrow unproved piece at its simplest number, leaving that number itself out of both parts.
    fn narrow(&mut self, a: Sample, b: Sample, depth: u32) {
        const DEEPEST: u32 = 150;
        let small = b.x - a.x <= self.least;
        self.remember(a.x);
        self.remember(b.x);
        let split = float::simplest_between(a.x, b.x).filter(|_| depth < DEEPEST && !small);
        let Some(x) = split else {
            if self.dots.len() < MOST_DOTS {
                self.dots.push((a.x, b.x));
            }
            self.end_run();
            return;
        };
        self.remember(x);
        if float::steps_between(a.x, b.x) <= FEW {
            self.note_gap(x.next_down(), x);
            self.note_gap(x, x.next_up());
        }
        if x.next_down() > a.x {
            let left = self.sample_at(x.next_down());
            self.piece(a, left, depth + 1);
        }
        self.end_run();
        if x.next_up() < b.x {
            let right = self.sample_at(x.next_up());
            self.piece(right, b, depth + 1);
        }
    }

    /// Keeps a gap between neighbouring floats where the function has a value, but none at either of them: the place of an isolated
    /// point may lie there.
    fn note_gap(&mut self, a: f64, b: f64) {
        let is_missing = |x: Interval| self.f.enclose(x).is_empty();
        if self.dots.len() >= MOST_DOTS || is_missing(Interval::new(a, b)) {
            return;
        }
        let open = [a, b].into_iter().all(|x| {
            is_missing(Interval::point(x)) || {
                let (left, cost) = (self.precise_left, COST_OF_NOTHING);
                self.precise_left = left.saturating_sub(cost);
                left > 0 && self.f.precise(x).is_nan()
            }
        });
        if open {
            self.dots.push((a, b));
        }
    }

    /// Keeps a simple number with a value: it may turn out to be an isolated point of the graph.
    fn remember(&mut self, x: f64) {
        if float::is_simple(x) && !self.lone.contains(&x) && !self.f.enclose(Interval::point(x)).is_empty() {
            self.lone.push(x);
        }
    }

    /// Draws from `a` to `b`, going on with the run that ends at `a`.
    fn line(&mut self, a: Sample, b: Sample) {
        let (from, to) = (self.place(a), self.place(b));
        match &mut self.current {
            Some(run) if run.last == a.x => {
                run.points.push(to);
                run.last = b.x;
            }
            _ => {
                self.end_run();
                self.current = Some(Stretch { points: vec![from, to], first: a.x, last: b.x });
            }
        }
    }

    fn place(&self, sample: Sample) -> Point {
        Point::new(self.window.x.pixel(sample.x), sample.y)
    }

    fn end_run(&mut self) {
        if let Some(run) = self.current.take() {
            self.done.push(run);
        }
    }

    fn finish(mut self, domain: Range, landmarks: Option<&[Landmark]>, excluded: &[f64]) -> Sampled {
        let mut out = Sampled::default();
        if self.unfinished {
            out.unfinished = true;
            out.notes.push("the curve was too wild to be followed everywhere: some of it is missing".to_string());
        }
        match landmarks {
            Some(marks) => self.mark_known(marks, excluded, &mut out),
            None => {
                self.join_found(excluded);
                out.poles = self.find_poles();
                out.isolated = self.isolated();
                self.mark_found(domain, excluded, &mut out);
                out.poles.sort_by(f64::total_cmp);
            }
        }
        out.runs = self.done.into_iter().map(|run| run.points).collect();
        out
    }
}

#[cfg(test)]
mod tests;
