//! Taylor polynomials with certainty: remainders, proved errors and degrees, coefficients, convergence.

use crate::builtin;
use crate::builtin::piecewise::RealSetValue;
use crate::calculus::{self, TaylorError};
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Reason, Symbol};
use crate::number::{Ball, Number, Rational};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::value_error;
use crate::runtime::parameter::{Approach, Formula, Keywords, Parameter, Rest, Variable, expected};
use crate::runtime::value::{Value, as_expr};
use crate::tape::series::Approach as Towards;

use super::numeric::function_of;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &taylor_remainder::RECORD,
    &taylor_error::RECORD,
    &taylor_bound::RECORD,
    &taylor_degree::RECORD,
    &taylor_coefficient::RECORD,
    &power_series_coefficients::RECORD,
    &radius_of_convergence::RECORD,
    &interval_of_convergence::RECORD,
];

const NO_FORMULA: Reason = Reason::Unsupported("no formula for all coefficients of this function is known");

/// The expression and its variable; a program's function is asked for its value at a symbol.
pub(super) fn subject(
    f: &Spanned<Value>,
    variable: Option<Variable>,
    call: &mut Call<'_>,
) -> Result<(Expr, Symbol), Fault> {
    if as_expr(&f.value).is_some() {
        let formula = Formula::take(f, call)?;
        return function_of(&formula, variable, call);
    }
    let symbol = variable.map_or_else(|| Symbol::new("x"), |variable| variable.0);
    let value = call.invoke(&f.value, &[Value::Expr(Expr::symbol(symbol))])?;
    let expr = as_expr(&value).ok_or_else(|| expected("a function or an expression", f))?;
    Ok((expr, symbol))
}

/// Where an error is looked at: at one point, or on a closed interval.
enum Where {
    Point(Expr),
    Interval(Expr, Expr),
}

impl Where {
    fn take(at: &Spanned<Value>, call: &mut Call<'_>) -> Result<Where, Fault> {
        let items: Vec<Value> = match &at.value {
            Value::Tuple(items) => items.to_vec(),
            Value::List(items) => items.borrow().clone(),
            _ => return Ok(Where::Point(Expr::take(at, call)?)),
        };
        match items.iter().map(as_expr).collect::<Option<Vec<Expr>>>().as_deref() {
            Some([low, high]) => Ok(Where::Interval(low.clone(), high.clone())),
            _ => Err(expected("a point or an interval such as (-1, 1)", at)),
        }
    }

    fn ends(&self) -> (&Expr, &Expr) {
        match self {
            Where::Point(point) => (point, point),
            Where::Interval(low, high) => (low, high),
        }
    }
}

/// A ball's two ends with some digits more than a real has, rounded outwards.
fn ends(ball: &Ball) -> Value {
    const BITS: u32 = 80;
    let (low, high) = ball.ends(BITS);
    Value::tuple(vec![Value::real(low), Value::real(high)])
}

/// The real nearest to a ball.
fn nearest(ball: &Ball, call: &mut Call<'_>) -> Value {
    let real = ball.round_to(53).unwrap_or_else(|| {
        if !ball.is_exact() {
            call.note("numerical", "not all printed digits are proved; enclosure=True shows what is");
        }
        ball.to_real(53)
    });
    Value::real(real)
}

/// A variable that does not occur, called `name` if that is free.
fn fresh(expr: &Expr, taken: Symbol, name: &str) -> Symbol {
    let mut name = name.to_string();
    while expr.has_symbol(Symbol::new(&name)) || Symbol::new(&name) == taken {
        name.push('_');
    }
    Symbol::new(&name)
}

builtin! {
    /// The error of the Taylor polynomial of `f` about `a`, of degree `n`, in Lagrange's form.
    ///
    /// It holds for some `c` between `a` and the variable: the next derivative at `c`, over `(n + 1)!`, times the power.
    ///
    /// ```calc
    /// taylor_remainder(exp(x), 0, 2)             # => 1/6*x^3*e^c
    /// taylor_remainder(sin(x), 0, 4)             # => 1/120*x^5*cos(c)
    /// taylor_remainder(log(x), 1, 1)             # => -1/2*(x - 1)^2/c^2
    /// ```
    ///
    /// See also: `taylor`, `taylor_error`, `taylor_bound`.
    fn taylor_remainder(call, f: Spanned<Value>, a: Expr, n: usize, variable: Option<Variable>) -> Expr {
        let (expr, symbol) = subject(&f, variable, call)?;
        let between = Expr::symbol(fresh(&(&expr + &a), symbol, "c"));
        Ok(calculus::lagrange_remainder(&expr, symbol, &a, n, &between, call.budget())?)
    }
}

builtin! {
    /// How far the Taylor polynomial of `f` about `a`, of degree `n`, is from `f`: the greatest error, proved.
    ///
    /// `at` is a point, or an interval `(left, right)`: then it is the greatest distance on the interval, found by
    /// enclosures, so that all digits are right. With `enclosure=True` the answer is the pair of a lower and an upper bound
    /// (rounded outwards) and the list of the places where the greatest error may be.
    ///
    /// ```calc
    /// taylor_error(exp(x), 0, 2, 1)               # => 0.218281828459045
    /// taylor_error(sin(x), 0, 3, (0, 1))          # => 0.00813765147456317
    /// taylor_error(exp(x), 0, 2, (-1, 1), enclosure=True)    # => ((0.21828182845904523536029, 0.21828182845904523536029), [1])
    /// taylor_error(1/x, 1, 2, (-1, 1))            # error: not-offered
    /// ```
    ///
    /// See also: `taylor`, `taylor_bound`, `taylor_degree`.
    faults "not-offered";
    fn taylor_error(call, f: Spanned<Value>, a: Expr, n: usize, at: Spanned<Value>, variable: Option<Variable>, enclosure: Option<bool>) -> Value {
        let (expr, variable) = subject(&f, variable, call)?;
        let range = Where::take(&at, call)?;
        let (low, high) = range.ends();
        let asked = TaylorError { expr: &expr, variable, point: &a, low, high };
        let found = calculus::taylor_error(asked, n, call.budget())?;
        if enclosure != Some(true) {
            return Ok(nearest(&found.size, call));
        }
        let places = found.places.iter().map(|place| Value::Expr(place.to_expr())).collect();
        Ok(Value::tuple(vec![ends(&found.size), Value::list(places)]))
    }
}

builtin! {
    /// Lagrange's bound for the error of the Taylor polynomial of degree `n` about `a`, at a point or on an interval.
    ///
    /// It is the greatest value of the next derivative between `a` and there, over `(n + 1)!`, times the greatest power of
    /// the distance: proved, and never less than the error. With `enclosure=True` the answer is a pair around it.
    ///
    /// ```calc
    /// taylor_bound(exp(x), 0, 2, (-1, 1))         # => 0.453046971409841
    /// taylor_bound(sin(x), 0, 3, (0, 1))          # => 0.0350612910336624
    /// taylor_bound(sqrt(x), 4, 1, 5)              # => 0.0156250000000000
    /// ```
    ///
    /// See also: `taylor_error`, `taylor_remainder`.
    fn taylor_bound(call, f: Spanned<Value>, a: Expr, n: usize, at: Spanned<Value>, variable: Option<Variable>, enclosure: Option<bool>) -> Value {
        let (expr, variable) = subject(&f, variable, call)?;
        let range = Where::take(&at, call)?;
        let (low, high) = range.ends();
        let asked = TaylorError { expr: &expr, variable, point: &a, low, high };
        let bound = calculus::taylor_bound(asked, n, call.budget())?;
        Ok(if enclosure == Some(true) { ends(&bound) } else { nearest(&bound, call) })
    }
}

builtin! {
    /// The least degree for which the Taylor polynomial of `f` about `a` is off by at most `error`, at a point or on all of
    /// an interval. Proved: smaller degrees are shown not to be enough.
    ///
    /// ```calc
    /// taylor_degree(exp(x), 0, (-1, 1), 10^-6)    # => 9
    /// taylor_degree(cos(x), 0, (-1, 1), 10^-6)    # => 8
    /// taylor_degree(sqrt(x), 4, 5, 0.001)         # => 3
    /// taylor_degree(exp(x), 0, 1, -1)             # error: bad-value
    /// ```
    ///
    /// See also: `taylor_error`, `taylor_bound`.
    faults "bad-value";
    fn taylor_degree(call, f: Spanned<Value>, a: Expr, at: Spanned<Value>, error: Spanned<Value>, variable: Option<Variable>) -> usize {
        let (expr, variable) = subject(&f, variable, call)?;
        let range = Where::take(&at, call)?;
        let (low, high) = range.ends();
        let wanted = tolerance(&error, call)?;
        let asked = TaylorError { expr: &expr, variable, point: &a, low, high };
        Ok(calculus::taylor_degree(asked, &wanted, call.budget())?)
    }
}

/// The wanted error as a ball.
fn tolerance(error: &Spanned<Value>, call: &mut Call<'_>) -> Result<Ball, Fault> {
    let expr = Expr::take(error, call)?;
    let ball = match expr.as_number() {
        Some(Number::Real(real)) => Some(Ball::from_real(real)),
        _ => calculus::local::precise(&expr, 256),
    };
    ball.ok_or_else(|| expected("a positive number", error))
}

builtin! {
    /// The coefficient of `(x - a)^n` in the power series of `f`: a number for a number `n`, a formula for a symbol.
    ///
    /// A formula is known for sums of powers times exponentials, sines, cosines, logarithms, arc tangents, binomials and
    /// rational functions with rational poles; it holds for all `n` from 0 on, or as the note says.
    ///
    /// ```calc
    /// taylor_coefficient(exp(sin(x)), x, 0, 6)    # => -1/240
    /// n = var('n')
    /// taylor_coefficient(exp(2*x), x, 0, n)       # => 2^n/factorial(n)
    /// taylor_coefficient(1/(1 - x)^2, x, 0, n)    # => n + 1
    /// taylor_coefficient(log(1 + x), x, 0, n)     # => -(-1)^n/n
    /// taylor_coefficient(cos(x), x, 0, n)         # => cos(1/2*pi*n)/factorial(n)
    /// ```
    ///
    /// See also: `taylor`, `series`, `radius_of_convergence`.
    also "power_series_coefficient";
    fn taylor_coefficient(call, f: Formula, x: Variable, a: Expr, n: Spanned<Value>) -> Value {
        let index = Expr::take(&n, call)?;
        if let Some(exponent) = index.to_i64() {
            let order = usize::try_from(exponent).map_or(0, |n| n + 1);
            let series = calculus::series(&f.expr, x.0, &Towards::both(&a), order, call.budget())?;
            let coefficient = series.coefficient(&exponent.into()).unwrap_or_else(Expr::zero);
            return Ok(Value::Expr(coefficient));
        }
        let Some(symbol) = index.as_symbol() else { return Err(expected("an integer or a symbol", &n)) };
        formula_of_coefficients(&f.expr, x.0, &a, symbol, call)
    }
}

fn formula_of_coefficients(f: &Expr, x: Symbol, a: &Expr, n: Symbol, call: &mut Call<'_>) -> Result<Value, Fault> {
    let formula = calculus::coefficient_formula(f, x, a, n, call.budget())?.ok_or(NO_FORMULA)?;
    if formula.start > 0 {
        call.note("condition", format!("this holds for {n} >= {}", formula.start));
    }
    Ok(Value::Expr(formula.value))
}

builtin! {
    /// The coefficients of the power series of `f` about `a`: the list up to the degree `n`, or the formula for all of them
    /// where `n` is a symbol.
    ///
    /// ```calc
    /// power_series_coefficients(exp(x), x, 0, 3)        # => [1, 1, 1/2, 1/6]
    /// n = var('n')
    /// power_series_coefficients(1/(1 - 2*x), x, 0, n)   # => 2^n
    /// power_series_coefficients(1/x, x, 0, 2)           # error: bad-value
    /// ```
    ///
    /// See also: `taylor_coefficient`, `taylor`, `series`.
    faults "bad-value";
    fn power_series_coefficients(call, f: Formula, x: Variable, a: Expr, n: Spanned<Value>) -> Value {
        let index = Expr::take(&n, call)?;
        if let Some(symbol) = index.as_symbol() {
            return formula_of_coefficients(&f.expr, x.0, &a, symbol, call);
        }
        let degree = usize::take(&n, call)?;
        let series = calculus::series(&f.expr, x.0, &Towards::both(&a), degree + 1, call.budget())?;
        if series.leading().is_some_and(|(exponent, _)| exponent.is_negative()) {
            return Err(value_error("at a pole there is no power series"));
        }
        let coefficient = |k: usize| series.coefficient(&Rational::from(k as i64)).unwrap_or_else(Expr::zero);
        Ok(Value::list((0..=degree).map(|k| Value::Expr(coefficient(k))).collect()))
    }
}

builtin! {
    /// The radius of convergence of a power series: of a function about a point, or of the terms for `n` from 0 on.
    ///
    /// For a function it is the distance to the nearest singular point in the complex plane; for terms it comes from the
    /// limit of the ratio of neighbouring coefficients.
    ///
    /// ```calc
    /// radius_of_convergence(1/(1 + x^2), x=1)     # => sqrt(2)
    /// radius_of_convergence(tan(x), x=0)          # => 1/2*pi
    /// radius_of_convergence(exp(x), x=0)          # => +Infinity
    /// n = var('n')
    /// radius_of_convergence(x^n/(n*2^n), n)       # => 2
    /// radius_of_convergence(factorial(n)*x^n, n)  # => 0
    /// ```
    ///
    /// See also: `interval_of_convergence`, `taylor_coefficient`.
    fn radius_of_convergence(call, f: Formula, at: Rest<Spanned<Value>>, options: Keywords) -> Expr {
        match Given::take(&f, &at.0, options, call)? {
            Given::Terms(n, x) => Ok(calculus::radius_of_terms(&f.expr, n, x, call.budget())?),
            Given::Function(x, a) => Ok(calculus::radius_of_function(&f.expr, x, &a, call.budget())?),
        }
    }
}

builtin! {
    /// The set of the real points at which a power series converges, both ends decided: of the terms for `n` from 0 on, or
    /// of a function about a point, by a formula for its coefficients or by its singular points.
    ///
    /// ```calc
    /// n = var('n')
    /// interval_of_convergence(x^n/n, n)           # => [-1, 1)
    /// interval_of_convergence((x - 2)^n/(n^2*3^n), n)    # => [-1, 5]
    /// interval_of_convergence(x^n/factorial(n), n)       # => (-oo, +oo)
    /// interval_of_convergence(log(1 + x), x=0)    # => (-1, 1]
    /// interval_of_convergence(arctan(x), x=0)     # => [-1, 1]
    /// interval_of_convergence(tan(x), x=0)        # => (-1/2*pi, 1/2*pi)
    /// ```
    ///
    /// See also: `radius_of_convergence`, `taylor_coefficient`.
    fn interval_of_convergence(call, f: Formula, at: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let set = match Given::take(&f, &at.0, options, call)? {
            Given::Terms(n, x) => calculus::interval_of_terms(&f.expr, n, x, call.budget())?,
            Given::Function(x, a) => calculus::interval_of_function(&f.expr, x, &a, call.budget())?,
        };
        Ok(RealSetValue::value(set))
    }
}

/// A power series as it was given: the index and the variable of its terms, or a function's variable and point.
enum Given {
    Terms(Symbol, Symbol),
    Function(Symbol, Expr),
}

impl Given {
    fn take(f: &Formula, at: &[Spanned<Value>], options: Keywords, call: &mut Call<'_>) -> Result<Given, Fault> {
        if let Some((name, value)) = options.0.first() {
            return Ok(Given::Function(Symbol::new(name), Expr::take(value, call)?));
        }
        let symbol = |value: &Spanned<Value>| as_expr(&value.value).and_then(|e| e.as_symbol());
        match at {
            [] => Ok(Given::Function(function_of(f, None, call)?.1, Expr::zero())),
            [one] => match symbol(one) {
                Some(index) => {
                    let others: Vec<Symbol> = f.expr.variables().into_iter().filter(|s| *s != index).collect();
                    match others.as_slice() {
                        [x] => Ok(Given::Terms(index, *x)),
                        [] => Ok(Given::Function(index, Expr::zero())),
                        _ => Err(value_error("several variables occur: name the index and then the variable")),
                    }
                }
                None => Approach::take(one, call).map(|at| Given::Function(at.variable, at.point)),
            },
            [index, x, ..] => match (symbol(index), symbol(x)) {
                (Some(index), Some(x)) => Ok(Given::Terms(index, x)),
                (Some(variable), None) => Ok(Given::Function(variable, Expr::take(x, call)?)),
                _ => Err(expected("an index and a variable, or a point such as x=0", index)),
            },
        }
    }
}
