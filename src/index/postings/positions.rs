//! Reads postings: the documents that contain words, frequencies and positions. Several words of the dictionary may
//! match one term. Reads positions only in candidate documents, and block by block if these are all documents. Knows
//! nothing of queries or scores.

use tantivy::index::InvertedIndexReader;
use tantivy::schema::IndexRecordOption;
use tantivy::{BitSet, DocId, DocSet, Score, TERMINATED};

use super::cursor::PostingCursor;
use super::word::{DocFrequency, PostingWord};
use crate::search::Cancel;

/// If a segment has this many times more documents than postings to be read, the postings are sorted; else they are
/// counted in a table of all documents.
const SPARSE: u64 = 16;

/// From how many postings on only the documents are exact in which a run ends with one of many words.
const MANY: u64 = 1 << 15;

/// How many words or documents are read between two looks at whether the search is still wanted.
const PATIENCE: usize = 256;

/// The documents of a segment that contain any of the words, with the sum of their weighted frequencies. Incomplete if
/// stale.
pub(crate) fn frequencies(
    index: &InvertedIndexReader,
    words: &[PostingWord],
    documents: DocId,
    cancel: &Cancel,
) -> tantivy::Result<Vec<DocFrequency>> {
    let postings: u64 = words.iter().map(PostingWord::documents).sum();
    if words.len() == 1 || postings * SPARSE < u64::from(documents) {
        let mut found = Vec::with_capacity(postings as usize);
        read(index, words, cancel, |term_weight, documents, counts| {
            found.extend(
                documents.iter().zip(counts).map(|(document, count)| (*document, *count as Score * term_weight)),
            );
        })?;
        if words.len() > 1 {
            found.sort_unstable_by_key(|(document, _)| *document);
            found.dedup_by(|(document, count), (kept, sum)| {
                let same = document == kept;
                *sum += if same { *count } else { 0.0 };
                same
            });
        }
        return Ok(found);
    }
    let mut table: Vec<Score> = vec![0.0; documents as usize];
    read(index, words, cancel, |term_weight, documents, counts| {
        for (document, count) in documents.iter().zip(counts) {
            table[*document as usize] += *count as Score * term_weight;
        }
    })?;
    Ok((0..).zip(table).filter(|(_, count)| *count > 0.0).collect())
}

/// Calls `each` with what a word is worth, its documents and how often they have it, block by block.
fn read(
    index: &InvertedIndexReader,
    words: &[PostingWord],
    cancel: &Cancel,
    mut each: impl FnMut(Score, &[DocId], &[u32]),
) -> tantivy::Result<()> {
    let Some(first) = words.first() else { return Ok(()) };
    let mut postings = index.read_block_postings_from_terminfo(&first.info, IndexRecordOption::WithFreqs)?;
    for (number, word) in words.iter().enumerate() {
        if number > 0 {
            index.reset_block_postings_from_terminfo(&word.info, &mut postings)?;
        }
        if number % PATIENCE == PATIENCE - 1 && cancel.is_stale() {
            return Ok(());
        }
        let mut left = word.info.doc_freq as usize;
        while left > 0 {
            each(word.term_weight, postings.docs(), postings.freqs());
            left = left.saturating_sub(postings.docs().len().max(1));
            if left > 0 {
                postings.advance();
            }
        }
    }
    Ok(())
}

/// The documents of a segment that contain some word of every term, in order. Incomplete if stale.
pub(crate) fn documents_with_all<'t>(
    index: &InvertedIndexReader,
    terms: impl Iterator<Item = &'t Vec<PostingWord>>,
    documents: DocId,
    cancel: &Cancel,
) -> tantivy::Result<Vec<DocId>> {
    let postings = |term: &Vec<PostingWord>| term.iter().map(PostingWord::documents).sum::<u64>();
    let mut order: Vec<&Vec<PostingWord>> = terms.collect();
    order.sort_by_key(|term| postings(term));
    let Some((rarest, others)) = order.split_first() else { return Ok(Vec::new()) };
    let found = frequencies(index, rarest, documents, cancel)?;
    let mut kept: Vec<DocId> = found.into_iter().map(|(document, _)| document).collect();
    let mut has = BitSet::with_max_value(documents);
    for term in others {
        has.clear();
        for (number, word) in term.iter().enumerate() {
            if number % PATIENCE == 0 && cancel.is_stale() {
                return Ok(Vec::new());
            }
            mark(index, word, &kept, &mut has)?;
        }
        kept.retain(|document| has.contains(*document));
    }
    Ok(kept)
}

/// Adds those of some documents that have a word.
fn mark(index: &InvertedIndexReader, word: &PostingWord, documents: &[DocId], has: &mut BitSet) -> tantivy::Result<()> {
    if word.documents() < 2 * documents.len() as u64 {
        let mut postings = index.read_block_postings_from_terminfo(&word.info, IndexRecordOption::Basic)?;
        let mut left = word.info.doc_freq as usize;
        while left > 0 {
            for document in postings.docs() {
                has.insert(*document);
            }
            left = left.saturating_sub(postings.docs().len().max(1));
            if left > 0 {
                postings.advance();
            }
        }
        return Ok(());
    }
    let mut postings = index.read_postings_from_terminfo(&word.info, IndexRecordOption::Basic)?;
    for document in documents {
        if postings.doc() < *document {
            postings.seek(*document);
        }
        if postings.doc() == *document {
            has.insert(*document);
        } else if postings.doc() == TERMINATED {
            break;
        }
    }
    Ok(())
}

/// The positions of a term in some documents.
#[derive(Clone, Debug, Default)]
pub(crate) struct Places {
    documents: Vec<DocId>,
    /// Where the positions of each document end.
    ends: Vec<usize>,
    /// Of each document sorted.
    positions: Vec<u32>,
}

impl Places {
    /// The positions of any of the words in sorted documents; documents without one are left out. Incomplete if stale.
    pub(crate) fn of(
        index: &InvertedIndexReader,
        words: &[PostingWord],
        documents: &[DocId],
        cancel: &Cancel,
    ) -> tantivy::Result<Self> {
        // Of each place its document and position.
        let mut found: Vec<(DocId, u32)> = Vec::new();
        let mut wanted = PostingCursor::new(documents);
        for word in words {
            if cancel.is_stale() {
                break;
            }
            wanted.stand(index, word, |at, positions| {
                found.extend(positions.iter().map(|position| (documents[at], *position)));
            })?;
        }
        // Each word's places are in order already, of which a stable sort makes use.
        found.sort_by_key(|place| *place);
        Ok(Self::from_pairs(&found))
    }

    fn from_pairs(found: &[(DocId, u32)]) -> Self {
        let mut places = Self { positions: Vec::with_capacity(found.len()), ..Self::default() };
        for (document, position) in found {
            places.add(*document, *position);
        }
        places
    }

    fn add(&mut self, document: DocId, position: u32) {
        if self.documents.last() != Some(&document) {
            self.documents.push(document);
            self.ends.push(self.positions.len());
        }
        self.positions.push(position);
        if let Some(end) = self.ends.last_mut() {
            *end += 1;
        }
    }

    /// The documents that have any, in order.
    pub(crate) fn documents(&self) -> &[DocId] {
        &self.documents
    }

    /// The positions in one of them, sorted, by its number among them.
    pub(crate) fn positions(&self, number: usize) -> &[u32] {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before]);
        &self.positions[start..self.ends[number]]
    }

    /// Shifts the positions by `by`: the end of a phrase whose word is that far before its end.
    #[must_use]
    pub(crate) fn shifted(mut self, by: u32) -> Self {
        self.positions.iter_mut().for_each(|position| *position += by);
        self
    }

    /// The places that are in both.
    ///
    /// A phrase « a b c » is found as in Manning, Raghavan and Schütze, *Introduction to Information Retrieval*, 2.4.2:
    /// the positions of each word are [`shifted`](Self::shifted) to where the phrase would end if the word stands in its
    /// place; an end that all words agree on is an occurrence, and no other is. Both lists are sorted, so that each
    /// intersection is one merge, linear in their lengths; it starts from the rarest words, because no intermediate list
    /// is longer than its shortest input.
    #[must_use]
    pub(crate) fn common(&self, other: &Self) -> Self {
        let mut both = Self::default();
        let mut at = 0;
        for (number, document) in self.documents.iter().enumerate() {
            while other.documents.get(at).is_some_and(|other| other < document) {
                at += 1;
            }
            if other.documents.get(at) != Some(document) {
                continue;
            }
            for position in common(self.positions(number), other.positions(at).iter().copied()) {
                both.add(*document, position);
            }
        }
        both
    }

    /// Number of these positions, in each document, that one of the words precedes by the given distance; see
    /// [`settled`].
    pub(crate) fn continued(
        &self,
        index: &InvertedIndexReader,
        words: &[PostingWord],
        before: u32,
        cancel: &Cancel,
    ) -> tantivy::Result<Vec<DocFrequency>> {
        settled(index, words, &self.documents, cancel, |number, positions| {
            let there = positions.iter().map(|position| position + before);
            common(self.positions(number), there).count() as u32
        })
    }

    /// Those of which `keeps` says so.
    #[must_use]
    pub(crate) fn retain(&self, mut keeps: impl FnMut(DocId, u32) -> bool) -> Self {
        let mut kept = Self::default();
        for (number, document) in self.documents.iter().enumerate() {
            for position in self.positions(number) {
                if keeps(*document, *position) {
                    kept.add(*document, *position);
                }
            }
        }
        kept
    }

    /// In documents that have some here: from which of these places on up to which of the others, and so on.
    #[must_use]
    pub(crate) fn bounds(&self, others: &Self) -> Self {
        let mut bounds = Self::default();
        let mut at = 0;
        for (number, document) in self.documents.iter().enumerate() {
            while others.documents.get(at).is_some_and(|other| other < document) {
                at += 1;
            }
            let is_here = others.documents.get(at) == Some(document);
            let ends = if is_here { others.positions(at) } else { &[] };
            let mut open_until = 0;
            for start in self.positions(number) {
                if *start >= open_until {
                    open_until = ends.get(ends.partition_point(|end| end < start)).copied().unwrap_or(u32::MAX);
                    bounds.add(*document, *start);
                    bounds.add(*document, open_until);
                }
            }
        }
        bounds
    }
}

/// For each of `documents` (sorted) that contains any of the words, calls `count` with its number and its positions;
/// keeps those with a non-zero count. For very common words it stops at the first hit of a document: the set is exact,
/// the frequencies are then those of the most common word.
pub(crate) fn settled(
    index: &InvertedIndexReader,
    words: &[PostingWord],
    documents: &[DocId],
    cancel: &Cancel,
    count: impl Fn(usize, &[u32]) -> u32,
) -> tantivy::Result<Vec<DocFrequency>> {
    // The last word of a phrase that is being typed stands for thousands of words. Which documents contain the phrase
    // needs one occurrence per document, so a document is closed at its first one; the most frequent words come first
    // because they close the most documents, and the candidates that the cursor visits only get fewer.
    let postings: u64 = words.iter().map(PostingWord::documents).sum();
    let mut words: Vec<&PostingWord> = words.iter().collect();
    words.sort_by_key(|word| std::cmp::Reverse(word.documents()));
    let mut counts: Vec<Score> = vec![0.0; documents.len()];
    let mut open: Vec<usize> = (0..documents.len()).collect();
    let mut wanted = PostingCursor::new(documents);
    for (number, word) in words.into_iter().enumerate() {
        if open.is_empty() || number % PATIENCE == 0 && cancel.is_stale() {
            break;
        }
        let mut found = 0;
        wanted.stand(index, word, |at, positions| {
            let here = count(open[at], positions);
            counts[open[at]] += here as Score * word.term_weight;
            found += here;
        })?;
        if found > 0 && postings >= MANY {
            let is_open = |at: &usize| counts[open[*at]] <= 0.0;
            wanted.narrow((0..open.len()).filter(is_open));
            open.retain(|number| counts[*number] <= 0.0);
        }
    }
    Ok(documents.iter().copied().zip(counts).filter(|(_, count)| *count > 0.0).collect())
}

/// The numbers that are in both, which are sorted.
fn common(some: &[u32], others: impl Iterator<Item = u32>) -> impl Iterator<Item = u32> {
    let mut some = some.iter().copied().peekable();
    others.filter(move |other| {
        while some.next_if(|one| one < other).is_some() {}
        some.peek() == Some(other)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places(pairs: &[(DocId, u32)]) -> Places {
        Places::from_pairs(pairs)
    }

    #[test]
    fn places_that_are_in_both_are_kept() {
        let first = places(&[(1, 5), (1, 9), (3, 2), (7, 1), (7, 4)]);
        let second = places(&[(1, 9), (2, 2), (7, 1), (7, 4), (7, 6)]);
        for both in [first.common(&second), second.common(&first)] {
            assert_eq!((both.documents(), both.positions(0), both.positions(1)), (&[1, 7][..], &[9][..], &[1, 4][..]));
        }
        assert!(first.common(&places(&[])).documents().is_empty());
    }

    #[test]
    fn a_run_ends_behind_its_first_words() {
        let (first, second) = (places(&[(1, 5), (2, 5)]), places(&[(1, 6), (2, 7)]));
        assert_eq!(first.shifted(1).common(&second).documents(), [1]);
    }

    #[test]
    fn bounds_reach_from_a_place_to_the_next_of_the_others() {
        let bounds = places(&[(1, 5), (1, 9), (1, 30), (2, 5)]).bounds(&places(&[(1, 2), (1, 20)]));
        assert_eq!(bounds.positions(0), [5, 20, 30, u32::MAX]);
        assert_eq!(bounds.positions(1), [5, u32::MAX]);
    }
}
