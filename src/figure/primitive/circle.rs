//! Circles, ellipses, discs and their arcs and sectors.

use super::polygon::paint_shape;
use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::style::Style;

const TURN: f64 = std::f64::consts::TAU;

/// An ellipse, or a sector of one: circles, discs and arcs are such.
#[derive(Clone, Debug)]
pub struct Ellipse {
    /// The middle.
    pub centre: (f64, f64),
    /// The half axes.
    pub radii: (f64, f64),
    /// The angle of the first half axis.
    pub angle: f64,
    /// The angles between which it is drawn; the whole when `None`.
    pub sector: Option<(f64, f64)>,
    /// Whether the inside is painted; a sector is then drawn to its middle.
    pub fill: bool,
    /// The outline's colour where it differs.
    pub edge: Option<Colour>,
    /// Colour, opacity, thickness.
    pub style: Style,
}

impl Ellipse {
    /// A circle that is not filled.
    pub fn circle(centre: (f64, f64), radius: f64, style: Style) -> Self {
        Ellipse { centre, radii: (radius, radius), angle: 0.0, sector: None, fill: false, edge: None, style }
    }

    /// The point at an angle counted from the first half axis.
    fn at(&self, t: f64) -> (f64, f64) {
        let (u, v) = (self.radii.0 * pxfm::f_cos(t), self.radii.1 * pxfm::f_sin(t));
        let (c, s) = (pxfm::f_cos(self.angle), pxfm::f_sin(self.angle));
        (self.centre.0 + u * c - v * s, self.centre.1 + u * s + v * c)
    }

    /// Points along it, enough for chord errors below a tenth of a pixel in a figure of ordinary size.
    fn points(&self) -> Vec<(f64, f64)> {
        const STEPS: u32 = 240;
        let (from, to) = self.sector.unwrap_or((0.0, TURN));
        let steps = ((f64::from(STEPS) * (to - from).abs() / TURN).ceil() as u32).clamp(8, 4 * STEPS);
        (0..=steps).map(|i| self.at(from + (to - from) * f64::from(i) / f64::from(steps))).collect()
    }
}

impl Element for Ellipse {
    element_basics!("circle");

    fn scalable(&self) -> bool {
        true
    }

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.points().into_iter())
    }

    fn round(&self) -> bool {
        true
    }

    fn paint(&self, painter: &mut Painter) {
        let mut outline: Vec<_> = self.points().into_iter().map(|(x, y)| painter.window.pixel(x, y)).collect();
        if self.sector.is_some() && !self.fill {
            if let Some(stroke) = self.style.stroke() {
                painter.strokes(Layer::Mark, &[outline], stroke);
            }
            return;
        }
        if self.sector.is_some() {
            outline.push(painter.window.pixel(self.centre.0, self.centre.1));
        }
        paint_shape(painter, outline, self.fill.then_some(self.style.ink()), self.edge, &self.style);
    }
}
