//! The inverse transform: partial fractions, real linear and quadratic factors to powers, powers, shifts.

use crate::algebra;
use crate::budget::Budget;
use crate::calculus::diff;
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol, assume, function};
use crate::number::{Integer, Rational};
use crate::poly::{PartialFraction, RationalFunction, RationalPolynomial};

/// The function of `t` whose transform is `f`, a function of `s`; what is not known stays as a call of `ilt`.
///
/// # Errors
/// `Unknown` with the fact that is missing, `Budget` when stopped.
pub fn inverse_laplace(f: &Expr, s: Symbol, t: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    Inverse { s, t, budget }.of(f)
}

struct Inverse<'b> {
    s: Symbol,
    t: Symbol,
    budget: &'b Budget,
}

/// Terms with the same constant factor and the same exponential `e^(k*s)`.
struct Group {
    constant: Expr,
    exponent: Expr,
    parts: Vec<Expr>,
}

impl Inverse<'_> {
    fn held(&self, f: &Expr) -> Expr {
        let arguments = vec![f.clone(), Expr::symbol(self.s), Expr::symbol(self.t)];
        Expr::held(Function::Elementary(&function::ILT), arguments)
    }

    fn of(&self, f: &Expr) -> Result<Expr, Reason> {
        if let Kind::Relation(relation, left, right) = f.kind() {
            return Ok(Expr::relation(*relation, self.of(left)?, self.of(right)?));
        }
        if f.has_symbol(self.t) {
            return Ok(self.held(f));
        }
        if !f.has_symbol(self.s) {
            return Ok(f * function::dirac_delta(&Expr::symbol(self.t)));
        }
        if let Some(found) = self.plain(f)? {
            return Ok(found);
        }
        let mut answer = Vec::new();
        for group in self.groups(f)? {
            answer.push(self.group(&group.constant, &Expr::sum(group.parts), &group.exponent)?);
        }
        Ok(Expr::sum(answer))
    }

    /// A rational function, with rational coefficients or not.
    fn plain(&self, f: &Expr) -> Result<Option<Expr>, Reason> {
        if let Some(rational) = algebra::rational_function(f, self.s, self.budget)? {
            return self.rational(&rational).map(Some);
        }
        Ok(None)
    }

    /// The terms, gathered.
    fn groups(&self, f: &Expr) -> Result<Vec<Group>, Reason> {
        let mut groups: Vec<Group> = Vec::new();
        for term in algebra::terms(&algebra::expand(f, self.budget)?) {
            let (mut constants, mut rest, mut exponent) = (Vec::new(), Vec::new(), Expr::zero());
            for factor in algebra::factors(&term) {
                match factor.exp_argument().map(|argument| self.linear(argument)).transpose()?.flatten() {
                    _ if factor.as_rational().is_some() => rest.push(factor),
                    _ if !factor.has_symbol(self.s) => constants.push(factor),
                    Some((slope, constant)) => {
                        exponent = exponent + slope;
                        constants.push(function::exp(&constant));
                    }
                    None => rest.push(factor),
                }
            }
            let (constant, rest) = (Expr::product(constants), Expr::product(rest));
            match groups.iter_mut().find(|group| group.constant == constant && group.exponent == exponent) {
                Some(group) => group.parts.push(rest),
                None => groups.push(Group { constant, exponent, parts: vec![rest] }),
            }
        }
        Ok(groups)
    }

    fn linear(&self, argument: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let slope = algebra::expand(&diff(argument, self.s, self.budget)?, self.budget)?;
        let constant = argument.substitute_symbol(self.s, &Expr::zero());
        Ok((!slope.has_symbol(self.s) && !constant.is_undefined()).then_some((slope, constant)))
    }

    /// `constant*whole*e^(k*s)`: the inverse without the exponential, later by `-k`.
    fn group(&self, constant: &Expr, whole: &Expr, k: &Expr) -> Result<Expr, Reason> {
        let question = || constant * self.held(&(whole * function::exp(&(k * Expr::symbol(self.s)))));
        let Some(found) = self.known(constant, whole)? else { return Ok(question()) };
        if k.is_zero() {
            return Ok(found);
        }
        if assume::sign(k) != Some(std::cmp::Ordering::Less) {
            return Ok(question());
        }
        let later = Expr::symbol(self.t) + k;
        let moved = found.substitute_symbol(self.t, &later);
        let impulse =
            found.shared_nodes().any(|node| node.as_call().is_some_and(|(f, _)| f.is(&function::DIRAC_DELTA)));
        match (found.is_constant(), impulse, whole.has_symbol(self.s)) {
            (_, true, false) => Ok(moved),
            (_, true, true) => Ok(question()),
            _ => Ok(moved * function::heaviside(&later)),
        }
    }

    /// The inverse of a function without exponentials, if all of it is known.
    fn known(&self, constant: &Expr, f: &Expr) -> Result<Option<Expr>, Reason> {
        if !f.has_symbol(self.s) {
            return Ok(Some(constant * f * function::dirac_delta(&Expr::symbol(self.t))));
        }
        if let Some(found) = self.plain(f)? {
            let open = found.shared_nodes().any(|node| node.as_call().is_some_and(|(f, _)| f.is(&function::ILT)));
            return Ok((!open).then(|| spread(constant, &found)));
        }
        if let Some(found) = self.power(f)? {
            return Ok(Some(constant * found));
        }
        self.with_parameters(&(constant * f))
    }

    /// `(s + a)^(-p)` for positive rational `p`.
    fn power(&self, f: &Expr) -> Result<Option<Expr>, Reason> {
        let Kind::Power(base, exponent) = f.kind() else { return Ok(None) };
        let (Some((slope, constant)), Some(p)) = (self.linear(base)?, exponent.as_rational()) else { return Ok(None) };
        if !slope.is_one() || !p.is_negative() {
            return Ok(None);
        }
        let t = Expr::symbol(self.t);
        let p = -exponent;
        Ok(Some(t.power(&(&p - Expr::one())) * function::exp(&-(constant * t)) / function::gamma(&p)))
    }

    fn rational(&self, f: &RationalFunction) -> Result<Expr, Reason> {
        let (whole, parts) = f.partial_fractions();
        let s = Expr::symbol(self.s);
        if whole.degree().is_some_and(|degree| degree > 0) {
            let below = algebra::polynomial_expr(&RationalPolynomial::from(f.denominator().clone()), &s);
            return Ok(self.held(&(algebra::polynomial_expr(f.numerator(), &s) / below)));
        }
        let mut answer = Vec::new();
        if !whole.is_zero() {
            answer.push(Expr::number(whole.coefficient(0)) * function::dirac_delta(&Expr::symbol(self.t)));
        }
        let mut rest = parts.as_slice();
        while let Some(first) = rest.first() {
            self.budget.check()?;
            let same = rest.iter().take_while(|part| part.factor == first.factor).count();
            let (own, others) = rest.split_at(same);
            rest = others;
            match first.factor.degree() {
                Some(1) => answer.extend(own.iter().map(|part| self.linear_fraction(part))),
                Some(2) => answer.push(self.quadratic_fractions(own)),
                _ => answer.push(self.held(&Expr::sum(own.iter().map(|part| fraction(part, &s))))),
            }
        }
        Ok(Expr::sum(answer))
    }

    /// `A/(s - r)^n`
    fn linear_fraction(&self, part: &PartialFraction) -> Expr {
        let t = Expr::symbol(self.t);
        let lead = Rational::from(part.factor.leading().clone());
        let root = -Rational::from(part.factor.coefficient(0).clone()).checked_div(&lead).unwrap_or_default();
        let scale = (1..part.exponent).fold(power(&lead, part.exponent), |scale, k| scale * whole(k));
        let constant = part.numerator.coefficient(0).checked_div(&scale).unwrap_or_default();
        let exponent = i64::try_from(part.exponent - 1).unwrap_or(i64::MAX);
        Expr::number(constant) * t.powi(exponent) * function::exp(&(Expr::number(root) * t))
    }

    /// `(A*s + B)/(a*s^2 + b*s + c)^n` for several `n`, about the middle of the roots.
    fn quadratic_fractions(&self, parts: &[PartialFraction]) -> Expr {
        let t = Expr::symbol(self.t);
        let Some(first) = parts.first() else { return Expr::zero() };
        let lead = Rational::from(first.factor.leading().clone());
        let monic =
            |k: usize| Rational::from(first.factor.coefficient(k).clone()).checked_div(&lead).unwrap_or_default();
        let middle = -(monic(1) * Rational::from(2).recip().unwrap_or_default());
        let gap = monic(0) - &middle * &middle;
        let waves = self.waves(&gap, parts.iter().map(|part| part.exponent).max().unwrap_or(1));
        let inner = parts.iter().flat_map(|part| {
            let scale = power(&lead, part.exponent);
            let of = |k: usize| part.numerator.coefficient(k).checked_div(&scale).unwrap_or_default();
            let (cosine, sine) = waves[part.exponent - 1].clone();
            let rest = of(0) + of(1) * &middle;
            [Expr::number(of(1)) * cosine, Expr::number(rest) * sine]
        });
        let inner = Expr::sum(inner.collect::<Vec<_>>());
        let inner = algebra::expand(&inner, self.budget).unwrap_or(inner);
        inner * function::exp(&(Expr::number(middle) * t))
    }

    /// The inverses of `s/(s^2 + d)^n` and `1/(s^2 + d)^n` for `n` up to a bound. They follow from those before, since
    /// multiplying by `t` differentiates the transform.
    fn waves(&self, d: &Rational, most: usize) -> Vec<(Expr, Expr)> {
        let t = Expr::symbol(self.t);
        let root = Expr::number(d.abs()).sqrt();
        let angle = &root * &t;
        let first = match d.is_negative() {
            true => (function::cosh(&angle), function::sinh(&angle) / &root),
            false => (function::cos(&angle), function::sin(&angle) / &root),
        };
        let mut waves = vec![first];
        for n in 1..most {
            let (cosine, sine) = waves[n - 1].clone();
            let double = whole(2 * n);
            let next = &t * &sine * Expr::number(double.recip().unwrap_or_default());
            let odd = Expr::number(whole(2 * n - 1));
            let scale = (double * d).recip().unwrap_or_default();
            waves.push((next, (odd * sine - &t * cosine) * Expr::number(scale)));
        }
        waves
    }

    /// A rational function with parameters: all factors below linear, or one quadratic factor.
    fn with_parameters(&self, f: &Expr) -> Result<Option<Expr>, Reason> {
        let (above, below) = algebra::numerator_denominator(f, self.budget)?;
        let (content, factors) = algebra::factor_list(&below, self.budget)?;
        let mut constant = Expr::number(content).recip();
        let mut poles = Vec::new();
        for (factor, times) in factors {
            if !factor.has_symbol(self.s) {
                constant = constant * factor.powi(-times);
                continue;
            }
            let Some(coefficients) = self.coefficients(&factor)? else { return Ok(None) };
            poles.push((factor, coefficients, times));
        }
        let degree: i64 = poles.iter().map(|(_, own, times)| (own.len() as i64 - 1) * times).sum();
        let Some(top) = self.coefficients(&above)? else { return Ok(None) };
        if top.len() as i64 > degree || poles.iter().any(|(_, _, times)| *times < 1) {
            return Ok(None);
        }
        if poles.iter().all(|(_, own, _)| own.len() == 2) {
            return self.residues(&(above * constant), &poles).map(Some);
        }
        match poles.as_slice() {
            [(_, own, 1)] if own.len() == 3 => self.parametric_quadratic(&top, own, &constant),
            _ => Ok(None),
        }
    }

    /// The coefficients of a polynomial in `s`, the constant first.
    fn coefficients(&self, polynomial: &Expr) -> Result<Option<Vec<Expr>>, Reason> {
        /// No denominator of use has a higher degree.
        const MOST: i64 = 40;
        let found = algebra::coefficients(polynomial, &Expr::symbol(self.s), self.budget)?;
        let mut list = Vec::new();
        for (coefficient, exponent) in found {
            match exponent.to_i64() {
                Some(n) if (0..=MOST).contains(&n) && !coefficient.has_symbol(self.s) => {
                    list.resize(list.len().max(n as usize + 1), Expr::zero());
                    list[n as usize] = coefficient;
                }
                _ => return Ok(None),
            }
        }
        Ok(Some(list))
    }

    /// The sum of the residues of `f*e^(s*t)`.
    fn residues(&self, above: &Expr, poles: &[(Expr, Vec<Expr>, i64)]) -> Result<Expr, Reason> {
        let (s, t) = (Expr::symbol(self.s), Expr::symbol(self.t));
        let mut answer = Vec::new();
        for (index, (_, own, times)) in poles.iter().enumerate() {
            let others = poles.iter().enumerate().filter(|(other, _)| *other != index);
            let others = Expr::product(others.map(|(_, (factor, _, times))| factor.powi(-times)));
            let root = -(&own[0] / &own[1]);
            // The derivatives of H*e^(s*t) over e^(s*t): H' + t*H, and so on.
            let mut h = above * others * own[1].powi(-times);
            for k in 1..*times {
                h = (diff(&h, self.s, self.budget)? + &t * h) * Expr::fraction(1, k);
            }
            for term in algebra::terms(&algebra::expand(&h.substitute_symbol(self.s, &root), self.budget)?) {
                answer.push((root.clone(), term));
            }
        }
        self.gathered(answer, &s, &t)
    }

    /// Terms with their exponentials, the constants before each power of `t` simplified.
    fn gathered(&self, terms: Vec<(Expr, Expr)>, _s: &Expr, t: &Expr) -> Result<Expr, Reason> {
        let mut groups: Vec<(Expr, Vec<Expr>)> = Vec::new();
        for (root, term) in terms {
            match groups.iter_mut().find(|(own, _)| *own == root) {
                Some((_, parts)) => parts.push(term),
                None => groups.push((root, vec![term])),
            }
        }
        let mut answer = Vec::new();
        for (root, parts) in groups {
            for (coefficient, exponent) in algebra::coefficients(&Expr::sum(parts), t, self.budget)? {
                let simple = algebra::simplify_rational(&coefficient, self.budget)?;
                answer.push(simple * t.power(&exponent) * function::exp(&(&root * t)));
            }
        }
        Ok(Expr::sum(answer))
    }

    /// `(A*s + B)/(a*s^2 + b*s + c)` where the sign of the discriminant follows from what is assumed.
    fn parametric_quadratic(&self, top: &[Expr], own: &[Expr], constant: &Expr) -> Result<Option<Expr>, Reason> {
        let t = Expr::symbol(self.t);
        let simple = |expr: Expr| algebra::simplify_rational(&expr, self.budget);
        let middle = simple(-(&own[1] / own[2].scale(&2.into())))?;
        let gap = simple(&own[0] / &own[2] - middle.powi(2))?;
        let sign = assume::sign(&gap).filter(|sign| sign.is_ne());
        let Some(sign) = sign else {
            return Err(Reason::Unknown(Expr::relation(Relation::Greater, gap, Expr::zero())));
        };
        let size = if sign.is_lt() { -gap } else { gap };
        let root = algebra::simplify(&size.sqrt(), self.budget)?;
        let angle = &root * &t;
        let (cosine, sine) = match sign.is_lt() {
            true => (function::cosh(&angle), function::sinh(&angle)),
            false => (function::cos(&angle), function::sin(&angle)),
        };
        let scale = constant / &own[2];
        let a = simple(top.get(1).cloned().unwrap_or_else(Expr::zero) * &scale)?;
        let b = top.first().cloned().unwrap_or_else(Expr::zero) * scale;
        let b = simple((b + &a * &middle) / root)?;
        Ok(Some((a * cosine + b * sine) * function::exp(&(middle * t))))
    }
}

/// A constant times each term; a number stays in front.
fn spread(constant: &Expr, found: &Expr) -> Expr {
    match constant.is_constant() {
        true => constant * found,
        false => Expr::sum(algebra::terms(found).into_iter().map(|term| constant * term)),
    }
}

/// A partial fraction as an expression.
fn fraction(part: &PartialFraction, s: &Expr) -> Expr {
    let below = algebra::polynomial_expr(&RationalPolynomial::from(part.factor.clone()), s);
    algebra::polynomial_expr(&part.numerator, s) / below.powi(i64::try_from(part.exponent).unwrap_or(1))
}

fn power(base: &Rational, exponent: usize) -> Rational {
    i64::try_from(exponent).ok().and_then(|exponent| base.pow(exponent)).unwrap_or_default()
}

fn whole(n: usize) -> Rational {
    Rational::from(Integer::from(n as u64))
}
