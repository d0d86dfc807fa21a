//! What a search of a dossier returns, without an engine: the hits in order, folded duplicates, the first rows. How hits
//! are found is `index`'s business, how they are gathered `dossier`'s.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{Complaint, Query, RelaxedHits};
use crate::document::{DocumentKey, PartKind, Summary};
use crate::text::TextRange;

/// A document that an index found.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hit {
    /// The document.
    pub document: DocumentKey,
    /// Larger is better; comparable within one search only.
    pub score: f32,
}

/// The best passage of a document for a query.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snippet {
    /// The part that contains it, if any: kind and label.
    pub place: Option<(PartKind, Option<String>)>,
    /// Its range in the document's text.
    pub range: TextRange,
    /// Its words.
    pub text: String,
    /// Matches, as byte ranges inside `text`.
    pub highlights: Vec<(u32, u32)>,
}

/// A document as the list shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// Title, id, path, date and genre.
    pub summary: Summary,
    /// Number of matches of the query that the row was made for; `None` without a query.
    pub matches: Option<usize>,
    /// The best passage for that query.
    pub best: Option<Snippet>,
}

/// A group of documents with the same, or nearly the same, text: the first one, the identical ones, then the near ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Fold {
    /// Row of the first document.
    pub start: usize,
    /// Number of identical documents after it.
    pub identical: usize,
    /// Number of near-identical documents after those.
    pub near: usize,
}

impl Fold {
    /// The row after the last document.
    pub(crate) fn end(&self) -> usize {
        self.start + 1 + self.identical + self.near
    }
}

/// Every hit of a search, in order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The query as understood, with other spellings of names.
    pub query: Arc<Query>,
    /// The parts of the query that were not understood.
    pub complaints: Vec<Complaint>,
    /// The hits.
    pub hits: Vec<Hit>,
}

/// The hits of a search as the list shows them.
#[derive(Clone, Debug, PartialEq)]
pub struct SearchResult {
    /// The query as understood, with other spellings of names.
    pub query: Arc<Query>,
    /// The parts of the query that were not understood.
    pub complaints: Vec<Complaint>,
    /// If nothing was found, what less strict queries would find.
    pub relaxed_hits: Vec<RelaxedHits>,
    /// Every document that answers, in order; duplicates follow the first of their group.
    pub order: Arc<[DocumentKey]>,
    /// The groups of duplicates.
    pub folds: Vec<Fold>,
    /// The first rows.
    pub rows: Vec<DocumentRow>,
}
