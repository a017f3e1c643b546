//! Pseudo-random numbers from a seed: the same ones in every run, unless the seed is changed.
//!
//! The generator is SplitMix64 (Steele, Lea, Flood, Fast splittable pseudorandom number generators, OOPSLA 2014).

use std::any::Any;
use std::cell::RefCell;
use std::rc::Rc;

use crate::builtin;
use crate::diagnostic::{Fault, Span, Spanned};
use crate::number::Integer;
use crate::runtime::builtin::Builtin;
use crate::runtime::call::Call;
use crate::runtime::fault::{BAD_INDEX, value_error};
use crate::runtime::machine::{Machine, ModuleRecord};
use crate::runtime::operate;
use crate::runtime::value::{Class, Object, Value};

/// The built-ins of this topic that every session knows.
pub static TOPIC: &[&Builtin] = &[
    &random::RECORD,
    &randint::RECORD,
    &set_random_seed::RECORD,
    &seeded::RECORD,
    &choice::RECORD,
    &shuffle::RECORD,
    &sample::RECORD,
    &randrange::RECORD,
];

/// Python's module of that name.
pub static MODULE: ModuleRecord = ModuleRecord {
    name: "random",
    functions: &[
        &random::RECORD,
        &randint::RECORD,
        &seed::RECORD,
        &uniform::RECORD,
        &choice::RECORD,
        &shuffle::RECORD,
        &sample::RECORD,
        &randrange::RECORD,
    ],
    constants: Vec::new,
};

/// The next 64 bits.
fn bits(call: &mut Call<'_>) -> u64 {
    let state = call.machine().random_state();
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut word = *state;
    word = (word ^ (word >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    word = (word ^ (word >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    word ^ (word >> 31)
}

/// A float from 0 to, not including, 1.
fn unit(call: &mut Call<'_>) -> f64 {
    (bits(call) >> 11) as f64 / (1_u64 << 53) as f64
}

/// A natural number below a bound, each equally likely.
fn below(call: &mut Call<'_>, bound: &Integer) -> Integer {
    let length = bound.bit_length();
    loop {
        let mut candidate = Integer::ZERO;
        for _ in 0..length.div_ceil(64) {
            candidate = (&candidate << 64) + Integer::from(bits(call));
        }
        let excess = length.div_ceil(64) * 64 - length;
        candidate = &candidate >> excess;
        if candidate < *bound {
            return candidate;
        }
    }
}

/// A pseudo-random integer between two bounds, both included.
pub(super) fn between(call: &mut Call<'_>, least: &Integer, most: &Integer) -> Result<Integer, Fault> {
    if most < least {
        return Err(value_error(format!(
            "empty range for randrange() ({least}, {}, {})",
            most + Integer::ONE,
            most - least
        )));
    }
    Ok(least + below(call, &(most - least + Integer::ONE)))
}

builtin! {
    /// A pseudo-random float from 0 to, not including, 1.
    ///
    /// ```calc
    /// 0 <= random() < 1       # => True
    /// ```
    ///
    /// See also: `set_random_seed`.
    only function;
    fn random(call) -> f64 {
        Ok(unit(call))
    }
}

builtin! {
    /// A pseudo-random integer between two bounds, both included.
    ///
    /// ```calc
    /// randint(5, 5)           # => 5
    /// ```
    only function;
    fn randint(call, low: Integer, high: Integer) -> Value {
        between(call, &low, &high).map(Value::Int)
    }
}

/// Starts the sequence that belongs to a seed.
fn start(call: &mut Call<'_>, seed: Option<Integer>) {
    *call.machine().random_state() = word_of(seed);
}

/// The state that a seed names.
fn word_of(seed: Option<Integer>) -> u64 {
    let seed = seed.unwrap_or_default();
    let word = seed.div_rem_floor(&(&Integer::ONE << 63)).and_then(|(_, low)| low.to_i64()).unwrap_or(0);
    word.unsigned_abs()
}

builtin! {
    /// Starts the pseudo-random numbers anew, at the place that a seed names.
    ///
    /// ```calc
    /// set_random_seed(1); a = random(); set_random_seed(1); a == random()     # => True
    /// ```
    only function;
    fn set_random_seed(call, seed: Option<Integer>) -> () {
        start(call, seed);
        Ok(())
    }
}

static SEEDED: Class = Class { name: "sage.misc.randstate.randstate", known_as: None, base: None };

/// A place in the pseudo-random numbers, for the block of a `with`.
#[derive(Debug)]
struct Seeded {
    /// Where the block begins.
    start: u64,
    /// Where the others go on behind the blocks that are open, the innermost last.
    before: RefCell<Vec<u64>>,
}

impl Object for Seeded {
    fn class(&self) -> &'static Class {
        &SEEDED
    }

    fn text(&self) -> String {
        "<seed>".to_owned()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn enter(&self, machine: &mut Machine) -> Option<Result<Value, Fault>> {
        let before = std::mem::replace(machine.random_state(), self.start);
        self.before.borrow_mut().push(before);
        Some(Ok(Value::None))
    }

    fn exit(&self, machine: &mut Machine) {
        if let Some(before) = self.before.borrow_mut().pop() {
            *machine.random_state() = before;
        }
    }
}

builtin! {
    /// Pseudo-random numbers that begin at the place a seed names, inside the block of a `with`; behind it the others go on.
    ///
    /// ```calc
    /// with seed(1): a = random()
    /// with seed(1): b = random()
    /// a == b                  # => True
    /// ```
    ///
    /// See also: `set_random_seed`, `random`.
    named "seed";
    only function;
    fn seeded(call, seed: Option<Integer>) -> Value {
        Ok(Value::Object(Rc::new(Seeded { start: word_of(seed), before: RefCell::default() })))
    }
}

builtin! {
    /// Starts the pseudo-random numbers anew, at the place that a seed names.
    ///
    /// ```calc
    /// import random; random.seed(1); a = random.random(); random.seed(1); a == random.random()    # => True
    /// ```
    only function;
    fn seed(call, seed: Option<Integer>) -> () {
        start(call, seed);
        Ok(())
    }
}

builtin! {
    /// A pseudo-random float between two bounds.
    ///
    /// ```calc
    /// import random; 2 <= random.uniform(2, 3) <= 3       # => True
    /// ```
    only function;
    fn uniform(call, a: Value, b: Value) -> f64 {
        let (a, b) = (operate::to_f64(&a)?, operate::to_f64(&b)?);
        Ok(a + (b - a) * unit(call))
    }
}

builtin! {
    /// One of the items of a list.
    ///
    /// ```calc
    /// import random; random.choice([7])       # => 7
    /// ```
    only function;
    fn choice(call, sequence: Vec<Value>) -> Value {
        if sequence.is_empty() {
            return Err(Fault::new(&BAD_INDEX, Span::default(), "Cannot choose from an empty sequence"));
        }
        let at = below(call, &Integer::from(sequence.len())).to_usize().unwrap_or(0);
        Ok(sequence.into_iter().nth(at).unwrap_or(Value::None))
    }
}

/// Puts items into a pseudo-random order (Fisher and Yates).
fn shuffled(call: &mut Call<'_>, items: &mut [Value]) {
    for last in (1..items.len()).rev() {
        let at = below(call, &Integer::from(last + 1)).to_usize().unwrap_or(0);
        items.swap(at, last);
    }
}

builtin! {
    /// Puts the items of a list into a pseudo-random order.
    ///
    /// ```calc
    /// import random; L = [1, 2, 3]; random.shuffle(L); sorted(L)      # => [1, 2, 3]
    /// ```
    only function;
    fn shuffle(call, items: Spanned<Value>) -> () {
        let Value::List(list) = &items.value else {
            return Err(crate::runtime::parameter::expected("a list", &items));
        };
        let mut items = list.borrow().clone();
        shuffled(call, &mut items);
        *list.borrow_mut() = items;
        Ok(())
    }
}

builtin! {
    /// So many different items of a list.
    ///
    /// ```calc
    /// import random; sorted(random.sample([1, 2], 2))     # => [1, 2]
    /// ```
    only function;
    fn sample(call, population: Vec<Value>, k: usize) -> Value {
        if k > population.len() {
            return Err(value_error("Sample larger than population or is negative"));
        }
        let mut items = population;
        shuffled(call, &mut items);
        items.truncate(k);
        Ok(Value::list(items))
    }
}

builtin! {
    /// A pseudo-random integer from `start` (or 0) to, not including, `stop`.
    ///
    /// ```calc
    /// import random; random.randrange(1)      # => 0
    /// ```
    only function;
    fn randrange(call, start: Integer, stop: Option<Integer>) -> Value {
        let (low, high) = match stop {
            Some(stop) => (start, stop),
            None => (Integer::ZERO, start),
        };
        between(call, &low, &(high - Integer::ONE)).map(Value::Int)
    }
}
