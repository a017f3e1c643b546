//! Constants in forms that the tests for zero know.

use std::cmp::Ordering;

use super::enclosure::enclosure;
use crate::algebra::trig_expand;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Kind, Reason, function};
use crate::number::Number;
use crate::tape;

/// Bits up to which a base is looked at.
const BITS: u32 = 256;
/// Deeper constants are not conjugated.
const DEEPEST: usize = 200;

/// The expression with moduli, signs, steps, and greatest and least values of constants written by the formula that holds
/// there: `abs(sin(4))` as `-sin(4)`.
pub fn told_by_signs(expr: &Expr) -> Expr {
    let told = |node: &Expr| {
        let (Function::Elementary(record), arguments) = node.as_call()? else { return None };
        let pieces = record.pieces?;
        node.is_constant().then(|| (pieces.formula)(arguments, arguments)).flatten()
    };
    expr.rewrite_stored(|_| None, |node| told(&node).unwrap_or(node))
}

/// A constant in a form of which more is known, if it has one: functions of sums and multiples of arcus functions
/// expanded, powers as exponentials, moduli by their signs, parts and conjugates written out.
///
/// # Errors
/// When the budget runs out.
pub(super) fn known_form(expr: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    if !expr.is_constant() {
        return Ok(None);
    }
    let told = told_by_signs(expr)
        .rewrite_stored(|_| None, |node| without_parts(&node).unwrap_or(node))
        .rewrite_stored(|_| None, |node| exponential(&node).unwrap_or(node));
    let expanded = match trig_expand(&told, budget) {
        Err(reason) if reason.is_stopped() => return Err(reason),
        expanded => expanded.unwrap_or(told),
    };
    Ok((expanded != *expr).then_some(expanded))
}

/// A power whose exponent is no rational number by its definition.
fn exponential(node: &Expr) -> Option<Expr> {
    let Kind::Power(base, exponent) = node.kind() else { return None };
    let is_open = exponent.as_rational().is_none() && tape::nonzero_by_ball(base, BITS).is_no();
    is_open.then(|| function::exp(&(exponent * function::log(base))))
}

/// Real and imaginary part by the conjugate, and that by its rules.
fn without_parts(node: &Expr) -> Option<Expr> {
    let (called, [z]) = node.as_call()? else { return None };
    Some(match () {
        () if called.is(&function::REAL_PART) => (z + conjugate(z)) / Expr::integer(2),
        () if called.is(&function::IMAG_PART) => (z - conjugate(z)) / Expr::i().scale(&Number::from(2)),
        () if called.is(&function::CONJUGATE) => conjugate(z),
        () => return None,
    })
}

/// The conjugate of a constant, through powers and logarithms too.
pub(super) fn conjugate(z: &Expr) -> Expr {
    if z.depth() > DEEPEST {
        return function::conjugate(z);
    }
    match z.kind() {
        Kind::Sum(sum) => Expr::sum(sum.parts().map(|part| conjugate(&part))),
        Kind::Product(product) => Expr::product(product.parts().map(|part| conjugate(&part))),
        Kind::Power(base, exponent) if exponent.to_i64().is_some() => conjugate(base).power(exponent),
        Kind::Power(base, exponent) if let Some(turn) = turn_by_conjugation(base) => {
            let exponent = conjugate(exponent);
            conjugate(base).power(&exponent) * function::exp(&(exponent * turn))
        }
        _ => match z.argument_of(&function::LOG) {
            Some(argument) if let Some(turn) = turn_by_conjugation(argument) => {
                function::log(&conjugate(argument)) + turn
            }
            _ => function::conjugate(z),
        },
    }
}

/// How the conjugate of a constant's logarithm differs from the logarithm of its conjugate: on the cut by a full turn.
fn turn_by_conjugation(constant: &Expr) -> Option<Expr> {
    let turn = || Expr::i() * Expr::pi().scale(&Number::from(-2));
    match tape::sign_by_ball(constant) {
        Some(Ordering::Less) => Some(turn()),
        Some(Ordering::Greater) => Some(Expr::zero()),
        Some(Ordering::Equal) => None,
        None => {
            let value = enclosure(constant)?;
            (!value.im().contains_zero() || value.re().sign() == Some(1)).then(Expr::zero)
        }
    }
}
