//! Prompts of pasted sessions: skipped at the head of a line.

/// Remembers whether a session of plain Python is being read, in which `...` is a prompt too.
#[derive(Default)]
pub(super) struct Prompts {
    python: bool,
}

/// Prompts that begin no statement of the language.
const ALWAYS: [&str; 4] = ["sage:", "....:", "...:", ">>>"];

impl Prompts {
    /// The length of the prompt at the head of `line`, blanks around it included, and what follows; 0 without one.
    pub(super) fn skip<'s>(&mut self, line: &'s str) -> (usize, &'s str) {
        let found = self.strip(line);
        self.python |= line[..found.0].contains(">>>");
        found
    }

    /// As [`Prompts::skip`], remembering nothing.
    pub(super) fn strip<'s>(&self, line: &'s str) -> (usize, &'s str) {
        let text = line.trim_start_matches([' ', '\t']);
        let rest = ALWAYS.iter().find_map(|prompt| after(text, prompt)).or_else(|| numbered(text));
        let rest = rest.or_else(|| if self.python { after(text, "...") } else { None });
        rest.map_or((0, line), |rest| (line.len() - rest.len(), rest))
    }
}

/// What follows `prompt` and the blank behind it; a prompt without a blank ends its line.
fn after<'s>(text: &'s str, prompt: &str) -> Option<&'s str> {
    let rest = text.strip_prefix(prompt)?;
    rest.strip_prefix(' ').or_else(|| (rest.is_empty() || rest.starts_with(['\n', '\r'])).then_some(rest))
}

/// `In [12]: `, as IPython counts.
fn numbered(text: &str) -> Option<&str> {
    let rest = text.strip_prefix("In [")?;
    let rest = rest.trim_start_matches(|c: char| c.is_ascii_digit());
    after(rest, "]:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prompts_are_skipped() {
        let mut prompts = Prompts::default();
        assert_eq!(prompts.skip("sage: x"), (6, "x"));
        assert_eq!(prompts.skip("....:     x"), (6, "    x"));
        assert_eq!(prompts.skip("  In [3]: x"), (10, "x"));
        assert_eq!(prompts.skip("... x"), (0, "... x"));
        assert_eq!(prompts.skip(">>> x"), (4, "x"));
        assert_eq!(prompts.skip("...\n"), (3, "\n"));
        assert_eq!(prompts.skip("sage"), (0, "sage"));
    }
}
