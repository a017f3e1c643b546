//! The gamma function and its relatives: factorial, binomial, beta, logarithmic derivative.

use super::error::ERF;
use crate::expr::assume::{self, Signs};
use crate::expr::function::elementary::{self, Bound, Breaks, Elementary, Kernel, argument, nth};
use crate::expr::function::explog::{exp, log};
use crate::expr::node::{Constant, Expr, Infinity, Kind, Undefined};
use crate::number::{self, Integer, Number, Rational, kernel};

/// The factorial, `gamma(x + 1)`.
pub static FACTORIAL: Elementary = Elementary {
    name: "factorial",
    summary: "The factorial, `gamma(x + 1)`.",
    latex: "#^1!",
    exact: |x| factorial_value(argument(x)),
    derivative: |x, _| Some(factorial(argument(x)) * psi(&(argument(x) + Expr::one()))),
    signs: |s| if elementary::first(s).only(Signs::NON_NEGATIVE) { Signs::POSITIVE } else { Signs::ANY },
    breaks: Breaks::NegativeIntegers,
    kernel: Kernel::Unary(&kernel::FACTORIAL),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The gamma function; with two arguments the upper incomplete one.
pub static GAMMA: Elementary = Elementary {
    name: "gamma",
    summary: "The gamma function; with two arguments the upper incomplete one.",
    aliases: &["gamma_inc"],
    latex: r"\Gamma",
    arity: (1, 2),
    exact: |x| match x {
        [a, x] => incomplete_value(a, x),
        _ => gamma_value(argument(x)),
    },
    derivative: gamma_derivative,
    signs: |s| match s {
        [only] if only.only(Signs::POSITIVE) => Signs::POSITIVE,
        [only] if only.only(Signs::REAL) => Signs::REAL,
        _ => Signs::ANY,
    },
    breaks: Breaks::NonPositiveIntegers,
    kernel: Kernel::Either(&kernel::GAMMA, &kernel::INCOMPLETE_GAMMA),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The lower incomplete gamma function, the integral of `t^(a - 1)*e^(-t)` from 0 to `x`, the order `a` first.
pub static GAMMA_INC_LOWER: Elementary = Elementary {
    name: "gamma_inc_lower",
    summary: "The lower incomplete gamma function, the integral of `t^(a - 1)*e^(-t)` from 0 to `x`, the order first.",
    latex: r"\gamma",
    exact: |x| lower_incomplete_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| {
        let (a, x) = (nth(x, 0), nth(x, 1));
        (position == 1).then(|| x.power(&(a - Expr::one())) * exp(&-x))
    },
    kernel: Kernel::Binary(&kernel::LOWER_GAMMA),
    ..Elementary::BINARY
};

/// The logarithm of the gamma function, analytic off the negative axis.
pub static LOG_GAMMA: Elementary = Elementary {
    name: "log_gamma",
    summary: "The logarithm of the gamma function, analytic off the negative axis.",
    latex: r"\log\Gamma",
    exact: |x| log_gamma_value(argument(x)),
    derivative: |x, _| Some(psi(argument(x))),
    signs: |s| if elementary::first(s).only(Signs::POSITIVE) { Signs::REAL } else { Signs::ANY },
    domain: elementary::RealDomain::Between(Some(elementary::End::open(0)), None),
    kernel: Kernel::Unary(&kernel::LOG_GAMMA),
    smooth: true,
    ..Elementary::UNARY
};

/// The logarithmic derivative of the gamma function; with two arguments its derivative of the order given first.
pub static PSI: Elementary = Elementary {
    name: "psi",
    summary: "The logarithmic derivative of the gamma function; with two arguments its derivative of the order given first.",
    aliases: &["digamma", "polygamma"],
    latex: r"\psi",
    arity: (1, 2),
    exact: |x| match x {
        [order, x] => polygamma_value(order, x),
        _ => digamma_value(argument(x)),
    },
    derivative: psi_derivative,
    signs: |s| if s.len() == 1 { elementary::real_for_real(s) } else { Signs::ANY },
    breaks: Breaks::NonPositiveIntegers,
    kernel: Kernel::Either(&kernel::DIGAMMA, &kernel::POLYGAMMA),
    smooth: true,
    ..Elementary::UNARY
};

/// The beta function, `gamma(x)*gamma(y)/gamma(x + y)`.
pub static BETA: Elementary = Elementary {
    name: "beta",
    summary: "The beta function, `gamma(x)*gamma(y)/gamma(x + y)`.",
    latex: r"\operatorname{B}",
    exact: |x| beta_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| {
        let (own, sum) = (nth(x, position), nth(x, 0) + nth(x, 1));
        Some(Expr::apply2(&BETA, nth(x, 0), nth(x, 1)) * (psi(own) - psi(&sum)))
    },
    signs: |s| if s.iter().all(|own| own.only(Signs::POSITIVE)) { Signs::POSITIVE } else { Signs::ANY },
    kernel: Kernel::Binary(&kernel::BETA),
    ..Elementary::BINARY
};

/// The binomial coefficient.
pub static BINOMIAL: Elementary = Elementary {
    name: "binomial",
    summary: "The binomial coefficient.",
    latex: r"\binom{#1}{#2}",
    exact: |x| binomial_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| Some(binomial_derivative(nth(x, 0), nth(x, 1), position)),
    kernel: Kernel::Binary(&kernel::BINOMIAL),
    range: (Bound::Infinite, Bound::Infinite),
    ..Elementary::BINARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&FACTORIAL, &GAMMA, &GAMMA_INC_LOWER, &LOG_GAMMA, &PSI, &BETA, &BINOMIAL];

elementary::constructors! {
    /// `factorial(x)`.
    factorial => FACTORIAL;
    /// `gamma(x)`.
    gamma => GAMMA;
    /// `psi(x)`.
    psi => PSI;
}

/// `binomial(n, k)*(psi(n + 1) - psi(n - k + 1))` by `n`, `binomial(n, k)*(psi(n - k + 1) - psi(k + 1))` by `k`.
fn binomial_derivative(n: &Expr, k: &Expr, position: usize) -> Expr {
    let one = Expr::one();
    let between = psi(&(n - k + &one));
    let factor = if position == 0 { psi(&(n + &one)) - between } else { between - psi(&(k + &one)) };
    binomial(n, k) * factor
}

/// `binomial(x, k)`.
pub fn binomial(x: &Expr, k: &Expr) -> Expr {
    Expr::apply2(&BINOMIAL, x, k)
}

/// Factorials beyond this are left as they are.
const LARGEST_FACTORIAL: u32 = 1_000_000;

/// Sums and products of more parts are left as they are.
const MOST_PARTS: i64 = 1000;

fn factorial_value(x: &Expr) -> Option<Expr> {
    if let Kind::Infinity(infinity) = x.kind() {
        return at_infinity(*infinity);
    }
    let q = x.as_rational()?;
    match q.to_integer() {
        Some(n) if n.is_negative() => Some(Expr::undefined(Undefined::Pole)),
        Some(n) => n.to_u32().filter(|n| *n <= LARGEST_FACTORIAL).map(|n| Expr::number(integer_factorial(n))),
        None => Some(gamma(&(x + Expr::one()))),
    }
}

fn at_infinity(infinity: Infinity) -> Option<Expr> {
    Some(match infinity {
        Infinity::Positive => Expr::infinity(Infinity::Positive),
        Infinity::Negative | Infinity::Unsigned => Expr::undefined(Undefined::AtInfinity),
    })
}

/// `n!`, halves multiplied first so that the factors stay of one size.
fn integer_factorial(n: u32) -> Integer {
    fn between(low: u32, high: u32) -> Integer {
        if high - low < 16 {
            return (low + 1..=high).fold(Integer::ONE, |product, k| product * Integer::new(i64::from(k)));
        }
        let middle = low + (high - low) / 2;
        between(low, middle) * between(middle, high)
    }
    between(0, n)
}

/// Twice the number when it is an odd integer.
fn odd_halves(q: &Rational) -> Option<i64> {
    let doubled = (q * &Rational::from(2)).to_integer()?;
    doubled.is_odd().then(|| doubled.to_i64()).flatten()
}

fn gamma_value(x: &Expr) -> Option<Expr> {
    if let Kind::Infinity(infinity) = x.kind() {
        return at_infinity(*infinity);
    }
    let q = x.as_rational()?;
    if let Some(n) = q.to_integer() {
        if n.signum() <= 0 {
            return Some(Expr::infinity(Infinity::Unsigned));
        }
        let below = (n - Integer::ONE).to_u32().filter(|n| *n <= LARGEST_FACTORIAL)?;
        return Some(Expr::number(integer_factorial(below)));
    }
    gamma_of_half(odd_halves(q)?)
}

/// `gamma(k/2)` for an odd `k`: steps of one from `gamma(1/2) = sqrt(pi)`.
fn gamma_of_half(k: i64) -> Option<Expr> {
    if k.abs() > MOST_PARTS {
        return None;
    }
    let mut factor = Rational::ONE;
    if k > 0 {
        for j in (1..k).step_by(2) {
            factor = factor * Rational::fraction(j, 2)?;
        }
    } else {
        for j in (k..0).step_by(2) {
            factor = factor * Rational::fraction(2, j)?;
        }
    }
    Some(Expr::pi().sqrt().scale(&Number::from(factor)))
}

/// `gamma(1, x)`, `gamma(1/2, x)`, `gamma(a, 0)` and `gamma(a, oo)`.
fn incomplete_value(a: &Expr, x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return (!elementary::is_exact_zero(a)).then(|| gamma(a));
    }
    if matches!(x.kind(), Kind::Infinity(Infinity::Positive)) {
        return Some(Expr::zero());
    }
    if a.is_one() {
        return Some(exp(&-x));
    }
    if elementary::is_exact_zero(a) {
        return assume::is_positive(x).is_yes().then(|| -Expr::apply(&super::EI, &-x));
    }
    let half = a.as_rational().is_some_and(|q| *q == Rational::HALF);
    half.then(|| -(Expr::pi().sqrt() * (Expr::apply(&ERF, &x.sqrt()) - Expr::one())))
}

/// At 0 and infinity, and for the orders 1 and 1/2.
fn lower_incomplete_value(a: &Expr, x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return Some(Expr::zero());
    }
    if matches!(x.kind(), Kind::Infinity(Infinity::Positive)) {
        return Some(gamma(a));
    }
    if a.is_one() {
        return Some(Expr::one() - exp(&-x));
    }
    let half = a.as_rational().is_some_and(|q| *q == Rational::HALF);
    half.then(|| Expr::pi().sqrt() * Expr::apply(&ERF, &x.sqrt()))
}

/// `gamma(x)*psi(x)`; of the incomplete function by its second argument `-x^(a - 1)*e^(-x)`.
fn gamma_derivative(arguments: &[Expr], position: usize) -> Option<Expr> {
    match (arguments, position) {
        ([x], 0) => Some(gamma(x) * psi(x)),
        ([a, x], 1) => Some(-(x.power(&(a - Expr::one())) * exp(&-x))),
        _ => None,
    }
}

fn log_gamma_value(x: &Expr) -> Option<Expr> {
    if let Kind::Infinity(infinity) = x.kind() {
        return at_infinity(*infinity);
    }
    let n = x.as_rational()?.to_integer()?;
    if n.signum() <= 0 {
        return Some(Expr::infinity(Infinity::Positive));
    }
    let below = (n - Integer::ONE).to_u32().filter(|n| i64::from(*n) <= MOST_PARTS)?;
    Some(log(&Expr::number(integer_factorial(below))))
}

/// The sum of `1/(first + step*j)^power` for `j` below `count`.
fn reciprocal_sum(first: i64, step: i64, count: i64, power: i64) -> Option<Rational> {
    (0..count).try_fold(Rational::ZERO, |sum, j| Some(sum + Rational::fraction(1, first + step * j)?.pow(power)?))
}

/// `-euler_gamma` and a rational at integers, with `-2*log(2)` at halves.
fn digamma_value(x: &Expr) -> Option<Expr> {
    if let Kind::Infinity(infinity) = x.kind() {
        return at_infinity(*infinity);
    }
    let q = x.as_rational()?;
    let euler = Expr::constant(Constant::EulerGamma);
    if let Some(n) = q.to_integer() {
        if n.signum() <= 0 {
            return Some(Expr::undefined(Undefined::Pole));
        }
        let n = n.to_i64().filter(|n| *n <= MOST_PARTS)?;
        return Some(Expr::number(reciprocal_sum(1, 1, n - 1, 1)?) - euler);
    }
    let k = odd_halves(q).filter(|k| k.abs() <= MOST_PARTS)?;
    // psi(x + 1) = psi(x) + 1/x, from psi(1/2) upwards or downwards.
    let steps = reciprocal_sum(1, 2, ((k - 1) / 2).abs(), 1)? * Rational::from(2);
    Some(Expr::number(steps) - euler - log(&Expr::integer(2)).scale(&Number::from(2)))
}

/// `psi(0, x)` is `psi(x)`; at small positive integers and at 1/2 in terms of the zeta function.
fn polygamma_value(order: &Expr, x: &Expr) -> Option<Expr> {
    let m = order.to_i64()?;
    if m == 0 {
        return Some(psi(x));
    }
    let m = (m > 0 && m <= 100).then_some(m)?;
    let q = x.as_rational()?;
    let sign = if m % 2 == 0 { -1 } else { 1 };
    let factor = Number::from(integer_factorial(u32::try_from(m).ok()?)) * Number::from(sign);
    let zeta = super::zeta::zeta(&Expr::integer(m + 1));
    if *q == Rational::HALF {
        let powers = Expr::integer(2).powi(m + 1) - Expr::one();
        return Some((zeta * powers).scale(&factor));
    }
    let n = q.to_integer()?;
    if n.signum() <= 0 {
        return Some(Expr::undefined(Undefined::Pole));
    }
    let n = n.to_i64().filter(|n| *n <= MOST_PARTS)?;
    Some((zeta - Expr::number(reciprocal_sum(1, 1, n - 1, m + 1)?)).scale(&factor))
}

fn psi_derivative(arguments: &[Expr], position: usize) -> Option<Expr> {
    match (arguments, position) {
        ([x], 0) => Some(Expr::apply2(&PSI, &Expr::one(), x)),
        ([order, x], 1) => Some(Expr::apply2(&PSI, &(order + Expr::one()), x)),
        _ => None,
    }
}

/// `beta(1, x)` is `1/x`; of positive integers it is a fraction.
fn beta_value(x: &Expr, y: &Expr) -> Option<Expr> {
    if x.is_one() {
        return Some(y.recip());
    }
    if y.is_one() {
        return Some(x.recip());
    }
    let small = |e: &Expr| e.to_i64().filter(|n| *n > 0 && *n <= MOST_PARTS);
    let (m, n) = (small(x)?, small(y)?);
    Some(gamma(&Expr::integer(m)) * gamma(&Expr::integer(n)) / gamma(&Expr::integer(m + n)))
}

/// A polynomial in `x` for a small natural `k`, also when it is `x - k` that is one.
fn binomial_value(x: &Expr, k: &Expr) -> Option<Expr> {
    if let Some(k) = k.as_rational().and_then(Rational::to_integer) {
        if k.is_negative() {
            return Some(Expr::zero());
        }
        if let Some(q) = x.as_rational() {
            return number_binomial(q, k.to_i64()?).map(Expr::number);
        }
        return falling_product(x, k.to_i64()?);
    }
    let rest = (x - k).to_i64()?;
    if rest < 0 {
        // More are chosen than there are.
        return (!x.is_constant()).then(Expr::zero);
    }
    let negative_integer = assume::is_integer(x).is_yes() && !Signs::of(x).only(Signs::NON_NEGATIVE);
    if negative_integer && x.is_constant() { None } else { binomial_value(x, &Expr::integer(rest)) }
}

/// The binomial coefficient of a number and a natural number, at most so long.
fn number_binomial(q: &Rational, k: i64) -> Option<Rational> {
    const LONGEST: i64 = 100_000;
    // binomial(n, k) = binomial(n, n - k) for a natural n.
    let k = match q.to_i64() {
        Some(n) if n >= 0 && k > n => return Some(Rational::ZERO),
        Some(n) if n >= 0 => k.min(n - k),
        _ => k,
    };
    if let Some(n) = q.to_integer().filter(|n| n.to_u32().is_some_and(|n| n <= LARGEST_FACTORIAL)) {
        return Some(Rational::from(number::binomial(&n, u64::try_from(k).ok()?)));
    }
    if k > LONGEST {
        return None;
    }
    (0..k)
        .try_fold(Rational::ONE, |product, j| Some(product * (q - &Rational::from(j)) * Rational::fraction(1, j + 1)?))
}

/// `x*(x - 1)*...*(x - k + 1)/k!`.
fn falling_product(x: &Expr, k: i64) -> Option<Expr> {
    if k > 100 {
        return None;
    }
    let product = Expr::product((0..k).map(|j| x - Expr::integer(j)));
    Some(product / Expr::number(integer_factorial(u32::try_from(k).ok()?)))
}
