//! Every built-in is documented, and every recorded example of it holds.

use std::collections::HashSet;

use secant::diagnostic::Source;
use secant::runtime::builtin::{Builtin, Role};
use secant::session::{Options, Outcome, Session, on_own_thread};

/// An example: code, and what is recorded behind `#`.
struct Example {
    code: String,
    recorded: String,
}

/// The examples of a built-in's documentation, block by block: those of one block share a session.
fn examples(builtin: &Builtin) -> Vec<Vec<Example>> {
    let text = builtin.text();
    let mut blocks = Vec::new();
    for block in text.split("```calc").skip(1) {
        let lines = block.split("```").next().unwrap_or_default().lines().filter(|line| !line.trim().is_empty());
        let mut block: Vec<Example> = Vec::new();
        for example in lines.map(example) {
            // A result on a line of its own belongs to the code above.
            match block.last_mut().filter(|_| example.code.is_empty()) {
                Some(above) => above.recorded = example.recorded,
                None => block.push(example),
            }
        }
        blocks.push(block);
    }
    blocks
}

fn example(line: &str) -> Example {
    // A mark within the code would stand inside quotes; the recorded part comes last.
    let at = ["# =>", "# error:", "# prints"].iter().filter_map(|mark| line.rfind(mark)).max();
    let (code, recorded) = line.split_at(at.unwrap_or(line.len()));
    Example { code: code.trim().to_owned(), recorded: recorded.trim_start_matches('#').trim().to_owned() }
}

/// Whether the last statement's outcome is what the example records, or how it differs.
fn verdict(example: &Example, outcomes: &[Outcome]) -> Result<(), String> {
    let Some(last) = outcomes.last() else { return Err("nothing to run".to_owned()) };
    let now = match (&last.fault, &last.value) {
        (Some(fault), _) if example.recorded.starts_with("error:") => format!("error: {}", fault.code()),
        (Some(fault), _) => format!("fault {fault}"),
        (None, _) if example.recorded.starts_with("prints") => format!("prints {}", last.stdout.trim_end()),
        (None, Some(value)) => format!("=> {value}"),
        (None, None) => String::new(),
    };
    // What prints much is recorded by its beginning.
    let begins = example.recorded.strip_suffix("...").is_some_and(|start| now.starts_with(start));
    if now == example.recorded || begins || (example.recorded.is_empty() && last.fault.is_none()) {
        Ok(())
    } else {
        Err(format!("{}\n  recorded: {}\n  now:      {now}", example.code, example.recorded))
    }
}

fn check_all() -> Vec<String> {
    let registry = secant::builtin::registry();
    let mut wrong = Vec::new();
    for builtin in registry.all() {
        for block in examples(builtin) {
            let mut session = Session::new(Options::default());
            secant::expr::assume::forget_all();
            for example in block {
                let outcomes = session.run(Source::new("example", example.code.clone()), true);
                wrong.extend(verdict(&example, &outcomes).err().map(|text| format!("{}: {text}", builtin.name)));
            }
        }
    }
    wrong
}

#[test]
fn recorded_examples_hold() {
    let wrong = on_own_thread(check_all).expect("the examples ran");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn built_ins_are_documented() {
    let registry = secant::builtin::registry();
    for builtin in registry.all() {
        assert!(!builtin.summary().is_empty(), "{} has no summary", builtin.name);
        let recorded: Vec<Example> = examples(builtin).into_iter().flatten().collect();
        assert!(!recorded.is_empty(), "{} has no example", builtin.name);
        for code in builtin.faults {
            let wanted = format!("error: {code}");
            assert!(recorded.iter().any(|example| example.recorded == wanted), "{}: no case of {code}", builtin.name);
        }
    }
}

#[test]
fn no_name_means_two_functions() {
    let registry = secant::builtin::registry();
    let mut seen = HashSet::new();
    for builtin in registry.all().iter().filter(|builtin| builtin.role != Role::Method) {
        for name in builtin.names() {
            assert!(seen.insert(name), "{name} is declared twice");
        }
    }
}
