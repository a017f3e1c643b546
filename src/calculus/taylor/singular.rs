//! The radius of convergence of a function's power series: the distance to its nearest singular point in the plane.
//!
//! Singular points are sought among the zeros of denominators, of arguments of logarithms and roots, and of what makes the
//! functions of the table break. They are exact, and each is confirmed by the series there: a pole, a fractional power or a
//! logarithm. A zero that turns out removable is passed over.

use std::cmp::Ordering;

use super::series;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, Truth, function};
use crate::number::{Number, Rational};
use crate::poly::IntegerPolynomial;
use crate::tape;
use crate::tape::series::{Approach, Side};

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
    let subject = match algebra::rational_function(expr, variable, budget)? {
        Some(_) => algebra::simplify_rational(expr, budget)?,
        None => expr.clone(),
    };
    let search = Search { expr: &subject, variable, point, budget };
    let mut candidates = Vec::new();
    for part in search.parts()? {
        candidates.extend(search.zeros(&part)?);
    }
    search.nearest(candidates)
}

struct Search<'a> {
    expr: &'a Expr,
    variable: Symbol,
    point: &'a Expr,
    budget: &'a Budget,
}

impl Search<'_> {
    /// The parts at whose zeros the function may be singular.
    fn parts(&self) -> Result<Vec<Expr>, Reason> {
        let mut parts = Vec::new();
        for node in self.expr.shared_nodes().filter(|node| node.has_symbol(self.variable)) {
            match node.kind() {
                Kind::Symbol(_) | Kind::Sum(_) => {}
                Kind::Product(product) => {
                    let broken = product.factors().iter().filter(|f| breaks(&f.exponent));
                    parts.extend(broken.map(|f| f.base.clone()).filter(|base| base.has_symbol(self.variable)));
                }
                Kind::Power(base, exponent) => {
                    if exponent.as_rational().is_none_or(breaks) && base.has_symbol(self.variable) {
                        parts.push(base.clone());
                    }
                }
                Kind::Call(Function::Elementary(record), arguments) => match arguments.as_ref() {
                    [u] => parts.extend(part_of_call(record.name, u).ok_or(UNKNOWN)?),
                    _ => return Err(UNKNOWN),
                },
                _ => return Err(UNKNOWN),
            }
        }
        Ok(parts)
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
            return self.family(part);
        };
        let mut all = Vec::new();
        for (factor, _) in function.numerator().numerator().factor_within(self.budget)?.factors {
            all.extend(self.roots(&factor)?);
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
            _ if self.point.is_zero() && (1..degree).all(|k| factor.coefficient(k).is_zero()) => {
                let quotient = Rational::ratio(factor.coefficient(0), factor.coefficient(degree)).ok_or(UNKNOWN)?;
                Ok(vec![root_of_binomial(&-quotient, degree as i64)])
            }
            _ => Err(UNKNOWN),
        }
    }

    /// A candidate with its distance, as the root of a sum of squares.
    fn candidate(&self, place: Expr) -> Result<Candidate, Reason> {
        let difference = algebra::expand(&(&place - self.point), self.budget)?;
        let distance = match tape::sign_by_ball(&difference) {
            Some(Ordering::Less) => -difference,
            Some(_) => difference,
            None => {
                let mirrored = conjugate(&difference).ok_or(UNKNOWN)?;
                algebra::expand(&(&difference * mirrored), self.budget)?.sqrt()
            }
        };
        Ok(Candidate { place, distance })
    }

    /// Zeros of `sin(u)`, `cos(u)`, `sinh(u)`, `cosh(u)` and `a*exp(u) + b` for a linear `u`.
    fn family(&self, part: &Expr) -> Result<Vec<Candidate>, Reason> {
        let half_turn = Expr::pi() * Expr::fraction(1, 2);
        let (inner, first, period) = match part.as_call() {
            Some((called, [u])) => match called.name() {
                "sin" => (u.clone(), Expr::zero(), Expr::pi()),
                "cos" => (u.clone(), half_turn, Expr::pi()),
                "sinh" => (u.clone(), Expr::zero(), Expr::i() * Expr::pi()),
                "cosh" => (u.clone(), Expr::i() * half_turn, Expr::i() * Expr::pi()),
                _ => return Err(UNKNOWN),
            },
            _ => self.exponential(part)?,
        };
        let x = Expr::symbol(self.variable);
        let at = |value: &Expr| inner.substitute(&[(x.clone(), value.clone())]);
        let (origin, here) = (at(&Expr::zero()), at(self.point));
        let slope = algebra::expand(&(at(&Expr::one()) - &origin), self.budget)?;
        let rest = algebra::expand(&(&inner - &slope * &x - &origin), self.budget)?;
        if !rest.is_zero() || slope.is_zero() {
            return Err(UNKNOWN);
        }
        // The zero whose multiple of the period is nearest to u at the point, and its neighbours.
        let nearest = real_part_of(&((&here - &first) / &period)).ok_or(UNKNOWN)?.round() as i64;
        let place = |k: i64| {
            let value = &first + Expr::integer(k) * &period - &origin;
            self.candidate(algebra::expand(&(value / &slope), self.budget)?)
        };
        (nearest - AROUND..=nearest + AROUND).map(place).collect()
    }

    /// `u`, `log(c)` and the period for `a*exp(u) + b`, which vanishes where `u` is a logarithm of `c = -b/a`.
    fn exponential(&self, part: &Expr) -> Result<(Expr, Expr, Expr), Reason> {
        let Kind::Sum(sum) = part.kind() else { return Err(UNKNOWN) };
        let varying: Vec<Expr> = sum.parts().filter(|part| part.has_symbol(self.variable)).collect();
        let [only] = varying.as_slice() else { return Err(UNKNOWN) };
        let (base, coefficient) = only.split_coefficient();
        let Some(argument) = base.exp_argument() else { return Err(UNKNOWN) };
        let value = -((part - only) / Expr::number(coefficient));
        Ok((argument.clone(), function::log(&value), Expr::integer(2) * Expr::pi() * Expr::i()))
    }

    /// The distance of the nearest candidate that is singular.
    fn nearest(&self, mut candidates: Vec<Candidate>) -> Result<Expr, Reason> {
        while !candidates.is_empty() {
            self.budget.check()?;
            let mut best = 0;
            for index in 1..candidates.len() {
                let difference = &candidates[index].distance - &candidates[best].distance;
                match tape::sign_by_ball(&difference) {
                    Some(Ordering::Less) => best = index,
                    Some(_) => {}
                    None if algebra::is_zero(&difference, self.budget)?.is_yes() => {}
                    None => return Err(UNKNOWN),
                }
            }
            let candidate = candidates.swap_remove(best);
            if self.is_singular(&candidate.place)? {
                return match candidate.distance.is_zero() {
                    true => Err(Reason::Domain("the function is singular at the point of expansion")),
                    false => algebra::expand(&candidate.distance, self.budget),
                };
            }
        }
        Ok(Expr::infinity(Infinity::Positive))
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
                if self.may_branch() { Err(UNKNOWN) } else { Ok(false) }
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
            if let Some((called, [u])) = node.as_call()
                && let Some(Some(part)) = part_of_call(called.name(), u)
                && part.has_symbol(self.variable)
                && !algebra::is_zero(&part.substitute(&[(x.clone(), place.clone())]), self.budget)?.is_no()
            {
                singular.push(node.clone());
            }
        }
        match singular.as_slice() {
            [only] if only.as_call().is_some_and(|(called, _)| called.name() != "log") => {
                Ok(is_used_rationally(self.expr, only))
            }
            _ => Ok(false),
        }
    }

    /// Do roots or logarithms of parts with the variable occur?
    fn may_branch(&self) -> bool {
        self.expr.shared_nodes().filter(|node| node.has_symbol(self.variable)).any(|node| match node.kind() {
            Kind::Power(_, exponent) => exponent.as_rational().is_none_or(|q| !q.is_integer()),
            Kind::Product(product) => product.factors().iter().any(|f| !f.exponent.is_integer()),
            Kind::Call(called, _) => called.name() == "log" || called.name().starts_with("arc"),
            _ => false,
        })
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

/// A root of `x^degree = q`, which stands for all of them: they are equally far from the origin.
fn root_of_binomial(q: &Rational, degree: i64) -> Candidate {
    let share = Rational::fraction(1, degree).unwrap_or(Rational::ONE);
    let distance = Expr::number(q.abs()).power_rational(&share);
    let place = match (q.is_negative(), degree % 2) {
        (false, _) => distance.clone(),
        (true, 1) => -&distance,
        (true, _) => &distance * function::exp(&(Expr::i() * Expr::pi() * Expr::number(share))),
    };
    Candidate { place, distance }
}

fn breaks(exponent: &Rational) -> bool {
    exponent.is_negative() || !exponent.is_integer()
}

/// What must not vanish for a function to be analytic; nothing for entire functions, `None` for unknown ones.
fn part_of_call(name: &str, u: &Expr) -> Option<Option<Expr>> {
    let call = |f: &str| function::apply(f, std::slice::from_ref(u));
    Some(match name {
        "exp" | "sin" | "cos" | "sinh" | "cosh" | "erf" | "erfc" | "erfi" | "sin_integral" | "sinh_integral" => None,
        "log" => Some(u.clone()),
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
