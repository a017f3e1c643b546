//! The shortest of several forms that are the same wherever both are defined.
//!
//! The simplifiers answer in Sage's normal forms; where another form is much shorter, that one is answered. Each step here
//! rewrites by identities alone, and is kept when the form gets smaller (a descent, as in Moses, "Algebraic
//! simplification: a guide for the perplexed", 1971: size is the measure).

mod gammas;
mod logarithms;
mod powers;
mod radicals;
mod value;
mod waves;

pub(super) use gammas::{beta_by_gamma, take_in, to_factorial};
pub(super) use logarithms::gathered_logarithms;
pub(super) use powers::{joined_powers, magnitude, parities as signs_out, prime_powers};
pub use radicals::factor_with_radicands;

use self::powers::bold_powers;
use super::denest::zero_if_shown;
use super::sample;
use super::trig::unary_call;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason};
use crate::number::{Number, Rational};

/// Expressions larger than this are left as they are.
const LARGEST: usize = 500;
/// Quotients of sine and cosine of this size stay as Sage writes them: `sin(x)/cos(x)`.
const SIMPLE: usize = 8;
/// How often the steps are gone through.
const MOST_ROUNDS: usize = 4;

/// A way to rewrite an expression.
type Step = fn(&Expr, &Budget) -> Result<Expr, Reason>;

/// What a simplifier may do to shorten its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Means {
    /// Fractions and radicals.
    Rational,
    /// Circular and hyperbolic functions.
    Waves,
    /// All that is true for all values.
    All,
    /// Fractions and powers, as for positive parts.
    Bold,
}

impl Means {
    fn steps(self) -> Vec<Step> {
        let waves: [Step; 7] = [
            waves::plain,
            waves::contracted,
            waves::tangents,
            waves::doubled,
            waves::exponentials,
            waves::joined,
            value::recognised,
        ];
        match self {
            Means::Rational => vec![radicals::rationalised, radicals::apart, radicals::merged],
            Means::Waves => [super::simplify as Step].into_iter().chain(waves).collect(),
            Means::Bold => vec![
                super::simplify_rational,
                radicals::rationalised,
                radicals::merged,
                powers::logarithms_out,
                powers::of_numbers,
                powers::merged,
                powers::of_one_sign,
                value::recognised,
            ],
            Means::All => [
                super::simplify_rational as Step,
                powers::signed,
                powers::of_squares,
                powers::magnitudes,
                super::simplify,
                powers::of_numbers,
                powers::merged,
                powers::of_one_sign,
                powers::signs_undone,
                powers::logarithms_out,
                powers::parities,
                logarithms::merged,
                gammas::absorbed,
                radicals::rationalised,
                radicals::apart,
                radicals::merged,
            ]
            .into_iter()
            .chain(waves)
            .collect(),
        }
    }
}

/// As `simplify_full`, or a much shorter form that is the same.
///
/// # Errors
/// When the budget runs out.
pub fn shortest_full(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    on_sides(expr, |side| {
        shortened(super::simplify_full(side, budget)?, &super::denest(side, budget)?, Means::All, budget)
    })
}

/// As `simplify_trig`, or a much shorter form that is the same.
///
/// # Errors
/// When the budget runs out.
pub fn shortest_trig(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    on_sides(expr, |side| shortened(super::simplify_trig(side, budget)?, side, Means::Waves, budget))
}

/// As `simplify_rational`, or a much shorter form with a denominator without radicals.
///
/// # Errors
/// When the budget runs out.
pub fn shortest_rational(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    on_sides(expr, |side| shortened(super::simplify_rational(side, budget)?, side, Means::Rational, budget))
}

/// As `canonicalize_radical`, or a much shorter form that is the same for positive parts.
///
/// # Errors
/// When the budget runs out.
pub fn shortest_radical(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    on_sides(expr, |side| {
        let answer = zero_if_shown(super::canonicalize_radical(side, budget)?, budget)?;
        shortened(answer, &bold_powers(side), Means::Bold, budget)
    })
}

/// Both sides of a relation, or the expression.
fn on_sides(expr: &Expr, shorten: impl Fn(&Expr) -> Result<Expr, Reason>) -> Result<Expr, Reason> {
    match expr.kind() {
        Kind::Relation(relation, left, right) => Ok(Expr::relation(*relation, shorten(left)?, shorten(right)?)),
        _ => shorten(expr),
    }
}

/// The answer of a simplifier, or a much shorter form of it or of the expression that was given.
///
/// # Errors
/// When the budget runs out.
fn shortened(answer: Expr, given: &Expr, means: Means, budget: &Budget) -> Result<Expr, Reason> {
    let own = size(&answer);
    if own <= 2 || answer.is_undefined() || given.has_floats() {
        return Ok(answer);
    }
    let steps = means.steps();
    let mut best = answer.clone();
    let starts = [Some(&answer), (means == Means::Bold || !is_plain(given)).then_some(given)];
    for start in starts.into_iter().flatten().filter(|start| size(start) <= LARGEST) {
        let found = descend(start, &steps, budget)?;
        if size(&found) < size(&best) {
            best = found;
        }
    }
    let is_normal = own <= SIMPLE && super::to_sine_and_cosine(&best) == answer;
    if is_normal || (has_waves_of_arcs(&best) && !has_waves_of_arcs(&answer)) {
        return Ok(answer);
    }
    let is_sound = means == Means::Bold || !sample::excludes_zero(&(&best - &answer), budget)?;
    Ok(if is_much_shorter(size(&best), own) && is_sound { best } else { answer })
}

/// Does a function of a multiple of an inverse function occur, as in `sin(2*arcsin(x))`? It is an algebraic one.
fn has_waves_of_arcs(expr: &Expr) -> bool {
    let is_arc =
        |angle: &Expr| matches!(unary_call(&angle.split_coefficient().0), Some((name, _)) if name.starts_with("arc"));
    expr.any_stored(|node| {
        unary_call(node).is_some_and(|(name, angle)| !name.starts_with("arc") && name != "abs" && is_arc(angle))
    })
}

/// Is it worth leaving the normal form?
fn is_much_shorter(size: usize, own: usize) -> bool {
    5 * own > 6 * size + 7
}

/// Steps while the form gets smaller.
fn descend(start: &Expr, steps: &[Step], budget: &Budget) -> Result<Expr, Reason> {
    let mut best = start.clone();
    for _ in 0..MOST_ROUNDS {
        let before = size(&best);
        for step in steps {
            budget.check()?;
            match step(&best, budget) {
                Ok(next) if size(&next) < size(&best) && !next.is_undefined() => best = next,
                Err(reason) if reason.is_stopped() => return Err(reason),
                Ok(_) | Err(_) => {}
            }
        }
        if size(&best) == before {
            break;
        }
    }
    Ok(best)
}

/// Is it made of rational functions of variables alone? Their normal form is what is wanted.
fn is_plain(expr: &Expr) -> bool {
    expr.shared_nodes().all(|node| match node.kind() {
        Kind::Call(..) => false,
        Kind::Power(_, exponent) => exponent.as_rational().is_some_and(Rational::is_integer),
        Kind::Product(product) => product.factors().iter().all(|factor| factor.exponent.is_integer()),
        _ => true,
    })
}

/// How much there is to write: the nodes of the unfolded tree.
pub(super) fn size(expr: &Expr) -> usize {
    let measured: Result<usize, ()> = expr.try_fold(|node, inner| {
        let parts = inner.iter().fold(0_usize, |total, part| total.saturating_add(*part));
        Ok(parts.saturating_add(own_size(node)))
    });
    measured.unwrap_or(usize::MAX)
}

/// What a node adds to its stored parts.
fn own_size(node: &Expr) -> usize {
    let number = |number: &Number| match number {
        Number::Rational(_) | Number::Real(_) => 1,
        Number::Gaussian(g) if g.re.is_zero() && g.im.is_one() => 1,
        Number::Gaussian(g) if g.re.is_zero() => 3,
        Number::Gaussian(_) | Number::Complex(_) => 5,
    };
    match node.kind() {
        Kind::Number(value) => number(value),
        Kind::Sum(sum) => {
            let scaled = |coefficient: &Number| if coefficient.is_one() { 0 } else { number(coefficient) };
            let terms = sum.terms().iter().map(|term| match term.base.kind() {
                // The product that holds the coefficient is there already.
                Kind::Product(_) => scaled(&term.coefficient),
                _ => scaled(&term.coefficient) + usize::from(!term.coefficient.is_one()),
            });
            1 + terms.sum::<usize>() + usize::from(!sum.constant().is_zero()) * number(sum.constant())
        }
        Kind::Product(product) => {
            let coefficient = product.coefficient();
            let scale = if coefficient.is_one() { 0 } else { number(coefficient) };
            let powers = product.factors().iter().filter(|factor| !factor.exponent.is_one()).count();
            let whole = usize::from(scale > 0 || product.factors().len() > 1);
            whole + scale + 2 * powers
        }
        Kind::Call(..) if node.exp_argument().is_some_and(|argument| !argument.is_one()) => 2,
        Kind::Call(..) if node.is_e() => 0,
        _ => 1,
    }
}

/// Replaces products by what the rule makes of their factors with integer exponents: `None` leaves them.
fn rewrite_products(expr: &Expr, rule: impl Fn(&Expr) -> Option<Expr>) -> Expr {
    expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Product(_) => rule(&node).unwrap_or(node),
            _ => node,
        },
    )
}

/// A factor as a base with an integer exponent; other powers are their own base.
fn integer_power(factor: &Expr) -> (Expr, i64) {
    match factor.kind() {
        Kind::Power(base, exponent) => match exponent.to_i64() {
            Some(n) => (base.clone(), n),
            None => (factor.clone(), 1),
        },
        Kind::Product(product) if product.coefficient().is_one() => match product.factors() {
            [only] => match only.exponent.to_i64() {
                Some(n) => (only.base.clone(), n),
                None => (factor.clone(), 1),
            },
            _ => (factor.clone(), 1),
        },
        _ => (factor.clone(), 1),
    }
}

#[cfg(test)]
mod tests;
