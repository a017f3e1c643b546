//! Tapes against direct evaluation.

mod table;

use super::*;
use crate::budget::Budget;
use crate::expr::function::{cos, exp, log, sin, tan};
use crate::expr::{Expr, Relation, Symbol, read};
use crate::number::Interval;

fn x() -> Expr {
    Expr::variable("x")
}

fn n(value: i64) -> Expr {
    Expr::integer(value)
}

fn symbols(names: &[&str]) -> Vec<Symbol> {
    names.iter().map(|name| Symbol::new(name)).collect()
}

/// Expressions of one variable beside the same function written in Rust.
fn samples() -> Vec<(Expr, fn(f64) -> f64)> {
    let x = x();
    vec![
        (&x * n(2) + n(1), |x| x * 2.0 + 1.0),
        (sin(&x) * exp(&x.powi(2)) / (n(1) + &x), |x| pxfm::f_sin(x) * pxfm::f_exp(x * x) / (1.0 + x)),
        ((&x + n(2)).sqrt() / (n(3) - &x).sqrt(), |x| (x + 2.0).sqrt() / (3.0 - x).sqrt()),
        (x.power(&Expr::fraction(-3, 2)), |x| 1.0 / x.sqrt().powi(3)),
        (x.power(&x), |x| pxfm::f_pow(x, x)),
        (cos(&sin(&x)) - tan(&x).powi(3), |x| pxfm::f_cos(pxfm::f_sin(x)) - pxfm::f_tan(x).powi(3)),
        (sin(&n(1)) * &x + log(&n(3)), |x| pxfm::f_sin(1.0) * x + pxfm::f_log(3.0)),
        (Expr::pi() * &x / Expr::e(), |x| std::f64::consts::PI * x / std::f64::consts::E),
        (x.powi(-2), |x| 1.0 / (x * x)),
        (x.power(&Expr::fraction(1, 3)), |x| pxfm::f_cbrt(x)),
    ]
}

#[test]
fn tapes_compute_what_the_expression_says() {
    for (expr, direct) in samples() {
        let mut function = FloatFunction::new(&expr, &symbols(&["x"])).unwrap();
        for at in [0.25, 0.5, 1.75, 2.5] {
            let (value, expected) = (function.at(&[at]), direct(at));
            assert!((value - expected).abs() <= 1e-14 * expected.abs(), "{expr:?} at {at}: {value} {expected}");
        }
    }
}

#[test]
fn many_points_give_what_single_points_give() {
    let points: Vec<f64> = (0..300).map(|k| 0.01 * f64::from(k) + 0.1).collect();
    for (expr, _) in samples() {
        let mut function = FloatFunction::new(&expr, &symbols(&["x"])).unwrap();
        let mut out = vec![0.0; points.len()];
        function.at_each(&[&points], &mut out);
        for (point, value) in points.iter().zip(out) {
            assert_eq!(function.at(&[*point]).to_bits(), value.to_bits(), "{expr:?} at {point}");
        }
    }
}

#[test]
fn intervals_hold_the_values_at_points() {
    for (expr, _) in samples() {
        let mut float = FloatFunction::new(&expr, &symbols(&["x"])).unwrap();
        let mut interval = IntervalFunction::new(&expr, &symbols(&["x"])).unwrap();
        for step in 1..40 {
            let (low, high) = (0.05 * f64::from(step), 0.05 * f64::from(step) + 0.07);
            let image = interval.on(&[Interval::new(low, high)]);
            for part in 0..=10 {
                let value = float.at(&[(low + 0.007 * f64::from(part)).min(high)]);
                assert!(value.is_nan() || image.contains(value), "{expr:?}: {value} not in {image:?}");
            }
        }
    }
}

#[test]
fn common_parts_are_computed_once_and_registers_used_again() {
    let shared = sin(&x());
    let sum = Expr::sum((1..100).map(|k| shared.powi(k)));
    let program = Program::new(&sum, &symbols(&["x"])).unwrap();
    let calls = program.instructions().iter().filter(|i| matches!(i.operation, Operation::Call(..))).count();
    assert_eq!(calls, 1);
    assert!(program.registers() < 8, "{}", program.registers());
}

#[test]
fn what_depends_on_no_variable_is_computed_before_the_runs() {
    let expr = sin(&n(2).sqrt()) * x() + exp(&n(3));
    let program = Program::new(&expr, &symbols(&["x"])).unwrap();
    assert_eq!(program.varying().len(), 2);
}

#[test]
fn deep_nests_compile_and_run() {
    let nest = (0..100_000).fold(x(), |e, _| sin(&e));
    let mut function = FloatFunction::new(&nest, &symbols(&["x"])).unwrap();
    assert!(function.at(&[1.0]).is_finite());
    assert!(function.0.program().registers() <= 3);
}

#[test]
fn relations_are_one_or_zero() {
    let expr = Expr::relation(Relation::Less, x(), n(1));
    let mut float = FloatFunction::new(&expr, &symbols(&["x"])).unwrap();
    assert_eq!((float.at(&[0.5]), float.at(&[1.5])), (1.0, 0.0));
    let mut interval = IntervalFunction::new(&expr, &symbols(&["x"])).unwrap();
    assert!(interval.on(&[Interval::new(0.0, 0.5)]).is_continuous());
    assert!(!interval.on(&[Interval::new(0.0, 2.0)]).is_continuous());
}

#[test]
fn a_missing_variable_is_no_value() {
    assert!(FloatFunction::new(&(x() + Expr::variable("y")), &symbols(&["x"])).is_err());
}

fn shown(text: &str, bits: u32) -> String {
    let budget = crate::budget::Budget::unlimited();
    let questions = Questions { is_zero: &|_| crate::expr::Truth::Unknown, budget: &budget };
    let expr = crate::expr::read(text).unwrap();
    match evaluate(&expr, bits, &questions) {
        Ok(found) => {
            let value = match &found.value {
                crate::number::Number::Real(r) => r.to_string(),
                crate::number::Number::Complex(c) => c.to_string(),
                other => format!("{other:?}"),
            };
            format!("{value}{}", if found.proved { "" } else { " (not proved)" })
        }
        Err(reason) => reason.to_string(),
    }
}

#[test]
fn numerical_values_have_right_digits() {
    use crate::number::Real;
    let digits = Real::bits_of_digits;
    for (text, bits, expected) in [
        ("pi", 53, "3.14159265358979"),
        ("sqrt(2)", digits(30), "1.41421356237309504880168872421"),
        ("exp(pi*sqrt(163)) - 262537412640768744", digits(30), "-7.49927402801814311120646143663e-13"),
        ("sin(10^50)", 53, "-0.789672493429310"),
        ("sqrt(-2)", 53, "1.41421356237310*I"),
        ("log(-2)", 53, "0.693147180559945 + 3.14159265358979*I"),
        ("exp(I*pi/3)", 53, "0.500000000000000 + 0.866025403784439*I"),
        ("sqrt(2)*sqrt(3) - sqrt(6)", 53, "0.000000000000000 (not proved)"),
        ("cos(1)^2 + sin(1)^2 - 1", 53, "0.000000000000000 (not proved)"),
        ("(-8)^(1/3)", 53, "1.00000000000000 + 1.73205080756888*I"),
        ("x + 1", 53, "cannot evaluate symbolic expression numerically"),
        ("1/3", digits(5), "0.33333"),
        ("gamma(1/3)", 53, "2.67893853470775"),
        ("floor(sqrt(2)*sqrt(3) - sqrt(6) + 1)", 53, "a value at a step that no precision decides"),
        ("floor(pi*10)", 53, "31.0000000000000"),
        ("elliptic_pi(1/2, 1, 1/3) - 1", digits(30), "0.246779455277012534800439172585"),
    ] {
        assert_eq!(shown(text, bits), expected, "{text}");
    }
}

fn held(name: &str, arguments: [&str; 4]) -> Expr {
    let record = crate::expr::function::find(name).unwrap();
    let arguments = arguments.iter().map(|text| crate::expr::read(text).unwrap()).collect();
    Expr::held(crate::expr::Function::Elementary(record), arguments)
}

#[test]
fn held_integrals_and_sums_have_values() {
    let budget = crate::budget::Budget::unlimited();
    let questions = Questions { is_zero: &|_| crate::expr::Truth::Unknown, budget: &budget };
    for (expr, expected) in [
        (held("integrate", ["sin(x^2)", "x", "0", "1"]), "0.310268301723381"),
        (held("integrate", ["exp(-x^2)", "x", "0", "oo"]), "0.886226925452758"),
        (held("integrate", ["log(x)*sqrt(x)", "x", "0", "1"]), "-0.444444444444444"),
        (held("sum", ["1/k^2", "k", "1", "oo"]), "1.64493406684823"),
        (held("sum", ["(-1)^k/(2*k + 1)", "k", "0", "oo"]), "0.785398163397448"),
        (held("sum", ["1/k", "k", "1", "10"]), "2.92896825396825"),
        (held("product", ["1 + 1/k", "k", "1", "9"]), "10.0000000000000"),
    ] {
        let found = evaluate(&expr, 53, &questions).unwrap();
        let crate::number::Number::Real(value) = &found.value else { panic!("{expr:?} is not real") };
        assert_eq!(value.to_string(), expected, "{expr:?}");
        assert!(!found.proved);
    }
}

#[test]
fn enclosures_hold_machine_values_and_both_precisions_agree() {
    use crate::number::{Number, Rational};
    let budget = crate::budget::Budget::unlimited();
    let questions = Questions { is_zero: &|_| crate::expr::Truth::Unknown, budget: &budget };
    let x = Symbol::new("x");
    let mut source = series::tests::Source(11);
    let mut compared = 0;
    for round in 0..600 {
        let expr = source.expression(1 + round % 4);
        let at = (source.below(4000) as f64 - 2000.0) / 512.0;
        let (Ok(mut float), Ok(mut interval)) = (FloatFunction::new(&expr, &[x]), IntervalFunction::new(&expr, &[x]))
        else {
            continue;
        };
        let (value, image) = (float.at(&[at]), interval.on(&[Interval::new(at - 0.125, at + 0.25)]));
        if value.is_finite() {
            assert!(image.contains(value), "{expr:?} at {at}: {value} not in {image:?}");
        }
        let point = Expr::number(Rational::from_f64(at).unwrap());
        let constant = expr.rewrite_stored(|node| (node.as_symbol() == Some(x)).then(|| point.clone()), |node| node);
        let (Ok(few), Ok(many)) = (evaluate(&constant, 53, &questions), evaluate(&constant, 300, &questions)) else {
            continue;
        };
        if let (Number::Real(few), Number::Real(many), true) = (&few.value, &many.value, few.proved && many.proved) {
            assert_eq!(**few, many.with_prec(53), "{constant:?}");
            if value.is_finite() && value != 0.0 {
                assert!(
                    (few.to_f64() - value).abs() <= 1e-9 * (1.0 + value.abs() + image.magnitude()),
                    "{expr:?} at {at}"
                );
            }
            compared += 1;
        }
    }
    assert!(compared > 300, "{compared}");
}

/// Integrals over jumps and bends, by pieces and at once.
#[test]
fn integrals_are_cut_where_the_function_jumps() {
    let value = |text: &str, bits: u32| {
        let expr = read(text).unwrap();
        let budget = Budget::unlimited();
        let questions = Questions { is_zero: &|_| crate::expr::Truth::Unknown, budget: &budget };
        evaluate(&expr, bits, &questions).unwrap().value.to_f64_parts().0
    };
    for (text, expected) in [
        ("integrate(4*floor(x), x, -pi, 2)", 4.0 * (-4.0 * (std::f64::consts::PI - 3.0) - 5.0)),
        ("integrate(ceil(exp(x)), x, 0, 1)", 3.0 - std::f64::consts::LN_2),
        ("integrate(abs(x^2 - 2), x, 0, 2)", 8.0 / 3.0 * (std::f64::consts::SQRT_2 - 0.5)),
    ] {
        for bits in [53, 90] {
            assert!((value(text, bits) - expected).abs() < 1e-13, "{text} to {bits} bits: {}", value(text, bits));
        }
    }
    let x = Symbol::new("x");
    let places = jumps(&read("floor(2*x) + 1/(x - 1/3) + abs(x - 1/5)").unwrap(), x, (0.0, 1.2), &Budget::unlimited());
    assert_eq!(places.unwrap(), [0.5, 1.0]);
}
