//! Numbers inside expressions, as Sage writes them: the imaginary part of an exact number first.

use crate::number::{Gaussian, Number, Rational};

use super::walk::Level;

/// The number by itself.
pub(super) fn text(number: &Number) -> String {
    match number {
        Number::Rational(q) => q.to_string(),
        Number::Gaussian(g) => gaussian(g),
        Number::Real(r) => r.to_string(),
        Number::Complex(c) => c.to_string(),
    }
}

/// `-1/2*I + 3`.
fn gaussian(g: &Gaussian) -> String {
    let unit = if g.im.is_one() {
        "I".to_owned()
    } else if g.im == Rational::from(-1) {
        "-I".to_owned()
    } else {
        format!("{}*I", g.im)
    };
    match g.re.signum() {
        0 => unit,
        1 => format!("{unit} + {}", g.re),
        _ => format!("{unit} - {}", g.re.abs()),
    }
}

/// Does the written number begin with a minus sign?
pub(super) fn begins_with_minus(number: &Number) -> bool {
    match number {
        Number::Rational(q) => q.is_negative(),
        Number::Gaussian(g) => g.im.is_negative(),
        Number::Real(r) => r.is_negative() && !r.is_nan(),
        Number::Complex(c) if c.re().is_zero() => c.im().is_negative(),
        Number::Complex(c) => c.re().is_negative(),
    }
}

/// The number in its surroundings: in parentheses where it is more than one word there. A leading minus sign counts
/// beside a power only.
pub(super) fn text_at(number: &Number, level: Level) -> String {
    let text = text(number);
    let judged = match level {
        Level::Free => return text,
        Level::Power => text.as_str(),
        Level::Relation | Level::Sum | Level::Product => text.get(1..).unwrap_or(""),
    };
    if judged.contains([' ', '/', '+', '-', '*', '^']) { format!("({text})") } else { text }
}

/// A coefficient without its sign, in front of something: only a sign inside asks for parentheses.
pub(super) fn coefficient_text(number: &Number) -> String {
    let text = text(&magnitude(number));
    if text.contains(['+', '-']) { format!("({text})") } else { text }
}

/// The number without a leading minus sign.
pub(super) fn magnitude(number: &Number) -> Number {
    if begins_with_minus(number) { -number } else { number.clone() }
}
