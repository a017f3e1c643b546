//! Complex balls: recorded values on the branch cuts, inverse pairs and random points between precisions.

// Recorded values are what was recorded, even when std has a name for them.
#![allow(clippy::approx_constant, clippy::excessive_precision)]

use super::*;
use crate::number::ball::tests::Points;

type Function = (&'static str, fn(&ComplexBall, u32) -> ComplexBall);

fn complex(re: f64, im: f64) -> ComplexBall {
    ComplexBall::new(Ball::from_f64(re), Ball::from_f64(im))
}

/// The parts to about twelve digits, for comparison with recorded values.
fn near(value: &ComplexBall, re: f64, im: f64) -> bool {
    let close = |ball: &Ball, recorded: f64| (ball.to_f64() - recorded).abs() <= 1e-13 * (1.0 + recorded.abs());
    close(&value.re, re) && close(&value.im, im)
}

#[test]
fn values_on_the_cuts_are_those_of_sage() {
    let cases: [(Function, (f64, f64), (f64, f64)); 18] = [
        (("log", ComplexBall::log), (-2.0, 0.0), (0.693147180559945, 3.14159265358979)),
        (("sqrt", ComplexBall::sqrt), (-2.0, 0.0), (0.0, 1.4142135623731)),
        (("arcsin", ComplexBall::arcsin), (2.0, 0.0), (1.57079632679490, -1.31695789692482)),
        (("arcsin", ComplexBall::arcsin), (-2.0, 0.0), (-1.57079632679490, 1.31695789692482)),
        (("arctanh", ComplexBall::arctanh), (2.0, 0.0), (0.549306144334055, 1.57079632679490)),
        (("arctanh", ComplexBall::arctanh), (-2.0, 0.0), (-0.549306144334055, -1.57079632679490)),
        (("arctan", ComplexBall::arctan), (0.0, 2.0), (1.57079632679490, 0.549306144334055)),
        (("arctan", ComplexBall::arctan), (0.0, -2.0), (-1.57079632679490, -0.549306144334055)),
        (("arcsinh", ComplexBall::arcsinh), (0.0, 2.0), (1.31695789692482, 1.57079632679490)),
        (("arcsinh", ComplexBall::arcsinh), (0.0, -2.0), (-1.31695789692482, -1.57079632679490)),
        (("arccsch", ComplexBall::arccsch), (0.0, 0.5), (-1.31695789692482, -1.57079632679490)),
        (("arcsec", ComplexBall::arcsec), (0.5, 0.0), (0.0, 1.31695789692482)),
        (("arcsec", ComplexBall::arcsec), (0.5, -0.1), (0.227931018111594, -1.30189487444068)),
        (("arccoth", ComplexBall::arccoth), (0.5, 0.1), (0.540609615312701, -1.43881446498204)),
        (("arccot", ComplexBall::arccot), (-0.5, 0.3), (-1.07708466689438, -0.240948266464790)),
        (("arccot", ComplexBall::arccot), (0.0, 0.5), (-1.57079632679490, -0.549306144334055)),
        (("arccosh", ComplexBall::arccosh), (0.5, -0.1), (0.114965322170139, -1.05098793984981)),
        (("arccosh", ComplexBall::arccosh), (-2.0, -0.1), (1.31887654721090, -3.08395344953838)),
    ];
    for ((name, function), (x, y), (re, im)) in cases {
        let value = function(&complex(x, y), 80);
        assert!(near(&value, re, im), "{name}({x} + {y}*I) = {value:?}");
    }
    let root = complex(-8.0, 0.0).pow_rational(&Rational::fraction(1, 3).unwrap(), 80);
    assert!(near(&root, 1.0, 1.73205080756888));
}

#[test]
fn coarse_balls_hold_fine_ones_and_inverses_undo() {
    let pairs: [(Function, Function); 8] = [
        (("arcsin", ComplexBall::arcsin), ("sin", ComplexBall::sin)),
        (("arccos", ComplexBall::arccos), ("cos", ComplexBall::cos)),
        (("arctan", ComplexBall::arctan), ("tan", ComplexBall::tan)),
        (("arcsinh", ComplexBall::arcsinh), ("sinh", ComplexBall::sinh)),
        (("arccosh", ComplexBall::arccosh), ("cosh", ComplexBall::cosh)),
        (("arctanh", ComplexBall::arctanh), ("tanh", ComplexBall::tanh)),
        (("log", ComplexBall::log), ("exp", ComplexBall::exp)),
        (("sqrt", ComplexBall::sqrt), ("square", ComplexBall::square)),
    ];
    let mut points = Points(31337);
    for ((name, inverse), (_, function)) in pairs {
        for spread in [1, 5, 20] {
            for _ in 0..6 {
                let z = complex(points.real(spread), points.real(spread));
                let (coarse, fine) = (inverse(&z, 60), inverse(&z, 250));
                assert!(coarse.overlaps(&fine), "{name}({z:?}): {coarse:?} {fine:?}");
                assert!(coarse.accuracy_bits() > 50, "{name}({z:?}): {coarse:?}");
                let back = function(&fine, 250);
                assert!(back.overlaps(&z) && back.accuracy_bits() > 150, "{name}({z:?}) back: {back:?}");
                assert!(function(&z, 50).overlaps(&function(&z, 150)));
            }
        }
    }
}

#[test]
fn a_ball_across_a_cut_holds_both_sides() {
    let across = ComplexBall::new(Ball::from(-4), Ball::ZERO.widened(crate::number::ball::Radius::power_of_two(-20)));
    for function in [ComplexBall::sqrt, ComplexBall::log] {
        let value = function(&across, 60);
        assert!(value.overlaps(&function(&complex(-4.0, 1e-7), 60)));
        assert!(value.overlaps(&function(&complex(-4.0, -1e-7), 60)));
    }
    let around_zero = ComplexBall::ZERO.widened(crate::number::ball::Radius::power_of_two(-20));
    assert!(around_zero.sqrt(60).is_bounded() && !around_zero.log(60).is_bounded());
    assert!(around_zero.pow_rational(&Rational::fraction(1, 3).unwrap(), 60).is_bounded());
}

#[test]
fn arithmetic_and_powers() {
    let (z, w) = (complex(1.0, 2.0), complex(3.0, 4.0));
    assert!(near(&z.div(&w, 60), 0.44, 0.08) && near(&z.mul(&w, 60), -5.0, 10.0));
    assert!(near(&z.powi(-3, 60), -0.088, 0.016));
    let i_to_the_i = ComplexBall::i().pow(&ComplexBall::i(), 60);
    assert!(near(&i_to_the_i, 0.207879576350761908, 0.0));
    assert!(near(&complex(0.0, 40.0).tan(60), 0.0, 1.0) && near(&complex(1.0, 1e6).tan(60), 0.0, 1.0));
}

#[test]
fn long_roots_are_those_of_the_logarithm() {
    let part = |n: i64, d: i64| Ball::from_rational(&Rational::fraction(n, d).unwrap(), 2100);
    let places =
        [(1, 3, 2, 7), (-5, 3, 1, 900), (-5, 3, -1, 900), (-8, 1, 0, 1), (0, 1, -2, 3), (7, 1 << 40, -3, 1 << 41)];
    for (a, b, c, d) in places {
        let z = ComplexBall::new(part(a, b), part(c, d));
        for (times, n) in [(1, 3), (2, 3), (-4, 5), (1, 4), (3, 17)] {
            let q = Rational::fraction(times, n).unwrap();
            let root = z.pow_rational(&q, 2000);
            let by_logarithm = z.pow(&ComplexBall::from_rational(&q, 2200), 2000);
            assert!(root.overlaps(&by_logarithm), "({a}/{b} + {c}/{d}*I)^({times}/{n})");
            assert!(root.accuracy_bits() > 1980, "({a}/{b} + {c}/{d}*I)^({times}/{n}): {}", root.accuracy_bits());
        }
    }
    // A ball across the cut has no one root.
    let error = crate::number::ball::Radius::power_of_two(-100);
    let wide = ComplexBall::new(part(-1, 1), part(0, 1).widened(error));
    assert!(wide.pow_rational(&Rational::fraction(1, 3).unwrap(), 2000).accuracy_bits() < 10);
}
