//! What an interactive session asks of a text: whether it is finished, and whether it is a command of the session.

use super::layout::{Lexed, layout};
use super::parse::parse;
use super::token::Token;

/// Whether a text that is being typed can be run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Completeness {
    /// It can be run.
    Complete,
    /// More must come: a bracket or a string is open, a block is missing or may go on.
    Incomplete,
    /// No continuation can mend it.
    Invalid,
}

/// A line that is a command of the session, not a statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SessionForm<'s> {
    /// `name?`, `?name`, `name??`: help on the topic.
    Help {
        /// What help is asked on.
        topic: &'s str,
    },
    /// `%time statement`: how long the statement takes.
    Time {
        /// The statement.
        statement: &'s str,
        /// At which byte of the line it begins.
        offset: usize,
    },
    /// Any other `%name rest`.
    Magic {
        /// The name, without `%`.
        name: &'s str,
        /// What follows it.
        rest: &'s str,
    },
}

/// Whether `source` can be run as it stands. A block counts as finished when an empty line follows it.
pub fn is_complete(source: &str) -> Completeness {
    match session_form(source) {
        None => {}
        Some(SessionForm::Time { statement, .. } | SessionForm::Magic { name: "timeit", rest: statement }) => {
            return is_complete(statement);
        }
        Some(SessionForm::Help { .. } | SessionForm::Magic { .. }) => return Completeness::Complete,
    }
    let lines = layout(source, 0);
    let last = source.rsplit('\n').next().unwrap_or("");
    let open_block = lines.in_block && !(source.contains('\n') && last.trim().is_empty());
    let unfinished = lines.unfinished || decorated(&lines.tokens);
    // What an unclosed bracket swallows may still come right; what stands before it must be right already.
    let (_, faults) = parse(source);
    let ends = |code: &str| matches!(code, "unclosed-bracket" | "unclosed-string" | "missing-block");
    let hopeless =
        faults.iter().any(|fault| !(ends(fault.code()) || unfinished && beyond_text(source, fault.span().end)));
    match (hopeless, unfinished || open_block) {
        (true, _) => Completeness::Invalid,
        (false, true) => Completeness::Incomplete,
        (false, false) if faults.is_empty() => Completeness::Complete,
        (false, false) => Completeness::Invalid,
    }
}

/// Whether the text ends with a decorator, whose definition must follow.
fn decorated(tokens: &[Lexed<'_>]) -> bool {
    let mut lines = tokens.split(|(_, token, _)| *token == Token::Newline);
    let last = lines.rfind(|line| line.iter().any(|(_, token, _)| *token != Token::Dedent));
    last.and_then(|line| line.first()).is_some_and(|(_, token, _)| *token == Token::At)
}

/// Whether a fault reaches to the end of the text, so that what is typed next may mend it.
fn beyond_text(source: &str, end: u32) -> bool {
    source.get(end as usize..).is_none_or(|rest| rest.trim_matches([' ', '\t', '\r', '\n', '\\']).is_empty())
}

/// The command of the session that the line is, if it is one.
pub fn session_form(line: &str) -> Option<SessionForm<'_>> {
    let text = line.trim();
    let timed = text.starts_with("%time") || text.starts_with("%%time");
    if text.contains('\n') && !timed {
        return None;
    }
    // IPython writes `%%time` before a whole cell.
    let command = if timed { Some(text.trim_start_matches('%')) } else { text.strip_prefix('%') };
    if let Some(command) = command {
        let name = &command[..command.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(command.len())];
        let rest = command[name.len()..].trim_start();
        let offset = line.trim_end().len() - rest.len();
        return match name {
            "" => None,
            "time" => Some(SessionForm::Time { statement: rest, offset }),
            _ => Some(SessionForm::Magic { name, rest }),
        };
    }
    let topic = match text.strip_prefix('?') {
        Some(topic) => topic.trim_start_matches('?').trim(),
        None => text.strip_suffix('?')?.trim_end_matches('?').trim(),
    };
    let is_name = |part: &str| !part.is_empty() && part.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    topic.split('.').all(is_name).then_some(SessionForm::Help { topic })
}

#[cfg(test)]
mod tests {
    use super::Completeness::*;
    use super::*;

    #[test]
    fn finished_statements_are_told_from_unfinished_ones() {
        for (source, expected) in [
            ("1 + 1", Complete),
            ("", Complete),
            ("(1 +", Incomplete),
            ("(1 +\n", Incomplete),
            ("[1, 2,\n3]", Complete),
            ("for k in [1..3]:", Incomplete),
            ("for k in [1..3]:\n    print(k)", Incomplete),
            ("for k in [1..3]:\n    print(k)\n", Complete),
            ("for k in [1..3]:\n    print(k)\n    ", Complete),
            ("for k in [1..3]: print(k)", Complete),
            ("\"\"\"abc", Incomplete),
            ("\"abc", Invalid),
            ("1 + \\", Incomplete),
            ("2x", Invalid),
            ("x = )", Invalid),
            ("f(2x, (1", Invalid),
            ("x = ", Invalid),
            ("if x = 2:", Invalid),
            ("def f(x):\n    if x > 2:", Incomplete),
            ("@interact", Incomplete),
            ("@interact(layout=[\n['a']])", Incomplete),
            ("@a\n@b\ndef f(x): return x", Complete),
            ("limit?", Complete),
            ("%time for k in [1..3]:", Incomplete),
            ("%hist", Complete),
        ] {
            assert_eq!(is_complete(source), expected, "{source:?}");
        }
    }

    #[test]
    fn commands_of_the_session_are_recognised() {
        assert_eq!(session_form("limit?"), Some(SessionForm::Help { topic: "limit" }));
        assert_eq!(session_form("?f.diff"), Some(SessionForm::Help { topic: "f.diff" }));
        assert_eq!(session_form("%time 2^10"), Some(SessionForm::Time { statement: "2^10", offset: 6 }));
        assert_eq!(session_form("%%time\nx\ny"), Some(SessionForm::Time { statement: "x\ny", offset: 7 }));
        assert_eq!(session_form("%hist"), Some(SessionForm::Magic { name: "hist", rest: "" }));
        assert_eq!(session_form("x + 1"), None);
        assert_eq!(session_form("\"why?\" + s?"), None);
    }
}
