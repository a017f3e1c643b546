//! Constants decided exactly.
//!
//! An algebraic constant that is not zero has a magnitude above a bound that its radicals, degrees and coefficients
//! give (`bound`): an enclosure below the bound is zero. Logarithms of algebraic numbers, and arcus functions, areas and
//! `pi` through them, are written over logarithms without integer relation (`logarithm`); a polynomial in those is zero
//! when its algebraic coefficients are. The contrary is shown by enclosures. Nothing else is claimed.

mod bound;
mod enclosure;
mod forms;
mod logarithm;

pub(super) use bound::{is_algebraic, is_algebraic_zero};
pub use enclosure::{BITS as ENCLOSURE_BITS, around, enclosure, order};
use forms::conjugate;
pub use forms::told_by_signs;
pub(super) use logarithm::by_logarithms;

use crate::budget::Budget;
use crate::expr::{Expr, Reason, Truth};

/// The same constant in a form of which more is known, if it has one.
///
/// # Errors
/// When the budget runs out.
pub(super) fn known_form(expr: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    forms::known_form(expr, budget)
}

/// Is the constant zero? `Unknown` where it is neither algebraic nor a polynomial in logarithms, or too large.
///
/// # Errors
/// When the budget runs out.
pub fn is_constant_zero(expr: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    match is_algebraic_zero(expr, budget)? {
        Truth::Unknown => logarithm::is_logarithmic_zero(expr, budget),
        decided => Ok(decided),
    }
}

#[cfg(test)]
mod tests;
