//! Riemann's zeta function, polylogarithms and harmonic numbers.

use super::gamma::factorial;
use crate::expr::function::elementary::{self, Breaks, Elementary, Kernel, argument, nth};
use crate::expr::function::explog::log;
use crate::expr::function::numeric;
use crate::expr::node::{Constant, Expr, Infinity, Kind, Undefined};
use crate::number::{Integer, Number, Rational, bernoulli, binomial, kernel};

/// Riemann's zeta function.
pub static ZETA: Elementary = Elementary {
    name: "zeta",
    summary: "Riemann's zeta function; with two arguments Hurwitz's.",
    latex: r"\zeta(#1)",
    arity: (1, 2),
    exact: |x| match x {
        [s, a] => Some(Expr::apply2(&HURWITZ_ZETA, s, a)),
        _ => zeta_value(argument(x)),
    },
    derivative: |x, _| Some(Expr::apply2(&ZETADERIV, &Expr::one(), argument(x))),
    signs: elementary::real_for_real,
    breaks: Breaks::One,
    kernel: Kernel::Unary(&kernel::ZETA),
    ..Elementary::UNARY
};

/// Hurwitz's zeta function, the sum of `1/(k + a)^s` for `k` from 0, the exponent `s` first.
pub static HURWITZ_ZETA: Elementary = Elementary {
    name: "hurwitz_zeta",
    summary: "Hurwitz's zeta function, the sum of `1/(k + a)^s` for `k` from 0, the exponent `s` first.",
    latex: r"\zeta",
    exact: |x| hurwitz_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| {
        let (s, a) = (nth(x, 0), nth(x, 1));
        (position == 1).then(|| -(s * Expr::apply2(&HURWITZ_ZETA, &(s + Expr::one()), a)))
    },
    kernel: Kernel::Binary(&kernel::HURWITZ_ZETA),
    ..Elementary::BINARY
};

/// The derivatives of Riemann's zeta function, the order first.
pub static ZETADERIV: Elementary = Elementary {
    name: "zetaderiv",
    summary: "The derivatives of Riemann's zeta function, the order first.",
    latex: r"\zeta^\prime",
    exact: |x| elementary::is_exact_zero(nth(x, 0)).then(|| zeta(nth(x, 1))),
    derivative: |x, position| (position == 1).then(|| Expr::apply2(&ZETADERIV, &(nth(x, 0) + Expr::one()), nth(x, 1))),
    ..Elementary::BINARY
};

/// Stieltjes's constants, which are the coefficients of the zeta function at its pole.
pub static STIELTJES: Elementary = Elementary {
    name: "stieltjes",
    summary: "Stieltjes's constants, the coefficients of `(-1)^n*(s - 1)^n/n!` in the zeta function at its pole.",
    latex: r"\gamma_{#1}",
    exact: |x| elementary::is_exact_zero(argument(x)).then(|| Expr::constant(Constant::EulerGamma)),
    domain: elementary::RealDomain::Unknown,
    breaks: Breaks::Unknown,
    ..Elementary::UNARY
};

/// The dilogarithm, the sum of `x^k/k^2`.
pub static DILOG: Elementary = Elementary {
    name: "dilog",
    summary: "The dilogarithm, the sum of `x^k/k^2`.",
    latex: r"{\rm Li}_2",
    exact: |x| dilog_value(argument(x)),
    derivative: |x, _| Some(-(log(&(Expr::one() - argument(x))) / argument(x))),
    domain: elementary::RealDomain::Between(None, Some(elementary::End::closed(1))),
    kernel: Kernel::Unary(&kernel::DILOG),
    ..Elementary::UNARY
};

/// The polylogarithm, the sum of `x^k/k^n`, the order first.
pub static POLYLOG: Elementary = Elementary {
    name: "polylog",
    summary: "The polylogarithm, the sum of `x^k/k^n`, the order first.",
    latex: r"{\rm Li}_{#1}(#2)",
    exact: |x| polylog_value(nth(x, 0), nth(x, 1)),
    derivative: |x, position| {
        let (n, x) = (nth(x, 0), nth(x, 1));
        (position == 1).then(|| Expr::apply2(&POLYLOG, &(n - Expr::one()), x) / x)
    },
    kernel: Kernel::Binary(&kernel::POLYLOG),
    ..Elementary::BINARY
};

/// The harmonic number, the sum of `1/k^m` for `k` up to the first argument, `m` being 1 unless given.
pub static HARMONIC_NUMBER: Elementary = Elementary {
    name: "harmonic_number",
    summary: "The harmonic number, the sum of `1/k^m` for `k` up to the first argument, `m` being 1 unless given.",
    aliases: &["harmonic"],
    latex: "H_{#1}\nH_{{#1},{#2}}",
    arity: (1, 2),
    exact: |x| match x {
        [x, m] if m.is_one() => Some(Expr::apply(&HARMONIC_NUMBER, x)),
        [x, m] => generalised_harmonic(x, m),
        _ => harmonic_value(argument(x)),
    },
    derivative: harmonic_derivative,
    breaks: Breaks::NegativeIntegers,
    kernel: Kernel::Either(&kernel::HARMONIC_NUMBER, &numeric::HARMONIC),
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] =
    &[&ZETA, &HURWITZ_ZETA, &ZETADERIV, &STIELTJES, &DILOG, &POLYLOG, &HARMONIC_NUMBER];

elementary::constructors! {
    /// `zeta(x)`.
    zeta => ZETA;
    /// `dilog(x)`.
    dilog => DILOG;
}

/// Values further out are left as they are.
const LARGEST: i64 = 200;

/// At even and at non-positive integers, by Bernoulli numbers.
/// Riemann's at 1, a Bernoulli polynomial for a whole exponent up to zero, a finite difference at small whole places.
fn hurwitz_value(s: &Expr, a: &Expr) -> Option<Expr> {
    if a.is_one() {
        return Some(zeta(s));
    }
    let n = s.as_rational()?.to_i64().filter(|n| n.abs() <= LARGEST)?;
    if n == 1 {
        return Some(Expr::infinity(Infinity::Unsigned));
    }
    if n <= 0 {
        let degree = (1 - n) as usize;
        return Some(-(bernoulli_polynomial(degree, a) / Expr::integer(1 - n)));
    }
    let steps = a.as_rational()?.to_i64().filter(|steps| (2..=LARGEST).contains(steps))?;
    (n % 2 == 0).then(|| zeta(s) - Expr::sum((1..steps).map(|k| Expr::integer(k).powi(-n))))
}

/// `B_n(x)`, the sum of `binomial(n, k)*B_k*x^(n - k)` with `B_1 = -1/2`.
fn bernoulli_polynomial(n: usize, x: &Expr) -> Expr {
    let term = |k: usize| {
        let choices = Rational::from(binomial(&Integer::from(n as i64), k as u64));
        x.powi((n - k) as i64).scale(&Number::from(bernoulli(k) * choices))
    };
    Expr::sum((0..=n).map(term))
}

fn zeta_value(x: &Expr) -> Option<Expr> {
    if let Kind::Infinity(infinity) = x.kind() {
        return Some(match infinity {
            Infinity::Positive => Expr::one(),
            Infinity::Negative | Infinity::Unsigned => Expr::undefined(Undefined::AtInfinity),
        });
    }
    let n = x.to_i64().filter(|n| n.abs() <= LARGEST)?;
    match n {
        0 => Some(Expr::fraction(-1, 2)),
        1 => Some(Expr::infinity(Infinity::Unsigned)),
        n if n > 0 && n % 2 == 0 => {
            // (-1)^(n/2 + 1) * B_n * (2*pi)^n / (2*n!)
            let sign = if n % 4 == 0 { -1 } else { 1 };
            let scaled =
                Expr::number(bernoulli(n as usize)) * Expr::integer(2).powi(n - 1) / factorial(&Expr::integer(n));
            Some(Expr::pi().powi(n) * scaled.scale(&Number::from(sign)))
        }
        n if n > 0 => None,
        n => Some(-(Expr::number(bernoulli((1 - n) as usize)) / Expr::integer(1 - n))),
    }
}

fn dilog_value(x: &Expr) -> Option<Expr> {
    let square = |n: i64, d: i64| Expr::pi().powi(2) * Expr::fraction(n, d);
    let number = x.as_number()?;
    match number {
        Number::Rational(q) if *q == Rational::HALF => {
            Some(square(1, 12) - log(&Expr::integer(2)).powi(2) * elementary::half())
        }
        Number::Rational(q) => match q.to_i64()? {
            0 => Some(Expr::zero()),
            1 => Some(square(1, 6)),
            -1 => Some(square(-1, 12)),
            _ => None,
        },
        Number::Gaussian(g) if g.re.is_zero() && g.im.abs().is_one() => {
            let catalan = Expr::constant(Constant::Catalan) * Expr::i();
            Some(catalan.scale(&Number::from(g.im.clone())) - square(1, 48))
        }
        Number::Gaussian(_) | Number::Real(_) | Number::Complex(_) => None,
    }
}

/// Orders 1 and 2 have names of their own; at 0 and 1 any order has a value.
fn polylog_value(n: &Expr, x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return Some(Expr::zero());
    }
    match n.to_i64() {
        Some(1) => return Some(-log(&(Expr::one() - x))),
        Some(2) => return Some(dilog(x)),
        _ => {}
    }
    let converges = n.to_i64().is_none_or(|n| n > 1);
    (x.is_one() && converges).then(|| zeta(n))
}

/// Larger harmonic numbers are left as they are.
const MOST_TERMS: i64 = 5000;

fn harmonic_value(x: &Expr) -> Option<Expr> {
    let q = x.as_rational()?;
    if let Some(n) = q.to_i64() {
        return match n {
            0 => Some(Expr::zero()),
            n if n > 0 && n <= MOST_TERMS => power_sum(0, n, 1).map(Expr::number),
            _ => None,
        };
    }
    // H(x) = psi(x + 1) + euler_gamma
    Some(super::gamma::psi(&(x + Expr::one())) + Expr::constant(Constant::EulerGamma))
}

/// The sum of `1/k^m` for `low < k <= high`, halves added first so that the denominators stay of one size.
fn power_sum(low: i64, high: i64, m: i64) -> Option<Rational> {
    if high - low < 8 {
        return (low + 1..=high).try_fold(Rational::ZERO, |sum, k| Some(sum + Rational::fraction(1, k)?.pow(m)?));
    }
    let middle = low + (high - low) / 2;
    Some(power_sum(low, middle, m)? + power_sum(middle, high, m)?)
}

fn generalised_harmonic(x: &Expr, m: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(m) {
        return Some(x.clone());
    }
    let (n, m) = (x.to_i64()?, m.to_i64()?);
    let small = (0..=MOST_TERMS).contains(&n) && m.abs() <= LARGEST;
    if small { power_sum(0, n, m).map(Expr::number) } else { None }
}

/// `m*(zeta(m + 1) - harmonic_number(x, m + 1))`.
fn harmonic_derivative(arguments: &[Expr], position: usize) -> Option<Expr> {
    if position != 0 {
        return None;
    }
    let (x, one) = (nth(arguments, 0), Expr::one());
    let m = arguments.get(1).unwrap_or(&one);
    let next = m + &one;
    Some(m * &zeta(&next) - m * &Expr::apply2(&HARMONIC_NUMBER, x, &next))
}
