//! The saved searches of the dossier, as last reported. The overlay that lists them is `overlay::saved_searches`; the run
//! of one of them belongs to the searches.

use super::action::{Actions, PaneRequest};
use crate::locale::Message;
use crate::request::Request;
use crate::search::saved::SavedSearchRow;

/// The saved searches.
#[derive(Debug, Default)]
pub struct SavedSearches {
    /// The saved searches, as last reported.
    pub rows: Vec<SavedSearchRow>,
    /// The saved search that is being deleted.
    deleted: Option<String>,
}

impl SavedSearches {
    /// Replaces the rows. Known counts remain until newer ones arrive.
    pub(crate) fn listed(&mut self, mut rows: Vec<SavedSearchRow>) -> Actions {
        for row in &mut rows {
            row.counts =
                self.rows.iter().find(|known| known.search.name == row.search.name).and_then(|known| known.counts);
        }
        self.rows = rows;
        // Only a list without it proves the deletion.
        match self.deleted.take_if(|name| self.rows.iter().all(|row| row.search.name != *name)) {
            Some(name) => PaneRequest::Report(Message::new("search-forgotten").with("name", name)).into(),
            None => Actions::none(),
        }
    }

    /// Records how many documents a saved search finds, and how many of them are new.
    pub(crate) fn counted(&mut self, name: &str, documents: usize, new: usize) {
        if let Some(row) = self.rows.iter_mut().find(|row| row.search.name == name) {
            row.counts = Some((documents, new));
        }
    }

    /// Requests the deletion of a saved search.
    pub(crate) fn delete(&mut self, name: String) -> Actions {
        self.deleted = Some(name.clone());
        Request::ForgetSearch(name).into()
    }
}
