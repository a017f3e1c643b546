//! Numbers as they are written in a program.

use super::value::Value;
use crate::number::{Complex, Real};

/// A decimal literal: a real of the precision it was written in.
pub fn real(text: &str) -> Value {
    Value::real(Real::parse(text).unwrap_or_else(|| Real::nan(53)))
}

/// An imaginary literal, from the text before its `j`: a complex float, as in Sage.
pub fn imaginary(text: &str) -> Value {
    let factor = Real::parse(text).unwrap_or_else(|| Real::nan(53));
    let zero = Real::zero(factor.prec());
    Value::complex(Complex::new(zero, factor))
}
