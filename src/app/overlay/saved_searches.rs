//! The overlay that lists the saved searches: filter, selection, and deletion on the second key. Running, saving and
//! renaming are requests to the search and to the dossier.

use super::filter::{FilteredList, filtered};
use crate::app::action::Actions;
use crate::app::saved_searches::SavedSearches;
use crate::locale::Message;
use crate::search::saved::SavedSearchRow;

/// The list of saved searches.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedSearchList {
    /// Filter and selection.
    pub list: FilteredList,
    /// The saved search that is deleted if the command is repeated.
    forgetting: Option<String>,
}

impl SavedSearchList {
    /// A list in which the search of this name is selected.
    pub(crate) fn selecting(name: &str, saved: &SavedSearches) -> Self {
        let selected = saved.rows.iter().position(|row| row.search.name == name).unwrap_or(0);
        Self { list: FilteredList { selected, ..FilteredList::default() }, forgetting: None }
    }

    /// The saved searches that pass the filter.
    pub fn rows<'a>(&self, saved: &'a SavedSearches) -> Vec<&'a SavedSearchRow> {
        let texts = saved.rows.iter().map(|row| format!("{} {}", row.search.name, row.search.source));
        filtered(self.list.filter.text(), texts).into_iter().map(|at| &saved.rows[at]).collect()
    }

    /// The selected search.
    pub(crate) fn selected<'a>(&self, saved: &'a SavedSearches) -> Option<&'a SavedSearchRow> {
        self.rows(saved).get(self.list.selected).copied()
    }

    /// Asks for the same command (on `key`) once more, then deletes the selected search.
    pub(crate) fn delete(&mut self, saved: &mut SavedSearches, key: String) -> Actions {
        let Some(name) = self.selected(saved).map(|row| row.search.name.clone()) else {
            return Actions::notice(Message::new("command-not-here").with("name", "forget-search"));
        };
        if self.forgetting.take().as_ref() == Some(&name) {
            return saved.delete(name);
        }
        self.forgetting = Some(name.clone());
        Actions::notice(Message::new("search-forget-again").with("name", name).with("key", key))
    }

    /// The search whose deletion waits for the second key.
    pub(crate) fn forgetting(&self) -> Option<&str> {
        self.forgetting.as_deref()
    }

    /// Keeps the search: another key was pressed.
    pub(crate) fn keep(&mut self) {
        self.forgetting = None;
    }
}
