//! Calling values: functions of the program, built-ins, symbolic functions, expressions, classes, methods.

use std::rc::Rc;

use super::run::Prepared;
use super::{Frame, Machine};
use crate::budget;
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::code::{CallSite, Code, SiteKind};
use crate::runtime::fault::{BAD_ARGUMENTS, NOT_CALLABLE, UNNAMED_SUBSTITUTION, type_error};
use crate::runtime::iterate::Iterator;
use crate::runtime::value::{BoundMethod, Class, Closure, Exception, Object, Value};
use crate::runtime::{methods, operate};

impl Machine {
    /// Calls a value and waits for its result.
    ///
    /// # Errors
    /// What can't be called, and whatever the call raises.
    pub fn call_value(&mut self, function: &Value, arguments: Arguments, span: Span) -> Result<Value, Fault> {
        match self.prepare(function, arguments, span)? {
            Prepared::Done(value) => Ok(value),
            Prepared::Frame(frame) => self.finish(frame),
        }
    }

    /// Calls a method of a value and waits for its result.
    ///
    /// # Errors
    /// A method that does not exist, and whatever it raises.
    pub fn call_method(
        &mut self,
        receiver: &Value,
        name: &Rc<str>,
        arguments: Arguments,
        span: Span,
    ) -> Result<Value, Fault> {
        match self.prepare_method(receiver, name, arguments, span)? {
            Prepared::Done(value) => Ok(value),
            Prepared::Frame(frame) => self.finish(frame),
        }
    }

    pub(super) fn prepare(&mut self, callee: &Value, arguments: Arguments, span: Span) -> Result<Prepared, Fault> {
        let value = match callee {
            Value::Function(function) => return self.prepare_closure(function, arguments, span),
            Value::Method(method) => {
                return self.prepare_method(&method.receiver, &method.name, arguments, span);
            }
            Value::Builtin(builtin) => self.run_builtin(builtin, arguments, span, false)?,
            Value::Symbolic(function) => operate::apply(function, &arguments, span)?,
            Value::Callable(callable) => operate::call_callable(callable, &arguments, span)?,
            Value::Expr(expr) => call_expression(expr, &arguments, span)?,
            Value::Class(class) => self.construct(class, arguments, span)?,
            Value::Parent(parent) => match arguments.positional.as_slice() {
                [] => operate::convert(*parent, &Value::integer(0))?,
                [only] => match arguments.keywords.iter().find(|(name, _)| &**name == "base") {
                    Some((_, base)) => operate::convert_pair(*parent, &only.value, &base.value)?,
                    None => operate::convert(*parent, &only.value).map_err(|fault| fault.or_at(only.span))?,
                },
                [re, im, ..] => operate::convert_pair(*parent, &re.value, &im.value)?,
            },
            Value::Object(object) => {
                let object = Rc::clone(object);
                let mut call = Call::new(self, span, "", false);
                object.invoke(&mut call, &arguments).unwrap_or_else(|| Err(not_callable(callee)))?
            }
            _ => return Err(not_callable(callee)),
        };
        Ok(Prepared::Done(value))
    }

    pub(super) fn prepare_method(
        &mut self,
        receiver: &Value,
        name: &Rc<str>,
        arguments: Arguments,
        span: Span,
    ) -> Result<Prepared, Fault> {
        if let Value::Module(_) = receiver {
            let function = self.attribute(receiver, name)?;
            return self.prepare(&function, arguments, span);
        }
        if methods::has(receiver, name) {
            let work = |machine: &mut Machine| {
                methods::call(&mut Call::new(machine, span, name.clone(), true), receiver, name, arguments)
            };
            return self.stoppable(work).map(Prepared::Done);
        }
        if let Value::Object(object) = receiver
            && object.methods().contains(&&**name)
        {
            let object = Rc::clone(object);
            let mut call = Call::new(self, span, name.clone(), true);
            return object.method(&mut call, name, arguments).map(Prepared::Done);
        }
        if let Value::Class(class) = receiver
            && self.class_method(class, name)
        {
            let (receiver, arguments) = unbound(class, name, arguments)?;
            return self.prepare_method(&receiver, name, arguments, span);
        }
        let receiver_span = span;
        let mut with_receiver = arguments;
        if let Some(builtin) = self.registry.method(receiver, name) {
            with_receiver.positional.insert(0, Spanned::new(receiver.clone(), receiver_span));
            return self.run_builtin(builtin, with_receiver, span, true).map(Prepared::Done);
        }
        if let Some(function) = operate::function_as_method(receiver, name) {
            with_receiver.positional.insert(0, Spanned::new(receiver.clone(), receiver_span));
            return operate::apply(&function, &with_receiver, span).map(Prepared::Done);
        }
        // Not a method, but perhaps an attribute that can be called.
        let function = self.attribute(receiver, name)?;
        self.prepare(&function, with_receiver, span)
    }

    fn run_builtin(
        &mut self,
        builtin: &'static Builtin,
        arguments: Arguments,
        span: Span,
        as_method: bool,
    ) -> Result<Value, Fault> {
        if let Some((object, name)) = own_method(builtin, &arguments) {
            let mut arguments = arguments;
            arguments.positional.remove(0);
            let mut call = Call::new(self, span, name, true);
            return object.method(&mut call, name, arguments);
        }
        self.stoppable(|machine| (builtin.run)(&mut Call::new(machine, span, builtin.name, as_method), arguments))
    }

    /// Does work that may be stopped in its midst, and leaves the machine as it was then.
    pub(super) fn stoppable(
        &mut self,
        work: impl FnOnce(&mut Machine) -> Result<Value, Fault>,
    ) -> Result<Value, Fault> {
        let (open, nested) = (self.frames.len(), self.nested);
        budget::catch(|| work(self)).unwrap_or_else(|stopped| {
            self.frames.truncate(open);
            self.nested = nested;
            Err(stopped.into())
        })
    }

    /// `int(...)`, `list(...)`, `ValueError(...)`: the built-in that goes by the class's name makes the value.
    fn construct(&mut self, class: &'static Class, arguments: Arguments, span: Span) -> Result<Value, Fault> {
        if class.is_exception() {
            let arguments = arguments.positional.into_iter().map(|argument| argument.value).collect();
            return Ok(Value::Exception(Rc::new(Exception::new(class, arguments))));
        }
        let maker = class.known_as.and_then(|name| self.registry.function(name));
        match maker {
            Some(builtin) => self.run_builtin(builtin, arguments, span, false),
            None => Err(type_error(format!("cannot create '{}' instances", class.name))),
        }
    }

    fn prepare_closure(&mut self, function: &Rc<Closure>, arguments: Arguments, span: Span) -> Result<Prepared, Fault> {
        let mut frame = self.new_frame(function, span);
        super::bind::bind(&mut frame, function, arguments)?;
        if function.code.generator {
            return Ok(Prepared::Done(Iterator::generator(frame)));
        }
        Ok(Prepared::Frame(frame))
    }

    /// A frame for a call of the function, its parameters not bound yet.
    pub(super) fn new_frame(&mut self, function: &Rc<Closure>, span: Span) -> Box<Frame> {
        match self.spare.pop() {
            Some(mut frame) => {
                frame.renew(function, span);
                frame
            }
            None => Frame::new(&function.code, &function.globals, &function.captured, span),
        }
    }

    /// The function that inner code makes here: defaults are on the stack, cells in the frame.
    pub(super) fn make_function(&mut self, frame: &mut Frame, code: &Rc<Code>) {
        let signature = &code.signature;
        let defaults =
            signature.positional_defaults + signature.keyword_defaults.iter().filter(|given| **given).count();
        let defaults = frame.pop_many(u32::try_from(defaults).unwrap_or(u32::MAX));
        let captured = code.cells.iter().filter_map(|origin| match origin {
            crate::runtime::code::CellOrigin::Outer(cell) => frame.cells.get(*cell as usize).cloned(),
            crate::runtime::code::CellOrigin::Own => None,
        });
        let closure = Closure {
            code: Rc::clone(code),
            defaults,
            captured: captured.collect(),
            globals: Rc::clone(&frame.globals),
        };
        frame.push(Value::Function(Rc::new(closure)));
    }

    /// The arguments of a call site, starred ones taken apart.
    pub(super) fn arguments(&mut self, values: Vec<Value>, site: &CallSite) -> Result<Arguments, Fault> {
        let mut arguments = Arguments::default();
        for (value, argument) in values.into_iter().zip(&site.arguments) {
            let span = argument.span;
            match &argument.kind {
                SiteKind::Positional => arguments.positional.push(Spanned::new(value, span)),
                SiteKind::Keyword(name) => keyword(&mut arguments, name.clone(), Spanned::new(value, span))?,
                SiteKind::Star => {
                    let items = self.collect(&value).map_err(|fault| fault.or_at(span))?;
                    arguments.positional.extend(items.into_iter().map(|item| Spanned::new(item, span)));
                }
                SiteKind::DoubleStar => {
                    for (name, value) in named_items(&value).map_err(|fault| fault.or_at(span))? {
                        keyword(&mut arguments, name, Spanned::new(value, span))?;
                    }
                }
            }
        }
        Ok(arguments)
    }

    /// A method taken from its object, if there is one of that name.
    pub(super) fn bound_method(&self, receiver: &Value, name: &Rc<str>) -> Option<Value> {
        let exists = methods::has(receiver, name)
            || matches!(receiver, Value::Object(object) if object.methods().contains(&&**name))
            || self.registry.method(receiver, name).is_some()
            || operate::function_as_method(receiver, name).is_some()
            || matches!(receiver, Value::Class(class) if self.class_method(class, name));
        exists.then(|| Value::Method(Rc::new(BoundMethod { receiver: receiver.clone(), name: name.clone() })))
    }

    /// Whether the values of a class have a method of that name, so that `str.upper` is a function.
    fn class_method(&self, class: &Class, name: &Rc<str>) -> bool {
        methods::prototype(class).is_some_and(|value| self.bound_method(&value, name).is_some())
    }
}

/// The receiver of a method taken from a class, `str.upper(text)`, and the arguments left.
fn unbound(class: &Class, name: &str, mut arguments: Arguments) -> Result<(Value, Arguments), Fault> {
    if arguments.positional.is_empty() {
        return Err(type_error(format!("unbound method {}.{name}() needs an argument", class.short_name())));
    }
    let receiver = arguments.positional.remove(0);
    if receiver.value.class().is_subclass_of(class) {
        return Ok((receiver.value, arguments));
    }
    let given = receiver.value.class().name;
    let message =
        format!("descriptor '{name}' for '{}' objects doesn't apply to a '{given}' object", class.short_name());
    Err(type_error(message).or_at(receiver.span))
}

/// The method that an object of a kind of its own has for a built-in whose first argument it is: `diff(f)` is `f.diff()`.
fn own_method(builtin: &Builtin, arguments: &Arguments) -> Option<(Rc<dyn Object>, &'static str)> {
    let Value::Object(object) = &arguments.positional.first()?.value else { return None };
    let name = builtin.names().find(|name| object.methods().contains(name))?;
    Some((Rc::clone(object), name))
}

fn keyword(arguments: &mut Arguments, name: Rc<str>, value: Spanned<Value>) -> Result<(), Fault> {
    if arguments.keywords.iter().any(|(own, _)| *own == name) {
        let message = format!("got multiple values for keyword argument '{name}'");
        return Err(Fault::new(&BAD_ARGUMENTS, value.span, message));
    }
    arguments.keywords.push((name, value));
    Ok(())
}

/// The entries of a dictionary whose keys are texts, for `**`; symbols count as their names.
fn named_items(mapping: &Value) -> Result<Vec<(Rc<str>, Value)>, Fault> {
    let Value::Dict(dict) = mapping else {
        return Err(type_error(format!("argument after ** must be a mapping, not {}", mapping.class().short_name())));
    };
    dict.borrow()
        .iter()
        .map(|(key, value)| match key.as_str() {
            Some(name) => Ok((name.clone(), value.clone())),
            None => Err(type_error("keywords must be strings")),
        })
        .collect()
}

/// `e(x=2)`: named substitution; unnamed arguments are refused as Sage refuses them.
fn call_expression(expr: &crate::expr::Expr, arguments: &Arguments, span: Span) -> Result<Value, Fault> {
    if expr.is_constant() && expr.as_number().is_some() && arguments.is_empty() {
        return Ok(Value::Expr(expr.clone()));
    }
    if let Some(unnamed) = arguments.positional.first() {
        if let Value::Dict(_) = unnamed.value {
            return operate::substitute_dict(expr, &unnamed.value, &arguments.keywords, span);
        }
        let message = "Substitution using function-call syntax and unnamed arguments has been removed. \
                       You can use named arguments instead, like EXPR(x=..., y=...)";
        let fault = Fault::new(&UNNAMED_SUBSTITUTION, unnamed.span, message);
        return Err(match expr.variables().as_slice() {
            [] => fault,
            [only] => fault.hint(format!(
                "a value is put in by name, as in `f({only}=2)`; a function is defined by `f({only}) = {}`",
                if expr.depth() > 3 { "...".to_owned() } else { crate::print::text(expr) }
            )),
            [first, second, ..] => fault.hint(format!("values are put in by name: `f({first}=1, {second}=2)`")),
        });
    }
    operate::substitute_named(expr, &arguments.keywords, span)
}

fn not_callable(callee: &Value) -> Fault {
    fault!(NOT_CALLABLE, Span::default(), "'{}' object is not callable", callee.class().name)
}
