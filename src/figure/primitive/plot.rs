//! The graph of a function of one variable.

use super::{Element, Extent, element_basics};
use crate::budget::Budget;
use crate::figure::colour::Colour;
use crate::figure::function::{Range, Real, RealFunction};
use crate::figure::geometry::{Point, Rect, Run};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter};
use crate::figure::sample::{Sampled, find_range, sample, simplest_between};
use crate::figure::scale::{Scale, Window};
use crate::figure::scene::Fill;
use crate::figure::style::{Marker, Style};

/// What to do with poles. A curve is broken at them in any case.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Poles {
    /// Only break the curve.
    #[default]
    Break,
    /// Draw the asymptotes too.
    Show,
}

/// The other border of a filled area.
#[derive(Clone)]
pub enum FillTo {
    /// The line y = 0.
    Axis,
    /// The least value shown.
    Min,
    /// The greatest value shown.
    Max,
    /// A constant.
    Value(f64),
    /// Another curve.
    Function(Real),
}

/// The graph of a function over a range.
#[derive(Clone)]
pub struct FunctionPlot {
    /// The function.
    pub function: Real,
    /// Where it is drawn.
    pub domain: Range,
    /// Points across which nothing is joined.
    pub excluded: Vec<f64>,
    /// Whether asymptotes at poles are drawn.
    pub poles: Poles,
    /// Horizontal and oblique asymptotes to draw: slope and height at 0.
    pub asymptotes: Vec<(f64, f64)>,
    /// Whether open and closed ends are marked.
    pub endpoints: bool,
    /// The area to fill.
    pub fill: Option<FillTo>,
    /// Its colour where it is not the curve's.
    pub fill_colour: Option<Colour>,
    /// Its opacity.
    pub fill_alpha: f64,
    /// Into how many parts it was asked to be broken, each counted as a primitive.
    pub parts: usize,
    /// How the curve is drawn.
    pub style: Style,
}

impl FunctionPlot {
    /// A plain plot.
    pub fn new(function: Real, domain: Range, style: Style) -> Self {
        FunctionPlot {
            function,
            domain,
            excluded: Vec::new(),
            poles: Poles::Break,
            asymptotes: Vec::new(),
            endpoints: true,
            fill: None,
            fill_colour: None,
            fill_alpha: 0.2,
            parts: 1,
            style,
        }
    }

    /// How many poles lie inside the domain.
    pub fn count_poles(&self, budget: &Budget) -> usize {
        self.first_look(budget).map_or(0, |(sampled, _)| sampled.poles.len())
    }

    /// Where the curve has an open end and the function no value.
    pub fn holes(&self, budget: &Budget) -> Vec<f64> {
        let Some((sampled, window)) = self.first_look(budget) else { return Vec::new() };
        let reach = self.domain.width() * 1e-12;
        let simple = |x: f64| simplest_between(x - reach, x + reach).unwrap_or(x);
        let open = sampled.ends.iter().filter(|end| !end.closed).map(|end| simple(window.x.value(end.at.x)));
        open.filter(|x| self.function.value(*x).is_nan()).collect()
    }

    /// The curve sampled for a page of its own.
    fn first_look(&self, budget: &Budget) -> Option<(Sampled, Window)> {
        let found = find_range(self.function.as_ref(), self.domain, false).shown;
        if !found.is_bounded() || found.width() <= 0.0 {
            return None;
        }
        let page = Rect::new(0.0, 0.0, 600.0, 400.0);
        let window = Window::new(self.domain, found, page, (false, false));
        Some((sample(self.function.as_ref(), self.domain, &window, &[], budget), window))
    }

    /// Whether the function is proved to have no value in the domain.
    pub fn is_undefined(&self) -> bool {
        self.domain.is_bounded() && self.function.enclose(self.domain.interval()).is_empty()
    }

    /// The part of the domain that the options leave in view.
    fn visible_domain(&self, options: &Options) -> Range {
        let lo = options.xmin.map_or(self.domain.lo, |x| x.max(self.domain.lo));
        let hi = options.xmax.map_or(self.domain.hi, |x| x.min(self.domain.hi));
        if lo < hi { Range::new(lo, hi) } else { self.domain }
    }

    fn paint_fill(&self, painter: &mut Painter, to: &FillTo, sampled: &Sampled) {
        let outline = outline(self, painter, sampled);
        let rect = painter.plot_box();
        let base = |p: &Point| match to {
            FillTo::Axis => painter.window.y.pixel(0.0).clamp(rect.top, rect.bottom),
            FillTo::Min => rect.bottom.min(outline.iter().flatten().map(|p| p.y).fold(rect.top, f64::max)),
            FillTo::Max => rect.top.max(outline.iter().flatten().map(|p| p.y).fold(rect.bottom, f64::min)),
            FillTo::Value(y) => painter.window.y.pixel(*y),
            FillTo::Function(g) => painter.window.y.pixel(g.value(painter.window.x.value(p.x))),
        };
        let polygons: Vec<Run> = outline
            .iter()
            .filter(|run| run.len() > 1)
            .map(|run| {
                let back = run.iter().rev().map(|p| Point::new(p.x, base(p))).filter(|p| p.y.is_finite());
                run.iter().copied().chain(back).collect()
            })
            .collect();
        let colour = self.fill_colour.unwrap_or(self.style.ink());
        painter.area(Layer::Fill, &polygons, Fill { colour, alpha: self.fill_alpha * self.style.alpha });
    }
}

/// The border of a filled area: the sampled curve, completed by what lies off the window, broken at breaks.
fn outline(plot: &FunctionPlot, painter: &Painter, sampled: &Sampled) -> Vec<Run> {
    let rect = painter.plot_box().grown(2.0);
    let scale = painter.window.x;
    let mut points: Vec<Option<Point>> = Vec::new();
    let (from, to) = (scale.pixel(plot.domain.lo), scale.pixel(plot.domain.hi));
    let (from, to) = (from.min(to).max(rect.left), from.max(to).min(rect.right));
    let fill_gap = |points: &mut Vec<Option<Point>>, a: f64, b: f64| {
        let count = (b - a).floor().max(0.0) as usize;
        for i in 0..=count {
            let x = a + i as f64;
            let y = painter.window.y.pixel(plot.function.value(scale.value(x)));
            points.push(y.is_finite().then(|| Point::new(x, y.clamp(rect.top, rect.bottom))));
        }
    };
    let mut at = from;
    for run in &sampled.runs {
        let (Some(first), Some(last)) = (run.first(), run.last()) else { continue };
        fill_gap(&mut points, at + 0.01, first.x - 0.01);
        points.extend(run.iter().map(|p| Some(Point::new(p.x, p.y.clamp(rect.top, rect.bottom)))));
        at = last.x;
    }
    fill_gap(&mut points, at + 0.01, to);
    split_outline(&points, rect.height() * 0.9)
}

/// Cuts the border where there is no value and where it leaps from edge to edge.
fn split_outline(points: &[Option<Point>], leap: f64) -> Vec<Run> {
    let mut runs: Vec<Run> = vec![Vec::new()];
    for point in points {
        let last = runs.last().and_then(|run| run.last()).copied();
        match point {
            Some(p) if last.is_none_or(|q| (q.y - p.y).abs() < leap || (q.x - p.x).abs() < 1e-9) => {
                if let Some(run) = runs.last_mut() {
                    run.push(*p);
                }
            }
            Some(p) => runs.push(vec![*p]),
            None => runs.push(Vec::new()),
        }
    }
    runs
}

impl Element for FunctionPlot {
    element_basics!("plot");

    fn scalable(&self) -> bool {
        self.style.marker.is_none()
    }

    fn count(&self) -> usize {
        self.parts + usize::from(self.fill.is_some())
    }

    fn extent(&self, options: &Options) -> Extent {
        let domain = self.visible_domain(options);
        let mut extent = Extent { x: self.domain, exact_x: true, ..Extent::default() };
        if options.ymin.is_some() && options.ymax.is_some() {
            return extent;
        }
        let log_x = options.log.is_some_and(|log| log[0]);
        let found = find_range(self.function.as_ref(), domain, log_x);
        extent.y = found.shown;
        if options.log.is_some_and(|log| log[1]) && found.shown.lo <= 0.0 {
            extent.y = positive_range(self.function.as_ref(), domain, log_x);
        }
        if let Some(FillTo::Axis) = self.fill
            && !found.shown.is_empty()
        {
            extent.y = extent.y.join(Range::point(0.0));
        }
        if found.clipped {
            extent.notes.push("large values are cut off: set ymin and ymax to see them".to_string());
        }
        if found.shown.is_empty() {
            extent.notes.push("no real values in this range".to_string());
        }
        extent
    }

    fn paint(&self, painter: &mut Painter) {
        let window = painter.window;
        let shown = Range::new(self.domain.lo.max(window.x.data.lo), self.domain.hi.min(window.x.data.hi));
        if shown.is_empty() {
            return;
        }
        let sampled = sample(self.function.as_ref(), shown, &window, &self.excluded, painter.budget());
        for note in &sampled.notes {
            painter.note(note.clone());
        }
        if let Some(to) = &self.fill {
            self.paint_fill(painter, to, &sampled);
        }
        let rect = painter.plot_box();
        if self.poles == Poles::Show {
            for &x in &sampled.poles {
                let p = window.x.pixel(x);
                painter.asymptote(x, vec![Point::new(p, rect.top), Point::new(p, rect.bottom)]);
            }
        }
        for &(slope, height) in &self.asymptotes {
            let end = |x: f64| window.pixel(x, height + slope * x);
            painter.asymptote(0.0, vec![end(window.x.data.lo), end(window.x.data.hi)]);
        }
        let strokes = sampled.strokes(self.endpoints);
        let markers = self.style.marker.map(|marker| (marker, marker_places(&strokes.runs)));
        painter.curve("plot", &self.style, strokes);
        if let Some((marker, places)) = markers {
            let radius = if marker == Marker::Disc { 0.5 } else { 0.6 } * self.style.marker_size * 4.0 / 3.0;
            for at in places {
                painter.marker(at, marker, radius, &self.style);
            }
        }
    }
}

/// The range of the positive values, for a logarithmic axis: without the least twentieth of them, which may go down to zero.
fn positive_range(f: &dyn RealFunction, domain: Range, log_x: bool) -> Range {
    const COUNT: u32 = 400;
    let scale = Scale::new(domain, 0.0, f64::from(COUNT), log_x);
    let values = (0..=COUNT).map(|k| f.precise(scale.value(f64::from(k))));
    let mut positive: Vec<f64> = values.filter(|y| *y > 0.0 && y.is_finite()).collect();
    positive.sort_by(f64::total_cmp);
    match (positive.get(positive.len() / 20), positive.last()) {
        (Some(low), Some(high)) => Range::new(*low, *high),
        _ => Range::EMPTY,
    }
}

/// Where markers of a curve stand: about every 24 pixels along it.
fn marker_places(runs: &[Run]) -> Vec<Point> {
    let mut places = Vec::new();
    for run in runs {
        let mut left = 0.0;
        for pair in run.windows(2) {
            let step = pair[0].distance(pair[1]);
            while left < step {
                places.push(pair[0].toward(pair[1], left / step));
                left += 24.0;
            }
            left -= step;
        }
    }
    places
}
