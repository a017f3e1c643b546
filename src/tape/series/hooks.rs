//! The questions that an expansion asks about its coefficients, answered by the caller.

use std::cmp::Ordering;

use crate::budget::Budget;
use crate::expr::{Expr, Truth, assume};

/// Answers about coefficients, and the budget.
#[derive(Clone, Copy)]
pub struct Hooks<'h> {
    /// Is the expression zero for all values of its variables?
    pub is_zero: &'h dyn Fn(&Expr) -> Truth,
    /// The sign of a real expression, when it is the same for all admissible values of its variables.
    pub sign: &'h dyn Fn(&Expr) -> Option<Ordering>,
    /// An equal expression in which zeros are easier to see, as far as that is cheap.
    pub tidy: &'h dyn Fn(Expr) -> Expr,
    /// What the expansion may spend.
    pub budget: &'h Budget,
}

impl<'h> Hooks<'h> {
    /// Hooks that know what the assumptions and enclosures tell, and nothing of algebra.
    pub fn plain(budget: &'h Budget) -> Hooks<'h> {
        Hooks { is_zero: &plain_zero, sign: &plain_sign, tidy: &|expr| expr, budget }
    }
}

/// The zero test without algebra: structure, signs, and enclosures at sample points.
pub fn plain_zero(expr: &Expr) -> Truth {
    if let Some(number) = expr.as_number() {
        return Truth::of(number.is_zero());
    }
    match assume::is_nonzero(expr) {
        Truth::Unknown => crate::tape::zero::vanishes(expr),
        decided => !decided,
    }
}

/// The sign as assumptions and enclosures tell it.
pub fn plain_sign(expr: &Expr) -> Option<Ordering> {
    if let Some(number) = expr.as_number() {
        return number.real_sign().map(|sign| sign.cmp(&0));
    }
    assume::sign(expr).or_else(|| crate::tape::zero::sign_by_ball(expr))
}
