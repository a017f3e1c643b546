//! Level curves of a function of two variables, with or without colours between them; densities.

use super::region::positive_area;
use super::{Element, Extent, element_basics};
use crate::figure::colour::{Colour, colour_map};
use crate::figure::function::{Plane, PlaneFunction, Range};
use crate::figure::implicit::trace;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, Strokes};
use crate::figure::scene::{Fill, Item};
use crate::figure::style::Style;
use crate::number::Interval;

/// Which levels are drawn.
#[derive(Clone, Debug, PartialEq)]
pub enum Levels {
    /// About so many, at round values.
    Count(usize),
    /// Exactly these.
    At(Vec<f64>),
}

/// Level curves.
#[derive(Clone)]
pub struct ContourPlot {
    /// The function.
    pub function: Plane,
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// Which levels.
    pub levels: Levels,
    /// Whether the bands between levels are coloured.
    pub fill: bool,
    /// The name of the colour map.
    pub map: String,
    /// One colour for all curves, opacity, thickness, dashes.
    pub style: Style,
}

impl ContourPlot {
    /// Filled contours in grey, as Sage draws them.
    pub fn new(function: Plane, x: Range, y: Range, style: Style) -> Self {
        let levels = Levels::Count(8);
        ContourPlot { function, domain_x: x, domain_y: y, levels, fill: true, map: "gray".to_string(), style }
    }

    fn levels(&self) -> Vec<f64> {
        match &self.levels {
            Levels::At(levels) => {
                let mut sorted: Vec<f64> = levels.iter().copied().filter(|v| v.is_finite()).collect();
                sorted.sort_by(f64::total_cmp);
                sorted
            }
            Levels::Count(count) => {
                round_levels(values_over(self.function.as_ref(), self.domain_x, self.domain_y), *count)
            }
        }
    }

    fn shade(&self, t: f64) -> Colour {
        colour_map(&self.map, t).unwrap_or(Colour::Faint)
    }
}

/// The range of values on a coarse lattice, without the extreme hundredth on either side.
fn values_over(f: &dyn PlaneFunction, x: Range, y: Range) -> Range {
    const COUNT: u32 = 60;
    let at = |r: Range, i: u32| r.lo + r.width() * (f64::from(i) + 0.37) / f64::from(COUNT);
    let mut values: Vec<f64> =
        (0..COUNT * COUNT).map(|k| f.value(at(x, k % COUNT), at(y, k / COUNT))).filter(|v| v.is_finite()).collect();
    values.sort_by(f64::total_cmp);
    let part = |t: f64| values.get(((values.len().max(1) - 1) as f64 * t).round() as usize).copied();
    let (Some(low), Some(high)) = (part(0.0), part(1.0)) else { return Range::EMPTY };
    let (Some(q), Some(p)) = (part(0.01), part(0.99)) else { return Range::EMPTY };
    if high - low > 20.0 * (p - q) { Range::new(q, p) } else { Range::new(low, high) }
}

/// Multiples of 1, 2 or 5 times a power of ten inside a range.
fn round_levels(range: Range, count: usize) -> Vec<f64> {
    if !range.is_bounded() || range.width() <= 0.0 {
        return Vec::new();
    }
    let rough = range.width() / count.clamp(1, 100) as f64;
    let power = pxfm::f_exp10(pxfm::f_log10(rough).floor());
    let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|m| m * power).find(|s| *s >= rough * 0.999).unwrap_or(rough);
    let first = (range.lo / step).ceil() as i64;
    let last = (range.hi / step).floor() as i64;
    (first..=last).map(|k| k as f64 * step).filter(|v| *v > range.lo && *v < range.hi).collect()
}

/// A function less a constant.
struct Shifted<'a> {
    f: &'a dyn PlaneFunction,
    level: f64,
}

impl PlaneFunction for Shifted<'_> {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.f.value(x, y) - self.level
    }

    fn enclose(&self, x: Interval, y: Interval) -> Interval {
        self.f.enclose(x, y) - Interval::point(self.level)
    }

    fn gradient_enclosure(&self, x: Interval, y: Interval) -> Option<[Interval; 2]> {
        self.f.gradient_enclosure(x, y)
    }
}

impl Element for ContourPlot {
    element_basics!("contour");

    fn extent(&self, _options: &Options) -> Extent {
        Extent { x: self.domain_x, y: self.domain_y, exact_x: true, exact_y: true, notes: Vec::new() }
    }

    fn framed(&self) -> bool {
        true
    }

    fn round(&self) -> bool {
        true
    }

    fn covers(&self) -> bool {
        self.fill
    }

    fn paint(&self, painter: &mut Painter) {
        let levels = self.levels();
        let window = painter.window;
        let bands = levels.len().max(1) as f64;
        if self.fill {
            let f = &self.function;
            let everywhere = positive_area(painter, &|x, y| if f.value(x, y).is_nan() { -1.0 } else { 1.0 });
            painter.area(Layer::Fill, &everywhere, Fill { colour: self.shade(0.0), alpha: self.style.alpha });
            for (k, level) in levels.iter().enumerate() {
                let area = positive_area(painter, &|x, y| f.value(x, y) - level);
                let colour = self.shade((k + 1) as f64 / bands);
                painter.area(Layer::Fill, &area, Fill { colour, alpha: self.style.alpha });
            }
            return;
        }
        for (k, level) in levels.iter().enumerate() {
            let shifted = Shifted { f: self.function.as_ref(), level: *level };
            let traced = trace(&shifted, self.domain_x, self.domain_y, &window, painter.budget());
            let t = if levels.len() > 1 { k as f64 / (bands - 1.0) } else { 0.0 };
            let colour = self.style.colour.unwrap_or(self.shade(t));
            let label = format!("{} = {}", self.style.label, crate::figure::render::number(*level, 6));
            let style = Style { colour: Some(colour), label, ..self.style.clone() };
            painter.curve("contour", &style, Strokes { runs: traced.runs, isolated: traced.points, ends: Vec::new() });
        }
    }
}

/// The values of a function as colours.
#[derive(Clone)]
pub struct DensityPlot {
    /// The function.
    pub function: Plane,
    /// The range of x.
    pub domain_x: Range,
    /// The range of y.
    pub domain_y: Range,
    /// The name of the colour map.
    pub map: String,
    /// Opacity.
    pub style: Style,
}

impl DensityPlot {
    /// A density in grey, as Sage draws it.
    pub fn new(function: Plane, x: Range, y: Range, style: Style) -> Self {
        DensityPlot { function, domain_x: x, domain_y: y, map: "gray".to_string(), style }
    }
}

impl Element for DensityPlot {
    element_basics!("density");

    fn extent(&self, _options: &Options) -> Extent {
        Extent { x: self.domain_x, y: self.domain_y, exact_x: true, exact_y: true, notes: Vec::new() }
    }

    fn framed(&self) -> bool {
        true
    }

    fn round(&self) -> bool {
        true
    }

    fn covers(&self) -> bool {
        true
    }

    fn paint(&self, painter: &mut Painter) {
        const CELL: f64 = 2.0;
        let (window, rect) = (painter.window, painter.plot_box());
        let columns = (rect.width() / CELL).ceil().max(1.0) as usize;
        let rows = (rect.height() / CELL).ceil().max(1.0) as usize;
        let (w, h) = (rect.width() / columns as f64, rect.height() / rows as f64);
        let range = values_over(self.function.as_ref(), self.domain_x, self.domain_y);
        let span = if range.is_bounded() && range.width() > 0.0 { range.width() } else { 1.0 };
        let mut colours = Vec::with_capacity(columns * rows);
        for j in 0..rows {
            if painter.budget().check().is_err() {
                return;
            }
            let y = window.y.value(rect.top + (j as f64 + 0.5) * h);
            for i in 0..columns {
                let x = window.x.value(rect.left + (i as f64 + 0.5) * w);
                let value = self.function.value(x, y);
                let t = ((value - range.lo) / span).clamp(0.0, 1.0);
                let shade = colour_map(&self.map, t).unwrap_or(Colour::Faint);
                colours.push(if value.is_nan() { Colour::Page } else { shade });
            }
        }
        painter.add(Layer::Fill, Item::Cells { rect, columns, colours, alpha: self.style.alpha });
    }
}
