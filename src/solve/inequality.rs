//! Inequalities in one real variable, by a chart of signs.
//!
//! The line is cut at every point where a side may change its sign or is not shown to be analytic: the zeros, and those of
//! what must not vanish, such as denominators, radicands and arguments of logarithms and absolute values. Between two
//! cuts a side has no zero and is analytic: where an enclosure shows that it is real around one point, it is real on
//! the whole piece and has one sign there. All cuts are known exactly but the roots of polynomials that have none by
//! radicals: those are decimals, and the polynomial tells what holds there.

use std::cmp::Ordering;

use super::Solutions;
use super::equation::{put, solve_equation};
use super::method::step_inequality;
use super::numeric::numeric_roots;
use crate::algebra::{self, enclosure, is_zero, numerator_denominator, order, rational_function};
use crate::budget::Budget;
use crate::calculus::domain::{critical_parts, sign_on};
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, Symbol, Truth};
use crate::number::{Interval, Number, Rational};
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
        let mut cuts = Cuts::default();
        for relation in relations {
            let Kind::Relation(_, left, right) = relation.kind() else { return Ok(None) };
            if !cuts.add_of(&(left - right), variable, budget)? {
                return Ok(None);
            }
        }
        if !cuts.are_apart() {
            return Ok(None);
        }
        let on = |sample: &Expr| hold_around(relations, variable, sample, budget);
        let at = |cut: &Expr| match cuts.polynomial_of(cut) {
            Some(polynomial) => hold_at_decimal(relations, variable, cut, polynomial, budget),
            None => hold_at(relations, variable, cut, budget),
        };
        chart(&on, &at, variable, &cuts.all, budget)
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
    let Some(set) = chart(&holds, &holds, variable, &cuts, budget)? else { return Ok(None) };
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

/// The points at which signs may change, ascending.
#[derive(Default)]
struct Cuts {
    all: Vec<Expr>,
    /// Those of them that are decimals, and the polynomials whose roots they stand for.
    decimals: Vec<(Expr, Expr)>,
}

impl Cuts {
    /// Adds the cuts of an expression; false when they are not all known.
    fn add_of(&mut self, expr: &Expr, variable: Symbol, budget: &Budget) -> Result<bool, Reason> {
        let Some(mut vanishing) = critical_parts(&without_extremes(expr), variable) else { return Ok(false) };
        let (top, bottom) = numerator_denominator(expr, budget)?;
        vanishing.extend([top, bottom]);
        for node in expr.shared_nodes() {
            if let Some((called, all)) = node.as_call()
                && is_extreme(called.name())
            {
                vanishing.extend(all.iter().enumerate().flat_map(|(k, a)| all.iter().skip(k + 1).map(move |b| a - b)));
            }
        }
        for part in vanishing.iter().filter(|part| part.has_symbol(variable)) {
            if !self.add_zeros(part, variable, budget)? {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn add_zeros(&mut self, part: &Expr, variable: Symbol, budget: &Budget) -> Result<bool, Reason> {
        let solutions = solve_equation(part, variable, budget)?;
        if solutions.everything {
            return Ok(true);
        }
        if solutions.principal_only || solutions.partial {
            return Ok(false);
        }
        for relation in solutions.pieces.iter().flatten() {
            if let Kind::Relation(_, _, bound) = relation.kind()
                && !matches!(bound.kind(), Kind::Infinity(_))
                && !insert(&mut self.all, bound.clone(), budget)?
            {
                return Ok(false);
            }
        }
        for root in solutions.roots {
            if !root.value.is_constant() {
                return Ok(false);
            }
            if may_be_real(&root.value) && !insert(&mut self.all, algebra::expand(&root.value, budget)?, budget)? {
                return Ok(false);
            }
        }
        for open in solutions.unsolved {
            let Some(roots) = numeric_roots(&open, variable, 53, budget)? else { return Ok(false) };
            let Kind::Relation(_, left, right) = open.kind() else { return Ok(false) };
            let polynomial = left - right;
            for decimal in roots.into_iter().filter(|(root, _)| root.is_real()).map(|(root, _)| Expr::number(root)) {
                if !insert(&mut self.all, decimal.clone(), budget)? {
                    return Ok(false);
                }
                self.decimals.push((decimal, polynomial.clone()));
            }
        }
        Ok(true)
    }

    /// The polynomial of which a cut is a root, given as a decimal.
    fn polynomial_of(&self, cut: &Expr) -> Option<&Expr> {
        self.decimals.iter().find(|(decimal, _)| decimal == cut).map(|(_, polynomial)| polynomial)
    }

    /// Is every decimal far enough from the other cuts to be told from them, and the root of one polynomial only?
    fn are_apart(&self) -> bool {
        const NEAREST: f64 = 1e-12;
        let near = |cut: &Expr| enclosure(cut).map_or(f64::NAN, |ball| ball.re().to_f64());
        let is_apart = |(decimal, polynomial): &(Expr, Expr)| {
            let place = near(decimal);
            self.all.iter().all(|cut| cut == decimal || (near(cut) - place).abs() > NEAREST * (1.0 + place.abs()))
                && self.decimals.iter().all(|(other, its)| other != decimal || its == polynomial)
        };
        self.decimals.iter().all(is_apart)
    }
}

fn is_extreme(name: &str) -> bool {
    matches!(name, "max" | "min")
}

/// The expression with sums for greatest and least values: a sum is analytic where all terms are.
fn without_extremes(expr: &Expr) -> Expr {
    let sum = |node: &Expr| match node.as_call() {
        Some((called, arguments)) if is_extreme(called.name()) => Some(Expr::sum(arguments.iter().cloned())),
        _ => None,
    };
    expr.rewrite_stored(|_| None, |node| sum(&node).unwrap_or(node))
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
            None => {
                let settled = settled(&difference, budget)?;
                if !matches!(settled.kind(), Kind::Infinity(_)) && !settled.is_undefined() {
                    return Ok(None);
                }
                return Ok(Some(false));
            }
        }
    }
    Ok(Some(true))
}

/// The constant with the sums in it that are whole numbers or multiples of `pi/2` as such: then poles are seen.
fn settled(constant: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut stopped = None;
    let half_turn = Expr::pi().scale(&Number::from(Rational::HALF));
    let mut plain = |node: &Expr| {
        let near = enclosure(node).filter(|_| matches!(node.kind(), Kind::Sum(_)))?;
        [Expr::one(), half_turn.clone()].into_iter().find_map(|unit| {
            let times = (near.re().to_f64() / enclosure(&unit)?.re().to_f64()).round();
            let candidate = unit.scale(&Number::from(Rational::from_f64(times)?));
            is_zero(&(node - &candidate), budget)
                .map_err(|reason| stopped = Some(reason))
                .ok()?
                .is_yes()
                .then_some(candidate)
        })
    };
    let result = constant.rewrite_stored(|_| None, |node| plain(&node).unwrap_or(node));
    stopped.map_or(Ok(result), Err)
}

/// What is known of a side where no enclosure has a sign.
enum Side {
    Sign(Ordering),
    NoValue,
    Open,
}

/// Do all relations hold on an interval on which no side changes its sign? Not where one has no real value.
fn hold_on(
    relations: &[Expr],
    variable: Symbol,
    around: Interval,
    otherwise: &dyn Fn(&Expr) -> Result<Side, Reason>,
    budget: &Budget,
) -> Result<Option<bool>, Reason> {
    let around = Interval::new(around.low().next_down(), around.high().next_up());
    for relation in relations {
        let Kind::Relation(relation, left, right) = relation.kind() else { return Ok(None) };
        let difference = left - right;
        let side = sign_on(&difference, variable, around, budget)?;
        match side.map_or_else(|| otherwise(&difference), |sign| Ok(Side::Sign(sign)))? {
            Side::Sign(order) if relation.holds(order) => {}
            Side::Sign(_) | Side::NoValue => return Ok(Some(false)),
            Side::Open => return Ok(None),
        }
    }
    Ok(Some(true))
}

/// Do all relations hold around a point at which all sides are analytic and have no isolated zero, so that they hold as
/// there on the whole piece?
fn hold_around(relations: &[Expr], variable: Symbol, point: &Expr, budget: &Budget) -> Result<Option<bool>, Reason> {
    let Some(place) = point.as_rational().map(Interval::from_rational) else { return Ok(None) };
    let by_value = |difference: &Expr| {
        let there = put(difference, variable, point);
        Ok(match is_zero(&there, budget)? {
            Truth::Yes => Side::Sign(Ordering::Equal),
            _ if tape::is_real_by_ball(&there).is_no() => Side::NoValue,
            _ => Side::Open,
        })
    };
    hold_on(relations, variable, place, &by_value, budget)
}

/// Do all relations hold at the root of a polynomial for which a decimal stands?
fn hold_at_decimal(
    relations: &[Expr],
    variable: Symbol,
    decimal: &Expr,
    polynomial: &Expr,
    budget: &Budget,
) -> Result<Option<bool>, Reason> {
    let Some(place) = enclosure(decimal).map(|ball| ball.re().to_interval()) else { return Ok(None) };
    let by_division = |difference: &Expr| {
        let (top, bottom) = numerator_denominator(difference, budget)?;
        let divides = |other: &Expr| divides(polynomial, other, variable, budget);
        Ok(match (divides(&top)?, divides(&bottom)?) {
            (_, Some(true)) => Side::NoValue,
            (Some(true), Some(false)) => Side::Sign(Ordering::Equal),
            _ => Side::Open,
        })
    };
    hold_on(relations, variable, place, &by_division, budget)
}

/// Does the polynomial divide another? `None` for what is no polynomial.
fn divides(polynomial: &Expr, other: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<bool>, Reason> {
    let quotient = rational_function(&(other / polynomial), variable, budget)?;
    Ok(quotient.map(|quotient| quotient.denominator().is_constant()))
}

/// A rational number between two cuts, or beyond the outermost.
fn between(low: Option<&Expr>, high: Option<&Expr>, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let near = |cut: &Expr| cut.as_rational().cloned().or_else(|| approximate(cut));
    // No simple number, at which `x*sqrt(x - 1)` may be real though it is not around: then nothing would be told.
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
    holds_on_piece: &dyn Fn(&Expr) -> Result<Option<bool>, Reason>,
    holds_at_cut: &dyn Fn(&Expr) -> Result<Option<bool>, Reason>,
    variable: Symbol,
    cuts: &[Expr],
    budget: &Budget,
) -> Result<Option<RealSet>, Reason> {
    let mut truths = Vec::with_capacity(2 * cuts.len() + 1);
    for place in 0..=cuts.len() {
        let low = place.checked_sub(1).and_then(|below| cuts.get(below));
        let Some(sample) = between(low, cuts.get(place), budget)? else { return Ok(None) };
        let Some(inside) = holds_on_piece(&sample)? else { return Ok(None) };
        truths.push(inside);
        if let Some(cut) = cuts.get(place) {
            let Some(at) = holds_at_cut(cut)? else { return Ok(None) };
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
