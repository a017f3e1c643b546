//! `secant fmt`: scripts in the usual layout.

use std::path::{Path, PathBuf};

use super::arguments::Colour;
use super::run::{is_standard_input, read};
use super::terminal;
use super::{FAILED, FINE, MISUSED};
use crate::session::{Source, explain, format};

/// Brings files into the usual layout, or tells which are not in it.
pub(super) fn run(files: &[PathBuf], check: bool, colour: Colour) -> u8 {
    let status = |file: &PathBuf| match read(file) {
        Ok(source) => one(file, &source, check, colour),
        Err(error) => {
            terminal::warn(&format!("secant: cannot read {}: {error}\n", file.display()));
            MISUSED
        }
    };
    files.iter().map(status).max().unwrap_or(FINE)
}

fn one(file: &Path, source: &Source, check: bool, colour: Colour) -> u8 {
    let formatted = match format(source.text()) {
        Ok(formatted) => formatted,
        Err(faults) => {
            let coloured = terminal::coloured(colour);
            faults.iter().for_each(|fault| terminal::warn(&explain(fault, source, coloured)));
            return FAILED;
        }
    };
    let changes = formatted != source.text();
    if check {
        if changes {
            terminal::print(&format!("{} would be changed\n", source.name()));
        }
        return if changes { FAILED } else { FINE };
    }
    if is_standard_input(file) {
        terminal::print(&formatted);
    } else if changes && let Err(error) = std::fs::write(file, formatted) {
        terminal::warn(&format!("secant: cannot write {}: {error}\n", file.display()));
        return MISUSED;
    }
    FINE
}
