//! `secant test`: recorded results against those of today.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::arguments::{Colour, Limits};
use super::run::{folder_of, options, read, stop_on_ctrl_c};
use super::terminal;
use super::{FAILED, FINE, MISUSED};
use crate::check::{Difference, Report, check};
use crate::session::{MemoryMeter, Options, Session};
use crate::sorting;

/// The endings of scripts.
const ENDINGS: [&str; 2] = ["calc", "sage"];

/// Compares, or with `update` writes, the results recorded in scripts.
pub(super) fn run(paths: &[PathBuf], update: bool, limits: Limits, colour: Colour, meter: MemoryMeter) -> u8 {
    let mut files = Vec::new();
    for path in paths {
        if let Err(error) = find(path, &mut files) {
            terminal::warn(&format!("secant: cannot read {}: {error}\n", path.display()));
            return MISUSED;
        }
    }
    let interrupt = Arc::default();
    stop_on_ctrl_c(&interrupt);
    let figures = std::env::temp_dir().join(format!("secant-test-{}", std::process::id()));
    let mut tally = Tally { update, coloured: terminal::output_coloured(colour), ..Tally::default() };
    for file in &files {
        let session = Session::new(Options {
            output_folder: figures.clone(),
            script_folder: folder_of(file),
            write_pages: false,
            ..options(limits, meter, &interrupt)
        });
        tally.file(file, session);
    }
    // The figures were only drawn to see whether they can be; there may be none.
    let _ = std::fs::remove_dir_all(&figures);
    tally.finish(files.len())
}

/// A script, or all the scripts below a folder, in the order of their names.
fn find(path: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    if !path.is_dir() {
        std::fs::metadata(path)?;
        files.push(path.to_path_buf());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> =
        std::fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<io::Result<_>>()?;
    sorting::sort(&mut entries);
    for entry in entries {
        let is_script = entry.extension().is_some_and(|ending| ENDINGS.iter().any(|own| ending == *own));
        if entry.is_dir() && !entry.is_symlink() || is_script {
            find(&entry, files)?;
        }
    }
    Ok(())
}

/// What was found so far.
#[derive(Default)]
struct Tally {
    update: bool,
    coloured: bool,
    compared: usize,
    differing: usize,
    written: usize,
    misused: bool,
}

impl Tally {
    fn file(&mut self, file: &Path, mut session: Session) {
        let source = match read(file) {
            Ok(source) => source,
            Err(error) => {
                terminal::warn(&format!("secant: cannot read {}: {error}\n", file.display()));
                self.misused = true;
                return;
            }
        };
        let Report { compared, differences, updated, .. } = check(source, &mut session);
        self.compared += compared;
        for difference in differences.iter().filter(|difference| !(self.update && difference.mendable)) {
            self.differing += 1;
            terminal::print(&self.shown(file, difference));
        }
        if let Some(updated) = updated.filter(|_| self.update) {
            match std::fs::write(file, updated) {
                Ok(()) => self.written += 1,
                Err(error) => {
                    terminal::warn(&format!("secant: cannot write {}: {error}\n", file.display()));
                    self.misused = true;
                }
            }
        }
    }

    /// A difference as a person reads it.
    fn shown(&self, file: &Path, difference: &Difference) -> String {
        let paint = |code: &str, text: String| if self.coloured { format!("\x1b[{code}m{text}\x1b[0m") } else { text };
        let mut out = paint("1", format!("{}:{}", file.display(), difference.line)) + "\n";
        out.extend(difference.statement.lines().map(|line| format!("    {line}\n")));
        out.extend(difference.recorded.iter().map(|line| paint("31", format!("  - {line}")) + "\n"));
        out.extend(difference.now.iter().map(|line| paint("32", format!("  + {line}")) + "\n"));
        if let Some(fault) = &difference.fault {
            out.extend(fault.trim_end().lines().map(|line| format!("    {line}\n")));
        }
        out + "\n"
    }

    fn finish(self, files: usize) -> u8 {
        let count = |number: usize, word: &str| format!("{number} {word}{}", if number == 1 { "" } else { "s" });
        let written = if self.update { format!(", {} written", count(self.written, "file")) } else { String::new() };
        terminal::print(&format!(
            "{}: {} compared, {}{written}\n",
            count(files, "file"),
            count(self.compared, "result"),
            if self.differing == 1 { "1 differs".to_string() } else { format!("{} differ", self.differing) }
        ));
        match (self.misused, self.differing) {
            (true, _) => MISUSED,
            (false, 0) => FINE,
            (false, _) => FAILED,
        }
    }
}
