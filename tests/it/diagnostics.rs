//! What a person reads when a program is faulty: whole renderings, recorded in `tests/diagnostics/`.
//!
//! `SECANT_UPDATE=1 cargo test` writes the renderings anew.

use secant::diagnostic::{Source, Style, render};
use secant::session::{Options, Session, on_own_thread};
use secant::syntax::parse;

use crate::recorded::check_folder;

#[test]
fn syntax_faults_read_as_recorded() {
    check_folder("diagnostics/syntax", |program| {
        let source = Source::new("script.calc", program);
        let (_, faults) = parse(source.text());
        faults.iter().map(|fault| render(fault, &source, Style::Plain)).collect()
    });
}

#[test]
fn runtime_faults_read_as_recorded() {
    check_folder("diagnostics/runtime", |program| {
        let program = program.to_owned();
        on_own_thread(move || renderings(&program)).expect("the program ran")
    });
}

/// The faults of all statements, drawn into the program.
fn renderings(program: &str) -> String {
    let source = Source::new("script.calc", program);
    let outcomes = Session::new(Options::default()).run(source.clone(), true);
    let faults = outcomes.iter().filter_map(|outcome| outcome.fault.as_ref());
    faults.map(|fault| render(fault, &source, Style::Plain)).collect()
}
