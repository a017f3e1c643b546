//! Tuples whose parts have names.

use std::any::Any;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use crate::diagnostic::Fault;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::type_error;
use crate::runtime::operate;
use crate::runtime::value::{Class, Dict, Key, Object, Value, classes, repr, same};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator};

static SHAPE: Class = Class { name: "type", known_as: None, base: None };
static NAMED: Class = Class { name: "namedtuple", known_as: None, base: Some(&classes::TUPLE) };

/// A kind of named tuples.
#[derive(Clone, Debug)]
pub(super) struct Shape {
    name: Rc<str>,
    fields: Rc<[Rc<str>]>,
}

/// A named tuple.
#[derive(Debug)]
struct Named {
    shape: Shape,
    values: Rc<[Value]>,
}

impl Shape {
    /// The kind with a name and its fields.
    pub(super) fn new(name: Rc<str>, fields: Vec<Rc<str>>) -> Shape {
        Shape { name, fields: fields.into() }
    }

    fn names(&self) -> Value {
        Value::tuple(self.fields.iter().map(|name| Value::Str(name.clone())).collect())
    }

    fn make(&self, arguments: &Arguments) -> Result<Value, Fault> {
        let name = &self.name;
        if arguments.positional.len() > self.fields.len() {
            let (takes, given) = (self.fields.len() + 1, arguments.positional.len() + 1);
            return Err(type_error(format!(
                "{name}.__new__() takes {takes} positional arguments but {given} were given"
            )));
        }
        if let Some((wrong, value)) = arguments.keywords.iter().find(|(own, _)| !self.fields.contains(own)) {
            let fault = type_error(format!("{name}.__new__() got an unexpected keyword argument '{wrong}'"));
            return Err(fault.or_at(value.span));
        }
        let mut values = Vec::with_capacity(self.fields.len());
        for (index, field) in self.fields.iter().enumerate() {
            let named = arguments.keywords.iter().find(|(own, _)| own == field).map(|(_, value)| value);
            let value = arguments.positional.get(index).or(named);
            let value = value.ok_or_else(|| {
                type_error(format!("{name}.__new__() missing 1 required positional argument: '{field}'"))
            })?;
            values.push(value.value.clone());
        }
        Ok(self.value(values))
    }

    fn value(&self, values: Vec<Value>) -> Value {
        Value::Object(Rc::new(Named { shape: self.clone(), values: values.into() }))
    }
}

impl Object for Shape {
    fn class(&self) -> &'static Class {
        &SHAPE
    }

    fn text(&self) -> String {
        format!("<class '__main__.{}'>", self.name)
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        match name {
            "_fields" => Some(self.names()),
            "__name__" => Some(Value::Str(self.name.clone())),
            _ => None,
        }
    }

    fn methods(&self) -> &'static [&'static str] {
        &["_make"]
    }

    fn method(&self, call: &mut Call<'_>, _name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let Some(values) = arguments.positional.first() else {
            return Err(type_error("_make() takes the values of the fields"));
        };
        let values = call.items(&values.value)?;
        if values.len() != self.fields.len() {
            return Err(type_error(format!("Expected {} arguments, got {}", self.fields.len(), values.len())));
        }
        Ok(self.value(values))
    }

    fn invoke(&self, _call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        Some(self.make(arguments))
    }
}

impl Named {
    fn tuple(&self) -> Value {
        Value::Tuple(Rc::clone(&self.values))
    }

    /// Another value as a plain tuple, where it is a tuple of any kind.
    fn plain(other: &Value) -> Option<Value> {
        match other {
            Value::Tuple(_) => Some(other.clone()),
            _ => other.downcast::<Named>().map(Named::tuple),
        }
    }
}

impl Object for Named {
    fn class(&self) -> &'static Class {
        &NAMED
    }

    fn text(&self) -> String {
        let parts = self.shape.fields.iter().zip(self.values.iter());
        let parts: Vec<String> = parts.map(|(name, value)| format!("{name}={}", repr(value))).collect();
        format!("{}({})", self.shape.name, parts.join(", "))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(!self.values.is_empty())
    }

    fn same(&self, other: &Value) -> bool {
        Named::plain(other).is_some_and(|other| same(&self.tuple(), &other))
    }

    fn hash(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        Key::new(self.tuple()).ok()?.hash(&mut hasher);
        Some(hasher.finish())
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        if name == "_fields" {
            return Some(self.shape.names());
        }
        let at = self.shape.fields.iter().position(|own| **own == *name)?;
        self.values.get(at).cloned()
    }

    fn methods(&self) -> &'static [&'static str] {
        &["_asdict", "_replace", "count", "index"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "_asdict" => {
                let mut dict = Dict::new();
                for (name, value) in self.shape.fields.iter().zip(self.values.iter()) {
                    dict.insert(Key::new(Value::Str(name.clone()))?, value.clone());
                }
                Ok(Value::dict(dict))
            }
            "_replace" => {
                let mut values = self.values.to_vec();
                for (field, value) in &arguments.keywords {
                    let at = self.shape.fields.iter().position(|own| own == field);
                    let place = at.and_then(|at| values.get_mut(at));
                    *place.ok_or_else(|| type_error(format!("Got unexpected field names: ['{field}']")))? =
                        value.value.clone();
                }
                Ok(self.shape.value(values))
            }
            _ => crate::runtime::call_own_method(call, &self.tuple(), name, arguments),
        }
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        let (own, other) = (self.tuple(), Named::plain(other).unwrap_or_else(|| other.clone()));
        Some(if reflected { operate::binary(operator, &other, &own) } else { operate::binary(operator, &own, &other) })
    }

    fn compare(&self, operator: ComparisonOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        let (own, other) = (self.tuple(), Named::plain(other)?);
        Some(if reflected {
            operate::compare(operator, &other, &own)
        } else {
            operate::compare(operator, &own, &other)
        })
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.values.to_vec())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let length = self.values.len() as i64;
        let at = index.to_integer()?.to_i64()?;
        let at = usize::try_from(if at < 0 { at + length } else { at }).ok();
        let found = at.and_then(|at| self.values.get(at).cloned());
        Some(found.ok_or_else(|| crate::runtime::fault::value_error("tuple index out of range").class_is("IndexError")))
    }
}
