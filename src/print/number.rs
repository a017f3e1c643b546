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

/// The number by itself, in LaTeX.
pub(super) fn latex(number: &Number) -> String {
    match number {
        Number::Rational(q) => rational_latex(q),
        Number::Gaussian(g) => gaussian_latex(g),
        Number::Real(r) => decimal_latex(&r.to_string()),
        Number::Complex(c) => complex_latex(&c.to_string()),
    }
}

fn rational_latex(q: &Rational) -> String {
    if q.is_integer() {
        return q.to_string();
    }
    let sign = if q.is_negative() { "-" } else { "" };
    format!(r"{sign}\frac{{{}}}{{{}}}", q.numerator().abs(), q.denominator())
}

/// `-\frac{1}{2} i + 3`.
fn gaussian_latex(g: &Gaussian) -> String {
    let unit = if g.im.is_one() {
        "i".to_owned()
    } else if g.im == Rational::from(-1) {
        "-i".to_owned()
    } else {
        format!("{} i", rational_latex(&g.im))
    };
    match g.re.signum() {
        0 => unit,
        1 => format!("{unit} + {}", rational_latex(&g.re)),
        _ => format!("{unit} - {}", rational_latex(&g.re.abs())),
    }
}

/// `1.5 \times 10^{-7}` for `1.5e-7`.
fn decimal_latex(text: &str) -> String {
    match text.split_once('e') {
        Some((digits, exponent)) => format!(r"{digits} \times 10^{{{exponent}}}"),
        None => text.replace("infinity", r"\infty"),
    }
}

/// The parts of a floating complex number, its unit without a space.
fn complex_latex(text: &str) -> String {
    let words: Vec<String> = text.split(' ').map(|word| decimal_latex(word.trim_end_matches("*I"))).collect();
    let unit = if text.ends_with("*I") { "i" } else { "" };
    format!("{}{unit}", words.join(" "))
}

/// The number in its surroundings, in LaTeX: in parentheses where it is more than one word.
pub(super) fn latex_at(number: &Number, level: Level) -> String {
    let text = latex(number);
    let long = text.contains([' ', '/', '+', '-', '*', '^']) || text.contains(r"\frac");
    if level != Level::Free && long { format!(r"\left({text}\right)") } else { text }
}

/// A coefficient without its sign, in front of something: only a sign inside asks for parentheses.
pub(super) fn latex_coefficient(number: &Number) -> String {
    let text = latex(number);
    if text.contains(['+', '-']) { format!(r"\left({text}\right)") } else { text }
}
