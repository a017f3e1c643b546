//! Polynomials as values: their arithmetic, comparison, values and methods.

use crate::number::sorting;
use std::any::Any;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::rc::Rc;

use super::Ring;
use super::factors::Factored;
use crate::algebra;
use crate::diagnostic::{Fault, Span, Spanned};
use crate::expr::Expr;
use crate::number::{Integer, Rational};
use crate::poly::RationalPolynomial;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{BAD_VALUE, REFUSED, type_error, value_error, zero_division};
use crate::runtime::operate;
use crate::runtime::value::{Class, Key, Object, Parent, Value, as_expr, expr_latex, expr_text};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator, UnaryOperator};

static RATIONAL: Class = Class {
    name: "sage.rings.polynomial.polynomial_rational_flint.Polynomial_rational_flint",
    known_as: None,
    base: None,
};
static INTEGER: Class = Class {
    name: "sage.rings.polynomial.polynomial_integer_dense_flint.Polynomial_integer_dense_flint",
    known_as: None,
    base: None,
};

/// An element of a ring of polynomials.
#[derive(Clone, Debug)]
pub(in crate::builtin) struct Element {
    pub(super) ring: Ring,
    pub(super) polynomial: RationalPolynomial,
}

/// The other operand: an element of a ring that has both.
enum Other {
    Element(Ring, RationalPolynomial),
    Foreign,
}

impl Element {
    fn expr(&self) -> Expr {
        algebra::polynomial_expr(&self.polynomial, &Expr::symbol(self.ring.variable))
    }

    /// The other operand in a common ring.
    fn other(&self, other: &Value) -> Other {
        match other {
            Value::Int(n) | Value::Integer(n) => {
                Other::Element(self.ring, RationalPolynomial::constant(&Rational::from(n.clone())))
            }
            Value::Bool(b) => Other::Element(self.ring, RationalPolynomial::constant(&Rational::from(i64::from(*b)))),
            Value::Rational(q) => {
                Other::Element(Ring { integers: false, ..self.ring }, RationalPolynomial::constant(q))
            }
            _ => match other.downcast::<Element>() {
                Some(own) if own.ring.variable == self.ring.variable => {
                    let integers = self.ring.integers && own.ring.integers;
                    Other::Element(Ring { integers, ..self.ring }, own.polynomial.clone())
                }
                _ => Other::Foreign,
            },
        }
    }

    fn quotient(ring: Ring, left: &RationalPolynomial, right: &RationalPolynomial) -> Result<Value, Fault> {
        let field = Ring { integers: false, ..ring };
        if right.is_zero() {
            return Err(zero_division("division by zero"));
        }
        if let Some(exact) = left.div_exact(right) {
            return Ok(field.element(exact));
        }
        let common = left.gcd(right);
        let part = |whole: &RationalPolynomial| whole.div_exact(&common).unwrap_or_else(|| whole.clone());
        let expr = |part: RationalPolynomial| algebra::polynomial_expr(&part, &Expr::symbol(ring.variable));
        Ok(Value::Expr(expr(part(left)) / expr(part(right))))
    }

    /// Quotient and remainder; over the integers only where the quotient has integer coefficients.
    fn divided(
        ring: Ring,
        left: &RationalPolynomial,
        right: &RationalPolynomial,
    ) -> Result<(RationalPolynomial, RationalPolynomial), Fault> {
        let (quotient, rest) = left.div_rem(right).ok_or_else(|| zero_division("division by zero polynomial"))?;
        if ring.integers && !(quotient.denominator().is_one() && rest.denominator().is_one()) {
            let message = "division of integer polynomials by one whose leading coefficient does not divide";
            return Err(Fault::new(&REFUSED, Span::default(), message).hint("divide over QQ: `p.change_ring(QQ)`"));
        }
        Ok((quotient, rest))
    }

    fn power(&self, exponent: &Value) -> Result<Value, Fault> {
        /// Powers of higher degree are refused.
        const MOST: usize = 1_000_000;
        let Some(exponent) = exponent.to_integer() else {
            return match exponent {
                Value::Expr(_) | Value::Callable(_) => {
                    operate::binary(BinaryOperator::Power, &Value::Expr(self.expr()), exponent)
                }
                _ => Err(value_error("a polynomial is raised to whole powers only")),
            };
        };
        if exponent.is_negative() {
            return operate::binary(BinaryOperator::Power, &Value::Expr(self.expr()), &Value::Integer(exponent));
        }
        let degree = self.polynomial.degree().unwrap_or(0);
        let fits = exponent.to_usize().filter(|n| n.saturating_mul(degree.max(1)) <= MOST);
        let exponent = fits.ok_or_else(|| crate::runtime::fault::too_large("the power"))?;
        Ok(self.ring.element(self.polynomial.pow(exponent)))
    }

    fn operated(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Result<Value, Fault> {
        if operator == BinaryOperator::Power && !reflected {
            return self.power(other);
        }
        let (ring, right) = match self.other(other) {
            Other::Element(ring, right) => (ring, right),
            Other::Foreign => return self.foreign(operator, other, reflected),
        };
        let (a, b) = if reflected { (&right, &self.polynomial) } else { (&self.polynomial, &right) };
        Ok(match operator {
            BinaryOperator::Add => ring.element(a + b),
            BinaryOperator::Subtract => ring.element(a - b),
            BinaryOperator::Multiply => ring.element(a * b),
            BinaryOperator::Divide => return Element::quotient(ring, a, b),
            BinaryOperator::FloorDivide => ring.element(Element::divided(ring, a, b)?.0),
            BinaryOperator::Remainder => ring.element(Element::divided(ring, a, b)?.1),
            _ => return self.foreign(operator, other, reflected),
        })
    }

    /// With values of other kinds the polynomial is an expression; with polynomials of other variables it is nothing.
    fn foreign(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Result<Value, Fault> {
        if let Some(other) = other.downcast::<Element>() {
            let (mut left, mut right) = (self.ring.describe(), other.ring.describe());
            if reflected {
                std::mem::swap(&mut left, &mut right);
            }
            let symbol = operator.symbol();
            return Err(type_error(format!("unsupported operand parent(s) for {symbol}: '{left}' and '{right}'")));
        }
        let own = Value::Expr(self.expr());
        if reflected { operate::binary(operator, other, &own) } else { operate::binary(operator, &own, other) }
    }

    /// The value at a number or at anything that can be added and multiplied.
    fn at(&self, place: &Value) -> Result<Value, Fault> {
        if let Other::Element(ring, inner) = self.other(place) {
            let value = self.polynomial.compose(&inner);
            return Ok(match place.downcast::<Element>() {
                Some(_) => ring.element(value),
                None => ring.number(value.coefficient(0)),
            });
        }
        if let Some(expr) = as_expr(place).filter(|_| matches!(place, Value::Expr(_))) {
            return Ok(Value::Expr(algebra::polynomial_expr(&self.polynomial, &expr)));
        }
        let mut value = Value::integer(0);
        for coefficient in self.polynomial.coefficients().into_iter().rev() {
            value = operate::binary(BinaryOperator::Multiply, &value, place)?;
            value = operate::binary(BinaryOperator::Add, &value, &self.ring.number(coefficient))?;
        }
        Ok(value)
    }

    fn factored(&self, call: &Call<'_>) -> Result<Factored, Fault> {
        if self.polynomial.is_zero() {
            let fault = Fault::new(&BAD_VALUE, Span::default(), "factorization of 0 is not defined");
            return Err(fault.class_is("ArithmeticError"));
        }
        let (content, primitive) = self.polynomial.split_content();
        let found = primitive.factor_within(call.budget())?;
        let mut factors: Vec<(RationalPolynomial, usize)> = Vec::new();
        let mut unit = &content * &Rational::from(found.content);
        for (factor, exponent) in found.factors {
            let factor = RationalPolynomial::from(factor);
            if self.ring.integers {
                factors.push((factor, exponent));
            } else {
                let power = i64::try_from(exponent).ok().and_then(|exponent| factor.leading().pow(exponent));
                unit = &unit * &power.unwrap_or_default();
                factors.push((factor.monic(), exponent));
            }
        }
        sorting::sort_by(&mut factors, |(p, m), (q, n)| {
            p.degree().cmp(&q.degree()).then(m.cmp(n)).then_with(|| order(p, q))
        });
        if let Some(number) = unit.to_integer().filter(|_| self.ring.integers) {
            let primes = crate::number::factor(&number.abs(), call.budget())?;
            let constant = |prime: Integer| RationalPolynomial::constant(&Rational::from(prime));
            let constants = primes.into_iter().map(|(prime, exponent)| (constant(prime), exponent as usize));
            factors = constants.chain(factors).collect();
            unit = Rational::from(if number.is_negative() { -1 } else { 1 });
        }
        Ok(Factored { ring: self.ring, unit, factors })
    }

    /// The roots in the ring of coefficients, or in the ring that is asked for.
    fn roots(&self, call: &mut Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let named =
            |name: &str| arguments.keywords.iter().find(|(own, _)| &**own == name).map(|(_, value)| value.clone());
        let ring = arguments.positional.first().cloned().or_else(|| named("ring"));
        let multiplicities = arguments.positional.get(1).cloned().or_else(|| named("multiplicities"));
        let single = multiplicities.is_some_and(|value| matches!(value.value, Value::Bool(false)));
        if self.polynomial.is_zero() {
            return Err(
                Fault::new(&BAD_VALUE, Span::default(), "roots of 0 are not defined").class_is("ArithmeticError")
            );
        }
        let ring = ring.filter(|ring| !matches!(ring.value, Value::None) && !self.is_base(&ring.value));
        if let Some(ring) = ring {
            return self.roots_in(call, ring, single);
        }
        let found = self.factored(call)?;
        let linear = found.factors.iter().filter(|(factor, _)| factor.degree() == Some(1));
        let mut roots = Vec::new();
        for (factor, exponent) in linear {
            let root = -factor.coefficient(0).checked_div(&factor.leading()).unwrap_or_default();
            if self.ring.integers && !root.is_integer() {
                continue;
            }
            let root = self.ring.number(root);
            roots.push(if single { root } else { Value::tuple(vec![root, Value::int(*exponent)]) });
        }
        Ok(Value::list(roots))
    }

    fn is_base(&self, ring: &Value) -> bool {
        matches!(ring, Value::Parent(Parent::Integers)) && self.ring.integers
            || matches!(ring, Value::Parent(Parent::Rationals)) && !self.ring.integers
    }

    fn roots_in(&self, call: &mut Call<'_>, ring: Spanned<Value>, single: bool) -> Result<Value, Fault> {
        if self.polynomial.is_constant() {
            return Ok(Value::list(Vec::new()));
        }
        let span = call.span();
        let flag = Spanned::new(Value::Bool(!single), span);
        let keywords = vec![(Rc::from("ring"), ring), (Rc::from("multiplicities"), flag)];
        let arguments = Arguments { positional: Vec::new(), keywords };
        call.machine().call_method(&Value::Expr(self.expr()), &Rc::from("roots"), arguments, span)
    }

    /// The first argument as an element of a common ring.
    fn partner(&self, arguments: &Arguments) -> Result<(Ring, RationalPolynomial), Fault> {
        let given = arguments.positional.first().ok_or_else(|| type_error("a second polynomial is needed"))?;
        match self.other(&given.value) {
            Other::Element(ring, other) => Ok((ring, other)),
            Other::Foreign => Err(type_error("the other value is no polynomial of the same ring").or_at(given.span)),
        }
    }

    fn times(arguments: &Arguments) -> Result<usize, Fault> {
        let given = arguments.positional.iter().find(|value| value.value.downcast::<Element>().is_none());
        match given {
            None => Ok(1),
            Some(given) => {
                let count = given.value.to_integer().and_then(|count| count.to_usize());
                count.ok_or_else(|| value_error("a natural number is expected").or_at(given.span))
            }
        }
    }

    fn common(&self, arguments: &Arguments, least: bool) -> Result<Value, Fault> {
        let (ring, other) = self.partner(arguments)?;
        let (a, b) = (self.polynomial.numerator(), other.numerator());
        if ring.integers {
            let found = if least { a.lcm(b) } else { a.gcd(b) };
            return Ok(ring.element(RationalPolynomial::from(found)));
        }
        let found = RationalPolynomial::from(if least { a.lcm(b) } else { a.gcd(b) });
        Ok(ring.element(if found.is_zero() { found } else { found.monic() }))
    }

    fn derivative(&self, arguments: &Arguments) -> Result<Value, Fault> {
        let times = Element::times(arguments)?;
        let mut polynomial = self.polynomial.clone();
        for _ in 0..times.min(self.polynomial.degree().unwrap_or(0) + 1) {
            polynomial = polynomial.derivative();
        }
        Ok(self.ring.element(polynomial))
    }

    fn coefficients(&self, arguments: &Arguments) -> Value {
        let dense = arguments.keywords.iter().any(|(_, value)| matches!(value.value, Value::Bool(false)))
            || arguments.positional.iter().any(|value| matches!(value.value, Value::Bool(false)));
        let all = self.polynomial.coefficients().into_iter().filter(|c| dense || !c.is_zero());
        Value::list(all.map(|c| self.ring.number(c)).collect())
    }

    fn changed(&self, arguments: &Arguments) -> Result<Value, Fault> {
        match arguments.positional.first().map(|ring| &ring.value) {
            Some(Value::Parent(Parent::Rationals)) => {
                Ok(Ring { integers: false, ..self.ring }.element(self.polynomial.clone()))
            }
            Some(Value::Parent(Parent::Integers)) if self.polynomial.denominator().is_one() => {
                Ok(Ring { integers: true, ..self.ring }.element(self.polynomial.clone()))
            }
            Some(Value::Parent(Parent::Integers)) => Err(type_error("no conversion of this rational to integer")),
            _ => Err(Fault::new(&REFUSED, Span::default(), "polynomials have coefficients in ZZ or QQ here")),
        }
    }

    fn substituted(&self, arguments: &Arguments) -> Result<Value, Fault> {
        let by_name = arguments.keywords.iter().find(|(name, _)| **name == *self.ring.variable.name());
        match arguments.positional.first().or(by_name.map(|(_, value)| value)) {
            Some(place) => self.at(&place.value).map_err(|fault| fault.or_at(place.span)),
            None => Ok(self.ring.element(self.polynomial.clone())),
        }
    }

    /// The methods that look at coefficients.
    fn looked_up(&self, name: &str, arguments: &Arguments) -> Option<Value> {
        let p = &self.polynomial;
        let number = |value: Rational| self.ring.number(value);
        Some(match name {
            "degree" => p.degree().map_or(Value::int(-1), Value::int),
            "list" => Value::list(p.coefficients().into_iter().map(number).collect()),
            "coefficients" => self.coefficients(arguments),
            "exponents" => {
                let all = p.coefficients();
                let exponents = all.iter().enumerate().filter(|(_, c)| !c.is_zero()).map(|(k, _)| Value::int(k));
                Value::list(exponents.collect())
            }
            "leading_coefficient" | "lc" => number(p.leading()),
            "constant_coefficient" => number(p.coefficient(0)),
            "number_of_terms" | "hamming_weight" => {
                Value::int(p.coefficients().iter().filter(|c| !c.is_zero()).count())
            }
            "is_zero" => Value::Bool(p.is_zero()),
            "is_constant" => Value::Bool(p.is_constant()),
            "is_monic" => Value::Bool(p.leading().is_one()),
            "parent" => Value::Object(Rc::new(self.ring)),
            "base_ring" => self.ring.base(),
            "variable_name" => Value::str(self.ring.variable.name()),
            "variables" if p.is_constant() => Value::tuple(Vec::new()),
            "variables" => Value::tuple(vec![self.ring.generator()]),
            "numerator" => {
                Ring { integers: true, ..self.ring }.element(RationalPolynomial::from(p.numerator().clone()))
            }
            "denominator" => Value::Integer(p.denominator().clone()),
            "content" => number(Rational::ratio(&p.numerator().content(), p.denominator()).unwrap_or_default()),
            _ => return None,
        })
    }
}

/// The order of polynomials of the same degree, by their coefficients from the highest down.
fn order(p: &RationalPolynomial, q: &RationalPolynomial) -> std::cmp::Ordering {
    p.degree().cmp(&q.degree()).then_with(|| p.coefficients().iter().rev().cmp(q.coefficients().iter().rev()))
}

/// `abs` and `solve` are there to be refused.
const METHODS: &[&str] = &[
    "abs",
    "base_ring",
    "change_ring",
    "coefficients",
    "complex_roots",
    "constant_coefficient",
    "content",
    "degree",
    "denominator",
    "derivative",
    "diff",
    "discriminant",
    "expand",
    "exponents",
    "factor",
    "gcd",
    "hamming_weight",
    "integral",
    "integrate",
    "is_constant",
    "is_irreducible",
    "is_monic",
    "is_squarefree",
    "is_zero",
    "lc",
    "lcm",
    "leading_coefficient",
    "list",
    "monic",
    "number_of_terms",
    "numerator",
    "parent",
    "quo_rem",
    "real_roots",
    "resultant",
    "reverse",
    "roots",
    "shift",
    "solve",
    "subs",
    "substitute",
    "truncate",
    "variable_name",
    "variables",
];

impl Object for Element {
    fn class(&self) -> &'static Class {
        if self.ring.integers { &INTEGER } else { &RATIONAL }
    }

    fn text(&self) -> String {
        expr_text(&self.expr())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn latex(&self) -> Option<String> {
        // Rings leave out the thin blank between factors.
        Some(expr_latex(&self.expr()).replace(r" \, ", " "))
    }

    fn truth(&self) -> Result<bool, Fault> {
        Ok(!self.polynomial.is_zero())
    }

    fn expression(&self) -> Option<Expr> {
        Some(self.expr())
    }

    fn same(&self, other: &Value) -> bool {
        matches!(self.other(other), Other::Element(_, other) if other == self.polynomial)
    }

    fn hash(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        match self.polynomial.is_constant() {
            true => Key::new(Value::rational(self.polynomial.coefficient(0))).ok()?.hash(&mut hasher),
            false => self.polynomial.hash(&mut hasher),
        }
        Some(hasher.finish())
    }

    fn methods(&self) -> &'static [&'static str] {
        METHODS
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        if let Some(found) = self.looked_up(name, &arguments) {
            return Ok(found);
        }
        let p = &self.polynomial;
        match name {
            "abs" => Err(type_error(format!("bad operand type for abs(): '{}'", self.class().name))),
            "solve" => Err(type_error(format!("{} is not a valid variable.", self.ring.variable))
                .hint(format!("equations are solved for variables: `var('{}')`", self.ring.variable))),
            "factor" => Ok(Value::Object(Rc::new(self.factored(call)?))),
            "is_irreducible" => {
                let found = self.factored(call)?;
                Ok(Value::Bool(matches!(found.factors.as_slice(), [(_, 1)])))
            }
            "is_squarefree" => Ok(Value::Bool(self.factored(call)?.factors.iter().all(|(_, exponent)| *exponent == 1))),
            "roots" => self.roots(call, &arguments),
            "real_roots" => self.roots_in(call, Spanned::new(Value::Parent(Parent::Reals(53)), call.span()), true),
            "complex_roots" => {
                self.roots_in(call, Spanned::new(Value::Parent(Parent::Complexes(53)), call.span()), true)
            }
            "gcd" | "lcm" => self.common(&arguments, name == "lcm"),
            "quo_rem" => {
                let (ring, other) = self.partner(&arguments)?;
                let (quotient, rest) = Element::divided(ring, p, &other)?;
                Ok(Value::tuple(vec![ring.element(quotient), ring.element(rest)]))
            }
            "resultant" => {
                let (ring, other) = self.partner(&arguments)?;
                Ok(ring.number(p.resultant(&other)))
            }
            "discriminant" => Ok(self.ring.number(p.discriminant())),
            "derivative" | "diff" => self.derivative(&arguments),
            "integral" | "integrate" if arguments.positional.len() > 1 => {
                let span = call.span();
                call.machine().call_method(&Value::Expr(self.expr()), &Rc::from("integral"), plain(arguments), span)
            }
            "integral" | "integrate" => Ok(Ring { integers: false, ..self.ring }.element(p.integral())),
            "monic" if p.is_zero() || self.ring.integers && !p.monic().denominator().is_one() => {
                Err(value_error("the polynomial has no monic multiple in the ring"))
            }
            "monic" => Ok(self.ring.element(p.monic())),
            "reverse" | "shift" | "truncate" => self.moved(name, &arguments),
            "change_ring" => self.changed(&arguments),
            "subs" | "substitute" => self.substituted(&arguments),
            _ => Ok(self.ring.element(p.clone())),
        }
    }

    fn invoke(&self, _call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        if arguments.positional.len() > 1 {
            return Some(Err(type_error("a polynomial in one variable is called with one value")));
        }
        Some(self.substituted(arguments))
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        Some(self.operated(operator, other, reflected))
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(Ok(self.ring.element(-&self.polynomial))),
            UnaryOperator::Plus => Some(Ok(self.ring.element(self.polynomial.clone()))),
            UnaryOperator::Invert => None,
        }
    }

    fn compare(&self, operator: ComparisonOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        match self.other(other) {
            Other::Element(_, other) => {
                let order = order(&self.polynomial, &other);
                let order = if reflected { order.reverse() } else { order };
                Some(Ok(Value::Bool(match operator {
                    ComparisonOperator::Equal => order.is_eq(),
                    ComparisonOperator::NotEqual => order.is_ne(),
                    ComparisonOperator::Less => order.is_lt(),
                    ComparisonOperator::LessEqual => order.is_le(),
                    ComparisonOperator::Greater => order.is_gt(),
                    ComparisonOperator::GreaterEqual => order.is_ge(),
                    _ => return None,
                })))
            }
            Other::Foreign if matches!(other, Value::Expr(_)) => {
                let own = Value::Expr(self.expr());
                Some(if reflected {
                    operate::compare(operator, other, &own)
                } else {
                    operate::compare(operator, &own, other)
                })
            }
            Other::Foreign => None,
        }
    }

    fn items(&self) -> Option<Vec<Value>> {
        Some(self.polynomial.coefficients().into_iter().map(|c| self.ring.number(c)).collect())
    }

    fn length(&self) -> Option<usize> {
        None
    }

    fn index(&self, index: &Value) -> Option<Result<Value, Fault>> {
        let at = index.to_integer()?.to_usize();
        Some(Ok(self.ring.number(at.map_or(Rational::ZERO, |at| self.polynomial.coefficient(at)))))
    }
}

/// The arguments with polynomials as expressions.
fn plain(arguments: Arguments) -> Arguments {
    let positional = arguments.positional.into_iter().map(|Spanned { value, span }| {
        let value = value.downcast::<Element>().map(|own| Value::Expr(own.expr())).unwrap_or(value);
        Spanned::new(value, span)
    });
    Arguments { positional: positional.collect(), keywords: arguments.keywords }
}

impl Element {
    /// The coefficients in reverse, at other places, or the first of them.
    fn moved(&self, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let mut coefficients = self.polynomial.coefficients();
        if name == "reverse" {
            coefficients.reverse();
            return Ok(self.ring.element(RationalPolynomial::new(&coefficients)));
        }
        let given = arguments.positional.first().and_then(|given| given.value.to_integer()?.to_i64());
        let by = given.ok_or_else(|| type_error(format!("{name}() takes an integer")))?;
        /// Longer polynomials are refused.
        const MOST: usize = 10_000_000;
        let count = usize::try_from(by.unsigned_abs()).unwrap_or(usize::MAX);
        if name == "truncate" {
            coefficients.truncate(if by < 0 { 0 } else { count });
        } else if by < 0 {
            coefficients.drain(..count.min(coefficients.len()));
        } else if count > MOST {
            return Err(crate::runtime::fault::too_large("the polynomial"));
        } else if !coefficients.is_empty() {
            coefficients.splice(0..0, std::iter::repeat_n(Rational::ZERO, count));
        }
        Ok(self.ring.element(RationalPolynomial::new(&coefficients)))
    }
}
