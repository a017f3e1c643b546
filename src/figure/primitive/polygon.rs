//! Polygons, filled or not.

use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::geometry::Run;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// A closed polygon.
#[derive(Clone, Debug)]
pub struct Polygon {
    /// The corners in order.
    pub points: Vec<(f64, f64)>,
    /// Whether the inside is painted (in the style's colour).
    pub fill: bool,
    /// The outline's colour where it differs from the inside's.
    pub edge: Option<Colour>,
    /// Colour, opacity, thickness.
    pub style: Style,
}

impl Polygon {
    /// A filled polygon without outline.
    pub fn new(points: Vec<(f64, f64)>, style: Style) -> Self {
        Polygon { points, fill: true, edge: None, style }
    }
}

impl Element for Polygon {
    element_basics!("polygon");

    fn scalable(&self) -> bool {
        true
    }

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.points.iter().copied())
    }

    fn round(&self) -> bool {
        true
    }

    fn paint(&self, painter: &mut Painter) {
        let corners: Run = self.points.iter().map(|(x, y)| painter.window.pixel(*x, *y)).collect();
        paint_shape(painter, corners, self.fill.then_some(self.style.ink()), self.edge, &self.style);
    }
}

/// Paints a closed shape given by its outline in pixels: the inside, then the outline.
pub(super) fn paint_shape(
    painter: &mut Painter,
    outline: Run,
    inside: Option<Colour>,
    edge: Option<Colour>,
    style: &Style,
) {
    if outline.len() < 2 || outline.iter().any(|p| !p.x.is_finite() || !p.y.is_finite()) {
        return;
    }
    if let Some(colour) = inside {
        painter.area(Layer::Fill, std::slice::from_ref(&outline), Fill { colour, alpha: style.alpha });
    }
    let colour = match (edge, inside) {
        (None, Some(_)) => return,
        (edge, _) => edge.unwrap_or(style.ink()),
    };
    if let Some(stroke) = style.stroke() {
        let closed = outline.iter().chain(outline.first()).copied().collect();
        painter.strokes(Layer::Mark, &[closed], Stroke { colour, ..stroke });
    }
}
