//! Laplace transforms.

use crate::budget::Budget;
use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Reason, Symbol};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::value_error;
use crate::runtime::parameter::{Formula, Text};
use crate::runtime::value::{Value, str_of};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&laplace::RECORD, &inverse_laplace::RECORD];

/// The variables of a transform and of the function.
fn variable(given: &Spanned<Value>) -> Result<Symbol, Fault> {
    match &given.value {
        Value::Expr(expr) => expr.as_symbol(),
        Value::Str(name) if crate::builtin::names::is_identifier(name) => Some(Symbol::new(name)),
        _ => None,
    }
    .ok_or_else(|| {
        let message = format!("The name \"{}\" is not a valid Python identifier.", str_of(&given.value));
        value_error(message).or_at(given.span)
    })
}

type Transform = fn(&Expr, Symbol, Symbol, &Budget) -> Result<Expr, Reason>;

/// The transform, or the fact that is missing: a `TypeError`, as Sage makes it.
fn transformed(
    call: &Call<'_>,
    f: &Formula,
    variables: [&Spanned<Value>; 2],
    transform: Transform,
) -> Result<Value, Fault> {
    let [from, to] = variables;
    let answer = transform(&f.expr, variable(from)?, variable(to)?, call.budget());
    let answer = answer.map_err(|reason| match reason {
        Reason::Unknown(_) => Fault::from(reason).class_is("TypeError"),
        _ => Fault::from(reason),
    })?;
    Ok(f.wrap(answer))
}

builtin! {
    /// The Laplace transform: the integral of `e^(-s*t)*f(t)` over `t` from 0 to infinity, as a function of `s`.
    ///
    /// It is known for sums of powers, exponentials, sines and cosines, their hyperbolic kin and products of these, for
    /// steps and impulses, logarithms and derivatives of formal functions. Other terms stay as they are asked.
    ///
    /// ```calc
    /// var('s t')                              # => (s, t)
    /// laplace(t^3, t, s)                      # => 6/s^4
    /// laplace(exp(-t)*sin(2*t), t, s)         # => 2/(s^2 + 2*s + 5)
    /// laplace(heaviside(t - 1), t, s)         # => e^(-s)/s
    /// y = function('y')
    /// laplace(diff(y(t), t), t, s)            # => s*laplace(y(t), t, s) - y(0)
    /// laplace(tan(t), t, s)                   # => laplace(tan(t), t, s)
    /// laplace(t^x, t, s)                      # error: undecided
    /// laplace(t, t, 2)                        # error: bad-value
    /// ```
    ///
    /// See also: `inverse_laplace`, `desolve_laplace`.
    faults "bad-value", "undecided";
    fn laplace(call, f: Formula, t: Spanned<Value>, s: Spanned<Value>, algorithm: Option<Text>) -> Value {
        transformed(call, &f, [&t, &s], calculus::laplace)
    }
}

builtin! {
    /// The function of `t` whose Laplace transform is `f`, a function of `s`.
    ///
    /// It is known for rational functions whose denominators have factors of degree one and two, constants, powers, and
    /// these times `e^(-c*s)`. Other terms stay as calls of `ilt`.
    ///
    /// ```calc
    /// var('s t')                              # => (s, t)
    /// inverse_laplace(1/(s^2 + 4), s, t)      # => 1/2*sin(2*t)
    /// inverse_laplace(1/(s*(s + 1)), s, t)    # => -e^(-t) + 1
    /// inverse_laplace(exp(-s)/s, s, t)        # => heaviside(t - 1)
    /// inverse_laplace(cos(s), s, t)           # => ilt(cos(s), s, t)
    /// inverse_laplace(1/(s^2 + x), s, t)      # error: undecided
    /// inverse_laplace(1/s, 3, t)              # error: bad-value
    /// ```
    ///
    /// See also: `laplace`, `partial_fraction`.
    faults "bad-value", "undecided";
    fn inverse_laplace(call, f: Formula, s: Spanned<Value>, t: Spanned<Value>, algorithm: Option<Text>) -> Value {
        transformed(call, &f, [&s, &t], calculus::inverse_laplace)
    }
}
