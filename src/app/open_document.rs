//! From a row of the list to an open document: what follows the selected row, and how row and text are kept together.
//! Loading itself is done by the reader, on request.

use std::sync::Arc;
use std::time::Duration;

use crate::app::action::{Actions, PaneRequest};
use crate::app::list::document_list::{Choice, DocumentList, REST};
use crate::app::reader::arrival::{Arrival, Loading};
use crate::app::reader::pane::ReaderPane;
use crate::document::DocumentKey;
use crate::locale::Message;
use crate::request::{LibraryStatus, Pane, Request};
use crate::search::results::DocumentRow;

/// How long the list may grow before its first document is shown.
const SETTLING: Duration = Duration::from_millis(300);

impl DocumentList {
    /// Checks for writes of another process when another row is selected, before that row is read.
    pub(crate) fn catch_up(&mut self) -> Actions {
        let chosen = self.selected_key();
        if !self.listed || chosen == self.caught_up_at {
            return Actions::none();
        }
        self.caught_up_at = chosen;
        Request::CatchUp.into()
    }

    /// Takes the order of the list without a search. After the first one, a single document gets the focus and an
    /// interrupted session is looked up.
    pub(crate) fn take_order(
        &mut self,
        (order, rows): (Arc<[DocumentKey]>, Vec<DocumentRow>),
        library: &LibraryStatus,
        reader: &ReaderPane,
        now: Duration,
    ) -> Actions {
        let mut actions = Actions::none();
        let first = !self.listed;
        self.listed = true;
        if first {
            actions.extend(Request::FindInterruption);
        }
        let choice = if self.touched { Choice::Same } else { Choice::First };
        self.replace(order, rows, choice);
        let is_indexed = library.progress.is_none();
        if first && self.to_open.is_none() && self.len() == 1 && is_indexed {
            actions.extend(PaneRequest::Focus(Pane::Reader));
        }
        if let Some(key) = self.to_open {
            self.select_key(key);
        }
        if reader.open.is_none() || is_indexed {
            // While files are still being indexed another document may become the first one in a moment.
            let due = if is_indexed || self.to_open.is_some() { now } else { now + SETTLING };
            self.follow_at = Some(self.follow_at.map_or(due, |at| at.min(due)));
        }
        actions
    }

    /// Lets the reader follow the selected row. `on_screen`: whether the reader is shown beside the list.
    pub(crate) fn follow(&mut self, reader: &mut ReaderPane, focus: Pane, on_screen: bool) -> Actions {
        let Some(key) = self.selected_key().filter(|key| !reader.shows(*key)) else { return Actions::none() };
        if self.to_open == Some(key) || focus == Pane::Reader && reader.open.is_none() {
            self.to_open = None;
            return Actions::load(key, reader.first_arrival());
        }
        if on_screen { Actions::load(key, Arrival::Resume) } else { Actions::none() }
    }

    /// Keeps the selected row and the text on one document after the list, the selection or the focus has changed. Not
    /// called while a document or an order is awaited.
    pub(crate) fn keep_with_text(&mut self, open: DocumentKey, list_leads: bool, on_screen: bool, now: Duration) {
        if self.selected_key().is_none_or(|chosen| chosen == open) {
            return;
        }
        if !list_leads {
            self.select_key(open);
        } else if on_screen && self.follow_at.is_none() {
            self.selection_moved(now);
        }
    }

    /// Opens the selected document if the list no longer contains the open one, because the person narrowed it while
    /// reading. The way back is recorded.
    pub(crate) fn open_selected_instead(&self, reader: &mut ReaderPane, list_leads: bool) -> Actions {
        let open = reader.key().filter(|_| reader.loading.is_none() && !list_leads);
        let is_gone = open.is_some_and(|open| self.position(open).is_none());
        let Some(key) = self.selected_key().filter(|_| is_gone) else { return Actions::none() };
        reader.leave_place();
        Actions::load(key, Arrival::Resume)
    }

    /// Opens the selected document if the reader does not show it, because it was not on the screen.
    pub(crate) fn catch_up_reader(&self, reader: &ReaderPane) -> Actions {
        match self.selected_key().filter(|key| !reader.shows(*key)) {
            Some(key) => Actions::load(key, Arrival::Resume),
            None => Actions::none(),
        }
    }

    /// Lets the reader follow once the selection rests.
    pub(crate) fn selection_moved(&mut self, now: Duration) {
        self.follow_at = Some(now + REST);
    }

    /// Moves the selection by rows.
    pub(crate) fn move_selection(&mut self, by: isize, now: Duration) {
        if self.move_by(by) {
            self.selection_moved(now);
        }
    }

    /// Enter in the list: gives the selected document the focus.
    pub(crate) fn open_selected(&mut self, reader: &ReaderPane) -> Actions {
        let Some(key) = self.selected_key() else { return Actions::none() };
        self.follow_at = None;
        let focus = Actions::from(PaneRequest::Focus(Pane::Reader));
        if reader.shows(key) { focus } else { focus.and(PaneRequest::Load(key, Arrival::Resume)) }
    }

    /// Opens another document of the list without a change of focus.
    pub(crate) fn go_documents(&mut self, by: i32, reader: &ReaderPane, focus: Pane, now: Duration) -> Actions {
        if focus != Pane::List {
            self.select_open(reader);
        }
        if !self.step_by(by as isize) {
            return Actions::notice_of(if by > 0 { "document-last" } else { "document-first" });
        }
        if focus == Pane::List {
            self.selection_moved(now);
            return Actions::none();
        }
        self.selected_key().map_or_else(Actions::none, |key| Actions::load(key, Arrival::Resume))
    }

    /// Selects the row of the open document.
    pub(crate) fn select_open(&mut self, reader: &ReaderPane) {
        if let Some(key) = reader.key() {
            self.select_key(key);
        }
    }

    /// A requested document is no longer in the library: reports it, requests the list again, and in the reader opens the
    /// next document in the direction of reading instead.
    pub(crate) fn skip_gone(&mut self, gone: Loading, reader: &mut ReaderPane, list_leads: bool) -> Actions {
        let at = self.position(gone.key);
        let open = reader.key().and_then(|key| self.position(key));
        let back = match gone.arrival {
            Arrival::LastMatch => true,
            Arrival::FirstMatch => false,
            _ => open.zip(at).is_some_and(|(open, at)| at < open),
        };
        let next = at.and_then(|at| if back { at.checked_sub(1) } else { Some(at + 1) });
        let alert = Actions::alert(Message::new("library-gone"));
        let instead = match next.and_then(|next| Some((next, self.key(next)?))) {
            Some((next, key)) if !list_leads && gone.arrival.is_automatic() => {
                self.select(next);
                Actions::load(key, gone.arrival)
            }
            _ if list_leads => reader.close(),
            _ => Actions::none(),
        };
        alert.and(instead).and(PaneRequest::RefreshList)
    }
}
