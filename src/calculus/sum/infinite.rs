//! Infinite sums: geometric ones, rational terms by zeta values, alternating ones, and series of exponential type.

use std::cmp::Ordering;

use super::gosper::number;
use super::term::{Shape, falling_coefficients, linear, telescoping_factor};
use super::{Range, SUM_DIVERGENT, Value, added};
use crate::algebra;
use crate::calculus::limit;
use crate::expr::{Constant, Expr, Infinity, Kind, Reason, Relation, Truth, assume, function};
use crate::number::Rational;
use crate::poly::RationalFunction;
use crate::tape::series::Side;

/// Sums that begin farther out are not reduced to those from one.
const FARTHEST: i64 = 2000;

/// The sum from the lower bound to infinity.
pub(super) fn infinite(f: &Expr, range: &Range) -> Value {
    if !f.has_symbol(range.k) {
        return if assume::is_nonzero(f).is_yes() { Err(SUM_DIVERGENT) } else { Ok(None) };
    }
    let (constant, rest) = range.split_constant(f);
    if let Some(value) = whole(&rest, range)? {
        return Ok(Some(constant * value));
    }
    if diverges(&rest, range)? {
        return Err(SUM_DIVERGENT);
    }
    let open = algebra::expand(f, range.budget)?;
    let terms = algebra::terms(&open);
    if terms.len() < 2 {
        return Ok(None);
    }
    let mut sum = Vec::new();
    for term in terms {
        match infinite(&term, range) {
            Ok(Some(value)) => sum.push(value),
            // Divergent parts may cancel.
            Err(reason) if reason == SUM_DIVERGENT => return Ok(None),
            other => return other,
        }
    }
    Ok(Some(Expr::sum(sum)))
}

fn whole(f: &Expr, range: &Range) -> Value {
    let Some(shape) = Shape::of(f, range.k, range.budget)? else { return Ok(None) };
    if shape.factorials.is_empty() && shape.roots.is_empty() && !shape.ratio.is_one() {
        return geometric(&shape, range);
    }
    if shape.factorials.is_empty() && !shape.roots.is_empty() {
        return by_ratio(&shape, range);
    }
    exponential(&shape, range)
}

/// Is the sum divergent, because its terms don't tend to zero, or not faster than `1/k`?
fn diverges(f: &Expr, range: &Range) -> Result<bool, Reason> {
    let infinity = Expr::infinity(Infinity::Positive);
    for weight in [Expr::one(), Expr::symbol(range.k)] {
        let direction = match limit(&(f * &weight), range.k, &infinity, Side::Both, range.budget) {
            Err(reason) if reason.is_stopped() => return Err(reason),
            Err(_) => continue,
            Ok(value) => value,
        };
        match direction.kind() {
            Kind::Infinity(Infinity::Positive | Infinity::Negative) => return Ok(true),
            Kind::Infinity(_) | Kind::Constant(Constant::NoLimit | Constant::Oscillating) | Kind::Undefined(_) => {}
            _ if assume::is_nonzero(&direction).is_yes() => return Ok(true),
            _ => {}
        }
    }
    Ok(false)
}

/// Is the absolute value less than one? Greater or equal means that terms don't tend to zero.
fn is_contracting(ratio: &Expr) -> Result<bool, Reason> {
    let size = function::abs(ratio);
    let gap = &size - Expr::one();
    let sign = assume::sign(&gap).or_else(|| if gap.is_constant() { crate::tape::sign_by_ball(&gap) } else { None });
    if let Some(sign) = sign {
        return Ok(sign == Ordering::Less);
    }
    let below = Expr::relation(Relation::Less, size, Expr::one());
    let between = assume::decide(Relation::Less, ratio, &Expr::one()).and(assume::decide(
        Relation::Greater,
        ratio,
        &Expr::integer(-1),
    ));
    match between {
        Truth::Yes => Ok(true),
        _ => Err(Reason::Unknown(below)),
    }
}

/// `p(k)*r^k`
fn geometric(shape: &Shape, range: &Range) -> Value {
    if !is_contracting(&shape.ratio)? {
        return Err(SUM_DIVERGENT);
    }
    let q = telescoping_factor(&shape.polynomial, &shape.ratio, range.budget)?;
    let start = Expr::sum(q.iter().enumerate().map(|(power, c)| {
        c * if power == 0 { Expr::one() } else { range.low.powi(i64::try_from(power).unwrap_or(0)) }
    }));
    let start = algebra::simplify_rational(&start, range.budget)?;
    let value = -(&shape.scale * start * shape.ratio.power(range.low));
    Ok(Some(if value.is_constant() { algebra::simplify_rational(&value, range.budget)? } else { value }))
}

/// A rational function times `1`, `(-1)^k` or `r^k`.
fn by_ratio(shape: &Shape, range: &Range) -> Value {
    let k = Expr::symbol(range.k);
    let polynomial =
        Expr::sum(shape.polynomial.iter().enumerate().map(|(power, c)| c * k.powi(i64::try_from(power).unwrap_or(0))));
    let quotient = polynomial * Expr::product(shape.roots.iter().cloned());
    let Some(low) = range.low.to_i64() else { return Ok(None) };
    if shape.ratio.is_one()
        && let Some(value) = power_series_of_one(&quotient, range, low)?
    {
        return Ok(Some(&shape.scale * value));
    }
    let Some(f) = algebra::rational_function(&quotient, range.k, range.budget)? else { return Ok(None) };
    if has_pole(&f, low) {
        return Ok(None);
    }
    let gap = f.denominator().len() as i64 - 1 - f.numerator().degree().unwrap_or(0) as i64;
    let kind = match shape.ratio.to_i64() {
        Some(1) if gap >= 2 => Signs::Same,
        Some(1) => return Err(SUM_DIVERGENT),
        Some(-1) if gap >= 1 => Signs::Alternating,
        Some(-1) => return Err(SUM_DIVERGENT),
        _ if is_contracting(&shape.ratio)? => return logarithmic(&f, shape, range, low),
        _ => return Err(SUM_DIVERGENT),
    };
    Ok(fractions(&f, kind, low, range)?.map(|value| &shape.scale * value))
}

#[derive(Clone, Copy, PartialEq)]
enum Signs {
    Same,
    Alternating,
}

/// Is the denominator zero at an integer from `low` on?
fn has_pole(f: &RationalFunction, low: i64) -> bool {
    f.denominator().rational_roots().iter().any(|root| root.is_integer() && *root >= Rational::from(low))
}

/// `1/k^s` from 1 for a number `s` that is no integer.
fn power_series_of_one(f: &Expr, range: &Range, low: i64) -> Value {
    let Kind::Power(base, exponent) = f.kind() else { return Ok(None) };
    let minus = -exponent;
    let special = exponent.to_i64().is_some() || exponent.has_symbol(range.k);
    if base.as_symbol() != Some(range.k) || low != 1 || special {
        return Ok(None);
    }
    match assume::sign(&(&minus - Expr::one())) {
        Some(Ordering::Greater) => Ok(Some(function::zeta(&minus))),
        Some(_) => Err(SUM_DIVERGENT),
        None => Err(Reason::Unknown(Expr::relation(Relation::Greater, minus, Expr::one()))),
    }
}

/// The partial fractions summed one by one; those of first order together give digamma values.
fn fractions(f: &RationalFunction, signs: Signs, low: i64, range: &Range) -> Value {
    let mut sum = Vec::new();
    for part in f.partial_fractions().1 {
        let order = i64::try_from(part.exponent).unwrap_or(0);
        let value = match part.factor.coefficients() {
            [b, a] => {
                let (Some(shift), Some(scale)) = (Rational::ratio(b, a), Rational::from(a.clone()).pow(-order)) else {
                    return Ok(None);
                };
                let c = part.numerator.coefficient(0) * scale;
                shifted_power(&shift, order, signs, low).map(|value| value * number(c))
            }
            [c, b, a] if b.is_zero() && order == 1 && signs == Signs::Same && part.numerator.is_constant() => {
                let (Some(square), Some(scale)) = (Rational::ratio(c, a), Rational::from(a.clone()).recip()) else {
                    return Ok(None);
                };
                let front = number(part.numerator.coefficient(0) * scale);
                hyperbolic_cotangent(&square, low, range)?.map(|value| value * front)
            }
            _ => None,
        };
        match value {
            Some(value) => sum.push(value),
            None => return Ok(None),
        }
    }
    let value = Expr::sum(sum);
    algebra::expand(&value, range.budget).map(Some)
}

/// The sum of `1/(k + shift)^order` from `low`, less what all of first order have in common; with alternating signs
/// `(-1)^k`.
fn shifted_power(shift: &Rational, order: i64, signs: Signs, low: i64) -> Option<Expr> {
    let doubled = (shift * &Rational::from(2)).to_i64()?;
    let half = doubled % 2 != 0;
    // k + shift = j + (0 or 1/2), for j from `first` on; the sums below begin with j = 1, or j = 0 for halves.
    let base = if half { (doubled - 1).div_euclid(2) } else { doubled.div_euclid(2) };
    let first = low + base;
    let start = i64::from(!half);
    if (first - start).abs() > FARTHEST {
        return None;
    }
    let offset = if half { Rational::HALF } else { Rational::ZERO };
    let alternating = signs == Signs::Alternating;
    let term = |j: i64| {
        let value = (Rational::from(j) + offset.clone()).pow(-order).unwrap_or(Rational::ZERO);
        if alternating && j % 2 != 0 { -value } else { value }
    };
    let mut correction = Rational::ZERO;
    for j in start..first {
        correction = correction - term(j);
    }
    for j in first..start {
        correction = correction + term(j);
    }
    let whole = if alternating { alternating_sum(half, order)? } else { plain_sum(half, order) };
    let value = whole + number(correction);
    // (-1)^k = (-1)^(j - base)
    Some(if alternating && base % 2 != 0 { -value } else { value })
}

/// The sum of `1/j^order` from 1, or of `1/(j + 1/2)^order` from 0. For order one Euler's constant and the divergent part
/// are left out: they cancel in a convergent sum.
fn plain_sum(half: bool, order: i64) -> Expr {
    let two = Expr::integer(2);
    match (half, order) {
        (false, 1) => Expr::zero(),
        (true, 1) => two.clone() * function::log(&two),
        (false, _) => function::zeta(&Expr::integer(order)),
        (true, _) => (two.powi(order) - Expr::one()) * function::zeta(&Expr::integer(order)),
    }
}

/// The sum of `(-1)^j/j^order` from 1, or of `(-1)^j/(j + 1/2)^order` from 0.
fn alternating_sum(half: bool, order: i64) -> Option<Expr> {
    let two = Expr::integer(2);
    Some(match (half, order) {
        (false, 1) => -function::log(&two),
        (false, _) => -(Expr::one() - two.powi(1 - order)) * function::zeta(&Expr::integer(order)),
        (true, 1) => Expr::pi() / two,
        (true, 2) => Expr::integer(4) * Expr::constant(Constant::Catalan),
        (true, 3) => Expr::pi().powi(3) / Expr::integer(4),
        (true, _) => return None,
    })
}

/// The sum of `1/(k^2 + c)`: from 1 it is `(pi*a*coth(pi*a) - 1)/(2*c)` with `a^2 = c`.
fn hyperbolic_cotangent(c: &Rational, low: i64, range: &Range) -> Value {
    if c.signum() <= 0 || (low - 1).abs() > FARTHEST {
        return Ok(None);
    }
    let square = number(c.clone());
    let angle = Expr::pi() * square.sqrt();
    let whole = (&angle * function::coth(&angle) - Expr::one()) / (Expr::integer(2) * &square);
    let term = (Expr::symbol(range.k).powi(2) + square).recip();
    let difference = if low > 1 {
        -added(&term, range.k, (1, low - 1), range.budget)?
    } else {
        added(&term, range.k, (low, 0), range.budget)?
    };
    Ok(Some(whole + difference))
}

/// `r^k` times a function with simple poles at integers: logarithms of `1 - r`.
fn logarithmic(f: &RationalFunction, shape: &Shape, range: &Range, low: i64) -> Value {
    let r = &shape.ratio;
    let (whole, parts) = f.partial_fractions();
    let mut sum = Vec::new();
    if !whole.is_zero() {
        let row: Vec<Expr> = whole.coefficients().into_iter().map(number).collect();
        let plain = Shape {
            scale: Expr::one(),
            polynomial: row,
            ratio: r.clone(),
            powers: Vec::new(),
            factorials: Vec::new(),
            roots: Vec::new(),
        };
        sum.extend(geometric(&plain, range)?);
    }
    for part in parts {
        let ([b, a], 1) = (part.factor.coefficients(), part.exponent) else { return Ok(None) };
        let Some(shift) = Rational::ratio(b, a).and_then(|shift| shift.to_i64()) else { return Ok(None) };
        let Some(scale) = Rational::from(a.clone()).recip() else { return Ok(None) };
        let first = low + shift;
        if !(1..=FARTHEST).contains(&first) {
            return Ok(None);
        }
        // The sum of r^j/j from 1 is -log(1 - r).
        let before = (1..first).map(|j| r.powi(j) / Expr::integer(j));
        let value = -function::log(&(Expr::one() - r)) - Expr::sum(before);
        sum.push(value * r.powi(-shift) * number(part.numerator.coefficient(0) * scale));
    }
    Ok(Some(&shape.scale * Expr::sum(sum)))
}

/// `p(k)*r^k/factorial(k + s)` and `r^k/factorial(2*k + s)`.
fn exponential(shape: &Shape, range: &Range) -> Value {
    let ([("factorial", arguments, -1)], [], Some(low)) =
        (shape.factorials.as_slice(), shape.roots.as_slice(), range.low.to_i64())
    else {
        return Ok(None);
    };
    let [argument] = arguments.as_slice() else { return Ok(None) };
    let Some((a, s)) = linear(argument, range.k, range.budget)? else { return Ok(None) };
    let (Some(step @ 1..=2), Some(s)) = (a.to_i64(), s.to_i64()) else { return Ok(None) };
    let first = step * low + s;
    if !(0..=FARTHEST).contains(&first) || s.abs() > FARTHEST {
        return Ok(None);
    }
    if step == 1 {
        return by_exponential(shape, s, low, range).map(Some);
    }
    let [c] = shape.polynomial.as_slice() else { return Ok(None) };
    let Some((root, turning)) = square_root(shape) else { return Ok(None) };
    // Of w^(2k+s)/(2k+s)! the whole series begins with 2k + s = 0 or 1.
    let odd = s.rem_euclid(2) == 1;
    let name = match (odd, turning) {
        (false, false) => "cosh",
        (false, true) => "cos",
        (true, false) => "sinh",
        (true, true) => "sin",
    };
    let Some(whole) = function::apply(name, std::slice::from_ref(&root)) else { return Ok(None) };
    let parity = i64::from(odd);
    let missing = (0..(first - parity) / 2).map(|m| {
        let n = 2 * m + parity;
        let sign = if turning && m % 2 != 0 { -1 } else { 1 };
        root.powi(n) * Expr::integer(sign) / function::factorial(&Expr::integer(n))
    });
    // With m = k + (s - parity)/2 the sign (-1)^k is (-1)^m times that of the shift.
    let shift = (s - parity) / 2;
    let sign = if turning && shift % 2 != 0 { -1 } else { 1 };
    let value = (whole - Expr::sum(missing)) * root.powi(-s) * Expr::integer(sign);
    Ok(Some(c * &shape.scale * value))
}

/// `w` with `r = w^2`, or `r = -w^2` and then true.
fn square_root(shape: &Shape) -> Option<(Expr, bool)> {
    let mut root = Expr::one();
    let mut turning = false;
    for (base, a) in &shape.powers {
        if base.to_i64() == Some(-1) {
            turning ^= a.to_i64()? % 2 != 0;
            continue;
        }
        let even = a.to_i64().filter(|a| a % 2 == 0);
        root = root
            * match even {
                Some(even) => base.powi(even / 2),
                None if assume::sign(base) == Some(Ordering::Greater) => base.power(&(a / Expr::integer(2))),
                None => return None,
            };
    }
    Some((root, turning))
}

/// The sum of `p(k)*r^k/(k + s)!` from `low`.
fn by_exponential(shape: &Shape, s: i64, low: i64, range: &Range) -> Result<Expr, Reason> {
    let r = &shape.ratio;
    let n = Expr::symbol(range.k);
    // p as a polynomial in n = k + s.
    let p = Expr::sum(
        shape
            .polynomial
            .iter()
            .enumerate()
            .map(|(power, c)| c * (&n - Expr::integer(s)).powi(i64::try_from(power).unwrap_or(0))),
    );
    let rows = algebra::coefficients(&p, &n, range.budget)?;
    let degree = rows.iter().filter_map(|(_, e)| e.to_i64()).max().unwrap_or(0);
    let moved: Vec<Expr> = (0..=degree)
        .map(|d| rows.iter().find(|(_, e)| e.to_i64() == Some(d)).map_or_else(Expr::zero, |(c, _)| c.clone()))
        .collect();
    let falling = falling_coefficients(&moved, range.budget)?;
    let front = Expr::sum(falling.iter().enumerate().map(|(j, c)| c * r.powi(i64::try_from(j).unwrap_or(0))));
    let missing = (0..low + s).map(|m| {
        let at = Expr::integer(m);
        p.substitute_symbol(range.k, &at) * r.powi(m) / function::factorial(&at)
    });
    let value = front * function::exp(r) - Expr::sum(missing);
    Ok(&shape.scale * value * r.powi(-s))
}
