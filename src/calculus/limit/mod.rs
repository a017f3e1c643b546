//! Limits.
//!
//! From one side, the expression is expanded where the variable approaches its point; the leading term is the limit.
//! Where exponentials of unbounded arguments hide the leading term, Gruntz's comparability classes bring it out
//! (`gruntz`). Bounded oscillation is carried as a bounded unknown (`oscillation`). Both sides must agree, else there
//! is no limit; what is not proved stays open.

mod ascent;
mod gruntz;
mod leading;
mod oscillation;
mod quotient;
mod special;
mod waves;

use ascent::Ascent;

use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Constant, Expr, Infinity, Kind, Reason, Relation, Symbol};
use crate::tape::series::Side;

/// The limit of an expression as a variable tends to a point, from one side or both.
///
/// `Constant::Oscillating` means that it stays bounded without limit, `Constant::NoLimit` that the sides differ or it
/// is unbounded without direction; `Infinity::Unsigned` that both sides are infinite with different signs.
///
/// # Errors
/// `Unknown` with the fact that is missing, `Unsupported` where no method decides, `Budget` when stopped.
pub fn limit(expr: &Expr, variable: Symbol, point: &Expr, side: Side, budget: &Budget) -> Result<Expr, Reason> {
    if expr.is_undefined() {
        return Err(Reason::Domain("the expression has no value"));
    }
    if !expr.has_symbol(variable) {
        return Ok(expr.clone());
    }
    if point.has_symbol(variable) {
        return Err(Reason::Domain("the point depends on the variable"));
    }
    let expr = &quotient::without_jumps_at_zero(expr, variable, point);
    match point.kind() {
        Kind::Infinity(Infinity::Unsigned) => {
            let up = limit(expr, variable, &Expr::infinity(Infinity::Positive), side, budget)?;
            let down = limit(expr, variable, &Expr::infinity(Infinity::Negative), side, budget)?;
            Ok(joined(&down, &up))
        }
        Kind::Infinity(_) => one_sided(expr, variable, point, Side::Right, budget),
        _ if side != Side::Both => one_sided(expr, variable, point, side, budget),
        _ => two_sided(expr, variable, point, budget),
    }
}

fn two_sided(expr: &Expr, variable: Symbol, point: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if let Some(value) = quotient::limit(expr, variable, point, budget)? {
        return Ok(value);
    }
    if let Some(value) = leading::both_sides(expr, variable, point, budget)? {
        return Ok(value);
    }
    let right = one_sided(expr, variable, point, Side::Right, budget)?;
    let left = one_sided(expr, variable, point, Side::Left, budget)?;
    if left == right {
        return Ok(right);
    }
    let difference = &left - &right;
    if !matches!(difference.kind(), Kind::Undefined(_)) && crate::algebra::is_zero(&difference, budget)?.is_yes() {
        return Ok(right);
    }
    if is_finite(&left) && is_finite(&right) && !crate::algebra::is_zero(&difference, budget)?.is_no() {
        return Err(Reason::Unknown(Expr::relation(Relation::Equal, left, right)));
    }
    Ok(joined(&left, &right))
}

fn is_finite(value: &Expr) -> bool {
    !matches!(value.kind(), Kind::Infinity(_) | Kind::Constant(Constant::NoLimit | Constant::Oscillating))
}

/// The limit from both sides when they differ.
fn joined(left: &Expr, right: &Expr) -> Expr {
    let unlimited = |e: &Expr, c: Constant| matches!(e.kind(), Kind::Constant(own) if *own == c);
    match (left.kind(), right.kind()) {
        _ if left == right => left.clone(),
        (Kind::Infinity(_), Kind::Infinity(_)) => Expr::infinity(Infinity::Unsigned),
        _ if unlimited(left, Constant::Oscillating) && is_finite(right) => left.clone(),
        _ if unlimited(right, Constant::Oscillating) && is_finite(left) => right.clone(),
        _ => Expr::constant(Constant::NoLimit),
    }
}

/// The limit from one side, or at an infinity.
fn one_sided(expr: &Expr, variable: Symbol, point: &Expr, side: Side, budget: &Budget) -> Result<Expr, Reason> {
    // Everything happens at plus infinity: x = point + 1/y, point - 1/y, y or -y.
    let fresh = Symbol::new("the large variable");
    let y = Expr::symbol(fresh);
    let path = match (point.kind(), side) {
        (Kind::Infinity(Infinity::Negative), _) => -&y,
        (Kind::Infinity(_), _) => y.clone(),
        (_, Side::Left) => point - y.recip(),
        (_, Side::Both | Side::Right) => point + y.recip(),
    };
    let mut facts = vec![Fact::Holds(Expr::relation(Relation::Greater, y, Expr::zero()))];
    let is_sequence = matches!(point.kind(), Kind::Infinity(_)) && assume::is_integer(&Expr::symbol(variable)).is_yes();
    if is_sequence {
        facts.push(Fact::In(fresh, Domain::Integer));
    }
    assume::with_facts(facts, || {
        // The constructors see that the variable is positive now.
        let moved = expr.rewrite_stored(
            |node| (node.as_symbol() == Some(variable)).then(|| path.clone()),
            |node| node.with_children(node.children()),
        );
        at_infinity(&moved, fresh, budget)
    })
}

/// The limit at plus infinity of a positive variable.
fn at_infinity(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    let ascent = Ascent::new(variable, budget);
    if let Some(value) = ascent.known_at_end(expr)? {
        return Ok(value);
    }
    let prepared = ascent.prepare(expr)?;
    let found = ascent.limit(&prepared);
    let settled = oscillation::settle(&ascent, &prepared, found);
    settled.map_err(|reason| match reason {
        // A question about what only this search knows helps nobody.
        Reason::Unknown(fact) if fact.has_symbol(variable) || ascent.has_unknowns(&fact) || fact.is_constant() => {
            Reason::Unsupported("a sign that is not known")
        }
        other => other,
    })
}

#[cfg(test)]
mod random;
#[cfg(test)]
mod tests;
