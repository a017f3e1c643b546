//! Machine numbers, points and lists of them out of values.

use crate::diagnostic::{Fault, FaultKind, Spanned, fault};
use crate::expr::{Expr, Kind};
use crate::runtime::call::Call;
use crate::runtime::parameter::expected;
use crate::runtime::value::{Value, as_expr};
use crate::tape::FloatFunction;

/// Something that can't be plotted as it is given.
pub static BAD_PLOT: FaultKind = FaultKind {
    code: "bad-plot",
    class: "ValueError",
    title: "this can't be plotted as it is given",
    explanation: "A plot needs a function of the variables of its ranges, ranges with two different finite ends, and options of the right form.",
    wrong: "plot(x^2, (x, 1, 1))",
    right: "plot(x^2, (x, 0, 1))",
};

/// A real number from a value.
///
/// # Errors
/// Anything else.
pub fn real(value: &Spanned<Value>) -> Result<f64, Fault> {
    number(&value.value).filter(|number| number.is_finite()).ok_or_else(|| no_number(value, "a real number"))
}

/// Texts are values of the right kind that can't be converted, as in Sage.
fn no_number(value: &Spanned<Value>, shows: &str) -> Fault {
    let fault = expected(shows, value);
    if matches!(value.value, Value::Str(_)) { fault.class_is("ValueError") } else { fault }
}

/// The machine number nearest to a real value; infinities and the like are numbers here too.
pub fn number(value: &Value) -> Option<f64> {
    Some(match value {
        Value::Float(value) | Value::Double(value) => *value,
        Value::Bool(value) => f64::from(u8::from(*value)),
        Value::Int(value) | Value::Integer(value) => value.to_f64(),
        Value::Rational(value) => value.to_f64(),
        Value::Real(value) => value.to_f64(),
        Value::Complex(value) if value.im().is_zero() => value.re().to_f64(),
        Value::Expr(_) | Value::Object(_) => constant(&as_expr(value)?)?,
        _ => return None,
    })
}

/// The machine number nearest to a real constant.
fn constant(expr: &Expr) -> Option<f64> {
    if let Kind::Number(number) = expr.kind() {
        let (re, im) = number.to_f64_parts();
        return (im == 0.0).then_some(re);
    }
    if !expr.is_constant() {
        return None;
    }
    let value = FloatFunction::new(expr, &[]).ok()?.at(&[]);
    (!value.is_nan()).then_some(value)
}

/// The items of a list or tuple; `None` for what is neither.
pub fn items(value: &Value) -> Option<Vec<Value>> {
    match value {
        Value::List(items) => Some(items.borrow().clone()),
        Value::Tuple(items) => Some(items.to_vec()),
        _ => None,
    }
}

/// The items of a list or of anything else that a loop can run through.
///
/// # Errors
/// What is no collection.
pub fn collection(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Spanned<Value>>, Fault> {
    let items = call.items(&value.value).map_err(|fault| fault.or_at(value.span))?;
    Ok(items.into_iter().map(|item| Spanned::new(item, value.span)).collect())
}

/// A point of the plane: a pair of numbers, or a complex number.
///
/// # Errors
/// Anything else; points of space.
pub fn point(value: &Spanned<Value>) -> Result<(f64, f64), Fault> {
    if let Some(pair) = complex(&value.value) {
        return Ok(pair);
    }
    match items(&value.value).as_deref() {
        Some([a, b]) => {
            let part = |item: &Value| real(&Spanned::new(item.clone(), value.span));
            Ok((part(a)?, part(b)?))
        }
        Some([_, _, _]) => Err(fault!(BAD_PLOT, value.span, "points of space can't be drawn: figures are plane")
            .class_is("NotImplementedError")),
        _ => Err(no_number(value, "a point such as (1, 2)")),
    }
}

/// The parts of a complex number that is not real.
fn complex(value: &Value) -> Option<(f64, f64)> {
    match value {
        Value::Complex(number) => Some((number.re().to_f64(), number.im().to_f64())),
        Value::Expr(expr) => {
            let parts = expr.as_number()?.to_f64_parts();
            (parts.1 != 0.0).then_some(parts)
        }
        _ => None,
    }
}

/// Points from a collection.
///
/// # Errors
/// What is no collection of points.
pub fn points(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<(f64, f64)>, Fault> {
    collection(value, call)?.iter().map(point).collect()
}

/// The points of data: pairs as they are, numbers over their places, a dictionary's values over its keys.
///
/// # Errors
/// What is no such data.
pub fn data(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<(f64, f64)>, Fault> {
    if let Value::Dict(dict) = &value.value {
        let pairs: Vec<(Value, Value)> = dict.borrow().iter().map(|(k, v)| (k.clone(), v.clone())).collect();
        let part = |item: Value| real(&Spanned::new(item, value.span));
        return pairs.into_iter().map(|(key, item)| Ok((part(key)?, part(item)?))).collect();
    }
    let items = collection(value, call)?;
    if items.iter().all(|item| number(&item.value).is_some()) {
        return items.iter().enumerate().map(|(k, item)| Ok((k as f64, real(item)?))).collect();
    }
    items.iter().map(point).collect()
}

/// Whether a value is a single point rather than a collection of them.
pub fn is_point(value: &Value) -> bool {
    if complex(value).is_some() {
        return true;
    }
    items(value).is_some_and(|items| {
        matches!(items.len(), 2 | 3) && items.iter().all(|item| number(item).is_some() && complex(item).is_none())
    })
}

/// Numbers from a collection.
///
/// # Errors
/// What is no collection of numbers.
pub fn reals(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<f64>, Fault> {
    collection(value, call)?.iter().map(real).collect()
}

/// A pair of numbers.
///
/// # Errors
/// Anything else.
pub fn pair(value: &Spanned<Value>) -> Result<(f64, f64), Fault> {
    point(value).map_err(|_| expected("a pair of numbers", value))
}
