//! The value that `RealSet(...)` makes, and how sets are read from what people type.

use std::any::Any;
use std::rc::Rc;

use super::real_number;
use crate::calculus::{Interval, IntervalSet};
use crate::diagnostic::Fault;
use crate::expr::{Expr, Infinity, Kind, Relation, Symbol};
use crate::print;
use crate::runtime::call::{Arguments, Call};
use crate::runtime::fault::{type_error, value_error};
use crate::runtime::value::{Class, Object, Value, as_expr, repr};

/// A set of real numbers.
#[derive(Debug)]
pub struct RealSetValue {
    set: IntervalSet,
}

static CLASS: Class = Class { name: "sage.sets.real_set.RealSet_with_category", known_as: None, base: None };

impl RealSetValue {
    /// The set as a value.
    pub fn value(set: IntervalSet) -> Value {
        Value::Object(Rc::new(RealSetValue { set }))
    }
}

/// A set as it is typed: `(0, 1)`, `[0, 1]`, `x >= 0`, a `RealSet`.
///
/// # Errors
/// What is no set, and ends whose order is not known.
pub fn read_set(value: &Value, variable: Symbol, call: &mut Call<'_>) -> Result<IntervalSet, Fault> {
    match value {
        Value::Tuple(ends) => pair(ends, false, call),
        Value::List(ends) => pair(&ends.borrow().clone(), true, call),
        Value::Object(object) => match object.as_any().downcast_ref::<RealSetValue>() {
            Some(own) => Ok(own.set.clone()),
            None => Err(no_interval(value)),
        },
        Value::Expr(relation) => half_line(relation, variable, call).unwrap_or_else(|| Err(no_interval(value))),
        _ => Err(no_interval(value)),
    }
}

/// The union of sets as they are typed.
///
/// # Errors
/// As [`read_set`].
pub fn read_union(values: &[Value], variable: Symbol, call: &mut Call<'_>) -> Result<IntervalSet, Fault> {
    let mut union = IntervalSet::default();
    for value in values {
        let set = read_set(value, variable, call)?;
        union = union.union(&set, call.budget())?;
    }
    Ok(union)
}

fn no_interval(value: &Value) -> Fault {
    value_error(format!("{} does not determine real interval", repr(value)))
        .hint("an open interval is (0, 1), a closed one [0, 1]")
}

/// Two ends, or several intervals.
fn pair(ends: &[Value], closed: bool, call: &mut Call<'_>) -> Result<IntervalSet, Fault> {
    if let [low, high] = ends
        && let (Some(low), Some(high)) = (as_expr(low), as_expr(high))
    {
        if !low.is_constant() || !high.is_constant() {
            return Err(value_error("the ends of an interval must be real numbers"));
        }
        let interval = Interval::new((low, closed), (high, closed), call.budget())?;
        return Ok(IntervalSet::new([interval], call.budget())?);
    }
    match ends {
        [Value::Tuple(_) | Value::List(_) | Value::Object(_), ..] => read_union(ends, Symbol::new("x"), call),
        _ => Err(no_interval(&Value::tuple(ends.to_vec()))),
    }
}

/// Where `x < a` or the like holds.
fn half_line(relation: &Expr, variable: Symbol, call: &mut Call<'_>) -> Option<Result<IntervalSet, Fault>> {
    let Kind::Relation(kind, left, right) = relation.kind() else { return None };
    let (kind, end) = match (left.as_symbol(), right.as_symbol()) {
        (Some(own), _) if own == variable && right.is_constant() => (*kind, right.clone()),
        (_, Some(own)) if own == variable && left.is_constant() => (kind.flipped(), left.clone()),
        _ => return None,
    };
    let below = (Expr::infinity(Infinity::Negative), false);
    let above = (Expr::infinity(Infinity::Positive), false);
    let (low, high) = match kind {
        Relation::Equal => ((end.clone(), true), (end, true)),
        Relation::Less => (below, (end, false)),
        Relation::LessEqual => (below, (end, true)),
        Relation::Greater => ((end, false), above),
        Relation::GreaterEqual => ((end, true), above),
        Relation::NotEqual => return None,
    };
    let budget = call.budget();
    let set = Interval::new(low, high, budget).and_then(|interval| IntervalSet::new([interval], budget));
    Some(set.map_err(Fault::from))
}

/// How infinities, points and unions are written in a notation.
struct Notation {
    end: fn(&Expr) -> String,
    infinity: &'static str,
    point: (&'static str, &'static str),
    union: &'static str,
    empty: &'static str,
}

const TEXT: Notation = Notation { end: print::text, infinity: "oo", point: ("{", "}"), union: " ∪ ", empty: "{}" };
const LATEX: Notation =
    Notation { end: print::latex, infinity: r"\infty", point: (r"\{", r"\}"), union: r" \cup ", empty: r"\{\}" };

fn written(set: &IntervalSet, notation: &Notation) -> String {
    let end = |end: &Expr| match end.kind() {
        Kind::Infinity(Infinity::Negative) => format!("-{}", notation.infinity),
        Kind::Infinity(_) => format!("+{}", notation.infinity),
        _ => (notation.end)(end),
    };
    let interval = |interval: &Interval| {
        if interval.is_point() {
            return format!("{}{}{}", notation.point.0, end(&interval.low), notation.point.1);
        }
        let open = if interval.low_closed { '[' } else { '(' };
        let close = if interval.high_closed { ']' } else { ')' };
        format!("{open}{}, {}{close}", end(&interval.low), end(&interval.high))
    };
    match set.intervals() {
        [] => notation.empty.to_string(),
        intervals => intervals.iter().map(interval).collect::<Vec<_>>().join(notation.union),
    }
}

/// The text of a set.
pub fn set_text(set: &IntervalSet) -> String {
    written(set, &TEXT)
}

/// The LaTeX of a set.
pub fn set_latex(set: &IntervalSet) -> String {
    written(set, &LATEX)
}

impl Object for RealSetValue {
    fn class(&self) -> &'static Class {
        &CLASS
    }

    fn text(&self) -> String {
        set_text(&self.set)
    }

    fn latex(&self) -> Option<String> {
        Some(set_latex(&self.set))
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn same(&self, other: &Value) -> bool {
        matches!(other, Value::Object(object)
            if object.as_any().downcast_ref::<RealSetValue>().is_some_and(|other| other.set == self.set))
    }

    fn methods(&self) -> &'static [&'static str] {
        &["contains", "union", "intersection", "complement", "is_empty", "inf", "sup"]
    }

    fn method(&self, call: &mut Call<'_>, name: &str, arguments: Arguments) -> Result<Value, Fault> {
        let first = || arguments.positional.first().ok_or_else(|| type_error(format!("{name}() needs an argument")));
        let x = Symbol::new("x");
        match name {
            "contains" => {
                let point = real_number(first()?, call)?;
                Ok(Value::Bool(self.set.contains(&point, call.budget())?))
            }
            "union" => {
                let other = read_set(&first()?.value, x, call)?;
                Ok(RealSetValue::value(self.set.union(&other, call.budget())?))
            }
            "intersection" => {
                let other = read_set(&first()?.value, x, call)?;
                Ok(RealSetValue::value(self.set.intersection(&other, call.budget())?))
            }
            "complement" => Ok(RealSetValue::value(self.set.complement())),
            "inf" => match self.set.intervals().first() {
                Some(first) => Ok(Value::Expr(first.low.clone())),
                None => Err(value_error("the empty set has no bounds")),
            },
            "sup" => match self.set.intervals().last() {
                Some(last) => Ok(Value::Expr(last.high.clone())),
                None => Err(value_error("the empty set has no bounds")),
            },
            _ => Ok(Value::Bool(self.set.is_empty())),
        }
    }
}
