//! What a program computes with.
//!
//! A [`Value`] is small: whatever is larger than two machine words is shared. Numbers are of Sage's kinds: [`Value::Integer`]
//! is what a literal makes and divides exactly, [`Value::Int`] is Python's own, as `len` and `range` make it, and divides
//! into a [`Value::Float`].

mod class;
mod collection;
mod convert;
mod exception;
mod function;
mod object;
mod parent;
mod text;

use std::cell::RefCell;
use std::rc::Rc;

use super::builtin::Builtin;
use super::iterate::Iterator;
use crate::expr::{Expr, Function, Symbol};
use crate::number::{Complex, Integer, Rational, Real};

pub use class::{Class, classes};
pub use collection::{Dict, Key, List, Nature, Set, exact_order, real_order, same};
pub use convert::{as_expr, demote};
pub use exception::{Exception, exception_class, exception_classes};
pub use function::{BoundMethod, CallableExpr, Closure, DictView, Module, Range, Slice, ViewKind};
pub use object::Object;
pub use parent::{Parent, parent_of};
pub use text::{echo, expr_latex, expr_text, latex, repr, sign_of, str_of};

/// A value.
#[derive(Clone, Debug)]
pub enum Value {
    /// `None`.
    None,
    /// `True` and `False`.
    Bool(bool),
    /// Python's integer.
    Int(Integer),
    /// Sage's integer.
    Integer(Integer),
    /// A rational number, possibly a whole one.
    Rational(Rc<Rational>),
    /// A real of a precision.
    Real(Rc<Real>),
    /// Python's float.
    Float(f64),
    /// An element of Sage's `RDF`.
    Double(f64),
    /// A complex number of a precision.
    Complex(Rc<Complex>),
    /// A text.
    Str(Rc<str>),
    /// A list.
    List(Rc<List>),
    /// A tuple.
    Tuple(Rc<[Value]>),
    /// A dictionary.
    Dict(Rc<RefCell<Dict>>),
    /// A set.
    Set(Rc<RefCell<Set>>),
    /// A set that can't change.
    FrozenSet(Rc<Set>),
    /// `range(n)`.
    Range(Rc<Range>),
    /// `d.keys()` and its kin.
    View(Rc<DictView>),
    /// An iterator or generator.
    Iterator(Rc<Iterator>),
    /// A function made by `def` or `lambda`.
    Function(Rc<Closure>),
    /// A built-in function.
    Builtin(&'static Builtin),
    /// A method taken from its object: `L.append`.
    Method(Rc<BoundMethod>),
    /// `sin`, or what `function('y')` makes.
    Symbolic(Function),
    /// A symbolic expression, equation or inequality.
    Expr(Expr),
    /// What `f(x) = ...` makes.
    Callable(Rc<CallableExpr>),
    /// A class: `int`, `list`, `ValueError`.
    Class(&'static Class),
    /// `ZZ`, `RR` and the like.
    Parent(Parent),
    /// An imported module.
    Module(Rc<Module>),
    /// An exception.
    Exception(Rc<Exception>),
    /// `a:b:c` between brackets.
    Slice(Rc<Slice>),
    /// `...`
    Ellipsis,
    /// Anything that other rooms add.
    Object(Rc<dyn Object>),
}

impl Value {
    /// A text.
    pub fn str(text: impl AsRef<str>) -> Value {
        Value::Str(Rc::from(text.as_ref()))
    }

    /// One of Sage's integers.
    pub fn integer(value: impl Into<Integer>) -> Value {
        Value::Integer(value.into())
    }

    /// One of Python's integers.
    pub fn int(value: impl Into<Integer>) -> Value {
        Value::Int(value.into())
    }

    /// A rational number; it stays of that kind when it is whole.
    pub fn rational(value: Rational) -> Value {
        Value::Rational(Rc::new(value))
    }

    /// A real.
    pub fn real(value: Real) -> Value {
        Value::Real(Rc::new(value))
    }

    /// A complex number.
    pub fn complex(value: Complex) -> Value {
        Value::Complex(Rc::new(value))
    }

    /// The symbol of that name.
    pub fn symbol(name: &str) -> Value {
        Value::Expr(Expr::symbol(Symbol::new(name)))
    }

    /// A list.
    pub fn list(items: Vec<Value>) -> Value {
        Value::List(Rc::new(List { items: RefCell::new(items), in_lines: false }))
    }

    /// A list that `print` shows with a line for each item, as Sage's `Sequence(..., cr=True)`.
    pub fn list_in_lines(items: Vec<Value>) -> Value {
        Value::List(Rc::new(List { items: RefCell::new(items), in_lines: true }))
    }

    /// A tuple.
    pub fn tuple(items: Vec<Value>) -> Value {
        Value::Tuple(items.into())
    }

    /// A dictionary.
    pub fn dict(dict: Dict) -> Value {
        Value::Dict(Rc::new(RefCell::new(dict)))
    }

    /// A set.
    pub fn set(set: Set) -> Value {
        Value::Set(Rc::new(RefCell::new(set)))
    }

    /// Whether it is `None`.
    pub fn is_none(&self) -> bool {
        matches!(self, Value::None)
    }

    /// Whether two values are the very same object, as `is` asks.
    pub fn is(&self, other: &Value) -> bool {
        match (self, other) {
            (Value::None, Value::None) | (Value::Ellipsis, Value::Ellipsis) => true,
            (Value::Bool(a), Value::Bool(b)) => a == b,
            (Value::Int(a), Value::Int(b)) | (Value::Integer(a), Value::Integer(b)) => a == b,
            (Value::Str(a), Value::Str(b)) => a == b,
            (Value::Rational(a), Value::Rational(b)) => Rc::ptr_eq(a, b),
            (Value::Real(a), Value::Real(b)) => Rc::ptr_eq(a, b),
            (Value::Float(a), Value::Float(b)) | (Value::Double(a), Value::Double(b)) => a.to_bits() == b.to_bits(),
            (Value::Complex(a), Value::Complex(b)) => Rc::ptr_eq(a, b),
            (Value::Builtin(a), Value::Builtin(b)) => std::ptr::eq(*a, *b),
            (Value::Class(a), Value::Class(b)) => std::ptr::eq(*a, *b),
            (Value::Parent(a), Value::Parent(b)) => a == b,
            (Value::Symbolic(a), Value::Symbolic(b)) => a == b,
            (Value::Expr(a), Value::Expr(b)) => a.is_same(b) || (a.depth() == 0 && a == b),
            (Value::Tuple(a), Value::Tuple(b)) if a.is_empty() => b.is_empty(),
            _ => match (self.address(), other.address()) {
                (Some(a), Some(b)) => a == b,
                _ => false,
            },
        }
    }

    /// An address that tells shared values apart while they live.
    pub fn address(&self) -> Option<usize> {
        Some(match self {
            Value::List(list) => Rc::as_ptr(list).addr(),
            Value::Tuple(items) => Rc::as_ptr(items).addr(),
            Value::Dict(dict) => Rc::as_ptr(dict).addr(),
            Value::Set(set) => Rc::as_ptr(set).addr(),
            Value::FrozenSet(set) => Rc::as_ptr(set).addr(),
            Value::Range(range) => Rc::as_ptr(range).addr(),
            Value::View(view) => Rc::as_ptr(view).addr(),
            Value::Iterator(iterator) => Rc::as_ptr(iterator).addr(),
            Value::Function(function) => Rc::as_ptr(function).addr(),
            Value::Builtin(builtin) => std::ptr::from_ref(*builtin).addr(),
            Value::Method(method) => Rc::as_ptr(method).addr(),
            Value::Callable(callable) => Rc::as_ptr(callable).addr(),
            Value::Class(class) => std::ptr::from_ref(*class).addr(),
            Value::Module(module) => Rc::as_ptr(module).addr(),
            Value::Exception(exception) => Rc::as_ptr(exception).addr(),
            Value::Slice(slice) => Rc::as_ptr(slice).addr(),
            Value::Object(object) => Rc::as_ptr(object).addr(),
            Value::Expr(expr) => expr.address(),
            Value::Str(text) => text.as_ptr().addr(),
            Value::Rational(number) => Rc::as_ptr(number).addr(),
            Value::Real(number) => Rc::as_ptr(number).addr(),
            Value::Complex(number) => Rc::as_ptr(number).addr(),
            Value::None
            | Value::Bool(_)
            | Value::Int(_)
            | Value::Integer(_)
            | Value::Float(_)
            | Value::Double(_)
            | Value::Symbolic(_)
            | Value::Parent(_)
            | Value::Ellipsis => return None,
        })
    }

    /// Whether it is a number: a `Value` of a numeric kind, or a symbolic one that is a number.
    pub fn is_number(&self) -> bool {
        match self {
            Value::Expr(expr) => expr.as_number().is_some(),
            _ => self.is_plain_number(),
        }
    }

    /// Whether it is of a numeric kind, which a symbolic expression is not.
    pub fn is_plain_number(&self) -> bool {
        matches!(
            self,
            Value::Bool(_)
                | Value::Int(_)
                | Value::Integer(_)
                | Value::Rational(_)
                | Value::Real(_)
                | Value::Float(_)
                | Value::Double(_)
                | Value::Complex(_)
        )
    }

    /// The exact integer it is, of whatever kind; whole rationals and symbolic integers count, floats don't.
    pub fn to_integer(&self) -> Option<Integer> {
        match self {
            Value::Bool(value) => Some(Integer::new(i64::from(*value))),
            Value::Int(value) | Value::Integer(value) => Some(value.clone()),
            Value::Rational(value) => value.to_integer(),
            Value::Expr(expr) => expr.as_rational().and_then(Rational::to_integer),
            _ => None,
        }
    }

    /// The text, if it is one.
    pub fn as_str(&self) -> Option<&Rc<str>> {
        match self {
            Value::Str(text) => Some(text),
            _ => None,
        }
    }

    /// The object of a given type that it holds, if it holds one.
    pub fn downcast<T: 'static>(&self) -> Option<&T> {
        match self {
            Value::Object(object) => object.as_any().downcast_ref(),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_small() {
        assert!(size_of::<Value>() <= 24, "{}", size_of::<Value>());
        assert_eq!(size_of::<Option<Value>>(), size_of::<Value>());
    }
}
