//! The parameter types that most built-ins need, and the types that they answer.

use std::rc::Rc;

use super::{Parameter, Supply, expected};
use crate::diagnostic::{Fault, Spanned};
use crate::expr::{Expr, Kind, Relation, Symbol};
use crate::number::{Integer, Rational, Real};
use crate::runtime::builtin::Slot;
use crate::runtime::call::Call;
use crate::runtime::value::{CallableExpr, Value, as_expr};

/// Whether a value is of the kinds that formulas are made of.
fn is_mathematical(value: &Value) -> bool {
    matches!(value, Value::Expr(_) | Value::Callable(_)) || value.is_plain_number()
}

/// Any value.
impl Parameter for Value {
    const SHOWS: &'static str = "a value";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Value, Fault> {
        Ok(value.value.clone())
    }

    fn accepts(value: &Value) -> bool {
        is_mathematical(value)
    }
}

/// What the type takes, with its place.
impl<T: Parameter> Parameter for Spanned<T> {
    const SHOWS: &'static str = T::SHOWS;

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Spanned<T>, Fault> {
        T::take(value, call).map(|taken| Spanned::new(taken, value.span))
    }

    fn accepts(value: &Value) -> bool {
        T::accepts(value)
    }
}

/// A number, an expression, an equation, or the body of a callable expression.
impl Parameter for Expr {
    const SHOWS: &'static str = "an expression";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Expr, Fault> {
        as_expr(&value.value).ok_or_else(|| expected(Self::SHOWS, value))
    }

    fn accepts(value: &Value) -> bool {
        is_mathematical(value)
    }
}

/// An expression that remembers whether it was the body of a callable, so that the answer can be one again.
#[derive(Clone, Debug)]
pub struct Formula {
    /// The expression, or the body.
    pub expr: Expr,
    /// The arguments of the callable it was.
    pub arguments: Option<Rc<[Symbol]>>,
}

impl Formula {
    /// An expression as an answer: a callable of the same arguments if this was one.
    pub fn wrap(&self, answer: Expr) -> Value {
        match &self.arguments {
            Some(arguments) => Value::Callable(Rc::new(CallableExpr { arguments: Rc::clone(arguments), body: answer })),
            None => Value::Expr(answer),
        }
    }

    /// As `wrap`; floating numbers come back as Python's, as from everything that Sage leaves to Maxima.
    pub fn wrap_plainly(&self, answer: &Expr) -> Value {
        self.wrap(answer.with_machine_floats())
    }

    /// The variable meant when none is named: the only argument, or the only variable.
    pub fn only_variable(&self) -> Option<Symbol> {
        let variables = match &self.arguments {
            Some(arguments) => arguments.to_vec(),
            None => self.expr.variables(),
        };
        match variables.as_slice() {
            [only] => Some(*only),
            _ => None,
        }
    }
}

impl Parameter for Formula {
    const SHOWS: &'static str = "an expression";

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Formula, Fault> {
        let arguments = match &value.value {
            Value::Callable(callable) => Some(Rc::clone(&callable.arguments)),
            _ => None,
        };
        let expr = Expr::take(value, call)?;
        let by_fractions = matches!(call.name(), "limit" | "lim" | "taylor" | "series");
        let expr = if by_fractions { expr.with_exact_exponents() } else { expr };
        Ok(Formula { expr, arguments })
    }

    fn accepts(value: &Value) -> bool {
        is_mathematical(value)
    }
}

/// A variable.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Variable(pub Symbol);

impl Parameter for Variable {
    const SHOWS: &'static str = "a variable";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Variable, Fault> {
        let symbol = match &value.value {
            Value::Expr(expr) => expr.as_symbol(),
            // The generator of a ring.
            Value::Object(object) => object.expression().and_then(|expr| expr.as_symbol()),
            _ => None,
        };
        symbol.map(Variable).ok_or_else(|| expected(Self::SHOWS, value))
    }
}

/// `x=0` or `x == 0`: a variable and the point it goes to.
#[derive(Clone, Debug)]
pub struct Approach {
    /// The variable.
    pub variable: Symbol,
    /// The point.
    pub point: Expr,
}

impl Parameter for Approach {
    const SHOWS: &'static str = "a variable and a point, such as x=0";
    const SLOT: Slot = Slot::AnyKeyword;

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Approach, Fault> {
        if let Value::Expr(expr) = &value.value
            && let Kind::Relation(Relation::Equal, left, point) = expr.kind()
            && let Some(variable) = left.as_symbol()
        {
            return Ok(Approach { variable, point: point.clone() });
        }
        Err(expected(Self::SHOWS, value))
    }

    fn is_given(supply: &Supply<'_, '_>, _name: &'static str) -> bool {
        supply.has_free_keyword() || supply.peek().next().is_some()
    }

    fn bind(supply: &mut Supply<'_, '_>, name: &'static str) -> Result<Approach, Fault> {
        if let Some((variable, value)) = supply.free_keyword() {
            let point = Expr::take(&value, supply.call())?;
            return Ok(Approach { variable: Symbol::new(&variable), point });
        }
        match supply.positional() {
            Some(value) => Approach::take(&value, supply.call()),
            None => Err(supply.missing(name, Self::SHOWS)),
        }
    }
}

/// A parameter that may be left out; `None` counts as left out.
impl<T: Parameter> Parameter for Option<T> {
    const SHOWS: &'static str = T::SHOWS;
    const SLOT: Slot = T::SLOT;
    const OPTIONAL: bool = true;

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Option<T>, Fault> {
        if value.value.is_none() { Ok(None) } else { T::take(value, call).map(Some) }
    }

    fn accepts(value: &Value) -> bool {
        T::accepts(value)
    }

    fn bind(supply: &mut Supply<'_, '_>, name: &'static str) -> Result<Option<T>, Fault> {
        if !T::is_given(supply, name) {
            return Ok(None);
        }
        if T::SLOT == Slot::One {
            return match supply.next(name) {
                Some(value) => <Self as Parameter>::take(&value, supply.call()),
                None => Ok(None),
            };
        }
        T::bind(supply, name).map(Some)
    }
}

/// A value that may be left out, where `None` is a value like any other.
#[derive(Clone, Debug)]
pub struct Optional(pub Option<Spanned<Value>>);

impl Optional {
    /// The items that a loop over the value would run through; none when it was left out.
    ///
    /// # Errors
    /// What is not iterable, and whatever a generator raises.
    pub fn items(self, call: &mut Call<'_>) -> Result<Vec<Value>, Fault> {
        self.0.map_or(Ok(Vec::new()), |value| call.items(&value.value).map_err(|fault| fault.or_at(value.span)))
    }
}

impl Parameter for Optional {
    const SHOWS: &'static str = "a value";
    const OPTIONAL: bool = true;

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Optional, Fault> {
        Ok(Optional(Some(value.clone())))
    }

    fn bind(supply: &mut Supply<'_, '_>, name: &'static str) -> Result<Optional, Fault> {
        Ok(Optional(supply.next(name)))
    }
}

/// All positional arguments that are left.
#[derive(Clone, Debug)]
pub struct Rest<T>(pub Vec<T>);

impl<T: Parameter> Parameter for Rest<T> {
    const SHOWS: &'static str = T::SHOWS;
    const SLOT: Slot = Slot::Rest;
    const OPTIONAL: bool = true;

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Rest<T>, Fault> {
        Ok(Rest(vec![T::take(value, call)?]))
    }

    fn accepts(value: &Value) -> bool {
        T::accepts(value)
    }

    fn bind(supply: &mut Supply<'_, '_>, _name: &'static str) -> Result<Rest<T>, Fault> {
        let mut rest = Vec::new();
        while let Some(value) = supply.positional() {
            rest.push(T::take(&value, supply.call())?);
        }
        Ok(Rest(rest))
    }
}

/// All keywords that no other parameter is named by. Stands last.
#[derive(Clone, Debug, Default)]
pub struct Keywords(pub Vec<(Rc<str>, Spanned<Value>)>);

impl Keywords {
    /// Takes the keyword of that name.
    pub fn remove(&mut self, name: &str) -> Option<Spanned<Value>> {
        let at = self.0.iter().position(|(own, _)| **own == *name)?;
        Some(self.0.remove(at).1)
    }
}

impl Parameter for Keywords {
    const SHOWS: &'static str = "keywords";
    const SLOT: Slot = Slot::Keywords;
    const OPTIONAL: bool = true;

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Keywords, Fault> {
        Err(expected(Self::SHOWS, value))
    }

    fn bind(supply: &mut Supply<'_, '_>, _name: &'static str) -> Result<Keywords, Fault> {
        let mut keywords = Vec::new();
        while let Some(keyword) = supply.free_keyword() {
            keywords.push(keyword);
        }
        Ok(Keywords(keywords))
    }
}

/// A text.
#[derive(Clone, Debug)]
pub struct Text(pub Rc<str>);

impl Parameter for Text {
    const SHOWS: &'static str = "a text";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Text, Fault> {
        value.value.as_str().cloned().map(Text).ok_or_else(|| expected(Self::SHOWS, value))
    }

    fn accepts(value: &Value) -> bool {
        value.as_str().is_some()
    }
}

impl Parameter for String {
    const SHOWS: &'static str = "a text";

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<String, Fault> {
        Text::take(value, call).map(|text| text.0.to_string())
    }
}

/// An exact integer of any kind.
impl Parameter for Integer {
    const SHOWS: &'static str = "an integer";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Integer, Fault> {
        value.value.to_integer().ok_or_else(|| expected(Self::SHOWS, value))
    }

    fn accepts(value: &Value) -> bool {
        value.to_integer().is_some()
    }
}

macro_rules! machine_integer {
    ($($kind:ty: $shows:literal),*) => {$(
        impl Parameter for $kind {
            const SHOWS: &'static str = $shows;

            fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<$kind, Fault> {
                let small = value.value.to_integer().and_then(|integer| integer.to_i64());
                small.and_then(|small| <$kind>::try_from(small).ok()).ok_or_else(|| {
                    let fault = expected(Self::SHOWS, value);
                    if Self::accepts(&value.value) { fault.class_is("ValueError") } else { fault }
                })
            }

            fn accepts(value: &Value) -> bool {
                value.to_integer().is_some()
            }
        }
    )*};
}
machine_integer!(
    i64: "an integer of moderate size",
    u32: "a natural number of moderate size",
    usize: "a natural number of moderate size"
);

/// An exact rational number.
impl Parameter for Rational {
    const SHOWS: &'static str = "a rational number";

    fn take(value: &Spanned<Value>, _call: &mut Call<'_>) -> Result<Rational, Fault> {
        let exact = as_expr(&value.value).and_then(|expr| expr.as_rational().cloned());
        exact.ok_or_else(|| expected(Self::SHOWS, value))
    }

    fn accepts(value: &Value) -> bool {
        as_expr(value).is_some_and(|expr| expr.as_rational().is_some())
    }
}

impl Parameter for bool {
    const SHOWS: &'static str = "True or False";

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<bool, Fault> {
        call.truth(&value.value).map_err(|fault| fault.or_at(value.span))
    }
}

/// The items of a list, tuple or anything else that a loop can run through.
impl Parameter for Vec<Value> {
    const SHOWS: &'static str = "a list";

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Value>, Fault> {
        call.items(&value.value).map_err(|fault| fault.or_at(value.span))
    }

    fn accepts(value: &Value) -> bool {
        matches!(value, Value::List(_) | Value::Tuple(_))
    }
}

/// A list of expressions.
impl Parameter for Vec<Expr> {
    const SHOWS: &'static str = "a list of expressions";

    fn take(value: &Spanned<Value>, call: &mut Call<'_>) -> Result<Vec<Expr>, Fault> {
        let items = Vec::<Value>::take(value, call)?;
        items.iter().map(|item| as_expr(item).ok_or_else(|| expected(Self::SHOWS, value))).collect()
    }

    fn accepts(value: &Value) -> bool {
        Vec::<Value>::accepts(value)
    }
}

/// What a built-in may answer.
pub trait Answer {
    /// The answer as a value.
    fn into_value(self) -> Value;
}

impl Answer for Value {
    fn into_value(self) -> Value {
        self
    }
}

impl Answer for () {
    fn into_value(self) -> Value {
        Value::None
    }
}

impl Answer for bool {
    fn into_value(self) -> Value {
        Value::Bool(self)
    }
}

/// An expression stays symbolic, also when it is a number; see [`crate::runtime::value::demote`] for the other way.
impl Answer for Expr {
    fn into_value(self) -> Value {
        Value::Expr(self)
    }
}

impl Answer for Integer {
    fn into_value(self) -> Value {
        Value::Integer(self)
    }
}

impl Answer for Rational {
    fn into_value(self) -> Value {
        Value::rational(self)
    }
}

impl Answer for Real {
    fn into_value(self) -> Value {
        Value::real(self)
    }
}

/// Python's float.
impl Answer for f64 {
    fn into_value(self) -> Value {
        Value::Float(self)
    }
}

/// Python's integer.
impl Answer for usize {
    fn into_value(self) -> Value {
        Value::int(self)
    }
}

impl Answer for String {
    fn into_value(self) -> Value {
        Value::str(self)
    }
}

impl<T: Answer> Answer for Vec<T> {
    fn into_value(self) -> Value {
        Value::list(self.into_iter().map(Answer::into_value).collect())
    }
}

impl<T: Answer> Answer for Option<T> {
    fn into_value(self) -> Value {
        self.map_or(Value::None, Answer::into_value)
    }
}
