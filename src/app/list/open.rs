//! From a row of the list to an open document: asking for it, arriving in it, and what follows the chosen row.

use std::sync::Arc;

use crate::app::search::state::Refresh;
use crate::app::{App, Arrangement, Arrival, Effects, Loading, Pane, ReaderState};
use crate::config::{NARROWEST_MEASURE, WIDEST_MEASURE};
use crate::document::{Document, DocumentKey, PlaceName};
use crate::locale::Message;
use crate::request::{LibraryStatus, OpenedDocument, Request, SearchScope};
use crate::search::Sort;
use crate::search::results::DocumentRow;
use crate::search::{Generation, Query};
use crate::text::{TextRange, TextSize};

use super::Choice;

/// How long the choice must rest before the reader follows it.
pub(crate) const REST: std::time::Duration = std::time::Duration::from_millis(120);

/// How long the list may grow before its first document is shown.
const SETTLING: std::time::Duration = std::time::Duration::from_millis(300);

impl App {
    /// The library holds something new: the list or the search is asked again.
    pub(crate) fn library_changed(&mut self, status: LibraryStatus, effects: &mut Effects) {
        let grown = status.documents != self.library.documents;
        let finished = self.library.progress.is_some() && status.progress.is_none();
        self.library = status;
        if grown || finished || !self.list.listed {
            self.ask_once_more(effects);
        }
    }

    /// Another process has written: rows and counts may be of documents that are gone.
    pub(crate) fn library_renewed(&mut self, status: LibraryStatus, effects: &mut Effects) {
        self.library = status;
        self.ask_once_more(effects);
    }

    /// Another row is chosen: what another process wrote is taken in before it is read.
    pub(crate) fn catch_up(&mut self, effects: &mut Effects) {
        let chosen = self.list.selected_key();
        if self.list.listed && chosen != self.list.caught_up_at {
            self.list.caught_up_at = chosen;
            effects.ask(Request::CatchUp);
        }
    }

    /// Asks for the list or the hits again, for what the library holds now.
    fn ask_once_more(&mut self, effects: &mut Effects) {
        if self.search.dossier.is_some() {
            self.ask_again(Refresh::Library, effects);
        } else {
            self.ask_for_list(effects);
        }
    }

    pub(crate) fn ask_for_list(&mut self, effects: &mut Effects) {
        let generation = self.list.ask();
        effects.ask(Request::List { generation, sort: self.list.sort });
    }

    /// Sorts by the next key; without a search there is no relevance.
    pub(crate) fn sort_by_next(&mut self, effects: &mut Effects) {
        let sort = match self.search.dossier {
            Some(_) => self.search.sort.next(),
            None if self.list.sort == Sort::Date => Sort::Title,
            None => Sort::Date,
        };
        self.sort_by(sort, effects);
    }

    /// Sorts the hits, or without a search the list.
    pub(crate) fn sort_by(&mut self, sort: Sort, effects: &mut Effects) {
        match self.search.dossier {
            Some(_) => self.search.sort = sort,
            None => self.list.sort = sort,
        }
        self.notices.set(Message::new("sort-is").with("sort", Message::new(format!("sort-{}", sort.name()))));
        if self.search.dossier.is_some() {
            self.ask_again(Refresh::Person, effects);
        } else {
            self.ask_for_list(effects);
        }
    }

    pub(crate) fn listed(
        &mut self,
        generation: Generation,
        order: Arc<[DocumentKey]>,
        rows: Vec<DocumentRow>,
        effects: &mut Effects,
    ) {
        if generation != self.list.generation || self.search.dossier.is_some() {
            return;
        }
        let first = !self.list.listed;
        self.list.listed = true;
        if first {
            effects.ask(Request::FindInterruption);
        }
        let choice = if self.list.touched { Choice::Same } else { Choice::First };
        self.list.replace(order, rows, choice);
        self.begin(first);
    }

    /// What happens once, when the first list is there: the document asked for is opened, or the first one shown.
    fn begin(&mut self, first: bool) {
        if first && self.list.to_open.is_none() && self.list.len() == 1 && self.library.progress.is_none() {
            self.panes.focus = Pane::Reader;
        }
        if let Some(at) = self.list.to_open.and_then(|key| self.list.position(key)) {
            self.list.select(at);
        }
        if self.reader.open.is_none() || self.library.progress.is_none() {
            // While files are still being read another document may come first in a moment.
            let is_settled = self.library.progress.is_none() || self.list.to_open.is_some();
            let due = if is_settled { self.clock } else { self.clock + SETTLING };
            self.list.follow_at = Some(self.list.follow_at.map_or(due, |at| at.min(due)));
        }
    }

    pub(crate) fn rows_fetched(&mut self, generation: Generation, rows: Vec<DocumentRow>) {
        if generation == self.list.generation {
            self.list.add_rows(rows);
        }
    }

    pub(crate) fn fetch_missing(&mut self, visible: usize, effects: &mut Effects) {
        if visible == 0 {
            return;
        }
        let keys = self.list.missing(visible);
        if !keys.is_empty() {
            let query = self.search.dossier.as_ref().and_then(|dossier| dossier.query.clone());
            effects.ask(Request::FetchRows { generation: self.list.generation, keys, query });
        }
    }

    /// The reader follows the chosen row, once it rests, where both are on the screen.
    pub(crate) fn follow_selection(&mut self, effects: &mut Effects) {
        let Some(key) = self.list.selected_key() else { return };
        if self.shows(key) {
            return;
        }
        let asked_for = self.list.to_open == Some(key);
        if asked_for || self.panes.focus == Pane::Reader && self.reader.open.is_none() {
            self.list.to_open = None;
            let arrival = self.reader.first_place.take().map_or(Arrival::Resume, Arrival::Named);
            self.load(key, arrival, effects);
        } else if self.regions().reader.is_some() {
            self.load(key, Arrival::Resume, effects);
        }
    }

    fn begin_words(&mut self, effects: &mut Effects) {
        if let Some(words) = self.reader.first_words.take() {
            self.search_document_for(&words, effects);
        }
    }

    /// Whether a document is open or on its way.
    fn shows(&self, key: DocumentKey) -> bool {
        match &self.reader.loading {
            Some(loading) => loading.key == key,
            None => self.reader.open.as_ref().is_some_and(|reading| reading.opened.key == key),
        }
    }

    /// Whether the list leads and the text follows its bar; else the bar follows the text.
    pub(crate) fn list_leads(&self) -> bool {
        let prompt = self.search.prompt.as_ref();
        self.panes.focus == Pane::List || prompt.is_some_and(|prompt| prompt.scope == SearchScope::Dossier)
    }

    /// Keeps the bar of the list and the text on one document, whatever changed the list, the choice or the focus. While a
    /// document or an order is awaited nothing moves.
    pub(crate) fn keep_bar_and_text_together(&mut self) {
        let Some(open) = self.reader.open.as_ref().map(|reading| reading.opened.key) else { return };
        let is_awaited = self.search.dossier.as_ref().is_some_and(|dossier| dossier.outcome.is_awaited());
        if self.list.selected_key().is_none_or(|chosen| chosen == open) || self.reader.loading.is_some() || is_awaited {
            return;
        }
        if !self.list_leads() {
            self.select_in_list(open);
        } else if self.regions().reader.is_some() && self.list.follow_at.is_none() {
            self.selection_moved();
        }
    }

    /// A person narrowed the list while reading, and the open document is no longer in it: the chosen one is opened, as it
    /// would be from the list. The way back is kept.
    pub(crate) fn open_chosen_instead(&mut self, effects: &mut Effects) {
        let open = self.reader.open.as_ref().filter(|_| self.reader.loading.is_none() && !self.list_leads());
        let gone = open.is_some_and(|reading| self.list.position(reading.opened.key).is_none());
        if let Some(key) = self.list.selected_key().filter(|_| gone) {
            self.leave_place();
            self.load(key, Arrival::Resume, effects);
        }
    }

    /// Opens the chosen document where the text was not shown while the bar moved.
    fn catch_up_with_bar(&mut self, effects: &mut Effects) {
        if let Some(key) = self.list.selected_key().filter(|key| !self.shows(*key)) {
            self.load(key, Arrival::Resume, effects);
        }
    }

    /// The chosen row moved: the reader follows when it rests.
    pub(crate) fn selection_moved(&mut self) {
        self.list.follow_at = Some(self.clock + REST);
    }

    /// Enter in the list: the chosen document has the focus.
    pub(crate) fn open_selected(&mut self, effects: &mut Effects) {
        let Some(key) = self.list.selected_key() else { return };
        self.panes.focus = Pane::Reader;
        self.list.follow_at = None;
        if !self.shows(key) {
            self.load(key, Arrival::Resume, effects);
        }
    }

    /// J and K: another document of the list, without leaving the pane.
    pub(crate) fn go_documents(&mut self, by: i32, effects: &mut Effects) {
        if let Some(at) = self.reader.open.as_ref().and_then(|reading| self.list.position(reading.opened.key))
            && self.panes.focus != Pane::List
        {
            self.list.select(at);
        }
        if !self.list.step_by(by as isize) {
            let id = if by > 0 { "document-last" } else { "document-first" };
            return self.notices.set(Message::new(id));
        }
        if self.panes.focus == Pane::List { self.selection_moved() } else { self.open_selected_in_place(effects) }
    }

    fn open_selected_in_place(&mut self, effects: &mut Effects) {
        if let Some(key) = self.list.selected_key() {
            self.load(key, Arrival::Resume, effects);
        }
    }

    /// Asks for a document.
    pub(crate) fn load(&mut self, key: DocumentKey, arrival: Arrival, effects: &mut Effects) {
        self.reader.generation = self.reader.generation.next();
        self.list.follow_at = None;
        self.reader.jumps.visiting = None;
        self.reader.jumps.following = None;
        self.session.restore.part();
        self.reader.loading = Some(Loading { key, arrival, since: self.clock });
        let query = self.search.query().cloned();
        let id = self.list.row_of(key).map(|row| row.summary.id.clone());
        effects.ask(Request::Load { generation: self.reader.generation, key, id, query });
    }

    /// Goes to a place, in this document or another.
    pub(crate) fn go_to_place(&mut self, (key, offset): (DocumentKey, TextSize), effects: &mut Effects) {
        match &mut self.reader.open {
            Some(reading) if reading.opened.key == key && reading.original_of.is_none() => reading.go_to(offset),
            _ => {
                self.select_in_list(key);
                self.load(key, Arrival::Place(offset), effects);
            }
        }
    }

    pub(crate) fn select_in_list(&mut self, key: DocumentKey) {
        if let Some(at) = self.list.position(key) {
            self.list.select(at);
        }
    }

    pub(crate) fn loaded(
        &mut self,
        generation: Generation,
        opened: OpenedDocument,
        found: Option<(Arc<Query>, Arc<[TextRange]>)>,
        effects: &mut Effects,
    ) {
        let Some(loading) = self.take_loading(generation) else { return };
        if opened.key != loading.key {
            // It was read again meanwhile, and so perhaps were others.
            self.ask_once_more(effects);
        }
        self.leave_document(effects);
        self.arrive(opened, &loading.arrival);
        let resumes = loading.arrival.is_automatic();
        self.show_matches(found, loading.arrival, effects);
        if let Some(reading) = self.reader.open.as_mut().filter(|_| resumes) {
            reading.arrived_at(reading.place());
        }
        self.begin_words(effects);
        self.go_on_searching(effects);
    }

    /// The document that was asked for is no longer in the library.
    pub(crate) fn gone(&mut self, generation: Generation, effects: &mut Effects) {
        let Some(loading) = self.take_loading(generation) else { return };
        self.pass_over_gone(loading.key, loading.arrival, effects);
        self.go_on_searching(effects);
    }

    /// The document that was asked for cannot be opened.
    pub(crate) fn load_failed(&mut self, generation: Generation, message: Message, effects: &mut Effects) {
        if self.take_loading(generation).is_some() {
            self.close_text_of_another(effects);
            self.notices.alert(message);
            self.go_on_searching(effects);
        }
    }

    /// What is being loaded, if this is the newest request.
    fn take_loading(&mut self, generation: Generation) -> Option<Loading> {
        self.reader.loading.take_if(|_| generation == self.reader.generation)
    }

    /// The document is not in the library any more: that is said, the list is asked again, and in the reader the next
    /// document on the way that was gone is opened in its place.
    fn pass_over_gone(&mut self, gone: DocumentKey, arrival: Arrival, effects: &mut Effects) {
        self.notices.alert(Message::new("library-gone"));
        let at = self.list.position(gone);
        let open = self.reader.open.as_ref().and_then(|reading| self.list.position(reading.opened.key));
        let back = match arrival {
            Arrival::LastMatch => true,
            Arrival::FirstMatch => false,
            _ => open.zip(at).is_some_and(|(open, at)| at < open),
        };
        let next = at.and_then(|at| if back { at.checked_sub(1) } else { Some(at + 1) });
        match next.and_then(|next| Some((next, self.list.key(next)?))) {
            Some((next, key)) if !self.list_leads() && arrival.is_automatic() => {
                self.list.select(next);
                self.load(key, arrival, effects);
            }
            _ => self.close_text_of_another(effects),
        }
        self.ask_once_more(effects);
    }

    /// The chosen document cannot be opened: no other text stays beside its row.
    fn close_text_of_another(&mut self, effects: &mut Effects) {
        if self.list_leads() && self.reader.open.is_some() {
            self.leave_document(effects);
            self.reader.open = None;
        }
    }

    fn arrive(&mut self, opened: OpenedDocument, arrival: &Arrival) {
        let is_other = self.reader.open.as_ref().is_some_and(|reading| reading.opened.key != opened.key);
        if is_other && self.search.dossier.is_some() {
            self.search.document = None; // the dossier's search is what remains; without one, the words are kept
        }
        let resume = self.reader.jumps.left_at(opened.key).or(opened.left_at).unwrap_or_default();
        let text_box = self.regions().reader.map(|reader| self.text_box(reader)).unwrap_or_default();
        let mut reading = ReaderState::new(opened, text_box.width, text_box.height);
        match arrival {
            Arrival::Offset(offset) | Arrival::Place(offset) => reading.go_to(*offset),
            Arrival::Named(place) => self.arrive_at(&mut reading, place),
            Arrival::Mark(name, locator) => {
                let found = locator.find(&reading.opened.document);
                reading.go_to(found.unwrap_or(resume));
                if found.is_none() {
                    self.say_mark_lost(*name);
                }
            }
            Arrival::Interrupted(locator, matched) => {
                let found = self.interrupted_at(&reading, locator, *matched);
                reading.go_to(found.unwrap_or(resume));
            }
            Arrival::Resume | Arrival::FirstMatch | Arrival::LastMatch => reading.go_to(resume),
        }
        reading.arrived_at(resume);
        self.sidebar.row = 0;
        self.reader.open = Some(reading);
        self.filter_rows();
    }

    fn arrive_at(&mut self, reading: &mut ReaderState, place: &PlaceName) {
        match reading.opened.document.locate(place) {
            Some(located) => reading.land(located.start),
            None => self.notices.alert(Message::new("no-such-place").with("place", place.to_string())),
        }
    }

    /// Makes the text wider or narrower, within what can be read; the place stays.
    pub(crate) fn change_measure(&mut self, by: i32) {
        let by = by.clamp(-1000, 1000) as i16;
        let measure = self.settings.measure.saturating_add_signed(by);
        self.settings.measure = measure.clamp(NARROWEST_MEASURE, WIDEST_MEASURE);
        self.notices.set(Message::new("measure-is").with("columns", u64::from(self.settings.measure)));
    }

    pub(crate) fn focus_list(&mut self) {
        self.panes.focus = Pane::List;
        if let Some(at) = self.reader.open.as_ref().and_then(|reading| self.list.position(reading.opened.key)) {
            self.list.select(at);
        }
    }

    /// Tab and Shift-Tab: the panes that can be shown, round and round.
    pub(crate) fn focus_next(&mut self, forward: bool, effects: &mut Effects) {
        self.panes.zoomed = false;
        if self.panes.focus == Pane::List {
            self.catch_up_with_bar(effects);
        }
        let beside = self.regions().arrangement == Arrangement::Beside;
        let panes: &[Pane] = if beside && self.sidebar.toggled {
            &[Pane::List, Pane::Reader]
        } else {
            &[Pane::List, Pane::Reader, Pane::Sidebar]
        };
        let at = panes.iter().position(|pane| *pane == self.panes.focus).unwrap_or(0);
        let step = if forward { 1 } else { panes.len() - 1 };
        let next = panes[(at + step) % panes.len()];
        match next {
            Pane::List => self.focus_list(),
            Pane::Sidebar => self.focus_sidebar(),
            Pane::Reader => self.panes.focus = next,
        }
        self.list.follow_at = self.list.follow_at.or(self.reader.open.is_none().then_some(self.clock));
    }

    /// i: the sidebar beside the text, or in its place where there is room for one pane only.
    pub(crate) fn toggle_sidebar(&mut self) {
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
    }

    pub(crate) fn zoom(&mut self, effects: &mut Effects) {
        self.panes.zoomed = !self.panes.zoomed;
        if self.panes.zoomed {
            if self.panes.focus == Pane::List {
                self.catch_up_with_bar(effects);
            }
            self.panes.focus = Pane::Reader;
            self.list.follow_at = self.list.follow_at.or(self.reader.open.is_none().then_some(self.clock));
        }
    }

    /// R: the file's own text at the same place, and back.
    pub(crate) fn toggle_original(&mut self, effects: &mut Effects) {
        if self.show_clean(effects) {
            return;
        }
        match &self.reader.open {
            Some(reading) => effects.ask(Request::LoadOriginal(reading.opened.key)),
            None => self.say_nothing_open(),
        }
    }

    /// Leaves the original for the clean text at the same place. Whether the original was shown.
    pub(crate) fn show_clean(&mut self, effects: &mut Effects) -> bool {
        let Some(original) = self.reader.open.take_if(|reading| reading.original_of.is_some()) else { return false };
        let place = original.place();
        let Some(mut clean) = original.original_of else { return false };
        let offset = clean.opened.document.source_map.to_text(original.opened.document.source_map.to_source(place));
        clean.go_to(offset);
        self.reader.open = Some(*clean);
        self.find_again(effects); // what is on its way are matches in the other text
        true
    }

    pub(crate) fn original_loaded(&mut self, key: DocumentKey, document: Arc<Document>, effects: &mut Effects) {
        let Some(reading) =
            self.reader.open.take_if(|reading| reading.opened.key == key && reading.original_of.is_none())
        else {
            return;
        };
        let source = reading.opened.document.source_map.to_source(reading.place());
        let opened =
            OpenedDocument { document, outline: Arc::from([]), cited_by: Vec::new(), ..reading.opened.clone() };
        let mut shown = ReaderState::new(opened, reading.measure(), 1);
        let offset = shown.opened.document.source_map.to_text(source);
        shown.go_to(offset);
        shown.original_of = Some(Box::new(reading));
        self.reader.open = Some(shown);
        self.find_again(effects); // what is on its way are matches in the other text
        self.notices.set(Message::new("original-on").with("key", "R"));
    }

    /// The source of the open document cannot be shown.
    pub(crate) fn original_failed(&mut self, key: DocumentKey, message: Message) {
        let open = self.reader.open.as_ref();
        if open.is_some_and(|reading| reading.opened.key == key && reading.original_of.is_none()) {
            self.notices.alert(message);
        }
    }
}
