//! Truth with three values, as Kleene's strong logic has it.

/// The answer to a mathematical question.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Truth {
    /// Proved.
    Yes,
    /// Refuted.
    No,
    /// Neither proved nor refuted.
    Unknown,
}

impl Truth {
    /// `Yes` or `No` from a decided question.
    pub fn of(decided: bool) -> Truth {
        if decided { Truth::Yes } else { Truth::No }
    }

    /// `Yes` when the fact was shown, else `Unknown`: for tests that can only succeed.
    pub fn if_shown(shown: bool) -> Truth {
        if shown { Truth::Yes } else { Truth::Unknown }
    }

    /// Was it proved?
    pub fn is_yes(self) -> bool {
        self == Truth::Yes
    }

    /// Was it refuted?
    pub fn is_no(self) -> bool {
        self == Truth::No
    }

    /// Is it undecided?
    pub fn is_unknown(self) -> bool {
        self == Truth::Unknown
    }

    /// Both hold.
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::No, _) | (_, Truth::No) => Truth::No,
            (Truth::Yes, Truth::Yes) => Truth::Yes,
            _ => Truth::Unknown,
        }
    }

    /// At least one holds.
    pub fn or(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::Yes, _) | (_, Truth::Yes) => Truth::Yes,
            (Truth::No, Truth::No) => Truth::No,
            _ => Truth::Unknown,
        }
    }

    /// This answer, or the other question's when this one is open.
    pub fn or_else(self, other: impl FnOnce() -> Truth) -> Truth {
        if self.is_unknown() { other() } else { self }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::No => Truth::Yes,
            Truth::Unknown => Truth::Unknown,
        }
    }
}
