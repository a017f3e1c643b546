//! Rewriting expressions: expand, collect, factor, simplify, and the zero test.
