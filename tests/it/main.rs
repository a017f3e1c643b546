//! All integration tests, in one crate: building and running many is slow.

mod builtins;
mod diagnostics;
mod language;
mod examples;
mod licences;
mod recorded;
mod stopping;
