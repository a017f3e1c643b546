//! Keyword options turned into the style of a primitive and the options of a page.

use super::keys::{Keys, choose};
use super::legend;
use super::reading::{self, BAD_PLOT};
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault, nearest};
use crate::expr::Expr;
use crate::figure::colour::{Colour, Theme, hsv_parts};
use crate::figure::options::{Aspect, GridLines, Options, TickFormat, Ticks};
use crate::figure::primitive::Steps;
use crate::figure::scene::Stroke;
use crate::figure::style::{LineStyle, Marker, Style};
use crate::figure::text::MathText;
use crate::print;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, Rest, expected};
use crate::runtime::value::{Value, str_of};

/// Options of sampling that are hints in Sage; accuracy here is in pixels.
pub const SAMPLING_HINTS: &[&str] =
    &["plot_points", "adaptive_recursion", "adaptive_tolerance", "randomize", "initial_points", "imaginary_tolerance"];

/// Words for dashes.
const LINE_STYLES: &[&str] = &["-", "--", "-.", ":", "solid", "dashed", "dashdot", "dotted", "None"];
/// Words for sizes of text.
const FONT_SIZES: &[&str] =
    &["xx-small", "x-small", "small", "medium", "large", "x-large", "xx-large", "smaller", "larger"];
/// Words for the weights of letters, ascending; the last ones are heavy.
const WEIGHTS: &[&str] = &[
    "ultralight",
    "light",
    "normal",
    "regular",
    "book",
    "medium",
    "roman",
    "thin",
    "semibold",
    "demibold",
    "demi",
    "bold",
    "heavy",
    "extra bold",
    "black",
];
/// Words for markers.
const MARKERS: &[&str] = &["o", "s", "D", "^", "v", "x", "+", "*", "circle", "square", "diamond", "triangle", "star"];

/// The style of a primitive.
///
/// # Errors
/// An option of the wrong form.
pub fn style(keys: &mut Keys) -> Result<Style, Fault> {
    let mut style = Style { colour: colour_of(keys)?, ..Style::default() };
    for name in ["alpha", "opacity"] {
        style.alpha = keys.real(name)?.unwrap_or(style.alpha).clamp(0.0, 1.0);
    }
    for name in ["thickness", "linewidth"] {
        style.thickness = keys.real(name)?.unwrap_or(style.thickness);
    }
    if let Some(line) = keys.take("linestyle") {
        style.line = line_style(&line)?;
    }
    style.marker = keys.take("marker").map(|marker| choose(&marker, "marker", Marker::parse, MARKERS)).transpose()?;
    style.marker_size = keys.real("markersize")?.unwrap_or(style.marker_size);
    let faceted = keys.take("faceted").is_some_and(|flag| matches!(flag.value, Value::Bool(true)));
    style.edge = colour_named(keys, "markeredgecolor")?.or(faceted.then_some(Colour::Text));
    style.face = colour_named(keys, "markerfacecolor")?;
    style.edge_width = keys.real("markeredgewidth")?.map(|points| (points * 4.0 / 3.0).max(0.0));
    style.legend = keys.take("legend_label").map(|label| math_text(&label.value));
    style.legend_colour = keys.take("legend_color").map(|value| colour(&value)).transpose()?;
    style.order = keys.real("zorder")?;
    if let Some(legend) = &style.legend {
        style.label = legend.to_plain();
    }
    Ok(style)
}

/// The colour among the options, by one of its three names.
///
/// # Errors
/// What is no colour.
pub fn colour_of(keys: &mut Keys) -> Result<Option<Colour>, Fault> {
    let hue = keys.real("hue")?.map(|hue| Colour::from_hsv(hue, 1.0, 1.0));
    let given = keys.take_any(&["color", "rgbcolor"]);
    let given = given.filter(|value| value.value.as_str().is_none_or(|text| &**text != "automatic"));
    Ok(given.map(|value| colour(&value)).transpose()?.or(hue))
}

/// A colour option of that name.
///
/// # Errors
/// What is no colour.
pub fn colour_named(keys: &mut Keys, name: &'static str) -> Result<Option<Colour>, Fault> {
    let given = keys.take(name);
    let given = given.filter(|value| value.value.as_str().is_none_or(|text| &**text != "automatic"));
    given.map(|value| colour(&value)).transpose()
}

/// A colour: a name, `#rrggbb`, or red, green and blue between 0 and 1.
///
/// # Errors
/// What is no colour, with the nearest name.
pub fn colour(value: &Spanned<Value>) -> Result<Colour, Fault> {
    if let Some(text) = value.value.as_str() {
        if let Some(found) = Colour::parse(text) {
            return Ok(found);
        }
        let fault = fault!(BAD_PLOT, value.span, "unknown color '{text}'");
        return Err(match nearest(text, Colour::names()) {
            Some(near) => fault.hint(format!("did you mean '{near}'?")),
            None => fault.hint("a colour is a name, '#rrggbb', or (red, green, blue) between 0 and 1"),
        });
    }
    if let Some(paint) = value.value.downcast::<super::paint::Paint>() {
        return Ok(paint.colour());
    }
    let parts = reading::items(&value.value).unwrap_or_default();
    let parts: Option<Vec<f64>> = parts.iter().map(reading::number).collect();
    match parts.as_deref() {
        Some([r, g, b] | [r, g, b, _]) => Ok(Colour::from_unit(*r, *g, *b)),
        _ => Err(expected("a colour", value)),
    }
}

/// The colours of a list of them; `None` for a single colour.
///
/// # Errors
/// An item of the list that is none.
pub fn colour_list(value: &Spanned<Value>) -> Result<Option<Vec<Colour>>, Fault> {
    match reading::items(&value.value) {
        Some(items) if items.iter().all(|item| reading::number(item).is_none()) => {
            items.into_iter().map(|item| colour(&Spanned::new(item, value.span))).collect::<Result<_, _>>().map(Some)
        }
        _ => Ok(None),
    }
}

/// Whether a weight is that of heavy letters: matplotlib's words, or a number up to 1000.
///
/// # Errors
/// Neither one of the words nor a number.
pub fn is_heavy(weight: &Spanned<Value>) -> Result<bool, Fault> {
    if weight.value.as_str().is_none() {
        return reading::real(weight).map(|number| number >= 550.0);
    }
    choose(weight, "weight", |word| WEIGHTS.iter().position(|known| *known == word), WEIGHTS).map(|place| place > 7)
}

/// The dashes of a line.
///
/// # Errors
/// A word that is none.
pub fn line_style(value: &Spanned<Value>) -> Result<LineStyle, Fault> {
    choose(value, "linestyle", LineStyle::parse, LINE_STYLES)
}

/// Takes the way of drawing in front of the dashes, as in `linestyle='steps-mid--'`.
pub fn steps(keys: &mut Keys) -> Option<Steps> {
    const WAYS: [(&str, Option<Steps>); 5] = [
        ("steps-pre", Some(Steps::Before)),
        ("steps-mid", Some(Steps::Middle)),
        ("steps-post", Some(Steps::After)),
        ("steps", Some(Steps::Before)),
        ("default", None),
    ];
    let text = keys.peek("linestyle")?.value.as_str()?.clone();
    let (rest, steps) = WAYS.iter().find_map(|(way, steps)| Some((text.strip_prefix(way)?, *steps)))?;
    keys.put("linestyle", Value::str(if rest.is_empty() { "-" } else { rest }));
    steps
}

/// A label: text with mathematics between dollar signs, or an expression set as mathematics.
pub fn math_text(value: &Value) -> MathText {
    match value {
        Value::Str(text) => MathText::parse(text),
        Value::Expr(expr) => expression_text(expr),
        Value::Callable(callable) => expression_text(&callable.body),
        _ => match crate::runtime::value::latex(value) {
            Some(latex) => MathText::from_latex(&latex),
            None => MathText::plain(str_of(value)),
        },
    }
}

/// A label that stands alone, a title or a text: one formula is set as a display.
pub fn display_text(value: &Value) -> MathText {
    match value {
        Value::Str(text) => MathText::parse_alone(text),
        _ => math_text(value).displayed(),
    }
}

/// An expression set as mathematics.
pub fn expression_text(expr: &Expr) -> MathText {
    MathText::inline(&print::latex(expr))
}

/// The options of a page, as `show` and `save` take them; the plot commands take them too.
///
/// # Errors
/// An option of the wrong form.
pub fn page(keys: &mut Keys, call: &mut Call<'_>) -> Result<Options, Fault> {
    let logarithmic = keys.take("scale").map(|value| scale(&value)).transpose()?;
    let base = keys.take("base").map(|value| bases(&value)).transpose()?;
    let mut options = Options {
        xmin: keys.real("xmin")?,
        xmax: keys.real("xmax")?,
        ymin: keys.real("ymin")?,
        ymax: keys.real("ymax")?,
        axes: keys.flag("axes", call)?,
        frame: keys.flag("frame", call)?,
        axes_labels: keys.take("axes_labels").map(|value| axes_labels(&value)).transpose()?,
        axes_labels_size: keys.real("axes_labels_size")?,
        axes_colour: None,
        axes_width: None,
        names_colour: None,
        numbers_colour: None,
        grid_strokes: grid_strokes(keys)?,
        gridlines: keys.take("gridlines").map(|value| gridlines(&value)).transpose()?,
        tick_format: keys.take("tick_formatter").map(|value| tick_formats(&value, keys.peek("ticks"))).transpose()?,
        ticks: keys.take("ticks").map(|value| ticks(&value)).transpose()?,
        ticks_integer: keys.flag("ticks_integer", call)?,
        axes_pad: keys.real("axes_pad")?,
        aspect: keys.take("aspect_ratio").map(|value| aspect(&value)).transpose()?.unwrap_or_default(),
        figsize: keys.take("figsize").map(|value| figure_size(&value)).transpose()?,
        dpi: keys.real("dpi")?,
        fontsize: keys.real("fontsize")?,
        title: keys.take("title").map(|value| display_text(&value.value)),
        title_place: keys.take("title_pos").map(|value| reading::pair(&value)).transpose()?,
        transparent: keys.flag("transparent", call)?,
        show_legend: keys.flag("show_legend", call)?,
        legend: legend::look(keys, call)?,
        flip_x: keys.flag("flip_x", call)?,
        flip_y: keys.flag("flip_y", call)?,
        x_above: None,
        log: logarithmic.as_ref().and_then(|(log, _)| *log),
        log_base: base.or(logarithmic.and_then(|(_, base)| base)),
        theme: keys.word("theme", theme_named, &["light", "dark", "auto", "print"])?,
        notes: keys.flag("notes", call)?,
        steady: None,
    };
    let formatted = options.tick_format.as_ref().is_some_and(|formats| formats.contains(&TickFormat::Pi));
    if formatted && options.ticks.is_none() {
        options.ticks = Some([Ticks::Automatic, Ticks::Automatic]);
    }
    legend::without_choice(keys, "typeset", &["default", "latex", "type1"], "default", call)?;
    // Pages have the size that is asked for, whether or not they are cut tightly.
    keys.pass_over(&["fig_tight"]);
    Ok(options)
}

fn theme_named(text: &str) -> Option<Theme> {
    match text {
        "light" => Some(Theme::Light),
        "dark" => Some(Theme::Dark),
        "auto" => Some(Theme::Auto),
        "print" => Some(Theme::Print),
        _ => None,
    }
}

/// The names of both axes: a pair, or the one of the horizontal axis.
///
/// # Errors
/// Anything else.
pub fn axes_labels(value: &Spanned<Value>) -> Result<[MathText; 2], Fault> {
    match reading::items(&value.value).as_deref() {
        Some([x, y]) => Ok([math_text(x), math_text(y)]),
        None => Ok([math_text(&value.value), MathText::default()]),
        Some(_) => Err(expected("a pair of labels", value)),
    }
}

/// Splits an option that is said for both axes as a pair, or once.
fn per_axis(value: &Spanned<Value>) -> Option<[Spanned<Value>; 2]> {
    match reading::items(&value.value).as_deref() {
        Some([x, y]) => Some([Spanned::new(x.clone(), value.span), Spanned::new(y.clone(), value.span)]),
        _ => None,
    }
}

fn gridlines(value: &Spanned<Value>) -> Result<[GridLines; 2], Fault> {
    match per_axis(value) {
        Some([x, y]) => Ok([grid_of_axis(&x)?, grid_of_axis(&y)?]),
        None => grid_of_axis(value).map(|grid| [grid.clone(), grid]),
    }
}

fn grid_of_axis(value: &Spanned<Value>) -> Result<GridLines, Fault> {
    let named = |text: &str| match text {
        "automatic" | "major" => Some(GridLines::Major),
        "minor" => Some(GridLines::Minor),
        _ => None,
    };
    match &value.value {
        Value::None | Value::Bool(false) => Ok(GridLines::Off),
        Value::Bool(true) => Ok(GridLines::Major),
        Value::Str(_) => choose(value, "gridlines", named, &["automatic", "major", "minor"]),
        _ => grid_places(value).map(GridLines::At),
    }
}

/// Places of grid lines; each may carry a style of its own.
fn grid_places(value: &Spanned<Value>) -> Result<Vec<(f64, Option<Stroke>)>, Fault> {
    let Some(items) = reading::items(&value.value) else { return Err(expected("a list of places", value)) };
    let place = |item: Value| match reading::items(&item).as_deref() {
        Some([at, own]) => {
            let stroke = grid_stroke(Some(Spanned::new(own.clone(), value.span)), Stroke::grid())?;
            Ok((reading::real(&Spanned::new(at.clone(), value.span))?, Some(stroke)))
        }
        _ => Ok((reading::real(&Spanned::new(item, value.span))?, None)),
    };
    items.into_iter().map(place).collect()
}

/// How the lines of the grid are drawn, those across x and those across y.
fn grid_strokes(keys: &mut Keys) -> Result<Option<[Stroke; 2]>, Fault> {
    let [both, x, y] = ["gridlinesstyle", "vgridlinesstyle", "hgridlinesstyle"].map(|name| keys.take(name));
    if both.is_none() && x.is_none() && y.is_none() {
        return Ok(None);
    }
    let both = grid_stroke(both, Stroke::grid())?;
    Ok(Some([grid_stroke(x, both.clone())?, grid_stroke(y, both)?]))
}

/// The stroke that a dictionary such as `{'color': 'blue', 'linestyle': ':'}` makes of another.
fn grid_stroke(value: Option<Spanned<Value>>, under: Stroke) -> Result<Stroke, Fault> {
    let Some(value) = value else { return Ok(under) };
    let style = style_of(&value)?;
    let width = if style.thickness == 1.0 { 1.0_f64.max(under.width) } else { 1.25 * style.thickness };
    let colour = style.colour.unwrap_or(under.colour);
    let dash = if style.line == LineStyle::Solid { under.dash } else { style.line.pattern(width) };
    Ok(Stroke { colour, width, dash, alpha: style.alpha })
}

/// The style that a dictionary such as `{'color': 'blue', 'linestyle': ':'}` describes.
///
/// # Errors
/// What is no such dictionary.
pub fn style_of(value: &Spanned<Value>) -> Result<Style, Fault> {
    let Value::Dict(dict) = &value.value else {
        return Err(expected("a dictionary such as {'color': 'blue', 'linestyle': ':'}", value));
    };
    let named = |(key, own): (&Value, &Value)| Some((key.as_str()?.clone(), Spanned::new(own.clone(), value.span)));
    style(&mut Keys::new(Keywords(dict.borrow().iter().filter_map(named).collect())))
}

/// The bases of logarithmic axes: a number, or one for each axis.
fn bases(value: &Spanned<Value>) -> Result<[f64; 2], Fault> {
    let (x, y) = match reading::items(&value.value) {
        Some(_) => reading::pair(value)?,
        None => reading::real(value).map(|base| (base, base))?,
    };
    if x > 1.0 && y > 1.0 && x.max(y) < 1e9 { Ok([x, y]) } else { Err(expected("a base greater than 1", value)) }
}

/// A size of text in points, or one of matplotlib's words for it.
///
/// # Errors
/// Another word, or no number.
pub fn font_size(keys: &mut Keys, name: &'static str) -> Result<Option<f64>, Fault> {
    let size = |word: &str| {
        let place = FONT_SIZES.iter().position(|known| *known == word)?;
        [5.8, 6.9, 8.3, 10.0, 12.0, 14.4, 17.3, 8.3, 12.0].get(place).copied()
    };
    match keys.take(name) {
        Some(value) if value.value.as_str().is_some() => choose(&value, name, size, FONT_SIZES).map(Some),
        Some(value) => reading::real(&value).map(Some),
        None => Ok(None),
    }
}

/// Places on an axis.
fn places(value: &Spanned<Value>) -> Result<Vec<f64>, Fault> {
    let Some(items) = reading::items(&value.value) else { return Err(expected("a list of places", value)) };
    items.into_iter().map(|item| reading::real(&Spanned::new(item, value.span))).collect()
}

fn ticks(value: &Spanned<Value>) -> Result<[Ticks; 2], Fault> {
    match per_axis(value) {
        Some([x, y]) => Ok([ticks_of_axis(&x)?, ticks_of_axis(&y)?]),
        None => Ok([ticks_of_axis(value)?, Ticks::Automatic]),
    }
}

fn ticks_of_axis(value: &Spanned<Value>) -> Result<Ticks, Fault> {
    match &value.value {
        Value::None => Ok(Ticks::Automatic),
        Value::List(_) | Value::Tuple(_) => places(value).map(Ticks::At),
        _ => {
            let step = reading::real(value)?;
            if step > 0.0 { Ok(Ticks::Step(step)) } else { Err(expected("a positive step between ticks", value)) }
        }
    }
}

fn tick_formats(value: &Spanned<Value>, places: Option<&Spanned<Value>>) -> Result<[TickFormat; 2], Fault> {
    let places = places
        .map_or([None, None], |both| per_axis(both).map_or_else(|| [Some(both.clone()), None], |pair| pair.map(Some)));
    let both = match per_axis(value) {
        Some(pair) => pair,
        // What is said once counts for x, but this word for both.
        None if is_latex(&value.value) => [value.clone(), value.clone()],
        None => [value.clone(), Spanned::new(Value::None, value.span)],
    };
    let [x, y] = [0, 1].map(|axis| tick_format(&both[axis], places[axis].as_ref()));
    Ok([x?, y?])
}

fn is_latex(value: &Value) -> bool {
    value.as_str().is_some_and(|word| &**word == "latex")
}

/// How ticks are written: `'latex'` sets those that are given one by one as mathematics.
fn tick_format(value: &Spanned<Value>, places: Option<&Spanned<Value>>) -> Result<TickFormat, Fault> {
    if is_latex(&value.value) {
        let given = places.and_then(|places| reading::items(&places.value));
        return Ok(
            given.map_or(TickFormat::Automatic, |given| TickFormat::Texts(given.iter().map(math_text).collect()))
        );
    }
    match &value.value {
        Value::None => Ok(TickFormat::Automatic),
        Value::Expr(expr) if *expr == Expr::pi() => Ok(TickFormat::Pi),
        Value::Expr(expr) => match reading::real(value)? {
            unit if unit > 0.0 => Ok(TickFormat::Of(unit, expression_text(expr).to_plain())),
            _ => Err(expected("a positive constant such as pi", value)),
        },
        _ => match reading::items(&value.value) {
            Some(texts) => Ok(TickFormat::Texts(texts.iter().map(math_text).collect())),
            None => Err(expected("pi, 'latex' or a list of texts", value)),
        },
    }
}

/// The shape of a unit: a number, `'automatic'`, or `'equal'`.
///
/// # Errors
/// Anything else.
pub fn aspect(value: &Spanned<Value>) -> Result<Aspect, Fault> {
    let named = |text: &str| match text {
        "automatic" | "auto" => Some(Aspect::Automatic),
        "equal" => Some(Aspect::Ratio(1.0)),
        _ => None,
    };
    if value.value.as_str().is_some() {
        return choose(value, "aspect_ratio", named, &["automatic", "equal"]);
    }
    match reading::real(value)? {
        ratio if ratio > 0.0 => Ok(Aspect::Ratio(ratio)),
        _ => Err(fault!(BAD_PLOT, value.span, "the aspect ratio must be positive")),
    }
}

/// Width and height in inches; a single number is the width.
fn figure_size(value: &Spanned<Value>) -> Result<[f64; 2], Fault> {
    let (width, height) = match reading::items(&value.value) {
        Some(_) => reading::pair(value)?,
        None => reading::real(value).map(|width| (width, width * 0.75))?,
    };
    if (0.5..=100.0).contains(&width) && (0.5..=100.0).contains(&height) {
        return Ok([width, height]);
    }
    Err(fault!(BAD_PLOT, value.span, "a figure of {width} by {height} inches can't be drawn")
        .hint("width and height lie between 0.5 and 100 inches of 100 pixels"))
}

/// Which axes are logarithmic: a word, or a pair of word and base.
fn scale(value: &Spanned<Value>) -> Result<(Option<[bool; 2]>, Option<[f64; 2]>), Fault> {
    let named = |text: &str| match text {
        "linear" => Some(None),
        "loglog" => Some(Some([true, true])),
        "semilogx" => Some(Some([true, false])),
        "semilogy" => Some(Some([false, true])),
        _ => None,
    };
    let items = reading::items(&value.value);
    let (word, base) = match items.as_deref() {
        Some([word, base @ ..]) => (Spanned::new(word.clone(), value.span), base),
        _ => (value.clone(), [].as_slice()),
    };
    let base = match base {
        [] => None,
        [own] => Some(bases(&Spanned::new(own.clone(), value.span))?),
        both => Some(bases(&Spanned::new(Value::tuple(both.to_vec()), value.span))?),
    };
    Ok((choose(&word, "scale", named, &["linear", "loglog", "semilogx", "semilogy"])?, base))
}

builtin! {
    /// A colour by hue, saturation and value, each between 0 and 1: red is 0, green 1/3, blue 2/3.
    ///
    /// ```calc
    /// hue(0)              # => (1.0, 0.0, 0.0)
    /// ```
    ///
    /// See also: `rainbow`, `plot`.
    only function;
    fn hue(call, h: Spanned<Value>, s: Option<Spanned<Value>>, v: Option<Spanned<Value>>) -> Value {
        let part = |value: Option<Spanned<Value>>| value.map_or(Ok(1.0), |value| reading::real(&value));
        let (saturation, brightness) = (part(s)?, part(v)?);
        let parts = hsv_parts(reading::real(&h)?, saturation, brightness);
        Ok(Value::tuple(parts.into_iter().map(Value::Float).collect()))
    }
}

builtin! {
    /// So many colours around the colour circle, as texts.
    ///
    /// ```calc
    /// rainbow(3)          # => ['#ff0000', '#00ff00', '#0000ff']
    /// ```
    ///
    /// See also: `hue`.
    only function;
    fn rainbow(call, n: Spanned<usize>, format: Rest<Value>) -> Value {
        if n.value > 10_000 {
            return Err(expected("a moderate number of colours", &Spanned::new(Value::int(n.value), n.span)));
        }
        let theme = Theme::Light;
        let colour = |k: usize| {
            let (r, g, b) = theme.rgb(Colour::from_hsv(k as f64 / n.value as f64, 1.0, 1.0));
            Value::str(format!("#{r:02x}{g:02x}{b:02x}"))
        };
        Ok(Value::list((0..n.value).map(colour).collect()))
    }
}
