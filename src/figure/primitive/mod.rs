//! The primitives: one file a kind, each saying what it wants to see and how it is drawn.

mod arrow;
mod bars;
mod bezier;
mod circle;
mod contour;
mod density;
mod field;
mod hatch;
mod implicit;
mod level;
mod line;
mod matrix;
mod parametric;
mod plot;
mod point;
mod polygon;
mod region;
mod stream;
mod text;

pub use arrow::Arrow;
pub use bars::{Bar, Bars, Classes};
pub use bezier::BezierPath;
pub use circle::Ellipse;
pub use contour::{ContourPlot, Levels, Within};
pub use density::{DensityPlot, Shading};
pub use field::{Arrows, FieldKind, FieldPlot};
pub use hatch::SIGNS as HATCH_SIGNS;
pub use implicit::{ImplicitPlot, Where};
pub use level::Lettering;
pub use line::{Line, Steps};
pub use matrix::MatrixPlot;
pub use parametric::{ParametricPlot, Polar};
pub use plot::{FillTo, FunctionPlot, Poles};
pub use point::Points;
pub use polygon::Polygon;
pub use region::{Condition, RegionPlot};
pub use stream::StreamPlot;
pub use text::{BoxShape, TextBox, TextMark};

use super::bar::ColourBar;
use super::colour::{Colour, Theme};
use super::function::Range;
use super::options::Options;
use super::painter::Painter;
use super::style::Style;

/// What a primitive wants to see.
#[derive(Clone, Debug, PartialEq)]
pub struct Extent {
    /// From left to right; empty for no wish.
    pub x: Range,
    /// From bottom to top; empty for no wish.
    pub y: Range,
    /// Whether x is a window asked for, to be shown without padding.
    pub exact_x: bool,
    /// Whether y is.
    pub exact_y: bool,
    /// What was decided about the range.
    pub notes: Vec<String>,
}

impl Extent {
    /// The bounding box of points.
    pub fn of(points: impl Iterator<Item = (f64, f64)>) -> Extent {
        let mut extent = Extent::default();
        for (x, y) in points.filter(|p| p.0.is_finite() && p.1.is_finite()) {
            extent.x = extent.x.join(Range::point(x));
            extent.y = extent.y.join(Range::point(y));
        }
        extent
    }
}

impl Default for Extent {
    fn default() -> Self {
        Extent { x: Range::EMPTY, y: Range::EMPTY, exact_x: false, exact_y: false, notes: Vec::new() }
    }
}

/// A primitive: something that can be drawn in a figure.
pub trait Element {
    /// Its name in the contract and in messages.
    fn kind(&self) -> &'static str;

    /// Colour, thickness, legend.
    fn style(&self) -> &Style;

    /// The same, to be changed.
    fn style_mut(&mut self) -> &mut Style;

    /// Suits it to a theme.
    fn dress(&mut self, theme: Theme) {
        *self.style_mut() = self.style().under(theme);
    }

    /// What it wants to see, given what the figure's options ask for.
    fn extent(&self, options: &Options) -> Extent;

    /// Draws it.
    fn paint(&self, painter: &mut Painter);

    /// How many primitives it counts for, as Sage counts them: an area beside its curve is one more.
    fn count(&self) -> usize {
        1
    }

    /// Whether it prefers a frame to axes through the origin.
    fn framed(&self) -> bool {
        false
    }

    /// Whether its unit lengths should be equal.
    fn round(&self) -> bool {
        false
    }

    /// Whether it paints over the whole box, so that axes inside would disturb.
    fn covers(&self) -> bool {
        false
    }

    /// Whether it stands across the place of the vertical axis and would be cut by it.
    fn straddles(&self) -> bool {
        false
    }

    /// Whether it may be drawn in a finer window and shrunk: all that it draws are strokes, areas and dots.
    fn scalable(&self) -> bool {
        false
    }

    /// The scale of its colours, where one is asked for.
    fn colour_bar(&self) -> Option<ColourBar> {
        None
    }

    /// The colour of its sample in the legend, where this is not the one of its style.
    fn key_colour(&self) -> Option<Colour> {
        None
    }

    /// A copy, for a sum of figures whose parts are changed later.
    fn boxed(&self) -> Box<dyn Element>;
}

/// The four lines that every element with a `style` field writes alike.
macro_rules! element_basics {
    ($kind:literal) => {
        fn kind(&self) -> &'static str {
            $kind
        }
        fn style(&self) -> &crate::figure::style::Style {
            &self.style
        }
        fn style_mut(&mut self) -> &mut crate::figure::style::Style {
            &mut self.style
        }
        fn boxed(&self) -> Box<dyn crate::figure::primitive::Element> {
            Box::new(self.clone())
        }
    };
}
use element_basics;

/// What every element over a part of the plane, with fields `domain_x` and `domain_y`, writes alike: framed, with equal units.
macro_rules! plane_basics {
    ($kind:literal) => {
        crate::figure::primitive::element_basics!($kind);
        fn extent(&self, _options: &Options) -> Extent {
            Extent { x: self.domain_x, y: self.domain_y, exact_x: true, exact_y: true, notes: Vec::new() }
        }
        fn framed(&self) -> bool {
            true
        }
        fn round(&self) -> bool {
            true
        }
    };
}
use plane_basics;
