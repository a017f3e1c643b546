//! Integrals, symbolic and numerical, symbolic sums and products.

use crate::builtin;
use crate::calculus;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::{Expr, Function, Infinity, Kind, Reason, Symbol, function};
use crate::number::sorting;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_ARGUMENTS, type_error, value_error};
use crate::runtime::parameter::{Formula, Keywords, Parameter, Rest, Variable, expected};
use crate::runtime::value::{Value, as_expr};
use crate::tape::quadrature::{self, Quadrature, Tolerance, Trouble};
use crate::tape::{self, FloatFunction};

use super::numeric;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] =
    &[&integrate::RECORD, &numerical_integral::RECORD, &nintegral::RECORD, &product::RECORD];

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
        let answer = answer.with_machine_floats();
        Ok(if range.bounds.is_some() { Value::Expr(answer) } else { f.wrap(answer) })
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
                let variable = variable
                    .ok_or_else(|| type_error("several variables occur: say for which one").hint("integrate(f, x)"))?;
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
    if let Kind::Relation(relation, left, right) = f.kind() {
        let side = |side: &Expr| indefinite(call, side, variable);
        return Ok(Expr::relation(*relation, side(left)?, side(right)?));
    }
    let found = match calculus::antiderivative(f, variable, call.budget()) {
        // With decimals as the fractions that they mean more integrals are found.
        Ok(None) | Err(Reason::Unsupported(_)) if f.has_floats() => {
            calculus::antiderivative(&f.with_exact_numbers(), variable, call.budget())
        }
        found => found,
    };
    or_held(found, || held(f, variable, None))
}

fn definite(call: &Call<'_>, f: &Expr, variable: Symbol, bounds: &(Expr, Expr)) -> Result<Expr, Fault> {
    let found = calculus::definite_integral(f, variable, &bounds.0, &bounds.1, call.budget());
    or_held(found, || held(f, variable, Some(bounds))).map_err(|fault| fault.or_at(call.span()))
}

/// A sum with a variable and two bounds.
pub(super) fn symbolic_sum(
    call: &mut Call<'_>,
    f: &Spanned<Value>,
    k: &Spanned<Value>,
    (low, high): (&Spanned<Value>, &Spanned<Value>),
    hold: bool,
) -> Result<Value, Fault> {
    let formula = Formula::take(f, call)?;
    let (k, low, high) = (variable(k)?, bound(low)?, bound(high)?);
    let held = || held_over(&function::SUM, &formula.expr, k, (&low, &high));
    if hold {
        return Ok(Value::Expr(held()));
    }
    let found = calculus::symbolic_sum(&formula.expr, k, &low, &high, call.budget());
    or_held(found, held).map(|sum| Value::Expr(sum.with_machine_floats())).map_err(|fault| fault.or_at(call.span()))
}

fn held_over(
    record: &'static crate::expr::Elementary,
    f: &Expr,
    variable: Symbol,
    (low, high): (&Expr, &Expr),
) -> Expr {
    let arguments = vec![f.clone(), Expr::symbol(variable), low.clone(), high.clone()];
    Expr::held(Function::Elementary(record), arguments)
}

builtin! {
    /// The product of `f` for a variable from `low` to `high`.
    ///
    /// ```calc
    /// product(x, x, 1, 5)                 # => 120
    /// product(x + 1, x, 1, 3)             # => 24
    /// ```
    ///
    /// See also: `prod`, `sum`.
    also "symbolic_product";
    fn product(
        call, f: Formula, k: Spanned<Value>, low: Spanned<Value>, high: Spanned<Value>, algorithm: Option<Value>,
        hold: Option<bool>,
    ) -> Expr {
        let (k, low, high) = (variable(&k)?, bound(&low)?, bound(&high)?);
        let held = || held_over(&function::PRODUCT, &f.expr, k, (&low, &high));
        if hold.unwrap_or(false) {
            return Ok(held());
        }
        or_held(calculus::symbolic_product(&f.expr, k, &low, &high, call.budget()), held).map(|product| product.with_machine_floats())
    }
}

/// The bounds of a numerical integral: two numbers, or one pair.
fn numbers(call: &mut Call<'_>, given: &[Spanned<Value>]) -> Result<(f64, f64), Fault> {
    match given {
        [pair] => match &pair.value {
            Value::Tuple(items) if items.len() == 2 => {
                let items: Vec<Spanned<Value>> = items.iter().map(|i| Spanned::new(i.clone(), pair.span)).collect();
                numbers(call, &items)
            }
            _ => Err(expected("two bounds: 0, 1 or (0, 1)", pair)),
        },
        [low, high] => Ok((number(call, low)?, number(call, high)?)),
        _ => Err(Fault::new(&BAD_ARGUMENTS, call.span(), "a numerical integral takes two bounds")
            .hint("it is called as numerical_integral(f, 0, 1)")),
    }
}

fn number(call: &mut Call<'_>, value: &Spanned<Value>) -> Result<f64, Fault> {
    match as_expr(&value.value).map(|expr| expr.kind().clone()) {
        Some(Kind::Infinity(Infinity::Positive)) => Ok(f64::INFINITY),
        Some(Kind::Infinity(Infinity::Negative)) => Ok(f64::NEG_INFINITY),
        _ => numeric::bound(value, call),
    }
}

/// Which of QUADPACK's routines is meant.
type Routine = fn(&mut dyn FnMut(f64) -> f64, f64, f64, Tolerance) -> Quadrature;

fn measured(
    call: &mut Call<'_>,
    f: &Spanned<Value>,
    variable: Option<Variable>,
    (low, high): (f64, f64),
    (routine, tolerance): (Routine, Tolerance),
) -> Result<Quadrature, Fault> {
    if as_expr(&f.value).is_none() {
        let mut failure = None;
        let found = routine(&mut |x| numeric::sampled(&f.value, x, call, &mut failure), low, high, tolerance);
        return failure.map_or(Ok(found), Err);
    }
    let formula = Formula::take(f, call)?;
    let (expr, variable) = numeric::function_of(&formula, variable, call)?;
    if expr.variables().iter().any(|own| *own != variable) {
        return Err(value_error("The function to be integrated depends on several variables, and so cannot be integrated in one dimension. Please fix additional variables with the 'params' argument").or_at(f.span));
    }
    let mut function = FloatFunction::new(&expr, &[variable])?;
    let (first, last) = (low.min(high), low.max(high));
    let mut ends = vec![low, high];
    if first.is_finite() && last.is_finite() {
        // Extrapolation settles on a wrong value now and then where the function jumps.
        ends.extend(tape::jumps(&expr, variable, (first, last), call.budget())?);
        sorting::sort_by(&mut ends, |a, b| if low <= high { a.total_cmp(b) } else { b.total_cmp(a) });
    }
    let pieces = ends.iter().zip(ends.iter().skip(1));
    let pieces = pieces.map(|(from, to)| routine(&mut |x| function.at(&[x]), *from, *to, tolerance));
    Ok(pieces.reduce(Quadrature::joined).unwrap_or(Quadrature::NOTHING))
}

builtin! {
    /// A numerical integral: the value and an estimate of its error, as machine numbers.
    ///
    /// ```calc
    /// numerical_integral(x^2, 0, 1)[0]        # => 0.3333333333333333
    /// numerical_integral(sin(x)/x, 1, 2)[0]   # => 0.6593299064355119
    /// ```
    ///
    /// See also: `integrate`, `nintegral`.
    also "integral_numerical";
    fn numerical_integral(call, f: Spanned<Value>, bounds: Rest<Spanned<Value>>, options: Keywords) -> Value {
        let bounds = numbers(call, &bounds.0)?;
        let found = measured(call, &f, None, bounds, (quadrature::integrate, Tolerance::DEFAULT))?;
        Ok(Value::tuple(vec![Value::Float(found.value), Value::Float(found.error)]))
    }
}

builtin! {
    /// A numerical integral with extrapolation: value, error estimate, number of evaluations, and a code that is 0 when
    /// nothing stood in the way.
    ///
    /// ```calc
    /// (x^2).nintegral(x, 0, 1)[0]             # => 0.3333333333333334
    /// ```
    ///
    /// See also: `numerical_integral`.
    also "nintegrate";
    only method;
    fn nintegral(call, f: Spanned<Value>, variable: Variable, a: Spanned<Value>, b: Spanned<Value>, options: Keywords) -> Value {
        let bounds = (number(call, &a)?, number(call, &b)?);
        let found = measured(call, &f, Some(variable), bounds, (quadrature::extrapolated, Tolerance::FINE))?;
        let infinite = bounds.0.is_infinite() || bounds.1.is_infinite();
        if !found.value.is_finite() || (infinite && found.trouble != Trouble::None) {
            return Err(value_error("the integrand has no finite value somewhere between the bounds"));
        }
        let code = match found.trouble {
            Trouble::None => 0,
            Trouble::Subdivisions => 1,
            Trouble::Rounding => 2,
            Trouble::BadPoint => 3,
            Trouble::Convergence => 4,
            Trouble::Divergence => 5,
        };
        let counts = [Value::int(found.evaluations), Value::int(code)];
        let values = [found.value, found.error].map(|value| Value::Float(sixteen_digits(value)));
        Ok(Value::tuple(values.into_iter().chain(counts).collect()))
    }
}

/// A machine number as Maxima hands it on: rounded to sixteen digits.
fn sixteen_digits(value: f64) -> f64 {
    format!("{value:.15e}").parse().unwrap_or(value)
}
