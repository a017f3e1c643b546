//! The value of a small constant without a tape: where an expression is evaluated once, compiling it costs more than it
//! saves. What is not found here is left to the tape.

use super::numbers::{Balls, Numbers};
use super::program::Literal;
use super::run::Machine;
use crate::expr::function::Kernel;
use crate::expr::{Constant, Expr, Factor, Function, Kind};
use crate::number::{Ball, Number, Rational};

/// Expressions of more nodes than this, shared ones counted each time, are compiled.
const MOST_NODES: u32 = 48;

/// An enclosure of a constant by real arithmetic at a precision in bits; `None` for what the tape is needed for.
pub(super) fn value(expr: &Expr, bits: u32) -> Option<Ball> {
    Direct { machine: Numbers(bits), left: MOST_NODES }.value(expr)
}

struct Direct {
    machine: Balls,
    /// How many nodes may still be visited, which bounds the recursion too.
    left: u32,
}

impl Direct {
    fn value(&mut self, expr: &Expr) -> Option<Ball> {
        self.left = self.left.checked_sub(1)?;
        match expr.kind() {
            Kind::Number(number) => self.number(number),
            Kind::Constant(Constant::NoLimit | Constant::Oscillating) => None,
            Kind::Constant(constant) => Some(self.machine.literal(&Literal::Named(*constant))),
            Kind::Sum(sum) => {
                let mut total = match sum.constant() {
                    constant if constant.is_zero() => None,
                    constant => Some(self.number(constant)?),
                };
                for term in sum.terms() {
                    let part = self.value(&term.base)?;
                    let part = self.scaled(part, &term.coefficient)?;
                    total = Some(total.map_or_else(|| part.clone(), |total| self.machine.add(&total, &part)));
                }
                total
            }
            Kind::Product(product) => self.product(product.factors(), product.coefficient()),
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(exponent) => {
                    let factor = Factor { base: base.clone(), exponent: exponent.clone() };
                    self.product(std::slice::from_ref(&factor), &Number::ONE)
                }
                None => {
                    let (base, exponent) = (self.value(base)?, self.value(exponent)?);
                    Some(self.machine.power(&base, &exponent))
                }
            },
            Kind::Call(..) if expr.is_e() => Some(self.machine.literal(&Literal::E)),
            Kind::Call(function, arguments) => self.call(function, arguments),
            Kind::Symbol(_) | Kind::Infinity(_) | Kind::Undefined(_) | Kind::Relation(..) => None,
        }
    }

    fn number(&self, number: &Number) -> Option<Ball> {
        number.is_real().then(|| self.machine.literal(&Literal::Number(number.clone())))
    }

    fn scaled(&self, value: Ball, coefficient: &Number) -> Option<Ball> {
        if coefficient.is_one() {
            return Some(value);
        }
        Some(self.machine.multiply(&self.number(coefficient)?, &value))
    }

    /// Multiplies the factors above and below the fraction bar apart, and divides once.
    fn product(&mut self, factors: &[Factor], coefficient: &Number) -> Option<Ball> {
        let (mut above, mut below): (Option<Ball>, Option<Ball>) = (None, None);
        for factor in factors {
            let base = self.value(&factor.base)?;
            let power = self.power(base, &factor.exponent.abs());
            let side = if factor.exponent.is_negative() { &mut below } else { &mut above };
            *side = Some(match side.take() {
                None => power,
                Some(rest) => self.machine.multiply(&rest, &power),
            });
        }
        match (above, below) {
            (Some(above), None) => self.scaled(above, coefficient),
            (Some(above), Some(below)) => self.scaled(self.machine.divide(&above, &below), coefficient),
            (None, Some(below)) => Some(self.machine.divide(&self.number(coefficient)?, &below)),
            (None, None) => self.number(coefficient),
        }
    }

    fn power(&self, base: Ball, exponent: &Rational) -> Ball {
        match exponent.to_i64() {
            Some(1) => base,
            Some(2) => self.machine.square(&base),
            Some(whole) => self.machine.integer_power(&base, whole),
            None if *exponent == Rational::HALF => self.machine.square_root(&base),
            None => self.machine.rational_power(&base, exponent),
        }
    }

    fn call(&mut self, function: &Function, arguments: &[Expr]) -> Option<Ball> {
        let Function::Elementary(record) = function else { return None };
        if let (Kernel::Ternary(function), [a, b, c]) = (record.kernel, arguments) {
            let Numbers(bits, ..) = self.machine;
            return Some(function(&self.value(a)?, &self.value(b)?, &self.value(c)?, bits));
        }
        let fits = match arguments.len() {
            1 => record.kernel.unary().is_some(),
            2 => record.kernel.binary().is_some(),
            _ => matches!(record.kernel, Kernel::Fold(_)),
        };
        if !fits || record.binds.is_some() {
            return None;
        }
        match arguments {
            [only] => {
                let only = self.value(only)?;
                Some(self.machine.call(record, &[only]))
            }
            _ => {
                let values: Option<Vec<Ball>> = arguments.iter().map(|argument| self.value(argument)).collect();
                Some(self.machine.call(record, &values?))
            }
        }
    }
}
