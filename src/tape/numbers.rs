//! The machines for plain numbers: machine numbers, complex ones, intervals, and balls of a precision.

use std::cmp::Ordering;

use super::program::Literal;
use super::run::Machine;
use crate::expr::{Constant, Elementary, Relation};
use crate::number::{Arithmetic, Ball, Complex64, ComplexBall, Interval, NamedConstant, Rational, kernel};

/// The machine of an arithmetic with its context.
#[derive(Clone, Copy, Debug)]
pub struct Numbers<A: Comparable>(pub A::Context);

/// Machine numbers; NaN where there is no real value.
pub type Doubles = Numbers<f64>;
/// Complex machine numbers.
pub type ComplexDoubles = Numbers<Complex64>;
/// Intervals with outward rounding and the flags "defined" and "continuous".
pub type Intervals = Numbers<Interval>;
/// Real balls of a precision.
pub type Balls = Numbers<Ball>;
/// Complex balls of a precision.
pub type ComplexBalls = Numbers<ComplexBall>;

/// What tapes ask of an arithmetic beyond its operations.
pub trait Comparable: Arithmetic {
    /// 1 where the relation holds, 0 where it does not, both or nothing where that is not decided.
    fn compare(relation: Relation, a: &Self, b: &Self, context: Self::Context) -> Self;
    /// The value of what has none.
    fn missing() -> Self;
    /// Is it exactly zero?
    fn is_exact_zero(&self) -> bool;
    /// Is it surely a number, defined and continuous where the kind tells so?
    fn is_known(&self) -> bool;
    /// `a*a`
    fn square(&self, context: Self::Context) -> Self {
        self.mul(self, context)
    }
}

impl<A: Comparable> Machine for Numbers<A> {
    type Value = A;

    fn literal(&self, literal: &Literal) -> A {
        match literal {
            Literal::Number(number) => A::number(number, self.0).unwrap_or_else(A::missing),
            Literal::E => A::constant(NamedConstant::E, self.0),
            Literal::Named(constant) => match constant {
                Constant::Pi => A::constant(NamedConstant::Pi, self.0),
                Constant::EulerGamma => A::constant(NamedConstant::EulerGamma, self.0),
                Constant::Catalan => A::constant(NamedConstant::Catalan, self.0),
                Constant::GoldenRatio => A::constant(NamedConstant::GoldenRatio, self.0),
                Constant::NoLimit | Constant::Oscillating => A::missing(),
            },
        }
    }

    #[inline]
    fn add(&self, a: &A, b: &A) -> A {
        a.add(b, self.0)
    }

    #[inline]
    fn subtract(&self, a: &A, b: &A) -> A {
        a.sub(b, self.0)
    }

    #[inline]
    fn multiply(&self, a: &A, b: &A) -> A {
        a.mul(b, self.0)
    }

    #[inline]
    fn divide(&self, a: &A, b: &A) -> A {
        a.div(b, self.0)
    }

    #[inline]
    fn negate(&self, a: &A) -> A {
        a.neg(self.0)
    }

    #[inline]
    fn square(&self, a: &A) -> A {
        a.square(self.0)
    }

    #[inline]
    fn square_root(&self, a: &A) -> A {
        a.apply(&kernel::SQRT, self.0)
    }

    #[inline]
    fn integer_power(&self, a: &A, exponent: i64) -> A {
        a.integer_power(exponent, self.0)
    }

    fn rational_power(&self, a: &A, exponent: &Rational) -> A {
        a.rational_power(exponent, self.0)
    }

    fn power(&self, a: &A, b: &A) -> A {
        a.power(b, self.0)
    }

    fn compare(&self, relation: Relation, a: &A, b: &A) -> A {
        A::compare(relation, a, b, self.0)
    }

    fn is_exact_zero(&self, a: &A) -> bool {
        a.is_exact_zero()
    }

    fn is_known(&self, a: &A) -> bool {
        a.is_known()
    }

    #[inline]
    fn call(&self, record: &'static Elementary, arguments: &[A]) -> A {
        let kernel = record.kernel;
        match arguments {
            [x] => kernel.unary().map_or_else(A::missing, |unary| x.apply(unary, self.0)),
            [x, y] => kernel.binary().map_or_else(A::missing, |binary| x.apply_two(y, binary, self.0)),
            [first, rest @ ..] => kernel.binary().map_or_else(A::missing, |binary| {
                rest.iter().fold(first.clone(), |joined, next| joined.apply_two(next, binary, self.0))
            }),
            [] => A::missing(),
        }
    }
}

impl Comparable for f64 {
    fn compare(relation: Relation, a: &f64, b: &f64, (): ()) -> f64 {
        match a.partial_cmp(b) {
            Some(order) => f64::from(u8::from(relation.holds(order))),
            None => f64::NAN,
        }
    }

    fn is_exact_zero(&self) -> bool {
        *self == 0.0
    }

    fn is_known(&self) -> bool {
        self.is_finite()
    }

    fn missing() -> f64 {
        f64::NAN
    }
}

impl Comparable for Complex64 {
    fn compare(relation: Relation, a: &Complex64, b: &Complex64, (): ()) -> Complex64 {
        let (re, im) = (a.re.partial_cmp(&b.re), a.im == b.im);
        match (relation, re) {
            (_, None) => Complex64::NAN,
            (Relation::Equal, Some(order)) => Complex64::from(f64::from(u8::from(order.is_eq() && im))),
            (Relation::NotEqual, Some(order)) => Complex64::from(f64::from(u8::from(order.is_ne() || !im))),
            (_, Some(order)) if a.im == 0.0 && b.im == 0.0 => {
                Complex64::from(f64::from(u8::from(relation.holds(order))))
            }
            _ => Complex64::NAN,
        }
    }

    fn is_exact_zero(&self) -> bool {
        self.re == 0.0 && self.im == 0.0
    }

    fn is_known(&self) -> bool {
        self.is_finite()
    }

    fn missing() -> Complex64 {
        Complex64::NAN
    }
}

impl Comparable for Interval {
    /// Where the relation changes, both values with a jump between.
    fn compare(relation: Relation, a: &Interval, b: &Interval, (): ()) -> Interval {
        let difference = *a - *b;
        if difference.is_empty() {
            return Interval::EMPTY;
        }
        let possible = [
            (difference.low() < 0.0, Ordering::Less),
            (difference.contains(0.0), Ordering::Equal),
            (difference.high() > 0.0, Ordering::Greater),
        ];
        let unit = Interval::new(0.0, 1.0);
        match verdict(relation, possible) {
            // Zero times something bounded keeps the flags of the difference.
            Some(truth) => difference.arctan() * Interval::point(0.0) + Interval::point(f64::from(u8::from(truth))),
            // The sign jumps where the relation does, and so carries the right flags.
            None => difference.sign().square().hull(unit).intersect(unit),
        }
    }

    fn is_exact_zero(&self) -> bool {
        self.is_point() && self.low() == 0.0 && self.is_continuous()
    }

    fn is_known(&self) -> bool {
        self.is_bounded() && self.is_continuous()
    }

    fn missing() -> Interval {
        Interval::EMPTY
    }

    fn square(&self, (): ()) -> Interval {
        Interval::square(*self)
    }
}

/// Does the relation hold in all possible cases, in none (`Some(false)`), or in some?
fn verdict(relation: Relation, possible: [(bool, Ordering); 3]) -> Option<bool> {
    let may = |truth: bool| possible.iter().any(|(possible, order)| *possible && relation.holds(*order) == truth);
    match (may(true), may(false)) {
        (true, false) => Some(true),
        (false, true) => Some(false),
        _ => None,
    }
}

impl Comparable for Ball {
    fn compare(relation: Relation, a: &Ball, b: &Ball, precision: u32) -> Ball {
        let difference = a.sub(b, precision);
        if !difference.is_bounded() {
            return Ball::UNBOUNDED;
        }
        let sign = difference.sign();
        let possible = [
            (sign.is_none_or(|sign| sign < 0), Ordering::Less),
            (sign.is_none_or(|sign| sign == 0), Ordering::Equal),
            (sign.is_none_or(|sign| sign > 0), Ordering::Greater),
        ];
        match verdict(relation, possible) {
            Some(truth) => Ball::from(i64::from(truth)),
            None => Ball::ZERO.union(&Ball::one(), precision),
        }
    }

    fn is_exact_zero(&self) -> bool {
        self.is_zero()
    }

    fn is_known(&self) -> bool {
        self.is_bounded()
    }

    fn missing() -> Ball {
        Ball::UNBOUNDED
    }

    fn square(&self, precision: u32) -> Ball {
        Ball::square(self, precision)
    }
}

impl Comparable for ComplexBall {
    fn compare(relation: Relation, a: &ComplexBall, b: &ComplexBall, precision: u32) -> ComplexBall {
        let difference = a.sub(b, precision);
        if difference.is_real() {
            return ComplexBall::from(<Ball as Comparable>::compare(relation, difference.re(), &Ball::ZERO, precision));
        }
        let differ = difference.is_bounded() && !difference.contains_zero();
        match relation {
            Relation::Equal if differ => ComplexBall::from(Ball::ZERO),
            Relation::NotEqual if differ => ComplexBall::one(),
            _ => ComplexBall::missing(),
        }
    }

    fn is_exact_zero(&self) -> bool {
        self.is_zero()
    }

    fn is_known(&self) -> bool {
        self.is_bounded()
    }

    fn missing() -> ComplexBall {
        ComplexBall::from(Ball::UNBOUNDED)
    }

    fn square(&self, precision: u32) -> ComplexBall {
        ComplexBall::square(self, precision)
    }
}
