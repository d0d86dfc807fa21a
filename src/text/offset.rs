//! Offsets into a text: UTF-8 bytes from its start, always on a character boundary. A position is a [`TextSize`], a
//! range a [`TextRange`]. Columns and rows are not offsets and have types of their own in `layout`.

pub use text_size::{TextRange, TextSize};

/// Where a cursor sits when one offset has two places: at the end of a wrapped line or at the start of the next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Affinity {
    /// The end of the line before.
    Upstream,
    /// The start of the line after.
    #[default]
    Downstream,
}

/// The offset of a byte position, for positions that came from a `str` of checked length.
pub fn offset(position: usize) -> TextSize {
    TextSize::try_from(position).expect("texts over 4 GiB are refused when they are read")
}

/// The range between two byte positions, `start <= end`.
pub fn range(start: usize, end: usize) -> TextRange {
    TextRange::new(offset(start), offset(end))
}
