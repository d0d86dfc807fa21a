//! The saved search that was run and is still shown by the list, with its new documents, which are determined by the
//! dossier.

use std::collections::HashSet;
use std::sync::Arc;

use crate::document::DocumentKey;
use crate::search::Spelling;

/// A saved search that was run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedRun {
    pub(crate) name: String,
    pub(crate) source: String,
    /// Its spellings; with others it is another search, whose hits are not recorded as seen.
    pub(crate) spelling: Spelling,
    /// The new documents, once they are known.
    pub new: Arc<HashSet<DocumentKey>>,
    /// All hits, while only the new ones are listed.
    pub(crate) all: Option<Arc<[DocumentKey]>>,
}

impl SavedRun {
    /// A run whose new documents are not yet known.
    pub(crate) fn new(name: String, source: String, spelling: Spelling) -> Self {
        Self { name, source, spelling, new: Arc::default(), all: None }
    }

    /// Whether a document is new.
    pub(crate) fn is_new(&self, key: DocumentKey) -> bool {
        self.new.contains(&key)
    }

    /// Number of new documents, and the number of all while only the new ones are listed; `None` without new ones.
    pub(crate) fn news(&self) -> Option<(usize, Option<usize>)> {
        (!self.new.is_empty()).then(|| (self.new.len(), self.all.as_ref().map(|all| all.len())))
    }
}
