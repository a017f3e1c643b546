//! The interactive page: one HTML file without a network, in which figures are moved, enlarged and traced.
//!
//! Shapes are written once, in thousandths of a pixel of the printed figure; the script only sets the transformation
//! and the ticks of what is in view. Frames of an interact or an animation share equal figures.

use std::fmt::Write;

use serde_json::{Value, json};

use super::number;
use super::svg::Writer;
use crate::figure::animation::Timing;
use crate::figure::colour::{Colour, Theme};
use crate::figure::geometry::{Rect, Run};
use crate::figure::live::{LivePage, LivePanel};
use crate::figure::options::{GridLines, TickFormat, Ticks};
use crate::figure::scene::{Item, Label, Stroke};
use crate::figure::text::Laid;
use crate::packed::{Packed, packed};

const STYLE: Packed = packed!("src/figure/render/page/page.css");
const SCRIPT: Packed = packed!("src/figure/render/page/page.js");

/// Parts of a pixel in the coordinates of shapes.
const UNIT: f64 = 1000.0;

/// Something that a frame shows.
#[derive(Clone, Debug, PartialEq)]
pub enum Piece {
    /// What was printed.
    Text(String),
    /// The message of what went wrong.
    Fault(String),
    /// What should be known of the rest.
    Note(String),
    /// A formula, as MathML.
    Formula(String),
    /// A figure, by its number.
    Figure(usize),
}

/// What a reader changes on the page.
#[derive(Clone, Debug, PartialEq)]
pub struct Control {
    /// What stands before it.
    pub label: String,
    /// What it looks like.
    pub face: Face,
    /// The choice at first.
    pub at: usize,
    /// What the reader should know: that choices were left out, or why it can't be changed.
    pub note: Option<String>,
}

/// What a control looks like, with its choices.
#[derive(Clone, Debug, PartialEq)]
pub enum Face {
    /// A slider over texts; whether the text chosen is shown.
    Slider(Vec<String>, bool),
    /// A slider with two ends over texts: the pairs of places that may be chosen.
    Range(Vec<String>, Vec<[usize; 2]>),
    /// No or yes.
    Check,
    /// A list to choose from.
    Select(Vec<String>),
    /// A button for each choice.
    Buttons(Vec<String>),
    /// A line of text.
    Box(Vec<String>),
    /// Colours.
    Color(Vec<String>),
    /// No control, just its label.
    Text,
}

impl Face {
    /// How many choices there are.
    pub fn count(&self) -> usize {
        match self {
            Face::Slider(texts, _)
            | Face::Select(texts)
            | Face::Buttons(texts)
            | Face::Box(texts)
            | Face::Color(texts) => texts.len(),
            Face::Range(_, pairs) => pairs.len(),
            Face::Check => 2,
            Face::Text => 1,
        }
    }
}

/// Everything on the page.
#[derive(Default)]
pub struct Page {
    /// The heading; the name of the window too.
    pub title: String,
    /// All figures, written.
    figures: Vec<Value>,
    /// What each frame shows, in the order of the choices, the last control changing fastest.
    pub frames: Vec<Vec<Piece>>,
    /// The controls, for an interact.
    pub controls: Option<Vec<Control>>,
    /// How they are put in rows.
    pub rows: Option<Vec<Vec<usize>>>,
    /// When the frames are shown, for an animation.
    pub timing: Option<Timing>,
    /// What the reader should know.
    pub notes: Vec<String>,
    /// The first figure as it is printed, for readers without a script.
    pub printed: String,
    theme: Option<Theme>,
}

impl Page {
    /// Adds a figure, unless an equal one is there; its number.
    pub fn add(&mut self, live: &LivePage) -> usize {
        self.theme = self.theme.or(live.theme);
        let written = figure(live);
        if let Some(found) = self.figures.iter().position(|figure| *figure == written) {
            return found;
        }
        self.figures.push(written);
        self.figures.len() - 1
    }

    /// How many bytes the figures take, about.
    pub fn size(&self) -> usize {
        self.figures.iter().map(weight).sum()
    }

    /// The file.
    pub fn write(&self) -> String {
        let mut data = json!({ "title": self.title, "notes": self.notes, "figures": self.figures });
        let pieces = |frame: &Vec<Piece>| frame.iter().map(piece).collect::<Vec<_>>();
        data["frames"] = self.frames.iter().map(pieces).collect::<Vec<_>>().into();
        if let Some(controls) = &self.controls {
            data["controls"] = controls.iter().map(control).collect::<Vec<_>>().into();
            data["rows"] = json!(self.rows);
        }
        if let Some(timing) = self.timing {
            let (delay, last, turns) = (timing.delay, timing.last_delay(), timing.iterations);
            data["player"] = json!({ "count": self.frames.len(), "delay": delay, "last": last, "iterations": turns });
        }
        // A text must not end the script that it stands in.
        let data = data.to_string().replace('<', "\\u003c");
        let theme = match self.theme {
            Some(Theme::Dark) => " data-theme=\"dark\"",
            Some(Theme::Light | Theme::Print) => " data-theme=\"light\"",
            _ => "",
        };
        let title = escape(if self.title.is_empty() { "Figure" } else { &self.title });
        format!(
            "<!doctype html>\n<html lang=\"en\"{theme}>\n<head>\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<style>\n{}{}</style>\n\
             </head>\n<body>\n<main></main>\n<noscript>\n{}</noscript>\n<svg width=\"0\" height=\"0\" hidden></svg>\n\
             <script type=\"application/json\" id=\"secant-data\">{data}</script>\n<script>\n{}</script>\n\
             </body>\n</html>\n",
            colours(&data),
            STYLE.text(),
            self.printed,
            SCRIPT.text()
        )
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The bytes of the texts in a value.
fn weight(value: &Value) -> usize {
    match value {
        Value::String(text) => text.len(),
        Value::Array(items) => items.iter().map(weight).sum(),
        Value::Object(entries) => entries.values().map(weight).sum(),
        _ => 8,
    }
}

/// The colours of both themes as variables; `data` tells which fixed ones are too dark for a dark page.
fn colours(data: &str) -> String {
    let fixed = super::svg::lightened(data);
    let own = |theme: Theme| {
        let mut rules = super::svg::roles(theme);
        let more =
            if theme == Theme::Dark { ("#1f222a", "#3a3f4a", "#a3a9b5") } else { ("#f7f8fa", "#d5d9e0", "#5c6370") };
        let _ = write!(rules, ";--raised:{};--edge:{};--soft:{}", more.0, more.1, more.2);
        if theme == Theme::Dark {
            rules += &fixed;
        }
        rules
    };
    let (light, dark) = (own(Theme::Light), own(Theme::Dark));
    format!(
        ":root{{{light}}}\n@media (prefers-color-scheme:dark){{:root:not([data-theme=light]){{{dark}}}}}\n\
         :root[data-theme=dark]{{{dark}}}\n"
    )
}

fn piece(piece: &Piece) -> Value {
    match piece {
        Piece::Text(text) => json!({ "text": text }),
        Piece::Fault(text) => json!({ "text": text, "fault": true }),
        Piece::Note(text) => json!({ "note": text }),
        Piece::Formula(markup) => json!({ "math": markup }),
        Piece::Figure(number) => json!({ "figure": number }),
    }
}

fn control(control: &Control) -> Value {
    let (kind, more) = match &control.face {
        Face::Slider(texts, shown) => ("slider", json!({ "values": texts, "silent": !shown })),
        Face::Range(texts, pairs) => ("range", json!({ "values": texts, "pairs": pairs })),
        Face::Check => ("check", json!({})),
        Face::Select(texts) => ("select", json!({ "values": texts })),
        Face::Buttons(texts) => ("buttons", json!({ "values": texts })),
        Face::Box(texts) => ("box", json!({ "values": texts })),
        Face::Color(texts) => ("color", json!({ "values": texts })),
        Face::Text => ("text", json!({})),
    };
    let mut out = more;
    out["kind"] = kind.into();
    out["label"] = control.label.clone().into();
    out["at"] = control.at.into();
    out["count"] = control.face.count().into();
    out["note"] = json!(control.note);
    out
}

fn figure(live: &LivePage) -> Value {
    // A page without a theme of its own follows the reader's.
    let theme = match live.theme {
        Some(Theme::Print) => Theme::Print,
        _ => Theme::Auto,
    };
    let panels: Vec<Value> = live.panels.iter().map(|panel| written(panel, theme)).collect();
    json!({ "w": live.width, "h": live.height, "columns": live.columns, "panels": panels })
}

fn written(panel: &LivePanel, theme: Theme) -> Value {
    let content = &panel.content;
    let shapes = |items: &[Item]| {
        let mut out = Shapes { writer: Writer::new(theme), in_curve: false };
        out.items(items);
        out.writer.out
    };
    let fixed = |items: &[Item]| {
        let mut writer = Writer::new(theme);
        writer.items(items);
        writer.out
    };
    let options = &panel.options;
    let texts = |laid: &Laid| json!({ "svg": fixed(&[label(laid)]), "w": laid.width, "a": laid.ascent });
    let legend = panel.legend.as_ref().map(|(items, at)| {
        let shifted = format!("<g transform=\"translate({} {})\">{}</g>", -at.left, -at.top, fixed(items));
        json!({ "svg": shifted, "x": at.left, "y": at.top, "w": at.width(), "h": at.height() })
    });
    json!({
        "cell": corners(&panel.cell),
        "box": corners(&panel.plot_box),
        "known": corners(&content.known),
        "data": panel.data,
        "log": panel.log,
        "flip": panel.flip,
        "axes": options.axes.unwrap_or(true),
        "above": options.x_above == Some(true) && panel.frame,
        "frame": panel.frame,
        "covered": panel.covered,
        "aside": panel.aside,
        "ratio": panel.ratio,
        "font": panel.font,
        "grid": options.gridlines.as_ref().map_or([Value::Null, Value::Null], |[x, y]| [grid(x), grid(y)]),
        "gridlook": options.grid_strokes.as_ref().map(|[x, y]| [look(x), look(y)]),
        "ticks": [ticks(panel, 0), ticks(panel, 1)],
        "names": [panel.names[0].as_ref().map(texts), panel.names[1].as_ref().map(texts)],
        "title": panel.title.as_ref().map(texts),
        "bar": panel.bar.as_ref().map(|items| fixed(items)),
        "legend": legend,
        "about": panel.about,
        "under": shapes(&content.under),
        "curves": shapes(&content.curves),
        "marks": shapes(&content.marks),
        "words": words(&[content.words.as_slice(), &content.marks, &content.under, &content.curves].concat(), theme),
    })
}

/// A line of text with its baseline starting at the origin.
fn label(laid: &Laid) -> Item {
    Item::Text(Label::new(laid.clone(), crate::figure::geometry::Point::new(0.0, 0.0), Colour::Text))
}

fn corners(rect: &Rect) -> [f64; 4] {
    [rect.left, rect.top, rect.right, rect.bottom]
}

fn grid(lines: &GridLines) -> Value {
    match lines {
        GridLines::Off => Value::Null,
        GridLines::Major => "major".into(),
        GridLines::Minor => "minor".into(),
        GridLines::At(places) => places.iter().map(|place| place.0).collect(),
    }
}

/// A stroke as the page draws it: colour, width, dashes.
fn look(stroke: &Stroke) -> Value {
    let colour = Writer::new(Theme::Auto).colour(stroke.colour);
    json!([colour, stroke.width, stroke.dash.iter().map(|d| d.to_string()).collect::<Vec<_>>().join(" ")])
}

fn ticks(panel: &LivePanel, axis: usize) -> Value {
    let mut out = json!({ "log": panel.log[axis], "whole": panel.options.ticks_integer.unwrap_or(false) });
    out["base"] = panel.options.log_base.map_or(10.0, |base| base[axis]).into();
    match panel.options.ticks.as_ref().map(|ticks| &ticks[axis]) {
        Some(Ticks::At(places)) => out["at"] = json!(places),
        Some(Ticks::Step(step)) => out["step"] = json!(step),
        _ => {}
    }
    match panel.options.tick_format.as_ref().map(|format| &format[axis]) {
        Some(TickFormat::Pi) => out["pi"] = true.into(),
        Some(TickFormat::Texts(texts)) => out["texts"] = texts.iter().map(|text| text.to_plain()).collect(),
        _ => {}
    }
    out
}

/// All words among items, each about its middle, so that it keeps its size when the figure grows.
fn words(items: &[Item], theme: Theme) -> String {
    let mut out = String::new();
    for item in items {
        match item {
            Item::Group { items, .. } => out += &words(items, theme),
            Item::Text(label) => {
                let laid = &label.laid;
                let turn = label.rotation.to_radians();
                let (sin, cos) = (pxfm::f_sin(turn), pxfm::f_cos(turn));
                let (along, up) = (laid.width * 0.5, (laid.ascent - laid.descent) * 0.5);
                let (dx, dy) = (along * cos - up * sin, -along * sin - up * cos);
                let (x, y) = (label.origin.x + dx, label.origin.y + dy);
                let mut writer = Writer::new(theme);
                let own = Label { origin: crate::figure::geometry::Point::new(-dx, -dy), ..label.clone() };
                writer.item(&Item::Text(own));
                let _ = write!(out, "<g data-x=\"{}\" data-y=\"{}\">{}</g>", number(x, 2), number(y, 2), writer.out);
            }
            _ => {}
        }
    }
    out
}

/// Writes shapes in thousandths of a pixel; dots become strokes without length, whose width does not grow.
struct Shapes {
    writer: Writer,
    in_curve: bool,
}

impl Shapes {
    fn items(&mut self, items: &[Item]) {
        items.iter().for_each(|item| self.item(item));
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Group { class, attributes, items } => {
                let _ = write!(self.writer.out, "<g class=\"{class}\"");
                for (name, value) in attributes.iter().filter(|(name, _)| matches!(*name, "data-label" | "data-kind")) {
                    let _ = write!(self.writer.out, " {name}=\"{}\"", escape(value));
                }
                let colour = items.iter().find_map(|item| match item {
                    Item::Path { stroke: Some(stroke), .. } => Some(stroke.colour),
                    Item::Disc { fill: Some(fill), .. } => Some(fill.colour),
                    _ => None,
                });
                if let Some(colour) = colour.filter(|_| *class == "curve") {
                    let _ = write!(self.writer.out, " data-colour=\"{}\"", self.writer.colour(colour));
                }
                self.writer.out.push('>');
                self.in_curve = *class == "curve";
                self.items(items);
                self.in_curve = false;
                self.writer.out.push_str("</g>");
            }
            Item::Path { runs, closed, stroke, fill, .. } => {
                let run = if self.in_curve { " data-run=\"\"" } else { "" };
                let _ = write!(self.writer.out, "<path{run} d=\"");
                runs.iter().for_each(|run| self.run(run, *closed));
                self.writer.out.push('"');
                self.writer.paint(stroke.as_ref(), *fill);
                self.writer.out.push_str("/>");
            }
            Item::Disc { centre, radius, stroke, fill, .. } => {
                let at = format!("M{} {}h0", thousandths(centre.x), thousandths(centre.y));
                let rim = stroke.as_ref().map_or(0.0, |stroke| stroke.width);
                let mut dot = |colour: Colour, alpha: f64, width: f64| {
                    let colour = self.writer.colour(colour);
                    let (alpha, width) = (number(alpha, 3), number(width, 2));
                    let more = if alpha == "1" { String::new() } else { format!(" stroke-opacity=\"{alpha}\"") };
                    let out = &mut self.writer.out;
                    let _ = write!(out, "<path d=\"{at}\" stroke=\"{colour}\" stroke-width=\"{width}\"{more}/>");
                };
                if let Some(stroke) = stroke {
                    dot(stroke.colour, stroke.alpha, 2.0 * radius + rim);
                }
                if let Some(fill) = fill {
                    dot(fill.colour, fill.alpha, 2.0 * radius - rim);
                }
            }
            Item::Text(_) => {}
            Item::Cells { .. } => {
                self.writer.out.push_str("<g transform=\"scale(1000)\">");
                self.writer.item(item);
                self.writer.out.push_str("</g>");
            }
        }
    }

    fn run(&mut self, run: &Run, closed: bool) {
        let mut last: Option<(i64, i64)> = None;
        let mut moved = false;
        for point in run {
            let at = (thousandths(point.x), thousandths(point.y));
            let Some(before) = last.replace(at) else {
                let _ = write!(self.writer.out, "M{} {}", at.0, at.1);
                continue;
            };
            let (x, y) = (at.0 - before.0, at.1 - before.1);
            if (x, y) == (0, 0) {
                continue;
            }
            let sign = match moved {
                false => "l",
                true if x < 0 => "",
                true => " ",
            };
            let between = if y < 0 { "" } else { " " };
            let _ = write!(self.writer.out, "{sign}{x}{between}{y}");
            moved = true;
        }
        if closed {
            self.writer.out.push('z');
        }
    }
}

fn thousandths(pixels: f64) -> i64 {
    (pixels * UNIT).round() as i64
}
