//! Writing the results found into a source.

use std::ops::Range;

use super::record::{Kind, Record};
use crate::session::{Outcome, Program};
use crate::sorting;

/// A stretch of the source and what takes its place.
pub(super) type Edit = (Vec<Range<usize>>, usize, String);

/// How the source is to be changed so that the record behind a statement fits; nothing when it fits already, or when the
/// statement failed and nobody said it would.
pub(super) fn edit(program: &Program, index: usize, record: &Record, outcome: &Outcome) -> Option<Edit> {
    let missing = record.is_empty() && !record.line_taken && outcome.value.is_some();
    let failed = outcome.fault.is_some() && !record.has(Kind::Error);
    if failed || record.fits(outcome) && !missing {
        return None;
    }
    let lines = record.found(outcome);
    let text = program.source().text();
    let (span, _) = program.extent(index)?;
    let end = end_of_line(text, span.end as usize);
    let old: Vec<Range<usize>> =
        record.marks.iter().map(|mark| extent(text, mark.span.start, mark.whole_line)).collect();
    let behind = record.marks.first().is_none_or(|mark| !mark.whole_line);
    if let ([line], true) = (lines.as_slice(), behind) {
        let at = old.first().map_or(end, |range| range.start);
        let gap = record.marks.first().map_or("  ", |mark| &text[at..mark.span.start as usize]);
        return Some((old, at, format!("{gap}# {line}")));
    }
    let at = old.iter().find(|range| text[..range.start].ends_with('\n')).map_or(end, |range| range.start);
    let below: String = lines.iter().map(|line| format!("# {line}\n")).collect();
    let fresh = if at == end { format!("\n{}", below.trim_end()) } else { below };
    Some((old, at, fresh))
}

/// What goes when a comment goes: the blanks before it, or its whole line.
fn extent(text: &str, start: u32, whole_line: bool) -> Range<usize> {
    let start = start as usize;
    let end = end_of_line(text, start);
    if whole_line {
        let line = text[..start].rfind('\n').map_or(0, |at| at + 1);
        return line..(end + 1).min(text.len());
    }
    text[..start].trim_end_matches([' ', '\t']).len()..end
}

fn end_of_line(text: &str, from: usize) -> usize {
    text[from..].find('\n').map_or(text.len(), |length| from + length)
}

/// The text with all edits made.
pub(super) fn apply(text: &str, edits: &[Edit]) -> String {
    let mut pieces: Vec<(Range<usize>, &str)> = Vec::new();
    for (removed, at, fresh) in edits {
        pieces.push((*at..*at, fresh));
        pieces.extend(removed.iter().map(|range| (range.clone(), "")));
    }
    sorting::sort_by_key(&mut pieces, |(range, _)| (range.start, range.end));
    let mut out = String::new();
    let mut done = 0;
    for (range, fresh) in pieces {
        out.push_str(&text[done.min(range.start)..range.start]);
        out.push_str(fresh);
        done = range.end.max(done);
    }
    out + &text[done..]
}
