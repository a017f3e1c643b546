//! A fault as a person reads it: the message, the guilty text underlined, hints, and the calls that led there.

use std::collections::HashMap;

use codespan_reporting::diagnostic::{Diagnostic, Label as Mark};
use codespan_reporting::files::Files;
use codespan_reporting::term::termcolor::Ansi;
use codespan_reporting::term::{self, Config};

use super::excerpt::{Excerpt, Excerpts};
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
    let mut files = Shown { files: Excerpts(Vec::new()), known: HashMap::new() };
    let own = fault.source().map_or(source, |own| own);
    let diagnostic = Diagnostic::error()
        .with_code(fault.code())
        .with_message(fault)
        .with_labels(marks(fault, own, &mut files))
        .with_notes(notes(fault, source));
    draw(&diagnostic, &files.files, style).unwrap_or_else(|| format!("error[{}]: {fault}\n", fault.code()))
}

/// The sources that occur in one diagnostic, each handed to the renderer once.
struct Shown<'a> {
    files: Excerpts<'a>,
    known: HashMap<*const Source, usize>,
}

impl<'a> Shown<'a> {
    fn mark(&mut self, primary: bool, span: Span, source: &'a Source, text: &str) -> Mark<usize> {
        let files = &mut self.files.0;
        let range = fitting(span, source.text());
        let id = *self.known.entry(source).or_insert_with(|| {
            files.push(Excerpt::new(source, range.start));
            files.len() - 1
        });
        let range = files.get(id).map_or(0..0, |file| file.place(range.start)..file.place(range.end));
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

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::{FaultKind, fault};
    use super::*;

    static KIND: FaultKind = FaultKind {
        code: "division-by-zero",
        class: "ZeroDivisionError",
        title: "a division by zero",
        explanation: "Nothing can be divided by zero.",
        wrong: "1/0",
        right: "1/2",
    };

    #[test]
    fn labels_hints_and_calls_are_drawn() {
        let library = Arc::new(Source::new("std/a.calc", "def g(x):\n    return 1/x\n"));
        let script = Source::new("script.calc", "y = 2\nh(0)\n");
        let frame = |function: &str, start, source| Frame {
            function: function.into(),
            span: Span::new(start, start + 1),
            source,
        };
        let fault = fault!(KIND, Span::new(21, 24), "division by zero")
            .label("`x` is 0 here")
            .also(Span::new(6, 7), "the parameter")
            .hint("check `x` first")
            .in_source(&library)
            .called_from(frame("g", 0, Some(Arc::clone(&library))))
            .called_from(frame("h", 6, None));
        let expected = "\
error[division-by-zero]: ZeroDivisionError: division by zero
  ┌─ std/a.calc:2:12
  │
1 │ def g(x):
  │       - the parameter
2 │     return 1/x
  │            ^^^ `x` is 0 here
  │
  = hint: check `x` first
  = in g, called at std/a.calc:1:1
    in h, called at script.calc:2:1

";
        assert_eq!(render(&fault, &script, Style::Plain), expected);
        let coloured = render(&fault, &script, Style::Coloured);
        assert!(coloured.contains("\u{1b}["));
    }

    #[test]
    fn spans_that_do_not_fit_are_cut() {
        let script = Source::new("script.calc", "π");
        for (start, end) in [(0, 90), (1, 1), (70, 90), (1, 2)] {
            let text = render(&fault!(KIND, Span::new(start, end), "wrong"), &script, Style::Plain);
            assert!(text.contains("script.calc:1:"), "{text}");
        }
    }

    #[test]
    fn long_lines_are_cut_around_the_place() {
        let long = "π + ".repeat(1000);
        let script = Source::new("script.calc", format!("y = 1\n{long}1/0{}\n2\n", " + 1".repeat(1000)));
        let start = 6 + long.len();
        let text = render(
            &fault!(KIND, Span::new(start, start + 3), "wrong").also(Span::new(0, 1), "y"),
            &script,
            Style::Plain,
        );
        assert!(text.contains("script.calc:2:4001"), "{text}");
        assert!(text.contains("2 │ …") && text.contains(" 1/0 + 1") && text.contains("^^^"), "{text}");
        assert!(text.contains("1 │ y = 1") && text.lines().all(|line| line.chars().count() < 250), "{text}");
        let all = render(&fault!(KIND, Span::new(6, start), "wrong"), &script, Style::Plain);
        assert!(all.contains("script.calc:2:1\n") && all.lines().all(|line| line.chars().count() < 250), "{all}");
    }

    #[test]
    fn long_chains_of_calls_are_shortened() {
        let script = Source::new("script.calc", "f(1)");
        let frames = (0..10_000).map(|_| Frame { function: "f".into(), span: Span::new(0, 4), source: None });
        let fault = frames.fold(fault!(KIND, Span::new(0, 4), "too deep"), Fault::called_from);
        let text = render(&fault, &script, Style::Plain);
        assert!(text.contains("9992 more calls") && text.lines().count() < 20, "{text}");
    }
}
