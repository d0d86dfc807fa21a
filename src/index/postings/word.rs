//! A word of the dictionary with its weight, and a document it was found in.

use tantivy::postings::TermInfo;
use tantivy::{DocId, Score};

/// A document of a segment and how often it has something, each time as much as it is worth.
pub(crate) type DocFrequency = (DocId, Score);

/// A word of the dictionary.
#[derive(Clone, Debug)]
pub(crate) struct PostingWord {
    /// Where its postings are.
    pub info: TermInfo,
    /// The weight of one occurrence.
    pub term_weight: Score,
}

impl PostingWord {
    /// How many documents have it.
    pub(crate) fn documents(&self) -> u64 {
        u64::from(self.info.doc_freq)
    }
}
