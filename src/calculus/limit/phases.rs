//! The phases of waves: where they recur, and what an expression is there.

use super::ascent::Ascent;
use super::waves::{Recurrence, Wave, at_phase, half_turns};
use crate::algebra;
use crate::expr::{Expr, Reason, Relation, Symbol, function};
use crate::number::{Integer, Rational};

/// Phases at which waves are looked at, in half turns.
const PHASES: [(i64, i64); 8] = [(0, 1), (1, 2), (1, 1), (3, 2), (1, 4), (1, 6), (3, 4), (2, 3)];
/// Residues of an integer variable at which waves are looked at.
const RESIDUES: i64 = 8;

/// Waves that recur together: their arguments are rational multiples of one.
pub(super) struct Group {
    waves: Vec<(Wave, Rational)>,
    /// The common denominator of the multiples.
    denominator: Integer,
}

/// Some phase: a relation that describes where it is, and the values of the waves there.
pub(super) struct Phase {
    /// It holds for all integers `k`.
    pub(super) relation: Expr,
    /// Each wave with its angle, and by how much that changes with the first one.
    at: Vec<(Wave, Expr, Expr)>,
}

impl Phase {
    /// An integer variable that leaves a residue.
    pub(super) fn residue(x: Symbol, waves: &[&Wave], residue: i64, period: i64) -> Phase {
        let x = Expr::symbol(x);
        let relation = Expr::relation(Relation::Equal, x, Expr::integer(period) * counter() + Expr::integer(residue));
        let at = waves.iter().map(|wave| ((*wave).clone(), slope(wave) * Expr::integer(residue), Expr::zero()));
        Phase { relation, at: at.collect() }
    }

    /// The expression at this phase, or at an offset from it.
    pub(super) fn put_into(&self, expr: &Expr, offset: Option<&Expr>) -> Expr {
        let angle = |angle: &Expr, multiple: &Expr| match offset {
            Some(offset) => angle + multiple * offset,
            None => angle.clone(),
        };
        let pairs = self.at.iter().flat_map(|(wave, own, multiple)| at_phase(wave, &angle(own, multiple)));
        let pairs: Vec<(Expr, Expr)> = pairs.filter(|(unknown, _)| unknown.as_symbol().is_some()).collect();
        expr.rewrite_stored(
            |node| pairs.iter().find(|(unknown, _)| unknown == node).map(|(_, value)| value.clone()),
            |node| node,
        )
    }
}

/// The period of sequences of waves, all at rational multiples of the half turn.
pub(super) fn period(waves: &[&Wave]) -> Option<Integer> {
    waves.iter().try_fold(Integer::new(1), |period, wave| {
        let turns = slope(wave) / Expr::pi();
        Some(period.lcm(&(&turns.as_rational()?.denominator() * &Integer::new(2))))
    })
}

/// The integer that counts the returns of a phase.
fn counter() -> Expr {
    Expr::variable("k")
}

impl Group {
    /// How its waves recur.
    pub(super) fn recurs(&self) -> Recurrence {
        match self.waves.iter().any(|(wave, _)| wave.recurs == Recurrence::HalfTurns) {
            true => Recurrence::HalfTurns,
            false => self.waves[0].0.recurs,
        }
    }

    /// The argument of its first wave.
    pub(super) fn argument(&self) -> &Expr {
        &self.waves[0].0.argument
    }

    /// The phases that are looked at.
    pub(super) fn phases(&self, x: Symbol) -> Vec<Phase> {
        let whole = Expr::number(Rational::from(self.denominator.clone()));
        match self.recurs() {
            // The argument is a rational multiple of a half turn times an integer.
            Recurrence::HalfTurns => {
                let waves: Vec<&Wave> = self.waves.iter().map(|(wave, _)| wave).collect();
                let period = period(&waves).and_then(|period| period.to_i64()).unwrap_or(RESIDUES);
                (0..RESIDUES.min(period)).map(|k| Phase::residue(x, &waves, k, period)).collect()
            }
            Recurrence::Fraction => PHASES.into_iter().filter(|(n, d)| *n < 2 * d).map(|at| self.part(at)).collect(),
            _ => PHASES.into_iter().map(|(n, d)| self.at_angle(&(half_turns(n, d) * &whole))).collect(),
        }
    }

    /// Where the part above the floor has a value.
    fn part(&self, (numerator, denominator): (i64, i64)) -> Phase {
        let value = Expr::fraction(numerator, 2 * denominator);
        let part = function::apply("frac", std::slice::from_ref(self.argument())).unwrap_or_else(counter);
        let at = self.waves.iter().map(|(wave, _)| (wave.clone(), value.clone(), Expr::zero()));
        Phase { relation: Expr::relation(Relation::Equal, part, value.clone()), at: at.collect() }
    }

    /// Where the first argument is at an angle.
    pub(super) fn at_angle(&self, angle: &Expr) -> Phase {
        let whole = Expr::number(Rational::from(self.denominator.clone()));
        let returns = angle + Expr::integer(2) * Expr::pi() * whole * counter();
        let relation = Expr::relation(Relation::Equal, self.argument().clone(), returns);
        let at = self.waves.iter().map(|(wave, multiple)| {
            let multiple = Expr::number(multiple.clone());
            (wave.clone(), angle * &multiple, multiple)
        });
        Phase { relation, at: at.collect() }
    }
}

/// The argument at one.
pub(super) fn slope(wave: &Wave) -> Expr {
    wave.argument.variables().into_iter().fold(wave.argument.clone(), |e, x| e.substitute_symbol(x, &Expr::one()))
}

/// The waves of an expression, those together whose arguments have rational ratios.
pub(super) fn groups(ascent: &Ascent, expr: &Expr, is_limit: bool) -> Result<Vec<Group>, Reason> {
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
