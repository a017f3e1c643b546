//! The interactive session.

mod command;
mod editor;
#[cfg(unix)]
mod inquiry;
mod paint;
mod picture;
mod symbol;
mod talk;
mod transcript;

use std::cell::RefCell;
use std::io;
use std::path::PathBuf;
use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use rustyline::error::ReadlineError;
use rustyline::history::DefaultHistory;

use crate::session::{Options, Printing, Session};
use editor::Helper;
use paint::{Paint, painted};
pub use picture::Graphics;
use picture::Pictures;
use talk::{Next, Talk, print_now};

/// The prompt.
const PROMPT: &str = "secant: ";

/// How often Ctrl-C must be pressed during one statement to leave without waiting for it.
const PATIENCE: usize = 3;

type Editor = rustyline::Editor<Helper, DefaultHistory>;

/// Talks with a person until they leave; `coloured` tells whether the terminal shows colours, `graphics` how it shows
/// figures. Answers whether all went well, as far as the person said.
///
/// # Errors
/// When the terminal can't be read.
pub fn run(options: Options, coloured: bool, graphics: Graphics) -> io::Result<bool> {
    let pictures = Pictures::new(graphics, coloured);
    let pressed = stop_on_ctrl_c(&options.interrupt);
    let options = Options {
        printing: Printing::To(Box::new(print_now)),
        draw_figures: true,
        write_pages: false,
        keep_scenes: pictures.is_on(),
        ..options
    };
    let session = Rc::new(RefCell::new(Session::new(options)));
    let mut editor = editor::new(Helper::new(Rc::clone(&session), coloured)).map_err(io::Error::other)?;
    let mut talk = Talk::new(session, pressed, coloured, pictures);
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
                let text = transcript::statements(&text);
                remember(&mut editor, history.as_deref(), &text);
                if let Next::Leave(well) = talk.answer(&text) {
                    return Ok(well);
                }
            }
            Err(ReadlineError::Interrupted) => {}
            Err(ReadlineError::Eof) => return Ok(true),
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
