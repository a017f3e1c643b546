//! The inverse trigonometric functions, principal branches; `arccot(x)` is `arctan(1/x)`, odd, as in Sage.

use super::angle::{arccsc_turns, arcsin_turns, arctan_turns, turns};
use super::elementary::{self, Bound, Breaks, Elementary, End, Kernel, Parity, RealDomain, argument, nth, turn};
use crate::expr::assume::{self, Signs};
use crate::expr::node::{Expr, Infinity, Kind, Undefined};
use crate::number::{Rational, kernel};
use std::cmp::Ordering;

const UNIT: RealDomain = RealDomain::Between(Some(End::closed(-1)), Some(End::closed(1)));
const OUTSIDE: RealDomain = RealDomain::Outside(End::closed(-1), End::closed(1));
const QUARTER: (Bound, Bound) = (Bound::QuarterTurns(-1), Bound::QuarterTurns(1));

/// The inverse sine.
pub static ARCSIN: Elementary = Elementary {
    name: "arcsin",
    summary: "The inverse sine.",
    aliases: &["asin"],
    latex: r"\arcsin",
    parity: Parity::Odd,
    inverse: Some("sin"),
    exact: |x| arcsin_value(argument(x)),
    derivative: |x, _| Some((Expr::one() - argument(x).powi(2)).sqrt().recip()),
    domain: UNIT,
    range: QUARTER,
    kernel: Kernel::Unary(&kernel::ARCSIN),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse cosine.
pub static ARCCOS: Elementary = Elementary {
    name: "arccos",
    summary: "The inverse cosine.",
    aliases: &["acos"],
    latex: r"\arccos",
    inverse: Some("cos"),
    exact: |x| arccos_value(argument(x)),
    derivative: |x, _| Some(-(Expr::one() - argument(x).powi(2)).sqrt().recip()),
    domain: UNIT,
    range: (Bound::Integer(0), Bound::QuarterTurns(2)),
    kernel: Kernel::Unary(&kernel::ARCCOS),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse tangent.
pub static ARCTAN: Elementary = Elementary {
    name: "arctan",
    summary: "The inverse tangent.",
    aliases: &["atan"],
    latex: r"\arctan",
    parity: Parity::Odd,
    inverse: Some("tan"),
    exact: |x| arctan_value(argument(x)),
    derivative: |x, _| Some((argument(x).powi(2) + Expr::one()).recip()),
    signs: elementary::sign_of_argument,
    range: QUARTER,
    kernel: Kernel::Unary(&kernel::ARCTAN),
    smooth: true,
    tame: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The inverse cotangent.
pub static ARCCOT: Elementary = Elementary {
    name: "arccot",
    summary: "The inverse cotangent.",
    aliases: &["acot"],
    latex: r"\operatorname{arccot}",
    parity: Parity::Odd,
    inverse: Some("cot"),
    exact: |x| arccot_value(argument(x)),
    derivative: |x, _| Some(-(argument(x).powi(2) + Expr::one()).recip()),
    signs: |s| if elementary::first(s).only(Signs::POSITIVE) { Signs::POSITIVE } else { elementary::real_for_real(s) },
    breaks: Breaks::Zero,
    range: QUARTER,
    kernel: Kernel::Unary(&kernel::ARCCOT),
    smooth: true,
    tame: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The inverse secant.
pub static ARCSEC: Elementary = Elementary {
    name: "arcsec",
    summary: "The inverse secant.",
    aliases: &["asec"],
    latex: r"\operatorname{arcsec}",
    inverse: Some("sec"),
    exact: |x| arcsec_value(argument(x)),
    derivative: |x, _| Some(derivative_of_arcsec(argument(x))),
    domain: OUTSIDE,
    range: (Bound::Integer(0), Bound::QuarterTurns(2)),
    kernel: Kernel::Unary(&kernel::ARCSEC),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The inverse cosecant.
pub static ARCCSC: Elementary = Elementary {
    name: "arccsc",
    summary: "The inverse cosecant.",
    aliases: &["acsc"],
    latex: r"\operatorname{arccsc}",
    parity: Parity::Odd,
    inverse: Some("csc"),
    exact: |x| arccsc_value(argument(x)),
    derivative: |x, _| Some(-derivative_of_arcsec(argument(x))),
    domain: OUTSIDE,
    range: QUARTER,
    kernel: Kernel::Unary(&kernel::ARCCSC),
    smooth: true,
    tame: true,
    ..Elementary::UNARY
};

/// The angle of the point `(x, y)`, called with `y` first.
pub static ARCTAN2: Elementary = Elementary {
    name: "arctan2",
    summary: "The angle of the point `(x, y)`, called with `y` first.",
    aliases: &["atan2"],
    latex: r"\arctan",
    exact: |x| arctan2_value(nth(x, 0), nth(x, 1)),
    derivative: arctan2_derivative,
    signs: |s| if s.iter().all(|own| own.only(Signs::REAL)) { Signs::REAL } else { Signs::ANY },
    range: (Bound::QuarterTurns(-2), Bound::QuarterTurns(2)),
    kernel: Kernel::Binary(&kernel::ARCTAN2),
    tame: true,
    ..Elementary::BINARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&ARCSIN, &ARCCOS, &ARCTAN, &ARCCOT, &ARCSEC, &ARCCSC, &ARCTAN2];

elementary::constructors! {
    /// `arcsin(x)`.
    arcsin => ARCSIN;
    /// `arccos(x)`.
    arccos => ARCCOS;
    /// `arctan(x)`.
    arctan => ARCTAN;
    /// `arccot(x)`.
    arccot => ARCCOT;
    /// `arcsec(x)`.
    arcsec => ARCSEC;
    /// `arccsc(x)`.
    arccsc => ARCCSC;
}

/// `1/(x^2*sqrt(1 - 1/x^2))`, right on both sides; `1/(x*sqrt(x^2 - 1))` where `x` is known to be positive.
fn derivative_of_arcsec(x: &Expr) -> Expr {
    if assume::is_positive(x).is_yes() {
        return (x * (x.powi(2) - Expr::one()).sqrt()).recip();
    }
    (x.powi(2) * (Expr::one() - x.powi(-2)).sqrt()).recip()
}

fn at_infinity(x: &Expr) -> Option<Expr> {
    matches!(x.kind(), Kind::Infinity(_)).then(|| Expr::undefined(Undefined::AtInfinity))
}

fn arcsin_value(x: &Expr) -> Option<Expr> {
    if let Some(q) = arcsin_turns(x) {
        return Some(turns(q));
    }
    at_infinity(x).or_else(|| elementary::negated_constant(x).map(|opposite| -arcsin(&opposite)))
}

fn arccos_value(x: &Expr) -> Option<Expr> {
    if let Some(q) = arcsin_turns(x) {
        return Some(turns(Rational::HALF - q));
    }
    at_infinity(x).or_else(|| match x.as_rational() {
        Some(q) if q.is_negative() => Some(Expr::pi() - arccos(&-x)),
        _ => None,
    })
}

fn arctan_value(x: &Expr) -> Option<Expr> {
    if let Some(q) = arctan_turns(x) {
        return Some(turns(q));
    }
    match x.kind() {
        Kind::Infinity(Infinity::Positive) => Some(turn(1, 2)),
        Kind::Infinity(Infinity::Negative) => Some(turn(-1, 2)),
        Kind::Infinity(Infinity::Unsigned) => at_infinity(x),
        Kind::Number(_) if is_imaginary_unit(x) => Some(Expr::undefined(Undefined::Pole)),
        _ => elementary::negated_constant(x).map(|opposite| -arctan(&opposite)),
    }
}

/// Is it `I` or `-I`?
fn is_imaginary_unit(x: &Expr) -> bool {
    elementary::imaginary_factor(x).and_then(|y| y.to_i64()).is_some_and(|n| n.abs() == 1)
}

fn arccot_value(x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return Some(turn(1, 2));
    }
    if let Some(q) = arctan_turns(x) {
        let half = if q.is_negative() { -Rational::HALF } else { Rational::HALF };
        return Some(turns(half - q));
    }
    match x.kind() {
        Kind::Infinity(_) => Some(Expr::zero()),
        Kind::Number(_) if is_imaginary_unit(x) => Some(Expr::undefined(Undefined::Pole)),
        Kind::Number(_) => elementary::negated_constant(x).map(|opposite| -arccot(&opposite)),
        _ => None,
    }
}

fn arcsec_value(x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return Some(Expr::undefined(Undefined::Pole));
    }
    match x.kind() {
        Kind::Infinity(_) => Some(turn(1, 2)),
        _ => arccsc_turns(x).map(|q| turns(Rational::HALF - q)),
    }
}

fn arccsc_value(x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return Some(Expr::undefined(Undefined::Pole));
    }
    match x.kind() {
        Kind::Infinity(_) => Some(Expr::zero()),
        _ => arccsc_turns(x).map(turns),
    }
}

/// The angle of a point whose coordinates have known signs, or one of them infinite.
fn arctan2_value(y: &Expr, x: &Expr) -> Option<Expr> {
    if let Some(angle) = infinite_angle(y, x) {
        return Some(angle);
    }
    let (above, right) = (assume::sign(y), assume::sign(x));
    match (above, right) {
        (Some(Ordering::Equal), Some(Ordering::Equal)) => Some(Expr::undefined(Undefined::Pole)),
        (Some(Ordering::Equal), Some(Ordering::Greater)) => Some(Expr::zero()),
        (Some(Ordering::Equal), Some(Ordering::Less)) => Some(Expr::pi()),
        (Some(Ordering::Greater), Some(Ordering::Equal)) => Some(turn(1, 2)),
        (Some(Ordering::Less), Some(Ordering::Equal)) => Some(turn(-1, 2)),
        (Some(Ordering::Greater), Some(Ordering::Less)) => Some(arctan(&(y / x)) + Expr::pi()),
        (Some(Ordering::Less), Some(Ordering::Less)) => Some(arctan(&(y / x)) - Expr::pi()),
        (_, Some(Ordering::Greater)) if assume::is_real(y).is_yes() => Some(arctan(&(y / x))),
        _ => None,
    }
}

/// The angle in the direction of an infinite coordinate.
fn infinite_angle(y: &Expr, x: &Expr) -> Option<Expr> {
    let infinite = |e: &Expr| match e.kind() {
        Kind::Infinity(infinity) => Some(*infinity),
        _ => None,
    };
    let angle = match (infinite(y), infinite(x)) {
        (None, None) => return None,
        (Some(Infinity::Positive), None) => turn(1, 2),
        (Some(Infinity::Negative), None) => turn(-1, 2),
        (None, Some(Infinity::Positive)) => Expr::zero(),
        (None, Some(Infinity::Negative)) => match assume::sign(y)? {
            Ordering::Less => -Expr::pi(),
            Ordering::Equal | Ordering::Greater => Expr::pi(),
        },
        _ => Expr::undefined(Undefined::AtInfinity),
    };
    Some(angle)
}

fn arctan2_derivative(arguments: &[Expr], position: usize) -> Option<Expr> {
    let (y, x) = (nth(arguments, 0), nth(arguments, 1));
    let square = x.powi(2) + y.powi(2);
    Some(if position == 0 { x / square } else { -(y / square) })
}
