//! A tantivy query for words that stand near each other in any order (`"a b"~5`). It only decides, it does not rank. The
//! schema leaves more room between blocks than the furthest distance, so words of two blocks are never near.
//!
//! Simple before fast: it reads the positions of every word in the documents that have them all.

use std::collections::HashMap;

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{BitSet, DocId, DocSet, Score, SegmentReader, TERMINATED};

use super::dictionary;
use crate::search::{Cancel, Term};

/// Words near each other.
#[derive(Clone, Debug)]
pub struct Near {
    /// Where they are looked for.
    pub field: Field,
    /// They.
    pub terms: Vec<Term>,
    /// How many words one may be from another.
    pub distance: u32,
    /// When stale, it finds nothing.
    pub cancel: Cancel,
}

/// Where words stand in documents: for each term its positions.
type Places = HashMap<DocId, Vec<Vec<u32>>>;

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
        let mut places = Places::new();
        for number in 0..self.terms.len() {
            self.find(number, &index, &mut places)?;
            places.retain(|_, lists| lists.len() == number + 1);
        }
        let mut documents = BitSet::with_max_value(segment.max_doc());
        for (document, lists) in places {
            if stand_near(&lists, self.distance) {
                documents.insert(document);
            }
        }
        Ok(documents)
    }

    /// Adds where a term stands, in documents that have all the terms before it.
    fn find(&self, number: usize, index: &InvertedIndexReader, places: &mut Places) -> tantivy::Result<()> {
        dictionary::words(index, &self.terms[number], |_, info| {
            if self.cancel.is_stale() {
                return Ok(false);
            }
            note(index.read_postings_from_terminfo(info, IndexRecordOption::WithFreqsAndPositions)?, number, places);
            Ok(true)
        })
    }
}

/// Adds where a word stands to the positions of a term that it is one of.
fn note(mut postings: SegmentPostings, number: usize, places: &mut Places) {
    let mut positions = Vec::new();
    while postings.doc() != TERMINATED {
        let lists = match number {
            0 => Some(places.entry(postings.doc()).or_default()),
            _ => places.get_mut(&postings.doc()),
        };
        if let Some(lists) = lists {
            postings.positions(&mut positions);
            lists.resize_with(number + 1, Vec::new);
            lists[number].extend_from_slice(&positions);
        }
        postings.advance();
    }
}

/// Whether one position of each list can be chosen so that none is further than that from another.
fn stand_near(lists: &[Vec<u32>], distance: u32) -> bool {
    let mut all: Vec<(u32, usize)> =
        lists.iter().enumerate().flat_map(|(term, list)| list.iter().map(move |position| (*position, term))).collect();
    all.sort_unstable();
    let mut last: Vec<Option<u32>> = vec![None; lists.len()];
    all.into_iter().any(|(position, term)| {
        last[term] = Some(position);
        let first = last.iter().try_fold(position, |first, last| last.map(|last| last.min(first)));
        first.is_some_and(|first| position - first <= distance)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_of_all_positions_decide() {
        for (lists, distance, expected) in [
            (vec![vec![1, 90], vec![50, 95]], 5, true),
            (vec![vec![1, 90], vec![50, 95]], 4, false),
            (vec![vec![7], vec![5], vec![9]], 4, true),
            (vec![vec![7], vec![5], vec![9]], 3, false),
            (vec![vec![3], vec![]], 9, false),
            (vec![vec![3, 4]], 0, true),
        ] {
            assert_eq!(stand_near(&lists, distance), expected, "{lists:?}");
        }
    }
}
