//! Sources as the renderer sees them: a very long line is cut to what stands around the guilty place.

use std::borrow::Cow;
use std::ops::Range;

use codespan_reporting::files::{Error, Files};

use super::Source;

/// How long a line may be to be shown whole, in bytes.
const WIDEST: usize = 200;
/// How much is shown before the place.
const BEFORE: usize = 60;
/// How much is shown behind it.
const BEHIND: usize = 100;
/// What stands for the part that is left out.
const ELLIPSIS: &str = "…";

/// A source with its long lines cut.
pub(super) struct Excerpt<'a> {
    name: &'a str,
    text: Cow<'a, str>,
    lines: Vec<Line>,
}

/// A line: where it begins here and in the source, and which part of it is kept.
struct Line {
    start: usize,
    original: usize,
    kept: Option<Kept>,
}

/// The part of a line that is kept.
struct Kept {
    /// Where it stands here.
    at: usize,
    /// Which part of the source it is.
    range: Range<usize>,
    /// How many characters were left out before it.
    hidden: usize,
}

impl<'a> Excerpt<'a> {
    /// The source, long lines cut around the byte at `focus`.
    pub(super) fn new(source: &'a Source, focus: usize) -> Excerpt<'a> {
        let whole = source.text();
        let mut excerpt = Excerpt { name: source.name(), text: Cow::Borrowed(whole), lines: Vec::new() };
        let long = whole.lines().any(|line| line.len() > WIDEST);
        let mut text = String::new();
        let mut original = 0;
        for line in whole.split_inclusive('\n') {
            let start = if long { text.len() } else { original };
            let kept = if line.len() > WIDEST { Some(cut(line, original, focus, &mut text)) } else { None };
            if long && kept.is_none() {
                text.push_str(line);
            }
            excerpt.lines.push(Line { start, original, kept });
            original += line.len();
        }
        let end = if long { text.len() } else { original };
        if whole.is_empty() || whole.ends_with('\n') {
            excerpt.lines.push(Line { start: end, original, kept: None });
        }
        if long {
            excerpt.text = Cow::Owned(text);
        }
        excerpt
    }

    /// Where a byte of the source stands here, or the nearest that is kept.
    pub(super) fn place(&self, byte: usize) -> usize {
        let index = self.lines.partition_point(|line| line.original <= byte).saturating_sub(1);
        let place = self.lines.get(index).map_or(0, |line| match &line.kept {
            Some(kept) => kept.at + byte.clamp(kept.range.start, kept.range.end) - kept.range.start,
            None => line.start + (byte - line.original),
        });
        place.min(self.text.len())
    }
}

/// Puts the part of a long line around the focus at the end of the text.
fn cut(line: &str, original: usize, focus: usize, text: &mut String) -> Kept {
    let content = line.trim_end_matches(['\n', '\r']);
    let focus = if (original..=original + content.len()).contains(&focus) { focus - original } else { 0 };
    let from = content.floor_char_boundary(focus.saturating_sub(BEFORE));
    let to = content.ceil_char_boundary((focus + BEHIND).min(content.len()));
    if from > 0 {
        text.push_str(ELLIPSIS);
    }
    let at = text.len();
    text.push_str(&content[from..to]);
    if to < content.len() {
        text.push_str(ELLIPSIS);
    }
    text.push_str(&line[content.len()..]);
    Kept { at, range: original + from..original + to, hidden: content[..from].chars().count() }
}

/// The excerpts that occur in one diagnostic.
pub(super) struct Excerpts<'a>(pub(super) Vec<Excerpt<'a>>);

impl<'a> Excerpts<'a> {
    fn file(&self, id: usize) -> Result<&Excerpt<'a>, Error> {
        self.0.get(id).ok_or(Error::FileMissing)
    }

    fn line(&self, id: usize, index: usize) -> Result<&Line, Error> {
        let lines = &self.file(id)?.lines;
        lines.get(index).ok_or(Error::LineTooLarge { given: index, max: lines.len().saturating_sub(1) })
    }
}

impl<'f> Files<'f> for Excerpts<'_> {
    type FileId = usize;
    type Name = &'f str;
    type Source = &'f str;

    fn name(&'f self, id: usize) -> Result<&'f str, Error> {
        Ok(self.file(id)?.name)
    }

    fn source(&'f self, id: usize) -> Result<&'f str, Error> {
        Ok(&self.file(id)?.text)
    }

    fn line_index(&'f self, id: usize, byte: usize) -> Result<usize, Error> {
        Ok(self.file(id)?.lines.partition_point(|line| line.start <= byte).saturating_sub(1))
    }

    fn column_number(&'f self, id: usize, index: usize, byte: usize) -> Result<usize, Error> {
        let (text, line) = (self.source(id)?, self.line(id, index)?);
        let (start, hidden) = line.kept.as_ref().map_or((line.start, 0), |kept| (kept.at, kept.hidden));
        Ok(hidden + text.get(start..byte).map_or(0, |before| before.chars().count()) + 1)
    }

    fn line_range(&'f self, id: usize, index: usize) -> Result<Range<usize>, Error> {
        let start = self.line(id, index)?.start;
        let end = self.line(id, index + 1).map_or(self.file(id)?.text.len(), |next| next.start);
        Ok(start..end)
    }
}
