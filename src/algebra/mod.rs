//! Rewriting expressions: expand, collect, factor, simplify, and the zero test.

mod collect;
mod constant;
mod denest;
mod expand;
mod factor;
mod fraction;
mod gcd;
mod logarithm;
mod plain;
mod radical;
pub mod rational;
mod real_form;
mod recurrence;
mod sample;
mod shorten;
mod simplify;
mod trig;
mod trig_level;
mod unify;
mod zero;

pub use collect::{coefficient, coefficients, collect, factors, terms};
pub use constant::{ENCLOSURE_BITS, around, enclosure, is_constant_zero, order, told_by_signs};
pub use denest::denest;
pub use expand::expand;
pub(crate) use factor::irreducible_factors;
pub use factor::{factor, factor_list};
pub use fraction::{combine, numerator_denominator, partial_fractions, polynomial_expr, rational_function};
pub use gcd::{gcd, lcm, resultant};
pub use logarithm::{expand_log, plain_logarithms, simplify_log};
pub use radical::{canonicalize_radical, simplify, simplify_real};
pub use real_form::{has_complex_parts, real_form};
pub use recurrence::expand_with_recurrences;
pub use shorten::{factor_with_radicands, shortest_full, shortest_radical, shortest_rational, shortest_trig};
pub use simplify::{rectform, simplify_factorial, simplify_full, simplify_rational, simplify_trig};
pub(crate) use trig::split_imaginary;
pub use trig::{demoivre, exponentialize, hyperbolic_by_exponentials, to_sine_and_cosine, trig_expand, trig_reduce};
pub use trig_level::{TrigExpansion, trig_expand_by};
pub use zero::{decide, is_zero, small_factors};

#[cfg(test)]
mod tests;
