//! Python's module `collections`: dictionaries that make or count what is missing, queues with two ends, named tuples.

mod named;
mod queue;

use std::rc::Rc;

use crate::builtin;
use crate::builtin::types::filled;
use crate::diagnostic::Spanned;
use crate::runtime;
use crate::runtime::fault::type_error;
use crate::runtime::machine::ModuleRecord;
use crate::runtime::parameter::{Keywords, Optional, Text};
use crate::runtime::value::{Nature, Value};
use crate::syntax::ast::BinaryOperator;

use named::Shape;
use queue::Queue;

/// The module.
pub static MODULE: ModuleRecord = ModuleRecord {
    name: "collections",
    functions: &[&defaultdict::RECORD, &counter::RECORD, &ordered_dict::RECORD, &deque::RECORD, &namedtuple::RECORD],
    constants: Vec::new,
};

builtin! {
    /// A dictionary in which a key that is missing gets what a function gives, when it is asked for.
    ///
    /// ```calc
    /// from collections import defaultdict
    /// d = defaultdict(list)
    /// d['a'].append(1)
    /// d                               # => defaultdict(<class 'list'>, {'a': [1]})
    /// ```
    ///
    /// See also: `dict`, `Counter`.
    only function;
    fn defaultdict(call, default_factory: Option<Value>, mapping: Option<Value>, entries: Keywords) -> Value {
        filled(call, Nature::Default(default_factory.unwrap_or(Value::None)), mapping, entries)
    }
}

builtin! {
    /// A dictionary that counts how often each item occurs.
    ///
    /// Missing keys count 0. It has the methods `most_common(n)`, `elements()`, `total()`, `update` and `subtract`; the sum
    /// and difference of counters are counters.
    ///
    /// ```calc
    /// from collections import Counter
    /// c = Counter('banana')
    /// c                               # => Counter({'a': 3, 'n': 2, 'b': 1})
    /// c.most_common(1)                # => [('a', 3)]
    /// ```
    ///
    /// See also: `dict`, `defaultdict`.
    named "Counter";
    only function;
    fn counter(call, items: Option<Value>, counts: Keywords) -> Value {
        let counter = filled(call, Nature::Counter, None, counts)?;
        if let (Value::Dict(dict), Some(items)) = (&counter, items) {
            runtime::count(call.machine(), dict, &items, BinaryOperator::Add)?;
        }
        Ok(counter)
    }
}

builtin! {
    /// A dictionary whose order can be changed by `move_to_end(key)`.
    ///
    /// ```calc
    /// from collections import OrderedDict
    /// d = OrderedDict([('b', 1), ('a', 2)])
    /// d.move_to_end('b')
    /// d                               # => OrderedDict([('a', 2), ('b', 1)])
    /// ```
    ///
    /// See also: `dict`.
    named "OrderedDict";
    only function;
    fn ordered_dict(call, mapping: Option<Value>, entries: Keywords) -> Value {
        filled(call, Nature::Ordered, mapping, entries)
    }
}

builtin! {
    /// A list to which items are quickly added, and from which they are quickly taken, at both ends.
    ///
    /// It has the methods `append`, `appendleft`, `pop`, `popleft`, `extend`, `extendleft`, `rotate`, `reverse`, `clear`,
    /// `copy`, `count`, `index`, `insert` and `remove`. With `maxlen` the other end loses what is too much.
    ///
    /// ```calc
    /// from collections import deque
    /// q = deque([1, 2])
    /// q.appendleft(0)
    /// q                               # => deque([0, 1, 2])
    /// q.pop()                         # => 2
    /// ```
    ///
    /// See also: `list`.
    only function;
    fn deque(call, items: Option<Value>, maxlen: Option<usize>) -> Value {
        let items = items.map_or(Ok(Vec::new()), |items| call.items(&items))?;
        Ok(Value::Object(Rc::new(Queue::new(items, maxlen))))
    }
}

builtin! {
    /// A kind of tuples whose parts have names.
    ///
    /// ```calc
    /// from collections import namedtuple
    /// Point = namedtuple('Point', 'x y')
    /// p = Point(1, y=2)
    /// p                               # => Point(x=1, y=2)
    /// p.x + p[1]                      # => 3
    /// ```
    ///
    /// See also: `tuple`.
    faults "wrong-type";
    only function;
    fn namedtuple(call, name: Text, fields: Spanned<Value>, defaults: Optional) -> Value {
        if let Some(defaults) = defaults.0 {
            return Err(type_error("defaults of named tuples are not offered").or_at(defaults.span));
        }
        let names: Vec<Rc<str>> = match &fields.value {
            Value::Str(text) => text.split([',', ' ']).filter(|part| !part.is_empty()).map(Rc::from).collect(),
            several => {
                let items = call.items(several).map_err(|fault| fault.or_at(fields.span))?;
                items.iter().filter_map(|item| item.as_str().cloned()).collect()
            }
        };
        Ok(Value::Object(Rc::new(Shape::new(name.0, names))))
    }
}
