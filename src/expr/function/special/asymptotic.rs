//! The slow factors of special functions at infinity, known by their asymptotic expansions alone.
//!
//! `gamma(u) = exp((u - 1/2)*log(u) - u + log(2*pi)/2 + s(u))` with Binet's function `s`, and likewise for the others
//! (NIST Digital Library of Mathematical Functions, 5.11, 6.12, 7.12). Only limits use them: they are in no table, so
//! that nobody can call them, and they have no values.

use super::super::elementary::{Elementary, argument, nth};
use crate::expr::node::Expr;

/// The derivative of the order given first of Binet's function, the rest of Stirling's formula.
pub static BINET: Elementary = Elementary {
    name: "binet",
    latex: r"\mu",
    arity: (2, 2),
    derivative: |x, position| (position == 1).then(|| Expr::apply2(&BINET, &(nth(x, 0) + Expr::one()), nth(x, 1))),
    tame: true,
    ..Elementary::UNARY
};

/// `sqrt(pi)*u*exp(u^2)*erfc(u)`.
pub static ERFC_FACTOR: Elementary = Elementary {
    name: "erfc_factor",
    latex: r"\epsilon",
    derivative: |x, _| {
        let u = argument(x);
        let own = call(&ERFC_FACTOR, u);
        Some(own * (u.recip() + u * Expr::integer(2)) - u * Expr::integer(2))
    },
    tame: true,
    ..Elementary::UNARY
};

/// `u*exp(-u)*Ei(u)`.
pub static EI_FACTOR: Elementary = Elementary {
    name: "ei_factor",
    latex: r"\eta",
    derivative: |x, _| {
        let u = argument(x);
        Some(call(&EI_FACTOR, u) * (u.recip() - Expr::one()) + Expr::one())
    },
    tame: true,
    ..Elementary::UNARY
};

/// The auxiliary function `f` with `sin_integral(u) = pi/2 - f(u)*cos(u) - g(u)*sin(u)`.
pub static SINE_FACTOR: Elementary = Elementary {
    name: "sine_factor",
    latex: r"\operatorname{f}",
    derivative: |x, _| Some(-call(&COSINE_FACTOR, argument(x))),
    tame: true,
    ..Elementary::UNARY
};

/// The auxiliary function `g` of the sine and cosine integrals.
pub static COSINE_FACTOR: Elementary = Elementary {
    name: "cosine_factor",
    latex: r"\operatorname{g}",
    derivative: |x, _| Some(call(&SINE_FACTOR, argument(x)) - argument(x).recip()),
    tame: true,
    ..Elementary::UNARY
};

fn call(record: &'static Elementary, u: &Expr) -> Expr {
    Expr::call(super::super::Function::Elementary(record), vec![u.clone()])
}
