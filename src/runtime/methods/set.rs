//! The methods of sets.

use std::rc::Rc;

use super::Given;
use crate::diagnostic::{Fault, Span};
use crate::runtime::call::Call;
use crate::runtime::fault::NO_KEY;
use crate::runtime::value::{Key, Set, Value, repr};

/// The names of those that sets have.
pub(super) const NAMES: &[&str] = &[
    "union",
    "intersection",
    "difference",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "copy",
    "cardinality",
    "add",
    "remove",
    "discard",
    "pop",
    "clear",
    "update",
    "intersection_update",
    "difference_update",
];
/// The names of those that sets have that can't change.
pub(super) const FROZEN_NAMES: &[&str] = &[
    "union",
    "intersection",
    "difference",
    "symmetric_difference",
    "issubset",
    "issuperset",
    "isdisjoint",
    "copy",
    "cardinality",
];

/// Calls the method of a set.
pub(super) fn call(call: &mut Call<'_>, receiver: &Value, given: Given) -> Result<Value, Fault> {
    let Some(own) = Set::of(receiver) else { return Ok(Value::None) };
    let like = |set: Set| match receiver {
        Value::FrozenSet(_) => Value::FrozenSet(Rc::new(set)),
        _ => Value::set(set),
    };
    if let Value::Set(set) = receiver
        && FROZEN_NAMES.iter().all(|name| **name != *given.name)
    {
        return change(call, set, &own, &given);
    }
    let others = others(call, &given)?;
    let first = others.first().cloned().unwrap_or_default();
    Ok(match &*given.name {
        "union" => like(others.iter().fold(own, |set, other| set.union(other))),
        "intersection" => like(others.iter().fold(own, |set, other| set.filtered(|key| other.contains(key)))),
        "difference" => like(others.iter().fold(own, |set, other| set.filtered(|key| !other.contains(key)))),
        "symmetric_difference" => {
            like(own.filtered(|key| !first.contains(key)).union(&first.filtered(|key| !own.contains(key))))
        }
        "issubset" => Value::Bool(own.is_subset(&first)),
        "issuperset" => Value::Bool(first.is_subset(&own)),
        "cardinality" => Value::integer(own.len()),
        "isdisjoint" => Value::Bool(own.filtered(|key| first.contains(key)).is_empty()),
        _ => like(own),
    })
}

fn others(call: &mut Call<'_>, given: &Given) -> Result<Vec<Set>, Fault> {
    given.arguments.positional.iter().map(|other| Set::from_values(call.items(&other.value)?)).collect()
}

/// The methods that change the set.
fn change(call: &mut Call<'_>, set: &Rc<std::cell::RefCell<Set>>, own: &Set, given: &Given) -> Result<Value, Fault> {
    match &*given.name {
        "add" => set.borrow_mut().insert(Key::new(given.required(0, "element")?.clone())?),
        "discard" | "remove" => {
            let member = given.required(0, "element")?;
            let found = set.borrow_mut().remove(&Key::new(member.clone())?);
            if !found && &*given.name == "remove" {
                return Err(Fault::new(&NO_KEY, Span::default(), repr(member)));
            }
        }
        "pop" => {
            let first = own.members().into_iter().next();
            let first = first.ok_or_else(|| Fault::new(&NO_KEY, Span::default(), "'pop from an empty set'"))?;
            set.borrow_mut().remove(&Key::new(first.clone())?);
            return Ok(first);
        }
        "clear" => set.borrow_mut().clear(),
        _ => {
            let others = others(call, given)?;
            let result = others.iter().fold(own.clone(), |set, other| match &*given.name {
                "intersection_update" => set.filtered(|key| other.contains(key)),
                "difference_update" => set.filtered(|key| !other.contains(key)),
                _ => set.union(other),
            });
            *set.borrow_mut() = result;
        }
    }
    Ok(Value::None)
}
