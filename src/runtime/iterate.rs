//! Iteration: cursors that run through a value, and the iterators that programs hold.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use super::fault::{BAD_STATE, RAISED, type_error};
use super::machine::{Frame, Machine};
use super::value::{Class, Dict, List, Range, Value, classes};
use crate::diagnostic::{Fault, Span};
use crate::number::Integer;

/// A place in a value that is being run through.
pub enum Cursor {
    /// Nothing is left.
    Done,
    /// Machine integers: next one, how many are left, step.
    Small(i64, u64, i64),
    /// Integers of any size: the range and how many items were seen.
    Large(Rc<Range>, Integer),
    /// A list, which may change on the way, and the next place.
    List(Rc<List>, usize),
    /// A tuple and the next place.
    Tuple(Rc<[Value]>, usize),
    /// Items set aside.
    Items(std::vec::IntoIter<Value>),
    /// Items of a dictionary, which must keep its size, and that size.
    Dict(Rc<RefCell<Dict>>, std::vec::IntoIter<Value>, usize),
    /// An iterator that the program may hold as well.
    Shared(Rc<Iterator>),
}

impl fmt::Debug for Cursor {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Cursor")
    }
}

/// A step of an iterator written in Rust.
pub type Step = Box<dyn FnMut(&mut Machine) -> Result<Option<Value>, Fault>>;

/// An iterator: what `iter`, `map`, generators and the like make.
pub struct Iterator {
    class: &'static Class,
    state: RefCell<State>,
}

/// What an iterator is made of.
pub enum State {
    /// A place in a value.
    Cursor(Cursor),
    /// A function of this program.
    Step(Step),
    /// A suspended call of a generator function.
    Generator(Box<Frame>),
    /// Nothing is left.
    Done,
}

impl fmt::Debug for Iterator {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "<{}>", self.class.name)
    }
}

impl Iterator {
    /// An iterator over a cursor.
    pub fn over(class: &'static Class, cursor: Cursor) -> Value {
        Iterator::value(class, State::Cursor(cursor))
    }

    /// An iterator that asks a Rust function for each item.
    pub fn stepping(
        class: &'static Class,
        step: impl FnMut(&mut Machine) -> Result<Option<Value>, Fault> + 'static,
    ) -> Value {
        Iterator::value(class, State::Step(Box::new(step)))
    }

    /// A generator about to start.
    pub fn generator(frame: Box<Frame>) -> Value {
        Iterator::value(&classes::GENERATOR, State::Generator(frame))
    }

    fn value(class: &'static Class, state: State) -> Value {
        Value::Iterator(Rc::new(Iterator { class, state: RefCell::new(state) }))
    }

    /// Its class.
    pub fn class(&self) -> &'static Class {
        self.class
    }

    /// Ends it: no more items come. A generator runs its `finally` blocks first.
    ///
    /// # Errors
    /// Whatever those raise.
    pub fn close(&self, machine: &mut Machine) -> Result<(), Fault> {
        let exit = Fault::new(&RAISED, Span::default(), "").class_is("GeneratorExit");
        match self.throw(machine, exit) {
            Ok(Some(_)) => Err(Fault::new(&BAD_STATE, Span::default(), "generator ignored GeneratorExit")),
            Ok(None) => Ok(()),
            Err(fault) if matches!(fault.class(), "GeneratorExit" | "StopIteration") => Ok(()),
            Err(fault) => Err(fault),
        }
    }

    /// Raises a fault where a generator is suspended; the item it goes on to hand out.
    ///
    /// # Errors
    /// The fault, unless the generator deals with it, or another one.
    pub fn throw(&self, machine: &mut Machine, fault: Fault) -> Result<Option<Value>, Fault> {
        let Ok(mut state) = self.state.try_borrow_mut() else { return Err(executing()) };
        let State::Generator(frame) = std::mem::replace(&mut *state, State::Done) else { return Err(fault) };
        match machine.resume_failing(frame, fault)? {
            (value, Some(frame)) => {
                *state = State::Generator(frame);
                Ok(Some(value))
            }
            (_, None) => Ok(None),
        }
    }

    /// The next item; a generator is sent `sent` first.
    ///
    /// # Errors
    /// Whatever making the item raises; the iterator has ended then.
    pub fn next(&self, machine: &mut Machine, sent: Value) -> Result<Option<Value>, Fault> {
        let Ok(mut state) = self.state.try_borrow_mut() else {
            return Err(executing());
        };
        let result = match &mut *state {
            State::Done => return Ok(None),
            State::Cursor(cursor) => cursor.next(machine),
            State::Step(step) => step(machine),
            State::Generator(_) => {
                let State::Generator(frame) = std::mem::replace(&mut *state, State::Done) else { return Ok(None) };
                return match machine.resume(frame, sent)? {
                    (value, Some(frame)) => {
                        *state = State::Generator(frame);
                        Ok(Some(value))
                    }
                    (_, None) => Ok(None),
                };
            }
        };
        if !matches!(result, Ok(Some(_))) {
            *state = State::Done;
        }
        result
    }
}

impl Cursor {
    /// A cursor at the start of a value.
    ///
    /// # Errors
    /// What is not iterable.
    pub fn over(value: &Value) -> Result<Cursor, Fault> {
        Ok(match value {
            Value::List(list) => Cursor::List(Rc::clone(list), 0),
            Value::Tuple(items) => Cursor::Tuple(Rc::clone(items), 0),
            Value::Range(range) => Cursor::range(range),
            Value::Iterator(iterator) => Cursor::Shared(Rc::clone(iterator)),
            Value::Str(text) => {
                let characters: Vec<Value> = text.chars().map(|c| Value::str(c.encode_utf8(&mut [0; 4]))).collect();
                Cursor::Items(characters.into_iter())
            }
            Value::Dict(dict) => {
                let keys: Vec<Value> = dict.borrow().keys().cloned().collect();
                let size = keys.len();
                Cursor::Dict(Rc::clone(dict), keys.into_iter(), size)
            }
            Value::View(view) => {
                let items = view.items();
                let size = items.len();
                Cursor::Dict(Rc::clone(&view.dict), items.into_iter(), size)
            }
            Value::Set(set) => Cursor::Items(set.borrow().members().into_iter()),
            Value::FrozenSet(set) => Cursor::Items(set.members().into_iter()),
            Value::Object(object) => match object.items() {
                Some(items) => Cursor::Items(items.into_iter()),
                None => return Err(not_iterable(value)),
            },
            _ => return Err(not_iterable(value)),
        })
    }

    fn range(range: &Rc<Range>) -> Cursor {
        let length = range.length();
        match (range.start.to_i64(), range.step.to_i64(), range.stop.to_i64(), length.to_i64()) {
            (Some(start), Some(step), Some(_), Some(length)) => Cursor::Small(start, length.unsigned_abs(), step),
            _ => Cursor::Large(Rc::clone(range), Integer::ZERO),
        }
    }

    /// The next item.
    ///
    /// # Errors
    /// Whatever making it raises, and a dictionary that has changed its size.
    #[inline]
    pub fn next(&mut self, machine: &mut Machine) -> Result<Option<Value>, Fault> {
        Ok(match self {
            Cursor::Small(next, left, step) => {
                if *left == 0 {
                    return Ok(None);
                }
                *left -= 1;
                let item = *next;
                *next = item.wrapping_add(*step);
                Some(Value::Int(Integer::new(item)))
            }
            Cursor::List(list, at) => {
                let item = list.borrow().get(*at).cloned();
                *at += 1;
                item
            }
            Cursor::Tuple(items, at) => {
                let item = items.get(*at).cloned();
                *at += 1;
                item
            }
            Cursor::Items(items) => items.next(),
            Cursor::Shared(iterator) => return iterator.next(machine, Value::None),
            Cursor::Done | Cursor::Large(..) | Cursor::Dict(..) => return self.next_rare(),
        })
    }

    fn next_rare(&mut self) -> Result<Option<Value>, Fault> {
        match self {
            Cursor::Large(range, seen) => {
                if *seen >= range.length() {
                    return Ok(None);
                }
                let item = range.item(seen);
                *seen += Integer::ONE;
                Ok(Some(Value::Int(item)))
            }
            Cursor::Dict(dict, items, size) => {
                if dict.borrow().len() != *size {
                    let message = "dictionary changed size during iteration";
                    return Err(Fault::new(&BAD_STATE, Span::default(), message));
                }
                Ok(items.next())
            }
            _ => Ok(None),
        }
    }
}

/// The iterator that `iter(value)` makes.
///
/// # Errors
/// What is not iterable.
pub fn iterator(value: &Value) -> Result<Value, Fault> {
    let class = match value {
        Value::Iterator(_) => return Ok(value.clone()),
        Value::List(_) => &classes::LIST_ITERATOR,
        Value::Range(_) => &classes::RANGE_ITERATOR,
        Value::Str(_) => &classes::STR_ITERATOR,
        Value::Dict(_) | Value::View(_) => &classes::DICT_ITERATOR,
        Value::Set(_) | Value::FrozenSet(_) => &classes::SET_ITERATOR,
        _ => &classes::TUPLE_ITERATOR,
    };
    Ok(Iterator::over(class, Cursor::over(value)?))
}

fn executing() -> Fault {
    Fault::new(&BAD_STATE, Span::default(), "generator already executing").class_is("ValueError")
}

fn not_iterable(value: &Value) -> Fault {
    let fault = type_error(format!("'{}' object is not iterable", value.class().name));
    match value {
        Value::Int(n) | Value::Integer(n) if !n.is_negative() => {
            fault.hint(format!("to count up to it, use range({n})"))
        }
        Value::Expr(_) => fault.hint("the parts of an expression are `e.operands()`"),
        _ => fault,
    }
}
