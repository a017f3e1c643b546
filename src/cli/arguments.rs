//! What may stand on the command line.

use std::path::PathBuf;
use std::time::Duration;

use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

use crate::repl::Graphics;

/// A Sage-like calculus language in one fast binary.
///
/// Without arguments an interactive session begins; with files, those scripts are run.
#[derive(Debug, Parser)]
#[command(
    name = "secant",
    version,
    disable_help_subcommand = true,
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 all went well, 1 a script failed, 2 secant was called wrongly."
)]
pub(super) struct Arguments {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// When to use colours
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub(super) color: Colour,
    /// How figures are shown at the prompt; the variable SECANT_GRAPHICS says so too
    #[arg(long, value_name = "HOW", global = true)]
    pub(super) graphics: Option<Graphics>,
    /// Runs this code; the values of its expressions are shown
    #[arg(short = 'c', value_name = "CODE", conflicts_with = "files")]
    pub(super) code: Option<String>,
    #[command(flatten)]
    pub(super) running: Running,
    /// Scripts to run; `-` is standard input
    #[arg(value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
}

impl Arguments {
    /// The commands.
    pub(super) const COMMANDS: &[&str] = &["run", "test", "help", "fmt", "completions"];
}

/// What else secant does.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Run scripts
    Run {
        #[command(flatten)]
        running: Running,
        /// The scripts; `-` is standard input
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Compare what statements give with the results recorded behind them
    ///
    /// A comment `# => 3*x^2` records a value, `# prints 12` what is printed, `# error: division-by-zero` the fault that
    /// stops the statement. Scripts in folders are found by their endings `.calc` and `.sage`.
    Test {
        /// Write the results found into the files
        #[arg(long)]
        update: bool,
        #[command(flatten)]
        limits: Limits,
        /// Scripts, or folders of them
        #[arg(required = true, value_name = "FILE|DIR")]
        paths: Vec<PathBuf>,
    },
    /// Explain a function, a kind of error or a command
    Help {
        /// A function such as `limit`, or the code of an error such as `division-by-zero`; without one, all topics
        topic: Option<String>,
    },
    /// Bring scripts into the usual layout
    Fmt {
        /// Change nothing; tell which scripts are not in that layout
        #[arg(long)]
        check: bool,
        /// The scripts; `-` takes standard input and writes standard output
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Write a script that completes the arguments of secant in a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

/// How scripts are run.
#[derive(Clone, Debug, Args)]
pub(super) struct Running {
    /// Print one JSON object a statement, and go on after one that fails
    #[arg(long)]
    pub(super) json: bool,
    /// Write figures below this folder
    #[arg(long, value_name = "DIR", default_value = ".")]
    pub(super) out: PathBuf,
    #[command(flatten)]
    pub(super) limits: Limits,
}

/// What a statement may spend.
#[derive(Clone, Copy, Debug, Args)]
pub(super) struct Limits {
    /// Stop a statement that takes longer than so many seconds
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    pub(super) time_limit: Option<Duration>,
    /// Stop a statement when more memory is in use, in megabytes or as 512K, 64M, 2G; two thirds of the machine's
    /// memory unless given
    #[arg(long, value_name = "MEMORY", value_parser = bytes)]
    pub(super) memory_limit: Option<usize>,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Colour {
    /// On a terminal, unless the environment says NO_COLOR
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number: f64 = text.trim_end_matches('s').parse().map_err(|_| "a number of seconds is expected".to_string())?;
    Duration::try_from_secs_f64(number).map_err(|_| "a positive number of seconds is expected".to_string())
}

fn bytes(text: &str) -> Result<usize, String> {
    let upper = text.trim_end_matches(['b', 'B']).to_uppercase();
    let (digits, unit) = match upper.char_indices().next_back() {
        Some((at, 'K')) => (&upper[..at], 1 << 10),
        Some((at, 'M')) => (&upper[..at], 1 << 20),
        Some((at, 'G')) => (&upper[..at], 1 << 30),
        _ => (upper.as_str(), 1 << 20),
    };
    let number: usize = digits.trim().parse().map_err(|_| "a whole number of megabytes is expected".to_string())?;
    number.checked_mul(unit).ok_or_else(|| "more than any machine has".to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn limits_have_units() {
        assert_eq!(bytes("64"), Ok(64 << 20));
        assert_eq!(bytes("64M"), Ok(64 << 20));
        assert_eq!(bytes("2gb"), Ok(2 << 30));
        assert_eq!(bytes("512K"), Ok(512 << 10));
        assert!(bytes("much").is_err() && bytes("-1").is_err() && bytes("99999999999999999999G").is_err());
        assert_eq!(seconds("0.5"), Ok(Duration::from_millis(500)));
        assert!(seconds("-1").is_err() && seconds("nan").is_err() && seconds("soon").is_err());
    }

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory;
        Arguments::command().debug_assert();
        let command = Arguments::command();
        let names: Vec<&str> = command.get_subcommands().map(clap::Command::get_name).collect();
        assert_eq!(names, Arguments::COMMANDS);
    }
}
