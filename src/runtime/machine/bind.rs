//! Arguments to parameters, by Python's rules and in Python's words.

use std::rc::Rc;

use super::Frame;
use crate::diagnostic::{Fault, Span, Spanned, nearest};
use crate::runtime::call::Arguments;
use crate::runtime::code::Signature;
use crate::runtime::fault::BAD_ARGUMENTS;
use crate::runtime::value::{Closure, Dict, Key, Value};

impl Signature {
    /// Whether so many positional arguments fill the parameters, and there is nothing else to do.
    pub fn is_plain(&self, given: usize) -> bool {
        self.positional == given && self.keyword_only == 0 && !self.rest && !self.keywords
    }

    /// How many parameters can be named one by one.
    fn named(&self) -> usize {
        self.positional + self.keyword_only
    }
}

/// Puts the arguments of a call into the parameters' slots.
pub(super) fn bind(frame: &mut Frame, function: &Closure, arguments: Arguments) -> Result<(), Fault> {
    let signature = &function.code.signature;
    let mut rest = Vec::new();
    let given = arguments.positional.len();
    for (index, argument) in arguments.positional.into_iter().enumerate() {
        if index < signature.positional {
            frame.locals[index] = Some(argument.value);
        } else if signature.rest {
            rest.push(argument.value);
        } else {
            return Err(too_many(function, given, argument.span));
        }
    }
    let extra = bind_keywords(frame, function, arguments.keywords)?;
    fill_defaults(frame, function);
    check_missing(frame, function)?;
    let mut slot = signature.named();
    if signature.rest {
        frame.locals[slot] = Some(Value::tuple(rest));
        slot += 1;
    }
    if signature.keywords {
        frame.locals[slot] = Some(Value::dict(extra));
    }
    Ok(())
}

/// Binds the keywords that name parameters; the others, if `**` takes them.
fn bind_keywords(
    frame: &mut Frame,
    function: &Closure,
    keywords: Vec<(Rc<str>, Spanned<Value>)>,
) -> Result<Dict, Fault> {
    let signature = &function.code.signature;
    let mut extra = Dict::new();
    for (name, value) in keywords {
        let names = &function.code.locals[signature.positional_only..signature.named()];
        match names.iter().position(|own| *own == name) {
            Some(at) => {
                let slot = &mut frame.locals[at + signature.positional_only];
                if slot.is_some() {
                    return Err(wrong(function, value.span, &format!("got multiple values for argument '{name}'")));
                }
                *slot = Some(value.value);
            }
            None if signature.keywords => extra.insert(Key::new(Value::Str(name))?, value.value),
            None => {
                let fault = wrong(function, value.span, &format!("got an unexpected keyword argument '{name}'"));
                return Err(match nearest(&name, names.iter().map(|name| &**name)) {
                    Some(near) => fault.hint(format!("did you mean `{near}=`?")),
                    None => fault,
                });
            }
        }
    }
    Ok(extra)
}

fn fill_defaults(frame: &mut Frame, function: &Closure) {
    let signature = &function.code.signature;
    let first = signature.positional - signature.positional_defaults;
    let keyword_slots = (0..signature.keyword_only).filter(|at| signature.keyword_defaults[*at]);
    let slots = (first..signature.positional).chain(keyword_slots.map(|at| signature.positional + at));
    for (slot, default) in slots.zip(&function.defaults) {
        if frame.locals[slot].is_none() {
            frame.locals[slot] = Some(default.clone());
        }
    }
}

fn check_missing(frame: &Frame, function: &Closure) -> Result<(), Fault> {
    let signature = &function.code.signature;
    let missing = |range: std::ops::Range<usize>| -> Vec<String> {
        range
            .filter(|slot| frame.locals[*slot].is_none())
            .map(|slot| format!("'{}'", function.code.locals[slot]))
            .collect()
    };
    for (kind, names) in [
        ("positional", missing(0..signature.positional)),
        ("keyword-only", missing(signature.positional..signature.named())),
    ] {
        if !names.is_empty() {
            let words = if names.len() == 1 { "argument" } else { "arguments" };
            let text = format!("missing {} required {kind} {words}: {}", names.len(), listed(&names));
            return Err(wrong(function, Span::default(), &text));
        }
    }
    Ok(())
}

/// `'a'`, `'a' and 'b'`, `'a', 'b', and 'c'`.
fn listed(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [only] => only.clone(),
        [first, second] => format!("{first} and {second}"),
        [first @ .., last] => format!("{}, and {last}", first.join(", ")),
    }
}

fn too_many(function: &Closure, given: usize, span: Span) -> Fault {
    let signature = &function.code.signature;
    let most = signature.positional;
    let takes = match signature.positional_defaults {
        0 => most.to_string(),
        defaults => format!("from {} to {most}", most - defaults),
    };
    let words = if most == 1 && signature.positional_defaults == 0 { "argument" } else { "arguments" };
    let were = if given == 1 { "was" } else { "were" };
    wrong(function, span, &format!("takes {takes} positional {words} but {given} {were} given"))
}

fn wrong(function: &Closure, span: Span, text: &str) -> Fault {
    Fault::new(&BAD_ARGUMENTS, span, format!("{}() {text}", function.code.name))
}
