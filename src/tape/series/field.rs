//! The coefficients of series in a small positive variable: rational numbers, or expressions.

use std::cmp::Ordering;

use super::hooks::Hooks;
use super::power::Coefficients;
use super::recurrence;
use super::replay::{Decision, Record};
use crate::budget::Budget;
use crate::expr::function::{exp, log};
use crate::expr::{Expr, Kind, Reason, Relation, SumBuilder, Symbol, Truth, assume};
use crate::number::{Number, Rational};

/// Polynomials in the logarithm of the variable of higher degree are not derived.
const GREATEST_DEGREE: i64 = 64;

/// Why an expansion stopped.
#[derive(Clone, Debug, PartialEq)]
pub enum Stop {
    /// Leading terms cancelled: more must be known of the parts.
    More,
    /// These coefficients don't suffice; richer ones may.
    Outside,
    /// There is no expansion, or none can be found.
    Because(Reason),
}

impl From<Reason> for Stop {
    fn from(reason: Reason) -> Stop {
        Stop::Because(reason)
    }
}

/// No expansion of this kind exists.
pub(super) fn unsupported<T>(text: &'static str) -> Result<T, Stop> {
    Err(Stop::Because(Reason::Unsupported(text)))
}

/// Coefficients of which constants can be made and asked questions.
pub trait Field: Coefficients {
    /// Do they repeat an expansion over other coefficients? Then they have the rules of elementary functions alone, and
    /// the program is without copies of all the others.
    const IS_REPLAY: bool = false;

    /// The coefficient that an expression without the variable is.
    fn element(&self, expr: &Expr) -> Result<Self::Element, Stop>;
    /// The coefficient that follows from others by an exact rule.
    fn derive(&self, arguments: &[&Self::Element], rule: &dyn Fn(&[Expr]) -> Expr) -> Result<Self::Element, Stop>;
    /// How many leading coefficients are proved zero before one that is proved not to be; `None` when all are zero. The
    /// row begins at the exponent `start`.
    fn leading_zeros(&self, row: &[Self::Element], start: i64) -> Result<Option<usize>, Stop>;
    /// Puts what is known elsewhere of the leading coefficient just found in its place.
    fn mend_lead(&self, _: &mut Self::Element) -> Result<(), Stop> {
        Ok(())
    }
    /// Is a constant term zero, as far as that is plain to see?
    fn is_plain_zero(&self, element: &Self::Element) -> bool {
        self.is_absent(element)
    }
    /// The first exponent of a result, `None` when it is exactly zero: the one that is seen, or one known from elsewhere.
    fn settle(&self, seen: Option<i64>) -> Option<i64> {
        seen
    }
    /// The sign of a real coefficient.
    fn sign(&self, element: &Self::Element) -> Result<Ordering, Stop>;
    /// Is it real?
    fn is_real(&self, element: &Self::Element) -> Truth;
    /// Does it stay the same when the variable gets smaller? Logarithms of the variable don't.
    fn is_fixed(&self, element: &Self::Element) -> bool;
    /// The coefficient as a machine integer, if it is one and that is known.
    fn to_integer(&self, element: &Self::Element) -> Option<i64>;
    /// The derivative by the logarithm of the small variable; `None` where that does not occur.
    fn slope_in_logarithm(&self, _: &Self::Element) -> Result<Option<Self::Element>, Stop> {
        Ok(None)
    }
    /// The logarithm of the small variable.
    fn logarithm_of_variable(&self) -> Result<Self::Element, Stop>;
    /// `exp` of a coefficient `q*log(t) + c`: `exp(c)` and `q`.
    fn exponential(&self, element: &Self::Element) -> Result<(Self::Element, Rational), Stop>;
    /// Are functions without a rule of their own expanded by their derivatives?
    fn follows_derivatives(&self) -> bool;
}

/// Rational coefficients. When the budget is spent, sums are left out so that the end is near, and the expansion fails.
#[derive(Clone, Copy, Debug, Default)]
pub struct Rationals<'h> {
    pub(super) budget: Option<&'h Budget>,
    /// Where everything decided is written down, if it is.
    pub(super) record: Option<&'h Record>,
}

impl Rationals<'_> {
    fn note<T>(self, answer: T, decision: impl FnOnce(&T) -> Decision) -> T {
        if let Some(record) = self.record {
            record.borrow_mut().push(decision(&answer));
        }
        answer
    }
}

impl Coefficients for Rationals<'_> {
    type Element = Rational;

    fn integer(&self, value: i64) -> Rational {
        Rational::from(value)
    }

    fn add(&self, a: &Rational, b: &Rational) -> Rational {
        a + b
    }

    fn negate(&self, a: &Rational) -> Rational {
        -a
    }

    fn multiply(&self, a: &Rational, b: &Rational) -> Rational {
        a * b
    }

    fn divide(&self, a: &Rational, b: &Rational) -> Rational {
        if b.is_one() { a.clone() } else { a.checked_div(b).unwrap_or(Rational::ZERO) }
    }

    fn scale(&self, a: &Rational, factor: i64) -> Rational {
        a * &Rational::from(factor)
    }

    fn divide_small(&self, a: &Rational, divisor: i64) -> Rational {
        match Rational::fraction(1, divisor) {
            Some(inverse) if !a.is_zero() => a * &inverse,
            _ => Rational::ZERO,
        }
    }

    fn is_absent(&self, a: &Rational) -> bool {
        a.is_zero()
    }

    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e Rational, &'e Rational)>) -> Rational {
        if self.budget.is_some_and(|budget| budget.check().is_err()) {
            return Rational::ZERO;
        }
        pairs.filter(|(a, b)| !a.is_zero() && !b.is_zero()).fold(Rational::ZERO, |total, (a, b)| total + a * b)
    }

    fn short_quotient(&self, a: &[Rational], b: &[Rational], length: usize) -> Option<Vec<Rational>> {
        recurrence::quotient(a, b, length, self.budget)
    }
}

impl Field for Rationals<'_> {
    fn element(&self, expr: &Expr) -> Result<Rational, Stop> {
        let value = expr.as_rational().cloned().ok_or(Stop::Outside)?;
        Ok(self.note(value, |value| Decision::Value(value.clone())))
    }

    fn derive(&self, arguments: &[&Rational], rule: &dyn Fn(&[Expr]) -> Expr) -> Result<Rational, Stop> {
        let arguments: Vec<Expr> = arguments.iter().map(|q| Expr::number((*q).clone())).collect();
        self.element(&rule(&arguments))
    }

    fn leading_zeros(&self, row: &[Rational], start: i64) -> Result<Option<usize>, Stop> {
        let lead =
            |zeros: &Option<usize>| Decision::Lead(zeros.map(|zeros| (start + zeros as i64, row[zeros].clone())));
        Ok(self.note(row.iter().position(|c| !c.is_zero()), lead))
    }

    fn is_plain_zero(&self, element: &Rational) -> bool {
        self.note(element.is_zero(), |answer| Decision::Zero(*answer))
    }

    fn settle(&self, seen: Option<i64>) -> Option<i64> {
        self.note(seen, |seen| Decision::Start(*seen))
    }

    fn sign(&self, element: &Rational) -> Result<Ordering, Stop> {
        Ok(self.note(element.cmp(&Rational::ZERO), |sign| Decision::Sign(*sign)))
    }

    fn is_real(&self, _: &Rational) -> Truth {
        Truth::Yes
    }

    fn is_fixed(&self, _: &Rational) -> bool {
        true
    }

    /// Not told while a record is made: what would follow it cannot.
    fn to_integer(&self, element: &Rational) -> Option<i64> {
        if self.record.is_some() { None } else { element.to_i64() }
    }

    fn logarithm_of_variable(&self) -> Result<Rational, Stop> {
        Err(Stop::Outside)
    }

    fn exponential(&self, element: &Rational) -> Result<(Rational, Rational), Stop> {
        if element.is_zero() { Ok((Rational::ONE, Rational::ZERO)) } else { Err(Stop::Outside) }
    }

    fn follows_derivatives(&self) -> bool {
        false
    }
}

/// Coefficients that are expressions, the questions about them answered by the caller's hooks. A spent budget ends sums as
/// with [`Rationals`].
#[derive(Clone, Copy)]
pub struct Expressions<'h> {
    pub(super) hooks: &'h Hooks<'h>,
    /// The name of the small variable inside logarithms.
    pub(super) small: Symbol,
}

impl Expressions<'_> {
    fn is_zero(&self, element: &Expr) -> Truth {
        match element.as_number() {
            Some(number) => Truth::of(number.is_zero()),
            None => (self.hooks.is_zero)(element),
        }
    }
}

impl Coefficients for Expressions<'_> {
    type Element = Expr;

    fn integer(&self, value: i64) -> Expr {
        Expr::integer(value)
    }

    fn add(&self, a: &Expr, b: &Expr) -> Expr {
        if a.is_zero() { b.clone() } else { a + b }
    }

    fn negate(&self, a: &Expr) -> Expr {
        a.scale(&Number::from(-1))
    }

    fn multiply(&self, a: &Expr, b: &Expr) -> Expr {
        if a.is_one() { b.clone() } else { (self.hooks.tidy)(a * b) }
    }

    fn divide(&self, a: &Expr, b: &Expr) -> Expr {
        if b.is_one() { a.clone() } else { (self.hooks.tidy)(a / b) }
    }

    fn scale(&self, a: &Expr, factor: i64) -> Expr {
        a.scale(&Number::from(factor))
    }

    fn divide_small(&self, a: &Expr, divisor: i64) -> Expr {
        Rational::fraction(1, divisor).map_or_else(Expr::zero, |inverse| a.scale(&Number::from(inverse)))
    }

    fn is_absent(&self, a: &Expr) -> bool {
        a.as_number().is_some_and(|number| number.is_zero() && number.is_exact())
    }

    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e Expr, &'e Expr)>) -> Expr {
        self.weighted_dot(pairs.map(|(a, b)| (1, a, b)))
    }

    fn weighted_dot<'e>(&self, triples: impl Iterator<Item = (i64, &'e Expr, &'e Expr)>) -> Expr {
        let mut total = SumBuilder::new();
        if self.hooks.budget.check().is_err() {
            return Expr::zero();
        }
        for (weight, a, b) in triples {
            if weight != 0 && !self.is_absent(a) && !self.is_absent(b) {
                total.add_scaled(&self.multiply(a, b), &Number::from(weight));
            }
        }
        total.finish()
    }
}

impl Field for Expressions<'_> {
    fn element(&self, expr: &Expr) -> Result<Expr, Stop> {
        match expr.kind() {
            Kind::Undefined(_) | Kind::Infinity(_) => unsupported("a singular point of a function"),
            _ => Ok(expr.clone()),
        }
    }

    fn derive(&self, arguments: &[&Expr], rule: &dyn Fn(&[Expr]) -> Expr) -> Result<Expr, Stop> {
        let arguments: Vec<Expr> = arguments.iter().map(|e| (*e).clone()).collect();
        self.element(&rule(&arguments))
    }

    fn leading_zeros(&self, row: &[Expr], _: i64) -> Result<Option<usize>, Stop> {
        for (index, element) in row.iter().enumerate() {
            match self.is_zero(element) {
                Truth::No => return Ok(Some(index)),
                Truth::Yes => {}
                Truth::Unknown => {
                    let question = Expr::relation(Relation::Equal, element.clone(), Expr::zero());
                    return Err(Stop::Because(Reason::Unknown(question)));
                }
            }
        }
        Ok(None)
    }

    fn sign(&self, element: &Expr) -> Result<Ordering, Stop> {
        (self.hooks.sign)(element).ok_or_else(|| {
            let question = Expr::relation(Relation::Greater, element.clone(), Expr::zero());
            Stop::Because(Reason::Unknown(question))
        })
    }

    fn is_real(&self, element: &Expr) -> Truth {
        assume::is_real(element).or_else(|| match (self.hooks.sign)(element) {
            Some(_) => Truth::Yes,
            None => crate::tape::zero::is_real_by_ball(element),
        })
    }

    fn is_fixed(&self, element: &Expr) -> bool {
        !element.has_symbol(self.small)
    }

    fn to_integer(&self, element: &Expr) -> Option<i64> {
        element.to_i64()
    }

    /// Of a polynomial in the logarithm.
    fn slope_in_logarithm(&self, element: &Expr) -> Result<Option<Expr>, Stop> {
        if self.is_fixed(element) {
            return Ok(None);
        }
        let logarithm = log(&Expr::symbol(self.small));
        let expanded = (self.hooks.tidy)(element.clone());
        let parts = match expanded.kind() {
            Kind::Sum(sum) => sum.parts().collect(),
            _ => vec![expanded.clone()],
        };
        let mut slope = SumBuilder::new();
        for part in parts.iter().filter(|part| !self.is_fixed(part)) {
            let power = |k: i64| logarithm.powi(k);
            let degree = (1..=GREATEST_DEGREE).find(|k| self.is_fixed(&(part / power(*k))));
            let Some(degree) = degree else { return unsupported("a function of a logarithm of the variable") };
            slope.add(&(part / power(degree) * power(degree - 1)).scale(&Number::from(degree)));
        }
        Ok(Some(slope.finish()))
    }

    fn logarithm_of_variable(&self) -> Result<Expr, Stop> {
        Ok(log(&Expr::symbol(self.small)))
    }

    fn exponential(&self, element: &Expr) -> Result<(Expr, Rational), Stop> {
        if !element.has_symbol(self.small) {
            return Ok((exp(element), Rational::ZERO));
        }
        let (power, rest) = self.split_logarithm(element);
        match power.as_rational() {
            Some(power) if !rest.has_symbol(self.small) => Ok((exp(&rest), power.clone())),
            _ => unsupported("a power of the variable whose exponent is no rational number"),
        }
    }

    fn follows_derivatives(&self) -> bool {
        true
    }
}

impl Expressions<'_> {
    /// `(q, c)` for `q*log(t) + c` with a number `q`; what is of another form stays in `c`.
    fn split_logarithm(&self, element: &Expr) -> (Expr, Expr) {
        let logarithm = log(&Expr::symbol(self.small));
        let parts = match element.kind() {
            Kind::Sum(sum) => sum.parts().collect(),
            _ => vec![element.clone()],
        };
        let (mut power, mut rest) = (SumBuilder::new(), SumBuilder::new());
        for part in parts {
            match part.split_coefficient() {
                (base, coefficient) if base == logarithm => power.add(&Expr::number(coefficient)),
                _ => rest.add(&part),
            }
        }
        (power.finish(), rest.finish())
    }
}
