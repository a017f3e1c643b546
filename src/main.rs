//! The `secant` program: hands its arguments to the command-line face.

use std::alloc::System;
use std::process::ExitCode;

use cap::Cap;

/// The system's allocator, which counts what is in use for the memory limit.
#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

fn main() -> ExitCode {
    secant::cli::main(std::env::args_os(), || ALLOCATOR.allocated())
}
