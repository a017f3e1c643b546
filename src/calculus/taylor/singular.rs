//! The radius of convergence of a function's power series: the distance to its nearest singular point in the plane.
//!
//! Singular points are sought among the zeros of denominators, of arguments of logarithms and roots, and of what makes the
//! functions of the table break. They are exact, and each is confirmed by the series there: a pole, a fractional power or a
//! logarithm. A zero that turns out removable is passed over.

use std::cell::Cell;
use std::cmp::Ordering;

use super::super::{Interval, IntervalSet};
use super::series;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::assume;
use crate::expr::{Expr, Factor, Function, Infinity, Kind, Reason, Relation, Symbol, Truth, function};
use crate::number::{Number, Rational};
use crate::poly::IntegerPolynomial;
use crate::tape;
use crate::tape::series::{Approach, Side, small_symbol};

/// Singular points of a family that are looked at on each side of the nearest.
const AROUND: i64 = 3;
/// How far series at candidates are expanded.
const ORDER: usize = 6;
const UNKNOWN: Reason = Reason::Unsupported("the singular points of this function are not all known");

/// A point that may be singular.
struct Candidate {
    place: Expr,
    distance: Expr,
}

/// The distance from a point to the nearest singular point; `oo` for entire functions.
///
/// # Errors
/// `Unsupported` when the singular points are not known, `Domain` when the point itself is singular.
pub fn radius_of_function(expr: &Expr, variable: Symbol, point: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    with_search(expr, variable, point, budget, |search| {
        let nearest = search.nearest(search.candidates()?)?;
        Ok(nearest.first().map_or_else(|| Expr::infinity(Infinity::Positive), |one| one.distance.clone()))
    })
}

/// The real points at which the power series converges, from the singular points on the circle of convergence.
///
/// Where the function is like `(1 - t)^s`, perhaps times logarithms, at each of them, the coefficients are like
/// `n^(-s-1)` (Flajolet and Odlyzko, "Singularity analysis of generating functions", 1990): for positive `s` alone the series
/// converges at all ends, with one `s <= -1` at none. In between the coefficients tend to zero, so it converges at regular
/// points (Riesz) and not at those with `s <= 0`.
///
/// # Errors
/// As [`radius_of_function`]; `Unsupported` where the kind of a singular point is not known.
pub(super) fn interval(expr: &Expr, variable: Symbol, point: &Expr, budget: &Budget) -> Result<IntervalSet, Reason> {
    with_search(expr, variable, point, budget, |search| {
        let singular = search.nearest(search.candidates()?)?;
        let Some(radius) = singular.first().map(|one| one.distance.clone()) else {
            return IntervalSet::new([Interval::line()], budget);
        };
        let ends = [point - &radius, point + &radius];
        let mut closed = [true, true];
        for one in &singular {
            let order = search.order(one, point)?;
            if order.signum() > 0 {
                continue;
            }
            let is_at = |end: &Expr| algebra::is_zero(&(end - &one.place), budget).map(Truth::is_yes);
            for (end, closed) in ends.iter().zip(&mut closed) {
                *closed &= order > -&Rational::ONE && !is_at(end)?;
            }
        }
        let [low, high] = ends;
        IntervalSet::new([Interval::new((low, closed[0]), (high, closed[1]), budget)?], budget)
    })
}

fn with_search<T>(
    expr: &Expr,
    variable: Symbol,
    point: &Expr,
    budget: &Budget,
    work: impl FnOnce(&Search) -> Result<T, Reason>,
) -> Result<T, Reason> {
    let subject = match algebra::rational_function(expr, variable, budget)? {
        Some(_) => algebra::simplify_rational(expr, budget)?,
        None => expr.clone(),
    };
    work(&Search { expr: &subject, variable, point, budget, has_more: Cell::new(false) })
}

struct Search<'a> {
    expr: &'a Expr,
    variable: Symbol,
    point: &'a Expr,
    budget: &'a Budget,
    /// Are there further candidates, of families without end?
    has_more: Cell<bool>,
}

impl Search<'_> {
    fn candidates(&self) -> Result<Vec<Candidate>, Reason> {
        let mut all = Vec::new();
        for part in self.parts()? {
            all.extend(self.zeros(&part)?);
        }
        Ok(all)
    }

    /// The parts at whose zeros the function may be singular.
    fn parts(&self) -> Result<Vec<Expr>, Reason> {
        let mut parts = Vec::new();
        for node in self.expr.shared_nodes().filter(|node| node.has_symbol(self.variable)) {
            match node.kind() {
                Kind::Symbol(_) | Kind::Sum(_) => {}
                Kind::Product(product) => {
                    let reciprocal =
                        |f: &Factor| f.exponent.is_integer() && f.base.argument_of(&function::GAMMA).is_some();
                    let broken = product.factors().iter().filter(|f| breaks(&f.exponent) && !reciprocal(f));
                    parts.extend(broken.map(|f| f.base.clone()).filter(|base| base.has_symbol(self.variable)));
                }
                Kind::Power(base, exponent) => {
                    let reciprocal = exponent.to_i64().is_some() && base.argument_of(&function::GAMMA).is_some();
                    if exponent.as_rational().is_none_or(breaks) && base.has_symbol(self.variable) && !reciprocal {
                        self.check_exponent(exponent)?;
                        parts.push(base.clone());
                    }
                }
                Kind::Call(Function::Elementary(record), arguments) => match arguments.as_ref() {
                    [_] if record.name == "gamma" && self.is_reciprocal(&node) => {}
                    [order, u] if record.name == "polylog" && order.to_i64().is_some() => parts.push(u - Expr::one()),
                    [u] => parts.extend(part_of_call(record.name, u).ok_or(UNKNOWN)?),
                    // Of integer orders they are entire.
                    [order, _] if matches!(record.name, "bessel_J" | "bessel_I") && order.to_i64().is_some() => {}
                    _ => return Err(UNKNOWN),
                },
                _ => return Err(UNKNOWN),
            }
        }
        Ok(parts)
    }

    /// Does it stand in denominators alone? The reciprocal of gamma is entire.
    fn is_reciprocal(&self, gamma: &Expr) -> bool {
        let bare = |node: &Expr| match node.kind() {
            Kind::Power(base, exponent) if base == gamma => {
                exponent.as_rational().is_none_or(|q| !q.is_integer() || !q.is_negative())
            }
            _ => node.children().contains(gamma),
        };
        self.expr != gamma && !self.expr.shared_nodes().any(|node| bare(&node))
    }

    /// A power with an exponent that is no number branches, unless the exponent is a natural number.
    fn check_exponent(&self, exponent: &Expr) -> Result<(), Reason> {
        let natural = Expr::relation(Relation::Less, exponent.clone(), Expr::zero());
        let may_be_natural = exponent.as_rational().is_none()
            && !exponent.has_symbol(self.variable)
            && !assume::is_integer(exponent).is_no()
            && assume::sign(exponent) != Some(Ordering::Less)
            && !exponent.is_constant();
        if may_be_natural { Err(Reason::Unknown(natural)) } else { Ok(()) }
    }

    /// The zeros of a part that are nearest, in the plane.
    fn zeros(&self, part: &Expr) -> Result<Vec<Candidate>, Reason> {
        match part.kind() {
            Kind::Product(product) => {
                let mut all = Vec::new();
                for factor in product.factors().iter().filter(|f| f.base.has_symbol(self.variable)) {
                    all.extend(self.zeros(&factor.base)?);
                }
                return Ok(all);
            }
            Kind::Power(base, _) => return self.zeros(base),
            _ if part.exp_argument().is_some() => return Ok(Vec::new()),
            _ => {}
        }
        let Some(function) = algebra::rational_function(part, self.variable, self.budget)? else {
            return match self.linear(part)? {
                Some((slope, origin)) => Ok(vec![self.candidate(-(origin / slope))?]),
                None => self.family(part),
            };
        };
        let mut all = Vec::new();
        let whole = function.numerator().numerator();
        for (factor, _) in whole.factor_within(self.budget)?.factors {
            match self.roots(&factor) {
                Err(UNKNOWN) => return self.roots(whole),
                found => all.extend(found?),
            }
        }
        Ok(all)
    }

    /// The roots of an irreducible polynomial.
    fn roots(&self, factor: &IntegerPolynomial) -> Result<Vec<Candidate>, Reason> {
        let c = |n: usize| Expr::number(factor.coefficient(n).clone());
        let degree = factor.len().saturating_sub(1);
        match degree {
            0 => Ok(Vec::new()),
            1 => Ok(vec![self.candidate(-(c(0) / c(1)))?]),
            2 => {
                let discriminant = c(1).powi(2) - Expr::integer(4) * c(0) * c(2);
                let root = |sign: i64| (Expr::integer(sign) * discriminant.sqrt() - c(1)) / (Expr::integer(2) * c(2));
                Ok(vec![self.candidate(root(1))?, self.candidate(root(-1))?])
            }
            _ if (1..degree).all(|k| factor.coefficient(k).is_zero()) && tape::is_real_by_ball(self.point).is_yes() => {
                let quotient = Rational::ratio(factor.coefficient(0), factor.coefficient(degree)).ok_or(UNKNOWN)?;
                self.roots_of_binomial(&-quotient, degree as i64)
            }
            _ => Err(UNKNOWN),
        }
    }

    /// The roots of `x^degree = q`, with their distances from a real point by the law of cosines.
    fn roots_of_binomial(&self, q: &Rational, degree: i64) -> Result<Vec<Candidate>, Reason> {
        let share = Rational::fraction(1, degree).unwrap_or(Rational::ONE);
        let size = Expr::number(q.abs()).power_rational(&share);
        let root = |k: i64| {
            // In half turns over the degree.
            let angle = Expr::pi() * Expr::fraction(2 * k + i64::from(q.is_negative()), degree);
            let place = &size * function::exp(&(Expr::i() * &angle));
            if self.point.is_zero() {
                return Ok(Candidate { place, distance: size.clone() });
            }
            let across = Expr::integer(2) * &size * self.point * function::cos(&angle);
            let square = algebra::expand(&(size.powi(2) + self.point.powi(2) - across), self.budget)?;
            Ok(Candidate { place, distance: square.sqrt() })
        };
        (0..degree).map(root).collect()
    }

    /// A candidate with its distance, as the root of a sum of squares.
    fn candidate(&self, place: Expr) -> Result<Candidate, Reason> {
        let difference = algebra::expand(&(&place - self.point), self.budget)?;
        let across = &difference * -Expr::i();
        let distance = match (tape::sign_by_ball(&difference), tape::sign_by_ball(&across)) {
            (Some(Ordering::Less), _) => -difference,
            (Some(_), _) => difference,
            (None, Some(Ordering::Less)) => -across,
            (None, Some(_)) => across,
            (None, None) => {
                let mirrored = conjugate(&difference).ok_or(UNKNOWN)?;
                algebra::expand(&(&difference * mirrored), self.budget)?.sqrt()
            }
        };
        Ok(Candidate { place, distance })
    }

    /// Zeros of `sin(u) + c`, `cos(u) + c`, `cosh(u) + c`, `sinh(u)` and `a*exp(u) + b` for a linear `u`, and of logarithms,
    /// inverse functions and roots of a linear one.
    fn family(&self, part: &Expr) -> Result<Vec<Candidate>, Reason> {
        if let Some(inner) = self.inverted(part)? {
            return self.zeros(&inner);
        }
        let (inner, firsts, period) = match part.as_call() {
            Some((called, [u])) => match called.name() {
                "gamma" => return self.poles_of_gamma(u),
                "sinh" => (u.clone(), vec![Expr::zero()], Expr::i() * Expr::pi()),
                _ => self.wave(part, &Expr::zero())?,
            },
            _ => match self.exponential(part) {
                Ok((inner, first, period)) => (inner, vec![first], period),
                Err(_) => {
                    let (only, value) = self.isolated(part)?;
                    self.wave(&only, &value)?
                }
            },
        };
        self.has_more.set(true);
        let (slope, origin) = self.linear(&inner)?.ok_or(UNKNOWN)?;
        let here = &slope * self.point + &origin;
        let mut all = Vec::new();
        for first in &firsts {
            // The zero whose multiple of the period is nearest to u at the point, and its neighbours.
            let nearest = real_part_of(&((&here - first) / &period)).ok_or(UNKNOWN)?.round() as i64;
            for k in nearest - AROUND..=nearest + AROUND {
                let value = first + Expr::integer(k) * &period - &origin;
                all.push(self.candidate(algebra::expand(&(value / &slope), self.budget)?)?);
            }
        }
        Ok(all)
    }

    /// The varying part of a sum and the number that it is where the sum vanishes.
    fn isolated(&self, part: &Expr) -> Result<(Expr, Expr), Reason> {
        let Kind::Sum(sum) = part.kind() else { return Err(UNKNOWN) };
        let varying: Vec<Expr> = sum.parts().filter(|part| part.has_symbol(self.variable)).collect();
        let [only] = varying.as_slice() else { return Err(UNKNOWN) };
        let (base, coefficient) = only.split_coefficient();
        Ok((base, -((part - only) / Expr::number(coefficient))))
    }

    /// Where a sine, a cosine or a hyperbolic cosine of `u` is a real number: `u`, the places in one period, and the period.
    fn wave(&self, part: &Expr, value: &Expr) -> Result<(Expr, Vec<Expr>, Expr), Reason> {
        let Some((called, [u])) = part.as_call() else { return Err(UNKNOWN) };
        let beyond = tape::sign_by_ball(&(value.powi(2) - Expr::one()));
        // The arccosine, without complex arguments.
        let angle = match tape::sign_by_ball(value) {
            Some(sign) if beyond == Some(Ordering::Greater) => {
                let size = if sign.is_lt() { -value } else { value.clone() };
                let growth = function::log(&(&size + (size.powi(2) - Expr::one()).sqrt()));
                let turn = if sign.is_lt() { Expr::pi() } else { Expr::zero() };
                turn + Expr::i() * growth
            }
            None if !value.is_zero() => return Err(UNKNOWN),
            _ => function::apply("arccos", std::slice::from_ref(value)).ok_or(UNKNOWN)?,
        };
        let turn = Expr::integer(2) * Expr::pi();
        let half = Expr::pi() * Expr::fraction(1, 2);
        Ok(match called.name() {
            "cos" => (u.clone(), vec![angle.clone(), -angle], turn),
            "sin" => (u.clone(), vec![&half - &angle, half + angle], turn),
            "cosh" => {
                let side = Expr::i() * angle;
                (u.clone(), vec![side.clone(), -side], Expr::i() * turn)
            }
            _ => return Err(UNKNOWN),
        })
    }

    /// What vanishes with a logarithm, an inverse function or a root of a real linear part, and a number: on the way from a
    /// real point inside the domain no branch is left before a branch point is met.
    fn inverted(&self, part: &Expr) -> Result<Option<Expr>, Reason> {
        let (base, value) = match part.kind() {
            Kind::Sum(_) => match self.isolated(part) {
                Ok(isolated) => isolated,
                Err(_) => return Ok(None),
            },
            _ => (part.clone(), Expr::zero()),
        };
        let real = |e: &Expr| tape::is_real_by_ball(e).is_yes();
        let at = |u: &Expr| u.substitute(&[(Expr::symbol(self.variable), self.point.clone())]);
        let domain = |u: &Expr, distance: &dyn Fn(&Expr) -> Expr| -> Result<bool, Reason> {
            let Some((slope, origin)) = self.linear(u)? else { return Ok(false) };
            let inside = tape::sign_by_ball(&distance(&at(u))) == Some(Ordering::Greater);
            Ok(real(&slope) && real(&origin) && real(self.point) && inside)
        };
        let positive: &dyn Fn(&Expr) -> Expr = &|u| u.clone();
        if let Some((called, [u])) = base.as_call() {
            let distance: &dyn Fn(&Expr) -> Expr = match called.name() {
                "log" => positive,
                "arctan" | "arcsinh" => &|_| Expr::one(),
                "arcsin" | "arctanh" => &|u| Expr::one() - u.powi(2),
                _ => return Ok(None),
            };
            if !domain(u, distance)? {
                return Ok(None);
            }
            return Ok(match called.name() {
                "log" => Some(u - function::exp(&value)),
                _ if value.is_zero() => Some(u.clone()),
                _ => None,
            });
        }
        match base.kind() {
            Kind::Power(u, exponent) if domain(u, positive)? => {
                let degree = exponent.as_rational().and_then(Rational::recip).and_then(|q| q.to_i64());
                Ok(degree.filter(|n| (2..=4).contains(n)).map(|n| u - value.powi(n)))
            }
            _ => Ok(None),
        }
    }

    /// Slope and value at zero of something linear in the variable.
    fn linear(&self, part: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let x = Expr::symbol(self.variable);
        let at = |value: &Expr| part.substitute(&[(x.clone(), value.clone())]);
        let origin = at(&Expr::zero());
        let slope = algebra::expand(&(at(&Expr::one()) - &origin), self.budget)?;
        let rest = algebra::expand(&(part - &slope * &x - &origin), self.budget)?;
        Ok((rest.is_zero() && !slope.is_zero()).then_some((slope, origin)))
    }

    /// The poles of `gamma(u)` next to the point: where a linear `u` is a whole number, not positive.
    fn poles_of_gamma(&self, u: &Expr) -> Result<Vec<Candidate>, Reason> {
        self.has_more.set(true);
        let (slope, origin) = self.linear(u)?.ok_or(UNKNOWN)?;
        let here = real_part_of(&(&slope * self.point + &origin)).ok_or(UNKNOWN)?.round() as i64;
        let last = here.min(0);
        let place = |k: i64| self.candidate(algebra::expand(&((Expr::integer(k) - &origin) / &slope), self.budget)?);
        (last - AROUND..=(last + AROUND).min(0)).map(place).collect()
    }

    /// `u`, `log(c)` and the period for `a*exp(u) + b`, which vanishes where `u` is a logarithm of `c = -b/a`.
    fn exponential(&self, part: &Expr) -> Result<(Expr, Expr, Expr), Reason> {
        let (base, value) = self.isolated(part)?;
        let Some(argument) = base.exp_argument() else { return Err(UNKNOWN) };
        Ok((argument.clone(), function::log(&value), Expr::integer(2) * Expr::pi() * Expr::i()))
    }

    /// The singular points that are nearest; none for entire functions.
    fn nearest(&self, mut candidates: Vec<Candidate>) -> Result<Vec<Candidate>, Reason> {
        let mut found: Vec<Candidate> = Vec::new();
        while !candidates.is_empty() {
            self.budget.check()?;
            let mut best = 0;
            for index in 1..candidates.len() {
                if self.compare(&candidates[index].distance, &candidates[best].distance)?.is_lt() {
                    best = index;
                }
            }
            let candidate = candidates.swap_remove(best);
            if let Some(first) = found.first()
                && self.compare(&candidate.distance, &first.distance)?.is_gt()
            {
                return Ok(found);
            }
            let same = |one: &Candidate| algebra::is_zero(&(&one.place - &candidate.place), self.budget);
            let known = found.iter().map(same).collect::<Result<Vec<Truth>, Reason>>()?;
            if known.iter().any(|known| known.is_yes()) || !self.is_singular(&candidate.place)? {
                continue;
            }
            if candidate.distance.is_zero() {
                return Err(Reason::Domain("the function is singular at the point of expansion"));
            }
            let distance = algebra::expand(&candidate.distance, self.budget)?;
            found.push(Candidate { place: candidate.place, distance });
        }
        if found.is_empty() && self.has_more.get() { Err(UNKNOWN) } else { Ok(found) }
    }

    fn compare(&self, one: &Expr, other: &Expr) -> Result<Ordering, Reason> {
        let difference = one - other;
        match tape::sign_by_ball(&difference) {
            Some(sign) => Ok(sign),
            None if algebra::is_zero(&difference, self.budget)?.is_yes() => Ok(Ordering::Equal),
            None => Err(UNKNOWN),
        }
    }

    /// The exponent of the leading term that is not regular at a singular point, seen from inside the circle.
    fn order(&self, singular: &Candidate, point: &Expr) -> Result<Rational, Reason> {
        let side = match tape::sign_by_ball(&(&singular.place - point)) {
            Some(Ordering::Greater) => Side::Left,
            // Off the line the branches may be others when roots and logarithms stand in each other.
            None if self.has_nested_branches() => return Err(UNKNOWN),
            _ => Side::Right,
        };
        let approach = Approach::one_sided(&singular.place, side);
        let expansion = series(self.expr, self.variable, &approach, ORDER, self.budget)?;
        let irregular = |(exponent, coefficient): &(Rational, &Expr)| {
            exponent.is_negative() || !exponent.is_integer() || coefficient.has_symbol(small_symbol())
        };
        let first = expansion.terms().find(irregular).map(|(exponent, _)| exponent);
        first.ok_or(UNKNOWN)
    }

    fn has_nested_branches(&self) -> bool {
        let branches = |node: &Expr| branch_part(node).filter(|part| part.has_symbol(self.variable));
        self.expr
            .shared_nodes()
            .filter_map(|node| branches(&node))
            .any(|part| part.shared_nodes().any(|node| branches(&node).is_some()))
    }

    /// Does the series at a candidate show a pole, a fractional power or a logarithm?
    fn is_singular(&self, place: &Expr) -> Result<bool, Reason> {
        let from = |side| series(self.expr, self.variable, &Approach::one_sided(place, side), ORDER, self.budget);
        let expansion = match from(Side::Both) {
            Err(Reason::Unsupported(text)) if !text.starts_with("an essential") => from(Side::Right),
            other => other,
        };
        match expansion {
            Ok(series) => {
                let pole = series.leading().is_some_and(|(exponent, _)| exponent.is_negative());
                if pole || series.has_logarithms() || !series.has_integer_exponents() {
                    return Ok(true);
                }
                // Removable, if only poles were in question; a branch point may hide in higher terms.
                if self.may_branch(place)? { Err(UNKNOWN) } else { Ok(false) }
            }
            Err(Reason::Unsupported(text)) if text.starts_with("an essential") => Ok(true),
            Err(Reason::Unsupported(_)) if self.breaks_once(place)? => Ok(true),
            Err(Reason::Unsupported(_)) => Err(UNKNOWN),
            Err(reason) => Err(reason),
        }
    }

    /// Is there just one function that is singular at the place, and is it used rationally, so that nothing can undo that?
    fn breaks_once(&self, place: &Expr) -> Result<bool, Reason> {
        let x = Expr::symbol(self.variable);
        let mut singular = Vec::new();
        for node in self.expr.shared_nodes() {
            let part = match (node.as_call(), node.kind()) {
                (Some((called, [u])), _) => part_of_call(called.name(), u).flatten(),
                // An exponent that is no number was seen not to be natural.
                (_, Kind::Power(base, exponent)) if exponent.as_rational().is_none() => Some(base.clone()),
                _ => None,
            };
            if let Some(part) = part
                && part.has_symbol(self.variable)
                && !algebra::is_zero(&part.substitute(&[(x.clone(), place.clone())]), self.budget)?.is_no()
            {
                singular.push(node.clone());
            }
        }
        match singular.as_slice() {
            [only] if only.as_call().is_none_or(|(called, _)| called.name() != "log") => {
                Ok(is_used_rationally(self.expr, only))
            }
            _ => Ok(false),
        }
    }

    /// Do roots or logarithms occur that may branch at a place?
    fn may_branch(&self, place: &Expr) -> Result<bool, Reason> {
        let x = Expr::symbol(self.variable);
        for node in self.expr.shared_nodes().filter(|node| node.has_symbol(self.variable)) {
            let Some(part) = branch_part(&node).filter(|part| part.has_symbol(self.variable)) else { continue };
            let value = part.substitute(&[(x.clone(), place.clone())]);
            let holds = match value.is_undefined() {
                // A hole, perhaps: sin(x)/x at zero.
                true => series(&part, self.variable, &Approach::both(place), ORDER, self.budget)
                    .is_ok_and(|series| series.leading().is_some_and(|(exponent, _)| exponent.is_zero())),
                false => algebra::is_zero(&value, self.budget)?.is_no(),
            };
            if !holds {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

/// What vanishes where a root, a logarithm or an inverse function branches.
fn branch_part(node: &Expr) -> Option<Expr> {
    match node.kind() {
        Kind::Power(base, exponent) => exponent.as_rational().is_none_or(|q| !q.is_integer()).then(|| base.clone()),
        Kind::Product(product) => {
            let broken = product.factors().iter().filter(|f| !f.exponent.is_integer());
            let part = Expr::product(broken.map(|f| f.base.clone()).collect::<Vec<_>>());
            (!part.is_one()).then_some(part)
        }
        Kind::Call(called, arguments) => match (called.name(), arguments.as_ref()) {
            ("log", [u]) => Some(u.clone()),
            (name, [u]) if name.starts_with("arc") => part_of_call(name, u)?,
            (name, _) if name.starts_with("lambert") => Some(Expr::zero()),
            _ => None,
        },
        _ => None,
    }
}

/// Does a node occur in an expression below sums, products and integer powers alone?
fn is_used_rationally(expr: &Expr, node: &Expr) -> bool {
    if expr == node {
        return true;
    }
    let contains = |e: &Expr| e.shared_nodes().any(|own| own == *node);
    match expr.kind() {
        Kind::Sum(sum) => sum.terms().iter().filter(|t| contains(&t.base)).all(|t| is_used_rationally(&t.base, node)),
        Kind::Product(product) => {
            let factors = product.factors().iter().filter(|f| contains(&f.base));
            factors.into_iter().all(|f| f.exponent.is_integer() && is_used_rationally(&f.base, node))
        }
        Kind::Power(base, exponent) => {
            exponent.as_rational().is_some_and(Rational::is_integer) && is_used_rationally(base, node)
        }
        _ => false,
    }
}

fn breaks(exponent: &Rational) -> bool {
    exponent.is_negative() || !exponent.is_integer()
}

/// What must not vanish for a function to be analytic; nothing for entire functions, `None` for unknown ones.
fn part_of_call(name: &str, u: &Expr) -> Option<Option<Expr>> {
    let call = |f: &str| function::apply(f, std::slice::from_ref(u));
    Some(match name {
        "exp" | "sin" | "cos" | "sinh" | "cosh" | "erf" | "erfc" | "erfi" | "sin_integral" | "sinh_integral"
        | "airy_ai" | "airy_bi" | "fresnel_sin" | "fresnel_cos" => None,
        "log" | "Ei" | "cos_integral" | "cosh_integral" | "exp_integral_e1" => Some(u.clone()),
        "log_integral" => Some(u.powi(2) - u),
        "dilog" | "elliptic_kc" | "elliptic_ec" => Some(u - Expr::one()),
        "lambert_w" => Some(u + function::exp(&Expr::integer(-1))),
        "arcsec" | "arccsc" | "arcsech" => Some(u.powi(3) - u),
        "arccsch" => Some(u.powi(3) + u),
        "zeta" => Some(u - Expr::one()),
        "gamma" | "log_gamma" | "psi" => Some(call("gamma")?),
        "tan" | "sec" => Some(call("cos")?),
        "cot" | "csc" => Some(call("sin")?),
        "tanh" | "sech" => Some(call("cosh")?),
        "coth" | "csch" => Some(call("sinh")?),
        "arctan" | "arccot" | "arcsinh" => Some(u.powi(2) + Expr::one()),
        "arctanh" | "arccoth" | "arcsin" | "arccos" | "arccosh" => Some(u.powi(2) - Expr::one()),
        _ => return None,
    })
}

/// The conjugate of a constant made of complex numbers and real parts; `None` for others.
fn conjugate(constant: &Expr) -> Option<Expr> {
    let of_number = |number: &Number| {
        let (re, im) = number.parts();
        Expr::number(re) - Expr::number(im) * Expr::i()
    };
    match constant.kind() {
        Kind::Number(number) => Some(of_number(number)),
        Kind::Sum(sum) => sum.parts().map(|part| conjugate(&part)).collect::<Option<Vec<_>>>().map(Expr::sum),
        Kind::Product(product) => {
            let real = product.factors().iter().all(|f| tape::is_real_by_ball(&f.to_expr()).is_yes());
            real.then(|| of_number(product.coefficient()) * product.without_coefficient())
        }
        _ => tape::is_real_by_ball(constant).is_yes().then(|| constant.clone()),
    }
}

/// The real part of a constant as a machine number.
fn real_part_of(constant: &Expr) -> Option<f64> {
    let budget = Budget::unlimited();
    let questions = tape::Questions { is_zero: &|_| Truth::Unknown, budget: &budget };
    let found = tape::evaluate(constant, 53, &questions).ok()?;
    Some(Number::to_f64_parts(&found.value).0).filter(|value| value.is_finite())
}
