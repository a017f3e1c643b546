//! Every package of `Cargo.lock` has a licence that lets anybody use secant freely.
//!
//! `tests/licences.txt` records the licence of each package, for all platforms, so that the test needs no network; the
//! packages that this machine has are compared with their own manifests. `SECANT_UPDATE=1 cargo test licences` writes
//! the record anew, after a dependency was added.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::process::Command;

use serde_json::Value;

/// The licences that ask for no more than a notice.
const PERMISSIVE: &[&str] = &[
    "MIT",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "0BSD",
    "BSL-1.0",
    "ISC",
    "Zlib",
    "Unlicense",
    "Unicode-3.0",
];

/// Licences by package, named as `name version`.
type Record = BTreeMap<String, String>;

#[test]
fn all_licences_are_permissive() {
    let update = std::env::var_os("SECANT_UPDATE").is_some();
    let here = licences_here(update);
    if update {
        let lines: Vec<String> = here.iter().map(|(package, licence)| format!("{package}: {licence}\n")).collect();
        std::fs::write(file("tests/licences.txt"), lines.concat()).expect("the record can be written");
    }
    let recorded = recorded();
    for package in locked() {
        let licence = recorded.get(&package).unwrap_or_else(|| {
            panic!("no licence is recorded for {package}: run `SECANT_UPDATE=1 cargo test licences` and look at it")
        });
        assert!(is_permissive(licence), "{package} is under {licence}");
    }
    for (package, licence) in here {
        assert_eq!(recorded.get(&package), Some(&licence), "the recorded licence of {package} is not its own");
    }
}

#[test]
fn expressions_of_licences_are_understood() {
    assert!(is_permissive("MIT/Apache-2.0") && is_permissive("LGPL-3.0-only OR MIT"));
    assert!(is_permissive("(MIT OR Apache-2.0) AND Unicode-3.0"));
    assert!(!is_permissive("(MIT OR Apache-2.0) AND LGPL-3.0-only") && !is_permissive("GPL-3.0-or-later"));
}

/// Whether a choice that the expression offers holds permissive licences alone.
fn is_permissive(expression: &str) -> bool {
    let expression = expression.trim();
    if let Some(parts) = split(expression, " AND ") {
        return parts.into_iter().all(is_permissive);
    }
    if let Some(parts) = split(expression, " OR ").or_else(|| split(expression, "/")) {
        return parts.into_iter().any(is_permissive);
    }
    match expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => is_permissive(inner),
        None => PERMISSIVE.contains(&expression),
    }
}

/// The parts between separators that stand outside brackets, if there are any.
fn split<'a>(expression: &'a str, separator: &str) -> Option<Vec<&'a str>> {
    let outside = |&(place, _): &(usize, &str)| {
        let before = &expression[..place];
        before.matches('(').count() == before.matches(')').count()
    };
    let mut parts = Vec::new();
    let mut from = 0;
    for (place, _) in expression.match_indices(separator).filter(outside) {
        parts.push(&expression[from..place]);
        from = place + separator.len();
    }
    parts.push(&expression[from..]);
    (parts.len() > 1).then_some(parts)
}

/// What the packages on this machine say of themselves: those of this platform, or of all when the record is written.
fn licences_here(all: bool) -> Record {
    let mut command = Command::new(env!("CARGO"));
    command.args(["metadata", "--format-version", "1", "--locked"]).current_dir(env!("CARGO_MANIFEST_DIR"));
    if !all {
        command.args(["--offline", "--filter-platform", &platform()]);
    }
    let output = command.output().expect("cargo runs, for it runs this test");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let metadata: Value = serde_json::from_slice(&output.stdout).expect("cargo writes JSON");
    let packages = metadata["packages"].as_array().expect("there are packages");
    packages.iter().map(|package| (named(package), text(&package["license"]))).collect()
}

/// This machine's target triple.
fn platform() -> String {
    let output = Command::new("rustc").arg("-vV").output().expect("rustc runs beside cargo");
    let told = String::from_utf8(output.stdout).expect("rustc writes text");
    told.lines().find_map(|line| line.strip_prefix("host: ")).expect("rustc names its host").to_owned()
}

/// The packages of `Cargo.lock`.
fn locked() -> Vec<String> {
    let lock = std::fs::read_to_string(file("Cargo.lock")).expect("the lock file is there");
    let value = |line: &str, key: &str| Some(line.strip_prefix(key)?.trim_matches(['"', ' ', '=']).to_owned());
    let entries = lock.split("[[package]]").skip(1);
    entries
        .map(|entry| {
            let name = entry.lines().find_map(|line| value(line, "name")).expect("a package has a name");
            let version = entry.lines().find_map(|line| value(line, "version")).expect("a package has a version");
            format!("{name} {version}")
        })
        .collect()
}

fn recorded() -> Record {
    let text = std::fs::read_to_string(file("tests/licences.txt")).expect("the record is there");
    text.lines().filter_map(|line| line.split_once(": ")).map(|(p, l)| (p.to_owned(), l.to_owned())).collect()
}

fn named(package: &Value) -> String {
    format!("{} {}", text(&package["name"]), text(&package["version"]))
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or("none").to_owned()
}

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join(name)
}
