//! Calculus: derivatives, limits, series, integrals, sums and certified facts on intervals.

mod diff;
pub mod domain;
mod implicit;
mod integrate;
mod laplace;
mod limit;
pub mod local;
pub mod ode;
mod piecewise;
mod sum;
mod taylor;
#[cfg(test)]
mod testing;

pub use diff::{derivative, diff, diff_times};
pub use implicit::implicit_derivative;
pub use integrate::{DIVERGENT, antiderivative, definite_integral, partial_fractions};
pub use laplace::{inverse_laplace, laplace};
pub use limit::{Answer as LimitAnswer, for_real_parameters as limit_for_real_parameters, limit};
pub use piecewise::{Interval, IntervalSet, Piece, Piecewise, order};
pub use sum::{SUM_DIVERGENT, symbolic_product, symbolic_sum};
pub use taylor::{
    CoefficientFormula, Expansion, Family, Polynomial, TaylorError, coefficient_formula, expansion, families,
    interval_of_function, interval_of_terms, lagrange_remainder, radius_of_function, radius_of_terms, series, taylor,
    taylor_bound, taylor_degree, taylor_error, taylor_many,
};
