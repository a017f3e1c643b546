//! Circular and hyperbolic functions: products to sums, quotients to tangents, doubled angles.

use std::collections::BTreeMap;

use super::{integer_power, rewrite_products};
use crate::algebra::trig::{call, to_sine_and_cosine, trig_reduce, unary_call};
use crate::algebra::{expand, numerator_denominator, terms};
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason};

/// Sums with more waves in a term are not contracted: the result has a term for every choice of signs.
const MOST_WAVES: usize = 10;

/// All by sines and cosines, so that they cancel.
pub(super) fn plain(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(to_sine_and_cosine(expr))
}

/// Products of sines and cosines above and below the line by sums of waves of multiple angles.
pub(super) fn contracted(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if !has_waves(expr) {
        return Ok(expr.clone());
    }
    let plain = to_sine_and_cosine(expr);
    if !matches!(plain.kind(), Kind::Sum(_) | Kind::Product(_) | Kind::Power(..)) {
        return Ok(plain);
    }
    let whole = reduced(&plain, budget)?;
    let (above, below) = numerator_denominator(&plain, budget)?;
    let quotient = reduced(&above, budget)? / reduced(&below, budget)?;
    let candidates = [tangents(&whole, budget)?, tangents(&quotient, budget)?, whole, quotient];
    let shortest = candidates.into_iter().filter(|candidate| !candidate.is_undefined()).min_by_key(super::size);
    Ok(shortest.unwrap_or(plain))
}

fn has_waves(expr: &Expr) -> bool {
    expr.shared_nodes().any(|node| {
        matches!(
            unary_call(&node),
            Some((
                "sin" | "cos" | "tan" | "cot" | "sec" | "csc" | "sinh" | "cosh" | "tanh" | "coth" | "sech" | "csch",
                _
            ))
        )
    })
}

/// `trig_reduce` where that stays small.
fn reduced(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let expanded = expand(expr, budget)?;
    if terms(&expanded).iter().any(|term| waves_in(term) > MOST_WAVES) {
        return Ok(expr.clone());
    }
    trig_reduce(&expanded, budget)
}

fn waves_in(term: &Expr) -> usize {
    let count = |factor: &Expr| {
        let (base, exponent) = integer_power(factor);
        if unary_call(&base).is_some() { exponent.unsigned_abs() as usize } else { 0 }
    };
    crate::algebra::factors(term).iter().map(count).sum()
}

/// `sin(u)/cos(u)` as `tan(u)`, and the like in all products.
pub(super) fn tangents(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(rewrite_products(expr, by_tangents))
}

fn by_tangents(product: &Expr) -> Option<Expr> {
    // Angles with the exponents of sine and cosine, circular and hyperbolic apart.
    let mut found: Vec<(Expr, bool, i64, i64)> = Vec::new();
    let mut others = Vec::new();
    for factor in crate::algebra::factors(product) {
        let (base, exponent) = integer_power(&factor);
        let Some((name, angle)) = unary_call(&base) else {
            others.push(factor);
            continue;
        };
        let (sine, cosine) = match name {
            "sin" | "sinh" => (exponent, 0),
            "cos" | "cosh" => (0, exponent),
            "tan" | "tanh" => (exponent, -exponent),
            "cot" | "coth" => (-exponent, exponent),
            _ => {
                others.push(factor);
                continue;
            }
        };
        let hyperbolic = name.contains('h');
        match found.iter_mut().find(|(own, kind, ..)| own == angle && *kind == hyperbolic) {
            Some((_, _, s, c)) => (*s, *c) = (*s + sine, *c + cosine),
            None => found.push((angle.clone(), hyperbolic, sine, cosine)),
        }
    }
    if found.is_empty() {
        return None;
    }
    let parts = found.into_iter().flat_map(|(angle, hyperbolic, s, c)| quotient(&angle, hyperbolic, s, c));
    Some(Expr::product(others.into_iter().chain(parts)))
}

/// `sin(u)^s*cos(u)^c` with as much as possible in the tangent or cotangent.
fn quotient(angle: &Expr, hyperbolic: bool, s: i64, c: i64) -> [Expr; 2] {
    let names = if hyperbolic { ["sinh", "cosh", "tanh", "coth"] } else { ["sin", "cos", "tan", "cot"] };
    let wave =
        |index: usize, exponent: i64| names.get(index).map_or_else(Expr::one, |name| call(name, angle).powi(exponent));
    let common = s.abs().min(c.abs());
    if s > 0 && c < 0 {
        [wave(2, common), if s > common { wave(0, s - common) } else { wave(1, c + common) }]
    } else if s < 0 && c > 0 {
        [wave(3, common), if c > common { wave(1, c - common) } else { wave(0, s + common) }]
    } else {
        [wave(0, s), wave(1, c)]
    }
}

/// `cos(u)*cos(2*u)*cos(4*u)` as `sin(8*u)/(8*sin(u))`: every sine of a doubled angle is twice sine times cosine.
pub(super) fn doubled(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(rewrite_products(expr, by_doubling))
}

fn by_doubling(product: &Expr) -> Option<Expr> {
    const SHORTEST: usize = 3;
    let mut cosines: BTreeMap<usize, (Expr, Expr)> = BTreeMap::new();
    let all = crate::algebra::factors(product);
    for (place, factor) in all.iter().enumerate() {
        if let Some(("cos", angle)) = unary_call(factor) {
            cosines.insert(place, (angle.clone(), factor.clone()));
        }
    }
    let mut chain: Vec<usize> = Vec::new();
    for (start, (angle, _)) in &cosines {
        let mut own = vec![*start];
        let mut next = angle * Expr::integer(2);
        while let Some((place, _)) = cosines.iter().find(|(_, (other, _))| *other == next) {
            own.push(*place);
            next = &next * Expr::integer(2);
        }
        if own.len() > chain.len() {
            chain = own;
        }
    }
    let (first, last) = (cosines.get(chain.first()?)?, cosines.get(chain.last()?)?);
    if chain.len() < SHORTEST {
        return None;
    }
    let rest = all.iter().enumerate().filter(|(place, _)| !chain.contains(place)).map(|(_, factor)| factor.clone());
    let top = call("sin", &(&last.0 * Expr::integer(2)));
    let below = call("sin", &first.0) * Expr::integer(2).powi(chain.len() as i64);
    Some(Expr::product(rest.chain([top, below.recip()])))
}
