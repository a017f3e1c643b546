//! What enclosures tell of expressions: that they are not zero, their sign, and whether they are real.

use std::cmp::Ordering;
use std::sync::Arc;

use super::numbers::Numbers;
use super::program::Program;
use super::run::Evaluator;
use crate::expr::{Expr, Symbol, Truth};
use crate::number::{Ball, ComplexBall, Rational};

/// Bits of the first look at a constant.
const FIRST_BITS: u32 = 64;
/// Bits of the last look that the questions without a bound of their own take.
const LAST_BITS: u32 = 1024;
/// Larger expressions are not looked at by the questions that constructors and series ask.
const LARGEST: usize = 4000;

/// The precisions that are tried in turn.
fn precisions(last: u32) -> impl Iterator<Item = u32> {
    std::iter::successors(Some(FIRST_BITS), |bits| bits.checked_mul(4)).take_while(move |bits| *bits <= last)
}

/// `No` when an enclosure of the constant excludes zero, else `Unknown`.
pub fn nonzero_by_ball(expr: &Expr, max_bits: u32) -> Truth {
    match Program::new(expr, &[]) {
        Ok(program) => nonzero(&Arc::new(program), &[], max_bits),
        Err(_) => Truth::Unknown,
    }
}

/// Does an enclosure show that one of the constants is not zero? Each stands beside a constant of the size that it
/// would have otherwise: what is enclosed far below that is not looked at with more bits. What the constants have in
/// common is computed once.
pub fn any_nonzero_beside(pairs: &[(Expr, Expr)], max_bits: u32) -> bool {
    const NEGLIGIBLE: i64 = -40;
    let (values, sizes): (Vec<Expr>, Vec<Expr>) = pairs.iter().cloned().unzip();
    let Ok(program) = Program::new_many(&[values, sizes].concat(), &[]).map(Arc::new) else { return false };
    for bits in precisions(max_bits) {
        let found = Evaluator::new(Arc::clone(&program), Numbers(bits)).values(&[]);
        let (values, sizes): (&[ComplexBall], &[ComplexBall]) = found.split_at(pairs.len());
        if values.iter().any(|value| value.is_bounded() && !value.contains_zero()) {
            return true;
        }
        let settled = |(value, size): (&ComplexBall, &ComplexBall)| {
            let negligible = size.abs(FIRST_BITS).scale(NEGLIGIBLE);
            value.is_bounded() && value.abs(FIRST_BITS).sub(&negligible, FIRST_BITS).sign() == Some(-1)
        };
        if values.iter().zip(sizes).all(settled) {
            return false;
        }
    }
    false
}

/// Is the program's value at the point, an exact one, shown not to be zero?
fn nonzero(program: &Arc<Program>, point: &[Rational], max_bits: u32) -> Truth {
    for bits in precisions(max_bits) {
        let value = complex_value(program, point, bits);
        if value.is_bounded() && !value.contains_zero() {
            return Truth::No;
        }
    }
    Truth::Unknown
}

fn complex_value(program: &Arc<Program>, point: &[Rational], bits: u32) -> ComplexBall {
    let inputs: Vec<ComplexBall> = point.iter().map(|q| ComplexBall::from_rational(q, bits)).collect();
    Evaluator::new(Arc::clone(program), Numbers(bits)).value(&inputs)
}

/// Is the expression zero everywhere? `No` when an enclosure at some point excludes zero, else `Unknown`.
pub fn vanishes(expr: &Expr) -> Truth {
    const POINTS: [(i64, i64); 6] = [(7, 5), (29, 13), (101, 17), (3, 11), (-37, 11), (-2, 9)];
    if expr.shared_nodes().take(LARGEST).count() == LARGEST {
        return Truth::Unknown;
    }
    let variables: Vec<Symbol> = expr.variables();
    let Ok(program) = Program::new(expr, &variables).map(Arc::new) else { return Truth::Unknown };
    let tries = if variables.is_empty() { 1 } else { POINTS.len() };
    for shift in 0..tries {
        let place = |k: usize| POINTS[(k + shift) % POINTS.len()];
        let point: Option<Vec<Rational>> = (0..variables.len())
            .map(|k| Rational::fraction(place(k).0 + (k / POINTS.len()) as i64, place(k).1))
            .collect();
        let bits = if variables.is_empty() { LAST_BITS } else { FIRST_BITS * 4 };
        if point.is_some_and(|point| nonzero(&program, &point, bits).is_no()) {
            return Truth::No;
        }
    }
    Truth::Unknown
}

/// The sign of a real constant; `None` when it is not decided, as for zero.
pub fn sign_by_ball(expr: &Expr) -> Option<Ordering> {
    let program = Arc::new(Program::new(expr, &[]).ok()?);
    for bits in precisions(LAST_BITS) {
        let value: Ball = Evaluator::new(Arc::clone(&program), Numbers(bits)).value(&[]);
        if !value.is_bounded() {
            return None;
        }
        if let Some(sign) = value.sign() {
            return Some(sign.cmp(&0));
        }
    }
    None
}

/// Is the constant real? `No` when an enclosure of its imaginary part excludes zero; `Yes` when it has a value in real
/// arithmetic.
pub fn is_real_by_ball(expr: &Expr) -> Truth {
    let Ok(program) = Program::new(expr, &[]).map(Arc::new) else { return Truth::Unknown };
    let real: Ball = Evaluator::new(Arc::clone(&program), Numbers(FIRST_BITS)).value(&[]);
    if real.is_bounded() {
        return Truth::Yes;
    }
    let value = complex_value(&program, &[], FIRST_BITS);
    match value.is_bounded() && !value.im().contains_zero() {
        true => Truth::No,
        false => Truth::Unknown,
    }
}
