//! Reads the positions of words in some documents of a segment, one word after the other: rare words are skipped before
//! their positions are opened, and no allocation is made per document or word.

use tantivy::index::InvertedIndexReader;
use tantivy::postings::{BlockSegmentPostings, Postings};
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, TERMINATED};

use super::word::PostingWord;

/// Maximum number of documents of a word whose postings fit into one block.
const FEW: u64 = 127;

/// Documents of a segment, and a place to read postings in that is used again and again.
pub(crate) struct PostingCursor {
    documents: Vec<DocId>,
    set: BitSet,
    postings: Option<BlockSegmentPostings>,
    positions: Vec<u32>,
}

impl PostingCursor {
    /// In order.
    pub(crate) fn new(documents: &[DocId]) -> Self {
        let mut set = BitSet::with_max_value(documents.last().map_or(1, |last| *last + 1));
        for document in documents {
            set.insert(*document);
        }
        Self { documents: documents.to_vec(), set, postings: None, positions: Vec::new() }
    }

    /// Calls `each` with the positions of each word in the documents, and with the document's number among them.
    pub(crate) fn stand(
        &mut self,
        index: &InvertedIndexReader,
        word: &PostingWord,
        mut each: impl FnMut(usize, &[u32]),
    ) -> tantivy::Result<()> {
        if !self.may_have(index, word)? {
            return Ok(());
        }
        let option = IndexRecordOption::WithFreqsAndPositions;
        let mut postings = index.read_postings_from_terminfo(&word.info, option)?;
        let mut at = 0;
        while let Some(document) = self.documents.get(at).copied() {
            if postings.doc() < document {
                postings.seek(document);
            }
            let here = postings.doc();
            if here == TERMINATED {
                break;
            }
            if here == document {
                postings.positions(&mut self.positions);
                each(at, &self.positions);
                at += 1;
            } else {
                at += behind(&self.documents[at..], here);
            }
        }
        Ok(())
    }

    /// Leaves out all but those whose numbers are given in order.
    pub(crate) fn narrow(&mut self, numbers: impl Iterator<Item = usize>) {
        let mut kept = Vec::new();
        for document in &self.documents {
            self.set.remove(*document);
        }
        kept.extend(numbers.map(|number| self.documents[number]));
        for document in &kept {
            self.set.insert(*document);
        }
        self.documents = kept;
    }

    /// Whether a word occurs in any of them. Most words are rare, so this is known before their positions are opened.
    fn may_have(&mut self, index: &InvertedIndexReader, word: &PostingWord) -> tantivy::Result<bool> {
        if word.documents() > FEW {
            return Ok(!self.documents.is_empty());
        }
        let postings = if let Some(postings) = &mut self.postings {
            index.reset_block_postings_from_terminfo(&word.info, postings)?;
            postings
        } else {
            let first = index.read_block_postings_from_terminfo(&word.info, IndexRecordOption::Basic)?;
            self.postings.insert(first)
        };
        let Some(last) = self.documents.last() else { return Ok(false) };
        Ok(postings.docs().iter().any(|document| document <= last && self.set.contains(*document)))
    }
}

/// How many of the documents come before one: steps that double, then halves.
fn behind(documents: &[DocId], document: DocId) -> usize {
    let (mut low, mut step) = (0, 1);
    while documents.get(low + step).is_some_and(|here| *here < document) {
        low += step;
        step *= 2;
    }
    let high = (low + step).min(documents.len());
    low + documents[low..high].partition_point(|here| *here < document)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn documents_before_one_are_counted() {
        let documents = [2, 4, 6, 8, 10];
        for (document, expected) in [(0, 0), (2, 0), (3, 1), (10, 4), (11, 5)] {
            assert_eq!(behind(&documents, document), expected, "{document}");
        }
    }
}
