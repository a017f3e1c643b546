//! What operators, indices and calls do with values.

mod arithmetic;
mod callable;
mod compare;
mod convert;
mod format;
mod index;
mod number;
mod percent;
mod range;
mod sequence;
mod symbolic;

pub use arithmetic::{binary, unary};
pub use callable::{apply, call_callable, callable, function_as_method, takes_functions};
pub use compare::{compare, order};
pub use convert::{convert, convert_pair, to_f64, to_real};
pub use format::{character, format_field, format_text, format_value};
pub use index::{delete_index, index, positions, store_index};
pub use number::power_bits;
pub use range::{Plan, bracket_range};
pub use sequence::update_dict;
pub use symbolic::{checked, substitute, substitute_dict, substitute_named};

pub use super::methods::sorted;
