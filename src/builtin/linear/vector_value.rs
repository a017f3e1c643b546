//! Vectors as values.

use std::any::Any;
use std::rc::Rc;

use crate::algebra;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Function, Infinity, Kind, Symbol, function};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, zero_division};
use crate::runtime::parameter::expected;
use crate::runtime::value::{Class, Object, Value, as_expr};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

use super::ENTRYWISE;
use super::matrix_value::{entrywise, index_in, substituted};

/// A vector of expressions; with arguments it is a callable one.
#[derive(Clone, Debug, PartialEq)]
pub struct VectorValue {
    entries: Vec<Expr>,
    arguments: Option<Rc<[Symbol]>>,
}

static CLASS: Class =
    Class { name: "sage.modules.vector_symbolic_dense.Vector_symbolic_dense", known_as: None, base: None };

impl VectorValue {
    /// A vector.
    pub fn new(entries: Vec<Expr>) -> VectorValue {
        VectorValue { entries, arguments: None }
    }

    /// A vector of expressions in arguments.
    pub fn of_callable(entries: Vec<Expr>, arguments: Option<Rc<[Symbol]>>) -> VectorValue {
        VectorValue { entries, arguments }
    }

    /// As a value.
    pub fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    /// The entries.
    pub fn entries(&self) -> &[Expr] {
        &self.entries
    }

    fn like(&self, entries: Vec<Expr>) -> Value {
        VectorValue { entries, arguments: self.arguments.clone() }.into_value()
    }

    /// The sum of the products of the entries.
    pub fn dot(&self, other: &VectorValue) -> Result<Expr, Fault> {
        if self.entries.len() != other.entries.len() {
            return Err(type_error("the vectors have different lengths"));
        }
        Ok(Expr::sum(self.entries.iter().zip(&other.entries).map(|(a, b)| a * b)))
    }

    fn cross(&self, other: &VectorValue) -> Result<Value, Fault> {
        let ([a, b, c], [d, e, f]) = (self.entries.as_slice(), other.entries.as_slice()) else {
            return Err(type_error("the cross product is one of two vectors with three entries"));
        };
        Ok(self.like(vec![b * f - c * e, c * d - a * f, a * e - b * d]))
    }

    /// The `p`-norm: for `p = 2` unless told, for `p = oo` the greatest modulus.
    fn norm(&self, arguments: &Arguments) -> Result<Expr, Fault> {
        let sizes = || self.entries.iter().map(function::abs);
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
            _ => self.dot(other).map(Value::Expr),
        }
    }

    fn scaled(&self, factor: &Expr) -> Value {
        self.like(self.entries.iter().map(|entry| entry * factor).collect())
    }
}

impl Object for VectorValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let entries: Vec<String> = self.entries.iter().map(print::text).collect();
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
        let entries: Vec<String> = self.entries.iter().map(print::latex).collect();
        Some(format!(r"\left({}\right)", entries.join(r",\,")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<VectorValue>().is_some_and(|other| self.entries == other.entries)
    }

    fn methods(&self) -> &'static [&'static str] {
        and_entrywise!("norm", "dot_product", "inner_product", "cross_product", "list", "degree", "length", "apply_map")
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "norm" => Ok(Value::Expr(algebra::simplify(&self.norm(&arguments)?, call.budget())?)),
            "list" => Ok(Value::list(self.entries.iter().cloned().map(Value::Expr).collect())),
            "degree" | "length" => Ok(Value::int(self.entries.len() as i64)),
            "apply_map" => Ok(self.like(super::matrix_value::mapped(&self.entries, call, &arguments)?)),
            name if ENTRYWISE.contains(&name) => Ok(self.like(entrywise(&self.entries, call, name, &arguments)?)),
            _ => self.with_other(call, name, &arguments),
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let own = self.arguments.as_deref();
        Some(substituted(&self.entries, own, call, arguments).map(|entries| VectorValue::new(entries).into_value()))
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if let Some(other) = other.downcast::<VectorValue>() {
            let pairwise = |combine: fn(&Expr, &Expr) -> Expr| {
                if self.entries.len() != other.entries.len() {
                    return Err(type_error("the vectors have different lengths"));
                }
                Ok(self.like(self.entries.iter().zip(&other.entries).map(|(a, b)| combine(a, b)).collect()))
            };
            return match operator {
                BinaryOperator::Add => Some(pairwise(|a, b| a + b)),
                BinaryOperator::Subtract => Some(pairwise(|a, b| a - b)),
                BinaryOperator::Multiply => Some(self.dot(other).map(Value::Expr)),
                _ => None,
            };
        }
        let factor = as_expr(other)?;
        match operator {
            BinaryOperator::Multiply => Some(Ok(self.scaled(&factor))),
            BinaryOperator::Divide if !reflected && factor.is_zero() => Some(Err(zero_division("division by zero"))),
            BinaryOperator::Divide if !reflected => Some(Ok(self.scaled(&factor.recip()))),
            _ => None,
        }
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(Ok(self.like(self.entries.iter().map(|entry| -entry).collect()))),
            UnaryOperator::Plus => Some(Ok(self.like(self.entries.clone()))),
            _ => None,
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.entries.iter().cloned().map(Value::Expr).collect())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        Some(index_in(self.entries.len(), index).and_then(|at| {
            self.entries.get(at).cloned().map(Value::Expr).ok_or_else(|| type_error("vector index out of range"))
        }))
    }
}
