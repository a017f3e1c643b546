//! Nested radicals of constants taken apart: `sqrt(3 + 2*sqrt(2))` is `1 + sqrt(2)`.
//!
//! Square roots by the theorem behind Borodin, Fagin, Hopcroft and Tompa ("Decreasing the nesting depth of expressions
//! involving square roots", 1985): `sqrt(a + b*sqrt(r))` is `sqrt((a + d)/2) + sqrt((a - d)/2)` with `d^2 = a^2 - b^2*r`,
//! less nested when `d` is. Cube roots of `a + b*sqrt(r)` by the rational root of a cubic. Each answer is proved equal.

use std::cmp::Ordering;

use super::constant::is_algebraic_zero;
use super::rational::RationalForm;
use crate::budget::Budget;
use crate::expr::{Expr, Kind, Reason, Symbol};
use crate::number::{Integer, Number, Rational};
use crate::poly::IntegerPolynomial;

/// How deep radicands may lead to further ones.
const DEEPEST: usize = 4;
/// Larger radicands are left.
const LARGEST: usize = 200;

/// The expression with nested radicals of constants taken apart where that is possible.
///
/// # Errors
/// When the budget runs out.
pub fn denest(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    let mut failure = None;
    let result = expr.rewrite(
        |_| None,
        |node| {
            let (Kind::Power(base, exponent), None) = (node.kind(), &failure) else { return node };
            let Some(q) = exponent.as_rational() else { return node };
            match flat_root(base, q, budget) {
                Ok(found) => found.unwrap_or(node),
                Err(reason) => {
                    failure = Some(reason);
                    node
                }
            }
        },
    );
    failure.map_or(Ok(result), Err)
}

/// A power with exponent over two or three by radicals of lesser nesting.
fn flat_root(base: &Expr, q: &Rational, budget: &Budget) -> Result<Option<Expr>, Reason> {
    if !base.is_constant() || !matches!(base.kind(), Kind::Sum(_)) || nesting(base) == 0 {
        return Ok(None);
    }
    let Some(times) = q.numerator().to_i64() else { return Ok(None) };
    let found = match q.denominator().to_i64() {
        Some(2) => match square_root(base, 0, budget)? {
            None => match root_of_square(base, budget)? {
                None => root_of_nested_square(base, budget)?,
                found => found,
            },
            found => found,
        },
        Some(3) => cube_root(base, budget)?,
        _ => None,
    };
    Ok(found.map(|root| root.powi(times)))
}

/// The root of `a*t^2 + b*t + c` with `b^2 = 4*a*c` in some part `t`: `sqrt(a)*(t + b/(2*a))` or its negative.
fn root_of_square(radicand: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let form = match RationalForm::of(radicand, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(None),
    };
    let below = form.express(form.denominator());
    for (index, generator) in form.generators().list().iter().enumerate() {
        if form.numerator().degree(index) != 2 || form.denominator().degree(index) > 0 {
            continue;
        }
        let mut row = [Expr::zero(), Expr::zero(), Expr::zero()];
        for (power, coefficient) in form.numerator().coefficients_in(index) {
            if let Some(slot) = row.get_mut(power as usize) {
                *slot = form.express(&coefficient) / &below;
            }
        }
        let [c, b, a] = row;
        let discriminant = b.powi(2) - Expr::integer(4) * &a * c;
        let is_square = RationalForm::of(&discriminant, budget).is_ok_and(|form| form.is_zero());
        if !is_square || crate::tape::sign_by_ball(&a) != Some(Ordering::Greater) {
            continue;
        }
        let root = super::expand(&(a.sqrt() * generator.power(1) + a.sqrt() * b / (Expr::integer(2) * a)), budget)?;
        match crate::tape::sign_by_ball(&root) {
            Some(Ordering::Greater) => return Ok(Some(root)),
            Some(Ordering::Less) => return Ok(Some(-root)),
            _ => {}
        }
    }
    Ok(None)
}

/// The root of a square of a sum with `t = sqrt(p + q*w)` and a simple root `w`: with `w = (t^2 - p)/q` put in, it is
/// that of a polynomial of degree two in `t`.
fn root_of_nested_square(radicand: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    let t = Expr::symbol(Symbol::new("the nested root"));
    for node in radicand.shared_nodes() {
        let Some((inner, (p, q, w))) = half_power(&node).and_then(|inner| Some((inner, simple_surd(inner)?))) else {
            continue;
        };
        let by_root = (t.powi(2) - Expr::number(p)) / Expr::number(q);
        let put = |part: &Expr| match part {
            _ if half_power(part) == Some(inner) => Some(t.clone()),
            _ if *part == w => Some(by_root.clone()),
            _ => None,
        };
        let row = super::coefficients(&radicand.rewrite(put, |part| part), &t, budget)?;
        let at = |n: i64| {
            row.iter().find(|(_, power)| power.to_i64() == Some(n)).map_or_else(Expr::zero, |(c, _)| c.clone())
        };
        let (c, b, a) = (at(0), at(1), at(2));
        let is_quadratic = row.iter().all(|(c, n)| c.is_constant() && matches!(n.to_i64(), Some(0..=2)));
        if !is_quadratic || crate::tape::sign_by_ball(&a) != Some(Ordering::Greater) {
            continue;
        }
        let discriminant = b.powi(2) - Expr::integer(4) * &a * c;
        if !is_algebraic_zero(&discriminant, budget)?.is_yes() {
            continue;
        }
        let root = super::expand(&(a.sqrt() * inner.sqrt() + a.sqrt() * b / (Expr::integer(2) * a)), budget)?;
        match crate::tape::sign_by_ball(&root) {
            Some(Ordering::Greater) => return Ok(Some(root)),
            Some(Ordering::Less) => return Ok(Some(-root)),
            _ => {}
        }
    }
    Ok(None)
}

/// The radicand of a square root.
fn half_power(node: &Expr) -> Option<&Expr> {
    match node.kind() {
        Kind::Power(base, exponent) if exponent.as_rational() == Some(&Rational::HALF) => Some(base),
        _ => None,
    }
}

/// `p + q*w` with rational `p`, `q` and the square root `w` of a number.
fn simple_surd(inner: &Expr) -> Option<(Rational, Rational, Expr)> {
    let Kind::Sum(sum) = inner.kind() else { return None };
    let [term] = sum.terms() else { return None };
    half_power(&term.base)?.as_rational()?;
    Some((sum.constant().as_rational()?.clone(), term.coefficient.as_rational()?.clone(), term.base.clone()))
}

/// How deep radicals stand inside each other.
fn nesting(expr: &Expr) -> usize {
    expr.try_fold::<usize, ()>(|node, inner| {
        let deepest = inner.iter().copied().max().unwrap_or(0);
        Ok(match node.kind() {
            Kind::Power(_, exponent) if exponent.as_rational().is_some_and(|q| !q.is_integer()) => deepest + 1,
            Kind::Product(product) if product.factors().iter().any(|f| !f.exponent.is_integer()) => deepest + 1,
            _ => deepest,
        })
    })
    .unwrap_or(0)
}

/// The square root by radicals nested less deep than the root of the radicand would be.
fn square_root(radicand: &Expr, depth: usize, budget: &Budget) -> Result<Option<Expr>, Reason> {
    budget.check()?;
    if let Some(q) = radicand.as_rational() {
        return Ok((!q.is_negative()).then(|| radicand.sqrt()));
    }
    if depth > DEEPEST || radicand.shared_nodes().take(LARGEST).count() == LARGEST {
        return Ok(None);
    }
    for (a, b, r) in splittings(radicand, budget)? {
        let inner = over_primes(&(a.powi(2) - b.powi(2) * &r), budget)?;
        let Some(d) = square_root(&inner, depth + 1, budget)? else { continue };
        if nesting(&d) > nesting(radicand) {
            continue;
        }
        let half = |sign: i64| over_primes(&((&a + Expr::integer(sign) * &d) / Expr::integer(2)), budget);
        let (Some(first), Some(second)) =
            (square_root(&half(1)?, depth + 1, budget)?, square_root(&half(-1)?, depth + 1, budget)?)
        else {
            continue;
        };
        for candidate in [&first + &second, &first - &second, &second - &first] {
            if nesting(&candidate) <= nesting(radicand)
                && is_algebraic_zero(&(radicand.sqrt() - &candidate), budget)?.is_yes()
            {
                return Ok(Some(super::expand(&candidate, budget)?));
            }
        }
    }
    Ok(None)
}

/// The constant over radicals of primes, multiplied out.
fn over_primes(expr: &Expr, budget: &Budget) -> Result<Expr, Reason> {
    match RationalForm::of(expr, budget) {
        Ok(form) => super::expand(&(form.express(form.numerator()) / form.express(form.denominator())), budget),
        Err(reason) if reason.is_stopped() => Err(reason),
        Err(_) => Ok(expr.clone()),
    }
}

/// The ways to read a constant as `a + b*sqrt(r)` with a prime `r`.
fn splittings(radicand: &Expr, budget: &Budget) -> Result<Vec<(Expr, Expr, Expr)>, Reason> {
    let form = match RationalForm::of(radicand, budget) {
        Ok(form) => form,
        Err(reason) if reason.is_stopped() => return Err(reason),
        Err(_) => return Ok(Vec::new()),
    };
    let below = form.express(form.denominator());
    let mut found = Vec::new();
    for (index, generator) in form.generators().list().iter().enumerate() {
        let root = generator.power(1);
        let Kind::Power(base, exponent) = root.kind() else { continue };
        if exponent.as_rational() != Some(&Rational::HALF) || form.denominator().degree(index) > 0 {
            continue;
        }
        let (mut a, mut b) = (Expr::zero(), Expr::zero());
        for (power, coefficient) in form.numerator().coefficients_in(index) {
            let own = form.express(&coefficient) / &below;
            if power == 0 { a = own } else { b = own }
        }
        if !b.is_zero() {
            found.push((a, b, base.clone()));
        }
    }
    Ok(found)
}

/// `(a + b*sqrt(r))^(1/3)` as `x + y*sqrt(r)`: with `n^3 = a^2 - b^2*r`, `x` is a rational root of `4*x^3 - 3*n*x - a`.
fn cube_root(radicand: &Expr, budget: &Budget) -> Result<Option<Expr>, Reason> {
    for (a, b, r) in splittings(radicand, budget)? {
        let (Some(a), Some(squared)) =
            (a.as_rational(), super::expand(&(b.powi(2) * r), budget)?.as_rational().cloned())
        else {
            continue;
        };
        let norm = a * a - squared.clone();
        let root = |n: &Integer| if n.is_negative() { (-n).exact_root(3).map(|m| -m) } else { n.exact_root(3) };
        let (Some(top), Some(bottom)) = (root(&norm.numerator()), root(&norm.denominator())) else { continue };
        let Some(n) = Rational::ratio(&top, &bottom) else { continue };
        for x in rational_roots_of_cubic(&n, a) {
            // y*sqrt(r) has the sign of b*sqrt(r) or the contrary.
            let rest = Expr::number(&x * &x - &n).sqrt();
            for candidate in [Expr::number(x.clone()) + &rest, Expr::number(x.clone()) - &rest] {
                let power = radicand.power(&Expr::fraction(1, 3));
                if is_algebraic_zero(&(power - &candidate), budget)?.is_yes() {
                    return Ok(Some(candidate));
                }
            }
        }
    }
    Ok(None)
}

/// The rational roots of `4*x^3 - 3*n*x - a`.
fn rational_roots_of_cubic(n: &Rational, a: &Rational) -> Vec<Rational> {
    let common = n.denominator().lcm(&a.denominator());
    let scaled = |q: Rational| (q * Rational::from(common.clone())).to_integer().unwrap_or(Integer::ZERO);
    let coefficients = [-a.clone(), -(n * &Rational::from(3)), Rational::ZERO, Rational::from(4)];
    IntegerPolynomial::new(coefficients.into_iter().map(scaled).collect()).rational_roots()
}

/// Is the constant zero as numbers are? For answers that should not be left as sums that vanish.
pub(super) fn zero_if_shown(expr: Expr, budget: &Budget) -> Result<Expr, Reason> {
    let trivial = matches!(expr.kind(), Kind::Number(_)) || !expr.is_constant();
    let floating = expr.shared_nodes().any(|node| node.as_number().is_some_and(|number| !Number::is_exact(number)));
    if !trivial && !floating && is_algebraic_zero(&expr, budget)?.is_yes() {
        return Ok(Expr::zero());
    }
    Ok(expr)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::read;
    use crate::print::text;

    fn check(source: &str, expected: &str) {
        let flat = denest(&read(source).unwrap(), &Budget::unlimited()).unwrap();
        assert_eq!(text(&flat), expected, "{source}");
    }

    #[test]
    fn square_roots_are_denested() {
        check("sqrt(3 + 2*sqrt(2))", "sqrt(2) + 1");
        check("sqrt(5 + 2*sqrt(6))", "sqrt(3) + sqrt(2)");
        check("sqrt(5 - 2*sqrt(6))", "sqrt(3) - sqrt(2)");
        check("sqrt(7 - 4*sqrt(3))", "-sqrt(3) + 2");
        check("sqrt(10 + 2*sqrt(6) + 2*sqrt(10) + 2*sqrt(15))", "sqrt(5) + sqrt(3) + sqrt(2)");
        check("1/sqrt(3 + 2*sqrt(2)) + x", "x + 1/(sqrt(2) + 1)");
        check("sqrt(6 + sqrt(3) + 4*sqrt(1 + sqrt(3)) - 1)", "sqrt(sqrt(3) + 1) + 2");
    }

    #[test]
    fn cube_roots_are_denested() {
        check("(2 + sqrt(5))^(1/3)", "1/2*sqrt(5) + 1/2");
        check("(7 + 5*sqrt(2))^(1/3)", "sqrt(2) + 1");
        check("(26 - 15*sqrt(3))^(1/3)", "-sqrt(3) + 2");
    }

    #[test]
    fn others_stay() {
        check("sqrt(1 + sqrt(2))", "sqrt(sqrt(2) + 1)");
        check("sqrt(2 + sqrt(5))", "sqrt(sqrt(5) + 2)");
        check("sqrt(x + sqrt(2))", "sqrt(x + sqrt(2))");
    }
}
