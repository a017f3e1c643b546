//! Standard output and standard error: buffering, colours, and what happens when nobody reads any more.

use std::cell::RefCell;
use std::io::{self, BufWriter, IsTerminal, Write};

use super::arguments::Colour;
use crate::session::Reporter;

thread_local! {
    /// What goes to standard output; collected where no person watches it appear.
    static OUT: RefCell<BufWriter<io::Stdout>> = RefCell::new(BufWriter::with_capacity(1 << 16, io::stdout()));
}

/// Prints on standard output.
pub(super) fn print(text: &str) {
    let written = OUT.with_borrow_mut(|out| out.write_all(text.as_bytes()));
    ended_unless(written);
    if text.ends_with('\n') && io::stdout().is_terminal() {
        flush();
    }
}

/// Brings out what was printed.
pub(super) fn flush() {
    ended_unless(OUT.with_borrow_mut(BufWriter::flush));
}

/// Prints on standard error, behind all that was printed before.
pub(super) fn warn(text: &str) {
    flush();
    // Nobody is left to tell when standard error is gone.
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

/// Ends the program when nobody reads what it prints, as in `secant run FILE | head`.
fn ended_unless(written: io::Result<()>) {
    if written.is_err() {
        std::process::exit(1);
    }
}

/// Whether a person watches what is said on standard error.
pub(super) fn is_watched() -> bool {
    io::stderr().is_terminal()
}

/// Who shows a person how far long work is: a line of standard error that is written again and again.
pub(super) fn reporter() -> Option<Reporter> {
    fn report(text: Option<&str>) {
        flush();
        // Nobody is left to tell when standard error is gone.
        let _ = write!(io::stderr().lock(), "\r\x1b[K{}", text.unwrap_or_default());
    }
    let plain = std::env::var_os("TERM").is_none_or(|term| term == "dumb");
    (is_watched() && !plain).then_some(report)
}

/// Whether standard error shows colours.
pub(super) fn coloured(choice: Colour) -> bool {
    coloured_on(choice, io::stderr().is_terminal())
}

/// Whether standard output shows colours.
pub(super) fn output_coloured(choice: Colour) -> bool {
    coloured_on(choice, io::stdout().is_terminal())
}

fn coloured_on(choice: Colour, terminal: bool) -> bool {
    let plain = || {
        let no_colour = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
        no_colour || std::env::var_os("TERM").is_some_and(|term| term == "dumb")
    };
    match choice {
        Colour::Always => true,
        Colour::Never => false,
        Colour::Auto => terminal && !plain(),
    }
}
