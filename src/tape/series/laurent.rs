//! Series with a leading exponent that may be negative or a fraction, and their arithmetic.
//!
//! The variable `t` is small and positive. A series stands for `sum of c_k * t^((start + k)/ramification)` plus terms of
//! higher exponents that are not known, none when it is exact.

use std::cell::Cell;
use std::cmp::Ordering;

use super::field::{Field, Stop, unsupported};
use super::power;
use crate::expr::Expr;
use crate::expr::function::{exp, imag_part};
use crate::number::{Integer, Rational};

/// Exponents and ramifications beyond this are refused.
const GREATEST_EXPONENT: i64 = 1 << 40;
/// Exponents with greater denominators are refused.
const GREATEST_RAMIFICATION: i64 = 1 << 12;
/// More coefficients than this come only from absurd exponents.
const GREATEST_GAP: i64 = 1 << 22;

/// A truncated Laurent or Puiseux series.
#[derive(Clone, Debug)]
pub struct Laurent<E> {
    /// The first exponent, in units of `1/ramification`.
    pub start: i64,
    /// The common denominator of the exponents.
    pub ramification: i64,
    /// The coefficients from the first exponent on.
    pub coefficients: Vec<E>,
    /// Are all other coefficients zero?
    pub exact: bool,
    /// Does it hold for small negative `t` too?
    pub two_sided: bool,
}

impl<E: Clone> Laurent<E> {
    /// A single term, exactly.
    pub fn monomial(coefficient: E, exponent: i64) -> Laurent<E> {
        Laurent { start: exponent, ramification: 1, coefficients: vec![coefficient], exact: true, two_sided: true }
    }

    /// The exponent, in units of `1/ramification`, from which on nothing is known; the greatest integer when exact.
    pub fn end(&self) -> i64 {
        if self.exact { i64::MAX } else { self.start + self.coefficients.len() as i64 }
    }

    /// Is the coefficient at exponent zero known, and all below it?
    fn knows_constant(&self) -> bool {
        self.end() > 0
    }
}

/// A field of coefficients with the number of terms to work with.
pub struct Workshop<F: Field> {
    pub(super) field: F,
    /// How many exponents, counted by whole ones, a series is known for.
    pub(super) length: usize,
    /// May the terms that are not known be complex though all known ones are real?
    pub(super) imaginary: Cell<bool>,
}

/// A constant term and what is left.
pub(super) type Split<F> = (<F as super::power::Coefficients>::Element, SeriesOver<F>);

/// Series over a field.
pub(super) type SeriesOver<F> = Laurent<<F as super::power::Coefficients>::Element>;

impl<F: Field> Workshop<F> {
    /// A coefficient as a series.
    pub fn constant(&self, value: F::Element) -> SeriesOver<F> {
        Laurent::monomial(value, 0)
    }

    /// Cuts the row to the working length and drops zeros that are plain to see.
    fn tidy(&self, mut series: SeriesOver<F>) -> SeriesOver<F> {
        let absent = series.coefficients.iter().take_while(|c| self.field.is_absent(c)).count();
        let empty = absent == series.coefficients.len() && series.exact;
        let Some(start) = self.field.settle((!empty).then_some(series.start + absent as i64)) else {
            return Laurent { start: 0, coefficients: Vec::new(), exact: true, ..series };
        };
        let dropped = usize::try_from(start - series.start).unwrap_or(0).min(series.coefficients.len());
        series.coefficients.drain(..dropped);
        series.start = start;
        if series.exact {
            let present = series.coefficients.iter().rposition(|c| !self.field.is_absent(c));
            series.coefficients.truncate(present.map_or(0, |last| last + 1));
        }
        let limit = self.limit(series.ramification);
        if series.coefficients.len() > limit {
            series.coefficients.truncate(limit);
            series.exact = false;
        }
        series
    }

    /// How many coefficients a series of this ramification may have.
    fn limit(&self, ramification: i64) -> usize {
        self.length.saturating_mul(ramification.unsigned_abs() as usize)
    }

    /// The coefficients with zeros appended up to the working length where the series is exact.
    fn filled(&self, series: &SeriesOver<F>) -> Vec<F::Element> {
        let mut row = Vec::with_capacity(self.limit(series.ramification).max(series.coefficients.len()));
        row.extend_from_slice(&series.coefficients);
        if series.exact {
            row.resize(self.limit(series.ramification).max(row.len()), self.field.integer(0));
        }
        row
    }

    /// The same series over exponents with a finer denominator.
    fn ramified(&self, series: &SeriesOver<F>, ramification: i64) -> SeriesOver<F> {
        let step = ramification / series.ramification;
        if step == 1 {
            return series.clone();
        }
        let mut coefficients = Vec::with_capacity(series.coefficients.len() * step as usize);
        for c in &series.coefficients {
            coefficients.push(c.clone());
            coefficients.resize(coefficients.len() + step as usize - 1, self.field.integer(0));
        }
        if series.exact {
            coefficients.truncate((coefficients.len() + 1).saturating_sub(step as usize));
        }
        Laurent { start: series.start * step, ramification, coefficients, ..*series }
    }

    /// Both series over the same denominator of exponents.
    fn aligned(&self, a: &SeriesOver<F>, b: &SeriesOver<F>) -> Result<(SeriesOver<F>, SeriesOver<F>), Stop> {
        if a.ramification == b.ramification {
            return Ok((a.clone(), b.clone()));
        }
        let common = common_ramification(a.ramification, b.ramification)?;
        Ok((self.ramified(a, common), self.ramified(b, common)))
    }

    /// `a + b`
    pub fn add(&self, a: &SeriesOver<F>, b: &SeriesOver<F>) -> Result<SeriesOver<F>, Stop> {
        let two_sided = a.two_sided && b.two_sided;
        if a.exact && a.coefficients.is_empty() {
            return Ok(Laurent { two_sided, ..b.clone() });
        }
        if b.exact && b.coefficients.is_empty() {
            return Ok(Laurent { two_sided, ..a.clone() });
        }
        let (a, b) = self.aligned(a, b)?;
        let start = a.start.min(b.start);
        let exact = a.exact && b.exact;
        let reach = |s: &SeriesOver<F>| s.start + s.coefficients.len() as i64;
        let end = if exact { reach(&a).max(reach(&b)) } else { a.end().min(b.end()) };
        let length = end.saturating_sub(start).clamp(0, self.limit(a.ramification) as i64 + 1);
        let at = |series: &SeriesOver<F>, exponent: i64| {
            let place = usize::try_from(exponent - series.start).ok();
            place.and_then(|place| series.coefficients.get(place).cloned())
        };
        let coefficients = (start..start + length)
            .map(|exponent| match (at(&a, exponent), at(&b, exponent)) {
                (Some(p), Some(q)) => self.field.add(&p, &q),
                (Some(p), None) | (None, Some(p)) => p,
                (None, None) => self.field.integer(0),
            })
            .collect();
        let exact = exact && start + length == end;
        Ok(self.tidy(Laurent { start, ramification: a.ramification, coefficients, exact, two_sided }))
    }

    /// `-a`
    pub fn negate(&self, a: &SeriesOver<F>) -> SeriesOver<F> {
        let coefficients = a.coefficients.iter().map(|c| self.field.negate(c)).collect();
        Laurent { coefficients, ..*a }
    }

    /// A coefficient times a series.
    pub fn scale(&self, a: &SeriesOver<F>, factor: &F::Element) -> SeriesOver<F> {
        let coefficients = a.coefficients.iter().map(|c| self.field.multiply(factor, c)).collect();
        Laurent { coefficients, ..*a }
    }

    /// `a * b`
    pub fn multiply(&self, a: &SeriesOver<F>, b: &SeriesOver<F>) -> Result<SeriesOver<F>, Stop> {
        let two_sided = a.two_sided && b.two_sided;
        let zero = |s: &SeriesOver<F>| s.exact && s.coefficients.is_empty();
        if zero(a) || zero(b) {
            return Ok(Laurent { two_sided, ..self.zero() });
        }
        if let (true, [only], 0) = (a.exact, a.coefficients.as_slice(), a.start) {
            return Ok(Laurent { two_sided, ..self.scale(b, only) });
        }
        if let (true, [only], 0) = (b.exact, b.coefficients.as_slice(), b.start) {
            return Ok(Laurent { two_sided, ..self.scale(a, only) });
        }
        let (a, b) = self.aligned(a, b)?;
        let known = |s: &SeriesOver<F>| if s.exact { usize::MAX } else { s.coefficients.len() };
        let full = a.coefficients.len() + b.coefficients.len();
        let length = known(&a).min(known(&b)).min(self.limit(a.ramification) + 1).min(full);
        let mut coefficients = power::product(&self.field, &a.coefficients, &b.coefficients, length);
        let exact = a.exact && b.exact && full <= length + 1;
        if !exact {
            let known = known(&a).min(known(&b)).min(self.limit(a.ramification));
            coefficients.resize(known, self.field.integer(0));
        }
        let start = checked(a.start.checked_add(b.start))?;
        Ok(self.tidy(Laurent { start, ramification: a.ramification, coefficients, exact, two_sided }))
    }

    /// The exact zero.
    pub fn zero(&self) -> SeriesOver<F> {
        Laurent { start: 0, ramification: 1, coefficients: Vec::new(), exact: true, two_sided: true }
    }

    /// The series from its first coefficient that is proved not to be zero; `None` for the exact zero.
    pub fn led(&self, a: &SeriesOver<F>) -> Result<Option<SeriesOver<F>>, Stop> {
        match self.field.leading_zeros(&a.coefficients, a.start)? {
            Some(zeros) => {
                let mut coefficients = a.coefficients[zeros..].to_vec();
                self.field.mend_lead(&mut coefficients[0])?;
                Ok(Some(Laurent { start: a.start + zeros as i64, coefficients, ..*a }))
            }
            None if a.exact => Ok(None),
            None => Err(Stop::More),
        }
    }

    /// As [`Workshop::led`], of a series that is given up.
    pub fn cut_to_lead(&self, mut a: SeriesOver<F>) -> Result<Option<SeriesOver<F>>, (Stop, SeriesOver<F>)> {
        let zeros = match self.field.leading_zeros(&a.coefficients, a.start) {
            Ok(Some(zeros)) => zeros,
            Ok(None) if a.exact => return Ok(None),
            Ok(None) => return Err((Stop::More, a)),
            Err(stop) => return Err((stop, a)),
        };
        a.coefficients.drain(..zeros);
        a.start += zeros as i64;
        match a.coefficients.first_mut().map(|lead| self.field.mend_lead(lead)) {
            Some(Err(stop)) => Err((stop, a)),
            _ => Ok(Some(a)),
        }
    }

    /// `a / b`
    pub fn divide(&self, a: &SeriesOver<F>, b: &SeriesOver<F>) -> Result<SeriesOver<F>, Stop> {
        let Some(b) = self.led(b)? else { return unsupported("a division by zero") };
        if let (true, [only]) = (b.exact, b.coefficients.as_slice()) {
            let coefficients = a.coefficients.iter().map(|c| self.field.divide(c, only)).collect();
            let quotient = Laurent { coefficients, two_sided: a.two_sided && b.two_sided, ..*a };
            return self.shifted(&quotient, &Rational::from(-b.start), b.ramification);
        }
        let (a, b) = self.aligned(a, &b)?;
        let above = self.filled(&a);
        let length = if b.exact { above.len() } else { above.len().min(b.coefficients.len()) };
        let below = &b.coefficients[..length.min(b.coefficients.len())];
        let coefficients = power::quotient(&self.field, &above[..length], below, length);
        let start = checked(a.start.checked_sub(b.start))?;
        let two_sided = a.two_sided && b.two_sided;
        Ok(self.tidy(Laurent { start, ramification: a.ramification, coefficients, exact: a.is_zero(), two_sided }))
    }

    /// The series times `t^(units/ramification)`.
    pub fn shifted(&self, a: &SeriesOver<F>, units: &Rational, ramification: i64) -> Result<SeriesOver<F>, Stop> {
        let shift = Rational::fraction(1, ramification).map(|unit| units * &unit).unwrap_or(Rational::ZERO);
        let denominator = checked(shift.denominator().to_i64())?;
        let common = common_ramification(denominator, a.ramification)?;
        let a = self.ramified(a, common);
        let units = checked((&shift * &Rational::from(common)).to_i64())?;
        Ok(Laurent { start: checked(a.start.checked_add(units))?, ..a })
    }

    /// Splits a series without negative exponents into its constant and the rest; `None` when a negative exponent
    /// carries a coefficient that is not zero.
    pub fn split_constant(&self, a: &SeriesOver<F>) -> Result<Option<Split<F>>, Stop> {
        if !a.knows_constant() {
            return Err(Stop::More);
        }
        if a.start > 0 || a.is_zero() {
            return Ok(Some((self.field.integer(0), a.clone())));
        }
        let poles = a.start.unsigned_abs() as usize;
        if a.start < 0 {
            let below = &a.coefficients[..poles.min(a.coefficients.len())];
            if self.field.leading_zeros(below, a.start)?.is_some() {
                return Ok(None);
            }
        }
        let constant = a.coefficients.get(poles).cloned().unwrap_or_else(|| self.field.integer(0));
        let coefficients = a.coefficients.get(poles + 1..).unwrap_or_default().to_vec();
        Ok(Some((constant, Laurent { start: 1, coefficients, ..*a })))
    }

    /// The row of a series with positive exponents as a power series in `t^(1/ramification)`, and its length.
    pub fn row(&self, a: &SeriesOver<F>) -> Vec<F::Element> {
        let limit = self.limit(a.ramification);
        let length = if a.exact { limit } else { limit.min(a.end().clamp(0, GREATEST_GAP) as usize) };
        let mut row = vec![self.field.integer(0); length.min(a.start.clamp(0, GREATEST_GAP) as usize)];
        row.extend(a.coefficients.iter().take(length - row.len()).cloned());
        row.resize(length, self.field.integer(0));
        row
    }

    /// A power series in `t^(1/ramification)` of which no more is known than the row, with the flags of its argument.
    pub fn known(&self, row: Vec<F::Element>, like: &SeriesOver<F>) -> SeriesOver<F> {
        self.tidy(Laurent { start: 0, coefficients: row, exact: false, ..*like })
    }

    /// `a^n`
    pub fn integer_power(&self, a: &SeriesOver<F>, exponent: i64) -> Result<SeriesOver<F>, Stop> {
        /// Up to this exponent products keep a polynomial exact at little cost.
        const MULTIPLIED: i64 = 8;
        if !(0..=MULTIPLIED).contains(&exponent) {
            return self.leading_power(a, &Rational::from(exponent));
        }
        let mut result: Option<SeriesOver<F>> = None;
        for index in (0..4).rev() {
            result = result.map(|power| self.multiply(&power, &power)).transpose()?;
            if exponent >> index & 1 == 1 {
                result = Some(result.map_or_else(|| Ok(a.clone()), |power| self.multiply(&power, a))?);
            }
        }
        Ok(result.unwrap_or_else(|| self.constant(self.field.integer(1))))
    }

    /// `a^exponent`: the leading term's power times a binomial series.
    pub fn leading_power(&self, a: &SeriesOver<F>, exponent: &Rational) -> Result<SeriesOver<F>, Stop> {
        let two_sided = a.two_sided;
        let Some(a) = self.led(a)? else {
            let zero = Laurent { two_sided, ..self.zero() };
            return if exponent.is_negative() { unsupported("a division by zero") } else { Ok(zero) };
        };
        let fractional = !exponent.is_integer();
        let branch = if fractional { self.branch(&a)? } else { Branch::Principal };
        let raise = |c: &[Expr]| match branch.is_below() {
            true => c[0].power_rational(exponent) * turned_back(&Expr::number(exponent.clone())),
            false => c[0].power_rational(exponent),
        };
        let lead = self.field.derive(&[&a.coefficients[0]], &raise)?;
        let shift = exponent * &Rational::from(a.start);
        let two_sided = a.two_sided && !(fractional && a.start != 0) && !branch.is_one_sided();
        let single = a.exact && a.coefficients.len() == 1;
        let body = if single {
            self.constant(lead)
        } else {
            let row = self.filled(&a);
            let powered = self.field.rational_power(&row, exponent, lead, row.len());
            let Some(powered) = powered else { return unsupported("an exponent of many digits") };
            self.known(powered, &a)
        };
        let moved = self.shifted(&body, &shift, a.ramification)?;
        Ok(Laurent { two_sided, ..moved })
    }

    /// Are the terms of a series that are not known real if the known ones are?
    pub(super) fn stays_real(&self, u: &SeriesOver<F>) -> bool {
        u.exact || !self.imaginary.get()
    }

    /// On which side of the branch cut of roots and logarithms a series goes whose leading coefficient lies on it.
    pub fn branch(&self, led: &SeriesOver<F>) -> Result<Branch, Stop> {
        let real = |c: &F::Element| self.field.is_real(c);
        let lead = &led.coefficients[0];
        let place = led.coefficients.iter().position(|c| !real(c).is_yes());
        if place.is_none() && self.stays_real(led) || !real(lead).is_yes() {
            return Ok(Branch::Principal);
        }
        if !self.field.sign(lead)?.is_lt() {
            return Ok(Branch::Principal);
        }
        let Some(place) = place else { return Err(Stop::More) };
        let imaginary = self.field.derive(&[&led.coefficients[place]], &|e| imag_part(&e[0]))?;
        let below = self.field.sign(&imaginary)?;
        let both = led.ramification == 1 && place % 2 == 0;
        Ok(match below {
            Ordering::Greater if both => Branch::Principal,
            Ordering::Greater => Branch::Above,
            Ordering::Less => Branch::Below { both },
            Ordering::Equal => return unsupported("a point on a branch cut"),
        })
    }
}

/// Where a series goes beside the branch cut on the negative axis.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Branch {
    /// The principal values belong to it, on both sides if it has two.
    Principal,
    /// The principal values belong to it on this side only.
    Above,
    /// It comes from below the cut: the argument tends to `-pi` and not to the principal `pi`.
    Below {
        /// From both sides of the point?
        both: bool,
    },
}

impl Branch {
    /// May the other side of the point be of another branch?
    pub fn is_one_sided(self) -> bool {
        matches!(self, Branch::Above | Branch::Below { both: false })
    }

    /// Is the argument a turn less than the principal one?
    pub fn is_below(self) -> bool {
        matches!(self, Branch::Below { .. })
    }
}

/// `exp(-2*pi*I*exponent)`, by which a power changes from above the cut to below it.
pub(super) fn turned_back(exponent: &Expr) -> Expr {
    exp(&(Expr::pi() * Expr::i() * exponent * Expr::integer(-2)))
}

impl<E> Laurent<E> {
    /// Is it the exact zero?
    pub fn is_zero(&self) -> bool {
        self.exact && self.coefficients.is_empty()
    }
}

/// The least common denominator of exponents, if it is moderate.
fn common_ramification(a: i64, b: i64) -> Result<i64, Stop> {
    match Integer::new(a).lcm(&Integer::new(b)).to_i64() {
        Some(common) if common <= GREATEST_RAMIFICATION => Ok(common),
        _ => unsupported("fractional exponents with large denominators"),
    }
}

/// An exponent of moderate size.
pub(super) fn checked(value: Option<i64>) -> Result<i64, Stop> {
    match value.filter(|v| v.abs() <= GREATEST_EXPONENT) {
        Some(value) => Ok(value),
        None => unsupported("an exponent of many digits"),
    }
}
