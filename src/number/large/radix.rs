//! The digits of very large natural numbers: halves at a time, with powers of the base made once.

use dashu_int::UBig;

use super::{bits, divide, multiply, power, square};
use crate::budget;

/// Numbers shorter than so many bits are written by the library.
const SHORT_NUMBER: usize = 60_000;

/// Texts shorter than so many digits are read by the library.
const SHORT_TEXT: usize = 20_000;

/// The digits in a base from 2 to 36.
pub(crate) fn to_text(value: &UBig, radix: u32) -> String {
    let short = |value: &UBig| value.in_radix(radix as u8).to_string();
    if bits(value) < SHORT_NUMBER {
        return short(value);
    }
    // powers[i] = radix^(digits * 2^i)
    let digits = SHORT_NUMBER / (2 * bits(&UBig::from(radix)));
    let mut powers = vec![power(&UBig::from(radix), digits)];
    while let Some(last) = powers.last()
        && 2 * bits(last) <= bits(value) + 1
    {
        budget::pulse();
        let next = square(last);
        powers.push(next);
    }
    let mut text = String::with_capacity(bits(value) / radix.ilog2() as usize + 1);
    write_parts(value, &powers, digits, &short, &mut text);
    text
}

/// Writes a number with the powers of the base below it; with zeros in front when something stands before it.
fn write_parts(value: &UBig, powers: &[UBig], digits: usize, short: &dyn Fn(&UBig) -> String, text: &mut String) {
    let Some((power, rest)) = powers.split_last() else {
        let part = short(value);
        if text.is_empty() {
            // A leading zero is written by nobody.
            text.push_str(part.trim_start_matches('0'));
        } else {
            text.extend(std::iter::repeat_n('0', digits.saturating_sub(part.len())));
            text.push_str(&part);
        }
        return;
    };
    budget::pulse();
    let (high, low) = divide(value, power);
    if !text.is_empty() || high != UBig::ZERO {
        write_parts(&high, rest, digits, short, text);
    }
    write_parts(&low, rest, digits, short, text);
}

/// The number that digits in a base from 2 to 36 denote, if all are digits.
pub(crate) fn parse(text: &str, radix: u32) -> Option<UBig> {
    if text.len() < SHORT_TEXT || !text.is_ascii() {
        return UBig::from_str_radix(text, radix).ok();
    }
    let plain = text.replace('_', "");
    let digits = SHORT_TEXT / 2;
    let mut parts: Vec<UBig> = plain
        .as_bytes()
        .rchunks(digits)
        .map(|part| std::str::from_utf8(part).ok().and_then(|part| UBig::from_str_radix(part, radix).ok()))
        .collect::<Option<_>>()?;
    let mut unit = UBig::from(radix).pow(digits);
    while parts.len() > 1 {
        let pairs = parts.chunks(2).map(|pair| match pair {
            [low, high] => {
                budget::pulse();
                multiply(high, &unit) + low
            }
            alone => alone.first().cloned().unwrap_or(UBig::ZERO),
        });
        parts = pairs.collect();
        unit = square(&unit);
    }
    parts.pop()
}
