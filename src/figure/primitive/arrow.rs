//! Arrows.

use super::{Element, Extent, element_basics};
use crate::figure::geometry::Point;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// An arrow from one point to another.
#[derive(Clone, Debug)]
pub struct Arrow {
    /// The tail.
    pub from: (f64, f64),
    /// The tip.
    pub to: (f64, f64),
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
        Arrow { from, to, width: 2.0, head_size: 1.0, shorter: 0.0, heads: (false, true), style }
    }
}

impl Element for Arrow {
    element_basics!("arrow");

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of([self.from, self.to].into_iter())
    }

    fn paint(&self, painter: &mut Painter) {
        let tail = painter.window.pixel(self.from.0, self.from.1);
        let tip = painter.window.pixel(self.to.0, self.to.1);
        let cut = (0.5 * self.shorter * 4.0 / 3.0 / tail.distance(tip)).min(0.5);
        let (tail, tip) = if cut > 0.0 { (tail.toward(tip, cut), tip.toward(tail, cut)) } else { (tail, tip) };
        paint_arrow(painter, tail, tip, self.width * 0.875, self.head_size, self.heads, &self.style);
    }
}

/// Draws an arrow between two pixels; the shaft ends inside the head so that the tip stays sharp.
pub(crate) fn paint_arrow(
    painter: &mut Painter,
    tail: Point,
    tip: Point,
    width: f64,
    head_size: f64,
    heads: (bool, bool),
    style: &Style,
) {
    let span = tail.distance(tip);
    if !span.is_finite() || span == 0.0 {
        return;
    }
    let length = ((5.0 + 2.6 * width) * head_size).min(span * 0.6);
    let inset = length * 0.8 / span;
    let start = if heads.0 { tail.toward(tip, inset) } else { tail };
    let end = if heads.1 { tip.toward(tail, inset) } else { tip };
    let dash = style.line.pattern(width);
    painter.strokes(Layer::Mark, &[vec![start, end]], Stroke { colour: style.ink(), width, dash, alpha: style.alpha });
    let fill = Fill { colour: style.ink(), alpha: style.alpha };
    if heads.1 {
        painter.area(Layer::Mark, &[head(tail, tip, length)], fill);
    }
    if heads.0 {
        painter.area(Layer::Mark, &[head(tip, tail, length)], fill);
    }
}

/// The triangle of a head at `tip`, seen from `from`.
fn head(from: Point, tip: Point, length: f64) -> Vec<Point> {
    let span = from.distance(tip);
    let (ux, uy) = ((tip.x - from.x) / span, (tip.y - from.y) / span);
    let (bx, by) = (tip.x - ux * length, tip.y - uy * length);
    let half = length * 0.38;
    vec![tip, Point::new(bx - uy * half, by + ux * half), Point::new(bx + uy * half, by - ux * half)]
}
