//! Absolute value, argument, conjugate, real and imaginary part, and the real root.

use std::cmp::Ordering;

use super::elementary::{self, Bound, Breaks, Elementary, Kernel, Parity, Pieces, RealDomain, argument, nth};
use super::explog::{EXP, LOG, exp, log};
use super::hyperbolic::{COSH, COTH, CSCH, SECH, SINH, TANH, cosh, sinh};
use super::inverse_trig::ARCTAN2;
use super::rounding::sign_of;
use super::trig::{COS, COT, CSC, SEC, SIN, TAN, cos, sin};
use super::{Function, numeric, special};
use crate::expr::assume::{self, Signs};
use crate::expr::node::{Expr, Infinity, Kind, Product, Undefined};
use crate::number::{Number, Rational, kernel};

/// The absolute value.
pub static ABS: Elementary = Elementary {
    name: "abs",
    summary: "The absolute value.",
    latex: r"{\left| #1 \right|}",
    parity: Parity::Even,
    exact: |x| abs_value(argument(x)),
    derivative: |x, _| Some(abs_chain(argument(x), &Expr::one())),
    total_derivative: Some(abs_chain),
    signs: |s| match elementary::first(s) {
        signs if !signs.may(Signs::ZERO) => Signs::POSITIVE,
        _ => Signs::NON_NEGATIVE,
    },
    range: (Bound::Integer(0), Bound::Infinite),
    kernel: Kernel::Step(&kernel::ABS),
    pieces: Some(Pieces {
        seams: |x| vec![argument(x).clone()],
        formula: |x, at| {
            sign_of(argument(at)).map(|sign| if sign.is_lt() { -argument(x) } else { argument(x).clone() })
        },
    }),
    tame: true,
    ..Elementary::UNARY
};

/// The argument of a complex number, in `(-pi, pi]`.
pub static ARG: Elementary = Elementary {
    name: "arg",
    summary: "The argument of a complex number, in `(-pi, pi]`.",
    latex: r"{\rm arg}",
    exact: |x| arg_value(argument(x)),
    signs: |_| Signs::REAL,
    breaks: Breaks::Zero,
    range: (Bound::Integer(0), Bound::QuarterTurns(2)),
    kernel: Kernel::Step(&kernel::ARG),
    tame: true,
    ..Elementary::UNARY
};

/// The complex conjugate.
pub static CONJUGATE: Elementary = Elementary {
    name: "conjugate",
    summary: "The complex conjugate.",
    latex: r"\overline{#1}",
    parity: Parity::Odd,
    exact: |x| conjugate_value(argument(x)),
    signs: elementary::first,
    kernel: Kernel::Unary(&kernel::CONJUGATE),
    tame: true,
    ..Elementary::UNARY
};

/// The real part.
pub static REAL_PART: Elementary = Elementary {
    name: "real_part",
    summary: "The real part.",
    aliases: &["real"],
    latex: r"\Re \left( #1 \right)",
    parity: Parity::Odd,
    exact: |x| part_value(argument(x), |(re, _)| re),
    signs: |s| if elementary::first(s).only(Signs::REAL) { elementary::first(s) } else { Signs::REAL },
    kernel: Kernel::Step(&kernel::REAL_PART),
    tame: true,
    ..Elementary::UNARY
};

/// The imaginary part.
pub static IMAG_PART: Elementary = Elementary {
    name: "imag_part",
    summary: "The imaginary part.",
    aliases: &["imag", "imaginary"],
    latex: r"\Im \left( #1 \right)",
    parity: Parity::Odd,
    exact: |x| part_value(argument(x), |(_, im)| im),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::ZERO } else { Signs::REAL },
    kernel: Kernel::Step(&kernel::IMAGINARY_PART),
    tame: true,
    ..Elementary::UNARY
};

/// The real n-th root, negative for a negative number and odd `n`.
pub static REAL_NTH_ROOT: Elementary = Elementary {
    name: "real_nth_root",
    summary: "The real n-th root, negative for a negative number and odd `n`.",
    latex: r"#^1^{\frac{1}{#2}}",
    exact: |x| real_root_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| if position == 0 { real_root_derivative(nth(x, 0), nth(x, 1)) } else { None },
    signs: |s| elementary::first(s),
    domain: RealDomain::Unknown,
    kernel: Kernel::Binary(&numeric::REAL_NTH_ROOT),
    pieces: Some(Pieces { seams: |x| vec![argument(x).clone()], formula: real_root_of_sign }),
    tame: true,
    ..Elementary::BINARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&ABS, &ARG, &CONJUGATE, &REAL_PART, &IMAG_PART, &REAL_NTH_ROOT];

elementary::constructors! {
    /// `abs(x)`.
    abs => ABS;
    /// `arg(x)`.
    arg => ARG;
    /// `conjugate(x)`.
    conjugate => CONJUGATE;
    /// `real_part(x)`.
    real_part => REAL_PART;
    /// `imag_part(x)`.
    imag_part => IMAG_PART;
}

/// The derivative of `abs(u)` by a real variable, of which `u` has the derivative `du`.
fn abs_chain(u: &Expr, du: &Expr) -> Expr {
    let real = assume::is_real(u).is_yes() && assume::is_real(du).is_yes();
    let top = if real { u * du } else { (u * conjugate(du) + conjugate(u) * du) * elementary::half() };
    top / abs(u)
}

/// The real root as a power, of a positive number or of its negative.
fn real_root_of_sign(arguments: &[Expr], at: &[Expr]) -> Option<Expr> {
    let (x, index) = (argument(arguments), nth(arguments, 1));
    let power = |x: &Expr| x.power(&index.recip());
    let odd = index.as_rational()?.to_integer()?.is_odd();
    match sign_of(argument(at))? {
        Ordering::Less if odd => Some(-power(&-x)),
        Ordering::Less => None,
        _ => Some(power(x)),
    }
}

fn abs_value(x: &Expr) -> Option<Expr> {
    if let Kind::Number(number) = x.kind() {
        return Some(abs_of_number(number));
    }
    let waits = super::trig::is_as_written() && is_difference(x);
    let signs = if waits { Signs::ANY } else { Signs::of(x) };
    if signs.only(Signs::NON_NEGATIVE) {
        return Some(x.clone());
    }
    if signs.only(Signs::NON_POSITIVE) {
        return Some(-x);
    }
    match x.kind() {
        Kind::Infinity(_) => Some(Expr::infinity(Infinity::Positive)),
        Kind::Product(product) => abs_of_product(x, product),
        Kind::Power(base, exponent) => match exponent.as_rational() {
            Some(_) => Some(abs(base).power(exponent)),
            None if assume::is_positive(base).is_yes() => Some(base.power(&real_part(exponent))),
            None if assume::is_integer(exponent).is_yes() => Some(abs(base).power(exponent)),
            None => None,
        },
        Kind::Call(f, inner) if f.is(&EXP) => Some(exp(&real_part(argument(inner)))),
        Kind::Call(f, inner) if f.is(&CONJUGATE) => Some(abs(argument(inner))),
        _ => None,
    }
}

fn abs_of_number(number: &Number) -> Expr {
    match number {
        Number::Rational(q) => Expr::number(q.abs()),
        Number::Gaussian(g) => Expr::number(g.norm()).sqrt(),
        Number::Real(r) => Expr::number(Number::from(r.abs())),
        Number::Complex(c) => Expr::number(Number::from(c.abs())),
    }
}

/// Coefficient and positive constants come out.
fn abs_of_product(x: &Expr, product: &Product) -> Option<Expr> {
    let positive = |e: &Expr| elementary::is_shallow_constant(e) && assume::is_positive(e).is_yes();
    let outside =
        Expr::product(product.factors().iter().map(crate::expr::Factor::to_expr).filter(|factor| positive(factor)));
    if product.coefficient().is_one() && outside.is_one() {
        return None;
    }
    let inside = x / &(&outside * &Expr::number(product.coefficient().clone()));
    Some(abs_of_number(product.coefficient()) * outside * abs(&inside))
}

/// Is it a sum with variables and with terms of both signs?
fn is_difference(x: &Expr) -> bool {
    let Kind::Sum(sum) = x.kind() else { return false };
    let mut signs =
        sum.terms().iter().map(|term| &term.coefficient).chain([sum.constant()]).filter_map(Number::real_sign);
    let first = signs.find(|sign| *sign != 0);
    signs.any(|sign| sign != 0 && Some(sign) != first) && !x.is_constant()
}

fn arg_value(x: &Expr) -> Option<Expr> {
    if let Kind::Number(number) = x.kind() {
        return arg_of_number(number);
    }
    if super::trig::is_as_written() && !x.is_constant() {
        return arg_of_exponential(x.exp_argument()?);
    }
    match assume::sign(x) {
        Some(Ordering::Less) => Some(Expr::pi()),
        Some(Ordering::Equal | Ordering::Greater) => Some(Expr::zero()),
        None => arg_of_exponential(x.exp_argument()?),
    }
}

/// The argument of `e^z` is the imaginary part of `z` brought to `(-pi, pi]`, where that is a constant.
fn arg_of_exponential(z: &Expr) -> Option<Expr> {
    let (_, angle) = parts(z)?;
    let turn = Expr::pi().scale(&Number::from(2));
    let turns = super::ceil(&(&(&angle - &Expr::pi()) / &turn));
    turns.as_rational().map(|turns| &angle - &turn.scale(&Number::from(turns.clone())))
}

fn arg_of_number(number: &Number) -> Option<Expr> {
    match number {
        Number::Rational(q) => Some(if q.is_negative() { Expr::pi() } else { Expr::zero() }),
        Number::Gaussian(g) => Some(Expr::apply2(&ARCTAN2, &Expr::number(g.im.clone()), &Expr::number(g.re.clone()))),
        Number::Real(_) | Number::Complex(_) => number.apply(&kernel::ARG).map(|angle| Expr::number(angle.parts().0)),
    }
}

fn conjugate_value(x: &Expr) -> Option<Expr> {
    if assume::is_real(x).is_yes() {
        return Some(x.clone());
    }
    match x.kind() {
        Kind::Number(Number::Gaussian(g)) => Some(Expr::number(Number::complex(g.re.clone(), -&g.im))),
        Kind::Number(Number::Complex(c)) => Some(Expr::number(Number::Complex(Box::new(c.conjugate())))),
        Kind::Number(_) | Kind::Infinity(_) | Kind::Constant(_) => Some(x.clone()),
        Kind::Sum(sum) => Some(Expr::sum(sum.parts().map(|part| conjugate(&part)))),
        Kind::Product(product) => Some(Expr::product(product.parts().map(|part| conjugate(&part)))),
        Kind::Power(base, exponent) if exponent.as_rational().is_some_and(Rational::is_integer) => {
            Some(conjugate(base).power(exponent))
        }
        Kind::Power(base, exponent) if assume::is_positive(base).is_yes() => Some(base.power(&conjugate(exponent))),
        Kind::Call(f, inner) if f.is(&CONJUGATE) => Some(argument(inner).clone()),
        Kind::Call(f, inner) if commutes_with_conjugation(f) => {
            Some(Expr::call(f.clone(), inner.iter().map(conjugate).collect()))
        }
        _ => None,
    }
}

/// Functions that are entire or meromorphic and real on the real axis.
fn commutes_with_conjugation(function: &Function) -> bool {
    let records = [
        &EXP,
        &SIN,
        &COS,
        &TAN,
        &COT,
        &SEC,
        &CSC,
        &SINH,
        &COSH,
        &TANH,
        &COTH,
        &SECH,
        &CSCH,
        &special::GAMMA,
        &special::FACTORIAL,
        &special::ERF,
        &special::ERFC,
        &special::ERFI,
        &special::FRESNEL_SIN,
        &special::FRESNEL_COS,
        &special::ZETA,
        &special::PSI,
        &special::SIN_INTEGRAL,
        &special::SINH_INTEGRAL,
    ];
    records.iter().any(|record| function.is(record))
}

fn part_value(x: &Expr, pick: fn((Expr, Expr)) -> Expr) -> Option<Expr> {
    if let Kind::Infinity(infinity) = x.kind() {
        return Some(match infinity {
            Infinity::Unsigned => Expr::undefined(Undefined::AtInfinity),
            _ => pick((x.clone(), Expr::zero())),
        });
    }
    parts(x).map(pick)
}

/// Real and imaginary part in terms of those of the variables; `None` where that is not known.
fn parts(x: &Expr) -> Option<(Expr, Expr)> {
    if assume::is_real(x).is_yes() {
        return Some((x.clone(), Expr::zero()));
    }
    match x.kind() {
        Kind::Number(number) => {
            let (re, im) = number.parts();
            Some((Expr::number(re), Expr::number(im)))
        }
        Kind::Sum(sum) => {
            let parts: Vec<(Expr, Expr)> = sum.parts().map(|part| part_pair(&part)).collect();
            Some((Expr::sum(parts.iter().map(|p| p.0.clone())), Expr::sum(parts.iter().map(|p| p.1.clone()))))
        }
        Kind::Product(product) => product
            .parts()
            .map(|part| part_pair(&part))
            .reduce(|a, b| (&a.0 * &b.0 - &a.1 * &b.1, &a.0 * &b.1 + &a.1 * &b.0)),
        Kind::Power(base, exponent) => parts_of_power(base, exponent),
        Kind::Call(f, inner) => parts_of_call(f, argument(inner)),
        _ => None,
    }
}

/// The parts, held where they are not known.
fn part_pair(x: &Expr) -> (Expr, Expr) {
    parts(x).unwrap_or_else(|| {
        let held = |record| Expr::held(Function::Elementary(record), vec![x.clone()]);
        (held(&REAL_PART), held(&IMAG_PART))
    })
}

/// Powers up to this size are written out.
const LARGEST_POWER: i64 = 8;

fn parts_of_power(base: &Expr, exponent: &Expr) -> Option<(Expr, Expr)> {
    if assume::is_positive(base).is_yes() {
        let (re, im) = part_pair(exponent);
        let (size, angle) = (base.power(&re), im * log(base));
        return Some((&size * cos(&angle), size * sin(&angle)));
    }
    let n = exponent.to_i64().filter(|n| n.abs() <= LARGEST_POWER)?;
    let (re, im) = part_pair(base);
    let (top_re, top_im) = integer_power(&re, &im, n.unsigned_abs());
    if n > 0 {
        return Some((top_re, top_im));
    }
    let square = (re.powi(2) + im.powi(2)).powi(-n);
    Some((top_re / &square, -(top_im / &square)))
}

/// `(a + b*I)^n` by the binomial theorem.
fn integer_power(a: &Expr, b: &Expr, n: u64) -> (Expr, Expr) {
    let (mut re, mut im, mut binomial) = (Vec::new(), Vec::new(), 1_i64);
    let n = n as i64;
    for k in 0..=n {
        let sign = if k % 4 < 2 { 1 } else { -1 };
        let term = (a.powi(n - k) * b.powi(k)).scale(&Number::from(sign * binomial));
        if k % 2 == 0 {
            re.push(term)
        } else {
            im.push(term)
        }
        binomial = binomial * (n - k) / (k + 1);
    }
    (Expr::sum(re), Expr::sum(im))
}

fn parts_of_call(function: &Function, inner: &Expr) -> Option<(Expr, Expr)> {
    let pair = || part_pair(inner);
    let double = |e: &Expr| e.scale(&Number::from(2));
    Some(match () {
        () if function.is(&EXP) => {
            let (re, im) = pair();
            (exp(&re) * cos(&im), exp(&re) * sin(&im))
        }
        () if function.is(&LOG) => {
            let (re, im) = pair();
            (log(&abs(inner)), Expr::apply2(&ARCTAN2, &im, &re))
        }
        () if function.is(&SIN) => {
            let (re, im) = pair();
            (sin(&re) * cosh(&im), cos(&re) * sinh(&im))
        }
        () if function.is(&COS) => {
            let (re, im) = pair();
            (cos(&re) * cosh(&im), -(sin(&re) * sinh(&im)))
        }
        () if function.is(&SINH) => {
            let (re, im) = pair();
            (sinh(&re) * cos(&im), cosh(&re) * sin(&im))
        }
        () if function.is(&COSH) => {
            let (re, im) = pair();
            (cosh(&re) * cos(&im), sinh(&re) * sin(&im))
        }
        () if function.is(&TAN) => {
            let (re, im) = pair();
            let below = cos(&double(&re)) + cosh(&double(&im));
            (sin(&double(&re)) / &below, sinh(&double(&im)) / below)
        }
        () if function.is(&TANH) => {
            let (re, im) = pair();
            let below = cosh(&double(&re)) + cos(&double(&im));
            (sinh(&double(&re)) / &below, sin(&double(&im)) / below)
        }
        () if function.is(&CONJUGATE) => {
            let (re, im) = pair();
            (re, -im)
        }
        () => return None,
    })
}

/// Roots of numbers: exact, in radicals, or of a floating number that is an exact power's.
fn real_root_value(x: &Expr, n: &Expr) -> Option<Expr> {
    let index = n.to_i64()?;
    match index {
        0 => return Some(Expr::undefined(Undefined::DivisionByZero)),
        1 => return Some(x.clone()),
        _ => {}
    }
    if let Kind::Infinity(infinity) = x.kind() {
        return match infinity {
            Infinity::Positive => Some(x.clone()),
            Infinity::Negative if index % 2 != 0 => Some(x.clone()),
            _ => Some(Expr::undefined(Undefined::AtInfinity)),
        };
    }
    let exponent = Rational::fraction(1, index)?;
    let number = x.as_number()?;
    if number.real_sign()? >= 0 {
        return Some(x.power_rational(&exponent)).filter(|root| number.is_exact() || root.as_number().is_some());
    }
    if index % 2 == 0 {
        return Some(Expr::undefined(Undefined::Pole));
    }
    real_root_value(&-x, n).map(|root| -root)
}

/// `real_nth_root(x^(1 - n), n)/n`.
fn real_root_derivative(x: &Expr, n: &Expr) -> Option<Expr> {
    let index = n.to_i64().filter(|index| *index != 0)?;
    let inner = x.powi(1 - index);
    Some(Expr::apply2(&REAL_NTH_ROOT, &inner, n) * Expr::fraction(1, index))
}
