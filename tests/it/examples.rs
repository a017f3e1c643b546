//! The library written in the language and the scripts of `examples/` give what is recorded in them. The records of
//! `examples/` are SageMath's answers, written by `examples/refresh`.

use std::path::{Path, PathBuf};

use secant::builtin::LIBRARY;
use secant::check::{Report, check};
use secant::diagnostic::Source;
use secant::session::{Options, Session, on_own_thread};

/// What marks a record, and with it the line of an example.
const MARKS: [&str; 3] = ["# =>", "# prints", "# error:"];

#[test]
fn the_library_is_documented() {
    for file in LIBRARY {
        for name in file.names {
            let text = file.text.text();
            let start = text.find(&format!("def {name}(")).expect("the file defines its names");
            let function = &text[start..];
            let documentation = function.split("\"\"\"").nth(1).unwrap_or_default();
            assert!(MARKS.iter().any(|mark| documentation.contains(mark)), "{name} has no example");
            assert!(documentation.contains("See also: "), "{name} leads nowhere");
        }
    }
}

#[test]
fn examples_of_the_library_hold() {
    for file in LIBRARY.iter().filter(|file| !file.names.is_empty()) {
        let text = file.text.text();
        let examples = text.lines().filter(|line| MARKS.iter().any(|mark| line.contains(mark)));
        let program: Vec<&str> = examples.map(str::trim).collect();
        let report = checked(file.path.to_owned(), program.join("\n") + "\n", PathBuf::from("."));
        assert_eq!(told(&report), "", "in std/{}.calc", file.name);
    }
}

#[test]
fn tutorial_gives_what_sage_gives() {
    check_folder("tutorial");
}

#[test]
fn exercises_give_what_sage_gives() {
    check_folder("exercises");
}

#[test]
fn library_examples_give_what_sage_gives() {
    check_folder("library");
}

#[test]
fn what_sage_has_no_word_for_holds() {
    check_folder("beyond");
}

#[test]
fn the_readme_tells_the_truth() {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("it is there");
    let blocks = text.split("```python\n").skip(1).filter_map(|rest| rest.split("```").next());
    let program: String = blocks.map(|block| format!("forget()\n{block}")).collect();
    assert_eq!(told(&checked("README.md".to_owned(), program, PathBuf::from("."))), "");
}

/// Runs all scripts of a folder of `examples/` and compares.
fn check_folder(folder: &str) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples").join(folder);
    let entries = std::fs::read_dir(&folder).expect("the folder is there");
    let mut scripts: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    scripts.retain(|path| path.extension().is_some_and(|extension| extension == "calc"));
    scripts.sort();
    assert!(!scripts.is_empty());
    for script in scripts {
        let text = std::fs::read_to_string(&script).expect("the script was listed");
        let report = checked(script.display().to_string(), text, folder.clone());
        assert_eq!(told(&report), "", "in {}", script.display());
        assert!(report.compared > 0 || script.ends_with("all.calc"), "{} records nothing", script.display());
    }
}

/// Runs a source in a session of its own.
fn checked(name: String, text: String, script_folder: PathBuf) -> Report {
    let work = move || {
        secant::expr::assume::forget_all();
        let output_folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("examples");
        let mut session = Session::new(Options { script_folder, output_folder, ..Options::default() });
        check(Source::new(name, text), &mut session)
    };
    on_own_thread(work).expect("the session ran")
}

/// The differences as a person reads them.
fn told(report: &Report) -> String {
    let lines = report.differences.iter().map(|difference| {
        let fault = difference.fault.as_deref().unwrap_or_default();
        format!(
            "line {}: {}\n  recorded: {}\n  now:      {}\n{fault}",
            difference.line,
            difference.statement,
            difference.recorded.join("\n            "),
            difference.now.join("\n            ")
        )
    });
    lines.collect::<Vec<_>>().join("\n")
}
