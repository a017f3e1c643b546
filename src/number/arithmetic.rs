//! What a compiled expression needs of the numbers it runs over.
//!
//! The tape is written once against [`Arithmetic`]; an elementary function is a [`Unary`] or [`Binary`] record with one
//! pointer for each arithmetic, so each picks its own and a new function is declared in one place.

use super::complex64::real_power;
use super::{Ball, Complex64, ComplexBall, Interval, Number, Rational, Real};

/// A constant with a name of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NamedConstant {
    /// 3.14159...
    Pi,
    /// 2.71828...
    E,
    /// Euler's constant, 0.57721...
    EulerGamma,
    /// Catalan's constant, 0.91596...
    Catalan,
    /// (1 + sqrt(5))/2
    GoldenRatio,
    /// log(2)
    Log2,
}

impl NamedConstant {
    /// The constant to a precision.
    pub fn ball(self, precision: u32) -> Ball {
        match self {
            NamedConstant::Pi => Ball::pi(precision),
            NamedConstant::E => Ball::e(precision),
            NamedConstant::EulerGamma => Ball::euler_gamma(precision),
            NamedConstant::Catalan => Ball::catalan(precision),
            NamedConstant::GoldenRatio => Ball::golden_ratio(precision),
            NamedConstant::Log2 => Ball::ln2(precision),
        }
    }
}

/// A function of one variable in every arithmetic.
#[derive(Clone, Copy)]
pub struct Unary {
    /// On machine numbers; NaN where the value is not real.
    pub float: fn(f64) -> f64,
    /// On complex machine numbers.
    pub complex: fn(Complex64) -> Complex64,
    /// On intervals.
    pub interval: fn(Interval) -> Interval,
    /// On balls of a precision.
    pub ball: fn(&Ball, u32) -> Ball,
    /// On complex balls of a precision.
    pub complex_ball: fn(&ComplexBall, u32) -> ComplexBall,
}

/// A function of two variables in every arithmetic.
#[derive(Clone, Copy)]
pub struct Binary {
    /// On machine numbers; NaN where the value is not real.
    pub float: fn(f64, f64) -> f64,
    /// On complex machine numbers.
    pub complex: fn(Complex64, Complex64) -> Complex64,
    /// On intervals.
    pub interval: fn(Interval, Interval) -> Interval,
    /// On balls of a precision.
    pub ball: fn(&Ball, &Ball, u32) -> Ball,
    /// On complex balls of a precision.
    pub complex_ball: fn(&ComplexBall, &ComplexBall, u32) -> ComplexBall,
}

/// Numbers over which a compiled expression can run.
pub trait Arithmetic: Clone {
    /// What every operation has to know: the working precision, or nothing.
    type Context: Copy;

    /// A rational number.
    fn rational(value: &Rational, context: Self::Context) -> Self;
    /// A floating number, as the value that it stores.
    fn real(value: &Real, context: Self::Context) -> Self;
    /// A named constant.
    fn constant(name: NamedConstant, context: Self::Context) -> Self;
    /// The imaginary unit; `None` when this arithmetic is a real one.
    fn imaginary_unit(context: Self::Context) -> Option<Self>;
    /// The sum.
    fn add(&self, other: &Self, context: Self::Context) -> Self;
    /// The difference.
    fn sub(&self, other: &Self, context: Self::Context) -> Self;
    /// The product.
    fn mul(&self, other: &Self, context: Self::Context) -> Self;
    /// The quotient.
    fn div(&self, other: &Self, context: Self::Context) -> Self;
    /// The opposite.
    fn neg(&self, context: Self::Context) -> Self;
    /// The power with a machine integer.
    fn integer_power(&self, exponent: i64, context: Self::Context) -> Self;
    /// The principal power with a rational exponent.
    fn rational_power(&self, exponent: &Rational, context: Self::Context) -> Self;
    /// The principal power with any exponent.
    fn power(&self, exponent: &Self, context: Self::Context) -> Self;
    /// A function of this number.
    fn apply(&self, function: &Unary, context: Self::Context) -> Self;
    /// A function of two numbers.
    fn apply_two(&self, other: &Self, function: &Binary, context: Self::Context) -> Self;

    /// A number of an expression; `None` when it is not real and this arithmetic is.
    fn number(value: &Number, context: Self::Context) -> Option<Self> {
        match value {
            Number::Rational(q) => Some(Self::rational(q, context)),
            Number::Real(r) => Some(Self::real(r, context)),
            Number::Gaussian(g) => {
                let i = Self::imaginary_unit(context)?;
                let im = Self::rational(&g.im, context).mul(&i, context);
                Some(Self::rational(&g.re, context).add(&im, context))
            }
            Number::Complex(c) if c.is_real() => Some(Self::real(c.re(), context)),
            Number::Complex(c) => {
                let i = Self::imaginary_unit(context)?;
                let im = Self::real(c.im(), context).mul(&i, context);
                Some(Self::real(c.re(), context).add(&im, context))
            }
        }
    }
}

impl Arithmetic for f64 {
    type Context = ();

    fn rational(value: &Rational, (): ()) -> f64 {
        value.to_f64()
    }
    fn real(value: &Real, (): ()) -> f64 {
        value.to_f64()
    }
    fn constant(name: NamedConstant, (): ()) -> f64 {
        name.ball(64).to_f64()
    }
    fn imaginary_unit((): ()) -> Option<f64> {
        None
    }
    #[inline]
    fn add(&self, other: &f64, (): ()) -> f64 {
        self + other
    }
    #[inline]
    fn sub(&self, other: &f64, (): ()) -> f64 {
        self - other
    }
    #[inline]
    fn mul(&self, other: &f64, (): ()) -> f64 {
        self * other
    }
    #[inline]
    fn div(&self, other: &f64, (): ()) -> f64 {
        self / other
    }
    #[inline]
    fn neg(&self, (): ()) -> f64 {
        -self
    }
    #[inline]
    fn integer_power(&self, exponent: i64, (): ()) -> f64 {
        real_power(*self, exponent)
    }
    fn rational_power(&self, exponent: &Rational, (): ()) -> f64 {
        if *exponent == Rational::HALF {
            return self.sqrt();
        }
        match exponent.to_i64() {
            Some(whole) => real_power(*self, whole),
            None if *self < 0.0 => f64::NAN,
            None => pxfm::f_pow(*self, exponent.to_f64()),
        }
    }
    #[inline]
    fn power(&self, exponent: &f64, (): ()) -> f64 {
        pxfm::f_pow(*self, *exponent)
    }
    #[inline]
    fn apply(&self, function: &Unary, (): ()) -> f64 {
        (function.float)(*self)
    }
    #[inline]
    fn apply_two(&self, other: &f64, function: &Binary, (): ()) -> f64 {
        (function.float)(*self, *other)
    }
}

impl Arithmetic for Complex64 {
    type Context = ();

    fn rational(value: &Rational, (): ()) -> Complex64 {
        Complex64::from(value.to_f64())
    }
    fn real(value: &Real, (): ()) -> Complex64 {
        Complex64::from(value.to_f64())
    }
    fn constant(name: NamedConstant, (): ()) -> Complex64 {
        Complex64::from(name.ball(64).to_f64())
    }
    fn imaginary_unit((): ()) -> Option<Complex64> {
        Some(Complex64::I)
    }
    fn add(&self, other: &Complex64, (): ()) -> Complex64 {
        *self + *other
    }
    fn sub(&self, other: &Complex64, (): ()) -> Complex64 {
        *self - *other
    }
    fn mul(&self, other: &Complex64, (): ()) -> Complex64 {
        *self * *other
    }
    fn div(&self, other: &Complex64, (): ()) -> Complex64 {
        *self / *other
    }
    fn neg(&self, (): ()) -> Complex64 {
        -*self
    }
    fn integer_power(&self, exponent: i64, (): ()) -> Complex64 {
        self.powi(exponent)
    }
    fn rational_power(&self, exponent: &Rational, (): ()) -> Complex64 {
        if *exponent == Rational::HALF { self.sqrt() } else { self.pow(Complex64::from(exponent.to_f64())) }
    }
    fn power(&self, exponent: &Complex64, (): ()) -> Complex64 {
        self.pow(*exponent)
    }
    fn apply(&self, function: &Unary, (): ()) -> Complex64 {
        (function.complex)(*self)
    }
    fn apply_two(&self, other: &Complex64, function: &Binary, (): ()) -> Complex64 {
        (function.complex)(*self, *other)
    }
}

impl Arithmetic for Interval {
    type Context = ();

    fn rational(value: &Rational, (): ()) -> Interval {
        Interval::from_rational(value)
    }
    fn real(value: &Real, (): ()) -> Interval {
        Ball::from_real(value).to_interval()
    }
    fn constant(name: NamedConstant, (): ()) -> Interval {
        name.ball(80).to_interval()
    }
    fn imaginary_unit((): ()) -> Option<Interval> {
        None
    }
    #[inline]
    fn add(&self, other: &Interval, (): ()) -> Interval {
        *self + *other
    }
    #[inline]
    fn sub(&self, other: &Interval, (): ()) -> Interval {
        *self - *other
    }
    #[inline]
    fn mul(&self, other: &Interval, (): ()) -> Interval {
        *self * *other
    }
    fn div(&self, other: &Interval, (): ()) -> Interval {
        *self / *other
    }
    fn neg(&self, (): ()) -> Interval {
        -*self
    }
    fn integer_power(&self, exponent: i64, (): ()) -> Interval {
        self.powi(exponent)
    }
    fn rational_power(&self, exponent: &Rational, (): ()) -> Interval {
        self.pow_rational(exponent)
    }
    fn power(&self, exponent: &Interval, (): ()) -> Interval {
        self.pow(*exponent)
    }
    fn apply(&self, function: &Unary, (): ()) -> Interval {
        (function.interval)(*self)
    }
    fn apply_two(&self, other: &Interval, function: &Binary, (): ()) -> Interval {
        (function.interval)(*self, *other)
    }
}

impl Arithmetic for Ball {
    type Context = u32;

    fn rational(value: &Rational, precision: u32) -> Ball {
        Ball::from_rational(value, precision)
    }
    fn real(value: &Real, _: u32) -> Ball {
        Ball::from_real(value)
    }
    fn constant(name: NamedConstant, precision: u32) -> Ball {
        name.ball(precision)
    }
    fn imaginary_unit(_: u32) -> Option<Ball> {
        None
    }
    fn add(&self, other: &Ball, precision: u32) -> Ball {
        Ball::add(self, other, precision)
    }
    fn sub(&self, other: &Ball, precision: u32) -> Ball {
        Ball::sub(self, other, precision)
    }
    fn mul(&self, other: &Ball, precision: u32) -> Ball {
        Ball::mul(self, other, precision)
    }
    fn div(&self, other: &Ball, precision: u32) -> Ball {
        Ball::div(self, other, precision)
    }
    fn neg(&self, _: u32) -> Ball {
        Ball::neg(self)
    }
    fn integer_power(&self, exponent: i64, precision: u32) -> Ball {
        self.powi(exponent, precision)
    }
    fn rational_power(&self, exponent: &Rational, precision: u32) -> Ball {
        self.pow_rational(exponent, precision)
    }
    fn power(&self, exponent: &Ball, precision: u32) -> Ball {
        self.pow(exponent, precision)
    }
    fn apply(&self, function: &Unary, precision: u32) -> Ball {
        (function.ball)(self, precision)
    }
    fn apply_two(&self, other: &Ball, function: &Binary, precision: u32) -> Ball {
        (function.ball)(self, other, precision)
    }
}

impl Arithmetic for ComplexBall {
    type Context = u32;

    fn rational(value: &Rational, precision: u32) -> ComplexBall {
        ComplexBall::from_rational(value, precision)
    }
    fn real(value: &Real, _: u32) -> ComplexBall {
        ComplexBall::from(Ball::from_real(value))
    }
    fn constant(name: NamedConstant, precision: u32) -> ComplexBall {
        ComplexBall::from(name.ball(precision))
    }
    fn imaginary_unit(_: u32) -> Option<ComplexBall> {
        Some(ComplexBall::i())
    }
    fn add(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::add(self, other, precision)
    }
    fn sub(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::sub(self, other, precision)
    }
    fn mul(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::mul(self, other, precision)
    }
    fn div(&self, other: &ComplexBall, precision: u32) -> ComplexBall {
        ComplexBall::div(self, other, precision)
    }
    fn neg(&self, _: u32) -> ComplexBall {
        ComplexBall::neg(self)
    }
    fn integer_power(&self, exponent: i64, precision: u32) -> ComplexBall {
        self.powi(exponent, precision)
    }
    fn rational_power(&self, exponent: &Rational, precision: u32) -> ComplexBall {
        self.pow_rational(exponent, precision)
    }
    fn power(&self, exponent: &ComplexBall, precision: u32) -> ComplexBall {
        self.pow(exponent, precision)
    }
    fn apply(&self, function: &Unary, precision: u32) -> ComplexBall {
        (function.complex_ball)(self, precision)
    }
    fn apply_two(&self, other: &ComplexBall, function: &Binary, precision: u32) -> ComplexBall {
        (function.complex_ball)(self, other, precision)
    }
}
