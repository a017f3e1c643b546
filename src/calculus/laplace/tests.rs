//! Transforms, each held to the integral that defines it.

use super::*;
use crate::calculus::testing::value;
use crate::expr::{Truth, read};
use crate::tape::{Questions, evaluate};

fn parsed(text: &str) -> Expr {
    read(text).unwrap_or_else(|error| panic!("{text}: {error}"))
}

/// The real value of an expression in one variable.
fn real(expr: &Expr, variable: &str, at: f64) -> f64 {
    let at = crate::number::Rational::from_f64(at).expect("finite");
    let expr = expr.substitute_symbol(Symbol::new(variable), &Expr::number(at));
    let budget = Budget::unlimited();
    let questions = Questions { is_zero: &|_| Truth::Unknown, budget: &budget };
    let number = evaluate(&expr, 60, &questions).unwrap_or_else(|reason| panic!("{expr:?}: {reason:?}")).value;
    number.to_f64_parts().0
}

/// The integral of `e^(-s*t)*f(t)` from 0 to 12 at `s = 5`, by Simpson's rule.
fn integral(f: &Expr) -> f64 {
    let (steps, end) = (1200, 12.0);
    let width = end / f64::from(steps);
    let weighted = |k: i32| {
        let t = (f64::from(k) * width).max(1e-9);
        real(f, "t", t) * pxfm::f_exp(-5.0 * t)
    };
    let sum: f64 =
        (0..=steps).map(|k| weighted(k) * if k == 0 || k == steps { 1.0 } else { f64::from(2 + 2 * (k % 2)) }).sum();
    sum * width / 3.0
}

fn transform(f: &str) -> Expr {
    laplace(&parsed(f), Symbol::new("t"), Symbol::new("s"), &Budget::unlimited())
        .unwrap_or_else(|reason| panic!("{f}: {reason:?}"))
}

#[test]
fn transforms_are_the_integrals() {
    for f in [
        "1",
        "t^3",
        "exp(2*t)*t^2",
        "sin(2*t)",
        "cos(3*t + 1)",
        "sinh(t)",
        "t*cosh(2*t)",
        "t^2*sin(t)",
        "2^t",
        "exp(-t)*sin(2*t)",
        "t*exp(-t)*cos(2*t)",
        "sin(t)^2",
        "sin(2*t)*cos(3*t)",
        "sin(t)^3",
        "cos(t)*cosh(t)",
        "sinh(t)*sin(t)",
        "exp(t)*cosh(t)",
        "sin(3*t)/t",
        "(1 - cos(t))/t",
        "(exp(-t) - exp(-2*t))/t",
        "t^(3/2)",
        "t^(5/2)*exp(-t)",
        "exp(-t^2)",
        "exp(-2*t^2 + t + 1)*t",
        "erf(2*t)",
        "exp(t)*erf(t)",
        "t*bessel_J(0, 2*t)",
        "t*log(3*t)",
        "(t + 1)^2 - 3*exp(-t)",
        "cos(t)^2*exp(-t)*t",
    ] {
        let found = transform(f);
        assert!(!found.shared_nodes().any(|node| node.as_call().is_some_and(|(f, _)| f.is(&function::LAPLACE))), "{f}");
        let (own, expected) = (real(&found, "s", 5.0), integral(&parsed(f)));
        assert!(
            (own - expected).abs() < 2e-4 * (1.0 + expected.abs()),
            "{f}: {found:?} is {own}, the integral {expected}"
        );
    }
}

#[test]
fn steps_and_impulses_move_the_variable() {
    for (f, expected) in [
        ("heaviside(t - 2)*t", "(1/s^2 + 2/s)*exp(-2*s)"),
        ("heaviside(t + 2)*t", "1/s^2"),
        ("heaviside(1 - t)", "1/s - exp(-s)/s"),
        ("unit_step(2*t - 1)*exp(t)", "exp(1/2 - s/2)/(s - 1)"),
        ("dirac_delta(t - 3)*t^2", "9*exp(-3*s)"),
        ("dirac_delta(t + 3)", "0"),
        ("dirac_delta(2*t - 1)", "exp(-s/2)/2"),
        ("heaviside(t - pi)*sin(t)", "-exp(-pi*s)/(s^2 + 1)"),
    ] {
        let difference = transform(f) - parsed(expected);
        let (re, im) = value(&difference.substitute_symbol(Symbol::new("s"), &Expr::fraction(7, 3)), &Expr::one())
            .expect("a number");
        assert!(re.abs() + im.abs() < 1e-12, "{f}: {difference:?}");
    }
}

#[test]
fn what_no_rule_fits_stays_open() {
    for f in ["tan(t)", "1/t", "exp(t^2)", "sin(t^2)", "heaviside(t - x)", "sqrt(t)*sin(t)"] {
        assert!(
            transform(f).shared_nodes().any(|node| node.as_call().is_some_and(|(f, _)| f.is(&function::LAPLACE))),
            "{f}"
        );
    }
}

#[test]
fn inverses_transform_back() {
    for f in [
        "1/s^4",
        "3/(s - 2)",
        "1/(s + 2)^3",
        "(s + 3)/(s^2 + 2*s + 5)",
        "1/(s^2 - 2)",
        "(s - 1)/(s^2 - 2*s - 2)",
        "1/(s^2 + 1)^3",
        "(2*s + 1)/(4*s^2 + 4*s + 5)^2",
        "(s^2 + 1)/(s^2 - 3)^2/(s + 1)",
        "1/(s^4 - 1)",
        "1/(s^4 + 4)",
        "10/(s*(s^2 + 2*s + 5))",
        "exp(-2*s)/s^2",
        "pi*exp(-s)/(s^2 + 1) + sqrt(2)/(s + 1)",
        "s^(-5/2)",
        "(s + 1)^(-5/2)",
    ] {
        let (s, t, budget) = (Symbol::new("s"), Symbol::new("t"), Budget::unlimited());
        let found = inverse_laplace(&parsed(f), s, t, &budget).unwrap_or_else(|reason| panic!("{f}: {reason:?}"));
        let back = laplace(&found, t, s, &budget).unwrap_or_else(|reason| panic!("{f}: {reason:?}"));
        for at in [3.0, 4.25] {
            let (own, expected) = (real(&back, "s", at), real(&parsed(f), "s", at));
            assert!((own - expected).abs() < 1e-9 * (1.0 + expected.abs()), "{f}: {found:?}, {back:?}");
        }
    }
}
