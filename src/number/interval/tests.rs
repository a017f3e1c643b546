//! Intervals: known images, flags, and random points whose images must lie inside.

use super::*;

/// A small generator with a fixed seed (Marsaglia's xorshift).
struct Points(u64);

impl Points {
    fn next(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    fn interval(&mut self, scale: f64) -> Interval {
        let (a, b) = ((self.next() - 0.5) * scale, (self.next() - 0.5) * scale);
        if self.next() < 0.2 { Interval::point(a) } else { Interval::new(a.min(b), a.max(b)) }
    }

    fn within(&mut self, x: Interval) -> f64 {
        (x.low + self.next() * (x.high - x.low)).clamp(x.low, x.high)
    }
}

type Unary = (fn(Interval) -> Interval, fn(f64) -> f64);

#[test]
fn images_hold_the_values_at_random_points() {
    let functions: [Unary; 24] = [
        (Interval::sin, pxfm::f_sin),
        (Interval::cos, pxfm::f_cos),
        (Interval::tan, pxfm::f_tan),
        (Interval::cot, pxfm::f_cot),
        (Interval::sec, |x| 1.0 / pxfm::f_cos(x)),
        (Interval::csc, |x| 1.0 / pxfm::f_sin(x)),
        (Interval::exp, pxfm::f_exp),
        (Interval::log, pxfm::f_log),
        (Interval::sqrt, f64::sqrt),
        (Interval::cbrt, pxfm::f_cbrt),
        (Interval::arcsin, pxfm::f_asin),
        (Interval::arccos, pxfm::f_acos),
        (Interval::arctan, pxfm::f_atan),
        (Interval::arccot, |x| pxfm::f_atan(1.0 / x)),
        (Interval::arcsec, |x| pxfm::f_acos(1.0 / x)),
        (Interval::arccoth, |x| pxfm::f_atanh(1.0 / x)),
        (Interval::sinh, pxfm::f_sinh),
        (Interval::cosh, pxfm::f_cosh),
        (Interval::tanh, pxfm::f_tanh),
        (Interval::arcsech, |x| pxfm::f_acosh(1.0 / x)),
        (Interval::arccosh, pxfm::f_acosh),
        (Interval::arctanh, pxfm::f_atanh),
        (Interval::frac, f64::fract),
        (Interval::floor, f64::floor),
    ];
    let mut points = Points(42);
    for (index, (on_interval, on_number)) in functions.iter().enumerate() {
        for scale in [1e-3, 2.0, 8.0, 1e3, 1e17] {
            for _ in 0..20 {
                let x = points.interval(scale);
                let (at, image) = (points.within(x), on_interval(x));
                let value = on_number(at);
                let inside =
                    image.contains(value) || image.contains(value.next_up()) || image.contains(value.next_down());
                assert!(
                    value.is_nan() || value.is_infinite() || inside,
                    "{index}: {x:?} at {at}: {value} not in {image:?}"
                );
                assert!(!(value.is_nan() && image.is_defined()), "{index}: {x:?} is not defined at {at}");
            }
        }
    }
}

#[test]
fn arithmetic_holds_the_exact_results() {
    let mut points = Points(7);
    for scale in [1.0, 1e10, 1e-200, 1e200] {
        for _ in 0..50 {
            let (x, y) = (points.interval(scale), points.interval(scale));
            let (a, b) = (points.within(x), points.within(y));
            for (image, exact) in [(x + y, exact(a, b, '+')), (x * y, exact(a, b, '*')), (x / y, exact(a, b, '/'))] {
                let (low, high) = (exact.to_f64(Rounding::Floor), exact.to_f64(Rounding::Ceil));
                assert!(image.low <= high && low <= image.high, "{x:?} {y:?} {image:?} {low}");
            }
        }
    }
}

fn exact(a: f64, b: f64, operation: char) -> Dyadic {
    let (a, b) = (Dyadic::from_f64(a).unwrap(), Dyadic::from_f64(b).unwrap());
    match operation {
        '+' => a.add(&b),
        '*' => a.mul(&b),
        _ => a.div_rounded(&b, 200, Rounding::Floor),
    }
}

#[test]
fn exact_results_stay_points() {
    let (two, three) = (Interval::point(2.0), Interval::point(3.0));
    assert_eq!(
        (two + three, two * three, three / two),
        (Interval::point(5.0), Interval::point(6.0), Interval::point(1.5))
    );
    assert_eq!((Interval::point(9.0).sqrt(), two.powi(10)), (three, Interval::point(1024.0)));
    assert_eq!((Interval::point(0.0).sin(), Interval::point(0.0).cos()), (Interval::point(0.0), Interval::point(1.0)));
    assert_eq!(Interval::point(1.0).log(), Interval::point(0.0));
    assert!(!Interval::from_rational(&Rational::fraction(1, 3).unwrap()).is_point());
}

#[test]
fn flags_tell_where_a_function_is_defined_and_continuous() {
    let unit = Interval::new(-1.0, 1.0);
    assert!(unit.sin().is_continuous());
    assert!(!unit.log().is_defined() && !unit.recip().is_defined() && !unit.sqrt().is_defined());
    assert!(unit.floor().is_defined() && !unit.floor().is_continuous());
    assert!(Interval::new(0.2, 0.8).floor().is_continuous());
    assert!(!Interval::new(1.0, 2.0).tan().is_defined() && Interval::new(2.0, 3.0).tan().is_continuous());
    assert!(!Interval::new(-1.0, 1.0).arccot().is_continuous());
    assert!(Interval::new(0.5, 1.0).log().is_continuous());
    assert!(Interval::new(-3.0, -2.0).log().is_empty());
    assert!(!(unit.sqrt() + Interval::point(1.0)).is_defined());
    assert!(!Interval::arctan2(Interval::new(-1.0, 1.0), Interval::new(-2.0, -1.0)).is_continuous());
    assert!(Interval::arctan2(Interval::new(-1.0, 1.0), Interval::new(1.0, 2.0)).is_continuous());
}

#[test]
fn powers() {
    assert_eq!(Interval::new(-2.0, 1.0).powi(2), Interval::new(0.0, 4.0));
    assert_eq!(Interval::new(-2.0, 1.0).powi(3), Interval::new(-8.0, 1.0));
    assert_eq!(Interval::new(2.0, 4.0).powi(-1), Interval::new(0.25, 0.5));
    let root = Interval::new(-8.0, 8.0).pow_rational(&Rational::fraction(1, 3).unwrap());
    assert!(!root.is_defined() && root.contains(2.0) && root.low == 0.0);
    assert!(Interval::new(0.5, 2.0).pow(Interval::new(-1.0, 1.0)).encloses(Interval::new(0.5, 2.0)));
    assert!(Interval::new(0.0, 2.0).pow(Interval::new(0.5, 1.5)).is_continuous());
    assert!(!Interval::new(0.0, 2.0).pow(Interval::point(-0.5)).is_defined());
    assert_eq!(Interval::point(2.0).powi(5000).high(), f64::INFINITY);
}
