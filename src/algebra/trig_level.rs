//! Expanding trigonometric functions one level at a time, as Maxima's `trigexpand` does under Sage: sums of angles are
//! split, multiples of one angle opened, and half angles taken by roots where that is asked for.
//!
//! The formulas for half angles hold for real arguments (DLMF 4.21(iii)).

use super::collect::terms;
use super::trig::{Wave, call, de_moivre, unary_call, wave_of};
use crate::budget::Budget;
use crate::expr::{Expr, Reason, SumBuilder};
use crate::number::{Integer, Number, Rational};

/// What is expanded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TrigExpansion {
    /// Again and again, until nothing changes.
    pub full: bool,
    /// Halves of angles by roots.
    pub half_angles: bool,
    /// Sums of angles.
    pub sums: bool,
    /// Multiples of an angle.
    pub multiples: bool,
}

impl Default for TrigExpansion {
    fn default() -> TrigExpansion {
        TrigExpansion { full: false, half_angles: false, sums: true, multiples: true }
    }
}

/// The largest multiple of an angle that is expanded.
const LARGEST_MULTIPLE: i64 = 1000;
/// How often a full expansion goes over the expression; sums of that many levels of angles are not written by hand.
const MOST_PASSES: usize = 64;
/// Functions nested deeper than this are left.
const DEEPEST: usize = 1000;

/// Functions of sums and multiples of angles by functions of the angles.
///
/// # Errors
/// When the budget runs out.
pub fn trig_expand_by(expr: &Expr, how: TrigExpansion, budget: &Budget) -> Result<Expr, Reason> {
    let mut result = expr.clone();
    if expr.depth() > DEEPEST {
        return Ok(result);
    }
    for _ in 0..if how.full { MOST_PASSES } else { 1 } {
        budget.check()?;
        let next = one_level(&result, how, budget)?;
        if next == result {
            break;
        }
        result = next;
    }
    Ok(result)
}

fn one_level(expr: &Expr, how: TrigExpansion, budget: &Budget) -> Result<Expr, Reason> {
    let mut trouble = None;
    let replaced = expr.rewrite_stored(
        |node| {
            let (name, argument) = unary_call(node)?;
            if !is_trigonometric(name) {
                return None;
            }
            match budget.check().map_err(Reason::from).and_then(|()| one_level(argument, how, budget)) {
                Ok(inner) if inner == *argument => opened(name, argument, how),
                Ok(inner) => Some(call(name, &inner)),
                Err(reason) => {
                    trouble.get_or_insert(reason);
                    Some(node.clone())
                }
            }
        },
        |node| node,
    );
    trouble.map_or(Ok(replaced), Err)
}

fn is_trigonometric(name: &str) -> bool {
    wave_of(name).is_some() || matches!(name, "tan" | "cot" | "sec" | "csc" | "tanh" | "coth" | "sech" | "csch")
}

/// One function opened by one level.
fn opened(name: &str, angle: &Expr, how: TrigExpansion) -> Option<Expr> {
    let parts = terms(angle);
    match parts.as_slice() {
        [only] => opened_term(name, only, how),
        _ if how.sums => sum_of_angles(name, &parts, how),
        _ => None,
    }
}

/// The addition theorems.
fn sum_of_angles(name: &str, parts: &[Expr], how: TrigExpansion) -> Option<Expr> {
    let of = |name: &str, part: &Expr| match how.half_angles {
        true => half_angle(name, part, how).unwrap_or_else(|| folded(name, part)),
        false => folded(name, part),
    };
    let Some(wave) = wave_of(name) else { return quotient_of_sum(name, parts, of) };
    let pair = |part: &Expr| (of(wave.sine().name(), part), of(wave.cosine().name(), part));
    let joined = parts.iter().map(pair).reduce(|(s0, c0), (s, c)| {
        let cross = expanded_product(&s0, &s);
        let straight = expanded_product(&c0, &c);
        let cosine = if wave.hyperbolic { straight + cross } else { straight - cross };
        (expanded_product(&s0, &c) + expanded_product(&c0, &s), cosine)
    });
    joined.map(|(s, c)| if wave.sine { s } else { c })
}

/// A function of an angle without a minus sign in front.
fn folded(name: &str, angle: &Expr) -> Expr {
    let (base, coefficient) = angle.split_coefficient();
    let even = matches!(name, "cos" | "cosh" | "sec" | "sech");
    match coefficient.real_sign() {
        Some(-1) if even && base.as_number().is_none() => call(name, &-angle),
        Some(-1) if base.as_number().is_none() => -call(name, &-angle),
        _ => call(name, angle),
    }
}

/// The product with the sums of the first factor multiplied out, as the theorems for three angles are written.
fn expanded_product(sum: &Expr, factor: &Expr) -> Expr {
    Expr::sum(terms(sum).iter().map(|term| term * factor))
}

/// The wave that a secant or cosecant is one over.
fn reciprocal(name: &str) -> Option<&'static str> {
    Some(match name {
        "sec" => "cos",
        "csc" => "sin",
        "sech" => "cosh",
        "csch" => "sinh",
        _ => return None,
    })
}

/// `tan(u + v)` by the tangents, `cot(u + v)` by the cotangents.
fn quotient_of_sum(name: &str, parts: &[Expr], of: impl Fn(&str, &Expr) -> Expr) -> Option<Expr> {
    let sign = Expr::integer(if matches!(name, "tan" | "cot") { -1 } else { 1 });
    let join: Box<dyn Fn(Expr, Expr) -> Expr> = match name {
        "tan" | "tanh" => Box::new(|a, b| (&a + &b) / (Expr::one() + &sign * &a * &b)),
        "cot" | "coth" => Box::new(|a, b| (&a * &b + &sign) / (&a + &b)),
        _ => return sum_of_angles(reciprocal(name)?, parts, TrigExpansion::default()).map(|sum| sum.recip()),
    };
    parts.iter().map(|part| of(name, part)).reduce(join)
}

fn opened_term(name: &str, term: &Expr, how: TrigExpansion) -> Option<Expr> {
    if how.half_angles
        && let Some(half) = half_angle(name, term, how)
    {
        return Some(half);
    }
    let (base, coefficient) = term.split_coefficient();
    let n = coefficient.to_integer().and_then(|n| n.to_i64()).filter(|n| (2..=LARGEST_MULTIPLE).contains(&n.abs()));
    let Some(n) = n.filter(|_| how.multiples) else {
        return Some(folded(name, term)).filter(|folded| *folded != call(name, term));
    };
    let size = n.unsigned_abs();
    let value = match wave_of(name) {
        Some(wave) => de_moivre(wave, &base, size),
        None => multiple_tangent(name, &base, size)?,
    };
    let odd = !matches!(name, "cos" | "cosh" | "sec" | "sech");
    Some(if odd && n < 0 { -value } else { value })
}

/// `tan(n*u)` by `tan(u)`: the sums over odd and even powers in `(1 + i*tan(u))^n`; `cot(n*u)` so by `(cot(u) + i)^n`,
/// secants and cosecants by the waves below.
fn multiple_tangent(name: &str, angle: &Expr, n: u64) -> Option<Expr> {
    if let Some(wave) = reciprocal(name).and_then(wave_of) {
        return Some(de_moivre(wave, angle, n).recip());
    }
    let part = call(name, angle);
    let upward = matches!(name, "tan" | "tanh");
    let (mut odd, mut even) = (SumBuilder::new(), SumBuilder::new());
    let mut binomial = Integer::ONE;
    for k in 0..=n {
        let sign = if matches!(name, "tan" | "cot") && (k / 2) % 2 == 1 { -1 } else { 1 };
        let side = if k % 2 == 1 { &mut odd } else { &mut even };
        let power = if upward { k } else { n - k };
        side.add_scaled(&part.powi(power as i64), &Number::from(&binomial * Integer::new(sign)));
        binomial = (binomial * Integer::from(n - k)).div_exact(&Integer::from(k + 1));
    }
    Some(if upward { odd.finish() / even.finish() } else { even.finish() / odd.finish() })
}

/// A function of `u/2` by those of `u`.
fn half_angle(name: &str, term: &Expr, how: TrigExpansion) -> Option<Expr> {
    let (base, coefficient) = term.split_coefficient();
    let coefficient = coefficient.as_rational().filter(|q| q.denominator() == Integer::new(2))?;
    let angle = base.scale(&Number::from(coefficient * &Rational::from(2)));
    let of = |name: &str| opened(name, &angle, how).unwrap_or_else(|| call(name, &angle));
    let (one, half) = (Expr::one(), Number::from(Rational::HALF));
    // (1 + sign*value)/2 under a root.
    let root = |value: Expr, sign: i64| (&one + value.scale(&Number::from(sign))).scale(&half).sqrt();
    let turn = Expr::pi();
    let sign = |shifted: Expr| Expr::integer(-1).power(&call("floor", &(shifted.scale(&half) / &turn)));
    let sine = || sign(angle.clone()) * root(of("cos"), -1);
    let cosine = || sign(&angle + &turn) * root(of("cos"), 1);
    Some(match name {
        "sin" => sine(),
        "cos" => cosine(),
        "tan" => (&one - of("cos")) / of("sin"),
        "cot" => (&one + of("cos")) / of("sin"),
        "sec" => cosine().recip(),
        "csc" => sine().recip(),
        "sinh" => (&angle * &angle).sqrt() * root_of_less(&of("cosh"), &half) / &angle,
        "cosh" => root(of("cosh"), 1),
        "tanh" => (of("cosh") - &one) / of("sinh"),
        "coth" => (of("cosh") + &one) / of("sinh"),
        _ => return None,
    })
}

/// `sqrt((value - 1)/2)`.
fn root_of_less(value: &Expr, half: &Number) -> Expr {
    (value - Expr::one()).scale(half).sqrt()
}

impl Wave {
    fn sine(self) -> Wave {
        Wave { sine: true, ..self }
    }

    fn cosine(self) -> Wave {
        Wave { sine: false, ..self }
    }
}
