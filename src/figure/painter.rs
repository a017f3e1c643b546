//! What primitives draw on: data in, clipped and simplified shapes in layers out.

use super::colour::Colour;
use super::geometry::{Point, Rect, Run, clip_polygon, clip_run, simplify};
use super::scale::Window;
use super::scene::{Fill, Item, Label, Stroke};
use super::style::{Marker, Style};
use super::text::{Laid, MathText};
use crate::budget::Budget;
use crate::number::sorting;

/// Chord error that merging vertices may add, in pixels.
const MERGE: f64 = 0.06;

/// Areas at least as opaque as this hide what is behind them.
const COVERING: f64 = 0.6;

/// The radius of an end mark, an isolated point and a point of the default size.
pub const DOT: f64 = 3.5;

/// The painting order inside one panel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// Areas, under everything but the grid.
    Fill,
    /// Strokes.
    Curve,
    /// Points, arrows, shapes.
    Mark,
    /// Words.
    Text,
}

impl Layer {
    /// Where its shapes lie among Sage's orders (zorder).
    fn height(self) -> f64 {
        match self {
            Layer::Fill => 1.0,
            Layer::Curve | Layer::Mark => 5.0,
            Layer::Text => 10.0,
        }
    }

    /// The layer and the place in it of a shape that was given an order of its own: grid and axes lie at 2.5, curves at 5.
    fn at(self, order: Option<f64>) -> (Layer, f64) {
        match order {
            None => (self, self.height()),
            Some(order) if order < 2.5 => (Layer::Fill, order),
            Some(order) if order <= Layer::Curve.height() => (Layer::Curve, order),
            Some(order) if order < Layer::Text.height() => (Layer::Mark, order),
            Some(order) => (Layer::Text, order),
        }
    }
}

/// An open or closed end of a curve.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct EndMark {
    /// Where, in pixels.
    pub at: Point,
    /// Whether the end belongs to the curve.
    pub closed: bool,
}

/// What one curve consists of, in pixels.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Strokes {
    /// Connected runs, not yet clipped.
    pub runs: Vec<Run>,
    /// Ends to be marked.
    pub ends: Vec<EndMark>,
    /// Points without a stroke.
    pub isolated: Vec<Point>,
}

/// Collects the shapes of one panel.
pub struct Painter<'a> {
    budget: &'a Budget,
    /// How data become pixels.
    pub window: Window,
    font_size: f64,
    layers: Vec<(Layer, f64, Item)>,
    order: Option<f64>,
    /// What shapes are cut to.
    clip: Rect,
    ink: Vec<Run>,
    dots: Vec<Point>,
    words: Vec<Rect>,
    covers: Vec<Run>,
    notes: Vec<String>,
}

impl<'a> Painter<'a> {
    /// An empty panel showing `window`; text is sized from `font_size` pixels.
    pub fn new(window: Window, font_size: f64, budget: &'a Budget) -> Self {
        Painter {
            budget,
            window,
            font_size,
            layers: Vec::new(),
            order: None,
            clip: window.rect(),
            ink: Vec::new(),
            dots: Vec::new(),
            words: Vec::new(),
            covers: Vec::new(),
            notes: Vec::new(),
        }
    }

    /// What the drawing may still cost.
    pub fn budget(&self) -> &'a Budget {
        self.budget
    }

    /// The plot box.
    pub fn plot_box(&self) -> Rect {
        self.window.rect()
    }

    /// The size of ordinary text in pixels.
    pub fn font_size(&self) -> f64 {
        self.font_size
    }

    /// Begins an element: its order (zorder), where it has one of its own, and whether it ends at the plot box.
    pub fn begin(&mut self, style: &Style) {
        const FAR: f64 = 10_000.0;
        self.order = style.order;
        self.clip = if style.unclipped { self.plot_box().grown(FAR) } else { self.plot_box() };
    }

    /// The box that shapes are cut to.
    pub fn clip(&self) -> Rect {
        self.clip
    }

    /// Records a decision that the reader of the figure should know.
    pub fn note(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !self.notes.contains(&text) {
            self.notes.push(text);
        }
    }

    /// Adds finished items.
    pub fn add(&mut self, layer: Layer, item: Item) {
        let (layer, order) = layer.at(self.order);
        self.layers.push((layer, order, item));
    }

    /// Draws a curve: clips, merges vertices, marks ends.
    pub fn curve(&mut self, kind: &'static str, style: &Style, strokes: Strokes) {
        let clip = self.clip;
        let mut runs = Vec::new();
        for run in &strokes.runs {
            runs.extend(clip_run(run, &clip).iter().map(|part| simplify(part, MERGE)));
        }
        self.ink.extend(runs.iter().cloned());
        let stroke = style.stroke();
        let width = stroke.as_ref().map_or(super::style::CURVE_WIDTH, |s| s.width);
        let mut items = Vec::new();
        if let (Some(stroke), false) = (stroke, runs.is_empty()) {
            items.push(Item::Path { runs, closed: false, stroke: Some(stroke), fill: None, clipped: true });
        }
        for &centre in strokes.isolated.iter().filter(|p| clip.contains(**p)) {
            self.dots.push(centre);
            let fill = Some(Fill { colour: style.ink(), alpha: style.alpha });
            items.push(Item::Disc { class: "isolated", centre, radius: DOT, stroke: None, fill });
        }
        for end in strokes.ends.iter().filter(|end| clip.contains(end.at)) {
            items.push(end_mark(end, style, width));
            self.dots.push(end.at);
        }
        let mut attributes = Vec::new();
        if !style.label.is_empty() {
            attributes.push(("data-label", style.label.clone()));
        }
        attributes.push(("data-kind", kind.to_string()));
        if !style.source.is_empty() {
            attributes.push(("data-expr", style.source.clone()));
        }
        self.add(Layer::Curve, Item::Group { class: "curve", attributes, items });
    }

    /// Draws strokes that are no curve of a function: arrows, outlines.
    pub fn strokes(&mut self, layer: Layer, runs: &[Run], stroke: Stroke) {
        let clip = self.clip;
        let parts: Vec<Run> =
            runs.iter().flat_map(|run| clip_run(run, &clip)).map(|part| simplify(&part, MERGE)).collect();
        if !parts.is_empty() {
            self.ink.extend(parts.iter().cloned());
            let clipped = clip == self.plot_box();
            self.add(layer, Item::Path { runs: parts, closed: false, stroke: Some(stroke), fill: None, clipped });
        }
    }

    /// Fills polygons (pixels), cut at the plot box.
    pub fn area(&mut self, layer: Layer, polygons: &[Run], fill: Fill) {
        let clip = self.clip;
        let parts: Vec<Run> = polygons
            .iter()
            .map(|polygon| clip_polygon(polygon, &clip))
            .filter(|polygon| polygon.len() > 2)
            .map(|polygon| simplify(&polygon, MERGE))
            .collect();
        if !parts.is_empty() {
            if fill.alpha > COVERING {
                self.covers.extend(parts.iter().cloned());
            }
            let clipped = clip == self.plot_box();
            self.add(layer, Item::Path { runs: parts, closed: true, stroke: None, fill: Some(fill), clipped });
        }
    }

    /// Draws a vertical or slanted helper line outside every curve group.
    pub fn asymptote(&mut self, data_x: f64, run: Run) {
        let clip = self.clip;
        let runs = clip_run(&run, &clip);
        if runs.is_empty() {
            return;
        }
        self.ink.extend(runs.iter().cloned());
        let stroke = Stroke { colour: Colour::Faint, width: 1.0, dash: vec![5.0, 4.0], alpha: 1.0 };
        let path = Item::Path { runs, closed: false, stroke: Some(stroke), fill: None, clipped: true };
        let attributes = vec![("data-x", super::render::number(data_x, 6))];
        self.add(Layer::Fill, Item::Group { class: "asymptote", attributes, items: vec![path] });
    }

    /// Draws a marker at a point of the box; points outside are left out.
    pub fn marker(&mut self, at: Point, marker: Marker, radius: f64, style: &Style) {
        if !self.clip.grown(0.01).contains(at) {
            return;
        }
        self.dots.push(at);
        let item = marker_item(at, marker, radius, style);
        self.add(Layer::Mark, item);
    }

    /// Sets a line of text; `anchor` gives the point of its box that lies at `at` (0, 0 lower left; 1, 1 upper right).
    pub fn text(&mut self, text: &MathText, at: Point, anchor: (f64, f64), size: f64, rotation: f64, style: &Style) {
        let (laid, turned) = placed(text.layout(size), at, anchor, rotation);
        let rect = Rect::new(0.0, -laid.ascent, laid.width, laid.descent);
        let corners: Run = rect.corners().into_iter().map(&turned).collect();
        let origin = turned(Point::new(0.0, 0.0));
        let colour = style.colour.unwrap_or(Colour::Text);
        self.words.push(Rect::around(&corners));
        let label = Label { laid, origin, rotation, colour, alpha: style.alpha, halo: true };
        self.add(Layer::Text, Item::Text(label));
    }

    /// All strokes drawn so far, for placing labels and the legend.
    pub fn ink(&self) -> &[Run] {
        &self.ink
    }

    /// All points drawn so far.
    pub fn dots(&self) -> &[Point] {
        &self.dots
    }

    /// The areas painted so far that hide what is behind them.
    pub fn covers(&self) -> &[Run] {
        &self.covers
    }

    /// The boxes of all words written so far.
    pub fn words(&self) -> &[Rect] {
        &self.words
    }

    /// What was decided.
    pub fn notes(&self) -> &[String] {
        &self.notes
    }

    /// The items of a layer, in painting order.
    pub fn take(&mut self, layer: Layer) -> Vec<Item> {
        let (mine, rest) = std::mem::take(&mut self.layers).into_iter().partition(|entry| entry.0 == layer);
        self.layers = rest;
        in_order(mine).map(|entry| entry.2).collect()
    }

    /// All items with their layers and their places in them.
    pub fn into_layers(self) -> Vec<(Layer, f64, Item)> {
        self.layers
    }
}

/// Items of layers, those of lower orders first.
pub(super) fn in_order(mut items: Vec<(Layer, f64, Item)>) -> impl Iterator<Item = (Layer, f64, Item)> {
    sorting::sort_by(&mut items, |a, b| a.1.total_cmp(&b.1));
    items.into_iter()
}

/// A laid out line, and where a point given from the start of its baseline lies; `anchor` as `Painter::text` takes it.
pub(super) fn placed(laid: Laid, at: Point, anchor: (f64, f64), rotation: f64) -> (Laid, impl Fn(Point) -> Point) {
    let radians = rotation.to_radians();
    let (sin, cos) = (pxfm::f_sin(radians), pxfm::f_cos(radians));
    let (left, down) = (-anchor.0 * laid.width, anchor.1 * laid.height() - laid.descent);
    let turned = move |p: Point| {
        let (x, y) = (p.x + left, p.y + down);
        Point::new(at.x + x * cos + y * sin, at.y - x * sin + y * cos)
    };
    (laid, turned)
}

fn end_mark(end: &EndMark, style: &Style, width: f64) -> Item {
    let stroke = Stroke { alpha: style.alpha, ..Stroke::solid(style.ink(), width.min(1.75)) };
    let (class, colour) = if end.closed { ("endpoint closed", style.ink()) } else { ("endpoint open", Colour::Page) };
    let fill = Some(Fill { colour, alpha: 1.0 });
    Item::Disc { class, centre: end.at, radius: DOT, stroke: Some(stroke), fill }
}

/// A marker as it is drawn.
pub(super) fn marker_item(at: Point, marker: Marker, radius: f64, style: &Style) -> Item {
    let fill = Some(Fill { colour: style.face.unwrap_or(style.ink()), alpha: style.alpha });
    let halo = Stroke {
        alpha: style.alpha,
        ..Stroke::solid(style.edge.unwrap_or(Colour::Page), style.edge_width.unwrap_or(1.0))
    };
    let polygon = |offsets: &[(f64, f64)]| Item::Path {
        runs: vec![offsets.iter().map(|(x, y)| Point::new(at.x + x * radius, at.y + y * radius)).collect()],
        closed: true,
        stroke: Some(halo.clone()),
        fill,
        clipped: false,
    };
    let bars = |lines: &[[(f64, f64); 2]]| Item::Path {
        runs: lines
            .iter()
            .map(|l| l.iter().map(|(x, y)| Point::new(at.x + x * radius, at.y + y * radius)).collect())
            .collect(),
        closed: false,
        stroke: Some(Stroke { alpha: style.alpha, ..Stroke::solid(style.ink(), style.edge_width.unwrap_or(1.5)) }),
        fill: None,
        clipped: false,
    };
    match marker {
        Marker::Disc => Item::Disc { class: "", centre: at, radius, stroke: (radius > 2.0).then_some(halo), fill },
        Marker::Square => polygon(&[(-0.9, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9)]),
        Marker::Diamond => polygon(&[(0.0, -1.2), (1.2, 0.0), (0.0, 1.2), (-1.2, 0.0)]),
        Marker::Triangle => polygon(&[(0.0, -1.1), (1.0, 0.8), (-1.0, 0.8)]),
        Marker::TriangleDown => polygon(&[(0.0, 1.1), (1.0, -0.8), (-1.0, -0.8)]),
        Marker::Cross => bars(&[[(-0.9, -0.9), (0.9, 0.9)], [(-0.9, 0.9), (0.9, -0.9)]]),
        Marker::Plus => bars(&[[(-1.1, 0.0), (1.1, 0.0)], [(0.0, -1.1), (0.0, 1.1)]]),
        Marker::Star => polygon(&[
            (0.0, -1.3),
            (0.3, -0.42),
            (1.24, -0.4),
            (0.49, 0.16),
            (0.76, 1.05),
            (0.0, 0.52),
            (-0.76, 1.05),
            (-0.49, 0.16),
            (-1.24, -0.4),
            (-0.3, -0.42),
        ]),
    }
}
