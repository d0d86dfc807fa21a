//! Saved searches as searches: running one, listing only its new documents, and saving the present one. The list of
//! saved searches is an overlay; new documents are determined by the dossier.

use std::collections::HashSet;
use std::sync::Arc;
use std::time::Duration;

use super::saved_run::SavedRun;
use super::state::{Accepting, Attempt, SearchState};
use crate::app::action::Actions;
use crate::app::list::document_list::{Choice, DocumentList};
use crate::app::reader::pane::ReaderPane;
use crate::document::DocumentKey;
use crate::locale::{Catalogue, Message};
use crate::request::{Pane, Request};
use crate::search::LastWord;
use crate::search::saved::{SavedSearch, SavedSearchRow, marked};

impl SearchState {
    /// Whether a document is new in the saved search that the list shows.
    pub fn is_new(&self, key: DocumentKey) -> bool {
        self.saved.as_ref().is_some_and(|run| run.is_new(key))
    }

    /// Number of new documents in the saved search that the list shows, and of all while only the new ones are listed.
    pub fn news(&self) -> Option<(usize, Option<usize>)> {
        self.saved.as_ref().and_then(SavedRun::news)
    }

    /// Runs a saved search.
    pub(crate) fn run_saved(
        &mut self,
        row: SavedSearchRow,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        let SavedSearch { name, source, sort, spelling } = row.search;
        reader.leave_place();
        self.remember(&source);
        self.sort = sort;
        self.spelling = spelling.clone();
        self.prompt = None;
        let actions = self.search_dossier(source.clone(), LastWord::Whole, list, reader, now);
        self.accepting = Some(Accepting { chosen: None, attempt: Attempt::Typed });
        if let Some(path) = row.elsewhere {
            return actions.and(Actions::notice(Message::new("search-elsewhere").with("path", path)));
        }
        self.saved = Some(SavedRun::new(name, source, spelling));
        actions
    }

    /// Records the hits of a saved search as seen, and requests which of them are new.
    pub(super) fn record_seen(&self, found: Arc<[DocumentKey]>) -> Actions {
        match self.saved.as_ref().filter(|run| run.spelling == self.spelling) {
            Some(run) => Request::LookAtSearch { name: run.name.clone(), found }.into(),
            None => Actions::none(),
        }
    }

    /// Takes the new documents of a saved search.
    pub(crate) fn new_found(
        &mut self,
        name: &str,
        new: Arc<HashSet<DocumentKey>>,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        (focus, key): (Pane, String),
    ) -> Actions {
        let Some(run) = self.saved.as_mut().filter(|run| run.name == name) else { return Actions::none() };
        run.new = new;
        // The list was replaced meanwhile by one with all hits.
        match run.all.take() {
            Some(_) => self.toggle_only_new(list, reader, (focus, key)),
            None => Actions::none(),
        }
    }

    /// Lists only the new documents of a saved search, or all of them again. `key`: the key that lists saved searches.
    pub(crate) fn toggle_only_new(
        &mut self,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        (focus, key): (Pane, String),
    ) -> Actions {
        let order = Arc::clone(list.order());
        let Some(run) = &mut self.saved else {
            return Actions::notice(Message::new("new-no-search").with("key", key));
        };
        let wanted: Arc<[DocumentKey]> = match run.all.take() {
            Some(all) => all,
            None if run.new.is_empty() => return Actions::notice_of("new-none"),
            None => {
                let new = order.iter().copied().filter(|key| run.new.contains(key)).collect();
                run.all = Some(order);
                new
            }
        };
        list.replace(wanted, Vec::new(), Choice::Same);
        list.open_selected_instead(reader, self.list_leads(focus))
    }

    /// The name to propose for the search of the dossier; `None` if there is no search that can be saved.
    pub(crate) fn proposed_name(&self) -> Option<String> {
        let dossier = self.dossier.as_ref().filter(|_| !self.prompt_is_of_document())?;
        Some(self.saved.as_ref().map_or(&dossier.source, |run| &run.name).trim().to_owned())
    }

    /// Saves the search of the dossier.
    pub(crate) fn save(&self, name: String, list: &DocumentList) -> Actions {
        let Some(dossier) = &self.dossier else { return Actions::none() };
        let all = self.saved.as_ref().and_then(|run| run.all.clone());
        let source = dossier.source.trim().to_owned();
        let search = SavedSearch { name, source, sort: self.sort, spelling: self.spelling.clone() };
        let found = all.unwrap_or_else(|| Arc::clone(list.order()));
        Request::SaveSearch { search, found }.into()
    }

    /// The search was saved: from now on the list shows a saved search. `key`: the key that lists saved searches.
    pub(crate) fn search_saved(
        &mut self,
        name: String,
        forgotten: bool,
        key: String,
        catalogue: &Catalogue,
    ) -> Actions {
        let id = if forgotten { "search-saved-for-now" } else { "search-saved" };
        let source = self.dossier.as_ref().map(|dossier| dossier.source.clone());
        let marked = marked(source.as_deref().unwrap_or_default(), catalogue);
        let notice = Message::new(id).with("name", name.clone()).with("marked", marked).with("key", key);
        if let Some(source) = source {
            self.saved = Some(SavedRun::new(name, source, self.spelling.clone()));
        }
        Actions::notice(notice)
    }
}
