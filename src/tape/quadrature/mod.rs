//! Numerical integration: adaptive in machine numbers, double exponential in balls of any precision.

mod adaptive;
mod epsilon;
mod exponential;
mod kronrod;

pub use adaptive::{Quadrature, Tolerance, Trouble, extrapolated, integrate};
pub use exponential::{DoubleExponential, integrate_to};

#[cfg(test)]
mod tests;
