//! The reference manual: what `help` says, as pages of Markdown, one a topic.

use std::collections::HashMap;

use super::page::{called, documentation, facts, signature, variables};
use crate::builtin::{LIBRARY, all_faults, registry};
use crate::expr::function::{self, Elementary};
use crate::number::sorting;
use crate::print;
use crate::runtime::Machine;
use crate::runtime::builtin::{Builtin, Slot};
use crate::runtime::value::{Closure, Value};

/// A page of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// The name of its file, without the ending.
    pub name: String,
    /// Its text in Markdown.
    pub text: String,
}

/// The page on elementary functions, and its title.
const ELEMENTARY: (&str, &str) = ("elementary", "Elementary and special functions");
/// The page on the library, and its title.
const THE_LIBRARY: (&str, &str) = ("library", "The library");
/// The page on faults, and its title.
const FAULTS: (&str, &str) = ("faults", "Faults");

/// All pages, the table of contents first.
pub fn reference(machine: &mut Machine) -> Vec<Page> {
    let mut manual = Manual { links: links(), entries: Vec::new() };
    for builtin in registry().all() {
        let title = capitalised(builtin.topic());
        manual.add(builtin.topic(), title, builtin.name, builtin.summary(), builtin_section(builtin));
    }
    for record in function::all() {
        let (page, title) = ELEMENTARY;
        manual.add(page, title.to_string(), record.name, record.summary, elementary_section(record));
    }
    for name in LIBRARY.iter().flat_map(|file| file.names) {
        if let Ok(Some(Value::Function(function))) = machine.meaning(name) {
            let text = documentation(&function).unwrap_or_default();
            let summary = text.lines().next().unwrap_or("").to_string();
            let (page, title) = THE_LIBRARY;
            manual.add(page, title.to_string(), name, &summary, library_section(&function, &text));
        }
    }
    for kind in all_faults() {
        let body = format!(
            "{}: {}.\n\n{}\n\nWrong:\n\n```python\n{}\n```\n\nRight:\n\n```python\n{}\n```\n",
            kind.class, kind.title, kind.explanation, kind.wrong, kind.right
        );
        manual.add(FAULTS.0, FAULTS.1.to_string(), kind.code, kind.title, body);
    }
    manual.pages()
}

/// Where the section on each name stands: page and anchor.
fn links() -> HashMap<&'static str, (&'static str, &'static str)> {
    let mut links = HashMap::new();
    for record in function::all() {
        links.insert(record.name, (ELEMENTARY.0, record.name));
        links.extend(record.aliases.iter().map(|alias| (*alias, (ELEMENTARY.0, record.name))));
    }
    for builtin in registry().all() {
        links.extend(builtin.names().map(|name| (name, (builtin.topic(), builtin.name))));
    }
    links.extend(LIBRARY.iter().flat_map(|file| file.names).map(|name| (*name, (THE_LIBRARY.0, *name))));
    links
}

/// One section of a page.
struct Entry {
    page: String,
    title: String,
    name: String,
    summary: String,
    body: String,
}

/// The sections, and where names lead.
struct Manual {
    links: HashMap<&'static str, (&'static str, &'static str)>,
    entries: Vec<Entry>,
}

impl Manual {
    fn add(&mut self, page: &str, title: String, name: &str, summary: &str, body: String) {
        let body = body.lines().map(|line| self.linked(line) + "\n").collect();
        let (page, name, summary) = (page.to_string(), name.to_string(), summary.to_string());
        self.entries.push(Entry { page, title, name, summary, body });
    }

    /// A line that leads elsewhere, with links.
    fn linked(&self, line: &str) -> String {
        if let Some(codes) = line.strip_prefix("Faults: ") {
            let link = |code: &str| format!("[`{code}`]({}.md#{code})", FAULTS.0);
            return format!("Faults: {}", with_links(codes, |code| Some(link(code))));
        }
        let Some(names) = line.strip_prefix("See also: ") else { return line.to_string() };
        let link = |name: &str| {
            let (page, anchor) = self.links.get(name)?;
            Some(format!("[`{name}`]({page}.md#{})", anchor.to_lowercase()))
        };
        format!("See also: {}", with_links(names, link))
    }

    fn pages(mut self) -> Vec<Page> {
        sorting::sort_by_key(&mut self.entries, |entry| (entry.title.to_lowercase(), entry.name.to_lowercase()));
        let mut contents = String::from(
            "# Reference\n\nEverything that the language knows, written from the same records as `help()`.\n",
        );
        let mut pages: Vec<Page> = Vec::new();
        for entry in self.entries {
            let Entry { page, title, name, summary, body } = entry;
            if pages.last().is_none_or(|last| last.name != page) {
                contents += &format!("\n## [{title}]({page}.md)\n\n");
                pages.push(Page { name: page.clone(), text: format!("# {title}\n") });
            }
            contents +=
                &format!("- [`{name}`]({page}.md#{}): {}\n", name.to_lowercase(), summary.trim_end_matches('.'));
            if let Some(last) = pages.last_mut() {
                last.text += &format!("\n## {name}\n\n{}\n", body.trim_end());
            }
        }
        pages.insert(0, Page { name: "README".to_string(), text: contents });
        pages
    }
}

/// Words in backquotes replaced by their links, where they have one.
fn with_links(text: &str, link: impl Fn(&str) -> Option<String>) -> String {
    let pieces = text.split('`').enumerate().map(|(index, piece)| match index % 2 {
        0 => piece.to_string(),
        _ => link(piece).unwrap_or_else(|| format!("`{piece}`")),
    });
    pieces.collect()
}

fn capitalised(word: &str) -> String {
    let mut characters = word.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}

fn builtin_section(builtin: &Builtin) -> String {
    let mut out = format!("```text\n{}\n```\n\n{}\n", called(builtin), builtin.summary());
    if !builtin.aliases.is_empty() {
        let names: Vec<String> = builtin.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        out += &format!("\nAlso known as {}.\n", names.join(", "));
    }
    if !builtin.parameters.is_empty() {
        out += "\n| parameter | takes |\n| --- | --- |\n";
    }
    for parameter in builtin.parameters {
        let how = match parameter.slot {
            Slot::Rest => ", any number of them",
            Slot::Keywords => "",
            Slot::One | Slot::Several | Slot::AnyKeyword if parameter.optional => " (optional)",
            Slot::One | Slot::Several | Slot::AnyKeyword => "",
        };
        out += &format!("| `{}` | {}{how} |\n", parameter.name, parameter.shows);
    }
    let text = builtin.text();
    let rest = text.split_once("\n\n").map_or("", |(_, rest)| rest);
    out += &format!("\n{}\n", highlighted(rest));
    if !builtin.faults.is_empty() {
        let codes: Vec<String> = builtin.faults.iter().map(|code| format!("`{code}`")).collect();
        out += &format!("\nFaults: {}.\n", codes.join(", "));
    }
    out
}

fn elementary_section(record: &'static Elementary) -> String {
    let names: Vec<String> = variables(record).iter().map(print::text).collect();
    let mut out = format!("```text\n{}({})\n```\n\n{}\n", record.name, names.join(", "), record.summary);
    if !record.aliases.is_empty() {
        let aliases: Vec<String> = record.aliases.iter().map(|alias| format!("`{alias}`")).collect();
        out += &format!("\nAlso known as {}.\n", aliases.join(", "));
    }
    let facts = facts(record);
    if !facts.is_empty() {
        out += "\n| | |\n| --- | --- |\n";
    }
    for (title, text) in facts {
        out += &format!("| {title} | {} |\n", text.replace('|', "\\|"));
    }
    out
}

fn library_section(function: &Closure, text: &str) -> String {
    format!("```text\n{}\n```\n\n{}\n", signature(function), highlighted(text))
}

/// A text whose examples are named by a language that readers of Markdown know how to colour.
fn highlighted(text: &str) -> String {
    text.replace("```calc\n", "```python\n")
}
