//! The inverse hyperbolic functions, principal branches.
//!
//! On the cuts of `arctanh` and `arccoth` the value is the one that is odd and, for positive arguments, has the
//! imaginary part `+pi/2`.

use super::angle::{arccsc_turns, arcsin_turns, arctan_turns, turns};
use super::elementary::{self, Bound, Breaks, Elementary, End, Kernel, Parity, RealDomain, argument, half, turn};
use super::explog::log;
use super::hyperbolic::COTH;
use crate::expr::assume;
use crate::expr::node::{Expr, Infinity, Kind, Undefined};
use crate::number::{Number, Rational, kernel};

/// The inverse hyperbolic sine.
pub static ARCSINH: Elementary = Elementary {
    name: "arcsinh",
    summary: "The inverse hyperbolic sine.",
    aliases: &["asinh"],
    latex: r"\operatorname{arsinh}",
    parity: Parity::Odd,
    inverse: Some("sinh"),
    exact: |x| arcsinh_value(argument(x)),
    derivative: |x, _| Some((argument(x).powi(2) + Expr::one()).sqrt().recip()),
    signs: elementary::sign_of_argument,
    kernel: Kernel::Unary(&kernel::ARCSINH),
    smooth: true,
    tame: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The inverse hyperbolic cosine.
pub static ARCCOSH: Elementary = Elementary {
    name: "arccosh",
    summary: "The inverse hyperbolic cosine.",
    aliases: &["acosh"],
    latex: r"\operatorname{arcosh}",
    inverse: Some("cosh"),
    exact: |x| arccosh_value(argument(x)),
    derivative: |x, _| Some(((argument(x) + Expr::one()).sqrt() * (argument(x) - Expr::one()).sqrt()).recip()),
    domain: RealDomain::Between(Some(End::closed(1)), None),
    range: (Bound::Integer(0), Bound::Infinite),
    kernel: Kernel::Unary(&kernel::ARCCOSH),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse hyperbolic tangent.
pub static ARCTANH: Elementary = Elementary {
    name: "arctanh",
    summary: "The inverse hyperbolic tangent.",
    aliases: &["atanh"],
    latex: r"\operatorname{artanh}",
    parity: Parity::Odd,
    inverse: Some("tanh"),
    exact: |x| arctanh_value(argument(x)),
    derivative: |x, _| Some((Expr::one() - argument(x).powi(2)).recip()),
    domain: RealDomain::Between(Some(End::open(-1)), Some(End::open(1))),
    kernel: Kernel::Unary(&kernel::ARCTANH),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse hyperbolic cotangent.
pub static ARCCOTH: Elementary = Elementary {
    name: "arccoth",
    summary: "The inverse hyperbolic cotangent.",
    aliases: &["acoth"],
    latex: r"\operatorname{arcoth}",
    parity: Parity::Odd,
    inverse: Some("coth"),
    exact: |x| arccoth_value(argument(x)),
    derivative: |x, _| Some((Expr::one() - argument(x).powi(2)).recip()),
    domain: RealDomain::Outside(End::open(-1), End::open(1)),
    kernel: Kernel::Unary(&kernel::ARCCOTH),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse hyperbolic secant.
pub static ARCSECH: Elementary = Elementary {
    name: "arcsech",
    summary: "The inverse hyperbolic secant.",
    aliases: &["asech"],
    latex: r"\operatorname{arsech}",
    inverse: Some("sech"),
    exact: |x| arcsech_value(argument(x)),
    derivative: |x, _| Some(derivative_of_arcsech(argument(x))),
    domain: RealDomain::Between(Some(End::open(0)), Some(End::closed(1))),
    range: (Bound::Integer(0), Bound::Infinite),
    kernel: Kernel::Unary(&kernel::ARCSECH),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse hyperbolic cosecant.
pub static ARCCSCH: Elementary = Elementary {
    name: "arccsch",
    summary: "The inverse hyperbolic cosecant.",
    aliases: &["acsch"],
    latex: r"\operatorname{arcsch}",
    parity: Parity::Odd,
    inverse: Some("csch"),
    exact: |x| arccsch_value(argument(x)),
    derivative: |x, _| Some(derivative_of_arccsch(argument(x))),
    signs: elementary::sign_of_argument,
    breaks: Breaks::Zero,
    kernel: Kernel::Unary(&kernel::ARCCSCH),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&ARCSINH, &ARCCOSH, &ARCTANH, &ARCCOTH, &ARCSECH, &ARCCSCH];

elementary::constructors! {
    /// `arcsinh(x)`.
    arcsinh => ARCSINH;
    /// `arccosh(x)`.
    arccosh => ARCCOSH;
    /// `arctanh(x)`.
    arctanh => ARCTANH;
    /// `arccoth(x)`.
    arccoth => ARCCOTH;
    /// `arcsech(x)`.
    arcsech => ARCSECH;
    /// `arccsch(x)`.
    arccsch => ARCCSCH;
}

/// `-1/(x*sqrt(1 - x^2))`: real arguments of `arcsech` are positive.
fn derivative_of_arcsech(x: &Expr) -> Expr {
    -(x * (Expr::one() - x.powi(2)).sqrt()).recip()
}

/// `-1/(x^2*sqrt(1 + 1/x^2))`, right on both sides; `-1/(x*sqrt(x^2 + 1))` where `x` is known to be positive.
fn derivative_of_arccsch(x: &Expr) -> Expr {
    if assume::is_positive(x).is_yes() {
        return -(x * (x.powi(2) + Expr::one()).sqrt()).recip();
    }
    -(x.powi(2) * (x.powi(-2) + Expr::one()).sqrt()).recip()
}

fn half_turn_i() -> Expr {
    Expr::i() * turn(1, 2)
}

fn negative_number(x: &Expr) -> Option<&Rational> {
    x.as_rational().filter(|q| q.is_negative())
}

fn arcsinh_value(x: &Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Infinity(_) => Some(x.clone()),
        _ if elementary::is_exact_zero(x) => Some(Expr::zero()),
        _ => imaginary_angle(x, arcsin_turns).or_else(|| negative_number(x).map(|_| -arcsinh(&-x))),
    }
}

fn arccosh_value(x: &Expr) -> Option<Expr> {
    if matches!(x.kind(), Kind::Infinity(_)) {
        return Some(Expr::infinity(Infinity::Positive));
    }
    if let Some(q) = arcsin_turns(x) {
        return Some(Expr::i() * turns(Rational::HALF - q));
    }
    let q = x.as_rational()?;
    match q.to_i64() {
        Some(0) => Some(half_turn_i()),
        Some(1) => Some(Expr::zero()),
        Some(-1) => Some(Expr::i() * Expr::pi()),
        // Below -1 the real part would get the wrong sign.
        _ if q.is_negative() && *q > Rational::from(-1) => Some(Expr::i() * Expr::pi() - arccosh(&-x)),
        _ => None,
    }
}

fn arctanh_value(x: &Expr) -> Option<Expr> {
    if matches!(x.kind(), Kind::Infinity(_)) {
        return Some(Expr::undefined(Undefined::AtInfinity));
    }
    match x.as_rational() {
        Some(q) => arctanh_of_rational(q),
        None => imaginary_angle(x, arctan_turns),
    }
}

/// `I*t*pi` for an argument `I*y` whose angle `t*pi` is known.
fn imaginary_angle(x: &Expr, angle: fn(&Expr) -> Option<Rational>) -> Option<Expr> {
    let y = elementary::imaginary_factor(x)?;
    Some(Expr::i() * turns(angle(&y)?))
}

/// `log((1 + q)/(1 - q))/2`, with `I*pi/2` beyond 1.
fn arctanh_of_rational(q: &Rational) -> Option<Expr> {
    if q.is_zero() {
        return Some(Expr::zero());
    }
    if q.is_negative() {
        return Some(-arctanh_of_rational(&-q)?);
    }
    let ratio = match (Rational::ONE + q).checked_div(&(Rational::ONE - q)) {
        Some(ratio) => ratio,
        None => return Some(Expr::infinity(Infinity::Positive)),
    };
    let real = log(&Expr::number(ratio.abs())) * half();
    Some(if ratio.is_negative() { real + half_turn_i() } else { real })
}

fn arccoth_value(x: &Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Infinity(_) => Some(Expr::zero()),
        Kind::Number(Number::Rational(q)) => match q.recip() {
            Some(inverse) => arctanh_of_rational(&inverse),
            None => Some(half_turn_i()),
        },
        Kind::Call(..) => x.argument_of(&COTH).filter(|inner| assume::is_real(inner).is_yes()).cloned(),
        _ => {
            imaginary_angle(x, |y| Some(arctan_turns(y)? - Rational::HALF * Rational::from(arctan_turns(y)?.signum())))
        }
    }
}

fn arcsech_value(x: &Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Infinity(Infinity::Unsigned) => return Some(Expr::undefined(Undefined::AtInfinity)),
        Kind::Infinity(_) => return Some(half_turn_i()),
        _ => {}
    }
    if let Some(q) = arccsc_turns(x) {
        return Some(Expr::i() * turns(Rational::HALF - q));
    }
    let q = x.as_rational()?;
    match q.to_i64() {
        Some(0) => Some(Expr::infinity(Infinity::Positive)),
        Some(1) => Some(Expr::zero()),
        Some(-1) => Some(Expr::i() * Expr::pi()),
        _ if *q < Rational::from(-1) => Some(Expr::i() * Expr::pi() - arcsech(&-x)),
        _ => None,
    }
}

fn arccsch_value(x: &Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Infinity(_) => Some(Expr::zero()),
        _ if elementary::is_exact_zero(x) => Some(Expr::infinity(Infinity::Unsigned)),
        _ => imaginary_angle(x, |y| Some(-arccsc_turns(y)?)).or_else(|| negative_number(x).map(|_| -arccsch(&-x))),
    }
}
