//! Inequalities in one real variable, by a chart of signs.
//!
//! The line is cut at every point where a side may change its sign or stop being defined: the zeros and poles, and the
//! zeros of radicands, of arguments of logarithms and of absolute values. All cuts must be known exactly; between two
//! of them the sign at one point is that of the whole piece.

use std::cmp::Ordering;

use super::Solutions;
use super::confirm::enclosure;
use super::equation::{put, solve_equation};
use super::method::step_inequality;
use crate::algebra::{self, is_zero, numerator_denominator};
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, Symbol, Truth, function};
use crate::number::Rational;
use crate::tape;

/// Where inequalities hold.
#[derive(Clone, Debug, PartialEq)]
pub enum RealSet {
    /// For every real number.
    Everything,
    /// On pieces, each the relations that bound it.
    Pieces(Vec<Vec<Expr>>),
}

impl RealSet {
    /// The intervals, each the relations that bound it.
    pub fn pieces(self, variable: Symbol) -> Vec<Vec<Expr>> {
        match self {
            RealSet::Pieces(pieces) => pieces,
            RealSet::Everything => vec![vec![everywhere(variable)]],
        }
    }
}

/// Any real number: `x < +Infinity`.
fn everywhere(variable: Symbol) -> Expr {
    Expr::relation(Relation::Less, Expr::symbol(variable), Expr::infinity(Infinity::Positive))
}

/// The real values at which all relations hold; `None` where a cut is not known exactly.
///
/// # Errors
/// When the budget runs out.
pub fn solve_inequalities(relations: &[Expr], variable: Symbol, budget: &Budget) -> Result<Option<RealSet>, Reason> {
    if let [relation] = relations
        && let Some(pieces) = step_inequality(relation, variable, budget)?
    {
        return Ok(Some(RealSet::Pieces(pieces)));
    }
    // An assumption about the variable would hide cuts.
    assume::with_facts([], || {
        assume::forget_about(variable);
        assume::assume(Fact::In(variable, Domain::Real));
        let mut cuts: Vec<Expr> = Vec::new();
        for relation in relations {
            let Kind::Relation(_, left, right) = relation.kind() else { return Ok(None) };
            let Some(own) = cuts_of(&(left - right), variable, budget)? else { return Ok(None) };
            for cut in own {
                if !insert(&mut cuts, cut, budget)? {
                    return Ok(None);
                }
            }
        }
        chart(&|point| hold_at(relations, variable, point, budget), variable, &cuts, budget)
    })
}

/// Intervals and roots as disjoint intervals and the roots outside them; `None` where their order is not known.
pub(super) fn unite(mut found: Solutions, variable: Symbol, budget: &Budget) -> Result<Option<Solutions>, Reason> {
    let mut cuts: Vec<Expr> = Vec::new();
    let bounds = found.pieces.iter().flatten().filter_map(|relation| match relation.kind() {
        Kind::Relation(_, _, bound) if bound.is_constant() => Some(bound),
        _ => None,
    });
    for cut in bounds.chain(found.roots.iter().map(|root| &root.value)) {
        if !matches!(cut.kind(), Kind::Infinity(_)) && !insert(&mut cuts, cut.clone(), budget)? {
            return Ok(None);
        }
    }
    let holds = |point: &Expr| {
        for root in &found.roots {
            if order(point, &root.value, budget)? == Some(Ordering::Equal) {
                return Ok(Some(true));
            }
        }
        for piece in &found.pieces {
            match hold_at(piece, variable, point, budget)? {
                Some(false) => {}
                other => return Ok(other),
            }
        }
        Ok(Some(false))
    };
    let Some(set) = chart(&holds, variable, &cuts, budget)? else { return Ok(None) };
    found.roots.clear();
    found.pieces.clear();
    for piece in set.pieces(variable) {
        match piece.as_slice() {
            [only] if let Kind::Relation(Relation::Equal, _, value) = only.kind() => found.add(value.clone(), 1),
            _ => found.pieces.push(piece),
        }
    }
    Ok(Some(found))
}

/// Puts a real number in its place; false when its place can't be told.
pub(super) fn insert(cuts: &mut Vec<Expr>, new: Expr, budget: &Budget) -> Result<bool, Reason> {
    for place in 0..cuts.len() {
        let Some(old) = cuts.get(place) else { break };
        match order(&new, old, budget)? {
            Some(Ordering::Equal) => return Ok(true),
            Some(Ordering::Less) => {
                cuts.insert(place, new);
                return Ok(true);
            }
            Some(Ordering::Greater) => {}
            None => return Ok(false),
        }
    }
    cuts.push(new);
    Ok(true)
}

/// The order of real constants, proved.
pub(super) fn order(a: &Expr, b: &Expr, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    let difference = a - b;
    if let Some(q) = difference.as_rational() {
        return Ok(Some(q.cmp(&Rational::ZERO)));
    }
    if let Some(sign) = tape::sign_by_ball(&difference) {
        return Ok(Some(sign));
    }
    if is_zero(&difference, budget)?.is_yes() {
        return Ok(Some(Ordering::Equal));
    }
    // Real numbers put together from complex ones.
    let (Some(left), Some(right)) = (enclosure(a), enclosure(b)) else { return Ok(None) };
    let apart = left.re().compare(right.re()).filter(|order| order.is_ne());
    Ok(if apart.is_some() && is_real(a, budget)? && is_real(b, budget)? { apart } else { None })
}

/// Is the constant shown to be real?
fn is_real(value: &Expr, budget: &Budget) -> Result<bool, Reason> {
    Ok(match tape::is_real_by_ball(value) {
        Truth::Unknown => is_zero(&(value - function::conjugate(value)), budget)?.is_yes(),
        known => known.is_yes(),
    })
}

/// The points at which the sign may change; `None` when they are not all known.
fn cuts_of(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let mut vanishing = Vec::new();
    let (top, bottom) = numerator_denominator(expr, budget)?;
    vanishing.extend([top, bottom]);
    for node in expr.shared_nodes() {
        match node.kind() {
            Kind::Power(base, exponent) if exponent.as_rational().is_some_and(|q| !q.is_integer()) => {
                vanishing.push(base.clone());
            }
            Kind::Product(product) => {
                vanishing.extend(product.factors().iter().filter(|f| !f.exponent.is_integer()).map(|f| f.base.clone()));
            }
            Kind::Call(called, arguments) if node.has_symbol(variable) => match (called.name(), arguments.as_ref()) {
                ("exp" | "sinh" | "cosh" | "tanh" | "arctan" | "arcsinh", _) => {}
                ("log" | "abs" | "sgn" | "unit_step", [argument]) => vanishing.push(argument.clone()),
                ("max" | "min", all) => {
                    let pairs = all.iter().enumerate().flat_map(|(k, a)| all.iter().skip(k + 1).map(move |b| a - b));
                    vanishing.extend(pairs);
                }
                _ => return Ok(None),
            },
            _ => {}
        }
    }
    let mut cuts = Vec::new();
    for part in vanishing {
        if !part.has_symbol(variable) {
            continue;
        }
        let solutions = solve_equation(&part, variable, budget)?;
        if solutions.everything {
            continue;
        }
        if !solutions.unsolved.is_empty() || solutions.principal_only {
            return Ok(None);
        }
        for relation in solutions.pieces.iter().flatten() {
            match relation.kind() {
                Kind::Relation(_, _, bound) if !matches!(bound.kind(), Kind::Infinity(_)) => cuts.push(bound.clone()),
                _ => {}
            }
        }
        for root in solutions.roots {
            if !root.value.is_constant() {
                return Ok(None);
            }
            if may_be_real(&root.value) {
                cuts.push(algebra::expand(&root.value, budget)?);
            }
        }
    }
    Ok(Some(cuts))
}

/// Is it not shown that the constant has an imaginary part?
fn may_be_real(value: &Expr) -> bool {
    match tape::is_real_by_ball(value) {
        Truth::Unknown => enclosure(value).is_none_or(|ball| ball.im().contains_zero()),
        known => known.is_yes(),
    }
}

/// Do all relations hold at a point? A point where a side has no real value satisfies none; `None` when undecided.
fn hold_at(relations: &[Expr], variable: Symbol, point: &Expr, budget: &Budget) -> Result<Option<bool>, Reason> {
    for relation in relations {
        let Kind::Relation(relation, left, right) = relation.kind() else { return Ok(None) };
        let difference = put(&(left - right), variable, point);
        let infinite = matches!(difference.kind(), Kind::Infinity(_));
        if infinite || difference.is_undefined() || tape::is_real_by_ball(&difference).is_no() {
            return Ok(Some(false));
        }
        match order(&difference, &Expr::zero(), budget)? {
            Some(order) if relation.holds(order) => {}
            Some(_) => return Ok(Some(false)),
            None if has_logarithm_of_zero(&difference, budget)? => return Ok(Some(false)),
            None => return Ok(None),
        }
    }
    Ok(Some(true))
}

fn has_logarithm_of_zero(expr: &Expr, budget: &Budget) -> Result<bool, Reason> {
    for node in expr.shared_nodes() {
        if let Some(argument) = node.argument_of(&function::LOG)
            && is_zero(argument, budget)?.is_yes()
        {
            return Ok(true);
        }
    }
    Ok(false)
}

/// A rational number between two cuts, or beyond the outermost.
fn between(low: Option<&Expr>, high: Option<&Expr>, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let near = |cut: &Expr| cut.as_rational().cloned().or_else(|| approximate(cut));
    // No simple number: there `x*sqrt(x - 1)` may be real where it is not around.
    let step = Rational::fraction(47, 53).unwrap_or(Rational::ONE);
    let candidate = match (low.map(near), high.map(near)) {
        (None, None) => Some(step),
        (Some(Some(low)), None) => Some(Rational::from(low.ceil()) + step),
        (None, Some(Some(high))) => Some(Rational::from(high.floor()) - step),
        (Some(Some(low)), Some(Some(high))) => Some(&low + &((high - &low) * step * Rational::HALF)),
        _ => None,
    };
    let Some(candidate) = candidate.map(Expr::number) else { return Ok(None) };
    let above = match low {
        Some(low) => order(&candidate, low, budget)? == Some(Ordering::Greater),
        None => true,
    };
    let below = match high {
        Some(high) => order(&candidate, high, budget)? == Some(Ordering::Less),
        None => true,
    };
    Ok((above && below).then_some(candidate))
}

/// A rational number near a real constant.
fn approximate(value: &Expr) -> Option<Rational> {
    Rational::from_f64(enclosure(value)?.re().to_f64())
}

/// The truth on every open piece and at every cut, joined to intervals.
fn chart(
    holds: &dyn Fn(&Expr) -> Result<Option<bool>, Reason>,
    variable: Symbol,
    cuts: &[Expr],
    budget: &Budget,
) -> Result<Option<RealSet>, Reason> {
    let mut truths = Vec::with_capacity(2 * cuts.len() + 1);
    for place in 0..=cuts.len() {
        let low = place.checked_sub(1).and_then(|below| cuts.get(below));
        let Some(sample) = between(low, cuts.get(place), budget)? else { return Ok(None) };
        let Some(inside) = holds(&sample)? else { return Ok(None) };
        truths.push(inside);
        if let Some(cut) = cuts.get(place) {
            let Some(at) = holds(cut)? else { return Ok(None) };
            truths.push(at);
        }
    }
    if truths.iter().all(|holds| *holds) {
        return Ok(Some(RealSet::Everything));
    }
    Ok(Some(RealSet::Pieces(pieces(&truths, cuts, &Expr::symbol(variable)))))
}

/// The maximal runs of truth; odd places are cuts, even ones the open pieces between.
fn pieces(truths: &[bool], cuts: &[Expr], x: &Expr) -> Vec<Vec<Expr>> {
    let mut found = Vec::new();
    let mut start: Option<usize> = None;
    for place in 0..=truths.len() {
        let holds = truths.get(place).copied().unwrap_or(false);
        match (start, holds) {
            (None, true) => start = Some(place),
            (Some(first), false) => {
                found.push(bounds(first, place - 1, cuts, x));
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// The relations that bound a run from place `first` to place `last`.
fn bounds(first: usize, last: usize, cuts: &[Expr], x: &Expr) -> Vec<Expr> {
    let relation = |relation, cut: &Expr| Expr::relation(relation, x.clone(), cut.clone());
    if first == last && first % 2 == 1 {
        return cuts.get(first / 2).map(|cut| relation(Relation::Equal, cut)).into_iter().collect();
    }
    let mut all = Vec::new();
    if first % 2 == 1 {
        all.extend(cuts.get(first / 2).map(|cut| relation(Relation::GreaterEqual, cut)));
    } else if let Some(cut) = (first / 2).checked_sub(1).and_then(|below| cuts.get(below)) {
        all.push(relation(Relation::Greater, cut));
    }
    if last % 2 == 1 {
        all.extend(cuts.get(last / 2).map(|cut| relation(Relation::LessEqual, cut)));
    } else {
        all.extend(cuts.get(last / 2).map(|cut| relation(Relation::Less, cut)));
    }
    all
}
