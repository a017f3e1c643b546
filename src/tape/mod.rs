//! Tapes: expressions compiled once and run over any kind of numbers; power series and numerical methods on them.

mod breaks;
mod compile;
mod direct;
mod float;
mod held;
mod jet;
mod local;
mod numbers;
mod numeric;
mod program;
pub mod quadrature;
mod root;
mod run;
pub mod series;
mod zero;

pub use breaks::jumps;
pub use float::{FloatFunction, IntervalFunction};
pub use jet::{Jets, derivatives_at};
pub use local::LocalFunction;
pub use numbers::{Balls, Comparable, ComplexBalls, ComplexDoubles, Doubles, Intervals, Numbers};
pub use numeric::{Approximation, Questions, evaluate, evaluate_digits};
pub use program::{Instruction, Literal, Operation, Program, Register};
pub use root::{brent_minimum, brent_root, find_root};
pub use run::{Evaluator, Machine};
pub use zero::{any_nonzero_beside, is_real_by_ball, nonzero_by_ball, sign_by_ball, vanishes};

#[cfg(test)]
mod tests;
