//! One expansion recorded over the rationals and replayed over other coefficients.
//!
//! What an expansion decides (where a series begins, which constants functions have) does not depend on how many terms
//! are computed. So a short expansion over the rationals is recorded, and a long one over residues or over bounds, which
//! cannot decide such things, follows the record.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::rc::Rc;

use super::field::{Field, Stop};
use super::power::{Coefficients, Lower, Row};
use crate::expr::{Expr, Truth};
use crate::number::Rational;

/// What an expansion found out at some step.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Decision {
    /// Where the row that was looked at has its first coefficient that is not zero, and that coefficient.
    Lead(Option<(i64, Rational)>),
    /// The first exponent of a result.
    Start(Option<i64>),
    /// A constant.
    Value(Rational),
    /// Is a constant term zero?
    Zero(bool),
    /// A sign.
    Sign(Ordering),
}

/// The record of an expansion.
pub(super) type Record = Rc<RefCell<Vec<Decision>>>;

/// The rational constants of a record.
pub(super) fn constants(record: &Record) -> Vec<Rational> {
    let constant = |decision: &Decision| match decision {
        Decision::Lead(Some((_, value))) | Decision::Value(value) => Some(value.clone()),
        Decision::Lead(None) | Decision::Start(_) | Decision::Zero(_) | Decision::Sign(_) => None,
    };
    record.borrow().iter().filter_map(constant).collect()
}

/// Coefficients to which rational numbers have images.
pub(super) trait Image: Coefficients {
    /// The image of a rational number; `None` when it has none.
    fn image(&self, value: &Rational) -> Option<Self::Element>;
    /// The image of a leading coefficient, by which may be divided.
    fn lead(&self, value: &Rational) -> Option<Self::Element>;
}

/// Coefficients whose decisions are read from a record.
pub(super) struct Replay<C> {
    ring: Rc<C>,
    record: Record,
    place: Rc<Cell<usize>>,
    lead: Rc<RefCell<Option<Rational>>>,
    /// Did a question come that is not the recorded one?
    astray: Rc<Cell<bool>>,
}

impl<C> Clone for Replay<C> {
    fn clone(&self) -> Replay<C> {
        Replay {
            ring: Rc::clone(&self.ring),
            record: Rc::clone(&self.record),
            place: Rc::clone(&self.place),
            lead: Rc::clone(&self.lead),
            astray: Rc::clone(&self.astray),
        }
    }
}

impl<C: Image> Replay<C> {
    pub(super) fn new(ring: C, record: &Record) -> Replay<C> {
        Replay {
            ring: Rc::new(ring),
            record: Rc::clone(record),
            place: Rc::default(),
            lead: Rc::default(),
            astray: Rc::default(),
        }
    }

    /// The coefficients.
    pub(super) fn ring(&self) -> &C {
        &self.ring
    }

    /// Was every question the recorded one, up to the last?
    pub(super) fn is_faithful(&self) -> bool {
        !self.astray.get() && self.place.get() == self.record.borrow().len()
    }

    fn next(&self) -> Option<Decision> {
        let place = self.place.get();
        self.place.set(place + 1);
        self.record.borrow().get(place).cloned()
    }

    /// The answer when the question is not the recorded one; nothing that follows counts.
    fn lost<T>(&self, answer: T) -> T {
        self.astray.set(true);
        answer
    }

    fn recorded_value(&self) -> Result<C::Element, Stop> {
        match self.next() {
            Some(Decision::Value(value)) => self.ring.image(&value).ok_or(Stop::Outside),
            _ => self.lost(Err(Stop::Outside)),
        }
    }
}

impl<C: Image> Coefficients for Replay<C> {
    type Element = C::Element;

    fn integer(&self, value: i64) -> C::Element {
        self.ring.integer(value)
    }

    fn add(&self, a: &C::Element, b: &C::Element) -> C::Element {
        self.ring.add(a, b)
    }

    fn negate(&self, a: &C::Element) -> C::Element {
        self.ring.negate(a)
    }

    fn multiply(&self, a: &C::Element, b: &C::Element) -> C::Element {
        self.ring.multiply(a, b)
    }

    fn divide(&self, a: &C::Element, b: &C::Element) -> C::Element {
        self.ring.divide(a, b)
    }

    fn scale(&self, a: &C::Element, factor: i64) -> C::Element {
        self.ring.scale(a, factor)
    }

    fn divide_small(&self, a: &C::Element, divisor: i64) -> C::Element {
        self.ring.divide_small(a, divisor)
    }

    fn is_absent(&self, a: &C::Element) -> bool {
        self.ring.is_absent(a)
    }

    fn dot<'e>(&self, pairs: impl Iterator<Item = (&'e C::Element, &'e C::Element)>) -> C::Element
    where
        C::Element: 'e,
    {
        self.ring.dot(pairs)
    }

    fn weighted_dot<'e>(&self, triples: impl Iterator<Item = (i64, &'e C::Element, &'e C::Element)>) -> C::Element
    where
        C::Element: 'e,
    {
        self.ring.weighted_dot(triples)
    }

    fn power_sum(&self, terms: &[Lower<'_, Self>], y: &[C::Element], k: usize, exponent: (i64, i64)) -> C::Element {
        self.ring.lower_sum(terms.iter().map(|lower| (lower.place, lower.value, &lower.moved)), y, k, exponent)
    }

    fn rational_power(
        &self,
        f: &[C::Element],
        exponent: &Rational,
        constant: C::Element,
        length: usize,
    ) -> Option<Row<Self>> {
        self.ring.rational_power(f, exponent, constant, length)
    }
}

impl<C: Image> Field for Replay<C> {
    const IS_REPLAY: bool = true;

    fn element(&self, _: &Expr) -> Result<C::Element, Stop> {
        self.recorded_value()
    }

    fn derive(&self, _: &[&C::Element], _: &dyn Fn(&[Expr]) -> Expr) -> Result<C::Element, Stop> {
        self.recorded_value()
    }

    fn leading_zeros(&self, row: &[C::Element], start: i64) -> Result<Option<usize>, Stop> {
        match self.next() {
            Some(Decision::Lead(None)) => Ok(None),
            Some(Decision::Lead(Some((exponent, value)))) => match usize::try_from(exponent - start) {
                Ok(zeros) if zeros < row.len() => {
                    *self.lead.borrow_mut() = Some(value);
                    Ok(Some(zeros))
                }
                _ => self.lost(Err(Stop::Outside)),
            },
            _ => self.lost(Err(Stop::Outside)),
        }
    }

    fn mend_lead(&self, element: &mut C::Element) -> Result<(), Stop> {
        let value = self.lead.borrow_mut().take();
        *element = value.and_then(|value| self.ring.lead(&value)).ok_or(Stop::Outside)?;
        Ok(())
    }

    fn is_plain_zero(&self, _: &C::Element) -> bool {
        match self.next() {
            Some(Decision::Zero(zero)) => zero,
            _ => self.lost(false),
        }
    }

    fn settle(&self, seen: Option<i64>) -> Option<i64> {
        match self.next() {
            Some(Decision::Start(start)) => start,
            _ => self.lost(seen),
        }
    }

    fn sign(&self, _: &C::Element) -> Result<Ordering, Stop> {
        match self.next() {
            Some(Decision::Sign(sign)) => Ok(sign),
            _ => self.lost(Err(Stop::Outside)),
        }
    }

    fn is_real(&self, _: &C::Element) -> Truth {
        Truth::Yes
    }

    fn is_fixed(&self, _: &C::Element) -> bool {
        true
    }

    fn to_integer(&self, _: &C::Element) -> Option<i64> {
        None
    }

    fn logarithm_of_variable(&self) -> Result<C::Element, Stop> {
        Err(Stop::Outside)
    }

    fn exponential(&self, _: &C::Element) -> Result<(C::Element, Rational), Stop> {
        Ok((self.ring.integer(1), Rational::ZERO))
    }

    fn follows_derivatives(&self) -> bool {
        false
    }
}
