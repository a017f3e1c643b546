//! Level curves of a function of two variables, with or without colours between them; densities.

use super::region::positive_area;
use super::{Element, Extent, plane_basics};
use crate::figure::bar::ColourBar;
use crate::figure::colour::{Colour, colour_map};
use crate::figure::function::{Plane, PlaneFunction, Range};
use crate::figure::geometry::{Point, Rect, Run, run_length};
use crate::figure::implicit::trace;
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, Strokes};
use crate::figure::scene::{Fill, Item};
use crate::figure::style::Style;
use crate::figure::text::MathText;
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
    /// Whether each curve carries its level.
    pub labels: bool,
    /// Whether lines are drawn though bands are shaded.
    pub lines: bool,
    /// Whether a scale of colours stands beside the box.
    pub bar: bool,
    /// One colour for all curves, opacity, thickness, dashes.
    pub style: Style,
}

impl ContourPlot {
    /// Filled contours in grey, as Sage draws them.
    pub fn new(function: Plane, x: Range, y: Range, style: Style) -> Self {
        let levels = Levels::Count(8);
        let map = "gray".to_string();
        let (labels, lines, bar) = (false, false, false);
        ContourPlot { function, domain_x: x, domain_y: y, levels, fill: true, map, labels, lines, bar, style }
    }

    /// The level curves, each with its level written on it where that is asked for.
    fn curves(&self, painter: &mut Painter, levels: &[f64]) {
        let window = painter.window;
        let mut written: Vec<Rect> = Vec::new();
        for (k, level) in levels.iter().enumerate() {
            let shifted = Shifted { f: self.function.as_ref(), level: *level };
            let traced = trace(&shifted, self.domain_x, self.domain_y, &window, painter.budget());
            let t = if levels.len() > 1 { k as f64 / (levels.len() - 1) as f64 } else { 0.0 };
            let own = if self.fill { Colour::Text } else { self.shade(t) };
            let number = crate::figure::render::number(*level, 6);
            let label = format!("{} = {number}", self.style.label);
            let style = Style { colour: Some(self.style.colour.unwrap_or(own)), label, ..self.style.clone() };
            if self.labels {
                let text = MathText::plain(number.replace('-', "−"));
                traced.runs.iter().for_each(|run| write_level(painter, run, &text, &mut written));
            }
            painter.curve("contour", &style, Strokes { runs: traced.runs, isolated: traced.points, ends: Vec::new() });
        }
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

/// A function where another is not negative.
pub struct Within {
    /// The function.
    pub function: Plane,
    /// What must not be negative.
    pub region: Plane,
}

impl PlaneFunction for Within {
    fn value(&self, x: f64, y: f64) -> f64 {
        if self.region.value(x, y) >= 0.0 { self.function.value(x, y) } else { f64::NAN }
    }

    fn enclose(&self, x: Interval, y: Interval) -> Interval {
        let region = self.region.enclose(x, y);
        if region.is_empty() || region.high() < 0.0 {
            return Interval::EMPTY;
        }
        let values = self.function.enclose(x, y);
        if region.is_continuous() && region.low() >= 0.0 { values } else { values.hull(Interval::EMPTY) }
    }

    fn gradient_enclosure(&self, x: Interval, y: Interval) -> Option<[Interval; 2]> {
        self.function.gradient_enclosure(x, y)
    }
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
    plane_basics!("contour");

    fn covers(&self) -> bool {
        self.fill
    }

    fn colour_bar(&self) -> Option<ColourBar> {
        let levels = if self.bar { self.levels() } else { return None };
        let (first, last) = (*levels.first()?, *levels.last()?);
        let bands = levels.len() as f64;
        let step = if levels.len() > 1 { (last - first) / (bands - 1.0) } else { 1.0_f64.max(first.abs()) };
        let mut ends = vec![first - step];
        ends.extend(&levels);
        ends.push(last + step);
        let shade = |k: usize| self.shade(if self.fill { k as f64 / bands } else { (k as f64 - 0.5) / bands });
        let pieces = ends.windows(2).enumerate().map(|(k, pair)| (pair[0], pair[1], shade(k))).collect();
        Some(ColourBar { pieces, levels })
    }

    fn paint(&self, painter: &mut Painter) {
        let levels = self.levels();
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
        }
        if !self.fill || self.lines || self.labels {
            self.curves(painter, &levels);
        }
    }
}

/// Writes a level along its curve: where the curve is straight and far from the border and from other labels.
fn write_level(painter: &mut Painter, run: &Run, text: &MathText, written: &mut Vec<Rect>) {
    const SIZE: f64 = 11.0;
    let laid = text.layout(SIZE);
    let needed = laid.width + 10.0;
    if run_length(run) < 3.0 * needed {
        return;
    }
    let inner = painter.plot_box().grown(-0.7 * needed);
    let mut best: Option<(f64, Point, f64)> = None;
    for (i, a) in run.iter().enumerate() {
        let ahead = run[i..].iter().find(|b| b.distance(*a) >= needed);
        let Some(b) = ahead else { break };
        let part = &run[i..];
        let along: f64 = part.windows(2).take_while(|w| w[1] != *b).map(|w| w[0].distance(w[1])).sum();
        let middle = a.toward(*b, 0.5);
        let around = Rect::new(middle.x, middle.y, middle.x, middle.y).grown(0.6 * needed);
        if !inner.contains(middle) || written.iter().any(|other| other.meets(&around)) {
            continue;
        }
        let bend = along + part[0].distance(*b) * 0.02 - a.distance(*b);
        if best.is_none_or(|(least, ..)| bend < least - 1e-9) {
            best = Some((bend, middle, pxfm::f_atan2(a.y - b.y, b.x - a.x).to_degrees()));
        }
    }
    let Some((_, middle, angle)) = best else { return };
    let upright = if angle > 90.0 {
        angle - 180.0
    } else if angle <= -90.0 {
        angle + 180.0
    } else {
        angle
    };
    written.push(Rect::new(middle.x, middle.y, middle.x, middle.y).grown(0.6 * needed));
    painter.text(text, middle, (0.5, 0.5), SIZE, upright, &Style::default());
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
    /// Whether a scale of colours stands beside the box.
    pub bar: bool,
    /// Opacity.
    pub style: Style,
}

impl DensityPlot {
    /// A density in grey, as Sage draws it.
    pub fn new(function: Plane, x: Range, y: Range, style: Style) -> Self {
        DensityPlot { function, domain_x: x, domain_y: y, map: "gray".to_string(), bar: false, style }
    }

    fn range(&self) -> Range {
        values_over(self.function.as_ref(), self.domain_x, self.domain_y)
    }
}

impl Element for DensityPlot {
    plane_basics!("density");

    fn covers(&self) -> bool {
        true
    }

    fn colour_bar(&self) -> Option<ColourBar> {
        const PIECES: u32 = 64;
        let range = if self.bar { self.range() } else { return None };
        let at = |k: u32| range.lo + range.width() * f64::from(k) / f64::from(PIECES);
        let shade = |k: u32| colour_map(&self.map, f64::from(k) / f64::from(PIECES - 1)).unwrap_or(Colour::Faint);
        let pieces = (0..PIECES).map(|k| (at(k), at(k + 1), shade(k))).collect();
        Some(ColourBar { pieces, levels: Vec::new() })
    }

    fn paint(&self, painter: &mut Painter) {
        const CELL: f64 = 2.0;
        let (window, rect) = (painter.window, painter.plot_box());
        let columns = (rect.width() / CELL).ceil().max(1.0) as usize;
        let rows = (rect.height() / CELL).ceil().max(1.0) as usize;
        let (w, h) = (rect.width() / columns as f64, rect.height() / rows as f64);
        let range = self.range();
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
