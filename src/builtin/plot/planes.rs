//! Implicit curves, level curves, densities and regions.

use std::rc::Rc;

use super::arguments::{self, Stretch};
use super::keys::Keys;
use super::parts;
use super::reading::{self, BAD_PLOT};
use super::settings;
use super::shapes::figure;
use super::source::{self, Field};
use crate::algebra;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault, nearest};
use crate::expr::{Expr, Kind, Relation};
use crate::figure::bar::BarLook;
use crate::figure::colour::{Colour, colour_map, colour_map_names, colour_map_through};
use crate::figure::formula;
use crate::figure::function::{Plane, Real};
use crate::figure::primitive::{ContourPlot, DensityPlot, ImplicitPlot, Lettering, Levels, RegionPlot, Within};
use crate::figure::style::LineStyle;
use crate::figure::text::MathText;
use crate::number::Rational;
use crate::print;
use crate::runtime::call::Call;
use crate::runtime::operate::binary;
use crate::runtime::parameter::{Keywords, Rest, expected};
use crate::runtime::value::Value;
use crate::syntax::ast::BinaryOperator;

/// The function that is zero on a curve: of an equation the difference of its sides.
fn difference(field: Field, value: &Spanned<Value>) -> Result<Field, Fault> {
    let expr = match field.expr.kind() {
        Kind::Relation(Relation::Equal, left, right) => left - right,
        Kind::Relation(..) => {
            return Err(fault!(BAD_PLOT, value.span, "an inequality has no curve")
                .hint("region_plot draws where an inequality holds"));
        }
        _ => return Ok(field),
    };
    Ok(Field { expr, ..field })
}

/// The function that is zero where the expression has a value.
fn level_of(field: &Field, level: f64, call: &Call<'_>) -> Result<Plane, Fault> {
    let level = Rational::from_f64(level).map_or_else(Expr::zero, Expr::number);
    Field { expr: &field.expr - &level, variables: field.variables }.plane(call)
}

/// The function whose graph the curve is, and whether x is the one of y: where one variable stands alone with a number in front.
fn graph(field: &Field, call: &Call<'_>) -> Result<Option<(Real, bool)>, Fault> {
    let [x, y] = field.variables;
    for (own, other, across) in [(y, x, false), (x, y, true)] {
        let (with, without): (Vec<Expr>, Vec<Expr>) =
            algebra::terms(&field.expr).into_iter().partition(|term| term.has_symbol(own));
        let [term] = with.as_slice() else { continue };
        let coefficient = term / &Expr::symbol(own);
        if !coefficient.is_constant() {
            continue;
        }
        let function = -Expr::sum(without) / coefficient;
        match formula::real(&function, other, call.budget()) {
            Ok(real) => return Ok(Some((real, across))),
            Err(reason) if reason.is_stopped() => return Err(Fault::from(reason)),
            Err(_) => {}
        }
    }
    Ok(None)
}

builtin! {
    /// Draws the curve of an equation in two variables; an expression stands for its zeros.
    ///
    /// Options: `color`, `linewidth`, `linestyle`, `alpha`, `fill` (where the expression is negative), `fillcolor`, and those of the page.
    ///
    /// ```calc
    /// var('y'); implicit_plot(x^2 + y^2 == 1, (x, -2, 2), (y, -2, 2))
    /// # => Graphics object consisting of 1 graphics primitive
    /// implicit_plot(x^2 == 1, (x, 0, 1))  # error: bad-plot
    /// ```
    ///
    /// See also: `plot`, `contour_plot`, `region_plot`.
    faults "bad-plot";
    only function;
    fn implicit_plot(call, f: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let [x, y] = arguments::two(&ranges.0, call.span())?;
        let field = source::field(&f, &[x, y], call)?;
        let written = field.expr.clone();
        let difference = difference(field, &f)?;
        let whole = Field { expr: difference.expr.clone(), variables: difference.variables };
        let field = Field { expr: parts::peeled(&difference.expr), ..difference };
        let poles = parts::poles(&field);
        let levels = match keys.take("contours") {
            Some(one) if one.value.as_str().is_none() && reading::items(&one.value).is_none() => vec![reading::real(&one)?],
            Some(list) => reading::reals(&list, call)?,
            None => vec![0.0],
        };
        let mut factors: Vec<Plane> = Vec::new();
        for level in &levels {
            factors.extend(if *level == 0.0 { parts::factors(&field, &poles, call)? } else { vec![level_of(&whole, *level, call)?] });
        }
        let colours = keys.take("cmap").map(|colours| listed_colours(&colours)).transpose()?;
        keys.pass_over(settings::SAMPLING_HINTS);
        let fill = keys.flag("fill", call)?.unwrap_or(false);
        let region = region(&mut keys, &[x, y], call)?;
        let (widths, dashes) = line_looks(&mut keys)?;
        let mut style = settings::style(&mut keys)?;
        style.thickness = widths.first().copied().unwrap_or(style.thickness);
        style.line = dashes.first().copied().unwrap_or(style.line);
        name_style(&mut style, &written);
        let is_whole = region.is_none();
        let factors = factors.into_iter().map(|factor| within(factor, region.clone())).collect();
        let mut curve = ImplicitPlot::new(factors, x.range, y.range, style);
        curve.style.colour = curve.style.colour.or(colours.and_then(|colours| colours.first().copied()));
        curve.graph = if levels == [0.0] && is_whole { graph(&field, call)? } else { None };
        curve.poles = poles.iter().map(|pole| source::plane_of(pole, field.variables, call)).collect::<Result<_, _>>()?;
        curve.fill = fill;
        curve.fill_colour = settings::colour_named(&mut keys, "fillcolor")?;
        figure(curve, keys, call)
    }
}

/// The names of a primitive in the file, from its formula.
fn name_style(style: &mut crate::figure::style::Style, expr: &Expr) {
    style.source = print::text(expr);
    if let Some(legend) = style.legend.as_mut().filter(|legend| legend.to_plain() == "automatic") {
        *legend = settings::expression_text(expr);
    }
    style.label = style.legend.as_ref().map_or_else(|| style.source.clone(), |legend| legend.to_plain());
}

/// The colours of a list of them.
fn listed_colours(value: &Spanned<Value>) -> Result<Vec<Colour>, Fault> {
    let colours = settings::colour_list(value)?.filter(|colours| !colours.is_empty());
    colours.ok_or_else(|| expected("the name of a color map or a list of colors", value))
}

/// The name of a colour map.
///
/// # Errors
/// What is neither one nor a list of colours.
pub(super) fn map_name(keys: &mut Keys) -> Result<Option<String>, Fault> {
    let Some(value) = keys.take("cmap") else { return Ok(None) };
    let Some(text) = value.value.as_str() else { return Ok(Some(colour_map_through(&listed_colours(&value)?))) };
    if colour_map(text, 0.5).is_some() {
        return Ok(Some(text.to_string()));
    }
    let fault = fault!(BAD_PLOT, value.span, "color map '{text}' is not known");
    Err(match nearest(text, colour_map_names()) {
        Some(near) => fault.hint(format!("did you mean '{near}'?")),
        None => fault.hint(format!("there are {}", colour_map_names().collect::<Vec<_>>().join(", "))),
    })
}

builtin! {
    /// Draws the level curves of a function of two variables, with the bands between them shaded unless `fill=False`.
    ///
    /// Options: `contours` (how many, or a list of levels), `cmap`, `fill`, `linewidths` and `linestyles` (one, or a list in turn),
    /// `labels=True` (levels on the curves) with `label_fontsize`, `label_colors`, `label_inline`, `label_inline_spacing` and `label_fmt` (such
    /// as `'%.2f'`, a dictionary or a function), `colorbar=True` with `colorbar_orientation='horizontal'`, `colorbar_format` and
    /// `colorbar_spacing='uniform'`, and those of the page.
    ///
    /// ```calc
    /// var('y'); contour_plot(x^2 + y^2, (x, -1, 1), (y, -1, 1), contours=[1/4, 1/2])
    /// # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `implicit_plot`, `density_plot`.
    only function;
    fn contour_plot(call, f: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let [x, y] = arguments::two(&ranges.0, call.span())?;
        let field = difference(source::field(&f, &[x, y], call)?, &f)?;
        let levels = match keys.take("contours") {
            Some(count) if count.value.to_integer().is_some() => Levels::Count(bounded_count(&count)?),
            Some(list) => Levels::At(reading::reals(&list, call)?),
            None => Levels::Count(8),
        };
        keys.pass_over(settings::SAMPLING_HINTS);
        let fill = keys.flag("fill", call)?.unwrap_or(true);
        let map = map_name(&mut keys)?;
        let (widths, dashes) = line_looks(&mut keys)?;
        let (labels, format) = lettering(&mut keys, call)?;
        let bar = colour_bar(&mut keys, call)?;
        let region = region(&mut keys, &[x, y], call)?;
        let mut style = settings::style(&mut keys)?;
        name_style(&mut style, &field.expr);
        let function = within(field.plane(call)?, region);
        let mut plot = ContourPlot::new(function, x.range, y.range, style);
        plot.levels = levels;
        (plot.labels, plot.bar, plot.widths, plot.dashes) = (labels, bar, widths, dashes);
        plot.fill = fill;
        plot.map = map.unwrap_or(plot.map);
        let all = if format.is_some() { plot.levels() } else { Vec::new() };
        if let (Some(labels), Some(format)) = (&mut plot.labels, format) {
            labels.texts = all.iter().map(|level| written(*level, &format, call)).collect::<Result<_, _>>()?;
            // Levels are chosen once, so that the texts stay theirs.
            plot.levels = Levels::At(all);
        }
        figure(plot, keys, call)
    }
}

/// The thicknesses and the dashes of lines in turn.
fn line_looks(keys: &mut Keys) -> Result<(Vec<f64>, Vec<LineStyle>), Fault> {
    let widths = in_turn(keys.take("linewidths")).iter().map(reading::real).collect::<Result<_, _>>()?;
    let dashes = in_turn(keys.take("linestyles")).iter().map(settings::line_style).collect::<Result<_, _>>()?;
    Ok((widths, dashes))
}

/// What must not be negative where something is drawn.
fn region(keys: &mut Keys, ranges: &[Stretch; 2], call: &mut Call<'_>) -> Result<Option<Plane>, Fault> {
    keys.take("region").map(|region| source::field(&region, ranges, call)?.plane(call)).transpose()
}

/// A function where another is not negative, if one is given.
fn within(function: Plane, region: Option<Plane>) -> Plane {
    match region {
        Some(region) => Rc::new(Within { function, region }),
        None => function,
    }
}

/// A moderate number of levels.
fn bounded_count(value: &Spanned<Value>) -> Result<usize, Fault> {
    let count = value.value.to_integer().and_then(|count| count.to_usize());
    count.filter(|count| (1..=200).contains(count)).ok_or_else(|| expected("a number of levels from 1 to 200", value))
}

/// The items of an option that may be a list of what curves take in turn.
fn in_turn(value: Option<Spanned<Value>>) -> Vec<Spanned<Value>> {
    let Some(value) = value else { return Vec::new() };
    match reading::items(&value.value) {
        Some(items) => items.into_iter().map(|item| Spanned::new(item, value.span)).collect(),
        None => vec![value],
    }
}

/// How levels are written on their curves, where they are, and what forms their texts.
fn lettering(keys: &mut Keys, call: &mut Call<'_>) -> Result<(Option<Lettering>, Option<Spanned<Value>>), Fault> {
    let wanted = keys.flag("labels", call)?.unwrap_or(false);
    let mut lettering = Lettering::default();
    let size = settings::font_size(keys, "label_fontsize")?.unwrap_or(lettering.size);
    lettering.size = size.clamp(1.0, 200.0);
    if let Some(colours) = keys.take("label_colors") {
        lettering.colours = match settings::colour_list(&colours)? {
            Some(list) => list,
            None => vec![settings::colour(&colours)?],
        };
    }
    lettering.inline = keys.flag("label_inline", call)?;
    lettering.spacing = keys.real("label_inline_spacing")?.unwrap_or(lettering.spacing).clamp(0.0, 100.0);
    Ok((wanted.then_some(lettering), keys.take("label_fmt")))
}

/// The text of a level: by a template such as `'%.2f'`, a dictionary or a function.
fn written(level: f64, format: &Spanned<Value>, call: &mut Call<'_>) -> Result<MathText, Fault> {
    let number = Value::Float(level);
    let text = match &format.value {
        Value::Str(_) => binary(BinaryOperator::Remainder, &format.value, &number),
        Value::Dict(dict) => {
            let dict = dict.borrow();
            let own = dict.iter().find(|(key, _)| reading::number(key) == Some(level)).map(|(_, text)| text.clone());
            Ok(own.unwrap_or(number))
        }
        function => call.invoke(function, &[number]),
    };
    text.map(|text| numeral(&text)).map_err(|fault| fault.or_at(format.span))
}

/// A text that may be a number, or anything else as a label.
fn numeral(text: &Value) -> MathText {
    text.as_str().map_or_else(|| settings::math_text(text), |text| MathText::numeral(text))
}

/// The scale of colours beside a plot, where one is asked for.
///
/// # Errors
/// An option of the wrong form.
pub(super) fn colour_bar(keys: &mut Keys, call: &mut Call<'_>) -> Result<Option<BarLook>, Fault> {
    let wanted = keys.flag("colorbar", call)?.unwrap_or(false);
    let mut one_of = |name: &'static str, words: [&'static str; 2]| {
        keys.word(name, |word| words.iter().position(|known| *known == word), &words).map(|place| place == Some(1))
    };
    let lying = one_of("colorbar_orientation", ["vertical", "horizontal"])?;
    let uniform = one_of("colorbar_spacing", ["proportional", "uniform"])?;
    let format = keys.take("colorbar_format").map(template).transpose()?;
    Ok(wanted.then_some(BarLook { lying, uniform, format }))
}

/// What writes numbers by a template such as `'%.2f'`.
fn template(value: Spanned<Value>) -> Result<Rc<dyn Fn(f64) -> MathText>, Fault> {
    if value.value.as_str().is_none() {
        return Err(expected("a template such as '%.2f'", &value));
    }
    let write = move |number: f64| binary(BinaryOperator::Remainder, &value.value, &Value::Float(number));
    write(1.0)?;
    Ok(Rc::new(move |number| write(number).map_or_else(|_| MathText::default(), |text| numeral(&text))))
}

builtin! {
    /// Paints the values of a function of two variables as shades of grey, or as the colours of `cmap`.
    ///
    /// `colorbar=True` puts a scale of the colours beside it, with the options that `contour_plot` has for it.
    ///
    /// ```calc
    /// var('y'); density_plot(sin(x)*sin(y), (x, -2, 2), (y, -2, 2))
    /// # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `contour_plot`.
    only function;
    fn density_plot(call, f: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let [x, y] = arguments::two(&ranges.0, call.span())?;
        let field = source::field(&f, &[x, y], call)?;
        keys.pass_over(settings::SAMPLING_HINTS);
        keys.pass_over(&["interpolation"]);
        let bar = colour_bar(&mut keys, call)?;
        let map = map_name(&mut keys)?;
        let mut style = settings::style(&mut keys)?;
        name_style(&mut style, &field.expr);
        let mut plot = DensityPlot::new(field.plane(call)?, x.range, y.range, style);
        plot.map = map.unwrap_or(plot.map);
        plot.bar = bar;
        figure(plot, keys, call)
    }
}

/// The functions that are positive where a condition holds.
fn conditions(value: &Spanned<Value>, ranges: &[Stretch; 2], call: &mut Call<'_>) -> Result<Vec<Plane>, Fault> {
    if let Some(items) = reading::items(&value.value) {
        let mut all = Vec::new();
        for item in items {
            all.extend(conditions(&Spanned::new(item, value.span), ranges, call)?);
        }
        return Ok(all);
    }
    let field = source::field(value, ranges, call)?;
    let positive = match field.expr.kind() {
        Kind::Relation(Relation::Less | Relation::LessEqual, left, right) => right - left,
        Kind::Relation(Relation::Greater | Relation::GreaterEqual, left, right) => left - right,
        Kind::Relation(Relation::NotEqual, ..) => return Ok(Vec::new()),
        _ => {
            return Err(fault!(BAD_PLOT, value.span, "a region needs inequalities such as x^2 + y^2 < 1")
                .hint("implicit_plot draws the curve of an equation"));
        }
    };
    Ok(vec![Field { expr: positive, ..field }.plane(call)?])
}

builtin! {
    /// Paints where an inequality holds, or all of several in a list.
    ///
    /// Options: `incol`, `outcol`, `bordercol`, `borderstyle`, `borderwidth`, `alpha`, and those of the page.
    ///
    /// ```calc
    /// var('y'); region_plot([x^2 + y^2 < 1, y > x], (x, -1, 1), (y, -1, 1))
    /// # => Graphics object consisting of 1 graphics primitive
    /// region_plot(x > 0, (x, 0, 1))     # error: bad-plot
    /// ```
    ///
    /// See also: `implicit_plot`.
    faults "bad-plot";
    only function;
    fn region_plot(call, f: Spanned<Value>, ranges: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let ranges = arguments::two(&ranges.0, call.span())?;
        let conditions = conditions(&f, &ranges, call)?;
        keys.pass_over(settings::SAMPLING_HINTS);
        let inside = settings::colour_named(&mut keys, "incol")?;
        let outside = settings::colour_named(&mut keys, "outcol")?.filter(|colour| *colour != Colour::Rgb(255, 255, 255));
        let border = settings::colour_named(&mut keys, "bordercol")?;
        let border_width = keys.real("borderwidth")?;
        let border_line = keys.take("borderstyle");
        let mut style = settings::style(&mut keys)?;
        style.colour = inside.or(style.colour);
        style.thickness = border_width.unwrap_or(style.thickness);
        if let Some(line) = &border_line {
            style.line = settings::line_style(line)?;
        }
        let bordered = border.is_some() || border_width.is_some() || border_line.is_some();
        let mut region = RegionPlot::new(conditions, ranges[0].range, ranges[1].range, style);
        region.outside = outside;
        region.border = border.or(bordered.then_some(Colour::Text));
        figure(region, keys, call)
    }
}
