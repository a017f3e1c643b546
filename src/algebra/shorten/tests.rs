//! Short forms, and that shortening changes no value: random points inside the conditions, seed fixed.

use super::*;
use crate::algebra;
use crate::expr::read;
use crate::number::{Ball, ComplexBall};
use crate::print::text;
use crate::tape::{Evaluator, Numbers, Program};

type Simplifier = fn(&Expr, &Budget) -> Result<Expr, Reason>;

fn check(simplify: Simplifier, cases: &[(&str, &str)]) {
    for (source, expected) in cases {
        let found = simplify(&read(source).unwrap(), &Budget::unlimited()).unwrap();
        assert_eq!(text(&found), *expected, "{source}");
    }
}

#[test]
fn gammas_and_binomials() {
    check(
        shortest_full,
        &[
            ("factorial(n)/(factorial(k)*factorial(n - k))", "binomial(n, k)"),
            ("factorial(2*n)/factorial(n)^2", "binomial(2*n, n)"),
            ("gamma(2*x)/(x - 1/2)", "2*gamma(2*x - 1)"),
            ("2^x*gamma(x/2 + 1)*gamma(x/2 + 1/2)/(sqrt(pi)*gamma(x + 1))", "1"),
            ("gamma(x)*gamma(1 - x)*sin(pi*x)", "pi"),
            ("gamma(2 - x)*gamma(x - 1)*sin(pi*x)", "-pi"),
            ("gamma(x)*gamma(-x)*sin(pi*x)", "-pi/x"),
            ("beta(x, y)*gamma(x + y)/gamma(x)", "gamma(y)"),
        ],
    );
}

#[test]
fn waves() {
    check(
        shortest_trig,
        &[
            ("sin(x)*cos(y) + cos(x)*sin(y) + 3", "sin(x + y) + 3"),
            ("(tanh(x) + tanh(y))/(1 + tanh(x)*tanh(y))", "tanh(x + y)"),
            ("cos(1)*cos(2)*cos(4)*cos(8)*cos(16)*cos(32)", "1/64*sin(64)/sin(1)"),
            ("cosh(x)^10/sinh(x)^10", "coth(x)^10"),
            ("tan(5*pi/18) + tan(7*pi/18) - sqrt(3)*tan(5*pi/18)*tan(7*pi/18)", "-sqrt(3)"),
            ("sin(x)/cos(x)", "sin(x)/cos(x)"),
            ("(e^x - e^(-x))/(e^x + e^(-x))", "tanh(x)"),
            ("(1 - e^(2*I*x))/(1 + e^(2*I*x))", "-I*tan(x)"),
            ("e^x*cosh(x) - e^(2*x)/2", "1/2"),
            ("sqrt(2)*sin(x)/2 + sqrt(2)*cos(x)/2", "sin(1/4*pi + x)"),
            ("(sin(x) - sin(y))/(cos(x) + cos(y))", "tan(1/2*x - 1/2*y)"),
            ("log(2*cos(x)^2 + 2*sin(x)^2)", "log(2)"),
        ],
    );
}

#[test]
fn radicals_and_fractions() {
    check(
        shortest_rational,
        &[
            ("(x^2 - 2)/(x - sqrt(2))", "x + sqrt(2)"),
            ("(x^2 + 1)/(x - I)", "x + I"),
            ("(x + 1)/(x^2 - 1)", "1/(x - 1)"),
        ],
    );
    check(
        shortest_full,
        &[
            ("sqrt(1/2 - sqrt(2)/4)*sqrt(1/2 + sqrt(2)/4)", "1/4*sqrt(2)"),
            ("sqrt(x^2/(x^2 + y^2) + y^2/(x^2 + y^2))", "1"),
            ("log(2*x) - log(2)", "log(x)"),
            ("8^x/2^x", "4^x"),
            ("2^(1 - 2*x)*4^x", "2"),
            ("(2/3)^x*3^x", "2^x"),
            ("abs(x*y)/abs(y)", "abs(x)"),
            ("sqrt(1 + cos(3)^2 + sqrt(3)*cos(3)^2 + 2*sqrt(1 + sqrt(3))*cos(3))", "-sqrt(sqrt(3) + 1)*cos(3) - 1"),
        ],
    );
}

/// Deterministic numbers between -2 and 2.
struct Random(u64);

impl Random {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1_u64 << 51) as f64 - 2.0
    }
}

/// Compares two expressions at complex points by balls.
fn assert_same_values(given: &Expr, found: &Expr, random: &mut Random) {
    let variables = given.variables();
    let difference = Program::new(&(given - found), &variables).unwrap();
    let mut evaluator = Evaluator::new(difference, Numbers(200));
    let mut looked = 0;
    for round in 0..12 {
        let point: Vec<ComplexBall> = variables
            .iter()
            .map(|_| {
                let imaginary = if round % 2 == 0 { 0.0 } else { random.next() };
                ComplexBall::new(Ball::from_f64(random.next()), Ball::from_f64(imaginary))
            })
            .collect();
        let value: ComplexBall = evaluator.value(&point);
        if value.is_bounded() {
            looked += 1;
            assert!(value.contains_zero(), "{} and {} differ", text(given), text(found));
        }
    }
    assert!(looked > 0, "{} has values", text(given));
}

#[test]
fn nothing_changes_a_value() {
    let parts = [
        "sin(x)",
        "cos(x + y)",
        "tan(2*x)",
        "cosh(x)^2",
        "sinh(x - y)",
        "sqrt(x^2 + 1)",
        "(x - sqrt(2))",
        "1/(x - I)",
        "gamma(x + 1)/gamma(x)",
        "e^(x*log(3) + y)",
        "2^x*3^x",
        "log(2*x)",
        "1/(sqrt(x) + sqrt(3))",
        "(x^2 - 2)",
        "x^y*x^(2*y)",
        "1/cos(x)",
        "exp(I*x)",
        "sqrt(2)*sqrt(3 + sqrt(5))",
        "binomial(x, 2)",
        "(y + 1/3)",
        "e^(-x)",
        "sinh(x)",
        "cosh(2*x)",
        "4^x/6^y",
        "abs(x*y)",
        "gamma(x)*gamma(1 - x)",
        "beta(x, y)",
        "(sqrt(3)*sin(x) + cos(x))",
        "(sin(x) + sin(y))",
        "(cosh(x) - cosh(y))",
    ];
    let simplifiers: [Simplifier; 3] = [shortest_full, shortest_trig, shortest_rational];
    let mut random = Random(0x9e37_79b9_7f4a_7c15);
    for round in 0..90 {
        let pick =
            |random: &mut Random| parts[((random.next() + 2.0) / 4.0 * parts.len() as f64) as usize % parts.len()];
        let (a, b, c) = (pick(&mut random), pick(&mut random), pick(&mut random));
        let source = match round % 3 {
            0 => format!("{a}*{b} + {c}"),
            1 => format!("({a} + {b})/({c} + 2)"),
            _ => format!("{a}*{b}*{c} - {a}"),
        };
        let given = read(&source).unwrap();
        for simplify in simplifiers {
            let found = simplify(&given, &Budget::unlimited()).unwrap();
            assert_same_values(&given, &found, &mut random);
        }
    }
}

#[test]
fn assumed_signs_are_used() {
    let z = Expr::variable("z");
    let negative = Expr::relation(crate::expr::Relation::Less, z.clone(), Expr::zero());
    crate::expr::assume::with_facts([crate::expr::assume::Fact::Holds(negative)], || {
        let given = z.sqrt().recip() + Expr::i() * (-&z).sqrt().recip();
        assert!(shortest_full(&given, &Budget::unlimited()).unwrap().is_zero());
    });
    assert!(!algebra::is_zero(&z, &Budget::unlimited()).unwrap().is_yes());
}
