//! From data to a finished page: ranges, margins from measured labels, painting, axes, legend, title.

use std::borrow::Cow;
use std::time::Duration;

use super::axes::{Decoration, Plan, decorate};
use super::bar::ColourBar;
use super::colour::{Colour, Theme};
use super::function::Range;
use super::geometry::{Point, Rect, Run, clip_segment};
use super::graphics::Graphics;
use super::legend::Legend;
use super::live::{self, LivePage, LivePanel};
use super::options::{Aspect, Options};
use super::painter::{Layer, Painter};
use super::primitive::Element;
use super::scale::Window;
use super::scene::{Fill, Item, Label, Panel, Scene, Stroke};
use super::text::Laid;
use super::text::MathText;
use crate::budget::{Budget, Stopped};

/// Pixels an inch of `figsize`.
const INCH: f64 = 100.0;
/// Ticks of 10 points are this tall.
const TICK_FONT: f64 = 13.0;
/// Free space at the edge of the page.
const EDGE: f64 = 8.0;
/// Padding of ranges that come from data.
const PADDING: f64 = 0.04;

/// Where the figures of a page stand.
#[derive(Clone, Copy, Debug)]
pub(super) enum Arrangement<'a> {
    /// Row by row, so many side by side.
    Rows(usize),
    /// Each in its place: left, bottom, width and height as fractions of the page.
    Places(&'a [[f64; 4]]),
}

impl Arrangement<'_> {
    /// The cell of the i-th of several figures.
    fn cell(&self, i: usize, count: usize, width: f64, height: f64) -> Rect {
        match self {
            Arrangement::Rows(columns) => {
                let rows = count.div_ceil(*columns).max(1);
                let (w, h) = (width / *columns as f64, height / rows as f64);
                let (column, row) = ((i % columns) as f64, (i / columns) as f64);
                Rect::new(column * w, row * h, (column + 1.0) * w, (row + 1.0) * h)
            }
            Arrangement::Places(places) => {
                let [x, y, w, h] = places.get(i).copied().unwrap_or([0.0, 0.0, 1.0, 1.0]);
                let rect = Rect::new(x * width, (1.0 - y - h) * height, (x + w) * width, (1.0 - y) * height);
                let edge = |v: f64, most: f64| v.clamp(0.0, most);
                Rect::new(
                    edge(rect.left, width),
                    edge(rect.top, height),
                    edge(rect.right, width),
                    edge(rect.bottom, height),
                )
            }
        }
    }

    /// Whether the i-th figure lies on top of others.
    fn is_inset(&self, i: usize) -> bool {
        matches!(self, Arrangement::Places(places) if i > 0 && places.get(i).is_some_and(|place| place[2] * place[3] < 0.5))
    }
}

/// How long the drawing of a page may take before it is left as far as it came.
const MOST_TIME: Duration = Duration::from_secs(20);

/// What the drawing of a page may spend: most of the time that is left, so that something is left to be shown.
fn own_part(budget: &Budget) -> Budget {
    budget.part(budget.time_left().map_or(MOST_TIME, |left| MOST_TIME.min(left.mul_f64(0.7))))
}

/// Lays out figures on one page; answers the page and what was decided on the way.
///
/// # Errors
/// When the budget runs out.
pub(super) fn lay_out(
    panels: &[&Graphics],
    arrangement: Arrangement<'_>,
    page: &Options,
    budget: &Budget,
) -> Result<(Scene, Vec<String>), Stopped> {
    let [w, h] = page.figsize.unwrap_or([6.4, 4.8]);
    let (width, height) = ((w * INCH).clamp(40.0, 10_000.0), (h * INCH).clamp(40.0, 10_000.0));
    let mut notes = Vec::new();
    let own = own_part(budget);
    let mut scene = Scene {
        width,
        height,
        theme: page.theme.unwrap_or_default(),
        transparent: page.transparent.unwrap_or(false),
        title: page_title(panels, page),
        description: description(panels),
        panels: Vec::new(),
    };
    for (i, figure) in panels.iter().enumerate() {
        let cell = arrangement.cell(i, panels.len(), width, height);
        let figure = under(figure, scene.theme);
        let (mut panel, said) = Sheet::new(&figure, cell, &own, budget).lay_out()?;
        if arrangement.is_inset(i) {
            panel.items.insert(0, backdrop(&cell));
        }
        scene.panels.push(panel);
        notes.extend(said);
    }
    notes.dedup();
    Ok((scene, notes))
}

/// Lays out figures for a page on which they can be moved and enlarged, curves up to `finest` times as fine as printed.
///
/// # Errors
/// When the budget runs out.
pub(super) fn lay_out_live(
    panels: &[&Graphics],
    arrangement: Arrangement<'_>,
    page: &Options,
    finest: f64,
    budget: &Budget,
) -> Result<(LivePage, Vec<String>), Stopped> {
    let [w, h] = page.figsize.unwrap_or([6.4, 4.8]);
    let (width, height) = ((w * INCH).clamp(40.0, 10_000.0), (h * INCH).clamp(40.0, 10_000.0));
    let mut live = LivePage {
        width,
        height,
        columns: if let Arrangement::Rows(columns) = arrangement { columns.min(panels.len()) } else { 0 },
        theme: page.theme,
        panels: Vec::new(),
    };
    let mut notes = Vec::new();
    let own = own_part(budget);
    for (i, figure) in panels.iter().enumerate() {
        let cell = arrangement.cell(i, panels.len(), width, height);
        let figure = under(figure, page.theme.unwrap_or_default());
        let (mut panel, said) = Sheet::new(&figure, cell, &own, budget).live(finest)?;
        panel.about = description(&[&figure]);
        live.panels.push(panel);
        notes.extend(said);
    }
    notes.dedup();
    Ok((live, notes))
}

/// The figure with its styles made fit for a theme.
fn under(figure: &Graphics, theme: Theme) -> Cow<'_, Graphics> {
    if !matches!(theme, Theme::Dark | Theme::Print) {
        return Cow::Borrowed(figure);
    }
    let mut figure = figure.clone();
    for element in figure.elements_mut() {
        element.dress(theme);
    }
    Cow::Owned(figure)
}

/// The page under a figure that lies on top of others.
fn backdrop(cell: &Rect) -> Item {
    Item::Path {
        runs: vec![cell.corners()],
        closed: true,
        stroke: Some(Stroke::solid(Colour::Grid, 0.75)),
        fill: Some(Fill { colour: Colour::Page, alpha: 1.0 }),
        clipped: false,
    }
}

fn page_title(panels: &[&Graphics], page: &Options) -> String {
    if let Some(title) = &page.title {
        return title.to_plain();
    }
    let sources = panels.iter().flat_map(|g| g.elements()).map(|e| e.style().source.as_str());
    sources.filter(|s| !s.is_empty()).take(4).collect::<Vec<_>>().join(", ")
}

fn description(panels: &[&Graphics]) -> String {
    let mut parts = Vec::new();
    for element in panels.iter().flat_map(|g| g.elements()) {
        let style = element.style();
        let name = if style.source.is_empty() { &style.label } else { &style.source };
        let part = if name.is_empty() { element.kind().to_string() } else { format!("{} of {name}", element.kind()) };
        if !parts.contains(&part) {
            parts.push(part);
        }
    }
    parts.truncate(12);
    parts.join("; ")
}

/// What is shown of a figure.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Look {
    /// From left to right.
    pub x: Range,
    /// From bottom to top.
    pub y: Range,
    /// Whether a frame surrounds it.
    pub frame: bool,
    /// The length of a unit of y over that of x, where that is fixed.
    pub aspect: Option<f64>,
}

/// What is shown of a figure that stands alone.
pub(super) fn look(figure: &Graphics) -> Look {
    let budget = Budget::unlimited();
    let sheet = Sheet::new(figure, Rect::new(0.0, 0.0, 6.4 * INCH, 4.8 * INCH), &budget, &budget);
    Look { x: sheet.ranges.0, y: sheet.ranges.1, frame: sheet.frame, aspect: sheet.aspect }
}

/// One figure in its cell of the page.
struct Sheet<'a> {
    /// What the drawing may spend, and what the whole program may.
    budget: &'a Budget,
    whole: &'a Budget,
    figure: &'a Graphics,
    options: &'a Options,
    cell: Rect,
    ranges: (Range, Range),
    frame: bool,
    aspect: Option<f64>,
    font: f64,
    /// The scale of colours, and the room it takes.
    bar: Option<(ColourBar, f64)>,
    notes: Vec<String>,
}

/// A figure whose window and legend have found their places.
struct Settled<'a> {
    window: Window,
    painter: Painter<'a>,
    decoration: Decoration,
    legend: Option<(Legend, Rect)>,
}

impl<'a> Sheet<'a> {
    fn new(figure: &'a Graphics, cell: Rect, budget: &'a Budget, whole: &'a Budget) -> Self {
        let options = &figure.options;
        let extent = figure.extent();
        let log = options.log.unwrap_or_default();
        let base = options.log_base.unwrap_or([10.0, 10.0]);
        let by_hand = |range: Range, axis: usize| {
            options.axes_pad.map_or(range, |pad| padded_by_hand(range, pad, log[axis].then_some(base[axis])))
        };
        let padless = options.axes_pad.is_some();
        let x = final_range(extent.x, extent.exact_x || padless, options.xmin, options.xmax, log[0]);
        let y = final_range(extent.y, extent.exact_y || padless, options.ymin, options.ymax, log[1]);
        let (x, y) = (by_hand(x, 0), by_hand(y, 1));
        let elements = figure.elements();
        let graph = |e: &dyn Element| matches!(e.kind(), "plot" | "parametric" | "line" | "list");
        let curves = elements.iter().any(|e| graph(e.as_ref()) && e.kind() != "line");
        let framed = elements.iter().any(|e| e.framed()) && !curves;
        let aspect = match options.aspect {
            Aspect::Ratio(ratio) if ratio > 0.0 && ratio.is_finite() => Some(ratio),
            Aspect::Unset if elements.iter().any(|e| e.round()) && !(log[0] || log[1]) => Some(1.0),
            _ => None,
        };
        let font = TICK_FONT * (options.fontsize.unwrap_or(10.0) / 10.0).clamp(0.2, 10.0);
        let bar = elements.iter().find_map(|e| e.colour_bar());
        Sheet {
            budget,
            whole,
            figure,
            options,
            cell,
            ranges: (x, y),
            frame: options.frame.unwrap_or(framed),
            aspect,
            font,
            bar: bar.map(|bar| {
                let room = bar.room(font);
                (bar, room)
            }),
            notes: extent.notes,
        }
    }

    fn lay_out(mut self) -> Result<(Panel, Vec<String>), Stopped> {
        let Settled { window, mut painter, decoration, legend } = self.settle()?;
        self.notes.extend(painter.notes().iter().cloned());
        let legend = legend.map(|(legend, place)| legend.paint(&place)).unwrap_or_default();
        let panel = self.panel(window, &mut painter, decoration, legend);
        Ok((panel, if self.options.notes == Some(false) { Vec::new() } else { self.notes }))
    }

    /// Finds the window, and the place of the legend, which may need room beside the plot box.
    fn settle(&self) -> Result<Settled<'a>, Stopped> {
        let elements: Vec<&dyn Element> = self.figure.elements().iter().map(|e| e.as_ref()).collect();
        let legend = Legend::measure(&elements, self.options, self.font);
        let mut outside = 0.0;
        loop {
            let window = self.fit(outside);
            let painter = self.paint(window, &elements)?;
            let decoration = decorate(&self.plan(window, &painter));
            let rect = window.rect();
            let Some(legend) = &legend else { return Ok(Settled { window, painter, decoration, legend: None }) };
            let labels = [decoration.labels.as_slice(), painter.words()].concat();
            let (place, cover) = legend.place(&rect, &painter, &labels, self.options);
            let chosen = self.options.legend.place.is_some() && cover == 0.0;
            if outside == 0.0 && !chosen && cover > 0.2 * legend.width && self.cell.width() > 3.0 * legend.width {
                outside = legend.width + EDGE;
                continue;
            }
            let left = self.cell.right - EDGE - legend.width;
            let aside = Rect::new(left, rect.top, left + legend.width, rect.top + legend.height);
            let place = if outside > 0.0 { aside } else { place };
            return Ok(Settled { window, painter, decoration, legend: Some((legend.clone(), place)) });
        }
    }

    /// The figure for a page on which it can be moved and enlarged.
    fn live(mut self, finest: f64) -> Result<(LivePanel, Vec<String>), Stopped> {
        let Settled { window, painter, decoration, legend } = self.settle()?;
        self.notes.extend(painter.notes().iter().cloned());
        let elements: Vec<&dyn Element> = self.figure.elements().iter().map(|e| e.as_ref()).collect();
        let content = live::content(&elements, &window, self.font * 14.0 / TICK_FONT, finest, self.whole)?;
        let size =
            self.font * 14.0 / TICK_FONT * self.options.axes_labels_size.map_or(1.0, |s| (s / 1.6).clamp(0.3, 5.0));
        let named = |text: &MathText| (!text.is_empty()).then(|| text.layout(size));
        let names = self.options.axes_labels.as_ref().filter(|_| self.options.axes != Some(false));
        let (x, y) = (window.x.data, window.y.data);
        let panel = LivePanel {
            cell: self.cell,
            plot_box: window.rect(),
            data: [x.lo, x.hi, y.lo, y.hi],
            log: [window.x.log, window.y.log],
            flip: [window.x.start > window.x.end, window.y.start < window.y.end],
            frame: self.frame,
            covered: elements.iter().any(|e| e.covers()),
            aside: elements.iter().any(|e| e.straddles()),
            ratio: self.aspect.is_some(),
            font: self.font,
            options: self.options.clone(),
            names: names.map_or([None, None], |names| [named(&names[0]), named(&names[1])]),
            title: self.options.title.as_ref().map(|title| title.layout(self.font * 15.0 / TICK_FONT)),
            bar: self.colour_bar(&window, &decoration),
            legend: legend.map(|(legend, place)| (legend.paint(&place), place)),
            content,
            about: String::new(),
        };
        Ok((panel, if self.options.notes == Some(false) { Vec::new() } else { self.notes }))
    }

    fn plan<'b>(&'b self, window: Window, painter: &'b Painter) -> Plan<'b> {
        Plan {
            window,
            options: self.options,
            frame: self.frame,
            round: self.aspect == Some(1.0),
            covered: self.figure.elements().iter().any(|e| e.covers()),
            aside: self.figure.elements().iter().any(|e| e.straddles()),
            font: self.font,
            ink: painter.ink(),
            dots: painter.dots(),
            covers: painter.covers(),
        }
    }

    fn paint(&self, window: Window, elements: &[&dyn Element]) -> Result<Painter<'a>, Stopped> {
        let mut painter = Painter::new(window, self.font * 14.0 / TICK_FONT, self.budget);
        for element in elements {
            painter.begin(element.style());
            element.paint(&mut painter);
            self.whole.check()?;
        }
        if self.budget.check().is_err() {
            painter.note("the figure takes too long: it is drawn as far as it came");
        }
        Ok(painter)
    }

    /// The window whose labels just fit into the cell: two rounds of measuring.
    fn fit(&self, outside: f64) -> Window {
        let title = self.laid_title().filter(|_| self.options.title_place.is_none_or(|(_, up)| up >= 1.0));
        let title = title.map_or(0.0, |laid| laid.height() + 0.8 * self.font);
        let (right, below) = match &self.bar {
            Some((bar, room)) if bar.look.lying => (outside, *room),
            Some((_, room)) => (outside + room, 0.0),
            None => (outside, 0.0),
        };
        let room = Rect::new(
            self.cell.left + EDGE,
            self.cell.top + EDGE + title,
            self.cell.right - EDGE - right,
            self.cell.bottom - EDGE - below,
        );
        let mut rect = room.grown(-12.0);
        for _ in 0..3 {
            let window = self.window(self.shaped(&rect));
            let blank = Painter::new(window, self.font, self.budget);
            let decoration = decorate(&self.plan(window, &blank));
            let inner = window.rect();
            let hull = decoration.labels.iter().fold(inner, |hull, r| {
                Rect::new(
                    hull.left.min(r.left),
                    hull.top.min(r.top),
                    hull.right.max(r.right),
                    hull.bottom.max(r.bottom),
                )
            });
            // Half of what the aspect ratio leaves free on a side serves for labels.
            let slack = ((rect.width() - inner.width()) * 0.5, (rect.height() - inner.height()) * 0.5);
            let need = |over: f64, slack: f64| (over - slack).max(2.0);
            rect = Rect::new(
                room.left + need(inner.left - hull.left, slack.0),
                room.top + need(inner.top - hull.top, slack.1),
                room.right - need(hull.right - inner.right, slack.0),
                room.bottom - need(hull.bottom - inner.bottom, slack.1),
            );
            if rect.width() < 20.0 || rect.height() < 20.0 {
                rect = room;
                break;
            }
        }
        self.window(self.shaped(&rect))
    }

    /// The largest box inside with the wanted shape of units, centred, on whole half pixels.
    fn shaped(&self, rect: &Rect) -> Rect {
        let snap = |v: f64| v.round();
        let Some(aspect) = self.aspect else {
            return Rect::new(snap(rect.left), snap(rect.top), snap(rect.right), snap(rect.bottom));
        };
        let shape = aspect * self.ranges.1.width() / self.ranges.0.width();
        let (mut w, mut h) = (rect.width(), rect.width() * shape);
        if h > rect.height() {
            h = rect.height();
            w = h / shape;
        }
        let (w, h) = (w.max(4.0).round(), h.max(4.0).round());
        let left = snap(rect.left + (rect.width() - w) * 0.5);
        let top = snap(rect.top + (rect.height() - h) * 0.5);
        Rect::new(left, top, left + w, top + h)
    }

    fn window(&self, rect: Rect) -> Window {
        let log = self.options.log.unwrap_or_default();
        let mut window = Window::new(self.ranges.0, self.ranges.1, rect, (log[0], log[1]));
        if self.options.flip_x == Some(true) {
            std::mem::swap(&mut window.x.start, &mut window.x.end);
        }
        if self.options.flip_y == Some(true) {
            std::mem::swap(&mut window.y.start, &mut window.y.end);
        }
        window
    }

    fn panel(&self, window: Window, painter: &mut Painter, decoration: Decoration, legend: Vec<Item>) -> Panel {
        let group = |class: &'static str, items: Vec<Item>| Item::Group { class, attributes: Vec::new(), items };
        let mut items = Vec::new();
        let mut add = |class: &'static str, content: Vec<Item>| {
            if !content.is_empty() {
                items.push(group(class, content));
            }
        };
        let bar = self.colour_bar(&window, &decoration).unwrap_or_default();
        let (lines_x, text_x) = split_text(decoration.x);
        let (lines_y, text_y) = split_text(decoration.y);
        add("fill", painter.take(Layer::Fill));
        add("grid", decoration.grid);
        add("frame", decoration.frame);
        add("axis x", lines_x);
        add("axis y", lines_y);
        items.extend(painter.take(Layer::Curve));
        let mut add = |class: &'static str, content: Vec<Item>| {
            if !content.is_empty() {
                items.push(group(class, content));
            }
        };
        add("ticks x", text_x);
        add("ticks y", text_y);
        add("mark", painter.take(Layer::Mark));
        let words = painter.take(Layer::Text).into_iter().map(|item| self.fitted(item, painter));
        add("mark text", words.collect());
        add("colour-bar", bar);
        add("title", self.title(&window.rect()));
        let (x, y) = (window.x.data, window.y.data);
        Panel {
            plot_box: window.rect(),
            data: [x.lo, x.hi, y.lo, y.hi],
            log: (window.x.log, window.y.log),
            items,
            legend,
        }
    }

    /// The scale of colours, clear of the labels around the plot box.
    fn colour_bar(&self, window: &Window, decoration: &Decoration) -> Option<Vec<Item>> {
        let (bar, _) = self.bar.as_ref()?;
        let rect = window.rect();
        let lowest = decoration.labels.iter().map(|label| label.bottom).fold(rect.bottom, f64::max);
        Some(bar.paint(&rect, lowest, self.font))
    }

    /// A word moved into its cell where it would run over the edge; it keeps its halo only where a stroke crosses it.
    fn fitted(&self, item: Item, painter: &Painter) -> Item {
        let Item::Text(mut label) = item else { return item };
        let (rect, room) = (label.hull(), self.cell.grown(-2.0));
        label.origin.x += (room.left - rect.left).max(0.0) - (rect.right - room.right).max(0.0);
        label.origin.y += (room.top - rect.top).max(0.0) - (rect.bottom - room.bottom).max(0.0);
        if label.rotation == 0.0 {
            label.halo = is_inked(&label.rect(), painter.ink());
        }
        Item::Text(label)
    }

    fn laid_title(&self) -> Option<Laid> {
        self.options.title.as_ref().map(|title| title.layout(self.font * 15.0 / TICK_FONT))
    }

    fn title(&self, rect: &Rect) -> Vec<Item> {
        let Some(laid) = self.laid_title() else { return Vec::new() };
        let place = self.options.title_place;
        let middle = rect.left + rect.width() * place.map_or(0.5, |place| place.0);
        let left = (middle - laid.width * 0.5).min(self.cell.right - EDGE - laid.width).max(self.cell.left + EDGE);
        let highest = self.cell.top + EDGE + laid.ascent;
        let baseline = place.map_or(highest, |(_, up)| {
            (rect.bottom - up * rect.height()).min(self.cell.bottom - 2.0 - laid.descent).max(highest)
        });
        let origin = Point::new(left, baseline);
        vec![Item::Text(Label::new(laid, origin, Colour::Text))]
    }
}

/// Whether a stroke crosses a box.
fn is_inked(rect: &Rect, ink: &[Run]) -> bool {
    let grown = rect.grown(1.0);
    ink.iter().any(|run| run.windows(2).any(|pair| clip_segment(pair[0], pair[1], &grown).is_some()))
}

/// Lines first, words after: words are painted over the curves.
fn split_text(items: Vec<Item>) -> (Vec<Item>, Vec<Item>) {
    items.into_iter().partition(|item| !matches!(item, Item::Text(_)))
}

/// The range shown: what is asked for, else the data with padding, never empty or without width.
fn final_range(data: Range, exact: bool, low: Option<f64>, high: Option<f64>, log: bool) -> Range {
    let usable = data.is_bounded();
    let mut range = if usable { data } else { Range::new(-1.0, 1.0) };
    if log && range.lo <= 0.0 {
        range.lo = if range.hi > 0.0 { range.hi * 1e-3 } else { 1e-3 };
    }
    if !exact && usable && range.width() > 1e-12 * range.hi.abs().max(range.lo.abs()) {
        range = padded(range, log);
    }
    let low = low.filter(|v| v.is_finite());
    let high = high.filter(|v| v.is_finite());
    if let Some(v) = low {
        range.lo = v;
    }
    if let Some(v) = high {
        range.hi = v;
    }
    if range.lo > range.hi && low.is_some() && high.is_some() {
        range = Range::new(range.hi, range.lo);
    }
    // NaN and empty widths alike are widened.
    let enough = range.width() > 1e-12 * range.hi.abs().max(range.lo.abs());
    if !enough || !range.width().is_finite() {
        let around = match (low, high) {
            (Some(a), None) => Range::new(a, a + 2.0 * (a.abs() * 0.5).max(1.0)),
            (None, Some(b)) => Range::new(b - 2.0 * (b.abs() * 0.5).max(1.0), b),
            _ if range.lo.is_finite() && range.lo.abs() < 1e300 => {
                let half = (range.lo.abs() * 0.5).max(if range.lo == 0.0 { 1.0 } else { range.lo.abs() * 1e-6 });
                Range::new(range.lo - half, range.lo + half)
            }
            _ => Range::new(-1.0, 1.0),
        };
        return around;
    }
    range
}

/// A range with Sage's `axes_pad`: that share of its width on either side; of logarithmic axes the base's power below 1 of each end.
fn padded_by_hand(range: Range, pad: f64, base: Option<f64>) -> Range {
    match base {
        Some(base) if range.lo > 0.0 => {
            let share = pxfm::f_pow(base, -pad).min(0.999);
            Range::new(range.lo * (1.0 - share), range.hi * (1.0 + share))
        }
        _ => Range::new(range.lo - pad * range.width(), range.hi + pad * range.width()),
    }
}

fn padded(range: Range, log: bool) -> Range {
    if log && range.lo > 0.0 {
        let factor = pxfm::f_pow(range.hi / range.lo, PADDING);
        Range::new(range.lo / factor, range.hi * factor)
    } else {
        let pad = range.width() * PADDING;
        Range::new(range.lo - pad, range.hi + pad)
    }
}
