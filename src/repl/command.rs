//! The commands of the prompt that are no statements: `name?`, `%time`, `exit` and the like.

use crate::session::{SessionForm, session_form};

/// What an input asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Command<'t> {
    /// Statements.
    Run(&'t str),
    /// Help on a topic; without one, the topics.
    Help(&'t str),
    /// How long statements take.
    Time(&'t str),
    /// How long statements take on average, in `loops` runs if that is said.
    Average {
        /// The statements.
        statements: &'t str,
        /// How often they are run at a time.
        loops: Option<usize>,
    },
    /// The statements of a file.
    Load(&'t str),
    /// What was assigned; with the values too.
    Names {
        /// Whether their values are told.
        values: bool,
    },
    /// The inputs of this session.
    Inputs,
    /// Everything forgotten.
    Reset,
    /// These commands.
    Commands,
    /// The end of the session.
    Leave,
    /// A command of other programs.
    Unknown(&'t str),
}

/// What `%lsmagic` shows.
pub(super) const OVERVIEW: &str = "\
name?, ?name         help on a name
%time STATEMENT      how long a statement takes
%timeit STATEMENT    how long it takes on average; -n LOOPS says how often it runs
%run FILE            runs a script, as load('FILE')
%who, %whos          what was assigned; with the values
%hist                what was typed in this session
%reset               forgets what was assigned and assumed, as reset()
%exit, exit, Ctrl-D  leaves; Ctrl-C stops what is running
_, __, ___           the last three results
\\pi and Tab          π, and so on for other letters and signs
";

impl<'t> Command<'t> {
    /// Reads an input.
    pub(super) fn of(text: &'t str) -> Command<'t> {
        match text.trim() {
            "exit" | "quit" => return Command::Leave,
            "?" | "help" => return Command::Help(""),
            _ => {}
        }
        match session_form(text) {
            None => Command::Run(text),
            Some(SessionForm::Help { topic }) => Command::Help(topic),
            Some(SessionForm::Time { statement, .. }) => Command::Time(statement),
            Some(SessionForm::Magic { name, rest }) => Command::magic(name, rest),
        }
    }

    fn magic(name: &'t str, rest: &'t str) -> Command<'t> {
        match name {
            "timeit" => average(rest),
            "run" | "runfile" | "load" if !rest.is_empty() => Command::Load(rest.trim_matches(['"', '\''])),
            "who" | "who_ls" => Command::Names { values: false },
            "whos" => Command::Names { values: true },
            "hist" | "history" => Command::Inputs,
            "reset" => Command::Reset,
            "lsmagic" | "magic" | "quickref" => Command::Commands,
            "exit" | "quit" | "Exit" | "Quit" => Command::Leave,
            _ => Command::Unknown(name),
        }
    }
}

/// Reads `-n LOOPS` before the statements of `%timeit`; `-r REPEATS` is passed over.
fn average(rest: &str) -> Command<'_> {
    let (mut statements, mut loops) = (rest, None);
    while let Some(option) = statements.strip_prefix('-') {
        let Some(letter) = option.chars().next().filter(|letter| matches!(letter, 'n' | 'r')) else { break };
        let value = option[1..].trim_start();
        let end = value.find(|c: char| !c.is_ascii_digit()).unwrap_or(value.len());
        let Ok(number) = value[..end].parse::<usize>() else { break };
        if letter == 'n' {
            loops = Some(number.max(1));
        }
        statements = value[end..].trim_start();
    }
    Command::Average { statements, loops }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_are_told_from_statements() {
        for (text, expected) in [
            ("1 + 1", Command::Run("1 + 1")),
            ("exit_code = 2", Command::Run("exit_code = 2")),
            ("exit", Command::Leave),
            (" quit\n", Command::Leave),
            ("%exit", Command::Leave),
            ("diff?", Command::Help("diff")),
            ("?", Command::Help("")),
            ("%time 2^10", Command::Time("2^10")),
            ("%timeit 2^10", Command::Average { statements: "2^10", loops: None }),
            ("%timeit -n 5 -r3 -x", Command::Average { statements: "-x", loops: Some(5) }),
            ("%timeit -n50 f(2)", Command::Average { statements: "f(2)", loops: Some(50) }),
            ("%run 'a b.calc'", Command::Load("a b.calc")),
            ("%whos", Command::Names { values: true }),
            ("%hist -n", Command::Inputs),
            ("%matplotlib inline", Command::Unknown("matplotlib")),
        ] {
            assert_eq!(Command::of(text), expected, "{text}");
        }
    }
}
