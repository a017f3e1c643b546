//! Straight lines through given points.

use super::{Element, Extent, element_basics};
use crate::figure::geometry::{Point, Run};
use crate::figure::options::Options;
use crate::figure::painter::{Painter, Strokes};
use crate::figure::style::{Marker, Style};

/// How the points of a step function are joined.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Steps {
    /// A point ends its step.
    Before,
    /// A point is the middle of its step.
    Middle,
    /// A point begins its step.
    After,
}

impl Steps {
    /// The corners of the steps through points.
    pub fn through(self, points: &[(f64, f64)]) -> Vec<(f64, f64)> {
        let mut corners: Vec<(f64, f64)> = points.first().copied().into_iter().collect();
        for pair in points.windows(2) {
            let [(x, y), (next, value)] = [pair[0], pair[1]];
            let riser = match self {
                Steps::Before => x,
                Steps::Middle => 0.5 * (x + next),
                Steps::After => next,
            };
            corners.extend([(riser, y), (riser, value), (next, value)]);
        }
        corners
    }
}

/// A polyline; a point that is not finite breaks it.
#[derive(Clone, Debug)]
pub struct Line {
    /// The points in order.
    pub points: Vec<(f64, f64)>,
    /// Whether the points were computed as a list plot (named so in the file).
    pub list: bool,
    /// Whether it runs in steps.
    pub steps: Option<Steps>,
    /// How it is drawn.
    pub style: Style,
}

impl Line {
    /// The line through these points.
    pub fn new(points: Vec<(f64, f64)>, style: Style) -> Self {
        Line { points, list: false, steps: None, style }
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
        let window = painter.window;
        let pixels = |points: &[(f64, f64)]| points.iter().map(|(x, y)| window.pixel(*x, *y)).collect::<Run>();
        let is_shown = |p: &Point| p.x.is_finite() && p.y.is_finite();
        let corners = self.steps.map(|steps| pixels(&steps.through(&self.points)));
        let points = pixels(&self.points);
        let parts = corners.as_ref().unwrap_or(&points).split(|p| !is_shown(p));
        let runs = parts.filter(|part| !part.is_empty()).map(<[Point]>::to_vec).collect();
        let strokes = Strokes { runs, ..Strokes::default() };
        painter.curve(if self.list { "list" } else { "line" }, &self.style, strokes);
        if let Some(marker) = self.style.marker {
            let radius = if marker == Marker::Disc { 0.5 } else { 0.6 } * self.style.marker_size * 4.0 / 3.0;
            for at in points.into_iter().filter(is_shown) {
                painter.marker(at, marker, radius, &self.style);
            }
        }
    }
}
