//! The one spelling of a name.
//!
//! Formulas pasted from a page or a PDF carry letters of the mathematical alphabets (`𝑥`, `𝜃`) and symbols for
//! constants. As Python does (by the Unicode normal form NFKC, of which this is the part that occurs in formulas) the
//! letters are taken for the plain ones; `π`, `ℯ` and `ⅈ` are the constants they stand for.

use std::borrow::Cow;

/// The name that `text` spells.
pub(super) fn canonical(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let name: String = text.chars().map(plain).collect();
    match name.as_str() {
        "π" => Cow::Borrowed("pi"),
        "ℯ" => Cow::Borrowed("e"),
        "ⅈ" | "ⅉ" => Cow::Borrowed("I"),
        _ => Cow::Owned(name),
    }
}

/// The plain letter or digit for one of a mathematical alphabet.
fn plain(c: char) -> char {
    let code = c as u32;
    let letter = match code {
        0x1D400..=0x1D6A3 => latin((code - 0x1D400) % 52),
        0x1D6A8..=0x1D7C9 => greek((code - 0x1D6A8) % 58),
        0x1D7CE..=0x1D7FF => char::from_digit((code - 0x1D7CE) % 10, 10),
        _ => match c {
            'ℎ' => Some('h'),
            'ℓ' => Some('l'),
            'µ' => Some('μ'),
            'ϵ' => Some('ε'),
            'ϑ' => Some('θ'),
            'ϰ' => Some('κ'),
            'ϕ' => Some('φ'),
            'ϱ' => Some('ρ'),
            'ϖ' => Some('π'),
            _ => None,
        },
    };
    letter.unwrap_or(c)
}

/// Each Latin alphabet holds the capitals and then the small letters.
fn latin(index: u32) -> Option<char> {
    let (first, index) = if index < 26 { ('A', index) } else { ('a', index - 26) };
    char::from_u32(first as u32 + index)
}

/// Each Greek alphabet holds 24 capitals with a second theta among them, nabla, 25 small letters, and seven variants.
fn greek(index: u32) -> Option<char> {
    const LETTERS: &str = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΘΣΤΥΦΧΨΩ∇αβγδεζηθικλμνξοπρςστυφχψω∂εθκφρπ";
    LETTERS.chars().nth(index as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn mathematical_letters_are_plain_letters() {
        for (text, expected) in [
            ("x", "x"),
            ("𝑥", "x"),
            ("𝐴𝟏", "A1"),
            ("𝒇", "f"),
            ("𝜃", "θ"),
            ("𝛼_1", "α_1"),
            ("𝜔", "ω"),
            ("𝛺", "Ω"),
            ("ϕ", "φ"),
            ("π", "pi"),
            ("𝜋", "pi"),
            ("πr", "πr"),
            ("ℎ", "h"),
            ("größe", "größe"),
        ] {
            assert_eq!(canonical(text), expected, "{text}");
        }
    }
}
