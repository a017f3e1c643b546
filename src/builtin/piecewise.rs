//! Functions given by pieces, and sets of real numbers.

mod fourier;
mod set_value;
mod value;

use crate::builtin;
use crate::calculus::{Piece, Piecewise};
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Kind, Symbol};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::value_error;
use crate::runtime::parameter::{Parameter, Rest, Variable, expected};
use crate::runtime::value::{Value, as_expr};

pub use set_value::RealSetValue;
pub use value::PiecewiseValue;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&piecewise::RECORD, &real_set::RECORD];

builtin! {
    /// A function given by an expression on each of several sets.
    ///
    /// A pair of numbers in parentheses is an open interval, in brackets a closed one; inequalities such as `x >= 1`
    /// and `RealSet` are understood too. Outside of the sets the function has no value.
    ///
    /// ```calc
    /// f = piecewise([((0, 1), x), ([1, 2], 2 - x)])
    /// f(1/2)                                  # => 1/2
    /// f.derivative()                          # => piecewise(x|-->1 on (0, 1), x|-->-1 on [1, 2]; x)
    /// f.limit(x=1)                            # => 1
    /// f(3)                                    # error: bad-value
    /// ```
    ///
    /// `f.fourier_series_partial_sum(N)` adds the first waves of the Fourier series of one period,
    /// `f.fourier_series_sine_coefficient(n)` and its relative of the cosine give single coefficients.
    ///
    /// ```calc
    /// piecewise([((-pi, pi), x)]).fourier_series_partial_sum(3)   # => 2/3*sin(3*x) - sin(2*x) + 2*sin(x)
    /// ```
    ///
    /// See also: `RealSet`, `heaviside`, `unit_step`.
    faults "bad-value";
    only function;
    fn piecewise(call, pieces: Vec<Value>, var: Option<Variable>) -> Value {
        let given: Vec<GivenPiece> = pieces.iter().map(|piece| given_piece(piece, call)).collect::<Result<_, _>>()?;
        let variable = match var {
            Some(variable) => variable.0,
            None => common_variable(&given)?,
        };
        let mut pieces = Vec::new();
        for GivenPiece { domain, function } in given {
            let domain = set_value::read_set(&domain, variable, call)?;
            pieces.push(Piece { domain, expression: expression_of(&function, variable, call)? });
        }
        Ok(PiecewiseValue::value(Piecewise::new(variable, pieces, call.budget())?))
    }
}

/// A pair of a set and a function, as it was typed.
struct GivenPiece {
    domain: Value,
    function: Value,
}

fn given_piece(piece: &Value, call: &mut Call<'_>) -> Result<GivenPiece, Fault> {
    match call.items(piece)?.as_slice() {
        [domain, function] => Ok(GivenPiece { domain: domain.clone(), function: function.clone() }),
        _ => Err(value_error("a piece is a pair of a set and a function").hint("piecewise([((0, 1), x)])")),
    }
}

/// The expression of a piece; a callable's own argument becomes the variable.
fn expression_of(function: &Value, variable: Symbol, call: &mut Call<'_>) -> Result<Expr, Fault> {
    match function {
        Value::Callable(callable) => match &callable.arguments[..] {
            [own] => Ok(callable.body.substitute_symbol(*own, &Expr::symbol(variable))),
            _ => Err(value_error("a piece is a function of one variable")),
        },
        Value::Function(_) | Value::Symbolic(_) | Value::Builtin(_) => {
            let answer = call.invoke(function, &[Value::Expr(Expr::symbol(variable))])?;
            as_expr(&answer).ok_or_else(|| value_error("a piece must be an expression"))
        }
        _ => as_expr(function).ok_or_else(|| value_error("a piece must be an expression")),
    }
}

/// The only variable of all pieces; `x` when they are constant.
fn common_variable(pieces: &[GivenPiece]) -> Result<Symbol, Fault> {
    let mut variables: Vec<Symbol> = Vec::new();
    let mut note = |symbol: Symbol| {
        if !variables.contains(&symbol) {
            variables.push(symbol);
        }
    };
    for piece in pieces {
        if let Value::Expr(condition) = &piece.domain
            && let Kind::Relation(..) = condition.kind()
        {
            condition.variables().into_iter().for_each(&mut note);
        }
        match &piece.function {
            Value::Callable(callable) => callable.arguments.iter().copied().for_each(&mut note),
            function => as_expr(function).iter().flat_map(Expr::variables).for_each(&mut note),
        }
    }
    match variables.as_slice() {
        [] => Ok(Symbol::new("x")),
        [only] => Ok(*only),
        _ => Err(value_error("several variables occur; please specify one").hint("piecewise([...], var=x)")),
    }
}

builtin! {
    /// A set of real numbers: the union of intervals.
    ///
    /// A pair in parentheses is an open interval, in brackets a closed one; two numbers are the ends of an open one.
    ///
    /// ```calc
    /// RealSet((0, 1), [2, 3])                 # => (0, 1) ∪ [2, 3]
    /// RealSet(0, oo)                          # => (0, +oo)
    /// RealSet([0, 1]).contains(1)             # => True
    /// ```
    ///
    /// See also: `piecewise`.
    named "RealSet";
    only function;
    fn real_set(call, parts: Rest<Spanned<Value>>) -> Value {
        let x = Symbol::new("x");
        let given: Vec<Value> = parts.0.iter().map(|part| part.value.clone()).collect();
        let set = match given.as_slice() {
            [low, high] if as_expr(low).is_some() && as_expr(high).is_some() => {
                set_value::read_set(&Value::tuple(given), x, call)?
            }
            [] => Default::default(),
            _ => set_value::read_union(&given, x, call)?,
        };
        Ok(RealSetValue::value(set))
    }
}

/// A real number that a function is evaluated at.
fn real_number(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Expr, Fault> {
    let point = Expr::take(value, call)?;
    if point.is_constant() { Ok(point) } else { Err(expected("a real number", value)) }
}
