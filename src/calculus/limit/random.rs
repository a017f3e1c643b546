//! Limits of random expressions, each confirmed by values near the point.
//!
//! The values come from ball arithmetic and know nothing of limits. They can't prove an answer, but a wrong one they show:
//! the values stay away from it, or don't grow. `LIMIT_TRIES` asks for more expressions, `LIMIT_SEED` for others.

use std::fmt::Write as _;

use super::*;
use crate::expr::{Truth, function};
use crate::print::text;
use crate::tape::{Questions, evaluate};

/// Bits of the values.
const BITS: u32 = 2500;

/// A small generator of pseudo-random numbers (Marsaglia, "Xorshift RNGs", 2003).
struct Dice(u64);

impl Dice {
    fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    fn pick<'t>(&mut self, from: &[&'t str]) -> &'t str {
        from[self.below(from.len() as u64) as usize]
    }
}

fn expression(dice: &mut Dice, depth: u32) -> Expr {
    let x = || Expr::variable("x");
    if depth == 0 {
        return match dice.below(6) {
            0 => Expr::integer(dice.below(5) as i64 - 2),
            1 => Expr::fraction(1, 2 + dice.below(2) as i64),
            _ => x(),
        };
    }
    let mut part = || expression(dice, depth - 1);
    let (a, b) = (part(), part());
    match dice.below(12) {
        0 | 1 => a + b,
        2 => a - b,
        3 | 4 => a * b,
        5 | 6 => a / b,
        7 => a.powi(dice.below(4) as i64 - 1),
        8 => a.sqrt(),
        9 if depth > 1 => a.power(&b),
        _ => {
            let names = [
                "exp", "log", "sin", "cos", "tan", "arctan", "sinh", "tanh", "abs", "floor", "sgn", "log", "exp",
                "erf", "gamma", "psi",
            ];
            function::apply(dice.pick(&names), &[a]).unwrap_or(b)
        }
    }
}

/// A point and the side from which it is approached.
const PLACES: &[(&str, Side)] = &[
    ("0", Side::Right),
    ("0", Side::Left),
    ("oo", Side::Both),
    ("-oo", Side::Both),
    ("1", Side::Right),
    ("2", Side::Left),
];

/// Numbers near the point, ever nearer; not too near where exponentials would leave the range of all numbers.
fn approach(point: &Expr, side: Side, steep: bool) -> Vec<Expr> {
    let sizes: [i64; 4] = if steep {
        [12, 40, 130, 400]
    } else {
        [100_003, 10_000_000_019, 1_000_000_000_000_037, 1_000_000_000_000_000_003]
    };
    let large: Vec<Expr> =
        sizes.iter().zip(1..).map(|(n, k)| Expr::integer(*n) + Expr::fraction(317 * k, 1000 + 7 * k)).collect();
    match (point.kind(), side) {
        (Kind::Infinity(Infinity::Negative), _) => large.iter().map(|n| -n).collect(),
        (Kind::Infinity(_), _) => large,
        (_, Side::Left) => large.iter().map(|n| point - n.recip()).collect(),
        _ => large.iter().map(|n| point + n.recip()).collect(),
    }
}

fn value(expr: &Expr, x: &Expr) -> Option<(f64, f64)> {
    let at = expr.substitute_symbol(Symbol::new("x"), x);
    let budget = Budget::unlimited();
    let questions = Questions { is_zero: &|_| Truth::Unknown, budget: &budget };
    let number = evaluate(&at, BITS, &questions).ok()?.value;
    let (re, im) = number.to_f64_parts();
    (!re.is_nan() && !im.is_nan()).then_some((re, im))
}

/// What speaks against an answer.
fn objection(expr: &Expr, points: &[Expr], answer: &Expr) -> Option<String> {
    let values: Vec<(f64, f64)> = points.iter().map(|x| value(expr, x)).collect::<Option<_>>()?;
    let [.., before, last] = values.as_slice() else { return None };
    let size = |(re, im): (f64, f64)| pxfm::f_hypot(re, im);
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
            let limit = value(answer, &Expr::zero())?;
            let error = |v: (f64, f64)| size((v.0 - limit.0, v.1 - limit.1)) / (1.0 + size(limit));
            !error(*last).is_finite() || error(*last) > 1e-4 && error(*last) > 0.9 * error(*before)
        }
    };
    against.then(|| format!("{values:?}"))
}

#[test]
fn answers_agree_with_values_near_the_point() {
    let asked = |name: &str, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    let tries = asked("LIMIT_TRIES", 150);
    let mut dice = Dice(asked("LIMIT_SEED", 0x5eed_1234_abcd_0001) | 1);
    let (mut wrong, mut open) = (String::new(), 0);
    for _ in 0..tries {
        let depth = 2 + dice.below(2) as u32;
        let expr = expression(&mut dice, depth);
        let (place, side) = PLACES[dice.below(PLACES.len() as u64) as usize];
        if !expr.has_symbol(Symbol::new("x")) || expr.is_undefined() {
            continue;
        }
        let point = crate::expr::read(place).unwrap();
        let budget = Budget::unlimited();
        budget.limit_time(Some(std::time::Duration::from_secs(5)));
        budget.start();
        match limit(&expr, Symbol::new("x"), &point, side, &budget) {
            Err(reason) => {
                open += 1;
                if std::env::var("LIMIT_TRIES").is_ok() {
                    println!("open: {} at {place} {side:?}: {reason:?}", text(&expr));
                }
            }
            Ok(answer) => {
                let steep = expr.shared_nodes().any(|node| {
                    matches!(node.kind(), Kind::Power(_, e) if e.as_rational().is_none())
                        || node.as_call().is_some_and(|(f, _)| {
                            ["exp", "sinh", "cosh", "tanh", "erf", "gamma", "psi"].contains(&f.name())
                        })
                });
                if let Some(values) = objection(&expr, &approach(&point, side, steep), &answer) {
                    let _ = writeln!(wrong, "{} at {place} {side:?}: {} {values}", text(&expr), text(&answer));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{open} of {tries} open, but these look wrong:\n{wrong}");
    println!("{open} of {tries} open");
}
