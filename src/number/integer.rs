//! Integers without bound: a machine word while the value fits one, `dashu` beyond.
//!
//! Invariant: `Repr::Big` never holds a value that fits `i64`, so equality and hashing are structural.

use std::cmp::Ordering;
use std::fmt;
use std::ops::{Add, AddAssign, Mul, MulAssign, Neg, Shl, Shr, Sub, SubAssign};
use std::str::FromStr;

use dashu_base::{BitTest, EstimatedLog2, Gcd, Sign, Signed};
use dashu_int::{IBig, UBig};

use super::held::Held;
use super::large;

/// Numbers with more bits than this have their common divisor found by a way that can be stopped.
const LARGE_DIVISOR: usize = 80_000;

/// Texts longer than this are read by a way that can be stopped.
const LARGE_TEXT: usize = 20_000;

/// An integer of any size.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Integer(Repr);

#[derive(Clone, PartialEq, Eq, Hash)]
enum Repr {
    Small(i64),
    Big(Held),
}

impl Integer {
    /// Zero.
    pub const ZERO: Integer = Integer(Repr::Small(0));
    /// One.
    pub const ONE: Integer = Integer(Repr::Small(1));

    /// A machine integer.
    pub const fn new(value: i64) -> Integer {
        Integer(Repr::Small(value))
    }

    /// The value as `i64` when it fits.
    pub fn to_i64(&self) -> Option<i64> {
        match &self.0 {
            Repr::Small(value) => Some(*value),
            Repr::Big(_) => None,
        }
    }

    /// The value as `u32` when it fits.
    pub fn to_u32(&self) -> Option<u32> {
        self.to_i64().and_then(|value| u32::try_from(value).ok())
    }

    /// The value as `usize` when it fits.
    pub fn to_usize(&self) -> Option<usize> {
        match &self.0 {
            Repr::Small(value) => usize::try_from(*value).ok(),
            Repr::Big(big) => usize::try_from((**big).clone()).ok(),
        }
    }

    /// The nearest `f64`, infinite beyond its range.
    pub fn to_f64(&self) -> f64 {
        match &self.0 {
            Repr::Small(value) => *value as f64,
            Repr::Big(big) => big.to_f64().value(),
        }
    }

    /// -1, 0 or 1.
    pub fn signum(&self) -> i32 {
        match &self.0 {
            Repr::Small(value) => value.signum() as i32,
            Repr::Big(big) if big.is_negative() => -1,
            Repr::Big(_) => 1,
        }
    }

    /// Is it zero?
    pub fn is_zero(&self) -> bool {
        matches!(self.0, Repr::Small(0))
    }

    /// Is it one?
    pub fn is_one(&self) -> bool {
        matches!(self.0, Repr::Small(1))
    }

    /// Is it less than zero?
    pub fn is_negative(&self) -> bool {
        self.signum() < 0
    }

    /// Is it odd?
    pub fn is_odd(&self) -> bool {
        match &self.0 {
            Repr::Small(value) => value & 1 == 1,
            Repr::Big(big) => big.bit(0),
        }
    }

    /// The distance from zero.
    pub fn abs(&self) -> Integer {
        if self.is_negative() { -self } else { self.clone() }
    }

    /// The number of bits of the absolute value: 0 for 0.
    pub fn bit_length(&self) -> usize {
        match &self.0 {
            Repr::Small(value) => 64 - value.unsigned_abs().leading_zeros() as usize,
            Repr::Big(big) => big.as_sign_words().1.split_last().map_or(0, |(top, rest)| {
                rest.len() * dashu_int::Word::BITS as usize + (dashu_int::Word::BITS - top.leading_zeros()) as usize
            }),
        }
    }

    /// The base-2 logarithm of the absolute value, roughly; minus infinity for 0.
    pub fn log2_estimate(&self) -> f64 {
        if self.is_zero() {
            return f64::NEG_INFINITY;
        }
        f64::from(self.to_big().log2_est())
    }

    /// How often 2 divides the value; `None` for 0.
    pub fn trailing_zeros(&self) -> Option<usize> {
        match &self.0 {
            Repr::Small(0) => None,
            Repr::Small(value) => Some(value.trailing_zeros() as usize),
            Repr::Big(big) => big.trailing_zeros(),
        }
    }

    /// The value to a machine power. The caller bounds the size of the result first.
    pub fn pow(&self, exponent: usize) -> Integer {
        if let Repr::Small(value) = self.0
            && let Ok(small) = u32::try_from(exponent)
            && let Some(power) = value.checked_pow(small)
        {
            return Integer::new(power);
        }
        let negative = self.is_negative() && exponent % 2 == 1;
        let power = IBig::from(large::power(&self.to_unsigned(), exponent));
        Integer::from(if negative { -power } else { power })
    }

    /// Quotient and remainder rounded towards zero, or `None` when dividing by zero.
    pub fn div_rem_trunc(&self, divisor: &Integer) -> Option<(Integer, Integer)> {
        if divisor.is_zero() {
            return None;
        }
        if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &divisor.0)
            && let (Some(quotient), Some(remainder)) = (a.checked_div(*b), a.checked_rem(*b))
        {
            return Some((Integer::new(quotient), Integer::new(remainder)));
        }
        let (quotient, remainder) = self.with_big(|a| divisor.with_big(|b| large::quotient_rem(a, b)));
        Some((quotient.into(), remainder.into()))
    }

    /// Quotient rounded down and remainder with the sign of the divisor, as Python's `//` and `%`.
    pub fn div_rem_floor(&self, divisor: &Integer) -> Option<(Integer, Integer)> {
        let (quotient, remainder) = self.div_rem_trunc(divisor)?;
        if !remainder.is_zero() && remainder.is_negative() != divisor.is_negative() {
            Some((quotient - Integer::ONE, remainder + divisor))
        } else {
            Some((quotient, remainder))
        }
    }

    /// The quotient when `divisor` is known to divide the value; for other divisors it is rounded towards zero.
    pub fn div_exact(&self, divisor: &Integer) -> Integer {
        if divisor.is_one() {
            return self.clone();
        }
        self.div_rem_trunc(divisor).expect("an exact divisor is not zero").0
    }

    /// Does `divisor` divide the value? Zero divides only zero.
    pub fn is_divisible_by(&self, divisor: &Integer) -> bool {
        self.div_rem_trunc(divisor).map_or(self.is_zero(), |(_, remainder)| remainder.is_zero())
    }

    /// The greatest common divisor, never negative.
    pub fn gcd(&self, other: &Integer) -> Integer {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => Integer::from(gcd_u64(a.unsigned_abs(), b.unsigned_abs())),
            _ if self.is_zero() => other.abs(),
            _ if other.is_zero() => self.abs(),
            _ if self.is_one() || other.is_one() => Integer::ONE,
            _ if self.bit_length().max(other.bit_length()) > LARGE_DIVISOR => {
                Integer::from(large::gcd(&self.to_unsigned(), &other.to_unsigned()))
            }
            _ => self.with_big(|a| other.with_big(|b| Integer::from(IBig::from(a.gcd(b))))),
        }
    }

    /// The least common multiple, never negative.
    pub fn lcm(&self, other: &Integer) -> Integer {
        if self.is_zero() || other.is_zero() {
            return Integer::ZERO;
        }
        (self.div_exact(&self.gcd(other)) * other).abs()
    }

    /// The `n`-th root of the absolute value rounded down, `n >= 1`.
    pub fn root_floor(&self, n: usize) -> Integer {
        Integer::from(large::nth_root(&self.to_unsigned(), n))
    }

    /// The exact `n`-th root of a non-negative value, if there is one.
    pub fn exact_root(&self, n: usize) -> Option<Integer> {
        if self.is_negative() || n == 0 {
            return None;
        }
        let root = self.root_floor(n);
        (root.pow(n) == *self).then_some(root)
    }

    /// Parses digits in a base from 2 to 36, with an optional sign.
    pub fn parse(text: &str, radix: u32) -> Option<Integer> {
        if text.len() < LARGE_TEXT {
            return IBig::from_str_radix(text, radix).ok().map(Integer::from);
        }
        let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
        let size = IBig::from(large::parse(digits, radix)?);
        Some(Integer::from(if text.starts_with('-') { -size } else { size }))
    }

    /// The digits in a base from 2 to 36.
    pub fn to_text(&self, radix: u32) -> String {
        match (&self.0, radix) {
            (Repr::Small(value), 10) => value.to_string(),
            _ => {
                let sign = if self.is_negative() { "-" } else { "" };
                format!("{sign}{}", large::to_text(&self.to_unsigned(), radix.clamp(2, 36)))
            }
        }
    }

    /// The value put into its box, unless it fits a machine word.
    #[inline]
    fn in_box(mut place: Held, value: IBig) -> Integer {
        match i64::try_from(&value) {
            Ok(small) => Integer::new(small),
            Err(_) => {
                place.put(value);
                Integer(Repr::Big(place))
            }
        }
    }

    /// The value as the library's integer, for the kernels of this room.
    pub(crate) fn to_big(&self) -> IBig {
        match &self.0 {
            Repr::Small(value) => IBig::from(*value),
            Repr::Big(big) => (**big).clone(),
        }
    }

    /// The value given up as the library's integer.
    pub(crate) fn into_big(self) -> IBig {
        match self.0 {
            Repr::Small(value) => IBig::from(value),
            Repr::Big(mut big) => big.take(),
        }
    }

    /// `self -= a * b`, in machine words where they suffice.
    #[inline]
    pub(crate) fn sub_product(&mut self, a: &Integer, b: &Integer) {
        if let (Repr::Small(value), Repr::Small(x), Repr::Small(y)) = (&self.0, &a.0, &b.0)
            && let Some(product) = x.checked_mul(*y)
            && let Some(result) = value.checked_sub(product)
        {
            self.0 = Repr::Small(result);
            return;
        }
        *self = std::mem::take(self) - a * b;
    }

    /// The sum of signed integers, at the place of a long one of them that was dropped before.
    pub(crate) fn signed_sum<'i>(mut terms: impl Iterator<Item = (i8, &'i Integer)>) -> Integer {
        let mut small = 0i128;
        let first = loop {
            match terms.next() {
                Some((sign, Integer(Repr::Small(value)))) => small += i128::from(sign) * i128::from(*value),
                Some((sign, Integer(Repr::Big(big)))) => break Some((sign, big)),
                None => break None,
            }
        };
        let Some((sign, first)) = first else { return Integer::from(small) };
        let mut place = first.clone();
        place.change(|sum| {
            if sign < 0 {
                *sum *= Sign::Negative;
            }
            if small != 0 {
                *sum += small;
            }
            for (sign, term) in terms {
                match (&term.0, sign) {
                    (Repr::Small(value), _) => *sum += i128::from(sign) * i128::from(*value),
                    (Repr::Big(big), 1..) => *sum += &**big,
                    (Repr::Big(big), _) => *sum -= &**big,
                }
            }
        });
        match i64::try_from(&*place) {
            Ok(value) => Integer::new(value),
            Err(_) => Integer(Repr::Big(place)),
        }
    }

    /// Hands the value to `work` as the library's integer without copying a big one.
    #[inline]
    pub(crate) fn with_big<T>(&self, work: impl FnOnce(&IBig) -> T) -> T {
        match &self.0 {
            Repr::Small(value) => work(&IBig::from(*value)),
            Repr::Big(big) => work(big),
        }
    }

    /// The absolute value as the library's natural number, for the kernels of this room.
    pub(crate) fn to_unsigned(&self) -> UBig {
        self.to_big().into_parts().1
    }
}

/// Greatest common divisor of machine words (Stein's binary algorithm).
pub(crate) fn gcd_u64(mut a: u64, mut b: u64) -> u64 {
    if a == 0 || b == 0 {
        return a | b;
    }
    let shift = (a | b).trailing_zeros();
    a >>= a.trailing_zeros();
    while b != 0 {
        b >>= b.trailing_zeros();
        if a > b {
            std::mem::swap(&mut a, &mut b);
        }
        b -= a;
    }
    a << shift
}

impl From<IBig> for Integer {
    fn from(value: IBig) -> Integer {
        match i64::try_from(&value) {
            Ok(small) => Integer::new(small),
            Err(_) => Integer(Repr::Big(Held::new(value))),
        }
    }
}

impl From<UBig> for Integer {
    fn from(value: UBig) -> Integer {
        Integer::from(IBig::from(value))
    }
}

macro_rules! from_machine {
    ($($kind:ty),*) => {$(
        impl From<$kind> for Integer {
            fn from(value: $kind) -> Integer {
                match i64::try_from(value) {
                    Ok(small) => Integer::new(small),
                    Err(_) => Integer(Repr::Big(Held::new(IBig::from(value)))),
                }
            }
        }
    )*};
}
from_machine!(i32, u32, i64, u64, i128, u128, usize, isize);

impl FromStr for Integer {
    type Err = ();

    fn from_str(text: &str) -> Result<Integer, ()> {
        Integer::parse(text, 10).ok_or(())
    }
}

macro_rules! operator {
    ($trait:ident, $method:ident, $assign_trait:ident, $assign:ident, $checked:ident, $big:expr, $owned:expr) => {
        impl $trait<&Integer> for &Integer {
            type Output = Integer;
            #[inline]
            fn $method(self, other: &Integer) -> Integer {
                if let (Repr::Small(a), Repr::Small(b)) = (&self.0, &other.0) {
                    if let Some(result) = a.$checked(*b) {
                        return Integer::new(result);
                    }
                }
                let combine: fn(&IBig, &IBig) -> IBig = $big;
                self.with_big(|a| other.with_big(|b| Integer::from(combine(a, b))))
            }
        }
        impl $trait<Integer> for Integer {
            type Output = Integer;
            #[inline]
            fn $method(self, other: Integer) -> Integer {
                self.$method(&other)
            }
        }
        impl $trait<&Integer> for Integer {
            type Output = Integer;
            #[inline]
            fn $method(self, other: &Integer) -> Integer {
                match self.0 {
                    // What is given up lends its memory to the result.
                    Repr::Big(mut big) => {
                        let combine: fn(IBig, &IBig) -> IBig = $owned;
                        let result = other.with_big(|other| combine(big.take(), other));
                        Integer::in_box(big, result)
                    }
                    Repr::Small(_) => (&self).$method(other),
                }
            }
        }
        impl $trait<Integer> for &Integer {
            type Output = Integer;
            #[inline]
            fn $method(self, other: Integer) -> Integer {
                self.$method(&other)
            }
        }
        impl $assign_trait<&Integer> for Integer {
            #[inline]
            fn $assign(&mut self, other: &Integer) {
                *self = std::mem::take(self).$method(other);
            }
        }
        impl $assign_trait<Integer> for Integer {
            #[inline]
            fn $assign(&mut self, other: Integer) {
                *self = std::mem::take(self).$method(&other);
            }
        }
    };
}
operator!(Add, add, AddAssign, add_assign, checked_add, |a, b| a + b, |a, b| a + b);
operator!(Sub, sub, SubAssign, sub_assign, checked_sub, |a, b| a - b, |a, b| a - b);
operator!(Mul, mul, MulAssign, mul_assign, checked_mul, large::product, |a, b| large::product(&a, b));

impl Neg for &Integer {
    type Output = Integer;

    fn neg(self) -> Integer {
        match &self.0 {
            Repr::Small(value) => match value.checked_neg() {
                Some(result) => Integer::new(result),
                None => Integer::from(-IBig::from(*value)),
            },
            Repr::Big(big) => Integer::from(-&**big),
        }
    }
}

impl Neg for Integer {
    type Output = Integer;

    fn neg(self) -> Integer {
        match self.0 {
            Repr::Big(mut big) => {
                let value = -big.take();
                Integer::in_box(big, value)
            }
            Repr::Small(_) => -&self,
        }
    }
}

impl Shl<usize> for &Integer {
    type Output = Integer;

    fn shl(self, bits: usize) -> Integer {
        Integer::from(self.to_big() << bits)
    }
}

/// Shifts towards minus infinity.
impl Shr<usize> for &Integer {
    type Output = Integer;

    fn shr(self, bits: usize) -> Integer {
        match &self.0 {
            Repr::Small(value) => Integer::new(value >> bits.min(63)),
            Repr::Big(big) => Integer::from(&**big >> bits),
        }
    }
}

impl PartialOrd for Integer {
    fn partial_cmp(&self, other: &Integer) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Integer {
    fn cmp(&self, other: &Integer) -> Ordering {
        match (&self.0, &other.0) {
            (Repr::Small(a), Repr::Small(b)) => a.cmp(b),
            (Repr::Big(a), Repr::Big(b)) => a.cmp(b),
            (Repr::Small(_), Repr::Big(b)) => {
                if b.is_negative() {
                    Ordering::Greater
                } else {
                    Ordering::Less
                }
            }
            (Repr::Big(a), Repr::Small(_)) => {
                if a.is_negative() {
                    Ordering::Less
                } else {
                    Ordering::Greater
                }
            }
        }
    }
}

impl fmt::Display for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.0 {
            Repr::Small(value) => fmt::Display::fmt(value, f),
            Repr::Big(_) => f.pad_integral(!self.is_negative(), "", &self.abs().to_text(10)),
        }
    }
}

impl fmt::Debug for Integer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

impl Default for Integer {
    fn default() -> Integer {
        Integer::ZERO
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_crosses_the_word_boundary_and_comes_back() {
        let big = Integer::new(i64::MAX) + Integer::ONE;
        assert_eq!(big.to_string(), "9223372036854775808");
        assert_eq!((&big - Integer::ONE).to_i64(), Some(i64::MAX));
        assert_eq!((-Integer::new(i64::MIN)), big);
        assert_eq!(Integer::new(i64::MIN).gcd(&Integer::ZERO), big);
        assert_eq!(Integer::new(10).pow(30).bit_length(), 100);
    }

    #[test]
    fn what_is_given_up_counts_as_what_is_lent() {
        let values = ["0", "1", "-1", "9223372036854775807", "-9223372036854775808", "9223372036854775808"];
        let large = ["-340282366920938463463374607431768211456", "1000000000000000000000000000000000000000000000"];
        let values: Vec<Integer> = values.iter().chain(&large).map(|text| text.parse().unwrap()).collect();
        for a in &values {
            for b in &values {
                assert_eq!(a.clone() + b, a + b);
                assert_eq!(a.clone() - b.clone(), a - b);
                assert_eq!(a.clone() * b, a * b);
                let mut sum = a.clone();
                sum += b;
                sum -= b.clone();
                assert_eq!(&sum, a);
                assert_eq!(-a.clone(), Integer::ZERO - a);
                sum.sub_product(a, b);
                assert_eq!(sum, a - &(a * b));
            }
        }
    }

    #[test]
    fn floor_division_follows_the_divisors_sign() {
        for (a, b, q, r) in [(7, 2, 3, 1), (-7, 2, -4, 1), (7, -2, -4, -1), (-7, -2, 3, -1)] {
            let (quotient, remainder) = Integer::new(a).div_rem_floor(&Integer::new(b)).unwrap();
            assert_eq!((quotient.to_i64(), remainder.to_i64()), (Some(q), Some(r)));
        }
        assert!(Integer::ONE.div_rem_floor(&Integer::ZERO).is_none());
    }

    #[test]
    fn roots_are_exact_or_refused() {
        assert_eq!(Integer::new(3).pow(40).exact_root(5), Some(Integer::new(3).pow(8)));
        assert_eq!(Integer::new(8).exact_root(2), None);
    }
}
