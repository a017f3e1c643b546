//! Equations of a first course.

use super::*;
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
use crate::expr::{Expr, Relation, Symbol};
use crate::number::Rational;
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

#[test]
fn families_of_functions_are_reduced() {
    for (source, expected) in [
        ("4^x - 2^x - 12", vec!["2", "I*pi/log(2) + log(3)/log(2)"]),
        ("2^x - 3^x", vec!["0"]),
        ("x*exp(x) - 1", vec!["lambert_w(1)"]),
        ("x^x - 4", vec!["2"]),
        ("sqrt(x + 1) - x + 1", vec!["3"]),
        ("sqrt(x) + sqrt(x + 1) - 2", vec!["9/16"]),
        ("sqrt(x) + 1", vec![]),
        ("abs(x - 1) + abs(x + 1) - 4", vec!["-2", "2"]),
        ("2*abs(x) - abs(x - 1)", vec!["-1", "1/3"]),
        ("log(x) + log(x - 3) - log(4)", vec!["4"]),
        ("log(x) - log(x - 1) - 1", vec!["e/(e - 1)"]),
        ("arctan(x) - 1", vec!["tan(1)"]),
        ("arctan(x) - 2", vec![]),
        ("arcsin(x) - arctan(x)", vec!["0"]),
        ("sin(x) - cos(x)", vec!["1/4*pi"]),
        ("sin(2*x) - sin(x)", vec!["-1/3*pi", "0", "1/3*pi", "pi"]),
        ("sinh(x) - cosh(x)", vec![]),
        ("max(x, 2*x) - 6", vec!["3"]),
        ("(x + x^2)*exp(x + x^2)", vec!["-1", "0"]),
        ("x^2 - 2.0", vec!["-sqrt(2)", "sqrt(2)"]),
    ] {
        let mut expected: Vec<String> = expected.iter().map(|s| (*s).to_owned()).collect();
        expected.sort();
        assert_eq!(roots(source), expected, "{source}");
    }
}

/// A generator of small integers, the same ones each time.
struct Draw(u64);

impl Draw {
    fn next(&mut self, low: i64, high: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        low + ((self.0 >> 33) % ((high - low + 1) as u64)) as i64
    }
}

/// Every root makes the equation true, by proof or within a sharp enclosure, and every value that was put in is among the roots.
fn check_roots(equation: &Expr, planted: &[Expr]) {
    let x = Symbol::new("x");
    let budget = Budget::unlimited();
    let found = solve_equation(equation, x, &budget).unwrap();
    for root in &found.roots {
        let there = equation.substitute_symbol(x, &root.value);
        let near = crate::algebra::enclosure(&there).is_some_and(|value| value.contains_zero());
        let holds = crate::algebra::is_zero(&there, &budget).unwrap().is_yes() || near;
        assert!(holds, "{equation:?}: {:?}", root.value);
    }
    for value in planted {
        let met =
            found.roots.iter().any(|root| crate::algebra::is_zero(&(&root.value - value), &budget).unwrap().is_yes());
        assert!(met || !found.unsolved.is_empty(), "{equation:?} lost {value:?}: {found:?}");
    }
}

#[test]
fn planted_roots_are_found() {
    let mut draw = Draw(7);
    let x = Expr::variable("x");
    let n = Expr::integer;
    for _ in 0..12 {
        let values: Vec<Expr> = (0..3).map(|_| Expr::fraction(draw.next(-6, 6), draw.next(1, 4))).collect();
        let product = Expr::product(values.iter().map(|value| &x - value));
        let expanded = crate::algebra::expand(&product, &Budget::unlimited()).unwrap();
        check_roots(&expanded, &values);
        // sqrt(a*x + b) = c*x + d through a chosen point with a right side that is not negative.
        let (a, c, at) = (n(draw.next(1, 6)), n(draw.next(-3, 3)), n(draw.next(-4, 4)));
        let height = n(draw.next(0, 5));
        let radical = (&a * (&x - &at) + height.powi(2)).sqrt();
        check_roots(&(radical - &c * (&x - &at) - &height), std::slice::from_ref(&at));
        // An exponential and a logarithmic equation through a chosen point.
        let base = n(draw.next(2, 5));
        let power = base.power(&(&x * n(2)));
        let (b, value) = (n(draw.next(-4, 4)), base.power(&at));
        let constant = value.powi(2) + &b * &value;
        check_roots(&(power + b * base.power(&x) - constant), std::slice::from_ref(&at));
        let log = |u: &Expr| crate::expr::function::log(u);
        let shift = n(draw.next(1, 5));
        let start = &at + n(5);
        check_roots(&(log(&x) + log(&(&x + &shift)) - log(&(&start * (&start + &shift)))), &[start]);
    }
}

#[test]
fn quartics_that_are_biquadratic_after_a_shift() {
    let source = "(4*x + 2)^4 + 5*(4*x + 2)^2 - 5";
    let expanded = crate::algebra::expand(&crate::expr::read(source).unwrap(), &Budget::unlimited()).unwrap();
    check_roots(&expanded, &[]);
}

#[test]
fn real_numbers_from_complex_radicals_have_values() {
    let (x, budget) = (Symbol::new("x"), Budget::unlimited());
    let is_zero = |part: &Expr| crate::algebra::is_zero(part, &budget).unwrap();
    let questions = crate::tape::Questions { is_zero: &is_zero, budget: &budget };
    for source in ["x^4 + x + 1", "x^4 - x^3 + 2*x + 5", "3*x^4 + 2*x^2 - x + 4"] {
        let equation = crate::expr::read(source).unwrap();
        let found = solve_equation(&equation, x, &budget).unwrap();
        assert_eq!(found.roots.len(), 4, "{source}");
        for root in found.roots {
            let value = crate::tape::evaluate_digits(&root.value, 25, &questions).unwrap().value;
            let there = equation.substitute_symbol(x, &Expr::number(value));
            let (re, im) = there.as_number().unwrap().to_f64_parts();
            assert!(re * re + im * im < 1e-40, "{source}: {:?}", root.value);
        }
    }
}

#[test]
fn systems_lose_no_solution() {
    let budget = Budget::unlimited();
    let unknowns = [Symbol::new("x"), Symbol::new("y")];
    let solve = |sources: &[&str]| {
        let system: Vec<Expr> = sources.iter().map(|source| crate::expr::read(source).unwrap()).collect();
        let found = solve_system(&system, &unknowns, &budget).unwrap().unwrap();
        let mut shown: Vec<String> =
            found.values.iter().map(|values| values.iter().map(text).collect::<Vec<_>>().join(", ")).collect();
        shown.sort();
        shown
    };
    assert_eq!(solve(&["x*y", "x + y - 1"]), ["0, 1", "1, 0"]);
    assert_eq!(solve(&["x^2 + y^2 - 25", "x + y - 7"]), ["3, 4", "4, 3"]);
    assert_eq!(solve(&["x*y - x", "x^2 - y"]), ["-1, 1", "0, 0", "1, 1"]);
    assert_eq!(solve(&["x*y"]), ["0, r2", "r1, 0"]);
    assert_eq!(solve(&["x + y - 1", "x + y - 2"]), Vec::<String>::new());
    assert_eq!(solve(&["x*(y - 1)*a - x", "x - 1"]), ["1, (a + 1)/a"]);
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

/// `f(u) = f(u at the point)` for functions and inner expressions drawn at random, solved for the point.
#[test]
fn planted_roots_of_functions_are_found() {
    let mut draw = Draw(23);
    let x = Expr::variable("x");
    let n = Expr::integer;
    for _ in 0..8 {
        let at = Expr::fraction(draw.next(-5, 5), draw.next(1, 3));
        let u = n(draw.next(1, 4)) * (&x - &at);
        let abs = |e: &Expr| crate::expr::function::abs(e);
        let height = n(draw.next(0, 4));
        check_roots(&(abs(&(&u + &height)) - &height), std::slice::from_ref(&at));
        check_roots(&(abs(&u) + abs(&(&u - n(2))) - n(2) - abs(&height) + &height), &[]);
        let cube = (&u + n(8)).power(&Expr::fraction(1, 3));
        check_roots(&(cube - n(2)), std::slice::from_ref(&at));
        let sine = crate::expr::function::sin(&u);
        check_roots(&(sine.powi(2) + &height * &sine), std::slice::from_ref(&at));
        let exp = crate::expr::function::exp(&u);
        check_roots(&(&exp + &height / &exp - n(1) - &height), std::slice::from_ref(&at));
        let fraction = (&u + n(1)) / (&u - n(7)) + Expr::fraction(1, 7);
        check_roots(&fraction, std::slice::from_ref(&at));
    }
}

/// All roots of products of waves and powers on an interval, against those that were put in.
#[test]
fn roots_on_an_interval_are_counted() {
    let mut draw = Draw(5);
    let budget = Budget::unlimited();
    let x = Symbol::new("x");
    let at = Expr::symbol(x);
    for _ in 0..8 {
        let (step, shift) = (draw.next(1, 4), draw.next(-3, 3));
        let place = Expr::fraction(draw.next(-9, 9), 2);
        let wave = crate::expr::function::sin(&(Expr::pi() * Expr::fraction(step, 1) * (&at - Expr::integer(shift))));
        let expr = wave.powi(2) * (&at - &place).powi(draw.next(1, 2));
        let (low, high) = (Rational::from(-3), Rational::from(4));
        let (from, to) = (Expr::number(low.clone()), Expr::number(high.clone()));
        let found = roots_between(&expr, x, [&from, &to], &budget).unwrap().unwrap();
        // The wave vanishes at the multiples of 1/step, the other factor at its place.
        let mut expected: Vec<Rational> =
            (-3 * step..=4 * step).map(|k| Rational::fraction(k, step).unwrap()).collect();
        let own = place.as_rational().unwrap().clone();
        if own >= low && own <= high && !expected.contains(&own) {
            expected.push(own);
        }
        expected.sort();
        let values: Vec<Rational> = found.iter().map(|root| root.as_rational().unwrap().clone()).collect();
        assert_eq!(values, expected, "{expr:?}");
    }
}

/// A condition that fails for some values of a parameter takes no root away.
#[test]
fn parameters_lose_no_root() {
    let a = Symbol::new("a");
    let positive = Fact::Holds(Expr::relation(Relation::Greater, Expr::symbol(a), Expr::zero()));
    assume::with_facts([positive], || {
        for source in ["arctan(x) - a", "arcsin(x) - pi*a", "lambert_w(x) + a", "2*arctan(x) - a"] {
            let equation = crate::expr::read(source).unwrap();
            let found = solve_equation(&equation, Symbol::new("x"), &Budget::unlimited()).unwrap();
            assert!(!found.unsolved.is_empty() || !found.roots.is_empty(), "{source}");
        }
    });
}

/// Points satisfy the description of a polyhedron when they satisfy its relations, and only then.
#[test]
fn polyhedra_hold_the_points_that_they_should() {
    let mut draw = Draw(11);
    let budget = Budget::unlimited();
    let unknowns = [Symbol::new("x"), Symbol::new("y"), Symbol::new("z")];
    let holds = |relations: &[Expr], point: &[i64]| {
        relations.iter().all(|relation| {
            let there = unknowns.iter().zip(point).fold(relation.clone(), |relation, (symbol, value)| {
                relation.substitute_symbol(*symbol, &Expr::fraction(*value, 2))
            });
            crate::algebra::decide(&there, &budget).unwrap().is_yes()
        })
    };
    let kinds = [Relation::Less, Relation::LessEqual, Relation::Greater, Relation::GreaterEqual, Relation::Equal];
    for round in 0..12 {
        let dimension = 2 + (round % 2) as usize;
        let relations: Vec<Expr> = (0..draw.next(2, 5))
            .map(|_| {
                let used = unknowns.iter().take(dimension);
                let side = Expr::sum(used.map(|symbol| Expr::symbol(*symbol).scale(&draw.next(-2, 2).into())));
                // Equations now and then.
                let kind = kinds[draw.next(0, 4).min(draw.next(0, 5)) as usize];
                Expr::relation(kind, side, Expr::integer(draw.next(-3, 3)))
            })
            .collect();
        let pieces = solve_linear_inequalities(&relations, &unknowns[..dimension], &budget).unwrap().unwrap();
        for _ in 0..30 {
            let point: Vec<i64> = (0..3).map(|_| draw.next(-6, 6)).collect();
            let described = pieces.iter().any(|piece| holds(piece, &point));
            assert_eq!(described, holds(&relations, &point), "{relations:?} gave {pieces:?} at {point:?}");
        }
    }
}

/// All roots with their families and conditions, intervals and what is left open.
fn everything_of(source: &str, families: Families) -> Vec<String> {
    let equation = crate::expr::read(source).unwrap();
    let x = crate::expr::Expr::variable("x");
    assume::with_facts([], || {
        let found = solve_with_families(&equation, &x, families, &Budget::unlimited()).unwrap();
        let shown = |relations: &[Expr]| relations.iter().map(text).collect::<Vec<_>>().join(", ");
        let root = |root: &Root| match root.except.as_slice() {
            [] => text(&root.value),
            except => format!("{} for {}", text(&root.value), shown(except)),
        };
        let roots = found.roots.iter().map(root);
        let pieces = found.pieces.iter().map(|piece| shown(piece));
        roots.chain(pieces).chain(found.unsolved.iter().map(text)).collect()
    })
}

#[test]
fn families_have_no_member_without_a_value() {
    for (source, expected) in [
        ("sin(x)/x", vec!["pi*z1 for z1 != 0"]),
        ("sin(x)/(x^2 - pi^2)", vec!["pi*z1 for z1 != -1, z1 != 1"]),
        ("sin(x)*log(x)", vec!["pi*z1 for z1 != 0", "1"]),
        ("sin(2*x)/sin(x)", vec!["1/2*pi + pi*z1"]),
        ("cos(x)*tan(x)", vec!["pi*z1"]),
        ("sin(1/x)", vec!["1/(pi*z1) for z1 != 0"]),
        ("(exp(x) - 1)/x", vec!["2*I*pi*z1 for z1 != 0"]),
        ("tanh(x) - 1/2", vec!["I*pi*z1 + 1/2*log(3)"]),
        ("sinh(x)", vec!["I*pi*z1"]),
        ("arctan(sin(x)) - pi/4", vec!["1/2*pi + 2*pi*z3"]),
        ("cos(exp(x)) - 1", vec!["2*I*pi*z3 + log(2*pi*z1) for z1 != 0"]),
        ("sin(pi*x)/gamma(x)", vec!["sin(pi*x)/gamma(x) == 0"]),
    ] {
        assert_eq!(everything_of(source, Families::All), expected, "{source}");
    }
}

#[test]
fn other_members_stand_for_principal_ones_that_do_not_count() {
    for (source, expected) in [
        ("sin(x)/x", vec!["pi"]),
        ("(1 - cos(x))/x", vec!["2*pi"]),
        ("sin(1/x)", vec!["1/pi"]),
        ("(exp(x) - 1)/x", vec!["2*I*pi"]),
        ("sin(x) - sin(2)", vec!["pi - 2"]),
        ("sin(x) - cos(1)", vec!["1/2*pi - 1"]),
        ("x^(2/3) - a", vec!["a^(3/2)"]),
        ("arctan(x) + arctan(2*x) - pi/4", vec!["1/4*sqrt(17) - 3/4"]),
    ] {
        assert_eq!(everything_of(source, Families::None), expected, "{source}");
    }
}

#[test]
fn steps_and_cases_hold_on_intervals() {
    for (source, expected) in [
        ("floor(x) - 3", vec!["x >= 3, x < 4"]),
        ("ceil(x) - 3", vec!["x > 2, x <= 3"]),
        ("floor(x/2)^2 - 4", vec!["x >= -4, x < -2", "x >= 4, x < 6"]),
        ("floor(x^2) - 2", vec!["x > -sqrt(3), x <= -sqrt(2)", "x >= sqrt(2), x < sqrt(3)"]),
        ("x^2 - 2*floor(x) - 3", vec!["-1", "sqrt(7)", "3"]),
        ("x*floor(x) - 6", vec![]),
        ("floor(x) - 5/2", vec![]),
        ("sgn(x) - 1", vec!["x > 0"]),
        ("abs(x) - x", vec!["x >= 0"]),
        ("abs(x)/x - 1", vec!["x > 0"]),
        ("x/floor(x) - 3/2", vec!["3/2"]),
        ("abs(x - 1) + abs(x + 1) - 2", vec!["x >= -1, x <= 1"]),
        ("max(x, 1) - 1", vec!["x <= 1"]),
        ("frac(x) - 1/2", vec!["frac(x) == (1/2)"]),
    ] {
        assert_eq!(everything_of(source, Families::None), expected, "{source}");
    }
    assert_eq!(everything_of("frac(x) - 1/2", Families::All), ["z1 + 1/2"]);
}

#[test]
fn assumptions_drop_only_what_they_refute() {
    let fact = |source: &str| Fact::Holds(crate::expr::read(source).unwrap());
    for (facts, source, families, expected) in [
        (vec!["x < 0", "a > 0"], "3*x + 2/3 - a^2", Families::All, vec!["1/3*a^2 - 2/9"]),
        (vec!["x > 0", "a > 0"], "x^2 - a^2", Families::None, vec!["a"]),
        (vec!["x > 0"], "2*sin(x) - cos(x)", Families::All, vec!["pi*z1 + arctan(1/2) for z1 >= 0"]),
        (vec!["x < 4", "x >= 0"], "sin(x)/x", Families::All, vec!["pi*z1 for z1 != 0, z1 < 2, z1 >= 0"]),
        (vec!["x > 10"], "sin(x)", Families::None, vec!["4*pi"]),
        (vec!["x < 0"], "sqrt(exp(x)) + 4", Families::None, vec![]),
        (vec!["x > 0"], "exp(x) - 2", Families::All, vec!["log(2)"]),
        (vec!["a > 0"], "min(a^2*x, 1)*abs(1/x) - 1/2", Families::None, vec!["abs(x) - 2*min(a^2*x, 1) == 0"]),
    ] {
        let found = assume::with_facts(facts.iter().map(|f| fact(f)), || everything_of(source, families));
        assert_eq!(found, expected, "{source}");
    }
}

#[test]
fn inequalities_of_radicals_and_logarithms_hold_on_their_domain() {
    let x = Symbol::new("x");
    let shown = |source: &str| -> Vec<String> {
        let relation = crate::expr::read(source).unwrap();
        let set = solve_inequalities(&[relation], x, &Budget::unlimited()).unwrap().unwrap();
        set.pieces(x).iter().map(|piece| piece.iter().map(text).collect::<Vec<_>>().join(", ")).collect()
    };
    for (source, expected) in [
        ("x*sqrt(x - 3) < 1", vec!["x >= 3, x < (1/2*sqrt(5) + 3/2)^(1/3) + 1/(1/2*sqrt(5) + 3/2)^(1/3) + 1"]),
        ("sqrt(x^2 + 4*x - 4) >= x", vec!["x <= -2*sqrt(2) - 2", "x >= 1"]),
        (
            "log(x^2 + 3*x - 2) < 0",
            vec!["x > -1/2*sqrt(21) - 3/2, x < -1/2*sqrt(17) - 3/2", "x > 1/2*sqrt(17) - 3/2, x < 1/2*sqrt(21) - 3/2"],
        ),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
    // Roots without radicals are decimals; poles and ends of domains are cuts as well.
    for (source, expected) in [
        ("x^5 - x - 1 >= 0", vec!["x >= 1.16730397826142"]),
        ("(x - 2)/(x^5 - x - 1) <= 0", vec!["x > 1.16730397826142, x <= 2"]),
        ("(x^5 - x - 1)^2 <= 0", vec!["x == 1.16730397826142"]),
        ("exp(1/x) > 2", vec!["x > 0, x < (1/log(2))"]),
        ("coth(x) > 2", vec!["x > 0, x < 1/2*log(3)"]),
        ("arccos(x) > pi/3", vec!["x >= -1, x < (1/2)"]),
    ] {
        assert_eq!(shown(source), expected, "{source}");
    }
    // Three real roots by complex radicals.
    let cubic = crate::expr::read("x^3 - 3*x + 1 < 0").unwrap();
    let set = solve_inequalities(&[cubic], x, &Budget::unlimited()).unwrap().unwrap();
    assert_eq!(set.pieces(x).len(), 2);
}

#[test]
fn roots_of_other_branches_are_dropped() {
    let found = everything_of("sqrt(x^3 - x)*(x + 1) - 10*sqrt(15)", Families::None);
    assert!(found.iter().any(|root| root == "4"), "{found:?}");
    let other = "-1/2*sqrt(2*(10*I*sqrt(7269) - 322)^(1/3)";
    assert!(!found.iter().any(|root| root.starts_with(other)), "{found:?}");
}

#[test]
fn systems_without_radicals_have_decimals() {
    let unknowns = [Symbol::new("x"), Symbol::new("y")];
    for (system, count, first) in [
        (["x^5 + y - 1", "x + y^2 - 2"], 10, "1.14021667094659, -0.927245021045361"),
        (["x^5 - x - 1", "y - x^2"], 5, "1.16730397826142, 1.36259857766493"),
        (["1/x + y^5 - 1", "x + y - 3"], 6, "2.11982311155005, 0.880176888449954"),
    ] {
        let equations: Vec<Expr> = system.iter().map(|source| crate::expr::read(source).unwrap()).collect();
        let found = solve_system(&equations, &unknowns, &Budget::unlimited()).unwrap().unwrap().values;
        assert_eq!(found.len(), count, "{system:?}");
        assert_eq!(found[0].iter().map(text).collect::<Vec<_>>().join(", "), first, "{system:?}");
    }
}
