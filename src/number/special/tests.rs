//! Special functions: recorded values (mpmath, 30 digits), and between precisions at random points.

use super::*;
use crate::number::Real;
use crate::number::ball::tests::Points;

/// A recorded number of some thirty digits as a ball.
fn decimal(text: &str) -> Ball {
    let middle = Ball::from_real(&Real::parse_with(text, 200).unwrap());
    let size = middle.greatest_magnitude().max(Radius::from_f64(1e-40));
    middle.widened(size.mul(Radius::from_f64(1e-30)))
}

#[track_caller]
fn check(value: &Ball, recorded: &str) {
    let expected = decimal(recorded);
    assert!(value.overlaps(&expected) && value.accuracy_bits() > 90, "{value:?} is not {recorded}");
}

#[track_caller]
fn check_complex(value: &ComplexBall, re: &str, im: &str) {
    let good = value.re().overlaps(&decimal(re)) && value.im().overlaps(&decimal(im));
    assert!(good && value.accuracy_bits() > 90, "{value:?} is not {re} + {im}*I");
}

include!("recorded.rs");

#[test]
fn coarse_balls_hold_fine_ones() {
    type Function = (&'static str, fn(&Ball, u32) -> Ball);
    let functions: [Function; 14] = [
        ("gamma", Ball::gamma),
        ("log_gamma", Ball::log_gamma),
        ("digamma", Ball::digamma),
        ("erf", Ball::erf),
        ("erfc", Ball::erfc),
        ("erfi", Ball::erfi),
        ("zeta", Ball::zeta),
        ("Ei", Ball::exp_integral_ei),
        ("li", Ball::log_integral),
        ("Si", Ball::sin_integral),
        ("Ci", Ball::cos_integral),
        ("Shi", Ball::sinh_integral),
        ("Chi", Ball::cosh_integral),
        ("harmonic", Ball::harmonic_number),
    ];
    let mut points = Points(8);
    for (name, function) in functions {
        for spread in [1, 4] {
            for _ in 0..5 {
                let x = Ball::from_f64(points.real(spread));
                let (coarse, fine) = (function(&x, 60), function(&x, 160));
                assert!(coarse.overlaps(&fine), "{name}({x:?}): {coarse:?} {fine:?}");
                assert!(!fine.is_bounded() || coarse.accuracy_bits() > 40, "{name}({x:?}): {coarse:?}");
            }
        }
    }
}

#[test]
fn coarse_complex_balls_hold_fine_ones() {
    type Function = (&'static str, fn(&ComplexBall, u32) -> ComplexBall);
    let functions: [Function; 10] = [
        ("gamma", ComplexBall::gamma),
        ("log_gamma", ComplexBall::log_gamma),
        ("digamma", ComplexBall::digamma),
        ("erf", ComplexBall::erf),
        ("erfc", ComplexBall::erfc),
        ("zeta", ComplexBall::zeta),
        ("Ei", ComplexBall::exp_integral_ei),
        ("Si", ComplexBall::sin_integral),
        ("Ci", ComplexBall::cos_integral),
        ("Chi", ComplexBall::cosh_integral),
    ];
    let mut points = Points(77);
    for (name, function) in functions {
        for spread in [1, 4] {
            for _ in 0..4 {
                let z = ComplexBall::new(Ball::from_f64(points.real(spread)), Ball::from_f64(points.real(spread)));
                let (coarse, fine) = (function(&z, 60), function(&z, 160));
                assert!(coarse.overlaps(&fine), "{name}({z:?}): {coarse:?} {fine:?}");
                assert!(coarse.accuracy_bits() > 40, "{name}({z:?}): {coarse:?}");
            }
        }
    }
}

#[test]
fn borwein_and_euler_maclaurin_agree() {
    for (s, precision) in [(2, 60), (3, 400), (41, 200)] {
        let value = Ball::from(s).zeta(precision);
        let other = Ball::from(s).hurwitz_zeta(&Ball::from(2), precision).add(&Ball::one(), precision);
        assert!(
            value.overlaps(&other) && value.accuracy_bits() >= i64::from(precision) - 4,
            "{s}: {value:?} {other:?}"
        );
    }
    assert!(Ball::from_f64(1e6 + 0.5).zeta(64).accuracy_bits() > 60);
}

#[test]
fn expansions_far_from_zero_agree_with_the_series() {
    let third = Ball::one().div_small(3, 900);
    let orders = [Ball::ZERO, Ball::one(), Ball::from(4), third.clone(), third.mul_small(-7, 900), Ball::from(-3)];
    let functions: [fn(&Ball, &Ball, u32) -> Ball; 4] =
        [Ball::bessel_j, Ball::bessel_y, Ball::bessel_i, Ball::bessel_k];
    for order in &orders {
        for x in [40, 75, 200] {
            let x = Ball::from(x).add(&third, 900);
            for bessel in functions {
                // With so many bits the expansion's terms do not get small enough, and the series is summed.
                let (near, far) = (bessel(order, &x, 800), bessel(order, &x, 70));
                assert!(near.accuracy_bits() > 300 && far.accuracy_bits() > 60, "{near:?}, {far:?}");
                assert!(near.overlaps(&far), "{near:?}, {far:?}");
            }
        }
    }
    let integrals: [fn(&Ball, u32) -> Ball; 4] =
        [Ball::exp_integral_ei, Ball::sinh_integral, Ball::cosh_integral, |x, bits| x.neg().sinh_integral(bits)];
    let airy: [fn(&Ball, u32) -> Ball; 8] = [
        Ball::airy_ai,
        Ball::airy_bi,
        Ball::airy_ai_prime,
        Ball::airy_bi_prime,
        |x, bits| x.neg().airy_ai(bits),
        |x, bits| x.neg().airy_bi(bits),
        |x, bits| x.neg().airy_ai_prime(bits),
        |x, bits| x.neg().airy_bi_prime(bits),
    ];
    let expanded = integrals.iter().map(|f| (f, [185, 240, 700])).chain(airy.iter().map(|f| (f, [25, 60, 150])));
    for (function, places) in expanded {
        for x in places {
            // Exact: the series cancels to far less than its terms.
            let x = Ball::from(x).add(&Ball::one().scale(-2), 70);
            let (near, far) = (function(&x, 3500), function(&x, 70));
            assert!(near.accuracy_bits() > 60 && far.accuracy_bits() > 60, "{near:?}, {far:?}");
            assert!(near.overlaps(&far), "{near:?}, {far:?}");
        }
    }
    // The order terminates the expansion: J is sqrt(2/(pi*x))*sin(x).
    let (half, x) = (Ball::one().scale(-1), Ball::from(100_000));
    let sine = Ball::from(2).div(&Ball::pi(120).mul(&x, 120), 120).sqrt(120).mul(&x.sin_cos(120).0, 120);
    assert!(Ball::bessel_j(&half, &x, 100).overlaps(&sine));
}
