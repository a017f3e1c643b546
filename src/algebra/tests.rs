//! Simplification and the zero test on identities.

use super::*;
use crate::budget::Budget;
use crate::expr::assume::{Fact, with_facts};
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
        "cos(-arccos(x))-x",
        "cos(2*arccos(x))-2*x^2+1",
        "sin(2*arctan(x))-2*x/(1+x^2)",
        "cosh(2*arcsinh(x))-2*x^2-1",
        "tan(-arctan(sin(3)))+sin(3)",
    ] {
        assert_eq!(truth(identity), Truth::Yes, "{identity}");
    }
    for other in ["x^2-x", "x+y", "x^3+1", "cos(3*arccosh(x))-x", "sin(2*arccos(x))-x"] {
        assert_eq!(truth(other), Truth::No, "{other}");
    }
    assert_ne!(truth("sqrt(x^2)-x"), Truth::Yes);
}

#[test]
fn trigonometric_functions_open_level_by_level() {
    let plain = TrigExpansion::default();
    let full = TrigExpansion { full: true, ..plain };
    let halves = TrigExpansion { half_angles: true, ..plain };
    let cases = [
        (plain, "sin(2*x + y)", "cos(y)*sin(2*x) + cos(2*x)*sin(y)"),
        (plain, "sin(2*x)*cos(3*x)", "2*(cos(x)^3 - 3*cos(x)*sin(x)^2)*cos(x)*sin(x)"),
        (
            plain,
            "sin(x + y + z)",
            "cos(y)*cos(z)*sin(x) + cos(x)*cos(z)*sin(y) + cos(x)*cos(y)*sin(z) - sin(x)*sin(y)*sin(z)",
        ),
        (plain, "tan(3*x)", "(tan(x)^3 - 3*tan(x))/(3*tan(x)^2 - 1)"),
        (plain, "cot(x + y)", "(cot(x)*cot(y) - 1)/(cot(x) + cot(y))"),
        (plain, "sin(sin(2*x))", "sin(2*cos(x)*sin(x))"),
        (plain, "sin(-2*x)", "-2*cos(x)*sin(x)"),
        (full, "sin(2*x + y)", "2*cos(x)*cos(y)*sin(x) + (cos(x)^2 - sin(x)^2)*sin(y)"),
        (full, "sin(sin(2*x))", "2*cos(cos(x)*sin(x))*sin(cos(x)*sin(x))"),
        (halves, "sin(x/2)", "(-1)^floor(1/2*x/pi)*sqrt(-1/2*cos(x) + 1/2)"),
        (halves, "cos(x/2)", "(-1)^floor(1/2*(pi + x)/pi)*sqrt(1/2*cos(x) + 1/2)"),
        (halves, "tan(x/2)", "-(cos(x) - 1)/sin(x)"),
        (halves, "tanh(x/2)", "(cosh(x) - 1)/sinh(x)"),
        (halves, "sin(x/4)", "sin(1/4*x)"),
    ];
    for (how, input, expected) in cases {
        let result = trig_expand_by(&e(input), how, &Budget::unlimited()).unwrap();
        assert_eq!(text(&result), expected, "{input}");
    }
}

/// Every rewriting of a trigonometric kind keeps the value at random real points.
#[test]
fn trigonometric_rewriting_keeps_values() {
    let plain = TrigExpansion::default();
    let full = TrigExpansion { full: true, half_angles: true, ..plain };
    let halves = TrigExpansion { half_angles: true, ..plain };
    let inputs = [
        "sin(x/2)",
        "cos(x/2)*sin(3*x/2)",
        "tan(x/2 + y)",
        "cot(5*x/2)",
        "sec(x/2) + csc(y/2)",
        "sinh(x/2)*cosh(y/2)",
        "tanh(3*x + y)",
        "coth(x + y)",
        "sin(3*x - 2*y)^2",
        "cos(2*x)*tan(4*y)",
        "exp(sin(2*x + y))",
        "sech(x/2)",
    ];
    let mut seed = 12345_u64;
    let mut random = || {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 40) as i64 - (1 << 23)
    };
    for input in inputs {
        for how in [plain, halves, full] {
            let original = e(input);
            let rewritten = trig_expand_by(&original, how, &Budget::unlimited()).unwrap();
            for _ in 0..8 {
                let at = |name: &str, value: i64| (Expr::variable(name), Expr::fraction(value, 1 << 20));
                let point = [at("x", random()), at("y", random())];
                let difference = (&original - &rewritten).substitute(&point);
                let size = crate::tape::FloatFunction::new(&difference, &[]).unwrap().at(&[]);
                assert!(size.abs() < 1e-6, "{input} at {point:?}: {size}");
            }
        }
    }
}

#[test]
fn known_signs_are_respected() {
    let budget = Budget::unlimited();
    let read = |text: &str| crate::expr::read(text).unwrap();
    let facts = ["x < -1", "y < 0", "a > 0"].map(|fact| Fact::Holds(read(fact)));
    with_facts(facts, || {
        for (source, expected) in [
            ("sqrt(x^2 + 2*x + 1)", "-x - 1"),
            ("sqrt(x^2*y^2)", "x*y"),
            ("sqrt(x^3*y)", "-x*sqrt(-x)*sqrt(-y)"),
            ("sqrt(-x^3)", "-x*sqrt(-x)"),
            ("(a*x^4)^(1/4)", "-a^(1/4)*x"),
        ] {
            let bold = canonicalize_radical(&read(source), &budget).unwrap();
            assert!(is_zero(&(&bold - &read(expected)), &budget).unwrap().is_yes(), "{source}: {bold:?}");
        }
        for (source, expected) in [
            ("log(x^2)", "2*log(-x)"),
            ("log(x*y)", "log(-x) + log(-y)"),
            ("log(a*x^2)", "log(a) + 2*log(-x)"),
            ("log(x^3)", "log(x^3)"),
        ] {
            assert_eq!(expand_log(&read(source), &budget).unwrap(), read(expected), "{source}");
        }
        for (source, expected) in [("2*log(x)", "2*log(x)"), ("log(x) + log(y)", "log(x) + log(y)")] {
            assert_eq!(simplify_log(&read(source), &budget).unwrap(), read(expected), "{source}");
        }
    });
}
