//! The methods of dictionaries.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Given, counter};
use crate::diagnostic::{Fault, Span};
use crate::runtime::call::Call;
use crate::runtime::fault::NO_KEY;
use crate::runtime::operate;
use crate::runtime::value::{Dict, DictView, Key, Nature, Value, ViewKind, repr};

/// The methods of all kinds of dictionaries: first what only a counter has, last what a counter has not, and what only
/// an ordered one has.
const ALL: &[&str] = &[
    "elements",
    "most_common",
    "subtract",
    "total",
    "keys",
    "values",
    "items",
    "get",
    "pop",
    "popitem",
    "setdefault",
    "update",
    "clear",
    "copy",
    "fromkeys",
    "move_to_end",
];

/// Those of a dictionary whose order can be changed.
pub(super) const ORDERED_NAMES: &[&str] = ALL.split_at(4).1;
/// Those of a plain dictionary.
pub(super) const NAMES: &[&str] = ORDERED_NAMES.split_at(ORDERED_NAMES.len() - 1).0;
/// Those of a counter.
pub(super) const COUNTER_NAMES: &[&str] = ALL.split_at(ALL.len() - 2).0;

/// Calls the method of a dictionary.
pub(super) fn call(call: &mut Call<'_>, dict: &Rc<RefCell<Dict>>, given: Given) -> Result<Value, Fault> {
    let view = |kind| Ok(Value::View(Rc::new(DictView { dict: Rc::clone(dict), kind })));
    let nature = dict.borrow().nature().clone();
    match (nature, &*given.name) {
        (Nature::Counter, "elements" | "most_common" | "subtract" | "total" | "update") => {
            return counter::call(call, dict, &given);
        }
        (Nature::Ordered, "move_to_end") => return move_to_end(dict, &given),
        (Nature::Ordered, "popitem")
            if given.optional(0, "last").is_some_and(|last| matches!(last, Value::Bool(false))) =>
        {
            let first = dict.borrow().iter().next().map(|(key, value)| (key.clone(), value.clone()));
            let (key, value) = first.ok_or_else(empty)?;
            dict.borrow_mut().remove(&Key::new(key.clone())?);
            return Ok(Value::tuple(vec![key, value]));
        }
        _ => {}
    }
    match &*given.name {
        "keys" => view(ViewKind::Keys),
        "values" => view(ViewKind::Values),
        "items" => view(ViewKind::Items),
        "get" => {
            let key = Key::new(given.required(0, "key")?.clone())?;
            let found = dict.borrow().get(&key).cloned();
            Ok(found.unwrap_or_else(|| given.optional(1, "default").cloned().unwrap_or(Value::None)))
        }
        "pop" => {
            let wanted = given.required(0, "key")?;
            let removed = dict.borrow_mut().remove(&Key::new(wanted.clone())?);
            let removed = removed.or_else(|| given.optional(1, "default").cloned());
            removed.ok_or_else(|| Fault::new(&NO_KEY, Span::default(), repr(wanted)))
        }
        "popitem" => {
            let last = dict.borrow_mut().pop_last();
            let (key, value) = last.ok_or_else(empty)?;
            Ok(Value::tuple(vec![key, value]))
        }
        "setdefault" => {
            let key = Key::new(given.required(0, "key")?.clone())?;
            let found = dict.borrow().get(&key).cloned();
            if let Some(found) = found {
                return Ok(found);
            }
            let default = given.optional(1, "default").cloned().unwrap_or(Value::None);
            dict.borrow_mut().insert(key, default.clone());
            Ok(default)
        }
        "fromkeys" => super::ring::from_keys(call, &given),
        "update" => {
            if let Some(other) = given.arguments.positional.first() {
                operate::update_dict(call.machine(), dict, &other.value)?;
            }
            for (name, value) in &given.arguments.keywords {
                dict.borrow_mut().insert(Key::new(Value::Str(name.clone()))?, value.value.clone());
            }
            Ok(Value::None)
        }
        "clear" => {
            dict.borrow_mut().clear();
            Ok(Value::None)
        }
        _ => Ok(Value::dict(dict.borrow().clone())),
    }
}

fn empty() -> Fault {
    Fault::new(&NO_KEY, Span::default(), "'popitem(): dictionary is empty'")
}

/// Moves an entry to the end, or with `last=False` to the beginning.
fn move_to_end(dict: &Rc<RefCell<Dict>>, given: &Given) -> Result<Value, Fault> {
    let wanted = given.required(0, "key")?;
    let key = Key::new(wanted.clone())?;
    let mut dict = dict.borrow_mut();
    let value = dict.remove(&key).ok_or_else(|| Fault::new(&NO_KEY, Span::default(), repr(wanted)))?;
    let to_front = matches!(given.optional(1, "last"), Some(Value::Bool(false)));
    let others: Vec<(Value, Value)> = dict.iter().map(|(key, value)| (key.clone(), value.clone())).collect();
    dict.clear();
    let moved = [(wanted.clone(), value)];
    let (first, second) = if to_front { (moved.to_vec(), others) } else { (others, moved.to_vec()) };
    for (key, value) in first.into_iter().chain(second) {
        dict.insert(Key::new(key)?, value);
    }
    Ok(Value::None)
}
