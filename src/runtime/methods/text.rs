//! The methods of texts. Places count characters, as in Python.

use std::rc::Rc;

use super::Given;
use crate::budget;
use crate::diagnostic::Fault;
use crate::number::Integer;
use crate::runtime::call::Call;
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::iterate::Cursor;
use crate::runtime::operate;
use crate::runtime::truth;
use crate::runtime::value::{Dict, Key, Value};

/// Their names.
pub(super) const NAMES: &[&str] = &[
    "upper",
    "lower",
    "capitalize",
    "title",
    "swapcase",
    "casefold",
    "strip",
    "lstrip",
    "rstrip",
    "split",
    "rsplit",
    "splitlines",
    "join",
    "replace",
    "find",
    "rfind",
    "index",
    "rindex",
    "count",
    "startswith",
    "endswith",
    "center",
    "ljust",
    "rjust",
    "zfill",
    "format",
    "isalpha",
    "isdigit",
    "isnumeric",
    "isdecimal",
    "isalnum",
    "isspace",
    "isupper",
    "islower",
    "istitle",
    "isidentifier",
    "partition",
    "rpartition",
    "removeprefix",
    "removesuffix",
    "expandtabs",
    "translate",
    "maketrans",
];

/// Calls the method of a text.
pub(super) fn call(call: &mut Call<'_>, text: &Rc<str>, given: Given) -> Result<Value, Fault> {
    Ok(match &*given.name {
        "upper" => Value::str(text.to_uppercase()),
        "lower" | "casefold" => Value::str(text.to_lowercase()),
        "capitalize" => Value::str(capitalized(text)),
        "title" => Value::str(titled(text)),
        "swapcase" => Value::str(text.chars().map(swapped).collect::<String>()),
        "strip" | "lstrip" | "rstrip" => Value::str(stripped(text, &given)?),
        "split" | "rsplit" => split(text, &given)?,
        "splitlines" => lines(text, given.optional(0, "keepends").map_or(Ok(false), truth::holds)?),
        "join" => join(call, text, &given)?,
        "replace" => replaced(text, &given)?,
        "find" | "rfind" | "index" | "rindex" => found(text, &given)?,
        "count" => count(text, &given)?,
        "startswith" | "endswith" => Value::Bool(touches(text, &given)?),
        "center" | "ljust" | "rjust" | "zfill" => Value::str(padded(text, &given)?),
        "format" => {
            let arguments = &given.arguments;
            Value::str(operate::format_text(call.machine(), text, &arguments.positional, &arguments.keywords)?)
        }
        "partition" | "rpartition" => partitioned(text, &given)?,
        "removeprefix" => {
            let prefix = given.required_text(0, "prefix")?;
            Value::str(text.strip_prefix(&*prefix).unwrap_or(text))
        }
        "removesuffix" => {
            let suffix = given.required_text(0, "suffix")?;
            Value::str(text.strip_suffix(&*suffix).unwrap_or(text))
        }
        "expandtabs" => {
            let width = given.integer(0, "tabsize")?.and_then(|width| width.to_usize()).unwrap_or(8);
            truth::reserve_text(text.len().saturating_add(text.matches('\t').count().saturating_mul(width)))?;
            Value::str(expanded(text, width))
        }
        "translate" => translated(text, &given)?,
        "maketrans" => translation(text, &given)?,
        question => Value::Bool(is(question, text)),
    })
}

fn texts<'a>(parts: impl Iterator<Item = &'a str>) -> Value {
    Value::list(budget::paced(parts).map(Value::str).collect())
}

/// The text with each character replaced as the table says, which goes by the characters' numbers.
fn translated(text: &str, given: &Given) -> Result<Value, Fault> {
    let Some(Value::Dict(table)) = given.arguments.positional.first().map(|table| &table.value) else {
        return Err(type_error("translate() takes a dictionary, as str.maketrans makes it"));
    };
    let table = table.borrow();
    let mut out = String::new();
    for c in budget::paced(text.chars()) {
        match table.get(&Key::new(Value::int(i64::from(u32::from(c))))?) {
            None => out.push(c),
            Some(Value::None) => {}
            Some(Value::Str(text)) => out.push_str(text),
            Some(number) => {
                let number = number.to_integer().and_then(|number| u32::try_from(number.to_i64()?).ok());
                let c = number.and_then(char::from_u32);
                out.push(c.ok_or_else(|| type_error("character mapping must be in range(0x110000)"))?);
            }
        }
    }
    Ok(Value::str(out))
}

/// The table of two texts of equal length; `str.maketrans(a, b)` calls it as a method of the first.
fn translation(text: &str, given: &Given) -> Result<Value, Fault> {
    let texts: Vec<&str> =
        given.arguments.positional.iter().filter_map(|text| text.value.as_str().map(|t| &**t)).collect();
    let (from, to) = match texts.as_slice() {
        [to] => (text, *to),
        [from, to] => (*from, *to),
        _ => return Err(type_error("maketrans() takes two texts of equal length")),
    };
    if from.chars().count() != to.chars().count() {
        return Err(value_error("the first two maketrans arguments must have equal length"));
    }
    let number = |c: char| Value::int(i64::from(u32::from(c)));
    let mut table = Dict::new();
    for (a, b) in from.chars().zip(to.chars()) {
        table.insert(Key::new(number(a))?, number(b));
    }
    Ok(Value::dict(table))
}

/// The lines of a text, with their ends if they are to be kept.
fn lines(text: &str, keep: bool) -> Value {
    if keep { texts(text.split_inclusive('\n')) } else { texts(text.lines()) }
}

fn capitalized(text: &str) -> String {
    let mut characters = text.chars();
    match characters.next() {
        Some(first) => first.to_uppercase().chain(characters.flat_map(char::to_lowercase)).collect(),
        None => String::new(),
    }
}

fn titled(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in text.chars() {
        if inside {
            out.extend(c.to_lowercase());
        } else {
            out.extend(c.to_uppercase());
        }
        inside = c.is_alphabetic();
    }
    out
}

fn swapped(c: char) -> char {
    let changed = if c.is_uppercase() { c.to_lowercase().next() } else { c.to_uppercase().next() };
    changed.unwrap_or(c)
}

fn stripped(text: &str, given: &Given) -> Result<String, Fault> {
    let wanted = given.text(0, "chars")?;
    let drop = |c: char| wanted.as_ref().map_or(c.is_whitespace(), |wanted| wanted.contains(c));
    let mut rest = text;
    if &*given.name != "rstrip" {
        rest = rest.trim_start_matches(drop);
    }
    if &*given.name != "lstrip" {
        rest = rest.trim_end_matches(drop);
    }
    Ok(rest.to_string())
}

fn split(text: &str, given: &Given) -> Result<Value, Fault> {
    let most = given.integer(1, "maxsplit")?.filter(|most| !most.is_negative());
    let most = most.map_or(usize::MAX, |most| most.to_usize().unwrap_or(usize::MAX)).saturating_add(1);
    let from_right = &*given.name == "rsplit";
    let Some(separator) = given.text(0, "sep")? else {
        return Ok(split_at_blanks(text, most, from_right));
    };
    if separator.is_empty() {
        return Err(value_error("empty separator"));
    }
    if from_right {
        let mut parts: Vec<&str> = budget::paced(text.rsplitn(most, &*separator)).collect();
        parts.reverse();
        return Ok(texts(parts.into_iter()));
    }
    Ok(texts(text.splitn(most, &*separator)))
}

/// The words of a text, at most `most` of them; the last one keeps what is left.
fn split_at_blanks(text: &str, most: usize, from_right: bool) -> Value {
    if most == usize::MAX {
        return texts(text.split_whitespace());
    }
    let mut parts = Vec::new();
    let mut rest = text.trim();
    while !rest.is_empty() {
        let cut = if from_right { rest.rfind(char::is_whitespace) } else { rest.find(char::is_whitespace) };
        match cut {
            Some(at) if parts.len() + 1 < most => {
                let (left, right) = rest.split_at(at);
                let (word, others) = if from_right { (right, left) } else { (left, right) };
                parts.push(word.trim());
                rest = others.trim();
            }
            _ => {
                parts.push(rest);
                break;
            }
        }
    }
    if from_right {
        parts.reverse();
    }
    texts(parts.into_iter())
}

fn joined_items(call: &mut Call<'_>, value: &Value) -> Result<Vec<Value>, Fault> {
    Cursor::over(value).map_err(|_| type_error("can only join an iterable"))?;
    call.items(value)
}

fn join(call: &mut Call<'_>, separator: &str, given: &Given) -> Result<Value, Fault> {
    let items = joined_items(call, given.required(0, "iterable")?)?;
    let parts = items.iter().filter_map(Value::as_str).map(|part| part.len()).fold(0, usize::saturating_add);
    truth::reserve_text(parts.saturating_add(separator.len().saturating_mul(items.len())))?;
    let mut out = String::new();
    for (at, item) in budget::paced(items.iter().enumerate()) {
        let Some(part) = item.as_str() else {
            let class = item.class().name;
            return Err(type_error(format!("sequence item {at}: expected str instance, {class} found"))
                .hint("make texts of the items first: `join(str(t) for t in ...)`"));
        };
        if at > 0 {
            out.push_str(separator);
        }
        out.push_str(part);
    }
    Ok(Value::str(out))
}

fn replaced(text: &str, given: &Given) -> Result<Value, Fault> {
    let (old, new) = (given.required_text(0, "old")?, given.required_text(1, "new")?);
    let most = given.integer(2, "count")?.filter(|count| !count.is_negative());
    let most = most.map_or(usize::MAX, |count| count.to_usize().unwrap_or(usize::MAX));
    let found = if old.is_empty() { text.chars().count() + 1 } else { budget::paced(text.matches(&*old)).count() };
    truth::reserve_text(text.len().saturating_add(new.len().saturating_mul(found.min(most))))?;
    let mut parts = budget::paced(text.splitn(most.saturating_add(1), &*old));
    if old.is_empty() {
        return Ok(Value::str(text.replacen(&*old, &new, most)));
    }
    let mut out = String::from(parts.next().unwrap_or(""));
    for part in parts {
        out.push_str(&new);
        out.push_str(part);
    }
    Ok(Value::str(out))
}

/// The part of the text between the bounds given at `at`, and at which character it begins.
fn bounded<'a>(text: &'a str, given: &Given, at: usize) -> Result<(&'a str, usize), Fault> {
    let length = text.chars().count();
    let place = |bound: Option<Integer>, otherwise: usize| match bound {
        None => otherwise,
        Some(bound) if bound.is_negative() => (bound + Integer::from(length)).to_usize().unwrap_or(0),
        Some(bound) => bound.to_usize().unwrap_or(length).min(length),
    };
    let start = place(given.integer(at, "start")?, 0);
    let stop = place(given.integer(at + 1, "end")?, length).max(start);
    let byte = |place: usize| text.char_indices().nth(place).map_or(text.len(), |(byte, _)| byte);
    Ok((&text[byte(start)..byte(stop)], start))
}

fn found(text: &str, given: &Given) -> Result<Value, Fault> {
    let wanted = given.required_text(0, "sub")?;
    let (part, start) = bounded(text, given, 1)?;
    let at = if given.name.starts_with('r') { part.rfind(&*wanted) } else { part.find(&*wanted) };
    match at {
        Some(at) => Ok(Value::int(part[..at].chars().count() + start)),
        None if given.name.ends_with("index") => Err(value_error("substring not found")),
        None => Ok(Value::int(-1)),
    }
}

fn count(text: &str, given: &Given) -> Result<Value, Fault> {
    let wanted = given.required_text(0, "sub")?;
    let (part, _) = bounded(text, given, 1)?;
    Ok(Value::int(if wanted.is_empty() {
        part.chars().count() + 1
    } else {
        budget::paced(part.matches(&*wanted)).count()
    }))
}

fn touches(text: &str, given: &Given) -> Result<bool, Fault> {
    let (part, _) = bounded(text, given, 1)?;
    let start = &*given.name == "startswith";
    let one = |wanted: &str| if start { part.starts_with(wanted) } else { part.ends_with(wanted) };
    match given.required(0, "prefix")? {
        Value::Tuple(several) => Ok(several.iter().filter_map(Value::as_str).any(|wanted| one(wanted))),
        _ => Ok(one(&given.required_text(0, "prefix")?)),
    }
}

fn padded(text: &str, given: &Given) -> Result<String, Fault> {
    given.required(0, "width")?;
    let width = given.integer(0, "width")?.filter(|width| !width.is_negative());
    let width = width.map_or(0, |width| width.to_usize().unwrap_or(usize::MAX));
    truth::reserve_text(width)?;
    let missing = width.saturating_sub(text.chars().count());
    let fill = given.text(1, "fillchar")?.unwrap_or_else(|| " ".into());
    if fill.chars().count() != 1 {
        return Err(type_error("The fill character must be exactly one character long"));
    }
    Ok(match &*given.name {
        "ljust" => format!("{text}{}", fill.repeat(missing)),
        "rjust" => format!("{}{text}", fill.repeat(missing)),
        "zfill" => {
            let at = usize::from(text.starts_with(['+', '-']));
            format!("{}{}{}", &text[..at], "0".repeat(missing), &text[at..])
        }
        // Python puts the odd one to the left when the width is odd.
        _ => {
            let left = missing / 2 + (missing & width & 1);
            format!("{}{text}{}", fill.repeat(left), fill.repeat(missing - left))
        }
    })
}

fn partitioned(text: &str, given: &Given) -> Result<Value, Fault> {
    let separator = given.required_text(0, "sep")?;
    if separator.is_empty() {
        return Err(value_error("empty separator"));
    }
    let from_right = &*given.name == "rpartition";
    let parts = if from_right { text.rsplit_once(&*separator) } else { text.split_once(&*separator) };
    let three = match parts {
        Some((before, after)) => [before, &separator, after],
        None if from_right => ["", "", text],
        None => [text, "", ""],
    };
    Ok(Value::tuple(three.iter().map(Value::str).collect()))
}

fn expanded(text: &str, width: usize) -> String {
    let mut out = String::new();
    let mut column = 0;
    for c in text.chars() {
        match c {
            '\t' => {
                let blanks = if width == 0 { 0 } else { width - column % width };
                out.extend(std::iter::repeat_n(' ', blanks));
                column += blanks;
            }
            '\n' => {
                out.push(c);
                column = 0;
            }
            _ => {
                out.push(c);
                column += 1;
            }
        }
    }
    out
}

/// Questions that all characters must answer.
fn is(question: &str, text: &str) -> bool {
    let all = |test: fn(char) -> bool| !text.is_empty() && text.chars().all(test);
    match question {
        "isalpha" => all(char::is_alphabetic),
        "isdigit" | "isnumeric" | "isdecimal" => all(char::is_numeric),
        "isalnum" => all(char::is_alphanumeric),
        "isspace" => all(char::is_whitespace),
        "isupper" => text.chars().any(char::is_uppercase) && !text.chars().any(char::is_lowercase),
        "islower" => text.chars().any(char::is_lowercase) && !text.chars().any(char::is_uppercase),
        "istitle" => text.chars().any(char::is_alphabetic) && titled(text) == text,
        "isidentifier" => {
            let starts = text.chars().next().is_some_and(|c| c.is_alphabetic() || c == '_');
            starts && text.chars().all(|c| c.is_alphanumeric() || c == '_')
        }
        _ => truth::holds(&Value::str(text)).unwrap_or(false),
    }
}
