//! The interactive session.

mod editor;
mod paint;
mod symbol;

use std::cell::RefCell;
use std::io::{self, Write};
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Instant;

use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;

use crate::session::{Options, Outcome, Printing, Session, SessionForm, Source, explain, session_form};
use editor::Helper;
use paint::{Paint, painted};

/// The prompt.
const PROMPT: &str = "secant: ";

/// How often Ctrl-C must be pressed during one statement to leave without waiting for it.
const PATIENCE: usize = 3;

type Editor = rustyline::Editor<Helper, DefaultHistory>;

/// Talks with a person until they leave; `coloured` tells whether the terminal shows colours.
///
/// # Errors
/// When the terminal can't be read.
pub fn run(options: Options, coloured: bool) -> io::Result<()> {
    let pressed = stop_on_ctrl_c(&options.interrupt);
    let options = Options { printing: Printing::To(Box::new(print_now)), ..options };
    let session = Rc::new(RefCell::new(Session::new(options)));
    let mut editor = editor::new(Helper::new(Rc::clone(&session), coloured)).map_err(io::Error::other)?;
    let mut talk = Talk { session, pressed, coloured, inputs: 0 };
    let history = history_file();
    if let Some(history) = &history {
        // There is none in the first session.
        let _ = editor.load_history(history);
    }
    println!("secant {}: `help()` lists the topics, Ctrl-D leaves", env!("CARGO_PKG_VERSION"));
    loop {
        match read(&mut editor, coloured) {
            Ok(text) if text.trim().is_empty() => {}
            Ok(text) => {
                remember(&mut editor, history.as_deref(), &text);
                talk.answer(&text);
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(()),
            Err(error) => return Err(io::Error::other(error)),
        }
    }
}

fn read(editor: &mut Editor, coloured: bool) -> rustyline::Result<String> {
    let shown = painted(PROMPT, Paint::Prompt, coloured);
    editor.readline(&(PROMPT, shown.as_str()))
}

/// Keeps an input for this session and later ones.
fn remember(editor: &mut Editor, history: Option<&std::path::Path>, text: &str) {
    // A history that can't be written is no reason to disturb anybody.
    let _ = editor.add_history_entry(text.trim_end());
    if let Some(history) = history {
        let _ = editor.append_history(history);
    }
}

/// Where inputs are kept over sessions, by the conventions of the system.
fn history_file() -> Option<PathBuf> {
    let folder = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let state = folder("XDG_STATE_HOME")
        .or_else(|| folder("LOCALAPPDATA"))
        .or_else(|| Some(folder("HOME")?.join(".local").join("state")))?
        .join("secant");
    std::fs::create_dir_all(&state).ok()?;
    Some(state.join("history"))
}

/// Lets Ctrl-C stop the statement that runs; who presses it again and again leaves at once.
fn stop_on_ctrl_c(interrupt: &Arc<AtomicBool>) -> Arc<AtomicUsize> {
    let pressed = Arc::new(AtomicUsize::new(0));
    let (count, interrupt) = (Arc::clone(&pressed), Arc::clone(interrupt));
    // Without a handler Ctrl-C ends the session, which is better than a session that can't be ended.
    let _ = ctrlc::set_handler(move || {
        interrupt.store(true, Ordering::Relaxed);
        if count.fetch_add(1, Ordering::Relaxed) + 1 >= PATIENCE {
            std::process::exit(1);
        }
    });
    pressed
}

fn print_now(text: &str) {
    let mut out = io::stdout().lock();
    // A terminal that is gone is noticed at the next prompt.
    let _ = out.write_all(text.as_bytes()).and_then(|()| out.flush());
}

/// One session with a person.
struct Talk {
    session: Rc<RefCell<Session>>,
    pressed: Arc<AtomicUsize>,
    coloured: bool,
    inputs: usize,
}

impl Talk {
    /// Answers one input.
    fn answer(&mut self, text: &str) {
        self.inputs += 1;
        match session_form(text) {
            Some(SessionForm::Help { topic }) => self.help(topic),
            Some(SessionForm::Time { statement, .. }) => {
                let began = Instant::now();
                self.run(statement);
                self.aside(&format!("time: {}", duration(began.elapsed().as_secs_f64())));
            }
            Some(SessionForm::Magic { name, .. }) => {
                self.aside(&format!("`%{name}` means nothing here; there is `%time STATEMENT`"));
            }
            None => self.run(text),
        }
    }

    fn help(&self, topic: &str) {
        match self.session.borrow_mut().help((!topic.is_empty()).then_some(topic)) {
            Ok(page) => print_now(&page),
            Err(unknown) => self.aside(&unknown.to_string()),
        }
    }

    /// Runs the statements of an input up to the first that fails.
    fn run(&self, text: &str) {
        let mut session = self.session.borrow_mut();
        let program = session.parse(Source::new(format!("<input {}>", self.inputs), text));
        for fault in program.faults() {
            eprint!("{}", explain(fault, program.source(), self.coloured));
        }
        if !program.faults().is_empty() {
            return;
        }
        for index in 0..program.len() {
            self.pressed.store(0, Ordering::Relaxed);
            let outcome = session.run_statement(&program, index);
            self.show(&outcome, program.source());
            if outcome.is_failure() {
                break;
            }
        }
    }

    fn show(&self, outcome: &Outcome, source: &Source) {
        if let Some(value) = &outcome.value {
            print_now(&format!("{value}\n"));
        }
        for figure in &outcome.figures {
            self.aside(&format!("figure: {}", figure.display()));
        }
        for note in &outcome.notes {
            self.aside(&format!("note: {}", note.text));
        }
        if let Some(fault) = &outcome.fault {
            if fault.code() == "interrupted" {
                self.aside("interrupted");
            } else {
                eprint!("{}", explain(fault, source, self.coloured));
            }
        }
    }

    /// Says something that is no answer.
    fn aside(&self, text: &str) {
        print_now(&format!("{}\n", painted(text, Paint::Aside, self.coloured)));
    }
}

/// A time as a person reads it.
fn duration(seconds: f64) -> String {
    match seconds {
        s if s < 1e-3 => format!("{:.0} µs", s * 1e6),
        s if s < 1.0 => format!("{:.1} ms", s * 1e3),
        s => format!("{s:.2} s"),
    }
}
