//! Numerical rules that are made of those of other functions.

use crate::number::{Ball, Binary, Complex64, ComplexBall, Interval, Unary, kernel};

/// Machine numbers are computed by balls of this precision.
const PRECISION: u32 = 96;

/// A rule for two arguments from those for balls and complex balls.
macro_rules! two {
    ($(#[$doc:meta])* $name:ident, $real:path, $complex:path) => {
        $(#[$doc])*
        pub(super) static $name: Binary = Binary {
            float: |x, y| {
                let value = $real(&Ball::from_f64(x), &Ball::from_f64(y), PRECISION);
                if value.is_bounded() { value.to_f64() } else { f64::NAN }
            },
            complex: |x, y| Complex64::from_ball(&$complex(&x.to_ball(), &y.to_ball(), PRECISION)),
            interval: |x, y| Interval::through_two_balls(x, y, |x, y| $real(x, y, PRECISION)),
            ball: $real,
            complex_ball: $complex,
        };
    };
}

two! { /// The generalised exponential integral, index first.
EXP_INTEGRAL_E, real_exp_integral, complex_exp_integral }
two! { /// The harmonic number of the first argument with the exponent given second.
HARMONIC, real_harmonic, complex_harmonic }
two! { /// The real root, its index second.
REAL_NTH_ROOT, real_root, complex_root }

/// The fractional part `x - floor(x)`, never negative.
pub(super) static FRAC: Unary = Unary {
    float: |x| x - x.floor(),
    complex: |z| if z.im == 0.0 { Complex64::from(z.re - z.re.floor()) } else { Complex64::NAN },
    interval: |x| (x - x.floor()).max(Interval::point(0.0)).min(Interval::point(1.0)),
    ball: real_frac,
    complex_ball: |z, precision| match z.is_real() {
        true => ComplexBall::from(real_frac(z.re(), precision)),
        false => ComplexBall::UNBOUNDED,
    },
};

fn real_frac(x: &Ball, precision: u32) -> Ball {
    let whole = (kernel::FLOOR.ball)(x, precision);
    match (whole.is_exact(), x.is_bounded()) {
        (true, _) => x.sub(&whole, precision),
        (false, true) => Ball::ZERO.union(&Ball::one(), precision),
        (false, false) => Ball::UNBOUNDED,
    }
}

/// `x^(n - 1)*gamma(1 - n, x)`.
fn real_exp_integral(n: &Ball, x: &Ball, precision: u32) -> Ball {
    let below = n.sub(&Ball::one(), precision);
    x.pow(&below, precision).mul(&Ball::incomplete_gamma(&below.neg(), x, precision), precision)
}

fn complex_exp_integral(n: &ComplexBall, x: &ComplexBall, precision: u32) -> ComplexBall {
    let below = n.sub(&ComplexBall::one(), precision);
    x.pow(&below, precision).mul(&ComplexBall::incomplete_gamma(&below.neg(), x, precision), precision)
}

/// `zeta(m) - hurwitz_zeta(m, x + 1)`.
fn real_harmonic(x: &Ball, m: &Ball, precision: u32) -> Ball {
    m.zeta(precision).sub(&m.hurwitz_zeta(&x.add(&Ball::one(), precision), precision), precision)
}

fn complex_harmonic(x: &ComplexBall, m: &ComplexBall, precision: u32) -> ComplexBall {
    m.zeta(precision).sub(&m.hurwitz_zeta(&x.add(&ComplexBall::one(), precision), precision), precision)
}

/// The root with an integer index; negative numbers have one for an odd index.
fn real_root(x: &Ball, n: &Ball, precision: u32) -> Ball {
    let Some(index) = n.unique_integer().filter(|index| n.is_exact() && !index.is_zero()) else {
        return Ball::UNBOUNDED;
    };
    let exponent = n.recip(precision);
    match x.sign() {
        Some(1) => x.pow(&exponent, precision),
        Some(-1) if index.is_odd() => x.neg().pow(&exponent, precision).neg(),
        Some(0) if !index.is_negative() => Ball::ZERO,
        None if index.is_odd() && !index.is_negative() && x.is_bounded() => {
            // The odd root increases: the greatest modulus bounds it on both sides.
            let size = x.abs().pow(&exponent, precision);
            size.union(&size.neg(), precision)
        }
        _ => Ball::UNBOUNDED,
    }
}

fn complex_root(x: &ComplexBall, n: &ComplexBall, precision: u32) -> ComplexBall {
    if x.is_real() && n.is_real() {
        return ComplexBall::from(real_root(x.re(), n.re(), precision));
    }
    ComplexBall::UNBOUNDED
}
