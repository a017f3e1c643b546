//! Values that are called or that describe a part of something: functions, methods, modules, ranges, slices, views.

use std::cell::RefCell;
use std::rc::Rc;

use super::{Class, Dict, Value, classes};
use crate::expr::{Expr, Symbol};
use crate::number::Integer;
use crate::runtime::code::Code;
use crate::runtime::globals::Globals;

/// A cell: a variable shared by a function and the functions inside it.
pub type Cell = Rc<RefCell<Option<Value>>>;

/// A function made by `def` or `lambda`.
#[derive(Debug)]
pub struct Closure {
    /// What it does.
    pub code: Rc<Code>,
    /// The defaults of its parameters, positional ones first.
    pub defaults: Vec<Value>,
    /// The variables it shares with the functions around it, in the order of its code's outer cells.
    pub captured: Vec<Cell>,
    /// The globals of its module.
    pub globals: Rc<Globals>,
}

/// A method and its object.
#[derive(Debug)]
pub struct BoundMethod {
    /// The object.
    pub receiver: Value,
    /// The method's name.
    pub name: Rc<str>,
}

/// A callable expression: `f(x, y) = x + y`.
#[derive(Clone, Debug)]
pub struct CallableExpr {
    /// The arguments, in order.
    pub arguments: Rc<[Symbol]>,
    /// What it is equal to.
    pub body: Expr,
}

impl CallableExpr {
    /// The same arguments with another body.
    pub fn with_body(&self, body: Expr) -> Value {
        Value::Callable(Rc::new(CallableExpr { arguments: Rc::clone(&self.arguments), body }))
    }
}

/// An imported module.
#[derive(Debug)]
pub struct Module {
    /// Its name.
    pub name: Rc<str>,
    /// What it holds.
    pub globals: Rc<Globals>,
}

/// `range(start, stop, step)`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first item.
    pub start: Integer,
    /// Where it ends, exclusive.
    pub stop: Integer,
    /// From one item to the next; not zero.
    pub step: Integer,
}

impl Range {
    /// How many items there are.
    pub fn length(&self) -> Integer {
        let distance = &self.stop - &self.start;
        if distance.is_zero() || distance.is_negative() != self.step.is_negative() {
            return Integer::ZERO;
        }
        let (quotient, remainder) = distance.div_rem_trunc(&self.step).unwrap_or_default();
        if remainder.is_zero() { quotient } else { quotient + Integer::ONE }
    }

    /// The item at a place that is known to exist.
    pub fn item(&self, index: &Integer) -> Integer {
        &self.start + index * &self.step
    }
}

/// `start:stop:step`; what is left out is `None`.
#[derive(Clone, Debug)]
pub struct Slice {
    /// Before the first colon.
    pub start: Value,
    /// Behind the first colon.
    pub stop: Value,
    /// Behind the second colon.
    pub step: Value,
}

/// Which part of a dictionary a view shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ViewKind {
    /// The keys.
    Keys,
    /// The values.
    Values,
    /// Pairs of both.
    Items,
}

impl ViewKind {
    /// The class of such a view.
    pub fn class(self) -> &'static Class {
        match self {
            ViewKind::Keys => &classes::DICT_KEYS,
            ViewKind::Values => &classes::DICT_VALUES,
            ViewKind::Items => &classes::DICT_ITEMS,
        }
    }
}

/// `d.keys()`, `d.values()`, `d.items()`: follows the changes of its dictionary.
#[derive(Debug)]
pub struct DictView {
    /// The dictionary.
    pub dict: Rc<RefCell<Dict>>,
    /// Which part is shown.
    pub kind: ViewKind,
}

impl DictView {
    /// What it shows at this moment.
    pub fn items(&self) -> Vec<Value> {
        let dict = self.dict.borrow();
        match self.kind {
            ViewKind::Keys => dict.keys().cloned().collect(),
            ViewKind::Values => dict.iter().map(|(_, value)| value.clone()).collect(),
            ViewKind::Items => dict.iter().map(|(key, value)| Value::tuple(vec![key.clone(), value.clone()])).collect(),
        }
    }
}
