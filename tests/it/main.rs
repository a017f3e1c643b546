//! All integration tests, in one crate: building and running many is slow.

mod diagnostics;
mod licences;
