//! Reals as text: literals as they are written, and the notation Sage prints.

use std::fmt;

use dashu_int::IBig;

use super::format::python_repr;
use super::{DOUBLE, Real};
use crate::number::{decimal, large};

impl Real {
    /// Reads a decimal literal such as `2.5e-7`. Its precision is what its significant digits are worth, at least
    /// 53 bits (Sage's rule). `None` when it is no decimal literal.
    pub fn parse(text: &str) -> Option<Real> {
        Literal::read(text).map(|literal| {
            let precision = literal.precision();
            literal.round(precision).into_literal()
        })
    }

    /// Reads a decimal literal, rounded to a precision of the caller's choice.
    pub fn parse_with(text: &str, precision: u32) -> Option<Real> {
        Literal::read(text).map(|literal| literal.round(precision))
    }

    /// The shortest decimal text that rounds to this number at its precision.
    pub(crate) fn shortest_text(&self) -> String {
        let most = (f64::from(self.precision) * std::f64::consts::LOG10_2) as usize + 3;
        let reads_back = |text: &String| {
            let size = Real::parse_with(text.trim_start_matches('-'), self.precision);
            size.is_some_and(|size| size.compare(&self.abs()) == Some(std::cmp::Ordering::Equal))
        };
        let texts = (1..most).map(|digits| self.to_text(digits));
        texts.into_iter().find(reads_back).unwrap_or_else(|| self.to_text(most))
    }

    /// The decimal digits that are shown at a precision: all of them are right.
    fn shown_digits(precision: u32) -> usize {
        const LOG10_2: f64 = std::f64::consts::LOG10_2;
        ((f64::from(precision.saturating_sub(1)) * LOG10_2) as usize).max(2)
    }

    /// The text with a number of digits of the caller's choice.
    pub fn to_text(&self, digits: usize) -> String {
        if self.is_nan() {
            return "NaN".to_owned();
        }
        let sign = if self.is_negative() { "-" } else { "" };
        if self.is_infinite() {
            return format!("{}infinity", if self.is_negative() { "-" } else { "+" });
        }
        if self.is_zero() {
            return format!("{sign}0.{}", "0".repeat(digits));
        }
        let exact = self.to_dyadic().expect("neither infinite nor NaN");
        let decimal = decimal::to_digits(&exact, digits);
        format!("{sign}{}", notation(&decimal.digits, decimal.point))
    }

    /// The first `digits` significant decimal digits, rounded to nearest even, and the position of the decimal point:
    /// the absolute value is `0.d1d2d3... * 10^point`. `None` unless the value is finite.
    pub fn decimal_digits(&self, digits: usize) -> Option<(String, i64)> {
        let decimal = decimal::to_digits(&self.to_dyadic()?, digits);
        Some((decimal.digits, decimal.point))
    }
}

/// Digits with a point, or with an exponent when the value lies outside `1e-5 .. 1e6`.
fn notation(digits: &str, point: i64) -> String {
    match point {
        -4..=0 => format!("0.{}{digits}", "0".repeat(point.unsigned_abs() as usize)),
        1..=6 => {
            let padded = format!("{digits:0<width$}", width = point as usize);
            let (whole, fraction) = padded.split_at(point as usize);
            format!("{whole}.{fraction}")
        }
        _ => format!("{}.{}e{}", &digits[..1], &digits[1..], point - 1),
    }
}

impl fmt::Display for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_machine() {
            return f.write_str(&python_repr(self.to_f64()));
        }
        f.write_str(&self.to_text(Real::shown_digits(self.prec())))
    }
}

impl fmt::Debug for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{self}")
    }
}

/// A decimal literal taken apart: `digits * 10^power`.
struct Literal {
    negative: bool,
    digits: String,
    power: i64,
}

impl Literal {
    fn read(text: &str) -> Option<Literal> {
        let text = text.trim().replace('_', "");
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text.strip_prefix('+').unwrap_or(&text)),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, read_exponent(exponent)?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let digits = format!("{whole}{fraction}");
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let power = exponent.saturating_sub(fraction.len() as i64);
        Some(Literal { negative, digits, power })
    }

    fn significant(&self) -> &str {
        self.digits.trim_start_matches('0')
    }

    fn precision(&self) -> u32 {
        let digits = self.significant().len();
        if digits <= 15 {
            return DOUBLE;
        }
        ((digits as f64 * std::f64::consts::LOG2_10) as u32 + 1).max(DOUBLE)
    }

    fn round(&self, precision: u32) -> Real {
        // Beyond the exponents a real can have, all powers alike overflow or underflow.
        let bound = super::EXPONENT_LIMIT;
        let power = self.power.clamp(-bound, bound);
        let integer = large::parse(self.significant(), 10).map_or(IBig::ZERO, IBig::from);
        let value = Real::from_dyadic(decimal::from_decimal(integer, power, precision), precision);
        if self.negative { -value } else { value }
    }
}

/// An exponent's value; too many digits for a machine integer stand for its bounds.
fn read_exponent(text: &str) -> Option<i64> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let bound = if text.starts_with('-') { i64::MIN } else { i64::MAX };
    Some(text.parse().unwrap_or(bound))
}
