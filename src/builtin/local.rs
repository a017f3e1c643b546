//! Local behaviour: asymptotes, continuity, critical points, shape, extreme values.

use std::cmp::Ordering;

use crate::builtin;
use crate::builtin::piecewise::RealSetValue;
use crate::calculus::domain::Span;
use crate::calculus::local::{self, Place, RealFunction};
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Infinity, Relation, Symbol};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::parameter::{Approach, Formula, Parameter, Rest, expected};
use crate::runtime::value::{Value, as_expr};
use crate::solve::simplest_numbers;

use super::numeric::function_of;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &asymptotes::RECORD,
    &discontinuities::RECORD,
    &is_continuous::RECORD,
    &is_differentiable::RECORD,
    &stationary_points::RECORD,
    &critical_points::RECORD,
    &inflection_points::RECORD,
    &local_extrema::RECORD,
    &minimum::RECORD,
    &maximum::RECORD,
    &increasing_on::RECORD,
    &decreasing_on::RECORD,
    &convex_on::RECORD,
    &concave_on::RECORD,
];

/// The function with its variable and range, as the arguments tell them: nothing, `(a, b)`, `a, b`, `x, a, b`, `(x, a, b)`.
fn real_function(f: &Formula, given: &[Spanned<Value>], call: &mut Call<'_>) -> Result<RealFunction, Fault> {
    let mut parts: Vec<Spanned<Value>> = Vec::new();
    for argument in given {
        match &argument.value {
            Value::Tuple(items) => parts.extend(items.iter().map(|item| Spanned::new(item.clone(), argument.span))),
            Value::List(items) => {
                parts.extend(items.borrow().iter().map(|item| Spanned::new(item.clone(), argument.span)));
            }
            _ => parts.push(argument.clone()),
        }
    }
    let named = parts.first().and_then(|first| as_expr(&first.value)).and_then(|first| first.as_symbol());
    let variable = named.map(crate::runtime::parameter::Variable);
    let (expr, symbol) = function_of(f, variable, call)?;
    let ends = if named.is_some() { &parts[1..] } else { &parts[..] };
    let (low, high) = match ends {
        [] => (Expr::infinity(Infinity::Negative), Expr::infinity(Infinity::Positive)),
        [low, high] => (Expr::take(low, call)?, Expr::take(high, call)?),
        [one, ..] => return Err(expected("an interval such as (a, b)", one)),
    };
    Ok(exact_function(&expr, symbol, &low, &high))
}

/// With floating numbers as the simplest fractions that they can mean: zeros are told exactly.
fn exact_function(expr: &Expr, variable: Symbol, low: &Expr, high: &Expr) -> RealFunction {
    let span = Span { variable, low: simplest_numbers(low), high: simplest_numbers(high) };
    RealFunction { expr: simplest_numbers(expr), span }
}

/// Places as expressions; those that are no closed forms are rounded, with a note.
fn shown(place: &Place, call: &mut Call<'_>) -> Value {
    if !place.is_exact() {
        call.note("numerical", "a place that is no closed form was isolated by enclosures and is rounded to 53 bits");
    }
    Value::Expr(place.to_expr())
}

fn list(places: &[Place], call: &mut Call<'_>) -> Value {
    Value::list(places.iter().map(|place| shown(place, call)).collect())
}

builtin! {
    /// The asymptotes of a graph as equations: the vertical ones, then those for `x` towards minus and plus infinity.
    ///
    /// A vertical asymptote stands where a one-sided limit is infinite. With infinitely many, give an interval.
    ///
    /// ```calc
    /// asymptotes((x^2 + 1)/(x - 1))              # => [x == 1, y == x + 1]
    /// asymptotes(arctan(x))                      # => [y == -1/2*pi, y == 1/2*pi]
    /// asymptotes(exp(1/x))                       # => [x == 0, y == 1]
    /// asymptotes(tan(x), (0, 2*pi))              # => [x == 1/2*pi, x == 3/2*pi]
    /// asymptotes(x^2)                            # => []
    /// ```
    ///
    /// See also: `limit`, `discontinuities`.
    fn asymptotes(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let found = local::asymptotes(&function, call.budget())?;
        let x = Expr::symbol(function.span.variable);
        let name = if function.span.variable == Symbol::new("y") { "x" } else { "y" };
        let equation = |left: Expr, right: Expr| Value::Expr(Expr::relation(Relation::Equal, left, right));
        let mut all = Vec::new();
        for place in &found.vertical {
            shown(place, call);
            all.push(equation(x.clone(), place.to_expr()));
        }
        all.extend(found.lines.into_iter().map(|line| equation(Expr::variable(name), line)));
        Ok(Value::list(all))
    }
}

builtin! {
    /// The points at which a function is not continuous, with the kind of each.
    ///
    /// The kinds are `'removable'` (both sides tend to one number), `'jump'` (to two numbers), `'infinite'` (a side is
    /// unbounded) and `'essential'` (a side has no limit at all). Looked at is every point with a neighbourhood on which the
    /// function is real, the point itself left out.
    ///
    /// ```calc
    /// discontinuities((x^2 - 1)/(x - 1))         # => [(1, 'removable')]
    /// discontinuities(x/abs(x))                  # => [(0, 'jump')]
    /// discontinuities(1/(x^2 - x))               # => [(0, 'infinite'), (1, 'infinite')]
    /// discontinuities(sin(1/x))                  # => [(0, 'essential')]
    /// discontinuities(floor(x), (1/2, 5/2))      # => [(1, 'jump'), (2, 'jump')]
    /// discontinuities(max_symbolic(1/x, 0))      # => [(0, 'infinite')]
    /// ```
    ///
    /// See also: `is_continuous`, `asymptotes`.
    fn discontinuities(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let found = local::discontinuities(&function, call.budget())?;
        let pair = |one: &local::Break, call: &mut Call<'_>| {
            Value::tuple(vec![shown(&one.place, call), Value::Str(one.kind.name().into())])
        };
        Ok(Value::list(found.iter().map(|one| pair(one, call)).collect()))
    }
}

builtin! {
    /// Is a function continuous at a point? At an end of its domain, from inside.
    ///
    /// ```calc
    /// is_continuous(abs(x), x=0)                 # => True
    /// is_continuous(sin(x)/x, x=0)               # => False
    /// is_continuous(sqrt(x), x=0)                # => True
    /// is_continuous(floor(x), x=2)               # => False
    /// ```
    ///
    /// See also: `discontinuities`, `is_differentiable`.
    fn is_continuous(call, f: Formula, at: Approach) -> bool {
        Ok(local::is_continuous(&around(&f, &at), &simplest_numbers(&at.point), call.budget())?)
    }
}

builtin! {
    /// Has a function a derivative, a finite number, at a point?
    ///
    /// ```calc
    /// is_differentiable(abs(x), x=0)             # => False
    /// is_differentiable(x*abs(x), x=0)           # => True
    /// is_differentiable(x^(1/3), x=1)            # => True
    /// is_differentiable(1/x, x=0)                # => False
    /// ```
    ///
    /// See also: `is_continuous`, `diff`.
    fn is_differentiable(call, f: Formula, at: Approach) -> bool {
        Ok(local::is_differentiable(&around(&f, &at), &simplest_numbers(&at.point), call.budget())?)
    }
}

/// The function on the whole line.
fn around(f: &Formula, at: &Approach) -> RealFunction {
    let (low, high) = (Expr::infinity(Infinity::Negative), Expr::infinity(Infinity::Positive));
    exact_function(&f.expr, at.variable, &low, &high)
}

builtin! {
    /// The points at which the derivative is zero.
    ///
    /// ```calc
    /// stationary_points(x^3 - 3*x)               # => [-1, 1]
    /// stationary_points(sin(x), (0, 2*pi))       # => [1/2*pi, 3/2*pi]
    /// stationary_points(x^6 - 6*x^2 + x)         # => [-1.20918702226626, 0.0833353429634927, 1.16739146378825]
    /// ```
    ///
    /// See also: `critical_points`, `local_extrema`.
    fn stationary_points(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let places = local::stationary_points(&function, call.budget())?;
        Ok(list(&places, call))
    }
}

builtin! {
    /// The points inside the domain at which the derivative is zero or does not exist.
    ///
    /// Exact where the equation is solved exactly; else isolated with proof that none is missing, and rounded.
    ///
    /// ```calc
    /// critical_points(x^3 - 3*x)                 # => [-1, 1]
    /// critical_points(abs(x - 2))                # => [2]
    /// critical_points(abs(sin(x)), (0, 2*pi))    # => [1/2*pi, pi, 3/2*pi]
    /// critical_points(x*exp(-x))                 # => [1]
    /// critical_points(x - 2*cos(x), (0, 2*pi))   # => [7/6*pi, 11/6*pi]
    /// critical_points(x^3 - 2.25*x, (0, 2.5))    # => [1/2*sqrt(3)]
    /// ```
    ///
    /// See also: `stationary_points`, `local_extrema`, `inflection_points`.
    fn critical_points(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let places = local::critical_points(&function, call.budget())?;
        Ok(list(&places, call))
    }
}

builtin! {
    /// The points of inflection `(x, y)`: where a graph with a tangent changes from convex to concave or back.
    ///
    /// ```calc
    /// inflection_points(x^3 - 3*x^2)             # => [(1, -2)]
    /// inflection_points(x^4)                     # => []
    /// inflection_points(x*exp(-x))               # => [(2, 2*e^(-2))]
    /// inflection_points(sin(x), (0, 2*pi))       # => [(pi, 0)]
    /// ```
    ///
    /// See also: `convex_on`, `critical_points`.
    fn inflection_points(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let found = local::inflection_points(&function, call.budget())?;
        let pair = |bend: &local::Bend, call: &mut Call<'_>| {
            Value::tuple(vec![shown(&bend.place, call), Value::Expr(bend.value.clone())])
        };
        Ok(Value::list(found.iter().map(|bend| pair(bend, call)).collect()))
    }
}

builtin! {
    /// The local extreme values inside the domain as `(x, value, kind)`, the kind being `'maximum'` or `'minimum'`.
    ///
    /// ```calc
    /// local_extrema(x^3 - 3*x)                   # => [(-1, 2, 'maximum'), (1, -2, 'minimum')]
    /// local_extrema(abs(x))                      # => [(0, 0, 'minimum')]
    /// local_extrema(x^3)                         # => []
    /// ```
    ///
    /// See also: `critical_points`, `minimum`, `maximum`.
    fn local_extrema(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let found = local::local_extrema(&function, call.budget())?;
        let triple = |one: &local::Local, call: &mut Call<'_>| {
            let kind = match one.kind {
                local::LocalKind::Maximum => "maximum",
                local::LocalKind::Minimum => "minimum",
            };
            Value::tuple(vec![shown(&one.place, call), Value::Expr(one.value.clone()), Value::Str(kind.into())])
        };
        Ok(Value::list(found.iter().map(|one| triple(one, call)).collect()))
    }
}

builtin! {
    /// The least value of a continuous function on a closed interval, with the list of all places where it is taken.
    ///
    /// ```calc
    /// minimum(x^3 - 3*x, (0, 2))                 # => (-2, [1])
    /// minimum(cos(x), (0, 4*pi))                 # => (-1, [pi, 3*pi])
    /// minimum(max_symbolic(x, 1 - x), (0, 2))    # => (1/2, [1/2])
    /// minimum(1/x, (-1, 1))                      # error: bad-value
    /// ```
    ///
    /// See also: `maximum`, `local_extrema`, `find_local_minimum`.
    faults "bad-value";
    fn minimum(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let (least, _) = local::extremes(&function, call.budget())?;
        let places = list(&least.places, call);
        Ok(Value::tuple(vec![Value::Expr(least.value), places]))
    }
}

builtin! {
    /// The greatest value of a continuous function on a closed interval, with the list of all places where it is taken.
    ///
    /// ```calc
    /// maximum(x^3 - 3*x, (0, 2))                 # => (2, [2])
    /// maximum(x*exp(-x), (0, 5))                 # => (e^(-1), [1])
    /// maximum(abs(x), (-1, 1))                   # => (1, [-1, 1])
    /// maximum(tan(x), (0, 2))                    # error: bad-value
    /// ```
    ///
    /// See also: `minimum`, `local_extrema`, `find_local_maximum`.
    faults "bad-value";
    fn maximum(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        let function = real_function(&f, &at.0, call)?;
        let (_, greatest) = local::extremes(&function, call.budget())?;
        let places = list(&greatest.places, call);
        Ok(Value::tuple(vec![Value::Expr(greatest.value), places]))
    }
}

/// The set on which the derivative of an order has a sign.
fn shape(
    f: &Formula,
    at: &[Spanned<Value>],
    order: usize,
    sign: Ordering,
    call: &mut Call<'_>,
) -> Result<Value, Fault> {
    let function = real_function(f, at, call)?;
    Ok(RealSetValue::value(local::monotone(&function, order, sign, call.budget())?))
}

builtin! {
    /// The intervals on which a function is strictly increasing, each as large as possible.
    ///
    /// ```calc
    /// increasing_on(x^3 - 3*x)                   # => (-oo, -1] ∪ [1, +oo)
    /// increasing_on(x^3)                         # => (-oo, +oo)
    /// increasing_on(abs(1/x))                    # => (-oo, 0)
    /// increasing_on(log(x)/x)                    # => (0, e]
    /// ```
    ///
    /// See also: `decreasing_on`, `convex_on`, `critical_points`.
    fn increasing_on(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        shape(&f, &at.0, 1, Ordering::Greater, call)
    }
}

builtin! {
    /// The intervals on which a function is strictly decreasing, each as large as possible.
    ///
    /// ```calc
    /// decreasing_on(x^2)                         # => (-oo, 0]
    /// decreasing_on(1/x)                         # => (-oo, 0) ∪ (0, +oo)
    /// ```
    ///
    /// See also: `increasing_on`, `concave_on`.
    fn decreasing_on(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        shape(&f, &at.0, 1, Ordering::Less, call)
    }
}

builtin! {
    /// The intervals on which a function is strictly convex (concave upward), each as large as possible.
    ///
    /// ```calc
    /// convex_on(x^3)                             # => [0, +oo)
    /// convex_on(x^4)                             # => (-oo, +oo)
    /// ```
    ///
    /// See also: `concave_on`, `inflection_points`.
    fn convex_on(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        shape(&f, &at.0, 2, Ordering::Greater, call)
    }
}

builtin! {
    /// The intervals on which a function is strictly concave (concave downward), each as large as possible.
    ///
    /// ```calc
    /// concave_on(x^3)                            # => (-oo, 0]
    /// concave_on(sqrt(x))                        # => [0, +oo)
    /// ```
    ///
    /// See also: `convex_on`, `inflection_points`.
    fn concave_on(call, f: Formula, at: Rest<Spanned<Value>>) -> Value {
        shape(&f, &at.0, 2, Ordering::Less, call)
    }
}
