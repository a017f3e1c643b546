//! Random expressions and their values, for tests that hold answers to numbers found in another way.
//!
//! The values come from ball arithmetic and know nothing of limits or series.

use std::time::Duration;

use crate::budget::Budget;
use crate::expr::{Expr, Infinity, Kind, Symbol, Truth, function};
use crate::tape::series::Side;
use crate::tape::{Questions, evaluate};

/// Bits of the values.
pub(super) const BITS: u32 = 2500;

/// A small generator of pseudo-random numbers (Marsaglia, "Xorshift RNGs", 2003).
pub(super) struct Dice(pub(super) u64);

impl Dice {
    pub(super) fn below(&mut self, limit: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % limit
    }

    pub(super) fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.below(from.len() as u64) as usize].clone()
    }
}

/// A budget that ends a hang, far beyond what any case takes.
pub(super) fn guarded() -> Budget {
    let budget = Budget::unlimited();
    budget.limit_time(Some(Duration::from_secs(120)));
    budget.start();
    budget
}

/// What came out of random cases.
#[derive(Default)]
pub(super) struct Tally {
    pub(super) confirmed: u64,
    pub(super) open: u64,
    /// A line for each answer that looks wrong.
    pub(super) wrong: String,
}

impl Tally {
    /// None is wrong, and of 500 at least so many are confirmed.
    pub(super) fn settle(&self, tries: u64, least: u64) {
        let Tally { confirmed, open, wrong } = self;
        println!("{confirmed} of {tries} confirmed, {open} open");
        assert!(wrong.is_empty(), "{open} of {tries} open, but these look wrong:\n{wrong}");
        assert!(confirmed * 500 >= least * tries, "only {confirmed} of {tries} confirmed, {open} open");
    }
}

/// The variable of random expressions.
pub(super) fn variable() -> Symbol {
    Symbol::new("x")
}

/// A random expression in `x` of a depth, with functions by their names; powers of all kinds if asked for.
pub(super) fn expression(dice: &mut Dice, depth: u32, names: &[&str], with_powers: bool) -> Expr {
    if depth == 0 {
        return match dice.below(6) {
            0 => Expr::integer(dice.below(5) as i64 - 2),
            1 => Expr::fraction(1, 2 + dice.below(2) as i64),
            _ => Expr::symbol(variable()),
        };
    }
    let mut part = || expression(dice, depth - 1, names, with_powers);
    let (a, b) = (part(), part());
    match dice.below(12) {
        0 | 1 => a + b,
        2 => a - b,
        3 | 4 => a * b,
        5 | 6 => a / b,
        7 => a.powi(dice.below(4) as i64 - 1),
        8 => a.sqrt(),
        9 if depth > 1 && with_powers => a.power(&b),
        _ => function::apply(dice.pick(names), &[a]).unwrap_or(b),
    }
}

/// A random expression that has the variable and a meaning.
pub(super) fn proper(dice: &mut Dice, depths: u64, names: &[&str], with_powers: bool) -> Expr {
    loop {
        let depth = 1 + dice.below(depths) as u32;
        let expr = expression(dice, depth, names, with_powers);
        if expr.has_symbol(variable()) && !expr.is_undefined() {
            return expr;
        }
    }
}

/// The value at a point as a complex machine number; `None` where it is not found.
pub(super) fn value(expr: &Expr, x: &Expr) -> Option<(f64, f64)> {
    let at = expr.substitute_symbol(variable(), x);
    let budget = Budget::unlimited();
    let questions = Questions { is_zero: &|_| Truth::Unknown, budget: &budget };
    let number = evaluate(&at, BITS, &questions).ok()?.value;
    let (re, im) = number.to_f64_parts();
    (!re.is_nan() && !im.is_nan()).then_some((re, im))
}

/// The modulus of a complex machine number.
pub(super) fn size((re, im): (f64, f64)) -> f64 {
    pxfm::f_hypot(re, im)
}

/// Numbers near a point, as near as the sizes' reciprocals, or large ones towards an infinity.
pub(super) fn approach(point: &Expr, side: Side, sizes: &[Expr]) -> Vec<Expr> {
    let near = |n: &Expr| match (point.kind(), side) {
        (Kind::Infinity(Infinity::Negative), _) => -n,
        (Kind::Infinity(_), _) => n.clone(),
        (_, Side::Left) => point - n.recip(),
        _ => point + n.recip(),
    };
    sizes.iter().map(near).collect()
}

/// How many tries are asked for, and the seed of the generator: by the environment, or as given.
pub(super) fn asked(name: &str, tries: u64, seed: u64) -> (u64, Dice) {
    let number = |name: String, usual: u64| std::env::var(name).ok().and_then(|n| n.parse().ok()).unwrap_or(usual);
    (number(format!("{name}_TRIES"), tries), Dice(number(format!("{name}_SEED"), seed) | 1))
}
