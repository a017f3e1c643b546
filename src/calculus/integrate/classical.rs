//! Classical integrals over infinite ranges whose antiderivatives are no elementary functions.
//!
//! Sources: Gradshteyn and Ryzhik, 3.381, 3.411, 3.723; each holds under the conditions that are asked for.

use std::cmp::Ordering;

use super::Integrator;
use super::shape::{apply, base_and_exponent, call_of, sign};
use crate::algebra;
use crate::budget::Budget;
use crate::calculus::domain::{self, Span};
use crate::calculus::limit;
use crate::expr::{Expr, Infinity, Kind, Reason, Relation, function};
use crate::number::Rational;
use crate::tape::series::Side;

type Value = Result<Option<Expr>, Reason>;

/// The integral over the span if it is a classical one.
pub(super) fn classical(f: &Expr, span: &Span, budget: &Budget) -> Value {
    let integrator = Integrator::new(span.variable, budget);
    let (constant, rest) = integrator.split_constant(f);
    let whole = |e: &Expr, sign: Infinity| matches!(e.kind(), Kind::Infinity(own) if *own == sign);
    let upper = whole(&span.high, Infinity::Positive);
    let task = Classical { integrator, span };
    let methods: &[fn(&Classical, &Expr) -> Value] = match (whole(&span.low, Infinity::Negative), span.low.is_zero()) {
        (true, _) if upper => &[|t, f| t.both_halves(f), |t, f| t.wave_over_quadratic(f)],
        (_, true) if upper => &[|t, f| t.gamma(f), |t, f| t.fresnel(f), |t, f| t.planck(f), |t, f| t.reciprocal(f)],
        _ => &[],
    };
    for method in methods {
        if let Some(value) = method(&task, &rest)? {
            return Ok(Some(constant * value));
        }
    }
    Ok(None)
}

struct Classical<'a> {
    integrator: Integrator<'a>,
    span: &'a Span,
}

fn positive(expr: &Expr) -> Result<bool, Reason> {
    match sign(expr) {
        Some(sign) => Ok(sign == Ordering::Greater),
        None => Err(Reason::Unknown(Expr::relation(Relation::Greater, expr.clone(), Expr::zero()))),
    }
}

impl Classical<'_> {
    /// `x^p*exp(-a*x^q)` from 0: `gamma((p + 1)/q)/(q*a^((p + 1)/q))` for positive `a`, `q`, `p + 1`.
    fn gamma(&self, f: &Expr) -> Value {
        let x = &self.integrator.x;
        let mut p = Expr::zero();
        let mut exponent = None;
        for factor in algebra::factors(f) {
            match (factor.exp_argument(), factor.kind()) {
                (Some(argument), _) if exponent.is_none() => exponent = Some(argument.clone()),
                (None, Kind::Power(base, power)) if base == x && self.integrator.is_free(power) => p = power.clone(),
                (None, _) if factor == *x => p = Expr::one(),
                _ => return Ok(None),
            }
        }
        let Some(exponent) = exponent else { return Ok(None) };
        let (minus_a, power) = self.integrator.split_constant(&exponent);
        let q = match power.kind() {
            _ if power == *x => Expr::one(),
            Kind::Power(base, q) if base == x && self.integrator.is_free(q) => q.clone(),
            _ => return Ok(None),
        };
        let a = -minus_a;
        let raised = p + Expr::one();
        if !positive(&a)? || !positive(&q)? || !positive(&raised)? {
            return Ok(None);
        }
        let s = raised / &q;
        Ok(Some(apply("gamma", &s) / (q * a.power(&s))))
    }

    /// `sin(a*x^2)` and `cos(a*x^2)` from 0: `sqrt(pi/(8a))` for positive `a`.
    fn fresnel(&self, f: &Expr) -> Value {
        let Some(("sin" | "cos", argument)) = call_of(f) else { return Ok(None) };
        let (a, square) = self.integrator.split_constant(argument);
        if square != self.integrator.x.powi(2) || !positive(&a)? {
            return Ok(None);
        }
        Ok(Some((Expr::integer(2) * Expr::pi() / a).sqrt() / Expr::integer(4)))
    }

    /// `x^p/(exp(a*x) - 1)` and `x^p/(exp(a*x) + 1)` from 0, for positive `a` and `p`.
    fn planck(&self, f: &Expr) -> Value {
        let x = &self.integrator.x;
        let (mut p, mut below) = (Rational::ZERO, None);
        for factor in algebra::factors(f) {
            let (base, exponent) = base_and_exponent(&factor);
            if base == *x {
                p = exponent;
            } else if exponent == Rational::from(-1) && below.is_none() {
                below = Some(base);
            } else {
                return Ok(None);
            }
        }
        let Some(Kind::Sum(sum)) = below.as_ref().map(Expr::kind) else { return Ok(None) };
        let [term] = sum.terms() else { return Ok(None) };
        let Some((a, b)) = term.base.exp_argument().and_then(|argument| self.integrator.linear(argument)) else {
            return Ok(None);
        };
        let sign = sum.constant().as_rational().and_then(Rational::to_i64);
        let Some(sign @ (1 | -1)) = sign else { return Ok(None) };
        if !term.coefficient.is_one() || !b.is_zero() || p.signum() <= 0 || !positive(&a)? {
            return Ok(None);
        }
        let s = Expr::number(&p + &Rational::ONE);
        let bose = apply("gamma", &s) * apply("zeta", &s) / a.power(&s);
        if sign == -1 {
            return Ok(Some(bose));
        }
        Ok(Some(bose * (Expr::one() - Expr::integer(2).power(&Expr::number(-p)))))
    }

    /// What `x -> 1/x` turns into its negative: zero, when it converges.
    fn reciprocal(&self, f: &Expr) -> Value {
        let x = &self.integrator.x;
        let turned = self.integrator.at(f, &x.recip()) * x.powi(-2);
        let positive = self.span.within(|| {
            let open = turned.rewrite(
                |_| None,
                |node| match call_of(&node) {
                    Some(("log", u)) if *u == x.recip() => -function::log(x),
                    _ => node,
                },
            );
            self.integrator.simplified(&(open + f))
        })?;
        if !positive.is_zero() || !self.converges(f)? {
            return Ok(None);
        }
        Ok(Some(Expr::zero()))
    }

    /// Continuous inside, smaller than `x^(-1/2)` at 0 and than `x^(-3/2)` at infinity.
    fn converges(&self, f: &Expr) -> Result<bool, Reason> {
        let (variable, budget) = (self.integrator.variable, self.integrator.budget);
        let Some(parts) = domain::critical_parts(f, variable) else { return Ok(false) };
        if domain::breaks_between(&parts, self.span, budget)?.is_none_or(|points| !points.is_empty()) {
            return Ok(false);
        }
        let x = &self.integrator.x;
        let small = |weight: Expr, end: &Expr| limit(&(f * weight), variable, end, Side::Right, budget);
        let near = small(x.sqrt(), &self.span.low)?;
        let far = small(x.power_rational(&(Rational::ONE + Rational::HALF)), &self.span.high)?;
        Ok(near.is_zero() && far.is_zero())
    }

    /// An even function over the whole line: twice the half; an odd one whose half converges: zero.
    fn both_halves(&self, f: &Expr) -> Value {
        let turned = self.integrator.at(f, &-&self.integrator.x);
        let even = self.integrator.simplified(&(&turned - f))?.is_zero();
        if !even {
            return Ok(None);
        }
        let half = Span { low: Expr::zero(), ..self.span.clone() };
        Ok(classical(f, &half, self.integrator.budget)?.map(|value| value * Expr::integer(2)))
    }

    /// `N(x)*cos(a*x)/Q(x)` or with the sine, for a quadratic `Q` without real roots and linear `N`, by the residue in
    /// the upper half-plane.
    fn wave_over_quadratic(&self, f: &Expr) -> Value {
        let mut wave = None;
        let mut rest = Vec::new();
        for factor in algebra::factors(f) {
            match call_of(&factor) {
                Some((name @ ("sin" | "cos"), argument)) if wave.is_none() => wave = Some((name, argument.clone())),
                _ => rest.push(factor),
            }
        }
        let Some((name, argument)) = wave else { return Ok(None) };
        let Some((a, b)) = self.integrator.linear(&argument) else { return Ok(None) };
        let (top, bottom) = algebra::numerator_denominator(&Expr::product(rest), self.integrator.budget)?;
        let (Some(n), Some(q)) = (self.integrator.polynomial(&top)?, self.integrator.polynomial(&bottom)?) else {
            return Ok(None);
        };
        let ([c, d, e], 1..=2) = (q.as_slice(), n.len()) else { return Ok(None) };
        let size = Expr::integer(4) * c * e - d.powi(2);
        if !b.is_zero() || !positive(&a)? || !positive(&size)? || !positive(e)? {
            return Ok(None);
        }
        // The root is r + i*s; the integral of N*exp(i*a*x)/Q is pi/(e*s)*N(root)*exp(i*a*root).
        let two = Expr::integer(2);
        let (r, s) = (-(d / (&two * e)), size.sqrt() / (&two * e));
        let at = |k: usize| n.get(k).cloned().unwrap_or_else(Expr::zero);
        let (re, im) = (at(0) + at(1) * &r, at(1) * &s);
        let (cosine, sine) = (apply("cos", &(&a * &r)), apply("sin", &(&a * &r)));
        let part = if name == "cos" { re * cosine - im * sine } else { re * sine + im * cosine };
        Ok(Some(Expr::pi() / (e * &s) * part * function::exp(&-(a * s))))
    }
}
