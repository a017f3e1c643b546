//! The square root.

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Kind};
use crate::number::{Number, Real};
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::type_error;
use crate::runtime::operate;
use crate::runtime::value::{Value, as_expr, demote};
use crate::syntax::ast::BinaryOperator;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&sqrt::RECORD];

builtin! {
    /// The square root: of a negative number the one with positive imaginary part.
    ///
    /// ```calc
    /// sqrt(8)             # => 2*sqrt(2)
    /// sqrt(-4)            # => 2*I
    /// sqrt(x^2)           # => sqrt(x^2)
    /// sqrt(2.0)           # => 1.41421356237310
    /// ```
    ///
    /// See also: `isqrt`, `real_nth_root`.
    fn sqrt(call, x: Spanned<Value>) -> Value {
        square_root(&x.value).map_err(|fault| fault.or_at(x.span))
    }
}

fn square_root(value: &Value) -> Result<Value, Fault> {
    match value {
        Value::Float(float) if *float >= 0.0 => return Ok(Value::Float(float.sqrt())),
        Value::Double(double) if *double >= 0.0 => return Ok(Value::Double(double.sqrt())),
        Value::Real(real) if !real.is_negative() => return Ok(Value::real(Real::sqrt(real))),
        _ => {}
    }
    let expr = as_expr(value).ok_or_else(|| {
        let class = value.class().name;
        type_error(format!("cannot coerce arguments: no canonical coercion from <class '{class}'> to Symbolic Ring"))
    })?;
    let root = operate::checked(expr.sqrt(), BinaryOperator::Power)?;
    Ok(match value {
        Value::Callable(callable) => callable.with_body(root),
        _ if value.is_plain_number() => plain(&root, value),
        _ => Value::Expr(root),
    })
}

/// The root of a plain number as a plain number where it is one.
fn plain(root: &Expr, of: &Value) -> Value {
    match (root.kind(), of) {
        (Kind::Number(Number::Rational(exact)), Value::Rational(_)) => Value::rational(exact.clone()),
        _ => demote(root),
    }
}
