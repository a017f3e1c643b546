//! The record behind a statement, and whether an outcome fits it.

use crate::session::{Outcome, Program, Source, Span};

/// What a line of a record is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Value,
    Printed,
    Error,
}

impl Kind {
    const ALL: [(&'static str, Kind); 3] = [("=>", Kind::Value), ("prints", Kind::Printed), ("error:", Kind::Error)];

    fn word(self) -> &'static str {
        match self {
            Kind::Value => "=>",
            Kind::Printed => "prints",
            Kind::Error => "error:",
        }
    }
}

/// One comment of a record.
#[derive(Clone, Debug)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    pub(super) text: String,
    /// The comment.
    pub(super) span: Span,
    /// Whether it has its line to itself.
    pub(super) whole_line: bool,
}

/// What is recorded behind one statement.
#[derive(Clone, Debug, Default)]
pub(super) struct Record {
    pub(super) marks: Vec<Mark>,
    /// Whether another statement follows on the statement's last line, or a comment that is no record.
    pub(super) line_taken: bool,
}

impl Record {
    /// The record of the statement with that number.
    pub(super) fn of(program: &Program, index: usize) -> Record {
        let mut record = Record::default();
        let Some((span, next)) = program.extent(index) else { return record };
        let source = program.source();
        let last_line = source.line(span.end.max(1) - u32::from(span.end > span.start));
        let next_line = next.map(|next| source.line(next.start));
        if next_line == Some(last_line) {
            record.line_taken = true;
            return record;
        }
        let mut line = last_line;
        for comment in program.comments().iter().filter(|comment| comment.span.end >= span.end) {
            let at = source.line(comment.span.start);
            let mark = mark(source, comment.span, comment.whole_line);
            if at == last_line && !comment.whole_line {
                record.line_taken = mark.is_none();
                record.marks.extend(mark);
            } else if let Some(mark) = mark
                && at == line + 1
                && next_line.is_none_or(|next| at < next)
            {
                line = at;
                record.marks.push(mark);
            } else if at > line {
                break;
            }
        }
        record
    }

    pub(super) fn is_empty(&self) -> bool {
        self.marks.is_empty()
    }

    pub(super) fn has(&self, kind: Kind) -> bool {
        self.marks.iter().any(|mark| mark.kind == kind)
    }

    /// What is recorded, as a person reads it.
    pub(super) fn lines(&self) -> Vec<String> {
        self.marks.iter().map(|mark| line(mark.kind, &mark.text)).collect()
    }

    /// What the statement gives, in the same form: whatever the record is about, and what was not expected.
    pub(super) fn found(&self, outcome: &Outcome) -> Vec<String> {
        if let Some(fault) = &outcome.fault {
            return vec![line(Kind::Error, fault.code())];
        }
        let mut found = Vec::new();
        if self.has(Kind::Printed) {
            found.extend(outcome.stdout.lines().map(|text| line(Kind::Printed, text)));
        }
        let value = outcome.value.as_deref().or(Some(outcome.stdout.as_str()).filter(|_| self.has(Kind::Value)));
        found.extend(value.into_iter().flat_map(str::lines).map(|text| line(Kind::Value, text)));
        found
    }

    /// Whether the statement gave what is recorded.
    pub(super) fn fits(&self, outcome: &Outcome) -> bool {
        if self.has(Kind::Error) || outcome.fault.is_some() {
            return self.error_fits(outcome);
        }
        let value = outcome.value.as_deref().unwrap_or(&outcome.stdout);
        (!self.has(Kind::Value) || same(&self.text(Kind::Value), value))
            && (!self.has(Kind::Printed) || printed_fits(&self.text(Kind::Printed), &outcome.stdout))
    }

    /// An error is recorded by its code, its class, or class and message.
    fn error_fits(&self, outcome: &Outcome) -> bool {
        let Some(fault) = &outcome.fault else { return false };
        let recorded = self.text(Kind::Error);
        self.has(Kind::Error) && [fault.code(), fault.class(), fault.to_string().as_str()].contains(&recorded.as_str())
    }

    fn text(&self, kind: Kind) -> String {
        let texts = self.marks.iter().filter(|mark| mark.kind == kind).map(|mark| mark.text.as_str());
        texts.collect::<Vec<_>>().join("\n")
    }
}

/// A comment that is part of a record.
fn mark(source: &Source, span: Span, whole_line: bool) -> Option<Mark> {
    let text = span.text(source.text()).trim_start_matches('#').trim();
    Kind::ALL.iter().find_map(|(word, kind)| {
        let rest = text.strip_prefix(word)?;
        let separate = rest.is_empty() || rest.starts_with(' ') || *kind != Kind::Printed;
        separate.then(|| Mark { kind: *kind, text: rest.trim().to_string(), span, whole_line })
    })
}

fn line(kind: Kind, text: &str) -> String {
    format!("{} {text}", kind.word()).trim_end().to_string()
}

/// Whether a value is the recorded one: by text, blanks at the ends of lines apart.
fn same(recorded: &str, now: &str) -> bool {
    trimmed(recorded) == trimmed(now)
}

fn printed_fits(recorded: &str, printed: &str) -> bool {
    let (recorded, printed) = (trimmed(recorded), trimmed(printed));
    recorded == printed || recorded.strip_suffix("...").is_some_and(|start| printed.starts_with(start.trim_end()))
}

fn trimmed(text: &str) -> String {
    text.trim_end().lines().map(str::trim).collect::<Vec<_>>().join("\n")
}
