//! Points, boxes and polylines in pixels: clipping, simplifying, cutting into dashes.

/// A point in pixels, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// To the right.
    pub x: f64,
    /// Downwards.
    pub y: f64,
}

/// A polyline in pixels.
pub type Run = Vec<Point>;

impl Point {
    /// The point with these coordinates.
    pub fn new(x: f64, y: f64) -> Self {
        Point { x, y }
    }

    /// The distance to another point.
    pub fn distance(self, other: Point) -> f64 {
        length(self.x - other.x, self.y - other.y)
    }

    /// The point a fraction `t` of the way to `other`.
    pub fn toward(self, other: Point, t: f64) -> Point {
        Point::new(self.x + (other.x - self.x) * t, self.y + (other.y - self.y) * t)
    }
}

/// The Euclidean length, correctly rounded operations only.
pub fn length(x: f64, y: f64) -> f64 {
    (x * x + y * y).sqrt()
}

/// An upright rectangle in pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Upper edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Lower edge.
    pub bottom: f64,
}

impl Rect {
    /// The rectangle between these edges.
    pub fn new(left: f64, top: f64, right: f64, bottom: f64) -> Self {
        Rect { left, top, right, bottom }
    }

    /// Its corners in order, from the upper left one to the right.
    pub fn corners(&self) -> Run {
        let corners =
            [(self.left, self.top), (self.right, self.top), (self.right, self.bottom), (self.left, self.bottom)];
        corners.into_iter().map(|(x, y)| Point::new(x, y)).collect()
    }

    /// Its outline with corners rounded by a radius.
    pub fn rounded(&self, radius: f64) -> Run {
        const STEPS: u32 = 6;
        if radius <= 0.0 {
            return self.corners();
        }
        let radius = radius.min(0.5 * self.width()).min(0.5 * self.height());
        let inner = self.grown(-radius);
        let turn = |k: u32| std::f64::consts::FRAC_PI_2 * f64::from(k) / f64::from(STEPS);
        let around = |(quarter, centre): (usize, Point)| {
            (0..=STEPS).map(move |k| {
                let angle = std::f64::consts::PI + std::f64::consts::FRAC_PI_2 * quarter as f64 + turn(k);
                Point::new(centre.x + radius * pxfm::f_cos(angle), centre.y + radius * pxfm::f_sin(angle))
            })
        };
        inner.corners().into_iter().enumerate().flat_map(around).collect()
    }

    /// The smallest rectangle that holds these points.
    pub fn around(points: &[Point]) -> Self {
        let start = Rect::new(f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY);
        points
            .iter()
            .fold(start, |r, p| Rect::new(r.left.min(p.x), r.top.min(p.y), r.right.max(p.x), r.bottom.max(p.y)))
    }

    /// Its width.
    pub fn width(&self) -> f64 {
        self.right - self.left
    }

    /// Its height.
    pub fn height(&self) -> f64 {
        self.bottom - self.top
    }

    /// Whether a point lies inside or on the edge.
    pub fn contains(&self, p: Point) -> bool {
        self.left <= p.x && p.x <= self.right && self.top <= p.y && p.y <= self.bottom
    }

    /// The rectangle with every edge moved outwards.
    pub fn grown(&self, by: f64) -> Rect {
        Rect::new(self.left - by, self.top - by, self.right + by, self.bottom + by)
    }

    /// Whether two rectangles share a point.
    pub fn meets(&self, other: &Rect) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }
}

/// The part of a segment inside a rectangle (Liang and Barsky), as fractions of the way.
pub fn clip_segment(a: Point, b: Point, to: &Rect) -> Option<(f64, f64)> {
    let (mut enter, mut leave) = (0.0_f64, 1.0_f64);
    let (dx, dy) = (b.x - a.x, b.y - a.y);
    let edges = [(-dx, a.x - to.left), (dx, to.right - a.x), (-dy, a.y - to.top), (dy, to.bottom - a.y)];
    for (p, q) in edges {
        if p == 0.0 {
            if q < 0.0 {
                return None;
            }
        } else if p < 0.0 {
            enter = enter.max(q / p);
        } else {
            leave = leave.min(q / p);
        }
    }
    (enter <= leave).then_some((enter, leave))
}

/// The parts of a polyline inside a rectangle; a run is split where it leaves.
pub fn clip_run(run: &[Point], to: &Rect) -> Vec<Run> {
    let mut parts: Vec<Run> = Vec::new();
    let mut open = false;
    for pair in run.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let Some((enter, leave)) = clip_segment(a, b, to) else {
            open = false;
            continue;
        };
        let (start, end) = (inside(a.toward(b, enter), to), inside(a.toward(b, leave), to));
        match parts.last_mut() {
            Some(part) if open && enter == 0.0 => part.push(end),
            _ => parts.push(vec![start, end]),
        }
        open = leave == 1.0;
    }
    parts.retain(|part| part.windows(2).any(|p| p[0] != p[1]));
    parts
}

/// Rounding may leave a clipped point a hair outside: puts it on the edge.
fn inside(p: Point, to: &Rect) -> Point {
    Point::new(p.x.clamp(to.left, to.right), p.y.clamp(to.top, to.bottom))
}

/// Whether a point lies inside a polygon, by the parity of the sides to its right.
pub fn is_inside(p: Point, polygon: &[Point]) -> bool {
    let sides = polygon.iter().zip(polygon.iter().cycle().skip(1));
    let crossed = sides.filter(|(a, b)| (a.y > p.y) != (b.y > p.y) && p.x < a.toward(**b, (p.y - a.y) / (b.y - a.y)).x);
    crossed.count() % 2 == 1
}

/// The part of a polygon inside a rectangle (Sutherland and Hodgman); good enough for fills.
pub fn clip_polygon(polygon: &[Point], to: &Rect) -> Run {
    let mut points = polygon.to_vec();
    for edge in 0..4 {
        if points.is_empty() {
            break;
        }
        points = clip_against(&points, edge, to);
    }
    points
}

/// One pass of the polygon clipper: keeps what lies on the inner side of one edge.
fn clip_against(points: &[Point], edge: usize, to: &Rect) -> Run {
    let depth = |p: Point| match edge {
        0 => p.x - to.left,
        1 => to.right - p.x,
        2 => p.y - to.top,
        _ => to.bottom - p.y,
    };
    let mut kept = Vec::with_capacity(points.len() + 4);
    let mut previous = points[points.len() - 1];
    for &point in points {
        let (before, now) = (depth(previous), depth(point));
        if (before < 0.0) != (now < 0.0) {
            kept.push(inside_edge(previous.toward(point, before / (before - now)), edge, to));
        }
        if now >= 0.0 {
            kept.push(point);
        }
        previous = point;
    }
    kept
}

/// Puts a crossing exactly on its edge.
fn inside_edge(mut p: Point, edge: usize, to: &Rect) -> Point {
    match edge {
        0 => p.x = to.left,
        1 => p.x = to.right,
        2 => p.y = to.top,
        _ => p.y = to.bottom,
    }
    p
}

/// Drops vertices while every dropped one stays within `tolerance` of the stroke (Imai and Iri's cone, one pass).
///
/// The first and the last vertex stay. Linear in the number of vertices.
pub fn simplify(run: &[Point], tolerance: f64) -> Run {
    if run.len() < 3 {
        return run.to_vec();
    }
    let mut kept = vec![run[0]];
    let mut anchor = 0;
    while anchor + 1 < run.len() {
        let next = farthest_reach(run, anchor, tolerance);
        kept.push(run[next]);
        anchor = next;
    }
    kept
}

/// The farthest vertex that a stroke from `anchor` can reach while it passes all between within the tolerance.
///
/// The strip of admissible directions narrows with each vertex; a stroke that turns back ends the reach, since the
/// cone alone would let a spike be cut off.
fn farthest_reach(run: &[Point], anchor: usize, tolerance: f64) -> usize {
    let from = run[anchor];
    let mut cone: Option<Cone> = None;
    let (mut reach, mut farthest) = (anchor + 1, 0.0_f64);
    for (index, &point) in run.iter().enumerate().skip(anchor + 1) {
        let (dx, dy) = (point.x - from.x, point.y - from.y);
        let distance = length(dx, dy);
        if distance + 0.5 * tolerance < farthest {
            break;
        }
        farthest = farthest.max(distance);
        if cone.is_none_or(|c| c.holds(dx, dy)) {
            reach = index;
        } else {
            break;
        }
        if distance > tolerance {
            let next = Cone::around(dx, dy, distance, tolerance);
            match cone.map_or(Some(next), |c| c.meet(next)) {
                Some(narrower) => cone = Some(narrower),
                None => break,
            }
        }
    }
    reach
}

/// Directions between two rays, counter-clockwise from the first.
#[derive(Clone, Copy)]
struct Cone {
    first: (f64, f64),
    last: (f64, f64),
}

impl Cone {
    /// Directions that pass within `tolerance` of the point at this offset.
    fn around(dx: f64, dy: f64, distance: f64, tolerance: f64) -> Cone {
        let sine = tolerance / distance;
        let cosine = (1.0 - sine * sine).max(0.0).sqrt();
        Cone {
            first: (dx * cosine + dy * sine, dy * cosine - dx * sine),
            last: (dx * cosine - dy * sine, dy * cosine + dx * sine),
        }
    }

    fn holds(&self, dx: f64, dy: f64) -> bool {
        cross(self.first, (dx, dy)) >= 0.0 && cross((dx, dy), self.last) >= 0.0
    }

    fn meet(self, other: Cone) -> Option<Cone> {
        let first = if cross(self.first, other.first) > 0.0 { other.first } else { self.first };
        let last = if cross(self.last, other.last) > 0.0 { self.last } else { other.last };
        (cross(first, last) >= 0.0).then_some(Cone { first, last })
    }
}

fn cross(a: (f64, f64), b: (f64, f64)) -> f64 {
    a.0 * b.1 - a.1 * b.0
}

/// Cuts a polyline into the inked pieces of a dash pattern (lengths of ink and gap in turn).
pub fn cut_dashes(run: &[Point], pattern: &[f64]) -> Vec<Run> {
    let total: f64 = pattern.iter().sum();
    if pattern.is_empty() || total.is_nan() || total <= 0.0 {
        return vec![run.to_vec()];
    }
    let mut dashes: Vec<Run> = Vec::new();
    let (mut phase, mut left) = (0_usize, pattern[0]);
    let mut current: Run = run.first().map(|p| vec![*p]).unwrap_or_default();
    for pair in run.windows(2) {
        let (mut from, to) = (pair[0], pair[1]);
        let mut rest = from.distance(to);
        while rest > left {
            from = from.toward(to, left / rest);
            rest -= left;
            if phase.is_multiple_of(2) {
                current.push(from);
                dashes.push(std::mem::take(&mut current));
            } else {
                current = vec![from];
            }
            phase = (phase + 1) % pattern.len();
            left = pattern[phase].max(1e-3);
        }
        left -= rest;
        if phase.is_multiple_of(2) {
            current.push(to);
        }
    }
    if current.len() > 1 {
        dashes.push(current);
    }
    dashes
}

/// The length of a polyline.
pub fn run_length(run: &[Point]) -> f64 {
    run.windows(2).map(|p| p[0].distance(p[1])).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn p(x: f64, y: f64) -> Point {
        Point::new(x, y)
    }

    #[test]
    fn clipping_meets_the_edge_and_splits() {
        let rect = Rect::new(0.0, 0.0, 10.0, 10.0);
        let parts = clip_run(&[p(1.0, 5.0), p(5.0, 15.0), p(9.0, 5.0)], &rect);
        assert_eq!(parts.len(), 2);
        assert_eq!(parts[0][1], p(3.0, 10.0));
        assert_eq!(parts[1][0], p(7.0, 10.0));
    }

    #[test]
    fn simplifying_keeps_corners_and_spikes() {
        let line: Run = (0..100).map(|i| p(i as f64, 0.0)).collect();
        assert_eq!(simplify(&line, 0.05).len(), 2);
        let spike = [p(0.0, 0.0), p(5.0, 0.0), p(5.0, -50.0), p(5.0, 0.0), p(10.0, 0.0)];
        assert_eq!(simplify(&spike, 0.05).len(), 5);
    }

    #[test]
    fn simplifying_stays_within_the_tolerance() {
        let arc: Run = (0..=400)
            .map(|i| {
                let t = f64::from(i) * 0.01;
                p(100.0 * pxfm::f_cos(t), 100.0 * pxfm::f_sin(t))
            })
            .collect();
        let few = simplify(&arc, 0.05);
        assert!(few.len() < 80, "{}", few.len());
        for q in &arc {
            let near = few.windows(2).map(|s| segment_distance(*q, s[0], s[1])).fold(f64::INFINITY, f64::min);
            assert!(near < 0.051, "{near}");
        }
    }

    fn segment_distance(q: Point, a: Point, b: Point) -> f64 {
        let (dx, dy) = (b.x - a.x, b.y - a.y);
        let t = (((q.x - a.x) * dx + (q.y - a.y) * dy) / (dx * dx + dy * dy)).clamp(0.0, 1.0);
        q.distance(a.toward(b, t))
    }

    #[test]
    fn dashes_have_their_lengths() {
        let cut = cut_dashes(&[p(0.0, 0.0), p(10.0, 0.0)], &[3.0, 2.0]);
        assert_eq!(cut.len(), 2);
        assert_eq!(cut[1], vec![p(5.0, 0.0), p(8.0, 0.0)]);
    }
}
