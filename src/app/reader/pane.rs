//! The reader pane: the open document, the document that is being loaded, and the jump list. What is drawn of the open
//! document is `state`'s concern.

use super::arrival::Loading;
use super::jump_list::JumpList;
use super::state::ReaderState;
use crate::document::PlaceName;
use crate::search::Generation;

/// The reader pane.
#[derive(Debug, Default)]
pub struct ReaderPane {
    /// The open document.
    pub open: Option<ReaderState>,
    /// The document that is being loaded.
    pub loading: Option<Loading>,
    /// The jump list and the places where documents were left.
    pub(crate) jumps: JumpList,
    /// The newest request for a document; replies to earlier ones are dropped.
    pub(crate) generation: Generation,
    /// The place to go to in the first document, from the command line.
    pub(crate) first_place: Option<PlaceName>,
    /// The words to search in the first document, from the command line.
    pub(crate) first_words: Option<String>,
}

impl ReaderPane {
    /// A pane without a document; `place` and `words` are for the first document that is opened.
    pub(crate) fn new(place: Option<PlaceName>, words: Option<String>) -> Self {
        Self { first_place: place, first_words: words, ..Self::default() }
    }
}
