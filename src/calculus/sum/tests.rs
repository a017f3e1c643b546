//! Tests of sums: each closed form against the sum of its terms.

use super::*;
use crate::expr::read;

fn sum(f: &str, low: &str, high: &str) -> Value {
    let high = if high == "oo" { Expr::infinity(Infinity::Positive) } else { read(high).unwrap() };
    symbolic_sum(&read(f).unwrap(), Symbol::new("k"), &read(low).unwrap(), &high, &Budget::unlimited())
}

fn is_equal(a: &Expr, b: &str) -> bool {
    algebra::is_zero(&(a - read(b).unwrap()), &Budget::unlimited()).unwrap().is_yes()
}

/// The closed form at small bounds is what adding the terms gives.
#[test]
fn closed_forms_agree_with_addition() {
    for (f, low) in [
        ("k^3", 1),
        ("k*2^k", 0),
        ("(k^2 + 1)*3^k", 1),
        ("1/(k*(k + 1))", 1),
        ("1/(k*(k + 2))", 1),
        ("k*factorial(k)", 1),
        ("(-1)^k*k", 1),
        ("binomial(n, k)", 0),
        ("k^2*binomial(n, k)", 0),
    ] {
        let closed = sum(f, &low.to_string(), "n").unwrap().unwrap_or_else(|| panic!("{f} is not found"));
        for n in low..low + 6 {
            let at = Expr::integer(n);
            let term = read(f).unwrap().substitute_symbol(Symbol::new("n"), &at);
            let plain = added(&term, Symbol::new("k"), (low, n), &Budget::unlimited()).unwrap();
            let value = closed.substitute_symbol(Symbol::new("n"), &at);
            assert!(algebra::is_zero(&(value - plain), &Budget::unlimited()).unwrap().is_yes(), "{f} to {n}");
        }
    }
}

#[test]
fn infinite_sums() {
    for (f, low, value) in [
        ("1/k^2", "1", "pi^2/6"),
        ("1/k^2", "3", "pi^2/6 - 5/4"),
        ("1/(2*k - 1)^2", "1", "pi^2/8"),
        ("1/(4*k^2 - 1)", "1", "1/2"),
        ("(-1)^k/(2*k + 1)", "0", "pi/4"),
        ("(-1)^k/(k + 1)", "0", "log(2)"),
        ("(-1)^k/(k - 1)", "2", "log(2)"),
        ("k^2/3^k", "1", "3/2"),
        ("1/(k*2^k)", "1", "log(2)"),
        ("k^2/factorial(k)", "0", "2*exp(1)"),
        ("1/factorial(k + 2)", "0", "exp(1) - 2"),
        ("(-1)^k*x^(2*k)/factorial(2*k)", "0", "cos(x)"),
        ("(-1)^k*x^(2*k)/factorial(2*k + 1)", "0", "sin(x)/x"),
        ("1/factorial(2*k)", "1", "cosh(1) - 1"),
    ] {
        let found = sum(f, low, "oo").unwrap().unwrap_or_else(|| panic!("{f} is not found"));
        assert!(is_equal(&found, value), "{f}: {found:?}");
    }
}

#[test]
fn divergence_is_shown() {
    for f in ["1/k", "k", "2^k", "(-1)^k", "1/sqrt(k)", "k/(k + 1)", "(-1)^k*k/(k + 1)"] {
        assert_eq!(sum(f, "1", "oo"), Err(SUM_DIVERGENT), "{f}");
    }
    assert!(matches!(sum("x^k", "0", "oo"), Err(Reason::Unknown(_))));
}
