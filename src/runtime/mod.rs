//! The interpreter: values, scopes, code, calls and the machine that runs it.

pub mod builtin;
pub mod call;
pub mod code;
pub mod compile;
pub mod fault;
pub mod globals;
pub mod iterate;
pub mod leavings;
mod literal;
pub mod machine;
mod methods;
pub mod operate;
pub mod parameter;
mod scope;
pub mod truth;
pub mod value;

pub use call::{Arguments, Call};
pub use machine::Machine;
pub use methods::{call as call_own_method, count, names as method_names};
pub use parameter::{Answer, Approach, Formula, Keywords, Parameter, Rest, Supply, Text, Variable, expected};
pub use value::{Object, Value};
