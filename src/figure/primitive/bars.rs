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

    /// How often data fall into equal classes.
    pub fn histogram(data: &[f64], classes: &Classes, style: Style) -> Self {
        let weights = classes.weights.iter().copied().chain(std::iter::repeat(1.0));
        let mut counted: Vec<(f64, f64)> = data.iter().copied().zip(weights).filter(|(v, _)| v.is_finite()).collect();
        let (low, high) = classes.range.unwrap_or_else(|| {
            let low = counted.iter().map(|own| own.0).fold(f64::INFINITY, f64::min);
            (low, counted.iter().map(|own| own.0).fold(f64::NEG_INFINITY, f64::max))
        });
        counted.retain(|own| (low..=high).contains(&own.0));
        if counted.is_empty() {
            return Bars::new(Vec::new(), style);
        }
        let (low, high) = if high > low { (low, high) } else { (low - 0.5, high + 0.5) };
        let count = classes.count.clamp(1, 10_000);
        let width = (high - low) / count as f64;
        let mut counts = vec![0.0; count];
        for (value, weight) in &counted {
            counts[(((value - low) / width) as usize).min(count - 1)] += weight;
        }
        let whole: f64 = counts.iter().sum();
        let share = match (classes.density, classes.cumulative) {
            (false, _) => 1.0,
            (true, false) => 1.0 / (whole * width),
            (true, true) => 1.0 / whole,
        };
        if classes.cumulative {
            let mut sum = 0.0;
            for height in &mut counts {
                sum += *height;
                *height = sum;
            }
        }
        let edge = |k: usize| low + (high - low) * k as f64 / count as f64 + classes.shift * width;
        let bars = counts.iter().enumerate().map(|(k, n)| (edge(k), edge(k + 1), n * share)).collect();
        Bars::new(bars, style)
    }
}

/// What the classes of a histogram are.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// How many.
    pub count: usize,
    /// From where to where; from the least to the greatest datum where this is not given.
    pub range: Option<(f64, f64)>,
    /// What each datum counts for; 1 where this is not given.
    pub weights: Vec<f64>,
    /// Whether the areas (the last height, when they add up) come to 1.
    pub density: bool,
    /// Whether each class counts those before it too.
    pub cumulative: bool,
    /// How far the bars are moved, in classes.
    pub shift: f64,
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
