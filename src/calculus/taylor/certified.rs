//! How far a Taylor polynomial is from its function, proved: enclosures of the greatest error, Lagrange's bound, and the
//! least degree that is good enough.
//!
//! Jets of balls enclose the function and its derivatives on a cell. With the coefficient `f^(n+1)/(n+1)!` enclosed on all
//! that lies between the point and the cell, Taylor's theorem encloses the error itself there, `J*(x - a)^(n+1)`, and its
//! derivatives alike: so nothing cancels close to the point (Makino and Berz, "Taylor models", 2003, have the idea in
//! general).

mod ends;
mod steep;

use std::cmp::Ordering;

pub use steep::is_monotone_above_zero;

use super::super::domain::Span;
use super::super::local::{Enclosure, Greatest, Place, RealFunction, Source, formulas, greatest, precise, sharper};
use super::taylor;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{Ball, Integer, Rational};
use crate::tape::series::Approach;

/// Precisions are doubled up to this one.
const MOST_BITS: u32 = 4096;
/// Leading bits of an error that are asked for.
const GOOD_BITS: i64 = 64;
/// After so many degrees in a row that are worse than the one before, no better one is sought.
const MOST_GROWING: usize = 16;
/// No greater degree is tried.
const MOST_DEGREE: usize = 400;
const UNSUPPORTED: Reason = Reason::Unsupported("the greatest value is not found within reasonable effort");
const UNBOUNDED: Reason = Reason::Unsupported("the function or a derivative of it can't be bounded there");

/// What is asked: a function, its variable, the point of expansion, and a closed range.
#[derive(Clone, Copy, Debug)]
pub struct TaylorError<'a> {
    /// The function.
    pub expr: &'a Expr,
    /// Its variable.
    pub variable: Symbol,
    /// The point of expansion.
    pub point: &'a Expr,
    /// The lower end of the range.
    pub low: &'a Expr,
    /// The upper end.
    pub high: &'a Expr,
}

impl TaylorError<'_> {
    /// The Taylor coefficients of the function up to an order.
    fn jets(&self, order: usize, bits: u32) -> Result<Enclosure, Reason> {
        let zero = Expr::zero();
        Enclosure::around(self.expr, self.variable, (order, bits), &[self.point, self.low, self.high, &zero])
    }
}

/// The greatest modulus of the error of the Taylor polynomial of a degree on a range, enclosed, and where it is.
///
/// # Errors
/// `Unsupported` when no enclosure is found, `Domain` for ends that are no real numbers, `Budget` when stopped.
pub fn taylor_error(asked: TaylorError, degree: usize, budget: &Budget) -> Result<Greatest, Reason> {
    if is_polynomial_of(asked.expr, asked.variable, degree, budget)? {
        let ends = [asked.low, asked.high].map(|end| Place::Exact(end.clone()));
        return Ok(Greatest { size: Ball::ZERO, places: ends.into() });
    }
    match in_pieces(asked, degree, budget) {
        Ok(Some(found)) => return Ok(found),
        Err(reason) if reason.is_stopped() => return Err(reason),
        _ => {}
    }
    match ends::at_branch_ends(asked, degree, budget) {
        Ok(Some(found)) => Ok(found),
        Err(reason) if reason.is_stopped() => Err(reason),
        _ => match steep::at_steep_ends(asked, degree, budget)? {
            Some(found) => Ok(found),
            None => on_regular(asked, degree, budget),
        },
    }
}

/// The greatest error of a function that is made of formulas, by the one that holds at the point and the others; `None` where
/// there is one formula, the function itself.
fn in_pieces(asked: TaylorError, degree: usize, budget: &Budget) -> Result<Option<Greatest>, Reason> {
    const LOST: Reason = Reason::Unsupported("it can't be told where the point is");
    let order = |a: &Expr, b: &Expr| Place::Exact(a.clone()).order(&Place::Exact(b.clone()), budget)?.ok_or(LOST);
    let low = if order(asked.point, asked.low)?.is_lt() { asked.point } else { asked.low };
    let high = if order(asked.point, asked.high)?.is_gt() { asked.point } else { asked.high };
    let span = Span { variable: asked.variable, low: low.clone(), high: high.clone() };
    let pieces = formulas(&RealFunction { expr: asked.expr.clone(), span }, budget)?;
    if pieces.iter().all(|piece| piece.expr == *asked.expr) {
        return Ok(None);
    }
    let mut own = None;
    for piece in &pieces {
        if order(&piece.span.low, asked.point)?.is_le() && order(asked.point, &piece.span.high)?.is_le() {
            // At a seam the function must have the expansion itself.
            let polynomial = if own.is_none() { &piece.expr } else { asked.expr };
            own = Some(taylor(polynomial, asked.variable, &Approach::both(asked.point), degree, budget)?.value);
        }
    }
    let polynomial = own.ok_or(LOST)?;
    let mut found = Vec::new();
    for piece in &pieces {
        let low = if order(&piece.span.low, asked.low)?.is_lt() { asked.low } else { &piece.span.low };
        let high = if order(&piece.span.high, asked.high)?.is_gt() { asked.high } else { &piece.span.high };
        let part = TaylorError { expr: &piece.expr, low, high, ..asked };
        let holds_point = order(&piece.span.low, asked.point)?.is_le() && order(asked.point, &piece.span.high)?.is_le();
        match order(low, high)? {
            Ordering::Greater => {}
            _ if holds_point => found.push(taylor_error(part, degree, budget)?),
            _ => {
                let error = Enclosure::new(&(&piece.expr - &polynomial), asked.variable, 2, 256)?;
                found.push(greatest(&mut Plain(error), low, high, budget)?);
            }
        }
    }
    Ok(greatest_of(found))
}

/// The greatest error on a range with ends that are looked at by themselves; `None` where neither is such a one.
///
/// `near` is given the error, the end, the direction in which the range lies and half its length; it answers the greatest error
/// next to the end and the number up to which it looked.
fn by_ends(
    asked: TaylorError,
    degree: usize,
    budget: &Budget,
    is_special: impl Fn(&Expr) -> bool,
    near: impl Fn(&Expr, &Rational, i64, &Rational) -> Result<(Greatest, Rational), Reason>,
) -> Result<Option<Greatest>, Reason> {
    let (Some(low), Some(high)) = (asked.low.as_rational(), asked.high.as_rational()) else { return Ok(None) };
    let special = [is_special(asked.low), is_special(asked.high)];
    if high <= low || special == [false, false] {
        return Ok(None);
    }
    let half = (high - low) * Rational::HALF;
    let polynomial = taylor(asked.expr, asked.variable, &Approach::both(asked.point), degree, budget)?.value;
    let error = asked.expr - polynomial;
    let (mut inner, mut found) = ([low.clone(), high.clone()], Vec::new());
    for (place, end, sign) in [(0, low, 1), (1, high, -1)] {
        if special[place] {
            let (greatest, reached) = near(&error, end, sign, &half)?;
            found.push(greatest);
            inner[place] = reached;
        }
    }
    let [low, high] = inner.map(Expr::number);
    found.push(on_regular(TaylorError { low: &low, high: &high, ..asked }, degree, budget)?);
    Ok(greatest_of(found))
}

/// The greatest of several.
fn greatest_of(found: Vec<Greatest>) -> Option<Greatest> {
    found.into_iter().reduce(|best, own| match own.size.compare(&best.size) {
        Some(Ordering::Less) => best,
        Some(Ordering::Greater) => own,
        _ => Greatest { size: own.size.max(&best.size, MOST_BITS), places: [best.places, own.places].concat() },
    })
}

/// The same on a range without branch points.
fn on_regular(asked: TaylorError, degree: usize, budget: &Budget) -> Result<Greatest, Reason> {
    let mut bits = 192;
    loop {
        let found = Remainder::new(asked, degree, bits)
            .and_then(|mut remainder| greatest(&mut remainder, asked.low, asked.high, budget));
        match found {
            Ok(found) if found.size.is_zero() || found.size.accuracy_bits() >= GOOD_BITS => return Ok(found),
            Err(reason) if bits >= MOST_BITS || !matches!(reason, Reason::Unsupported(_)) => return Err(reason),
            Ok(found) if bits >= MOST_BITS => return Ok(found),
            _ => bits *= 2,
        }
        // A range that does not grow sharper with the precision is no better for more of it.
        if bits > 768 && degree < 8 {
            return Remainder::new(asked, degree, bits)
                .and_then(|mut remainder| greatest(&mut remainder, asked.low, asked.high, budget));
        }
    }
}

/// Is the function a polynomial of at most this degree, so that there is no error?
fn is_polynomial_of(expr: &Expr, variable: Symbol, degree: usize, budget: &Budget) -> Result<bool, Reason> {
    let expanded = algebra::expand(expr, budget)?;
    let rows = algebra::coefficients(&expanded, &Expr::symbol(variable), budget)?;
    let fits = |n: i64| usize::try_from(n).is_ok_and(|n| n <= degree);
    Ok(rows.iter().all(|(c, exponent)| !c.has_symbol(variable) && exponent.to_i64().is_some_and(fits)))
}

/// Lagrange's bound for the error on a range: the greatest modulus of `f^(n+1)` on all that lies between the point and the
/// range, over `(n+1)!`, times the greatest power of the distance; enclosed.
///
/// # Errors
/// As [`taylor_error`].
pub fn taylor_bound(asked: TaylorError, degree: usize, budget: &Budget) -> Result<Ball, Reason> {
    const BITS: u32 = 192;
    let place = |e: &Expr| Place::Exact(e.clone());
    let mut ends = [asked.low, asked.high];
    let undecided = Reason::Unsupported("the order of the point and the ends can't be told");
    for (end, wanted) in ends.iter_mut().zip([Ordering::Less, Ordering::Greater]) {
        let order = place(asked.point).order(&place(end), budget)?.ok_or(undecided.clone())?;
        if order == wanted {
            *end = asked.point;
        }
    }
    let mut derivative = Derivative { jets: asked.jets(degree + 3 + MORE_ORDERS, BITS)?, order: degree + 1 };
    let factor = greatest(&mut derivative, ends[0], ends[1], budget)?.size;
    let real = |e: &Expr| precise(e, BITS).ok_or(Reason::Domain("an end is no real number"));
    let point = real(asked.point)?;
    let distance = |end: &Expr| Ok::<_, Reason>(real(end)?.sub(&point, BITS).abs());
    let reach = distance(asked.low)?.max(&distance(asked.high)?, BITS);
    Ok(factor.mul(&reach.powi(degree as i64 + 1, BITS), BITS))
}

/// The least degree for which the error on the range is at most the tolerance; proved, as all smaller degrees are refuted.
///
/// # Errors
/// As [`taylor_error`]; `Unsupported` when no degree is found.
pub fn taylor_degree(asked: TaylorError, tolerance: &Ball, budget: &Budget) -> Result<usize, Reason> {
    if tolerance.sign() != Some(1) {
        return Err(Reason::Domain("the wanted error must be positive"));
    }
    let (mut last, mut growing): (Option<Ball>, usize) = (None, 0);
    for degree in 0..=MOST_DEGREE {
        budget.check()?;
        // Most degrees are refuted by an end of the range.
        let at_end = |end| taylor_error(TaylorError { low: end, high: end, ..asked }, degree, budget);
        let refuted = |found: &Greatest| found.size.compare(tolerance) == Some(Ordering::Greater);
        let ends = [asked.high, asked.low].into_iter().find_map(|end| at_end(end).ok().filter(refuted));
        let error = match ends {
            Some(error) => error,
            None => taylor_error(asked, degree, budget)?,
        };
        growing = match last.replace(error.size.clone()).and_then(|last| last.compare(&error.size)) {
            Some(Ordering::Less) => growing + 1,
            _ => 0,
        };
        if growing > MOST_GROWING {
            break;
        }
        match error.size.compare(tolerance) {
            Some(Ordering::Less | Ordering::Equal) => return Ok(degree),
            Some(Ordering::Greater) => {}
            None if error.size.is_zero() => return Ok(degree),
            None => return Err(Reason::Unsupported("an error is too close to the wanted one to be told apart")),
        }
    }
    Err(Reason::Unsupported("no degree was found: the Taylor polynomials may not converge there"))
}

/// Derivatives beyond those that are asked for, by which these are enclosed sharply.
const MORE_ORDERS: usize = 6;

/// A derivative over its factorial, with two more of them.
struct Derivative {
    jets: Enclosure,
    order: usize,
}

impl Derivative {
    /// The coefficient of an order on a ball, by its expansion about the middle with a remainder.
    fn centred(&self, place: usize, middle: &[Ball], last: &Ball, step: &Ball) -> Ball {
        let bits = self.jets.bits();
        let end = self.order + 2 + MORE_ORDERS;
        let (mut sum, mut power, mut factor) = (Ball::ZERO, Ball::from_integer(&Integer::ONE), Integer::ONE);
        for k in place..=end {
            let own = if k == end { Some(last) } else { middle.get(k) };
            let Some(own) = own else { return Ball::UNBOUNDED };
            let weight = Ball::from_integer(&factor).mul(&power, bits);
            sum = sum.add(&own.mul(&weight, bits), bits);
            power = power.mul(step, bits);
            // The binomial coefficient of k + 1 over the place.
            let above = &factor * &Integer::new(k as i64 + 1);
            factor = above.div_exact(&Integer::new((k + 1 - place) as i64));
        }
        sum
    }
}

impl Source for Derivative {
    fn on(&mut self, ball: &Ball) -> [Ball; 3] {
        let bits = self.jets.bits();
        let jet = self.jets.at_ball(ball.clone());
        let n = self.order as i64;
        let at = |k: usize| jet.get(k).cloned().unwrap_or(Ball::UNBOUNDED);
        let mut row = [self.order, self.order + 1, self.order + 2].map(at);
        if !ball.is_exact()
            && let Some(last) = jet.last().filter(|last| last.is_bounded())
        {
            let centre = ball.center();
            let middle = self.jets.at_ball(centre.clone());
            let step = ball.sub(&centre, bits);
            let places = [self.order, self.order + 1, self.order + 2];
            row = sharper_row(row, places.map(|place| self.centred(place, &middle, last, &step)));
        }
        let [value, slope, bend] = row;
        [value, slope.mul_small(n + 1, bits), bend.mul_small((n + 1) * (n + 2), bits)]
    }

    fn bits(&self) -> u32 {
        self.jets.bits()
    }
}

/// A function with two derivatives.
struct Plain(Enclosure);

impl Source for Plain {
    fn on(&mut self, ball: &Ball) -> [Ball; 3] {
        let jet = self.0.at_ball(ball.clone());
        let at = |k: usize| jet.get(k).cloned().unwrap_or(Ball::UNBOUNDED);
        [at(0), at(1), at(2).mul_small(2, self.0.bits())]
    }

    fn bits(&self) -> u32 {
        self.0.bits()
    }
}

/// The error of a Taylor polynomial.
struct Remainder {
    /// The function to second order.
    short: Enclosure,
    /// The function to one order more than the degree.
    long: Enclosure,
    point: Ball,
    /// The coefficients of the polynomial.
    polynomial: Vec<Ball>,
}

impl Remainder {
    fn new(asked: TaylorError, degree: usize, bits: u32) -> Result<Remainder, Reason> {
        let short = asked.jets(2, bits)?;
        let mut long = asked.jets(degree + 1, bits)?;
        let point = precise(asked.point, bits).ok_or(Reason::Domain("the point is no real number"))?;
        let mut polynomial = long.at_ball(point.clone());
        polynomial.truncate(degree + 1);
        if polynomial.iter().any(|c| !c.is_bounded()) {
            return Err(UNBOUNDED);
        }
        Ok(Remainder { short, long, point, polynomial })
    }

    /// The polynomial and its first two derivatives at a distance from the point.
    fn polynomial(&self, distance: &Ball) -> [Ball; 3] {
        let bits = self.short.bits();
        let mut row = [Ball::ZERO, Ball::ZERO, Ball::ZERO];
        for c in self.polynomial.iter().rev() {
            row[2] = row[2].mul(distance, bits).add(&row[1].mul_small(2, bits), bits);
            row[1] = row[1].mul(distance, bits).add(&row[0], bits);
            row[0] = row[0].mul(distance, bits).add(c, bits);
        }
        row
    }

    /// The error and its first two derivatives as the function less the polynomial.
    fn direct(&mut self, ball: &Ball, distance: &Ball) -> [Ball; 3] {
        let bits = self.short.bits();
        let jet = self.short.at_ball(ball.clone());
        let polynomial = self.polynomial(distance);
        let at = |k: usize, factor: i64| match jet.get(k) {
            Some(value) => value.mul_small(factor, bits).sub(&polynomial[k], bits),
            None => Ball::UNBOUNDED,
        };
        [at(0, 1), at(1, 1), at(2, 2)]
    }

    /// The same by the error's own expansion about the middle of the ball, with Taylor's remainder there: sharp far from
    /// the point too.
    fn centred(&mut self, ball: &Ball) -> [Ball; 3] {
        let bits = self.short.bits();
        let unknown = [Ball::UNBOUNDED, Ball::UNBOUNDED, Ball::UNBOUNDED];
        let middle = ball.center();
        let (degree, here) = (self.polynomial.len() - 1, middle.sub(&self.point, bits));
        let mut row = self.long.at_ball(middle.clone());
        let jet = self.long.at_ball(ball.clone());
        let (Some(last), true) = (jet.last(), row.len() == degree + 2) else { return unknown };
        // The polynomial's own coefficients there, by repeated division (Horner, Shaw and Traub).
        let mut shifted = self.polynomial.clone();
        for start in 0..degree {
            for k in (start..degree).rev() {
                shifted[k] = shifted[k].add(&shifted[k + 1].mul(&here, bits), bits);
            }
        }
        for (own, of_polynomial) in row.iter_mut().zip(&shifted) {
            *own = own.sub(of_polynomial, bits);
        }
        row[degree + 1] = last.clone();
        let step = ball.sub(&middle, bits);
        let mut sums = [Ball::ZERO, Ball::ZERO, Ball::ZERO];
        for c in row.iter().rev() {
            sums[2] = sums[2].mul(&step, bits).add(&sums[1].mul_small(2, bits), bits);
            sums[1] = sums[1].mul(&step, bits).add(&sums[0], bits);
            sums[0] = sums[0].mul(&step, bits).add(c, bits);
        }
        if degree == 0 {
            sums[2] = Ball::UNBOUNDED;
        }
        sums
    }

    /// The same by Taylor's theorem.
    fn by_theorem(&mut self, ball: &Ball, distance: &Ball) -> [Ball; 3] {
        let bits = self.short.bits();
        let between = ball.union(&self.point, bits);
        let jet = self.long.at_ball(between);
        let n = self.polynomial.len() as i64;
        let Some(last) = jet.last() else { return [Ball::UNBOUNDED, Ball::UNBOUNDED, Ball::UNBOUNDED] };
        let power = |exponent: i64| distance.powi(exponent.max(0), bits);
        let value = last.mul(&power(n), bits);
        let slope = last.mul(&power(n - 1), bits).mul_small(n, bits);
        // The second derivative of the error is that of a function whose polynomial has degree n - 2.
        let bend = match n {
            1 => Ball::UNBOUNDED,
            _ => last.mul(&power(n - 2), bits).mul_small(n * (n - 1), bits),
        };
        [value, slope, bend]
    }
}

/// The narrower ones of two rows of enclosures.
fn sharper_row(one: [Ball; 3], other: [Ball; 3]) -> [Ball; 3] {
    let mut pairs = one.into_iter().zip(other);
    std::array::from_fn(|_| pairs.next().map_or(Ball::UNBOUNDED, |(a, b)| sharper(a, b)))
}

impl Source for Remainder {
    fn on(&mut self, ball: &Ball) -> [Ball; 3] {
        let distance = ball.sub(&self.point, self.short.bits());
        let direct = self.direct(ball, &distance);
        if ball.accuracy_bits() > i64::from(self.short.bits()) / 2 {
            return direct;
        }
        sharper_row(sharper_row(direct, self.by_theorem(ball, &distance)), self.centred(ball))
    }

    fn bits(&self) -> u32 {
        self.short.bits()
    }
}
