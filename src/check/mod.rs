//! Comparing what statements give with the results recorded behind them, as comments.
//!
//! `# => 3*x^2` records a value, `# prints 12` a line that is printed, `# error: division-by-zero` the fault that stops the
//! statement. The first such comment may stand on the statement's last line, further ones on the lines below it. A record
//! of what is printed that ends with `...` gives its beginning only. A statement without record must not fail.

mod record;
mod update;

use crate::session::{Ending, Outcome, Program, Session, Source, explain};
use record::{Kind, Record};

/// What came of comparing one source.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// How many statements were run.
    pub statements: usize,
    /// How many of them have a record.
    pub compared: usize,
    /// Those that give something else.
    pub differences: Vec<Difference>,
    /// The source with the results found written into it, where that changes it.
    pub updated: Option<String>,
}

/// A statement that does not give what is recorded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The line of the source on which the statement begins, from 1.
    pub line: usize,
    /// The statement.
    pub statement: String,
    /// What is recorded, a line each: `=> 3`.
    pub recorded: Vec<String>,
    /// What it gives now.
    pub now: Vec<String>,
    /// What a person reads of a fault that nobody expected.
    pub fault: Option<String>,
    /// Whether writing the results found would mend it.
    pub mendable: bool,
}

/// Runs every statement of a source and compares; the session should capture what is printed.
pub fn check(source: Source, session: &mut Session) -> Report {
    let program = session.parse(source);
    let mut report = Report::default();
    let mut edits = Vec::new();
    for index in 0..program.len() {
        let record = Record::of(&program, index);
        let outcome = session.run_statement(&program, index);
        report.statements += 1;
        if record.is_empty() && outcome.ending() == Some(Ending::Well) {
            break;
        }
        report.compared += usize::from(!record.is_empty());
        let edit = update::edit(&program, index, &record, &outcome);
        if !record.fits(&outcome) {
            report.differences.push(difference(&program, &record, &outcome, edit.is_some()));
        }
        edits.extend(edit);
    }
    report.updated = (!edits.is_empty()).then(|| update::apply(program.source().text(), &edits));
    report
}

fn difference(program: &Program, record: &Record, outcome: &Outcome, mendable: bool) -> Difference {
    let unexpected = outcome.fault.as_ref().filter(|_| !record.has(Kind::Error));
    Difference {
        line: outcome.line,
        statement: outcome.source.clone(),
        recorded: record.lines(),
        now: record.found(outcome),
        fault: unexpected.map(|fault| explain(fault, program.source(), false)),
        mendable,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Options;

    /// Checks a source; the differences as text, and the source as it would be updated.
    fn checked(text: &str) -> (Vec<String>, String) {
        let report = check(Source::new("test.calc", text), &mut Session::new(Options::default()));
        let shown = |d: &Difference| format!("{}: {} | {}", d.line, d.recorded.join(", "), d.now.join(", "));
        (report.differences.iter().map(shown).collect(), report.updated.unwrap_or_else(|| text.to_string()))
    }

    #[test]
    fn recorded_results_are_compared() {
        let text = "1 + 1  # => 2\nprint(1, 2)  # prints 1 2\n1/0  # error: division-by-zero\n1/0\n# error: ZeroDivisionError\n";
        assert_eq!(checked(text), (vec![], text.to_string()));
        let (differences, _) = checked("1 + 1  # => 3\nprint(5)  # prints 6\n2 + 3  # error: bad-value\n1/0\n");
        assert_eq!(
            differences,
            ["1: => 3 | => 2", "2: prints 6 | prints 5", "3: error: bad-value | => 5", "4:  | error: division-by-zero"]
        );
    }

    #[test]
    fn a_record_belongs_to_the_last_statement_of_its_line() {
        assert_eq!(checked("a = 2; a + 1  # => 3\n").0, Vec::<String>::new());
        assert_eq!(checked("for k in range(2):\n    print(k)  # prints 0\n# prints 1\n").0, Vec::<String>::new());
        assert_eq!(checked("print('a long text')  # prints a lo...\n").0, Vec::<String>::new());
        assert_eq!(checked("print(7)  # => 7\n").0, Vec::<String>::new());
        // A remark in between ends the record.
        assert_eq!(checked("5\n# a remark\n# => 6\n").0, Vec::<String>::new());
    }

    #[test]
    fn updating_writes_what_was_found() {
        let (_, updated) = checked(
            "1 + 1  # => 3\n2 + 2\n3 + 3  # a remark\nx = 5\n'a\\nb'  # =>\nfor k in [1, 2]:\n    print(k)\n# prints\n",
        );
        assert_eq!(
            updated,
            "1 + 1  # => 2\n2 + 2  # => 4\n3 + 3  # a remark\nx = 5\n'a\\nb'  # => 'a\\nb'\nfor k in [1, 2]:\n    print(k)\n# prints 1\n# prints 2\n"
        );
        let (_, again) = checked(&updated);
        assert_eq!(again, updated);
        assert_eq!(checked("1/0  # error:\n").1, "1/0  # error: division-by-zero\n");
        assert_eq!(checked("1/0  # => 5\n").1, "1/0  # => 5\n");
        assert_eq!(checked("5  # error: bad-value").1, "5  # => 5");
    }
}
