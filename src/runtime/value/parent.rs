//! Parents: the rings that numbers live in, as Sage's `ZZ`, `QQ`, `RR`.

use std::fmt;

use super::{Class, Value, classes};

/// A ring that values belong to and that converts into itself when called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Parent {
    /// `ZZ`
    Integers,
    /// `QQ`
    Rationals,
    /// `RR`, `RealField(prec)`
    Reals(u32),
    /// `CC`, `ComplexField(prec)`
    Complexes(u32),
    /// `RDF`
    Doubles,
    /// `CDF`
    ComplexDoubles,
    /// `SR`
    Symbolic,
}

impl Parent {
    /// The class of the parent itself.
    pub fn class(self) -> &'static Class {
        match self {
            Parent::Integers => &classes::INTEGER_RING,
            Parent::Rationals => &classes::RATIONAL_FIELD,
            Parent::Reals(_) => &classes::REAL_FIELD,
            Parent::Complexes(_) => &classes::COMPLEX_FIELD,
            Parent::Doubles => &classes::DOUBLE_FIELD,
            Parent::ComplexDoubles => &classes::COMPLEX_DOUBLE_FIELD,
            Parent::Symbolic => &classes::SYMBOLIC_RING,
        }
    }

    /// Its LaTeX.
    pub fn latex(self) -> &'static str {
        match self {
            Parent::Integers => r"\Bold{Z}",
            Parent::Rationals => r"\Bold{Q}",
            Parent::Reals(_) | Parent::Doubles => r"\Bold{R}",
            Parent::Complexes(_) | Parent::ComplexDoubles => r"\Bold{C}",
            Parent::Symbolic => r"\text{SR}",
        }
    }
}

impl fmt::Display for Parent {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Parent::Integers => out.write_str("Integer Ring"),
            Parent::Rationals => out.write_str("Rational Field"),
            Parent::Reals(bits) => write!(out, "Real Field with {bits} bits of precision"),
            Parent::Complexes(bits) => write!(out, "Complex Field with {bits} bits of precision"),
            Parent::Doubles => out.write_str("Real Double Field"),
            Parent::ComplexDoubles => out.write_str("Complex Double Field"),
            Parent::Symbolic => out.write_str("Symbolic Ring"),
        }
    }
}

/// The ring that a value belongs to, if it belongs to one.
pub fn parent_of(value: &Value) -> Option<Parent> {
    Some(match value {
        Value::Integer(_) => Parent::Integers,
        Value::Rational(_) => Parent::Rationals,
        Value::Real(real) => Parent::Reals(real.prec()),
        Value::Complex(complex) => Parent::Complexes(complex.prec()),
        Value::Double(_) => Parent::Doubles,
        Value::Expr(_) => Parent::Symbolic,
        _ => return None,
    })
}
