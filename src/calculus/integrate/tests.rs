//! Integrals, each checked by deriving it.

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

fn definite(text: &str, low: &str, high: &str) -> Result<Option<Expr>, Reason> {
    let [f, low, high] = [text, low, high].map(|part| read(part).unwrap_or_else(|error| panic!("{part}: {error}")));
    definite_integral(&f, Symbol::new("x"), &low, &high, &Budget::unlimited())
}

#[test]
fn jumps_of_the_antiderivative_do_no_harm() {
    for (f, low, high, value) in [
        ("1/(2 + cos(x))", "0", "2*pi", "2*pi/sqrt(3)"),
        ("1/(1 + sin(x)^2)", "0", "2*pi", "sqrt(2)*pi"),
        ("sqrt((x - 1)^2)", "0", "2", "1"),
        ("abs(x^2 - 1)", "0", "2", "2"),
        ("x*floor(x)", "-1", "2", "2"),
        ("log(x)", "0", "1", "-1"),
        ("sqrt(1 + cos(x))", "0", "pi", "2*sqrt(2)"),
    ] {
        let found = definite(f, low, high).unwrap().unwrap_or_else(|| panic!("{f} is not found"));
        let difference = found - read(value).unwrap();
        assert!(algebra::is_zero(&difference, &Budget::unlimited()).unwrap().is_yes(), "{f}: {difference:?}");
    }
}

#[test]
fn poles_make_integrals_diverge() {
    for (f, low, high) in [
        ("1/x", "-1", "1"),
        ("1/x^2", "-1", "1"),
        ("tan(x)", "0", "pi"),
        ("1/(cos(x) + 1/2)", "0", "pi"),
        ("sec(x)", "0", "3"),
    ] {
        assert_eq!(definite(f, low, high), Err(DIVERGENT), "{f}");
    }
}

#[test]
fn an_empty_range_gives_nothing_at_infinity_too() {
    for (f, end) in [("x", "oo"), ("x", "-oo"), ("1/x", "0"), ("exp(x)", "a")] {
        assert_eq!(definite(f, end, end), Ok(Some(Expr::zero())), "{f}");
    }
}

#[test]
fn what_is_not_real_or_not_known_stays_open() {
    assert_eq!(definite("sqrt(x)", "-1", "1"), Ok(None));
    assert_eq!(definite("sin(1/x)", "0", "1"), Ok(None));
}
