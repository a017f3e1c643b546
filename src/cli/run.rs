//! Running scripts.

use std::io::{self, Read};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::arguments::{Arguments, Colour, Limits, Running};
use super::terminal;
use super::{FAILED, FINE, MISUSED};
use crate::session::{Ending, MemoryMeter, Options, Outcome, Printing, Program, Session, Source, explain, nearest};

/// How scripts are run.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) running: Running,
    pub(super) colour: Colour,
    pub(super) meter: MemoryMeter,
    pub(super) interrupt: Arc<AtomicBool>,
    /// Whether the values of expressions are shown.
    pub(super) echo: bool,
}

/// What a session with these limits starts with.
pub(super) fn options(limits: Limits, meter: MemoryMeter, interrupt: &Arc<AtomicBool>) -> Options {
    Options {
        time_limit: limits.time_limit,
        memory_limit: limits.memory_limit.or_else(super::memory::sensible_limit).map(|limit| (meter, limit)),
        interrupt: Arc::clone(interrupt),
        reporter: terminal::reporter(),
        ..Options::default()
    }
}

/// Runs code given on the command line.
pub(super) fn code(code: String, settings: &Settings) -> u8 {
    run(Source::new("<command>", code), PathBuf::from("."), settings, true).0
}

/// Runs files one after another, each in a session of its own.
pub(super) fn files(files: &[PathBuf], settings: &Settings) -> u8 {
    let mut status = FINE;
    for (index, file) in files.iter().enumerate() {
        let (own, interrupted) = match read(file) {
            Ok(source) => run(source, folder_of(file), settings, index + 1 == files.len()),
            Err(error) => {
                terminal::warn(&format!("secant: cannot read {}: {error}{}\n", file.display(), meant(file)));
                (MISUSED, false)
            }
        };
        status = status.max(own);
        if interrupted {
            break;
        }
    }
    status
}

/// Whether the path stands for standard input.
pub(super) fn is_standard_input(file: &Path) -> bool {
    file == Path::new("-")
}

/// What to say of a file that is not there and whose name is nearly that of a command.
fn meant(file: &Path) -> String {
    let near = file.to_str().and_then(|name| nearest(name, Arguments::COMMANDS.iter().copied()));
    near.filter(|_| !file.exists()).map_or_else(String::new, |near| format!("; did you mean the command `{near}`?"))
}

/// The text of a file, or of standard input.
pub(super) fn read(file: &Path) -> io::Result<Source> {
    if is_standard_input(file) {
        let mut bytes = Vec::new();
        READING.store(true, Ordering::Relaxed);
        let read = io::stdin().read_to_end(&mut bytes);
        READING.store(false, Ordering::Relaxed);
        read?;
        return Ok(Source::new("<stdin>", text(bytes)?));
    }
    Ok(Source::new(file.display().to_string(), text(std::fs::read(file)?)?))
}

/// Bytes as text.
fn text(bytes: Vec<u8>) -> io::Result<String> {
    String::from_utf8(bytes).map_err(|error| {
        let good = error.utf8_error().valid_up_to();
        let line = error.as_bytes()[..good].iter().filter(|byte| **byte == b'\n').count() + 1;
        io::Error::new(io::ErrorKind::InvalidData, format!("line {line} is no UTF-8 text"))
    })
}

/// The folder in which a file lies.
pub(super) fn folder_of(file: &Path) -> PathBuf {
    file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new(".")).to_path_buf()
}

/// Runs one source, perhaps the last; answers the exit status and whether a person interrupted it.
fn run(source: Source, folder: PathBuf, settings: &Settings, last: bool) -> (u8, bool) {
    let Running { json, out, limits } = &settings.running;
    let mut session = Session::new(Options {
        printing: if *json { Printing::Captured } else { Printing::To(Box::new(terminal::print)) },
        output_folder: out.clone(),
        script_folder: folder,
        ..options(*limits, settings.meter, &settings.interrupt)
    });
    let program = session.parse(source);
    let result = if *json { run_all(&mut session, &program) } else { run_to_fault(&mut session, &program, settings) };
    terminal::flush();
    if last {
        // The end of the process gives back all memory at once; taking large values apart would take its time.
        std::mem::forget(session);
    }
    result
}

/// Runs every statement and prints an object for each.
fn run_all(session: &mut Session, program: &Program) -> (u8, bool) {
    let mut status = if program.faults().is_empty() { FINE } else { FAILED };
    for index in 0..program.len() {
        let outcome = session.run_statement(program, index);
        terminal::print(&(super::json::line(&outcome, program.source()) + "\n"));
        terminal::flush();
        if outcome.is_failure() {
            status = FAILED;
        }
        if is_interrupted(&outcome) || outcome.ending().is_some() {
            return (status, is_interrupted(&outcome));
        }
    }
    (status, false)
}

/// Runs statements up to the first that fails; a source that can't be parsed is not begun.
fn run_to_fault(session: &mut Session, program: &Program, settings: &Settings) -> (u8, bool) {
    let coloured = terminal::coloured(settings.colour);
    for fault in program.faults() {
        terminal::warn(&explain(fault, program.source(), coloured));
    }
    if !program.faults().is_empty() {
        return (FAILED, false);
    }
    for index in 0..program.len() {
        let outcome = session.run_statement(program, index);
        if let Some(value) = outcome.value.as_ref().filter(|_| settings.echo) {
            terminal::print(&format!("{value}\n"));
        }
        tell_besides(&outcome);
        if let Some(ending) = outcome.ending() {
            outcome.last_words().iter().for_each(|words| terminal::warn(&format!("{words}\n")));
            return (if ending == Ending::Well { FINE } else { FAILED }, false);
        }
        if let Some(fault) = &outcome.fault {
            terminal::warn(&explain(fault, program.source(), coloured));
            return (FAILED, is_interrupted(&outcome));
        }
    }
    (FINE, false)
}

/// Tells what is known of an answer besides, and to a person where the figures are.
fn tell_besides(outcome: &Outcome) {
    if terminal::is_watched() {
        outcome.figures.iter().for_each(|path| terminal::warn(&format!("figure: {}\n", path.display())));
    }
    outcome.notes.iter().for_each(|note| terminal::warn(&format!("note: {}\n", note.text)));
}

fn is_interrupted(outcome: &Outcome) -> bool {
    outcome.fault.as_ref().is_some_and(|fault| fault.code() == "interrupted")
}

/// Whether standard input is being read, when there is no statement yet that could be stopped.
static READING: AtomicBool = AtomicBool::new(false);

/// Lets Ctrl-C stop the statement that runs; once more, and the program ends.
pub(super) fn stop_on_ctrl_c(interrupt: &Arc<AtomicBool>) {
    let interrupt = Arc::clone(interrupt);
    // Without a handler Ctrl-C ends the process, which is right too.
    let _ = ctrlc::set_handler(move || {
        if interrupt.swap(true, Ordering::Relaxed) || READING.load(Ordering::Relaxed) {
            std::process::exit(i32::from(FAILED));
        }
    });
}
