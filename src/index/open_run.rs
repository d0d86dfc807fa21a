//! A tantivy query for terms side by side of which the last is only a beginning (`tort*`, « droits de l'ho »). It looks at
//! every word of the dictionary that begins so: tantivy's own phrase-prefix query stops at the first fifty, which gives
//! wrong counts. It is evaluated when its weight is made, over all segments, so that the frequency in its BM25 score is
//! the run's own.
//!
//! Exact before fast: short beginnings cost what their words' postings cost. The edge field and the commonest completions
//! that SEARCH.md measured are to come in here.

use std::collections::HashMap;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::index::{InvertedIndexReader, SegmentId};
use tantivy::postings::Postings;
use tantivy::query::{
    Bm25StatisticsProvider, Bm25Weight, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight,
};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, TantivyError, Term};

use crate::search::Cancel;

/// Terms side by side, the last one open.
#[derive(Clone, Debug)]
pub struct OpenRun {
    /// Where it is looked for.
    pub field: Field,
    /// The terms before the last.
    pub fixed: Vec<String>,
    /// How the last one begins.
    pub prefix: String,
    /// When stale, it finds nothing.
    pub cancel: Cancel,
}

/// A document of a segment and how often it has the run.
type Found = (DocId, u32);

impl Query for OpenRun {
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
        Ok(Box::new(OpenRunWeight { field: self.field, found, bm25 }))
    }
}

impl OpenRun {
    fn evaluate(&self, segment: &SegmentReader) -> tantivy::Result<Vec<Found>> {
        let index = segment.inverted_index(self.field)?;
        if self.fixed.is_empty() {
            return self.words_alone(&index, segment.max_doc());
        }
        let mut places = self.places(&index)?;
        if !places.is_empty() {
            self.completions(&index, |index, info| follow(index, info, &mut places))?;
        }
        Ok(places.into_iter().filter(|place| place.count > 0).map(|place| (place.document, place.count)).collect())
    }

    /// Where any word with the prefix stands.
    fn words_alone(&self, index: &InvertedIndexReader, documents: DocId) -> tantivy::Result<Vec<Found>> {
        let mut counts: Vec<u32> = Vec::new();
        self.completions(index, |index, info| {
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

    /// Calls `each` for every word of the dictionary with the prefix, until the search is stale.
    fn completions(
        &self,
        index: &InvertedIndexReader,
        mut each: impl FnMut(&InvertedIndexReader, &tantivy::postings::TermInfo) -> tantivy::Result<()>,
    ) -> tantivy::Result<()> {
        let mut stream = index.terms().range().ge(self.prefix.as_bytes()).into_stream()?;
        while let Some((word, info)) = stream.next() {
            if !word.starts_with(self.prefix.as_bytes()) || self.cancel.is_stale() {
                break;
            }
            each(index, info)?;
        }
        Ok(())
    }

    /// The documents that have the fixed terms side by side, with the positions behind them.
    fn places(&self, index: &InvertedIndexReader) -> tantivy::Result<Vec<Place>> {
        let mut lists = Vec::new();
        for word in &self.fixed {
            let term = Term::from_field_text(self.field, word);
            match index.read_postings(&term, IndexRecordOption::WithFreqsAndPositions)? {
                Some(postings) => lists.push(postings),
                None => return Ok(Vec::new()),
            }
        }
        let (lead, others) = lists.split_first_mut().expect("there is at least one fixed term");
        let behind = self.fixed.len() as u32;
        let (mut places, mut positions) = (Vec::new(), Vec::new());
        let mut document = lead.doc();
        while document != TERMINATED {
            if others.iter_mut().all(|list| reaches(list, document)) {
                let mut next = Vec::new();
                lead.positions_with_offset(behind, &mut next);
                for (list, before) in others.iter_mut().zip((1..behind).rev()) {
                    list.positions_with_offset(before, &mut positions);
                    next.retain(|position| positions.binary_search(position).is_ok());
                }
                if !next.is_empty() {
                    places.push(Place { document, next, count: 0 });
                }
            }
            document = lead.advance();
        }
        Ok(places)
    }
}

/// A document with the positions where the open word has to stand.
struct Place {
    document: DocId,
    next: Vec<u32>,
    count: u32,
}

fn reaches(list: &mut impl DocSet, document: DocId) -> bool {
    list.doc() == document || (list.doc() < document && list.seek(document) == document)
}

/// Counts where one completion stands behind the fixed terms.
fn follow(
    index: &InvertedIndexReader,
    info: &tantivy::postings::TermInfo,
    places: &mut [Place],
) -> tantivy::Result<()> {
    let mut postings = index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?;
    let mut positions = Vec::new();
    let mut rest = places;
    while postings.doc() != TERMINATED {
        let skip = rest.partition_point(|place| place.document < postings.doc());
        rest = &mut rest[skip..];
        let Some(place) = rest.first_mut() else { break };
        if reaches(&mut postings, place.document) {
            postings.positions(&mut positions);
            let met = positions.iter().filter(|position| place.next.binary_search(position).is_ok());
            place.count += met.count() as u32;
            postings.advance();
        }
    }
    Ok(())
}

struct OpenRunWeight {
    field: Field,
    found: HashMap<SegmentId, Vec<Found>>,
    bm25: Bm25Weight,
}

impl Weight for OpenRunWeight {
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
        Ok(Explanation::new("a run with an open end", 0.0))
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
