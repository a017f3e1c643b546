//! Sampling of parametric curves: the box of both coordinates is what must be proved.

use super::{Sampled, float};
use crate::budget::Budget;
use crate::figure::function::{Range, RealFunction};
use crate::figure::geometry::{Point, Rect, Run, length};
use crate::figure::painter::EndMark;
use crate::figure::scale::Window;
use crate::number::{Interval, sorting};

/// Chord error accepted, in pixels.
const CHORD: f64 = 0.08;
/// How much larger than its chord the box of a piece may be, in pixels.
const HIDDEN: f64 = 0.9;
/// Evaluations after which a curve is given up with a note.
const MOST_WORK: usize = 200_000;
/// Halvings after which a piece counts as narrow.
const NARROW: u32 = 12;
/// Halvings after which pieces that are not continuous are split at simple numbers.
const UNEVEN: u32 = 24;
/// Evaluations after which a narrow piece is given up.
const NARROW_WORK: usize = 4_000;
/// Ends nearer than this are one, in pixels.
const SAME: f64 = 0.1;
/// Runs whose ends are at most this many floats apart meet at one point.
const MEETING: u64 = 64;
/// The part of a run over which a limit must hold still.
const SLIVER: f64 = 1.0 / (1_u64 << 40) as f64;
/// A break is located to this part of the domain.
const LEAST: f64 = 1.0 / (1_u64 << 56) as f64;

/// Samples `t -> (x(t), y(t))` over a range of `t`; nothing is joined across `excluded` values of `t`.
pub fn sample_path(
    x: &dyn RealFunction,
    y: &dyn RealFunction,
    domain: Range,
    window: &Window,
    excluded: &[f64],
    budget: &Budget,
) -> Sampled {
    let mut path = Path {
        x,
        y,
        window,
        budget,
        clip: window.rect().grown(1.0),
        done: Vec::new(),
        current: None,
        work: 0,
        least: domain.width() * LEAST,
        patience: usize::MAX,
    };
    const COUNT: u32 = 96;
    let even = |i: u32| domain.lo + domain.width() * f64::from(i) / f64::from(COUNT);
    let mut places: Vec<f64> = (1..COUNT).map(even).chain(excluded.iter().copied()).collect();
    places.retain(|t| domain.lo < *t && *t < domain.hi);
    places.push(domain.hi);
    sorting::sort_by(&mut places, f64::total_cmp);
    let mut from = domain.lo;
    for t in places {
        let is_cut = excluded.contains(&t);
        let (left, right) = (path.at(from), path.at(if is_cut { t.next_down() } else { t }));
        if left.t < right.t {
            path.piece(left, right, 0);
        }
        if is_cut {
            path.end_run();
        }
        from = if is_cut { t.next_up() } else { t };
    }
    path.end_run();
    path.finish(excluded)
}

#[derive(Clone, Copy)]
struct Place {
    t: f64,
    p: Point,
}

impl Place {
    fn is_defined(&self) -> bool {
        self.p.x.is_finite() && self.p.y.is_finite()
    }
}

struct Path<'a> {
    x: &'a dyn RealFunction,
    y: &'a dyn RealFunction,
    window: &'a Window,
    budget: &'a Budget,
    clip: Rect,
    done: Vec<(f64, f64, Run)>,
    current: Option<(f64, f64, Run)>,
    work: usize,
    /// Unproved pieces shorter than this are given up.
    least: f64,
    /// The work after which the narrow piece under way is given up.
    patience: usize,
}

impl Path<'_> {
    fn at(&mut self, t: f64) -> Place {
        self.work += 1;
        let p = self.window.pixel(self.x.value(t), self.y.value(t));
        Place { t, p: Point::new(p.x.clamp(-1e7, 1e7), p.y.clamp(-1e7, 1e7)) }
    }

    fn piece(&mut self, a: Place, b: Place, depth: u32) {
        self.work += 1;
        if self.work > MOST_WORK || self.budget.check().is_err() {
            return self.end_run();
        }
        let t = Interval::new(a.t, b.t);
        let (ex, ey) = (self.x.enclose(t), self.y.enclose(t));
        if ex.is_empty() || ey.is_empty() {
            return self.end_run();
        }
        let area = self.pixels(Range::of(ex), Range::of(ey));
        if !area.meets(&self.clip) {
            return self.end_run();
        }
        let continuous = ex.is_continuous() && ey.is_continuous() && a.is_defined() && b.is_defined();
        let tight = continuous && (self.is_tight(&area, a.p, b.p) || self.is_tight_by_taylor(t, a, b, depth));
        if continuous && (tight && self.is_straight(a, b) || depth > 40) {
            self.line(a, b);
        } else if self.work > self.patience {
            // Where terms cancel the boxes stay wide: a proved continuity and near ends are enough then.
            if continuous && a.p.distance(b.p) < 0.5 { self.line(a, b) } else { self.end_run() }
        } else if depth == NARROW {
            self.patience = self.work + NARROW_WORK;
            self.split(a, b, depth, continuous);
            self.patience = usize::MAX;
        } else {
            self.split(a, b, depth, continuous);
        }
    }

    fn split(&mut self, a: Place, b: Place, depth: u32, continuous: bool) {
        if depth > UNEVEN && !continuous {
            self.narrow(a, b, depth);
        } else {
            let middle = self.at(a.t + (b.t - a.t) * 0.5);
            if middle.t > a.t && middle.t < b.t {
                self.piece(a, middle, depth + 1);
                self.piece(middle, b, depth + 1);
            } else {
                self.end_run();
            }
        }
    }

    /// The box of pixels that an enclosure covers, cut to a margin around the window.
    fn pixels(&self, x: Range, y: Range) -> Rect {
        let far = |p: f64, low: f64| if p.is_nan() { low } else { p.clamp(-1e7, 1e7) };
        let (x0, x1) = (far(self.window.x.pixel(x.lo), -1e7), far(self.window.x.pixel(x.hi), 1e7));
        let (y0, y1) = (far(self.window.y.pixel(y.lo), 1e7), far(self.window.y.pixel(y.hi), -1e7));
        // A flat curve has a box without area: grown a little, so that it meets the window it lies in.
        Rect::new(x0.min(x1), y0.min(y1), x0.max(x1), y0.max(y1)).grown(1e-6)
    }

    /// Whether the box, inside the window, is hardly larger than the chord's.
    fn is_tight(&self, area: &Rect, a: Point, b: Point) -> bool {
        let cut = |v: f64, lo: f64, hi: f64| v.clamp(lo, hi);
        let c = &self.clip;
        let width = cut(area.right, c.left, c.right) - cut(area.left, c.left, c.right);
        let height = cut(area.bottom, c.top, c.bottom) - cut(area.top, c.top, c.bottom);
        let across = (cut(a.x, c.left, c.right) - cut(b.x, c.left, c.right)).abs();
        let up = (cut(a.y, c.top, c.bottom) - cut(b.y, c.top, c.bottom)).abs();
        width <= across + HIDDEN && height <= up + HIDDEN
    }

    /// The same with Taylor polynomials, for formulas whose terms cancel.
    fn is_tight_by_taylor(&mut self, t: Interval, a: Place, b: Place, depth: u32) -> bool {
        const LATE: u32 = 5;
        if depth < LATE {
            return false;
        }
        self.work += 20;
        let boxes = self.x.taylor_enclosure(t).zip(self.y.taylor_enclosure(t));
        boxes.is_some_and(|(x, y)| self.is_tight(&self.pixels(Range::of(x), Range::of(y)), a.p, b.p))
    }

    fn is_straight(&mut self, a: Place, b: Place) -> bool {
        let (dx, dy) = (b.p.x - a.p.x, b.p.y - a.p.y);
        let chord = length(dx, dy);
        [0.5, 0.3, 0.82].iter().all(|f| {
            let q = self.at(a.t + (b.t - a.t) * f).p;
            let (ex, ey) = (q.x - a.p.x, q.y - a.p.y);
            if chord < 1e-9 { length(ex, ey) < CHORD } else { ((ex * dy - ey * dx) / chord).abs() < CHORD }
        })
    }

    fn narrow(&mut self, a: Place, b: Place, depth: u32) {
        let wide = b.t - a.t > self.least && depth < 140;
        let Some(t) = float::simplest_between(a.t, b.t).filter(|_| wide) else { return self.end_run() };
        if t.next_down() > a.t {
            let left = self.at(t.next_down());
            self.piece(a, left, depth + 1);
        }
        self.end_run();
        if t.next_up() < b.t {
            let right = self.at(t.next_up());
            self.piece(right, b, depth + 1);
        }
    }

    fn line(&mut self, a: Place, b: Place) {
        match &mut self.current {
            Some((_, last, run)) if *last == a.t => {
                run.push(b.p);
                *last = b.t;
            }
            _ => {
                self.end_run();
                self.current = Some((a.t, b.t, vec![a.p, b.p]));
            }
        }
    }

    fn end_run(&mut self) {
        self.done.extend(self.current.take());
    }

    /// Joins runs that meet at a removable point, and marks the ends of those that don't.
    fn finish(self, excluded: &[f64]) -> Sampled {
        let mut out = Sampled { unfinished: self.work > MOST_WORK, ..Sampled::default() };
        let is_meeting = |a: f64, b: f64| float::steps_between(a, b) <= MEETING || b - a <= 8.0 * self.least;
        let mut before: Option<(f64, f64)> = None;
        for (first, last, run) in &self.done {
            let (first, last) = (*first, *last);
            let beside = before.filter(|(_, end)| is_meeting(*end, first));
            let ends = out.runs.last().and_then(|run| run.last()).copied().zip(run.first().copied());
            let Some(((begin, end), (p, q))) = beside.zip(ends) else {
                out.runs.push(run.clone());
                before = Some((first, last));
                continue;
            };
            let is_cut = excluded.iter().any(|t| end < *t && *t < first);
            if p.distance(q) < SAME && !is_cut {
                out.runs.last_mut().into_iter().for_each(|joined| joined.extend(run));
                before = Some((begin, last));
                continue;
            }
            let value = if is_cut { Some(None) } else { self.value_between(end, first) };
            let sides = [(p, begin - end, end), (q, last - first, first)];
            out.ends.extend(self.marks(value, sides));
            out.runs.push(run.clone());
            before = Some((first, last));
        }
        out
    }

    /// The marks at a break: the one-sided limits where they are certain, and the value where it is another point.
    fn marks(&self, value: Option<Option<Point>>, sides: [(Point, f64, f64); 2]) -> Vec<EndMark> {
        let Some(value) = value else { return Vec::new() };
        let is_value = |p: &Point| value.is_some_and(|value| value.distance(*p) < SAME);
        let mut limits: Vec<Point> = Vec::new();
        for (p, length, t) in sides {
            if self.is_settled(t, length) && limits.iter().all(|other| other.distance(p) > SAME) {
                limits.push(p);
            }
        }
        let apart =
            value.filter(|value| !limits.is_empty() && !sides.iter().any(|side| side.0.distance(*value) < SAME));
        let ends = limits.iter().map(|p| EndMark { at: *p, closed: is_value(p) });
        ends.chain(apart.map(|at| EndMark { at, closed: true })).collect()
    }

    /// Whether the curve holds still over the last sliver of a run that ends at `t`.
    fn is_settled(&self, t: f64, length: f64) -> bool {
        let far = t + length * SLIVER;
        let over = Interval::new(t.min(far), t.max(far));
        let (x, y) = (self.x.enclose(over), self.y.enclose(over));
        let proved = |e: &Interval| !e.is_empty() && e.is_continuous() && e.is_bounded();
        let area = self.pixels(Range::of(x), Range::of(y));
        proved(&x) && proved(&y) && area.width() < SAME && area.height() < SAME
    }

    /// The point at the break between two near numbers, nothing inside where the curve has none; nothing where it is not known.
    fn value_between(&self, a: f64, b: f64) -> Option<Option<Point>> {
        let simple = float::simplest_between(a.next_down(), b.next_up()).filter(|t| float::is_simple(*t));
        let value = |f: &dyn RealFunction| match simple {
            Some(t) => {
                let enclosure = f.enclose(Interval::point(t));
                match enclosure.is_continuous() && enclosure.is_bounded() {
                    true => Some(f.value(t)),
                    false => f.exact_value(t, self.budget),
                }
            }
            None if f.enclose(Interval::new(a, b)).is_continuous() => Some(f.value(a)),
            None => f.exact_break(Range::new(a.next_down(), b.next_up()), self.budget)?.value,
        };
        let p = self.window.pixel(value(self.x)?, value(self.y)?);
        Some(Some(p).filter(|p| p.x.is_finite() && p.y.is_finite()))
    }
}
