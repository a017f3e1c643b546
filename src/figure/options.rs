//! The options of `show` and `save`, and of a figure as a whole.

use super::colour::{Colour, Theme};
use super::scene::Stroke;
use super::text::MathText;

/// Where the ticks of one axis stand.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Ticks {
    /// Chosen for the range.
    #[default]
    Automatic,
    /// Multiples of a step.
    Step(f64),
    /// Exactly these.
    At(Vec<f64>),
}

/// How the ticks of one axis are written.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum TickFormat {
    /// Decimal.
    #[default]
    Automatic,
    /// Fractions of pi.
    Pi,
    /// Fractions of another constant: its value and its sign.
    Of(f64, String),
    /// These texts, in the order of the ticks.
    Texts(Vec<MathText>),
}

/// The lines of a grid across one axis.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum GridLines {
    /// None.
    #[default]
    Off,
    /// At the ticks.
    Major,
    /// At the ticks and between.
    Minor,
    /// At these places, some with a stroke of their own.
    At(Vec<(f64, Option<Stroke>)>),
}

/// The shape of a unit of both axes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum Aspect {
    /// What the primitives ask for.
    #[default]
    Unset,
    /// Fill the page.
    Automatic,
    /// The length of a unit of y over that of x.
    Ratio(f64),
}

/// Where the legend goes.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub enum LegendPlace {
    /// Where it covers least.
    #[default]
    Best,
    /// An anchor: column and row from 0 (left, top) to 2 (right, bottom).
    Anchor(u8, u8),
    /// Right of the plot.
    Outside,
    /// Fractions of the plot box, from the lower left.
    At(f64, f64),
}

impl LegendPlace {
    /// Reads matplotlib's names.
    pub fn parse(text: &str) -> Option<LegendPlace> {
        Some(match text {
            "best" => LegendPlace::Best,
            "upper left" => LegendPlace::Anchor(0, 0),
            "upper center" => LegendPlace::Anchor(1, 0),
            "upper right" => LegendPlace::Anchor(2, 0),
            "center left" => LegendPlace::Anchor(0, 1),
            "center" => LegendPlace::Anchor(1, 1),
            "center right" | "right" => LegendPlace::Anchor(2, 1),
            "lower left" => LegendPlace::Anchor(0, 2),
            "lower center" => LegendPlace::Anchor(1, 2),
            "lower right" => LegendPlace::Anchor(2, 2),
            "outside" => LegendPlace::Outside,
            _ => return None,
        })
    }

    /// The names that `parse` knows.
    pub const NAMES: &'static [&'static str] = &[
        "best",
        "upper left",
        "upper center",
        "upper right",
        "center left",
        "center",
        "center right",
        "lower left",
        "lower center",
        "lower right",
        "right",
        "outside",
    ];
}

/// How a legend looks. `None` means not said; lengths are in units of its font size.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct LegendLook {
    /// Where it stands.
    pub place: Option<LegendPlace>,
    /// The line above its entries.
    pub title: Option<MathText>,
    /// How many entries stand side by side.
    pub columns: Option<usize>,
    /// What is behind it.
    pub back: Option<Colour>,
    /// The size of its text in points.
    pub font: Option<f64>,
    /// Whether its letters are heavy.
    pub bold: Option<bool>,
    /// Whether its letters are slanted.
    pub slanted: Option<bool>,
    /// Whether it casts a shadow.
    pub shadow: Option<bool>,
    /// Whether its corners are round.
    pub rounded: Option<bool>,
    /// Between its border and its entries.
    pub padding: Option<f64>,
    /// Between the plot box and its border.
    pub margin: Option<f64>,
    /// Between columns.
    pub column_gap: Option<f64>,
    /// Between lines.
    pub row_gap: Option<f64>,
    /// The length of the samples of strokes.
    pub key: Option<f64>,
    /// Between a sample and its text.
    pub key_gap: Option<f64>,
    /// Multiplies the size of markers.
    pub marker_scale: Option<f64>,
    /// How many markers a sample has.
    pub markers: Option<usize>,
}

/// Whatever belongs to the figure, not to one primitive. `None` means not said.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Options {
    /// Lower end of x.
    pub xmin: Option<f64>,
    /// Upper end of x.
    pub xmax: Option<f64>,
    /// Lower end of y.
    pub ymin: Option<f64>,
    /// Upper end of y.
    pub ymax: Option<f64>,
    /// Whether axes are drawn.
    pub axes: Option<bool>,
    /// Whether a frame replaces them.
    pub frame: Option<bool>,
    /// Names of the axes.
    pub axes_labels: Option<[MathText; 2]>,
    /// Their size relative to the font size.
    pub axes_labels_size: Option<f64>,
    /// The colour of axes and ticks.
    pub axes_colour: Option<Colour>,
    /// The width of axes in points.
    pub axes_width: Option<f64>,
    /// The colour of their names.
    pub names_colour: Option<Colour>,
    /// The colour of the numbers at their ticks.
    pub numbers_colour: Option<Colour>,
    /// Grid lines at places on x and on y.
    pub gridlines: Option<[GridLines; 2]>,
    /// How the lines across x and across y are drawn.
    pub grid_strokes: Option<[Stroke; 2]>,
    /// Ticks on x and on y.
    pub ticks: Option<[Ticks; 2]>,
    /// How they are written.
    pub tick_format: Option<[TickFormat; 2]>,
    /// Whether ticks are whole numbers only.
    pub ticks_integer: Option<bool>,
    /// What is added to the ranges on either side, as shares of them.
    pub axes_pad: Option<f64>,
    /// The shape of a unit.
    pub aspect: Aspect,
    /// Width and height of the page in inches of 100 pixels.
    pub figsize: Option<[f64; 2]>,
    /// Dots an inch of a bitmap; 100 gives a pixel for each CSS pixel.
    pub dpi: Option<f64>,
    /// The size of text in points; 10 gives ticks of 13 pixels.
    pub fontsize: Option<f64>,
    /// A line above.
    pub title: Option<MathText>,
    /// Where its middle lies, in fractions of the plot box.
    pub title_place: Option<(f64, f64)>,
    /// Whether the page is left unpainted.
    pub transparent: Option<bool>,
    /// Whether a legend is shown.
    pub show_legend: Option<bool>,
    /// How it looks.
    pub legend: LegendLook,
    /// Whether x runs to the left.
    pub flip_x: Option<bool>,
    /// Whether y runs downwards.
    pub flip_y: Option<bool>,
    /// Whether the numbers of x stand above the frame, as those of columns do.
    pub x_above: Option<bool>,
    /// Whether x, y are logarithmic.
    pub log: Option<[bool; 2]>,
    /// Whose powers stand on logarithmic axes, on x and on y.
    pub log_base: Option<[f64; 2]>,
    /// Light or dark.
    pub theme: Option<Theme>,
    /// Whether notes are collected.
    pub notes: Option<bool>,
    /// Whether labels and legend keep their places whatever is drawn, as the frames of an animation want it.
    pub steady: Option<bool>,
}

/// Takes every option that `$new` says, field by field.
macro_rules! overlay {
    ($old:expr, $new:expr, $($field:ident),*) => { $( if $new.$field.is_some() { $old.$field = $new.$field.clone(); } )* };
}

impl Options {
    /// These options with all that `newer` says put on top.
    pub fn overlaid(&self, newer: &Options) -> Options {
        let mut out = self.clone();
        overlay!(
            out,
            newer,
            xmin,
            xmax,
            ymin,
            ymax,
            axes,
            frame,
            axes_labels,
            axes_labels_size,
            axes_colour,
            axes_width,
            names_colour,
            numbers_colour,
            gridlines,
            grid_strokes,
            ticks,
            tick_format,
            ticks_integer,
            axes_pad,
            figsize,
            dpi,
            fontsize,
            title,
            title_place,
            transparent,
            show_legend,
            flip_x,
            flip_y,
            x_above,
            log,
            log_base,
            theme,
            notes,
            steady
        );
        let (legend, newer_legend) = (&mut out.legend, &newer.legend);
        overlay!(
            legend,
            newer_legend,
            place,
            title,
            columns,
            back,
            font,
            bold,
            slanted,
            shadow,
            rounded,
            padding,
            margin,
            column_gap,
            row_gap,
            key,
            key_gap,
            marker_scale,
            markers
        );
        if newer.aspect != Aspect::Unset {
            out.aspect = newer.aspect;
        }
        out
    }

    /// The options of a sum of two figures: windows are joined, an automatic aspect yields, the right one wins.
    pub fn combined(&self, other: &Options) -> Options {
        let mut out = self.overlaid(other);
        let pick = |a: Option<f64>, b: Option<f64>, f: fn(f64, f64) -> f64| match (a, b) {
            (Some(a), Some(b)) => Some(f(a, b)),
            (a, b) => a.or(b),
        };
        out.xmin = pick(self.xmin, other.xmin, f64::min);
        out.xmax = pick(self.xmax, other.xmax, f64::max);
        out.ymin = pick(self.ymin, other.ymin, f64::min);
        out.ymax = pick(self.ymax, other.ymax, f64::max);
        out.aspect = match (self.aspect, other.aspect) {
            (Aspect::Ratio(a), Aspect::Unset | Aspect::Automatic) => Aspect::Ratio(a),
            (a, Aspect::Unset) => a,
            (_, b) => b,
        };
        out
    }
}
