//! The explanation of the newest query: its parts, and whether the row that shows them as chips is on the screen. Wording a
//! part is done in `chips`.

use crate::search::{LastWord, QueryPart, parts};

/// The parts of the newest query, and whether the row of chips is shown.
#[derive(Clone, Debug, Default)]
pub struct QueryExplanation {
    asked: Option<(String, LastWord)>,
    parts: Vec<QueryPart>,
    /// Whether the chips have a row of their own. While a prompt is open it stays once it was shown, so that nothing
    /// jumps.
    pub row: bool,
}

impl QueryExplanation {
    /// Parses the query again if it is another one.
    pub(crate) fn update(&mut self, asked: Option<(String, LastWord)>) {
        if self.asked != asked {
            self.parts = asked.as_ref().map(|(source, last_word)| parts(source, *last_word)).unwrap_or_default();
            self.asked = asked;
        }
    }

    /// The parts that have a chip: all but plain words, which explain themselves.
    pub(crate) fn droppable(&self) -> impl Iterator<Item = &QueryPart> {
        self.parts.iter().filter(|part| !part.is_plain)
    }
}
