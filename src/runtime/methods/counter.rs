//! Counters: dictionaries of how often each thing occurs.

use std::cell::RefCell;
use std::rc::Rc;

use super::Given;
use crate::diagnostic::Fault;
use crate::runtime::call::Call;
use crate::runtime::machine::Machine;
use crate::runtime::operate;
use crate::runtime::value::{Dict, Key, Nature, Value, real_order};
use crate::syntax::ast::BinaryOperator;

/// Calls a method that counters have and other dictionaries have not.
pub(super) fn call(call: &mut Call<'_>, dict: &Rc<RefCell<Dict>>, given: &Given) -> Result<Value, Fault> {
    match &*given.name {
        "elements" => elements(call, dict),
        "most_common" => {
            let mut entries = dict.borrow().by_count();
            if let Some(most) = given.integer(0, "n")? {
                entries.truncate(most.to_usize().unwrap_or(if most.is_negative() { 0 } else { usize::MAX }));
            }
            Ok(Value::list(entries.into_iter().map(|(key, count)| Value::tuple(vec![key, count])).collect()))
        }
        "total" => {
            let counts: Vec<Value> = dict.borrow().iter().map(|(_, count)| count.clone()).collect();
            counts.iter().try_fold(Value::int(0), |sum, count| operate::binary(BinaryOperator::Add, &sum, count))
        }
        name => {
            let operator = if name == "subtract" { BinaryOperator::Subtract } else { BinaryOperator::Add };
            if let Some(source) = given.arguments.positional.first() {
                count(call.machine(), dict, &source.value, operator)?;
            }
            for (name, more) in &given.arguments.keywords {
                change(dict, Value::Str(name.clone()), &more.value, operator)?;
            }
            Ok(Value::None)
        }
    }
}

/// Each key as often as it was counted.
fn elements(call: &mut Call<'_>, dict: &Rc<RefCell<Dict>>) -> Result<Value, Fault> {
    let mut items = Vec::new();
    for (key, count) in dict.borrow().iter() {
        let times = count.to_integer().and_then(|count| count.to_usize()).unwrap_or(0);
        crate::runtime::truth::reserve_values(items.len().saturating_add(times))?;
        for _ in 0..times {
            call.budget().check()?;
            items.push(key.clone());
        }
    }
    crate::runtime::iterate::iterator(&Value::list(items))
}

/// Counts the items of something, or adds the counts of a dictionary.
///
/// # Errors
/// What is not iterable, and items that are no keys.
pub fn count(
    machine: &mut Machine,
    dict: &Rc<RefCell<Dict>>,
    source: &Value,
    operator: BinaryOperator,
) -> Result<(), Fault> {
    if let Value::Dict(other) = source {
        let entries: Vec<(Value, Value)> =
            other.borrow().iter().map(|(key, count)| (key.clone(), count.clone())).collect();
        return entries.into_iter().try_for_each(|(key, more)| change(dict, key, &more, operator));
    }
    let one = Value::int(1);
    machine.collect(source)?.into_iter().try_for_each(|item| change(dict, item, &one, operator))
}

fn change(dict: &Rc<RefCell<Dict>>, key: Value, more: &Value, operator: BinaryOperator) -> Result<(), Fault> {
    let key = Key::new(key)?;
    let old = dict.borrow().get(&key).cloned().unwrap_or(Value::int(0));
    let new = operate::binary(operator, &old, more)?;
    dict.borrow_mut().insert(key, new);
    Ok(())
}

/// `a + b`, `a - b`, `a & b` (the smaller counts) and `a | b` (the larger ones); only counts above zero stay.
///
/// # Errors
/// Counts that can't be added.
pub fn combine(operator: BinaryOperator, left: &Dict, right: &Dict) -> Result<Value, Fault> {
    let mut result = Dict::of_nature(Nature::Counter);
    let zero = Value::int(0);
    let added = right.keys().filter(|key| !Key::new((*key).clone()).is_ok_and(|key| left.contains(&key)));
    for key in left.keys().chain(added) {
        let key = Key::new(key.clone())?;
        let (a, b) = (left.get(&key).unwrap_or(&zero), right.get(&key).unwrap_or(&zero));
        let order = real_order(a, b);
        let count = match operator {
            BinaryOperator::BitAnd => {
                if order.is_some_and(|order| order.is_gt()) {
                    b.clone()
                } else {
                    a.clone()
                }
            }
            BinaryOperator::BitOr => {
                if order.is_some_and(|order| order.is_lt()) {
                    b.clone()
                } else {
                    a.clone()
                }
            }
            _ => operate::binary(operator, a, b)?,
        };
        if real_order(&count, &zero).is_some_and(|order| order.is_gt()) {
            result.insert(key, count);
        }
    }
    Ok(Value::dict(result))
}
