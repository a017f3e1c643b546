//! Constants that are zero, and near ones that are not.

use super::*;
use crate::algebra::decide;
use crate::expr::{Truth, read};

fn truth(source: &str) -> Truth {
    decide(&read(source).unwrap(), &Budget::unlimited()).unwrap()
}

fn zero(source: &str) -> Truth {
    is_constant_zero(&read(source).unwrap(), &Budget::unlimited()).unwrap()
}

#[test]
fn algebraic_constants_are_decided() {
    for source in [
        "sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3)",
        "sqrt(3 + 2*sqrt(2)) - 1 - sqrt(2)",
        "(2 + sqrt(5))^(1/3) - (1 + sqrt(5))/2",
        "sqrt(10 + 2*sqrt(6) + 2*sqrt(10) + 2*sqrt(15)) - sqrt(2) - sqrt(3) - sqrt(5)",
        "(7 + 5*sqrt(2))^(1/3) + (7 - 5*sqrt(2))*0 - 1 - sqrt(2)",
        "1/(sqrt(2) + sqrt(3)) - sqrt(3) + sqrt(2)",
        "cos(pi/7) - cos(2*pi/7) + cos(3*pi/7) - 1/2",
        "sin(pi/9)*sin(2*pi/9)*sin(4*pi/9) - sqrt(3)/8",
        "tan(pi/11) + 4*sin(3*pi/11) - 4*sin(3*pi/11) - tan(pi/11)",
        "tan(3*pi/11) + 4*sin(2*pi/11) - sqrt(11)",
        "sqrt(-3 + 4*I) - 1 - 2*I",
        "exp(2*I*pi/5) + exp(-2*I*pi/5) - (sqrt(5) - 1)/2",
    ] {
        assert_eq!(zero(source), Truth::Yes, "{source}");
    }
    for source in [
        "sqrt(5 + 2*sqrt(6)) - sqrt(2) - sqrt(3) - 10^(-50)",
        "(cos(pi/7) - cos(2*pi/7) + cos(3*pi/7))*10^60 - 10^60/2 - 1",
        "sqrt(10^40 + 1) - 10^20",
        "1/sqrt(2) - 1/2",
    ] {
        assert_eq!(zero(source), Truth::No, "{source}");
    }
}

#[test]
fn conjugates_are_decided() {
    let cube_root = "(1/16 + I*sqrt(229/3)/48)^(1/3)";
    let sum = format!("{cube_root} + 1/3/{cube_root}");
    assert_eq!(zero(&format!("{sum} - conjugate({sum})")), Truth::Yes);
    assert_eq!(zero(&format!("conjugate({cube_root}) - 1/3/{cube_root}")), Truth::Yes);
    assert_eq!(zero(&format!("real_part({cube_root}) - ({sum})/2")), Truth::Yes);
    assert_eq!(zero(&format!("{cube_root} - conjugate({cube_root})")), Truth::No);
}

#[test]
fn logarithms_are_related() {
    for source in [
        "arctan(1) + arctan(2) + arctan(3) - pi",
        "4*arctan(1/5) - arctan(1/239) - pi/4",
        "log(8) - 3*log(2)",
        "log(12)/log(2) - 2 - log(3)/log(2)",
        "log(2 + sqrt(3)) + log(2 - sqrt(3))",
        "arcsin(3/5) + arcsin(4/5) - pi/2",
        "arccosh(2) - log(2 + sqrt(3))",
        "log(I) - I*pi/2",
        "arctan(2 - sqrt(3)) - pi/12",
        "log(2)*log(27) - log(3)*log(8)",
        "sqrt(2)*log(4) - 2*sqrt(2)*log(2)",
        "arctanh(1/2) - log(3)/2",
        "2^(log(3)/log(2)) - 3",
        "4^((log(62) + I*pi)/log(4)) + 62",
    ] {
        assert_eq!(zero(source), Truth::Yes, "{source}");
    }
    for source in ["arctan(1) + arctan(2) - pi", "log(8) - 3*log(2) + x", "log(-1) + I*pi"] {
        assert_ne!(zero(source), Truth::Yes, "{source}");
    }
}

#[test]
fn constants_are_ordered() {
    for source in [
        "sqrt(2) + sqrt(3) > 3146/1000",
        "sqrt(5 + 2*sqrt(6)) >= sqrt(2) + sqrt(3)",
        "sqrt(5 + 2*sqrt(6)) <= sqrt(2) + sqrt(3)",
        "pi^2 > 986/100",
        "exp(pi) > pi^exp(1)",
        "arctan(1) + arctan(2) + arctan(3) == pi",
    ] {
        assert_eq!(truth(source), Truth::Yes, "{source}");
    }
    for source in ["sqrt(5 + 2*sqrt(6)) > sqrt(2) + sqrt(3)", "sqrt(2) == 14142/10000"] {
        assert_eq!(truth(source), Truth::No, "{source}");
    }
}

#[test]
fn constants_complex_in_writing_have_an_order() {
    for source in [
        "101/100*exp(log(12) + I*pi) < 0",
        "-3/2*I^I < cosh(3/2)",
        "(1 + I*sqrt(3))^(1/3) + (1 - I*sqrt(3))^(1/3) > 1",
        "real_part((7 + 3*I)^(7/2)) > 186",
        "imag_part(I^I) == 0",
        "log(-2) - I*pi < 1",
        "sqrt(7) < (1 + I*sqrt(3))^(1/3) + (1 - I*sqrt(3))^(1/3) + 1",
    ] {
        assert_eq!(truth(source), Truth::Yes, "{source}");
    }
    for source in ["I < 1", "sqrt(-2)*pi < 0"] {
        assert_eq!(truth(source), Truth::Unknown, "{source}");
    }
}
