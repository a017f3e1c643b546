//! Straight lines through given points.

use super::{Element, Extent, element_basics};
use crate::figure::options::Options;
use crate::figure::painter::{Painter, Strokes};
use crate::figure::style::{Marker, Style};

/// A polyline; a point that is not finite breaks it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The points in order.
    pub points: Vec<(f64, f64)>,
    /// Whether the points were computed as a list plot (named so in the file).
    pub list: bool,
    /// How it is drawn.
    pub style: Style,
}

impl Line {
    /// The line through these points.
    pub fn new(points: Vec<(f64, f64)>, style: Style) -> Self {
        Line { points, list: false, style }
    }
}

impl Element for Line {
    element_basics!("line");

    fn scalable(&self) -> bool {
        true
    }

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.points.iter().copied())
    }

    fn paint(&self, painter: &mut Painter) {
        let mut strokes = Strokes::default();
        let mut run = Vec::new();
        for &(x, y) in &self.points {
            let p = painter.window.pixel(x, y);
            if p.x.is_finite() && p.y.is_finite() {
                run.push(p);
            } else if !run.is_empty() {
                strokes.runs.push(std::mem::take(&mut run));
            }
        }
        let marks: Vec<_> = strokes.runs.iter().flatten().chain(&run).copied().collect();
        strokes.runs.push(run);
        painter.curve(if self.list { "list" } else { "line" }, &self.style, strokes);
        if let Some(marker) = self.style.marker {
            let radius = if marker == Marker::Disc { 0.5 } else { 0.6 } * self.style.marker_size * 4.0 / 3.0;
            for at in marks {
                painter.marker(at, marker, radius, &self.style);
            }
        }
    }
}
