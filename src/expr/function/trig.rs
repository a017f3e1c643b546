//! The trigonometric functions.
//!
//! Exact values are given at the multiples of pi/12, pi/10 and pi/8 that have short radicals; whole turns are taken
//! off symbolic arguments. Parity is not applied, as Sage leaves `sin(-x)`.

use super::{Elementary, Function, Parity, elementary};
use crate::expr::assume;
use crate::expr::node::{Constant, Expr, Infinity, Kind, Undefined};
use crate::number::{Number, Rational};

/// The sine.
pub static SIN: Elementary = Elementary {
    name: "sin",
    latex: r"\sin",
    parity: Parity::Odd,
    inverse: Some("arcsin"),
    exact: |x| trig_value(&SIN, elementary::argument(x), exact_sine, Expr::zero),
    derivative: |x, _| Some(cos(elementary::argument(x))),
    signs: elementary::real_for_real,
    ..Elementary::UNARY
};

/// The cosine.
pub static COS: Elementary = Elementary {
    name: "cos",
    latex: r"\cos",
    parity: Parity::Even,
    inverse: Some("arccos"),
    exact: |x| trig_value(&COS, elementary::argument(x), exact_cosine, Expr::one),
    derivative: |x, _| Some(-sin(elementary::argument(x))),
    signs: elementary::real_for_real,
    ..Elementary::UNARY
};

/// The tangent.
pub static TAN: Elementary = Elementary {
    name: "tan",
    latex: r"\tan",
    parity: Parity::Odd,
    inverse: Some("arctan"),
    exact: |x| trig_value(&TAN, elementary::argument(x), exact_tangent, Expr::zero),
    derivative: |x, _| Some(tan(elementary::argument(x)).powi(2) + Expr::one()),
    signs: elementary::real_for_real,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&SIN, &COS, &TAN];

/// `sin(x)`.
pub fn sin(x: &Expr) -> Expr {
    Expr::call(Function::Elementary(&SIN), vec![x.clone()])
}

/// `cos(x)`.
pub fn cos(x: &Expr) -> Expr {
    Expr::call(Function::Elementary(&COS), vec![x.clone()])
}

/// `tan(x)`.
pub fn tan(x: &Expr) -> Expr {
    Expr::call(Function::Elementary(&TAN), vec![x.clone()])
}

/// The value at zero, infinity, rational multiples of pi and after whole turns.
fn trig_value(
    record: &'static Elementary,
    x: &Expr,
    at_turn: fn(&Expr) -> Option<Expr>,
    at_zero: fn() -> Expr,
) -> Option<Expr> {
    match x.kind() {
        Kind::Number(number) if number.is_zero() && number.is_exact() => Some(at_zero()),
        Kind::Infinity(_) => Some(Expr::undefined(Undefined::AtInfinity)),
        Kind::Sum(_) => without_whole_turns(record, x),
        _ => at_turn(x),
    }
}

/// `sin(x + 2*pi)` is `sin(x)`.
fn without_whole_turns(record: &'static Elementary, x: &Expr) -> Option<Expr> {
    let Kind::Sum(sum) = x.kind() else { return None };
    let turns = sum.terms().iter().find(|t| matches!(t.base.kind(), Kind::Constant(Constant::Pi)))?;
    let half_turns = turns.coefficient.to_integer()?;
    (!half_turns.is_odd()).then(|| Expr::call(Function::Elementary(record), vec![x - &turns.to_expr()]))
}

/// The factor `q` when the expression is `q*pi`.
pub(super) fn multiple_of_pi(x: &Expr) -> Option<Rational> {
    if x.is_zero() {
        return Some(Rational::ZERO);
    }
    let (base, coefficient) = x.split_coefficient();
    let is_pi = matches!(base.kind(), Kind::Constant(Constant::Pi));
    if is_pi { coefficient.as_rational().cloned() } else { None }
}

/// `sin(q*pi)` in short radicals, and `sin(n*pi)` for an assumed integer.
pub(super) fn exact_sine(x: &Expr) -> Option<Expr> {
    if let Some(q) = multiple_of_pi(x) {
        return sine_of_turn(&q);
    }
    assume::is_integer(&(x / &Expr::pi())).is_yes().then(Expr::zero)
}

/// `cos(q*pi)` in short radicals, and `(-1)^n` at `n*pi` for an assumed integer.
pub(super) fn exact_cosine(x: &Expr) -> Option<Expr> {
    if let Some(q) = multiple_of_pi(x) {
        return sine_of_turn(&(q + Rational::HALF));
    }
    let n = x / &Expr::pi();
    assume::is_integer(&n).is_yes().then(|| match assume::is_even(&n) {
        crate::expr::Truth::Yes => Expr::one(),
        crate::expr::Truth::No => Expr::integer(-1),
        crate::expr::Truth::Unknown => Expr::integer(-1).power(&n),
    })
}

fn exact_tangent(x: &Expr) -> Option<Expr> {
    let (sine, cosine) = (exact_sine(x)?, exact_cosine(x)?);
    if cosine.is_zero() {
        return Some(Expr::infinity(Infinity::Unsigned));
    }
    tangent_of_turn(&multiple_of_pi(x)?).or_else(|| sine.is_zero().then(Expr::zero))
}

/// `sin(q*pi)`, reduced to the first quadrant.
fn sine_of_turn(q: &Rational) -> Option<Expr> {
    let two = Rational::from(2);
    let turns = (q * Rational::HALF).floor();
    let reduced = q - Rational::from(turns) * &two;
    let (sign, upper) = if reduced >= Rational::ONE { (-1, reduced - Rational::ONE) } else { (1, reduced) };
    let acute = if upper > Rational::HALF { Rational::ONE - upper } else { upper };
    Some(acute_sine(&acute)?.scale(&Number::from(sign)))
}

/// `sin(q*pi)` for `q` in `[0, 1/2]`.
fn acute_sine(q: &Rational) -> Option<Expr> {
    let (n, d) = (q.numerator().to_i64()?, q.denominator().to_i64()?);
    let root = |n: i64| Expr::integer(n).sqrt();
    let half = |e: Expr| e * Expr::fraction(1, 2);
    let quarter = |e: Expr| e * Expr::fraction(1, 4);
    Some(match (n, d) {
        (0, 1) => Expr::zero(),
        (1, 2) => Expr::one(),
        (1, 6) => Expr::fraction(1, 2),
        (1, 4) => half(root(2)),
        (1, 3) => half(root(3)),
        (1, 12) => quarter(root(6) - root(2)),
        (5, 12) => quarter(root(6) + root(2)),
        (1, 10) => quarter(root(5) - Expr::one()),
        (3, 10) => quarter(root(5) + Expr::one()),
        (1, 5) => quarter((Expr::integer(10) - Expr::integer(2) * root(5)).sqrt()),
        (2, 5) => quarter((Expr::integer(10) + Expr::integer(2) * root(5)).sqrt()),
        (1, 8) => half((Expr::integer(2) - root(2)).sqrt()),
        (3, 8) => half((Expr::integer(2) + root(2)).sqrt()),
        _ => return None,
    })
}

/// `tan(q*pi)` in short radicals.
fn tangent_of_turn(q: &Rational) -> Option<Expr> {
    let reduced = q - Rational::from(q.floor());
    let (sign, acute) = if reduced > Rational::HALF { (-1, Rational::ONE - reduced) } else { (1, reduced) };
    let (n, d) = (acute.numerator().to_i64()?, acute.denominator().to_i64()?);
    let root = |n: i64| Expr::integer(n).sqrt();
    let value = match (n, d) {
        (0, 1) => Expr::zero(),
        (1, 4) => Expr::one(),
        (1, 6) => root(3) * Expr::fraction(1, 3),
        (1, 3) => root(3),
        (1, 12) => Expr::integer(2) - root(3),
        (5, 12) => Expr::integer(2) + root(3),
        (1, 8) => root(2) - Expr::one(),
        (3, 8) => root(2) + Expr::one(),
        (1, 5) => (Expr::integer(5) - Expr::integer(2) * root(5)).sqrt(),
        (2, 5) => (Expr::integer(5) + Expr::integer(2) * root(5)).sqrt(),
        (1, 10) => (Expr::one() - Expr::fraction(2, 5) * root(5)).sqrt(),
        (3, 10) => (Expr::one() + Expr::fraction(2, 5) * root(5)).sqrt(),
        _ => return None,
    };
    Some(value.scale(&Number::from(sign)))
}
