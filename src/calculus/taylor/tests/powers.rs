//! Expansions with symbolic exponents against numerical values.

use crate::budget::Budget;
use crate::calculus::taylor::taylor;
use crate::calculus::testing;
use crate::expr::assume::{Fact, with_facts};
use crate::expr::{Expr, Reason, Relation, Symbol, read};
use crate::print;
use crate::tape::series::Approach;

fn polynomial(text: &str, degree: usize) -> Result<(Expr, Expr), Reason> {
    let expr = read(text).unwrap();
    let positive = Fact::Holds(Expr::relation(Relation::Greater, Expr::variable("m"), Expr::zero()));
    let approach = Approach::both(&Expr::zero());
    let found = || taylor(&expr, Symbol::new("x"), &approach, degree, &Budget::unlimited());
    with_facts([positive], found).map(|found| (expr, found.value))
}

#[test]
fn values_agree() {
    let put = |expr: &Expr| expr.substitute(&[(Expr::variable("m"), Expr::fraction(7, 5))]);
    let x = Expr::fraction(1, 1000);
    for text in [
        "bessel_J(m, x)",
        "bessel_I(m, x)*exp(x)",
        "bessel_J(m, x)^2/x^m",
        "gamma(m, x)*cos(x)",
        "exp_integral_e(-m, x)",
        "x^m*log(x)*sin(x)",
        "(x^2 + x^3)^m",
        "sin(x)^(-m)",
        "exp(x + m*log(tan(x)))",
        "(1 + x^m)^2*exp(x)",
        "(x^m*exp(x))^(1/3)",
        "log(x^m + x^(m + 1))",
    ] {
        let (expr, value) = polynomial(text, 3).unwrap_or_else(|reason| panic!("{text}: {reason:?}"));
        let [(right, _), (found, _)] = [expr, value].map(|e| testing::value(&put(&e), &x).unwrap());
        assert!(((right - found) / right).abs() < 1e-10, "{text}: {right} {found}");
    }
}

#[test]
fn what_is_not_known_is_refused() {
    for text in ["(x^a*exp(x))^b", "1/(1 + x^m)", "exp(x^m)", "gamma(a, x)", "bessel_J(a, x)", "psi(m, x)"] {
        assert!(polynomial(text, 3).is_err(), "{text}");
    }
    let (_, value) = polynomial("bessel_J(m, x)", 1).unwrap();
    assert_eq!(print::text(&value), "x^m/(2^m*gamma(m + 1))");
}
