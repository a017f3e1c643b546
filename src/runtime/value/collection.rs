//! Lists, dictionaries and sets: keys compared by structure, kept in the order of insertion.

use std::cell::RefCell;
use std::collections::HashMap;
use std::hash::{Hash, Hasher};
use std::ops::Deref;
use std::rc::Rc;

use super::Value;
use crate::budget::{self, leavings::is_left};
use crate::diagnostic::Fault;
use crate::expr::{Expr, Infinity, Kind};
use crate::number::sorting;
use crate::number::{Number, Real};
use crate::runtime::fault::type_error;
use crate::runtime::leavings::leave_dict;

/// A value that can be a key: it can't change, or is compared by identity.
#[derive(Clone, Debug)]
pub struct Key(Value);

impl Key {
    /// The value as a key.
    ///
    /// # Errors
    /// Lists, dictionaries and sets can change, and so can't be keys.
    pub fn new(value: Value) -> Result<Key, Fault> {
        match unhashable(&value) {
            Some(class) => Err(type_error(format!("unhashable type: '{class}'"))),
            None => Ok(Key(value)),
        }
    }

    /// The value.
    pub fn value(&self) -> &Value {
        &self.0
    }
}

fn unhashable(value: &Value) -> Option<&'static str> {
    match value {
        Value::List(_) | Value::Dict(_) | Value::Set(_) | Value::Slice(_) => Some(value.class().name),
        Value::Tuple(items) => items.iter().find_map(unhashable),
        _ => None,
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Key) -> bool {
        is_fraction(&self.0) == is_fraction(&other.0) && same(&self.0, &other.0)
    }
}

impl Eq for Key {}

/// Whether it is an exact fraction, which is another key than the float of the same value, as in Sage.
fn is_fraction(value: &Value) -> bool {
    matches!(value, Value::Rational(rational) if !rational.is_integer())
}

impl Hash for Key {
    fn hash<H: Hasher>(&self, state: &mut H) {
        hash(&self.0, state);
    }
}

/// Numbers that are equal hash alike, whatever their kind: by the nearest machine number.
fn hash<H: Hasher>(value: &Value, state: &mut H) {
    match value {
        Value::None => state.write_u8(1),
        Value::Str(text) => text.hash(state),
        Value::Tuple(items) => items.iter().for_each(|item| hash(item, state)),
        Value::FrozenSet(set) => state.write_usize(set.len()),
        Value::Expr(expr) if expr.as_number().is_none() => state.write_u64(expr.stable_hash()),
        Value::Callable(callable) => state.write_u64(callable.body.stable_hash()),
        Value::Range(range) => range.length().hash(state),
        Value::Symbolic(function) => function.name().hash(state),
        Value::Parent(parent) => parent.hash(state),
        Value::Object(object) => match object.hash() {
            Some(hash) => state.write_u64(hash),
            None => state.write_usize(Rc::as_ptr(object).addr()),
        },
        _ => match real_part(value) {
            Some(number) => state.write_u64((number + 0.0).to_bits()),
            None => state.write_usize(value.address().unwrap_or(0)),
        },
    }
}

/// The nearest machine number to the real part of a number.
fn real_part(value: &Value) -> Option<f64> {
    Some(match value {
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Int(value) | Value::Integer(value) => value.to_f64(),
        Value::Rational(value) => value.to_f64(),
        Value::Real(value) => value.to_f64(),
        Value::Float(value) | Value::Double(value) => *value,
        Value::Complex(value) => value.re().to_f64(),
        Value::Expr(expr) => expr.as_number()?.to_f64_parts().0,
        _ => return None,
    })
}

/// Whether two values are equal by structure, as `in` and the members of containers compare: numbers by value,
/// expressions by their form, no relation is asked for its truth.
pub fn same(left: &Value, right: &Value) -> bool {
    same_within(left, right, MAX_NESTING)
}

/// Containers nested deeper than this, such as two that hold themselves, count as different.
const MAX_NESTING: usize = 100_000;

fn same_within(left: &Value, right: &Value, room: usize) -> bool {
    let Some(room) = room.checked_sub(1) else { return false };
    match (left, right) {
        (Value::Int(a) | Value::Integer(a), Value::Int(b) | Value::Integer(b)) => a == b,
        (Value::Str(a), Value::Str(b)) => a == b,
        (Value::List(a), Value::List(b)) => Rc::ptr_eq(a, b) || all_same(&a.borrow(), &b.borrow(), room),
        (Value::Tuple(a), Value::Tuple(b)) => all_same(a, b, room),
        (Value::Dict(a), Value::Dict(b)) => Rc::ptr_eq(a, b) || a.borrow().same(&b.borrow(), room),
        (Value::Set(_) | Value::FrozenSet(_), Value::Set(_) | Value::FrozenSet(_)) => same_sets(left, right),
        (Value::Range(a), Value::Range(b)) => {
            let (length, other) = (a.length(), b.length());
            length == other && (length.is_zero() || a.start == b.start && (length.is_one() || a.step == b.step))
        }
        (Value::Callable(a), Value::Callable(b)) => a.body == b.body && a.arguments == b.arguments,
        (Value::Object(object), other) | (other, Value::Object(object)) => object.same(other) || left.is(right),
        (Value::Slice(a), Value::Slice(b)) => {
            same(&a.start, &b.start) && same(&a.stop, &b.stop) && same(&a.step, &b.step)
        }
        (Value::Method(a), Value::Method(b)) => a.name == b.name && a.receiver.is(&b.receiver),
        (Value::Expr(a), Value::Expr(b)) => a == b,
        _ => match (number(left), number(right)) {
            (Some(a), Some(b)) => same_numbers(&a, &b),
            _ => left.is(right),
        },
    }
}

fn all_same(left: &[Value], right: &[Value], room: usize) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a.is(b) || same_within(a, b, room))
}

fn same_sets(left: &Value, right: &Value) -> bool {
    match (Set::of(left), Set::of(right)) {
        (Some(a), Some(b)) => a.len() == b.len() && a.is_subset(&b),
        _ => false,
    }
}

fn number(value: &Value) -> Option<Number> {
    match value {
        Value::Expr(expr) => expr.as_number().cloned(),
        _ if value.is_plain_number() => super::as_expr(value)?.as_number().cloned(),
        _ => None,
    }
}

/// Whether two numbers have the same value; NaN is equal to nothing.
pub fn same_numbers(left: &Number, right: &Number) -> bool {
    let (a, b) = (left.parts(), right.parts());
    same_reals(&a.0, &b.0) && same_reals(&a.1, &b.1)
}

/// As Sage compares: an exact number is rounded to the precision of the other.
fn same_reals(left: &Number, right: &Number) -> bool {
    match (left, right) {
        (Number::Rational(a), Number::Rational(b)) => a == b,
        _ => {
            let precision = left.precision().into_iter().chain(right.precision()).min().unwrap_or(53);
            let order = left.to_real(precision).zip(right.to_real(precision));
            order.and_then(|(a, b): (Real, Real)| a.compare(&b)).is_some_and(|order| order.is_eq())
        }
    }
}

/// A list.
#[derive(Debug, Default)]
pub struct List {
    pub(in crate::runtime) items: RefCell<Vec<Value>>,
    /// Does `print` show each item on a line of its own?
    pub(super) in_lines: bool,
}

impl Deref for List {
    type Target = RefCell<Vec<Value>>;

    fn deref(&self) -> &RefCell<Vec<Value>> {
        &self.items
    }
}

/// A dictionary.
#[derive(Clone, Debug, Default)]
pub struct Dict {
    index: HashMap<Key, usize>,
    /// Where something was removed there is a gap, until the next tidying.
    entries: Vec<Option<(Value, Value)>>,
    nature: Nature,
}

/// What a dictionary is besides: the kinds of Python's module `collections`.
#[derive(Clone, Debug, Default)]
pub enum Nature {
    /// A dictionary, nothing else.
    #[default]
    Plain,
    /// A missing key gets what this function gives.
    Default(Value),
    /// A missing key counts zero.
    Counter,
    /// The order of the entries can be changed.
    Ordered,
}

impl Dict {
    /// A dictionary without entries.
    pub fn new() -> Dict {
        Dict::default()
    }

    /// A dictionary of a nature.
    pub fn of_nature(nature: Nature) -> Dict {
        let mut dict = Dict::default();
        dict.nature = nature;
        dict
    }

    /// What it is besides a dictionary.
    pub fn nature(&self) -> &Nature {
        &self.nature
    }

    /// How many entries there are.
    pub fn len(&self) -> usize {
        self.index.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.index.is_empty()
    }

    /// The value of a key.
    pub fn get(&self, key: &Key) -> Option<&Value> {
        self.entries.get(*self.index.get(key)?)?.as_ref().map(|(_, value)| value)
    }

    /// Whether there is such a key.
    pub fn contains(&self, key: &Key) -> bool {
        self.index.contains_key(key)
    }

    /// Sets the value of a key; a key already there keeps its place.
    pub fn insert(&mut self, key: Key, value: Value) {
        if let Some(&at) = self.index.get(&key) {
            if let Some(Some(entry)) = self.entries.get_mut(at) {
                entry.1 = value;
            }
            return;
        }
        self.entries.push(Some((key.0.clone(), value)));
        self.index.insert(key, self.entries.len() - 1);
    }

    /// Removes a key and answers its value.
    pub fn remove(&mut self, key: &Key) -> Option<Value> {
        let at = self.index.remove(key)?;
        let entry = self.entries.get_mut(at)?.take();
        if self.entries.len() > 32 && self.entries.len() > 2 * self.index.len() {
            self.tidy();
        }
        entry.map(|(_, value)| value)
    }

    /// Closes the gaps that removals left.
    fn tidy(&mut self) {
        self.entries.retain(Option::is_some);
        for (at, entry) in self.entries.iter().enumerate() {
            if let Some((key, _)) = entry {
                self.index.insert(Key(key.clone()), at);
            }
        }
    }

    /// Removes the entry inserted last.
    pub fn pop_last(&mut self) -> Option<(Value, Value)> {
        while let Some(entry) = self.entries.pop() {
            if let Some((key, value)) = entry {
                self.index.remove(&Key(key.clone()));
                return Some((key, value));
            }
        }
        None
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        *self = Dict::of_nature(std::mem::take(&mut self.nature));
    }

    /// The entries, the largest count first.
    pub fn by_count(&self) -> Vec<(Value, Value)> {
        let mut entries: Vec<(Value, Value)> = self.iter().map(|(key, count)| (key.clone(), count.clone())).collect();
        sorting::sort_by(&mut entries, |a, b| real_order(&b.1, &a.1).unwrap_or(std::cmp::Ordering::Equal));
        entries
    }

    /// The entries in order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = (&Value, &Value)> {
        self.entries.iter().flatten().map(|(key, value)| (key, value))
    }

    /// The keys in order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Value> {
        self.iter().map(|(key, _)| key)
    }

    fn same(&self, other: &Dict, room: usize) -> bool {
        let equal = |value: &Value, found: &Value| value.is(found) || same_within(value, found, room);
        self.len() == other.len()
            && self.iter().all(|(key, value)| other.get(&Key(key.clone())).is_some_and(|found| equal(value, found)))
    }
}

impl Drop for Dict {
    fn drop(&mut self) {
        if is_left(self.entries.len()) {
            leave_dict(std::mem::take(&mut self.index).into_iter(), std::mem::take(&mut self.entries));
        }
    }
}

/// A set.
#[derive(Clone, Debug, Default)]
pub struct Set(Dict);

impl Set {
    /// A set without members.
    pub fn new() -> Set {
        Set::default()
    }

    /// A copy of the set that a value is, if it is one.
    pub fn of(value: &Value) -> Option<Set> {
        match value {
            Value::Set(set) => Some(set.borrow().clone()),
            Value::FrozenSet(set) => Some((**set).clone()),
            _ => None,
        }
    }

    /// The set of some values.
    ///
    /// # Errors
    /// A value that can't be a member.
    pub fn from_values(values: impl IntoIterator<Item = Value>) -> Result<Set, Fault> {
        let mut set = Set::new();
        for value in budget::paced(values.into_iter()) {
            set.insert(Key::new(value)?);
        }
        Ok(set)
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Adds a member.
    pub fn insert(&mut self, key: Key) {
        if !self.0.contains(&key) {
            self.0.insert(key, Value::None);
        }
    }

    /// Removes a member; answers whether it was there.
    pub fn remove(&mut self, key: &Key) -> bool {
        self.0.remove(key).is_some()
    }

    /// Whether it is a member.
    pub fn contains(&self, key: &Key) -> bool {
        self.0.contains(key)
    }

    /// Removes everything.
    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// The members: numbers ascending, texts alphabetically, a mixture in the order of insertion.
    pub fn members(&self) -> Vec<Value> {
        let mut members: Vec<Value> = self.0.keys().cloned().collect();
        if members.iter().all(|member| member.as_str().is_some()) {
            sorting::sort_by(&mut members, |a, b| a.as_str().cmp(&b.as_str()));
        } else if members.iter().all(|member| real_order(member, member).is_some()) {
            sorting::sort_by(&mut members, |a, b| real_order(a, b).unwrap_or(std::cmp::Ordering::Equal));
        }
        members
    }

    /// Whether all members are members of the other.
    pub fn is_subset(&self, other: &Set) -> bool {
        self.0.index.keys().all(|key| other.contains(key))
    }

    /// The members for which the test holds.
    #[must_use]
    pub fn filtered(&self, test: impl Fn(&Key) -> bool) -> Set {
        let mut result = Set::new();
        for key in self.0.keys() {
            let key = Key(key.clone());
            if test(&key) {
                result.insert(key);
            }
        }
        result
    }

    /// The members of both.
    #[must_use]
    pub fn union(&self, other: &Set) -> Set {
        let mut result = self.clone();
        other.0.keys().for_each(|key| result.insert(Key(key.clone())));
        result
    }
}

/// The order of two plain real numbers.
pub fn real_order(left: &Value, right: &Value) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Value::Int(a) | Value::Integer(a), Value::Int(b) | Value::Integer(b)) => Some(a.cmp(b)),
        (Value::Float(a) | Value::Double(a), Value::Float(b) | Value::Double(b)) => a.partial_cmp(b),
        _ if !left.is_plain_number() || !right.is_plain_number() => None,
        _ => match (number(left)?, number(right)?) {
            (Number::Rational(a), Number::Rational(b)) => Some(a.cmp(&b)),
            (a, b) => {
                let precision = a.precision().into_iter().chain(b.precision()).min().unwrap_or(53);
                a.to_real(precision)?.compare(&b.to_real(precision)?)
            }
        },
    }
}

/// The order of two exact real constants of any kind, infinities included, as far as it is plain to see.
pub fn exact_order(left: &Expr, right: &Expr) -> Option<std::cmp::Ordering> {
    let rank = |expr: &Expr| match expr.kind() {
        Kind::Infinity(Infinity::Positive) => Some(1),
        Kind::Infinity(Infinity::Negative) => Some(-1),
        Kind::Number(number) if number.is_real() => Some(0),
        _ => None,
    };
    match (rank(left)?, rank(right)?) {
        (0, 0) => real_order(&super::demote(left), &super::demote(right)),
        (a, b) => Some(a.cmp(&b)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(value: Value) -> Key {
        Key::new(value).unwrap()
    }

    #[test]
    fn equal_numbers_of_different_kinds_are_one_key() {
        let mut dict = Dict::new();
        dict.insert(key(Value::integer(2)), Value::str("two"));
        for other in [Value::int(2), Value::Float(2.0), Value::Expr(Expr::integer(2))] {
            assert_eq!(dict.get(&key(other)).and_then(|text| text.as_str().cloned()).as_deref(), Some("two"));
        }
        assert!(dict.get(&key(Value::str("2"))).is_none());
    }

    #[test]
    fn order_of_insertion_survives_removals() {
        let mut dict = Dict::new();
        for n in 0..100 {
            dict.insert(key(Value::integer(n)), Value::None);
        }
        for n in 0..98 {
            dict.remove(&key(Value::integer(n)));
        }
        dict.insert(key(Value::integer(5)), Value::None);
        let left: Vec<i64> = dict.keys().filter_map(|key| key.to_integer()?.to_i64()).collect();
        assert_eq!(left, [98, 99, 5]);
        assert!(dict.contains(&key(Value::integer(99))));
    }

    #[test]
    fn what_can_change_is_no_key() {
        assert!(Key::new(Value::tuple(vec![Value::list(vec![])])).is_err());
    }
}
