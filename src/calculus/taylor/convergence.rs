//! The interval of convergence of a power series given by its terms, both ends decided.
//!
//! The radius comes from the limit of the ratio of neighbouring coefficients. At an end the terms are numbers: Raabe's
//! test, comparison with `1/n` and `1/(n*log(n)^s)`, and Leibniz's criterion for alternating ones (Knopp, "Theory and
//! Application of Infinite Series", chapters 3, 4 and 9).

use std::cmp::Ordering;

use super::super::{Interval, IntervalSet, limit};
use super::formula::coefficient_formula;
use super::singular;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, Symbol, function};
use crate::number::{Number, Rational};
use crate::tape;
use crate::tape::series::Side;

const NOT_POWERS: Reason = Reason::Unsupported("the terms are not recognised as those of a power series");
const UNDECIDED: Reason =
    Reason::Unsupported("whether the series converges at an end of the interval can't be decided");

/// The terms of a power series: `coefficient * (x - center)^exponent`, alternating or not.
struct Terms {
    center: Expr,
    /// How much the exponent grows with each term.
    step: i64,
    exponent: Expr,
    /// Without the alternating sign.
    coefficient: Expr,
    alternating: bool,
    n: Symbol,
}

/// The radius of convergence of the series with these terms for `n` from some index on.
///
/// # Errors
/// `Unsupported` when the terms are not recognised or the limit is not found.
pub fn radius_of_terms(terms: &Expr, n: Symbol, x: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    with_index(n, || match Terms::read(terms, n, x, budget) {
        Err(Reason::Unsupported(_)) => lacunary_radius(terms, n, x, budget),
        terms => terms?.radius(budget),
    })
}

/// The radius for terms `c*(x - a)^e` whose exponents grow faster than by equal steps, `x^(n^2)` or `x^factorial(n)`: by
/// Cauchy and Hadamard, from the limit of `log(c)/e`, where all coefficients are positive.
fn lacunary_radius(terms: &Expr, n: Symbol, x: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    let (mut size, mut exponent, mut linear_part) = (Expr::zero(), None, None);
    for factor in algebra::factors(terms) {
        let (base, own) = base_and_exponent(&factor);
        if base.has_symbol(x) {
            linear_part = Some(linear(&base, x, budget)?);
            if own.has_symbol(x) || exponent.replace(own).is_some() {
                return Err(NOT_POWERS);
            }
            continue;
        }
        let positive = match assume::sign(&base).or_else(|| tape::sign_by_ball(&base)) {
            Some(Ordering::Greater) => base,
            // The sign of a power of a negative number is no matter.
            Some(Ordering::Less) if assume::is_integer(&own).is_yes() => -base,
            _ => return Err(NOT_POWERS),
        };
        size = size + own * function::log(&positive);
    }
    let (Some(exponent), Some((slope, _))) = (exponent, linear_part) else { return Err(NOT_POWERS) };
    let end = Expr::infinity(Infinity::Positive);
    let at_end = |e: &Expr| limit(e, n, &end, Side::Both, budget);
    if !assume::is_integer(&exponent).is_yes() || at_end(&exponent)? != end {
        return Err(NOT_POWERS);
    }
    let share = at_end(&(size / exponent))?;
    let radius = function::exp(&-share);
    Ok(radius / function::abs(&slope))
}

/// The real points at which the series with these terms converges.
///
/// # Errors
/// As [`radius_of_terms`], and when an end is not decided.
pub fn interval_of_terms(terms: &Expr, n: Symbol, x: Symbol, budget: &Budget) -> Result<IntervalSet, Reason> {
    with_index(n, || {
        let terms = Terms::read(terms, n, x, budget)?;
        let radius = terms.radius(budget)?;
        if matches!(radius.kind(), Kind::Infinity(_)) {
            return IntervalSet::new([Interval::line()], budget);
        }
        let center = terms.center.clone();
        if radius.is_zero() {
            return IntervalSet::new([Interval::new((center.clone(), true), (center, true), budget)?], budget);
        }
        let left = terms.converges_at(&radius, -1, budget)?;
        let right = terms.converges_at(&radius, 1, budget)?;
        let interval = Interval::new((&center - &radius, left), (&center + &radius, right), budget)?;
        IntervalSet::new([interval], budget)
    })
}

/// The real points at which the power series of a function about a point converges: by a formula for its coefficients, or
/// else by its singular points.
///
/// # Errors
/// As [`interval_of_terms`]; `Unsupported` when neither the coefficients nor the singular points are known.
pub fn interval_of_function(expr: &Expr, x: Symbol, point: &Expr, budget: &Budget) -> Result<IntervalSet, Reason> {
    match by_formula(expr, x, point, budget) {
        Err(Reason::Unsupported(text)) => match singular::interval(expr, x, point, budget) {
            Err(Reason::Unsupported(_)) => Err(Reason::Unsupported(text)),
            found => found,
        },
        found => found,
    }
}

/// By a formula for the coefficients. Where every second one is zero, the others are taken as a series of their own.
fn by_formula(expr: &Expr, x: Symbol, point: &Expr, budget: &Budget) -> Result<IntervalSet, Reason> {
    let n = Symbol::new("the index");
    let Some(formula) = coefficient_formula(expr, x, point, n, budget)? else {
        return Err(Reason::Unsupported("no formula for all coefficients of this function is known"));
    };
    let index = Expr::symbol(n);
    let power = |exponent: &Expr| (Expr::symbol(x) - point).power(exponent);
    let whole = interval_of_terms(&(&formula.value * power(&index)), n, x, budget);
    if !matches!(whole, Err(Reason::Unsupported(_))) {
        return whole;
    }
    let halves = [0, 1].map(|offset| (offset, every_second(&formula.value, &index, offset)));
    // Two series that diverge may have a convergent sum: so one of them has to be zero.
    let Some((offset, terms)) = (match halves {
        [(_, even), odd] if even.is_zero() => Some(odd),
        [even, (_, odd)] if odd.is_zero() => Some(even),
        _ => None,
    }) else {
        return whole;
    };
    if terms.is_zero() {
        return IntervalSet::new([Interval::line()], budget);
    }
    let exponent = Expr::integer(2) * &index + Expr::integer(offset);
    interval_of_terms(&(terms * power(&exponent)), n, x, budget)
}

/// A formula at `2*n + offset`, its waves of period two and four as signs.
fn every_second(formula: &Expr, n: &Expr, offset: i64) -> Expr {
    let quarter = Expr::pi() * n * Expr::fraction(1, 2);
    let sign = Expr::integer(-1).power(n);
    let (sine, cosine) = match offset {
        0 => (Expr::zero(), sign.clone()),
        _ => (sign.clone(), Expr::zero()),
    };
    let waves = [(function::sin(&quarter), sine), (function::cos(&quarter), cosine)];
    let next = Expr::integer(2) * n + Expr::integer(offset);
    formula.rewrite_stored(
        |node| {
            if *node == sign {
                return Some(Expr::integer(if offset == 0 { 1 } else { -1 }));
            }
            match waves.iter().find(|(wave, _)| wave == node) {
                Some((_, value)) => Some(value.clone()),
                None => (node == n).then(|| next.clone()),
            }
        },
        |node| node,
    )
}

/// Work under the assumption that the index is a positive integer.
fn with_index<T>(n: Symbol, work: impl FnOnce() -> T) -> T {
    let positive = Expr::relation(Relation::Greater, Expr::symbol(n), Expr::zero());
    assume::with_facts([Fact::In(n, Domain::Integer), Fact::Holds(positive)], work)
}

impl Terms {
    fn read(terms: &Expr, n: Symbol, x: Symbol, budget: &Budget) -> Result<Terms, Reason> {
        let product = match terms.kind() {
            Kind::Sum(_) => algebra::factor(terms, budget)?,
            _ => terms.clone(),
        };
        let (coefficient, center) = (Expr::one(), Expr::zero());
        let mut found = Terms { center, step: 0, exponent: Expr::zero(), coefficient, alternating: false, n };
        let mut center: Option<Expr> = None;
        for factor in algebra::factors(&product) {
            let (base, exponent) = base_and_exponent(&factor);
            if !base.has_symbol(x) && !exponent.has_symbol(x) {
                found.constant_power(&base, &exponent, budget)?;
                continue;
            }
            let (slope, own) = linear(&base, x, budget)?;
            if exponent.has_symbol(x) || center.as_ref().is_some_and(|known| *known != own) {
                return Err(NOT_POWERS);
            }
            center = Some(own);
            found.exponent = &found.exponent + &exponent;
            found.constant_power(&slope, &exponent, budget)?;
        }
        found.center = center.ok_or(NOT_POWERS)?;
        found.step = slope_in(&found.exponent, n, budget)?.filter(|step| *step > 0).ok_or(NOT_POWERS)?;
        // Coefficients such as `binomial(-1/2, n)` alternate by themselves.
        let ratio = found.limit(&found.ratio(&found.coefficient, budget)?, budget);
        if ratio.is_ok_and(|ratio| found.order(&ratio, 0) == Some(Ordering::Less)) {
            found.alternating = !found.alternating;
            found.coefficient = &found.coefficient * Expr::integer(-1).power(&Expr::symbol(n));
        }
        Ok(found)
    }

    /// Takes in a factor without the variable, its alternating sign apart.
    fn constant_power(&mut self, base: &Expr, exponent: &Expr, budget: &Budget) -> Result<(), Reason> {
        let turns = match base.as_call() {
            Some((called, [u])) if called.name() == "cos" && exponent.is_one() => {
                slope_in(&(u / Expr::pi()), self.n, budget)?.is_some_and(|k| k % 2 != 0)
                    && u.substitute(&[(Expr::symbol(self.n), Expr::zero())]).is_zero()
            }
            _ => false,
        };
        if turns {
            self.alternating = !self.alternating;
            return Ok(());
        }
        if exponent.has_symbol(self.n) && assume::sign(base) == Some(Ordering::Less) {
            if slope_in(exponent, self.n, budget)?.ok_or(NOT_POWERS)? % 2 != 0 {
                self.alternating = !self.alternating;
            }
            self.coefficient = &self.coefficient * (-base).power(exponent);
            return Ok(());
        }
        self.coefficient = &self.coefficient * base.power(exponent);
        Ok(())
    }

    /// What an expression in the index tends to.
    fn limit(&self, expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
        limit(expr, self.n, &Expr::infinity(Infinity::Positive), Side::Both, budget)
    }

    /// `u(n + 1)/u(n)`, simplified.
    fn ratio(&self, u: &Expr, budget: &Budget) -> Result<Expr, Reason> {
        let n = Expr::symbol(self.n);
        let next = u.substitute(&[(n.clone(), &n + Expr::one())]);
        let quotient = algebra::simplify_factorial(&(next / u), budget)?;
        algebra::simplify_rational(&quotient, budget)
    }

    fn radius(&self, budget: &Budget) -> Result<Expr, Reason> {
        let limit = self.limit(&self.ratio(&self.coefficient, budget)?, budget)?;
        let size = match self.order(&limit, 0) {
            _ if matches!(limit.kind(), Kind::Infinity(_)) => return Ok(Expr::zero()),
            Some(Ordering::Equal) => return Ok(Expr::infinity(Infinity::Positive)),
            Some(Ordering::Less) => -limit,
            Some(Ordering::Greater) => limit,
            None if algebra::is_zero(&limit, budget)?.is_yes() => return Ok(Expr::infinity(Infinity::Positive)),
            None => return Err(Reason::Unsupported("the limit of the ratio of the coefficients is not known")),
        };
        let root = Rational::fraction(1, self.step).ok_or(NOT_POWERS)?;
        Ok(size.recip().power_rational(&root))
    }

    /// Does the series converge at the end in that direction?
    fn converges_at(&self, radius: &Expr, direction: i64, budget: &Budget) -> Result<bool, Reason> {
        let terms = algebra::simplify_rational(&(&self.coefficient * radius.power(&self.exponent)), budget)?;
        // (-1)^exponent alternates when the exponent grows by odd steps.
        let alternating = self.alternating != (direction < 0 && self.step % 2 != 0);
        if alternating { self.leibniz(&terms, budget) } else { self.keeps_sign(&terms, budget) }
    }

    /// `lim factor*(u(n)/u(n+1) - 1)`; with the factor `n`, Raabe's number.
    fn raabe(&self, u: &Expr, factor: &Expr, budget: &Budget) -> Result<Expr, Reason> {
        let excess = algebra::simplify_rational(&(self.ratio(u, budget)?.recip() - Expr::one()), budget)?;
        self.limit(&(factor * excess), budget)
    }

    /// How a limit compares with an integer.
    fn order(&self, value: &Expr, with: i64) -> Option<Ordering> {
        match value.kind() {
            Kind::Infinity(Infinity::Positive) => Some(Ordering::Greater),
            Kind::Infinity(Infinity::Negative) => Some(Ordering::Less),
            _ => {
                let difference = value - Expr::integer(with);
                match difference.as_rational() {
                    Some(q) => Some(q.cmp(&Rational::ZERO)),
                    None => assume::sign(&difference).or_else(|| tape::sign_by_ball(&difference)),
                }
            }
        }
    }

    fn keeps_sign(&self, u: &Expr, budget: &Budget) -> Result<bool, Reason> {
        let n = Expr::symbol(self.n);
        match self.order(&self.raabe(u, &n, budget)?, 1) {
            Some(Ordering::Greater) => return Ok(true),
            Some(Ordering::Less) => return Ok(false),
            Some(Ordering::Equal) => {}
            None => return Err(UNDECIDED),
        }
        // Like 1/n, or by logarithms apart from it.
        let logarithm = function::log(&n);
        for power in [0, 1] {
            let compared = self.limit(&(u * &n * logarithm.powi(power)), budget)?;
            if self.order(&compared, 0).is_some_and(Ordering::is_ne) {
                return Ok(false);
            }
        }
        let compared = self.limit(&(u * &n * logarithm.powi(2)), budget)?;
        let finite = compared.is_constant() && self.order(&compared, 0).is_some();
        if finite && !matches!(compared.kind(), Kind::Infinity(_)) { Ok(true) } else { Err(UNDECIDED) }
    }

    fn leibniz(&self, u: &Expr, budget: &Budget) -> Result<bool, Reason> {
        let size = self.limit(u, budget)?;
        match self.order(&size, 0) {
            Some(Ordering::Equal) => {}
            Some(_) => return Ok(false),
            None => return Err(UNDECIDED),
        }
        // The terms decrease from some index on when this limit is positive.
        let n = Expr::symbol(self.n);
        for factor in [n.clone(), &n * function::log(&n)] {
            match self.order(&self.raabe(u, &factor, budget)?, 0) {
                Some(Ordering::Greater) => return Ok(true),
                Some(Ordering::Equal) => {}
                _ => return Err(UNDECIDED),
            }
        }
        Err(UNDECIDED)
    }
}

fn base_and_exponent(factor: &Expr) -> (Expr, Expr) {
    match factor.kind() {
        Kind::Power(base, exponent) => match (base.kind(), exponent.as_rational()) {
            // 1/a^n is stored as the power a^n to the power -1.
            (Kind::Power(inner, symbolic), Some(q)) if symbolic.as_rational().is_none() => {
                (inner.clone(), symbolic.scale(&Number::from(q.clone())))
            }
            _ => (base.clone(), exponent.clone()),
        },
        _ => match factor.exp_argument() {
            Some(argument) => (Expr::e(), argument.clone()),
            None => (factor.clone(), Expr::one()),
        },
    }
}

/// Slope and zero of a linear expression.
fn linear(base: &Expr, x: Symbol, budget: &Budget) -> Result<(Expr, Expr), Reason> {
    let symbol = Expr::symbol(x);
    let at = |value: Expr| base.substitute(&[(symbol.clone(), value)]);
    let origin = at(Expr::zero());
    let slope = algebra::expand(&(at(Expr::one()) - &origin), budget)?;
    let rest = algebra::expand(&(base - &slope * &symbol - &origin), budget)?;
    if !rest.is_zero() || slope.is_zero() {
        return Err(NOT_POWERS);
    }
    let center = algebra::expand(&-(origin / &slope), budget)?;
    Ok((slope, center))
}

/// The integer slope of an expression that is linear in the index.
fn slope_in(expr: &Expr, n: Symbol, budget: &Budget) -> Result<Option<i64>, Reason> {
    let symbol = Expr::symbol(n);
    let next = expr.substitute(&[(symbol.clone(), &symbol + Expr::one())]);
    Ok(algebra::expand(&(next - expr), budget)?.to_i64())
}
