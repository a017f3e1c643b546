//! Finding what the documentation says about some words.

use std::rc::Rc;

use super::page::first_line;
use crate::expr::function;
use crate::number::sorting;
use crate::runtime::Machine;
use crate::runtime::value::Value;

/// A function whose documentation holds the words looked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// What it is for, in one line.
    pub summary: String,
}

/// How well an entry fits; smaller is better.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    /// The words stand as such in name or summary.
    Words,
    /// They are parts of words there.
    Parts,
    /// They are said elsewhere in the documentation.
    Text,
}

/// The functions whose name or documentation holds all the words, best ones first.
pub fn search(machine: &mut Machine, words: &str) -> Vec<Found> {
    let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
    if words.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<(Fit, Found)> = Vec::new();
    for (name, summary, text) in entries(machine) {
        let head = format!("{name} {summary}").to_lowercase();
        let own: Vec<&str> = head.split(|c: char| !c.is_alphanumeric()).collect();
        let fit = match () {
            () if words.iter().all(|word| own.contains(&word.as_str())) => Fit::Words,
            () if holds(&head, &words) => Fit::Parts,
            () if holds(&text.to_lowercase(), &words) => Fit::Text,
            () => continue,
        };
        let entry = Found { name, summary };
        if !found.iter().any(|(_, other)| *other == entry) {
            found.push((fit, entry));
        }
    }
    sorting::sort_by(&mut found, |(a, left), (b, right)| a.cmp(b).then_with(|| left.name.cmp(&right.name)));
    found.into_iter().map(|(_, entry)| entry).collect()
}

/// Whether a text has all the words.
fn holds(text: &str, words: &[String]) -> bool {
    words.iter().all(|word| text.contains(word.as_str()))
}

/// Name, summary and whole text of everything documented.
fn entries(machine: &mut Machine) -> Vec<(String, String, String)> {
    let library: Vec<&'static str> = machine.library_names().collect();
    let library: Vec<(Rc<str>, Value)> =
        library.into_iter().filter_map(|name| Some((Rc::from(name), machine.meaning(name).ok()??))).collect();
    let builtins = machine.registry().all().iter().map(|builtin| {
        let text = format!("{} {}", builtin.names().collect::<Vec<_>>().join(" "), builtin.text());
        (builtin.name.to_string(), builtin.summary().to_string(), text)
    });
    let functions = function::all().map(|record| {
        let text = format!("{} {} {}", record.name, record.aliases.join(" "), record.summary);
        (record.name.to_string(), record.summary.to_string(), text)
    });
    let own = machine.globals().own().into_iter().chain(library).filter_map(|(name, value)| match value {
        Value::Function(function) => {
            let text = function.code.docstring.as_deref().unwrap_or("").to_string();
            Some((name.to_string(), first_line(&text), text))
        }
        _ => None,
    });
    own.chain(builtins).chain(functions).collect()
}
