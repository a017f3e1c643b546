//! Differential equations.

use crate::builtin;
use crate::calculus::ode::{Conditions, Equation};
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Function, Symbol};
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::value_error;
use crate::runtime::parameter::{Parameter, Text, Variable, expected};
use crate::runtime::value::{Value, as_expr};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&desolve::RECORD];

builtin! {
    /// Solves a differential equation of order one or two for a function.
    ///
    /// First order: linear, separable, exact, Bernoulli, homogeneous. Second order: linear with constant coefficients.
    /// `ics` is `[x0, y0]`, `[x0, y0, slope]` or `[x0, y0, x1, y1]`. Answers are proved by putting them back. What can't
    /// be written as a function is answered as an equation.
    ///
    /// ```calc
    /// y = function('y')(x)
    /// desolve(diff(y, x) == x*y, y)                         # => _C*e^(1/2*x^2)
    /// desolve(diff(y, x) == y^2, y)                         # => -1/y(x) == _C + x
    /// desolve(diff(y, x, 2) + 4*y == 0, y, ics=[0, 1, 0])   # => cos(2*x)
    /// desolve(diff(y, x) == sin(x*y), y)                    # error: not-offered
    /// ```
    ///
    /// See also: `diff`, `function`, `integrate`.
    faults "not-offered";
    only function;
    fn desolve(
        call, de: Spanned<Expr>, dvar: Spanned<Value>, ics: Option<Vec<Expr>>, ivar: Option<Variable>,
        show_method: Option<bool>, contrib_ode: Option<bool>, algorithm: Option<Text>,
    ) -> Value {
        let (function, named) = unknown(&dvar, call)?;
        let variable = match ivar.map(|variable| variable.0).or(named) {
            Some(variable) => variable,
            None => independent(&de.value, &function)?,
        };
        let conditions = conditions(&ics.unwrap_or_default())?;
        let solved = Equation::new(&de.value, &function, variable, call.budget())?.solve(&conditions)?;
        let answer = Value::Expr(solved.answer);
        Ok(match show_method {
            Some(true) => Value::list(vec![answer, Value::str(solved.method)]),
            _ => answer,
        })
    }
}

/// The function that is asked for, `y(x)`, and its variable where it is given as `[y(x), x]`.
fn unknown(given: &Spanned<Value>, call: &mut crate::runtime::call::Call<'_>) -> Result<(Expr, Option<Symbol>), Fault> {
    let declared = |expr: &Expr| matches!(expr.as_call(), Some((Function::Formal(_), _)));
    let wrong = || {
        value_error("You have to declare dependent variable as a function evaluated at the independent variable, eg. y=function('y')(x)")
            .or_at(given.span)
    };
    if let Value::List(_) | Value::Tuple(_) = given.value {
        let items = call.items(&given.value)?;
        let [function, variable] = items.as_slice() else { return Err(expected("a function and its variable", given)) };
        let variable = Variable::take(&Spanned::new(variable.clone(), given.span), call)?;
        return match as_expr(function).filter(declared) {
            Some(function) => Ok((function, Some(variable.0))),
            None => Err(wrong()),
        };
    }
    as_expr(&given.value).filter(declared).map(|function| (function, None)).ok_or_else(wrong)
}

/// The only variable of the equation.
fn independent(equation: &Expr, function: &Expr) -> Result<Symbol, Fault> {
    let mut variables = equation.variables();
    for symbol in function.variables() {
        if !variables.contains(&symbol) {
            variables.push(symbol);
        }
    }
    match variables.as_slice() {
        [only] => Ok(*only),
        _ => {
            Err(value_error("Unable to determine independent variable, please specify.").hint("desolve(de, y, ivar=x)"))
        }
    }
}

fn conditions(given: &[Expr]) -> Result<Conditions, Fault> {
    Ok(match given {
        [] => Conditions::None,
        [x, y] => Conditions::Value(x.clone(), y.clone()),
        [x, y, slope] => Conditions::Slope(x.clone(), y.clone(), slope.clone()),
        [x0, y0, x1, y1] => Conditions::Values([(x0.clone(), y0.clone()), (x1.clone(), y1.clone())]),
        _ => return Err(value_error("initial conditions are [x0, y0], [x0, y0, dy0] or [x0, y0, x1, y1]")),
    })
}
