//! The language's text: tokens, layout, syntax tree, parser and formatter.

pub mod ast;
