//! Built-ins are documented, and what their documentation says is true.

use std::collections::HashMap;

use secant::builtin::{all_faults, registry};
use secant::check::check;
use secant::runtime::builtin::{Builtin, Role};
use secant::session::{Options, Session, Source, on_own_thread};

/// The differences that a program's recorded answers show in a fresh session, as a person reads them.
fn differences(name: &'static str, program: String) -> Vec<String> {
    let folder = std::env::temp_dir().join(format!("secant-examples-{}", std::process::id()));
    let options = move || Options { output_folder: folder, ..Options::default() };
    let report = on_own_thread(move || check(Source::new(name, program), &mut Session::new(options())));
    let Ok(report) = report else { return vec![format!("{name}: the examples panic")] };
    let shown = |d: &secant::check::Difference| {
        let fault = d.fault.as_deref().unwrap_or("").trim_end();
        format!("{name}: {}\n  - {}\n  + {}\n{fault}", d.statement, d.recorded.join(" | "), d.now.join(" | "))
    };
    report.differences.iter().map(shown).collect()
}

#[test]
fn recorded_examples_are_true() {
    let wrong: Vec<String> =
        registry().all().iter().flat_map(|builtin| differences(builtin.name, builtin.examples())).collect();
    assert!(wrong.is_empty(), "{} examples differ\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn every_builtin_is_documented_with_an_example() {
    let lacks = |builtin: &&&Builtin| {
        let examples = builtin.examples();
        let recorded = ["# =>", "# prints", "# error:"].iter().any(|mark| examples.contains(mark));
        builtin.summary().is_empty() || !recorded
    };
    let registry = registry();
    let lacking: Vec<&str> = registry.all().iter().filter(lacks).map(|builtin| builtin.name).collect();
    assert!(lacking.is_empty(), "without summary or recorded example: {}", lacking.join(", "));
}

#[test]
fn no_function_is_declared_twice() {
    let mut seen: HashMap<&str, &str> = HashMap::new();
    let mut twice = Vec::new();
    for builtin in registry().all().iter().filter(|builtin| builtin.role != Role::Method) {
        for name in builtin.names() {
            if let Some(other) = seen.insert(name, builtin.declared_in) {
                twice.push(format!("{name} by {other} and {}", builtin.declared_in));
            }
        }
    }
    assert!(twice.is_empty(), "{}", twice.join("\n"));
}

#[test]
fn declared_faults_exist_and_have_an_example() {
    let codes: Vec<&str> = all_faults().map(|kind| kind.code).collect();
    let mut wrong = Vec::new();
    for builtin in registry().all() {
        for code in builtin.faults {
            if !codes.contains(code) {
                wrong.push(format!("{}: no fault has the code {code}", builtin.name));
            }
            if !builtin.examples().contains(&format!("# error: {code}")) {
                wrong.push(format!("{}: no example raises {code}", builtin.name));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
