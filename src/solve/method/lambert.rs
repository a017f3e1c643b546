//! Equations that Lambert's function solves: a linear part beside its exponential or its logarithm.
//!
//! `(x + m)^n*e^(s*x + t) = k` has the solutions `x = (n/s)*W(z) - m` with `z = (s/n)*r*e^(s*m/n)` over the `n`-th roots
//! `r` of `k*e^(-t)` and all branches of `W` (Corless and others, "On the Lambert W function", 1996). The principal
//! branch is answered, and the branch -1 where it is real as well, for `-1/e < z < 0`.

use std::cmp::Ordering;

use super::super::Solutions;
use super::super::confirm::{Verdict, is_logarithm, verdict};
use super::super::equation::{Way, put, solve_zero};
use super::super::polynomial::roots_by_radicals;
use crate::algebra::{self, enclosure, expand, is_zero};
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol, function};
use crate::number::{Integer, Rational};
use crate::tape;

/// `(x + shift)^times*e^(rate*x + start) = value`
struct Standard {
    shift: Expr,
    times: i64,
    rate: Expr,
    start: Expr,
    value: Expr,
}

/// Two classes of exponentials, one with a power of a linear part in front: `A*e^u + B*e^v`.
pub(super) fn by_linear_exponential(
    part: &Expr,
    variable: Symbol,
    _way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Some(classes) = exponential_classes(part, variable, budget)? else { return Ok(None) };
    let [(u, above), (v, below)] = classes.as_slice() else { return Ok(None) };
    let Some((rate, start)) = linear(&expand(&(u - v), budget)?, variable, budget)? else { return Ok(None) };
    let (polynomial, constant, sign) = match (above.has_symbol(variable), below.has_symbol(variable)) {
        (true, false) => (above, below, 1),
        (false, true) => (below, above, -1),
        _ => return Ok(None),
    };
    let Some((leading, shift, times)) = power_of_linear(polynomial, variable, budget)? else { return Ok(None) };
    let signed = |part: &Expr| part * Expr::integer(sign);
    let value = -(constant / leading);
    let standard = Standard { shift, times, rate: signed(&rate), start: signed(&start), value };
    let Some(values) = standard.solutions(budget)? else { return Ok(None) };
    let mut solutions = Solutions { principal_only: true, ..Solutions::none() };
    for value in values {
        solutions.add(plain(value, part, variable, budget)?, 1);
    }
    Ok(Some(solutions))
}

/// `(c*x + d)*log(a*x + b) + p*x + q` with `c = 0`, or with `c*x + d` proportional to `a*x + b`.
pub(super) fn by_linear_logarithm(
    part: &Expr,
    variable: Symbol,
    _way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    let Some((argument, factor, rest)) = single_logarithm(part, variable) else { return Ok(None) };
    let (Some((a, b)), Some((c, d)), Some((p, q))) = (
        linear(&argument, variable, budget)?,
        linear(&expand(&factor, budget)?, variable, budget)?,
        linear(&expand(&rest, budget)?, variable, budget)?,
    ) else {
        return Ok(None);
    };
    if a.is_zero() {
        return Ok(None);
    }
    let one = Expr::one;
    let (standard, by_logarithm) = if c.is_zero() {
        // a*x + b = e^(-(p*x + q)/d)
        if p.is_zero() || d.is_zero() {
            return Ok(None);
        }
        (Standard { shift: &b / &a, times: 1, rate: &p / &d, start: &q / &d, value: a.recip() }, false)
    } else {
        // For y = log(a*x + b): (y + p/c)*e^y = -(q*a - p*b)/c
        if !is_zero(&(&d * &a - &c * &b), budget)?.is_yes() {
            return Ok(None);
        }
        let value = -(&q * &a - &p * &b) / &c;
        (Standard { shift: &p / &c, times: 1, rate: one(), start: Expr::zero(), value }, true)
    };
    let Some(values) = standard.solutions(budget)? else { return Ok(None) };
    let mut solutions = Solutions { principal_only: true, ..Solutions::none() };
    for value in values {
        let (x, logarithm) = match by_logarithm {
            true => ((function::exp(&value) - &b) / &a, value),
            false => (value.clone(), -(&p * &value + &q) / &d),
        };
        match is_logarithm(&logarithm) {
            crate::expr::Truth::No => {}
            crate::expr::Truth::Unknown if logarithm.is_constant() => return Ok(None),
            fits => {
                solutions.conditional |= fits.is_unknown();
                solutions.add(plain(x, part, variable, budget)?, 1);
            }
        }
    }
    Ok(Some(solutions))
}

/// `c*x^p*e^(a*x^k + b) = 1` for a rational `p` and a natural `k`, the quotient of two terms of the equation.
///
/// Raised to the power that makes it one in `u = x^k`; every root of it makes the quotient a root of unity, and those
/// count at which it is 1.
pub(super) fn by_power_exponential(
    part: &Expr,
    quotient: &Expr,
    variable: Symbol,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    const MOST: i64 = 24;
    let Some(read) = PowerExponential::of(quotient, variable, budget)? else { return Ok(None) };
    let PowerExponential { constant, power, rate, degree, start } = read;
    let (p, q) = (power.numerator().to_i64(), power.denominator().to_i64());
    let (Some(p), Some(q)) = (p, q) else { return Ok(None) };
    let common = Integer::new(p).gcd(&Integer::new(degree)).to_i64().unwrap_or(1);
    // The quotient to the power `raised` is u^times*e^(...)*constant^raised.
    let (raised, times) = (q * (degree / common), p / common);
    if raised > MOST || times.abs() > MOST || (degree == 1 && q == 1) {
        return Ok(None);
    }
    let (scale, sign) = (Expr::integer(raised), Expr::integer(times.signum()));
    let standard = Standard {
        shift: Expr::zero(),
        times: times.abs(),
        rate: &sign * &scale * rate,
        start: &sign * &scale * start,
        value: constant.powi(-raised * times.signum()),
    };
    let Some(values) = standard.solutions(budget)? else { return Ok(None) };
    let mut solutions = Solutions { principal_only: true, ..Solutions::none() };
    for u in values {
        let mut pure = vec![Expr::zero(); usize::try_from(degree).unwrap_or(0) + 1];
        if let [first, .., last] = pure.as_mut_slice() {
            (*first, *last) = (-u, Expr::one());
        }
        for x in roots_by_radicals(&pure, budget)?.unwrap_or_default() {
            match is_near_one(&put(quotient, variable, &x), raised) {
                Some(true) => solutions.add(plain(x, part, variable, budget)?, 1),
                Some(false) => {}
                None => return Ok(None),
            }
        }
    }
    Ok(Some(solutions))
}

/// Is a root of unity of an order 1? By an enclosure; `None` where that is not sharp.
fn is_near_one(value: &Expr, order: i64) -> Option<bool> {
    let ball = enclosure(value)?;
    let (re, im) = (ball.re().to_f64(), ball.im().to_f64());
    // The nearest other root of unity of the order or twice the order is farther.
    let apart = 1.0 / order as f64;
    Some((re - 1.0) * (re - 1.0) + im * im < apart * apart)
}

/// `constant*x^power*e^(rate*x^degree + start)`
struct PowerExponential {
    constant: Expr,
    power: Rational,
    rate: Expr,
    degree: i64,
    start: Expr,
}

impl PowerExponential {
    fn of(product: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<PowerExponential>, Reason> {
        let x = Expr::symbol(variable);
        let (mut constant, mut power, mut exponents) = (Vec::new(), Rational::ZERO, Vec::new());
        for factor in algebra::factors(product) {
            match factor.kind() {
                _ if !factor.has_symbol(variable) => constant.push(factor),
                _ if factor == x => power = power + Rational::ONE,
                Kind::Power(base, exponent) if *base == x && exponent.as_rational().is_some() => {
                    power = power + exponent.as_rational().cloned().unwrap_or(Rational::ZERO);
                }
                Kind::Power(base, exponent) if !base.has_symbol(variable) => {
                    exponents.push(exponent * function::log(base));
                }
                _ => match factor.exp_argument() {
                    Some(argument) => exponents.push(argument.clone()),
                    None => return Ok(None),
                },
            }
        }
        let (mut rate, mut degree, mut start) = (Expr::zero(), 0, Expr::zero());
        for (coefficient, exponent) in algebra::coefficients(&Expr::sum(exponents), &x, budget)? {
            match exponent.to_i64() {
                _ if coefficient.has_symbol(variable) => return Ok(None),
                Some(0) => start = coefficient,
                Some(n @ 1..=12) if degree == 0 => (degree, rate) = (n, coefficient),
                _ => return Ok(None),
            }
        }
        let constant = Expr::product(constant);
        let whole =
            degree > 0 && !power.is_zero() && constant.is_constant() && rate.is_constant() && start.is_constant();
        Ok(whole.then_some(PowerExponential { constant, power, rate, degree, start }))
    }
}

/// An equation in `x^p` and `log(x)`: one in `y = log(x)`, whose roots count when they are logarithms.
pub(super) fn by_logarithmic_unknown(
    part: &Expr,
    variable: Symbol,
    way: Way,
    budget: &Budget,
) -> Result<Option<Solutions>, Reason> {
    const DEEPEST: usize = 4;
    let x = Expr::symbol(variable);
    let logarithm = function::log(&x);
    if way.depth() > DEEPEST || !part.has(&logarithm) {
        return Ok(None);
    }
    let name = Symbol::new(&format!("the logarithm {}", way.depth()));
    let y = Expr::symbol(name);
    let renamed = part.rewrite(
        |node| match node.kind() {
            _ if *node == logarithm => Some(y.clone()),
            _ if *node == x => Some(function::exp(&y)),
            Kind::Power(base, exponent) if *base == x && !exponent.has_symbol(variable) => {
                Some(function::exp(&(exponent * &y)))
            }
            _ => None,
        },
        |node| node,
    );
    if renamed.has_symbol(variable) {
        return Ok(None);
    }
    let values = solve_zero(&renamed, name, way.deeper(), budget)?;
    if !values.unsolved.is_empty() || values.everything {
        return Ok(None);
    }
    let mut solutions = Solutions { roots: Vec::new(), ..values.clone() };
    for root in values.roots {
        match is_logarithm(&root.value) {
            crate::expr::Truth::No => {}
            crate::expr::Truth::Unknown if root.value.is_constant() => return Ok(None),
            fits => {
                solutions.conditional |= fits.is_unknown();
                solutions.add(plain(function::exp(&root.value), part, variable, budget)?, root.multiplicity);
            }
        }
    }
    Ok(Some(solutions))
}

/// The sum of `exponent*log(base)` over powers with the variable above and a linear base.
pub(super) fn logarithm_of_powers(powers: &[Expr], variable: Symbol) -> Option<Expr> {
    let mut sum = Vec::new();
    for power in powers {
        match power.kind() {
            Kind::Power(base, exponent) if exponent.has_symbol(variable) => sum.push(exponent * function::log(base)),
            _ => return None,
        }
    }
    Some(Expr::sum(sum))
}

impl Standard {
    /// The solutions over the principal branch, and over the branch -1 where it is real.
    fn solutions(&self, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
        let n = Expr::integer(self.times);
        let mut pure = vec![Expr::zero(); usize::try_from(self.times).unwrap_or(0) + 1];
        if let [first, .., last] = pure.as_mut_slice() {
            (*first, *last) = (-(&self.value * function::exp(&-&self.start)), Expr::one());
        }
        let Some(roots) = roots_by_radicals(&pure, budget)? else { return Ok(None) };
        let mut all = Vec::new();
        for root in roots {
            let growth = function::exp(&(&self.rate * &self.shift / &n));
            let z = algebra::simplify_rational(&(&self.rate / &n * root * growth), budget)?;
            let own = |w: Expr| &n / &self.rate * w - &self.shift;
            if has_second_branch(&z) {
                all.push(own(function::apply("lambert_w", &[Expr::integer(-1), z.clone()]).unwrap_or_else(Expr::zero)));
            }
            all.extend(function::apply("lambert_w", &[z]).map(own));
        }
        Ok(Some(all))
    }
}

/// Is `-1/e < z < 0`?
fn has_second_branch(z: &Expr) -> bool {
    let edge = z + Expr::e().recip();
    z.is_constant()
        && tape::sign_by_ball(z) == Some(Ordering::Less)
        && tape::sign_by_ball(&edge) == Some(Ordering::Greater)
}

/// The rational number that the value is, where one with a small denominator is near and solves the equation.
fn plain(value: Expr, part: &Expr, variable: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    const LARGEST: i64 = 100;
    let near = enclosure(&value).filter(|ball| ball.im().contains_zero()).map(|ball| ball.re().to_f64());
    let Some(near) = near.filter(|x| x.abs() < 1e6) else { return Ok(value) };
    for denominator in 1..=LARGEST {
        let scaled = near * denominator as f64;
        if (scaled - scaled.round()).abs() < 1e-11 {
            let Some(q) = Rational::fraction(scaled.round() as i64, denominator) else { break };
            let candidate = Expr::number(q);
            let same = verdict(part, variable, &candidate, budget)? == Verdict::Holds;
            return Ok(if same { candidate } else { value });
        }
    }
    Ok(value)
}

/// `rate*x + start` of a linear expression.
fn linear(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<(Expr, Expr)>, Reason> {
    let rows = algebra::coefficients(expr, &Expr::symbol(variable), budget)?;
    let (mut rate, mut start) = (Expr::zero(), Expr::zero());
    for (coefficient, exponent) in rows {
        match exponent.to_i64() {
            _ if coefficient.has_symbol(variable) => return Ok(None),
            Some(0) => start = coefficient,
            Some(1) => rate = coefficient,
            _ => return Ok(None),
        }
    }
    Ok(Some((rate, start)))
}

/// A polynomial `c*(x + m)^n` as `c`, `m`, `n`.
fn power_of_linear(expr: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<(Expr, Expr, i64)>, Reason> {
    const HIGHEST: i64 = 20;
    let x = Expr::symbol(variable);
    let rows = algebra::coefficients(expr, &x, budget)?;
    if rows.iter().any(|(c, e)| c.has_symbol(variable) || e.to_i64().is_none_or(|n| !(0..=HIGHEST).contains(&n))) {
        return Ok(None);
    }
    let at = |n: i64| rows.iter().find(|(_, e)| e.to_i64() == Some(n)).map_or_else(Expr::zero, |(c, _)| c.clone());
    let Some(degree) = rows.iter().filter_map(|(_, e)| e.to_i64()).max().filter(|n| *n > 0) else { return Ok(None) };
    let leading = at(degree);
    let shift = at(degree - 1) / (&leading * Expr::integer(degree));
    let power = &leading * (&x + &shift).powi(degree);
    let fits = is_zero(&expand(&(expr - power), budget)?, budget)?.is_yes();
    Ok(fits.then_some((leading, shift, degree)))
}

/// The sum grouped by exponents of exponentials: `(exponent, coefficient)`; `None` where the unknown stands elsewhere.
fn exponential_classes(part: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Vec<(Expr, Expr)>>, Reason> {
    let mut classes: Vec<(Expr, Vec<Expr>)> = Vec::new();
    for term in algebra::terms(&expand(part, budget)?) {
        let (mut exponents, mut coefficient) = (Vec::new(), Vec::new());
        for factor in algebra::factors(&term) {
            match factor.kind() {
                _ if !factor.has_symbol(variable) => coefficient.push(factor),
                Kind::Power(base, power) if !base.has_symbol(variable) => exponents.push(power * function::log(base)),
                _ => match factor.exp_argument() {
                    Some(argument) => exponents.push(argument.clone()),
                    None => coefficient.push(factor),
                },
            }
        }
        let varying = expand(&Expr::sum(exponents), budget)?;
        let own = Expr::product(coefficient);
        match classes.iter_mut().find(|(known, _)| *known == varying) {
            Some((_, all)) => all.push(own),
            None => classes.push((varying, vec![own])),
        }
    }
    if classes.len() != 2 {
        return Ok(None);
    }
    Ok(Some(classes.into_iter().map(|(exponent, all)| (exponent, Expr::sum(all))).collect()))
}

/// The only logarithm with the unknown inside, what it is multiplied by, and the other terms.
fn single_logarithm(part: &Expr, variable: Symbol) -> Option<(Expr, Expr, Expr)> {
    let (mut argument, mut factor, mut rest): (Option<Expr>, Vec<Expr>, Vec<Expr>) = (None, Vec::new(), Vec::new());
    for term in algebra::terms(part) {
        let (mut own, mut others) = (None, Vec::new());
        for piece in algebra::factors(&term) {
            match piece.as_call() {
                Some((called, [inside])) if called.is(&function::LOG) && inside.has_symbol(variable) => {
                    if own.replace(inside.clone()).is_some() {
                        return None;
                    }
                }
                _ => others.push(piece),
            }
        }
        match own {
            None => rest.push(term),
            Some(inside) => {
                if argument.as_ref().is_some_and(|known| *known != inside) {
                    return None;
                }
                argument = Some(inside);
                factor.push(Expr::product(others));
            }
        }
    }
    Some((argument?, Expr::sum(factor), Expr::sum(rest)))
}
