//! Words that name other documents.

use crate::document::{Document, Reference};

/// The references of a document, sorted by start, none inside another.
pub fn find(_document: &Document) -> Vec<Reference> {
    Vec::new()
}
