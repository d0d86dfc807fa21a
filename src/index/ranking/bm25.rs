//! Scores of words: BM25 over frequencies that are weighted by how a word matched. A word as typed weighs more than its
//! other forms, these more than another spelling of a name; a word of a heading weighs several of a paragraph. A term
//! thus has one document frequency for all its forms, and all else being equal the closer form ranks first. Proximity
//! is in `proximity`.

use std::sync::Arc;

use tantivy::Score;
use tantivy::fieldnorm::FieldNormReader;

use crate::index::postings::weight::OTHER;
use crate::search::analysis::function_words::tongues_of;
use crate::search::{Clause, Term};

/// How soon more of the same word is worth little, and how much a text's length counts (Robertson and Zaragoza 2009).
const SATURATION: Score = 0.9;
const LENGTH: Score = 0.5;

/// What a function word is worth against another word as frequent.
const FUNCTION_WORD: Score = 0.1;

/// What a clause is worth against another one as rare.
pub(crate) fn weight(clause: &Clause) -> Score {
    let weight = if clause.alias().is_some() { OTHER } else { 1.0 };
    if is_of_function_words(clause) { weight * FUNCTION_WORD } else { weight }
}

/// Whether a clause is only function words of some language, outside quotes.
pub(crate) fn is_of_function_words(clause: &Clause) -> bool {
    let is_function_word = |term: &Term| !tongues_of(&term.folded).is_empty();
    !clause.shape.is_of_words() && clause.terms.iter().all(is_function_word)
}

/// BM25 for one clause in one field.
#[derive(Clone, Debug)]
pub(crate) struct Bm25 {
    weight: Score,
    /// What the length of a document does, by the code of its length.
    lengths: Arc<[Score; 256]>,
}

impl Bm25 {
    /// Weights for something that `documents` of `total` documents contain; `average` is their average length in words.
    pub(crate) fn new(documents: u64, total: u64, average: Score) -> Self {
        let length = |code: usize| {
            let words = FieldNormReader::id_to_fieldnorm(code as u8) as Score;
            SATURATION * (1.0 - LENGTH + LENGTH * words / average.max(1.0))
        };
        let weight = rarity(documents, total) * (1.0 + SATURATION);
        Self { weight, lengths: Arc::new(std::array::from_fn(length)) }
    }

    /// The same, multiplied by a boost.
    #[must_use]
    pub(crate) fn times(&self, boost: Score) -> Self {
        Self { weight: self.weight * boost, lengths: Arc::clone(&self.lengths) }
    }

    /// The score of a document from the code of its length and its weighted frequency.
    pub(crate) fn score(&self, length: u8, frequency: Score) -> Score {
        self.weight * frequency / (frequency + self.lengths[usize::from(length)])
    }
}

/// The inverse document frequency; never below zero.
pub(crate) fn rarity(documents: u64, total: u64) -> Score {
    let without = total.saturating_sub(documents) as Score;
    (1.0 + (without + 0.5) / (documents as Score + 0.5)).ln()
}
