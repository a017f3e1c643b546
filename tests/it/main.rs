//! All integration tests, in one crate: building and running many is slow.

mod builtins;
mod commands;
mod diagnostics;
mod examples;
mod extremes;
mod faults;
mod figures;
mod fuzz;
mod house;
mod interruption;
mod language;
mod licences;
mod recorded;
mod reference;
mod stopping;
