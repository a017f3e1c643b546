//! Fractional powers of powers, products and sums, and the content of a sum: what comes out, and what must stay.

use std::cmp::Ordering;

use super::{finish_sum, number_power};
use crate::expr::function;
use crate::expr::node::{Expr, Factor, Kind, Product, Sum, Term};
use crate::expr::order::printed_terms;
use crate::number::{Integer, Number, Rational, Real};

/// The rational content that a sum to an integer power gives up, with the sign of its first printed term, and the sum
/// without it; `None` when the content is one. As in Sage a sum that begins with a complex term gives up the negative
/// content, and none to other powers than the first.
pub(super) fn primitive_part(expr: &Expr, sum: &Sum, exponent: &Rational) -> Option<(Number, Expr)> {
    if sum.primitive.get() || !(exponent.is_one() || first_sign(sum).is_some()) {
        return None;
    }
    let found = content_of(sum)?;
    if found.is_one() {
        sum.primitive.set(true);
        return None;
    }
    let inverse = Number::from(found.recip()?);
    let primitive = expr.scale(&inverse);
    if let Kind::Sum(sum) = primitive.kind() {
        sum.primitive.set(true);
    }
    Some((Number::from(found), primitive))
}

/// The sign of the first printed term; `None` where that is complex.
fn first_sign(sum: &Sum) -> Option<i32> {
    printed_terms(sum).next()?.coefficient.real_sign()
}

/// The rational content with the sign of the first printed term; `None` when a coefficient is floating.
fn content_of(sum: &Sum) -> Option<Rational> {
    let mut numerator = Integer::ZERO;
    let mut denominator = Integer::ONE;
    let constant = (!sum.constant().is_zero()).then(|| sum.constant());
    for coefficient in sum.terms.iter().map(|term| &term.coefficient).chain(constant) {
        let mut include = |q: &Rational| {
            if !numerator.is_one() {
                numerator = numerator.gcd(&q.numerator());
            }
            if !q.is_integer() {
                denominator = denominator.lcm(&q.denominator());
            }
        };
        match coefficient {
            Number::Rational(q) => include(q),
            Number::Gaussian(g) => [&g.re, &g.im].into_iter().for_each(include),
            Number::Real(_) | Number::Complex(_) => return None,
        }
    }
    let content = Rational::ratio(&numerator, &denominator)?;
    let negative = first_sign(sum).map_or(!content.is_one(), |sign| sign == -1);
    Some(if negative { -content } else { content })
}

/// `(base^inner)^outer` for a fractional `outer`: the exponents multiply where that holds on every branch, which is
/// for a rational inner exponent in (-1, 1].
pub(super) fn fractional_power_of_power(whole: &Expr, base: &Expr, inner: &Expr, outer: &Rational) -> Expr {
    if exponents_join(base, inner) {
        return base.power(&inner.scale(&Number::from(outer.clone())));
    }
    if is_square_of_real(base, inner) {
        return function::abs(base).power(&inner.scale(&Number::from(outer.clone())));
    }
    Expr::raw_power(whole, outer)
}

/// Is it an even power of a variable that is assumed real? Then `(x^2)^(1/2)` is `abs(x)`.
pub(super) fn is_square_of_real(base: &Expr, exponent: &Expr) -> bool {
    base.as_symbol().is_some()
        && exponent.as_rational().and_then(Rational::to_integer).is_some_and(|n| !n.is_odd())
        && crate::expr::assume::is_real(base).is_yes()
}

/// Is `(base^inner)^q` the same as `base^(inner*q)` for every rational `q`?
pub(super) fn exponents_join(base: &Expr, inner: &Expr) -> bool {
    inner.as_rational().is_some_and(|q| *q > Rational::from(-1) && *q <= Rational::ONE)
        || (crate::expr::assume::sign(base) == Some(Ordering::Greater) && crate::expr::assume::is_real(inner).is_yes())
}

/// A fractional power of a product: a positive number in front and positive radicals come out.
pub(super) fn fractional_power_of_product(product: &Product, exponent: &Rational) -> Expr {
    let is_positive = |factor: &&Factor| factor.base.as_rational().is_some_and(|q| q.signum() > 0);
    let (radicals, others): (Vec<&Factor>, Vec<&Factor>) = product.factors().iter().partition(is_positive);
    let size = product.coefficient().as_rational().map(Rational::abs).filter(|size| !size.is_one());
    if size.is_none() && radicals.is_empty() {
        return Expr::raw_power(&product_expr(product), exponent);
    }
    let size = Number::from(size.unwrap_or(Rational::ONE));
    let sign = size.recip().map_or_else(|| product.coefficient().clone(), |recip| product.coefficient() * &recip);
    let inside = Expr::product(others.iter().map(|factor| factor.to_expr())).scale(&sign);
    let outside = radicals.iter().map(|factor| factor.base.power_rational(&(&factor.exponent * exponent)));
    Expr::product(outside) * number_power::power(&size, exponent) * inside.power_rational(exponent)
}

fn product_expr(product: &Product) -> Expr {
    Expr::from_kind(Kind::Product(product.clone()))
}

/// A fractional power of a sum: its positive content comes out when its root has a rational factor, as in Sage unless
/// the sum begins with a minus sign or a complex term.
pub(super) fn fractional_power_of_sum(whole: &Expr, sum: &Sum, exponent: &Rational) -> Expr {
    if let Some((content, primitive)) = primitive_part(whole, sum, exponent)
        && content.real_sign() == Some(1)
        && let Some(index) = Rational::ratio(&Integer::ONE, &exponent.denominator())
        && let root = number_power::power(&content, &index)
        && !root.split_coefficient().1.is_one()
    {
        return root.power_rational(&Rational::from(exponent.numerator())) * Expr::raw_power(&primitive, exponent);
    }
    Expr::raw_power(whole, exponent)
}

/// `x` when the base is `abs(x)` of a real `x` and the exponent even, so that the modulus does not matter.
pub(super) fn real_modulus(base: &Expr, exponent: &Rational) -> Option<Expr> {
    let inside = base.argument_of(&function::ABS)?;
    let even = exponent.to_integer().is_some_and(|n| !n.is_odd());
    (even && crate::expr::assume::is_real(inside).is_yes()).then(|| inside.clone())
}

impl Expr {
    /// The expression with its decimals as the simplest fractions that they mean: `0.1` as `1/10`.
    pub fn with_exact_numbers(&self) -> Expr {
        if !self.has_floats() {
            return self.clone();
        }
        self.map_bottom_up(|node| match node.kind() {
            Kind::Number(Number::Real(real)) => real.simplest_rational().map_or_else(|| node.clone(), Expr::number),
            _ => node,
        })
    }

    /// The expression with its floating exponents as fractions, where those are simple: algorithms want `x^(1/2)`.
    pub fn with_exact_exponents(&self) -> Expr {
        const LARGEST: i64 = 1024;
        if !self.has_floats() {
            return self.clone();
        }
        self.map_bottom_up(|node| match node.kind() {
            Kind::Power(base, exponent) if let Kind::Number(Number::Real(real)) = exponent.kind() => {
                let simple = real.to_rational().filter(|q| q.denominator() <= Integer::new(LARGEST));
                simple.map_or_else(|| node.clone(), |q| base.power_rational(&q))
            }
            _ => node,
        })
    }

    /// The expression with its floating numbers of 53 bits as Python's floats, as answers that came by Maxima have them.
    pub fn with_machine_floats(&self) -> Expr {
        if !self.has_floats() {
            return self.clone();
        }
        let plain = |number: &Number| match number {
            Number::Real(real) => Number::from(Real::clone(real).into_machine()),
            _ => number.clone(),
        };
        self.map_bottom_up(|node| match node.kind() {
            Kind::Number(number @ Number::Real(_)) => Expr::number(plain(number)),
            Kind::Product(product) if !product.coefficient().is_exact() => {
                Expr::from_factors(plain(product.coefficient()), product.factors.clone())
            }
            Kind::Sum(sum) => {
                let term = |term: &Term| Term { base: term.base.clone(), coefficient: plain(&term.coefficient) };
                finish_sum(plain(sum.constant()), sum.terms().iter().map(term).collect())
            }
            _ => node,
        })
    }

    /// A power with a floating exponent: the positive number in front of a product comes out, exponents join where
    /// they would with a rational one.
    pub(super) fn floating_power(&self, exponent: &Expr) -> Expr {
        match self.kind() {
            Kind::Power(base, inner) if exponents_join(base, inner) => base.power(&(inner * exponent)),
            Kind::Product(product)
                if product.coefficient().real_sign() == Some(1) && !product.coefficient().is_one() =>
            {
                let outside = Expr::number(product.coefficient().clone()).power(exponent);
                outside * product.without_coefficient().power(exponent)
            }
            _ => Expr::from_kind(Kind::Power(self.clone(), exponent.clone())),
        }
    }
}
