//! What a break is: a hole, a jump, a pole, the edge of the domain; which ends are joined and which are marked.

use super::{Sampled, Sampler, float};
use crate::figure::function::{Approach, Break, Landmark, Range};
use crate::figure::geometry::Point;
use crate::figure::painter::EndMark;
use crate::number::Interval;

/// Heights closer than this are one, in pixels.
const SAME: f64 = 0.1;
/// Runs whose ends are at most this many floats apart meet at one point.
const MEETING: u64 = 64;

/// The part of a run over which a limit must hold still.
const SLIVER: f64 = 1.0 / (1_u64 << 40) as f64;

/// Runs shorter than this, in pixels, show no limit.
const LONG: f64 = 1e-6;

/// How long an answer found symbolically is waited for, in checks of the budget.
const QUESTION: u32 = 2048;

/// A curve that is this much higher or lower just beyond an end does not go on there, in pixels.
const LEAP: f64 = 1.0;

/// What becomes of a curve towards a break.
#[derive(Clone, Copy, Debug)]
enum Tendency {
    /// It ends at this height.
    Limit(f64),
    /// It leaves for infinity, upwards where true.
    Infinite(bool),
    /// Bounded oscillation, or not known.
    Unknown,
}

impl Tendency {
    fn limit(self) -> Option<f64> {
        match self {
            Tendency::Limit(height) => Some(height),
            _ => None,
        }
    }
}

/// One side of a break: its limit as far as it is certain.
#[derive(Clone, Copy, Debug)]
struct Side {
    /// The run that ends there.
    run: usize,
    height: f64,
    certain: bool,
    /// Whether the run is long enough to show a limit.
    long: bool,
    /// Where the run ends.
    x: f64,
    /// The way back into the run, over which its limit must hold still.
    step: f64,
}

impl Sampler<'_> {
    /// Marks and joins by what is known exactly.
    pub(super) fn mark_known(&mut self, landmarks: &[Landmark], excluded: &[f64], out: &mut Sampled) {
        for mark in landmarks {
            let x = self.window.x.pixel(mark.x);
            let heights = [mark.left, mark.right].map(|side| match side {
                Approach::Finite(y) => Some(self.height(y)),
                _ => None,
            });
            if matches!(mark.left, Approach::Infinite(_)) || matches!(mark.right, Approach::Infinite(_)) {
                out.poles.push(mark.x);
            }
            let value = mark.value.map(|y| self.height(y)).filter(|y| y.is_finite());
            self.extend_to(mark.x, heights);
            let both_same = matches!(heights, [Some(l), Some(r)] if (l - r).abs() < SAME);
            let one_sided = mark.left == Approach::Absent || mark.right == Approach::Absent;
            for (side, height) in heights.iter().enumerate() {
                let Some(y) = *height else { continue };
                let closed = value.is_some_and(|v| (v - y).abs() < SAME);
                if (side == 1 && both_same) || (closed && (both_same || one_sided)) {
                    continue;
                }
                out.ends.push(EndMark { at: Point::new(x, y), closed });
            }
            self.mark_value_apart(x, value, heights, out);
            if both_same {
                self.join_at(mark.x);
            }
        }
        self.mark_excluded(excluded, out);
    }

    /// A value that is no one-sided limit is a point by itself.
    fn mark_value_apart(&self, x: f64, value: Option<f64>, heights: [Option<f64>; 2], out: &mut Sampled) {
        if let Some(y) = value
            && !heights.iter().flatten().any(|h| (h - y).abs() < SAME)
        {
            out.ends.push(EndMark { at: Point::new(x, y), closed: true });
        }
    }

    /// Draws the runs on both sides of a landmark up to their limits there.
    fn extend_to(&mut self, x: f64, heights: [Option<f64>; 2]) {
        let pixel = self.window.x.pixel(x);
        for run in &mut self.done {
            if let (Some(y), true) = (heights[0], run.last == x.next_down()) {
                run.points.push(Point::new(pixel, y));
            }
            if let (Some(y), true) = (heights[1], run.first == x.next_up()) {
                run.points.insert(0, Point::new(pixel, y));
            }
        }
    }

    /// Joins the runs that end on both sides of a point.
    fn join_at(&mut self, x: f64) {
        let meets =
            |i: usize, done: &[super::Stretch]| done[i].last == x.next_down() && done[i + 1].first == x.next_up();
        if let Some(i) = (0..self.done.len().saturating_sub(1)).find(|i| meets(*i, &self.done)) {
            self.merge(i);
        }
    }

    fn merge(&mut self, i: usize) {
        let right = self.done.remove(i + 1);
        let left = &mut self.done[i];
        left.points.extend(right.points);
        left.last = right.last;
    }

    /// An excluded point is an open end of a curve that passes there.
    fn mark_excluded(&mut self, excluded: &[f64], out: &mut Sampled) {
        for &x in excluded {
            let pixel = self.window.x.pixel(x);
            let mut marked: Option<f64> = None;
            for run in &self.done {
                let end = if run.last == x.next_down() {
                    run.points.last()
                } else if run.first == x.next_up() {
                    run.points.first()
                } else {
                    None
                };
                if let Some(p) = end
                    && marked.is_none_or(|y| (y - p.y).abs() > SAME)
                {
                    out.ends.push(EndMark { at: Point::new(pixel, p.y), closed: false });
                    marked = Some(p.y);
                }
            }
        }
    }

    /// Joins the runs that were split at points which are no breaks.
    pub(super) fn join_found(&mut self, excluded: &[f64]) {
        let mut i = 0;
        while i + 1 < self.done.len() {
            let (a, b) = (self.done[i].last, self.done[i + 1].first);
            let heights = (self.done[i].points.last(), self.done[i + 1].points.first());
            let agree = matches!(heights, (Some(p), Some(q)) if (p.y - q.y).abs() < SAME);
            let wanted = agree && self.is_meeting(a, b) && !self.beside_excluded(a, excluded);
            if wanted && self.f.enclose(Interval::new(a, b)).is_continuous() {
                self.merge(i);
            } else {
                i += 1;
            }
        }
    }

    /// Marks and joins by what the enclosures show, where nobody knows better.
    pub(super) fn mark_found(&mut self, domain: Range, excluded: &[f64], out: &mut Sampled) {
        self.mark_excluded(excluded, out);
        if self.done.first().is_some_and(|run| run.first > domain.lo && !self.beside_excluded(run.first, excluded)) {
            self.edge(0, false, out);
        }
        let mut i = 0;
        while i < self.done.len() {
            let follows = i + 1 < self.done.len();
            let meeting = follows && self.is_meeting(self.done[i].last, self.done[i + 1].first);
            let touching = follows && !meeting && self.touch(i, out);
            if touching || self.beside_excluded(self.done[i].last, excluded) {
                i += 1;
            } else if meeting {
                i += usize::from(!self.meet(i, out));
            } else {
                if self.done[i].last < domain.hi {
                    self.edge(i, true, out);
                }
                if follows {
                    self.edge(i + 1, false, out);
                }
                i += 1;
            }
        }
    }

    /// Poles between runs that leave the window and come back: where no enclosure becomes bounded.
    pub(super) fn find_poles(&mut self) -> Vec<f64> {
        const MOST: usize = 200;
        let gone = |y: f64| y < self.top || y > self.bottom;
        let mut poles: Vec<f64> = Vec::new();
        for pair in self.done.windows(2) {
            let (Some(p), Some(q)) = (pair[0].points.last(), pair[1].points.first()) else { continue };
            if !(gone(p.y) && gone(q.y)) {
                continue;
            }
            let mut todo = vec![(pair[0].last, pair[1].first)];
            for _ in 0..MOST {
                let Some((a, b)) = todo.pop() else { break };
                let enclosure = self.f.enclose(Interval::new(a, b));
                if enclosure.is_empty() || (enclosure.is_continuous() && enclosure.is_bounded()) {
                    continue;
                }
                let middle = float::simplest_between(a, b).filter(|_| b - a > self.least);
                if let Some(x) = middle {
                    todo.push((x, b));
                    todo.push((a, x));
                    continue;
                }
                let x = self.simple_point(a, b).unwrap_or(a + (b - a) * 0.5);
                let pixel = self.window.x.pixel(x);
                if poles.last().is_none_or(|pole| (self.window.x.pixel(*pole) - pixel).abs() > 0.1) {
                    poles.push(x);
                }
            }
        }
        poles
    }

    /// Points with a value and none around, such as the root of `sqrt(-x^2)`.
    pub(super) fn isolated(&self) -> Vec<Point> {
        const APART: [f64; 3] = [1e-9, 1e-5, 1e-2];
        let pixel = 1.0 / self.window.x.slope().abs().max(f64::MIN_POSITIVE);
        let missing = |x: f64| {
            let proved = self.f.enclose(Interval::point(x)).is_defined();
            !proved && (self.f.value(x).is_nan() || self.precise_beside(x).is_some_and(f64::is_nan))
        };
        let alone = |x: f64| {
            let beside = |offset: f64| missing(x + offset) && missing(x - offset);
            APART.iter().all(|part| beside(part * pixel))
        };
        let simple = self.lone.iter().filter(|x| alone(**x) && self.precise_beside(**x).is_some_and(f64::is_finite));
        let mut found: Vec<(f64, f64)> = simple.filter_map(|x| Some((*x, self.exact_value(*x)?))).collect();
        found.retain(|(_, y)| y.is_finite());
        for &(a, b) in self.dots.iter().chain(&self.given_up) {
            let known = found.iter().any(|(x, _)| a <= *x && *x <= b);
            let drawn = self.done.iter().any(|run| run.first < b && a < run.last);
            if known || drawn {
                continue;
            }
            let at = self.exact_break(self.widened(a, b)).filter(|at| alone(at.x));
            let fresh = at.filter(|at| found.iter().all(|(x, _)| (x - at.x).abs() > APART[1] * pixel));
            found.extend(fresh.and_then(|at| Some((at.x, at.value?))));
        }
        let points = found.into_iter().map(|(x, y)| Point::new(self.window.x.pixel(x), self.height(y)));
        points.filter(|point| point.y.is_finite()).collect()
    }

    /// A precise value beside an end, unless too many have been asked for.
    fn precise_beside(&self, x: f64) -> Option<f64> {
        self.precise_ends.set(self.precise_ends.get().checked_sub(1)?);
        Some(self.f.precise(x))
    }

    /// The value at a machine number, NaN where there is none, whatever infinities have passed through machine
    /// arithmetic (`arctan(1/x)` at 0); nothing where it is not known.
    fn exact_value(&self, x: f64) -> Option<f64> {
        let enclosure = self.f.enclose(Interval::point(x));
        if enclosure.is_empty() {
            Some(f64::NAN)
        } else if enclosure.is_continuous() && self.visible(self.span(enclosure)) < SAME {
            Some(self.f.value(x))
        } else {
            self.questions.set(self.questions.get().checked_sub(1)?);
            self.f.exact_value(x, self.budget)
        }
    }

    /// Whether two ends are as close as breaks can be located.
    fn is_meeting(&self, a: f64, b: f64) -> bool {
        float::steps_between(a, b) <= MEETING || b - a <= 8.0 * self.least
    }

    fn beside_excluded(&self, x: f64, excluded: &[f64]) -> bool {
        excluded.iter().any(|cut| cut.next_down() == x || cut.next_up() == x)
    }

    /// The end of a run and whether its limit is certain: over the last sliver the enclosure stays low.
    fn side(&self, run: usize, at_right: bool) -> Side {
        let stretch = &self.done[run];
        let (x, point) =
            if at_right { (stretch.last, stretch.points.last()) } else { (stretch.first, stretch.points.first()) };
        let height = point.map_or(f64::NAN, |p| p.y);
        let length = (stretch.last - stretch.first).abs() * SLIVER;
        let sliver = if at_right { Interval::new(x - length, x) } else { Interval::new(x, x + length) };
        let enclosure = self.f.enclose(sliver);
        let certain = !enclosure.is_empty()
            && enclosure.is_continuous()
            && enclosure.is_bounded()
            && self.visible(self.span(enclosure)) < SAME;
        let long = (stretch.last - stretch.first).abs() > LONG / self.window.x.slope().abs();
        Side { run, height, certain, long, x, step: if at_right { -length } else { length } }
    }

    /// What becomes of the curve at a side of a break in a short range: proved, or seen in precise values ever nearer
    /// to the break, at uneven distances, or found symbolically, which is asked for a few times only.
    ///
    /// Quotients like `sin(x)/x` can't be enclosed well near their holes; an oscillation would show in the values.
    fn tendency(&self, side: &Side, within: Range) -> Tendency {
        const PARTS: [f64; 8] = [1.0, 0.57, 0.31, 0.113, 0.0271, 0.005_03, 0.000_317, 0.000_019];
        const NEAR: f64 = 1.0;
        if !(side.height >= self.top && side.height <= self.bottom) {
            return Tendency::Unknown;
        }
        let settled = || {
            PARTS.iter().all(|part| {
                let height = self.precise_beside(side.x + side.step * part).map(|y| self.height(y));
                height.is_some_and(|height| (height - side.height).abs() < SAME)
            })
        };
        if side.long && (side.certain || settled()) {
            return Tendency::Limit(side.height);
        }
        let Some(left) = self.limits.get().checked_sub(1) else { return Tendency::Unknown };
        self.limits.set(left);
        let within =
            self.simple_point(within.lo, within.hi).map_or_else(|| self.widened(within.lo, within.hi), Range::point);
        match self.f.approach(within, side.step > 0.0, &self.budget.part_of_checks(QUESTION)) {
            Approach::Finite(value) if (self.height(value) - side.height).abs() < NEAR => {
                Tendency::Limit(self.height(value))
            }
            Approach::Infinite(upwards) => Tendency::Infinite(upwards),
            Approach::Unknown => {
                // The next answers would take as long.
                self.limits.set(left / 4);
                Tendency::Unknown
            }
            _ => Tendency::Unknown,
        }
    }

    /// Draws a run that ends beside a pole up to the edge of the window: machine numbers don't come near enough to
    /// a logarithm's for that. Answers what becomes of the curve.
    fn completed(&mut self, side: &Side, within: Range, out: &mut Sampled) -> Tendency {
        let tendency = self.tendency(side, within);
        let Tendency::Infinite(upwards) = tendency else { return tendency };
        let end = Point::new(self.window.x.pixel(side.x), if upwards { self.top } else { self.bottom });
        let points = &mut self.done[side.run].points;
        if side.step < 0.0 {
            points.push(end)
        } else {
            points.insert(0, end)
        }
        if out.poles.last().is_none_or(|pole| (self.window.x.pixel(*pole) - end.x).abs() > SAME) {
            out.poles.push(side.x);
        }
        tendency
    }

    /// Two runs that end at one point: joins them when they agree; answers whether it did.
    fn meet(&mut self, i: usize, out: &mut Sampled) -> bool {
        let (left, right) = (self.side(i, true), self.side(i + 1, false));
        let (a, b) = (left.x, right.x);
        let agree = (left.height - right.height).abs() < SAME;
        let found = self.break_between(a, b);
        let value = found.and_then(|found| found.value).map(|value| self.height(value));
        let passes = agree && value.is_some_and(|value| (left.height - value).abs() < SAME);
        if passes || (agree && found.is_none()) {
            self.merge(i);
            return true;
        }
        let ends = [left, right].map(|side| self.completed(&side, Range::new(a, b), out));
        if let Some((found, value)) = found.zip(value) {
            self.mark_break(found.x, value, ends.map(Tendency::limit), out);
        }
        let joins = agree && !ends.iter().any(|end| matches!(end, Tendency::Infinite(_)));
        if joins {
            self.merge(i);
        }
        joins
    }

    /// Two runs beside a column that was given up: the function touches a break of another there. Marks it where it is
    /// known exactly; answers whether the column was such.
    fn touch(&mut self, i: usize, out: &mut Sampled) -> bool {
        let (a, b) = (self.done[i].last, self.done[i + 1].first);
        let gap = |(from, to): &(f64, f64)| *from <= a && b <= *to;
        if !self.given_up.iter().any(gap) {
            return false;
        }
        let within = Range::new(a, b);
        if let Some(Break { x, value: Some(value) }) = self.exact_break(within) {
            let ends = [self.side(i, true), self.side(i + 1, false)].map(|side| self.completed(&side, within, out));
            self.mark_break(x, self.height(value), ends.map(Tendency::limit), out);
        }
        true
    }

    /// Marks a hole or a jump at a known place, each side whose limit is known.
    fn mark_break(&mut self, x: f64, value: f64, limits: [Option<f64>; 2], out: &mut Sampled) {
        let pixel = self.window.x.pixel(x);
        let mut marked: Option<f64> = None;
        for height in limits.into_iter().flatten() {
            if marked.is_none_or(|y| (y - height).abs() >= SAME) {
                let closed = (height - value).abs() < SAME;
                out.ends.push(EndMark { at: Point::new(pixel, height), closed });
                marked = Some(height);
            }
        }
        if value.is_finite() && limits.iter().all(Option::is_some) {
            self.mark_value_apart(pixel, Some(value), limits, out);
        }
    }

    /// The end of a run beside which there is nothing: an open end where the value is missing or lies apart, a closed
    /// one of a piece, or a pole.
    fn edge(&mut self, run: usize, at_right: bool, out: &mut Sampled) {
        let side = self.side(run, at_right);
        let reach = (4.0 * self.least).max(8.0 * f64::EPSILON * side.x.abs());
        let beyond = if at_right { side.x + reach } else { side.x - reach };
        let within = Range::new(side.x.min(beyond), side.x.max(beyond));
        let Tendency::Limit(height) = self.completed(&side, within, out) else { return };
        let Some(Break { x, value: Some(value) }) = self.break_between(within.lo, within.hi) else { return };
        let at = Point::new(self.window.x.pixel(x), height);
        if value.is_nan() {
            out.ends.push(EndMark { at, closed: false });
            return;
        }
        let next = self.height(self.f.value(beyond));
        let value = self.height(value);
        let closed = (value - height).abs() < SAME;
        // Where the function goes on beyond the range, a value apart is a break all the same.
        if self.f.has_steps() && !(closed && (next - height).abs() < LEAP) {
            out.ends.push(EndMark { at, closed });
            self.mark_value_apart(at.x, Some(value), [Some(height), None], out);
        }
    }

    /// The break from one end to the other with the value there: a simple number, or one found symbolically.
    fn break_between(&self, a: f64, b: f64) -> Option<Break> {
        if let Some(x) = self.simple_point(a, b) {
            return Some(Break { x, value: self.exact_value(x) });
        }
        self.exact_break(self.widened(a, b))
    }

    /// A short range with room for what rounding has moved.
    fn widened(&self, a: f64, b: f64) -> Range {
        let room = 2.0 * self.least;
        Range::new((a - room).next_down(), (b + room).next_up())
    }

    /// The break inside a short range, found symbolically; wild curves have too many to ask for each.
    fn exact_break(&self, within: Range) -> Option<Break> {
        self.questions.set(self.questions.get().checked_sub(1)?);
        self.f.exact_break(within, &self.budget.part_of_checks(QUESTION))
    }

    /// The number with few digits from one end to the other, if there is one: then it is the break itself.
    fn simple_point(&self, a: f64, b: f64) -> Option<f64> {
        float::simplest_between(a.next_down(), b.next_up()).filter(|x| float::is_simple(*x))
    }
}
