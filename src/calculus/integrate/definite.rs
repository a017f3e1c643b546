//! Integrals between bounds.
//!
//! By the fundamental theorem, used piece by piece: the range is cut at every point where the integrand or its
//! antiderivative `F` may break (all such points are known, or there is no answer), and a piece from `p` to `q` counts
//! `F(q-) - F(p+)` by one-sided limits. So jumps of `F` do no harm, and an infinite limit shows that the integral
//! diverges. Steps and absolute values are resolved on each piece before. What is found is compared with numerical
//! integration; where the two disagree there is no answer.

use std::cmp::Ordering;

use super::shape::call_of;
use super::{Integrator, checked, classical, verify};
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::domain::{self, Span};
use crate::calculus::limit;
use crate::expr::{Constant, Expr, Kind, Reason, Relation, Symbol, assume, function};
use crate::number::{Integer, Rational};
use crate::tape::FloatFunction;
use crate::tape::quadrature::{Tolerance, Trouble, extrapolated};
use crate::tape::series::Side;

/// Why an integral has no value.
pub const DIVERGENT: Reason = Reason::Domain("Integral is divergent.");

/// A step function is cut into so many pieces at most.
const MOST_STEPS: i64 = 1000;

/// The integral of `f` from `low` to `high`; `None` when it is not found or not proved.
///
/// # Errors
/// [`DIVERGENT`]; `Unknown` with the fact that is missing; `Budget` when stopped.
pub fn definite_integral(
    f: &Expr,
    variable: Symbol,
    low: &Expr,
    high: &Expr,
    budget: &Budget,
) -> Result<Option<Expr>, Reason> {
    // An empty range, at infinity too.
    if low == high {
        return Ok(Some(Expr::zero()));
    }
    let definite = Definite { variable, budget };
    match domain::order(low, high, budget)? {
        Some(Ordering::Greater) => Ok(definite.ordered(f, high, low)?.map(|value| -value)),
        Some(_) => definite.ordered(f, low, high),
        None => definite.unordered(f, low, high),
    }
}

struct Definite<'b> {
    variable: Symbol,
    budget: &'b Budget,
}

/// A value, or nothing.
type Value = Result<Option<Expr>, Reason>;

impl Definite<'_> {
    fn span(&self, low: &Expr, high: &Expr) -> Span {
        Span { variable: self.variable, low: low.clone(), high: high.clone() }
    }

    /// Bounds whose order is not known: only where nothing can break anywhere.
    fn unordered(&self, f: &Expr, low: &Expr, high: &Expr) -> Value {
        let Some(found) = self.antiderivative(f)? else { return Ok(None) };
        let everywhere = |e: &Expr| domain::critical_parts(e, self.variable);
        let (Some(mut parts), Some(more)) = (everywhere(f), everywhere(&found)) else { return Ok(None) };
        parts.extend(more);
        let x = Expr::symbol(self.variable);
        for part in parts {
            let real = [assume::Fact::In(self.variable, assume::Domain::Real)];
            if !assume::with_facts(real, || assume::is_nonzero(&part)).is_yes() {
                return Err(Reason::Unknown(Expr::relation(Relation::Less, low.clone(), high.clone())));
            }
        }
        let at = |point: &Expr| found.substitute(&[(x.clone(), point.clone())]);
        Ok(Some(self.tidy(&(at(high) - at(low)))?))
    }

    /// Cut where steps and absolute values change, resolved on the pieces.
    fn ordered(&self, f: &Expr, low: &Expr, high: &Expr) -> Value {
        if !f.has_symbol(self.variable) {
            return self.constant(f, low, high);
        }
        let f = &squares_under_roots(f);
        let Some(points) = self.corners(f, low, high)? else { return Ok(None) };
        let mut sum = Vec::new();
        let mut from = low.clone();
        for to in points.into_iter().chain([high.clone()]) {
            let Some(piece) = self.resolved(f, &self.span(&from, &to))? else { return Ok(None) };
            let Some(value) = self.smooth(&piece, &from, &to)? else { return Ok(None) };
            sum.push(value);
            from = to;
        }
        let value = self.tidy(&Expr::sum(sum))?;
        Ok(self.confirmed(f, low, high, &value)?.then_some(value))
    }

    fn constant(&self, f: &Expr, low: &Expr, high: &Expr) -> Value {
        if f.is_zero() {
            return Ok(Some(Expr::zero()));
        }
        if domain::is_infinite(low) || domain::is_infinite(high) {
            return match assume::is_nonzero(f) {
                truth if truth.is_yes() => Err(DIVERGENT),
                _ => Ok(None),
            };
        }
        Ok(Some(algebra::expand(&(f * (high - low)), self.budget)?))
    }

    /// Where the steps and absolute values in `f` change.
    fn corners(&self, f: &Expr, low: &Expr, high: &Expr) -> Result<Option<Vec<Expr>>, Reason> {
        let span = self.span(low, high);
        let mut parts = Vec::new();
        for node in f.shared_nodes().filter(|node| node.has_symbol(self.variable)) {
            match (call_of(&node), node.kind()) {
                (Some(("abs" | "sgn" | "unit_step" | "heaviside", u)), _) => parts.push(u.clone()),
                (Some(("floor" | "ceil" | "frac", u)), _) => match self.steps(u, low, high)? {
                    Some(steps) => parts.extend(steps),
                    None => return Ok(None),
                },
                (_, Kind::Call(called, arguments)) if matches!(called.name(), "max" | "min") => {
                    let [a, b] = arguments.as_ref() else { return Ok(None) };
                    parts.push(a - b);
                }
                (_, Kind::Power(base, _)) => parts.extend(self.square_root_of(base)?),
                _ => {}
            }
        }
        domain::breaks_between(&parts, &span, self.budget)
    }

    /// `h` when a radicand is the square `h^2`.
    fn square_root_of(&self, base: &Expr) -> Result<Option<Expr>, Reason> {
        if let Kind::Power(inner, exponent) = base.kind() {
            return Ok(exponent.to_i64().is_some_and(|n| n % 2 == 0).then(|| inner.clone()));
        }
        if !matches!(base.kind(), Kind::Sum(_) | Kind::Product(_)) || !base.has_symbol(self.variable) {
            return Ok(None);
        }
        let (content, factors) = algebra::factor_list(base, self.budget)?;
        let square = factors.iter().all(|(_, exponent)| exponent % 2 == 0) && content.real_sign() == Some(1);
        Ok(square.then(|| Expr::product(factors.iter().map(|(base, _)| base.clone()))))
    }

    /// `u - n` for every integer `n` that a linear `u` passes.
    fn steps(&self, u: &Expr, low: &Expr, high: &Expr) -> Result<Option<Vec<Expr>>, Reason> {
        let integrator = Integrator::new(self.variable, self.budget);
        if integrator.linear(u).is_none() {
            return Ok(None);
        }
        let ends = [low, high].map(|end| {
            let value = u.substitute_symbol(self.variable, end);
            domain::real_value(&value, &[]).map(|ball| ball.to_f64())
        });
        let [Some(a), Some(b)] = ends else { return Ok(None) };
        let (first, last) = (a.min(b).floor() as i64 - 1, a.max(b).ceil() as i64 + 1);
        if last - first > MOST_STEPS {
            return Ok(None);
        }
        Ok(Some((first..=last).map(|n| u - Expr::integer(n)).collect()))
    }

    /// Steps and absolute values as they are on a piece that no corner lies in.
    fn resolved(&self, f: &Expr, span: &Span) -> Result<Option<Expr>, Reason> {
        let middle = span.middle();
        let value = |u: &Expr| domain::real_value(u, &[(self.variable, middle.clone()?)]);
        let positive = |u: &Expr| {
            let known = span.within(|| assume::sign(u));
            known.or_else(|| value(u)?.sign().map(|sign| sign.cmp(&0)))
        };
        let mut failed = false;
        let result = f.rewrite(
            |_| None,
            |node| {
                let replacement = match (call_of(&node), node.kind()) {
                    (Some(("abs", u)), _) => positive(u).map(|sign| if sign.is_lt() { -u } else { u.clone() }),
                    (Some(("sgn", u)), _) => positive(u).map(|sign| Expr::integer(sign as i64)),
                    (Some(("unit_step" | "heaviside", u)), _) => {
                        positive(u).map(|sign| Expr::integer(i64::from(sign.is_gt())))
                    }
                    (Some(("floor", u)), _) => value(u).and_then(|v| v.floor()).map(Expr::number),
                    (Some(("ceil", u)), _) => value(u).and_then(|v| v.floor()).map(|n| Expr::number(n + Integer::ONE)),
                    (Some(("frac", u)), _) => value(u).and_then(|v| v.floor()).map(|n| self.fraction(u, n)),
                    (_, Kind::Call(called, arguments)) if matches!(called.name(), "max" | "min") => {
                        match arguments.as_ref() {
                            [a, b] => positive(&(a - b)).map(|sign| {
                                if sign.is_gt() == (called.name() == "max") { a.clone() } else { b.clone() }
                            }),
                            _ => None,
                        }
                    }
                    (_, Kind::Power(base, exponent)) if node.has_symbol(self.variable) => {
                        match self.root_of_square(base, exponent, &positive) {
                            Some(root) => Some(root),
                            None => return node,
                        }
                    }
                    _ => return node,
                };
                replacement.unwrap_or_else(|| {
                    failed |= node.has_symbol(self.variable);
                    node.clone()
                })
            },
        );
        Ok((!failed).then_some(result))
    }

    /// `frac(u)` where `u` has the integer part `n`: it has the sign of `u`.
    fn fraction(&self, u: &Expr, n: Integer) -> Expr {
        let whole = if n.is_negative() { n + Integer::ONE } else { n };
        u - Expr::number(whole)
    }

    /// `(h^2)^(k/2)` as `|h|^k`.
    fn root_of_square(&self, base: &Expr, exponent: &Expr, sign: &dyn Fn(&Expr) -> Option<Ordering>) -> Option<Expr> {
        let q = exponent.as_rational().filter(|q| q.denominator() == Integer::new(2))?;
        let root = self.square_root_of(base).ok()??;
        let whole = match base.kind() {
            Kind::Power(_, inner) => inner.as_rational()? * q,
            _ => {
                let content = (base / root.powi(2)).clone();
                let content = algebra::simplify_rational(&content, self.budget).ok()?;
                if content.has_symbol(self.variable) {
                    return None;
                }
                let size = if sign(&root)?.is_lt() { -&root } else { root };
                return Some(content.power(exponent) * size.power_rational(&(q + q)));
            }
        };
        let size = if sign(&root)?.is_lt() { -&root } else { root };
        Some(size.power_rational(&whole))
    }

    /// An antiderivative with integral sines rather than exponential integrals of imaginary arguments.
    fn antiderivative(&self, f: &Expr) -> Value {
        let integrator = Integrator { real: true, ..Integrator::new(self.variable, self.budget) };
        checked(&integrator, f)
    }

    /// An integrand without steps.
    fn smooth(&self, f: &Expr, low: &Expr, high: &Expr) -> Value {
        if !f.has_symbol(self.variable) {
            return self.constant(f, low, high);
        }
        let span = self.span(low, high);
        let mut by_antiderivative = self.by_antiderivative(f, &span);
        if !matches!(&by_antiderivative, Ok(Some(_))) {
            let plain = algebra::to_sine_and_cosine(f);
            if plain != *f {
                by_antiderivative = self.by_antiderivative(&plain, &span);
            }
        }
        if !matches!(&by_antiderivative, Ok(Some(_))) && self.shows_divergence(f, &span)? {
            return Err(DIVERGENT);
        }
        match by_antiderivative {
            Ok(Some(value)) => Ok(Some(value)),
            Err(reason) if reason.is_stopped() || reason == DIVERGENT => Err(reason),
            other => match classical::classical(f, &span, self.budget)? {
                Some(value) => Ok(Some(value)),
                None => other.or_else(|reason| match reason {
                    Reason::Unknown(_) => Err(reason),
                    _ => Ok(None),
                }),
            },
        }
    }

    fn by_antiderivative(&self, f: &Expr, span: &Span) -> Value {
        match span.within(|| self.antiderivative(f))? {
            Some(found) => self.by_pieces(f, &found, span),
            None => Ok(None),
        }
    }

    /// Does the integrand grow like `1/(x - c)` or faster at a break or an end `c`, or fall no faster than `1/x` towards an
    /// infinity? Then the integral diverges. The integrand is real and keeps its sign near such a point.
    fn shows_divergence(&self, f: &Expr, span: &Span) -> Result<bool, Reason> {
        let Some(parts) = domain::critical_parts(f, self.variable) else { return Ok(false) };
        let points = match domain::breaks_between(&parts, span, self.budget) {
            Ok(Some(points)) => points,
            Err(reason) if reason.is_stopped() => return Err(reason),
            _ => return Ok(false),
        };
        let x = Expr::symbol(self.variable);
        let mut places = vec![(span.low.clone(), Side::Right), (span.high.clone(), Side::Left)];
        places.extend(points.iter().flat_map(|c| [(c.clone(), Side::Left), (c.clone(), Side::Right)]));
        for (point, side) in places {
            let distance = if domain::is_infinite(&point) { x.clone() } else { &x - &point };
            let weighted = match limit(&(f * distance), self.variable, &point, side, self.budget) {
                Err(reason) if reason.is_stopped() => return Err(reason),
                Err(_) => continue,
                Ok(value) => value,
            };
            let unbounded = matches!(weighted.kind(), Kind::Infinity(_));
            let settled = weighted.is_constant() && domain::real_value(&weighted, &[]).is_some();
            if unbounded || (settled && algebra::is_zero(&weighted, self.budget)?.is_no()) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The sum over the pieces between the points where `f` or `found` may break.
    fn by_pieces(&self, f: &Expr, found: &Expr, span: &Span) -> Value {
        let everywhere = |e: &Expr| domain::critical_parts(e, self.variable);
        let (Some(mut parts), Some(more)) = (everywhere(f), everywhere(found)) else { return Ok(None) };
        parts.extend(more);
        let Some(points) = domain::breaks_between(&parts, span, self.budget)? else { return Ok(None) };
        let mut sum = Vec::new();
        let mut from = span.low.clone();
        for to in points.into_iter().chain([span.high.clone()]) {
            let piece = self.span(&from, &to);
            let Some(value) = self.piece(f, found, &parts, &piece)? else { return Ok(None) };
            sum.push(value);
            from = to;
        }
        Ok(Some(Expr::sum(sum)))
    }

    /// A piece on which nothing breaks.
    fn piece(&self, f: &Expr, found: &Expr, parts: &[Expr], span: &Span) -> Value {
        let Some(found) = self.real_on(f, found, span)? else { return Ok(None) };
        let high = self.end(&found, parts, &span.high, Side::Left, span)?;
        let low = self.end(&found, parts, &span.low, Side::Right, span)?;
        let without = |e: &Expr| {
            domain::is_infinite(e) || matches!(e.kind(), Kind::Constant(Constant::NoLimit | Constant::Oscillating))
        };
        if without(&high) || without(&low) {
            return Err(DIVERGENT);
        }
        Ok(Some(high - low))
    }

    /// The antiderivative, with logarithms of negative values as those of their absolute value; `None` unless integrand
    /// and antiderivative are real in the middle, and so on the whole piece.
    fn real_on(&self, f: &Expr, found: &Expr, span: &Span) -> Value {
        let parameters = !f.free_variables().iter().all(|own| *own == self.variable)
            || !span.low.is_constant()
            || !span.high.is_constant();
        let sign = |u: &Expr| {
            let known = span.within(|| assume::sign(u));
            let measured = || domain::real_value(u, &[(self.variable, span.middle()?)])?.sign().map(|s| s.cmp(&0));
            known.or_else(|| if parameters { None } else { measured() })
        };
        let turned = found.rewrite(
            |_| None,
            |node| match call_of(&node) {
                Some(("log", u)) if u.has_symbol(self.variable) && sign(u) == Some(Ordering::Less) => {
                    function::log(&-u)
                }
                _ => node,
            },
        );
        let changed = turned != *found;
        if changed && !span.within(|| verify::differentiates_to(&turned, f, self.variable, self.budget))? {
            return Ok(None);
        }
        if parameters {
            let real = |e: &Expr| span.within(|| assume::is_real(e)).is_yes();
            let plain = f.free_variables().iter().all(|own| *own == self.variable || real(&Expr::symbol(*own)));
            return Ok((plain || real(f) || !holds_imaginary(&turned)).then_some(turned));
        }
        let Some(middle) = span.middle() else { return Ok(None) };
        let at = [(self.variable, middle)];
        let real = domain::real_value(f, &at).is_some() && domain::real_value(&turned, &at).is_some();
        Ok(real.then_some(turned))
    }

    /// The one-sided limit of the antiderivative at an end: its value where nothing breaks there.
    fn end(&self, found: &Expr, parts: &[Expr], end: &Expr, side: Side, span: &Span) -> Result<Expr, Reason> {
        if !domain::is_infinite(end) {
            let mut safe = true;
            for part in parts {
                let value = part.substitute_symbol(self.variable, end);
                let nonzero = !value.is_undefined()
                    && (assume::is_nonzero(&value).is_yes()
                        || (value.is_constant() && algebra::is_zero(&value, self.budget)?.is_no()));
                safe &= nonzero;
            }
            let value = found.substitute_symbol(self.variable, end);
            if safe && !value.is_undefined() && !domain::is_infinite(&value) {
                return Ok(value);
            }
        }
        if domain::is_infinite(end) {
            let settled = self.without_integral_sines(found, end);
            return span.within(|| limit(&settled, self.variable, end, side, self.budget));
        }
        if let Some(value) = self.vanishing_powers(found, end) {
            return Ok(value);
        }
        span.within(|| limit(found, self.variable, end, side, self.budget))
    }

    /// Terms `c*Si(a*x + b)` by their limit at an infinity, `pi/2` with the sign of the argument.
    fn without_integral_sines(&self, found: &Expr, end: &Expr) -> Expr {
        let integrator = Integrator::new(self.variable, self.budget);
        let settled = |term: Expr| {
            let (constant, rest) = integrator.split_constant(&term);
            let Some(("sin_integral", u)) = call_of(&rest) else { return term };
            let Some((a, _)) = integrator.linear(u) else { return term };
            let upwards = matches!(end.kind(), Kind::Infinity(crate::expr::Infinity::Positive));
            match assume::sign(&a) {
                Some(sign @ (Ordering::Less | Ordering::Greater)) => {
                    let half_turns = if sign.is_gt() == upwards { 1 } else { -1 };
                    constant * Expr::pi() * Expr::fraction(half_turns, 2)
                }
                _ => term,
            }
        };
        Expr::sum(algebra::terms(found).into_iter().map(settled))
    }

    /// The value at an end where powers with positive symbolic exponents vanish and nothing else breaks.
    fn vanishing_powers(&self, found: &Expr, end: &Expr) -> Option<Expr> {
        let at = |e: &Expr| e.substitute_symbol(self.variable, end);
        let mut some = false;
        let rest = found.rewrite(
            |node| match node.kind() {
                Kind::Power(base, exponent)
                    if exponent.as_rational().is_none()
                        && !exponent.has_symbol(self.variable)
                        && at(base).is_zero()
                        && assume::sign(exponent) == Some(Ordering::Greater) =>
                {
                    some = true;
                    Some(Expr::zero())
                }
                _ => None,
            },
            |node| node,
        );
        let parts = domain::critical_parts(&rest, self.variable)?;
        let safe = parts.iter().all(|part| assume::is_nonzero(&at(part)).is_yes());
        (some && safe).then(|| at(&rest)).filter(|value| !value.is_undefined())
    }

    /// Multiplied out or simplified when that is shorter.
    fn tidy(&self, value: &Expr) -> Result<Expr, Reason> {
        let mut best = value.clone();
        let size = |e: &Expr| e.shared_nodes().count() + e.children().len();
        let open = algebra::expand(value, self.budget).unwrap_or_else(|_| value.clone());
        let simple = if value.is_constant() { algebra::simplify_rational(&open, self.budget)? } else { open.clone() };
        for candidate in [open, simple] {
            if !candidate.is_undefined() && size(&candidate) < size(&best) {
                best = candidate;
            }
        }
        Ok(best)
    }

    /// Does numerical integration agree, as far as it can tell?
    fn confirmed(&self, f: &Expr, low: &Expr, high: &Expr, value: &Expr) -> Result<bool, Reason> {
        let mut ends = Vec::new();
        for end in [low, high] {
            match end.kind() {
                Kind::Infinity(crate::expr::Infinity::Positive) => ends.push(f64::INFINITY),
                Kind::Infinity(_) => ends.push(f64::NEG_INFINITY),
                _ => match domain::real_value(end, &[]) {
                    Some(ball) => ends.push(ball.to_f64()),
                    None => return Ok(true),
                },
            }
        }
        let (Ok(mut function), [a, b]) = (FloatFunction::new(f, &[self.variable]), ends.as_slice()) else {
            return Ok(true);
        };
        let Some(exact) = domain::real_value(value, &[]) else { return Ok(!value.is_constant()) };
        self.budget.check()?;
        let found = extrapolated(&mut |x| function.at(&[x]), *a, *b, Tolerance::FINE);
        let reliable = found.trouble == Trouble::None && found.value.is_finite();
        let far = (found.value - exact.to_f64()).abs() > 1e-5 * (1.0 + exact.to_f64().abs()) + 10.0 * found.error;
        Ok(!(reliable && far))
    }
}

/// Radicands like `1 + cos(u)` and `1 - sin(u)^2` as the squares that they are.
fn squares_under_roots(f: &Expr) -> Expr {
    f.rewrite(
        |_| None,
        |node| match node.kind() {
            Kind::Power(base, exponent) if exponent.as_rational().is_some_and(|q| !q.is_integer()) => {
                square_form(base).map_or(node.clone(), |square| square.power(exponent))
            }
            _ => node,
        },
    )
}

/// `c*h^2` for `c*(1 + cos(u))`, `c*(1 - cos(u))`, `c*(1 - sin(u)^2)` and `c*(1 - cos(u)^2)`.
fn square_form(base: &Expr) -> Option<Expr> {
    let Kind::Sum(sum) = base.kind() else { return None };
    let [term] = sum.terms() else { return None };
    let c = sum.constant().as_rational()?;
    let plus = term.coefficient.as_rational() == Some(c);
    if !plus && term.coefficient.as_rational() != Some(&-c) {
        return None;
    }
    let front = Expr::number(c.clone());
    if let Some(("cos", u)) = call_of(&term.base) {
        let half = u / Expr::integer(2);
        let wave = if plus { function::cos(&half) } else { function::sin(&half) };
        return Some(front * Expr::integer(2) * wave.powi(2));
    }
    let Kind::Power(wave, exponent) = term.base.kind() else { return None };
    match call_of(wave).filter(|_| !plus && exponent.to_i64() == Some(2))? {
        ("sin", u) => Some(front * function::cos(u).powi(2)),
        ("cos", u) => Some(front * function::sin(u).powi(2)),
        _ => None,
    }
}

/// Does the imaginary unit, or a root of a negative number, occur?
fn holds_imaginary(expr: &Expr) -> bool {
    expr.shared_nodes().any(|node| match node.kind() {
        Kind::Number(number) => !number.is_real(),
        Kind::Power(base, exponent) => {
            let fractional = exponent.as_rational().is_some_and(|q: &Rational| !q.is_integer());
            fractional && assume::sign(base) == Some(Ordering::Less)
        }
        _ => false,
    })
}
