//! Plots on logarithmic axes, and steps.

use std::rc::Rc;

use super::curves::plotted;
use super::data::listed;
use super::keys::Keys;
use super::reading;
use super::settings;
use super::shapes::{empty, figure};
use crate::builtin;
use crate::diagnostic::{Span, Spanned};
use crate::figure::primitive::Line;
use crate::number::sorting;
use crate::runtime::parameter::{Keywords, Rest};
use crate::runtime::value::Value;

/// The options with a scale among them.
fn scaled(mut options: Keywords, scale: &str) -> Keywords {
    options.0.push((Rc::from("scale"), Spanned::new(Value::str(scale), Span::default())));
    options
}

builtin! {
    /// Draws graphs with both axes logarithmic: powers become straight lines.
    ///
    /// ```calc
    /// plot_loglog(x^3, (x, 1, 1000))          # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `plot`, `plot_semilogx`, `plot_semilogy`.
    only function;
    fn plot_loglog(call, funcs: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        plotted(call, &funcs, &ranges.0, scaled(options, "loglog"))
    }
}

builtin! {
    /// Draws graphs with a logarithmic horizontal axis: logarithms become straight lines.
    ///
    /// ```calc
    /// plot_semilogx(log(x), (x, 1, 1000))     # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `plot`, `plot_loglog`.
    only function;
    fn plot_semilogx(call, funcs: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        plotted(call, &funcs, &ranges.0, scaled(options, "semilogx"))
    }
}

builtin! {
    /// Draws graphs with a logarithmic vertical axis: exponential functions become straight lines.
    ///
    /// ```calc
    /// plot_semilogy(exp(x), (x, 0, 10))       # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `plot`, `plot_loglog`.
    only function;
    fn plot_semilogy(call, funcs: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        plotted(call, &funcs, &ranges.0, scaled(options, "semilogy"))
    }
}

builtin! {
    /// Draws data with both axes logarithmic.
    ///
    /// ```calc
    /// list_plot_loglog([(10^k, 2^k) for k in [0..5]])     # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `list_plot`.
    only function;
    fn list_plot_loglog(call, data: Spanned<Value>, plotjoined: Option<bool>, options: Keywords) -> Value {
        listed(call, &data, plotjoined, scaled(options, "loglog"))
    }
}

builtin! {
    /// Draws data with a logarithmic horizontal axis.
    ///
    /// ```calc
    /// list_plot_semilogx([(10^k, k) for k in [0..5]])     # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `list_plot`.
    only function;
    fn list_plot_semilogx(call, data: Spanned<Value>, plotjoined: Option<bool>, options: Keywords) -> Value {
        listed(call, &data, plotjoined, scaled(options, "semilogx"))
    }
}

builtin! {
    /// Draws data with a logarithmic vertical axis.
    ///
    /// ```calc
    /// list_plot_semilogy([2^k for k in [0..10]])          # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `list_plot`.
    only function;
    fn list_plot_semilogy(call, data: Spanned<Value>, plotjoined: Option<bool>, options: Keywords) -> Value {
        listed(call, &data, plotjoined, scaled(options, "semilogy"))
    }
}

builtin! {
    /// Draws a function that is constant between given places: from each point a level line to the place of the next one.
    ///
    /// `vertical_lines=False` leaves out the risers.
    ///
    /// ```calc
    /// plot_step_function([(0, 1), (1, 3), (2, 2), (3, 2)])        # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `list_plot`, `bar_chart`.
    only function;
    fn plot_step_function(call, v: Spanned<Value>, vertical_lines: Option<bool>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let mut points = reading::data(&v, call)?;
        sorting::sort_by(&mut points, |a, b| a.0.total_cmp(&b.0));
        let style = settings::style(&mut keys)?;
        if points.is_empty() {
            return empty(keys, call);
        }
        let risers = vertical_lines.unwrap_or(true);
        let mut path = Vec::with_capacity(3 * points.len());
        for pair in points.windows(2) {
            path.extend([pair[0], (pair[1].0, pair[0].1)]);
            if !risers {
                path.push((f64::NAN, f64::NAN));
            }
        }
        path.extend(points.last());
        figure(Line::new(path, style), keys, call)
    }
}
