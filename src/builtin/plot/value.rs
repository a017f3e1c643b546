//! Figures as values: echo, sums, methods.

use std::any::Any;
use std::cell::{Ref, RefCell};
use std::fmt;
use std::rc::Rc;

use super::axes;
use super::keys::Keys;
use super::reading::{self, BAD_PLOT};
use super::save::{self, Picture};
use super::settings;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::figure::options::Aspect;
use crate::figure::{Graphics, GraphicsArray};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{BAD_ARGUMENTS, type_error};
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::{Class, Dict, Key, Object, Value};
use crate::syntax::ast::BinaryOperator;

/// The class of figures.
static GRAPHICS: Class = Class { name: "sage.plot.graphics.Graphics", known_as: None, base: None };
/// The class of pages with several figures.
static ARRAY: Class = Class { name: "sage.plot.multigraphics.GraphicsArray", known_as: None, base: None };

/// A figure as a value. Methods such as `set_axes_range` change it.
pub struct Figure {
    graphics: RefCell<Graphics>,
    /// The ends of the window that `set_axes_range` and its kin have set.
    window: RefCell<[Option<f64>; 4]>,
    /// The names of the axes as they were given.
    labels: RefCell<Option<[Value; 2]>>,
    /// The options of the legend as they were given.
    legend_options: RefCell<Dict>,
}

impl fmt::Debug for Figure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

impl Figure {
    /// A figure as a value.
    pub fn value(graphics: Graphics) -> Value {
        Value::Object(Rc::new(Figure::new(graphics)))
    }

    fn new(graphics: Graphics) -> Figure {
        let (window, labels) = (RefCell::default(), RefCell::new(None));
        Figure { graphics: RefCell::new(graphics), window, labels, legend_options: RefCell::new(Dict::new()) }
    }

    /// The ends of the window: those set, else those of the data.
    fn ends(&self) -> [f64; 4] {
        let mut ends = self.graphics().data_range();
        let set = self.window.borrow();
        ends.iter_mut().zip(set.iter()).for_each(|(end, set)| *end = set.unwrap_or(*end));
        ends
    }

    /// What it shows.
    pub fn graphics(&self) -> Ref<'_, Graphics> {
        self.graphics.borrow()
    }

    /// Reads or sets one end of the window.
    fn end(&self, arguments: &Arguments, which: usize) -> Result<Value, Fault> {
        let Some(given) = arguments.positional.first() else {
            return Ok(Value::Float(self.ends()[which]));
        };
        let number = reading::real(given)?;
        self.window.borrow_mut()[which] = Some(number);
        let options = &mut self.graphics.borrow_mut().options;
        let ends = [&mut options.xmin, &mut options.xmax, &mut options.ymin, &mut options.ymax];
        ends.into_iter().nth(which).into_iter().for_each(|end| *end = Some(number));
        Ok(Value::None)
    }

    /// The window as a dictionary.
    fn range_dict(&self) -> Result<Value, Fault> {
        let mut dict = Dict::new();
        for (name, number) in ENDS.iter().zip(self.ends()) {
            dict.insert(Key::new(Value::str(name))?, Value::Float(number));
        }
        Ok(Value::dict(dict))
    }

    fn set_range(&self, arguments: Arguments) -> Result<Value, Fault> {
        for (which, given) in arguments.positional.iter().enumerate().filter(|(_, given)| !given.value.is_none()) {
            self.end(&Arguments { positional: vec![given.clone()], keywords: Vec::new() }, which)?;
        }
        for (name, given) in &arguments.keywords {
            let which = ENDS.iter().position(|end| **end == **name);
            let which = which.ok_or_else(|| fault!(BAD_ARGUMENTS, given.span, "an axis has no end '{name}'"))?;
            self.end(&Arguments { positional: vec![given.clone()], keywords: Vec::new() }, which)?;
        }
        Ok(Value::None)
    }

    fn axes_labels(&self, arguments: &Arguments) -> Result<Value, Fault> {
        let Some(given) = arguments.positional.first() else {
            return Ok(self.labels.borrow().clone().map_or(Value::None, |labels| Value::tuple(labels.to_vec())));
        };
        let labels = settings::axes_labels(given)?;
        self.graphics.borrow_mut().options.axes_labels = Some(labels);
        let pair = match reading::items(&given.value).as_deref() {
            Some([x, y]) => [x.clone(), y.clone()],
            _ => [given.value.clone(), Value::str("")],
        };
        *self.labels.borrow_mut() = Some(pair);
        Ok(Value::None)
    }

    /// Reads or sets whether axes, or a legend, are drawn.
    fn switch(&self, call: &mut Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let given = arguments.positional.first().map(|given| call.truth(&given.value)).transpose()?;
        let graphics = &mut *self.graphics.borrow_mut();
        let own = name == "axes" || graphics.elements().iter().any(|element| element.style().legend.is_some());
        let options = &mut graphics.options;
        let switch = if name == "axes" { &mut options.axes } else { &mut options.show_legend };
        match given {
            Some(on) => {
                *switch = Some(on);
                Ok(Value::None)
            }
            None => Ok(Value::Bool(switch.unwrap_or(own))),
        }
    }

    fn set_legend_options(&self, call: &mut Call<'_>, arguments: Arguments) -> Result<Value, Fault> {
        if arguments.keywords.is_empty() {
            return Ok(Value::dict(self.legend_options.borrow().clone()));
        }
        for (name, given) in &arguments.keywords {
            self.legend_options.borrow_mut().insert(Key::new(Value::str(&**name))?, given.value.clone());
        }
        let named = |(name, given): (Rc<str>, _)| (Rc::from(format!("legend_{name}")), given);
        let mut keys = Keys::new(Keywords(arguments.keywords.into_iter().map(named).collect()));
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        let own = &mut self.graphics.borrow_mut().options;
        *own = own.overlaid(&options);
        Ok(Value::None)
    }

    fn aspect_ratio(&self) -> Value {
        match self.graphics().aspect() {
            Aspect::Ratio(ratio) => Value::Float(ratio),
            Aspect::Automatic | Aspect::Unset => Value::str("automatic"),
        }
    }

    /// This figure with a smaller one on top of it.
    fn inset(&self, arguments: &Arguments) -> Result<Value, Fault> {
        let named = |name: &str| arguments.keywords.iter().find(|(own, _)| &**own == name).map(|(_, value)| value);
        let Some(small) = arguments.positional.first() else {
            return Err(type_error("the figure to be set in is missing"));
        };
        let mut small = panel(small)?;
        let font = named("fontsize").map(reading::real).transpose()?.unwrap_or(8.0);
        small.options.fontsize = small.options.fontsize.or(Some(font));
        let place = match arguments.positional.get(1).or(named("pos")) {
            Some(place) => place_of(place)?,
            None => [0.7, 0.7, 0.2, 0.2],
        };
        let options = self.graphics().options.clone();
        let panels = vec![self.graphics().clone(), small];
        let places = Some(vec![WHOLE, grown(place)]);
        Ok(Value::Object(Rc::new(Panels { array: GraphicsArray { panels, columns: 1, places, options } })))
    }

    /// The figure with the options of `show` or `save` on top.
    fn with_options(&self, call: &mut Call<'_>, keywords: Vec<(Rc<str>, Spanned<Value>)>) -> Result<Graphics, Fault> {
        let mut keys = Keys::new(Keywords(keywords));
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        Ok(self.graphics().with_options(&options))
    }
}

/// The place of a figure that has the page for itself.
const WHOLE: [f64; 4] = [0.0, 0.0, 1.0, 1.0];

/// A place on a page: left, bottom, width, height as fractions.
fn place_of(value: &Spanned<Value>) -> Result<[f64; 4], Fault> {
    let parts = reading::items(&value.value).unwrap_or_default();
    let parts: Option<Vec<f64>> = parts.iter().map(reading::number).collect();
    match parts.as_deref() {
        Some([x, y, w, h]) if *w > 0.0 && *h > 0.0 => Ok([*x, *y, *w, *h]),
        _ => Err(expected("a place such as (0.6, 0.6, 0.3, 0.3): left, bottom, width, height", value)),
    }
}

/// The cell around a plot box in that place: Sage's place is that of the box without its labels.
fn grown([x, y, w, h]: [f64; 4]) -> [f64; 4] {
    [x - 0.05, y - 0.06, w + 0.07, h + 0.09]
}

/// The ends of a window, as methods and as keys.
const ENDS: [&str; 4] = ["xmin", "xmax", "ymin", "ymax"];

impl Object for Figure {
    fn class(&self) -> &'static Class {
        &GRAPHICS
    }

    fn text(&self) -> String {
        self.graphics().describe()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn methods(&self) -> &'static [&'static str] {
        &[
            "show",
            "save",
            "xmin",
            "xmax",
            "ymin",
            "ymax",
            "axes_range",
            "get_axes_range",
            "get_minmax_data",
            "set_axes_range",
            "axes_labels",
            "axes",
            "legend",
            "set_legend_options",
            "aspect_ratio",
            "set_aspect_ratio",
            "description",
            "inset",
            "plot",
            "axes_color",
            "axes_label_color",
            "tick_label_color",
            "axes_width",
            "axes_labels_size",
            "fontsize",
            "set_flip",
            "flip",
        ]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "show" => {
                let figure = self.with_options(call, arguments.keywords)?;
                save::show(call, &Picture::One(&figure))
            }
            "save" => {
                let (path, keywords) = save::file_name(call, arguments)?;
                let figure = self.with_options(call, keywords)?;
                save::save(call, &Picture::One(&figure), &path)
            }
            "xmin" => self.end(&arguments, 0),
            "xmax" => self.end(&arguments, 1),
            "ymin" => self.end(&arguments, 2),
            "ymax" => self.end(&arguments, 3),
            "axes_range" | "get_axes_range" | "get_minmax_data" => self.range_dict(),
            "set_axes_range" => self.set_range(arguments),
            "axes_labels" => self.axes_labels(&arguments),
            "axes" | "legend" => self.switch(call, name, &arguments),
            "set_legend_options" => self.set_legend_options(call, arguments),
            "aspect_ratio" => Ok(self.aspect_ratio()),
            "set_aspect_ratio" => {
                let Some(given) = arguments.positional.first() else { return Err(type_error("a ratio is missing")) };
                self.graphics.borrow_mut().options.aspect = settings::aspect(given)?;
                Ok(Value::None)
            }
            "description" => Ok(Value::str(self.text())),
            "inset" => self.inset(&arguments),
            name if axes::METHODS.contains(&name) => {
                axes::method(&mut self.graphics.borrow_mut().options, name, call, arguments)
            }
            _ => Ok(Figure::value(self.graphics().clone())),
        }
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if operator != BinaryOperator::Add {
            return None;
        }
        if other.to_integer().is_some_and(|number| number.is_zero()) {
            // `sum` starts from 0.
            return Some(Ok(Figure::value(self.graphics().clone())));
        }
        let other = other.downcast::<Figure>()?;
        let (left, right) = if reflected { (other, self) } else { (self, other) };
        let sum = Figure::new(left.graphics().combine(&right.graphics()));
        *sum.window.borrow_mut() = joined_windows(&left.window.borrow(), &right.window.borrow());
        *sum.labels.borrow_mut() = right.labels.borrow().clone().or(left.labels.borrow().clone());
        Some(Ok(Value::Object(Rc::new(sum))))
    }

    fn length(&self) -> Option<usize> {
        Some(self.graphics().len())
    }
}

/// The window that holds two windows.
fn joined_windows(left: &[Option<f64>; 4], right: &[Option<f64>; 4]) -> [Option<f64>; 4] {
    std::array::from_fn(|which| match (left[which], right[which]) {
        (Some(a), Some(b)) => Some(if which % 2 == 0 { a.min(b) } else { a.max(b) }),
        (a, b) => a.or(b),
    })
}

builtin! {
    /// A figure with nothing in it, to be added to.
    ///
    /// ```calc
    /// g = Graphics(); g += point((0, 0)); len(g)          # => 1
    /// ```
    ///
    /// See also: `plot`.
    named "Graphics";
    only function;
    fn graphics(call) -> Value {
        Ok(Figure::value(Graphics::new()))
    }
}

/// Figures side by side as a value.
pub struct Panels {
    array: GraphicsArray,
}

impl fmt::Debug for Panels {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

impl Panels {
    /// What it shows.
    pub fn array(&self) -> &GraphicsArray {
        &self.array
    }

    /// A page as a value.
    pub fn value(array: GraphicsArray) -> Value {
        Value::Object(Rc::new(Panels { array }))
    }

    fn with_options(
        &self,
        call: &mut Call<'_>,
        keywords: Vec<(Rc<str>, Spanned<Value>)>,
    ) -> Result<GraphicsArray, Fault> {
        let mut keys = Keys::new(Keywords(keywords));
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        let mut array = self.array.clone();
        array.options = array.options.overlaid(&options);
        Ok(array)
    }
}

impl Object for Panels {
    fn class(&self) -> &'static Class {
        &ARRAY
    }

    fn text(&self) -> String {
        self.array.describe()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn methods(&self) -> &'static [&'static str] {
        &["show", "save", "nrows", "ncols"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "show" => {
                let array = self.with_options(call, arguments.keywords)?;
                save::show(call, &Picture::Page(&array))
            }
            "save" => {
                let (path, keywords) = save::file_name(call, arguments)?;
                let array = self.with_options(call, keywords)?;
                save::save(call, &Picture::Page(&array), &path)
            }
            "nrows" => Ok(Value::int(self.array.panels.len().div_ceil(self.array.columns.max(1)))),
            _ => Ok(Value::int(self.array.columns)),
        }
    }

    fn length(&self) -> Option<usize> {
        Some(self.array.panels.len())
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.array.panels.iter().cloned().map(Figure::value).collect())
    }
}

builtin! {
    /// Puts figures side by side on one page: a list is a row, a list of lists has a row for each.
    ///
    /// ```calc
    /// graphics_array([plot(sin(x)), plot(cos(x))])        # => Graphics Array of size 1 x 2
    /// graphics_array([plot(x^k) for k in [1..4]], 2, 2)   # => Graphics Array of size 2 x 2
    /// graphics_array([])                                  # error: bad-plot
    /// ```
    faults "bad-plot";
    only function;
    fn graphics_array(call, figures: Spanned<Value>, nrows: Option<usize>, ncols: Option<usize>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let rows = reading::collection(&figures, call)?;
        let mut panels = Vec::new();
        let mut columns = ncols.or(nrows.map(|rows_wanted| rows.len().div_ceil(rows_wanted.max(1)))).unwrap_or(rows.len());
        for row in &rows {
            match reading::items(&row.value) {
                Some(items) => {
                    columns = items.len();
                    for item in items {
                        panels.push(panel(&Spanned::new(item, row.span))?);
                    }
                }
                None => panels.push(panel(row)?),
            }
        }
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        if panels.is_empty() || panels.len() > 400 {
            return Err(fault!(BAD_PLOT, figures.span, "a page of {} figures can't be drawn", panels.len()));
        }
        Ok(Value::Object(Rc::new(Panels { array: GraphicsArray { panels, columns, places: None, options } })))
    }
}

builtin! {
    /// Puts figures anywhere on a page: each is a figure, which fills the page, or a pair of a figure and its place.
    ///
    /// A place is left, bottom, width and height, as fractions of the page.
    ///
    /// ```calc
    /// multi_graphics([plot(x^2), (plot(x^3), (0.3, 0.6, 0.3, 0.3))])      # => Multigraphics with 2 elements
    /// ```
    ///
    /// See also: `graphics_array`.
    only function;
    fn multi_graphics(call, graphics_list: Spanned<Value>, options: Keywords) -> Value {
        let mut keys = Keys::new(options);
        let (mut panels, mut places) = (Vec::new(), Vec::new());
        for item in reading::collection(&graphics_list, call)? {
            match reading::items(&item.value).as_deref() {
                Some([figure, place]) => {
                    panels.push(panel(&Spanned::new(figure.clone(), item.span))?);
                    places.push(grown(place_of(&Spanned::new(place.clone(), item.span))?));
                }
                _ => {
                    panels.push(panel(&item)?);
                    places.push(WHOLE);
                }
            }
        }
        let options = settings::page(&mut keys, call)?;
        keys.finish(call)?;
        let array = GraphicsArray { panels, columns: 1, places: Some(places), options };
        Ok(Value::Object(Rc::new(Panels { array })))
    }
}

fn panel(value: &Spanned<Value>) -> Result<Graphics, Fault> {
    match value.value.downcast::<Figure>() {
        Some(figure) => Ok(figure.graphics().clone()),
        None => Err(expected("a figure", value)),
    }
}
