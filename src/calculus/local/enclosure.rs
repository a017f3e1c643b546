//! Enclosures of a function and its derivatives on intervals, by jets of balls.

use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
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
}

impl Enclosure {
    /// The function of a variable, computed with so many bits.
    ///
    /// # Errors
    /// When the expression can't be compiled: it has other variables, or parts without real values.
    pub fn new(expr: &Expr, variable: Symbol, order: usize, bits: u32) -> Result<Enclosure, Reason> {
        let program = Program::new(expr, &[variable])?;
        Ok(Enclosure { evaluator: Evaluator::new(program, Jets::new(Numbers(bits), order)), bits })
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
        let input = self.evaluator.machine().variable(ball);
        self.evaluator.value(&[input])
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
