//! Writers of finished scenes.

mod braille;
pub mod gif;
pub mod moving;
pub mod page;
mod palette;
#[cfg(feature = "pdf")]
pub mod pdf;
pub mod png;
mod spans;
pub mod svg;
pub mod terminal;

/// A number with at most so many decimals, without trailing zeros and without "-0".
pub(crate) fn number(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let trimmed = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if trimmed == "-0" { "0".to_string() } else { trimmed.to_string() }
}
