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

/// The sizes of arrows that are said, in multiples of the shaft as matplotlib counts them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Arrows {
    /// The length of the head along its sides; 5 is ordinary.
    pub head_length: Option<f64>,
    /// Its width; 3 is ordinary.
    pub head_width: Option<f64>,
    /// Its length along the shaft; as far as the sides where this is not said.
    pub head_axis: Option<f64>,
    /// The thickness of the shaft over the width of the box.
    pub shaft: Option<f64>,
    /// The length of a vector that is drawn as long as the box is wide, or as a unit of x where `in_units`.
    pub scale: Option<f64>,
    /// Whether vectors are as long as they are in the plane.
    pub in_units: bool,
    /// The part of the arrow that lies on the point of the lattice: 0 the tail, 1 the tip; the middle where this is not said.
    pub pivot: Option<f64>,
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
    /// The sizes of the arrows.
    pub arrows: Arrows,
    /// How they are drawn.
    pub style: Style,
}

impl FieldPlot {
    /// A field on 20 by 20 points.
    pub fn new(field: FieldKind, x: Range, y: Range, style: Style) -> Self {
        FieldPlot { field, domain_x: x, domain_y: y, count: 20, arrows: Arrows::default(), style }
    }

    /// The lattice with the direction at each point, in pixels, and its length in the plane.
    fn directions(&self, painter: &Painter) -> Vec<(Point, f64, f64, f64)> {
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
                let (own, u, v) = (length(u, v), u * sx, v * sy);
                if u.is_finite() && v.is_finite() {
                    arrows.push((window.pixel(x, y), u, v, own));
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
        let arrows = self.directions(painter);
        let rect = painter.plot_box();
        let room = rect.width().min(rect.height()) / self.count.max(2) as f64;
        let longest = arrows.iter().map(|a| length(a.1, a.2)).fold(0.0, f64::max);
        let slopes = matches!(self.field, FieldKind::Slopes(_));
        let sizes = self.arrows;
        let pivot = sizes.pivot.unwrap_or(0.5);
        let heads_wanted = sizes.head_length.map_or(!slopes, |size| size > 0.1);
        let (mut shafts, mut heads): (Vec<Run>, Vec<Run>) = (Vec::new(), Vec::new());
        for &(at, u, v, own) in &arrows {
            let size = length(u, v);
            if size <= 0.0 {
                continue;
            }
            let reach = match sizes.scale {
                Some(scale) if sizes.in_units => size / scale,
                Some(scale) if slopes => rect.width() / scale,
                Some(scale) => own / scale * rect.width(),
                None if slopes => 0.65 * room,
                None => 1.25 * room * size / longest,
            };
            let (dx, dy) = (u / size * reach, v / size * reach);
            let from = Point::new(at.x - pivot * dx, at.y - pivot * dy);
            let to = Point::new(from.x + dx, from.y + dy);
            let tip = (0.38 * reach).min(6.0) * sizes.head_length.map_or(1.0, |size| size / 5.0);
            shafts.push(vec![from, if heads_wanted { to.toward(from, (0.8 * tip / reach).min(1.0)) } else { to }]);
            if heads_wanted && reach > 1.0 {
                heads.push(head(from, to, (0.38 * reach).min(6.0), sizes));
            }
        }
        let colour = self.style.ink();
        let stroke = Stroke {
            alpha: self.style.alpha,
            ..Stroke::solid(colour, sizes.shaft.map_or(1.1 * self.style.thickness, |part| part * rect.width()))
        };
        painter.strokes(Layer::Mark, &shafts, stroke);
        painter.area(Layer::Mark, &heads, Fill { colour, alpha: self.style.alpha });
    }
}

/// The head of an arrow whose ordinary length is `size`.
fn head(from: Point, tip: Point, size: f64, sizes: Arrows) -> Run {
    let span = from.distance(tip);
    let (ux, uy) = ((tip.x - from.x) / span, (tip.y - from.y) / span);
    let part = |own: Option<f64>, ordinary: f64| own.map_or(size, |own| own.max(0.0) / ordinary * size);
    let (back, half) = (part(sizes.head_length, 5.0), 0.4 * part(sizes.head_width, 3.0));
    let (bx, by) = (tip.x - ux * back, tip.y - uy * back);
    let mut corners = vec![tip, Point::new(bx - uy * half, by + ux * half)];
    if sizes.head_axis.is_some() {
        let notch = part(sizes.head_axis, 5.0);
        corners.push(Point::new(tip.x - ux * notch, tip.y - uy * notch));
    }
    corners.push(Point::new(bx + uy * half, by - ux * half));
    corners
}
