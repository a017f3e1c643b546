//! Expressions and how they are written.

use super::text;
use crate::expr::function::{cos, exp, sin};
use crate::expr::{Expr, Relation};

fn v(name: &str) -> Expr {
    Expr::variable(name)
}

fn n(value: i64) -> Expr {
    Expr::integer(value)
}

fn half() -> Expr {
    Expr::fraction(1, 2)
}

fn check(expr: Expr, expected: &str) {
    assert_eq!(text(&expr), expected);
}

#[test]
fn products_and_powers() {
    let (x, y, a) = (v("x"), v("y"), v("a"));
    check(half() * &x, "1/2*x");
    check(-&x, "-x");
    check(x.powi(-2), "x^(-2)");
    check(-x.powi(-2), "-1/x^2");
    check(half() / x.sqrt(), "1/2/sqrt(x)");
    check(x.sqrt().recip(), "1/sqrt(x)");
    check(n(1) / (n(4) * x.sqrt() * (x.sqrt() + n(1)).sqrt()), "1/4/(sqrt(x)*sqrt(sqrt(x) + 1))");
    check(-&x / (&x - n(1)), "-x/(x - 1)");
    check(Expr::fraction(3, 2) * (x.powi(2) - n(1)) / &y, "3/2*(x^2 - 1)/y");
    check(cos(&x).powi(-2), "cos(x)^(-2)");
    check((&x - n(1)).powi(-2), "(x - 1)^(-2)");
    check(x.powi(2).power(&a), "(x^2)^a");
    check(n(-1).power(&Expr::fraction(1, 3)), "(-1)^(1/3)");
    check(n(2).power(&(&x + n(1))), "2^(x + 1)");
    check(x.power(&-&a), "1/(x^a)");
    check(&y * x.power(&-&a), "y/x^a");
    check((&x * &y).recip(), "1/(x*y)");
}

#[test]
fn exponentials() {
    let x = v("x");
    check(exp(&x), "e^x");
    check(exp(&(n(2) * &x)), "e^(2*x)");
    check(exp(&-x.powi(2)), "e^(-x^2)");
    check(Expr::e(), "e");
    check(exp(&n(-1)), "e^(-1)");
    check(exp(&sin(&x)), "e^sin(x)");
    check(exp(&sin(&(n(2) * &x))), "e^(sin(2*x))");
    check(exp(&exp(&x)), "e^(e^x)");
    check(exp(&x).power(&v("y")), "(e^x)^y");
}

#[test]
fn complex_coefficients() {
    let x = v("x");
    check((Expr::i() + n(1)) * &x, "(I + 1)*x");
    check((n(1) - Expr::i()) * &x, "-(I - 1)*x");
    check(n(2) * Expr::i() * &x, "2*I*x");
    check(-Expr::i() * &x + v("y"), "-I*x + y");
    check(&x - Expr::i() - n(1), "x - I - 1");
    check((half() * Expr::i() + half()) * n(2).sqrt(), "(1/2*I + 1/2)*sqrt(2)");
}

#[test]
fn relations() {
    let x = v("x");
    let equation = |value: Expr| Expr::relation(Relation::Equal, x.clone(), value);
    check(equation(n(2)), "x == 2");
    check(equation(half()), "x == (1/2)");
    check(equation(n(-2)), "x == -2");
    check(equation(n(-2) * Expr::i()), "x == (-2*I)");
    check(equation(Expr::i()), "x == I");
    check(equation(&x + n(1)), "x == x + 1");
}

#[test]
fn deep_and_long_expressions_print() {
    let nest = (0..100_000).fold(v("x"), |e, _| sin(&e));
    assert_eq!(text(&nest).len(), 5 * 100_000 + 1);
    let towers = (0..100_000).fold(v("x"), |e, _| exp(&e));
    assert_eq!(text(&towers).len(), 4 * 100_000 - 2 + 1);
    let long = Expr::sum((1..=100_000).map(|k| v("x").powi(k)));
    assert!(text(&long).starts_with("x^100000 + x^99999 + "));
}
