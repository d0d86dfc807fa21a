//! The state machine: everything that is shown and done, as values.
//!
//! `update(&mut App, Event) -> Effects` is the only way in which state changes; it has no IO, clock or thread. The runtime
//! carries effects out; their outcomes return as events with the generation of the request, so that stale replies are
//! recognised and dropped. `ui` draws an [`App`] and changes nothing.
//!
//! Each pane, each overlay and each concern is a component that owns its fields. A transition is a method of a
//! component: it takes references to what else it needs and returns `Actions`, effects and requests to other
//! components. Only this file and `update` change an [`App`] as a whole; here are the transitions that concern several
//! components and must keep an order.

mod action;
mod effect;
mod event;
mod line_editor;
mod list;
mod notices;
mod open_document;
mod overlay;
mod panes;
mod pending_keys;
mod queries;
mod reader;
mod saved_searches;
mod search;
mod session;
mod settings;
mod sidebar;
mod update;

use std::sync::Arc;
use std::time::Duration;

pub use effect::{Effect, Effects};
pub use event::{Event, MouseAction};
pub use line_editor::LineInput;
pub use list::DocumentList;
pub use notices::{Notice, Notices};
pub use overlay::Overlay;
pub use overlay::document_rows::DocumentRows;
pub use overlay::facets::{Facet, FacetCount, FacetList, FacetRow, dates, facet_label};
pub use overlay::filter::FilteredList;
pub use overlay::help::{HelpRow, help_rows, sentence_of};
pub use overlay::not_read::{NotReadList, NotReadRow};
pub use overlay::palette::palette_rows;
pub use overlay::saved_searches::SavedSearchList;
pub use panes::{Arrangement, Panes, RedrawPriority, Region, Regions, Size};
pub use pending_keys::{Awaiting, CountedCommand, PendingKeys};
pub use reader::arrival::{Arrival, Loading};
pub use reader::links::{Departure, Link, LinkFocus, LinkTarget, NotePopup};
pub use reader::pane::ReaderPane;
pub use reader::state::{Page, Paint, ReaderState, TextSelection};
pub use saved_searches::SavedSearches;
pub use search::candidates::{Completion, CompletionCandidate};
pub use search::chips::MAX_CHIPS;
pub use search::saved_run::SavedRun;
pub use search::state::{DossierSearch, Outcome, SearchPrompt, SearchState};
pub use session::SessionKeeper;
pub use settings::{LaunchOptions, Settings};
pub use sidebar::{Sidebar, SidebarLine, SidebarTarget, sidebar_box};
pub use update::update;

use crate::document::DocumentKey;
use crate::locale::{Catalogue, Message};
pub use crate::request::Pane;
use crate::request::{LibraryStatus, OpenedDocument, Request, SearchScope, UnreadFiles};
use crate::search::{Generation, Query};
use crate::text::TextRange;
use action::Actions;
use action::PaneRequest;
use overlay::RowSources;
use search::match_walk::move_current_match;

/// The state of the reader: one field for each pane and each concern. It routes events to them and answers questions that
/// concern several of them.
#[derive(Debug)]
pub struct App {
    /// Time since the start.
    pub clock: Duration,
    /// The settings, as changed by commands.
    pub settings: Settings,
    /// The texts of the interface in the language of the settings.
    pub catalogue: Arc<Catalogue>,
    /// The state of the library.
    pub library: LibraryStatus,
    /// The window and the focus.
    pub panes: Panes,
    /// The sidebar.
    pub sidebar: Sidebar,
    /// The document list.
    pub list: DocumentList,
    /// The open document, and the one that is being loaded.
    pub reader: ReaderPane,
    /// The searches and their prompt.
    pub search: SearchState,
    /// The saved searches.
    pub saved: SavedSearches,
    /// The overlay over the reader.
    pub overlay: Option<Overlay>,
    /// The messages in the last line of the screen.
    pub notices: Notices,
    /// Keys that are not yet a command.
    pub keys: PendingKeys,
    /// Whether the program is ending.
    pub leaving: bool,
    session: SessionKeeper,
}

impl App {
    /// The state of a program that has just been started, in a window of this size.
    pub fn new(settings: Settings, size: Size, launch: LaunchOptions) -> Self {
        let reader_first = launch.document.is_some() || launch.one_file;
        let focus = if reader_first { Pane::Reader } else { Pane::List };
        let zoomed = !settings.side_panes && launch.document.is_some();
        Self {
            clock: Duration::ZERO,
            catalogue: Arc::new(Catalogue::new(settings.ui_language)),
            library: LibraryStatus::default(),
            panes: Panes { size, focus, zoomed },
            sidebar: Sidebar::default(),
            list: DocumentList::new(settings.sort, launch.document, launch.chosen),
            reader: ReaderPane::new(launch.place, launch.words),
            search: SearchState::new(),
            saved: SavedSearches::default(),
            overlay: None,
            notices: Notices::default(),
            keys: PendingKeys::default(),
            leaving: false,
            session: SessionKeeper::default(),
            settings,
        }
    }

    // After every event

    /// Makes the components agree after an event: the page fits its box, selections are in view, rows in view are fetched.
    fn settle(&mut self) -> Effects {
        self.search.settle_chips();
        let mut effects = self.take_waiting_steps();
        self.keep_list_and_text_together();
        let caught_up = self.list.catch_up();
        effects.extend(self.perform(caught_up));
        self.settle_page();
        let rows = self.regions().list.map_or(0, |list| self.list_rows(list));
        self.list.settle(rows.max(1));
        let query = self.search.dossier.as_ref().and_then(|dossier| dossier.query.clone());
        let mut actions = self.list.fetch_missing(rows, query);
        if let Some(Overlay::Facets(facets)) = &mut self.overlay {
            actions.extend(facets.count(&self.list));
        }
        effects.extend(self.perform(actions));
        let regions = self.regions();
        let region = regions.reader.or(regions.list).or(regions.sidebar);
        self.with_overlay(|overlay, sources| overlay.settle(region, sources));
        effects
    }

    fn take_waiting_steps(&mut self) -> Effects {
        if self.search.steps == 0 || self.search.steps_wait(&self.reader) {
            return Effects::default();
        }
        self.settle_page(); // a step begins at the text in view
        let steps = self.search.take_waiting_steps(&mut self.list, &mut self.reader);
        self.perform(steps)
    }

    /// Fits the page of the open document to its box.
    fn settle_page(&mut self) {
        let text_box = self.regions().reader.map(|reader| self.text_box(reader));
        if let (Some(reader), Some(text_box)) = (&mut self.reader.open, text_box) {
            reader.fit(text_box.width, text_box.height);
            reader.settle();
        }
    }

    /// Keeps the selected row and the text on one document, unless a document or an order is awaited.
    fn keep_list_and_text_together(&mut self) {
        let is_awaited = self.search.dossier.as_ref().is_some_and(|dossier| dossier.outcome.is_awaited());
        let Some(open) = self.reader.key().filter(|_| self.reader.loading.is_none() && !is_awaited) else { return };
        let on_screen = self.regions().reader.is_some();
        self.list.keep_with_text(open, self.search.list_leads(self.panes.focus), on_screen, self.clock);
    }

    // Panes and the focus

    /// Moves by lines in the overlay, in the prompt or in the focused pane.
    fn move_lines(&mut self, by: i32) -> Actions {
        if self.with_overlay(|overlay, sources| overlay.move_by(by as isize, sources)).is_some() {
        } else if self.search.prompt_is_of_document() {
            move_current_match(by, &mut self.reader);
        } else if self.search.prompt.is_some() {
            self.list.move_selection(by as isize, self.clock);
        } else {
            self.move_lines_in(self.panes.focus, by);
        }
        Actions::none()
    }

    fn move_lines_in(&mut self, pane: Pane, by: i32) {
        match pane {
            Pane::List => self.list.move_selection(by as isize, self.clock),
            Pane::Reader => self.reader.move_by(by, ReaderState::scroll),
            Pane::Sidebar => {
                let mut sidebar = self.sidebar;
                sidebar.move_by(by as isize, self.sidebar_content().as_ref());
                self.sidebar = sidebar;
            }
        }
    }

    /// Moves by pages (`part` 1) or half pages (`part` 2).
    fn move_pages(&mut self, by: i32, part: u16) -> Actions {
        let regions = self.regions();
        if self.overlay.is_none() && self.search.prompt.is_none() && self.panes.focus == Pane::Reader {
            let scroll = if part == 1 { ReaderState::scroll_pages } else { ReaderState::scroll_half_pages };
            self.reader.move_by(by, scroll);
            return Actions::none();
        }
        let rows = match (regions.list, self.panes.focus) {
            (Some(list), Pane::List) => self.list_rows(list) as u16,
            _ => regions.reader.or(regions.sidebar).map_or(1, |region| region.height),
        };
        let step = i32::from((rows.saturating_sub(1) / part).max(1));
        self.move_lines(by.saturating_mul(step))
    }

    fn go_to_edge(&mut self, count: Option<u32>, bottom: bool) -> Actions {
        if self.overlay.is_some() || self.panes.focus != Pane::Reader {
            return self.move_lines(if bottom { i32::MAX } else { -i32::MAX });
        }
        self.reader.go_to_edge(count, bottom);
        Actions::none()
    }

    fn focus_list(&mut self) {
        self.panes.focus = Pane::List;
        self.list.select_open(&self.reader);
    }

    fn focus_sidebar(&mut self) {
        self.panes.focus = Pane::Sidebar;
        let mut sidebar = self.sidebar;
        sidebar.select_section(self.sidebar_content().as_ref());
        self.sidebar = sidebar;
    }

    /// Tab and Shift-Tab: focuses the next or the previous pane.
    fn focus_next(&mut self, forward: bool) -> Effects {
        self.panes.zoomed = false;
        let effects = self.catch_up_reader();
        match self.panes.next(forward, self.regions().arrangement, self.sidebar.toggled) {
            Pane::List => self.focus_list(),
            Pane::Sidebar => self.focus_sidebar(),
            Pane::Reader => self.panes.focus = Pane::Reader,
        }
        self.follow_if_nothing_is_open();
        effects
    }

    fn zoom(&mut self) -> Effects {
        self.panes.zoomed = !self.panes.zoomed;
        if !self.panes.zoomed {
            return Effects::default();
        }
        let effects = self.catch_up_reader();
        self.panes.focus = Pane::Reader;
        self.follow_if_nothing_is_open();
        effects
    }

    /// Opens the selected document before the list loses the focus.
    fn catch_up_reader(&mut self) -> Effects {
        if self.panes.focus != Pane::List {
            return Effects::default();
        }
        let caught_up = self.list.catch_up_reader(&self.reader);
        self.perform(caught_up)
    }

    fn follow_if_nothing_is_open(&mut self) {
        if self.reader.open.is_none() {
            self.list.follow_at.get_or_insert(self.clock);
        }
    }

    /// `i`: shows the sidebar beside the text, or in its place where there is room for one pane only.
    fn toggle_sidebar(&mut self) -> Actions {
        if self.regions().arrangement != Arrangement::Single {
            self.sidebar.toggled = !self.sidebar.toggled;
            if self.panes.focus == Pane::Sidebar {
                self.panes.focus = Pane::Reader;
            }
        } else if self.panes.focus == Pane::Sidebar {
            self.panes.focus = Pane::Reader;
        } else {
            self.panes.zoomed = false;
            self.focus_sidebar();
            self.sidebar.row = 0;
        }
        Actions::none()
    }

    // Documents

    fn library_changed(&mut self, status: LibraryStatus) -> Actions {
        let grown = status.documents != self.library.documents;
        let finished = self.library.progress.is_some() && status.progress.is_none();
        self.library = status;
        if grown || finished || !self.list.listed { PaneRequest::RefreshList.into() } else { Actions::none() }
    }

    fn follow_selection(&mut self) -> Effects {
        let on_screen = self.regions().reader.is_some();
        let followed = self.list.follow(&mut self.reader, self.panes.focus, on_screen);
        self.perform(followed)
    }

    /// Loads a document. Searches of an interrupted session that wait for another one are dropped.
    fn load(&mut self, key: DocumentKey, arrival: Arrival) -> Effects {
        self.list.follow_at = None;
        if !matches!(arrival, Arrival::Interrupted(..)) {
            self.session.drop_searches();
        }
        let id = self.list.row_of(key).map(|row| row.summary.id.clone());
        let query = self.search.query().cloned();
        let requested = self.reader.load((key, id), arrival, query, self.clock);
        self.perform(requested)
    }

    /// Shows a document that was loaded, at the requested place and with its matches.
    fn loaded(
        &mut self,
        generation: Generation,
        opened: OpenedDocument,
        found: Option<(Arc<Query>, Arc<[TextRange]>)>,
    ) -> Effects {
        let Some(Loading { key, arrival, .. }) = self.reader.take_loading(generation) else {
            return Effects::default();
        };
        let mut effects = Effects::default();
        if opened.key != key {
            // It was read again since, and so perhaps were others.
            effects.extend(self.perform(PaneRequest::RefreshList));
        }
        effects.extend(self.leave_document());
        if self.reader.key().is_some_and(|open| open != opened.key) && self.search.dossier.is_some() {
            self.search.document = None; // the search of the dossier remains; without one, the words are kept
        }
        let (interrupted, moved) = match &arrival {
            Arrival::Interrupted(locator, matched) => self.session.locate(&opened.document, locator, *matched),
            _ => (None, Actions::none()),
        };
        let text_box = self.regions().reader.map(|reader| self.text_box(reader)).unwrap_or_default();
        let arrived = self.reader.arrive(opened, &arrival, interrupted, text_box);
        self.sidebar.row = 0;
        effects.extend(self.perform(moved.and(arrived)));
        let is_automatic = arrival.is_automatic();
        let (at, restored) = ((self.panes.focus, self.clock), &mut self.session.matched);
        let shown = self.search.show_matches(found, arrival, &mut self.reader, at, restored);
        effects.extend(self.perform(shown));
        if let Some(reader) = self.reader.open.as_mut().filter(|_| is_automatic) {
            reader.record_arrival(reader.place());
        }
        if let Some(words) = self.reader.first_words() {
            let searched = self.search.search_first_words(&words, &mut self.reader, self.clock);
            effects.extend(self.perform(searched));
        }
        effects.extend(self.perform(PaneRequest::RestoreSearches));
        effects
    }

    /// The requested document is no longer in the library.
    fn gone(&mut self, generation: Generation) -> Effects {
        let Some(loading) = self.reader.take_loading(generation) else { return Effects::default() };
        let list_leads = self.search.list_leads(self.panes.focus);
        let skipped = self.list.skip_gone(loading, &mut self.reader, list_leads);
        self.perform(skipped.and(PaneRequest::RestoreSearches))
    }

    /// The requested document cannot be opened: no other text is shown beside its row.
    fn load_failed(&mut self, generation: Generation, message: Message) -> Effects {
        if self.reader.take_loading(generation).is_none() {
            return Effects::default();
        }
        let list_leads = self.search.list_leads(self.panes.focus);
        let closed = if list_leads { self.reader.close() } else { Actions::none() };
        self.perform(closed.and(PaneRequest::Alert(message)).and(PaneRequest::RestoreSearches))
    }

    fn restore_searches(&mut self) -> Actions {
        self.session.restore_searches(&mut self.search, &self.list, &self.reader, self.panes.focus, self.clock)
    }

    // Prompt and overlays

    /// `/`: searches the dossier from the list, the open document from the reader, the rows of an overlay over one.
    fn open_prompt(&mut self) -> Actions {
        if self.with_overlay(|overlay, _| overlay.list_mut().typing = true).is_none() {
            let in_document = self.panes.focus != Pane::List && self.reader.open.is_some();
            let origin = self.search.origin(self.panes.focus, &self.list, &self.reader);
            self.search.open_prompt(if in_document { SearchScope::Document } else { SearchScope::Dossier }, origin);
        }
        Actions::none()
    }

    /// Opens the prompt on the newest query; without one, an empty prompt for the dossier.
    fn open_prompt_within(&mut self) -> Actions {
        let origin = self.search.origin(self.panes.focus, &self.list, &self.reader);
        if let Some(scope) = self.search.scope() {
            self.search.extend_query(scope, origin);
        } else {
            self.focus_list();
            self.search.open_prompt(SearchScope::Dossier, origin);
        }
        Actions::none()
    }

    fn complete(&mut self, forward: bool) -> Actions {
        if self.overlay.is_some() {
            return Actions::none();
        }
        self.search.complete(forward, self.settings.ui_language, &self.catalogue)
    }

    fn recall(&mut self, older: bool) -> Actions {
        if self.overlay.is_some() {
            return self.move_lines(if older { -1 } else { 1 });
        }
        if self.search.recall(older) { PaneRequest::QueryEdited.into() } else { Actions::none() }
    }

    /// Asks for a name for the search of the dossier; a query that is being typed is accepted first.
    fn ask_for_name(&mut self) -> Effects {
        if self.overlay.as_ref().is_some_and(Overlay::asks_for_name) {
            return Effects::default();
        }
        let Some(proposed) = self.search.proposed_name() else {
            return self.perform(Actions::notice_of("save-no-search"));
        };
        let accepted = self.accept_query();
        let mut effects = self.perform(accepted);
        let asked = self.show_overlay(Overlay::SaveSearch(FilteredList::typing(LineInput::proposed(proposed))));
        effects.extend(self.perform(asked.and(Request::ListSearches)));
        effects
    }

    fn show_unread_files(&mut self, files: UnreadFiles) -> Actions {
        if files.files() == 0 {
            return Actions::notice_of("not-read-none");
        }
        self.show_overlay(Overlay::NotRead(NotReadList::new(files)))
    }

    fn show_overlay(&mut self, overlay: Overlay) -> Actions {
        self.reader.close_note();
        self.overlay = Some(overlay);
        Actions::none()
    }

    /// Shows an overlay, or why it would be empty.
    fn open_overlay(&mut self, open: impl Fn(&RowSources<'_>) -> Result<Overlay, Message>) -> Actions {
        match open(&self.row_sources()) {
            Ok(overlay) => self.show_overlay(overlay),
            Err(why) => Actions::notice(why),
        }
    }

    /// Changes the overlay that is open, if any, given the sources of its rows.
    fn with_overlay<T>(&mut self, change: impl FnOnce(&mut Overlay, &RowSources<'_>) -> T) -> Option<T> {
        let sources = RowSources {
            reader: self.reader.open.as_ref(),
            search: &self.search,
            saved: &self.saved,
            settings: &self.settings,
            catalogue: &self.catalogue,
        };
        self.overlay.as_mut().map(|overlay| change(overlay, &sources))
    }

    /// Words the interface in the language of a tag, or in the other one. Nothing is indexed again.
    fn set_language(&mut self, tag: Option<&str>) -> Actions {
        if !self.settings.set_language(tag) {
            return Actions::alert(Message::new("no-such-language").with("name", tag.unwrap_or_default()));
        }
        self.catalogue = Arc::new(Catalogue::new(self.settings.ui_language));
        Actions::notice_of("language-is")
    }
}
