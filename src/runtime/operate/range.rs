//! Sage's bracketed ranges: `[a..b]`, `[a, b..c]`, `(a..b)`.

use super::{binary, compare};
use crate::diagnostic::Fault;
use crate::runtime::code::RangeShape;
use crate::runtime::fault::{too_large, value_error};
use crate::runtime::iterate::Iterator;
use crate::runtime::machine::Machine;
use crate::runtime::truth;
use crate::runtime::value::{Value, classes};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator};

/// Longer lists are refused; iterators may be longer.
const MAX_LENGTH: usize = 100_000_000;

/// The list or iterator that a bracketed range stands for; `values` are its items that are no `..`.
///
/// # Errors
/// Bounds that have no order, endless lists.
pub fn bracket_range(machine: &mut Machine, shape: &RangeShape, values: Vec<Value>) -> Result<Value, Fault> {
    let mut values = values.into_iter();
    let items: Vec<Option<Value>> =
        shape.through.iter().map(|through| if *through { None } else { values.next() }).collect();
    if shape.lazy {
        return lazy(items);
    }
    let mut list: Vec<Value> = Vec::new();
    // The step of `a, b..c` is `b - a`; behind a `..` the next one starts afresh.
    let mut fresh = 0;
    let mut items = items.into_iter();
    while let Some(item) = items.next() {
        match item {
            Some(value) => list.push(value),
            None => {
                let stop =
                    items.next().flatten().ok_or_else(|| value_error("a list can't go on without end; use (a..)"))?;
                let start = list.pop().unwrap_or_else(|| Value::integer(0));
                let step = step(list.get(fresh..).unwrap_or_default(), &start)?;
                fill(machine, &mut list, start, &step, &stop)?;
                fresh = list.len();
            }
        }
    }
    Ok(Value::list(list))
}

fn step(before: &[Value], start: &Value) -> Result<Value, Fault> {
    match before.last() {
        Some(previous) => binary(BinaryOperator::Subtract, start, previous),
        None => Ok(Value::integer(1)),
    }
}

/// Whether `item` lies beyond `stop` in the direction of `step`.
fn is_beyond(item: &Value, step: &Value, stop: &Value) -> Result<bool, Fault> {
    let backwards = truth::holds(&compare(ComparisonOperator::Less, step, &Value::integer(0))?)?;
    let beyond = if backwards { ComparisonOperator::Less } else { ComparisonOperator::Greater };
    truth::holds(&compare(beyond, item, stop)?)
}

fn fill(machine: &mut Machine, list: &mut Vec<Value>, start: Value, step: &Value, stop: &Value) -> Result<(), Fault> {
    if truth::holds(&compare(ComparisonOperator::Equal, step, &Value::integer(0))?)? {
        return Err(value_error("step must not be 0"));
    }
    let mut item = start;
    while !is_beyond(&item, step, stop)? {
        machine.budget().check()?;
        if list.len() >= MAX_LENGTH {
            return Err(too_large("the list"));
        }
        let next = binary(BinaryOperator::Add, &item, step)?;
        list.push(std::mem::replace(&mut item, next));
    }
    Ok(())
}

/// `(a..b)`, `(a, b..c)`, `(a..)`: one item at a time.
fn lazy(items: Vec<Option<Value>>) -> Result<Value, Fault> {
    let mut ahead: Vec<Value> = items.iter().take_while(|item| item.is_some()).flatten().cloned().collect();
    let stop = items.last().cloned().flatten().filter(|_| ahead.len() < items.len());
    let start = ahead.pop().unwrap_or_else(|| Value::integer(0));
    let step = step(&ahead, &start)?;
    let mut ahead = ahead.into_iter();
    let mut next = start;
    Ok(Iterator::stepping(&classes::GENERATOR, move |_| {
        if let Some(item) = ahead.next() {
            return Ok(Some(item));
        }
        if let Some(stop) = &stop
            && is_beyond(&next, &step, stop)?
        {
            return Ok(None);
        }
        let following = binary(BinaryOperator::Add, &next, &step)?;
        Ok(Some(std::mem::replace(&mut next, following)))
    }))
}
