//! Indentation: which lines open and close blocks, and what is wrong with those that do neither.
//!
//! As in CPython each margin is measured twice, with tabs reaching to the next multiple of eight and with tabs as wide
//! as a blank; where the two disagree the program's meaning would hang on the editor's settings. A line that stands
//! wrong is read on at the nearest level ("phantom" levels give no tokens), so that one slip makes one complaint.

use std::cmp::Ordering;

use crate::diagnostic::{FaultKind, Span, fault};

use super::layout::Layout;
use super::token::Token;

static UNEXPECTED_INDENT: FaultKind = FaultKind {
    code: "unexpected-indent",
    class: "IndentationError",
    title: "a line is indented though no block was opened",
    explanation: "Only lines inside a block are indented, and a block is opened by a line that ends with `:`.",
    wrong: "x = 2\n  y = 3",
    right: "x = 2\ny = 3",
};

static MISSING_BLOCK: FaultKind = FaultKind {
    code: "missing-block",
    class: "IndentationError",
    title: "an indented block is missing",
    explanation: "After a line that ends with `:` the next line must be indented. A block that is to do nothing says \
                  `pass`.",
    wrong: "if x > 2:\nprint(x)",
    right: "if x > 2:\n    print(x)",
};

static DEDENT_MISMATCH: FaultKind = FaultKind {
    code: "dedent-mismatch",
    class: "IndentationError",
    title: "a line ends a block but stands at no outer level",
    explanation: "All lines of a block begin in the same column. A line that ends it must stand exactly where a line \
                  of an outer block stands.",
    wrong: "if x > 2:\n    print(x)\n  print(2)",
    right: "if x > 2:\n    print(x)\nprint(2)",
};

static MIXED_TABS: FaultKind = FaultKind {
    code: "mixed-tabs",
    class: "TabError",
    title: "tabs and spaces are mixed in the indentation",
    explanation: "How wide a tab is depends on the editor, so lines of one block must be indented with the same \
                  characters. Use four spaces a level.",
    wrong: "if x > 2:\n\tprint(x)\n        print(2)",
    right: "if x > 2:\n    print(x)\n    print(2)",
};

static MISSING_COLON: FaultKind = FaultKind {
    code: "missing-colon",
    class: "SyntaxError",
    title: "the `:` that opens a block is missing",
    explanation: "The first line of `if`, `elif`, `else`, `for`, `while`, `with`, `def`, `try`, `except` and `finally` \
                  ends with a `:`.",
    wrong: "for k in [1..3]\n    print(k)",
    right: "for k in [1..3]:\n    print(k)",
};

static TOO_MANY_LEVELS: FaultKind = FaultKind {
    code: "too-many-levels",
    class: "IndentationError",
    title: "blocks are nested too deeply",
    explanation: "Blocks may be nested a hundred levels deep. Move inner ones into functions of their own.",
    wrong: "if a:\n if b:\n  if c:  # and so on, a hundred times",
    right: "a = b = c = True\nif a and b and c:\n    print(1)",
};

pub(super) static FAULTS: &[&FaultKind] =
    &[&UNEXPECTED_INDENT, &MISSING_BLOCK, &DEDENT_MISMATCH, &MIXED_TABS, &MISSING_COLON, &TOO_MANY_LEVELS];

/// As many levels as CPython allows.
const MAX_LEVELS: usize = 100;

/// Whether `c` may stand in a margin; some blanks that are pasted from the web count like spaces.
pub(super) fn is_margin(c: char) -> bool {
    matches!(
        c,
        ' ' | '\t' | '\u{c}' | '\u{feff}' | '\u{a0}' | '\u{2000}'..='\u{200b}' | '\u{202f}' | '\u{205f}' | '\u{3000}'
    )
}

/// A margin, measured with wide and with narrow tabs.
#[derive(Clone, Copy, Default, PartialEq)]
struct Width {
    wide: usize,
    narrow: usize,
}

impl Width {
    fn of(margin: &str) -> Width {
        let mut width = Width::default();
        for c in margin.chars() {
            match c {
                '\t' => {
                    width.wide = (width.wide / 8 + 1) * 8;
                    width.narrow += 1;
                }
                '\u{c}' => width = Width::default(),
                '\u{feff}' | '\u{200b}' => {}
                _ => {
                    width.wide += 1;
                    width.narrow += 1;
                }
            }
        }
        width
    }

    /// How the margins compare, if that does not hang on the width of tabs.
    fn compare(self, other: Width) -> Option<Ordering> {
        let wide = self.wide.cmp(&other.wide);
        (wide == self.narrow.cmp(&other.narrow)).then_some(wide)
    }
}

/// A level of indentation; a phantom was opened by mistake and gives no tokens.
#[derive(Clone, Copy, Default)]
struct Level {
    width: Width,
    phantom: bool,
}

/// How the statement line before ended, as far as the next one's indentation hangs on it.
#[derive(Clone, Copy, Default, PartialEq)]
enum Before {
    /// It opened no block.
    #[default]
    Plain,
    /// It ended with `:`, the token of this number.
    Header(usize),
    /// It began like the head of a block but has no `:`; a colon belongs before the token of this number.
    Headless(usize),
}

/// The open levels of indentation.
#[derive(Default)]
pub(super) struct Levels {
    inner: Vec<Level>,
    before: Before,
    told_tabs: bool,
}

impl Levels {
    /// How many blocks are open.
    pub(super) fn depth(&self) -> usize {
        self.inner.iter().filter(|level| !level.phantom).count()
    }

    /// Whether a block must follow.
    pub(super) fn wants_block(&self) -> bool {
        matches!(self.before, Before::Header(_))
    }

    /// Whether a line with this margin stands no deeper than the statement before it.
    pub(super) fn is_no_deeper(&self, margin: &str) -> bool {
        Width::of(margin).wide <= self.top().wide
    }

    /// Notes how a statement line ended: its first and last token, whether it has a colon outside of brackets, and the
    /// number its end-of-line token will have.
    pub(super) fn ended(&mut self, first: Option<Token<'_>>, last: Option<Token<'_>>, has_colon: bool, at: usize) {
        self.before = match (first, last) {
            // The value of a `lambda` is missing, not a block.
            (Some(Token::Lambda), Some(Token::Colon)) => Before::Plain,
            (_, Some(Token::Colon)) => Before::Header(at.saturating_sub(1)),
            (Some(first), _) if first.begins_block() && !has_colon => Before::Headless(at),
            _ => Before::Plain,
        };
    }

    /// Opens and closes blocks as the margin of a new statement line at byte `at` says.
    pub(super) fn line(&mut self, margin: &str, at: usize, out: &mut Layout<'_>) {
        let width = Width::of(margin);
        let span = Span::new(at - margin.len(), at);
        let order = width.compare(self.top()).unwrap_or_else(|| {
            self.mixed_tabs(span, out);
            width.wide.cmp(&self.top().wide)
        });
        let before = std::mem::take(&mut self.before);
        match (order, before) {
            (Ordering::Greater, Before::Header(_)) => self.open(width, span, out),
            (Ordering::Greater, Before::Headless(colon)) => {
                insert_colon(colon, out);
                self.open(width, span, out);
            }
            (Ordering::Greater, Before::Plain) => {
                out.faults.push(
                    fault!(UNEXPECTED_INDENT, span, "unexpected indent")
                        .label("this line is indented, but no block was opened")
                        .hint("take the blanks at its head away, or end the line before with `:`"),
                );
                self.inner.push(Level { width, phantom: true });
            }
            (_, Before::Header(colon)) => {
                missing_block(colon, Span::at(at), out);
                self.close(width, span, out);
            }
            (_, _) => self.close(width, span, out),
        }
    }

    /// Closes every block at the end of the text.
    pub(super) fn end(&mut self, end: Span, out: &mut Layout<'_>) {
        if let Before::Header(colon) = std::mem::take(&mut self.before) {
            missing_block(colon, end, out);
        }
        self.close(Width::default(), end, out);
    }

    fn top(&self) -> Width {
        self.inner.last().map(|level| level.width).unwrap_or_default()
    }

    fn mixed_tabs(&mut self, span: Span, out: &mut Layout<'_>) {
        if !std::mem::replace(&mut self.told_tabs, true) {
            out.faults.push(
                fault!(MIXED_TABS, span, "inconsistent use of tabs and spaces in indentation")
                    .label("indented with other characters than the lines around it")
                    .hint("use four spaces a level everywhere"),
            );
        }
    }

    fn open(&mut self, width: Width, span: Span, out: &mut Layout<'_>) {
        if self.inner.len() == MAX_LEVELS {
            out.faults.push(
                fault!(TOO_MANY_LEVELS, span, "too many levels of indentation")
                    .label(format!("more than {MAX_LEVELS} levels deep")),
            );
        }
        if self.inner.len() >= MAX_LEVELS {
            out.tokens.push((span.end as usize, Token::Bad, span.end as usize));
            self.inner.push(Level { width, phantom: true });
            return;
        }
        out.tokens.push((span.end as usize, Token::Indent, span.end as usize));
        self.inner.push(Level { width, phantom: false });
    }

    fn close(&mut self, width: Width, span: Span, out: &mut Layout<'_>) {
        while self.top().wide > width.wide {
            if self.inner.pop().is_some_and(|level| !level.phantom) {
                out.tokens.push((span.end as usize, Token::Dedent, span.end as usize));
            }
        }
        if self.top().wide < width.wide {
            out.faults.push(
                fault!(DEDENT_MISMATCH, span, "unindent does not match any outer indentation level")
                    .label("no open block stands in this column")
                    .hint("begin the line in the same column as the block it belongs to"),
            );
            self.inner.push(Level { width, phantom: true });
        }
    }
}

/// Tells of the missing `:` and reads on as if it were there.
fn insert_colon(index: usize, out: &mut Layout<'_>) {
    let at = index.checked_sub(1).and_then(|last| out.tokens.get(last)).map_or(0, |(_, _, end)| *end);
    out.faults.push(
        fault!(MISSING_COLON, Span::at(at), "expected `:`").label("`:` expected here, before the indented block"),
    );
    out.tokens.insert(index.min(out.tokens.len()), (at, Token::Colon, at));
}

/// Tells of the missing block and reads on as if it did nothing.
fn missing_block(colon: usize, at: Span, out: &mut Layout<'_>) {
    let here = out.tokens.get(colon).map_or(at, |(start, _, end)| Span::new(*start, *end));
    out.faults.push(
        fault!(MISSING_BLOCK, here, "expected an indented block")
            .label("this `:` opens a block, so the next line must be indented")
            .hint("indent the lines that belong to it by four spaces; `pass` stands for doing nothing"),
    );
    let at = at.start as usize;
    for token in [Token::Indent, Token::Pass, Token::Newline, Token::Dedent] {
        out.tokens.push((at, token, at));
    }
}

/// The fault of a head of a block without its `:`, found where the grammar wanted one.
pub(super) fn missing_colon(span: Span) -> crate::diagnostic::Fault {
    fault!(MISSING_COLON, span, "expected `:`").label("`:` expected before this")
}
