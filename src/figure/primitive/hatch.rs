//! Patterns over areas, named by matplotlib's signs: lines, crosses, dots and stars. A sign said twice is drawn twice as dense.

use crate::figure::colour::Colour;
use crate::figure::geometry::{Point, Rect, Run, clip_segment};
use crate::figure::painter::{Layer, Painter, marker_item};
use crate::figure::scene::{Fill, Item, Stroke};
use crate::figure::style::{Marker, Style};

/// The signs.
pub const SIGNS: &str = "/\\|-+xoO.*";
/// Pixels between two lines of a sign that is said once.
const STEP: f64 = 12.0;
/// The greatest density.
const MOST: usize = 6;
/// The width of a line.
const WIDTH: f64 = 1.0;

/// Draws a pattern over a rectangle; patterns of neighbours continue each other.
pub(super) fn draw(painter: &mut Painter, rect: &Rect, pattern: &str, colour: Colour) {
    let shown = painter.plot_box();
    let rect = Rect::new(
        rect.left.max(shown.left),
        rect.top.max(shown.top),
        rect.right.min(shown.right),
        rect.bottom.min(shown.bottom),
    );
    if rect.width() <= 0.0 || rect.height() <= 0.0 {
        return;
    }
    let said = |signs: &[char]| pattern.chars().filter(|own| signs.contains(own)).count().min(MOST);
    let mut runs = Vec::new();
    for (signs, across, down) in
        [(['/', 'x'], 1.0, 1.0), (['\\', 'x'], 1.0, -1.0), (['|', '+'], 1.0, 0.0), (['-', '+'], 0.0, 1.0)]
    {
        runs.extend(lines(&rect, said(&signs), (across, down)));
    }
    if !runs.is_empty() {
        painter.strokes(Layer::Fill, &runs, Stroke::solid(colour, WIDTH));
    }
    for (sign, step, radius) in [('.', STEP, 1.4), ('o', STEP, 3.0), ('O', 1.5 * STEP, 5.5), ('*', 1.5 * STEP, 4.0)] {
        let count = said(&[sign]);
        for at in lattice(&rect, step, count, radius) {
            painter.add(Layer::Fill, shape(sign, at, radius, colour));
        }
    }
}

/// The lines `across*x + down*y = const` inside a rectangle, so many to a step.
fn lines(rect: &Rect, count: usize, (across, down): (f64, f64)) -> Vec<Run> {
    if count == 0 {
        return Vec::new();
    }
    let step = STEP / count as f64 * if across * down == 0.0 { 1.0 } else { 1.5 };
    let corners = [(rect.left, rect.top), (rect.right, rect.top), (rect.left, rect.bottom), (rect.right, rect.bottom)];
    let levels = corners.map(|(x, y)| across * x + down * y);
    let low = levels.iter().copied().fold(f64::INFINITY, f64::min);
    let high = levels.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let line = |k: i64| {
        let level = k as f64 * step;
        let ends = if across == 0.0 {
            [(rect.left, level), (rect.right, level)]
        } else {
            [(level - down * rect.top, rect.top), (level - down * rect.bottom, rect.bottom)]
        };
        let [a, b] = ends.map(|(x, y)| Point::new(x, y));
        clip_segment(a, b, rect).map(|(enter, leave)| vec![a.toward(b, enter), a.toward(b, leave)])
    };
    ((low / step).ceil() as i64..=(high / step).floor() as i64).filter_map(line).collect()
}

/// Places of shapes that lie wholly inside a rectangle, in rows that are shifted by turns.
fn lattice(rect: &Rect, step: f64, count: usize, radius: f64) -> Vec<Point> {
    if count == 0 {
        return Vec::new();
    }
    let step = (step / count as f64).max(2.2 * radius);
    let inner = rect.grown(-radius);
    let mut places = Vec::new();
    for row in (inner.top / step).ceil() as i64..=(inner.bottom / step).floor() as i64 {
        let shift = if row % 2 == 0 { 0.0 } else { 0.5 };
        let first = (inner.left / step - shift).ceil() as i64;
        let last = (inner.right / step - shift).floor() as i64;
        places.extend((first..=last).map(|column| Point::new((column as f64 + shift) * step, row as f64 * step)));
    }
    places
}

fn shape(sign: char, at: Point, radius: f64, colour: Colour) -> Item {
    let fill = Some(Fill { colour, alpha: 1.0 });
    let disc = |stroke, fill| Item::Disc { class: "", centre: at, radius, stroke, fill };
    match sign {
        '.' => disc(None, fill),
        '*' => {
            let style = Style { colour: Some(colour), edge: Some(colour), ..Style::default() };
            marker_item(at, Marker::Star, radius / 1.3, &style)
        }
        _ => disc(Some(Stroke::solid(colour, WIDTH)), None),
    }
}
