//! Reals against recorded answers of SageMath 9.5 and against the machine.

use super::*;
use crate::number::Number;

fn real(text: &str) -> Real {
    Real::parse(text).unwrap()
}

fn third(precision: u32) -> Real {
    Real::from_rational(&Rational::fraction(1, 3).unwrap(), precision)
}

#[test]
fn literals_print_as_in_sage() {
    let recorded = [
        ("2.5e-7", 53, "2.50000000000000e-7"),
        ("1.2345678912300e8", 53, "1.23456789123000e8"),
        ("0.000123", 53, "0.000123000000000000"),
        ("1e5", 53, "100000.000000000"),
        ("1e6", 53, "1.00000000000000e6"),
        ("0.00001", 53, "0.0000100000000000000"),
        ("1.5e-6", 53, "1.50000000000000e-6"),
        ("999999.5", 53, "999999.500000000"),
        ("999999.9999999999", 54, "1.00000000000000e6"),
        ("9.9999999999999999e5", 57, "1.000000000000000e6"),
        ("0.0000099999999999999999", 57, "0.00001000000000000000"),
        ("0.0", 53, "0.000000000000000"),
        ("-0.0", 53, "-0.000000000000000"),
        ("1e400", 53, "1.00000000000000e400"),
        ("1e-400", 53, "1.00000000000000e-400"),
        ("1e1000000", 53, "1.00000000000000e1000000"),
        ("3.141592653589793", 54, "3.14159265358979"),
        ("100000000000000000000.0", 74, "1.00000000000000000000e20"),
        ("3.14159265358979323846264338327950288", 120, "3.1415926535897932384626433832795029"),
        ("123456789012345678901234567890e-10", 100, "1.2345678901234567890123456789e19"),
        ("00000000000000000000000012.5", 53, "12.5000000000000"),
        (".5", 53, "0.500000000000000"),
        ("5.", 53, "5.00000000000000"),
    ];
    for (text, precision, shown) in recorded {
        assert_eq!((real(text).prec(), real(text).to_string().as_str()), (precision, shown), "{text}");
    }
    assert!(Real::parse("1e").is_none() && Real::parse(".").is_none() && Real::parse("1.2.3").is_none());
    assert!(real("1e99999999999999999999").is_infinite() && real("1e-99999999999999999999").is_zero());
}

#[test]
fn other_precisions_print_as_in_sage() {
    let recorded = [
        (2, "0.38"),
        (10, "0.33"),
        (24, "0.333333"),
        (54, "0.333333333333333"),
        (57, "0.3333333333333333"),
        (64, "0.333333333333333333"),
        (100, "0.33333333333333333333333333333"),
    ];
    for (precision, shown) in recorded {
        assert_eq!(third(precision).to_string(), shown);
    }
    assert_eq!(Real::from_f64(1000.0).with_prec(10).to_string(), "1000.");
    assert_eq!(Real::from_f64(10000.0).with_prec(10).to_string(), "10000.");
    assert_eq!(Real::from_f64(999999.7).with_prec(20).to_string(), "1.0000e6");
    assert_eq!(Real::from_f64(123456.0).to_text(4), "123500.");
    assert_eq!(Real::zero(10).to_string(), "0.00");
    assert_eq!(Real::infinity(false, 53).to_string(), "+infinity");
    let bits: Vec<u32> = (1..=12).map(Real::bits_of_digits).collect();
    assert_eq!(bits, [7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40, 44]);
}

#[test]
fn simplest_rationals_are_those_of_sage() {
    for (text, simplest) in [
        ("0.75", "3/4"),
        ("0.1", "1/10"),
        ("-0.3", "-3/10"),
        ("3.14159265358979", "144029661/45846065"),
        ("1e22", "9999999999999998951424"),
        ("1e-10", "1/10000000000"),
        ("0.0", "0"),
        ("1.0", "1"),
        ("2.0", "2"),
    ] {
        assert_eq!(real(text).simplest_rational().unwrap().to_string(), simplest, "{text}");
    }
    assert_eq!(third(100).simplest_rational().unwrap().to_string(), "1/3");
    assert_eq!(Real::from_f64(2f64.sqrt()).simplest_rational().unwrap().to_string(), "131836323/93222358");
    assert_eq!(real("3.14159265358979").with_prec(20).simplest_rational().unwrap().to_string(), "355/113");
    assert_eq!(real("0.1").to_rational().unwrap().to_string(), "3602879701896397/36028797018963968");
}

#[test]
fn arithmetic_keeps_the_smaller_precision() {
    assert_eq!((third(53) + third(100)).prec(), 53);
    assert_eq!((third(100) + third(100)).to_string(), "0.66666666666666666666666666667");
    assert_eq!(real("1e308") * real("10.0"), real("1e309"));
    assert_eq!((real("1e-320") * real("1e320")).to_string(), "1.00000000000000");
    assert_eq!((real("1e-200") * real("1e-200")).to_string(), "1.00000000000000e-400");
    assert_eq!((real("1.0") / real("0.0")).to_string(), "+infinity");
    assert!((real("0.0") / real("0.0")).is_nan());
    assert!((real("1e400") - real("1e400")).is_zero());
    assert_eq!((real("1e400") + real("-1e-400")), real("1e400"));
    assert_eq!((third(100) / Real::zero(100)).to_string(), "+infinity");
    assert_eq!((third(100) * Real::infinity(true, 100)).to_string(), "-infinity");
    assert_eq!(
        real("2.0").with_prec(200).sqrt().to_text(59),
        "1.4142135623730950488016887242096980785696718753769480731767"
    );
    assert!(real("-1.0").sqrt().is_nan());
}

#[test]
fn rounding_to_integers() {
    let whole = |value: Option<Integer>| value.unwrap().to_i64().unwrap();
    for (text, floor, ceil, trunc, round) in
        [("2.5", 2, 3, 2, 3), ("-2.5", -3, -2, -2, -3), ("0.3", 0, 1, 0, 0), ("-0.3", -1, 0, 0, 0), ("7.0", 7, 7, 7, 7)]
    {
        let value = real(text);
        let all = (whole(value.floor()), whole(value.ceil()), whole(value.trunc()), whole(value.round()));
        assert_eq!(all, (floor, ceil, trunc, round), "{text}");
    }
    assert_eq!(real("7.5").remainder(&real("2.0")), real("-0.5"));
    assert_eq!(real("1e30").remainder(&real("1e-3")).prec(), 53);
    assert!(Real::infinity(false, 53).floor().is_none() && real("1e99999999999").floor().is_none());
}

#[test]
fn order_ignores_precision_and_equality_does_not() {
    use std::cmp::Ordering::*;
    assert_eq!(real("3.0").with_prec(100).compare(&real("3.0")), Some(Equal));
    assert_ne!(real("3.0").with_prec(100), real("3.0"));
    assert_eq!(real("1e400").compare(&Real::infinity(false, 53)), Some(Less));
    assert_eq!(real("1e-400").compare(&real("0.0")), Some(Greater));
    assert_eq!(Real::nan(53).compare(&real("0.0")), None);
    assert_eq!(Real::nan(53), Real::nan(53));
}

#[test]
fn huge_exponents_print_quickly_and_right() {
    let power = Real::from_f64(10.5).powi(1_000_000_000_000);
    assert_eq!(power.to_string(), "8.67107202226231e1021189299069");
    let tiny = Number::from(Real::from_f64(0.5)).floating_power(&Number::from(real("1e17")));
    assert!(matches!(tiny, Some(Number::Real(x)) if !x.is_zero()));
}
