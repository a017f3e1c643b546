//! Joining the roots on the perimeter of a small cell.

use super::edge::is_negative;
use super::{STEPS, Tracer};
use crate::figure::geometry::{Point, Rect, length};

/// A critical value this small beside the cell's corners is zero.
const ZERO: f64 = 1e-8;
/// More roots than this round a pixel are no branches that meet.
const MOST_BRANCHES: usize = 6;

/// A root on the perimeter, which side it lies on, and whether the function is negative after it.
#[derive(Clone, Copy, Debug)]
struct Crossing {
    at: Point,
    side: usize,
}

/// What a walk round a cell meets.
#[derive(Default)]
struct Perimeter {
    crossings: Vec<Crossing>,
    fake: bool,
}

impl Tracer<'_> {
    /// Finds the roots round a cell and joins them; splits the cell where that is not clear.
    pub(super) fn march(&mut self, i: i32, j: i32, size: i32, continuous: bool) {
        let perimeter = self.perimeter(i, j, size, continuous);
        let roots = perimeter.crossings.as_slice();
        if perimeter.fake {
            // In the smallest cell the curve stays interrupted: what lies there is no root.
            if !roots.is_empty() && size > 1 {
                self.split(i, j, size);
            }
            return;
        }
        match roots {
            [] => self.look_inside(i, j, size),
            [a, b] if a.side == b.side => self.bow(*a, *b, &self.rect(i, j, size)),
            [a, b] => self.segments.push((a.at, b.at)),
            [a, b, c, d] => self.cross(&[*a, *b, *c, *d], i, j, size),
            many if size == STEPS && continuous && many.len() > MOST_BRANCHES => self.stroke_rows(i, j, size),
            _ if size > 1 => self.split(i, j, size),
            many => {
                for pair in many.chunks_exact(2) {
                    self.segments.push((pair[0].at, pair[1].at));
                }
            }
        }
    }

    /// Walks round a cell: top, right, bottom, left.
    fn perimeter(&mut self, i: i32, j: i32, size: i32, continuous: bool) -> Perimeter {
        let sides = [
            ((i, j, size, true), false),
            ((i + size, j, size, false), false),
            ((i, j + size, size, true), true),
            ((i, j, size, false), true),
        ];
        let mut out = Perimeter::default();
        let mut rims: Vec<(usize, usize, Point, f64)> = Vec::new();
        for (side, (key, backwards)) in sides.into_iter().enumerate() {
            let mut found = self.edge(key, continuous);
            if backwards {
                found.roots.reverse();
            }
            out.fake |= found.fake;
            let before = out.crossings.len();
            out.crossings.extend(found.roots.iter().map(|at| Crossing { at: *at, side }));
            if let Some((at, value)) = found.rim {
                // The rim lies before the roots of its side when the side starts undefined.
                let start = sides_start(key, backwards, self.place(key.0, key.1), size);
                let leads = at.distance(start) < found.roots.first().map_or(f64::INFINITY, |r| r.distance(start));
                let order = if leads && !found.roots.is_empty() { before } else { out.crossings.len() };
                rims.push((order, side, at, value));
            }
        }
        self.close_at_rims(&mut out, &rims);
        out
    }

    /// Where the edge of the domain crosses a cell and the signs at both ends of it differ, the curve ends on it.
    fn close_at_rims(&mut self, out: &mut Perimeter, rims: &[(usize, usize, Point, f64)]) {
        if let [(order, side, p, fp), (_, _, q, fq)] = rims
            && is_negative(*fp) != is_negative(*fq)
            && out.crossings.len() % 2 == 1
        {
            let at = p.toward(*q, fp / (fp - fq));
            out.crossings.insert((*order).min(out.crossings.len()), Crossing { at, side: 4 + side });
        }
    }

    /// Two roots on one side: the curve bows into the cell and out again; one point of the bow is added.
    fn bow(&mut self, a: Crossing, b: Crossing, cell: &Rect) {
        let middle = a.at.toward(b.at, 0.5);
        let opposite = match a.side {
            0 => Point::new(middle.x, cell.bottom),
            1 => Point::new(cell.left, middle.y),
            2 => Point::new(middle.x, cell.top),
            _ => Point::new(cell.right, middle.y),
        };
        let (inner, outer) = (self.value(middle), self.value(opposite));
        if is_negative(inner) != is_negative(outer)
            && !inner.is_nan()
            && !outer.is_nan()
            && let Some((p, _)) = self.narrow(middle, inner, opposite, outer)
        {
            self.segments.push((a.at, p));
            self.segments.push((p, b.at));
        } else {
            self.segments.push((a.at, b.at));
        }
    }

    /// Four roots: a crossing joins all of them, otherwise the sign in the middle tells which belong together.
    fn cross(&mut self, roots: &[Crossing; 4], i: i32, j: i32, size: i32) {
        let [a, b, c, d] = roots.map(|root| root.at);
        let middle = a.toward(b, 0.5).toward(c.toward(d, 0.5), 0.5);
        let scale = self.size_of_values(i, j, size);
        let meeting = meeting_point(a, c, b, d);
        let critical = self.critical_point(middle);
        let cell = self.rect(i, j, size).grown(0.5 * f64::from(size) / f64::from(STEPS));
        for candidate in [critical, meeting].into_iter().flatten().filter(|p| cell.contains(*p)) {
            if self.value(candidate).abs() <= ZERO * scale {
                self.segments.extend([a, b, c, d].map(|root| (root, candidate)));
                return;
            }
        }
        // The part of the perimeter between the first two roots, against the middle.
        let between = self.between_on_perimeter(roots, i, j, size);
        let inner = self.value(middle);
        if is_negative(between) == is_negative(inner) {
            self.segments.extend([(b, c), (d, a)]);
        } else {
            self.segments.extend([(a, b), (c, d)]);
        }
    }

    /// A value on the perimeter between the first two of four roots.
    fn between_on_perimeter(&mut self, roots: &[Crossing; 4], i: i32, j: i32, size: i32) -> f64 {
        let (a, b) = (roots[0], roots[1]);
        if a.side == b.side {
            return self.value(a.at.toward(b.at, 0.5));
        }
        // The corner at the end of the first root's side.
        match a.side % 4 {
            0 => self.corner(i + size, j),
            1 => self.corner(i + size, j + size),
            2 => self.corner(i, j + size),
            _ => self.corner(i, j),
        }
    }

    /// The greatest absolute value at the corners of a cell.
    fn size_of_values(&mut self, i: i32, j: i32, size: i32) -> f64 {
        let corners = [(i, j), (i + size, j), (i, j + size), (i + size, j + size)];
        corners.into_iter().map(|(k, l)| self.corner(k, l).abs()).filter(|v| v.is_finite()).fold(0.0, f64::max)
    }

    /// Newton's method on the gradient, by differences: the crossing of two branches is a critical point.
    fn critical_point(&mut self, start: Point) -> Option<Point> {
        let mut p = start;
        for round in 0..12 {
            let h = if round < 4 { 0.05 } else { 0.01 };
            let mut at = |dx: f64, dy: f64| self.value(Point::new(p.x + dx * h, p.y + dy * h));
            let (left, right, up, down, here) =
                (at(-1.0, 0.0), at(1.0, 0.0), at(0.0, -1.0), at(0.0, 1.0), at(0.0, 0.0));
            let mixed = (at(1.0, 1.0) - at(1.0, -1.0) - at(-1.0, 1.0) + at(-1.0, -1.0)) * 0.25;
            let (gx, gy) = ((right - left) * 0.5, (down - up) * 0.5);
            let (hxx, hyy) = (right - 2.0 * here + left, down - 2.0 * here + up);
            let det = hxx * hyy - mixed * mixed;
            if det == 0.0 || !det.is_finite() {
                return None;
            }
            let (dx, dy) = ((hyy * gx - mixed * gy) / det * h, (hxx * gy - mixed * gx) / det * h);
            p = Point::new(p.x - dx, p.y - dy);
            if p.distance(start) > 2.0 {
                return None;
            }
            if length(dx, dy) < 1e-9 {
                break;
            }
        }
        Some(p)
    }

    /// No root on the perimeter: the cell is clear when enclosures of its parts say so, else it may hold a point.
    fn look_inside(&mut self, i: i32, j: i32, size: i32) {
        if size < STEPS {
            return;
        }
        let part = size / 4;
        let mut left = Vec::new();
        for dj in 0..4 {
            for di in 0..4 {
                let rect = self.rect(i + di * part, j + dj * part, part);
                let enclosure = self.enclose(&rect);
                if !enclosure.is_empty() && enclosure.contains(0.0) && enclosure.is_continuous() {
                    left.push(rect);
                }
            }
        }
        let scale = self.size_of_values(i, j, size);
        let mut best: Option<(Point, f64)> = None;
        for rect in &left {
            let middle = Point::new(0.5 * (rect.left + rect.right), 0.5 * (rect.top + rect.bottom));
            let value = self.value(middle).abs();
            if best.is_none_or(|b| value < b.1) {
                best = Some((middle, value));
            }
        }
        let Some((start, value)) = best.filter(|b| b.1 < scale) else { return };
        let (p, least) = self.lowest_point(start, value);
        let cell = self.rect(i, j, size);
        let owned = p.x >= cell.left && p.x < cell.right && p.y >= cell.top && p.y < cell.bottom;
        if owned && least <= ZERO * ZERO * scale.max(value) * 1e4 && self.points.len() < 2000 {
            self.points.push(p);
        }
    }

    /// Walks downhill in absolute value with ever shorter steps.
    fn lowest_point(&mut self, start: Point, value: f64) -> (Point, f64) {
        let (mut p, mut low) = (start, value);
        let mut step = 0.25;
        let mut moves = 0;
        while step > 1e-13 && moves < 2000 && low > 0.0 {
            let mut moved = false;
            for (dx, dy) in
                [(1.0, 0.0), (-1.0, 0.0), (0.0, 1.0), (0.0, -1.0), (0.7, 0.7), (-0.7, 0.7), (0.7, -0.7), (-0.7, -0.7)]
            {
                let q = Point::new(p.x + dx * step, p.y + dy * step);
                let value = self.value(q).abs();
                if value < low {
                    (p, low) = (q, value);
                    moved = true;
                    moves += 1;
                }
            }
            if !moved {
                step *= 0.5;
            }
            if p.distance(start) > 2.0 {
                break;
            }
        }
        (p, low)
    }
}

/// The start of a side in the direction of the walk.
fn sides_start(key: (i32, i32, i32, bool), backwards: bool, at: Point, size: i32) -> Point {
    let span = f64::from(size) / f64::from(STEPS);
    match (backwards, key.3) {
        (false, _) => at,
        (true, true) => Point::new(at.x + span, at.y),
        (true, false) => Point::new(at.x, at.y + span),
    }
}

/// Where the lines a-c and b-d meet.
fn meeting_point(a: Point, c: Point, b: Point, d: Point) -> Option<Point> {
    let (ux, uy, vx, vy) = (c.x - a.x, c.y - a.y, d.x - b.x, d.y - b.y);
    let det = ux * vy - uy * vx;
    let t = ((b.x - a.x) * vy - (b.y - a.y) * vx) / det;
    t.is_finite().then(|| a.toward(c, t))
}
