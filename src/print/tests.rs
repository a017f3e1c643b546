//! Expressions and how they are written.

use super::{callable_latex, callable_text, latex, leaves, mathml, series_latex, series_text, text, unicode};
use crate::expr::function::{cos, exp, sin};
use crate::expr::{Expr, Relation};
use crate::number::Rational;

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
    check(equation((&x + n(1)).recip()), "x == (1/(x + 1))");
    check(equation(-x.recip()), "x == -1/x");
    check(equation(x.powi(-2)), "x == x^(-2)");
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

#[test]
fn latex_is_that_of_sage() {
    let (x, y) = (v("x"), v("y"));
    for (expr, expected) in [
        (half() * &x, r"\frac{1}{2} \, x"),
        ((&x - n(1)) * exp(&x), r"{\left(x - 1\right)} e^{x}"),
        ((half() * Expr::i() + half()) * n(2).sqrt(), r"\left(\frac{1}{2} i + \frac{1}{2}\right) \, \sqrt{2}"),
        (n(2) * n(3).power(&x), r"2 \cdot 3^{x}"),
        (n(3) * &x / (n(2) * &y), r"\frac{3 \, x}{2 \, y}"),
        ((&x * &y).power(&v("a")), r"\left(x y\right)^{a}"),
        (exp(&(n(2) * &x)), r"e^{\left(2 \, x\right)}"),
        (x.power(&x.powi(2)), r"x^{\left(x^{2}\right)}"),
        (v("x_1") + v("alpha"), r"\alpha + x_{1}"),
    ] {
        assert_eq!(latex(&expr), expected);
    }
}

#[test]
fn unicode_is_for_people() {
    let x = v("x");
    for (expr, expected) in [
        (x.powi(2) - n(2) * Expr::pi().sqrt(), "x² − 2·√π"),
        (exp(&-&x), "e⁻ˣ"),
        (exp(&x.powi(2)), "e^(x²)"),
        (n(1) / (&x + n(1)).powi(2), "1/(x + 1)²"),
        (v("x1") * v("alpha"), "α·x₁"),
        (Expr::relation(Relation::LessEqual, x.clone(), Expr::fraction(-1, 2)), "x ≤ −1/2"),
    ] {
        assert_eq!(unicode(&expr), expected);
    }
}

#[test]
fn mathml_nests_elements() {
    let x = v("x");
    let inside = |expr: &Expr| mathml(expr).replace(r#"<math xmlns="http://www.w3.org/1998/Math/MathML">"#, "");
    assert_eq!(inside(&x.sqrt()), "<msqrt><mi>x</mi></msqrt></math>");
    assert_eq!(inside(&x.powi(-1)), "<mfrac><mn>1</mn><mi>x</mi></mfrac></math>");
    assert_eq!(
        inside(&(&x + n(1)).powi(2)),
        "<msup><mrow><mo>(</mo><mrow><mi>x</mi><mo>+</mo><mn>1</mn></mrow><mo>)</mo></mrow><mn>2</mn></msup></math>"
    );
}

#[test]
fn callable_expressions() {
    let (x, y) = (crate::expr::Symbol::new("x"), crate::expr::Symbol::new("y"));
    assert_eq!(callable_text(&[x], &text(&v("x").powi(2))), "x |--> x^2");
    assert_eq!(callable_text(&[x, y], "x"), "(x, y) |--> x");
    assert_eq!(callable_latex(&[x], &latex(&v("x").powi(2))), r"x \ {\mapsto}\ x^{2}");
}

#[test]
fn leaves_are_counted_without_writing_them() {
    assert_eq!(leaves(&v("x")), 1);
    let shared = (0..200).fold(v("x"), |e, _| sin(&e).power(&e));
    assert_eq!(leaves(&shared), u64::MAX);
    let nest = (0..100_000).fold(v("x"), |e, _| sin(&e));
    assert_eq!(leaves(&nest), 1);
}

#[test]
fn sums_of_negative_powers_are_fractions() {
    let (x, a) = (v("x"), v("a"));
    check(&x + x.powi(-2), "x + 1/x^2");
    check(x.power(&-&a) + n(2), "1/x^a + 2");
    check(n(2).power(&(-&a - n(1))) * &x, "x/2^(a + 1)");
}

#[test]
fn deep_expressions_are_put_in_order() {
    let nest = |start: &str| (0..100_000).fold(v(start), |e, _| sin(&e));
    assert!(text(&(nest("x") + nest("y"))).contains(" + "));
    let horner = (0..20_000).fold(v("x"), |e, k| (e * v("x") + n(k + 1)).sqrt());
    assert!(text(&(&horner + &horner.powi(2) * v("y"))).contains("sqrt"));
}

/// The recorded expressions are written as Sage writes them, and what is written reads back as the same expression.
#[test]
fn recorded_expressions_are_written_as_sage_does() {
    let recorded = include_str!("../../tests/cases/print/sage.txt");
    for line in recorded.lines().filter(|line| !line.starts_with('#')) {
        let columns: Vec<&str> = line.split('\t').collect();
        let [source, expected, expected_latex] = columns.as_slice() else { panic!("three columns in {line}") };
        let expr = crate::expr::read(source).unwrap_or_else(|error| panic!("{source}: {error}"));
        assert_eq!(text(&expr), *expected, "text of {source}");
        assert_eq!(latex(&expr), *expected_latex, "LaTeX of {source}");
        let back = crate::expr::read(expected).unwrap_or_else(|error| panic!("{expected}: {error}"));
        assert_eq!(text(&back), *expected, "read back from {source}");
    }
}

#[test]
fn series_show_all_coefficients() {
    let terms: Vec<_> = [(n(1), -1), (n(-1), 0), (half(), 1), (v("a"), 2)]
        .into_iter()
        .map(|(coefficient, exponent)| (coefficient, Rational::from(exponent)))
        .collect();
    let order = Rational::from(4);
    assert_eq!(series_text(&terms, &v("x"), &order), "1*x^(-1) + (-1) + 1/2*x + (a)*x^2 + Order(x^4)");
    assert_eq!(
        series_latex(&terms[2..], &(v("x") - n(1)), &order),
        r"\frac{1}{2} {(x - 1)} + {(a)} {(x - 1)}^{2} + \mathcal{O}\left({\left(x - 1\right)}^{4}\right)"
    );
    assert_eq!(series_text(&[], &v("x"), &Rational::ZERO), "Order(1)");
}

/// A random argument: numbers, variables, sums, products, powers and calls, `depth` high at most.
fn argument(state: &mut u64, depth: u32) -> Expr {
    let mut below = |count: u64| {
        *state ^= *state << 13;
        *state ^= *state >> 7;
        *state ^= *state << 17;
        (*state >> 11) % count
    };
    let small = below(19) as i64 - 9;
    match (depth, below(8)) {
        (0, 0..=2) => v("x"),
        (0, 3) => v("y"),
        (0, 4) => Expr::pi(),
        (0, _) | (_, 0) => Expr::fraction(small, below(6) as i64 + 1),
        (_, 1 | 2) => argument(state, depth - 1) + argument(state, depth - 1),
        (_, 3 | 4) => argument(state, depth - 1) * argument(state, depth - 1),
        (_, 5) => argument(state, depth - 1).power(&Expr::fraction(small, 2)),
        (_, 6) => exp(&argument(state, depth - 1)),
        // A number to the power of a number may have as many digits as fit.
        (_, _) => (v("x") + argument(state, depth - 1)).power(&argument(state, depth - 1)),
    }
}

/// What is printed of a function of the table is read as the same; ten thousand times each in an optimised build.
#[test]
fn every_function_is_read_as_it_is_printed() {
    let times = if cfg!(debug_assertions) { 1_000 } else { 10_000 };
    let mut state = 0x5eca_0177;
    for record in crate::expr::function::all().filter(|record| record.binds.is_none() && record.name != "Order") {
        for round in 0..times {
            let count = record.arity.0.max(1).max((round % 2).min(record.arity.1));
            let arguments: Vec<Expr> = (0..count).map(|_| argument(&mut state, round as u32 % 3)).collect();
            let expr = Expr::call(crate::expr::Function::Elementary(record), arguments);
            let shown = text(&expr);
            let printable = !expr.is_undefined() && !shown.contains("Infinity");
            if printable {
                let back = crate::expr::read(&shown).unwrap_or_else(|error| panic!("{shown}: {error}"));
                assert_eq!(back, expr, "{shown} is read as {}", text(&back));
            }
        }
    }
}
