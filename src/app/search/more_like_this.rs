//! "More like this": from the selected or open document, or a selected passage, to a search of the dossier for similar
//! ones. The characteristic words are determined by the dossier.

use std::time::Duration;

use super::state::SearchState;
use crate::app::action::{Actions, PaneRequest};
use crate::app::list::document_list::DocumentList;
use crate::app::reader::pane::{ReaderPane, nothing_open};
use crate::request::{Pane, Request};
use crate::search::{Generation, LastWord, Sort};

/// Requests the query that finds documents like the selected one of the list, or like the open one elsewhere.
pub(crate) fn ask(list: &DocumentList, reader: &ReaderPane, focus: Pane) -> Actions {
    let open = reader.open.as_ref().filter(|_| focus != Pane::List);
    let passage = open.filter(|reader| reader.original_of.is_none()).and_then(|reader| {
        let selection = reader.selection?;
        Some(selection.range(&reader.opened.document.text))
    });
    let key = open.map(|reader| reader.opened.key).or(list.selected_key());
    let Some(key) = key else { return nothing_open() };
    // A search that is sent meanwhile is newer than this request and makes its reply stale.
    Request::AskAlike { generation: list.generation, key, passage }.into()
}

impl SearchState {
    /// Whether a reply to [`ask`] is still wanted.
    pub(crate) fn awaits_alike(&self, generation: Generation, list: &DocumentList) -> bool {
        generation == list.generation && self.prompt.is_none()
    }

    /// Searches for the query that was found.
    pub(crate) fn search_alike(
        &mut self,
        source: String,
        list: &mut DocumentList,
        reader: &mut ReaderPane,
        now: Duration,
    ) -> Actions {
        reader.end_selection();
        reader.leave_place();
        self.sort = Sort::Relevance;
        self.remember(&source);
        let search = self.search_dossier(source, LastWord::Whole, list, reader, now);
        Actions::from(PaneRequest::Focus(Pane::List)).and(search)
    }
}
