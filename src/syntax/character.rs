//! Characters that begin no word of the language: what was meant, and what to type instead.

use crate::diagnostic::{Fault, FaultKind, Span, fault};

static CURLY_QUOTE: FaultKind = FaultKind {
    code: "curly-quote",
    class: "SyntaxError",
    title: "a string stands between typographic quotes",
    explanation: "Word processors turn quotes into curly ones. A string of a program stands between straight quotes, \
                  \" or '.",
    wrong: "print(“hello”)",
    right: "print(\"hello\")",
};

static BAD_CHARACTER: FaultKind = FaultKind {
    code: "bad-character",
    class: "SyntaxError",
    title: "a character is no part of the language",
    explanation: "The character can stand in strings and comments only. Many mathematical signs are understood (`π`, \
                  `≤`, `·`, `²`), and the message names a replacement where there is one.",
    wrong: "5!",
    right: "factorial(5)",
};

pub(super) static FAULTS: &[&FaultKind] = &[&CURLY_QUOTE, &BAD_CHARACTER];

/// A fault, and how much of the text behind the character belongs to it.
pub(super) struct BadCharacter {
    pub fault: Fault,
    pub skip: usize,
}

/// Quotes that word processors make, each with those that may close it.
const QUOTES: [(char, &str); 9] =
    [('“', "”“"), ('”', "”“"), ('„', "“”"), ('«', "»"), ('»', "«"), ('‘', "’‘"), ('’', "’‘"), ('‚', "‘’"), ('‹', "›")];

/// What is wrong with the text `found` that no token begins with, `rest` behind it.
pub(super) fn explain(found: &str, rest: &str, span: Span, after_operand: bool) -> BadCharacter {
    let character = found.chars().next().unwrap_or('\u{fffd}');
    if let Some((_, closing)) = QUOTES.iter().find(|(quote, _)| *quote == character) {
        return curly(character, closing, rest, span);
    }
    let first = Span::new(span.start as usize, span.start as usize + character.len_utf8());
    let name = if character.is_control() || character.is_whitespace() {
        format!("U+{:04X}", character as u32)
    } else {
        format!("`{character}` (U+{:04X})", character as u32)
    };
    let fault = fault!(BAD_CHARACTER, first, "invalid character {name}").label("no part of the language");
    let fault = match advice(character, rest, after_operand) {
        Some(advice) => fault.hint(advice),
        None => fault,
    };
    BadCharacter { fault, skip: 0 }
}

/// `“hello”`: the whole string is the mistake, if it is closed on the line.
fn curly(quote: char, closing: &str, rest: &str, span: Span) -> BadCharacter {
    let line = rest.split(['\n', '\r']).next().unwrap_or("");
    let close = line.char_indices().find(|(_, c)| closing.contains(*c)).map(|(at, c)| (at, c.len_utf8()));
    let fault = |span| fault!(CURLY_QUOTE, span, "`{quote}` is a typographic quote, not one that a program knows");
    match close {
        Some((at, width)) => {
            let whole = Span::new(span.start as usize, span.end as usize + at + width);
            let straight = if line[..at].contains('"') { '\'' } else { '"' };
            let hint = format!("type straight quotes: {straight}{}{straight}", &line[..at]);
            BadCharacter { fault: fault(whole).label("straight quotes expected").hint(hint), skip: at + width }
        }
        None => BadCharacter { fault: fault(span).hint("type straight quotes, \" or '"), skip: 0 },
    }
}

fn advice(character: char, rest: &str, after_operand: bool) -> Option<&'static str> {
    Some(match character {
        '!' if after_operand => "for the factorial of n write `factorial(n)`",
        '!' => "for the contrary of a condition write `not condition`",
        '?' => "for help on a name write `help(name)`, or `name?` on a line of its own",
        '$' => "formulas are written without `$`",
        '–' | '—' | '‐' | '‑' => "the minus sign of the keyboard is `-`",
        '…' => "for a range write two dots: `[1..10]`",
        '∧' => "write `and`",
        '∨' => "write `or`",
        '¬' => "write `not`",
        '∫' => "write `integral(f, x)` or `integral(f, x, a, b)`",
        '∑' => "write `sum(f, k, a, b)`",
        '∏' => "write `product(f, k, a, b)`",
        '∂' => "write `diff(f, x)`",
        '′' | '″' => "write `diff(f, x)` for a derivative",
        '→' | '↦' => "write `f(x) = ...` or `lambda x: ...` for a function, `limit(f, x=a)` for a limit",
        '≈' => "compare with a tolerance: `abs(a - b) < 1e-9`; numbers come from `n(a)`",
        '±' | '∓' => "write both signs out: `a + b` and `a - b`",
        '°' => "angles are in radians: 30 degrees are `30*pi/180`",
        '½' | '⅓' | '⅔' | '¼' | '¾' => "write the fraction out: `1/2`",
        '₀'..='₉' => "write the index as part of the name: `x1` or `x_1`",
        '⁻' | '⁺' | 'ⁿ' | 'ˣ' => "write powers as `x^n`",
        '∛' => "write `x^(1/3)`, or `real_nth_root(x, 3)` for the real root of a negative number",
        '\\' if rest.starts_with(|c: char| c.is_ascii_alphabetic()) => {
            "LaTeX is no input: write `sin(x)` for `\\sin x` and `a/b` for `\\frac{a}{b}`"
        }
        '\\' => "a `\\` may stand only at the end of a line, which it joins to the next",
        '`' => "names stand without quotes",
        _ => return None,
    })
}
