//! The answer where bounded unknowns are left: none, and that is proved by two subsequences with different limits.

use super::ascent::Ascent;
use super::waves::{Recurrence, Wave, at_phase, half_turns};
use crate::algebra;
use crate::expr::{Constant, Expr, Kind, Reason, function};
use crate::number::{Integer, Rational};

/// Phases at which waves are looked at, in half turns.
const PHASES: [(i64, i64); 8] = [(0, 1), (1, 2), (1, 1), (3, 2), (1, 4), (1, 6), (3, 4), (2, 3)];

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
            if differs_by_phase(ascent, &value)? {
                return Ok(Expr::constant(Constant::Oscillating));
            }
            Err(Reason::Unsupported("the limit depends on something of which only bounds are known"))
        }
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(reason) => match subsequences_differ(ascent, prepared)? {
            true => Ok(Expr::constant(Constant::NoLimit)),
            false => Err(reason),
        },
    }
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
    for group in groups(ascent, &value, true)? {
        let mut seen: Vec<Expr> = Vec::new();
        for replaced in group.values_at_phases(&value) {
            ascent.budget.check()?;
            if ascent.has_unknowns(&replaced) {
                continue;
            }
            for other in &seen {
                let difference = &replaced - other;
                if !difference.is_undefined() && ascent.is_constant_zero(&difference).is_no() {
                    return Ok(true);
                }
            }
            seen.push(replaced);
        }
    }
    Ok(false)
}

/// Do the limits of the expression along the returns of two phases differ?
fn subsequences_differ(ascent: &Ascent, prepared: &Expr) -> Result<bool, Reason> {
    let prepared = with_meanings(ascent, prepared);
    for group in groups(ascent, &prepared, false)? {
        let mut seen: Vec<Expr> = Vec::new();
        for replaced in group.values_at_phases(&prepared) {
            let value = match ascent.limit(&replaced) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => continue,
                Ok(value) if ascent.has_unknowns(&value) => continue,
                Ok(value) => value,
            };
            if seen.iter().any(|other| are_different(ascent, other, &value)) {
                return Ok(true);
            }
            seen.push(value);
        }
    }
    Ok(false)
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

/// Waves that recur together: their arguments are rational multiples of one.
struct Group {
    waves: Vec<(Wave, Rational)>,
    /// The common denominator of the multiples.
    denominator: Integer,
}

impl Group {
    /// The expression at each of the phases; those at which it has no value are left out.
    fn values_at_phases<'g>(&'g self, expr: &'g Expr) -> impl Iterator<Item = Expr> + 'g {
        let whole = Expr::number(Rational::from(self.denominator.clone()));
        let phase = move |(numerator, denominator): (i64, i64), multiple: &Rational| match self.waves[0].0.recurs {
            Recurrence::Fraction => Expr::fraction(numerator, 2 * denominator),
            _ => half_turns(numerator, denominator) * &whole * Expr::number(multiple.clone()),
        };
        let integral = self.waves.iter().any(|(wave, _)| wave.recurs == Recurrence::HalfTurns);
        let is_fraction = self.waves[0].0.recurs == Recurrence::Fraction;
        let phases: Vec<(i64, i64)> = match integral {
            // The argument is a rational multiple of a half turn times an integer.
            true => (0..8).map(|k| (k, 1)).collect(),
            false => PHASES.into_iter().filter(|(n, d)| !is_fraction || n < &(2 * d)).collect(),
        };
        phases.into_iter().filter_map(move |at| {
            let pairs: Vec<(Expr, Expr)> = self
                .waves
                .iter()
                .flat_map(|(wave, multiple)| match integral {
                    true => at_phase(wave, &(slope(wave) * Expr::integer(at.0))),
                    false => at_phase(wave, &phase(at, multiple)),
                })
                .filter(|(unknown, _)| unknown.as_symbol().is_some())
                .collect();
            let replaced = expr.rewrite_stored(
                |node| pairs.iter().find(|(unknown, _)| unknown == node).map(|(_, value)| value.clone()),
                |node| node,
            );
            (!replaced.is_undefined()).then_some(replaced)
        })
    }
}

/// The argument at one.
fn slope(wave: &Wave) -> Expr {
    wave.argument.variables().into_iter().fold(wave.argument.clone(), |e, x| e.substitute_symbol(x, &Expr::one()))
}

/// The waves of an expression, those together whose arguments have rational ratios.
fn groups(ascent: &Ascent, expr: &Expr, is_limit: bool) -> Result<Vec<Group>, Reason> {
    let variables = expr.variables();
    let occurs = |e: &Expr| e.as_symbol().is_some_and(|symbol| variables.contains(&symbol));
    let mut groups: Vec<Group> = Vec::new();
    for wave in ascent.waves.borrow().iter() {
        let known = match wave.recurs {
            Recurrence::Unknown => false,
            // Phases that are only come near to tell of a limit that is continuous in them, not of a subsequence.
            Recurrence::Nearly => is_limit,
            _ => true,
        };
        if !known || !(occurs(&wave.sine) || occurs(&wave.cosine)) {
            continue;
        }
        let mut placed = false;
        for group in &mut groups {
            let first = &group.waves[0].0;
            if first.recurs != wave.recurs || wave.recurs == Recurrence::Fraction {
                continue;
            }
            let ratio = algebra::simplify_rational(&(&wave.argument / &first.argument), ascent.budget)?;
            let Some(ratio) = ratio.as_rational() else { continue };
            group.denominator = group.denominator.lcm(&ratio.denominator());
            group.waves.push((wave.clone(), ratio.clone()));
            placed = true;
            break;
        }
        if !placed {
            groups.push(Group { waves: vec![(wave.clone(), Rational::ONE)], denominator: Integer::new(1) });
        }
    }
    Ok(groups)
}
