//! Why a line fits no production, in a person's words.
//!
//! lalrpop says which token it could not take and which ones it could have taken. That list is never shown: together
//! with the words around the place it tells which of the usual slips was made.

use lalrpop_util::ParseError;

use crate::diagnostic::{Fault, FaultKind, Span, fault};

use super::indent::missing_colon;
use super::layout::Lexed;
use super::slip;
use super::target::stray_equals_sign;
use super::token::Token;

static EXPECTED_EXPRESSION: FaultKind = FaultKind {
    code: "expected-expression",
    class: "SyntaxError",
    title: "an expression is missing",
    explanation: "An operator needs an operand on each side, and `=` a value on its right.",
    wrong: "y = 2 +",
    right: "y = 2 + x",
};

static EXPECTED_NAME: FaultKind = FaultKind {
    code: "expected-name",
    class: "SyntaxError",
    title: "a name is missing",
    explanation: "At this place the language wants a name: behind `def`, behind `.`, behind `as`, between the \
                  parentheses of a definition.",
    wrong: "def (x):\n    return x",
    right: "def f(x):\n    return x",
};

static UNEXPECTED_WORD: FaultKind = FaultKind {
    code: "invalid-syntax",
    class: "SyntaxError",
    title: "a word does not fit where it stands",
    explanation: "Up to this word the line can be understood, with it it cannot. Look for a missing operator, comma or \
                  bracket before it.",
    wrong: "from math",
    right: "from math import sqrt",
};

pub(super) static FAULTS: &[&FaultKind] = &[&EXPECTED_EXPRESSION, &EXPECTED_NAME, &UNEXPECTED_WORD];

/// The place of a mistake and what stands around it.
pub(super) struct Place<'p, 's> {
    /// The whole text.
    pub source: &'s str,
    /// The tokens of the line up to the one that does not fit.
    pub before: &'p [Lexed<'s>],
    /// The token that does not fit.
    pub found: Token<'s>,
    /// Where it stands.
    pub span: Span,
    /// The tokens behind it, to the end of the text.
    pub after: &'p [Lexed<'s>],
    /// The terminals that would have fitted.
    expected: &'p [String],
}

impl<'s> Place<'_, 's> {
    /// The token before, if it stands on the same line.
    pub fn last(&self) -> Option<(Token<'s>, Span)> {
        self.before.last().map(|(start, token, end)| (*token, Span::new(*start, *end)))
    }

    /// The first token of the line, or the one that does not fit.
    pub fn first(&self) -> Token<'s> {
        self.before.first().map_or(self.found, |(_, token, _)| *token)
    }

    /// The token behind.
    pub fn next(&self) -> Option<(Token<'s>, Span)> {
        self.after.first().map(|(start, token, end)| (*token, Span::new(*start, *end)))
    }

    /// The tokens behind, to the end of the statement line.
    pub fn rest_of_line(&self) -> impl Iterator<Item = &Lexed<'s>> {
        self.after.iter().take_while(|(_, token, _)| !is_line_border(*token))
    }

    /// The text of the token that does not fit.
    pub fn text(&self) -> &'s str {
        self.span.text(self.source)
    }

    /// Whether the terminal would have fitted.
    pub fn expects(&self, terminal: &str) -> bool {
        self.expected.iter().any(|expected| expected.trim_matches('"') == terminal)
    }

    /// Whether an operand would have fitted.
    pub fn wants_operand(&self) -> bool {
        self.expects("number")
    }

    /// Whether the statement ends here.
    pub fn at_end(&self) -> bool {
        matches!(self.found, Token::Newline | Token::Dedent | Token::Indent) || self.span.is_empty()
    }

    /// The bracket that is open here.
    fn open_bracket(&self) -> Option<Token<'s>> {
        let mut open = Vec::new();
        for (_, token, _) in self.before {
            if token.is_open_bracket() {
                open.push(*token);
            } else if token.is_close_bracket() {
                open.pop();
            }
        }
        open.pop()
    }
}

/// The fault of a parse error; `None` where the fault was told already.
pub(super) fn explain(error: &ParseError<usize, Token<'_>, ()>, tokens: &[Lexed<'_>], source: &str) -> Option<Fault> {
    let (start, found, end, expected): (usize, Token<'_>, usize, &[String]) = match error {
        ParseError::UnrecognizedToken { token: (start, token, end), expected } => (*start, *token, *end, expected),
        ParseError::ExtraToken { token: (start, token, end) } => (*start, *token, *end, &[]),
        ParseError::UnrecognizedEof { location, expected } => (*location, Token::Newline, *location, expected),
        ParseError::InvalidToken { location } => (*location, Token::Newline, *location, &[]),
        ParseError::User { .. } => return None,
    };
    if found == Token::Bad {
        return None;
    }
    let from = tokens.partition_point(|(at, _, _)| *at < start);
    let index = tokens[from..].iter().position(|(_, token, _)| *token == found).map_or(from, |offset| from + offset);
    let line = tokens[..index].iter().rposition(|(_, token, _)| is_line_border(*token)).map_or(0, |at| at + 1);
    let place = Place {
        source,
        before: &tokens[line..index],
        found,
        span: Span::new(start, end),
        after: tokens.get(index + 1..).unwrap_or(&[]),
        expected,
    };
    Some(
        slip::recognise(&place)
            .or_else(|| equals_sign(&place))
            .or_else(|| colon(&place))
            .unwrap_or_else(|| plain(&place)),
    )
}

fn is_line_border(token: Token<'_>) -> bool {
    matches!(token, Token::Newline | Token::Indent | Token::Dedent)
}

fn equals_sign(place: &Place<'_, '_>) -> Option<Fault> {
    let keyword = matches!(place.first(), Token::If | Token::Elif | Token::While | Token::Assert | Token::Return);
    (place.found == Token::Assign && (place.open_bracket().is_some() || keyword) && !place.wants_operand())
        .then(|| stray_equals_sign(place.span))
}

/// A head of a block that goes on, or ends, without its `:`.
fn colon(place: &Place<'_, '_>) -> Option<Fault> {
    let head = place.first().begins_block() && place.expects(":") && place.open_bracket().is_none();
    let fits = place.at_end() || place.found.begins_operand() || place.found.begins_only_statements();
    (head && fits).then(|| {
        let fault = missing_colon(if place.at_end() { before_end(place) } else { place.span });
        if place.at_end() { fault.label("`:` expected at the end of this line") } else { fault }
    })
}

/// The place just behind the last word of the line.
fn before_end(place: &Place<'_, '_>) -> Span {
    place.last().map_or(place.span, |(_, span)| Span::at(span.end as usize))
}

/// No known slip: what would have fitted, in one word.
fn plain(place: &Place<'_, '_>) -> Fault {
    let found = if place.at_end() { "the end of the line".to_owned() } else { format!("`{}`", place.text()) };
    let span = if place.at_end() { before_end(place) } else { place.span };
    if place.wants_operand() {
        return match place.last() {
            Some((_, last)) if place.at_end() => {
                let last = last.text(place.source);
                fault!(EXPECTED_EXPRESSION, span, "expected an expression after `{last}`")
                    .label("something must follow here")
            }
            _ => fault!(EXPECTED_EXPRESSION, span, "expected an expression, found {found}")
                .label("an expression is expected here"),
        };
    }
    if place.expects("name") {
        let fault = fault!(EXPECTED_NAME, span, "expected a name, found {found}").label("a name is expected here");
        return if place.found.is_keyword() {
            fault.hint(format!("{found} is a word of the language and can be no name"))
        } else {
            fault
        };
    }
    let wanted = wanted(place);
    let fault = match (wanted, place.at_end()) {
        (Some(closing @ (")" | "]" | "}")), _) => {
            fault!(UNEXPECTED_WORD, span, "expected `,` or `{closing}`, found {found}").label("does not fit here")
        }
        (Some(only), _) => fault!(UNEXPECTED_WORD, span, "expected `{only}`, found {found}")
            .label(format!("`{only}` is expected here")),
        (None, true) => fault!(UNEXPECTED_WORD, span, "the line ends too early").label("something is missing here"),
        (None, false) => fault!(UNEXPECTED_WORD, span, "{found} does not fit here").label("not expected here"),
    };
    match slip::advice(place) {
        Some(advice) => fault.hint(advice),
        None => fault,
    }
}

/// The one word that would have fitted, where it can be said. Behind an operand every operator fits, so that only a
/// closing bracket, or the `in` of a loop, says anything.
fn wanted(place: &Place<'_, '_>) -> Option<&'static str> {
    let first_of = |terminals: &[&'static str]| terminals.iter().copied().find(|terminal| place.expects(terminal));
    if !place.expects("+") {
        return first_of(&[")", "]", "}", "(", ":", "in", "import", "except", "else", "def"]);
    }
    let loops = matches!(place.first(), Token::For) && !place.before.iter().any(|(_, token, _)| *token == Token::In);
    first_of(&[")", "]", "}"]).or_else(|| if loops { first_of(&["in"]) } else { None })
}
