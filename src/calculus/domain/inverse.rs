//! Zeros through inverse functions, and through the norm of a square root.

use std::cmp::Ordering;

use super::{Span, all_zeros};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol, Truth, assume, function};
use crate::number::Rational;
use crate::tape;

/// What vanishes exactly where an inverse function of `u` has the value; `None` when the value's place in the range of the
/// function is not known.
pub(super) fn preimages(name: &str, u: &Expr, value: &Expr) -> Option<Vec<Expr>> {
    let quarter = Expr::pi() * Expr::fraction(1, 2);
    let (low, high) = match name {
        "arctan" | "arcsin" => (Some(-&quarter), Some(quarter)),
        "arccos" => (Some(Expr::zero()), Some(Expr::pi())),
        "arccosh" => (Some(Expr::zero()), None),
        "lambert_w" => (Some(-Expr::one()), None),
        _ => (None, None),
    };
    let beyond = |end: Option<Expr>, wrong: Ordering| -> Option<bool> {
        let Some(end) = end else { return Some(false) };
        let difference = value - end;
        if difference.is_zero() {
            return Some(name == "arctan");
        }
        let sign = assume::sign(&difference).or_else(|| tape::sign_by_ball(&difference))?;
        Some(sign == wrong)
    };
    if beyond(low, Ordering::Less)? || beyond(high, Ordering::Greater)? {
        return Some(Vec::new());
    }
    let inverse = match name.strip_prefix("arc") {
        Some(name) => function::apply(name, std::slice::from_ref(value))?,
        None => value * function::exp(value),
    };
    Some(vec![u - inverse])
}

/// The function of which another one is the reciprocal.
pub(super) fn reciprocal_of(name: &str) -> &'static str {
    match name {
        "sec" => "cos",
        "csc" => "sin",
        "sech" => "cosh",
        "csch" => "sinh",
        _ => "tanh",
    }
}

/// The zeros of `a + b*sqrt(c)` among those of `a^2 - b^2*c`, each one tried.
pub(super) fn zeros_by_norm(g: &Expr, span: &Span, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let root = g.shared_nodes().find(|node| match node.kind() {
        Kind::Power(base, exponent) => {
            exponent.as_rational() == Some(&Rational::HALF) && base.has_symbol(span.variable)
        }
        _ => false,
    });
    let Some(root) = root else { return Ok(None) };
    let Kind::Power(radicand, _) = root.kind() else { return Ok(None) };
    let symbol = Symbol::new("the root");
    let polynomial = g.substitute(&[(root.clone(), Expr::symbol(symbol))]);
    let (mut even, mut odd) = (Expr::zero(), Expr::zero());
    for (coefficient, exponent) in algebra::coefficients(&polynomial, &Expr::symbol(symbol), budget)? {
        let Some(n) = exponent.to_i64().filter(|n| *n >= 0) else { return Ok(None) };
        if coefficient.has_symbol(symbol) {
            return Ok(None);
        }
        let term = coefficient * radicand.powi(n / 2);
        if n % 2 == 0 {
            even = even + term;
        } else {
            odd = odd + term;
        }
    }
    let norm = algebra::expand(&(even.powi(2) - odd.powi(2) * radicand), budget)?;
    if odd.is_zero() || norm.is_zero() || norm.has(&root) {
        return Ok(None);
    }
    if !norm.has_symbol(span.variable) {
        return Ok(Some(Vec::new()));
    }
    let Some(candidates) = all_zeros(&norm, span, budget)? else { return Ok(None) };
    let x = Expr::symbol(span.variable);
    let mut zeros = Vec::new();
    for candidate in candidates {
        let value = g.substitute(&[(x.clone(), candidate.clone())]);
        if value.is_undefined() {
            continue;
        }
        match algebra::is_zero(&value, budget)? {
            Truth::Yes => zeros.push(candidate),
            Truth::No => {}
            Truth::Unknown => return Ok(None),
        }
    }
    Ok(Some(zeros))
}
