//! A tantivy query for documents with a fact that a filter asks for. It goes through the lines of the dictionary that begin
//! as the filter's do, which are few, and asks the filter about each. It does not rank.

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

use crate::search::{Cancel, Filter};

/// Documents whose facts are as a filter says.
#[derive(Clone, Debug)]
pub(crate) struct Facts {
    /// Where the lines are.
    pub field: Field,
    /// The filter.
    pub filter: Filter,
    /// When stale, it finds nothing more.
    pub cancel: Cancel,
}

impl Query for Facts {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(FactsWeight(self.clone())))
    }
}

struct FactsWeight(Facts);

impl Weight for FactsWeight {
    fn scorer(&self, reader: &SegmentReader, _: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(self.0.documents(reader)?), 0.0)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("facts as a filter asks", 0.0))
    }
}

impl Facts {
    fn documents(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let mut documents = BitSet::with_max_value(segment.max_doc());
        let index = segment.inverted_index(self.field)?;
        let start = self.filter.start();
        let mut lines = index.terms().range().ge(start.as_bytes()).into_stream()?;
        while let Some((line, info)) = lines.next() {
            if !line.starts_with(start.as_bytes()) || self.cancel.is_stale() {
                break;
            }
            if std::str::from_utf8(line).is_ok_and(|line| self.filter.matches(line)) {
                let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
                while postings.doc() != TERMINATED {
                    documents.insert(postings.doc());
                    postings.advance();
                }
            }
        }
        Ok(documents)
    }
}
