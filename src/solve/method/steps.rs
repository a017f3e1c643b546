//! Floors, ceilings and fractional parts: one case for each integer that a floor may be.
//!
//! Where the unknown stands in the floor alone the equation is one for an integer. Beside a floor of a linear `u`, with
//! `u = n + t` and `0 <= t < 1`, it is one for `n` with coefficients in `t`, whose roots Cauchy's bound encloses; where
//! `n` drops out the roots are families.

use super::super::admissible::is_no_integer;
use super::super::equation::{Way, put, solve_zero};
use super::super::inequality::{solve_inequalities, unite};
use super::super::inverse::{call, member};
use super::super::{RealSet, Solutions};
use super::cases::{add_fitting, defined_where, gathered, replaced};
use crate::algebra::rational::RationalForm;
use crate::algebra::{decide, expand};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol};
use crate::number::sorting;
use crate::number::{Ball, ComplexBall, Integer, Rational};
use crate::tape::{self, Evaluator, Numbers, Program};

/// More integers are not tried.
const MOST_STEPS: i64 = 100;

/// A floor of the unknown named: its argument, the name, and the expression with it.
struct Steps {
    inside: Expr,
    name: Symbol,
    named: Expr,
}

/// The expression by its only floor.
fn steps_of(expr: &Expr, variable: Symbol) -> Option<Steps> {
    let is_step = |node: &Expr| {
        let known = node.as_call().is_some_and(|(called, _)| matches!(called.name(), "floor" | "ceil" | "frac"));
        known && node.has_symbol(variable)
    };
    if !expr.shared_nodes().any(|node| is_step(&node)) {
        return None;
    }
    let by_floors = expr.rewrite_stored(
        |_| None,
        |node| match node.as_call() {
            Some((called, [u])) if called.name() == "ceil" => call("floor", &-u).map_or(node.clone(), |floor| -floor),
            Some((called, [u])) if called.name() == "frac" => call("floor", u).map_or(node.clone(), |floor| u - floor),
            _ => node,
        },
    );
    let mut floors = by_floors.shared_nodes().filter(is_step);
    let floor = floors.next()?;
    if floors.next().is_some() {
        return None;
    }
    let (_, [inside]) = floor.as_call()? else { return None };
    let name = Symbol::new("the step");
    Some(Steps { inside: inside.clone(), name, named: replaced(&by_floors, &floor, &Expr::symbol(name)) })
}

/// The real zeros of an expression with a floor of the unknown.
pub(in crate::solve) fn by_steps(
    expr: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Some(steps) = steps_of(expr, variable) else { return Ok(None) };
    assume::with_facts([Fact::In(variable, Domain::Real)], || {
        let numbers = if steps.named.has_symbol(variable) {
            match bounded(&steps, variable, budget)? {
                Bound::Below(bound) => (-bound..=bound).map(Integer::new).collect(),
                Bound::Periodic(equation) => return periodic(&steps, &equation, variable, way, budget),
                Bound::Unknown => return Ok(None),
            }
        } else {
            match integer_zeros(&steps, way, budget)? {
                Some(numbers) => numbers,
                None => return Ok(None),
            }
        };
        let Some(defined) = defined_where(&steps.named, variable) else { return Ok(None) };
        let mut solutions = Solutions::none();
        for number in numbers {
            budget.check()?;
            let at = |expr: &Expr| put(expr, steps.name, &Expr::number(number.clone()));
            let own = at(&steps.named);
            if own.is_undefined() || matches!(own.kind(), Kind::Infinity(_)) {
                continue;
            }
            let found = solve_zero(&own, variable, way.deeper(), budget)?;
            let above = &steps.inside - Expr::number(number.clone());
            let mut conditions = vec![(Relation::GreaterEqual, above.clone()), (Relation::Less, above - Expr::one())];
            conditions.extend(defined.iter().map(|(relation, part)| (*relation, at(part))));
            if !add_fitting(&mut solutions, found, &conditions, variable, budget)? {
                return Ok(None);
            }
        }
        gathered(solutions, variable, way, budget)
    })
}

/// The integers at which the named expression vanishes; `None` where they are not all known.
fn integer_zeros(steps: &Steps, way: Way, budget: &Budget) -> Result<Option<Vec<Integer>>, Reason> {
    let zeros = solve_zero(&steps.named, steps.name, way.deeper(), budget)?;
    if !zeros.is_complete() {
        return Ok(None);
    }
    let mut numbers = Vec::new();
    for root in zeros.roots {
        match root.value.as_rational() {
            Some(q) if q.is_integer() => numbers.push(q.numerator()),
            Some(_) => {}
            None if root.value.is_constant() && is_no_integer(&root.value) => {}
            None => return Ok(None),
        }
    }
    Ok(Some(numbers))
}

/// Where the integer part of a root may lie.
enum Bound {
    /// Its absolute value is at most this.
    Below(i64),
    /// Anywhere: the equation is one in the fractional part.
    Periodic(Expr),
    Unknown,
}

/// The name of the fractional part.
fn part() -> Symbol {
    Symbol::new("the part")
}

/// The slope and the value at zero of the argument of the floor, when it is linear.
fn line(steps: &Steps, variable: Symbol, budget: &Budget) -> Result<Option<(Expr, Expr)>, Reason> {
    let slope = diff(&steps.inside, variable, budget)?;
    let offset = put(&steps.inside, variable, &Expr::zero());
    Ok((slope.is_constant() && !slope.is_zero() && offset.is_constant()).then_some((slope, offset)))
}

fn bounded(steps: &Steps, variable: Symbol, budget: &Budget) -> Result<Bound, Reason> {
    let Some((slope, offset)) = line(steps, variable, budget)? else { return Ok(Bound::Unknown) };
    let t = part();
    let x = (Expr::symbol(steps.name) + Expr::symbol(t) - offset) / slope;
    let equation = expand(&put(&steps.named, variable, &x), budget)?;
    if !equation.has_symbol(steps.name) {
        return Ok(Bound::Periodic(equation));
    }
    let form = match RationalForm::of(&equation, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(Bound::Unknown),
    };
    let is_named = |power: &Expr| power.as_symbol() == Some(steps.name);
    let Some(index) = form.generators().list().iter().position(|own| is_named(&own.power(1))) else {
        return Ok(Bound::Unknown);
    };
    let mut sizes = Vec::new();
    for (power, coefficient) in form.numerator().coefficients_in(index) {
        let coefficient = form.express(&coefficient);
        let Ok(program) = Program::new(&coefficient, &[t]) else { return Ok(Bound::Unknown) };
        if coefficient.has_symbol(steps.name) {
            return Ok(Bound::Unknown);
        }
        let zero = Ball::ZERO;
        let unit = ComplexBall::new(zero.union(&Ball::one(), 64), zero);
        let value: ComplexBall = Evaluator::new(program, Numbers(64)).value(&[unit]);
        if value.im().to_interval().abs().high() > 0.0 {
            return Ok(Bound::Unknown);
        }
        sizes.push((power, value.re().to_interval().abs()));
    }
    sorting::sort_by_key(&mut sizes, |(power, _)| *power);
    let Some(((_, leading), others)) = sizes.split_last() else { return Ok(Bound::Unknown) };
    let largest = others.iter().map(|(_, size)| size.high()).fold(0.0, f64::max);
    let bound = (largest / leading.low() + 2.0).ceil();
    Ok(if leading.low() > 0.0 && bound <= MOST_STEPS as f64 { Bound::Below(bound as i64) } else { Bound::Unknown })
}

/// The families of an equation in the fractional part alone, where families are wanted.
fn periodic(
    steps: &Steps,
    equation: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Some((slope, offset)) = line(steps, variable, budget)?.filter(|_| way.families()) else { return Ok(None) };
    let found = solve_zero(equation, part(), way.deeper(), budget)?;
    if !found.is_complete() {
        return Ok(None);
    }
    let mut solutions = Solutions::none();
    for root in found.roots {
        if !root.value.is_constant() || tape::is_real_by_ball(&root.value).is_no() {
            continue;
        }
        let compare = |relation, end: Expr| decide(&Expr::relation(relation, root.value.clone(), end), budget);
        let inside = compare(Relation::GreaterEqual, Expr::zero())?.and(compare(Relation::Less, Expr::one())?);
        if inside.is_unknown() {
            return Ok(None);
        }
        if inside.is_yes() {
            let family = ((root.value - &offset) / &slope, slope.recip());
            solutions.add(expand(&member(&family, 2 * way.depth() + 1), budget)?, 1);
        }
    }
    Ok(Some(solutions))
}

/// The intervals on which an inequality in a floor holds, when the unknown stands nowhere else.
pub(in crate::solve) fn step_inequality(
    relation: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Option<Vec<Vec<Expr>>>, Reason> {
    let Kind::Relation(kind, left, right) = relation.kind() else { return Ok(None) };
    let Some(steps) = steps_of(&(left - right), variable).filter(|steps| !steps.named.has_symbol(variable)) else {
        return Ok(None);
    };
    let own = Expr::relation(*kind, steps.named.clone(), Expr::zero());
    let Some(set) = solve_inequalities(&[own], steps.name, budget)? else { return Ok(None) };
    if set == RealSet::Everything {
        return Ok(Some(set.pieces(variable)));
    }
    let mut found = Solutions::none();
    for piece in set.pieces(steps.name) {
        let mut bounds = Vec::new();
        for bound in piece {
            match bound_of_argument(&bound, &steps.inside) {
                Some(own) => bounds.extend(own),
                None => return Ok(None),
            }
        }
        match solve_inequalities(&bounds, variable, budget)? {
            Some(set) => found.pieces.extend(set.pieces(variable)),
            None => return Ok(None),
        }
    }
    Ok(unite(found, variable, budget)?.map(|found| {
        let x = Expr::symbol(variable);
        let points = found.roots.into_iter().map(|root| vec![Expr::relation(Relation::Equal, x.clone(), root.value)]);
        found.pieces.into_iter().chain(points).collect()
    }))
}

/// What a bound of the floor says of its argument.
pub(in crate::solve) fn bound_of_argument(bound: &Expr, inside: &Expr) -> Option<Vec<Expr>> {
    let Kind::Relation(relation, _, end) = bound.kind() else { return None };
    let end = end.as_rational()?;
    let above = |q: Integer| Expr::relation(Relation::GreaterEqual, inside.clone(), Expr::number(q));
    let below = |q: Integer| Expr::relation(Relation::Less, inside.clone(), Expr::number(q));
    let next = || end.floor() + Integer::ONE;
    Some(match relation {
        Relation::Greater => vec![above(next())],
        Relation::GreaterEqual => vec![above(end.ceil())],
        Relation::Less => vec![below(end.ceil())],
        Relation::LessEqual => vec![below(next())],
        Relation::Equal if Rational::is_integer(end) => vec![above(end.floor()), below(next())],
        Relation::Equal => vec![Expr::relation(Relation::Less, Expr::zero(), Expr::zero())],
        Relation::NotEqual => return None,
    })
}
