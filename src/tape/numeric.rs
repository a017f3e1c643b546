//! The numerical value of a constant with every digit right.
//!
//! The constant is enclosed in balls of growing precision until all numbers of the enclosure round to the same result
//! (Ziv's strategy, here on whole expressions). Real arithmetic comes first; where it has no value, complex arithmetic.

use std::sync::Arc;

use super::numbers::Numbers;
use super::program::Program;
use super::run::Evaluator;
use crate::budget::Budget;
use crate::expr::{Expr, Infinity, Kind, Reason, Truth, function};
use crate::number::sorting;
use crate::number::{Ball, Complex, ComplexBall, Number, Real};

/// A numerical value, and what is known of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Approximation {
    /// The value.
    pub value: Number,
    /// Is the rounding proved? A part that is zero to thousands of bits without a proof leaves this false.
    pub proved: bool,
}

/// What the evaluation may ask and spend.
#[derive(Clone, Copy)]
pub struct Questions<'q> {
    /// Is a constant zero? Asked when enclosures don't tell it from zero.
    pub is_zero: &'q dyn Fn(&Expr) -> Truth,
    /// What may be spent.
    pub budget: &'q Budget,
}

/// The value without a tape, with some guard bits.
fn directly(expr: &Expr, bits: u32, guard: u32) -> Option<Approximation> {
    let ball = super::direct::value(expr, bits.saturating_add(guard))?;
    Some(Approximation { value: Number::from(ball.round_to(bits)?), proved: true })
}

/// The value of a constant, correctly rounded to a precision in bits; complex where it is not real.
///
/// # Errors
/// `Unsupported` when a variable or a function without numerical meaning occurs, `Domain` where there is no value,
/// `Budget` when stopped.
pub fn evaluate(expr: &Expr, bits: u32, questions: &Questions) -> Result<Approximation, Reason> {
    if let Some(direct) = without_tape(expr, bits) {
        return Ok(Approximation { value: direct, proved: true });
    }
    if let Some(found) = directly(expr, bits, GUARD) {
        return Ok(found);
    }
    if let Some(resolved) = super::held::resolved(expr, bits.saturating_add(16), questions.budget)? {
        return evaluate(&resolved, bits, questions).map(|found| Approximation { proved: false, ..found });
    }
    if !expr.is_constant() {
        return Err(Reason::Unsupported("cannot evaluate symbolic expression numerically"));
    }
    let program = match Program::new(expr, &[]) {
        Ok(program) => Arc::new(program),
        // Functions of three numbers have no place on a tape.
        Err(reason) => return directly(expr, bits, bits.saturating_add(256)).ok_or(reason),
    };
    let task = Task { expr, program, bits, questions };
    if let Some(found) = task.real()? {
        return Ok(found);
    }
    match task.complex() {
        Err(reason) if reason == UNDECIDED => match task.with_real_radicands()? {
            Some(straightened) => evaluate(&straightened, bits, questions),
            None => Err(reason),
        },
        found => found,
    }
}

/// As [`evaluate`], to a number of decimal digits as `n(digits=...)` means them.
///
/// # Errors
/// As [`evaluate`].
pub fn evaluate_digits(expr: &Expr, digits: u32, questions: &Questions) -> Result<Approximation, Reason> {
    evaluate(expr, Real::bits_of_digits(digits), questions)
}

/// Numbers and infinities.
fn without_tape(expr: &Expr, bits: u32) -> Option<Number> {
    match expr.kind() {
        Kind::Number(number) if number.is_real() => number.to_real(bits).map(Number::from),
        Kind::Number(number) => Some(Number::Complex(Box::new(number.to_complex(bits)))),
        Kind::Infinity(Infinity::Positive) => Some(Number::from(Real::infinity(false, bits))),
        Kind::Infinity(Infinity::Negative) => Some(Number::from(Real::infinity(true, bits))),
        _ => None,
    }
}

/// Guard bits of the first attempt.
const GUARD: u32 = 32;
/// Beyond so many times the wanted bits, and as many more, a value that looks like zero is taken for zero.
const PATIENCE: u32 = 4;
const EXTRA_BITS: u32 = 4096;

/// The enclosures stay wide: an argument lies on a step, as far as can be told.
const UNDECIDED: Reason = Reason::Unsupported("a value at a step that no precision decides");

struct Task<'t> {
    expr: &'t Expr,
    program: Arc<Program>,
    bits: u32,
    questions: &'t Questions<'t>,
}

impl Task<'_> {
    /// The working precisions that are tried in turn.
    fn attempts(&self) -> impl Iterator<Item = u32> {
        let last = self.bits.saturating_mul(PATIENCE).saturating_add(EXTRA_BITS);
        let first = self.bits.saturating_add(GUARD);
        std::iter::successors(Some(first), move |working| {
            (*working < last).then(|| working.saturating_mul(2).min(last))
        })
    }

    /// The value by real arithmetic; `None` when that has none.
    fn real(&self) -> Result<Option<Approximation>, Reason> {
        let mut asked = false;
        let mut last = Ball::UNBOUNDED;
        for working in self.attempts() {
            self.questions.budget.check()?;
            last = Evaluator::new(Arc::clone(&self.program), Numbers(working)).value(&[]);
            if !last.is_bounded() && working > self.bits.saturating_add(4 * GUARD) {
                return Ok(None);
            }
            if let Some(value) = last.round_to(self.bits) {
                return Ok(Some(Approximation { value: Number::from(value), proved: true }));
            }
            let looks_zero = last.is_bounded() && last.contains_zero() && working > self.bits.saturating_add(2 * GUARD);
            if looks_zero && !asked {
                asked = true;
                if (self.questions.is_zero)(self.expr).is_yes() {
                    return Ok(Some(Approximation { value: Number::from(Real::zero(self.bits)), proved: true }));
                }
            }
        }
        match last.is_bounded() {
            true if self.is_narrow(&last) => {
                Ok(Some(Approximation { value: Number::from(closest(&last, self.bits)), proved: false }))
            }
            true => Err(UNDECIDED),
            false => Ok(None),
        }
    }

    /// Does the ball pin its value down, be it that the value is zero or lies halfway between two roundings?
    fn is_narrow(&self, ball: &Ball) -> bool {
        let tiny = || {
            let bound = Ball::one().scale(-i64::from(self.bits));
            ball.abs().sub(&bound, 64).sign().is_some_and(|sign| sign < 0)
        };
        ball.accuracy_bits() > i64::from(self.bits) + 4 || (ball.contains_zero() && tiny())
    }

    /// The value by complex arithmetic.
    fn complex(&self) -> Result<Approximation, Reason> {
        let mut last = None;
        for working in self.attempts() {
            self.questions.budget.check()?;
            let value: ComplexBall = Evaluator::new(Arc::clone(&self.program), Numbers(working)).value(&[]);
            if !value.is_bounded() {
                continue;
            }
            if value.is_real()
                && let Some(real) = value.re().round_to(self.bits)
            {
                return Ok(Approximation { value: Number::from(real), proved: true });
            }
            if let Some(exact) = value.round_to(self.bits) {
                return Ok(Approximation { value: Number::Complex(Box::new(exact)), proved: true });
            }
            // A part that may be zero beside one that is known takes no more than a few attempts.
            let enough = working > self.bits.saturating_mul(2).saturating_add(1024);
            let settled = |part: &Ball| part.round_to(self.bits).is_some() || self.is_narrow(part);
            if enough && settled(value.re()) && settled(value.im()) && !value.contains_zero() {
                return Ok(Approximation { value: without_dust(&value, self.bits), proved: false });
            }
            last = Some(value);
        }
        match last {
            Some(value) if self.is_narrow(value.re()) && self.is_narrow(value.im()) => {
                Ok(Approximation { value: without_dust(&value, self.bits), proved: false })
            }
            Some(_) => Err(UNDECIDED),
            None => Err(Reason::Domain("no numerical value was found: there is none, or an argument is out of reach")),
        }
    }
}

/// Bits with which radicands are looked at.
const RADICAND_BITS: u32 = 256;

impl Task<'_> {
    /// The expression with each radicand that is proved to be real replaced by its real part: the roots of quartics hold
    /// such, real numbers put together from complex ones. `None` when there is none.
    fn with_real_radicands(&self) -> Result<Option<Expr>, Reason> {
        let mut all: Vec<Expr> = self.expr.shared_nodes().flat_map(|node| radicands(&node)).collect();
        // What is known of the inner ones helps with the outer ones.
        sorting::sort_by_key(&mut all, Expr::depth);
        let mut pairs: Vec<(Expr, Expr)> = Vec::new();
        for radicand in all {
            self.questions.budget.check()?;
            if pairs.iter().any(|(known, _)| *known == radicand) || !is_about_real(&radicand) {
                continue;
            }
            let inside = radicand.substitute(&pairs);
            if (self.questions.is_zero)(&(&inside - function::conjugate(&inside))).is_yes() {
                pairs.push((radicand, function::real_part(&inside)));
            }
        }
        Ok((!pairs.is_empty()).then(|| self.expr.substitute(&pairs)))
    }
}

/// What stands under roots at the top of a node.
fn radicands(node: &Expr) -> Vec<Expr> {
    match node.kind() {
        Kind::Power(base, exponent) if exponent.as_rational().is_some_and(|q| !q.is_integer()) => vec![base.clone()],
        Kind::Product(product) => {
            let roots = product.factors().iter().filter(|factor| !factor.exponent.is_integer());
            roots.map(|factor| factor.base.clone()).collect()
        }
        _ => Vec::new(),
    }
}

/// Does an enclosure meet the real axis, without being known to lie in it?
fn is_about_real(constant: &Expr) -> bool {
    let Ok(program) = Program::new(constant, &[]) else { return false };
    let value: ComplexBall = Evaluator::new(program, Numbers(RADICAND_BITS)).value(&[]);
    value.is_bounded() && value.im().contains_zero() && !value.is_real()
}

/// The midpoint, or zero when the ball holds zero.
fn closest(ball: &Ball, bits: u32) -> Real {
    if ball.contains_zero() { Real::zero(bits) } else { ball.to_real(bits) }
}

/// The value with parts that cannot be told from zero taken for zero; real when that is the imaginary one.
fn without_dust(value: &ComplexBall, bits: u32) -> Number {
    let (re, im) = (closest(value.re(), bits), closest(value.im(), bits));
    if im.is_zero() { Number::from(re) } else { Number::Complex(Box::new(Complex::new(re, im))) }
}
