//! The methods of Python's own types, a file a type.

mod counter;
mod dict;
mod list;
mod ring;
mod set;
mod text;

use std::rc::Rc;

use super::call::{Arguments, Call};
use super::fault::{BAD_ARGUMENTS, NO_MORE, type_error};
use super::value::{Class, Dict, Nature, Set, Value, classes};
use crate::diagnostic::{Fault, Span, Spanned};
use crate::number::{Integer, Rational};

pub use counter::{combine as combine_counters, count};
pub use list::sorted;

/// The methods of iterators and generators.
const ITERATOR: &[&str] = &["__next__", "__iter__", "send", "throw", "close"];
/// The methods of tuples.
const TUPLE: &[&str] = &["count", "index"];
/// The methods of ranges.
const RANGE: &[&str] = &["count", "index"];

/// The names of the methods of a value.
pub fn names(value: &Value) -> &'static [&'static str] {
    match value {
        Value::Str(_) => text::NAMES,
        Value::List(_) => list::NAMES,
        Value::Tuple(_) => TUPLE,
        Value::Range(_) => RANGE,
        Value::Dict(own) => match own.borrow().nature() {
            Nature::Counter => dict::COUNTER_NAMES,
            Nature::Ordered => dict::ORDERED_NAMES,
            Nature::Plain | Nature::Default(_) => dict::NAMES,
        },
        Value::Set(_) => set::NAMES,
        Value::FrozenSet(_) => set::FROZEN_NAMES,
        Value::View(_) => &["__iter__"],
        Value::Iterator(_) => ITERATOR,
        Value::Parent(parent) => ring::names(*parent),
        Value::Class(class) if class.known_as == Some("dict") => ring::CLASS_NAMES,
        _ => &[],
    }
}

/// Whether the value has such a method.
pub fn has(value: &Value, name: &str) -> bool {
    names(value).contains(&name)
}

/// A value of the class, to ask what methods the class has: `str.upper`.
pub fn prototype(class: &Class) -> Option<Value> {
    let known: [&'static Class; 12] = [
        &classes::STR,
        &classes::LIST,
        &classes::TUPLE,
        &classes::DICT,
        &classes::SET,
        &classes::FROZENSET,
        &classes::INT,
        &classes::INTEGER,
        &classes::RATIONAL,
        &classes::FLOAT,
        &classes::BOOL,
        &classes::EXPRESSION,
    ];
    let at = known.iter().position(|own| *own == class)?;
    Some(match at {
        0 => Value::str(""),
        1 => Value::list(Vec::new()),
        2 => Value::tuple(Vec::new()),
        3 => Value::dict(Dict::new()),
        4 => Value::set(Set::new()),
        5 => Value::FrozenSet(Rc::new(Set::new())),
        6 => Value::int(1),
        7 => Value::integer(1),
        8 => Value::rational(Rational::HALF),
        9 => Value::Float(1.0),
        10 => Value::Bool(true),
        _ => Value::symbol("x"),
    })
}

/// Calls a method that the value has.
///
/// # Errors
/// Those of the method.
pub fn call(call: &mut Call<'_>, receiver: &Value, name: &str, arguments: Arguments) -> Result<Value, Fault> {
    let given = Given { name: Rc::from(name), span: call.span(), arguments };
    let (most, keywords) = takes(receiver, name);
    given.check(most, keywords)?;
    match receiver {
        Value::Str(text) => text::call(call, text, given),
        Value::List(list) => list::call(call, list, given),
        Value::Tuple(_) | Value::Range(_) => search(call, receiver, &given),
        Value::Dict(dict) => dict::call(call, dict, given),
        Value::Set(_) | Value::FrozenSet(_) => set::call(call, receiver, given),
        Value::Parent(parent) => ring::call(*parent, &given),
        Value::Class(_) => ring::from_keys(call, &given),
        Value::Iterator(iterator) => {
            let iterator = Rc::clone(iterator);
            match name {
                "__next__" | "send" => {
                    let sent = given.optional(0, "value").cloned().unwrap_or(Value::None);
                    let item = iterator.next(call.machine(), sent)?;
                    item.ok_or_else(|| Fault::new(&NO_MORE, Span::default(), ""))
                }
                "throw" => {
                    let exception = given.required(0, "exception")?;
                    let fault = call.machine().raised(Some(exception), None);
                    let item = iterator.throw(call.machine(), fault)?;
                    item.ok_or_else(|| Fault::new(&NO_MORE, Span::default(), ""))
                }
                "close" => iterator.close(call.machine()).map(|()| Value::None),
                _ => Ok(receiver.clone()),
            }
        }
        _ => super::iterate::iterator(receiver),
    }
}

/// How many positional arguments a method takes at most, and which keywords it knows.
fn takes(receiver: &Value, name: &str) -> (usize, &'static [&'static str]) {
    const ANY: usize = usize::MAX;
    match (receiver, name) {
        // These look at their arguments themselves.
        (Value::Str(_), "format") | (Value::Dict(_), "update" | "subtract") => (ANY, &["*"]),
        (Value::Dict(_), "most_common") => (1, &["n"]),
        (Value::Dict(_), "move_to_end") => (2, &["last"]),
        (Value::Dict(dict), "popitem") if matches!(dict.borrow().nature(), Nature::Ordered) => (1, &["last"]),
        (Value::Str(_), "split" | "rsplit") => (2, &["sep", "maxsplit"]),
        (Value::Str(_), "splitlines") => (1, &["keepends"]),
        (Value::Str(_), "expandtabs") => (1, &["tabsize"]),
        (Value::Str(_), "replace" | "find" | "rfind" | "index" | "rindex" | "count" | "startswith" | "endswith") => {
            (3, &[])
        }
        (Value::Str(_), "center" | "ljust" | "rjust") => (2, &[]),
        (Value::Str(_), "strip" | "lstrip" | "rstrip" | "join" | "zfill" | "partition" | "rpartition") => (1, &[]),
        (Value::Str(_), "removeprefix" | "removesuffix" | "translate") => (1, &[]),
        (Value::Str(_), "maketrans") => (2, &[]),
        (Value::List(_), "sort") => (0, &["key", "reverse"]),
        (Value::List(_) | Value::Tuple(_) | Value::Range(_), "index") => (3, &[]),
        (Value::List(_), "insert") => (2, &[]),
        (Value::List(_), "append" | "extend" | "pop" | "remove" | "count") => (1, &[]),
        (Value::Tuple(_) | Value::Range(_), "count") => (1, &[]),
        (Value::Dict(_), "get" | "pop" | "setdefault") | (Value::Class(_) | Value::Dict(_), "fromkeys") => (2, &[]),
        (Value::Set(_), "add" | "discard" | "remove") => (1, &[]),
        (Value::Set(_) | Value::FrozenSet(_), "issubset" | "issuperset" | "isdisjoint" | "symmetric_difference") => {
            (1, &[])
        }
        (Value::Set(_) | Value::FrozenSet(_), "pop" | "clear" | "copy" | "cardinality") => (0, &[]),
        (Value::Set(_) | Value::FrozenSet(_), _) => (ANY, &[]),
        (Value::Iterator(_), "send" | "throw") | (Value::Parent(_), "function") => (1, &[]),
        _ => (0, &[]),
    }
}

/// `count` and `index` of a sequence that can't change.
fn search(call: &mut Call<'_>, receiver: &Value, given: &Given) -> Result<Value, Fault> {
    let items = call.items(receiver)?;
    let wanted = given.required(0, "value")?;
    if &*given.name == "count" {
        return Ok(Value::int(items.iter().filter(|item| super::value::same(item, wanted)).count()));
    }
    let at = items.iter().position(|item| super::value::same(item, wanted));
    at.map(Value::int).ok_or_else(|| super::fault::value_error("tuple.index(x): x not in tuple"))
}

/// The arguments given to a method.
struct Given {
    name: Rc<str>,
    span: Span,
    arguments: Arguments,
}

impl Given {
    /// How many positional arguments there are.
    fn count(&self) -> usize {
        self.arguments.positional.len()
    }

    /// Refuses arguments that nothing takes; `*` stands for any keyword.
    fn check(&self, most: usize, keywords: &[&str]) -> Result<(), Fault> {
        if let Some(extra) = self.arguments.positional.get(most) {
            let words = if most == 1 { "argument" } else { "arguments" };
            let message = format!("{}() takes at most {most} {words} ({} given)", self.name, self.count());
            return Err(Fault::new(&BAD_ARGUMENTS, extra.span, message));
        }
        let known = |name: &str| keywords.contains(&"*") || keywords.contains(&name);
        match self.arguments.keywords.iter().find(|(name, _)| !known(name)) {
            Some((name, value)) => {
                let message = format!("{}() got an unexpected keyword argument '{name}'", self.name);
                Err(Fault::new(&BAD_ARGUMENTS, value.span, message))
            }
            None => Ok(()),
        }
    }

    fn spanned(&self, at: usize, keyword: &str) -> Option<&Spanned<Value>> {
        let by_name = || self.arguments.keywords.iter().find(|(name, _)| **name == *keyword).map(|(_, value)| value);
        self.arguments.positional.get(at).or_else(by_name)
    }

    /// The argument at a place or under a keyword, if given.
    fn optional(&self, at: usize, keyword: &str) -> Option<&Value> {
        self.spanned(at, keyword).map(|value| &value.value)
    }

    /// The argument at a place or under a keyword.
    fn required(&self, at: usize, keyword: &str) -> Result<&Value, Fault> {
        self.optional(at, keyword).ok_or_else(|| {
            let message = format!("{}() missing required argument '{keyword}' (pos {})", self.name, at + 1);
            Fault::new(&BAD_ARGUMENTS, self.span, message)
        })
    }

    /// An integer argument, if given.
    fn integer(&self, at: usize, keyword: &str) -> Result<Option<Integer>, Fault> {
        match self.spanned(at, keyword) {
            None => Ok(None),
            Some(Spanned { value: Value::None, .. }) => Ok(None),
            Some(value) => value.value.to_integer().map(Some).ok_or_else(|| {
                let class = value.value.class().name;
                type_error(format!("'{class}' object cannot be interpreted as an integer")).or_at(value.span)
            }),
        }
    }

    /// A text argument, if given; `None` counts as not given.
    fn text(&self, at: usize, keyword: &str) -> Result<Option<Rc<str>>, Fault> {
        match self.spanned(at, keyword) {
            None => Ok(None),
            Some(Spanned { value: Value::None, .. }) => Ok(None),
            Some(Spanned { value: Value::Str(text), .. }) => Ok(Some(text.clone())),
            Some(value) => {
                let class = value.value.class().name;
                Err(type_error(format!("{}() argument must be str, not {class}", self.name)).or_at(value.span))
            }
        }
    }

    fn required_text(&self, at: usize, keyword: &str) -> Result<Rc<str>, Fault> {
        self.required(at, keyword)?;
        self.text(at, keyword)?.ok_or_else(|| type_error(format!("{}() argument must be str, not None", self.name)))
    }
}
