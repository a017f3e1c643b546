//! Integers modulo a number: `Mod(10, 7)`.

use std::any::Any;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::number::{Integer, modular};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, zero_division};
use crate::runtime::operate;
use crate::runtime::value::{Class, Object, Parent, Value, sign_of};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&residue::RECORD];

/// The class of residues.
static RESIDUE: Class =
    Class { name: "sage.rings.finite_rings.integer_mod.IntegerMod_int", known_as: None, base: None };

/// An integer modulo a number.
#[derive(Debug)]
struct Residue {
    value: Integer,
    modulus: Integer,
}

impl Residue {
    /// The residue of an integer modulo a number other than zero.
    fn new(value: &Integer, modulus: &Integer) -> Residue {
        let value = value.div_rem_floor(modulus).map_or_else(Integer::default, |(_, remainder)| remainder);
        Residue { value, modulus: modulus.clone() }
    }

    fn wrap(&self, value: &Integer) -> Value {
        Value::Object(Rc::new(Residue::new(value, &self.modulus)))
    }

    /// The number that another operand stands for modulo the same number; `None` when there is none.
    fn operand(&self, other: &Value) -> Option<Result<Integer, Fault>> {
        if let Some(other) = other.downcast::<Residue>() {
            return (other.modulus == self.modulus).then(|| Ok(other.value.clone()));
        }
        match other {
            Value::Bool(_) | Value::Int(_) | Value::Integer(_) => other.to_integer().map(Ok),
            Value::Rational(fraction) => {
                let inverse = inverse(&fraction.denominator(), &self.modulus);
                Some(inverse.map(|inverse| fraction.numerator() * inverse))
            }
            _ => None,
        }
    }
}

fn inverse(value: &Integer, modulus: &Integer) -> Result<Integer, Fault> {
    modular::inverse(value, modulus).ok_or_else(|| {
        let reduced = Residue::new(value, modulus).value;
        zero_division(format!("inverse of Mod({reduced}, {modulus}) does not exist"))
    })
}

fn power(base: &Integer, exponent: &Integer, modulus: &Integer) -> Result<Integer, Fault> {
    let base = if exponent.is_negative() { inverse(base, modulus)? } else { base.clone() };
    Ok(modular::power(&base, &exponent.abs(), modulus))
}

impl Object for Residue {
    fn class(&self) -> &'static Class {
        &RESIDUE
    }

    fn text(&self) -> String {
        self.value.to_string()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn latex(&self) -> Option<String> {
        Some(self.value.to_string())
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(!self.value.is_zero())
    }

    fn same(&self, other: &Value) -> bool {
        matches!(self.operand(other), Some(Ok(other)) if Residue::new(&other, &self.modulus).value == self.value)
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if operator == BinaryOperator::Power && !reflected {
            let exponent = other.to_integer()?;
            return Some(power(&self.value, &exponent, &self.modulus).map(|power| self.wrap(&power)));
        }
        let other = match self.operand(other)? {
            Ok(other) => other,
            Err(fault) => return Some(Err(fault)),
        };
        let (left, right) = if reflected { (&other, &self.value) } else { (&self.value, &other) };
        let result = match operator {
            BinaryOperator::Add => left + right,
            BinaryOperator::Subtract => left - right,
            BinaryOperator::Multiply => left * right,
            BinaryOperator::Divide => match inverse(right, &self.modulus) {
                Ok(inverse) => left * &inverse,
                Err(fault) => return Some(Err(fault)),
            },
            _ => return None,
        };
        Some(Ok(self.wrap(&result)))
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        Some(match operator {
            UnaryOperator::Plus => Ok(self.wrap(&self.value)),
            UnaryOperator::Minus => Ok(self.wrap(&-&self.value)),
            UnaryOperator::Invert => inverse(&self.value, &self.modulus).map(|inverse| self.wrap(&inverse)),
        })
    }

    fn methods(&self) -> &'static [&'static str] {
        &["lift", "modulus", "is_unit", "multiplicative_order"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, _arguments: Arguments) -> Result<Value, Fault> {
        Ok(match name {
            "lift" => Value::Integer(self.value.clone()),
            "modulus" => Value::Integer(self.modulus.clone()),
            "is_unit" => Value::Bool(self.value.gcd(&self.modulus).is_one()),
            _ => Value::integer(order(self, call)?),
        })
    }
}

/// The least exponent with which a power of the residue is 1.
fn order(residue: &Residue, call: &Call<'_>) -> Result<u64, Fault> {
    if !residue.value.gcd(&residue.modulus).is_one() {
        let message = format!(
            "multiplicative order of {} not defined since it is not a unit modulo {}",
            residue.value, residue.modulus
        );
        return Err(type_error(message).class_is("ArithmeticError"));
    }
    let one = Residue::new(&Integer::ONE, &residue.modulus).value;
    let (mut power, mut exponent) = (residue.value.clone(), 1);
    while power != one {
        call.budget().check()?;
        power = Residue::new(&(&power * &residue.value), &residue.modulus).value;
        exponent += 1;
    }
    Ok(exponent)
}

builtin! {
    /// An integer modulo a number, with the arithmetic of remainders.
    ///
    /// ```calc
    /// Mod(10, 7)              # => 3
    /// Mod(3, 7) + 5           # => 1
    /// Mod(3, 7)^-1            # => 5
    /// Mod(2, 4)^-1            # error: division-by-zero
    /// ```
    ///
    /// See also: `power_mod`, `inverse_mod`.
    named "mod";
    also "Mod";
    faults "division-by-zero";
    only function;
    fn residue(call, n: Spanned<Value>, m: Spanned<Integer>) -> Value {
        let modulus = m.value.abs();
        if modulus.is_zero() {
            return operate::convert(Parent::Integers, &n.value).map_err(|fault| fault.or_at(n.span));
        }
        let ring = Residue::new(&Integer::ZERO, &modulus);
        let number = ring.operand(&n.value).unwrap_or_else(|| {
            Err(type_error(format!("unable to convert {} to an integer modulo {modulus}", sign_of(&n.value))))
        });
        Ok(ring.wrap(&number.map_err(|fault| fault.or_at(n.span))?))
    }
}
