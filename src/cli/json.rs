//! One JSON object a statement, for programs that ask.

use serde::Serialize;

use crate::session::{Outcome, Source};

/// A statement's outcome as it is written.
#[derive(Serialize)]
struct Line<'a> {
    line: usize,
    source: &'a str,
    stdout: &'a str,
    value: Option<String>,
    latex: Option<&'a str>,
    figures: Vec<String>,
    error: Option<String>,
    fault: Option<FaultRecord<'a>>,
    notes: Vec<NoteRecord<'a>>,
}

#[derive(Serialize)]
struct FaultRecord<'a> {
    code: &'a str,
    line: usize,
    column: usize,
    label: Option<&'a str>,
    hint: Option<&'a str>,
}

#[derive(Serialize)]
struct NoteRecord<'a> {
    kind: &'a str,
    text: &'a str,
}

/// The object of an outcome, on one line.
pub(super) fn line(outcome: &Outcome, source: &Source) -> String {
    let fault = outcome.fault.as_ref().filter(|_| outcome.is_failure()).map(|fault| {
        let position = fault.position(source);
        FaultRecord {
            code: fault.code(),
            line: position.line,
            column: position.column,
            label: fault.label_text(),
            hint: fault.hints().first().map(String::as_str),
        }
    });
    let record = Line {
        line: outcome.line,
        source: &outcome.source,
        stdout: &outcome.stdout,
        value: outcome.value.as_ref().map(|value| value.replace('\n', " ")),
        latex: outcome.latex.as_deref(),
        figures: outcome.figures.iter().map(|path| path.display().to_string()).collect(),
        error: outcome.fault.as_ref().filter(|_| outcome.is_failure()).map(ToString::to_string),
        fault,
        notes: outcome.notes.iter().map(|note| NoteRecord { kind: &note.kind, text: &note.text }).collect(),
    };
    serde_json::to_string(&record).expect("strings and numbers always have a JSON form")
}
