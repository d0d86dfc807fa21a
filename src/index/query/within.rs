//! The blocks of documents that are contained in parts of some kinds (`in:answer`). A mark before the first word of
//! each block names the kinds of the parts that contain it, so the kinds of a position are those of the last mark
//! before it.

use tantivy::index::InvertedIndexReader;
use tantivy::{DocId, SegmentReader};

use crate::document::PartKinds;
use crate::index::postings::dictionary::marks;
use crate::index::postings::positions::{Places, documents_with_all, settled};
use crate::index::postings::word::{DocFrequency, PostingWord};
use crate::search::Cancel;

/// Where, in documents, blocks of some kinds of parts are: from which position on, up to which, and so on.
pub(crate) struct WithinParts(Places);

impl WithinParts {
    /// In the documents of a segment that have such blocks and some word of every term. Not all when stale.
    pub(crate) fn of(
        segment: &SegmentReader,
        index: &InvertedIndexReader,
        kinds: PartKinds,
        terms: &[Vec<PostingWord>],
        cancel: &Cancel,
    ) -> tantivy::Result<Self> {
        let (mut inside, mut outside): (Vec<PostingWord>, Vec<PostingWord>) = (Vec::new(), Vec::new());
        for (mark, word) in marks(index)? {
            if mark.meets(kinds) { &mut inside } else { &mut outside }
                .push(PostingWord { info: word, term_weight: 1.0 });
        }
        if inside.is_empty() {
            return Ok(Self(Places::default()));
        }
        let all = terms.iter().chain([&inside]);
        let documents = documents_with_all(index, all, segment.max_doc(), cancel)?;
        let inside = Places::of(index, &inside, &documents, cancel)?;
        let outside = Places::of(index, &outside, &documents, cancel)?;
        Ok(Self(inside.bounds(&outside)))
    }

    /// The documents.
    pub(crate) fn documents(&self) -> &[DocId] {
        self.0.documents()
    }

    /// The documents that contain some of the words within such blocks, with frequencies.
    pub(crate) fn frequencies(
        &self,
        index: &InvertedIndexReader,
        words: &[PostingWord],
        cancel: &Cancel,
    ) -> tantivy::Result<Vec<DocFrequency>> {
        let count = |number: usize, positions: &[u32]| {
            let bounds = self.0.positions(number);
            positions.iter().filter(|position| holds(bounds, **position)).count() as u32
        };
        settled(index, words, self.documents(), cancel, count)
    }

    /// The places that are inside.
    pub(crate) fn kept(&self, places: &Places) -> Places {
        let mut at = 0;
        places.retain(|document, position| {
            while self.documents().get(at).is_some_and(|here| *here < document) {
                at += 1;
            }
            self.documents().get(at) == Some(&document) && holds(self.0.positions(at), position)
        })
    }
}

/// Whether a position is inside a block: after a bound where blocks begin, and before the next one, where they end.
fn holds(bounds: &[u32], position: u32) -> bool {
    bounds.partition_point(|bound| *bound <= position) % 2 == 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_is_inside_between_two_bounds() {
        let bounds = [10, 20, 30, u32::MAX];
        let inside: Vec<u32> = (0..40).filter(|position| holds(&bounds, *position)).collect();
        assert_eq!(inside, (10..20).chain(30..40).collect::<Vec<u32>>());
    }
}
