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

/// As [`text`]; `step` is called between pieces of work, and may unwind to stop it.
pub fn text_in_steps(expr: &Expr, step: fn()) -> String {
    walk::print_in_steps(&text::Text, expr, step)
}

/// As [`latex`]; `step` is called between pieces of work, and may unwind to stop it.
pub fn latex_in_steps(expr: &Expr, step: fn()) -> String {
    walk::print_in_steps(&latex::Latex, expr, step)
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

/// A callable expression around its written body: `x |--> x^2`, `(x, y) |--> x*y`.
pub fn callable_text(parameters: &[Symbol], body: &str) -> String {
    let names: Vec<&str> = parameters.iter().map(|parameter| parameter.name()).collect();
    match names.as_slice() {
        [only] => format!("{only} |--> {body}"),
        several => format!("({}) |--> {body}", several.join(", ")),
    }
}

/// A callable expression in Sage's LaTeX, around the LaTeX of its body.
pub fn callable_latex(parameters: &[Symbol], body: &str) -> String {
    let names: Vec<String> = parameters.iter().map(|parameter| symbol_latex(*parameter)).collect();
    match names.as_slice() {
        [only] => format!(r"{only} \ {{\mapsto}}\ {body}"),
        several => format!(r"\left( {} \right) \ {{\mapsto}} \ {body}", several.join(", ")),
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
