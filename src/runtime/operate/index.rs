//! Subscripts: `a[i]`, `a[i:j:k]`, read, set and deleted.

use std::cell::RefCell;
use std::rc::Rc;

use crate::diagnostic::{Fault, Span};
use crate::number::Integer;
use crate::runtime::call::Arguments;
use crate::runtime::fault::{BAD_INDEX, NO_KEY, type_error, value_error};
use crate::runtime::machine::Machine;
use crate::runtime::value::{Dict, Key, Nature, Range, Slice, Value, repr};

/// `object[index]`.
///
/// # Errors
/// Indices outside of the object, missing keys, and objects without items.
pub fn index(machine: &mut Machine, object: &Value, index: &Value) -> Result<Value, Fault> {
    if let Value::Slice(slice) = index {
        return sliced(object, slice);
    }
    match object {
        Value::List(items) => {
            let items = items.borrow();
            Ok(items[position(object, index, items.len())?].clone())
        }
        Value::Tuple(items) => Ok(items[position(object, index, items.len())?].clone()),
        Value::Str(text) => {
            let length = text.chars().count();
            let at = position(object, index, length)?;
            Ok(text.chars().nth(at).map_or(Value::None, |c| Value::str(c.encode_utf8(&mut [0; 4]))))
        }
        Value::Range(range) => {
            let length = range.length().to_usize().unwrap_or(usize::MAX);
            Ok(Value::Int(range.item(&Integer::from(position(object, index, length)?))))
        }
        Value::Dict(dict) => {
            let key = Key::new(index.clone())?;
            let found = dict.borrow().get(&key).cloned();
            found.map_or_else(|| missing(machine, dict, key), Ok)
        }
        // `QQ['x']`, a ring of polynomials.
        Value::Parent(_) if matches!(index, Value::Str(_)) => {
            let Some(builder) = machine.registry().function("PolynomialRing") else {
                return Err(not_subscriptable(object));
            };
            let arguments = Arguments::plain([object.clone(), index.clone()], Span::default());
            machine.call_value(&Value::Builtin(builder), arguments, Span::default())
        }
        Value::Object(own) => own.index(index).unwrap_or_else(|| Err(not_subscriptable(object))),
        _ => Err(not_subscriptable(object)),
    }
}

/// What a dictionary answers for a key that it lacks.
fn missing(machine: &mut Machine, dict: &Rc<RefCell<Dict>>, key: Key) -> Result<Value, Fault> {
    let nature = dict.borrow().nature().clone();
    match nature {
        Nature::Counter => Ok(Value::int(0)),
        Nature::Default(factory) if !factory.is_none() => {
            let made = machine.call_value(&factory, Arguments::default(), Span::default())?;
            dict.borrow_mut().insert(key, made.clone());
            Ok(made)
        }
        Nature::Default(_) | Nature::Plain | Nature::Ordered => Err(no_key(key.value())),
    }
}

/// The fault of a key that a dictionary lacks.
pub(in crate::runtime) fn no_key(key: &Value) -> Fault {
    Fault::new(&NO_KEY, Span::default(), repr(key))
}

fn not_subscriptable(object: &Value) -> Fault {
    let fault = type_error(format!("'{}' object is not subscriptable", object.class().name));
    match object {
        Value::Expr(_) => fault.hint("the parts of an expression are `e.operands()`"),
        Value::Callable(_) | Value::Symbolic(_) | Value::Function(_) | Value::Builtin(_) => {
            fault.hint("a function is applied with parentheses: `f(x)`")
        }
        _ => fault,
    }
}

/// The place that an index means in a sequence.
fn position(object: &Value, index: &Value, length: usize) -> Result<usize, Fault> {
    let class = object.class().short_name();
    let Some(number) = index.to_integer() else {
        let kind = if class == "str" { "string" } else { class };
        let found = index.class().short_name();
        return Err(type_error(format!("{kind} indices must be integers or slices, not {found}")));
    };
    let from_end = if number.is_negative() { &number + &Integer::from(length) } else { number };
    from_end.to_usize().filter(|at| *at < length).ok_or_else(|| {
        let kind = if class == "str" { "string" } else { class };
        Fault::new(&BAD_INDEX, Span::default(), format!("{kind} index out of range")).hint(if length == 0 {
            "it is empty".to_string()
        } else {
            format!("its items are number 0 to {}", length - 1)
        })
    })
}

/// The places that a slice means in a sequence of some length.
///
/// # Errors
/// Bounds that are no integers, and a step of zero.
pub fn positions(slice: &Slice, length: usize) -> Result<Vec<usize>, Fault> {
    let (start, stop, step) = bounds(slice, length)?;
    let range = Range { start, stop, step };
    let count = range.length().to_usize().unwrap_or(0);
    Ok((0..count).filter_map(|at| range.item(&Integer::from(at)).to_usize()).collect())
}

/// Start, stop and step of a slice, cut to a length, as Python's `slice.indices`.
fn bounds(slice: &Slice, length: usize) -> Result<(Integer, Integer, Integer), Fault> {
    let part = |value: &Value| match value {
        Value::None => Ok(None),
        _ => match value.to_integer() {
            Some(integer) => Ok(Some(integer)),
            None => Err(type_error("slice indices must be integers or None or have an __index__ method")),
        },
    };
    let step = part(&slice.step)?.unwrap_or(Integer::ONE);
    if step.is_zero() {
        return Err(value_error("slice step cannot be zero"));
    }
    let length = Integer::from(length);
    let backwards = step.is_negative();
    let (lowest, highest) =
        if backwards { (Integer::new(-1), &length - Integer::ONE) } else { (Integer::ZERO, length.clone()) };
    let cut = |bound: Option<Integer>, otherwise: &Integer| match bound {
        None => otherwise.clone(),
        Some(bound) if bound.is_negative() => (bound + &length).max(lowest.clone()),
        Some(bound) => bound.min(highest.clone()),
    };
    let (first, last) = if backwards { (&highest, &lowest) } else { (&lowest, &highest) };
    Ok((cut(part(&slice.start)?, first), cut(part(&slice.stop)?, last), step.clone()))
}

fn sliced(object: &Value, slice: &Slice) -> Result<Value, Fault> {
    let pick = |items: &[Value]| -> Result<Vec<Value>, Fault> {
        Ok(positions(slice, items.len())?.into_iter().map(|at| items[at].clone()).collect())
    };
    match object {
        Value::List(items) => pick(&items.borrow()).map(Value::list),
        Value::Tuple(items) => pick(items).map(Value::tuple),
        Value::Str(text) => {
            let characters: Vec<char> = text.chars().collect();
            let picked = positions(slice, characters.len())?.into_iter().map(|at| characters[at]);
            Ok(Value::str(picked.collect::<String>()))
        }
        Value::Range(range) => {
            let (start, stop, step) = bounds(slice, range.length().to_usize().unwrap_or(usize::MAX))?;
            let (start, stop) = (range.item(&start), range.item(&stop));
            Ok(Value::Range(std::rc::Rc::new(Range { start, stop, step: &range.step * &step })))
        }
        Value::Object(own) => {
            let index = Value::Slice(std::rc::Rc::new(slice.clone()));
            own.index(&index).unwrap_or_else(|| Err(not_subscriptable(object)))
        }
        _ => Err(not_subscriptable(object)),
    }
}

/// `object[index] = value`.
///
/// # Errors
/// Objects that can't change, indices outside of them, slices of the wrong length.
pub fn store_index(machine: &mut Machine, object: &Value, index: &Value, value: Value) -> Result<(), Fault> {
    match (object, index) {
        (Value::List(items), Value::Slice(slice)) => {
            let values = machine.collect(&value).map_err(|_| type_error("can only assign an iterable"))?;
            store_slice(&mut items.borrow_mut(), slice, values)
        }
        (Value::List(items), _) => {
            let length = items.borrow().len();
            let at = position(object, index, length).map_err(in_assignment)?;
            items.borrow_mut()[at] = value;
            Ok(())
        }
        (Value::Dict(dict), _) => {
            let key = Key::new(index.clone())?;
            dict.borrow_mut().insert(key, value);
            Ok(())
        }
        (Value::Object(own), _) => own.store(index, &value).unwrap_or_else(|| Err(unchangeable(object))),
        _ => Err(unchangeable(object)),
    }
}

fn unchangeable(object: &Value) -> Fault {
    type_error(format!("'{}' object does not support item assignment", object.class().name))
}

fn in_assignment(fault: Fault) -> Fault {
    if fault.class() == "IndexError" {
        Fault::new(&BAD_INDEX, Span::default(), "list assignment index out of range")
            .hint("`append` adds an item at the end")
    } else {
        fault
    }
}

fn store_slice(items: &mut Vec<Value>, slice: &Slice, values: Vec<Value>) -> Result<(), Fault> {
    let (start, stop, step) = bounds(slice, items.len())?;
    if step.is_one() {
        let start = start.to_usize().unwrap_or(0).min(items.len());
        let stop = stop.to_usize().unwrap_or(0).clamp(start, items.len());
        items.splice(start..stop, values);
        return Ok(());
    }
    let places = positions(slice, items.len())?;
    if places.len() != values.len() {
        let (given, wanted) = (values.len(), places.len());
        return Err(value_error(format!(
            "attempt to assign sequence of size {given} to extended slice of size {wanted}"
        )));
    }
    for (at, value) in places.into_iter().zip(values) {
        items[at] = value;
    }
    Ok(())
}

/// `del object[index]`.
///
/// # Errors
/// Objects that can't change, indices outside of them, missing keys.
pub fn delete_index(object: &Value, index: &Value) -> Result<(), Fault> {
    match (object, index) {
        (Value::List(items), Value::Slice(slice)) => {
            let places = positions(slice, items.borrow().len())?;
            let doomed: std::collections::HashSet<usize> = places.into_iter().collect();
            let mut at = 0;
            items.borrow_mut().retain(|_| {
                at += 1;
                !doomed.contains(&(at - 1))
            });
            Ok(())
        }
        (Value::List(items), _) => {
            let length = items.borrow().len();
            let at = position(object, index, length)?;
            let removed = items.borrow_mut().remove(at);
            drop(removed);
            Ok(())
        }
        (Value::Dict(dict), _) => {
            let key = Key::new(index.clone())?;
            let removed = dict.borrow_mut().remove(&key);
            removed.map(drop).ok_or_else(|| no_key(index))
        }
        _ => Err(type_error(format!("'{}' object doesn't support item deletion", object.class().name))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(start: Value, stop: Value, step: Value) -> Vec<usize> {
        positions(&Slice { start, stop, step }, 5).unwrap()
    }

    #[test]
    fn slices_are_cut_to_the_length() {
        let int = |value: i64| Value::int(value);
        assert_eq!(places(Value::None, Value::None, int(-1)), [4, 3, 2, 1, 0]);
        assert_eq!(places(int(1), int(-1), Value::None), [1, 2, 3]);
        assert_eq!(places(int(-100), int(100), int(2)), [0, 2, 4]);
        assert_eq!(places(int(4), int(1), int(-2)), [4, 2]);
        assert_eq!(places(int(3), int(1), Value::None), Vec::<usize>::new());
    }
}
