//! A fault as a person reads it: the message, the guilty text underlined, hints, and the calls that led there.

use std::collections::HashMap;

use codespan_reporting::diagnostic::{Diagnostic, Label as Mark};
use codespan_reporting::files::{Files, SimpleFiles};
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config};

use super::{Fault, Frame, Source, Span};

/// Whether a rendering carries terminal colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Text alone, for files and pipes.
    Plain,
    /// Text with ANSI colours.
    Coloured,
}

/// How many calls of a chain are shown at either end before the middle is left out.
const SHOWN_FRAMES: usize = 4;

/// The fault drawn below the text it points into; `source` serves where the fault names no source of its own.
pub fn render(fault: &Fault, source: &Source, style: Style) -> String {
    let mut files = Shown::default();
    let own = fault.source().map_or(source, |own| own);
    let diagnostic = Diagnostic::error()
        .with_code(fault.code())
        .with_message(fault)
        .with_labels(marks(fault, own, &mut files))
        .with_notes(notes(fault, source));
    draw(&diagnostic, &files.files, style).unwrap_or_else(|| format!("error[{}]: {fault}\n", fault.code()))
}

/// The sources that occur in one diagnostic, each handed to the renderer once.
#[derive(Default)]
struct Shown<'a> {
    files: SimpleFiles<&'a str, &'a str>,
    known: HashMap<*const Source, usize>,
}

impl<'a> Shown<'a> {
    fn mark(&mut self, primary: bool, span: Span, source: &'a Source, text: &str) -> Mark<usize> {
        let files = &mut self.files;
        let id = *self.known.entry(source).or_insert_with(|| files.add(source.name(), source.text()));
        let range = fitting(span, source.text());
        let mark = if primary { Mark::primary(id, range) } else { Mark::secondary(id, range) };
        mark.with_message(text)
    }
}

fn marks<'a>(fault: &'a Fault, own: &'a Source, files: &mut Shown<'a>) -> Vec<Mark<usize>> {
    let mut marks = vec![files.mark(true, fault.span(), own, fault.label_text().unwrap_or(""))];
    for label in fault.labels() {
        let source = label.source.as_deref().unwrap_or(own);
        marks.push(files.mark(false, label.span, source, &label.text));
    }
    marks
}

/// The span cut to what the text holds, on character boundaries.
fn fitting(span: Span, text: &str) -> std::ops::Range<usize> {
    let start = text.floor_char_boundary(span.start as usize);
    let end = text.ceil_char_boundary((span.end as usize).min(text.len()));
    start..end.max(start)
}

fn notes(fault: &Fault, source: &Source) -> Vec<String> {
    let hints = fault.hints().iter().map(|hint| format!("hint: {hint}"));
    hints.chain(call_chain(fault.frames(), source)).collect()
}

/// One note that lists the calls, innermost first; the middle of a long chain is left out.
fn call_chain(frames: &[Frame], source: &Source) -> Option<String> {
    let line = |frame: &Frame| {
        let source = frame.source.as_deref().unwrap_or(source);
        let at = source.position(frame.span.start);
        format!("in {}, called at {}:{}:{}", frame.function, source.name(), at.line, at.column)
    };
    let mut lines: Vec<String> = Vec::new();
    if frames.len() > 2 * SHOWN_FRAMES + 1 {
        lines.extend(frames.iter().take(SHOWN_FRAMES).map(line));
        lines.push(format!("... {} more calls ...", frames.len() - 2 * SHOWN_FRAMES));
        lines.extend(frames.iter().skip(frames.len() - SHOWN_FRAMES).map(line));
    } else {
        lines.extend(frames.iter().map(line));
    }
    (!lines.is_empty()).then(|| lines.join("\n"))
}

/// `None` when the renderer refuses the labels, which `fitting` should have made impossible.
fn draw<'a>(diagnostic: &Diagnostic<usize>, files: &'a impl Files<'a, FileId = usize>, style: Style) -> Option<String> {
    let config = Config::default();
    match style {
        Style::Plain => term::emit_into_string(&config, files, diagnostic).ok(),
        Style::Coloured => {
            let mut out = Ansi::new(Vec::new());
            term::emit_to_write_style(&mut out, &config, files, diagnostic).ok()?;
            String::from_utf8(out.into_inner()).ok()
        }
    }
}
