//! Interactive functions as values: called with the values of their controls, drawn again when one changes, written as a page.

use std::any::Any;
use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::BAD_CONTROL;
use super::abbreviation;
use super::control::Control;
use super::frames::{self, Wishes};
use crate::builtin::plot::keys::Keys;
use crate::builtin::plot::reading;
use crate::builtin::plot::reading::BAD_PLOT;
use crate::builtin::plot::save::{self, KeywordList};
use crate::diagnostic::{Fault, Span, Spanned, fault, nearest};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::BAD_ARGUMENTS;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::{Class, Closure, Object, Value, repr, str_of};

static INTERACT: Class =
    Class { name: "sage.repl.ipython_kernel.interact.sage_interactive", known_as: None, base: None };
static DECORATOR: Class = Class { name: "ipywidgets.widgets.interaction._InteractFactory", known_as: None, base: None };

/// Parameters that change how a page follows its controls; here it always follows at once.
const AUTO_UPDATE: &str = "auto_update";

/// An interactive function.
pub struct Interact {
    function: Value,
    /// What it is called.
    pub name: Rc<str>,
    /// The arguments that controls change, in order.
    pub names: Vec<Rc<str>>,
    /// Their controls.
    pub controls: Vec<Control>,
    /// How they are put in rows on a page.
    pub rows: Option<Vec<Vec<usize>>>,
    /// The values at present.
    state: RefCell<Vec<Value>>,
}

impl fmt::Debug for Interact {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.text())
    }
}

/// `interact(a=(0, 5))`: what makes a function interactive with these controls.
#[derive(Debug)]
struct Decorator(Keywords);

/// The decorator with these controls.
pub fn decorator(controls: Keywords) -> Value {
    Value::Object(Rc::new(Decorator(controls)))
}

impl Object for Decorator {
    fn class(&self) -> &'static Class {
        &DECORATOR
    }

    fn text(&self) -> String {
        "<decorator interact>".to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let function = arguments.positional.first()?;
        Some(made(call, function, Keywords(self.0.0.clone())))
    }
}

/// The function made interactive, and drawn.
///
/// # Errors
/// An argument without a control, and whatever the function raises.
pub fn made(call: &mut Call<'_>, function: &Spanned<Value>, controls: Keywords) -> Result<Value, Fault> {
    let plain = function.value.downcast::<Interact>().map_or(&function.value, |inner| &inner.function);
    let interact = Rc::new(Interact::new(call, &Spanned::new(plain.clone(), function.span), controls.0)?);
    let value = Value::Object(Rc::clone(&interact) as Rc<dyn Object>);
    call.machine().add_drawn(&value);
    interact.present(call)?;
    Ok(value)
}

/// The parameters of a function that can be given by name, with their defaults.
fn parameters(function: &Value) -> Vec<(Rc<str>, Option<Value>)> {
    match function {
        Value::Function(closure) => closure_parameters(closure),
        Value::Callable(callable) => callable.arguments.iter().map(|own| (Rc::from(own.name()), None)).collect(),
        _ => Vec::new(),
    }
}

fn closure_parameters(closure: &Closure) -> Vec<(Rc<str>, Option<Value>)> {
    let signature = &closure.code.signature;
    let required = signature.positional - signature.positional_defaults;
    let mut defaults = closure.defaults.iter().cloned();
    let names = closure.code.locals.iter().take(signature.positional + signature.keyword_only);
    let with_default = |at: usize| match at.checked_sub(signature.positional) {
        None => at >= required,
        Some(keyword) => signature.keyword_defaults.get(keyword).copied().unwrap_or(false),
    };
    names.enumerate().map(|(at, name)| (Rc::clone(name), with_default(at).then(|| defaults.next()).flatten())).collect()
}

impl Interact {
    fn new(call: &mut Call<'_>, function: &Spanned<Value>, mut given: KeywordList) -> Result<Interact, Fault> {
        let span = function.span;
        let own = parameters(&function.value);
        let layout = given.iter().position(|(name, value)| {
            let is_layout = matches!(value.value, Value::List(_) | Value::Dict(_));
            &**name == "layout" && is_layout && own.iter().all(|(own, _)| **own != **name)
        });
        let layout = layout.map(|at| given.remove(at).1);
        let (mut names, mut controls) = (Vec::new(), Vec::new());
        for (name, default) in own.into_iter().filter(|(name, _)| &**name != AUTO_UPDATE) {
            let told = given.iter().position(|(given, _)| *given == name).map(|at| given.remove(at).1);
            let Some(value) = told.or(default.map(|value| Spanned::new(value, span))) else {
                return Err(fault!(BAD_CONTROL, span, "cannot find widget or abbreviation for argument: '{name}'")
                    .hint(format!("give it a default that says how it is changed: `{name}=(0, 5)`")));
            };
            controls.push(abbreviation::control(call, &name, &value)?);
            names.push(name);
        }
        for (name, value) in given.into_iter().filter(|(name, _)| &**name != AUTO_UPDATE) {
            controls.push(abbreviation::control(call, &name, &value)?);
            names.push(name);
        }
        let rows = layout.map(|layout| rows(&layout, &names)).transpose()?;
        let name = match &function.value {
            Value::Function(closure) => Rc::from(&*closure.code.name),
            other => Rc::from(str_of(other)),
        };
        let state = RefCell::new(controls.iter().map(Control::value).collect());
        Ok(Interact { function: function.value.clone(), name, names, controls, rows, state })
    }

    /// Calls the function; arguments that are not given have the values of their controls.
    fn called(&self, call: &mut Call<'_>, given: &Arguments) -> Result<Value, Fault> {
        let values = self.state.borrow().clone();
        let span = call.span();
        let arguments = self.arguments(given, &values, span);
        call.machine().call_value(&self.function, arguments, span)
    }

    /// The arguments of a call, those that are not given with these values.
    pub fn arguments(&self, given: &Arguments, values: &[Value], span: Span) -> Arguments {
        let mut arguments = given.clone();
        let by_place = !matches!(self.function, Value::Function(_));
        for (name, value) in self.names.iter().zip(values).skip(given.positional.len()) {
            let value = Spanned::new(value.clone(), span);
            match arguments.keywords.iter().position(|(own, _)| own == name) {
                Some(at) if by_place => arguments.positional.push(arguments.keywords.remove(at).1),
                Some(_) => {}
                None if by_place => arguments.positional.push(value),
                None => arguments.keywords.push((Rc::clone(name), value)),
            }
        }
        arguments
    }

    /// The function itself.
    pub fn function(&self) -> &Value {
        &self.function
    }

    /// Draws with the values at present; a script writes the page as well.
    fn present(&self, call: &mut Call<'_>) -> Result<Value, Fault> {
        let answer = self.called(call, &Arguments::default())?;
        show_answer(call, answer)?;
        if call.machine().is_collecting() || self.names.is_empty() {
            return Ok(Value::None);
        }
        if call.machine().writes_pages() {
            let bytes = frames::page(call, self, &Wishes::default())?;
            let number = call.machine().next_figure();
            let path = call.machine().output_folder().join(format!("figure-{number}.html"));
            return save::write(call, path, &bytes);
        }
        let name = if &*self.name == "_" || self.name.contains(['<', ' ']) { "f" } else { &*self.name };
        let first = &self.names[0];
        call.note(
            "interact",
            format!(
                "{name}.update({first}=...) changes a value and draws again; \
                 {name}.save('{name}.html') writes a page with the controls"
            ),
        );
        Ok(Value::None)
    }

    /// `update(a=2)`: changes values and draws again.
    fn update(&self, call: &mut Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        for (at, value) in arguments.positional.iter().enumerate() {
            match self.state.borrow_mut().get_mut(at) {
                Some(place) => *place = value.value.clone(),
                None => return Err(fault!(BAD_ARGUMENTS, value.span, "there are {} controls", self.names.len())),
            }
        }
        for (name, value) in &arguments.keywords {
            let at = self.place(name, value.span)?;
            self.state.borrow_mut()[at] = value.value.clone();
        }
        let answer = self.called(call, &Arguments::default())?;
        show_answer(call, answer)
    }

    /// The number of the control of that name.
    fn place(&self, name: &str, span: Span) -> Result<usize, Fault> {
        let unknown = || {
            let fault = fault!(BAD_ARGUMENTS, span, "there is no control '{name}'");
            match nearest(name, self.names.iter().map(|own| &**own)) {
                Some(near) => fault.hint(format!("did you mean `{near}=`?")),
                None => fault,
            }
        };
        self.names.iter().position(|own| **own == *name).ok_or_else(unknown)
    }

    /// `save('f.html')`: writes the page; keywords named as controls say which values are offered.
    fn save(&self, call: &mut Call<'_>, arguments: Arguments) -> Result<Value, Fault> {
        let (name, keywords) = save::file_name(call, arguments)?;
        let path = save::place(call, &name)?;
        if !path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case("html")) {
            return Err(fault!(BAD_PLOT, name.span, "an interactive function is written as .html"));
        }
        let (own, rest): (KeywordList, KeywordList) =
            keywords.into_iter().partition(|(name, _)| self.names.contains(name));
        let mut wishes = Wishes::default();
        for (name, values) in own {
            let at = self.place(&name, values.span)?;
            wishes.choices.push((at, abbreviation::choices(call, &values)?));
        }
        let mut keys = Keys::new(Keywords(rest));
        wishes.most = keys.count("frames")?;
        if let Some(title) = keys.take("title") {
            wishes.title = str_of(&title.value);
        }
        keys.finish(call)?;
        if call.machine().is_collecting() {
            return Ok(Value::None);
        }
        let bytes = frames::page(call, self, &wishes)?;
        save::write(call, path, &bytes).map_err(|fault| fault.or_at(name.span))
    }
}

/// Shows what the function answered, if it answered something: a figure is drawn, anything else printed.
fn show_answer(call: &mut Call<'_>, answer: Value) -> Result<Value, Fault> {
    match &answer {
        Value::None => {}
        Value::Object(object) if object.methods().contains(&"show") => {
            let span = call.span();
            call.machine().call_method(&answer, &Rc::from("show"), Arguments::default(), span)?;
        }
        _ => call.print(&(repr(&answer) + "\n")),
    }
    Ok(Value::None)
}

/// The rows of a layout: a list of lists of names, or a dictionary of such lists as `top`, `left`, `right`, `bottom`.
fn rows(layout: &Spanned<Value>, names: &[Rc<str>]) -> Result<Vec<Vec<usize>>, Fault> {
    let parts = match &layout.value {
        Value::Dict(dict) => dict.borrow().iter().filter_map(|(_, rows)| reading::items(rows)).flatten().collect(),
        rows => reading::items(rows).unwrap_or_default(),
    };
    let place = |name: &Value| -> Result<Option<usize>, Fault> {
        let text = str_of(name);
        let place = names.iter().position(|own| **own == *text);
        if place.is_none() && !text.is_empty() {
            return Err(fault!(BAD_CONTROL, layout.span, "the layout names '{text}', which is no control"));
        }
        Ok(place)
    };
    let mut rows: Vec<Vec<usize>> = Vec::new();
    for row in parts {
        let items = reading::items(&row).unwrap_or_else(|| vec![row.clone()]);
        let row: Vec<Option<usize>> = items.iter().map(place).collect::<Result<_, _>>()?;
        rows.push(row.into_iter().flatten().filter(|at| !rows.iter().flatten().any(|own| own == at)).collect());
    }
    // What the layout left out goes below.
    let left: Vec<usize> = (0..names.len()).filter(|at| !rows.iter().flatten().any(|own| own == at)).collect();
    rows.extend((!left.is_empty()).then_some(left));
    Ok(rows)
}

impl Object for Interact {
    fn class(&self) -> &'static Class {
        &INTERACT
    }

    fn text(&self) -> String {
        let count = self.names.len();
        let mut out = format!("Interactive function {} with {count} widget", repr(&self.function));
        out.push_str(if count == 1 { "" } else { "s" });
        for (name, control) in self.names.iter().zip(&self.controls) {
            let control = control.clone().labelled(control.label.is_none().then(|| Rc::clone(name)));
            out += &format!("\n  {name}: {}", control.text());
        }
        out
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn methods(&self) -> &'static [&'static str] {
        &["show", "update", "save"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "save" => self.save(call, arguments),
            "update" => self.update(call, &arguments),
            _ => match arguments.positional.first().or(arguments.keywords.first().map(|(_, value)| value)) {
                Some(extra) => Err(expected("nothing", extra)),
                None => self.present(call),
            },
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        Some(self.called(call, arguments))
    }
}
