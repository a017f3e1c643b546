//! Pictures of data: lists, scattered points, bars, histograms.

use super::keys::Keys;
use super::reading::{self, BAD_PLOT};
use super::settings;
use super::shapes::{empty, figure};
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::figure::primitive::{Bars, Classes, Line, Points};
use crate::runtime::call::Call;
use crate::runtime::parameter::Keywords;
use crate::runtime::value::Value;

builtin! {
    /// Draws a list of points, or of numbers over their places in the list; `plotjoined=True` joins them.
    ///
    /// ```calc
    /// list_plot([1, 4, 9, 16])                            # => Graphics object consisting of 1 graphics primitive
    /// list_plot([(k, 1/k) for k in [1..5]], plotjoined=True)
    /// # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `point`, `line`, `scatter_plot`.
    only function;
    fn list_plot(call, data: Spanned<Value>, plotjoined: Option<bool>, options: Keywords) -> Value {
        listed(call, &data, plotjoined, options)
    }
}

/// What `list_plot` draws.
///
/// # Errors
/// What is no data; unknown options.
pub fn listed(
    call: &mut Call<'_>,
    data: &Spanned<Value>,
    plotjoined: Option<bool>,
    options: Keywords,
) -> Result<Value, Fault> {
    let mut keys = Keys::new(options);
    let points = reading::data(data, call)?;
    let size = keys.real("size")?.or(keys.real("pointsize")?);
    let style = settings::style(&mut keys)?;
    if points.is_empty() {
        return empty(keys, call);
    }
    if plotjoined == Some(true) {
        let mut line = Line::new(points, style);
        line.list = true;
        return figure(line, keys, call);
    }
    let mut marks = Points::new(points, style);
    marks.size = size.unwrap_or(marks.size);
    figure(marks, keys, call)
}

builtin! {
    /// Draws points as markers: discs, or what `marker` says.
    ///
    /// ```calc
    /// scatter_plot([(0, 1), (2, 3)], marker='s')          # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `list_plot`.
    only function;
    fn scatter_plot(call, datalist: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let points = reading::points(&datalist, call)?;
        let face = settings::colour_named(&mut keys, "facecolor")?;
        let edge = settings::colour_named(&mut keys, "edgecolor")?;
        let size = keys.real("markersize")?;
        let mut style = settings::style(&mut keys)?;
        style.edge = edge.or(style.edge);
        style.colour = face.or(style.colour);
        let mut marks = Points::new(points, style);
        // Sage's size is an area in square points, 50 by default.
        marks.size = size.map_or(marks.size, |size| size / 5.0);
        figure(marks, keys, call)
    }
}

builtin! {
    /// Draws a bar for each number of a list.
    ///
    /// ```calc
    /// bar_chart([3, 1, 2])                                # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `histogram`.
    only function;
    fn bar_chart(call, datalist: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let heights = reading::reals(&datalist, call)?;
        let width = keys.real("width")?.unwrap_or(0.5);
        let style = settings::style(&mut keys)?;
        // As in Sage, the bar of place k stands around k.
        let sides = |k: usize| (k as f64 - 0.5 * width, k as f64 + 0.5 * width);
        let bars = heights.iter().enumerate().map(|(k, height)| (sides(k).0, sides(k).1, *height)).collect();
        figure(Bars::new(bars, style), keys, call)
    }
}

builtin! {
    /// Draws how often numbers fall into equal classes.
    ///
    /// Options: `bins` (10), `density=True` for areas that add up to 1, `cumulative=True`, `range`, `weights`, `align` ('left', 'mid',
    /// 'right'), `color`, `edgecolor`.
    ///
    /// ```calc
    /// histogram([1, 2, 2, 3, 3, 3], bins=3)               # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `bar_chart`.
    only function;
    fn histogram(call, datalist: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let numbers = reading::reals(&datalist, call)?;
        let count = keys.count("bins")?.unwrap_or(10);
        if count == 0 || count > 10_000 {
            return Err(fault!(BAD_PLOT, datalist.span, "{count} classes can't be drawn"));
        }
        let density = [keys.flag("density", call)?, keys.flag("normed", call)?].contains(&Some(true));
        let cumulative = keys.flag("cumulative", call)?.unwrap_or(false);
        let edge = settings::colour_named(&mut keys, "edgecolor")?;
        let range = keys.take("range").map(|range| reading::pair(&range)).transpose()?;
        let weights = keys.take("weights").map(|weights| reading::reals(&weights, call)).transpose()?.unwrap_or_default();
        if !weights.is_empty() && weights.len() != numbers.len() {
            return Err(fault!(BAD_PLOT, datalist.span, "{} numbers can't have {} weights", numbers.len(), weights.len()));
        }
        let shift = keys.word("align", shift, &["left", "mid", "right"])?.unwrap_or(0.0);
        keys.pass_over(&["rwidth", "stacked", "hatch", "label"]);
        let classes = Classes { count, range, weights, density, cumulative, shift };
        let style = settings::style(&mut keys)?;
        let mut bars = Bars::histogram(&numbers, &classes, style);
        bars.edge = edge;
        figure(bars, keys, call)
    }
}

/// How far the bars of a histogram stand from their classes, in classes.
fn shift(word: &str) -> Option<f64> {
    match word {
        "left" => Some(-0.5),
        "mid" => Some(0.0),
        "right" => Some(0.5),
        _ => None,
    }
}
