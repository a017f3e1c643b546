//! Equations of a first course.

use super::*;
use crate::budget::Budget;
use crate::expr::Symbol;
use crate::print::text;

fn roots(source: &str) -> Vec<String> {
    let equation = crate::expr::read(source).unwrap();
    let solutions = solve_equation(&equation, Symbol::new("x"), &Budget::unlimited()).unwrap();
    assert!(solutions.unsolved.is_empty(), "{source}: {:?}", solutions.unsolved);
    let mut found: Vec<String> = solutions.roots.iter().map(|root| text(&root.value)).collect();
    found.sort();
    found
}

#[test]
fn polynomials_by_radicals() {
    for (source, expected) in [
        ("x^2 - 4", vec!["-2", "2"]),
        ("x^2 + 2*x - 1", vec!["-sqrt(2) - 1", "sqrt(2) - 1"]),
        ("3*x^2 - 2*x - 4", vec!["-1/3*sqrt(13) + 1/3", "1/3*sqrt(13) + 1/3"]),
        ("x^4 - 5*x^2 + 4", vec!["-1", "-2", "1", "2"]),
        ("(x - 1)^2*(x + 2)", vec!["-2", "1"]),
        ("x^3 - 8", vec!["-I*sqrt(3) - 1", "2", "I*sqrt(3) - 1"]),
        ("x^2 - a", vec!["-sqrt(a)", "sqrt(a)"]),
        ("x^2 - y^2", vec!["-y", "y"]),
        ("a*x^2 + b*x + c", vec!["-1/2*(b + sqrt(b^2 - 4*a*c))/a", "-1/2*(b - sqrt(b^2 - 4*a*c))/a"]),
        ("1/x - 2", vec!["1/2"]),
        ("x/(x + 1) - 1", vec![]),
        ("(x^2 - 1)/(x - 1)", vec!["-1"]),
    ] {
        assert_eq!(roots(source), expected, "{source}");
    }
}

#[test]
fn functions_are_undone() {
    for (source, expected) in [
        ("exp(x) - 5", vec!["log(5)"]),
        ("exp(2*x) - 3*exp(x) + 2", vec!["0", "log(2)"]),
        ("2^x - 8", vec!["3"]),
        ("log(x) - 2", vec!["e^2"]),
        ("x^2*exp(x) - exp(x)", vec!["-1", "1"]),
        ("sqrt(x) - 3", vec!["9"]),
    ] {
        assert_eq!(roots(source), expected, "{source}");
    }
}

/// The roots as they are answered.
fn in_order(source: &str) -> Vec<String> {
    let equation = crate::expr::read(source).unwrap();
    let solutions = solve_equation(&equation, Symbol::new("x"), &Budget::unlimited()).unwrap();
    solutions.roots.iter().map(|root| text(&root.value)).collect()
}

/// SageMath 9.5 answers in this order.
#[test]
fn roots_come_in_the_classical_order() {
    for (source, expected) in [
        ("x^2 - 5*x + 6", ["3", "2"].as_slice()),
        ("x^2 - x - 6", &["3", "-2"]),
        ("x^2 - 3*x + 2", &["1", "2"]),
        ("3*x^2 + 2*x - 1", &["1/3", "-1"]),
        ("x^2 - 3*x", &["0", "3"]),
        ("x^2 + 2*x", &["-2", "0"]),
        ("x^3 - 6*x^2 + 11*x - 6", &["1", "2", "3"]),
        ("x^3 + 2*x^2 - x - 2", &["-2", "-1", "1"]),
        ("x^4 - 10*x^3 + 35*x^2 - 50*x + 24", &["3", "4", "1", "2"]),
        ("x^5 - 15*x^4 + 85*x^3 - 225*x^2 + 274*x - 120", &["3", "4", "2", "5", "1"]),
        ("x^4 - 1", &["I", "-1", "-I", "1"]),
        ("x^4 - 5*x^2 + 4", &["-2", "2", "-1", "1"]),
        ("x^3 - 4*x^2 + 5*x - 2", &["2", "1"]),
        ("x^3 - x^2 - 2*x + 2", &["-sqrt(2)", "sqrt(2)", "1"]),
        ("(x - 1)*(x + 2)*(x - 3)", &["-2", "1", "3"]),
        ("x^2*(x - 3)", &["0", "3"]),
        ("4*(x - 3)^3*x^2 + 2*(x - 3)^4*x", &["0", "1", "3"]),
        ("(2*x - x^2)*exp(-x)", &["0", "2"]),
        ("2*x^2 - 1", &["-1/2*sqrt(2)", "1/2*sqrt(2)"]),
    ] {
        assert_eq!(in_order(source), expected, "{source}");
    }
}
