//! Circular and hyperbolic functions: products to sums, quotients to tangents, doubled angles, exponentials and back.

use super::{integer_power, rewrite_products};
use crate::algebra::trig::{call, demoivre, hyperbolic_by_exponentials, to_sine_and_cosine, trig_reduce, unary_call};
use crate::algebra::{expand, factors, numerator_denominator, simplify_rational, simplify_trig, terms};
use crate::budget::Budget;
use crate::expr::assume;
use crate::expr::{Expr, Kind, Reason};
use crate::number::{Number, Rational};
use crate::tape;

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
    factors(term).iter().map(count).sum()
}

/// `sin(u)/cos(u)` as `tan(u)`, and the like in all products.
pub(super) fn tangents(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(rewrite_products(expr, by_tangents))
}

fn by_tangents(product: &Expr) -> Option<Expr> {
    // Angles with the exponents of sine and cosine, circular and hyperbolic apart.
    let mut found: Vec<(Expr, bool, i64, i64)> = Vec::new();
    let mut others = Vec::new();
    for factor in factors(product) {
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
    let mut cosines: Vec<(usize, Expr)> = Vec::new();
    let all = factors(product);
    for (place, factor) in all.iter().enumerate() {
        if let Some(("cos", angle)) = unary_call(factor) {
            cosines.push((place, angle.clone()));
        }
    }
    let mut chain: Vec<usize> = Vec::new();
    for (start, angle) in &cosines {
        let mut own = vec![*start];
        let mut next = angle * Expr::integer(2);
        while let Some((place, _)) = cosines.iter().find(|(_, other)| *other == next) {
            own.push(*place);
            next = &next * Expr::integer(2);
        }
        if own.len() > chain.len() {
            chain = own;
        }
    }
    let angle = |place: &usize| cosines.iter().find(|(own, _)| own == place);
    let (first, last) = (&angle(chain.first()?)?.1, &angle(chain.last()?)?.1);
    if chain.len() < SHORTEST {
        return None;
    }
    let rest = all.iter().enumerate().filter(|(place, _)| !chain.contains(place)).map(|(_, factor)| factor.clone());
    let top = call("sin", &(last * Expr::integer(2)));
    let below = call("sin", first) * Expr::integer(2).powi(chain.len() as i64);
    Some(Expr::product(rest.chain([top, below.recip()])))
}

/// Exponentials by circular and hyperbolic functions and these by exponentials, whichever gets shorter:
/// `(e^x - e^-x)/(e^x + e^-x)` is `tanh(x)`, and `cosh(x)*e^x - e^(2*x)/2` is `1/2`.
pub(super) fn exponentials(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    /// Higher powers of exponentials are not taken apart.
    const HIGHEST: i64 = 12;
    const LARGEST: usize = 150;
    let exponent = |node: &Expr| node.exp_argument().filter(|u| !u.is_constant()).cloned();
    let exponents: Vec<Expr> = expr.shared_nodes().filter_map(|node| exponent(&node)).collect();
    // Nests of functions are left: their expansions are long.
    let is_high = |u: &Expr| {
        let is_above_highest = |term: &Expr| is_above(&term.split_coefficient().1, HIGHEST);
        u.any_stored(|node| node.as_call().is_some()) || terms(u).iter().any(is_above_highest)
    };
    let has_some = !exponents.is_empty() || expr.any_stored(|node| matches!(unary_call(node), Some(("sinh", _))));
    if !has_some || super::size(expr) > LARGEST || exponents.iter().any(is_high) {
        return Ok(expr.clone());
    }
    let circular = demoivre(expr);
    let waves =
        circular.rewrite_stored(|_| None, |node| exponent(&node).map_or(node, |u| call("cosh", &u) + call("sinh", &u)));
    let mut candidates = vec![simplify_rational(&hyperbolic_by_exponentials(expr), budget)?];
    for open in [circular, waves] {
        if open != *expr {
            let plain = simplify_rational(&simplify_trig(&open, budget)?, budget)?;
            candidates.push(tangents(&super::radicals::rationalised(&plain, budget)?, budget)?);
        }
    }
    Ok(candidates.into_iter().min_by_key(super::size).unwrap_or_else(|| expr.clone()))
}

/// Is the size of one of its parts above a bound?
fn is_above(number: &Number, bound: i64) -> bool {
    let (re, im) = number.parts();
    [re, im].iter().any(|part| part.as_rational().is_some_and(|q| q.abs() > Rational::from(bound)))
}

/// Sums of two waves as one wave or a product of waves.
pub(super) fn joined(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if !has_waves(expr) {
        return Ok(expr.clone());
    }
    let found = expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Sum(_) => one_wave(&node).or_else(|| product_of_waves(&node)).unwrap_or(node),
            _ => node,
        },
    );
    tangents(&found, budget)
}

/// A term as a coefficient times a sine or cosine, circular or hyperbolic.
fn wave_term(term: &Expr) -> Option<(Expr, &'static str, Expr)> {
    let wave = factors(term)
        .into_iter()
        .find(|factor| matches!(unary_call(factor), Some(("sin" | "cos" | "sinh" | "cosh", _))))?;
    let (name, angle) = unary_call(&wave)?;
    Some((term / &wave, name, angle.clone()))
}

/// `a*sin(u) + b*cos(u)` as `a/cos(phase)*sin(u + phase)` where `b/a` is the tangent of a multiple of `pi/12`.
fn one_wave(sum: &Expr) -> Option<Expr> {
    let all: Vec<Expr> = terms(sum);
    for (place, first) in all.iter().enumerate() {
        let Some((a, sine @ ("sin" | "sinh"), u)) = wave_term(first) else { continue };
        for (other, second) in all.iter().enumerate() {
            let Some((b, "cos" | "cosh", v)) = wave_term(second) else { continue };
            if u != v {
                continue;
            }
            // sinh(u + I*phase) is sinh(u)*cos(phase) + I*cosh(u)*sin(phase).
            let unit = if sine == "sin" { Expr::one() } else { Expr::i() };
            let ratio = b / (&a * &unit);
            let square = ratio.powi(2);
            let Some(twelfths) = [(1, 1, 3), (3, 1, 4), (1, 3, 2)]
                .into_iter()
                .find_map(|(n, d, twelfths)| (square == Expr::fraction(n, d)).then_some(twelfths))
            else {
                continue;
            };
            let sign = assume::sign(&ratio).or_else(|| tape::sign_by_ball(&ratio))?;
            let phase = Expr::pi() * Expr::fraction(if sign.is_lt() { -twelfths } else { twelfths }, 12);
            let wave = a / call("cos", &phase) * call(sine, &(u + unit * phase));
            let rest = all.iter().enumerate().filter(|(own, _)| *own != place && *own != other);
            return Some(Expr::sum(rest.map(|(_, term)| term.clone()).chain([wave])));
        }
    }
    None
}

/// `sin(u) + sin(v)` as `2*sin((u + v)/2)*cos((u - v)/2)`, and the like for cosines.
fn product_of_waves(sum: &Expr) -> Option<Expr> {
    let [first, second] = terms(sum).try_into().ok()?;
    let (mut one, mut two) = (wave_term(&first)?, wave_term(&second)?);
    if crate::expr::print_order(&one.2, &two.2).is_lt() {
        std::mem::swap(&mut one, &mut two);
    }
    let ((a, name, u), (b, other, v)) = (one, two);
    let sign = if a == b { 1 } else { -1 };
    if name != other || a != b.scale(&sign.into()) {
        return None;
    }
    let half = Expr::fraction(1, 2);
    let (plus, minus) = ((&u + &v) * &half, (u - v) * half);
    let (first, second, factor) = match (name, sign) {
        ("sin", 1) => ("sin", "cos", 2),
        ("sin", _) => ("cos", "sin", 2),
        ("cos", 1) => ("cos", "cos", 2),
        ("cos", _) => ("sin", "sin", -2),
        ("sinh", 1) => ("sinh", "cosh", 2),
        ("sinh", _) => ("cosh", "sinh", 2),
        (_, 1) => ("cosh", "cosh", 2),
        _ => ("sinh", "sinh", 2),
    };
    Some(a * Expr::integer(factor) * call(first, &plus) * call(second, &minus))
}
