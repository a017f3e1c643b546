//! The exponential function and the logarithm.

use super::elementary::{self, Bound, Elementary, End, Kernel, RealDomain, argument};
use crate::expr::assume::{self, Signs};
use crate::expr::node::{Constant, Expr, Infinity, Kind, Undefined};
use crate::number::{Integer, Number, Rational, kernel};

/// The exponential function `e^x`.
pub static EXP: Elementary = Elementary {
    name: "exp",
    summary: "The exponential function `e^x`.",
    latex: r"\exp",
    inverse: Some("log"),
    exact: |x| exp_value(argument(x)),
    derivative: |x, _| Some(exp(argument(x))),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::POSITIVE } else { Signs::ANY },
    range: (Bound::Integer(0), Bound::Infinite),
    kernel: Kernel::Unary(&kernel::EXP),
    smooth: true,
    tame: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The natural logarithm, principal branch.
pub static LOG: Elementary = Elementary {
    name: "log",
    summary: "The natural logarithm, principal branch.",
    aliases: &["ln"],
    latex: r"\log",
    inverse: Some("exp"),
    exact: |x| log_value(argument(x)),
    derivative: |x, _| Some(argument(x).recip()),
    signs: |s| if elementary::first(s).only(Signs::POSITIVE) { Signs::REAL } else { Signs::ANY },
    domain: RealDomain::Between(Some(End::open(0)), None),
    kernel: Kernel::Unary(&kernel::LOG),
    smooth: true,
    tame: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&EXP, &LOG];

elementary::constructors! {
    /// `e^x`.
    exp => EXP;
    /// `log(x)`.
    log => LOG;
}

fn exp_value(x: &Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Number(number) if number.is_zero() && number.is_exact() => Some(Expr::one()),
        Kind::Infinity(Infinity::Positive) => Some(x.clone()),
        Kind::Infinity(Infinity::Negative) => Some(Expr::zero()),
        Kind::Infinity(Infinity::Unsigned) => Some(Expr::undefined(Undefined::AtInfinity)),
        Kind::Sum(_) => without_imaginary_turns(x).map(|rest| exp(&rest)),
        _ => exp_of_logarithm(x).or_else(|| exp_of_imaginary(x)),
    }
}

/// `e^log(y)` is `y`, and `e^(w*log(y))` is `y^w`: that is what a power means.
fn exp_of_logarithm(x: &Expr) -> Option<Expr> {
    if let Some(inner) = x.argument_of(&LOG) {
        return Some(inner.clone());
    }
    let Kind::Product(product) = x.kind() else { return None };
    let mut logarithms = product.factors().iter().filter(|f| f.base.argument_of(&LOG).is_some());
    let only = logarithms.next()?;
    if logarithms.next().is_some() || !only.exponent.is_one() {
        return None;
    }
    Some(only.base.argument_of(&LOG)?.power(&(x / &only.base)))
}

/// The factor `w` when the expression is `w*pi*I` with a rational coefficient in `w`, or imaginary ones in a sum in it.
fn imaginary_turns(x: &Expr) -> Option<Expr> {
    let Kind::Product(product) = x.kind() else { return None };
    if !product.factors().iter().any(|f| matches!(f.base.kind(), Kind::Constant(Constant::Pi))) {
        return None;
    }
    if matches!(product.coefficient(), Number::Gaussian(g) if g.re.is_zero()) {
        return Some(x.scale(&-&Number::i()) / Expr::pi());
    }
    let sums = product.factors().iter().filter(|f| f.exponent.is_one() && matches!(f.base.kind(), Kind::Sum(_)));
    let (sum, turned) = sums.filter_map(|f| Some((&f.base, elementary::imaginary_factor(&f.base)?))).next()?;
    Some(x / sum / Expr::pi() * turned)
}

/// `e^(q*pi*I)` for a rational `q` that gives simple radicals, by Euler's formula, and for an integer.
fn exp_of_imaginary(x: &Expr) -> Option<Expr> {
    let turns = imaginary_turns(x)?;
    if assume::is_even(&turns).is_yes() {
        return Some(Expr::one());
    }
    if let Some(rest) = without_even_part(&turns) {
        return Some(exp(&(Expr::i() * Expr::pi() * rest)));
    }
    let Some(q) = turns.as_rational() else {
        return assume::is_integer(&turns).is_yes().then(|| Expr::integer(-1).power(&turns));
    };
    Some(super::trig::cosine_of_turn(q)? + Expr::i() * super::trig::sine_of_turn(q)?)
}

/// `w` without its terms that are even integers, if there are such: `2*n + 1/2` as `1/2` for an integer `n`.
fn without_even_part(w: &Expr) -> Option<Expr> {
    let spread = match w.kind() {
        Kind::Product(product) => match product.factors() {
            [only] if only.exponent.is_one() => match only.base.kind() {
                Kind::Sum(sum) => Expr::sum(sum.parts().map(|part| part.scale(product.coefficient()))),
                _ => return None,
            },
            _ => return None,
        },
        _ => w.clone(),
    };
    let Kind::Sum(sum) = spread.kind() else { return None };
    let (even, rest): (Vec<Expr>, Vec<Expr>) = sum.parts().partition(|part| assume::is_even(part).is_yes());
    (!even.is_empty()).then(|| Expr::sum(rest))
}

/// `e^(x + 2*n*pi*I)` is `e^x`.
fn without_imaginary_turns(x: &Expr) -> Option<Expr> {
    let Kind::Sum(sum) = x.kind() else { return None };
    let whole = |part: &Expr| imaginary_turns(part).is_some_and(|turns| assume::is_even(&turns).is_yes());
    let turns: Vec<Expr> = sum.terms().iter().map(crate::expr::Term::to_expr).filter(whole).collect();
    (!turns.is_empty()).then(|| x - Expr::sum(turns))
}

fn log_value(x: &Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Number(number) => log_of_number(number),
        Kind::Infinity(_) => Some(Expr::infinity(Infinity::Positive)),
        Kind::Call(f, _) if f.is(&EXP) => {
            let inner = x.argument_of(&EXP)?;
            assume::is_real(inner).is_yes().then(|| inner.clone())
        }
        _ => None,
    }
}

/// Logarithms of units, of negative numbers and of powers of integers.
fn log_of_number(number: &Number) -> Option<Expr> {
    match number {
        Number::Rational(q) if q.is_zero() => Some(Expr::infinity(Infinity::Negative)),
        Number::Rational(q) if q.is_one() => Some(Expr::zero()),
        Number::Rational(q) if q.is_negative() => Some(Expr::i() * Expr::pi() + log(&Expr::number(-q))),
        Number::Rational(q) => {
            let (root, exponent) = perfect_power(&q.to_integer()?)?;
            Some(log(&Expr::number(root)).scale(&Number::from(exponent)))
        }
        Number::Gaussian(g) if g.re.is_zero() && g.im.abs().is_one() => {
            Some(Expr::i() * Expr::pi().scale(&Number::from(&g.im * &Rational::HALF)))
        }
        Number::Gaussian(_) | Number::Real(_) | Number::Complex(_) => None,
    }
}

/// Greater integers are not looked at for being powers.
const LONGEST: usize = 2048;

/// `(b, k)` with `n = b^k`, `k > 1` and `b` no power itself; for `n > 1`.
fn perfect_power(n: &Integer) -> Option<(Integer, i64)> {
    if n.bit_length() > LONGEST {
        return None;
    }
    let (common, rest) = small_valuations(n)?;
    // What has no small factor has a base above 2^6.
    let most = if common > 0 { common } else { rest.bit_length() / 6 };
    let candidates = (2..=most).rev().filter(|k| common == 0 || common.is_multiple_of(*k));
    let (root, exponent) = candidates.filter_map(|k| Some((n.exact_root(k)?, k))).next()?;
    Some((root, i64::try_from(exponent).ok()?))
}

/// The greatest common divisor of the powers of small primes in a number, 0 when there are none, and what is left
/// without them; `None` when the divisor is one, and the number no power.
fn small_valuations(n: &Integer) -> Option<(usize, Integer)> {
    const SMALL: [i64; 25] =
        [2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37, 41, 43, 47, 53, 59, 61, 67, 71, 73, 79, 83, 89, 97];
    let (mut common, mut rest) = (0_usize, n.clone());
    for prime in SMALL.map(Integer::new) {
        let mut times = 0;
        while rest.is_divisible_by(&prime) {
            (rest, times) = (rest.div_exact(&prime), times + 1);
        }
        while times > 0 {
            (common, times) = (times, common % times);
        }
        if common == 1 {
            return None;
        }
    }
    Some((common, rest))
}
