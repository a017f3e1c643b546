//! Local behaviour of known functions, and of random polynomials against samples.

use std::cmp::Ordering;

use super::*;
use crate::budget::Budget;
use crate::calculus::IntervalSet;
use crate::expr::assume::{self, Fact};
use crate::expr::{Infinity, Reason, Relation, read};
use crate::number::Rational;
use crate::print;

fn function(text: &str, ends: Option<(&str, &str)>) -> RealFunction {
    let (low, high) = match ends {
        Some((low, high)) => (read(low).unwrap(), read(high).unwrap()),
        None => (Expr::infinity(Infinity::Negative), Expr::infinity(Infinity::Positive)),
    };
    RealFunction { expr: read(text).unwrap(), span: Span { variable: Symbol::new("x"), low, high } }
}

fn texts(places: &[Place]) -> Vec<String> {
    places.iter().map(|place| print::text(&place.to_expr())).collect()
}

fn critical(text: &str, ends: Option<(&str, &str)>) -> Result<Vec<String>, Reason> {
    critical_points(&function(text, ends), &Budget::unlimited()).map(|places| texts(&places))
}

#[test]
fn critical_points_of_known_functions() {
    for (text, ends, expected) in [
        ("x^3 - 3*x", None, vec!["-1", "1"]),
        ("abs(x - 2)", None, vec!["2"]),
        ("abs(x^2 - 1)", None, vec!["-1", "0", "1"]),
        ("x*exp(-x)", None, vec!["1"]),
        ("log(x)/x", None, vec!["e"]),
        ("sqrt(x)*(x - 1)", None, vec!["1/3"]),
        ("1/x", None, vec![]),
        ("cos(x)", Some(("-1", "4")), vec!["0", "pi"]),
        ("x^4 - x^3 - x", None, vec!["1"]),
        ("exp(x)", None, vec![]),
        ("x^x", None, vec!["e^(-1)"]),
        ("x*abs(x)", None, vec!["0"]),
        ("abs(abs(x) - 1)", None, vec!["-1", "0", "1"]),
        ("max(x, 1 - x)", None, vec!["1/2"]),
        ("sqrt(x^2)*(x - 2)", None, vec!["0", "1"]),
        ("abs(1/x - 1)", None, vec!["1"]),
        ("sin(2*x) + 2*sin(x)", Some(("0", "6")), vec!["1/3*pi", "pi", "5/3*pi"]),
        ("x*floor(x)", Some(("1", "5/2")), vec!["2"]),
    ] {
        let found = critical(text, ends).unwrap();
        assert_eq!(found, expected, "{text}");
    }
    assert!(matches!(critical("sin(x)", None), Err(Reason::Unsupported(_))));
}

/// Zeros that are told by a simpler function that vanishes with the one that is asked for.
#[test]
fn convexity_without_end() {
    for (text, expected) in [
        ("x*tanh(x)", "-1.19967864025773, 1.19967864025773"),
        ("arctan(x)/x", "-Infinity, -0.824265949420801, 0.824265949420801, +Infinity"),
        ("1/(1+exp(1/x))", "-Infinity, -0.416778279800482, 0, 0.416778279800482"),
        ("(1+1/x)^x", "-Infinity, -1"),
        ("(x+1)^(2/3)-(x-1)^(2/3)", "1, +Infinity"),
        ("-lambert_w(x)", "-e^(-1), +Infinity"),
        ("log(cosh(x))", "-Infinity, +Infinity"),
        ("3^x-2^x", "-2.27176513583261, +Infinity"),
    ] {
        let found = monotone(&function(text, None), 2, Ordering::Greater, &Budget::unlimited()).unwrap();
        let ends = found.intervals().iter().flat_map(|interval| [&interval.low, &interval.high]).map(print::text);
        assert_eq!(ends.collect::<Vec<_>>().join(", "), expected, "{text}");
    }
}

/// Zeros that are told by where the derivative turns, by inverse functions, and by norms of roots.
#[test]
fn critical_points_without_end() {
    for (text, ends, expected) in [
        ("x*arctan(x)", None, vec!["0"]),
        ("x/cosh(x)", None, vec!["-1.19967864025773", "1.19967864025773"]),
        ("sec(x)", Some(("0", "2*pi")), vec!["pi"]),
        ("sin(x) - sqrt(3)*cos(x)", Some(("0", "2*pi")), vec!["5/6*pi", "11/6*pi"]),
        ("log(x + sqrt(x^2 + 1))", None, vec![]),
        ("x - sqrt(x^2 - 1)", None, vec![]),
        ("sqrt(x + 1) - sqrt(x - 1)", None, vec![]),
        ("x + sqrt(1 - x^2)", None, vec!["1/2*sqrt(2)"]),
        ("arctan(x)^2", None, vec!["0"]),
        ("x*log(x)^2", None, vec!["e^(-2)", "1"]),
        ("abs(log(x))", None, vec!["1"]),
        ("bessel_J(0, x)", Some(("-1", "4")), vec!["0", "3.83170597020751"]),
    ] {
        assert_eq!(critical(text, ends).unwrap(), expected, "{text}");
    }
}

#[test]
fn parameters() {
    assume::with_facts([Fact::Holds(Expr::relation(Relation::Greater, read("a").unwrap(), Expr::zero()))], || {
        for (text, expected) in [
            ("x^3 - 3*a^2*x", vec!["-a", "a"]),
            ("x^2 - 2*a*x", vec!["a"]),
            ("x*exp(-a*x)", vec!["1/a"]),
            ("abs(x - a)", vec!["a"]),
        ] {
            assert_eq!(critical(text, None).unwrap(), expected, "{text}");
        }
        let rising = monotone(&function("x^2 - 2*a*x", None), 1, Ordering::Greater, &Budget::unlimited()).unwrap();
        assert_eq!(print::text(&rising.intervals()[0].low), "a");
    });
}

/// What is real by chance at a simple number is not real around it.
#[test]
fn squares_of_logarithms_are_not_real_for_negative_numbers() {
    let set = |text: &str, order| monotone(&function(text, None), order, Ordering::Less, &Budget::unlimited()).unwrap();
    let breaks = |text: &str| discontinuities(&function(text, None), &Budget::unlimited()).unwrap().len();
    assert_eq!(breaks("log(x)^2") + breaks("sqrt(x)*log(x)"), 0);
    assert_eq!(set("sqrt(x)*log(x)", 2).intervals().len(), 1);
    assert!(!set("1/log(x)", 1).intervals()[0].low_closed);
}

#[test]
fn asymptotes_of_known_functions() {
    for (text, vertical, lines) in [
        ("(x^2 + 1)/(x - 1)", vec!["1"], vec!["x + 1"]),
        ("arctan(x)", vec![], vec!["-1/2*pi", "1/2*pi"]),
        ("exp(1/x)", vec!["0"], vec!["1"]),
        ("log(x)", vec!["0"], vec![]),
        ("sqrt(x^2 + 1)", vec![], vec!["-x", "x"]),
        ("sin(x)/x", vec![], vec!["0"]),
        ("x^3", vec![], vec![]),
    ] {
        let found = asymptotes(&function(text, None), &Budget::unlimited()).unwrap();
        assert_eq!(texts(&found.vertical), vertical, "{text}");
        let found: Vec<String> = found.lines.iter().map(print::text).collect();
        assert_eq!(found, lines, "{text}");
    }
}

#[test]
fn breaks_of_known_functions() {
    use BreakKind::{Essential, Infinite, Jump, Removable};
    for (text, expected) in [
        ("(x^2 - 1)/(x - 1)", vec![("1", Removable)]),
        ("x/abs(x)", vec![("0", Jump)]),
        ("1/(x^2 - x)", vec![("0", Infinite), ("1", Infinite)]),
        ("sin(1/x)", vec![("0", Essential)]),
        ("exp(1/x)", vec![("0", Infinite)]),
        ("x*sin(1/x)", vec![("0", Removable)]),
        ("sqrt(x)", vec![]),
        ("abs(x)", vec![]),
    ] {
        let found = discontinuities(&function(text, None), &Budget::unlimited()).unwrap();
        let found: Vec<(String, BreakKind)> =
            found.iter().map(|one| (print::text(&one.place.to_expr()), one.kind)).collect();
        let found: Vec<(&str, BreakKind)> = found.iter().map(|(place, kind)| (place.as_str(), *kind)).collect();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn differentiability() {
    for (text, point, expected) in [
        ("abs(x)", "0", false),
        ("x*abs(x)", "0", true),
        ("1/x", "0", false),
        ("sqrt(x)", "0", false),
        ("exp(x)", "2", true),
        ("floor(x)", "1", false),
    ] {
        let point = read(point).unwrap();
        let found = is_differentiable(&function(text, None), &point, &Budget::unlimited()).unwrap();
        assert_eq!(found, expected, "{text}");
    }
}

/// A small generator, the same in every run.
struct Source(u64);

impl Source {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound) as i64
    }
}

/// Is a rational number well inside an interval of the set?
fn holds(set: &IntervalSet, point: &Rational) -> bool {
    let end = |e: &Expr| precise(e, 64).map(|ball| ball.to_f64());
    let value = point.to_f64();
    set.intervals().iter().any(|interval| {
        end(&interval.low).is_none_or(|low| low + 1e-9 < value)
            && end(&interval.high).is_none_or(|high| value < high - 1e-9)
    })
}

#[test]
fn random_polynomials_rise_and_fall_as_said() {
    let budget = Budget::unlimited();
    let mut source = Source(7);
    for _ in 0..25 {
        let terms = (0..5).map(|k| format!("{}*x^{k}", source.below(9) - 4)).collect::<Vec<_>>().join(" + ");
        let function = function(&terms, None);
        if !function.expr.has_symbol(function.variable()) {
            continue;
        }
        let rising = monotone(&function, 1, Ordering::Greater, &budget).unwrap();
        let falling = monotone(&function, 1, Ordering::Less, &budget).unwrap();
        for k in -20..=20 {
            let (left, right) = (Rational::fraction(k, 7).unwrap(), Rational::fraction(7 * k + 1, 49).unwrap());
            let value = |q: &Rational| function.at(&Expr::number(q.clone())).as_rational().unwrap().clone();
            let change = value(&right).cmp(&value(&left));
            if holds(&rising, &left) && holds(&rising, &right) && rising.intervals().len() == 1 {
                assert_eq!(change, Ordering::Greater, "{terms} at {left}");
            }
            if holds(&falling, &left) && holds(&falling, &right) && falling.intervals().len() == 1 {
                assert_eq!(change, Ordering::Less, "{terms} at {left}");
            }
        }
        for local in local_extrema(&function, &budget).unwrap() {
            let place = local.place.ball().unwrap().to_f64();
            let at = |x: f64| {
                let q = Rational::from_f64(x).unwrap();
                function.at(&Expr::number(q)).as_rational().unwrap().to_f64()
            };
            let side = if local.kind == LocalKind::Maximum { -1.0 } else { 1.0 };
            assert!(side * (at(place + 1e-3) - at(place)) > 0.0, "{terms} near {place}");
            assert!(side * (at(place - 1e-3) - at(place)) > 0.0, "{terms} near {place}");
        }
    }
}

/// Extreme values, and where they rise, of random functions with corners and jumps, held to samples.
#[test]
fn random_functions_made_of_pieces() {
    use crate::calculus::testing::{Dice, proper, value};
    let mut dice = Dice(0x10ca_1000_0000_0007);
    let names = &["abs", "sin", "exp", "sgn", "abs", "arctan", "cos", "floor", "real_part"];
    let budget = Budget::unlimited();
    let sample = |k: i64| Expr::fraction(k * 997 + 13, 8 * 1009);
    let (mut extreme, mut rising) = (0, 0);
    for _ in 0..120 {
        let expr = proper(&mut dice, 2, names, false);
        let subject = function_of(expr, "-2", "2");
        let values: Vec<f64> =
            (-15..15).filter_map(|k| value(&subject.expr, &sample(k))).filter(|v| v.1 == 0.0).map(|v| v.0).collect();
        if let Ok((least, greatest)) = extremes(&subject, &budget) {
            let ends = [least, greatest].map(|one| value(&one.value, &Expr::zero()).unwrap().0);
            let inside = |v: &f64| *v >= ends[0] - 1e-12 && *v <= ends[1] + 1e-12;
            assert!(values.iter().all(inside), "{:?}: {ends:?}", subject.expr);
            extreme += 1;
        }
        let Ok(set) = monotone(&subject, 1, Ordering::Greater, &budget) else { continue };
        for interval in set.intervals() {
            let end = |e: &Expr| value(e, &Expr::zero()).unwrap().0;
            let (low, high) = (end(&interval.low), end(&interval.high));
            let inside = |k: &i64| end(&sample(*k)) > low && end(&sample(*k)) < high;
            let values: Vec<f64> =
                (-15..15).filter(inside).map(|k| value(&subject.expr, &sample(k)).unwrap().0).collect();
            assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{:?} on {low}, {high}", subject.expr);
            rising += 1;
        }
    }
    assert!(extreme >= 40 && rising >= 30, "{extreme}, {rising}");
}

fn function_of(expr: Expr, low: &str, high: &str) -> RealFunction {
    let span = Span { variable: Symbol::new("x"), low: read(low).unwrap(), high: read(high).unwrap() };
    RealFunction { expr, span }
}
