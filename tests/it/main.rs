//! All integration tests, in one crate: building and running many is slow.

mod builtins;
mod diagnostics;
mod examples;
mod language;
mod licences;
mod recorded;
mod stopping;
