//! A tantivy query for terms side by side, each of which stands for any of several words of the dictionary: the forms of
//! a word, the completions of a beginning. tantivy's own phrases know one word a place, and its phrase-prefix query stops
//! at the first fifty, which gives wrong counts. It is evaluated when its weight is made, over all segments, so that the
//! frequency in its BM25 score is the run's own.
//!
//! Exact before fast: short beginnings cost what their words' postings cost. The edge field and the commonest completions
//! that SEARCH.md measured are to come in here.

use std::collections::{BTreeMap, HashMap};

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::{Postings, TermInfo};
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::dictionary;
use crate::search::{Cancel, Term};

/// Terms side by side.
#[derive(Clone, Debug)]
pub struct Run {
    /// Where it is looked for.
    pub field: Field,
    /// At least one.
    pub terms: Vec<Term>,
    /// When stale, it finds nothing.
    pub cancel: Cancel,
}

/// A document of a segment and how often it has the run.
type Found = (DocId, u32);

impl Query for Run {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let searcher = scoring.searcher().ok_or_else(|| TantivyError::InvalidArgument("no searcher".to_owned()))?;
        let mut found = HashMap::new();
        for segment in searcher.segment_readers() {
            found.insert(segment.segment_id(), self.evaluate(segment)?);
        }
        let documents = found.values().map(|found: &Vec<Found>| found.len() as u64).sum();
        let total = searcher.total_num_docs()?.max(1);
        let average = searcher.total_num_tokens(self.field)? as Score / total as Score;
        let bm25 = Bm25Weight::for_one_term_without_explain(documents, total, average);
        Ok(Box::new(RunWeight { field: self.field, found, bm25 }))
    }
}

impl Run {
    fn evaluate(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Found>> {
        let index = segment.inverted_index(self.field)?;
        if let [term] = self.terms.as_slice() {
            return self.words_alone(&index, term, segment.max_doc());
        }
        // The rarest place first would be quicker; the order of words is kept for its simplicity.
        let mut places: Option<BTreeMap<DocId, Vec<u32>>> = None;
        for term in &self.terms {
            let mut here: BTreeMap<DocId, Vec<u32>> = BTreeMap::new();
            self.words(&index, term, |info| follow(&index, info, places.as_ref(), &mut here))?;
            if here.is_empty() {
                return Ok(Vec::new());
            }
            places = Some(here);
        }
        let places = places.unwrap_or_default().into_iter();
        Ok(places.map(|(document, ends)| (document, ends.len() as u32)).collect())
    }

    /// Where any word of a term stands.
    fn words_alone(&self, index: &InvertedIndexReader, term: &Term, documents: DocId) -> tantivy::Result<Vec<Found>> {
        let mut counts: Vec<u32> = Vec::new();
        self.words(index, term, |info| {
            counts.resize(documents as usize, 0);
            let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqs)?;
            while postings.doc() != TERMINATED {
                counts[postings.doc() as usize] += postings.term_freq();
                postings.advance();
            }
            Ok(())
        })?;
        Ok((0..).zip(counts).filter(|(_, count)| *count > 0).collect())
    }

    /// Calls `each` for every word of the dictionary that a term means, until the search is stale.
    fn words(
        &self,
        index: &InvertedIndexReader,
        term: &Term,
        mut each: impl FnMut(&TermInfo) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        dictionary::words(index, term, |_, info| {
            if self.cancel.is_stale() {
                return Ok(false);
            }
            each(info)?;
            Ok(true)
        })
    }
}

/// Adds where one word stands, in the documents where it follows on what stands before, or in all of them. Positions are
/// those behind the word.
fn follow(
    index: &InvertedIndexReader,
    info: &TermInfo,
    before: Option<&BTreeMap<DocId, Vec<u32>>>,
    here: &mut BTreeMap<DocId, Vec<u32>>,
) -> tantivy::Result<()> {
    let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
    let mut positions = Vec::new();
    while postings.doc() != TERMINATED {
        let document = postings.doc();
        let ends = match before {
            None => Some(None),
            Some(before) => before.get(&document).map(Some),
        };
        if let Some(ends) = ends {
            postings.positions(&mut positions);
            positions.retain(|position| ends.is_none_or(|ends| ends.binary_search(position).is_ok()));
            if !positions.is_empty() {
                let known = here.entry(document).or_default();
                known.extend(positions.iter().map(|position| position + 1));
                known.sort_unstable();
            }
        }
        postings.advance();
    }
    Ok(())
}

struct RunWeight {
    field: Field,
    found: HashMap<SegmentId, Vec<Found>>,
    bm25: Bm25Weight,
}

impl Weight for RunWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let found = self.found.get(&reader.segment_id()).filter(|found| !found.is_empty());
        let Some(found) = found else { return Ok(Box::new(EmptyScorer)) };
        Ok(Box::new(FoundScorer {
            found: found.clone(),
            at: 0,
            norms: reader.get_fieldnorms_reader(self.field)?,
            bm25: self.bm25.boost_by(boost),
        }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a run", 0.0))
    }
}

struct FoundScorer {
    found: Vec<Found>,
    at: usize,
    norms: FieldNormReader,
    bm25: Bm25Weight,
}

impl DocSet for FoundScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.found.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        self.at += self.found[self.at..].partition_point(|(document, _)| *document < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.found.get(self.at).map_or(TERMINATED, |(document, _)| *document)
    }

    fn size_hint(&self) -> u32 {
        self.found.len() as u32
    }
}

impl Scorer for FoundScorer {
    fn score(&mut self) -> Score {
        self.found
            .get(self.at)
            .map_or(0.0, |(document, count)| self.bm25.score(self.norms.fieldnorm_id(*document), *count))
    }
}
