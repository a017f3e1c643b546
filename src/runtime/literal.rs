//! Numbers as they are written in a program.

use super::value::{Value, demote};
use crate::expr::Expr;
use crate::number::{Integer, Number, Real};

/// A decimal literal: a real of the precision it was written in.
pub fn real(text: &str) -> Value {
    Value::real(Real::parse(text).unwrap_or_else(|| Real::nan(53)))
}

/// An imaginary literal, from the text before its `j`.
pub fn imaginary(text: &str) -> Value {
    let factor = match Integer::parse(text, 10) {
        Some(whole) => Number::from(whole),
        None => Number::from(Real::parse(text).unwrap_or_else(|| Real::nan(53))),
    };
    demote(&(&Expr::i() * &Expr::number(factor)))
}
