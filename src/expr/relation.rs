//! Arithmetic with equations and inequalities: an operation acts on both sides.
//!
//! As in Sage, multiplying an inequality by a negative number turns it round, and by something of unknown sign keeps
//! its direction out of reach: then the relation is refused as undefined rather than guessed.

use std::cmp::Ordering;

use super::node::{Expr, Kind, Relation, Undefined};

/// A relation times an expression.
pub(super) fn scale(relation: Relation, left: &Expr, right: &Expr, factor: &Expr) -> Expr {
    let sides = |relation| Expr::relation(relation, left * factor, right * factor);
    match relation {
        Relation::Equal | Relation::NotEqual => sides(relation),
        _ => match super::assume::sign(factor) {
            Some(Ordering::Greater) => sides(relation),
            Some(Ordering::Less) => sides(relation.flipped()),
            Some(Ordering::Equal) | None => Expr::undefined(Undefined::UnknownSign),
        },
    }
}

/// The sum of relations and an expression: side by side.
pub(super) fn sum(relations: Vec<Expr>, rest: Expr) -> Expr {
    combine(relations, &rest, |a, b| a + b)
}

/// The product of relations and an expression.
pub(super) fn product(relations: Vec<Expr>, rest: Expr) -> Expr {
    match relations.as_slice() {
        [only] => match only.kind() {
            Kind::Relation(relation, left, right) => scale(*relation, left, right, &rest),
            _ => only * &rest,
        },
        _ => combine(relations, &rest, |a, b| a * b),
    }
}

/// Joins relations of one kind side by side, then the expression to both sides.
fn combine(relations: Vec<Expr>, rest: &Expr, join: impl Fn(&Expr, &Expr) -> Expr) -> Expr {
    let mut joined: Option<(Relation, Expr, Expr)> = None;
    for next in &relations {
        let Kind::Relation(relation, left, right) = next.kind() else { continue };
        joined = Some(match joined {
            None => (*relation, left.clone(), right.clone()),
            Some((same, a, b)) if same == *relation => (same, join(&a, left), join(&b, right)),
            Some(_) => return Expr::undefined(Undefined::MixedRelations),
        });
    }
    match joined {
        Some((relation, left, right)) => Expr::relation(relation, join(&left, rest), join(&right, rest)),
        None => rest.clone(),
    }
}
