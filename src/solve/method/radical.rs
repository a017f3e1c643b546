//! Radicals beside the unknown: eliminated by resultants, and everything put back.

use super::super::Solutions;
use super::super::confirm::{angle_of_root, confirmed, is_in_sector};
use super::super::equation::{Way, equation_of, put, solve_zero};
use crate::algebra::rational::Generators;
use crate::algebra::{enclosure, expand, rational_function};
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol, Truth, function};
use crate::number::{Ball, ComplexBall, Rational};
use crate::poly::{IntegerPolynomial, RootDisc, SparsePolynomial, Unfinished};
use crate::tape::{Evaluator, Numbers, Program};

/// One radical is isolated and both sides raised, until none is left; then all is put back.
pub(super) fn by_power_elimination(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Ok(generators) = Generators::survey(&[part]) else { return Ok(None) };
    let radical = generators.list().iter().enumerate().rev().find_map(|(index, generator)| {
        let power = generator.power(1);
        let degree = match power.kind() {
            Kind::Power(_, exponent) => exponent.as_rational()?.denominator().to_i64()?,
            _ => return None,
        };
        power.has_symbol(variable).then_some((index, degree, power))
    });
    let Some((index, degree, radical)) = radical else { return Ok(None) };
    let Kind::Power(base, _) = radical.kind() else { return Ok(None) };
    let form = generators.read(part, budget)?;
    // The relation of the radical: g^degree - base, both over the generators.
    let own = generators.read(base, budget)?;
    let power = SparsePolynomial::variable(generators.len(), index).pow(usize::try_from(degree).unwrap_or(2));
    if own.numerator.degree(index) > 0 {
        // The base is a power of the generator itself: the equation is one in the generator alone after renaming.
        return rename_root(part, base, degree, variable, way, budget);
    }
    let relation = &(&power * &own.denominator) - &own.numerator;
    let eliminated = match form.numerator.resultant(&relation, index, budget) {
        Ok(eliminated) => eliminated,
        Err(Unfinished::Stopped(stopped)) => return Err(stopped.into()),
        Err(_) => return Ok(None),
    };
    let equation = generators.express(&eliminated);
    if equation.is_zero() || equation == *part {
        return Ok(None);
    }
    let mut candidates = solve_zero(&equation, variable, way.deeper(), budget)?;
    drop_refuted(&mut candidates, part, variable, budget)?;
    if !candidates.unsolved.is_empty() {
        candidates.unsolved = vec![equation_of(part, variable)];
    }
    let branches = other_branches(part, base, degree, variable);
    let (shown, open) = by_branches(candidates, part, &branches, variable);
    let mut all = confirmed(open, part, variable, budget)?;
    all.extend(shown, 1);
    Ok(Some(all))
}

/// What the equation is with the other values of the radical: none of them is the equation itself.
fn other_branches(part: &Expr, base: &Expr, degree: i64, variable: Symbol) -> Vec<Expr> {
    let turned = |turn: i64| {
        // Before what is around it, which may become the radical itself.
        part.rewrite(
            |node| match node.kind() {
                Kind::Power(own, exponent) if own == base && own.has_symbol(variable) => {
                    let angle = Expr::pi() * Expr::number(exponent.as_rational()? * &Rational::from(2 * turn));
                    Some(function::exp(&(Expr::i() * angle)) * node)
                }
                _ => None,
            },
            |node| node,
        )
    };
    (1..degree).map(turned).collect()
}

/// The candidates that are shown to be roots, and those that are left: the eliminated equation is the product of the
/// equation and its other branches, so that where enclosures refute those the equation holds.
fn by_branches(candidates: Solutions, part: &Expr, branches: &[Expr], variable: Symbol) -> (Solutions, Solutions) {
    let excluded = |branch: &Expr, root: &Expr| {
        let value = enclosure(&put(branch, variable, root)).or_else(|| value_at(branch, variable, root));
        value.is_some_and(|value| !value.contains_zero())
    };
    let (mut shown, mut open) = (Solutions::none(), Solutions { roots: Vec::new(), ..candidates.clone() });
    for root in candidates.roots {
        let is_constant = root.value.is_constant() && !part.variables().iter().any(|other| *other != variable);
        if is_constant && excluded(part, &root.value) {
            continue;
        }
        let holds = is_constant && branches.iter().all(|branch| excluded(branch, &root.value));
        if holds { &mut shown } else { &mut open }.roots.push(root);
    }
    (shown, open)
}

/// The value where the variable is the constant, enclosed first.
fn value_at(expr: &Expr, variable: Symbol, constant: &Expr) -> Option<ComplexBall> {
    let at = enclosure(constant)?;
    let value: ComplexBall = Evaluator::new(Program::new(expr, &[variable]).ok()?, Numbers(192)).value(&[at]);
    value.is_bounded().then_some(value)
}

/// Drops open polynomial equations of which no root makes the expression vanish, as enclosures show.
fn drop_refuted(candidates: &mut Solutions, part: &Expr, variable: Symbol, budget: &Budget) -> Result<(), Reason> {
    let mut kept = Vec::new();
    for equation in std::mem::take(&mut candidates.unsolved) {
        if !is_refuted(&equation, part, variable, budget)? {
            kept.push(equation);
        }
    }
    candidates.unsolved = kept;
    Ok(())
}

fn is_refuted(equation: &Expr, part: &Expr, variable: Symbol, budget: &Budget) -> Result<bool, Reason> {
    let Kind::Relation(_, left, right) = equation.kind() else { return Ok(false) };
    let Some(function) = rational_function(&(left - right), variable, budget)? else { return Ok(false) };
    let polynomial: &IntegerPolynomial = function.numerator().numerator();
    let Ok(program) = Program::new(part, &[variable]) else { return Ok(false) };
    let discs = match polynomial.isolate_complex_roots(128, budget) {
        Ok(discs) => discs,
        Err(Unfinished::Stopped(stopped)) => return Err(stopped.into()),
        Err(_) => return Ok(false),
    };
    let mut evaluator = Evaluator::new(program, Numbers(192));
    Ok(discs.iter().all(|disc| {
        let value: ComplexBall = evaluator.value(&[ball_of(disc)]);
        value.is_bounded() && !value.contains_zero()
    }))
}

/// The ball around a disc.
fn ball_of(disc: &RootDisc) -> ComplexBall {
    let part = |centre: &crate::number::Rational, exact: bool| {
        let low = Ball::from_rational(&(centre - &disc.radius), 192);
        let high = Ball::from_rational(&(centre + &disc.radius), 192);
        if exact { Ball::from_rational(centre, 192) } else { low.union(&high, 192) }
    };
    ComplexBall::new(part(&disc.real, false), part(&disc.imaginary, disc.imaginary.is_zero()))
}

/// `x` and `x^(1/n)` together: an equation in `t = x^(1/n)`, whose roots count when their power leads back.
fn rename_root(
    part: &Expr,
    base: &Expr,
    degree: i64,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    if base.as_symbol() != Some(variable) {
        return Ok(None);
    }
    let root = Symbol::new("the root");
    let t = Expr::symbol(root);
    let renamed = part.rewrite(
        |node| match node.kind() {
            Kind::Power(own, exponent) if own == base => Some(t.power(&(exponent * Expr::integer(degree)))),
            Kind::Symbol(own) if *own == variable => Some(t.powi(degree)),
            _ => None,
        },
        |node| node,
    );
    if renamed.has_symbol(variable) {
        return Ok(None);
    }
    let values = solve_zero(&renamed, root, way.deeper(), budget)?;
    if !values.unsolved.is_empty() {
        return Ok(None);
    }
    // The power of a root has that root as its principal one, or is none: its own principal root is found by itself.
    let (mut solutions, mut candidates) = (Solutions::none(), Solutions::none());
    for value in values.roots {
        let power = value.value.powi(degree);
        let power = if let Kind::Power(..) = power.kind() { power } else { expand(&power, budget)? };
        match is_in_sector(&value.value, degree) {
            Truth::Yes => solutions.add(power, 1),
            Truth::No if value.value.is_constant() => {}
            // Only where the parameters make it zero.
            Truth::No if angle_of_root(&value.value).is_some() => solutions.conditional = true,
            Truth::No | Truth::Unknown => candidates.add(power, 1),
        }
    }
    solutions.extend(confirmed(candidates, part, variable, budget)?, 1);
    Ok(Some(solutions))
}
