//! Powers with symbolic exponents gathered, signs of bases made equal, and powers resolved as for positive parts.

use std::cmp::Ordering;

use super::integer_power;
use super::logarithms::common_divisor;
use crate::algebra::radical::boldly;
use crate::algebra::rational::trial_division;
use crate::algebra::{expand, factors, terms};
use crate::budget::Budget;
use crate::expr::assume::{self, Signs};
use crate::expr::function::{self, exp};
use crate::expr::{Expr, Function, Kind, Parity, Reason};
use crate::number::{Integer, Number, Rational};

/// `2^x*2^y` as `2^(x + y)`, and `a^z*b^z` as `(a*b)^z` where all but one base are positive.
pub(super) fn merged(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(super::rewrite_products(expr, |product| {
        let (mut powers, mut others): (Vec<(Expr, Expr)>, Vec<Expr>) = (Vec::new(), Vec::new());
        for factor in factors(product) {
            match symbolic_power(&factor) {
                Some((base, exponent)) => join(&mut powers, base, exponent),
                None => others.push(factor),
            }
        }
        if powers.is_empty() {
            return None;
        }
        let mut groups: Vec<(Vec<Expr>, Expr)> = Vec::new();
        for (base, exponent) in powers {
            match groups.iter_mut().find(|(_, own)| *own == exponent) {
                Some((bases, _)) => bases.push(base),
                None => groups.push((vec![base], exponent)),
            }
        }
        let written = groups.into_iter().flat_map(|(bases, exponent)| with_one_exponent(bases, &exponent));
        Some(Expr::product(others.into_iter().chain(written)))
    }))
}

/// `x^a*x^b` as `x^(a + b)`: powers of one base with symbolic exponents.
pub(in crate::algebra) fn joined_powers(expr: &Expr) -> Expr {
    super::rewrite_products(expr, |product| {
        let (mut powers, mut others): (Vec<(Expr, Expr)>, Vec<Expr>) = (Vec::new(), Vec::new());
        let mut count = 0_usize;
        for factor in factors(product) {
            match factor.kind() {
                Kind::Power(base, exponent) if exponent.as_number().is_none() => {
                    count += 1;
                    join(&mut powers, base.clone(), exponent.clone());
                }
                _ => others.push(factor),
            }
        }
        let written = powers.iter().map(|(base, exponent)| base.power(exponent));
        (powers.len() < count).then(|| Expr::product(others.into_iter().chain(written)))
    })
}

/// `8^x/2^x` as `4^x`: powers of positive rational numbers through those of primes.
pub(super) fn of_numbers(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    let is_power = |node: &Expr| matches!(node.kind(), Kind::Product(_) | Kind::Power(..));
    Ok(expr.rewrite(|_| None, |node| if is_power(&node) { by_primes(&node).unwrap_or(node) } else { node }))
}

fn by_primes(product: &Expr) -> Option<Expr> {
    let (mut primes, mut others): (Vec<(Expr, Expr)>, Vec<Expr>) = (Vec::new(), Vec::new());
    for factor in factors(product) {
        match prime_powers(&factor) {
            Some(parts) => parts.into_iter().for_each(|(prime, exponent)| join(&mut primes, prime, exponent)),
            None => others.push(factor),
        }
    }
    let mut groups: Vec<(Expr, Expr)> = Vec::new();
    for (prime, exponent) in primes {
        let times = whole_multiple(&exponent);
        join_bases(&mut groups, prime.powi(times), exponent / Expr::integer(times));
    }
    let written = groups.into_iter().map(|(base, exponent)| match base.recip() {
        below if below.to_i64().is_some() => below.power(&-exponent),
        _ => base.power(&exponent),
    });
    Some(Expr::product(written.chain(others)))
}

/// The greatest whole number of which an expression is a simple multiple.
fn whole_multiple(exponent: &Expr) -> i64 {
    const LARGEST: i64 = 64;
    let common = terms(exponent).iter().try_fold(Rational::ZERO, |common, term| {
        Some(common_divisor(&common, term.split_coefficient().1.as_rational()?))
    });
    let times = common.and_then(|common| common.numerator().to_i64());
    times.filter(|n| *n != 0 && n.abs() <= LARGEST).unwrap_or(1)
}

fn join_bases(groups: &mut Vec<(Expr, Expr)>, base: Expr, exponent: Expr) {
    match groups.iter_mut().find(|(_, own)| *own == exponent) {
        Some((total, _)) => *total = &*total * base,
        None => groups.push((base, exponent)),
    }
}

/// A power of a positive rational number with a symbolic exponent as powers of primes.
pub(in crate::algebra) fn prime_powers(power: &Expr) -> Option<Vec<(Expr, Expr)>> {
    let Kind::Power(base, exponent) = power.kind() else { return None };
    let number = base.as_rational().filter(|q| q.signum() > 0 && exponent.as_rational().is_none())?;
    let side = |n: &Integer, sign: i64| {
        let parts = trial_division(n).into_iter();
        parts.map(move |(prime, times)| (Expr::number(prime), exponent * Expr::integer(sign * times)))
    };
    Some(side(&number.numerator(), 1).chain(side(&number.denominator(), -1)).collect())
}

/// `abs(x*y)` as `abs(x)*abs(y)`, and `abs(1 + I*sqrt(3))` as a root.
pub(in crate::algebra) fn magnitude(node: &Expr) -> Option<Expr> {
    let inner = node.argument_of(&function::ABS)?;
    match inner.kind() {
        Kind::Product(_) => Some(Expr::product(factors(inner).iter().map(function::abs))),
        Kind::Sum(_) if inner.is_constant() => {
            let (re, im) = crate::algebra::split_imaginary(inner);
            let known = !im.is_zero() && assume::is_real(&re).is_yes() && assume::is_real(&im).is_yes();
            known.then(|| (re.powi(2) + im.powi(2)).sqrt())
        }
        _ => None,
    }
}

/// Absolute values of products by those of the factors.
pub(super) fn magnitudes(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(expr.rewrite_stored(|_| None, |node| magnitude(&node).unwrap_or(node)))
}

/// A factor as base and symbolic exponent.
fn symbolic_power(factor: &Expr) -> Option<(Expr, Expr)> {
    if let Some(exponent) = factor.exp_argument() {
        return (!exponent.is_constant()).then(|| (Expr::e(), exponent.clone()));
    }
    match factor.kind() {
        Kind::Power(base, exponent) if exponent.as_rational().is_none() => Some((base.clone(), exponent.clone())),
        _ => None,
    }
}

fn join(powers: &mut Vec<(Expr, Expr)>, base: Expr, exponent: Expr) {
    match powers.iter_mut().find(|(own, _)| *own == base) {
        Some((_, total)) => *total = &*total + exponent,
        None => powers.push((base, exponent)),
    }
}

/// The product of powers with one exponent.
fn with_one_exponent(bases: Vec<Expr>, exponent: &Expr) -> Vec<Expr> {
    let positive = |base: &Expr| base.is_e() || Signs::of(base).only(Signs::POSITIVE);
    if bases.len() > 1 && bases.iter().filter(|base| !positive(base)).count() <= 1 {
        return vec![Expr::product(bases).power(exponent)];
    }
    bases.iter().map(|base| base.power(exponent)).collect()
}

/// Powers of negative bases by those of positive ones, where the sign is assumed: `sqrt(x)` is `I*sqrt(-x)` for `x < 0`.
pub(super) fn signed(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let changed = expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent)
                if !base.is_constant() && exponent.to_i64().is_none() && assume::sign(base) == Some(Ordering::Less) =>
            {
                Expr::integer(-1).power(exponent) * (-base).power(exponent)
            }
            _ => node,
        },
    );
    if &changed == expr { Ok(changed) } else { expand(&changed, budget) }
}

/// `e^(y*log(a) + z)` as `a^y*e^z`: that is what a power means.
pub(super) fn logarithms_out(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let is_logarithm = |node: &Expr| node.argument_of(&function::LOG).is_some();
    let opened = |argument: &Expr| {
        let spread = expand(argument, budget)?;
        let has_logarithm = |term: &Expr| factors(term).iter().any(is_logarithm);
        let (out, inside): (Vec<Expr>, Vec<Expr>) = crate::algebra::terms(&spread).into_iter().partition(has_logarithm);
        Ok(Expr::product(out.iter().map(exp).chain([exp(&Expr::sum(inside))])))
    };
    let mut trouble: Option<Reason> = None;
    let result = expr.rewrite_stored(
        |_| None,
        |node| match node.exp_argument().filter(|argument| argument.shared_nodes().any(|node| is_logarithm(&node))) {
            Some(argument) => opened(argument).unwrap_or_else(|reason| {
                trouble.get_or_insert(reason);
                node.clone()
            }),
            None => node,
        },
    );
    trouble.map_or(Ok(result), Err)
}

/// `erf(-I*u)` as `-erf(I*u)`: functions with a parity of arguments that lead with a positive part.
pub(in crate::algebra) fn parities(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    let leads_negative = |argument: &Expr| {
        let (re, im) = crate::algebra::terms(argument).first().map(|term| term.split_coefficient().1.parts())?;
        let sign = |part: &Number| part.as_rational().map(|q| q.signum());
        Some(sign(&re)? < 0 || (sign(&re)? == 0 && sign(&im)? < 0))
    };
    Ok(expr.rewrite_stored(
        |_| None,
        |node| match node.as_call() {
            Some((called @ Function::Elementary(record), [argument])) if leads_negative(argument) == Some(true) => {
                let mirrored = Expr::call(called.clone(), vec![-argument]);
                match record.parity {
                    Parity::Odd => -mirrored,
                    Parity::Even => mirrored,
                    Parity::None => node,
                }
            }
            _ => node,
        },
    ))
}

/// `(y - x)*(x - y)^q` as `-(x - y)^(q + 1)`: sums and their negatives as powers of one base.
pub(super) fn of_one_sign(expr: &Expr, _: &Budget) -> Result<Expr, Reason> {
    Ok(super::rewrite_products(expr, |product| {
        let all = factors(product);
        let bases: Vec<Expr> = all
            .iter()
            .filter_map(|factor| match factor.kind() {
                Kind::Power(base, exponent) if exponent.to_i64().is_none() => Some(base.clone()),
                _ => None,
            })
            .collect();
        let negative = |base: &Expr| match base.kind() {
            Kind::Sum(_) => Some(Expr::sum(crate::algebra::terms(base).iter().map(|term| -term))),
            _ => None,
        };
        let mut changed = false;
        let parts: Vec<Expr> = all
            .iter()
            .map(|factor| {
                let (base, exponent) = integer_power(factor);
                match negative(&base).filter(|other| bases.contains(other) && !bases.contains(&base)) {
                    Some(other) => {
                        changed = true;
                        Expr::integer(-1).powi(exponent) * other.powi(exponent)
                    }
                    None => factor.clone(),
                }
            })
            .collect();
        changed.then(|| Expr::product(parts))
    }))
}

/// `(4*x + 4*sqrt(x) + 1)^a` as `(2*sqrt(x) + 1)^(2*a)`: squares of what lies right of the imaginary axis.
pub(super) fn of_squares(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let rooted = |base: &Expr| -> Option<Expr> {
        let Kind::Sum(_) = base.kind() else { return None };
        let (content, factors) = crate::algebra::factor_list(base, budget).ok()?;
        match factors.as_slice() {
            [(root, 2)] if content.is_one() && is_right(root) => Some(root.clone()),
            _ => None,
        }
    };
    Ok(expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if exponent.to_i64().is_none() => match rooted(base) {
                Some(root) => root.power(&(exponent * Expr::integer(2))),
                None => node,
            },
            _ => node,
        },
    ))
}

/// Is it a sum of positive multiples of numbers above zero and of principal roots, so that its argument lies between
/// `-pi/2`, excluded, and `pi/2`?
fn is_right(expr: &Expr) -> bool {
    terms(expr).iter().all(|term| {
        let (base, coefficient) = term.split_coefficient();
        let is_root = match base.kind() {
            Kind::Power(_, exponent) => {
                exponent.as_rational().is_some_and(|q| !q.is_negative() && *q <= Rational::HALF)
            }
            _ => base.is_one(),
        };
        is_root && coefficient.as_rational().is_some_and(|q| !q.is_negative())
    })
}

/// `abs(u)*sgn(u)` is `u`.
pub(super) fn signs_undone(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let undone = |expr: &Expr| {
        super::rewrite_products(expr, |product| {
            let all = factors(product);
            let (place, u) =
                all.iter().enumerate().find_map(|(place, f)| Some((place, f.argument_of(&function::SGN)?)))?;
            let other = all.iter().position(|f| f.argument_of(&function::ABS) == Some(u))?;
            let rest = all.iter().enumerate().filter(|(own, _)| *own != place && *own != other).map(|(_, f)| f.clone());
            Some(Expr::product(rest.chain([u.clone()])))
        })
    };
    if !expr.shared_nodes().any(|node| node.argument_of(&function::SGN).is_some()) {
        return Ok(expr.clone());
    }
    let open = undone(&expand_outside(expr, budget)?);
    Ok(open)
}

/// Products multiplied out, arguments of functions left as they are.
fn expand_outside(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut sum = Vec::new();
    for term in crate::algebra::terms(expr) {
        let mut parts = vec![Expr::one()];
        for factor in factors(&term) {
            budget.check()?;
            let inner = crate::algebra::terms(&factor);
            if parts.len() * inner.len() > 256 {
                return Ok(expr.clone());
            }
            parts = parts.iter().flat_map(|part| inner.iter().map(move |own| part * own)).collect();
        }
        sum.extend(parts);
    }
    Ok(Expr::sum(sum))
}

/// Powers of products, powers and exponentials resolved, as for positive parts: `(a*b)^n` is `a^n*b^n`.
pub(in crate::algebra) fn bold_powers(expr: &Expr) -> Expr {
    expr.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if exponent.to_i64().is_none() => bold_power(base, exponent).unwrap_or(node),
            _ => node,
        },
    )
}

fn bold_power(base: &Expr, exponent: &Expr) -> Option<Expr> {
    if let Some(inner) = base.exp_argument().filter(|_| !base.is_e()) {
        return Some(exp(&(inner * exponent)));
    }
    matches!(base.kind(), Kind::Power(..) | Kind::Product(_)).then(|| boldly(base, exponent))
}
