//! The curve on which a function of two variables is zero.

use super::region::positive_area;
use super::{Element, Extent, plane_basics};
use crate::figure::colour::Colour;
use crate::figure::function::{Plane, Range};
use crate::figure::implicit::trace;
use crate::figure::options::Options;
use crate::figure::painter::{EndMark, Layer, Painter, Strokes};
use crate::figure::scene::Fill;
use crate::figure::style::Style;

/// The curve F(x, y) = 0 in a window, F given by its factors.
#[derive(Clone)]
pub struct ImplicitPlot {
    /// Square-free factors of F; the curve is the union of theirs. One is enough when nothing is known.
    pub factors: Vec<Plane>,
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// Whether the side where F is negative is filled.
    pub fill: bool,
    /// Its colour where it is not the curve's.
    pub fill_colour: Option<Colour>,
    /// How the curve is drawn.
    pub style: Style,
}

impl ImplicitPlot {
    /// A plain implicit curve.
    pub fn new(factors: Vec<Plane>, x: Range, y: Range, style: Style) -> Self {
        ImplicitPlot { factors, domain_x: x, domain_y: y, fill: false, fill_colour: None, style }
    }
}

impl Element for ImplicitPlot {
    plane_basics!("implicit");

    fn scalable(&self) -> bool {
        true
    }

    fn count(&self) -> usize {
        1 + usize::from(self.fill)
    }

    fn paint(&self, painter: &mut Painter) {
        let window = painter.window;
        if self.fill {
            let negative = |x: f64, y: f64| -self.factors.iter().map(|factor| factor.value(x, y)).product::<f64>();
            let area = positive_area(painter, &negative);
            let colour = self.fill_colour.unwrap_or(self.style.ink());
            painter.area(Layer::Fill, &area, Fill { colour, alpha: 0.2 * self.style.alpha });
        }
        let mut strokes = Strokes::default();
        for factor in &self.factors {
            let traced = trace(factor.as_ref(), self.domain_x, self.domain_y, &window, painter.budget());
            strokes.runs.extend(traced.runs);
            strokes.isolated.extend(traced.points);
            strokes.ends.extend(traced.gaps.into_iter().map(|at| EndMark { at, closed: false }));
            for note in traced.notes {
                painter.note(note);
            }
        }
        if strokes.runs.is_empty() && strokes.isolated.is_empty() {
            painter.note("no real points in this window");
        }
        painter.curve("implicit", &self.style, strokes);
    }
}
