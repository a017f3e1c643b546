//! f-strings: text with fields `{value!r:spec}`.

use std::rc::Rc;

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::ast::*;
use super::build::Builder;
use super::literal::{decoded, push_text};

static BAD_FORMAT_TEXT: FaultKind = FaultKind {
    code: "bad-f-string",
    class: "SyntaxError",
    title: "a field of an f-string is faulty",
    explanation: "A field is an expression between braces: f\"{x}\", with a conversion f\"{x!r}\" or a format \
                  f\"{x:.3f}\" behind it. A brace that stands for itself is doubled: {{ and }}.",
    wrong: "f\"{x\"",
    right: "f\"{x}\"",
};

pub(super) static FAULTS: &[&FaultKind] = &[&BAD_FORMAT_TEXT];

/// How deep fields may stand in formats of fields.
const MAX_NESTED: usize = 2;

/// Reads the text between the quotes of an f-string.
pub(super) struct FormatReader<'b, 's> {
    build: &'b Builder<'s>,
    text: &'b str,
    base: usize,
    raw: bool,
    at: usize,
}

impl<'b, 's> FormatReader<'b, 's> {
    /// A reader of `text`, which stands at byte `base`.
    pub(super) fn new(build: &'b Builder<'s>, text: &'b str, base: usize, raw: bool) -> Self {
        FormatReader { build, text, base, raw, at: 0 }
    }

    /// Reads everything; what is faulty is told and left out.
    pub(super) fn read_all(mut self, parts: &mut Vec<FormatPart>) {
        if let Err(fault) = self.parts(parts, 0) {
            self.build.tell(fault);
            // A field keeps the string from being taken for plain text.
            let value = self.build.invalid_expr(self.base, self.base);
            let field = FormatField { value, shown: None, conversion: None, spec: None, span: Span::at(self.base) };
            parts.push(FormatPart::Field(Box::new(field)));
        }
    }

    fn rest(&self) -> &'b str {
        &self.text[self.at..]
    }

    fn span(&self, start: usize, end: usize) -> Span {
        Span::new(self.base + start, self.base + end)
    }

    /// Text and fields up to the end, or inside a format up to the brace that ends it.
    fn parts(&mut self, parts: &mut Vec<FormatPart>, nested: usize) -> Result<(), Fault> {
        loop {
            let length = self.rest().find(['{', '}']).unwrap_or(self.rest().len());
            let text = decoded(self.build, &self.rest()[..length], self.base + self.at, self.raw);
            push_text(parts, &text);
            self.at += length;
            let rest = self.rest();
            let in_format = nested > 0;
            if rest.is_empty() || in_format && rest.starts_with('}') {
                return Ok(());
            }
            if !in_format && (rest.starts_with("{{") || rest.starts_with("}}")) {
                push_text(parts, &rest[..1]);
                self.at += 2;
            } else if rest.starts_with('{') {
                let field = self.field(nested)?;
                parts.push(FormatPart::Field(Box::new(field)));
            } else {
                return Err(fault!(
                    BAD_FORMAT_TEXT,
                    self.span(self.at, self.at + 1),
                    "f-string: single '}}' is not allowed"
                )
                .label("closes no field")
                .hint("a brace that stands for itself is doubled: `}}`"));
            }
        }
    }

    /// One field, from its opening brace to its closing one.
    fn field(&mut self, nested: usize) -> Result<FormatField, Fault> {
        let open = self.at;
        if nested >= MAX_NESTED {
            return Err(fault!(BAD_FORMAT_TEXT, self.span(open, open + 1), "f-string: expressions nested too deeply"));
        }
        self.at += 1;
        let start = self.at;
        let end = start + field_length(self.rest());
        self.at = end;
        let shown = self.shown(start);
        let conversion = self.conversion()?;
        let spec = self.spec(nested)?;
        if !self.rest().starts_with('}') {
            return Err(fault!(BAD_FORMAT_TEXT, self.span(open, open + 1), "f-string: expecting '}}'")
                .label("this field is never closed")
                .hint("close it with `}`; a brace that stands for itself is doubled: `{{`"));
        }
        self.at += 1;
        let text = &self.text[start..end];
        if text.trim().is_empty() {
            return Err(fault!(BAD_FORMAT_TEXT, self.span(open, self.at), "f-string: empty expression not allowed")
                .label("nothing between the braces")
                .hint("a brace that stands for itself is doubled: `{{`"));
        }
        let value = super::parse_field(self.build, text, self.base + start);
        let value = value.ok_or_else(|| {
            fault!(BAD_FORMAT_TEXT, self.span(start, end), "f-string: an expression is expected between the braces")
                .label("not an expression")
        })?;
        Ok(FormatField { value, shown, conversion, spec, span: self.span(open, self.at) })
    }

    /// `{value=}`: the text from `start` to behind the sign, if there is one.
    fn shown(&mut self, start: usize) -> Option<Rc<str>> {
        let sign = self.rest().strip_prefix('=')?;
        self.at = self.text.len() - sign.trim_start().len();
        Some(Rc::from(&self.text[start..self.at]))
    }

    fn conversion(&mut self) -> Result<Option<Conversion>, Fault> {
        let Some(rest) = self.rest().strip_prefix('!') else { return Ok(None) };
        let conversion = match rest.chars().next() {
            Some('r') => Conversion::Repr,
            Some('s') => Conversion::Str,
            Some('a') => Conversion::Ascii,
            other => {
                let length = other.map_or(0, char::len_utf8);
                let span = self.span(self.at, self.at + 1 + length);
                return Err(fault!(
                    BAD_FORMAT_TEXT,
                    span,
                    "f-string: invalid conversion character: expected 's', 'r', or 'a'"
                )
                .hint("`!r` shows a value as `repr` does, `!s` as `str` does"));
            }
        };
        self.at += 2;
        Ok(Some(conversion))
    }

    fn spec(&mut self, nested: usize) -> Result<Option<Vec<FormatPart>>, Fault> {
        if !self.rest().starts_with(':') {
            return Ok(None);
        }
        self.at += 1;
        let mut parts = Vec::new();
        self.parts(&mut parts, nested + 1)?;
        Ok(Some(parts))
    }
}

/// How long the expression at the head of a field is: to the `}`, `:`, `!` or `=` that ends it.
fn field_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let (mut braces, mut brackets) = (0usize, 0usize);
    let mut at = 0;
    while let Some(&byte) = bytes.get(at) {
        let outside = braces == 0 && brackets == 0;
        match byte {
            b'\'' | b'"' => at += string_length(&bytes[at..]) - 1,
            b'(' | b'[' => brackets += 1,
            b')' | b']' => brackets = brackets.saturating_sub(1),
            b'{' => braces += 1,
            b'}' if braces == 0 => return at,
            b'}' => braces -= 1,
            b':' if outside => return at,
            b'!' if outside && bytes.get(at + 1) != Some(&b'=') => return at,
            b'=' if outside && ends_value(&text[at + 1..]) && !compares(bytes, at) => return at,
            _ => {}
        }
        at += 1;
    }
    text.len()
}

/// Whether what follows a `=` ends the field's value.
fn ends_value(rest: &str) -> bool {
    rest.trim_start().starts_with(['}', ':', '!'])
}

/// Whether the `=` at `at` is the end of `==`, `<=`, `>=` or `!=`.
fn compares(bytes: &[u8], at: usize) -> bool {
    at > 0 && matches!(bytes[at - 1], b'=' | b'<' | b'>' | b'!')
}

/// The length of the string that begins here, quotes included; at least 1.
fn string_length(bytes: &[u8]) -> usize {
    let mark = bytes[0];
    let mut at = 1;
    while let Some(&byte) = bytes.get(at) {
        at += 1;
        if byte == mark {
            break;
        }
    }
    at
}
