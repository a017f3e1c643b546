//! Numbers in the notations of Python: `repr` of a float, `%.3f` and its kin on machine numbers, and
//! `"{:.3f}".format(x)` on reals, which rounds the decimal text as Python's `decimal` module does.

use super::Real;

/// The shortest text that reads back as the same machine number, as Python's `repr`.
pub fn python_repr(value: f64) -> String {
    if !value.is_finite() {
        return special(value);
    }
    let scientific = format!("{value:e}");
    let (mantissa, exponent) = scientific.split_once('e').unwrap_or((&scientific, "0"));
    let power: i32 = exponent.parse().unwrap_or(0);
    if (-4..16).contains(&power) {
        let plain = format!("{value}");
        return if plain.contains('.') { plain } else { format!("{plain}.0") };
    }
    format!("{mantissa}e{}", signed_exponent(power))
}

fn special(value: f64) -> String {
    match (value.is_nan(), value > 0.0) {
        (true, _) => "nan".to_owned(),
        (_, true) => "inf".to_owned(),
        _ => "-inf".to_owned(),
    }
}

/// At least two digits, as C and Python write exponents.
fn signed_exponent(power: i32) -> String {
    format!("{}{:02}", if power < 0 { '-' } else { '+' }, power.unsigned_abs())
}

/// A machine number as C's `%.Nf`, `%.Ne` or `%.Ng` (`kind` is `f`, `e` or `g`), correctly rounded; `alternate` is the
/// flag `#`, which keeps trailing zeros and the point. A minus sign is the only one written; capitals are the
/// caller's.
pub fn format_float(value: f64, kind: char, precision: usize, alternate: bool) -> String {
    if !value.is_finite() {
        return special(value);
    }
    match kind {
        'e' => exponent_form(value, precision, alternate),
        'g' => general_form(value, precision.max(1), alternate),
        _ => with_point(format!("{value:.precision$}"), alternate),
    }
}

fn with_point(text: String, alternate: bool) -> String {
    if alternate && !text.contains('.') { text + "." } else { text }
}

fn exponent_form(value: f64, precision: usize, alternate: bool) -> String {
    let (mantissa, power) = split_exponent(value, precision);
    format!("{}e{}", with_point(mantissa, alternate), signed_exponent(power))
}

fn split_exponent(value: f64, precision: usize) -> (String, i32) {
    let text = format!("{value:.precision$e}");
    let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
    (mantissa.to_owned(), exponent.parse().unwrap_or(0))
}

fn general_form(value: f64, precision: usize, alternate: bool) -> String {
    let (mantissa, power) = split_exponent(value, precision - 1);
    let trim = |text: String| {
        if alternate || !text.contains('.') {
            return with_point(text, alternate);
        }
        text.trim_end_matches('0').trim_end_matches('.').to_owned()
    };
    if power < -4 || power >= precision as i32 {
        return format!("{}e{}", trim(mantissa), signed_exponent(power));
    }
    trim(format!("{value:.*}", (precision as i32 - 1 - power).max(0) as usize))
}

/// A decimal number `digits * 10^power`, the digits without leading zeros (or a single one).
struct Decimal {
    digits: Vec<u8>,
    power: i64,
}

/// Positions further from the digits than this are not written out.
const WIDEST: i64 = 1 << 20;

impl Decimal {
    /// The digits that Sage shows of a finite real.
    fn shown(value: &Real) -> Decimal {
        let text = value.abs().to_string();
        let (mantissa, exponent) = text.split_once('e').unwrap_or((&text, "0"));
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let power = exponent.parse::<i64>().unwrap_or(0) - fraction.len() as i64;
        let joined = format!("{whole}{fraction}");
        let digits = joined.trim_start_matches('0');
        Decimal { digits: if digits.is_empty() { vec![b'0'] } else { digits.bytes().collect() }, power }
    }

    /// The same number with its last digit at `10^power`, halves to even.
    fn rescale(&mut self, power: i64) {
        while self.power > power && self.power - power < WIDEST {
            self.digits.push(b'0');
            self.power -= 1;
        }
        let cut = power - self.power;
        if cut <= 0 {
            return;
        }
        let kept = (self.digits.len() as i64 - cut).max(0) as usize;
        let dropped = if cut > self.digits.len() as i64 { vec![b'0'] } else { self.digits[kept..].to_vec() };
        self.digits.truncate(kept);
        self.power = power;
        let odd = self.digits.last().is_some_and(|digit| digit % 2 == 1);
        let half = dropped[0] == b'5' && dropped[1..].iter().all(|digit| *digit == b'0');
        if dropped[0] > b'5' || (dropped[0] == b'5' && (!half || odd)) {
            self.increment();
        }
        if self.digits.is_empty() {
            self.digits.push(b'0');
        }
    }

    fn increment(&mut self) {
        for digit in self.digits.iter_mut().rev() {
            if *digit < b'9' {
                *digit += 1;
                return;
            }
            *digit = b'0';
        }
        self.digits.insert(0, b'1');
    }

    /// Rounds to a number of significant digits.
    fn round(&mut self, places: usize) {
        for _ in 0..2 {
            self.rescale(self.power + self.digits.len() as i64 - places as i64);
        }
    }

    fn write(&self, left: i64) -> String {
        let digits = String::from_utf8_lossy(&self.digits);
        let length = self.digits.len() as i64;
        let (whole, fraction) = if left <= 0 {
            ("0".to_owned(), "0".repeat(left.unsigned_abs() as usize) + &digits)
        } else if left >= length {
            (digits.into_owned() + &"0".repeat((left - length) as usize), String::new())
        } else {
            (digits[..left as usize].to_owned(), digits[left as usize..].to_owned())
        };
        if fraction.is_empty() { whole } else { format!("{whole}.{fraction}") }
    }
}

impl Real {
    /// `"{:.3f}".format(x)` as Sage does it: the decimal digits that `str(x)` shows are rounded, halves to even.
    /// `kind` is `f`, `e`, `g` or `%`; without a precision all digits shown are kept.
    pub fn format_decimal(&self, kind: char, precision: Option<usize>) -> String {
        if !self.is_finite() {
            let sign = if self.is_negative() { "-" } else { "" };
            return if self.is_nan() { "NaN".to_owned() } else { format!("{sign}Infinity") };
        }
        let mut decimal = Decimal::shown(self);
        if kind == '%' {
            decimal.power += 2;
        }
        match (kind, precision) {
            ('e', Some(places)) => decimal.round(places + 1),
            ('g', Some(places)) if decimal.digits.len() > places => decimal.round(places.max(1)),
            ('f' | '%', Some(places)) => decimal.rescale(-(places as i64)),
            _ => {}
        }
        let left = decimal.power + decimal.digits.len() as i64;
        let fixed = matches!(kind, 'f' | '%') || (kind == 'g' && decimal.power <= 0 && left > -6);
        let point = if fixed && left.abs() < WIDEST { left } else { 1 };
        let mut text = decimal.write(point);
        if left != point || kind == 'e' {
            text += &format!("e{:+}", left - point);
        }
        let percent = if kind == '%' { "%" } else { "" };
        format!("{}{text}{percent}", if self.is_negative() { "-" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn repr_is_that_of_python() {
        for (value, text) in [
            (0.1, "0.1"),
            (1e16, "1e+16"),
            (1e15, "1000000000000000.0"),
            (123456789012345680.0, "1.2345678901234568e+17"),
            (1e-4, "0.0001"),
            (1e-5, "1e-05"),
            (5e-324, "5e-324"),
            (f64::MAX, "1.7976931348623157e+308"),
            (-0.0, "-0.0"),
            (f64::NEG_INFINITY, "-inf"),
        ] {
            assert_eq!(python_repr(value), text);
        }
    }

    #[test]
    fn c_formats() {
        for (value, kind, precision, text) in [
            (2.675, 'f', 2, "2.67"),
            (1e-5, 'g', 6, "1e-05"),
            (12345.678, 'e', 3, "1.235e+04"),
            (100000.0, 'g', 6, "100000"),
            (1e6, 'g', 6, "1e+06"),
            (123456789.0, 'g', 6, "1.23457e+08"),
            (1.0 / 3.0, 'g', 10, "0.3333333333"),
            (0.5, 'f', 0, "0"),
            (2.5, 'f', 0, "2"),
            (2.5e10, 'e', 0, "2e+10"),
            (f64::NAN, 'f', 6, "nan"),
        ] {
            assert_eq!(format_float(value, kind, precision, false), text);
        }
        assert_eq!(format_float(1.0, 'g', 6, true), "1.00000");
    }

    #[test]
    fn decimal_formats() {
        let third = Real::from_f64(1.0 / 3.0);
        for (value, kind, precision, text) in [
            (Real::from_f64(2.675), 'f', Some(3), "2.675"),
            (Real::from_f64(2.675), 'f', Some(2), "2.68"),
            (third.clone(), 'e', Some(2), "3.33e-1"),
            (third.clone(), 'f', Some(20), "0.33333333333333300000"),
            (third, '%', Some(1), "33.3%"),
            (Real::parse("1e400").unwrap(), 'g', None, "1.00000000000000e+400"),
            (Real::from_f64(999.96), 'f', Some(1), "1000.0"),
            (Real::from_f64(0.0004), 'f', Some(3), "0.000"),
            (Real::from_f64(0.0), 'f', Some(2), "0.00"),
            (Real::from_f64(-0.99999), 'e', Some(2), "-1.00e+0"),
            (Real::from_f64(123456.0), 'g', Some(3), "1.23e+5"),
        ] {
            assert_eq!(value.format_decimal(kind, precision), text);
        }
    }
}
