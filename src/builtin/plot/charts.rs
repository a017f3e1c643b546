//! Pictures of counts and tables: bars, histograms, matrices.

use super::keys::Keys;
use super::planes;
use super::reading::{self, BAD_PLOT};
use super::settings;
use super::shapes::{figure, page};
use super::value::Figure;
use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::figure::colour::Colour;
use crate::figure::function::Range;
use crate::figure::primitive::{Bar, Bars, Classes, HATCH_SIGNS, MatrixPlot};
use crate::figure::style::Style;
use crate::figure::text::MathText;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::Value;

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
        let bars = heights.iter().enumerate().map(|(k, height)| Bar { sides: sides(k), ends: (0.0, *height) }).collect();
        figure(Bars::new(bars, style), keys, call)
    }
}

builtin! {
    /// Draws how often numbers fall into classes. The bars of several lists stand side by side, or upon each other.
    ///
    /// Options: `bins` (10, or the ends of the classes), `density=True` for areas that add up to 1, `cumulative=True` (-1 from the right),
    /// `stacked=True`, `range`, `weights`, `align` ('left', 'mid', 'right'), `rwidth` (part of a class that is filled), `color` (one, or one for
    /// each list), `label` (likewise), `edgecolor`, `linewidth`, `linestyle`, `fill=False`, `hatch` ('/', '\\\\', '|', '-', '+', 'x', 'o', 'O', '.', '*').
    ///
    /// ```calc
    /// histogram([1, 2, 2, 3, 3, 3], bins=3)               # => Graphics object consisting of 1 graphics primitive
    /// histogram([[1, 2, 2], [2, 3, 3]], stacked=True)     # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `bar_chart`.
    only function;
    fn histogram(call, datalist: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let lists = lists(&datalist, call)?;
        let classes = classes(&mut keys, &lists, datalist.span, call)?;
        let colours = colours(&mut keys, lists.len())?;
        let labels = labels(&mut keys, lists.len())?;
        let edge = settings::colour_named(&mut keys, "edgecolor")?;
        let filled = keys.flag("fill", call)?.unwrap_or(true);
        let hatch = hatch(&mut keys)?;
        let style = settings::style(&mut keys)?;
        let mut graphics = page(keys, call)?;
        for (k, bars) in classes.bars(&lists).into_iter().enumerate() {
            let own = if lists.len() > 1 { Style::series(k).colour } else { None };
            let colour = colours.get(k).copied().or(style.colour).or(own);
            let legend = labels.get(k).cloned().or(style.legend.clone().filter(|_| k == 0));
            let label = legend.as_ref().map_or_else(String::new, MathText::to_plain);
            let style = Style { colour, legend, label, ..style.clone() };
            graphics.add(Bars { edge, filled, hatch: hatch.clone(), joined: k > 0, ..Bars::new(bars, style) });
        }
        Ok(Figure::value(graphics))
    }
}

/// The lists of a histogram: one of numbers, or several.
fn lists(data: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Vec<f64>>, Fault> {
    let items = reading::collection(data, call)?;
    let is_list = |item: &Spanned<Value>| matches!(item.value, Value::List(_) | Value::Tuple(_));
    if !items.is_empty() && items.iter().all(is_list) {
        return items.iter().map(|item| reading::reals(item, call)).collect();
    }
    Ok(vec![items.iter().map(reading::real).collect::<Result<_, _>>()?])
}

/// What the options say of the classes of a histogram.
fn classes(keys: &mut Keys, lists: &[Vec<f64>], span: Span, call: &mut Call<'_>) -> Result<Classes, Fault> {
    let mut classes = Classes { count: 10, ..Classes::default() };
    match keys.take("bins") {
        Some(bins) if reading::items(&bins.value).is_some() => {
            classes.edges = reading::reals(&bins, call)?;
            if classes.edges.len() < 2 || classes.edges.windows(2).any(|pair| pair[0] >= pair[1]) {
                return Err(fault!(BAD_PLOT, bins.span, "the ends of classes must ascend, and be two or more"));
            }
        }
        Some(bins) => {
            let count = bins.value.to_integer().and_then(|count| count.to_usize());
            classes.count = count.ok_or_else(|| expected("a natural number or the ends of classes", &bins))?;
            if !(1..=10_000).contains(&classes.count) {
                return Err(fault!(BAD_PLOT, span, "{} classes can't be drawn", classes.count));
            }
        }
        None => {}
    }
    classes.density = [keys.flag("density", call)?, keys.flag("normed", call)?].contains(&Some(true));
    if let Some(cumulative) = keys.take("cumulative") {
        let is_back = reading::number(&cumulative.value).is_some_and(|number| number < 0.0);
        let truth = call.truth(&cumulative.value).map_err(|fault| fault.or_at(cumulative.span))?;
        classes.cumulative = if is_back { -1 } else { i8::from(truth) };
    }
    classes.stacked = keys.flag("stacked", call)?.unwrap_or(false);
    classes.range = keys.take("range").map(|range| reading::pair(&range)).transpose()?;
    classes.relative = keys.real("rwidth")?;
    classes.shift = keys.word("align", shift, &["left", "mid", "right"])?.unwrap_or(0.0);
    if let Some(weights) = keys.take("weights") {
        classes.weights = self::lists(&weights, call)?;
        let odd = (0..lists.len()).find(|k| classes.weights.get(*k).is_none_or(|own| own.len() != lists[*k].len()));
        if let Some(k) = odd {
            let given = classes.weights.get(k).map_or(0, Vec::len);
            return Err(fault!(BAD_PLOT, span, "{} numbers can't have {given} weights", lists[k].len()));
        }
    }
    Ok(classes)
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

/// The colours of several lists, where a list of them is given.
fn colours(keys: &mut Keys, count: usize) -> Result<Vec<Colour>, Fault> {
    for name in ["color", "rgbcolor"] {
        let Some(listed) = keys.peek(name).map(settings::colour_list).transpose()?.flatten() else { continue };
        return match keys.take(name) {
            Some(value) if listed.len() != count => {
                Err(fault!(BAD_PLOT, value.span, "{count} lists can't have {} colors", listed.len()))
            }
            _ => Ok(listed),
        };
    }
    Ok(Vec::new())
}

/// The lines of several lists in the legend.
fn labels(keys: &mut Keys, count: usize) -> Result<Vec<MathText>, Fault> {
    let Some(label) = keys.take("label") else { return Ok(Vec::new()) };
    // A single text names the first list, as in Sage.
    let Some(items) = reading::items(&label.value) else { return Ok(vec![settings::math_text(&label.value)]) };
    if items.len() > count {
        return Err(fault!(BAD_PLOT, label.span, "{count} lists can't have {} labels", items.len()));
    }
    Ok(items.iter().map(settings::math_text).collect())
}

/// The signs of a pattern.
fn hatch(keys: &mut Keys) -> Result<String, Fault> {
    let Some(value) = keys.take("hatch") else { return Ok(String::new()) };
    let Some(text) = value.value.as_str() else { return Err(expected("a text", &value)) };
    match text.chars().find(|sign| !HATCH_SIGNS.contains(*sign)) {
        None => Ok(text.to_string()),
        Some(sign) => {
            let signs: Vec<String> = HATCH_SIGNS.chars().map(String::from).collect();
            Err(fault!(BAD_PLOT, value.span, "hatch has no sign '{sign}'")
                .hint(format!("the signs are {}, several together or one twice for a denser pattern", signs.join(" "))))
        }
    }
}

builtin! {
    /// Paints the entries of a matrix, or of a list of rows, as shades of grey, dark for great numbers, or as the colours of `cmap`.
    ///
    /// Options: `cmap`, `colorbar=True`, `vmin`, `vmax`, `flip_y=False` for the first row below, `norm='value'` for entries between 0 and 1 that
    /// are shades themselves, `subdivisions=True` with `subdivision_boundaries=[rows, columns]` and `subdivision_style`, and those of the page.
    ///
    /// ```calc
    /// matrix_plot([[1, 2], [3, 4]])                       # => Graphics object consisting of 1 graphics primitive
    /// matrix_plot(matrix(2, 2, [1, 0, 0, 1]), cmap='hot') # => Graphics object consisting of 1 graphics primitive
    /// matrix_plot([1, 2])                                 # error: bad-plot
    /// ```
    ///
    /// See also: `density_plot`.
    faults "bad-plot";
    only function;
    fn matrix_plot(call, mat: Spanned<Value>, xrange: Option<Spanned<Value>>, yrange: Option<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let rows = table(&mat, call)?;
        let map = planes::map_name(&mut keys)?;
        let bar = planes::colour_bar(&mut keys, call)?;
        let upside = keys.flag("flip_y", call)?.unwrap_or(true);
        let (least, most) = (keys.real("vmin")?, keys.real("vmax")?);
        let own = keys.word("norm", |word| (word == "value").then_some(Range::new(0.0, 1.0)), &["value"])?;
        let whole = keys.flag("ticks_integer", call)?.unwrap_or(true);
        let lines = subdivisions(&mut keys, call)?;
        let style = settings::style(&mut keys)?;
        let mut plot = MatrixPlot::new(rows, style);
        let range = |given: Option<Spanned<Value>>, own: Range| match given {
            Some(pair) => reading::pair(&pair).map(|(a, b)| Range::new(a.min(b), a.max(b))),
            None => Ok(own),
        };
        (plot.across, plot.along) = (range(xrange, plot.across)?, range(yrange, plot.along)?);
        let shading = &mut plot.shading;
        let shades = own.unwrap_or(shading.range);
        shading.range = Range::new(least.unwrap_or(shades.lo), most.unwrap_or(shades.hi));
        shading.map = map.unwrap_or_else(|| std::mem::take(&mut shading.map));
        (plot.bar, plot.lines) = (bar, lines);
        let mut graphics = page(keys, call)?;
        graphics.add(plot);
        let options = &mut graphics.options;
        (options.flip_y, options.x_above, options.ticks_integer) = (Some(upside), Some(upside), Some(whole));
        Ok(Figure::value(graphics))
    }
}

/// The rows of a matrix or of a list of lists.
fn table(mat: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Vec<f64>>, Fault> {
    let no_table = || {
        fault!(BAD_PLOT, mat.span, "a matrix or a list of rows is needed").class_is("TypeError").label("this is none")
    };
    let mut rows: Vec<Vec<f64>> = Vec::new();
    for row in reading::collection(mat, call).map_err(|_| no_table())? {
        if reading::number(&row.value).is_some() {
            return Err(no_table());
        }
        rows.push(reading::reals(&row, call)?);
    }
    let columns = rows.first().map_or(0, Vec::len);
    if columns == 0 {
        return Err(no_table());
    }
    match rows.iter().find(|row| row.len() != columns) {
        Some(row) => Err(fault!(BAD_PLOT, mat.span, "rows of {columns} and of {} numbers are no matrix", row.len())),
        None => Ok(rows),
    }
}

/// The lines between the parts of a matrix: whether before a row, which, and how drawn.
fn subdivisions(keys: &mut Keys, call: &mut Call<'_>) -> Result<Vec<(bool, f64, Style)>, Fault> {
    let wanted = keys.flag("subdivisions", call)?.unwrap_or(false);
    let (places, style) = (keys.take("subdivision_boundaries"), keys.take("subdivision_style"));
    let Some(places) = places.filter(|_| wanted) else { return Ok(Vec::new()) };
    let both = |value: &Spanned<Value>| -> Option<[Spanned<Value>; 2]> {
        let items = reading::items(&value.value)?;
        let [rows, columns] = items.as_slice() else { return None };
        Some([rows, columns].map(|item| Spanned::new(item.clone(), value.span)))
    };
    let pair = both(&places).filter(|[rows, _]| reading::items(&rows.value).is_some());
    let pair = pair.unwrap_or_else(|| [places.clone(), places.clone()]);
    let styles = match &style {
        Some(style) => both(style).unwrap_or_else(|| [style.clone(), style.clone()]).map(Some),
        None => [None, None],
    };
    let mut lines = Vec::new();
    for ((is_row, places), style) in [true, false].into_iter().zip(pair).zip(styles) {
        let style = match style {
            Some(style) => settings::style_of(&style)?,
            None => Style::default(),
        };
        lines.extend(reading::reals(&places, call)?.into_iter().map(|place| (is_row, place, style.clone())));
    }
    Ok(lines)
}
