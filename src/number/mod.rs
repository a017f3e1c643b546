//! Numbers: integers, rationals, floats, complex numbers, intervals and balls, and the trait `Arithmetic`.

mod integer;
mod rational;
mod words;

pub use integer::Integer;
pub use rational::Rational;
