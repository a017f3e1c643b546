//! Polynomials over the rationals: products, gcd, factorisation, resultants and real roots.
//!
//! [`IntegerPolynomial`] (dense, one variable) is the ground that everything else stands on; [`RationalPolynomial`] is
//! one of them over a common denominator.

mod algebraic;
mod complex_roots;
mod dense;
mod division;
mod factor;
mod fraction;
mod gcd;
mod groebner;
mod integrate;
mod lattice;
mod modular;
mod multiply;
mod power;
mod rational;
mod resultant;
mod roots;
mod shift;
mod short;
mod sparse;
mod squarefree;
mod transform;
mod unfinished;

pub use algebraic::{AlgebraicPolynomial, NumberField};
pub use complex_roots::RootDisc;
pub use dense::IntegerPolynomial;
pub use factor::cyclotomic;
pub use fraction::{PartialFraction, RationalFunction};
pub use groebner::{MonomialOrder, groebner_basis, normal_form};
pub use integrate::{HermiteReduction, LogTerm, hermite_reduction, log_part};
pub use lattice::integer_relation;
pub(crate) use modular::{Modulus, large_primes};
pub use multiply::mul_truncated;
pub use rational::RationalPolynomial;
pub use roots::{RealRoot, RootInterval};
pub use short::ShortPolynomial;
pub use sparse::{SparseFactorization, SparsePolynomial};
pub use squarefree::Factorization;
pub use unfinished::Unfinished;

#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
