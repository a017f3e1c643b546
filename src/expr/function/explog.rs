//! The exponential function and the logarithm.

use super::{Elementary, Function, elementary};
use crate::expr::assume::{self, Signs};
use crate::expr::node::{Constant, Expr, Infinity, Kind, Undefined};
use crate::number::{Number, Rational};

/// The exponential function `e^x`.
pub static EXP: Elementary = Elementary {
    name: "exp",
    latex: r"\exp",
    exact: exp_value,
    derivative: |x, _| Some(exp(elementary::argument(x))),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::POSITIVE } else { Signs::ANY },
    ..Elementary::UNARY
};

/// The natural logarithm, principal branch.
pub static LOG: Elementary = Elementary {
    name: "log",
    aliases: &["ln"],
    latex: r"\log",
    exact: log_value,
    derivative: |x, _| Some(elementary::argument(x).recip()),
    signs: |s| if elementary::first(s).only(Signs::POSITIVE) { Signs::REAL } else { Signs::ANY },
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&EXP, &LOG];

/// `e^x`.
pub fn exp(x: &Expr) -> Expr {
    Expr::call(Function::Elementary(&EXP), vec![x.clone()])
}

/// `log(x)`.
pub fn log(x: &Expr) -> Expr {
    Expr::call(Function::Elementary(&LOG), vec![x.clone()])
}

fn exp_value(arguments: &[Expr]) -> Option<Expr> {
    let x = elementary::argument(arguments);
    if x.is_zero() {
        return Some(if x.as_number()?.is_exact() { Expr::one() } else { return None });
    }
    match x.kind() {
        Kind::Infinity(Infinity::Positive) => Some(x.clone()),
        Kind::Infinity(Infinity::Negative) => Some(Expr::zero()),
        Kind::Infinity(Infinity::Unsigned) => Some(Expr::undefined(Undefined::AtInfinity)),
        _ => exp_of_logarithm(x).or_else(|| exp_of_imaginary(x)),
    }
}

/// `e^log(y)` is `y`, and `e^(n*log(y))` is `y^n` for a rational number `n`.
fn exp_of_logarithm(x: &Expr) -> Option<Expr> {
    let (base, coefficient) = x.split_coefficient();
    let (function, arguments) = base.as_call()?;
    if !function.is(&LOG) {
        return None;
    }
    Some(elementary::argument(arguments).power_rational(coefficient.as_rational()?))
}

/// `e^(q*pi*I)` for a rational `q` with a denominator that gives simple radicals, by Euler's formula.
fn exp_of_imaginary(x: &Expr) -> Option<Expr> {
    let (base, coefficient) = x.split_coefficient();
    let (re, im) = coefficient.parts();
    if !matches!(base.kind(), Kind::Constant(Constant::Pi)) || !re.is_zero() {
        return None;
    }
    let turn = Expr::pi().scale(&Number::from(im.as_rational()?.clone()));
    let (cosine, sine) = (super::trig::exact_cosine(&turn)?, super::trig::exact_sine(&turn)?);
    Some(cosine + Expr::i() * sine)
}

fn log_value(arguments: &[Expr]) -> Option<Expr> {
    let x = elementary::argument(arguments);
    match x.kind() {
        Kind::Number(number) => log_of_number(number),
        Kind::Infinity(_) => Some(Expr::infinity(Infinity::Positive)),
        Kind::Call(f, inner) if f.is(&EXP) => {
            let inner = elementary::argument(inner);
            assume::is_real(inner).is_yes().then(|| inner.clone())
        }
        _ => None,
    }
}

/// `log(1)` is 0, `log(0)` has no value, and the logarithms of `-1` and `+-I` are imaginary.
fn log_of_number(number: &Number) -> Option<Expr> {
    if number.is_zero() && number.is_exact() {
        return Some(Expr::infinity(Infinity::Negative));
    }
    if number.is_one() {
        return Some(Expr::zero());
    }
    let half_turns = match number {
        Number::Rational(q) if *q == Rational::from(-1) => Rational::ONE,
        Number::Gaussian(g) if g.re.is_zero() && g.im.abs().is_one() => &g.im * &Rational::HALF,
        _ => return None,
    };
    Some(Expr::i() * Expr::pi().scale(&Number::from(half_turns)))
}
