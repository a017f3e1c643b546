//! What a session's program has assigned, as a person reads it.

use super::Session;
use crate::number::sorting;
use crate::runtime::parameter::describe;
use crate::runtime::value::repr;

/// How much of a value is shown.
const SHOWN: usize = 50;

/// The names that were assigned, in order: in one line, or a line each with kind and value.
pub fn shown_names(session: &mut Session, values: bool) -> String {
    let mut own = session.machine().globals().own();
    own.retain(|(name, _)| !name.starts_with('_'));
    sorting::sort_by(&mut own, |(left, _), (right, _)| left.cmp(right));
    if own.is_empty() {
        return "nothing was assigned\n".to_string();
    }
    if !values {
        let names: Vec<&str> = own.iter().map(|(name, _)| &**name).collect();
        return names.join("  ") + "\n";
    }
    let rows: Vec<(&str, &str, String)> =
        own.iter().map(|(name, value)| (&**name, describe(value), shortened(&repr(value)))).collect();
    let width = |cell: fn(&(&str, &str, String)) -> usize| rows.iter().map(cell).max().unwrap_or(0);
    let (first, second) = (width(|row| row.0.chars().count()), width(|row| row.1.chars().count()));
    rows.iter().map(|(name, kind, value)| format!("{name:first$}  {kind:second$}  {value}\n")).collect()
}

/// A text on one line, cut where it is long.
fn shortened(text: &str) -> String {
    let mut line: String = text.chars().take(SHOWN).map(|c| if c == '\n' { ' ' } else { c }).collect();
    if text.chars().nth(SHOWN).is_some() {
        line.push_str("...");
    }
    line
}

#[cfg(test)]
mod tests {
    use super::super::{Options, Source};
    use super::*;

    #[test]
    fn names_are_listed() {
        let mut session = Session::new(Options::default());
        assert_eq!(shown_names(&mut session, false), "nothing was assigned\n");
        session.run(Source::new("test", "f = x^2 + 1\na = [1..100]\na"), false);
        assert_eq!(shown_names(&mut session, false), "a  f\n");
        let rows = shown_names(&mut session, true);
        assert!(rows.lines().any(|row| row.starts_with("f  ") && row.ends_with("  x^2 + 1")), "{rows}");
        assert!(rows.lines().any(|row| row.starts_with("a  ") && row.ends_with("...")), "{rows}");
    }
}
