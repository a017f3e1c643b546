//! Exceptions as values, and the tree of their classes.

use std::rc::Rc;

use super::{Class, Value};
use crate::diagnostic::Fault;
use crate::number::Integer;

/// An exception: made by `raise ValueError(...)`, or from a fault when something catches it.
#[derive(Debug)]
pub struct Exception {
    /// Its class.
    pub class: &'static Class,
    /// What it was made with; of a fault the message.
    pub arguments: Vec<Value>,
    /// The fault it was caught as, with the guilty place.
    pub fault: Option<Fault>,
    /// Whether it was made from a fault, so that its only argument is the whole message.
    pub from_fault: bool,
}

impl Exception {
    /// An exception made by a program.
    pub fn new(class: &'static Class, arguments: Vec<Value>) -> Exception {
        Exception { class, arguments, fault: None, from_fault: false }
    }

    /// The exception that a fault is when something catches it.
    pub fn from_fault(fault: &Fault) -> Exception {
        let class = exception_class(fault.class()).unwrap_or(&EXCEPTION);
        let key = if class.is_subclass_of(&KEY_ERROR) { key_of(fault.message()) } else { None };
        let from_fault = key.is_none();
        let arguments = match key {
            Some(key) => vec![key],
            None if fault.message().is_empty() => Vec::new(),
            None => vec![Value::str(fault.message())],
        };
        Exception { class, arguments, fault: Some(fault.clone()), from_fault }
    }

    /// What `str(err)` is.
    pub fn message(&self) -> String {
        match self.arguments.as_slice() {
            [] => String::new(),
            // As Python, which shows the missing key as it would be typed. A fault carries that form already.
            [only] if self.class.is_subclass_of(&KEY_ERROR) && !self.from_fault => super::repr(only),
            [only] => super::str_of(only),
            several => super::repr(&Value::Tuple(Rc::from(several))),
        }
    }
}

/// The missing key that the message of a `KeyError` shows as it would be typed, where it is a text or an integer.
fn key_of(message: &str) -> Option<Value> {
    let text = message.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\''));
    match text.filter(|text| !text.contains(['\\', '\''])) {
        Some(text) => Some(Value::str(text)),
        None => Integer::parse(message, 10).map(Value::Integer),
    }
}

macro_rules! exceptions {
    ($($name:ident = $shown:literal $(, base $base:ident)?;)*) => {
        $(static $name: Class = Class {
            name: $shown,
            known_as: Some($shown),
            base: [$(Some(&$base),)? None][0],
        };)*
        /// All exception classes.
        static ALL: &[&Class] = &[$(&$name),*];
    };
}

exceptions! {
    BASE_EXCEPTION = "BaseException";
    KEYBOARD_INTERRUPT = "KeyboardInterrupt", base BASE_EXCEPTION;
    SYSTEM_EXIT = "SystemExit", base BASE_EXCEPTION;
    GENERATOR_EXIT = "GeneratorExit", base BASE_EXCEPTION;
    EXCEPTION = "Exception", base BASE_EXCEPTION;
    ARITHMETIC_ERROR = "ArithmeticError", base EXCEPTION;
    ZERO_DIVISION_ERROR = "ZeroDivisionError", base ARITHMETIC_ERROR;
    OVERFLOW_ERROR = "OverflowError", base ARITHMETIC_ERROR;
    FLOATING_POINT_ERROR = "FloatingPointError", base ARITHMETIC_ERROR;
    SIGN_ERROR = "SignError", base ARITHMETIC_ERROR;
    ASSERTION_ERROR = "AssertionError", base EXCEPTION;
    ATTRIBUTE_ERROR = "AttributeError", base EXCEPTION;
    EOF_ERROR = "EOFError", base EXCEPTION;
    IMPORT_ERROR = "ImportError", base EXCEPTION;
    MODULE_NOT_FOUND_ERROR = "ModuleNotFoundError", base IMPORT_ERROR;
    LOOKUP_ERROR = "LookupError", base EXCEPTION;
    INDEX_ERROR = "IndexError", base LOOKUP_ERROR;
    KEY_ERROR = "KeyError", base LOOKUP_ERROR;
    MEMORY_ERROR = "MemoryError", base EXCEPTION;
    NAME_ERROR = "NameError", base EXCEPTION;
    UNBOUND_LOCAL_ERROR = "UnboundLocalError", base NAME_ERROR;
    OS_ERROR = "OSError", base EXCEPTION;
    FILE_NOT_FOUND_ERROR = "FileNotFoundError", base OS_ERROR;
    TIMEOUT_ERROR = "TimeoutError", base OS_ERROR;
    RUNTIME_ERROR = "RuntimeError", base EXCEPTION;
    NOT_IMPLEMENTED_ERROR = "NotImplementedError", base RUNTIME_ERROR;
    RECURSION_ERROR = "RecursionError", base RUNTIME_ERROR;
    STOP_ITERATION = "StopIteration", base EXCEPTION;
    SYNTAX_ERROR = "SyntaxError", base EXCEPTION;
    INDENTATION_ERROR = "IndentationError", base SYNTAX_ERROR;
    TYPE_ERROR = "TypeError", base EXCEPTION;
    VALUE_ERROR = "ValueError", base EXCEPTION;
    UNICODE_ERROR = "UnicodeError", base VALUE_ERROR;
    WARNING = "Warning", base EXCEPTION;
    DEPRECATION_WARNING = "DeprecationWarning", base WARNING;
    RUNTIME_WARNING = "RuntimeWarning", base WARNING;
    USER_WARNING = "UserWarning", base WARNING;
}

/// The exception class of that name.
pub fn exception_class(name: &str) -> Option<&'static Class> {
    ALL.iter().copied().find(|class| class.name == name)
}

/// All exception classes.
pub fn exception_classes() -> &'static [&'static Class] {
    ALL
}

impl Class {
    /// Whether it is a class of exceptions.
    pub fn is_exception(&self) -> bool {
        self.is_subclass_of(&BASE_EXCEPTION)
    }
}
