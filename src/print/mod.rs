//! Printing expressions: one walker and its dialects.
//!
//! A dialect lays out one node as a row of pieces; the walker (`walk`) works the pieces off with a stack of its own, so
//! that deep expressions don't exhaust the machine's, and in time linear in what is printed.

mod latex;
mod name;
mod number;
mod product;
mod template;
mod text;
mod walk;

use std::fmt;

use crate::expr::Expr;

/// The expression in Sage's notation and order.
pub fn text(expr: &Expr) -> String {
    walk::print(&text::Text, expr)
}

/// The expression in LaTeX, as Sage's `latex()` writes it.
pub fn latex(expr: &Expr) -> String {
    walk::print(&latex::Latex, expr)
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&text(self))
    }
}

#[cfg(test)]
mod tests;
