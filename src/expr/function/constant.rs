//! Signs and whole parts of constants, decided by enclosures.

use std::cmp::Ordering;

use crate::expr::node::Expr;
use crate::number::{Integer, Number};

/// The sign of a real constant that is certainly not zero.
pub(super) fn sign(_x: &Expr) -> Option<Ordering> {
    None
}

/// A rounding of a real constant, when every number of an enclosure rounds alike.
pub(super) fn rounded(_x: &Expr, _of_number: fn(&Number) -> Option<Integer>) -> Option<Integer> {
    None
}
