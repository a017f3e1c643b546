//! What one limit at plus infinity works with: the large variable, the bounded unknowns, and the limits found so far.
//!
//! A bounded unknown stands for something that stays in a closed interval, of which nothing else is used: a wave
//! `sin(u)` of an unbounded `u`, the part `u - floor(u)`, the error of an asymptotic bound. An answer without it is right
//! whatever it does. It may be zero at any time, so it is never divided by.

use std::cell::{Cell, RefCell};
use std::cmp::Ordering;
use std::collections::HashMap;

use crate::algebra;
use crate::budget::Budget;
use crate::expr::assume::{self, Fact};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth};
use crate::number::{Interval, Rational};
use crate::tape::IntervalFunction;

use super::gruntz::has_imaginary_numbers;
use super::leading;
use super::waves::Wave;

/// Boxes are cut so often when an enclosure is too wide.
const CUTS: u32 = 6;
/// More unknowns than this are not enclosed together.
const MOST_UNKNOWNS: usize = 4;

/// The large variable and what is known on the way up.
pub(super) struct Ascent<'a> {
    pub(super) x: Symbol,
    pub(super) budget: &'a Budget,
    pub(super) depth: Cell<usize>,
    pub(super) memory: RefCell<HashMap<Expr, Result<Expr, Reason>>>,
    unknowns: RefCell<Vec<Unknown>>,
    pub(super) waves: RefCell<Vec<Wave>>,
    /// The subsequences that prove that there is no limit: a relation that gives them, and the limit there.
    pub(super) witnesses: RefCell<Vec<(Expr, Expr)>>,
}

/// Something bounded.
#[derive(Clone)]
pub(super) struct Unknown {
    pub(super) symbol: Symbol,
    low: Rational,
    high: Rational,
    /// What it is, in other unknowns; `None` for one that stands by itself.
    pub(super) meaning: Option<Expr>,
}

impl<'a> Ascent<'a> {
    pub(super) fn new(x: Symbol, budget: &'a Budget) -> Ascent<'a> {
        Ascent {
            x,
            budget,
            depth: Cell::new(0),
            memory: RefCell::new(HashMap::new()),
            unknowns: RefCell::new(Vec::new()),
            waves: RefCell::new(Vec::new()),
            witnesses: RefCell::new(Vec::new()),
        }
    }

    /// A new unknown between these bounds; the caller sees to it that facts are forgotten in the end.
    pub(super) fn unknown(&self, low: Rational, high: Rational, meaning: Option<Expr>) -> Expr {
        let mut unknowns = self.unknowns.borrow_mut();
        let symbol = Symbol::new(&format!("the unknown {}", unknowns.len()));
        let own = Expr::symbol(symbol);
        let bound = |relation, value: &Rational| {
            Fact::Holds(Expr::relation(relation, own.clone(), Expr::number(value.clone())))
        };
        assume::assume(bound(Relation::GreaterEqual, &low));
        assume::assume(bound(Relation::LessEqual, &high));
        unknowns.push(Unknown { symbol, low, high, meaning });
        own
    }

    /// Says what an unknown is in another one.
    pub(super) fn explain(&self, unknown: &Expr, meaning: Expr) {
        let mut unknowns = self.unknowns.borrow_mut();
        if let Some(own) = unknowns.iter_mut().find(|own| unknown.as_symbol() == Some(own.symbol)) {
            own.meaning = Some(meaning);
        }
    }

    /// The unknowns in an expression.
    pub(super) fn unknowns_in(&self, expr: &Expr) -> Vec<Unknown> {
        let unknowns = self.unknowns.borrow();
        if unknowns.is_empty() {
            return Vec::new();
        }
        let variables = expr.variables();
        unknowns.iter().filter(|unknown| variables.contains(&unknown.symbol)).cloned().collect()
    }

    pub(super) fn has_unknowns(&self, expr: &Expr) -> bool {
        !self.unknowns_in(expr).is_empty()
    }

    /// The values that an expression in unknowns alone can take, enclosed; `None` when that is not seen.
    pub(super) fn range(&self, expr: &Expr) -> Option<Interval> {
        let unknowns = self.unknowns_in(expr);
        let symbols: Vec<Symbol> = unknowns.iter().map(|unknown| unknown.symbol).collect();
        let mut enclosure = IntervalFunction::new(expr, &symbols).ok()?;
        let range = enclosure.on(&boxed(&unknowns));
        (range.is_bounded() && range.is_defined()).then_some(range)
    }

    /// Does an expression without the variable stay within bounds, whatever the unknowns do?
    pub(super) fn is_bounded(&self, expr: &Expr) -> bool {
        const BOUNDED: &[&str] = &["exp", "sin", "cos", "arctan", "abs", "sinh", "cosh", "tanh"];
        expr.shared_nodes().filter(|node| self.has_unknowns(node)).all(|node| match node.kind() {
            Kind::Sum(_) | Kind::Symbol(_) => true,
            Kind::Product(product) => product.factors().iter().all(|factor| {
                let natural = factor.exponent.is_integer() && !factor.exponent.is_negative();
                natural || !self.has_unknowns(&factor.base) || self.has_bounded_power(&factor.base, &factor.exponent)
            }),
            Kind::Call(called, _) if BOUNDED.contains(&called.name()) => true,
            _ => self.range(&node).is_some(),
        })
    }

    /// Is there something without the variable that the unknowns may make as large as they like, such as `1/sin(x)`? It
    /// is no coefficient of an expansion.
    pub(super) fn is_wild(&self, expr: &Expr) -> bool {
        if !self.has_unknowns(expr) {
            return false;
        }
        let escapes = |e: &Expr| !e.has_symbol(self.x) && self.has_unknowns(e) && !self.is_bounded(e);
        expr.shared_nodes().any(|node| match node.kind() {
            Kind::Product(product) if node.has_symbol(self.x) => product.parts().any(|part| escapes(&part)),
            _ => escapes(&node),
        })
    }

    fn has_bounded_power(&self, base: &Expr, exponent: &Rational) -> bool {
        let sign = self.sign(base).ok().flatten();
        let above = || self.range(base).is_some_and(|range| range.low() >= 0.0);
        sign.is_some() || (!exponent.is_negative() && above())
    }

    /// The sign of an expression without the variable, the same for all values of the unknowns.
    pub(super) fn sign(&self, expr: &Expr) -> Result<Option<Ordering>, Reason> {
        let unknowns = self.unknowns_in(expr);
        if unknowns.is_empty() {
            return leading::sign(expr, self.budget);
        }
        let tidied = self.tidy(expr);
        let sign = assume::sign(&tidied).filter(|sign| sign.is_ne());
        Ok(sign.or_else(|| sign_on_box(&tidied, &unknowns)))
    }

    /// The sign of the reciprocal of something bounded that has no values of the other sign, zero though it may be.
    pub(super) fn sign_of_reciprocal(&self, part: &Expr) -> Option<Ordering> {
        if part.has_symbol(self.x) || !self.has_unknowns(part) {
            return None;
        }
        let below = part.recip();
        let range = self.range(&below)?;
        match () {
            _ if range.low() >= 0.0 => Some(Ordering::Greater),
            _ if range.high() <= 0.0 => Some(Ordering::Less),
            _ => None,
        }
    }

    /// Is the expression without the variable zero? `No` only when it keeps away from zero.
    pub(super) fn is_constant_zero(&self, expr: &Expr) -> Truth {
        if self.has_unknowns(expr) {
            if has_imaginary_numbers(expr) {
                let (re, im) = algebra::split_imaginary(&self.tidy(expr));
                let size = re.powi(2) + im.powi(2);
                return if has_imaginary_numbers(&size) { Truth::Unknown } else { self.is_constant_zero(&size) };
            }
            return match self.sign(expr) {
                Ok(Some(_)) => Truth::No,
                _ => Truth::if_shown(algebra::is_zero(expr, self.budget).is_ok_and(Truth::is_yes)),
            };
        }
        match algebra::is_zero(expr, self.budget).unwrap_or(Truth::Unknown) {
            Truth::Unknown => match self.rooted(expr) {
                Some(rooted) => algebra::is_zero(&rooted, self.budget).unwrap_or(Truth::Unknown),
                None => Truth::Unknown,
            },
            known => known,
        }
    }
}

impl Ascent<'_> {
    /// An equal expression in which zeros are easier to see: multiplied out, with even powers of cosines by sines.
    pub(super) fn tidy(&self, expr: &Expr) -> Expr {
        let expand = |expr: &Expr| algebra::expand(expr, self.budget).unwrap_or_else(|_| expr.clone());
        let mut expanded = expand(expr);
        if let Some(rooted) = self.rooted(&expanded) {
            expanded = expand(&rooted);
        }
        let waves = self.waves.borrow();
        if waves.is_empty() || !self.has_unknowns(&expanded) {
            return expanded;
        }
        let sine_of = |base: &Expr| waves.iter().find(|wave| wave.cosine == *base).map(|wave| wave.sine.clone());
        let mut changed = false;
        let reduced = expanded.rewrite(
            |_| None,
            |node| {
                let Some((base, times, sine)) = squared(&node).and_then(|(b, n)| Some((b.clone(), n, sine_of(b)?)))
                else {
                    return node;
                };
                changed = true;
                (Expr::one() - sine.powi(2)).powi(times / 2) * base.powi(times % 2)
            },
        );
        if changed { expand(&reduced) } else { expanded }
    }
}

impl Ascent<'_> {
    /// Roots of parameters with perfect powers of positive factors below them taken: `sqrt(a^2 + 2*a + 1)` for a positive
    /// `a`. `None` when there are none.
    fn rooted(&self, expr: &Expr) -> Option<Expr> {
        let is_root = |base: &Expr, exponent: &Rational| {
            !exponent.is_integer() && !base.has_symbol(self.x) && base.as_symbol().is_none() && !base.is_constant()
        };
        let has_root = |node: &Expr| match node.kind() {
            Kind::Power(base, exponent) => exponent.as_rational().is_some_and(|exponent| is_root(base, exponent)),
            Kind::Product(product) => product.factors().iter().any(|factor| is_root(&factor.base, &factor.exponent)),
            _ => false,
        };
        if !expr.any_stored(has_root) {
            return None;
        }
        let mut changed = false;
        let mut root = |base: &Expr, exponent: &Rational| {
            let plain = base.power_rational(exponent);
            if !is_root(base, exponent) {
                return plain;
            }
            let Ok(factored) = algebra::factor(base, self.budget) else { return plain };
            let factors = algebra::factors(&factored);
            let positive = |factor: &Expr| assume::sign(factor) == Some(Ordering::Greater);
            let rooted = Expr::product(factors.iter().map(|factor| power_of(factor, exponent)));
            if !factors.iter().all(|factor| positive(&base_of(factor))) || rooted == plain {
                return plain;
            }
            changed = true;
            rooted
        };
        let rewritten = expr.rewrite(
            |_| None,
            |node| match node.kind() {
                Kind::Power(base, exponent) if let Some(exponent) = exponent.as_rational() => root(base, exponent),
                Kind::Product(product) if product.factors().iter().any(|f| is_root(&f.base, &f.exponent)) => {
                    let roots = product.factors().iter().map(|f| root(&f.base, &f.exponent));
                    Expr::product(roots.collect::<Vec<_>>()).scale(product.coefficient())
                }
                _ => node,
            },
        );
        changed.then_some(rewritten)
    }
}

/// A natural power without its exponent.
fn base_of(factor: &Expr) -> Expr {
    squared(factor).map_or_else(|| factor.clone(), |(base, _)| base.clone())
}

/// A factor with a positive base to a power.
fn power_of(factor: &Expr, exponent: &Rational) -> Expr {
    match squared(factor) {
        Some((base, times)) => base.power_rational(&(&Rational::from(times) * exponent)),
        None => factor.power_rational(exponent),
    }
}

/// The base and exponent of a natural power above one.
fn squared(node: &Expr) -> Option<(&Expr, i64)> {
    let (base, exponent) = match node.kind() {
        Kind::Power(base, exponent) => (base, exponent.to_i64()?),
        Kind::Product(product) => match product.factors() {
            [only] if product.coefficient().is_one() => (&only.base, only.exponent.to_i64()?),
            _ => return None,
        },
        _ => return None,
    };
    (exponent >= 2).then_some((base, exponent))
}

fn boxed(unknowns: &[Unknown]) -> Vec<Interval> {
    let side = |unknown: &Unknown| Interval::from_rational(&unknown.low).hull(Interval::from_rational(&unknown.high));
    unknowns.iter().map(side).collect()
}

/// The sign on the whole box, cut finer where the enclosure is too wide.
fn sign_on_box(expr: &Expr, unknowns: &[Unknown]) -> Option<Ordering> {
    if unknowns.len() > MOST_UNKNOWNS {
        return None;
    }
    let symbols: Vec<Symbol> = unknowns.iter().map(|unknown| unknown.symbol).collect();
    let mut enclosure = IntervalFunction::new(expr, &symbols).ok()?;
    let mut sign = None;
    let mut pending = vec![(boxed(unknowns), 0)];
    while let Some((sides, cuts)) = pending.pop() {
        let value = enclosure.on(&sides);
        let own = match value {
            _ if !value.is_defined() || !value.is_bounded() => None,
            _ if value.is_positive() => Some(Ordering::Greater),
            _ if value.is_negative() => Some(Ordering::Less),
            _ => None,
        };
        match own {
            Some(own) if sign.is_none_or(|sign| sign == own) => sign = Some(own),
            Some(_) => return None,
            None if cuts >= CUTS * unknowns.len() as u32 => return None,
            None => {
                let widest = (0..sides.len()).max_by(|a, b| sides[*a].width().total_cmp(&sides[*b].width()))?;
                let (low, high) = sides[widest].split();
                for half in [low, high] {
                    let mut part = sides.clone();
                    part[widest] = half;
                    pending.push((part, cuts + 1));
                }
            }
        }
    }
    sign
}
