//! Where expressions are real and continuous: the critical parts, and all their zeros between two points.
//!
//! Every function of the table says where it may break. So an expression is analytic and stays real (or stays not real)
//! between two neighbouring zeros of its *critical parts*: denominators, radicands, arguments of logarithms, cosines
//! under tangents. `zeros_between` answers all zeros of such a part or nothing: it inverts functions whose preimages
//! are known completely, takes all real roots of polynomials, and else proves by enclosures that there is none.

mod enclosure;
mod inverse;

use std::cmp::Ordering;

use crate::algebra;
use crate::budget::Budget;
use crate::expr::assume::{self, Domain, Fact};
use crate::expr::function::{Breaks, RealDomain};
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Relation, Symbol, function};
use crate::number::{Ball, Interval, Rational};
use crate::tape::{Evaluator, IntervalFunction, Numbers, Program};

pub use enclosure::{all_roots, is_continuous_on, monotonicity, range_on, sign_on};

/// No more zeros of a periodic function are listed.
const MOST_ZEROS: i64 = 1000;
/// No more cells are looked at before a proof by enclosures is given up.
const MOST_CELLS: usize = 4000;
const BITS: u32 = 128;

/// A range of a real variable, the lower end first; the ends may be infinite.
#[derive(Clone, Debug)]
pub struct Span {
    /// The variable.
    pub variable: Symbol,
    /// The lower end.
    pub low: Expr,
    /// The upper end.
    pub high: Expr,
}

impl Span {
    /// Runs some work knowing that the variable is real and strictly between the ends.
    pub fn within<T>(&self, work: impl FnOnce() -> T) -> T {
        let x = Expr::symbol(self.variable);
        let mut facts = vec![Fact::In(self.variable, Domain::Real)];
        if !is_infinite(&self.low) {
            facts.push(Fact::Holds(Expr::relation(Relation::Greater, x.clone(), self.low.clone())));
        }
        if !is_infinite(&self.high) {
            facts.push(Fact::Holds(Expr::relation(Relation::Less, x, self.high.clone())));
        }
        assume::with_facts(facts, work)
    }

    /// A point between the ends, when both are constants.
    pub fn middle(&self) -> Option<Rational> {
        let (low, high) = (self.enclosure(&self.low)?, self.enclosure(&self.high)?);
        let middle = match (low.low().is_finite(), high.high().is_finite()) {
            (true, true) => 0.5 * low.high() + 0.5 * high.low(),
            (true, false) => low.high() + 1.0,
            (false, true) => high.low() - 1.0,
            (false, false) => 0.0,
        };
        Rational::from_f64(middle + middle.abs() * 1e-9)
    }

    fn enclosure(&self, end: &Expr) -> Option<Interval> {
        enclosure(end)
    }

    fn hull(&self) -> Option<Interval> {
        let (low, high) = (enclosure(&self.low)?, enclosure(&self.high)?);
        Some(low.hull(high))
    }
}

/// Is it an infinity?
pub fn is_infinite(expr: &Expr) -> bool {
    matches!(expr.kind(), Kind::Infinity(_))
}

/// An interval around a constant.
fn enclosure(end: &Expr) -> Option<Interval> {
    match end.kind() {
        Kind::Infinity(Infinity::Positive) => Some(Interval::new(f64::MAX, f64::INFINITY)),
        Kind::Infinity(Infinity::Negative) => Some(Interval::new(f64::NEG_INFINITY, f64::MIN)),
        _ => real_value(end, &[]).map(|ball| ball.to_interval()),
    }
}

/// The value at real points, if it is real.
pub fn real_value(expr: &Expr, at: &[(Symbol, Rational)]) -> Option<Ball> {
    let variables: Vec<Symbol> = at.iter().map(|(symbol, _)| *symbol).collect();
    let program = Program::new(expr, &variables).ok()?;
    let inputs: Vec<Ball> = at.iter().map(|(_, q)| Ball::from_rational(q, BITS)).collect();
    let value: Ball = Evaluator::new(program, Numbers(BITS)).value(&inputs);
    value.is_bounded().then_some(value)
}

/// The parts that must not be zero for the expression to be analytic; `None` when nothing is known of a function in it.
pub fn critical_parts(expr: &Expr, variable: Symbol) -> Option<Vec<Expr>> {
    let mut parts: Vec<Expr> = Vec::new();
    let mut add = |part: Expr| {
        if part.has_symbol(variable) && !parts.contains(&part) {
            parts.push(part);
        }
    };
    for node in expr.shared_nodes().filter(|node| node.has_symbol(variable)) {
        match node.kind() {
            Kind::Symbol(_) | Kind::Sum(_) => {}
            Kind::Product(product) => {
                for factor in product.factors() {
                    critical_of_power(&factor.base, &factor.exponent).into_iter().for_each(&mut add);
                }
            }
            Kind::Power(base, exponent) => match exponent.as_rational() {
                Some(q) => critical_of_power(base, q).into_iter().for_each(&mut add),
                None => add(base.clone()),
            },
            Kind::Call(Function::Elementary(record), arguments) => match arguments.as_ref() {
                // The branch point at -1/e.
                [u] if record.name == "lambert_w" => add(u * function::exp(&Expr::one()) + Expr::one()),
                [u] => critical_of_call(record, u)?.into_iter().for_each(&mut add),
                // Of integer orders they are entire.
                [order, _] if matches!(record.name, "bessel_J" | "bessel_I") && order.to_i64().is_some() => {}
                // What is told of a function with an order is told of its last argument.
                [order, u] if !order.has_symbol(variable) => {
                    critical_of_call(record, u)?.into_iter().for_each(&mut add);
                }
                _ => return None,
            },
            _ => return None,
        }
    }
    Some(parts)
}

fn critical_of_power(base: &Expr, exponent: &Rational) -> Option<Expr> {
    (exponent.is_negative() || !exponent.is_integer()).then(|| base.clone())
}

fn critical_of_call(record: &function::Elementary, u: &Expr) -> Option<Vec<Expr>> {
    let shifted = |n: i64| u - Expr::integer(n);
    let mut parts = match record.breaks {
        Breaks::None => Vec::new(),
        Breaks::Zero => vec![u.clone()],
        Breaks::One => vec![shifted(1)],
        Breaks::PlusMinusOne => vec![shifted(1), shifted(-1)],
        Breaks::Integers | Breaks::NonPositiveIntegers | Breaks::NegativeIntegers => {
            vec![function::sin(&(Expr::pi() * u))]
        }
        Breaks::Turns => vec![function::sin(u)],
        Breaks::OddHalfTurns => vec![function::cos(u)],
        Breaks::Unknown => return None,
    };
    match record.domain {
        RealDomain::All => {}
        RealDomain::Between(low, high) => parts.extend(low.into_iter().chain(high).map(|end| shifted(end.at))),
        RealDomain::Outside(low, high) => parts.extend([shifted(low.at), shifted(high.at)]),
        RealDomain::Unknown => return None,
    }
    Some(parts)
}

/// All zeros strictly inside the span of all the parts, ascending; `None` when they can't be told completely.
///
/// # Errors
/// `Unknown` when a parameter decides; `Budget` when stopped.
pub fn breaks_between(parts: &[Expr], span: &Span, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let mut all: Vec<Expr> = Vec::new();
    for part in parts {
        let Some(zeros) = zeros_between(part, span, budget)? else { return Ok(None) };
        all.extend(zeros);
    }
    sorted(all, budget)
}

/// Constants by size, equal ones once.
fn sorted(all: Vec<Expr>, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    ascending(all, |a, b| order(a, b, budget), budget)
}

/// The items in ascending order, equal ones once; `None` when two of them can't be compared.
pub(super) fn ascending<T>(
    all: Vec<T>,
    order: impl Fn(&T, &T) -> Result<Option<Ordering>, Reason>,
    budget: &Budget,
) -> Result<Option<Vec<T>>, Reason> {
    let mut list: Vec<T> = Vec::new();
    for next in all {
        budget.check()?;
        let mut place = list.len();
        let mut known = false;
        for (index, own) in list.iter().enumerate() {
            match order(&next, own)? {
                Some(Ordering::Equal) => known = true,
                Some(Ordering::Less) => place = place.min(index),
                Some(Ordering::Greater) => {}
                None => return Ok(None),
            }
        }
        if !known {
            list.insert(place, next);
        }
    }
    Ok(Some(list))
}

/// How two constants compare.
///
/// # Errors
/// When the budget runs out.
pub fn order(a: &Expr, b: &Expr, budget: &Budget) -> Result<Option<Ordering>, Reason> {
    if a == b {
        return Ok(Some(Ordering::Equal));
    }
    match (a.kind(), b.kind()) {
        (Kind::Infinity(Infinity::Positive), _) | (_, Kind::Infinity(Infinity::Negative)) => {
            return Ok(Some(Ordering::Greater));
        }
        (Kind::Infinity(Infinity::Negative), _) | (_, Kind::Infinity(Infinity::Positive)) => {
            return Ok(Some(Ordering::Less));
        }
        _ => {}
    }
    if a.is_constant() && b.is_constant() {
        return algebra::order(a, b, budget);
    }
    let difference = a - b;
    if let Some(sign) = assume::sign(&difference) {
        return Ok(Some(sign));
    }
    Ok(algebra::is_zero(&difference, budget)?.is_yes().then_some(Ordering::Equal))
}

/// All zeros of an expression strictly inside the span.
fn zeros_between(g: &Expr, span: &Span, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    if span.within(|| assume::is_nonzero(g)).is_yes() {
        return Ok(Some(Vec::new()));
    }
    let found = match all_zeros(g, span, budget)? {
        Some(zeros) => inside(zeros, span, budget)?,
        None => None,
    };
    if found.is_some() {
        return Ok(found);
    }
    let parameters = g.free_variables().len() > 1 || !span.low.is_constant() || !span.high.is_constant();
    if parameters {
        return Err(Reason::Unknown(Expr::relation(Relation::NotEqual, g.clone(), Expr::zero())));
    }
    Ok(has_no_zero(g, span, budget)?.then(Vec::new))
}

/// Those of the zeros that are real and strictly inside.
fn inside(zeros: Vec<Expr>, span: &Span, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let mut kept = Vec::new();
    for zero in zeros {
        let (low, high) = (order(&zero, &span.low, budget)?, order(&zero, &span.high, budget)?);
        match (low, high) {
            (Some(Ordering::Greater), Some(Ordering::Less)) => kept.push(zero),
            (Some(Ordering::Less | Ordering::Equal), _) | (_, Some(Ordering::Greater | Ordering::Equal)) => {}
            _ => return Ok(None),
        }
    }
    Ok(Some(kept))
}

/// A list that holds all real zeros inside the span (and maybe others), by inverting what is known completely.
fn all_zeros(g: &Expr, span: &Span, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    budget.check()?;
    match g.kind() {
        Kind::Product(product) => {
            let mut all = Vec::new();
            for factor in product.factors().iter().filter(|f| f.base.has_symbol(span.variable)) {
                let Some(zeros) = all_zeros(&factor.base, span, budget)? else { return Ok(None) };
                all.extend(zeros);
            }
            return Ok(Some(all));
        }
        Kind::Power(base, _) if base.has_symbol(span.variable) => return all_zeros(base, span, budget),
        _ => {}
    }
    if g.exp_argument().is_some() {
        return Ok(Some(Vec::new()));
    }
    let kernel = match kernel_of(g, span.variable) {
        Some(kernel) => kernel,
        None => return inverse::zeros_by_norm(g, span, budget),
    };
    let Some(values) = values_of_kernel(g, &kernel, budget)? else { return Ok(None) };
    if kernel.as_symbol() == Some(span.variable) {
        return Ok(Some(values));
    }
    let mut all = Vec::new();
    for value in values {
        let Some(arguments) = preimages(&kernel, &value, span)? else { return Ok(None) };
        for equation in arguments {
            let Some(zeros) = all_zeros(&equation, span, budget)? else { return Ok(None) };
            all.extend(zeros);
        }
    }
    Ok(Some(all))
}

/// The only part through which the variable enters: the variable itself, a call, or a root.
fn kernel_of(g: &Expr, variable: Symbol) -> Option<Expr> {
    let mut kernels: Vec<Expr> = Vec::new();
    let mut pending = vec![g.clone()];
    while let Some(node) = pending.pop() {
        if !node.has_symbol(variable) {
            continue;
        }
        match node.kind() {
            Kind::Sum(sum) => pending.extend(sum.terms().iter().map(|term| term.base.clone())),
            Kind::Product(product) => pending.extend(product.parts()),
            Kind::Power(base, exponent) if exponent.to_i64().is_some_and(|n| n > 0) => pending.push(base.clone()),
            _ if !kernels.contains(&node) => kernels.push(node),
            _ => {}
        }
        if kernels.len() > 1 {
            return None;
        }
    }
    kernels.pop()
}

/// All real values of the kernel for which the polynomial in it vanishes.
fn values_of_kernel(g: &Expr, kernel: &Expr, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let rows = algebra::coefficients(g, kernel, budget)?;
    let degree = rows.iter().filter_map(|(_, exponent)| exponent.to_i64()).max().unwrap_or(0);
    if rows.iter().any(|(_, exponent)| exponent.to_i64().is_none_or(|n| n < 0)) {
        return Ok(None);
    }
    let at = |n: i64| rows.iter().find(|(_, e)| e.to_i64() == Some(n)).map_or_else(Expr::zero, |(c, _)| c.clone());
    match degree {
        0 => Ok(None),
        1 => Ok(Some(vec![-(at(0) / at(1))])),
        2 => Ok(roots_of_quadratic(&at(2), &at(1), &at(0))),
        _ => factored_roots(g, kernel, budget),
    }
}

fn roots_of_quadratic(a: &Expr, b: &Expr, c: &Expr) -> Option<Vec<Expr>> {
    let discriminant = b.powi(2) - Expr::integer(4) * a * c;
    let root = |sign: i64| (Expr::integer(sign) * discriminant.sqrt() - b) / (Expr::integer(2) * a);
    match assume::sign(&discriminant).or_else(|| crate::tape::sign_by_ball(&discriminant))? {
        Ordering::Less => Some(Vec::new()),
        Ordering::Equal => Some(vec![-(b / (Expr::integer(2) * a))]),
        Ordering::Greater => Some(vec![root(-1), root(1)]),
    }
}

/// Real roots of a polynomial of higher degree by its factors: those of degree two or less, and those without real
/// roots.
fn factored_roots(g: &Expr, kernel: &Expr, budget: &Budget) -> Result<Option<Vec<Expr>>, Reason> {
    let t = Symbol::new("the kernel");
    let polynomial = g.substitute(&[(kernel.clone(), Expr::symbol(t))]);
    let Some(function) = algebra::rational_function(&polynomial, t, budget)? else { return Ok(None) };
    let mut roots = Vec::new();
    for (factor, _) in function.numerator().numerator().factor_within(budget)?.factors {
        let c = |n: usize| Expr::number(factor.coefficient(n).clone());
        match factor.len() {
            2 => roots.push(-(c(0) / c(1))),
            3 => match roots_of_quadratic(&c(2), &c(1), &c(0)) {
                Some(both) => roots.extend(both),
                None => return Ok(None),
            },
            4 if factor.coefficient(1).is_zero() && factor.coefficient(2).is_zero() => {
                let value = -(c(0) / c(3));
                let sign = if assume::sign(&value) == Some(Ordering::Less) { -1 } else { 1 };
                let third = Rational::fraction(1, 3).unwrap_or(Rational::ONE);
                roots.push((value * Expr::integer(sign)).power_rational(&third) * Expr::integer(sign));
            }
            _ if factor.count_real_roots() == 0 => {}
            5 if factor.coefficient(1).is_zero() && factor.coefficient(3).is_zero() => {
                let Some(squares) = roots_of_quadratic(&c(4), &c(2), &c(0)) else { return Ok(None) };
                let Some(both) = square_roots(&squares) else { return Ok(None) };
                roots.extend(both);
            }
            _ => return Ok(None),
        }
    }
    Ok(Some(roots))
}

/// The real numbers whose squares are given; `None` where a sign is not known.
fn square_roots(squares: &[Expr]) -> Option<Vec<Expr>> {
    let mut roots = Vec::new();
    for square in squares {
        let root = square.sqrt();
        match assume::sign(square).or_else(|| crate::tape::sign_by_ball(square))? {
            Ordering::Less => {}
            Ordering::Equal => roots.push(root),
            Ordering::Greater => roots.extend([-&root, root]),
        }
    }
    Some(roots)
}

/// Expressions that vanish exactly where the kernel has the value; `None` for kernels without a known inverse.
fn preimages(kernel: &Expr, value: &Expr, span: &Span) -> Result<Option<Vec<Expr>>, Reason> {
    let sign = |e: &Expr| {
        assume::sign(e).or_else(|| crate::tape::sign_by_ball(e)).or_else(|| e.is_zero().then_some(Ordering::Equal))
    };
    if let Kind::Power(base, exponent) = kernel.kind() {
        let Some(q) = exponent.as_rational() else {
            // A power of a positive number other than 1 is inverted by logarithms.
            let one = sign(&(base - Expr::one()));
            let known = !base.has_symbol(span.variable) && sign(base) == Some(Ordering::Greater);
            return Ok(match sign(value) {
                Some(of_value) if known && one.is_some_and(Ordering::is_ne) => Some(match of_value {
                    Ordering::Greater => vec![exponent - function::log(value) / function::log(base)],
                    _ => Vec::new(),
                }),
                _ => None,
            });
        };
        if q.is_integer() {
            let inverted = *q == Rational::from(-1) && sign(value).is_some_and(Ordering::is_ne);
            return Ok(inverted.then(|| vec![base - value.recip()]));
        }
        return Ok(match (sign(value), q.recip()) {
            (Some(Ordering::Less), _) => Some(Vec::new()),
            (Some(_), Some(inverse)) => Some(vec![base - value.power_rational(&inverse)]),
            _ => None,
        });
    }
    let Some((Function::Elementary(record), [u])) = kernel.as_call() else { return Ok(None) };
    let beyond_one = || Some((sign(&(value - Expr::one()))?, sign(&(value + Expr::one()))?));
    Ok(match record.name {
        "exp" => sign(value).map(|sign| if sign.is_gt() { vec![u - function::log(value)] } else { Vec::new() }),
        "log" => Some(vec![u - function::exp(value)]),
        "arctan" | "arcsin" | "arccos" | "arctanh" | "arcsinh" | "arccosh" | "lambert_w" => {
            inverse::preimages(record.name, u, value)
        }
        "sec" | "csc" | "sech" | "csch" | "coth" => {
            // They are never zero.
            let Some(below) = function::apply(inverse::reciprocal_of(record.name), std::slice::from_ref(u)) else {
                return Ok(None);
            };
            return match sign(value) {
                Some(Ordering::Equal) => Ok(Some(Vec::new())),
                Some(_) => preimages(&below, &value.recip(), span),
                None => Ok(None),
            };
        }
        "cot" => turns(u, &[Expr::pi() * Expr::fraction(1, 2) - function::arctan(value)], &Expr::pi(), span),
        "erf" if value.is_zero() => Some(vec![u.clone()]),
        "sinh" => Some(vec![u - function::arcsinh(value)]),
        "tanh" => match beyond_one() {
            Some((Ordering::Less, Ordering::Greater)) => Some(vec![u - function::arctanh(value)]),
            Some(_) => Some(Vec::new()),
            None => None,
        },
        "cosh" => match sign(&(value - Expr::one())) {
            Some(Ordering::Less) => Some(Vec::new()),
            Some(_) => Some(vec![u - function::arccosh(value), u + function::arccosh(value)]),
            None => None,
        },
        "abs" => match sign(value) {
            Some(Ordering::Less) => Some(Vec::new()),
            Some(_) => Some(vec![u - value, u + value]),
            None => None,
        },
        "tan" => turns(u, &[function::arctan(value)], &Expr::pi(), span),
        "sin" | "cos" => match beyond_one() {
            Some((Ordering::Greater, _)) | Some((_, Ordering::Less)) => Some(Vec::new()),
            Some(_) => {
                let whole = Expr::integer(2) * Expr::pi();
                let places = if record.name == "sin" {
                    let place = function::arcsin(value);
                    [place.clone(), Expr::pi() - place]
                } else {
                    let place = function::arccos(value);
                    [place.clone(), -place]
                };
                turns(u, &places, &whole, span)
            }
            None => None,
        },
        _ => None,
    })
}

/// `u - place - k*period` for all `k` that can be met while the variable runs through a bounded span.
fn turns(u: &Expr, places: &[Expr], period: &Expr, span: &Span) -> Option<Vec<Expr>> {
    let range = IntervalFunction::new(u, &[span.variable]).ok()?.on(&[span.hull()?]);
    let size = enclosure(period)?;
    let mut all = Vec::new();
    for place in places {
        let place_size = enclosure(place)?;
        let (low, high) =
            ((range.low() - place_size.high()) / size.low(), (range.high() - place_size.low()) / size.low());
        if !low.is_finite() || !high.is_finite() || high - low > MOST_ZEROS as f64 {
            return None;
        }
        for k in (low.floor() as i64 - 1)..=(high.ceil() as i64 + 1) {
            all.push(u - place - period * Expr::integer(k));
        }
    }
    Some(all)
}

/// Is it proved by enclosures that there is no zero strictly inside?
fn has_no_zero(g: &Expr, span: &Span, budget: &Budget) -> Result<bool, Reason> {
    let Some(hull) = span.hull() else { return Ok(false) };
    let Ok(mut function) = IntervalFunction::new(g, &[span.variable]) else { return Ok(false) };
    let mut pending = vec![hull];
    let mut looked = 0;
    while let Some(cell) = pending.pop() {
        budget.check()?;
        looked += 1;
        let value = function.on(&[cell]);
        if value.is_defined() && !value.is_empty() && !value.contains(0.0) {
            continue;
        }
        if looked > MOST_CELLS || cell.width() < 1e-9 * (1.0 + cell.magnitude()) {
            return Ok(false);
        }
        let (left, right) = cell.split();
        pending.extend([left, right]);
    }
    Ok(true)
}
