//! Pictures of data: lists, scattered points.

use super::keys::Keys;
use super::reading;
use super::settings;
use super::shapes::{empty, figure};
use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::figure::primitive::{Line, Points};
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
    let joined = plotjoined == Some(true);
    let steps = if joined { settings::steps(&mut keys) } else { None };
    let style = settings::style(&mut keys)?;
    if points.is_empty() {
        return empty(keys, call);
    }
    if joined {
        return figure(Line { list: true, steps, ..Line::new(points, style) }, keys, call);
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
        style.unclipped = keys.flag("clip", call)? == Some(false);
        let mut marks = Points::new(points, style);
        // Sage's size is an area in square points, 50 by default.
        marks.size = size.map_or(marks.size, |size| size / 5.0);
        figure(marks, keys, call)
    }
}
