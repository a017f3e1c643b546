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

/// One side of a break: its limit as far as it is certain.
#[derive(Clone, Copy, Debug)]
struct Side {
    height: f64,
    certain: bool,
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

    /// Marks and joins by what the enclosures show, where nobody knows better.
    pub(super) fn mark_found(&mut self, domain: Range, excluded: &[f64], out: &mut Sampled) {
        self.mark_excluded(excluded, out);
        let mut i = 0;
        while i < self.done.len() {
            if i == 0 && self.done[0].first > domain.lo && !self.beside_excluded(self.done[0].first, excluded) {
                let right = self.side(0, false);
                self.edge(right, false, out);
            }
            let meeting = i + 1 < self.done.len() && self.is_meeting(self.done[i].last, self.done[i + 1].first);
            if i + 1 < self.done.len() && !meeting && self.touch(i, out) {
                i += 1;
                continue;
            }
            if self.beside_excluded(self.done[i].last, excluded) {
                i += 1;
            } else if meeting {
                i += usize::from(!self.meet(i, out));
            } else {
                if self.done[i].last < domain.hi {
                    let left = self.side(i, true);
                    self.edge(left, true, out);
                }
                if i + 1 < self.done.len() {
                    let right = self.side(i + 1, false);
                    self.edge(right, false, out);
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
        let alone = |x: f64| {
            let beside = |offset: f64| self.f.value(x + offset).is_nan() && self.f.value(x - offset).is_nan();
            APART.iter().all(|part| beside(part * pixel))
        };
        let found = self.lone.iter().filter(|x| alone(**x));
        let points = found.map(|x| Point::new(self.window.x.pixel(*x), self.height(self.exact_value(*x))));
        points.filter(|point| point.y.is_finite()).collect()
    }

    /// The value at a break; NaN where the enclosure shows that there is none, whatever infinities have passed through
    /// machine arithmetic (`arctan(1/x)` at 0).
    fn exact_value(&self, x: f64) -> f64 {
        if self.f.enclose(Interval::point(x)).is_empty() { f64::NAN } else { self.f.value(x) }
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
        Side { height, certain, x, step: if at_right { -length } else { length } }
    }

    /// Whether a side has a limit: proved, or seen in precise values ever nearer to the break, at uneven distances.
    ///
    /// Quotients like `sin(x)/x` can't be enclosed well near their holes; an oscillation would show in the values.
    fn has_limit(&self, side: &Side) -> bool {
        const PARTS: [f64; 8] = [1.0, 0.57, 0.31, 0.113, 0.0271, 0.005_03, 0.000_317, 0.000_019];
        let visible = side.height >= self.top && side.height <= self.bottom;
        let settled = || {
            PARTS.iter().all(|part| {
                let height = self.height(self.f.precise(side.x + side.step * part));
                (height - side.height).abs() < SAME
            })
        };
        visible && (side.certain || settled() || self.is_known_limit(side))
    }

    /// Whether a side ends at its limit as that is found symbolically, which is asked for a few times only.
    fn is_known_limit(&self, side: &Side) -> bool {
        const NEAR: f64 = 1.0;
        let left = self.limits.get();
        self.limits.set(left.saturating_sub(1));
        let beside = self.simple_point(side.x.next_down(), side.x.next_up());
        let Some(x) = beside.filter(|_| left > 0) else { return false };
        let found = self.f.limit_at(x, side.step > 0.0, self.budget);
        found.is_some_and(|value| (self.height(value) - side.height).abs() < NEAR)
    }

    /// Two runs that end at one point: joins them when they agree; answers whether it did.
    fn meet(&mut self, i: usize, out: &mut Sampled) -> bool {
        let (left, right) = (self.side(i, true), self.side(i + 1, false));
        let (a, b) = (self.done[i].last, self.done[i + 1].first);
        let agree = (left.height - right.height).abs() < SAME;
        if agree && self.f.enclose(Interval::new(a, b)).is_continuous() {
            // A point that the search has split at, and no break.
            self.merge(i);
            return true;
        }
        if let Some((x, value)) = self.break_between(a, b) {
            let value = self.height(value);
            let passes = agree && (left.height - value).abs() < SAME;
            if !passes {
                self.mark_break(x, value, &left, &right, out);
            }
        }
        if agree {
            self.merge(i);
        }
        agree
    }

    /// Two runs beside a column that was given up: the function touches a break of another there. Marks it where it is
    /// known exactly; answers whether the column was such.
    fn touch(&mut self, i: usize, out: &mut Sampled) -> bool {
        let (a, b) = (self.done[i].last, self.done[i + 1].first);
        let gap = |(from, to): &(f64, f64)| *from <= a && b <= *to;
        if !self.given_up.iter().any(gap) {
            return false;
        }
        if let Some(found) = self.exact_break(Range::new(a, b)) {
            let (left, right) = (self.side(i, true), self.side(i + 1, false));
            self.mark_break(found.x, self.height(found.value), &left, &right, out);
        }
        true
    }

    /// Marks a hole or a jump at a known place, each side whose limit is known.
    fn mark_break(&mut self, x: f64, value: f64, left: &Side, right: &Side, out: &mut Sampled) {
        let pixel = self.window.x.pixel(x);
        let limits = [left, right].map(|side| self.has_limit(side).then_some(side.height));
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

    /// The end of a run beside which there is nothing: an open end where the value is missing, or a pole.
    fn edge(&mut self, side: Side, at_right: bool, out: &mut Sampled) {
        let x = side.x;
        let reach = (4.0 * self.least).max(8.0 * f64::EPSILON * x.abs());
        let beyond = if at_right { x + reach } else { x - reach };
        if !self.has_limit(&side) {
            return;
        }
        let Some((at, value)) = self.break_between(x.min(beyond), x.max(beyond)) else { return };
        if value.is_nan() {
            let at = Point::new(self.window.x.pixel(at), side.height);
            out.ends.push(EndMark { at, closed: false });
        }
    }

    /// The break from one end to the other with the value there: a simple number, or one found symbolically.
    fn break_between(&self, a: f64, b: f64) -> Option<(f64, f64)> {
        if let Some(x) = self.simple_point(a, b) {
            return Some((x, self.exact_value(x)));
        }
        let room = 2.0 * self.least;
        let within = Range::new((a - room).next_down(), (b + room).next_up());
        self.exact_break(within).map(|found| (found.x, found.value))
    }

    /// The break inside a short range, found symbolically; wild curves have too many to ask for each.
    fn exact_break(&self, within: Range) -> Option<Break> {
        self.questions.set(self.questions.get().checked_sub(1)?);
        self.f.exact_break(within, self.budget)
    }

    /// The number with few digits from one end to the other, if there is one: then it is the break itself.
    fn simple_point(&self, a: f64, b: f64) -> Option<f64> {
        float::simplest_between(a.next_down(), b.next_up()).filter(|x| float::is_simple(*x))
    }
}
