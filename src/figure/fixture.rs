//! Test functions from text.

use super::formula;
use super::function::{Plane, Range, Real};
use super::graphics::Graphics;
use super::primitive::FunctionPlot;
use super::style::Style;
use crate::budget::Budget;
use crate::expr::{Expr, Symbol, read};

fn expression(source: &str) -> Expr {
    read(source).unwrap_or_else(|error| panic!("{source}: {error}"))
}

/// A function of x.
pub fn real(source: &str) -> Real {
    formula::real(&expression(source), Symbol::new("x"), &Budget::unlimited()).expect("a function of x")
}

/// A figure of the parabola.
pub fn parabola() -> Graphics {
    Graphics::of(FunctionPlot::new(real("x^2"), Range::new(-2.0, 2.0), Style::default()))
}

/// A function of x and y; `a == b` means `a - b`.
pub fn plane(source: &str) -> Plane {
    let (left, right) = source.split_once("==").unwrap_or((source, "0"));
    let difference = expression(&format!("({left}) - ({right})"));
    formula::plane(&difference, Symbol::new("x"), Symbol::new("y"), &Budget::unlimited()).expect("a function of x, y")
}
