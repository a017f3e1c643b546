//! Integrals, symbolic and numerical, symbolic sums and products.

use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::{Expr, Function, Reason, Symbol, function};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_ARGUMENTS, value_error};
use crate::runtime::parameter::{Formula, Rest, expected};
use crate::runtime::value::{Value, as_expr};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&integrate::RECORD];

builtin! {
    /// An antiderivative of `f`, or its integral between two bounds.
    ///
    /// Antiderivatives are checked by differentiating back. Between bounds an antiderivative is used only where it is
    /// proved to be continuous. What no method finds, or what cannot be proved, comes back unevaluated.
    ///
    /// ```calc
    /// integrate(x*sin(x), x)              # => -x*cos(x) + sin(x)
    /// integrate(x^2, x, 0, 2)             # => 8/3
    /// integrate(exp(-x), (x, 0, oo))      # => 1
    /// integrate(1/x, x, -1, 1)            # error: bad-value
    /// ```
    ///
    /// See also: `diff`, `numerical_integral`, `sum`, `assume`.
    also "integral";
    faults "bad-value";
    fn integrate(
        call, f: Formula, range: Rest<Spanned<Value>>, a: Option<Expr>, b: Option<Expr>, algorithm: Option<String>,
        hold: Option<bool>,
    ) -> Value {
        let range = Range::read(call, &f, &range.0, (a, b))?;
        let answer = match (&range.bounds, hold.unwrap_or(false)) {
            (bounds, true) => held(&f.expr, range.variable, bounds.as_ref()),
            (None, false) => indefinite(call, &f.expr, range.variable)?,
            (Some(bounds), false) => definite(call, &f.expr, range.variable, bounds)?,
        };
        Ok(f.wrap(answer))
    }
}

/// A variable, and bounds if there are any.
struct Range {
    variable: Symbol,
    bounds: Option<(Expr, Expr)>,
}

impl Range {
    /// Reads `x`, `x, a, b`, `(x, a, b)` or nothing.
    fn read(
        call: &Call<'_>,
        f: &Formula,
        given: &[Spanned<Value>],
        (a, b): (Option<Expr>, Option<Expr>),
    ) -> Result<Range, Fault> {
        let named = a.zip(b);
        match given {
            [] => {
                let variable = f.only_variable().or_else(|| f.expr.is_constant().then(|| Symbol::new("x")));
                let variable = variable.ok_or_else(|| value_error("multiple variables; please specify one"))?;
                Ok(Range { variable, bounds: named })
            }
            [only] => match &only.value {
                Value::Tuple(items) => {
                    let items: Vec<Spanned<Value>> =
                        items.iter().map(|item| Spanned::new(item.clone(), only.span)).collect();
                    if items.len() == 1 || items.len() == 3 {
                        return Range::read(call, f, &items, (None, None));
                    }
                    Err(expected("a variable and its bounds: (x, 0, 1)", only))
                }
                _ => Ok(Range { variable: variable(only)?, bounds: named }),
            },
            [name, low, high] => Ok(Range { variable: variable(name)?, bounds: Some((bound(low)?, bound(high)?)) }),
            [_, high] => Err(Fault::new(&BAD_ARGUMENTS, high.span, "only one endpoint was given!")
                .hint("it is called as integrate(f, x) or integrate(f, x, 0, 1)")),
            _ => Err(fault!(BAD_ARGUMENTS, call.span(), "an integral takes a variable, or a variable and two bounds")
                .hint("it is called as integrate(f, x) or integrate(f, x, 0, 1)")),
        }
    }
}

fn variable(value: &Spanned<Value>) -> Result<Symbol, Fault> {
    let symbol = match &value.value {
        Value::Expr(expr) => expr.as_symbol(),
        _ => None,
    };
    symbol.ok_or_else(|| expected("a variable", value))
}

fn bound(value: &Spanned<Value>) -> Result<Expr, Fault> {
    as_expr(&value.value).ok_or_else(|| expected("a bound", value))
}

fn held(f: &Expr, variable: Symbol, bounds: Option<&(Expr, Expr)>) -> Expr {
    let mut arguments = vec![f.clone(), Expr::symbol(variable)];
    if let Some((a, b)) = bounds {
        arguments.extend([a.clone(), b.clone()]);
    }
    Expr::held(Function::Elementary(&function::INTEGRATE), arguments)
}

/// What a question without a method is answered with: itself.
fn or_held(answer: Result<Option<Expr>, Reason>, held: impl FnOnce() -> Expr) -> Result<Expr, Fault> {
    match answer {
        Ok(Some(found)) => Ok(found),
        Ok(None) | Err(Reason::Unsupported(_)) => Ok(held()),
        Err(reason) => Err(Fault::from(reason)),
    }
}

fn indefinite(call: &Call<'_>, f: &Expr, variable: Symbol) -> Result<Expr, Fault> {
    if let crate::expr::Kind::Relation(relation, left, right) = f.kind() {
        let side = |side: &Expr| indefinite(call, side, variable);
        return Ok(Expr::relation(*relation, side(left)?, side(right)?));
    }
    or_held(calculus::antiderivative(f, variable, call.budget()), || held(f, variable, None))
}

fn definite(call: &Call<'_>, f: &Expr, variable: Symbol, bounds: &(Expr, Expr)) -> Result<Expr, Fault> {
    let found = calculus::definite_integral(f, variable, &bounds.0, &bounds.1, call.budget());
    or_held(found, || held(f, variable, Some(bounds))).map_err(|fault| fault.or_at(call.span()))
}
