//! The linear differential equations of special functions.
//!
//! NIST Digital Library of Mathematical Functions: 9.2.1 (Airy), 7.2(iii) (Fresnel), 6.2 (exponential, sine and cosine
//! integrals), 7.2.1 (error), 10.6.2 and 10.29.2 (Bessel), 8.8.13 (incomplete gamma).

use super::Special;
use super::taylor::{System, Term};
use crate::number::kernel;
use crate::number::{Binary, Interval, Unary};

/// A function of one number with its system: what stands beside it in the row, and where it is real.
struct Rule {
    function: &'static Unary,
    system: fn() -> System,
    beside: fn(Interval) -> Vec<Interval>,
    from: f64,
    to: f64,
    is_integral: bool,
}

const INFINITE: f64 = f64::INFINITY;

fn number(value: f64) -> Interval {
    Interval::point(value)
}

/// Terms from row, column, power and factor.
fn system(divisor: [f64; 3], terms: &[(usize, usize, usize, Interval)]) -> System {
    let term = |&(row, column, power, factor): &(usize, usize, usize, Interval)| Term { row, column, power, factor };
    System { divisor, terms: terms.iter().map(term).collect() }
}

fn pi() -> Interval {
    Interval::new(std::f64::consts::PI, std::f64::consts::PI.next_up())
}

/// `y' = z, z' = x*y`.
fn airy() -> System {
    system([1.0, 0.0, 0.0], &[(0, 1, 0, number(1.0)), (1, 0, 1, number(1.0))])
}

/// The same for the derivative.
fn airy_prime() -> System {
    system([1.0, 0.0, 0.0], &[(0, 1, 1, number(1.0)), (1, 0, 0, number(1.0))])
}

/// The sine and the cosine of `pi*x^2/2`, of which one is integrated.
fn fresnel(column: usize) -> System {
    system([1.0, 0.0, 0.0], &[(0, column, 0, number(1.0)), (1, 2, 1, pi()), (2, 1, 1, -pi())])
}

fn fresnel_beside(x: Interval) -> Vec<Interval> {
    let angle = pi() * x.square() * number(0.5);
    vec![angle.sin(), angle.cos()]
}

/// One of a pair over `x` is integrated; the second's derivative is `turn` times the first.
fn integral(column: usize, turn: f64) -> System {
    system([0.0, 1.0, 0.0], &[(0, column, 0, number(1.0)), (1, 2, 1, number(1.0)), (2, 1, 1, number(turn))])
}

/// `sign*e^(sign*x)/x` is integrated.
fn exponential_integral(sign: f64) -> System {
    system([0.0, 1.0, 0.0], &[(0, 1, 0, number(1.0)), (1, 1, 1, number(sign))])
}

fn error() -> System {
    system([1.0, 0.0, 0.0], &[(0, 1, 0, number(1.0)), (1, 1, 1, number(2.0))])
}

/// A rule in a line.
macro_rules! rule {
    ($function:ident, $system:expr, |$x:ident| $beside:expr, $from:expr, $to:expr) => {
        rule!($function, $system, |$x| $beside, $from, $to, true)
    };
    ($function:ident, $system:expr, |$x:ident| $beside:expr, $from:expr, $to:expr, $is_integral:expr) => {
        Rule {
            function: &kernel::$function,
            system: || $system,
            beside: |$x| $beside,
            from: $from,
            to: $to,
            is_integral: $is_integral,
        }
    };
}

static RULES: [Rule; 13] = [
    rule!(AIRY_AI, airy(), |x| vec![through(&kernel::AIRY_AI_PRIME, x)], -INFINITE, INFINITE, false),
    rule!(AIRY_BI, airy(), |x| vec![through(&kernel::AIRY_BI_PRIME, x)], -INFINITE, INFINITE, false),
    rule!(AIRY_AI_PRIME, airy_prime(), |x| vec![through(&kernel::AIRY_AI, x)], -INFINITE, INFINITE, false),
    rule!(AIRY_BI_PRIME, airy_prime(), |x| vec![through(&kernel::AIRY_BI, x)], -INFINITE, INFINITE, false),
    rule!(FRESNEL_SIN, fresnel(1), |x| fresnel_beside(x), -INFINITE, INFINITE),
    rule!(FRESNEL_COS, fresnel(2), |x| fresnel_beside(x), -INFINITE, INFINITE),
    rule!(SIN_INTEGRAL, integral(1, -1.0), |x| vec![x.sin(), x.cos()], -INFINITE, INFINITE),
    rule!(COS_INTEGRAL, integral(2, -1.0), |x| vec![x.sin(), x.cos()], 0.0, INFINITE),
    rule!(SINH_INTEGRAL, integral(1, 1.0), |x| vec![x.sinh(), x.cosh()], -INFINITE, INFINITE),
    rule!(COSH_INTEGRAL, integral(2, 1.0), |x| vec![x.sinh(), x.cosh()], 0.0, INFINITE),
    rule!(EI, exponential_integral(1.0), |x| vec![x.exp()], -INFINITE, INFINITE),
    rule!(E1, exponential_integral(-1.0), |x| vec![-(-x).exp()], 0.0, INFINITE),
    rule!(ERFI, error(), |x| vec![x.square().exp() * number(2.0) / pi().sqrt()], -INFINITE, INFINITE),
];

/// The image of a number under a function that balls know.
fn through(function: &'static Unary, x: Interval) -> Interval {
    Special::One(function).ball(x.low()).to_interval()
}

/// `C' = s*D - v*C/x` and `D' = t*C + (v - 1)*D/x`, with the function of the order `v - 1` beside the one of `v`.
const BESSEL: [(&Binary, f64, f64); 4] = [
    (&kernel::BESSEL_J, 1.0, -1.0),
    (&kernel::BESSEL_Y, 1.0, -1.0),
    (&kernel::BESSEL_I, 1.0, 1.0),
    (&kernel::BESSEL_K, -1.0, -1.0),
];

/// What the stretches of a function are expanded by.
pub(super) struct Law {
    /// The equations.
    pub system: System,
    /// Where the function is real.
    pub within: (f64, f64),
    /// Whether what stands beside the function is known by itself, so that the function is an integral of that.
    pub is_integral: bool,
}

/// The system of a function, if it has one.
pub(super) fn law(function: Special) -> Option<Law> {
    match function {
        Special::One(unary) => {
            let rule = RULES.iter().find(|rule| std::ptr::eq(rule.function, unary))?;
            Some(Law { system: (rule.system)(), within: (rule.from, rule.to), is_integral: rule.is_integral })
        }
        Special::Fixed(binary, fixed) => {
            let order = fixed.near;
            let whole = order.is_point() && order.low().fract() == 0.0;
            if let Some((_, down, up)) = BESSEL.iter().find(|entry| std::ptr::eq(entry.0, binary)) {
                let first = [(0, 0, 0, -order), (0, 1, 1, number(*down))];
                let second = [(1, 1, 0, order - number(1.0)), (1, 0, 1, number(*up))];
                let terms = [first, second].concat();
                let everywhere =
                    whole && (std::ptr::eq(binary, &kernel::BESSEL_J) || std::ptr::eq(binary, &kernel::BESSEL_I));
                let from = if everywhere { -INFINITE } else { 0.0 };
                return Some(Law {
                    system: system([0.0, 1.0, 0.0], &terms),
                    within: (from, INFINITE),
                    is_integral: false,
                });
            }
            let sign = gamma_sign(binary)?;
            let terms = [(0, 1, 1, number(sign)), (1, 1, 0, order - number(1.0)), (1, 1, 1, number(-1.0))];
            let from = if whole && order.low() >= 1.0 { -INFINITE } else { 0.0 };
            Some(Law { system: system([0.0, 1.0, 0.0], &terms), within: (from, INFINITE), is_integral: true })
        }
    }
}

/// The sign of the slope of the incomplete gamma functions.
fn gamma_sign(binary: &'static Binary) -> Option<f64> {
    let upper = std::ptr::eq(binary, &kernel::INCOMPLETE_GAMMA).then_some(-1.0);
    upper.or_else(|| std::ptr::eq(binary, &kernel::LOWER_GAMMA).then_some(1.0))
}

/// The functions beside one in its row, at a place.
pub(super) fn beside(function: Special, place: f64) -> Vec<Interval> {
    let x = number(place);
    match function {
        Special::One(unary) => {
            let rule = RULES.iter().find(|rule| std::ptr::eq(rule.function, unary));
            rule.map_or_else(Vec::new, |rule| (rule.beside)(x))
        }
        Special::Fixed(binary, order) => {
            let below = order.less_one();
            vec![match gamma_sign(binary) {
                Some(_) if x.is_positive() => (below.near * x.log() - x).exp(),
                Some(_) => x.powi(below.near.low() as i64) * (-x).exp(),
                None => Special::Fixed(binary, below).ball(place).to_interval(),
            }]
        }
    }
}
