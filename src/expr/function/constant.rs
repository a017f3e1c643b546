//! Signs and whole parts of constants, decided by enclosures.

use std::cmp::Ordering;

use super::Function;
use super::elementary;
use crate::expr::node::{Constant, Expr, Kind};
use crate::number::{Arithmetic, Ball, Integer, NamedConstant, Number, Rational};

/// The precisions tried in turn; what they leave open stays so.
const PRECISIONS: [u32; 3] = [64, 256, 1024];

/// The sign of a real constant that is certainly not zero.
pub(super) fn sign(x: &Expr) -> Option<Ordering> {
    decide(x, |ball| ball.sign().map(|sign| sign.cmp(&0)).filter(|order| order.is_ne()))
}

/// A rounding of a real constant, when every number of an enclosure rounds alike.
pub(super) fn rounded(x: &Expr, of_number: fn(&Number) -> Option<Integer>) -> Option<Integer> {
    let half_way = |below: Integer| Number::from(Rational::from(below) + Rational::HALF);
    // A constant strictly between two integers rounds as the middle between them does.
    decide(x, |ball| match ball.unique_integer() {
        Some(_) => None,
        None => ball.floor().and_then(|below| of_number(&half_way(below))),
    })
}

fn decide<T>(x: &Expr, answer: impl Fn(&Ball) -> Option<T>) -> Option<T> {
    if !elementary::is_shallow_constant(x) {
        return None;
    }
    PRECISIONS.into_iter().find_map(|precision| answer(&enclosure(x, precision)?))
}

/// An enclosure of the value of a shallow constant; `None` where a part has no value in this arithmetic.
pub(super) fn enclosure<A: Arithmetic<Context = u32>>(x: &Expr, precision: u32) -> Option<A> {
    let all = |parts: &mut dyn Iterator<Item = Expr>| -> Option<Vec<A>> {
        parts.map(|part| enclosure(&part, precision)).collect()
    };
    match x.kind() {
        Kind::Number(number) => A::number(number, precision),
        Kind::Constant(constant) => named(*constant).map(|name| A::constant(name, precision)),
        Kind::Sum(sum) => all(&mut sum.parts())?.into_iter().reduce(|a, b| a.add(&b, precision)),
        Kind::Product(product) => all(&mut product.parts())?.into_iter().reduce(|a, b| a.mul(&b, precision)),
        Kind::Power(base, exponent) => {
            let base: A = enclosure(base, precision)?;
            match exponent.as_rational() {
                Some(q) => Some(base.rational_power(q, precision)),
                None => Some(base.power(&enclosure(exponent, precision)?, precision)),
            }
        }
        Kind::Call(Function::Elementary(record), arguments) => match all(&mut arguments.iter().cloned())?.as_slice() {
            [x] => Some(x.apply(record.kernel.unary()?, precision)),
            [x, y] => Some(x.apply_two(y, record.kernel.binary()?, precision)),
            _ => None,
        },
        Kind::Symbol(_) | Kind::Infinity(_) | Kind::Undefined(_) | Kind::Call(..) | Kind::Relation(..) => None,
    }
}

fn named(constant: Constant) -> Option<NamedConstant> {
    match constant {
        Constant::Pi => Some(NamedConstant::Pi),
        Constant::EulerGamma => Some(NamedConstant::EulerGamma),
        Constant::Catalan => Some(NamedConstant::Catalan),
        Constant::GoldenRatio => Some(NamedConstant::GoldenRatio),
        Constant::NoLimit | Constant::Oscillating => None,
    }
}
