//! Numbers and strings: what their text stands for.
//!
//! An f-string is read in place: the text of each field is cut into tokens and parsed where it stands, so that faults
//! point into the string.

use std::rc::Rc;

use crate::diagnostic::{FaultKind, Span, Spanned, fault};

use super::ast::*;
use super::build::Builder;
use super::format_text::FormatReader;
use super::token::Quoted;

static BAD_ESCAPE: FaultKind = FaultKind {
    code: "bad-escape",
    class: "SyntaxError",
    title: "an escape in a string stands for no character",
    explanation: "Behind a backslash `x` needs two hexadecimal digits, `u` four and `U` eight. In a raw string, r\"...\", \
                  a backslash stands for itself.",
    wrong: "print(\"\\xyz\")",
    right: "print(r\"\\xyz\")",
};

static BYTES: FaultKind = FaultKind {
    code: "bytes-string",
    class: "SyntaxError",
    title: "a string of bytes",
    explanation: "The language has strings of characters only; leave the `b` away.",
    wrong: "b\"abc\"",
    right: "\"abc\"",
};

pub(super) static FAULTS: &[&FaultKind] = &[&BAD_ESCAPE, &BYTES];

/// The digits and the radix of an integer; underscores are gone already.
pub(super) fn integer(text: &str) -> Integer {
    let (radix, digits) = match text.as_bytes() {
        [b'0', b'x' | b'X', ..] => (16, &text[2..]),
        [b'0', b'o' | b'O', ..] => (8, &text[2..]),
        [b'0', b'b' | b'B', ..] => (2, &text[2..]),
        _ => (10, text),
    };
    Integer { digits: Rc::from(digits), radix }
}

/// Sign and digits of a superscript.
pub(super) fn superscript(text: &str) -> (bool, String) {
    const DIGITS: &str = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    let value = |c: char| DIGITS.chars().position(|digit| digit == c);
    let digits = text.chars().filter_map(|c| char::from_digit(value(c)? as u32, 10)).collect();
    (text.starts_with('⁻'), digits)
}

/// Adjacent strings as one.
pub(super) fn text(build: &Builder<'_>, strings: &[Spanned<Quoted<'_>>]) -> ExprKind {
    let mut parts: Vec<FormatPart> = Vec::new();
    for string in strings {
        let quoted = string.value;
        let start = string.span.start as usize;
        let base = start + quoted.prefix + quoted.quote;
        if quoted.has_prefix('b') {
            let span = Span::new(start, start + quoted.prefix);
            build.tell(fault!(BYTES, span, "strings of bytes are not known").hint("leave the `b` away"));
        }
        let raw = quoted.has_prefix('r');
        if quoted.has_prefix('f') {
            FormatReader::new(build, quoted.inner(), base, raw).read_all(&mut parts);
        } else {
            push_text(&mut parts, &decoded(build, quoted.inner(), base, raw));
        }
    }
    if parts.iter().any(|part| matches!(part, FormatPart::Field(_))) {
        return ExprKind::FormatText(parts);
    }
    match parts.pop() {
        Some(FormatPart::Text(text)) => ExprKind::Text(text),
        _ => ExprKind::Text(Rc::from("")),
    }
}

/// Adds text behind the parts, joined to text that ends them.
pub(super) fn push_text(parts: &mut Vec<FormatPart>, text: &str) {
    if text.is_empty() {
        return;
    }
    if let Some(FormatPart::Text(before)) = parts.last_mut() {
        *before = Rc::from(format!("{before}{text}"));
    } else {
        parts.push(FormatPart::Text(Rc::from(text)));
    }
}

/// The characters that the text between two quotes stands for; it begins at byte `base`.
pub(super) fn decoded(build: &Builder<'_>, text: &str, base: usize, raw: bool) -> String {
    let text_has = |c: char| text.contains(c);
    if !text_has('\r') && (raw || !text_has('\\')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(['\\', '\r']) {
        out.push_str(&rest[..at]);
        let offset = base + text.len() - rest.len() + at;
        rest = &rest[at..];
        let length = match rest.as_bytes() {
            [b'\r', b'\n', ..] => 1,
            [b'\r', ..] => {
                out.push('\n');
                1
            }
            _ if raw => {
                out.push('\\');
                1
            }
            _ => escape(build, rest, offset, &mut out),
        };
        rest = &rest[length..];
    }
    out.push_str(rest);
    out
}

/// Decodes the escape at the head of `rest` and answers its length.
fn escape(build: &Builder<'_>, rest: &str, offset: usize, out: &mut String) -> usize {
    let Some(letter) = rest[1..].chars().next() else {
        out.push('\\');
        return 1;
    };
    let simple = match letter {
        '\n' => return 2,
        '\r' => return if rest[2..].starts_with('\n') { 3 } else { 2 },
        'n' => '\n',
        't' => '\t',
        'r' => '\r',
        'a' => '\u{7}',
        'b' => '\u{8}',
        'f' => '\u{c}',
        'v' => '\u{b}',
        '\\' | '\'' | '"' => letter,
        '0'..='7' => return octal(rest, out),
        'x' => return hexadecimal(build, rest, 2, offset, out),
        'u' => return hexadecimal(build, rest, 4, offset, out),
        'U' => return hexadecimal(build, rest, 8, offset, out),
        _ => {
            // As in Python, a backslash that escapes nothing stands for itself.
            out.push('\\');
            return 1;
        }
    };
    out.push(simple);
    2
}

fn octal(rest: &str, out: &mut String) -> usize {
    let digits = rest[1..].bytes().take(3).take_while(|byte| matches!(byte, b'0'..=b'7')).count();
    let code = u32::from_str_radix(&rest[1..1 + digits], 8).unwrap_or(0);
    out.push(char::from_u32(code).unwrap_or('\u{fffd}'));
    1 + digits
}

fn hexadecimal(build: &Builder<'_>, rest: &str, digits: usize, offset: usize, out: &mut String) -> usize {
    let text = rest.get(2..2 + digits).filter(|text| text.bytes().all(|byte| byte.is_ascii_hexdigit()));
    let code = text.and_then(|text| u32::from_str_radix(text, 16).ok()).and_then(char::from_u32);
    match code {
        Some(character) => {
            out.push(character);
            2 + digits
        }
        None => {
            let escape = &rest[..2];
            build.tell(
                fault!(
                    BAD_ESCAPE,
                    Span::new(offset, offset + 2),
                    "`{escape}` must be followed by {digits} hexadecimal digits"
                )
                .label("no character has this code")
                .hint("for a backslash that stands for itself write `\\\\`, or begin the string with r: r\"...\""),
            );
            2
        }
    }
}
