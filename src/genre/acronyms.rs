//! Acronyms that a document defines, with their long form.

use crate::document::{Acronym, Document};

/// The acronyms of a document, in the order of their definitions.
pub fn find(_document: &Document) -> Vec<Acronym> {
    Vec::new()
}
