//! Integrals with known values.

use super::*;
use crate::budget::Budget;
use crate::number::Ball;

fn close(found: f64, expected: f64, tolerance: f64) {
    assert!((found - expected).abs() <= tolerance, "{found} is not {expected}");
}

#[test]
fn smooth_integrands_take_one_application() {
    let found = integrate(&mut |x| x * x, 0.0, 1.0, Tolerance::DEFAULT);
    assert_eq!((found.value, found.evaluations, found.trouble), (0.3333333333333333, 61, Trouble::None));
    let found = integrate(&mut |x| pxfm::f_exp(-x * x), -10.0, 10.0, Tolerance::DEFAULT);
    assert_eq!(found.value, 1.7724538509055159);
    let found = integrate(&mut |x| pxfm::f_sin(x) / x, 1.0, 2.0, Tolerance::DEFAULT);
    assert_eq!(found.value, 0.6593299064355119);
}

#[test]
fn hard_integrands_are_extrapolated() {
    let found = extrapolated(&mut |x| pxfm::f_log(x), 0.0, 1.0, Tolerance::FINE);
    close(found.value, -1.0, 1e-12);
    let found = extrapolated(&mut |x| 1.0 / x.sqrt(), 0.0, 1.0, Tolerance::FINE);
    close(found.value, 2.0, 1e-10);
    let found = integrate(&mut |x| pxfm::f_exp(-x), 0.0, f64::INFINITY, Tolerance::DEFAULT);
    close(found.value, 1.0, 1e-8);
    let found = integrate(&mut |x| 1.0 / (1.0 + x * x), f64::NEG_INFINITY, f64::INFINITY, Tolerance::DEFAULT);
    close(found.value, std::f64::consts::PI, 1e-8);
    let found = integrate(&mut |x| (x - 0.3).abs(), 0.0, 1.0, Tolerance::DEFAULT);
    close(found.value, 0.29, 1e-6);
}

#[test]
fn double_exponential_reaches_many_digits() {
    let budget = Budget::unlimited();
    let unit = DoubleExponential::Finite(Ball::ZERO, Ball::one());
    let log = integrate_to(&mut |x, p| x.log(p), &unit, 200, &budget).unwrap();
    close(log.add(&Ball::one(), 300).to_f64(), 0.0, 1e-55);
    let root = integrate_to(&mut |x, p| Ball::one().sub(x, p).sqrt(p), &unit, 120, &budget).unwrap();
    close(
        root.sub(&Ball::from_rational(&crate::number::Rational::fraction(2, 3).unwrap(), 300), 300).to_f64(),
        0.0,
        1e-34,
    );
    let half = DoubleExponential::Half(Ball::ZERO, true);
    let exp = integrate_to(&mut |x, p| x.neg().exp(p), &half, 120, &budget).unwrap();
    close(exp.sub(&Ball::one(), 300).to_f64(), 0.0, 1e-34);
    let gauss = integrate_to(&mut |x, p| x.square(p).neg().exp(p), &DoubleExponential::Line, 120, &budget).unwrap();
    close(gauss.sub(&Ball::pi(300).sqrt(300), 300).to_f64(), 0.0, 1e-34);
}
