//! The line editor: completion, colours, unfinished input, indentation.

use std::borrow::Cow;
use std::cell::RefCell;
use std::rc::Rc;

use rustyline::completion::{Completer, FilenameCompleter, Pair};
use rustyline::config::{BellStyle, CompletionType};
use rustyline::highlight::{CmdKind, Highlighter};
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{
    Cmd, ConditionalEventHandler, Config, Context, Event, EventContext, EventHandler, KeyCode, KeyEvent, Modifiers,
    Movement, RepeatCount,
};

use super::paint::painted_program;
use super::transcript::statements;
use super::{Editor, symbol};
use crate::session::{Completeness, Session, is_complete};

/// How far a block is indented.
const INDENT: &str = "    ";

/// How many inputs are kept.
const HISTORY: usize = 10_000;

/// What the editor asks while a person types.
#[derive(rustyline::Helper)]
pub(super) struct Helper {
    session: Rc<RefCell<Session>>,
    coloured: bool,
}

impl Helper {
    pub(super) fn new(session: Rc<RefCell<Session>>, coloured: bool) -> Helper {
        Helper { session, coloured }
    }
}

/// An editor with our keys.
pub(super) fn new(helper: Helper) -> rustyline::Result<Editor> {
    let config = Config::builder()
        .max_history_size(HISTORY)?
        .history_ignore_dups(true)?
        .completion_type(CompletionType::List)
        .completion_prompt_limit(200)
        .indent_size(4)
        .bell_style(BellStyle::None)
        .build();
    let mut editor = Editor::with_config(config)?;
    editor.set_helper(Some(helper));
    let enter = KeyEvent(KeyCode::Enter, Modifiers::NONE);
    editor.bind_sequence(enter, EventHandler::Conditional(Box::new(Indentation)));
    let back = KeyEvent(KeyCode::Backspace, Modifiers::NONE);
    editor.bind_sequence(back, EventHandler::Conditional(Box::new(Outward)));
    Ok(editor)
}

/// Begins the next line of an unfinished input where the block goes on.
struct Indentation;

impl ConditionalEventHandler for Indentation {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let text = context.line();
        let at_end = text[context.pos()..].trim().is_empty();
        let unfinished = is_complete(&statements(text)) == Completeness::Incomplete;
        (at_end && unfinished).then(|| Cmd::Insert(1, format!("\n{}", indentation(text))))
    }
}

/// Backspace in the indentation of the last line goes one step out.
struct Outward;

impl ConditionalEventHandler for Outward {
    fn handle(&self, _: &Event, _: RepeatCount, _: bool, context: &EventContext<'_>) -> Option<Cmd> {
        let (before, behind) = context.line().split_at_checked(context.pos())?;
        let indentation = before.rsplit('\n').next().unwrap_or("");
        let whole = !indentation.is_empty() && indentation.len() % INDENT.len() == 0;
        (whole && indentation.trim().is_empty() && !behind.contains('\n')).then_some(Cmd::Dedent(Movement::WholeLine))
    }
}

/// With what the line after a text begins: the last line's indentation, one step more behind a `:`, one step less
/// behind a line that leaves its block.
fn indentation(text: &str) -> String {
    let line = text.rsplit('\n').next().unwrap_or("");
    let own = &line[..line.len() - line.trim_start().len()];
    let code = line.trim();
    let first = code.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    if code.ends_with(':') {
        return format!("{own}{INDENT}");
    }
    if matches!(first, "return" | "break" | "continue" | "pass" | "raise") {
        return own.strip_suffix(INDENT).unwrap_or(own).to_string();
    }
    own.to_string()
}

impl Completer for Helper {
    type Candidate = Pair;

    fn complete(&self, line: &str, position: usize, _: &Context<'_>) -> rustyline::Result<(usize, Vec<Pair>)> {
        let before = &line[..position];
        let blank = before.rsplit('\n').next().is_some_and(|line| line.trim().is_empty());
        if blank {
            let pair = Pair { display: String::new(), replacement: INDENT.to_string() };
            return Ok((position, vec![pair]));
        }
        if let Some(text) = open_text(before) {
            let names_file = ["load(", "attach("].iter().any(|call| before[..text].trim_end().ends_with(call));
            return if names_file && !before.contains('\\') {
                FilenameCompleter::new().complete_path(before, position)
            } else {
                Ok(symbol_pairs(before).unwrap_or((position, Vec::new())))
            };
        }
        if let Some(pairs) = symbol_pairs(before) {
            return Ok(pairs);
        }
        let Ok(session) = self.session.try_borrow() else { return Ok((position, Vec::new())) };
        let (start, names) = session.complete(line, position);
        Ok((start, names.into_iter().map(|name| Pair { display: name.clone(), replacement: name }).collect()))
    }
}

/// The signs that the name behind a backslash may stand for.
fn symbol_pairs(before: &str) -> Option<(usize, Vec<Pair>)> {
    let (start, symbols) = symbol::complete(before)?;
    let pair =
        |(name, symbol): (&str, &str)| Pair { display: format!("\\{name} {symbol}"), replacement: symbol.to_string() };
    Some((start, symbols.into_iter().map(pair).collect()))
}

/// Where the quote stands that opens the text in which a line ends.
fn open_text(before: &str) -> Option<usize> {
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    let mut open: Option<(usize, char)> = None;
    let mut escaped = false;
    for (at, c) in before[line..].char_indices() {
        match open {
            _ if escaped => escaped = false,
            Some(_) if c == '\\' => escaped = true,
            Some((_, quote)) if c == quote => open = None,
            None if c == '#' => return None,
            None if c == '"' || c == '\'' => open = Some((line + at, c)),
            _ => {}
        }
    }
    open.map(|(at, _)| at)
}

impl Highlighter for Helper {
    fn highlight<'l>(&self, line: &'l str, _: usize) -> Cow<'l, str> {
        if self.coloured { Cow::Owned(painted_program(line)) } else { Cow::Borrowed(line) }
    }

    fn highlight_char(&self, _: &str, _: usize, kind: CmdKind) -> bool {
        self.coloured && kind != CmdKind::MoveCursor
    }
}

impl Hinter for Helper {
    type Hint = String;

    /// There are no hints; between two keys is time for tidying up.
    fn hint(&self, _line: &str, _position: usize, _context: &Context<'_>) -> Option<String> {
        if let Ok(session) = self.session.try_borrow() {
            session.tidy();
        }
        None
    }
}

impl Validator for Helper {
    fn validate(&self, context: &mut ValidationContext<'_>) -> rustyline::Result<ValidationResult> {
        Ok(match is_complete(&statements(context.input())) {
            Completeness::Incomplete => ValidationResult::Incomplete,
            // What is wrong with it is told when it is run.
            Completeness::Complete | Completeness::Invalid => ValidationResult::Valid(None),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_under_way_are_found() {
        assert_eq!(open_text("load('a"), Some(5));
        assert_eq!(open_text("load('a')"), None);
        assert_eq!(open_text("x = 'it\\'s"), Some(4));
        assert_eq!(open_text("\"it's\" + "), None);
        assert_eq!(open_text("'a\nb"), None);
        assert_eq!(open_text("x  # it's"), None);
    }

    #[test]
    fn blocks_are_indented() {
        assert_eq!(indentation("for k in [1..3]:"), "    ");
        assert_eq!(indentation("def f(x):\n    if x > 2:"), "        ");
        assert_eq!(indentation("def f(x):\n    y = 2"), "    ");
        assert_eq!(indentation("def f(x):\n    return x"), "");
        assert_eq!(indentation("(1 +"), "");
    }
}
