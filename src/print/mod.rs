//! Printing expressions: one walker and its dialects.
//!
//! A dialect lays out one node as a row of pieces; the walker (`walk`) works the pieces off with a stack of its own, so
//! that deep expressions don't exhaust the machine's, and in time linear in what is printed.

mod latex;
mod mathml;
mod name;
mod number;
mod product;
mod series;
mod shape;
mod size;
mod template;
mod text;
mod unicode;
mod walk;

use std::fmt;

use crate::expr::{Expr, Symbol};

pub use series::{SeriesTerm, series_latex, series_text};
pub use size::leaves;

/// The expression in Sage's notation and order.
pub fn text(expr: &Expr) -> String {
    walk::print(&text::Text, expr)
}

/// The expression in LaTeX, as Sage's `latex()` writes it.
pub fn latex(expr: &Expr) -> String {
    walk::print(&latex::Latex, expr)
}

/// The expression on one line of Unicode, for people: `x² + 2·√π`.
pub fn unicode(expr: &Expr) -> String {
    walk::print(&unicode::Unicode, expr)
}

/// The expression in presentation MathML, an element `math`.
pub fn mathml(expr: &Expr) -> String {
    let inner = walk::print(&mathml::MathMl, expr);
    format!(r#"<math xmlns="http://www.w3.org/1998/Math/MathML">{inner}</math>"#)
}

/// A callable expression: `x |--> x^2`, `(x, y) |--> x*y`.
pub fn callable_text(parameters: &[Symbol], body: &Expr) -> String {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name()).collect();
    match names.as_slice() {
        [only] => format!("{only} |--> {}", text(body)),
        several => format!("({}) |--> {}", several.join(", "), text(body)),
    }
}

/// A callable expression in Sage's LaTeX.
pub fn callable_latex(parameters: &[Symbol], body: &Expr) -> String {
    let names: Vec<String> = parameters.iter().map(|parameter| symbol_latex(*parameter)).collect();
    match names.as_slice() {
        [only] => format!(r"{only} \ {{\mapsto}}\ {}", latex(body)),
        several => format!(r"\left( {} \right) \ {{\mapsto}} \ {}", several.join(", "), latex(body)),
    }
}

/// The LaTeX of a variable's name: `x_{1}` for `x1`, `\alpha`, `\mathit{length}`.
pub fn symbol_latex(symbol: Symbol) -> String {
    name::of_variable(symbol)
}

/// The LaTeX of a formal function's name by itself.
pub fn function_latex(function: Symbol) -> String {
    function.latex().map_or_else(|| symbol_latex(function), |own| own.to_string())
}

impl fmt::Display for Expr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&text(self))
    }
}

#[cfg(test)]
mod tests;
