//! Numbers in front of a product as quotients: `x/2` is read more easily on one line than `1/2 x`.

/// The formula with every fraction of whole numbers before a product turned into a denominator behind it.
pub(super) fn numbers_last(latex: &str) -> String {
    let mut out = String::new();
    let mut rest = latex;
    while let Some(at) = rest.find("\\frac{") {
        let (before, from) = rest.split_at(at);
        out.push_str(before);
        match quotient(from) {
            Some((text, length)) => {
                out.push_str(&text);
                rest = &from[length..];
            }
            None => {
                out.push_str("\\frac{");
                rest = &from["\\frac{".len()..];
            }
        }
    }
    out + rest
}

/// The formula without the brackets around whole exponents.
pub(super) fn bare_exponents(latex: &str) -> String {
    const OPEN: &str = "^{\\left(";
    let mut out = String::new();
    let mut rest = latex;
    while let Some((before, from)) = rest.split_once(OPEN) {
        out.push_str(before);
        let mut depth = 0;
        let close = from.char_indices().find(|(_, letter)| {
            depth += i32::from(matches!(letter, '{' | '(' | '[')) - i32::from(matches!(letter, '}' | ')' | ']'));
            depth < 0
        });
        let inner =
            close.and_then(|(at, _)| Some((from[..at].strip_suffix("\\right")?, from[at..].strip_prefix(")}")?)));
        match inner {
            Some((inner, behind)) => {
                out.push_str(&format!("^{{{inner}}}"));
                rest = behind;
            }
            None => {
                out.push_str(OPEN);
                rest = from;
            }
        }
    }
    out + rest
}

/// A fraction at the start of a formula together with the product behind it, and how much of the formula that is.
fn quotient(from: &str) -> Option<(String, usize)> {
    let (above, behind) = from.strip_prefix("\\frac{")?.split_once("}{")?;
    let (below, behind) = behind.split_once('}')?;
    let is_number = |text: &str| text.bytes().all(|b| b.is_ascii_digit());
    let product = behind.strip_prefix(" \\, ")?;
    let product = &product[..end_of(product)];
    if !is_number(above) || !is_number(below) || product.is_empty() || product.contains("\\frac") {
        return None;
    }
    let number = if above == "1" { "" } else { above };
    let apart = if product.starts_with("\\sqrt") || !product.starts_with('\\') { "" } else { "\\," };
    let length = from.len() - behind.len() + " \\, ".len() + product.len();
    Some((format!("{number}{}{product}/{below}", if number.is_empty() { "" } else { apart }), length))
}

/// Where a product ends: before a sum goes on, or before the bracket around it closes.
fn end_of(formula: &str) -> usize {
    let mut depth = 0;
    for (at, letter) in formula.char_indices() {
        match letter {
            '{' | '(' | '[' => depth += 1,
            '}' | ')' | ']' if depth == 0 => {
                let inner = &formula[..at];
                return inner.strip_suffix("\\right").unwrap_or(inner).len();
            }
            '}' | ')' | ']' => depth -= 1,
            '+' | '-' | '=' | '<' | '>' | ',' | '|' if depth == 0 => return formula[..at].trim_end().len(),
            _ => {}
        }
    }
    formula.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_move_below_the_stroke() {
        let cases = [
            (r"\frac{1}{2} \, x", "x/2"),
            (r"-\frac{3}{2} \, x^{2} - 1", "-3x^{2}/2 - 1"),
            (r"e^{\left(-\frac{1}{2} \, x\right)} + 1", r"e^{\left(-x/2\right)} + 1"),
            (r"\frac{2}{3} \, \sin\left(x\right) + \frac{1}{2}", r"2\,\sin\left(x\right)/3 + \frac{1}{2}"),
            (r"\frac{x}{2 \, \pi}", r"\frac{x}{2 \, \pi}"),
            (r"\frac{1}{2} \, \frac{x}{y}", r"\frac{1}{2} \, \frac{x}{y}"),
        ];
        for (from, to) in cases {
            assert_eq!(numbers_last(from), to);
        }
        assert_eq!(
            bare_exponents(r"e^{\left(-x/2\right)} + 2^{\left(x\right)^{2}}"),
            r"e^{-x/2} + 2^{\left(x\right)^{2}}"
        );
    }
}
