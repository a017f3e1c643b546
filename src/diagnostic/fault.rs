//! One mistake found in a program: what, where, how it came there, and what to type instead.

use std::borrow::Cow;
use std::fmt;
use std::sync::Arc;

use super::{Position, Source, Span};

/// A kind of mistake, declared as a `static` beside the code that raises it.
///
/// ```
/// use secant::diagnostic::FaultKind;
/// static BAD_DIRECTION: FaultKind = FaultKind {
///     code: "bad-direction",
///     class: "ValueError",
///     title: "a limit was asked from a side that does not exist",
///     explanation: "`dir` picks the side from which the variable comes: '+' the right one, '-' the left one.",
///     wrong: "limit(1/x, x=0, dir='up')",
///     right: "limit(1/x, x=0, dir='+')",
/// };
/// ```
#[derive(Debug, PartialEq, Eq)]
pub struct FaultKind {
    /// The name it goes by, in lower case with hyphens: `bad-direction`.
    pub code: &'static str,
    /// The exception class that Sage would raise and `except` catches: `ValueError`.
    pub class: &'static str,
    /// What went wrong, in one line.
    pub title: &'static str,
    /// Why it is a mistake and what to do instead, as Markdown.
    pub explanation: &'static str,
    /// A short program that makes the mistake.
    pub wrong: &'static str,
    /// The same program put right.
    pub right: &'static str,
}

impl FaultKind {
    /// What `secant help CODE` shows: title, explanation, a program that makes the mistake and one that does not.
    pub fn page(&self) -> String {
        let indented = |program: &str| program.lines().map(|line| format!("    {line}\n")).collect::<String>();
        format!(
            "{} ({}): {}\n\n{}\n\nwrong:\n{}\nright:\n{}",
            self.code,
            self.class,
            self.title,
            self.explanation,
            indented(self.wrong),
            indented(self.right)
        )
    }
}

/// A mistake at a place. Small to pass around: the details are boxed.
#[derive(Clone)]
pub struct Fault {
    details: Box<Details>,
}

#[derive(Clone)]
struct Details {
    kind: &'static FaultKind,
    class: Cow<'static, str>,
    message: String,
    label: Option<String>,
    span: Span,
    source: Option<Arc<Source>>,
    labels: Vec<Label>,
    hints: Vec<String>,
    frames: Vec<Frame>,
    ticket: Option<u64>,
}

/// A second place that helps to understand the fault, with what is to be said about it.
#[derive(Clone, Debug)]
pub struct Label {
    /// The place.
    pub span: Span,
    /// What is to be said about it.
    pub text: String,
    /// The text the span points into; `None`: the fault's own source.
    pub source: Option<Arc<Source>>,
}

/// One call that was under way when the fault happened.
#[derive(Clone, Debug)]
pub struct Frame {
    /// The function that was called.
    pub function: String,
    /// Where it was called from.
    pub span: Span,
    /// The text the call stands in; `None`: the source being run.
    pub source: Option<Arc<Source>>,
}

/// Makes a [`Fault`] of a kind at a span, with a formatted message: `fault!(KIND, span, "no {}", what)`.
#[macro_export]
#[doc(hidden)]
macro_rules! fault {
    ($kind:expr, $span:expr, $($message:tt)+) => {
        $crate::diagnostic::Fault::new(&$kind, $span, ::std::format!($($message)+))
    };
}

impl Fault {
    /// A fault of `kind` at `span`.
    pub fn new(kind: &'static FaultKind, span: Span, message: impl Into<String>) -> Fault {
        let details = Details {
            kind,
            class: Cow::Borrowed(kind.class),
            message: message.into(),
            label: None,
            span,
            source: None,
            labels: Vec::new(),
            hints: Vec::new(),
            frames: Vec::new(),
            ticket: None,
        };
        Fault { details: Box::new(details) }
    }

    /// Adds what to type instead.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Fault {
        self.details.hints.push(hint.into());
        self
    }

    /// Sets the words written under the guilty place; without them only the carets stand there.
    #[must_use]
    pub fn label(mut self, text: impl Into<String>) -> Fault {
        self.details.label = Some(text.into());
        self
    }

    /// Adds a second place in the same source, with what is to be said about it.
    #[must_use]
    pub fn also(mut self, span: Span, text: impl Into<String>) -> Fault {
        self.details.labels.push(Label { span, text: text.into(), source: None });
        self
    }

    /// Replaces the exception class, where the kind alone does not settle it (`raise` of a user's own choice).
    #[must_use]
    pub fn class_is(mut self, class: impl Into<Cow<'static, str>>) -> Fault {
        self.details.class = class.into();
        self
    }

    /// Says which text the spans point into, unless an inner call has said so already.
    #[must_use]
    pub fn in_source(mut self, source: &Arc<Source>) -> Fault {
        self.details.source.get_or_insert_with(|| Arc::clone(source));
        self
    }

    /// Records that the fault came out of a call: innermost calls are recorded first.
    #[must_use]
    pub fn called_from(mut self, frame: Frame) -> Fault {
        self.details.frames.push(frame);
        self
    }

    /// Moves the fault and its labels `offset` bytes to the right, for a text that was cut out of a longer one.
    #[must_use]
    pub fn shifted(mut self, offset: usize) -> Fault {
        self.details.span = self.details.span.shifted(offset);
        for label in &mut self.details.labels {
            label.span = label.span.shifted(offset);
        }
        self
    }

    /// Says where it happened, unless that is known already: a fault made without a place has the empty span at 0.
    #[must_use]
    pub fn or_at(mut self, span: Span) -> Fault {
        if self.details.span == Span::default() {
            self.details.span = span;
        }
        self
    }

    /// Ties the fault to an exception object that whoever raised it keeps under this number.
    #[must_use]
    pub fn with_ticket(mut self, ticket: u64) -> Fault {
        self.details.ticket = Some(ticket);
        self
    }

    /// The number of the exception object it came from, if it came from one.
    pub fn ticket(&self) -> Option<u64> {
        self.details.ticket
    }

    /// What kind of mistake it is.
    pub fn kind(&self) -> &'static FaultKind {
        self.details.kind
    }

    /// The code of the kind: `bad-direction`.
    pub fn code(&self) -> &'static str {
        self.details.kind.code
    }

    /// The exception class: `ValueError`.
    pub fn class(&self) -> &str {
        &self.details.class
    }

    /// What went wrong, without the class.
    pub fn message(&self) -> &str {
        &self.details.message
    }

    /// The guilty place.
    pub fn span(&self) -> Span {
        self.details.span
    }

    /// The words under the guilty place, if any.
    pub fn label_text(&self) -> Option<&str> {
        self.details.label.as_deref()
    }

    /// The text that the spans point into, when it was said.
    pub fn source(&self) -> Option<&Arc<Source>> {
        self.details.source.as_ref()
    }

    /// Further places.
    pub fn labels(&self) -> &[Label] {
        &self.details.labels
    }

    /// What to type instead.
    pub fn hints(&self) -> &[String] {
        &self.details.hints
    }

    /// The calls that led here, innermost first.
    pub fn frames(&self) -> &[Frame] {
        &self.details.frames
    }

    /// Whether the fault lies in how the program is written, so that it could not even start.
    pub fn is_syntax(&self) -> bool {
        matches!(self.class(), "SyntaxError" | "IndentationError" | "TabError")
    }

    /// Line and column of the guilty place, counted in `fallback` when the fault names no source of its own.
    pub fn position(&self, fallback: &Source) -> Position {
        self.source().map_or(fallback, |source| source).position(self.span().start)
    }
}

/// `Class: message`, as the last line of Sage's traceback; the class alone when there is no message.
impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.message().is_empty() {
            return out.write_str(self.class());
        }
        write!(out, "{}: {}", self.class(), self.message())
    }
}

impl fmt::Debug for Fault {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{self} [{} @ {}..{}]", self.code(), self.span().start, self.span().end)
    }
}

impl std::error::Error for Fault {}

#[cfg(test)]
mod tests {
    use super::*;

    static KIND: FaultKind = FaultKind {
        code: "test-kind",
        class: "ValueError",
        title: "a test",
        explanation: "Only for tests.",
        wrong: "a",
        right: "b",
    };

    #[test]
    fn the_innermost_source_wins() {
        let inner = Arc::new(Source::new("inner", "a"));
        let outer = Arc::new(Source::new("outer", "b"));
        let fault = fault!(KIND, Span::new(0, 1), "`{}` is wrong", "a").in_source(&inner).in_source(&outer);
        assert_eq!(fault.source().map(|source| source.name()), Some("inner"));
        assert_eq!(fault.to_string(), "ValueError: `a` is wrong");
        assert_eq!(
            KIND.page(),
            "test-kind (ValueError): a test\n\nOnly for tests.\n\nwrong:\n    a\n\nright:\n    b\n"
        );
        assert_eq!(format!("{fault:?}"), "ValueError: `a` is wrong [test-kind @ 0..1]");
    }
}
