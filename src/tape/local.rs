//! The machines for plain numbers with special functions by polynomials, for figures that ask for very many values.

use std::rc::Rc;
use std::sync::Arc;

use super::numbers::{Comparable, Numbers};
use super::program::{Literal, Program};
use super::run::{Evaluator, Machine};
use crate::expr::{Elementary, Function, Relation};
use crate::number::{Interval, Local, Rational, Special};

/// A kind of number for which special functions have polynomials.
pub trait Approximated: Comparable<Context = ()> {
    /// The function here.
    fn approximate(&self, local: &Local, function: Special) -> Self;
    /// The machine number that it is, if it is one.
    fn fixed(&self) -> Option<f64>;
}

impl Approximated for f64 {
    fn approximate(&self, local: &Local, function: Special) -> f64 {
        local.value(function, *self)
    }

    fn fixed(&self) -> Option<f64> {
        self.is_finite().then_some(*self)
    }
}

impl Approximated for Interval {
    fn approximate(&self, local: &Local, function: Special) -> Interval {
        local.enclose(function, *self)
    }

    fn fixed(&self) -> Option<f64> {
        self.is_point().then_some(self.low())
    }
}

/// Numbers, with special functions by polynomials.
pub struct Locally<A: Approximated> {
    plain: Numbers<A>,
    local: Rc<Local>,
}

impl<A: Approximated> Locally<A> {
    /// The machine that keeps its polynomials there.
    pub fn new(local: Rc<Local>) -> Locally<A> {
        Locally { plain: Numbers(()), local }
    }
}

/// The function of the last argument, where it is a special one and the other argument is a number.
fn special<A: Approximated>(record: &'static Elementary, arguments: &[A]) -> Option<Special> {
    if !Function::Elementary(record).is_special() {
        return None;
    }
    match arguments {
        [_] => record.kernel.unary().map(Special::One),
        [first, last] if last.fixed().is_none() || first.fixed().is_some() => {
            first.fixed().zip(record.kernel.binary()).map(|(first, binary)| Special::Fixed(binary, first))
        }
        _ => None,
    }
}

/// A function of machine numbers and of intervals, with special functions by polynomials.
pub struct LocalFunction {
    float: Evaluator<Locally<f64>>,
    interval: Evaluator<Locally<Interval>>,
}

impl LocalFunction {
    /// The function that a program computes; what it finds of special functions is kept there.
    pub fn new(program: &Arc<Program>, local: &Rc<Local>) -> LocalFunction {
        LocalFunction {
            float: Evaluator::new(Arc::clone(program), Locally::new(Rc::clone(local))),
            interval: Evaluator::new(Arc::clone(program), Locally::new(Rc::clone(local))),
        }
    }

    /// The value, NaN where there is none.
    pub fn at(&mut self, inputs: &[f64]) -> f64 {
        self.float.value(inputs)
    }

    /// An enclosure of the values on a box.
    pub fn on(&mut self, inputs: &[Interval]) -> Interval {
        self.interval.value(inputs)
    }
}

impl<A: Approximated> Machine for Locally<A> {
    type Value = A;

    fn literal(&self, literal: &Literal) -> A {
        self.plain.literal(literal)
    }

    fn add(&self, a: &A, b: &A) -> A {
        self.plain.add(a, b)
    }

    fn subtract(&self, a: &A, b: &A) -> A {
        self.plain.subtract(a, b)
    }

    fn multiply(&self, a: &A, b: &A) -> A {
        self.plain.multiply(a, b)
    }

    fn divide(&self, a: &A, b: &A) -> A {
        self.plain.divide(a, b)
    }

    fn negate(&self, a: &A) -> A {
        self.plain.negate(a)
    }

    fn square(&self, a: &A) -> A {
        self.plain.square(a)
    }

    fn square_root(&self, a: &A) -> A {
        self.plain.square_root(a)
    }

    fn integer_power(&self, a: &A, exponent: i64) -> A {
        self.plain.integer_power(a, exponent)
    }

    fn rational_power(&self, a: &A, exponent: &Rational) -> A {
        self.plain.rational_power(a, exponent)
    }

    fn power(&self, a: &A, b: &A) -> A {
        self.plain.power(a, b)
    }

    fn compare(&self, relation: Relation, a: &A, b: &A) -> A {
        self.plain.compare(relation, a, b)
    }

    fn is_exact_zero(&self, a: &A) -> bool {
        self.plain.is_exact_zero(a)
    }

    fn is_known(&self, a: &A) -> bool {
        self.plain.is_known(a)
    }

    fn call(&self, record: &'static Elementary, arguments: &[A]) -> A {
        match (special(record, arguments), arguments.last()) {
            (Some(function), Some(last)) => last.approximate(&self.local, function),
            _ => self.plain.call(record, arguments),
        }
    }
}
