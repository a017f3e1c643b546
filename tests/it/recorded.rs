//! Folders of recorded cases: a line `--- name ---`, a program, a line `~~~`, and what it is recorded to give.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

/// One recorded program.
struct Case {
    name: String,
    program: String,
    recorded: String,
}

/// Compares every case of a folder of `tests/` with what `told` gives for its program.
pub fn check_folder(folder: &str, told: impl Fn(&str) -> String) {
    let update = std::env::var_os("SECANT_UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in files(folder) {
        let text = std::fs::read_to_string(&path).expect("the file was listed");
        let mut fresh = String::new();
        for case in cases(&text) {
            let now = trimmed(&told(case.program.trim_end_matches('\n')));
            if now != case.recorded {
                wrong.push(format!("{}: {}\nnow:\n{now}\nrecorded:\n{}\n", path.display(), case.name, case.recorded));
            }
            let Case { name, program, .. } = case;
            write!(fresh, "--- {name} ---\n{program}~~~\n{now}\n").expect("strings take everything");
        }
        if update {
            std::fs::write(&path, fresh).expect("the file can be written");
        }
    }
    assert!(update || wrong.is_empty(), "{}", wrong.join("\n"));
}

fn files(folder: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests").join(folder);
    let entries = std::fs::read_dir(folder).expect("the folder is there");
    let mut files: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    files.sort();
    assert!(!files.is_empty());
    files
}

fn cases(text: &str) -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    let mut in_program = true;
    for line in text.split_inclusive('\n') {
        let name = line.trim_end().strip_prefix("--- ").and_then(|rest| rest.strip_suffix(" ---"));
        if let Some(name) = name {
            cases.push(Case { name: name.to_owned(), program: String::new(), recorded: String::new() });
            in_program = true;
        } else if line.trim_end() == "~~~" {
            in_program = false;
        } else if let Some(case) = cases.last_mut() {
            if in_program { &mut case.program } else { &mut case.recorded }.push_str(line);
        }
    }
    for case in &mut cases {
        case.recorded = trimmed(&case.recorded);
    }
    cases
}

/// Without blanks at the ends of lines, and ended by one empty line.
pub fn trimmed(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim_end).collect();
    lines.join("\n").trim_end().to_owned() + "\n"
}
