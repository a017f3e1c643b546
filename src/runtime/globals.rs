//! The global variables of a session or module: names resolved to numbered slots once, when code is made.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use super::value::Value;

/// The global variables of one session or module. A slot without a value of its own means what the name means from the
/// start, if it means anything.
#[derive(Debug, Default)]
pub struct Globals {
    names: RefCell<HashMap<Rc<str>, u32>>,
    slots: RefCell<Vec<Slot>>,
}

#[derive(Debug)]
struct Slot {
    name: Rc<str>,
    value: Option<Value>,
    /// Whether the program set it, or it was only looked up.
    own: bool,
    /// Whether the program deleted it, so that its name means nothing any more.
    deleted: bool,
}

impl Globals {
    /// Globals without variables.
    pub fn new() -> Globals {
        Globals::default()
    }

    /// The slot of a name.
    pub fn slot(&self, name: &Rc<str>) -> u32 {
        let mut names = self.names.borrow_mut();
        if let Some(&slot) = names.get(name) {
            return slot;
        }
        let mut slots = self.slots.borrow_mut();
        slots.push(Slot { name: name.clone(), value: None, own: false, deleted: false });
        let slot = u32::try_from(slots.len() - 1).unwrap_or(u32::MAX);
        names.insert(name.clone(), slot);
        slot
    }

    /// The value in a slot.
    #[inline]
    pub fn load(&self, slot: u32) -> Option<Value> {
        self.slots.borrow().get(slot as usize)?.value.clone()
    }

    /// Sets a slot.
    #[inline]
    pub fn store(&self, slot: u32, value: Value) {
        let old = match self.slots.borrow_mut().get_mut(slot as usize) {
            Some(slot) => {
                slot.own = true;
                slot.deleted = false;
                slot.value.replace(value)
            }
            None => None,
        };
        drop(old);
    }

    /// Keeps the meaning that a name has from the start, so that it is looked up only once.
    pub fn remember(&self, slot: u32, value: Value) {
        if let Some(slot) = self.slots.borrow_mut().get_mut(slot as usize) {
            slot.value = Some(value);
        }
    }

    /// Forgets what the program assigned, so that the name means what it means from the start; answers whether it had
    /// assigned anything.
    pub fn forget(&self, slot: u32) -> bool {
        let old = match self.slots.borrow_mut().get_mut(slot as usize) {
            Some(slot) => {
                slot.own = false;
                slot.deleted = false;
                slot.value.take()
            }
            None => None,
        };
        old.is_some()
    }

    /// Unbinds a name, as `del` does: it means nothing any more.
    pub fn delete(&self, slot: u32) {
        let old = self.slots.borrow_mut().get_mut(slot as usize).and_then(|slot| {
            slot.own = false;
            slot.deleted = true;
            slot.value.take()
        });
        drop(old);
    }

    /// Whether the name was unbound by `del`.
    pub fn is_deleted(&self, slot: u32) -> bool {
        self.slots.borrow().get(slot as usize).is_some_and(|slot| slot.deleted)
    }

    /// The name of a slot.
    pub fn name(&self, slot: u32) -> Rc<str> {
        self.slots.borrow().get(slot as usize).map_or_else(|| "".into(), |slot| slot.name.clone())
    }

    /// The value of a name that the program assigned.
    pub fn get(&self, name: &str) -> Option<Value> {
        let slot = *self.names.borrow().get(name)?;
        self.slots.borrow().get(slot as usize).filter(|slot| slot.own)?.value.clone()
    }

    /// Sets a name.
    pub fn set(&self, name: &str, value: Value) {
        let slot = self.slot(&Rc::from(name));
        self.store(slot, value);
    }

    /// The names that the program assigned, with their values, in the order of their first use.
    pub fn own(&self) -> Vec<(Rc<str>, Value)> {
        let slots = self.slots.borrow();
        slots.iter().filter(|slot| slot.own).filter_map(|slot| Some((slot.name.clone(), slot.value.clone()?))).collect()
    }

    /// Gives the program's names the values they had when `own` told them; what it named since is forgotten.
    pub fn restore(&self, own: &[(Rc<str>, Value)]) {
        for (name, _) in self.own() {
            if !own.iter().any(|(kept, _)| *kept == name) {
                self.forget(self.slot(&name));
            }
        }
        for (name, value) in own {
            self.store(self.slot(name), value.clone());
        }
    }

    /// Forgets everything that the program assigned.
    pub fn reset(&self) {
        let old: Vec<Option<Value>> = self
            .slots
            .borrow_mut()
            .iter_mut()
            .map(|slot| {
                slot.own = false;
                slot.deleted = false;
                slot.value.take()
            })
            .collect();
        drop(old);
    }
}
