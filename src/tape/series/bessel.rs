//! Bessel functions around zero: powers, and logarithms for the second kind.
//!
//! NIST Digital Library of Mathematical Functions, 10.2.2 and 10.25.2 (first kind), 10.8.1 and 10.31.1 (second kind of
//! integer order), 10.2.3 and 10.27.4 (of others).

use std::cell::RefCell;

use super::field::{Field, Stop, unsupported};
use super::function::named;
use super::laurent::{SeriesOver, Workshop};
use super::power;
use crate::expr::{Constant, Expr};
use crate::number::Rational;

/// Orders beyond this are not expanded.
const GREATEST_ORDER: i64 = 200;

type Expanded<F> = Result<SeriesOver<F>, Stop>;

impl<F: Field> Workshop<F> {
    /// The series of a Bessel function of an argument that tends to zero; `None` for others, and elsewhere.
    pub(super) fn bessel(&self, name: &str, order: &SeriesOver<F>, u: &SeriesOver<F>) -> Option<Expanded<F>> {
        let (modified, second) = match name {
            "bessel_J" => (false, false),
            "bessel_Y" => (false, true),
            "bessel_I" => (true, false),
            "bessel_K" => (true, true),
            _ => return None,
        };
        let (constant, _) = self.split_constant(u).ok()??;
        if self.field.to_integer(&constant) != Some(0) {
            return None;
        }
        Some((|| {
            let Some(order) = self.rational(order)? else {
                return unsupported("a Bessel function of an order that is no number, at zero");
            };
            let half = self.scale(u, &self.field.element(&Expr::fraction(1, 2))?);
            match (second, order.to_i64()) {
                (_, Some(n)) if n.abs() > GREATEST_ORDER => unsupported("a Bessel function of a high order"),
                (false, _) => self.first_kind(modified, &order, &half),
                (true, Some(n)) => self.second_kind(modified, n, &half),
                (true, None) => self.second_kind_by_first(modified, &order, &half),
            }
        })())
    }

    /// The rational number that a constant series is.
    pub(super) fn rational(&self, series: &SeriesOver<F>) -> Result<Option<Rational>, Stop> {
        let Some(constant) = series.as_constant() else { return Ok(None) };
        let found = RefCell::new(None);
        self.field.derive(&[constant], &|e| {
            *found.borrow_mut() = e[0].as_rational().cloned();
            Expr::zero()
        })?;
        Ok(found.into_inner())
    }

    /// `sum of c_k*h^(2*k)`
    fn even(&self, half: &SeriesOver<F>, term: impl Fn(i64) -> Expr) -> Expanded<F> {
        let square = self.integer_power(half, 2)?;
        let row = self.row(&square);
        let count = row.len() as i64 / square.start.max(1) + 1;
        let terms = (0..count).map(|k| self.field.element(&term(k))).collect::<Result<Vec<_>, _>>()?;
        Ok(self.known(power::compose(&self.field, &terms, &row, row.len()), &square))
    }

    /// `J` and `I` of an order at twice `half`.
    fn first_kind(&self, modified: bool, order: &Rational, half: &SeriesOver<F>) -> Expanded<F> {
        if let Some(n) = order.to_i64().filter(|n| *n < 0) {
            let mirrored = self.first_kind(modified, &Rational::from(-n), half)?;
            return Ok(if modified || n % 2 == 0 { mirrored } else { self.negate(&mirrored) });
        }
        let body = self.even(half, |k| {
            let above = Expr::number(order + &Rational::from(k + 1));
            sign(k, modified) / (factorial(k) * named("gamma", &[above]))
        })?;
        self.multiply(&self.leading_power(half, order)?, &body)
    }

    /// `Y` and `K` of an integer order: a finite sum of poles, a logarithm times the first kind, and a power series.
    fn second_kind(&self, modified: bool, n: i64, half: &SeriesOver<F>) -> Expanded<F> {
        let mirrored = n < 0 && n % 2 != 0 && !modified;
        let n = n.abs();
        let scale = if modified { Expr::fraction(1, 2) } else { -Expr::pi().recip() };
        let times = |series: &SeriesOver<F>, factor: &Expr| -> Expanded<F> {
            Ok(self.scale(series, &self.field.element(factor)?))
        };
        let mut sum = self.zero();
        for k in 0..n {
            let factor = &scale * sign(k, !modified) * factorial(n - k - 1) / factorial(k);
            let power = self.leading_power(half, &Rational::from(2 * k - n))?;
            sum = self.add(&sum, &times(&power, &factor)?)?;
        }
        let first = self.first_kind(modified, &Rational::from(n), half)?;
        let turn = if modified { sign(n + 1, false) } else { Expr::integer(2) / Expr::pi() };
        let logarithmic = self.multiply(&self.logarithm(half)?, &first)?;
        sum = self.add(&sum, &times(&logarithmic, &turn)?)?;
        let body = self.even(half, |k| {
            let gamma = Expr::constant(Constant::EulerGamma);
            let harmonics = Expr::number(harmonic(k) + harmonic(n + k)) - Expr::integer(2) * gamma;
            sign(k, modified) * harmonics / (factorial(k) * factorial(n + k))
        })?;
        let rest = self.multiply(&self.leading_power(half, &Rational::from(n))?, &body)?;
        let turn = if modified { sign(n, false) } else { Expr::one() };
        let sum = self.add(&sum, &times(&rest, &(scale * turn))?)?;
        Ok(if mirrored { self.negate(&sum) } else { sum })
    }

    /// `Y` and `K` of an order that is no integer, by the first kind of this order and its negative.
    fn second_kind_by_first(&self, modified: bool, order: &Rational, half: &SeriesOver<F>) -> Expanded<F> {
        let angle = Expr::pi() * Expr::number(order.clone());
        let (sine, cosine) = (named("sin", std::slice::from_ref(&angle)), named("cos", std::slice::from_ref(&angle)));
        let (own, opposite) = match modified {
            true => {
                let factor = Expr::pi() * Expr::fraction(1, 2) / &sine;
                (-&factor, factor)
            }
            false => (cosine / &sine, -sine.recip()),
        };
        let part = |order: &Rational, factor: &Expr| -> Expanded<F> {
            Ok(self.scale(&self.first_kind(modified, order, half)?, &self.field.element(factor)?))
        };
        self.add(&part(order, &own)?, &part(&-order, &opposite)?)
    }
}

/// `(-1)^k`, or 1.
fn sign(k: i64, always_one: bool) -> Expr {
    Expr::integer(if always_one || k % 2 == 0 { 1 } else { -1 })
}

fn factorial(n: i64) -> Expr {
    Expr::product((1..=n).map(Expr::integer))
}

/// The sum of `1/k` up to `n`.
fn harmonic(n: i64) -> Rational {
    (1..=n).fold(Rational::ZERO, |sum, k| sum + Rational::fraction(1, k).unwrap_or(Rational::ZERO))
}
