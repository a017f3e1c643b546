//! Calls that are not written as a name before parentheses: the shapes that Unicode and MathML give them.

use crate::expr::{Expr, Function};

/// How a call is drawn.
pub(super) enum Shape<'a> {
    /// Between signs: the absolute value, floor and ceiling.
    Between(&'static str, &'a Expr, &'static str),
    /// With a sign behind: the factorial.
    Behind(&'a Expr, &'static str),
    /// Under a bar: the conjugate.
    Barred(&'a Expr),
    /// Over each other in parentheses: the binomial coefficient.
    Stacked(&'a Expr, &'a Expr),
    /// A root with an index.
    Root(&'a Expr, &'a Expr),
    /// A large sign with what stands below and above it: the integral, sum and product.
    Large(Large<'a>),
    /// A limit: of what, which variable, where to, from which side.
    Limit(&'a Expr, &'a Expr, &'a Expr, &'static str),
    /// A name before parentheses.
    Applied,
}

/// An integral, a sum or a product over a variable.
pub(super) struct Large<'a> {
    pub(super) sign: &'static str,
    pub(super) body: &'a Expr,
    pub(super) variable: &'a Expr,
    pub(super) bounds: Option<(&'a Expr, &'a Expr)>,
    /// Is it an integral, whose variable follows the body?
    pub(super) integral: bool,
}

impl<'a> Shape<'a> {
    /// The shape of a call.
    pub(super) fn of(function: &Function, arguments: &'a [Expr]) -> Shape<'a> {
        let Function::Elementary(record) = function else { return Shape::Applied };
        match (record.name, arguments) {
            ("abs", [x]) => Shape::Between("|", x, "|"),
            ("floor", [x]) => Shape::Between("⌊", x, "⌋"),
            ("ceil", [x]) => Shape::Between("⌈", x, "⌉"),
            ("factorial", [x]) => Shape::Behind(x, "!"),
            ("conjugate", [x]) => Shape::Barred(x),
            ("binomial", [n, k]) => Shape::Stacked(n, k),
            ("real_nth_root", [x, n]) => Shape::Root(x, n),
            ("integrate", [f, x]) => Shape::large("∫", f, x, None),
            ("integrate", [f, x, a, b]) => Shape::large("∫", f, x, Some((a, b))),
            ("sum", [f, k, a, b]) => Shape::large("∑", f, k, Some((a, b))),
            ("product", [f, k, a, b]) => Shape::large("∏", f, k, Some((a, b))),
            ("limit", [f, x, a]) => Shape::Limit(f, x, a, ""),
            ("limit", [f, x, a, side]) => Shape::Limit(f, x, a, side_sign(side)),
            _ => Shape::Applied,
        }
    }

    fn large(sign: &'static str, body: &'a Expr, variable: &'a Expr, bounds: Option<(&'a Expr, &'a Expr)>) -> Self {
        Shape::Large(Large { sign, body, variable, bounds, integral: sign == "∫" })
    }
}

/// The sign behind the point of a one-sided limit.
pub(super) fn side_sign(side: &Expr) -> &'static str {
    match side.as_symbol().map(|symbol| symbol.name()) {
        Some("plus") => "+",
        Some("minus") => "-",
        _ => "",
    }
}

/// The letter of a function that has one.
pub(super) fn letter(name: &str) -> &str {
    match name {
        "gamma" => "Γ",
        "zeta" => "ζ",
        "psi" => "ψ",
        "beta" => "Β",
        "dirac_delta" => "δ",
        "log_gamma" => "log Γ",
        "real_part" => "Re",
        "imag_part" => "Im",
        other => other,
    }
}

/// The letter of a Greek name.
pub(super) fn greek(name: &str) -> Option<&'static str> {
    Some(match name {
        "alpha" => "α",
        "beta" => "β",
        "gamma" => "γ",
        "delta" => "δ",
        "epsilon" => "ε",
        "zeta" => "ζ",
        "eta" => "η",
        "theta" => "θ",
        "iota" => "ι",
        "kappa" => "κ",
        "lambda" => "λ",
        "mu" => "μ",
        "nu" => "ν",
        "xi" => "ξ",
        "rho" => "ρ",
        "sigma" => "σ",
        "tau" => "τ",
        "upsilon" => "υ",
        "phi" => "φ",
        "chi" => "χ",
        "psi" => "ψ",
        "omega" => "ω",
        "Gamma" => "Γ",
        "Delta" => "Δ",
        "Theta" => "Θ",
        "Lambda" => "Λ",
        "Xi" => "Ξ",
        "Pi" => "Π",
        "Sigma" => "Σ",
        "Phi" => "Φ",
        "Psi" => "Ψ",
        "Omega" => "Ω",
        _ => return None,
    })
}
