//! Running through collections: lengths, ranges, iterators, sums, order.

use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned, fault};
use crate::expr::{Expr, Gathered, Kind};
use crate::number::Integer;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_ARGUMENTS, NO_MORE, type_error, value_error};
use crate::runtime::iterate::{self, Cursor, Iterator};
use crate::runtime::operate::{self, Plan};
use crate::runtime::parameter::Rest;
use crate::runtime::truth;
use crate::runtime::value::{Range, Value, classes};
use crate::syntax::ast::{BinaryOperator, ComparisonOperator};

/// The built-ins of this topic.
pub static TOPIC: &[&Builtin] = &[
    &len::RECORD,
    &range::RECORD,
    &srange::RECORD,
    &xsrange::RECORD,
    &iter::RECORD,
    &next::RECORD,
    &enumerate::RECORD,
    &zip::RECORD,
    &map::RECORD,
    &filter::RECORD,
    &reversed::RECORD,
    &sorted::RECORD,
    &sum::RECORD,
    &prod::RECORD,
    &min::RECORD,
    &max::RECORD,
    &any::RECORD,
    &all::RECORD,
    &flatten::RECORD,
];

builtin! {
    /// How many items a collection has.
    ///
    /// ```calc
    /// len([1, 2, 3])  # => 3
    /// len(5)          # error: wrong-type
    /// ```
    only function;
    fn len(call, value: Spanned<Value>) -> Value {
        length(&value.value).map_err(|fault| fault.or_at(value.span)).map(Value::Int)
    }
}

fn length(value: &Value) -> Result<Integer, Fault> {
    let length = match value {
        Value::Str(text) => text.chars().count(),
        Value::List(items) => items.borrow().len(),
        Value::Tuple(items) => items.len(),
        Value::Dict(dict) => dict.borrow().len(),
        Value::Set(set) => set.borrow().len(),
        Value::FrozenSet(set) => set.len(),
        Value::View(view) => view.dict.borrow().len(),
        Value::Range(range) => return Ok(range.length()),
        Value::Expr(expr) => expr.children().len(),
        Value::Object(object) => object.length().ok_or_else(|| no_length(value))?,
        _ => return Err(no_length(value)),
    };
    Ok(Integer::from(length))
}

fn no_length(value: &Value) -> Fault {
    type_error(format!("object of type '{}' has no len()", value.class().name))
}

builtin! {
    /// The integers from `start` (0 when left out) up to, not including, `stop`.
    ///
    /// ```calc
    /// list(range(4))          # => [0, 1, 2, 3]
    /// list(range(10, 0, -3))  # => [10, 7, 4, 1]
    /// ```
    ///
    /// See also: `srange`, and the brackets `[a..b]`, which include the end.
    only function;
    fn range(call, bounds: Rest<Spanned<Value>>) -> Value {
        let integers: Result<Vec<Integer>, Fault> = bounds.0.iter().map(bound).collect();
        let integers = integers?;
        let (start, stop, step) = match integers.as_slice() {
            [] => return Err(call.fault(&BAD_ARGUMENTS, "range expected at least 1 argument, got 0")),
            [stop] => (Integer::ZERO, stop.clone(), Integer::ONE),
            [start, stop] => (start.clone(), stop.clone(), Integer::ONE),
            [start, stop, step] => (start.clone(), stop.clone(), step.clone()),
            more => {
                let message = format!("range expected at most 3 arguments, got {}", more.len());
                return Err(call.fault(&BAD_ARGUMENTS, message));
            }
        };
        if step.is_zero() {
            return Err(value_error("range() arg 3 must not be zero"));
        }
        Ok(Value::Range(Rc::new(Range { start, stop, step })))
    }
}

/// A bound of a range, which must be whole.
fn bound(value: &Spanned<Value>) -> Result<Integer, Fault> {
    value.value.to_integer().ok_or_else(|| {
        let class = value.value.class().name;
        type_error(format!("'{class}' object cannot be interpreted as an integer"))
            .or_at(value.span)
            .hint("`srange` takes steps and bounds of any size")
    })
}

builtin! {
    /// The numbers from `start` (0 when left out) up to, not including, `end`, in steps of any size.
    ///
    /// ```calc
    /// srange(1, 2, 1/3)       # => [1, 4/3, 5/3]
    /// srange(3)               # => [0, 1, 2]
    /// srange(1, 3, include_endpoint=True)     # => [1, 2, 3]
    /// ```
    ///
    /// See also: `range`, and the brackets `[a, b..c]`.
    also "sxrange";
    fn srange(call, bounds: Rest<Value>, include_endpoint: Option<bool>) -> Value {
        let plan = plan(call, &bounds.0, include_endpoint.unwrap_or(false))?;
        plan.list(call.machine()).map(Value::list)
    }
}

builtin! {
    /// The numbers that `srange` gives, one at a time.
    ///
    /// ```calc
    /// list(xsrange(0, 1, 1/2))    # => [0, 1/2]
    /// ```
    only function;
    fn xsrange(call, bounds: Rest<Value>, include_endpoint: Option<bool>) -> Value {
        plan(call, &bounds.0, include_endpoint.unwrap_or(false)).map(Plan::iterator)
    }
}

fn plan(call: &mut Call<'_>, bounds: &[Value], closed: bool) -> Result<Plan, Fault> {
    let (zero, one) = (Value::integer(0), Value::integer(1));
    match bounds {
        [stop] => Plan::new(&zero, stop, &one, closed),
        [start, stop] => Plan::new(start, stop, &one, closed),
        [start, stop, step] => Plan::new(start, stop, step, closed),
        _ => {
            let message = format!("srange() takes from 1 to 3 positional arguments but {} were given", bounds.len());
            Err(call.fault(&BAD_ARGUMENTS, message))
        }
    }
}

builtin! {
    /// An iterator over a collection.
    ///
    /// ```calc
    /// it = iter([1, 2]); next(it)     # => 1
    /// ```
    only function;
    fn iter(call, iterable: Spanned<Value>) -> Value {
        iterate::iterator(&iterable.value).map_err(|fault| fault.or_at(iterable.span))
    }
}

builtin! {
    /// The next item of an iterator; at the end the default, or `StopIteration`.
    ///
    /// ```calc
    /// next(iter([7]))             # => 7
    /// next(iter([]), 'none')      # => 'none'
    /// next(iter([]))              # error: no-more-items
    /// ```
    faults "no-more-items";
    only function;
    fn next(call, iterator: Spanned<Value>, default: Rest<Value>) -> Value {
        let Value::Iterator(own) = &iterator.value else {
            let class = iterator.value.class().name;
            return Err(type_error(format!("'{class}' object is not an iterator")).or_at(iterator.span));
        };
        let item = own.next(call.machine(), Value::None)?.or_else(|| default.0.into_iter().next());
        item.ok_or_else(|| call.fault(&NO_MORE, ""))
    }
}

builtin! {
    /// Pairs of a number, counting from `start`, and an item.
    ///
    /// ```calc
    /// list(enumerate(['a', 'b'], 1))      # => [(1, 'a'), (2, 'b')]
    /// ```
    only function;
    fn enumerate(call, iterable: Spanned<Value>, start: Option<Integer>) -> Value {
        let mut cursor = over(&iterable)?;
        let mut count = start.unwrap_or_default();
        Ok(Iterator::stepping(&classes::ENUMERATE, move |machine| {
            let Some(item) = cursor.next(machine)? else { return Ok(None) };
            let number = Value::Int(count.clone());
            count += Integer::ONE;
            Ok(Some(Value::tuple(vec![number, item])))
        }))
    }
}

fn over(iterable: &Spanned<Value>) -> Result<Cursor, Fault> {
    Cursor::over(&iterable.value).map_err(|fault| fault.or_at(iterable.span))
}

builtin! {
    /// Tuples of the first items of several collections, of the second ones, and so on, up to the shortest.
    ///
    /// ```calc
    /// list(zip([1, 2], 'ab'))     # => [(1, 'a'), (2, 'b')]
    /// ```
    only function;
    fn zip(call, iterables: Rest<Spanned<Value>>) -> Value {
        let cursors: Result<Vec<Cursor>, Fault> = iterables.0.iter().map(over).collect();
        let mut cursors = cursors?;
        Ok(Iterator::stepping(&classes::ZIP, move |machine| {
            let mut items = Vec::with_capacity(cursors.len());
            for cursor in &mut cursors {
                match cursor.next(machine)? {
                    Some(item) => items.push(item),
                    None => return Ok(None),
                }
            }
            Ok(if items.is_empty() { None } else { Some(Value::tuple(items)) })
        }))
    }
}

builtin! {
    /// What a function makes of each item, or of the items of several collections side by side.
    ///
    /// ```calc
    /// list(map(lambda t: t^2, [1, 2, 3]))     # => [1, 4, 9]
    /// ```
    only function;
    fn map(call, function: Value, iterables: Rest<Spanned<Value>>) -> Value {
        if iterables.0.is_empty() {
            return Err(call.fault(&BAD_ARGUMENTS, "map() must have at least two arguments."));
        }
        let cursors: Result<Vec<Cursor>, Fault> = iterables.0.iter().map(over).collect();
        let (mut cursors, span) = (cursors?, call.span());
        Ok(Iterator::stepping(&classes::MAP, move |machine| {
            let mut items = Vec::with_capacity(cursors.len());
            for cursor in &mut cursors {
                match cursor.next(machine)? {
                    Some(item) => items.push(item),
                    None => return Ok(None),
                }
            }
            let arguments = crate::runtime::call::Arguments::plain(items, span);
            machine.call_value(&function, arguments, span).map(Some)
        }))
    }
}

builtin! {
    /// The items for which a function holds; with `None` those that count as true.
    ///
    /// ```calc
    /// list(filter(lambda t: t > 1, [1, 2, 3]))    # => [2, 3]
    /// ```
    only function;
    fn filter(call, function: Value, iterable: Spanned<Value>) -> Value {
        let (mut cursor, span) = (over(&iterable)?, call.span());
        Ok(Iterator::stepping(&classes::FILTER, move |machine| {
            while let Some(item) = cursor.next(machine)? {
                machine.budget().check()?;
                let answer = if function.is_none() {
                    item.clone()
                } else {
                    let arguments = crate::runtime::call::Arguments::plain([item.clone()], span);
                    machine.call_value(&function, arguments, span)?
                };
                if truth::holds(&answer)? {
                    return Ok(Some(item));
                }
            }
            Ok(None)
        }))
    }
}

builtin! {
    /// The items of a sequence from the last to the first.
    ///
    /// ```calc
    /// list(reversed([1, 2, 3]))   # => [3, 2, 1]
    /// ```
    only function;
    fn reversed(call, sequence: Spanned<Value>) -> Value {
        if matches!(sequence.value, Value::Set(_) | Value::FrozenSet(_) | Value::Iterator(_)) {
            let class = sequence.value.class().name;
            return Err(type_error(format!("'{class}' object is not reversible")).or_at(sequence.span));
        }
        let mut items = call.items(&sequence.value).map_err(|fault| fault.or_at(sequence.span))?;
        items.reverse();
        Ok(Iterator::over(&classes::REVERSED, Cursor::Items(items.into_iter())))
    }
}

builtin! {
    /// The items in ascending order, or in that of what `key` makes of them.
    ///
    /// Numbers are ordered by size, formulas as they are printed, equal items stay in their order.
    ///
    /// ```calc
    /// sorted([3, 1, 2])                       # => [1, 2, 3]
    /// sorted(['bb', 'a'], key=len)            # => ['a', 'bb']
    /// sorted([3, 1, 2], reverse=True)         # => [3, 2, 1]
    /// ```
    only function;
    fn sorted(call, iterable: Vec<Value>, key: Option<Value>, reverse: Option<bool>) -> Value {
        operate::sorted(call, iterable, key.as_ref(), reverse.unwrap_or(false)).map(Value::list)
    }
}

builtin! {
    /// The sum of the items of a collection, added to `start` (0 when left out).
    ///
    /// ```calc
    /// sum([1, 2, 3])                  # => 6
    /// sum(k^2 for k in [1..3])        # => 14
    /// sum([[1], [2]], [])             # => [1, 2]
    /// sum(x^2, x, 1, 10)              # => 385
    /// sum(1/x^2, x, 1, oo)            # => 1/6*pi^2
    /// ```
    ///
    /// With a variable and two bounds it is a symbolic sum: `sum(f, k, 1, n)`.
    ///
    /// See also: `prod`, `product`, `integrate`.
    also "add";
    fn sum(
        call, values: Spanned<Value>, start: Option<Spanned<Value>>, low: Option<Spanned<Value>>,
        high: Option<Spanned<Value>>, algorithm: Option<Value>, hold: Option<bool>,
    ) -> Value {
        if let (Some(variable), Some(low), Some(high)) = (&start, &low, &high) {
            return crate::builtin::integrals::symbolic_sum(call, &values, variable, (low, high), hold.unwrap_or(false));
        }
        let start = start.map(|start| start.value);
        let mut total = start.unwrap_or_else(|| Value::int(0));
        let mut cursor = over(&values)?;
        let mut run = Gathered::default();
        while let Some(item) = cursor.next(call.machine())? {
            call.budget().check()?;
            match item {
                Value::Expr(term) if is_plain_term(&term) => {
                    run.0.push(term);
                    if run.0.len() < LONGEST_RUN.max(term_count(&total)) {
                        continue;
                    }
                    total = with_run(&total, &mut run.0)?;
                }
                item => total = operate::binary(BinaryOperator::Add, &with_run(&total, &mut run.0)?, &item)?,
            }
        }
        with_run(&total, &mut run.0)
    }
}

/// Expressions are gathered until there are so many, and as many as the total has terms: then they are added at once, so
/// that a long sum is not copied for each of its terms.
const LONGEST_RUN: usize = 4096;

/// Can an expression be added in any company?
fn is_plain_term(term: &Expr) -> bool {
    !matches!(term.kind(), Kind::Relation(..) | Kind::Infinity(_) | Kind::Undefined(_))
}

fn term_count(total: &Value) -> usize {
    match total {
        Value::Expr(expr) => match expr.kind() {
            Kind::Sum(sum) => sum.len(),
            _ => 1,
        },
        _ => 1,
    }
}

/// The total with the gathered expressions added, which are taken.
fn with_run(total: &Value, run: &mut Vec<Expr>) -> Result<Value, Fault> {
    match run.is_empty() {
        true => Ok(total.clone()),
        false => operate::binary(BinaryOperator::Add, total, &Value::Expr(Expr::sum(run.drain(..)))),
    }
}

builtin! {
    /// The product of the items of a collection, times `start` (1 when left out).
    ///
    /// ```calc
    /// prod([2, 3, 4])                 # => 24
    /// prod(x - k for k in [1..3])     # => (x - 1)*(x - 2)*(x - 3)
    /// ```
    ///
    /// See also: `sum`.
    also "mul";
    only function;
    fn prod(call, values: Spanned<Value>, start: Option<Value>) -> Value {
        let mut total = start.unwrap_or_else(|| Value::integer(1));
        let mut cursor = over(&values)?;
        while let Some(item) = cursor.next(call.machine())? {
            call.budget().check()?;
            total = operate::binary(BinaryOperator::Multiply, &total, &item)?;
        }
        Ok(total)
    }
}

builtin! {
    /// The least of several values, or of the items of a collection.
    ///
    /// ```calc
    /// min(3, 1, 2)                    # => 1
    /// min([-3, 2], key=abs)           # => 2
    /// ```
    only function;
    fn min(call, values: Rest<Spanned<Value>>, key: Option<Value>, default: Option<Value>) -> Value {
        extreme(call, "min", ComparisonOperator::Less, values.0, key, default)
    }
}

builtin! {
    /// The greatest of several values, or of the items of a collection.
    ///
    /// ```calc
    /// max(3, 1, 2)                    # => 3
    /// max([2/3, 3/5])                 # => 2/3
    /// ```
    only function;
    fn max(call, values: Rest<Spanned<Value>>, key: Option<Value>, default: Option<Value>) -> Value {
        extreme(call, "max", ComparisonOperator::Greater, values.0, key, default)
    }
}

fn extreme(
    call: &mut Call<'_>,
    name: &str,
    beats: ComparisonOperator,
    values: Vec<Spanned<Value>>,
    key: Option<Value>,
    default: Option<Value>,
) -> Result<Value, Fault> {
    let items = match values.as_slice() {
        [] => {
            let message = format!("{name} expected at least 1 argument, got 0");
            return Err(call.fault(&BAD_ARGUMENTS, message));
        }
        [only] => call.items(&only.value).map_err(|fault| fault.or_at(only.span))?,
        _ => values.into_iter().map(|value| value.value).collect(),
    };
    let mut best: Option<(Value, Value)> = None;
    for item in items {
        call.budget().check()?;
        let by = match &key {
            Some(key) => call.invoke(key, std::slice::from_ref(&item))?,
            None => item.clone(),
        };
        let better = match &best {
            Some((least, _)) => truth::holds(&operate::compare(beats, &by, least)?)?,
            None => true,
        };
        if better {
            best = Some((by, item));
        }
    }
    let found = best.map(|(_, item)| item).or(default);
    found.ok_or_else(|| value_error(format!("{name}() arg is an empty sequence")))
}

builtin! {
    /// Whether any item counts as true.
    ///
    /// ```calc
    /// any(k > 3 for k in [1, 2])      # => False
    /// ```
    only function;
    fn any(call, iterable: Spanned<Value>) -> bool {
        decided_by(call, &iterable, true)
    }
}

builtin! {
    /// Whether all items count as true.
    ///
    /// ```calc
    /// all(k > 0 for k in [1, 2])      # => True
    /// ```
    only function;
    fn all(call, iterable: Spanned<Value>) -> bool {
        decided_by(call, &iterable, false)
    }
}

/// `any` when `when` is true, `all` when it is false: the first item of that truth decides.
fn decided_by(call: &mut Call<'_>, iterable: &Spanned<Value>, when: bool) -> Result<bool, Fault> {
    let mut cursor = over(iterable)?;
    while let Some(item) = cursor.next(call.machine())? {
        call.budget().check()?;
        if truth::holds(&item)? == when {
            return Ok(when);
        }
    }
    Ok(!when)
}

builtin! {
    /// The items of lists and tuples within lists and tuples, in one list.
    ///
    /// ```calc
    /// flatten([[1, 2], [3, [4]]])     # => [1, 2, 3, 4]
    /// ```
    only function;
    fn flatten(call, items: Value, max_level: Option<usize>) -> Value {
        let mut flat = Vec::new();
        let mut pending = vec![(items, 0_usize)];
        while let Some((item, level)) = pending.pop() {
            call.budget().check()?;
            let inner = match &item {
                Value::List(items) => Some(items.borrow().clone()),
                Value::Tuple(items) => Some(items.to_vec()),
                _ => None,
            };
            match inner {
                Some(inner) if level <= max_level.unwrap_or(100_000) => {
                    pending.extend(inner.into_iter().rev().map(|item| (item, level + 1)));
                }
                Some(_) if level > 100_000 => {
                    return Err(fault!(BAD_ARGUMENTS, Span::default(), "the list is nested too deeply"));
                }
                _ => flat.push(item),
            }
        }
        Ok(Value::list(flat))
    }
}
