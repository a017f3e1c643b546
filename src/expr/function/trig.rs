//! The trigonometric functions.
//!
//! Exact values are given at the multiples of pi/12, pi/10, pi/8, pi/24 and the like that have short radicals; other
//! multiples of pi are reduced to the first quadrant, whole turns are taken off symbolic arguments, imaginary
//! arguments lead to hyperbolic functions. Parity is applied to constants only, as Sage leaves `sin(-x)`.

use std::cell::Cell;

use super::elementary::{self, Bound, Breaks, Elementary, Kernel, Parity, argument};
use super::hyperbolic::{cosh, coth, csch, sech, sinh, tanh};
use super::inverse_trig::{ARCCOS, ARCCOT, ARCCSC, ARCSEC, ARCSIN, ARCTAN};
use crate::expr::Truth;
use crate::expr::assume;
use crate::expr::node::{Constant, Expr, Infinity, Kind, Sum, Undefined};
use crate::number::{Number, Rational, kernel};

/// The sine.
pub static SIN: Elementary = Elementary {
    name: "sin",
    summary: "The sine.",
    latex: r"\sin",
    parity: Parity::Odd,
    inverse: Some("arcsin"),
    exact: |x| SINE.value(argument(x)),
    derivative: |x, _| Some(cos(argument(x))),
    signs: elementary::real_for_real,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::SIN),
    smooth: true,
    ..Elementary::UNARY
};

/// The cosine.
pub static COS: Elementary = Elementary {
    name: "cos",
    summary: "The cosine.",
    latex: r"\cos",
    parity: Parity::Even,
    inverse: Some("arccos"),
    exact: |x| COSINE.value(argument(x)),
    derivative: |x, _| Some(-sin(argument(x))),
    signs: elementary::real_for_real,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::COS),
    smooth: true,
    ..Elementary::UNARY
};

/// The tangent.
pub static TAN: Elementary = Elementary {
    name: "tan",
    summary: "The tangent.",
    latex: r"\tan",
    parity: Parity::Odd,
    inverse: Some("arctan"),
    exact: |x| TANGENT.value(argument(x)),
    derivative: |x, _| Some(tan(argument(x)).powi(2) + Expr::one()),
    signs: elementary::real_for_real,
    breaks: Breaks::OddHalfTurns,
    kernel: Kernel::Unary(&kernel::TAN),
    smooth: true,
    ..Elementary::UNARY
};

/// The cotangent.
pub static COT: Elementary = Elementary {
    name: "cot",
    summary: "The cotangent.",
    latex: r"\cot",
    parity: Parity::Odd,
    inverse: Some("arccot"),
    exact: |x| COTANGENT.value(argument(x)),
    derivative: |x, _| Some(-cot(argument(x)).powi(2) - Expr::one()),
    signs: elementary::real_for_real,
    breaks: Breaks::Turns,
    kernel: Kernel::Unary(&kernel::COT),
    smooth: true,
    ..Elementary::UNARY
};

/// The secant, one over the cosine.
pub static SEC: Elementary = Elementary {
    name: "sec",
    summary: "The secant, one over the cosine.",
    latex: r"\sec",
    parity: Parity::Even,
    inverse: Some("arcsec"),
    exact: |x| SECANT.value(argument(x)),
    derivative: |x, _| Some(sec(argument(x)) * tan(argument(x))),
    signs: elementary::real_for_real,
    breaks: Breaks::OddHalfTurns,
    kernel: Kernel::Unary(&kernel::SEC),
    smooth: true,
    ..Elementary::UNARY
};

/// The cosecant, one over the sine.
pub static CSC: Elementary = Elementary {
    name: "csc",
    summary: "The cosecant, one over the sine.",
    latex: r"\csc",
    parity: Parity::Odd,
    inverse: Some("arccsc"),
    exact: |x| COSECANT.value(argument(x)),
    derivative: |x, _| Some(-(cot(argument(x)) * csc(argument(x)))),
    signs: elementary::real_for_real,
    breaks: Breaks::Turns,
    kernel: Kernel::Unary(&kernel::CSC),
    smooth: true,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&SIN, &COS, &TAN, &COT, &SEC, &CSC];

elementary::constructors! {
    /// `sin(x)`.
    sin => SIN;
    /// `cos(x)`.
    cos => COS;
    /// `tan(x)`.
    tan => TAN;
    /// `cot(x)`.
    cot => COT;
    /// `sec(x)`.
    sec => SEC;
    /// `csc(x)`.
    csc => CSC;
}

/// What makes the value of a trigonometric function, so that one procedure serves all six.
struct Circular {
    record: &'static Elementary,
    /// The value at `q*pi` where it is short.
    at_turn: fn(&Rational) -> Option<Expr>,
    /// The period in half turns, for reductions: 1 for the tangent, 2 for the sine.
    period: i64,
    /// The value at `I*y`.
    imaginary: fn(&Expr) -> Expr,
    /// The value from sine and cosine.
    from_pair: fn(&Expr, &Expr) -> Expr,
    /// The sign in the second quadrant, seen from the first.
    second_quadrant: i64,
    /// Is parity applied to negative constants, and are symbolic arguments reduced?
    reduces: bool,
}

static SINE: Circular = Circular {
    record: &SIN,
    at_turn: sine_of_turn,
    period: 2,
    imaginary: |y| Expr::i() * sinh(y),
    from_pair: |sine, _| sine.clone(),
    second_quadrant: 1,
    reduces: true,
};

static COSINE: Circular = Circular {
    record: &COS,
    at_turn: cosine_of_turn,
    imaginary: cosh,
    from_pair: |_, cosine| cosine.clone(),
    second_quadrant: -1,
    ..SINE
};

static TANGENT: Circular = Circular {
    record: &TAN,
    at_turn: tangent_of_turn,
    period: 1,
    imaginary: |y| Expr::i() * tanh(y),
    from_pair: |sine, cosine| sine / cosine,
    second_quadrant: -1,
    ..SINE
};

static COTANGENT: Circular = Circular {
    record: &COT,
    at_turn: |q| tangent_of_turn(&(Rational::HALF - q)),
    imaginary: |y| -(Expr::i() * coth(y)),
    from_pair: |sine, cosine| cosine / sine,
    reduces: false,
    ..TANGENT
};

static SECANT: Circular = Circular {
    record: &SEC,
    at_turn: |q| cosine_of_turn(q).map(reciprocal),
    imaginary: sech,
    from_pair: |_, cosine| cosine.recip(),
    ..COSINE
};

static COSECANT: Circular = Circular {
    record: &CSC,
    at_turn: |q| sine_of_turn(q).map(reciprocal),
    imaginary: |y| -(Expr::i() * csch(y)),
    from_pair: |sine, _| sine.recip(),
    ..SINE
};

/// One over a value, infinite at a pole.
fn reciprocal(value: Expr) -> Expr {
    if value.is_zero() { Expr::infinity(Infinity::Unsigned) } else { value.recip() }
}

impl Circular {
    fn value(&self, x: &Expr) -> Option<Expr> {
        if matches!(x.kind(), Kind::Infinity(_)) {
            return Some(Expr::undefined(Undefined::AtInfinity));
        }
        if let Some(q) = multiple_of_pi(x) {
            return (self.at_turn)(&q).or_else(|| self.reduced(&q));
        }
        if let Some(y) = elementary::imaginary_factor(x) {
            return Some((self.imaginary)(&y));
        }
        if self.reduces
            && let Some(opposite) = elementary::negated_constant(x)
        {
            let value = Expr::apply(self.record, &opposite);
            return Some(if self.record.parity == Parity::Odd { -value } else { value });
        }
        match x.kind() {
            Kind::Sum(sum) if self.reduces => self.without_whole_turns(x, sum),
            Kind::Product(_) => self.at_integer_turn(x),
            Kind::Call(..) => pair_of_inverse(x).map(|(sine, cosine)| (self.from_pair)(&sine, &cosine)),
            _ => None,
        }
    }

    /// At `q*pi` without a short value: the same function in the first quadrant.
    fn reduced(&self, q: &Rational) -> Option<Expr> {
        let period = Rational::from(self.period);
        let turns = q.checked_div(&period)?.floor();
        let mut rest = q - Rational::from(turns) * &period;
        let mut sign = 1;
        if rest >= Rational::ONE {
            rest = rest - Rational::ONE;
            sign = -1;
        }
        if rest > Rational::HALF {
            rest = Rational::ONE - rest;
            sign *= self.second_quadrant;
        }
        (rest != *q)
            .then(|| Expr::apply(self.record, &Expr::pi().scale(&Number::from(rest))).scale(&Number::from(sign)))
    }

    /// `sin(x + 2*n*pi)` is `sin(x)` for an integer `n`.
    fn without_whole_turns(&self, x: &Expr, sum: &Sum) -> Option<Expr> {
        let whole = |part: &Expr| {
            turns_of(part).is_some_and(|turns| match self.period {
                1 => assume::is_integer(&turns).is_yes(),
                _ => assume::is_even(&turns).is_yes(),
            })
        };
        let turns: Vec<Expr> = sum.terms().iter().map(crate::expr::Term::to_expr).filter(whole).collect();
        (!turns.is_empty()).then(|| Expr::apply(self.record, &(x - Expr::sum(turns))))
    }

    /// At `n*pi` for an assumed integer `n`: the sine is 0, the cosine `(-1)^n`.
    fn at_integer_turn(&self, x: &Expr) -> Option<Expr> {
        let turns = turns_of(x)?;
        if !assume::is_integer(&turns).is_yes() {
            return None;
        }
        let cosine = match assume::is_even(&turns) {
            Truth::Yes => Expr::one(),
            Truth::No => Expr::integer(-1),
            Truth::Unknown if is_as_written() && !(self.from_pair)(&Expr::zero(), &Expr::integer(2)).is_zero() => {
                return None;
            }
            Truth::Unknown => Expr::integer(-1).power(&turns),
        };
        let value = (self.from_pair)(&Expr::zero(), &cosine);
        Some(if value.is_undefined() { Expr::infinity(Infinity::Unsigned) } else { value })
    }
}

thread_local! {
    /// Do values that only assumptions give wait for `simplify`?
    static AS_WRITTEN: Cell<bool> = const { Cell::new(false) };
}

/// Runs some work in which `cos(n*pi)` is no `(-1)^n` yet and `abs(x - 1)` no `x - 1`, whatever is assumed: what people
/// write stays so until it is simplified, as in Sage.
pub fn as_written<T>(work: impl FnOnce() -> T) -> T {
    let before = AS_WRITTEN.replace(true);
    let result = work();
    AS_WRITTEN.set(before);
    result
}

/// Is this done within [`as_written`]?
pub(super) fn is_as_written() -> bool {
    AS_WRITTEN.get()
}

/// The factor `w` when the expression is `w*pi`.
fn turns_of(x: &Expr) -> Option<Expr> {
    let is_pi = |e: &Expr| matches!(e.kind(), Kind::Constant(Constant::Pi));
    match x.kind() {
        Kind::Product(product) if product.factors().iter().any(|f| is_pi(&f.base) && f.exponent.is_one()) => {
            Some(x / &Expr::pi())
        }
        _ if is_pi(x) => Some(Expr::one()),
        _ => None,
    }
}

/// Sine and cosine of an inverse trigonometric function, true for every argument of the principal branch.
fn pair_of_inverse(x: &Expr) -> Option<(Expr, Expr)> {
    let (function, arguments) = x.as_call()?;
    let y = argument(arguments);
    let leg = || (Expr::one() - y.powi(2)).sqrt();
    let hypotenuse = || (y.powi(2) + Expr::one()).sqrt();
    let positive = || assume::is_positive(y).is_yes();
    let far_leg = || match positive() {
        true => (y.powi(2) - Expr::one()).sqrt() / y,
        false => (Expr::one() - y.powi(-2)).sqrt(),
    };
    Some(match () {
        () if function.is(&ARCSIN) => (y.clone(), leg()),
        () if function.is(&ARCCOS) => (leg(), y.clone()),
        () if function.is(&ARCTAN) => (y / hypotenuse(), hypotenuse().recip()),
        () if function.is(&ARCCOT) && positive() => (hypotenuse().recip(), y / hypotenuse()),
        () if function.is(&ARCCOT) => {
            let cosine = (y.powi(-2) + Expr::one()).sqrt().recip();
            (&cosine / y, cosine)
        }
        () if function.is(&ARCSEC) => (far_leg(), y.recip()),
        () if function.is(&ARCCSC) => (y.recip(), far_leg()),
        () => return None,
    })
}

/// The factor `q` when the expression is `q*pi`.
pub(super) fn multiple_of_pi(x: &Expr) -> Option<Rational> {
    if elementary::is_exact_zero(x) {
        return Some(Rational::ZERO);
    }
    let (base, coefficient) = x.split_coefficient();
    let is_pi = matches!(base.kind(), Kind::Constant(Constant::Pi));
    if is_pi { coefficient.as_rational().cloned() } else { None }
}

/// `cos(q*pi)` in short radicals.
pub(super) fn cosine_of_turn(q: &Rational) -> Option<Expr> {
    sine_of_turn(&(q + &Rational::HALF))
}

/// `sin(q*pi)` in short radicals.
pub(super) fn sine_of_turn(q: &Rational) -> Option<Expr> {
    let two = Rational::from(2);
    let turns = (q * &Rational::HALF).floor();
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
    // sqrt(a + b*sqrt(5)), sqrt(8 + a*sqrt(6) + b*sqrt(2))
    let golden = |a: Expr, b: Expr| (a + b * root(5)).sqrt();
    let nested = |a: i64, b: i64| (Expr::integer(8) + Expr::integer(a) * root(6) + Expr::integer(b) * root(2)).sqrt();
    let of_fifteen = |a: i64, b: i64, c: i64| {
        let inner = golden(Expr::fraction(15, 2), Expr::fraction(b, 2));
        Expr::fraction(a, 8) * root(5) + quarter(inner) + Expr::fraction(c, 8)
    };
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
        (1, 5) => quarter(golden(Expr::integer(10), Expr::integer(-2))),
        (2, 5) => quarter(golden(Expr::integer(10), Expr::integer(2))),
        (1, 8) => half((Expr::integer(2) - root(2)).sqrt()),
        (3, 8) => half((Expr::integer(2) + root(2)).sqrt()),
        (1, 24) => quarter(nested(-2, -2)),
        (5, 24) => quarter(nested(-2, 2)),
        (7, 24) => quarter(nested(2, -2)),
        (11, 24) => quarter(nested(2, 2)),
        (1, 30) => of_fifteen(-1, -3, -1),
        (7, 30) => of_fifteen(-1, 3, 1),
        (11, 30) => of_fifteen(1, -3, 1),
        (13, 30) => of_fifteen(1, 3, -1),
        _ => return None,
    })
}

/// `tan(q*pi)` in short radicals, infinite at a pole.
pub(super) fn tangent_of_turn(q: &Rational) -> Option<Expr> {
    let reduced = q - Rational::from(q.floor());
    let (sign, acute) = if reduced > Rational::HALF { (-1, Rational::ONE - reduced) } else { (1, reduced) };
    let (n, d) = (acute.numerator().to_i64()?, acute.denominator().to_i64()?);
    let root = |n: i64| Expr::integer(n).sqrt();
    let nested = |a: i64, b: i64, of: i64| (Expr::integer(a) + Expr::integer(b) * root(of)).sqrt();
    let fifth = |e: Expr| e * Expr::fraction(1, 5);
    let signed = |a: i64, b: i64, c: i64, d: i64| {
        Expr::sum([root(6).scale(&a.into()), root(3).scale(&b.into()), root(2).scale(&c.into()), Expr::integer(d)])
    };
    let value = match (n, d) {
        (0, 1) => Expr::zero(),
        (1, 2) => return Some(Expr::infinity(Infinity::Unsigned)),
        (1, 4) => Expr::one(),
        (1, 6) => root(3) * Expr::fraction(1, 3),
        (1, 3) => root(3),
        (1, 12) => Expr::integer(2) - root(3),
        (5, 12) => Expr::integer(2) + root(3),
        (1, 8) => root(2) - Expr::one(),
        (3, 8) => root(2) + Expr::one(),
        (1, 5) => nested(5, -2, 5),
        (2, 5) => nested(5, 2, 5),
        (1, 10) => fifth(nested(25, -10, 5)),
        (3, 10) => fifth(nested(25, 10, 5)),
        (1, 16) => nested(4, 2, 2) - root(2) - Expr::one(),
        (3, 16) => nested(4, -2, 2) - root(2) + Expr::one(),
        (5, 16) => nested(4, -2, 2) + root(2) - Expr::one(),
        (7, 16) => nested(4, 2, 2) + root(2) + Expr::one(),
        (1, 20) => root(5) - nested(5, 2, 5) + Expr::one(),
        (3, 20) => root(5) - nested(5, -2, 5) - Expr::one(),
        (7, 20) => root(5) + nested(5, -2, 5) - Expr::one(),
        (9, 20) => root(5) + nested(5, 2, 5) + Expr::one(),
        (1, 24) => signed(1, -1, 1, -2),
        (5, 24) => signed(1, 1, -1, -2),
        (7, 24) => signed(1, -1, -1, 2),
        (11, 24) => signed(1, 1, 1, 2),
        _ => return None,
    };
    Some(value.scale(&Number::from(sign)))
}
