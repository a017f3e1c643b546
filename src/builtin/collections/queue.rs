//! Queues with two ends.

use std::any::Any;
use std::cell::RefCell;
use std::collections::VecDeque;

use crate::diagnostic::{Fault, Spanned};
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::value::{Class, Object, Value, repr, same};

static CLASS: Class = Class { name: "collections.deque", known_as: None, base: None };

/// A queue.
#[derive(Debug)]
pub(super) struct Queue {
    items: RefCell<VecDeque<Value>>,
    most: Option<usize>,
}

impl Queue {
    /// A queue of items; of too many the last ones stay.
    pub(super) fn new(items: Vec<Value>, most: Option<usize>) -> Queue {
        let queue = Queue { items: RefCell::default(), most };
        items.into_iter().for_each(|item| queue.push(item, false));
        queue
    }

    fn push(&self, item: Value, left: bool) {
        let mut items = self.items.borrow_mut();
        if left {
            items.push_front(item);
        } else {
            items.push_back(item);
        }
        if self.most.is_some_and(|most| items.len() > most) {
            drop(if left { items.pop_back() } else { items.pop_front() });
        }
    }

    fn place(&self, index: &Value) -> Result<usize, Fault> {
        let length = self.items.borrow().len() as i64;
        let at = index.to_integer().ok_or_else(|| type_error("sequence index must be integer"))?.to_i64();
        let at = at.map(|at| if at < 0 { at + length } else { at }).filter(|at| (0..length).contains(at));
        at.and_then(|at| usize::try_from(at).ok())
            .ok_or_else(|| value_error("deque index out of range").class_is("IndexError"))
    }

    fn find(&self, wanted: &Value) -> Result<usize, Fault> {
        let found = self.items.borrow().iter().position(|item| same(item, wanted));
        found.ok_or_else(|| value_error(format!("{} is not in deque", repr(wanted))))
    }

    fn rotate(&self, by: i64) {
        let mut items = self.items.borrow_mut();
        let length = items.len() as i64;
        if length > 0 {
            let by = usize::try_from(by.rem_euclid(length)).unwrap_or(0);
            items.rotate_right(by);
        }
    }
}

impl Object for Queue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let items = repr(&Value::list(self.items.borrow().iter().cloned().collect()));
        match self.most {
            Some(most) => format!("deque({items}, maxlen={most})"),
            None => format!("deque({items})"),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(!self.items.borrow().is_empty())
    }

    fn same(&self, other: &Value) -> bool {
        let Some(other) = other.downcast::<Queue>() else { return false };
        if std::ptr::eq(self, other) {
            return true;
        }
        let (own, other) = (self.items.borrow(), other.items.borrow());
        own.len() == other.len() && own.iter().zip(other.iter()).all(|(a, b)| same(a, b))
    }

    fn attribute(&self, name: &str) -> Option<Value> {
        (name == "maxlen").then(|| self.most.map_or(Value::None, Value::int))
    }

    fn methods(&self) -> &'static [&'static str] {
        &[
            "append",
            "appendleft",
            "clear",
            "copy",
            "count",
            "extend",
            "extendleft",
            "index",
            "insert",
            "pop",
            "popleft",
            "remove",
            "reverse",
            "rotate",
        ]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let given: Vec<Value> = arguments.positional.into_iter().map(|Spanned { value, .. }| value).collect();
        let takes = match name {
            "append" | "appendleft" | "count" | "extend" | "extendleft" | "index" | "remove" => 1..=1,
            "insert" => 2..=2,
            "rotate" => 0..=1,
            _ => 0..=0,
        };
        if !takes.contains(&given.len()) || !arguments.keywords.is_empty() {
            return Err(type_error(format!("deque.{name}() takes {} arguments ({} given)", takes.end(), given.len())));
        }
        let nothing = || value_error("pop from an empty deque").class_is("IndexError");
        match (name, given.as_slice()) {
            ("append" | "appendleft", [item]) => self.push(item.clone(), name == "appendleft"),
            ("extend" | "extendleft", [items]) => {
                call.items(items)?.into_iter().for_each(|item| self.push(item, name == "extendleft"));
            }
            ("pop", _) => return self.items.borrow_mut().pop_back().ok_or_else(nothing),
            ("popleft", _) => return self.items.borrow_mut().pop_front().ok_or_else(nothing),
            ("clear", _) => self.items.borrow_mut().clear(),
            ("reverse", _) => self.items.borrow_mut().make_contiguous().reverse(),
            ("rotate", by) => {
                let by = by.first().map_or(Some(1), |by| by.to_integer().and_then(|by| by.to_i64()));
                self.rotate(by.ok_or_else(|| type_error("an integer is required"))?);
            }
            ("count", [wanted]) => {
                return Ok(Value::int(self.items.borrow().iter().filter(|item| same(item, wanted)).count()));
            }
            ("index", [wanted]) => return self.find(wanted).map(Value::int),
            ("remove", [wanted]) => {
                let at = self.find(wanted)?;
                self.items.borrow_mut().remove(at);
            }
            ("insert", [at, item]) => {
                let length = self.items.borrow().len() as i64;
                let at =
                    at.to_integer().and_then(|at| at.to_i64()).ok_or_else(|| type_error("an integer is required"))?;
                let at = if at < 0 { (at + length).max(0) } else { at.min(length) };
                self.items.borrow_mut().insert(usize::try_from(at).unwrap_or(0), item.clone());
            }
            _ => {
                let items = self.items.borrow().iter().cloned().collect();
                return Ok(Value::Object(std::rc::Rc::new(Queue::new(items, self.most))));
            }
        }
        Ok(Value::None)
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.items.borrow().iter().cloned().collect())
    }

    fn length(&self) -> Option<usize> {
        Some(self.items.borrow().len())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        Some(self.place(index).map(|at| self.items.borrow()[at].clone()))
    }
}
