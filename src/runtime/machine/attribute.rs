//! What stands behind a point.

use std::rc::Rc;

use super::Machine;
use crate::diagnostic::{Fault, Span, fault, nearest};
use crate::runtime::builtin::Role;
use crate::runtime::fault::NO_ATTRIBUTE;
use crate::runtime::methods;
use crate::runtime::value::{Module, Value};

impl Machine {
    /// `object.name`.
    ///
    /// # Errors
    /// An attribute that does not exist.
    pub fn attribute(&mut self, object: &Value, name: &Rc<str>) -> Result<Value, Fault> {
        let found = match object {
            Value::Module(module) => return self.module_attribute(module, name),
            Value::Object(object) => object.attribute(name),
            Value::Exception(exception) if &**name == "args" => Some(Value::tuple(exception.arguments.clone())),
            Value::Range(range) => match &**name {
                "start" => Some(Value::Int(range.start.clone())),
                "stop" => Some(Value::Int(range.stop.clone())),
                "step" => Some(Value::Int(range.step.clone())),
                _ => None,
            },
            Value::Function(function) => match &**name {
                "__name__" => Some(Value::Str(function.code.name.clone())),
                "__doc__" => Some(function.code.docstring.clone().map_or(Value::None, Value::Str)),
                _ => None,
            },
            Value::Float(real) | Value::Double(real) if &**name == "real" => Some(Value::Float(*real)),
            Value::Float(_) | Value::Double(_) if &**name == "imag" => Some(Value::Float(0.0)),
            Value::Int(_) | Value::Bool(_) => match (&**name, object.to_integer()) {
                ("real" | "numerator", Some(integer)) => Some(Value::Int(integer)),
                ("imag", _) => Some(Value::int(0)),
                ("denominator", _) => Some(Value::int(1)),
                _ => None,
            },
            Value::Class(class) if &**name == "__name__" => Some(Value::str(class.short_name())),
            Value::Builtin(builtin) if &**name == "__name__" => Some(Value::str(builtin.name)),
            _ => None,
        };
        let found = found.or_else(|| match &**name {
            "__class__" => Some(Value::Class(object.class())),
            _ => self.bound_method(object, name),
        });
        found.ok_or_else(|| self.no_attribute(object, name))
    }

    fn module_attribute(&mut self, module: &Rc<Module>, name: &Rc<str>) -> Result<Value, Fault> {
        if let Some(value) = module.globals.get(name) {
            return Ok(value);
        }
        let known = module.globals.own();
        let fault = fault!(NO_ATTRIBUTE, Span::default(), "module '{}' has no attribute '{name}'", module.name);
        Err(match nearest(name, known.iter().map(|(name, _)| &**name)) {
            Some(near) => fault.hint(format!("did you mean `{}.{near}`?", module.name)),
            None => fault,
        })
    }

    fn no_attribute(&self, object: &Value, name: &str) -> Fault {
        let class = object.class().name;
        let fault = match object {
            Value::Class(class) => {
                fault!(NO_ATTRIBUTE, Span::default(), "type object '{}' has no attribute '{name}'", class.short_name())
            }
            _ => fault!(NO_ATTRIBUTE, Span::default(), "'{class}' object has no attribute '{name}'"),
        };
        match nearest(name, self.methods_of(object)) {
            Some(near) => fault.hint(format!("did you mean `.{near}`?")),
            None if self.registry.function(name).is_some() => {
                fault.hint(format!("`{name}` is a function: `{name}(...)`"))
            }
            None => fault,
        }
    }

    /// The names of all methods of a value, for completion and suggestions.
    pub fn methods_of(&self, object: &Value) -> Vec<&'static str> {
        let mut names: Vec<&'static str> = methods::names(object).to_vec();
        if let Value::Object(object) = object {
            names.extend(object.methods());
        }
        let shared = self.registry.all().iter();
        let shared = shared.filter(|builtin| builtin.role != Role::Function && (builtin.accepts)(object));
        names.extend(shared.flat_map(|builtin| builtin.names()));
        if crate::runtime::operate::takes_functions(object) {
            names.extend(crate::expr::function::all().map(|record| record.name));
        }
        names
    }
}

/// The fault of setting an attribute: values of the language have none that can be set.
pub(super) fn read_only(object: &Value, name: &str) -> Fault {
    let class = object.class().name;
    fault!(NO_ATTRIBUTE, Span::default(), "'{class}' object has no attribute '{name}'")
        .hint("attributes can't be set; keep the value in a variable or a dictionary")
}
