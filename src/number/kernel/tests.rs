//! Every record: the float lies in the interval and in the ball, the complex functions extend the real ones.

use super::*;
use crate::number::ball::tests::Points;

static ALL: [(&str, &Unary); 36] = [
    ("exp", &EXP),
    ("log", &LOG),
    ("sqrt", &SQRT),
    ("sin", &SIN),
    ("cos", &COS),
    ("tan", &TAN),
    ("cot", &COT),
    ("sec", &SEC),
    ("csc", &CSC),
    ("arcsin", &ARCSIN),
    ("arccos", &ARCCOS),
    ("arctan", &ARCTAN),
    ("arccot", &ARCCOT),
    ("arcsec", &ARCSEC),
    ("arccsc", &ARCCSC),
    ("sinh", &SINH),
    ("cosh", &COSH),
    ("tanh", &TANH),
    ("coth", &COTH),
    ("sech", &SECH),
    ("csch", &CSCH),
    ("arcsinh", &ARCSINH),
    ("arccosh", &ARCCOSH),
    ("arctanh", &ARCTANH),
    ("arccoth", &ARCCOTH),
    ("arcsech", &ARCSECH),
    ("arccsch", &ARCCSCH),
    ("abs", &ABS),
    ("sign", &SIGN),
    ("floor", &FLOOR),
    ("ceil", &CEIL),
    ("trunc", &TRUNC),
    ("round", &ROUND),
    ("frac", &FRAC),
    ("heaviside", &HEAVISIDE),
    ("unit_step", &UNIT_STEP),
];

#[test]
fn arithmetics_agree() {
    let mut points = Points(4711);
    for (name, record) in ALL {
        for spread in [1, 6] {
            for _ in 0..8 {
                let x = points.real(spread);
                agree(name, record, x);
            }
        }
        for x in [0.5, -0.5, 1.0, -1.0, 2.5, -2.5, 0.0] {
            agree(name, record, x);
        }
    }
}

#[test]
fn special_functions_agree() {
    let special: [(&str, &Unary); 16] = [
        ("gamma", &GAMMA),
        ("factorial", &FACTORIAL),
        ("log_gamma", &LOG_GAMMA),
        ("digamma", &DIGAMMA),
        ("harmonic_number", &HARMONIC_NUMBER),
        ("erf", &ERF),
        ("erfc", &ERFC),
        ("erfi", &ERFI),
        ("zeta", &ZETA),
        ("Ei", &EI),
        ("E1", &E1),
        ("li", &LI),
        ("Si", &SIN_INTEGRAL),
        ("Ci", &COS_INTEGRAL),
        ("Shi", &SINH_INTEGRAL),
        ("Chi", &COSH_INTEGRAL),
    ];
    for (name, record) in special {
        for x in [0.5, 2.5, 3.0] {
            agree(name, record, x);
            let wide = (record.interval)(Interval::new(x - 0.1, x + 0.1));
            for at in [x - 0.1, x - 0.03, x, x + 0.07, x + 0.1] {
                assert!(wide.contains((record.float)(at)), "{name}({at}) not in {wide:?}");
            }
        }
    }
}

fn agree(name: &str, record: &Unary, x: f64) {
    let value = (record.float)(x);
    let ball = (record.ball)(&Ball::from_f64(x), 80);
    let interval = (record.interval)(Interval::point(x));
    let complex = (record.complex_ball)(&ComplexBall::from(Ball::from_f64(x)), 80);
    if !value.is_finite() {
        assert!(!ball.is_bounded(), "{name}({x}) is {value}, not {ball:?}");
        assert!(!interval.is_bounded() || interval.is_empty(), "{name}({x}) is {value}, not {interval:?}");
        return;
    }
    let close = (ball.to_f64() - value).abs() <= 1e-15 * value.abs();
    assert!(ball.is_bounded() && close, "{name}({x}) is {value}, not {ball:?}");
    let machine = ball.to_interval();
    assert!(interval.low() <= machine.high() && machine.low() <= interval.high(), "{name}({x}): {interval:?} {ball:?}");
    assert!(complex.is_real() && complex.re().overlaps(&ball), "{name}({x}) is {ball:?}, not {complex:?}");
    let plane = (record.complex)(Complex64::from(x));
    assert!((plane.re - value).abs() <= 1e-15 * value.abs() && plane.im == 0.0, "{name}({x}): {plane:?}");
}

#[test]
fn steps_on_wide_balls() {
    let wide = Ball::from(0).union(&Ball::from(2), 32);
    for (record, at) in [(&FLOOR, 1.5), (&CEIL, 0.5), (&ROUND, 1.6), (&TRUNC, 0.3), (&SIGN, 0.0), (&FRAC, 0.7)] {
        assert!((record.ball)(&wide, 53).overlaps(&Ball::from_f64((record.float)(at))));
    }
    assert_eq!((ROUND.ball)(&Ball::from_f64(-2.5), 53).unique_integer(), Some(crate::number::Integer::new(-3)));
    assert!(!(HEAVISIDE.interval)(Interval::new(-1.0, 1.0)).is_defined());
    assert!((HEAVISIDE.interval)(Interval::new(-1.0, 1.0)).encloses(Interval::new(0.0, 1.0)));
    assert!(!(UNIT_STEP.interval)(Interval::new(-1.0, 1.0)).is_continuous());
    assert!((UNIT_STEP.interval)(Interval::new(0.0, 1.0)).is_defined());
}

#[test]
fn functions_of_two_variables() {
    let (one, two) = (Ball::from(1), Ball::from(-2));
    assert!(((ARCTAN2.ball)(&one, &two, 60).to_f64() - (ARCTAN2.float)(1.0, -2.0)).abs() < 1e-15);
    assert_eq!((MAX.ball)(&one, &two, 60).to_f64(), 1.0);
    assert_eq!((MIN.interval)(Interval::new(0.0, 3.0), Interval::new(1.0, 2.0)), Interval::new(0.0, 2.0));
    assert!(((LOG_BASE.ball)(&Ball::from(8), &Ball::from(2), 60)).overlaps(&Ball::from(3)));
}
