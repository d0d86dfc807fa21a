//! The weight of a dictionary word for a term, by how it matches: as typed, another form, another spelling. Scores are in
//! `ranking`.

use tantivy::Score;

use super::entry::Entry;
use crate::search::{MatchMode, Term};

/// Weights of a word with the same letters, of the same stem, and of another spelling, relative to the word as typed.
const SAME_LETTERS: Score = 0.95;
const RELATIVE: Score = 0.8;
pub(in crate::index) const OTHER: Score = 0.6;

/// Weight of a word of a heading, relative to one of a paragraph.
const HEADING: Score = 3.0;

/// The weight of one occurrence of a dictionary word for a term that it matches.
pub(crate) fn term_weight(term: &Term, entry: &Entry<'_>) -> Score {
    let near = if entry.accented == term.typed || entry.folded == term.typed {
        1.0
    } else if entry.folded == term.folded {
        SAME_LETTERS
    } else if term.reach == MatchMode::Class && term.is_variant(entry.folded, || entry.accented.into())
        || term.reach == MatchMode::Fuzzy
    {
        OTHER
    } else {
        RELATIVE
    };
    if entry.in_heading { near * HEADING } else { near }
}
