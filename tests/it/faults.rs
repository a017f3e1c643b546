//! Every kind of fault explains itself, and its two programs do what they say.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use secant::builtin::all_faults;
use secant::session::{Options, Session, Source, on_own_thread};

/// Faults whose programs only sketch the mistake, or that come from outside of the program.
const SKETCHED: [&str; 5] = ["nested-too-deeply", "too-many-levels", "interrupted", "out-of-memory", "out-of-time"];

/// The codes of the faults that a program meets; it may read a file `present.calc`.
fn codes(program: &'static str) -> Vec<String> {
    let run = move || {
        let folder = std::env::temp_dir().join(format!("secant-faults-{}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("the temporary folder can be written");
        std::fs::write(folder.join("present.calc"), "a = 1\n").expect("the temporary folder can be written");
        let mut session = Session::new(Options {
            time_limit: Some(Duration::from_secs(20)),
            interrupt: Arc::default(),
            output_folder: folder.clone(),
            script_folder: folder,
            ..Options::default()
        });
        let outcomes = session.run(Source::new("script.calc", program), true);
        outcomes.iter().filter_map(|outcome| Some(outcome.fault.as_ref()?.code().to_string())).collect()
    };
    on_own_thread(run).unwrap_or_else(|_| vec!["panic".to_string()])
}

#[test]
fn wrong_and_right_programs_do_what_they_say() {
    let mut untrue = Vec::new();
    for kind in all_faults().filter(|kind| !SKETCHED.contains(&kind.code)) {
        let (wrong, right) = (codes(kind.wrong), codes(kind.right));
        if !wrong.iter().any(|code| code == kind.code) {
            untrue.push(format!("{}: the wrong program gives {wrong:?}\n{}", kind.code, kind.wrong));
        }
        if !right.is_empty() {
            untrue.push(format!("{}: the right program gives {right:?}\n{}", kind.code, kind.right));
        }
    }
    assert!(untrue.is_empty(), "{} are untrue\n{}", untrue.len(), untrue.join("\n"));
}

#[test]
fn every_fault_has_a_code_of_its_own_and_says_enough() {
    let mut seen = HashSet::new();
    for kind in all_faults() {
        assert!(seen.insert(kind.code), "the code {} is declared twice", kind.code);
        let plain = kind.code.chars().all(|c| c.is_ascii_lowercase() || c == '-');
        assert!(plain, "{}: codes are words in lower case with hyphens", kind.code);
        let parts = [kind.class, kind.title, kind.explanation, kind.wrong, kind.right];
        assert!(
            parts.iter().all(|part| !part.trim().is_empty()),
            "{}: a part of the explanation is missing",
            kind.code
        );
    }
}
