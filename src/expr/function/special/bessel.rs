//! The Bessel functions and Lambert's W.

use std::cmp::Ordering;

use crate::expr::assume;
use crate::expr::function::elementary;
use crate::expr::function::elementary::{Breaks, Elementary, Kernel, nth};
use crate::expr::function::explog::exp;
use crate::expr::function::hyperbolic::{cosh, sinh};
use crate::expr::function::trig::{cos, sin};
use crate::expr::node::{Expr, Infinity, Undefined};
use crate::number::{Number, Rational, kernel};

/// The Bessel function of the first kind.
pub static BESSEL_J: Elementary = Elementary {
    name: "bessel_J",
    summary: "The Bessel function of the first kind.",
    latex: r"J_{#1}(#2)",
    exact: |x| first_kind(nth(x, 0), nth(x, 1), sin, cos),
    derivative: |x, position| neighbours(&BESSEL_J, x, position, -1, 1),
    kernel: Kernel::Binary(&kernel::BESSEL_J),
    ..Elementary::BINARY
};

/// The Bessel function of the second kind.
pub static BESSEL_Y: Elementary = Elementary {
    name: "bessel_Y",
    summary: "The Bessel function of the second kind.",
    latex: r"Y_{#1}(#2)",
    exact: |x| second_kind(nth(x, 0), nth(x, 1)),
    derivative: |x, position| neighbours(&BESSEL_Y, x, position, -1, 1),
    kernel: Kernel::Binary(&kernel::BESSEL_Y),
    ..Elementary::BINARY
};

/// The modified Bessel function of the first kind.
pub static BESSEL_I: Elementary = Elementary {
    name: "bessel_I",
    summary: "The modified Bessel function of the first kind.",
    latex: r"I_{#1}(#2)",
    exact: |x| first_kind(nth(x, 0), nth(x, 1), sinh, cosh),
    derivative: |x, position| neighbours(&BESSEL_I, x, position, 1, 1),
    kernel: Kernel::Binary(&kernel::BESSEL_I),
    ..Elementary::BINARY
};

/// The modified Bessel function of the second kind.
pub static BESSEL_K: Elementary = Elementary {
    name: "bessel_K",
    summary: "The modified Bessel function of the second kind.",
    latex: r"K_{#1}(#2)",
    exact: |x| modified_second_kind(nth(x, 0), nth(x, 1)),
    derivative: |x, position| neighbours(&BESSEL_K, x, position, -1, -1),
    kernel: Kernel::Binary(&kernel::BESSEL_K),
    ..Elementary::BINARY
};

/// Lambert's W, the inverse of `w*e^w`: principal branch, or the branch with the number given first.
pub static LAMBERT_W: Elementary = Elementary {
    name: "lambert_w",
    summary: "Lambert's W, the inverse of `w*e^w`: principal branch, or the branch with the number given first.",
    latex: "\\operatorname{W}({#1})\n\\operatorname{W_{#1}}({#2})",
    arity: (1, 2),
    exact: lambert_value,
    derivative: lambert_derivative,
    domain: elementary::RealDomain::Unknown,
    breaks: Breaks::Unknown,
    kernel: Kernel::Either(&kernel::PRINCIPAL_LAMBERT_W, &kernel::LAMBERT_W),
    smooth: true,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&BESSEL_J, &BESSEL_Y, &BESSEL_I, &BESSEL_K, &LAMBERT_W];

/// The derivative by the argument, a half of both neighbours with signs; there is none by the order.
fn neighbours(
    record: &'static Elementary,
    arguments: &[Expr],
    position: usize,
    upper: i64,
    lower: i64,
) -> Option<Expr> {
    let (n, x) = (nth(arguments, 0), nth(arguments, 1));
    let half = |e: Expr, sign: i64| (e * elementary::half()).scale(&Number::from(sign));
    let above = half(Expr::apply2(record, &(n + Expr::one()), x), upper);
    let below = half(Expr::apply2(record, &(n - Expr::one()), x), lower);
    (position == 1).then(|| above + below)
}

/// `sqrt(2)/(sqrt(pi)*sqrt(x))`, the factor of the functions of order one half; one root would be wrong for `x < 0`.
fn half_order(x: &Expr) -> Expr {
    match assume::is_positive(x).is_yes() {
        true => (Expr::integer(2) / (Expr::pi() * x)).sqrt(),
        false => Expr::integer(2).sqrt() / (Expr::pi().sqrt() * x.sqrt()),
    }
}

/// Is the order this half of an integer?
fn is_half(n: &Expr, numerator: i64) -> bool {
    n.as_rational().is_some_and(|q| Rational::fraction(numerator, 2).as_ref() == Some(q))
}

fn first_kind(n: &Expr, x: &Expr, odd: fn(&Expr) -> Expr, even: fn(&Expr) -> Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return n.to_i64().map(|n| if n == 0 { Expr::one() } else { Expr::zero() });
    }
    if is_half(n, 1) {
        return Some(half_order(x) * odd(x));
    }
    is_half(n, -1).then(|| half_order(x) * even(x))
}

fn second_kind(n: &Expr, x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return elementary::is_exact_zero(n).then(|| Expr::infinity(Infinity::Negative));
    }
    if is_half(n, 1) {
        return Some(-(half_order(x) * cos(x)));
    }
    is_half(n, -1).then(|| half_order(x) * sin(x))
}

fn modified_second_kind(n: &Expr, x: &Expr) -> Option<Expr> {
    if elementary::is_exact_zero(x) {
        return elementary::is_exact_zero(n).then(|| Expr::infinity(Infinity::Positive));
    }
    is_half(n, 1).then(|| (Expr::pi() / Expr::integer(2)).sqrt() * exp(&-x) / x.sqrt())
}

fn lambert_value(arguments: &[Expr]) -> Option<Expr> {
    match arguments {
        [x] => principal_lambert(x),
        [branch, x] if elementary::is_exact_zero(branch) => Some(Expr::apply(&LAMBERT_W, x)),
        [branch, x] if elementary::is_exact_zero(x) => branch.to_i64().map(|_| Expr::infinity(Infinity::Negative)),
        [branch, x] if branch.to_i64() == Some(-1) => lambert_of_product(x, Ordering::Less),
        _ => None,
    }
}

/// `W(0) = 0`, `W(e) = 1`, `W(-1/e) = -1`, infinite at infinity.
fn principal_lambert(x: &Expr) -> Option<Expr> {
    use crate::expr::node::Kind;
    match x.kind() {
        Kind::Infinity(Infinity::Positive) => Some(x.clone()),
        Kind::Infinity(_) => Some(Expr::undefined(Undefined::AtInfinity)),
        _ if elementary::is_exact_zero(x) => Some(Expr::zero()),
        _ if x.is_e() => Some(Expr::one()),
        Kind::Product(_) if *x == -Expr::e().recip() => Some(Expr::integer(-1)),
        _ => lambert_of_product(x, Ordering::Greater),
    }
}

/// `W(w*e^w)` is `w` on the real branch that holds it: the principal one above -1, the other below.
fn lambert_of_product(x: &Expr, side: Ordering) -> Option<Expr> {
    use crate::expr::node::Kind;
    let exponents: Vec<Expr> = match x.kind() {
        Kind::Product(product) => {
            product.factors().iter().filter_map(|f| f.to_expr().exp_argument().cloned()).collect()
        }
        _ => x.exp_argument().cloned().into_iter().collect(),
    };
    let terms = exponents.iter().flat_map(|exponent| match exponent.kind() {
        Kind::Sum(sum) => sum.parts().collect(),
        _ => vec![exponent.clone()],
    });
    let fits = |w: &Expr| {
        let place =
            crate::expr::assume::sign(&(w + Expr::one())).or_else(|| super::super::constant::sign(&(w + Expr::one())));
        place == Some(side) && w * exp(w) == *x
    };
    exponents.iter().cloned().chain(terms).find(fits)
}

/// `W/(x*(1 + W))`, multiplied out as Sage shows it.
fn lambert_derivative(arguments: &[Expr], position: usize) -> Option<Expr> {
    if position + 1 != arguments.len() {
        return None;
    }
    let x = arguments.last()?;
    let value = Expr::call(crate::expr::Function::Elementary(&LAMBERT_W), arguments.to_vec());
    Some(&value / (x * &value + x))
}
