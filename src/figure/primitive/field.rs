//! Vector fields and slope fields.

use super::{Element, Extent, element_basics};
use crate::figure::function::{Plane, Range};
use crate::figure::geometry::{Point, Run, length};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// What is drawn at each point of the lattice.
#[derive(Clone)]
pub enum FieldKind {
    /// An arrow in this direction, its length in proportion.
    Vectors(Plane, Plane),
    /// A short stroke with this slope.
    Slopes(Plane),
}

/// Arrows or strokes on a lattice.
#[derive(Clone)]
pub struct FieldPlot {
    /// What is drawn.
    pub field: FieldKind,
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// Points along each side.
    pub count: usize,
    /// How they are drawn.
    pub style: Style,
}

impl FieldPlot {
    /// A field on 20 by 20 points.
    pub fn new(field: FieldKind, x: Range, y: Range, style: Style) -> Self {
        FieldPlot { field, domain_x: x, domain_y: y, count: 20, style }
    }

    /// The lattice with the direction at each point, in pixels.
    fn arrows(&self, painter: &Painter) -> Vec<(Point, f64, f64)> {
        let window = painter.window;
        let count = self.count.clamp(2, 200);
        let at = |r: Range, i: usize| r.lo + r.width() * i as f64 / (count - 1) as f64;
        let (sx, sy) = (window.x.slope(), window.y.slope());
        let mut arrows = Vec::with_capacity(count * count);
        for j in 0..count {
            for i in 0..count {
                let (x, y) = (at(self.domain_x, i), at(self.domain_y, j));
                let (u, v) = match &self.field {
                    FieldKind::Vectors(u, v) => (u.value(x, y), v.value(x, y)),
                    FieldKind::Slopes(slope) => (1.0, slope.value(x, y)),
                };
                let (u, v) = (u * sx, v * sy);
                if u.is_finite() && v.is_finite() {
                    arrows.push((window.pixel(x, y), u, v));
                }
            }
        }
        arrows
    }
}

impl Element for FieldPlot {
    element_basics!("field");

    fn extent(&self, _options: &Options) -> Extent {
        Extent { x: self.domain_x, y: self.domain_y, ..Extent::default() }
    }

    fn framed(&self) -> bool {
        true
    }

    fn paint(&self, painter: &mut Painter) {
        let arrows = self.arrows(painter);
        let rect = painter.plot_box();
        let room = rect.width().min(rect.height()) / self.count.max(2) as f64;
        let longest = arrows.iter().map(|a| length(a.1, a.2)).fold(0.0, f64::max);
        let slopes = matches!(self.field, FieldKind::Slopes(_));
        let (mut shafts, mut heads): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
        for &(at, u, v) in &arrows {
            let size = length(u, v);
            if size <= 0.0 {
                continue;
            }
            let reach = if slopes { 0.65 * room } else { 1.25 * room * size / longest };
            let (dx, dy) = (u / size * reach, v / size * reach);
            let (from, to) =
                (Point::new(at.x - 0.5 * dx, at.y - 0.5 * dy), Point::new(at.x + 0.5 * dx, at.y + 0.5 * dy));
            let tip = (0.38 * reach).min(6.0);
            shafts.push(vec![from, if slopes { to } else { to.toward(from, (0.8 * tip / reach).min(1.0)) }]);
            if !slopes && reach > 1.0 {
                heads.push(head(from, to, tip));
            }
        }
        let colour = self.style.ink();
        let stroke = Stroke { alpha: self.style.alpha, ..Stroke::solid(colour, 1.1 * self.style.thickness) };
        painter.strokes(Layer::Mark, &shafts, stroke);
        painter.area(Layer::Mark, &heads, Fill { colour, alpha: self.style.alpha });
    }
}

fn head(from: Point, tip: Point, size: f64) -> Run {
    let span = from.distance(tip);
    let (ux, uy) = ((tip.x - from.x) / span, (tip.y - from.y) / span);
    let (bx, by) = (tip.x - ux * size, tip.y - uy * size);
    let half = size * 0.4;
    vec![tip, Point::new(bx - uy * half, by + ux * half), Point::new(bx + uy * half, by - ux * half)]
}
