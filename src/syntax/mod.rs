//! The language's text: tokens, layout, syntax tree, parser and formatter.
//!
//! [`parse`] is the only door. Below it stand the tokens (logos), the layout layer that makes statement lines of them,
//! and the grammar (`grammar/secant.lalrpop`) whose actions build the tree. Everything that can be wrong with a text is
//! told with its place; several faults of one text are told in one go.

pub mod ast;
pub mod visit;

mod beside;
mod build;
mod call;
mod character;
mod complete;
mod context;
mod dump;
mod explain;
mod format;
mod format_text;
mod highlight;
mod indent;
mod layout;
mod literal;
mod name;
mod parse;
mod prompt;
mod slip;
mod target;
mod token;

#[allow(clippy::all, clippy::unwrap_used, missing_docs, unused)]
mod grammar {
    include!(concat!(env!("OUT_DIR"), "/secant.rs"));
}

pub use complete::{Completeness, SessionForm, is_complete, session_form};
pub use dump::dump;
pub use format::format;
pub use highlight::{Word, highlight};
pub use parse::{faults, parse};
pub use token::keywords;

use parse::parse_field;

#[cfg(test)]
mod tests;
