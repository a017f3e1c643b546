//! Differentiating back: what an antiderivative must pass before it is answered.
//!
//! A proof is tried first: the difference of derivative and integrand reduces to zero over its generators. Where that
//! fails, or where a difference is seen only at points at which the integrand is not real (branches of roots and
//! logarithms), both are enclosed in balls of 256 bits at real points where the integrand is real: they must agree to
//! more than 60 digits at three of them at least and differ at none.

use crate::algebra;
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::assume::{Domain, Fact};
use crate::expr::{Expr, Reason, Symbol, assume};
use crate::number::sorting;
use crate::number::{Ball, ComplexBall, Rational};
use crate::tape::{ComplexBalls, Evaluator, Numbers, Program};

const BITS: u32 = 256;
/// Balls must be smaller than two to this power, relative to the integrand.
const SMALL: f64 = 1e-60;
/// Agreement at so many points is asked for.
const ENOUGH: usize = 3;

/// Points at which elementary functions seldom have zeros or poles.
const POINTS: [(i64, i64); 18] = [
    (7, 5),
    (-11, 7),
    (3, 11),
    (-2, 9),
    (29, 13),
    (-37, 11),
    (13, 17),
    (-13, 17),
    (101, 10),
    (-97, 9),
    (1, 50),
    (-1, 47),
    (23, 5),
    (-31, 6),
    (5, 3),
    (1, 3),
    (51, 2),
    (8, 9),
];

/// Is the derivative of `found` the integrand wherever the integrand is real?
pub(super) fn differentiates_to(found: &Expr, f: &Expr, variable: Symbol, budget: &Budget) -> Result<bool, Reason> {
    let derivative = diff(found, variable, budget)?;
    let difference = &derivative - f;
    if difference.is_zero() {
        return Ok(true);
    }
    if found.is_undefined() {
        return Ok(false);
    }
    match algebra::is_zero(&difference, budget) {
        Ok(truth) if truth.is_yes() => return Ok(true),
        Err(reason) if reason.is_stopped() => return Err(reason),
        _ => {}
    }
    agree_at_points(&derivative, f, budget)
}

/// Do two expressions agree at real points where the second is real?
fn agree_at_points(left: &Expr, right: &Expr, budget: &Budget) -> Result<bool, Reason> {
    let mut variables = left.free_variables();
    variables.extend(right.free_variables());
    sorting::sort_by_key(&mut variables, |symbol| symbol.name());
    variables.dedup();
    let (Ok(left), Ok(right)) = (Program::new(left, &variables), Program::new(right, &variables)) else {
        return Ok(false);
    };
    let (mut left, mut right) = (evaluator(left), evaluator(right));
    let mut real = Agreement::default();
    let mut complex = Agreement::default();
    for round in 0..POINTS.len() {
        budget.check()?;
        let Some(point) = admissible(&variables, round) else { continue };
        let inputs: Vec<ComplexBall> = point.iter().map(|q| ComplexBall::from_rational(q, BITS)).collect();
        let (a, b) = (left.value(&inputs), right.value(&inputs));
        let place = if is_real(&b) { &mut real } else { &mut complex };
        place.record(&a, &b);
    }
    let deciding = if real.seen > 0 { real } else { complex };
    Ok(deciding.refuted == 0 && deciding.agreed >= ENOUGH)
}

fn evaluator(program: Program) -> Evaluator<ComplexBalls> {
    Evaluator::new(program, Numbers(BITS))
}

/// Real to all digits: what is left of an imaginary part is rounding.
fn is_real(value: &ComplexBall) -> bool {
    let im = value.im();
    value.is_bounded() && im.contains_zero() && size(im) < SMALL
}

/// The largest absolute value in a ball.
fn size(ball: &Ball) -> f64 {
    ball.to_f64().abs() + ball.radius_f64()
}

#[derive(Default)]
struct Agreement {
    seen: usize,
    agreed: usize,
    refuted: usize,
}

impl Agreement {
    fn record(&mut self, a: &ComplexBall, b: &ComplexBall) {
        if !b.is_bounded() {
            return;
        }
        self.seen += 1;
        if !a.is_bounded() {
            return;
        }
        let difference = a.sub(b, BITS);
        if !difference.contains_zero() {
            self.refuted += 1;
            return;
        }
        let scale = 1.0 + size(b.re()) + size(b.im());
        if size(difference.re()) + size(difference.im()) < SMALL * scale {
            self.agreed += 1;
        }
    }
}

/// Values for the variables, another set each round, that no assumption forbids.
pub(super) fn admissible(variables: &[Symbol], round: usize) -> Option<Vec<Rational>> {
    let mut point: Vec<Rational> = Vec::new();
    for place in 0..variables.len() {
        let value = (0..POINTS.len() + WHOLE.len()).find_map(|k| {
            let value = candidate(round + 5 * place, k)?;
            let mut longer = point.clone();
            longer.push(value.clone());
            allowed(variables, &longer).then_some(value)
        })?;
        point.push(value);
    }
    Some(point)
}

const WHOLE: [i64; 6] = [2, 3, 4, 5, 10, 101];

fn candidate(shift: usize, k: usize) -> Option<Rational> {
    match POINTS.get((shift + k) % POINTS.len()) {
        Some((n, d)) if k < POINTS.len() => Rational::fraction(*n, *d),
        _ => WHOLE.get((shift + k) % WHOLE.len()).map(|n| Rational::from(*n)),
    }
}

/// Do the assumptions allow the values of the first variables?
fn allowed(variables: &[Symbol], values: &[Rational]) -> bool {
    let facts = assume::assumptions();
    let pairs: Vec<(Expr, Expr)> = variables
        .iter()
        .zip(values)
        .map(|(symbol, value)| (Expr::symbol(*symbol), Expr::number(value.clone())))
        .collect();
    let known = |symbol: Symbol| variables.iter().zip(values).find(|(own, _)| **own == symbol).map(|(_, value)| value);
    facts.iter().all(|fact| match fact {
        Fact::In(symbol, domain) => known(*symbol).is_none_or(|value| match domain {
            Domain::Integer => value.is_integer(),
            Domain::Even => value.to_i64().is_some_and(|n| n % 2 == 0),
            Domain::Odd => value.to_i64().is_some_and(|n| n % 2 != 0),
            Domain::NonInteger => !value.is_integer(),
            Domain::Complex | Domain::Real | Domain::Rational => true,
        }),
        Fact::Holds(relation) => {
            let here = relation.substitute(&pairs);
            !here.is_constant() || holds(&here)
        }
    })
}

/// Does a relation between constants hold, as far as signs tell?
fn holds(relation: &Expr) -> bool {
    match relation.kind() {
        crate::expr::Kind::Relation(relation, left, right) => assume::decide(*relation, left, right).is_yes(),
        _ => false,
    }
}
