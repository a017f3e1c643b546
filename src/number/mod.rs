//! Numbers: integers, rationals, floats, complex numbers, intervals and balls, and the trait `Arithmetic`.

mod arithmetic;
mod ball;
mod combinatorial;
mod complex;
mod complex64;
mod complex_ball;
mod decimal;
mod dyadic;
mod floating;
mod integer;
mod interval;
pub mod kernel;
mod large;
mod local;
pub mod modular;
mod primes;
mod rational;
mod real;
mod scalar;
mod special;
mod words;

pub use arithmetic::{Arithmetic, Binary, NamedConstant, Unary};
pub use ball::Ball;
pub use combinatorial::{Running, bernoulli, binomial, factorial, fibonacci};
pub use complex::Complex;
pub use complex_ball::ComplexBall;
pub use complex64::Complex64;
pub use integer::Integer;
pub use interval::Interval;
pub use local::{Local, Special};
pub use primes::{divisors, euler_phi, factor, is_prime, moebius, next_prime, perfect_power, previous_prime};
pub use rational::Rational;
pub use real::{Real, format_float, python_repr};
pub use scalar::{Gaussian, Number};
