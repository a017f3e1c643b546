//! Balls: between precisions, against dashu-float, and at points whose values are known.

use dashu_float::round::mode::HalfEven;
use dashu_float::{Context, FBig};

use super::*;

/// A small generator with a fixed seed (Marsaglia's xorshift).
pub(crate) struct Points(pub(crate) u64);

impl Points {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0
    }

    /// A number of either sign with a random exponent.
    pub(crate) fn real(&mut self, spread: u32) -> f64 {
        let mantissa = (self.next() >> 12) as i64 as f64 / (1u64 << 52) as f64 + 0.5;
        let exponent = (self.next() % u64::from(2 * spread + 1)) as i32 - spread as i32;
        let sign = if self.next().is_multiple_of(2) { 1.0 } else { -1.0 };
        sign * mantissa * 2f64.powi(exponent)
    }
}

type Function = (&'static str, fn(&Ball, u32) -> Ball);

const FUNCTIONS: [Function; 28] = [
    ("exp", Ball::exp),
    ("expm1", Ball::expm1),
    ("log", Ball::log),
    ("log1p", Ball::log1p),
    ("sqrt", Ball::sqrt),
    ("sin", Ball::sin),
    ("cos", Ball::cos),
    ("tan", Ball::tan),
    ("cot", Ball::cot),
    ("sec", Ball::sec),
    ("csc", Ball::csc),
    ("arctan", Ball::arctan),
    ("arcsin", Ball::arcsin),
    ("arccos", Ball::arccos),
    ("arccot", Ball::arccot),
    ("arcsec", Ball::arcsec),
    ("arccsc", Ball::arccsc),
    ("sinh", Ball::sinh),
    ("cosh", Ball::cosh),
    ("tanh", Ball::tanh),
    ("coth", Ball::coth),
    ("sech", Ball::sech),
    ("csch", Ball::csch),
    ("arcsinh", Ball::arcsinh),
    ("arccosh", Ball::arccosh),
    ("arctanh", Ball::arctanh),
    ("arccoth", Ball::arccoth),
    ("arcsech", Ball::arcsech),
];

#[test]
fn coarse_balls_hold_fine_ones_and_are_accurate() {
    let mut points = Points(2024);
    for (name, function) in FUNCTIONS {
        for spread in [2, 8, 60] {
            for _ in 0..8 {
                let x = Ball::from_f64(points.real(spread));
                let fine = function(&x, 400);
                for precision in [30, 53, 120] {
                    let coarse = function(&x, precision);
                    assert!(coarse.overlaps(&fine), "{name}({x:?}) at {precision}: {coarse:?} without {fine:?}");
                    let sharp = coarse.accuracy_bits() >= i64::from(precision) - 3
                        || !fine.is_bounded()
                        || fine.accuracy_bits() < 300
                        || coarse.middle().top() > 1 << 40;
                    assert!(sharp, "{name}({x:?}) at {precision}: {coarse:?}");
                }
            }
        }
    }
}

#[test]
fn balls_with_a_radius_hold_the_values_inside() {
    let mut points = Points(99);
    for (name, function) in FUNCTIONS {
        for spread in [2, 6] {
            for _ in 0..8 {
                let (middle, width) = (points.real(spread), points.real(4).abs() * 0.02);
                let x = Ball::from_f64(middle).widened(Radius::from_f64(width));
                let image = function(&x, 80);
                for part in [-0.99, -0.3, 0.0, 0.7, 0.999] {
                    let value = function(&Ball::from_f64(middle + part * width), 80);
                    assert!(!value.is_bounded() || image.overlaps(&value), "{name}({x:?}): {image:?} {value:?}");
                }
            }
        }
    }
}

fn to_library(x: f64) -> FBig<HalfEven, 2> {
    FBig::<HalfEven, 2>::try_from(x).unwrap()
}

#[test]
fn exp_and_log_agree_with_an_independent_library() {
    let mut points = Points(5);
    let context = Context::<HalfEven>::new(200);
    for _ in 0..40 {
        let x = points.real(4);
        let library = to_library(x);
        let exp = context.exp(library.repr(), None).unwrap().value();
        let log = context.ln(to_library(x.abs()).repr(), None).unwrap().value();
        for (ours, theirs) in [(Ball::from_f64(x).exp(180), exp), (Ball::from_f64(x.abs()).log(180), log)] {
            let theirs = Dyadic::new(theirs.repr().significand().clone(), theirs.repr().exponent() as i64);
            let top = theirs.top();
            let theirs = Ball::exact(theirs).widened(Radius::power_of_two(top - 195));
            assert!(ours.overlaps(&theirs) && ours.accuracy_bits() > 170, "{x}: {ours:?} {theirs:?}");
        }
    }
}

#[test]
fn arithmetic_holds_exact_rationals() {
    let mut points = Points(11);
    for _ in 0..100 {
        let (a, b) = (points.real(70), points.real(70));
        let (p, q) = (Rational::from_f64(a).unwrap(), Rational::from_f64(b).unwrap());
        let (x, y) = (Ball::from_f64(a), Ball::from_f64(b));
        for precision in [10, 53, 90] {
            assert!(x.add(&y, precision).contains_rational(&(&p + &q)));
            assert!(x.mul(&y, precision).contains_rational(&(&p * &q)));
            assert!(x.div(&y, precision).contains_rational(&(&p / &q)));
            assert!(x.powi(3, precision).contains_rational(&p.pow(3).unwrap()));
        }
    }
}

#[test]
fn known_values() {
    let digits = |ball: Ball, count: usize| ball.to_real(400).to_text(count);
    let ten = Ball::from_integer(&Integer::new(10).pow(50));
    assert_eq!(digits(ten.sin(200), 40), "-0.7896724934293100827102895399174077539601");
    assert_eq!(digits(Ball::from(2).root(3, 200), 40), "1.259921049894873164767210607278228350570");
    let ramanujan = Ball::pi(300).mul(&Ball::from(163).sqrt(300), 300).exp(300);
    let gap = ramanujan.sub(&Ball::from_integer(&Integer::parse("262537412640768744", 10).unwrap()), 300);
    assert_eq!(digits(gap, 20), "-7.4992740280181431112e-13");
    assert_eq!(Ball::from(9).sqrt(50).unique_integer(), Some(Integer::new(3)));
    assert_eq!(Ball::from(2).sqrt(100).round_to(53).unwrap(), Real::from_f64(2f64.sqrt()));
    assert!(Ball::from(-1).sqrt(50).radius().is_infinite() && Ball::ZERO.log(50).radius().is_infinite());
    assert!(Ball::from(-1).arcsin(60).is_bounded() && Ball::from(2).arcsin(60).radius().is_infinite());
    assert_eq!(Ball::from(2).pow(&Ball::from(10), 64).unique_integer(), Some(Integer::new(1024)));
    let (sine, cosine) = Ball::from_f64(1.5).sin_cos_pi(60);
    assert!(sine.is_exact() && cosine.is_zero());
    assert_eq!(Ball::pi(4000).sub(&Ball::from(1).arctan(4000).scale(2), 4000).sign(), None);
}

#[test]
fn extreme_arguments_stay_safe() {
    let huge = Ball::from(10).pow_integer(&Integer::new(10).pow(15), 64);
    assert!(huge.is_bounded() && !huge.exp(64).is_bounded());
    assert!(huge.neg().exp(64).is_bounded() && huge.sin(64).is_bounded());
    assert!(huge.tanh(64).compare(&Ball::from_f64(0.9)) == Some(Ordering::Greater));
    assert_eq!(huge.log(64).compare(&Ball::from(1)), Some(Ordering::Greater));
    assert!(huge.arctan(64).is_bounded() && huge.recip(64).is_bounded());
    assert!(huge.pow_integer(&Integer::new(10).pow(15), 64).radius().is_infinite());
    for (name, function) in FUNCTIONS {
        let _ = (name, function(&Ball::UNBOUNDED, 64), function(&huge, 64), function(&Ball::ZERO, 64));
    }
}
