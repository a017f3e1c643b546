//! The table: antiderivatives of functions of a linear argument, and powers of it.

use super::shape::call_of;
use super::{Answer, Integrator};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, Truth, function, read};
use crate::number::Rational;

/// Functions of `u`, their power, and an antiderivative by `u`.
pub(super) static TABLE: &[(&str, i64, &str)] = &[
    ("exp", 1, "exp(u)"),
    ("sin", 1, "-cos(u)"),
    ("cos", 1, "sin(u)"),
    ("tan", 1, "log(sec(u))"),
    ("cot", 1, "log(sin(u))"),
    ("sec", 1, "log(sec(u) + tan(u))"),
    ("csc", 1, "-log(cot(u) + csc(u))"),
    ("sec", 2, "tan(u)"),
    ("csc", 2, "-1/tan(u)"),
    ("tan", 2, "tan(u) - u"),
    ("cot", 2, "-u - 1/tan(u)"),
    ("sinh", 1, "cosh(u)"),
    ("cosh", 1, "sinh(u)"),
    ("tanh", 1, "log(cosh(u))"),
    ("coth", 1, "log(sinh(u))"),
    ("sech", 1, "arctan(sinh(u))"),
    ("csch", 1, "log(tanh(1/2*u))"),
    ("sech", 2, "2/(exp(-2*u) + 1)"),
    ("csch", 2, "2/(exp(-2*u) - 1)"),
    ("tanh", 2, "u - 2/(exp(-2*u) + 1)"),
    ("coth", 2, "u + 2/(exp(-2*u) - 1)"),
    ("cosh", -2, "2/(exp(-2*u) + 1)"),
    ("sinh", -2, "2/(exp(-2*u) - 1)"),
    ("cosh", -1, "arctan(sinh(u))"),
    ("sinh", -1, "log(tanh(1/2*u))"),
    ("log", 1, "u*log(u) - u"),
    ("arcsin", 1, "u*arcsin(u) + sqrt(1 - u^2)"),
    ("arccos", 1, "u*arccos(u) - sqrt(1 - u^2)"),
    ("arctan", 1, "u*arctan(u) - 1/2*log(u^2 + 1)"),
    ("arccot", 1, "u*arccot(u) + 1/2*log(u^2 + 1)"),
    ("arcsinh", 1, "u*arcsinh(u) - sqrt(u^2 + 1)"),
    ("arccosh", 1, "u*arccosh(u) - sqrt(u^2 - 1)"),
    ("arctanh", 1, "u*arctanh(u) + 1/2*log(1 - u^2)"),
    ("arccoth", 1, "u*arccoth(u) + 1/2*log(u^2 - 1)"),
    ("arcsin", 2, "u*arcsin(u)^2 + 2*sqrt(1 - u^2)*arcsin(u) - 2*u"),
    ("arccos", 2, "u*arccos(u)^2 - 2*sqrt(1 - u^2)*arccos(u) - 2*u"),
    ("abs", 1, "1/2*u*abs(u)"),
    ("sgn", 1, "abs(u)"),
    ("erf", 1, "u*erf(u) + exp(-u^2)/sqrt(pi)"),
    ("erfc", 1, "u*erfc(u) - exp(-u^2)/sqrt(pi)"),
    ("unit_step", 1, "u*unit_step(u)"),
    ("heaviside", 1, "u*heaviside(u)"),
    ("dirac_delta", 1, "heaviside(u)"),
];

/// The table, for one function of a linear argument.
pub(super) fn by_table(integrator: &Integrator, f: &Expr) -> Answer {
    if *f == integrator.x {
        return Ok(Some(f.powi(2).scale(&Rational::HALF.into())));
    }
    match f.kind() {
        Kind::Call(..) => Ok(of_function(integrator, f, 1)),
        Kind::Power(base, exponent) if integrator.is_free(exponent) => {
            match exponent.to_i64().and_then(|n| of_function(integrator, base, n)) {
                Some(found) => Ok(Some(found)),
                None => power(integrator, base, exponent),
            }
        }
        Kind::Power(base, exponent) if integrator.is_free(base) => {
            Ok(integrator.linear(exponent).map(|(a, _)| f / (a * function::log(base))))
        }
        _ => Ok(None),
    }
}

fn of_function(integrator: &Integrator, call: &Expr, power: i64) -> Option<Expr> {
    let (name, argument) = call_of(call)?;
    let (_, _, text) = TABLE.iter().find(|(own, n, _)| *own == name && *n == power)?;
    let (a, _) = integrator.linear(argument)?;
    let formula = read(text).ok()?;
    let found = formula.substitute_symbol(Symbol::new("u"), argument);
    Some(integrator.scaled(&a.recip(), &found))
}

/// `(a*x + b)^n`.
fn power(integrator: &Integrator, base: &Expr, exponent: &Expr) -> Answer {
    if exponent.to_i64().is_some_and(|n| n != -1 && n < 40) && *base != integrator.x {
        return Ok(None); // polynomials are multiplied out, denominators taken apart
    }
    if let Some(outer) = exponent.as_rational()
        && let Some(found) = power_of_power(integrator, base, outer)
    {
        return Ok(Some(found));
    }
    let Some((a, _)) = integrator.linear(base) else { return Ok(None) };
    let raised = exponent + Expr::one();
    match is_zero(integrator, &raised)? {
        Truth::Yes => Ok(Some(function::log(base) / a)),
        Truth::No => Ok(Some(base.power(&raised) / (a * raised))),
        Truth::Unknown => Err(Reason::Unknown(Expr::relation(Relation::NotEqual, exponent.clone(), Expr::integer(-1)))),
    }
}

/// `(x^n)^q`, which is `x` to some power only up to a factor that is constant on either side of zero.
fn power_of_power(integrator: &Integrator, base: &Expr, outer: &Rational) -> Option<Expr> {
    let Kind::Power(inner, exponent) = base.kind() else { return None };
    if *inner != integrator.x {
        return None;
    }
    let total = exponent.as_rational()? * outer + Rational::ONE;
    (!total.is_zero()).then(|| base.power_rational(outer) * &integrator.x / Expr::number(total))
}

/// Is a constant zero, as assumptions tell? Expressions with parameters that may vanish are unknown.
pub(super) fn is_zero(integrator: &Integrator, expr: &Expr) -> Result<Truth, Reason> {
    let known = crate::expr::assume::is_nonzero(expr);
    if !known.is_unknown() {
        return Ok(!known);
    }
    let truth = crate::algebra::is_zero(expr, integrator.budget)?;
    // A parameter may have the one value for which the expression is zero.
    Ok(if truth.is_no() && !expr.is_constant() { Truth::Unknown } else { truth })
}
