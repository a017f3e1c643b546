//! Methods for equations in which the unknown stands in several generators.
//!
//! Each looks at an expression that shall vanish and answers its zeros, or `None` where it does not apply.

mod arcs;
mod cases;
mod exponential;
mod guess;
mod lambert;
mod logarithmic;
mod radical;
mod steps;
mod substitution;
mod trigonometric;

pub(super) use cases::{by_cases, needs_cases};
pub(super) use exponential::{by_single_power, common_bases, prime_bases};
pub(super) use guess::by_trying;
pub(super) use steps::{bound_of_argument, by_steps, step_inequality};
pub(super) use substitution::by_substitution;

use super::Solutions;
use super::equation::Way;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};

/// The zeros of an expression in a variable, where the method applies.
type Method = fn(&Expr, Symbol, Way, &Budget) -> Result<Option<Solutions>, Reason>;

/// In the order in which they are tried.
const METHODS: [Method; 10] = [
    exponential::by_two_terms,
    logarithmic::by_logarithms,
    trigonometric::by_tangent,
    exponential::by_exponentials,
    radical::by_power_elimination,
    lambert::by_linear_exponential,
    lambert::by_linear_logarithm,
    lambert::by_logarithmic_unknown,
    trigonometric::by_equal_waves,
    arcs::by_arcs,
];

/// The zeros of an irreducible factor by the first method that leaves nothing open; else what the first that applies
/// leaves.
pub(super) fn by_methods(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let mut incomplete: Option<Solutions> = None;
    for method in METHODS {
        match method(part, variable, way, budget)? {
            Some(solutions) if solutions.unsolved.is_empty() => return Ok(Some(solutions)),
            Some(solutions) => incomplete = incomplete.or(Some(solutions)),
            None => {}
        }
    }
    Ok(incomplete)
}
