//! Expressions as elements of a ring of polynomials.

use super::ring::Ring;
use crate::algebra;
use crate::builtin;
use crate::diagnostic::Spanned;
use crate::expr::Symbol;
use crate::print;
use crate::runtime::builtin::Builtin;
use crate::runtime::fault::type_error;
use crate::runtime::parameter::{Formula, expected};
use crate::runtime::value::{Parent, Value};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&polynomial::RECORD];

builtin! {
    /// An expression as a polynomial with coefficients in `ZZ` or `QQ`.
    ///
    /// ```calc
    /// p = (x^3 - 2*x + 1).polynomial(QQ)
    /// p                                 # => x^3 - 2*x + 1
    /// p.parent()                        # => Univariate Polynomial Ring in x over Rational Field
    /// p.factor()                        # => (x - 1) * (x^2 + x - 1)
    /// p.quo_rem(p.derivative())         # => (1/3*x, -4/3*x + 1)
    /// ```
    ///
    /// See also: `PolynomialRing`.
    only method;
    fn polynomial(call, f: Spanned<Formula>, ring: Spanned<Value>) -> Value {
        let integers = match ring.value {
            Value::Parent(Parent::Rationals) => false,
            Value::Parent(Parent::Integers) => true,
            _ => return Err(expected("ZZ or QQ", &ring)),
        };
        let variable = f.value.only_variable().unwrap_or_else(|| Symbol::new("x"));
        let unable = || {
            type_error(format!("unable to convert {} to a polynomial in one variable", print::text(&f.value.expr)))
                .or_at(f.span)
        };
        let quotient = algebra::rational_function(&f.value.expr, variable, call.budget())?.ok_or_else(unable)?;
        if !quotient.is_polynomial() {
            return Err(unable());
        }
        let polynomial = quotient.split_polynomial().0;
        if integers && !polynomial.denominator().is_one() {
            return Err(type_error("no conversion of this rational to integer").or_at(f.span));
        }
        Ok(Ring { integers, variable }.element(polynomial))
    }
}
