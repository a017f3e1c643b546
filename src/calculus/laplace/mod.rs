//! Laplace transforms and their inverses.
//!
//! The transform is linear; each term is a product that is read as a power of the variable, an exponential, one factor
//! of the table, steps and impulses. An exponential moves the argument of the transform, a natural power differentiates
//! it, a step moves the variable, a division by the variable integrates the transform (Doetsch, Introduction to the
//! Theory and Application of the Laplace Transformation, chapters 3 to 9). Terms that no rule fits stay as questions.

mod inverse;
mod term;

#[cfg(test)]
mod tests;

pub use inverse::inverse_laplace;

use crate::algebra;
use crate::budget::Budget;
use crate::calculus::{antiderivative, diff, limit};
use crate::expr::assume::{self, Fact};
use crate::expr::{Constant, Expr, Function, Infinity, Kind, Reason, Relation, Symbol, function};
use crate::tape::series::Side;

/// The transform of `f`, a function of `t` for `t >= 0`, as a function of `s`; the terms that are not known stay as calls
/// of `laplace`.
///
/// # Errors
/// `Unknown` with the fact that is missing, `Budget` when stopped.
pub fn laplace(f: &Expr, t: Symbol, s: Symbol, budget: &Budget) -> Result<Expr, Reason> {
    Transform { t, s, budget }.of(f)
}

/// A transform between two variables.
struct Transform<'b> {
    t: Symbol,
    s: Symbol,
    budget: &'b Budget,
}

impl Transform<'_> {
    fn held(&self, f: &Expr) -> Expr {
        let arguments = vec![f.clone(), Expr::symbol(self.t), Expr::symbol(self.s)];
        Expr::held(Function::Elementary(&function::LAPLACE), arguments)
    }

    /// The transform of any expression.
    fn of(&self, f: &Expr) -> Result<Expr, Reason> {
        if let Kind::Relation(relation, left, right) = f.kind() {
            return Ok(Expr::relation(*relation, self.of(left)?, self.of(right)?));
        }
        if f.has_symbol(self.s) {
            return Ok(self.held(f));
        }
        let mut found = Vec::new();
        let mut smooth = Vec::new();
        for term in algebra::terms(f) {
            // A step moves what stands beside it, which is simpler as it is written.
            let (constant, rest) = self.without_constants(&term);
            let jumps = algebra::factors(&rest).iter().any(is_jump);
            match if jumps { self.term(&rest)? } else { None } {
                Some(transform) => found.push(constant * transform),
                None => smooth.push(term),
            }
        }
        let expanded = algebra::expand(&Expr::sum(smooth), self.budget)?;
        if expanded.is_zero() {
            return Ok(Expr::sum(found));
        }
        let mut quotients = Vec::new();
        for term in algebra::terms(&expanded) {
            self.budget.check()?;
            let (constant, rest) = self.without_constants(&term);
            if self.is_quotient(&rest) {
                quotients.push(term);
                continue;
            }
            match self.term(&rest)? {
                Some(transform) => found.push(self.scaled(&constant, transform)?),
                None => found.push(constant * self.held(&rest)),
            }
        }
        if !quotients.is_empty() {
            let whole = Expr::sum(quotients);
            found.push(self.quotient(&whole)?.unwrap_or_else(|| self.held(&whole)));
        }
        Ok(Expr::sum(found))
    }

    /// A transform with its constant: that of a formal function is a sum, and multiplied out.
    fn scaled(&self, constant: &Expr, transform: Expr) -> Result<Expr, Reason> {
        let formal = transform.shared_nodes().any(|node| matches!(node.as_call(), Some((Function::Formal(_), _))));
        let product = constant * &transform;
        if formal { algebra::expand(&product, self.budget) } else { Ok(product) }
    }

    /// The factors without the variable, and the others.
    fn without_constants(&self, term: &Expr) -> (Expr, Expr) {
        let (rest, constants): (Vec<Expr>, Vec<Expr>) =
            algebra::factors(term).into_iter().partition(|factor| factor.has_symbol(self.t));
        (Expr::product(constants), Expr::product(rest))
    }

    /// Whether the term is divided by the variable.
    fn is_quotient(&self, term: &Expr) -> bool {
        let by_variable = |factor: &Expr| match factor.kind() {
            Kind::Power(base, exponent) => base.as_symbol() == Some(self.t) && exponent.to_i64().is_some_and(|n| n < 0),
            _ => false,
        };
        algebra::factors(term).iter().any(by_variable)
    }

    /// `f/t` by the integral of the transform of `f` from `s` to infinity, where it converges.
    fn quotient(&self, whole: &Expr) -> Result<Option<Expr>, Reason> {
        let product = algebra::expand(&(whole * Expr::symbol(self.t)), self.budget)?;
        let mut transforms = Vec::new();
        for term in algebra::terms(&product) {
            let (constant, rest) = self.without_constants(&term);
            if self.is_quotient(&rest) {
                return Ok(None);
            }
            let Some(transform) = self.term(&rest)? else { return Ok(None) };
            transforms.push(constant * transform);
        }
        let s = Expr::symbol(self.s);
        let positive = Fact::Holds(Expr::relation(Relation::Greater, s, Expr::zero()));
        let integrand = Expr::sum(transforms);
        assume::with_facts([positive], || {
            let Ok(Some(primitive)) = antiderivative(&integrand, self.s, self.budget) else { return Ok(None) };
            let infinity = Expr::infinity(Infinity::Positive);
            match limit(&primitive, self.s, &infinity, Side::Left, self.budget) {
                Ok(end) if is_finite(&end) => Ok(Some(end - primitive)),
                Err(reason) if reason.is_stopped() => Err(reason),
                Ok(_) | Err(_) => Ok(None),
            }
        })
    }

    /// The transform of a product without constants; `None` when no rule fits.
    fn term(&self, product: &Expr) -> Result<Option<Expr>, Reason> {
        if product.is_one() {
            return Ok(Some(Expr::symbol(self.s).recip()));
        }
        let factors = algebra::factors(product);
        for (index, factor) in factors.iter().enumerate() {
            let rest =
                || Expr::product(factors.iter().enumerate().filter(|(own, _)| *own != index).map(|(_, f)| f.clone()));
            let Some((called, [argument])) = factor.as_call() else { continue };
            let Some((slope, constant)) = self.linear(argument)? else { continue };
            if called.is(&function::DIRAC_DELTA) {
                return self.impulse(&rest(), &slope, &constant);
            }
            if called.is(&function::HEAVISIDE) || called.is(&function::UNIT_STEP) {
                return self.step(&rest(), &slope, &constant);
            }
        }
        self.smooth(&factors)
    }

    /// `k` and `c` of an argument `k*t + c`.
    fn linear(&self, argument: &Expr) -> Result<Option<(Expr, Expr)>, Reason> {
        let slope = algebra::expand(&diff(argument, self.t, self.budget)?, self.budget)?;
        if slope.has_symbol(self.t) {
            return Ok(None);
        }
        let constant = argument.substitute_symbol(self.t, &Expr::zero());
        let constant = algebra::expand(&constant, self.budget)?;
        Ok((!constant.is_undefined()).then_some((slope, constant)))
    }

    /// An impulse at a place takes the value there.
    fn impulse(&self, rest: &Expr, slope: &Expr, constant: &Expr) -> Result<Option<Expr>, Reason> {
        let place = algebra::expand(&-(constant / slope), self.budget)?;
        let jumps = rest.shared_nodes().any(|node| is_jump(&node));
        let value = rest.substitute_symbol(self.t, &place);
        let weight = match assume::sign(slope) {
            Some(std::cmp::Ordering::Greater) => slope.clone(),
            Some(std::cmp::Ordering::Less) => -slope,
            Some(std::cmp::Ordering::Equal) | None => return Ok(None),
        };
        if jumps || value.is_undefined() {
            return Ok(None);
        }
        Ok(match self.order(&place)? {
            Some(std::cmp::Ordering::Less) => Some(Expr::zero()),
            Some(_) => Some(value * self.exponential(&-place) / weight),
            None => None,
        })
    }

    /// `rest` switched on or off at a place.
    fn step(&self, rest: &Expr, slope: &Expr, constant: &Expr) -> Result<Option<Expr>, Reason> {
        let place = algebra::expand(&-(constant / slope), self.budget)?;
        let whole = || self.known(rest);
        let late = || -> Result<Option<Expr>, Reason> {
            let moved = rest.substitute_symbol(self.t, &(Expr::symbol(self.t) + &place));
            Ok(self.known(&moved)?.map(|transform| transform * self.exponential(&-&place)))
        };
        let (Some(order), Some(direction)) = (self.order(&place)?, assume::sign(slope)) else { return Ok(None) };
        let after = if order == std::cmp::Ordering::Greater { late()? } else { whole()? };
        match direction {
            std::cmp::Ordering::Greater => Ok(after),
            std::cmp::Ordering::Less => Ok(whole()?.zip(after).map(|(all, after)| all - after)),
            std::cmp::Ordering::Equal => Ok(None),
        }
    }

    /// The transform if all of it is known.
    fn known(&self, f: &Expr) -> Result<Option<Expr>, Reason> {
        let transform = self.of(f)?;
        let open = transform.shared_nodes().any(|node| {
            matches!(node.as_call(), Some((called, [body, ..]))
                if called.is(&function::LAPLACE) && !matches!(body.as_call(), Some((Function::Formal(_), _))))
        });
        Ok((!open).then_some(transform))
    }

    /// How a place lies to zero.
    fn order(&self, place: &Expr) -> Result<Option<std::cmp::Ordering>, Reason> {
        if let Some(sign) = assume::sign(place) {
            return Ok(Some(sign));
        }
        for (relation, order) in [
            (Relation::Greater, std::cmp::Ordering::Greater),
            (Relation::Less, std::cmp::Ordering::Less),
            (Relation::Equal, std::cmp::Ordering::Equal),
        ] {
            let question = Expr::relation(relation, place.clone(), Expr::zero());
            if place.is_constant() && algebra::decide(&question, self.budget)?.is_yes() {
                return Ok(Some(order));
            }
        }
        Ok(None)
    }

    /// `e^(k*s)`
    fn exponential(&self, k: &Expr) -> Expr {
        function::exp(&(k * Expr::symbol(self.s)))
    }

    /// `(-1)^n` times the `n`-th derivative by `s`.
    fn derived(&self, transform: &Expr, n: i64) -> Result<Expr, Reason> {
        let mut result = transform.clone();
        for _ in 0..n {
            result = -diff(&result, self.s, self.budget)?;
        }
        Ok(result)
    }
}

fn is_jump(expr: &Expr) -> bool {
    const JUMPS: [&function::Elementary; 3] = [&function::DIRAC_DELTA, &function::HEAVISIDE, &function::UNIT_STEP];
    matches!(expr.as_call(), Some((called, _)) if JUMPS.iter().any(|record| called.is(record)))
}

fn is_finite(expr: &Expr) -> bool {
    let none = |node: &Expr| match node.kind() {
        Kind::Infinity(_) | Kind::Undefined(_) => true,
        Kind::Constant(constant) => matches!(constant, Constant::NoLimit | Constant::Oscillating),
        _ => false,
    };
    !expr.shared_nodes().any(|node| none(&node))
}
