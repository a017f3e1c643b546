//! The numbers that an expression may hold: exact or floating, real or complex.
//!
//! Invariant: a complex number has a non-zero imaginary part, except a floating one, which keeps an inexact zero.

use std::hash::{Hash, Hasher};
use std::ops::{Add, Mul, Neg, Sub};

use super::{Complex, Integer, Rational, Real};

/// A number in an expression.
#[derive(Clone, PartialEq, Eq, Hash)]
pub enum Number {
    /// A rational number.
    Rational(Rational),
    /// A complex number with rational parts, the imaginary one not zero.
    Gaussian(Box<Gaussian>),
    /// A floating real number.
    Real(Box<Real>),
    /// A floating complex number.
    Complex(Box<Complex>),
}

/// A complex number with rational parts.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Gaussian {
    /// The real part.
    pub re: Rational,
    /// The imaginary part.
    pub im: Rational,
}

impl Number {
    /// Zero.
    pub const ZERO: Number = Number::Rational(Rational::ZERO);
    /// One.
    pub const ONE: Number = Number::Rational(Rational::ONE);

    /// The complex number with these parts.
    pub fn complex(re: Rational, im: Rational) -> Number {
        if im.is_zero() { Number::Rational(re) } else { Number::Gaussian(Box::new(Gaussian { re, im })) }
    }

    /// The imaginary unit.
    pub fn i() -> Number {
        Number::complex(Rational::ZERO, Rational::ONE)
    }

    /// Is it exact?
    pub fn is_exact(&self) -> bool {
        matches!(self, Number::Rational(_) | Number::Gaussian(_))
    }

    /// Is it zero, exact or not?
    pub fn is_zero(&self) -> bool {
        match self {
            Number::Rational(q) => q.is_zero(),
            Number::Gaussian(_) => false,
            Number::Real(r) => r.is_zero(),
            Number::Complex(c) => c.is_zero(),
        }
    }

    /// Is it exactly one?
    pub fn is_one(&self) -> bool {
        matches!(self, Number::Rational(q) if q.is_one())
    }

    /// The value as a rational number, if it is an exact one.
    pub fn as_rational(&self) -> Option<&Rational> {
        match self {
            Number::Rational(q) => Some(q),
            Number::Gaussian(_) | Number::Real(_) | Number::Complex(_) => None,
        }
    }

    /// The value as an integer, if it is an exact one.
    pub fn to_integer(&self) -> Option<Integer> {
        self.as_rational().and_then(Rational::to_integer)
    }

    /// Real and imaginary part.
    pub fn parts(&self) -> (Number, Number) {
        match self {
            Number::Rational(_) | Number::Real(_) => (self.clone(), Number::ZERO),
            Number::Complex(c) => (Number::from(c.re().clone()), Number::from(c.im().clone())),
            Number::Gaussian(g) => (Number::Rational(g.re.clone()), Number::Rational(g.im.clone())),
        }
    }

    /// Is the imaginary part zero?
    pub fn is_real(&self) -> bool {
        matches!(self, Number::Rational(_) | Number::Real(_))
    }

    /// -1, 0 or 1 for a real number.
    pub fn real_sign(&self) -> Option<i32> {
        match self {
            Number::Rational(q) => Some(q.signum()),
            Number::Real(r) if !r.is_nan() => Some(r.signum()),
            Number::Real(_) | Number::Gaussian(_) | Number::Complex(_) => None,
        }
    }

    /// One over the number; `None` for zero.
    pub fn recip(&self) -> Option<Number> {
        match self {
            Number::Rational(q) => q.recip().map(Number::Rational),
            Number::Gaussian(g) => {
                let scale = g.norm().recip()?;
                Some(Number::complex(&g.re * &scale, -(&g.im * &scale)))
            }
            Number::Real(r) if r.is_zero() => None,
            Number::Real(r) => Some(Number::from(&Real::from_integer(&Integer::ONE, r.prec()) / &**r)),
            Number::Complex(c) if c.is_zero() => None,
            Number::Complex(c) => Some(Number::Complex(Box::new(c.recip()))),
        }
    }

    /// The number to a machine power; `None` for a negative power of zero. The caller bounds the size first.
    pub fn powi(&self, exponent: i64) -> Option<Number> {
        match self {
            Number::Rational(q) => q.pow(exponent).map(Number::Rational),
            // One product is correctly rounded as it is.
            Number::Real(r) if exponent > 2 || (exponent < 0 && !r.is_zero()) => {
                Some(Number::Real(Box::new(r.powi(exponent))))
            }
            Number::Gaussian(_) | Number::Real(_) | Number::Complex(_) => {
                let base = if exponent < 0 { self.recip()? } else { self.clone() };
                Some(power_by_squaring(&base, exponent.unsigned_abs()))
            }
        }
    }

    /// An upper estimate of the bits of the largest part, to bound a power before it is computed.
    pub fn bit_size(&self) -> usize {
        let size = |q: &Rational| q.numerator().bit_length().max(q.denominator().bit_length());
        match self {
            Number::Rational(q) => size(q),
            Number::Gaussian(g) => size(&g.re).max(size(&g.im)) + 1,
            Number::Real(_) | Number::Complex(_) => 0,
        }
    }

    /// The precision in bits of a floating number; `None` for an exact one.
    pub fn precision(&self) -> Option<u32> {
        match self {
            Number::Rational(_) | Number::Gaussian(_) => None,
            Number::Real(r) => Some(r.prec()),
            Number::Complex(c) => Some(c.prec()),
        }
    }

    /// The nearest real of a precision, unless the number is complex.
    pub fn to_real(&self, precision: u32) -> Option<Real> {
        match self {
            Number::Rational(q) => Some(Real::from_rational(q, precision)),
            Number::Real(r) => Some(r.with_prec(precision)),
            Number::Gaussian(_) | Number::Complex(_) => None,
        }
    }

    /// The nearest complex number of a precision.
    pub fn to_complex(&self, precision: u32) -> Complex {
        let zero = || Real::zero(precision);
        let (re, im) = self.parts();
        Complex::new(re.to_real(precision).unwrap_or_else(zero), im.to_real(precision).unwrap_or_else(zero))
    }

    /// The nearest machine numbers of real and imaginary part.
    pub fn to_f64_parts(&self) -> (f64, f64) {
        let complex = self.to_complex(53);
        (complex.re().to_f64(), complex.im().to_f64())
    }

    /// The order in print: by real, then by imaginary part.
    pub fn print_cmp(&self, other: &Number) -> std::cmp::Ordering {
        if let (Some(a), Some(b)) = (exact_parts(self), exact_parts(other)) {
            return a.cmp(&b);
        }
        let (a, b) = (self.to_f64_parts(), other.to_f64_parts());
        a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1))
    }

    /// A hash that is the same in every run.
    pub fn stable_hash(&self) -> u64 {
        if let Number::Rational(rational) = self {
            return Number::hash_of_rational(rational);
        }
        let mut hasher = StableHasher(0x006e_756d);
        self.hash(&mut hasher);
        hasher.finish()
    }
}

impl Number {
    /// The hash of a rational number, without making a number of it.
    pub fn hash_of_rational(rational: &Rational) -> u64 {
        let mut hasher = StableHasher(0x006e_756d);
        std::mem::discriminant(&Number::ZERO).hash(&mut hasher);
        rational.hash(&mut hasher);
        hasher.finish()
    }
}

/// Repeated squaring, for exponents that fit a machine word.
fn power_by_squaring(base: &Number, mut exponent: u64) -> Number {
    let (mut result, mut square) = (Number::ONE, base.clone());
    while exponent > 0 {
        if exponent & 1 == 1 {
            result = &result * &square;
        }
        exponent >>= 1;
        if exponent > 0 {
            square = &square * &square;
        }
    }
    result
}

impl Gaussian {
    /// The square of the absolute value.
    pub fn norm(&self) -> Rational {
        &self.re * &self.re + &self.im * &self.im
    }
}

/// A hasher without random keys: the same in every run.
struct StableHasher(u64);

impl StableHasher {
    #[inline]
    fn absorb(&mut self, word: u64) {
        let h = (self.0.rotate_left(23) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = h ^ (h >> 29);
    }
}

impl Hasher for StableHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        let (words, rest) = bytes.as_chunks::<8>();
        for word in words {
            self.absorb(u64::from_le_bytes(*word));
        }
        if !rest.is_empty() {
            self.absorb(rest.iter().rev().fold(0, |word, byte| (word << 8) | u64::from(*byte)));
        }
    }

    fn write_u64(&mut self, word: u64) {
        self.absorb(word);
    }

    fn write_i64(&mut self, word: i64) {
        self.absorb(word as u64);
    }

    fn write_isize(&mut self, word: isize) {
        self.absorb(word as u64);
    }
}

impl From<Rational> for Number {
    fn from(value: Rational) -> Number {
        Number::Rational(value)
    }
}

impl From<Integer> for Number {
    fn from(value: Integer) -> Number {
        Number::Rational(Rational::from(value))
    }
}

impl From<Real> for Number {
    fn from(value: Real) -> Number {
        Number::Real(Box::new(value))
    }
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number::Rational(Rational::from(value))
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, |$a:ident, $b:ident| $exact:expr) => {
        impl $trait<&Number> for &Number {
            type Output = Number;
            fn $method(self, other: &Number) -> Number {
                if let (Number::Rational(p), Number::Rational(q)) = (self, other) {
                    return Number::Rational($trait::$method(p, q));
                }
                match (exact_parts(self), exact_parts(other)) {
                    (Some($a), Some($b)) => $exact,
                    _ => float_operation(self, other, |p, q| $trait::$method(p, q), |p, q| $trait::$method(p, q)),
                }
            }
        }
        impl $trait<Number> for Number {
            type Output = Number;
            fn $method(self, other: Number) -> Number {
                $trait::$method(&self, &other)
            }
        }
    };
}
operator!(Add, add, |a, b| Number::complex(&a.0 + &b.0, &a.1 + &b.1));
operator!(Sub, sub, |a, b| Number::complex(&a.0 - &b.0, &a.1 - &b.1));
operator!(Mul, mul, |a, b| Number::complex(&a.0 * &b.0 - &a.1 * &b.1, &a.0 * &b.1 + &a.1 * &b.0));

fn exact_parts(number: &Number) -> Option<(Rational, Rational)> {
    match number {
        Number::Rational(q) => Some((q.clone(), Rational::ZERO)),
        Number::Gaussian(g) => Some((g.re.clone(), g.im.clone())),
        Number::Real(_) | Number::Complex(_) => None,
    }
}

/// An operation of which at least one operand is floating; exact operands take the other's precision.
fn float_operation(
    left: &Number,
    right: &Number,
    real: impl Fn(&Real, &Real) -> Real,
    complex: impl Fn(&Complex, &Complex) -> Complex,
) -> Number {
    let precision = left.precision().into_iter().chain(right.precision()).min().unwrap_or(53);
    match (left.to_real(precision), right.to_real(precision)) {
        (Some(a), Some(b)) => {
            // An exact operand takes the other's kind as well; of Sage's reals and Python's floats the former win.
            let plain = |number: &Number| matches!(number, Number::Real(real) if !real.is_machine());
            let result = real(&a, &b);
            Number::from(if plain(left) || plain(right) { result } else { result.into_machine() })
        }
        _ => Number::Complex(Box::new(complex(&left.to_complex(precision), &right.to_complex(precision)))),
    }
}

impl Neg for &Number {
    type Output = Number;

    fn neg(self) -> Number {
        match self {
            Number::Rational(q) => Number::Rational(-q),
            Number::Gaussian(g) => Number::complex(-&g.re, -&g.im),
            Number::Real(r) => Number::from(-&**r),
            Number::Complex(c) => Number::Complex(Box::new(-&**c)),
        }
    }
}

impl std::fmt::Debug for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Number::Rational(q) => write!(f, "{q}"),
            Number::Gaussian(g) => write!(f, "({} + {}*I)", g.re, g.im),
            Number::Real(r) => write!(f, "{r}"),
            Number::Complex(c) => write!(f, "({c})"),
        }
    }
}
