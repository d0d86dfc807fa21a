//! A bonus for documents in which the words of the query occur in the typed order or close to it. Examines the
//! positions in only a fixed number of the best documents, so its cost does not grow with the number of hits. Changes
//! scores; neither adds nor removes hits.

use tantivy::index::InvertedIndexReader;
use tantivy::{DocAddress, DocId, Score, Searcher};

use super::bm25::{is_of_function_words, rarity};
use crate::index::postings::dictionary;
use crate::index::postings::dictionary::Meanings;
use crate::index::postings::positions::Places;
use crate::index::postings::word::PostingWord;
use crate::index::schema::Fields;
use crate::search::{Cancel, Hit, Query, Shape};

/// Number of documents that are examined.
pub(crate) const MOST_CANDIDATES: usize = 50;

/// Maximum number of query words whose positions are read, and of dictionary words per query word.
const MOST_WORDS: usize = 24;
const MOST_FORMS: usize = 64;

/// Weight of two words in the expected distance, relative to the rarer of them alone.
const WEIGHT: Score = 0.35;
/// Weight of two words near the expected distance, relative to those.
const OTHERWISE: Score = 0.5;
/// How soon more such places are worth little.
const SATURATION: Score = 1.0;
/// How far from where it should be a word can be and count still.
const REACH: u64 = 8;

/// A document that was found.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    /// With its score.
    pub hit: Hit,
    /// Where it is in the index.
    pub address: DocAddress,
}

/// Adds to the scores of candidates what the nearness of the query's words is worth. Their order is another one after it.
pub(crate) fn add(
    query: &Query,
    fields: Fields,
    searcher: &Searcher,
    cancel: &Cancel,
    candidates: &mut [Candidate],
) -> tantivy::Result<()> {
    let words = neighbours(query);
    if words.len() < 2 || candidates.len() < 2 {
        return Ok(());
    }
    // Postings are read forwards.
    candidates.sort_unstable_by_key(|candidate| candidate.address);
    let mut near = vec![vec![0.0; words.len() - 1]; candidates.len()];
    let (mut documents, mut total, mut done) = (vec![0; words.len()], 0, 0);
    for here in candidates.chunk_by(|a, b| a.address.segment_ord == b.address.segment_ord) {
        let segment = searcher.segment_reader(here[0].address.segment_ord);
        let here: Vec<DocId> = here.iter().map(|candidate| candidate.address.doc_id).collect();
        let near = &mut near[done..done + here.len()];
        for field in [fields.body, fields.title] {
            if cancel.is_stale() {
                return Ok(());
            }
            let index = segment.inverted_index(field)?;
            let mut before = Places::default();
            for (number, word) in words.iter().enumerate() {
                let (places, found) = places(&index, word, &here, cancel)?;
                documents[number] += if field == fields.body { found } else { 0 };
                if number > 0 {
                    let gap = word.place - words[number - 1].place;
                    note(&before, &places, gap, |document, nearness| {
                        if let Ok(at) = here.binary_search(&document) {
                            near[at][number - 1] += nearness;
                        }
                    });
                }
                before = places;
            }
        }
        total += u64::from(segment.max_doc());
        done += here.len();
    }
    let rarities: Vec<Score> = documents.into_iter().map(|documents| rarity(documents, total)).collect();
    for (candidate, near) in candidates.iter_mut().zip(near) {
        let pairs = near.into_iter().zip(rarities.windows(2));
        candidate.hit.score += pairs.map(|(near, pair)| term_weight(near) * pair[0].min(pair[1])).sum::<Score>();
    }
    Ok(())
}

/// A word of a query that has a neighbour.
struct Neighbour<'q> {
    meanings: Meanings<'q>,
    /// Which word of the query it is.
    place: u32,
}

/// The words whose places count, in the order they were typed: function words only keep their room.
fn neighbours(query: &Query) -> Vec<Neighbour<'_>> {
    let mut terms = Vec::new();
    let mut place = 0;
    for clause in query.clauses().into_iter().filter(|clause| clause.alias().is_none()) {
        // A word with a typing error matches so many words that reading their positions would cost more than their
        // proximity is worth.
        let counts = !is_of_function_words(clause) && clause.shape != Shape::Fuzzy;
        terms.extend(clause.terms.iter().zip(place..).filter(|_| counts));
        place += clause.terms.len() as u32;
    }
    terms.into_iter().take(MOST_WORDS).map(|(term, place)| Neighbour { meanings: Meanings::of(term), place }).collect()
}

/// The positions of a word in some documents of one segment, and an estimate of its document frequency. Of many forms
/// only the first are read, including the word itself: a prefix of one or two letters may have a hundred thousand.
fn places(
    index: &InvertedIndexReader,
    word: &Neighbour<'_>,
    documents: &[DocId],
    cancel: &Cancel,
) -> tantivy::Result<(Places, u64)> {
    let mut forms: Vec<PostingWord> = Vec::new();
    dictionary::words(index, &word.meanings, |_, info| {
        forms.push(PostingWord { info: info.clone(), term_weight: 1.0 });
        forms.len() < MOST_FORMS
    })?;
    let found = forms.iter().map(PostingWord::documents).sum();
    Ok((Places::of(index, &forms, documents, cancel)?, found))
}

/// Calls `each` with the documents that have both words, and how near these are to each other there.
fn note(first: &Places, second: &Places, gap: u32, mut each: impl FnMut(DocId, Score)) {
    for (number, document) in first.documents().iter().enumerate() {
        if let Ok(at) = second.documents().binary_search(document) {
            each(*document, nearness(first.positions(number), second.positions(at), gap));
        }
    }
}

/// Number of times that two words occur in the expected distance; near occurrences count less.
fn nearness(first: &[u32], second: &[u32], gap: u32) -> Score {
    let off = |place: &u32| {
        let wanted = place + gap;
        let behind = second.partition_point(|other| *other < wanted);
        let nearest = second[behind.saturating_sub(2)..].iter().take(4).filter(|other| *other != place);
        nearest.map(|other| u64::from(other.abs_diff(wanted))).min().filter(|off| *off <= REACH)
    };
    first.iter().filter_map(off).map(|off| if off == 0 { 1.0 } else { OTHERWISE / (1.0 + off as Score) }).sum()
}

/// The bonus for a proximity.
fn term_weight(near: Score) -> Score {
    WEIGHT * (1.0 + SATURATION) * near / (near + SATURATION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_side_by_side_are_nearer_than_words_the_other_way_round_and_those_than_words_apart() {
        let nearness = |second: u32| nearness(&[100], &[second], 1);
        assert!((nearness(101) - 1.0).abs() < f32::EPSILON);
        assert!(nearness(101) > nearness(102) && nearness(102) > nearness(99) && nearness(99) > nearness(105));
        assert!(nearness(105) > 0.0 && nearness(120) == 0.0 && nearness(100) == 0.0);
    }

    #[test]
    fn more_places_are_worth_more_but_soon_little() {
        assert!(
            term_weight(0.0) == 0.0
                && term_weight(2.0) > term_weight(1.0)
                && term_weight(2.0) - term_weight(1.0) < term_weight(1.0)
        );
    }
}
