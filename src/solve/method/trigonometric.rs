//! Equations in circular functions of multiples of one angle.
//!
//! `a*sin(u) + b*cos(u) = 0` is one in the tangent, others are rational in the tangent of half the angle (Weierstrass),
//! which misses the angle `pi` alone. So all solutions of one turn are found.

use super::super::Solutions;
use super::super::confirm::unless_refuted;
use super::super::equation::{Way, equation_of, solve_zero};
use super::super::inverse::{self, member};
use crate::algebra::{self, enclosure, is_zero};
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{Integer, Rational};

/// Larger multiples of an angle are not expanded.
const LARGEST_MULTIPLE: i64 = 12;

/// An equation in circular functions of multiples of one angle.
pub(super) fn by_tangent(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Some((angle, largest)) = common_angle(part, variable, budget)? else { return Ok(None) };
    if largest > LARGEST_MULTIPLE {
        return Ok(None);
    }
    let name = Symbol::new("the angle");
    let u = Expr::symbol(name);
    let Some(renamed) = by_angle(part, &angle, &u, variable, budget)? else { return Ok(None) };
    let expanded = match algebra::trig_expand(&renamed, budget) {
        Ok(expanded) => algebra::to_sine_and_cosine(&expanded),
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let Some((turns, period)) = turns(&expanded, name, way, budget)? else { return Ok(None) };
    let mut solutions = Solutions { principal_only: !way.mixed_families(), ..Solutions::none() };
    for turn in turns {
        let value = if way.mixed_families() { member(&(turn, period.clone()), 2 * way.depth() + 1) } else { turn };
        solutions.extend(solve_zero(&(&angle - value), variable, way.deeper(), budget)?, 1);
    }
    let mut solutions = unless_refuted(solutions, part, variable, budget)?;
    if !solutions.unsolved.is_empty() {
        solutions.unsolved = vec![equation_of(part, variable)];
    }
    Ok(Some(solutions))
}

/// The angles of one period at which an expression in sine and cosine vanishes, and the period.
fn turns(expanded: &Expr, angle: Symbol, way: Way, budget: &Budget) -> Result<Option<(Vec<Expr>, Expr)>, Reason> {
    let tangent = Symbol::new("the tangent");
    let (t, u) = (Expr::symbol(tangent), Expr::symbol(angle));
    let (equation, halves) = match by_ratio(expanded, &u, &t) {
        Some(equation) => (equation, false),
        None => (by_half_angle(expanded, &u, &t), true),
    };
    if equation.has_symbol(angle) {
        return Ok(None);
    }
    let values = solve_zero(&equation, tangent, way.deeper(), budget)?;
    if !values.unsolved.is_empty() || values.everything {
        return Ok(None);
    }
    let mut found = Vec::new();
    for root in values.roots {
        let Some(turn) = arctangent(&root.value, budget)? else { continue };
        found.push(if halves { Expr::integer(2) * turn } else { turn });
    }
    // The tangent of half the angle has no value at pi.
    if halves && is_zero(&put_angle(expanded, &u, &Expr::pi()), budget)?.is_yes() {
        found.push(Expr::pi());
    }
    let period = if halves { Expr::integer(2) * Expr::pi() } else { Expr::pi() };
    Ok(Some((found, period)))
}

/// `arctan(t)`, as a rational multiple of `pi` where it is shown to be one with a small denominator; `None` at the poles.
fn arctangent(t: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    const LARGEST: i64 = 60;
    let Some(turn) = inverse::call("arctan", t).filter(|turn| !turn.is_undefined()) else { return Ok(None) };
    if matches!(turn.kind(), crate::expr::Kind::Infinity(_)) {
        return Ok(None);
    }
    let share =
        enclosure(&(&turn / Expr::pi())).filter(|ball| ball.im().contains_zero()).map(|ball| ball.re().to_f64());
    let Some(share) = share else { return Ok(Some(turn)) };
    for denominator in 1..=LARGEST {
        let scaled = share * denominator as f64;
        if (scaled - scaled.round()).abs() < 1e-10 {
            let Some(q) = Rational::fraction(scaled.round() as i64, denominator) else { break };
            let nice = Expr::pi() * Expr::number(q);
            let same = inverse::call("tan", &nice).map(|tangent| is_zero(&(tangent - t), budget)).transpose()?;
            return Ok(Some(if same.is_some_and(|same| same.is_yes()) { nice } else { turn }));
        }
    }
    Ok(Some(turn))
}

/// An angle of which all arguments of circular functions with the unknown are integer multiples, and the largest one.
fn common_angle(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<(Expr, i64)>, Reason> {
    let mut first: Option<Expr> = None;
    let mut ratios: Vec<Rational> = Vec::new();
    for node in expr.shared_nodes() {
        let Some(argument) = circular_argument(&node).filter(|argument| argument.has_symbol(variable)) else {
            continue;
        };
        let reference = first.get_or_insert_with(|| argument.clone());
        let ratio = algebra::simplify_rational(&(argument / &*reference), budget)?;
        match ratio.as_rational() {
            Some(q) => ratios.push(q.clone()),
            None => return Ok(None),
        }
    }
    let Some(first) = first else { return Ok(None) };
    let below = ratios.iter().fold(Integer::ONE, |lcm, q| lcm.lcm(&q.denominator()));
    let above =
        ratios.iter().fold(Integer::ZERO, |gcd, q| gcd.gcd(&(q.numerator() * below.div_exact(&q.denominator()))));
    let Some(unit) = Rational::ratio(&above, &below) else { return Ok(None) };
    let largest = ratios.iter().filter_map(|q| (q / &unit).to_i64()).map(i64::abs).max().unwrap_or(i64::MAX);
    Ok(Some((algebra::expand(&(first * Expr::number(unit)), budget)?, largest)))
}

fn circular_argument(node: &Expr) -> Option<&Expr> {
    match node.as_call() {
        Some((called, [argument])) if matches!(called.name(), "sin" | "cos" | "tan" | "cot" | "sec" | "csc") => {
            Some(argument)
        }
        _ => None,
    }
}

/// The expression with circular functions of multiples of the angle by those of `u`; `None` when the unknown is left.
fn by_angle(expr: &Expr, angle: &Expr, u: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let mut failure = None;
    let renamed = expr.rewrite_stored(
        |node| {
            let (called, _) = node.as_call()?;
            let argument = circular_argument(node).filter(|argument| argument.has_symbol(variable))?;
            match algebra::simplify_rational(&(argument / angle), budget) {
                Ok(ratio) => Some(Expr::call(called.clone(), vec![ratio * u])),
                Err(reason) => {
                    failure = Some(reason);
                    None
                }
            }
        },
        |node| node,
    );
    match failure {
        Some(reason) => Err(reason),
        None => Ok((!renamed.has_symbol(variable)).then_some(renamed)),
    }
}

/// The expression with the sine and cosine of an angle at a value.
fn put_angle(expr: &Expr, angle: &Expr, value: &Expr) -> Expr {
    expr.rewrite_stored(|node| (node == angle).then(|| value.clone()), |node| node)
}

/// `a*sin(u) + b*cos(u)` as `a*t + b`.
fn by_ratio(expr: &Expr, angle: &Expr, t: &Expr) -> Option<Expr> {
    let sine = inverse::call("sin", angle)?;
    let cosine = inverse::call("cos", angle)?;
    let mut parts = Vec::new();
    for term in algebra::terms(expr) {
        let factors = algebra::factors(&term);
        let waves = factors.iter().filter(|f| **f == sine || **f == cosine).count();
        let others = factors.iter().any(|f| *f != sine && *f != cosine && f.has(angle));
        if waves != 1 || others {
            return None;
        }
        parts.push(Expr::product(factors.into_iter().map(|factor| {
            if factor == sine {
                t.clone()
            } else if factor == cosine {
                Expr::one()
            } else {
                factor
            }
        })));
    }
    Some(Expr::sum(parts))
}

/// Sine and cosine by the tangent of half the angle.
fn by_half_angle(expr: &Expr, angle: &Expr, t: &Expr) -> Expr {
    let below = Expr::one() + t.powi(2);
    expr.rewrite_stored(
        |node| match node.as_call() {
            Some((called, [argument])) if argument == angle => match called.name() {
                "sin" => Some(Expr::integer(2) * t / &below),
                "cos" => Some((Expr::one() - t.powi(2)) / &below),
                _ => None,
            },
            _ => None,
        },
        |node| node,
    )
}

/// `sin(a) = sin(b)` and its like with cosine: the angles are equal, or opposite in the half turn.
pub(super) fn by_equal_waves(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let terms = algebra::terms(part);
    let [first, second] = terms.as_slice() else { return Ok(None) };
    let ((p, c), (q, d)) = (first.split_coefficient(), second.split_coefficient());
    let ratio = Expr::number(d) / Expr::number(c);
    let (Some(a), Some(b), Some(sign)) = (as_sine(&p), as_sine(&q), ratio.to_i64().filter(|n| n.abs() == 1)) else {
        return Ok(None);
    };
    // sin(a) = sin(b) after the sign went into the angle.
    let b = if sign == 1 { -b } else { b };
    let turn = Expr::integer(2) * Expr::pi();
    let mut solutions = Solutions { principal_only: !way.mixed_families(), ..Solutions::none() };
    for (place, difference) in [&a - &b, &a + &b - Expr::pi()].into_iter().enumerate() {
        let shifted = if way.mixed_families() {
            member(&(difference, turn.clone()), 2 * way.depth() + place + 1)
        } else {
            difference
        };
        solutions.extend(solve_zero(&algebra::expand(&shifted, budget)?, variable, way.deeper(), budget)?, 1);
    }
    Ok(Some(solutions))
}

/// The angle whose sine it is.
fn as_sine(wave: &Expr) -> Option<Expr> {
    match wave.as_call() {
        Some((called, [argument])) if called.name() == "sin" => Some(argument.clone()),
        Some((called, [argument])) if called.name() == "cos" => Some(Expr::pi() / Expr::integer(2) - argument),
        _ => None,
    }
}
