//! The overlay that lists the saved searches: filter, selection, and deletion on the second key. Running, saving and
//! renaming are requests to the search and to the dossier.

use std::collections::HashSet;
use std::sync::Arc;

use super::filter::filtered;
use crate::app::list::Choice;
use crate::app::search::state::{Accepting, Attempt};
use crate::app::{App, Effects, LineInput, Notice, OverlayKind};
use crate::command::Command;
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::request::{Request, SearchScope};
use crate::search::saved::{SaveSearchRequest, SavedSearchRow, marked};
use crate::search::{LastWord, Spelling};

/// The saved searches.
#[derive(Debug, Default)]
pub struct SavedSearches {
    /// The saved searches, as last reported.
    pub rows: Vec<SavedSearchRow>,
    /// The saved search that was run, while the list shows it.
    pub run: Option<SavedRun>,
    /// The saved search that is deleted if the command is repeated.
    pub(crate) forgetting: Option<String>,
    /// The saved search that is being deleted.
    pub(crate) forgotten: Option<String>,
    /// The saved search that is being renamed.
    pub(crate) renaming: Option<String>,
}

/// A saved search that was run and is still what the list shows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SavedRun {
    /// Its name.
    pub name: String,
    /// What it asks.
    source: String,
    /// With which spellings; with others it is not the same search, and what it finds then is not remembered.
    spelling: Spelling,
    /// The documents that are new, once that is known.
    pub new: Arc<HashSet<DocumentKey>>,
    /// All that it found, while only what is new is listed.
    all: Option<Arc<[DocumentKey]>>,
}

impl App {
    /// Whether a document is new in the saved search that the list shows.
    pub fn is_new(&self, key: DocumentKey) -> bool {
        self.saved.run.as_ref().is_some_and(|run| run.new.contains(&key))
    }

    /// How many documents are new in the saved search that the list shows, and of how many, when only those are listed.
    pub fn news(&self) -> Option<(usize, Option<usize>)> {
        let run = self.saved.run.as_ref().filter(|run| !run.new.is_empty())?;
        Some((run.new.len(), run.all.as_ref().map(|all| all.len())))
    }

    /// Asks for a name to keep the dossier's search under; the query itself is proposed. What is being typed is accepted
    /// first.
    pub(crate) fn ask_for_name(&mut self, effects: &mut Effects) {
        if self.overlay.as_ref().is_some_and(|overlay| overlay.kind.is_a_question()) {
            return;
        }
        let of_document = self.search.prompt.as_ref().is_some_and(|prompt| prompt.scope == SearchScope::Document);
        let Some(dossier) = self.search.dossier.as_ref().filter(|_| !of_document) else {
            return self.notices.set(Message::new("save-no-search"));
        };
        let proposed = self.saved.run.as_ref().map_or(&dossier.source, |run| &run.name).trim().to_owned();
        self.accept_query(effects);
        self.type_name(OverlayKind::SaveSearch, LineInput::proposed(proposed));
        effects.ask(Request::ListSearches);
    }

    fn type_name(&mut self, kind: OverlayKind, name: LineInput) {
        self.open_overlay(kind);
        if let Some(overlay) = &mut self.overlay {
            overlay.filter = name;
            overlay.typing = true;
        }
    }

    /// Enter behind a name.
    pub(crate) fn accept_name(&mut self, effects: &mut Effects) {
        let Some(overlay) = &self.overlay else { return };
        let name = overlay.filter.text().trim().to_owned();
        if name.is_empty() {
            return self.notices.set(Message::new("save-no-name"));
        }
        let Some(overlay) = self.overlay.take() else { return };
        match overlay.kind {
            OverlayKind::RenameSearch => {
                if let Some(old) = self.saved.renaming.take().filter(|old| *old != name) {
                    effects.ask(Request::RenameSearch { name: old, new: name });
                }
                self.open_overlay(OverlayKind::Searches);
                effects.ask(Request::ListSearches);
            }
            _ => self.save_under(name, effects),
        }
    }

    fn save_under(&mut self, name: String, effects: &mut Effects) {
        let Some(dossier) = &self.search.dossier else { return };
        let all = self.saved.run.as_ref().and_then(|run| run.all.clone());
        effects.ask(Request::SaveSearch(SaveSearchRequest {
            name,
            source: dossier.source.trim().to_owned(),
            sort: self.search.sort,
            spelling: self.search.spelling.clone(),
            found: all.unwrap_or_else(|| Arc::clone(self.list.order())),
        }));
    }

    /// A search was saved.
    pub(crate) fn search_saved(&mut self, name: String, forgotten: bool) {
        let id = if forgotten { "search-saved-for-now" } else { "search-saved" };
        let source = self.search.dossier.as_ref().map_or("", |dossier| &dossier.source);
        let marked = marked(source, &self.catalogue);
        let said = Message::new(id).with("name", name.clone()).with("marked", marked);
        self.notices.set(said.with("key", self.key_of(Command::SavedSearches)));
        // From now on it is what the list shows: what comes is new.
        if let Some(dossier) = &self.search.dossier {
            let (source, spelling) = (dossier.source.clone(), self.search.spelling.clone());
            let run = SavedRun { name, source, spelling, new: Arc::default(), all: None };
            self.saved.run = Some(run);
        }
    }

    /// A search was not saved: its name can be changed.
    pub(crate) fn search_not_saved(&mut self, name: String, message: Message) {
        self.type_name(OverlayKind::SaveSearch, LineInput::new(name));
        self.notices.alert(message);
    }

    /// Opens the list of saved searches.
    pub(crate) fn list_searches(&mut self, effects: &mut Effects) {
        self.open_overlay(OverlayKind::Searches);
        effects.ask(Request::ListSearches);
    }

    /// The saved searches there are; counts that are known stay until newer ones come.
    pub(crate) fn searches_listed(&mut self, mut rows: Vec<SavedSearchRow>) {
        for row in &mut rows {
            row.counts = self.saved.rows.iter().find(|known| known.name == row.name).and_then(|known| known.counts);
        }
        self.saved.rows = rows;
        // Only a list without it shows that it is gone.
        if let Some(name) = self.saved.forgotten.take_if(|name| self.saved.rows.iter().all(|row| row.name != *name)) {
            self.notices.report(Notice::new(Message::new("search-forgotten").with("name", name)));
        }
    }

    /// A saved search was counted.
    pub(crate) fn search_counted(&mut self, name: &str, documents: usize, new: usize) {
        if let Some(row) = self.saved.rows.iter_mut().find(|row| row.name == name) {
            row.counts = Some((documents, new));
        }
    }

    /// The saved searches that pass the filter of their list; beside a name that is being typed, all of them.
    pub fn search_rows(&self) -> Vec<&SavedSearchRow> {
        let filter = match &self.overlay {
            Some(overlay) if overlay.kind == OverlayKind::Searches => overlay.filter.text(),
            Some(_) => "",
            None => return Vec::new(),
        };
        let texts = self.saved.rows.iter().map(|row| format!("{} {}", row.name, row.source));
        filtered(filter, texts).into_iter().map(|at| &self.saved.rows[at]).collect()
    }

    fn chosen_search(&self) -> Option<&SavedSearchRow> {
        let overlay = self.overlay.as_ref().filter(|overlay| overlay.kind == OverlayKind::Searches)?;
        self.search_rows().get(overlay.selected).copied()
    }

    /// Enter in the list of saved searches: runs the chosen one.
    pub(crate) fn run_saved(&mut self, effects: &mut Effects) {
        let Some(row) = self.chosen_search().cloned() else { return };
        self.overlay = None;
        self.leave_place();
        self.search.remember(&row.source);
        self.search.sort = row.sort;
        self.search.spelling = row.spelling.clone();
        self.search.prompt = None;
        self.search_dossier(row.source.clone(), LastWord::Whole, effects);
        self.search.accepting = Some(Accepting { chosen: None, attempt: Attempt::Typed });
        match row.elsewhere {
            Some(path) => self.notices.set(Message::new("search-elsewhere").with("path", path)),
            None => {
                self.saved.run = Some(SavedRun {
                    name: row.name,
                    source: row.source,
                    spelling: row.spelling,
                    new: Arc::default(),
                    all: None,
                });
            }
        }
    }

    /// Another query was asked: what was saved is no longer what the list shows.
    pub(crate) fn leave_saved(&mut self, source: &str) {
        if self.saved.run.as_ref().is_some_and(|run| run.source != source) {
            self.saved.run = None;
        }
    }

    /// Hits have come: when they are those of a saved search, what is new among them is asked, and from now on they are
    /// known.
    pub(crate) fn look_at_saved(&mut self, found: Arc<[DocumentKey]>, effects: &mut Effects) {
        let spelling = &self.search.spelling;
        if let Some(run) = self.saved.run.as_ref().filter(|run| run.spelling == *spelling) {
            effects.ask(Request::LookAtSearch { name: run.name.clone(), found });
        }
    }

    /// What is new in a saved search is known.
    pub(crate) fn new_found(&mut self, name: &str, new: Arc<HashSet<DocumentKey>>, effects: &mut Effects) {
        let Some(run) = self.saved.run.as_mut().filter(|run| run.name == name) else { return };
        run.new = new;
        if run.all.take().is_some() {
            // The list was told anew meanwhile, with all there is.
            self.toggle_only_new(effects);
        }
    }

    /// Only what is new is listed, or all of it again.
    pub(crate) fn toggle_only_new(&mut self, effects: &mut Effects) {
        let order = Arc::clone(self.list.order());
        let Some(run) = &mut self.saved.run else {
            let key = self.key_of(Command::SavedSearches);
            return self.notices.set(Message::new("new-no-search").with("key", key));
        };
        let wanted: Arc<[DocumentKey]> = match run.all.take() {
            Some(all) => all,
            None if run.new.is_empty() => return self.notices.set(Message::new("new-none")),
            None => {
                let new = order.iter().copied().filter(|key| run.new.contains(key)).collect();
                run.all = Some(order);
                new
            }
        };
        self.list.replace(wanted, Vec::new(), Choice::Same);
        self.open_chosen_instead(effects);
    }

    /// The first key of a command, as it stands on the keyboard.
    pub fn key_of(&self, command: Command) -> String {
        self.keys_shown(command).first().map(|key| self.catalogue.keys(key)).unwrap_or_default()
    }

    /// The first key asks again, the second forgets the chosen search.
    pub(crate) fn forget_search(&mut self, effects: &mut Effects) {
        let Some(name) = self.chosen_search().map(|row| row.name.clone()) else {
            return self.notices.set(Message::new("command-not-here").with("name", "forget-search"));
        };
        if self.saved.forgetting.take().as_ref() == Some(&name) {
            self.saved.forgotten = Some(name.clone());
            effects.ask(Request::ForgetSearch(name));
        } else {
            let key = self.key_of(Command::ForgetSearch);
            self.notices.set(Message::new("search-forget-again").with("name", name.clone()).with("key", key));
            self.saved.forgetting = Some(name);
        }
    }

    /// Asks for another name of the chosen search.
    pub(crate) fn rename_search(&mut self) {
        let Some(name) = self.chosen_search().map(|row| row.name.clone()) else {
            return self.notices.set(Message::new("command-not-here").with("name", "rename-search"));
        };
        self.saved.renaming = Some(name.clone());
        self.type_name(OverlayKind::RenameSearch, LineInput::proposed(name));
    }

    /// Esc behind another name: back to the list, with the same search chosen. Whether a name was asked for.
    pub(crate) fn leave_renaming(&mut self) -> bool {
        let asked = self.overlay.as_ref().is_some_and(|overlay| overlay.kind == OverlayKind::RenameSearch);
        let Some(name) = self.saved.renaming.take().filter(|_| asked) else { return false };
        self.open_overlay(OverlayKind::Searches);
        let at = self.saved.rows.iter().position(|row| row.name == name);
        if let Some(overlay) = &mut self.overlay {
            overlay.selected = at.unwrap_or(0);
        }
        true
    }
}
