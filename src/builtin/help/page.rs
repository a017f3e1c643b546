//! The pages of `help`, rendered from the records of built-ins, elementary functions and faults.

use std::fmt;

use super::fill::{WIDTH, displayed, listed};
use crate::builtin::{LIBRARY, all_faults, registry};
use crate::diagnostic::nearest;
use crate::expr::function::{self, Bound, Elementary, End, Parity, RealDomain};
use crate::expr::{Expr, Function};
use crate::number::sorting;
use crate::print;
use crate::runtime::Machine;
use crate::runtime::builtin::{Builtin, Role, Slot};
use crate::runtime::parameter::describe;
use crate::runtime::value::{Closure, Value, repr};

/// There is no help on a topic.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoSuchTopic {
    topic: String,
    near: Option<String>,
}

impl fmt::Display for NoSuchTopic {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "there is no help on `{}`", self.topic)?;
        match &self.near {
            Some(near) => write!(out, "; did you mean `{near}`?"),
            None => write!(out, "; `help()` lists the topics"),
        }
    }
}

impl std::error::Error for NoSuchTopic {}

/// The page on a name: what the program calls so, a built-in, a function, or a fault's code.
///
/// # Errors
/// A name that means nothing.
pub fn of_name(machine: &mut Machine, name: &str) -> Result<String, NoSuchTopic> {
    let name = name.trim().trim_matches('`');
    let last = name.rsplit('.').next().unwrap_or(name);
    if let Some(value) = machine.globals().get(name) {
        return Ok(of_value(machine, &value));
    }
    let records: Vec<String> = registry()
        .all()
        .iter()
        .filter(|builtin| builtin.names().any(|own| own == last))
        .map(|b| of_builtin(b))
        .collect();
    if !records.is_empty() {
        return Ok(records.join("\n"));
    }
    if let Some(record) = function::find(last) {
        return Ok(of_elementary(record));
    }
    if let Some(kind) = all_faults().find(|kind| kind.code == name) {
        return Ok(displayed(&kind.page()));
    }
    // A library file that can't be read now has no page now.
    if let Ok(Some(value)) = machine.meaning(name) {
        return Ok(of_value(machine, &value));
    }
    Err(unknown(machine, name))
}

fn unknown(machine: &Machine, name: &str) -> NoSuchTopic {
    let own = machine.globals().own();
    let registry = registry();
    let names = registry.all().iter().flat_map(|builtin| builtin.names());
    let fixed: Vec<&'static str> =
        names.chain(machine.predefined_names()).chain(all_faults().map(|kind| kind.code)).collect();
    let known = own.iter().map(|(name, _)| &**name).chain(fixed);
    NoSuchTopic { topic: name.to_string(), near: nearest(name, known).map(str::to_string) }
}

/// The page on a value.
pub fn of_value(machine: &mut Machine, value: &Value) -> String {
    match value {
        Value::Builtin(builtin) => of_builtin(builtin),
        Value::Symbolic(Function::Elementary(record)) => of_elementary(record),
        Value::Function(function) => of_function(function),
        Value::Method(method) => of_name(machine, &method.name).unwrap_or_else(|_| format!("{}(...)\n", method.name)),
        Value::Module(module) => {
            let names: Vec<String> = module.globals.own().into_iter().map(|(name, _)| name.to_string()).collect();
            format!("{}: a module\n\n{}", module.name, listed("    ", &names))
        }
        _ => {
            let mut names: Vec<String> = machine.methods_of(value).into_iter().map(str::to_string).collect();
            names.retain(|name| !name.starts_with("__"));
            sorting::sort(&mut names);
            names.dedup();
            let head = format!("{}: {}\n", shortened(&repr(value)), describe(value));
            if names.is_empty() { head } else { format!("{head}\nmethods:\n{}", listed("    ", &names)) }
        }
    }
}

/// A text cut to fit a line.
fn shortened(text: &str) -> String {
    let line: String = text.chars().take(WIDTH / 2).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if line.len() < text.len() { line + "..." } else { line }
}

/// The page on a built-in.
fn of_builtin(builtin: &Builtin) -> String {
    let mut page = called(builtin) + "\n";
    if !builtin.aliases.is_empty() {
        page += &format!("also known as {}\n", builtin.aliases.join(", "));
    }
    let text = displayed(&builtin.text());
    let (summary, rest) = text.split_once("\n\n").unwrap_or((text.trim_end(), ""));
    page += &format!("\n{}\n", summary.trim_end());
    page += &parameters(builtin);
    if !rest.trim().is_empty() {
        page += &format!("\n{}\n", rest.trim_end());
    }
    if !builtin.faults.is_empty() {
        page += &format!("\nFaults: {}.\n", quoted(builtin.faults));
    }
    page
}

/// How it is typed: `limit(f, at, dir=None)`, `limits.f()`.
pub(super) fn called(builtin: &Builtin) -> String {
    let parameters: Vec<String> = builtin.parameters.iter().map(ToString::to_string).collect();
    let as_method = || match parameters.split_first() {
        Some((object, rest)) => format!("{}.{}({})", object.trim_matches('*'), builtin.name, rest.join(", ")),
        None => builtin.signature(),
    };
    match builtin.role {
        Role::Function => builtin.signature(),
        Role::Method => as_method(),
        Role::Both if builtin.parameters.is_empty() => builtin.signature(),
        Role::Both => format!("{}\n{}", builtin.signature(), as_method()),
    }
}

fn parameters(builtin: &Builtin) -> String {
    let width = builtin.parameters.iter().map(|parameter| parameter.name.len()).max().unwrap_or(0);
    let lines: Vec<String> = builtin
        .parameters
        .iter()
        .map(|parameter| {
            let how = match parameter.slot {
                Slot::Rest => ", any number of them",
                Slot::Keywords => ", by keyword",
                Slot::One | Slot::Several | Slot::AnyKeyword if parameter.optional => " (optional)",
                Slot::One | Slot::Several | Slot::AnyKeyword => "",
            };
            format!("    {:width$}  {}{how}\n", parameter.name, parameter.shows)
        })
        .collect();
    if lines.is_empty() { String::new() } else { format!("\n{}", lines.concat()) }
}

fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// The page on a function of the program or of the standard library.
fn of_function(function: &Closure) -> String {
    let text = documentation(function).unwrap_or_else(|| "not documented".to_string());
    format!("{}\n\n{}\n", signature(function), displayed(&text).trim_end())
}

/// What a function's docstring says, its examples fenced as in the documentation of built-ins.
pub(super) fn documentation(function: &Closure) -> Option<String> {
    let text = dedented(function.code.docstring.as_deref()?);
    let blocks = text.trim().split("\n\n").map(|block| {
        let example = ["# =>", "# prints", "# error:"].iter().any(|mark| block.contains(mark));
        if example { format!("```calc\n{block}\n```") } else { block.to_string() }
    });
    Some(blocks.collect::<Vec<_>>().join("\n\n"))
}

/// Name and parameters with their defaults.
pub(super) fn signature(function: &Closure) -> String {
    let code = &function.code;
    let shape = &code.signature;
    let mut defaults = function.defaults.iter();
    let mut parts = Vec::new();
    let mut names = code.locals.iter();
    let without_default = shape.positional - shape.positional_defaults.min(shape.positional);
    let mut with_default = |name: &str| format!("{name}={}", defaults.next().map_or_else(String::new, repr));
    for (index, name) in names.by_ref().take(shape.positional).enumerate() {
        parts.push(if index < without_default { name.to_string() } else { with_default(name) });
    }
    let keywords: Vec<&std::rc::Rc<str>> = names.by_ref().take(shape.keyword_only).collect();
    match names.next().filter(|_| shape.rest) {
        Some(rest) => parts.push(format!("*{rest}")),
        None if !keywords.is_empty() => parts.push("*".to_string()),
        None => {}
    }
    for (name, has_default) in keywords.into_iter().zip(&shape.keyword_defaults) {
        parts.push(if *has_default { with_default(name) } else { name.to_string() });
    }
    if shape.keywords {
        parts.push("**keywords".to_string());
    }
    format!("{}({})", code.name, parts.join(", "))
}

/// A docstring without the indentation that its later lines share.
fn dedented(text: &str) -> String {
    let margin = |line: &str| line.len() - line.trim_start().len();
    let common = text.lines().skip(1).filter(|line| !line.trim().is_empty()).map(margin).min().unwrap_or(0);
    let lines = text.lines().enumerate();
    let cut = lines.map(|(index, line)| if index == 0 { line } else { line.get(common..).unwrap_or("") });
    cut.collect::<Vec<_>>().join("\n")
}

/// The first line of a text that says something.
pub(super) fn first_line(text: &str) -> String {
    text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("").to_string()
}

/// The page on an elementary function: what its record knows.
fn of_elementary(record: &'static Elementary) -> String {
    let names: Vec<String> = variables(record).iter().map(print::text).collect();
    let mut page = format!("{}({})\n", record.name, names.join(", "));
    if !record.aliases.is_empty() {
        page += &format!("also known as {}\n", record.aliases.join(", "));
    }
    page += &format!("\n{}\n\n", record.summary);
    for (title, text) in facts(record) {
        page += &format!("    {title:12}{text}\n");
    }
    page
}

/// What is known of an elementary function, a title and a text each.
pub(super) fn facts(record: &'static Elementary) -> Vec<(&'static str, String)> {
    let mut facts = Vec::new();
    match record.parity {
        Parity::Even => facts.push(("symmetry", format!("even: {0}(-x) = {0}(x)", record.name))),
        Parity::Odd => facts.push(("symmetry", format!("odd: {0}(-x) = -{0}(x)", record.name))),
        Parity::None => {}
    }
    if record.arity == (1, 1) {
        facts.extend(domain(record.domain).map(|text| ("real for", text)));
        facts.extend(range(record.range).map(|text| ("real values", text)));
    }
    let arguments = variables(record);
    for (position, argument) in arguments.iter().enumerate() {
        if let Some(derivative) = (record.derivative)(&arguments, position) {
            let by = if arguments.len() == 1 { String::new() } else { format!("by {}: ", print::text(argument)) };
            facts.push(("derivative", format!("{by}{}", print::text(&derivative))));
        }
    }
    facts.extend(record.inverse.map(|inverse| ("inverse", inverse.to_string())));
    facts
}

pub(super) fn variables(record: &Elementary) -> Vec<Expr> {
    ["x", "y", "z", "t"].iter().take(record.arity.0.max(1)).map(|name| Expr::variable(name)).collect()
}

fn domain(domain: RealDomain) -> Option<String> {
    let below = |end: End| format!("x {} {}", if end.included { "<=" } else { "<" }, end.at);
    let above = |end: End| format!("x {} {}", if end.included { ">=" } else { ">" }, end.at);
    match domain {
        RealDomain::All | RealDomain::Between(None, None) => Some("all real x".to_string()),
        RealDomain::Between(lower, upper) => {
            Some(lower.map(above).into_iter().chain(upper.map(below)).collect::<Vec<_>>().join(" and "))
        }
        RealDomain::Outside(lower, upper) => Some(format!("{} or {}", below(lower), above(upper))),
        RealDomain::Unknown => None,
    }
}

fn range((least, greatest): (Bound, Bound)) -> Option<String> {
    let text = |bound: Bound| match bound {
        Bound::Infinite => None,
        Bound::Integer(value) => Some(value.to_string()),
        Bound::QuarterTurns(turns) => Some(print::text(&(Expr::pi() * Expr::integer(turns) / Expr::integer(2)))),
    };
    match (text(least), text(greatest)) {
        (Some(least), Some(greatest)) => Some(format!("from {least} to {greatest}")),
        (Some(least), None) => Some(format!("from {least} on")),
        (None, Some(greatest)) => Some(format!("up to {greatest}")),
        (None, None) => None,
    }
}

/// The list of topics.
pub fn contents() -> String {
    let mut page = "Help on a topic: `help(diff)`, `diff?` or, from the shell, `secant help diff`.\n\
                    Looking for words: `search_doc('tangent')`.\n"
        .to_string();
    for (topic, mut names) in topics() {
        sorting::sort_by_key(&mut names, |name| name.to_lowercase());
        names.dedup();
        page += &format!("\n{topic}\n{}", listed("    ", &names));
    }
    page
}

/// Everything there is help on, topic by topic.
fn topics() -> Vec<(&'static str, Vec<String>)> {
    let registry = registry();
    let mut topics: Vec<(&str, Vec<String>)> = Vec::new();
    for builtin in registry.all() {
        match topics.iter_mut().find(|(topic, _)| *topic == builtin.topic()) {
            Some((_, names)) => names.push(builtin.name.to_string()),
            None => topics.push((builtin.topic(), vec![builtin.name.to_string()])),
        }
    }
    let own = |name: &str| registry.all().iter().any(|builtin| builtin.names().any(|other| other == name));
    let functions = function::all().map(|record| record.name).filter(|name| !own(name)).map(str::to_string);
    topics.push(("elementary functions", functions.collect()));
    let library = LIBRARY.iter().flat_map(|file| file.names).map(|name| (*name).to_string());
    topics.push(("library", library.collect()));
    topics.push(("faults", all_faults().map(|kind| kind.code.to_string()).collect()));
    topics
}
