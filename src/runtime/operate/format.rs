//! Formatting: the fields of f-strings, `format(...)` and `str.format`.

use std::rc::Rc;

use crate::diagnostic::{Fault, Spanned};
use crate::number::{Integer, Real, format_float};
use crate::runtime::fault::{BAD_INDEX, NO_KEY, type_error, value_error};
use crate::runtime::machine::Machine;
use crate::runtime::value::{Value, repr, str_of};
use crate::syntax::ast::Conversion;

/// Wider fields are refused.
const MAX_WIDTH: usize = 1_000_000;

/// What stands behind the colon: `[[fill]align][sign][#][0][width][,][.precision][type]`.
#[derive(Clone, Debug, Default)]
struct Spec {
    fill: Option<char>,
    align: Option<char>,
    sign: Option<char>,
    alternate: bool,
    zero: bool,
    width: usize,
    grouping: Option<char>,
    precision: Option<usize>,
    kind: Option<char>,
}

impl Spec {
    fn parse(text: &str) -> Result<Spec, Fault> {
        let mut spec = Spec::default();
        let mut rest = text;
        let mut characters = text.chars();
        let (first, second) = (characters.next(), characters.next());
        if let (Some(fill), Some(align @ ('<' | '>' | '^' | '='))) = (first, second) {
            (spec.fill, spec.align) = (Some(fill), Some(align));
            rest = characters.as_str();
        } else if let Some(align @ ('<' | '>' | '^' | '=')) = first {
            spec.align = Some(align);
            rest = &text[1..];
        }
        spec.sign = eat(&mut rest, &['+', '-', ' ']);
        spec.alternate = eat(&mut rest, &['#']).is_some();
        spec.zero = eat(&mut rest, &['0']).is_some();
        spec.width = digits(&mut rest)?.unwrap_or(0);
        spec.grouping = eat(&mut rest, &[',', '_']);
        if eat(&mut rest, &['.']).is_some() {
            spec.precision = Some(digits(&mut rest)?.ok_or_else(|| value_error("Format specifier missing precision"))?);
        }
        let mut kind = rest.chars();
        spec.kind = kind.next();
        if kind.next().is_some() {
            return Err(value_error("Invalid format specifier"));
        }
        Ok(spec)
    }

    /// The text brought to the width; `natural` is the side it clings to by itself.
    fn pad(&self, text: &str, natural: char) -> String {
        let missing = self.width.saturating_sub(text.chars().count());
        let fill = self.fill.unwrap_or(if self.zero { '0' } else { ' ' });
        let align = self.align.unwrap_or(if self.zero { '=' } else { natural });
        let fill = |count: usize| std::iter::repeat_n(fill, count).collect::<String>();
        match align {
            '<' => format!("{text}{}", fill(missing)),
            '^' => format!("{}{text}{}", fill(missing / 2), fill(missing - missing / 2)),
            '=' => {
                let at = text.find(|c: char| c.is_ascii_digit()).unwrap_or(0);
                let at = text.find("0x").or(text.find("0b")).or(text.find("0o")).map_or(at, |at| at + 2);
                format!("{}{}{}", &text[..at], fill(missing), &text[at..])
            }
            _ => format!("{}{text}", fill(missing)),
        }
    }

    /// The sign in front of a number that is not negative.
    fn plus(&self) -> &'static str {
        match self.sign {
            Some('+') => "+",
            Some(' ') => " ",
            _ => "",
        }
    }
}

fn eat(rest: &mut &str, wanted: &[char]) -> Option<char> {
    let first = rest.chars().next().filter(|c| wanted.contains(c))?;
    *rest = &rest[first.len_utf8()..];
    Some(first)
}

fn digits(rest: &mut &str) -> Result<Option<usize>, Fault> {
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    let (number, left) = rest.split_at(end);
    *rest = left;
    if number.is_empty() {
        return Ok(None);
    }
    let number = number.parse().ok().filter(|number| *number <= MAX_WIDTH);
    number.map(Some).ok_or_else(|| value_error("Too many decimal digits in format string"))
}

/// A field of an f-string.
///
/// # Errors
/// A specification that the value does not know.
pub fn format_field(value: &Value, conversion: Option<Conversion>, spec: &str) -> Result<String, Fault> {
    match conversion {
        None => format_value(value, spec),
        Some(Conversion::Str) => format_value(&Value::str(str_of(value)), spec),
        Some(Conversion::Repr | Conversion::Ascii) => format_value(&Value::str(repr(value)), spec),
    }
}

/// `format(value, spec)`.
///
/// # Errors
/// A specification that the value does not know.
pub fn format_value(value: &Value, spec: &str) -> Result<String, Fault> {
    if spec.is_empty() {
        return Ok(str_of(value));
    }
    let parsed = Spec::parse(spec)?;
    match value {
        Value::Str(text) => format_string(text, &parsed),
        Value::Bool(flag) => format_integer(&Integer::new((*flag).into()), &parsed),
        Value::Int(integer) | Value::Integer(integer) => format_integer(integer, &parsed),
        Value::Float(float) | Value::Double(float) => format_machine(*float, &parsed),
        Value::Real(real) => format_real(real, &parsed),
        _ => Err(unknown_format(value)),
    }
}

fn unknown_format(value: &Value) -> Fault {
    let class = value.class().name;
    let fault = type_error(format!("unsupported format string passed to {class}.__format__"));
    match value {
        Value::Rational(_) | Value::Expr(_) => {
            fault.hint("take its numerical value, `n(...)`, or its text, `str(...)`")
        }
        _ => fault.hint("take its text first: `str(...)`"),
    }
}

fn format_string(text: &str, spec: &Spec) -> Result<String, Fault> {
    if !matches!(spec.kind, None | Some('s')) {
        return Err(wrong_code(spec, "str"));
    }
    if let Some(separator) = spec.grouping {
        return Err(value_error(format!("Cannot specify '{separator}' with 's'.")));
    }
    let shown: String = match spec.precision {
        Some(precision) => text.chars().take(precision).collect(),
        None => text.to_string(),
    };
    Ok(spec.pad(&shown, '<'))
}

fn wrong_code(spec: &Spec, class: &str) -> Fault {
    let kind = spec.kind.unwrap_or(' ');
    value_error(format!("Unknown format code '{kind}' for object of type '{class}'"))
}

fn format_integer(integer: &Integer, spec: &Spec) -> Result<String, Fault> {
    let (radix, prefix) = match spec.kind {
        None | Some('d' | 'n') => (10, ""),
        Some('b') => (2, "0b"),
        Some('o') => (8, "0o"),
        Some('x' | 'X') => (16, "0x"),
        Some('c') => return character(integer).map(|text| spec.pad(&text, '<')),
        Some('e' | 'E' | 'f' | 'F' | 'g' | 'G' | '%') => return format_machine(integer.to_f64(), spec),
        Some(_) => return Err(wrong_code(spec, "int")),
    };
    if spec.precision.is_some() {
        return Err(value_error("Precision not allowed in integer format specifier"));
    }
    let mut text = integer.abs().to_text(radix);
    if let Some(separator) = spec.grouping {
        text = grouped(&text, if radix == 10 { 3 } else { 4 }, separator);
    }
    if spec.alternate {
        text.insert_str(0, prefix);
    }
    if spec.kind == Some('X') {
        text = text.to_uppercase();
    }
    let sign = if integer.is_negative() { "-" } else { spec.plus() };
    Ok(spec.pad(&format!("{sign}{text}"), '>'))
}

/// The character with a code.
///
/// # Errors
/// A number that is no character's code.
pub fn character(code: &Integer) -> Result<String, Fault> {
    let character = code.to_u32().and_then(char::from_u32);
    character.map(String::from).ok_or_else(|| value_error("chr() arg not in range(0x110000)"))
}

/// Digits in groups, from the right.
fn grouped(digits: &str, size: usize, separator: char) -> String {
    let length = digits.chars().count();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (length - index).is_multiple_of(size) {
            text.push(separator);
        }
        text.push(digit);
    }
    text
}

fn format_machine(value: f64, spec: &Spec) -> Result<String, Fault> {
    let kind = spec.kind.unwrap_or('\0');
    let text = match kind.to_ascii_lowercase() {
        '\0' | 'n' if spec.precision.is_none() => crate::number::python_repr(value.abs()),
        '\0' | 'n' => format_float(value.abs(), 'g', spec.precision.unwrap_or(6), false),
        '%' => format!("{}%", format_float(value.abs() * 100.0, 'f', spec.precision.unwrap_or(6), false)),
        'e' | 'f' | 'g' => {
            format_float(value.abs(), kind.to_ascii_lowercase(), spec.precision.unwrap_or(6), spec.alternate)
        }
        _ => return Err(wrong_code(spec, "float")),
    };
    Ok(finish_float(&text, value.is_sign_negative() && !value.is_nan(), spec))
}

/// Grouping, capitals, sign and width for the digits of a float.
fn finish_float(text: &str, negative: bool, spec: &Spec) -> String {
    let mut text = text.to_string();
    if let Some(separator) = spec.grouping {
        let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
        text = format!("{}{}", grouped(&text[..end], 3, separator), &text[end..]);
    }
    if matches!(spec.kind, Some('E' | 'F' | 'G')) {
        text = text.to_uppercase();
    }
    let sign = if negative { "-" } else { spec.plus() };
    spec.pad(&format!("{sign}{text}"), '>')
}

/// Sage's reals are formatted by their decimal digits.
fn format_real(real: &Real, spec: &Spec) -> Result<String, Fault> {
    let kind = spec.kind.unwrap_or('g').to_ascii_lowercase();
    if !matches!(kind, 'e' | 'f' | 'g' | '%' | 'n') {
        return Err(wrong_code(spec, "float"));
    }
    if !real.is_finite() {
        return format_machine(real.to_f64(), spec);
    }
    let text = real.abs().format_decimal(if kind == 'n' { 'g' } else { kind }, spec.precision);
    Ok(finish_float(&text, real.is_negative(), spec))
}

/// `template.format(...)`.
///
/// # Errors
/// A malformed template, and fields that don't exist.
pub fn format_text(
    machine: &mut Machine,
    template: &str,
    positional: &[Spanned<Value>],
    keywords: &[(Rc<str>, Spanned<Value>)],
) -> Result<String, Fault> {
    let mut fields = Fields { machine, positional, keywords, next: 0, manual: None };
    fields.fill(template, 2)
}

/// The values that replacement fields may name.
struct Fields<'a> {
    machine: &'a mut Machine,
    positional: &'a [Spanned<Value>],
    keywords: &'a [(Rc<str>, Spanned<Value>)],
    next: usize,
    /// Are the fields numbered by hand? `None` until one is.
    manual: Option<bool>,
}

impl Fields<'_> {
    /// The template with its fields filled in; fields within specifications nest `depth` deep at most.
    fn fill(&mut self, template: &str, depth: usize) -> Result<String, Fault> {
        let mut out = String::new();
        let mut rest = template;
        while let Some(at) = rest.find(['{', '}']) {
            out.push_str(&rest[..at]);
            let brace = &rest[at..=at];
            rest = &rest[at + 1..];
            if let Some(after) = rest.strip_prefix(brace) {
                out.push_str(brace);
                rest = after;
            } else if brace == "}" {
                return Err(value_error("Single '}' encountered in format string"));
            } else {
                let end = closing(rest).ok_or_else(|| value_error("expected '}' before end of string"))?;
                if depth == 0 {
                    return Err(value_error("Max string recursion exceeded"));
                }
                out.push_str(&self.field(&rest[..end], depth)?);
                rest = &rest[end + 1..];
            }
        }
        out.push_str(rest);
        Ok(out)
    }

    fn field(&mut self, field: &str, depth: usize) -> Result<String, Fault> {
        let (head, spec) = match field.find(':') {
            Some(at) => (&field[..at], &field[at + 1..]),
            None => (field, ""),
        };
        let (path, conversion) = match head.split_once('!') {
            Some((path, "r")) => (path, Some(Conversion::Repr)),
            Some((path, "s")) => (path, Some(Conversion::Str)),
            Some((path, "a")) => (path, Some(Conversion::Ascii)),
            Some(_) => return Err(value_error("Unknown conversion specifier")),
            None => (head, None),
        };
        let value = self.value(path)?;
        let spec = self.fill(spec, depth - 1)?;
        format_field(&value, conversion, &spec)
    }

    /// `0`, `name`, `0.attribute`, `name[key]`.
    fn value(&mut self, path: &str) -> Result<Value, Fault> {
        let end = path.find(['.', '[']).unwrap_or(path.len());
        let (name, mut rest) = path.split_at(end);
        let mut value = self.argument(name)?;
        while !rest.is_empty() {
            if let Some(index) = rest.strip_prefix('[') {
                let close = index.find(']').ok_or_else(|| value_error("Missing ']' in format string"))?;
                let key = match index[..close].parse::<i64>() {
                    Ok(number) => Value::integer(number),
                    Err(_) => Value::str(&index[..close]),
                };
                value = super::index(self.machine, &value, &key)?;
                rest = &index[close + 1..];
            } else {
                let after = rest.strip_prefix('.').unwrap_or(rest);
                let end = after.find(['.', '[']).unwrap_or(after.len());
                value = self.machine.attribute(&value, &Rc::from(&after[..end]))?;
                rest = &after[end..];
            }
        }
        Ok(value)
    }

    fn argument(&mut self, name: &str) -> Result<Value, Fault> {
        let number = if name.is_empty() { None } else { Some(name.parse::<usize>().ok()) };
        if number != Some(None) && *self.manual.get_or_insert(number.is_some()) != number.is_some() {
            return Err(value_error(match number {
                None => "cannot switch from manual field specification to automatic field numbering",
                Some(_) => "cannot switch from automatic field numbering to manual field specification",
            }));
        }
        match number {
            None => {
                self.next += 1;
                return self.numbered(self.next - 1);
            }
            Some(Some(number)) => return self.numbered(number),
            Some(None) => {}
        }
        let found = self.keywords.iter().find(|(own, _)| **own == *name);
        found
            .map(|(_, value)| value.value.clone())
            .ok_or_else(|| Fault::new(&NO_KEY, crate::diagnostic::Span::default(), format!("'{name}'")))
    }

    fn numbered(&self, number: usize) -> Result<Value, Fault> {
        self.positional.get(number).map(|value| value.value.clone()).ok_or_else(|| {
            let message = format!("Replacement index {number} out of range for positional args tuple");
            Fault::new(&BAD_INDEX, crate::diagnostic::Span::default(), message)
        })
    }
}

/// Where the field ends that begins here, fields within it skipped.
fn closing(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => return Some(at),
            '}' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(value: &Value, spec: &str, expected: &str) {
        assert_eq!(format_value(value, spec).unwrap_or_else(|fault| fault.to_string()), expected, "{spec}");
    }

    #[test]
    fn numbers_are_formatted_as_python_does() {
        check(&Value::integer(5), ">10", "         5");
        check(&Value::integer(-5), "05d", "-0005");
        check(&Value::integer(5), ".2f", "5.00");
        check(&Value::integer(1_234_567), ",", "1,234,567");
        check(&Value::integer(255), "#x", "0xff");
        check(&Value::integer(255), "#06x", "0x00ff");
        check(&Value::Float(12345.678), ",.2f", "12,345.68");
        check(&Value::Float(0.5), "+.1%", "+50.0%");
        check(&Value::str("ab"), "^6", "  ab  ");
        check(&Value::str("abc"), ".2", "ab");
        check(&Value::Bool(true), "d", "1");
        check(&Value::str("a"), "d", "ValueError: Unknown format code 'd' for object of type 'str'");
    }

    #[test]
    fn reals_are_formatted_as_sage_does() {
        let real = |text: &str| Value::real(Real::parse(text).unwrap());
        check(&real("0.1"), ".3f", "0.100");
        check(&real("1.5"), ">20", "    1.50000000000000");
        check(&real("12345.678"), ",.2f", "12,345.68");
        check(&real("1e10"), ".3e", "1.000e+10");
    }
}
