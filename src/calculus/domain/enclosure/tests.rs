//! Facts that hold, facts that must not be claimed, and roots that were made.

use super::*;
use crate::expr::read;

fn x() -> Symbol {
    Symbol::new("x")
}

fn free() -> Budget {
    Budget::unlimited()
}

#[test]
fn ranges_are_tight_and_hold_the_values() {
    for (source, (low, high), (least, most)) in [
        ("x^2", (-1.0, 2.0), (0.0, 4.0)),
        ("x^3 - 3*x", (-2.0, 2.0), (-2.0, 2.0)),
        ("sin(x)", (0.0, 3.0), (0.0, 1.0)),
        ("x*exp(-x)", (0.0, 4.0), (0.0, 0.367_879_441_171_442_3)),
        ("x/(1 + x^2)", (-3.0, 3.0), (-0.5, 0.5)),
    ] {
        let range = range_on(&read(source).unwrap(), x(), Interval::new(low, high), &free()).unwrap().unwrap();
        assert!(range.low() <= least + 1e-15 && range.high() >= most - 1e-15, "{source}: {range:?}");
        assert!(range.low() > least - 0.01 && range.high() < most + 0.01, "{source}: {range:?}");
    }
    assert!(range_on(&read("1/x").unwrap(), x(), Interval::new(-1.0, 1.0), &free()).unwrap().is_none());
}

#[test]
fn signs_and_continuity_are_proved_or_unknown() {
    let sign =
        |source: &str, low, high| sign_on(&read(source).unwrap(), x(), Interval::new(low, high), &free()).unwrap();
    assert_eq!(sign("x^2 - x + 1", -5.0, 5.0), Some(Ordering::Greater));
    assert_eq!(sign("sin(x) - 2", -50.0, 50.0), Some(Ordering::Less));
    assert_eq!(sign("x^2 - 1", -2.0, 2.0), None);
    assert_eq!(sign("x^2", -1.0, 1.0), None);
    let smooth = |source: &str, low, high| {
        is_continuous_on(&read(source).unwrap(), x(), Interval::new(low, high), &free()).unwrap()
    };
    assert_eq!(smooth("1/(x^2 + 1)", -10.0, 10.0), Truth::Yes);
    assert_eq!(smooth("tan(x)", -1.5, 1.5), Truth::Yes);
    assert_eq!(smooth("tan(x)", 0.0, 2.0), Truth::Unknown);
    assert_eq!(smooth("floor(x)", 0.5, 1.5), Truth::Unknown);
    assert_eq!(smooth("log(x)", 0.1, 9.0), Truth::Yes);
}

#[test]
fn monotone_functions_are_recognised() {
    let way =
        |source: &str, low, high| monotonicity(&read(source).unwrap(), x(), Interval::new(low, high), &free()).unwrap();
    assert_eq!(way("x^3", -1.0, 1.0), Some(Ordering::Greater));
    assert_eq!(way("exp(-x)", -5.0, 5.0), Some(Ordering::Less));
    assert_eq!(way("x - sin(x)/2", -9.0, 9.0), Some(Ordering::Greater));
    assert_eq!(way("x^2", -1.0, 1.0), None);
    assert_eq!(way("1/x", -1.0, 1.0), None);
}

#[test]
fn all_roots_are_found() {
    let roots = |source: &str, low, high| all_roots(&read(source).unwrap(), x(), low, high, &free()).unwrap();
    assert_eq!(roots("(x - 1)*(x - 2)^2*(x + 1/2)", -3.0, 3.0), Some(vec![-0.5, 1.0, 2.0]));
    assert_eq!(roots("sin(x)", -1.0, 10.0).map(|all| all.len()), Some(4));
    assert_eq!(roots("exp(x) - x^2", -5.0, 5.0).map(|all| all.len()), Some(1));
    assert_eq!(roots("x^2 + 1", -5.0, 5.0), Some(Vec::new()));
    assert_eq!(roots("log(x)*(x - 3)", 0.5, 4.0), Some(vec![1.0, 3.0]));
    assert_eq!(roots("(x^2 - 1)/(x - 1)", -3.0, 3.0), Some(vec![-1.0]));
}
