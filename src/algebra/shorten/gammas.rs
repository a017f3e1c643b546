//! Gamma functions with linear factors taken in, binomials recognised, the doubled argument and the reflected one.
//!
//! `u*gamma(u) = gamma(u + 1)`, Legendre's `gamma(2*u) = 2^(2*u - 1)*gamma(u)*gamma(u + 1/2)/sqrt(pi)`, and Euler's
//! `gamma(u)*gamma(1 - u) = pi/sin(pi*u)` (DLMF 5.5).

use super::integer_power;
use crate::algebra::trig::{call, leads_negative, unary_call};
use crate::algebra::{factor, factors, simplify_factorial, simplify_rational};
use crate::budget::Budget;
use crate::expr::function;
use crate::expr::{Expr, Function, Kind, Reason};
use crate::number::Rational;

/// Products of gammas, factorials and binomials written with as few of them as can be.
pub(super) fn absorbed(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    if !has_gammas(expr) {
        return Ok(expr.clone());
    }
    let as_factorial = expr.shared_nodes().any(|node| is_call(&node, &["factorial", "binomial"]));
    let opened = by_halves(&by_gamma(expr));
    let lowered = simplify_rational(&to_gamma(&simplify_factorial(&opened, budget)?), budget)?;
    let reflected = simplify_rational(&reflected(&factor(&lowered, budget)?), budget)?;
    let candidates = [factor(&lowered, budget)?, to_gamma(expr), reflected];
    let written = candidates.into_iter().map(|candidate| {
        let taken_in = take_in(&candidate);
        let short = binomials(&taken_in);
        if as_factorial { to_factorial(&short) } else { short }
    });
    Ok(written.min_by_key(super::size).unwrap_or_else(|| expr.clone()))
}

fn is_call(node: &Expr, names: &[&str]) -> bool {
    node.as_call()
        .is_some_and(|(called, _)| matches!(called, Function::Elementary(record) if names.contains(&record.name)))
}

fn has_gammas(expr: &Expr) -> bool {
    expr.shared_nodes().any(|node| is_call(&node, &["gamma", "factorial", "binomial", "beta"]))
}

fn gamma(argument: &Expr) -> Expr {
    call("gamma", argument)
}

/// Factorials and binomials by the gamma function.
fn by_gamma(expr: &Expr) -> Expr {
    expr.rewrite_stored(
        |_| None,
        |node| {
            let Some((called, arguments)) = node.as_call() else { return node };
            let of = |n: &Expr| gamma(&(n + Expr::one()));
            match (called.name(), arguments) {
                ("factorial", [n]) => of(n),
                ("binomial", [n, k]) => of(n) / (of(k) * of(&(n - k))),
                _ => beta_by_gamma(&node).unwrap_or(node),
            }
        },
    )
}

/// `beta(u, v)` as `gamma(u)*gamma(v)/gamma(u + v)`.
pub(in crate::algebra) fn beta_by_gamma(node: &Expr) -> Option<Expr> {
    match node.as_call()? {
        (called, [u, v]) if called.name() == "beta" => Some(gamma(u) * gamma(v) / gamma(&(u + v))),
        _ => None,
    }
}

/// `gamma(u)*gamma(n - u)` by the sine, for an integer `n`.
fn reflected(expr: &Expr) -> Expr {
    super::rewrite_products(expr, |product| {
        let mut parts: Vec<(Expr, i64)> = factors(product).iter().map(integer_power).collect();
        let (first, second, u, n) = mirrored(&parts)?;
        let sign = parts.get(first)?.1.signum();
        lower(&mut parts, first);
        lower(&mut parts, second);
        // gamma(n - u) is gamma(1 - u) times (1 - u)*...*(n - 1 - u), or over (n - u)*...*(-u).
        let shifted = |from: i64, to: i64| Expr::product((from..to).map(|k| Expr::integer(k) - &u));
        let value = Expr::pi() * shifted(1, n) / (sine_of_turn(&u) * shifted(n, 1));
        Some(Expr::product(parts.iter().map(|(base, exponent)| base.powi(*exponent)).chain([value.powi(sign)])))
    })
}

/// `sin(pi*u)`, without the whole and half turns in it.
fn sine_of_turn(u: &Expr) -> Expr {
    let constant = match u.kind() {
        Kind::Sum(sum) => sum.constant().as_rational().cloned().unwrap_or(Rational::ZERO),
        _ => Rational::ZERO,
    };
    let whole = constant.floor();
    let sign = if whole.is_odd() { -1 } else { 1 };
    let rest = u - Expr::number(whole.clone());
    let wave = match constant - Rational::from(whole) == Rational::HALF {
        true => call("cos", &(Expr::pi() * (rest - Expr::fraction(1, 2)))),
        false => call("sin", &(Expr::pi() * rest)),
    };
    wave * Expr::integer(sign)
}

/// The places of two gammas on one side of the line whose arguments `u` and `n - u` have a whole sum `n`.
fn mirrored(parts: &[(Expr, i64)]) -> Option<(usize, usize, Expr, i64)> {
    for (first, (base, exponent)) in parts.iter().enumerate() {
        let Some(("gamma", u)) = unary_call(base).filter(|(_, u)| !u.is_constant()) else { continue };
        for (second, (other, times)) in parts.iter().enumerate().skip(first + 1) {
            let Some(("gamma", v)) = unary_call(other) else { continue };
            if let Some(n) = (u + v).to_i64().filter(|n| n.abs() <= 20 && exponent.signum() == times.signum()) {
                return Some((first, second, if leads_negative(u) { v } else { u }.clone(), n));
            }
        }
    }
    None
}

/// Factorials alone by the gamma function.
fn to_gamma(expr: &Expr) -> Expr {
    expr.rewrite_stored(
        |_| None,
        |node| match unary_call(&node) {
            Some(("factorial", n)) => gamma(&(n + Expr::one())),
            _ => node,
        },
    )
}

/// Gamma functions by factorials.
pub(in crate::algebra) fn to_factorial(expr: &Expr) -> Expr {
    expr.rewrite_stored(
        |_| None,
        |node| match unary_call(&node) {
            Some(("gamma", u)) => call("factorial", &(u - Expr::one())),
            _ => node,
        },
    )
}

/// Gammas of doubled arguments opened where gammas of about half of them occur.
fn by_halves(expr: &Expr) -> Expr {
    let arguments: Vec<Expr> = expr
        .shared_nodes()
        .filter_map(|node| unary_call(&node).filter(|(name, _)| *name == "gamma").map(|(_, u)| u.clone()))
        .collect();
    let half = Expr::fraction(1, 2);
    let is_doubled = |u: &Expr| {
        !u.is_constant()
            && arguments
                .iter()
                .any(|other| (other - u * &half).as_rational().is_some_and(|d| (d * &2.into()).is_integer()))
    };
    expr.rewrite_stored(
        |_| None,
        |node| match unary_call(&node) {
            Some(("gamma", u)) if is_doubled(u) => {
                let v = u * &half;
                let scale = Expr::integer(2).power(&(u - Expr::one())) / Expr::pi().sqrt();
                scale * gamma(&v) * gamma(&(v + &half))
            }
            _ => node,
        },
    )
}

/// Linear factors taken into the gammas beside them.
pub(in crate::algebra) fn take_in(expr: &Expr) -> Expr {
    super::rewrite_products(expr, |product| {
        let mut parts: Vec<(Expr, i64)> = factors(product).iter().map(integer_power).collect();
        let mut changed = false;
        // Each step removes a factor, so their number bounds the steps.
        while let Some((place, other, step, ratio)) = adjacent(&parts) {
            changed = true;
            let u = unary_call(&parts.get(place)?.0)?.1 + Expr::integer(step.abs());
            let sign = parts.get(place)?.1.signum();
            let u = if step < 0 { u - Expr::integer(2) } else { u };
            lower(&mut parts, place);
            lower(&mut parts, other.0);
            parts.retain(|(_, exponent)| *exponent != 0);
            match parts.iter_mut().find(|(base, _)| *base == gamma(&u)) {
                Some((_, exponent)) => *exponent += sign,
                None => parts.push((gamma(&u), sign)),
            }
            parts.push((ratio, other.1));
        }
        changed.then(|| Expr::product(parts.iter().map(|(base, exponent)| base.powi(*exponent))))
    })
}

/// Brings an exponent nearer to zero by one.
fn lower(parts: &mut [(Expr, i64)], place: usize) {
    if let Some((_, exponent)) = parts.get_mut(place) {
        *exponent -= exponent.signum();
    }
}

/// A gamma, a factor that it can take in (with the sign of its exponent), the step of its argument, and the ratio of
/// the factor to the argument.
fn adjacent(parts: &[(Expr, i64)]) -> Option<(usize, (usize, i64), i64, Expr)> {
    for (place, (base, exponent)) in parts.iter().enumerate() {
        let Some(("gamma", u)) = unary_call(base) else { continue };
        for (other, (factor, times)) in parts.iter().enumerate() {
            if factor.is_constant() || other == place {
                continue;
            }
            let upward = times.signum() == exponent.signum();
            let root = if upward { u.clone() } else { u - Expr::one() };
            let ratio = proportion(factor, &root);
            if let Some(ratio) = ratio {
                return Some((place, (other, times.signum()), if upward { 1 } else { -1 }, ratio));
            }
        }
    }
    None
}

/// The rational `r` with `a = r*b`, found by the first terms.
fn proportion(a: &Expr, b: &Expr) -> Option<Expr> {
    let first = |e: &Expr| crate::algebra::terms(e).into_iter().find(|term| !term.is_constant());
    let ((p, c), (q, d)) = (first(a)?.split_coefficient(), first(b)?.split_coefficient());
    if p != q {
        return None;
    }
    let ratio = Expr::number(c) / Expr::number(d);
    let spread = Expr::sum(crate::algebra::terms(b).into_iter().map(|term| term * &ratio));
    (ratio.as_rational().is_some() && spread == *a).then_some(ratio)
}

/// `gamma(n + 1)/(gamma(k + 1)*gamma(n - k + 1))` as a binomial.
fn binomials(expr: &Expr) -> Expr {
    super::rewrite_products(expr, |product| {
        let mut parts: Vec<(Expr, i64)> = factors(product).iter().map(integer_power).collect();
        let mut changed = false;
        while let Some((above, below, value)) = binomial_of(&parts) {
            changed = true;
            for place in [above, below.0, below.1] {
                lower(&mut parts, place);
            }
            parts.push((value, 1));
        }
        changed.then(|| Expr::product(parts.iter().map(|(base, exponent)| base.powi(*exponent))))
    })
}

/// The places of a gamma above and two below the line that make a binomial.
fn binomial_of(parts: &[(Expr, i64)]) -> Option<(usize, (usize, usize), Expr)> {
    let gammas = |above: bool| {
        let own = parts
            .iter()
            .enumerate()
            .filter(move |(_, (_, exponent))| if above { *exponent > 0 } else { *exponent < 0 });
        own.filter_map(|(place, (base, exponent))| match unary_call(base) {
            Some(("gamma", u)) => Some((place, u - Expr::one(), *exponent)),
            _ => None,
        })
    };
    for (above, n, _) in gammas(true) {
        for (first, k, times) in gammas(false) {
            for (second, l, _) in gammas(false) {
                let is_twice = first == second && times > -2;
                if is_twice || &k + &l != n || n.is_constant() {
                    continue;
                }
                let lower = if super::size(&k) <= super::size(&l) { k } else { l };
                let value = Expr::call(Function::Elementary(function::find("binomial")?), vec![n, lower]);
                return Some((above, (first, second), value));
            }
        }
    }
    None
}
