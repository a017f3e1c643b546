//! Power series as Sage writes them: rising powers with all coefficients shown, and the order term last.

use crate::expr::function::{self, Function};
use crate::expr::{Expr, Kind};
use crate::number::Rational;

use super::{latex, text};

/// A term of a series: the coefficient and the exponent of the base.
pub type SeriesTerm = (Expr, Rational);

/// `1 + (-1/2)*x^2 + Order(x^4)`: the terms, by rising exponents, of a series in powers of `base` up to `order`.
pub fn series_text(terms: &[SeriesTerm], base: &Expr, order: &Rational) -> String {
    let plain = |expr: &Expr| if is_atom(expr) { text(expr) } else { format!("({})", text(expr)) };
    let coefficient = |expr: &Expr| if is_bare(expr) { text(expr) } else { format!("({})", text(expr)) };
    let power = |exponent: &Rational| match exponent {
        one if one.is_one() => plain(base),
        _ if exponent.is_integer() && !exponent.is_negative() => format!("{}^{exponent}", plain(base)),
        _ => format!("{}^({exponent})", plain(base)),
    };
    join(terms, |(factor, exponent)| match exponent.is_zero() {
        true => coefficient(factor),
        false => format!("{}*{}", coefficient(factor), power(exponent)),
    }) + &text(&order_term(base, order))
}

/// `1 + {(-\frac{1}{2})} x^{2} + \mathcal{O}\left(x^{4}\right)`.
pub fn series_latex(terms: &[SeriesTerm], base: &Expr, order: &Rational) -> String {
    let plain = |expr: &Expr| if is_atom(expr) { latex(expr) } else { format!("{{({})}}", latex(expr)) };
    let coefficient = |expr: &Expr| if is_bare(expr) { latex(expr) } else { format!("{{({})}}", latex(expr)) };
    let power = |exponent: &Rational| {
        let shown = latex(&Expr::from(exponent.clone()));
        match exponent {
            one if one.is_one() => plain(base),
            _ if exponent.is_integer() && !exponent.is_negative() => format!("{}^{{{shown}}}", plain(base)),
            _ => format!("{}^{{({shown})}}", plain(base)),
        }
    };
    join(terms, |(factor, exponent)| match exponent.is_zero() {
        true => coefficient(factor),
        false => format!("{} {}", coefficient(factor), power(exponent)),
    }) + &latex(&order_term(base, order))
}

/// The written terms, each with a plus sign after it.
fn join(terms: &[SeriesTerm], write: impl Fn(&SeriesTerm) -> String) -> String {
    terms.iter().map(|term| write(term) + " + ").collect()
}

/// `Order(x^4)`.
fn order_term(base: &Expr, order: &Rational) -> Expr {
    Expr::held(Function::Elementary(&function::ORDER), vec![base.power_rational(order)])
}

fn is_atom(expr: &Expr) -> bool {
    matches!(expr.kind(), Kind::Symbol(_) | Kind::Constant(_))
}

/// Stands the coefficient without parentheses: a positive real number or a constant?
fn is_bare(coefficient: &Expr) -> bool {
    match coefficient.kind() {
        Kind::Number(number) => number.real_sign() == Some(1),
        Kind::Constant(_) => true,
        _ => false,
    }
}
