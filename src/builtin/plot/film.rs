//! Animations as values: figures shown one after another, joined, laid over each other, saved.

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use super::keys::Keys;
use super::reading::{self, BAD_PLOT};
use super::save::{self, Picture};
use super::settings;
use super::value::{Figure, Panels};
use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::figure::animation::{Animation, Timing};
use crate::figure::options::Options;
use crate::figure::{Graphics, GraphicsArray};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::BAD_INDEX;
use crate::runtime::operate;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::{Class, Object, Value};
use crate::syntax::ast::BinaryOperator;

static ANIMATION: Class = Class { name: "sage.plot.animate.Animation", known_as: None, base: None };

/// The most frames of an animation.
const MOST_FRAMES: usize = 2000;

/// Options of `plot` that belong to the page as well; an expression among the frames is drawn over them.
const ENDS: &[&str] = &["xmin", "xmax", "ymin", "ymax"];

/// An animation as a value.
pub struct Film {
    animation: Animation,
    /// The frames as they were given.
    frames: Vec<Value>,
}

impl fmt::Debug for Film {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

impl Film {
    /// An animation as a value.
    pub fn value(animation: Animation, frames: Vec<Value>) -> Value {
        Value::Object(Rc::new(Film { animation, frames }))
    }

    /// What it shows.
    pub fn animation(&self) -> &Animation {
        &self.animation
    }

    /// Some of the frames.
    fn picked(&self, places: &[usize]) -> Value {
        let frames = places.iter().map(|at| self.animation.frames[*at].clone()).collect();
        let animation = Animation { frames, options: self.animation.options.clone(), ..self.animation };
        Film::value(animation, places.iter().map(|at| self.frames[*at].clone()).collect())
    }

    /// This animation and then the other.
    fn followed(&self, other: &Film) -> Value {
        let mut animation = self.animation.clone();
        animation.frames.extend(other.animation.frames.iter().cloned());
        animation.options = self.animation.options.combined(&other.animation.options);
        Film::value(animation, self.frames.iter().chain(&other.frames).cloned().collect())
    }

    /// The frames of both over each other; the longer one ends alone.
    fn overlaid(&self, other: &Film) -> Value {
        let (left, right) = (&self.animation.frames, &other.animation.frames);
        let frame = |k: usize| match (left.get(k), right.get(k)) {
            (Some(below), Some(above)) => below.combine(above),
            (one, two) => one.or(two).cloned().unwrap_or_default(),
        };
        let frames: Vec<Graphics> = (0..left.len().max(right.len())).map(frame).collect();
        let options = self.animation.options.combined(&other.animation.options);
        let values = frames.iter().cloned().map(Figure::value).collect();
        Film::value(Animation { frames, options, timing: self.animation.timing }, values)
    }

    /// The animation with what `show` and `save` say.
    fn with_options(&self, call: &mut Call<'_>, keywords: save::KeywordList) -> Result<Animation, Fault> {
        let mut keys = Keys::new(Keywords(keywords));
        keys.pass_over(&["show_path", "use_ffmpeg", "mimetype", "embed", "linkmode", "savefile"]);
        let mut animation = self.animation.clone();
        animation.timing = timing(&mut keys, animation.timing)?;
        let options = settings::page(&mut keys, call)?;
        animation.options = animation.options.overlaid(&options);
        keys.finish(call)?;
        Ok(animation)
    }

    fn graphics_array(&self, arguments: &Arguments) -> Result<Value, Fault> {
        let named = arguments.keywords.iter().find(|(name, _)| &**name == "ncols").map(|(_, value)| value);
        let columns = match arguments.positional.first().or(named) {
            Some(value) => value.value.to_integer().and_then(|n| n.to_usize()).filter(|n| *n > 0),
            None => Some(3),
        };
        let Some(columns) = columns else { return Err(expected("a number of columns", &arguments.positional[0])) };
        let array =
            GraphicsArray { panels: self.animation.aligned(), columns, places: None, options: Options::default() };
        Ok(Panels::value(array))
    }
}

/// How fast and how often: `delay` in hundredths of a second, or `fps`; `iterations`.
fn timing(keys: &mut Keys, otherwise: Timing) -> Result<Timing, Fault> {
    let mut timing = otherwise;
    if let Some(value) = keys.take("fps") {
        match reading::real(&value)? {
            fps if fps > 0.0 => timing.delay = (100.0 / fps).round().clamp(1.0, 60_000.0) as u32,
            _ => return Err(fault!(BAD_PLOT, value.span, "the number of frames a second must be positive")),
        }
    }
    if let Some(value) = keys.take("delay") {
        match reading::real(&value)? {
            delay if (0.0..=60_000.0).contains(&delay) => timing.delay = delay.round().max(1.0) as u32,
            _ => return Err(fault!(BAD_PLOT, value.span, "the delay is given in hundredths of a second, up to 60000")),
        }
    }
    if let Some(count) = keys.count("iterations")? {
        timing.iterations = u32::try_from(count).unwrap_or(0);
    }
    Ok(timing)
}

impl Object for Film {
    fn class(&self) -> &'static Class {
        &ANIMATION
    }

    fn text(&self) -> String {
        self.animation.describe()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn methods(&self) -> &'static [&'static str] {
        &["show", "save", "gif", "graphics_array"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, mut arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "graphics_array" => self.graphics_array(&arguments),
            "save" => {
                let (path, keywords) = save::file_name(call, arguments)?;
                let film = self.with_options(call, keywords)?;
                save::save(call, &Picture::Film(&film), &path)
            }
            // show(delay, iterations) and gif(delay, savefile, iterations), as Sage orders them.
            _ => {
                let order: &[&str] = if name == "gif" { &["delay", "savefile", "iterations"] } else { ORDER };
                for (name, value) in order.iter().zip(std::mem::take(&mut arguments.positional)) {
                    arguments.keywords.push((Rc::from(*name), value));
                }
                let file = arguments.keywords.iter().find(|(name, _)| &**name == "savefile");
                let file = file.map(|(_, value)| value.clone()).filter(|file| name == "gif" && !file.value.is_none());
                let film = self.with_options(call, arguments.keywords)?;
                match file {
                    Some(file) => {
                        let Some(text) = file.value.as_str() else { return Err(expected("a file name", &file)) };
                        save::save(call, &Picture::Film(&film), &Spanned::new(text.to_string(), file.span))
                    }
                    None => save::show(call, &Picture::Film(&film)),
                }
            }
        }
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        let other = other.downcast::<Film>()?;
        let (left, right) = if reflected { (other, self) } else { (self, other) };
        match operator {
            BinaryOperator::Add => Some(Ok(left.followed(right))),
            BinaryOperator::Multiply => Some(Ok(left.overlaid(right))),
            _ => None,
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.frames.clone())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let count = self.frames.len();
        if let Value::Slice(slice) = index {
            return Some(operate::positions(slice, count).map(|places| self.picked(&places)));
        }
        let number = index.to_integer()?.to_i64()?;
        let at = usize::try_from(if number < 0 { number + count as i64 } else { number }).ok();
        let frame = at.and_then(|at| self.frames.get(at)).cloned();
        Some(frame.ok_or_else(|| Fault::new(&BAD_INDEX, Span::default(), "list index out of range")))
    }
}

/// The order of the arguments of `show`.
const ORDER: &[&str] = &["delay", "iterations"];

/// A frame as a figure: what is none is plotted.
fn frame(call: &mut Call<'_>, value: &Spanned<Value>, keywords: &Keywords) -> Result<Graphics, Fault> {
    if let Some(figure) = value.value.downcast::<Figure>() {
        return Ok(figure.graphics().clone());
    }
    let Some(plot) = call.machine().registry().function("plot") else { return Err(expected("a figure", value)) };
    let arguments = Arguments { positional: vec![value.clone()], keywords: keywords.0.clone() };
    let span = value.span;
    let drawn = call.machine().call_value(&Value::Builtin(plot), arguments, span)?;
    let figure = drawn.downcast::<Figure>().map(|figure| figure.graphics().clone());
    figure.ok_or_else(|| expected("a figure", value))
}

builtin! {
    /// Shows figures one after another, all over the same ranges.
    ///
    /// The frames are figures, or functions, which are plotted with the same options. `delay` is the time of a frame in
    /// hundredths of a second (or `fps`, frames a second), `iterations` how often all are shown, 0 without end; the
    /// other options are those of the page. `save` writes `.gif` or `.svg` (without a script);
    /// `a + b` shows one after the other, `a * b` one over the other.
    ///
    /// ```calc
    /// a = animate([plot(sin(x + k/3), (x, 0, 2*pi)) for k in [0..5]]); a     # => Animation with 6 frames
    /// len(a + a), len(a*a), a[1:4]        # => (12, 6, Animation with 3 frames)
    /// animate([x^k for k in [1..4]], xmin=0, xmax=1)[1]                      # => x^2
    /// a.graphics_array(ncols=3)           # => Graphics Array of size 2 x 3
    /// animate([])                         # error: bad-plot
    /// ```
    ///
    /// See also: `plot`, `graphics_array`.
    faults "bad-plot";
    only function;
    fn animate(call, frames: Spanned<Value>, options: Keywords) -> Value {
        let values = reading::collection(&frames, call)?;
        if values.is_empty() || values.len() > MOST_FRAMES {
            let count = values.len();
            return Err(fault!(BAD_PLOT, frames.span, "an animation of {count} frames can't be drawn")
                .hint(format!("it has between 1 and {MOST_FRAMES} frames")));
        }
        let mut keys = Keys::new(options);
        let timing = timing(&mut keys, Timing::default())?;
        let given = keys.into_left();
        let mut keys = Keys::new(given.clone());
        let options = settings::page(&mut keys, call)?;
        let left = keys.into_left();
        let plotted = values.iter().any(|value| value.value.downcast::<Figure>().is_none());
        if !plotted {
            Keys::new(left.clone()).finish(call)?;
        }
        let ends = given.0.iter().filter(|(name, _)| ENDS.contains(&&**name)).cloned();
        let keywords = Keywords(left.0.iter().cloned().chain(ends).collect());
        let mut drawn = Vec::with_capacity(values.len());
        for value in &values {
            call.budget().check()?;
            drawn.push(frame(call, value, &keywords)?);
        }
        let animation = Animation { frames: drawn, options, timing };
        Ok(Film::value(animation, values.into_iter().map(|value| value.value).collect()))
    }
}
