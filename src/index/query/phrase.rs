//! A tantivy query for adjacent terms, each of which matches several words of the dictionary: the forms of a word, the
//! completions of a prefix. tantivy's phrases have one word per position, and its phrase-prefix query stops at the
//! first fifty, which gives wrong counts. Evaluated over all segments when its weight is created, so that its BM25
//! score uses the phrase's own document frequency; recent results of each segment are cached ([`SegmentQueryCache`]), so that a
//! typed key costs only its own word.
//!
//! The positions of several terms are read only in documents that have all of them, beginning with the rarest term.

use std::collections::HashMap;
use std::sync::Arc;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::SegmentId;
use tantivy::query::{Bm25StatisticsProvider, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError};

use super::within::WithinParts;
use crate::document::PartKinds;
use crate::index::postings::dictionary::{Meanings, words_of};
use crate::index::postings::positions::{Places, documents_with_all, frequencies};
use crate::index::postings::word::{DocFrequency, PostingWord};
use crate::index::ranking::bm25::Bm25;
use crate::index::segment::parallel;
use crate::index::segment::query_cache::{Question, SegmentQueryCache};
use crate::search::{Cancel, Term};

/// Terms side by side.
#[derive(Clone, Debug)]
pub(crate) struct PhraseQuery {
    /// The field to search.
    pub field: Field,
    /// At least one.
    pub terms: Vec<Term>,
    /// The kinds of parts that must contain it; none for any.
    pub within: PartKinds,
    /// When stale, it finds nothing.
    pub cancel: Cancel,
    /// The cache of recent results.
    pub known: SegmentQueryCache,
}

impl Query for PhraseQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let searcher = scoring.searcher().ok_or_else(|| TantivyError::InvalidArgument("no searcher".to_owned()))?;
        let mut found = HashMap::new();
        let mut unknown = Vec::new();
        for segment in searcher.segment_readers() {
            match self.known.get(&self.question(segment)) {
                Some(known) => drop(found.insert(segment.segment_id(), known)),
                None => unknown.push(segment),
            }
        }
        if !unknown.is_empty() {
            let meanings: Vec<Meanings<'_>> = self.terms.iter().map(Meanings::of).collect();
            let made = parallel::over(&unknown, |segment| self.find(segment, &meanings))?;
            found.extend(unknown.into_iter().map(SegmentReader::segment_id).zip(made));
        }
        let documents = found.values().map(|found| found.len() as u64).sum();
        let total = searcher.total_num_docs()?.max(1);
        let average = searcher.total_num_tokens(self.field)? as Score / total as Score;
        let bm25 = Bm25::new(documents, total, average);
        Ok(Box::new(RunWeight { field: self.field, found, bm25 }))
    }
}

impl PhraseQuery {
    /// What a segment is asked.
    fn question(&self, segment: &SegmentReader) -> Question {
        let (field, terms) = (self.field, self.terms.clone());
        Question { segment: segment.segment_id(), field, terms, within: self.within }
    }

    /// What a segment has; it is remembered.
    fn find(&self, segment: &SegmentReader, meanings: &[Meanings<'_>]) -> tantivy::Result<Arc<[DocFrequency]>> {
        let found: Arc<[DocFrequency]> = self.evaluate(segment, meanings)?.into();
        if !self.cancel.is_stale() {
            self.known.keep(self.question(segment), &found);
        }
        Ok(found)
    }

    fn evaluate(&self, segment: &SegmentReader, meanings: &[Meanings<'_>]) -> tantivy::Result<Vec<DocFrequency>> {
        let index = segment.inverted_index(self.field)?;
        let mut terms: Vec<Vec<PostingWord>> = Vec::with_capacity(meanings.len());
        for meanings in meanings {
            let words = words_of(&index, meanings, &self.cancel)?;
            if words.is_empty() {
                return Ok(Vec::new());
            }
            terms.push(words);
        }
        let inside = if self.within.is_empty() {
            None
        } else {
            Some(WithinParts::of(segment, &index, self.within, &terms, &self.cancel)?)
        };
        if let [words] = terms.as_slice() {
            return match inside {
                None => frequencies(&index, words, segment.max_doc(), &self.cancel),
                Some(inside) => inside.frequencies(&index, words, &self.cancel),
            };
        }
        let order = rarest_first(&terms);
        let Some((commonest, others)) = order.split_last() else { return Ok(Vec::new()) };
        let documents = match &inside {
            // Whether the commonest is there is seen where its places are asked for.
            None => documents_with_all(&index, others.iter().map(|at| &terms[*at]), segment.max_doc(), &self.cancel)?,
            Some(inside) => inside.documents().to_vec(),
        };
        let before_end = |at: usize| (terms.len() - at) as u32;
        let mut ends: Option<Places> = None;
        for at in others {
            let documents = ends.as_ref().map_or(documents.as_slice(), Places::documents);
            let here = Places::of(&index, &terms[*at], documents, &self.cancel)?.shifted(before_end(*at));
            ends = Some(match ends {
                None => here,
                Some(before) => before.common(&here),
            });
        }
        let ends = ends.unwrap_or_default();
        let ends = inside.map_or_else(|| ends.clone(), |inside| inside.kept(&ends));
        ends.continued(&index, &terms[*commonest], before_end(*commonest), &self.cancel)
    }
}

/// The numbers of terms, those that the fewest documents have first.
fn rarest_first(terms: &[Vec<PostingWord>]) -> Vec<usize> {
    let mut order: Vec<usize> = (0..terms.len()).collect();
    order.sort_by_key(|at| terms[*at].iter().map(PostingWord::documents).sum::<u64>());
    order
}

struct RunWeight {
    field: Field,
    found: HashMap<SegmentId, Arc<[DocFrequency]>>,
    bm25: Bm25,
}

impl Weight for RunWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let found = self.found.get(&reader.segment_id()).filter(|found| !found.is_empty());
        let Some(found) = found else { return Ok(Box::new(EmptyScorer)) };
        Ok(Box::new(FoundScorer {
            found: Arc::clone(found),
            at: 0,
            norms: reader.get_fieldnorms_reader(self.field)?,
            bm25: self.bm25.times(boost),
        }))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("a run", 0.0))
    }
}

struct FoundScorer {
    found: Arc<[DocFrequency]>,
    at: usize,
    norms: FieldNormReader,
    bm25: Bm25,
}

impl DocSet for FoundScorer {
    fn advance(&mut self) -> DocId {
        self.at = (self.at + 1).min(self.found.len());
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        // Galloping search: the target is usually near, so the step doubles until it is passed, then a binary search
        // follows.
        let (mut low, mut step) = (self.at, 1);
        while self.found.get(low + step).is_some_and(|(document, _)| *document < target) {
            low += step;
            step *= 2;
        }
        let high = (low + step).min(self.found.len());
        self.at = low + self.found[low..high].partition_point(|(document, _)| *document < target);
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
            .map_or(0.0, |(document, term_weight)| self.bm25.score(self.norms.fieldnorm_id(*document), *term_weight))
    }
}
