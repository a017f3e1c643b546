//! Derivations for people: a trace turned into readable steps.
