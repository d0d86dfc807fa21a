//! The result that every recogniser returns.

use crate::document::{BlockKind, Document, Genre, Metadata, Part};

/// Result of a recogniser.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Recognised {
    /// 0 to 1. The recogniser with the highest confidence wins; results below 0.5 are ignored unless the source
    /// declares this genre.
    pub confidence: f32,
    pub genre: Genre,
    /// Parts sorted by start; if empty, the parts that the format marks are kept.
    pub parts: Vec<Part>,
    /// Leaf blocks, by index in [`Document::blocks`], whose kind this genre corrects: a salutation, a signature.
    pub kinds: Vec<(usize, BlockKind)>,
    /// Names by which other documents refer to this one, see [`Document::identifiers`].
    pub identifiers: Vec<String>,
    /// Title found by the genre, which replaces the one chosen by form.
    pub title: Option<String>,
    /// Date of the document, ISO 8601, possibly partial.
    pub date: Option<String>,
    /// Metadata found by the genre, which replaces what the source declares.
    pub metadata: Metadata,
}

impl Recognised {
    /// Creates a result without parts or metadata.
    pub(super) fn new(genre: Genre, confidence: f32) -> Self {
        Self {
            confidence,
            genre,
            parts: Vec::new(),
            kinds: Vec::new(),
            identifiers: Vec::new(),
            title: None,
            date: None,
            metadata: Metadata::default(),
        }
    }
}

/// A recogniser; it returns `None` if the document is not of its genre.
pub(super) type Recogniser = fn(&Document) -> Option<Recognised>;
