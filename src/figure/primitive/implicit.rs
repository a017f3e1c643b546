//! The curve on which a function of two variables is zero.

use super::region::positive_area;
use super::{Element, Extent, plane_basics};
use crate::figure::colour::Colour;
use crate::figure::function::{Plane, PlaneFunction, Range, Real};
use crate::figure::geometry::{Point, clip_run};
use crate::figure::implicit::{asked, trace};
use crate::figure::options::Options;
use crate::figure::painter::{EndMark, Layer, Painter, Strokes};
use crate::figure::sample::sample;
use crate::figure::scale::Window;
use crate::figure::scene::Fill;
use crate::figure::style::Style;
use crate::number::Interval;

/// The curve F(x, y) = 0 in a window, F given by its factors.
#[derive(Clone)]
pub struct ImplicitPlot {
    /// Square-free factors of F; the curve is the union of theirs. One is enough when nothing is known.
    pub factors: Vec<Plane>,
    /// What must not vanish for F to be defined.
    pub poles: Vec<Plane>,
    /// The function whose graph the curve is, when it is one; true where x is the one of y.
    pub graph: Option<(Real, bool)>,
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

/// A function where another is defined.
pub struct Where {
    /// The function.
    pub function: Plane,
    /// What must have a value.
    pub defined: Plane,
}

impl PlaneFunction for Where {
    fn value(&self, x: f64, y: f64) -> f64 {
        let value = self.function.value(x, y);
        if value.is_nan() || self.defined.value(x, y).is_nan() { f64::NAN } else { value }
    }

    fn enclose(&self, x: Interval, y: Interval) -> Interval {
        let values = self.function.enclose(x, y);
        // Where the function can't be zero nobody asks whether it is defined.
        if !values.contains(0.0) {
            return values;
        }
        let defined = self.defined.enclose(x, y);
        match (defined.is_empty(), defined.is_continuous()) {
            (true, _) => Interval::EMPTY,
            (_, true) => values,
            _ => values.hull(Interval::EMPTY),
        }
    }

    fn gradient(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.function.gradient(x, y)
    }

    fn gradient_enclosure(&self, x: Interval, y: Interval) -> Option<[Interval; 2]> {
        self.function.gradient_enclosure(x, y)
    }
}

impl ImplicitPlot {
    /// A plain implicit curve.
    pub fn new(factors: Vec<Plane>, x: Range, y: Range, style: Style) -> Self {
        let (poles, graph) = (Vec::new(), None);
        ImplicitPlot { factors, poles, graph, domain_x: x, domain_y: y, fill: false, fill_colour: None, style }
    }

    /// The graph of a function, sampled as such.
    fn graph(&self, function: &Real, across: bool, painter: &mut Painter) -> Strokes {
        let window = painter.window;
        let (domain, window) =
            if across { (self.domain_y, Window { x: window.y, y: window.x }) } else { (self.domain_x, window) };
        let shown = Range::new(domain.lo.max(window.x.data.lo), domain.hi.min(window.x.data.hi));
        if shown.is_empty() {
            return Strokes::default();
        }
        let sampled = sample(function.as_ref(), shown, &window, &[], painter.budget());
        for note in &sampled.notes {
            painter.note(note.clone());
        }
        let mut strokes = sampled.strokes(true);
        if across {
            let turned = |p: &mut Point| std::mem::swap(&mut p.x, &mut p.y);
            strokes.runs.iter_mut().flatten().for_each(turned);
            strokes.ends.iter_mut().for_each(|end| turned(&mut end.at));
            strokes.isolated.iter_mut().for_each(turned);
        }
        let area = asked(self.domain_x, self.domain_y, &painter.window);
        strokes.runs = strokes.runs.iter().flat_map(|run| clip_run(run, &area)).collect();
        strokes.ends.retain(|end| area.contains(end.at));
        strokes.isolated.retain(|p| area.contains(*p));
        strokes
    }

    /// The curves of the factors with the holes where F is not defined.
    fn traced(&self, painter: &mut Painter) -> Strokes {
        let window = painter.window;
        let mut strokes = Strokes::default();
        for factor in &self.factors {
            let mut traced = trace(factor.as_ref(), self.domain_x, self.domain_y, &window, painter.budget());
            for pole in &self.poles {
                traced.leave_out(factor.as_ref(), pole.as_ref(), &window);
            }
            strokes.runs.extend(traced.runs);
            strokes.isolated.extend(traced.points);
            strokes.ends.extend(traced.gaps.into_iter().map(|at| EndMark { at, closed: false }));
            for note in traced.notes {
                painter.note(note);
            }
        }
        strokes
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
        if self.fill {
            let negative = |x: f64, y: f64| -self.factors.iter().map(|factor| factor.value(x, y)).product::<f64>();
            let area = positive_area(painter, &negative);
            let colour = self.fill_colour.unwrap_or(self.style.ink());
            painter.area(Layer::Fill, &area, Fill { colour, alpha: 0.2 * self.style.alpha });
        }
        let strokes = match &self.graph {
            Some((function, across)) => self.graph(function, *across, painter),
            None => self.traced(painter),
        };
        if strokes.runs.is_empty() && strokes.isolated.is_empty() {
            painter.note("no real points in this window");
        }
        painter.curve("implicit", &self.style, strokes);
    }
}
