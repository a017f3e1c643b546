//! Printing expressions: one walker and its dialects.
