//! Functions that are analytic in pieces, taken apart: `abs(x^2 - 1)` is `x^2 - 1` left of -1, `1 - x^2` up to 1, ...
//!
//! Every function that is made of pieces says what vanishes at its seams, and which formula holds between two of them
//! (`expr::function`). Of functions one inside the other the innermost are taken apart first, and then the formula of each
//! piece on that piece.

use super::super::domain::Span;
use super::chart::{Chart, NOT_TOLD, breaks, inside, is_real_at};
use super::zeros::{Place, sorted, zeros};
use super::{RealFunction, put};
use crate::budget::Budget;
use crate::expr::function::Pieces;
use crate::expr::{Expr, Function, Kind, Reason, Symbol, function};

/// How often pieces are taken apart again.
const DEEPEST: usize = 6;

/// A function as formulas on neighbouring ranges.
#[derive(Clone, Debug)]
pub(super) struct Mosaic {
    /// The function, moduli written as such.
    pub function: RealFunction,
    /// The formulas, from the left to the right.
    pub pieces: Vec<RealFunction>,
}

impl Mosaic {
    /// The function taken apart.
    ///
    /// # Errors
    /// `Unsupported` when the seams are not all found or not exact, `Unknown` when a parameter decides.
    pub(super) fn new(function: &RealFunction, budget: &Budget) -> Result<Mosaic, Reason> {
        let mut pieces = Vec::new();
        let plain = RealFunction { expr: with_moduli(&function.expr), span: function.span.clone() };
        split(&plain, DEEPEST, budget, &mut pieces)?;
        Ok(Mosaic { function: plain, pieces })
    }

    /// The inner seams.
    pub(super) fn seams(&self) -> Vec<Place> {
        self.pieces.iter().skip(1).map(|piece| Place::Exact(piece.span.low.clone())).collect()
    }

    /// The formula left and the one right of a place.
    ///
    /// # Errors
    /// `Unsupported` when it can't be told where the place lies.
    pub(super) fn beside(&self, place: &Place, budget: &Budget) -> Result<(&RealFunction, &RealFunction), Reason> {
        const LOST: Reason = Reason::Unsupported(NOT_TOLD);
        let (mut left, mut right) = (None, None);
        for piece in &self.pieces {
            let end = |end: &Expr| Place::Exact(end.clone()).order(place, budget);
            let (low, high) = (end(&piece.span.low)?.ok_or(LOST)?, end(&piece.span.high)?.ok_or(LOST)?);
            // The formula of the first piece stands for what lies before it, and that of the last for what comes after.
            if left.is_none() && high.is_ge() {
                left = Some(piece);
            }
            if low.is_le() {
                right = Some(piece);
            }
        }
        let (first, last) = (self.pieces.first().ok_or(LOST)?, self.pieces.last().ok_or(LOST)?);
        Ok((left.unwrap_or(last), right.unwrap_or(first)))
    }

    /// One chart made of those of the pieces, cut at the seams too.
    ///
    /// # Errors
    /// Those of the making.
    pub(super) fn chart(&self, make: impl Fn(&RealFunction) -> Result<Chart, Reason>) -> Result<Chart, Reason> {
        let mut whole: Option<Chart> = None;
        for piece in &self.pieces {
            let chart = make(piece)?;
            whole = Some(match whole {
                None => chart,
                Some(left) => left.joined(chart),
            });
        }
        whole.ok_or(Reason::Unsupported(NOT_TOLD))
    }
}

/// The formulas of a function from the left to the right, with the ranges on which they hold.
///
/// # Errors
/// `Unsupported` when the seams are not all found or not exact, `Unknown` when a parameter decides.
pub fn formulas(function: &RealFunction, budget: &Budget) -> Result<Vec<RealFunction>, Reason> {
    Mosaic::new(function, budget).map(|mosaic| mosaic.pieces)
}

/// `c - c*cos(u)` and `c + c*cos(u)` by the half angle: the factor and the wave of which it is the square.
fn squared_wave(expr: &Expr) -> Option<(Expr, Expr)> {
    let Kind::Sum(sum) = expr.kind() else { return None };
    let [term] = sum.terms() else { return None };
    let half = term.base.argument_of(&function::COS)? * Expr::fraction(1, 2);
    let constant = sum.constant();
    let wave = match () {
        _ if constant.real_sign() != Some(1) => return None,
        _ if term.coefficient == *constant => function::cos(&half),
        _ if -&term.coefficient == *constant => function::sin(&half),
        _ => return None,
    };
    Some((Expr::number(constant.clone()) * Expr::integer(2), wave))
}

/// Even powers below a root as powers of moduli: `sqrt(u^2)` is `abs(u)` for a real `u`.
fn with_moduli(expr: &Expr) -> Expr {
    let modulus = |node: &Expr| {
        let Kind::Power(inner, outer) = node.kind() else { return None };
        if let Some((factor, wave)) = squared_wave(inner).filter(|_| outer.to_i64().is_none()) {
            return Some(factor.power(outer) * function::abs(&wave).power(&(outer * Expr::integer(2))));
        }
        let Kind::Power(base, exponent) = inner.kind() else { return None };
        let (outer, exponent) = (outer.as_rational()?, exponent.as_rational()?);
        let even = exponent.to_integer().is_some_and(|n| !n.is_odd());
        (even && !outer.is_integer()).then(|| function::abs(base).power_rational(&(outer * exponent)))
    };
    expr.rewrite(|_| None, |node| modulus(&node).unwrap_or(node))
}

fn split(function: &RealFunction, deeper: usize, budget: &Budget, found: &mut Vec<RealFunction>) -> Result<(), Reason> {
    budget.check()?;
    let variable = function.variable();
    let seams = innermost_seams(&function.expr, variable);
    if seams.is_empty() {
        found.push(function.clone());
        return Ok(());
    }
    let Some(deeper) = deeper.checked_sub(1) else { return Err(Reason::Unsupported(NOT_TOLD)) };
    let mut places = Vec::new();
    for seam in seams {
        // The sign changes at poles and jumps as well.
        places.extend(breaks(&seam, &function.span, budget)?);
        places.extend(zeros(&seam, &function.span, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?);
    }
    let places = sorted(places, budget)?.ok_or(Reason::Unsupported(NOT_TOLD))?;
    if places.iter().any(|place| !place.is_exact()) {
        return Err(Reason::Unsupported("a place at which the formula changes has no closed form"));
    }
    let mut ends = vec![function.span.low.clone()];
    ends.extend(places.iter().map(Place::to_expr));
    ends.push(function.span.high.clone());
    for pair in ends.windows(2) {
        let span = Span { variable, low: pair[0].clone(), high: pair[1].clone() };
        let sample = inside(&Place::Exact(span.low.clone()), &Place::Exact(span.high.clone()));
        let sample = sample.ok_or(Reason::Unsupported(NOT_TOLD))?;
        if !has_real_arguments(&function.expr, variable, &sample)? {
            // `abs(log(x))` left of zero is of no concern: a function that is real nowhere stands for it.
            found.push(RealFunction { expr: Expr::i(), span });
            continue;
        }
        let expr = on_piece(&function.expr, variable, &sample)?;
        split(&RealFunction { expr: with_moduli(&expr), span }, deeper, budget, found)?;
    }
    Ok(())
}

/// The pieces of a node's function, when it is made of some and the variable enters.
fn pieces_of(node: &Expr, variable: Symbol) -> Option<(Pieces, &[Expr])> {
    let (Function::Elementary(record), arguments) = node.as_call()? else { return None };
    let pieces = record.pieces?;
    node.has_symbol(variable).then_some((pieces, arguments))
}

/// What vanishes at the seams of the innermost functions that are made of pieces; steps of constants have none.
fn innermost_seams(expr: &Expr, variable: Symbol) -> Vec<Expr> {
    let mut seams: Vec<Expr> = Vec::new();
    for node in expr.shared_nodes() {
        let Some((pieces, arguments)) = pieces_of(&node, variable) else { continue };
        let inner = |argument: &Expr| argument.shared_nodes().any(|part| pieces_of(&part, variable).is_some());
        if arguments.iter().any(inner) {
            continue;
        }
        for seam in (pieces.seams)(arguments) {
            if !seams.contains(&seam) {
                seams.push(seam);
            }
        }
    }
    seams
}

/// Does a piece stand for a range on which the function is not real?
pub(super) fn is_nowhere_real(piece: &RealFunction) -> bool {
    piece.expr == Expr::i()
}

/// Have the innermost functions made of pieces real arguments at a point?
fn has_real_arguments(expr: &Expr, variable: Symbol, sample: &Expr) -> Result<bool, Reason> {
    for node in expr.shared_nodes() {
        let Some((_, arguments)) = pieces_of(&node, variable) else { continue };
        for argument in arguments {
            let is_innermost = !argument.shared_nodes().any(|part| pieces_of(&part, variable).is_some());
            if is_innermost && argument.has_symbol(variable) && !is_real_at(argument, variable, sample)? {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// The expression with the formulas that the innermost functions made of pieces have around a point.
fn on_piece(expr: &Expr, variable: Symbol, sample: &Expr) -> Result<Expr, Reason> {
    let mut lost = false;
    let formula = |node: &Expr| {
        let (pieces, arguments) = pieces_of(node, variable)?;
        let inner = |argument: &Expr| argument.shared_nodes().any(|part| pieces_of(&part, variable).is_some());
        if lost || arguments.iter().any(inner) {
            return None;
        }
        let at: Vec<Expr> = arguments.iter().map(|argument| put(argument, variable, sample)).collect();
        let formula = (pieces.formula)(arguments, &at);
        lost |= formula.is_none();
        formula
    };
    let changed = expr.rewrite_stored(formula, |node| node);
    if lost { Err(Reason::Unsupported(NOT_TOLD)) } else { Ok(changed) }
}
