//! All roots of an equation on an interval, exactly: what `solve` finds with its periodic families, counted out.

use std::cmp::Ordering;

use super::admissible::is_no_integer;
use super::equation::{all_families, put};
use super::inequality::insert;
use super::inverse;
use crate::algebra::{enclosure, expand, is_zero, order};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth, assume};
use crate::number::{Number, Rational};
use crate::tape;

/// Families with more members than this on the interval are not counted out.
const MOST_ROOTS: i64 = 10_000;

/// The real roots between two bounds, ascending and each once; `None` where it is not shown that these are all.
///
/// # Errors
/// When the budget runs out.
pub fn roots_between(
    expr: &Expr,
    variable: Symbol,
    bounds: [&Expr; 2],
    budget: &Budget,
) -> Result<Option<Vec<Expr>>, Reason> {
    if expr.shared_nodes().any(|node| matches!(node.as_number(), Some(Number::Real(_) | Number::Complex(_)))) {
        return Ok(None);
    }
    // The integers that number a family are ours.
    assume::with_facts([], || all_between(expr, variable, bounds, budget))
}

fn all_between(
    expr: &Expr,
    variable: Symbol,
    bounds: [&Expr; 2],
    budget: &Budget,
) -> Result<Option<Vec<Expr>>, Reason> {
    let equation = Expr::relation(Relation::Equal, expr.clone(), Expr::zero());
    let solutions = all_families(&equation, variable, budget)?;
    if !solutions.is_complete() {
        return Ok(None);
    }
    let known = expr.variables();
    let mut found = Vec::new();
    for root in solutions.roots {
        let Some(members) = members(&root.value, &known, bounds, budget)? else { return Ok(None) };
        for member in members {
            match (tape::is_real_by_ball(&member), is_between(&member, bounds, budget)?) {
                (Truth::No, _) | (Truth::Yes, Some(false)) => continue,
                (Truth::Yes, Some(true)) => {}
                _ => return Ok(None),
            }
            match is_defined_at(expr, variable, &member, budget)? {
                Truth::No => {}
                Truth::Yes if insert(&mut found, member, budget)? => {}
                _ => return Ok(None),
            }
        }
    }
    Ok(Some(found))
}

/// Has every part of the expression a value where the variable has one? A pole that cancels has none.
fn is_defined_at(expr: &Expr, variable: Symbol, value: &Expr, budget: &Budget) -> Result<Truth, Reason> {
    let mut defined = Truth::Yes;
    for node in expr.shared_nodes().filter(|node| node.has_symbol(variable)) {
        let below: Vec<&Expr> = match node.kind() {
            Kind::Product(product) => {
                product.factors().iter().filter(|f| f.exponent.is_negative()).map(|f| &f.base).collect()
            }
            Kind::Power(base, exponent) if exponent.as_rational().is_some_and(Rational::is_negative) => vec![base],
            Kind::Power(_, exponent) if exponent.as_rational().is_some() => continue,
            Kind::Power(..) | Kind::Call(..) => {
                defined = defined.and(is_finite(&put(&node, variable, value)));
                continue;
            }
            _ => continue,
        };
        for base in below {
            defined = defined.and(!is_zero(&put(base, variable, value), budget)?);
        }
    }
    Ok(defined)
}

/// Is it a finite number?
fn is_finite(value: &Expr) -> Truth {
    if value.is_undefined() || matches!(value.kind(), Kind::Infinity(_)) {
        return Truth::No;
    }
    let bounded = enclosure(value).is_some_and(|ball| ball.re().is_bounded() && ball.im().is_bounded());
    if bounded { Truth::Yes } else { Truth::Unknown }
}

/// Is a real constant between the bounds or at one of them? `None` when that can't be told.
fn is_between(value: &Expr, [low, high]: [&Expr; 2], budget: &Budget) -> Result<Option<bool>, Reason> {
    Ok(match (order(value, low, budget)?, order(value, high, budget)?) {
        (Some(Ordering::Less), _) | (_, Some(Ordering::Greater)) => Some(false),
        (Some(_), Some(_)) => Some(true),
        _ => None,
    })
}

/// The value, or those members of a family `a + b*z` with an integer `z` that may lie between the bounds.
fn members(value: &Expr, known: &[Symbol], bounds: [&Expr; 2], budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let parameters: Vec<Symbol> = value.variables().into_iter().filter(|symbol| !known.contains(symbol)).collect();
    let parameter = match parameters.as_slice() {
        [] => return Ok(value.is_constant().then(|| vec![value.clone()])),
        [only] => *only,
        _ => return Ok(None),
    };
    let Some((start, step)) = affine(value, parameter, budget)? else { return Ok(None) };
    if !start.is_constant() || !step.is_constant() {
        return Ok(None);
    }
    if tape::is_real_by_ball(&(Expr::i() * &step)).is_yes() {
        return Ok(real_member(&start, &step));
    }
    if !tape::is_real_by_ball(&step).is_yes() {
        return Ok(None);
    }
    let place = |bound: &Expr| approximate(&((bound - &start) / &step));
    let [Some(a), Some(b)] = bounds.map(place) else { return Ok(None) };
    let (first, last) = (a.min(b).floor() - 1.0, a.max(b).ceil() + 1.0);
    if last - first > MOST_ROOTS as f64 {
        return Ok(None);
    }
    Ok(Some((first as i64..=last as i64).map(|z| put(value, parameter, &Expr::integer(z))).collect()))
}

/// The start and step of a family `start + step*z`.
pub(super) fn affine(value: &Expr, parameter: Symbol, budget: &Budget) -> Result<Option<(Expr, Expr)>, Reason> {
    let (start, step) = (put(value, parameter, &Expr::zero()), diff(value, parameter, budget)?);
    let is_linear = expand(&(value - &start - &step * Expr::symbol(parameter)), budget)?.is_zero();
    Ok((is_linear && !step.is_zero()).then_some((start, step)))
}

/// The real members of a family with imaginary steps, at most one; `None` for others or where they are not known.
pub(super) fn real_members(value: &Expr, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let numbers = value.variables().into_iter().filter(|symbol| assume::is_integer(&Expr::symbol(*symbol)).is_yes());
    let numbers: Vec<Symbol> = numbers.collect();
    let [number] = numbers.as_slice() else { return Ok(None) };
    let Some((start, step)) = affine(value, *number, budget)? else { return Ok(None) };
    let real = |value: &Expr| tape::is_real_by_ball(value);
    if start.is_constant() && step.is_constant() && real(&step).is_yes() && real(&start).is_no() {
        return Ok(Some(Vec::new()));
    }
    let upward = step.is_constant() && real(&(Expr::i() * &step)).is_yes();
    Ok(if upward { real_member(&start, &step) } else { None })
}

/// The real number among `start + step*z`, where the steps are imaginary: `None` where it is not known.
fn real_member(start: &Expr, step: &Expr) -> Option<Vec<Expr>> {
    if assume::is_real(start).is_yes() || (start.is_constant() && tape::is_real_by_ball(start).is_yes()) {
        return Some(vec![start.clone()]);
    }
    if !start.is_constant() {
        return None;
    }
    let number = inverse::call("imag_part", start)? * Expr::i() / -step;
    match number.as_rational() {
        Some(number) if number.is_integer() => Some(vec![start + step * &Expr::number(number.clone())]),
        _ => is_no_integer(&number).then(Vec::new),
    }
}

/// A machine number near the real part of a constant; the range of a family is widened by one on both sides.
fn approximate(value: &Expr) -> Option<f64> {
    let budget = Budget::unlimited();
    let questions = tape::Questions { is_zero: &|_| Truth::Unknown, budget: &budget };
    let found = tape::evaluate(value, 53, &questions).ok()?;
    Some(found.value.to_f64_parts().0).filter(|x| x.is_finite())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn between(expr: &str, low: &str, high: &str) -> Option<Vec<String>> {
        let e = |source: &str| crate::expr::read(source).unwrap();
        let found = roots_between(&e(expr), Symbol::new("x"), [&e(low), &e(high)], &Budget::unlimited()).unwrap();
        found.map(|roots| roots.iter().map(crate::print::text).collect())
    }

    #[test]
    fn ends_count_and_poles_do_not() {
        for (expr, low, high, expected) in [
            ("cos(x)-1", "0", "2*pi", vec!["0", "2*pi"]),
            ("sin(x)^2", "pi", "2*pi", vec!["2*pi", "pi"]),
            ("(3*x-1)^2", "0", "1/3", vec!["1/3"]),
            ("sec(x)^2*cos(x)", "-3", "3", vec![]),
            ("tan(x)^2*cot(x)", "-1", "1", vec![]),
            ("(1-cos(x))/x^2", "-1", "1", vec![]),
            ("sin(x)^2*log(x)", "0", "4", vec!["1", "pi"]),
        ] {
            let found = between(expr, low, high).map(|mut roots| {
                roots.sort();
                roots
            });
            assert_eq!(found, Some(expected.into_iter().map(str::to_string).collect()), "{expr}");
        }
        assert!(assume::assumptions().is_empty());
        assert_eq!(between("x^2-2.5*x", "0", "3"), None, "floating numbers are no exact ones");
    }
}
