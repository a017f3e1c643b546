//! Families of roots without the members at which the equation has no value: `sin(x)/x = 0` has the roots `pi*z`, but
//! not for `z = 0`.
//!
//! What must not vanish (denominators, arguments of logarithms, cosines below tangents) is solved for the integer that
//! numbers the family. Whole residue classes are left out by writing the others as families of their own, single
//! members by a condition beside the root.

use super::equation::{all_families, put};
use super::interval::affine;
use super::method::bound_of_argument;
use super::{Root, Solutions, inverse};
use crate::algebra::{enclosure, expand};
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol};
use crate::number::{Ball, Integer, Rational};
use crate::tape;

/// Residues modulo more than this are not told apart.
const LARGEST_MODULUS: i64 = 60;

/// The members that are looked at for one that counts.
const NEAREST_MEMBERS: i64 = 12;

/// Integers to be left out.
#[derive(Default)]
struct Excluded {
    members: Vec<Integer>,
    /// Residues with their moduli.
    classes: Vec<(i64, i64)>,
}

/// Leaves out the members of families at which an expression has no value; where that stays open, the expression is
/// answered as an equation instead of the family.
pub(super) fn keep_defined(
    solutions: &mut Solutions,
    expr: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<(), Reason> {
    let known = expr.variables();
    let mut doubtful = false;
    for root in std::mem::take(&mut solutions.roots) {
        let parameters: Vec<Symbol> = numbers_of(&root.value, &known);
        let mut family = vec![root];
        for parameter in parameters {
            for own in std::mem::take(&mut family) {
                match defined_members(expr, variable, &own, parameter, budget)? {
                    Some(members) => family.extend(members),
                    None => doubtful = true,
                }
            }
        }
        solutions.roots.extend(family);
    }
    let open = Expr::relation(Relation::Equal, expr.clone(), Expr::zero());
    if doubtful && !solutions.unsolved.contains(&open) {
        solutions.unsolved.push(open);
    }
    Ok(())
}

/// The symbols that number the members of a family.
fn numbers_of(value: &Expr, known: &[Symbol]) -> Vec<Symbol> {
    let is_number = |symbol: &Symbol| !known.contains(symbol) && assume::is_integer(&Expr::symbol(*symbol)).is_yes();
    value.variables().into_iter().filter(is_number).collect()
}

/// The family by families and conditions that leave out what does not count; `None` where that is not known.
fn defined_members(
    expr: &Expr,
    variable: Symbol,
    root: &Root,
    parameter: Symbol,
    budget: &Budget,
) -> Result<Option<Vec<Root>>, Reason> {
    let member = Symbol::new("the member");
    let generic = put(&root.value, parameter, &Expr::symbol(member));
    let Some(mut nonzero) = nonzero_parts(expr, variable) else { return Ok(None) };
    for part in &mut nonzero {
        *part = put(part, variable, &generic);
    }
    // Parts with the integers of several families are not looked at.
    let known = expr.variables();
    nonzero.retain(|part| numbers_of(part, &known).is_empty());
    let Some(own) = nonzero_parts(&generic, member) else { return Ok(None) };
    nonzero.extend(own);
    let mut excluded = Excluded::default();
    for part in nonzero {
        if !part.has_symbol(member) {
            continue;
        }
        // The integers that number the zeros are ours.
        let known: Result<bool, Reason> = assume::with_facts([Fact::In(member, Domain::Real)], || {
            Ok(assume::is_nonzero(&part).is_yes() || excluded.add_zeros(&part, member, budget)?)
        });
        if !known? {
            return Ok(None);
        }
    }
    let Some(mut kept) = excluded.left_out(root, parameter, budget)? else { return Ok(None) };
    for root in &mut kept {
        let bounds = bounds_of(&root.value, parameter, variable, budget)?;
        let is_within = |relation: &Expr| match relation.kind() {
            Kind::Relation(_, _, number) => bounds.iter().all(|bound| match bound.kind() {
                Kind::Relation(own, _, end) => {
                    number.as_rational().zip(end.as_rational()).is_none_or(|(n, end)| own.holds(n.cmp(end)))
                }
                _ => true,
            }),
            _ => true,
        };
        root.except.retain(is_within);
        root.except.extend(bounds);
    }
    Ok(Some(kept))
}

/// What assumptions about the variable, `x > 0`, say of the integer that numbers a family of real numbers.
fn bounds_of(value: &Expr, parameter: Symbol, variable: Symbol, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let mut bounds = Vec::new();
    for fact in assume::assumptions() {
        let Fact::Holds(relation) = fact else { continue };
        let Kind::Relation(relation, left, right) = relation.kind() else { continue };
        let difference = left - right;
        if !difference.has_symbol(variable) || matches!(relation, Relation::Equal | Relation::NotEqual) {
            continue;
        }
        let Some((start, step)) = affine(&put(&difference, variable, value), parameter, budget)? else { continue };
        let Some(sign) = tape::sign_by_ball(&step).filter(|_| start.is_constant() && step.is_constant()) else {
            continue;
        };
        let relation = if sign.is_lt() { relation.flipped() } else { *relation };
        let Some(end) = near_rational(&(-start / step)) else { continue };
        let bound = Expr::relation(relation, Expr::symbol(parameter), Expr::number(end));
        bounds.extend(bound_of_argument(&bound, &Expr::symbol(parameter)).into_iter().flatten());
    }
    Ok(bounds)
}

/// A rational number with the same integers on both sides.
fn near_rational(value: &Expr) -> Option<Rational> {
    match value.as_rational() {
        Some(q) => Some(q.clone()),
        None if tape::is_real_by_ball(value).is_yes() && is_no_integer(value) => {
            Some(Rational::from(enclosure(value)?.re().floor()?) + Rational::HALF)
        }
        None => None,
    }
}

/// What must not vanish where the expression has a value; `None` when a function is met of which that is not known.
pub(super) fn nonzero_parts(expr: &Expr, variable: Symbol) -> Option<Vec<Expr>> {
    let mut parts: Vec<Expr> = Vec::new();
    for node in expr.shared_nodes().filter(|node| node.has_symbol(variable)) {
        match node.kind() {
            Kind::Product(product) => {
                parts.extend(product.factors().iter().filter(|f| f.exponent.is_negative()).map(|f| f.base.clone()));
            }
            Kind::Power(base, exponent) if exponent.as_rational().is_none_or(Rational::is_negative) => {
                parts.push(base.clone());
            }
            Kind::Call(..) => {
                let (called, arguments) = node.as_call()?;
                match arguments {
                    [u] => parts.extend(poles_of(called.name(), u)?),
                    _ if matches!(called.name(), "max" | "min") => {}
                    _ => return None,
                }
            }
            _ => {}
        }
    }
    parts.retain(|part| part.has_symbol(variable));
    Some(parts)
}

/// What vanishes at the poles of a function; `None` when they are not known.
fn poles_of(name: &str, u: &Expr) -> Option<Option<Expr>> {
    let by = |wave: &str| inverse::call(wave, u);
    Some(match name {
        "sin" | "cos" | "exp" | "sinh" | "cosh" | "arcsin" | "arccos" | "arcsinh" | "arccosh" | "abs" | "sgn"
        | "unit_step" | "real_part" | "imag_part" | "conjugate" | "floor" | "ceil" | "frac" | "erf" | "erfc" => None,
        "log" | "arcsec" | "arccsc" | "arcsech" | "arccsch" => Some(u.clone()),
        "tan" | "sec" => by("cos"),
        "cot" | "csc" => by("sin"),
        "tanh" | "sech" => by("cosh"),
        "coth" | "csch" => by("sinh"),
        "arctan" | "arccot" => Some(Expr::one() + u.powi(2)),
        "arctanh" | "arccoth" => Some(Expr::one() - u.powi(2)),
        _ => return None,
    })
}

impl Excluded {
    /// Adds the integers at which a part vanishes; false when they are not all known.
    fn add_zeros(&mut self, part: &Expr, member: Symbol, budget: &Budget) -> Result<bool, Reason> {
        let zero = Expr::relation(Relation::Equal, part.clone(), Expr::zero());
        let zeros = all_families(&zero, member, budget)?;
        if !zeros.is_complete() {
            return Ok(false);
        }
        let known = part.variables();
        for zero in zeros.roots {
            let added = match numbers_of(&zero.value, &known).as_slice() {
                [] => self.add_value(&zero.value),
                [number] => match affine(&zero.value, *number, budget)? {
                    Some((start, step)) if start.is_constant() && step.is_constant() => self.add_family(&start, &step),
                    _ => false,
                },
                _ => false,
            };
            if !added {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn add_value(&mut self, value: &Expr) -> bool {
        if let Some(q) = value.as_rational() {
            if q.is_integer() && !self.members.contains(&q.numerator()) {
                self.members.push(q.numerator());
            }
            return true;
        }
        value.is_constant() && is_no_integer(value)
    }

    /// Adds the integers among `start + step*w`.
    fn add_family(&mut self, start: &Expr, step: &Expr) -> bool {
        if let (Some(start), Some(step)) = (start.as_rational(), step.as_rational()) {
            return self.add_class(start, step);
        }
        let is_real = |value: &Expr| tape::is_real_by_ball(value);
        if is_real(step).is_yes() && is_real(start).is_no() {
            return true;
        }
        // A real start with imaginary steps, or a rational one with irrational steps: only the start can be an integer.
        let upward = is_real(start).is_yes() && is_real(&(step * Expr::i())).is_yes();
        (upward || (start.as_rational().is_some() && is_irrational(step))) && self.add_value(start)
    }

    fn add_class(&mut self, start: &Rational, step: &Rational) -> bool {
        let (Some(modulus), Some(period)) = (step.numerator().to_i64(), step.denominator().to_i64()) else {
            return false;
        };
        let modulus = modulus.abs();
        if modulus > LARGEST_MODULUS || period > LARGEST_MODULUS {
            return false;
        }
        let first = (0..period).map(|w| start + &(step * &Rational::from(w))).find(Rational::is_integer);
        match first.map(|first| first.numerator().to_i64()) {
            None => true,
            Some(None) => false,
            Some(Some(first)) => {
                self.classes.push((first.rem_euclid(modulus), modulus));
                true
            }
        }
    }

    /// The family without what is excluded.
    fn left_out(self, root: &Root, parameter: Symbol, budget: &Budget) -> Result<Option<Vec<Root>>, Reason> {
        let modulus = self.classes.iter().fold(1, |lcm, (_, own)| lcm / gcd(lcm, *own) * own);
        if modulus > LARGEST_MODULUS {
            return Ok(None);
        }
        let z = Expr::symbol(parameter);
        let is_kept = |residue: &i64| !self.classes.iter().any(|(own, modulus)| residue.rem_euclid(*modulus) == *own);
        let kept: Vec<i64> = (0..modulus).filter(is_kept).collect();
        let whole = kept.len() == usize::try_from(modulus).unwrap_or(0);
        let (kept, modulus) = if whole { (vec![0], 1) } else { (kept, modulus) };
        let family = |residue: i64| -> Result<Root, Reason> {
            let place = |member: &Integer| {
                let (quotient, rest) = (member - &Integer::new(residue)).div_rem_floor(&Integer::new(modulus))?;
                rest.is_zero().then_some(quotient)
            };
            let numbered = Expr::integer(residue) + Expr::integer(modulus) * &z;
            let except = self.members.iter().filter_map(place);
            let except = except.map(|n| Expr::relation(Relation::NotEqual, z.clone(), Expr::number(n)));
            let value = match modulus {
                1 => root.value.clone(),
                _ => expand(&put(&root.value, parameter, &numbered), budget)?,
            };
            Ok(Root { value, except: root.except.iter().cloned().chain(except).collect(), ..root.clone() })
        };
        kept.into_iter().map(family).collect::<Result<_, _>>().map(Some)
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Is a constant shown to be no integer?
pub(super) fn is_no_integer(value: &Expr) -> bool {
    let Some(ball) = enclosure(value) else { return false };
    let below = ball.re().floor().map(|floor| ball.re().sub(&Ball::from_integer(&floor), 128));
    !ball.im().contains_zero() || below.is_some_and(|rest| !rest.contains_zero())
}

/// A rational number times or over `pi`.
fn is_irrational(value: &Expr) -> bool {
    let rational = |value: Expr| value.as_rational().is_some_and(|q| !q.is_zero());
    rational(value / Expr::pi()) || rational(value * Expr::pi())
}

/// One member of each family that is not forbidden, near its start; `None` where none is found.
pub(super) fn nearest_members(
    solutions: Solutions,
    expr: &Expr,
    forbidden: impl Fn(&Expr) -> Result<bool, Reason>,
) -> Result<Option<Solutions>, Reason> {
    let known = expr.variables();
    let mut found = Solutions { principal_only: true, ..Solutions::none() };
    for root in solutions.roots {
        let parameters = numbers_of(&root.value, &known);
        let mut nearest = parameters.is_empty().then(|| root.value.clone());
        for number in (0..=2 * NEAREST_MEMBERS).map(|n| if n % 2 == 1 { (n + 1) / 2 } else { -n / 2 }) {
            let number = Expr::integer(number);
            let is_number =
                |relation: &Expr| matches!(relation.kind(), Kind::Relation(Relation::NotEqual, _, n) if *n == number);
            if nearest.is_some() || root.except.iter().any(is_number) {
                continue;
            }
            let value = parameters.iter().fold(root.value.clone(), |value, parameter| put(&value, *parameter, &number));
            if !forbidden(&value)? {
                nearest = Some(value);
            }
        }
        match nearest {
            Some(value) => found.add(value, root.multiplicity),
            None => return Ok(None),
        }
    }
    Ok((!found.roots.is_empty()).then_some(found))
}
