//! Special functions that intervals of machine numbers know directly, a few operations each.
//!
//! The gamma function and its logarithmic derivative come from Stirling's series far out, whose remainder for positive
//! arguments is less than the first term left out (DLMF 5.11(ii)), and from there by the recurrence. Between its poles
//! the digamma function grows, and the logarithm of the gamma function's modulus is convex (DLMF 5.9.16, 5.15).

use super::Special;
use crate::number::kernel;
use crate::number::{Binary, Interval, Unary};

/// From here on Stirling's series is used.
const FAR: f64 = 12.0;
/// Left of this the reflection is used.
const LEFT: f64 = -12.0;
/// Arguments farther away than this are left to balls.
const FARTHEST: f64 = 1e15;
/// Bessel's functions of higher orders are left to their equation.
const HIGHEST_ORDER: f64 = 20.0;
/// Digamma's zero on the positive axis lies between these.
const TURN: (f64, f64) = (1.461_632_144_968, 1.461_632_144_969);

fn number(value: f64) -> Interval {
    Interval::point(value)
}

/// A quotient of whole numbers.
fn ratio(numerator: i64, denominator: i64) -> Interval {
    number(numerator as f64) / number(denominator as f64)
}

/// The sum of `c_k*t^k`, with what is left out at most `rest*t^n`.
fn series(coefficients: &[(i64, i64)], rest: f64, t: Interval) -> Interval {
    coefficients.iter().rev().fold(Interval::new(-rest, rest), |sum, (a, b)| sum * t + ratio(*a, *b))
}

/// `B(2k)/(2k(2k-1))` and `B(2k)/(2k)`.
const STIRLING: [(i64, i64); 8] =
    [(1, 12), (-1, 360), (1, 1260), (-1, 1680), (1, 1188), (-691, 360_360), (1, 156), (-3617, 122_400)];
const DIGAMMA: [(i64, i64); 8] =
    [(1, 12), (-1, 120), (1, 252), (-1, 240), (1, 132), (-691, 32_760), (1, 12), (-3617, 8160)];

/// `log(gamma(z))` far out.
fn stirling(z: Interval) -> Interval {
    const HALF_LOG_TAU: (f64, f64) = (0.918_938_533_204_672_7, 0.918_938_533_204_672_8);
    let inverse = z.recip();
    let tail = series(&STIRLING, 0.18, inverse.square()) * inverse;
    (z - number(0.5)) * z.log() - z + Interval::new(HALF_LOG_TAU.0, HALF_LOG_TAU.1) + tail
}

/// How many steps lead from a number up to where Stirling's series is used.
fn steps(x: f64) -> u32 {
    (FAR - x).ceil().max(0.0) as u32
}

/// `pi` times the distance from the nearest whole number, for an argument of circular functions but for their sign.
fn turned(x: f64) -> Interval {
    pi() * number(x - x.round())
}

fn gamma_at(x: f64) -> Interval {
    if x < LEFT {
        let sign = number(if x.round() % 2.0 == 0.0 { 1.0 } else { -1.0 });
        return sign * pi() * (-stirling(number(1.0) - number(x))).exp() / turned(x).sin();
    }
    let (x, count) = (number(x), steps(x));
    let product = (0..count).fold(number(1.0), |product, k| product * (x + number(f64::from(k))));
    stirling(x + number(f64::from(count))).exp() / product
}

fn log_gamma_at(x: f64) -> Interval {
    let (x, count) = (number(x), steps(x));
    let product = (0..count).fold(number(1.0), |product, k| product * (x + number(f64::from(k))));
    stirling(x + number(f64::from(count))) - product.log()
}

fn digamma_at(x: f64) -> Interval {
    if x < LEFT {
        let (sine, cosine) = (turned(x).sin(), turned(x).cos());
        let mirrored = number(1.0) - number(x);
        return digamma_at(mirrored.low()).hull(digamma_at(mirrored.high())) - pi() * cosine / sine;
    }
    let (x, count) = (number(x), steps(x));
    let z = x + number(f64::from(count));
    let square = z.square().recip();
    let far = z.log() - (number(2.0) * z).recip() - series(&DIGAMMA, 3.1, square) * square;
    (0..count).fold(far, |sum, k| sum - (x + number(f64::from(k))).recip())
}

/// What an interval looks like to the gamma function.
enum Place {
    /// There is a pole.
    Pole,
    /// It lies out of reach.
    Beyond,
    /// Digamma is positive on all of it, or negative, or changes its sign maybe.
    Between { turns: bool },
}

fn place(x: Interval) -> Place {
    let (low, high) = (x.low(), x.high());
    if x.is_empty() || !x.is_bounded() || low < -FARTHEST || high > FARTHEST {
        return Place::Beyond;
    }
    if low <= 0.0 && low.ceil() <= high {
        return Place::Pole;
    }
    let known = low >= TURN.1 || (low > 0.0 && high <= TURN.0) || low == high;
    Place::Between { turns: !known && !digamma_at(low).is_positive() && !digamma_at(high).is_negative() }
}

/// Nothing is known beside a pole.
fn pole(x: Interval) -> Interval {
    x.through_ball(|_| crate::number::Ball::UNBOUNDED)
}

/// The hull of the values at both ends.
fn by_ends(at: fn(f64) -> Interval, x: Interval) -> Interval {
    let first = at(x.low());
    x.with_bounds_of(if x.is_point() { first } else { first.hull(at(x.high())) })
}

/// How far the logarithm of the modulus may fall below the value in the middle.
fn dip(x: Interval) -> (f64, Interval) {
    let middle = x.midpoint();
    (middle, digamma_at(middle).abs() * number(0.500_001 * x.width()))
}

fn gamma(x: Interval) -> Option<Interval> {
    let turns = match place(x) {
        Place::Pole => return Some(pole(x)),
        Place::Beyond => return None,
        Place::Between { turns } => turns,
    };
    let ends = by_ends(gamma_at, x);
    if !turns {
        return Some(ends);
    }
    let (middle, dip) = dip(x);
    Some(ends.hull(gamma_at(middle) * (-dip).exp()))
}

fn log_gamma(x: Interval) -> Option<Interval> {
    /// Below its least value.
    const LEAST_VALUE: f64 = -0.121_487;
    if x.low() <= 0.0 {
        let falls = x.high() > 0.0 && x.high() <= TURN.0;
        let least = if falls { log_gamma_at(x.high()).low() } else { LEAST_VALUE };
        let above = pole(x).intersect(Interval::new(least, f64::INFINITY));
        return Some(if x.high() <= 0.0 { x.restrict(f64::MIN_POSITIVE, 1.0) } else { above });
    }
    match place(x) {
        Place::Between { turns } => {
            let ends = by_ends(log_gamma_at, x);
            let (middle, dip) = dip(x);
            Some(if turns { ends.hull(log_gamma_at(middle) - dip) } else { ends })
        }
        _ => None,
    }
}

fn digamma(x: Interval) -> Option<Interval> {
    match place(x) {
        Place::Pole => Some(pole(x)),
        Place::Beyond => None,
        Place::Between { .. } => Some(by_ends(digamma_at, x)),
    }
}

fn harmonic_number(x: Interval) -> Option<Interval> {
    const EULER: (f64, f64) = (0.577_215_664_901_532_8, 0.577_215_664_901_533);
    Some(digamma(x + number(1.0))? + Interval::new(EULER.0, EULER.1))
}

/// The beta function of positive numbers, which falls in both.
fn beta(a: Interval, b: Interval) -> Option<Interval> {
    const LARGEST: f64 = 80.0;
    let reach = |x: Interval| x.is_positive() && x.high() <= LARGEST;
    if !reach(a) || !reach(b) {
        return None;
    }
    let corner = |a: f64, b: f64| Some(gamma_at(a) * gamma_at(b) / gamma(number(a) + number(b))?);
    let (least, greatest) = (corner(a.high(), b.high())?, corner(a.low(), b.low())?);
    Some((a + b).with_bounds_of(least.hull(greatest)))
}

/// `B(2k)/(2k)!`.
const EULER_MACLAURIN: [(i64, i64); 8] = [
    (1, 12),
    (-1, 720),
    (1, 30_240),
    (-1, 1_209_600),
    (1, 47_900_160),
    (-691, 1_307_674_368_000),
    (1, 74_724_249_600),
    (-3617, 10_670_622_842_880_000),
];

/// The Riemann zeta function by the formula of Euler and Maclaurin (DLMF 25.2.9), whose remainder for real `s` is at most
/// the first term left out; left by the reflection.
fn zeta_at(s: f64) -> Interval {
    const LAST: i32 = 10;
    let own = number(s);
    if s < -0.5 {
        return mirrored(own);
    }
    if s > ZETA_REACH {
        return Interval::new(1.0, 1.0_f64.next_up());
    }
    let power = |base: f64| (-own * number(base).log()).exp();
    let (two, three, five, seven) = (power(2.0), power(3.0), power(5.0), power(7.0));
    let four = two.square();
    let sum = number(1.0) + two + three + four + five + two * three + seven + two * four + three.square();
    let last = two * five;
    sum + powers_from(number(f64::from(LAST)), own, last)
}

/// The sum of `(far + k)^-s` over all `k` from 0, with the first of these powers.
fn powers_from(far: Interval, s: Interval, first: Interval) -> Interval {
    let mut total = first * far / (s - number(1.0)) + first * number(0.5);
    // The k-th term: (s)(s+1)...(s+2k-2) * far^(-s-2k+1).
    let mut rising = first * s / far;
    for (k, (a, b)) in EULER_MACLAURIN.iter().enumerate() {
        total = total + rising * ratio(*a, *b);
        let index = (2 * k + 1) as f64;
        rising = rising * (s + number(index)) * (s + number(index + 1.0)) / far.square();
    }
    // 43867/5109094217170944000
    total + rising * Interval::new(-8.6e-15, 8.6e-15)
}

/// The polygamma functions of low orders: sums of powers, each of which rises or falls between poles (DLMF 5.15.1).
fn polygamma(order: Interval, x: Interval) -> Option<Interval> {
    const HIGHEST: f64 = 8.0;
    const LEFTMOST: f64 = -60.0;
    let n = order.low();
    if !order.is_point() || n.fract() != 0.0 || !(1.0..=HIGHEST).contains(&n) || x.is_empty() || x.low() < LEFTMOST {
        return None;
    }
    if x.low() <= 0.0 && x.low().ceil() <= x.high() {
        return Some(pole(x));
    }
    let power = |base: Interval| base.powi(-(n as i64) - 1);
    let count = steps(x.low());
    let near = (0..count).fold(number(0.0), |sum, k| sum + power(x + number(f64::from(k))));
    let far = x + number(f64::from(count));
    let sum = near + powers_from(far, number(n + 1.0), power(far));
    let factor = (1..=n as u32).fold(-1.0, |factor, k| -factor * f64::from(k));
    // (-1)^(n + 1)*n!
    Some(x.with_bounds_of(number(factor) * sum))
}

fn pi() -> Interval {
    Interval::new(std::f64::consts::PI, std::f64::consts::PI.next_up())
}

/// `2*(2*pi)^-t*gamma(t)*zeta(t)`, the size of zeta's waves at `1 - t`.
fn wave_at(t: f64) -> Interval {
    let tau = number(2.0) * pi();
    number(2.0) * (log_gamma_at(t) - number(t) * tau.log()).exp() * zeta_at(t)
}

/// Zeta left of -1/2 by its reflection (DLMF 25.4.1). The logarithm of the waves' size is convex as those of gamma and of
/// zeta are; its slope is at most 0.0034 where it turns.
fn mirrored(s: Interval) -> Interval {
    const TURN: (f64, f64) = (6.8, 6.83);
    let t = number(1.0) - s;
    let mut size = by_ends(wave_at, t);
    let (from, to) = (t.low().max(TURN.0), t.high().min(TURN.1));
    if from < to && !s.is_point() {
        size = size.hull(wave_at(from) * number(1.0 - 0.004 * (to - from)));
    }
    size * (pi() * s * number(0.5)).sin()
}

/// From here on zeta is 1 to all digits of a machine number.
const ZETA_REACH: f64 = 60.0;

fn zeta(s: Interval) -> Interval {
    /// From here on it falls up to its pole at 1.
    const FALLS: f64 = -2.7;
    let (low, high) = (s.low(), s.high());
    match () {
        () if s.contains(1.0) => pole(s),
        () if low > 1.0 || FALLS <= low || low == high => by_ends(zeta_at, s),
        () if high <= FALLS => mirrored(s),
        () => s.with_bounds_of(mirrored(Interval::new(low, FALLS)).hull(by_ends(zeta_at, Interval::new(FALLS, high)))),
    }
}

/// Lambert's function on its main branch, which grows, by Halley's steps and a check of both bounds.
fn lambert(x: Interval) -> Option<Interval> {
    /// The first machine number above -1/e, where the branch begins.
    const FROM: f64 = -0.367_879_441_171_442_3;
    let inside = x.restrict(FROM, 1e300);
    if x.high() > 1e300 || inside.is_empty() {
        return inside.is_empty().then_some(inside);
    }
    let last = lambert_at(x.high())?;
    let first = match () {
        () if x.low() < FROM => Interval::point(-1.0),
        () if x.is_point() => last,
        () => lambert_at(x.low())?,
    };
    Some(inside.with_bounds_of(first.hull(last)))
}

fn lambert_at(x: f64) -> Option<Interval> {
    if x == 0.0 {
        return Some(number(0.0));
    }
    let mut w = match x {
        _ if x < 0.5 => (2.0 * (std::f64::consts::E * x + 1.0).max(0.0)).sqrt() - 1.0,
        _ if x < 3.0 => pxfm::f_log1p(x) * 0.75,
        _ => pxfm::f_log(x) - pxfm::f_log(pxfm::f_log(x)),
    };
    for _ in 0..8 {
        let power = pxfm::f_exp(w);
        let miss = w * power - x;
        let below = power * (w + 1.0) - 0.5 * (w + 2.0) * miss / (w + 1.0);
        let next = if below == 0.0 || !below.is_finite() { w } else { (w - miss / below).max(-1.0) };
        let done = (next - w).abs() <= 1e-15 * w.abs();
        w = next;
        if done {
            break;
        }
    }
    let value = |w: f64| number(w) * number(w).exp();
    let found = around(w, |low| low <= -1.0 || value(low).high() <= x, |high| value(high).low() >= x)?;
    Some(Interval::new(found.low().max(-1.0), found.high()))
}

/// An interval around a solution, from a machine number near it, with tests that a number lies below and above.
fn around(near: f64, is_below: impl Fn(f64) -> bool, is_above: impl Fn(f64) -> bool) -> Option<Interval> {
    let mut away = 4.0 * f64::EPSILON * near.abs() + f64::MIN_POSITIVE;
    while away <= 1e-6 {
        let (low, high) = (near - away, near + away);
        if is_below(low) && is_above(high) {
            return Some(Interval::new(low, high));
        }
        away *= 4.0;
    }
    None
}

/// The inverse of the error function between -1 and 1, by Halley's steps and a check of both bounds.
fn erfinv_at(x: f64) -> Option<Interval> {
    /// Winitzki's approximation (2008).
    const A: f64 = 0.147;
    if x <= 0.0 {
        return if x == 0.0 { Some(number(0.0)) } else { erfinv_at(-x).map(|value| -value) };
    }
    let rest = 1.0 - x;
    let bend = pxfm::f_log(rest * (1.0 + x));
    let half = 2.0 / (std::f64::consts::PI * A) + 0.5 * bend;
    let mut y = ((half * half - bend / A).sqrt() - half).sqrt();
    for _ in 0..4 {
        let miss = if x < 0.5 { pxfm::f_erf(y) - x } else { rest - pxfm::f_erfc(y) };
        let step = miss * 0.5 * std::f64::consts::PI.sqrt() * pxfm::f_exp(y * y);
        y -= step / (1.0 + y * step);
    }
    if x < 0.5 {
        around(y, |low| number(low).erf().high() <= x, |high| number(high).erf().low() >= x)
    } else {
        around(y, |low| number(low).erfc().low() >= rest, |high| number(high).erfc().high() <= rest)
    }
}

fn erfinv(x: Interval) -> Option<Interval> {
    let inside = x.restrict(-1.0, 1.0);
    if inside.is_empty() {
        return Some(inside);
    }
    let end = |at: f64| if at.abs() < 1.0 { erfinv_at(at) } else { Some(pole(inside)) };
    let (low, high) = (end(inside.low())?.low(), end(inside.high())?.high());
    let open = if low.is_finite() && high.is_finite() { inside } else { pole(inside) };
    Some(open.with_bounds_of(Interval::new(low, high)))
}

/// The complete elliptic integrals of a parameter below 1 by the arithmetic-geometric mean (DLMF 19.8.5, 19.8.6).
fn elliptic(m: f64) -> (Interval, Interval) {
    const STEPS: usize = 11;
    let (mut a, mut b) = (number(1.0), (number(1.0) - number(m)).sqrt());
    let (mut sum, mut weight) = (number(m) * number(0.5), 1.0);
    for _ in 0..STEPS {
        let c = (a - b) * number(0.5);
        (a, b) = ((a + b) * number(0.5), (a * b).sqrt());
        sum = sum + c.square() * number(weight);
        weight *= 2.0;
        if c.magnitude() < 1e-9 {
            break;
        }
    }
    // The mean lies between both, and what is left of the sum is less than the next term twice.
    let c = (a - b) * number(0.5);
    sum = sum + Interval::new(0.0, (c.square() * number(4.0 * weight)).high());
    let first = pi() / (number(2.0) * a.hull(b));
    (first, first * (number(1.0) - sum))
}

/// The first one, which grows up to a pole at 1.
fn elliptic_first(m: Interval) -> Option<Interval> {
    let at = |m| elliptic(m).0;
    match () {
        () if m.low() >= 1.0 || m.low() < -1e6 => None,
        () if m.high() < 1.0 => Some(by_ends(at, m)),
        () => Some(pole(m).intersect(Interval::new(at(m.low()).low(), f64::INFINITY))),
    }
}

/// The second one, which falls.
fn elliptic_second(m: Interval) -> Option<Interval> {
    (m.low() >= -1e6 && m.high() <= 0.999_999).then(|| by_ends(|m| elliptic(m).1, m))
}

/// The two sums of an expansion far out: `1 - c2 + c4 - ...` and `c1 - c3 + ...` with `c(k+1) = c(k)*step(k)`. What is left
/// out of each is at most its next term from `least` terms on; nothing where that is not small. The terms fall to about
/// `e^-depth`.
fn far_sums(depth: Interval, least: f64, step: impl Fn(f64) -> Interval) -> Option<(Interval, Interval)> {
    const MOST: i32 = 40;
    const SMALL: f64 = 1e-16;
    if depth.low() < 37.0 {
        return None;
    }
    let mut sums = [number(0.0); 2];
    let mut term = number(1.0);
    for k in 0..MOST {
        let next = term * step(f64::from(k));
        if term.magnitude() <= SMALL && next.magnitude() <= SMALL && f64::from(k) >= least {
            let rest = Interval::new(-SMALL, SMALL);
            return Some((sums[0] + rest, sums[1] + rest));
        }
        let own = &mut sums[(k % 2) as usize];
        *own = if k % 4 < 2 { *own + term } else { *own - term };
        term = next;
    }
    None
}

/// The values far out on the positive axis of functions that wave there: Fresnel's integrals (DLMF 7.5.3, 7.12.2), those of
/// sine and cosine over the argument (6.2.17, 6.12.3), Bessel's functions (10.17(i), 10.17(iii)).
fn far_out(function: Special, x: Interval) -> Option<Interval> {
    let half_pi = pi() * number(0.5);
    let turned = |angle: Interval, (even, odd): (Interval, Interval)| {
        (even * angle.cos() + odd * angle.sin(), even * angle.sin() - odd * angle.cos())
    };
    let values = match function {
        Special::One(unary) => {
            let is = |known: &'static Unary| std::ptr::eq(unary, known);
            if is(&kernel::FRESNEL_SIN) || is(&kernel::FRESNEL_COS) {
                let angle = half_pi * x.square();
                let (sine, cosine) = turned(angle, far_sums(angle, 2.0, |k| number(k + 0.5) / angle)?);
                let away = if is(&kernel::FRESNEL_SIN) { -sine } else { cosine };
                number(0.5) + away / (pi() * x)
            } else if is(&kernel::SIN_INTEGRAL) || is(&kernel::COS_INTEGRAL) {
                let (sine, cosine) = turned(x, far_sums(x, 2.0, |k| number(k + 1.0) / x)?);
                if is(&kernel::SIN_INTEGRAL) { half_pi - sine / x } else { cosine / x }
            } else {
                return None;
            }
        }
        Special::Fixed(binary, order) => {
            let is_first = std::ptr::eq(binary, &kernel::BESSEL_J);
            let order = order.near;
            if !(is_first || std::ptr::eq(binary, &kernel::BESSEL_Y)) || order.magnitude() > HIGHEST_ORDER {
                return None;
            }
            let square = number(4.0) * order.square();
            let step = |k: f64| (square - number(2.0 * k + 1.0).square()) / (number(8.0 * (k + 1.0)) * x);
            let sums = far_sums(number(2.0) * x, order.magnitude() + 2.0, step)?;
            // With the odd terms' signs turned, as the angle comes with the other sign.
            let angle = x - (order + number(0.5)) * half_pi;
            let (cosine, sine) = turned(angle, (sums.0, -sums.1));
            (number(2.0) / (pi() * x)).sqrt() * if is_first { cosine } else { sine }
        }
    };
    Some(x.with_bounds_of(values))
}

/// The same on both sides, where a function is even or odd.
pub(super) fn far_on_either_side(function: Special, x: Interval) -> Option<Interval> {
    const NEAREST: f64 = 4.0;
    if x.low() >= NEAREST {
        return far_out(function, x);
    }
    if x.high() > -NEAREST {
        return None;
    }
    let odd = match function {
        Special::One(unary) if std::ptr::eq(unary, &kernel::COS_INTEGRAL) => return None,
        Special::One(_) => true,
        Special::Fixed(binary, order) if std::ptr::eq(binary, &kernel::BESSEL_J) && order.near.is_point() => {
            match order.near.low() {
                whole if whole.fract() != 0.0 => return None,
                whole => whole % 2.0 != 0.0,
            }
        }
        Special::Fixed(..) => return None,
    };
    let mirrored = far_out(function, -x)?;
    Some(if odd { -mirrored } else { mirrored })
}

/// Whether a function is known here wherever machine numbers reach, so that no polynomials need to be made.
pub(super) fn is_known(function: Special) -> bool {
    const ONE: [&Unary; 13] = [
        &kernel::ERFINV,
        &kernel::ERF,
        &kernel::ERFC,
        &kernel::ZETA,
        &kernel::GAMMA,
        &kernel::FACTORIAL,
        &kernel::LOG_GAMMA,
        &kernel::DIGAMMA,
        &kernel::HARMONIC_NUMBER,
        &kernel::ELLIPTIC_K,
        &kernel::ELLIPTIC_E,
        &kernel::PRINCIPAL_LAMBERT_W,
        &kernel::DILOG,
    ];
    match function {
        Special::One(unary) => ONE.iter().any(|known| std::ptr::eq(*known, unary)),
        Special::Fixed(binary, first) => {
            let is_main = || std::ptr::eq(binary, &kernel::LAMBERT_W) && first.near == number(0.0);
            std::ptr::eq(binary, &kernel::BETA) || is_main()
        }
    }
}

/// The values of a function of one number over an interval, if it is known here.
pub(super) fn one(function: &'static Unary, x: Interval) -> Option<Interval> {
    if !x.is_bounded() {
        return None;
    }
    let is = |known: &'static Unary| std::ptr::eq(function, known);
    match () {
        () if is(&kernel::GAMMA) => gamma(x),
        () if is(&kernel::FACTORIAL) => gamma(x + number(1.0)),
        () if is(&kernel::LOG_GAMMA) => log_gamma(x),
        () if is(&kernel::DIGAMMA) => digamma(x),
        () if is(&kernel::HARMONIC_NUMBER) => harmonic_number(x),
        () if is(&kernel::ERFINV) => erfinv(x),
        () if is(&kernel::ZETA) => Some(zeta(x)),
        () if is(&kernel::ERF) || is(&kernel::ERFC) => Some((function.interval)(x)),
        () if is(&kernel::PRINCIPAL_LAMBERT_W) => lambert(x),
        () if is(&kernel::DILOG) => dilog(x),
        () if is(&kernel::ELLIPTIC_K) => elliptic_first(x),
        () if is(&kernel::ELLIPTIC_E) => elliptic_second(x),
        () => None,
    }
}

/// The dilogarithm up to 1, where it ends: by the powers of `u = -log(1 - x)` with Bernoulli's numbers over factorials
/// (Lewin, Polylogarithms and Associated Functions, 1.2) for `-1 <= x <= 1/2`, by reflections elsewhere (DLMF 25.12.4,
/// 25.12.6).
fn dilog_at(x: f64) -> Interval {
    let own = number(x);
    let sixth = pi().square() / number(6.0);
    if x == 1.0 {
        return sixth;
    }
    let beyond = |other: Interval| dilog_at(other.low()).hull(dilog_at(other.high()));
    if x < -1.0 {
        return -sixth - (-own).log().square() * number(0.5) - beyond(own.recip());
    }
    let rest = number(1.0) - own;
    if x > 0.5 {
        return sixth - own.log() * rest.log() - beyond(rest);
    }
    let u = -(-own).log1p();
    let square = u.square();
    // 43867/5109094217170944000/19
    let tail = EULER_MACLAURIN.iter().enumerate().rev().fold(Interval::new(-4.6e-16, 4.6e-16), |sum, (k, (a, b))| {
        sum * square + ratio(*a, *b) / number((2 * k + 3) as f64)
    });
    u - square * number(0.25) + u * square * tail
}

fn dilog(x: Interval) -> Option<Interval> {
    let inside = x.restrict(-1e100, 1.0);
    (x.low() >= -1e100).then(|| if inside.is_empty() { inside } else { by_ends(dilog_at, inside) })
}

/// The gamma function in plain machine arithmetic, some units in the last place off.
fn gamma_near(x: f64) -> f64 {
    const HALF_LOG_TAU: f64 = 0.918_938_533_204_672_7;
    let count = steps(x);
    let z = x + f64::from(count);
    let square = 1.0 / (z * z);
    let tail = STIRLING.iter().rev().fold(0.0, |sum, (a, b)| sum * square + *a as f64 / *b as f64) / z;
    let product = (0..count).fold(1.0, |product, k| product * (x + f64::from(k)));
    pxfm::f_exp((z - 0.5) * pxfm::f_log(z) - z + HALF_LOG_TAU + tail) / product
}

/// The value of a function of one number, if machine arithmetic knows it; NaN at a pole.
pub(super) fn value(function: Special, x: f64) -> Option<f64> {
    let Special::One(unary) = function else { return None };
    let is = |known: &'static Unary| std::ptr::eq(unary, known);
    let x = match () {
        () if is(&kernel::ERF) || is(&kernel::ERFC) => return Some((unary.float)(x)),
        () if is(&kernel::GAMMA) => x,
        () if is(&kernel::FACTORIAL) => x + 1.0,
        () => return None,
    };
    let is_pole = x <= 0.0 && x == x.floor();
    (-170.0..170.0).contains(&x).then(|| if is_pole { f64::NAN } else { gamma_near(x) })
}

/// The value of the beta function of positive numbers, if machine arithmetic knows it.
pub(super) fn value_of_two(function: &'static Binary, first: f64, last: f64) -> Option<f64> {
    let known = std::ptr::eq(function, &kernel::BETA) && first > 0.0 && last > 0.0 && first + last < 100.0;
    known.then(|| gamma_near(first) * gamma_near(last) / gamma_near(first + last))
}

/// The values of a function of two numbers over a box, if it is known here.
pub(super) fn two(function: &'static Binary, first: Interval, last: Interval) -> Option<Interval> {
    if !first.is_bounded() || !last.is_bounded() {
        return None;
    }
    let is = |known: &'static Binary| std::ptr::eq(function, known);
    match () {
        () if is(&kernel::BETA) => beta(first, last),
        () if is(&kernel::POLYGAMMA) => polygamma(first, last),
        () if is(&kernel::LAMBERT_W) && first.is_point() && first.low() == 0.0 => lambert(last),
        () => None,
    }
}
