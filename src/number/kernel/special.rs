//! Special functions in every arithmetic. Machine numbers and intervals go through balls where `pxfm` has no function.

use crate::number::{Ball, Binary, Complex64, ComplexBall, Interval, Unary};

/// Bits that make the rounded machine number right but for rare ties.
const PRECISION: u32 = 72;
/// Right bits that a machine number needs.
const ENOUGH: i64 = 56;

/// A function of a machine number through a ball; NaN where the value is not real or not known to a few digits.
fn float(function: fn(&Ball, u32) -> Ball, x: f64) -> f64 {
    let at = Ball::from_f64(x);
    rounded(|precision| function(&at, precision))
}

/// The machine number at a value, computed with more bits where leading ones cancel; NaN where it is not known to a few
/// digits.
pub fn rounded(value: impl Fn(u32) -> Ball) -> f64 {
    let mut ball = value(PRECISION);
    for doublings in 1..=2 {
        if ball.accuracy_bits() >= ENOUGH {
            break;
        }
        ball = value(PRECISION << doublings);
    }
    if ball.is_bounded() && ball.radius_f64() <= 1e-9 * ball.to_f64().abs().max(1e-3) {
        ball.to_f64()
    } else {
        f64::NAN
    }
}

/// The image of an interval as a ball; without a bound, nothing is known of the function there.
fn enclosure(function: fn(&Ball, u32) -> Ball, x: Interval) -> Interval {
    x.through_ball(|ball| function(ball, PRECISION))
}

/// The image under a function that is monotone on a stretch from `low` to `high`, elsewhere the ball's.
fn monotone(function: fn(&Ball, u32) -> Ball, stretches: &[(f64, f64)], x: Interval) -> Interval {
    let inside = stretches.iter().any(|(low, high)| *low <= x.low() && x.high() <= *high);
    if !inside || !x.is_bounded() {
        return enclosure(function, x);
    }
    let end = |at: f64| enclosure(function, Interval::point(at));
    x.with_bounds_of(end(x.low()).hull(end(x.high())))
}

/// A record of a function that is known on balls and complex balls; the stretches are where it is monotone.
macro_rules! special {
    ($(#[$doc:meta])* $name:ident, $method:ident, [$($stretch:expr),*]) => {
        special! { $(#[$doc])* $name, $method, [$($stretch),*], |x| float(Ball::$method, x) }
    };
    ($(#[$doc:meta])* $name:ident, $method:ident, [$($stretch:expr),*], real from $low:expr, to $high:expr) => {
        special! { REAL $(#[$doc])* $name, $method, [$($stretch),*], |x| float(Ball::$method, x), |x| x.restrict($low, $high) }
    };
    ($(#[$doc:meta])* $name:ident, $method:ident, [$($stretch:expr),*], $float:expr) => {
        special! { REAL $(#[$doc])* $name, $method, [$($stretch),*], $float, |x| x }
    };
    (REAL $(#[$doc:meta])* $name:ident, $method:ident, [$($stretch:expr),*], $float:expr, |$x:ident| $part:expr) => {
        $(#[$doc])*
        pub static $name: Unary = Unary {
            float: $float,
            complex: |z| z.through_ball(ComplexBall::$method),
            interval: |$x| monotone(Ball::$method, &[$($stretch),*], $part),
            ball: Ball::$method,
            complex_ball: ComplexBall::$method,
        };
    };
}

const INFINITE: f64 = f64::INFINITY;

special! { /// The gamma function.
GAMMA, gamma, [(1.4617, INFINITE), (1e-300, 1.4616)] }
special! { /// The factorial `gamma(x + 1)`.
FACTORIAL, factorial, [(0.4617, INFINITE), (-0.9999, 0.4616)] }
special! { /// The logarithm of gamma.
LOG_GAMMA, log_gamma, [(1.4617, INFINITE), (1e-300, 1.4616)], real from 0.0, to INFINITE }
special! { /// The digamma function.
DIGAMMA, digamma, [(1e-300, INFINITE)] }
special! { /// The harmonic number of a real argument.
HARMONIC_NUMBER, harmonic_number, [(-0.9999, INFINITE)] }
special! { /// The imaginary error function.
ERFI, erfi, [(-INFINITE, INFINITE)] }
special! { /// The inverse of the error function.
ERFINV, erfinv, [(-0.999_999_999, 0.999_999_999)], real from -1.0, to 1.0 }
special! { /// Fresnel's sine integral.
FRESNEL_SIN_BY_BALLS, fresnel_sin, [(-1.4, 1.4)] }
special! { /// Fresnel's cosine integral.
FRESNEL_COS_BY_BALLS, fresnel_cos, [(-0.99, 0.99)] }
special! { /// The Riemann zeta function.
ZETA, zeta, [(1.000_000_1, INFINITE), (-2.7, 0.999_999_9)] }
special! { /// The exponential integral Ei.
EI, exp_integral_ei, [(1e-300, INFINITE), (-INFINITE, -1e-300)] }
special! { /// The exponential integral E1.
E1, exp_integral_e1, [(1e-300, INFINITE)], real from 0.0, to INFINITE }
special! { /// The logarithmic integral.
LI, log_integral, [(1.000_000_1, INFINITE), (1e-300, 0.999_999_9)], real from 0.0, to INFINITE }
special! { /// The sine integral.
SIN_INTEGRAL_BY_BALLS, sin_integral, [(-3.0, 3.0)] }
special! { /// The cosine integral.
COS_INTEGRAL, cos_integral, [(1e-300, 1.5)], real from 0.0, to INFINITE }
special! { /// The hyperbolic sine integral.
SINH_INTEGRAL, sinh_integral, [(-INFINITE, INFINITE)] }
special! { /// The hyperbolic cosine integral.
COSH_INTEGRAL, cosh_integral, [(1e-300, INFINITE)], real from 0.0, to INFINITE }

special! { /// Airy's function that falls on the positive axis.
AIRY_AI_BY_BALLS, airy_ai, [(-1.018, INFINITE)] }
special! { /// Airy's function that grows on the positive axis.
AIRY_BI_BY_BALLS, airy_bi, [(-2.29, INFINITE)] }
special! { /// The derivative of Airy's first function.
AIRY_AI_PRIME_BY_BALLS, airy_ai_prime, [(0.0, INFINITE)] }
special! { /// The derivative of Airy's second function.
AIRY_BI_PRIME_BY_BALLS, airy_bi_prime, [(0.0, INFINITE)] }
special! { /// The complete elliptic integral of the first kind.
ELLIPTIC_K, elliptic_k, [(-INFINITE, 0.999_999_9)], real from -INFINITE, to 1.0 }
special! { /// The complete elliptic integral of the second kind.
ELLIPTIC_E, elliptic_e, [(-INFINITE, 1.0)], real from -INFINITE, to 1.0 }
special! { /// The sine over its argument.
SINC, sinc, [(-4.49, 0.0), (0.0, 4.49)], |x| if x == 0.0 { 1.0 } else { pxfm::f_sin(x) / x } }

/// The values of a function whose slope is nowhere on `x` steeper than a bound: near the one in the middle. Over wide
/// intervals that is sharper than a power series. `image` encloses the function on an interval; an infinite bound says
/// nothing.
fn gentle(image: impl Fn(Interval) -> Interval, steepest: f64, x: Interval) -> Interval {
    let wide = image(x);
    if !x.is_bounded() || x.is_empty() || x.low() == x.high() || !steepest.is_finite() {
        return wide;
    }
    let middle = Interval::point(x.midpoint());
    let away = ((x - middle).abs() * Interval::point(steepest)).high();
    let near = image(middle) + Interval::new(-away, away);
    wide.with_bounds_of(near.intersect(Interval::new(wide.low(), wide.high())))
}

/// A record with sharper enclosures: the slope on `x` is at most `$steepest`.
macro_rules! gentle {
    ($(#[$doc:meta])* $name:ident, $by_balls:ident, |$x:ident| $steepest:expr) => {
        $(#[$doc])*
        pub static $name: Unary = Unary { interval: |$x| gentle($by_balls.interval, $steepest, $x), ..$by_balls };
    };
}

/// For `y'' = x*y` the sum `y^2 - y'^2/x` falls to the left of zero: from -1 on, `|y|` is below the root of its value there,
/// which is 0.5357 for Ai and 0.6015 for Bi, and `|y'|` below `sqrt(-x)` times that. Nearer to zero they are smaller.
fn airy_bound(at_one: f64, x: Interval, power: fn(f64) -> f64) -> f64 {
    at_one * power((-x.low()).max(1.0))
}

gentle! { /// Fresnel's sine integral.
FRESNEL_SIN, FRESNEL_SIN_BY_BALLS, |x| 1.0 }
gentle! { /// Fresnel's cosine integral.
FRESNEL_COS, FRESNEL_COS_BY_BALLS, |x| 1.0 }
gentle! { /// The sine integral.
SIN_INTEGRAL, SIN_INTEGRAL_BY_BALLS, |x| 1.0 }
gentle! { /// Airy's function that falls on the positive axis.
AIRY_AI, AIRY_AI_BY_BALLS, |x| airy_bound(0.54, x, f64::sqrt) }
gentle! { /// Airy's function that grows on the positive axis.
AIRY_BI, AIRY_BI_BY_BALLS, |x| if x.high() <= 0.0 { airy_bound(0.62, x, f64::sqrt) } else { INFINITE } }
gentle! { /// The derivative of Airy's first function.
AIRY_AI_PRIME, AIRY_AI_PRIME_BY_BALLS, |x| airy_bound(0.54, x, |t| t) }
gentle! { /// The derivative of Airy's second function.
AIRY_BI_PRIME, AIRY_BI_PRIME_BY_BALLS, |x| if x.high() <= 0.0 { airy_bound(0.62, x, |t| t) } else { INFINITE } }

/// The error function.
pub static ERF: Unary = Unary {
    float: pxfm::f_erf,
    complex: |z| z.through_ball(ComplexBall::erf),
    interval: Interval::erf,
    ball: Ball::erf,
    complex_ball: ComplexBall::erf,
};

/// The complementary error function.
pub static ERFC: Unary = Unary {
    float: pxfm::f_erfc,
    complex: |z| z.through_ball(ComplexBall::erfc),
    interval: Interval::erfc,
    ball: Ball::erfc,
    complex_ball: ComplexBall::erfc,
};

/// A record of a function of two variables that is known on balls and complex balls.
macro_rules! special_two {
    ($(#[$doc:meta])* $name:ident, |$a:ident, $b:ident, $precision:ident| $real:expr, $complex:expr) => {
        special_two! { $(#[$doc])* $name, |$a, $b, $precision| $real, $complex, real on |_first, last| last }
    };
    ($(#[$doc:meta])* $name:ident, |$a:ident, $b:ident, $precision:ident| $real:expr, $complex:expr,
        real on |$first:ident, $last:ident| $part:expr) => {
        $(#[$doc])*
        pub static $name: Binary = Binary {
            float: |x, y| {
                let ($a, $b) = (&Ball::from_f64(x), &Ball::from_f64(y));
                rounded(|$precision| $real)
            },
            complex: |z, w| {
                let $b = &w.to_ball();
                z.through_ball(|$a, $precision| $complex)
            },
            interval: |$first, $last| {
                Interval::through_two_balls($first, $part, |$a, $b| {
                    let $precision = PRECISION;
                    $real
                })
            },
            ball: |$a, $b, $precision| $real,
            complex_ball: |$a, $b, $precision| $complex,
        };
    };
}

special_two! { /// The beta function.
BETA, |a, b, precision| a.beta(b, precision), a.beta(b, precision) }
special_two! { /// The Hurwitz zeta function, exponent first.
HURWITZ_ZETA, |s, a, precision| s.hurwitz_zeta(a, precision), s.hurwitz_zeta(a, precision) }
special_two! { /// The polygamma function, order first; the order is a natural number.
POLYGAMMA,
|order, x, precision| natural(order).map_or(Ball::UNBOUNDED, |order| x.polygamma(order, precision)),
complex_natural(order).map_or(ComplexBall::UNBOUNDED, |order| x.polygamma(order, precision)) }

special_two! { /// The elliptic integral of the first kind, of an angle and the parameter.
INCOMPLETE_ELLIPTIC_F, |phi, m, precision| Ball::incomplete_elliptic_f(phi, m, precision),
ComplexBall::incomplete_elliptic_f(phi, m, precision) }
special_two! { /// The elliptic integral of the second kind, of an angle and the parameter.
INCOMPLETE_ELLIPTIC_E, |phi, m, precision| Ball::incomplete_elliptic_e(phi, m, precision),
ComplexBall::incomplete_elliptic_e(phi, m, precision) }
special_two! { /// The binomial coefficient.
BINOMIAL, |n, k, precision| n.binomial(k, precision), n.binomial(k, precision) }

special_two! { BESSEL_J_BY_BALLS, |n, x, precision| Ball::bessel_j(n, x, precision), ComplexBall::bessel_j(n, x, precision),
real on |order, x| if holds_whole(order) { x } else { x.restrict(0.0, INFINITE) } }

/// Whether an order is a whole number.
fn is_whole(order: Interval) -> bool {
    order.low() == order.high() && order.low().fract() == 0.0
}

/// Whether a whole number is among the orders: there a function is real that elsewhere is not.
fn holds_whole(order: Interval) -> bool {
    order.low().ceil() <= order.high()
}

/// The Bessel function of the first kind, order first.
pub static BESSEL_J: Binary = Binary { interval: bessel_j, ..BESSEL_J_BY_BALLS };

/// For whole orders neither the function nor its slope leaves -1 ..= 1 (DLMF 10.14.1, 10.6.1), which is sharper over
/// wide intervals than the power series.
fn bessel_j(order: Interval, x: Interval) -> Interval {
    if !is_whole(order) || !x.is_bounded() || x.is_empty() || x.low() == x.high() {
        return (BESSEL_J_BY_BALLS.interval)(order, x);
    }
    let near = gentle(|x| (BESSEL_J_BY_BALLS.interval)(order, x), 1.0, x);
    near.with_bounds_of(near.intersect(Interval::new(-1.0, 1.0)))
}
special_two! { /// The Bessel function of the second kind, order first.
BESSEL_Y, |n, x, precision| Ball::bessel_y(n, x, precision), ComplexBall::bessel_y(n, x, precision),
real on |_order, x| x.restrict(0.0, INFINITE) }
special_two! { /// The modified Bessel function of the first kind, order first.
BESSEL_I, |n, x, precision| Ball::bessel_i(n, x, precision), ComplexBall::bessel_i(n, x, precision),
real on |order, x| if holds_whole(order) { x } else { x.restrict(0.0, INFINITE) } }
special_two! { /// The modified Bessel function of the second kind, order first.
BESSEL_K, |n, x, precision| Ball::bessel_k(n, x, precision), ComplexBall::bessel_k(n, x, precision),
real on |_order, x| x.restrict(0.0, INFINITE) }
special_two! { /// The upper incomplete gamma function, order first.
INCOMPLETE_GAMMA, |a, x, precision| Ball::incomplete_gamma(a, x, precision),
ComplexBall::incomplete_gamma(a, x, precision),
real on |a, x| if holds_whole(a) && a.high() >= 1.0 { x } else { x.restrict(0.0, INFINITE) } }
special_two! { /// The lower incomplete gamma function, order first.
LOWER_GAMMA, |a, x, precision| a.gamma(precision).sub(&Ball::incomplete_gamma(a, x, precision), precision),
a.gamma(precision).sub(&ComplexBall::incomplete_gamma(a, x, precision), precision),
real on |a, x| if holds_whole(a) && a.high() >= 1.0 { x } else { x.restrict(0.0, INFINITE) } }
special_two! { /// The polylogarithm, order first.
POLYLOG, |n, x, precision| Ball::polylog(n, x, precision), ComplexBall::polylog(n, x, precision),
real on |order, x| if holds_whole(order) && order.low() <= 0.0 { x } else { x.restrict(-INFINITE, 1.0) } }
/// Left of this Lambert's W is not real: -1/e, rounded down.
const BRANCH_POINT: f64 = -0.367_879_441_171_442_4;

special_two! { /// Lambert's W, branch first.
LAMBERT_W,
|branch, x, precision| branch.unique_integer().and_then(|branch| branch.to_i64())
    .map_or(Ball::UNBOUNDED, |branch| x.lambert_w(branch, precision)),
branch.re().unique_integer().filter(|_| branch.is_real()).and_then(|branch| branch.to_i64())
    .map_or(ComplexBall::UNBOUNDED, |branch| x.lambert_w(branch, precision)),
real on |branch, x| x.restrict(BRANCH_POINT, if branch.high() < 0.0 { 0.0 } else { INFINITE }) }

/// The principal branch of Lambert's W.
pub static PRINCIPAL_LAMBERT_W: Unary = Unary {
    float: |x| (LAMBERT_W.float)(0.0, x),
    complex: |z| (LAMBERT_W.complex)(Complex64::from(0.0), z),
    interval: |x| (LAMBERT_W.interval)(Interval::point(0.0), x),
    ball: |x, precision| (LAMBERT_W.ball)(&Ball::ZERO, x, precision),
    complex_ball: |z, precision| (LAMBERT_W.complex_ball)(&ComplexBall::from(Ball::ZERO), z, precision),
};

special! { /// The dilogarithm.
DILOG, dilog, [(-INFINITE, 0.999_999_9)], real from -INFINITE, to 1.0 }

/// The natural number that a ball is exactly.
fn natural(ball: &Ball) -> Option<u32> {
    if !ball.is_exact() {
        return None;
    }
    ball.unique_integer().and_then(|whole| whole.to_u32())
}

fn complex_natural(ball: &ComplexBall) -> Option<u32> {
    if ball.is_real() { natural(ball.re()) } else { None }
}
