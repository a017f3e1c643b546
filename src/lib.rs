//! secant: a Sage-like calculus language, and the symbolic engine below it.
//!
//! The rooms, ground floor first, and what each may use are described in `docs/architecture.md`; a test holds the
//! arrows between them.

pub mod budget;
pub mod packed;
pub mod sorting;
pub mod trace;

pub mod number;
pub mod poly;

pub mod expr;
pub mod print;
pub mod tape;

pub mod algebra;
pub mod calculus;
pub mod solve;
pub mod steps;

pub mod figure;

pub mod diagnostic;
pub mod syntax;

pub mod builtin;
pub mod runtime;

pub mod session;

pub mod check;
pub mod cli;
pub mod repl;
pub mod report;
