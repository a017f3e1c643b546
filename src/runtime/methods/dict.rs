//! The methods of dictionaries.

use std::cell::RefCell;
use std::rc::Rc;

use super::Given;
use crate::diagnostic::{Fault, Span};
use crate::runtime::call::Call;
use crate::runtime::fault::NO_KEY;
use crate::runtime::operate;
use crate::runtime::value::{Dict, DictView, Key, Value, ViewKind, repr};

/// Their names.
pub(super) const NAMES: &[&str] =
    &["keys", "values", "items", "get", "pop", "popitem", "setdefault", "update", "clear", "copy", "fromkeys"];

/// Calls the method of a dictionary.
pub(super) fn call(call: &mut Call<'_>, dict: &Rc<RefCell<Dict>>, given: Given) -> Result<Value, Fault> {
    let view = |kind| Ok(Value::View(Rc::new(DictView { dict: Rc::clone(dict), kind })));
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
            let (key, value) =
                last.ok_or_else(|| Fault::new(&NO_KEY, Span::default(), "'popitem(): dictionary is empty'"))?;
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
            drop(dict.take());
            Ok(Value::None)
        }
        _ => Ok(Value::dict(dict.borrow().clone())),
    }
}
