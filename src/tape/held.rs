//! Numerical values of integrals, sums and products that exact methods left unevaluated.
//!
//! Integrals go through double exponential quadrature, infinite sums through Levin's u-transformation (Weniger 1989);
//! both judge themselves by agreement of successive values, so what they give is found, not proved.

use super::breaks::breaks;
use super::numbers::Numbers;
use super::program::Program;
use super::quadrature::{self, DoubleExponential, Tolerance, Trouble};
use super::run::Evaluator;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol};
use crate::number::{Ball, Rational, Real};

/// The expression with its held calls replaced by numbers of a precision; `None` when there is none.
///
/// # Errors
/// `Unsupported` when a value is not found; `Budget` when stopped.
pub(super) fn resolved(expr: &Expr, bits: u32, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let is_held = |node: &Expr| matches!(node.as_call(), Some((Function::Elementary(r), _)) if r.binds.is_some());
    if !expr.any_stored(is_held) {
        return Ok(None);
    }
    let mut trouble = None;
    let replaced = expr.rewrite_stored(
        |node| {
            if !is_held(node) {
                return None;
            }
            match value(node, bits, budget) {
                Ok(ball) => Some(Expr::number(ball.to_real(bits))),
                Err(reason) => {
                    trouble.get_or_insert(reason);
                    Some(node.clone())
                }
            }
        },
        |node| node,
    );
    match trouble {
        Some(reason) => Err(reason),
        None => Ok(Some(replaced)),
    }
}

/// A call over a range: what is done with the terms, term, variable, and bounds.
struct Held<'e> {
    name: &'static str,
    term: &'e Expr,
    variable: Symbol,
    low: &'e Expr,
    high: &'e Expr,
}

fn value(node: &Expr, bits: u32, budget: &Budget) -> Result<Ball, Reason> {
    let unsupported = Err(Reason::Unsupported("a held operation without a numerical value"));
    let Some((Function::Elementary(record), [term, variable, low, high])) = node.as_call() else {
        return unsupported;
    };
    let Some(variable) = variable.as_symbol() else { return unsupported };
    let held = Held { name: record.name, term, variable, low, high };
    match held.name {
        "integrate" => held.integral(bits, budget),
        "sum" | "product" => held.joined(bits, budget),
        _ => unsupported,
    }
}

/// A constant as a ball.
fn constant(expr: &Expr, bits: u32) -> Result<Ball, Reason> {
    let value: Ball = Evaluator::new(Program::new(expr, &[])?, Numbers(bits)).value(&[]);
    if value.is_bounded() { Ok(value) } else { Err(Reason::Domain("a bound that is not real")) }
}

impl Held<'_> {
    fn integral(&self, bits: u32, budget: &Budget) -> Result<Ball, Reason> {
        let program = Program::new(self.term, &[self.variable])?;
        let working = 2 * bits + 64;
        let infinite = |e: &Expr| matches!(e.kind(), Kind::Infinity(Infinity::Positive | Infinity::Negative));
        let range = match (infinite(self.low), infinite(self.high)) {
            (false, false) => DoubleExponential::Finite(constant(self.low, working)?, constant(self.high, working)?),
            (false, true) => DoubleExponential::Half(constant(self.low, working)?, true),
            (true, false) => DoubleExponential::Half(constant(self.high, working)?, false),
            (true, true) => DoubleExponential::Line,
        };
        let mut evaluator: Option<(u32, Evaluator<Numbers<Ball>>)> = None;
        let mut f = |x: &Ball, precision: u32| {
            let (_, ready) = match evaluator.take() {
                Some(ready) if ready.0 == precision => evaluator.insert(ready),
                _ => evaluator.insert((precision, Evaluator::new(program.clone(), Numbers(precision)))),
            };
            ready.value(std::slice::from_ref(x))
        };
        match self.in_pieces(&mut f, &range, bits, budget) {
            Ok(value) => Ok(value),
            Err(reason) if reason.is_stopped() => Err(reason),
            Err(reason) => self.by_machine_numbers(bits).ok_or(reason),
        }
    }

    /// Double exponential quadrature from break to break.
    fn in_pieces(
        &self,
        f: &mut dyn FnMut(&Ball, u32) -> Ball,
        range: &DoubleExponential,
        bits: u32,
        budget: &Budget,
    ) -> Result<Ball, Reason> {
        let DoubleExponential::Finite(low, high) = range else {
            return quadrature::integrate_to(f, range, bits, budget);
        };
        let (first, last) = (low.to_f64(), high.to_f64());
        let (from, to) = (first.min(last), first.max(last));
        let mut ends = breaks(self.term, self.variable, (from, to), 2 * bits + 48, budget)?.unwrap_or_default();
        if first > last {
            ends.reverse();
        }
        let ends: Vec<Ball> = [low.clone()].into_iter().chain(ends).chain([high.clone()]).collect();
        ends.windows(2).try_fold(Ball::ZERO, |total, pair| {
            let [left, right] = pair else { return Ok(total) };
            let piece = DoubleExponential::Finite(left.clone(), right.clone());
            Ok(total.add(&quadrature::integrate_to(f, &piece, bits, budget)?, 2 * bits))
        })
    }

    /// The integral by adaptive quadrature when no more than machine precision is asked for and its error is small.
    ///
    /// Extrapolation may settle on a wrong value, hardly on the same wrong value once the range is cut in two.
    fn by_machine_numbers(&self, bits: u32) -> Option<Ball> {
        /// Machine precision with the guard bits that callers add.
        const MOST_BITS: u32 = 80;
        const CUT: f64 = 0.381_966_011_250_105;
        if bits > MOST_BITS {
            return None;
        }
        let mut f = super::float::FloatFunction::new(self.term, &[self.variable]).ok()?;
        let end = |e: &Expr| match e.kind() {
            Kind::Infinity(Infinity::Positive) => Some(f64::INFINITY),
            Kind::Infinity(Infinity::Negative) => Some(f64::NEG_INFINITY),
            _ => constant(e, 64).ok().map(|ball| ball.to_f64()),
        };
        let (low, high) = (end(self.low)?, end(self.high)?);
        let cut = match (low.is_finite(), high.is_finite()) {
            (true, true) => low + CUT * (high - low),
            (true, false) => low + high.signum(),
            (false, true) => high + low.signum(),
            (false, false) => CUT,
        };
        let mut measured = |low: f64, high: f64| {
            let tolerance = Tolerance { absolute: 1e-14, relative: 1e-13, intervals: 1000 };
            let found = quadrature::extrapolated(&mut |x| f.at(&[x]), low, high, tolerance);
            let fine = found.trouble == Trouble::None || found.error <= 1e-12 * found.value.abs();
            (fine && found.value.is_finite()).then_some(found.value)
        };
        let whole = measured(low, high)?;
        let halves = (measured(low, cut)?, measured(cut, high)?);
        let apart = (halves.0 + halves.1 - whole).abs();
        (apart <= 1e-12 * (halves.0.abs() + halves.1.abs())).then(|| Ball::from_real(&Real::from_f64(whole)))
    }

    /// A finite sum or product term by term, an infinite sum by extrapolation.
    fn joined(&self, bits: u32, budget: &Budget) -> Result<Ball, Reason> {
        /// Ranges with more terms are refused.
        const MOST_TERMS: i64 = 10_000_000;
        let program = Program::new(self.term, &[self.variable])?;
        let low = self.low.to_i64().ok_or(Reason::Unsupported("a sum whose range is not known"))?;
        if matches!(self.high.kind(), Kind::Infinity(Infinity::Positive)) && self.name == "sum" {
            return levin(&program, low, bits, budget);
        }
        let high = self.high.to_i64().ok_or(Reason::Unsupported("a sum whose range is not known"))?;
        if high.saturating_sub(low) > MOST_TERMS {
            return Err(Reason::Unsupported("a sum of too many terms"));
        }
        let working = bits + 64;
        let mut evaluator = Evaluator::new(program, Numbers(working));
        let mut total = Ball::from(i64::from(self.name == "product"));
        for k in low..=high {
            budget.check()?;
            let term: Ball = evaluator.value(&[Ball::from(k)]);
            total = if self.name == "product" { total.mul(&term, working) } else { total.add(&term, working) };
        }
        Ok(total)
    }
}

/// The sum to infinity by Levin's u-transformation of more and more partial sums, until two agree.
fn levin(program: &Program, low: i64, bits: u32, budget: &Budget) -> Result<Ball, Reason> {
    let working = 6 * bits + 256;
    let most = i64::from(bits) + 40;
    let mut evaluator = Evaluator::new(program.clone(), Numbers(working));
    let mut sums: Vec<(Ball, Ball)> = Vec::new();
    let mut total = Ball::ZERO;
    let mut previous: Option<Ball> = None;
    for n in 0..most {
        budget.check()?;
        let term: Ball = evaluator.value(&[Ball::from(low + n)]);
        total = total.add(&term, working);
        if term.is_zero() {
            continue;
        }
        sums.push((total.clone(), term));
        if sums.len() < 8 || !sums.len().is_multiple_of(4) {
            continue;
        }
        let limit = transformed(&sums, working);
        if let Some(previous) = previous.replace(limit.clone()) {
            let change = limit.sub(&previous, working).abs();
            let small = limit.abs().scale(-(i64::from(bits) + 2));
            if change.sub(&small, working).sign().is_some_and(|sign| sign <= 0) {
                return Ok(limit.add(&change.union(&change.neg(), working), working));
            }
        }
    }
    Err(Reason::Unsupported("a sum whose numerical value does not settle"))
}

/// Levin's u-transformation of partial sums with their terms.
fn transformed(sums: &[(Ball, Ball)], working: u32) -> Ball {
    let order = sums.len() as i64 - 1;
    let (mut above, mut below) = (Ball::ZERO, Ball::ZERO);
    let mut binomial = Rational::ONE;
    for (j, (sum, term)) in (0..).zip(sums) {
        // (-1)^j * binomial(order, j) * ((1 + j)/(1 + order))^(order - 1) / ((1 + j) * term)
        let ratio = Rational::fraction(1 + j, 1 + order).unwrap_or(Rational::ONE);
        let power = Ball::from_rational(&ratio, working).powi(order - 1, working);
        let weight = Ball::from_rational(&binomial, working).mul(&power, working);
        let weight = weight.div(&term.mul_small(1 + j, working), working);
        above = above.add(&weight.mul(sum, working), working);
        below = below.add(&weight, working);
        let step = Rational::fraction(-(order - j), j + 1).unwrap_or(Rational::ZERO);
        binomial = &binomial * &step;
    }
    above.div(&below, working)
}
