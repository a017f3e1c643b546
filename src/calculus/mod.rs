//! Calculus: derivatives, limits, series, integrals, sums and certified facts on intervals.

mod diff;

pub use diff::{derivative, diff, diff_times};
