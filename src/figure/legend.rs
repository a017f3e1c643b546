//! The legend: its lines, its size, and the place where it covers least.

use super::colour::Colour;
use super::geometry::{Point, Rect, Run, clip_segment, is_inside};
use super::options::{LegendLook, LegendPlace, Options};
use super::painter::{DOT, Painter, marker_item};
use super::primitive::Element;
use super::scene::{Fill, Item, Label, Stroke};
use super::style::Marker;
use super::text::{Laid, MathText};

/// The length of a sample, the padding inside, the gap behind a sample, and the distance from the plot box, in pixels where nothing is said.
const KEY: f64 = 28.0;
const PAD: f64 = 8.0;
const MARGIN: f64 = 8.0;
/// How far its shadow lies right of and below it.
const SHADOW: f64 = 3.0;

/// One line: the text and a sample of the stroke.
#[derive(Clone)]
struct Entry {
    laid: Laid,
    stroke: Option<Stroke>,
    colour: Colour,
    text_colour: Colour,
    dots: Vec<Item>,
    area: bool,
}

/// The measured legend of a figure.
#[derive(Clone)]
pub(super) struct Legend {
    entries: Vec<Entry>,
    title: Option<Laid>,
    row: f64,
    columns: usize,
    /// The length of a sample with the gap behind it, and of a sample alone.
    indent: f64,
    key: f64,
    padding: (f64, f64),
    column_gap: f64,
    margin: f64,
    corner: f64,
    back: Option<Colour>,
    shadow: bool,
    /// Width of its box.
    pub width: f64,
    /// Height of its box.
    pub height: f64,
}

impl Legend {
    /// The legend of these elements; `None` when no one has a label or it is switched off.
    pub fn measure(elements: &[&dyn Element], options: &Options, font: f64) -> Option<Legend> {
        if options.show_legend == Some(false) {
            return None;
        }
        let look = &options.legend;
        let font = look.font.map_or(font, |points| font * (points / 10.0).clamp(0.2, 10.0));
        let length = |given: Option<f64>, own: f64| given.map_or(own, |units| (units * font).clamp(0.0, 400.0));
        let key = length(look.key, KEY);
        let set = |text: &MathText| {
            let text = if look.slanted == Some(true) { text.clone().slanted() } else { text.clone() };
            if look.bold == Some(true) { text.bold().layout(font) } else { text.layout(font) }
        };
        let entries: Vec<Entry> = elements.iter().filter_map(|element| entry(*element, look, key, set)).collect();
        if entries.is_empty() {
            return None;
        }
        let title = look.title.as_ref().map(set);
        let indent = key + length(look.key_gap, PAD);
        let widest = entries.iter().map(|e| e.laid.width + indent).fold(0.0, f64::max);
        let tallest = entries.iter().map(|e| e.laid.height()).fold(0.0, f64::max);
        let row = look.row_gap.map_or((tallest + 4.0).max(font * 1.45), |gap| tallest + length(Some(gap), 0.0));
        let columns = look.columns.unwrap_or(1).clamp(1, entries.len());
        let rows = entries.len().div_ceil(columns) + usize::from(title.is_some());
        let padding =
            look.padding.map_or((PAD, PAD * 0.5), |given| (length(Some(given), PAD), length(Some(given), PAD)));
        let column_gap = length(look.column_gap, 2.0 * PAD);
        let all = widest * columns as f64 + column_gap * (columns - 1) as f64;
        let width = all.max(title.as_ref().map_or(0.0, |t| t.width)) + 2.0 * padding.0;
        Some(Legend {
            entries,
            title,
            row,
            columns,
            indent,
            key,
            padding,
            column_gap,
            margin: length(look.margin, MARGIN),
            corner: if look.rounded == Some(true) { 0.4 * font } else { 0.0 },
            back: look.back,
            shadow: look.shadow == Some(true),
            width,
            height: rows as f64 * row + 2.0 * padding.1,
        })
    }

    /// Where to put it inside the plot box: the box and the length of ink it covers.
    pub fn place(&self, frame: &Rect, painter: &Painter, labels: &[Rect], options: &Options) -> (Rect, f64) {
        let at = |left: f64, top: f64| Rect::new(left, top, left + self.width, top + self.height);
        let anchor = |column: u8, row: u8| {
            let free =
                (frame.width() - self.width - 2.0 * self.margin, frame.height() - self.height - 2.0 * self.margin);
            at(
                frame.left + self.margin + free.0 * f64::from(column) / 2.0,
                frame.top + self.margin + free.1 * f64::from(row) / 2.0,
            )
        };
        match options.legend.place.unwrap_or_default() {
            LegendPlace::Anchor(column, row) => (anchor(column, row), 0.0),
            LegendPlace::At(x, y) => {
                (at(frame.left + x * frame.width(), frame.bottom - y * frame.height() - self.height), 0.0)
            }
            LegendPlace::Outside => (anchor(2, 0), f64::INFINITY),
            LegendPlace::Best => self.best(frame, painter, labels),
        }
    }

    /// The place that covers least: the corners first, then the edges, then all over the box.
    fn best(&self, frame: &Rect, painter: &Painter, labels: &[Rect]) -> (Rect, f64) {
        const STEPS: usize = 8;
        let free = (frame.width() - self.width - 2.0 * self.margin, frame.height() - self.height - 2.0 * self.margin);
        let at = |column: usize, row: usize| {
            let left = frame.left + self.margin + free.0 * column as f64 / STEPS as f64;
            let top = frame.top + self.margin + free.1 * row as f64 / STEPS as f64;
            Rect::new(left, top, left + self.width, top + self.height)
        };
        let corners = [(STEPS, 0), (0, 0), (STEPS, STEPS), (0, STEPS)];
        let edges = (1..STEPS).flat_map(|k| [(STEPS, k), (0, k), (STEPS - k, 0), (STEPS - k, STEPS)]);
        let inner = (1..STEPS).flat_map(|row| (1..STEPS).rev().map(move |column| (column, row)));
        let mut best = (at(STEPS, 0), f64::INFINITY);
        for (column, row) in corners.into_iter().chain(edges).chain(inner) {
            let rect = at(column, row);
            let cover = covered(&rect, painter, labels);
            if cover < best.1 {
                best = (rect, cover);
            }
            if cover == 0.0 {
                break;
            }
        }
        best
    }

    /// The items of the legend in its box.
    pub fn paint(&self, rect: &Rect) -> Vec<Item> {
        let mut items = Vec::new();
        let sheet = |rect: &Rect, stroke, fill| sheet(rect.rounded(self.corner), stroke, fill);
        if self.shadow {
            let low = Rect::new(rect.left + SHADOW, rect.top + SHADOW, rect.right + SHADOW, rect.bottom + SHADOW);
            items.push(sheet(&low, None, Fill { colour: Colour::Faint, alpha: 0.6 }));
        }
        // What is behind would show through where the shadow lies.
        let alpha = if self.shadow { 1.0 } else { 0.85 };
        let fill = Fill { colour: self.back.unwrap_or(Colour::Page), alpha };
        items.push(sheet(rect, Some(Stroke::solid(Colour::Grid, 0.75)), fill));
        let mut middle = rect.top + self.padding.1 + self.row * 0.5;
        if let Some(title) = &self.title {
            let left = rect.left + (rect.width() - title.width) * 0.5;
            items.push(centred(title, left, middle, self.back.map_or(Colour::Text, Colour::of_words)));
            middle += self.row;
        }
        let rows = self.entries.len().div_ceil(self.columns);
        let inner = rect.width() - 2.0 * self.padding.0 + self.column_gap;
        for (column, entries) in self.entries.chunks(rows).enumerate() {
            let left = rect.left + self.padding.0 + inner / self.columns as f64 * column as f64;
            for (row, entry) in entries.iter().enumerate() {
                let middle = middle + self.row * row as f64;
                items.extend(key(entry, left, left + self.key, middle));
                items.push(centred(&entry.laid, left + self.indent, middle, entry.text_colour));
            }
        }
        items
    }
}

/// A painted shape.
fn sheet(outline: Run, stroke: Option<Stroke>, fill: Fill) -> Item {
    Item::Path { runs: vec![outline], closed: true, stroke, fill: Some(fill), clipped: false }
}

fn centred(laid: &Laid, left: f64, middle: f64, colour: Colour) -> Item {
    let size = laid.runs.iter().map(|run| run.size).fold(0.0, f64::max);
    Item::Text(Label::new(laid.clone(), Point::new(left, middle + 0.36 * size), colour))
}

fn entry(element: &dyn Element, look: &LegendLook, key: f64, set: impl Fn(&MathText) -> Laid) -> Option<Entry> {
    let style = element.style();
    let text = style.legend.as_ref()?;
    let kind = element.kind();
    let colour = element.key_colour().unwrap_or(style.ink());
    let marker = style.marker.or((kind == "point").then_some(Marker::Disc));
    let scale = look.marker_scale.unwrap_or(1.0).clamp(0.0, 20.0);
    let dots = marker.map_or_else(Vec::new, |marker| {
        let radius = if marker == Marker::Disc { DOT } else { 5.0 } * scale;
        let count = look.markers.unwrap_or(1).clamp(1, 20);
        // One stands in the middle, several from end to end.
        let at = |k: usize| if count == 1 { 0.5 * key } else { key * k as f64 / (count - 1) as f64 };
        (0..count).map(|k| marker_item(Point::new(at(k), 0.0), marker, radius, style)).collect()
    });
    Some(Entry {
        laid: set(text),
        stroke: style.stroke().filter(|_| kind != "point").map(|stroke| Stroke { colour, ..stroke }),
        colour,
        text_colour: style.legend_colour.unwrap_or(look.back.map_or(Colour::Text, Colour::of_words)),
        dots,
        area: matches!(kind, "region" | "polygon" | "bars") || element.covers(),
    })
}

fn key(entry: &Entry, left: f64, right: f64, middle: f64) -> Vec<Item> {
    if entry.area {
        let sample = Rect::new(left, middle - 5.0, right, middle + 5.0);
        return vec![sheet(sample.corners(), None, Fill { colour: entry.colour, alpha: 0.8 })];
    }
    let runs = vec![vec![Point::new(left, middle), Point::new(right, middle)]];
    let line = Item::Path { runs, closed: false, stroke: entry.stroke.clone(), fill: None, clipped: false };
    let dots = entry.dots.iter().map(|dot| dot.at(Point::new(left, middle)));
    entry.stroke.iter().map(|_| line.clone()).chain(dots).collect()
}

/// The length of ink under a box; points and labels count as so many pixels, painted areas as little.
fn covered(rect: &Rect, painter: &Painter, labels: &[Rect]) -> f64 {
    let grown = rect.grown(5.0);
    let mut total = 0.0;
    for segment in painter.ink().iter().flat_map(|run| run.windows(2)) {
        if let Some((enter, leave)) = clip_segment(segment[0], segment[1], &grown) {
            total += (leave - enter) * segment[0].distance(segment[1]);
        }
    }
    total += 20.0 * painter.dots().iter().filter(|p| grown.contains(**p)).count() as f64;
    total += 60.0 * labels.iter().filter(|label| label.meets(&grown)).count() as f64;
    let spot = |k: usize| {
        let across = grown.left + grown.width() * (k % 3) as f64 / 2.0;
        Point::new(across, grown.top + grown.height() * (k / 3) as f64 / 2.0)
    };
    let painted = |k: &usize| painter.covers().iter().any(|area| is_inside(spot(*k), area));
    total + 0.2 * (0..9).filter(painted).count() as f64
}
