//! Lines, points, text, arrows, circles and other shapes.

use super::keys::{Keys, choose};
use super::legend;
use super::reading::{self, BAD_PLOT};
use super::settings;
use super::value::Figure;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::figure::Graphics;
use crate::figure::colour::Colour;
use crate::figure::primitive::{
    Arrow, BezierPath, BoxShape, Element, Ellipse, Line, Points, Polygon, TextBox, TextMark,
};
use crate::figure::style::Style;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::{Value, repr};

/// A figure of one primitive, once its options are all read.
pub fn figure(element: impl Element + 'static, keys: Keys, call: &mut Call<'_>) -> Result<Value, Fault> {
    let mut figure = page(keys, call)?;
    figure.add(element);
    Ok(Figure::value(figure))
}

/// A figure without primitives, once its options are all read.
pub fn empty(keys: Keys, call: &mut Call<'_>) -> Result<Value, Fault> {
    Ok(Figure::value(page(keys, call)?))
}

/// An empty page with its options, once they are all read.
pub fn page(mut keys: Keys, call: &mut Call<'_>) -> Result<Graphics, Fault> {
    let mut figure = Graphics::new();
    figure.options = settings::page(&mut keys, call)?;
    keys.finish(call)?;
    Ok(figure)
}

builtin! {
    /// Draws a line through points, one after another.
    ///
    /// ```calc
    /// line([(0, 0), (1, 2), (2, 0)], color='red')     # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `point`, `polygon`, `arrow`.
    also "line2d";
    only function;
    fn line(call, points: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let points = reading::data(&points, call)?;
        let steps = settings::steps(&mut keys);
        let style = settings::style(&mut keys)?;
        if points.is_empty() {
            return empty(keys, call);
        }
        figure(Line { steps, ..Line::new(points, style) }, keys, call)
    }
}

builtin! {
    /// Draws a point, or several in a list.
    ///
    /// `size` is 10 when left out; `marker` draws another shape: 'o', 's', 'D', '^', 'v', 'x', '+', '*'.
    ///
    /// ```calc
    /// point((1, 2), size=30)              # => Graphics object consisting of 1 graphics primitive
    /// points([(0, 0), (1, 1)])            # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `line`, `list_plot`.
    also "points", "point2d";
    only function;
    fn point(call, points: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let points = match reading::is_point(&points.value) {
            true => vec![reading::point(&points)?],
            false => reading::points(&points, call)?,
        };
        let size = keys.real("size")?.or(keys.real("pointsize")?);
        let style = settings::style(&mut keys)?;
        if points.is_empty() {
            return empty(keys, call);
        }
        let mut marks = Points::new(points, style);
        marks.size = size.unwrap_or(marks.size);
        figure(marks, keys, call)
    }
}

builtin! {
    /// Writes text at a point; what stands between dollar signs, and an expression, is set as mathematics.
    ///
    /// Options: `fontsize`, `fontweight='bold'`, `fontstyle='italic'`, `rotation` in degrees, `horizontal_alignment` ('left', 'center', 'right'), `vertical_alignment`
    /// ('top', 'center', 'bottom'), `color`, `axis_coords=True` for fractions of the box, `bounding_box={'facecolor': 'yellow'}`,
    /// `background_color`.
    ///
    /// ```calc
    /// text('A', (1, 1))                   # => Graphics object consisting of 1 graphics primitive
    /// text('$x^2$', (1, 1), fontsize=14)  # => Graphics object consisting of 1 graphics primitive
    /// ```
    also "text2d";
    only function;
    fn text(call, string: Value, xy: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let at = reading::point(&xy)?;
        let font_size = settings::font_size(&mut keys, "fontsize")?.unwrap_or(10.0);
        let horizontal = keys.word("horizontal_alignment", horizontal, &["left", "center", "right"])?.unwrap_or(0.5);
        let vertical = keys.word("vertical_alignment", vertical, &["top", "center", "bottom"])?.unwrap_or(0.5);
        let rotation = match keys.take("rotation") {
            Some(word) if word.value.as_str().is_some_and(|word| &**word == "vertical") => 90.0,
            Some(word) if word.value.as_str().is_some() => 0.0,
            Some(degrees) => reading::real(&degrees)?,
            None => 0.0,
        };
        let in_box = keys.flag("axis_coords", call)?.unwrap_or(false);
        let background = settings::colour_named(&mut keys, "background_color")?;
        let background = background.map(|fill| TextBox::new(Some(fill), None));
        let boxed = keys.take("bounding_box").map(|own| bounding_box(&own)).transpose()?;
        let heavy = keys.take("fontweight").map(|weight| settings::is_heavy(&weight)).transpose()?.unwrap_or(false);
        let leaning = keys.word("fontstyle", legend::is_slanted, legend::SLANTS)?.unwrap_or(false);
        let style = settings::style(&mut keys)?;
        let mut words = settings::display_text(&string);
        words = if leaning { words.slanted() } else { words };
        let mut mark = TextMark::new(if heavy { words.bold() } else { words }, at, style);
        mark.anchor = (horizontal, vertical);
        mark.font_size = font_size.clamp(1.0, 200.0);
        mark.rotation = rotation;
        mark.in_box = in_box;
        mark.boxed = boxed.or(background);
        mark.style.unclipped = keys.flag("clip", call)? == Some(false);
        figure(mark, keys, call)
    }
}

/// The box behind a text: the dictionary that matplotlib takes.
fn bounding_box(value: &Spanned<Value>) -> Result<TextBox, Fault> {
    let Value::Dict(dict) = &value.value else {
        return Err(expected("a dictionary such as {'facecolor': 'yellow'}", value));
    };
    let mut boxed = TextBox::new(Some(Colour::Page), Some(Colour::Text));
    for (key, own) in dict.borrow().iter() {
        let own = Spanned::new(own.clone(), value.span);
        match key.as_str().map(|key| &**key) {
            Some("facecolor" | "fc") => boxed.fill = Some(settings::colour(&own)?),
            Some("edgecolor" | "ec") => boxed.edge = Some(settings::colour(&own)?),
            Some("color") => (boxed.fill, boxed.edge) = (Some(settings::colour(&own)?), Some(settings::colour(&own)?)),
            Some("fill") if matches!(own.value, Value::Bool(false)) => boxed.fill = None,
            Some("fill") => {}
            Some("alpha") => boxed.alpha = reading::real(&own)?.clamp(0.0, 1.0),
            Some("linewidth" | "lw") => boxed.width = reading::real(&own)?.max(0.0),
            Some("pad") => boxed.padding = reading::real(&own)?.max(0.0),
            Some("boxstyle") => box_style(&own, &mut boxed)?,
            _ => return Err(fault!(BAD_PLOT, value.span, "a bounding box has no option {}", repr(key))),
        }
    }
    Ok(boxed)
}

/// The shape of a box, as `'round'` or `'rarrow,pad=0.3'`.
fn box_style(value: &Spanned<Value>, boxed: &mut TextBox) -> Result<(), Fault> {
    let Some(text) = value.value.as_str() else { return Err(expected("a text", value)) };
    let mut parts = text.split(',').map(str::trim);
    let word = Spanned::new(Value::str(parts.next().unwrap_or_default()), value.span);
    boxed.shape = choose(&word, "boxstyle", BoxShape::parse, BoxShape::NAMES)?;
    for part in parts {
        match part.split_once('=').map(|(name, number)| (name.trim(), number.trim().parse())) {
            Some(("pad", Ok(padding))) => boxed.padding = f64::max(padding, 0.0),
            Some(("rounding_size" | "tooth_size", Ok(_))) => {}
            _ => return Err(fault!(BAD_PLOT, value.span, "boxstyle has no part '{part}'").hint("it may have pad=0.3")),
        }
    }
    Ok(())
}

fn horizontal(word: &str) -> Option<f64> {
    match word {
        "left" => Some(0.0),
        "center" => Some(0.5),
        "right" => Some(1.0),
        _ => None,
    }
}

fn vertical(word: &str) -> Option<f64> {
    match word {
        "bottom" | "baseline" => Some(0.0),
        "center" => Some(0.5),
        "top" => Some(1.0),
        _ => None,
    }
}

builtin! {
    /// Draws an arrow from one point to another, or along the Bézier curves of `path`, as `bezier_path` takes them.
    ///
    /// Options: `width` (2), `arrowsize` (5), `head` (0 at the tail, 1 at the tip, 2 at both), `color`, `linestyle`.
    ///
    /// ```calc
    /// arrow((0, 0), (1, 2))                       # => Graphics object consisting of 1 graphics primitive
    /// arrow(path=[[(0, 0), (1, 2), (3, 1)]])      # => Graphics object consisting of 1 graphics primitive
    /// ```
    also "arrow2d";
    only function;
    fn arrow(call, tailpoint: Option<Spanned<Value>>, headpoint: Option<Spanned<Value>>, path: Option<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let way = match (tailpoint, headpoint, path) {
            (Some(tail), Some(head), _) => vec![vec![reading::point(&tail)?, reading::point(&head)?]],
            (_, _, Some(path)) => bezier(&path, call)?,
            (None, None, None) => return empty(keys, call),
            _ => {
                return Err(fault!(BAD_PLOT, call.span(), "an arrow needs the points of its tail and its head, or a path")
                    .hint("it is called as arrow((0, 0), (1, 2))").class_is("TypeError"));
            }
        };
        let width = keys.real("width")?.unwrap_or(2.0);
        let size = keys.real("arrowsize")?.unwrap_or(5.0);
        let heads = keys.count("head")?.unwrap_or(1);
        let shorter = keys.real("arrowshorten")?.unwrap_or(0.0);
        let style = settings::style(&mut keys)?;
        let mut arrow = Arrow::along(way, style);
        arrow.width = width;
        arrow.head_size = size / 5.0;
        arrow.shorter = shorter.max(0.0);
        arrow.heads = (heads != 1, heads >= 1);
        figure(arrow, keys, call)
    }
}

/// The colours of a shape that may be filled: inside, outline.
fn shape_colours(shape: &mut Ellipse, keys: &mut Keys, fill: bool, call: &mut Call<'_>) -> Result<(), Fault> {
    shape.fill = keys.flag("fill", call)?.unwrap_or(fill);
    let outlined = says_outline(keys);
    let edge = settings::colour_named(keys, "edgecolor")?;
    let face = settings::colour_named(keys, "facecolor")?;
    shape.style = settings::style(keys)?;
    shape.style.unclipped = keys.flag("clip", call)? == Some(false);
    if shape.fill {
        shape.edge = edge.or(outlined.then_some(shape.style.ink()));
        shape.style.colour = face.or(shape.style.colour);
    } else {
        shape.style.colour = edge.or(shape.style.colour);
    }
    Ok(())
}

/// Whether a filled shape has an outline in its own colour: where anything is said of how it is drawn.
fn says_outline(keys: &Keys) -> bool {
    ["thickness", "linewidth", "linestyle"].iter().any(|name| keys.has(name))
}

/// A positive radius.
fn radius(value: &Spanned<Value>) -> Result<f64, Fault> {
    match reading::real(value)? {
        radius if radius > 0.0 => Ok(radius),
        _ => Err(fault!(BAD_PLOT, value.span, "the radius must be positive")),
    }
}

builtin! {
    /// Draws a circle around a point.
    ///
    /// Options: `fill`, `facecolor`, `edgecolor`, `color`, `thickness`, `linestyle`, `alpha`.
    ///
    /// ```calc
    /// circle((0, 0), 1)                           # => Graphics object consisting of 1 graphics primitive
    /// circle((0, 0), 1, fill=True, color='red')   # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `disk`, `ellipse`, `arc`.
    only function;
    fn circle(call, center: Spanned<Value>, radius: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let mut shape = Ellipse::circle(reading::point(&center)?, self::radius(&radius)?, Style::default());
        shape_colours(&mut shape, &mut keys, false, call)?;
        figure(shape, keys, call)
    }
}

builtin! {
    /// Draws a filled sector of a circle between two angles.
    ///
    /// ```calc
    /// disk((0, 0), 1, (0, pi/2))                  # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `circle`, `arc`.
    only function;
    fn disk(call, point: Spanned<Value>, radius: Spanned<Value>, angle: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let mut shape = Ellipse::circle(reading::point(&point)?, self::radius(&radius)?, Style::default());
        shape.sector = Some(reading::pair(&angle)?);
        shape_colours(&mut shape, &mut keys, true, call)?;
        figure(shape, keys, call)
    }
}

builtin! {
    /// Draws an ellipse around a point, with half axes `r1` and `r2`, turned by an angle.
    ///
    /// ```calc
    /// ellipse((0, 0), 2, 1, pi/6)                 # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `circle`.
    only function;
    fn ellipse(call, center: Spanned<Value>, r1: Spanned<Value>, r2: Spanned<Value>, angle: Option<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let mut shape = Ellipse::circle(reading::point(&center)?, radius(&r1)?, Style::default());
        shape.radii.1 = radius(&r2)?;
        shape.angle = angle.map_or(Ok(0.0), |angle| reading::real(&angle))?;
        shape_colours(&mut shape, &mut keys, false, call)?;
        figure(shape, keys, call)
    }
}

builtin! {
    /// Draws an arc of a circle or an ellipse between the two angles of `sector`.
    ///
    /// ```calc
    /// arc((0, 0), 1, sector=(0, pi/2))            # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `circle`, `ellipse`.
    only function;
    fn arc(call, center: Spanned<Value>, r1: Spanned<Value>, r2: Option<Spanned<Value>>, angle: Option<Spanned<Value>>, sector: Option<Spanned<Value>>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let style = settings::style(&mut keys)?;
        let mut shape = Ellipse::circle(reading::point(&center)?, radius(&r1)?, style);
        if let Some(r2) = r2 {
            shape.radii.1 = radius(&r2)?;
        }
        shape.angle = angle.map_or(Ok(0.0), |angle| reading::real(&angle))?;
        shape.sector = Some(sector.map_or(Ok((0.0, std::f64::consts::TAU)), |sector| reading::pair(&sector))?);
        figure(shape, keys, call)
    }
}

builtin! {
    /// Draws a polygon, filled unless `fill=False`.
    ///
    /// ```calc
    /// polygon([(0, 0), (1, 0), (0, 1)], alpha=0.4)    # => Graphics object consisting of 1 graphics primitive
    /// ```
    ///
    /// See also: `line`.
    also "polygon2d";
    only function;
    fn polygon(call, points: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let corners = reading::points(&points, call)?;
        let fill = keys.flag("fill", call)?.unwrap_or(true);
        let edge = settings::colour_named(&mut keys, "edgecolor")?;
        let outlined = says_outline(&keys);
        let style = settings::style(&mut keys)?;
        let mut shape = Polygon::new(corners, style);
        shape.fill = fill;
        shape.edge = edge.or(outlined.then_some(shape.style.ink()));
        figure(shape, keys, call)
    }
}

builtin! {
    /// Draws a path of Bézier curves; each but the first begins where the one before ends.
    ///
    /// ```calc
    /// bezier_path([[(0, 0), (1, 2), (2, 0)]])         # => Graphics object consisting of 1 graphics primitive
    /// ```
    only function;
    fn bezier_path(call, path: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let curves = bezier(&path, call)?;
        let fill = keys.flag("fill", call)?.unwrap_or(false);
        let style = settings::style(&mut keys)?;
        let mut path = BezierPath::new(curves, style);
        path.fill = fill;
        figure(path, keys, call)
    }
}

/// The control points of Bézier curves; each curve but the first begins where the one before ends.
fn bezier(path: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Vec<(f64, f64)>>, Fault> {
    let mut curves = Vec::new();
    for curve in reading::collection(path, call)? {
        curves.push(reading::points(&curve, call)?);
    }
    let good = |(k, curve): (usize, &Vec<(f64, f64)>)| {
        let least = usize::from(k == 0);
        (1 + least..=3 + least).contains(&curve.len())
    };
    if curves.iter().enumerate().all(good) && !curves.is_empty() {
        return Ok(curves);
    }
    Err(fault!(BAD_PLOT, path.span, "a Bézier curve has one to three points behind its start"))
}
