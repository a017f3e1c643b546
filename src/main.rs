//! The `secant` program: hands its arguments to the command-line face.

fn main() {}
