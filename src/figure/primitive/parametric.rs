//! Parametric and polar curves.

use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::function::{Certainty, Enclosure, Range, Real, RealFunction};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, Strokes};
use crate::figure::sample::{find_range, sample_path};
use crate::figure::scene::Fill;
use crate::figure::style::Style;

/// The curve `t -> (x(t), y(t))`.
#[derive(Clone)]
pub struct ParametricPlot {
    /// The first coordinate.
    pub x: Real,
    /// The second coordinate.
    pub y: Real,
    /// The values of the parameter.
    pub domain: Range,
    /// Whether the curve came from a radius and an angle.
    pub polar: bool,
    /// Whether the area inside is filled.
    pub fill: bool,
    /// The colour of that area where it differs.
    pub fill_colour: Option<Colour>,
    /// Its opacity.
    pub fill_alpha: f64,
    /// How the curve is drawn.
    pub style: Style,
}

impl ParametricPlot {
    /// A plain parametric curve.
    pub fn new(x: Real, y: Real, domain: Range, style: Style) -> Self {
        ParametricPlot { x, y, domain, polar: false, fill: false, fill_colour: None, fill_alpha: 0.2, style }
    }

    /// The curve with radius `r` at each angle of the domain.
    pub fn polar(r: Real, domain: Range, style: Style) -> Self {
        let x = std::rc::Rc::new(Polar { radius: r.clone(), quarter: 0.0 });
        let y = std::rc::Rc::new(Polar { radius: r, quarter: 1.0 });
        ParametricPlot { polar: true, ..ParametricPlot::new(x, y, domain, style) }
    }
}

/// A coordinate of a polar curve: the radius times the cosine of the angle less so many quarter turns.
pub struct Polar {
    radius: Real,
    quarter: f64,
}

impl Polar {
    fn turn(&self, t: f64) -> f64 {
        if self.quarter == 0.0 { pxfm::f_cos(t) } else { pxfm::f_sin(t) }
    }

    /// The range of the turning factor: its ends, and the extremes at multiples of a half turn between them.
    fn turn_range(&self, t: Range) -> Range {
        use std::f64::consts::{FRAC_PI_2, PI};
        let (a, b) = (self.turn(t.lo), self.turn(t.hi));
        let shift = self.quarter * FRAC_PI_2;
        let (first, last) = (((t.lo - shift) / PI - 1e-9).ceil(), ((t.hi - shift) / PI + 1e-9).floor());
        let mut range = Range::new(a.min(b) - 1e-15, a.max(b) + 1e-15);
        if last >= first {
            let even = first % 2.0 == 0.0;
            let both = last > first;
            range.hi = if even || both { 1.0 } else { range.hi };
            range.lo = if !even || both { -1.0 } else { range.lo };
        }
        range
    }
}

impl RealFunction for Polar {
    fn value(&self, t: f64) -> f64 {
        self.radius.value(t) * self.turn(t)
    }

    fn precise(&self, t: f64) -> f64 {
        self.radius.precise(t) * self.turn(t)
    }

    fn enclose(&self, t: Range) -> Enclosure {
        let radius = self.radius.enclose(t);
        let turn = self.turn_range(t);
        let products = [radius.range.lo, radius.range.hi].map(|r| [r * turn.lo, r * turn.hi]);
        let mut range = Range::EMPTY;
        for p in products.into_iter().flatten() {
            range = if p.is_nan() { Range::ALL } else { range.join(Range::point(p)) };
        }
        if radius.is_empty() {
            return Enclosure::EMPTY;
        }
        let certainty = if radius.range.is_bounded() { radius.certainty } else { Certainty::Partial };
        Enclosure { range: Range::new(range.lo.next_down(), range.hi.next_up()), certainty }
    }
}

impl Element for ParametricPlot {
    element_basics!("parametric");

    fn extent(&self, _options: &Options) -> Extent {
        let (x, y) = (find_range(self.x.as_ref(), self.domain, false), find_range(self.y.as_ref(), self.domain, false));
        let mut extent = Extent { x: x.shown, y: y.shown, ..Extent::default() };
        if x.clipped || y.clipped {
            extent.notes.push("far parts are cut off: set xmin, xmax, ymin and ymax to see them".to_string());
        }
        extent
    }

    fn round(&self) -> bool {
        true
    }

    fn paint(&self, painter: &mut Painter) {
        let (runs, wild) = sample_path(self.x.as_ref(), self.y.as_ref(), self.domain, &painter.window);
        if wild {
            painter.note("the curve was too wild to be followed everywhere: some of it is missing");
        }
        if self.fill {
            let fill = Fill { colour: self.fill_colour.unwrap_or(self.style.ink()), alpha: self.fill_alpha };
            painter.area(Layer::Fill, &runs, fill);
        }
        let kind = if self.polar { "polar" } else { "parametric" };
        painter.curve(kind, &self.style, Strokes { runs, ..Strokes::default() });
    }
}
