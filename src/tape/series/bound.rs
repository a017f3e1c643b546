//! Bounds for the coefficients of a series over the rationals: of their size, and of their denominators.
//!
//! Both are rings in which the recurrences of power series run: sizes add up without cancellation, denominators join to
//! common multiples. So the bounds hold for whatever expression was expanded.

use super::lanes::Lanes;
use super::power::{self, Coefficients, Row};
use super::replay::Image;
use crate::number::{Integer, Rational};

/// Upper bounds of absolute values, `mantissa * 2^exponent`; rounding errors are far below the bit that is added at the
/// end.
pub(super) struct Sizes;

/// A bound: a mantissa in `[1, 2)` or zero, and an exponent.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Size {
    mantissa: f64,
    exponent: i64,
}

impl Size {
    const ZERO: Size = Size { mantissa: 0.0, exponent: 0 };

    fn new(mantissa: f64, exponent: i64) -> Size {
        if mantissa == 0.0 {
            return Size::ZERO;
        }
        let shift = ((mantissa.to_bits() >> 52) & 0x7ff) as i64 - 1023;
        let bits = (mantissa.to_bits() & 0x000f_ffff_ffff_ffff) | 0x3ff0_0000_0000_0000;
        Size { mantissa: f64::from_bits(bits), exponent: exponent + shift }
    }

    fn of(value: &Integer) -> Size {
        let length = value.bit_length();
        let kept = if length > 60 { &value.abs() >> (length - 60) } else { value.abs() };
        let leading = kept.to_i64().unwrap_or(i64::MAX) as f64;
        Size::new(leading * (1.0 + 1e-15), length.saturating_sub(60) as i64)
    }

    /// A number `b` with a value below `2^b`.
    pub(super) fn bits(self) -> i64 {
        if self.mantissa == 0.0 { 0 } else { self.exponent + 2 }
    }

    fn times(self, other: Size) -> Size {
        Size::new(self.mantissa * other.mantissa, self.exponent + other.exponent)
    }

    fn over(self, other: Size) -> Size {
        Size::new(self.mantissa / other.mantissa, self.exponent - other.exponent)
    }

    fn plus(self, other: Size) -> Size {
        let (large, small) = if self.exponent >= other.exponent { (self, other) } else { (other, self) };
        let distance = large.exponent - small.exponent;
        if small.mantissa == 0.0 {
            return large;
        }
        if large.mantissa == 0.0 {
            return small;
        }
        if distance > 60 {
            return Size::new(large.mantissa * (1.0 + f64::EPSILON), large.exponent);
        }
        let power = f64::from_bits(((1023 - distance) as u64) << 52);
        Size::new(large.mantissa + small.mantissa * power, large.exponent)
    }

    fn of_small(value: i64) -> Size {
        Size::new(value.unsigned_abs() as f64, 0)
    }
}

impl Coefficients for Sizes {
    type Element = Size;

    fn integer(&self, value: i64) -> Size {
        Size::of_small(value)
    }

    fn add(&self, a: &Size, b: &Size) -> Size {
        a.plus(*b)
    }

    fn negate(&self, a: &Size) -> Size {
        *a
    }

    fn multiply(&self, a: &Size, b: &Size) -> Size {
        a.times(*b)
    }

    fn divide(&self, a: &Size, b: &Size) -> Size {
        a.over(*b)
    }

    fn scale(&self, a: &Size, factor: i64) -> Size {
        a.times(Size::of_small(factor))
    }

    fn divide_small(&self, a: &Size, divisor: i64) -> Size {
        a.over(Size::of_small(divisor))
    }

    fn is_absent(&self, a: &Size) -> bool {
        a.mantissa == 0.0
    }
}

impl Image for Sizes {
    fn image(&self, value: &Rational) -> Option<Size> {
        Some(Size::of(&value.numerator()).over(Size::of(&value.denominator())).times(Size::new(1.0 + 1e-14, 0)))
    }

    /// A divisor is rounded down.
    fn lead(&self, value: &Rational) -> Option<Size> {
        Some(self.image(value)?.times(Size::new(1.0 - 1e-13, 0)))
    }
}

/// Common multiples of denominators, as exponents over fixed generators.
pub(super) struct Denominators {
    /// The primes up to a bound, and what is left of the constants of the expansion without them.
    generators: Vec<Integer>,
    /// The exponents of the small integers.
    small: Vec<Lanes>,
}

/// A multiple of a denominator, and, for constants that are divided by, of the numerator. `None` for zero.
#[derive(Clone, Debug)]
pub(super) struct Multiple {
    denominator: Option<Lanes>,
    numerator: Option<Lanes>,
}

impl Denominators {
    /// For divisors up to a bound and these constants; `None` when there are too many unlike constants.
    pub(super) fn new(bound: usize, constants: &[Rational]) -> Option<Denominators> {
        /// More generators than this cost more than they save.
        const MOST_EXTRA: usize = 64;
        let mut generators: Vec<Integer> = primes(bound).into_iter().map(|p| Integer::from(p as i64)).collect();
        let primes = generators.len();
        for constant in constants {
            for part in [constant.numerator().abs(), constant.denominator()] {
                let rest = without(&part, &generators);
                if !rest.is_one() && !rest.is_zero() && !generators.contains(&rest) {
                    generators.push(rest);
                }
            }
            if generators.len() > primes + MOST_EXTRA {
                return None;
            }
        }
        let small = small_exponents(bound, generators.len()).iter().map(|row| Lanes::new(row)).collect();
        Some(Denominators { generators, small })
    }

    /// The number as a product of generators; `None` when it is none.
    fn exponents(&self, value: &Integer) -> Option<Lanes> {
        let mut rest = value.abs();
        let mut exponents = vec![0; self.generators.len()];
        for (exponent, generator) in exponents.iter_mut().zip(&self.generators) {
            if rest.is_one() {
                break;
            }
            while rest.is_divisible_by(generator) {
                rest = rest.div_exact(generator);
                *exponent += 1;
            }
        }
        rest.is_one().then(|| Lanes::new(&exponents))
    }

    /// The same for a machine integer; all exponents are the greatest when it is no such product.
    fn of_small(&self, value: i64) -> Lanes {
        match self.small.get(value.unsigned_abs() as usize) {
            Some(known) => known.clone(),
            None => self.exponents(&Integer::new(value)).unwrap_or_else(|| self.unknown()),
        }
    }

    fn unknown(&self) -> Lanes {
        Lanes::unknown(self.generators.len())
    }

    /// The exponents of the element's denominator.
    pub(super) fn of(&self, element: &Multiple) -> Vec<i16> {
        element.denominator.as_ref().map(Lanes::row).unwrap_or_default()
    }

    /// The product of the generators to these powers.
    pub(super) fn product(&self, exponents: &[i16]) -> Integer {
        let factors = self.generators.iter().zip(exponents).filter(|(_, e)| **e > 0);
        factors.fold(Integer::ONE, |product, (g, e)| product * g.pow(*e as usize))
    }
}

/// The exponents of the primes in the integers up to a bound, each row as long as there are generators.
fn small_exponents(bound: usize, generators: usize) -> Vec<Vec<i16>> {
    let mut rows = vec![vec![0; generators]; bound + 1];
    for (place, prime) in primes(bound).into_iter().enumerate() {
        let mut power = prime;
        while power <= bound {
            rows.iter_mut().step_by(power).skip(1).for_each(|row| row[place] += 1);
            power *= prime;
        }
    }
    rows
}

/// The primes up to a bound.
fn primes(bound: usize) -> Vec<usize> {
    let mut composite = vec![false; bound + 1];
    let mut primes = Vec::new();
    for n in 2..=bound {
        if !composite[n] {
            primes.push(n);
            (n * n..=bound).step_by(n).for_each(|multiple| composite[multiple] = true);
        }
    }
    primes
}

/// The number without its factors among the generators.
fn without(value: &Integer, generators: &[Integer]) -> Integer {
    let mut rest = value.clone();
    for generator in generators {
        while !rest.is_one() && !rest.is_zero() && rest.is_divisible_by(generator) {
            rest = rest.div_exact(generator);
        }
    }
    rest
}

impl Multiple {
    const ZERO: Multiple = Multiple { denominator: None, numerator: None };

    fn new(denominator: Lanes) -> Multiple {
        Multiple { denominator: Some(denominator), numerator: None }
    }
}

impl Coefficients for Denominators {
    type Element = Multiple;

    fn integer(&self, value: i64) -> Multiple {
        if value == 0 { Multiple::ZERO } else { Multiple::new(Lanes::default()) }
    }

    fn add(&self, a: &Multiple, b: &Multiple) -> Multiple {
        match (&a.denominator, &b.denominator) {
            (Some(p), Some(q)) => Multiple::new(p.max(q)),
            (Some(p), None) | (None, Some(p)) => Multiple::new(p.clone()),
            (None, None) => Multiple::ZERO,
        }
    }

    fn negate(&self, a: &Multiple) -> Multiple {
        a.clone()
    }

    fn multiply(&self, a: &Multiple, b: &Multiple) -> Multiple {
        match (&a.denominator, &b.denominator) {
            (Some(p), Some(q)) => Multiple::new(p.plus(q)),
            _ => Multiple::ZERO,
        }
    }

    fn divide(&self, a: &Multiple, b: &Multiple) -> Multiple {
        match (&a.denominator, &b.numerator) {
            (Some(p), Some(q)) => Multiple::new(p.plus(q)),
            // Only leading coefficients are divided by; without one there is no bound.
            (Some(_), None) => Multiple::new(self.unknown()),
            (None, _) => Multiple::ZERO,
        }
    }

    fn scale(&self, a: &Multiple, factor: i64) -> Multiple {
        let Some(p) = &a.denominator else { return Multiple::ZERO };
        if factor == 0 {
            return Multiple::ZERO;
        }
        Multiple::new(p.less(&self.of_small(factor)))
    }

    fn divide_small(&self, a: &Multiple, divisor: i64) -> Multiple {
        let Some(p) = &a.denominator else { return Multiple::ZERO };
        Multiple::new(p.plus(&self.of_small(divisor)))
    }

    fn is_absent(&self, a: &Multiple) -> bool {
        a.denominator.is_none()
    }

    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e Multiple, &'e Multiple)>) -> Multiple {
        let mut total: Option<Lanes> = None;
        for (a, b) in pairs {
            if let (Some(p), Some(q)) = (&a.denominator, &b.denominator) {
                total.get_or_insert_default().raise(p, q);
            }
        }
        Multiple { denominator: total.map(Lanes::limited), numerator: None }
    }

    /// Through `exp(exponent*log(f))`, whose denominators are bounded more tightly than the recurrence tells.
    fn rational_power(
        &self,
        f: &[Multiple],
        exponent: &Rational,
        constant: Multiple,
        length: usize,
    ) -> Option<Row<Denominators>> {
        let logarithm = power::logarithm(self, f, Multiple::ZERO, length);
        let factor = self.image(exponent)?;
        let scaled: Vec<Multiple> = logarithm.iter().map(|c| self.multiply(&factor, c)).collect();
        let unit = power::exponential(self, &scaled, self.integer(1), length);
        Some(unit.iter().map(|c| self.multiply(&constant, c)).collect())
    }
}

impl Image for Denominators {
    fn image(&self, value: &Rational) -> Option<Multiple> {
        if value.is_zero() {
            return Some(Multiple::ZERO);
        }
        self.exponents(&value.denominator()).map(Multiple::new)
    }

    fn lead(&self, value: &Rational) -> Option<Multiple> {
        let numerator = Some(self.exponents(&value.numerator())?);
        Some(Multiple { numerator, ..self.image(value)? })
    }
}
