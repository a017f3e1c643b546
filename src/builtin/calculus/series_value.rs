//! The value that `f.series(x, n)` answers: a truncated series that shows its order term.

use std::any::Any;

use crate::diagnostic::Fault;
use crate::expr::{Expr, Kind, Symbol};
use crate::number::Rational;
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::type_error;
use crate::runtime::value::{Class, Object, Value, as_expr};
use crate::tape::series::{Approach, Series, with_small};

/// A truncated series in a variable about a point.
#[derive(Debug)]
pub struct SeriesValue {
    terms: Vec<(Rational, Expr)>,
    small: Expr,
    variable: Symbol,
    order: usize,
    exact: bool,
}

static CLASS: Class = Class { name: "sage.symbolic.series.SymbolicSeries", known_as: None, base: None };

impl SeriesValue {
    /// The terms of an expansion below an order.
    pub fn new(expansion: &Series, variable: Symbol, approach: &Approach, order: usize) -> SeriesValue {
        let limit = Rational::from(order as i64);
        let small = approach.small(&Expr::symbol(variable));
        let below = expansion.terms().filter(|(e, _)| *e < limit);
        let terms = below.map(|(e, c)| (e, with_small(c, &small))).collect();
        let exact = expansion.is_exact() && expansion.terms().all(|(e, _)| e < limit);
        SeriesValue { terms, small, variable, order, exact }
    }

    fn order_base(&self) -> Expr {
        self.small.powi(self.order as i64)
    }

    /// The terms as texts and the order term, joined; `term` writes a coefficient with its power.
    fn joined(&self, term: impl Fn(&Expr, &Rational) -> String, order: String) -> String {
        let mut parts: Vec<String> = self.terms.iter().map(|(exponent, c)| term(c, exponent)).collect();
        if !self.exact {
            parts.push(order);
        }
        if parts.is_empty() { "0".to_string() } else { parts.join(" + ") }
    }

    fn truncated(&self) -> Expr {
        Expr::sum(self.terms.iter().map(|(exponent, c)| c * self.small.power_rational(exponent)))
    }
}

/// Is a coefficient written without parentheses?
fn is_bare(coefficient: &Expr) -> bool {
    matches!(coefficient.kind(), Kind::Number(number) if number.real_sign().is_some_and(|sign| sign >= 0))
}

impl Object for SeriesValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let term = |c: &Expr, exponent: &Rational| {
            let coefficient = if is_bare(c) { print::text(c) } else { format!("({})", print::text(c)) };
            if exponent.is_zero() {
                return coefficient;
            }
            let power = print::text(&self.small.power_rational(exponent));
            if matches!(self.small.kind(), Kind::Sum(_)) && exponent.is_one() {
                return format!("{coefficient}*({power})");
            }
            format!("{coefficient}*{power}")
        };
        self.joined(term, format!("Order({})", print::text(&self.order_base())))
    }

    fn latex(&self) -> Option<String> {
        let term = |c: &Expr, exponent: &Rational| {
            let coefficient = if is_bare(c) { print::latex(c) } else { format!("{{({})}}", print::latex(c)) };
            if exponent.is_zero() {
                return coefficient;
            }
            if matches!(self.small.kind(), Kind::Sum(_)) {
                let base = format!("{{({})}}", print::latex(&self.small));
                let power = if exponent.is_one() { String::new() } else { format!("^{{{exponent}}}") };
                return format!("{coefficient} {base}{power}");
            }
            format!("{coefficient} {}", print::latex(&self.small.power_rational(exponent)))
        };
        Some(self.joined(term, format!("\\mathcal{{O}}\\left({}\\right)", print::latex(&self.order_base()))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn methods(&self) -> &'static [&'static str] {
        &["truncate", "coefficients", "coefficient", "default_variable", "is_terminating_series", "subs"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "truncate" => Ok(Value::Expr(self.truncated())),
            "default_variable" => Ok(Value::Expr(Expr::symbol(self.variable))),
            "is_terminating_series" => Ok(Value::Bool(self.exact)),
            "coefficients" => {
                let pair = |(e, c): &(Rational, Expr)| {
                    Value::list(vec![Value::Expr(c.clone()), Value::Expr(Expr::number(e.clone()))])
                };
                Ok(Value::list(self.terms.iter().map(pair).collect()))
            }
            "coefficient" => {
                let exponent = arguments.positional.last().and_then(|n| as_expr(&n.value));
                let Some(exponent) = exponent.and_then(|n| n.as_rational().cloned()) else {
                    return Err(type_error("coefficient() takes a variable and an exponent").or_at(call.span()));
                };
                if !self.exact && exponent >= Rational::from(self.order as i64) {
                    return Err(type_error("the series is not known that far").or_at(call.span()));
                }
                let found = self.terms.iter().find(|(e, _)| *e == exponent);
                Ok(Value::Expr(found.map_or_else(Expr::zero, |(_, c)| c.clone())))
            }
            _ => Err(type_error("a series can't be put into; truncate it first")
                .or_at(call.span())
                .hint("s.truncate().subs(x=1)")),
        }
    }
}
