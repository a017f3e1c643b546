//! Running scripts.

use std::io::{self, IsTerminal, Read, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use crate::budget::MemoryMeter;
use crate::diagnostic::Source;
use crate::session::{Options, Outcome, Printing, Session, explain, on_own_thread};

/// How scripts are run.
#[derive(Clone, Debug)]
pub(super) struct Settings {
    pub(super) json: bool,
    pub(super) time_limit: Option<f64>,
    pub(super) memory_limit: Option<(MemoryMeter, usize)>,
    pub(super) out: PathBuf,
}

/// Runs code given on the command line; the value of each expression statement is echoed.
pub(super) fn code(code: String, settings: Settings) -> ExitCode {
    let source = Source::new("<command>", code);
    finish(on_own_thread(move || run_source(source, PathBuf::from("."), &settings, true)))
}

/// Runs files one after another, up to the first that fails.
pub(super) fn files(files: Vec<PathBuf>, settings: Settings) -> ExitCode {
    finish(on_own_thread(move || {
        for file in files {
            let text = match read(&file) {
                Ok(text) => text,
                Err(error) => {
                    eprintln!("secant: cannot read {}: {error}", file.display());
                    return 2;
                }
            };
            let folder = file.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
            let name = if file == Path::new("-") { "<stdin>".to_string() } else { file.display().to_string() };
            let status = run_source(Source::new(name, text), folder.to_path_buf(), &settings, false);
            if status != 0 {
                return status;
            }
        }
        0
    }))
}

fn finish(status: io::Result<u8>) -> ExitCode {
    match status {
        Ok(status) => ExitCode::from(status),
        Err(error) => {
            eprintln!("secant: {error}");
            ExitCode::from(1)
        }
    }
}

fn read(file: &Path) -> io::Result<String> {
    if file == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text)?;
        return Ok(text);
    }
    std::fs::read_to_string(file)
}

/// Runs one source and answers the exit status.
fn run_source(source: Source, folder: PathBuf, settings: &Settings, echo: bool) -> u8 {
    let printing = if settings.json { Printing::Captured } else { Printing::To(Box::new(print_now)) };
    let limit = settings.time_limit.filter(|limit| limit.is_finite() && *limit >= 0.0);
    let mut session = Session::new(Options {
        printing,
        time_limit: limit.map(Duration::from_secs_f64),
        memory_limit: settings.memory_limit,
        output_folder: settings.out.clone(),
        script_folder: folder,
        ..Options::default()
    });
    let interrupt = session.machine().budget().interrupt_flag();
    // Without a handler Ctrl-C ends the process, which is right too.
    let _ = ctrlc::set_handler(move || interrupt.store(true, std::sync::atomic::Ordering::Relaxed));
    let program = session.parse(source);
    let mut failed = false;
    for index in 0..program.len() {
        let outcome = session.run_statement(&program, index);
        failed |= outcome.is_failure();
        if settings.json {
            write_line(&super::json::line(&outcome, program.source()));
        } else {
            show(&outcome, program.source(), echo);
            if outcome.is_failure() {
                break;
            }
        }
    }
    u8::from(failed)
}

fn print_now(text: &str) {
    // Nobody is left to tell when standard output is gone.
    let _ = io::stdout().lock().write_all(text.as_bytes());
}

fn write_line(line: &str) {
    print_now(&format!("{line}\n"));
}

fn show(outcome: &Outcome, source: &Source, echo: bool) {
    if let Some(value) = outcome.value.as_ref().filter(|_| echo) {
        write_line(value);
    }
    let coloured = io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    for note in &outcome.notes {
        eprintln!("note: {}", note.text);
    }
    if let Some(fault) = &outcome.fault {
        let _ = io::stdout().flush();
        eprint!("{}", explain(fault, source, coloured));
    }
}
