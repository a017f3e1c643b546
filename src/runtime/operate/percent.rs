//! `'%d of %s' % (n, name)`.

use std::rc::Rc;

use crate::diagnostic::{Fault, Span};
use crate::number::{Integer, Real, format_float};
use crate::runtime::fault::{NO_KEY, type_error, value_error};
use crate::runtime::value::{Key, Value, repr, str_of};

/// Wider fields are refused.
const MAX_WIDTH: usize = 1_000_000;

/// A directive: `%[(name)][flags][width][.precision]kind`.
#[derive(Debug, Default)]
struct Directive {
    minus: bool,
    plus: bool,
    space: bool,
    zero: bool,
    alternate: bool,
    width: usize,
    precision: Option<usize>,
}

/// The template with its directives replaced by the values.
///
/// # Errors
/// Values that are missing, left over, or of the wrong kind.
pub fn format(template: &str, values: &Value) -> Result<String, Fault> {
    let mut arguments = Supply { values, used: 0 };
    let mut out = String::new();
    let mut rest = template.chars().peekable();
    while let Some(c) = rest.next() {
        if c != '%' {
            out.push(c);
            continue;
        }
        if rest.next_if_eq(&'%').is_some() {
            out.push('%');
            continue;
        }
        let named = name(&mut rest)?;
        let directive = directive(&mut rest, &mut arguments)?;
        let Some(kind) = rest.next() else { return Err(value_error("incomplete format")) };
        if kind == '%' {
            out.push('%');
            continue;
        }
        let value = match named {
            Some(name) => arguments.named(&name)?,
            None => arguments.next()?,
        };
        out.push_str(&convert(kind, &directive, &value)?);
    }
    arguments.finish()?;
    Ok(out)
}

type Characters<'a> = std::iter::Peekable<std::str::Chars<'a>>;

fn name(rest: &mut Characters<'_>) -> Result<Option<String>, Fault> {
    if rest.next_if_eq(&'(').is_none() {
        return Ok(None);
    }
    let mut name = String::new();
    for c in rest.by_ref() {
        if c == ')' {
            return Ok(Some(name));
        }
        name.push(c);
    }
    Err(value_error("incomplete format key"))
}

fn directive(rest: &mut Characters<'_>, arguments: &mut Supply<'_>) -> Result<Directive, Fault> {
    let mut directive = Directive::default();
    while let Some(flag) = rest.next_if(|c| matches!(c, '-' | '+' | ' ' | '0' | '#')) {
        match flag {
            '-' => directive.minus = true,
            '+' => directive.plus = true,
            ' ' => directive.space = true,
            '0' => directive.zero = true,
            _ => directive.alternate = true,
        }
    }
    directive.width = number(rest, arguments)?.unwrap_or(0);
    if rest.next_if_eq(&'.').is_some() {
        directive.precision = Some(number(rest, arguments)?.unwrap_or(0));
    }
    while rest.next_if(|c| matches!(c, 'h' | 'l' | 'L')).is_some() {}
    Ok(directive)
}

/// A width or precision: digits, or `*` for the next value.
fn number(rest: &mut Characters<'_>, arguments: &mut Supply<'_>) -> Result<Option<usize>, Fault> {
    if rest.next_if_eq(&'*').is_some() {
        let value = arguments.next()?.to_integer().and_then(|value| value.to_usize());
        return value.filter(|value| *value <= MAX_WIDTH).map(Some).ok_or_else(|| type_error("* wants int"));
    }
    let mut value: Option<usize> = None;
    while let Some(digit) = rest.next_if(char::is_ascii_digit).and_then(|c| c.to_digit(10)) {
        let next = value.unwrap_or(0) * 10 + digit as usize;
        if next > MAX_WIDTH {
            return Err(value_error("width too big"));
        }
        value = Some(next);
    }
    Ok(value)
}

/// The values on the right: a tuple in order, a dictionary by name, anything else once.
struct Supply<'a> {
    values: &'a Value,
    used: usize,
}

impl Supply<'_> {
    fn next(&mut self) -> Result<Value, Fault> {
        self.used += 1;
        let value = match self.values {
            Value::Tuple(items) => items.get(self.used - 1).cloned(),
            single if self.used == 1 => Some(single.clone()),
            _ => None,
        };
        value.ok_or_else(|| type_error("not enough arguments for format string"))
    }

    fn named(&mut self, name: &str) -> Result<Value, Fault> {
        let Value::Dict(dict) = self.values else { return Err(type_error("format requires a mapping")) };
        self.used = 1;
        let found = dict.borrow().get(&Key::new(Value::Str(Rc::from(name)))?).cloned();
        found.ok_or_else(|| Fault::new(&NO_KEY, Span::default(), format!("'{name}'")))
    }

    fn finish(&self) -> Result<(), Fault> {
        let given = match self.values {
            Value::Tuple(items) => items.len(),
            Value::Dict(_) => self.used,
            _ => 1,
        };
        if self.used < given { Err(type_error("not all arguments converted during string formatting")) } else { Ok(()) }
    }
}

fn convert(kind: char, directive: &Directive, value: &Value) -> Result<String, Fault> {
    let text = match kind {
        's' | 'r' | 'a' => {
            let text = if kind == 's' { str_of(value) } else { repr(value) };
            let shown = match directive.precision {
                Some(precision) => text.chars().take(precision).collect(),
                None => text,
            };
            return Ok(padded(&shown, directive, false));
        }
        'c' => match value.as_str() {
            Some(text) => return Ok(padded(text, directive, false)),
            None => return super::format::character(&whole(kind, value)?).map(|text| padded(&text, directive, false)),
        },
        'd' | 'i' | 'u' => signed_digits(&whole(kind, value)?, 10, "", directive),
        'o' => signed_digits(&whole(kind, value)?, 8, "0o", directive),
        'x' => signed_digits(&whole(kind, value)?, 16, "0x", directive),
        'X' => signed_digits(&whole(kind, value)?, 16, "0x", directive).to_uppercase(),
        'e' | 'E' | 'f' | 'F' | 'g' | 'G' => float_digits(kind, value, directive)?,
        _ => return Err(value_error(format!("unsupported format character '{kind}'"))),
    };
    Ok(padded(&text, directive, true))
}

/// The integer part of a number.
fn whole(kind: char, value: &Value) -> Result<Integer, Fault> {
    if let Some(integer) = value.to_integer() {
        return Ok(integer);
    }
    let is_formula = matches!(value, Value::Expr(_) | Value::Callable(_));
    if !value.is_plain_number() && !is_formula {
        let class = value.class().name;
        return Err(type_error(format!("%{kind} format: a real number is required, not {class}")));
    }
    let failed = || value_error(format!("cannot convert {} to int", repr(value)));
    super::to_real(value, 53).ok().and_then(|real| Real::trunc(&real)).ok_or_else(failed)
}

fn sign(negative: bool, directive: &Directive) -> &'static str {
    match (negative, directive.plus, directive.space) {
        (true, ..) => "-",
        (_, true, _) => "+",
        (_, _, true) => " ",
        _ => "",
    }
}

fn signed_digits(integer: &Integer, radix: u32, prefix: &str, directive: &Directive) -> String {
    let digits = integer.abs().to_text(radix);
    let zeros = "0".repeat(directive.precision.unwrap_or(0).saturating_sub(digits.len()));
    let prefix = if directive.alternate { prefix } else { "" };
    format!("{}{prefix}{zeros}{digits}", sign(integer.is_negative(), directive))
}

fn float_digits(kind: char, value: &Value, directive: &Directive) -> Result<String, Fault> {
    if value.as_str().is_some() || !(value.is_plain_number() || crate::runtime::value::as_expr(value).is_some()) {
        return Err(type_error(format!("must be real number, not {}", value.class().short_name())));
    }
    let number = super::to_f64(value)?;
    let lower = kind.to_ascii_lowercase();
    let digits = format_float(number.abs(), lower, directive.precision.unwrap_or(6), directive.alternate);
    let text = format!("{}{digits}", sign(number.is_sign_negative() && !number.is_nan(), directive));
    Ok(if kind == lower { text } else { text.to_uppercase() })
}

fn padded(text: &str, directive: &Directive, number: bool) -> String {
    let missing = directive.width.saturating_sub(text.chars().count());
    if directive.minus {
        format!("{text}{}", " ".repeat(missing))
    } else if directive.zero && number {
        let at = text.find(|c: char| c.is_ascii_alphanumeric()).unwrap_or(0);
        format!("{}{}{}", &text[..at], "0".repeat(missing), &text[at..])
    } else {
        format!("{}{text}", " ".repeat(missing))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, values: Vec<Value>, expected: &str) {
        let text = format(template, &Value::tuple(values)).unwrap_or_else(|fault| fault.to_string());
        assert_eq!(text, expected);
    }

    #[test]
    fn directives_work_as_in_python() {
        check("%5d|%-5d|%05d", vec![Value::integer(42); 3], "   42|42   |00042");
        check("%+d %x %o %%", vec![Value::integer(3), Value::integer(255), Value::integer(8)], "+3 ff 10 %");
        check(
            "%.3f %e %g",
            vec![Value::Float(1.5), Value::integer(12345), Value::Float(0.0001)],
            "1.500 1.234500e+04 0.0001",
        );
        check("%s and %r", vec![Value::str("a"), Value::str("a")], "a and 'a'");
        check("%*d", vec![Value::integer(4), Value::integer(7)], "   7");
        check("%s %s", vec![Value::integer(1)], "TypeError: not enough arguments for format string");
        check("%s", vec![Value::None, Value::None], "TypeError: not all arguments converted during string formatting");
        check("%d", vec![Value::str("a")], "TypeError: %d format: a real number is required, not str");
    }
}
