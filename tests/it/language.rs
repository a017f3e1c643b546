//! Programs of the language and what they print: `tests/cases/language/`.
//!
//! A file holds cases: a line `--- name ---`, the program, a line `~~~`, and what it prints, the values of its expression
//! statements echoed. `SECANT_UPDATE=1 cargo test` writes the output anew.

use std::fmt::Write as _;

use secant::diagnostic::Source;
use secant::session::{Options, Session, on_own_thread};

use crate::recorded::{check_folder, trimmed};

#[test]
fn programs_print_as_recorded() {
    check_folder("cases/language", |program| {
        let program = program.to_owned();
        on_own_thread(move || transcript(&program)).expect("the program ran")
    });
}

/// What a person at a prompt would see.
fn transcript(program: &str) -> String {
    let mut session = Session::new(Options { write_pages: false, ..Options::default() });
    let mut out = String::new();
    for outcome in session.run(Source::new("script.calc", program), true) {
        out.push_str(&outcome.stdout);
        for line in outcome.value.iter().cloned().chain(outcome.fault.map(|fault| fault.to_string())) {
            writeln!(out, "{line}").expect("strings take everything");
        }
    }
    trimmed(&out)
}
