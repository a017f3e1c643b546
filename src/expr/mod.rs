//! Symbolic expressions: the canonical node, its constructors, order, traversal and the table of functions.

pub mod assume;
mod build;
pub mod function;
mod node;
mod order;
pub mod pattern;
mod read;
mod reason;
mod relation;
pub mod rule;
mod substitute;
mod symbol;
mod truth;
mod visit;

pub use build::{Changed, Monomial, PassMap, PolynomialWriter, ProductBuilder, ProductSum, SumBuilder};
pub use function::{Elementary, Function, Parity};
pub use node::{Constant, Expr, Factor, Gathered, Infinity, Kind, Product, Relation, Sum, Term, Undefined};
pub use order::{inverse_power, print_order, printed_factors, printed_term, printed_terms};
pub use read::{ReadError, read, read_with};
pub use reason::Reason;
pub use symbol::Symbol;
pub use truth::Truth;

#[cfg(test)]
mod tests;
