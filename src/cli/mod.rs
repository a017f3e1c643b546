//! The command line: `secant FILE`, `secant run`, `secant -c CODE`.

mod json;
mod run;

use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::budget::MemoryMeter;

/// A Sage-like calculus language in one fast binary.
#[derive(Debug, Parser)]
#[command(name = "secant", version, args_conflicts_with_subcommands = true)]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// Runs this code instead of a file
    #[arg(short = 'c', value_name = "CODE")]
    code: Option<String>,
    /// The scripts to run; `-` is standard input
    files: Vec<PathBuf>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Runs scripts
    Run(RunArguments),
}

/// How scripts are run.
#[derive(Debug, Args)]
struct RunArguments {
    /// Prints one JSON object a statement and goes on after a failed one
    #[arg(long)]
    json: bool,
    /// Stops a statement that takes longer
    #[arg(long, value_name = "SECONDS")]
    time_limit: Option<f64>,
    /// Stops a statement when the process uses more memory
    #[arg(long, value_name = "MEGABYTES")]
    memory_limit: Option<usize>,
    /// Writes figures below this folder
    #[arg(long, value_name = "FOLDER", default_value = ".")]
    out: PathBuf,
    /// The scripts; `-` is standard input
    #[arg(required = true)]
    files: Vec<PathBuf>,
}

/// Does what the arguments say; `meter` tells how much memory the process uses.
pub fn main(arguments: impl IntoIterator<Item = OsString>, meter: MemoryMeter) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come as errors too; clap knows which stream and code belong to each.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(2));
        }
    };
    let settings = match &arguments.command {
        Some(Command::Run(run)) => run::Settings {
            json: run.json,
            time_limit: run.time_limit,
            memory_limit: run.memory_limit.map(|megabytes| (meter, megabytes.saturating_mul(1 << 20))),
            out: run.out.clone(),
        },
        None => run::Settings { json: false, time_limit: None, memory_limit: None, out: PathBuf::from(".") },
    };
    let files = match arguments.command {
        Some(Command::Run(run)) => run.files,
        None => arguments.files,
    };
    match arguments.code {
        Some(code) => run::code(code, settings),
        None if files.is_empty() => run::files(vec![PathBuf::from("-")], settings),
        None => run::files(files, settings),
    }
}
