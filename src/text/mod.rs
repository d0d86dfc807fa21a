//! Strings measured and addressed: offsets, grapheme clusters and their cell widths, break opportunities, folding,
//! languages, dates, sanitising. Pure; knows nothing of documents or terminals.

pub mod breaks;
pub mod date;
pub mod fold;
pub mod grapheme;
pub mod language;
pub mod numbering;
pub mod offset;
pub mod sanitize;

pub use language::Language;
pub use offset::{Affinity, TextRange, TextSize};
