//! Parametric and polar curves.

use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::function::{Range, Real, RealFunction};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::sample::{find_range, sample_path};
use crate::figure::scene::Fill;
use crate::figure::style::Style;
use crate::number::Interval;

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
    /// Values of the parameter that are left out.
    pub excluded: Vec<f64>,
    /// Whether open and closed ends are marked.
    pub endpoints: bool,
    /// How the curve is drawn.
    pub style: Style,
}

impl ParametricPlot {
    /// A plain parametric curve.
    pub fn new(x: Real, y: Real, domain: Range, style: Style) -> Self {
        let (polar, fill, fill_colour, fill_alpha) = (false, false, None, 0.2);
        ParametricPlot {
            x,
            y,
            domain,
            polar,
            fill,
            fill_colour,
            fill_alpha,
            excluded: Vec::new(),
            endpoints: true,
            style,
        }
    }

    /// The curve with radius `r` at each angle of the domain.
    pub fn polar(r: Real, domain: Range, style: Style) -> Self {
        let x = std::rc::Rc::new(Polar { radius: r.clone(), sine: false });
        let y = std::rc::Rc::new(Polar { radius: r, sine: true });
        ParametricPlot { polar: true, ..ParametricPlot::new(x, y, domain, style) }
    }
}

/// A coordinate of a polar curve: the radius times the cosine or the sine of the angle.
pub struct Polar {
    radius: Real,
    sine: bool,
}

impl Polar {
    fn turn(&self, t: f64) -> f64 {
        if self.sine { pxfm::f_sin(t) } else { pxfm::f_cos(t) }
    }
}

impl RealFunction for Polar {
    fn value(&self, t: f64) -> f64 {
        self.radius.value(t) * self.turn(t)
    }

    fn precise(&self, t: f64) -> f64 {
        self.radius.precise(t) * self.turn(t)
    }

    fn enclose(&self, t: Interval) -> Interval {
        self.radius.enclose(t) * if self.sine { t.sin() } else { t.cos() }
    }
}

impl Element for ParametricPlot {
    element_basics!("parametric");

    fn scalable(&self) -> bool {
        true
    }

    fn count(&self) -> usize {
        1 + usize::from(self.fill)
    }

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
        let (x, y) = (self.x.as_ref(), self.y.as_ref());
        let sampled = sample_path(x, y, self.domain, &painter.window, &self.excluded, painter.budget());
        if sampled.unfinished {
            painter.note("the curve was too wild to be followed everywhere: some of it is missing");
        }
        if self.fill {
            let fill = Fill { colour: self.fill_colour.unwrap_or(self.style.ink()), alpha: self.fill_alpha };
            painter.area(Layer::Fill, &sampled.runs, fill);
        }
        let kind = if self.polar { "polar" } else { "parametric" };
        painter.curve(kind, &self.style, sampled.strokes(self.endpoints));
    }
}
