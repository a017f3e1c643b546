//! Why an algorithm of this room came back without an answer.

use std::fmt;

use crate::budget::Stopped;

/// The answer was not found: not a statement about the mathematics.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// Stopped from outside.
    Stopped(Stopped),
    /// The problem is beyond the sizes that the algorithm takes on.
    TooLarge,
}

impl From<Stopped> for Unfinished {
    fn from(reason: Stopped) -> Unfinished {
        Unfinished::Stopped(reason)
    }
}

impl fmt::Display for Unfinished {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Unfinished::Stopped(reason) => reason.fmt(f),
            Unfinished::TooLarge => f.write_str("the polynomials are too large"),
        }
    }
}

impl std::error::Error for Unfinished {}
