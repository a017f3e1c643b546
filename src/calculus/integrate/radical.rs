//! Roots of linear and quadratic polynomials.
//!
//! `(a*x + b)^(1/q)` is made the variable. With the root of a quadratic `R` the integrand is `A + B*sqrt(R)` for rational
//! functions `A`, `B`; `B*R` is taken apart into a polynomial, for which undetermined coefficients leave `1/sqrt(R)`, and
//! fractions with linear denominators. Source: Gradshteyn and Ryzhik, 2.25 to 2.27.

use super::field::{Row, Rows};
use super::shape::sign;
use super::{Answer, Integrator};
use crate::algebra;
use crate::expr::{Expr, Kind, Reason, Symbol, function};
use crate::number::{Number, Rational};

/// Roots of higher order are not made variables.
const LARGEST_ROOT: i64 = 12;

/// The bases of fractional powers that depend on the variable, with the least common index of their roots.
fn radicands(integrator: &Integrator, f: &Expr) -> Vec<(Expr, i64)> {
    let mut found: Vec<(Expr, i64)> = Vec::new();
    let mut add = |base: &Expr, exponent: &Rational| {
        let Some(index) = exponent.denominator().to_i64().filter(|q| *q > 1) else { return };
        if integrator.is_free(base) {
            return;
        }
        match found.iter_mut().find(|(known, _)| known == base) {
            Some((_, common)) => *common = lcm(*common, index),
            None => found.push((base.clone(), index)),
        }
    };
    for node in f.shared_nodes() {
        match node.kind() {
            Kind::Power(base, exponent) if let Some(q) = exponent.as_rational() => add(base, q),
            Kind::Product(product) => product.factors().iter().for_each(|factor| add(&factor.base, &factor.exponent)),
            _ => {}
        }
    }
    found
}

fn lcm(a: i64, b: i64) -> i64 {
    let (mut p, mut q) = (a, b);
    while q != 0 {
        (p, q) = (q, p % q);
    }
    a / p * b
}

/// The expression with fractional powers of `base` replaced by `value(exponent)`.
fn with_powers(f: &Expr, base: &Expr, value: impl Fn(&Rational) -> Expr) -> Expr {
    f.rewrite(
        |node| match node.kind() {
            Kind::Power(own, exponent) if own == base => exponent.as_rational().filter(|q| !q.is_integer()).map(&value),
            _ => None,
        },
        |node| node,
    )
}

/// `t = u^(1/q)` for a linear or fractional linear `u`, with `x` and `dx/dt` as functions of `t`.
pub(super) fn linear_radicand(integrator: &Integrator, f: &Expr) -> Answer {
    let t = integrator.fresh();
    let new = Expr::symbol(t);
    let list = radicands(integrator, f);
    let mut found = None;
    for (base, index) in list.into_iter().filter(|(_, index)| *index <= LARGEST_ROOT) {
        if let Some(inverse) = inverted(integrator, &base, &new.powi(index))? {
            found = Some((base, index, inverse));
            break;
        }
    }
    let Some((base, index, inverse)) = found else { return Ok(None) };
    let size = Rational::from(index);
    let moved = with_powers(f, &base, |exponent| new.power_rational(&(exponent * &size)));
    let moved = integrator.at(&moved, &inverse);
    let measure = crate::calculus::diff(&inverse, t, integrator.budget)?;
    let g = integrator.simplified(&(moved * measure))?;
    let Some(found) = integrator.in_variable(t).integrate(&g)? else { return Ok(None) };
    // Even powers of the root as powers of the radicand.
    let part = size.recip().unwrap_or(Rational::ONE);
    let found = found.rewrite(
        |node| match node.kind() {
            Kind::Power(own, exponent) if *own == new => {
                exponent.as_rational().map(|q| base.power_rational(&(q * &part)))
            }
            _ => None,
        },
        |node| node,
    );
    Ok(Some(found.substitute_symbol(t, &base.power_rational(&part))))
}

/// `x` from `u = value` for `u = a*x + b` or `u = (a*x + b)/(c*x + d)`.
fn inverted(integrator: &Integrator, u: &Expr, value: &Expr) -> Answer {
    if let Some((a, b)) = integrator.linear(u) {
        return Ok(Some((value - b) / a));
    }
    let (top, bottom) = algebra::numerator_denominator(u, integrator.budget)?;
    let line = |e: &Expr| -> Result<Option<(Expr, Expr)>, Reason> {
        let row = integrator.polynomial(e)?.filter(|row| row.len() <= 2);
        Ok(row.map(|row| (row.get(1).cloned().unwrap_or_else(Expr::zero), row[0].clone())))
    };
    let (Some((a, b)), Some((c, d))) = (line(&top)?, line(&bottom)?) else { return Ok(None) };
    if c.is_zero() {
        return Ok(None);
    }
    Ok(Some((b - &d * value) / (c * value - a)))
}

/// A rational function of `x` and the root of one quadratic.
pub(super) fn quadratic_radicand(integrator: &Integrator, f: &Expr) -> Answer {
    let list = radicands(integrator, f);
    let [(base, 2)] = list.as_slice() else { return Ok(None) };
    let Some(coefficients) = integrator.polynomial(base)?.filter(|row| row.len() == 3) else { return Ok(None) };
    let s = Symbol::new("the square root");
    let root = Expr::symbol(s);
    let plain = with_powers(f, base, |exponent| &root * base.power_rational(&(exponent - &Rational::HALF)));
    if !is_rational(integrator, &plain) {
        return Ok(None);
    }
    let value = |sign: i64| plain.substitute_symbol(s, &(base.sqrt() * Expr::integer(sign)));
    let half = Expr::fraction(1, 2);
    let even = integrator.simplified(&(&half * (value(1) + value(-1))))?;
    let odd = integrator.simplified(&(&half * (value(1) - value(-1)) * base.sqrt()))?;
    if !is_rational(integrator, &even) || !is_rational(integrator, &odd) {
        return Ok(None);
    }
    let rows = Rows { budget: integrator.budget };
    let quadratic = Quadratic { integrator, rows, row: rows.row(&coefficients)?, root: base.sqrt() };
    let Some(over_root) = quadratic.over_root(&odd)? else { return Ok(None) };
    if even.is_zero() {
        return Ok(Some(over_root));
    }
    Ok(integrator.integrate(&even)?.map(|found| found + over_root))
}

/// Is the variable met outside of functions and fractional powers only?
fn is_rational(integrator: &Integrator, f: &Expr) -> bool {
    radicands(integrator, f).is_empty()
        && !f.shared_nodes().any(|node| !integrator.is_free(&node) && node.as_call().is_some())
        && !f.shared_nodes().any(|node| {
            matches!(node.kind(), Kind::Power(_, exponent) if exponent.as_rational().is_none() && !integrator.is_free(&node))
        })
}

/// A quadratic under a root.
struct Quadratic<'i, 'b> {
    integrator: &'i Integrator<'b>,
    rows: Rows<'b>,
    row: Row,
    root: Expr,
}

impl Quadratic<'_, '_> {
    /// The integral of a rational function over the root.
    fn over_root(&self, g: &Expr) -> Answer {
        let integrator = self.integrator;
        let (top, bottom) = algebra::numerator_denominator(g, integrator.budget)?;
        if top.is_zero() {
            return Ok(Some(Expr::zero()));
        }
        let (Some(top), Some(bottom_row)) = (integrator.polynomial(&top)?, integrator.polynomial(&bottom)?) else {
            return Ok(None);
        };
        let (top, bottom_row) = (self.rows.row(&top)?, self.rows.row(&bottom_row)?);
        let Some((whole, proper)) = self.rows.div_rem(&top, &bottom_row)? else { return Ok(None) };
        let polynomial = self.polynomial(&whole)?;
        if proper.is_zero() {
            return Ok(Some(polynomial));
        }
        let Some(factors) = self.linear_factors(&bottom)? else { return Ok(None) };
        let mut product = Row(vec![Expr::one()]);
        for (factor, times) in &factors {
            product = self.rows.multiply(&product, &self.rows.power(factor, *times)?)?;
        }
        let proper = self.rows.scale(&proper, &(product.leading() / bottom_row.leading()))?;
        let Some(terms) = self.rows.partial_fractions(&proper, &factors)? else { return Ok(None) };
        let mut sum = vec![polynomial];
        for (digit, factor, exponent) in terms {
            let pole = self.rows.normal(&-(factor.coefficient(0) / factor.leading()))?;
            let scale = digit.coefficient(0) / factor.leading().powi(i64::try_from(exponent).unwrap_or(1));
            sum.push(scale * self.pole(&pole, exponent)?);
        }
        Ok(Some(Expr::sum(sum)))
    }

    /// The linear factors of the denominator; those of a quadratic with real roots are taken apart.
    fn linear_factors(&self, bottom: &Expr) -> Result<Option<Vec<(Row, usize)>>, Reason> {
        let mut factors = Vec::new();
        for (base, exponent) in algebra::factor_list(bottom, self.integrator.budget)?.1 {
            if self.integrator.is_free(&base) {
                continue;
            }
            let Some(row) = self.integrator.polynomial(&base)? else { return Ok(None) };
            let times = usize::try_from(exponent).unwrap_or(0);
            match row.as_slice() {
                [_, _] => factors.push((self.rows.row(&row)?, times)),
                [c, b, a] => {
                    let discriminant = b.powi(2) - Expr::integer(4) * a * c;
                    if sign(&discriminant) != Some(std::cmp::Ordering::Greater) {
                        return Ok(None);
                    }
                    for sign in [1, -1] {
                        let root = (discriminant.sqrt() * Expr::integer(sign) - b) / (Expr::integer(2) * a);
                        factors.push((self.rows.row(&[-root, Expr::one()])?, times));
                    }
                }
                _ => return Ok(None),
            }
        }
        Ok(Some(factors))
    }

    /// The integral of a polynomial over the root: `q*sqrt(R)` and a multiple of the integral of `1/sqrt(R)`, where
    /// `p = q'*R + q*R'/2 + k`.
    fn polynomial(&self, p: &Row) -> Result<Expr, Reason> {
        let (a, b, c) = (self.row.coefficient(2), self.row.coefficient(1), self.row.coefficient(0));
        let mut rest = p.0.clone();
        let mut outer = vec![Expr::zero(); p.0.len()];
        for power in (1..rest.len()).rev() {
            let n = i64::try_from(power).unwrap_or(0);
            let q =
                self.rows.normal(&(rest.get(power).cloned().unwrap_or_else(Expr::zero) / (Expr::integer(n) * &a)))?;
            if let Some(slot) = rest.get_mut(power - 1) {
                *slot = self.rows.normal(&(&*slot - &q * &b * Expr::fraction(2 * n - 1, 2)))?;
            }
            if power >= 2
                && let Some(slot) = rest.get_mut(power - 2)
            {
                *slot = self.rows.normal(&(&*slot - &q * &c * Expr::integer(n - 1)))?;
            }
            if let Some(slot) = outer.get_mut(power - 1) {
                *slot = q;
            }
        }
        let outer = self.rows.row(&outer)?.to_expr(&self.integrator.x);
        let spread = algebra::expand(&(outer * &self.root), self.integrator.budget)?;
        let left = rest.first().cloned().unwrap_or_else(Expr::zero);
        if left.is_zero() {
            return Ok(spread);
        }
        Ok(spread + left * self.inverse_root()?)
    }

    /// The integral of `1/sqrt(R)`.
    fn inverse_root(&self) -> Result<Expr, Reason> {
        let (a, b, c) = (self.row.coefficient(2), self.row.coefficient(1), self.row.coefficient(0));
        let inner = Expr::integer(2) * &a * &self.integrator.x + &b;
        let discriminant = self.rows.normal(&(&b * &b - Expr::integer(4) * &a * &c))?;
        let scaled = |root: &Expr| {
            let shrink = root.recip();
            algebra::expand(&(&inner * shrink), self.integrator.budget).map(|open| content_out(&open, root, &inner))
        };
        match sign(&a) {
            Some(std::cmp::Ordering::Less) => {
                let angle = scaled(&discriminant.sqrt())?;
                let sine = if b.is_zero() { function::arcsin(&-angle) } else { -function::arcsin(&angle) };
                Ok(sine / (-a).sqrt())
            }
            Some(_) if sign(&discriminant) == Some(std::cmp::Ordering::Less) => {
                Ok(function::arcsinh(&scaled(&(-discriminant).sqrt())?) / a.sqrt())
            }
            Some(_) => {
                let root = Expr::integer(2) * a.sqrt() * &self.root;
                Ok(function::log(&(inner + root)) / a.sqrt())
            }
            None => Err(Reason::Unknown(Expr::relation(crate::expr::Relation::Greater, a, Expr::zero()))),
        }
    }

    /// The integral of `1/((x - r)^k * sqrt(R))`, by reduction of `k`.
    fn pole(&self, r: &Expr, k: usize) -> Result<Expr, Reason> {
        let (a, b, c) = (self.row.coefficient(2), self.row.coefficient(1), self.row.coefficient(0));
        let y = &self.integrator.x - r;
        let value = self.rows.normal(&(&a * r.powi(2) + &b * r + &c))?;
        let slope = self.rows.normal(&(Expr::integer(2) * &a * r + &b))?;
        let n = i64::try_from(k).unwrap_or(0);
        if k == 0 {
            return self.inverse_root();
        }
        if value.is_zero() {
            let mut found = &self.root * y.powi(-n);
            if k > 1 {
                found = found + Expr::integer(n - 1) * &a * self.pole(r, k - 1)?;
            }
            return Ok(found / (Expr::fraction(1 - 2 * n, 2) * slope));
        }
        if k == 1 {
            return self.simple_pole(&y, &value, &slope);
        }
        let mut sum = -(&self.root * y.powi(1 - n)) + Expr::fraction(3 - 2 * n, 2) * slope * self.pole(r, k - 1)?;
        if k > 2 {
            sum = sum + Expr::integer(2 - n) * a * self.pole(r, k - 2)?;
        }
        Ok(sum / (Expr::integer(n - 1) * value))
    }

    fn simple_pole(&self, y: &Expr, value: &Expr, slope: &Expr) -> Result<Expr, Reason> {
        let two = Expr::integer(2);
        let line = self.rows.normal(&(slope * y + &two * value))?;
        match sign(value) {
            Some(std::cmp::Ordering::Less) => {
                let size = (-value).sqrt();
                Ok(function::arctan(&(line / (two * &size * &self.root))) / size)
            }
            Some(_) => {
                let size = value.sqrt();
                Ok(-function::log(&((line + two * &size * &self.root) / y)) / size)
            }
            None => Err(Reason::Unknown(Expr::relation(crate::expr::Relation::Greater, value.clone(), Expr::zero()))),
        }
    }
}

/// A linear expression over a root, with what the coefficients have in common in front of the bracket.
fn content_out(open: &Expr, root: &Expr, inner: &Expr) -> Expr {
    let Kind::Sum(_) = inner.kind() else { return open.clone() };
    let scale = root.recip();
    if scale.as_number().is_some() {
        return open.clone();
    }
    let product = inner * scale;
    let (rest, coefficient) = product.split_coefficient();
    rest * Expr::number(if coefficient.is_zero() { Number::ONE } else { coefficient })
}
