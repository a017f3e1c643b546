//! Values as text: `repr`, `str`, the echo, LaTeX.

use std::fmt::Write;

use super::{Dict, Nature, Range, Set, Value, parent_of};
use crate::budget;
use crate::expr::{Expr, Function, Symbol};
use crate::number::python_repr;
use crate::print;

/// Containers nested deeper than this are cut short in print.
const MAX_NESTING: usize = 500;

/// What `repr(value)` is.
pub fn repr(value: &Value) -> String {
    let mut out = String::new();
    write_value(&mut out, value, &mut Vec::new());
    out
}

/// What `str(value)` is, and `print` prints.
pub fn str_of(value: &Value) -> String {
    match value {
        Value::Str(text) => text.to_string(),
        Value::Exception(exception) => exception.message(),
        Value::List(list) if list.in_lines => {
            let lines: Vec<String> = list.borrow().iter().map(repr).collect();
            format!("[\n{}\n]", lines.join(",\n"))
        }
        _ => repr(value),
    }
}

/// What is echoed for the value of an expression statement; nothing for `None`.
pub fn echo(value: &Value) -> Option<String> {
    (!value.is_none()).then(|| repr(value))
}

/// Lists nested deeper than this have no LaTeX.
const MAX_LATEX_NESTING: usize = 30;

/// The LaTeX of a value that has one.
pub fn latex(value: &Value) -> Option<String> {
    latex_within(value, MAX_LATEX_NESTING)
}

/// The LaTeX of a value within lists, `room` levels of which may still follow.
fn latex_within(value: &Value, room: usize) -> Option<String> {
    match value {
        Value::Expr(expr) => Some(expr_latex(expr)),
        Value::Callable(callable) => Some(print::callable_latex(&callable.arguments, &expr_latex(&callable.body))),
        Value::Symbolic(Function::Elementary(record)) => Some(record.latex.to_string()),
        Value::Symbolic(function) => Some(print::function_latex(Symbol::new(function.name()))),
        Value::Parent(parent) => Some(parent.latex().to_string()),
        Value::Object(object) => object.latex(),
        Value::Bool(value) => Some(format!(r"\mathrm{{{}}}", if *value { "True" } else { "False" })),
        Value::Str(text) => Some(text_latex(text)),
        Value::List(items) => sequence_latex("[", &items.borrow(), "]", room.checked_sub(1)?),
        Value::Tuple(items) => sequence_latex("(", items, ")", room.checked_sub(1)?),
        Value::Set(_) | Value::FrozenSet(_) | Value::Range(_) => Some(text_latex(&repr(value))),
        Value::Float(_) | Value::Double(_) if !repr(value).contains(['e', 'n']) => Some(repr(value)),
        Value::Dict(dict) => dict_latex(&dict.borrow(), room.checked_sub(1)?),
        Value::None => None,
        _ if value.is_plain_number() => super::as_expr(value).map(|expr| print::latex(&expr)),
        _ => None,
    }
}

/// A text as it stands, in typewriter letters; a number in digits as a number.
fn text_latex(text: &str) -> String {
    let digits = text.strip_prefix(['-', '+']).unwrap_or(text);
    if digits.chars().all(|c| c.is_ascii_digit() || c == '.') && digits.matches('.').count() < 2 {
        return text.to_owned();
    }
    let set = |line: &str| {
        let mut out = String::from(r"\text{\texttt{");
        for c in line.chars() {
            match c {
                '#' | '$' | '%' | '&' | '\\' | '^' | '_' | '{' | '}' | '~' => {
                    out.extend([r"{\char`\", &c.to_string(), "}"])
                }
                ' ' | '-' => out.extend(['{', c, '}']),
                _ => out.push(c),
            }
        }
        out + "}}"
    };
    let lines: Vec<String> = text.split('\n').map(set).collect();
    match lines.as_slice() {
        [only] => only.clone(),
        _ => format!("\\begin{{array}}{{l}}\n{}\n\\end{{array}}", lines.join("\\\\\n")),
    }
}

fn sequence_latex(open: &str, items: &[Value], close: &str, room: usize) -> Option<String> {
    let parts: Option<Vec<String>> = items.iter().map(|item| latex_within(item, room)).collect();
    Some(format!(r"\left{open}{}\right{close}", parts?.join(", ")))
}

fn dict_latex(dict: &Dict, room: usize) -> Option<String> {
    let pair = |(key, value)| Some(format!("{} : {}", latex_within(key, room)?, latex_within(value, room)?));
    let pairs: Option<Vec<String>> = dict.iter().map(pair).collect();
    Some(format!(r"\left\{{{}\right\}}", pairs?.join(", ")))
}

/// How a value is called in messages about operators: its ring in Sage's words, or its class.
pub fn sign_of(value: &Value) -> String {
    match parent_of(value) {
        Some(parent) => format!("'{parent}'"),
        None => format!("'<class '{}'>'", value.class().name),
    }
}

/// Appends the text of a value; `open` holds the containers being written, so that one inside itself is seen.
fn write_value(out: &mut String, value: &Value, open: &mut Vec<usize>) {
    match value {
        Value::List(items) => nested(out, value, open, "[...]", |out, open| {
            out.push('[');
            write_items(out, &items.borrow(), open);
            out.push(']');
        }),
        Value::Tuple(items) => nested(out, value, open, "(...)", |out, open| {
            out.push('(');
            write_items(out, items, open);
            out.push_str(if items.len() == 1 { ",)" } else { ")" });
        }),
        Value::Dict(dict) => nested(out, value, open, "{...}", |out, open| write_dict(out, &dict.borrow(), open)),
        Value::Set(set) => write_set(out, &set.borrow(), "set()", open),
        Value::FrozenSet(set) => {
            out.push_str("frozenset(");
            write_set(out, set, "", open);
            out.push(')');
        }
        Value::View(view) => {
            let _ = write!(out, "{}([", view.kind.class().name);
            write_items(out, &view.items(), open);
            out.push_str("])");
        }
        Value::Exception(exception) => {
            out.push_str(exception.class.name);
            out.push('(');
            write_items(out, &exception.arguments, open);
            out.push(')');
        }
        Value::Slice(slice) => {
            out.push_str("slice(");
            write_items(out, &[slice.start.clone(), slice.stop.clone(), slice.step.clone()], open);
            out.push(')');
        }
        _ => write_simple(out, value),
    }
}

fn nested(
    out: &mut String,
    value: &Value,
    open: &mut Vec<usize>,
    again: &str,
    write: impl FnOnce(&mut String, &mut Vec<usize>),
) {
    let address = value.address().unwrap_or(0);
    if open.len() >= MAX_NESTING || open.contains(&address) {
        out.push_str(again);
        return;
    }
    open.push(address);
    write(out, open);
    open.pop();
}

fn write_items(out: &mut String, items: &[Value], open: &mut Vec<usize>) {
    for (index, item) in items.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        write_value(out, item, open);
    }
}

/// A dictionary as Python shows it, with its kind in front when it is one of `collections`.
fn write_dict(out: &mut String, dict: &Dict, open: &mut Vec<usize>) {
    match dict.nature() {
        Nature::Plain => write_entries(out, &entries_of(dict), open),
        Nature::Default(factory) => {
            out.push_str("defaultdict(");
            write_value(out, factory, open);
            out.push_str(", ");
            write_entries(out, &entries_of(dict), open);
            out.push(')');
        }
        Nature::Counter if dict.is_empty() => out.push_str("Counter()"),
        Nature::Counter => {
            out.push_str("Counter(");
            write_entries(out, &dict.by_count(), open);
            out.push(')');
        }
        Nature::Ordered if dict.is_empty() => out.push_str("OrderedDict()"),
        Nature::Ordered => {
            let pairs: Vec<Value> =
                entries_of(dict).into_iter().map(|(key, item)| Value::tuple(vec![key, item])).collect();
            out.push_str("OrderedDict([");
            write_items(out, &pairs, open);
            out.push_str("])");
        }
    }
}

fn entries_of(dict: &Dict) -> Vec<(Value, Value)> {
    dict.iter().map(|(key, item)| (key.clone(), item.clone())).collect()
}

fn write_entries(out: &mut String, entries: &[(Value, Value)], open: &mut Vec<usize>) {
    out.push('{');
    for (index, (key, item)) in entries.iter().enumerate() {
        out.push_str(if index > 0 { ", " } else { "" });
        write_value(out, key, open);
        out.push_str(": ");
        write_value(out, item, open);
    }
    out.push('}');
}

fn write_set(out: &mut String, set: &Set, empty: &str, open: &mut Vec<usize>) {
    if set.is_empty() {
        out.push_str(empty);
        return;
    }
    out.push('{');
    write_items(out, &set.members(), open);
    out.push('}');
}

fn write_simple(out: &mut String, value: &Value) {
    let _ = match value {
        Value::None => write!(out, "None"),
        Value::Bool(value) => write!(out, "{}", if *value { "True" } else { "False" }),
        Value::Int(value) | Value::Integer(value) => write!(out, "{value}"),
        Value::Rational(value) => write!(out, "{value}"),
        Value::Real(value) => write!(out, "{value}"),
        Value::Float(value) | Value::Double(value) => write!(out, "{}", python_repr(*value)),
        Value::Complex(value) => write!(out, "{value}"),
        Value::Str(text) => write!(out, "{}", quoted(text)),
        Value::Expr(expr) => write!(out, "{}", expr_text(expr)),
        Value::Callable(callable) => {
            write!(out, "{}", print::callable_text(&callable.arguments, &expr_text(&callable.body)))
        }
        Value::Symbolic(function) => write!(out, "{}", function.name()),
        Value::Range(range) => write!(out, "{}", range_text(range)),
        Value::Function(function) => write!(out, "<function {}>", function.code.name),
        Value::Builtin(builtin) => write!(out, "<built-in function {}>", builtin.name),
        Value::Method(method) => {
            write!(out, "<built-in method {} of {} object>", method.name, method.receiver.class().name)
        }
        Value::Class(class) => write!(out, "<class '{}'>", class.name),
        Value::Parent(parent) => write!(out, "{parent}"),
        Value::Module(module) => write!(out, "<module '{}'>", module.name),
        Value::Ellipsis => write!(out, "Ellipsis"),
        Value::Iterator(iterator) => write!(out, "<{} object>", iterator.class().name),
        Value::Object(object) => write!(out, "{}", object.text()),
        // Containers are written by `write_value`.
        Value::List(_)
        | Value::Tuple(_)
        | Value::Dict(_)
        | Value::Set(_)
        | Value::FrozenSet(_)
        | Value::View(_)
        | Value::Exception(_)
        | Value::Slice(_) => Ok(()),
    };
}

fn range_text(range: &Range) -> String {
    if range.step.is_one() {
        format!("range({}, {})", range.start, range.stop)
    } else {
        format!("range({}, {}, {})", range.start, range.stop, range.step)
    }
}

/// The text of an expression; a person may stop it.
pub fn expr_text(expr: &Expr) -> String {
    print::text_in_steps(expr, budget::pulse)
}

/// The LaTeX of an expression; a person may stop it.
pub fn expr_latex(expr: &Expr) -> String {
    print::latex_in_steps(expr, budget::pulse)
}

/// A text between quotes, as Python writes it.
pub fn quoted(text: &str) -> String {
    let quote = if text.contains('\'') && !text.contains('"') { '"' } else { '\'' };
    let mut out = String::with_capacity(text.len() + 2);
    out.push(quote);
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            _ if c == quote => {
                out.push('\\');
                out.push(c);
            }
            _ if (c as u32) < 0x20 || c as u32 == 0x7f => {
                let _ = write!(out, "\\x{:02x}", c as u32);
            }
            _ => out.push(c),
        }
    }
    out.push(quote);
    out
}

#[cfg(test)]
mod tests {
    use std::rc::Rc;
    use std::sync::atomic::Ordering;

    use super::*;

    #[test]
    fn containers_print_as_python_prints_them() {
        let list = Value::list(vec![Value::str("it's"), Value::tuple(vec![Value::integer(1)]), Value::Float(0.5)]);
        assert_eq!(repr(&list), "[\"it's\", (1,), 0.5]");
        assert_eq!(repr(&Value::set(Set::new())), "set()");
    }

    #[test]
    fn writing_an_expression_may_be_stopped() {
        let sum = (Expr::variable("x") + Expr::integer(1)).powi(2) + Expr::variable("y");
        let budget = Rc::new(budget::Budget::unlimited());
        budget.start();
        budget::spend(&budget);
        budget.interrupt_flag().store(true, Ordering::Relaxed);
        for write in [expr_text, expr_latex] {
            let asked = Expr::clone(&sum);
            assert_eq!(budget::catch(|| write(&asked)), Err(budget::Stopped::Interrupted));
        }
        budget.interrupt_flag().store(false, Ordering::Relaxed);
        assert_eq!(budget::catch(|| expr_text(&sum)), Ok("(x + 1)^2 + y".to_string()));
        assert_eq!(expr_latex(&sum), r"{\left(x + 1\right)}^{2} + y");
    }

    #[test]
    fn a_list_inside_itself_is_cut_short() {
        let list = Value::list(vec![Value::None]);
        if let Value::List(items) = &list {
            items.borrow_mut().push(list.clone());
        }
        assert_eq!(repr(&list), "[None, [...]]");
        if let Value::List(items) = &list {
            items.borrow_mut().clear();
        }
    }
}
