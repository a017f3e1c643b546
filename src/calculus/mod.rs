//! Calculus: derivatives, limits, series, integrals, sums and certified facts on intervals.
