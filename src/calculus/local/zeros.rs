//! All zeros of a function in a range: exact where possible, else isolated between rational numbers.
//!
//! Factors are treated one by one: by inverting what is inverted completely (`domain`), real roots of polynomials by
//! continued fractions (`poly`), and what is left by subdivision with enclosures: a cell without zero is thrown away, on
//! a cell where the derivative keeps its sign the signs at the ends decide (Moore, Kearfott and Cloud, "Introduction to
//! Interval Analysis", 8.1).

use crate::number::sorting;
use std::cmp::Ordering;

use super::super::diff;
use super::super::domain::{self, Span};
use super::companion::companions;
use super::enclosure::{Enclosure, Range};
use super::monotone;
use crate::algebra;
use crate::budget::Budget;
use crate::expr::{Expr, Infinity, Kind, Reason, Symbol, Truth, function};
use crate::number::{Ball, Integer, Number, Rational, Real};
use crate::poly::RootInterval;

/// The precision of enclosures in bits.
pub(super) const BITS: u32 = 160;
/// Zeros are known to this part of one, as a power of two.
const NARROW: usize = 90;
/// No more cells are looked at.
const MOST_CELLS: usize = 3000;
/// So many derivatives are asked where the function turns.
const DEEPEST: usize = 3;

/// A real number: exact, or known to be the only zero of a function in a narrow range.
#[derive(Clone, Debug, PartialEq)]
pub enum Place {
    /// Known exactly.
    Exact(Expr),
    /// Between two rational numbers.
    Between(Range),
}

impl Place {
    /// A ball around the number; `None` when no real value is found.
    pub fn ball(&self) -> Option<Ball> {
        match self {
            Place::Exact(expr) => domain::real_value(expr, &[]),
            Place::Between(range) => Some(range.ball(BITS)),
        }
    }

    /// The number as an expression: exact, or the nearest number of 53 bits.
    pub fn to_expr(&self) -> Expr {
        match self {
            Place::Exact(expr) => expr.clone(),
            Place::Between(range) => Expr::number(Number::Real(Box::new(Real::from_rational(&range.middle(), 53)))),
        }
    }

    /// Is it known exactly?
    pub fn is_exact(&self) -> bool {
        matches!(self, Place::Exact(_))
    }

    /// How two numbers compare, `None` when that can't be told.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn order(&self, other: &Place, budget: &Budget) -> Result<Option<Ordering>, Reason> {
        if let (Place::Exact(a), Place::Exact(b)) = (self, other) {
            return domain::order(a, b, budget);
        }
        if self == other {
            return Ok(Some(Ordering::Equal));
        }
        let infinite = |place: &Place| match place {
            Place::Exact(expr) => match expr.kind() {
                Kind::Infinity(Infinity::Negative) => Some(-1),
                Kind::Infinity(_) => Some(1),
                _ => None,
            },
            Place::Between(_) => None,
        };
        match (infinite(self), infinite(other)) {
            (Some(sign), _) => return Ok(Some(sign.cmp(&0))),
            (_, Some(sign)) => return Ok(Some(0.cmp(&sign))),
            _ => {}
        }
        let (Some(a), Some(b)) = (self.ball(), other.ball()) else { return Ok(None) };
        Ok(a.compare(&b))
    }
}

/// All zeros strictly inside the span, ascending; `None` when they can't be told completely.
///
/// # Errors
/// `Unknown` when a parameter decides; `Budget` when stopped.
pub fn zeros(expr: &Expr, span: &Span, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    zeros_within(expr, span, DEEPEST, budget)
}

/// The same, with so many derivatives that may be asked for.
pub(super) fn zeros_within(
    expr: &Expr,
    span: &Span,
    deeper: usize,
    budget: &Budget,
) -> Result<Option<Vec<Place>>, Reason> {
    let mut all = Vec::new();
    for factor in factors(expr, budget)? {
        if !factor.has_symbol(span.variable) {
            continue;
        }
        let Some(places) = zeros_of_factor(&factor, span, deeper, budget)? else { return Ok(None) };
        all.extend(places);
    }
    sorted(all, budget)
}

/// The factors of the numerator.
fn factors(expr: &Expr, budget: &Budget) -> Result<Vec<Expr>, Reason> {
    let (above, _) = algebra::numerator_denominator(expr, budget)?;
    let factored = algebra::factor(&above, budget)?;
    let bases = |e: &Expr| match e.kind() {
        Kind::Product(product) => {
            product.factors().iter().filter(|f| !f.exponent.is_negative()).map(|f| f.base.clone()).collect()
        }
        Kind::Power(base, _) => vec![base.clone()],
        _ => vec![e.clone()],
    };
    Ok(bases(&factored)
        .into_iter()
        .flat_map(|e| if matches!(e.kind(), Kind::Power(..)) { bases(&e) } else { vec![e] })
        .collect())
}

fn zeros_of_factor(factor: &Expr, span: &Span, deeper: usize, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    if factor.exp_argument().is_some() {
        return Ok(Some(Vec::new()));
    }
    if let Some(places) = exact_zeros(factor, span, budget)? {
        return Ok(Some(places));
    }
    if let Some(places) = polynomial_zeros(factor, span, budget)? {
        return Ok(Some(places));
    }
    let expanded = algebra::trig_expand(factor, budget)?;
    let one_wave = in_one_wave(&expanded, budget)?;
    let in_exponentials = algebra::hyperbolic_by_exponentials(factor);
    let others = [&expanded, &in_exponentials].into_iter().filter(|form| *form != factor);
    for form in others.chain(one_wave.as_ref()) {
        if let Some(places) = all_exact(&factors(form, budget)?, span, budget)? {
            return Ok(Some(places));
        }
    }
    let (Some(low), Some(high)) = (outer_end(&span.low, -1), outer_end(&span.high, 1)) else {
        return by_turns(factor, span, deeper, budget);
    };
    let Some(ranges) = isolate(factor, span.variable, &Range { low, high }, budget)? else {
        return by_turns(factor, span, deeper, budget);
    };
    let place = |range: Range| match range.low == range.high {
        true => Place::Exact(Expr::number(range.low)),
        false => Place::Between(range),
    };
    inside(ranges.into_iter().map(place).collect(), span, budget)
}

/// By the turns of the function, or of a simpler one with the same zeros.
fn by_turns(factor: &Expr, span: &Span, deeper: usize, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    if let Some(places) = monotone::zeros_between_turns(factor, span, deeper, budget)? {
        return Ok(Some(places));
    }
    if deeper == 0 || factor.free_variables().len() != 1 {
        return Ok(None);
    }
    for companion in companions(factor, span.variable, budget)? {
        let Some(mut places) = monotone::zeros_between_turns(&companion.expr, span, deeper, budget)? else { continue };
        let Some(others) = zeros_within(&companion.part, span, deeper - 1, budget)? else { continue };
        let mut told = true;
        for place in others {
            let Place::Exact(point) = &place else {
                told = false;
                break;
            };
            match monotone::vanishes(&super::put(factor, span.variable, point), budget)? {
                Some(true) => places.push(place),
                Some(false) => {}
                None => told = false,
            }
        }
        if told {
            return sorted(places, budget);
        }
    }
    Ok(None)
}

/// A polynomial in `sin(u)` and `cos(u)` in which one of them has even powers alone, by the other.
fn in_one_wave(expr: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let waves = expr.shared_nodes().filter_map(|node| {
        let (called, [u]) = node.as_call()? else { return None };
        matches!(called.name(), "sin" | "cos").then(|| u.clone())
    });
    let Some(u) = waves.into_iter().next() else { return Ok(None) };
    for (gone, kept) in [(function::sin(&u), function::cos(&u)), (function::cos(&u), function::sin(&u))] {
        if !expr.has(&gone) || !expr.has(&kept) {
            continue;
        }
        let square = Expr::one() - kept.powi(2);
        let rows = algebra::coefficients(expr, &gone, budget)?;
        let term = |(coefficient, exponent): &(Expr, Expr)| {
            let times = exponent.to_i64().filter(|n| *n >= 0 && n % 2 == 0)?;
            (!coefficient.has(&gone)).then(|| coefficient * square.powi(times / 2))
        };
        if let Some(terms) = rows.iter().map(term).collect::<Option<Vec<Expr>>>() {
            return algebra::expand(&Expr::sum(terms), budget).map(Some);
        }
    }
    Ok(None)
}

/// The zeros of all factors, when all are exact.
fn all_exact(factors: &[Expr], span: &Span, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    let mut all = Vec::new();
    for factor in factors.iter().filter(|factor| factor.has_symbol(span.variable)) {
        let Some(places) = exact_zeros(factor, span, budget)? else { return Ok(None) };
        all.extend(places);
    }
    Ok(Some(all))
}

fn exact_zeros(factor: &Expr, span: &Span, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    let wave = one_wave(factor, span.variable);
    for form in std::iter::once(factor).chain(&wave) {
        if let Some(exact) = domain::breaks_between(std::slice::from_ref(form), span, budget)? {
            return Ok(Some(exact.into_iter().map(Place::Exact).collect()));
        }
    }
    Ok(None)
}

/// Those strictly inside the span; `None` when that can't be told.
fn inside(places: Vec<Place>, span: &Span, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    let (low, high) = (Place::Exact(span.low.clone()), Place::Exact(span.high.clone()));
    let mut kept = Vec::new();
    for place in places {
        match (place.order(&low, budget)?, place.order(&high, budget)?) {
            (Some(Ordering::Greater), Some(Ordering::Less)) => kept.push(place),
            (Some(_), Some(_)) => {}
            _ => return Ok(None),
        }
    }
    Ok(Some(kept))
}

/// `a*sin(u) + b*cos(u)` as a multiple of `sin(u + arctan(a/b)...)`, whose zeros are known: `b + a*tan(u)`.
fn one_wave(expr: &Expr, variable: Symbol) -> Option<Expr> {
    let parts = algebra::terms(expr);
    let [first, second] = parts.as_slice() else { return None };
    let (one, a) = wave_and_factor(first, variable)?;
    let (other, b) = wave_and_factor(second, variable)?;
    let ((f, [u]), (g, [v])) = (one.as_call()?, other.as_call()?) else { return None };
    let (a, b) = match (f.name(), g.name()) {
        ("sin", "cos") if u == v => (a, b),
        ("cos", "sin") if u == v => (b, a),
        _ => return None,
    };
    // R*sin(u + d) with tan(d) = b/a vanishes where sin(u + d) does.
    let shift = function::arctan(&(b / a));
    Some(function::sin(&(u + shift)))
}

/// A constant times a call, taken apart.
fn wave_and_factor(term: &Expr, variable: Symbol) -> Option<(Expr, Expr)> {
    let (mut wave, mut constant) = (None, Expr::one());
    for factor in algebra::factors(term) {
        match factor.has_symbol(variable) {
            true if wave.is_none() => wave = Some(factor),
            true => return None,
            false => constant = constant * factor,
        }
    }
    Some((wave?, constant)).filter(|(_, constant)| constant.is_constant())
}

/// The real roots of a polynomial that are not all known by radicals.
fn polynomial_zeros(factor: &Expr, span: &Span, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    let Some(function) = algebra::rational_function(factor, span.variable, budget)? else { return Ok(None) };
    let polynomial = function.numerator().numerator().clone();
    let width = narrow();
    let mut places = Vec::new();
    for root in polynomial.real_roots() {
        budget.check()?;
        places.push(match root.polynomial.refine_root(&root.place, &width) {
            RootInterval::Exact(value) => Place::Exact(Expr::number(value)),
            RootInterval::Between(low, high) => Place::Between(Range { low, high }),
        });
    }
    inside(places, span, budget)
}

pub(super) fn narrow() -> Rational {
    Rational::ratio(&Integer::ONE, &(&Integer::ONE << NARROW)).unwrap_or(Rational::ZERO)
}

/// A finite end as a rational number, an irrational one rounded outwards.
fn outer_end(end: &Expr, direction: i64) -> Option<Rational> {
    match end.as_rational() {
        Some(q) => Some(q.clone()),
        None if domain::is_infinite(end) => None,
        None => {
            let ball = domain::real_value(end, &[])?.to_interval();
            let rounded = if direction < 0 { ball.low() } else { ball.high() };
            Rational::from_f64(rounded)
        }
    }
}

/// Ranges with one zero each, together all zeros strictly inside; `None` when that is not proved.
///
/// # Errors
/// When the budget runs out.
pub(super) fn isolate(
    expr: &Expr,
    variable: Symbol,
    range: &Range,
    budget: &Budget,
) -> Result<Option<Vec<Range>>, Reason> {
    let Ok(mut function) = Enclosure::new(expr, variable, 1, BITS) else { return Ok(None) };
    let mut known = known_zeros(expr, variable, range, &mut function, budget)?;
    let mut found = Vec::new();
    let mut pending = vec![range.clone()];
    let mut looked = 0;
    while let Some(cell) = pending.pop() {
        budget.check()?;
        looked += 1;
        if looked > MOST_CELLS {
            return Ok(None);
        }
        if let Some(own) = known.iter_mut().find(|own| cell.low <= own.at && own.at <= cell.high)
            && own.is_alone_in(&cell)
        {
            found.push(Range { low: own.at.clone(), high: own.at.clone() });
            continue;
        }
        match look(&mut function, &cell) {
            Seen::Nothing => {}
            Seen::One => found.push(function.refine(&cell, &narrow(), budget)?),
            Seen::Undecided => {
                if cell.width() < narrow() {
                    return Ok(None);
                }
                let Some((left, right)) = cut(&mut function, &cell) else { return Ok(None) };
                pending.extend([right, left]);
            }
        }
    }
    Ok(Some(found))
}

/// A zero at a simple number, of any order.
struct KnownZero {
    at: Rational,
    order: usize,
    /// The function with its coefficients up to the order.
    function: Enclosure,
}

impl KnownZero {
    /// Is there no other in a cell around it? By Taylor's formula, where the coefficient of its order does not vanish.
    fn is_alone_in(&mut self, cell: &Range) -> bool {
        let jet = self.function.on(cell);
        jet.get(self.order).is_some_and(|coefficient| coefficient.is_bounded() && !coefficient.contains_zero())
    }
}

/// Zeros at the ends of a range and at simple numbers, where bisection would not come to an end if they are multiple.
fn known_zeros(
    expr: &Expr,
    variable: Symbol,
    range: &Range,
    function: &mut Enclosure,
    budget: &Budget,
) -> Result<Vec<KnownZero>, Reason> {
    const HIGHEST: usize = 6;
    let simple = [(0, 1), (1, 1), (-1, 1), (1, 2), (-1, 2), (2, 1), (-2, 1)];
    let mut candidates: Vec<Rational> = simple.iter().filter_map(|(n, d)| Rational::fraction(*n, *d)).collect();
    candidates.extend([range.low.clone(), range.high.clone()]);
    candidates.retain(|at| range.low <= *at && *at <= range.high);
    sorting::sort(&mut candidates);
    candidates.dedup();
    let mut known = Vec::new();
    for at in candidates {
        if !function.at(&at).first().is_some_and(|value| value.is_bounded() && value.contains_zero()) {
            continue;
        }
        let point = Expr::number(at.clone());
        let vanishes = |e: &Expr| {
            let value = super::put(e, variable, &point);
            if value.is_undefined() { Ok(Truth::Unknown) } else { algebra::is_zero(&value, budget) }
        };
        let (mut derived, mut order) = (expr.clone(), 0);
        let mut decided = vanishes(&derived)?;
        while decided.is_yes() && order < HIGHEST {
            order += 1;
            derived = diff(&derived, variable, budget)?;
            decided = vanishes(&derived)?;
        }
        if decided.is_no()
            && order > 0
            && let Ok(function) = Enclosure::new(expr, variable, order, BITS)
        {
            known.push(KnownZero { at, order, function });
        }
    }
    Ok(known)
}

/// Two parts of a cell that meet where the function is proved not to be zero, so that no zero is lost or counted twice.
fn cut(function: &mut Enclosure, cell: &Range) -> Option<(Range, Range)> {
    [1037, 1123, 911, 1301].into_iter().find_map(|share| {
        let at = &cell.low + &(cell.width() * Rational::fraction(share, 2048)?);
        let sign = function.sign(&at)?;
        let (left, right) =
            (Range { low: cell.low.clone(), high: at.clone() }, Range { low: at, high: cell.high.clone() });
        (sign != 0).then_some((left, right))
    })
}

/// What an enclosure tells of a cell.
enum Seen {
    Nothing,
    One,
    Undecided,
}

fn look(function: &mut Enclosure, cell: &Range) -> Seen {
    let bits = function.bits();
    let jet = function.on(cell);
    let [value, slope] = jet.as_slice() else { return Seen::Undecided };
    if !value.is_bounded() || !slope.is_bounded() {
        return Seen::Undecided;
    }
    if !value.contains_zero() {
        return Seen::Nothing;
    }
    let middle = cell.middle();
    let offset = cell.ball(bits).sub(&Ball::from_rational(&middle, bits), bits);
    if let Some(centre) = function.at(&middle).first()
        && !centre.add(&slope.mul(&offset, bits), bits).contains_zero()
    {
        return Seen::Nothing;
    }
    if slope.contains_zero() {
        return Seen::Undecided;
    }
    match (function.sign(&cell.low), function.sign(&cell.high)) {
        (Some(a), Some(b)) if a * b < 0 => Seen::One,
        (Some(a), Some(b)) if a * b > 0 => Seen::Nothing,
        // Zero exactly at an end of the whole range: that is not inside, and the function is monotone.
        (Some(_), Some(_)) => Seen::Nothing,
        _ => Seen::Undecided,
    }
}

/// Numbers by size, equal ones once; `None` when two can't be told apart.
pub(super) fn sorted(all: Vec<Place>, budget: &Budget) -> Result<Option<Vec<Place>>, Reason> {
    domain::ascending(all, |a, b| a.order(b, budget), budget)
}
