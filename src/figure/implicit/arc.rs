//! Cells in which the gradient decides: no curve at all, or one monotone arc.

use super::edge::is_negative;
use super::{STEPS, Tracer};
use crate::figure::geometry::{Point, Rect};
use crate::number::Interval;

/// Chord error accepted, in pixels.
const CHORD: f64 = 0.05;
/// Arcs longer than this are halved at least once, in pixels.
const LONG: f64 = 6.0;

impl Tracer<'_> {
    /// Settles a cell on which the function is continuous, if the ranges of its partial derivatives allow it.
    ///
    /// The mean value form often excludes what the plain enclosure could not. When neither partial derivative
    /// vanishes, the function is monotone along every side and the curve is one monotone arc between two sides.
    pub(super) fn settle(&mut self, i: i32, j: i32, size: i32, rect: &Rect) -> bool {
        let (x, y) = self.box_of(rect);
        let Some([dx, dy]) = self.f.gradient_enclosure(x, y) else { return false };
        self.work += 2;
        let usable = |slope: &Interval| slope.is_continuous() && slope.is_bounded();
        if !usable(&dx) || !usable(&dy) {
            return false;
        }
        let middle = (x.midpoint(), y.midpoint());
        let offset = |range: Interval, at: f64| range - Interval::point(at);
        let centre = self.f.enclose(Interval::point(middle.0), Interval::point(middle.1));
        let linear = centre + dx * offset(x, middle.0) + dy * offset(y, middle.1);
        if !linear.contains(0.0) {
            return true;
        }
        if size < STEPS || dx.contains(0.0) || dy.contains(0.0) {
            return false;
        }
        self.arc(i, j, size)
    }

    fn box_of(&self, rect: &Rect) -> (Interval, Interval) {
        let (x0, x1) = (self.window.x.value(rect.left), self.window.x.value(rect.right));
        let (y0, y1) = (self.window.y.value(rect.top), self.window.y.value(rect.bottom));
        (Interval::new(x0.min(x1), x0.max(x1)), Interval::new(y0.min(y1), y0.max(y1)))
    }

    /// Follows the monotone arc through a cell; false when the corners don't show one.
    fn arc(&mut self, i: i32, j: i32, size: i32) -> bool {
        let corners = [(i, j), (i + size, j), (i + size, j + size), (i, j + size)];
        let values = corners.map(|(k, l)| self.corner(k, l));
        if values.iter().any(|v| v.is_nan()) {
            return false;
        }
        let mut ends: Vec<Point> = Vec::new();
        for side in 0..4 {
            let next = (side + 1) % 4;
            if is_negative(values[side]) != is_negative(values[next]) {
                let key = match side {
                    0 => (i, j, size, true),
                    1 => (i + size, j, size, false),
                    2 => (i, j + size, size, true),
                    _ => (i, j, size, false),
                };
                ends.extend(self.edge(key, true).roots);
            }
        }
        match ends.as_slice() {
            [] => true,
            [p, q] => {
                self.bend(*p, *q, 0);
                true
            }
            _ => false,
        }
    }

    /// Adds the arc between two of its points: a chord where it is straight, else its halves.
    fn bend(&mut self, p: Point, q: Point, depth: u32) {
        let (dx, dy) = ((q.x - p.x).abs(), (q.y - p.y).abs());
        let middle = p.toward(q, 0.5);
        let (a, b) = if dx > dy {
            (Point::new(middle.x, p.y), Point::new(middle.x, q.y))
        } else {
            (Point::new(p.x, middle.y), Point::new(q.x, middle.y))
        };
        if dx.min(dy) < CHORD || depth > 10 {
            self.segments.push((p, q));
            return;
        }
        let (fa, fb) = (self.value(a), self.value(b));
        let root = if is_negative(fa) == is_negative(fb) { None } else { self.narrow(a, fa, b, fb) };
        let Some((m, _)) = root else {
            self.segments.push((p, q));
            return;
        };
        let straight = m.distance(middle) < CHORD;
        if straight && (depth > 0 || p.distance(q) < LONG) {
            self.segments.push((p, q));
        } else {
            self.bend(p, m, depth + 1);
            self.bend(m, q, depth + 1);
        }
    }
}
