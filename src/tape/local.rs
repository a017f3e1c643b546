//! The machines for plain numbers with special functions by polynomials, for figures that ask for very many values.

use std::rc::Rc;
use std::sync::Arc;

use super::numbers::{Comparable, Numbers};
use super::program::{Literal, Operation, Program};
use super::run::{Evaluator, Machine};
use crate::expr::{Elementary, Function, Relation};
use crate::number::{Binary, Fixed, Interval, Local, Number, Rational, Special};

/// A kind of number for which special functions have polynomials.
pub trait Approximated: Comparable<Context = ()> {
    /// The function here.
    fn approximate(&self, local: &Local, function: Special) -> Self;
    /// A function of two numbers, where it is known directly.
    fn direct(&self, other: &Self, function: &'static Binary) -> Option<Self>;
    /// The number that it is, rounded, if it is one.
    fn fixed(&self) -> Option<Interval>;
}

impl Approximated for f64 {
    fn approximate(&self, local: &Local, function: Special) -> f64 {
        local.value(function, *self)
    }

    fn direct(&self, other: &f64, function: &'static Binary) -> Option<f64> {
        Local::direct_value(function, *self, *other)
    }

    fn fixed(&self) -> Option<Interval> {
        self.is_finite().then(|| Interval::point(*self))
    }
}

impl Approximated for Interval {
    fn approximate(&self, local: &Local, function: Special) -> Interval {
        local.enclose(function, *self)
    }

    fn direct(&self, other: &Interval, function: &'static Binary) -> Option<Interval> {
        Local::direct(function, *self, *other)
    }

    /// A fraction that is no machine number lies between two neighbours.
    fn fixed(&self) -> Option<Interval> {
        (!self.is_empty() && self.high() <= self.low().next_up()).then_some(*self)
    }
}

/// Numbers, with special functions by polynomials.
pub struct Locally<A: Approximated> {
    plain: Numbers<A>,
    local: Rc<Local>,
    fractions: Rc<[Fixed]>,
}

/// The fractions that stand as first arguments of special functions; nothing when something else does too.
fn fractions(program: &Program) -> Vec<Fixed> {
    let mut found = Vec::new();
    for instruction in &program.instructions {
        let Operation::CallMany(function, start, _) = instruction.operation else { continue };
        if !Function::Elementary(program.functions[function as usize]).is_special() {
            continue;
        }
        let register = program.arguments[start as usize] as usize;
        let literal = register.checked_sub(program.variables.len()).and_then(|index| program.literals.get(index));
        match literal {
            Some(Literal::Number(Number::Rational(value))) => match Fixed::fraction(value) {
                Some(fraction) if found.iter().all(|known: &Fixed| known.fraction != fraction.fraction) => {
                    found.push(fraction)
                }
                Some(_) => {}
                None => return Vec::new(),
            },
            _ => return Vec::new(),
        }
    }
    found
}

impl<A: Approximated> Locally<A> {
    fn new(local: &Rc<Local>, fractions: &Rc<[Fixed]>) -> Locally<A> {
        Locally { plain: Numbers(()), local: Rc::clone(local), fractions: Rc::clone(fractions) }
    }

    /// The function of the last argument, where it is a special one and the other argument is a number.
    fn special(&self, record: &'static Elementary, arguments: &[A]) -> Option<Special> {
        if !Function::Elementary(record).is_special() {
            return None;
        }
        match arguments {
            [_] => record.kernel.unary().map(Special::One),
            [first, last] if last.fixed().is_none() || first.fixed().is_some() => {
                let (near, binary) = first.fixed().zip(record.kernel.binary())?;
                let mut known = self.fractions.iter().filter(|fraction| fraction.near.encloses(near));
                let fixed = known.next().copied().filter(|_| known.next().is_none());
                Some(Special::Fixed(binary, fixed.unwrap_or_else(|| Fixed::around(near))))
            }
            _ => None,
        }
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
        let fractions: Rc<[Fixed]> = fractions(program).into();
        LocalFunction {
            float: Evaluator::new(Arc::clone(program), Locally::new(local, &fractions)),
            interval: Evaluator::new(Arc::clone(program), Locally::new(local, &fractions)),
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
        if let ([first, last], Some(binary)) = (arguments, record.kernel.binary())
            && let Some(value) = first.direct(last, binary)
        {
            return value;
        }
        match (self.special(record, arguments), arguments.last()) {
            (Some(function), Some(last)) => last.approximate(&self.local, function),
            _ => self.plain.call(record, arguments),
        }
    }
}
