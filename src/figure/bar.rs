//! The scale of colours beside a density, a table or a contour plot.

use std::rc::Rc;

use super::colour::Colour;
use super::function::Range;
use super::geometry::{Point, Rect};
use super::options::{TickFormat, Ticks};
use super::scale::Scale;
use super::scene::{Fill, Item, Label, Stroke};
use super::text::{Laid, MathText};
use super::ticks::choose;

/// The width of the coloured strip.
const STRIP: f64 = 14.0;
/// Between the plot box and the strip.
const GAP: f64 = 10.0;
/// Between the strip and its numbers.
const TO_NUMBERS: f64 = 7.0;

/// How the scale is drawn.
#[derive(Clone, Default)]
pub struct BarLook {
    /// Whether it lies below the plot box instead of standing right of it.
    pub lying: bool,
    /// Whether all its pieces are equally long, whatever values they stand for.
    pub uniform: bool,
    /// What writes its numbers, where that is said.
    pub format: Option<Rc<dyn Fn(f64) -> MathText>>,
}

impl std::fmt::Debug for BarLook {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("BarLook").field("lying", &self.lying).field("uniform", &self.uniform).finish_non_exhaustive()
    }
}

/// Which colours stand for which values.
#[derive(Clone)]
pub struct ColourBar {
    /// Pieces from below to above: lower end, upper end, colour.
    pub pieces: Vec<(f64, f64, Colour)>,
    /// Values to be written; chosen when empty.
    pub levels: Vec<f64>,
    /// How it is drawn.
    pub look: BarLook,
}

impl ColourBar {
    fn range(&self) -> Range {
        let ends = self.pieces.iter().map(|piece| Range::new(piece.0, piece.1));
        ends.fold(Range::EMPTY, |all, piece| all.join(piece))
    }

    /// Where a value lies on the strip: 0 at its lower end, 1 at its upper one.
    fn place(&self, value: f64) -> f64 {
        let within = |low: f64, high: f64| ((value - low) / (high - low)).clamp(0.0, 1.0);
        let range = self.range();
        match self.look.uniform {
            true => self.pieces.iter().map(|piece| within(piece.0, piece.1)).sum::<f64>() / self.pieces.len() as f64,
            false => within(range.lo, range.hi),
        }
    }

    /// The values written beside a strip of that length, and their places on it.
    fn labels(&self, length: f64, font: f64) -> Vec<(f64, Laid)> {
        let scale = Scale::new(self.range(), 0.0, length, false);
        let ticks = if self.levels.is_empty() { Ticks::Automatic } else { Ticks::At(self.levels.clone()) };
        let spacing = if self.look.lying { 60.0 } else { 36.0 };
        let set = choose(&scale, &ticks, &TickFormat::Automatic, (spacing, 10.0), false);
        let power = if set.exponent == 0 { String::new() } else { format!("e{}", set.exponent) };
        let mut free = f64::NEG_INFINITY;
        let mut labels = Vec::new();
        for tick in set.major {
            let text = match &self.look.format {
                Some(format) => format(tick.value),
                None => MathText::plain(format!("{}{power}", tick.text.to_plain())),
            };
            let (at, laid) = (self.place(tick.value) * length, text.layout(font));
            let half = if self.look.lying { 0.5 * laid.width + 4.0 } else { 7.0 };
            if at - half >= free {
                labels.push((at, laid));
                free = at + half;
            }
        }
        labels
    }

    /// The room it needs right of the plot box or below it.
    pub(super) fn room(&self, font: f64) -> f64 {
        let widest = || self.labels(400.0, font).iter().map(|label| label.1.width).fold(0.0, f64::max);
        GAP + STRIP + TO_NUMBERS + if self.look.lying { font } else { widest() }
    }

    /// The strip with its numbers, right of a plot box, or below what is lowest around it.
    pub(super) fn paint(&self, frame: &Rect, lowest: f64, font: f64) -> Vec<Item> {
        let range = self.range();
        if !range.is_bounded() || range.width() <= 0.0 {
            return Vec::new();
        }
        let lying = self.look.lying;
        let (from, to, near) =
            if lying { (frame.left, frame.right, lowest) } else { (frame.bottom, frame.top, frame.right) };
        let (near, far) = (near + GAP, near + GAP + STRIP);
        let point = |along: f64, across: f64| if lying { Point::new(along, across) } else { Point::new(across, along) };
        let length = (to - from).abs();
        let pixel = |place: f64| from + (to - from) * place;
        let piece = |a: f64, stroke: Option<Stroke>, fill: Option<Fill>| {
            let runs = vec![vec![point(a, near), point(a, far), point(to, far), point(to, near)]];
            Item::Path { runs, closed: true, stroke, fill, clipped: false }
        };
        // Each piece is covered by those above it, so that no seams shine through.
        let painted = |(low, _, colour): &(f64, f64, Colour)| {
            piece(pixel(self.place(*low)), None, Some(Fill { colour: *colour, alpha: 1.0 }))
        };
        let mut items: Vec<Item> = self.pieces.iter().map(painted).collect();
        items.push(piece(from, Some(Stroke::solid(Colour::Axis, 0.75)), None));
        let mut marks = Vec::new();
        for (at, laid) in self.labels(length, font) {
            let at = pixel(at / length);
            marks.push(vec![point(at, far), point(at, far + 3.0)]);
            let origin = if lying {
                Point::new(at - 0.5 * laid.width, far + TO_NUMBERS + 0.72 * font)
            } else {
                Point::new(far + TO_NUMBERS, at + 0.36 * font)
            };
            items.push(Item::Text(Label::new(laid, origin, Colour::Text)));
        }
        let stroke = Some(Stroke::solid(Colour::Axis, 1.0));
        items.push(Item::Path { runs: marks, closed: false, stroke, fill: None, clipped: false });
        items
    }
}
