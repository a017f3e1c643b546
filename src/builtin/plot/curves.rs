//! Graphs of functions, parametric and polar curves.

use super::arguments::{self, Stretch};
use super::keys::Keys;
use super::reading::{self, BAD_PLOT};
use super::settings;
use super::source::{self, Curve};
use super::value::Figure;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::function::{cos, sin};
use crate::expr::{Expr, Kind, Relation, Symbol};
use crate::figure::Graphics;
use crate::figure::formula;
use crate::figure::function::Range;
use crate::figure::options::{Options, TickFormat};
use crate::figure::primitive::{FillTo, FunctionPlot, ParametricPlot, Poles};
use crate::figure::style::Style;
use crate::figure::text::MathText;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, Rest, expected};
use crate::runtime::value::{Dict, Key, Value, as_expr};
use crate::tape::FloatFunction;

const TURN: f64 = std::f64::consts::TAU;

/// Options that a list of functions may carry one by one.
const PER_CURVE: &[&str] = &[
    "color",
    "rgbcolor",
    "hue",
    "linestyle",
    "thickness",
    "linewidth",
    "alpha",
    "opacity",
    "marker",
    "legend_label",
    "legend_color",
    "fill",
    "fillcolor",
    "fillalpha",
    "exclude",
    "detect_poles",
    "endpoints",
    "asymptotes",
    "zorder",
];

/// The keywords of the k-th of several curves: lists and dictionaries of options are split.
fn keywords_of(keywords: &Keywords, k: usize, count: usize) -> Keywords {
    let mut own = Keywords::default();
    for (name, value) in &keywords.0 {
        let part =
            if PER_CURVE.contains(&&**name) { part_of(&value.value, k, count) } else { Some(value.value.clone()) };
        if let Some(part) = part {
            own.0.push((name.clone(), Spanned::new(part, value.span)));
        }
    }
    own
}

/// What an option says for the k-th of several curves.
fn part_of(value: &Value, k: usize, count: usize) -> Option<Value> {
    match value {
        Value::Dict(dict) => item(&dict.borrow(), k),
        Value::List(items) if count > 1 => items.borrow().get(k).cloned(),
        _ => Some(value.clone()),
    }
}

fn item(dict: &Dict, k: usize) -> Option<Value> {
    dict.get(&Key::new(Value::integer(k)).ok()?).cloned()
}

/// Automatic ticks in multiples of pi where a range was written with pi.
fn pi_ticks(options: &mut Options, stretch: &Stretch) {
    if stretch.in_pi && options.ticks.is_none() && options.tick_format.is_none() && options.log.is_none() {
        options.tick_format = Some([TickFormat::Pi, TickFormat::Automatic]);
    }
}

/// One curve's style; the automatic label is its formula.
fn curve_style(keys: &mut Keys, curve: &Curve, k: usize, count: usize) -> Result<Style, Fault> {
    let automatic = keys.has("legend_label");
    let family = if count > 1 { Style::series(k) } else { Style::default() };
    let line_given = keys.has("linestyle");
    let mut style = settings::style(keys)?;
    if automatic && style.legend.as_ref().is_some_and(|label| label.to_plain() == "automatic") {
        style.legend = Some(curve.label.clone());
    }
    style.colour = style.colour.or(family.colour);
    if !line_given {
        style.line = family.line;
    }
    style.label = style.legend.as_ref().map_or_else(|| curve.source.clone(), MathText::to_plain);
    style.source.clone_from(&curve.source);
    Ok(style)
}

/// Draws functions of one variable, each as a graph.
fn graphs(
    call: &mut Call<'_>,
    values: &[Spanned<Value>],
    stretch: Stretch,
    keywords: &Keywords,
) -> Result<Graphics, Fault> {
    let curves: Vec<Curve> =
        values.iter().map(|value| source::curve(value, &stretch, call)).collect::<Result<_, _>>()?;
    let mut figure = Graphics::new();
    for (k, curve) in curves.iter().enumerate() {
        let mut keys = Keys::new(keywords_of(keywords, k, curves.len()));
        keys.pass_over(settings::SAMPLING_HINTS);
        let style = curve_style(&mut keys, curve, k, curves.len())?;
        let mut graph = FunctionPlot::new(curve.function.clone(), stretch.range, style);
        graph_options(&mut graph, &mut keys, call, &curves, k, &stretch)?;
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        figure.options = figure.options.overlaid(&options);
        if graph.is_undefined() {
            call.note("figure", format!("{} has no real values in this range", curve.source));
        } else {
            figure.add(graph);
        }
    }
    pi_ticks(&mut figure.options, &stretch);
    Ok(figure)
}

/// Poles, ends, exclusions and fills of one graph.
fn graph_options(
    graph: &mut FunctionPlot,
    keys: &mut Keys,
    call: &mut Call<'_>,
    curves: &[Curve],
    k: usize,
    stretch: &Stretch,
) -> Result<(), Fault> {
    let own = &curves[k];
    if let Some(poles) = keys.take("detect_poles") {
        let shown = poles.value.as_str().is_some_and(|text| &**text == "show");
        graph.poles = if shown { Poles::Show } else { Poles::Break };
        if shown || call.truth(&poles.value).map_err(|fault| fault.or_at(poles.span))? {
            let poles = graph.count_poles(call.budget());
            graph.parts = if shown { 2 * poles + 1 } else { poles + 1 };
        }
    }
    if keys.flag("asymptotes", call)?.unwrap_or(false) {
        graph.poles = Poles::Show;
        graph.asymptotes = own.asymptotes(call)?;
    }
    graph.endpoints = keys.flag("endpoints", call)?.unwrap_or(true);
    if let Some(excluded) = keys.take("exclude") {
        graph.excluded = excluded_points(&excluded, stretch, call)?;
        let inside = |x: &&f64| stretch.range.lo < **x && **x < stretch.range.hi;
        graph.parts = graph.parts.max(graph.excluded.iter().filter(inside).count() + 1);
    }
    if let Some(fill) = keys.take("fill") {
        graph.fill = fill_to(&fill, curves, stretch, call)?;
    }
    graph.fill_colour = settings::colour_named(keys, "fillcolor")?;
    graph.fill_alpha = keys.real("fillalpha")?.unwrap_or(graph.fill_alpha).clamp(0.0, 1.0);
    Ok(())
}

/// The other border of a filled area.
fn fill_to(
    value: &Spanned<Value>,
    curves: &[Curve],
    stretch: &Stretch,
    call: &mut Call<'_>,
) -> Result<Option<FillTo>, Fault> {
    let named = |text: &str| match text {
        "axis" => Some(FillTo::Axis),
        "min" => Some(FillTo::Min),
        "max" => Some(FillTo::Max),
        _ => None,
    };
    Ok(Some(match &value.value {
        Value::Bool(false) => return Ok(None),
        Value::Bool(true) => FillTo::Axis,
        Value::Str(_) => super::keys::choose(value, "fill", named, &["axis", "min", "max"])?,
        Value::List(items) => {
            let index = items.borrow().first().and_then(Value::to_integer).and_then(|index| index.to_usize());
            let other = index.and_then(|index| curves.get(index));
            let other = other.ok_or_else(|| expected("the number of another curve in brackets, such as [0]", value))?;
            FillTo::Function(other.function.clone())
        }
        number => match reading::number(number).filter(|y| y.is_finite()) {
            Some(y) => FillTo::Value(y),
            None => FillTo::Function(source::curve(value, stretch, call)?.function),
        },
    }))
}

/// The points that a graph leaves out: a list of numbers, or the solutions of an equation.
fn excluded_points(value: &Spanned<Value>, stretch: &Stretch, call: &mut Call<'_>) -> Result<Vec<f64>, Fault> {
    if let Value::Expr(expr) = &value.value {
        let variable = stretch.variable.or(expr.free_variables().first().copied()).unwrap_or_else(|| Symbol::new("x"));
        let difference = match expr.kind() {
            Kind::Relation(Relation::Equal, left, right) => left - right,
            _ => expr.clone(),
        };
        return zeros(&difference, variable, stretch.range)
            .ok_or_else(|| expected("an equation in one variable", value));
    }
    let items = reading::collection(value, call)?;
    items
        .iter()
        .map(|item| match as_expr(&item.value).as_ref().map(Expr::kind) {
            Some(Kind::Relation(Relation::Equal, _, point)) => {
                reading::real(&Spanned::new(Value::Expr(point.clone()), item.span))
            }
            _ => reading::real(item),
        })
        .collect()
}

/// Where an expression changes its sign in a range, by bisection from a fine lattice.
fn zeros(expr: &Expr, variable: Symbol, range: Range) -> Option<Vec<f64>> {
    const PIECES: u32 = 2000;
    let mut f = FloatFunction::new(expr, &[variable]).ok()?;
    let at = |k: u32| range.lo + range.width() * f64::from(k) / f64::from(PIECES);
    let mut found = Vec::new();
    let (mut x, mut y) = (at(0), f.at(&[at(0)]));
    for k in 1..=PIECES {
        let (next, value) = (at(k), f.at(&[at(k)]));
        if y == 0.0 {
            found.push(x);
        } else if y * value < 0.0 {
            let (mut low, mut high) = (x, next);
            for _ in 0..60 {
                let middle = 0.5 * (low + high);
                if f.at(&[middle]) * y > 0.0 { low = middle } else { high = middle }
            }
            found.push(0.5 * (low + high));
        }
        (x, y) = (next, value);
    }
    Some(found)
}

/// The functions of a plot: one, or those of a list.
fn functions(value: &Spanned<Value>) -> Vec<Spanned<Value>> {
    match reading::items(&value.value) {
        Some(items) => items.into_iter().map(|item| Spanned::new(item, value.span)).collect(),
        None => vec![value.clone()],
    }
}

builtin! {
    /// Draws the graph of a function, or of several in a list.
    ///
    /// The function is an expression, a callable expression, or a function of the program; the range is `(x, a, b)`, `(a, b)` or
    /// `a, b`, and -1 to 1 when left out. A curve is never joined across a pole or a jump, and open and closed ends are
    /// marked where they are known.
    ///
    /// Options of the curve: `color`, `thickness`, `linestyle` ('-', '--', '-.', ':'), `alpha`, `marker`, `legend_label`, `fill` (True,
    /// 'axis', 'min', 'max', a number or a function), `fillcolor`, `fillalpha`, `exclude`, `detect_poles` ('show' draws
    /// asymptotes), `endpoints`, `asymptotes=True` (horizontal and oblique ones too). Options of the page: `xmin`, `xmax`, `ymin`, `ymax`, `axes`, `axes_labels`, `frame`, `gridlines`, `ticks`,
    /// `tick_formatter`, `aspect_ratio`, `axes_pad`, `figsize`, `fontsize`, `title`, `legend_loc` and more of the legend (`legend_title`,
    /// `legend_ncol`, `legend_font_size`, `legend_handlelength` and the like, which `set_legend_options` takes without the prefix), `scale`, `theme`.
    ///
    /// ```calc
    /// plot(sin(x), (x, 0, 2*pi))              # => Graphics object consisting of 1 graphics primitive
    /// plot([sin(x), cos(x)], (x, 0, 2*pi))    # => Graphics object consisting of 2 graphics primitives
    /// plot(lambda t: t^2, 0, 1, color='red')  # => Graphics object consisting of 1 graphics primitive
    /// plot(x^2, colour='red')                 # error: unknown-option
    /// plot(x^2, (x, 1, 1))                    # error: bad-plot
    /// ```
    ///
    /// See also: `parametric_plot`, `implicit_plot`, `list_plot`.
    faults "unknown-option", "bad-plot";
    fn plot(call, funcs: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        plotted(call, &funcs, &ranges.0, options)
    }
}

/// What `plot` draws.
///
/// # Errors
/// Those of `plot`.
pub fn plotted(
    call: &mut Call<'_>,
    funcs: &Spanned<Value>,
    ranges: &[Spanned<Value>],
    options: Keywords,
) -> Result<Value, Fault> {
    let mut keys = Keys::new(options);
    let polar = keys.flag("polar", call)?.unwrap_or(false);
    let parametric = keys.flag("parametric", call)?.unwrap_or(false);
    if let Some(figure) = funcs.value.downcast::<Figure>() {
        return Ok(Figure::value(figure.graphics().clone()));
    }
    let default = if polar { Range::new(0.0, TURN) } else { Range::new(-1.0, 1.0) };
    let stretch = arguments::one(ranges, &mut keys, default)?;
    let keywords = keys.into_left();
    let figure = if parametric {
        parametric_curve(call, funcs, stretch, keywords)?
    } else if polar {
        polar_curves(call, &functions(funcs), stretch, &keywords)?
    } else {
        graphs(call, &functions(funcs), stretch, &keywords)?
    };
    Ok(Figure::value(figure))
}

/// Draws the curve that a pair of functions of a parameter describes.
fn parametric_curve(
    call: &mut Call<'_>,
    functions: &Spanned<Value>,
    stretch: Stretch,
    keywords: Keywords,
) -> Result<Graphics, Fault> {
    let pair = reading::items(&functions.value)
        .ok_or_else(|| expected("a pair of functions", functions).class_is("ValueError"))?;
    let [x, y] = pair.as_slice() else {
        return Err(fault!(BAD_PLOT, functions.span, "a plane curve has two coordinates, not {}", pair.len()));
    };
    let stretch = with_common_variable(&pair, stretch);
    let mut part = |value: &Value| source::curve(&Spanned::new(value.clone(), functions.span), &stretch, call);
    let (x, y) = (part(x)?, part(y)?);
    let mut label = MathText::plain("(");
    for (text, end) in [(&x.label, ", "), (&y.label, ")")] {
        text.pieces().iter().for_each(|piece| label.push(piece.clone()));
        MathText::plain(end).pieces().iter().for_each(|piece| label.push(piece.clone()));
    }
    let whole =
        Curve { function: x.function.clone(), source: format!("({}, {})", x.source, y.source), label, formula: None };
    let mut keys = Keys::new(keywords);
    keys.pass_over(settings::SAMPLING_HINTS);
    let style = curve_style(&mut keys, &whole, 0, 1)?;
    let mut curve = ParametricPlot::new(x.function, y.function, stretch.range, style);
    path_options(&mut curve, &mut keys, &stretch, call)?;
    let mut figure = Graphics::new();
    figure.options = settings::page(&mut keys, call)?;
    keys.finish(call)?;
    figure.add(curve);
    Ok(figure)
}

/// Where the range names no variable, the one that the coordinates have in common.
fn with_common_variable(pair: &[Value], stretch: Stretch) -> Stretch {
    let mut variables: Vec<Symbol> = Vec::new();
    for value in pair {
        if let Value::Expr(expr) = value {
            variables.extend(expr.free_variables());
        }
    }
    variables.dedup();
    match (stretch.variable, variables.as_slice()) {
        (None, [only]) => Stretch { variable: Some(*only), ..stretch },
        _ => stretch,
    }
}

/// Fills, exclusions and ends of a parametric curve; it is never joined across a pole, whatever `detect_poles` says.
fn path_options(
    curve: &mut ParametricPlot,
    keys: &mut Keys,
    stretch: &Stretch,
    call: &mut Call<'_>,
) -> Result<(), Fault> {
    keys.pass_over(&["detect_poles"]);
    if let Some(excluded) = keys.take("exclude") {
        curve.excluded = excluded_points(&excluded, stretch, call)?;
    }
    curve.endpoints = keys.flag("endpoints", call)?.unwrap_or(true);
    curve.fill = keys.flag("fill", call)?.unwrap_or(false);
    curve.fill_colour = settings::colour_named(keys, "fillcolor")?;
    curve.fill_alpha = keys.real("fillalpha")?.unwrap_or(curve.fill_alpha).clamp(0.0, 1.0);
    Ok(())
}

/// Draws curves given by the radius at each angle.
fn polar_curves(
    call: &mut Call<'_>,
    values: &[Spanned<Value>],
    stretch: Stretch,
    keywords: &Keywords,
) -> Result<Graphics, Fault> {
    let mut figure = Graphics::new();
    for (k, value) in values.iter().enumerate() {
        let radius = source::curve(value, &stretch, call)?;
        let mut keys = Keys::new(keywords_of(keywords, k, values.len()));
        keys.pass_over(settings::SAMPLING_HINTS);
        let style = curve_style(&mut keys, &radius, k, values.len())?;
        let mut curve = ParametricPlot::polar(radius.function, stretch.range, style);
        if let Some((expr, angle)) = &radius.formula {
            let turned =
                |name: fn(&Expr) -> Expr| formula::real(&(expr * &name(&Expr::symbol(*angle))), *angle, call.budget());
            (curve.x, curve.y) = (turned(cos)?, turned(sin)?);
        }
        path_options(&mut curve, &mut keys, &stretch, call)?;
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        figure.options = figure.options.overlaid(&options);
        figure.add(curve);
    }
    Ok(figure)
}

builtin! {
    /// Draws the curve that a pair of functions of a parameter describes.
    ///
    /// Options are those of `plot`; both axes have equal units unless `aspect_ratio` says otherwise.
    ///
    /// ```calc
    /// var('t'); parametric_plot((cos(t), sin(t)), (t, 0, 2*pi))
    /// # => Graphics object consisting of 1 graphics primitive
    /// parametric_plot([x], (x, 0, 1))   # error: bad-plot
    /// ```
    ///
    /// See also: `plot`, `polar_plot`.
    faults "bad-plot";
    only function;
    fn parametric_plot(call, funcs: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let stretch = arguments::one(&ranges.0, &mut keys, Range::new(0.0, TURN))?;
        let keywords = keys.into_left();
        Ok(Figure::value(parametric_curve(call, &funcs, stretch, keywords)?))
    }
}

builtin! {
    /// Draws a curve by its radius at each angle; the angle goes from 0 to 2*pi when no range is given.
    ///
    /// ```calc
    /// polar_plot(2*cos(3*x), (x, 0, pi))      # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `parametric_plot`.
    only function;
    fn polar_plot(call, funcs: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let stretch = arguments::one(&ranges.0, &mut keys, Range::new(0.0, TURN))?;
        let keywords = keys.into_left();
        Ok(Figure::value(polar_curves(call, &functions(&funcs), stretch, &keywords)?))
    }
}
