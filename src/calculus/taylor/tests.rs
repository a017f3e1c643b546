//! Taylor polynomials of random expressions against enclosures, and what is said of known ones.

mod powers;
mod random;

use std::cmp::Ordering;

use super::*;
use crate::calculus::local::{Enclosure, precise};
use crate::expr::read;
use crate::number::Ball;
use crate::print;

fn parse(text: &str) -> Expr {
    read(text).unwrap()
}

/// A small generator of smooth expressions, the same in every run.
struct Source(u64);

impl Source {
    fn below(&mut self, bound: u64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % bound) as i64
    }

    fn expression(&mut self, depth: u32) -> Expr {
        let x = parse("x");
        if depth == 0 {
            return match self.below(3) {
                0 => Expr::fraction(self.below(9) - 4, 1 + self.below(3)),
                1 => &x * Expr::fraction(1 + self.below(3), 2),
                _ => x,
            };
        }
        let names = ["exp", "sin", "cos", "sinh", "cosh", "arctan", "tanh", "log", "sqrt"];
        match self.below(5) {
            0 => self.expression(depth - 1) + self.expression(depth - 1),
            1 => self.expression(depth - 1) * self.expression(depth - 1),
            2 => self.expression(depth - 1) / (self.expression(depth - 1).powi(2) + Expr::integer(2)),
            _ => {
                let name = names[self.below(names.len() as u64) as usize];
                let inner = self.expression(depth - 1);
                let inner = if ["log", "sqrt"].contains(&name) { inner.powi(2) + Expr::integer(2) } else { inner };
                crate::expr::function::apply(name, &[inner]).unwrap()
            }
        }
    }
}

/// The modulus of the difference of two expressions at a point.
fn distance(f: &Expr, g: &Expr, at: &Rational) -> Option<Ball> {
    const BITS: u32 = 256;
    let mut enclosure = Enclosure::new(&(f - g), Symbol::new("x"), 0, BITS).ok()?;
    enclosure.at(at).first().filter(|ball| ball.is_bounded()).map(Ball::abs)
}

#[test]
fn polynomials_keep_lagranges_bound() {
    let budget = Budget::unlimited();
    let x = Symbol::new("x");
    let mut source = Source(20_261_123);
    let mut compared = 0;
    for round in 0..260 {
        let expr = source.expression(1 + round % 2);
        let point = Rational::fraction(source.below(7) - 3, 2).unwrap();
        let degree = 1 + source.below(5) as usize;
        let (a, b) = (Expr::number(point.clone()), Expr::number(&point + &Rational::fraction(1, 8).unwrap()));
        let Ok(polynomial) = taylor(&expr, x, &Approach::both(&a), degree, &budget) else { continue };
        let asked = TaylorError { expr: &expr, variable: x, point: &a, low: &a, high: &b };
        let Ok(bound) = taylor_bound(asked, degree, &budget) else { continue };
        let at = &point + &Rational::fraction(1, 8).unwrap();
        let Some(error) = distance(&expr, &polynomial.value, &at) else { continue };
        assert_ne!(error.compare(&bound), Some(Ordering::Greater), "{expr:?} about {point}, {degree}");
        compared += 1;
    }
    assert!(compared > 200, "{compared}");
}

#[test]
fn enclosures_of_the_greatest_error_hold_all_errors() {
    let budget = Budget::unlimited();
    let x = Symbol::new("x");
    let mut source = Source(4_711);
    let mut compared = 0;
    for round in 0..40 {
        let expr = source.expression(1 + round % 2);
        let degree = source.below(4) as usize;
        let (low, high) = (Expr::fraction(-1, 4), Expr::fraction(1, 3));
        let zero = Expr::zero();
        let asked = TaylorError { expr: &expr, variable: x, point: &zero, low: &low, high: &high };
        let Ok(found) = taylor_error(asked, degree, &budget) else { continue };
        let polynomial = taylor(&expr, x, &Approach::both(&zero), degree, &budget).unwrap().value;
        for k in -3..=4 {
            let at = Rational::fraction(k, 12).unwrap();
            let Some(error) = distance(&expr, &polynomial, &at) else { continue };
            assert_ne!(error.compare(&found.size), Some(Ordering::Greater), "{expr:?}, {degree} at {at}");
            compared += 1;
        }
        assert!(!found.places.is_empty());
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn sides() {
    let budget = Budget::unlimited();
    let x = Symbol::new("x");
    let found = |text: &str, side: Side, degree: usize| {
        let approach = Approach::one_sided(&Expr::zero(), side);
        taylor(&parse(text), x, &approach, degree, &budget).map(|found| print::text(&found.value))
    };
    assert_eq!(found("abs(x)^3", Side::Both, 2).unwrap(), "0");
    for corner in ["abs(x)", "abs(x)^3", "sqrt(x^2 + x^4)", "exp(-1/x^2)", "floor(x)"] {
        assert!(found(corner, Side::Both, 3).is_err(), "{corner}");
    }
    assert_eq!(found("abs(x)", Side::Left, 3).unwrap(), "-x");
    assert_eq!(found("sqrt(x^2 + x^4)", Side::Right, 3).unwrap(), "1/2*x^3 + x");
    assert_eq!(found("x*log(x)", Side::Both, 3).unwrap(), "x*log(x)");
    assert_eq!(found("x^a*exp(x)", Side::Both, 1).unwrap(), "x*x^a + x^a");
}

/// Coefficients with logarithms have slopes of their own; poles and branch points of special functions.
#[test]
fn singular_points_of_special_functions() {
    let budget = Budget::unlimited();
    for (text, point, wanted) in [
        ("zeta(x)", "1", "(x - 1)*stieltjes(1)*(-1) + 1/(x - 1) + euler_gamma"),
        ("lambert_w(x)", "-exp(-1)", "sqrt(2)*sqrt(e*x + 1) - 2/3*(e*x + 1) - 1"),
        ("polylog(2, 1 - x)", "0", "x*log(x) - x + 1/6*pi^2"),
        ("polylog(3, 1 - x)", "0", "zeta(3) - 1/6*pi^2*x"),
    ] {
        let [expr, point, wanted] = [text, point, wanted].map(parse);
        let found =
            taylor(&expr, Symbol::new("x"), &Approach::one_sided(&point, Side::Right), 1, &budget).unwrap().value;
        let u = Expr::variable("u");
        // At a distance that is a square.
        let at = |e: &Expr| e.substitute(&[(parse("x"), &point + u.powi(2))]);
        let (near, difference) = (parse("1/7"), at(&found) - at(&wanted));
        let value = difference.substitute(&[(u.clone(), near)]);
        let zero = algebra::is_zero(&value, &budget).unwrap();
        // Terms between the first and the second power are left out above.
        assert!(zero.is_yes() || text.starts_with("lambert"), "{text}: {found:?}");
    }
}

#[test]
fn least_degrees() {
    let budget = Budget::unlimited();
    let (zero, one) = (Expr::zero(), Expr::one());
    let degree = |text: &str, error: &str| {
        let expr = parse(text);
        let asked = TaylorError { expr: &expr, variable: Symbol::new("x"), point: &zero, low: &zero, high: &one };
        taylor_degree(asked, &precise(&parse(error), 128).unwrap(), &budget)
    };
    assert_eq!(degree("exp(x)", "1/1000").unwrap(), 6);
    assert_eq!(degree("x^3 - x", "1/1000").unwrap(), 3);
    assert_eq!(degree("sin(x)", "1/5").unwrap(), 1);
    assert!(degree("exp(x)", "-1").is_err());
}

#[test]
fn convergence() {
    let budget = Budget::unlimited();
    let x = Symbol::new("x");
    for (text, point, radius) in [
        ("1/(1 + x^2)", "1", "sqrt(2)"),
        ("tan(x)", "0", "1/2*pi"),
        ("exp(sin(x))", "0", "+Infinity"),
        ("x/(exp(x) - 1)", "0", "2*pi"),
        ("1/cosh(x)", "0", "1/2*pi"),
        ("log(x)", "3", "3"),
        ("sin(x)/x", "0", "+Infinity"),
        ("arctan(x)", "1", "sqrt(2)"),
        ("1/(x^5 + 2)", "0", "2^(1/5)"),
        ("gamma(x)", "-3/2", "1/2"),
        ("bessel_J(0, x)", "1", "+Infinity"),
        ("log(2 + pi*x)", "0", "2/pi"),
        ("(1 - sqrt(1 - 4*x))/(2*x)", "0", "1/4"),
        ("(1 + x)^sqrt(2)", "1", "2"),
        ("1/(x^4 + 1)", "1", "sqrt(-sqrt(2) + 2)"),
        ("1/(x^5 + 1)", "1", "sqrt(-1/2*sqrt(5) + 3/2)"),
        ("1/(5 - 4*cos(x))", "0", "log(2)"),
        ("log(1 + sin(x))", "0", "1/2*pi"),
        ("log(sin(x)/x)", "0", "pi"),
        ("1/gamma(x)", "1", "+Infinity"),
        ("lambert_w(x)", "0", "e^(-1)"),
        ("polylog(3, x)", "0", "1"),
        ("log(log(x))", "e", "e - 1"),
        ("1/(2 - sqrt(x))", "3", "1"),
        ("1/(1 + sqrt(x))", "1/2", "1/2"),
    ] {
        let found =
            radius_of_function(&parse(text), x, &parse(point), &budget).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert_eq!(print::text(&found), radius, "{text}");
    }
    let n = Symbol::new("n");
    for (text, closed) in [
        ("x^n/n", Some((true, false))),
        ("(-1)^n*x^n/n", Some((false, true))),
        ("x^n/n^2", Some((true, true))),
        ("n*x^n", Some((false, false))),
        ("x^n/sqrt(n)", Some((true, false))),
        ("x^n/factorial(n)", None),
    ] {
        let set = interval_of_terms(&parse(text), n, x, &budget).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let [only] = set.intervals() else { panic!("{text}") };
        match closed {
            Some(closed) => {
                assert_eq!((print::text(&only.low), print::text(&only.high)), ("-1".into(), "1".into()), "{text}");
                assert_eq!((only.low_closed, only.high_closed), closed, "{text}");
            }
            None => assert!(crate::calculus::domain::is_infinite(&only.high), "{text}"),
        }
    }
}

/// Whether the ends belong, by formulas and by singular points.
#[test]
fn ends_of_the_interval_of_convergence() {
    let budget = Budget::unlimited();
    for (text, point, closed) in [
        ("1/sqrt(1 + x)", "0", (false, true)),
        ("(2 - 3*x)^(-1/3)", "0", (true, false)),
        ("sqrt(1 + x)", "0", (true, true)),
        ("(1 + x)^(-3/2)", "0", (false, false)),
        ("arcsin(x)", "0", (true, true)),
        ("arcsinh(x)", "0", (true, true)),
        ("tan(x)", "0", (false, false)),
        ("log((1 + x)/(1 - x))", "0", (false, false)),
        ("log(1 + x^2)", "0", (true, true)),
        ("log(1 + x^3)", "0", (false, true)),
        ("log(cos(x))", "0", (false, false)),
        ("1/sqrt(1 - x^2)", "0", (false, false)),
        ("(1 + x^2)^(-1/2)", "0", (true, true)),
        ("arctan(x)", "1", (true, true)),
        ("1/(1 + x^2)", "1", (false, false)),
        ("log(x)^2", "1", (false, true)),
    ] {
        let set = interval_of_function(&parse(text), Symbol::new("x"), &parse(point), &budget)
            .unwrap_or_else(|e| panic!("{text}: {e:?}"));
        let [only] = set.intervals() else { panic!("{text}") };
        assert_eq!((only.low_closed, only.high_closed), closed, "{text}");
    }
    let lacunary = |text: &str| {
        let found = radius_of_terms(&parse(text), Symbol::new("n"), Symbol::new("x"), &budget);
        print::text(&found.unwrap_or_else(|e| panic!("{text}: {e:?}")))
    };
    assert_eq!([lacunary("2^n*x^(n^2)"), lacunary("x^(2^n)"), lacunary("3^(n^2)*x^(n^2)")], ["1", "1", "1/3"]);
}

/// A slope that vanishes at the end of a cell, or close to its middle, does not blur the answer.
#[test]
fn greatest_errors_are_sharp() {
    let budget = Budget::unlimited();
    for (text, point, degree, low, high) in [
        ("(1 + x)^(1/3)", "1/4", 1, "-1/4", "3/4"),
        ("arctan(x)", "-1/4", 1, "-1/2", "0"),
        ("2^x", "1/2", 1, "0", "1"),
        ("x/(exp(x) - 1)", "1/2", 7, "1/8", "1"),
        ("(x + 2)^(5/2)", "0", 8, "0", "1/2"),
    ] {
        let (expr, point, low, high) = (parse(text), parse(point), parse(low), parse(high));
        let asked = TaylorError { expr: &expr, variable: Symbol::new("x"), point: &point, low: &low, high: &high };
        let found = taylor_error(asked, degree, &budget).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert!(found.size.accuracy_bits() > 60 && found.places.len() == 1, "{text}: {:?}", found.places);
    }
}

#[test]
fn errors_up_to_branch_points() {
    let budget = Budget::unlimited();
    let x = Symbol::new("x");
    for (text, point, degree, low, high, wanted) in [
        ("sqrt(x)", "1", 2, "0", "2", "3/8"),
        ("arcsin(x)", "0", 3, "-1", "1", "pi/2 - 7/6"),
        ("arccos(x)", "0", 3, "0", "1", "pi/2 - 7/6"),
        ("x^(1/3)", "1", 2, "0", "2", "5/9"),
        ("sqrt(1 - x^2)", "0", 2, "-1", "1", "1/2"),
        ("x*log(x)", "1", 2, "0", "2", "1/2"),
        ("x^2*log(x)", "1", 3, "0", "2", "1/6"),
        ("sqrt(sin(x))", "1", 0, "0", "2", "sqrt(sin(1))"),
        ("log(x + 1)*(x + 1)", "0", 3, "-1", "1", "1/3"),
        ("sin(x)*log(x)", "1", 1, "1/2", "1", "sin(1)/2 - sin(1/2)*log(2)"),
        ("abs(x)", "1", 2, "-1", "2", "2"),
        ("max(x, 1/2)", "1", 2, "0", "2", "1/2"),
        ("sqrt(1 - cos(x))", "1", 0, "-1", "1", "sqrt(1 - cos(1))"),
        ("sin(x)/x", "0", 2, "-1", "1", "sin(1) - 5/6"),
        ("(exp(x) - 1)/x", "1", 0, "-1", "1", "exp(1) + exp(-1) - 2"),
    ] {
        let [expr, point, low, high] = [text, point, low, high].map(parse);
        let asked = TaylorError { expr: &expr, variable: x, point: &point, low: &low, high: &high };
        let found = taylor_error(asked, degree, &budget).unwrap_or_else(|e| panic!("{text}: {e:?}"));
        assert!(found.size.sub(&precise(&parse(wanted), 192).unwrap(), 192).contains_zero(), "{text}");
        assert!(found.size.accuracy_bits() > 60, "{text}");
    }
    let [expr, one, zero] = ["log(x)", "1", "0"].map(parse);
    let asked = TaylorError { expr: &expr, variable: x, point: &one, low: &zero, high: &one };
    assert!(taylor_error(asked, 2, &budget).is_err());
    let [expr, one, zero, two] = ["sqrt(x - 1)", "3/2", "0", "2"].map(parse);
    let asked = TaylorError { expr: &expr, variable: x, point: &one, low: &zero, high: &two };
    assert!(taylor_error(asked, 2, &budget).is_err());
}

#[test]
fn formulas_for_all_coefficients() {
    let budget = Budget::unlimited();
    let (x, n) = (Symbol::new("x"), Symbol::new("n"));
    for text in [
        "exp(2*x)",
        "sin(3*x)",
        "x*cos(x)",
        "exp(-x^2)",
        "log(1 + 2*x)",
        "arctan(x)",
        "1/((1 - x)*(2 - x))",
        "1/(1 + x^2)",
        "sqrt(1 + x)",
        "x^3 + exp(x)",
        "sinh(x) + 1/(1 - x)^2",
    ] {
        let expr = parse(text);
        let formula =
            coefficient_formula(&expr, x, &Expr::zero(), n, &budget).unwrap().unwrap_or_else(|| panic!("{text}"));
        let series = series(&expr, x, &Approach::both(&Expr::zero()), 9, &budget).unwrap();
        for k in formula.start..9 {
            let found = formula.value.substitute(&[(Expr::symbol(n), Expr::integer(k))]);
            let difference = found - series.coefficient(&Rational::from(k)).unwrap();
            assert!(algebra::is_zero(&difference, &budget).unwrap().is_yes(), "{text}, {k}: {difference:?}");
        }
    }
}
