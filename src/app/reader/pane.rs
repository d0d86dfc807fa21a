//! The reader pane: the open document, the document that is being loaded, and the jump list; opening, arriving and
//! leaving. Layout and viewport are in `state`, moving in `movement`, links in `follow`.

use std::sync::Arc;
use std::time::Duration;

use super::arrival::{Arrival, Loading};
use super::jump_list::{JumpList, JumpPlace};
use super::state::ReaderState;
use crate::app::action::{Actions, PaneRequest};
use crate::app::list::document_list::DocumentList;
use crate::app::panes::Region;
use crate::document::{Document, DocumentKey, Locator, PlaceName};
use crate::locale::Message;
use crate::request::{OpenedDocument, Request};
use crate::search::{Generation, Query};
use crate::text::TextSize;

/// The reader pane.
#[derive(Debug, Default)]
pub struct ReaderPane {
    /// The open document.
    pub open: Option<ReaderState>,
    /// The document that is being loaded.
    pub loading: Option<Loading>,
    /// The jump list and the places where documents were left.
    pub(crate) jumps: JumpList,
    /// The newest request for a document; replies to earlier ones are dropped.
    generation: Generation,
    /// The place to go to in the first document, from the command line.
    first_place: Option<PlaceName>,
    /// The words to search in the first document, from the command line.
    first_words: Option<String>,
}

impl ReaderPane {
    /// A pane without a document; `place` and `words` are for the first document that is opened.
    pub(crate) fn new(place: Option<PlaceName>, words: Option<String>) -> Self {
        Self { first_place: place, first_words: words, ..Self::default() }
    }

    /// Where to arrive in the first document; afterwards, as in any other one.
    pub(crate) fn first_arrival(&mut self) -> Arrival {
        self.first_place.take().map_or(Arrival::Resume, Arrival::Named)
    }

    /// The words to search in the first document, once.
    pub(crate) fn first_words(&mut self) -> Option<String> {
        self.first_words.take()
    }

    /// The key of the open document.
    pub(crate) fn key(&self) -> Option<DocumentKey> {
        self.open.as_ref().map(|reader| reader.opened.key)
    }

    /// Whether a document is being loaded; if none is, whether it is open.
    pub(crate) fn shows(&self, key: DocumentKey) -> bool {
        match &self.loading {
            Some(loading) => loading.key == key,
            None => self.key() == Some(key),
        }
    }

    /// The open document and the place in it.
    pub(crate) fn here(&self) -> Option<JumpPlace> {
        self.open.as_ref().map(|reader| (reader.opened.key, reader.clean_place().1))
    }

    /// Records the present place in the jump list, before a jump.
    pub(crate) fn leave_place(&mut self) {
        if let Some(place) = self.here() {
            self.jumps.leave(place);
        }
    }

    /// Stores where the open document is left if the person has moved in it: a look at it from the list changes nothing.
    pub(crate) fn leave_document(&mut self) -> Actions {
        let Some(reader) = self.open.as_mut().filter(|reader| reader.has_moved()) else { return Actions::none() };
        let (document, place) = reader.clean_place();
        let (key, locator) = (reader.opened.key, Locator::new(document, place));
        reader.record_arrival(place);
        self.jumps.left((key, place));
        Request::KeepPlace { key, locator }.into()
    }

    /// Requests a document. Marks and references that are being looked up are forgotten: this request is newer.
    pub(crate) fn load(
        &mut self,
        (key, id): (DocumentKey, Option<String>),
        arrival: Arrival,
        query: Option<Arc<Query>>,
        now: Duration,
    ) -> Actions {
        self.generation = self.generation.next();
        self.jumps.visiting = None;
        self.jumps.following = None;
        self.loading = Some(Loading { key, arrival, since: now });
        Request::Load { generation: self.generation, key, id, query }.into()
    }

    /// Takes the document that is being loaded if this is the newest request.
    pub(crate) fn take_loading(&mut self, generation: Generation) -> Option<Loading> {
        self.loading.take_if(|_| generation == self.generation)
    }

    /// Goes to a place, in the open document or in another one.
    pub(crate) fn go_to_place(&mut self, (key, offset): JumpPlace, list: &mut DocumentList) -> Actions {
        match &mut self.open {
            Some(reader) if reader.opened.key == key && reader.original_of.is_none() => {
                reader.go_to(offset);
                Actions::none()
            }
            _ => {
                list.select_key(key);
                Actions::load(key, Arrival::Place(offset))
            }
        }
    }

    /// Shows a document that has been loaded at the requested place. `interrupted` is the place of an interrupted session,
    /// if its words were found. Returns what could not be found.
    pub(crate) fn arrive(
        &mut self,
        opened: OpenedDocument,
        arrival: &Arrival,
        interrupted: Option<TextSize>,
        text_box: Region,
    ) -> Actions {
        let resume = self.jumps.left_at(opened.key).or(opened.left_at).unwrap_or_default();
        let mut reader = ReaderState::new(opened, text_box.width, text_box.height);
        let mut actions = Actions::none();
        match arrival {
            Arrival::Offset(offset) | Arrival::Place(offset) => reader.go_to(*offset),
            Arrival::Named(place) => {
                if let Some(located) = reader.opened.document.locate(place) {
                    reader.jump_to(located.start);
                } else {
                    let message = Message::new("no-such-place").with("place", place.to_string());
                    actions.extend(PaneRequest::Alert(message));
                }
            }
            Arrival::Mark(name, locator) => {
                let found = locator.find(&reader.opened.document);
                reader.go_to(found.unwrap_or(resume));
                if found.is_none() {
                    actions.extend(mark_lost(*name));
                }
            }
            Arrival::Interrupted(..) => reader.go_to(interrupted.unwrap_or(resume)),
            Arrival::Resume | Arrival::FirstMatch | Arrival::LastMatch => reader.go_to(resume),
        }
        reader.record_arrival(resume);
        self.open = Some(reader);
        actions.and(PaneRequest::FilterOverlay)
    }

    /// Closes the open document: the selected one cannot be opened, and no other text may be shown beside its row.
    pub(crate) fn close(&mut self) -> Actions {
        let left = self.leave_document();
        self.open = None;
        left
    }

    /// `R`: shows the source of the document at the same place, and back.
    pub(crate) fn toggle_original(&mut self) -> Actions {
        if let Some(actions) = self.show_clean() {
            return actions;
        }
        match self.key() {
            Some(key) => Request::LoadOriginal(key).into(),
            None => nothing_open(),
        }
    }

    /// Leaves the source for the clean text at the same place; `None` if the source is not shown. The matches are requested
    /// again: those that are on their way are of the other text.
    pub(crate) fn show_clean(&mut self) -> Option<Actions> {
        let original = self.open.take_if(|reader| reader.original_of.is_some())?;
        let place = original.place();
        let mut clean = original.original_of?;
        let offset = clean.opened.document.source_map.to_text(original.opened.document.source_map.to_source(place));
        clean.go_to(offset);
        self.open = Some(*clean);
        Some(PaneRequest::FindAgain.into())
    }

    /// Shows the source of the open document.
    pub(crate) fn original_loaded(&mut self, key: DocumentKey, document: Arc<Document>) -> Actions {
        let is_open = |reader: &mut ReaderState| reader.opened.key == key && reader.original_of.is_none();
        let Some(clean) = self.open.take_if(is_open) else { return Actions::none() };
        let source = clean.opened.document.source_map.to_source(clean.place());
        let opened = OpenedDocument { document, outline: Arc::from([]), cited_by: Vec::new(), ..clean.opened.clone() };
        let mut shown = ReaderState::new(opened, clean.measure(), 1);
        let offset = shown.opened.document.source_map.to_text(source);
        shown.go_to(offset);
        shown.original_of = Some(Box::new(clean));
        self.open = Some(shown);
        Actions::from(PaneRequest::FindAgain).and(PaneRequest::Notice(Message::new("original-on").with("key", "R")))
    }

    /// Reports that the source of the open document cannot be shown.
    pub(crate) fn original_failed(&self, key: DocumentKey, message: Message) -> Actions {
        match &self.open {
            Some(reader) if reader.opened.key == key && reader.original_of.is_none() => Actions::alert(message),
            _ => Actions::none(),
        }
    }

    /// Requests the file and line of the present place, for an editor.
    pub(crate) fn edit(&self) -> Actions {
        let Some(reader) = &self.open else { return nothing_open() };
        let clean = reader.original_of.as_deref().unwrap_or(reader);
        let source = clean.opened.document.source_map.to_source(clean.place());
        Request::LocateFile { key: clean.opened.key, source }.into()
    }
}

/// The notice that a command needs an open document.
pub(crate) fn nothing_open() -> Actions {
    Actions::notice_of("empty-reader")
}

/// The error that the words of a mark are no longer in its document.
pub(super) fn mark_lost(name: char) -> Actions {
    Actions::alert(Message::new("mark-lost").with("mark", name.to_string()))
}
