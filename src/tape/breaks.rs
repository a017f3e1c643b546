//! Where a function of one variable may jump between two points: found by intervals, narrowed by values.
//!
//! Pieces on which interval arithmetic proves continuity are done; what is left after many bisections is a break. A
//! jump is then narrowed to the precision asked for by telling from which side of it a value comes.

use std::cmp::Ordering;

use super::float::IntervalFunction;
use super::numbers::Numbers;
use super::program::Program;
use super::run::Evaluator;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Reason, Symbol, function};
use crate::number::sorting;
use crate::number::{Ball, Interval};

/// More breaks than this, or more intervals looked at, are not followed.
const MOST_BREAKS: usize = 200;
const MOST_INTERVALS: usize = 40_000;

/// The width at which bisection ends, as a part of the range.
const FINE: f64 = 1e-13;

/// The places strictly between two machine numbers at which `term` jumps or bends, ascending, each within `2^-bits`;
/// `None` when there are too many to be told apart. Bends are looked for in moduli, maxima and minima.
///
/// # Errors
/// Those of compiling the term; `Budget` when stopped.
pub(super) fn breaks(
    term: &Expr,
    variable: Symbol,
    (low, high): (f64, f64),
    bits: u32,
    budget: &Budget,
) -> Result<Option<Vec<Ball>>, Reason> {
    let mut places: Vec<Ball> = Vec::new();
    for jumping in std::iter::once(term.clone()).chain(signs_at_bends(term, variable)) {
        let mut function = IntervalFunction::new(&jumping, &[variable])?;
        let Some(clusters) = clusters(&mut function, low, high, budget)? else { return Ok(None) };
        let working = bits + 64;
        let mut f = Evaluator::new(Program::new(&jumping, &[variable])?, Numbers(working));
        let inside = clusters.into_iter().filter(|(left, right)| *left > low && *right < high);
        places.extend(inside.map(|(left, right)| narrowed(&mut f, left, right, bits)));
    }
    sorting::sort_by(&mut places, |a, b| a.compare(b).unwrap_or(Ordering::Equal));
    let fine = (high - low) * FINE;
    places.dedup_by(|b, a| b.to_f64() - a.to_f64() <= fine);
    Ok((places.len() <= MOST_BREAKS).then_some(places))
}

/// The places strictly between two machine numbers at which the function jumps without growing beyond all bounds,
/// ascending; none when there are too many to be told apart.
///
/// # Errors
/// Those of compiling the term; `Budget` when stopped.
pub fn jumps(term: &Expr, variable: Symbol, (low, high): (f64, f64), budget: &Budget) -> Result<Vec<f64>, Reason> {
    const BITS: u32 = 64;
    let mut function = IntervalFunction::new(term, &[variable])?;
    let found = clusters(&mut function, low, high, budget)?.unwrap_or_default();
    let mut f = Evaluator::new(Program::new(term, &[variable])?, Numbers(2 * BITS));
    let mut is_jump = |(left, right): &(f64, f64)| {
        *left > low && *right < high && function.on(&[Interval::new(*left, *right)]).is_bounded()
    };
    let jumps: Vec<_> = found.into_iter().filter(|cluster| is_jump(cluster)).collect();
    Ok(jumps.into_iter().map(|(left, right)| narrowed(&mut f, left, right, BITS).to_f64()).collect())
}

/// Functions that jump where a modulus, a maximum or a minimum in the term bends.
fn signs_at_bends(term: &Expr, variable: Symbol) -> Vec<Expr> {
    let mut signs = Vec::new();
    for node in term.shared_nodes() {
        let Some((Function::Elementary(record), arguments)) = node.as_call() else { continue };
        match (record.name, arguments) {
            ("abs", [inside]) if inside.has_symbol(variable) => signs.push(function::sgn(inside)),
            ("max" | "min", [first, rest @ ..]) => {
                signs.extend(rest.iter().map(|other| function::sgn(&(other - first))));
            }
            _ => {}
        }
    }
    signs
}

/// The stretches of some thousandths of a billionth of the range on which continuity is not proved.
fn clusters(
    function: &mut IntervalFunction,
    low: f64,
    high: f64,
    budget: &Budget,
) -> Result<Option<Vec<(f64, f64)>>, Reason> {
    let narrow = (high - low) * FINE;
    let mut found: Vec<(f64, f64)> = Vec::new();
    let mut waiting = vec![(low, high)];
    let mut seen = 0;
    while let Some((left, right)) = waiting.pop() {
        budget.check()?;
        seen += 1;
        if seen > MOST_INTERVALS || found.len() > MOST_BREAKS {
            return Ok(None);
        }
        if function.on(&[Interval::new(left, right)]).is_continuous() {
            continue;
        }
        let middle = left + (right - left) / 2.0;
        if right - left > narrow && left < middle && middle < right {
            // The left half is on top, so that clusters come in ascending order.
            waiting.extend([(middle, right), (left, middle)]);
            continue;
        }
        match found.last_mut() {
            Some(last) if last.1 >= left - narrow => last.1 = right,
            _ => found.push((left, right)),
        }
    }
    Ok(Some(found))
}

/// The place of a jump between two points; the middle when the function does not jump there.
fn narrowed(f: &mut Evaluator<Numbers<Ball>>, left: f64, right: f64, bits: u32) -> Ball {
    let working = f.machine().0;
    let distance = |a: &Ball, b: &Ball| a.sub(b, working).abs();
    let (mut low, mut high) = (Ball::from_f64(left), Ball::from_f64(right));
    let mut at = |x: &Ball| f.value(std::slice::from_ref(x));
    let (at_low, at_high) = (at(&low), at(&high));
    let middle = |low: &Ball, high: &Ball| low.add(high, working).scale(-1).center();
    for _ in 0..bits {
        let between = middle(&low, &high);
        let value = at(&between);
        match distance(&value, &at_low).compare(&distance(&value, &at_high)) {
            Some(Ordering::Less) => low = between,
            Some(Ordering::Greater) => high = between,
            // On the jump itself, or no jump.
            Some(Ordering::Equal) | None => return between,
        }
    }
    middle(&low, &high)
}
