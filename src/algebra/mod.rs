//! Rewriting expressions: expand, collect, factor, simplify, and the zero test.

mod collect;
mod expand;

pub use collect::{coefficient, coefficients, collect, factors, terms};
pub use expand::expand;
