//! Questions that came back unevaluated, and the order term: calls that stand for themselves.
//!
//! `integrate(f, x)`, `integrate(f, x, a, b)`, `limit(f, x, a)`, `sum(f, k, a, b)`, `product(f, k, a, b)`,
//! `laplace(f, t, s)` and `ilt(f, s, t)` bind the variable that is their second argument.

use super::elementary::{Breaks, Elementary, RealDomain};

/// What held calls start from.
const HELD: Elementary = Elementary {
    arity: (4, 4),
    domain: RealDomain::Unknown,
    breaks: Breaks::Unknown,
    binds: Some(1),
    ..Elementary::UNARY
};

/// An integral: of an expression by a variable, perhaps between bounds.
pub static INTEGRATE: Elementary = Elementary {
    name: "integrate",
    summary: "An integral: of an expression by a variable, perhaps between bounds.",
    aliases: &["integral"],
    latex: "\\int #1\\,{d #2}\n\\int_{#3}^{#4} #1\\,{d #2}",
    arity: (2, 4),
    ..HELD
};

/// A limit: of an expression as a variable tends to a point, perhaps from the side named `plus` or `minus`.
pub static LIMIT: Elementary = Elementary {
    name: "limit",
    summary: "A limit: of an expression as a variable tends to a point, perhaps from the side named `plus` or `minus`.",
    aliases: &["lim"],
    latex: "\\lim_{#2 \\to #3}\\, #1\n\\lim_{#2 \\to #3^#4}\\, #1",
    arity: (3, 4),
    ..HELD
};

/// A sum over a variable between bounds.
pub static SUM: Elementary = Elementary {
    name: "sum",
    summary: "A sum over a variable between bounds.",
    latex: r"{\sum_{#2=#3}^{#4} #1}",
    ..HELD
};

/// A product over a variable between bounds.
pub static PRODUCT: Elementary = Elementary {
    name: "product",
    summary: "A product over a variable between bounds.",
    latex: r"{\prod_{#2=#3}^{#4} #1}",
    ..HELD
};

/// A Laplace transform: of an expression in a variable, as a function of another.
pub static LAPLACE: Elementary = Elementary {
    name: "laplace",
    summary: "A Laplace transform: of an expression in a variable, as a function of another.",
    latex: r"\mathcal{L}",
    arity: (3, 3),
    ..HELD
};

/// An inverse Laplace transform: of an expression in a variable, as a function of another.
pub static ILT: Elementary = Elementary {
    name: "ilt",
    summary: "An inverse Laplace transform: of an expression in a variable, as a function of another.",
    latex: r"\mathcal{L}^{-1}",
    arity: (3, 3),
    ..HELD
};

/// The order term of a series.
pub static ORDER: Elementary = Elementary {
    name: "Order",
    summary: "The order term of a series.",
    latex: r"\mathcal{O}",
    domain: RealDomain::Unknown,
    breaks: Breaks::Unknown,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&INTEGRATE, &LIMIT, &SUM, &PRODUCT, &LAPLACE, &ILT, &ORDER];
