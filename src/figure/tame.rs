//! Formulas in forms that are enclosed well: the same functions, with the same places where they have no value.

use crate::calculus::domain;
use crate::expr::function::{self, gamma};
use crate::expr::{Expr, Factor, Function, Kind};
use crate::number::Rational;

/// The same function in a form that is enclosed well.
pub fn tamed(expr: &Expr) -> Expr {
    let rules: Vec<(Expr, Expr)> = expr
        .shared_nodes()
        .filter_map(|node| {
            let better = match node.kind() {
                Kind::Product(product) => {
                    by_sign(&node, product.factors()).or_else(|| by_exponentials(&node, product.factors()))
                }
                Kind::Call(function, arguments) if function.is_special() => {
                    by_product(function, arguments).or_else(|| by_fraction(function, arguments))
                }
                _ => None,
            };
            better.map(|better| (node, better))
        })
        .collect();
    if rules.is_empty() { expr.clone() } else { expr.substitute(&rules) }
}

/// Something real over its modulus, or the other way round, by the sign of its reciprocal, which is missing where they are:
/// enclosures of the quotient are wide where both are small.
fn by_sign(node: &Expr, factors: &[Factor]) -> Option<Expr> {
    let (modulus, inner) = factors.iter().find_map(|factor| match factor.base.as_call()? {
        (function, [inner]) if function.name() == "abs" => Some((factor, inner)),
        _ => None,
    })?;
    let opposite = |factor: &&Factor| factor.base == *inner && factor.exponent == -&modulus.exponent;
    let other = factors.iter().find(opposite).filter(|other| other.exponent.is_integer())?;
    let both = modulus.base.power_rational(&modulus.exponent) * inner.power_rational(&other.exponent);
    let sign = Expr::call(Function::Elementary(&function::SGN), vec![inner.recip()]);
    Some(node / both * sign.power_rational(&modulus.exponent))
}

/// A quotient of sums of the same two exponentials with only one of them left in it: where both grow, or both vanish, nothing
/// is known of their quotient.
fn by_exponentials(node: &Expr, factors: &[Factor]) -> Option<Expr> {
    let (divisor, [(u, c), (v, d)]) =
        factors.iter().filter(|factor| factor.exponent == Rational::from(-1)).find_map(|factor| {
            let parts: [(Expr, Expr); 2] = exponentials(&factor.base)?.try_into().ok()?;
            Some((&factor.base, parts))
        })?;
    let (dividend, [a, b]) = factors.iter().filter(|factor| factor.exponent.is_one()).find_map(|factor| {
        let parts = exponentials(&factor.base)?;
        let known = parts.iter().all(|(exponent, _)| *exponent == u || *exponent == v);
        let of =
            |wanted: &Expr| parts.iter().find(|part| part.0 == *wanted).map_or_else(Expr::zero, |part| part.1.clone());
        known.then(|| (&factor.base, [of(&u), of(&v)]))
    })?;
    // A multiple has a value where the exponent has, and so has their difference.
    let is_multiple = u.is_zero() || v.is_zero() || (&u / &v).as_number().is_some();
    if !is_multiple {
        return None;
    }
    let (ratio, inverse) = (function::exp(&(&u - &v)), function::exp(&(v - u)));
    let quotient = if b.is_zero() {
        a / (c + d * inverse)
    } else if a.is_zero() {
        b / (c * ratio + d)
    } else {
        let left = b - &a * &d / &c;
        if left.is_zero() {
            return None;
        }
        a / &c + left / (c * ratio + d)
    };
    Some(node / dividend * divisor * quotient)
}

/// The exponents and the factors of a sum of exponentials with positive numbers as bases.
fn exponentials(expr: &Expr) -> Option<Vec<(Expr, Expr)>> {
    let exponent = |expr: &Expr| match expr.kind() {
        Kind::Power(base, exponent) if base.as_rational()?.signum() > 0 => Some(exponent * &function::log(base)),
        _ => expr.exp_argument().cloned(),
    };
    let Kind::Sum(sum) = expr.kind() else { return Some(vec![(exponent(expr)?, Expr::one())]) };
    let constant = Some((Expr::zero(), Expr::number(sum.constant().clone()))).filter(|part| !part.1.is_zero());
    let mut parts: Vec<(Expr, Expr)> = constant.into_iter().collect();
    for term in sum.terms() {
        parts.push((exponent(&term.base)?, Expr::number(term.coefficient.clone())));
    }
    Some(parts)
}

/// A beta function of a small whole number by the rational function that it is.
fn by_product(function: &Function, arguments: &[Expr]) -> Option<Expr> {
    const MOST: i64 = 12;
    let ([a, b], "beta") = (arguments, function.name()) else { return None };
    let (a, n) = match (a.to_i64(), b.to_i64()) {
        (_, Some(n)) => (a, n),
        (Some(n), _) => (b, n),
        _ => return None,
    };
    (1..=MOST)
        .contains(&n)
        .then(|| (1..n).fold(a.recip(), |product, k| product * Expr::integer(k) / (a + &Expr::integer(k))))
}

/// A function of an irrational order by the one of a fraction so near that no machine number tells them apart.
fn by_fraction(function: &Function, arguments: &[Expr]) -> Option<Expr> {
    const BITS: u32 = 110;
    let [order, last] = arguments else { return None };
    if order.as_number().is_some() || !order.is_constant() {
        return None;
    }
    let fraction = domain::real_value(order, &[])?.to_real(BITS).simplest_rational()?;
    Some(Expr::call(function.clone(), vec![Expr::number(fraction), last.clone()]))
}

/// Beta functions and binomial coefficients by gamma functions, each of one number.
pub fn by_gamma(expr: &Expr) -> Expr {
    let one = Expr::one();
    let mut rules = Vec::new();
    for node in expr.shared_nodes() {
        let Kind::Call(function, arguments) = node.kind() else { continue };
        let [a, b] = &arguments[..] else { continue };
        let quotient = match function.name() {
            "beta" => gamma(a) * gamma(b) / gamma(&(a + b)),
            "binomial" => gamma(&(a + &one)) / (gamma(&(b + &one)) * gamma(&(a - b + &one))),
            _ => continue,
        };
        rules.push((node.clone(), quotient));
    }
    if rules.is_empty() { expr.clone() } else { expr.substitute(&rules) }
}
