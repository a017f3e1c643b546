//! The steps an algorithm reports while it works.
