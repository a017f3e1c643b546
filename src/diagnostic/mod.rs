//! Faults: codes, spans, suggestions and their rendering.
//!
//! A [`Fault`] says what went wrong (message), where (span, labels, the calls that led there) and what to type instead
//! (hints). What kind of mistake it is stands in a [`FaultKind`], declared beside the code that raises it; its
//! explanation is what `secant help CODE` shows. Spans are byte offsets into a [`Source`]; [`render`] turns both into
//! the picture a person reads.

mod excerpt;
mod fault;
mod render;
mod source;
mod span;
mod suggest;

pub use fault::{Fault, FaultKind, Frame, Label};
pub use render::{Style, render};
pub use source::{Position, Source};
pub use span::{Span, Spanned};
pub use suggest::{distance, nearest};

pub use crate::fault;
