//! Bars: charts, histograms, Riemann sums.

use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::geometry::Run;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::scene::{Fill, Stroke};
use crate::figure::style::Style;

/// Bars paler than this may be crossed by an axis.
const OPAQUE: f64 = 0.8;

/// Upright bars from the axis.
#[derive(Clone, Debug)]
pub struct Bars {
    /// Left edge, right edge and height of each.
    pub bars: Vec<(f64, f64, f64)>,
    /// The colour of the outlines.
    pub edge: Option<Colour>,
    /// Colour and opacity.
    pub style: Style,
}

impl Bars {
    /// Bars with thin outlines of the page's colour.
    pub fn new(bars: Vec<(f64, f64, f64)>, style: Style) -> Self {
        Bars { bars, edge: None, style }
    }

    /// How often data fall into equal classes, as counts or as a density.
    pub fn histogram(data: &[f64], classes: usize, density: bool, style: Style) -> Self {
        let finite: Vec<f64> = data.iter().copied().filter(|v| v.is_finite()).collect();
        let low = finite.iter().copied().fold(f64::INFINITY, f64::min);
        let high = finite.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if finite.is_empty() {
            return Bars::new(Vec::new(), style);
        }
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        let classes = classes.clamp(1, 10_000);
        let width = (high - low) / classes as f64;
        let mut counts = vec![0_usize; classes];
        for value in &finite {
            counts[(((value - low) / width) as usize).min(classes - 1)] += 1;
        }
        let share = if density { 1.0 / (finite.len() as f64 * width) } else { 1.0 };
        let edge = |k: usize| low + (high - low) * k as f64 / classes as f64;
        let bars = counts.iter().enumerate().map(|(k, n)| (edge(k), edge(k + 1), *n as f64 * share)).collect();
        Bars::new(bars, style)
    }
}

impl Element for Bars {
    element_basics!("bars");

    fn extent(&self, _options: &Options) -> Extent {
        Extent::of(self.bars.iter().flat_map(|(a, b, h)| [(*a, 0.0), (*b, *h)]))
    }

    fn straddles(&self) -> bool {
        self.style.alpha > OPAQUE && self.bars.iter().any(|(a, b, h)| *a < 0.0 && *b > 0.0 && *h != 0.0)
    }

    fn paint(&self, painter: &mut Painter) {
        let window = painter.window;
        let corners = |(a, b, h): &(f64, f64, f64)| -> Run {
            [(*a, 0.0), (*b, 0.0), (*b, *h), (*a, *h)].into_iter().map(|(x, y)| window.pixel(x, y)).collect()
        };
        let boxes: Vec<Run> = self.bars.iter().map(corners).filter(|run| run.iter().all(|p| p.y.is_finite())).collect();
        painter.area(Layer::Fill, &boxes, Fill { colour: self.style.ink(), alpha: self.style.alpha });
        let outlines: Vec<Run> = boxes.iter().map(|run| run.iter().chain(run.first()).copied().collect()).collect();
        let colour = self.edge.unwrap_or(Colour::Page);
        painter.strokes(Layer::Fill, &outlines, Stroke::solid(colour, 0.75));
    }
}
