//! Compiling an expression to a flat program and running it over any arithmetic.
