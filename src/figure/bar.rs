//! The scale of colours beside a density or a filled contour plot.

use super::colour::Colour;
use super::function::Range;
use super::geometry::{Point, Rect, Run};
use super::options::{TickFormat, Ticks};
use super::scale::Scale;
use super::scene::{Fill, Item, Label, Stroke};
use super::text::MathText;
use super::ticks::choose;

/// The width of the coloured strip.
const STRIP: f64 = 14.0;
/// Between the plot box and the strip, and between the strip and its numbers.
const GAP: f64 = 10.0;

/// Which colours stand for which values.
#[derive(Clone, Debug, PartialEq)]
pub struct ColourBar {
    /// Pieces from below to above: lower end, upper end, colour.
    pub pieces: Vec<(f64, f64, Colour)>,
    /// Values to be written; chosen when empty.
    pub levels: Vec<f64>,
}

impl ColourBar {
    fn range(&self) -> Range {
        let ends = self.pieces.iter().map(|piece| Range::new(piece.0, piece.1));
        ends.fold(Range::EMPTY, |all, piece| all.join(piece))
    }

    /// The values written beside the strip and their places, for a strip between two heights.
    fn labels(&self, bottom: f64, top: f64) -> Vec<(f64, MathText)> {
        let scale = Scale::new(self.range(), bottom, top, false);
        let ticks = if self.levels.is_empty() { Ticks::Automatic } else { Ticks::At(self.levels.clone()) };
        let set = choose(&scale, &ticks, &TickFormat::Automatic, (36.0, 10.0), false);
        let power = if set.exponent == 0 { String::new() } else { format!("e{}", set.exponent) };
        let mut last = f64::INFINITY;
        let mut labels = Vec::new();
        for tick in set.major {
            let at = scale.pixel(tick.value);
            if last - at >= 14.0 || labels.is_empty() {
                labels.push((at, MathText::plain(format!("{}{power}", tick.text.to_plain()))));
                last = at;
            }
        }
        labels
    }

    /// The room it needs right of the plot box.
    pub(super) fn width(&self, font: f64) -> f64 {
        let widest = self.labels(400.0, 0.0).iter().map(|label| label.1.layout(font).width).fold(0.0, f64::max);
        GAP + STRIP + 7.0 + widest
    }

    /// The strip with its numbers, right of a plot box.
    pub(super) fn paint(&self, frame: &Rect, font: f64) -> Vec<Item> {
        let range = self.range();
        if !range.is_bounded() || range.width() <= 0.0 {
            return Vec::new();
        }
        let scale = Scale::new(range, frame.bottom, frame.top, false);
        let (left, right) = (frame.right + GAP, frame.right + GAP + STRIP);
        let upright = |a: f64, b: f64| -> Run {
            [(left, a), (right, a), (right, b), (left, b)].into_iter().map(|(x, y)| Point::new(x, y)).collect()
        };
        let mut items: Vec<Item> = Vec::new();
        for (low, _, colour) in &self.pieces {
            let fill = Some(Fill { colour: *colour, alpha: 1.0 });
            // Each piece is covered by those above it, so that no seams shine through.
            let runs = vec![upright(scale.pixel(*low), frame.top)];
            items.push(Item::Path { runs, closed: true, stroke: None, fill, clipped: false });
        }
        let outline = Some(Stroke::solid(Colour::Axis, 0.75));
        let runs = vec![upright(frame.top, frame.bottom)];
        items.push(Item::Path { runs, closed: true, stroke: outline, fill: None, clipped: false });
        let mut marks = Vec::new();
        for (at, text) in self.labels(frame.bottom, frame.top) {
            marks.push(vec![Point::new(right, at), Point::new(right + 3.0, at)]);
            let origin = Point::new(right + 7.0, at + 0.36 * font);
            items.push(Item::Text(Label::new(text.layout(font), origin, Colour::Text)));
        }
        let stroke = Some(Stroke::solid(Colour::Axis, 1.0));
        items.push(Item::Path { runs: marks, closed: false, stroke, fill: None, clipped: false });
        items
    }
}
