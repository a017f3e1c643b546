//! The value that `f.series(x, n)` answers: a truncated series that shows its order term.

use std::any::Any;
use std::rc::Rc;

use crate::budget::Budget;
use crate::calculus;
use crate::diagnostic::Fault;
use crate::expr::{Expr, Kind, Reason, Relation, Symbol, assume};
use crate::number::Rational;
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::operate::substitute_named;
use crate::runtime::truth;
use crate::runtime::value::{Class, Object, Value, as_expr};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};
use crate::tape::series::{Approach, Series, with_small};

/// A truncated series in a variable about a point.
#[derive(Debug)]
pub struct SeriesValue {
    terms: Vec<(Rational, Expr)>,
    small: Expr,
    variable: Symbol,
    order: usize,
    exact: bool,
    approach: Approach,
}

static CLASS: Class = Class { name: "sage.symbolic.expression.SymbolicSeries", known_as: None, base: None };

impl SeriesValue {
    /// The terms of an expansion below an order.
    pub fn new(expansion: &Series, variable: Symbol, approach: &Approach, order: usize) -> SeriesValue {
        let limit = Rational::from(order as i64);
        let small = approach.small(&Expr::symbol(variable));
        let below = expansion.terms().filter(|(e, _)| *e < limit);
        let terms = below.map(|(e, c)| (e, with_small(c, &small))).collect();
        let exact = expansion.is_exact() && expansion.terms().all(|(e, _)| e < limit);
        SeriesValue { terms, small, variable, order, exact, approach: approach.clone() }
    }

    fn order_base(&self) -> Expr {
        self.small.powi(self.order as i64)
    }

    /// The terms as texts and the order term, joined; `term` writes a coefficient with its power.
    fn joined(&self, term: impl Fn(&Expr, &Rational) -> String, order: String) -> String {
        let mut parts: Vec<String> = self.terms.iter().map(|(exponent, c)| term(c, exponent)).collect();
        // Sage shows the order of a polynomial too.
        parts.push(order);
        parts.join(" + ")
    }

    /// Pairs of coefficient and exponent, from the least exponent, or zero, to the greatest one that occurs; as in Sage
    /// those that are zero stand among them.
    fn coefficients(&self) -> Vec<Value> {
        let pair = |c: Expr, e: Rational| Value::list(vec![Value::Expr(c), Value::Expr(Expr::number(e))]);
        let ends = (self.terms.first(), self.terms.last());
        let (Some((first, _)), Some((last, _))) = ends else { return Vec::new() };
        match (first.to_i64(), last.to_i64()) {
            (Some(first), Some(last)) if self.terms.iter().all(|(e, _)| e.is_integer()) => {
                let coefficient = |exponent: &Rational| {
                    self.terms.iter().find(|(own, _)| own == exponent).map_or_else(Expr::zero, |(_, c)| c.clone())
                };
                (first.min(0)..=last).map(Rational::from).map(|e| pair(coefficient(&e), e)).collect()
            }
            _ => self.terms.iter().map(|(e, c)| pair(c.clone(), e.clone())).collect(),
        }
    }

    /// The coefficients alone, from exponent zero on, for `sparse=False`.
    fn dense(&self) -> Option<Vec<Value>> {
        let exponents: Option<Vec<i64>> = self.terms.iter().map(|(e, _)| e.to_i64().filter(|e| *e >= 0)).collect();
        let last = exponents?.into_iter().max().unwrap_or(0);
        let at = |exponent: i64| {
            let own = self.terms.iter().find(|(e, _)| *e == Rational::from(exponent));
            Value::Expr(own.map_or_else(Expr::zero, |(_, c)| c.clone()))
        };
        Some((0..=last).map(at).collect())
    }

    /// The series without its order term.
    pub fn truncated(&self) -> Expr {
        Expr::sum(self.terms.iter().map(|(exponent, c)| c * self.small.power_rational(exponent)))
    }
}

impl SeriesValue {
    /// The series of an expression, and whether it holds to the right of the point alone.
    ///
    /// # Errors
    /// Those of `calculus::expansion`; the missing fact when a power with a symbol for its exponent may grow.
    pub fn of(
        expr: &Expr,
        variable: Symbol,
        approach: &Approach,
        order: usize,
        budget: &Budget,
    ) -> Result<(SeriesValue, bool), Reason> {
        let at = |side| Approach::one_sided(&approach.point, side);
        let reason = match calculus::expansion(expr, variable, approach, order, budget) {
            Ok(found) => {
                return Ok((SeriesValue::new(&found.series, variable, &at(found.side), order), found.right_only));
            }
            Err(reason) => reason,
        };
        if !matches!(reason, Reason::Unsupported(_)) {
            return Err(reason);
        }
        let (mut all, mut right_only): (Option<SeriesValue>, bool) = (None, false);
        for family in calculus::families(expr, variable, approach, order, budget)?.ok_or(reason)? {
            let may_grow = Expr::relation(Relation::GreaterEqual, family.exponent.clone(), Expr::zero());
            if !assume::decide(Relation::GreaterEqual, &family.exponent, &Expr::zero()).is_yes() {
                return Err(Reason::Unknown(may_grow));
            }
            let approach = at(family.expansion.side);
            right_only |= family.expansion.right_only;
            let mut own = SeriesValue::new(&family.expansion.series, variable, &approach, order);
            let power = family.power(variable, &approach);
            own.terms.iter_mut().for_each(|(_, c)| *c = &*c * &power);
            match &mut all {
                Some(all) => all.join(own),
                None => all = Some(own),
            }
        }
        let all = all.ok_or(Reason::Unsupported("no terms"))?;
        Ok((all, right_only))
    }

    /// Puts the terms of another series about the same point to these.
    fn join(&mut self, other: SeriesValue) {
        for (exponent, c) in other.terms {
            match self.terms.binary_search_by(|(own, _)| own.cmp(&exponent)) {
                Ok(place) => self.terms[place].1 = &self.terms[place].1 + c,
                Err(place) => self.terms.insert(place, (exponent, c)),
            }
        }
        self.exact &= other.exact;
    }

    /// The series of an expression in the same variable about the same point.
    fn like(&self, expr: &Expr, order: &Rational, budget: &Budget) -> Result<Value, Fault> {
        let order = order.floor().to_i64().and_then(|order| usize::try_from(order).ok());
        let order = order.ok_or_else(|| value_error("nothing is known of the result: its order is negative"))?;
        let (series, _) = SeriesValue::of(expr, self.variable, &self.approach, order, budget)?;
        Ok(Value::Object(Rc::new(series)))
    }

    /// The least exponent, that of the order term when there is no other.
    fn least(&self) -> Rational {
        self.terms.first().map_or_else(|| self.known_to(), |(exponent, _)| exponent.clone())
    }

    fn known_to(&self) -> Rational {
        Rational::from(self.order as i64)
    }

    /// The derivative of an order, known one power less far with each.
    ///
    /// # Errors
    /// When the budget runs out.
    pub fn derived(&self, times: usize, budget: &Budget) -> Result<Value, Fault> {
        let derived = calculus::diff_times(&self.truncated(), self.variable, times, budget)?;
        let times = Rational::from(times as i64);
        let is_far = matches!(self.approach.point.kind(), Kind::Infinity(_));
        self.like(&derived, &if is_far { self.known_to() + times } else { self.known_to() - times }, budget)
    }

    /// The antiderivative without a constant, term by term.
    fn integrated(&self, budget: &Budget) -> Result<Value, Fault> {
        let whole = calculus::antiderivative(&self.truncated(), self.variable, budget)?;
        let whole = whole.ok_or_else(|| value_error("no antiderivative of the terms is known"))?;
        self.like(&whole, &(self.known_to() + Rational::ONE), budget)
    }

    /// How far the result of an operation with something known to `order`, whose least exponent is `least`, is known.
    fn order_of(
        &self,
        operator: BinaryOperator,
        reflected: bool,
        order: Option<&Rational>,
        least: &Rational,
    ) -> Rational {
        let (own, low) = (self.known_to(), self.least());
        let smaller = |a: Rational, b: Option<Rational>| b.filter(|b| *b < a).unwrap_or(a);
        match operator {
            BinaryOperator::Multiply => smaller(own + least.clone(), order.map(|order| order + &low)),
            BinaryOperator::Divide if reflected => {
                let own = own + least.clone() - &low * &Rational::from(2);
                smaller(own, order.map(|order| order - &low))
            }
            BinaryOperator::Divide => {
                let other = order.map(|order| order + &low - least * &Rational::from(2));
                smaller(own - least.clone(), other)
            }
            _ => smaller(own, order.cloned()),
        }
    }

    fn operated(
        &self,
        operator: BinaryOperator,
        other: &Value,
        reflected: bool,
        budget: &Budget,
    ) -> Option<Result<Value, Fault>> {
        let series = other.downcast::<SeriesValue>();
        let operand = match series {
            Some(series) if series.variable == self.variable && series.small == self.small => series.truncated(),
            Some(_) => return Some(Err(value_error("the series have different variables or points"))),
            None => as_expr(other).filter(|expr| !matches!(expr.kind(), Kind::Relation(..)))?,
        };
        let own = self.truncated();
        if operator == BinaryOperator::Power {
            let exponent = operand.as_rational().filter(|_| !reflected && series.is_none())?;
            let order = self.known_to() + (exponent - &Rational::ONE) * self.least();
            return Some(self.like(&own.power_rational(exponent), &order, budget));
        }
        let least = match series {
            Some(series) => series.least(),
            None => match calculus::expansion(&operand, self.variable, &self.approach, self.order, budget) {
                Ok(expansion) => expansion.series.leading().map_or(Rational::ZERO, |(exponent, _)| exponent),
                Err(reason) => return Some(Err(reason.into())),
            },
        };
        let known = series.map(SeriesValue::known_to);
        let order = self.order_of(operator, reflected, known.as_ref(), &least);
        let (left, right) = if reflected { (operand, own) } else { (own, operand) };
        let result = match operator {
            BinaryOperator::Add => left + right,
            BinaryOperator::Subtract => left - right,
            BinaryOperator::Multiply => left * right,
            BinaryOperator::Divide if right.is_zero() => {
                return Some(Err(value_error("the series may be zero: nothing is known of the quotient")));
            }
            BinaryOperator::Divide => left / right,
            _ => return None,
        };
        Some(self.like(&result, &order, budget))
    }
}

/// Is a coefficient written without parentheses?
fn is_bare(coefficient: &Expr) -> bool {
    matches!(coefficient.kind(), Kind::Number(number) if number.real_sign().is_some_and(|sign| sign >= 0))
}

impl Object for SeriesValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let term = |c: &Expr, exponent: &Rational| {
            let coefficient = if is_bare(c) { print::text(c) } else { format!("({})", print::text(c)) };
            if exponent.is_zero() {
                return coefficient;
            }
            let base = match self.small.kind() {
                Kind::Sum(_) | Kind::Product(_) => format!("({})", print::text(&self.small)),
                _ if exponent.is_integer() => print::text(&self.small),
                _ => return format!("{coefficient}*{}", print::text(&self.small.power_rational(exponent))),
            };
            match exponent {
                _ if exponent.is_one() => format!("{coefficient}*{base}"),
                _ if exponent.is_integer() && !exponent.is_negative() => format!("{coefficient}*{base}^{exponent}"),
                _ => format!("{coefficient}*{base}^({exponent})"),
            }
        };
        self.joined(term, format!("Order({})", print::text(&self.order_base())))
    }

    fn latex(&self) -> Option<String> {
        let term = |c: &Expr, exponent: &Rational| {
            let coefficient = if is_bare(c) { print::latex(c) } else { format!("{{({})}}", print::latex(c)) };
            if exponent.is_zero() {
                return coefficient;
            }
            let base = match self.small.kind() {
                Kind::Sum(_) | Kind::Product(_) => format!("{{({})}}", print::latex(&self.small)),
                _ if exponent.is_integer() => print::latex(&self.small),
                _ => return format!("{coefficient} {}", print::latex(&self.small.power_rational(exponent))),
            };
            let power = match exponent {
                _ if exponent.is_one() => String::new(),
                _ if exponent.is_integer() && !exponent.is_negative() => format!("^{{{exponent}}}"),
                _ => format!("^{{({exponent})}}"),
            };
            format!("{coefficient} {base}{power}")
        };
        Some(self.joined(term, format!("\\mathcal{{O}}\\left({}\\right)", print::latex(&self.order_base()))))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        self.operated(operator, other, reflected, &truth::budget())
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => Some(self.like(&-self.truncated(), &self.known_to(), &truth::budget())),
            _ => None,
        }
    }

    /// `s(x=1/10)`: as in Sage the order term is left behind.
    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        let named = arguments.positional.is_empty();
        named.then(|| substitute_named(&self.truncated(), &arguments.keywords, call.span()))
    }

    fn methods(&self) -> &'static [&'static str] {
        &[
            "truncate",
            "coefficients",
            "coefficient",
            "default_variable",
            "variables",
            "degree",
            "low_degree",
            "is_terminating_series",
            "subs",
            "diff",
            "derivative",
            "integral",
            "integrate",
            "series",
            "list",
            "expand",
        ]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        match name {
            "truncate" => Ok(Value::Expr(self.truncated())),
            "diff" | "derivative" => {
                let times = arguments.positional.iter().find_map(|argument| argument.value.to_integer()?.to_i64());
                self.derived(times.and_then(|times| usize::try_from(times).ok()).unwrap_or(1), call.budget())
            }
            "integral" | "integrate" => self.integrated(call.budget()),
            "series" => {
                let order = arguments.positional.last().and_then(|argument| argument.value.to_integer()?.to_i64());
                let order = order.map_or_else(|| self.known_to(), Rational::from);
                let order = if order < self.known_to() { order } else { self.known_to() };
                self.like(&self.truncated(), &order, call.budget())
            }
            "expand" => self.like(&self.truncated(), &self.known_to(), call.budget()),
            "list" => {
                let mut row =
                    self.dense().ok_or_else(|| value_error("there are exponents that are no natural numbers"))?;
                row.resize(self.order, Value::Expr(Expr::zero()));
                Ok(Value::list(row))
            }
            "default_variable" => Ok(Value::Expr(Expr::symbol(self.variable))),
            "is_terminating_series" => Ok(Value::Bool(self.exact)),
            "variables" => {
                let variables = self.truncated().variables().into_iter().map(|own| Value::Expr(Expr::symbol(own)));
                Ok(Value::tuple(variables.collect()))
            }
            // The order term has a degree too.
            "degree" => Ok(Value::Expr(Expr::integer(self.order as i64))),
            "low_degree" => {
                let least = self.terms.first().map_or(Rational::from(self.order as i64), |(e, _)| e.clone());
                Ok(Value::Expr(Expr::number(least)))
            }
            "coefficients" => {
                let sparse = arguments.keywords.iter().find(|(name, _)| &**name == "sparse");
                match sparse.map(|(_, value)| &value.value) {
                    Some(Value::Bool(false)) => {
                        let row = self
                            .dense()
                            .ok_or_else(|| value_error("there are exponents that are no natural numbers"))?;
                        Ok(Value::list(row))
                    }
                    _ => Ok(Value::list(self.coefficients())),
                }
            }
            "coefficient" => {
                let exponent = arguments.positional.last().and_then(|n| as_expr(&n.value));
                let Some(exponent) = exponent.and_then(|n| n.as_rational().cloned()) else {
                    return Err(type_error("coefficient() takes a variable and an exponent").or_at(call.span()));
                };
                if !self.exact && exponent >= Rational::from(self.order as i64) {
                    return Err(type_error("the series is not known that far").or_at(call.span()));
                }
                let found = self.terms.iter().find(|(e, _)| *e == exponent);
                Ok(Value::Expr(found.map_or_else(Expr::zero, |(_, c)| c.clone())))
            }
            // As in Sage the order term is left behind.
            "subs" if arguments.positional.is_empty() => {
                substitute_named(&self.truncated(), &arguments.keywords, call.span())
            }
            _ => Err(type_error("a series can't be put into; truncate it first")
                .or_at(call.span())
                .hint("s.truncate().subs(x=1)")),
        }
    }
}
