//! The overlays: lists that cover the reader, one at a time. Each variant of [`Overlay`] holds its own state over one
//! shared [`FilteredList`]. The rows are made here, so that drawing and choosing agree; the consequences of a choice
//! for other components are returned as requests. Drawing is `ui`'s concern.

pub(super) mod document_rows;
pub(super) mod facets;
pub(super) mod filter;
pub(super) mod help;
pub(super) mod not_read;
pub(super) mod palette;
pub(super) mod saved_searches;

use super::action::{Actions, PaneRequest};
use super::line_editor::LineInput;
use super::panes::Region;
use super::pending_keys::CountedCommand;
use super::reader::state::ReaderState;
use super::saved_searches::SavedSearches;
use super::search::state::{Outcome, SearchState};
use super::settings::Settings;
use crate::command::KeyChord;
use crate::locale::{Catalogue, Message};
use crate::request::Request;
use crate::search::LastWord;
use document_rows::{DocumentRows, match_here, section_here};
use facets::FacetList;
use filter::FilteredList;
use help::{HelpRow, help_rows};
use not_read::NotReadList;
use saved_searches::SavedSearchList;

/// The overlay that is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Overlay {
    /// The sections of the open document.
    Outline(DocumentRows),
    /// The matches in the open document.
    Matches(DocumentRows),
    /// Every command with its keys.
    Help(FilteredList),
    /// Every command by name.
    Palette(FilteredList),
    /// The files that gave no document.
    NotRead(NotReadList),
    /// The facets of the listed documents.
    Facets(FacetList),
    /// The saved searches.
    SavedSearches(SavedSearchList),
    /// The name for a new saved search, above the names in use.
    SaveSearch(FilteredList),
    /// The new name of a saved search.
    RenameSearch {
        /// The line for the new name.
        list: FilteredList,
        /// The present name.
        name: String,
    },
}

/// The sources of the rows of overlays.
#[derive(Clone, Copy)]
pub(crate) struct RowSources<'a> {
    pub(crate) reader: Option<&'a ReaderState>,
    pub(crate) search: &'a SearchState,
    pub(crate) saved: &'a SavedSearches,
    pub(crate) settings: &'a Settings,
    pub(crate) catalogue: &'a Catalogue,
}

impl RowSources<'_> {
    /// The query of the dossier, whose values facets add or remove.
    fn query(&self) -> (&str, LastWord) {
        let source = self.search.dossier.as_ref().map_or("", |dossier| &dossier.source);
        (source, if self.search.last_word_grows() { LastWord::Prefix } else { LastWord::Whole })
    }
}

impl Overlay {
    /// The outline, or why there is none.
    pub(crate) fn outline(sources: &RowSources<'_>) -> Result<Self, Message> {
        let reader = sources.reader.ok_or(Message::new("empty-reader"))?;
        if reader.outline().is_empty() {
            return Err(Message::new("no-outline"));
        }
        Ok(Self::Outline(DocumentRows::of_outline(reader, sources.catalogue)))
    }

    /// The matches, or why there are none.
    pub(crate) fn matches(sources: &RowSources<'_>) -> Result<Self, Message> {
        let reader = sources.reader.ok_or(Message::new("empty-reader"))?;
        if sources.search.query().is_none() {
            return Err(Message::new("search-no-query").with("key", "/"));
        }
        if reader.matches.is_empty() {
            let is_known = sources.search.finding == Outcome::Known;
            return Err(Message::new(if is_known { "search-no-match" } else { "searching" }));
        }
        Ok(Self::Matches(DocumentRows::of_matches(reader, sources.catalogue)))
    }

    /// The command palette, with the cursor in its line.
    pub(crate) fn palette() -> Self {
        Self::Palette(FilteredList::typing(LineInput::default()))
    }

    /// The shared part: filter, selection and scroll position.
    pub fn list(&self) -> &FilteredList {
        match self {
            Self::Outline(rows) | Self::Matches(rows) => &rows.list,
            Self::Help(list) | Self::Palette(list) | Self::SaveSearch(list) | Self::RenameSearch { list, .. } => list,
            Self::NotRead(files) => &files.list,
            Self::Facets(facets) => &facets.list,
            Self::SavedSearches(searches) => &searches.list,
        }
    }

    pub(crate) fn list_mut(&mut self) -> &mut FilteredList {
        match self {
            Self::Outline(rows) | Self::Matches(rows) => &mut rows.list,
            Self::Help(list) | Self::Palette(list) | Self::SaveSearch(list) | Self::RenameSearch { list, .. } => list,
            Self::NotRead(files) => &mut files.list,
            Self::Facets(facets) => &mut facets.list,
            Self::SavedSearches(searches) => &mut searches.list,
        }
    }

    /// Whether it asks for a name, so that its line filters nothing.
    pub fn asks_for_name(&self) -> bool {
        matches!(self, Self::SaveSearch(_) | Self::RenameSearch { .. })
    }

    /// Whether every key that is no command begins a filter.
    pub fn filters_at_once(&self) -> bool {
        matches!(self, Self::Outline(_) | Self::Matches(_) | Self::Facets(_))
    }

    /// Number of rows.
    pub(crate) fn row_count(&self, sources: &RowSources<'_>) -> usize {
        let RowSources { saved, settings, catalogue, .. } = sources;
        match self {
            Self::Outline(rows) | Self::Matches(rows) => rows.numbers.len(),
            Self::Help(list) => help_rows(list.filter.text(), &settings.keymap, catalogue).len(),
            Self::Palette(list) => palette::palette_rows(list.filter.text(), catalogue).len(),
            Self::NotRead(files) => files.rows(catalogue).len(),
            Self::Facets(facets) => facets.rows.len(),
            Self::SavedSearches(searches) => searches.rows(saved).len(),
            Self::SaveSearch(_) | Self::RenameSearch { .. } => saved.rows.len(),
        }
    }

    /// Sends a key to the line. Returns whether the line used it.
    pub(crate) fn press(&mut self, key: KeyChord, sources: &RowSources<'_>) -> bool {
        let changed = self.list_mut().filter.press(key);
        if changed == Some(true) {
            self.filter_changed(sources);
        }
        changed.is_some()
    }

    /// Pastes into the line if it has the cursor, or would get it with the next character. Returns whether it does.
    pub(crate) fn paste(&mut self, text: &str, sources: &RowSources<'_>) -> bool {
        if !self.list().typing && !self.filters_at_once() {
            return false;
        }
        if self.list_mut().filter.insert(text) {
            self.list_mut().typing = true;
            self.filter_changed(sources);
        }
        true
    }

    /// Selects the first row that passes a filter that has changed. An outline or a list of matches or facets with an
    /// empty filter is not filtered, so that letters are commands again.
    fn filter_changed(&mut self, sources: &RowSources<'_>) {
        let list = self.list_mut();
        list.selected = 0;
        if list.filter.text().is_empty() && self.filters_at_once() {
            self.list_mut().typing = false;
        } else if let Self::Facets(facets) = self {
            facets.list.typing = true;
        }
        self.list_rows(sources);
        if let Some(reader) = sources.reader.filter(|_| self.list().filter.text().is_empty()) {
            match self {
                Self::Outline(rows) => rows.list.selected = section_here(reader),
                Self::Matches(rows) => rows.list.selected = match_here(reader),
                _ => {}
            }
        }
    }

    /// Filters the rows that are kept: those of the open document and the facets.
    fn list_rows(&mut self, sources: &RowSources<'_>) {
        match self {
            Self::Facets(facets) => facets.list_rows(sources.query(), sources.catalogue),
            _ => self.filter_document_rows(sources),
        }
    }

    /// Filters sections or matches again: the document or its matches have changed.
    pub(crate) fn filter_document_rows(&mut self, sources: &RowSources<'_>) {
        match (self, sources.reader) {
            (Self::Outline(rows), Some(reader)) => rows.filter_sections(reader, sources.catalogue),
            (Self::Matches(rows), Some(reader)) => rows.filter_matches(reader, sources.catalogue),
            _ => {}
        }
    }

    /// Empties the filter of an outline, of matches or of facets and keeps the same row selected. Returns whether there
    /// was a filter.
    pub(crate) fn clear_filter(&mut self, sources: &RowSources<'_>) -> bool {
        if !self.filters_at_once() || self.list().filter.text().is_empty() {
            return false;
        }
        self.list_mut().clear();
        let (rows, here): (_, fn(&ReaderState) -> usize) = match self {
            Self::Outline(rows) => (rows, section_here),
            Self::Matches(rows) => (rows, match_here),
            _ => {
                self.list_rows(sources);
                return true;
            }
        };
        let selected = rows.selected().or(sources.reader.map(here)).unwrap_or(0);
        self.filter_document_rows(sources);
        self.list_mut().selected = selected;
        true
    }

    /// Takes the counts of the facets.
    pub(crate) fn facets_counted(&mut self, counted: std::sync::Arc<crate::search::Facets>, sources: &RowSources<'_>) {
        if let Self::Facets(facets) = self {
            facets.counted = Some(counted);
            facets.list_rows(sources.query(), sources.catalogue);
        }
    }

    /// Moves the selection.
    pub(crate) fn move_by(&mut self, by: isize, sources: &RowSources<'_>) {
        if let Self::Facets(facets) = self {
            return facets.move_by(by);
        }
        let rows = self.row_count(sources);
        self.list_mut().move_by(by, rows);
    }

    /// Scrolls so that the selected row is in view.
    pub(crate) fn settle(&mut self, region: Option<Region>, sources: &RowSources<'_>) {
        if let Self::Facets(facets) = self {
            return facets.settle(region);
        }
        let rows = self.row_count(sources);
        let visible = region.map_or(1, |region| usize::from(region.height.saturating_sub(2)));
        self.list_mut().settle(visible, rows);
    }

    /// Enter.
    pub(crate) fn accept(&mut self, sources: &RowSources<'_>) -> Actions {
        let close = Actions::from(PaneRequest::CloseOverlay);
        match self {
            Self::Outline(rows) => match rows.selected() {
                Some(section) => close.and(PaneRequest::GoToSection(section)),
                None => close,
            },
            Self::Matches(rows) => match rows.selected() {
                Some(number) => close.and(PaneRequest::GoToMatch(number)),
                None => close,
            },
            Self::Help(list) => {
                let rows = help_rows(list.filter.text(), &sources.settings.keymap, sources.catalogue);
                match rows.get(list.selected) {
                    Some(HelpRow::Command { command, .. }) => {
                        close.and(PaneRequest::Run(CountedCommand { command: *command, count: None }))
                    }
                    _ => close,
                }
            }
            Self::Palette(list) => close.and(palette::accept(list, sources.catalogue)),
            Self::NotRead(_) => close,
            Self::Facets(facets) => facets.accept(sources.query(), sources.catalogue),
            Self::SavedSearches(searches) => match searches.selected(sources.saved) {
                Some(row) => close.and(PaneRequest::RunSaved(Box::new(row.clone()))),
                None => Actions::none(),
            },
            Self::SaveSearch(_) | Self::RenameSearch { .. } => self.accept_name(),
        }
    }

    /// Enter behind a name.
    fn accept_name(&mut self) -> Actions {
        let new = self.list().filter.text().trim().to_owned();
        if new.is_empty() {
            return Actions::notice_of("save-no-name");
        }
        let Self::RenameSearch { name, .. } = self else {
            return Actions::from(PaneRequest::CloseOverlay).and(PaneRequest::SaveSearch(new));
        };
        let name = std::mem::take(name);
        *self = Self::SavedSearches(SavedSearchList::default());
        let mut actions = Actions::none();
        if name != new {
            actions.extend(Request::RenameSearch { name, new });
        }
        actions.and(Request::ListSearches)
    }

    /// Asks for another name of the selected search.
    pub(crate) fn rename(&mut self, saved: &SavedSearches) -> Actions {
        let selected = match self {
            Self::SavedSearches(searches) => searches.selected(saved),
            _ => None,
        };
        let Some(name) = selected.map(|row| row.search.name.clone()) else { return not_here("rename-search") };
        let list = FilteredList::typing(LineInput::proposed(name.clone()));
        *self = Self::RenameSearch { list, name };
        Actions::none()
    }

    /// Esc behind a new name: back to the list, with the same search selected. Returns whether a new name was asked for.
    pub(crate) fn leave_renaming(&mut self, saved: &SavedSearches) -> bool {
        let Self::RenameSearch { name, .. } = self else { return false };
        *self = Self::SavedSearches(SavedSearchList::selecting(name, saved));
        true
    }

    /// Deletes the selected search on the second key.
    pub(crate) fn delete_search(&mut self, saved: &mut SavedSearches, key: String) -> Actions {
        match self {
            Self::SavedSearches(searches) => searches.delete(saved, key),
            _ => not_here("forget-search"),
        }
    }

    /// The search whose deletion waits for the second key.
    pub(crate) fn forgetting(&self) -> Option<&str> {
        match self {
            Self::SavedSearches(searches) => searches.forgetting(),
            _ => None,
        }
    }

    /// Keeps the search whose deletion waits for the second key.
    pub(crate) fn keep_search(&mut self) {
        if let Self::SavedSearches(searches) = self {
            searches.keep();
        }
    }
}

/// The notice that a command does nothing in this overlay or without one.
pub(crate) fn not_here(name: &'static str) -> Actions {
    Actions::notice(Message::new("command-not-here").with("name", name))
}
