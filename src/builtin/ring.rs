//! Rings of polynomials in one variable over the integers and the rationals.

mod element;
mod factors;

use std::any::Any;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Spanned};
use crate::expr::Symbol;
use crate::number::Rational;
use crate::poly::RationalPolynomial;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{REFUSED, type_error, zero_division};
use crate::runtime::parameter::expected;
use crate::runtime::value::{Class, Object, Parent, Value, as_expr, str_of};
use crate::syntax::ast::ComparisonOperator;

pub(super) use element::Element;

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&polynomial_ring::RECORD, &polygen::RECORD];

static OVER_FIELD: Class = Class {
    name: "sage.rings.polynomial.polynomial_ring.PolynomialRing_field_with_category",
    known_as: None,
    base: None,
};
static OVER_INTEGERS: Class = Class {
    name: "sage.rings.polynomial.polynomial_ring.PolynomialRing_integral_domain_with_category",
    known_as: None,
    base: None,
};

/// A ring: what its coefficients are, and its variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Ring {
    /// Whether the coefficients are integers; else they are rationals.
    pub(super) integers: bool,
    /// The variable.
    pub(super) variable: Symbol,
}

impl Ring {
    pub(super) fn describe(self) -> String {
        let base = if self.integers { "Integer Ring" } else { "Rational Field" };
        format!("Univariate Polynomial Ring in {} over {base}", self.variable)
    }

    pub(super) fn base(self) -> Value {
        Value::Parent(if self.integers { Parent::Integers } else { Parent::Rationals })
    }

    /// A number of the ring of coefficients.
    pub(super) fn number(self, value: Rational) -> Value {
        match value.to_integer().filter(|_| self.integers) {
            Some(integer) => Value::Integer(integer),
            None => Value::rational(value),
        }
    }

    pub(super) fn element(self, polynomial: RationalPolynomial) -> Value {
        Value::Object(Rc::new(Element { ring: self, polynomial }))
    }

    /// A value as an element: a number, another polynomial in the variable, an expression, the list of the coefficients.
    fn read(self, given: &Spanned<Value>, call: &mut Call<'_>) -> Result<Value, Fault> {
        let polynomial = match &given.value {
            Value::List(_) | Value::Tuple(_) => {
                let items = call.items(&given.value)?;
                let numbers: Option<Vec<Rational>> =
                    items.iter().map(|item| as_expr(item).and_then(|item| item.as_rational().cloned())).collect();
                numbers.map(|numbers| RationalPolynomial::new(&numbers))
            }
            Value::Str(text) => {
                let value = call.machine().evaluate(text, &[(Rc::from(self.variable.name()), self.generator())])?;
                return self.read(&Spanned::new(value, given.span), call);
            }
            value => match value.downcast::<Element>() {
                Some(own) if own.ring.variable == self.variable || own.polynomial.is_constant() => {
                    Some(own.polynomial.clone())
                }
                Some(_) => None,
                None => match as_expr(value) {
                    Some(expr) => {
                        let function = crate::algebra::rational_function(&expr, self.variable, call.budget())?;
                        function
                            .filter(|function| function.is_polynomial())
                            .map(|function| function.numerator().clone())
                    }
                    None => None,
                },
            },
        };
        let polynomial = polynomial.ok_or_else(|| expected("a polynomial of the ring", given))?;
        if self.integers && !polynomial.denominator().is_one() {
            return Err(type_error("no conversion of this rational to integer").or_at(given.span));
        }
        Ok(self.element(polynomial))
    }

    /// The polynomial of least degree through points, by Newton's divided differences.
    fn through(self, points: &Spanned<Value>, call: &mut Call<'_>) -> Result<Value, Fault> {
        let mut found = RationalPolynomial::zero();
        let mut vanishing = RationalPolynomial::one();
        for point in call.items(&points.value)? {
            call.budget().check()?;
            let pair: Option<Vec<Rational>> =
                call.items(&point)?.iter().map(|part| as_expr(part)?.as_rational().cloned()).collect();
            let Some([x, y]) = pair.as_deref() else { return Err(expected("a list of points such as (1, 2)", points)) };
            let Some(factor) = (y - &found.evaluate(x)).checked_div(&vanishing.evaluate(x)) else {
                return Err(zero_division("two points lie above one another").or_at(points.span));
            };
            found = &found + &vanishing.scale(&factor);
            vanishing = &vanishing * &(&RationalPolynomial::x() - &RationalPolynomial::constant(x));
        }
        Ok(self.element(found))
    }

    pub(super) fn generator(self) -> Value {
        self.element(RationalPolynomial::x())
    }
}

impl Object for Ring {
    fn class(&self) -> &'static Class {
        if self.integers { &OVER_INTEGERS } else { &OVER_FIELD }
    }

    fn text(&self) -> String {
        self.describe()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        other.downcast::<Ring>() == Some(self)
    }

    fn contains(&self, item: &Value) -> Option<bool> {
        let number = || as_expr(item).and_then(|item| item.as_rational().cloned());
        Some(match item.downcast::<Element>() {
            Some(own) if own.ring.variable == self.variable => !self.integers || own.polynomial.denominator().is_one(),
            Some(_) => false,
            None => number().is_some_and(|number| !self.integers || number.is_integer()),
        })
    }

    fn methods(&self) -> &'static [&'static str] {
        &["base_ring", "gen", "gens", "lagrange_polynomial", "one", "variable_name", "variable_names", "zero"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let variable = || Value::str(self.variable.name());
        Ok(match name {
            "lagrange_polynomial" => match arguments.positional.first() {
                Some(points) => self.through(points, call)?,
                None => {
                    return Err(type_error("lagrange_polynomial() missing 1 required positional argument: 'points'"));
                }
            },
            "base_ring" => self.base(),
            "gens" => Value::tuple(vec![self.generator()]),
            "one" => self.element(RationalPolynomial::one()),
            "zero" => self.element(RationalPolynomial::zero()),
            "variable_name" => variable(),
            "variable_names" => Value::tuple(vec![variable()]),
            _ => self.generator(),
        })
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        Some(match arguments.positional.as_slice() {
            [] => Ok(self.element(RationalPolynomial::zero())),
            [only] => self.read(only, call),
            _ => Err(type_error("an element is made of one value, or of the list of its coefficients")),
        })
    }

    fn compare(&self, operator: ComparisonOperator, other: &Value, _reflected: bool) -> Option<Result<Value, Fault>> {
        match operator {
            ComparisonOperator::Equal => Some(Ok(Value::Bool(self.same(other)))),
            ComparisonOperator::NotEqual => Some(Ok(Value::Bool(!self.same(other)))),
            _ => None,
        }
    }
}

/// The ring over a ring of numbers in the variable that names say.
fn ring(call: &mut Call<'_>, base: &Spanned<Value>, names: &Value) -> Result<Ring, Fault> {
    let integers = match &base.value {
        Value::Parent(Parent::Integers) => true,
        Value::Parent(Parent::Rationals) => false,
        _ => {
            return Err(call
                .fault(&REFUSED, "polynomials have coefficients in ZZ or QQ here")
                .or_at(base.span)
                .hint("for other coefficients use expressions in a variable: `var('x')`"));
        }
    };
    let names = match names {
        Value::List(_) | Value::Tuple(_) => call.items(names)?.iter().map(str_of).collect::<Vec<_>>().join(","),
        name => str_of(name),
    };
    let mut names = names.split([',', ' ']).filter(|name| !name.is_empty());
    match (names.next(), names.next()) {
        (Some(name), None) if super::names::is_identifier(name) => Ok(Ring { integers, variable: Symbol::new(name) }),
        (Some(_), Some(_)) => Err(call
            .fault(&REFUSED, "polynomials in several variables are no rings here")
            .hint("use expressions in variables: `var('x y')`")),
        _ => Err(type_error("you must specify the names of the variables")),
    }
}

builtin! {
    /// The ring of the polynomials in a variable over `QQ` or `ZZ`; `QQ['x']` is the same, and `R.<x> = QQ[]` names both.
    ///
    /// Its elements have the methods of polynomials: `degree`, `list`, `coefficients`, `factor`, `roots`, `real_roots`,
    /// `gcd`, `quo_rem`, `derivative`, `integral` and more.
    ///
    /// ```calc
    /// R = PolynomialRing(QQ, 'x')
    /// R                                   # => Univariate Polynomial Ring in x over Rational Field
    /// x = R.gen()
    /// factor(x^4 - 1)                     # => (x - 1) * (x + 1) * (x^2 + 1)
    /// (x^2 - 1).roots()                   # => [(1, 1), (-1, 1)]
    /// PolynomialRing(QQ, 'x, y')          # error: not-offered
    /// PolynomialRing(QQ)                  # error: wrong-type
    /// ```
    ///
    /// See also: `polygen`, `factor`.
    named "PolynomialRing";
    faults "not-offered", "wrong-type";
    only function;
    fn polynomial_ring(call, base: Spanned<Value>, names: Option<Value>) -> Value {
        let names = names.unwrap_or_else(|| Value::str(""));
        Ok(Value::Object(Rc::new(ring(call, &base, &names)?)))
    }
}

builtin! {
    /// The variable of a ring of polynomials over `QQ` or `ZZ`.
    ///
    /// ```calc
    /// x = polygen(QQ)
    /// (x^2 - 1)//(x - 1)                  # => x + 1
    /// ```
    ///
    /// See also: `PolynomialRing`.
    only function;
    fn polygen(call, base: Spanned<Value>, names: Option<Value>) -> Value {
        let names = names.unwrap_or_else(|| Value::str("x"));
        Ok(ring(call, &base, &names)?.generator())
    }
}
