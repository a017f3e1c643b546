//! Elliptic integrals, of the angle and the parameter `m = k^2`, in Legendre's three kinds.

use crate::expr::function::elementary::{self, Breaks, Elementary, End, Kernel, RealDomain, argument, half, nth, turn};
use crate::expr::function::trig::sin;
use crate::expr::node::{Expr, Infinity};
use crate::number::{Ball, Number, kernel};

/// The elliptic integral of the first kind, of `1/sqrt(1 - m*sin(t)^2)` from 0 to the angle.
pub static ELLIPTIC_F: Elementary = Elementary {
    name: "elliptic_f",
    summary: "The elliptic integral of the first kind, of `1/sqrt(1 - m*sin(t)^2)` from 0 to the angle.",
    latex: r"F(#1\,|\,#2)",
    exact: |x| incomplete_value(nth(x, 0), nth(x, 1), &ELLIPTIC_KC),
    derivative: |x, position| Some(first_derivative(nth(x, 0), nth(x, 1), position)),
    kernel: Kernel::Binary(&kernel::INCOMPLETE_ELLIPTIC_F),
    ..Elementary::BINARY
};

/// The elliptic integral of the second kind, of `sqrt(1 - m*sin(t)^2)` from 0 to the angle.
pub static ELLIPTIC_E: Elementary = Elementary {
    name: "elliptic_e",
    summary: "The elliptic integral of the second kind, of `sqrt(1 - m*sin(t)^2)` from 0 to the angle.",
    latex: r"E(#1\,|\,#2)",
    exact: |x| incomplete_value(nth(x, 0), nth(x, 1), &ELLIPTIC_EC),
    derivative: |x, position| {
        let (phi, m) = (nth(x, 0), nth(x, 1));
        Some(match position {
            0 => root(phi, m),
            _ => (second(phi, m) - first(phi, m)) * half() / m,
        })
    },
    kernel: Kernel::Binary(&kernel::INCOMPLETE_ELLIPTIC_E),
    ..Elementary::BINARY
};

/// The complete elliptic integral of the first kind, up to the angle `pi/2`.
pub static ELLIPTIC_KC: Elementary = Elementary {
    name: "elliptic_kc",
    summary: "The complete elliptic integral of the first kind, up to the angle `pi/2`.",
    latex: r"K",
    exact: |x| {
        let m = argument(x);
        complete_value(m).or_else(|| m.is_one().then(|| Expr::infinity(Infinity::Positive)))
    },
    derivative: |x, _| {
        let m = argument(x);
        let less = m - Expr::one();
        Some(-((&less * Expr::apply(&ELLIPTIC_KC, m) + Expr::apply(&ELLIPTIC_EC, m)) * half() / (less * m)))
    },
    domain: RealDomain::Between(None, Some(End::open(1))),
    kernel: Kernel::Unary(&kernel::ELLIPTIC_K),
    ..Elementary::UNARY
};

/// The complete elliptic integral of the second kind, up to the angle `pi/2`.
pub static ELLIPTIC_EC: Elementary = Elementary {
    name: "elliptic_ec",
    summary: "The complete elliptic integral of the second kind, up to the angle `pi/2`.",
    latex: r"E",
    exact: |x| complete_value(argument(x)).or_else(|| argument(x).is_one().then(Expr::one)),
    derivative: |x, _| {
        let m = argument(x);
        Some((Expr::apply(&ELLIPTIC_EC, m) - Expr::apply(&ELLIPTIC_KC, m)) * half() / m)
    },
    domain: RealDomain::Between(None, Some(End::closed(1))),
    kernel: Kernel::Unary(&kernel::ELLIPTIC_E),
    ..Elementary::UNARY
};

/// The elliptic integral of the third kind, of `1/((1 - n*sin(t)^2)*sqrt(1 - m*sin(t)^2))` from 0 to the angle, given
/// as `n`, the angle, `m`.
pub static ELLIPTIC_PI: Elementary = Elementary {
    name: "elliptic_pi",
    summary: "The elliptic integral of the third kind, of `1/((1 - n*sin(t)^2)*sqrt(1 - m*sin(t)^2))` from 0 to the \
              angle, given as `n`, the angle, `m`.",
    latex: r"\Pi",
    arity: (3, 3),
    exact: |x| {
        let (n, phi, m) = (nth(x, 0), nth(x, 1), nth(x, 2));
        let nothing = elementary::is_exact_zero(phi).then(Expr::zero);
        nothing.or_else(|| elementary::is_exact_zero(n).then(|| first(phi, m)))
    },
    derivative: |x, position| Some(third_derivative(nth(x, 0), nth(x, 1), nth(x, 2), position)),
    domain: RealDomain::Unknown,
    kernel: Kernel::Ternary(Ball::elliptic_pi),
    breaks: Breaks::Unknown,
    ..Elementary::UNARY
};

/// The functions of this file.
pub(super) static TABLE: &[&Elementary] = &[&ELLIPTIC_F, &ELLIPTIC_E, &ELLIPTIC_KC, &ELLIPTIC_EC, &ELLIPTIC_PI];

fn first(phi: &Expr, m: &Expr) -> Expr {
    Expr::apply2(&ELLIPTIC_F, phi, m)
}

fn second(phi: &Expr, m: &Expr) -> Expr {
    Expr::apply2(&ELLIPTIC_E, phi, m)
}

fn square_of_sine(phi: &Expr) -> Expr {
    sin(phi).powi(2)
}

/// `sqrt(1 - m*sin(phi)^2)`.
fn root(phi: &Expr, m: &Expr) -> Expr {
    (Expr::one() - m * square_of_sine(phi)).sqrt()
}

/// At the angles 0 and `pi/2` and at the parameter 0.
fn incomplete_value(phi: &Expr, m: &Expr, complete: &'static Elementary) -> Option<Expr> {
    if elementary::is_exact_zero(phi) {
        return Some(Expr::zero());
    }
    if elementary::is_exact_zero(m) {
        return Some(phi.clone());
    }
    (*phi == turn(1, 2)).then(|| Expr::apply(complete, m))
}

/// `pi/2` at the parameter 0.
fn complete_value(m: &Expr) -> Option<Expr> {
    elementary::is_exact_zero(m).then(|| turn(1, 2))
}

/// `1/sqrt(1 - m*sin(phi)^2)` by the angle; DLMF 19.4.5 by the parameter.
fn first_derivative(phi: &Expr, m: &Expr, position: usize) -> Expr {
    if position == 0 {
        return root(phi, m).recip();
    }
    let less = m - Expr::one();
    let sine = sin(&phi.scale(&Number::from(2)));
    let quarter = Expr::fraction(1, 4) * sine / (root(phi, m) * &less);
    quarter - half() * first(phi, m) / m - half() * second(phi, m) / (less * m)
}

/// By the characteristic `n`, by the angle, and by the parameter `m`.
fn third_derivative(n: &Expr, phi: &Expr, m: &Expr, position: usize) -> Expr {
    let two = |e: Expr| e.scale(&Number::from(2));
    let own = Expr::call(crate::expr::Function::Elementary(&ELLIPTIC_PI), vec![n.clone(), phi.clone(), m.clone()]);
    let (sine, one) = (sin(&two(phi.clone())), Expr::one());
    let quarter = Expr::fraction(-1, 4);
    match position {
        0 => {
            let edge = root(phi, m) * n * sine / (n * square_of_sine(phi) - &one);
            let rest = two((n - m) * first(phi, m)) / n - two((n.powi(2) - m) * own) / n;
            quarter * (edge - rest + two(second(phi, m))) / ((n - m) * (n - one))
        }
        1 => -((n * square_of_sine(phi) - one) * root(phi, m)).recip(),
        _ => {
            let less = m - one;
            let edge = m * sine / (root(phi, m) * &less);
            quarter * (edge - two(second(phi, m)) / less - two(own)) / (n - m)
        }
    }
}
