//! Level curves of a function of two variables, with or without colours between them; densities.

use super::level::{self, Lettering};
use super::region::positive_area;
use super::{Element, Extent, plane_basics};
use crate::figure::bar::ColourBar;
use crate::figure::colour::{Colour, Theme, colour_map};
use crate::figure::function::{Plane, PlaneFunction, Range};
use crate::figure::geometry::Run;
use crate::figure::implicit::{Traced, trace};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, Strokes};
use crate::figure::scene::{Fill, Item};
use crate::figure::style::{LineStyle, Style};
use crate::figure::text::MathText;
use crate::number::Interval;

/// The palest grey of lines, from black to white.
const PALEST: f64 = 0.7;

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
    /// How each curve carries its level, where it does.
    pub labels: Option<Lettering>,
    /// Whether lines are drawn though bands are shaded.
    pub lines: bool,
    /// The thicknesses of the lines in turn; that of the style when empty.
    pub widths: Vec<f64>,
    /// The dashes of the lines in turn; those of the style when empty.
    pub dashes: Vec<LineStyle>,
    /// Whether a scale of colours stands beside the box.
    pub bar: bool,
    /// Whether lines of dark colours are lightened.
    pub dark: bool,
    /// One colour for all curves, opacity, thickness, dashes.
    pub style: Style,
}

impl ContourPlot {
    /// Filled contours in grey, as Sage draws them.
    pub fn new(function: Plane, x: Range, y: Range, style: Style) -> Self {
        let levels = Levels::Count(8);
        let map = "gray".to_string();
        let (domain_x, domain_y) = (x, y);
        let (labels, lines, bar) = (None, false, false);
        let (widths, dashes) = (Vec::new(), Vec::new());
        let (fill, dark) = (true, false);
        ContourPlot { function, domain_x, domain_y, levels, fill, map, labels, lines, widths, dashes, bar, dark, style }
    }

    /// The level curves, each with its level written on it where that is asked for.
    fn curves(&self, painter: &mut Painter, levels: &[f64]) {
        let window = painter.window;
        let traced: Vec<Traced> = levels
            .iter()
            .map(|level| {
                let shifted = Shifted { f: self.function.as_ref(), level: *level };
                trace(&shifted, self.domain_x, self.domain_y, &window, painter.budget())
            })
            .collect();
        let lettering = self.labels.clone().unwrap_or_default();
        let size = painter.font_size() * lettering.size / 10.0;
        let number = |level: &f64| crate::figure::render::number(*level, 6);
        let text = |(k, level): (usize, &f64)| {
            let own = || MathText::plain(number(level).replace('-', "−"));
            lettering.texts.get(k).cloned().unwrap_or_else(own)
        };
        let texts: Vec<MathText> = levels.iter().enumerate().map(text).collect();
        let runs: Vec<Vec<Run>> = traced.iter().map(|own| own.runs.clone()).collect();
        let signs = match self.labels {
            Some(_) => level::places(painter, &runs, &texts, size, lettering.spacing),
            None => vec![Vec::new(); levels.len()],
        };
        let inline = lettering.inline.unwrap_or(!self.fill);
        for (k, own) in traced.into_iter().enumerate() {
            let label = format!("{} = {}", self.style.label, number(&levels[k]));
            let style = Style { label, ..self.line_style(k, levels.len()) };
            let runs = if inline { level::interrupted(&own.runs, &signs[k]) } else { own.runs };
            painter.curve("contour", &style, Strokes { runs, isolated: own.points, ends: Vec::new() });
            let colours = &lettering.colours;
            let colour = (!colours.is_empty()).then(|| colours[k % colours.len()]);
            signs[k].iter().for_each(|sign| sign.write(painter, &texts[k], size, colour));
        }
    }

    /// How one of so many lines is drawn.
    fn line_style(&self, k: usize, count: usize) -> Style {
        let mut style = self.style.clone();
        style.colour = Some(style.colour.unwrap_or_else(|| self.line_colour(k, count)));
        style.thickness = self.widths.get(k % self.widths.len().max(1)).copied().unwrap_or(style.thickness);
        style.line = self.dashes.get(k % self.dashes.len().max(1)).copied().unwrap_or(style.line);
        style
    }

    /// The colour of one of so many lines: that of its level, or the text's over painted bands.
    fn line_colour(&self, k: usize, count: usize) -> Colour {
        let t = if count > 1 { k as f64 / (count - 1) as f64 } else { 0.0 };
        // White lines can't be seen on the page.
        let most = if self.map == "gray" { PALEST } else { 1.0 };
        match (self.fill, self.shade(most * t)) {
            (true, _) => Colour::Text,
            (false, shade) if self.dark => shade.lightened(),
            (false, shade) => shade,
        }
    }

    /// The levels, ascending.
    pub fn levels(&self) -> Vec<f64> {
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

    /// The colour of an area.
    fn band(&self, t: f64) -> Colour {
        self.shade(t).shade()
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

    fn dress(&mut self, theme: Theme) {
        self.style = self.style.under(theme);
        self.dark = theme == Theme::Dark;
    }

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
        let shade = |k: usize| self.band(if self.fill { k as f64 / bands } else { (k as f64 - 0.5) / bands });
        let pieces = ends.windows(2).enumerate().map(|(k, pair)| (pair[0], pair[1], shade(k))).collect();
        Some(ColourBar { pieces, levels })
    }

    fn key_colour(&self) -> Option<Colour> {
        let count = self.levels().len();
        let own = if self.fill { self.band(0.5) } else { self.line_colour(count / 2, count) };
        self.style.colour.is_none().then_some(own)
    }

    fn paint(&self, painter: &mut Painter) {
        let levels = self.levels();
        let bands = levels.len().max(1) as f64;
        if self.fill {
            let f = &self.function;
            let everywhere = positive_area(painter, &|x, y| if f.value(x, y).is_nan() { -1.0 } else { 1.0 });
            painter.area(Layer::Fill, &everywhere, Fill { colour: self.band(0.0), alpha: self.style.alpha });
            for (k, level) in levels.iter().enumerate() {
                let area = positive_area(painter, &|x, y| f.value(x, y) - level);
                let colour = self.band((k + 1) as f64 / bands);
                painter.area(Layer::Fill, &area, Fill { colour, alpha: self.style.alpha });
            }
        }
        if !self.fill || self.lines || self.labels.is_some() {
            self.curves(painter, &levels);
        }
    }
}

/// The scale of a colour map over a range of values.
pub(super) fn colour_bar_over(range: Range, map: &str) -> ColourBar {
    const PIECES: u32 = 64;
    let at = |k: u32| range.lo + range.width() * f64::from(k) / f64::from(PIECES);
    let shade = |k: u32| colour_map(map, f64::from(k) / f64::from(PIECES - 1)).unwrap_or(Colour::Faint).shade();
    ColourBar { pieces: (0..PIECES).map(|k| (at(k), at(k + 1), shade(k))).collect(), levels: Vec::new() }
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
        self.bar.then(|| colour_bar_over(self.range(), &self.map))
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
