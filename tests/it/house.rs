//! What the house rules ask of every file: arrows between rooms, lengths, a first line that says what a file is for.

use std::path::{Path, PathBuf};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// What the engine's upper rooms may use.
const ENGINE: &[&str] = &["solve", "calculus", "algebra", "tape", "poly", "expr", "number", "budget", "trace"];

/// What each room may use besides itself: a list, not an order.
fn allowed(room: &str) -> Option<Vec<&'static str>> {
    let with = |base: &[&'static str], more: &[&'static str]| [base, more].concat();
    Some(match room {
        "budget" | "sorting" | "packed" | "trace" | "diagnostic" => vec![],
        "number" => vec!["budget"],
        "poly" => vec!["number", "budget"],
        "expr" => vec!["number", "budget", "trace"],
        "print" => vec!["expr", "number"],
        // Products and inverses of long power series over Q are those of `poly/`.
        "tape" => vec!["expr", "poly", "number", "budget"],
        "algebra" => ENGINE[3..].to_vec(),
        "calculus" => ENGINE[2..].to_vec(),
        "solve" => ENGINE[1..].to_vec(),
        "steps" => with(ENGINE, &["print"]),
        "figure" => with(&ENGINE[1..], &["print"]),
        "syntax" => vec!["diagnostic"],
        "runtime" => with(&ENGINE[2..], &["syntax", "diagnostic", "figure", "print"]),
        "builtin" => with(ENGINE, &["runtime", "diagnostic", "steps", "figure", "print", "syntax", "builtin"]),
        "session" => with(ENGINE, &["builtin", "runtime", "syntax", "diagnostic", "figure", "print", "steps"]),
        "repl" | "report" | "check" => vec!["session"],
        // The command line is the door to the other faces.
        "cli" => vec!["session", "repl", "report", "check"],
        "main" | "lib" => return None,
        _ => panic!("the room `{room}` has no place in the house"),
    })
}

/// Arrows that are there and ought not to be, each with what would mend it.
const FIXME: &[(&str, &str)] = &[
    // Of several forms of a limit the shortest as written is kept: a measure of its own in `expr/` would do.
    ("src/calculus/limit/leading.rs", "print"),
];

/// A source file: its room and its text.
struct File {
    path: PathBuf,
    room: String,
    text: String,
}

/// All files below `src/`.
fn files() -> Vec<File> {
    let mut files = Vec::new();
    collect(&Path::new(ROOT).join("src"), &mut files);
    files.sort_by(|a, b| a.path.cmp(&b.path));
    assert!(files.len() > 100);
    files
}

fn collect(folder: &Path, files: &mut Vec<File>) {
    for entry in std::fs::read_dir(folder).expect("the folder is there") {
        let path = entry.expect("the folder can be read").path();
        if path.is_dir() {
            collect(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            let text = std::fs::read_to_string(&path).expect("the file is there");
            let path = path.strip_prefix(ROOT).expect("it lies below").to_path_buf();
            let first = path.components().nth(1).expect("src/ and more").as_os_str().to_string_lossy().into_owned();
            files.push(File { room: first.trim_end_matches(".rs").to_string(), path, text });
        }
    }
}

impl File {
    fn is_test(&self) -> bool {
        let name = self.path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        // Tables of recorded values and drawings that only tests look at.
        matches!(name.as_str(), "tests" | "testing" | "recorded" | "fixture" | "gallery")
            || self.path.parent().is_some_and(|folder| folder.ends_with("tests"))
    }

    fn is_included(&self) -> bool {
        self.path.file_name().is_some_and(|name| name == "recorded.rs")
    }

    /// The lines without the tests at the end.
    fn lines(&self) -> Vec<&str> {
        let lines: Vec<&str> = self.text.lines().collect();
        let tests = |at: &usize| {
            lines[*at] == "#[cfg(test)]" && lines.get(at + 1).is_some_and(|l| l.contains("mod ") && l.ends_with('{'))
        };
        let end = (0..lines.len()).find(tests).unwrap_or(lines.len());
        lines[..end].to_vec()
    }
}

/// The rooms that a line names behind `crate::`.
fn rooms_named(line: &str) -> Vec<String> {
    let code = line.split("//").next().unwrap_or("");
    let mut rooms = Vec::new();
    for (at, _) in code.match_indices("crate::") {
        let bounded = !code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        let rest = &code[at + "crate::".len()..];
        let word: String = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        // `crate::fault!` and `crate::builtin!` are macros; `$crate` in a macro's body counts where it is used.
        let is_macro = rest[word.len()..].starts_with('!') || code[..at].ends_with('$');
        let is_macro_import =
            ["use crate::builtin;", "use crate::fault;"].iter().any(|import| code.trim_end().ends_with(import));
        if bounded && !word.is_empty() && !is_macro && !is_macro_import {
            rooms.push(word);
        }
    }
    rooms
}

#[test]
fn rooms_use_only_what_they_may() {
    let mut broken = Vec::new();
    for file in files().into_iter().filter(|file| !file.is_test()) {
        let Some(allowed) = allowed(&file.room) else { continue };
        for (number, line) in file.lines().iter().enumerate() {
            for named in rooms_named(line) {
                let known = FIXME.contains(&(&*file.path.to_string_lossy(), named.as_str()));
                // These are for all, as the standard library is.
                let free = named == file.room || ["sorting", "packed"].contains(&named.as_str());
                if !free && !allowed.contains(&named.as_str()) && !known {
                    broken.push(format!("{}:{}: {} may not use {named}", file.path.display(), number + 1, file.room));
                }
            }
        }
    }
    assert!(broken.is_empty(), "{} arrows are broken\n{}", broken.len(), broken.join("\n"));
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = files()
        .iter()
        // A file that is included in another one can't begin so.
        .filter(|file| !file.text.starts_with("//! ") && !file.is_included())
        .map(|file| file.path.display().to_string())
        .collect();
    assert!(silent.is_empty(), "without a first line `//!`: {}", silent.join(", "));
}

#[test]
fn files_are_short() {
    let files = files();
    let mut lengths: Vec<usize> = Vec::new();
    let mut long = Vec::new();
    for file in files.iter().filter(|file| !file.is_test()) {
        let length = file.lines().len();
        lengths.push(length);
        if length > 800 {
            long.push(format!("{}: {length} lines", file.path.display()));
        }
    }
    assert!(long.is_empty(), "above 800 lines without tests:\n{}", long.join("\n"));
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(median <= 200, "half of the files have more than {median} lines");
}

/// A function: its name, where it begins and its lines.
struct Function<'f> {
    name: String,
    line: usize,
    body: Vec<&'f str>,
}

/// The functions of a file, found by their heads and the indentation of their closing braces, as rustfmt leaves them.
fn functions(lines: &[&'static str]) -> Vec<Function<'static>> {
    let mut found = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        let code = line.trim_start();
        let head = ["pub ", "pub(super) ", "pub(crate) ", "const ", "async "]
            .iter()
            .fold(code, |rest, word| rest.strip_prefix(word).unwrap_or(rest));
        let Some(rest) = head.strip_prefix("fn ") else { continue };
        let indent = line.len() - code.len();
        let closing = format!("{}}}", " ".repeat(indent));
        let Some(length) = lines[at..].iter().position(|line| {
            *line == closing
                || line.ends_with(';') && line.starts_with(&" ".repeat(indent)) && !line[indent..].starts_with(' ')
        }) else {
            continue;
        };
        let name = rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        found.push(Function { name, line: at + 1, body: lines[at..=at + length].to_vec() });
    }
    found
}

impl Function<'_> {
    /// Whether it is a table, or one flat `match` of short arms: those may be long.
    fn is_flat(&self) -> bool {
        let items = self.body.iter().filter(|line| line.trim().ends_with(',')).count();
        items * 2 > self.body.len() || self.longest_match_is_flat()
    }

    fn longest_match_is_flat(&self) -> bool {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let longest = self.body.iter().enumerate().filter(|(_, line)| line.contains("match ") && line.ends_with('{'));
        let longest = longest.filter_map(|(at, line)| {
            let length = self.body[at + 1..].iter().position(|other| indent(other) == indent(line))?;
            Some((length, indent(line), &self.body[at + 1..at + 1 + length]))
        });
        let Some((length, margin, arms)) = longest.max_by_key(|(length, ..)| *length) else { return false };
        let heads: Vec<usize> = (0..length).filter(|&at| indent(arms[at]) == margin + 4).collect();
        let longest_arm = heads.windows(2).map(|pair| pair[1] - pair[0]).max().unwrap_or(length);
        length * 5 > self.body.len() * 3 && longest_arm <= 15
    }
}

#[test]
fn functions_are_short() {
    let mut lengths = Vec::new();
    let mut long = Vec::new();
    for file in files().into_iter().filter(|file| !file.is_test()) {
        let text: &'static str = Box::leak(file.text.clone().into_boxed_str());
        let count = file.lines().len();
        let lines: Vec<&'static str> = text.lines().take(count).collect();
        for function in functions(&lines) {
            lengths.push(function.body.len());
            if function.body.len() > 80 && !function.is_flat() {
                let place = file.path.display();
                long.push(format!("{place}:{}: {} has {} lines", function.line, function.name, function.body.len()));
            }
        }
    }
    assert!(long.is_empty(), "above 80 lines:\n{}", long.join("\n"));
    lengths.sort_unstable();
    let (median, ninth) = (lengths[lengths.len() / 2], lengths[lengths.len() * 9 / 10]);
    assert!(median <= 8 && ninth <= 30, "median {median}, ninth decile {ninth}");
}

#[test]
fn the_change_log_knows_this_version() {
    let log = std::fs::read_to_string(Path::new(ROOT).join("CHANGELOG.md")).expect("there is a change log");
    let version = format!("## {}", env!("CARGO_PKG_VERSION"));
    let entry = log.split("\n## ").nth(1).or_else(|| log.split("## ").nth(1)).unwrap_or("");
    assert!(log.contains(&version) || log.contains("## [Unreleased]"), "no entry for {version}");
    assert!(entry.lines().any(|line| line.starts_with("- ")), "the newest entry says nothing");
}
