//! A tantivy query for words that stand near each other in any order (`"a b"~5`). It only decides, it does not rank. The
//! schema leaves more room between blocks than the furthest distance, so words of two blocks are never near. Positions are
//! read in the documents that have all the words, and what a segment answered lately is remembered.

use tantivy::query::{BitSetDocSet, ConstScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::Field;
use tantivy::{BitSet, DocId, Score, SegmentReader};

use super::dictionary::{Meanings, words_of};
use super::places::{Places, Word, documents_with_all};
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
        let mut terms: Vec<Vec<Word>> = Vec::with_capacity(self.terms.len());
        for term in &self.terms {
            terms.push(words_of(&index, &Meanings::of(term), &self.cancel)?);
        }
        let documents = documents_with_all(&index, &terms, segment.max_doc(), &self.cancel)?;
        let mut places = Vec::with_capacity(terms.len());
        for words in &terms {
            places.push(Places::of(&index, words, &documents, &self.cancel)?);
        }
        // All of them have all the words, unless the search went stale meanwhile.
        if places.iter().all(|places| places.documents().len() == documents.len()) {
            for (number, document) in documents.iter().enumerate() {
                let lists: Vec<&[u32]> = places.iter().map(|places| places.positions(number)).collect();
                if stand_near(&lists, self.distance) {
                    found.insert(*document);
                }
            }
        }
        Ok(found)
    }
}

/// Whether one position of each list, all sorted, can be chosen so that none is further than that from another.
fn stand_near(lists: &[&[u32]], distance: u32) -> bool {
    let mut at = vec![0; lists.len()];
    loop {
        let (mut first, mut last, mut lowest) = (u32::MAX, 0, 0);
        for (number, list) in lists.iter().enumerate() {
            let Some(position) = list.get(at[number]) else { return false };
            last = last.max(*position);
            if *position < first {
                (first, lowest) = (*position, number);
            }
        }
        if last.saturating_sub(first) <= distance {
            return true;
        }
        at[lowest] += 1;
    }
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
            let lists: Vec<&[u32]> = lists.iter().map(Vec::as_slice).collect();
            assert_eq!(stand_near(&lists, distance), expected, "{lists:?}");
        }
    }
}
