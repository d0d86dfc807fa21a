//! Strings measured and addressed: offsets, grapheme clusters and their cell widths, break opportunities, folding,
//! languages, dates, sanitising. Pure; knows nothing of documents or terminals.

pub mod breaks;
pub mod cells;
pub mod date;
pub mod fold;
pub mod function_words;
pub mod grapheme;
pub mod language;
pub mod numbering;
pub mod offset;
pub mod sanitize;
pub mod terminal_widths;

pub use language::Language;
pub use offset::{Affinity, TextRange, TextSize};

/// Whether a byte of a text is one of those wanted; a page is looked through at the speed of memory, which `any` is not.
pub fn has_byte(text: &str, wanted: impl Fn(u8) -> bool) -> bool {
    text.as_bytes().chunks(64).any(|bytes| bytes.iter().fold(false, |found, &byte| found | wanted(byte)))
}
