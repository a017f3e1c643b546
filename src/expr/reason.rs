//! Why the engine has no answer.

use std::fmt;

use super::node::Expr;
use crate::budget::Stopped;

/// Why a question stays open.
#[derive(Clone, PartialEq, Debug)]
pub enum Reason {
    /// A fact was needed that is neither proved nor refuted; assuming it, or its contrary, would decide.
    Unknown(Expr),
    /// The question has no sense for these operands.
    Domain(&'static str),
    /// The time, the memory or the user's patience ran out.
    Budget(Stopped),
    /// No method for this kind of question.
    Unsupported(&'static str),
}

impl Reason {
    /// Was the computation stopped from outside? Then no other method may be tried.
    pub fn is_stopped(&self) -> bool {
        matches!(self, Reason::Budget(_))
    }
}

impl From<Stopped> for Reason {
    fn from(stopped: Stopped) -> Reason {
        Reason::Budget(stopped)
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Reason::Unknown(_) => f.write_str("a fact is missing"),
            Reason::Domain(text) | Reason::Unsupported(text) => f.write_str(text),
            Reason::Budget(stopped) => write!(f, "{stopped}"),
        }
    }
}

impl std::error::Error for Reason {}
