//! Calling what mathematics calls functions: `sin`, `function('y')`, and `f(x) = ...`.

use std::rc::Rc;

use super::symbolic::{checked, is_outside_formulas, no_expression, substitute};
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::expr::{Expr, Function, Kind, Symbol, function};
use crate::number::{Number, Rational, Real};
use crate::runtime::call::Arguments;
use crate::runtime::fault::BAD_ARGUMENTS;
use crate::runtime::truth;
use crate::runtime::value::{CallableExpr, Value, as_expr, demote};
use crate::syntax::ast::BinaryOperator;

/// The callable expression `f(names...) = body`.
///
/// # Errors
/// A body that is no expression.
pub fn callable(names: &[Rc<str>], body: &Value) -> Result<Value, Fault> {
    if let Value::Object(object) = body
        && let Some(function) = object.function_of(names)
    {
        return Ok(function);
    }
    let body = as_expr(body).ok_or_else(|| no_expression(body))?;
    let arguments = names.iter().map(|name| Symbol::new(name)).collect();
    Ok(Value::Callable(Rc::new(CallableExpr { arguments, body })))
}

/// `f(2)`, `f(x=2)`: positional arguments go to the callable's own, keywords to any variable.
///
/// # Errors
/// More arguments than the callable has, values that are no expressions, a result without a value.
pub fn call_callable(callable: &CallableExpr, arguments: &Arguments, span: Span) -> Result<Value, Fault> {
    if let Some(extra) = arguments.positional.get(callable.arguments.len()) {
        let names: Vec<&str> = callable.arguments.iter().map(|symbol| symbol.name()).collect();
        return Err(fault!(BAD_ARGUMENTS, extra.span, "too many arguments")
            .hint(format!("it is a function of {}", names.join(", "))));
    }
    let mut pairs = Vec::new();
    for (symbol, value) in callable.arguments.iter().zip(&arguments.positional) {
        pairs.push((*symbol, value));
    }
    for (name, value) in &arguments.keywords {
        pairs.push((Symbol::new(name), value));
    }
    let pairs: Result<Vec<(Expr, Expr)>, Fault> = pairs
        .into_iter()
        .map(|(symbol, value)| {
            let to = as_expr(&value.value).ok_or_else(|| no_expression(&value.value).or_at(value.span))?;
            Ok((Expr::symbol(symbol), to))
        })
        .collect();
    substitute(&callable.body, &pairs?).map(Value::Expr).map_err(|fault| fault.or_at(span))
}

/// `sin(x)`, `y(x)`. Plain numbers give plain numbers where the result is one.
///
/// # Errors
/// A wrong number of arguments, and arguments that are no expressions.
pub fn apply(function: &Function, arguments: &Arguments, span: Span) -> Result<Value, Fault> {
    if let Some(rest) = without_hold(arguments)? {
        return match rest {
            (rest, true) => held(function, &rest, span),
            (rest, false) => apply(function, &rest, span),
        };
    }
    if function.is(&function::LOG)
        && let Some((number, base)) = number_and_base(arguments)
    {
        return logarithm(number, base).map_err(|fault| fault.or_at(span));
    }
    if let Some((name, value)) = arguments.keywords.first() {
        let message = format!("{}() got an unexpected keyword argument '{name}'", function.name());
        return Err(Fault::new(&BAD_ARGUMENTS, value.span, message));
    }
    check_arity(function, arguments, span)?;
    let mut parts = Vec::new();
    for argument in &arguments.positional {
        let part = as_expr(&argument.value);
        parts.push(part.ok_or_else(|| cannot_coerce(&argument.value).or_at(argument.span))?);
    }
    let floating = match function {
        Function::Elementary(record)
            if arguments.positional.iter().all(|argument| argument.value.is_plain_number()) =>
        {
            record.floating_value(&parts)
        }
        _ => None,
    };
    let result = floating.unwrap_or_else(|| function::as_written(|| Expr::call(function.clone(), parts)));
    let result = checked(result, BinaryOperator::Power).map_err(|fault| fault.or_at(span))?;
    let given = || arguments.positional.iter().map(|argument| &argument.value);
    let callable = given().find_map(|value| match value {
        Value::Callable(callable) => Some(callable),
        _ => None,
    });
    Ok(match callable {
        Some(callable) => callable.with_body(result),
        None if given().all(Value::is_plain_number) => plain_result(&result, given()),
        None if is_part(function) && given().all(is_outside_formulas) => demote(&result),
        None => Value::Expr(result),
    })
}

/// The arguments without `hold=...`, and what that says; `None` when it is not given.
fn without_hold(arguments: &Arguments) -> Result<Option<(Arguments, bool)>, Fault> {
    let Some(at) = arguments.keywords.iter().position(|(name, _)| &**name == "hold") else { return Ok(None) };
    let mut rest = arguments.clone();
    let (_, hold) = rest.keywords.remove(at);
    Ok(Some((rest, truth::holds(&hold.value)?)))
}

/// A call that stays as it is written.
fn held(function: &Function, arguments: &Arguments, span: Span) -> Result<Value, Fault> {
    check_arity(function, arguments, span)?;
    let part = |argument: &Spanned<Value>| {
        as_expr(&argument.value).ok_or_else(|| cannot_coerce(&argument.value).or_at(argument.span))
    };
    let parts: Result<Vec<Expr>, Fault> = arguments.positional.iter().map(part).collect();
    Ok(Value::Expr(Expr::held(function.clone(), parts?)))
}

/// Whether the function takes a complex number apart, so that what it makes of one is a plain number.
fn is_part(function: &Function) -> bool {
    matches!(function.name(), "abs" | "real_part" | "imag_part" | "conjugate")
}

/// The two arguments of a logarithm to a base.
fn number_and_base(arguments: &Arguments) -> Option<(&Value, &Value)> {
    match (arguments.positional.as_slice(), arguments.keywords.as_slice()) {
        ([number, base], []) => Some((&number.value, &base.value)),
        ([number], [(name, base)]) if &**name == "base" => Some((&number.value, &base.value)),
        _ => None,
    }
}

/// `log(number, base)`: exact where it is an integer, else the quotient of two logarithms.
fn logarithm(number: &Value, base: &Value) -> Result<Value, Fault> {
    let part = |value: &Value| as_expr(value).ok_or_else(|| cannot_coerce(value));
    let (a, b) = (part(number)?, part(base)?);
    if let (Some(p), Some(q)) = (a.as_rational(), b.as_rational())
        && let Some(exponent) = exact_logarithm(p, q)
    {
        let is_plain = number.is_plain_number() && base.is_plain_number();
        return Ok(if is_plain { Value::integer(exponent) } else { Value::Expr(Expr::integer(exponent)) });
    }
    let quotient = checked(&function::log(&a) / &function::log(&b), BinaryOperator::Divide)?;
    let precision = [&a, &b].iter().filter_map(|part| part.as_number()?.precision()).min();
    match precision.and_then(|precision| crate::runtime::truth::evaluate(&quotient, precision).ok()) {
        Some(value) => Ok(demote(&Expr::number(value))),
        None => Ok(Value::Expr(quotient)),
    }
}

/// The integer `k` with `base^k = number`, if there is one.
fn exact_logarithm(number: &Rational, base: &Rational) -> Option<i64> {
    let size = |value: &Rational| value.numerator().log2_estimate() - value.denominator().log2_estimate();
    if number.signum() <= 0 || base.signum() <= 0 || base.is_one() {
        return None;
    }
    let exponent = (size(number) / size(base)).round();
    if exponent.is_nan() || exponent.abs() > 1e6 {
        return None;
    }
    // The estimate is within the range of machine integers.
    let exponent = exponent as i64;
    (base.pow(exponent).as_ref() == Some(number)).then_some(exponent)
}

/// A result of plain arguments: machine floats give machine floats.
fn plain_result<'a>(result: &Expr, given: impl Iterator<Item = &'a Value>) -> Value {
    let number = match result.kind() {
        Kind::Number(Number::Real(real)) => Real::to_f64(real),
        _ => return demote(result),
    };
    let mut kind: Option<fn(f64) -> Value> = None;
    for value in given {
        match value {
            Value::Real(_) | Value::Complex(_) => return demote(result),
            Value::Float(_) => kind = kind.or(Some(Value::Float)),
            Value::Double(_) => kind = Some(Value::Double),
            _ => {}
        }
    }
    kind.map_or_else(|| demote(result), |wrap| wrap(number))
}

fn check_arity(function: &Function, arguments: &Arguments, span: Span) -> Result<(), Fault> {
    let given = arguments.positional.len();
    let Function::Elementary(record) = function else { return Ok(()) };
    let (least, most) = record.arity;
    if (least..=most).contains(&given) {
        return Ok(());
    }
    let span = arguments.positional.get(most).map_or(span, |extra| extra.span);
    let takes = match most {
        usize::MAX => format!("at least {least}"),
        _ if least == most => format!("exactly {least}"),
        _ => format!("{least} to {most}"),
    };
    let message = format!("Symbolic function {} takes {takes} arguments ({given} given)", record.name);
    let names = ["x", "y", "z"].iter().take(most.max(1)).copied().collect::<Vec<_>>().join(", ");
    Err(Fault::new(&BAD_ARGUMENTS, span, message).hint(format!("it is called as {}({names})", record.name)))
}

fn cannot_coerce(value: &Value) -> Fault {
    let text = crate::runtime::value::repr(value);
    let shown: String = text.chars().take(60).collect();
    let fault = crate::runtime::fault::type_error(format!(
        "cannot coerce arguments: no canonical coercion from {} to Symbolic Ring",
        kind_of(value)
    ));
    match value {
        Value::Str(_) => fault.hint("a formula is written without quotes"),
        Value::List(_) | Value::Tuple(_) => fault.hint(format!("apply it to each item: `[f(t) for t in {shown}]`")),
        _ => fault,
    }
}

fn kind_of(value: &Value) -> String {
    format!("<class '{}'>", value.class().name)
}

/// Whether elementary functions can be called as methods of the value.
pub fn takes_functions(value: &Value) -> bool {
    matches!(value, Value::Expr(_) | Value::Callable(_)) || value.is_plain_number()
}

/// The function that `value.name()` means, if there is one.
pub fn function_as_method(value: &Value, name: &str) -> Option<Function> {
    if takes_functions(value) { function::find(name).map(Function::Elementary) } else { None }
}
