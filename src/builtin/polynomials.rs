//! Polynomials in one variable with rational coefficients, as values of their own.

use std::any::Any;
use std::rc::Rc;

use crate::algebra;
use crate::builtin;
use crate::diagnostic::{Fault, Spanned, fault};
use crate::expr::{Expr, Symbol};
use crate::number::sorting;
use crate::number::{Integer, Rational};
use crate::poly::RationalPolynomial;
use crate::print;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{REFUSED, type_error, value_error, zero_division};
use crate::runtime::parameter::{Formula, expected};
use crate::runtime::truth;
use crate::runtime::value::{Class, Object, Parent, Value, as_expr};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[&polynomial::RECORD];

builtin! {
    /// An expression as a polynomial with coefficients in `ZZ` or `QQ`.
    ///
    /// ```calc
    /// p = (x^3 - 2*x + 1).polynomial(QQ)
    /// p                                 # => x^3 - 2*x + 1
    /// p.factor()                        # => (x - 1) * (x^2 + x - 1)
    /// p.quo_rem(p.derivative())         # => (1/3*x, -4/3*x + 1)
    /// ```
    only method;
    fn polynomial(call, f: Spanned<Formula>, ring: Spanned<Value>) -> Value {
        let over = match ring.value {
            Value::Parent(Parent::Rationals) => Parent::Rationals,
            Value::Parent(Parent::Integers) => Parent::Integers,
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
        let own = PolynomialValue { polynomial: quotient.split_polynomial().0, variable };
        if over == Parent::Integers && !own.polynomial.denominator().is_one() {
            return Err(type_error("no conversion of this rational to integer").or_at(f.span));
        }
        Ok(own.into_value())
    }
}

/// A polynomial in a variable.
#[derive(Clone, Debug, PartialEq)]
pub struct PolynomialValue {
    polynomial: RationalPolynomial,
    variable: Symbol,
}

static CLASS: Class = Class {
    name: "sage.rings.polynomial.polynomial_rational_flint.Polynomial_rational_flint",
    known_as: None,
    base: None,
};

impl PolynomialValue {
    fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    /// Another polynomial in the same variable, as a value.
    fn like(&self, polynomial: RationalPolynomial) -> Value {
        PolynomialValue { polynomial, variable: self.variable }.into_value()
    }

    fn expr(&self) -> Expr {
        algebra::polynomial_expr(&self.polynomial, &Expr::symbol(self.variable))
    }

    /// The polynomial that another operand is: one in the same variable, or a rational number.
    fn operand(&self, value: &Value) -> Option<RationalPolynomial> {
        if let Value::Object(object) = value {
            let other = object.as_any().downcast_ref::<PolynomialValue>()?;
            return (other.variable == self.variable || other.polynomial.is_constant())
                .then(|| other.polynomial.clone());
        }
        match value {
            Value::Expr(_) | Value::Callable(_) => None,
            _ => as_expr(value)?.as_rational().map(RationalPolynomial::constant),
        }
    }

    /// An argument that may also be an expression in the variable.
    fn argument(&self, value: &Spanned<Value>, call: &Call<'_>) -> Result<RationalPolynomial, Fault> {
        if let Some(own) = self.operand(&value.value) {
            return Ok(own);
        }
        let expr = as_expr(&value.value).ok_or_else(|| expected("a polynomial", value))?;
        let quotient = algebra::rational_function(&expr, self.variable, call.budget())?;
        match quotient {
            Some(quotient) if quotient.is_polynomial() => Ok(quotient.split_polynomial().0),
            _ => Err(expected("a polynomial", value)),
        }
    }

    /// The irreducible factors over the rationals with their exponents, and the unit.
    fn factors(&self, call: &Call<'_>) -> Result<(Rational, Vec<(RationalPolynomial, usize)>), Fault> {
        let found = self.polynomial.numerator().factor_within(call.budget())?;
        let mut unit = self.polynomial.leading();
        let mut factors: Vec<(RationalPolynomial, usize)> = Vec::new();
        for (factor, times) in found.factors {
            factors.push((RationalPolynomial::from(factor).monic(), times));
        }
        if self.polynomial.is_zero() {
            unit = Rational::ZERO;
        }
        sorting::sort_by_key(&mut factors, |(factor, times)| (factor.degree(), *times, factor.coefficient(0)));
        Ok((unit, factors))
    }

    /// Whether the only argument is the polynomial's variable.
    fn is_variable(&self, arguments: &Arguments) -> bool {
        match (arguments.positional.as_slice(), arguments.keywords.as_slice()) {
            ([only], []) => as_expr(&only.value).and_then(|by| by.as_symbol()) == Some(self.variable),
            _ => false,
        }
    }

    fn factored_text(&self, call: &Call<'_>) -> Result<String, Fault> {
        if self.polynomial.is_zero() {
            return Err(value_error("factorization of 0 is not defined").class_is("ArithmeticError"));
        }
        let (unit, factors) = self.factors(call)?;
        let mut parts = Vec::new();
        if !unit.is_one() || factors.is_empty() {
            parts.push(format!("({unit})"));
        }
        for (factor, times) in factors {
            let text = print::text(&algebra::polynomial_expr(&factor, &Expr::symbol(self.variable)));
            let text = if text.contains(' ') { format!("({text})") } else { text };
            parts.push(if times == 1 { text } else { format!("{text}^{times}") });
        }
        Ok(parts.join(" * "))
    }

    fn divided(&self, divisor: &RationalPolynomial) -> Result<(Value, Value), Fault> {
        let (quotient, rest) =
            self.polynomial.div_rem(divisor).ok_or_else(|| zero_division("division by zero polynomial"))?;
        Ok((self.like(quotient), self.like(rest)))
    }

    fn evaluated(&self, point: &Spanned<Value>) -> Result<Value, Fault> {
        if let Value::Object(_) = &point.value
            && let Some(inner) = self.operand(&point.value)
        {
            return Ok(self.like(self.polynomial.compose(&inner)));
        }
        let at = as_expr(&point.value).ok_or_else(|| expected("a number", point))?;
        match (at.as_rational(), &point.value) {
            (Some(at), value) if !matches!(value, Value::Expr(_)) => Ok(Value::rational(self.polynomial.evaluate(at))),
            _ => Ok(Value::Expr(self.expr().substitute(&[(Expr::symbol(self.variable), at)]))),
        }
    }

    fn combined(
        &self,
        operator: BinaryOperator,
        other: &RationalPolynomial,
        reflected: bool,
    ) -> Option<Result<Value, Fault>> {
        let (a, b) = if reflected { (other, &self.polynomial) } else { (&self.polynomial, other) };
        let left = PolynomialValue { polynomial: a.clone(), variable: self.variable };
        Some(match operator {
            BinaryOperator::Add => Ok(self.like(a + b)),
            BinaryOperator::Subtract => Ok(self.like(a - b)),
            BinaryOperator::Multiply => Ok(self.like(a * b)),
            BinaryOperator::FloorDivide => left.divided(b).map(|(quotient, _)| quotient),
            BinaryOperator::Remainder => left.divided(b).map(|(_, rest)| rest),
            BinaryOperator::Divide if b.is_zero() => Err(zero_division("division by zero")),
            BinaryOperator::Divide if b.is_constant() => Ok(self.like(a.scale(&b.leading().recip()?))),
            BinaryOperator::Divide => {
                let other = PolynomialValue { polynomial: b.clone(), variable: self.variable };
                Ok(Value::Expr(left.expr() / other.expr()))
            }
            _ => return None,
        })
    }

    /// The methods without arguments.
    fn asked(&self, call: &Call<'_>, name: &str) -> Result<Option<Value>, Fault> {
        let p = &self.polynomial;
        let rational = |number: Rational| Value::rational(number);
        Ok(Some(match name {
            "degree" => Value::integer(p.degree().map_or(-1, |degree| degree as i64)),
            "list" => Value::list(p.coefficients().into_iter().map(rational).collect()),
            "coefficients" => {
                Value::list(p.coefficients().into_iter().filter(|c| !c.is_zero()).map(rational).collect())
            }
            "derivative" | "diff" | "differentiate" => self.like(p.derivative()),
            "integral" => self.like(p.integral()),
            "monic" if !p.is_zero() => self.like(p.monic()),
            "leading_coefficient" => rational(p.leading()),
            "constant_coefficient" => rational(p.coefficient(0)),
            "discriminant" => rational(p.discriminant()),
            "is_irreducible" => {
                let (_, factors) = self.factors(call)?;
                Value::Bool(matches!(factors.as_slice(), [(_, 1)]))
            }
            "is_zero" => Value::Bool(p.is_zero()),
            "is_constant" => Value::Bool(p.is_constant()),
            "variable_name" => Value::str(self.variable.name()),
            "factor" => Value::Object(Rc::new(Factored { text: self.factored_text(call)?, expr: self.expr() })),
            "roots" => {
                let (_, factors) = self.factors(call)?;
                let linear = factors.into_iter().filter(|(factor, _)| factor.degree() == Some(1));
                let mut roots: Vec<(Rational, usize)> = linear.map(|(f, times)| (-f.coefficient(0), times)).collect();
                sorting::sort_by(&mut roots, |a, b| b.0.cmp(&a.0));
                let pair = |(root, times): (Rational, usize)| {
                    Value::tuple(vec![rational(root), Value::Int(Integer::from(times as i64))])
                };
                Value::list(roots.into_iter().map(pair).collect())
            }
            _ => return Ok(None),
        }))
    }
}

impl Object for PolynomialValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        print::text(&self.expr())
    }

    fn latex(&self) -> Option<String> {
        Some(print::latex(&self.expr()).replace(r" \, ", " "))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(!self.polynomial.is_zero())
    }

    fn expression(&self) -> Option<Expr> {
        Some(self.expr())
    }

    fn same(&self, other: &Value) -> bool {
        self.operand(other).is_some_and(|other| other == self.polynomial)
    }

    #[rustfmt::skip]
    fn methods(&self) -> &'static [&'static str] {
        &[
            "coefficients", "constant_coefficient", "degree", "derivative", "diff", "differentiate", "discriminant", "factor", "gcd",
            "integral", "is_constant", "is_irreducible", "is_zero", "leading_coefficient", "list", "monic", "quo_rem",
            "resultant", "roots", "variable_name",
        ]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let is_plain = arguments.is_empty()
            || (matches!(name, "derivative" | "diff" | "differentiate" | "integral") && self.is_variable(&arguments))
            || (name == "roots"
                && matches!(&arguments.positional[..], [ring] if matches!(ring.value, Value::Parent(Parent::Rationals))));
        if let Some(answer) = self.asked(call, name)? {
            if !is_plain {
                return Err(fault!(REFUSED, call.span(), "{name}() of a polynomial takes no such arguments"));
            }
            return Ok(answer);
        }
        let Some(first) = arguments.positional.first() else {
            return Err(type_error(format!("{name}() needs a polynomial")).or_at(call.span()));
        };
        let other = self.argument(first, call)?;
        Ok(match name {
            "gcd" => self.like(self.polynomial.gcd(&other)),
            "resultant" => Value::rational(self.polynomial.resultant(&other)),
            _ => {
                let (quotient, rest) = self.divided(&other)?;
                Value::tuple(vec![quotient, rest])
            }
        })
    }

    fn invoke(&self, _call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        match (arguments.positional.as_slice(), arguments.keywords.as_slice()) {
            ([point], []) => Some(self.evaluated(point)),
            ([], [(name, point)]) if **name == *self.variable.name() => Some(self.evaluated(point)),
            _ => Some(Err(type_error("a polynomial is called with one value"))),
        }
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        if operator == BinaryOperator::Power {
            let exponent = other.to_integer()?.to_i64()?;
            let small = usize::try_from(exponent).ok().filter(|n| *n <= 100_000 && !reflected)?;
            return Some(truth::budget().check().map_err(Fault::from).map(|()| self.like(self.polynomial.pow(small))));
        }
        self.combined(operator, &self.operand(other)?, reflected)
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(Ok(self.like(-&self.polynomial))),
            UnaryOperator::Plus => Some(Ok(self.clone().into_value())),
            UnaryOperator::Invert => None,
        }
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let place = index.to_integer()?.to_i64()?;
        Some(Ok(Value::rational(usize::try_from(place).map_or(Rational::ZERO, |at| self.polynomial.coefficient(at)))))
    }
}

/// The factors of a polynomial, as they are written.
#[derive(Debug)]
struct Factored {
    text: String,
    expr: Expr,
}

static FACTORED: Class = Class { name: "sage.structure.factorization.Factorization", known_as: None, base: None };

impl Object for Factored {
    fn class(&self) -> &'static Class {
        &FACTORED
    }

    fn text(&self) -> String {
        self.text.clone()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn expression(&self) -> Option<Expr> {
        Some(self.expr.clone())
    }
}
