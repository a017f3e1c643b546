//! Symbolic expressions: the canonical node, its constructors, order, traversal and the table of functions.
