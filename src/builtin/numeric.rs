//! Numerical values, roots and extrema.

use crate::algebra;
use crate::builtin;
use crate::calculus::domain;
use crate::diagnostic::{Fault, FaultKind, Spanned, fault};
use crate::expr::{Expr, Function, Kind, Reason, Relation, Symbol, Truth};
use crate::number::{Interval, Number, Real};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::WRONG_TYPE;
use crate::runtime::parameter::{Formula, Keywords, Parameter, Variable, expected};
use crate::runtime::value::{Value, as_expr, demote};
use crate::tape::{self, FloatFunction, Questions};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] =
    &[&n::RECORD, &find_root::RECORD, &find_local_minimum::RECORD, &find_local_maximum::RECORD];

/// Every fault of this topic.
pub static KINDS: &[&FaultKind] = &[&NO_ROOT, &NO_ZERO, &BAD_PRECISION];

/// No change of sign between the bounds.
pub static NO_ROOT: FaultKind = FaultKind {
    code: "no-root",
    class: "RuntimeError",
    title: "no root was found between the bounds",
    explanation: "`find_root` looks for a change of sign between two bounds. Plot the function, or choose other bounds.",
    wrong: "find_root(x^2 + 1, 0, 1)",
    right: "find_root(x^2 - 2, 0, 2)",
};

/// A change of sign without a zero.
pub static NO_ZERO: FaultKind = FaultKind {
    code: "no-zero",
    class: "NotImplementedError",
    title: "the sign changes at a pole or a jump",
    explanation: "Between the bounds the function changes its sign, but where it does it has a pole or a jump, so no root was found.",
    wrong: "find_root(1/x, -1, 1)",
    right: "find_root(1/x - 2, 1/10, 1)",
};

/// A precision out of range.
pub static BAD_PRECISION: FaultKind = FaultKind {
    code: "bad-precision",
    class: "ValueError",
    title: "a precision is out of range",
    explanation: "A number has at least one digit and at most some millions.",
    wrong: "n(pi, digits=0)",
    right: "n(pi, digits=30)",
};

/// The precision in bits that Sage computes with unless told.
const DEFAULT_BITS: u32 = 53;

builtin! {
    /// The numerical value, every digit right: to 53 bits, or to `digits` decimal digits, or to `prec` bits.
    ///
    /// ```calc
    /// n(pi)                             # => 3.14159265358979
    /// n(pi, digits=30)                  # => 3.14159265358979323846264338328
    /// (sqrt(2) + sqrt(3)).n()           # => 3.14626436994197
    /// n(x^2)                            # error: wrong-type
    /// n(pi, digits=0)                   # error: bad-precision
    /// ```
    ///
    /// See also: `find_root`, `float`.
    also "N", "numerical_approx";
    faults "bad-precision";
    fn n(call, value: Spanned<Value>, prec: Option<u32>, digits: Option<u32>, algorithm: Option<Value>) -> Value {
        let bits = match (prec, digits) {
            (_, Some(digits)) => Real::bits_of_digits(digits),
            (Some(prec), None) => prec,
            (None, None) => DEFAULT_BITS,
        };
        const MOST_BITS: u32 = 1 << 26;
        if digits == Some(0) || !(1..=MOST_BITS).contains(&bits) {
            return Err(fault!(BAD_PRECISION, call.span(), "a precision of {bits} bits is out of range"));
        }
        if let Value::Real(real) = &value.value
            && real.is_literal()
        {
            return Ok(Value::real(real.converted(bits)));
        }
        enough_bits(&value, bits)?;
        let expr = as_expr(&value.value).ok_or_else(|| expected("a number or an expression", &value))?;
        numerical_value(&expr, bits, call)
    }
}

/// Refuses to give more bits of a float than it has.
fn enough_bits(value: &Spanned<Value>, wanted: u32) -> Result<(), Fault> {
    let most = match &value.value {
        Value::Real(real) => real.prec(),
        Value::Complex(complex) => complex.prec(),
        Value::Float(_) | Value::Double(_) => DEFAULT_BITS,
        _ => return Ok(()),
    };
    if wanted <= most {
        return Ok(());
    }
    let message = format!("cannot approximate to a precision of {wanted} bits, use at most {most} bits");
    Err(fault!(WRONG_TYPE, value.span, "{message}").hint("begin with an exact number, or with one of more digits"))
}

/// The value of a constant to a precision in bits.
fn numerical_value(expr: &Expr, bits: u32, call: &mut Call<'_>) -> Result<Value, Fault> {
    if matches!(expr.kind(), Kind::Infinity(_)) {
        return Ok(Value::Expr(expr.clone()));
    }
    let is_zero = |part: &Expr| algebra::is_zero(part, call.budget()).unwrap_or(Truth::Unknown);
    let questions = Questions { is_zero: &is_zero, budget: call.budget() };
    match tape::evaluate(expr, bits, &questions) {
        Ok(found) => {
            if !found.proved {
                call.note("numerical", unproved(expr));
            }
            Ok(demote(&Expr::number(found.value)))
        }
        Err(Reason::Budget(stopped)) => Err(stopped.into()),
        Err(Reason::Domain(text)) => Err(crate::runtime::fault::value_error(text).or_at(call.span())),
        Err(Reason::Unknown(_) | Reason::Unsupported(_)) => Err(not_numerical(expr, call)),
    }
}

/// Is there an integral, a sum or the like in it that was left as it is?
fn has_held(expr: &Expr) -> bool {
    let is_held = |node: &Expr| matches!(node.as_call(), Some((Function::Elementary(f), _)) if f.binds.is_some());
    expr.shared_nodes().any(|node| is_held(&node))
}

/// What was not proved about a number found for the expression.
fn unproved(expr: &Expr) -> &'static str {
    if has_held(expr) {
        "the value of an integral or a sum was found by convergence, not proved"
    } else {
        "a part that is zero to thousands of bits was taken as zero"
    }
}

fn not_numerical(expr: &Expr, call: &Call<'_>) -> Fault {
    let fault = fault!(WRONG_TYPE, call.span(), "cannot evaluate symbolic expression numerically");
    match expr.variables().first() {
        Some(_) if has_held(expr) => fault.hint("an integral, sum or limit in it does not settle; fewer digits may do"),
        Some(symbol) => fault.hint(format!("give {symbol} a value first: .subs({symbol}=1)")),
        None => fault,
    }
}

/// What is sought a root or an extremum of: the expression, an equation's difference, in one variable.
pub(super) fn function_of(f: &Formula, variable: Option<Variable>, call: &Call<'_>) -> Result<(Expr, Symbol), Fault> {
    let expr = match f.expr.kind() {
        Kind::Relation(Relation::Equal, left, right) => left - right,
        _ => f.expr.clone(),
    };
    let own = f.arguments.as_ref().and_then(|arguments| arguments.first().copied());
    let only = match expr.variables().as_slice() {
        [only] => Some(*only),
        [] => Some(Symbol::new("x")),
        _ => None,
    };
    match variable.map(|v| v.0).or(own).or(only) {
        Some(symbol) => Ok((expr, symbol)),
        None => Err(fault!(super::calculus::MISSING_VARIABLE, call.span(), "several variables occur: say which one")
            .hint("give the others values first: f.subs(y=1)")),
    }
}

/// The machine number nearest to a bound.
pub(super) fn bound(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<f64, Fault> {
    let expr = as_expr(&value.value).ok_or_else(|| expected("a number", value))?;
    match numerical_value(&expr, DEFAULT_BITS, call)? {
        Value::Real(real) => Ok(real.to_f64()),
        other => match as_expr(&other).and_then(|e| e.as_number().map(Number::to_f64_parts)) {
            Some((re, 0.0)) => Ok(re),
            _ => Err(expected("a real number", value)),
        },
    }
}

builtin! {
    /// A root between two bounds, as a machine number; the expression must change its sign there.
    ///
    /// ```calc
    /// find_root(cos(x) == x, 0, 1)      # => 0.7390851332151607
    /// find_root(x^2 + 1, 0, 1)          # error: no-root
    /// find_root(1/x, -1, 1)             # error: no-zero
    /// ```
    ///
    /// See also: `solve`.
    faults "no-root", "no-zero";
    fn find_root(call, f: Spanned<Value>, a: Spanned<Value>, b: Spanned<Value>, var: Option<Variable>, options: Keywords) -> f64 {
        let (low, high) = (bound(&a, call)?, bound(&b, call)?);
        let (low, high) = if low <= high { (low, high) } else { (high, low) };
        let found = if as_expr(&f.value).is_some() {
            let formula = Formula::take(&f, call)?;
            let (expr, variable) = function_of(&formula, var, call)?;
            let found = match tape::find_root(&expr, variable, low, high, call.budget()) {
                // Where the sign stays, the function may touch zero.
                Err(Reason::Domain(trouble)) => {
                    let touched = domain::all_roots(&expr, variable, low, high, call.budget())?;
                    touched.and_then(|roots| roots.first().copied()).ok_or(Reason::Domain(trouble))
                }
                found => found,
            };
            if let Ok(root) = found
                && jumps_at(&expr, variable, root, (low, high))?
            {
                return Err(fault!(
                    NO_ZERO,
                    call.span(),
                    "Brent's method failed to find a zero for f on the interval"
                ));
            }
            found
        } else {
            let mut failure = None;
            let root = tape::brent_root(&mut |x| sampled(&f.value, x, call, &mut failure), low, high);
            if let Some(fault) = failure {
                return Err(fault);
            }
            root
        };
        match found {
            Ok(root) => Ok(root),
            Err(Reason::Domain(_)) => Err(fault!(NO_ROOT, call.span(), "f appears to have no zero on the interval")
                .hint("the signs at both ends must differ; a plot shows where the zeros are")),
            Err(reason) => Err(reason.into()),
        }
    }
}

/// Does a function stay large around a place at which its sign changes?
fn jumps_at(expr: &Expr, variable: Symbol, place: f64, (low, high): (f64, f64)) -> Result<bool, Reason> {
    const SMALL: f64 = 1e-3;
    let mut function = FloatFunction::new(expr, &[variable])?;
    let mut size = |x: f64| function.at(&[x]).abs();
    let near = size(place).min(size(place.next_up())).min(size(place.next_down()));
    let ends = size(low).max(size(high));
    Ok(near.is_nan() || (near > SMALL * ends && near > SMALL))
}

/// A program's function at a machine number; what it raises is kept.
pub(super) fn sampled(function: &Value, x: f64, call: &mut Call<'_>, failure: &mut Option<Fault>) -> f64 {
    if failure.is_some() {
        return f64::NAN;
    }
    let value = call.invoke(function, &[Value::real(Real::from_f64(x))]).and_then(|value| {
        let span = call.span();
        bound(&Spanned::new(value, span), call)
    });
    value.unwrap_or_else(|fault| {
        *failure = Some(fault);
        f64::NAN
    })
}

/// Value and place of a local minimum of an expression times a sign.
fn extremum(
    f: &Spanned<Value>,
    (a, b): (&Spanned<Value>, &Spanned<Value>),
    tolerance: Option<&Spanned<Value>>,
    sign: f64,
    call: &mut Call<'_>,
) -> Result<Value, Fault> {
    let tolerance = tolerance.map_or(Ok(1.48e-8), |given| bound(given, call))?;
    let (low, high) = (bound(a, call)?, bound(b, call)?);
    let (expr, variable) = super::taylor::subject(f, None, call)?;
    let mut function = FloatFunction::new(&expr, &[variable])?;
    let (place, value) = tape::brent_minimum(&mut |x| sign * function.at(&[x]), low, high, tolerance);
    let reach = 1e-6 * (high - low).abs();
    let around = Interval::new((place - reach).max(low.min(high)), (place + reach).min(low.max(high)));
    if !domain::is_continuous_on(&expr, variable, around, call.budget())?.is_yes() {
        call.note("unproved", "the function is not shown to be continuous there: the value may be no extremum");
    }
    Ok(Value::tuple(vec![Value::Float(sign * value), Value::Float(place)]))
}

builtin! {
    /// A local minimum between two bounds: its value and its place, as machine numbers.
    ///
    /// ```calc
    /// m, at = find_local_minimum((x - 1)^2 + 3, 0, 5)
    /// round(m, 6), round(at, 4)         # => (3.0, 1.0)
    /// find_local_minimum(abs(x), -1, 2, tol=1/2)[0] < 1/4    # => True
    /// ```
    fn find_local_minimum(call, f: Spanned<Value>, a: Spanned<Value>, b: Spanned<Value>, tol: Option<Spanned<Value>>, options: Keywords) -> Value {
        extremum(&f, (&a, &b), tol.as_ref(), 1.0, call)
    }
}

builtin! {
    /// A local maximum between two bounds: its value and its place, as machine numbers.
    ///
    /// ```calc
    /// m, at = find_local_maximum(5 - (x - 2)^2, 0, 4)
    /// round(m, 6), round(at, 4)         # => (5.0, 2.0)
    /// ```
    fn find_local_maximum(call, f: Spanned<Value>, a: Spanned<Value>, b: Spanned<Value>, tol: Option<Spanned<Value>>, options: Keywords) -> Value {
        extremum(&f, (&a, &b), tol.as_ref(), -1.0, call)
    }
}
