//! Roots on one side of a cell.

use super::{STEPS, Tracer};
use crate::figure::geometry::{Point, Rect};

/// Brackets are narrowed to this, in pixels.
const BRACKET: f64 = 1.0 / 65536.0;
/// A minimum this small beside the ends of its edge is a touching zero.
const TOUCH: f64 = 1e-10;

/// A side of a cell: where it starts, its length in lattice steps, whether it runs to the right.
pub(super) type EdgeKey = (i32, i32, i32, bool);

/// What was found on a side, in the direction of its coordinates.
#[derive(Clone, Debug, Default)]
pub(super) struct EdgeRoots {
    /// Proved roots.
    pub roots: Vec<Point>,
    /// Whether signs change without a root: a pole or a jump.
    pub fake: bool,
    /// Where the function stops being defined, with its last value; for sides with one end undefined.
    pub rim: Option<(Point, f64)>,
}

impl Tracer<'_> {
    /// The roots on a side, searched once.
    pub(super) fn edge(&mut self, key: EdgeKey, continuous: bool) -> EdgeRoots {
        if let Some(known) = self.edges.get(&key) {
            return known.clone();
        }
        let found = self.search_edge(key, continuous);
        if key.2 >= STEPS {
            self.edges.insert(key, found.clone());
        }
        found
    }

    fn search_edge(&mut self, (i, j, size, right): EdgeKey, continuous: bool) -> EdgeRoots {
        let (k, l) = if right { (i + size, j) } else { (i, j + size) };
        let (a, b) = (self.place(i, j), self.place(k, l));
        let (fa, fb) = (self.corner(i, j), self.corner(k, l));
        let mut out = EdgeRoots::default();
        match (fa.is_nan(), fb.is_nan()) {
            (true, true) => {}
            (false, false) => self.between(a, fa, b, fb, continuous, &mut out),
            (false, true) => {
                let rim = self.rim(a, fa, b);
                self.between(a, fa, rim.0, rim.1, continuous, &mut out);
                out.rim = Some(rim);
            }
            (true, false) => {
                let rim = self.rim(b, fb, a);
                self.between(rim.0, rim.1, b, fb, continuous, &mut out);
                out.rim = Some(rim);
            }
        }
        out
    }

    /// The last defined point on the way from a defined point to an undefined one.
    fn rim(&mut self, inside: Point, value: f64, outside: Point) -> (Point, f64) {
        let (mut near, mut far) = ((inside, value), outside);
        for _ in 0..40 {
            let middle = near.0.toward(far, 0.5);
            let value = self.value(middle);
            if value.is_nan() {
                far = middle;
            } else {
                near = (middle, value);
            }
        }
        near
    }

    /// Roots between two defined points: one for a change of sign, none, one or two when a minimum lies between.
    fn between(&mut self, a: Point, fa: f64, b: Point, fb: f64, continuous: bool, out: &mut EdgeRoots) {
        if is_negative(fa) != is_negative(fb) {
            self.root(a, fa, b, fb, continuous, out);
            return;
        }
        let Some((t, value)) = self.lowest(a, fa, b, fb) else { return };
        let p = a.toward(b, t);
        if is_negative(value) != is_negative(fa) {
            self.root(a, fa, p, value, continuous, out);
            self.root(p, value, b, fb, continuous, out);
        } else if value.abs() <= TOUCH * fa.abs().max(fb.abs()) {
            let sliver = Rect::new(p.x, p.y, p.x, p.y).grown(1e-3);
            if continuous || self.enclose(&sliver).is_continuous() {
                out.roots.push(p);
            }
        }
    }

    /// The lowest point (by absolute value) inside a segment whose ends have one sign, when it dips below both ends.
    ///
    /// Four parts are looked at, then the lowest neighbourhood is narrowed by golden sections. Stops early when the
    /// sign changes.
    fn lowest(&mut self, a: Point, fa: f64, b: Point, fb: f64) -> Option<(f64, f64)> {
        const GOLDEN: f64 = 0.381_966_011_250_105;
        let negative = is_negative(fa);
        let (mut at, mut low) = (0.0, fa);
        if fb.abs() < low.abs() {
            (at, low) = (1.0, fb);
        }
        for t in [0.25, 0.5, 0.75] {
            let value = self.value(a.toward(b, t));
            if value.is_nan() || is_negative(value) != negative {
                return (!value.is_nan()).then_some((t, value));
            }
            if value.abs() < low.abs() {
                (at, low) = (t, value);
            }
        }
        let (mut left, mut right) = ((at - 0.25).max(0.0), (at + 0.25).min(1.0));
        if at == 0.0 || at == 1.0 {
            let t = if at == 0.0 { 1.0 / 64.0 } else { 63.0 / 64.0 };
            let value = self.value(a.toward(b, t));
            if value.is_nan() || is_negative(value) != negative {
                return (!value.is_nan()).then_some((t, value));
            }
            if value.abs() >= low.abs() {
                return None;
            }
            (at, low) = (t, value);
        }
        for _ in 0..48 {
            let (wider_left, t) = if at - left > right - at {
                (true, at - GOLDEN * (at - left))
            } else {
                (false, at + GOLDEN * (right - at))
            };
            let value = self.value(a.toward(b, t));
            if value.is_nan() {
                return None;
            }
            if is_negative(value) != negative {
                return Some((t, value));
            }
            if value.abs() < low.abs() {
                if wider_left {
                    right = at
                } else {
                    left = at
                }
                (at, low) = (t, value);
            } else if wider_left {
                left = t;
            } else {
                right = t;
            }
        }
        Some((at, low))
    }

    /// Narrows a change of sign (Illinois steps, halved when they stall) and keeps it if it is no pole or jump.
    fn root(&mut self, a: Point, fa: f64, b: Point, fb: f64, continuous: bool, out: &mut EdgeRoots) {
        match self.narrow(a, fa, b, fb) {
            Some((p, q)) if continuous || self.is_continuous_between(p, q) => out.roots.push(p.toward(q, 0.5)),
            _ => out.fake = true,
        }
    }

    fn is_continuous_between(&mut self, p: Point, q: Point) -> bool {
        let sliver = Rect::new(p.x.min(q.x), p.y.min(q.y), p.x.max(q.x), p.y.max(q.y));
        let enclosure = self.enclose(&sliver);
        enclosure.is_continuous() && enclosure.contains(0.0)
    }

    /// A bracket of a change of sign no longer than `BRACKET`; `None` when the function is undefined inside.
    pub(super) fn narrow(&mut self, a: Point, fa: f64, b: Point, fb: f64) -> Option<(Point, Point)> {
        let length = a.distance(b);
        let (mut low, mut high) = ((0.0, fa), (1.0, fb));
        let mut kept = 0;
        for round in 0..64 {
            if (high.0 - low.0) * length <= BRACKET {
                break;
            }
            let secant = low.0 + (high.0 - low.0) * (low.1 / (low.1 - high.1));
            let margin = (0.4 * BRACKET / length).min(0.25 * (high.0 - low.0));
            let inner = (low.0 + margin, high.0 - margin);
            let t = if round % 3 == 2 || !secant.is_finite() {
                0.5 * (low.0 + high.0)
            } else {
                secant.clamp(inner.0, inner.1)
            };
            let value = self.value(a.toward(b, t));
            if value.is_nan() {
                return None;
            }
            if is_negative(value) == is_negative(low.1) {
                low = (t, value);
                high.1 = if kept == 1 { high.1 * 0.5 } else { high.1 };
                kept = 1;
            } else {
                high = (t, value);
                low.1 = if kept == -1 { low.1 * 0.5 } else { low.1 };
                kept = -1;
            }
        }
        Some((a.toward(b, low.0), a.toward(b, high.0)))
    }
}

/// The side of zero on which a value lies; zero itself counts as above.
pub(super) fn is_negative(value: f64) -> bool {
    value < 0.0
}
