//! Derivatives, limits, Taylor polynomials and series.

mod series_value;

use std::rc::Rc;

use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, FaultKind, Spanned, fault};
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol, function};
use crate::print;
use crate::runtime::builtin::{Builtin, Slot};
use crate::runtime::call::Call;
use crate::runtime::fault::BAD_ARGUMENTS;
use crate::runtime::parameter::{Approach, Formula, Parameter, Rest, Supply, Text, Variable, expected};
use crate::runtime::value::{Value, as_expr};
use crate::tape::series::{Approach as Towards, Side};

use series_value::SeriesValue;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] =
    &[&diff::RECORD, &implicit_derivative::RECORD, &limit::RECORD, &taylor::RECORD, &series::RECORD, &truncate::RECORD];

/// Every fault of this topic.
pub static KINDS: &[&FaultKind] = &[&MISSING_VARIABLE, &MISSING_POINT, &BAD_DIRECTION, &BAD_ORDER];

/// Several variables and none named.
pub static MISSING_VARIABLE: FaultKind = FaultKind {
    code: "missing-variable",
    class: "ValueError",
    title: "it was not said for which variable",
    explanation: "An expression with several variables can be derived or expanded by each of them: name one.",
    wrong: "var('y'); diff(x*y)",
    right: "var('y'); diff(x*y, x)",
};

/// A limit without a point.
pub static MISSING_POINT: FaultKind = FaultKind {
    code: "missing-point",
    class: "ValueError",
    title: "a limit needs a point",
    explanation: "Say where the variable goes by a keyword: `x=0`, `x=oo`, `x=a`.",
    wrong: "limit(sin(x)/x)",
    right: "limit(sin(x)/x, x=0)",
};

/// An unknown direction.
pub static BAD_DIRECTION: FaultKind = FaultKind {
    code: "bad-direction",
    class: "ValueError",
    title: "a direction is not known",
    explanation: "`dir='+'`, 'plus', 'right' or 'above' is from the right, `dir='-'`, 'minus', 'left' or 'below' from the left.",
    wrong: "limit(1/x, x=0, dir='up')",
    right: "limit(1/x, x=0, dir='+')",
};

/// A derivative of negative or symbolic order.
pub static BAD_ORDER: FaultKind = FaultKind {
    code: "bad-order",
    class: "ValueError",
    title: "an order of a derivative is no natural number",
    explanation: "A function is derived once, twice, ...: the order is a natural number, given behind the variable.",
    wrong: "diff(x^3, x, -1)",
    right: "diff(x^3, x, 2)",
};

builtin! {
    /// The derivative by one or several variables, each as often as the number behind it says.
    ///
    /// Without a variable the only one is meant; a callable expression stays one. An equation is derived on both sides.
    ///
    /// ```calc
    /// diff(x^3*sin(x), x)               # => x^3*cos(x) + 3*x^2*sin(x)
    /// diff(x^5, x, 2)                   # => 20*x^3
    /// f(x) = x^4
    /// f.diff()                          # => x |--> 4*x^3
    /// y = function('y')(x)
    /// diff(x^2 + y^2 == 25, x)          # => 2*y(x)*diff(y(x), x) + 2*x == 0
    /// var('y'); diff(x*y)               # error: missing-variable
    /// diff(x^3, x, -1)                  # error: bad-order
    /// ```
    ///
    /// See also: `implicit_derivative`, `limit`, `taylor`.
    also "derivative", "differentiate";
    faults "missing-variable", "bad-order";
    fn diff(call, f: Spanned<Value>, by: Rest<Spanned<Value>>) -> Value {
        if let Some(series) = f.value.downcast::<SeriesValue>() {
            let formula = Formula::take(&Spanned::new(Value::Expr(series.truncated()), f.span), call)?;
            let times = derivative_steps(&formula, &by.0, call)?.iter().map(|(_, times)| times).sum();
            return series.derived(times, call.budget());
        }
        let formula = Formula::take(&f, call)?;
        if by.0.is_empty() && formula.arguments.as_ref().is_some_and(|own| own.len() > 1) {
            return crate::builtin::linear::gradient_of(&formula, call);
        }
        let steps = derivative_steps(&formula, &by.0, call)?;
        let mut result = formula.expr.clone();
        for (symbol, times) in steps {
            result = calculus::diff_times(&result, symbol, times, call.budget())?;
        }
        Ok(formula.wrap(result))
    }
}

/// The variables to derive by with their orders, as the arguments tell them: `x, 2, y` or `2`.
fn derivative_steps(
    formula: &Formula,
    given: &[Spanned<Value>],
    call: &mut Call<'_>,
) -> Result<Vec<(Symbol, usize)>, Fault> {
    let mut steps: Vec<(Symbol, usize)> = Vec::new();
    let mut counted = true;
    for argument in given {
        let symbol = as_expr(&argument.value).and_then(|expr| expr.as_symbol());
        match symbol {
            Some(symbol) => {
                steps.push((symbol, 1));
                counted = false;
            }
            None => {
                let order = order(argument, call)?;
                match steps.last_mut() {
                    Some(last) if !counted => last.1 = order,
                    Some(_) => return Err(expected("a variable", argument)),
                    None => steps.push((only_variable(formula, call)?, order)),
                }
                counted = true;
            }
        }
    }
    if steps.is_empty() {
        steps.push((only_variable(formula, call)?, 1));
    }
    Ok(steps)
}

fn order(argument: &Spanned<Value>, call: &mut Call<'_>) -> Result<usize, Fault> {
    if argument.value.to_integer().is_none() {
        return Err(expected("a variable or how often to derive", argument));
    }
    usize::take(argument, call).map_err(|_| {
        fault!(BAD_ORDER, argument.span, "order of differentiation must be nonnegative")
            .hint("an antiderivative is found by `integrate`")
    })
}

/// The only variable; a constant has `x`.
fn only_variable(formula: &Formula, call: &Call<'_>) -> Result<Symbol, Fault> {
    if let Some(symbol) = formula.only_variable() {
        return Ok(symbol);
    }
    let variables = formula.expr.variables();
    if variables.is_empty() && formula.arguments.is_none() {
        return Ok(Symbol::new("x"));
    }
    let names: Vec<&str> = variables.iter().map(|symbol| symbol.name()).collect();
    Err(fault!(MISSING_VARIABLE, call.span(), "several variables occur ({}): say for which one", names.join(", "))
        .hint(format!("{}(f, {})", call.name(), names.first().unwrap_or(&"x"))))
}

builtin! {
    /// The derivative of `y` by `x` along the curve on which an expression is zero, or an equation holds.
    ///
    /// ```calc
    /// var('y')                                      # => y
    /// (x^2 + y^2 - 25).implicit_derivative(y, x)    # => -x/y
    /// implicit_derivative(x*y == 1, y, x)           # => -y/x
    /// ```
    ///
    /// See also: `diff`, `implicit_tangent`.
    also "implicit_diff";
    fn implicit_derivative(call, f: Formula, y: Variable, x: Variable, n: Option<usize>) -> Expr {
        Ok(calculus::implicit_derivative(&f.expr, y.0, x.0, n.unwrap_or(1), call.budget())?)
    }
}

/// From which side a limit is taken.
#[derive(Clone, Copy, Debug)]
pub struct Direction(Side);

impl Parameter for Direction {
    const SHOWS: &'static str = "a direction, '+' or '-'";

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Direction, Fault> {
        let text = Text::take(value, call)?;
        match &*text.0 {
            "+" | "plus" | "right" | "above" => Ok(Direction(Side::Right)),
            "-" | "minus" | "left" | "below" => Ok(Direction(Side::Left)),
            other => Err(fault!(BAD_DIRECTION, value.span, "`{other}` is no direction")
                .hint("dir='+' is the right side, dir='-' the left")),
        }
    }
}

/// `x=0`: where a variable goes.
#[derive(Clone, Debug)]
pub struct Point(Approach);

impl Parameter for Point {
    const SHOWS: &'static str = "a variable and where it goes, such as x=0";
    const SLOT: Slot = Slot::AnyKeyword;

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Point, Fault> {
        Approach::take(value, call).map(Point)
    }

    fn is_given(supply: &Supply<'_, '_>, name: &'static str) -> bool {
        Approach::is_given(supply, name)
    }

    fn bind(supply: &mut Supply<'_, '_>, name: &'static str) -> Result<Point, Fault> {
        if !supply.has_free_keyword()
            && let Some(first) = supply.positional()
        {
            return Err(misplaced_point(&first, supply.positional().as_ref(), supply.call().name()));
        }
        Approach::bind(supply, name).map(Point)
    }
}

/// The fault of a point that is not given by a keyword, as Sage wants it: `limit(f, x, 0)` or `limit(f, x == 0)`.
fn misplaced_point(first: &Spanned<Value>, second: Option<&Spanned<Value>>, name: &str) -> Fault {
    let written = match (as_expr(&first.value), second.and_then(|point| as_expr(&point.value))) {
        (Some(variable), Some(point)) if variable.as_symbol().is_some() => Some((variable, point)),
        (Some(equation), _) => match equation.kind() {
            Kind::Relation(Relation::Equal, left, right) if left.as_symbol().is_some() => {
                Some((left.clone(), right.clone()))
            }
            _ => None,
        },
        _ => None,
    };
    let hint = match written {
        Some((variable, point)) => format!("{name}(f, {}={})", print::text(&variable), print::text(&point)),
        None => format!("{name}(f, x=0)"),
    };
    fault!(MISSING_POINT, first.span, "the point is given by a keyword: call the function like `{name}(f, x=2)`")
        .hint(hint)
}

builtin! {
    /// The limit of an expression as a variable tends to a point.
    ///
    /// Both sides must agree unless `dir` picks one. `und` means that there is no limit, `ind` that the expression
    /// oscillates between bounds, `Infinity` that it grows in size without a sign. What can't be decided comes back
    /// unevaluated; where it hangs on the sign of a parameter, an error names the missing fact. Where there is no limit, a
    /// note names two ways to the point with different limits; where the answer needs real parameters, a note says so.
    /// Difference quotients of formal functions give their derivatives.
    ///
    /// ```calc
    /// limit(sin(x)/x, x=0)              # => 1
    /// limit(1/x, x=0, dir='+')          # => +Infinity
    /// limit((1 + 1/x)^x, x=oo)          # => e
    /// limit(sin(x), x=oo)               # => ind
    /// limit(x*floor(1/x), x=0)          # => 1
    /// var('h')                          # => h
    /// f = function('f')
    /// limit((f(x + h) - f(x))/h, h=0)   # => diff(f(x), x)
    /// limit(sin(x)/x)                   # error: missing-point
    /// limit(1/x, x=0, dir='up')         # error: bad-direction
    /// ```
    ///
    /// See also: `taylor`, `diff`, `assume`.
    also "lim";
    faults "missing-point", "bad-direction";
    fn limit(call, f: Formula, at: Option<Point>, dir: Option<Direction>, taylor: Option<bool>, algorithm: Option<Text>, hold: Option<bool>) -> Value {
        let Some(Point(at)) = at else {
            return Err(fault!(MISSING_POINT, call.span(), "call the function like `{}(f, x=a)`", call.name())
                .hint("limit(f, x=0)"));
        };
        let side = dir.map_or(Side::Both, |direction| direction.0);
        let formal = has_unknown_function(&f.expr, at.variable);
        if hold == Some(true) || formal && !is_indeterminate(&f.expr, &at) {
            return Ok(f.wrap(held_limit(&f.expr, &at, side)));
        }
        match calculus::limit_for_real_parameters(&f.expr, at.variable, &at.point, side, call.budget()) {
            Ok((answer, _)) if formal && matches!(answer.value.kind(), Kind::Infinity(_) | Kind::Constant(_)) => {
                Ok(f.wrap(held_limit(&f.expr, &at, side)))
            }
            Ok((answer, parameters)) => {
                if formal {
                    call.note("condition", "holds where the functions have the derivatives that are met on the way");
                }
                if let Some(text) = no_limit(&answer) {
                    call.note("limit", text);
                }
                if !parameters.is_empty() {
                    let names: Vec<&str> = parameters.iter().map(|symbol| symbol.name()).collect();
                    call.note("condition", format!("holds for real {}", names.join(", ")));
                }
                Ok(f.wrap_plainly(&answer.value))
            }
            Err(Reason::Budget(stopped)) => Err(stopped.into()),
            Err(Reason::Unknown(fact)) if !formal && is_of_parameters(&fact, at.variable) => {
                Err(Reason::Unknown(fact).into())
            }
            Err(Reason::Unknown(fact)) => {
                call.note("unknown", format!("assume({}) would decide it", print::text(&fact)));
                Ok(f.wrap(held_limit(&f.expr, &at, side)))
            }
            Err(_) => Ok(f.wrap(held_limit(&f.expr, &at, side))),
        }
    }
}

/// Is it a fact about parameters alone, which an assumption can state?
fn is_of_parameters(fact: &Expr, variable: Symbol) -> bool {
    let free = fact.free_variables();
    !free.is_empty() && !free.contains(&variable)
}

/// What shows that there is no limit.
fn no_limit(answer: &calculus::LimitAnswer) -> Option<String> {
    let [(one, here), (other, there), ..] = answer.ways.as_slice() else { return None };
    let part = |way: &Expr, value: &Expr| format!("{} where {}", print::text(value), print::text(way));
    Some(format!("no limit: {}, but {}", part(one, here), part(other, there)))
}

/// Has it no value at a finite point? Then a formal function's derivatives may give the limit, as that of a difference
/// quotient; of its mere values nothing is known.
fn is_indeterminate(f: &Expr, at: &Approach) -> bool {
    let put = |node: &Expr| (node.as_symbol() == Some(at.variable)).then(|| at.point.clone());
    !matches!(at.point.kind(), Kind::Infinity(_)) && f.rewrite_stored(put, |node| node).is_undefined()
}

/// Is there a function in the variable of which not even continuity is known?
fn has_unknown_function(f: &Expr, variable: Symbol) -> bool {
    f.shared_nodes().any(|node| match node.as_call() {
        Some((Function::Formal(_) | Function::Derivative(_), arguments)) => {
            arguments.iter().any(|argument| argument.has_symbol(variable))
        }
        _ => false,
    })
}

/// The limit as it was asked.
fn held_limit(f: &Expr, at: &Approach, side: Side) -> Expr {
    let Some(record) = function::find("limit") else { return f.clone() };
    let mut arguments = vec![f.clone(), Expr::symbol(at.variable), at.point.clone()];
    match side {
        Side::Both => {}
        Side::Right => arguments.push(Expr::variable("plus")),
        Side::Left => arguments.push(Expr::variable("minus")),
    }
    Expr::held(Function::Elementary(record), arguments)
}

builtin! {
    /// The Taylor polynomial: of `f` in `x` at `a` up to degree `n`, or in several variables.
    ///
    /// At a pole it is the Laurent polynomial; fractional powers and logarithms occur where the function has them, and then
    /// it holds to the right of the point. The point may be `oo` or `-oo`. At a corner or a jump there is no Taylor polynomial:
    /// `dir='+'` or `dir='-'` asks for the one of a side.
    ///
    /// ```calc
    /// taylor(sin(x), x, 0, 5)           # => 1/120*x^5 - 1/6*x^3 + x
    /// taylor(sqrt(x), x, 4, 2)          # => -1/64*(x - 4)^2 + 1/4*x + 1
    /// taylor(exp(x), x, 1, 2)           # => 1/2*(x - 1)^2*e + (x - 1)*e + e
    /// taylor(1/sin(x), x, 0, 3)         # => 7/360*x^3 + 1/6*x + 1/x
    /// taylor(abs(x), x, 0, 3, dir='-')  # => -x
    /// taylor(arctan(x), x, oo, 3)       # => 1/2*pi - 1/x + 1/3/x^3
    /// var('y')                          # => y
    /// taylor(sin(x*y), (x, 0), (y, 0), 3)    # => x*y
    /// ```
    ///
    /// See also: `series`, `taylor_error`.
    fn taylor(call, f: Spanned<Value>, at: Rest<Spanned<Value>>, dir: Option<Direction>) -> Value {
        let formula = Formula::take(&f, call)?;
        let value = match at.0.as_slice() {
            [variable, point, degree] if as_expr(&variable.value).is_some_and(|e| e.as_symbol().is_some()) => {
                let variable = Variable::take(variable, call)?.0;
                let point = Expr::take(point, call)?;
                let degree = usize::take(degree, call)?;
                let side = dir.map_or(Side::Both, |direction| direction.0);
                let approach = Towards::one_sided(&point, side);
                let polynomial = calculus::taylor(&formula.expr, variable, &approach, degree, call.budget())?;
                if polynomial.right_only {
                    note_side(call, variable, &point);
                }
                polynomial.value
            }
            [places @ .., degree] if !places.is_empty() => {
                let places: Vec<(Symbol, Expr)> =
                    places.iter().map(|place| variable_and_point(place, call)).collect::<Result<_, _>>()?;
                let degree = usize::take(degree, call)?;
                calculus::taylor_many(&formula.expr, &places, degree, call.budget())?
            }
            _ => {
                return Err(fault!(BAD_ARGUMENTS, call.span(), "taylor() takes a variable, a point and a degree").class_is("NotImplementedError")
                    .hint("taylor(f, x, 0, 5)"));
            }
        };
        Ok(formula.wrap_plainly(&value))
    }
}

/// Says that an expansion is one from the right.
fn note_side(call: &mut Call<'_>, variable: Symbol, point: &Expr) {
    let side = Expr::relation(Relation::Greater, Expr::symbol(variable), point.clone());
    call.note("condition", format!("this holds for {}", print::text(&side)));
}

/// A pair `(x, a)`.
fn variable_and_point(place: &Spanned<Value>, call: &mut Call<'_>) -> Result<(Symbol, Expr), Fault> {
    if !matches!(place.value, Value::List(_) | Value::Tuple(_)) {
        let fault = expected("a pair such as (x, 0)", place);
        return Err(fault.hint("variable, point and degree follow the function: `taylor(f, x, 0, 5)`"));
    }
    let items = Vec::<Expr>::take(place, call).map_err(|_| expected("a pair such as (x, 0)", place))?;
    match items.as_slice() {
        [variable, point] => match variable.as_symbol() {
            Some(symbol) => Ok((symbol, point.clone())),
            None => Err(expected("a pair such as (x, 0)", place)),
        },
        _ => Err(expected("a pair such as (x, 0)", place)),
    }
}

builtin! {
    /// The power series in a variable, with the order of what is left out.
    ///
    /// The variable stands for itself at 0; an equation such as `x == 1` names another point. Series are added, multiplied,
    /// divided and derived; the order says how far the result is known.
    ///
    /// ```calc
    /// exp(x).series(x, 4)               # => 1 + 1*x + 1/2*x^2 + 1/6*x^3 + Order(x^4)
    /// (1/(1 + x)).series(x == 1, 2)     # => 1/2 + (-1/4)*(x - 1) + Order((x - 1)^2)
    /// s = sin(x).series(x, 4)
    /// s*s                               # => 1*x^2 + (-1/3)*x^4 + Order(x^5)
    /// 1/s                               # => 1*x^(-1) + 1/6*x + Order(x^2)
    /// diff(s, x)                        # => 1 + (-1/2)*x^2 + Order(x^3)
    /// ```
    ///
    /// See also: `taylor`, `truncate`.
    only method;
    fn series(call, f: Formula, at: Spanned<Value>, order: Option<usize>, dir: Option<Direction>) -> Value {
        const ORDER: usize = 20;
        let place = as_expr(&at.value).ok_or_else(|| expected("a variable", &at))?;
        let (variable, point) = match place.kind() {
            Kind::Relation(Relation::Equal, left, right) if left.as_symbol().is_some() => (left.as_symbol(), right.clone()),
            _ => (place.as_symbol(), Expr::zero()),
        };
        let Some(variable) = variable else { return Err(expected("a variable, or an equation such as x == 1", &at)) };
        let order = order.unwrap_or(ORDER);
        let approach = Towards::one_sided(&point, dir.map_or(Side::Both, |direction| direction.0));
        let (series, right_only) = SeriesValue::of(&f.expr, variable, &approach, order, call.budget())?;
        if right_only {
            note_side(call, variable, &point);
        }
        Ok(Value::Object(Rc::new(series)))
    }
}

builtin! {
    /// An expression is its own truncation; a series loses its order term.
    ///
    /// ```calc
    /// exp(x).series(x, 3).truncate()    # => 1/2*x^2 + x + 1
    /// ```
    only method;
    fn truncate(call, f: Expr) -> Expr {
        Ok(f)
    }
}
