//! Powers of numbers: exact where they are, in radicals otherwise.
//!
//! A radical `b^q` that stays has a rational base other than 0 and 1, an exponent in (0, 1) and no perfect power left
//! in the base that small primes reveal: `72^(1/3)` is `2*9^(1/3)`. Of a negative base the sign comes out as a power
//! of -1, and `(-1)^(1/2)` is the imaginary unit.

use crate::expr::node::{Expr, Undefined};
use crate::number::{Integer, Number, Rational};

/// Above this many bits a power is not computed.
const MOST_BITS: u128 = 1 << 26;

/// Perfect powers are looked for by trial division up to this bound; what is left is tested for being one itself.
const TRIAL_BOUND: i64 = 1000;

/// A number to a rational power.
pub(super) fn power(base: &Number, exponent: &Rational) -> Expr {
    if !base.is_exact() && base.is_zero() {
        return power_of_zero(exponent.signum());
    }
    if exponent.is_integer() && (base.is_exact() || exponent.to_i64().is_some_and(|n| n > 0)) {
        return integer_power(base, exponent);
    }
    match base {
        Number::Rational(q) => rational_base(q, exponent),
        Number::Gaussian(_) => gaussian_base(base, exponent),
        Number::Real(_) | Number::Complex(_) => inexact(base, &Number::from(exponent.clone())),
    }
}

/// Is `base^exponent` a factor that stays as it is?
pub(super) fn is_canonical(base: &Number, exponent: &Rational) -> bool {
    match base {
        Number::Rational(q) => {
            *exponent > Rational::ZERO && *exponent < Rational::ONE && !q.is_zero() && !q.is_one() && {
                let minus_one_half = *exponent == Rational::HALF && *q == Rational::from(-1);
                !minus_one_half && (!q.is_negative() || *q == Rational::from(-1))
            }
        }
        Number::Gaussian(_) => !exponent.is_integer(),
        Number::Real(_) | Number::Complex(_) => false,
    }
}

/// A power of numbers, computed when one of them is floating; exact numbers of no rational exponent are held.
pub(super) fn inexact(base: &Number, exponent: &Number) -> Expr {
    if base.is_zero()
        && let Some(sign) = exponent.real_sign()
    {
        return power_of_zero(sign);
    }
    base.floating_power(exponent).map_or_else(|| hold(base, &Expr::number(exponent.clone())), Expr::number)
}

/// A power of a zero, floating or not, with an exponent of this sign: exact, as in Sage.
fn power_of_zero(sign: i32) -> Expr {
    match sign {
        0 => Expr::one(),
        1.. => Expr::zero(),
        _ => Expr::undefined(Undefined::DivisionByZero),
    }
}

fn hold(base: &Number, exponent: &Expr) -> Expr {
    Expr::from_kind(crate::expr::node::Kind::Power(Expr::number(base.clone()), exponent.clone()))
}

fn integer_power(base: &Number, exponent: &Rational) -> Expr {
    if base.is_one() || exponent.is_one() {
        return Expr::number(base.clone());
    }
    if base.is_zero() && exponent.is_negative() {
        return Expr::undefined(Undefined::DivisionByZero);
    }
    let Some(machine) = exponent.to_i64() else { return huge_power(base, exponent) };
    if u128::from(machine.unsigned_abs()) * base.bit_size() as u128 > MOST_BITS && !is_unit(base) {
        return Expr::undefined(Undefined::TooLarge);
    }
    base.powi(machine).map_or_else(|| Expr::undefined(Undefined::DivisionByZero), Expr::number)
}

fn is_unit(base: &Number) -> bool {
    base.is_zero() || *base == Number::from(-1)
}

/// An exponent beyond a machine word: only units stay small.
fn huge_power(base: &Number, exponent: &Rational) -> Expr {
    if !is_unit(base) {
        return Expr::undefined(Undefined::TooLarge);
    }
    if base.is_zero() || exponent.numerator().is_odd() { Expr::number(base.clone()) } else { Expr::one() }
}

fn rational_base(base: &Rational, exponent: &Rational) -> Expr {
    if base.is_zero() {
        return if exponent.is_negative() { Expr::undefined(Undefined::DivisionByZero) } else { Expr::zero() };
    }
    if base.is_negative() {
        return unit_power(exponent) * rational_base(&-base, exponent);
    }
    if base.is_one() {
        return Expr::one();
    }
    let (Some(index), Some(times)) = (exponent.denominator().to_u32(), exponent.numerator().to_i64()) else {
        return radical(base, exponent);
    };
    let (top_root, top_rest) = extract(&base.numerator(), index);
    let (bottom_root, bottom_rest) = extract(&base.denominator(), index);
    let outside = Rational::ratio(&top_root, &bottom_root).unwrap_or(Rational::ONE);
    let inside = Rational::ratio(&top_rest, &bottom_rest).unwrap_or(Rational::ONE);
    let outside = integer_power(&Number::from(outside), &Rational::from(times));
    outside * radical(&inside, exponent)
}

/// `(-1)^q`, the exponent reduced modulo 2 to a sign and a power in (0, 1).
fn unit_power(exponent: &Rational) -> Expr {
    let whole = exponent.floor();
    let part = exponent - Rational::from(whole.clone());
    let sign = Expr::integer(if whole.is_odd() { -1 } else { 1 });
    if part.is_zero() {
        sign
    } else if part == Rational::HALF {
        sign * Expr::i()
    } else {
        sign.clone() * Expr::raw_power(&Expr::integer(-1), &part)
    }
}

/// `b^q` for a base without perfect powers: the whole part of the exponent comes out, a common root shortens both.
fn radical(base: &Rational, exponent: &Rational) -> Expr {
    if base.is_one() {
        return Expr::one();
    }
    let (base, exponent) = shortened(base, exponent);
    let whole = exponent.floor();
    let part = &exponent - &Rational::from(whole.clone());
    let outside = integer_power(&Number::from(base.clone()), &Rational::from(whole));
    if part.is_zero() {
        return outside;
    }
    match outside.as_number() {
        Some(number) => Expr::raw_power(&Expr::number(base), &part).scale(number),
        None => outside,
    }
}

/// `9^(1/4)` is `3^(1/2)`: divides the index by the largest `k` such that the base is a `k`-th power.
fn shortened(base: &Rational, exponent: &Rational) -> (Rational, Rational) {
    let Some(index) = exponent.denominator().to_usize() else { return (base.clone(), exponent.clone()) };
    for k in (2..=index.min(64)).rev().filter(|k| index % k == 0) {
        let roots = (base.numerator().exact_root(k), base.denominator().exact_root(k));
        if let (Some(top), Some(bottom)) = roots
            && let Some(root) = Rational::ratio(&top, &bottom)
        {
            return (root, exponent * Rational::from(i64::try_from(k).unwrap_or(1)));
        }
    }
    (base.clone(), exponent.clone())
}

/// `(s, r)` with `n = s^k * r`, `n > 0`, and `r` free of `k`-th powers of small primes and not one itself.
fn extract(n: &Integer, k: u32) -> (Integer, Integer) {
    let k = k as usize;
    if n.is_one() {
        return (Integer::ONE, Integer::ONE);
    }
    if let Some(root) = n.exact_root(k) {
        return (root, Integer::ONE);
    }
    let (mut outside, mut inside, mut rest) = (Integer::ONE, Integer::ONE, n.clone());
    let mut prime = 2;
    while prime <= TRIAL_BOUND && !rest.is_one() {
        let divisor = Integer::new(prime);
        let mut count = 0;
        while rest.is_divisible_by(&divisor) {
            rest = rest.div_exact(&divisor);
            count += 1;
        }
        outside *= divisor.pow(count / k);
        inside *= divisor.pow(count % k);
        if rest < divisor.pow(2) {
            break;
        }
        prime += if prime == 2 { 1 } else { 2 };
    }
    match rest.exact_root(k) {
        Some(root) => (outside * root, inside),
        None => (outside, inside * rest),
    }
}

/// A fractional power of a Gaussian number: square roots that are Gaussian are found, others are held.
fn gaussian_base(base: &Number, exponent: &Rational) -> Expr {
    if exponent.denominator() == Integer::new(2)
        && let Some(root) = gaussian_square_root(base)
    {
        return integer_power(&root, &Rational::from(exponent.numerator()));
    }
    Expr::raw_power(&Expr::number(base.clone()), exponent)
}

/// The principal square root of a Gaussian rational when its parts are rational.
fn gaussian_square_root(base: &Number) -> Option<Number> {
    let Number::Gaussian(g) = base else { return None };
    let modulus = rational_root(&g.norm())?;
    let re = rational_root(&((&modulus + &g.re) * Rational::HALF))?;
    let im = rational_root(&((&modulus - &g.re) * Rational::HALF))?;
    Some(Number::complex(re, if g.im.is_negative() { -im } else { im }))
}

fn rational_root(q: &Rational) -> Option<Rational> {
    Rational::ratio(&q.numerator().exact_root(2)?, &q.denominator().exact_root(2)?)
}
