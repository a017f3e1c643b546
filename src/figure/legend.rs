//! The legend: its lines, its size, and the place where it covers least.

use super::colour::Colour;
use super::geometry::{Point, Rect, Run, clip_segment};
use super::options::{LegendPlace, Options};
use super::primitive::Element;
use super::scene::{Fill, Item, Label, Stroke};
use super::text::Laid;

const KEY: f64 = 28.0;
const PAD: f64 = 8.0;
const MARGIN: f64 = 8.0;

/// One line: the text and a sample of the stroke.
#[derive(Clone)]
struct Entry {
    laid: Laid,
    stroke: Option<Stroke>,
    colour: Colour,
    text_colour: Colour,
    dot: bool,
    area: bool,
}

/// The measured legend of a figure.
#[derive(Clone)]
pub(super) struct Legend {
    entries: Vec<Entry>,
    title: Option<Laid>,
    row: f64,
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
        let entries: Vec<Entry> = elements.iter().filter_map(|element| entry(*element, font)).collect();
        if entries.is_empty() {
            return None;
        }
        let title = options.legend_title.as_ref().map(|text| text.layout(font));
        let widest = entries.iter().map(|e| e.laid.width + KEY + PAD).fold(0.0, f64::max);
        let tallest = entries.iter().map(|e| e.laid.height()).fold(0.0, f64::max);
        let row = (tallest + 4.0).max(font * 1.45);
        let rows = entries.len() as f64 + if title.is_some() { 1.0 } else { 0.0 };
        let width = widest.max(title.as_ref().map_or(0.0, |t| t.width)) + 2.0 * PAD;
        Some(Legend { entries, title, row, width, height: rows * row + PAD })
    }

    /// Where to put it inside the plot box: the box and the length of ink it covers.
    pub fn place(&self, frame: &Rect, ink: &[Run], dots: &[Point], labels: &[Rect], options: &Options) -> (Rect, f64) {
        let at = |left: f64, top: f64| Rect::new(left, top, left + self.width, top + self.height);
        let anchor = |column: u8, row: u8| {
            let free = (frame.width() - self.width - 2.0 * MARGIN, frame.height() - self.height - 2.0 * MARGIN);
            at(
                frame.left + MARGIN + free.0 * f64::from(column) / 2.0,
                frame.top + MARGIN + free.1 * f64::from(row) / 2.0,
            )
        };
        match options.legend_place.unwrap_or_default() {
            LegendPlace::Anchor(column, row) => (anchor(column, row), 0.0),
            LegendPlace::At(x, y) => {
                (at(frame.left + x * frame.width(), frame.bottom - y * frame.height() - self.height), 0.0)
            }
            LegendPlace::Outside => (anchor(2, 0), f64::INFINITY),
            LegendPlace::Best => self.best(frame, ink, dots, labels),
        }
    }

    /// The place that covers least: the corners first, then the edges, then all over the box.
    fn best(&self, frame: &Rect, ink: &[Run], dots: &[Point], labels: &[Rect]) -> (Rect, f64) {
        const STEPS: usize = 8;
        let free = (frame.width() - self.width - 2.0 * MARGIN, frame.height() - self.height - 2.0 * MARGIN);
        let at = |column: usize, row: usize| {
            let left = frame.left + MARGIN + free.0 * column as f64 / STEPS as f64;
            let top = frame.top + MARGIN + free.1 * row as f64 / STEPS as f64;
            Rect::new(left, top, left + self.width, top + self.height)
        };
        let corners = [(STEPS, 0), (0, 0), (STEPS, STEPS), (0, STEPS)];
        let edges = (1..STEPS).flat_map(|k| [(STEPS, k), (0, k), (STEPS - k, 0), (STEPS - k, STEPS)]);
        let inner = (1..STEPS).flat_map(|row| (1..STEPS).rev().map(move |column| (column, row)));
        let mut best = (at(STEPS, 0), f64::INFINITY);
        for (column, row) in corners.into_iter().chain(edges).chain(inner) {
            let rect = at(column, row);
            let cover = covered(&rect, ink, dots, labels);
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
        let corners =
            [(rect.left, rect.top), (rect.right, rect.top), (rect.right, rect.bottom), (rect.left, rect.bottom)];
        let mut items = vec![Item::Path {
            runs: vec![corners.into_iter().map(|(x, y)| Point::new(x, y)).collect()],
            closed: true,
            stroke: Some(Stroke::solid(Colour::Grid, 0.75)),
            fill: Some(Fill { colour: Colour::Page, alpha: 0.85 }),
            clipped: false,
        }];
        let mut middle = rect.top + PAD * 0.5 + self.row * 0.5;
        if let Some(title) = &self.title {
            let left = rect.left + (rect.width() - title.width) * 0.5;
            items.push(centred(title, left, middle, Colour::Text));
            middle += self.row;
        }
        for entry in &self.entries {
            let (left, right) = (rect.left + PAD, rect.left + PAD + KEY);
            items.extend(key(entry, left, right, middle));
            items.push(centred(&entry.laid, right + PAD, middle, entry.text_colour));
            middle += self.row;
        }
        items
    }
}

fn centred(laid: &Laid, left: f64, middle: f64, colour: Colour) -> Item {
    let size = laid.runs.iter().map(|run| run.size).fold(0.0, f64::max);
    Item::Text(Label::new(laid.clone(), Point::new(left, middle + 0.36 * size), colour))
}

fn entry(element: &dyn Element, font: f64) -> Option<Entry> {
    let style = element.style();
    let text = style.legend.as_ref()?;
    let kind = element.kind();
    Some(Entry {
        laid: text.layout(font),
        stroke: style.stroke(),
        colour: style.ink(),
        text_colour: style.legend_colour.unwrap_or(Colour::Text),
        dot: kind == "point",
        area: matches!(kind, "region" | "polygon" | "bars"),
    })
}

fn key(entry: &Entry, left: f64, right: f64, middle: f64) -> Vec<Item> {
    if entry.dot {
        let centre = Point::new((left + right) * 0.5, middle);
        let fill = Some(Fill { colour: entry.colour, alpha: 1.0 });
        return vec![Item::Disc { class: "", centre, radius: 3.5, stroke: None, fill }];
    }
    let corner = |x: f64, y: f64| Point::new(x, y);
    if entry.area {
        let half = 5.0;
        let runs = vec![vec![
            corner(left, middle - half),
            corner(right, middle - half),
            corner(right, middle + half),
            corner(left, middle + half),
        ]];
        let fill = Some(Fill { colour: entry.colour, alpha: 0.8 });
        return vec![Item::Path { runs, closed: true, stroke: None, fill, clipped: false }];
    }
    let runs = vec![vec![corner(left, middle), corner(right, middle)]];
    vec![Item::Path { runs, closed: false, stroke: entry.stroke.clone(), fill: None, clipped: false }]
}

/// The length of ink under a box; points and labels count as so many pixels.
fn covered(rect: &Rect, ink: &[Run], dots: &[Point], labels: &[Rect]) -> f64 {
    let grown = rect.grown(5.0);
    let mut total = 0.0;
    for segment in ink.iter().flat_map(|run| run.windows(2)) {
        if let Some((enter, leave)) = clip_segment(segment[0], segment[1], &grown) {
            total += (leave - enter) * segment[0].distance(segment[1]);
        }
    }
    total += 20.0 * dots.iter().filter(|p| grown.contains(**p)).count() as f64;
    total + 60.0 * labels.iter().filter(|label| label.meets(&grown)).count() as f64
}
