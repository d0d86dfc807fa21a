//! The result of reading one form of question.

use std::ops::Range;

use crate::document::{Genre, Metadata, PartKind};

/// Result of a form, by line index.
pub(super) struct FormResult {
    pub(super) confidence: f32,
    pub(super) genre: Genre,
    pub(super) title: Option<String>,
    pub(super) facts: Metadata,
    /// Question, answer and key data, each with its heading if it has one.
    pub(super) sections: Vec<(PartKind, Range<usize>)>,
    /// Lines that are names of sections.
    pub(super) headings: Vec<usize>,
    /// Lines of key data.
    pub(super) key_data: Vec<usize>,
}

impl FormResult {
    pub(super) fn new(genre: Genre, confidence: f32) -> Self {
        Self {
            confidence,
            genre,
            title: None,
            facts: Metadata::default(),
            sections: Vec::new(),
            headings: Vec::new(),
            key_data: Vec::new(),
        }
    }
}
