//! Words and mathematics at a place.

use super::{Element, Extent, element_basics};
use crate::figure::colour::Colour;
use crate::figure::geometry::{Point, Rect, Run};
use crate::figure::options::Options;
use crate::figure::painter::{Layer, Painter, placed};
use crate::figure::scene::{Fill, Item, Stroke};
use crate::figure::style::Style;
use crate::figure::text::MathText;

/// The outline of a box behind text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BoxShape {
    /// A rectangle.
    #[default]
    Square,
    /// One with round corners.
    Round,
    /// One that points to the left, to the right, or both ways.
    Arrow(bool, bool),
}

impl BoxShape {
    /// Reads matplotlib's words.
    pub fn parse(text: &str) -> Option<BoxShape> {
        Some(match text {
            "square" => BoxShape::Square,
            "round" | "round4" | "circle" | "ellipse" => BoxShape::Round,
            "larrow" => BoxShape::Arrow(true, false),
            "rarrow" => BoxShape::Arrow(false, true),
            "darrow" => BoxShape::Arrow(true, true),
            _ => return None,
        })
    }

    /// The words that `parse` knows.
    pub const NAMES: &'static [&'static str] = &["square", "round", "round4", "circle", "larrow", "rarrow", "darrow"];

    /// The outline around a rectangle.
    fn around(self, rect: &Rect) -> Run {
        let BoxShape::Arrow(left, right) = self else {
            return rect.rounded(if self == BoxShape::Round { 0.25 * rect.height() } else { 0.0 });
        };
        let (middle, reach) = (0.5 * (rect.top + rect.bottom), 0.6 * rect.height());
        let mut outline = rect.corners();
        if right {
            outline.insert(2, Point::new(rect.right + reach, middle));
        }
        if left {
            outline.push(Point::new(rect.left - reach, middle));
        }
        outline
    }
}

/// A box behind text.
#[derive(Clone, Debug)]
pub struct TextBox {
    /// Its outline.
    pub shape: BoxShape,
    /// The colour inside.
    pub fill: Option<Colour>,
    /// The colour of its outline.
    pub edge: Option<Colour>,
    /// How wide that is in pixels.
    pub width: f64,
    /// Opacity.
    pub alpha: f64,
    /// Around the text, in units of its size.
    pub padding: f64,
}

impl TextBox {
    /// A rectangle of these colours.
    pub fn new(fill: Option<Colour>, edge: Option<Colour>) -> Self {
        TextBox { shape: BoxShape::Square, fill, edge, width: 1.0, alpha: 1.0, padding: 0.3 }
    }
}

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
    /// The box behind it, where there is one.
    pub boxed: Option<TextBox>,
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
        if !painter.clip().grown(1.0).contains(at) && !self.in_box {
            return;
        }
        let size = painter.font_size() * self.font_size / 10.0;
        if let Some(own) = &self.boxed {
            let (laid, turned) = placed(self.text.layout(size), at, self.anchor, self.rotation);
            let rect = Rect::new(0.0, -laid.ascent, laid.width, laid.descent).grown(own.padding * size);
            let runs = vec![own.shape.around(&rect).into_iter().map(turned).collect()];
            let fill = own.fill.map(|colour| Fill { colour, alpha: own.alpha });
            let stroke = own.edge.map(|colour| Stroke { alpha: own.alpha, ..Stroke::solid(colour, own.width) });
            painter.add(Layer::Text, Item::Path { runs, closed: true, stroke, fill, clipped: false });
        }
        let behind = self.boxed.as_ref().and_then(|own| own.fill);
        let colour = self.style.colour.or(behind.map(Colour::of_words));
        let style = Style { colour, ..self.style.clone() };
        painter.text(&self.text, at, self.anchor, size, self.rotation, &style);
    }
}
