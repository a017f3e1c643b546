//! From words to lines: the layer between logos and the grammar.
//!
//! Python's rules: indentation opens and closes blocks, brackets suspend line breaks, comments and blank lines count for
//! nothing. Prompts of pasted sessions (`sage: `, `>>> `, `....: `) are skipped. Every mistake found here is told here;
//! a [`Token::Bad`] in the stream then makes the grammar give the line up without a second complaint.

use logos::{Lexer, Logos};

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::ast::{Comment, MAX_DEPTH};
use super::character;
use super::indent::Levels;
use super::prompt::Prompts;
use super::token::{Quoted, Token};

static UNCLOSED_BRACKET: FaultKind = FaultKind {
    code: "unclosed-bracket",
    class: "SyntaxError",
    title: "a bracket was opened and never closed",
    explanation: "Every `(`, `[` and `{` needs its partner. Until it comes, the following lines belong to the same \
                  statement.",
    wrong: "print(sin(2)",
    right: "print(sin(2))",
};

static STRAY_BRACKET: FaultKind = FaultKind {
    code: "stray-bracket",
    class: "SyntaxError",
    title: "a bracket is closed that was never opened",
    explanation: "Count the brackets of the line: one closes more than was opened.",
    wrong: "sin(2))",
    right: "sin(2)",
};

static MISMATCHED_BRACKET: FaultKind = FaultKind {
    code: "mismatched-bracket",
    class: "SyntaxError",
    title: "a bracket is closed by one of another kind",
    explanation: "Brackets close in the reverse order of their opening, each by its own partner: `(` by `)`, `[` by \
                  `]`, `{` by `}`.",
    wrong: "max([1, 2, 3)]",
    right: "max([1, 2, 3])",
};

static UNCLOSED_STRING: FaultKind = FaultKind {
    code: "unclosed-string",
    class: "SyntaxError",
    title: "a string was opened and never closed",
    explanation: "A string ends with the quote it began with, on the same line; a string over several lines stands \
                  between triple quotes.",
    wrong: "print(\"f has a root)",
    right: "print(\"f has a root\")",
};

static NESTED_TOO_DEEPLY: FaultKind = FaultKind {
    code: "nested-too-deeply",
    class: "SyntaxError",
    title: "brackets or operators are nested too deeply",
    explanation: "An expression may be nested a thousand levels deep. Give names to its parts, or build it in a loop.",
    wrong: "((((...))))  # a thousand deep",
    right: "for k in [1..5000]:\n    f = sin(f)",
};

pub(super) static FAULTS: &[&FaultKind] =
    &[&UNCLOSED_BRACKET, &STRAY_BRACKET, &MISMATCHED_BRACKET, &UNCLOSED_STRING, &NESTED_TOO_DEEPLY];

/// A token between its first byte and the byte past its last.
pub(super) type Lexed<'s> = (usize, Token<'s>, usize);

/// The source cut into the tokens of statement lines.
pub(super) struct Layout<'s> {
    /// The tokens, every statement line ended by a `Newline`.
    pub tokens: Vec<Lexed<'s>>,
    /// Every comment.
    pub comments: Vec<Comment>,
    /// The mistakes found.
    pub faults: Vec<Fault>,
    /// From where to where an unclosed bracket swallowed the text.
    pub swallowed: Vec<Span>,
    /// Whether the text stops where more must come: in a bracket, in a string, behind a `:`.
    pub unfinished: bool,
    /// Whether the last statement line stands inside a block.
    pub in_block: bool,
}

/// Cuts `source`, which stands at byte `base` of the whole text, into statement lines.
pub(super) fn layout(source: &str, base: usize) -> Layout<'_> {
    let mut reader = Reader::new(source, base);
    reader.read();
    reader.out
}

/// The same for an expression that stands inside brackets or an f-string: line breaks count for nothing.
pub(super) fn layout_inline(source: &str, base: usize) -> Layout<'_> {
    let mut reader = Reader::new(source, base);
    reader.inline = true;
    reader.read();
    reader.out
}

/// The fault of a nest that is too deep, at its innermost part.
pub(super) fn nested_too_deeply(span: Span) -> Fault {
    fault!(NESTED_TOO_DEEPLY, span, "nested too deeply")
        .label(format!("more than {MAX_DEPTH} levels deep"))
        .hint("give names to parts of it, or build it in a loop")
}

struct Reader<'s> {
    lexer: Lexer<'s, Token<'s>>,
    base: usize,
    inline: bool,
    levels: Levels,
    prompts: Prompts,
    brackets: Vec<(Token<'s>, Span)>,
    /// Index of the first token of the statement line being read.
    line: usize,
    /// The rest of the line is to be dropped: a mistake left its brackets unclear.
    abandoned: bool,
    out: Layout<'s>,
}

impl<'s> Reader<'s> {
    fn new(source: &'s str, base: usize) -> Reader<'s> {
        Reader {
            lexer: Token::lexer(source),
            base,
            inline: false,
            levels: Levels::default(),
            prompts: Prompts::default(),
            brackets: Vec::new(),
            line: 0,
            abandoned: false,
            out: Layout {
                tokens: Vec::new(),
                comments: Vec::new(),
                faults: Vec::new(),
                swallowed: Vec::new(),
                unfinished: false,
                in_block: false,
            },
        }
    }

    fn read(&mut self) {
        self.begin_line();
        while let Some(token) = self.lexer.next() {
            let span = self.span();
            match token {
                Ok(Token::Newline) => {
                    self.end_line(span);
                    self.begin_line();
                }
                Ok(Token::Comment) => self.comment(span),
                Ok(Token::Text(text)) => self.text(text, span),
                Ok(token @ (Token::ParenOpen | Token::BracketOpen | Token::BraceOpen)) => self.open(token, span),
                Ok(token @ (Token::ParenClose | Token::BracketClose | Token::BraceClose)) => self.close(token, span),
                Ok(token) => self.push(token, span),
                Err(()) => self.bad_character(span),
            }
        }
        self.end();
    }

    /// The span of the current token in the whole text.
    fn span(&self) -> Span {
        Span::from(self.lexer.span()).shifted(self.base)
    }

    fn push(&mut self, token: Token<'s>, span: Span) {
        if !self.abandoned {
            self.out.tokens.push((span.start as usize, token, span.end as usize));
        }
    }

    /// Tells a mistake and makes the grammar give up the line; one complaint of this kind a line is enough.
    fn refuse(&mut self, fault: Fault) {
        let span = fault.span();
        if self.abandoned {
            return;
        }
        if !self.tokens_of_line().iter().any(|(_, token, _)| *token == Token::Bad) {
            self.out.faults.push(fault);
        }
        self.push(Token::Bad, span);
    }

    fn tokens_of_line(&self) -> &[Lexed<'s>] {
        self.out.tokens.get(self.line..).unwrap_or(&[])
    }

    fn comment(&mut self, span: Span) {
        let before = &self.lexer.source()[..self.lexer.span().start];
        let head = before.rsplit(['\n', '\r']).next().unwrap_or("");
        let whole_line = self.prompts.strip(head).1.trim().is_empty();
        self.out.comments.push(Comment { span, whole_line });
    }

    fn text(&mut self, text: Quoted<'s>, span: Span) {
        if text.closed {
            return self.push(Token::Text(text), span);
        }
        let open = Span::new(span.start as usize, span.start as usize + text.prefix + text.quote);
        let fault = fault!(UNCLOSED_STRING, open, "a string was opened and never closed");
        self.out.unfinished |= text.quote == 3;
        let quote = &text.text[text.prefix..text.prefix + text.quote];
        self.refuse(if text.quote == 3 {
            fault.label("opened here, and open until the end of the text").hint(format!("close it with {quote}"))
        } else if let Some(function) = self.primed(text, span) {
            fault
                .label("this quote opens a string, it makes no derivative")
                .hint(format!("for the derivative write `diff({function}(x), x)`"))
        } else {
            fault.label("opened here, and open until the end of the line").hint(format!("close it with {quote}"))
        });
        self.abandoned = true;
    }

    /// The function in `f'(x)` or `y' = x`: its name stands right before the quote, or was taken for the prefix of a
    /// string.
    fn primed(&self, text: Quoted<'s>, span: Span) -> Option<&'s str> {
        if !text.text[text.prefix..].starts_with('\'') {
            return None;
        }
        match self.tokens_of_line().last() {
            _ if text.prefix > 0 => text.inner().starts_with('(').then(|| &text.text[..text.prefix]),
            Some((_, Token::Name(name), end)) if *end == span.start as usize => Some(name),
            _ => None,
        }
    }

    fn bad_character(&mut self, span: Span) {
        if self.abandoned {
            return;
        }
        let after_operand = self.tokens_of_line().last().is_some_and(|(_, token, _)| token.ends_operand());
        let bad = character::explain(self.lexer.slice(), self.lexer.remainder(), span, after_operand);
        self.refuse(bad.fault);
        self.lexer.bump(bad.skip);
    }

    fn open(&mut self, token: Token<'s>, span: Span) {
        if self.brackets.len() >= usize::from(MAX_DEPTH) {
            self.refuse(nested_too_deeply(span));
            self.abandoned = true;
        }
        self.push(token, span);
        self.brackets.push((token, span));
    }

    fn close(&mut self, token: Token<'s>, span: Span) {
        if self.abandoned {
            self.brackets.pop();
            return;
        }
        let text = self.lexer.slice();
        match self.brackets.pop() {
            None => self.refuse(
                fault!(STRAY_BRACKET, span, "`{text}` closes nothing")
                    .label("no bracket is open here")
                    .hint(format!("take this `{text}` away, or open one before it")),
            ),
            Some((open, _)) if partner(open) == token => self.push(token, span),
            Some((open, at)) => self.mismatched(open, at, text, span),
        }
    }

    /// `[1, 2)`: the bracket that fits, if there is one further out, is taken to be the one meant.
    fn mismatched(&mut self, open: Token<'s>, at: Span, text: &str, span: Span) {
        let (opened, wanted) = (spelled(open), spelled(partner(open)));
        self.refuse(
            fault!(MISMATCHED_BRACKET, span, "`{text}` does not close `{opened}`")
                .label(format!("`{wanted}` expected"))
                .also(at, format!("the `{opened}` still open"))
                .hint(format!("close `{opened}` with `{wanted}` first")),
        );
        if let Some(outer) = self.brackets.iter().rposition(|(open, _)| spelled(partner(*open)) == text) {
            self.brackets.truncate(outer);
        }
    }

    /// At the head of a line: skips prompt and indentation, and lets the indentation open and close blocks.
    fn begin_line(&mut self) {
        let (length, rest) = self.prompts.skip(self.lexer.remainder());
        self.lexer.bump(length);
        let margin = rest.len() - rest.trim_start_matches(super::indent::is_margin).len();
        let (margin, rest) = rest.split_at(margin);
        self.lexer.bump(margin.len());
        let blank = rest.is_empty() || rest.starts_with(['\n', '\r', '#']);
        if blank || self.inline {
            return;
        }
        let at = self.base + self.lexer.source().len() - rest.len();
        if !self.brackets.is_empty() {
            if !self.bracket_was_forgotten(margin) {
                return;
            }
            self.forgotten_bracket(Span::at(at));
        }
        self.levels.line(margin, at, &mut self.out);
        self.line = self.out.tokens.len();
    }

    /// Whether the line begun inside a bracket can only be a new statement: it stands no deeper than the statement did,
    /// and begins with a keyword that no expression holds, or with an operand right after an operand.
    fn bracket_was_forgotten(&self, margin: &str) -> bool {
        let Some((_, last, _)) = self.tokens_of_line().last() else { return false };
        let Some(Ok(next)) = self.lexer.clone().next() else { return false };
        let joined_text = matches!((last, next), (Token::Text(_), Token::Text(_)));
        self.levels.is_no_deeper(margin)
            && (next.begins_only_statements()
                || last.ends_operand() && next.begins_operand() && !next.is_open_bracket() && !joined_text)
    }

    fn forgotten_bracket(&mut self, end: Span) {
        if let Some((open, at)) = self.brackets.last().copied() {
            let (opened, wanted) = (spelled(open), spelled(partner(open)));
            self.out.faults.push(
                fault!(UNCLOSED_BRACKET, at, "`{opened}` was never closed")
                    .label("opened here")
                    .hint(format!("close it with `{wanted}`")),
            );
            self.out.swallowed.push(Span::new(at.start as usize, end.start as usize));
        }
        self.brackets.clear();
        self.push(Token::Bad, end);
        self.end_line(end);
    }

    /// Ends the statement line, unless brackets carry it on.
    fn end_line(&mut self, span: Span) {
        if self.abandoned && !self.brackets.is_empty() && self.is_too_deep() {
            return;
        }
        if self.abandoned {
            self.brackets.clear();
            self.abandoned = false;
        }
        if !self.brackets.is_empty() || self.inline || self.tokens_of_line().is_empty() {
            return;
        }
        let first = self.tokens_of_line().first().map(|(_, token, _)| *token);
        let last = self.tokens_of_line().last().map(|(_, token, _)| *token);
        let has_colon = self.has_outer_colon();
        self.levels.ended(first, last, has_colon, self.out.tokens.len());
        self.push(Token::Newline, Span::new(span.start as usize, span.start as usize));
        self.line = self.out.tokens.len();
    }

    /// Whether the line was given up for the depth of its brackets, which are still counted.
    fn is_too_deep(&self) -> bool {
        self.brackets.len() > usize::from(MAX_DEPTH)
    }

    /// Whether a colon stands outside all brackets of the line.
    fn has_outer_colon(&self) -> bool {
        let mut depth = 0usize;
        self.tokens_of_line().iter().any(|(_, token, _)| {
            if token.is_open_bracket() {
                depth += 1;
            } else if token.is_close_bracket() {
                depth = depth.saturating_sub(1);
            }
            *token == Token::Colon && depth == 0
        })
    }

    fn end(&mut self) {
        let end = Span::at(self.base + self.lexer.source().len());
        let open = !self.brackets.is_empty() && !self.abandoned;
        let joined = self.lexer.source().trim_end_matches([' ', '\t', '\r', '\n']).ends_with('\\');
        self.out.unfinished |= open || joined;
        if open {
            self.forgotten_bracket(end);
        } else {
            self.brackets.clear();
            self.inline = false;
            self.end_line(end);
        }
        self.out.unfinished |= self.levels.wants_block();
        self.out.in_block = self.levels.depth() > 0;
        self.levels.end(end, &mut self.out);
    }
}

/// The bracket that closes what `open` opens.
fn partner(open: Token<'_>) -> Token<'_> {
    match open {
        Token::ParenOpen => Token::ParenClose,
        Token::BracketOpen => Token::BracketClose,
        _ => Token::BraceClose,
    }
}

fn spelled(bracket: Token<'_>) -> &'static str {
    match bracket {
        Token::ParenOpen => "(",
        Token::ParenClose => ")",
        Token::BracketOpen => "[",
        Token::BracketClose => "]",
        Token::BraceOpen => "{",
        _ => "}",
    }
}
