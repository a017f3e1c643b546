//! One set of tests for every function of the table.

use super::constant::enclosure;
use super::*;
use crate::expr::{Kind, read};
use crate::number::{Ball, ComplexBall, Number, Rational};

const PRECISION: u32 = 256;

/// Real arguments off the special points of every function.
fn samples() -> Vec<Rational> {
    [(-37, 10), (-19, 10), (-13, 10), (-7, 10), (-3, 10), (3, 11), (7, 10), (13, 10), (19, 10), (37, 10)]
        .into_iter()
        .filter_map(|(n, d)| Rational::fraction(n, d))
        .collect()
}

fn unary() -> impl Iterator<Item = &'static Elementary> {
    all().filter(|record| record.arity.0 == 1 && record.kernel.unary().is_some())
}

fn held(record: &'static Elementary, arguments: &[Expr]) -> Expr {
    Expr::held(Function::Elementary(record), arguments.to_vec())
}

fn value(expr: &Expr) -> Option<Ball> {
    enclosure::<Ball>(expr, PRECISION).filter(Ball::is_bounded)
}

/// Is the distance of two values below `2^-bits`, relative to the second?
fn close(a: &Ball, b: &Ball, bits: i64) -> bool {
    let size = b.abs().add(&Ball::one(), PRECISION).scale(-bits);
    a.sub(b, PRECISION).abs().compare(&size).is_some_and(|order| order.is_lt())
}

/// May the value be in the range that is stated for a function?
fn in_range(record: &Elementary, value: &Ball) -> bool {
    let end = |bound: Bound| match bound {
        Bound::Infinite => None,
        Bound::Integer(n) => Some(Ball::from(n)),
        Bound::QuarterTurns(n) => Some(Ball::pi(PRECISION).mul_small(n, PRECISION).scale(-1)),
    };
    let below = |a: &Ball, b: &Ball| a.compare(b).is_none_or(|order| order.is_le());
    end(record.range.0).is_none_or(|low| below(&low, value))
        && end(record.range.1).is_none_or(|high| below(value, &high))
}

/// Compares a derivative with a difference quotient; answers whether both were known.
fn check_derivative(record: &'static Elementary, arguments: &[Expr], position: usize) -> bool {
    let Some(derivative) = (record.derivative)(arguments, position) else { return false };
    let step = Expr::integer(2).powi(-60);
    let shifted = |by: &Expr| {
        let mut moved = arguments.to_vec();
        if let Some(place) = moved.get_mut(position) {
            *place = &*place + by;
        }
        value(&held(record, &moved))
    };
    let (Some(above), Some(below), Some(slope)) = (shifted(&step), shifted(&-&step), value(&derivative)) else {
        return false;
    };
    let quotient = above.sub(&below, PRECISION).scale(59);
    assert!(close(&quotient, &slope, 80), "{} at {arguments:?}: {quotient:?}, not {slope:?}", record.name);
    true
}

#[test]
fn derivatives_are_limits_of_difference_quotients() {
    for record in unary() {
        let checked = samples().into_iter().filter(|x| check_derivative(record, &[Expr::number(x.clone())], 0)).count();
        let derivable = (record.derivative)(&[Expr::variable("x")], 0).is_some();
        let jumps = ["sgn", "heaviside", "unit_step", "zeta"].contains(&record.name);
        assert!(checked >= 2 || !derivable || jumps, "{} was checked at {checked} points", record.name);
    }
    for record in all().filter(|record| record.arity == (2, 2) || record.arity == (1, 2)) {
        for (first, second) in [(2, 1), (3, 2), (1, 3)] {
            let arguments = [Expr::integer(first), Expr::integer(second) + Expr::fraction(3, 10)];
            check_derivative(record, &arguments, 0);
            check_derivative(record, &arguments, 1);
        }
    }
}

#[test]
fn parity_holds() {
    for record in unary().filter(|record| record.parity != Parity::None) {
        for x in samples() {
            let (plus, minus) = (Expr::number(x.clone()), Expr::number(-&x));
            let (Some(right), Some(left)) = (value(&held(record, &[plus])), value(&held(record, &[minus]))) else {
                continue;
            };
            let mirrored = if record.parity == Parity::Odd { left.neg() } else { left };
            assert!(close(&mirrored, &right, 200), "{} at {x}", record.name);
        }
    }
}

#[test]
fn a_function_undoes_its_inverse() {
    for record in unary() {
        let Some(inverse) = record.inverse else { continue };
        let inverse = find(inverse).unwrap_or_else(|| panic!("{inverse} is missing"));
        for x in samples().into_iter().filter(|x| inverse.domain.contains(x) == Some(true)) {
            let x = Expr::number(x);
            if !in_range(record, &value(&x).expect("a number")) {
                continue;
            }
            let Some(image) = value(&held(record, &[held(inverse, std::slice::from_ref(&x))])) else { continue };
            assert!(close(&image, &value(&x).expect("a number"), 200), "{} of {} at {x:?}", record.name, inverse.name);
        }
    }
}

#[test]
fn domains_and_ranges_are_as_stated() {
    for record in unary() {
        for x in samples() {
            let image = value(&held(record, &[Expr::number(x.clone())]));
            match record.domain.contains(&x) {
                Some(true) => assert!(image.is_some(), "{} has no value at {x}", record.name),
                Some(false) => assert!(image.is_none(), "{} has a value at {x}", record.name),
                None => {}
            }
            let Some(image) = image else { continue };
            assert!(in_range(record, &image), "{} at {x} is out of its range", record.name);
        }
    }
}

/// Arguments at which functions have exact values.
const SPECIAL: &[&str] = &[
    "0",
    "1",
    "-1",
    "2",
    "-2",
    "3",
    "5",
    "1/2",
    "-1/2",
    "3/2",
    "-3/2",
    "1/3",
    "-1/3",
    "I",
    "-I",
    "2*I",
    "1 + I",
    "3 + 4*I",
    "sqrt(2)/2",
    "-sqrt(2)/2",
    "sqrt(3)/2",
    "-sqrt(3)/2",
    "sqrt(3)",
    "-sqrt(3)",
    "1/sqrt(3)",
    "sqrt(2)",
    "2/sqrt(3)",
    "e",
    "-pi",
    "-sqrt(5)",
    "pi/2",
    "pi/3",
    "3*pi/4",
    "pi/5",
    "2*pi/5",
    "7*pi/6",
    "pi/8",
    "3*pi/8",
    "pi/10",
    "3*pi/10",
    "pi/12",
    "5*pi/12",
    "pi/15",
    "7*pi/15",
    "pi/16",
    "5*pi/16",
    "pi/20",
    "7*pi/20",
    "pi/24",
    "11*pi/24",
    "7*pi/24",
    "pi/30",
    "13*pi/30",
    "9*pi/7",
    "-5*pi/7",
    "I*pi/3",
    "-I*pi/4",
    "2*I*log(3)",
    "log(2)",
    "-log(3)",
    "arcsin(1/3)",
    "arccos(-1/3)",
    "arctan(-2)",
    "arccot(-3)",
    "arccot(2)",
    "arcsec(-3)",
    "arccsc(-3)",
    "arcsinh(-2)",
    "arccosh(3)",
    "arctanh(1/3)",
    "arccoth(-2)",
    "arcsech(1/3)",
    "arccsch(-2)",
    "2^(1/3)",
    "-8",
    "9/4",
];

#[test]
fn exact_values_agree_with_computed_ones() {
    let mut compared = 0;
    for record in unary() {
        for text in SPECIAL {
            let x = read(text).expect(text);
            let exact = Expr::apply(record, &x);
            if exact == held(record, std::slice::from_ref(&x)) || !exact.is_constant() {
                continue;
            }
            let computed = enclosure::<ComplexBall>(&held(record, &[x]), PRECISION).filter(ComplexBall::is_bounded);
            let stated = enclosure::<ComplexBall>(&exact, PRECISION).filter(ComplexBall::is_bounded);
            if let (Some(computed), Some(stated)) = (computed, stated) {
                assert!(computed.overlaps(&stated), "{}({text}) is {computed:?}, not {exact:?}", record.name);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "only {compared} values were compared");
}

#[test]
fn names_are_unique_and_found() {
    let mut names: Vec<&str> = all().flat_map(|record| record.aliases.iter().copied().chain([record.name])).collect();
    for name in &names {
        assert!(find(name).is_some());
    }
    let count = names.len();
    names.sort_unstable();
    names.dedup();
    assert_eq!(names.len(), count);
    assert!(find("arcsinus").is_none());
}

/// `same("sin(pi/6)", "1/2")`.
fn same(left: &str, right: &str) {
    assert_eq!(read(left).expect(left), read(right).expect(right), "{left} should be {right}");
}

#[test]
fn values_are_those_of_sage() {
    for (left, right) in [
        ("sin(8*pi/15)", "sin(7*pi/15)"),
        ("cos(9*pi/16)", "-cos(7*pi/16)"),
        ("tan(x + 3*pi)", "tan(x)"),
        ("sin(I*x)", "I*sinh(x)"),
        ("sinh(I*x)", "I*sin(x)"),
        ("cosh(I*pi)", "-1"),
        ("cos(arcsin(x))", "sqrt(-x^2 + 1)"),
        ("sinh(log(x))", "1/2*(x^2 - 1)/x"),
        ("arccos(-1/3)", "pi - arccos(1/3)"),
        ("arctanh(1/2)", "1/2*log(3)"),
        ("exp(y*log(x))", "x^y"),
        ("log(-8)", "I*pi + 3*log(2)"),
        ("abs(-2*pi*x)", "2*pi*abs(x)"),
        ("abs(3 + 4*I)", "5"),
        ("conjugate(I*x)", "-I*conjugate(x)"),
        ("imag_part(x^2)", "2*imag_part(x)*real_part(x)"),
        ("arctan2(1, -2)", "pi - arctan(1/2)"),
        ("binomial(n, 3)", "1/6*(n - 1)*(n - 2)*n"),
        ("gamma(-7/2)", "16/105*sqrt(pi)"),
        ("psi(5/2)", "-euler_gamma - 2*log(2) + 8/3"),
        ("zeta(-5)", "-1/252"),
        ("zeta(10)", "1/93555*pi^10"),
        ("polylog(2, 1/2)", "1/12*pi^2 - 1/2*log(2)^2"),
        ("harmonic_number(5/2)", "-2*log(2) + 46/15"),
        ("floor(10^30*pi)", "3141592653589793238462643383279"),
        ("frac(-pi)", "4 - pi"),
        ("max(x, 3, 5)", "max(x, 5)"),
        ("real_nth_root(-54, 3)", "-3*2^(1/3)"),
        ("arctan(oo)", "pi/2"),
        ("unit_step(0)", "1"),
    ] {
        same(left, right);
    }
    assert!(matches!(read("heaviside(0)").expect("read").kind(), Kind::Call(..)));
    assert_eq!(read("tan(pi/2)").expect("read"), Expr::infinity(crate::expr::Infinity::Unsigned));
}

#[test]
fn what_sage_gets_wrong_is_left_or_right() {
    // arccosh(-2) has a positive real part; arccot(cot(x)) is x on one branch only.
    for text in ["arccosh(-2)", "arcsech(-1/2)", "arccot(cot(x))", "gamma(0, x)"] {
        assert!(matches!(read(text).expect(text).kind(), Kind::Call(..)), "{text}");
    }
    same("csch(arcsinh(x))", "1/x");
    same("arctan2(oo, 1)", "pi/2");
    same("diff(x)", "diff(x)");
}

#[test]
fn assumptions_decide() {
    use crate::expr::assume::{Domain, Fact, with_facts};
    let (x, n) = (Symbol::new("x_positive"), Symbol::new("n_integer"));
    let facts = [Fact::Holds(read("x_positive > 0").expect("read")), Fact::In(n, Domain::Integer)];
    with_facts(facts, || {
        for (left, right) in [
            ("abs(x_positive)", "x_positive"),
            ("abs(-x_positive)", "x_positive"),
            ("log(exp(x_positive))", "x_positive"),
            ("conjugate(sqrt(x_positive))", "sqrt(x_positive)"),
            ("arctan2(1, x_positive)", "arctan(1/x_positive)"),
            ("abs(n_integer)^2*x", "n_integer^2*x"),
            ("abs(n_integer)*abs(n_integer)", "n_integer^2"),
            ("heaviside(x_positive)", "1"),
            ("floor(n_integer)", "n_integer"),
            ("sin(n_integer*pi)", "0"),
            ("cos(2*n_integer*pi)", "1"),
            ("sin(x + 2*n_integer*pi)", "sin(x)"),
            ("exp(2*I*pi*n_integer)", "1"),
            ("exp((4*n_integer + 1)*I*pi/2)", "I"),
            ("exp((4*n_integer + 2)*I*pi/2)", "-1"),
            ("exp((4*n_integer + 1)*I*pi*2)", "1"),
            ("real_part(exp(I*x_positive))", "cos(x_positive)"),
        ] {
            same(left, right);
        }
        let slope = (ABS.derivative)(&[Expr::symbol(x)], 0);
        assert_eq!(slope, Some(Expr::one()));
    });
}

#[test]
fn floating_arguments_are_computed() {
    for (text, shown) in [
        ("sin(1.0)", "0.841470984807897"),
        ("log(-1.0)", "(3.14159265358979*I)"),
        ("arcsin(2.0)", "(1.57079632679490 - 1.31695789692482*I)"),
        ("floor(-1.5)", "-2"),
        ("log(8.0, 2)", "3.00000000000000"),
        ("gamma(2.5)", "1.32934038817914"),
        ("zeta(2.0)", "1.64493406684823"),
        ("psi(1, 2.0)", "0.644934066848226"),
        ("bessel_J(0, 1.0)", "0.765197686557967"),
        ("lambert_w(1.0)", "0.567143290409784"),
        ("dilog(0.5)", "0.582240526465012"),
        ("polylog(3, 0.5)", "0.537213193608040"),
        ("exp_integral_e(2, 1.0)", "0.148495506775922"),
        ("real_nth_root(-8.0, 3)", "-2.00000000000000"),
        ("2.0^0.5", "1.41421356237310"),
        ("(-8.0)^(1/3)", "(1.00000000000000 + 1.73205080756888*I)"),
        ("abs(3.0 + 4*I)", "5.00000000000000"),
    ] {
        let value = read(text).expect(text);
        assert_eq!(value.as_number().map(|n: &Number| format!("{n:?}")), Some(shown.to_string()), "{text}: {value:?}");
    }
}

#[test]
fn every_function_says_what_it_is() {
    let silent: Vec<&str> = all().filter(|record| !record.summary.ends_with('.')).map(|record| record.name).collect();
    assert!(silent.is_empty(), "without a sentence: {}", silent.join(", "));
}
