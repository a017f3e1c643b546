//! Looking at an expression at points: enough to refute, never to prove.

use std::cmp::Ordering;

use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Reason, Symbol, Truth};
use crate::number::Rational;
use crate::tape;

/// The precision up to which a value is looked at.
const MOST_BITS: u32 = 1024;

/// What sampling says of the sign of an expression.
pub enum Orders {
    /// The expression has no variables, and this sign.
    Constant(Ordering),
    /// The signs that were certain at some points.
    Seen(Vec<Ordering>),
}

/// The points at which variables are looked at, in units that seldom hit zeros of elementary functions.
const POINTS: [(i64, i64); 12] =
    [(7, 5), (-11, 7), (3, 11), (-2, 9), (29, 13), (-37, 11), (1, 1), (0, 1), (-1, 1), (101, 10), (-97, 9), (1, 2)];

/// Is the value at some admissible point shown to differ from zero?
///
/// # Errors
/// When the budget runs out.
pub fn excludes_zero(expr: &Expr, budget: &Budget) -> Result<bool, Reason> {
    let variables = expr.variables();
    let rounds = if variables.is_empty() { 1 } else { 4 };
    for round in 0..rounds {
        budget.check()?;
        if let Some(point) = admissible_point(&variables, round)
            && value_at(expr, &point).is_some_and(|value| nonzero(&value))
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The signs of a real expression at admissible points.
///
/// # Errors
/// When the budget runs out.
pub fn order(expr: &Expr, budget: &Budget) -> Result<Orders, Reason> {
    let variables = expr.variables();
    let mut seen = Vec::new();
    for round in 0..POINTS.len() {
        budget.check()?;
        let Some(point) = admissible_point(&variables, round) else { continue };
        let Some(order) = value_at(expr, &point).and_then(|value| sign(&value)) else { continue };
        if variables.is_empty() {
            return Ok(Orders::Constant(order));
        }
        if !seen.contains(&order) {
            seen.push(order);
        }
        if variables.is_empty() {
            break;
        }
    }
    Ok(Orders::Seen(seen))
}

/// Values for the variables that respect the assumptions, another set each round.
fn admissible_point(variables: &[Symbol], round: usize) -> Option<Vec<(Symbol, Expr)>> {
    let mut point: Vec<(Symbol, Expr)> = Vec::new();
    for (place, symbol) in variables.iter().enumerate() {
        let candidates = (0..POINTS.len()).filter_map(|k| POINTS.get((round + 5 * place + k) % POINTS.len()));
        let mut values =
            candidates.filter_map(|(n, d)| Rational::fraction(*n, *d)).chain([2, 3, 4, 5, 10, 100].map(Rational::from));
        let value = values.find(|value| is_admissible(*symbol, value, &point))?;
        point.push((*symbol, Expr::number(value)));
    }
    Some(point)
}

/// Does no assumption forbid the value?
fn is_admissible(symbol: Symbol, value: &Rational, others: &[(Symbol, Expr)]) -> bool {
    assume::assumptions().iter().all(|fact| match fact {
        Fact::In(own, domain) if *own == symbol => match domain {
            Domain::Complex | Domain::Real | Domain::Rational => true,
            Domain::NonInteger => !value.is_integer(),
            Domain::Integer => value.is_integer(),
            Domain::Even => value.to_integer().is_some_and(|n| !n.is_odd()),
            Domain::Odd => value.to_integer().is_some_and(|n| n.is_odd()),
        },
        Fact::In(..) => true,
        Fact::Holds(relation) if relation.has_symbol(symbol) => {
            let mut point = others.to_vec();
            point.push((symbol, Expr::number(value.clone())));
            !holds_at(relation, &point).is_no()
        }
        Fact::Holds(_) => true,
    })
}

fn holds_at(relation: &Expr, point: &[(Symbol, Expr)]) -> Truth {
    match put(relation, point).kind() {
        crate::expr::Kind::Relation(relation, left, right) => match sign(&(left - right)) {
            Some(order) => Truth::of(relation.holds(order)),
            None => Truth::Unknown,
        },
        _ => Truth::Unknown,
    }
}

/// The expression with values for its variables, free of assumptions about them.
fn put(expr: &Expr, point: &[(Symbol, Expr)]) -> Expr {
    expr.rewrite_stored(
        |node| {
            let symbol = node.as_symbol()?;
            point.iter().find(|(own, _)| *own == symbol).map(|(_, value)| value.clone())
        },
        |node| node,
    )
}

fn value_at(expr: &Expr, point: &[(Symbol, Expr)]) -> Option<Expr> {
    let value = put(expr, point);
    (!value.is_undefined()).then_some(value)
}

fn nonzero(value: &Expr) -> bool {
    assume::is_nonzero(value).is_yes() || tape::nonzero_by_ball(value, MOST_BITS).is_no()
}

fn sign(value: &Expr) -> Option<Ordering> {
    assume::sign(value).or_else(|| tape::sign_by_ball(value))
}
