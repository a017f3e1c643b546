//! Raising and catching.

use std::rc::Rc;

use super::frame::{Block, Pending};
use super::{Frame, Machine};
use crate::diagnostic::{Fault, Span};
use crate::runtime::fault::{ASSERTION, BAD_STATE, RAISED, is_final, type_error};
use crate::runtime::leavings::leave_frame;
use crate::runtime::value::{Exception, Value, str_of};

impl Machine {
    /// Lets the innermost guarded block of a frame deal with a fault, or gives the fault back.
    pub(super) fn handle(&mut self, frame: &mut Frame, fault: Fault) -> Option<Fault> {
        leave_frame(frame.stack.drain(..));
        if is_final(&fault) {
            return Some(fault);
        }
        while let Some(block) = frame.blocks.pop() {
            match block {
                Block::Except(target) => {
                    let exception = self.exception_of(fault);
                    frame.handling.push(exception);
                    frame.blocks.push(Block::Handling);
                    frame.next = target as usize;
                    return None;
                }
                Block::Finally(target) => {
                    frame.enter_finally(target, Pending::Raise(fault));
                    return None;
                }
                Block::Handling | Block::Ending => frame.drop_block(block),
            }
        }
        Some(fault)
    }

    /// The exception a fault came from, or one made of it.
    pub fn exception_of(&mut self, fault: Fault) -> Rc<Exception> {
        let known = fault.ticket().and_then(|ticket| self.thrown.iter().position(|(own, _)| *own == ticket));
        match known {
            Some(at) => {
                let (_, exception) = self.thrown.swap_remove(at);
                match &exception.fault {
                    Some(_) => exception,
                    None => Rc::new(Exception {
                        class: exception.class,
                        arguments: exception.arguments.clone(),
                        fault: Some(fault),
                        from_fault: false,
                    }),
                }
            }
            None => Rc::new(Exception::from_fault(&fault)),
        }
    }

    /// The fault that `raise` makes: of a class or exception, or again of what is being handled.
    pub(in crate::runtime) fn raised(&mut self, value: Option<&Value>, handling: Option<&Rc<Exception>>) -> Fault {
        match (value, handling) {
            (Some(Value::Exception(exception)), _) => self.throw(exception),
            (Some(Value::Class(class)), _) if class.is_exception() => {
                self.throw(&Rc::new(Exception::new(class, Vec::new())))
            }
            (Some(_), _) => type_error("exceptions must derive from BaseException")
                .hint("write `raise ValueError('what is wrong')`"),
            (None, Some(exception)) => self.throw(&Rc::clone(exception)),
            (None, None) => Fault::new(&BAD_STATE, Span::default(), "No active exception to reraise"),
        }
    }

    /// The fault of an exception, which is kept so that a handler finds it again.
    fn throw(&mut self, exception: &Rc<Exception>) -> Fault {
        /// Faults that built-ins swallowed leave their exceptions behind; the oldest go first.
        const MAX_THROWN: usize = 64;
        self.tickets += 1;
        if self.thrown.len() >= MAX_THROWN {
            self.thrown.remove(0);
        }
        self.thrown.push((self.tickets, Rc::clone(exception)));
        let fault = match &exception.fault {
            Some(fault) => fault.clone(),
            None => Fault::new(&RAISED, Span::default(), exception.message()).class_is(exception.class.name),
        };
        fault.with_ticket(self.tickets)
    }
}

/// Whether a handler for `class`, a class or tuple of classes, catches the exception.
pub(super) fn matches(exception: Option<&Rc<Exception>>, class: &Value) -> Result<bool, Fault> {
    match class {
        Value::Class(class) if class.is_exception() => {
            Ok(exception.is_some_and(|exception| exception.class.is_subclass_of(class)))
        }
        Value::Tuple(classes) => {
            for class in classes.iter() {
                if matches(exception, class)? {
                    return Ok(true);
                }
            }
            Ok(false)
        }
        _ => Err(type_error("catching classes that do not inherit from BaseException is not allowed")),
    }
}

/// What a failed `assert` raises.
pub(super) fn failed_assertion(message: Option<&Value>) -> Fault {
    Fault::new(&ASSERTION, Span::default(), message.map_or_else(String::new, str_of))
}
