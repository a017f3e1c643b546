//! Completion: the names, methods and keywords that may stand where a person is typing.

use std::rc::Rc;

use super::Session;
use crate::number::sorting;
use crate::runtime::builtin::{Builtin, Slot};
use crate::runtime::value::Value;
use crate::syntax::keywords;

impl Session {
    /// What may stand where the word before the byte at `cursor` stands: at which byte that word begins, and the
    /// candidates for it, in order.
    pub fn complete(&self, text: &str, cursor: usize) -> (usize, Vec<String>) {
        let before = text.get(..cursor).unwrap_or(text);
        let start = word_start(before);
        let (head, word) = before.split_at(start);
        if word.starts_with(|c: char| c.is_ascii_digit()) {
            return (start, Vec::new());
        }
        let mut candidates = match head.strip_suffix('.') {
            Some(object) => self.methods_behind(object),
            None => {
                let mut candidates = self.options_of_call(head);
                if !word.is_empty() {
                    candidates.extend(self.machine.known_names().iter().map(|name| name.to_string()));
                    candidates.extend(keywords().map(str::to_string));
                }
                candidates
            }
        };
        candidates.retain(|name| name.starts_with(word) && (word.starts_with('_') || !name.starts_with('_')));
        // Options of a call come first.
        sorting::sort_by_key(&mut candidates, |name| (!name.ends_with('='), name.clone()));
        candidates.dedup();
        (start, candidates)
    }

    /// The methods of what stands before a point, as far as that is known without computing anything.
    fn methods_behind(&self, object: &str) -> Vec<String> {
        let names = match self.value_of(object) {
            Some(Value::Module(module)) => {
                return module.globals.own().iter().map(|(name, _)| name.to_string()).collect();
            }
            Some(value) => self.machine.methods_of(&value),
            None => Vec::new(),
        };
        names.into_iter().map(str::to_string).collect()
    }

    /// The value of a name, or one of the same kind as a literal or the answer of a call is likely to be.
    fn value_of(&self, object: &str) -> Option<Value> {
        let object = object.trim_end();
        match object.chars().next_back()? {
            '"' | '\'' => Some(Value::str("")),
            ']' if object[..opening(object)?].ends_with(|c: char| c.is_alphanumeric() || c == '_') => None,
            ']' => Some(Value::list(Vec::new())),
            ')' => Some(Value::symbol("x")),
            _ => {
                let name = &object[word_start(object)..];
                if name.starts_with(|c: char| c.is_ascii_digit()) {
                    return Some(Value::integer(1));
                }
                self.machine.globals().get(name).or_else(|| self.machine.predefined(name))
            }
        }
    }

    /// The keywords that a built-in takes: those of its own, and of those whose options it takes too.
    fn options_of(&self, builtin: &Builtin) -> Vec<&'static str> {
        let parameters = builtin.parameters.iter();
        let mut names: Vec<&'static str> = parameters
            .filter(|parameter| parameter.slot == Slot::One && parameter.optional)
            .map(|parameter| parameter.name)
            .collect();
        if builtin.parameters.iter().any(|parameter| parameter.slot == Slot::Keywords) {
            let (own, others) = builtin.options();
            names.extend(own);
            let registry = self.machine.registry();
            let others = others.into_iter().filter_map(|name| registry.function(name));
            names.extend(others.flat_map(|other| other.options().0));
        }
        names
    }

    /// The keyword options of the innermost call that is open at the end of a text.
    fn options_of_call(&self, text: &str) -> Vec<String> {
        let Some(open) = unclosed(text) else { return Vec::new() };
        let callee = text[..open].trim_end();
        let name = &callee[word_start(callee)..];
        let function = self.machine.globals().get(name).or_else(|| self.machine.predefined(name));
        let names: Vec<Rc<str>> = match function {
            Some(Value::Builtin(builtin)) => self.options_of(builtin).into_iter().map(Rc::from).collect(),
            Some(Value::Function(function)) => {
                let shape = &function.code.signature;
                let named = shape.positional + shape.keyword_only;
                function.code.locals.iter().take(named).skip(shape.positional_only).cloned().collect()
            }
            _ => Vec::new(),
        };
        names.iter().map(|name| format!("{name}=")).collect()
    }
}

/// Where the name at the end of a text begins.
fn word_start(text: &str) -> usize {
    text.trim_end_matches(|c: char| c.is_alphanumeric() || c == '_').len()
}

/// Where the bracket that the last character closes was opened; strings are not looked into.
fn opening(text: &str) -> Option<usize> {
    let mut depth = 0;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | ']' | '}' => depth += 1,
            '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return Some(at);
        }
    }
    None
}

/// The last `(` that is still open.
fn unclosed(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, c) in text.char_indices().rev() {
        match c {
            ')' | ']' | '}' => depth += 1,
            '(' if depth == 0 => return Some(at),
            '[' | '{' if depth == 0 => return None,
            '(' | '[' | '{' => depth -= 1,
            _ => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::super::{Options, Source};
    use super::*;

    fn candidates(text: &str) -> Vec<String> {
        let mut session = Session::new(Options::default());
        session.run(Source::new("test", "tangent_of = 5\ndef g(first, second=2): return first\nL = []"), false);
        session.complete(text, text.len()).1
    }

    #[test]
    fn names_methods_and_options_are_found() {
        assert_eq!(candidates("1 + tangent_o"), ["tangent_of"]);
        assert!(candidates("2*arcs").contains(&"arcsin".to_string()));
        assert_eq!(candidates("L.app"), ["append"]);
        assert_eq!(candidates("[1, 2].app"), ["append"]);
        assert_eq!(candidates("'a'.upp"), ["upper"]);
        assert!(candidates("(x^2).expa").contains(&"expand".to_string()));
        assert_eq!(candidates("g(1, s").first().map(String::as_str), Some("second="));
        assert_eq!(candidates("print(1, en").first().map(String::as_str), Some("end="));
        assert!(candidates("plot(sin(x), ").contains(&"thickness=".to_string()));
        assert!(
            candidates("parametric_plot((cos(x), sin(x)), (x, 0, 1), legend_l").contains(&"legend_label=".to_string())
        );
        assert_eq!(candidates(""), Vec::<String>::new());
        assert_eq!(candidates("unknown.a"), Vec::<String>::new());
        assert_eq!(candidates("whi"), ["while"]);
    }
}
