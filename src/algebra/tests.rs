//! Simplification and the zero test on identities.

use super::*;
use crate::budget::Budget;
use crate::expr::{Expr, Truth};
use crate::print::text;

fn e(source: &str) -> Expr {
    crate::expr::read(source).unwrap()
}

fn check(simplify: fn(&Expr, &Budget) -> Result<Expr, crate::expr::Reason>, cases: &[(&str, &str)]) {
    for (input, expected) in cases {
        let result = simplify(&e(input), &Budget::unlimited()).unwrap();
        assert_eq!(text(&result), *expected, "{input}");
    }
}

#[test]
fn fractions_come_to_lowest_terms() {
    check(
        simplify_rational,
        &[
            ("(x^2-1)/(x-1)", "x + 1"),
            ("1/(x+1)+1/(x-1)", "2*x/(x^2 - 1)"),
            ("x/2+1/3", "1/2*x + 1/3"),
            ("(x+1)/2/x", "1/2*(x + 1)/x"),
            ("x*y/(x^2+x*y)", "y/(x + y)"),
            ("(x*y+x+y+1)", "(x + 1)*y + x + 1"),
            ("exp(x)/(exp(x)+exp(-x))", "e^(2*x)/(e^(2*x) + 1)"),
            ("(x+1)^(3/2)/(x+1)", "sqrt(x + 1)"),
            ("1/(sqrt(2)+1)", "1/(sqrt(2) + 1)"),
        ],
    );
}

#[test]
fn trigonometric_forms_are_short() {
    check(
        simplify_full,
        &[
            ("sin(x)^2+cos(x)^2", "1"),
            ("sin(2*x)/sin(x)", "2*cos(x)"),
            ("cos(2*x)+1", "2*cos(x)^2"),
            ("tan(x)^2+1", "cos(x)^(-2)"),
            ("1/cos(x)^2-1", "sin(x)^2/cos(x)^2"),
            ("sin(x)^4-cos(x)^4", "2*sin(x)^2 - 1"),
            ("sin(3*x)", "(4*cos(x)^2 - 1)*sin(x)"),
        ],
    );
}

#[test]
fn identities_are_proved_and_others_refuted() {
    let truth = |source: &str| is_zero(&e(source), &Budget::unlimited()).unwrap();
    for identity in [
        "sin(x)^2+cos(x)^2-1",
        "sin(2*x)-2*sin(x)*cos(x)",
        "(x^2-1)/(x-1)-x-1",
        "sqrt(6)-sqrt(2)*sqrt(3)",
        "tan(x)-sin(x)/cos(x)",
        "log(6)-log(2)-log(3)",
        "2^x*2^y-2^(x+y)",
        "cos(x)^4-3/8-cos(2*x)/2-cos(4*x)/8",
        "(1+I)^2-2*I",
    ] {
        assert_eq!(truth(identity), Truth::Yes, "{identity}");
    }
    for other in ["x^2-x", "x+y", "x^3+1"] {
        assert_eq!(truth(other), Truth::No, "{other}");
    }
    assert_ne!(truth("sqrt(x^2)-x"), Truth::Yes);
}
