//! Airy's functions, the solutions of `y'' = x*y`, and their derivatives.

use super::gamma::gamma;
use crate::expr::function::elementary::{self, Elementary, Kernel, argument};
use crate::expr::node::{Expr, Infinity, Kind};
use crate::number::{Number, kernel};

/// Airy's function `Ai`, the solution of `y'' = x*y` that falls on the positive axis.
pub static AIRY_AI: Elementary = Elementary {
    name: "airy_ai",
    summary: "Airy's function `Ai`, the solution of `y'' = x*y` that falls on the positive axis.",
    latex: r"\operatorname{Ai}",
    exact: |x| value(argument(x), Some(0), || Expr::fraction(1, 3) * third_power(1) / gamma(&Expr::fraction(2, 3))),
    derivative: |x, _| Some(Expr::apply(&AIRY_AI_PRIME, argument(x))),
    signs: elementary::real_for_real,
    kernel: Kernel::Unary(&kernel::AIRY_AI),
    ..Elementary::UNARY
};

/// Airy's function `Bi`, the solution of `y'' = x*y` that grows on the positive axis.
pub static AIRY_BI: Elementary = Elementary {
    name: "airy_bi",
    summary: "Airy's function `Bi`, the solution of `y'' = x*y` that grows on the positive axis.",
    latex: r"\operatorname{Bi}",
    exact: |x| value(argument(x), None, || Expr::fraction(1, 3) * sixth_power(5) / gamma(&Expr::fraction(2, 3))),
    derivative: |x, _| Some(Expr::apply(&AIRY_BI_PRIME, argument(x))),
    kernel: Kernel::Unary(&kernel::AIRY_BI),
    ..AIRY_AI
};

/// The derivative of Airy's function `Ai`.
pub static AIRY_AI_PRIME: Elementary = Elementary {
    name: "airy_ai_prime",
    summary: "The derivative of Airy's function `Ai`.",
    latex: r"\operatorname{Ai}'",
    exact: |x| {
        let at_zero = || third_power(2) / gamma(&Expr::fraction(1, 3));
        value(argument(x), Some(0), || at_zero().scale(&Number::from(-1)) * Expr::fraction(1, 3))
    },
    derivative: |x, _| Some(argument(x) * Expr::apply(&AIRY_AI, argument(x))),
    kernel: Kernel::Unary(&kernel::AIRY_AI_PRIME),
    ..AIRY_AI
};

/// The derivative of Airy's function `Bi`.
pub static AIRY_BI_PRIME: Elementary = Elementary {
    name: "airy_bi_prime",
    summary: "The derivative of Airy's function `Bi`.",
    latex: r"\operatorname{Bi}'",
    exact: |x| value(argument(x), None, || sixth_power(1) / gamma(&Expr::fraction(1, 3))),
    derivative: |x, _| Some(argument(x) * Expr::apply(&AIRY_BI, argument(x))),
    kernel: Kernel::Unary(&kernel::AIRY_BI_PRIME),
    ..AIRY_AI
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&AIRY_AI, &AIRY_BI, &AIRY_AI_PRIME, &AIRY_BI_PRIME];

/// `3^(n/3)`.
fn third_power(n: i64) -> Expr {
    Expr::integer(3).power(&Expr::fraction(n, 3))
}

/// `3^(n/6)`.
fn sixth_power(n: i64) -> Expr {
    Expr::integer(3).power(&Expr::fraction(n, 6))
}

/// The value at zero and far to the right, `None` there being infinite.
fn value(x: &Expr, at_infinity: Option<i64>, at_zero: impl Fn() -> Expr) -> Option<Expr> {
    match x.kind() {
        Kind::Infinity(Infinity::Positive) => {
            Some(at_infinity.map_or_else(|| Expr::infinity(Infinity::Positive), Expr::integer))
        }
        _ => elementary::is_exact_zero(x).then(at_zero),
    }
}
