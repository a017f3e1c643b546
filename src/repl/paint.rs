//! Colours of the prompt.

use crate::session::{Word, highlight};

/// What is painted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Paint {
    /// The prompt itself.
    Prompt,
    /// What is said besides the answer.
    Aside,
    /// A word of an input.
    Word(Word),
}

impl Paint {
    /// The numbers of the ANSI escape sequence.
    fn code(self) -> &'static str {
        match self {
            Paint::Prompt => "1;32",
            Paint::Aside | Paint::Word(Word::Comment) => "90",
            Paint::Word(Word::Keyword) => "35",
            Paint::Word(Word::Constant | Word::Number) => "36",
            Paint::Word(Word::Text) => "33",
            Paint::Word(Word::Call) => "34",
        }
    }
}

/// A text in its colour.
pub(super) fn painted(text: &str, paint: Paint, coloured: bool) -> String {
    if coloured { format!("\x1b[{}m{text}\x1b[0m", paint.code()) } else { text.to_string() }
}

/// A program with its words in colours; it looks the same otherwise.
pub(super) fn painted_program(source: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for (span, word) in highlight(source) {
        let range = span.start as usize..span.end as usize;
        out.push_str(source.get(done..range.start).unwrap_or(""));
        // Each line by itself: a terminal may cut a text between lines.
        let lines: Vec<String> =
            span.text(source).split('\n').map(|line| painted(line, Paint::Word(word), true)).collect();
        out.push_str(&lines.join("\n"));
        done = range.end;
    }
    out + source.get(done..).unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn painting_only_adds_colours() {
        let source = "for k in [1..3]: print('π', k)  # done\n\"\"\"a\nb";
        let painted = painted_program(source);
        let mut plain = String::new();
        let mut pieces = painted.split('\x1b');
        plain.push_str(pieces.next().unwrap_or(""));
        pieces.for_each(|piece| plain.push_str(piece.split_once('m').map_or("", |(_, rest)| rest)));
        assert_eq!(plain, source);
        assert!(painted.contains("\x1b[35mfor\x1b[0m"));
    }
}
