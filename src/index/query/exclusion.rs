//! A tantivy query for the documents that do not match another query. tantivy's own exclusion seeks some scorers
//! backwards, which phrase scorers do not allow; this one reads the other query to its end first. Does not score.

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

use crate::search::Cancel;

/// Number of documents between two checks whether the search is stale.
const PATIENCE: usize = 4096;

/// What does not answer a query.
#[derive(Debug)]
pub(crate) struct ExclusionQuery {
    /// The query.
    pub query: Box<dyn Query>,
    /// If stale, the result is not used.
    pub cancel: Cancel,
}

impl Clone for ExclusionQuery {
    fn clone(&self) -> Self {
        Self { query: self.query.box_clone(), cancel: self.cancel.clone() }
    }
}

impl Query for ExclusionQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(LackingWeight { inner: self.query.weight(scoring)?, cancel: self.cancel.clone() }))
    }
}

struct LackingWeight {
    inner: Box<dyn Weight>,
    cancel: Cancel,
}

impl Weight for LackingWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let mut documents = BitSet::with_max_value_and_full(reader.max_doc());
        let mut inner = self.inner.scorer(reader, 1.0)?;
        for seen in 1.. {
            if inner.doc() == TERMINATED || (seen % PATIENCE == 0 && self.cancel.is_stale()) {
                break;
            }
            documents.remove(inner.doc());
            inner.advance();
        }
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(documents), 0.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("what does not answer a query", 0.0))
    }
}
