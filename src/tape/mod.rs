//! Tapes: expressions compiled once and run over any kind of numbers; power series and numerical methods on them.

mod compile;
mod float;
mod kernel;
mod program;
mod run;

pub use float::{Doubles, FloatFunction, IntervalFunction, Intervals};
pub use program::{Instruction, Literal, Operation, Program, Register};
pub use run::{Evaluator, Machine};

#[cfg(test)]
mod tests;
