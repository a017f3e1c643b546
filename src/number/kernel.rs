//! The elementary functions in every arithmetic, for the records of the engine's table of functions.

mod special;
mod step;

use super::{Ball, Binary, Complex64, ComplexBall, Interval, Unary};

/// A record from the float's, the interval's and the ball's function; complex machine numbers go through balls unless
/// a function of their own is named.
macro_rules! unary {
    ($(#[$doc:meta])* $name:ident, $float:expr, $method:ident) => {
        unary! { $(#[$doc])* $name, $float, $method, |z| z.through_ball(ComplexBall::$method) }
    };
    ($(#[$doc:meta])* $name:ident, $float:expr, $method:ident, $complex:expr) => {
        $(#[$doc])*
        pub static $name: Unary = Unary {
            float: $float,
            complex: $complex,
            interval: Interval::$method,
            ball: Ball::$method,
            complex_ball: ComplexBall::$method,
        };
    };
}

unary! { /// The exponential function.
EXP, pxfm::f_exp, exp, Complex64::exp }
unary! { /// The natural logarithm.
LOG, real_log, log, Complex64::log }
unary! { /// The square root.
SQRT, f64::sqrt, sqrt, Complex64::sqrt }
unary! { /// The sine.
SIN, pxfm::f_sin, sin, Complex64::sin }
unary! { /// The cosine.
COS, pxfm::f_cos, cos, Complex64::cos }
unary! { /// The tangent.
TAN, pxfm::f_tan, tan }
unary! { /// The cotangent.
COT, pxfm::f_cot, cot }
unary! { /// The secant.
SEC, |x| 1.0 / pxfm::f_cos(x), sec }
unary! { /// The cosecant.
CSC, |x| 1.0 / pxfm::f_sin(x), csc }
unary! { /// The inverse sine.
ARCSIN, pxfm::f_asin, arcsin }
unary! { /// The inverse cosine.
ARCCOS, pxfm::f_acos, arccos }
unary! { /// The inverse tangent.
ARCTAN, pxfm::f_atan, arctan }
unary! { /// The inverse cotangent, `arctan(1/x)`.
ARCCOT, |x| pxfm::f_atan(1.0 / (x + 0.0)), arccot }
unary! { /// The inverse secant, `arccos(1/x)`.
ARCSEC, real_arcsec, arcsec }
unary! { /// The inverse cosecant, `arcsin(1/x)`.
ARCCSC, real_arccsc, arccsc }
unary! { /// The hyperbolic sine.
SINH, pxfm::f_sinh, sinh }
unary! { /// The hyperbolic cosine.
COSH, pxfm::f_cosh, cosh }
unary! { /// The hyperbolic tangent.
TANH, pxfm::f_tanh, tanh }
unary! { /// The hyperbolic cotangent.
COTH, |x| 1.0 / pxfm::f_tanh(x), coth }
unary! { /// The hyperbolic secant.
SECH, |x| 1.0 / pxfm::f_cosh(x), sech }
unary! { /// The hyperbolic cosecant.
CSCH, |x| 1.0 / pxfm::f_sinh(x), csch }
unary! { /// The inverse hyperbolic sine.
ARCSINH, pxfm::f_asinh, arcsinh }
unary! { /// The inverse hyperbolic cosine.
ARCCOSH, pxfm::f_acosh, arccosh }
unary! { /// The inverse hyperbolic tangent.
ARCTANH, pxfm::f_atanh, arctanh }
unary! { /// The inverse hyperbolic cotangent, `arctanh(1/x)`.
ARCCOTH, real_arccoth, arccoth }
unary! { /// The inverse hyperbolic secant, `arccosh(1/x)`.
ARCSECH, real_arcsech, arcsech }
unary! { /// The inverse hyperbolic cosecant, `arcsinh(1/x)`.
ARCCSCH, |x| pxfm::f_asinh(1.0 / x), arccsch }

/// The logarithm, NaN below zero.
fn real_log(x: f64) -> f64 {
    if x < 0.0 { f64::NAN } else { pxfm::f_log(x) }
}

/// The inverse secant: `arccos(1/x)` would lose digits near 1, where the reciprocal rounds.
fn real_arcsec(x: f64) -> f64 {
    if x.abs() < 1.0 {
        return f64::NAN;
    }
    let angle = pxfm::f_atan(((x.abs() - 1.0) * (x.abs() + 1.0)).sqrt());
    if x < 0.0 { std::f64::consts::PI - angle } else { angle }
}

/// The inverse cosecant, accurate near 1.
fn real_arccsc(x: f64) -> f64 {
    if x.abs() < 1.0 || x.abs() > 2.0 {
        return pxfm::f_asin(1.0 / x);
    }
    pxfm::f_atan(1.0 / ((x.abs() - 1.0) * (x.abs() + 1.0)).sqrt()).copysign(x)
}

/// The inverse hyperbolic cotangent, accurate near 1.
fn real_arccoth(x: f64) -> f64 {
    if x.abs() < 1.0 {
        return f64::NAN;
    }
    (0.5 * pxfm::f_log1p(2.0 / (x.abs() - 1.0))).copysign(x)
}

/// The inverse hyperbolic secant, accurate near 1.
fn real_arcsech(x: f64) -> f64 {
    if x > 0.5 { pxfm::f_atanh(((1.0 - x) * (1.0 + x)).sqrt()) } else { pxfm::f_acosh(1.0 / x) }
}

/// The absolute value.
pub static ABS: Unary = Unary {
    float: f64::abs,
    complex: |z| Complex64::from(z.abs()),
    interval: Interval::abs,
    ball: |x, precision| x.abs().rounded(precision),
    complex_ball: |z, precision| ComplexBall::from(z.abs(precision)),
};

/// The real part.
pub static REAL_PART: Unary = Unary {
    float: |x| x,
    complex: |z| Complex64::from(z.re),
    interval: |x| x,
    ball: |x, _| x.clone(),
    complex_ball: |z, _| ComplexBall::from(z.re().clone()),
};

/// The imaginary part.
pub static IMAGINARY_PART: Unary = Unary {
    float: |_| 0.0,
    complex: |z| Complex64::from(z.im),
    interval: |x| x * Interval::point(0.0),
    ball: |x, _| if x.is_bounded() { Ball::ZERO } else { Ball::UNBOUNDED },
    complex_ball: |z, _| ComplexBall::from(z.im().clone()),
};

/// The complex conjugate.
pub static CONJUGATE: Unary = Unary {
    float: |x| x,
    complex: Complex64::conjugate,
    interval: |x| x,
    ball: |x, _| x.clone(),
    complex_ball: |z, _| z.conjugate(),
};

/// The angle, in `-pi < angle <= pi`, 0 at zero.
pub static ARG: Unary = Unary {
    float: |x| if x < 0.0 { std::f64::consts::PI } else { x * 0.0 },
    complex: |z| Complex64::from(z.arg()),
    interval: |x| Interval::arctan2(x * Interval::point(0.0), x),
    ball: |x, precision| Ball::arctan2(&Ball::ZERO, x, precision),
    complex_ball: |z, precision| ComplexBall::from(z.arg(precision)),
};

/// The angle of the point `(x, y)`, as `arctan2(y, x)`.
pub static ARCTAN2: Binary = Binary {
    float: |y, x| pxfm::f_atan2(y + 0.0, x + 0.0),
    complex: |y, x| {
        if y.im == 0.0 && x.im == 0.0 { Complex64::from(pxfm::f_atan2(y.re + 0.0, x.re + 0.0)) } else { Complex64::NAN }
    },
    interval: Interval::arctan2,
    ball: Ball::arctan2,
    complex_ball: |y, x, precision| real_binary(y, x, |y, x| Ball::arctan2(y, x, precision)),
};

/// The greater of two reals.
pub static MAX: Binary = Binary {
    float: |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { a.max(b) },
    complex: |a, b| real_machine_binary(a, b, f64::max),
    interval: Interval::max,
    ball: Ball::max,
    complex_ball: |a, b, precision| real_binary(a, b, |a, b| a.max(b, precision)),
};

/// The lesser of two reals.
pub static MIN: Binary = Binary {
    float: |a, b| if a.is_nan() || b.is_nan() { f64::NAN } else { a.min(b) },
    complex: |a, b| real_machine_binary(a, b, f64::min),
    interval: Interval::min,
    ball: Ball::min,
    complex_ball: |a, b, precision| real_binary(a, b, |a, b| a.min(b, precision)),
};

/// The logarithm of the first argument to the base of the second.
pub static LOG_BASE: Binary = Binary {
    float: |x, base| real_log(x) / real_log(base),
    complex: |z, base| z.log() / base.log(),
    interval: |x, base| x.log() / base.log(),
    ball: Ball::log_base,
    complex_ball: ComplexBall::log_base,
};

pub use special::rounded;
pub use special::{
    AIRY_AI, AIRY_AI_PRIME, AIRY_BI, AIRY_BI_PRIME, BESSEL_I, BESSEL_J, BESSEL_K, BESSEL_Y, BETA, BINOMIAL,
    COS_INTEGRAL, COSH_INTEGRAL, DIGAMMA, DILOG, E1, EI, ELLIPTIC_E, ELLIPTIC_K, ERF, ERFC, ERFI, ERFINV, FACTORIAL,
    FRESNEL_COS, FRESNEL_SIN, GAMMA, HARMONIC_NUMBER, HURWITZ_ZETA, INCOMPLETE_ELLIPTIC_E, INCOMPLETE_ELLIPTIC_F,
    INCOMPLETE_GAMMA, LAMBERT_W, LI, LOG_GAMMA, LOWER_GAMMA, POLYGAMMA, POLYLOG, PRINCIPAL_LAMBERT_W, SIN_INTEGRAL,
    SINC, SINH_INTEGRAL, ZETA,
};
pub use step::{CEIL, FLOOR, FRAC, HEAVISIDE, ROUND, SIGN, TRUNC, UNIT_STEP};

/// A function of real balls on complex ones that are real, else unknown.
fn real_binary(a: &ComplexBall, b: &ComplexBall, function: impl Fn(&Ball, &Ball) -> Ball) -> ComplexBall {
    if a.is_real() && b.is_real() {
        return ComplexBall::from(function(a.re(), b.re()));
    }
    ComplexBall::UNBOUNDED
}

fn real_machine_binary(a: Complex64, b: Complex64, function: fn(f64, f64) -> f64) -> Complex64 {
    if a.im == 0.0 && b.im == 0.0 && !a.is_nan() && !b.is_nan() {
        return Complex64::from(function(a.re, b.re));
    }
    Complex64::NAN
}

#[cfg(test)]
mod tests;
