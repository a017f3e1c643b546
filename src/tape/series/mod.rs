//! Power series of expressions: Taylor, Laurent and Puiseux expansions with exact coefficients.
//!
//! [`series_of`] expands an expression where a variable approaches a point from one side or both. Coefficients are
//! rational numbers as long as that works, else expressions. Nothing is derived repeatedly: every operation and function
//! is one on rows of coefficients (`power`), leading terms are split off (`laurent`), and what a function does at its
//! constant term is exact algebra (`function`).

mod asymptotic;
mod bessel;
mod bound;
mod bounds;
mod cuts;
mod expand;
mod fast;
mod field;
mod function;
mod hooks;
mod lanes;
mod laurent;
pub mod power;
mod quotient;
mod recurrence;
mod replay;
mod residue;
mod special;

use std::cell::Cell;

use crate::expr::function::log;
use crate::expr::{Expr, Infinity, Kind, Reason, Symbol};
use crate::number::Rational;
pub use cuts::has_imaginary_numbers;
use expand::Expansion;
use field::{Expressions, Field, Stop};
pub use hooks::{Hooks, plain_sign, plain_zero};
use laurent::{Laurent, SeriesOver, Workshop};

/// Where the variable is expanded, and from which side.
#[derive(Clone, Debug, PartialEq)]
pub struct Approach {
    /// The point: finite, or an infinity.
    pub point: Expr,
    /// The side.
    pub side: Side,
}

/// From where a variable comes to a point.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Side {
    /// From both; the expansion has to hold on both.
    Both,
    /// From above: `x = point + t`.
    Right,
    /// From below: `x = point - t`.
    Left,
}

impl Approach {
    /// From both sides; an infinity has one.
    pub fn both(point: &Expr) -> Approach {
        Approach { point: point.clone(), side: Side::Both }
    }

    /// From one side.
    pub fn one_sided(point: &Expr, side: Side) -> Approach {
        Approach { point: point.clone(), side }
    }

    /// Is it only about one side of the point, as at an infinity?
    pub fn is_one_sided(&self) -> bool {
        matches!(self.point.kind(), Kind::Infinity(_)) || self.side != Side::Both
    }

    /// The variable as a series in `t`, over expressions.
    fn variable(&self) -> Result<(Expr, Laurent<i64>), Reason> {
        let straight = |sign: i64, exponent: i64| Laurent::monomial(sign, exponent);
        match self.point.kind() {
            Kind::Infinity(Infinity::Positive) => Ok((Expr::zero(), straight(1, -1))),
            Kind::Infinity(Infinity::Negative) => Ok((Expr::zero(), straight(-1, -1))),
            Kind::Infinity(Infinity::Unsigned) => Err(Reason::Domain("an infinity without direction")),
            Kind::Undefined(_) => Err(Reason::Domain("an undefined point")),
            _ if self.side == Side::Left => Ok((self.point.clone(), straight(-1, 1))),
            _ => Ok((self.point.clone(), straight(1, 1))),
        }
    }

    /// `t` in terms of the variable.
    pub fn small(&self, variable: &Expr) -> Expr {
        match self.point.kind() {
            Kind::Infinity(Infinity::Negative) => -variable.recip(),
            Kind::Infinity(_) => variable.recip(),
            _ if self.side == Side::Left => &self.point - variable,
            _ => variable - &self.point,
        }
    }
}

/// A truncated expansion in a small positive `t`: `sum of c_k * t^((start + k)/ramification)`.
///
/// A coefficient may hold `log(t)`, where `t` is the symbol [`small_symbol`]: then powers of `log(t)` stand beside those
/// of `t`, as in `x*log(x)`.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    start: i64,
    ramification: i64,
    coefficients: Vec<Expr>,
    exact: bool,
    two_sided: bool,
}

/// The symbol that stands for `t` inside coefficients.
pub fn small_symbol() -> Symbol {
    Symbol::new("_t")
}

impl Series {
    /// The exponent of a coefficient by its place.
    fn exponent(&self, place: usize) -> Rational {
        Rational::fraction(self.start + place as i64, self.ramification).unwrap_or(Rational::ZERO)
    }

    /// Exponents and coefficients, lowest exponent first, plain zeros left out.
    pub fn terms(&self) -> impl Iterator<Item = (Rational, &Expr)> {
        let present = self.coefficients.iter().enumerate().filter(|(_, c)| !c.is_zero());
        present.map(|(place, c)| (self.exponent(place), c))
    }

    /// The first term; its coefficient was proved not to be zero. `None` when the function is exactly zero.
    pub fn leading(&self) -> Option<(Rational, &Expr)> {
        self.terms().next()
    }

    /// The coefficient at an exponent; `None` when it is not known.
    pub fn coefficient(&self, exponent: &Rational) -> Option<Expr> {
        if self.precision().is_some_and(|precision| *exponent >= precision) {
            return None;
        }
        Some(self.terms().find(|(own, _)| own == exponent).map_or_else(Expr::zero, |(_, c)| c.clone()))
    }

    /// The exponent from which on nothing is known; `None` when all terms are there.
    pub fn precision(&self) -> Option<Rational> {
        (!self.exact).then(|| self.exponent(self.coefficients.len()))
    }

    /// Are all terms there?
    pub fn is_exact(&self) -> bool {
        self.exact
    }

    /// Does it hold for small negative `t` too? `sqrt(t^2) = t` does not.
    pub fn is_two_sided(&self) -> bool {
        self.two_sided
    }

    /// Are all exponents integers?
    pub fn has_integer_exponents(&self) -> bool {
        self.terms().all(|(exponent, _)| exponent.is_integer())
    }

    /// Does `log(t)` occur?
    pub fn has_logarithms(&self) -> bool {
        self.coefficients.iter().any(|c| c.has_symbol(small_symbol()))
    }

    /// The terms up to an exponent, this one too.
    pub fn truncated(&self, last: &Rational) -> Series {
        let kept = (0..self.coefficients.len()).take_while(|place| self.exponent(*place) <= *last).count();
        let exact = self.exact && kept == self.coefficients.len();
        Series { coefficients: self.coefficients[..kept].to_vec(), exact, ..*self }
    }

    /// The coefficients and all else of an expansion over the rationals.
    fn from_rational(series: &Laurent<Rational>) -> Series {
        finished(series, |q| Expr::number(q.clone()))
    }

    /// The sum of the terms with an expression for `t`, such as `x - a` (see [`Approach::small`]).
    pub fn to_expr(&self, small: &Expr) -> Expr {
        Expr::sum(self.terms().map(|(exponent, c)| with_small(c, small) * small.power_rational(&exponent)))
    }

    /// The same terms with nothing claimed of those beyond.
    pub fn inexact(self) -> Series {
        Series { exact: false, ..self }
    }
}

/// A coefficient with an expression for the `t` in its logarithms.
pub fn with_small(coefficient: &Expr, small: &Expr) -> Expr {
    let symbol = small_symbol();
    if !coefficient.has_symbol(symbol) {
        return coefficient.clone();
    }
    // The small variable is positive: log(1/x) is -log(x).
    let large = small.recip();
    let turned = matches!(small.kind(), Kind::Power(..) | Kind::Product(_)) && large.as_symbol().is_some();
    let logarithm = log(&Expr::symbol(symbol));
    let put = |node: &Expr| match node {
        _ if turned && *node == logarithm => Some(-log(&large)),
        _ => (node.as_symbol() == Some(symbol)).then(|| small.clone()),
    };
    coefficient.rewrite_stored(put, |e| e)
}

/// How often the working length may be doubled before leading terms that cancel are given up.
const DOUBLINGS: u32 = 6;

/// The expansion of an expression, known at least up to (not with) the exponent `order` beyond which terms are unknown.
///
/// # Errors
/// `Unknown` with the fact that is missing when a leading coefficient is neither proved zero nor proved not to be;
/// `Unsupported` where there is no such expansion (an essential singularity, a corner with [`Side::Both`], a point on a
/// branch cut); `Budget` when stopped.
pub fn series_of(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    order: usize,
    hooks: &Hooks,
) -> Result<Series, Reason> {
    let series = Request { expr, variable, approach, order: order as i64, hooks }.answer()?.into_series();
    if !approach.is_one_sided() && !series.two_sided {
        return Err(Reason::Unsupported("the two sides of the point differ"));
    }
    Ok(series)
}

/// The coefficients at the exponents from the one given on, of an expansion about a finite point that holds on both
/// sides, has integer exponents and rational coefficients only; `None` when it is no such one, and
/// [`series_of`] is to be asked.
///
/// # Errors
/// When the budget runs out.
pub fn rational_row(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    order: usize,
    hooks: &Hooks,
) -> Result<Option<(i64, Vec<Rational>)>, Reason> {
    let approach = Approach::both(point);
    match (Request { expr, variable, approach: &approach, order: order as i64, hooks }).rational() {
        Ok(series) if series.two_sided && series.ramification == 1 => Ok(Some((series.start, series.coefficients))),
        Err(Stop::Because(reason)) if reason.is_stopped() => Err(reason),
        _ => Ok(None),
    }
}

/// The first term of an expansion: exponent and coefficient, `None` when the function is exactly zero near the point.
///
/// # Errors
/// As [`series_of`].
pub fn leading_term(
    expr: &Expr,
    variable: Symbol,
    approach: &Approach,
    hooks: &Hooks,
) -> Result<Option<(Rational, Expr)>, Reason> {
    let series = Request { expr, variable, approach, order: i64::MIN, hooks }.answer()?.into_series();
    Ok(series.leading().map(|(exponent, c)| (exponent, c.clone())))
}

struct Request<'a> {
    expr: &'a Expr,
    variable: Symbol,
    approach: &'a Approach,
    /// The least exponent that need not be known.
    order: i64,
    hooks: &'a Hooks<'a>,
}

/// An expansion over the coefficients that sufficed.
enum Answer {
    Rational(Laurent<Rational>),
    General(Series),
}

impl Answer {
    fn into_series(self) -> Series {
        match self {
            Answer::Rational(series) => Series::from_rational(&series),
            Answer::General(series) => series,
        }
    }
}

impl Request<'_> {
    /// Over rational coefficients if they suffice, else over expressions.
    fn answer(&self) -> Result<Answer, Reason> {
        let found = match self.rational() {
            Err(Stop::Outside) => {
                let field = Expressions { hooks: self.hooks, small: small_symbol() };
                self.over(&field).map(|series| Answer::General(finished(&series, Expr::clone)))
            }
            other => other.map(Answer::Rational),
        };
        found.map_err(|stop| match stop {
            Stop::Because(reason) => reason,
            Stop::More => Reason::Unsupported("leading terms that cancel without end"),
            Stop::Outside => Reason::Unsupported("no expansion with exact coefficients"),
        })
    }

    fn rational(&self) -> Result<Laurent<Rational>, Stop> {
        match quotient::expand(self).or_else(|| fast::expand(self)) {
            Some(series) => series,
            None => self.over(&field::Rationals { budget: Some(self.hooks.budget), record: None }),
        }
    }

    /// Expands with growing length until the order is reached and the leading coefficient is proved not to be zero.
    fn over<F: Field + Clone>(&self, field: &F) -> Result<SeriesOver<F>, Stop> {
        let mut length = usize::try_from(self.order).unwrap_or(0).clamp(2, 1 << 24) + 1;
        for _ in 0..DOUBLINGS {
            match self.with_length(field, length) {
                Ok(series) if series.end() >= self.order.saturating_mul(series.ramification) => {
                    return Ok(series);
                }
                Ok(series) => {
                    let missing = (self.order * series.ramification - series.end()) / series.ramification + 1;
                    length += missing.max(1) as usize;
                }
                Err(Stop::More) => length = length.saturating_mul(2),
                Err(stop) => return Err(stop),
            }
        }
        Err(Stop::More)
    }

    fn with_length<F: Field + Clone>(&self, field: &F, length: usize) -> Result<SeriesOver<F>, Stop> {
        let (point, step) = self.approach.variable()?;
        let imaginary = Cell::new(has_imaginary_numbers(&point));
        let shop = Workshop { field: field.clone(), length, imaginary };
        let step = Laurent::monomial(field.integer(step.coefficients[0]), step.start);
        let variable = shop.add(&shop.constant(field.element(&point)?), &step)?;
        let variable = if point.is_zero() { step } else { variable };
        let mut expansion = Expansion::new(&shop, vec![(self.variable, variable)], self.hooks.budget);
        expansion.watches = !shop.imaginary.get() && has_imaginary_numbers(self.expr);
        let series = expansion.expand(self.expr)?;
        let two_sided = series.two_sided;
        match shop.cut_to_lead(series) {
            Ok(Some(led)) => Ok(led),
            Ok(None) => Ok(Laurent { two_sided, ..shop.zero() }),
            // All that is known is zero: enough when an order was asked for and it is reached.
            Err((Stop::More, series)) if self.order > i64::MIN && series.end() >= self.order => {
                Ok(Laurent { start: series.end(), coefficients: Vec::new(), ..series })
            }
            // The order alone is asked for, whatever the first coefficients are.
            Err((Stop::Because(Reason::Unknown(_)), series)) if self.order > i64::MIN => Ok(series),
            Err((stop, _)) => Err(stop),
        }
    }
}

/// The series with its coefficients as expressions.
fn finished<E>(series: &Laurent<E>, to_expr: impl Fn(&E) -> Expr) -> Series {
    Series {
        start: series.start,
        ramification: series.ramification,
        coefficients: series.coefficients.iter().map(to_expr).collect(),
        exact: series.exact,
        two_sided: series.two_sided,
    }
}

#[cfg(test)]
pub(super) mod tests;
