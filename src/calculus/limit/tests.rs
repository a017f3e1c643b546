//! Limits of a first course, and the traps.

mod quotients;
mod random;

use super::*;
use crate::print::text;

fn at(source: &str, point: &str, side: Side) -> String {
    let read = |text: &str| crate::expr::read(text).unwrap();
    match limit(&read(source), Symbol::new("x"), &read(point), side, &Budget::unlimited()) {
        Ok(value) => text(&value),
        Err(reason) => format!("{reason:?}"),
    }
}

fn check(cases: &[(&str, &str, &str)]) {
    let wrong: Vec<String> = cases
        .iter()
        .filter_map(|(source, point, expected)| {
            let answer = at(source, point, Side::Both);
            (answer != *expected).then(|| format!("{source} at {point}: {answer}, not {expected}"))
        })
        .collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn quotients_and_known_limits() {
    check(&[
        ("sin(x)/x", "0", "1"),
        ("(1-cos(x))/x^2", "0", "1/2"),
        ("(x^2-1)/(x-1)", "1", "2"),
        ("(exp(x)-1-x)/x^2", "0", "1/2"),
        ("1/x", "0", "Infinity"),
        ("1/x^2", "0", "+Infinity"),
        ("abs(x)/x", "0", "und"),
        ("(2+x)^floor(x)", "0", "und"),
        ("(floor(x)+3)^(x+1)", "0", "und"),
        ("x/(x-1)-1/log(x)", "1", "1/2"),
        ("(1+x)^(1/x)", "0", "e"),
        ("x^x", "0", "1"),
        ("sqrt(x)", "0", "0"),
        ("(sin(x+h)-sin(x))/h", "a", "sin(a + h)/h - sin(a)/h"),
        ("floor(x)", "5/2", "2"),
    ]);
}

#[test]
fn parameters_and_floors_of_sequences() {
    let holds = |text: &str| Fact::Holds(crate::expr::read(text).unwrap());
    assume::with_facts([holds("a > b"), holds("b > 0"), holds("c > -1"), holds("c < 1")], || {
        check(&[
            ("(a^x+b^x)^(1/x)", "oo", "a"),
            ("(a^x-b^x)/(a^x+b^x)", "oo", "1"),
            ("c^x*x", "oo", "0"),
            ("log(3^x+1)/log(2^x+1)", "-oo", "0"),
            ("arctan(x*I)", "oo", "1/2*pi"),
            ("cosh(x^2+log(x))", "-oo", "-Infinity"),
        ]);
    });
    assume::with_facts([Fact::In(Symbol::new("x"), Domain::Integer)], || {
        check(&[("floor(sqrt(x^2+x))-x", "oo", "0"), ("x-floor(sqrt(x^2-1))", "oo", "1")]);
    });
}

/// The formula of the derivative has a value there, the function jumps all the same.
#[test]
fn a_quotient_over_a_jump_has_no_limit_of_both_sides() {
    check(&[("(arccot(x)-pi/2)/x", "0", "und"), ("(arccot(1-x)-pi/2)/(x-1)", "1", "und")]);
    assert_eq!(at("(arccot(x)-pi/2)/x", "0", Side::Right), "-1");
    assert_eq!(at("(arccot(a+x)-arccot(a))/x", "0", Side::Both), "-1/(a^2 + 1)");
}

#[test]
fn growth_at_infinity() {
    check(&[
        ("(1+1/x)^x", "oo", "e"),
        ("(1+2/x)^x", "oo", "e^2"),
        ("x^100/exp(x)", "oo", "0"),
        ("log(x)^10/x", "oo", "0"),
        ("log(log(x))/log(x)", "oo", "0"),
        ("log(x+exp(x))/x", "oo", "1"),
        ("sqrt(x)*(sqrt(x+1)-sqrt(x-1))", "oo", "1"),
        ("arctan(x)", "oo", "1/2*pi"),
        ("tanh(x)", "-oo", "-1"),
        ("exp(x)/(exp(x)+1)", "oo", "1"),
        ("exp(x+exp(-x))-exp(x)", "oo", "1"),
        ("x^(1/x)", "oo", "1"),
        ("(1+1/x)^(x^2)/exp(x)", "oo", "e^(-1/2)"),
        ("(1+1/x)^(x^2)", "oo", "+Infinity"),
        ("log(1+3^x)/log(1+2^x)", "oo", "log(3)/log(2)"),
        ("sum(1/(x+k),k,1,x)", "oo", "log(2)"),
        ("sum(1/sqrt(k),k,1,x)/sqrt(x)", "oo", "2"),
        ("sum(exp(k/x),k,1,x)/x", "oo", "e - 1"),
        ("sum(1/sqrt(x^2-k^2),k,0,x-1)", "oo", "1/2*pi"),
        ("sum(sin(k/x^2),k,1,x)", "oo", "1/2"),
        ("product(1-1/(2*k),k,1,x)*sqrt(x)", "oo", "1/sqrt(pi)"),
        ("product(x+k,k,1,x)^(1/x)/x", "oo", "4*e^(-1)"),
        ("sum(1/(2*k-1),k,1,x)-1/2*log(x)", "oo", "1/2*euler_gamma + log(2)"),
        ("sum(1/sqrt(k),k,1,x)-2*sqrt(x)", "oo", "zeta(1/2)"),
        ("sum(log(k),k,1,x)/(x*log(x))", "oo", "1"),
        ("sum(1/sqrt(x^2+k),k,1,x)", "oo", "1"),
        ("sum(1/factorial(k),k,0,x)", "oo", "e"),
        ("log(1+3^x)-log(3)/log(2)*log(1+2^x)", "oo", "0"),
    ]);
}

#[test]
fn exponentials_of_what_is_not_real() {
    // Left of zero the logarithm has an imaginary part: the exponential turns with it.
    check(&[
        ("exp(x^2+log(x))", "-oo", "-Infinity"),
        ("exp(x^2+sqrt(x))", "-oo", "Infinity"),
        ("exp(x+log(-x))", "oo", "-Infinity"),
        ("log(x)^(-x)", "-oo", "Infinity"),
        ("(x*log(1/3))^sin(1)", "oo", "Infinity"),
        ("(-1/sqrt(x))^sqrt(2)", "oo", "0"),
        ("log(x)^x*exp(-x)", "-oo", "0"),
        ("(x+I)^x", "oo", "Infinity"),
    ]);
}

#[test]
fn oscillation_is_bounded_or_not() {
    check(&[
        ("sin(x)", "oo", "ind"),
        ("sin(x)/x", "oo", "0"),
        ("x+sin(x)", "oo", "+Infinity"),
        ("(2*x+cos(x))/(x-sin(x))", "oo", "2"),
        ("x*(2+sin(x))", "oo", "+Infinity"),
        ("exp(sin(x))/x", "oo", "0"),
        ("(5+cos(x))/(7+cos(x))", "oo", "ind"),
        ("x*sin(x)", "oo", "und"),
        ("sin(1/x)", "0", "ind"),
        ("x*sin(1/x)", "0", "0"),
    ]);
}

#[test]
fn sides_differ() {
    assert_eq!(at("exp(1/x)", "0", Side::Right), "+Infinity");
    assert_eq!(at("exp(1/x)", "0", Side::Left), "0");
    assert_eq!(at("exp(1/x)", "0", Side::Both), "und");
    assert_eq!(at("floor(x)", "2", Side::Left), "1");
    assert_eq!(at("log(x)", "0", Side::Right), "-Infinity");
    assert_eq!(at("1/(1+exp(1/x))", "0", Side::Left), "1");
    assert_eq!(at("arctan(1/x)", "0", Side::Both), "und");
}

#[test]
fn functions_that_hide_exponentials_are_not_taken_for_slow_ones() {
    check(&[
        ("sinh(x)/exp(x)", "oo", "1/2"),
        ("sinh(x) - exp(x)/2", "oo", "0"),
        ("tanh(x)*exp(x)/cosh(x)", "oo", "2"),
        ("sinh(exp(x))/exp(exp(x))", "oo", "1/2"),
        ("(1-tanh(x))*exp(2*x)", "oo", "2"),
        ("sinh(1/x)*exp(x)/exp(x)", "oo", "0"),
        ("floor(x)/exp(x)", "oo", "0"),
    ]);
}

#[test]
fn special_functions_at_infinity() {
    check(&[
        ("x*Ei(x)/exp(x)", "oo", "1"),
        ("log_integral(x)*log(x)/x", "oo", "1"),
        ("gamma(x)/exp(x)", "oo", "+Infinity"),
        ("factorial(x)*exp(x)/(x^x*sqrt(x))", "oo", "sqrt(2)*sqrt(pi)"),
        ("binomial(2*x,x)*sqrt(x)/4^x", "oo", "1/sqrt(pi)"),
        ("x*(psi(x)-log(x))", "oo", "-1/2"),
        ("x*exp(x^2)*(1-erf(x))", "oo", "1/sqrt(pi)"),
        ("sin_integral(x)", "-oo", "-1/2*pi"),
        ("(zeta(x)-1)*x", "oo", "0"),
        ("zeta(x+1)-1/x", "0", "euler_gamma"),
        ("lambert_w(x)/log(x)", "oo", "1"),
        ("bessel_J(1,x)", "-oo", "0"),
        ("x^2*bessel_K(0,x)", "oo", "0"),
        ("gamma(x+1/gamma(x))-gamma(x)", "oo", "+Infinity"),
    ]);
}

#[test]
fn bessel_and_airy_functions_are_waves() {
    check(&[
        ("sqrt(x)*bessel_J(0,x)", "oo", "ind"),
        ("x*bessel_J(0,x)", "oo", "und"),
        ("x^(1/4)*bessel_Y(1,x)", "oo", "0"),
        ("x*(bessel_J(0,x)^2+bessel_Y(0,x)^2)", "oo", "2/pi"),
        ("sqrt(x)*airy_ai(x)*airy_bi(x)", "oo", "1/2/pi"),
        ("airy_ai(x)", "-oo", "0"),
        ("airy_ai(-x)*x^(1/4)", "oo", "ind"),
    ]);
}

#[test]
fn steps_are_seen_together() {
    check(&[
        ("floor(x)+floor(-x)", "oo", "ind"),
        ("ceil(x)-floor(x)", "oo", "ind"),
        ("floor(x+1)-floor(x)", "oo", "1"),
        ("(floor(2*x)-2*floor(x))/x", "oo", "0"),
        ("floor(2*x)-2*floor(x)", "oo", "ind"),
        ("floor(x/2)-floor(x)/2", "oo", "ind"),
        ("(-1)^floor(x)", "oo", "ind"),
        ("(-1)^floor(x)/x", "oo", "0"),
        ("x*(-1)^floor(x)", "oo", "und"),
        ("cos(2*pi*floor(x))", "oo", "1"),
        ("sin(pi*floor(x))", "oo", "0"),
    ]);
}

#[test]
fn steps_and_waves_are_bounded_unknowns() {
    check(&[
        ("x*floor(1/x)", "0", "1"),
        ("floor(x)/x", "oo", "1"),
        ("frac(x)", "oo", "ind"),
        ("sin(sqrt(x+1))-sin(sqrt(x))", "oo", "0"),
        ("x*(sin(x)^2+cos(x)^2)", "oo", "+Infinity"),
        ("2*sin(x)*cos(x)-sin(2*x)", "oo", "0"),
        ("abs(sin(x))", "oo", "ind"),
        ("tan(x)", "oo", "und"),
        ("exp(x*sin(x))", "oo", "und"),
        ("(-1)^x/2^x", "oo", "0"),
        ("(1+I)^x", "oo", "Infinity"),
    ]);
}

#[test]
fn poles_and_waves_without_common_period() {
    check(&[
        // Near the zeros of the cosine it is unbounded.
        ("exp(-x)/cos(x)", "oo", "und"),
        ("tan(x)/x", "oo", "und"),
        ("1/(x*sin(x))", "oo", "und"),
        ("psi(x)", "-oo", "und"),
        ("x/sin(x)^2", "oo", "+Infinity"),
        // Almost periodic, or of different growth.
        ("sin(x)+sin(sqrt(2)*x)", "oo", "ind"),
        ("sin(x^2)+sin(x)", "oo", "ind"),
        ("arctan2(x,-1)", "0", "und"),
        ("fresnel_sin(x)", "-oo", "-1/2"),
        ("2^x*(zeta(x)-1)", "oo", "1"),
    ]);
}

#[test]
fn exponentials_inside_exponentials_stay_whole() {
    check(&[
        ("(gamma(x+1/gamma(x))-gamma(x))/log(x)", "oo", "1"),
        ("x*(gamma(x-1/gamma(x))-gamma(x)+log(x))", "oo", "1/2"),
        ("(x^(x+x^(-x))-x^x)/log(x)", "oo", "1"),
    ]);
    assert_eq!(at("exp(exp(exp(psi(psi(psi(x))))))/x", "oo", Side::Both), "0");
    // Once a stack overflow, and an answer that held the variable.
    assert_eq!(at("zeta(x+exp(-x))-zeta(x)", "oo", Side::Both), "0");
    assert!(at("exp((log(2)+1)*x)*(zeta(x+exp(-x))-zeta(x))", "oo", Side::Both).starts_with("Unsupported"));
}

#[test]
fn exponentials_of_all_kinds() {
    check(&[
        ("(2^x+3^x)^(1/x)", "oo", "3"),
        ("(10^x+9^x+8^x)^(1/x)", "oo", "10"),
        ("7^x/8^x", "oo", "0"),
        ("x^sqrt(2)/x", "oo", "+Infinity"),
        ("(x^(-1-x)*(x^(1+x)+(1+x)^x))^x", "oo", "e^e"),
        ("x/log(x^(log(x^(log(2)/log(x)))))", "oo", "+Infinity"),
        ("arctan(log(x))", "oo", "1/2*pi"),
        ("log(x)^log(log(x))/x", "oo", "0"),
        ("max(x,5)-x", "oo", "0"),
    ]);
}

#[test]
fn branches_of_complex_functions() {
    assert_eq!(at("sqrt(-3+x-I*x^2)", "0", Side::Both), "-I*sqrt(3)");
    assert_eq!(at("log(-1+I*x)", "0", Side::Right), "I*pi");
    assert_eq!(at("log(-1+I*x)", "0", Side::Left), "-I*pi");
    assert_eq!(at("log(x)", "0", Side::Left), "Infinity");
    assert!(at("sqrt(x)/(x^2)^sqrt(x)", "-oo", Side::Both).starts_with("Unsupported"));
}

#[test]
fn difference_quotients_give_derivatives_as_diff_does() {
    check(&[
        ("(sec(a+x)-sec(a))/x", "0", "sec(a)*tan(a)"),
        ("(1/(x^2+1)-1/(a^2+1))/(x-a)", "a", "-2*a/(a^2 + 1)^2"),
        ("((a+x)^(a+x)-a^a)/x", "0", "a^a*(log(a) + 1)"),
        ("(log(2+x)-log(2))/x", "0", "1/2"),
        ("(abs(1+x)-1)/x", "0", "1"),
        ("abs(x)/x", "0", "und"),
    ]);
}
