//! Equations that no method solves: small numbers are tried, and what is found is marked as incomplete.

use super::super::Solutions;
use super::super::confirm::{Verdict, verdict};
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol};

/// The integers up to this size are tried.
const LARGEST: i64 = 12;

/// Small integers that solve an equation with the unknown in a base and its exponent, as `x^(x + 4) = 4`, or in a
/// factorial; `None` where there are none.
pub(in crate::solve) fn by_trying(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let is_tower = |node: &Expr| match node.kind() {
        Kind::Power(base, exponent) => base.has_symbol(variable) && exponent.has_symbol(variable),
        Kind::Call(called, _) => {
            matches!(called.name(), "factorial" | "gamma" | "binomial") && node.has_symbol(variable)
        }
        _ => false,
    };
    if !expr.shared_nodes().any(|node| is_tower(&node)) {
        return Ok(None);
    }
    let mut solutions = Solutions { partial: true, ..Solutions::none() };
    for number in -LARGEST..=LARGEST {
        budget.check()?;
        let value = Expr::integer(number);
        if verdict(expr, variable, &value, budget)? == Verdict::Holds {
            solutions.add(value, 1);
        }
    }
    Ok((!solutions.roots.is_empty()).then_some(solutions))
}
