//! Functions made from expressions: tapes over machine numbers and over intervals.

use std::cell::RefCell;
use std::rc::Rc;

use super::function::{Plane, PlaneFunction, Real, RealFunction};
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::Interval;
use crate::tape::{FloatFunction, IntervalFunction};

/// A function of one variable from an expression.
///
/// # Errors
/// When the expression has other variables or parts that no number can be computed for.
pub fn real(expr: &Expr, variable: Symbol) -> Result<Real, Reason> {
    Ok(Rc::new(Formula::new(expr, &[variable])?))
}

/// A function of two variables from an expression, with its gradient where that can be computed.
///
/// # Errors
/// As for one variable, or when the budget runs out.
pub fn plane(expr: &Expr, x: Symbol, y: Symbol, budget: &Budget) -> Result<Plane, Reason> {
    let both = [x, y];
    let slope = |variable| -> Result<Option<Formula>, Reason> {
        match diff(expr, variable, budget).and_then(|slope| Formula::new(&slope, &both)) {
            Err(reason) if reason.is_stopped() => Err(reason),
            outcome => Ok(outcome.ok()),
        }
    };
    let slopes = match (slope(x)?, slope(y)?) {
        (Some(dx), Some(dy)) => Some([dx, dy]),
        _ => None,
    };
    Ok(Rc::new(Surface { formula: Formula::new(expr, &both)?, slopes }))
}

/// One expression compiled twice.
struct Formula {
    float: RefCell<FloatFunction>,
    interval: RefCell<IntervalFunction>,
}

impl Formula {
    fn new(expr: &Expr, variables: &[Symbol]) -> Result<Formula, Reason> {
        Ok(Formula {
            float: RefCell::new(FloatFunction::new(expr, variables)?),
            interval: RefCell::new(IntervalFunction::new(expr, variables)?),
        })
    }

    /// The value; infinities are no values.
    fn at(&self, inputs: &[f64]) -> f64 {
        let value = self.float.borrow_mut().at(inputs);
        if value.is_finite() { value } else { f64::NAN }
    }

    fn on(&self, inputs: &[Interval]) -> Interval {
        self.interval.borrow_mut().on(inputs)
    }
}

impl RealFunction for Formula {
    fn value(&self, x: f64) -> f64 {
        self.at(&[x])
    }

    fn enclose(&self, x: Interval) -> Interval {
        self.on(&[x])
    }
}

/// A function of two variables with its partial derivatives.
struct Surface {
    formula: Formula,
    slopes: Option<[Formula; 2]>,
}

impl PlaneFunction for Surface {
    fn value(&self, x: f64, y: f64) -> f64 {
        self.formula.at(&[x, y])
    }

    fn enclose(&self, x: Interval, y: Interval) -> Interval {
        self.formula.on(&[x, y])
    }

    fn gradient(&self, x: f64, y: f64) -> Option<[f64; 2]> {
        self.slopes.as_ref().map(|[dx, dy]| [dx.at(&[x, y]), dy.at(&[x, y])])
    }

    fn gradient_enclosure(&self, x: Interval, y: Interval) -> Option<[Interval; 2]> {
        self.slopes.as_ref().map(|[dx, dy]| [dx.on(&[x, y]), dy.on(&[x, y])])
    }
}
