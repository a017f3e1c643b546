//! Polynomials over the rationals: products, gcd, factorisation, resultants and real roots.
//!
//! [`IntegerPolynomial`] (dense, one variable) is the ground that everything else stands on; [`RationalPolynomial`] is
//! one of them over a common denominator.

mod dense;
mod division;
mod gcd;
mod modular;
mod multiply;
mod rational;

pub use dense::IntegerPolynomial;
pub use multiply::mul_truncated;
pub use rational::RationalPolynomial;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
