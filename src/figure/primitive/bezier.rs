//! Paths of Bézier curves.

use super::{Element, Extent, element_basics};
use crate::figure::geometry::Run;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, Strokes};
use crate::figure::scene::Fill;
use crate::figure::style::Style;

/// Curves of degree 1 to 3 that continue each other.
#[derive(Clone, Debug)]
pub struct BezierPath {
    /// The control points of each curve; every curve starts where the one before ended, the first lists its start.
    pub curves: Vec<Vec<(f64, f64)>>,
    /// Whether the area inside is filled.
    pub fill: bool,
    /// How it is drawn.
    pub style: Style,
}

impl BezierPath {
    /// A path of curves.
    pub fn new(curves: Vec<Vec<(f64, f64)>>, style: Style) -> Self {
        BezierPath { curves, fill: false, style }
    }

    /// Points along the path.
    pub(super) fn points(&self) -> Vec<(f64, f64)> {
        const STEPS: u32 = 48;
        let mut points: Vec<(f64, f64)> = Vec::new();
        for (index, curve) in self.curves.iter().enumerate() {
            let start = if index == 0 { None } else { points.last().copied() };
            let control: Vec<(f64, f64)> = start.into_iter().chain(curve.iter().copied()).collect();
            if control.len() == 2 {
                points.extend(control);
            } else if control.len() > 2 {
                points.extend((0..=STEPS).map(|i| casteljau(&control, f64::from(i) / f64::from(STEPS))));
            }
        }
        points
    }
}

/// De Casteljau's algorithm.
fn casteljau(control: &[(f64, f64)], t: f64) -> (f64, f64) {
    let mut points = control.to_vec();
    while points.len() > 1 {
        points = points.windows(2).map(|p| (p[0].0 + (p[1].0 - p[0].0) * t, p[0].1 + (p[1].1 - p[0].1) * t)).collect();
    }
    points[0]
}

impl Element for BezierPath {
    element_basics!("bezier");

    fn scalable(&self) -> bool {
        true
    }

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.points().into_iter())
    }

    fn paint(&self, painter: &mut Painter) {
        let run: Run = self.points().into_iter().map(|(x, y)| painter.window.pixel(x, y)).collect();
        if self.fill {
            let fill = Fill { colour: self.style.ink(), alpha: 0.2 * self.style.alpha };
            painter.area(Layer::Fill, std::slice::from_ref(&run), fill);
        }
        painter.curve("line", &self.style, Strokes { runs: vec![run], ..Strokes::default() });
    }
}
