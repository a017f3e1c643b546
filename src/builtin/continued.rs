//! Continued fractions of rational numbers and of floats, which are rational.

use std::any::Any;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned};
use crate::number::{Integer, Rational, Real};
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::BAD_INDEX;
use crate::runtime::parameter::expected;
use crate::runtime::value::{Class, Object, Value, as_expr};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&continued_fraction::RECORD, &continued_fraction_list::RECORD, &convergents::RECORD];

/// The class of continued fractions.
static CONTINUED: Class =
    Class { name: "sage.rings.continued_fraction.ContinuedFraction_periodic", known_as: None, base: None };

/// A finite continued fraction.
#[derive(Debug)]
struct ContinuedFraction {
    quotients: Vec<Integer>,
}

/// The partial quotients of a rational number, by Euclid's algorithm.
fn quotients(number: &Rational, call: &Call<'_>) -> Result<Vec<Integer>, Fault> {
    let (mut a, mut b) = (number.numerator(), number.denominator());
    let mut quotients = Vec::new();
    while let Some((quotient, remainder)) = a.div_rem_floor(&b).filter(|_| !b.is_zero()) {
        call.budget().check()?;
        quotients.push(quotient);
        (a, b) = (b, remainder);
    }
    Ok(quotients)
}

/// The values of the fraction broken off after each quotient.
fn approximations(quotients: &[Integer]) -> Vec<Rational> {
    let (mut above, mut below) = ((Integer::ZERO, Integer::ONE), (Integer::ONE, Integer::ZERO));
    let mut found = Vec::new();
    for quotient in quotients {
        above = (above.1.clone(), quotient * &above.1 + above.0);
        below = (below.1.clone(), quotient * &below.1 + below.0);
        found.extend(Rational::ratio(&above.1, &below.1));
    }
    found
}

/// A rational number, or the exact value of a float.
fn rational(value: &Spanned<Value>) -> Result<Rational, Fault> {
    let exact = match &value.value {
        Value::Real(real) => real.to_rational(),
        Value::Float(float) | Value::Double(float) => Real::from_f64(*float).to_rational(),
        other => as_expr(other).and_then(|expr| expr.as_rational().cloned()),
    };
    exact.ok_or_else(|| expected("a rational number", value))
}

fn whole_or_fraction(number: Rational) -> Value {
    number.to_integer().map_or_else(|| Value::rational(number), Value::Integer)
}

impl Object for ContinuedFraction {
    fn class(&self) -> &'static Class {
        &CONTINUED
    }

    fn text(&self) -> String {
        let all: Vec<String> = self.quotients.iter().map(Integer::to_string).collect();
        match all.split_first() {
            Some((first, [])) => format!("[{first}]"),
            Some((first, rest)) => format!("[{first}; {}]", rest.join(", ")),
            None => "[0]".to_string(),
        }
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<ContinuedFraction>().is_some_and(|other| other.quotients == self.quotients)
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.quotients.iter().cloned().map(Value::Integer).collect())
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let at = index.to_integer()?;
        let item = at.to_usize().and_then(|at| self.quotients.get(at).cloned()).map(Value::Integer);
        Some(item.ok_or_else(|| Fault::new(&BAD_INDEX, Span::default(), "index out of range")))
    }

    fn methods(&self) -> &'static [&'static str] {
        &["quotients", "convergents", "convergent", "value", "length", "numerator", "denominator"]
    }

    fn method(&self, _call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let all = approximations(&self.quotients);
        let at = || -> Result<Rational, Fault> {
            let at = arguments.positional.first().and_then(|at| at.value.to_integer()).and_then(|at| at.to_usize());
            let last = all.len().saturating_sub(1);
            let found = all.get(at.unwrap_or(last).min(last)).cloned();
            found.ok_or_else(|| Fault::new(&BAD_INDEX, Span::default(), "index out of range"))
        };
        Ok(match name {
            "quotients" => Value::list(self.items().unwrap_or_default()),
            "convergents" => Value::list(all.iter().cloned().map(whole_or_fraction).collect()),
            "convergent" => whole_or_fraction(at()?),
            "numerator" => Value::Integer(at()?.numerator()),
            "denominator" => Value::Integer(at()?.denominator()),
            "length" => Value::integer(self.quotients.len()),
            _ => all.last().cloned().map_or(Value::None, whole_or_fraction),
        })
    }
}

builtin! {
    /// The continued fraction of a rational number or of a float.
    ///
    /// ```calc
    /// continued_fraction(415/93)                  # => [4; 2, 6, 7]
    /// continued_fraction(415/93).convergents()    # => [4, 9/2, 58/13, 415/93]
    /// ```
    fn continued_fraction(call, x: Spanned<Value>) -> Value {
        let quotients = quotients(&rational(&x)?, call)?;
        Ok(Value::Object(Rc::new(ContinuedFraction { quotients })))
    }
}

builtin! {
    /// The partial quotients of the continued fraction of a rational number or of a float.
    ///
    /// ```calc
    /// continued_fraction_list(415/93)             # => [4, 2, 6, 7]
    /// ```
    fn continued_fraction_list(call, x: Spanned<Value>) -> Vec<Integer> {
        quotients(&rational(&x)?, call)
    }
}

builtin! {
    /// The values of the continued fraction of a number, broken off after each quotient.
    ///
    /// ```calc
    /// convergents(415/93)                         # => [4, 9/2, 58/13, 415/93]
    /// ```
    only function;
    fn convergents(call, x: Spanned<Value>) -> Value {
        let quotients = quotients(&rational(&x)?, call)?;
        Ok(Value::list(approximations(&quotients).into_iter().map(whole_or_fraction).collect()))
    }
}
