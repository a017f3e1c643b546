//! `with`: entering and leaving the values that can be.

use super::Machine;
use crate::diagnostic::Fault;
use crate::runtime::fault::type_error;
use crate::runtime::value::Value;

impl Machine {
    /// Enters a manager; the value is what stands behind `as`.
    pub(super) fn enter_context(&mut self, manager: &Value) -> Result<Value, Fault> {
        let entered = match manager {
            Value::Object(object) => object.enter(self),
            _ => None,
        };
        let refused = || {
            let class = manager.class().name;
            type_error(format!("'{class}' object does not support the context manager protocol"))
                .hint("`with` takes `assuming(...)` and `seed(...)`; other values need no opening and closing")
        };
        let value = entered.ok_or_else(refused)??;
        self.contexts.push(manager.clone());
        Ok(value)
    }

    /// Leaves a manager that was entered and is still open.
    pub(super) fn exit_context(&mut self, manager: &Value) {
        let Some(at) = self.contexts.iter().rposition(|open| open.is(manager)) else { return };
        self.contexts.remove(at);
        if let Value::Object(object) = manager {
            object.exit(self);
        }
    }

    /// Leaves all managers that are open at the end of a statement: it was stopped in its middle, where no `finally`
    /// runs any more, or a generator waits inside a `with`.
    pub(super) fn exit_contexts(&mut self) {
        while let Some(manager) = self.contexts.last().cloned() {
            self.exit_context(&manager);
        }
    }
}
