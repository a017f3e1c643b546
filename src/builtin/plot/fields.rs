//! Vector fields and slope fields.

use super::arguments;
use super::keys::Keys;
use super::reading;
use super::settings;
use super::shapes::figure;
use super::source;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::figure::primitive::{FieldKind, FieldPlot};
use crate::runtime::parameter::{Keywords, Rest, expected};
use crate::runtime::value::Value;

/// Points along each side of the lattice.
fn lattice(keys: &mut Keys) -> Result<usize, Fault> {
    Ok(keys.count("plot_points")?.unwrap_or(20).clamp(2, 100))
}

builtin! {
    /// Draws the arrows of a vector field on a lattice of points.
    ///
    /// Options: `plot_points` along each side (20), `color`, and those of the page.
    ///
    /// ```calc
    /// var('y'); plot_vector_field((-y, x), (x, -2, 2), (y, -2, 2))
    /// # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `plot_slope_field`.
    only function;
    fn plot_vector_field(call, f_g: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let ranges = arguments::two(&ranges.0, call.span())?;
        let parts = reading::items(&f_g.value).unwrap_or_default();
        let [u, v] = parts.as_slice() else { return Err(expected("a pair of functions", &f_g)) };
        let mut part = |value: &Value| -> Result<_, Fault> {
            source::field(&Spanned::new(value.clone(), f_g.span), &ranges, call)?.plane(call)
        };
        let field = FieldKind::Vectors(part(u)?, part(v)?);
        let count = lattice(&mut keys)?;
        keys.pass_over(&["pivot", "headwidth", "headlength", "headaxislength", "scale_units", "width", "units"]);
        let style = settings::style(&mut keys)?;
        let mut plot = FieldPlot::new(field, ranges[0].range, ranges[1].range, style);
        plot.count = count;
        figure(plot, keys, call)
    }
}

builtin! {
    /// Draws short strokes whose slope at each point is the value of a function: the directions of `y' = f(x, y)`.
    ///
    /// ```calc
    /// var('y'); plot_slope_field(x - y, (x, -2, 2), (y, -2, 2))
    /// # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `plot_vector_field`.
    only function;
    fn plot_slope_field(call, f: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let ranges = arguments::two(&ranges.0, call.span())?;
        let slope = source::field(&f, &ranges, call)?.plane(call)?;
        let count = lattice(&mut keys)?;
        keys.pass_over(&["pivot", "headwidth", "headlength", "headaxislength"]);
        let style = settings::style(&mut keys)?;
        let mut plot = FieldPlot::new(FieldKind::Slopes(slope), ranges[0].range, ranges[1].range, style);
        plot.count = count;
        figure(plot, keys, call)
    }
}
