//! The value that `piecewise(...)` makes: how it is called, derived, put into and combined.

use std::any::Any;
use std::rc::Rc;

use super::fourier::{Series, Wave};
use super::real_number;
use super::set_value::{RealSetValue, read_set, set_latex, set_text};
use crate::algebra;
use crate::calculus::{Interval, IntervalSet, Piece, Piecewise, order};
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Kind, Reason, Relation, Symbol};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::operate;
use crate::runtime::parameter::{Parameter, Variable, expected};
use crate::runtime::truth;
use crate::runtime::value::{Class, Object, Value, as_expr, str_of};
use crate::syntax::ast::{BinaryOperator, UnaryOperator};
use crate::tape::series::Side;

/// A function given by pieces.
#[derive(Debug)]
pub struct PiecewiseValue {
    function: Piecewise,
    /// Was it named by `f(x) = ...`? Then it is shown with its argument.
    named: bool,
}

static CLASS: Class =
    Class { name: "sage.functions.piecewise.Expression_with_dynamic_methods", known_as: None, base: None };

impl PiecewiseValue {
    /// The function as a value.
    pub fn value(function: Piecewise) -> Value {
        PiecewiseValue { function, named: false }.into_value()
    }

    fn into_value(self) -> Value {
        Value::Object(Rc::new(self))
    }

    /// The function that a value is.
    pub fn of(value: &Value) -> Option<&Piecewise> {
        match value {
            Value::Object(object) => object.as_any().downcast_ref::<PiecewiseValue>().map(|own| &own.function),
            _ => None,
        }
    }

    /// The value at a point; the function itself where the point is its variable.
    fn at(&self, point: &Expr, call: &Call<'_>) -> Result<Value, Fault> {
        let variable = self.function.variable();
        if point.as_symbol() == Some(variable) {
            return Ok(PiecewiseValue::value(self.function.clone()));
        }
        if !point.is_constant() {
            return Err(value_error("substituting the piecewise variable must result in real number")
                .hint("put in a number, or take the expression of one piece: f.expression_at(1/2)"));
        }
        let Some(expression) = self.function.expression_at(point, call.budget())? else {
            return Err(outside(point));
        };
        let pair = (Expr::symbol(variable), point.clone());
        operate::substitute(expression, &[pair]).map(Value::Expr)
    }

    /// Values put in for variables: for its own the function is evaluated, for others it stays one.
    fn put(&self, pairs: &[(Symbol, Expr)], call: &Call<'_>) -> Result<Value, Fault> {
        let variable = self.function.variable();
        let others: Vec<(Expr, Expr)> = pairs
            .iter()
            .filter(|(symbol, _)| *symbol != variable)
            .map(|(symbol, value)| (Expr::symbol(*symbol), value.clone()))
            .collect();
        let function = self.function.map(|expression| operate::substitute(expression, &others))?;
        let inner = PiecewiseValue { function, named: self.named };
        match pairs.iter().find(|(symbol, _)| *symbol == variable) {
            Some((_, point)) => inner.at(point, call),
            None => Ok(inner.into_value()),
        }
    }

    fn derived(&self, call: &mut Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let mut steps: Vec<(Symbol, usize)> = Vec::new();
        for argument in &arguments.positional {
            match (as_expr(&argument.value).and_then(|by| by.as_symbol()), steps.last_mut()) {
                (Some(symbol), _) => steps.push((symbol, 1)),
                (None, Some(last)) => last.1 = usize::take(argument, call)?,
                (None, None) => steps.push((self.function.variable(), usize::take(argument, call)?)),
            }
        }
        if steps.is_empty() {
            steps.push((self.function.variable(), 1));
        }
        let mut function = self.function.clone();
        for (symbol, times) in steps {
            function = function.derivative(symbol, times, call.budget())?;
        }
        Ok(PiecewiseValue { function, named: self.named }.into_value())
    }

    /// `integral()`, `integral(x)`, `integral(x, a, b)`, `integral(definite=True)`.
    fn integral(&self, call: &mut Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        const NOT_FOUND: Reason = Reason::Unsupported("no antiderivative of a piece was found");
        let named = |name: &str| arguments.keywords.iter().find(|(own, _)| &**own == name).map(|(_, value)| value);
        let mut given: Vec<Spanned<Value>> = arguments.positional.clone();
        if let [Spanned { value: Value::Tuple(items), span }] = given.as_slice() {
            given = items.iter().map(|item| Spanned::new(item.clone(), *span)).collect();
        }
        let definite = named("definite").map_or(Ok(false), |value| bool::take(value, call))?;
        if definite {
            return Ok(Value::Expr(self.function.integral(call.budget())?.ok_or(NOT_FOUND)?));
        }
        let bounds = match given.as_slice() {
            [_, low, high] => Some((low.clone(), high.clone())),
            _ => named("a").cloned().zip(named("b").cloned()),
        };
        if let Some(first) = given.first()
            && Variable::take(first, call)?.0 != self.function.variable()
        {
            return Err(value_error("a function by pieces is integrated by its own variable").or_at(first.span));
        }
        let Some((low, high)) = bounds else {
            let found = self.function.antiderivative(call.budget())?.ok_or(NOT_FOUND)?;
            return Ok(PiecewiseValue::value(found));
        };
        let (low, high) = (real_number(&low, call)?, real_number(&high, call)?);
        self.between(&low, &high, call).map(Value::Expr)
    }

    /// A coefficient of the Fourier series, or the sum of its first waves.
    fn fourier(&self, call: &mut Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let Some(number) = arguments.positional.first() else {
            return Err(type_error(format!("{name}() missing 1 required positional argument: 'n'")));
        };
        let half = arguments.positional.get(1).or_else(|| arguments.keywords.first().map(|(_, value)| value));
        let half = half.map(|half| Expr::take(half, call)).transpose()?;
        let series = Series::new(&self.function, half, call.budget())?;
        let found = match name {
            "fourier_series_partial_sum" => series.partial_sum(usize::take(number, call)?, call.budget())?,
            _ => {
                let wave = if name.contains("cosine") { Wave::Cosine } else { Wave::Sine };
                series.coefficient(wave, &Expr::take(number, call)?, call.budget())?
            }
        };
        Ok(Value::Expr(found))
    }

    /// The integral between two numbers, both of which must belong to the domain.
    fn between(&self, low: &Expr, high: &Expr, call: &Call<'_>) -> Result<Expr, Fault> {
        let budget = call.budget();
        let domain = self.function.domain(budget)?;
        for end in [high, low] {
            if !domain.contains(end, budget)? {
                return Err(outside(end).hint("f.integral(definite=True) integrates over all pieces"));
            }
        }
        if order(low, high, budget)?.is_gt() {
            return Ok(-self.between(high, low, call)?);
        }
        let range = Interval::new((low.clone(), true), (high.clone(), true), budget)?;
        let inside = self.function.restrict(&IntervalSet::new([range.clone()], budget)?, budget)?;
        let covered = inside.domain(budget)?;
        let gaps = covered.complement().intersection(&IntervalSet::new([range], budget)?, budget)?;
        if let Some(gap) = gaps.intervals().iter().find(|gap| !gap.is_point()) {
            return Err(outside(&gap.low).hint("the function is not defined on the whole range"));
        }
        let value = inside.integral(budget)?;
        Ok(value.ok_or(Reason::Unsupported("the integral of a piece was not found"))?)
    }

    fn limit(&self, call: &mut Call<'_>, arguments: &Arguments) -> Result<Value, Fault> {
        let mut point = None;
        let mut side = Side::Both;
        let assigned = arguments.positional.first().and_then(|first| equation(&first.value)).map(|(_, value)| value);
        for (name, value) in &arguments.keywords {
            match &**name {
                "dir" => side = direction(value)?,
                name if name == self.function.variable().name() => point = Some(Expr::take(value, call)?),
                _ => return Err(type_error(format!("limit() got an unexpected keyword argument '{name}'"))),
            }
        }
        let point = point.or(assigned).ok_or_else(|| {
            value_error("call the function like `limit(f, x=a)`").hint("limit(f, x=1), limit(f, x=1, dir='-')")
        })?;
        Ok(Value::Expr(self.function.limit(&point, side, call.budget())?))
    }

    /// `expand`, `factor`, `simplify` of each piece.
    fn rewritten(&self, call: &Call<'_>, name: &str) -> Result<Value, Fault> {
        let budget = call.budget();
        let function = self.function.map(|expression| match name {
            "expand" => algebra::expand(expression, budget),
            "factor" => algebra::factor(expression, budget),
            _ => algebra::simplify(expression, budget),
        })?;
        Ok(PiecewiseValue::value(function))
    }

    /// The methods that take a point, a set or another function.
    fn method_with_argument(&self, call: &mut Call<'_>, name: &str, arguments: &Arguments) -> Result<Value, Fault> {
        let Some(first) = arguments.positional.first() else {
            return match name {
                "extension" => Err(type_error("extension() needs the expression to continue with")),
                "unextend_zero" => Ok(PiecewiseValue::value(self.without_zeros())),
                _ => Err(type_error(format!("{name}() needs an argument"))),
            };
        };
        match name {
            "expression_at" | "which_function" => {
                let point = real_number(first, call)?;
                let found = self.function.expression_at(&point, call.budget())?.cloned();
                found.map(Value::Expr).ok_or_else(|| outside(&point))
            }
            "restriction" => {
                let set = read_set(&first.value, self.function.variable(), call)?;
                Ok(PiecewiseValue::value(self.function.restrict(&set, call.budget())?))
            }
            "extension" => {
                let expression = Expr::take(first, call)?;
                Ok(PiecewiseValue::value(self.function.extend(&expression, call.budget())?))
            }
            "piecewise_add" => match PiecewiseValue::of(&first.value) {
                Some(other) => self.combined_with(other, |a, b| Ok(a + b)),
                None => Err(expected("a piecewise function", first)),
            },
            _ => Err(type_error(format!("{name}() takes no arguments"))),
        }
    }

    /// The function without the pieces on which it is zero.
    fn without_zeros(&self) -> Piecewise {
        self.function.filtered(|piece| !piece.expression.is_zero())
    }

    /// Two functions combined where both are defined.
    fn combined_with(
        &self,
        other: &Piecewise,
        combined: impl Fn(&Expr, &Expr) -> Result<Expr, Fault>,
    ) -> Result<Value, Fault> {
        self.function.combine(other, &truth::budget(), combined).map(PiecewiseValue::value)
    }

    fn written(&self, piece: impl Fn(&Piece) -> String, between: &str) -> String {
        self.function.pieces().iter().map(piece).collect::<Vec<_>>().join(between)
    }
}

fn outside(point: &Expr) -> Fault {
    value_error(format!("point {} is not in the domain", print::text(point)))
}

/// The variable and value of `x == 1`.
fn equation(value: &Value) -> Option<(Symbol, Expr)> {
    match as_expr(value)?.kind() {
        Kind::Relation(Relation::Equal, left, right) => Some((left.as_symbol()?, right.clone())),
        _ => None,
    }
}

fn direction(value: &Spanned<Value>) -> Result<Side, Fault> {
    match str_of(&value.value).as_str() {
        "+" | "plus" | "right" | "above" => Ok(Side::Right),
        "-" | "minus" | "left" | "below" => Ok(Side::Left),
        _ => Err(expected("a direction, '+' or '-'", value)),
    }
}

/// What is put in for which variable: `x=1`, `x == 1`, `{x: 1}`.
fn assignments(arguments: &Arguments, call: &mut Call<'_>) -> Result<Vec<(Symbol, Expr)>, Fault> {
    let mut pairs = Vec::new();
    for (name, value) in &arguments.keywords {
        pairs.push((Symbol::new(name), Expr::take(value, call)?));
    }
    for argument in &arguments.positional {
        match (&argument.value, equation(&argument.value)) {
            (_, Some(pair)) => pairs.push(pair),
            (Value::Dict(dict), None) => {
                let entries: Vec<(Value, Value)> =
                    dict.borrow().iter().map(|(key, value)| (key.clone(), value.clone())).collect();
                for (key, value) in entries {
                    let symbol = Variable::take(&Spanned::new(key, argument.span), call)?;
                    pairs.push((symbol.0, Expr::take(&Spanned::new(value, argument.span), call)?));
                }
            }
            _ => return Err(expected("an assignment such as x=1", argument)),
        }
    }
    Ok(pairs)
}

impl Object for PiecewiseValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        let variable = self.function.variable();
        let piece =
            |piece: &Piece| format!("{variable}|-->{} on {}", print::text(&piece.expression), set_text(&piece.domain));
        let argument = if self.named { format!("{variable} |--> ") } else { String::new() };
        format!("{argument}piecewise({}; {variable})", self.written(piece, ", "))
    }

    fn latex(&self) -> Option<String> {
        let variable = print::symbol_latex(self.function.variable());
        let piece =
            |piece: &Piece| format!(r"\left({}, {}\right)", set_latex(&piece.domain), print::latex(&piece.expression));
        Some(format!(r"piecewise\left(\left({}\right), {variable}\right)", self.written(piece, ", ")))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn function_of(&self, names: &[Rc<str>]) -> Option<Value> {
        let own = matches!(names, [only] if **only == *self.function.variable().name());
        own.then(|| PiecewiseValue { function: self.function.clone(), named: true }.into_value())
    }

    fn same(&self, other: &Value) -> bool {
        PiecewiseValue::of(other) == Some(&self.function)
    }

    fn methods(&self) -> &'static [&'static str] {
        &[
            "derivative",
            "diff",
            "differentiate",
            "domain",
            "domains",
            "end_points",
            "expand",
            "expression_at",
            "expressions",
            "extension",
            "factor",
            "fourier_series_cosine_coefficient",
            "fourier_series_partial_sum",
            "fourier_series_sine_coefficient",
            "integral",
            "integrate",
            "lim",
            "limit",
            "pieces",
            "piecewise_add",
            "restriction",
            "simplify",
            "subs",
            "substitute",
            "unextend_zero",
            "variables",
            "which_function",
        ]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let pieces = self.function.pieces();
        match name {
            "derivative" | "diff" | "differentiate" => self.derived(call, &arguments),
            "limit" | "lim" => self.limit(call, &arguments),
            "integral" | "integrate" => self.integral(call, &arguments),
            "domain" => Ok(RealSetValue::value(self.function.domain(call.budget())?)),
            "domains" => {
                Ok(Value::tuple(pieces.iter().map(|piece| RealSetValue::value(piece.domain.clone())).collect()))
            }
            "expressions" => {
                Ok(Value::tuple(pieces.iter().map(|piece| Value::Expr(piece.expression.clone())).collect()))
            }
            "pieces" => Ok(Value::tuple(self.function.parts().map(PiecewiseValue::value).collect())),
            "variables" => Ok(Value::tuple(vec![Value::Expr(Expr::symbol(self.function.variable()))])),
            "end_points" => {
                Ok(Value::list(self.function.joints(call.budget())?.into_iter().map(Value::Expr).collect()))
            }
            "subs" | "substitute" => {
                let pairs = assignments(&arguments, call)?;
                self.put(&pairs, call)
            }
            "expand" | "factor" | "simplify" => self.rewritten(call, name),
            _ if name.starts_with("fourier_series") => self.fourier(call, name, &arguments),
            _ => self.method_with_argument(call, name, &arguments),
        }
    }

    fn invoke(&self, call: &mut Call<'_>, arguments: &Arguments) -> Option<Result<Value, Fault>> {
        Some(match (arguments.positional.as_slice(), arguments.keywords.as_slice()) {
            ([only], []) if equation(&only.value).is_none() && !matches!(only.value, Value::Dict(_)) => {
                Expr::take(only, call).and_then(|point| self.at(&point, call))
            }
            _ => assignments(arguments, call).and_then(|pairs| self.put(&pairs, call)),
        })
    }

    fn binary(&self, operator: BinaryOperator, other: &Value, reflected: bool) -> Option<Result<Value, Fault>> {
        let combined = |a: &Expr, b: &Expr| {
            let (a, b) = if reflected { (b, a) } else { (a, b) };
            operate::binary(operator, &Value::Expr(a.clone()), &Value::Expr(b.clone()))
                .and_then(|value| as_expr(&value).ok_or_else(|| type_error("a piece must be an expression")))
        };
        if let Some(other) = PiecewiseValue::of(other) {
            return Some(self.combined_with(other, combined));
        }
        let other = as_expr(other)?;
        Some(self.function.map(|expression| combined(expression, &other)).map(PiecewiseValue::value))
    }

    fn unary(&self, operator: UnaryOperator) -> Option<Result<Value, Fault>> {
        match operator {
            UnaryOperator::Minus => {
                let negated = self.function.map(|expression| Ok::<Expr, Fault>(-expression));
                Some(negated.map(PiecewiseValue::value))
            }
            UnaryOperator::Plus => Some(Ok(PiecewiseValue::value(self.function.clone()))),
            UnaryOperator::Invert => None,
        }
    }
}
