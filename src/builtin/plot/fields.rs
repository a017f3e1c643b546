//! Vector fields and slope fields.

use super::arguments::{self, Stretch};
use super::keys::Keys;
use super::reading;
use super::settings;
use super::shapes::figure;
use super::source;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::Expr;
use crate::figure::function::Plane;
use crate::figure::primitive::{Arrows, FieldKind, FieldPlot, StreamPlot};
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, Rest, expected};
use crate::runtime::value::Value;

/// Points along each side of the lattice.
fn lattice(keys: &mut Keys) -> Result<usize, Fault> {
    Ok(keys.count("plot_points")?.unwrap_or(20).clamp(2, 100))
}

/// What is said about the arrows, by matplotlib's names.
fn arrows(keys: &mut Keys) -> Result<Arrows, Fault> {
    let pivot = |word: &str| match word {
        "tail" => Some(0.0),
        "mid" | "middle" => Some(0.5),
        "tip" => Some(1.0),
        _ => None,
    };
    keys.pass_over(&["units", "angles", "minlength", "minshaft"]);
    Ok(Arrows {
        head_length: keys.real("headlength")?,
        head_width: keys.real("headwidth")?,
        head_axis: keys.real("headaxislength")?,
        shaft: keys.real("width")?.filter(|width| *width > 0.0),
        scale: keys.real("scale")?.filter(|scale| *scale > 0.0),
        in_units: keys
            .take("scale_units")
            .is_some_and(|units| units.value.as_str().is_some_and(|word| word.contains(['x', 'y']))),
        pivot: keys.word("pivot", pivot, &["tail", "mid", "middle", "tip"])?,
    })
}

builtin! {
    /// Draws the arrows of a vector field on a lattice of points.
    ///
    /// Options: `plot_points` along each side (20), `color`, `headlength` (5), `headwidth` (3) and `headaxislength` in shafts, `width` of the shaft and
    /// `scale` by the box, `scale_units='xy'`, `pivot` ('tail', 'mid', 'tip'), and those of the page.
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
        let arrows = arrows(&mut keys)?;
        let style = settings::style(&mut keys)?;
        let mut plot = FieldPlot::new(field, ranges[0].range, ranges[1].range, style);
        plot.count = count;
        plot.arrows = arrows;
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
        let arrows = arrows(&mut keys)?;
        let style = settings::style(&mut keys)?;
        let mut plot = FieldPlot::new(FieldKind::Slopes(slope), ranges[0].range, ranges[1].range, style);
        plot.count = count;
        plot.arrows = arrows;
        figure(plot, keys, call)
    }
}

/// Both components of a field; a single function is the slope of its lines.
fn components(value: &Spanned<Value>, ranges: &[Stretch; 2], call: &mut Call<'_>) -> Result<[Plane; 2], Fault> {
    let span = value.span;
    let mut part = |value: Value| source::field(&Spanned::new(value, span), ranges, call)?.plane(call);
    match reading::items(&value.value).as_deref() {
        Some([u, v]) => Ok([part(u.clone())?, part(v.clone())?]),
        Some(_) => Err(expected("a pair of functions, or one function", value)),
        None => Ok([part(Value::Expr(Expr::one()))?, part(value.value.clone())?]),
    }
}

builtin! {
    /// Draws lines along a vector field; a single function is taken as the slope of the lines.
    ///
    /// Options: `density` (1), `start_points`, `color`, `thickness`, and those of the page.
    ///
    /// ```calc
    /// var('y'); streamline_plot((-y, x), (x, -2, 2), (y, -2, 2))
    /// # => Graphics object consisting of 1 graphics primitive
    /// streamline_plot(x - y, (x, -2, 2), (y, -2, 2), density=1/2)
    /// # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `plot_vector_field`, `plot_slope_field`.
    only function;
    fn streamline_plot(call, f_g: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let ranges = arguments::two(&ranges.0, call.span())?;
        let field = components(&f_g, &ranges, call)?;
        let density = keys.real("density")?.unwrap_or(1.0);
        let starts = keys.take("start_points").map(|points| reading::points(&points, call)).transpose()?;
        keys.pass_over(&["plot_points", "width", "arrowsize", "arrowstyle", "minlength", "maxlength", "integration_direction"]);
        let style = settings::style(&mut keys)?;
        let mut plot = StreamPlot::new(field, ranges[0].range, ranges[1].range, style);
        plot.density = density;
        plot.starts = starts.unwrap_or_default();
        figure(plot, keys, call)
    }
}
