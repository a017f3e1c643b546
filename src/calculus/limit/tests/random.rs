//! Limits of random expressions, each confirmed by values near the point.
//!
//! The values come from ball arithmetic and know nothing of limits. They can't prove an answer, but a wrong one they show:
//! the values stay away from it, or don't grow. `LIMIT_TRIES` asks for more expressions, `LIMIT_SEED` for others.

use std::fmt::Write as _;

use super::super::*;
use crate::calculus::testing::{self, Tally, approach, asked, guarded, size, value, variable};
use crate::print::text;

/// Elementary functions, with steps and corners.
const ELEMENTARY: &[&str] = &[
    "exp", "log", "sin", "cos", "tan", "arctan", "sinh", "tanh", "abs", "floor", "sgn", "log", "exp", "arcsin",
    "arccot", "cosh", "arcsinh", "ceil",
];
/// With higher functions among them.
const HIGHER: &[&str] = &["exp", "log", "sin", "erf", "gamma", "psi", "sinh", "arctan", "erfc", "Ei", "sin_integral"];
/// The smooth elementary functions.
const SMOOTH: &[&str] = &["exp", "log", "sin", "cos", "arctan", "sinh", "tan", "cosh"];

/// A point and the side from which it is approached.
const PLACES: &[(&str, Side)] = &[
    ("0", Side::Right),
    ("0", Side::Left),
    ("0", Side::Both),
    ("oo", Side::Both),
    ("oo", Side::Both),
    ("-oo", Side::Both),
    ("1", Side::Right),
    ("2", Side::Left),
];

/// Numbers ever nearer to the point; not too near where exponentials would leave the range of all numbers.
fn points(point: &Expr, side: Side, steep: bool) -> Vec<Expr> {
    let sizes: [i64; 4] = if steep {
        [12, 40, 130, 400]
    } else {
        [100_003, 10_000_000_019, 1_000_000_000_000_037, 1_000_000_000_000_000_003]
    };
    let sizes: Vec<Expr> =
        sizes.iter().zip(1..).map(|(n, k)| Expr::integer(*n) + Expr::fraction(317 * k, 1000 + 7 * k)).collect();
    approach(point, side, &sizes)
}

/// Does it grow or fall so fast that values far out are beyond all numbers?
fn is_steep(expr: &Expr) -> bool {
    const STEEP: &[&str] = &["exp", "sinh", "cosh", "tanh", "erf", "erfc", "Ei", "gamma", "psi"];
    expr.shared_nodes().any(|node| {
        matches!(node.kind(), Kind::Power(_, e) if e.as_rational().is_none())
            || node.as_call().is_some_and(|(f, _)| STEEP.contains(&f.name()))
    })
}

/// What the values say to an answer.
enum Verdict {
    Nothing,
    Agree,
    Object(String),
}

fn verdict(expr: &Expr, points: &[Expr], answer: &Expr) -> Verdict {
    let values: Option<Vec<(f64, f64)>> = points.iter().map(|x| value(expr, x)).collect();
    let Some(values) = values else { return Verdict::Nothing };
    let [.., before, last] = values.as_slice() else { return Verdict::Nothing };
    let against = match answer.kind() {
        Kind::Infinity(infinity) => {
            let wrong_way = match infinity {
                Infinity::Positive => last.0 <= 0.0,
                Infinity::Negative => last.0 >= 0.0,
                Infinity::Unsigned => false,
            };
            wrong_way || size(*last) < 1e300 && size(*last) <= size(*before)
        }
        Kind::Constant(Constant::NoLimit | Constant::Oscillating) => {
            let near = |a: (f64, f64), b: (f64, f64)| size((a.0 - b.0, a.1 - b.1)) <= 1e-9 * (1.0 + size(a));
            values.windows(2).all(|pair| near(pair[0], pair[1]))
        }
        _ => {
            let Some(limit) = value(answer, &Expr::zero()) else { return Verdict::Nothing };
            let error = |v: (f64, f64)| size((v.0 - limit.0, v.1 - limit.1)) / (1.0 + size(limit));
            !error(*last).is_finite() || error(*last) > 1e-4 && error(*last) > 0.9 * error(*before)
        }
    };
    if against { Verdict::Object(format!("{values:?}")) } else { Verdict::Agree }
}

/// The values on the side from which the limit was taken, or on both.
fn verdict_of_sides(expr: &Expr, point: &Expr, side: Side, answer: &Expr) -> Verdict {
    let from = |side| verdict(expr, &points(point, side, is_steep(expr)), answer);
    let no_limit = matches!(answer.kind(), Kind::Constant(_) if !is_finite(answer));
    match side {
        // One side may well have a limit where the other has another.
        Side::Both if no_limit => Verdict::Nothing,
        Side::Both => match (from(Side::Right), from(Side::Left)) {
            (Verdict::Agree, other) | (other, Verdict::Agree) => other,
            (Verdict::Object(text), _) | (_, Verdict::Object(text)) => Verdict::Object(text),
            _ => Verdict::Nothing,
        },
        _ => from(side),
    }
}

/// Limits of 500 random expressions, at least so many of them confirmed.
fn confirm(seed: u64, depths: u64, names: &[&str], least: u64) {
    let (tries, mut dice) = asked("LIMIT", 500, seed);
    let shows = std::env::var("LIMIT_TRIES").is_ok();
    let mut tally = Tally::default();
    for _ in 0..tries {
        let expr = testing::proper(&mut dice, depths, names, true);
        let (place, side) = dice.pick(PLACES);
        let point = crate::expr::read(place).unwrap();
        if shows {
            println!("{} at {place} {side:?}", text(&expr));
        }
        let budget = guarded();
        match limit(&expr, variable(), &point, side, &budget) {
            Err(reason) => {
                tally.open += 1;
                if shows {
                    println!("  open: {reason:?}");
                }
            }
            Ok(answer) => match verdict_of_sides(&expr, &point, side, &answer) {
                Verdict::Agree => tally.confirmed += 1,
                Verdict::Nothing => {}
                Verdict::Object(values) => {
                    let _ = writeln!(tally.wrong, "{} at {place} {side:?}: {} {values}", text(&expr), text(&answer));
                }
            },
        }
    }
    tally.settle(tries, least);
}

#[test]
fn small_expressions() {
    confirm(0x5eed_1234_abcd_0001, 2, ELEMENTARY, 470);
}

#[test]
fn larger_expressions() {
    confirm(0x5eed_1234_abcd_0077, 3, ELEMENTARY, 440);
}

#[test]
fn smooth_expressions() {
    confirm(0x5eed_1234_abcd_0991, 3, SMOOTH, 440);
}

#[test]
fn higher_functions() {
    confirm(0x5eed_1234_abcd_4711, 2, HIGHER, 470);
}
