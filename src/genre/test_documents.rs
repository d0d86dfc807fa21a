//! Documents for the tests of recognisers.

use crate::document::{BlockKind, Document, DocumentBuilder};

/// Builds a document with a paragraph per line.
pub(super) fn from_lines(lines: impl IntoIterator<Item = impl AsRef<str>>) -> Document {
    let mut builder = DocumentBuilder::new();
    for line in lines {
        builder.start(BlockKind::Paragraph, 0);
        builder.push(line.as_ref(), None);
    }
    builder.finish(None)
}

/// Builds a document with a paragraph per line of `text` that is not blank.
pub(super) fn from_text(text: &str) -> Document {
    from_lines(text.lines().map(str::trim).filter(|line| !line.is_empty()))
}
