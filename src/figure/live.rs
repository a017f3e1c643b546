//! A figure for a page on which it can be moved and enlarged: what is drawn, finer than the eye needs and beyond the box.
//!
//! The window of the printed figure is kept; every primitive is drawn once more in a window with the same scale but a
//! box three times as wide and high, and curves in one that is up to `FINE` times as fine, so that they stay smooth
//! and true when enlarged. Coordinates are still pixels of the printed figure.

use std::time::Duration;

use super::colour::Theme;
use super::geometry::{Point, Rect, Run};
use super::options::Options;
use super::painter::{Layer, Painter, in_order};
use super::primitive::Element;
use super::scale::{Scale, Window};
use super::scene::Item;
use super::text::Laid;
use crate::budget::{Budget, Stopped};

/// How much finer than the printed figure curves are drawn at first; less where that takes too long.
const FINE: [f64; 3] = [16.0, 4.0, 1.0];
/// How many steps a finer curve may take, and how many points it may have. Not how much time, so that a page is the same
/// on every machine.
const MOST_CHECKS: u32 = 100_000;
const MOST_POINTS: usize = 40_000;
/// What one no finer than printed may take before it is left as far as it came.
const LAST_TIME: Duration = Duration::from_secs(20);

/// A page of figures that can be moved and enlarged.
pub struct LivePage {
    /// Width in pixels.
    pub(super) width: f64,
    /// Height in pixels.
    pub(super) height: f64,
    /// How many panels stand side by side; 0 when each stands in a place of its own.
    pub(super) columns: usize,
    /// Light or dark, where that was said.
    pub(super) theme: Option<Theme>,
    /// The panels.
    pub(super) panels: Vec<LivePanel>,
}

/// One set of axes of such a page.
pub struct LivePanel {
    /// Its part of the page.
    pub(super) cell: Rect,
    /// Where it is drawn at first.
    pub(super) plot_box: Rect,
    /// What that box shows: xmin, xmax, ymin, ymax.
    pub(super) data: [f64; 4],
    /// Whether each axis is logarithmic.
    pub(super) log: [bool; 2],
    /// Whether each axis runs backwards.
    pub(super) flip: [bool; 2],
    /// Whether a frame replaces axes through the origin.
    pub(super) frame: bool,
    /// Whether the box is painted all over.
    pub(super) covered: bool,
    /// Whether the vertical axis stands at the left edge.
    pub(super) aside: bool,
    /// Whether the shape of the box is fixed.
    pub(super) ratio: bool,
    /// The height of ticks in pixels.
    pub(super) font: f64,
    /// Ticks, grid and the like.
    pub(super) options: Options,
    /// The names of the axes.
    pub(super) names: [Option<Laid>; 2],
    /// The line above.
    pub(super) title: Option<Laid>,
    /// The scale of colours.
    pub(super) bar: Option<Vec<Item>>,
    /// The legend and its box.
    pub(super) legend: Option<(Vec<Item>, Rect)>,
    /// What fills the box.
    pub(super) content: Content,
    /// What is drawn, in words.
    pub(super) about: String,
}

/// What fills the plot box, in painting order.
pub(super) struct Content {
    /// Under the grid and the axes.
    pub under: Vec<Item>,
    /// Over them.
    pub curves: Vec<Item>,
    /// Over the numbers.
    pub marks: Vec<Item>,
    /// Words.
    pub words: Vec<Item>,
    /// Where that is all there is to see, in pixels of the page.
    pub known: Rect,
}

/// Draws primitives for a page that moves.
///
/// # Errors
/// When the budget runs out.
pub(super) fn content(
    elements: &[&dyn Element],
    window: &Window,
    font: f64,
    finest: f64,
    budget: &Budget,
) -> Result<Content, Stopped> {
    let known = grown(window, 1.0).rect();
    let (under, curves, marks, words) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
    let mut out = Content { under, curves, marks, words, known };
    let mut layers: Vec<(Layer, f64, Item)> = Vec::new();
    for element in elements {
        let finest = if element.scalable() { finest } else { 1.0 };
        for fine in FINE.into_iter().filter(|fine| *fine <= finest) {
            let own = if fine > 1.0 { budget.part_of_checks(MOST_CHECKS) } else { budget.part(LAST_TIME) };
            let mut painter = Painter::new(grown(window, fine), font, &own);
            painter.begin(element.style());
            element.paint(&mut painter);
            budget.check()?;
            let points: usize = painter.ink().iter().map(Vec::len).sum();
            if fine > 1.0 && (own.check().is_err() || points > MOST_POINTS) {
                continue;
            }
            let items = painter.into_layers().into_iter();
            layers.extend(items.map(|(layer, order, item)| (layer, order, shrunk(item, fine))));
            break;
        }
    }
    for (layer, _, item) in in_order(layers) {
        match layer {
            Layer::Fill => out.under.push(item),
            Layer::Curve => out.curves.push(item),
            Layer::Mark => out.marks.push(item),
            Layer::Text => out.words.push(item),
        }
    }
    Ok(out)
}

/// The same scale over a box with one more of its kind on every side, `fine` times as many pixels each way.
fn grown(window: &Window, fine: f64) -> Window {
    let axis = |scale: &Scale| {
        let length = scale.end - scale.start;
        let (start, end) = (scale.start - length, scale.end + length);
        let (lo, hi) = (scale.value(start), scale.value(end));
        let sound = lo.is_finite() && hi.is_finite() && lo < hi;
        let mut scale = *scale;
        if sound {
            (scale.start, scale.end) = (start, end);
            (scale.data.lo, scale.data.hi) = (lo, hi);
        }
        Scale { start: scale.start * fine, end: scale.end * fine, ..scale }
    };
    Window { x: axis(&window.x), y: axis(&window.y) }
}

/// An item with its places divided by `fine`; sizes of dots and strokes stay.
fn shrunk(item: Item, fine: f64) -> Item {
    let point = |p: Point| Point::new(p.x / fine, p.y / fine);
    match item {
        Item::Group { class, attributes, items } => {
            Item::Group { class, attributes, items: items.into_iter().map(|item| shrunk(item, fine)).collect() }
        }
        Item::Path { runs, closed, stroke, fill, clipped } => {
            let runs = runs.into_iter().map(|run| run.into_iter().map(point).collect::<Run>()).collect();
            Item::Path { runs, closed, stroke, fill, clipped }
        }
        Item::Disc { class, centre, radius, stroke, fill } => {
            Item::Disc { class, centre: point(centre), radius, stroke, fill }
        }
        Item::Text(mut label) => {
            label.origin = point(label.origin);
            Item::Text(label)
        }
        Item::Cells { rect, columns, colours, alpha } => {
            let r = Rect::new(rect.left / fine, rect.top / fine, rect.right / fine, rect.bottom / fine);
            Item::Cells { rect: r, columns, colours, alpha }
        }
    }
}
