//! Arrows.

use super::bezier::BezierPath;
use super::{Element, Extent, element_basics};
use crate::figure::geometry::{Point, Run, run_length};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// An arrow from one point to another, straight or along a path.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// Its way: from the tail to the tip.
    pub way: BezierPath,
    /// The width of the shaft in points (Sage's `width`).
    pub width: f64,
    /// Multiplies the size of the head (Sage's `arrowsize` over its default of 5).
    pub head_size: f64,
    /// How much shorter it is than from point to point, in points (Sage's `arrowshorten`).
    pub shorter: f64,
    /// Heads at the tail and at the tip.
    pub heads: (bool, bool),
    /// Colour and dashes.
    pub style: Style,
}

impl Arrow {
    /// An arrow of the default width with a head at the tip.
    pub fn new(from: (f64, f64), to: (f64, f64), style: Style) -> Self {
        Arrow::along(vec![vec![from, to]], style)
    }

    /// An arrow along Bézier curves.
    pub fn along(curves: Vec<Vec<(f64, f64)>>, style: Style) -> Self {
        let way = BezierPath::new(curves, Style::default());
        Arrow { way, width: 2.0, head_size: 1.0, shorter: 0.0, heads: (false, true), style }
    }
}

impl Element for Arrow {
    element_basics!("arrow");

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.way.points().into_iter())
    }

    fn paint(&self, painter: &mut Painter) {
        let way: Run = self.way.points().into_iter().map(|(x, y)| painter.window.pixel(x, y)).collect();
        let cut = (0.5 * self.shorter * 4.0 / 3.0).min(0.5 * run_length(&way));
        let way = if cut > 0.0 { trimmed(&way, cut, cut) } else { way };
        paint_arrow(painter, &way, self.width * 0.875, self.head_size, self.heads, &self.style);
    }
}

/// Draws an arrow along pixels; the shaft ends inside the heads so that the tips stay sharp.
pub(crate) fn paint_arrow(
    painter: &mut Painter,
    way: &Run,
    width: f64,
    head_size: f64,
    heads: (bool, bool),
    style: &Style,
) {
    let span = run_length(way);
    let (Some(tail), Some(tip)) = (way.first(), way.last()) else { return };
    if !span.is_finite() || span == 0.0 {
        return;
    }
    let length = ((5.0 + 2.6 * width) * head_size).min(span * 0.6);
    let inset = |head: bool| if head { length * 0.8 } else { 0.0 };
    let shaft = trimmed(way, inset(heads.0), inset(heads.1));
    let dash = style.line.pattern(width);
    painter.strokes(Layer::Mark, &[shaft], Stroke { colour: style.ink(), width, dash, alpha: style.alpha });
    let fill = Fill { colour: style.ink(), alpha: style.alpha };
    // A head points as the chord under it does.
    let foot = |way: &Run| trimmed(way, 0.0, length).last().copied();
    if let (true, Some(from)) = (heads.1, foot(way)) {
        painter.area(Layer::Mark, &[head(from, *tip, length)], fill);
    }
    let back: Run = way.iter().rev().copied().collect();
    if let (true, Some(from)) = (heads.0, foot(&back)) {
        painter.area(Layer::Mark, &[head(from, *tail, length)], fill);
    }
}

/// A run without so much of its length at its beginning and at its end.
fn trimmed(run: &Run, before: f64, behind: f64) -> Run {
    let end = run_length(run) - behind;
    let mut part = Run::new();
    let mut along = 0.0;
    for pair in run.windows(2) {
        let (a, b) = (pair[0], pair[1]);
        let step = a.distance(b);
        let (enter, leave) = ((before - along) / step, (end - along) / step);
        along += step;
        if step > 0.0 && enter < 1.0 && leave > 0.0 {
            if part.is_empty() {
                part.push(a.toward(b, enter.max(0.0)));
            }
            part.push(a.toward(b, leave.min(1.0)));
        }
    }
    part
}

/// The triangle of a head at `tip`, seen from `from`.
fn head(from: Point, tip: Point, length: f64) -> Vec<Point> {
    let span = from.distance(tip);
    let (ux, uy) = ((tip.x - from.x) / span, (tip.y - from.y) / span);
    let (bx, by) = (tip.x - ux * length, tip.y - uy * length);
    let half = length * 0.38;
    vec![tip, Point::new(bx - uy * half, by + ux * half), Point::new(bx + uy * half, by - ux * half)]
}
