//! Unpacking, membership, and changes in place.

use std::cell::RefCell;
use std::rc::Rc;

use super::binary;
use crate::diagnostic::Fault;
use crate::number::Integer;
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::iterate::Cursor;
use crate::runtime::machine::Machine;
use crate::runtime::value::{Dict, Key, Parent, Set, Value, same};
use crate::syntax::ast::BinaryOperator;

impl Machine {
    /// Exactly `count` items of a value, for `a, b = value`.
    pub(in crate::runtime) fn unpack(&mut self, value: &Value, count: usize) -> Result<Vec<Value>, Fault> {
        let mut cursor = self.unpacked(value)?;
        let mut items = Vec::with_capacity(count);
        while let Some(item) = cursor.next(self)? {
            if items.len() == count {
                return Err(value_error(format!("too many values to unpack (expected {count})")));
            }
            items.push(item);
        }
        if items.len() < count {
            let got = items.len();
            return Err(value_error(format!("not enough values to unpack (expected {count}, got {got})")));
        }
        Ok(items)
    }

    /// Items before, the list of those in the middle, items after, for `a, *b, c = value`.
    pub(in crate::runtime) fn unpack_starred(
        &mut self,
        value: &Value,
        before: usize,
        after: usize,
    ) -> Result<Vec<Value>, Fault> {
        self.unpacked(value)?;
        let mut items = self.collect(value)?;
        if items.len() < before + after {
            let (wanted, got) = (before + after, items.len());
            return Err(value_error(format!("not enough values to unpack (expected at least {wanted}, got {got})")));
        }
        let last = items.split_off(items.len() - after);
        let middle = items.split_off(before);
        items.push(Value::list(middle));
        items.extend(last);
        Ok(items)
    }

    fn unpacked(&mut self, value: &Value) -> Result<Cursor, Fault> {
        Cursor::over(value).map_err(|_| type_error(format!("cannot unpack non-iterable {} object", value.class().name)))
    }

    /// `item in container`: by structure, no relation is asked for its truth.
    pub(in crate::runtime) fn contains(&mut self, container: &Value, item: &Value) -> Result<bool, Fault> {
        let told = match container {
            Value::Object(object) => object.contains(item),
            _ => None,
        };
        if let Some(told) = told {
            return Ok(told);
        }
        match container {
            Value::Dict(dict) => Ok(dict.borrow().contains(&Key::new(item.clone())?)),
            Value::Set(set) => Ok(set.borrow().contains(&Key::new(item.clone())?)),
            Value::FrozenSet(set) => Ok(set.contains(&Key::new(item.clone())?)),
            Value::Str(text) => match item.as_str() {
                Some(part) => Ok(text.contains(&**part)),
                None => {
                    let class = item.class().name;
                    Err(type_error(format!("'in <string>' requires string as left operand, not {class}")))
                }
            },
            Value::Range(range) => Ok(item.to_integer().is_some_and(|item| {
                let offset = &item - &range.start;
                offset.is_divisible_by(&range.step)
                    && offset.div_exact(&range.step) < range.length()
                    && offset.div_exact(&range.step) >= Integer::ZERO
            })),
            Value::Parent(parent) => Ok(belongs(*parent, item)),
            _ => {
                let mut cursor = Cursor::over(container).map_err(|_| {
                    type_error(format!("argument of type '{}' is not iterable", container.class().name))
                })?;
                while let Some(candidate) = cursor.next(self)? {
                    self.budget().check()?;
                    if candidate.is(item) || same(&candidate, item) {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
        }
    }

    /// `left op= right`: lists, sets and dictionaries change in place, everything else is computed anew.
    pub(in crate::runtime) fn in_place(
        &mut self,
        operator: BinaryOperator,
        left: Value,
        right: &Value,
    ) -> Result<Value, Fault> {
        match (operator, &left) {
            (BinaryOperator::Add, Value::List(list)) => {
                let items = self.collect(right)?;
                list.borrow_mut().extend(items);
                Ok(left)
            }
            (BinaryOperator::BitOr, Value::Dict(dict)) => {
                update_dict(self, dict, right)?;
                Ok(left)
            }
            (_, Value::Set(set)) => {
                let result = binary(operator, &left, right)?;
                if let Some(result) = Set::of(&result) {
                    *set.borrow_mut() = result;
                }
                Ok(left)
            }
            (BinaryOperator::Multiply, Value::List(list)) if right.to_integer().is_some() => {
                if let Value::List(repeated) = binary(operator, &left, right)? {
                    let items = repeated.take();
                    *list.borrow_mut() = items;
                }
                Ok(left)
            }
            _ => binary(operator, &left, right),
        }
    }
}

/// Whether a value is, or equals, an element of a ring.
fn belongs(parent: Parent, item: &Value) -> bool {
    match super::convert(parent, item) {
        Ok(element) => match parent {
            Parent::Integers | Parent::Rationals => item.as_str().is_none() && same(&element, item),
            _ => item.as_str().is_none(),
        },
        Err(_) => false,
    }
}

/// Adds the entries of a mapping, or of pairs, to a dictionary.
///
/// # Errors
/// What is neither, and keys that can't be keys.
pub fn update_dict(machine: &mut Machine, dict: &Rc<RefCell<Dict>>, other: &Value) -> Result<(), Fault> {
    if let Value::Dict(other) = other {
        let entries: Vec<(Value, Value)> =
            other.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect();
        for (key, value) in entries {
            dict.borrow_mut().insert(Key::new(key)?, value);
        }
        return Ok(());
    }
    for (at, pair) in machine.collect(other)?.into_iter().enumerate() {
        let parts = machine.collect(&pair).map_err(|_| {
            type_error(format!("cannot convert dictionary update sequence element #{at} to a sequence"))
        })?;
        let [key, value] = parts.as_slice() else {
            let length = parts.len();
            return Err(value_error(format!(
                "dictionary update sequence element #{at} has length {length}; 2 is required"
            )));
        };
        dict.borrow_mut().insert(Key::new(key.clone())?, value.clone());
    }
    Ok(())
}
