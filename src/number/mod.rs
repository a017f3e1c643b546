//! Numbers: integers, rationals, floats, complex numbers, intervals and balls, and the trait `Arithmetic`.
