//! The error functions.

use crate::expr::assume::Signs;
use crate::expr::function::elementary::{
    self, Bound, Breaks, Elementary, End, Kernel, Parity, RealDomain, argument, half,
};
use crate::expr::function::explog::exp;
use crate::expr::function::trig::{cos, sin};
use crate::expr::node::{Expr, Infinity, Kind, Undefined};
use crate::number::{Number, kernel};

/// The error function, `2/sqrt(pi)` times the integral of `e^(-t^2)` from 0.
pub static ERF: Elementary = Elementary {
    name: "erf",
    summary: "The error function, `2/sqrt(pi)` times the integral of `e^(-t^2)` from 0.",
    latex: r"\operatorname{erf}",
    parity: Parity::Odd,
    inverse: Some("erfinv"),
    exact: |x| at_ends(argument(x), Expr::zero, || Some(Expr::integer(-1)), || Some(Expr::one())),
    derivative: |x, _| Some(bell(&-argument(x).powi(2), 2)),
    signs: elementary::sign_of_argument,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::ERF),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The complementary error function, `1 - erf(x)`.
pub static ERFC: Elementary = Elementary {
    name: "erfc",
    summary: "The complementary error function, `1 - erf(x)`.",
    latex: r"\operatorname{erfc}",
    exact: |x| at_ends(argument(x), Expr::one, || Some(Expr::integer(2)), || Some(Expr::zero())),
    derivative: |x, _| Some(bell(&-argument(x).powi(2), -2)),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::POSITIVE } else { Signs::ANY },
    range: (Bound::Integer(0), Bound::Integer(2)),
    kernel: Kernel::Unary(&kernel::ERFC),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The imaginary error function, `-I*erf(I*x)`.
pub static ERFI: Elementary = Elementary {
    name: "erfi",
    summary: "The imaginary error function, `-I*erf(I*x)`.",
    latex: r"\operatorname{erfi}",
    parity: Parity::Odd,
    exact: |x| {
        at_ends(
            argument(x),
            Expr::zero,
            || Some(Expr::infinity(Infinity::Negative)),
            || Some(Expr::infinity(Infinity::Positive)),
        )
    },
    derivative: |x, _| Some(bell(&argument(x).powi(2), 2)),
    signs: elementary::sign_of_argument,
    kernel: Kernel::Unary(&kernel::ERFI),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The inverse of the error function.
pub static ERFINV: Elementary = Elementary {
    name: "erfinv",
    summary: "The inverse of the error function.",
    latex: r"\operatorname{erfinv}",
    parity: Parity::Odd,
    inverse: Some("erf"),
    exact: |x| match argument(x).to_i64()? {
        0 => Some(Expr::zero()),
        1 => Some(Expr::infinity(Infinity::Positive)),
        -1 => Some(Expr::infinity(Infinity::Negative)),
        _ => None,
    },
    derivative: |x, _| {
        let value = Expr::apply(&ERFINV, argument(x));
        Some(half() * Expr::pi().sqrt() * exp(&value.powi(2)))
    },
    domain: RealDomain::Between(Some(End::open(-1)), Some(End::open(1))),
    breaks: Breaks::None,
    signs: elementary::sign_of_argument,
    kernel: Kernel::Unary(&kernel::ERFINV),
    ..Elementary::UNARY
};

/// Fresnel's sine integral, of `sin(pi*t^2/2)` from 0.
pub static FRESNEL_SIN: Elementary = Elementary {
    name: "fresnel_sin",
    summary: "Fresnel's sine integral, of `sin(pi*t^2/2)` from 0.",
    latex: r"\operatorname{S}",
    exact: |x| fresnel_value(argument(x)),
    derivative: |x, _| Some(sin(&quarter_turns_of_square(argument(x)))),
    parity: Parity::Odd,
    signs: elementary::sign_of_argument,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::FRESNEL_SIN),
    ..Elementary::UNARY
};

/// Fresnel's cosine integral, of `cos(pi*t^2/2)` from 0.
pub static FRESNEL_COS: Elementary = Elementary {
    name: "fresnel_cos",
    summary: "Fresnel's cosine integral, of `cos(pi*t^2/2)` from 0.",
    latex: r"\operatorname{C}",
    parity: Parity::Odd,
    exact: |x| fresnel_value(argument(x)),
    derivative: |x, _| Some(cos(&quarter_turns_of_square(argument(x)))),
    signs: elementary::sign_of_argument,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::FRESNEL_COS),
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&ERF, &ERFC, &ERFI, &ERFINV, &FRESNEL_SIN, &FRESNEL_COS];

elementary::constructors! {
    /// `erf(x)`.
    erf => ERF;
}

/// `factor*e^x/sqrt(pi)`.
fn bell(x: &Expr, factor: i64) -> Expr {
    (exp(x) / Expr::pi().sqrt()).scale(&Number::from(factor))
}

/// `pi*x^2/2`.
fn quarter_turns_of_square(x: &Expr) -> Expr {
    half() * Expr::pi() * x.powi(2)
}

fn fresnel_value(x: &Expr) -> Option<Expr> {
    at_ends(x, Expr::zero, || Some(-half()), || Some(half()))
}

/// The values at zero and at the infinities; `None` where a function has none there.
pub(super) fn at_ends(
    x: &Expr,
    at_zero: impl FnOnce() -> Expr,
    below: impl FnOnce() -> Option<Expr>,
    above: impl FnOnce() -> Option<Expr>,
) -> Option<Expr> {
    match x.kind() {
        Kind::Infinity(Infinity::Positive) => above(),
        Kind::Infinity(Infinity::Negative) => below(),
        Kind::Infinity(Infinity::Unsigned) => Some(Expr::undefined(Undefined::AtInfinity)),
        _ if elementary::is_exact_zero(x) => Some(at_zero()),
        _ => None,
    }
}
