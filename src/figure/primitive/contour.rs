//! Level curves of a function of two variables, with or without colours between them; densities.

use super::level::{self, Lettering};
use super::region::positive_area;
use super::{Element, Extent, plane_basics};
use crate::figure::bar::{BarLook, ColourBar};
use crate::figure::colour::{Colour, Theme, colour_map};
use crate::figure::function::{Plane, PlaneFunction, Range};
use crate::figure::geometry::Run;
use crate::figure::implicit::{Traced, trace};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, Strokes};
use crate::figure::scene::Fill;
use crate::figure::style::{LineStyle, Style};
use crate::figure::text::MathText;
use crate::figure::ticks::power_of_ten;
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
    /// How each curve carries its level, where it does.
    pub labels: Option<Lettering>,
    /// The thicknesses of the lines in turn; that of the style when empty.
    pub widths: Vec<f64>,
    /// The dashes of the lines in turn; those of the style when empty.
    pub dashes: Vec<LineStyle>,
    /// The scale of colours beside the box, where there is one.
    pub bar: Option<BarLook>,
    /// Whether the page behind the lines is dark.
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
        let (widths, dashes) = (Vec::new(), Vec::new());
        let (fill, dark, labels, bar) = (true, false, None, None);
        ContourPlot { function, domain_x, domain_y, levels, fill, map, labels, widths, dashes, bar, dark, style }
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
            let own = || MathText::numeral(&number(level));
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
        let t = if count > 1 { k as f64 / (count - 1) as f64 } else { 0.0 };
        style.colour = Some(style.colour.unwrap_or_else(|| self.line_colour(t)));
        style.thickness = self.widths.get(k % self.widths.len().max(1)).copied().unwrap_or(style.thickness);
        style.line = self.dashes.get(k % self.dashes.len().max(1)).copied().unwrap_or(style.line);
        style
    }

    /// The colour of a line: that of its level, seen well against the page, or the text's over painted bands.
    fn line_colour(&self, t: f64) -> Colour {
        let shade = colour_map(&self.map, t).unwrap_or(Colour::Faint);
        match (self.fill, self.dark) {
            (true, _) => Colour::Text,
            (false, true) => shade.lightened(),
            (false, false) => shade.darkened(),
        }
    }

    /// Whether lines are drawn: always where bands are not, over them where anything is said of lines.
    fn has_lines(&self) -> bool {
        !self.fill || self.labels.is_some() || !self.widths.is_empty() || !self.dashes.is_empty()
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
        colour_map(&self.map, t).unwrap_or(Colour::Faint).shade()
    }
}

/// The range of values on a coarse lattice, without the extreme hundredth on either side.
pub(super) fn values_over(f: &dyn PlaneFunction, x: Range, y: Range) -> Range {
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
    let power = power_of_ten(pxfm::f_log10(rough).floor() as i32);
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
        let look = self.bar.clone()?;
        let levels = self.levels();
        let (first, last) = (*levels.first()?, *levels.last()?);
        let bands = levels.len() as f64;
        let step = if levels.len() > 1 { (last - first) / (bands - 1.0) } else { 1.0_f64.max(first.abs()) };
        let mut ends = vec![first - step];
        ends.extend(&levels);
        ends.push(last + step);
        let shade = |k: usize| match self.fill {
            true => self.band(k as f64 / bands),
            false => self.line_colour((k as f64 - 0.5) / bands).shade(),
        };
        let pieces = ends.windows(2).enumerate().map(|(k, pair)| (pair[0], pair[1], shade(k))).collect();
        Some(ColourBar { pieces, levels, look })
    }

    fn key_colour(&self) -> Option<Colour> {
        let own = if self.fill { self.band(0.5) } else { self.line_colour(0.5) };
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
        if self.has_lines() {
            self.curves(painter, &levels);
        }
    }
}
