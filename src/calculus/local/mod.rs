//! Local behaviour of a real function: where it is continuous, rises, bends, is greatest, and what it tends to.
//!
//! Everything rests on charts (`chart`): the line is cut at all zeros of a function and all points where it may break, and
//! between two cuts one sample tells the sign. Zeros are exact where they can be told exactly, else isolated between
//! rational numbers (`zeros`) by enclosures. What can't be told completely is `Unsupported`, never guessed.

mod asymptote;
mod chart;
mod companion;
mod continuity;
mod enclosure;
mod extrema;
mod greatest;
mod monotone;
mod pieces;
mod shape;
mod zeros;

pub use asymptote::{Asymptotes, asymptotes};
pub use continuity::{Break, BreakKind, discontinuities, is_continuous, is_differentiable};
pub use enclosure::{Enclosure, Range, sharper};
pub use extrema::{Extremes, Local, LocalKind, critical_points, extremes, local_extrema, stationary_points};
pub use greatest::{Greatest, Source, greatest, precise};
pub use pieces::formulas;
pub use shape::{Bend, inflection_points, monotone};
pub use zeros::{Place, zeros};

use crate::expr::{Expr, Symbol};

use super::domain::Span;

/// A function of one real variable on a range.
#[derive(Clone, Debug)]
pub struct RealFunction {
    /// What is looked at.
    pub expr: Expr,
    /// Its variable and the range.
    pub span: Span,
}

impl RealFunction {
    /// The variable.
    pub fn variable(&self) -> Symbol {
        self.span.variable
    }

    /// The value at a point.
    fn at(&self, point: &Expr) -> Expr {
        put(&self.expr, self.span.variable, point)
    }
}

/// An expression with a point for the variable.
fn put(expr: &Expr, variable: Symbol, point: &Expr) -> Expr {
    expr.rewrite_stored(|node| (node.as_symbol() == Some(variable)).then(|| point.clone()), |node| node)
}

#[cfg(test)]
mod tests;
