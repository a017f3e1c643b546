//! The hyperbolic functions.
//!
//! Imaginary arguments lead to trigonometric functions, arguments `log(x)` and inverse hyperbolic ones to algebraic
//! expressions, as in Sage.

use super::elementary::{self, Bound, Breaks, Elementary, Kernel, Parity, argument};
use super::explog::LOG;
use super::inverse_hyperbolic::{ARCCOSH, ARCCOTH, ARCCSCH, ARCSECH, ARCSINH, ARCTANH};
use super::trig::{cos, cot, csc, sec, sin, tan};
use crate::expr::assume::Signs;
use crate::expr::node::{Constant, Expr, Infinity, Kind, Sum, Undefined};
use crate::number::{Number, Rational, kernel};

/// The hyperbolic sine, `(e^x - e^-x)/2`.
pub static SINH: Elementary = Elementary {
    name: "sinh",
    summary: "The hyperbolic sine, `(e^x - e^-x)/2`.",
    latex: r"\sinh",
    parity: Parity::Odd,
    inverse: Some("arcsinh"),
    exact: |x| SINE.value(argument(x)),
    derivative: |x, _| Some(cosh(argument(x))),
    signs: elementary::sign_of_argument,
    kernel: Kernel::Unary(&kernel::SINH),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The hyperbolic cosine, `(e^x + e^-x)/2`.
pub static COSH: Elementary = Elementary {
    name: "cosh",
    summary: "The hyperbolic cosine, `(e^x + e^-x)/2`.",
    latex: r"\cosh",
    parity: Parity::Even,
    inverse: Some("arccosh"),
    exact: |x| COSINE.value(argument(x)),
    derivative: |x, _| Some(sinh(argument(x))),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::POSITIVE } else { Signs::ANY },
    range: (Bound::Integer(1), Bound::Infinite),
    kernel: Kernel::Unary(&kernel::COSH),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The hyperbolic tangent.
pub static TANH: Elementary = Elementary {
    name: "tanh",
    summary: "The hyperbolic tangent.",
    latex: r"\tanh",
    parity: Parity::Odd,
    inverse: Some("arctanh"),
    exact: |x| TANGENT.value(argument(x)),
    derivative: |x, _| Some(Expr::one() - tanh(argument(x)).powi(2)),
    signs: elementary::sign_of_argument,
    range: (Bound::Integer(-1), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::TANH),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The hyperbolic cotangent.
pub static COTH: Elementary = Elementary {
    name: "coth",
    summary: "The hyperbolic cotangent.",
    latex: r"\coth",
    parity: Parity::Odd,
    inverse: Some("arccoth"),
    exact: |x| COTANGENT.value(argument(x)),
    derivative: |x, _| Some(-sinh(argument(x)).powi(-2)),
    signs: elementary::sign_of_argument,
    breaks: Breaks::Zero,
    kernel: Kernel::Unary(&kernel::COTH),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The hyperbolic secant.
pub static SECH: Elementary = Elementary {
    name: "sech",
    summary: "The hyperbolic secant.",
    latex: r"\operatorname{sech}",
    parity: Parity::Even,
    inverse: Some("arcsech"),
    exact: |x| SECANT.value(argument(x)),
    derivative: |x, _| Some(-(sech(argument(x)) * tanh(argument(x)))),
    signs: |s| if elementary::first(s).only(Signs::REAL) { Signs::POSITIVE } else { Signs::ANY },
    range: (Bound::Integer(0), Bound::Integer(1)),
    kernel: Kernel::Unary(&kernel::SECH),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The hyperbolic cosecant.
pub static CSCH: Elementary = Elementary {
    name: "csch",
    summary: "The hyperbolic cosecant.",
    latex: r"\operatorname{csch}",
    parity: Parity::Odd,
    inverse: Some("arccsch"),
    exact: |x| COSECANT.value(argument(x)),
    derivative: |x, _| Some(-(coth(argument(x)) * csch(argument(x)))),
    signs: elementary::sign_of_argument,
    breaks: Breaks::Zero,
    kernel: Kernel::Unary(&kernel::CSCH),
    smooth: true,
    reaches_ends: true,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&SINH, &COSH, &TANH, &COTH, &SECH, &CSCH];

elementary::constructors! {
    /// `sinh(x)`.
    sinh => SINH;
    /// `cosh(x)`.
    cosh => COSH;
    /// `tanh(x)`.
    tanh => TANH;
    /// `coth(x)`.
    coth => COTH;
    /// `sech(x)`.
    sech => SECH;
    /// `csch(x)`.
    csch => CSCH;
}

/// What makes the value of a hyperbolic function, so that one procedure serves all six.
struct Hyperbolic {
    record: &'static Elementary,
    at_zero: fn() -> Expr,
    /// The limit at plus infinity; the one at minus infinity follows from the parity.
    at_infinity: fn() -> Expr,
    imaginary: fn(&Expr) -> Expr,
    /// The value from hyperbolic sine and cosine.
    from_pair: fn(&Expr, &Expr) -> Expr,
    /// The value at `u + I*pi/2`.
    quarter: fn(&Expr) -> Expr,
    /// The sign at `u + I*pi`, seen from `u`.
    half_turn: i64,
}

static SINE: Hyperbolic = Hyperbolic {
    record: &SINH,
    at_zero: Expr::zero,
    at_infinity: || Expr::infinity(Infinity::Positive),
    imaginary: |y| Expr::i() * sin(y),
    from_pair: |sine, _| sine.clone(),
    quarter: |u| Expr::i() * cosh(u),
    half_turn: -1,
};

static COSINE: Hyperbolic = Hyperbolic {
    record: &COSH,
    at_zero: Expr::one,
    imaginary: cos,
    from_pair: |_, cosine| cosine.clone(),
    quarter: |u| Expr::i() * sinh(u),
    ..SINE
};

static TANGENT: Hyperbolic = Hyperbolic {
    record: &TANH,
    at_infinity: Expr::one,
    imaginary: |y| Expr::i() * tan(y),
    from_pair: |sine, cosine| sine / cosine,
    quarter: coth,
    half_turn: 1,
    ..SINE
};

static COTANGENT: Hyperbolic = Hyperbolic {
    record: &COTH,
    at_zero: pole,
    at_infinity: Expr::one,
    imaginary: |y| -(Expr::i() * cot(y)),
    from_pair: |sine, cosine| cosine / sine,
    quarter: tanh,
    half_turn: 1,
};

static SECANT: Hyperbolic = Hyperbolic {
    record: &SECH,
    at_zero: Expr::one,
    at_infinity: Expr::zero,
    imaginary: sec,
    from_pair: |_, cosine| cosine.recip(),
    quarter: |u| -(Expr::i() * csch(u)),
    half_turn: -1,
};

static COSECANT: Hyperbolic = Hyperbolic {
    record: &CSCH,
    at_zero: pole,
    at_infinity: Expr::zero,
    imaginary: |y| -(Expr::i() * csc(y)),
    from_pair: |sine, _| sine.recip(),
    quarter: |u| -(Expr::i() * sech(u)),
    half_turn: -1,
};

fn pole() -> Expr {
    Expr::infinity(Infinity::Unsigned)
}

impl Hyperbolic {
    fn value(&self, x: &Expr) -> Option<Expr> {
        if elementary::is_exact_zero(x) {
            return Some((self.at_zero)());
        }
        if let Some(y) = elementary::imaginary_factor(x) {
            return Some((self.imaginary)(&y));
        }
        if let Some(opposite) = elementary::negated_constant(x) {
            return Some(self.mirrored(Expr::apply(self.record, &opposite)));
        }
        match x.kind() {
            Kind::Infinity(Infinity::Positive) => Some((self.at_infinity)()),
            Kind::Infinity(Infinity::Negative) => Some(self.mirrored((self.at_infinity)())),
            Kind::Infinity(Infinity::Unsigned) => Some(Expr::undefined(Undefined::AtInfinity)),
            Kind::Call(..) => pair_of_inverse(x).map(|(sine, cosine)| (self.from_pair)(&sine, &cosine)),
            Kind::Sum(sum) => self.turned(x, sum),
            _ => None,
        }
    }

    /// The value at `u + k*I*pi/2` by that at `u`.
    fn turned(&self, x: &Expr, sum: &Sum) -> Option<Expr> {
        let turn = sum.terms().iter().find(|term| matches!(term.base.kind(), Kind::Constant(Constant::Pi)))?;
        let Number::Gaussian(turns) = &turn.coefficient else { return None };
        if !turns.re.is_zero() {
            return None;
        }
        let quarters = (&turns.im * &Rational::from(2)).to_i64()?.rem_euclid(4);
        let rest = x - turn.to_expr();
        let value = if quarters % 2 == 1 { (self.quarter)(&rest) } else { Expr::apply(self.record, &rest) };
        Some(if quarters >= 2 { value.scale(&Number::from(self.half_turn)) } else { value })
    }

    /// The value at `-x` from that at `x`.
    fn mirrored(&self, value: Expr) -> Expr {
        if self.record.parity == Parity::Odd { -value } else { value }
    }
}

/// Hyperbolic sine and cosine of a logarithm or inverse hyperbolic function.
fn pair_of_inverse(x: &Expr) -> Option<(Expr, Expr)> {
    let (function, arguments) = x.as_call()?;
    let y = argument(arguments);
    let (one, square) = (Expr::one(), y.powi(2));
    Some(match () {
        () if function.is(&LOG) => {
            let halved = |e: Expr| e * elementary::half() / y;
            (halved(&square - &one), halved(&square + &one))
        }
        () if function.is(&ARCSINH) => (y.clone(), (square + one).sqrt()),
        () if function.is(&ARCCOSH) => ((y + &one).sqrt() * (y - &one).sqrt(), y.clone()),
        () if function.is(&ARCTANH) => {
            let root = (one - square).sqrt();
            (y / &root, root.recip())
        }
        () if function.is(&ARCCOTH) => {
            let root = (one - y.powi(-2)).sqrt();
            ((y * &root).recip(), root.recip())
        }
        () if function.is(&ARCSECH) => ((y.recip() + &one).sqrt() * (y.recip() - &one).sqrt(), y.recip()),
        () if function.is(&ARCCSCH) => (y.recip(), (y.powi(-2) + one).sqrt()),
        () => return None,
    })
}
