//! The exponential, logarithmic, trigonometric and hyperbolic integrals.

use super::error::at_ends;
use crate::expr::assume::Signs;
use crate::expr::function::elementary::{
    self, Bound, Breaks, Elementary, End, Kernel, Parity, RealDomain, argument, nth, turn,
};
use crate::expr::function::explog::{exp, log};
use crate::expr::function::hyperbolic::{cosh, sinh};
use crate::expr::function::numeric;
use crate::expr::function::trig::{cos, sin};
use crate::expr::node::{Expr, Infinity};
use crate::number::kernel;

/// The exponential integral, the principal value of the integral of `e^t/t` up to `x`.
pub static EI: Elementary = Elementary {
    name: "Ei",
    summary: "The exponential integral, the principal value of the integral of `e^t/t` up to `x`.",
    aliases: &["exp_integral_ei"],
    latex: r"{\rm Ei}",
    exact: |x| at_ends(argument(x), negative_infinity, || Some(Expr::zero()), || Some(positive_infinity())),
    derivative: |x, _| Some(exp(argument(x)) / argument(x)),
    signs: elementary::real_for_real,
    breaks: Breaks::Zero,
    kernel: Kernel::Unary(&kernel::EI),
    smooth: true,
    ..Elementary::UNARY
};

/// The generalised exponential integral, the integral of `e^(-x*t)/t^n` from 1 on.
pub static EXP_INTEGRAL_E: Elementary = Elementary {
    name: "exp_integral_e",
    summary: "The generalised exponential integral, the integral of `e^(-x*t)/t^n` from 1 on.",
    latex: r"E_{#1}\left(#2\right)",
    exact: |x| exp_integral_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| {
        let n = nth(x, 0);
        (position == 1).then(|| -Expr::apply2(&EXP_INTEGRAL_E, &(n - Expr::one()), nth(x, 1)))
    },
    kernel: Kernel::Binary(&numeric::EXP_INTEGRAL_E),
    ..Elementary::BINARY
};

/// The exponential integral with index one.
pub static EXP_INTEGRAL_E1: Elementary = Elementary {
    name: "exp_integral_e1",
    summary: "The exponential integral with index one.",
    latex: r"E_{1}",
    derivative: |x, _| Some(-(exp(&-argument(x)) / argument(x))),
    domain: RealDomain::Between(Some(End::open(0)), None),
    range: (Bound::Integer(0), Bound::Infinite),
    kernel: Kernel::Unary(&kernel::E1),
    ..Elementary::UNARY
};

/// The logarithmic integral, the principal value of the integral of `1/log(t)` from 0.
pub static LOG_INTEGRAL: Elementary = Elementary {
    name: "log_integral",
    summary: "The logarithmic integral, the principal value of the integral of `1/log(t)` from 0.",
    aliases: &["li"],
    latex: r"\operatorname{log\_integral}",
    exact: |x| match argument(x).to_i64() {
        Some(0) => Some(Expr::zero()),
        Some(1) => Some(negative_infinity()),
        _ => None,
    },
    derivative: |x, _| Some(log(argument(x)).recip()),
    signs: |s| if elementary::first(s).only(Signs::NON_NEGATIVE) { Signs::REAL } else { Signs::ANY },
    domain: RealDomain::Between(Some(End::closed(0)), None),
    breaks: Breaks::One,
    kernel: Kernel::Unary(&kernel::LI),
    ..Elementary::UNARY
};

/// The sine integral, the integral of `sin(t)/t` from 0.
pub static SIN_INTEGRAL: Elementary = Elementary {
    name: "sin_integral",
    summary: "The sine integral, the integral of `sin(t)/t` from 0.",
    aliases: &["Si"],
    latex: r"\operatorname{Si}",
    parity: Parity::Odd,
    exact: |x| at_ends(argument(x), Expr::zero, || Some(turn(-1, 2)), || Some(turn(1, 2))),
    derivative: |x, _| Some(sin(argument(x)) / argument(x)),
    signs: elementary::sign_of_argument,
    range: (Bound::Integer(-2), Bound::Integer(2)),
    kernel: Kernel::Unary(&kernel::SIN_INTEGRAL),
    smooth: true,
    ..Elementary::UNARY
};

/// The cosine integral, `euler_gamma + log(x)` plus the integral of `(cos(t) - 1)/t` from 0.
pub static COS_INTEGRAL: Elementary = Elementary {
    name: "cos_integral",
    summary: "The cosine integral, `euler_gamma + log(x)` plus the integral of `(cos(t) - 1)/t` from 0.",
    aliases: &["Ci"],
    latex: r"\operatorname{Ci}",
    exact: |x| at_ends(argument(x), negative_infinity, || None, || Some(Expr::zero())),
    derivative: |x, _| Some(cos(argument(x)) / argument(x)),
    signs: |s| if elementary::first(s).only(Signs::POSITIVE) { Signs::REAL } else { Signs::ANY },
    domain: RealDomain::Between(Some(End::open(0)), None),
    kernel: Kernel::Unary(&kernel::COS_INTEGRAL),
    ..Elementary::UNARY
};

/// The hyperbolic sine integral, the integral of `sinh(t)/t` from 0.
pub static SINH_INTEGRAL: Elementary = Elementary {
    name: "sinh_integral",
    summary: "The hyperbolic sine integral, the integral of `sinh(t)/t` from 0.",
    aliases: &["Shi"],
    latex: r"\operatorname{Shi}",
    parity: Parity::Odd,
    exact: |x| at_ends(argument(x), Expr::zero, || Some(negative_infinity()), || Some(positive_infinity())),
    derivative: |x, _| Some(sinh(argument(x)) / argument(x)),
    signs: elementary::sign_of_argument,
    kernel: Kernel::Unary(&kernel::SINH_INTEGRAL),
    ..Elementary::UNARY
};

/// The hyperbolic cosine integral, `euler_gamma + log(x)` plus the integral of `(cosh(t) - 1)/t` from 0.
pub static COSH_INTEGRAL: Elementary = Elementary {
    name: "cosh_integral",
    summary: "The hyperbolic cosine integral, `euler_gamma + log(x)` plus the integral of `(cosh(t) - 1)/t` from 0.",
    aliases: &["Chi"],
    latex: r"\operatorname{Chi}",
    exact: |x| at_ends(argument(x), negative_infinity, || None, || Some(positive_infinity())),
    derivative: |x, _| Some(cosh(argument(x)) / argument(x)),
    signs: |s| if elementary::first(s).only(Signs::POSITIVE) { Signs::REAL } else { Signs::ANY },
    domain: RealDomain::Between(Some(End::open(0)), None),
    kernel: Kernel::Unary(&kernel::COSH_INTEGRAL),
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[
    &EI,
    &EXP_INTEGRAL_E,
    &EXP_INTEGRAL_E1,
    &LOG_INTEGRAL,
    &SIN_INTEGRAL,
    &COS_INTEGRAL,
    &SINH_INTEGRAL,
    &COSH_INTEGRAL,
];

elementary::constructors! {
    /// `log_integral(x)`.
    log_integral => LOG_INTEGRAL;
}

fn negative_infinity() -> Expr {
    Expr::infinity(Infinity::Negative)
}

fn positive_infinity() -> Expr {
    Expr::infinity(Infinity::Positive)
}

/// Index 0 is `e^(-x)/x`; at 0 the integral is `1/(n - 1)` for `n > 1`.
fn exp_integral_value(n: &Expr, x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(n) {
        return Some(exp(&-x) / x);
    }
    let above_one = crate::expr::assume::is_positive(&(n - Expr::one())).is_yes();
    (elementary::is_exact_zero(x) && above_one).then(|| (n - Expr::one()).recip())
}
