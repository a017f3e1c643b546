//! Candidates put back into what must vanish, and where branches lie.
//!
//! A candidate is kept when it is shown to hold, dropped when it is shown not to; with parameters it may hold for some
//! of their values only, which the answer then says.

use std::cmp::Ordering;

use super::Solutions;
use super::equation::{equation_of, put};
use crate::algebra::{self, enclosure, is_zero};
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth};
use crate::number::{Ball, Rational};
use crate::tape;

/// The precision at which branches are told apart.
const BITS: u32 = 256;

/// What is known of a candidate.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Verdict {
    Holds,
    /// For some values of the parameters, positive ones among them.
    HoldsForSome,
    Fails,
    Open,
}

/// Does the expression vanish where the variable has a value?
pub(super) fn verdict(vanishing: &Expr, variable: Symbol, value: &Expr, budget: &Budget) -> Result<Verdict, Reason> {
    let there = put(vanishing, variable, value);
    if there.is_undefined() {
        return Ok(Verdict::Fails);
    }
    match is_zero(&there, budget)? {
        Truth::Yes => return Ok(Verdict::Holds),
        Truth::No if value.is_constant() && there.is_constant() => return Ok(Verdict::Fails),
        Truth::No | Truth::Unknown if there.is_constant() => return Ok(Verdict::Open),
        Truth::No | Truth::Unknown => {}
    }
    let shown = with_positive_parameters(&there, || is_zero(&algebra::simplify(&there, budget)?, budget))?;
    Ok(if shown.is_yes() { Verdict::HoldsForSome } else { Verdict::Open })
}

/// Does some work with the parameters of which nothing is assumed taken as positive.
pub(super) fn with_positive_parameters<T>(expr: &Expr, work: impl FnOnce() -> T) -> T {
    let known = assume::assumptions();
    let is_free = |symbol: &Symbol| {
        !known.iter().any(|fact| match fact {
            Fact::Holds(relation) => relation.has_symbol(*symbol),
            Fact::In(own, _) => own == symbol,
        })
    };
    let free = expr.variables().into_iter().filter(is_free);
    let positive = |symbol| Fact::Holds(Expr::relation(Relation::Greater, Expr::symbol(symbol), Expr::zero()));
    assume::with_facts(free.map(positive), work)
}

/// Keeps the roots at which an expression is shown to vanish; those left open turn into the open equation.
pub(super) fn confirmed(
    found: Solutions,
    vanishing: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Solutions, Reason> {
    let everything = found.everything && is_zero(vanishing, budget)?.is_yes();
    let mut doubtful = found.everything && !everything;
    let mut kept = Solutions { roots: Vec::new(), everything, ..found };
    for root in found.roots {
        match verdict(vanishing, variable, &root.value, budget)? {
            Verdict::Holds => kept.roots.push(root),
            Verdict::HoldsForSome => {
                kept.conditional = true;
                kept.roots.push(root);
            }
            Verdict::Fails => {}
            Verdict::Open => doubtful = true,
        }
    }
    if doubtful && kept.unsolved.is_empty() {
        kept.unsolved.push(equation_of(vanishing, variable));
    }
    Ok(kept)
}

/// Drops the roots at which an expression is shown not to vanish: for steps that lose and bring in nothing else.
pub(super) fn unless_refuted(
    found: Solutions,
    vanishing: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Solutions, Reason> {
    let mut kept = Solutions { roots: Vec::new(), ..found };
    for root in found.roots {
        let there = put(vanishing, variable, &root.value);
        let refuted = there.is_undefined() || (there.is_constant() && is_zero(&there, budget)?.is_no());
        if !refuted {
            kept.roots.push(root);
        }
    }
    Ok(kept)
}

/// Keeps the roots at which an expression, known there to be a multiple of `2*pi*I`, is near zero.
pub(super) fn near_zero(
    found: Solutions,
    vanishing: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Solutions, Reason> {
    let mut kept = Solutions { roots: Vec::new(), everything: false, ..found.clone() };
    let mut others = Solutions { unsolved: Vec::new(), everything: found.everything, ..kept.clone() };
    for root in found.roots {
        match enclosure(&put(vanishing, variable, &root.value)) {
            Some(value) if is_less(&value.im().abs(), &Ball::one()) => kept.roots.push(root),
            Some(value) if is_less(&Ball::one(), &value.im().abs()) => {}
            _ => others.roots.push(root),
        }
    }
    let others = confirmed(others, vanishing, variable, budget)?;
    kept.extend(others, 1);
    Ok(kept)
}

fn is_less(a: &Ball, b: &Ball) -> bool {
    a.compare(b) == Some(Ordering::Less)
}

/// Is the argument of the value in `(-pi/n, pi/n]`, so that it is an `n`-th root of its `n`-th power?
pub(super) fn is_in_sector(value: &Expr, n: i64) -> Truth {
    if n == 1 || value.is_zero() {
        return Truth::Yes;
    }
    if let Some(sign) = assume::sign(value) {
        return Truth::of(sign.is_ge());
    }
    if !value.is_constant() {
        return angle_of_root(value).map_or(Truth::Unknown, |(angle, negative)| sector_of(angle, negative, n));
    }
    if tape::is_real_by_ball(value).is_yes() {
        return tape::sign_by_ball(value).map_or(Truth::Unknown, |sign| Truth::of(sign.is_ge()));
    }
    let Some(ball) = enclosure(value) else { return Truth::Unknown };
    is_at_most(&ball.arg(BITS).abs(), &Ball::pi(BITS).div_small(n, BITS))
}

/// A principal root times a real number: the bound of its argument as a part of `pi`, and whether the number is negative.
pub(super) fn angle_of_root(value: &Expr) -> Option<(Rational, bool)> {
    let (base, coefficient) = value.split_coefficient();
    let Kind::Power(_, exponent) = base.kind() else { return None };
    let angle = exponent.as_rational().filter(|q| q.abs() < Rational::ONE)?.abs();
    Some((angle, coefficient.as_rational()?.is_negative()))
}

/// Does a value of such an argument lie in the sector of `n`-th roots? A zero is not looked at.
fn sector_of(angle: Rational, negative: bool, n: i64) -> Truth {
    let Some(limit) = Rational::fraction(1, n) else { return Truth::Unknown };
    if negative && Rational::ONE - angle.clone() > limit {
        return Truth::No;
    }
    if !negative && angle <= limit { Truth::Yes } else { Truth::Unknown }
}

/// Is the imaginary part in `(-pi, pi]`, so that the value is the logarithm of its exponential?
pub(super) fn is_logarithm(value: &Expr) -> Truth {
    if assume::is_real(value).is_yes() {
        return Truth::Yes;
    }
    if !value.is_constant() {
        return Truth::Unknown;
    }
    match enclosure(value) {
        Some(ball) => is_at_most(&ball.im().abs(), &Ball::pi(BITS)),
        None => Truth::Unknown,
    }
}

fn is_at_most(size: &Ball, limit: &Ball) -> Truth {
    match size.compare(limit) {
        Some(Ordering::Less) => Truth::Yes,
        Some(Ordering::Greater) => Truth::No,
        Some(Ordering::Equal) | None => Truth::Unknown,
    }
}
