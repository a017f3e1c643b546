//! Limits.
//!
//! From one side, the expression is expanded where the variable approaches its point; the leading term is the limit.
//! Where exponentials of unbounded arguments hide the leading term, Gruntz's comparability classes bring it out
//! (`gruntz`). Bounded oscillation is carried as a bounded unknown (`oscillation`). Both sides must agree, else there
//! is no limit; what is not proved stays open.

mod ascent;
mod gruntz;
mod leading;
mod logarithms;
mod orders;
mod oscillation;
mod phases;
mod quotient;
mod riemann;
mod special;
mod sums;
mod waves;

use ascent::Ascent;

use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Constant, Expr, Infinity, Kind, Reason, Relation, Symbol};
use crate::tape::series::{Approach, Side};

/// A limit, and what proves it where there is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// The limit, or what says that there is none (see [`limit`]).
    pub value: Expr,
    /// Where there is none, two ways to the point, each a relation, and what the expression tends to on them; empty when
    /// the proof is another.
    pub ways: Vec<(Expr, Expr)>,
}

impl Answer {
    fn of(value: Expr) -> Answer {
        Answer { value, ways: Vec::new() }
    }
}

/// The limit of an expression as a variable tends to a point, from one side or both.
///
/// `Constant::Oscillating` means that it stays bounded without limit, `Constant::NoLimit` that the sides differ or it
/// is unbounded without direction; `Infinity::Unsigned` that both sides are infinite with different signs.
///
/// # Errors
/// `Unknown` with the fact that is missing, `Unsupported` where no method decides, `Budget` when stopped.
pub fn limit(expr: &Expr, variable: Symbol, point: &Expr, side: Side, budget: &Budget) -> Result<Expr, Reason> {
    explained(expr, variable, point, side, budget).map(|answer| answer.value)
}

/// The limit as [`limit`] gives it, with the ways on which it differs where there is none.
///
/// # Errors
/// As [`limit`].
pub fn explained(expr: &Expr, variable: Symbol, point: &Expr, side: Side, budget: &Budget) -> Result<Answer, Reason> {
    if expr.is_undefined() {
        return Err(Reason::Domain("the expression has no value"));
    }
    if !expr.has_symbol(variable) {
        return Ok(Answer::of(expr.clone()));
    }
    if point.has_symbol(variable) {
        return Err(Reason::Domain("the point depends on the variable"));
    }
    let expr = &quotient::without_jumps_at_zero(expr, variable, point);
    match point.kind() {
        Kind::Infinity(Infinity::Unsigned) => {
            let from = |end: Infinity| one_sided(expr, variable, &Expr::infinity(end), side, budget);
            let (up, down) = (from(Infinity::Positive)?, from(Infinity::Negative)?);
            Ok(joined(variable, point, down, up))
        }
        Kind::Infinity(_) => one_sided(expr, variable, point, Side::Right, budget),
        _ if side != Side::Both => one_sided(expr, variable, point, side, budget),
        _ => two_sided(expr, variable, point, budget),
    }
}

/// The limit, with the ways on which it differs where there is none; where it is not found, that for real parameters, and which they are.
///
/// # Errors
/// As [`limit`].
pub fn for_real_parameters(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    side: Side,
    budget: &Budget,
) -> Result<(Answer, Vec<Symbol>), Reason> {
    let found = explained(expr, variable, point, side, budget);
    let is_open = matches!(found, Err(Reason::Unsupported(_) | Reason::Unknown(_)));
    let undecided = |symbol: &Symbol| {
        let complex = Fact::In(*symbol, Domain::Complex);
        *symbol != variable
            && assume::is_real(&Expr::symbol(*symbol)).is_unknown()
            && !assume::assumptions().contains(&complex)
    };
    let parameters: Vec<Symbol> = match is_open {
        true => expr.variables().into_iter().filter(undecided).collect(),
        false => Vec::new(),
    };
    if parameters.is_empty() {
        return found.map(|answer| (answer, parameters));
    }
    let facts: Vec<Fact> = parameters.iter().map(|symbol| Fact::In(*symbol, Domain::Real)).collect();
    match assume::with_facts(facts, || explained(expr, variable, point, side, budget)) {
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => found.map(|answer| (answer, Vec::new())),
        Ok(answer) => Ok((answer, parameters)),
    }
}

fn two_sided(expr: &Expr, variable: Symbol, point: &Expr, budget: &Budget) -> Result<Answer, Reason> {
    if let Some(value) = quotient::limit(expr, variable, point, budget)? {
        return Ok(Answer::of(value));
    }
    if let Some(answer) = leading::both_sides(expr, variable, point, budget)? {
        return Ok(answer);
    }
    let right = one_sided(expr, variable, point, Side::Right, budget)?;
    let left = one_sided(expr, variable, point, Side::Left, budget)?;
    if left.value == right.value {
        return Ok(right);
    }
    let difference = &left.value - &right.value;
    if !matches!(difference.kind(), Kind::Undefined(_)) && crate::algebra::is_zero(&difference, budget)?.is_yes() {
        return Ok(right);
    }
    let both_finite = is_finite(&left.value) && is_finite(&right.value);
    if both_finite && !crate::algebra::is_zero(&difference, budget)?.is_no() {
        return Err(Reason::Unknown(Expr::relation(Relation::Equal, left.value, right.value)));
    }
    Ok(joined(variable, point, left, right))
}

/// The limit from both sides when they differ.
fn joined(variable: Symbol, point: &Expr, left: Answer, right: Answer) -> Answer {
    let unlimited = |e: &Expr, c: Constant| matches!(e.kind(), Kind::Constant(own) if *own == c);
    let oscillates = |e: &Answer| unlimited(&e.value, Constant::Oscillating);
    let value = match (left.value.kind(), right.value.kind()) {
        _ if left.value == right.value => return right,
        (Kind::Infinity(_), Kind::Infinity(_)) => Expr::infinity(Infinity::Unsigned),
        _ if oscillates(&left) && is_finite(&right.value) => return left,
        _ if oscillates(&right) && is_finite(&left.value) => return right,
        _ => Expr::constant(Constant::NoLimit),
    };
    if let Some(own) = [&right, &left].into_iter().find(|own| !own.ways.is_empty()) {
        return Answer { value, ways: own.ways.clone() };
    }
    let x = Expr::symbol(variable);
    let way = |relation, side: Answer| (Expr::relation(relation, x.clone(), point.clone()), side.value);
    let (relations, is_far) = match point.kind() {
        Kind::Infinity(_) => ([Infinity::Negative, Infinity::Positive].map(Expr::infinity), true),
        _ => ([point.clone(), point.clone()], false),
    };
    let ways = match is_far {
        true => relations
            .into_iter()
            .zip([left, right])
            .map(|(end, side)| (Expr::relation(Relation::Equal, x.clone(), end), side.value))
            .collect(),
        false => vec![way(Relation::Less, left), way(Relation::Greater, right)],
    };
    Answer { value, ways }
}

fn is_finite(value: &Expr) -> bool {
    !matches!(value.kind(), Kind::Infinity(_) | Kind::Constant(Constant::NoLimit | Constant::Oscillating))
}

/// The limit from one side, or at an infinity.
fn one_sided(expr: &Expr, variable: Symbol, point: &Expr, side: Side, budget: &Budget) -> Result<Answer, Reason> {
    // Everything happens at plus infinity: x = point + 1/y, point - 1/y, y or -y.
    let fresh = Symbol::new("the large variable");
    let y = Expr::symbol(fresh);
    let x = Expr::symbol(variable);
    let (path, back) = match (point.kind(), side) {
        (Kind::Infinity(Infinity::Negative), _) => (-&y, -&x),
        (Kind::Infinity(_), _) => (y.clone(), x),
        (_, Side::Left) => (point - y.recip(), (point - &x).recip()),
        (_, Side::Both | Side::Right) => (point + y.recip(), (&x - point).recip()),
    };
    let mut facts = vec![Fact::Holds(Expr::relation(Relation::Greater, y, Expr::zero()))];
    let is_sequence = matches!(point.kind(), Kind::Infinity(_)) && assume::is_integer(&Expr::symbol(variable)).is_yes();
    if is_sequence {
        facts.push(Fact::In(fresh, Domain::Integer));
    }
    let put = |expr: &Expr, from: Symbol, to: &Expr| {
        expr.rewrite_stored(
            |node| (node.as_symbol() == Some(from)).then(|| to.clone()),
            |node| node.with_children(node.children()),
        )
    };
    // The constructors see that the variable is positive now.
    let found = assume::with_facts(facts, || at_infinity(&put(expr, variable, &path), fresh, budget));
    let mut answer = match found {
        Err(reason @ (Reason::Unsupported(_) | Reason::Unknown(_))) => {
            let side = if side == Side::Left { Side::Left } else { Side::Right };
            let approach = Approach::one_sided(point, side);
            let value = leading::by_powers(expr, variable, &approach, budget)?;
            Answer::of(value.ok_or(reason)?)
        }
        found => found?,
    };
    if answer.value.has_symbol(fresh) {
        return Err(Reason::Unsupported("a limit that still varies"));
    }
    answer.ways.retain_mut(|(relation, value)| {
        *relation = put(relation, fresh, &back);
        !value.has_symbol(fresh)
    });
    Ok(answer)
}

/// The limit at plus infinity of a positive variable.
fn at_infinity(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Answer, Reason> {
    let ascent = Ascent::new(variable, budget);
    if let Some(value) = ascent.known_at_end(expr)? {
        return Ok(Answer::of(value));
    }
    let prepared = ascent.prepare(expr)?;
    let found = ascent.limit(&prepared);
    let settled = oscillation::settle(&ascent, &prepared, found);
    match settled {
        Ok(value) => Ok(Answer { value, ways: ascent.witnesses.take() }),
        // A question about what only this search knows helps nobody.
        Err(Reason::Unknown(fact)) if fact.has_symbol(variable) || ascent.has_unknowns(&fact) || fact.is_constant() => {
            Err(Reason::Unsupported("a sign that is not known"))
        }
        Err(other) => Err(other),
    }
}

#[cfg(test)]
mod tests;
