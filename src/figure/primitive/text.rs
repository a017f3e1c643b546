//! Words and mathematics at a place.

use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::geometry::Point;
use crate::figure::options::Options;
use crate::figure::painter::Painter;
use crate::figure::style::Style;
use crate::figure::text::MathText;

/// A line of text.
#[derive(Clone, Debug)]
pub struct TextMark {
    /// What it says.
    pub text: MathText,
    /// Where, in data or as fractions of the plot box.
    pub at: (f64, f64),
    /// Whether `at` are fractions of the plot box (Sage's `axis_coords`).
    pub in_box: bool,
    /// The point of the text that lies there: 0 left, 0.5 middle, 1 right; 0 bottom, 1 top.
    pub anchor: (f64, f64),
    /// Size in points; 10 is ordinary.
    pub font_size: f64,
    /// Degrees counter-clockwise.
    pub rotation: f64,
    /// The colours of a box behind it: inside and outline.
    pub boxed: Option<(Option<Colour>, Option<Colour>)>,
    /// Colour and opacity.
    pub style: Style,
}

impl TextMark {
    /// Centred text at a point of the data.
    pub fn new(text: MathText, at: (f64, f64), style: Style) -> Self {
        TextMark { text, at, in_box: false, anchor: (0.5, 0.5), font_size: 10.0, rotation: 0.0, boxed: None, style }
    }
}

impl Element for TextMark {
    element_basics!("text");

    fn extent(&self, _options: &Options) -> Extent {
        if self.in_box { Extent::default() } else { Extent::of(std::iter::once(self.at)) }
    }

    fn paint(&self, painter: &mut Painter) {
        let frame = painter.plot_box();
        let at = if self.in_box {
            Point::new(frame.left + self.at.0 * frame.width(), frame.bottom - self.at.1 * frame.height())
        } else {
            painter.window.pixel(self.at.0, self.at.1)
        };
        if !frame.grown(1.0).contains(at) && !self.in_box {
            return;
        }
        let size = painter.font_size() * self.font_size / 10.0;
        if let Some((inside, outline)) = self.boxed {
            painter.behind_text(&self.text, at, self.anchor, size, self.rotation, (inside, outline));
        }
        painter.text(&self.text, at, self.anchor, size, self.rotation, &self.style);
    }
}
