//! The methods of lists.

use std::cmp::Ordering;
use std::rc::Rc;

use super::Given;
use crate::budget::{self, Pace};
use crate::diagnostic::{Fault, Span};
use crate::number::Integer;
use crate::number::sorting;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_INDEX, value_error};
use crate::runtime::operate;
use crate::runtime::truth;
use crate::runtime::value::{List, Value, repr, same};

/// Their names.
pub(super) const NAMES: &[&str] =
    &["append", "extend", "insert", "pop", "remove", "clear", "index", "count", "sort", "reverse", "copy"];

/// Calls the method of a list.
pub(super) fn call(call: &mut Call<'_>, list: &Rc<List>, given: Given) -> Result<Value, Fault> {
    match &*given.name {
        "append" => {
            let item = given.required(0, "object")?.clone();
            list.borrow_mut().push(item);
        }
        "extend" => {
            let items = call.items(given.required(0, "iterable")?)?;
            list.borrow_mut().extend(items);
        }
        "insert" => {
            let item = given.required(1, "object")?.clone();
            let at = given.integer(0, "index")?.unwrap_or_default();
            let length = list.borrow().len();
            list.borrow_mut().insert(cut(&at, length), item);
        }
        "pop" => return pop(list, given.integer(0, "index")?),
        "remove" => {
            let wanted = given.required(0, "value")?;
            let at = list.borrow().iter().position(|item| same(item, wanted));
            let at = at.ok_or_else(|| value_error("list.remove(x): x not in list"))?;
            let removed = list.borrow_mut().remove(at);
            drop(removed);
        }
        "clear" => drop(list.take()),
        "index" => {
            let wanted = given.required(0, "value")?;
            let length = list.borrow().len();
            let start = given.integer(1, "start")?.map_or(0, |at| cut(&at, length));
            let stop = given.integer(2, "stop")?.map_or(length, |at| cut(&at, length));
            let at = list.borrow().iter().take(stop).skip(start).position(|item| same(item, wanted));
            let at = at.ok_or_else(|| value_error(format!("{} is not in list", repr(wanted))))?;
            return Ok(Value::int(at + start));
        }
        "count" => {
            let wanted = given.required(0, "value")?;
            return Ok(Value::int(list.borrow().iter().filter(|item| same(item, wanted)).count()));
        }
        "sort" => {
            let key = given.optional(0, "key").filter(|key| !key.is_none()).cloned();
            let reverse = given.optional(1, "reverse").map_or(Ok(false), truth::holds)?;
            let items = list.borrow().clone();
            let sorted = sorted(call, items, key.as_ref(), reverse)?;
            *list.borrow_mut() = sorted;
        }
        "reverse" => list.borrow_mut().reverse(),
        _ => return Ok(Value::list(list.borrow().clone())),
    }
    Ok(Value::None)
}

/// A place from 0 to the length; negative ones count from the end.
fn cut(at: &Integer, length: usize) -> usize {
    let from_end = if at.is_negative() { at + &Integer::from(length) } else { at.clone() };
    if from_end.is_negative() { 0 } else { from_end.to_usize().unwrap_or(length).min(length) }
}

fn pop(list: &Rc<List>, at: Option<Integer>) -> Result<Value, Fault> {
    let mut items = list.borrow_mut();
    let out_of_range = |message| Err(Fault::new(&BAD_INDEX, Span::default(), message));
    let length = Integer::from(items.len());
    if items.is_empty() {
        return out_of_range("pop from empty list");
    }
    let at = at.unwrap_or(Integer::new(-1));
    let from_end = if at.is_negative() { &at + &length } else { at };
    match from_end.to_usize().filter(|at| *at < items.len()) {
        Some(at) => Ok(items.remove(at)),
        None => out_of_range("pop index out of range"),
    }
}

/// The items in order: a stable merge sort that stops at the first comparison that fails.
///
/// # Errors
/// Values that have no order, and whatever `key` raises.
pub fn sorted(call: &mut Call<'_>, items: Vec<Value>, key: Option<&Value>, reverse: bool) -> Result<Vec<Value>, Fault> {
    let mut keyed = Vec::with_capacity(items.len());
    for item in budget::paced(items.into_iter()) {
        let by = match key {
            Some(key) => call.invoke(key, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        keyed.push((by, item));
    }
    if reverse {
        keyed.reverse();
    }
    let mut failed = None;
    let pace = Pace::default();
    sorting::sort_by(&mut keyed, |(a, _), (b, _)| {
        pace.step();
        if failed.is_some() {
            return Ordering::Equal;
        }
        operate::order(a, b).unwrap_or_else(|fault| {
            failed = Some(fault);
            Ordering::Equal
        })
    });
    if reverse {
        keyed.reverse();
    }
    match failed {
        Some(fault) => Err(fault),
        None => Ok(keyed.into_iter().map(|(_, item)| item).collect()),
    }
}
