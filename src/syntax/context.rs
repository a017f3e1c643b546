//! Words that need a surrounding: `return` and `yield` a function, `break` and `continue` a loop.
//!
//! The parser works from the inside out, so each such word waits until the function or loop around it is complete and
//! claims it.

use crate::diagnostic::{Fault, FaultKind, Span, fault};

static OUTSIDE_FUNCTION: FaultKind = FaultKind {
    code: "outside-function",
    class: "SyntaxError",
    title: "a statement that only a function can hold stands outside of one",
    explanation: "`return`, `yield` and `nonlocal` belong into the indented block below a `def`. At the top level of a \
                  script the value of an expression is shown by itself, or by `print`.",
    wrong: "return 5",
    right: "def f():\n    return 5",
};

static OUTSIDE_LOOP: FaultKind = FaultKind {
    code: "outside-loop",
    class: "SyntaxError",
    title: "`break` or `continue` stands outside of a loop",
    explanation: "`break` leaves the innermost `for` or `while` around it, `continue` begins its next turn. A function \
                  defined inside a loop cannot leave it: use `return`.",
    wrong: "if x > 2:\n    break",
    right: "for k in [1..9]:\n    if k > 2:\n        break",
};

pub(super) static FAULTS: &[&FaultKind] = &[&OUTSIDE_FUNCTION, &OUTSIDE_LOOP];

/// A word that waits for its surrounding.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Word {
    Return,
    Yield,
    Nonlocal,
    Break,
    Continue,
}

impl Word {
    fn needs_loop(self) -> bool {
        matches!(self, Word::Break | Word::Continue)
    }

    fn outside(self, span: Span) -> Fault {
        let fault = match self {
            Word::Return => fault!(OUTSIDE_FUNCTION, span, "'return' outside function"),
            Word::Yield => fault!(OUTSIDE_FUNCTION, span, "'yield' outside function"),
            Word::Nonlocal => {
                fault!(OUTSIDE_FUNCTION, span, "nonlocal declaration not allowed at module level")
            }
            Word::Break => fault!(OUTSIDE_LOOP, span, "'break' outside loop"),
            Word::Continue => fault!(OUTSIDE_LOOP, span, "'continue' not properly in loop"),
        };
        match self {
            Word::Return => {
                fault.label("no `def` around it").hint("outside of a function show a value by `print(...)`")
            }
            Word::Yield | Word::Nonlocal => fault.label("no `def` around it"),
            Word::Break | Word::Continue => {
                fault.label("no loop around it").hint("it must stand in the indented block of a `for` or `while`")
            }
        }
    }
}

/// The words that nobody has claimed yet, in the order of their places.
#[derive(Default)]
pub(super) struct Pending {
    words: Vec<(Word, Span)>,
    told: Vec<Fault>,
}

impl Pending {
    pub(super) fn add(&mut self, word: Word, span: Span) {
        self.words.push((word, span));
    }

    /// Takes the words from `span` on off the list: nothing behind it has been read yet.
    fn take(&mut self, span: Span) -> Vec<(Word, Span)> {
        let from = self.words.partition_point(|(_, at)| at.start < span.start);
        self.words.split_off(from)
    }

    /// Takes over what the parse of a part of the text left.
    pub(super) fn absorb(&mut self, part: Pending) {
        self.words.extend(part.words);
        self.told.extend(part.told);
    }

    /// A loop with this body is complete. An `else` behind the body belongs to the outer loop.
    pub(super) fn claim_loop(&mut self, body: Span) {
        let inside = self.take(body);
        self.words.extend(inside.into_iter().filter(|(word, at)| !(word.needs_loop() && body.contains(*at))));
    }

    /// A function with this body is complete; answers whether it yields.
    pub(super) fn claim_function(&mut self, body: Span) -> bool {
        let inside = self.take(body);
        let stray = inside.iter().filter(|(word, _)| word.needs_loop());
        self.told.extend(stray.map(|(word, span)| word.outside(*span)));
        inside.iter().any(|(word, _)| *word == Word::Yield)
    }

    /// A faulty text is given up: what stands in it is no matter any more.
    pub(super) fn forget(&mut self, span: Span) {
        self.take(span);
    }

    /// What is left stands outside.
    pub(super) fn outside(self) -> Vec<Fault> {
        let mut told = self.told;
        told.extend(self.words.into_iter().map(|(word, span)| word.outside(span)));
        told
    }
}
