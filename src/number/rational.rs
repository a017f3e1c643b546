//! Rational numbers in lowest terms: two machine words while they fit, two integers beyond.
//!
//! Invariant: the denominator is positive and coprime to the numerator; `Repr::Whole` never holds
//! what fits `Small`, and `Repr::Big` neither what fits that nor an integer.

use std::borrow::Cow;
use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, AddAssign, Div, Mul, MulAssign, Neg, Sub, SubAssign};

use dashu_int::IBig;

use super::dyadic::{Dyadic, Rounding};
use super::integer::{Integer, gcd_u64};

/// A rational number of any size, in lowest terms.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Rational(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64, i64),
    /// An integer beyond a machine word.
    Whole(Integer),
    /// Numerator and denominator, which is not one.
    Big(Box<(Integer, Integer)>),
}

impl Rational {
    /// Zero.
    pub const ZERO: Rational = Rational(Repr::Small(0, 1));
    /// One.
    pub const ONE: Rational = Rational(Repr::Small(1, 1));
    /// One half.
    pub const HALF: Rational = Rational(Repr::Small(1, 2));

    /// Are numerator and denominator machine integers?
    pub fn is_small(&self) -> bool {
        matches!(self.0, Repr::Small(..))
    }

    /// A fraction of machine integers; `None` when the denominator is zero.
    pub fn fraction(numerator: i64, denominator: i64) -> Option<Rational> {
        Rational::ratio(&Integer::new(numerator), &Integer::new(denominator))
    }

    /// The quotient of two integers; `None` when the denominator is zero.
    pub fn ratio(numerator: &Integer, denominator: &Integer) -> Option<Rational> {
        if denominator.is_zero() {
            return None;
        }
        if let (Some(n), Some(d)) = (numerator.to_i64(), denominator.to_i64())
            && n != i64::MIN
            && d != i64::MIN
        {
            return Some(reduce_small(n, d));
        }
        Some(Rational::reduced(numerator, denominator))
    }

    /// The numerator, which carries the sign.
    pub fn numerator(&self) -> Integer {
        match &self.0 {
            Repr::Small(n, _) => Integer::new(*n),
            Repr::Whole(whole) => whole.clone(),
            Repr::Big(big) => big.0.clone(),
        }
    }

    /// The denominator, always positive.
    pub fn denominator(&self) -> Integer {
        match &self.0 {
            Repr::Small(_, d) => Integer::new(*d),
            Repr::Whole(_) => Integer::ONE,
            Repr::Big(big) => big.1.clone(),
        }
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0, _))
    }

    /// Is it one?
    pub fn is_one(&self) -> bool {
        matches!(self.0, Repr::Small(1, 1))
    }

    /// Is the denominator one?
    pub fn is_integer(&self) -> bool {
        match &self.0 {
            Repr::Small(_, d) => *d == 1,
            Repr::Whole(_) => true,
            Repr::Big(_) => false,
        }
    }

    /// The value as an integer, if it is one.
    pub fn to_integer(&self) -> Option<Integer> {
        self.is_integer().then(|| self.numerator())
    }

    /// The value as a machine integer, if it is one that fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(n, 1) => Some(*n),
            _ => None,
        }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Repr::Small(n, _) => n.signum() as i32,
            Repr::Whole(whole) => whole.signum(),
            Repr::Big(big) => big.0.signum(),
        }
    }

    /// Is it less than zero?
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// The distance from zero.
    pub fn abs(&self) -> Rational {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// One over the value; `None` for zero.
    pub fn recip(&self) -> Option<Rational> {
        match &self.0 {
            Repr::Small(0, _) => None,
            Repr::Small(n, d) if *n > 0 => Some(Rational(Repr::Small(*d, *n))),
            _ if self.is_negative() => Some(Rational::coprime(-self.denominator(), -self.numerator())),
            _ => Some(Rational::coprime(self.denominator(), self.numerator())),
        }
    }

    /// The value divided by another; `None` when dividing by zero.
    pub fn checked_div(&self, other: &Rational) -> Option<Rational> {
        other.recip().map(|inverse| self * &inverse)
    }

    /// The value to a machine power; `None` for a negative power of zero. The caller bounds the size first.
    pub fn pow(&self, exponent: i64) -> Option<Rational> {
        let base = if exponent < 0 { self.recip()? } else { self.clone() };
        let exponent = usize::try_from(exponent.unsigned_abs()).ok()?;
        let (numerator, denominator) = (base.numerator().pow(exponent), base.denominator().pow(exponent));
        Some(Rational::coprime(numerator, denominator))
    }

    /// The greatest integer not above the value.
    pub fn floor(&self) -> Integer {
        self.numerator().div_rem_floor(&self.denominator()).expect("a denominator is not zero").0
    }

    /// The least integer not below the value.
    pub fn ceil(&self) -> Integer {
        -(-self).floor()
    }

    /// The nearest `f64`, ties to even.
    pub fn to_f64(&self) -> f64 {
        const EXACT: i64 = 1 << 53;
        match &self.0 {
            Repr::Small(n, d) if n.abs() <= EXACT && *d <= EXACT => *n as f64 / *d as f64,
            _ => self.to_f64_by_division(),
        }
    }

    /// The exact value of a finite `f64`; `None` for infinities and NaN.
    pub fn from_f64(value: f64) -> Option<Rational> {
        let exact = Dyadic::from_f64(value)?;
        let (mantissa, exponent) = (Integer::from(exact.mantissa().clone()), exact.exponent());
        let power = Integer::from(IBig::ONE << exponent.unsigned_abs() as usize);
        Some(if exponent < 0 { Rational::coprime(mantissa, power) } else { Rational::from(mantissa * power) })
    }

    /// The quotient in more bits than an `f64` has, one of which says whether it goes on.
    fn to_f64_by_division(&self) -> f64 {
        const BITS: i64 = 66;
        let (n, d) = (self.numerator(), self.denominator());
        let shift = BITS + d.bit_length() as i64 - n.bit_length() as i64;
        let size = shift.unsigned_abs() as usize;
        let (n, d) = if shift < 0 { (n.abs(), &d << size) } else { (&n.abs() << size, d) };
        let (quotient, rest) = n.div_rem_trunc(&d).expect("a denominator is not zero");
        let sticky = if rest.is_zero() { Integer::ZERO } else { Integer::ONE };
        let value = Dyadic::new(((&quotient << 1) + sticky).into_big(), -shift - 1);
        let size = value.to_f64(Rounding::Nearest);
        if self.is_negative() { -size } else { size }
    }

    /// Lowest terms of a fraction whose denominator is not zero.
    fn reduced(numerator: &Integer, denominator: &Integer) -> Rational {
        let common = numerator.gcd(denominator);
        let common = if denominator.is_negative() { -common } else { common };
        if common.is_one() {
            return Rational::coprime(numerator.clone(), denominator.clone());
        }
        Rational::coprime(numerator.div_exact(&common), denominator.div_exact(&common))
    }

    /// Numerator and denominator, lent where they are stored.
    fn parts(&self) -> (Cow<'_, Integer>, Cow<'_, Integer>) {
        match &self.0 {
            Repr::Small(n, d) => (Cow::Owned(Integer::new(*n)), Cow::Owned(Integer::new(*d))),
            Repr::Whole(whole) => (Cow::Borrowed(whole), Cow::Owned(Integer::ONE)),
            Repr::Big(big) => (Cow::Borrowed(&big.0), Cow::Borrowed(&big.1)),
        }
    }

    /// The sum; what the denominators share is looked for first (Knuth, "The Art of Computer Programming" 2, 4.5.1).
    fn sum(&self, other: &Rational) -> Rational {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        if b.is_one() && d.is_one() {
            return Rational::from(&*a + &*c);
        }
        let common = b.gcd(&d);
        if common.is_one() {
            return Rational::coprime(&*a * &*d + &*c * &*b, &*b * &*d);
        }
        let (b_part, d_part) = (b.div_exact(&common), d.div_exact(&common));
        let numerator = &*a * d_part + &*c * &b_part;
        let shared = numerator.gcd(&common);
        Rational::coprime(numerator.div_exact(&shared), b_part * d.div_exact(&shared))
    }

    /// The product; factors shared crosswise are taken out first.
    fn product(&self, other: &Rational) -> Rational {
        let ((a, b), (c, d)) = (self.parts(), other.parts());
        if b.is_one() && d.is_one() {
            return Rational::from(&*a * &*c);
        }
        let (first, second) = (a.gcd(&d), c.gcd(&b));
        let numerator = a.div_exact(&first) * c.div_exact(&second);
        Rational::coprime(numerator, b.div_exact(&second) * d.div_exact(&first))
    }

    /// A fraction already in lowest terms with a positive denominator.
    fn coprime(numerator: Integer, denominator: Integer) -> Rational {
        match (numerator.to_i64(), denominator.to_i64()) {
            (Some(n), Some(d)) => Rational(Repr::Small(n, d)),
            _ if denominator.is_one() => Rational(Repr::Whole(numerator)),
            _ => Rational(Repr::Big(Box::new((numerator, denominator)))),
        }
    }
}

/// Lowest terms of `n/d`, where neither is `i64::MIN` and `d` is not zero.
fn reduce_small(n: i64, d: i64) -> Rational {
    let common = gcd_u64(n.unsigned_abs(), d.unsigned_abs()) as i64;
    let sign = d.signum();
    Rational(Repr::Small(sign * n / common, sign * d / common))
}

impl From<Integer> for Rational {
    fn from(value: Integer) -> Rational {
        match value.to_i64() {
            Some(small) => Rational(Repr::Small(small, 1)),
            None => Rational(Repr::Whole(value)),
        }
    }
}

impl From<i64> for Rational {
    fn from(value: i64) -> Rational {
        Rational(Repr::Small(value, 1))
    }
}

impl From<i32> for Rational {
    fn from(value: i32) -> Rational {
        Rational::from(i64::from(value))
    }
}

/// A fraction of `i128` values brought to lowest terms, the common slow path of small operands.
fn from_wide(n: i128, d: i128) -> Rational {
    Rational::ratio(&Integer::from(n), &Integer::from(d)).expect("the product of denominators is not zero")
}

fn add_small(a: i64, b: i64, c: i64, d: i64) -> Rational {
    if b == 1
        && d == 1
        && let Some(sum) = a.checked_add(c)
    {
        return Rational(Repr::Small(sum, 1));
    }
    let (a, b, c, d) = (i128::from(a), i128::from(b), i128::from(c), i128::from(d));
    match (a * d).checked_add(c * b) {
        Some(numerator) => from_wide(numerator, b * d),
        None => {
            let whole = |value: i128| Integer::from(value);
            Rational::reduced(&(whole(a) * whole(d) + whole(c) * whole(b)), &whole(b * d))
        }
    }
}

fn mul_small(a: i64, b: i64, c: i64, d: i64) -> Rational {
    if b == 1
        && d == 1
        && let Some(product) = a.checked_mul(c)
    {
        return Rational(Repr::Small(product, 1));
    }
    from_wide(i128::from(a) * i128::from(c), i128::from(b) * i128::from(d))
}

macro_rules! operator {
    ($trait:ident, $method:ident, |$a:ident, $b:ident| $body:expr) => {
        impl $trait<&Rational> for &Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: &Rational) -> Rational {
                let ($a, $b) = (self, other);
                $body
            }
        }
        impl $trait<Rational> for Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: Rational) -> Rational {
                (&self).$method(&other)
            }
        }
        impl $trait<&Rational> for Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: &Rational) -> Rational {
                (&self).$method(other)
            }
        }
        impl $trait<Rational> for &Rational {
            type Output = Rational;
            #[inline]
            fn $method(self, other: Rational) -> Rational {
                self.$method(&other)
            }
        }
    };
}
operator!(Add, add, |a, b| match (&a.0, &b.0) {
    (Repr::Small(p, q), Repr::Small(r, s)) => add_small(*p, *q, *r, *s),
    _ => a.sum(b),
});
operator!(Sub, sub, |a, b| match (&a.0, &b.0) {
    (Repr::Small(p, q), Repr::Small(r, s)) if *r != i64::MIN => add_small(*p, *q, -*r, *s),
    _ => a.sum(&-b),
});
operator!(Mul, mul, |a, b| match (&a.0, &b.0) {
    (Repr::Small(p, q), Repr::Small(r, s)) => mul_small(*p, *q, *r, *s),
    _ => a.product(b),
});
operator!(Div, div, |a, b| a.checked_div(b).expect("the caller divides by a non-zero rational"));

impl AddAssign<&Rational> for Rational {
    fn add_assign(&mut self, other: &Rational) {
        *self = &*self + other;
    }
}

impl SubAssign<&Rational> for Rational {
    fn sub_assign(&mut self, other: &Rational) {
        *self = &*self - other;
    }
}

impl MulAssign<&Rational> for Rational {
    fn mul_assign(&mut self, other: &Rational) {
        *self = &*self * other;
    }
}

impl Neg for &Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        match &self.0 {
            Repr::Small(n, d) if *n != i64::MIN => Rational(Repr::Small(-n, *d)),
            _ => Rational::coprime(-self.numerator(), self.denominator()),
        }
    }
}

impl Neg for Rational {
    type Output = Rational;

    fn neg(self) -> Rational {
        -&self
    }
}

impl PartialOrd for Rational {
    fn partial_cmp(&self, other: &Rational) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rational {
    fn cmp(&self, other: &Rational) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a, b), Repr::Small(c, d)) => {
                (i128::from(*a) * i128::from(*d)).cmp(&(i128::from(*c) * i128::from(*b)))
            }
            _ => (self.numerator() * other.denominator()).cmp(&(other.numerator() * self.denominator())),
        }
    }
}

impl fmt::Display for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_integer() {
            write!(f, "{}", self.numerator())
        } else {
            write!(f, "{}/{}", self.numerator(), self.denominator())
        }
    }
}

impl fmt::Debug for Rational {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Default for Rational {
    fn default() -> Rational {
        Rational::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn q(n: i64, d: i64) -> Rational {
        Rational::fraction(n, d).unwrap()
    }

    #[test]
    fn arithmetic_stays_in_lowest_terms() {
        assert_eq!(q(1, 3) + q(1, 6), Rational::HALF);
        assert_eq!(q(2, -4), q(-1, 2));
        assert_eq!(q(i64::MAX, 2) + q(i64::MAX, 2), Rational::from(i64::MAX));
        assert_eq!((q(i64::MAX, 3) * q(i64::MAX, 5)).to_string(), "85070591730234615847396907784232501249/15");
        assert_eq!(q(-2, 3).pow(-3), Some(q(-27, 8)));
        assert_eq!(q(i64::MIN, 1) - q(i64::MIN, 3), q(i64::MIN, 1) * q(2, 3));
    }

    #[test]
    fn rounding_goes_to_the_right_side() {
        assert_eq!(q(-7, 2).floor(), Integer::new(-4));
        assert_eq!(q(-7, 2).ceil(), Integer::new(-3));
        assert_eq!(q(1, 10).to_f64(), 0.1);
        assert_eq!(Rational::from_f64(0.75), Some(q(3, 4)));
    }
}
