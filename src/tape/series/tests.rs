//! Expansions against known ones, and against numbers.

use super::*;
use crate::budget::Budget;
use crate::expr::read;

fn parse(text: &str) -> Expr {
    read(text).unwrap()
}

fn expand_at(text: &str, point: &str, side: Side, order: usize) -> Result<Expr, Reason> {
    let budget = Budget::unlimited();
    let approach = Approach::one_sided(&parse(point), side);
    let series = series_of(&parse(text), Symbol::new("x"), &approach, order, &Hooks::plain(&budget))?;
    let cut = series.truncated(&Rational::from(order as i64 - 1));
    Ok(cut.to_expr(&approach.small(&parse("x"))))
}

fn check(text: &str, point: &str, order: usize, expected: &str) {
    check_side(text, point, Side::Both, order, expected);
}

fn check_side(text: &str, point: &str, side: Side, order: usize, expected: &str) {
    let found = expand_at(text, point, side, order).unwrap_or_else(|reason| panic!("{text}: {reason:?}"));
    assert_eq!(found, parse(expected), "{text} at {point}");
}

#[test]
fn rational_coefficients() {
    check("sin(x)", "0", 6, "x - x^3/6 + x^5/120");
    check("1/(1 - x - x^2)", "0", 6, "1 + x + 2*x^2 + 3*x^3 + 5*x^4 + 8*x^5");
    check("exp(sin(x))", "0", 6, "1 + x + x^2/2 - x^4/8 - x^5/15");
    check("log(cos(x))", "0", 7, "-x^2/2 - x^4/12 - x^6/45");
    check("tan(x)", "0", 8, "x + x^3/3 + 2*x^5/15 + 17*x^7/315");
    check("sqrt(1 + x)", "0", 4, "1 + x/2 - x^2/8 + x^3/16");
    check("(1 + x)^5", "0", 4, "1 + 5*x + 10*x^2 + 10*x^3");
    check("(sin(x) - x)/x^3", "0", 3, "-1/6 + x^2/120");
    check("1/sin(x)", "0", 4, "1/x + x/6 + 7*x^3/360");
    check("1/(sin(x) - tan(x))", "0", 0, "-2/x^3 + 1/(2*x)");
    check("x^3 + 2*x", "0", 3, "2*x");
}

#[test]
fn exact_constants() {
    check("sin(x)", "1", 3, "sin(1) + cos(1)*(x - 1) - sin(1)*(x - 1)^2/2");
    check("exp(x)", "a", 3, "exp(a) + exp(a)*(x - a) + exp(a)*(x - a)^2/2");
    check("log(x)", "2", 3, "log(2) + (x - 2)/2 - (x - 2)^2/8");
    check("sqrt(x)", "2", 2, "sqrt(2) + sqrt(2)/4*(x - 2)");
    check("tan(x)", "pi/4", 3, "1 + 2*(x - pi/4) + 2*(x - pi/4)^2");
    check("1/(x - a)", "0", 2, "-1/a - x/a^2");
    check("x^a", "1", 3, "1 + a*(x - 1) + (a^2 - a)/2*(x - 1)^2");
    check("a^x", "0", 3, "1 + log(a)*x + log(a)^2*x^2/2");
    check("tan(x)", "pi/2", 2, "-1/(x - pi/2) + (x - pi/2)/3");
}

#[test]
fn one_sided_and_fractional() {
    check_side("sqrt(x)", "0", Side::Right, 2, "sqrt(x)");
    check_side("sqrt(x^2 + x^4)", "0", Side::Right, 4, "x + x^3/2");
    check_side("sqrt(x + x^2)", "0", Side::Right, 3, "sqrt(x) + x^(3/2)/2");
    check_side("x^x", "0", Side::Right, 2, "1 + x*log(x)");
    check_side("x*log(x + x^2)", "0", Side::Right, 3, "x*log(x) + x^2");
    check("1/(1 + x)", "oo", 3, "1/x - 1/x^2");
    check("sqrt(x^2 + 1) - x", "oo", 4, "1/(2*x) - 1/(8*x^3)");
    check("x*log(1 + 1/x)", "oo", 3, "1 - 1/(2*x) + 1/(3*x^2)");
}

#[test]
fn special_functions() {
    check("erf(x)", "0", 4, "2/sqrt(pi)*x - 2/(3*sqrt(pi))*x^3");
    check("gamma(x)", "1", 2, "1 - euler_gamma*(x - 1)");
    check("gamma(x)", "0", 1, "1/x - euler_gamma");
    check("gamma(x)", "-1", 0, "-1/(x + 1)");
    check("psi(x)", "0", 1, "-1/x - euler_gamma");
    check("factorial(x)", "0", 2, "1 - euler_gamma*x");
    check("sin_integral(x)", "0", 4, "x - x^3/18");
    check_side("Ei(x) - log(x)", "0", Side::Right, 3, "euler_gamma + x + x^2/4");
    check_side("Ei(x)", "0", Side::Right, 2, "log(x) + euler_gamma + x");
    check_side("abs(x)/x", "0", Side::Left, 2, "-1");
    check_side("floor(x)", "2", Side::Left, 2, "1");
    check("arctan(x)", "oo", 4, "pi/2 - 1/x + 1/(3*x^3)");
    check_side("arcsin(1 - x)", "0", Side::Right, 2, "pi/2 - sqrt(2)*sqrt(x)");
    check("arccosh(x) - log(x)", "oo", 3, "log(2) - 1/(4*x^2)");
}

#[test]
fn what_has_no_expansion_says_so() {
    for (text, point) in [
        ("sqrt(x^2)", "0"),
        ("sqrt(x^2 + x^4)", "0"),
        ("exp(1/x)", "0"),
        ("sin(1/x)", "0"),
        ("exp(-1/x^2)", "0"),
        ("log(x)", "0"),
        ("exp(x)", "oo"),
    ] {
        assert!(expand_at(text, point, Side::Both, 3).is_err(), "{text}");
    }
}

#[test]
fn leading_terms() {
    let budget = Budget::unlimited();
    let lead = |text: &str| {
        leading_term(&parse(text), Symbol::new("x"), &Approach::both(&parse("0")), &Hooks::plain(&budget)).unwrap()
    };
    assert_eq!(lead("x - sin(x)"), Some((Rational::from(3), Expr::fraction(1, 6))));
    assert_eq!(lead("tan(sin(x)) - sin(tan(x))"), Some((Rational::from(7), Expr::fraction(1, 30))));
    assert_eq!(lead("x - x"), None);
}

#[test]
fn long_expansions_agree_with_those_over_the_rationals() {
    let budget = Budget::unlimited();
    let hooks = Hooks::plain(&budget);
    let x = Symbol::new("x");
    for text in [
        "exp(sin(x))",
        "tan(x)",
        "log(1 + sin(x))",
        "sqrt(cos(x))",
        "1/sin(x)^2",
        "(exp(sin(x)) - 1)/x",
        "x/(exp(x) - 1)",
        "arctan(x/3) + arcsin(x)^2",
        "(1 + x/7)^(2/5)*cosh(3*x)/(2 + x)",
        "log((1 + x)/(1 - x))/(sin(2*x) - 2*sin(x))",
        "sqrt(1 + x^30)*tanh(x)",
        "(1 + x)^3/(1 - x)^12*exp(x)",
        "1/(x - sin(x)) - 6/x^3",
    ] {
        let expr = parse(text);
        let approach = Approach::both(&Expr::zero());
        let request = Request { expr: &expr, variable: x, approach: &approach, order: 40, hooks: &hooks };
        let long = Series::from_rational(&fast::expand(&request).unwrap_or_else(|| panic!("{text}")).unwrap());
        let plain = Series::from_rational(&request.over(&field::Rationals::default()).unwrap());
        let last = Rational::from(39);
        let terms = |series: &Series| -> Vec<(Rational, Expr)> {
            series.truncated(&last).terms().map(|(e, c)| (e, c.clone())).collect()
        };
        assert!(long.precision().unwrap() >= Rational::from(40), "{text}");
        assert_eq!(terms(&long), terms(&plain), "{text}");
    }
}

#[test]
fn plain_functions_follow_short_recurrences() {
    let budget = Budget::unlimited();
    let hooks = Hooks::plain(&budget);
    let cases = [
        ("arctan(x)", 39, (-1, 39)),
        ("x^2*log(1 + 2*x^2) + 1/(1 - x)", 6, (-1, 1)),
        ("(1 + x)^(1/3)", 3, (5, 81)),
        ("arcsin(x)/2", 5, (3, 80)),
        ("3*exp(-x^2)", 8, (1, 8)),
        ("cos(2*x)/x", 3, (2, 3)),
    ];
    for (text, exponent, (n, d)) in cases {
        let expr = parse(text);
        let approach = Approach::both(&Expr::zero());
        let request =
            Request { expr: &expr, variable: Symbol::new("x"), approach: &approach, order: 40, hooks: &hooks };
        assert!(fast::expand(&request).is_none(), "{text}");
        let series = request.answer().unwrap().into_series();
        assert_eq!(series.coefficient(&Rational::from(exponent)), Some(Expr::fraction(n, d)), "{text}");
    }
}

/// A small generator of expressions, the same in every run.
pub(in crate::tape) struct Source(pub(in crate::tape) u64);

impl Source {
    pub(in crate::tape) fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % bound
    }

    pub(in crate::tape) fn expression(&mut self, depth: u32) -> Expr {
        let x = parse("x");
        if depth == 0 {
            return match self.below(4) {
                0 => Expr::fraction(self.below(9) as i64 - 4, 1 + self.below(3) as i64),
                1 => &x * Expr::fraction(1 + self.below(3) as i64, 2),
                _ => x,
            };
        }
        let names =
            ["exp", "sin", "cos", "tan", "sinh", "cosh", "tanh", "arctan", "arcsinh", "erf", "log", "sqrt", "arcsin"];
        match self.below(6) {
            0 => self.expression(depth - 1) + self.expression(depth - 1),
            1 => self.expression(depth - 1) * self.expression(depth - 1),
            2 => self.expression(depth - 1) / (self.expression(depth - 1) + Expr::integer(3)),
            3 => self.expression(depth - 1).powi(2 + self.below(2) as i64),
            _ => {
                let name = names[self.below(names.len() as u64) as usize];
                let inner = self.expression(depth - 1);
                let inner = if ["log", "sqrt"].contains(&name) { inner + Expr::integer(5) } else { inner };
                crate::expr::function::apply(name, &[inner]).unwrap()
            }
        }
    }
}

#[test]
fn series_agree_with_jets_of_balls() {
    use crate::number::ComplexBall;
    use crate::tape::{Evaluator, Numbers, Program, derivatives_at};
    let budget = Budget::unlimited();
    let hooks = Hooks::plain(&budget);
    let x = Symbol::new("x");
    let mut source = Source(20_240_229);
    let mut compared = 0;
    for round in 0..400 {
        let expr = source.expression(1 + round % 3);
        let point = [Rational::ZERO, Rational::ONE, Rational::fraction(-1, 2).unwrap()][(round % 3) as usize].clone();
        let approach = Approach::both(&Expr::number(point.clone()));
        let Ok(series) = series_of(&expr, x, &approach, 6, &hooks) else { continue };
        if series.terms().any(|(exponent, _)| exponent.is_negative() || !exponent.is_integer()) {
            continue;
        }
        let at = ComplexBall::from_rational(&point, 256);
        let Ok(jet) = derivatives_at(&expr, x, at, 5, Numbers::<ComplexBall>(256)) else { continue };
        let mut factorial = 1;
        for (k, derivative) in jet.iter().enumerate() {
            factorial *= k.max(1) as i64;
            if !derivative.is_bounded() {
                continue;
            }
            let coefficient = series.coefficient(&Rational::from(k as i64)).unwrap() * Expr::integer(factorial);
            let program = Program::new(&coefficient, &[]).unwrap();
            let value: ComplexBall = Evaluator::new(program, Numbers(256)).value(&[]);
            if value.is_bounded() {
                assert!(value.overlaps(derivative), "{expr:?} at {point}, {k}: {value:?} {derivative:?}");
                compared += 1;
            }
        }
    }
    assert!(compared > 800, "{compared}");
}

#[test]
fn a_spent_budget_ends_an_expansion() {
    for text in ["1/(2 + x + x^2/3)", "exp(sin(x))", "exp(a*x + sin(b*x))"] {
        let budget = Budget::unlimited();
        budget.limit_time(Some(std::time::Duration::from_millis(50)));
        budget.start();
        let begin = std::time::Instant::now();
        let approach = Approach::both(&Expr::zero());
        let found = series_of(&parse(text), Symbol::new("x"), &approach, 30_000, &Hooks::plain(&budget));
        assert!(matches!(found, Err(Reason::Budget(_))), "{text}");
        assert!(begin.elapsed().as_secs() < 20, "{text}");
    }
}
