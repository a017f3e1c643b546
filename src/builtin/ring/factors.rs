//! Polynomials as products of powers of irreducible ones.

use std::any::Any;

use super::Ring;
use crate::diagnostic::Fault;
use crate::number::Rational;
use crate::poly::RationalPolynomial;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::value::{Class, Object, Value, repr};

static CLASS: Class = Class { name: "sage.structure.factorization.Factorization", known_as: None, base: None };

/// A factored polynomial; prints as `(2) * (x - 1) * (x + 1)`.
#[derive(Debug)]
pub(super) struct Factored {
    pub(super) ring: Ring,
    /// The constant in front.
    pub(super) unit: Rational,
    /// The factors in order, constants of the ring of integers first.
    pub(super) factors: Vec<(RationalPolynomial, usize)>,
}

impl Factored {
    fn element(&self, polynomial: &RationalPolynomial) -> Value {
        self.ring.element(polynomial.clone())
    }
}

impl Object for Factored {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let mut parts = Vec::new();
        if self.factors.is_empty() {
            return self.unit.to_string();
        }
        if !self.unit.is_one() {
            parts.push(format!("({})", self.unit));
        }
        let alone = self.factors.len() == 1 && self.unit.is_one();
        for (factor, exponent) in &self.factors {
            let mut text = repr(&self.element(factor));
            if !(alone && *exponent == 1) && text.contains(['+', '-', ' ']) {
                text = format!("({text})");
            }
            parts.push(if *exponent == 1 { text } else { format!("{text}^{exponent}") });
        }
        parts.join(" * ")
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn items(&self) -> Option<Vec<Value>> {
        let pair = |(factor, exponent): &(RationalPolynomial, usize)| {
            Value::tuple(vec![self.element(factor), Value::int(*exponent)])
        };
        Some(self.factors.iter().map(pair).collect())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let items = self.items()?;
        let length = items.len() as i64;
        let at = index.to_integer()?.to_i64()?;
        let item = usize::try_from(if at < 0 { at + length } else { at }).ok().and_then(|at| items.get(at).cloned());
        let outside = || crate::runtime::fault::value_error("list index out of range").class_is("IndexError");
        Some(item.ok_or_else(outside))
    }

    fn methods(&self) -> &'static [&'static str] {
        &["expand", "prod", "unit", "value"]
    }

    fn method(&self, _call: &mut Call<'_>, name: &str, _arguments: Arguments) -> Result<Value, Fault> {
        let unit = RationalPolynomial::constant(&self.unit);
        Ok(self.ring.element(match name {
            "unit" => unit,
            _ => self.factors.iter().fold(unit, |product, (factor, exponent)| &product * &factor.pow(*exponent)),
        }))
    }
}
