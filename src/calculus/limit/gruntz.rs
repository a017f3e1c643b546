//! Gruntz's algorithm for limits at plus infinity.
//!
//! D. Gruntz, "On Computing Limits in a Symbolic Manipulation System", ETH Zurich, 1996. While no exponential has an
//! unbounded argument, the expansion in `1/x` and `log(x)` gives the leading term. Otherwise the most rapidly varying
//! exponentials are rewritten by one of them, `w -> 0`, and the expansion is in `w`, its coefficients growing slower.
//! Bounded unknowns (`ascent`) go through it as constants that may be zero.

use std::cmp::Ordering;

use super::ascent::Ascent;
use super::leading::{self, missing_sign};
use crate::algebra;
use crate::expr::function::{Breaks, End, RealDomain};
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, Truth, assume, function};
use crate::number::sorting;
use crate::number::{Integer, Rational};
pub(super) use crate::tape::series::has_imaginary_numbers;
use crate::tape::series::{self, Approach, Hooks, Side};

/// How deep limits may ask for limits.
const DEEPEST: usize = 32;
/// The greatest denominator of an exponent that stands in for an irrational one.
const FINEST: i64 = 64;

/// The first term of an expansion.
enum Head {
    /// Zero, or nothing but positive exponents.
    Vanishes,
    /// An exponent that is not positive, and a coefficient that varies slower.
    Term(Rational, Expr),
}

/// The exponentials that vary most rapidly.
enum Rapid {
    /// None: the variable itself and its logarithms.
    Variable,
    /// None, but the variable stands with exponents that are no rational numbers.
    Powers,
    /// These, all of one comparability class.
    Exponentials(Vec<Exponential>),
}

/// An exponential of something that depends on the variable, or a power that is one.
struct Exponential {
    node: Expr,
    argument: Expr,
}

impl Ascent<'_> {
    /// The limit of an expression as the variable tends to plus infinity; bounded unknowns may be left in it.
    ///
    /// # Errors
    /// As `super::limit`.
    pub(super) fn limit(&self, expr: &Expr) -> Result<Expr, Reason> {
        self.budget.check()?;
        if !expr.has_symbol(self.x) {
            if self.has_unknowns(expr) && !self.is_bounded(expr) {
                return Err(Reason::Unsupported("something may come near to a pole again and again"));
            }
            return leading::tidy(expr, self.budget);
        }
        if expr.as_symbol() == Some(self.x) {
            return Ok(Expr::infinity(Infinity::Positive));
        }
        if let Some(known) = self.memory.borrow().get(expr) {
            return known.clone();
        }
        let result = self.deeper(|| self.limit_now(expr));
        if !result.as_ref().is_err_and(Reason::is_stopped) {
            self.memory.borrow_mut().insert(expr.clone(), result.clone());
        }
        result
    }

    /// One step further down, if that is not too deep.
    fn deeper<T>(&self, work: impl FnOnce() -> Result<T, Reason>) -> Result<T, Reason> {
        if self.depth.get() > DEEPEST {
            return Err(Reason::Unsupported("the limit leads to ever further limits"));
        }
        self.depth.set(self.depth.get() + 1);
        let result = work();
        self.depth.set(self.depth.get() - 1);
        result
    }

    fn limit_now(&self, expr: &Expr) -> Result<Expr, Reason> {
        let expr = &self.joined(expr);
        if let Some(argument) = self.exponent(expr) {
            // The exponential is continuous, at the infinities too.
            return match self.limit(&argument)? {
                value if is_infinite(&value) && !has_direction(&value, &argument) => self.spiral(&argument),
                value => Ok(function::exp(&value)),
            };
        }
        let by_leading_term = match self.head(expr) {
            Ok(Head::Vanishes) => Ok(Expr::zero()),
            Ok(Head::Term(exponent, coefficient)) if exponent.is_zero() => self.limit(&coefficient),
            Ok(Head::Term(_, coefficient)) => self.infinite(expr, &coefficient),
            Err(reason) => Err(reason),
        };
        match by_leading_term {
            Err(reason) if !reason.is_stopped() => match self.by_parts(expr)? {
                Some(value) => Ok(value),
                None => match self.by_symbolic_orders(expr)? {
                    Some(value) => Ok(value),
                    None => match self.by_other_forms(expr) {
                        Err(stopped) if stopped.is_stopped() => Err(stopped),
                        found => found.ok().flatten().ok_or(reason),
                    },
                },
            },
            other => other,
        }
    }

    /// The limit by sums that grow, or with logarithms of sums taken apart where an exponential with a parameter is the
    /// greatest.
    fn by_other_forms(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        if let Some(value) = self.by_sums(expr)? {
            return Ok(Some(value));
        }
        match self.has_parameters(expr).then(|| self.logarithms_apart(expr)).transpose()? {
            Some(apart) if apart != *expr => self.limit(&apart).map(Some),
            _ => Ok(None),
        }
    }

    /// The limit of the exponential of something complex: its size is that of the real part.
    fn spiral(&self, argument: &Expr) -> Result<Expr, Reason> {
        let by_size = argument.rewrite(
            |_| None,
            |node| match node.as_call() {
                Some((called, [u])) if called.is(&function::LOG) && has_imaginary_numbers(u) => {
                    self.logarithm_by_size(u).unwrap_or(node)
                }
                _ => node,
            },
        );
        let (re, _) = algebra::split_imaginary(&algebra::expand(&by_size, self.budget)?);
        match self.limit(&re)?.kind() {
            Kind::Infinity(Infinity::Negative) => Ok(Expr::zero()),
            Kind::Infinity(Infinity::Positive) => Ok(Expr::infinity(Infinity::Unsigned)),
            _ => Err(Reason::Unsupported("an exponential without direction")),
        }
    }

    /// The infinity of the sign of a leading coefficient, without one where the expression may not be real.
    fn infinite(&self, expr: &Expr, coefficient: &Expr) -> Result<Expr, Reason> {
        if (has_imaginary_numbers(expr) || has_imaginary_numbers(coefficient)) && !coefficient.has_symbol(self.x) {
            return match self.is_constant_zero(coefficient) {
                Truth::No => Ok(Expr::infinity(Infinity::Unsigned)),
                _ => Err(missing_sign(coefficient)),
            };
        }
        match self.sign_at_infinity(coefficient)? {
            Some(Ordering::Greater) => Ok(Expr::infinity(Infinity::Positive)),
            Some(Ordering::Less) => Ok(Expr::infinity(Infinity::Negative)),
            Some(Ordering::Equal) => Err(Reason::Unsupported("a leading coefficient vanishes")),
            None => Err(missing_sign(coefficient)),
        }
    }

    /// The sum or product of the parts' limits where that has a value.
    fn by_parts(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        let parts: Vec<Expr> = match expr.kind() {
            Kind::Sum(sum) => sum.parts().collect(),
            Kind::Product(product) => product.parts().collect(),
            _ => return self.by_continuity(expr),
        };
        if parts.len() < 2 {
            return Ok(None);
        }
        if let Some(value) = self.by_reciprocals(expr, &parts)? {
            return Ok(Some(value));
        }
        let is_product = matches!(expr.kind(), Kind::Product(_));
        let mut limits = Vec::with_capacity(parts.len());
        for part in &parts {
            match self.limit(part) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) if is_product => return Ok(None),
                // `x^n - x^(n - 1)`: one that is not known may still be the smaller one.
                Err(_) => return self.by_dominant(&parts),
                Ok(value) => limits.push(value),
            }
        }
        // Of what is multiplied by an infinity the sign has to be known.
        let clear = |e: &Expr| is_infinite(e) || matches!(self.sign(e), Ok(Some(sign)) if sign.is_ne());
        if is_product && limits.iter().any(is_infinite) && !limits.iter().all(clear) {
            return Ok(None);
        }
        let value = if is_product { Expr::product(limits) } else { Expr::sum(limits) };
        match value.is_undefined() {
            true if !is_product => self.by_dominant(&parts),
            true => Ok(None),
            false if is_infinite(&value) && !has_direction(&value, expr) => {
                Ok(Some(Expr::infinity(Infinity::Unsigned)))
            }
            false => Ok(Some(value)),
        }
    }

    /// The value at the limit of the argument, where the function is continuous there.
    fn by_continuity(&self, expr: &Expr) -> Result<Option<Expr>, Reason> {
        let Some((Function::Elementary(record), [u])) = expr.as_call() else { return Ok(None) };
        if !record.smooth || record.breaks != Breaks::None || has_imaginary_numbers(u) {
            return Ok(None);
        }
        let value = self.limit(u)?;
        let inside = super::is_finite(&value) && !self.has_unknowns(&value) && self.is_within(&value, record.domain)?;
        Ok(inside.then(|| Expr::call(Function::Elementary(record), vec![value])))
    }

    /// The limit of a product with reciprocals of bounded factors that have a sign, where all else is infinite:
    /// `x/sin(x)^2`.
    fn by_reciprocals(&self, expr: &Expr, parts: &[Expr]) -> Result<Option<Expr>, Reason> {
        if !matches!(expr.kind(), Kind::Product(_)) || !self.has_unknowns(expr) {
            return Ok(None);
        }
        let signs: Vec<Option<Ordering>> = parts.iter().map(|part| self.sign_of_reciprocal(part)).collect();
        if signs.iter().all(Option::is_none) {
            return Ok(None);
        }
        let rest = parts.iter().zip(&signs).filter(|(_, sign)| sign.is_none()).map(|(part, _)| part.clone());
        let rest = match self.limit(&Expr::product(rest)) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Ok(rest) if is_infinite(&rest) => rest,
            _ => return Ok(None),
        };
        let negative = signs.iter().filter(|sign| **sign == Some(Ordering::Less)).count() % 2 == 1;
        Ok(Some(if negative { -rest } else { rest }))
    }

    /// The limit of a sum in which one term outgrows all others.
    fn by_dominant(&self, terms: &[Expr]) -> Result<Option<Expr>, Reason> {
        for leader in terms {
            let mut dominates = true;
            for other in terms.iter().filter(|other| *other != leader) {
                dominates = match self.limit(&(other / leader)) {
                    Err(reason) if reason.is_stopped() => return Err(reason),
                    Err(_) => false,
                    Ok(ratio) => ratio.is_zero(),
                };
                if !dominates {
                    break;
                }
            }
            if dominates {
                return self.limit(leader).map(Some);
            }
        }
        Ok(None)
    }

    /// The sign of an expression for all large values of the variable.
    pub(super) fn sign_at_infinity(&self, expr: &Expr) -> Result<Option<Ordering>, Reason> {
        if !expr.has_symbol(self.x) {
            return self.sign(expr);
        }
        if has_imaginary_numbers(expr) {
            return Ok(None);
        }
        if let Some(argument) = self.exponent(expr) {
            return Ok(self.is_real(&argument)?.then_some(Ordering::Greater));
        }
        match self.deeper(|| self.leading_term(expr))? {
            None => Ok(Some(Ordering::Equal)),
            Some((_, coefficient)) => self.sign_at_infinity(&coefficient),
        }
    }

    /// Is the expression real for all large values of the variable? Logarithms and roots are of positive numbers then.
    pub(super) fn is_real(&self, expr: &Expr) -> Result<bool, Reason> {
        if assume::is_real(expr).is_yes() {
            return Ok(true);
        }
        if has_imaginary_numbers(expr) {
            return Ok(false);
        }
        for node in expr.shared_nodes() {
            let inside = match node.kind() {
                Kind::Symbol(_) if node.as_symbol() != Some(self.x) && !assume::is_real(&node).is_yes() => {
                    return Ok(false);
                }
                Kind::Call(called, arguments) if called.is(&function::LOG) => arguments.first().cloned(),
                Kind::Call(Function::Elementary(record), arguments) => match (record.domain, arguments.as_ref()) {
                    (RealDomain::All, _) => None,
                    (domain, [u]) if self.is_within(u, domain)? => None,
                    _ if assume::is_real(&node).is_yes() => None,
                    _ => return Ok(false),
                },
                Kind::Power(base, exponent) if exponent.to_i64().is_none() => Some(base.clone()),
                Kind::Product(product) => {
                    let roots = product.factors().iter().filter(|factor| !factor.exponent.is_integer());
                    Some(Expr::product(roots.map(|factor| factor.base.clone())))
                }
                _ => None,
            };
            let Some(inside) = inside.filter(|inside| inside.has_symbol(self.x)) else { continue };
            if self.deeper(|| self.sign_at_infinity(&inside))? != Some(Ordering::Greater) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    /// Is an argument in the end inside a domain?
    fn is_within(&self, u: &Expr, domain: RealDomain) -> Result<bool, Reason> {
        let beyond = |end: End, wanted: Ordering| {
            let sign = self.deeper(|| self.sign_at_infinity(&(u - Expr::integer(end.at))))?;
            Ok::<bool, Reason>(sign == Some(wanted))
        };
        let (above, below) = (|end| beyond(end, Ordering::Greater), |end| beyond(end, Ordering::Less));
        Ok(match domain {
            RealDomain::All => true,
            RealDomain::Between(low, high) => low.map_or(Ok(true), above)? && high.map_or(Ok(true), below)?,
            RealDomain::Outside(low, high) => below(low)? || above(high)?,
            RealDomain::Unknown => false,
        })
    }

    /// The leading term as far as the limit needs it: a coefficient with unknowns may vanish where the exponent is zero.
    fn head(&self, expr: &Expr) -> Result<Head, Reason> {
        let zero = Rational::ZERO;
        // Unknowns that come up on the way are looked at twice, in the limit that is asked for alone.
        let is_outer = self.depth.get() <= 1;
        match self.leading_term(expr) {
            Ok(None) => Ok(Head::Vanishes),
            Ok(Some((exponent, _))) if exponent > zero => Ok(Head::Vanishes),
            Ok(Some((exponent, coefficient))) => Ok(Head::Term(exponent, coefficient)),
            Err(Reason::Unknown(fact)) if self.has_unknowns(expr) || (is_outer && self.has_unknowns(&fact)) => {
                self.terms_to_constant(expr, Reason::Unknown(fact))
            }
            Err(reason) => Err(reason),
        }
    }

    /// The first term that is not proved zero, of those up to the constant one.
    fn terms_to_constant(&self, expr: &Expr, reason: Reason) -> Result<Head, Reason> {
        let terms = self.expansion(expr, true)?;
        for (exponent, coefficient) in terms {
            if exponent > Rational::ZERO {
                return Ok(Head::Vanishes);
            }
            if exponent.is_zero() {
                return Ok(Head::Term(exponent, coefficient));
            }
            match self.is_zero(&coefficient) {
                Truth::Yes => {}
                Truth::No => return Ok(Head::Term(exponent, coefficient)),
                Truth::Unknown => return Err(reason),
            }
        }
        Ok(Head::Vanishes)
    }

    /// The leading term in the most rapidly varying part: its exponent, where greater exponents vanish faster, and a
    /// coefficient that varies slower. `None` for zero.
    pub(super) fn leading_term(&self, expr: &Expr) -> Result<Option<(Rational, Expr)>, Reason> {
        Ok(self.expansion(expr, false)?.into_iter().next())
    }

    /// The terms up to the constant one, or the first one only, which is then proved not to be zero.
    fn expansion(&self, expr: &Expr, to_constant: bool) -> Result<Vec<(Rational, Expr)>, Reason> {
        let expr = &self.joined(expr);
        if self.is_wild(expr) {
            return Err(Reason::Unsupported("something may come near to a pole again and again"));
        }
        match self.most_rapid(expr)? {
            Rapid::Variable => {
                let approach = Approach::both(&Expr::infinity(Infinity::Positive));
                // t = 1/x, so log(t) = -log(x). Coefficients hold nothing but this logarithm, which is large and takes
                // the name of the variable.
                let logarithm = -Expr::symbol(self.x);
                match self.expand(expr, self.x, &approach, &logarithm, to_constant) {
                    // A function of the logarithm, such as arctan(log(x)).
                    Err(Reason::Unsupported(_)) if expr.has(&function::log(&Expr::symbol(self.x))) => {
                        self.expand_one_up(expr, to_constant)
                    }
                    other => other,
                }
            }
            Rapid::Powers => self.expand_one_up(expr, to_constant),
            Rapid::Exponentials(rapid) => self.expand_in_exponentials(expr, rapid, to_constant),
        }
    }

    /// The expansion of the expression at `exp(x)`, where the variable is an exponential among others and its logarithm
    /// is the variable.
    fn expand_one_up(&self, expr: &Expr, to_constant: bool) -> Result<Vec<(Rational, Expr)>, Reason> {
        let x = Expr::symbol(self.x);
        let up = function::exp(&x);
        let logarithm = function::log(&x);
        let moved = expr.rewrite_stored(
            |node| match node {
                _ if *node == logarithm => Some(x.clone()),
                _ if *node == x => Some(up.clone()),
                _ => match node.kind() {
                    Kind::Power(base, exponent) if !exponent.has_symbol(self.x) => {
                        let order = self.order_of_power(base)?;
                        Some(function::exp(&(exponent * &x * Expr::number(order))))
                    }
                    _ => None,
                },
            },
            |node| node,
        );
        self.deeper(|| self.expansion(&moved, to_constant))
    }

    /// The exponent of a power of the variable.
    fn order_of_power(&self, node: &Expr) -> Option<Rational> {
        let is_x = |base: &Expr| base.as_symbol() == Some(self.x);
        match node.kind() {
            Kind::Symbol(_) if is_x(node) => Some(Rational::ONE),
            Kind::Power(base, exponent) if is_x(base) => exponent.as_rational().cloned(),
            Kind::Product(product) => match product.factors() {
                [only] if product.coefficient().is_one() && is_x(&only.base) => Some(only.exponent.clone()),
                _ => None,
            },
            _ => None,
        }
    }

    /// The argument of an exponential that depends on the variable, also of one that is written as a power.
    pub(super) fn exponent(&self, node: &Expr) -> Option<Expr> {
        match node.kind() {
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(exponent) => self.exponent_of_power(base, exponent),
                None if exponent.has_symbol(self.x) || base.has_symbol(self.x) => Some(exponent * function::log(base)),
                None => None,
            },
            Kind::Product(product) => match product.factors() {
                // A single power may be stored as a product.
                [only] if product.coefficient().is_one() => self.exponent_of_power(&only.base, &only.exponent),
                _ => None,
            },
            _ => node.exp_argument().filter(|argument| argument.has_symbol(self.x)).cloned(),
        }
    }

    /// Of a rational power: when the base is an exponential, or the exponent has too large a denominator for series.
    fn exponent_of_power(&self, base: &Expr, exponent: &Rational) -> Option<Expr> {
        let times = |argument: Expr| argument * Expr::number(exponent.clone());
        if exponent.is_integer() {
            return self.exponent(base).map(times);
        }
        let fine = exponent.denominator() > Integer::new(FINEST) && base.has_symbol(self.x);
        fine.then(|| times(function::log(base)))
    }

    /// The expression with the exponentials of each product made one: `7^x/8^x` has one comparability class.
    fn joined(&self, expr: &Expr) -> Expr {
        let exponentials = |node: &Expr| match node.kind() {
            Kind::Product(product) => product.parts().filter(|part| self.exponent(part).is_some()).count(),
            _ => 0,
        };
        if !expr.shared_nodes().any(|node| exponentials(&node) > 1) {
            return expr.clone();
        }
        expr.rewrite(
            |_| None,
            |node| match node.kind() {
                Kind::Product(product) if exponentials(&node) > 1 => {
                    let (mut arguments, mut others) = (Vec::new(), Vec::new());
                    for part in product.parts() {
                        match self.exponent(&part) {
                            Some(argument) => arguments.push(argument),
                            None => others.push(part),
                        }
                    }
                    Expr::product(others) * function::exp(&Expr::sum(arguments))
                }
                _ => node,
            },
        )
    }

    /// Is the coefficient zero for all large values of the variable?
    pub(super) fn is_zero(&self, coefficient: &Expr) -> Truth {
        if let Some(number) = coefficient.as_number() {
            return Truth::of(number.is_zero());
        }
        if !coefficient.has_symbol(self.x) {
            return self.is_constant_zero(coefficient);
        }
        let by_algebra = algebra::is_zero(coefficient, self.budget).unwrap_or(Truth::Unknown);
        match by_algebra {
            Truth::Yes => Truth::Yes,
            // A function with steps may be zero for large values alone.
            Truth::No if !self.has_unknowns(coefficient) && !has_steps(coefficient) => Truth::No,
            _ => self.is_zero_at_infinity(coefficient).unwrap_or(Truth::Unknown),
        }
    }

    /// Does the leading term tell whether the coefficient is zero?
    fn is_zero_at_infinity(&self, coefficient: &Expr) -> Result<Truth, Reason> {
        Ok(match self.deeper(|| self.leading_term(coefficient))? {
            None => Truth::Yes,
            Some((_, coefficient)) => match self.is_zero(&coefficient) {
                Truth::No => Truth::No,
                Truth::Yes | Truth::Unknown => Truth::Unknown,
            },
        })
    }

    /// The terms of an expansion; a coefficient with `log(t)` is answered with what that logarithm is.
    pub(super) fn expand(
        &self,
        expr: &Expr,
        variable: Symbol,
        approach: &Approach,
        logarithm: &Expr,
        to_constant: bool,
    ) -> Result<Vec<(Rational, Expr)>, Reason> {
        let small = function::log(&Expr::symbol(series::small_symbol()));
        let large = |expr: &Expr| expr.rewrite_stored(|node| (*node == small).then(|| logarithm.clone()), |node| node);
        let inside = variable != self.x;
        let sign = |coefficient: &Expr| self.sign_at_infinity(&large(coefficient)).ok().flatten();
        let is_zero = |coefficient: &Expr| self.is_zero(&large(coefficient));
        let tidy = |expr: Expr| {
            let expr = if inside { large(&expr) } else { expr };
            self.tidy(&expr)
        };
        let hooks = Hooks { is_zero: &is_zero, sign: &sign, tidy: &tidy, budget: self.budget };
        let terms = match to_constant {
            false => series::leading_term(expr, variable, approach, &hooks)?.into_iter().collect(),
            true => {
                let series = series::series_of(expr, variable, approach, 1, &hooks)?;
                let terms: Vec<_> = series.terms().map(|(exponent, c)| (exponent, c.clone())).collect();
                terms
            }
        };
        Ok(terms.into_iter().map(|(exponent, c)| (exponent, large(&c))).collect())
    }

    /// The exponentials of the highest comparability class, all with unbounded arguments.
    fn most_rapid(&self, expr: &Expr) -> Result<Rapid, Reason> {
        let mut best: Vec<Exponential> = Vec::new();
        let mut odd_powers = false;
        for node in expr.shared_nodes() {
            self.budget.check()?;
            let Some(argument) = self.exponent(&node) else { continue };
            match self.limit(&argument)?.kind() {
                Kind::Infinity(Infinity::Unsigned) => {
                    return Err(Reason::Unsupported("an exponential without direction"));
                }
                Kind::Infinity(_) => {}
                _ => continue,
            }
            // Is it beyond every power of the variable? `exp(2*log(x))` is not.
            let power = self.limit(&(&argument / function::log(&Expr::symbol(self.x))))?;
            if !is_infinite(&power) {
                odd_powers |= power.as_rational().is_none_or(|power| power.denominator() > Integer::new(FINEST));
                continue;
            }
            let Some(leader) = best.first().map(|first| first.argument.clone()) else {
                best.push(Exponential { node, argument });
                continue;
            };
            let ratio = self.limit(&(&argument / leader))?;
            match ratio.kind() {
                Kind::Infinity(_) => best = vec![Exponential { node, argument }],
                _ if ratio.is_zero() => {}
                _ => best.push(Exponential { node, argument }),
            }
        }
        if best.is_empty() {
            return Ok(if odd_powers { Rapid::Powers } else { Rapid::Variable });
        }
        if self.holds_unknown_growth(expr)? {
            return Err(Reason::Unsupported("a function whose growth beside an exponential is not known"));
        }
        Ok(Rapid::Exponentials(best))
    }

    /// Is there a function that may grow or vanish like an exponential without being written as one, such as
    /// `bessel_I(0, x)`? As a coefficient of a power of `w` it would be taken for something slower.
    fn holds_unknown_growth(&self, expr: &Expr) -> Result<bool, Reason> {
        for node in expr.shared_nodes() {
            let Kind::Call(function, arguments) = node.kind() else { continue };
            let tame = matches!(function, Function::Elementary(record) if record.tame);
            if tame || !node.has_symbol(self.x) {
                continue;
            }
            for argument in arguments.iter().filter(|argument| argument.has_symbol(self.x)) {
                if !super::is_finite(&self.limit(argument)?) {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }

    /// Rewrites the most rapid exponentials by powers of one of them, `w`, which tends to zero, and expands in `w`.
    fn expand_in_exponentials(
        &self,
        expr: &Expr,
        mut rapid: Vec<Exponential>,
        to_constant: bool,
    ) -> Result<Vec<(Rational, Expr)>, Reason> {
        sorting::sort_by_key(&mut rapid, |exponential| exponential.node.depth());
        let mut failure = Reason::Unsupported("no exponential to expand in");
        // Which one is taken matters where ratios are irrational: then the dominating one has to be.
        for leader in &rapid {
            match self.expand_by_leader(expr, &leader.argument, &rapid, to_constant) {
                Ok((terms, _)) => return Ok(terms),
                Err((reason, _)) if reason.is_stopped() => return Err(reason),
                Err((reason, rational)) => {
                    failure = reason;
                    if rational {
                        return Err(failure);
                    }
                }
            }
        }
        // Logarithms of powers with irrational exponents are sums of which no unknown is part.
        match self.logarithms_apart(expr)? {
            apart if apart == *expr => Err(failure),
            apart => self.deeper(|| self.expansion(&apart, to_constant)),
        }
    }

    /// The expansion by one leader, with whether all ratios were rational: then no other leader can do better.
    #[allow(clippy::type_complexity)]
    fn expand_by_leader(
        &self,
        expr: &Expr,
        leader: &Expr,
        rapid: &[Exponential],
        to_constant: bool,
    ) -> Result<(Vec<(Rational, Expr)>, bool), (Reason, bool)> {
        let grows = self.limit(leader).map_err(|reason| (reason, true))?;
        let grows = matches!(grows.kind(), Kind::Infinity(Infinity::Positive));
        let w = Symbol::new(&format!("the small exponential {}", self.depth.get()));
        // log(w), which tends to minus infinity.
        let logarithm = if grows { -leader } else { leader.clone() };
        let mut powers = Vec::with_capacity(rapid.len());
        let mut rational = true;
        for exponential in rapid {
            let power = self.by_small(&exponential.argument, &logarithm, rapid).map_err(|reason| (reason, false))?;
            rational &= power.irrational.is_none();
            powers.push((exponential.node.clone(), power));
        }
        let rewritten =
            self.in_small(expr, &powers, &Expr::symbol(w), powers.len()).map_err(|reason| (reason, rational))?;
        let approach = Approach::one_sided(&Expr::zero(), Side::Right);
        let terms = self.expand(&rewritten, w, &approach, &logarithm, to_constant);
        terms.map(|terms| (terms, rational)).map_err(|reason| (reason, rational))
    }

    /// `exp(argument)` as a power of `w` times what grows slower: the ratio `c` of the arguments' growth, and
    /// `argument - c*log(w)`.
    fn by_small(&self, argument: &Expr, logarithm: &Expr, rapid: &[Exponential]) -> Result<Power, Reason> {
        let ratio = self.limit(&(argument / logarithm))?;
        let rest = self.expanded_around(&(argument - &ratio * logarithm), rapid)?;
        if let Some(exponent) = ratio.as_rational() {
            return Ok(Power { exponent: exponent.clone(), irrational: None, rest });
        }
        if ratio.is_undefined() || is_infinite(&ratio) || !ratio.is_constant() {
            return Err(Reason::Unsupported("exponentials whose arguments have an unknown ratio"));
        }
        let Some(exponent) = self.rational_below(&ratio)? else {
            return Err(Reason::Unsupported("exponentials whose arguments have an irrational ratio"));
        };
        Ok(Power { exponent, irrational: Some(ratio), rest })
    }

    /// The expression multiplied out. Exponentials inside that would be taken apart stand whole meanwhile: else they would
    /// not be found and be held for slow ones.
    fn expanded_around(&self, expr: &Expr, rapid: &[Exponential]) -> Result<Expr, Reason> {
        let expanded = algebra::expand(expr, self.budget)?;
        if rapid.iter().all(|own| !expr.has(&own.node) || expanded.has(&own.node)) {
            return Ok(expanded);
        }
        let name = |place: usize| Expr::variable(&format!("the exponential {place}"));
        let hide = |node: &Expr| rapid.iter().position(|own| own.node == *node).map(name);
        let expanded = algebra::expand(&expr.rewrite(hide, |node| node), self.budget)?;
        let show = |node: &Expr| {
            rapid.iter().enumerate().find(|(place, _)| name(*place) == *node).map(|(_, own)| own.node.clone())
        };
        Ok(expanded.rewrite_stored(show, |node| node))
    }

    /// A rational number just below an irrational one, above the integer below it.
    fn rational_below(&self, value: &Expr) -> Result<Option<Rational>, Reason> {
        let floor = |e: &Expr| function::floor(e).to_i64();
        let Some(whole) = floor(value) else { return Ok(None) };
        let mut denominator = 2;
        while denominator <= FINEST {
            let Some(times) = floor(&(value * Expr::integer(denominator))) else { return Ok(None) };
            if times > whole * denominator {
                return Ok(Rational::fraction(times, denominator));
            }
            denominator *= 2;
        }
        Ok(None)
    }

    /// The expression with its most rapid exponentials as powers of `w`; what is left of their arguments may hold further
    /// ones. A power with an irrational exponent is a rational one, just below, times an unknown between 0 and 1.
    fn in_small(&self, expr: &Expr, powers: &[(Expr, Power)], w: &Expr, levels: usize) -> Result<Expr, Reason> {
        self.budget.check()?;
        // One inside the other, each is met once at most; with a leader that holds another it might go on without end.
        let deeper = levels.checked_sub(1);
        let mut unknowns: Vec<(Expr, Expr)> = Vec::new();
        let mut failure = None;
        let rewritten = expr.rewrite(
            |node| {
                let (_, power) = powers.iter().find(|(exponential, _)| exponential == node)?;
                let endless = Reason::Unsupported("exponentials that hold one another");
                let rest = deeper.ok_or(endless).and_then(|levels| self.in_small(&power.rest, powers, w, levels));
                let rest = match rest {
                    Ok(rest) => rest,
                    Err(reason) => {
                        failure = Some(reason);
                        return Some(Expr::zero());
                    }
                };
                let mut factors = vec![w.power_rational(&power.exponent), function::exp(&rest)];
                if let Some(ratio) = &power.irrational {
                    let known = unknowns.iter().find(|(own, _)| own == ratio).map(|(_, unknown)| unknown.clone());
                    factors.push(known.unwrap_or_else(|| {
                        let unknown = self.unknown(Rational::ZERO, Rational::ONE, None);
                        unknowns.push((ratio.clone(), unknown.clone()));
                        unknown
                    }));
                }
                Some(Expr::product(factors))
            },
            |node| node,
        );
        failure.map_or(Ok(rewritten), Err)
    }
}

/// A power of the small `w`.
struct Power {
    exponent: Rational,
    /// The true exponent, where the rational one is a little less.
    irrational: Option<Expr>,
    /// The argument of the exponential that is left.
    rest: Expr,
}

/// Are there functions that are not analytic between their breaks' two sides, so that values at points tell nothing of
/// large ones?
fn has_steps(expr: &Expr) -> bool {
    expr.shared_nodes().any(|node| match node.as_call() {
        Some((Function::Elementary(record), _)) => record.pieces.is_some() || record.breaks == Breaks::Zero,
        _ => false,
    })
}

/// Is an infinite limit of the expression surely one along the real axis?
fn has_direction(value: &Expr, expr: &Expr) -> bool {
    !matches!(value.kind(), Kind::Infinity(Infinity::Unsigned)) && !has_imaginary_numbers(expr)
}

pub(super) fn is_infinite(value: &Expr) -> bool {
    matches!(value.kind(), Kind::Infinity(_))
}
