//! Functions that are no elementary ones by themselves: the square root, which is a power.

use crate::builtin;
use crate::diagnostic::Spanned;
use crate::expr::{Expr, Infinity, Kind};
use crate::number::Real;
use crate::runtime::builtin::Builtin;
use crate::runtime::operate::checked;
use crate::runtime::parameter::{Keywords, expected};
use crate::runtime::value::{Value, as_expr, demote};
use crate::syntax::ast::BinaryOperator;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&sqrt::RECORD, &is_infinity::RECORD];

builtin! {
    /// The square root with non-negative real part; exact for exact numbers.
    ///
    /// ```calc
    /// sqrt(16)                          # => 4
    /// sqrt(8)                           # => 2*sqrt(2)
    /// sqrt(2.0)                         # => 1.41421356237310
    /// sqrt(-4)                          # => 2*I
    /// ```
    ///
    /// See also: `real_nth_root`.
    fn sqrt(call, x: Spanned<Value>, options: Keywords) -> Value {
        if let Value::Float(value) | Value::Double(value) = &x.value
            && *value >= 0.0
        {
            return Ok(Value::Float(Real::from_f64(*value).sqrt().to_f64()));
        }
        if matches!(&x.value, Value::Real(zero) if zero.is_zero()) {
            return Ok(x.value);
        }
        let expr = as_expr(&x.value).ok_or_else(|| expected("a number or an expression", &x))?;
        let root = checked(expr.sqrt(), BinaryOperator::Power)?;
        Ok(match &x.value {
            Value::Callable(callable) => callable.with_body(root),
            Value::Expr(_) => Value::Expr(root),
            _ => demote(&root),
        })
    }
}

builtin! {
    /// Is it an infinity?
    ///
    /// ```calc
    /// (oo).is_infinity()                # => True
    /// ```
    only method;
    fn is_infinity(call, x: Expr) -> bool {
        Ok(matches!(x.kind(), Kind::Infinity(Infinity::Positive | Infinity::Negative | Infinity::Unsigned)))
    }
}
