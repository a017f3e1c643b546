//! Roots and least values of functions of machine numbers.
//!
//! Brent's methods ("Algorithms for Minimization without Derivatives", 1973, chapters 4 and 5). A root found for an
//! expression is then moved, by signs of enclosures, to the machine number nearest to the true root.

use std::cmp::Ordering;

use super::float::FloatFunction;
use super::numbers::Numbers;
use super::program::Program;
use super::run::Evaluator;
use crate::budget::Budget;
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{Ball, Rational};

/// More steps than any bracket of machine numbers takes by bisection.
const STEPS: usize = 2200;

/// A zero, or a jump through zero, of `f` between two points where it has opposite signs; exact to the last places.
///
/// # Errors
/// `Domain` when the signs at the ends are the same or not known.
pub fn brent_root(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64) -> Result<f64, Reason> {
    let (mut a, mut b) = (low, high);
    let (mut fa, mut fb) = (f(a), f(b));
    if fa == 0.0 {
        return Ok(a);
    }
    if fb == 0.0 {
        return Ok(b);
    }
    if fa.is_nan() || fb.is_nan() || (fa > 0.0) == (fb > 0.0) {
        return Err(Reason::Domain("f appears to have no zero on the interval"));
    }
    let (mut c, mut fc) = (a, fa);
    let (mut step, mut before) = (b - a, b - a);
    for _ in 0..STEPS {
        if (fb > 0.0) == (fc > 0.0) {
            (c, fc) = (a, fa);
            (step, before) = (b - a, b - a);
        }
        if fc.abs() < fb.abs() {
            (a, b, c) = (b, c, b);
            (fa, fb, fc) = (fb, fc, fb);
        }
        let tolerance = f64::EPSILON * b.abs() + f64::MIN_POSITIVE;
        let middle = 0.5 * (c - b);
        if middle.abs() <= tolerance || fb == 0.0 {
            return Ok(b);
        }
        (step, before) = match interpolated((a, fa), (b, fb), (c, fc), middle, tolerance) {
            Some(jump) if before.abs() >= tolerance && fa.abs() > fb.abs() && (2.0 * jump).abs() < before.abs() => {
                (jump, step)
            }
            _ => (middle, middle),
        };
        (a, fa) = (b, fb);
        b += if step.abs() > tolerance { step } else { tolerance.copysign(middle) };
        fb = f(b);
        if fb.is_nan() {
            return Err(Reason::Domain("the function has no value inside the interval"));
        }
    }
    Ok(b)
}

/// The step of the secant or of inverse quadratic interpolation, if it stays inside the bracket.
fn interpolated(a: (f64, f64), b: (f64, f64), c: (f64, f64), middle: f64, tolerance: f64) -> Option<f64> {
    let s = b.1 / a.1;
    let (mut p, mut q) = if a.0 == c.0 {
        (2.0 * middle * s, 1.0 - s)
    } else {
        let (q, r) = (a.1 / c.1, b.1 / c.1);
        (s * (2.0 * middle * q * (q - r) - (b.0 - a.0) * (r - 1.0)), (q - 1.0) * (r - 1.0) * (s - 1.0))
    };
    if p > 0.0 {
        q = -q;
    } else {
        p = -p;
    }
    (2.0 * p < 3.0 * middle * q - (tolerance * q).abs()).then(|| p / q)
}

/// How many points a range without a change of sign at its ends is searched at.
const SEARCH: usize = 256;

/// A root of an expression between two points: the machine number nearest to the true root where enclosures tell it.
///
/// The signs at the ends may be the same: then a change of sign is looked for inside.
///
/// # Errors
/// `Domain` when no change of sign is found; those of [`Program::new`].
pub fn find_root(expr: &Expr, variable: Symbol, low: f64, high: f64, budget: &Budget) -> Result<f64, Reason> {
    let mut function = FloatFunction::new(expr, &[variable])?;
    let mut f = |x: f64| function.at(&[x]);
    let (low, high) = bracket(&mut f, low.min(high), low.max(high))
        .ok_or(Reason::Domain("f appears to have no zero on the interval"))?;
    budget.check()?;
    let root = brent_root(&mut f, low, high)?;
    Ok(nearest(expr, variable, root, (low, high)).unwrap_or(root))
}

/// A part of the range with a change of sign.
fn bracket(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64) -> Option<(f64, f64)> {
    let opposite = |a: f64, b: f64| a == 0.0 || b == 0.0 || (a > 0.0 && b < 0.0) || (a < 0.0 && b > 0.0);
    if opposite(f(low), f(high)) {
        return Some((low, high));
    }
    let at = |k: usize| low + (high - low) * (k as f64 / SEARCH as f64);
    let values: Vec<f64> = (0..=SEARCH).map(|k| f(at(k))).collect();
    let changes = values.windows(2).position(|pair| opposite(pair[0], pair[1]))?;
    Some((at(changes), at(changes + 1)))
}

/// How far, in units in the last place, the machine root is moved at most.
const NEIGHBOURS: u32 = 64;

/// How far an integer may be from the machine root to be tried.
const CLOSE: f64 = 1e-6;

/// The machine number nearest to the root, by the signs of enclosures between neighbours.
fn nearest(expr: &Expr, variable: Symbol, root: f64, range: (f64, f64)) -> Option<f64> {
    let program = Program::new(expr, &[variable]).ok()?;
    let signs = |x: &Rational| -> Option<Ordering> {
        [128, 1024].into_iter().find_map(|bits| {
            let value: Ball = Evaluator::new(program.clone(), Numbers(bits)).value(&[Ball::from_rational(x, bits)]);
            value.sign().map(|sign| sign.cmp(&0))
        })
    };
    // A multiple root leaves the machine far off; an integer close by is tried for being exact.
    let whole = root.round() + 0.0;
    if (whole - root).abs() <= CLOSE
        && (range.0..=range.1).contains(&whole)
        && signs(&Rational::from_f64(whole)?)?.is_eq()
    {
        return Some(whole);
    }
    let between = |a: f64, b: f64| Some((Rational::from_f64(a)? + Rational::from_f64(b)?) * Rational::HALF);
    let first = signs(&Rational::from_f64(root)?)?;
    if first.is_eq() {
        return Some(root);
    }
    // The sign at the lower end tells on which side of the root a point is.
    let start = signs(&Rational::from_f64(range.0)?).filter(|sign| sign.is_ne());
    let below = start.unwrap_or_else(|| Ordering::reverse(first));
    let upwards = if root == range.0 { true } else { first == below };
    let mut here = root;
    for _ in 0..NEIGHBOURS {
        let next = if upwards { here.next_up() } else { here.next_down() };
        let passed = (signs(&between(here, next)?)? == below) != upwards;
        if passed {
            return Some(here);
        }
        here = next;
    }
    None
}

/// How near two arguments are, relatively, whose values at a minimum can't be told apart: the root of the rounding error,
/// as the libraries that others compare with have it.
const FLAT: f64 = 1.483_239_697_419_132_7e-8;

/// A local minimum of `f` between two points: the place and the value.
pub fn brent_minimum(f: &mut dyn FnMut(f64) -> f64, low: f64, high: f64, tolerance: f64) -> (f64, f64) {
    let golden = 0.5 * (3.0 - 5.0_f64.sqrt());
    let (mut a, mut b) = (low.min(high), low.max(high));
    let mut x = a + golden * (b - a);
    let (mut w, mut v) = (x, x);
    let mut fx = f(x);
    let (mut fw, mut fv) = (fx, fx);
    let (mut step, mut before) = (0.0_f64, 0.0_f64);
    for _ in 0..STEPS {
        let middle = 0.5 * (a + b);
        let near = FLAT * x.abs() + tolerance / 3.0;
        if (x - middle).abs() <= 2.0 * near - 0.5 * (b - a) {
            break;
        }
        let parabola = (before.abs() > near).then(|| parabolic((x, fx), (w, fw), (v, fv))).flatten();
        match parabola.filter(|p| p.abs() < (0.5 * before).abs() && x + p > a && x + p < b) {
            Some(p) => {
                (before, step) = (step, p);
                if x + step - a < 2.0 * near || b - x - step < 2.0 * near {
                    step = near.copysign(middle - x);
                }
            }
            None => {
                before = if x < middle { b - x } else { a - x };
                step = golden * before;
            }
        }
        let u = x + if step.abs() >= near { step } else { near.copysign(step) };
        let fu = f(u);
        if fu <= fx {
            if u < x {
                b = x
            } else {
                a = x
            }
            (v, fv, w, fw, x, fx) = (w, fw, x, fx, u, fu);
        } else {
            if u < x {
                a = u
            } else {
                b = u
            }
            if fu <= fw || w == x {
                (v, fv, w, fw) = (w, fw, u, fu);
            } else if fu <= fv || v == x || v == w {
                (v, fv) = (u, fu);
            }
        }
    }
    (x, fx)
}

/// The step to the vertex of the parabola through three points.
fn parabolic(x: (f64, f64), w: (f64, f64), v: (f64, f64)) -> Option<f64> {
    let r = (x.0 - w.0) * (x.1 - v.1);
    let q = (x.0 - v.0) * (x.1 - w.1);
    let p = (x.0 - v.0) * q - (x.0 - w.0) * r;
    let divisor = 2.0 * (q - r);
    let step = -p / divisor;
    step.is_finite().then_some(step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::expr::read;

    fn root(text: &str, low: f64, high: f64) -> f64 {
        find_root(&read(text).unwrap(), Symbol::new("x"), low, high, &Budget::unlimited()).unwrap()
    }

    #[test]
    fn roots_are_the_nearest_machine_numbers() {
        assert_eq!(root("x - cos(x)", 0.0, 1.0), 0.7390851332151607);
        assert_eq!(root("x^5 - x - 1", 1.0, 2.0), 1.1673039782614187);
        assert_eq!(root("x^2 - 2", 0.0, 2.0), std::f64::consts::SQRT_2);
        assert_eq!(root("tan(x) - x", 4.0, 4.6), 4.493409457909064);
        assert_eq!(root("x^3", -1.0, 2.0), 0.0);
        assert!(find_root(&read("x^2 + 1").unwrap(), Symbol::new("x"), -1.0, 1.0, &Budget::unlimited()).is_err());
    }

    #[test]
    fn minima() {
        let (place, value) = brent_minimum(&mut |x| (x - 1.0) * (x - 1.0) + 2.0, 0.0, 3.0, 1e-8);
        assert!((place - 1.0).abs() < 1e-7 && (value - 2.0).abs() < 1e-12);
        let (place, _) = brent_minimum(&mut |x| pxfm::f_cos(x), 2.0, 4.0, 1e-8);
        assert!((place - std::f64::consts::PI).abs() < 1e-7);
    }
}
