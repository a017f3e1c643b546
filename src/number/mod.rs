//! Numbers: integers, rationals, floats, complex numbers, intervals and balls, and the trait `Arithmetic`.

mod decimal;
mod dyadic;
mod integer;
mod rational;
mod real;
mod words;

pub use integer::Integer;
pub use rational::Rational;
pub use real::Real;
