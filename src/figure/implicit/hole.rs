//! Holes of a traced curve: where it passes through zeros of what stands below a fraction line.

use super::Traced;
use crate::figure::function::PlaneFunction;
use crate::figure::geometry::{Point, Run, length};
use crate::figure::scale::Window;
use crate::number::Interval;

/// Steps along a run between which the denominator is looked at, in pixels.
const STEP: f64 = 2.0;
/// How far a hole may lie from where the run shows it, in pixels.
const REACH: f64 = 2.0;
/// A point this near to both curves lies on both, in pixels.
const SAME: f64 = 1e-5;
/// Holes nearer than this are one, in pixels.
const APART: f64 = 1.2;
/// Holes of one curve that are marked.
const MOST: usize = 500;

impl Traced {
    /// Marks the points of the curve `f = 0` where `pole` is zero, and drops isolated points that lie there.
    pub fn leave_out(&mut self, f: &dyn PlaneFunction, pole: &dyn PlaneFunction, window: &Window) {
        let meeting = Meeting { f, pole, window };
        self.points.retain(|p| !meeting.around(*p, 1e-3).contains(0.0));
        let mut found = Vec::new();
        for run in &self.runs {
            meeting.search(run, &mut found);
        }
        for hole in found {
            if self.gaps.len() < MOST && self.gaps.iter().all(|gap| gap.distance(hole) > APART) {
                self.gaps.push(hole);
            }
        }
    }
}

/// Two curves of which the common points are sought.
struct Meeting<'a> {
    f: &'a dyn PlaneFunction,
    pole: &'a dyn PlaneFunction,
    window: &'a Window,
}

impl Meeting<'_> {
    fn data(&self, p: Point) -> (f64, f64) {
        (self.window.x.value(p.x), self.window.y.value(p.y))
    }

    fn pole_at(&self, p: Point) -> f64 {
        let (x, y) = self.data(p);
        self.pole.value(x, y)
    }

    /// What the denominator does around a place, up to a distance in pixels.
    fn around(&self, p: Point, reach: f64) -> Interval {
        let ((x0, y0), (x1, y1)) =
            (self.data(Point::new(p.x - reach, p.y - reach)), self.data(Point::new(p.x + reach, p.y + reach)));
        let between = |a: f64, b: f64| Interval::new(a.min(b), a.max(b));
        self.pole.enclose(between(x0, x1), between(y0, y1))
    }

    /// Follows a run: changes of sign and low points of the denominator lead to its zeros on the curve.
    fn search(&self, run: &Run, found: &mut Vec<Point>) {
        let mut places: Vec<Point> = run.first().copied().into_iter().collect();
        for pair in run.windows(2) {
            let count = (pair[0].distance(pair[1]) / STEP).ceil().max(1.0);
            places.extend((1..=count as usize).map(|k| pair[0].toward(pair[1], k as f64 / count)));
        }
        let values: Vec<f64> = places.iter().map(|p| self.pole_at(*p)).collect();
        for k in 0..places.len() {
            let next = values.get(k + 1).copied().unwrap_or(f64::NAN);
            if values[k] * next < 0.0 {
                found.extend(self.between(places[k], values[k], places[k + 1]));
                continue;
            }
            let own = values[k].abs();
            let low = |index: Option<usize>| index.and_then(|i| values.get(i)).is_none_or(|v| own <= v.abs());
            if low(k.checked_sub(1)) && low(k.checked_add(1)) {
                found.extend(self.polished(places[k]));
            }
        }
    }

    /// The zero between two places at which the denominator has different signs.
    fn between(&self, from: Point, value: f64, to: Point) -> Option<Point> {
        let (mut low, mut high) = (0.0, 1.0);
        for _ in 0..40 {
            let middle = 0.5 * (low + high);
            if self.pole_at(from.toward(to, middle)) * value > 0.0 { low = middle } else { high = middle }
        }
        let start = from.toward(to, 0.5 * (low + high));
        // What is not defined at the zero can't be followed to it; that the denominator changes its sign is enough.
        self.polished(start).or_else(|| self.around(start, 1e-3).is_continuous().then_some(start))
    }

    /// The common point near a place, by Newton's method for both curves.
    fn polished(&self, start: Point) -> Option<Point> {
        let mut p = start;
        for _ in 0..60 {
            let ((f, fx, fy), (g, gx, gy)) = (self.slopes(self.f, p)?, self.slopes(self.pole, p)?);
            let (near, close) = (f.abs() / length(fx, fy), g.abs() / length(gx, gy));
            if near < SAME && close < SAME {
                return Some(p);
            }
            // A little damping, since the curves may touch; it fades as the point is reached.
            let damping = 1e-9 * (fx * fx + fy * fy + gx * gx + gy * gy) * (near + close).min(1.0);
            let (a, b, c) = (fx * fx + gx * gx + damping, fx * fy + gx * gy, fy * fy + gy * gy + damping);
            let (u, v) = (fx * f + gx * g, fy * f + gy * g);
            let det = a * c - b * b;
            let step = Point::new((c * u - b * v) / det, (a * v - b * u) / det);
            p = Point::new(p.x - step.x, p.y - step.y);
            // What is no number lies nowhere near.
            if p.distance(start).partial_cmp(&REACH).is_none_or(std::cmp::Ordering::is_gt) {
                return None;
            }
        }
        None
    }

    /// A value and its changes a pixel to the right and down, scaled to a slope of one.
    fn slopes(&self, function: &dyn PlaneFunction, p: Point) -> Option<(f64, f64, f64)> {
        let (x, y) = self.data(p);
        let [dx, dy] = function.gradient(x, y)?;
        let (fx, fy) = (dx / self.window.x.slope(), dy / self.window.y.slope());
        let scale = length(fx, fy);
        let value = function.value(x, y);
        (scale > 0.0 && (value / scale).is_finite()).then(|| (value / scale, fx / scale, fy / scale))
    }
}

#[cfg(test)]
mod tests {
    use crate::budget::Budget;
    use crate::figure::fixture::plane;
    use crate::figure::function::Range;
    use crate::figure::geometry::Rect;
    use crate::figure::implicit::trace;
    use crate::figure::scale::Window;

    #[test]
    fn crossings_and_contacts_with_a_denominator_are_holes() {
        let square = Range::new(-2.0, 2.0);
        let window = Window::new(square, square, Rect::new(0.0, 0.0, 400.0, 400.0), (false, false));
        for (curve, pole, expected) in [("x+y-1", "x-y", 1), ("x^2+y^2-x", "x", 1), ("x^2+y^2-1", "x-2", 0)] {
            let mut traced = trace(plane(curve).as_ref(), square, square, &window, &Budget::unlimited());
            traced.leave_out(plane(curve).as_ref(), plane(pole).as_ref(), &window);
            assert_eq!(traced.gaps.len(), expected, "{curve}, {pole}");
        }
    }
}
