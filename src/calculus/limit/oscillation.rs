//! The answer where bounded unknowns are left: none, and that is proved by two subsequences with different limits.
//!
//! The subsequences are those along which a wave keeps a phase (`phases`). Where waves have incommensurable arguments, the
//! expression is almost periodic, and such a function with a limit is constant (Bohr, "Almost Periodic Functions", 1947).

use super::ascent::Ascent;
use super::phases::{Group, Phase, groups, period};
use super::waves::{Recurrence, Wave, is_broken};
use crate::algebra;
use crate::expr::{Constant, Expr, Infinity, Kind, Reason, Symbol, function};
use crate::tape::series::{Approach, Side};

/// Sequences with longer periods are not taken apart.
const LONGEST_PERIOD: i64 = 24;

/// The limit of a prepared expression from what the ascent found.
///
/// # Errors
/// What the ascent failed with, where nothing is proved.
pub(super) fn settle(ascent: &Ascent, prepared: &Expr, found: Result<Expr, Reason>) -> Result<Expr, Reason> {
    match found {
        Ok(value) if !ascent.has_unknowns(&value) => Ok(value),
        Ok(value) => {
            if let Some(constant) = without_waves(ascent, &value)? {
                return Ok(constant);
            }
            if let Some(settled) = by_residues(ascent, &value)? {
                return Ok(settled);
            }
            if differs_by_phase(ascent, &value)? || is_almost_periodic(ascent, &value)? {
                return Ok(Expr::constant(Constant::Oscillating));
            }
            Err(Reason::Unsupported("the limit depends on something of which only bounds are known"))
        }
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(reason) => match by_residues(ascent, prepared)? {
            Some(settled) => Ok(settled),
            None if subsequences_differ(ascent, prepared)? => Ok(Expr::constant(Constant::NoLimit)),
            None => Err(reason),
        },
    }
}

/// The limit of a sequence whose waves have a common period, from those along each residue class: these are all of it.
fn by_residues(ascent: &Ascent, expr: &Expr) -> Result<Option<Expr>, Reason> {
    let expr = with_meanings(ascent, expr);
    let unknowns = ascent.unknowns_in(&expr);
    let waves = ascent.waves.borrow().clone();
    let is_of = |wave: &Wave, symbol: Symbol| [&wave.sine, &wave.cosine].iter().any(|e| e.as_symbol() == Some(symbol));
    let own: Vec<&Wave> = waves.iter().filter(|wave| unknowns.iter().any(|u| is_of(wave, u.symbol))).collect();
    let all_known = unknowns.iter().all(|u| own.iter().any(|wave| is_of(wave, u.symbol)));
    if own.is_empty() || !all_known || own.iter().any(|wave| wave.recurs != Recurrence::HalfTurns) {
        return Ok(None);
    }
    let Some(period) = period(&own).and_then(|period| period.to_i64()).filter(|period| *period <= LONGEST_PERIOD)
    else {
        return Ok(None);
    };
    let mut limits: Vec<(Expr, Expr)> = Vec::new();
    for k in 0..period {
        let phase = Phase::residue(ascent.x, &own, k, period);
        let value = match ascent.limit(&phase.put_into(&expr, None)) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => return Ok(None),
            Ok(value) if value.is_undefined() || ascent.has_unknowns(&value) => return Ok(None),
            Ok(value) => value,
        };
        limits.push((phase.relation, value));
    }
    let Some((first, rest)) = limits.split_first() else { return Ok(None) };
    let same = |a: &Expr, b: &Expr| a == b || algebra::is_zero(&(a - b), ascent.budget).is_ok_and(|zero| zero.is_yes());
    if rest.iter().all(|other| same(&other.1, &first.1)) {
        return Ok(Some(first.1.clone()));
    }
    let Some(other) = rest.iter().find(|other| are_different(ascent, &other.1, &first.1)) else { return Ok(None) };
    *ascent.witnesses.borrow_mut() = vec![first.clone(), other.clone()];
    let bounded = limits.iter().all(|(_, value)| super::is_finite(value));
    Ok(Some(Expr::constant(if bounded { Constant::Oscillating } else { Constant::NoLimit })))
}

/// The value with the waves put back, if it is a constant: `sin(x)^2 + cos(x)^2` is.
fn without_waves(ascent: &Ascent, value: &Expr) -> Result<Option<Expr>, Reason> {
    let waves = ascent.waves.borrow().clone();
    let value = with_meanings(ascent, value);
    let back = value.rewrite_stored(
        |node| {
            let of = |wave: &&Wave| wave.recurs != Recurrence::Fraction;
            let wave = waves.iter().filter(of).find(|wave| wave.sine == *node || wave.cosine == *node)?;
            let is_sine = wave.sine == *node;
            Some(if is_sine { function::sin(&wave.argument) } else { function::cos(&wave.argument) })
        },
        |node| node,
    );
    let simple = algebra::simplify_trig(&back, ascent.budget)?;
    Ok((!simple.has_symbol(ascent.x) && !ascent.has_unknowns(&simple)).then_some(simple))
}

/// The expression with unknowns that are functions of others written out.
fn with_meanings(ascent: &Ascent, expr: &Expr) -> Expr {
    let mut expr = expr.clone();
    loop {
        let named: Vec<_> =
            ascent.unknowns_in(&expr).into_iter().filter_map(|u| Some((u.symbol, u.meaning?))).collect();
        if named.is_empty() {
            return expr;
        }
        expr = expr.rewrite_stored(
            |node| {
                named.iter().find(|(symbol, _)| node.as_symbol() == Some(*symbol)).map(|(_, meaning)| meaning.clone())
            },
            |node| node,
        );
    }
}

/// Does a limit that depends on waves differ between two of their phases?
fn differs_by_phase(ascent: &Ascent, value: &Expr) -> Result<bool, Reason> {
    let value = with_meanings(ascent, value);
    let groups = groups(ascent, &value, true)?;
    // Where other waves are far slower or faster, these may stand at a phase of their own all the while.
    let independent = groups.len() > 1 && are_independent(ascent, &groups)?;
    for (place, group) in groups.iter().enumerate() {
        let mut at_rest = value.clone();
        if independent {
            for (_, other) in groups.iter().enumerate().filter(|(own, _)| *own != place) {
                let Some(phase) = other.phases(ascent.x).into_iter().next() else { continue };
                at_rest = phase.put_into(&at_rest, None);
            }
        }
        let mut seen: Vec<(Expr, Expr)> = Vec::new();
        for phase in group.phases(ascent.x) {
            ascent.budget.check()?;
            let replaced = phase.put_into(&at_rest, None);
            if replaced.is_undefined() || ascent.has_unknowns(&replaced) {
                continue;
            }
            for other in &seen {
                let difference = &replaced - &other.1;
                if !difference.is_undefined() && ascent.is_constant_zero(&difference).is_no() {
                    *ascent.witnesses.borrow_mut() = match independent {
                        true => Vec::new(),
                        false => vec![other.clone(), (phase.relation, replaced)],
                    };
                    return Ok(true);
                }
            }
            seen.push((phase.relation, replaced));
        }
    }
    Ok(false)
}

/// Are the arguments of the groups, continuous all, of different growth?
fn are_independent(ascent: &Ascent, groups: &[Group]) -> Result<bool, Reason> {
    for (place, one) in groups.iter().enumerate() {
        for other in &groups[..place] {
            if [one, other].iter().any(|group| group.recurs() != Recurrence::Everywhere) {
                return Ok(false);
            }
            let ratio = match ascent.limit(&(one.argument() / other.argument())) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => return Ok(false),
                Ok(ratio) => ratio,
            };
            if !ratio.is_zero() && !matches!(ratio.kind(), Kind::Infinity(_)) {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Is a bounded value a continuous function of waves whose arguments are multiples of one, and not constant?
fn is_almost_periodic(ascent: &Ascent, value: &Expr) -> Result<bool, Reason> {
    let value = with_meanings(ascent, value);
    let groups = groups(ascent, &value, true)?;
    let Some(first) = groups.first() else { return Ok(false) };
    let continuous = |group: &Group| group.recurs() == Recurrence::Everywhere;
    if !groups.iter().all(continuous) || value.shared_nodes().any(|node| is_broken(&node)) {
        return Ok(false);
    }
    let mut ratios = Vec::new();
    for group in &groups {
        let ratio = algebra::simplify_rational(&(group.argument() / first.argument()), ascent.budget)?;
        if !ratio.is_constant() {
            return Ok(false);
        }
        ratios.push(ratio);
    }
    let at = |turn: i64| {
        groups.iter().zip(&ratios).fold(value.clone(), |value, (group, ratio)| {
            group.at_angle(&(ratio * Expr::integer(turn))).put_into(&value, None)
        })
    };
    let values: Vec<Expr> = (0..4).map(at).filter(|v| !v.is_undefined() && !ascent.has_unknowns(v)).collect();
    Ok(values.iter().skip(1).any(|other| are_different(ascent, &values[0], other)))
}

/// Do the limits of the expression along the returns of two phases differ?
fn subsequences_differ(ascent: &Ascent, prepared: &Expr) -> Result<bool, Reason> {
    let prepared = with_meanings(ascent, prepared);
    for group in groups(ascent, &prepared, false)? {
        let mut seen: Vec<(Expr, Expr)> = Vec::new();
        let mut poles = Vec::new();
        for phase in group.phases(ascent.x) {
            let replaced = phase.put_into(&prepared, None);
            if replaced.is_undefined() {
                poles.push(phase);
                continue;
            }
            let value = match ascent.limit(&replaced) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => continue,
                Ok(value) if value.is_undefined() || ascent.has_unknowns(&value) => continue,
                Ok(value) => value,
            };
            if let Some(other) = seen.iter().find(|(_, other)| are_different(ascent, other, &value)) {
                *ascent.witnesses.borrow_mut() = vec![other.clone(), (phase.relation, value)];
                return Ok(true);
            }
            seen.push((phase.relation, value));
        }
        if group.recurs() != Recurrence::Everywhere {
            continue;
        }
        let Some(known) = seen.first() else { continue };
        for phase in poles {
            if let Some(pole) = pole_at(ascent, &prepared, &phase)?
                && are_different(ascent, &known.1, &pole)
            {
                *ascent.witnesses.borrow_mut() = vec![known.clone(), (phase.relation, pole)];
                return Ok(true);
            }
        }
    }
    Ok(false)
}

/// The infinity to which the expression tends at the points of a phase, each of them a pole; `None` where that is not seen.
fn pole_at(ascent: &Ascent, prepared: &Expr, phase: &Phase) -> Result<Option<Expr>, Reason> {
    let offset = Symbol::new("the offset");
    let near = phase.put_into(prepared, Some(&Expr::symbol(offset)));
    let approach = Approach::one_sided(&Expr::zero(), Side::Right);
    let terms = match ascent.expand(&near, offset, &approach, &Expr::zero(), false) {
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
        Ok(terms) => terms,
    };
    let Some((exponent, coefficient)) = terms.into_iter().next() else { return Ok(None) };
    if !exponent.is_negative() || !ascent.is_zero(&coefficient).is_no() {
        return Ok(None);
    }
    if exponent.is_integer() && !exponent.numerator().is_odd() {
        return Ok(match ascent.sign_at_infinity(&coefficient)? {
            Some(std::cmp::Ordering::Greater) => Some(Expr::infinity(Infinity::Positive)),
            Some(std::cmp::Ordering::Less) => Some(Expr::infinity(Infinity::Negative)),
            _ => None,
        });
    }
    Ok(Some(Expr::infinity(Infinity::Unsigned)))
}

fn are_different(ascent: &Ascent, one: &Expr, other: &Expr) -> bool {
    if one == other {
        return false;
    }
    match (one.kind(), other.kind()) {
        (Kind::Infinity(_), Kind::Infinity(_)) => true,
        (Kind::Infinity(_), _) => super::is_finite(other) && other.is_constant(),
        (_, Kind::Infinity(_)) => super::is_finite(one) && one.is_constant(),
        _ => algebra::is_zero(&(one - other), ascent.budget).is_ok_and(crate::expr::Truth::is_no),
    }
}
