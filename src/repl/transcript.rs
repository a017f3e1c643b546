//! Sessions that are pasted with their prompts: the statements count, the answers between them do not.

use std::borrow::Cow;

use crate::session::{Completeness, is_complete};

/// Prompts that begin a statement.
const PROMPTS: [&str; 3] = ["sage:", ">>>", "secant:"];
/// Prompts on the further lines of a statement.
const CONTINUATIONS: [&str; 3] = ["....:", "...:", "..."];

/// The statements of a text: all of it, or of a pasted session what stands behind its prompts.
pub(super) fn statements(text: &str) -> Cow<'_, str> {
    let begins = text.lines().find(|line| !line.trim().is_empty());
    if begins.and_then(|line| behind(line, &PROMPTS)).is_none() {
        return Cow::Borrowed(text);
    }
    let mut kept: Vec<&str> = Vec::new();
    let mut statement = String::new();
    // Without prompts on its further lines a statement goes on as long as it is unfinished.
    let mut prompted = false;
    for line in text.lines() {
        if let Some(code) = behind(line, &PROMPTS) {
            kept.push(code);
            statement = code.to_string();
            prompted = false;
            continue;
        }
        let continued = behind(line, &CONTINUATIONS);
        prompted |= continued.is_some();
        let open = || !prompted && is_complete(&statement) == Completeness::Incomplete;
        if let Some(code) = continued.or_else(|| open().then_some(line)) {
            kept.push(code);
            statement.extend(["\n", code]);
        }
    }
    Cow::Owned(kept.join("\n"))
}

/// What stands behind one of the prompts, if the line begins with one.
fn behind<'l>(line: &'l str, prompts: &[&str]) -> Option<&'l str> {
    let line = line.trim_start();
    let rest = prompts.iter().find_map(|prompt| line.strip_prefix(prompt))?;
    if rest.is_empty() { Some(rest) } else { rest.strip_prefix(' ') }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_between_statements_are_left_out() {
        let session = "sage: f = x^2\nsage: for k in [1..2]:\n....:     print(k)\n....:\n1\n2\nsage: f.diff(x)\n2*x";
        assert_eq!(statements(session), "f = x^2\nfor k in [1..2]:\n    print(k)\n\nf.diff(x)");
        let terse = ">>> for k in [1..2]:\n...     print(k)\n1\n2\n>>> k\n2";
        assert_eq!(statements(terse), "for k in [1..2]:\n    print(k)\nk");
        let own = "secant: def f(n):\n    if n:\n        return 1\n\nsecant: f(2)\n1";
        assert_eq!(statements(own), "def f(n):\n    if n:\n        return 1\n\nf(2)");
        assert_eq!(statements("  sage: [1,\n 2]\n[1, 2]"), "[1,\n 2]");
    }

    #[test]
    fn other_texts_are_left_alone() {
        for text in ["", "x + 1\ny", "for k in [1..2]:\n    print(k)\n", "sageness: 5"] {
            assert_eq!(statements(text), text);
        }
    }
}
