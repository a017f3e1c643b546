//! Enclosures of a function and its derivatives on intervals, by jets of balls.
//!
//! A quotient whose parts vanish together at a point, as `sin(x)/x`, is enclosed around it by those parts divided by the
//! power of the distance: the coefficients of `u(x)/(x - c)^k` are values of those of `u`, `k` orders later, between the
//! point and the place (the mean value theorem for divided differences; Milne-Thomson, "The Calculus of Finite
//! Differences", 1.8).

use super::super::diff;
use super::{precise, put};
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol, Truth};
use crate::number::{Ball, Rational};
use crate::tape::{Balls, Evaluator, Jets, Numbers, Program};

/// An interval with rational ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Range {
    /// The lower end.
    pub low: Rational,
    /// The upper end.
    pub high: Rational,
}

impl Range {
    /// The point in the middle.
    pub fn middle(&self) -> Rational {
        (&self.low + &self.high) * Rational::HALF
    }

    /// How wide it is.
    pub fn width(&self) -> Rational {
        &self.high - &self.low
    }

    /// The smallest ball around it.
    pub fn ball(&self, bits: u32) -> Ball {
        let middle = self.middle();
        let half = self.width() * Rational::HALF;
        if half.is_zero() {
            return Ball::from_rational(&middle, bits);
        }
        Ball::from_rational(&self.low, bits).union(&Ball::from_rational(&self.high, bits), bits)
    }
}

/// A function compiled for enclosures of its Taylor coefficients up to an order.
pub struct Enclosure {
    evaluator: Evaluator<Jets<Balls>>,
    bits: u32,
    quotient: Option<Box<Quotient>>,
}

/// A quotient whose parts vanish at a point, both of the same order.
struct Quotient {
    above: Enclosure,
    below: Enclosure,
    at: Ball,
    order: usize,
}

impl Quotient {
    /// The highest order at which parts may vanish.
    const HIGHEST: usize = 6;

    /// The parts of an expression, if they vanish at the point.
    fn new(expr: &Expr, variable: Symbol, point: &Expr, order: usize, bits: u32) -> Option<Quotient> {
        let budget = Budget::unlimited();
        let (above, below) = algebra::numerator_denominator(expr, &budget).ok()?;
        let vanishes = |e: &Expr| {
            let value = put(e, variable, point);
            if value.is_undefined() {
                Truth::Unknown
            } else {
                algebra::is_zero(&value, &budget).unwrap_or(Truth::Unknown)
            }
        };
        let (mut upper, mut lower) = (above.clone(), below.clone());
        for times in 0..=Quotient::HIGHEST {
            if vanishes(&lower).is_no() {
                let jets = |e: &Expr| Enclosure::new(e, variable, order + times, bits).ok();
                let at = precise(point, bits)?;
                let (above, below) = (jets(&above)?, jets(&below)?);
                return (times > 0).then_some(Quotient { above, below, at, order: times });
            }
            if !vanishes(&lower).is_yes() || !vanishes(&upper).is_yes() {
                return None;
            }
            upper = diff(&upper, variable, &budget).ok()?;
            lower = diff(&lower, variable, &budget).ok()?;
        }
        None
    }

    /// The Taylor coefficients on a ball.
    fn at_ball(&mut self, ball: &Ball, bits: u32) -> Vec<Ball> {
        let hull = ball.union(&self.at, bits);
        let above = self.above.at_ball(hull.clone()).split_off(self.order);
        let below = self.below.at_ball(hull).split_off(self.order);
        let mut row: Vec<Ball> = Vec::with_capacity(above.len());
        for (n, own) in above.iter().enumerate() {
            let products = row.iter().zip(below[1..=n].iter().rev()).map(|(c, b)| c.mul(b, bits));
            let rest = products.fold(own.clone(), |rest, product| rest.sub(&product, bits));
            row.push(rest.div(&below[0], bits));
        }
        row
    }
}

impl Enclosure {
    /// The function of a variable, computed with so many bits.
    ///
    /// # Errors
    /// When the expression can't be compiled: it has other variables, or parts without real values.
    pub fn new(expr: &Expr, variable: Symbol, order: usize, bits: u32) -> Result<Enclosure, Reason> {
        let program = Program::new(expr, &[variable])?;
        Ok(Enclosure { evaluator: Evaluator::new(program, Jets::new(Numbers(bits), order)), bits, quotient: None })
    }

    /// The same, also around the first of some points at which parts of the expression vanish together.
    ///
    /// # Errors
    /// As [`Enclosure::new`].
    pub fn around(
        expr: &Expr,
        variable: Symbol,
        (order, bits): (usize, u32),
        points: &[&Expr],
    ) -> Result<Enclosure, Reason> {
        let mut plain = Enclosure::new(expr, variable, order, bits)?;
        for point in points {
            let Some(ball) = precise(point, bits) else { continue };
            if !plain.at_ball(ball).iter().all(Ball::is_bounded)
                && let Some(quotient) = Quotient::new(expr, variable, point, order, bits)
            {
                plain.quotient = Some(Box::new(quotient));
                break;
            }
        }
        Ok(plain)
    }

    /// The value and the derivatives over factorials, on all of a range.
    pub fn on(&mut self, range: &Range) -> Vec<Ball> {
        self.at_ball(range.ball(self.bits))
    }

    /// The same at a point.
    pub fn at(&mut self, point: &Rational) -> Vec<Ball> {
        self.at_ball(Ball::from_rational(point, self.bits))
    }

    /// The same on a ball.
    pub fn at_ball(&mut self, ball: Ball) -> Vec<Ball> {
        let input = self.evaluator.machine().variable(ball.clone());
        let row = self.evaluator.value(&[input]);
        let Some(quotient) = &mut self.quotient else { return row };
        let other = quotient.at_ball(&ball, self.bits);
        row.into_iter().zip(other).map(|(a, b)| sharper(a, b)).collect()
    }

    /// The bits of precision.
    pub fn bits(&self) -> u32 {
        self.bits
    }

    /// The sign at a point, where it is told.
    pub fn sign(&mut self, point: &Rational) -> Option<i32> {
        let value = self.at(point);
        value.first().filter(|value| value.is_bounded()).and_then(Ball::sign)
    }

    /// A narrower range around a change of sign, at most as wide as asked; by bisection.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn refine(&mut self, range: &Range, width: &Rational, budget: &Budget) -> Result<Range, Reason> {
        let mut range = range.clone();
        let Some(below) = self.sign(&range.low) else { return Ok(range) };
        while range.width() > *width {
            budget.check()?;
            let middle = range.middle();
            match self.sign(&middle) {
                Some(0) => return Ok(Range { low: middle.clone(), high: middle }),
                Some(sign) if sign == below => range.low = middle,
                Some(_) => range.high = middle,
                None => return Ok(range),
            }
        }
        Ok(range)
    }
}

/// The narrower one of two enclosures of the same.
pub fn sharper(one: Ball, other: Ball) -> Ball {
    let better = other.is_bounded() && (!one.is_bounded() || other.radius_f64() < one.radius_f64());
    if better { other } else { one }
}
