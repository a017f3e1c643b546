//! The collections that stopped statements leave behind, to be taken apart later.

use std::collections::hash_map;
use std::rc::Rc;

use super::value::{Key, Value};
use crate::budget;
use crate::budget::leavings::{Leaving, is_left, leave};

/// Values; those that hold others in their turn are left for themselves.
struct Values(Vec<Value>);

impl Leaving for Values {
    fn drop_piece(&mut self) -> bool {
        if let Some(Value::List(list)) = self.0.last_mut()
            && let Some(list) = Rc::get_mut(list)
        {
            // A dictionary or a set sees to itself.
            leave_values(std::mem::take(list.items.get_mut()));
        }
        self.0.drop_piece()
    }
}

struct Keys(hash_map::IntoIter<Key, usize>);

impl Leaving for Keys {
    fn drop_piece(&mut self) -> bool {
        self.0.next().is_some()
    }
}

/// Leaves the values, if they are many.
pub fn leave_values(values: Vec<Value>) {
    if is_left(values.len()) {
        leave(Box::new(Values(values)));
    }
}

/// Drops what a frame was at work on, or leaves it: few values, of which any may be large.
pub fn leave_frame(values: impl Iterator<Item = Value>) {
    if budget::is_to_stop() {
        leave(Box::new(Values(values.collect())));
    }
}

/// Leaves the parts of a dictionary.
pub fn leave_dict(keys: hash_map::IntoIter<Key, usize>, entries: Vec<Option<(Value, Value)>>) {
    leave(Box::new(Keys(keys)));
    leave(Box::new(entries));
}
