//! A tantivy query for words near each other in any order (`"a b"~5`). Does not score. Blocks are separated by more
//! positions than the maximum distance, so words of two blocks are never near. Positions are read only in documents
//! that have all the words, and recent results of each segment are cached.

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{BitSet, DocId, Score, SegmentReader};

use super::within::WithinParts;
use crate::document::PartKinds;
use crate::index::postings::dictionary::{Meanings, words_of};
use crate::index::postings::positions::{Places, documents_with_all};
use crate::index::postings::word::PostingWord;
use crate::search::matching::gathering::gatherings;
use crate::search::{Cancel, Term};

/// Words near each other.
#[derive(Clone, Debug)]
pub(crate) struct Near {
    /// The field to search.
    pub field: Field,
    /// They.
    pub terms: Vec<Term>,
    /// Maximum distance between two of the words, in words.
    pub distance: u32,
    /// The kinds of parts that must contain them; none for any.
    pub within: PartKinds,
    /// When stale, it finds nothing.
    pub cancel: Cancel,
}

impl Query for Near {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(NearWeight(self.clone())))
    }
}

struct NearWeight(Near);

impl Weight for NearWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(Box::new(ConstScorer::new(BitSetDocSet::from(self.0.documents(reader)?), boost)))
    }

    fn explain(&self, _: &SegmentReader, _: DocId) -> tantivy::Result<Explanation> {
        Ok(Explanation::new("words near each other", 1.0))
    }
}

impl Near {
    fn documents(&self, segment: &SegmentReader) -> tantivy::Result<BitSet> {
        let index = segment.inverted_index(self.field)?;
        let mut found = BitSet::with_max_value(segment.max_doc());
        let mut terms: Vec<Vec<PostingWord>> = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            terms.push(words_of(&index, &Meanings::of(term), &self.cancel)?);
        }
        let inside = if self.within.is_empty() {
            None
        } else {
            Some(WithinParts::of(segment, &index, self.within, &terms, &self.cancel)?)
        };
        let documents = match &inside {
            None => documents_with_all(&index, terms.iter(), segment.max_doc(), &self.cancel)?,
            Some(inside) => inside.documents().to_vec(),
        };
        let mut places = Vec::with_capacity(terms.len());
        for words in &terms {
            let here = Places::of(&index, words, &documents, &self.cancel)?;
            places.push(inside.as_ref().map_or_else(|| here.clone(), |inside| inside.kept(&here)));
        }
        let mut numbers = vec![0; places.len()];
        for document in documents {
            let mut lists = Vec::with_capacity(places.len());
            for (places, number) in places.iter().zip(&mut numbers) {
                while places.documents().get(*number).is_some_and(|here| *here < document) {
                    *number += 1;
                }
                let is_here = places.documents().get(*number) == Some(&document);
                lists.push(if is_here { places.positions(*number) } else { &[] });
            }
            if gatherings(&lists, self.distance).next().is_some() {
                found.insert(document);
            }
        }
        Ok(found)
    }
}
