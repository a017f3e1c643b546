//! Sage's ranges of any numbers: `[a..b]`, `[a, b..c]`, `(a..b)`, `srange(a, b, step)`.

use super::{binary, compare};
use crate::diagnostic::Fault;
use crate::number::Rational;
use crate::runtime::code::RangeShape;
use crate::runtime::fault::{too_large, type_error, value_error};
use crate::runtime::iterate::Iterator;
use crate::runtime::machine::Machine;
use crate::runtime::truth;
use crate::runtime::value::{Value, as_expr, classes, demote, repr};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator};

/// Longer lists are refused; iterators may be longer.
const MAX_LENGTH: u64 = 100_000_000;

/// Floating bounds count as reached when they are missed by less than this part of a step, as in Sage.
const TOLERANCE: f64 = 1e-5;

/// The list or iterator that a bracketed range stands for; `values` are its items that are no `..`.
///
/// # Errors
/// Bounds that are no numbers, endless lists.
pub fn bracket_range(machine: &mut Machine, shape: &RangeShape, values: Vec<Value>) -> Result<Value, Fault> {
    let mut values = values.into_iter();
    let items: Vec<Option<Value>> =
        shape.through.iter().map(|through| if *through { None } else { values.next() }).collect();
    if shape.lazy {
        return lazy(items);
    }
    let mut list: Vec<Value> = Vec::new();
    // Items before this one belong to a range that is finished.
    let mut fresh = 0;
    let mut items = items.into_iter().peekable();
    while let Some(item) = items.next() {
        let Some(start) = item else {
            return Err(value_error("a range needs a start"));
        };
        list.push(start);
        if items.next_if(Option::is_none).is_none() {
            continue;
        }
        let stop = items.next().flatten().ok_or_else(|| value_error("a list can't go on without end"))?;
        let mut start = list.pop().unwrap_or(Value::None);
        let mut step = Value::integer(1);
        // `a, b..c` runs from `a` by `b - a`.
        if list.len() > fresh
            && let Some(previous) = list.pop()
        {
            step = binary(BinaryOperator::Subtract, &start, &previous)?;
            start = previous;
        }
        let plan = Plan::new(&start, &stop, &step, true)?;
        for previous in list.iter_mut().skip(fresh) {
            *previous = plan.coerced(previous)?;
        }
        list.extend(plan.list(machine)?);
        fresh = list.len();
    }
    Ok(Value::list(list))
}

/// What a range runs through.
#[derive(Clone, Debug)]
pub struct Plan {
    start: Value,
    step: Value,
    stop: Value,
    /// How many items come before the end.
    count: u64,
    /// Whether the end itself is the last item.
    with_end: bool,
}

impl Plan {
    /// A range from `start` to `stop`, which belongs to it when `closed` and when it is reached.
    ///
    /// # Errors
    /// A step of zero, and a distance that is no number of steps.
    pub fn new(start: &Value, stop: &Value, step: &Value, closed: bool) -> Result<Plan, Fault> {
        if step.to_integer().is_some_and(|step| step.is_zero()) {
            return Err(value_error("step argument must not be zero"));
        }
        let distance = binary(BinaryOperator::Subtract, stop, start)?;
        let quotient = match binary(BinaryOperator::Divide, &distance, step)? {
            // Python's own integers divide into floats; here the quotient must be exact.
            Value::Float(_) => {
                binary(BinaryOperator::Divide, &binary(BinaryOperator::Multiply, &distance, &Value::integer(1))?, step)?
            }
            other => other,
        };
        let quotient = match &quotient {
            Value::Expr(expr) => demote(expr),
            _ => quotient,
        };
        let exact = as_expr(&quotient).and_then(|expr| expr.as_rational().cloned());
        let (count, with_end) = match exact {
            Some(steps) => exact_count(&steps, closed),
            None => float_count(&quotient, closed)?,
        };
        let mut plan = Plan { start: start.clone(), step: step.clone(), stop: stop.clone(), count, with_end };
        plan.start = plan.coerced(start)?;
        plan.stop = plan.coerced(stop)?;
        Ok(plan)
    }

    /// The value as a number of the kind that all items of the range have.
    fn coerced(&self, value: &Value) -> Result<Value, Fault> {
        let mut value = value.clone();
        for other in [&self.step, &self.stop, &self.start] {
            if matches!(other, Value::Real(_) | Value::Float(_) | Value::Double(_) | Value::Rational(_))
                && value.is_plain_number()
            {
                let zero = binary(BinaryOperator::Multiply, &Value::integer(0), other)?;
                value = binary(BinaryOperator::Add, &value, &zero)?;
            }
        }
        Ok(value)
    }

    /// All items.
    ///
    /// # Errors
    /// Too many of them.
    pub fn list(&self, machine: &mut Machine) -> Result<Vec<Value>, Fault> {
        if self.count > MAX_LENGTH {
            return Err(too_large("the list"));
        }
        truth::reserve_values(usize::try_from(self.count).unwrap_or(usize::MAX))?;
        let mut items = Vec::new();
        let mut item = self.start.clone();
        for _ in 0..self.count {
            machine.budget().check()?;
            let next = binary(BinaryOperator::Add, &item, &self.step)?;
            items.push(std::mem::replace(&mut item, next));
        }
        if self.with_end {
            items.push(self.stop.clone());
        }
        Ok(items)
    }

    /// The items one at a time.
    pub fn iterator(self) -> Value {
        let Plan { start: mut next, step, stop, count: mut left, with_end } = self;
        let mut end = with_end.then_some(stop);
        Iterator::stepping(&classes::GENERATOR, move |_| {
            if left == 0 {
                return Ok(end.take());
            }
            left -= 1;
            let following = binary(BinaryOperator::Add, &next, &step)?;
            Ok(Some(std::mem::replace(&mut next, following)))
        })
    }
}

fn exact_count(steps: &Rational, closed: bool) -> (u64, bool) {
    let count = steps.ceil();
    if count.is_negative() {
        return (0, false);
    }
    let with_end = closed && steps.is_integer();
    (count.to_i64().map_or(u64::MAX, i64::unsigned_abs), with_end)
}

fn float_count(quotient: &Value, closed: bool) -> Result<(u64, bool), Fault> {
    let steps = super::to_f64(quotient)
        .map_err(|_| type_error(format!("the number of steps, {}, is no number", repr(quotient))))?;
    let count = (steps - TOLERANCE).ceil();
    if count.is_nan() || count < 0.0 {
        return Ok((0, false));
    }
    // The cast saturates.
    Ok((count as u64, closed && (steps - count).abs() <= TOLERANCE))
}

/// `(a..b)`, `(a, b..c)`, `(a..)`: one item at a time.
fn lazy(items: Vec<Option<Value>>) -> Result<Value, Fault> {
    let mut ahead: Vec<Value> = items.iter().take_while(|item| item.is_some()).flatten().cloned().collect();
    let given = ahead.len();
    let mut start = ahead.pop().ok_or_else(|| value_error("a range needs a start"))?;
    let mut step = Value::integer(1);
    if let Some(previous) = ahead.pop() {
        step = binary(BinaryOperator::Subtract, &start, &previous)?;
        start = previous;
    }
    let rest = match items.last().cloned().flatten().filter(|_| items.len() > given) {
        Some(stop) => Plan::new(&start, &stop, &step, true)?.iterator(),
        None => endless(start, step)?,
    };
    let mut ahead = ahead.into_iter();
    Ok(Iterator::stepping(&classes::GENERATOR, move |machine| match (ahead.next(), &rest) {
        (Some(item), _) => Ok(Some(item)),
        (None, Value::Iterator(rest)) => rest.next(machine, Value::None),
        (None, _) => Ok(None),
    }))
}

fn endless(start: Value, step: Value) -> Result<Value, Fault> {
    if truth::holds(&compare(ComparisonOperator::Equal, &step, &Value::integer(0))?)? {
        return Err(value_error("step argument must not be zero"));
    }
    let mut next = start;
    Ok(Iterator::stepping(&classes::GENERATOR, move |_| {
        let following = binary(BinaryOperator::Add, &next, &step)?;
        Ok(Some(std::mem::replace(&mut next, following)))
    }))
}
