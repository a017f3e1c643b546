use super::*;
use crate::expr::read;

/// Every integrand of the list has an antiderivative; those that come out are checked before they are answered.
#[test]
fn integrands_of_a_first_course() {
    let mut failures = Vec::new();
    for text in include_str!("integrands.txt").lines().filter(|line| !line.is_empty()) {
        let f = read(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        match antiderivative(&f, Symbol::new("x"), &Budget::unlimited()) {
            Ok(Some(_)) => {}
            other => failures.push(format!("{text}: {other:?}")),
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}
