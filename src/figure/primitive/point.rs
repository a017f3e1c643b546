//! Single points.

use super::{Element, Extent, element_basics};
use crate::figure::options::Options;
use crate::figure::painter::{DOT, Painter};
use crate::figure::style::{Marker, Style};

/// Points drawn as discs or other markers.
#[derive(Clone, Debug)]
pub struct Points {
    /// Where.
    pub points: Vec<(f64, f64)>,
    /// Sage's size: the area in square points; 10 gives the default radius of 3.5 pixels.
    pub size: f64,
    /// How they are drawn.
    pub style: Style,
}

impl Points {
    /// Points of the default size.
    pub fn new(points: Vec<(f64, f64)>, style: Style) -> Self {
        Points { points, size: 10.0, style }
    }
}

impl Element for Points {
    element_basics!("point");

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.points.iter().copied())
    }

    fn paint(&self, painter: &mut Painter) {
        let radius = DOT * (self.size.max(0.0) / 10.0).sqrt();
        for &(x, y) in &self.points {
            let at = painter.window.pixel(x, y);
            painter.marker(at, self.style.marker.unwrap_or(Marker::Disc), radius, &self.style);
        }
    }
}
