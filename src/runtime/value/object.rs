//! The extension point: values that other rooms add (figures, series, piecewise functions, polynomials).

use std::any::Any;
use std::fmt;
use std::rc::Rc;

use super::{Class, Value};
use crate::diagnostic::Fault;
use crate::expr::Expr;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::machine::Machine;
use crate::syntax::ast::{BinaryOperator, ComparisonOperator, UnaryOperator};

/// A value of a kind of its own. Only [`Object::class`], [`Object::text`] and [`Object::as_any`] must be given; the rest says
/// what else can be done with it. Methods are built-ins whose first parameter accepts it, or come from
/// [`Object::method`].
pub trait Object {
    /// Its class, usually a `static`.
    fn class(&self) -> &'static Class;

    /// What `repr` and the echo show.
    fn text(&self) -> String;

    /// For downcasts: `self`.
    fn as_any(&self) -> &dyn Any;

    /// Its LaTeX, if it has one.
    fn latex(&self) -> Option<String> {
        None
    }

    /// Whether it counts as true.
    ///
    /// # Errors
    /// When that can't be told.
    fn truth(&self) -> Result<bool, Fault> {
        Ok(true)
    }

    /// The expression that it stands for in formulas, if it does.
    fn expression(&self) -> Option<Expr> {
        None
    }

    /// What `f(x) = ...` makes of it with these arguments, if it is a function by itself.
    fn function_of(&self, _names: &[Rc<str>]) -> Option<Value> {
        None
    }

    /// Structural equality, as `in` and dictionary keys need it.
    fn same(&self, _other: &Value) -> bool {
        false
    }

    /// The hash that goes with [`Object::same`]; without one the object is no dictionary key, unless by identity.
    fn hash(&self) -> Option<u64> {
        None
    }

    /// The attribute or property of that name, if there is one that is not a method.
    fn attribute(&self, _name: &str) -> Option<Value> {
        None
    }

    /// The names of the methods that [`Object::method`] knows.
    fn methods(&self) -> &'static [&'static str] {
        &[]
    }

    /// Calls a method named by [`Object::methods`].
    ///
    /// # Errors
    /// Those of the method.
    fn method(&self, _call: &mut Call<'_>, _name: &str, _arguments: Arguments) -> Result<Value, Fault> {
        Ok(Value::None)
    }

    /// `object(...)`; `None` when it can't be called.
    fn invoke(&self, _call: &mut Call<'_>, _arguments: &Arguments) -> Option<Result<Value, Fault>> {
        None
    }

    /// Whether it is a function of one number that plots draw by calling it.
    fn is_drawn_by_values(&self) -> bool {
        false
    }

    /// `object op other`, or `other op object` when `reflected`; `None` when the two don't go together.
    fn binary(&self, _operator: BinaryOperator, _other: &Value, _reflected: bool) -> Option<Result<Value, Fault>> {
        None
    }

    /// `op object`; `None` when there is no such thing.
    fn unary(&self, _operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        None
    }

    /// `object op other`, or `other op object` when `reflected`; `None` for the default: `==` by [`Object::same`], no order.
    fn compare(&self, _operator: ComparisonOperator, _other: &Value, _reflected: bool) -> Option<Result<Value, Fault>> {
        None
    }

    /// What `with` does before its block, and the value for what stands behind `as`; `None` when `with` can't take it.
    fn enter(&self, _machine: &mut Machine) -> Option<Result<Value, Fault>> {
        None
    }

    /// What `with` does behind its block, however that ends. A second time does nothing.
    fn exit(&self, _machine: &mut Machine) {}

    /// The items that a loop over it runs through; `None` when it is no collection.
    fn items(&self) -> Option<Vec<Value>> {
        None
    }

    /// Whether a value is in it; `None` when that is asked of its items.
    fn contains(&self, _item: &Value) -> Option<bool> {
        None
    }

    /// `len(object)`; by default the number of items.
    fn length(&self) -> Option<usize> {
        self.items().map(|items| items.len())
    }

    /// `object[index]`; `None` when it has no such thing.
    fn index(&self, _index: &Value) -> Option<Result<Value, Fault>> {
        None
    }

    /// `object[index] = value`; `None` when its items can't be replaced.
    fn store(&self, _index: &Value, _value: &Value) -> Option<Result<(), Fault>> {
        None
    }
}

impl fmt::Debug for dyn Object {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}({})", self.class().name, self.text())
    }
}
