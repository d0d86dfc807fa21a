//! What a search of a dossier returns, without an engine: the hits in order, folded duplicates, the first rows. How hits
//! are found is `index`'s business, how they are gathered `dossier`'s.

use std::sync::Arc;

use super::{Complaint, Hit, Query, RelaxedHits, Snippet};
use crate::document::{DocumentKey, Summary};

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
