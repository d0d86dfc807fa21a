//! A reference in a leaf, before its offsets are converted to those of the document.

#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct FoundReference {
    /// Byte range in the leaf.
    pub(super) start: usize,
    pub(super) end: usize,
    /// Index of the next word.
    pub(super) next: usize,
    pub(super) names: String,
}

impl FoundReference {
    pub(super) fn new(start: usize, end: usize, next: usize, names: String) -> Self {
        Self { start, end, next, names }
    }
}
