//! How a primitive is drawn: colour, thickness, dashes, markers and its line in the legend.

use super::colour::{Colour, Theme};
use super::scene::Stroke;
use super::text::MathText;

/// The width of a curve of thickness 1, in pixels.
pub const CURVE_WIDTH: f64 = 1.75;

/// Solid, or a pattern of dashes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LineStyle {
    /// `-`
    #[default]
    Solid,
    /// `--`
    Dashed,
    /// `-.`
    DashDot,
    /// `:`
    Dotted,
    /// No line, for markers alone.
    Invisible,
}

impl LineStyle {
    /// Reads Sage's signs and words.
    pub fn parse(text: &str) -> Option<LineStyle> {
        Some(match text {
            "-" | "solid" => LineStyle::Solid,
            "--" | "dashed" => LineStyle::Dashed,
            "-." | "dashdot" | "dash dot" => LineStyle::DashDot,
            ":" | "dotted" => LineStyle::Dotted,
            "" | " " | "None" | "none" => LineStyle::Invisible,
            _ => return None,
        })
    }

    /// The n-th curve of a family: solid for the first three, then the patterns in turn.
    pub fn series(n: usize) -> LineStyle {
        match n {
            0..=2 => LineStyle::Solid,
            n => [LineStyle::Dashed, LineStyle::Dotted, LineStyle::DashDot, LineStyle::Solid][(n - 3) % 4],
        }
    }

    /// The pattern that tells the n-th curve of a family from the others where all are black.
    fn printed(n: u8) -> LineStyle {
        [LineStyle::Solid, LineStyle::Dashed, LineStyle::Dotted, LineStyle::Solid, LineStyle::DashDot]
            [usize::from(n) % 5]
    }

    /// Lengths of ink and gap for a line of this width.
    pub fn pattern(self, width: f64) -> Vec<f64> {
        let scale = (width / CURVE_WIDTH).max(0.6);
        let lengths: &[f64] = match self {
            LineStyle::Solid | LineStyle::Invisible => &[],
            LineStyle::Dashed => &[6.0, 4.0],
            LineStyle::Dotted => &[1.5, 3.0],
            LineStyle::DashDot => &[8.0, 3.0, 1.5, 3.0],
        };
        lengths.iter().map(|length| length * scale).collect()
    }
}

/// The shape drawn at each point.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marker {
    /// `o`, `.`, `,`
    Disc,
    /// `s`
    Square,
    /// `D`, `d`
    Diamond,
    /// `^`
    Triangle,
    /// `v`
    TriangleDown,
    /// `x`
    Cross,
    /// `+`
    Plus,
    /// `*`
    Star,
}

impl Marker {
    /// Reads matplotlib's one-letter names.
    pub fn parse(text: &str) -> Option<Marker> {
        Some(match text {
            "o" | "." | "," | "circle" | "point" => Marker::Disc,
            "s" | "square" => Marker::Square,
            "D" | "d" | "diamond" | "thin diamond" => Marker::Diamond,
            "^" | "triangle" | "<" | ">" => Marker::Triangle,
            "v" => Marker::TriangleDown,
            "x" => Marker::Cross,
            "+" => Marker::Plus,
            "*" | "star" | "p" | "h" | "H" => Marker::Star,
            _ => return None,
        })
    }
}

/// What all primitives share.
#[derive(Clone, Debug, PartialEq)]
pub struct Style {
    /// The colour; the first of the palette when not given.
    pub colour: Option<Colour>,
    /// Opacity.
    pub alpha: f64,
    /// Multiplies the width of 1.75 pixels.
    pub thickness: f64,
    /// Solid or dashed.
    pub line: LineStyle,
    /// A marker at every given point.
    pub marker: Option<Marker>,
    /// The marker's size in points.
    pub marker_size: f64,
    /// The colour of the markers' outlines; the page's where it is not given.
    pub edge: Option<Colour>,
    /// How wide those outlines are in pixels, where that is said.
    pub edge_width: Option<f64>,
    /// The colour inside of markers where it is another one.
    pub face: Option<Colour>,
    /// The line in the legend.
    pub legend: Option<MathText>,
    /// The colour of that line's text.
    pub legend_colour: Option<Colour>,
    /// Whether it may run over the plot box.
    pub unclipped: bool,
    /// Overrides the order of painting among its kind; greater is later.
    pub order: Option<f64>,
    /// What the element is called in the file (`data-label`).
    pub label: String,
    /// The expression in plain notation (`data-expr`).
    pub source: String,
}

impl Default for Style {
    fn default() -> Self {
        Style {
            colour: None,
            alpha: 1.0,
            thickness: 1.0,
            line: LineStyle::Solid,
            marker: None,
            marker_size: 6.0,
            edge: None,
            edge_width: None,
            face: None,
            legend: None,
            legend_colour: None,
            unclipped: false,
            order: None,
            label: String::new(),
            source: String::new(),
        }
    }
}

impl Style {
    /// The style of the n-th curve of a family.
    pub fn series(n: usize) -> Style {
        let colour = Colour::Series((n % super::colour::SERIES) as u8);
        Style { colour: Some(colour), line: LineStyle::series(n), ..Style::default() }
    }

    /// The style under a theme: in print, curves of the palette differ by their dashes; on a dark page, colours too near to it are
    /// lightened.
    pub fn under(&self, theme: Theme) -> Style {
        let mut style = self.clone();
        match (theme, self.colour) {
            (Theme::Print, Some(Colour::Series(n))) if self.line == LineStyle::Solid => {
                style.line = LineStyle::printed(n)
            }
            (Theme::Dark, Some(colour)) => style.colour = Some(colour.lightened()),
            _ => {}
        }
        style
    }

    /// The colour to draw with.
    pub fn ink(&self) -> Colour {
        self.colour.unwrap_or(Colour::Series(0))
    }

    /// The stroke of a curve.
    pub fn stroke(&self) -> Option<Stroke> {
        if self.line == LineStyle::Invisible || self.thickness <= 0.0 {
            return None;
        }
        let width = CURVE_WIDTH * self.thickness;
        Some(Stroke { colour: self.ink(), width, dash: self.line.pattern(width), alpha: self.alpha })
    }
}
