//! Integrals: antiderivatives by rules and algorithms, each checked by differentiating back.
//!
//! [`antiderivative`] runs through a list of methods (`METHODS`), cheap and pretty ones first: the table with linear
//! substitution, rational functions, substitutions, polynomials times exponentials and waves, products of powers of sine
//! and cosine, parts, radicals. A method may ask the whole list again for simpler integrands. Whatever comes out is
//! differentiated and compared with the integrand (`verify`) before it leaves this room, so that a mistake in a rule
//! costs an answer, never a wrong one.

mod apart;
mod classical;
mod definite;
mod exponential;
mod field;
mod formal;
mod parts;
mod quadratic;
mod radical;
mod rational;
mod shape;
mod special;
mod substitution;
mod table;
mod trigonometric;
mod verify;

use std::cell::{Cell, RefCell};

use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol};
pub use apart::partial_fractions;
pub use definite::{DIVERGENT, definite_integral};

/// An antiderivative if one was found.
type Answer = Result<Option<Expr>, Reason>;

/// Integrands nested deeper than this in one another's methods are given up.
const DEEPEST: usize = 12;
/// After so many integrands the whole question is given up.
const MOST: usize = 400;

/// An antiderivative of `f`, right wherever `f` is real, or `None` when no method finds one.
///
/// # Errors
/// `Unknown` with the fact that is missing when the form of the answer depends on a parameter; `Budget` when stopped.
pub fn antiderivative(f: &Expr, variable: Symbol, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let integrator = Integrator::new(variable, budget);
    checked(&integrator, f)
}

/// What the integrator finds, if it differentiates back to the integrand.
fn checked(integrator: &Integrator, f: &Expr) -> Answer {
    let Some(found) = integrator.integrate(f)? else { return Ok(None) };
    Ok(verify::differentiates_to(&found, f, integrator.variable, integrator.budget)?.then_some(found))
}

/// A method: an antiderivative, or `None` when it does not apply.
type Method = fn(&Integrator, &Expr) -> Answer;

/// All methods, in the order in which they are tried.
const METHODS: &[Method] = &[
    table::by_table,
    formal::derivative_of_formal,
    rational::rational,
    exponential::polynomial_times_waves,
    trigonometric::powers_of_sine_and_cosine,
    exponential::rational_in_exponential,
    substitution::derivative_divides,
    special::by_special_functions,
    parts::by_parts,
    trigonometric::half_angle,
    radical::linear_radicand,
    radical::quadratic_radicand,
    substitution::logarithm,
    trigonometric::reduced,
    expanded,
    exponential::hyperbolic_by_exponentials,
];

/// One question: the variable, what may be spent, and the integrands under way.
pub(super) struct Integrator<'b> {
    variable: Symbol,
    x: Expr,
    budget: &'b Budget,
    under_way: RefCell<Vec<Expr>>,
    asked: Cell<usize>,
    /// Whether integral sines are wanted rather than exponential integrals of imaginary arguments.
    real: bool,
}

impl<'b> Integrator<'b> {
    fn new(variable: Symbol, budget: &'b Budget) -> Integrator<'b> {
        Integrator {
            variable,
            x: Expr::symbol(variable),
            budget,
            under_way: RefCell::new(Vec::new()),
            asked: Cell::new(0),
            real: false,
        }
    }

    /// The same question in another variable; what is under way is shared only through the depth.
    fn in_variable(&self, variable: Symbol) -> Integrator<'b> {
        let inner = Integrator { real: self.real, ..Integrator::new(variable, self.budget) };
        inner.asked.set(self.asked.get() + 20);
        *inner.under_way.borrow_mut() = vec![Expr::zero(); self.under_way.borrow().len() + 1];
        inner
    }

    /// An antiderivative, not checked yet.
    fn integrate(&self, f: &Expr) -> Answer {
        self.budget.check()?;
        if self.is_free(f) {
            return Ok(Some(f * &self.x));
        }
        self.asked.set(self.asked.get() + 1);
        let hopeless = self.under_way.borrow().len() >= DEEPEST || self.asked.get() > MOST;
        if hopeless || self.under_way.borrow().contains(f) {
            return Ok(None);
        }
        self.under_way.borrow_mut().push(f.clone());
        let answer = self.by_linearity(f);
        self.under_way.borrow_mut().pop();
        answer
    }

    /// Constant factors in front, then the methods, then term by term.
    fn by_linearity(&self, f: &Expr) -> Answer {
        let (constant, rest) = self.split_constant(f);
        if !constant.is_one() {
            return Ok(self.integrate(&rest)?.map(|found| self.scaled(&constant, &found)));
        }
        if let Kind::Sum(_) = f.kind()
            && let Some(found) = self.term_by_term(f)?
        {
            return Ok(Some(found));
        }
        for method in METHODS {
            if let Some(found) = method(self, f)? {
                return Ok(Some(found));
            }
        }
        Ok(None)
    }

    /// A number is multiplied into a sum, anything else stands in front of it.
    fn scaled(&self, constant: &Expr, found: &Expr) -> Expr {
        match found.kind() {
            Kind::Sum(sum) if !matches!(constant.kind(), Kind::Sum(_)) => {
                Expr::sum(sum.parts().map(|part| constant * part))
            }
            _ => constant * found,
        }
    }

    fn term_by_term(&self, f: &Expr) -> Answer {
        if let Some(found) = rational::rational(self, f)? {
            return Ok(Some(found));
        }
        let mut parts = Vec::new();
        for term in algebra::terms(f) {
            match self.integrate(&term)? {
                Some(found) => parts.push(found),
                None => return Ok(None),
            }
        }
        Ok(Some(Expr::sum(parts)))
    }
}

/// Multiplied out, when that makes a sum of it.
fn expanded(integrator: &Integrator, f: &Expr) -> Answer {
    if matches!(f.kind(), Kind::Sum(_)) {
        return Ok(None);
    }
    let open = algebra::expand(f, integrator.budget)?;
    if open == *f || !matches!(open.kind(), Kind::Sum(_)) {
        return Ok(None);
    }
    integrator.integrate(&open)
}

#[cfg(test)]
mod tests;
