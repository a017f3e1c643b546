//! Vectors as values.

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::algebra;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Function, Infinity, Kind, Symbol, function};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, zero_division};
use crate::runtime::parameter::expected;
use crate::runtime::value::{Class, Object, Parent, Value, as_expr};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

use super::ENTRYWISE;
use super::base::{base_of, base_of_numbers, converted, element, join};
use super::matrix_value::{MatrixValue, entrywise, index_in, mapped, substituted};

/// A vector, whose entries can be replaced; with arguments it is a callable one.
#[derive(Clone, Debug)]
pub struct VectorValue {
    entries: RefCell<Vec<Expr>>,
    base: Parent,
    arguments: Option<Rc<[Symbol]>>,
}

static CLASS: Class =
    Class { name: "sage.modules.vector_symbolic_dense.Vector_symbolic_dense", known_as: None, base: None };

impl VectorValue {
    /// A vector. What its entries are is told by themselves.
    pub fn new(entries: Vec<Expr>) -> VectorValue {
        let base = base_of_numbers(&entries);
        VectorValue { entries: RefCell::new(entries), base, arguments: None }
    }

    /// The vector over at least a base.
    pub fn over(self, base: Parent) -> VectorValue {
        VectorValue { base: join(self.base, base), ..self }
    }

    /// What the entries are.
    pub fn base(&self) -> Parent {
        self.base
    }

    /// A vector of expressions in arguments.
    pub fn of_callable(entries: Vec<Expr>, arguments: Option<Rc<[Symbol]>>) -> VectorValue {
        VectorValue { arguments, ..VectorValue::new(entries).over(Parent::Symbolic) }
    }

    /// As a value.
    pub fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    /// The entries.
    pub fn entries(&self) -> Vec<Expr> {
        self.entries.borrow().clone()
    }

    fn give(&self, entry: &Expr) -> Value {
        element(entry, self.base)
    }

    fn given(&self) -> Vec<Value> {
        self.entries.borrow().iter().map(|entry| self.give(entry)).collect()
    }

    /// A vector with entries computed from those of this one and of others over a base.
    fn like(&self, entries: Vec<Expr>, base: Parent) -> Value {
        let made = VectorValue::new(entries).over(join(self.base, base));
        VectorValue { arguments: self.arguments.clone(), ..made }.into_value()
    }

    /// A vector with values found elsewhere.
    fn of_values(&self, values: &[Value]) -> Result<Value, Fault> {
        let base = base_of(values);
        let entries: Option<Vec<Expr>> = values.iter().map(as_expr).collect();
        let entries = entries.ok_or_else(|| type_error("the entries of a vector are numbers or expressions"))?;
        let entries: Result<Vec<Expr>, Fault> = entries.iter().map(|entry| converted(entry, base)).collect();
        Ok(VectorValue { base, arguments: self.arguments.clone(), ..VectorValue::new(entries?) }.into_value())
    }

    /// The sum of the products of the entries.
    pub fn dot(&self, other: &VectorValue) -> Result<Expr, Fault> {
        let (own, others) = (self.entries.borrow(), other.entries.borrow());
        if own.len() != others.len() {
            return Err(type_error("the vectors have different lengths"));
        }
        Ok(Expr::sum(own.iter().zip(others.iter()).map(|(a, b)| a * b)))
    }

    fn cross(&self, other: &VectorValue) -> Result<Value, Fault> {
        let (own, others) = (self.entries(), other.entries());
        let ([a, b, c], [d, e, f]) = (own.as_slice(), others.as_slice()) else {
            return Err(type_error("the cross product is one of two vectors with three entries"));
        };
        Ok(self.like(vec![b * f - c * e, c * d - a * f, a * e - b * d], other.base))
    }

    /// The `p`-norm: for `p = 2` unless told, for `p = oo` the greatest modulus.
    fn norm(&self, arguments: &Arguments) -> Result<Expr, Fault> {
        let entries = self.entries.borrow();
        let sizes = || entries.iter().map(function::abs);
        let Some(given) = arguments.positional.first() else {
            return Ok(Expr::sum(sizes().map(|size| size.powi(2))).sqrt());
        };
        let p = as_expr(&given.value).ok_or_else(|| expected("a number", given))?;
        match (p.to_i64(), p.kind()) {
            (Some(p), _) if p > 0 => Ok(Expr::sum(sizes().map(|size| size.powi(p))).power(&Expr::fraction(1, p))),
            (_, Kind::Infinity(Infinity::Positive)) => {
                Ok(Expr::call(Function::Elementary(&function::MAX), sizes().collect()))
            }
            _ => Err(expected("a positive integer or oo", given)),
        }
    }

    fn with_other(&self, call: &Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let other = arguments.positional.first().and_then(|first| first.value.downcast::<VectorValue>());
        let Some(other) = other else {
            return Err(type_error(format!("{name}() takes a vector")).or_at(call.span()));
        };
        match name {
            "cross_product" => self.cross(other),
            _ => self.dotted(other),
        }
    }

    fn dotted(&self, other: &VectorValue) -> Result<Value, Fault> {
        Ok(element(&self.dot(other)?, join(self.base, other.base)))
    }

    fn scaled(&self, factor: &Expr, base: Parent) -> Value {
        self.like(self.entries.borrow().iter().map(|entry| entry * factor).collect(), base)
    }

    /// The norm, in its simplest form.
    fn simplest_norm(&self, call: &Call<'_>, arguments: &Arguments) -> Result<Expr, Fault> {
        Ok(algebra::simplify(&self.norm(arguments)?, call.budget())?)
    }

    /// The vector divided by its norm.
    fn normalized(&self, call: &Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let norm = self.simplest_norm(call, arguments)?;
        if norm.is_zero() {
            return Ok(self.like(self.entries(), self.base));
        }
        let entries: Vec<Expr> = self.entries.borrow().iter().map(|entry| entry / &norm).collect();
        Ok(VectorValue::new(entries).over(self.base).into_value())
    }
}

impl Object for VectorValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let entries: Vec<String> = self.entries.borrow().iter().map(print::text).collect();
        let list = format!("({})", entries.join(", "));
        match &self.arguments {
            Some(arguments) => {
                let names: Vec<&str> = arguments.iter().map(|symbol| symbol.name()).collect();
                match names.as_slice() {
                    [only] => format!("{only} |--> {list}"),
                    several => format!("({}) |--> {list}", several.join(", ")),
                }
            }
            None => list,
        }
    }

    fn latex(&self) -> Option<String> {
        let entries: Vec<String> = self.entries.borrow().iter().map(print::latex).collect();
        Some(format!(r"\left({}\right)", entries.join(r",\,")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<VectorValue>().is_some_and(|other| self.entries == other.entries)
    }

    fn methods(&self) -> &'static [&'static str] {
        and_entrywise!(
            "norm",
            "normalized",
            "dot_product",
            "inner_product",
            "cross_product",
            "list",
            "degree",
            "length",
            "apply_map",
            "column",
            "row",
            "is_zero"
        )
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "norm" => Ok(element(&self.simplest_norm(call, &arguments)?, self.base)),
            "normalized" => self.normalized(call, &arguments),
            "list" => Ok(Value::list(self.given())),
            "degree" | "length" => Ok(Value::int(self.entries.borrow().len() as i64)),
            "column" => {
                Ok(MatrixValue::new(self.entries.borrow().len(), 1, self.entries()).over(self.base).into_value())
            }
            "row" => Ok(MatrixValue::new(1, self.entries.borrow().len(), self.entries()).over(self.base).into_value()),
            "is_zero" => Ok(Value::Bool(self.entries.borrow().iter().all(Expr::is_zero))),
            "apply_map" => self.of_values(&mapped(&self.given(), call, &arguments)?),
            name if ENTRYWISE.contains(&name) => {
                self.of_values(&entrywise(&self.entries(), self.base, call, name, &arguments)?)
            }
            _ => self.with_other(call, name, &arguments),
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let own = self.arguments.as_deref();
        let found = substituted(&self.entries(), own, call, arguments);
        Some(found.map(|entries| VectorValue::new(entries).over(self.base).into_value()))
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if let Some(other) = other.downcast::<VectorValue>() {
            let pairwise = |combine: fn(&Expr, &Expr) -> Expr| {
                let (own, others) = (self.entries(), other.entries());
                if own.len() != others.len() {
                    return Err(type_error("the vectors have different lengths"));
                }
                Ok(self.like(own.iter().zip(&others).map(|(a, b)| combine(a, b)).collect(), other.base))
            };
            return match operator {
                BinaryOperator::Add => Some(pairwise(|a, b| a + b)),
                BinaryOperator::Subtract => Some(pairwise(|a, b| a - b)),
                BinaryOperator::Multiply => Some(self.dotted(other)),
                _ => None,
            };
        }
        let factor = as_expr(other)?;
        let base = base_of(std::slice::from_ref(other));
        match operator {
            BinaryOperator::Multiply => Some(Ok(self.scaled(&factor, base))),
            BinaryOperator::Divide if !reflected && factor.is_zero() => Some(Err(zero_division("division by zero"))),
            BinaryOperator::Divide if !reflected => Some(Ok(self.scaled(&factor.recip(), base))),
            _ => None,
        }
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(Ok(self.scaled(&Expr::integer(-1), self.base))),
            UnaryOperator::Plus => Some(Ok(self.like(self.entries(), self.base))),
            _ => None,
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.given())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let entries = self.entries.borrow();
        Some(index_in(entries.len(), index).and_then(|at| {
            entries.get(at).map(|entry| self.give(entry)).ok_or_else(|| type_error("vector index out of range"))
        }))
    }

    fn store(&self, index: &Value, value: &Value) -> Option<Result<(), Fault>> {
        let stored = || {
            let mut entries = self.entries.borrow_mut();
            let at = index_in(entries.len(), index)?;
            let value =
                as_expr(value).ok_or_else(|| type_error("the entries of a vector are numbers or expressions"))?;
            if let Some(place) = entries.get_mut(at) {
                *place = converted(&value, self.base)?;
            }
            Ok(())
        };
        Some(stored())
    }
}
