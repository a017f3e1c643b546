//! Radicals of powers: under assumptions, and boldly as for positive parts.

use std::cmp::Ordering;

use crate::algebra::shorten::joined_powers;
use crate::algebra::{expand, factor, simplify_rational};
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact, Signs};
use crate::expr::{Expr, Function, Kind, Reason, function};
use crate::number::Rational;

/// What the assumptions allow: constructors asked again, radicals of even powers resolved where signs are known.
///
/// # Errors
/// When the budget runs out.
pub fn simplify(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    budget.check()?;
    Ok(expr.rewrite(
        |_| None,
        |node| {
            let again = node.with_children(node.children());
            match again.kind() {
                Kind::Power(base, exponent) => match exponent.as_rational() {
                    Some(q) if !q.is_integer() => resolved(base, q),
                    _ => again,
                },
                _ => again,
            }
        },
    ))
}

/// With all variables taken as real.
///
/// # Errors
/// When the budget runs out.
pub fn simplify_real(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let real = expr.variables().into_iter().map(|symbol| Fact::In(symbol, Domain::Real));
    assume::with_facts(real, || simplify_rational(&simplify(expr, budget)?, budget))
}

/// `base^q` with the factors whose sign is known, and even powers of real ones, taken out.
fn resolved(base: &Expr, q: &Rational) -> Expr {
    let (mut outside, mut inside) = (Vec::new(), Vec::new());
    for factor in crate::algebra::factors(base) {
        match taken_out(&factor, q) {
            Some(power) => outside.push(power),
            None => inside.push(factor),
        }
    }
    if outside.is_empty() {
        return base.power_rational(q);
    }
    Expr::product(outside) * Expr::product(inside).power_rational(q)
}

/// The power of a factor that is not negative: `(b^(2*k))^q` is `abs(b)^(2*k*q)` for a real `b`.
fn taken_out(factor: &Expr, q: &Rational) -> Option<Expr> {
    if let Kind::Power(base, exponent) = factor.kind()
        && let Some(n) = exponent.as_rational()
        && n.to_integer().is_some_and(|n| !n.is_odd())
        && assume::is_real(base).is_yes()
    {
        return Some(absolute(base)?.power_rational(&(n * q)));
    }
    (assume::sign(factor) == Some(Ordering::Greater)).then(|| factor.power_rational(q))
}

fn absolute(base: &Expr) -> Option<Expr> {
    match assume::sign(base) {
        Some(Ordering::Greater) => Some(base.clone()),
        Some(Ordering::Less) => Some(-base),
        _ => function::find("abs").map(|abs| Expr::call(Function::Elementary(abs), vec![base.clone()])),
    }
}

/// Radicals, logarithms and exponentials resolved as for positive parts: `sqrt(x^2)` becomes `x`.
///
/// # Errors
/// When the budget runs out.
pub fn canonicalize_radical(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let plain = crate::algebra::denest(expr, budget)?;
    let logs = crate::algebra::logarithm::expand_log_with_signs(&plain, budget)?;
    let mut failure = None;
    let bold = logs.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if exponent.as_rational().is_some_and(|q| !q.is_integer()) => {
                match factor(base, budget) {
                    Ok(factored) => boldly(&factored, exponent),
                    Err(reason) => {
                        failure = Some(reason);
                        node.clone()
                    }
                }
            }
            _ => node,
        },
    );
    match failure {
        Some(reason) => Err(reason),
        None => Ok(joined_powers(&expand(&simplify_rational(&bold, budget)?, budget).unwrap_or(bold))),
    }
}

/// The power of a product factor by factor, exponents multiplied, as for positive parts. Parts known to be negative are
/// replaced by their opposites first; a minus sign goes into the factor that is the least, so that `sqrt((1 + x)*(1 - x))` is
/// `sqrt(x + 1)*sqrt(-x + 1)`, which is right where it is real.
pub(in crate::algebra) fn boldly(base: &Expr, exponent: &Expr) -> Expr {
    let powers = base_powers(base);
    match opposed(&powers) {
        Some((sign, opposed)) => {
            let (numbers, others): (Vec<_>, Vec<_>) =
                opposed.into_iter().partition(|(base, _)| base.as_number().is_some());
            let number = Expr::product(numbers.into_iter().map(|(base, power)| base.power(&power)));
            (Expr::integer(sign) * number).power(exponent) * multiplied(others, exponent)
        }
        None => multiplied(without_minus(powers), exponent),
    }
}

/// The powers with a factor -1 taken into one of those with an odd exponent that is not known to be positive: a sum, the
/// one of the least coefficients, or else the last above a fraction bar.
fn without_minus(mut powers: Vec<(Expr, Expr)>) -> Vec<(Expr, Expr)> {
    let minus_one = Expr::integer(-1);
    let Some(minus) = powers.iter().position(|(base, power)| *base == minus_one && power.is_one()) else {
        return powers;
    };
    let odd = |(base, power): &(Expr, Expr)| {
        let fits = |n: i64| n % 2 != 0 && (n > 0 || matches!(base.kind(), Kind::Sum(_)));
        let is_fixed = base.as_number().is_some() || Signs::of(base).only(Signs::NON_NEGATIVE);
        !is_fixed && power.to_i64().is_some_and(fits)
    };
    let weight = |base: &Expr| match base.kind() {
        Kind::Sum(sum) => sum.terms().iter().try_fold(sum.constant().as_rational()?.clone(), |total, term| {
            Some(total + term.coefficient.as_rational()?)
        }),
        _ => None,
    };
    let odd_places = || powers.iter().enumerate().filter(|(_, power)| odd(power));
    let sums = odd_places().filter_map(|(place, (base, _))| Some((weight(base)?, place)));
    let chosen = sums.min_by(|a, b| a.0.cmp(&b.0)).map(|(_, place)| place);
    let chosen = chosen.or_else(|| odd_places().next_back().map(|(place, _)| place));
    if let Some((base, _)) = chosen.and_then(|place| powers.get_mut(place)) {
        *base = -&*base;
        powers.remove(minus);
    }
    powers
}

/// The factors of a product as bases with exponents.
fn base_powers(product: &Expr) -> Vec<(Expr, Expr)> {
    let split = |factor: Expr| match factor.kind() {
        Kind::Power(inner, power) => (inner.clone(), power.clone()),
        Kind::Product(product) if product.coefficient().is_one() => match product.factors() {
            [only] => (only.base.clone(), Expr::number(only.exponent.clone())),
            _ => (factor, Expr::one()),
        },
        _ => (factor, Expr::one()),
    };
    let whole = |factor: Expr| match split(factor.clone()) {
        (base, power) if power.to_i64().is_none() && is_negative(&base) => (factor, Expr::one()),
        parts => parts,
    };
    crate::algebra::factors(product).into_iter().map(whole).collect()
}

/// Is it known to be negative, or zero at most, so that the rules for positive parts are wrong?
pub(in crate::algebra) fn is_negative(base: &Expr) -> bool {
    base.as_number().is_none() && Signs::of(base).only(Signs::NON_POSITIVE)
}

fn multiplied(powers: Vec<(Expr, Expr)>, exponent: &Expr) -> Expr {
    Expr::product(powers.into_iter().map(|(base, power)| match base.exp_argument().filter(|_| !base.is_e()) {
        Some(inner) => function::exp(&(inner * power * exponent)),
        None => base.power(&(power * exponent)),
    }))
}

/// Powers with their negative bases replaced by the opposites, and the sign that this leaves, where the rules for
/// positive parts would be wrong: `x^2` is `(-x)^2` for a negative `x`. `None` where they hold anyway: without negative
/// parts, or with a single one to the first power.
fn opposed(powers: &[(Expr, Expr)]) -> Option<(i64, Vec<(Expr, Expr)>)> {
    let negative: Vec<&(Expr, Expr)> = powers.iter().filter(|(base, _)| is_negative(base)).collect();
    match negative.as_slice() {
        [] => return None,
        [(_, power)] if power.is_one() => return None,
        _ if negative.iter().any(|(_, power)| power.to_i64().is_none()) => return None,
        _ => {}
    }
    let odd = negative.iter().filter(|(_, power)| power.to_i64().is_some_and(|n| n % 2 != 0)).count();
    let turned = |power: &(Expr, Expr)| match is_negative(&power.0) {
        true => (-&power.0, power.1.clone()),
        false => power.clone(),
    };
    Some((if odd % 2 == 0 { 1 } else { -1 }, powers.iter().map(turned).collect()))
}
