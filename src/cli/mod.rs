//! The command line: `secant FILE`, `secant run`, `secant -c CODE`, `secant test`, `secant help`, `secant fmt`.

mod arguments;
mod help;
mod json;
mod layout;
mod memory;
mod run;
mod terminal;
mod test;

use std::ffi::OsString;
use std::io::{self, IsTerminal};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

use clap::{CommandFactory, Parser};

use crate::repl::{self, Graphics};
use crate::session::{MemoryMeter, Options, on_own_thread};
use arguments::{Arguments, Colour, Command, Running};

/// The exit status when all went well.
const FINE: u8 = 0;
/// The exit status when a script failed.
const FAILED: u8 = 1;
/// The exit status when secant was called wrongly.
const MISUSED: u8 = 2;

/// Does what the arguments say; `meter` tells how much memory the process uses.
pub fn main(arguments: impl IntoIterator<Item = OsString>, meter: MemoryMeter) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => {
            // Help and version come as errors too; clap knows which stream and status belong to each.
            let _ = error.print();
            return ExitCode::from(u8::try_from(error.exit_code()).unwrap_or(MISUSED));
        }
    };
    if let Some(Command::Completions { shell }) = arguments.command {
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Arguments::command(), "secant", &mut script);
        terminal::print(&String::from_utf8_lossy(&script));
        terminal::flush();
        return ExitCode::from(FINE);
    }
    match on_own_thread(move || dispatch(arguments, meter)) {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("secant: {error}");
            ExitCode::from(FAILED)
        }
    }
}

/// Does what the arguments say, on the interpreter's thread.
fn dispatch(arguments: Arguments, meter: MemoryMeter) -> u8 {
    let Arguments { command, color, graphics, code, running, files } = arguments;
    let settings = |running: Running, echo| {
        let interrupt = Arc::default();
        run::stop_on_ctrl_c(&interrupt);
        run::Settings { running, colour: color, meter, interrupt, echo }
    };
    let status = match command {
        Some(Command::Run { running, files }) => run::files(&files, &settings(running, false)),
        Some(Command::Test { update, limits, paths }) => test::run(&paths, update, limits, color, meter),
        Some(Command::Help { topic }) => help::show(topic.as_deref()),
        Some(Command::Fmt { check, files }) => layout::run(&files, check, color),
        // Answered before the interpreter's thread was made.
        Some(Command::Completions { .. }) => FINE,
        None => match code {
            Some(code) => run::code(code, &settings(running, true)),
            None if !files.is_empty() => run::files(&files, &settings(running, false)),
            None if io::stdin().is_terminal() && !running.json => talk(&running, color, graphics, meter),
            None => run::files(&[PathBuf::from("-")], &settings(running, false)),
        },
    };
    terminal::flush();
    status
}

/// The interactive session.
fn talk(running: &Running, colour: Colour, graphics: Option<Graphics>, meter: MemoryMeter) -> u8 {
    let options =
        Options { output_folder: running.out.clone(), ..run::options(running.limits, meter, &Arc::default()) };
    let graphics = graphics.unwrap_or_else(Graphics::from_environment);
    match repl::run(options, terminal::output_coloured(colour), graphics) {
        Ok(true) => FINE,
        Ok(false) => FAILED,
        Err(error) => {
            terminal::warn(&format!("secant: {error}\n"));
            FAILED
        }
    }
}
