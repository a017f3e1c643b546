//! Special functions by polynomials, each for a short stretch of the line, made when first asked for.
//!
//! A figure asks for hundreds of thousands of values and enclosures, and a ball takes some ten microseconds each. On a
//! stretch around which the function is analytic, its interpolant in Chebyshev's points is as good as the value, and the
//! error has a bound: with the function at most `M` on the ellipse of Bernstein whose axes add up to `RHO` times half
//! the stretch, `n` points leave less than `4*M*RHO^(1-n)/(RHO-1)` (Trefethen, Approximation Theory and Approximation
//! Practice, theorem 8.2). `M` comes from a complex ball around the ellipse. Stretches are halved until that holds; next
//! to a pole they end so short that an enclosure of the whole stretch does.

use std::cell::{Cell, RefCell};
use std::collections::HashMap;
use std::f64::consts::PI;
use std::rc::Rc;

use super::{Ball, Binary, ComplexBall, Interval, Unary};

/// Points of interpolation on a stretch.
const POINTS: usize = 36;
/// The parameter of the ellipse, and its half axes in halves of the stretch, rounded up.
const RHO: f64 = 3.0;
const AXES: (f64, f64) = (1.67, 1.34);
/// Beside a cut the real values differ from the complex ones by no more than a turn.
const TURN: f64 = 7.0;
/// Stretches are at first this part of one long.
const FIRST: u32 = 2;
/// And this at last.
const LAST: u32 = 12;
/// The length of these.
const SHORTEST: f64 = 1.0 / (1_u32 << LAST) as f64;
/// An interpolant with a greater error beside its greatest value is no use.
const ENOUGH: f64 = 1e-12;
/// Bits of the values, and of the bounds.
const BITS: (u32, u32) = (60, 40);
/// Arguments beyond this are left to the function itself.
const FAR: f64 = 1e4;
/// How many stretches an interval may run over.
const MOST_STRETCHES: usize = 64;
/// How many attempts may fail, beside those that succeed, before the function is left alone.
const PATIENCE: u32 = 150;
/// How many functions there may be: an order that varies makes another one each time.
const MOST_FUNCTIONS: usize = 16;

/// A function of one number, as balls and machine numbers know it.
#[derive(Clone, Copy)]
pub enum Special {
    /// A function of one number.
    One(&'static Unary),
    /// A function of two with the first one fixed, such as the order of a Bessel function.
    Fixed(&'static Binary, f64),
}

impl Special {
    fn key(self) -> (usize, u64) {
        match self {
            Special::One(unary) => (std::ptr::from_ref(unary).addr(), 0),
            Special::Fixed(binary, first) => (std::ptr::from_ref(binary).addr(), first.to_bits()),
        }
    }

    fn float(self, x: f64) -> f64 {
        match self {
            Special::One(unary) => (unary.float)(x),
            Special::Fixed(binary, first) => (binary.float)(first, x),
        }
    }

    fn interval(self, x: Interval) -> Interval {
        match self {
            Special::One(unary) => (unary.interval)(x),
            Special::Fixed(binary, first) => (binary.interval)(Interval::point(first), x),
        }
    }

    fn ball(self, x: &Ball) -> Ball {
        match self {
            Special::One(unary) => (unary.ball)(x, BITS.0),
            Special::Fixed(binary, first) => (binary.ball)(&Ball::from_f64(first), x, BITS.0),
        }
    }

    /// The greatest absolute value on a box, infinite when it is not known.
    fn bound(self, re: Interval, im: Interval) -> f64 {
        let z = ComplexBall::new(Ball::from_interval(re), Ball::from_interval(im));
        let value = match self {
            Special::One(unary) => (unary.complex_ball)(&z, BITS.1),
            Special::Fixed(binary, first) => {
                (binary.complex_ball)(&ComplexBall::from(Ball::from_f64(first)), &z, BITS.1)
            }
        };
        if value.is_bounded() { value.abs(BITS.1).to_interval().high() } else { f64::INFINITY }
    }
}

/// What is known of a stretch.
#[derive(Clone)]
enum Known {
    /// It was halved.
    Halved,
    /// The polynomial.
    Piece(Rc<Piece>),
    /// An enclosure of all values.
    Enclosed(Interval),
}

/// The polynomials made so far.
#[derive(Default)]
pub struct Local {
    known: RefCell<HashMap<((usize, u64), u32, i64), Known>>,
    last: RefCell<Option<((usize, u64), Rc<Piece>)>>,
    /// The functions asked for.
    functions: RefCell<Vec<(usize, u64)>>,
    failed: Cell<u32>,
    made: Cell<u32>,
}

impl Local {
    /// The value of a function; NaN where there is none.
    pub fn value(&self, function: Special, x: f64) -> f64 {
        match self.find(function, x) {
            Some((Known::Piece(piece), _)) => piece.value(x),
            _ => function.float(x),
        }
    }

    /// All values over an interval, with the flags of an enclosure.
    pub fn enclose(&self, function: Special, x: Interval) -> Interval {
        if x.is_empty() || !x.is_bounded() {
            return function.interval(x);
        }
        let mut all: Option<Interval> = None;
        let mut from = x.low();
        for _ in 0..MOST_STRETCHES {
            let Some((known, end)) = self.find(function, from) else { return function.interval(x) };
            let part = match known {
                Known::Piece(piece) => piece.enclose(from, end.min(x.high())),
                Known::Enclosed(whole) if 4.0 * x.width() > SHORTEST => whole,
                // Less than the stretch is asked for, so that its enclosure may be much too wide.
                Known::Enclosed(_) => return function.interval(x),
                Known::Halved => return function.interval(x),
            };
            let joined = all.map_or(part, |all| all.hull(part));
            all = Some(joined);
            let hopeless = joined.low() == f64::NEG_INFINITY && joined.high() == f64::INFINITY;
            if end >= x.high() || hopeless && !joined.is_defined() {
                return x.with_bounds_of(joined);
            }
            from = end;
        }
        function.interval(x)
    }

    /// What is known of the stretch that holds a number, and where it ends; nothing where the function is left alone.
    fn find(&self, function: Special, x: f64) -> Option<(Known, f64)> {
        let key = function.key();
        if let Some((own, piece)) = self.last.borrow().as_ref()
            && *own == key
            && piece.start <= x
            && x < piece.end
        {
            return Some((Known::Piece(Rc::clone(piece)), piece.end));
        }
        if x.is_nan() || x.abs() > FAR || self.failed.get() > PATIENCE + 3 * self.made.get() {
            return None;
        }
        if !self.functions.borrow().contains(&key) {
            if self.functions.borrow().len() >= MOST_FUNCTIONS {
                return None;
            }
            self.functions.borrow_mut().push(key);
        }
        for level in FIRST..=LAST {
            let width = 0.5_f64.powi(level as i32);
            let index = (x / width).floor();
            let (start, end) = (index * width, (index + 1.0) * width);
            let place = (key, level, index as i64);
            let found = self.known.borrow().get(&place).cloned();
            let known = found.unwrap_or_else(|| {
                let known = self.made(function, start, end, level);
                self.known.borrow_mut().insert(place, known.clone());
                known
            });
            match known {
                Known::Halved => {}
                Known::Piece(piece) => {
                    *self.last.borrow_mut() = Some((key, Rc::clone(&piece)));
                    return Some((Known::Piece(piece), end));
                }
                Known::Enclosed(_) => return Some((known, end)),
            }
        }
        None
    }

    fn made(&self, function: Special, start: f64, end: f64, level: u32) -> Known {
        match Piece::new(function, start, end) {
            Some(piece) => {
                self.made.set(self.made.get() + 1);
                Known::Piece(Rc::new(piece))
            }
            None if level < LAST && !is_missing(function, start, end) => {
                self.failed.set(self.failed.get() + 1);
                Known::Halved
            }
            // Shorter stretches of nothing are nothing too.
            None => Known::Enclosed(function.interval(Interval::new(start, end))),
        }
    }
}

/// Whether a function seems to have no values on a stretch; asked only where it has no polynomial.
fn is_missing(function: Special, start: f64, end: f64) -> bool {
    [0.1, 0.3, 0.5, 0.7, 0.9].iter().all(|part| function.float(start + part * (end - start)).is_nan())
}

/// A polynomial for a function on a stretch.
struct Piece {
    start: f64,
    end: f64,
    centre: f64,
    half: f64,
    /// By Chebyshev's polynomials of the distance from the centre in halves of the stretch.
    coefficients: Vec<f64>,
    /// Those of the derivative.
    slopes: Vec<f64>,
    /// The greatest difference from the function.
    error: f64,
    /// A bound of the second derivative.
    bend: f64,
}

impl Piece {
    /// The polynomial, if its error is small.
    fn new(function: Special, start: f64, end: f64) -> Option<Piece> {
        let (centre, half) = (0.5 * (start + end), 0.5 * (end - start));
        let (re, im) = (AXES.0 * half, AXES.1 * half);
        let bound = function.bound(Interval::new(centre - re, centre + re), Interval::new(-im, im)) + TURN;
        if !bound.is_finite() {
            return None;
        }
        let mut values = [0.0_f64; POINTS];
        let mut uncertain = 0.0_f64;
        for (j, value) in values.iter_mut().enumerate() {
            let node = pxfm::f_cos(PI * (j as f64 + 0.5) / POINTS as f64);
            let x = Ball::from_f64(centre).add(&Ball::from_f64(half * node), 2 * BITS.0);
            let ball = function.ball(&x);
            if !ball.is_bounded() {
                return None;
            }
            *value = ball.to_f64();
            uncertain = uncertain.max(ball.radius_f64());
        }
        let greatest = values.iter().fold(0.0_f64, |all, value| all.max(value.abs()));
        let mut coefficients = transform(&values).to_vec();
        // What is not analytic shows in slowly shrinking coefficients.
        let tail = coefficients[POINTS - 1].abs() + coefficients[POINTS - 2].abs();
        let mut dropped = 0.0;
        while coefficients.len() > 2 && coefficients.last().is_some_and(|last| last.abs() <= f64::EPSILON * greatest) {
            dropped += coefficients.pop().unwrap_or(0.0).abs();
        }
        let truncated = 4.0 * bound * RHO.powi(1 - POINTS as i32) / (RHO - 1.0);
        let weighted = |weight: fn(f64) -> f64| -> f64 {
            coefficients.iter().enumerate().map(|(k, a)| weight(k as f64) * a.abs()).sum()
        };
        // The greatest slope and bend of the k-th polynomial (V. A. Markov).
        let (steep, bend) = (weighted(|k| k * k), weighted(|k| k * k * (k * k - 1.0) / 3.0));
        // Rounding of the transform, of the evaluation, of the place; Lebesgue's constant is below 3.4 for so many points.
        let rounded = f64::EPSILON * (POINTS as f64 * (POINTS as f64 + 4.0) * greatest + 4.0 * steep);
        let error = 1.01 * (truncated + dropped + 3.4 * uncertain + rounded);
        let sound = error <= ENOUGH * greatest && tail <= 0.1 * ENOUGH * greatest;
        let slopes = derivative(&coefficients);
        sound.then_some(Piece { start, end, centre, half, coefficients, slopes, error, bend })
    }

    fn value(&self, x: f64) -> f64 {
        clenshaw(&self.coefficients, (x - self.centre) / self.half)
    }

    /// All values between two places: the value and the slope in the middle, and a bound of what bends away from them.
    fn enclose(&self, from: f64, to: f64) -> Interval {
        let (a, b) = ((from - self.centre) / self.half, (to - self.centre) / self.half);
        let (t, reach) = (0.5 * (a + b), 0.5 * (b - a) * (1.0 + 4.0 * f64::EPSILON));
        let (value, slope) = (clenshaw(&self.coefficients, t), clenshaw(&self.slopes, t));
        let away = (slope.abs() * reach + 0.5 * self.bend * reach * reach + self.error) * (1.0 + 4.0 * f64::EPSILON);
        Interval::new((value - away).next_down(), (value + away).next_up())
    }
}

/// The coefficients of Chebyshev's polynomials for values in their zeros.
fn transform(values: &[f64; POINTS]) -> [f64; POINTS] {
    let count = POINTS as f64;
    std::array::from_fn(|k| {
        let term = |(j, value): (usize, &f64)| value * pxfm::f_cos(PI * k as f64 * (j as f64 + 0.5) / count);
        let sum: f64 = values.iter().enumerate().map(term).sum();
        sum * if k == 0 { 1.0 } else { 2.0 } / count
    })
}

/// The coefficients of the derivative.
fn derivative(coefficients: &[f64]) -> Vec<f64> {
    let count = coefficients.len().saturating_sub(1);
    let mut out = vec![0.0; count + 2];
    for k in (0..count).rev() {
        out[k] = out[k + 2] + 2.0 * (k as f64 + 1.0) * coefficients[k + 1];
    }
    out[0] *= 0.5;
    out.truncate(count);
    out
}

/// The value of a sum of Chebyshev's polynomials.
fn clenshaw(coefficients: &[f64], t: f64) -> f64 {
    let (mut next, mut after) = (0.0_f64, 0.0_f64);
    for a in coefficients.iter().skip(1).rev() {
        (next, after) = (2.0 * t * next - after + a, next);
    }
    t * next - after + coefficients.first().copied().unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::number::kernel;

    fn check(function: Special, from: f64, to: f64) {
        let local = Local::default();
        let count = 40;
        for k in 0..count {
            let x = from + (to - from) * f64::from(k) / f64::from(count);
            let (near, exact) = (local.value(function, x), function.float(x));
            let scale = exact.abs().max(1e-3);
            assert!((near - exact).abs() <= 1e-10 * scale || exact.is_nan() && near.is_nan(), "{x}: {near}, {exact}");
            let width = 0.001 + 0.1 * f64::from(k % 7);
            let wide = local.enclose(function, Interval::new(x, x + width));
            for part in 0..=8 {
                let at = x + width * f64::from(part) / 8.0;
                let value = function.float(at);
                assert!(value.is_nan() || wide.contains(value), "{at}: {value} is not in {wide:?}");
                assert!(!value.is_nan() || !wide.is_defined(), "{at} in {wide:?}");
            }
        }
        assert!(local.made.get() > 5, "only {} polynomials were made", local.made.get());
    }

    #[test]
    fn polynomials_are_true_and_enclose() {
        check(Special::One(&kernel::GAMMA), -0.3, 3.0);
        check(Special::One(&kernel::EI), -2.0, 1.0);
        check(Special::One(&kernel::LOG_GAMMA), -1.0, 3.0);
        check(Special::Fixed(&kernel::BESSEL_J, 0.0), -3.0, 5.0);
        check(Special::Fixed(&kernel::BESSEL_Y, 1.0), -0.5, 3.0);
        check(Special::Fixed(&kernel::LAMBERT_W, 0.0), -1.0, 4.0);
    }

    #[test]
    fn an_enclosure_of_a_short_piece_is_tight() {
        let local = Local::default();
        let wide = local.enclose(Special::One(&kernel::GAMMA), Interval::new(2.0, 2.01));
        assert!(wide.is_continuous() && wide.width() < 0.0045, "{wide:?}");
        let pole = local.enclose(Special::One(&kernel::GAMMA), Interval::new(-1.1, -0.9));
        assert!(!pole.is_defined() && !pole.is_bounded(), "{pole:?}");
    }
}
