//! The greatest error on an interval at whose end the slope has no bound, as of `x*log(x)` or `x^x` towards zero.
//!
//! Next to such an end the error is shown to be monotone: the sign of its slope is told on the open interval by the signs of
//! factors, by machine intervals that may be infinite on one side, and by the monotony of parts. Then it is greatest at the
//! ends of that interval, at one of which it has its one-sided limit.

use std::cell::RefCell;
use std::cmp::Ordering;

use super::{TaylorError, UNBOUNDED, UNSUPPORTED, by_ends};
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::diff;
use crate::calculus::limit::limit;
use crate::calculus::local::{Greatest, Place, precise};
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, function};
use crate::number::{Ball, Interval, Rational};
use crate::tape::IntervalFunction;
use crate::tape::series::Side;

const BITS: u32 = 256;
/// Monotony is asked for monotony so often.
const DEEPEST: usize = 6;
/// No more signs are found on a cell.
const MOST_SIGNS: usize = 200;
/// The intervals next to an end get shorter so often, by this factor.
const SHORTER: usize = 12;
const FACTOR: i64 = 8;

/// The greatest error where the slope has no bound at an end of the range; `None` where that is so at none.
///
/// # Errors
/// As `taylor_error`.
pub(super) fn at_steep_ends(asked: TaylorError, degree: usize, budget: &Budget) -> Result<Option<Greatest>, Reason> {
    by_ends(
        asked,
        degree,
        budget,
        |end| is_steep(asked, end),
        |error, end, sign, half| {
            let away = Symbol::new("the distance from an end");
            let x = Expr::number(end.clone()) + Expr::integer(sign) * Expr::symbol(away);
            let near = Near { away, error: error.substitute_symbol(asked.variable, &x), budget };
            let (reach, size) = near.monotone(half)?;
            let places = vec![Place::Exact(Expr::number(end.clone()))];
            Ok((Greatest { size, places }, end + &(reach * Rational::from(sign))))
        },
    )
}

/// Is an expression in a positive symbol shown to be smooth and monotone up to a reach, where it need not have a value at
/// zero?
///
/// # Errors
/// When the budget runs out.
pub fn is_monotone_above_zero(expr: &Expr, away: Symbol, reach: &Rational, budget: &Budget) -> Result<bool, Reason> {
    let near = Near { away, error: expr.clone(), budget };
    let slope = diff(expr, away, budget)?;
    let cell = Cell::new(&near, reach);
    Ok(cell.is_smooth(expr)? && cell.sign(&slope, 0)?.is_some())
}

/// Has the function no jet of two derivatives at the end?
fn is_steep(asked: TaylorError, end: &Expr) -> bool {
    let jet = || Some(asked.jets(2, BITS).ok()?.at_ball(precise(end, BITS)?));
    jet().is_some_and(|jet| !jet.iter().all(Ball::is_bounded))
}

/// The error in the distance from an end.
struct Near<'b> {
    away: Symbol,
    error: Expr,
    budget: &'b Budget,
}

impl Near<'_> {
    /// How far the error is surely monotone, and the modulus of its limit at the end.
    fn monotone(&self, most: &Rational) -> Result<(Rational, Ball), Reason> {
        let slope = diff(&self.error, self.away, self.budget)?;
        let mut reach = most.clone();
        for _ in 0..SHORTER {
            self.budget.check()?;
            let cell = Cell::new(self, &reach);
            if cell.is_smooth(&self.error)? && cell.sign(&slope, 0)?.is_some() {
                let value = self.at_end(&self.error)?;
                if matches!(value.kind(), Kind::Infinity(_)) {
                    return Err(UNBOUNDED);
                }
                let size = precise(&value, BITS).ok_or(UNSUPPORTED)?.abs();
                return Ok((reach, size));
            }
            reach *= &Rational::fraction(1, FACTOR).unwrap_or(Rational::ONE);
        }
        Err(UNSUPPORTED)
    }

    fn at_end(&self, expr: &Expr) -> Result<Expr, Reason> {
        limit(expr, self.away, &Expr::zero(), Side::Right, self.budget)
    }
}

/// The distances above zero, up to one.
struct Cell<'a> {
    near: &'a Near<'a>,
    reach: &'a Rational,
    /// The signs found, and those not found from a depth on.
    known: RefCell<Vec<(Expr, usize, Option<Ordering>)>>,
}

impl<'a> Cell<'a> {
    fn new(near: &'a Near, reach: &'a Rational) -> Cell<'a> {
        Cell { near, reach, known: RefCell::new(Vec::new()) }
    }

    /// A closed interval around the values.
    fn interval(&self, expr: &Expr) -> Option<Interval> {
        let reach = Interval::new(0.0, Interval::from_rational(self.reach).high());
        let found = IntervalFunction::new(expr, &[self.near.away]).ok()?.on(&[reach]);
        (!found.is_empty()).then_some(found)
    }

    /// Are all functions analytic on the cell?
    fn is_smooth(&self, expr: &Expr) -> Result<bool, Reason> {
        // Machine intervals are made for real functions alone.
        if IntervalFunction::new(expr, &[self.near.away]).is_err() {
            return Ok(false);
        }
        for node in expr.shared_nodes().filter(|node| node.has_symbol(self.near.away)) {
            let (part, wanted) = match node.kind() {
                Kind::Symbol(_) | Kind::Sum(_) | Kind::Product(_) => continue,
                Kind::Power(base, exponent) => match exponent.as_rational() {
                    Some(q) if q.is_integer() && !q.is_negative() => continue,
                    Some(q) if q.is_integer() => (base.clone(), None),
                    _ if base.has_symbol(self.near.away) => (base.clone(), Some(Ordering::Greater)),
                    _ => continue,
                },
                Kind::Call(Function::Elementary(record), arguments) => match (record.name, arguments.as_ref()) {
                    ("exp" | "sin" | "cos" | "sinh" | "cosh" | "tanh" | "arctan" | "arcsinh" | "erf", _) => continue,
                    ("log", [u]) => (u.clone(), Some(Ordering::Greater)),
                    ("tan" | "sec", [u]) => (function::cos(u), None),
                    ("arcsin" | "arccos" | "arctanh", [u]) => (Expr::one() - u.powi(2), Some(Ordering::Greater)),
                    ("arccosh", [u]) => (u - Expr::one(), Some(Ordering::Greater)),
                    _ => return Ok(false),
                },
                _ => return Ok(false),
            };
            match self.sign(&part, 0)? {
                Some(sign) if wanted.is_none_or(|wanted| wanted == sign) => {}
                _ => return Ok(false),
            }
        }
        Ok(true)
    }

    /// The sign that a smooth expression has on all of the cell.
    fn sign(&self, expr: &Expr, depth: usize) -> Result<Option<Ordering>, Reason> {
        self.near.budget.check()?;
        let is_known = |own: &&(Expr, usize, Option<Ordering>)| own.0 == *expr && (own.2.is_some() || own.1 <= depth);
        if let Some(known) = self.known.borrow().iter().find(is_known) {
            return Ok(known.2);
        }
        if self.known.borrow().len() >= MOST_SIGNS {
            return Ok(None);
        }
        let sign = self.sign_now(expr, depth)?;
        self.known.borrow_mut().push((expr.clone(), depth, sign));
        Ok(sign)
    }

    fn sign_now(&self, expr: &Expr, depth: usize) -> Result<Option<Ordering>, Reason> {
        if !expr.has_symbol(self.near.away) {
            return Ok(sign_of_constant(expr));
        }
        if expr.as_symbol().is_some() || expr.exp_argument().is_some() {
            return Ok(Some(Ordering::Greater));
        }
        if let Kind::Power(base, exponent) = expr.kind()
            && exponent.to_i64().is_none()
        {
            return Ok(self.sign(base, depth)?.filter(|sign| sign.is_gt()));
        }
        if let Some(found) = self.interval(expr) {
            if found.is_positive() {
                return Ok(Some(Ordering::Greater));
            }
            if found.is_negative() {
                return Ok(Some(Ordering::Less));
            }
        }
        let factors = algebra::factors(expr);
        if factors.len() > 1 {
            return self.sign_of_product(&factors, depth);
        }
        if let Kind::Power(base, exponent) = expr.kind() {
            let odd = exponent.to_i64().is_none_or(|n| n % 2 != 0);
            return Ok(self.sign(base, depth)?.map(|sign| if odd { sign } else { Ordering::Greater }));
        }
        if let Kind::Sum(sum) = expr.kind() {
            let common = match algebra::factor(expr, self.near.budget) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Ok(common) if !matches!(common.kind(), Kind::Sum(_)) && depth < DEEPEST => {
                    self.sign(&common, depth + 1)?
                }
                _ => None,
            };
            if common.is_some() {
                return Ok(common);
            }
            let mut total = Interval::new(0.0, 0.0);
            for part in sum.parts() {
                total = total + self.range(&part, depth + 1)?;
            }
            if total.is_positive() || total.is_negative() {
                return Ok(Some(if total.is_positive() { Ordering::Greater } else { Ordering::Less }));
            }
        }
        self.sign_by_monotony(expr, depth)
    }

    fn sign_of_product(&self, factors: &[Expr], depth: usize) -> Result<Option<Ordering>, Reason> {
        let mut total = Ordering::Greater;
        for factor in factors {
            match self.sign(factor, depth)? {
                Some(Ordering::Less) => total = total.reverse(),
                Some(Ordering::Greater) => {}
                _ => return Ok(None),
            }
        }
        Ok(Some(total))
    }

    /// A monotone function has the sign of its values at the ends, of which one may vanish.
    fn sign_by_monotony(&self, expr: &Expr, depth: usize) -> Result<Option<Ordering>, Reason> {
        let Some([one, other]) = self.ends(expr, depth)? else { return Ok(None) };
        let here = sign_of_constant(&other);
        let there = match one.kind() {
            Kind::Infinity(Infinity::Positive) => Some(Ordering::Greater),
            Kind::Infinity(Infinity::Negative) => Some(Ordering::Less),
            _ if one.is_zero() => here,
            _ => sign_of_constant(&one),
        };
        Ok(here.filter(|sign| sign.is_ne() && there == Some(*sign)))
    }

    /// The limit at the end and the value at the reach of an expression that is shown to be monotone.
    fn ends(&self, expr: &Expr, depth: usize) -> Result<Option<[Expr; 2]>, Reason> {
        if depth >= DEEPEST {
            return Ok(None);
        }
        let slope = diff(expr, self.near.away, self.near.budget)?;
        if self.sign(&slope, depth + 1)?.is_none() {
            return Ok(None);
        }
        match self.near.at_end(expr) {
            Err(reason) if reason.is_stopped() => Err(reason),
            Err(_) => Ok(None),
            Ok(value) => Ok(Some([value, expr.substitute_symbol(self.near.away, &Expr::number(self.reach.clone()))])),
        }
    }

    /// An enclosure of the values, by monotony where machine intervals give none that is bounded.
    fn range(&self, expr: &Expr, depth: usize) -> Result<Interval, Reason> {
        let plain = self.interval(expr).unwrap_or(Interval::ENTIRE);
        if plain.is_bounded() {
            return Ok(plain);
        }
        let of_ball = |ball: Ball| Interval::point(0.0).through_ball(|_| ball.clone());
        match self.ends(expr, depth)? {
            Some([one, other]) => match (precise(&one, BITS), precise(&other, BITS)) {
                (Some(one), Some(other)) => Ok(of_ball(one).hull(of_ball(other))),
                _ => Ok(plain),
            },
            None => Ok(plain),
        }
    }
}

fn sign_of_constant(value: &Expr) -> Option<Ordering> {
    precise(value, BITS).and_then(|ball| ball.sign()).map(|sign| sign.cmp(&0))
}
